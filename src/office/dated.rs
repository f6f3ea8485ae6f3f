//! Places on the staff list that are dated back: how the journal marks them, and when they were entered (Q9).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, Rows, named_params};

use crate::heading;
use crate::view::with_views;
use crate::zone::Zone;

/// How the journal's note begins of what is dated back; behind it stands the first day that it reaches.
macro_rules! mark {
    () => {
        "dated back to "
    };
}

/// In SQL, whether row `j` of the journal is dated back.
macro_rules! is_dated_back {
    () => {
        concat!("j.note LIKE '", mark!(), "%'")
    };
}

/// In SQL, the first day that row `j` of the journal reaches back to; NULL where it is not dated back.
pub(crate) const REACHES: &str =
    concat!("CASE WHEN ", is_dated_back!(), " THEN substr(j.note, 1 + length('", mark!(), "'), 10) END");

/// In SQL, when row `j` of the journal was written, where it is dated back.
pub(crate) const WRITTEN: &str = concat!("CASE WHEN ", is_dated_back!(), " THEN j.at END");

/// In SQL, when term `t` was entered, where it was dated back.
pub(crate) const ENTERED: &str = concat!(
    "(SELECT max(j.at) FROM journal AS j WHERE j.thing = 'staff ' || t.person AND ",
    is_dated_back!(),
    " AND instr(j.note, ': ' || t.role || ' of ' || t.department || ' from ' || t.from_on) > 0)"
);

/// The column that tells when what was dated back was entered.
pub(crate) const COLUMN: &str = heading!("entered_later_at");

/// The note with the mark that it is dated back to this day.
pub(crate) fn marked(day: NaiveDate, note: &str) -> String {
    format!(concat!(mark!(), "{}: {}"), day, note)
}

/// The day on which the terms were entered by which a person could decide on `day`, where that is after it; none where one of them
/// was in the book by then, or nothing is known of any.
pub(crate) fn entered_after(book: &Connection, person: &str, day: NaiveDate) -> Result<Option<NaiveDate>> {
    let sql = format!(
        "SELECT {ENTERED} FROM term AS t WHERE t.person = :person AND t.role IN ('department-manager', 'branch-manager', 'company-leader', 'general-manager')
            AND t.from_on <= :day AND (t.until_on IS NULL OR t.until_on >= :day)"
    );
    let mut statement = book.prepare_cached(&with_views(&sql))?;
    latest_after(day, statement.query(named_params! { ":person": person, ":day": day })?, Zone::of_book(book)?)
}

/// The same of who stood in for `principal` on `day`.
pub(crate) fn deputy_entered_after(
    book: &Connection,
    (principal, deputy): (&str, &str),
    day: NaiveDate,
) -> Result<Option<NaiveDate>> {
    let mut statement = book.prepare_cached(&with_views(
        "SELECT (SELECT min(j.at) FROM journal AS j WHERE j.thing = 'deputy ' || d.id) FROM deputy AS d
         WHERE d.person = ?1 AND d.deputy = ?2 AND d.from_on <= ?3 AND d.until_on >= ?3",
    ))?;
    latest_after(day, statement.query((principal, deputy, day))?, Zone::of_book(book)?)
}

/// The last day of the times in these rows, where all are after `day`.
fn latest_after(day: NaiveDate, mut rows: Rows<'_>, zone: Zone) -> Result<Option<NaiveDate>> {
    let mut latest = None;
    while let Some(row) = rows.next()? {
        let at: Option<String> = row.get(0)?;
        match at.and_then(|at| zone.local(&at)).map(|time| time.date()).filter(|entered| *entered > day) {
            None => return Ok(None),
            Some(entered) => latest = latest.max(Some(entered)),
        }
    }
    Ok(latest)
}
