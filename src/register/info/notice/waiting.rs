//! Who missed the indicator and has had no notice (R2.2a), whose report is late or missing (R2.4), and of whom the tally no longer
//! says so.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::{CLAUSE, Collector, SUSPENSION, WARNING, department, judged};
use crate::day::Month;
use crate::language;
use crate::office::holiday;
use crate::office::identity::is_on_the_staff;
use crate::office::{live, named};
use crate::person::{Person, Role};
use crate::register::waiting::{Each, Waiting};
use crate::say;
use crate::view::with_views;

/// How many months back a notice is waited for: one that is later still says nothing to anybody, and what waits costs the same in any
/// history.
pub(super) const MONTHS: i32 = 12;

/// Notices that are to be given, and those that the tally no longer bears out.
pub(in crate::register::info) fn waiting(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let judges = book.prepare_cached("SELECT 1 FROM quota WHERE holder_kind = 'person'")?.exists(())?;
    let mut month = live::first_month(book)?.max(Month::of(today).plus(-MONTHS));
    while month < Month::of(today) {
        if judges {
            for collector in Collector::all_of(book, month)? {
                to_be_given(book, &collector, month, today, each)?;
            }
        }
        department::to_be_given(book, month, today, each)?;
        month = month.next();
    }
    department::unfounded(book, today, each)?;
    unfounded(book, today, each)
}

/// A notice that a person is to have for a month, where they are still on the staff.
fn to_be_given(book: &Connection, collector: &Collector, month: Month, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let judged = judged(book, collector, month, today)?;
    let (kind, what) = match judged.verdict {
        Some("warned") => {
            (WARNING, say!("{person} to be warned for {month}", person = language::people(&collector.key), month))
        }
        Some("suspended") => (
            SUSPENSION,
            say!(
                "commission and award of {person} to be suspended for {month}",
                person = language::people(&collector.key),
                month
            ),
        ),
        _ => return Ok(()),
    };
    let Some(person) = Person::of_key(book, &collector.key)? else { return Ok(()) };
    if !is_on_the_staff(book, &person, today)? || has(book, &person, month, kind)? {
        return Ok(());
    }
    let verb = if kind == WARNING { "warn" } else { "suspend" };
    each(Waiting {
        due_on: holiday::limit(book, "info.notice_days", month.last())?,
        what,
        number: String::new(),
        next: format!("branchbook info notice {verb} {} --month {month}", collector.key),
        deciders: Some(named::deciding(book, (Role::BranchManager, None), today, Some(&collector.key))?),
        department: "general".to_owned(),
        person: None,
        clause: CLAUSE.into(),
    })
}

/// Whether a person had a notice for the month that says as much, or is suspended since an earlier one.
fn has(book: &Connection, person: &Person, month: Month, kind: &str) -> Result<bool> {
    Ok(book
        .prepare_cached(&with_views(
            "SELECT 1 FROM notice WHERE person = ?1 AND (month = ?2 AND ?3 IN (kind, 'warning')
                OR kind = 'suspension' AND month < ?2 AND (lifted_on IS NULL OR lifted_on > ?4))",
        ))?
        .exists((&person.key, month, kind, month.last()))?)
}

/// Notices of the last months that hold though the tally says something else by now.
fn unfounded(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut notices = book.prepare_cached(
        "SELECT id, person, month, kind, issued_on FROM notice WHERE person IS NOT NULL AND lifted_on IS NULL AND month >= ?1 AND issued_on <= ?2 ORDER BY id",
    )?;
    let mut rows = notices.query((Month::of(today).plus(-MONTHS), today))?;
    while let Some(row) = rows.next()? {
        let (id, person, month): (i64, String, Month) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let kind: String = row.get(3)?;
        let Some(who) = Person::of_key(book, &person)? else { continue };
        let verdict = judged(book, &Collector::of(book, &who)?, month, today)?.verdict;
        if verdict == Some("suspended") || verdict == Some("warned") && kind == WARNING {
            continue;
        }
        let deciders = named::deciding(book, (Role::BranchManager, None), today, Some(&person))?;
        each(to_be_lifted((id, &person, month), row.get(4)?, (CLAUSE, deciders)))?;
    }
    Ok(())
}

/// A notice that is to be lifted: its id, to whom it was given and for which month; by which clause, and who lifts it.
pub(super) fn to_be_lifted(
    (id, person, month): (i64, &str, Month),
    issued_on: NaiveDate,
    (clause, deciders): (&'static str, Vec<String>),
) -> Waiting {
    Waiting {
        due_on: issued_on,
        what: say!(
            "notice {id} to {person} to be lifted: the tally of {month} no longer bears it out",
            id,
            person = language::people(person),
            month
        ),
        number: String::new(),
        next: format!("branchbook info notice lift {id} --reason REASON"),
        deciders: Some(deciders),
        department: "general".to_owned(),
        person: None,
        clause: clause.into(),
    }
}
