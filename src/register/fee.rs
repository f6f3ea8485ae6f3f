//! Agency and intermediary fees: asked, approved, signed, registered, and paid by clearance (R5.4).

pub mod add;
pub mod agreement;
pub mod amend;
pub mod awaiting;
pub mod decide;
pub mod import;
pub mod limit;
pub mod payment;
pub mod print;
pub mod request;

use anyhow::Result;
use clap::Subcommand;
use rusqlite::Connection;

use super::filter::Filter;
use super::{EXCEPTIONS, Part, Register, old_ledger, shared, spoil};
use crate::day::Month;
use crate::desk::{Desk, Run};
use crate::phrase;
use crate::register::pack::{MonthFigure, PackFile};
use crate::room::Room;
use crate::say;

/// The register of fees.
pub static REGISTER: Register = Register {
    name: "fee",
    room: Room::with_verbs::<Verb>("fee", "Agency and intermediary fees, approved before they are paid (R5.4)"),
    template: Some("FEE{yy}-{seq:3}"),
    title: phrase!("Fees"),
    view: "fee_list",
    day: "asked_on",
    person: "asked_by",
    what: "kind || ' · ' || payee",
    text: &["number", "payee", "employer", "project", "reason", "agreement", "party", "unpaid_reason", "void_reason"],
    restricted: &[],
    lists: &[],
    growing: &["fee_payment"],
    parts: &[
        Part {
            title: phrase!("Payments"),
            sql: "SELECT position, amount_fen, asked_on, asked_by, paid_on, voucher, paid_by FROM fee_payment
                WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Decisions"),
            sql: "SELECT verb, part, amount_fen, decided_by, decided_on, reason FROM approval WHERE entry = :id ORDER BY position",
        },
        EXCEPTIONS,
    ],
    waits: &[awaiting::waiting],
    decisions: &[awaiting::decisions],
    month_parts,
    month_figures,
    form: None,
    as_of: &[],
};

/// What is done with fees.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Ask for a fee, before anything is negotiated (R5.4)
    Add(add::Add),
    /// Correct a request; one that was approved needs approval again
    Amend(amend::Amend),
    /// Approve requests, all of them or none; a company leader does
    Approve(decide::Approve),
    /// Refuse a request; a company leader does
    Reject(decide::Reject),
    /// Enter the agreement that the branch manager signed, on the day of --on
    Sign(agreement::Sign),
    /// File the signed agreement; only then is it paid
    Register(agreement::Register),
    /// Ask for a payment
    Bill(payment::Bill),
    /// Approve a payment; a company leader does
    Clear(payment::Clear),
    /// Enter a payment that was cleared, with its voucher
    Pay(payment::Pay),
    /// Close a fee that is paid, or whose remainder will not be
    Settle(agreement::Settle),
    /// The approval sheet as a page to print
    Print(print::Print),
    /// Void a spoilt request: number and reason stay
    Void(spoil::Void),
    /// List fees
    List(Filter),
    /// Show one fee with its payments and decisions
    Show(shared::Show),
    /// Show what happened to a fee
    History(shared::History),
    /// Bring in an old register from CSV; what was approved outside the book is approved again
    Import(old_ledger::Import),
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Add(add) => desk.change("fee add", &add.deed, |change| add.enter(change)),
            Self::Amend(amend) => desk.change("fee amend", &amend.deed, |change| amend.enter(change)),
            Self::Approve(approve) => desk.change("fee approve", &approve.deed, |change| approve.enter(change)),
            Self::Reject(reject) => desk.change("fee reject", &reject.deed, |change| reject.enter(change)),
            Self::Sign(sign) => desk.change("fee sign", &sign.deed, |change| sign.enter(change)),
            Self::Register(register) => desk.change("fee register", &register.deed, |change| register.enter(change)),
            Self::Bill(bill) => desk.change("fee bill", &bill.deed, |change| bill.enter(change)),
            Self::Clear(clear) => desk.change("fee clear", &clear.deed, |change| clear.enter(change)),
            Self::Pay(pay) => desk.change("fee pay", &pay.deed, |change| pay.enter(change)),
            Self::Settle(settle) => desk.change("fee settle", &settle.deed, |change| settle.enter(change)),
            Self::Print(print) => print.run(desk),
            Self::Void(void) => desk.change("fee void", &void.deed, |change| {
                void.enter(change, "fee", |change, entry| entry.refuse_before_last(change, say!("voided")))
            }),
            Self::List(filter) => shared::list(desk, "fee", &filter),
            Self::Show(show) => show.run_in(desk, "fee"),
            Self::History(history) => history.run_in(desk, "fee"),
            Self::Import(import) => import::run(&import, desk),
        }
    }
}

/// Fees of the month-end pack: those that were open at some time of the month, as they stand.
///
/// # Errors
/// An error of `SQLite`.
fn month_parts(book: &Connection, month: Month) -> Result<Vec<PackFile>> {
    Ok(vec![PackFile::of_register(book, &REGISTER, month, "fees.csv", &["amount_fen", "paid_fen"])?])
}

/// Fees on the first page of the month-end pack.
fn month_figures() -> Vec<MonthFigure> {
    vec![MonthFigure::amount(
        say!("fees paid"),
        "SELECT coalesce(sum(amount_fen), 0) FROM fee_payment WHERE paid_on BETWEEN :first AND :last",
    )]
}
