//! What a page shows of a row: every column as a person reads it, under its name.

use anyhow::Result;
use askama::Error;
use rusqlite::types::Type;
use rusqlite::{Connection, Row};

use crate::column::{self, Column, ColumnKind};
use crate::view::with_views;

/// A row of the book as a page shows it; a template asks for its columns with `card.get("place")?`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Card(Vec<Shown>);

/// A column, and what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    column: String,
    text: String,
    /// Whether it is a number of any kind, or stands blank where one would.
    figure: bool,
    /// Whether it is an amount.
    money: bool,
}

impl Card {
    /// The one row that a SELECT gives for an entry's `:id`.
    pub(crate) fn of(book: &Connection, sql: &str, id: i64) -> Result<Self> {
        let mut statement = book.prepare(&with_views(sql))?;
        let columns: Vec<Column> = statement.column_names().map(Column::of_sql).collect();
        let mut rows = statement.query([id])?;
        let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        Self::read(&columns, row)
    }

    /// Every row that a SELECT gives for an entry's `:id`.
    pub(crate) fn all(book: &Connection, sql: &str, id: i64) -> Result<Vec<Self>> {
        let mut statement = book.prepare(&with_views(sql))?;
        let columns: Vec<Column> = statement.column_names().map(Column::of_sql).collect();
        let mut rows = statement.query([id])?;
        let mut cards = Vec::new();
        while let Some(row) = rows.next()? {
            cards.push(Self::read(&columns, row)?);
        }
        Ok(cards)
    }

    /// The same, or so many blank ones to be filled in by hand where there is none.
    pub(crate) fn all_or_blank(book: &Connection, sql: &str, id: i64, blank: usize) -> Result<Vec<Self>> {
        let cards = Self::all(book, sql, id)?;
        if !cards.is_empty() {
            return Ok(cards);
        }
        let statement = book.prepare(&with_views(sql))?;
        let empty = |column: Column| Shown {
            figure: matches!(column.kind, ColumnKind::Money | ColumnKind::Percent),
            money: column.kind == ColumnKind::Money,
            column: column.name,
            text: String::new(),
        };
        let card = Self(statement.column_names().map(Column::of_sql).map(empty).collect());
        Ok(vec![card; blank])
    }

    fn read(columns: &[Column], row: &Row<'_>) -> Result<Self> {
        let mut shown = Vec::with_capacity(columns.len());
        for (index, column) in columns.iter().enumerate() {
            let value = row.get_ref(index)?;
            let number = matches!(value.data_type(), Type::Integer | Type::Real) && column.kind != ColumnKind::YesNo;
            let figure = number || matches!(column.kind, ColumnKind::Money | ColumnKind::Percent);
            let money = column.kind == ColumnKind::Money;
            shown.push(Shown { column: column.name.clone(), text: column.spoken(value)?, figure, money });
        }
        Ok(Self(shown))
    }

    /// A column; empty where nothing stands in it.
    pub(crate) fn get(&self, column: &str) -> Result<&str, Error> {
        let found = self.0.iter().find(|shown| shown.column == column);
        found
            .map(|shown| shown.text.as_str())
            .ok_or_else(|| Error::custom(std::io::Error::other(format!("a page has no column {column}"))))
    }

    /// A column; none where nothing stands in it.
    pub(crate) fn filled(&self, column: &str) -> Result<Option<&str>, Error> {
        Ok(Some(self.get(column)?).filter(|text| !text.is_empty()))
    }

    /// The same with names in the place of the keys of people and departments in these columns.
    pub(crate) fn with_names(mut self, book: &Connection, columns: &[&str]) -> Result<Self> {
        for column in columns {
            let name = super::name(book, self.get(column)?)?;
            self.set(column, name);
        }
        Ok(self)
    }

    /// The same with the title of its project behind the number.
    pub(crate) fn with_project(mut self, book: &Connection) -> Result<Self> {
        let project = super::project(book, self.get("project")?)?;
        self.set("project", project);
        Ok(self)
    }

    /// A card of these columns with nothing in them, to be filled in by hand.
    pub(crate) fn blank(columns: &[&[&str]]) -> Self {
        let mut card = Self(Vec::new());
        columns.iter().copied().flatten().for_each(|column| card.set(column, ""));
        card
    }

    /// Puts another text into a column, such as a person's name in the place of the key.
    pub(crate) fn set(&mut self, column: &str, text: impl Into<String>) {
        let money = self.0.iter().any(|shown| shown.column == column && shown.money);
        self.0.retain(|shown| shown.column != column);
        self.0.push(Shown { column: column.to_owned(), text: text.into(), figure: false, money });
    }

    /// Puts another text into a column that is no amount in yuan any more, but stands where one would.
    pub(crate) fn put(&mut self, column: &str, text: impl Into<String>) {
        self.0.retain(|shown| shown.column != column);
        self.0.push(Shown { column: column.to_owned(), text: text.into(), figure: true, money: false });
    }

    /// The same with the day behind the column that says who did something, or what; empty where nobody did yet.
    pub(crate) fn with_day(mut self, column: &str, on: &str) -> Result<Self, Error> {
        let both = self.filled(column)?.zip(self.filled(on)?).map(|(done, on)| format!("{done} / {on}"));
        self.set(column, both.unwrap_or_default());
        Ok(self)
    }

    /// What a column is called, with the unit of an amount.
    pub(crate) fn label(&self, column: &str) -> String {
        let label = column::label(column);
        let money = self.0.iter().any(|shown| shown.column == column && shown.money);
        if money { super::form::in_yuan(&label) } else { label }
    }

    /// Whether a column holds a number.
    pub(crate) fn is_figure(&self, column: &str) -> bool {
        self.0.iter().any(|shown| shown.column == column && shown.figure)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_box_for_a_figure_is_one_while_it_is_blank() {
        let book = Connection::open_in_memory().unwrap();
        let sql = "SELECT NULL AS rate_pct, NULL AS reason, 1 AS boxes, 0 AS is_major WHERE ?1";
        let card = Card::of(&book, sql, 1).unwrap();
        let figures = ["rate", "reason", "boxes", "major"].map(|column| card.is_figure(column));
        assert_eq!(figures, [true, false, true, false]);
    }
}
