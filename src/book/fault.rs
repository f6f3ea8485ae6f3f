//! What a person is told when the file, the disk or `SQLite` fails.

use std::path::Path;

use anyhow::Error;
use rusqlite::ErrorCode;

use super::{BUSY_TIMEOUT, turnstile};
use crate::refusal::Refusal;

/// Turns an error of `SQLite` inside `error` into a sentence for the person; other errors stay as they are.
#[must_use]
pub fn explain(error: Error, book: &Path) -> Error {
    if error.downcast_ref::<Refusal>().is_some() {
        return error;
    }
    let code = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<rusqlite::Error>())
        .and_then(rusqlite::Error::sqlite_error_code);
    let book = book.display();
    let refusal = match code {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => turnstile::busy(BUSY_TIMEOUT),
        Some(ErrorCode::NotADatabase) => Refusal::failed(format!("{book} is not a book"))
            .or("name the book with --book, or make one with: branchbook init"),
        Some(ErrorCode::DatabaseCorrupt) => Refusal::failed(format!("{book} is damaged"))
            .or("take the last good copy that branchbook backup made, and keep this file for the repair"),
        Some(ErrorCode::ReadOnly) => {
            Refusal::failed(format!("{book} cannot be written: the file or its folder is read-only"))
                .or("nothing was changed; ask its owner for the right to write")
        }
        Some(ErrorCode::DiskFull) => {
            Refusal::failed(format!("the disk of {book} is full")).or("nothing was changed; make room and try again")
        }
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            Refusal::failed(format!("{book} cannot be opened")).or("see that it is a file that you may read and write")
        }
        Some(ErrorCode::SystemIoFailure) => Refusal::failed(format!("the disk failed while {book} was used"))
            .or("nothing was changed; look after the disk, then check the book with: branchbook verify"),
        _ => return error,
    };
    Error::from(refusal)
}
