//! Gifts: the approved list, and each gift from the request to its handing over (R5.3).

pub mod amend;
pub mod awaiting;
pub mod buy;
pub mod catalog;
pub mod decide;
pub mod give;
pub mod import;
pub mod print;
pub mod quote;
pub mod request;
pub mod terms;

use anyhow::Result;
use clap::Subcommand;
use rusqlite::Connection;

use super::entry::Entry;
use super::filter::Filter;
use super::{EXCEPTIONS, Part, Register, old_ledger, shared, spoil};
use crate::day::Month;
use crate::desk::{Desk, Run};
use crate::phrase;
use crate::register::pack::{MonthFigure, PackFile};
use crate::room::Room;
use crate::say;

/// The register of gifts.
pub static REGISTER: Register = Register {
    name: "gift",
    room: Room::with_verbs::<Verb>("gift", "Gifts: asked for, endorsed, approved, bought, given (R5.3)"),
    template: Some("GFT{yy}-{seq:3}"),
    title: phrase!("Gifts"),
    view: "gift_list",
    day: "asked_on",
    person: "asked_by",
    what: "unit || ' · ' || coalesce(items, '') || CASE WHEN official_flag THEN ' · public official' ELSE '' END",
    text: &[
        "number",
        "unit",
        "recipients",
        "items",
        "occasion",
        "place",
        "official_reason",
        "project",
        "bill",
        "refusal",
        "void_reason",
    ],
    restricted: &[],
    lists: &["gift_recipient", "gift_line"],
    growing: &["gift_offer"],
    parts: &[
        Part {
            title: phrase!("Recipients"),
            sql: "SELECT name, post, official_flag FROM gift_recipient WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Items"),
            sql: "SELECT name, quantity, price_fen, quantity * price_fen AS amount_fen, item IS NOT NULL AS listed_flag
                FROM gift_line WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Decisions"),
            sql: "SELECT verb, decided_by, decided_on, amount_fen, entered_at, reason FROM approval WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Offers"),
            sql: "SELECT supplier, price_fen, quality, offered_on FROM gift_offer WHERE entry = :id ORDER BY position",
        },
        EXCEPTIONS,
    ],
    waits: &[awaiting::waiting],
    decisions: &[awaiting::awaiting],
    month_parts,
    month_figures,
    form: None,
    as_of: &[],
};

/// What is done with gifts.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// The approved gift list (R5.3(3))
    #[command(subcommand, arg_required_else_help = true)]
    Catalog(catalog::Verb),
    /// Ask for a gift, before it is bought (R5.3(1))
    Add(Box<request::Add>),
    /// Endorse what somebody of the department asked for; its manager does (R5.3(2))
    Endorse(decide::Endorse),
    /// Approve gifts, all or none of them; the branch manager does (R5.3(1))
    Approve(decide::Approve),
    /// Reject a gift that was asked for
    Reject(decide::Reject),
    /// Enter what a supplier asks (R5.3(3))
    Quote(quote::Quote),
    /// Enter what was bought, with its bill; only after approval, or at a person's own expense (R5.3(1), R5.3(2))
    Buy(buy::Buy),
    /// Hand the gift over
    Give(give::Give),
    /// Void a spoilt gift: number and reason stay
    Void(spoil::Void),
    /// Correct a gift; what was decided on is decided on again
    Amend(Box<amend::Amend>),
    /// List gifts
    List(Filter),
    /// Show one gift
    Show(shared::Show),
    /// Show what happened to a gift
    History(shared::History),
    /// The approval sheet as a page to print
    Print(print::Print),
    /// Bring in an old list of gifts from CSV
    Import(old_ledger::Import),
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Catalog(verb) => verb.run(desk),
            Self::Add(add) => desk.change("gift add", &add.deed, |change| add.enter(change)),
            Self::Endorse(endorse) => desk.change("gift endorse", &endorse.deed, |change| endorse.enter(change)),
            Self::Approve(approve) => desk.change("gift approve", &approve.deed, |change| approve.enter(change)),
            Self::Reject(reject) => desk.change("gift reject", &reject.deed, |change| reject.enter(change)),
            Self::Quote(quote) => desk.change("gift quote", &quote.deed, |change| quote.enter(change)),
            Self::Buy(buy) => desk.change("gift buy", &buy.deed, |change| buy.enter(change)),
            Self::Give(give) => desk.change("gift give", &give.deed, |change| give.enter(change)),
            Self::Void(void) => desk.change("gift void", &void.deed, |change| {
                void.enter(change, "gift", |change, entry| entry.refuse_before_last(change, say!("voided")))
            }),
            Self::Amend(amend) => desk.change("gift amend", &amend.deed, |change| amend.enter(change)),
            Self::List(filter) => shared::list(desk, "gift", &filter),
            Self::Show(show) => show.run_in(desk, "gift"),
            Self::History(history) => history.run_in(desk, "gift"),
            Self::Print(print) => print.run(desk),
            Self::Import(import) => import::run(&import, desk),
        }
    }
}

/// Gifts of the month-end pack: those that were open at some time of the month, as they stand.
///
/// # Errors
/// An error of `SQLite`.
fn month_parts(book: &Connection, month: Month) -> Result<Vec<PackFile>> {
    Ok(vec![PackFile::of_register(book, &REGISTER, month, "gifts.csv", &["amount_fen", "bought_fen"])?])
}

/// Gifts on the first page of the month-end pack.
fn month_figures() -> Vec<MonthFigure> {
    vec![MonthFigure::amount(
        say!("gifts bought"),
        "SELECT coalesce(sum(bought_fen), 0) FROM gift_list WHERE bought_on BETWEEN :first AND :last AND state <> 'void'",
    )]
}

/// The gift of this number.
///
/// # Errors
/// A refusal where there is none, or it is in another register.
fn find(book: &Connection, number: &str) -> Result<Entry> {
    Entry::find_in(book, "gift", number)
}
