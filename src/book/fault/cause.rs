//! What the system itself says of a book that failed. `SQLite` hands on a code and not the system's words: they are got by
//! trying once more, what a command does with the book and the folders around it.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::{env, iter};

use crate::files;

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    /// To open the book or its log, to read and to write.
    Open,
    /// To read the book through.
    Read,
    /// To make a file in a folder.
    Make,
    /// To write a file in a folder and to bring it to the disk.
    Write,
}

/// What the system refused.
#[derive(Debug)]
pub(super) struct Cause {
    /// The file, or the folder in which one was to be made.
    pub(super) place: PathBuf,
    /// What was tried with it.
    pub(super) attempt: Attempt,
    /// The system's words.
    pub(super) error: io::Error,
}

/// Tries what a command does with a book: to open it and its log, and to make and write a file beside it and where temporary
/// files go; none where the system allows all of it now. Everything stays open until the end, so that what fails for want of
/// file handles fails here as well.
pub(super) fn of_work(book: &Path) -> Option<Cause> {
    let mut open = Vec::new();
    for ending in ["", "-wal"] {
        let place = PathBuf::from(format!("{}{ending}", book.display()));
        match File::options().read(true).write(true).open(&place) {
            Ok(file) => open.push(file),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Some(Cause { place, attempt: Attempt::Open, error }),
        }
    }
    // Beside the book `SQLite` has up to three files at once: the copy or the book, its log, and what programs share.
    let beside = files::folder_of(book);
    for folder in [beside.to_owned(), temporary_folder(), beside.to_owned(), beside.to_owned()] {
        match try_folder(&folder) {
            Ok(file) => open.push(file),
            Err((attempt, error)) => return Some(Cause { place: folder, attempt, error }),
        }
    }
    None
}

/// Reads the book through; none where the system can.
pub(super) fn of_reading(book: &Path) -> Option<Cause> {
    let read = File::open(book).and_then(|mut file| io::copy(&mut file, &mut io::sink()));
    read.err().map(|error| Cause { place: book.to_owned(), attempt: Attempt::Read, error })
}

/// Makes a file without a name in a folder and writes to it.
fn try_folder(folder: &Path) -> Result<File, (Attempt, io::Error)> {
    static PIECE: [u8; 1 << 16] = [0; 1 << 16];
    let mut file = tempfile::tempfile_in(folder).map_err(|error| (Attempt::Make, error))?;
    file.write_all(&PIECE).and_then(|()| file.sync_all()).map_err(|error| (Attempt::Write, error))?;
    Ok(file)
}

/// Where `SQLite` puts what it cannot hold in memory: the first of the folders that it knows.
#[cfg(unix)]
pub(super) fn temporary_folder() -> PathBuf {
    let named = ["SQLITE_TMPDIR", "TMPDIR"].into_iter().filter_map(env::var_os).map(PathBuf::from);
    let usual = ["/var/tmp", "/usr/tmp", "/tmp"].map(PathBuf::from);
    let found = named
        .chain(usual)
        .chain(iter::once(PathBuf::from(".")))
        .find(|folder| fs::metadata(folder).is_ok_and(|found| found.is_dir()));
    found.unwrap_or_else(env::temp_dir)
}

/// Where `SQLite` puts what it cannot hold in memory.
#[cfg(not(unix))]
pub(super) fn temporary_folder() -> PathBuf {
    env::temp_dir()
}
