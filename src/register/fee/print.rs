//! The approval sheet of a fee as a page to print: request, agreement, decisions, payments (R5.4).

use anyhow::Result;
use askama::Template;
use clap::{Args, ValueEnum};
use rusqlite::{Connection, OptionalExtension};

use super::add::Kind;
use crate::book::view::with_views;
use crate::desk::{Desk, Run};
use crate::language;
use crate::money::Money;
use crate::page;
use crate::refusal::Refusal;
use crate::register::decision::Decision;
use crate::register::entry::Entry;
use crate::say;

/// The fee whose approval sheet is printed
#[derive(Debug, Args)]
pub struct Print {
    /// The fee's number
    pub number: String,
}

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "fee", &self.number)?;
        let sheet = Sheet::of(book, &entry)?.ok_or_else(|| {
            Refusal::rule(
                "R5.4(1)",
                say!("{number} was voided before anything was written on it", number = entry.number),
            )
            .or(say!("see why with: branchbook show {number}", number = entry.number))
        })?;
        page::print(desk, &sheet)
    }
}

/// What stands on the sheet. Names are printed, not keys.
#[derive(Debug, Template)]
#[template(path = "fee.html")]
struct Sheet {
    branch: String,
    number: String,
    stopped: Option<String>,
    department: String,
    asked_by: String,
    asked_on: String,
    kind: String,
    project: String,
    contract: String,
    customer: String,
    payee: String,
    employer: String,
    basis: String,
    rate: String,
    amount: String,
    paid: String,
    reason: String,
    marks: Vec<&'static str>,
    agreement: String,
    party: String,
    signed: String,
    registered_on: String,
    decisions: Vec<Decision>,
    payments: Vec<Payment>,
    unpaid_reason: String,
}

/// A payment that was asked for.
#[derive(Debug)]
struct Payment {
    position: i64,
    amount: String,
    asked: String,
    paid: String,
    voucher: String,
}

impl Sheet {
    /// The sheet of a fee; none of a number that was voided unused.
    fn of(book: &Connection, entry: &Entry) -> Result<Option<Self>> {
        let sheet = book
            .query_row(
                &with_views("SELECT b.name AS branch, f.*, p.customer, c.contract,
                    coalesce(f.void_reason, (SELECT a.reason FROM approval AS a WHERE a.entry = f.id AND a.verb = 'reject' AND f.state = 'rejected'
                        ORDER BY a.position DESC LIMIT 1)) AS stopped
                 FROM fee_list AS f JOIN book AS b JOIN entry AS e ON e.number = f.project JOIN project AS p ON p.entry = e.id
                    LEFT JOIN contract AS c ON c.entry = e.id AND c.position = 1
                 WHERE f.id = ?1"),
                [entry.id],
                |row| {
                    let text = |column| row.get::<_, Option<String>>(column).map(Option::unwrap_or_default);
                    let rate: Option<i64> = row.get("rate_pct")?;
                    Ok(Self {
                        branch: row.get("branch")?,
                        number: entry.number.clone(),
                        stopped: row.get("stopped")?,
                        department: entry.department.clone(),
                        asked_by: text("asked_by")?,
                        asked_on: language::day(&text("asked_on")?),
                        kind: text("kind")?,
                        project: text("project")?,
                        contract: text("contract")?,
                        customer: text("customer")?,
                        payee: text("payee")?,
                        employer: text("employer")?,
                        basis: row.get::<_, Money>("basis_fen")?.grouped(),
                        rate: rate.map_or_else(String::new, |rate| format!("{} %", Money(rate))),
                        amount: row.get::<_, Money>("amount_fen")?.grouped(),
                        paid: row.get::<_, Money>("paid_fen")?.grouped(),
                        reason: text("reason")?,
                        marks: marks(row)?,
                        agreement: text("agreement")?,
                        party: text("party")?,
                        signed: text("signed_by")?,
                        registered_on: language::day(&text("registered_on")?),
                        decisions: Vec::new(),
                        payments: Vec::new(),
                        unpaid_reason: text("unpaid_reason")?,
                    })
                },
            )
            .optional()?;
        let Some(mut sheet) = sheet else { return Ok(None) };
        if let Some(kind) = Kind::value_variants().iter().find(|kind| kind.key() == sheet.kind) {
            kind.words().clone_into(&mut sheet.kind);
        }
        sheet.department = page::name(book, &sheet.department)?;
        sheet.asked_by = page::name(book, &sheet.asked_by)?;
        let signed_on: Option<String> =
            book.query_row("SELECT signed_on FROM fee WHERE entry = ?1", [entry.id], |row| row.get(0))?;
        sheet.signed = by_on(book, Some(&sheet.signed), signed_on.as_deref())?;
        sheet.decisions = Decision::all(book, entry, decided)?;
        sheet.payments = payments(book, entry)?;
        Ok(Some(sheet))
    }
}

/// What makes a fee doubtful (R5.4(3)), in words.
fn marks(row: &rusqlite::Row<'_>) -> rusqlite::Result<Vec<&'static str>> {
    let mut marks = Vec::new();
    for (flag, words) in [
        ("customer_flag", say!("the payee's employer is the customer")),
        ("other_party_flag", say!("the party that signed is not the payee")),
        ("late_agreement_flag", say!("the agreement is later than the contract")),
        ("high_rate_flag", say!("the rate is above the usual")),
    ] {
        if row.get::<_, Option<bool>>(flag)?.unwrap_or_default() {
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

fn payments(book: &Connection, entry: &Entry) -> Result<Vec<Payment>> {
    let mut statement = book.prepare(
        "SELECT position, amount_fen, asked_by, asked_on, paid_by, paid_on, coalesce(voucher, '') FROM fee_payment
         WHERE entry = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query([entry.id])?;
    let mut payments = Vec::new();
    while let Some(row) = rows.next()? {
        let text = |column| row.get::<_, Option<String>>(column);
        payments.push(Payment {
            position: row.get(0)?,
            amount: row.get::<_, Money>(1)?.grouped(),
            asked: by_on(book, text(2)?.as_deref(), text(3)?.as_deref())?,
            paid: by_on(book, text(4)?.as_deref(), text(5)?.as_deref())?,
            voucher: row.get(6)?,
        });
    }
    Ok(payments)
}

/// Who did something and on which day; empty where nobody did yet.
fn by_on(book: &Connection, by: Option<&str>, on: Option<&str>) -> Result<String> {
    Ok(match by.zip(on) {
        None => String::new(),
        Some((by, on)) => format!("{} / {}", page::name(book, by)?, language::day(on)),
    })
}
