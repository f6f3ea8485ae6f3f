//! The rows of old files: read as the form of their register says, numbered, written, or compared with what the book has.
//!
//! What happened before the book is history: it is not held to who might do it, nor to the order of days.

mod again;
mod compare;
mod numbers;

use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use self::compare::ENTRY;
use super::entry::{self, Entry, Imported, Opening};
use super::form::{Form, Formed};
use super::known::{Known, Told};
use super::live::Live;
use super::old_field::{Field, Reading};
use super::old_form::{self, List};
use super::old_ledger::{self, Checked, Names, Trouble};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Record;
use crate::day;
use crate::import::mapping::NOT_READ;
use crate::import::row::{Cells, Fault};
use crate::import::take::{Others, Take, Taken};
use crate::language;
use crate::refusal::Refusal;
use crate::say;
use crate::series::claims::{Bearer, Claims};
use crate::series::number::Number;
use crate::text::{self, quoted};

/// What is remembered from row to row.
pub(super) struct Taker<F> {
    fields: Vec<Field>,
    insert: String,
    /// The columns that no field feeds and that are never empty, with what stands in them.
    unsaid: Vec<(String, Value)>,
    /// Selects what the book has of an entry, the header before the own fields.
    select: String,
    names: Names,
    /// The series of each department, and what is claimed of each series.
    series: HashMap<String, String>,
    claims: BTreeMap<String, Claims>,
    /// The states that the register has, with whether each is an end.
    states: Vec<(String, bool)>,
    /// What the book had before this file.
    known: Known,
    counted: u32,
    /// Numbers of other entries that rows name, each with the row's own and the field's: they may come later in the file.
    named: Vec<(String, &'static str, String)>,
    /// What rows are held to since the book went live.
    live: Live,
    /// The numbers that may be far above those before them.
    leaps: Vec<String>,
    /// What is said of numbers that only seem astray.
    warned: Vec<String>,
    register: PhantomData<F>,
}

impl<F: Formed> Take for Taker<F> {
    const WHAT: &'static str = F::FORM.rows;
    const BY_DAY: bool = F::FORM.old.by_day;

    fn order(cells: &Cells<'_>) -> String {
        if cells.said("number").is_some() {
            return String::new();
        }
        let day = cells.day(F::FORM.register.day).ok().flatten().map(day::text_of).unwrap_or_default();
        Self::fields().into_iter().fold(day, |order, field| order + "\u{1f}" + cells.said(field).unwrap_or_default())
    }

    fn short() -> Vec<(&'static str, &'static str)> {
        old_form::short(F::FORM)
    }

    fn fields() -> Vec<&'static str> {
        let header = ["number", "state", F::FORM.register.day, "department", F::FORM.person()];
        let own = old_form::fields(F::FORM).into_iter().map(|field| field.name).filter(|name| !name.is_empty());
        header
            .into_iter()
            .chain(own)
            .chain(old_form::lists(F::FORM))
            .chain(["ended_on", "void_reason", "amendments"])
            .chain(NOT_READ)
            .collect()
    }

    fn labels() -> Vec<(&'static str, &'static str)> {
        let own = Self::fields().into_iter().map(|field| (field, field));
        let plain = [("day_on", F::FORM.register.day), ("actor", F::FORM.person())];
        own.chain(old_form::labels(F::FORM)).chain(plain).collect()
    }

    fn words(book: &Connection) -> Result<Vec<(&'static str, Vec<String>)>> {
        old_form::words(F::FORM, book)
    }

    fn required() -> Vec<&'static str> {
        let own = own_required(F::FORM).into_iter().filter(|_| !F::FORM.old.numbered);
        let number = F::FORM.old.numbered.then_some("number");
        number.into_iter().chain([F::FORM.register.day, "department", F::FORM.person()]).chain(own).collect()
    }

    fn required_together() -> Vec<&'static str> {
        own_required(F::FORM).into_iter().filter(|_| F::FORM.old.numbered).collect()
    }

    fn void() -> Option<String> {
        Some(format!("branchbook {} void NUMBER --reason REASON", F::FORM.register.name))
    }

    fn take(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Result<Taken, Fault>> {
        Trouble::verdict(self.take_row(change, cells))
    }

    fn astray(&mut self, others: Others) -> Vec<(u64, Fault)> {
        self.numbers_astray(others)
    }

    fn finish(self, change: &mut Change<'_>) -> Result<Vec<String>> {
        let mut notes: Vec<String> = self.live.finish(change)?.into_iter().chain(self.warned).collect();
        for claims in self.claims.into_values() {
            notes.extend(claims.finish(change.sql())?);
        }
        notes.extend((F::FORM.old.remark)(change, self.counted)?);
        for (number, field, other) in self.named {
            if Entry::look_up(change.sql(), &other)?.is_none() {
                notes.push(say!("{number}: its {field} {other} is not in the book", number, field, other));
            }
        }
        Ok(notes)
    }
}

/// Whether the book has an entry of this number, and not as one that an import gave up or that is only reserved.
pub(crate) fn is_there(book: &Connection, number: &str) -> Result<bool> {
    let entry = Entry::look_up(book, number)?.filter(|entry| entry.state != "reserved");
    Ok(entry.is_some() && again::given_up(book, number)?.is_none())
}

/// A row's part in table entry.
#[derive(Debug)]
pub(crate) struct Header {
    number: Option<String>,
    pub(super) state: String,
    pub(super) day: NaiveDate,
    pub(super) department: String,
    pub(super) person: String,
    pub(super) ended: Option<NaiveDate>,
    /// Whether the row says by itself when the entry ended.
    ended_given: bool,
    void_reason: Option<String>,
    amendments: u32,
}

/// A row's part in the register's own tables.
#[derive(Debug, Default)]
pub(crate) struct Details {
    pub(super) values: Vec<Value>,
    pub(super) lists: Vec<List>,
}

impl<F: Formed> Taker<F> {
    /// Begins to take the rows of a file.
    pub(super) fn begin(change: &Change<'_>, exception: Option<&str>, leaps: &[String]) -> Result<Self> {
        let book = change.sql();
        let fields = old_form::fields(F::FORM);
        let columns: Vec<&str> = fields.iter().map(|field| field.column).collect();
        let marks = vec!["?"; columns.len() + 1].join(", ");
        let states = book
            .rows("SELECT state, end_flag FROM state WHERE register = ?1 ORDER BY position", [F::FORM.register.name])?;
        Ok(Self {
            select: format!(
                "SELECT e.{}, o.{} FROM entry AS e LEFT JOIN {} AS o ON o.entry = e.id WHERE e.id = ?1",
                ENTRY.join(", e."),
                columns.join(", o."),
                F::FORM.register.name
            ),
            insert: format!("INSERT INTO {} (entry, {}) VALUES ({marks})", F::FORM.register.name, columns.join(", ")),
            unsaid: unsaid(book, F::FORM.register.name, &columns)?,
            fields,
            names: Names::default(),
            series: HashMap::new(),
            claims: BTreeMap::new(),
            states,
            known: Known::before(book, F::FORM.register.name, columns.get(..F::FORM.old.telling).unwrap_or(&columns))?,
            counted: 0,
            named: Vec::new(),
            live: Live::begin(F::FORM, book, exception)?,
            leaps: leaps.iter().map(|number| text::number(number)).collect(),
            warned: Vec::new(),
            register: PhantomData,
        })
    }

    fn take_row(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Checked<Taken> {
        let header = self.header(change.sql(), cells)?;
        old_ledger::refuse_future(change, F::FORM.register.day, header.day)?;
        if matches!(header.state.as_str(), "void" | "reserved") && is_empty(&self.fields, cells)? {
            let bearer = Bearer { line: cells.starts, day: None, live: false };
            let number =
                self.claim(change.sql(), &header.department, header.number.as_deref().unwrap_or_default(), bearer)?;
            return self.enter(change, &number, &header, None);
        }
        old_form::check(F::FORM, cells, &header.state)?;
        let mut details = self.details(change.sql(), cells, header.day)?;
        old_form::whole(F::FORM, (change.sql(), &mut self.names), cells, &header, (&self.fields, &mut details))?;
        let known = match &header.number {
            Some(number) => self.live.holds(header.day) && is_there(change.sql(), number)?,
            None => self.is_known(change, &header, &details)?,
        };
        if known && header.number.is_none() {
            return Ok(Taken::Same);
        }
        let judged = if known { Ok(Vec::new()) } else { self.judge(change, cells, &header, &mut details) };
        let breaches = match (judged, &header.number) {
            // What the book has is compared with it, and judged no more.
            (Err(_), Some(number)) if is_there(change.sql(), number)? => Vec::new(),
            (judged, _) => judged?,
        };
        let number = if let Some(number) = &header.number {
            let bearer = Bearer { line: cells.starts, day: Some(header.day), live: self.live.holds(header.day) };
            self.claim(change.sql(), &header.department, number, bearer)?
        } else {
            self.counted +=
                u32::from((F::FORM.old.consider)(change.sql(), header.day, &self.fields, &mut details.values)?);
            let number = self.coming(change.sql(), &header)?;
            self.give(change.sql(), &header.department, &number)?;
            number
        };
        let taken = self.enter(change, &number, &header, Some(&details))?;
        if taken == Taken::New && !breaches.is_empty() {
            self.live.remember(Entry::find(change.sql(), &number.text)?.id, breaches);
        }
        Ok(taken)
    }

    /// What a new row breaches of the rules that hold on its day.
    fn judge(
        &mut self,
        change: &mut Change<'_>,
        cells: &Cells<'_>,
        header: &Header,
        details: &mut Details,
    ) -> Checked<Vec<Refusal>> {
        (F::FORM.old.anew)(change.sql(), &mut self.names, header.number.as_deref(), &details.lists)?;
        self.live.refuse_decided(cells, header)?;
        if matches!(header.state.as_str(), "void" | "reserved") {
            return Ok(Vec::new());
        }
        let mut noted = self.live.noted(change, cells, header, (&self.fields, details))?;
        if !self.live.holds(header.day) {
            return Ok(noted);
        }
        let number = match &header.number {
            Some(number) => number.clone(),
            None => self.coming(change.sql(), header)?.text,
        };
        noted.extend(self.live.judge(change, &number, header, (&self.fields, details), cells)?);
        Ok(noted)
    }

    fn header(&mut self, book: &Connection, cells: &Cells<'_>) -> Checked<Header> {
        let (state, end) = self.state(cells)?;
        let void_reason = old_form::void_reason(cells, &state)?.map(str::to_owned);
        let day = cells.required_day(F::FORM.register.day)?;
        let given = cells.day("ended_on")?;
        let ended = match (end, given) {
            (true, given) => Some(given.or(old_form::ended(F::FORM, cells, &state)?).unwrap_or(day)),
            (false, None) => None,
            (false, Some(_)) => {
                return Err(Fault::of(
                    "ended_on",
                    say!("an entry that is {state} has not ended", state = language::value(&state)),
                )
                .into());
            }
        };
        Ok(Header {
            number: if F::FORM.old.numbered { Some(cells.required("number")?) } else { cells.text("number")? }
                .map(text::number),
            state,
            day,
            department: self.names.department(book, "department", cells.required("department")?)?,
            person: self.names.person(book, F::FORM.person(), cells.required(F::FORM.person())?)?,
            ended,
            ended_given: given.is_some(),
            void_reason,
            amendments: cells.count("amendments")?.unwrap_or(0),
        })
    }

    /// The state that the row gives, or that what it says besides shows; and whether it is an end.
    fn state(&self, cells: &Cells<'_>) -> Result<(String, bool), Fault> {
        let voided = cells.text("void_reason")?.is_some() && !cells.is_constant("void_reason");
        let state = match cells.text("state")? {
            Some(given) => given,
            None if voided => "void",
            None => old_form::shown_state(F::FORM, cells)?,
        };
        let Some(known) = self.states.iter().find(|(known, _)| known == state) else {
            let states: Vec<&str> = self.states.iter().map(|(state, _)| state.as_str()).collect();
            return Err(Fault::of(
                "state",
                say!(
                    "{state} is no state; give one of: {choices}; --value {pair} says which it means",
                    state = quoted(state),
                    choices = states.join(language::comma()),
                    pair = text::word(&format!("state:{state}=STATE")).into_owned()
                ),
            ));
        };
        Ok(known.clone())
    }

    fn details(&mut self, book: &Connection, cells: &Cells<'_>, day: NaiveDate) -> Checked<Details> {
        let mut values = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            values.push(field.value(book, &mut self.names, cells)?);
        }
        Ok(Details { values, lists: old_form::children(F::FORM, book, &mut self.names, cells, day)? })
    }

    /// Writes the row, or compares it with the entry that has its number. A number that was voided unused has no details.
    fn enter(
        &mut self,
        change: &mut Change<'_>,
        number: &Number,
        header: &Header,
        details: Option<&Details>,
    ) -> Checked<Taken> {
        let opening = Opening {
            register: F::FORM.register.name,
            department: &header.department,
            day: header.day,
            person: &header.person,
            state: &header.state,
        };
        let imported = Imported {
            void_reason: header.void_reason.as_deref(),
            amendments: header.amendments,
            ended: header.ended.map(day::text_of),
        };
        let (entry, record) = match entry::insert_imported(change, number, &opening, &imported) {
            Ok((entry, record)) => (entry, Some(record)),
            Err(error) if old_ledger::is_taken(&error) => {
                match again::free(change.sql(), &number.text, &header.state, change.import)? {
                    Some(entry) => (again::open(change, entry, &opening, &imported, details.is_some())?, None),
                    None => return self.compare(change, number, header, details),
                }
            }
            Err(error) => return Err(error.into()),
        };
        self.write(change, &entry, record, &header.person, details)?;
        Ok(Taken::New)
    }

    /// Writes the row's own fields and lists behind its header. The record begins with what was written; none of a number that is
    /// brought again, whose record tells of everything.
    fn write(
        &mut self,
        change: &mut Change<'_>,
        entry: &Entry,
        record: Option<Record>,
        person: &str,
        details: Option<&Details>,
    ) -> Result<()> {
        let thing = entry.thing()?;
        let Some(details) = details else {
            return match record {
                Some(record) => change.record_opened(&thing, person, record),
                None => change.record(&thing, person, None),
            };
        };
        self.note_numbers(&entry.number, &details.values);
        let id = Value::Integer(entry.id);
        let values = std::iter::once(&id).chain(&details.values);
        change.sql().prepare_cached(&self.insert)?.execute(params_from_iter(values.clone()))?;
        let lists: Vec<&List> = details.lists.iter().filter(|list| !list.rows.is_empty()).collect();
        if let (Some(mut record), true) = (record, lists.is_empty()) {
            let columns = std::iter::once("entry").chain(self.fields.iter().map(|field| field.column));
            let unsaid = self.unsaid.iter().map(|(column, value)| (column.as_str(), value.into()));
            let said = columns.zip(values.map(Into::into));
            record.row(F::FORM.register.name, said.chain(unsaid))?;
            return change.record_opened(&thing, person, record);
        }
        let growing = thing.growing();
        lists.iter().try_for_each(|list| list.write(change, entry.id, growing.contains(&list.table)))?;
        change.record(&thing, person, None)
    }

    /// Whether the book had what a row without a number tells, whatever became of it since.
    fn is_known(&mut self, change: &Change<'_>, header: &Header, details: &Details) -> Result<bool> {
        let row = Told {
            day: header.day,
            department: &header.department,
            person: &header.person,
            values: details.values.get(..F::FORM.old.telling).unwrap_or(&details.values),
            lists: &details.lists,
            fingerprint: change.fingerprint,
        };
        self.known.take(change.sql(), &row)
    }

    /// Remembers the entries that the row names and that may come later.
    fn note_numbers(&mut self, number: &str, values: &[Value]) {
        for (field, value) in self.fields.iter().zip(values) {
            if let (Reading::Number, Value::Text(other)) = (field.reading, value) {
                self.named.push((number.to_owned(), field.name, other.clone()));
            }
        }
    }
}

/// The fields of the form's own that every entry has which was not only reserved, or voided unused.
fn own_required(form: &'static Form) -> Vec<&'static str> {
    old_form::fields(form).into_iter().filter(|field| field.required).map(|field| field.name).collect()
}

/// Whether a row has by itself none of the fields that every entry has: a number that is only reserved, or was voided unused.
fn is_empty(fields: &[Field], cells: &Cells<'_>) -> Result<bool, Fault> {
    for field in fields.iter().filter(|field| field.required) {
        if !cells.is_constant(field.name) && cells.text(field.name)?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The columns of a register's table besides these that are never empty, with what stands in them where nobody says otherwise.
fn unsaid(book: &Connection, table: &str, columns: &[&str]) -> Result<Vec<(String, Value)>> {
    let usual: Vec<(String, String)> =
        book.rows("SELECT name, dflt_value FROM pragma_table_info(?1) WHERE dflt_value IS NOT NULL", [table])?;
    let unsaid = usual.into_iter().filter(|(column, _)| !columns.contains(&column.as_str()));
    unsaid.map(|(column, usual)| Ok((column, book.only(&format!("SELECT {usual}"), ())?))).collect()
}
