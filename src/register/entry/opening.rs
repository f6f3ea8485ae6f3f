//! Opening an entry: its number, its header, and what the journal says of it.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::{ToSqlOutput, ValueRef};

use super::Entry;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Record;
use crate::day;
use crate::language;
use crate::office::department::{self, Department};
use crate::refusal::Refusal;
use crate::register::Register;
use crate::say;
use crate::series::number::{self, Number};

/// What a new entry is opened with.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// The register.
    pub register: &'static str,
    /// Whose entry it is.
    pub department: &'a str,
    /// The day it bears.
    pub day: NaiveDate,
    /// Whom it is about.
    pub person: &'a str,
    /// Its first state.
    pub state: &'a str,
}

/// The series that numbers a department's entries of a register.
pub(crate) fn series(book: &Connection, register: &Register, department: &str) -> Result<String> {
    if let Some(series) = number::series_of(book, register.name, department)? {
        return Ok(series);
    }
    let Department { key, name_zh, .. } = department::find(book, department)?;
    let rows = register.form.map_or(register.name, |form| language::words(form.rows));
    Err(Refusal::rule("R4.8", say!("{key} ({name_zh}) keeps no ledger of {rows}", key, name_zh, rows))
        .or(say!("let the department that needs the answer issue the form"))
        .into())
}

/// Opens an entry with the next number of its series.
///
/// # Errors
/// A refusal where the series gives no number.
pub fn open(change: &Change<'_>, series: &str, opening: &Opening<'_>) -> Result<Entry> {
    change.refuse_closed(opening.day)?;
    let number = number::next(change, series, opening.day)?;
    note_day_behind(change, &number, opening.day)?;
    insert(change, &number, opening)
}

/// Notes a number whose day is before that of the number before it: papers that were filed late look so, and so does a clock
/// that was set back.
fn note_day_behind(change: &Change<'_>, number: &Number, day: NaiveDate) -> Result<()> {
    let before: Option<(String, NaiveDate)> = change.sql().row(
        "SELECT number, day_on FROM entry WHERE counter = ?1 AND serial < ?2 ORDER BY serial DESC LIMIT 1",
        (number.counter, number.serial),
    )?;
    if let Some((before, last)) = before.filter(|(_, last)| day < *last) {
        change.note(say!(
            "{number} bears {day}, and {before} before it {last}",
            number = number.text,
            day,
            before,
            last
        ));
    }
    Ok(())
}

/// Writes the header of an entry whose number is known.
pub(crate) fn insert(change: &Change<'_>, number: &Number, opening: &Opening<'_>) -> Result<Entry> {
    Ok(insert_imported(change, number, opening, &Imported::default())?.0)
}

/// Writes the header of an entry that is void from the start: a number that an old ledger lacks.
pub(crate) fn insert_void(change: &Change<'_>, number: &Number, opening: &Opening<'_>, reason: &str) -> Result<Entry> {
    let imported = Imported { void_reason: Some(reason), ended: Some(change.on.to_string()), ..Imported::default() };
    Ok(insert_imported(change, number, opening, &imported)?.0)
}

/// What an entry that comes from an old ledger may have behind it already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Imported<'a> {
    /// Why it was voided.
    pub(crate) void_reason: Option<&'a str>,
    /// How often it was corrected.
    pub(crate) amendments: u32,
    /// The day it came to an end.
    pub(crate) ended: Option<String>,
}

/// Writes the header of an entry with its past. The record begins with what was written.
pub(crate) fn insert_imported(
    change: &Change<'_>,
    number: &Number,
    opening: &Opening<'_>,
    imported: &Imported<'_>,
) -> Result<(Entry, Record)> {
    const INSERT: &str = "INSERT INTO entry (register, number, counter, serial, department, day_on, person, state, entered_by, entered_on,
            import, fingerprint, void_reason, ended_on, amendments)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    let (day, today) = (day::text_of(opening.day), day::text_of(change.today()));
    let text = |text| ValueRef::Text(str::as_bytes(text));
    let integer = |number: Option<i64>| number.map_or(ValueRef::Null, ValueRef::Integer);
    let columns = [
        ("register", text(opening.register)),
        ("number", text(&number.text)),
        ("counter", ValueRef::Integer(number.counter)),
        ("serial", ValueRef::Integer(number.serial)),
        ("department", text(opening.department)),
        ("day_on", text(&day)),
        ("person", text(opening.person)),
        ("state", text(opening.state)),
        ("entered_by", text(&change.recorder.person.key)),
        ("entered_on", text(&today)),
        ("import", integer(change.import)),
        ("fingerprint", integer(change.fingerprint)),
        ("void_reason", imported.void_reason.map_or(ValueRef::Null, text)),
        ("ended_on", imported.ended.as_deref().map_or(ValueRef::Null, text)),
        ("amendments", ValueRef::Integer(imported.amendments.into())),
    ];
    let mut statement = change.sql().prepare_cached(INSERT)?;
    for (place, (_, value)) in (1..).zip(&columns) {
        statement.raw_bind_parameter(place, ToSqlOutput::Borrowed(*value))?;
    }
    statement.raw_execute()?;
    let id = change.sql().last_insert_rowid();
    change.opened(id);
    let mut record = Record::new();
    record.row("entry", [("id", ValueRef::Integer(id))].into_iter().chain(columns))?;
    let entry = Entry {
        id,
        register: opening.register.to_owned(),
        number: number.text.clone(),
        department: opening.department.to_owned(),
        day: opening.day,
        person: opening.person.to_owned(),
        state: opening.state.to_owned(),
    };
    Ok((entry, record))
}
