//! Why a project cannot be closed: every open thing, with its clause and the command that clears it.

use std::borrow::Cow;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::{Connection, Row, ToSql};
use serde_json::json;

use super::contract::Terms;
use super::waiting::{of_major, problem_clause};
use super::{contract, instalments, named, review};
use crate::book::select::Select;
use crate::day;
use crate::desk::{Desk, Run};
use crate::language;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::register::contact::ledger;
use crate::register::ended::{self, Hanging};
use crate::register::entry::Entry;
use crate::say;
use crate::sheet::query::Query;

/// One open thing.
struct Blocker {
    what: String,
    /// Since when, or by when it is due, where a day is known.
    since: Option<String>,
    clause: Cow<'static, str>,
    /// The command that clears it.
    next: String,
}

/// The project that cannot ship or close
#[derive(Debug, Args)]
pub(super) struct Blockers {
    /// The project's number, or its contract's
    #[arg(value_name = "PROJECT")]
    number: String,
}

impl Run for Blockers {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let language = desk.list_language();
        let book = desk.book()?.reader();
        let project = named(book, &self.number)?;
        let rows: Vec<_> = language
            .during(|| of(book, &project))?
            .into_iter()
            .map(|open| vec![json!(open.what), json!(open.since), json!(open.clause), json!(open.next)])
            .collect();
        let title = say!("What keeps {number} open", number = project.number);
        desk.list(&Query::computed(title, &["what", "since_on", "clause", "next"], &rows))
    }
}

/// Refuses to close a project while anything of it is open.
pub(super) fn refuse_open(book: &Connection, project: &Entry) -> Result<()> {
    let (open, number) = (of(book, project)?, &project.number);
    let Some(first) = open.first() else { return Ok(()) };
    let what = match open.len() - 1 {
        0 => say!("{number} cannot be closed: {what}", number, what = first.what),
        more => say!("{number} cannot be closed: {what}, and {more} more", number, what = first.what, more),
    };
    let way_out =
        say!("clear it with: {next}; see all with: branchbook project blockers {number}", next = first.next, number);
    Err(Refusal::rule(&*first.clause, what).or(way_out).into())
}

/// Everything that keeps a project open, the nearest first: the step that leads on, instalments that do not add up or are not
/// paid, problems that are not solved, and whatever of other registers refers to it and has not come to its end, such as a form that
/// the archive has not taken in (R4.7).
fn of(book: &Connection, project: &Entry) -> Result<Vec<Blocker>> {
    let number = &project.number;
    let mut open: Vec<Blocker> = unreviewed(book, project)?.into_iter().chain(step(project)?).collect();
    if let Some(terms) = Terms::look_up(book, project)?.filter(|terms| terms.planned != terms.total) {
        open.push(Blocker {
            what: say!(
                "instalments of {planned} are set, and the contract is {total}",
                planned = terms.planned.grouped(),
                total = terms.total.grouped()
            ),
            since: None,
            clause: "R3.7".into(),
            next: instalments::setting(number, terms.warranty_months.is_some()),
        });
    }
    let mut read =
        |sql: &str, key: &dyn ToSql, blocker: &dyn Fn(&Row<'_>) -> rusqlite::Result<Blocker>| -> Result<()> {
            open.extend(book.each(sql, [key], blocker)?);
            Ok(())
        };
    read(
        "SELECT kind, amount_fen - received_fen, due_on FROM instalment WHERE entry = ?1 AND received_fen < amount_fen ORDER BY position",
        &project.id,
        &|row| {
            let (kind, owed): (String, Money) = (row.get(0)?, row.get(1)?);
            Ok(Blocker {
                what: say!(
                    "{kind} payment: {owed} owed",
                    kind = language::value_of("kind", &kind),
                    owed = owed.grouped()
                ),
                since: row.get(2)?,
                clause: "R3.7".into(),
                next: format!("branchbook project receive {number} --kind {kind} --amount {owed} --voucher VOUCHER"),
            })
        },
    )?;
    read(
        "SELECT position, what, found_on, kind FROM problem WHERE undone_on IS NULL AND entry = ?1 AND solved_on IS NULL ORDER BY position",
        &project.id,
        &|row| {
            let (place, what, kind): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
            Ok(Blocker {
                what: say!("problem {place}: {what}", place, what),
                since: row.get(2)?,
                clause: problem_clause(&kind).into(),
                next: format!("branchbook project solve {number} --problem {place} --how TEXT"),
            })
        },
    )?;
    let ever = NaiveDate::from_ymd_opt(day::LAST_YEAR, 12, 31).unwrap_or(NaiveDate::MAX);
    let lacks = of_major(book, project, ever)?;
    open.extend(lacks.into_iter().map(|(what, clause, next)| Blocker {
        what,
        since: None,
        clause: clause.into(),
        next,
    }));
    for hanging in ended::hanging(book, project, "closed")? {
        open.push(hangs(book, hanging)?);
    }
    Ok(open)
}

/// An entry that refers to the project and is not settled; a form that is only issued is signed for first.
fn hangs(book: &Connection, entry: Hanging) -> Result<Blocker> {
    let (number, state) = (&entry.number, language::value_of(entry.register, &entry.state));
    let what = match entry.register {
        "contact" => say!("form {number} is {state}, not archived", number, state),
        _ => say!("{number} is {state}", number, state),
    };
    let next = match (entry.register, entry.state.as_str()) {
        ("contact", "issued") => ledger::next_signature(book, number)?.unwrap_or(entry.next),
        _ => entry.next,
    };
    Ok(Blocker { what, since: Some(entry.day.to_string()), clause: entry.clause.into(), next })
}

/// The review that comes before the contract (R3.3), while it has not passed.
fn unreviewed(book: &Connection, project: &Entry) -> Result<Option<Blocker>> {
    if !["open", "negotiating"].contains(&project.state.as_str()) {
        return Ok(None);
    }
    let ever = NaiveDate::from_ymd_opt(day::LAST_YEAR, 12, 31).unwrap_or(NaiveDate::MAX);
    let Some((open, next)) = review::lacking(book, project, (ever, &[ever]))? else { return Ok(None) };
    let what = if open.is_empty() {
        say!("the contract is not reviewed").to_owned()
    } else {
        say!("the contract review has not passed: {open}", open = open.join(language::comma()))
    };
    Ok(Some(Blocker { what, since: None, clause: "R3.3".into(), next }))
}

/// The step that leads towards the end from where the project stands.
fn step(project: &Entry) -> Result<Option<Blocker>> {
    let number = &project.number;
    let (what, clause, next) = match project.state.as_str() {
        "open" | "negotiating" => (say!("the contract is not signed"), "R3.4", contract::entering(number)),
        "contracted" => {
            (say!("the product is not delivered"), "R3.5", format!("branchbook project deliver {number} --on DATE"))
        }
        "delivered" => {
            let next = format!("branchbook project accept {number} --on DATE");
            (say!("the user has not accepted the product"), "R3.8", next)
        }
        "accepted" => return Ok(None),
        state => {
            let what = say!("{number} is {state} already", number, state = language::value(state));
            let way_out = say!("see why with: branchbook history {number}", number);
            return Err(Refusal::rule("R3.5", what).or(way_out).into());
        }
    };
    Ok(Some(Blocker { what: what.to_owned(), since: None, clause: clause.into(), next }))
}
