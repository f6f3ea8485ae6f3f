//! A list to be read: a title, a SELECT and its parameters.

use std::borrow::Cow;
use std::io::Write;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, Statement};

use super::chart::Bars;
use super::delimited;
use super::{Form, Format, Look, Written};
use crate::column::{Column, HIDDEN_STATE};
use crate::day::Month;
use crate::language;
use crate::office::name;
use crate::view::with_views;

/// A list that can be written in every format.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// What stands above the list.
    pub(crate) title: String,
    /// The SELECT.
    pub(crate) sql: String,
    /// The values of its named parameters.
    pub(crate) parameters: Vec<(&'static str, Value)>,
    /// The printed names of columns that are summed up in a last row.
    pub(crate) totals: Vec<String>,
    /// How many of its rows have amounts that whoever reads may not see, and that are in no total.
    pub(crate) withheld: u64,
    /// The columns that a page and a terminal draw as bars, where the list is a tally.
    pub(crate) bars: Option<Bars>,
    /// The register whose list it is, where its words mean something of their own there; empty where they do not.
    pub(crate) of: &'static str,
    /// The columns in the order in which people read them, where that is another than that of csv.
    pub(crate) read_as: &'static [&'static str],
    /// The columns that have one value, which the title says: paper goes without them.
    pub(crate) in_title: &'static [&'static str],
    /// The day whose names the list shows; none where it shows those of today.
    pub(crate) named_on: Option<NaiveDate>,
}

impl Query {
    /// A list without parameters.
    pub fn new(title: impl Into<String>, sql: impl Into<String>) -> Self {
        Self { title: title.into(), sql: sql.into(), ..Self::default() }
    }

    /// A list whose rows were computed: they come as JSON through a parameter, so that every format reads them alike.
    pub(crate) fn computed(title: impl Into<String>, columns: &[&str], rows: &[Vec<serde_json::Value>]) -> Self {
        let columns: Vec<String> =
            columns.iter().enumerate().map(|(index, column)| format!("value ->> {index} AS \"{column}\"")).collect();
        Self::new(title, format!("SELECT {} FROM json_each(:rows)", columns.join(", "))).with(":rows", array(rows))
    }

    /// Adds a parameter, such as `:month`.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }

    /// Names the columns to sum up.
    pub(crate) fn totals(mut self, columns: &[&str]) -> Self {
        self.totals = columns.iter().map(ToString::to_string).collect();
        self
    }

    /// Says in which order people read the columns; those that are not named follow.
    pub(crate) fn read_as(mut self, columns: &'static [&'static str]) -> Self {
        self.read_as = columns;
        self
    }

    /// Says which columns have one value, which the title says.
    pub(crate) fn in_title(mut self, columns: &'static [&'static str]) -> Self {
        self.in_title = columns;
        self
    }

    /// Says which register's list it is.
    pub(crate) fn of(mut self, register: &'static str) -> Self {
        self.of = register;
        self
    }

    /// Has the list show the names that the office, its departments and its people had at the end of a month.
    pub(crate) fn of_month(mut self, month: Month) -> Self {
        self.named_on = Some(month.last());
        self
    }

    /// Names the columns that a page draws: whose bars, and how long they are.
    pub(crate) fn bars(mut self, label: &'static str, values: &'static [&'static str]) -> Self {
        self.bars = Some(Bars { label, values });
        self
    }

    /// Whether the list has any row.
    pub(crate) fn any(&self, book: &Connection) -> Result<bool> {
        Ok(self.bound(book)?.raw_query().next()?.is_some())
    }

    /// The texts in the first column.
    pub(crate) fn texts(&self, book: &Connection) -> Result<Vec<String>> {
        let mut statement = self.bound(book)?;
        let (mut rows, mut texts) = (statement.raw_query(), Vec::new());
        while let Some(row) = rows.next()? {
            texts.push(row.get(0)?);
        }
        Ok(texts)
    }

    /// The number in the first column of the first row.
    pub(crate) fn single(&self, book: &Connection) -> Result<i64> {
        let mut statement = self.bound(book)?;
        let mut rows = statement.raw_query();
        let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        Ok(row.get(0)?)
    }

    /// Whether it has any row.
    pub(crate) fn has_rows(&self, book: &Connection) -> Result<bool> {
        Ok(self.bound(book)?.raw_query().next()?.is_some())
    }

    /// Hands each row on.
    pub(crate) fn each(&self, book: &Connection, mut each: impl FnMut(&rusqlite::Row<'_>) -> Result<()>) -> Result<()> {
        let mut statement = self.bound(book)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            each(row)?;
        }
        Ok(())
    }

    /// The number in the first column of the first row, where it may be nothing.
    pub(crate) fn figure(&self, book: &Connection) -> Result<Option<i64>> {
        let mut statement = self.bound(book)?;
        let mut rows = statement.raw_query();
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?.flatten())
    }

    /// Runs the SELECT and writes its rows.
    ///
    /// # Errors
    /// An error of `SQLite` or of the output.
    pub fn write(&self, book: &Connection, format: Format, look: &Look, out: &mut dyn Write) -> Result<Written> {
        let look = self.look(look.clone());
        let query = self.named(book, format, look.names)?;
        if format == Format::Csv {
            let select = with_views(&query.sql);
            let names = book.prepare(&select)?;
            let columns = names.column_names().filter(|name| Column::is_shown(name)).map(Column::of_sql).collect();
            let bind = |statement: &mut Statement<'_>| self.bind(statement);
            return language::of(self.of, || delimited::write(book, &select, columns, &look, bind, out));
        }
        language::of(self.of, || super::write(&self.title, &mut query.bound(book)?.raw_query(), format, &look, out))
    }

    /// A look with what the list says of its columns.
    pub(super) fn look(&self, look: Look) -> Look {
        Look { totals: self.totals.clone(), withheld: self.withheld, bars: self.bars, in_title: self.in_title, ..look }
    }

    /// Runs the SELECT and writes its one row as a card.
    pub(crate) fn write_card(
        &self,
        book: &Connection,
        format: Format,
        look: &Look,
        out: &mut dyn Write,
    ) -> Result<Written> {
        let query = self.named(book, format, look.names)?;
        language::of(self.of, || super::show(&self.title, &mut query.bound(book)?.raw_query(), format, look, out))
    }

    /// Runs the SELECT and hands its rows to the form that `start` makes for its columns.
    pub(crate) fn fill<'f>(
        &self,
        book: &Connection,
        start: impl FnOnce(&[Column]) -> Result<Box<dyn Form + 'f>>,
    ) -> Result<Written> {
        let query = self.named(book, Format::Html, false)?;
        language::of(self.of, || super::fill(&mut query.bound(book)?.raw_query(), start))
    }

    /// The same list as this format has it: for people without columns of names, whose keys' columns show names themselves, and
    /// for scripts with such columns at its end where they are asked for.
    fn named(&self, book: &Connection, format: Format, asked: bool) -> Result<Cow<'_, Self>> {
        let scripts = format.is_for_scripts();
        if scripts && !asked && !self.sql.contains(HIDDEN_STATE) {
            return Ok(Cow::Borrowed(self));
        }
        let statement = book.prepare(&with_views(&self.sql))?;
        // What is not shown is for totals, which scripts do not get.
        let names: Vec<&str> = statement.column_names().filter(|name| !scripts || Column::is_shown(name)).collect();
        let columns: Vec<Column> = names.iter().map(|name| Column::of_sql(name)).collect();
        let stored: Vec<String> = names.iter().map(|name| format!("q.\"{name}\"")).collect();
        let of_names: Vec<String> = columns.iter().filter_map(Column::of_names).collect();
        let is_of_names = |column: &Column| of_names.contains(&column.name);
        let select: Vec<String> = if scripts {
            let missing = columns.iter().zip(&stored).filter_map(|(column, stored)| {
                let name = column
                    .of_names()
                    .filter(|_| asked)
                    .filter(|name| columns.iter().all(|known| known.name != *name))?;
                Some(format!("{} AS \"{name}\"", name::beside(stored)))
            });
            stored.iter().cloned().chain(missing).collect()
        } else {
            let mut kept: Vec<_> = columns.iter().zip(&stored).filter(|(column, _)| !is_of_names(column)).collect();
            let place = |column: &Column| self.read_as.iter().position(|read| *read == column.name);
            kept.sort_by_key(|(column, _)| place(column).unwrap_or(self.read_as.len()));
            kept.into_iter().map(|(_, stored)| stored.clone()).collect()
        };
        if select == stored && names.len() == statement.column_count() {
            return Ok(Cow::Borrowed(self));
        }
        let sql = format!("SELECT {} FROM ({}) AS q", select.join(", "), self.sql);
        Ok(Cow::Owned(Self { sql, ..self.clone() }))
    }

    /// The SELECT with its parameters, ready to be stepped through.
    fn bound<'book>(&self, book: &'book Connection) -> Result<Statement<'book>> {
        let mut statement = book.prepare(&with_views(&self.sql))?;
        self.bind(&mut statement)?;
        Ok(statement)
    }

    /// Gives the parameters of a statement their values. One without a value would be nothing, and what is selected by it none.
    fn bind(&self, statement: &mut Statement<'_>) -> rusqlite::Result<()> {
        for index in 1..=statement.parameter_count() {
            let name = statement.parameter_name(index).unwrap_or_default();
            let value = self.parameters.iter().rfind(|(known, _)| *known == name);
            let (_, value) = value.ok_or_else(|| rusqlite::Error::InvalidParameterName(name.to_owned()))?;
            statement.raw_bind_parameter(index, value)?;
        }
        Ok(())
    }
}

/// Rows as a JSON array, without a copy of them on the way.
fn array(rows: &[Vec<serde_json::Value>]) -> String {
    let mut array = String::from("[");
    for (index, row) in rows.iter().enumerate() {
        array.push_str(if index == 0 { "[" } else { ",[" });
        for (index, value) in row.iter().enumerate() {
            array.push_str(if index == 0 { "" } else { "," });
            // A value prints as its JSON.
            array.push_str(&value.to_string());
        }
        array.push(']');
    }
    array.push(']');
    array
}
