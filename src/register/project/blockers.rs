//! Why a project cannot be closed: every open thing, with its clause and the command that clears it.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;
use serde_json::json;

use super::contract::Terms;
use super::named;
use crate::desk::{Desk, Run};
use crate::language;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::sheet::query::Query;

/// One open thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocker {
    /// What is open, in words.
    pub what: String,
    /// Since when, or by when it is due, where a day is known.
    pub since: Option<NaiveDate>,
    /// The clause that asks for it.
    pub clause: &'static str,
    /// The command that clears it.
    pub next: String,
}

/// The project that cannot ship or close
#[derive(Debug, Args)]
pub struct Blockers {
    /// The project's number, or its contract's
    #[arg(value_name = "PROJECT")]
    pub number: String,
}

impl Run for Blockers {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let language = desk.list_language();
        let book = desk.book()?.reader();
        let project = named(book, &self.number)?;
        let rows: Vec<_> = language
            .during(|| of(book, &project))?
            .into_iter()
            .map(|blocker| {
                vec![
                    json!(blocker.what),
                    json!(blocker.since.map(|day| day.to_string())),
                    json!(blocker.clause),
                    json!(blocker.next),
                ]
            })
            .collect();
        let title = say!("What keeps {number} open", number = project.number);
        desk.list(&Query::computed(title, &["what", "since_on", "clause", "next"], &rows))
    }
}

/// Everything that keeps a project open, the nearest first; nothing where it can be closed.
///
/// # Errors
/// A refusal where the project has ended already.
pub fn of(book: &Connection, project: &Entry) -> Result<Vec<Blocker>> {
    let mut blockers: Vec<Blocker> = step(project)?.into_iter().collect();
    blockers.extend(unplanned(book, project)?);
    blockers.extend(instalments(book, project)?);
    blockers.extend(problems(book, project)?);
    blockers.extend(forms(book, project)?);
    Ok(blockers)
}

/// The step that leads towards the end from where the project stands.
fn step(project: &Entry) -> Result<Option<Blocker>> {
    let number = &project.number;
    let (what, clause, next) = match project.state.as_str() {
        "open" | "negotiating" => {
            (say!("the contract is not signed"), "R3.4", format!("branchbook project contract {number} …"))
        }
        "contracted" => {
            (say!("the product is not delivered"), "R3.5", format!("branchbook project deliver {number} --on DATE"))
        }
        "delivered" => (
            say!("the user has not accepted the product"),
            "R3.8",
            format!("branchbook project accept {number} --on DATE"),
        ),
        "accepted" => return Ok(None),
        state => {
            return Err(Refusal::rule(
                "R3.5",
                say!("{number} is {state} already", number, state = language::value(state)),
            )
            .or(say!("see why with: branchbook history {number}", number))
            .into());
        }
    };
    Ok(Some(Blocker { what: what.to_owned(), since: None, clause, next }))
}

/// A contract whose instalments do not add up to it.
fn unplanned(book: &Connection, project: &Entry) -> Result<Option<Blocker>> {
    let terms = Terms::look_up(book, project)?;
    Ok(terms.filter(|terms| terms.planned != terms.total).map(|terms| Blocker {
        what: say!(
            "instalments of {planned} are set, and the contract is {total}",
            planned = terms.planned.grouped(),
            total = terms.total.grouped()
        ),
        since: None,
        clause: "R3.7",
        next: format!("branchbook project instalments {} …", project.number),
    }))
}

/// Instalments that are not paid in full.
fn instalments(book: &Connection, project: &Entry) -> Result<Vec<Blocker>> {
    let mut statement = book.prepare_cached(
        "SELECT kind, amount_fen - received_fen, due_on FROM instalment WHERE entry = ?1 AND received_fen < amount_fen ORDER BY position",
    )?;
    let rows = statement.query_map([project.id], |row| {
        let (kind, owed): (String, crate::money::Money) = (row.get(0)?, row.get(1)?);
        Ok(Blocker {
            what: say!("{kind} payment: {owed} owed", kind = language::value(&kind), owed = owed.grouped()),
            since: row.get(2)?,
            clause: "R3.7",
            next: format!(
                "branchbook project receive {} --kind {kind} --amount {owed} --voucher VOUCHER",
                project.number
            ),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Problems that are not solved.
fn problems(book: &Connection, project: &Entry) -> Result<Vec<Blocker>> {
    let mut statement = book.prepare_cached(
        "SELECT position, what, found_on, kind FROM problem WHERE entry = ?1 AND solved_on IS NULL ORDER BY position",
    )?;
    let rows = statement.query_map([project.id], |row| {
        let (place, what, kind): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
        Ok(Blocker {
            what: say!("problem {place}: {what}", place, what),
            since: row.get(2)?,
            clause: if kind == "installation" { "R3.8" } else { "R3.5" },
            next: format!("branchbook project solve {} --problem {place} --how TEXT", project.number),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Contact forms of the project that the archive has not taken in (R4.7).
fn forms(book: &Connection, project: &Entry) -> Result<Vec<Blocker>> {
    let mut statement = book.prepare_cached(
        "SELECT e.number, e.state, e.day_on FROM contact AS c JOIN entry AS e ON e.id = c.entry
         WHERE c.project = ?1 AND e.ended_on IS NULL ORDER BY e.day_on, e.id",
    )?;
    let rows = statement.query_map([&project.number], |row| {
        let (number, state): (String, String) = (row.get(0)?, row.get(1)?);
        let next = if state == "issued" {
            format!("branchbook contact sign {number} --by PERSON")
        } else {
            format!("branchbook contact archive {number}")
        };
        Ok(Blocker {
            what: say!("form {number} is {state}, not archived", number, state = language::value(&state)),
            since: row.get(2)?,
            clause: "R4.7",
            next,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
