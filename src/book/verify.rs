//! `verify`: whether the book is as the program left it, and still holds what a month-end pack recorded.

mod chain;
mod entries;
mod file;
pub(crate) mod pack;
mod things;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueHint};
use indicatif::HumanCount;
use rusqlite::Connection;
use serde_json::{Value, json};

use self::pack::Pack;
use super::fault;
use crate::desk::{Desk, Run};
use crate::language;
use crate::refusal::{Kind, Refusal};
use crate::say;
use crate::sheet::query::Query;

/// What is checked
#[derive(Debug, Args)]
pub struct Verify {
    /// Check as well that the book still holds what this month-end pack recorded
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub against: Option<PathBuf>,
}

/// A check: it notes each fault that it finds and says what it looked at.
type Check = fn(&Connection, &mut Faults) -> Result<String>;

/// Every check of the book itself, by name, in the order of the report.
const CHECKS: &[(&str, Check)] = &[
    ("file", file::pages),
    ("references", file::references),
    ("schema", file::schema),
    ("journal", chain::journal),
    ("access log", chain::readings),
    ("things", things::against_journal),
    ("states", entries::states),
    ("numbers", entries::numbers),
    ("counts", entries::counts),
    ("clock", chain::clock),
];

impl Run for Verify {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let pack = self.against.as_deref().map(Pack::read).transpose()?;
        let language = desk.list_language();
        let book = desk.book_as_found()?.reader();
        // One snapshot for all checks, so that what others write meanwhile cannot look like a fault.
        let snapshot = book.unchecked_transaction()?;
        let reports = language.during(|| reports(&snapshot, pack))?;
        drop(snapshot);
        let rows: Vec<Vec<Value>> = language.during(|| reports.iter().flat_map(Report::rows).collect());
        desk.list(&Query::computed(say!("Verification"), &["check", "result", "detail"], &rows))?;
        verdict(&reports)
    }
}

/// What became of every check.
fn reports(book: &Connection, pack: Option<Pack>) -> Result<Vec<Report>> {
    let mut reports = Vec::new();
    for (name, check) in CHECKS {
        reports.push(Report::of(name, |faults| check(book, faults))?);
    }
    if let Some(pack) = pack {
        reports.push(Report::of("pack", |faults| pack.check(book, faults))?);
    }
    Ok(reports)
}

/// The faults that one check found. Only the first ones are kept, so that a ruined book takes no more memory than a good one.
#[derive(Debug, Default)]
struct Faults {
    kept: Vec<String>,
    count: usize,
}

impl Faults {
    /// How many faults of one check are reported in full.
    const KEPT: usize = 20;

    /// Notes a fault: a sentence without a full stop, naming the row, the thing or the file.
    fn note(&mut self, fault: impl Into<String>) {
        self.count += 1;
        if self.kept.len() < Self::KEPT {
            self.kept.push(fault.into());
        }
    }
}

/// How many rows a table has; `table` may be followed by a condition.
fn count(book: &Connection, table: &str) -> Result<HumanCount> {
    let rows: i64 = book.query_row(&format!("SELECT count(*) FROM {table}"), (), |row| row.get(0))?;
    Ok(HumanCount(rows.unsigned_abs()))
}

/// What became of one check.
struct Report {
    check: &'static str,
    seen: String,
    faults: Faults,
}

impl Report {
    /// Carries a check out. Where the book cannot even be read for it, that is a fault as well.
    fn of(check: &'static str, run: impl FnOnce(&mut Faults) -> Result<String>) -> Result<Self> {
        let mut faults = Faults::default();
        let seen = match run(&mut faults) {
            Ok(seen) => seen,
            Err(error) if fault::lies_in_the_book(&error) => {
                faults.note(say!("cannot be checked: {error}", error = format!("{error:#}")));
                String::new()
            }
            Err(error) => return Err(error),
        };
        Ok(Self { check, seen, faults })
    }

    /// The report's lines: one where all is well, else one for each fault.
    fn rows(&self) -> Vec<Vec<Value>> {
        let row = |result: &str, detail: &str| vec![json!(self.check), json!(result), json!(detail)];
        if self.faults.count == 0 {
            return vec![row("ok", &self.seen)];
        }
        let mut rows: Vec<_> = self.faults.kept.iter().map(|fault| row("found", fault)).collect();
        let more = self.faults.count - self.faults.kept.len();
        if more > 0 {
            rows.push(row("found", &say!("and {more} more", more)));
        }
        rows
    }
}

/// Success, or a refusal of kind found that names the checks.
fn verdict(reports: &[Report]) -> Result<()> {
    let found: Vec<&str> = reports.iter().filter(|report| report.faults.count > 0).map(|report| report.check).collect();
    if found.is_empty() {
        return Ok(());
    }
    let what = say!(
        "{count} of {checks} checks found something: {found}",
        count = found.len(),
        checks = reports.len(),
        found = found.iter().map(|check| language::value(check)).collect::<Vec<_>>().join(", ")
    );
    Err(Refusal::new(Kind::Found, what).or(say!("keep the file as it is until each line above is explained")).into())
}
