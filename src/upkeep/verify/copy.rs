//! A copy of the book against it: it is of the same book, which still holds what the copy holds.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use indicatif::HumanCount;
use rusqlite::Connection;

use super::Faults;
use super::pack::{RecordedCounter, RecordedHead};
use crate::book::copy::record::Record;
use crate::book::copy::uid_of;
use crate::book::journal::Head;
use crate::book::select::Select;
use crate::book::{Book, fault};
use crate::register::numbering;
use crate::say;

/// A copy that is only looked at.
pub(super) struct Copy {
    path: PathBuf,
    book: Book,
}

impl Copy {
    /// Opens a copy.
    pub(super) fn open(path: &Path, patience: Duration) -> Result<Self> {
        let book =
            Book::open_as_found(path, patience, numbering).map_err(|error| fault::explain(error, path, patience))?;
        Ok(Self { path: path.to_owned(), book })
    }

    /// Whether the book still holds what the copy holds.
    pub(super) fn check(&self, book: &Connection, faults: &mut Faults) -> Result<String> {
        let copy = self.book.reader();
        let path = self.path.display().to_string();
        if Record::read(&self.path).is_some_and(|record| !record.fits(&self.path).is_ok_and(|fits| fits)) {
            faults.note(say!("{path} has not the bytes that were recorded of it", path));
        }
        if uid_of(copy)?.zip(uid_of(book)?).is_some_and(|(one, other)| one != other) {
            faults.note(say!("{path} is a copy of another book", path));
            return Ok(String::new());
        }
        let head = Head::of(copy, "journal")?;
        RecordedHead::of(&head).check(book, "journal", faults)?;
        RecordedHead::of(&Head::of(copy, "reading")?).check(book, "reading", faults)?;
        let counters = copy.each("SELECT series, prefix, last FROM counter ORDER BY series, prefix", (), |row| {
            Ok(RecordedCounter { series: row.get(0)?, prefix: row.get(1)?, last: row.get(2)? })
        })?;
        for counter in counters {
            counter.check(book, faults)?;
        }
        let entries = numbers(copy, book, faults)?;
        self.book.require_one_moment()?;
        Ok(say!("{path}: journal row {row}, {entries} entries", path, row = head.count, entries = HumanCount(entries)))
    }
}

/// Whether every number of the copy is in the book, in the same register; gives how many there are.
fn numbers(copy: &Connection, book: &Connection, faults: &mut Faults) -> Result<u64> {
    let mut statement = copy.prepare("SELECT number, register FROM entry ORDER BY id")?;
    let mut known = book.prepare("SELECT 1 FROM entry WHERE number = ?1 AND register = ?2")?;
    let mut rows = statement.query(())?;
    let mut entries = 0;
    while let Some(row) = rows.next()? {
        let (number, register) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
        if !known.exists([number, register])? {
            faults.note(say!("{number} is in the copy, but not in the book", number));
        }
        entries += 1;
    }
    Ok(entries)
}
