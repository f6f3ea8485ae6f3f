//! The visitors of a reception and their positions (R5.2(1)).

use std::fmt;
use std::str::FromStr;

use anyhow::Result;
use rusqlite::Connection;

use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::{Line, visible};

/// What stands between two visitors in a list.
pub const BETWEEN: char = '|';

/// A visitor, typed and printed as `name;position`; the semicolon may be typed full-width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// Name.
    pub name: String,
    /// Position at the visiting unit.
    pub title: String,
}

impl FromStr for Visitor {
    type Err = Refusal;

    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let wrong = || {
            Refusal::rule(
                "R5.2(1)",
                say!("`{typed}` does not tell a visitor and the position", typed = visible(typed.trim())),
            )
            .or(say!("give both, such as --visitor \"刘工;工程师\""))
        };
        let (name, title) = typed.split_once([';', '\u{ff1b}']).ok_or_else(wrong)?;
        if title.contains([';', '\u{ff1b}']) || typed.contains(BETWEEN) {
            return Err(wrong());
        }
        let line = |part: &str| part.parse::<Line>().map(|line| line.to_string()).map_err(|_| wrong());
        Ok(Self { name: line(name)?, title: line(title)? })
    }
}

impl fmt::Display for Visitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{};{}", self.name, self.title)
    }
}

impl Visitor {
    /// The visitors of a reception, in their order.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn all(book: &Connection, entry: &Entry) -> Result<Vec<Self>> {
        let mut statement =
            book.prepare_cached("SELECT name, title FROM visitor WHERE entry = ?1 ORDER BY position")?;
        let visitors = statement.query_map([entry.id], |row| Ok(Self { name: row.get(0)?, title: row.get(1)? }))?;
        Ok(visitors.collect::<rusqlite::Result<_>>()?)
    }

    /// Writes the visitors of a reception, in the place of those that it had.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn write(book: &Connection, entry: &Entry, visitors: &[Self]) -> Result<()> {
        book.execute("DELETE FROM visitor WHERE entry = ?1", [entry.id])?;
        let mut statement = book.prepare_cached("INSERT INTO visitor VALUES (?1, ?2, ?3, ?4)")?;
        for (visitor, position) in visitors.iter().zip(1_i64..) {
            statement.execute((entry.id, position, &visitor.name, &visitor.title))?;
        }
        Ok(())
    }
}
