//! The approval sheet of a fee as a page to print: request, agreement, decisions, payments (R5.4).

use anyhow::Result;
use askama::Template;
use clap::Args;

use super::KIND;
use crate::desk::{Desk, Run};
use crate::language::words;
use crate::page::{self, card::Card};
use crate::refusal::Refusal;
use crate::register::approval::Printed;
use crate::register::entry::Entry;
use crate::say;

/// The fee whose approval sheet is printed
#[derive(Debug, Args)]
pub struct Print {
    /// The fee's number
    pub number: String,
}

/// What stands on the sheet.
#[derive(Debug, Template)]
#[template(path = "fee.html")]
struct Sheet {
    branch: String,
    number: String,
    fee: Card,
    kind: &'static str,
    marks: Vec<&'static str>,
    decisions: Vec<Printed>,
    payments: Vec<Card>,
}

/// The fee with its project, and why it is not valid.
const FEE: &str = "SELECT f.*, f.kind AS what, p.customer AS owner, c.contract,
        coalesce(f.void_reason, (SELECT a.reason FROM approval AS a WHERE a.entry = f.id AND a.verb = 'reject' AND f.state = 'rejected'
            ORDER BY a.position DESC LIMIT 1)) AS stopped
    FROM fee_list AS f JOIN entry AS e ON e.number = f.project JOIN project AS p ON p.entry = e.id
        LEFT JOIN contract AS c ON c.entry = e.id AND c.position = 1
    WHERE f.id = ?1";

const PAYMENTS: &str = "SELECT * FROM fee_payment WHERE entry = ?1 ORDER BY position";

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "fee", &self.number)?;
        let number = entry.number.clone();
        let fee = Card::all(book, FEE, entry.id)?.pop().ok_or_else(|| {
            Refusal::rule("R5.4(1)", say!("{number} was voided before anything was written on it", number))
                .or(say!("see why with: branchbook show {number}", number))
        })?;
        let payments = Card::all(book, PAYMENTS, entry.id)?.into_iter();
        let sheet = Sheet {
            branch: page::branch(book)?,
            kind: words(KIND.help_of(fee.get("what")?)),
            marks: marks(&fee)?,
            fee: fee.with_names(book, &["department", "asked_by", "signed_by"])?,
            decisions: Printed::all(book, &entry, decided)?,
            payments: payments.map(|card| card.with_names(book, &["asked_by", "paid_by"])).collect::<Result<_>>()?,
            number,
        };
        page::print(desk, &sheet)
    }
}

/// What makes a fee doubtful (R5.4(3)), in words.
fn marks(fee: &Card) -> Result<Vec<&'static str>> {
    let mut marks = Vec::new();
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
