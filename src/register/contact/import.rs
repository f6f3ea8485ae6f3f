//! Old ledgers of contact forms: their own numbers are kept, and the series goes on behind them.
//!
//! What happened before the book is history: it is not held to who might issue a form, nor to the order of days.

use std::collections::HashMap;
use std::iter;

use anyhow::Result;
use chrono::{Days, NaiveDate};
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::{Kind, issue, parties};
use crate::book::change::Change;
use crate::desk::Desk;
use crate::import::row::{Cells, Fault};
use crate::import::run::{Take, Taken};
use crate::language;
use crate::office::department;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::entry::{self, Entry, Imported, Opening};
use crate::register::old_ledger::{self, Checked, Import, Names, Trouble};
use crate::register::project;
use crate::say;
use crate::series::number::Claims;
use crate::text;
use crate::text::quoted;

/// Takes a ledger into the book.
///
/// # Errors
/// As [`Import::run`].
pub fn run(import: &Import, desk: &mut Desk<'_>) -> Result<()> {
    import.run(desk, "contact import", "R4.8", say!("brings in ledgers"), Taker::begin)
}

/// The columns of table contact that a row fills, in the order of [`Form::values`].
const COLUMNS: [&str; 16] = [
    "kind",
    "subject",
    "content",
    "addressed_to",
    "copied_to",
    "contract",
    "reply_by_on",
    "pages",
    "holder",
    "received_on",
    "replied_on",
    "archived_on",
    "archived_by",
    "contract_file",
    "no_contract",
    "project",
];

/// Open forms that are older than this are probably done, and the clerk is told how to say so.
const LONG_OPEN: Days = Days::new(90);

/// What is remembered from row to row, since old ledgers name the same few people and parties over and over.
#[derive(Debug)]
struct Taker {
    insert: String,
    names: Names,
    parties: HashMap<String, String>,
    ledgers: HashMap<String, Claims>,
    /// The last entry that was in the book before this file.
    before: i64,
    /// How many new forms are issued or received, and the day of the oldest.
    open: u64,
    oldest_open: Option<NaiveDate>,
}

impl Take for Taker {
    const WHAT: &'static str = phrase!("contact forms");

    fn short() -> Vec<(&'static str, &'static str)> {
        vec![
            ("to", "addressed_to"),
            ("copy", "copied_to"),
            ("by", "issued_by"),
            ("on", "issued_on"),
            ("reply_by", "reply_by_on"),
        ]
    }

    fn fields() -> Vec<&'static str> {
        vec![
            "number",
            "state",
            "issued_on",
            "subject",
            "addressed_to",
            "kind",
            "issued_by",
            "reply_by_on",
            "received_on",
            "replied_on",
            "archived_on",
            "project",
            "contract",
            "copied_to",
            "holder",
            "pages",
            "department",
            "content",
            "archived_by",
            "contract_file",
            "no_contract",
            "void_reason",
            "amendments",
        ]
    }

    fn required() -> Vec<&'static str> {
        vec!["number", "department", "issued_on", "issued_by"]
    }

    fn take(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Result<Taken, Fault>> {
        Trouble::verdict(self.take_row(change, cells))
    }

    fn finish(self, change: &mut Change<'_>) -> Result<Vec<String>> {
        let mut notes = Vec::new();
        for claims in self.ledgers.into_values() {
            notes.extend(claims.finish(change.sql())?);
        }
        notes.sort_unstable();
        if let Some(oldest) = self.oldest_open.filter(|day| *day + LONG_OPEN < change.today()) {
            notes.push(say!("open, and so outstanding: {open}, the oldest since {oldest}; what is done comes in with --set state=archived", open = self.open, oldest));
        }
        Ok(notes)
    }
}

/// A row's part in table entry.
struct Header {
    number: String,
    department: String,
    day: NaiveDate,
    person: String,
    state: String,
    void_reason: Option<String>,
    amendments: u32,
}

/// A row's part in table contact.
struct Form {
    values: [Value; COLUMNS.len()],
}

impl Taker {
    fn begin(change: &Change<'_>) -> Result<Self> {
        let before = change.sql().query_row("SELECT coalesce(max(id), 0) FROM entry", (), |row| row.get(0))?;
        let marks = vec!["?"; COLUMNS.len() + 1].join(", ");
        Ok(Self {
            before,
            insert: format!("INSERT INTO contact VALUES ({marks})"),
            names: Names::default(),
            parties: HashMap::new(),
            ledgers: HashMap::new(),
            open: 0,
            oldest_open: None,
        })
    }

    fn take_row(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Checked<Taken> {
        let header = self.header(change, cells)?;
        old_ledger::refuse_future(change, "issued_on", header.day)?;
        let empty = cells.text("subject").is_ok_and(|subject| subject.is_none());
        match header.state.as_str() {
            "reserved" | "void" if empty => return self.enter(change, &header, None),
            "reserved" => {
                return Err(Fault::of("subject", say!("a number that is only reserved has no subject yet")).into());
            }
            _ => {}
        }
        let form = self.form(change, cells, &header)?;
        self.enter(change, &header, Some(&form))
    }

    fn header(&mut self, change: &Change<'_>, cells: &Cells<'_>) -> Checked<Header> {
        let department = self.names.department(change.sql(), "department", cells.required("department")?)?;
        self.open_ledger(change, &department)?;
        let person = self.names.person(change.sql(), "issued_by", cells.required("issued_by")?)?;
        Ok(Header {
            number: text::number(cells.required("number")?),
            department,
            day: cells.required_day("issued_on")?,
            person,
            state: state(cells)?.to_owned(),
            void_reason: cells.text("void_reason")?.map(str::to_owned),
            amendments: cells.count("amendments")?.unwrap_or(0),
        })
    }

    fn form(&mut self, change: &Change<'_>, cells: &Cells<'_>, header: &Header) -> Checked<Form> {
        let to = self.parties(change, cells.required("addressed_to")?)?;
        let project = match cells.text("project")? {
            None => Value::Null,
            Some(which) => match project::named(change.sql(), which) {
                Ok(project) => Value::Text(project.number),
                Err(error) => return Err(Trouble::of("project", error)),
            },
        };
        let copy = cells.text("copied_to")?.map(|copy| self.parties(change, copy)).transpose()?;
        let text = |field| Ok(cells.text(field)?.map_or(Value::Null, |text| Value::Text(text.to_owned())));
        let day = |field| Ok(cells.day(field)?.map_or(Value::Null, |day| Value::Text(day.to_string())));
        let values = || -> Result<[Value; COLUMNS.len()], Fault> {
            let kind: Kind =
                cells.required("kind").and_then(|_| Ok(cells.parse("kind")?.unwrap_or(Kind::Execution)))?;
            let pages = cells.count("pages")?;
            if pages == Some(0) {
                return Err(Fault::of("pages", say!("a form has at least one page")));
            }
            Ok([
                Value::Text(kind.to_string()),
                Value::Text(cells.required("subject")?.to_owned()),
                text("content")?,
                Value::Text(to),
                copy.map_or(Value::Null, Value::Text),
                text("contract")?,
                day("reply_by_on")?,
                pages.map_or(Value::Null, |pages| Value::Integer(pages.into())),
                text("holder")?,
                received(cells, header)?,
                day("replied_on")?,
                day("archived_on")?,
                text("archived_by")?,
                text("contract_file")?,
                text("no_contract")?,
                project,
            ])
        };
        Ok(Form { values: values()? })
    }

    /// Writes the row, or compares it with the entry that has its number. A number that was reserved, or spoilt before
    /// anything was written on it, has no form.
    fn enter(&mut self, change: &mut Change<'_>, header: &Header, form: Option<&Form>) -> Checked<Taken> {
        let number = match self.ledgers.get_mut(&header.department) {
            Some(claims) => claims.claim(change.sql(), &header.number)?,
            None => None,
        };
        let number = number.ok_or_else(|| {
            let reason = say!(
                "{number} is no number of {department}'s ledger; see branchbook series list",
                number = header.number,
                department = language::value(&header.department)
            );
            Fault::of("number", reason)
        })?;
        let opening = Opening {
            register: "contact",
            department: &header.department,
            day: header.day,
            person: &header.person,
            state: &header.state,
        };
        let imported = Imported {
            void_reason: header.void_reason.as_deref(),
            amendments: header.amendments,
            ended: ended(header, form),
        };
        let entry = match entry::insert_imported(change, &number, &opening, &imported) {
            Ok(entry) => entry,
            Err(error) if old_ledger::is_taken(&error) => return self.compare(change, header, form),
            Err(error) => return Err(error.into()),
        };
        if let Some(form) = form {
            let id = Value::Integer(entry.id);
            change
                .sql()
                .prepare_cached(&self.insert)?
                .execute(params_from_iter(iter::once(&id).chain(&form.values)))?;
        }
        change.record(&entry.thing()?.just_opened(), &header.person, None)?;
        if matches!(header.state.as_str(), "issued" | "received") {
            self.open += 1;
            self.oldest_open = Some(self.oldest_open.map_or(header.day, |oldest| oldest.min(header.day)));
        }
        Ok(Taken::New)
    }

    /// Begins to claim the numbers of a department's ledger, once.
    fn open_ledger(&mut self, change: &Change<'_>, department: &str) -> Checked<()> {
        if self.ledgers.contains_key(department) {
            return Ok(());
        }
        let found = department::find(change.sql(), department)?;
        let series = issue::ledger_of(change, &found).map_err(|error| Trouble::of("department", error))?;
        self.ledgers.insert(department.to_owned(), Claims::begin(change.sql(), &series)?);
        Ok(())
    }

    /// Parties as an old ledger writes them, with `;`, `、` or a line break between: departments by their keys.
    fn parties(&mut self, change: &Change<'_>, cell: &str) -> Result<String> {
        if let Some(known) = self.parties.get(cell) {
            return Ok(known.clone());
        }
        let mut keys: Vec<String> = Vec::new();
        for name in cell.split(parties::SEPARATORS).map(text::trim).filter(|name| !name.is_empty()) {
            let key = match parties::key(change.sql(), name).map_err(anyhow::Error::downcast::<Refusal>) {
                Ok(key) => key.unwrap_or_else(|| name.to_owned()),
                // Which of several people of one name an old ledger means, nobody knows: the name stays.
                Err(Ok(_)) => name.to_owned(),
                Err(Err(error)) => return Err(error),
            };
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let joined = keys.join(parties::BETWEEN);
        self.parties.insert(cell.to_owned(), joined.clone());
        Ok(joined)
    }

    /// A number that is in the book: the same row is skipped, another is refused.
    fn compare(&self, change: &Change<'_>, header: &Header, form: Option<&Form>) -> Checked<Taken> {
        let refused = |reason: String| Err(Fault::of("number", reason).into());
        let Some(entry) = Entry::look_up(change.sql(), &header.number)? else {
            return refused(say!(
                "{number} cannot be taken: its serial is in the book under another number",
                number = header.number
            ));
        };
        let other = differences(change, &entry, header, form)?.join(", ");
        if other.is_empty() {
            return Ok(Taken::Same);
        }
        if entry.id > self.before {
            return refused(say!(
                "{number} stands further up in this file with another {other}",
                number = entry.number,
                other
            ));
        }
        let way_out = if entry.state == "void" {
            say!("see it with: branchbook show {number}", number = entry.number)
        } else {
            say!("correct it there with: branchbook contact amend {number} --reason REASON …", number = entry.number)
        };
        refused(say!("{number} is in the book with another {other}; {way_out}", number = entry.number, other, way_out))
    }
}

/// The state that the row gives, or that its days and reasons show.
fn state<'a>(cells: &Cells<'a>) -> Result<&'a str, Fault> {
    const STATES: [&str; 5] = ["issued", "received", "archived", "void", "reserved"];
    let given = cells.text("state")?;
    if let Some(unknown) = given.filter(|state| !STATES.contains(state)) {
        return Err(Fault::of(
            "state",
            say!(
                "{unknown} is no state; give one of: {choices}",
                unknown = quoted(unknown),
                choices = STATES.join(", ")
            ),
        ));
    }
    let shown = if cells.text("void_reason")?.is_some() {
        "void"
    } else if cells.text("archived_on")?.is_some() {
        "archived"
    } else if cells.text("received_on")?.is_some() {
        "received"
    } else {
        "issued"
    };
    let state = given.unwrap_or(shown);
    if (state == "void") != cells.text("void_reason")?.is_some() {
        return Err(Fault::of("void_reason", say!("a void form has a reason, and only a void form has one")));
    }
    Ok(state)
}

/// The day of receipt; a form that is received without one was received on the day that it bears.
fn received(cells: &Cells<'_>, header: &Header) -> Result<Value, Fault> {
    Ok(match cells.day("received_on")? {
        Some(day) => Value::Text(day.to_string()),
        None if header.state == "received" => Value::Text(header.day.to_string()),
        None => Value::Null,
    })
}

/// The day an imported form came to its end: when it was archived, else the day that it bears.
fn ended(header: &Header, form: Option<&Form>) -> Option<String> {
    let archived_on = form
        .and_then(|form| form.values.get(11))
        .and_then(|value| if let Value::Text(day) = value { Some(day.clone()) } else { None });
    matches!(header.state.as_str(), "archived" | "void").then(|| archived_on.unwrap_or_else(|| header.day.to_string()))
}

/// The fields in which a row differs from the entry that has its number.
fn differences(change: &Change<'_>, entry: &Entry, header: &Header, form: Option<&Form>) -> Result<Vec<&'static str>> {
    let in_book: Option<Vec<Value>> = change
        .sql()
        .prepare_cached(&format!("SELECT {} FROM contact WHERE entry = ?1", COLUMNS.join(", ")))?
        .query_map([entry.id], |row| (0..COLUMNS.len()).map(|index| row.get(index)).collect())?
        .next()
        .transpose()?;
    let void_reason: Option<String> =
        change.sql().query_row("SELECT void_reason FROM entry WHERE id = ?1", [entry.id], |row| row.get(0))?;
    let mut other: Vec<&str> = match (form, &in_book) {
        (None, None) => Vec::new(),
        (Some(form), Some(in_book)) => COLUMNS
            .into_iter()
            .zip(form.values.iter().zip(in_book))
            .filter(|(_, (a, b))| a != b)
            .map(|(name, _)| name)
            .collect(),
        _ => vec!["form"],
    };
    for (name, differs) in [
        ("department", entry.department != header.department),
        ("issued_on", entry.day != header.day),
        ("issued_by", entry.person != header.person),
        ("state", entry.state != header.state),
        ("void_reason", void_reason != header.void_reason),
    ] {
        if differs {
            other.push(name);
        }
    }
    Ok(other)
}
