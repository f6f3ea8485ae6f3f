//! One book in the place of another: the one that is there is set aside with all that belongs to it, never deleted.
//!
//! What is under way stands in the file that tells what was answered, brought to the disk before anything is renamed. Whoever
//! opens the book after a run that was killed puts it back as it was, or, where the copy is in its place, leaves it there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use rusqlite::Connection;

use crate::book::answered::{self, Answered, AnsweredFile, Aside, Found};
use crate::book::copy::named_beside;
use crate::files;
use crate::files::beside::{NEW, with_ending};
use crate::files::named::cannot_write;
use crate::refusal::Refusal;
use crate::say;

/// What is renamed of a book that is set aside, and put back: the book itself comes last.
const MOVED: [&str; 4] = ["-journal", "-wal", "-shm", ""];

/// What became of a swap that was interrupted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settled {
    /// The book is as it was.
    PutBack,
    /// The copy is in the book's place.
    InPlace,
}

/// The name of a book that is set aside at a time, such as `branchbook-replaced-2026-10-08T093000.db`.
pub(crate) fn aside(book: &Path, time: &str) -> PathBuf {
    named_beside(book, &format!("replaced-{time}"))
}

/// A time under which nothing was set aside yet: the time that is given, or with a number behind it.
pub(crate) fn free_time(book: &Path, time: &str) -> String {
    let is_free = |time: &str| {
        let aside = aside(book, time);
        MOVED.iter().chain(&["-head"]).all(|ending| with_ending(&aside, ending).symlink_metadata().is_err())
    };
    let mut free = time.to_owned();
    let mut count = 1;
    while !is_free(&free) {
        count += 1;
        free = format!("{time}-{count}");
    }
    free
}

/// Sets the book aside and puts `copy` into its place, of which `answered` tells.
pub(crate) fn swap(book: &Path, copy: &Path, file: &AnsweredFile, time: &str, answered: &Answered) -> Result<()> {
    let failed = |error| cannot_write(book, &error);
    let told = match file.found() {
        Found::Told(told) => told,
        Found::Missing | Found::Unreadable => Answered::default(),
    };
    let new = with_ending(book, NEW);
    // Of this program's none is there that the file does not tell of.
    if new.symlink_metadata().is_ok() {
        return Err(Refusal::failed(say!("{path} is there already", path = new.display()))
            .or(say!("move it away: the copy is laid there before it takes the place of the book"))
            .into());
    }
    let aside = Aside { time: time.to_owned(), was_there: book.symlink_metadata().is_ok() };
    keep_head(book, file, time).map_err(failed)?;
    let swapped = file
        .put(&Answered { aside: Some(aside.clone()), ..told })
        .and_then(|()| files::rename_new(copy, &new))
        .and_then(|()| files::sync_folder(book))
        .and_then(|()| rename_all(book, time));
    if let Err(error) = swapped {
        settle(book, file, &aside)?;
        return Err(failed(error).into());
    }
    // The copy is in its place: whoever opens it next says so where this cannot.
    let _ = file.put(answered);
    Ok(())
}

/// Keeps beside the book that is set aside what was told of it.
fn keep_head(book: &Path, file: &AnsweredFile, time: &str) -> io::Result<()> {
    let Some(told) = file.bytes() else { return Ok(()) };
    let path = answered::path(&aside(book, time));
    let mut new = files::create_private(&path)?;
    io::Write::write_all(&mut new, &told)?;
    new.sync_all()
}

fn rename_all(book: &Path, time: &str) -> io::Result<()> {
    let aside = aside(book, time);
    for ending in MOVED {
        let from = with_ending(book, ending);
        if from.symlink_metadata().is_ok() {
            files::rename_new(&from, &with_ending(&aside, ending))?;
        }
    }
    files::sync_folder(book)?;
    files::rename_new(&with_ending(book, NEW), book)?;
    files::sync_folder(book)
}

/// Settles a swap that was interrupted, where one was; the book is kept from everybody else then.
pub(crate) fn settle_interrupted(book: &Path, file: &AnsweredFile, limit: Duration) -> Result<Option<Settled>> {
    if file.aside().is_none() {
        return Ok(None);
    }
    file.keep_alone(limit)?;
    // Somebody else may have settled it meanwhile.
    let settled = file.aside().map(|aside| settle(book, file, &aside)).transpose()?;
    if settled.is_none() {
        file.share();
    }
    Ok(settled)
}

/// Settles a swap that was interrupted, for somebody who has the book alone.
///
/// # Errors
/// A refusal where a name cannot be given.
fn settle(book: &Path, file: &AnsweredFile, Aside { time, was_there }: &Aside) -> Result<Settled> {
    let failed = |error| cannot_write(book, &error);
    let is_there = |path: &Path| path.symlink_metadata().is_ok();
    let (new, aside) = (with_ending(book, NEW), aside(book, time));
    if !is_there(&new) && is_there(book) && (is_there(&aside) || !was_there) {
        files::sync_folder(book).map_err(failed)?;
        return Ok(Settled::InPlace);
    }
    for ending in MOVED.into_iter().rev() {
        let (from, to) = (with_ending(&aside, ending), with_ending(book, ending));
        if from.symlink_metadata().is_ok() && to.symlink_metadata().is_err() {
            files::rename_new(&from, &to).map_err(failed)?;
        }
    }
    // What is told of the book is kept twice, and the copy was made from one that is still there.
    let told = match file.found() {
        Found::Told(told) => Answered { aside: None, ..told },
        Found::Missing | Found::Unreadable => Answered::default(),
    };
    file.put(&told).map_err(failed)?;
    let _ = fs::remove_file(answered::path(&aside));
    let _ = fs::remove_file(new);
    files::sync_folder(book).map_err(failed)?;
    Ok(Settled::PutBack)
}

/// What is said of a swap that was settled; the copy in its place is told of anew.
pub(crate) fn tell(settled: Settled, path: &Path, file: &AnsweredFile, book: &Connection) -> Result<String> {
    let book_path = path.display().to_string();
    Ok(match settled {
        Settled::PutBack => say!("restoring {book} was interrupted: the book is as it was before", book = book_path),
        Settled::InPlace => {
            file.put(&answered::of(book)?).map_err(|error| cannot_write(&answered::path(path), &error))?;
            say!("restoring {book} was interrupted when it was done: the copy is in its place", book = book_path)
        }
    })
}
