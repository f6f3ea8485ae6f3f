//! The one write transaction of a command, or of several command lines, after which the book is said to have come further.

use std::ops::Deref;
use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, DropBehavior, Transaction};

use super::Book;
use super::answered::{self, AnsweredFile};
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// A write transaction, or one of several changes that are made durable together; what it changed is taken back when it is dropped
/// before it is committed.
#[derive(Debug)]
pub struct Writing<'book> {
    under_way: UnderWay<'book>,
    answered: &'book AnsweredFile,
}

#[derive(Debug)]
enum UnderWay<'book> {
    Whole(Transaction<'book>),
    Part(Part<'book>),
}

/// A change within a transaction that others are part of as well.
#[derive(Debug)]
struct Part<'book> {
    connection: &'book Connection,
    is_kept: bool,
}

impl<'book> Writing<'book> {
    pub(super) const fn new(transaction: Transaction<'book>, answered: &'book AnsweredFile) -> Self {
        Self { under_way: UnderWay::Whole(transaction), answered }
    }

    /// Where the book is that is written.
    pub(super) fn path(&self) -> &Path {
        self.answered.book()
    }

    /// Makes the change durable, and then says beside the book how far it has come; a change that is part of several becomes so with
    /// them.
    ///
    /// # Errors
    /// An error of `SQLite`; nothing is changed then.
    pub fn commit(self) -> Result<()> {
        match self.under_way {
            UnderWay::Whole(transaction) => {
                let answered = answered::of(&transaction)?;
                transaction.commit()?;
                self.answered.move_on(answered);
            }
            UnderWay::Part(mut part) => {
                part.connection.execute_batch("RELEASE line")?;
                part.is_kept = true;
            }
        }
        Ok(())
    }
}

impl Deref for Writing<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match &self.under_way {
            UnderWay::Whole(transaction) => transaction,
            UnderWay::Part(part) => part.connection,
        }
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        if !self.is_kept {
            let _ = self.connection.execute_batch("ROLLBACK TO line; RELEASE line");
        }
    }
}

impl Book {
    /// Has all changes from now on be one, until they are made durable or taken back together.
    ///
    /// # Errors
    /// As [`Book::begin`].
    pub(crate) fn begin_together(&mut self) -> Result<()> {
        if let UnderWay::Whole(mut transaction) = self.begin()?.under_way {
            transaction.set_drop_behavior(DropBehavior::Ignore);
        }
        self.together = true;
        Ok(())
    }

    /// A change that is part of those which are one.
    pub(super) fn begin_part(&self) -> Result<Writing<'_>> {
        self.connection.execute_batch("SAVEPOINT line")?;
        let part = Part { connection: &self.connection, is_kept: false };
        Ok(Writing { under_way: UnderWay::Part(part), answered: &self.answered })
    }

    /// Makes the changes durable that are one.
    ///
    /// # Errors
    /// An error of `SQLite`; nothing is changed then.
    pub(crate) fn commit_together(&mut self) -> Result<()> {
        let answered = answered::of(&self.connection)?;
        self.connection.execute_batch("COMMIT")?;
        self.together = false;
        self.answered.move_on(answered);
        Ok(())
    }

    /// Takes the changes back that are one.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub(crate) fn take_back_together(&mut self) -> Result<()> {
        self.together = false;
        Ok(self.connection.execute_batch("ROLLBACK")?)
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
