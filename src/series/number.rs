//! Giving out numbers: the next one of a series, or one that an old ledger brings along.

use anyhow::{Context, Result};
use chrono::NaiveDate;
use rusqlite::Connection;

use crate::book::change::Change;
use crate::book::select::Select;
use crate::refusal::Refusal;
use crate::say;
use crate::template::Template;

/// A number that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    /// As written on the paper.
    pub(crate) text: String,
    /// The counter it was taken from.
    pub(crate) counter: i64,
    /// Its serial.
    pub(crate) serial: i64,
}

/// The series that numbers this register's entries of this department; none where the department keeps no ledger.
pub(crate) fn series_of(book: &Connection, register: &str, department: &str) -> Result<Option<String>> {
    book.value(
        "SELECT key FROM series WHERE register = ?1 AND (department IS NULL OR department = ?2)",
        [register, department],
    )
}

/// The template that a series prints its numbers with on a day.
pub(crate) fn template_on(book: &Connection, series: &str, day: NaiveDate) -> Result<Template> {
    book.prepare_cached(
        "SELECT template FROM template WHERE series = ?1 AND from_on <= ?2 ORDER BY from_on DESC LIMIT 1",
    )?
    .query_row((series, day), |row| row.get(0))
    .with_context(|| say!("series {series} has no template on {day}", series, day))
}

/// Takes the next number of a series for an entry that bears `day`.
pub(crate) fn next(change: &Change<'_>, series: &str, day: NaiveDate) -> Result<Number> {
    let template = template_on(change.sql(), series, day)?;
    let prefix = template.prefix(day);
    refuse_closed(change.sql(), series, &prefix)?;
    // RETURNING would say it in one statement, and lay an intermediate table with a page cache of its own for it.
    change
        .sql()
        .prepare_cached(
            "INSERT INTO counter (series, prefix, last) VALUES (?1, ?2, 1)
             ON CONFLICT (series, prefix) DO UPDATE SET last = last + 1",
        )?
        .execute([series, &prefix])?;
    let (counter, serial): (i64, i64) =
        change.sql().whole("SELECT id, last FROM counter WHERE series = ?1 AND prefix = ?2", [series, &prefix])?;
    Ok(Number { text: template.number(day, serial.unsigned_abs()), counter, serial })
}

pub(super) fn refuse_closed(book: &Connection, series: &str, prefix: &str) -> Result<()> {
    let closed: Option<String> =
        book.value("SELECT closed_on FROM closing WHERE series = ?1 AND prefix = ?2", [series, prefix])?;
    match closed {
        None => Ok(()),
        Some(day) => Err(Refusal::rule(
            "R4.8",
            say!("the series {series} with numbers {prefix}… was closed on {day}", series, prefix, day),
        )
        .or(say!("enter it with a day of the open series: --on DATE"))
        .into()),
    }
}

/// The numbers from `first` to `last` of one counter.
pub(crate) fn run(book: &Connection, register: &str, first: &str, last: &str) -> Result<Vec<String>> {
    let wrong = |why: &str| Refusal::usage(say!("{first}..{last} is no run of numbers: {why}", first, last, why));
    let (_, template, prefix, from) =
        read(book, register, first)?.ok_or_else(|| wrong(say!("no series prints the first")))?;
    let to = template.serial_of(&prefix, last).ok_or_else(|| wrong(say!("the last is not of the same series")))?;
    if from > to || to - from >= 10_000 {
        return Err(wrong(say!("it must go up, by at most 10000")).into());
    }
    Ok((from..=to).map(|serial| template.number_after(&prefix, serial)).collect())
}

/// A number that its counter has passed though no entry bears it, with the department whose ledger it is missing in:
/// General Management, where the whole branch shares the series.
pub(crate) fn skipped(book: &Connection, register: &str, text: &str) -> Result<Option<(String, Number)>> {
    let Some((series, _, prefix, serial)) = read(book, register, text)? else { return Ok(None) };
    let serial = i64::try_from(serial)?;
    book.first(
        "SELECT coalesce(s.department, 'general'), c.id FROM counter AS c JOIN series AS s ON s.key = c.series
             WHERE c.series = ?1 AND c.prefix = ?2 AND c.last >= ?3",
        (&series, &prefix, serial),
        |row| Ok((row.get(0)?, Number { text: text.to_owned(), counter: row.get(1)?, serial })),
    )
}

/// The series of a register that prints this number: its key, template, prefix and serial.
fn read(book: &Connection, register: &str, text: &str) -> Result<Option<(String, Template, String, u64)>> {
    let mut statement = book.prepare_cached(
        "SELECT t.series, t.template FROM template AS t JOIN series AS s ON s.key = t.series WHERE s.register = ?1 ORDER BY t.from_on DESC",
    )?;
    let mut rows = statement.query([register])?;
    while let Some(row) = rows.next()? {
        let template: Template = row.get(1)?;
        if let Some((prefix, serial)) = template.read(text) {
            return Ok(Some((row.get(0)?, template, prefix, serial)));
        }
    }
    Ok(None)
}
