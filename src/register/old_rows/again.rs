//! Numbers that are in the book and that an import may bring all the same: those that another import brought and its taking-back
//! voided, and those that are only reserved.

use anyhow::Result;
use rusqlite::Connection;

use crate::book::change::Change;
use crate::book::select::Select;
use crate::register::entry::{Entry, Imported, Opening};
use crate::register::undo;

/// The last that the journal tells of the entry `e` is that its import brought it as void, or that its taking-back voided it.
const GIVEN_UP: &str = "
    SELECT l.verb = e.register || ' import' OR l.verb = e.register || ' void' AND EXISTS (
        SELECT 1 FROM journal AS u WHERE u.thing = 'import ' || e.import AND u.verb = 'undo' AND u.id > l.id
            AND (u.at, u.recorder, u.note) IS (l.at, l.recorder, l.note))
    FROM entry AS e JOIN import AS i ON i.id = e.import
        JOIN journal AS l ON l.id = (SELECT max(j.id) FROM journal AS j WHERE j.thing = e.number)
    WHERE e.id = ?1 AND e.state = 'void' AND i.undone_on IS NOT NULL";

/// The void entry of this number, where an import may bring it again; none where it may not.
pub(super) fn given_up(book: &Connection, number: &str) -> Result<Option<Entry>> {
    let Some(entry) = Entry::look_up(book, number)?.filter(|entry| entry.state == "void") else { return Ok(None) };
    let free: Option<bool> = book.value(GIVEN_UP, [entry.id])?;
    Ok(free.unwrap_or(false).then_some(entry))
}

/// The entry of this number that a row in `state` may fill; none where it may not.
pub(super) fn free(book: &Connection, number: &str, state: &str, import: Option<i64>) -> Result<Option<Entry>> {
    if let Some(entry) = given_up(book, number)? {
        return Ok(Some(entry));
    }
    let reserved = Entry::look_up(book, number)?.filter(|entry| entry.state == "reserved" && state != "reserved");
    let Some(entry) = reserved else { return Ok(None) };
    Ok((!is_of(book, &entry, import)?).then_some(entry))
}

/// Whether this import brought the entry.
pub(super) fn is_of(book: &Connection, entry: &Entry, import: Option<i64>) -> Result<bool> {
    let brought: Option<i64> = book.only("SELECT import FROM entry WHERE id = ?1", [entry.id])?;
    Ok(brought.is_some() && brought == import)
}

/// Opens the entry again with what an import brings: its header anew, and nothing behind it where the row is `told` in full.
pub(super) fn open(
    change: &Change<'_>,
    entry: Entry,
    opening: &Opening<'_>,
    imported: &Imported<'_>,
    told: bool,
) -> Result<Entry> {
    if told {
        undo::empty(change, &entry)?;
    }
    change
        .sql()
        .prepare_cached(
            "UPDATE entry SET import = ?2, state = ?3, department = ?4, day_on = ?5, person = ?6, entered_by = ?7, entered_on = ?8,
                fingerprint = ?9, void_reason = ?10, ended_on = ?11, amendments = ?12 WHERE id = ?1",
        )?
        .execute((
            entry.id,
            change.import,
            opening.state,
            opening.department,
            opening.day,
            opening.person,
            &change.recorder.person.key,
            change.today(),
            change.fingerprint,
            imported.void_reason,
            &imported.ended,
            imported.amendments,
        ))?;
    Ok(Entry {
        department: opening.department.to_owned(),
        day: opening.day,
        person: opening.person.to_owned(),
        state: opening.state.to_owned(),
        ..entry
    })
}
