//! The departments' monthly reports to General Management, and their deadline (R2.2).

use anyhow::Result;
use chrono::{Datelike, NaiveDate};
use clap::Args;
use rusqlite::Connection;

use crate::book::change::Change;
use crate::book::thing::Thing;
use crate::day::Month;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::language;
use crate::office::department::{self, Department};
use crate::office::person::Person;
use crate::office::{figure, identity};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// The department of this name, which collects, reports and tracks user information.
///
/// # Errors
/// A refusal that lists those that do, where it is another (R2.2).
pub fn reporting(book: &Connection, which: &str) -> Result<Department> {
    let department = department::find(book, which)?;
    if department.reports {
        return Ok(department);
    }
    let keys: Vec<String> = book
        .prepare("SELECT key FROM department WHERE reports_flag ORDER BY position")?
        .query_map((), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let what = say!(
        "{key} ({name_zh}) does not work with user information",
        key = department.key,
        name_zh = department.name_zh
    );
    Err(Refusal::rule("R2.2", what).or(say!("give one of: {keys}", keys = keys.join(", "))).into())
}

/// The last day to report a month: figure `info.deadline_day` as it holds at the month's end, or the month's last day.
///
/// # Errors
/// An error of `SQLite`.
pub fn deadline(book: &Connection, month: Month) -> Result<NaiveDate> {
    let day = figure::value(book, "info.deadline_day", month.last())?;
    Ok(u32::try_from(day).ok().and_then(|day| month.first().with_day(day)).unwrap_or_else(|| month.last()))
}

/// Whether an entry is late: reported after its month's deadline though collected by then.
///
/// # Errors
/// An error of `SQLite`.
pub fn is_late(book: &Connection, collected_on: NaiveDate, reported_on: NaiveDate) -> Result<bool> {
    let deadline = deadline(book, Month::of(collected_on))?;
    Ok(reported_on > deadline && collected_on <= deadline)
}

/// A department's month
#[derive(Debug, Args)]
pub struct Report {
    /// Department that reports
    #[arg(long, value_name = "DEPARTMENT")]
    pub department: String,
    /// Month that is reported, such as 2026-10
    #[arg(long, value_name = "MONTH")]
    pub month: Month,
    #[command(flatten)]
    deed: Deed,
}

impl Run for Report {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        desk.change("info report", &self.deed, |change| self.enter(change))
    }
}

impl Report {
    /// Reports all that was collected and not reported yet; a second report of a month supplements the first.
    ///
    /// # Errors
    /// A refusal where another than the department's manager reports, too early, or nothing new (R2.2).
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let department = reporting(change.sql(), &self.department)?.key;
        let manager = identity::actor(change, self.deed.by.as_deref())?;
        let step = super::step(change.sql(), "report", "collected")?;
        step.require_in(change, &manager, Some(&department), say!("reporting user information"))?;
        let before = Before::of(change.sql(), &department, self.month)?;
        let entries = self.collected(change, &department)?;
        self.refuse_untimely(change, &department, &before, entries.len())?;
        let late_entries = take_all(change, entries.iter(), &manager)?;
        let deadline = deadline(change.sql(), self.month)?;
        let late = if before.reports == 0 { change.on > deadline } else { late_entries > 0 };
        change.sql().execute(
            "INSERT INTO info_report VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            (&department, self.month, before.reports + 1, change.on, &manager.key, i64::try_from(entries.len())?, late),
        )?;
        let thing = Thing::office("report", &[&department, &self.month.to_string()])?;
        change.record(&thing, &manager.key, None)?;
        let timing =
            if late { say!("late: the deadline was {deadline}", deadline) } else { say!("on time").to_owned() };
        let what = wording(entries.len(), before.reports, change.on);
        let mut answer =
            Answer::new(entries.len().to_string(), format!("{department} {}: {what}, {timing}", self.month));
        answer.notes.extend(self.left_for_later(change, &department)?);
        Ok(answer)
    }

    /// The month's entries that were collected by the day of the report and not reported yet.
    fn collected(&self, change: &Change<'_>, department: &str) -> Result<Vec<Entry>> {
        let numbers: Vec<String> = change
            .sql()
            .prepare(
                "SELECT number FROM entry WHERE register = 'info' AND state = 'collected' AND ended_on IS NULL
                    AND department = ?1 AND day_on BETWEEN ?2 AND ?3 ORDER BY day_on, id",
            )?
            .query_map((department, self.month.first(), self.month.last().min(change.on)), |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        numbers.iter().map(|number| Entry::find(change.sql(), number)).collect()
    }

    /// What the month still holds that was collected after the day of the report.
    fn left_for_later(&self, change: &Change<'_>, department: &str) -> Result<Option<String>> {
        let left: i64 = change.sql().query_row(
            "SELECT count(*) FROM entry WHERE register = 'info' AND state = 'collected' AND ended_on IS NULL
                AND department = ?1 AND day_on > ?2 AND day_on <= ?3",
            (department, change.on, self.month.last()),
            |row| row.get(0),
        )?;
        Ok((left > 0)
            .then(|| say!("{left} collected after {on} left for a supplementary report", left, on = change.on)))
    }

    /// No report before its month or before the report that it supplements, and none that adds nothing.
    fn refuse_untimely(&self, change: &Change<'_>, department: &str, before: &Before, entries: usize) -> Result<()> {
        let month = self.month;
        if change.on < month.first() {
            return Err(Refusal::rule(
                "R2.2",
                say!("{month} cannot be reported on {on}, before it begins", month, on = change.on),
            )
            .or(say!("give the day it was reported with --on DATE"))
            .into());
        }
        let Some(last) = before.last_on else { return Ok(()) };
        if change.on < last {
            return Err(Refusal::usage(say!(
                "{department} reported {month} on {last} and cannot supplement that on {on}",
                department = language::value(department),
                month,
                last,
                on = change.on
            ))
            .or(say!("give the day it was reported with --on DATE"))
            .into());
        }
        if entries == 0 {
            let what = say!(
                "{department} reported {month} on {last}, and nothing was collected in it since",
                department = language::value(department),
                month,
                last
            );
            let way_out = say!(
                "see branchbook info list --department {department} --month {month}",
                department,
                month = month.to_string()
            );
            return Err(Refusal::rule("R2.2", what).or(way_out).into());
        }
        Ok(())
    }
}

/// The reports of a month so far.
struct Before {
    reports: i64,
    last_on: Option<NaiveDate>,
}

impl Before {
    fn of(book: &Connection, department: &str, month: Month) -> Result<Self> {
        Ok(book.query_row(
            "SELECT count(*), max(reported_on) FROM info_report WHERE department = ?1 AND month = ?2",
            (department, month),
            |row| Ok(Self { reports: row.get(0)?, last_on: row.get(1)? }),
        )?)
    }
}

/// Moves the entries to reported. Gives how many of them are late.
fn take_all<'e>(change: &mut Change<'_>, entries: impl Iterator<Item = &'e Entry>, manager: &Person) -> Result<usize> {
    let mut late_entries = 0;
    for entry in entries {
        let mut entry = entry.clone();
        let step = entry.step(change.sql(), "report", None)?;
        let late = is_late(change.sql(), entry.day, change.on)?;
        entry.take(change, &step)?;
        change
            .sql()
            .prepare_cached("UPDATE info SET reported_on = ?2, late_flag = ?3 WHERE entry = ?1")?
            .execute((entry.id, change.on, late))?;
        change.record(&entry.thing()?, &manager.key, None)?;
        late_entries += usize::from(late);
    }
    Ok(late_entries)
}

/// What was reported, in words.
fn wording(entries: usize, earlier_reports: i64, on: NaiveDate) -> String {
    let what = match entries {
        0 => return say!("nil report on {on}", on),
        1 => say!("1 entry reported on {on}", on),
        entries => say!("{entries} entries reported on {on}", entries, on),
    };
    if earlier_reports == 0 { what } else { say!("{what} as supplement {place}", what, place = earlier_reports) }
}
