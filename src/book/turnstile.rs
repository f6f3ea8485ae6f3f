//! The turnstile: one process at a time asks for the write transaction, the others stand in line.
//!
//! `SQLite` lets waiting writers poll, and with many of them the unlucky wait for seconds. A file beside the book makes a
//! line: only who is first polls, and lets go as soon as it is inside; the next one is the one who came next.

mod line;

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use line::Place;
use rusqlite::ErrorCode;

use crate::files;
use crate::files::beside::with_ending;
use crate::refusal::{Kind, Refusal};
use crate::say;

/// A place at the head of the line, given up when it is dropped. None where the line's file cannot be made (a
/// read-only folder): then `SQLite`'s own answer decides.
pub struct Turn(#[allow(dead_code, reason = "held for its locks")] Option<Arc<File>>);

/// Waits for the head of the line.
///
/// # Errors
/// A refusal of kind busy when `limit` has passed.
pub fn wait(book: &Path, limit: Duration) -> Result<Turn> {
    let start = Instant::now();
    let Ok(file) = open_private(book).map(Arc::new) else { return Ok(Turn(None)) };
    let place = loop {
        match line::join(&file) {
            Ok(Some(place)) => break place,
            Ok(None) if start.elapsed() > limit => return Err(busy(limit).into()),
            Ok(None) => thread::sleep(Duration::from_micros(50)),
            Err(_) => return Ok(Turn(None)),
        }
    };
    match place.is_first(&file) {
        Ok(true) => Ok(Turn(Some(file))),
        Err(_) => Ok(Turn(None)),
        Ok(false) => {
            // A lock cannot be waited for with a limit: a thread waits, and is left alone where it takes too long.
            let (sender, receiver) = mpsc::channel();
            let theirs = Arc::clone(&file);
            let wait = move || {
                let waited = place.wait(&theirs);
                drop(theirs);
                sender.send(waited)
            };
            if thread::Builder::new().spawn(wait).is_err() {
                return look_again_and_again(place, file, start, limit);
            }
            match receiver.recv_timeout(limit.saturating_sub(start.elapsed())) {
                Ok(Ok(())) => Ok(Turn(Some(file))),
                Ok(Err(_)) => Ok(Turn(None)),
                Err(_) => Err(busy(limit).into()),
            }
        }
    }
}

/// Waits where no thread can be made.
fn look_again_and_again(place: Place, file: Arc<File>, start: Instant, limit: Duration) -> Result<Turn> {
    loop {
        match place.is_first(&file) {
            Ok(true) => return Ok(Turn(Some(file))),
            Ok(false) if start.elapsed() > limit => return Err(busy(limit).into()),
            Ok(false) => thread::sleep(Duration::from_micros(200)),
            Err(_) => return Ok(Turn(None)),
        }
    }
}

/// Calls `begin` until it succeeds, fails for another reason than a busy book, or `limit` has passed since `start`.
pub(crate) fn poll<T>(start: Instant, limit: Duration, begin: impl Fn() -> rusqlite::Result<T>) -> Result<T> {
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
pub(crate) fn busy(limit: Duration) -> Refusal {
    Refusal::new(
        Kind::Busy,
        say!("another program has held the book for more than {limit}", limit = format!("{limit:?}")),
    )
    .or(say!("nothing was changed; try again"))
}

/// The file of the line, beside the book.
fn path(book: &Path) -> PathBuf {
    with_ending(book, "-turn")
}

/// Opens the file of a book's line, and no file of somebody else's that is in its place.
fn open_private(book: &Path) -> io::Result<File> {
    let file = files::open_own(&path(book), Some(book))?;
    if file.metadata()?.len() <= line::LENGTH { Ok(file) } else { Err(ErrorKind::AlreadyExists.into()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that cannot go on may panic")]
    use std::sync::mpsc::RecvTimeoutError;

    use super::*;

    const LONG: Duration = Duration::from_mins(1);

    #[test]
    fn whoever_has_waited_for_too_long_is_told_so() {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("book.db");
        let first = [wait(&book, Duration::ZERO), wait(&book, Duration::ZERO)];
        let limit = Duration::from_millis(50);
        let refusal = wait(&book, limit).map(drop).unwrap_err().to_string();
        assert_eq!(refusal, "another program has held the book for more than 50ms; nothing was changed; try again");
        drop(first);
        wait(&book, LONG).unwrap();
    }

    #[test]
    fn where_no_line_can_be_made_nobody_stands_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("no folder").join("book.db");
        assert!(wait(&book, LONG).unwrap().0.is_none());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn they_come_out_in_the_order_in_which_they_came() {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("book.db");
        let first = [wait(&book, LONG).unwrap(), wait(&book, LONG).unwrap()];
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            let drawn = || line::last(&File::open(path(&book)).unwrap()).unwrap();
            for number in 0..20 {
                let before = drawn();
                let (sender, book) = (sender.clone(), &book);
                scope.spawn(move || {
                    let turn = wait(book, LONG).unwrap();
                    sender.send(number).unwrap();
                    drop(turn);
                });
                // The next one comes when this one stands in line.
                while drawn() == before {
                    thread::yield_now();
                }
            }
            assert_eq!(receiver.recv_timeout(Duration::from_millis(50)), Err(RecvTimeoutError::Timeout));
            drop(first);
        });
        drop(sender);
        let order: Vec<i64> = receiver.iter().collect();
        assert_eq!(order.len(), 20);
        for (place, number) in (0..).zip(order) {
            assert!((number - place).abs() <= 1, "{number} came out in place {place}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn who_leaves_the_line_is_passed_and_nobody_overtakes() {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("book.db");
        let first = wait(&book, LONG).unwrap();
        let second = open_private(&book).unwrap();
        line::join(&second).unwrap().unwrap();
        let third = open_private(&book).unwrap();
        assert!(!line::join(&third).unwrap().unwrap().is_first(&third).unwrap());
        let (sender, receiver) = mpsc::channel();
        let drawn = line::last(&second).unwrap();
        thread::spawn(move || sender.send(wait(&book, LONG)));
        while line::last(&second).unwrap() == drawn {
            thread::yield_now();
        }
        // As where a process is killed: its file is closed before its turn has come.
        drop(second);
        assert!(matches!(receiver.recv_timeout(Duration::from_millis(50)), Err(RecvTimeoutError::Timeout)));
        drop(first);
        assert!(receiver.recv_timeout(LONG).unwrap().unwrap().0.is_some());
    }
}
