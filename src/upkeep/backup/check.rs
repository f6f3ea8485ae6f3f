//! `backup --check`: whether a copy is whole, and has the bytes that were recorded.

use std::path::Path;

use anyhow::Result;
use indicatif::HumanCount;
use rusqlite::Connection;

use crate::book::copy::record::Record;
use crate::book::copy::{Contents, uid_of};
use crate::book::journal;
use crate::book::select::Select;
use crate::desk::Desk;
use crate::say;
use crate::upkeep::verify::{self, Faults};
use crate::zone::Zone;

/// Proves a copy as `verify` proves a book, and that it is the one that was recorded.
pub(super) fn run(desk: &mut Desk<'_>, copy: &Path) -> Result<()> {
    desk.globals.book = Some(copy.to_owned());
    let title = say!("Check of {copy}", copy = copy.display());
    verify::report(desk, title, &[("record", &|book, faults| recorded(book, copy, faults)), ("copy", &contents)])
}

/// Whether the copy has the bytes, and is of the book, that stand in the record beside it.
fn recorded(book: &Connection, copy: &Path, faults: &mut Faults) -> Result<String> {
    let record = Record::of(copy).display().to_string();
    if !Record::of(copy).exists() {
        return Ok(say!("{record} is not there: its bytes are compared with nothing", record));
    }
    let Some(told) = Record::read(copy) else {
        faults.note(say!("{record} is not what branchbook backup writes", record));
        return Ok(String::new());
    };
    if !told.fits(copy)? {
        faults.note(say!("its bytes are not those that {record} names", record));
    }
    if uid_of(book)?.is_some_and(|uid| uid != told.book) {
        faults.note(say!("it is a copy of another book than {record} says", record));
    }
    Ok(say!("as {record} says, SHA-256 {sha256}", record, sha256 = told.sha256))
}

/// Of which book and day the copy is, and how far it goes.
fn contents(book: &Connection, _: &mut Faults) -> Result<String> {
    let Contents { journal, rows, .. } = Contents::of(book)?;
    let at: String = book.only("SELECT coalesce(max(at), '') FROM journal WHERE id = ?1", [journal.count])?;
    let time = Zone::of_book(book).unwrap_or(Zone::SHENYANG).local(&at);
    let rows: i64 = rows.iter().map(|(_, rows)| rows).sum();
    Ok(say!(
        "book {uid}, last change {time}, journal row {row}, head {hash}, {rows} rows in all",
        uid = uid_of(book)?.unwrap_or_else(|| "?".to_owned()),
        time = time.map_or(at, |time| time.format("%Y-%m-%d %H:%M").to_string()),
        row = journal.count,
        hash = journal::hex(&journal.hash),
        rows = HumanCount(rows.unsigned_abs())
    ))
}
