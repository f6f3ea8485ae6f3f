//! The file itself: its pages, the references between its rows, and its schema.

use anyhow::Result;
use indicatif::HumanCount;
use rusqlite::Connection;

use super::Faults;
use crate::book::journal::Head;
use crate::book::{Book, schema};
use crate::say;

/// Whether `SQLite` can read every page and every row, and each obeys its constraints.
pub(super) fn pages(book: &Connection, faults: &mut Faults) -> Result<String> {
    let mut statement = book.prepare("PRAGMA integrity_check")?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        match row.get_ref(0)?.as_str()? {
            "ok" => {}
            fault => faults.note(fault),
        }
    }
    let pages: i64 = book.pragma_query_value(None, "page_count", |row| row.get(0))?;
    Ok(say!("{count} pages", count = HumanCount(pages.unsigned_abs())))
}

/// Whether the book holds all that was answered, as the file beside it tells, and keeps the log that it needs for that.
pub(super) fn answered(book: &Book, faults: &mut Faults) -> Result<String> {
    if let Some(reserve) = book.reserve() {
        faults.note(&reserve.what);
    } else if !book.has_log_mode()? {
        faults.note(book.without_log().what);
    }
    let (journal, reading) = (Head::of(book.reader(), "journal")?, Head::of(book.reader(), "reading")?);
    Ok(say!(
        "nothing is missing up to row {journal} of the journal and row {reading} of the access log",
        journal = journal.count,
        reading = reading.count
    ))
}

/// Whether every reference leads to a row.
pub(super) fn references(book: &Connection, faults: &mut Faults) -> Result<String> {
    let mut statement = book.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let (table, id, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let which = id.map_or_else(|| say!("a row").to_owned(), |id| say!("row {id}", id));
        faults.note(say!(
            "{which} of table {table} refers to a row of table {parent} that is not there",
            which,
            table,
            parent
        ));
    }
    Ok(say!("every one leads to a row").to_owned())
}

/// Whether the schema, and the rules that it brings along as rows, are this program's.
pub(super) fn schema(book: &Connection, faults: &mut Faults) -> Result<String> {
    for difference in schema::differences(book)? {
        faults.note(difference);
    }
    Ok(say!("version {version}, {count} objects", version = schema::VERSION, count = schema::expected().len()))
}
