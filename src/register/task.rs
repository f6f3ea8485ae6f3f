//! A step or a correction under way: the entry, its fields as they are to be, and whoever acts.

use std::collections::HashMap;

use anyhow::Result;
use clap::ArgMatches;
use rusqlite::types::{FromSql, Value, ValueRef};
use rusqlite::{Connection, params_from_iter};

use super::Register;
use super::entry::{self, Breaches, Entry};
use super::field::{Field, Given, Kind, Rows, Spec};
use crate::book::change::Change;
use crate::day;
use crate::language;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::sheet::column::{Column, ColumnKind};

/// An entry's fields: what they were, and what they are to be.
#[derive(Debug, Default)]
pub struct Row {
    old: HashMap<String, Value>,
    new: Vec<(&'static str, Value)>,
    rows: Vec<(&'static Spec, &'static Rows, Vec<Vec<Value>>)>,
}

impl Row {
    /// The fields of a row that is not in the book yet.
    #[must_use]
    pub fn of(values: Vec<(&'static str, Value)>) -> Self {
        Self { new: values, ..Self::default() }
    }

    /// The row of an entry in its register's table.
    fn read(book: &Connection, entry: &Entry) -> Result<Self> {
        let mut statement = book.prepare_cached(&format!("SELECT * FROM {} WHERE entry = ?1", entry.register))?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let old = statement.query_row([entry.id], |row| {
            names.iter().enumerate().map(|(index, name)| Ok((name.clone(), row.get(index)?))).collect()
        })?;
        Ok(Self { old, ..Self::default() })
    }

    pub(super) fn value(&self, column: &str) -> &Value {
        let new = self.new.iter().rev().find(|(name, _)| *name == column).map(|(_, value)| value);
        new.or_else(|| self.old.get(column)).unwrap_or(&Value::Null)
    }

    /// A field as it is to be; none where nothing is entered.
    ///
    /// # Errors
    /// Where the value is of another type.
    pub fn get<T: FromSql>(&self, field: &Field<T>) -> Result<Option<T>> {
        Ok(Option::column_result(self.value(field.spec.column).into())?)
    }

    /// Whether a column is entered.
    pub(super) fn has(&self, column: &str) -> bool {
        *self.value(column) != Value::Null
    }

    /// Whether something else is to be entered for a field than what was.
    pub(super) fn is_new(&self, field: &Spec) -> bool {
        self.new.iter().any(|(column, _)| *column == field.column)
            || self.rows.iter().any(|(list, ..)| list.column == field.column)
    }

    /// How many rows are to be entered for a list.
    #[must_use]
    pub fn count(&self, field: &Field<Vec<Vec<Value>>>) -> usize {
        self.rows.iter().find(|(list, ..)| list.column == field.spec.column).map_or(0, |(.., rows)| rows.len())
    }
}

/// A step, or a correction, under way.
#[derive(Debug)]
pub struct Task<'c, 't> {
    /// The change that it is part of.
    pub change: &'c mut Change<'t>,
    /// The register.
    pub register: &'static Register,
    /// The entry; its state is the one before the step.
    pub entry: Entry,
    /// The clause of the step.
    pub clause: String,
    /// Who does it in the world.
    pub actor: Person,
    /// The fields.
    pub row: Row,
    /// Whether the entry is opened by it.
    pub opens: bool,
    breaches: Vec<(Refusal, String)>,
}

impl<'c, 't> Task<'c, 't> {
    /// A task on an entry: `opens` where it was opened for it, so that its register's table has no row of it yet.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub(super) fn begin(
        change: &'c mut Change<'t>,
        register: &'static Register,
        entry: Entry,
        clause: String,
        actor: Person,
        opens: bool,
    ) -> Result<Self> {
        let row = if opens { Row::default() } else { Row::read(change.sql(), &entry)? };
        Ok(Self { change, register, entry, clause, actor, row, opens, breaches: Vec::new() })
    }
    /// The book.
    #[must_use]
    pub fn sql(&self) -> &Connection {
        self.change.sql()
    }

    /// Enters what follows from the fields.
    pub fn set<T: Into<Value>>(&mut self, column: &'static str, value: T) {
        self.row.new.retain(|(known, _)| *known != column);
        self.row.new.push((column, value.into()));
    }

    /// Lists a breach among the exceptions that nobody asked to be excused.
    pub fn note(&mut self, breach: Refusal, reason: &str) {
        self.breaches.push((breach, reason.to_owned()));
    }

    /// Takes the values that were typed for these fields.
    pub(super) fn read(&mut self, fields: &[&'static Spec], matches: &ArgMatches) -> Result<()> {
        let (now, opens) = (self.change.today(), self.opens);
        let until = if self.change.verb().ends_with(" amend") { now } else { self.change.on };
        for field in fields {
            match field.given(self.change.sql(), matches, now)? {
                None => {}
                Some(Given::Rows(rows)) => {
                    let Kind::Rows(list) = field.kind else { continue };
                    if opens || list.read(self.change.sql(), &self.entry)? != rows {
                        self.row.rows.push((field, list, rows));
                    }
                }
                Some(Given::Value(value)) => {
                    if let (Kind::PastDay, Value::Text(text)) = (field.kind, &value) {
                        day::refuse_future(text.parse()?, until, &format!("--{}", field.option))?;
                    }
                    if opens || *self.row.value(field.column) != value {
                        self.row.new.push((field.column, value));
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes what is new into the register's own tables.
    pub(super) fn write(&mut self) -> Result<()> {
        let (book, table, entry) = (self.change.sql(), self.register.name, &self.entry);
        let columns: Vec<&str> = self.row.new.iter().map(|(column, _)| *column).collect();
        let key = Value::Integer(entry.id);
        let values = std::iter::once(&key).chain(self.row.new.iter().map(|(_, value)| value));
        if self.opens {
            let marks = vec!["?"; columns.len() + 1].join(", ");
            let sql = format!("INSERT INTO {table} (entry, {}) VALUES ({marks})", columns.join(", "));
            book.prepare_cached(&sql)?.execute(params_from_iter(values))?;
        } else if !columns.is_empty() {
            let set: Vec<String> =
                columns.iter().zip(2..).map(|(column, mark)| format!("{column} = ?{mark}")).collect();
            let sql = format!("UPDATE {table} SET {} WHERE entry = ?1", set.join(", "));
            book.prepare_cached(&sql)?.execute(params_from_iter(values))?;
        }
        for (_, list, rows) in &self.row.rows {
            list.write(book, entry, rows)?;
        }
        Ok(())
    }

    /// Writes the breaches to the entry. Gives what the person should know.
    pub(super) fn settle(&mut self, excused: Breaches<'_>) -> Result<Vec<String>> {
        let mut notes = excused.settle(self.change, &self.entry, &self.actor)?;
        for (breach, reason) in std::mem::take(&mut self.breaches) {
            notes.push(entry::note_exception(self.change, &self.entry, &self.actor, &breach, &reason)?);
        }
        Ok(notes)
    }

    /// What the register's view shows of the entry as it is now.
    ///
    /// # Errors
    /// An error of `SQLite`, or where the value is of another type.
    pub fn shown<T: FromSql>(&self, column: &str) -> Result<T> {
        let sql = format!("SELECT {column} FROM {} WHERE id = ?1", self.register.view);
        Ok(self.sql().prepare_cached(&sql)?.query_row([self.entry.id], |row| row.get(0))?)
    }

    /// A sentence in which `{number}`, `{on}`, `{by}` and the columns of the register's view stand.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn says(&self, sentence: &'static str) -> Result<String> {
        let sql = format!("SELECT * FROM {} WHERE id = ?1", self.register.view);
        let mut statement = self.change.sql().prepare_cached(&sql)?;
        let columns: Vec<Column> = statement.column_names().map(Column::of_sql).collect();
        let mut rows = statement.query([self.entry.id])?;
        let mut words = vec![("on", language::day(&self.change.on.to_string())), ("by", self.actor.key.clone())];
        if let Some(row) = rows.next()? {
            for (index, column) in columns.iter().enumerate() {
                words.push((column.name.as_str(), spoken(column, row.get_ref(index)?)?));
            }
        }
        Ok(language::fill(language::words(sentence), &words))
    }
}

/// A value as a sentence says it.
fn spoken(column: &Column, value: ValueRef<'_>) -> Result<String> {
    Ok(match (column.kind, value) {
        (_, ValueRef::Null) => String::new(),
        (ColumnKind::Money, ValueRef::Integer(fen)) => crate::money::Money(fen).grouped(),
        (_, ValueRef::Integer(number)) => number.to_string(),
        (_, ValueRef::Real(number)) => number.to_string(),
        (ColumnKind::Day, value) => language::day(value.as_str()?),
        (ColumnKind::Word, value) => language::value(value.as_str()?).into_owned(),
        (_, value) => value.as_str()?.to_owned(),
    })
}

impl Rows {
    fn read(&self, book: &Connection, entry: &Entry) -> Result<Vec<Vec<Value>>> {
        let sql = format!("SELECT {} FROM {} WHERE entry = ?1 ORDER BY position", self.columns.join(", "), self.table);
        let width = self.columns.len();
        let mut statement = book.prepare_cached(&sql)?;
        let rows = statement.query_map([entry.id], |row| (0..width).map(|index| row.get(index)).collect())?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn write(&self, book: &Connection, entry: &Entry, rows: &[Vec<Value>]) -> Result<()> {
        book.execute(&format!("DELETE FROM {} WHERE entry = ?1", self.table), [entry.id])?;
        let (columns, marks) = (self.columns.join(", "), vec!["?"; self.columns.len() + 2].join(", "));
        let sql = format!("INSERT INTO {} (entry, position, {columns}) VALUES ({marks})", self.table);
        let mut statement = book.prepare_cached(&sql)?;
        for (row, position) in rows.iter().zip(1_i64..) {
            let keys = [Value::Integer(entry.id), Value::Integer(position)];
            statement.execute(params_from_iter(keys.iter().chain(row)))?;
        }
        Ok(())
    }
}
