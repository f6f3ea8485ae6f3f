//! Months that were submitted, and are closed: what comes into one later needs its reason (R1).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

use crate::day::Month;
use crate::refusal::Refusal;
use crate::say;

/// The day on which a month was first submitted, from which it is closed; none while it is open.
pub(crate) fn closed_on(book: &Connection, month: Month) -> Result<Option<NaiveDate>> {
    Ok(book
        .prepare_cached("SELECT submitted_on FROM submission WHERE month = ?1 AND position = 1")?
        .query_row([month], |row| row.get(0))
        .optional()?)
}

/// Refuses what is entered without a reason on a day of a month that was submitted.
pub(crate) fn refuse_closed(book: &Connection, day: NaiveDate) -> Result<()> {
    let month = Month::of(day);
    let Some(on) = closed_on(book, month)? else { return Ok(()) };
    let what = say!("{month} was submitted on {on}, and is closed", month, on);
    Err(Refusal::rule("R1", what)
        .or(say!("give the day on which it is entered, or say why it comes late with --late REASON"))
        .into())
}
