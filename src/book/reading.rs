//! The access log: who read restricted information, hash-chained like the journal but apart from it (R2.4, R2.6).

use anyhow::Result;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::change::{self, Recorder};
use super::journal::Head;
use super::times;
use crate::clock::Now;

/// Writes down that a person reads `entries` entries by a command over a scope, at a time that was read inside the transaction. Gives
/// what the person is told where the clock is a little behind.
///
/// # Errors
/// A refusal where the clock is far behind the last row; an error of `SQLite`.
pub fn append(
    book: &Connection,
    now: Now,
    who: &Recorder,
    command: &str,
    scope: &str,
    entries: i64,
) -> Result<Option<String>> {
    let marked = times::hold_reading(book, now)?;
    let scope = format!("{}{scope}", marked.scope);
    let head = Head::of(book, "reading")?;
    let (at, clock_at) = (now.at(), now.clock_at());
    let columns = [
        ValueRef::Integer(head.count + 1),
        ValueRef::Text(at.as_bytes()),
        change::optional(clock_at.as_deref()),
        ValueRef::Text(who.person.key.as_bytes()),
        ValueRef::Integer(who.declared.into()),
        ValueRef::Text(who.login.as_bytes()),
        ValueRef::Text(who.host.as_bytes()),
        ValueRef::Text(command.as_bytes()),
        ValueRef::Text(scope.as_bytes()),
        ValueRef::Integer(entries),
    ];
    change::append(book, "reading", &head.hash, &columns)?;
    Ok(marked.note)
}
