//! People who were entered twice: one of the two keys stands for the other, wherever the book is read (Q21).
//!
//! What was written stays as it is written. A query that reads a table with keys of people takes the table along as it reads when
//! both keys are one; a book without such people pays nothing for it.

use std::borrow::Cow;
use std::cell::RefCell;

use anyhow::Result;
use rusqlite::Connection;

use super::laid;
use crate::column::{Column, ColumnKind};

thread_local! {
    /// Each key that stands for another, and that one.
    static MERGED: RefCell<Vec<(String, String)>> = RefCell::default();
}

/// Tables that tell who it was under the key of then, or who they are.
const AS_WRITTEN: [&str; 4] = ["journal", "reading", "person", "former_name"];

/// Takes note of who was entered twice in the book at hand.
pub(crate) fn learn(book: &Connection) -> Result<()> {
    // A book of an older version, which is looked at as it lies, knows of none.
    let Ok(mut statement) = book.prepare("SELECT key, same_as FROM person WHERE same_as IS NOT NULL ORDER BY key")
    else {
        forget();
        return Ok(());
    };
    let merged = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
    MERGED.set(merged.collect::<rusqlite::Result<_>>()?);
    Ok(())
}

/// Forgets whom another book knew.
pub(crate) fn forget() {
    MERGED.take();
}

/// Whether anybody was entered twice.
pub(super) fn any() -> bool {
    MERGED.with_borrow(|merged| !merged.is_empty())
}

/// The key under which a person is known: another's, where the two are one.
pub(crate) fn who(key: &str) -> Cow<'_, str> {
    MERGED.with_borrow(|merged| {
        let same = merged.iter().find(|(written, _)| written == key);
        same.map_or(Cow::Borrowed(key), |(_, same)| Cow::Owned(same.clone()))
    })
}

/// The tables that a query names, as they read when those who were entered twice are one: each as a common table expression.
pub(super) fn tables(words: &[&str]) -> Vec<String> {
    MERGED.with_borrow(|merged| {
        if merged.is_empty() {
            return Vec::new();
        }
        laid::tables()
            .filter(|(table, _)| words.contains(table))
            .filter_map(|(table, sql)| read(table, sql, merged))
            .collect()
    })
}

/// A table as it reads; none where no column of it holds a key of people.
fn read(table: &str, sql: &str, merged: &[(String, String)]) -> Option<String> {
    if AS_WRITTEN.contains(&table) {
        return None;
    }
    let mut columns = Vec::new();
    let mut any = false;
    for line in sql.lines().filter_map(|line| line.strip_prefix("    ")) {
        let name = line.split(' ').next().unwrap_or_default();
        if !name.starts_with(|first: char| first.is_ascii_lowercase()) {
            continue;
        }
        let holds_people = Column::of_sql(name).kind == ColumnKind::Person || line.contains("REFERENCES person");
        any |= holds_people;
        columns.push(if holds_people { format!("{} AS {name}", one(name, merged)) } else { name.to_owned() });
    }
    any.then(|| format!("{table} AS NOT MATERIALIZED (SELECT {} FROM main.{table})", columns.join(", ")))
}

/// A column in which each key that stands for another is that one, also among several.
fn one(column: &str, merged: &[(String, String)]) -> String {
    if ["addressed_to", "copied_to"].contains(&column) {
        let all = merged.iter().fold(format!("'; ' || {column} || '; '"), |all, (key, same)| {
            format!("replace({all}, '; {key}; ', '; {same}; ')")
        });
        return format!("trim({all}, '; ')");
    }
    let cases: Vec<String> = merged.iter().map(|(key, same)| format!("WHEN '{key}' THEN '{same}'")).collect();
    format!("CASE {column} {} ELSE {column} END", cases.join(" "))
}
