//! Taking a whole import back: each of its entries is void, with the reason, while none has moved on.

use anyhow::Result;
use rusqlite::Connection;

use super::office;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::desk::Answer;
use crate::language;
use crate::office::identity;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::register::ALL;
use crate::register::entry::Entry;
use crate::register::undo::taken::Taken;
use crate::register::undo::{stands, void};
use crate::say;
use crate::text;

/// How many of the entries that have moved on a refusal names.
const NAMED: usize = 5;

/// Voids every entry of an import.
pub(super) fn take_back(
    change: &mut Change<'_>,
    import: &str,
    reason: Option<&str>,
    by: Option<&str>,
) -> Result<Answer> {
    let Found { import, file, register } = find(change.sql(), import)?;
    identity::require_clerk(change, "R4.8", say!("takes an import back"))?;
    let actor = identity::actor(change, by)?;
    let Some(reason) = reason else {
        return Err(Refusal::usage(say!("an import of {file} is taken back for a reason", file))
            .or(say!("say why with --reason REASON"))
            .into());
    };
    let is_of_entries = ALL.iter().any(|known| known.name == register);
    let count = if is_of_entries {
        void_all(change, import, &actor, reason)?
    } else {
        of_the_office(change, import, by, reason)?
    };
    change.sql().execute("UPDATE import SET undone_on = ?2 WHERE id = ?1", (import, change.today()))?;
    change.record(&Thing::office("import", &[&import.to_string()])?, &actor.key, Some(reason))?;
    let line = if is_of_entries {
        say!("import {import} of {file}: {count} entries are void, {reason}", import, file, count, reason)
    } else {
        say!(
            "import {import} of {file}: what it brought is taken back, {count} in all: {reason}",
            import,
            file,
            count,
            reason
        )
    };
    Ok(Answer::new(import.to_string(), line))
}

/// Voids what an import brought to a register. Gives how many entries.
fn void_all(change: &mut Change<'_>, import: i64, actor: &Person, reason: &str) -> Result<usize> {
    let entries = brought(change.sql(), import)?;
    let count = entries.len();
    for (mut entry, step) in entries {
        stands::refuse(change.sql(), &entry, &step, true)?;
        void(change, &mut entry, actor, reason)?;
    }
    Ok(count)
}

/// Takes back what an import brought of the office, the last first. Gives how much.
fn of_the_office(change: &mut Change<'_>, import: i64, by: Option<&str>, reason: &str) -> Result<usize> {
    let brought = rows_before(change.sql(), import)?;
    for thing in &brought {
        office::take_back_import(change, thing, by, reason)?;
    }
    Ok(brought.len())
}

/// What an import brought of the office, the last first: its own row of the journal comes behind theirs.
fn rows_before(book: &Connection, import: i64) -> Result<Vec<String>> {
    let mut rows = book.prepare(
        "SELECT j.thing, (j.at, j.verb, j.recorder) = (i.at, i.verb, i.recorder) AND j.thing NOT LIKE 'import %'
         FROM journal AS i JOIN journal AS j ON j.id < i.id
         WHERE i.id = (SELECT min(id) FROM journal WHERE thing = 'import ' || ?1) ORDER BY j.id DESC",
    )?;
    let rows = rows.query_map([import], |row| Ok((row.get(0)?, row.get::<_, bool>(1)?)))?;
    let mut brought = Vec::new();
    for row in rows {
        let (thing, is_of_it) = row?;
        if !is_of_it {
            break;
        }
        brought.push(thing);
    }
    Ok(brought)
}

/// An import that was not taken back yet.
struct Found {
    import: i64,
    file: String,
    register: String,
}

/// The import of this number, else the last of a file of this name that stands.
fn find(book: &Connection, typed: &str) -> Result<Found> {
    let found: Option<(i64, String, String, Option<String>)> = book.row(
        "SELECT id, register, file, undone_on FROM import WHERE id = ?1 OR plain(file) = plain(?1)
             ORDER BY undone_on IS NOT NULL, id DESC LIMIT 1",
        [typed],
    )?;
    let Some((import, register, file, undone)) = found else {
        return Err(Refusal::not_found(say!("there is no import {import}", import = text::visible(typed)))
            .or(standing(book)?)
            .into());
    };
    if let Some(day) = undone {
        return Err(Refusal::usage(say!("import {import} of {file} was taken back on {day}", import, file, day))
            .or(say!("nothing is left to do"))
            .into());
    }
    Ok(Found { import, file, register })
}

/// The last imports that can be taken back.
fn standing(book: &Connection) -> Result<String> {
    let imports: Vec<String> = book.column(
        "SELECT id || ' (' || file || ')' FROM import WHERE undone_on IS NULL ORDER BY id DESC LIMIT ?1",
        [i64::try_from(NAMED)?],
    )?;
    Ok(match imports.as_slice() {
        [] => say!("no import stands that could be taken back").to_owned(),
        _ => say!("the last imports are {imports}", imports = imports.join(language::comma())),
    })
}

/// The entries that an import brought and nobody voided since, the last first, each with the step that brought it. Refused where
/// some have moved on, which are named.
fn brought(book: &Connection, import: i64) -> Result<Vec<(Entry, Taken)>> {
    let numbers: Vec<String> =
        book.column("SELECT number FROM entry WHERE import = ?1 AND state <> 'void' ORDER BY id DESC", [import])?;
    let (mut entries, mut moved) = (Vec::new(), Vec::new());
    for number in &numbers {
        match Taken::latest(book, number)? {
            Some(step) if step.verb() == "import" => entries.push((Entry::find(book, number)?, step)),
            _ => moved.push(number.as_str()),
        }
    }
    let Some(first) = moved.last() else { return Ok(entries) };
    let named = moved.iter().rev().take(NAMED).copied().collect::<Vec<_>>().join(crate::language::comma());
    let what = say!("{count} entries of the import have moved on: {named}", count = moved.len(), named);
    Err(Refusal::rule("R4.8", what)
        .or(say!("take that back first with: branchbook undo {number}", number = first))
        .into())
}
