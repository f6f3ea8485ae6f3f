//! The month's tallies of user information: by department (R2.2) and by person (R2.2a).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::collector::{Collector, Outcome};
use super::owing::Owing;
use crate::book::select::Select;
use crate::day::{Month, MonthArg};
use crate::desk::{Desk, Run};
use crate::office::{figure, live, name};
use crate::person::Person;
use crate::register::access;
use crate::register::info::report::deadline;
use crate::say;
use crate::share;
use crate::sheet::query::Query;

/// A month's tally
#[derive(Debug, Args)]
pub(crate) struct Tally {
    /// The month, such as 2026-10
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: MonthArg,
    /// By person instead of by department
    #[arg(long)]
    pub(crate) by_person: bool,
}

impl Run for Tally {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        access::require_office(desk, "R2.2", say!("reads the tallies of user information"))?;
        let today = desk.today()?;
        let month = self.month.on(today);
        let book = desk.book()?.reader();
        name::as_of(book, month.last())?;
        let query = if self.by_person { by_person(book, month, today)? } else { by_department(book, month, today)? };
        desk.list(&query)
    }
}

/// What the departments collected and reported in the month: those that report, and others with entries or an indicator.
const BY_DEPARTMENT: &str = concat!(
    "WITH counted AS (
    SELECT department, sum(collected) AS collected, sum(duplicates) AS duplicates, sum(reported) AS reported, sum(late) AS late
    FROM info_count WHERE month = :month GROUP BY department
), tally AS (
    SELECT d.key AS department, d.position,
        d.key IN (SELECT value FROM json_each(:owing)) AS reports_flag, coalesce(c.collected, 0) AS collected,
        coalesce(c.collected - c.duplicates, 0) AS counted, coalesce(c.reported - c.late, 0) AS reported_on_time,
        coalesce(c.late, 0) AS late, coalesce(c.duplicates, 0) AS duplicates,
        nullif((SELECT q.entries FROM quota AS q WHERE q.holder = d.key AND q.holder_kind = 'department' AND q.from_month <= :month
            AND d.key NOT IN (SELECT value FROM json_each(:over)) ORDER BY q.from_month DESC LIMIT 1), 0) AS indicator,
        (SELECT r.reported_on FROM info_report AS r WHERE r.department = d.key AND r.month = :month AND r.position = 1) AS reported_on,
        (SELECT max(r.late_flag) FROM info_report AS r WHERE r.department = d.key AND r.month = :month) AS report_late,
        (SELECT sum(r.entries) FROM info_report AS r WHERE r.department = d.key AND r.month = :month) AS report_entries
    FROM department AS d LEFT JOIN counted AS c ON c.department = d.key
)
SELECT :month AS month, department, indicator, counted, ",
    share!("counted", "indicator"),
    " AS percent_pct,
    CASE WHEN indicator IS NULL THEN NULL WHEN NOT :ended THEN 'open' WHEN counted >= indicator THEN 'met' ELSE 'missed' END AS verdict,
    CASE WHEN report_late THEN 'late' WHEN report_entries IS NOT NULL AND NOT :owed THEN 'not owed' WHEN report_entries = 0 THEN 'nil' WHEN report_entries > 0 THEN 'on time'
        WHEN reports_flag THEN iif(:overdue, 'missing', 'open') END AS report,
    reported_on, collected, duplicates, iif(:owed, reported_on_time, NULL) AS reported_on_time, late
FROM tally WHERE reports_flag OR collected > 0 OR indicator IS NOT NULL
ORDER BY position"
);

/// The month's tally by department, as it stands on `today`.
///
/// Counted are the entries collected in the month that are no duplicates and not void; percent is of the indicator, in
/// hundredths. The report is late where any of its parts was, nil where it had no entry, missing once the deadline
/// has passed without one; a department owes it as it was known on the deadline. Of a month that had begun when the book
/// went live none is owed.
///
/// # Errors
/// An error of `SQLite`.
pub fn by_department(book: &Connection, month: Month, today: NaiveDate) -> Result<Query> {
    let overdue = today > deadline(book, month)?;
    let departments = Owing::of(book)?;
    let [owing, over] = [departments.in_month(book, month)?, departments.over_in(book, month)?];
    Ok(Query::new(say!("User information of {month} by department", month), BY_DEPARTMENT)
        .of("info")
        .with(":month", month.to_string())
        .with(":overdue", i64::from(overdue))
        .with(":owed", i64::from(month >= live::first_month(book)?))
        .with(":ended", i64::from(has_ended(month, today)))
        .with(":owing", json!(owing).to_string())
        .with(":over", json!(over).to_string())
        .of_month(month)
        .totals(&["indicator", "counted", "collected", "duplicates", "reported_on_time", "late"])
        .bars("department", &["counted", "indicator"]))
}

/// The month's tally by person, as it stands on `today`: in the order of the departments, then of the keys.
///
/// The verdict is open until the month has ended, then met, warned or, at the figure's misses in a row, suspended;
/// joined and exempt months, and those of which the person was away for a part, count neither way, and a month without indicator has no verdict. The streak is the misses in
/// a row up to the month, for an open month up to the last one that has ended.
///
/// # Errors
/// An error of `SQLite`.
pub fn by_person(book: &Connection, month: Month, today: NaiveDate) -> Result<Query> {
    const COLUMNS: [&str; 8] =
        ["month", "department", "person", "person_name", "indicator", "counted", "verdict", "streak"];
    let suspend_misses = figure::value(book, "info.suspend_misses", month.last())?;
    let order: Vec<String> = book.column("SELECT key FROM department ORDER BY position", ())?;
    let mut collectors = Collector::all_of(book, month)?;
    collectors.sort_by_key(|collector| order.iter().position(|key| key == collector.department(month)));
    let rows = collectors
        .iter()
        .map(|collector| row(book, collector, month, today, suspend_misses))
        .collect::<Result<Vec<_>>>()?;
    let query = Query::computed(say!("User information of {month} by person", month), &COLUMNS, &rows);
    Ok(query.of("info").bars("person", &["counted", "indicator"]).of_month(month))
}

/// How a person's month is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Judged {
    /// The entries that were to be collected.
    pub(crate) indicator: Option<i64>,
    /// The entries that count.
    pub(crate) counted: i64,
    /// The verdict; none in a month without indicator.
    pub(crate) verdict: Option<&'static str>,
    /// The misses in a row up to it.
    pub(crate) streak: i64,
}

impl Judged {
    /// A month as it stands on `today`, where so many misses in a row suspend.
    pub(crate) fn of(
        book: &Connection,
        collector: &Collector,
        month: Month,
        (today, suspend_misses): (NaiveDate, i64),
    ) -> Result<Self> {
        let indicator = collector.indicator(month);
        let streak = collector.streak(book, month.min(Month::of(today).prev()))?;
        let verdict = if has_ended(month, today) {
            verdict(collector.outcome(book, month)?, streak >= suspend_misses)
        } else {
            indicator.map(|_| "open")
        };
        Ok(Self { indicator, counted: collector.counted(book, month)?, verdict, streak })
    }
}

/// The months that are over and that a person missed.
pub(crate) fn missed(book: &Connection, person: &Person, today: NaiveDate) -> Result<Vec<Month>> {
    let (collector, mut month, mut missed) = (Collector::of(book, person)?, live::first_month(book)?, Vec::new());
    while has_ended(month, today) {
        if collector.outcome(book, month)? == Outcome::Missed {
            missed.push(month);
        }
        month = month.next();
    }
    Ok(missed)
}

/// A person's row of the tally.
fn row(
    book: &Connection,
    collector: &Collector,
    month: Month,
    today: NaiveDate,
    suspend_misses: i64,
) -> Result<Vec<Value>> {
    let Judged { indicator, counted, verdict, streak } = Judged::of(book, collector, month, (today, suspend_misses))?;
    Ok(vec![
        json!(month.to_string()),
        json!(collector.department(month)),
        json!(collector.key),
        json!(collector.name),
        json!(indicator),
        json!(counted),
        json!(verdict),
        json!(streak),
    ])
}

/// The verdict on a month that has ended (R2.2a).
const fn verdict(outcome: Outcome, suspended: bool) -> Option<&'static str> {
    match outcome {
        Outcome::Met => Some("met"),
        Outcome::Missed if suspended => Some("suspended"),
        Outcome::Missed => Some("warned"),
        Outcome::Joined => Some("joined"),
        Outcome::Away => Some("away"),
        Outcome::Exempt => Some("exempt"),
        Outcome::Unasked => None,
    }
}

fn has_ended(month: Month, today: NaiveDate) -> bool {
    today > month.last()
}
