//! Every failure with its sentence.

#![allow(clippy::unwrap_used)]

use std::io;

use super::*;

/// What the system said: to which attempt, where, and which error.
type Said = Option<(Attempt, &'static str, i32)>;

const EACCES: i32 = 13;
const EMFILE: i32 = 24;
const ENOSPC: i32 = 28;
const EROFS: i32 = 30;
const EIO: i32 = 5;
const EDQUOT: i32 = 122;

const OPEN: Attempt = Attempt::Open;
const MAKE: Attempt = Attempt::Make;
const WRITE: Attempt = Attempt::Write;

fn failed(code: i32) -> Error {
    rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into()
}

fn said(code: i32, said: Said) -> (u8, String) {
    let cause = said.map(|(attempt, place, error)| Cause {
        place: place.into(),
        attempt,
        error: io::Error::from_raw_os_error(error),
    });
    let fault = Fault::of(&failed(code)).unwrap().in_the_light_of(cause.as_ref());
    let refusal = fault.sentence(Path::new("/b/book.db"), Duration::from_secs(15), cause.as_ref());
    (refusal.kind.exit_code(), refusal.to_string())
}

const BUSY: &str = "another program has held the book for more than 15s; nothing was changed; try again";
const READ_ONLY: &str = "/b/book.db cannot be written: the file or its folder is read-only; \
    nothing was changed; ask its owner for the right to write";
const NO_MORE_FILES: &str = "the disk of /b takes no more files; nothing was changed; make room and try again";
const FULL: &str = "the disk of /b/book.db is full; nothing was changed; make room and try again";

/// Every failure of `SQLite` that a person may meet, with what the system says of it, and the exit code and sentence that are
/// made of both.
const TABLE: &[(i32, Said, u8, &str)] = &[
    (ffi::SQLITE_BUSY, None, 6, BUSY),
    (ffi::SQLITE_BUSY_RECOVERY, None, 6, BUSY),
    (ffi::SQLITE_LOCKED, None, 6, BUSY),
    (
        ffi::SQLITE_PROTOCOL,
        None,
        6,
        "another program brings /b/book.db in order after a crash, and does not come to an end; \
         nothing was changed; let that program go on, or end it, and try again",
    ),
    (
        ffi::SQLITE_NOTADB,
        None,
        1,
        "/b/book.db is not a book; name the book with --book, or make one with: branchbook init",
    ),
    (
        ffi::SQLITE_CORRUPT,
        None,
        1,
        "/b/book.db is damaged; take the last good copy that branchbook backup made, and keep this file for the repair",
    ),
    (
        ffi::SQLITE_CORRUPT,
        Some((Attempt::Read, "/b/book.db", EIO)),
        1,
        "the disk failed while /b/book.db was read: Input/output error (os error 5); look after the disk; \
         where it cannot read the book again, take the last good copy that branchbook backup made",
    ),
    (ffi::SQLITE_READONLY, None, 1, READ_ONLY),
    (ffi::SQLITE_READONLY_DIRECTORY, Some((MAKE, "/b", EACCES)), 1, READ_ONLY),
    (ffi::SQLITE_READONLY, Some((OPEN, "/b/book.db", EROFS)), 1, READ_ONLY),
    (
        ffi::SQLITE_READONLY,
        Some((OPEN, "/b/book.db-wal", EMFILE)),
        1,
        "/b/book.db cannot be opened: /b/book.db-wal: Too many open files (os error 24); \
         see that it is a file that you may read and write",
    ),
    (ffi::SQLITE_READONLY_CANTINIT, Some((MAKE, "/b", ENOSPC)), 1, NO_MORE_FILES),
    (
        ffi::SQLITE_READONLY_DBMOVED,
        None,
        1,
        "/b/book.db was moved or replaced while it was open; nothing was changed; \
         see which book stands there now, and try again",
    ),
    (ffi::SQLITE_FULL, Some((WRITE, "/b", ENOSPC)), 1, FULL),
    (
        ffi::SQLITE_FULL,
        Some((WRITE, "/t", ENOSPC)),
        1,
        "the disk of /t, where temporary files go, is full; nothing was changed; make room and try again",
    ),
    (ffi::SQLITE_CANTOPEN, None, 1, "/b/book.db cannot be opened; see that it is a file that you may read and write"),
    (
        ffi::SQLITE_CANTOPEN,
        Some((OPEN, "/b/book.db", EACCES)),
        1,
        "/b/book.db cannot be opened: Permission denied (os error 13); see that it is a file that you may read and write",
    ),
    (ffi::SQLITE_CANTOPEN, Some((OPEN, "/b/book.db", EROFS)), 1, READ_ONLY),
    (ffi::SQLITE_CANTOPEN, Some((MAKE, "/b", ENOSPC)), 1, NO_MORE_FILES),
    (
        ffi::SQLITE_IOERR_WRITE,
        None,
        1,
        "the disk failed while /b/book.db was written; nothing was changed; \
         look after the disk, then check the book with: branchbook verify",
    ),
    (
        ffi::SQLITE_IOERR_WRITE,
        Some((WRITE, "/b", EDQUOT)),
        1,
        "the disk failed while /b/book.db was written: /b: Disk quota exceeded (os error 122); nothing was changed; \
         look after the disk, then check the book with: branchbook verify",
    ),
    (ffi::SQLITE_IOERR_TRUNCATE, Some((WRITE, "/b", ENOSPC)), 1, FULL),
    (
        ffi::SQLITE_IOERR_READ,
        None,
        1,
        "the disk failed while /b/book.db was read; look after the disk; \
         where it cannot read the book again, take the last good copy that branchbook backup made",
    ),
    (
        ffi::SQLITE_IOERR_FSYNC,
        None,
        1,
        "the disk does not confirm what was written to /b/book.db; nothing was changed; \
         look after the disk, then check the book with: branchbook verify",
    ),
    (
        ffi::SQLITE_IOERR_LOCK,
        None,
        1,
        "the system gives no locks on /b/book.db; nothing was changed; \
         keep the book on a local disk, and not on a share of the network",
    ),
    (
        ffi::SQLITE_IOERR_SHMMAP,
        None,
        1,
        "the file that programs share over /b/book.db cannot be made or grow: /b/book.db-shm; nothing was changed; \
         look after the disk, then check the book with: branchbook verify",
    ),
    (ffi::SQLITE_IOERR_SHMSIZE, Some((WRITE, "/b", ENOSPC)), 1, FULL),
    (
        ffi::SQLITE_IOERR_FSTAT,
        None,
        1,
        "the disk failed while /b/book.db was used; nothing was changed; \
         look after the disk, then check the book with: branchbook verify",
    ),
    (
        ffi::SQLITE_NOMEM,
        None,
        1,
        "there is not enough memory to use /b/book.db; nothing was changed; \
         end other programs, or lift the limit, and try again",
    ),
    (
        ffi::SQLITE_IOERR_NOMEM,
        None,
        1,
        "there is not enough memory to use /b/book.db; nothing was changed; \
         end other programs, or lift the limit, and try again",
    ),
];

#[cfg(target_os = "linux")]
#[test]
fn every_failure_has_a_sentence_that_names_its_cause() {
    for (code, system, exit, sentence) in TABLE {
        assert_eq!(said(*code, *system), (*exit, (*sentence).to_owned()), "{code}");
    }
    let nowhere = said(ffi::SQLITE_FULL, None).1;
    assert!(
        nowhere.starts_with("there is no room on the disk of /b/book.db, or for temporary files in /"),
        "{nowhere}"
    );
}

#[test]
fn a_commit_of_which_nobody_knows_says_so_with_its_answer() {
    let book = Path::new("/b/book.db");
    let explained =
        |code| explain(unconfirmed(failed(code), "HAY05001: issued"), book, Duration::from_secs(15)).to_string();
    for code in [ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_SHMSIZE, ffi::SQLITE_NOMEM, ffi::SQLITE_IOERR] {
        let said = explained(code);
        assert!(
            said.ends_with(
                ", and it is not known whether this was kept: HAY05001: issued; \
                 look for it before you enter it again, with: branchbook journal --last 5"
            ),
            "{said}"
        );
    }
    for code in [ffi::SQLITE_FULL, ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_BUSY] {
        let said = explained(code);
        assert!(said.contains("; nothing was changed; "), "{said}");
    }
}

#[test]
fn what_is_no_failure_of_the_file_keeps_its_words() {
    for error in [failed(ffi::SQLITE_CONSTRAINT), Error::msg("enough"), Refusal::usage("what").into()] {
        let words = error.to_string();
        assert_eq!(explain(error, Path::new("book.db"), Duration::ZERO).to_string(), words);
    }
}
