//! What a person is told when the file, the disk or `SQLite` fails.

use std::path::Path;
use std::time::Duration;

use anyhow::Error;
use rusqlite::ErrorCode;

use super::turnstile;
use crate::refusal::Refusal;
use crate::say;

/// Turns an error of `SQLite` inside `error` into a sentence for the person; other errors stay as they are. `patience` is
/// how long a busy book was waited for.
#[must_use]
pub fn explain(error: Error, book: &Path, patience: Duration) -> Error {
    if error.downcast_ref::<Refusal>().is_some() {
        return error;
    }
    let code = if is_no_text(&error) { Some(ErrorCode::DatabaseCorrupt) } else { code(&error) };
    let path = book;
    let book = path.display();
    let refusal = match code {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => turnstile::busy(patience),
        Some(ErrorCode::NotADatabase) => Refusal::failed(say!("{book} is not a book", book))
            .or(say!("name the book with --book, or make one with: branchbook init")),
        Some(ErrorCode::DatabaseCorrupt) => Refusal::failed(say!("{book} is damaged", book))
            .or(say!("take the last good copy that branchbook backup made, and keep this file for the repair")),
        Some(ErrorCode::ReadOnly) => {
            Refusal::failed(say!("{book} cannot be written: the file or its folder is read-only", book))
                .or(say!("nothing was changed; ask its owner for the right to write"))
        }
        Some(ErrorCode::DiskFull) => disk_is_full(path),
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            Refusal::failed(say!("{book} cannot be opened", book))
                .or(say!("see that it is a file that you may read and write"))
        }
        Some(ErrorCode::SystemIoFailure) => Refusal::failed(say!("the disk failed while {book} was used", book))
            .or(say!("nothing was changed; look after the disk, then check the book with: branchbook verify")),
        _ => return error,
    };
    Error::from(refusal)
}

/// That there is no room for a file.
pub(crate) fn disk_is_full(file: &Path) -> Refusal {
    Refusal::failed(say!("the disk of {book} is full", book = file.display()))
        .or(say!("nothing was changed; make room and try again"))
}

/// The code of the error of `SQLite` inside `error`, where there is one.
#[must_use]
pub fn code(error: &Error) -> Option<ErrorCode> {
    error.chain().find_map(|cause| cause.downcast_ref::<rusqlite::Error>()).and_then(rusqlite::Error::sqlite_error_code)
}

/// Whether `SQLite` gave text that is none: the program writes nothing but UTF-8.
fn is_no_text(error: &Error) -> bool {
    error.chain().any(<dyn std::error::Error>::is::<rusqlite::Error>)
        && error.chain().any(<dyn std::error::Error>::is::<std::str::Utf8Error>)
}

/// Whether an error lies in what the book holds, and not in the disk, the memory or the other programs around it.
#[must_use]
pub fn lies_in_the_book(error: &Error) -> bool {
    !matches!(
        code(error),
        Some(
            ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::ReadOnly
                | ErrorCode::DiskFull
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::SystemIoFailure
                | ErrorCode::OutOfMemory
                | ErrorCode::OperationInterrupted
        )
    )
}
