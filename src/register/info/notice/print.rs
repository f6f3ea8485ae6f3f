//! The notice that is handed over: what was missed, what follows from it, and boxes to sign (R2.2a, R2.4).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;

use super::{CLAUSE, SUSPENSION};
use crate::book::select::Select;
use crate::desk::{Desk, Run};
use crate::language;
use crate::office::figure;
use crate::page::browser::Open;
use crate::page::card::Card;
use crate::page::form::Form;
use crate::refusal::Refusal;
use crate::register::access;
use crate::say;
use crate::whole;

/// The notice to print
#[derive(Debug, Args)]
pub(crate) struct Print {
    /// The notice, by the id that `info notice list` shows
    #[arg(value_name = "ID", value_parser = whole::place)]
    pub(crate) id: i64,
    #[command(flatten)]
    pub(crate) open: Open,
}

/// The notice, and the department to which the person belongs.
const NOTICE: &str = "SELECT n.person AS name, p.department, n.month, n.indicator, n.counted, n.misses, n.issued_on, n.issued_by, n.lifted_on, n.reason
    FROM notice AS n JOIN person AS p ON p.key = n.person WHERE n.id = ?1";

/// A notice to a department.
const TO_DEPARTMENT: &str =
    "SELECT department, month, report, issued_by, issued_on, lifted_on, reason FROM notice WHERE id = ?1";

const HEAD: &[&[&str]] =
    &[&["name", "department"], &["month", "misses"], &["indicator", "counted"], &["issued_by", "issued_on"]];

const DEPARTMENT_HEAD: &[&[&str]] = &[&["department"], &["month", "report"], &["issued_by", "issued_on"]];

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        access::require_office(desk, CLAUSE, say!("prints a notice"))?;
        let (book, id) = (desk.book()?.reader(), self.id);
        let found: Option<(String, NaiveDate, bool)> =
            book.row("SELECT kind, issued_on, department IS NOT NULL FROM notice WHERE id = ?1", [id])?;
        let Some((kind, issued_on, to_department)) = found else {
            return Err(Refusal::not_found(say!("there is no notice {id}", id))
                .or(say!("see branchbook info notice list"))
                .into());
        };
        if to_department {
            let form = department_form(book, id)?;
            return desk.page(&form.alone(), self.open);
        }
        let card = Card::of(book, NOTICE, id)?.with_names(book, &["name", "department", "issued_by"])?;
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
        let form =
            Form::new(book, title, say!("Notice {id}", id))?.invalid(card.filled("reason")?).stamped(say!("Lifted"));
        // The name is a person's.
        let form = language::of("staff", || form.grid(&card, HEAD))?.text(&text).signatures(&[
            [say!("Signature of the branch manager"), say!("Date")],
            [say!("Signature of who receives"), say!("Date")],
        ]);
        desk.page(&form.alone(), self.open)
    }
}

/// The warning of a department, with a box for what it is punished by: the regulation names no measure.
fn department_form(book: &Connection, id: i64) -> Result<Form> {
    let card = Card::of(book, TO_DEPARTMENT, id)?.with_names(book, &["department", "issued_by"])?;
    let text = say!(
        "The department's monthly report of user information to General Management was late or missing, which is punished."
    );
    Ok(Form::new(book, say!("Notice of warning"), say!("Notice {id}", id))?
        .invalid(card.filled("reason")?)
        .stamped(say!("Lifted"))
        .grid(&card, DEPARTMENT_HEAD)?
        .text(text)
        .signatures(&[
            [say!("Punishment"), say!("Date")],
            [say!("Signature of the branch manager"), say!("Date")],
            [say!("Signature of the department manager"), say!("Date")],
        ]))
}
