//! Gifts that wait for a decision, and those that wait to be bought or handed over (R5.3).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::{decide, terms};
use crate::language;
use crate::register::approval::Approval;
use crate::register::entry::Entry;
use crate::register::waiting::Awaiting;
use crate::register::waiting::Waiting;
use crate::say;

/// The open gifts in one of two states, with the unit that receives them and whether an official does.
fn open(book: &Connection, states: [&str; 2], today: NaiveDate) -> Result<Vec<(Entry, String, bool)>> {
    let found = book
        .prepare_cached(
            "SELECT e.number, g.unit, EXISTS (SELECT 1 FROM gift_recipient AS r WHERE r.entry = e.id AND r.official_flag)
             FROM entry AS e JOIN gift AS g ON g.entry = e.id
             WHERE e.register = 'gift' AND e.ended_on IS NULL AND e.state IN (?1, ?2) AND e.day_on <= ?3 ORDER BY e.id",
        )?
        .query_map((states[0], states[1], today), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<Vec<(String, String, bool)>>>()?;
    found.into_iter().map(|(number, unit, official)| Ok((super::find(book, &number)?, unit, official))).collect()
}

/// The gifts that wait for a decision, each with the people who may decide.
///
/// # Errors
/// An error of `SQLite`.
pub fn awaiting(book: &Connection, today: NaiveDate) -> Result<Vec<Awaiting>> {
    let mut awaiting = Vec::new();
    for (entry, unit, official) in open(book, ["requested", "endorsed"], today)? {
        let (step, department) = decide::decider(book, &entry)?;
        let endorsed = Approval::last(book, entry.id, "endorse", None)?.filter(|_| entry.state == "endorsed");
        let mut deciders = step.holders(book, department.as_deref(), today)?;
        deciders.retain(|key| *key != entry.person && endorsed.as_ref().is_none_or(|endorsed| endorsed.by != *key));
        let (verb, done) =
            if department.is_some() { ("endorse", say!("endorsed")) } else { ("approve", say!("approved")) };
        let official = if official { say!(" for a public official") } else { "" };
        awaiting.push(Awaiting {
            what: say!("gift{official} to be {done}", official, done),
            party: unit,
            amount: terms::amount(book, &entry)?,
            since: endorsed.map_or(entry.day, |endorsed| endorsed.on),
            department: department.unwrap_or_else(|| "general".to_owned()),
            command: format!("branchbook gift {verb} {}", entry.number),
            number: entry.number,
            asked_by: entry.person,
            deciders,
            roles: language::any_of(&step.roles),
            clause: if verb == "endorse" { "R5.3(2)" } else { "R5.3(1)" },
        });
    }
    Ok(awaiting)
}

/// The gifts that are approved and not bought, or bought and not handed over.
///
/// # Errors
/// An error of `SQLite`.
pub fn waiting(book: &Connection, today: NaiveDate) -> Result<Vec<Waiting>> {
    let mut waiting = Vec::new();
    for (entry, unit, official) in open(book, ["approved", "bought"], today)? {
        let official = if official { say!("a public official of ") } else { "" };
        let (day, what, next) = if entry.state == "approved" {
            let approved = Approval::last(book, entry.id, "approve", None)?.map_or(entry.day, |approved| approved.on);
            (
                approved,
                say!("to be bought"),
                format!("branchbook gift buy {} --bill NUMBER --amount YUAN", entry.number),
            )
        } else {
            let bought: Option<NaiveDate> =
                book.query_row("SELECT bought_on FROM gift WHERE entry = ?1", [entry.id], |row| row.get(0))?;
            (bought.unwrap_or(entry.day), say!("to be handed over"), format!("branchbook gift give {}", entry.number))
        };
        waiting.push(Waiting {
            due_on: day,
            what: say!("gift for {official}{unit} {what}", official, unit = language::value(&unit), what),
            department: if entry.state == "approved" { "general".to_owned() } else { entry.department },
            person: Some(entry.person),
            number: entry.number,
            clause: "R5.3(1)",
            next,
        });
    }
    Ok(waiting)
}
