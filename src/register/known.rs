//! Rows without a number: which of them tell of entries that the book had before the file came.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::{Value, ValueRef};

use crate::book::journal::{self, Hash};

/// The entries of a register that the book had before an import, day by day as rows ask for them. What they are told apart by
/// is kept as a fingerprint, each as often as there are such entries: two equal rows of a file are two entries, and known
/// where the book had two.
#[derive(Debug)]
pub(crate) struct Known {
    /// Selects what tells the entries of a day apart.
    sql: String,
    register: &'static str,
    /// The last entry that was in the book before.
    before: i64,
    days: HashSet<NaiveDate>,
    left: HashMap<Hash, u32>,
}

impl Known {
    /// What the book has of a register; entries of one day are told apart by their department, their person and these columns
    /// of the register's own table.
    pub(crate) fn before(book: &Connection, register: &'static str, columns: &[&str]) -> Result<Self> {
        let own: Vec<String> = columns.iter().map(|column| format!("o.{column}")).collect();
        let sql = format!(
            "SELECT e.department, e.person, {} FROM entry AS e JOIN {register} AS o ON o.entry = e.id
             WHERE e.register = ?1 AND e.day_on = ?2 AND e.id <= ?3 AND e.state <> 'void'",
            own.join(", ")
        );
        let before = book.query_row("SELECT coalesce(max(id), 0) FROM entry", (), |row| row.get(0))?;
        Ok(Self { sql, register, before, days: HashSet::new(), left: HashMap::new() })
    }

    /// The last entry that was in the book before.
    pub(crate) const fn last(&self) -> i64 {
        self.before
    }

    /// Whether the book had an entry that reads like this row, and no row before this one was it.
    pub(crate) fn take(
        &mut self,
        book: &Connection,
        day: NaiveDate,
        department: &str,
        person: &str,
        values: &[Value],
    ) -> Result<bool> {
        if self.days.insert(day) {
            self.read(book, day)?;
        }
        let texts = [department, person].map(|text| ValueRef::Text(text.as_bytes()));
        let row: Vec<ValueRef<'_>> = texts.into_iter().chain(values.iter().map(ValueRef::from)).collect();
        let left = self.left.get_mut(&fingerprint(day, &row));
        Ok(left.filter(|left| **left > 0).is_some_and(|left| {
            *left -= 1;
            true
        }))
    }

    /// Reads the entries of a day.
    fn read(&mut self, book: &Connection, day: NaiveDate) -> Result<()> {
        let mut statement = book.prepare_cached(&self.sql)?;
        let width = statement.column_count();
        let mut rows = statement.query((self.register, day, self.before))?;
        while let Some(row) = rows.next()? {
            let values = (0..width).map(|index| row.get_ref(index)).collect::<rusqlite::Result<Vec<_>>>()?;
            *self.left.entry(fingerprint(day, &values)).or_default() += 1;
        }
        Ok(())
    }
}

/// What tells entries apart, in few bytes.
fn fingerprint(day: NaiveDate, values: &[ValueRef<'_>]) -> Hash {
    let day = day.to_string();
    let columns: Vec<ValueRef<'_>> =
        std::iter::once(ValueRef::Text(day.as_bytes())).chain(values.iter().copied()).collect();
    journal::chain(&[0; 32], &columns)
}
