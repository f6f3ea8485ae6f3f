//! What a person is told when the file, the disk, the memory or `SQLite` fails: the one place that turns an error into a
//! sentence.

mod cause;

#[cfg(test)]
mod tests;

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use anyhow::Error;
use rusqlite::{ErrorCode, ffi};

use self::cause::{Attempt, Cause};
use super::turnstile;
use crate::files;
use crate::refusal::{Kind, Refusal};
use crate::say;
use crate::text;

/// What failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Other programs held the book for too long.
    Busy,
    /// Another program began to take the log in hand after a crash, and does not end.
    Recovering,
    NotABook,
    Damaged,
    ReadOnly,
    /// The file was moved or replaced while it was open.
    Moved,
    Full,
    CannotOpen,
    CannotRead,
    CannotWrite,
    CannotSync,
    CannotLock,
    /// The memory that programs share over a book, which is a file beside it.
    CannotShare,
    /// Some other work of the disk.
    Disk,
    NoMemory,
}

impl Fault {
    /// What an error says that has an error of `SQLite` in it; none where it is of another kind.
    fn of(error: &Error) -> Option<Self> {
        if is_no_text(error) {
            return Some(Self::Damaged);
        }
        let failure = failure(error)?;
        Some(match failure.extended_code {
            ffi::SQLITE_READONLY_DBMOVED => Self::Moved,
            ffi::SQLITE_IOERR_NOMEM => Self::NoMemory,
            ffi::SQLITE_IOERR_READ | ffi::SQLITE_IOERR_SHORT_READ | ffi::SQLITE_IOERR_CORRUPTFS => Self::CannotRead,
            ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_TRUNCATE => Self::CannotWrite,
            ffi::SQLITE_IOERR_FSYNC | ffi::SQLITE_IOERR_DIR_FSYNC => Self::CannotSync,
            ffi::SQLITE_IOERR_LOCK
            | ffi::SQLITE_IOERR_UNLOCK
            | ffi::SQLITE_IOERR_RDLOCK
            | ffi::SQLITE_IOERR_CHECKRESERVEDLOCK
            | ffi::SQLITE_IOERR_SHMLOCK => Self::CannotLock,
            ffi::SQLITE_IOERR_SHMOPEN | ffi::SQLITE_IOERR_SHMSIZE | ffi::SQLITE_IOERR_SHMMAP => Self::CannotShare,
            _ => match failure.code {
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
                ErrorCode::FileLockingProtocolFailed => Self::Recovering,
                ErrorCode::NotADatabase => Self::NotABook,
                ErrorCode::DatabaseCorrupt => Self::Damaged,
                ErrorCode::ReadOnly => Self::ReadOnly,
                ErrorCode::DiskFull => Self::Full,
                ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::CannotOpen,
                ErrorCode::SystemIoFailure => Self::Disk,
                ErrorCode::OutOfMemory => Self::NoMemory,
                _ => return None,
            },
        })
    }

    /// What the system says of it, where asking helps.
    fn cause(self, book: &Path) -> Option<Cause> {
        match self {
            Self::Damaged | Self::CannotRead => cause::of_reading(book),
            Self::ReadOnly
            | Self::Full
            | Self::CannotOpen
            | Self::CannotWrite
            | Self::CannotSync
            | Self::CannotShare
            | Self::Disk => cause::of_work(book),
            Self::Busy | Self::Recovering | Self::NotABook | Self::Moved | Self::CannotLock | Self::NoMemory => None,
        }
    }

    /// What it is after all, now that the system's own words are known: `SQLite` calls a book read-only as soon as a file
    /// beside it cannot be made, and damaged where the disk cannot read it.
    fn in_the_light_of(self, cause: Option<&Cause>) -> Self {
        let Some(kind) = cause.map(|cause| cause.error.kind()) else { return self };
        match (self, kind) {
            (Self::Damaged, _) => Self::CannotRead,
            (Self::ReadOnly, ErrorKind::PermissionDenied)
            | (Self::ReadOnly | Self::CannotOpen, ErrorKind::ReadOnlyFilesystem) => Self::ReadOnly,
            (_, ErrorKind::StorageFull) => Self::Full,
            (Self::ReadOnly, _) => Self::CannotOpen,
            _ => self,
        }
    }

    /// What is said of it, and what to do; `patience` is how long a busy book was waited for.
    fn sentence(self, book: &Path, patience: Duration, cause: Option<&Cause>) -> Refusal {
        let path = book.display();
        let look_after =
            || say!("nothing was changed; look after the disk, then check the book with: branchbook verify");
        match self {
            Self::Busy => turnstile::busy(patience),
            Self::Recovering => Refusal::new(
                Kind::Busy,
                say!("another program brings {book} in order after a crash, and does not come to an end", book = path),
            )
            .or(say!("nothing was changed; let that program go on, or end it, and try again")),
            Self::NotABook => not_a_book(book),
            Self::Damaged => Refusal::failed(say!("{book} is damaged", book = path))
                .or(say!("take the last good copy that branchbook backup made, and keep this file for the repair")),
            Self::ReadOnly => read_only(book),
            Self::Moved => Refusal::failed(say!("{book} was moved or replaced while it was open", book = path))
                .or(say!("nothing was changed; see which book stands there now, and try again")),
            Self::Full => make_room(no_room(book, cause)),
            Self::CannotOpen => Refusal::failed(because(say!("{book} cannot be opened", book = path), book, cause))
                .or(say!("see that it is a file that you may read and write")),
            Self::CannotRead => Refusal::failed(because(say!("the disk failed while {book} was read", book = path), book, cause))
                .or(say!("look after the disk; where it cannot read the book again, take the last good copy that branchbook backup made")),
            Self::CannotWrite => {
                Refusal::failed(because(say!("the disk failed while {book} was written", book = path), book, cause))
                    .or(look_after())
            }
            Self::CannotSync => {
                let what = say!("the disk does not confirm what was written to {book}", book = path);
                Refusal::failed(because(what, book, cause)).or(look_after())
            }
            Self::CannotLock => Refusal::failed(say!("the system gives no locks on {book}", book = path))
                .or(say!("nothing was changed; keep the book on a local disk, and not on a share of the network")),
            Self::CannotShare => {
                let what = say!("the file that programs share over {book} cannot be made or grow: {book}-shm", book = path);
                Refusal::failed(because(what, book, cause)).or(look_after())
            }
            Self::Disk => Refusal::failed(because(say!("the disk failed while {book} was used", book = path), book, cause))
                .or(look_after()),
            Self::NoMemory => Refusal::failed(say!("there is not enough memory to use {book}", book = path))
                .or(say!("nothing was changed; end other programs, or lift the limit, and try again")),
        }
    }
}

/// A sentence with the system's own words behind it.
fn because(what: impl fmt::Display, book: &Path, cause: Option<&Cause>) -> String {
    match cause {
        None => what.to_string(),
        Some(Cause { place, error, .. }) if place == book => say!("{what}: {error}", what = what.to_string(), error),
        Some(Cause { place, error, .. }) => {
            say!("{what}: {place}: {error}", what = what.to_string(), place = place.display(), error)
        }
    }
}

/// Which disk has no room, as far as that is known.
fn no_room(book: &Path, cause: Option<&Cause>) -> String {
    match cause {
        None => say!(
            "there is no room on the disk of {book}, or for temporary files in {folder}",
            book = book.display(),
            folder = cause::temporary_folder().display()
        ),
        Some(Cause { place, attempt: Attempt::Make, .. }) => {
            say!("the disk of {place} takes no more files", place = place.display())
        }
        Some(Cause { place, .. }) if place != files::folder_of(book) => {
            say!("the disk of {place}, where temporary files go, is full", place = place.display())
        }
        Some(_) => say!("the disk of {book} is full", book = book.display()),
    }
}

/// Says that a file is no book.
pub(crate) fn not_a_book(path: &Path) -> Refusal {
    Refusal::failed(say!("{book} is not a book", book = path.display()))
        .or(say!("name the book with --book, or make one with: branchbook init"))
}

/// Says that a file is the beginning of a book that nobody finished.
pub(crate) fn unfinished(path: &Path) -> Refusal {
    let book = path.display().to_string();
    Refusal::failed(say!("{book} holds nothing: the book was not finished", book))
        .or(say!("finish it with: branchbook init --name NAME --book {path}", path = text::word(&book)))
}

/// Says that the file of an open book has another in its place.
pub(crate) fn moved(book: &Path) -> Refusal {
    Fault::Moved.sentence(book, Duration::ZERO, None)
}

/// Refuses what cannot be a book, before `SQLite` opens it: a place where nothing is, that cannot be looked at, or where
/// something else than a file is.
pub(crate) fn refuse_missing(path: &Path) -> Result<(), Refusal> {
    let book = path.display();
    match fs::metadata(path) {
        Ok(found) if found.is_file() => Ok(()),
        Ok(_) => Err(Refusal::failed(say!("{book} is no file", book)).or(say!("name the book with --book"))),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Refusal::failed(say!(
            "there is no book at {path}",
            path = book
        ))
        .or(say!("make one with: branchbook init --name NAME --book {path}", path = text::word(&book.to_string())))),
        Err(error) => Err(Refusal::failed(say!("{book} cannot be looked at: {error}", book, error))
            .or(say!("see that you may open its folder and every folder above"))),
    }
}

/// Turns an error of `SQLite` inside `error` into a sentence for the person; other errors stay as they are. `patience` is
/// how long a busy book was waited for.
pub(crate) fn explain(error: Error, book: &Path, patience: Duration) -> Error {
    if error.downcast_ref::<Refusal>().is_some() {
        return error;
    }
    let Some(fault) = Fault::of(&error) else { return error };
    let cause = fault.cause(book);
    let refusal = fault.in_the_light_of(cause.as_ref()).sentence(book, patience, cause.as_ref());
    match error.downcast_ref::<Unconfirmed>() {
        None => refusal.into(),
        Some(Unconfirmed(answer)) => Refusal::new(
            refusal.kind,
            say!("{what}, and it is not known whether this was kept: {answer}", what = refusal.what, answer),
        )
        .or(say!("look for it before you enter it again, with: branchbook journal --last 5"))
        .into(),
    }
}

/// That a book can only be read.
pub(super) fn read_only(book: &Path) -> Refusal {
    Refusal::failed(say!("{book} cannot be written: the file or its folder is read-only", book = book.display()))
        .or(say!("nothing was changed; ask its owner for the right to write"))
}

/// That there is no room for a file.
pub(crate) fn disk_is_full(file: &Path) -> Refusal {
    make_room(say!("the disk of {book} is full", book = file.display()))
}

/// Says where there is no room.
fn make_room(what: String) -> Refusal {
    Refusal::failed(what).or(say!("nothing was changed; make room and try again"))
}

/// The answer of a change of which nobody knows whether it was kept.
#[derive(Debug)]
struct Unconfirmed(String);

impl fmt::Display for Unconfirmed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The error of a commit that failed, with what would have been answered. Where the log was written to its end and its disk
/// did not confirm it, the change may be in it: the next program that takes the log in hand finds it whole.
pub(crate) fn unconfirmed(error: Error, answer: &str) -> Error {
    // These fail before the last page is in the log, or before anything is.
    let nothing_kept = matches!(
        Fault::of(&error),
        None | Some(Fault::Busy | Fault::Full | Fault::CannotWrite | Fault::ReadOnly | Fault::CannotRead)
    );
    if nothing_kept { error } else { error.context(Unconfirmed(answer.to_owned())) }
}

/// The failure of `SQLite` inside an error, where there is one.
fn failure(error: &Error) -> Option<&ffi::Error> {
    error.chain().find_map(|cause| cause.downcast_ref::<rusqlite::Error>()).and_then(rusqlite::Error::sqlite_error)
}

/// Whether an error is that of a file that could not be read, or not as what it should be.
pub(crate) fn lies_in_reading(error: &Error) -> bool {
    matches!(Fault::of(error), Some(Fault::CannotRead | Fault::Damaged | Fault::NotABook))
}

/// Whether `SQLite` gave text that is none: the program writes nothing but UTF-8.
fn is_no_text(error: &Error) -> bool {
    error.chain().any(<dyn std::error::Error>::is::<rusqlite::Error>)
        && error.chain().any(<dyn std::error::Error>::is::<std::str::Utf8Error>)
}

/// Whether an error says that other programs held the book for too long.
pub(crate) fn is_busy(error: &Error) -> bool {
    error.downcast_ref::<Refusal>().is_some_and(|refusal| refusal.kind == Kind::Busy)
        || matches!(Fault::of(error), Some(Fault::Busy | Fault::Recovering))
}

/// Whether an error says that a file is that of no database.
pub(crate) fn is_no_book(error: &Error) -> bool {
    matches!(Fault::of(error), Some(Fault::NotABook))
}

/// Whether an error lies in what the book holds, and not in the disk, the memory or the other programs around it.
pub(crate) fn lies_in_the_book(error: &Error) -> bool {
    matches!(Fault::of(error), None | Some(Fault::NotABook | Fault::Damaged))
}

/// What a constraint or trigger of the book says against a change, as a refusal: the last fence behind the rules, which speaks to a
/// person as well.
pub(crate) fn in_words(error: anyhow::Error) -> anyhow::Error {
    let Some(rusqlite::Error::SqliteFailure(failure, said)) = error.downcast_ref::<rusqlite::Error>() else {
        return error;
    };
    if failure.code != ErrorCode::ConstraintViolation {
        return error;
    }
    let said = said.clone().unwrap_or_else(|| say!("other entries, decisions or amounts rest on it").to_owned());
    Refusal::new(Kind::Rule, say!("the book does not take that: {said}", said))
        .or(say!("see what stands with: branchbook history NUMBER"))
        .into()
}
