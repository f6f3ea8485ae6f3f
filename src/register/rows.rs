//! Fields whose values are rows of a table of their own.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::entry::Entry;
use super::notation;
use crate::book::select::Select;
use crate::refusal::Refusal;

/// The rows that belong to an entry, such as its visitors.
#[derive(Debug)]
pub struct Rows {
    /// The table.
    pub table: &'static str,
    /// Its columns besides `entry` and `position`.
    pub columns: &'static [&'static str],
    /// How many of them, from the first, are decided on where an entry is approved.
    pub(crate) told: usize,
    /// Whether equal ones are two, as the lines of a paper are; else whoever gives one twice slipped.
    pub(crate) may_repeat: bool,
    /// Reads one row as it is typed.
    pub(crate) parse: fn(&str) -> Result<Vec<Value>, Refusal>,
    /// Finds in the book what was not typed, for an entry of this day.
    pub(crate) find: fn(&Connection, NaiveDate, Vec<Value>) -> Result<Vec<Value>>,
    /// What stands between two of them in a file.
    pub(crate) between: char,
    /// Takes a cell of a file apart into rows, each as it could be typed, at what stands between them.
    pub(crate) apart: fn(&str, char) -> Vec<String>,
    /// Finds in the book what a file does not tell, for an entry of this day.
    pub(crate) in_file: fn(&Connection, NaiveDate, Vec<Value>) -> Result<Vec<Value>>,
}

impl Rows {
    /// Rows of which nothing is said yet.
    pub(crate) const BLANK: Self = Self {
        table: "",
        columns: &[],
        told: usize::MAX,
        may_repeat: false,
        parse: |_| Ok(Vec::new()),
        find: |_, _, row| Ok(row),
        between: ';',
        apart: notation::apart,
        in_file: |_, _, row| Ok(row),
    };
}

impl Rows {
    /// Those of an entry, in their order, as values of the columns.
    pub(super) fn read(&self, book: &Connection, entry: &Entry) -> Result<Vec<Vec<Value>>> {
        let sql = format!("SELECT {} FROM {} WHERE entry = ?1 ORDER BY position", self.columns.join(", "), self.table);
        let width = self.columns.len();
        book.each(&sql, [entry.id], |row| (0..width).map(|index| row.get(index)).collect())
    }

    /// Puts these in the place of those of an entry.
    pub(super) fn write(&self, book: &Connection, entry: &Entry, rows: &[Vec<Value>]) -> Result<()> {
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
