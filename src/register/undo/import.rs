//! Taking a whole import back: each of its entries is void, with the reason, while none has moved on.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension};

use super::taken::Taken;
use super::{identity, stands, void};
use crate::book::change::Change;
use crate::book::thing::Thing;
use crate::desk::Answer;
use crate::refusal::Refusal;
use crate::register::ALL;
use crate::register::entry::Entry;
use crate::say;

/// How many of the entries that have moved on a refusal names.
const NAMED: usize = 5;

/// Voids every entry of an import.
pub(super) fn take_back(
    change: &mut Change<'_>,
    import: i64,
    reason: Option<&str>,
    by: Option<&str>,
) -> Result<Answer> {
    let file = find(change.sql(), import)?;
    identity::require_clerk(change, "R4.8", say!("takes an import back"))?;
    let actor = identity::actor(change, by)?;
    let Some(reason) = reason else {
        return Err(Refusal::usage(say!("an import of {file} is taken back for a reason", file))
            .or(say!("say why with --reason REASON"))
            .into());
    };
    let entries = brought(change.sql(), import)?;
    let count = entries.len();
    for (mut entry, step) in entries {
        stands::refuse(change.sql(), &entry, &step, true)?;
        void(change, &mut entry, &actor, reason)?;
    }
    change.sql().execute("UPDATE import SET undone_on = ?2 WHERE id = ?1", (import, change.today()))?;
    change.record(&Thing::office("import", &[&import.to_string()])?, &actor.key, Some(reason))?;
    let line = say!("import {import} of {file}: {count} entries are void, {reason}", import, file, count, reason);
    Ok(Answer::new(import.to_string(), line))
}

/// The file of an import of entries that was not taken back yet.
fn find(book: &Connection, import: i64) -> Result<String> {
    let found: Option<(String, String, Option<String>)> = book
        .prepare_cached("SELECT register, file, undone_on FROM import WHERE id = ?1")?
        .query_row([import], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((register, file, undone)) = found else {
        return Err(Refusal::not_found(say!("there is no import {import}", import))
            .or(say!("see branchbook journal --thing \"import {import}\"", import))
            .into());
    };
    if let Some(day) = undone {
        return Err(Refusal::usage(say!("import {import} of {file} was taken back on {day}", import, file, day))
            .or(say!("nothing is left to do"))
            .into());
    }
    if !ALL.iter().any(|known| known.name == register) {
        return Err(Refusal::usage(say!("import {import} of {file} brought no entries of a register", import, file))
            .or(say!("correct what it brought one by one"))
            .into());
    }
    Ok(file)
}

/// The entries that an import brought and nobody voided since, the last first, each with the step that brought it. Refused where
/// some have moved on, which are named.
fn brought(book: &Connection, import: i64) -> Result<Vec<(Entry, Taken)>> {
    let numbers: Vec<String> = book
        .prepare("SELECT number FROM entry WHERE import = ?1 AND state <> 'void' ORDER BY id DESC")?
        .query_map([import], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
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
