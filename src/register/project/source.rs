//! Where a project comes from: one entry of user information, of which no other project came (R2.3).

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension};

use crate::book::change::Change;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// Refuses a project beside another that came of the same information, save one that is void; `but` is the project itself.
///
/// # Errors
/// A refusal by R2.3 naming the other project.
pub fn refuse_second(book: &Connection, source: &str, but: Option<&str>) -> Result<()> {
    let other: Option<String> = book
        .prepare_cached(
            "SELECT e.number FROM project AS p JOIN entry AS e ON e.id = p.entry
             WHERE p.source = ?1 AND e.state <> 'void' AND e.number IS NOT ?2 ORDER BY e.id LIMIT 1",
        )?
        .query_row((source, but), |row| row.get(0))
        .optional()?;
    match other {
        None => Ok(()),
        Some(other) => Err(Refusal::rule("R2.3", say!("{source} is project {other} already", source, other))
            .or(say!("go on with it: branchbook project show {other}", other))
            .into()),
    }
}

/// Links a project to the information that it came of; gives whether that is new.
///
/// # Errors
/// A refusal by R2.3 where the project is void or came of another entry, or another project of this one.
pub fn link(change: &Change<'_>, project: &Entry, source: &str) -> Result<bool> {
    project.refuse_void()?;
    refuse_second(change.sql(), source, Some(&project.number))?;
    let known: Option<String> =
        change.sql().query_row("SELECT source FROM project WHERE entry = ?1", [project.id], |row| row.get(0))?;
    match known {
        Some(known) if known == source => Ok(false),
        Some(known) => Err(Refusal::rule(
            "R2.3",
            say!("{number} came of {known}, not of {source}", number = project.number, known, source),
        )
        .or(say!("name the project that came of it, or close {known} with it", known))
        .into()),
        None => {
            change.sql().execute("UPDATE project SET source = ?2 WHERE entry = ?1", (project.id, source))?;
            Ok(true)
        }
    }
}
