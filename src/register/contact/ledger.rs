//! Reading the ledgers: in number order, what is outstanding, and what a contract's file holds.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::types::Value;
use rusqlite::{Connection, named_params};

use super::circulate;
use crate::book::select::Select;
use crate::day::{Month, MonthArg};
use crate::desk::{Desk, Run};
use crate::figure_on_day;
use crate::language;
use crate::office::{department, name};
use crate::register::filter::only_last;
use crate::register::waiting::{Each, Waiting};
use crate::register::{access, project, way_on};
use crate::say;
use crate::sheet::query::Query;
use crate::text::{self, Text};
use crate::whole;
use crate::working_day;

/// A department's ledger
#[derive(Debug, Args)]
pub(crate) struct Ledger {
    /// Whose ledger
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: String,
    /// Forms of this month
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: Option<MonthArg>,
    /// Only the last so many numbers; 0 for all
    #[arg(long, value_name = "COUNT", conflicts_with = "month", value_parser = whole::count)]
    pub(crate) last: Option<u32>,
}

impl Run for Ledger {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let today = desk.today()?;
        let book = desk.book()?.reader();
        let department = department::find(book, &self.department)?;
        let query = ledger(book, &department.key, self.month.map(|month| month.on(today)), only_last(self.last))?;
        desk.list(&query)
    }
}

/// The numbers of a department's ledger in their order: its counters, and the forms of each by their serials. A `CROSS
/// JOIN` is carried out as it is written, so that the index of the serials gives the order and nothing is sorted.
const LEDGER: &str = "(SELECT c.id AS ledger FROM counter AS c JOIN series AS s ON s.key = c.series
    WHERE s.register = 'contact' AND s.department = :department) CROSS JOIN contact_list ON counter = ledger";

/// A department's ledger in number order, of one month or of all.
///
/// The month is looked up by its days, the whole ledger by its counters: either costs the same in any history.
pub(crate) fn ledger(book: &Connection, department: &str, month: Option<Month>, last: Option<u32>) -> Result<Query> {
    if let Some(month) = month {
        name::as_of(book, month.last())?;
    }
    let columns = access::printed_columns(book, "contact_list")?.join(", ");
    let of = language::value(department);
    let query = match (month, last) {
        (Some(month), _) => Query::new(
            say!("Contact forms of {department}, {month}", department = of, month),
            format!(
                "SELECT {columns} FROM contact_list WHERE issued_on BETWEEN :first AND :last AND +counter IN (
                    SELECT c.id FROM counter AS c JOIN series AS s ON s.key = c.series
                    WHERE s.register = 'contact' AND s.department = :department) ORDER BY +counter, +serial"
            ),
        )
        .with(":first", month.first().to_string())
        .with(":last", month.last().to_string()),
        (None, Some(last)) => Query::new(
            say!("Contact forms of {department}, the last {last}", department = of, last),
            format!(
                "SELECT {columns} FROM (SELECT * FROM {LEDGER} ORDER BY ledger DESC, serial DESC LIMIT :count)
                 ORDER BY counter, serial"
            ),
        )
        .with(":count", i64::from(last)),
        (None, None) => Query::new(
            say!("Contact forms of {department}", department = of),
            format!("SELECT {columns} FROM {LEDGER} ORDER BY ledger, serial"),
        ),
    };
    Ok(query.with(":department", department.to_owned()).in_title(&["department"]))
}

/// What waits
#[derive(Debug, Args)]
pub(crate) struct Outstanding {
    /// Only forms of this department
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: Option<String>,
}

impl Run for Outstanding {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let today = desk.on()?;
        let book = desk.book()?.reader();
        let department = self.department.map(|which| department::find(book, &which)).transpose()?;
        desk.list(&outstanding(today, department.map(|department| department.key)))
    }
}

/// What open contact forms wait for: a signature, a reply, the archive (R4.7). Too dear for a view, which every command would
/// parse when it opens the book. The index is named: a day asked for would lead through the whole history instead of what is open.
const WAITING: &str = concat!(
    r#"SELECT e.number, 'signature' AS waits_for, p.value AS party, e.day_on AS since_on, e.day_on AS due_on, c.subject, e.department,
        coalesce(c.holder, e.person) AS holder, e.person AS issued_by, 'R4.7' AS clause, e.id, e.counter, e.serial
    FROM entry AS e INDEXED BY entry_open JOIN contact AS c ON c.entry = e.id
        JOIN json_each('[' || replace(json_quote(c.addressed_to), '; ', '","') || ']') AS p
    WHERE e.register = 'contact' AND e.ended_on IS NULL AND e.state = 'issued'
        AND NOT EXISTS (SELECT 1 FROM signature AS s WHERE s.undone_on IS NULL AND s.entry = e.id AND s.party = p.value)
    UNION ALL
    SELECT e.number, 'signature', min(p.value), e.day_on, e.day_on, c.subject, e.department,
        coalesce(c.holder, e.person), e.person, 'R4.6', e.id, e.counter, e.serial
    FROM entry AS e INDEXED BY entry_open JOIN contact AS c ON c.entry = e.id
        JOIN json_each('[' || replace(json_quote(c.copied_to), '; ', '","') || ']') AS p
    WHERE e.register = 'contact' AND e.ended_on IS NULL AND e.state IN ('issued', 'received') AND c.kind = 'external'
        AND (p.value = 'general' OR EXISTS (SELECT 1 FROM term AS t WHERE t.person = p.value AND t.role = 'contract-administrator'
            AND t.from_on <= e.day_on AND (t.until_on IS NULL OR t.until_on >= e.day_on)))
    GROUP BY e.id
    HAVING NOT max(EXISTS (SELECT 1 FROM signature AS s WHERE s.undone_on IS NULL AND s.entry = e.id AND s.party = p.value))
    UNION ALL
    SELECT e.number, 'reply', c.addressed_to, c.received_on, c.reply_by_on, c.subject, e.department,
        coalesce(c.holder, e.person), e.person, 'R4.7', e.id, e.counter, e.serial
    FROM entry AS e JOIN contact AS c ON c.entry = e.id
    WHERE e.register = 'contact' AND e.ended_on IS NULL AND e.state = 'received' AND c.replied_on IS NULL AND c.reply_by_on IS NOT NULL
    UNION ALL
    SELECT e.number, 'archive', 'general', c.received_on,
        "#,
    working_day!(concat!(
        "date(c.received_on, '+' || ",
        figure_on_day!("contact.archive_days", "c.received_on"),
        " || ' days')"
    )),
    ",
        c.subject, e.department, coalesce(c.holder, e.person), e.person, 'R4.7', e.id, e.counter, e.serial
    FROM entry AS e JOIN contact AS c ON c.entry = e.id
    WHERE e.register = 'contact' AND e.ended_on IS NULL AND e.state = 'received'"
);

/// What contact forms wait for on a day: signatures and replies at once, the archive once its days are over.
pub(crate) fn outstanding(day: NaiveDate, department: Option<String>) -> Query {
    Query::new(
        say!("Outstanding contact forms on {day}", day),
        format!(
            "SELECT number, waits_for, party, holder, due_on, max(0, CAST(julianday(:day) - julianday(due_on) AS INTEGER)) AS days_late, since_on, subject,
            department, issued_by, clause
         FROM ({WAITING})
         WHERE since_on <= :day AND (waits_for <> 'archive' OR due_on < :day) AND (:department IS NULL OR department = :department)
         ORDER BY counter, serial, waits_for DESC, party"
        ),
    )
    .with(":day", day.to_string())
    .with(":department", department.map_or(Value::Null, Value::Text))
}

/// Contact forms without a signature, a reply, or a place in the archive (R4.6, R4.7).
pub(super) fn forms(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut statement = book.prepare(&format!(
        "SELECT number, waits_for, party, due_on, department, holder, clause FROM ({WAITING})
         WHERE since_on <= :today AND (waits_for <> 'archive' OR due_on < :today)"
    ))?;
    let mut rows = statement.query(named_params! { ":today": today })?;
    while let Some(row) = rows.next()? {
        let (number, waits_for, party): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let next = match waits_for.as_str() {
            "signature" => circulate::signing(book, &number, &party, today)?,
            "reply" => circulate::answering(book, &number, &party)?,
            _ => format!("branchbook contact archive {number} --contract CONTRACT"),
        };
        // A department is waited for itself; a party outside, by the department that issued the form.
        let department = match department::look_up(book, &party)? {
            Some(department) => department.key,
            None => row.get(4)?,
        };
        let what =
            say!("{waits_for} of {party}", waits_for = language::value(&waits_for), party = language::people(&party));
        each(Waiting {
            deciders: None,
            due_on: row.get(3)?,
            what,
            number,
            department,
            person: row.get(5)?,
            clause: row.get::<_, String>(6)?.into(),
            next,
        })?;
    }
    Ok(())
}

/// The command of the next signature that a form waits for; none where it waits for none.
pub(crate) fn next_signature(book: &Connection, number: &str) -> Result<Option<String>> {
    let party: Option<String> = book.value(
        &format!("SELECT party FROM ({WAITING}) WHERE number = ?1 AND waits_for = 'signature' ORDER BY party LIMIT 1"),
        [number],
    )?;
    party.map(|party: String| circulate::signing(book, number, &party, way_on::last_day(book)?)).transpose()
}

/// The forms of a project or contract
#[derive(Debug, Args)]
pub(crate) struct File {
    /// The project, or the contract
    #[arg(value_name = "PROJECT|CONTRACT")]
    pub(crate) contract: Text,
}

impl Run for File {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let project = project::look_up(book, &self.contract)?.map(|project| project.number);
        // A project's forms are found by its number, through the index; only a contract's own number is looked for in every form.
        let condition = if project.as_ref() == Some(&text::number(&self.contract)) {
            "project = :project"
        } else {
            "project = :project OR paper(contract) = :contract OR paper(contract_file) = :contract"
        };
        let columns =
            "number, state, issued_on, kind, subject, addressed_to, archived_on, contract_file, issued_by, holder";
        desk.list(
            &Query::new(
                say!("Contact forms of {contract}", contract = self.contract),
                format!(
                    "SELECT {columns} FROM contact_list
                    WHERE {condition} ORDER BY issued_on, id"
                ),
            )
            .with(":contract", text::paper(&self.contract))
            .with(":project", project.map_or(Value::Null, Value::Text)),
        )
    }
}
