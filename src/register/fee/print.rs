//! The approval sheet of a fee as a page to print: request, agreement, decisions, payments (R5.4).

use anyhow::Result;
use rusqlite::Connection;

use super::{FORM, is_of_staff};
use crate::column;
use crate::heading;
use crate::language;
use crate::page::card::Card;
use crate::page::form::{Decided, Form};
use crate::phrase;
use crate::register::entry::Entry;
use crate::register::printed::{Part, Sheet};
use crate::register::task::Row;
use crate::say;

/// What is printed of a fee.
pub(super) static SHEET: Sheet = Sheet {
    about: "The approval sheet as a page to print",
    title: phrase!("Fee approval sheet"),
    clause: "R5.4(1)",
    written: "payee IS NOT NULL",
    pages: &[Part::only(form)],
    ..Sheet::BLANK
};

/// The fee with its project, and why it is not valid.
const FEE: &str = "SELECT f.*, p.customer AS project_customer, c.contract,
        coalesce(f.void_reason, (SELECT a.reason FROM approval AS a WHERE a.undone_on IS NULL AND a.entry = f.id AND a.verb = 'reject' AND f.state = 'rejected'
            ORDER BY a.position DESC LIMIT 1)) AS stopped
    FROM fee_list AS f JOIN entry AS e ON e.number = f.project JOIN project AS p ON p.entry = e.id
        LEFT JOIN contract AS c ON c.undone_on IS NULL AND c.entry = e.id AND c.position = 1
    WHERE f.id = ?1";

const PAYMENTS: &str = "SELECT * FROM fee_payment WHERE undone_on IS NULL AND entry = ?1 ORDER BY position";

/// The approval sheet of a fee.
fn form(book: &Connection, entry: &Entry) -> Result<Form> {
    let number = entry.number.clone();
    let fee = Card::of(book, FEE, entry.id)?;
    let marks = marks(book, entry, &fee)?;
    let fee = fee.with_project(book)?;
    let fee = fee.with_names(book, &["department", "asked_by", "signed_by"])?.with_day("signed_by", "signed_on")?;
    let mut form =
        Form::new(book, say!("Fee approval sheet"), number)?.invalid(fee.filled("stopped")?).grid(&fee, REQUEST)?;
    if !marks.is_empty() {
        form = form.last(say!("To be noted"), language::listed(marks), "noted");
    }
    let decisions = Decided::all(book, entry, decided)?;
    let mut form = form
        .opinions(
            "",
            &[
                (
                    "company-leader",
                    decisions.iter().rfind(|decision| ["approve", "reject"].contains(&decision.verb.as_str())),
                ),
                ("branch-manager", None),
            ],
        )
        .grid(&fee, AGREEMENT)?
        .decisions(decisions.clone())
        .table(&payments(book, entry)?, PAYMENT)?;
    if let Some(reason) = fee.filled("unpaid_reason")? {
        form = form.last(column::label("unpaid_reason"), reason, "");
    }
    Ok(form.signatures(&[[say!("Signature of who asked"), say!("Signature of the clerk in charge")]]))
}

/// What is asked for.
const REQUEST: &[&[&str]] = &[
    &["department", "asked_on"],
    &["asked_by", "kind"],
    &["project", "contract"],
    &[heading!("project_customer")],
    &["payee", "employer"],
    &["basis", "rate"],
    &["amount", "paid"],
    &["reason"],
];

/// What was agreed.
const AGREEMENT: &[&[&str]] = &[&["agreement", "party"], &["signed_by", "registered_on"]];

/// What was paid of it.
const PAYMENT: &[&str] = &["position", "amount", "asked_by", "paid_by", "voucher"];

/// Rows that are left to be filled in by hand where nothing was paid yet.
const BLANK: usize = 2;

fn payments(book: &Connection, entry: &Entry) -> Result<Vec<Card>> {
    let named = |card: Card| -> Result<Card> {
        let card = card.with_names(book, &["asked_by", "paid_by"])?;
        Ok(card.with_day("asked_by", "asked_on")?.with_day("paid_by", "paid_on")?)
    };
    Card::all_or_blank(book, PAYMENTS, entry.id, BLANK)?.into_iter().map(named).collect()
}

/// What makes a fee doubtful (R5.4(3)), in words.
fn marks(book: &Connection, entry: &Entry, fee: &Card) -> Result<Vec<&'static str>> {
    let mut marks = Vec::new();
    if is_of_staff(book, &Row::of_entry(&FORM, book, entry)?)? {
        marks.push(say!("the payee has the name of somebody on our staff"));
    }
    for (flag, words) in [
        ("customer", say!("the payee's employer is the customer")),
        ("other_party", say!("the party that signed is not the payee")),
        ("late_agreement", say!("the agreement is later than the contract")),
        ("high_rate", say!("the rate is above the usual")),
    ] {
        if fee.get(flag)? == say!("yes") {
            marks.push(words);
        }
    }
    if !fee.get("beyond_cap")?.is_empty() {
        marks.push(say!("what was paid passes what the contract bears"));
    }
    Ok(marks)
}

/// What was decided, of the fee or of one of its payments.
fn decided(verb: &str, part: Option<i64>) -> String {
    match (verb, part) {
        ("approve", _) => say!("approved by the company").to_owned(),
        ("clear", Some(part)) => say!("payment {part} cleared", part),
        _ => say!("refused").to_owned(),
    }
}
