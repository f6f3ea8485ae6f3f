//! What waits: for whom, since when, by which clause, and the command that clears it.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::{Connection, Row, named_params};
use serde_json::{Value, json};

use super::approvals;
use crate::day::Month;
use crate::desk::{Desk, Run};
use crate::language;
use crate::office::{department, identity};
use crate::register::asset;
use crate::register::contact::ledger;
use crate::register::fee::awaiting;
use crate::register::gift;
use crate::register::info::report::deadline;
use crate::register::next;
use crate::register::project::{log, payments, problem, schedule};
use crate::register::reception;
use crate::register::ship;
use crate::register::waiting::Waiting;
use crate::say;
use crate::sheet::query::Query;
use crate::text;

/// How many days before its deadline a department's monthly report begins to wait.
const REPORT_NOTICE_DAYS: i64 = 7;

/// What waits, and for whom
#[derive(Debug, Args)]
pub struct Due {
    /// Only what waits for you or your department
    #[arg(long)]
    pub mine: bool,
    /// Only what waits for this department
    #[arg(long, value_name = "DEPARTMENT", conflicts_with = "mine")]
    pub department: Option<String>,
}

/// What finds the things that wait on a day.
type Source = fn(&Connection, NaiveDate) -> Result<Vec<Waiting>>;

/// Everything that can wait. A register adds its own line.
const SOURCES: &[Source] = &[
    contact_forms,
    reports,
    information,
    payments::waiting,
    schedule::waiting,
    log::waiting,
    problem::waiting,
    next::waiting::<reception::Reception>,
    approvals::waiting,
    gift::awaiting::waiting,
    awaiting::waiting,
    asset::waiting::assets,
    next::waiting::<ship::Ship>,
];

impl Run for Due {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let (surroundings, today, language) = (desk.surroundings.clone(), desk.on(), desk.list_language());
        let book = desk.book()?.reader();
        let mut waiting = language.during(|| waiting(book, today))?;
        if let Some(which) = &self.department {
            let key = department::find(book, which)?.key;
            waiting.retain(|waiting| waiting.department == key);
        }
        if self.mine {
            let me = identity::recorder(book, &surroundings)?.person;
            waiting.retain(|waiting| waiting.department == me.department || waiting.person.as_ref() == Some(&me.key));
        }
        let rows: Vec<Vec<Value>> = waiting.iter().map(|waiting| waiting.row(today)).collect();
        let columns = ["due_on", "number", "what", "next", "days_late", "department", "person", "clause"];
        desk.list(&Query::computed(say!("What waits on {today}", today), &columns, &rows))
    }
}

/// Everything that waits on a day, the longest first.
///
/// # Errors
/// An error of `SQLite`.
pub fn waiting(book: &Connection, today: NaiveDate) -> Result<Vec<Waiting>> {
    let mut waiting = Vec::new();
    for source in SOURCES {
        waiting.extend(source(book, today)?);
    }
    waiting.sort_by(|a, b| (a.due_on, &a.number, &a.what).cmp(&(b.due_on, &b.number, &b.what)));
    Ok(waiting)
}

impl Waiting {
    fn row(&self, today: NaiveDate) -> Vec<Value> {
        vec![
            json!(self.due_on.to_string()),
            json!(self.number),
            json!(self.what),
            json!(self.next),
            json!((today - self.due_on).num_days().max(0)),
            json!(self.department),
            json!(self.person),
            json!(self.clause),
        ]
    }
}

/// Contact forms without a signature, a reply, or a place in the archive (R4.7).
fn contact_forms(book: &Connection, today: NaiveDate) -> Result<Vec<Waiting>> {
    let mut statement = book.prepare(&format!(
        "SELECT number, waits_for, party, due_on, department, holder FROM ({})
         WHERE since_on <= :today AND (waits_for <> 'archive' OR due_on < :today)",
        ledger::WAITING
    ))?;
    let mut waiting = Vec::new();
    let mut rows = statement.query(named_params! { ":today": today })?;
    while let Some(row) = rows.next()? {
        let (number, waits_for, party): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let next = match waits_for.as_str() {
            "signature" => format!("branchbook contact sign {number} --for {} --by PERSON", text::word(&party)),
            "reply" => format!("branchbook contact reply {number} --by PERSON --text TEXT"),
            _ => format!("branchbook contact archive {number} --contract CONTRACT"),
        };
        // A department is waited for itself; a party outside, by the department that issued the form.
        let department = match department::look_up(book, &party)? {
            Some(department) => department.key,
            None => row.get(4)?,
        };
        let what =
            say!("{waits_for} of {party}", waits_for = language::value(&waits_for), party = language::value(&party));
        waiting.push(Waiting {
            due_on: row.get(3)?,
            what,
            number,
            department,
            person: row.get(5)?,
            clause: "R4.7",
            next,
        });
    }
    Ok(waiting)
}

/// Monthly reports of user information that a department owes (R2.2): of every month since the book was made, of this
/// month once its deadline is near, and of any month whose entries are not all reported.
fn reports(book: &Connection, today: NaiveDate) -> Result<Vec<Waiting>> {
    let mut statement = book.prepare(
        "WITH RECURSIVE month (first_on) AS (
            SELECT date(happened_on, 'start of month') FROM journal WHERE id = 1
            UNION ALL SELECT date(first_on, '+1 month') FROM month WHERE first_on < date(:today, 'start of month')
         )
         SELECT substr(m.first_on, 1, 7) AS month, d.key AS department, d.position FROM month AS m, department AS d
         WHERE d.reports_flag AND m.first_on <= :today AND NOT EXISTS (
            SELECT 1 FROM info_report AS r WHERE r.department = d.key AND r.month = substr(m.first_on, 1, 7))
         UNION SELECT c.month, c.department, d.position FROM info_count AS c JOIN department AS d ON d.key = c.department
         WHERE c.collected > c.reported AND d.reports_flag ORDER BY 1, 3",
    )?;
    let rows = statement.query_map(named_params! { ":today": today }, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut waiting = Vec::new();
    for row in rows {
        let (month, department): (Month, String) = row?;
        let due_on = deadline(book, month)?;
        if (due_on - today).num_days() <= REPORT_NOTICE_DAYS {
            waiting.push(Waiting {
                due_on,
                what: say!("user information of {month} to be reported", month),
                number: String::new(),
                next: format!("branchbook info report --department {department} --month {month} --by MANAGER"),
                department,
                person: None,
                clause: "R2.2",
            });
        }
    }
    Ok(waiting)
}

/// User information that waits for its next step: filing, assigning, tracking (R2.2, R2.3).
fn information(book: &Connection, _: NaiveDate) -> Result<Vec<Waiting>> {
    let mut statement = book.prepare(
        "SELECT e.number, e.state, coalesce(i.assigned_on, i.filed_on, i.reported_on, e.day_on), i.assigned_to
         FROM entry AS e JOIN info AS i ON i.entry = e.id
         WHERE e.register = 'info' AND e.ended_on IS NULL AND e.state IN ('reported', 'filed', 'assigned')",
    )?;
    let read = |row: &Row<'_>| -> rusqlite::Result<Waiting> {
        let (number, state): (String, String) = (row.get(0)?, row.get(1)?);
        let (what, clause, next) = match state.as_str() {
            "reported" => (say!("to be filed"), "R2.2", format!("branchbook info file {number}")),
            "filed" => (say!("to be assigned to a department"), "R2.3", format!("branchbook info assign {number}")),
            _ => (
                say!("to be given to a salesperson"),
                "R2.3",
                format!("branchbook info track {number} --person PERSON"),
            ),
        };
        let assigned = row.get::<_, Option<String>>(3)?.filter(|_| state == "assigned");
        let department = assigned.unwrap_or_else(|| "general".to_owned());
        Ok(Waiting { due_on: row.get(2)?, what: what.to_owned(), number, department, person: None, clause, next })
    };
    Ok(statement.query_map((), read)?.collect::<rusqlite::Result<_>>()?)
}
