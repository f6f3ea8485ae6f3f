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
        let unexplained = findings.iter().filter(|finding| finding.unexplained).count();
        if unexplained == 0 {
            return Ok(());
        }
        Err(Refusal {
            clause: Some("R4.8".to_owned()),
            ..Refusal::new(Kind::Found, format!("{unexplained} finding(s) are unexplained"))
        }
        .or("explain a missing number with: branchbook contact void NUMBER --reason REASON")
        .into())
    }
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
        let mut statement =
            book.prepare_cached("SELECT serial, number, day_on, department, state, void_reason FROM entry WHERE counter = ?1 ORDER BY serial")?;
        let mut rows = statement.query([self.id])?;
        let mut previous = Previous { serial: 0, day: String::new() };
        while let Some(row) = rows.next()? {
            let (serial, number, day): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            self.gap(previous.serial, serial, findings);
            if self
                .templates
                .iter()
                .all(|template| template.serial_of(&self.prefix, &number) != u64::try_from(serial).ok())
            {
                let detail = format!("serial {serial} of {}… is not printed so", self.prefix);
                findings.push(self.finding(&number, "wrong number", detail, true));
            }
            let department: String = row.get(3)?;
            if self.department.as_ref().is_some_and(|owner| *owner != department) {
                findings.push(self.finding(
                    &number,
                    "wrong department",
                    format!("it stands in {department}'s ledger"),
                    true,
                ));
            }
            if day < previous.day {
                findings.push(self.finding(
                    &number,
                    "out of order",
                    format!("entered late: it bears {day}, the number before bears {}", previous.day),
                    false,
                ));
            }
            match row.get_ref(4)?.as_str()? {
                "reserved" => findings.push(self.finding(
                    &number,
                    "reserved",
                    format!("set aside on {day} and not used yet"),
                    false,
                )),
                "void" => findings.push(self.finding(
                    &number,
                    "void",
                    row.get::<_, Option<String>>(5)?.unwrap_or_default(),
                    false,
                )),
                _ => {}
            }
            previous = Previous { serial, day: day.max(previous.day) };
        }
        self.gap(previous.serial, self.last + 1, findings);
        Ok(())
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
        findings.push(self.finding(&number, "gap", format!("{} number(s) missing", last - first + 1), true));
    }

    fn finding(&self, number: &str, finding: &'static str, detail: String, unexplained: bool) -> Finding {
        Finding { series: self.series.clone(), number: number.to_owned(), finding, detail, unexplained }
    }
}
