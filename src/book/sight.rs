//! Reading a book that must stay as it lies: one that cannot be written, or a copy that is checked. Nothing is left beside it.
//!
//! Without a log the file is read in place. Where a log lies beside it, both are read from a private copy, for `SQLite` would make
//! or change files there. Whether anybody wrote meanwhile is seen when the work is done.

use std::fmt::Write as _;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};
use std::{env, iter, thread};

use anyhow::Result;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::fault;
use crate::files;
use crate::files::beside::{BESIDE, with_ending};
use crate::files::part::PartFolder;
use crate::refusal::{Kind, Refusal};
use crate::say;

/// The name of a private copy, in a folder of its own.
const COPY: &str = "book.db";

/// How long whoever copies a book that is being written waits before the next try.
const PAUSE: Duration = Duration::from_millis(20);

/// A book that is only looked at.
#[derive(Debug)]
pub(super) struct Sight {
    book: PathBuf,
    looked: Looked,
}

/// What is read.
#[derive(Debug)]
enum Looked {
    /// The book itself, as it was when it was opened.
    InPlace(Marks),
    /// A private copy, which is removed when this is dropped.
    AtCopy(#[allow(dead_code, reason = "held for what is read from it")] PartFolder),
}

/// The log, and what a program that keeps none writes before it changes the file.
const LOGS: [&str; 2] = ["-wal", "-journal"];

/// The length of a file, and when it was written.
type Mark = (u64, Option<SystemTime>);

/// What tells of a book and its logs whether somebody wrote to them.
#[derive(Debug, PartialEq, Eq)]
struct Marks {
    book: Mark,
    /// None of a log that is not there, or has nothing in it.
    logs: [Option<Mark>; 2],
}

impl Marks {
    fn of(book: &Path) -> io::Result<Self> {
        let mark = |found: &Metadata| (found.len(), found.modified().ok());
        let log = |ending| fs::metadata(with_ending(book, ending)).ok().as_ref().map(mark).filter(|log| log.0 > 0);
        Ok(Self { book: mark(&fs::metadata(book)?), logs: LOGS.map(log) })
    }

    /// The endings of the files that hold the book: its own, and those of the logs that have something in them.
    fn files(&self) -> impl Iterator<Item = &'static str> {
        let logs = LOGS.iter().zip(self.logs).filter_map(|(ending, log)| log.and(Some(*ending)));
        iter::once("").chain(logs)
    }
}

impl Sight {
    /// Opens a book to look at it.
    pub(super) fn open(book: &Path, patience: Duration) -> Result<(Connection, Self)> {
        let start = Instant::now();
        loop {
            let before = Marks::of(book)?;
            if before.logs == [None; 2] {
                return Ok((immutable(book)?, Self { book: book.to_owned(), looked: Looked::InPlace(before) }));
            }
            let folder = private_folder()?;
            let copy = folder.path.join(COPY);
            for ending in before.files() {
                copy_file(&with_ending(book, ending), &with_ending(&copy, ending))?;
            }
            if Marks::of(book)? == before {
                return Ok((super::connection::connect(&copy, patience)?, Self::of_copy(book, folder)));
            }
            if start.elapsed() > patience {
                return Err(changing(book).into());
            }
            thread::sleep(PAUSE);
        }
    }

    /// The look at a book through a private copy that was made of it.
    pub(super) fn of_copy(book: &Path, copy: PartFolder) -> Self {
        Self { book: book.to_owned(), looked: Looked::AtCopy(copy) }
    }

    /// Refuses where what was read so far may be of more than one moment.
    pub(super) fn require_one_moment(&self) -> Result<(), Refusal> {
        match &self.looked {
            Looked::AtCopy(_) => Ok(()),
            Looked::InPlace(before) if Marks::of(&self.book).is_ok_and(|now| now == *before) => Ok(()),
            Looked::InPlace(_) => Err(changing(&self.book)),
        }
    }
}

pub(crate) fn changing(book: &Path) -> Refusal {
    Refusal::new(Kind::Busy, say!("another program wrote to {book} while it was read", book = book.display()))
        .or(say!("what was shown may be of two moments; try again"))
}

/// Whether this user can write to the book or make the files that belong beside it.
pub(super) fn is_read_only(book: &Path) -> bool {
    let logs = ["-wal", "-shm"].map(|ending| with_ending(book, ending));
    !may_write(book) || !may_write(files::folder_of(book)) && !logs.iter().all(|log| may_write(log))
}

#[cfg(target_os = "linux")]
fn may_write(path: &Path) -> bool {
    nix::unistd::access(path, nix::unistd::AccessFlags::W_OK).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn may_write(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.permissions().readonly())
}

/// Opens a file that nobody writes to, and makes none beside it.
fn immutable(book: &Path) -> Result<Connection> {
    let path = std::path::absolute(book)?;
    let mut uri = String::from(if cfg!(windows) { "file:/" } else { "file:" });
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => uri.push(char::from(*byte)),
            b':' if cfg!(windows) => uri.push(':'),
            byte => write!(uri, "%{byte:02x}")?,
        }
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    super::connection::guarded(Connection::open_with_flags(format!("{uri}?immutable=1"), flags)?)
}

/// A private copy of what a connection reads, to bring it up to the present version.
pub(super) fn private_copy(of: &Connection) -> Result<(PathBuf, PartFolder)> {
    let folder = private_folder()?;
    let path = folder.path.join(COPY);
    files::create_private(&path).map_err(|error| cannot_copy(&error))?;
    copy_pages(of, &path).map_err(|error| {
        if fault::lies_in_reading(&error) { error } else { fault::explain(error, &path, Duration::ZERO) }
    })?;
    Ok((path, folder))
}

/// Copies every page that a connection reads into a file, and brings them to the disk.
pub(crate) fn copy_pages(of: &Connection, path: &Path) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let mut copy = Connection::open_with_flags(path, flags)?;
    match Backup::new(of, &mut copy)?.step(-1)? {
        StepResult::Done => Ok(()),
        other => Err(anyhow::Error::msg(say!("the copy was not finished: {reason}", reason = format!("{other:?}")))),
    }
}

/// A folder of this user alone where temporary files go. What a run that was killed left there is cleared by the next.
fn private_folder() -> Result<PartFolder, Refusal> {
    let names = [""].iter().chain(&BESIDE).map(|ending| format!("{COPY}{ending}"));
    PartFolder::beside(&env::temp_dir().join(COPY), names.collect()).map_err(|error| cannot_copy(&error))
}

fn cannot_copy(error: &io::Error) -> Refusal {
    let folder = env::temp_dir().display().to_string();
    Refusal::failed(say!("no private copy can be made in {folder}: {error}", folder, error))
        .or(say!("set TMPDIR to a folder that you may write to and that has room"))
}

fn copy_file(from: &Path, to: &Path) -> Result<(), Refusal> {
    let unreadable = |error| Refusal::failed(say!("cannot read {path}: {error}", path = from.display(), error));
    let mut from = File::open(from).map_err(unreadable)?;
    let mut new = files::create_private(to).map_err(|error| cannot_copy(&error))?;
    io::copy(&mut from, &mut new).map_err(|error| cannot_copy(&error)).map(drop)
}
