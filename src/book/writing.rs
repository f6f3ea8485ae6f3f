//! The one write transaction of a command, after which the book is said to have come further.

use std::ops::Deref;
use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, Transaction};

use super::answered::{self, AnsweredFile};
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// A write transaction; what it changed is taken back when it is dropped before it is committed.
#[derive(Debug)]
pub struct Writing<'book> {
    transaction: Transaction<'book>,
    answered: &'book AnsweredFile,
}

impl<'book> Writing<'book> {
    pub(super) const fn new(transaction: Transaction<'book>, answered: &'book AnsweredFile) -> Self {
        Self { transaction, answered }
    }

    /// Makes the change durable, and then says beside the book how far it has come.
    ///
    /// # Errors
    /// An error of `SQLite`; nothing is changed then.
    pub fn commit(self) -> Result<()> {
        let answered = answered::of(&self.transaction)?;
        self.transaction.commit()?;
        self.answered.move_on(answered);
        Ok(())
    }
}

impl Deref for Writing<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.transaction
    }
}

/// Proves a book that another program wrote to, or beside which it laid another log: it may be a mixture of two.
pub(super) fn prove(book: &Connection, path: &Path) -> Result<()> {
    let sound: String = book.query_row("PRAGMA integrity_check(1)", (), |row| row.get(0))?;
    let whole = "SELECT (SELECT count(*) = coalesce(max(id), 0) FROM journal) AND (SELECT count(*) = coalesce(max(id), 0) FROM reading)";
    if sound == "ok" && book.query_row(whole, (), |row| row.get(0))? {
        return Ok(());
    }
    let shown = path.display().to_string();
    Err(Refusal::failed(say!(
        "another program wrote to {book}, or laid another log beside it, and it is not sound now: {sound}",
        book = shown,
        sound = if sound == "ok" { say!("journal rows are missing").to_owned() } else { sound }
    ))
    .or(say!(
        "keep the file for the repair, and go on from the newest good copy with: branchbook restore COPY --book {word}",
        word = text::word(&shown)
    ))
    .into())
}
