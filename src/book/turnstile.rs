//! The turnstile: one process at a time asks for the write transaction, the others stand in line.
//!
//! `SQLite` lets waiting writers poll, and with many of them the unlucky wait for seconds. An advisory lock on a
//! file beside the book makes a line: whoever holds it polls alone, and lets go as soon as it is inside.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use rusqlite::ErrorCode;

use crate::refusal::{Kind, Refusal};
use crate::say;

/// A place at the head of the line, given up when it is dropped. None where the lock file cannot be made (a
/// read-only folder): then `SQLite`'s own answer decides.
pub struct Turn(#[allow(dead_code, reason = "held for its lock")] Option<File>);

/// Waits for the head of the line.
///
/// # Errors
/// A refusal of kind busy when `limit` has passed.
pub fn wait(book: &Path, limit: Duration) -> Result<Turn> {
    let lock = PathBuf::from(format!("{}-turn", book.display()));
    let Ok(file) = open_private(&lock) else { return Ok(Turn(None)) };
    match file.try_lock() {
        Ok(()) => Ok(Turn(Some(file))),
        Err(TryLockError::Error(_)) => Ok(Turn(None)),
        Err(TryLockError::WouldBlock) => {
            let (sender, receiver) = mpsc::channel();
            thread::spawn(move || sender.send(file.lock().map(|()| file)));
            match receiver.recv_timeout(limit) {
                Ok(Ok(file)) => Ok(Turn(Some(file))),
                Ok(Err(_)) => Ok(Turn(None)),
                Err(_) => Err(busy(limit).into()),
            }
        }
    }
}

/// Calls `begin` until it succeeds, fails for another reason than a busy book, or `limit` has passed since `start`.
///
/// # Errors
/// The error of `begin`, or a refusal of kind busy.
pub fn poll<T>(start: Instant, limit: Duration, begin: impl Fn() -> rusqlite::Result<T>) -> Result<T> {
    loop {
        match begin() {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                if start.elapsed() > limit {
                    return Err(busy(limit).into());
                }
                thread::sleep(Duration::from_micros(200));
            }
            other => return Ok(other?),
        }
    }
}

/// The refusal when others held the book for too long.
pub fn busy(limit: Duration) -> Refusal {
    Refusal::new(
        Kind::Busy,
        say!("another program has held the book for more than {limit}", limit = format!("{limit:?}")),
    )
    .or(say!("nothing was changed; try again"))
}

fn open_private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
