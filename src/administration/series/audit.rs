//! The audit of number series: gaps, duplicates, numbers of the wrong department or out of date order; reserved and
//! voided numbers explained (R4.8).

use std::collections::HashMap;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;

use crate::desk::{Desk, Run};
use crate::language;
use crate::office::far::Far;
use crate::refusal::{Kind, Refusal};
use crate::register::access::{self, Reader};
use crate::register::{self, Register};
use crate::say;
use crate::series::find;
use crate::sheet::gathered::gathered;
use crate::sheet::query::Query;
use crate::template::Template;

/// What is audited
#[derive(Debug, Args)]
pub(crate) struct Audit {
    /// Only this series
    pub(crate) series: Option<String>,
}

/// Something that the audit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The series.
    pub series: String,
    /// The register that it numbers.
    pub(crate) register: String,
    /// The number, or the run of numbers.
    pub number: String,
    /// What it is: `gap`, `wrong department`, `wrong number`, `out of order`, `far day`, `reserved`, `void`.
    pub finding: &'static str,
    /// The explanation, or what is wrong.
    pub detail: String,
    /// Whether nothing explains it.
    pub unexplained: bool,
}

impl Run for Audit {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let language = desk.list_language();
        if let Some(series) = &self.series {
            find(desk.book()?.reader(), series)?;
        }
        let reasons = reasons(desk, self.series.as_deref())?;
        let book = desk.book()?.reader();
        let mut verdict = Verdict::default();
        let columns = ["series", "number", "finding", "unexplained_flag", "detail"];
        let list = language.during(|| {
            gathered(book, "finding", &columns, "rowid", |take| {
                each(book, self.series.as_deref(), &mut |finding| {
                    verdict.take(&finding);
                    let told = reasons.get(&finding.number).filter(|_| finding.detail == access::MASK).cloned();
                    let Finding { series, number, finding, detail, unexplained, .. } = finding;
                    take(vec![
                        series.into(),
                        number.into(),
                        finding.to_owned().into(),
                        unexplained.into(),
                        told.unwrap_or(detail).into(),
                    ])
                })
            })
        })?;
        desk.list(&Query { title: say!("Audit of number series").to_owned(), ..list })?;
        verdict.refuse_unexplained()
    }
}

/// Why numbers are void of which only those entitled read that, by number, as far as the reader may: the reading is written down.
fn reasons(desk: &mut Desk<'_>, series: Option<&str>) -> Result<HashMap<String, String>> {
    let mut reasons = HashMap::new();
    let hides = |register: &&Register| register.restricted.contains(&"void_reason");
    for register in access::restricted().filter(hides).filter(|known| series.is_none_or(|series| series == known.name))
    {
        let reader = Reader::at(desk)?;
        let rows = access::rows(desk.book()?.reader(), register)?;
        let sql = format!("SELECT number, void_reason, readable FROM ({rows}) WHERE state = 'void'");
        let query = reader.bind(Query::new(register.title, sql));
        access::log(desk, "series audit", "state = void", &query)?;
        let told = Query { sql: format!("SELECT number, void_reason FROM ({}) WHERE readable", query.sql), ..query };
        told.each(desk.book()?.reader(), |row| {
            reasons.insert(row.get(0)?, row.get(1)?);
            Ok(())
        })?;
    }
    Ok(reasons)
}

/// What the findings come to.
#[derive(Default)]
struct Verdict {
    unexplained: u64,
    /// The first gap in a ledger of contact forms, whose missing numbers can be voided.
    gap: Option<String>,
}

impl Verdict {
    fn take(&mut self, finding: &Finding) {
        self.unexplained += u64::from(finding.unexplained);
        if self.gap.is_none() && finding.finding == say!("gap") && finding.register == "contact" {
            self.gap = Some(finding.number.clone());
        }
    }

    /// What the audit says in the end, with the command that explains the first gap.
    fn refuse_unexplained(self) -> Result<()> {
        let what = match self.unexplained {
            0 => return Ok(()),
            count => say!("{count} findings are unexplained", count),
        };
        let refusal = Refusal { clause: Some("R4.8".to_owned()), ..Refusal::new(Kind::Found, what) };
        Err(match self.gap {
            Some(gap) => {
                refusal.or(say!("explain missing numbers with: branchbook contact void {gap} --reason REASON", gap))
            }
            None => refusal,
        }
        .into())
    }
}

/// A counter under audit, with every template of its series.
struct Counter {
    id: i64,
    series: String,
    register: String,
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
    /// The day of entry; of what an import brought the day that it bears.
    entered: String,
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

/// What takes the findings as they come.
type Found<'f> = dyn FnMut(Finding) -> Result<()> + 'f;

/// Gives everything that the audit finds to `found`, series by series in number order; nothing is gathered.
///
/// # Errors
/// An error of `SQLite` or of `found`.
pub fn each(book: &Connection, series: Option<&str>, found: &mut Found<'_>) -> Result<()> {
    for counter in counters(book, series)? {
        counter.audit(book, found)?;
    }
    Ok(())
}

fn counters(book: &Connection, series: Option<&str>) -> Result<Vec<Counter>> {
    let mut statement = book.prepare(
        "SELECT c.id, c.series, s.register, c.prefix, c.last, s.department FROM counter AS c JOIN series AS s ON s.key = c.series
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
            register: row.get(2)?,
            prefix: row.get(3)?,
            last: row.get(4)?,
            department: row.get(5)?,
            templates,
        });
    }
    Ok(counters)
}

impl Counter {
    fn audit(&self, book: &Connection, found: &mut Found<'_>) -> Result<()> {
        let mut statement = book.prepare_cached(
            "SELECT serial, number, day_on, department, state, void_reason, iif(import IS NULL, entered_on, day_on) FROM entry
             WHERE counter = ?1 ORDER BY serial",
        )?;
        let mut rows = statement.query([self.id])?;
        let bears_day_of_on = self.bears_day_of_on()?;
        let mut previous = Previous { serial: 0, day: String::new() };
        while let Some(row) = rows.next()? {
            let numbered = Numbered {
                serial: row.get(0)?,
                number: row.get(1)?,
                day: row.get(2)?,
                department: row.get(3)?,
                state: row.get(4)?,
                void_reason: row.get(5)?,
                entered: row.get(6)?,
            };
            self.gap(previous.serial, numbered.serial, found)?;
            self.misplaced(&numbered, found)?;
            self.unused(&numbered, found)?;
            if numbered.bears_a_form() && numbered.day < previous.day {
                let detail = say!(
                    "entered late: it bears {day}, the number before bears {before}",
                    day = numbered.day,
                    before = previous.day
                );
                found(self.finding(&numbered.number, say!("out of order"), detail, false))?;
            }
            if bears_day_of_on {
                self.far(book, &numbered, found)?;
            }
            let latest = if numbered.bears_a_form() { numbered.day.max(previous.day) } else { previous.day };
            previous = Previous { serial: numbered.serial, day: latest };
        }
        self.gap(previous.serial, self.last.saturating_add(1), found)
    }

    /// Whether entries bear the day of `--on`: equipment bears the day on which it was bought.
    fn bears_day_of_on(&self) -> Result<bool> {
        let form = register::named(&self.register)?.form;
        Ok(form.is_none_or(|form| form.fields().all(|(_, field)| field.column != "day_on" || field.corrected)))
    }

    /// An entry whose day is far from that of entry: its year may be a slip (Q11).
    fn far(&self, book: &Connection, entry: &Numbered, found: &mut Found<'_>) -> Result<()> {
        if !entry.bears_a_form() || entry.entered <= entry.day {
            return Ok(());
        }
        let (day, entered): (NaiveDate, NaiveDate) = (entry.day.parse()?, entry.entered.parse()?);
        let Some(far) = Far::of(book, day, entered)? else { return Ok(()) };
        let detail =
            say!("bears {day}, and was entered {days} days later, on {entered}", day, days = far.days, entered);
        found(self.finding(&entry.number, say!("far day"), detail, false))
    }

    /// A number that its serial does not print, or that stands in another department's ledger.
    fn misplaced(&self, entry: &Numbered, found: &mut Found<'_>) -> Result<()> {
        let serial = u64::try_from(entry.serial).ok();
        if self.templates.iter().all(|template| template.serial_of(&self.prefix, &entry.number) != serial) {
            let detail =
                say!("serial {serial} of {prefix}… is not printed so", serial = entry.serial, prefix = self.prefix);
            found(self.finding(&entry.number, say!("wrong number"), detail, true))?;
        }
        if self.department.as_ref().is_some_and(|owner| *owner != entry.department) {
            let detail = say!("it stands in {department}'s ledger", department = language::value(&entry.department));
            found(self.finding(&entry.number, say!("wrong department"), detail, true))?;
        }
        Ok(())
    }

    /// A number without a form that counts: only reserved, or voided. Where the register restricts the reason, it is masked.
    fn unused(&self, entry: &Numbered, found: &mut Found<'_>) -> Result<()> {
        match entry.state.as_str() {
            "reserved" => {
                let detail = say!("set aside on {day} and not used yet", day = entry.day);
                found(self.finding(&entry.number, "reserved", detail, false))
            }
            "void" => {
                let restricted = register::named(&self.register)?.restricted.contains(&"void_reason");
                let reason = entry.void_reason.as_deref().filter(|_| !restricted).unwrap_or(access::MASK);
                found(self.finding(&entry.number, "void", reason.to_owned(), false))
            }
            _ => Ok(()),
        }
    }

    /// A run of serials between two that are there.
    fn gap(&self, before: i64, after: i64, found: &mut Found<'_>) -> Result<()> {
        let (first, last) = (before + 1, after - 1);
        if first > last {
            return Ok(());
        }
        let print = |serial: i64| {
            self.templates
                .first()
                .map_or_else(String::new, |template| template.number_after(&self.prefix, serial.unsigned_abs()))
        };
        let number = if first == last { print(first) } else { format!("{}..{}", print(first), print(last)) };
        found(self.finding(&number, say!("gap"), say!("missing numbers: {count}", count = last - first + 1), true))
    }

    fn finding(&self, number: &str, finding: &'static str, detail: String, unexplained: bool) -> Finding {
        let (series, register) = (self.series.clone(), self.register.clone());
        Finding { series, register, number: number.to_owned(), finding, detail, unexplained }
    }
}
