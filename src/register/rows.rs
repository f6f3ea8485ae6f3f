//! Fields whose values are rows of a table of their own.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::notation;
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
        parse: |_| Ok(Vec::new()),
        find: |_, _, row| Ok(row),
        between: ';',
        apart: notation::apart,
        in_file: |_, _, row| Ok(row),
    };
}
