//! `verify`: whether the book is as the program left it, and still holds what a month-end pack recorded.

mod chain;
mod copy;
mod deeds;
mod entries;
mod file;
mod pack;
mod things;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueHint};
use indicatif::HumanCount;
use rusqlite::Connection;
use serde_json::{Value, json};

use self::copy::Copy;
use self::pack::Pack;
use crate::book::attached::{self, Store};
use crate::book::select::Select;
use crate::book::{Book, copy as copies, fault, schema};
use crate::desk::{Desk, Run};
use crate::language;
use crate::refusal::{Kind, Refusal};
use crate::say;
use crate::sheet::query::Query;

/// What is checked
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Check as well that the book still holds what this month-end pack, or this copy of the book, recorded
    #[arg(long, value_name = "FOLDER|FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) against: Option<PathBuf>,
}

/// A check: it notes each fault that it finds and says what it looked at.
type Check = fn(&Connection, &mut Faults) -> Result<String>;

/// Besides the checks of every book: its name, and what it looks at.
pub(crate) type More<'c> = (&'static str, &'c dyn Fn(&Connection, &mut Faults) -> Result<String>);

/// Which book a check reads, where it is of an older version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// The book as it is: the check knows the tables of every version.
    AsFound,
    /// A private copy that was brought up to this version.
    BroughtUp,
}

/// Every check of the book itself, by name, in the order of the report.
const CHECKS: &[(&str, Of, Check)] = &[
    ("file", Of::AsFound, file::pages),
    ("references", Of::AsFound, file::references),
    ("schema", Of::BroughtUp, file::schema),
    ("journal", Of::AsFound, chain::journal),
    ("access log", Of::AsFound, chain::readings),
    ("things", Of::BroughtUp, things::against_journal),
    ("deeds", Of::BroughtUp, deeds::decided),
    ("states", Of::BroughtUp, entries::states),
    ("numbers", Of::BroughtUp, entries::numbers),
    ("counts", Of::BroughtUp, entries::counts),
    ("times", Of::BroughtUp, chain::times),
    ("clock", Of::AsFound, chain::clock),
];

impl Run for Verify {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let patience = desk.surroundings.patience;
        let title = say!("Verification").to_owned();
        let Some(path) = self.against.as_deref() else { return report(desk, title, &[]) };
        if path.is_file() {
            let copy = Copy::open(path, patience)?;
            return report(desk, title, &[("copy", &|book, faults| copy.check(book, faults))]);
        }
        let pack = Pack::read(path)?;
        report(desk, title, &[("pack", &|book, faults| pack.check(book, faults))])
    }
}

/// Carries every check of the book at the desk out, and `more`, and prints what became of them.
pub(crate) fn report(desk: &mut Desk<'_>, title: String, more: &[More<'_>]) -> Result<()> {
    let language = desk.list_language();
    let book = desk.book_as_found()?;
    let reports = language.during(|| reports(book, more))?;
    book.require_one_moment()?;
    let quiet = desk.globals.quiet;
    let told = reports.iter().filter(|report| !quiet || report.faults.count > 0);
    let rows: Vec<Vec<Value>> = language.during(|| told.flat_map(Report::rows).collect());
    if !(quiet && rows.is_empty()) {
        desk.list(&Query::computed(title, &["check", "result", "detail"], &rows))?;
    }
    verdict(&reports)
}

/// What became of every check.
fn reports(book: &Book, more: &[More<'_>]) -> Result<Vec<Report>> {
    // One snapshot for all checks, so that what others write meanwhile cannot look like a fault.
    let snapshot = book.reader().unchecked_transaction()?;
    let mut reports = Vec::new();
    let older = schema::older(book)?;
    let apart = older.map(|_| book.brought_up_apart()).transpose();
    if let Some(version) = older {
        let seen = say!(
            "{version}, where this program writes {known}: a private copy was brought up, and the book was left as it is",
            version,
            known = schema::VERSION
        );
        reports.push(Report { check: "version", seen, faults: Faults::default() });
    }
    for (name, of, check) in CHECKS {
        reports.push(Report::of(name, |faults| match (of, &apart) {
            (Of::BroughtUp, Err(error)) => {
                faults.note(say!("cannot be checked: {error}", error = language::chain(error)));
                Ok(String::new())
            }
            (Of::BroughtUp, Ok(Some(Some(copy)))) => check(copy.reader(), faults),
            _ => check(&snapshot, faults),
        })?);
    }
    if book.is_told_of() {
        reports.push(Report::of("answered", |faults| file::answered(book, faults))?);
    }
    if attached::any(&snapshot) {
        reports.push(Report::of("attachments", |faults| prove_attached(book, &snapshot, faults))?);
    }
    for (name, check) in more {
        reports.push(Report::of(name, |faults| check(&snapshot, faults))?);
    }
    Ok(reports)
}

/// The files that belong to entries. A copy is made without them where nobody asked for them.
fn prove_attached(book: &Book, snapshot: &Connection, faults: &mut Faults) -> Result<String> {
    let store = Store::of(book.path());
    if copies::is_copy(book.path()) && !store.is_there() {
        return Ok(say!("the files are not with this copy").to_owned());
    }
    let found = store.look(snapshot)?;
    let right = say!("{files} files", files = HumanCount(found.right));
    found.wrong.into_iter().for_each(|wrong| faults.note(wrong));
    if found.unknown.is_empty() {
        return Ok(right);
    }
    let unknown = found.unknown.join(language::comma());
    Ok(say!(
        "{files}; no entry has {unknown}, left by what was interrupted or refused: they may go",
        files = right,
        unknown
    ))
}

/// The checks of which a book must pass every one to be worked on.
const SOUND: [&str; 4] = ["file", "schema", "journal", "access log"];

/// The first fault that makes a book of this version one that is not to be worked on; none where it is sound.
pub(super) fn first_fault(book: &Connection) -> Result<Option<String>> {
    for (name, _, check) in CHECKS.iter().filter(|(name, ..)| SOUND.contains(name)) {
        let report = Report::of(name, |faults| check(book, faults))?;
        if let Some(fault) = report.faults.kept.into_iter().next() {
            return Ok(Some(fault));
        }
    }
    Ok(None)
}

/// The first fault of the staff list, which says who may do what, against the journal; none where it is as that left it.
pub(super) fn first_fault_of_staff(book: &Connection) -> Result<Option<String>> {
    let mut faults = Faults::default();
    things::staff_against_journal(book, &mut faults)?;
    Ok(faults.kept.into_iter().next())
}

/// The first thing that is not as the journal has it; none where each is.
pub(super) fn first_fault_of_things(book: &Connection) -> Result<Option<String>> {
    let mut faults = Faults::default();
    things::against_journal(book, &mut faults)?;
    Ok(faults.kept.into_iter().next())
}

/// The faults that one check found. Only the first ones are kept, so that a ruined book takes no more memory than a good one.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    kept: Vec<String>,
    count: usize,
}

impl Faults {
    /// How many faults of one check are reported in full.
    const KEPT: usize = 20;

    /// Notes a fault: a sentence without a full stop, naming the row, the thing or the file.
    pub(crate) fn note(&mut self, fault: impl Into<String>) {
        self.count += 1;
        if self.kept.len() < Self::KEPT {
            self.kept.push(fault.into());
        }
    }
}

/// How many rows a table has; `table` may be followed by a condition.
fn count(book: &Connection, table: &str) -> Result<HumanCount> {
    let rows: i64 = book.only(&format!("SELECT count(*) FROM {table}"), ())?;
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
                faults.note(say!("cannot be checked: {error}", error = language::chain(&error)));
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
            rows.push(row("found", &say!("{more} more", more)));
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
        found = found.iter().map(|check| language::value(check)).collect::<Vec<_>>().join(language::comma())
    );
    Err(Refusal::new(Kind::Found, what).or(say!("keep the file as it is until each line above is explained")).into())
}
