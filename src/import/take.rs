//! What a register does with the rows of a file.

use anyhow::Result;
use rusqlite::Connection;

use super::row::{Cells, Fault};
use crate::book::change::Change;
use crate::refusal::Refusal;

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It is a new entry.
    New,
    /// The book has it already, the same in every field.
    Same,
}

/// What becomes of the other rows of a file where some are astray.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Others {
    /// Nothing of the file is taken.
    AreLeft,
    /// They are taken without those.
    AreTaken,
}

/// What a register does with the rows of a file.
pub(crate) trait Take {
    /// What the rows are, for messages, such as `contact forms`.
    const WHAT: &'static str;
    /// Whether rows are taken in the order of their days, whatever their order in the file: the verdict on one may follow from those
    /// before it. What stands in the way of a day is told all the same.
    const BY_DAY: bool = false;

    /// What decides between rows of one day: rows that tell the same are alike.
    fn order(_: &Cells<'_>) -> String {
        String::new()
    }

    /// Shorter names of fields that may be typed: (short, field).
    fn short() -> Vec<(&'static str, &'static str)>;

    /// The fields that a row may have.
    fn fields() -> Vec<&'static str>;

    /// The columns whose headings are labels of fields: (column, field).
    fn labels() -> Vec<(&'static str, &'static str)> {
        Self::fields().into_iter().map(|field| (field, field)).collect()
    }

    /// The words of the book that fields take, which a file may have in any language.
    ///
    /// # Errors
    /// An error of `SQLite`.
    fn words(_: &Connection) -> Result<Vec<(&'static str, Vec<String>)>> {
        Ok(Vec::new())
    }

    /// The fields that something must feed.
    fn required() -> Vec<&'static str>;

    /// The fields of which each must be fed where a column feeds one of them: a row may have none of them, and none alone.
    fn required_together() -> Vec<&'static str> {
        Vec::new()
    }

    /// Refuses columns that feed nothing, where the rows would mean something else without them.
    fn refuse_unused(_: &[&str]) -> Result<(), Refusal> {
        Ok(())
    }

    /// The command that voids an entry of the rows; none where equal rows are no two entries.
    fn void() -> Option<String> {
        None
    }

    /// Takes a row into the book, inside the change.
    ///
    /// # Errors
    /// The inner error says what is wrong with the row; the outer one ends the import.
    fn take(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Result<Taken, Fault>>;

    /// What is wrong with rows that only the whole file shows, each with its line.
    fn astray(&mut self, _: Others) -> Vec<(u64, Fault)> {
        Vec::new()
    }

    /// Finishes after the last row. Gives what the person should know.
    ///
    /// # Errors
    /// An error of `SQLite`.
    fn finish(self, change: &mut Change<'_>) -> Result<Vec<String>>;
}
