//! User information that waits: monthly reports, and entries to be filed.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::owing::Owing;
use super::report::deadline;
use crate::book::select::Select;
use crate::day::Month;
use crate::office::{live, named};
use crate::person::Role;
use crate::register::waiting::{Each, Waiting};
use crate::say;

/// How many days before its deadline a department's monthly report begins to wait.
const REPORT_NOTICE_DAYS: i64 = 7;

/// What a department has to report of a month.
pub(crate) struct Unreported {
    /// The month.
    pub(crate) month: Month,
    /// The department's key.
    pub(crate) department: String,
    /// Whether its report is owed and not made.
    pub(crate) owed: bool,
    /// Whether its report is made; what was entered since is a late addition.
    pub(crate) reported: bool,
    /// How many entries of the month stand in no report.
    pub(crate) entries: i64,
}

/// What the departments have to report of user information (R2.2): the months that they owe, and what was entered of any month beside
/// its report. In the order of the months and of the departments.
pub(crate) fn unreported(book: &Connection, today: NaiveDate) -> Result<Vec<Unreported>> {
    let owing = Owing::of(book)?;
    let order: Vec<String> = book.column("SELECT key FROM department ORDER BY position", ())?;
    let reported: BTreeSet<(Month, String)> =
        book.rows("SELECT DISTINCT month, department FROM info_report", ())?.into_iter().collect();
    let entries: Vec<(Month, String, i64)> = book.rows(
        "SELECT c.month, c.department, sum(c.collected - c.reported) FROM info_count AS c JOIN department AS d ON d.key = c.department
             WHERE c.collected > c.reported AND d.reports_flag GROUP BY c.month, c.department",
        (),
    )?;
    let mut entries: BTreeMap<(Month, String), i64> =
        entries.into_iter().map(|(month, department, count)| ((month, department), count)).collect();
    let mut owed = BTreeSet::new();
    let mut month = live::first_month(book)?;
    while month.first() <= today {
        owed.extend(owing.in_month(book, month)?.into_iter().map(|key| (month, key.to_owned())));
        month = month.next();
    }
    owed.retain(|owed| !reported.contains(owed));
    for owed in &owed {
        entries.entry(owed.clone()).or_default();
    }
    let mut unreported: Vec<Unreported> = entries
        .into_iter()
        .map(|(of, entries)| {
            let [owed, reported] = [&owed, &reported].map(|months| months.contains(&of));
            Unreported { month: of.0, department: of.1, owed, reported, entries }
        })
        .collect();
    unreported.sort_by_key(|left| (left.month, order.iter().position(|key| *key == left.department)));
    Ok(unreported)
}

/// What of it waits: of this month once its deadline is near.
pub(super) fn reports(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    // What is of a month that nobody owes is reported with the first that is owed, and late for nobody before (Q10).
    let first = live::first_month(book)?;
    for Unreported { month, department, owed, reported, entries } in unreported(book, today)? {
        let due_on = deadline(book, month.max(first))?;
        if (due_on - today).num_days() <= REPORT_NOTICE_DAYS {
            let what = match (owed, reported) {
                (true, _) => say!("user information of {month} to be reported", month),
                (_, true) => {
                    say!(
                        "{entries} entries of {month} came after its report, to be reported as a supplement",
                        entries,
                        month
                    )
                }
                (..) => say!("{entries} entries of user information of {month} to be reported", entries, month),
            };
            each(Waiting {
                due_on,
                what,
                number: String::new(),
                next: format!("branchbook info report --department {department} --month {month}"),
                deciders: Some(named::deciding(book, (Role::DepartmentManager, Some(&department)), today, None)?),
                department,
                person: None,
                clause: "R2.2".into(),
            })?;
        }
    }
    Ok(())
}

/// User information that was reported and waits to be filed (R2.2).
pub(super) fn reported(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut statement = book.prepare(
        "SELECT e.number, i.reported_on FROM entry AS e JOIN info AS i ON i.entry = e.id
         WHERE e.register = 'info' AND e.ended_on IS NULL AND e.state = 'reported' AND i.reported_on <= ?1",
    )?;
    let mut rows = statement.query([today])?;
    while let Some(row) = rows.next()? {
        let number: String = row.get(0)?;
        each(Waiting {
            due_on: row.get(1)?,
            what: say!("to be filed").to_owned(),
            next: format!("branchbook info file {number}"),
            deciders: None,
            number,
            department: "general".to_owned(),
            person: None,
            clause: "R2.2".into(),
        })?;
    }
    Ok(())
}
