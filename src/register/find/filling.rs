//! Filling the index of `find`: which texts an entry has, and where they are put.

use std::collections::HashMap;

use anyhow::{Context, Result};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};

use super::super::ALL;
use super::pairs;
use crate::text;
use crate::text::sought;
use crate::view::with_views;

/// So many bytes of lists are kept in memory before they are put into the file.
const KEPT: usize = 32 << 20;

/// A list is gone on with up to this length in bytes, then another is begun.
const FULL: usize = 1 << 11;

/// Entries of which nothing but the index is told yet.
pub(super) struct Filling<'i> {
    index: &'i Connection,
    /// Whether the index may tell of them already.
    may_be_there: bool,
    names: HashMap<String, i64>,
    /// The entries that have a pair, as [`pairs::write`] lists them, and the last of them.
    lists: HashMap<i64, (Vec<u8>, i64)>,
    kept: usize,
}

impl<'i> Filling<'i> {
    pub(super) fn of(index: &'i Connection, may_be_there: bool) -> Self {
        Self { index, may_be_there, names: HashMap::new(), lists: HashMap::new(), kept: 0 }
    }

    /// Puts entries into the index as they are now: these, or all. What they were before stays in it, and is not found since they
    /// are read before they are shown.
    pub(super) fn fill(mut self, book: &Connection, entries: Option<&[i64]>) -> Result<()> {
        let only = entries.map(serde_json::to_string).transpose()?;
        for register in ALL.iter().copied() {
            let (columns, names) = register.searched(false);
            let narrowed = only.as_ref().map_or("", |_| " WHERE id IN (SELECT value FROM json_each(:only))");
            let sql = format!("SELECT id, {} FROM {}{narrowed}", columns.join(", "), register.view);
            let mut statement = book.prepare(&with_views(&sql))?;
            if let (Some(only), Some(place)) = (&only, statement.parameter_index(":only")?) {
                statement.raw_bind_parameter(place, only)?;
            }
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next()? {
                self.take((columns.len(), names), row)?;
            }
        }
        self.put()
    }

    /// Takes in what is searched of an entry: so many texts, of which so many at the end are names.
    fn take(&mut self, (texts, names): (usize, usize), row: &Row<'_>) -> Result<()> {
        let entry: i64 = row.get(0)?;
        if self.may_be_there {
            self.index.prepare_cached("DELETE FROM named WHERE entry = ?1")?.execute([entry])?;
        }
        for place in 0..texts {
            let ValueRef::Text(text) = row.get_ref(place + 1)? else { continue };
            let text = std::str::from_utf8(text)?;
            for pair in pairs::all(&text::plain(text)) {
                let (list, before) = self.lists.entry(pair).or_default();
                if *before != entry {
                    let length = list.len();
                    pairs::write(list, *before, entry);
                    self.kept += list.len() - length;
                    *before = entry;
                }
            }
            if place >= texts - names {
                sought::names(text).try_for_each(|name| self.name(name, entry))?;
            }
        }
        if self.kept > KEPT { self.put() } else { Ok(()) }
    }

    fn name(&mut self, name: String, entry: i64) -> Result<()> {
        let name = if let Some(id) = self.names.get(&name) {
            *id
        } else {
            self.index.prepare_cached("INSERT OR IGNORE INTO name (name) VALUES (?1)")?.execute([&name])?;
            let mut known = self.index.prepare_cached("SELECT id FROM name WHERE name = ?1")?;
            let id = known.query_row([&name], |row| row.get(0)).context("the name was put in")?;
            *self.names.entry(name).or_insert(id)
        };
        self.index.prepare_cached("INSERT OR IGNORE INTO named VALUES (?1, ?2)")?.execute([name, entry])?;
        Ok(())
    }

    /// Puts the lists into the file, pair by pair.
    fn put(&mut self) -> Result<()> {
        let mut lists: Vec<(i64, Vec<u8>)> = self.lists.drain().map(|(pair, (list, _))| (pair, list)).collect();
        lists.sort_unstable_by_key(|(pair, _)| *pair);
        self.kept = 0;
        let mut last =
            self.index.prepare_cached("SELECT part, entries FROM pair WHERE pair = ?1 ORDER BY part DESC LIMIT 1")?;
        let mut put = self.index.prepare_cached("INSERT OR REPLACE INTO pair VALUES (?1, ?2, ?3)")?;
        for (pair, list) in lists {
            let there: Option<(i64, Vec<u8>)> =
                last.query_row([pair], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            match there {
                Some((part, before)) if before.len() + list.len() <= FULL => {
                    put.execute((pair, part, joined(before, &list)))?;
                }
                there => drop(put.execute((pair, there.map_or(0, |(part, _)| part + 1), list))?),
            }
        }
        Ok(())
    }
}

/// Two lists as one.
fn joined(mut list: Vec<u8>, more: &[u8]) -> Vec<u8> {
    let mut before = pairs::read(&list).last().unwrap_or_default();
    for entry in pairs::read(more) {
        pairs::write(&mut list, before, entry);
        before = entry;
    }
    list
}
