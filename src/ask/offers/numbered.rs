//! Entries as they are offered: by their numbers, those on which the verb leads on.

use anyhow::Result;
use rusqlite::{Connection, params};

use super::Place;
use crate::book::select::Select;
use crate::language;
use crate::office::department;
use crate::person::Person;
use crate::prompt::Offer;
use crate::register::entry::Entry;
use crate::view::with_views;

/// How many entries are offered: those that were opened last, of what begins as was typed.
pub(super) const ENTRIES: usize = 100;

/// An entry whose number begins as was typed.
pub(super) struct Numbered {
    pub(super) id: i64,
    pub(super) number: String,
    pub(super) register: String,
    pub(super) state: String,
    pub(super) ended: bool,
}

/// The states from which the verb leads on; the open ones where it is no step.
pub(super) fn led_on(book: &Connection, register: &str, verb: &str) -> Result<Vec<String>> {
    let from: Vec<String> =
        book.column("SELECT DISTINCT from_state FROM step WHERE register = ?1 AND verb = ?2", (register, verb))?;
    if !from.is_empty() {
        return Ok(from);
    }
    book.column("SELECT state FROM state WHERE register = ?1 AND NOT end_flag", [register])
}

/// Leaves no more than are offered: those that begin as was typed before others, the last before the first. The lowest number
/// stays: a shell puts in what all that it is offered begin with.
pub(super) fn cut(found: &mut Vec<(i64, String)>, begun: &str) {
    found.sort_by_key(|(_, number)| !number.starts_with(begun));
    let lowest = found.iter().filter(|(_, number)| number.starts_with(begun)).min_by(|one, other| one.1.cmp(&other.1));
    let lowest = lowest.cloned();
    if found.len() > ENTRIES {
        found.truncate(ENTRIES - 1);
        found.extend(lowest.filter(|lowest| !found.contains(lowest)));
    }
}

/// An entry as it is offered: where it stands, and what it is about.
pub(super) fn offer(book: &Connection, entry: Entry) -> Result<Offer> {
    let name = format!("{} {}", language::value_of(&entry.register, &entry.state), entry.title(book)?);
    Ok(Offer { name: name.trim_end().to_owned(), key: entry.number })
}

impl Place<'_> {
    /// Whether a form waits for a signature: of the party that the line names, or of the person or their department; else of any.
    pub(super) fn awaits_signature(&self, number: &str, [party, by]: [Option<&str>; 2]) -> Result<bool> {
        let Some(book) = self.book else { return Ok(true) };
        let person = by.map(|by| Person::find(book, by)).transpose()?.map(|person| person.key);
        let party = party.map(|party| {
            Ok::<_, anyhow::Error>(
                department::look_up(book, party)?.map_or_else(|| party.to_owned(), |known| known.key),
            )
        });
        book.only(
            &with_views(
            "SELECT EXISTS (SELECT 1 FROM entry AS e JOIN contact AS c ON c.entry = e.id
                JOIN json_each('[' || replace(json_quote(c.addressed_to || coalesce('; ' || c.copied_to, '')), '; ', '\",\"') || ']') AS p
             WHERE e.number = ?1 AND (?2 IS NULL OR p.value = ?2)
                AND (?3 IS NULL OR p.value = ?3 OR p.value IN (SELECT department FROM term WHERE person = ?3))
                AND NOT EXISTS (SELECT 1 FROM signature AS s WHERE s.undone_on IS NULL AND s.entry = e.id AND s.party = p.value))",
        ),
            params![number, party.transpose()?, person],
        )
    }
}
