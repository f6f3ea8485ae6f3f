//! The project's cycle and schedule as a page: what it is, its milestones, how its contract is paid, and boxes to sign (R3.2).

use anyhow::Result;
use clap::Args;
use rusqlite::Connection;

use super::named;
use crate::desk::{Desk, Run};
use crate::page::browser::Open;
use crate::page::card::Card;
use crate::page::form::Form;
use crate::refusal::Refusal;
use crate::say;

/// The project whose schedule is printed
#[derive(Debug, Args)]
pub(super) struct Print {
    /// The project's number, or its contract's
    pub(super) number: String,
    #[command(flatten)]
    pub(super) open: Open,
}

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

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let project = named(book, &self.number)?;
        let schedule = Card::all(book, SCHEDULE, project.id)?;
        let number = &project.number;
        if schedule.is_empty() {
            let way_out =
                say!("plan a milestone with: branchbook project plan {number} --what TEXT --due DATE", number);
            return Err(Refusal::rule("R3.2", say!("{number} has no schedule yet", number)).or(way_out).into());
        }
        let card = Card::of(book, PROJECT, project.id)?.with_names(book, &["department", "leader"])?;
        let form = Form::new(book, say!("Project cycle and schedule"), number)?
            .invalid(card.filled("void_reason")?)
            .grid(&card, HEAD)?
            .titled(say!("Schedule"))
            .table(&schedule, milestones(&schedule)?)?;
        let form = paid(form, book, project.id)?.signatures(&[
            [say!("Signature of the project's leader"), say!("Date")],
            [say!("Signature of the department manager"), say!("Date")],
        ]);
        desk.page(&form.alone(), self.open)
    }
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
