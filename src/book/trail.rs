//! The journal rows of one thing against the thing as it stands: what another program changed of it.

use anyhow::Result;
use rusqlite::Connection;

use super::schema::{DROPPED, FILLED};
use super::standing::Standing;
use super::thing::{self, Thing};

/// The journal rows of one thing.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    pub(crate) name: String,
    /// The newest row.
    id: i64,
    records: Vec<String>,
}

/// How a thing is not as the journal left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Changed {
    /// It is in the journal, whose newest row of it is this, but not in the book.
    Missing { row: i64 },
    /// It is in the book, but not in the journal.
    Unrecorded,
    /// These columns have other values than after this row of the journal. The values are not told: they may be restricted.
    Otherwise { row: i64, columns: Vec<String> },
}

impl Trail {
    /// The rows of a thing, of which none was taken in yet.
    pub(crate) fn of(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// All rows of a thing.
    pub(super) fn read(book: &Connection, name: &str) -> Result<Self> {
        let mut trail = Self::of(name);
        let mut statement = book.prepare_cached("SELECT id, record FROM journal WHERE thing = ?1 ORDER BY id")?;
        let mut rows = statement.query([name])?;
        while let Some(row) = rows.next()? {
            trail.take(row.get(0)?, row.get_ref(1)?.as_str()?);
        }
        Ok(trail)
    }

    /// Takes the next row in; false where it holds no record of such a thing.
    pub(crate) fn take(&mut self, id: i64, record: &str) -> bool {
        let is_record = thing::is_record_of(&self.name, record);
        if is_record {
            self.id = id;
            self.records.push(record.to_owned());
        }
        is_record
    }

    /// How the thing, if there is one of this name, differs in the book from what its rows say; none where it does not, or no row says
    /// anything.
    pub(crate) fn changed(&self, book: &Connection, thing: Option<&Thing>) -> Result<Option<Changed>> {
        let Some((newest, earlier)) = self.records.split_last() else { return Ok(None) };
        let missing = Changed::Missing { row: self.id };
        let Some(thing) = thing else { return Ok(Some(missing)) };
        let now = thing.whole(book)?;
        let growing = thing.growing();
        let has_rows = |record: &String| growing.iter().any(|table| record.contains(&format!("\"{table}\":[")));
        let same = now == *newest || !newest.contains("\"entered_on\":") && without_filled(&now) == *newest;
        if same && !earlier.iter().any(has_rows) {
            return Ok(None);
        }
        let (mut told, mut found) = (Standing::default(), Standing::default());
        for record in &self.records {
            told.follow(record, &growing)?;
        }
        if now == "{}" {
            return Ok((told != found).then_some(missing));
        }
        found.follow(&now, &growing)?;
        // A record of before the upgrade has none of them; one of after it lacks only what is empty.
        if FILLED.iter().all(|filled| told.value(filled.table, filled.column).is_none()) {
            for filled in FILLED {
                found.forget(filled.table, filled.column);
            }
        }
        for (table, column) in DROPPED {
            told.forget(table, column);
        }
        let columns: Vec<String> = told.differences(&found).into_iter().map(|(column, ..)| column).collect();
        Ok((!columns.is_empty()).then_some(Changed::Otherwise { row: self.id, columns }))
    }

    /// As [`Trail::changed`], also of a thing of which no row says anything.
    pub(super) fn changed_by_hand(&self, book: &Connection, thing: &Thing) -> Result<Option<Changed>> {
        if !self.records.is_empty() {
            return self.changed(book, Some(thing));
        }
        Ok((thing.whole(book)? != "{}").then_some(Changed::Unrecorded))
    }
}

/// A record without the columns that an upgrade filled in, as it was before; that these are right is checked over all entries
/// in one statement.
fn without_filled(record: &str) -> String {
    let mut bare = record.to_owned();
    for filled in FILLED {
        let key = format!(",\"{}\":", filled.column);
        if let Some(begin) = bare.find(&key) {
            let value = begin + key.len();
            let end = bare[value..].find([',', '}']).map_or(bare.len(), |length| value + length);
            bare.replace_range(begin..end, "");
        }
    }
    bare
}
