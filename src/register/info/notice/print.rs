//! The notice that is handed over: what was missed, what follows from it, and boxes to sign (R2.2a).

use anyhow::Result;
use clap::Args;
use rusqlite::OptionalExtension;

use super::{CLAUSE, SUSPENSION};
use crate::desk::{Desk, Run};
use crate::office::figure;
use crate::page::browser::Open;
use crate::page::card::Card;
use crate::page::form::Form;
use crate::refusal::Refusal;
use crate::register::access;
use crate::say;

/// The notice to print
#[derive(Debug, Args)]
pub(crate) struct Print {
    /// The notice, by the id that `info notice list` shows
    #[arg(value_name = "ID")]
    pub(crate) id: i64,
    #[command(flatten)]
    pub(crate) open: Open,
}

/// The notice, and the department to which the person belongs.
const NOTICE: &str = "SELECT n.person, p.department, n.month, n.indicator, n.counted, n.misses, n.issued_on, n.issued_by, n.lifted_on, n.reason
    FROM notice AS n JOIN person AS p ON p.key = n.person WHERE n.id = ?1";

const HEAD: &[&[&str]] =
    &[&["person", "department"], &["month", "misses"], &["indicator", "counted"], &["issued_by", "issued_on"]];

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        access::require_office(desk, CLAUSE, say!("prints a notice"))?;
        let (book, id) = (desk.book()?.reader(), self.id);
        let kind: Option<(String, chrono::NaiveDate)> = book
            .query_row("SELECT kind, issued_on FROM notice WHERE id = ?1", [id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((kind, issued_on)) = kind else {
            return Err(Refusal::not_found(say!("there is no notice {id}", id))
                .or(say!("see branchbook info notice list"))
                .into());
        };
        let card = Card::of(book, NOTICE, id)?.with_names(book, &["person", "department", "issued_by"])?;
        let (title, text) = if kind == SUSPENSION {
            (
                say!("Notice of suspension"),
                say!("The indicator of user information was missed in so many months in a row. Commission and benefit award are suspended until the branch manager lifts this notice.").to_owned(),
            )
        } else {
            let months = figure::value(book, "info.suspend_misses", issued_on)?;
            (
                say!("Notice of warning"),
                say!(
                    "The month's indicator of user information was missed. Whoever misses it in {months} months in a row has commission and benefit award suspended.",
                    months
                ),
            )
        };
        let form = Form::new(book, title, say!("Notice {id}", id))?
            .invalid(card.filled("reason")?)
            .grid(&card, HEAD)?
            .text(&text)
            .signatures(&[
                [say!("Signature of the branch manager"), say!("Date")],
                [say!("Signature of who receives"), say!("Date")],
            ]);
        desk.page(&form.alone(), self.open)
    }
}
