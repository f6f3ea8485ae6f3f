//! Equipment: who keeps and uses it, what happened to it, and whether it is there (R5.5).

pub mod add;
pub mod amend;
pub mod custody;
pub mod damage;
pub mod dispose;
pub mod hand;
pub mod handover;
pub mod import;
pub mod loss;
pub mod stocktake;
pub mod waiting;

use anyhow::Result;
use clap::Subcommand;
use rusqlite::Connection;

use super::filter::Filter;
use super::old_ledger::Import;
use super::{EXCEPTIONS, Part, Register, shared, spoil};
use crate::day::Month;
use crate::desk::{Desk, Run};
use crate::phrase;
use crate::register::pack::PackFile;
use crate::room::Room;
use crate::say;

/// A column of the term of custody in which somebody had a duty on the day `:on`.
macro_rules! on_day {
    ($column:literal, $duty:literal) => {
        concat!(
            "SELECT c.",
            $column,
            " FROM custody AS c WHERE c.entry = id AND c.duty = '",
            $duty,
            "' AND c.from_on <= :on AND (c.until_on IS NULL OR c.until_on > :on)"
        )
    };
}

/// The register of equipment.
pub static REGISTER: Register = Register {
    name: "asset",
    room: Room::with_verbs::<Verb>("asset", "Equipment: keepers, users, damage, stocktakes (R5.5)"),
    template: Some("AST-{seq:4}"),
    title: phrase!("Assets"),
    view: "asset_list",
    day: "bought_on",
    person: "keeper",
    what: "name || coalesce(' · ' || model, '')",
    text: &[
        "number",
        "name",
        "keeper",
        "user",
        "tag",
        "serial_no",
        "model",
        "category",
        "supplier",
        "place",
        "used_for",
        "damage",
        "disposal",
        "void_reason",
    ],
    restricted: &[],
    lists: &[],
    growing: &["custody", "damage", "loss"],
    parts: &[
        Part {
            title: phrase!("Custody"),
            sql: "SELECT duty, person, purpose AS used_for, from_on, until_on FROM custody WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Damage"),
            sql: "SELECT what, reported_by, happened_on, reported_on,
                CAST(julianday(reported_on) - julianday(happened_on) AS INTEGER) AS days_late, outcome, back_on, cost_fen
                FROM damage WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Losses"),
            sql: "SELECT kind, responsible, happened_on, what, police_report, recovered_on FROM loss WHERE entry = :id ORDER BY position",
        },
        EXCEPTIONS,
    ],
    waits: &[waiting::assets],
    decisions: &[],
    month_parts,
    month_figures: Vec::new,
    form: None,
    as_of: &[
        (
            "state",
            "SELECT j.record ->> '$.entry[0].state' FROM journal AS j
             WHERE j.thing = number AND j.happened_on <= :on AND j.verb <> 'asset amend'
             ORDER BY j.verb = 'asset import', j.happened_on DESC, j.id DESC LIMIT 1",
        ),
        ("keeper", on_day!("person", "keeper")),
        ("user", on_day!("person", "user")),
        ("used_for", on_day!("purpose", "user")),
        ("issued_on", on_day!("from_on", "user")),
    ],
};

/// What is done with equipment.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Enter equipment, with the person who keeps it (R5.5(1), R5.5(2))
    Add(add::Add),
    /// Hand it to a person for work (R5.5(3))
    Issue(hand::Issue),
    /// Hand it on from one user to the next, or to another keeper, in one step (R5.5(2))
    Transfer(hand::Transfer),
    /// Take it back into the store
    Return(hand::Return),
    /// Report damage, at once (R5.5(4)); it goes into repair and stays in the same hands
    Damage(damage::Damage),
    /// Enter a repair; the asset is where it was before the damage (R5.5(4))
    Repair(damage::Repair),
    /// Enter a loss; who answered for the asset is named (R5.5(2))
    Lose(loss::Lose),
    /// Enter a theft, with the police's number (R5.5(2))
    Steal(loss::Steal),
    /// Take a lost or stolen asset that was found again back into the store
    Recover(loss::Recover),
    /// Dispose of it; a manager decides
    Dispose(dispose::Dispose),
    /// Count what is there: a stocktake by typed numbers, a file or a scanner; --close signs it
    Count(stocktake::Count),
    /// List stocktakes, or what one of them found to differ; print its result
    Stocktake(stocktake::Show),
    /// Print the sheet that is signed when it is handed over
    Handover(handover::Handover),
    /// Correct what was entered; who keeps and uses it is handed on with transfer
    Amend(amend::Amend),
    /// Void a spoilt entry: number and reason stay
    Void(spoil::Void),
    /// List what a person keeps and uses
    Held(custody::Held),
    /// List damage, with the days by which it was reported late (R5.5(4))
    Damages(damage::Damages),
    /// List assets
    List(Filter),
    /// Show one asset; with --on DATE who answered for it that day
    Show(shared::Show),
    /// Show what happened to an asset
    History(shared::History),
    /// Bring in an old list of assets; each may be in the hands of a user already
    Import(Import),
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Add(add) => desk.change("asset add", &add.deed, |change| add.enter(change)),
            Self::Issue(issue) => desk.change("asset issue", &issue.deed, |change| issue.enter(change)),
            Self::Transfer(transfer) => desk.change("asset transfer", &transfer.deed, |change| transfer.enter(change)),
            Self::Return(back) => desk.change("asset return", &back.deed, |change| back.enter(change)),
            Self::Damage(damage) => desk.change("asset damage", &damage.deed, |change| damage.enter(change)),
            Self::Repair(repair) => desk.change("asset repair", &repair.deed, |change| repair.enter(change)),
            Self::Lose(lose) => desk.change("asset lose", &lose.deed, |change| lose.enter(change)),
            Self::Steal(steal) => desk.change("asset steal", &steal.deed, |change| steal.enter(change)),
            Self::Recover(recover) => desk.change("asset recover", &recover.deed, |change| recover.enter(change)),
            Self::Dispose(dispose) => desk.change("asset dispose", &dispose.deed, |change| dispose.enter(change)),
            Self::Count(count) => count.run(desk),
            Self::Stocktake(show) => show.run(desk),
            Self::Handover(handover) => handover.run(desk),
            Self::Amend(amend) => desk.change("asset amend", &amend.deed, |change| amend.enter(change)),
            Self::Void(void) => desk.change("asset void", &void.deed, |change| {
                void.enter(change, "asset", |change, entry| {
                    entry.refuse_before_last(change, say!("voided"))?;
                    custody::end_all(change, entry)
                })
            }),
            Self::Held(held) => held.run(desk),
            Self::Damages(damages) => damages.run(desk),
            Self::List(filter) => shared::list(desk, "asset", &filter),
            Self::Show(show) => show.run_in(desk, "asset"),
            Self::History(history) => history.run_in(desk, "asset"),
            Self::Import(import) => import::run(&import, desk),
        }
    }
}

/// Assets of the month-end pack: those that the branch had at some time of the month, as they stand.
///
/// # Errors
/// An error of `SQLite`.
fn month_parts(book: &Connection, month: Month) -> Result<Vec<PackFile>> {
    Ok(vec![PackFile::of_register(book, &REGISTER, month, "assets.csv", &["price_fen"])?])
}
