//! User information that waits: monthly reports, and entries to be filed.

use std::collections::BTreeSet;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::owing::Owing;
use super::report::deadline;
use crate::day::Month;
use crate::register::waiting::{Each, Waiting};
use crate::say;

/// How many days before its deadline a department's monthly report begins to wait.
const REPORT_NOTICE_DAYS: i64 = 7;

/// Monthly reports of user information that a department owes (R2.2): of every month since the book was made, and of any month
/// whose entries are not all reported. Month and department, in the departments' order.
pub(crate) fn unreported(book: &Connection, today: NaiveDate) -> Result<Vec<(Month, String)>> {
    let owing = Owing::of(book)?;
    let order: Vec<String> = book
        .prepare_cached("SELECT key FROM department ORDER BY position")?
        .query_map((), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let pairs = |sql| -> Result<BTreeSet<(Month, String)>> {
        let mut statement = book.prepare_cached(sql)?;
        let pairs = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(pairs.collect::<rusqlite::Result<_>>()?)
    };
    let reported = pairs("SELECT DISTINCT month, department FROM info_report")?;
    let mut unreported = pairs(
        "SELECT c.month, c.department FROM info_count AS c JOIN department AS d ON d.key = c.department
         WHERE c.collected > c.reported AND d.reports_flag",
    )?;
    let made: NaiveDate = book.query_row("SELECT happened_on FROM journal WHERE id = 1", (), |row| row.get(0))?;
    let mut month = Month::of(made);
    while month.first() <= today {
        let owed = owing.in_month(book, month)?.into_iter().map(|key| (month, key.to_owned()));
        unreported.extend(owed.filter(|owed| !reported.contains(owed)));
        month = month.next();
    }
    let mut unreported: Vec<(Month, String)> = unreported.into_iter().collect();
    unreported.sort_by_key(|(month, department)| (*month, order.iter().position(|key| key == department)));
    Ok(unreported)
}

/// What of it waits: of this month once its deadline is near.
pub(super) fn reports(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    for (month, department) in unreported(book, today)? {
        let due_on = deadline(book, month)?;
        if (due_on - today).num_days() <= REPORT_NOTICE_DAYS {
            each(Waiting {
                due_on,
                what: say!("user information of {month} to be reported", month),
                number: String::new(),
                next: format!("branchbook info report --department {department} --month {month} --by MANAGER"),
                department,
                person: None,
                clause: "R2.2".into(),
            })?;
        }
    }
    Ok(())
}

/// User information that was reported and waits to be filed (R2.2).
pub(super) fn reported(book: &Connection, _: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut statement = book.prepare(
        "SELECT e.number, i.reported_on FROM entry AS e JOIN info AS i ON i.entry = e.id
         WHERE e.register = 'info' AND e.ended_on IS NULL AND e.state = 'reported'",
    )?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let number: String = row.get(0)?;
        each(Waiting {
            due_on: row.get(1)?,
            what: say!("to be filed").to_owned(),
            next: format!("branchbook info file {number}"),
            number,
            department: "general".to_owned(),
            person: None,
            clause: "R2.2".into(),
        })?;
    }
    Ok(())
}
