//! Decisions on an entry, as they stand on its approval sheet (R5.3, R5.4).

use anyhow::Result;
use rusqlite::Connection;

use super::entry::Entry;
use crate::language;
use crate::money::Money;
use crate::page;

/// A decision that was given, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub what: String,
    /// The name of who decided.
    pub by: String,
    /// The day.
    pub on: String,
    /// The amount decided on, in yuan; empty where none was.
    pub amount: String,
}

impl Decision {
    /// The decisions on an entry in their order; `words` says what a verb decided on the entry or on a part of it.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn all(book: &Connection, entry: &Entry, words: fn(&str, Option<i64>) -> String) -> Result<Vec<Self>> {
        let mut statement = book.prepare(
            "SELECT verb, part, decided_by, decided_on, amount_fen FROM approval WHERE entry = ?1 ORDER BY position",
        )?;
        let mut rows = statement.query([entry.id])?;
        let mut decisions = Vec::new();
        while let Some(row) = rows.next()? {
            let (verb, by, on): (String, String, String) = (row.get(0)?, row.get(2)?, row.get(3)?);
            decisions.push(Self {
                what: words(&verb, row.get(1)?),
                by: page::name(book, &by)?,
                on: language::day(&on),
                amount: row.get::<_, Option<Money>>(4)?.map(Money::grouped).unwrap_or_default(),
            });
        }
        Ok(decisions)
    }
}
