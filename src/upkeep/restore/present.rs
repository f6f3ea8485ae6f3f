//! The book that is there when a copy is to take its place, as far as it can be read.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use rusqlite::Connection;

use super::first_hash;
use crate::book::answered::{AnsweredFile, Found};
use crate::book::change::Recorder;
use crate::book::journal::Hash;
use crate::book::select::Select;
use crate::book::{Book, fault, schema, turnstile};
use crate::desk::Surroundings;
use crate::office::identity;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;

/// The book that is there.
pub(super) enum Present {
    Missing,
    /// Damaged, or so that it cannot be told what it was.
    Unreadable,
    Readable(Readable),
}

/// A book that nobody else can write to while this is there.
pub(super) struct Readable {
    pub(super) connection: Connection,
    /// The hash of the first row of its journal.
    pub(super) first: Hash,
}

impl Present {
    /// Opens the book, and keeps other programs from it, also those that do not know of the file that tells what was answered.
    pub(super) fn open(path: &Path, file: &AnsweredFile, patience: Duration) -> Result<Self> {
        if path.symlink_metadata().is_err() {
            return Ok(Self::Missing);
        }
        let is_told_of = matches!(file.found(), Found::Told(_));
        match Self::read(path, patience) {
            Ok(readable) => Ok(Self::Readable(readable)),
            Err(error) if fault::is_busy(&error) => Err(error),
            Err(_) if is_told_of => Ok(Self::Unreadable),
            Err(error) => match error.downcast::<Refusal>() {
                Ok(refusal) => Err(refusal.into()),
                Err(error) if fault::is_no_book(&error) => Err(fault::not_a_book(path).into()),
                Err(_) => Ok(Self::Unreadable),
            },
        }
    }

    fn read(path: &Path, patience: Duration) -> Result<Readable> {
        let connection = Book::glance(path, patience)?;
        let mode: String = connection.only("PRAGMA locking_mode = EXCLUSIVE", ())?;
        debug_assert_eq!(mode, "exclusive");
        let start = Instant::now();
        turnstile::poll(start, patience, || connection.execute_batch("BEGIN IMMEDIATE"))?;
        if !schema::is_a_books(&connection)? {
            return Err(fault::not_a_book(path).into());
        }
        let first = first_hash(&connection)?;
        // What is asked of it further on.
        connection.prepare("SELECT series, prefix, last FROM counter")?.query_map((), |_| Ok(()))?.for_each(drop);
        Ok(Readable { connection, first })
    }

    /// The book, where it can be read.
    pub(super) const fn book(&self) -> Option<&Connection> {
        match self {
            Self::Readable(readable) => Some(&readable.connection),
            Self::Missing | Self::Unreadable => None,
        }
    }
}

/// Who restores: the person at the keyboard as the book that was there knows them, who must stand in the copy as well.
pub(super) fn recorder(present: &Present, copy: &Connection, surroundings: &Surroundings) -> Result<Recorder> {
    let recorder = identity::recorder(present.book().unwrap_or(copy), surroundings)?;
    if Person::of_key(copy, &recorder.person.key)?.is_some() {
        return Ok(recorder);
    }
    let clerks = Person::holders(copy, Role::Clerk, None, surroundings.clock.in_office_as_found(copy).today())?;
    let names: Vec<String> = clerks.iter().map(ToString::to_string).collect();
    Err(Refusal::rule(
        "R2.4",
        say!("{acting} is not on the staff in the copy, which is older", acting = recorder.person),
    )
    .or(say!("let one of its clerks restore it: {names}", names = names.join(crate::language::comma())))
    .into())
}
