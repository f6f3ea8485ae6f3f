//! Old registers of user information: what was exported, or kept on paper, with or without numbers of its own.
//!
//! What happened before the book is history: it is not held to who might collect it, nor to the order of days.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::collect::likely_duplicate;
use crate::book::change::Change;
use crate::desk::Desk;
use crate::import::row::{Cells, Fault};
use crate::import::run::{Take, Taken};
use crate::money::estimate;
use crate::register::access::MASK;
use crate::register::entry::{self, Entry, Imported, Opening};
use crate::register::old_ledger::{self, Checked, Import, Names, Trouble};
use crate::series::number::{Claims, Number};
use crate::sheet::column::Column;
use crate::text;

/// Takes a register into the book.
///
/// # Errors
/// As [`Import::run`].
pub fn run(import: &Import, desk: &mut Desk<'_>) -> Result<()> {
    let what = "brings in old registers of user information";
    import.run(desk, "info import", "R2.3", what, Taker::begin)
}

/// The columns of table entry that a row fills besides its number, in the order of [`Header::values`].
const ENTRY: [&str; 7] = ["state", "day_on", "department", "person", "ended_on", "void_reason", "amendments"];

/// The columns of table info that a row fills, in the table's order, as [`Taker::details`] gives them.
const INFO: [&str; 19] = [
    "customer",
    "customer_fold",
    "region",
    "equipment",
    "need",
    "contact_person",
    "phone",
    "amount_fen",
    "source",
    "duplicate_of",
    "reported_on",
    "late_flag",
    "filed_on",
    "place",
    "assigned_to",
    "assigned_on",
    "tracker",
    "tracked_on",
    "outcome",
];

/// How many of [`INFO`] say what was collected; the others say what became of it.
const COLLECTED: usize = 9;

/// What is remembered from row to row.
#[derive(Debug)]
struct Taker {
    insert: String,
    names: Names,
    claims: Claims,
    /// The last entry that was in the book before this file.
    before: i64,
    /// Each entry that repeats another, with the other's number, which may come later in the file.
    repeats: Vec<(String, String)>,
    /// How many new entries look like repeats.
    likely: u32,
}

impl Take for Taker {
    const FIELDS: &'static [&'static str] = &[
        "number",
        "state",
        "collected_on",
        "customer",
        "equipment",
        "region",
        "department",
        "collected_by",
        "need",
        "amount",
        "contact_person",
        "phone",
        "source",
        "assigned_to",
        "tracker",
        "reported_on",
        "late",
        "filed_on",
        "place",
        "assigned_on",
        "tracked_on",
        "duplicate_of",
        "outcome",
        "ended_on",
        "void_reason",
        "amendments",
    ];
    const REQUIRED: &'static [&'static str] =
        &["collected_on", "customer", "equipment", "region", "department", "collected_by", "need"];
    const SHORT: &'static [(&'static str, &'static str)] =
        &[("by", "collected_by"), ("on", "collected_on"), ("contact", "contact_person")];
    const WHAT: &'static str = "entries of user information";

    fn take(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Result<Taken, Fault>> {
        Trouble::verdict(self.take_row(change, cells))
    }

    fn finish(self, change: &mut Change<'_>) -> Result<Vec<String>> {
        let mut notes = self.claims.finish(change.sql())?;
        if self.likely > 0 {
            notes.push(format!(
                "{} look like repeats of entries in the book: see duplicate_of in branchbook info list",
                self.likely
            ));
        }
        for (number, repeated) in self.repeats {
            if Entry::look_up(change.sql(), &repeated)?.is_none() {
                notes.push(format!("{number} is a duplicate of {repeated}, which is not in the book"));
            }
        }
        Ok(notes)
    }
}

/// A row's part in table entry.
struct Header {
    number: Option<String>,
    state: &'static str,
    day: NaiveDate,
    department: String,
    person: String,
    ended: Option<NaiveDate>,
    void_reason: Option<String>,
    amendments: u32,
}

/// A row's part in table info.
type Details = [Value; INFO.len()];

impl Taker {
    fn begin(change: &Change<'_>) -> Result<Self> {
        let book = change.sql();
        let marks = vec!["?"; INFO.len() + 1].join(", ");
        Ok(Self {
            before: book.query_row("SELECT coalesce(max(id), 0) FROM entry", (), |row| row.get(0))?,
            insert: format!("INSERT INTO info VALUES ({marks})"),
            names: Names::default(),
            claims: Claims::begin(book, "info")?,
            repeats: Vec::new(),
            likely: 0,
        })
    }

    fn take_row(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Checked<Taken> {
        let header = self.header(change.sql(), cells)?;
        old_ledger::refuse_future(change, "collected_on", header.day)?;
        if header.state == "void" && cells.text("customer")?.is_none() {
            let number = self.claim(change.sql(), header.number.as_deref().unwrap_or_default())?;
            return self.enter(change, &number, &header, None);
        }
        let mut details = self.details(change.sql(), cells)?;
        let number = match &header.number {
            Some(number) => self.claim(change.sql(), number)?,
            None if is_known(change.sql(), &header, &details)? => return Ok(Taken::Same),
            None => {
                self.mark_repeat(change.sql(), &header, &mut details)?;
                self.claims.next(change.sql(), header.day).map_err(|error| Trouble::of("collected_on", error))?
            }
        };
        self.enter(change, &number, &header, Some(details))
    }

    fn claim(&mut self, book: &Connection, number: &str) -> Checked<Number> {
        Ok(self.claims.claim(book, number)?.ok_or_else(|| {
            Fault::of("number", format!("{number} is no number of the series info; see branchbook series list"))
        })?)
    }

    fn header(&mut self, book: &Connection, cells: &Cells<'_>) -> Checked<Header> {
        let state = state(cells)?;
        let day = cells.required_day("collected_on")?;
        Ok(Header {
            number: cells.text("number")?.map(text::number),
            state,
            day,
            department: self.names.department(book, "department", cells.required("department")?)?,
            person: self.names.person(book, "collected_by", cells.required("collected_by")?)?,
            ended: ended(cells, state, day)?,
            void_reason: cells.text("void_reason")?.map(str::to_owned),
            amendments: cells.count("amendments")?.unwrap_or(0),
        })
    }

    fn details(&mut self, book: &Connection, cells: &Cells<'_>) -> Checked<Details> {
        let optional = |text: Option<String>| text.map_or(Value::Null, Value::Text);
        let text = |field| Ok::<_, Fault>(optional(cells.text(field)?.map(str::to_owned)));
        let day = |field| Ok::<_, Fault>(optional(cells.day(field)?.map(|day| day.to_string())));
        let required = |field| Ok::<_, Fault>(Value::Text(unmasked(field, cells.required(field)?)?.to_owned()));
        let assigned_to =
            cells.text("assigned_to")?.map(|name| self.names.department(book, "assigned_to", name)).transpose()?;
        let tracker = cells.text("tracker")?.map(|who| self.names.person(book, "tracker", who)).transpose()?;
        Ok([
            required("customer")?,
            Value::Text(text::fold(cells.required("customer")?)),
            required("region")?,
            required("equipment")?,
            required("need")?,
            text("contact_person")?,
            text("phone")?,
            amount(cells)?,
            text("source")?,
            optional(cells.text("duplicate_of")?.map(text::number)),
            day("reported_on")?,
            late(cells)?,
            day("filed_on")?,
            text("place")?,
            optional(assigned_to),
            day("assigned_on")?,
            optional(tracker),
            day("tracked_on")?,
            text("outcome")?,
        ])
    }

    /// A row without a number is new to the register: whether it repeats an entry is looked for as when it is typed.
    fn mark_repeat(&mut self, book: &Connection, header: &Header, details: &mut Details) -> Checked<()> {
        let [_, Value::Text(fold), _, Value::Text(equipment), ..] = &details[..] else { return Ok(()) };
        if details[COLLECTED] == Value::Null
            && let Some(earlier) = likely_duplicate(book, fold, equipment, header.day)?
        {
            self.likely += 1;
            details[COLLECTED] = Value::Text(earlier.number);
        }
        Ok(())
    }

    /// Writes the row, or compares it with the entry that has its number.
    /// A number that was voided unused has no details.
    fn enter(
        &mut self,
        change: &mut Change<'_>,
        number: &Number,
        header: &Header,
        details: Option<Details>,
    ) -> Checked<Taken> {
        let opening = Opening {
            register: "info",
            department: &header.department,
            day: header.day,
            person: &header.person,
            state: header.state,
        };
        let imported = Imported {
            void_reason: header.void_reason.as_deref(),
            amendments: header.amendments,
            ended: header.ended.map(|day| day.to_string()),
        };
        let entry = match entry::insert_imported(change, number, &opening, &imported) {
            Ok(entry) => entry,
            Err(error) if old_ledger::is_taken(&error) => {
                let details = details.unwrap_or_else(|| std::array::from_fn(|_| Value::Null));
                return self.compare(change.sql(), number, header, &details);
            }
            Err(error) => return Err(error.into()),
        };
        if let Some(details) = details {
            if let Value::Text(repeated) = &details[COLLECTED] {
                self.repeats.push((number.text.clone(), repeated.clone()));
            }
            let values = std::iter::once(Value::Integer(entry.id)).chain(details);
            change.sql().prepare_cached(&self.insert)?.execute(params_from_iter(values))?;
        }
        change.record(&entry.thing()?.just_opened(), &header.person, None)?;
        Ok(Taken::New)
    }

    /// A number that is in the book: the same row is skipped, another is refused.
    fn compare(&self, book: &Connection, number: &Number, header: &Header, details: &Details) -> Checked<Taken> {
        let refused = |reason: String| Err(Fault::of("number", reason).into());
        let number = &number.text;
        let Some(entry) = Entry::look_up(book, number)? else {
            return refused(format!("{number} cannot be taken: its serial is in the book under another number"));
        };
        let other = differences(book, &entry, header, details)?.join(", ");
        if other.is_empty() {
            return Ok(Taken::Same);
        }
        if entry.id > self.before {
            return refused(format!("{number} stands further up in this file with another {other}"));
        }
        refused(format!(
            "{number} is in the book with another {other}; correct it there with: branchbook info amend {number} --reason REASON …"
        ))
    }
}

impl Header {
    /// What stands in the columns [`ENTRY`].
    fn values(&self) -> [Value; ENTRY.len()] {
        let optional = |text: Option<String>| text.map_or(Value::Null, Value::Text);
        [
            Value::Text(self.state.to_owned()),
            Value::Text(self.day.to_string()),
            Value::Text(self.department.clone()),
            Value::Text(self.person.clone()),
            optional(self.ended.map(|day| day.to_string())),
            optional(self.void_reason.clone()),
            Value::Integer(self.amendments.into()),
        ]
    }
}

/// The state that the row gives, or that what it says besides shows.
fn state(cells: &Cells<'_>) -> Result<&'static str, Fault> {
    const STATES: [&str; 8] = ["collected", "reported", "filed", "assigned", "tracked", "won", "lost", "void"];
    let state = match cells.text("state")? {
        None => shown_state(cells)?,
        Some(given) => *STATES
            .iter()
            .find(|state| **state == given)
            .ok_or_else(|| Fault::of("state", format!("{given:?} is no state; give one of: {}", STATES.join(", "))))?,
    };
    if (state == "void") != cells.text("void_reason")?.is_some() {
        return Err(Fault::of("void_reason", "a void entry has a reason, and only a void entry has one"));
    }
    if matches!(state, "assigned" | "tracked") && cells.text("assigned_to")?.is_none() {
        return Err(Fault::of("assigned_to", format!("an entry that is {state} names the department that has it")));
    }
    if state == "tracked" && cells.text("tracker")?.is_none() {
        return Err(Fault::of("tracker", "an entry that is tracked names the person who tracks it"));
    }
    Ok(state)
}

/// The state of a row that gives none: the last that its other cells tell of.
fn shown_state(cells: &Cells<'_>) -> Result<&'static str, Fault> {
    for (field, state) in [
        ("void_reason", "void"),
        ("tracker", "tracked"),
        ("assigned_to", "assigned"),
        ("filed_on", "filed"),
        ("reported_on", "reported"),
    ] {
        if cells.text(field)?.is_some() {
            return Ok(state);
        }
    }
    Ok("collected")
}

/// The day the entry came to its end: as given, else the day that it bears.
fn ended(cells: &Cells<'_>, state: &str, day: NaiveDate) -> Result<Option<NaiveDate>, Fault> {
    let given = cells.day("ended_on")?;
    match (matches!(state, "won" | "lost" | "void"), given) {
        (true, given) => Ok(Some(given.unwrap_or(day))),
        (false, None) => Ok(None),
        (false, Some(_)) => Err(Fault::of("ended_on", format!("an entry that is {state} has not ended"))),
    }
}

fn amount(cells: &Cells<'_>) -> Result<Value, Fault> {
    let Some(cell) = cells.text("amount")? else { return Ok(Value::Null) };
    let amount = estimate(cell).map_err(|refusal| Fault::of("amount", refusal.to_string()))?;
    Ok(Value::Integer(amount.0))
}

/// Whether the entry was reported late: yes or no as a list prints it; no where nothing stands.
fn late(cells: &Cells<'_>) -> Result<Value, Fault> {
    let late = match cells.text("late")?.map(str::to_lowercase).as_deref() {
        None | Some("no" | "0" | "否") => false,
        Some("yes" | "1" | "是") => true,
        Some(other) => return Err(Fault::of("late", format!("{other:?} is neither yes nor no"))),
    };
    if late && cells.text("reported_on")?.is_none() {
        return Err(Fault::of("late", "an entry that was not reported was not reported late"));
    }
    Ok(Value::Integer(late.into()))
}

/// A list exported by somebody who may not read the entry holds a mask in the place of its texts.
fn unmasked<'a>(field: &'static str, cell: &'a str) -> Result<&'a str, Fault> {
    if cell == MASK {
        return Err(Fault::of(field, "is masked; export the list as somebody who may read it"));
    }
    Ok(cell)
}

/// Whether the book has what a row without a number says was collected, whatever became of it since.
fn is_known(book: &Connection, header: &Header, details: &Details) -> Result<bool> {
    let conditions: Vec<String> =
        INFO[..COLLECTED].iter().zip(4..).map(|(column, mark)| format!("i.{column} IS ?{mark}")).collect();
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM info AS i JOIN entry AS e ON e.id = i.entry
            WHERE e.department = ?1 AND e.day_on = ?2 AND e.person = ?3 AND e.state <> 'void' AND {})",
        conditions.join(" AND ")
    );
    let key = [header.department.clone(), header.day.to_string(), header.person.clone()].map(Value::Text);
    let values = key.into_iter().chain(details[..COLLECTED].iter().cloned());
    Ok(book.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?)
}

/// The fields in which a row differs from the entry of the book that has its number.
fn differences(book: &Connection, entry: &Entry, header: &Header, details: &Details) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT e.{}, i.{} FROM entry AS e LEFT JOIN info AS i ON i.entry = e.id WHERE e.id = ?1",
        ENTRY.join(", e."),
        INFO.join(", i.")
    );
    let columns = || ENTRY.iter().chain(&INFO);
    let in_book: Vec<Value> = book
        .prepare_cached(&sql)?
        .query_row([entry.id], |row| (0..columns().count()).map(|index| row.get(index)).collect())?;
    let row = header.values();
    Ok(columns()
        .zip(row.iter().chain(details).zip(&in_book))
        .filter(|(column, (row, in_book))| row != in_book && **column != "customer_fold")
        .map(|(column, _)| printed(column))
        .collect())
}

/// The field's name in the file.
fn printed(column: &str) -> String {
    match column {
        "day_on" => "collected_on".to_owned(),
        "person" => "collected_by".to_owned(),
        column => Column::of_sql(column).name,
    }
}
