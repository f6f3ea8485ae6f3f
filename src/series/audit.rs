//! The audit of number series: gaps, duplicates, numbers of the wrong department or out of date order; reserved and
//! voided numbers explained (R4.8).

use anyhow::Result;
use clap::Args;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::template::Template;
use crate::desk::{Desk, Run};
use crate::refusal::{Kind, Refusal};
use crate::sheet::query::Query;

/// What is audited
#[derive(Debug, Args)]
pub struct Audit {
    /// Only this series
    pub series: Option<String>,
}

/// Something that the audit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The series.
    pub series: String,
    /// The number, or the run of numbers.
    pub number: String,
    /// What it is: `gap`, `wrong department`, `wrong number`, `out of order`, `reserved`, `void`.
    pub finding: &'static str,
    /// The explanation, or what is wrong.
    pub detail: String,
    /// Whether nothing explains it.
    pub unexplained: bool,
}

impl Run for Audit {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        if let Some(series) = &self.series {
            super::find(desk.book()?.reader(), series)?;
        }
        let findings = findings(desk.book()?.reader(), self.series.as_deref())?;
        let rows: Vec<Vec<Value>> = findings
            .iter()
            .map(|finding| {
                vec![
                    json!(finding.series),
                    json!(finding.number),
                    json!(finding.finding),
                    json!(i64::from(finding.unexplained)),
                    json!(finding.detail),
                ]
            })
            .collect();
        desk.list(&Query::computed(
            "Audit of number series",
            &["series", "number", "finding", "unexplained_flag", "detail"],
            &rows,
        ))?;
        refuse_unexplained(&findings)
    }
}

/// What the audit says in the end, with the command that explains the first gap.
fn refuse_unexplained(findings: &[Finding]) -> Result<()> {
    let what = match findings.iter().filter(|finding| finding.unexplained).count() {
        0 => return Ok(()),
        1 => "1 finding is unexplained".to_owned(),
        count => format!("{count} findings are unexplained"),
    };
    let refusal = Refusal { clause: Some("R4.8".to_owned()), ..Refusal::new(Kind::Found, what) };
    let gap = findings.iter().find(|finding| finding.finding == "gap").map(|gap| gap.number.as_str());
    Err(gap
        .map(|gap| format!("explain missing numbers with: branchbook contact void {gap} --reason REASON"))
        .map_or_else(|| refusal.clone(), |way_out| refusal.clone().or(way_out))
        .into())
}

/// A counter under audit, with every template of its series.
struct Counter {
    id: i64,
    series: String,
    prefix: String,
    last: i64,
    department: Option<String>,
    templates: Vec<Template>,
}

/// An entry as the audit looks at it.
struct Numbered {
    serial: i64,
    number: String,
    day: String,
    department: String,
    state: String,
    void_reason: Option<String>,
}

impl Numbered {
    /// A number that was only set aside, or spoilt, bears the day on which that was noted.
    fn bears_a_form(&self) -> bool {
        !matches!(self.state.as_str(), "reserved" | "void")
    }
}

/// The entry that was looked at before.
struct Previous {
    serial: i64,
    day: String,
}

/// Everything that the audit finds, series by series in number order.
///
/// # Errors
/// An error of `SQLite`.
pub fn findings(book: &Connection, series: Option<&str>) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for counter in counters(book, series)? {
        counter.audit(book, &mut findings)?;
    }
    Ok(findings)
}

fn counters(book: &Connection, series: Option<&str>) -> Result<Vec<Counter>> {
    let mut statement = book.prepare(
        "SELECT c.id, c.series, c.prefix, c.last, s.department FROM counter AS c JOIN series AS s ON s.key = c.series
         WHERE ?1 IS NULL OR c.series = ?1 ORDER BY c.series, c.prefix",
    )?;
    let mut templates = book.prepare("SELECT template FROM template WHERE series = ?1 ORDER BY from_on DESC")?;
    let mut counters = Vec::new();
    let mut rows = statement.query([series])?;
    while let Some(row) = rows.next()? {
        let key: String = row.get(1)?;
        let templates = templates.query_map([&key], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        counters.push(Counter {
            id: row.get(0)?,
            series: key,
            prefix: row.get(2)?,
            last: row.get(3)?,
            department: row.get(4)?,
            templates,
        });
    }
    Ok(counters)
}

impl Counter {
    fn audit(&self, book: &Connection, findings: &mut Vec<Finding>) -> Result<()> {
        let mut statement = book.prepare_cached(
            "SELECT serial, number, day_on, department, state, void_reason FROM entry WHERE counter = ?1 ORDER BY serial",
        )?;
        let mut rows = statement.query([self.id])?;
        let mut previous = Previous { serial: 0, day: String::new() };
        while let Some(row) = rows.next()? {
            let numbered = Numbered {
                serial: row.get(0)?,
                number: row.get(1)?,
                day: row.get(2)?,
                department: row.get(3)?,
                state: row.get(4)?,
                void_reason: row.get(5)?,
            };
            self.gap(previous.serial, numbered.serial, findings);
            self.misplaced(&numbered, findings);
            self.unused(&numbered, findings);
            if numbered.bears_a_form() && numbered.day < previous.day {
                let detail =
                    format!("entered late: it bears {}, the number before bears {}", numbered.day, previous.day);
                findings.push(self.finding(&numbered.number, "out of order", detail, false));
            }
            let latest = if numbered.bears_a_form() { numbered.day.max(previous.day) } else { previous.day };
            previous = Previous { serial: numbered.serial, day: latest };
        }
        self.gap(previous.serial, self.last + 1, findings);
        Ok(())
    }

    /// A number that its serial does not print, or that stands in another department's ledger.
    fn misplaced(&self, entry: &Numbered, findings: &mut Vec<Finding>) {
        let serial = u64::try_from(entry.serial).ok();
        if self.templates.iter().all(|template| template.serial_of(&self.prefix, &entry.number) != serial) {
            let detail = format!("serial {} of {}… is not printed so", entry.serial, self.prefix);
            findings.push(self.finding(&entry.number, "wrong number", detail, true));
        }
        if self.department.as_ref().is_some_and(|owner| *owner != entry.department) {
            let detail = format!("it stands in {}'s ledger", entry.department);
            findings.push(self.finding(&entry.number, "wrong department", detail, true));
        }
    }

    /// A number without a form that counts: only reserved, or voided.
    fn unused(&self, entry: &Numbered, findings: &mut Vec<Finding>) {
        match entry.state.as_str() {
            "reserved" => {
                let detail = format!("set aside on {} and not used yet", entry.day);
                findings.push(self.finding(&entry.number, "reserved", detail, false));
            }
            "void" => {
                let reason = entry.void_reason.clone().unwrap_or_default();
                findings.push(self.finding(&entry.number, "void", reason, false));
            }
            _ => {}
        }
    }

    /// A run of serials between two that are there.
    fn gap(&self, before: i64, after: i64, findings: &mut Vec<Finding>) {
        let (first, last) = (before + 1, after - 1);
        if first > last {
            return;
        }
        let print = |serial: i64| {
            self.templates
                .first()
                .map_or_else(String::new, |template| template.number_after(&self.prefix, serial.unsigned_abs()))
        };
        let number = if first == last { print(first) } else { format!("{}..{}", print(first), print(last)) };
        findings.push(self.finding(&number, "gap", format!("missing numbers: {}", last - first + 1), true));
    }

    fn finding(&self, number: &str, finding: &'static str, detail: String, unexplained: bool) -> Finding {
        Finding { series: self.series.clone(), number: number.to_owned(), finding, detail, unexplained }
    }
}
