//! A step or a correction under way: the entry, its fields as they are to be, and whoever acts.

use std::collections::HashMap;

use anyhow::Result;
use chrono::NaiveDate;
use clap::ArgMatches;
use rusqlite::types::{FromSql, Value};
use rusqlite::{Connection, Statement, ToSql, params_from_iter};

use super::Register;
use super::borne::{self, Borne};
use super::check::{Breaches, note_exception};
use super::child::List;
use super::entry::{self, Entry, Opening};
use super::field::{Field, HEADER, Kind, Rows, Spec};
use super::form::Form;
use super::option::{At, Given};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::view::with_views;

/// The fields of an entry, or of a row of one of its lists: what they were, and what they are to be.
#[derive(Debug, Default)]
pub(crate) struct Row {
    old: HashMap<String, Value>,
    new: Vec<(&'static str, Value)>,
    /// What is new of fields that are no columns.
    loose: Vec<(&'static str, Value)>,
    rows: Vec<(&'static Spec, &'static Rows, Vec<Vec<Value>>)>,
    /// The rows of its lists as they were.
    lists: Vec<(&'static str, Vec<Vec<Value>>)>,
}

impl Row {
    /// The fields of a row that is not in the book yet.
    pub(crate) fn of(values: Vec<(&'static str, Value)>) -> Self {
        Self { new: values, ..Self::default() }
    }

    /// The values of a row that is not in the book yet, in the order in which it was made.
    pub(super) fn into_values(self) -> impl Iterator<Item = Value> {
        self.new.into_iter().map(|(_, value)| value)
    }

    /// An entry's header, its row in its register's table, and the rows of its lists.
    pub(super) fn of_entry(form: &Form, book: &Connection, entry: &Entry) -> Result<Self> {
        let sql = format!(
            "SELECT e.department, e.day_on, e.person, o.* FROM entry AS e LEFT JOIN {} AS o ON o.entry = e.id WHERE e.id = ?1",
            entry.register
        );
        let mut row = Self::first(&mut *book.prepare_cached(&sql)?, [entry.id])?;
        for field in form.lists() {
            let Kind::Rows(list) = field.kind else { continue };
            row.lists.push((field.column, list.read(book, entry)?));
        }
        Ok(row)
    }

    /// A row of one of an entry's lists.
    pub(super) fn of_list(book: &Connection, table: &str, entry: &Entry, position: i64) -> rusqlite::Result<Self> {
        let sql = format!("SELECT * FROM {table} WHERE undone_on IS NULL AND entry = ?1 AND position = ?2");
        Self::first(&mut *book.prepare_cached(&sql)?, [entry.id, position])
    }

    fn first<K: IntoIterator<Item: ToSql>>(statement: &mut Statement<'_>, keys: K) -> rusqlite::Result<Self> {
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let old = statement.query_row(params_from_iter(keys), |row| {
            names.iter().enumerate().map(|(index, name)| Ok((name.clone(), row.get(index)?))).collect()
        })?;
        Ok(Self { old, ..Self::default() })
    }

    pub(super) fn value(&self, column: &str) -> &Value {
        let entered = |values: &'_ [(&'static str, Value)]| values.iter().rposition(|(name, _)| *name == column);
        match (entered(&self.new), entered(&self.loose)) {
            (Some(place), _) => &self.new[place].1,
            (None, Some(place)) => &self.loose[place].1,
            (None, None) => self.old.get(column).unwrap_or(&Value::Null),
        }
    }

    /// A field as it is to be; none where nothing is entered.
    pub(crate) fn get<T: FromSql>(&self, field: &Field<T>) -> Result<Option<T>> {
        Ok(Option::column_result(self.value(field.spec.column).into())?)
    }

    /// A field as it was; none where nothing was entered.
    pub(crate) fn was<T: FromSql>(&self, field: &Field<T>) -> Result<Option<T>> {
        Ok(self.old.get(field.spec.column).map_or(Ok(None), |value| Option::column_result(value.into()))?)
    }

    /// The text in a column; none where there is none.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        match self.value(column) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text that was in a column.
    pub(super) fn was_text(&self, column: &str) -> Option<&str> {
        match self.old.get(column) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether a column is entered.
    pub(super) fn has(&self, column: &str) -> bool {
        *self.value(column) != Value::Null
    }

    /// Whether something is to be entered for a field.
    pub(crate) fn is_new(&self, field: &Spec) -> bool {
        self.new.iter().chain(&self.loose).any(|(column, _)| *column == field.column)
            || self.rows.iter().any(|(list, ..)| list.column == field.column)
    }

    /// Whether something else is to be entered for a field than what was.
    pub(super) fn differs(&self, field: &Spec) -> bool {
        let listed = self.rows.iter().any(|(list, ..)| list.column == field.column);
        listed || self.old.get(field.column).unwrap_or(&Value::Null) != self.value(field.column)
    }

    /// What was in a column.
    pub(super) fn old(&self, column: &str) -> &Value {
        self.old.get(column).unwrap_or(&Value::Null)
    }

    /// The rows of a list as they are to be.
    pub(crate) fn list(&self, field: &Spec) -> &[Vec<Value>] {
        let new = self.rows.iter().find(|(list, ..)| list.column == field.column).map(|(.., rows)| rows);
        let old = || self.lists.iter().find(|(list, _)| *list == field.column).map(|(_, rows)| rows);
        new.or_else(old).map_or(&[], |rows| rows)
    }

    /// The same with these rows of a list.
    pub(super) fn with_list(mut self, column: &'static str, rows: Vec<Vec<Value>>) -> Self {
        self.lists.push((column, rows));
        self
    }

    /// What stands in a column of a day.
    pub(super) fn day(&self, column: &str) -> Result<Option<NaiveDate>> {
        Ok(Option::column_result(self.value(column).into())?)
    }

    /// What stood in a column of a day.
    pub(super) fn was_day(&self, column: &str) -> Result<Option<NaiveDate>> {
        Ok(Option::column_result(self.old(column).into())?)
    }

    /// Enters what follows from the fields.
    pub(crate) fn set<T: Into<Value>>(&mut self, column: &'static str, value: T) {
        self.new.retain(|(known, _)| *known != column);
        self.new.push((column, value.into()));
    }

    /// Enters what was given for a field.
    pub(crate) fn enter(&mut self, field: &Spec, value: Value) {
        if field.loose { &mut self.loose } else { &mut self.new }.push((field.column, value));
    }

    /// Tells what else the entry has already.
    pub(super) fn has_been<'v>(&mut self, values: impl Iterator<Item = (&'static str, &'v Value)>) {
        self.old.extend(values.map(|(column, value)| (column.to_owned(), value.clone())));
    }

    /// Enters the rows of a list.
    pub(super) fn enter_list(&mut self, field: &'static Spec, list: &'static Rows, rows: Vec<Vec<Value>>) {
        self.rows.push((field, list, rows));
    }

    /// Every column, as it is to be before as it was.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &Value)> {
        let new = self.new.iter().chain(&self.loose).map(|(column, value)| (*column, value));
        new.chain(self.old.iter().map(|(column, value)| (column.as_str(), value)))
    }

    /// The columns that are to be written.
    pub(super) fn columns(&self) -> impl Iterator<Item = &'static str> {
        self.new.iter().map(|(column, _)| *column)
    }

    /// What is to be written in them.
    pub(super) fn values(&self) -> impl Iterator<Item = &Value> {
        self.new.iter().map(|(_, value)| value)
    }

    /// Takes what is new of the header, in table entry, out of what is to be written.
    fn header(&mut self) -> Vec<(&'static str, Value)> {
        let new = std::mem::take(&mut self.new);
        let (header, own) = new.into_iter().partition(|(column, _)| HEADER.contains(column));
        self.new = own;
        for (column, value) in &header {
            self.old.insert((*column).to_owned(), Value::clone(value));
        }
        header
    }
}

/// A step, or a correction, under way.
#[derive(Debug)]
pub struct Task<'c, 't> {
    /// The change that it is part of.
    pub(crate) change: &'c mut Change<'t>,
    /// The register.
    pub(crate) register: &'static Register,
    /// The entry; its state is the one before the step.
    pub(crate) entry: Entry,
    /// The state in which the step leaves it.
    pub(crate) to: String,
    /// The clause of the step.
    pub(crate) clause: String,
    /// Who does it in the world.
    pub(crate) actor: Person,
    /// The entry's fields.
    pub(crate) row: Row,
    /// The fields of the row that the step adds to a list, or that is corrected.
    pub(crate) line: Row,
    /// Its position, once it is written.
    pub(crate) position: i64,
    /// Whether the entry is opened by it.
    pub(crate) opens: bool,
    /// Why a correction is made; none of a step.
    pub(crate) reason: Option<String>,
    /// What rested on the entry when it began.
    borne: Borne,
    breaches: Vec<(Refusal, String)>,
    pub(super) notes: Vec<String>,
    /// What sentences say besides the columns.
    pub(super) words: Vec<(&'static str, String)>,
}

impl<'c, 't> Task<'c, 't> {
    /// A task that opens an entry by this step.
    pub(super) fn opening(
        change: &'c mut Change<'t>,
        form: &'static Form,
        first: &entry::Step,
        actor: Person,
    ) -> Result<Self> {
        let entry = Entry {
            id: 0,
            register: form.register.name.to_owned(),
            number: String::new(),
            department: String::new(),
            day: change.on,
            person: actor.key.clone(),
            state: first.to.clone(),
        };
        Self::begin(change, form, entry, first.clause.clone(), actor, true)
    }

    /// A task on an entry: `opens` where it was opened for it, so that its register's table has no row of it yet.
    pub(super) fn begin(
        change: &'c mut Change<'t>,
        form: &'static Form,
        entry: Entry,
        clause: String,
        actor: Person,
        opens: bool,
    ) -> Result<Self> {
        let row = if opens { Row::default() } else { Row::of_entry(form, change.sql(), &entry)? };
        let borne = if opens { Borne::default() } else { Borne::by(change.sql(), &entry)? };
        Ok(Self {
            change,
            register: form.register,
            to: entry.state.clone(),
            entry,
            clause,
            actor,
            row,
            line: Row::default(),
            position: 0,
            opens,
            reason: None,
            borne,
            breaches: Vec::new(),
            notes: Vec::new(),
            words: Vec::new(),
        })
    }

    /// The book.
    pub(crate) fn sql(&self) -> &Connection {
        self.change.sql()
    }

    /// Enters what follows from the fields.
    pub(crate) fn set<T: Into<Value>>(&mut self, column: &'static str, value: T) {
        self.row.set(column, value);
    }

    /// Lists a breach among the exceptions that nobody asked to be excused.
    pub(crate) fn note(&mut self, breach: Refusal, reason: &str) {
        self.breaches.push((breach, reason.to_owned()));
    }

    /// Tells the person something besides the answer.
    pub(crate) fn remark(&mut self, remark: impl Into<String>) {
        self.notes.push(remark.into());
    }

    /// Keeps a word for the answer that will not stand in the book.
    pub(crate) fn word(&mut self, name: &'static str, word: impl Into<String>) {
        self.words.push((name, word.into()));
    }

    /// Whether a word is kept for the answer.
    pub(crate) fn has_word(&self, name: &str) -> bool {
        self.words.iter().any(|(known, _)| *known == name)
    }

    /// Takes the values that were typed for these fields of the entry.
    pub(super) fn read(&mut self, fields: &[&'static Spec], matches: &ArgMatches, at: At) -> Result<()> {
        for field in fields {
            match field.given(self.change, matches, at, &self.clause)? {
                None => {}
                Some(Given::Rows(rows)) => {
                    let Kind::Rows(list) = field.kind else { continue };
                    let found = rows.into_iter().map(|row| (list.find)(self.sql(), self.entry.day, row));
                    let rows = found.collect::<Result<Vec<_>>>()?;
                    if at == At::Step || self.row.list(field) != rows {
                        self.row.rows.push((field, list, rows));
                    }
                }
                Some(Given::Value(value)) => self.row.enter(field, value),
            }
        }
        Ok(())
    }

    /// Takes the values that were typed for these fields of a row of a list.
    pub(super) fn read_line(&mut self, fields: &[&'static Spec], matches: &ArgMatches, at: At) -> Result<()> {
        for field in fields {
            match (field.given(self.change, matches, at, &self.clause)?, field.kind) {
                (Some(Given::Value(value)), _) => self.line.enter(field, value),
                (Some(Given::Rows(rows)), Kind::Rows(list)) => self.line.rows.push((field, list, rows)),
                _ => {}
            }
        }
        Ok(())
    }

    /// What was given for that one of the fields which is also the journal's note.
    pub(super) fn noted(&self, fields: &[&'static Spec]) -> Option<String> {
        let noted = fields.iter().find(|field| field.noted)?;
        [&self.line, &self.row].into_iter().find_map(|row| match row.value(noted.column) {
            Value::Text(note) => Some(note.clone()),
            _ => None,
        })
    }

    /// Goes on with the row of a list at this position, instead of adding one.
    pub(super) fn go_on(&mut self, list: &List, position: i64) -> Result<()> {
        let old = list.row(self.sql(), &self.entry, position)?;
        self.position = position;
        self.line.old = old.old;
        Ok(())
    }

    /// Says whose entry it is, as far as the fields tell: by those of the header, and the department of the entry that `whose`
    /// names.
    pub(super) fn belong(&mut self, whose: &Spec) -> Result<()> {
        let text = |row: &Row, column: &str| row.text(column).map(str::to_owned);
        if !whose.is_header()
            && self.row.is_new(whose)
            && let Some(number) = text(&self.row, whose.column)
        {
            self.row.set("department", Entry::find(self.sql(), &number)?.department);
        }
        if self.opens {
            let [department, day, person] = HEADER.map(|column| text(&self.row, column));
            self.entry.department = department.unwrap_or_default();
            self.entry.day = day.map_or(Ok(self.change.on), |day| day.parse())?;
            self.entry.person = person.unwrap_or_else(|| self.actor.key.clone());
        }
        Ok(())
    }

    /// Gives the entry the next number of its series.
    pub(super) fn open(&mut self) -> Result<()> {
        let Entry { department, day, person, state, .. } = &self.entry;
        let series = entry::series(self.sql(), self.register, department)?;
        let opening = Opening { register: self.register.name, department, day: *day, person, state };
        self.entry = entry::open(self.change, &series, &opening)?;
        Ok(())
    }

    /// Writes what is new of the entry's own fields and lists.
    pub(super) fn write(&mut self) -> Result<()> {
        let header = self.row.header();
        let (book, table, entry) = (self.change.sql(), self.register.name, &self.entry);
        if self.opens {
            let columns: Vec<&str> = self.row.columns().collect();
            let marks = vec!["?"; columns.len() + 1].join(", ");
            let sql = format!("INSERT INTO {table} (entry, {}) VALUES ({marks})", columns.join(", "));
            let key = Value::Integer(entry.id);
            book.prepare_cached(&sql)?.execute(params_from_iter(std::iter::once(&key).chain(self.row.values())))?;
        } else {
            update(book, "entry", "id", entry, &header)?;
            update(book, table, "entry", entry, &self.row.new)?;
        }
        for (_, list, rows) in &self.row.rows {
            list.write(book, entry, rows)?;
        }
        Ok(())
    }

    /// Takes out the breaches that nobody asked to be excused.
    pub(super) fn noted_breaches(&mut self) -> Vec<Refusal> {
        std::mem::take(&mut self.breaches).into_iter().map(|(breach, _)| breach).collect()
    }

    /// Writes the breaches to the entry. Gives what the person should know.
    pub(super) fn settle(&mut self, excused: Breaches<'_>) -> Result<Vec<String>> {
        let mut notes = excused.settle(self.change, &self.entry, &self.actor)?;
        for (breach, reason) in std::mem::take(&mut self.breaches) {
            notes.push(note_exception(self.change, &self.entry, &self.actor, &breach, &reason)?);
        }
        let reason = self.reason.as_deref();
        notes.extend(self.borne.note(self.change, &self.entry, &self.actor, reason)?);
        notes.append(&mut self.notes);
        borne::follow(self.change, &self.entry, &self.actor)?;
        Ok(notes)
    }

    /// What the register's view shows of the entry as it is now.
    pub(crate) fn shown<T: FromSql>(&self, column: &str) -> Result<T> {
        let sql = format!("SELECT {column} FROM {} WHERE id = ?1", self.register.view);
        self.sql().only(&with_views(&sql), [self.entry.id])
    }
}

/// Writes the new values of some columns of an entry's row in a table.
fn update(book: &Connection, table: &str, key: &str, entry: &Entry, new: &[(&'static str, Value)]) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let set: Vec<String> = new.iter().zip(2..).map(|((column, _), mark)| format!("{column} = ?{mark}")).collect();
    let sql = format!("UPDATE {table} SET {} WHERE {key} = ?1", set.join(", "));
    let id = Value::Integer(entry.id);
    let values = std::iter::once(&id).chain(new.iter().map(|(_, value)| value));
    book.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}
