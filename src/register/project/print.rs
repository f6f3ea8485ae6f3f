//! The project's cycle and schedule as a page: what it is, its milestones, how its contract is paid, and boxes to sign (R3.2).

use anyhow::Result;
use rusqlite::Connection;

use super::named;
use crate::book::select::Select;
use crate::page::card::Card;
use crate::page::form::Form;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::printed::{Part, Sheet};
use crate::say;

/// What is printed of a project.
pub(super) static SHEET: Sheet = Sheet {
    about: "The project's cycle and schedule as a page to print (R3.2)",
    title: phrase!("Project cycle and schedule"),
    clause: "R3.2",
    written: "customer IS NOT NULL",
    for_today: true,
    find: |book, _, which| named(book, which),
    pages: &[Part { lacks: unplanned, ..Part::only(form) }],
    ..Sheet::BLANK
};

const PROJECT: &str = "SELECT * FROM project_list WHERE id = ?1";

const SCHEDULE: &str = "SELECT what, due_on, done_on, dropped_on FROM milestone
    WHERE undone_on IS NULL AND entry = ?1 ORDER BY due_on, position";

/// How the contract is paid; amounts of another currency stand with that.
const INSTALMENTS: &str = "SELECT i.kind, i.share_pct, i.amount_fen, iif(c.currency = 'CNY', NULL, c.currency || ' ' || printf('%,.2f', i.amount_fen / 100.0)) AS abroad,
        i.due_on, iif(i.due_on IS NULL, i.due_event, NULL) AS due_with
    FROM instalment AS i JOIN contract AS c ON c.undone_on IS NULL AND c.entry = i.entry AND c.position = 1 WHERE i.entry = ?1 ORDER BY i.position";

/// What the instalments come to.
const CONTRACT: &str = "SELECT sum(i.share_pct) AS share_pct, sum(i.amount_fen) AS amount_fen, iif(c.currency = 'CNY', NULL, c.currency || ' ' || printf('%,.2f', sum(i.amount_fen) / 100.0)) AS abroad
    FROM instalment AS i JOIN contract AS c ON c.undone_on IS NULL AND c.entry = i.entry AND c.position = 1 WHERE i.entry = ?1 GROUP BY c.currency";

/// What the project is.
const HEAD: &[&[&str]] = &[
    &["customer", "product"],
    &["title"],
    &["department", "leader"],
    &["contract", "signed_on"],
    &["opened_on", "production_on"],
    &["delivered_on", "accepted_on"],
];

/// Why a project has no schedule.
fn unplanned(book: &Connection, project: &Entry) -> Result<Option<Refusal>> {
    let is_planned: bool =
        book.only("SELECT EXISTS (SELECT 1 FROM milestone WHERE undone_on IS NULL AND entry = ?1)", [project.id])?;
    if is_planned {
        return Ok(None);
    }
    let number = &project.number;
    let way_out = say!("plan a milestone with: branchbook project plan {number} --what TEXT --due DATE", number);
    Ok(Some(Refusal::rule("R3.2", say!("{number} has no schedule yet", number)).or(way_out)))
}

/// The cycle and the schedule of a project.
fn form(book: &Connection, project: &Entry) -> Result<Form> {
    let schedule = Card::all(book, SCHEDULE, project.id)?;
    let card = Card::of(book, PROJECT, project.id)?.with_names(book, &["department", "leader"])?;
    let form = Form::new(book, say!("Project cycle and schedule"), &project.number)?
        .invalid(card.filled("void_reason")?)
        .grid(&card, HEAD)?
        .titled(say!("Schedule"))
        .table(&schedule, milestones(&schedule)?)?;
    Ok(paid(form, book, project.id)?.signatures(&[
        [say!("Signature of the project's leader"), say!("Date")],
        [say!("Signature of the department manager"), say!("Date")],
    ]))
}

/// The columns of the schedule; what was dropped only where something was.
fn milestones(schedule: &[Card]) -> Result<&'static [&'static str]> {
    for milestone in schedule {
        if milestone.filled("dropped_on")?.is_some() {
            return Ok(&["what", "due_on", "done_on", "dropped_on"]);
        }
    }
    Ok(&["what", "due_on", "done_on"])
}

/// Adds how the contract is paid, where it is.
fn paid(form: Form, book: &Connection, project: i64) -> Result<Form> {
    let in_currency = |sql| -> Result<Vec<Card>> {
        Card::all(book, sql, project)?.into_iter().map(in_its_currency).collect::<Result<_>>()
    };
    let instalments = in_currency(INSTALMENTS)?;
    let form = match in_currency(CONTRACT)?.first() {
        Some(all) if !instalments.is_empty() => form
            .titled(say!("Instalments"))
            .table(&instalments, &["kind", "share", "amount", "due_on", "due_with"])?
            .total(&[say!("Total"), all.get("share")?, all.get("amount")?, "", ""]),
        _ => form,
    };
    Ok(form)
}

/// An instalment with its amount in the currency of the contract.
fn in_its_currency(mut instalment: Card) -> Result<Card> {
    if let Some(abroad) = instalment.filled("abroad")?.map(str::to_owned) {
        instalment.put("amount", abroad);
    }
    Ok(instalment)
}
