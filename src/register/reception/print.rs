//! The plan of a reception as a page to print, with what is arranged by it (R5.2).

use anyhow::Result;
use rusqlite::Connection;

use crate::column;
use crate::heading;
use crate::page::card::Card;
use crate::page::form::Form;
use crate::phrase;
use crate::register::entry::Entry;
use crate::register::printed::{Part, Sheet};
use crate::say;

/// What is printed of a reception.
pub(super) static SHEET: Sheet = Sheet {
    about: "The plan as a page to print",
    title: phrase!("Reception plan"),
    clause: "R5.2(1)",
    written: "unit IS NOT NULL",
    pages: &[Part::only(form)],
    ..Sheet::BLANK
};

/// The plan of a reception.
fn form(book: &Connection, entry: &Entry) -> Result<Form> {
    let plan = Card::of(book, PLAN, entry.id)?.with_project(book)?;
    let plan = plan.with_names(book, &["department", "planned_by"])?.with_day("planned_by", "planned_on")?;
    let mut form = Form::new(book, say!("Reception plan"), &entry.number)?
        .invalid(plan.filled("cancelled")?)
        .grid(&plan, ASKED)?;
    if plan.filled("arranged_on")?.is_some() {
        form = form.last(column::label("schedule"), plan.get("schedule")?, "");
    }
    form = form.table(&Card::all(book, VISITORS, entry.id)?, &[heading!("visitor"), "post"])?;
    let mut schedule = "schedule";
    if plan.filled("arranged_on")?.is_some() {
        schedule = "our_schedule";
        form = form.grid(&plan, ARRANGED)?;
    }
    Ok(form
        .content(&column::label(schedule), plan.get(schedule)?)
        .signatures(&[[say!("Signature of the planning department"), say!("Signature of General Management")]])
        .boxes("box", &[(say!("Approved by"), ""), (say!("Date"), "")]))
}

/// The plan, and why it is not valid.
const PLAN: &str = "SELECT *, coalesce(void_reason, outcome) AS cancelled FROM reception_list WHERE id = ?1";

const VISITORS: &str = "SELECT name AS visitor, title AS post FROM visitor WHERE entry = ?1 ORDER BY position";

/// What is asked for.
const ASKED: &[&[&str]] = &[
    &["department", "planned_by"],
    &["unit"],
    &["purpose"],
    &["kind", "project"],
    &["arrive_on", "leave_on"],
    &["planned_people", "planned_cost"],
];

/// What is arranged.
const ARRANGED: &[&[&str]] =
    &[&["hosts", "arranged_on"], &["place", "car"], &["dining", "gift_standard"], &["lodging", "scenic"]];
