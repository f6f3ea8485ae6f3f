//! Fields whose values are rows of a table of their own.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::old_field::InFile;
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
    /// Reads one row as a file has it; none where it is written there as it is typed.
    pub(crate) in_file: Option<InFile>,
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
        in_file: None,
    };
}
