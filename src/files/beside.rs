//! What lies beside a book and belongs to it, and how its name ends.

use std::path::{Path, PathBuf};

/// What the names of the files end in that belong to a book and lie beside it: those of `SQLite`, and ours.
pub(crate) const BESIDE: [&str; 7] = ["-journal", "-wal", "-shm", "-turn", "-head", NEW, INDEX];

/// What the name of a book ends in that is to take the place of another.
pub(crate) const NEW: &str = "-new";

/// What the name of the index of `find` ends in, which can be thrown away at any time.
const INDEX: &str = "-find";

/// The files that may lie beside a book and belong to it.
pub(crate) fn all(book: &Path) -> impl Iterator<Item = PathBuf> {
    BESIDE.into_iter().map(|ending| with_ending(book, ending))
}

/// Where the index of `find` is of a book.
pub(crate) fn index(book: &Path) -> PathBuf {
    with_ending(book, INDEX)
}

/// The folder of the files that belong to the entries of a book.
pub(crate) fn attached(book: &Path) -> PathBuf {
    with_ending(book, "-files")
}

/// The settings of an office, which hold for everybody at a book.
pub(crate) fn settings(book: &Path) -> PathBuf {
    book.with_extension("toml")
}

/// The file beside a book whose name ends so.
pub(crate) fn with_ending(book: &Path, ending: &str) -> PathBuf {
    let mut path = book.as_os_str().to_owned();
    path.push(ending);
    path.into()
}
