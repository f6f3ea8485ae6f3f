//! The departments' monthly reports to General Management, and their deadline (R2.2).

use anyhow::Result;
use chrono::{Datelike, NaiveDate};
use clap::Args;
use rusqlite::Connection;

use super::numbers;
use super::owing::Owing;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::day::{Month, MonthArg};
use crate::desk::{Answer, Deed, Desk, Run};
use crate::language;
use crate::office::department::{self, Department};
use crate::office::far::Far;
use crate::office::{figure, holiday, identity, live};
use crate::person::Person;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// The department of this name, which collects, reports and tracks user information.
pub(crate) fn reporting(book: &Connection, which: &str) -> Result<Department> {
    let department = department::find(book, which)?;
    if department.reports {
        return Ok(department);
    }
    let keys: Vec<String> = book.column("SELECT key FROM department WHERE reports_flag ORDER BY position", ())?;
    let what = say!(
        "{key} ({name_zh}) does not work with user information",
        key = department.key,
        name_zh = department.name_zh
    );
    Err(Refusal::rule("R2.2", what).or(say!("give one of: {keys}", keys = keys.join(language::comma()))).into())
}

/// The same, or one that owes the report of a month as it was known when that was due.
pub(super) fn reporting_in(book: &Connection, which: &str, month: Month) -> Result<Department> {
    let department = department::find(book, which)?;
    if Owing::of(book)?.owes(book, &department.key, month)? { Ok(department) } else { reporting(book, which) }
}

/// The last day to report a month: figure `info.deadline_day` as it holds at the month's end, or the month's last day; where that is
/// a day of rest, the next that is none.
///
/// # Errors
/// An error of `SQLite`.
pub fn deadline(book: &Connection, month: Month) -> Result<NaiveDate> {
    let day = figure::value(book, "info.deadline_day", month.last())?;
    let day = u32::try_from(day).ok().and_then(|day| month.first().with_day(day));
    holiday::working_day(book, day.unwrap_or_else(|| month.last()))
}

/// Whether an entry is late: reported after its month's deadline though collected by then.
pub(crate) fn is_late(book: &Connection, collected_on: NaiveDate, reported_on: NaiveDate) -> Result<bool> {
    let deadline = deadline(book, Month::of(collected_on))?;
    Ok(reported_on > deadline && collected_on <= deadline)
}

/// A department's month
#[derive(Debug, Args)]
pub(crate) struct Report {
    /// Department that reports
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: String,
    /// Month that is reported, such as 2026-10
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: MonthArg,
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
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let (on, month) = (change.on, self.month.on(change.today()));
        let department = reporting_in(change.sql(), &self.department, month)?.key;
        let manager = may_report(change, self.deed.by.as_deref(), &department)?;
        Far::refuse_month(change, month, self.deed.far)?;
        let (reports, last): (i64, Option<NaiveDate>) = change.sql().whole(
            "SELECT count(*), max(reported_on) FROM info_report WHERE department = ?1 AND month = ?2",
            (&department, month),
        )?;
        let collected = |first, last| numbers(change.sql(), "collected", Some(&department), (first, last));
        let entries = collected(month.first(), month.last().min(on))?;
        refuse_untimely((on, month), &department, last, entries.len())?;
        let left = collected(on.succ_opt().unwrap_or(on), month.last())?.len();
        let counted = identity::counted_day(change, &manager)?;
        // Of a month that had begun when the book went live no report is owed, and none is late (Q10).
        let owed = month >= live::first_month(change.sql())?;
        let late_entries = take_all(change, &entries, &manager, owed.then_some(counted))?;
        let deadline = deadline(change.sql(), month)?;
        let late = owed && if reports == 0 { counted > deadline } else { late_entries > 0 };
        change.sql().execute(
            "INSERT INTO info_report VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            (&department, month, reports + 1, on, &manager.key, i64::try_from(entries.len())?, late),
        )?;
        change.record(&Thing::office("report", &[&department, &month.to_string()])?, &manager.key, None)?;
        let timing = match (owed, late, counted > on) {
            (false, ..) => say!("no report was owed").to_owned(),
            (_, true, true) => say!("entered on {counted}, late: the deadline was {deadline}", counted, deadline),
            (_, true, false) => say!("late: the deadline was {deadline}", deadline),
            _ => say!("on time").to_owned(),
        };
        let line = say!(
            "{department} {month}: {what}, {timing}",
            department = language::value(&department),
            month,
            what = wording(entries.len(), reports, on),
            timing
        );
        let mut answer = Answer::new(entries.len().to_string(), line);
        answer
            .notes
            .extend((left > 0).then(|| say!("{left} collected after {on} left for a supplementary report", left, on)));
        Ok(answer)
    }
}

/// Who reports a department's month.
fn may_report(change: &Change<'_>, by: Option<&str>, department: &str) -> Result<Person> {
    let manager = identity::office_bearer(change, by)?;
    let step = super::step(change.sql(), "report", "collected")?;
    step.require_in(change, &manager, Some(department), say!("reporting user information"))?;
    Ok(manager)
}

/// Who takes a department's report back, a row of the journal: whoever reports, once nothing is reported in it any more.
pub(crate) fn may_take_back(change: &Change<'_>, by: Option<&str>, thing: &str, step: i64) -> Result<Person> {
    let manager = may_report(change, by, thing.split(' ').nth(1).unwrap_or_default())?;
    let left: Vec<String> = change.sql().column(
        "SELECT j.thing FROM journal AS r JOIN journal AS j ON j.id < r.id AND (j.at, j.verb, j.recorder) = (r.at, r.verb, r.recorder)
            AND j.id > (SELECT coalesce(max(x.id), 0) FROM journal AS x WHERE x.id < r.id AND x.thing LIKE 'report %')
         JOIN entry AS e ON e.number = j.thing WHERE r.id = ?1
            AND NOT EXISTS (SELECT 1 FROM journal AS u WHERE u.thing = j.thing AND u.verb LIKE '% undo' AND u.record ->> '$.undone' = j.id) ORDER BY j.id",
        [step],
    )?;
    let Some(first) = left.first() else { return Ok(manager) };
    let what = say!("in it are reported: {numbers}", numbers = left.join(language::comma()));
    let way_out = say!("take that back first with: branchbook undo {number}", number = first);
    Err(Refusal::rule("R2.2", what).or(way_out).into())
}

/// No report before its month or before the report that it supplements, and none that adds nothing.
fn refuse_untimely(
    (on, month): (NaiveDate, Month),
    department: &str,
    last: Option<NaiveDate>,
    entries: usize,
) -> Result<()> {
    let whose = language::value(department);
    let refusal = match last {
        _ if on < month.first() => {
            Refusal::rule("R2.2", say!("{month} cannot be reported on {on}, before it begins", month, on))
                .or(say!("give the day it was reported with --on DATE"))
        }
        Some(last) if on < last => Refusal::usage(say!(
            "{department} reported {month} on {last} and cannot supplement that on {on}",
            department = whose,
            month,
            last,
            on
        ))
        .or(say!("give the day it was reported with --on DATE")),
        Some(last) if entries == 0 => Refusal::rule(
            "R2.2",
            say!(
                "{department} reported {month} on {last}, and nothing was collected in it since",
                department = whose,
                month,
                last
            ),
        )
        .or(say!(
            "see branchbook info list --department {department} --month {month}",
            department,
            month = month.to_string()
        )),
        _ => return Ok(()),
    };
    Err(refusal.into())
}

/// Moves the entries to reported; whether they are late goes by the day that counts, where their report is owed. Gives how many of them
/// are late.
fn take_all(
    change: &mut Change<'_>,
    numbers: &[String],
    manager: &Person,
    counted: Option<NaiveDate>,
) -> Result<usize> {
    let mut late_entries = 0;
    for number in numbers {
        let mut entry = Entry::find(change.sql(), number)?;
        let step = entry.step(change.sql(), "report", None)?;
        let late = counted.map_or(Ok(false), |counted| is_late(change.sql(), entry.day, counted))?;
        entry.take(change, &step)?;
        let reported = "UPDATE info SET reported_on = ?2, late_flag = ?3 WHERE entry = ?1";
        change.sql().prepare_cached(reported)?.execute((entry.id, change.on, late))?;
        change.record(&entry.thing()?, &manager.key, None)?;
        late_entries += usize::from(late);
    }
    Ok(late_entries)
}

/// Takes an entry out of its department's report where that step of it, a row of the journal, was taken back.
pub(crate) fn leave(change: &mut Change<'_>, step: i64, actor: &Person, reason: Option<&str>) -> Result<()> {
    // The report stands in the journal behind its entries.
    let report =
        "SELECT r.thing, json_array_length(r.record, '$.info_report') FROM journal AS j JOIN journal AS r ON r.id = (
            SELECT min(x.id) FROM journal AS x WHERE x.id > j.id AND x.thing LIKE 'report %')
        WHERE j.id = ?1 AND j.verb = 'info report' AND r.verb = j.verb AND r.at = j.at";
    let found: Option<(String, i64)> = change.sql().row(report, [step])?;
    let Some((thing, position)) = found else { return Ok(()) };
    let mut words = thing.split(' ').skip(1);
    let (Some(department), Some(month)) = (words.next(), words.next()) else { return Ok(()) };
    change.sql().execute(
        "UPDATE info_report SET entries = entries - 1 WHERE department = ?1 AND month = ?2 AND position = ?3",
        (department, month, position),
    )?;
    change.record(&Thing::office("report", &[department, month])?, &actor.key, reason)
}

/// What was reported, in words.
fn wording(entries: usize, earlier_reports: i64, on: NaiveDate) -> String {
    let what = match entries {
        0 => return say!("nil report on {on}", on),
        entries => say!("{entries} entries reported on {on}", entries, on),
    };
    if earlier_reports == 0 { what } else { say!("{what} as supplement {place}", what, place = earlier_reports) }
}
