//! Warnings of departments whose monthly report of user information is late or missing (R2.4).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::waiting::{MONTHS, to_be_lifted};
use super::{WARNING, branch_manager, given_already, refuse_oneself};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::day::Month;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::{holiday, named};
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::info::owing::Owing;
use crate::register::info::report::{deadline, reporting_in};
use crate::register::waiting::{Each, Waiting};
use crate::say;

const CLAUSE: &str = "R2.4";

/// Warns a department.
pub(super) fn warn(change: &mut Change<'_>, (which, month): (&str, Month), deed: &Deed) -> Result<Answer> {
    let actor = branch_manager(change, deed, CLAUSE, say!("warning a department"))?;
    let department = reporting_in(change.sql(), which, month)?.key;
    refuse_judged(change, &actor, &department)?;
    let Some(report) = failed(change.sql(), month, change.on)?.into_iter().find(|(key, _)| *key == department) else {
        let (whose, on) = (language::value(&department), change.on);
        let what = say!(
            "the report of {department} for {month} was neither late nor missing on {on}",
            department = whose,
            month,
            on
        );
        let way_out = say!("see branchbook info tally --month {month}", month = month.to_string());
        return Err(Refusal::rule(CLAUSE, what).or(way_out).into());
    };
    if let Some(id) = given(change.sql(), &department, month)? {
        return Err(given_already(&language::value(&department), id, month).into());
    }
    let id: i64 = change.sql().only(
        "INSERT INTO notice (department, kind, month, report, issued_on, issued_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id",
        (&department, WARNING, month, report.1, change.on, &actor.key),
    )?;
    change.record(&Thing::office("notice", &[&id.to_string()])?, &actor.key, None)?;
    let line = say!(
        "notice {id}: {department} is warned by {by}: its report for {month} is {report}",
        id,
        department = language::value(&department),
        by = language::people(&actor.key),
        month,
        report = language::value_in("report", report.1)
    );
    Ok(Answer::new(id.to_string(), line).note(say!("print it with: branchbook info notice print {id}", id)))
}

/// Who manages a department is judged by its reports, and decides on no notice of it.
pub(super) fn refuse_judged(change: &Change<'_>, actor: &Person, department: &str) -> Result<()> {
    let managers = Person::holders(change.sql(), Role::DepartmentManager, Some(department), change.on)?;
    managers.iter().try_for_each(|manager| refuse_oneself(change, actor, &manager.key, CLAUSE))
}

/// The departments whose report for a month is late in any of its parts, or missing on a day though its deadline has passed, in their
/// order.
fn failed(book: &Connection, month: Month, day: NaiveDate) -> Result<Vec<(String, &'static str)>> {
    let overdue = day > deadline(book, month)?;
    let mut report =
        book.prepare_cached("SELECT max(late_flag) FROM info_report WHERE department = ?1 AND month = ?2")?;
    let mut failed = Vec::new();
    for key in Owing::of(book)?.in_month(book, month)? {
        match report.query_row((key, month), |row| row.get(0))? {
            Some(true) => failed.push((key.to_owned(), "late")),
            None if overdue => failed.push((key.to_owned(), "missing")),
            _ => {}
        }
    }
    Ok(failed)
}

/// The notice that a department has for a month, and that holds.
fn given(book: &Connection, department: &str, month: Month) -> Result<Option<i64>> {
    let sql = "SELECT id FROM notice WHERE department = ?1 AND month = ?2 AND lifted_on IS NULL";
    book.value(sql, (department, month))
}

/// Whether a department had a notice for a month at all.
fn has(book: &Connection, department: &str, month: Month) -> Result<bool> {
    Ok(book.prepare_cached("SELECT 1 FROM notice WHERE department = ?1 AND month = ?2")?.exists((department, month))?)
}

/// Notices that departments are to have for a month. Where a report is missing, it is the report that waits.
pub(super) fn to_be_given(book: &Connection, month: Month, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let due_on = holiday::limit(book, "info.notice_days", month.last())?;
    for (department, report) in failed(book, month, today)? {
        if report == "missing" || has(book, &department, month)? {
            continue;
        }
        let next = format!("branchbook info notice warn --department {department} --month {month}");
        each(Waiting {
            due_on,
            what: say!(
                "{department} to be warned for its report of {month}, which is {report}",
                department = language::value(&department),
                month,
                report = language::value_in("report", report)
            ),
            number: String::new(),
            next,
            deciders: Some(named::deciding(book, (Role::BranchManager, None), today, None)?),
            department: "general".to_owned(),
            person: None,
            clause: CLAUSE.into(),
        })?;
    }
    Ok(())
}

/// Notices of the last months that hold though the report is neither late nor missing by now.
pub(super) fn unfounded(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut notices = book.prepare_cached(
        "SELECT id, department, month, issued_on FROM notice
         WHERE department IS NOT NULL AND lifted_on IS NULL AND month >= ?1 AND issued_on <= ?2 ORDER BY id",
    )?;
    let mut rows = notices.query((Month::of(today).plus(-MONTHS), today))?;
    while let Some(row) = rows.next()? {
        let (id, department, month): (i64, String, Month) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if failed(book, month, today)?.iter().all(|(key, _)| *key != department) {
            let deciders = named::deciding(book, (Role::BranchManager, None), today, None)?;
            each(to_be_lifted((id, &department, month), row.get(3)?, (CLAUSE, deciders)))?;
        }
    }
    Ok(())
}
