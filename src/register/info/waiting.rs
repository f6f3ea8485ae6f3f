//! User information that waits: monthly reports, and entries to be filed.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};

use super::report::deadline;
use crate::day::Month;
use crate::register::waiting::{Each, Waiting};
use crate::say;

/// How many days before its deadline a department's monthly report begins to wait.
const REPORT_NOTICE_DAYS: i64 = 7;

/// Monthly reports of user information that a department owes (R2.2): of every month since the book was made, and of any month
/// whose entries are not all reported. Month and department, in the departments' order.
pub(crate) fn unreported(book: &Connection, today: NaiveDate) -> Result<Vec<(Month, String)>> {
    let mut statement = book.prepare(
        "WITH RECURSIVE month (first_on) AS (
            SELECT date(happened_on, 'start of month') FROM journal WHERE id = 1
            UNION ALL SELECT date(first_on, '+1 month') FROM month WHERE first_on < date(:today, 'start of month')
         )
         SELECT substr(m.first_on, 1, 7) AS month, d.key AS department, d.position FROM month AS m, department AS d
         WHERE d.reports_flag AND m.first_on <= :today AND coalesce(substr(d.from_on, 1, 7) <= substr(m.first_on, 1, 7), TRUE)
            AND coalesce(d.until_on >= m.first_on, TRUE) AND NOT EXISTS (
            SELECT 1 FROM info_report AS r WHERE r.department = d.key AND r.month = substr(m.first_on, 1, 7))
         UNION SELECT c.month, c.department, d.position FROM info_count AS c JOIN department AS d ON d.key = c.department
         WHERE c.collected > c.reported AND d.reports_flag ORDER BY 1, 3",
    )?;
    let rows = statement.query_map(named_params! { ":today": today }, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
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
