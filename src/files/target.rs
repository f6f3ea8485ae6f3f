//! Where a person wants a file to be: what nothing is written over, and what is written into instead of replaced.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::named::{NamedFile, cannot_write};
use super::part::Part;
use super::{beside, folder_of, identity};
use crate::refusal::Refusal;
use crate::say;

/// What standard output is called where a file can be named.
pub(crate) const STANDARD: &str = "-";

/// How the files of a database of `SQLite` begin: itself, its log (in either order of bytes), and its journal.
const DATABASE: [&[u8]; 4] =
    [b"SQLite format 3\0", b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"];

/// The files that nothing is written over: the book with those that lie beside it, the file that is being read, and every
/// database.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    book: PathBuf,
    imported: Option<PathBuf>,
    /// Whether the settings beside the book are written.
    writes_settings: bool,
}

impl Kept {
    /// What is kept while a command works on this book.
    pub(crate) fn of_book(book: &Path) -> Self {
        Self { book: book.to_owned(), imported: None, writes_settings: false }
    }

    /// The same, and the file that is imported; - for standard input.
    pub(crate) fn and_imported(self, file: &Path) -> Self {
        let file = if file == Path::new("-") { Path::new("/dev/stdin") } else { file };
        Self { imported: Some(file.to_owned()), ..self }
    }

    /// The same but for the settings beside the book, which are to be written.
    pub(crate) fn but_settings(self) -> Self {
        Self { writes_settings: true, ..self }
    }

    /// Refuses a place, which a person called `named`, where writing would cost one of these files.
    fn refuse(&self, named: &Path, place: &Path) -> Result<(), Refusal> {
        if self.imported.as_deref().is_some_and(|imported| are_same(imported, place)) {
            return Err(Refusal::usage(say!("{path} is the file that is imported", path = named.display()))
                .or(say!("name another file")));
        }
        if self.is_of_the_book(place) {
            return Err(Refusal::usage(say!("{path} is the book, or belongs to it", path = named.display()))
                .or(say!("name another file")));
        }
        if is_database(place).map_err(|error| cannot_write(named, &error))? {
            return Err(Refusal::usage(say!("{path} is a database, which would be lost", path = named.display()))
                .or(say!("name another file")));
        }
        Ok(())
    }

    /// Refuses to move a folder, or whatever is there, away from its place where it is the book or holds it.
    pub(crate) fn refuse_moving(&self, place: &Path) -> Result<(), Refusal> {
        let holds = real(&self.book).is_ok_and(|book| real(place).is_ok_and(|place| book.starts_with(place)));
        if holds || self.is_of_the_book(place) {
            return Err(Refusal::usage(say!("{path} is the book, or holds it", path = place.display()))
                .or(say!("name another folder with --output")));
        }
        Ok(())
    }

    /// Whether this is the book or one of the files beside it, also one that is not there just now.
    fn is_of_the_book(&self, place: &Path) -> bool {
        let Ok(book) = real(&self.book) else { return false };
        let together = are_same(folder_of(place), folder_of(&book));
        let named_so = |path: &Path| {
            together && path.file_name().zip(place.file_name()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
        };
        let attached = beside::attached(&book);
        let is_attached = are_same(folder_of(place), &attached);
        let settings = (!self.writes_settings).then(|| beside::settings(&book));
        let mut own = beside::all(&book).chain([book.clone(), attached]).chain(settings);
        is_attached || own.any(|path| are_same(&path, place) || named_so(&path))
    }
}

/// A place for a file.
#[derive(Debug)]
pub(crate) struct Target {
    /// As the person called it.
    named: PathBuf,
    /// Where that leads.
    place: PathBuf,
    kept: Kept,
    /// Whether it is a device or a pipe, which is written into and not replaced.
    device: bool,
}

impl Target {
    /// The place that a person called `named`.
    pub(crate) fn new(named: &Path, kept: Kept) -> Result<Self, Refusal> {
        let failed = |error| cannot_write(named, &error);
        if named.file_name().is_none() {
            return Err(Refusal::usage(say!("{path} is no file name", path = named.display())));
        }
        if named == Path::new(STANDARD) {
            return Ok(Self { named: named.to_owned(), place: named.to_owned(), kept, device: true });
        }
        let found = fs::metadata(named).ok();
        if found.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(failed(ErrorKind::IsADirectory.into()));
        }
        let named = named.to_owned();
        if found.is_some_and(|found| !found.is_file()) {
            return Ok(Self { place: named.clone(), named, kept, device: true });
        }
        let place = real(&named).map_err(failed)?;
        kept.refuse(&named, &place)?;
        Ok(Self { named, place, kept, device: false })
    }

    /// Writes the file beside its place and renames it into place, so that a half file never stands there.
    pub(crate) fn write<T>(self, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
        let mut writing = self.begin()?;
        let written = writing.fill(write)?;
        writing.finish()?;
        Ok(written)
    }

    /// Begins the file.
    pub(crate) fn begin(self) -> Result<Writing, Refusal> {
        let failed = |error| cannot_write(&self.named, &error);
        let (file, part) = if self.device {
            (open_device(&self.named).map_err(failed)?, None)
        } else {
            let part = Part::beside(&self.place).map_err(failed)?;
            let file = part.file().map_err(failed)?;
            keep_permissions(&self.place, &file).map_err(failed)?;
            (file, Some(part))
        };
        Ok(Writing { file: NamedFile::new(file, &self.named), part, target: self })
    }
}

/// A file that is being written: it gets its place when it is finished, and is gone when it is dropped before.
#[derive(Debug)]
pub(crate) struct Writing {
    target: Target,
    file: NamedFile,
    part: Option<Part>,
}

impl Writing {
    /// Writes to the file.
    pub(crate) fn fill<T>(&mut self, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
        self.file.fill(write)
    }

    /// Brings the file to the disk and into its place; gives what the person calls it.
    pub(crate) fn finish(mut self) -> Result<PathBuf, Refusal> {
        self.file.end()?;
        let Target { named, place, kept, .. } = self.target;
        let Some(part) = self.part else { return Ok(named) };
        // What came there meanwhile is kept as well.
        kept.refuse(&named, &place)?;
        part.place(&place).map_err(|error| cannot_write(&named, &error))?;
        Ok(named)
    }
}

/// Where a path leads: every link is followed, also one to a file that is not there yet.
pub(crate) fn real(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    loop {
        match fs::canonicalize(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            found => return found,
        }
        match fs::read_link(&path) {
            Ok(target) => path = folder_of(&path).join(target),
            Err(_) => return Ok(fs::canonicalize(folder_of(&path))?.join(path.file_name().unwrap_or_default())),
        }
    }
}

/// Whether two paths lead to one file that is there.
fn are_same(one: &Path, other: &Path) -> bool {
    match (identity(one), identity(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Whether the file there, if any, is one of a database.
fn is_database(path: &Path) -> io::Result<bool> {
    let mut beginning = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(16).read_to_end(&mut beginning)?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    Ok(DATABASE.iter().any(|database| beginning.starts_with(database)))
}

/// Opens a device or a pipe to write into, or standard output.
fn open_device(path: &Path) -> io::Result<File> {
    if path == Path::new(STANDARD) {
        return standard_output();
    }
    let file = File::options().write(true).open(path)?;
    // A file that came into its place meanwhile.
    if file.metadata()?.is_file() { Err(ErrorKind::AlreadyExists.into()) } else { Ok(file) }
}

#[cfg(unix)]
fn standard_output() -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(io::stdout().as_fd().try_clone_to_owned()?.into())
}

#[cfg(windows)]
fn standard_output() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(io::stdout().as_handle().try_clone_to_owned()?.into())
}

/// A file that is replaced passes its permissions on to the new one, unless somebody else could write it: whoever made it so
/// would choose who reads the new one.
#[cfg(unix)]
fn keep_permissions(place: &Path, new: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    const OTHERS_WRITE: u32 = 0o022;
    let Ok(old) = fs::metadata(place) else { return Ok(()) };
    let mode = old.mode() & 0o777;
    if mode & OTHERS_WRITE != 0 || old.uid() != new.metadata()?.uid() {
        return Ok(());
    }
    new.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep_permissions(_: &Path, _: &File) -> io::Result<()> {
    Ok(())
}
