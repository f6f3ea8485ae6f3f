//! The book as it was before the change under way: what the change touches is held against the journal first, so that what another
//! program changed is not written down as if it had been right.
//!
//! The change has the book for writing, and nobody else commits meanwhile: a second connection sees it as it was before, at whatever
//! moment it looks. So no step has to say beforehand what it will touch; one that does is spared the second connection.

use std::collections::HashSet;
use std::path::Path;

use anyhow::Result;
use rusqlite::Connection;

use super::connection::look;
use super::schema::VERSION;
use super::thing::Thing;
use super::trail::{Changed, Trail};
use crate::column::{self, Column};
use crate::language;
use crate::refusal::{Kind, Refusal};
use crate::say;

/// The book as it was, opened once something is held against the journal.
#[derive(Debug, Default)]
pub(super) struct Before {
    seen: Seen,
    /// The things that are as the journal left them.
    held: HashSet<String>,
}

#[derive(Debug, Default)]
enum Seen {
    #[default]
    NotYet,
    /// It is being made or brought up, and has no journal of this version yet.
    Nothing,
    Book(Connection),
}

impl Before {
    /// Refuses to go on with a thing that is not as its journal rows left it, and of which the change under way has written nothing yet:
    /// its own connection shows it as it was, and no second one is opened.
    pub(super) fn hold_untouched(&mut self, book: &Connection, thing: &Thing) -> Result<()> {
        if !self.held.contains(&thing.name) {
            refuse_changed(book, thing)?;
            self.held.insert(thing.name.clone());
        }
        Ok(())
    }

    /// Refuses to go on with a thing that is not as its journal rows left it, whatever of it the change has written already.
    pub(super) fn hold(&mut self, path: &Path, thing: &Thing) -> Result<()> {
        if self.held.contains(&thing.name) {
            return Ok(());
        }
        if let Some(book) = self.book(path)? {
            refuse_changed(book, thing)?;
        }
        self.held.insert(thing.name.clone());
        Ok(())
    }

    fn book(&mut self, path: &Path) -> Result<Option<&Connection>> {
        if matches!(self.seen, Seen::NotYet) {
            let book = look(path)?;
            let version: i32 = book.query_row("PRAGMA user_version", (), |row| row.get(0))?;
            self.seen = if version == VERSION { Seen::Book(book) } else { Seen::Nothing };
        }
        Ok(match &self.seen {
            Seen::Book(book) => Some(book),
            Seen::NotYet | Seen::Nothing => None,
        })
    }
}

fn refuse_changed(book: &Connection, thing: &Thing) -> Result<()> {
    match Trail::read(book, &thing.name)?.changed_by_hand(book, thing)? {
        Some(changed) => Err(refusal(&thing.name, &changed).into()),
        None => Ok(()),
    }
}

/// Refuses to write down, as an upgrade does, what another program changed of a thing before: `made` where the upgrade itself makes such
/// things, and the columns but which are those that it filled.
pub(super) fn refuse_changed_but(
    book: &Connection,
    thing: &Thing,
    made: bool,
    but: &dyn Fn(&str) -> bool,
) -> Result<()> {
    let changed = match Trail::read(book, &thing.name)?.changed_by_hand(book, thing)? {
        None => return Ok(()),
        Some(Changed::Unrecorded) if made => return Ok(()),
        Some(Changed::Otherwise { row, columns }) => {
            let columns: Vec<String> = columns.into_iter().filter(|column| !but(column)).collect();
            if columns.is_empty() {
                return Ok(());
            }
            Changed::Otherwise { row, columns }
        }
        Some(changed) => changed,
    };
    Err(refusal(&thing.name, &changed).into())
}

/// Refuses where the journal knows a thing that the book has no more.
pub(super) fn refuse_missing(book: &Connection, thing: &Thing) -> Result<()> {
    match Trail::read(book, &thing.name)?.changed(book, None)? {
        Some(missing) => Err(refusal(&thing.name, &missing).into()),
        None => Ok(()),
    }
}

/// The refusal to go on with a thing that another program changed. It tells no values: they may be restricted.
fn refusal(name: &str, changed: &Changed) -> Refusal {
    let thing = language::thing(name);
    let what = match changed {
        Changed::Missing { row } => {
            say!("{thing} was taken out of the book by another program: it is in the journal (row {row})", thing, row)
        }
        Changed::Unrecorded => {
            say!("{thing} was put into the book by another program: it is not in the journal", thing)
        }
        Changed::Otherwise { row, columns } => say!(
            "{thing} was changed by another program, and is not as row {row} of the journal left it: {columns}",
            thing,
            row,
            columns = called(columns)
        ),
    };
    Refusal::new(Kind::Found, what).or(say!(
        "see all of it with: branchbook verify; go on from the newest good copy with: branchbook restore COPY"
    ))
}

/// What a person reads for columns of a thing, `subject`, and of rows of its lists, `contract.1.amount_fen`: those of one row together.
fn called(columns: &[String]) -> String {
    let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
    for path in columns {
        let (row, column) = path.rsplit_once('.').unwrap_or(("", path));
        let heading = column::heading(&Column::of_sql(column).name);
        match rows.last_mut().filter(|(last, _)| *last == row) {
            Some((_, headings)) => headings.push(heading),
            None => rows.push((row, vec![heading])),
        }
    }
    let said = rows.into_iter().map(|(row, headings)| {
        let headings = headings.join(language::comma());
        let words: Vec<_> = row.split('.').filter(|word| !word.is_empty()).map(language::people).collect();
        if words.is_empty() { headings } else { format!("{}{}", words.join(" "), language::in_brackets(&headings)) }
    });
    said.collect::<Vec<_>>().join(language::comma())
}
