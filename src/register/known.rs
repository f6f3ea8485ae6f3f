//! Rows without a number: which of them tell of entries that the book had before the file came.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::{Value, ValueRef};

use super::old_form::List;
use crate::book::journal::{self, Hash};
use crate::book::select::Select;
use crate::day;

/// The entries of a register that the book had before an import. A row tells of one of them where an import read the same row of it,
/// whatever became of the entry since, or else where the entry reads like the row. Each entry is found once: two equal rows of a file
/// are two entries, and known where the book had two.
#[derive(Debug)]
pub(crate) struct Known {
    /// Selects what tells the entries of a day apart.
    sql: String,
    register: &'static str,
    /// The last entry that was in the book before.
    before: i64,
    days: HashSet<NaiveDate>,
    /// The entries of the days that rows asked for, by what tells them apart.
    alike: HashMap<Hash, Vec<i64>>,
    /// What imports read of entries, each with the entry, in order; nothing before the first row asks.
    read: Option<Vec<(i64, i64)>>,
    /// How many of those of which the same was read were found, by what was read.
    passed: HashMap<i64, usize>,
    found: HashSet<i64>,
}

/// What a row tells of an entry.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) day: NaiveDate,
    pub(crate) department: &'a str,
    pub(crate) person: &'a str,
    /// The first of its own fields, as many as tell entries apart.
    pub(crate) values: &'a [Value],
    pub(crate) lists: &'a [List],
    /// The first 64 bits of a SHA-256 of the row as it is in the file.
    pub(crate) fingerprint: Option<i64>,
}

impl Known {
    /// What the book has of a register; entries of one day are told apart by their department, their person, these columns
    /// of the register's own table, and their lists.
    pub(crate) fn before(book: &Connection, register: &'static str, columns: &[&str]) -> Result<Self> {
        let own: Vec<String> = columns.iter().map(|column| format!("o.{column}")).collect();
        let sql = format!(
            "SELECT e.id, e.department, e.person, {} FROM entry AS e JOIN {register} AS o ON o.entry = e.id
             WHERE e.register = ?1 AND e.day_on = ?2 AND e.id <= ?3 AND e.state <> 'void' ORDER BY e.id DESC",
            own.join(", ")
        );
        let before = book.only("SELECT coalesce(max(id), 0) FROM entry", ())?;
        let (days, alike, found) = (HashSet::new(), HashMap::new(), HashSet::new());
        Ok(Self { sql, register, before, days, alike, read: None, passed: HashMap::new(), found })
    }

    /// The last entry that was in the book before.
    pub(crate) const fn last(&self) -> i64 {
        self.before
    }

    /// Whether the book had an entry of which the row tells, and no row before this one did.
    pub(crate) fn take(&mut self, book: &Connection, row: &Told<'_>) -> Result<bool> {
        if let Some(entry) = self.read_before(book, row.fingerprint)? {
            return Ok(self.found.insert(entry));
        }
        if self.days.insert(row.day) {
            self.look_at(book, row.day)?;
        }
        let texts = [row.department, row.person].map(|text| ValueRef::Text(text.as_bytes()));
        let values: Vec<ValueRef<'_>> = texts.into_iter().chain(row.values.iter().map(ValueRef::from)).collect();
        let Some(alike) = self.alike.get_mut(&hash(row.day, &values)) else { return Ok(false) };
        for place in (0..alike.len()).rev() {
            let entry = alike[place];
            if self.found.contains(&entry) {
                alike.remove(place);
            } else if is_alike(book, entry, row.lists)? {
                alike.remove(place);
                return Ok(self.found.insert(entry));
            }
        }
        Ok(false)
    }

    /// An entry of which an import read this very row, and that no row before this one told of.
    fn read_before(&mut self, book: &Connection, fingerprint: Option<i64>) -> Result<Option<i64>> {
        let Some(fingerprint) = fingerprint else { return Ok(None) };
        if self.read.is_none() {
            self.read = Some(book.rows(
                "SELECT fingerprint, id FROM entry WHERE register = ?1 AND id <= ?2 AND fingerprint IS NOT NULL AND state <> 'void'
                 ORDER BY 1, 2",
                (self.register, self.before),
            )?);
        }
        let read = self.read.as_deref().unwrap_or_default();
        let passed = self.passed.entry(fingerprint).or_default();
        let first = *passed + read.partition_point(|(known, _)| *known < fingerprint);
        for (_, entry) in read[first..].iter().take_while(|(known, _)| *known == fingerprint) {
            *passed += 1;
            if !self.found.contains(entry) {
                return Ok(Some(*entry));
            }
        }
        Ok(None)
    }

    /// Reads the entries of a day.
    fn look_at(&mut self, book: &Connection, day: NaiveDate) -> Result<()> {
        let mut statement = book.prepare_cached(&self.sql)?;
        let width = statement.column_count();
        let mut rows = statement.query((self.register, day, self.before))?;
        while let Some(row) = rows.next()? {
            let values = (1..width).map(|index| row.get_ref(index)).collect::<rusqlite::Result<Vec<_>>>()?;
            self.alike.entry(hash(day, &values)).or_default().push(row.get(0)?);
        }
        Ok(())
    }
}

/// Whether the entry has the lists of which a row tells.
fn is_alike(book: &Connection, entry: i64, lists: &[List]) -> Result<bool> {
    for list in lists {
        if !list.is_in(book, entry)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What tells entries apart, in few bytes.
fn hash(day: NaiveDate, values: &[ValueRef<'_>]) -> Hash {
    let day = day::text_of(day);
    let columns: Vec<ValueRef<'_>> =
        std::iter::once(ValueRef::Text(day.as_bytes())).chain(values.iter().copied()).collect();
    journal::chain(&[0; 32], &columns)
}
