//! Shipments: notice, boxes, transport, gate pass, loading and arrival (R6).

pub mod amend;
pub mod arrive;
pub mod boxes;
pub mod carrier;
pub mod cases;
pub mod import;
pub mod leave;
pub mod load;
pub mod measure;
pub mod notify;
pub mod print;
mod repack;
pub mod terms;
pub mod waiting;

use anyhow::Result;
use clap::Subcommand;
use rusqlite::Connection;

use super::entry::{Entry, Step};
use super::filter::Filter;
use super::{EXCEPTIONS, Part, Register, old_ledger, shared, spoil};
use crate::book::change::Change;
use crate::day::Month;
use crate::desk::{Desk, Run};
use crate::office::identity;
use crate::office::person::Person;
use crate::phrase;
use crate::register::pack::{MonthFigure, PackFile};
use crate::say;

/// The register of shipments.
pub const REGISTER: Register = Register {
    name: "ship",
    title: phrase!("Shipments"),
    view: "ship_list",
    day: "notified_on",
    person: "organised_by",
    what: "coalesce(project, contract) || ' · ' || place",
    text: &[
        "number",
        "project",
        "contract",
        "notice",
        "place",
        "contact_person",
        "phone",
        "route",
        "carrier",
        "completion_notice",
        "cases",
        "gate_pass",
        "vehicle",
        "driver",
        "signed_by",
        "freight_bill",
        "outcome",
        "void_reason",
    ],
    restricted: &[],
    parts: &[
        Part {
            title: phrase!("Boxes"),
            sql: "SELECT position AS run, cases, boxes, weight_g / 1000.0 AS weight_kg, length_mm || 'x' || width_mm || 'x' || height_mm AS size_mm,
                    round(boxes * length_mm * width_mm * height_mm / 1e9, 3) AS volume_m3
                FROM ship_box WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Quotes"),
            sql: "SELECT carrier, price_fen, days, quality, quoted_on FROM ship_quote WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Loading notices"),
            sql: "SELECT position AS notice, boxes, cases, requirement, loaded_on FROM ship_load WHERE entry = :id ORDER BY position",
        },
        EXCEPTIONS,
    ],
    as_of: &[],
};

/// What is done with shipments.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Enter a shipment that a contact form of kind shipping notified (R6.1)
    Add(notify::Add),
    /// Enter the manufacturing department's Completion Notice (R6.2)
    Complete(boxes::Complete),
    /// Enter packed boxes: a run of case numbers with weight and size
    Box(boxes::Pack),
    /// Enter what a carrier asks
    Quote(carrier::Quote),
    /// Compare the quotes by price, days and quality (R6.2)
    Compare(carrier::Compare),
    /// Award the transport to a carrier; not to the cheapest only with a reason (R6.2)
    Award(carrier::Award),
    /// Settle the day with the project's leader or the user (R6.2)
    Schedule(leave::Schedule),
    /// Make out the gate pass; not before the Completion Notice or the advance payment (R6.3)
    Pass(leave::Pass),
    /// Notify manufacturing to load boxes (R6.3)
    Load(load::Load),
    /// Let it leave, once every packed box is loaded
    Dispatch(load::Dispatch),
    /// Enter its arrival, and who signed for it
    Arrive(arrive::Arrive),
    /// Enter the carrier's bill; a reason where it differs from the award
    Bill(arrive::Bill),
    /// Cancel a shipment that has not left
    Cancel(arrive::Cancel),
    /// Void a spoilt shipment: number and reason stay
    Void(spoil::Void),
    /// Correct a shipment; the old values stay in its history
    Amend(Box<amend::Amend>),
    /// List shipments
    List(Filter),
    /// Show one shipment
    Show(shared::Show),
    /// Show what happened to a shipment
    History(shared::History),
    /// The gate pass and the loading notice as pages to print
    Print(print::Print),
    /// Bring in an old list of shipments from CSV
    Import(old_ledger::Import),
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Add(add) => desk.change("ship add", &add.deed, |change| add.enter(change)),
            Self::Complete(complete) => desk.change("ship complete", &complete.deed, |change| complete.enter(change)),
            Self::Box(pack) => desk.change("ship box", &pack.deed, |change| pack.enter(change)),
            Self::Quote(quote) => desk.change("ship quote", &quote.deed, |change| quote.enter(change)),
            Self::Compare(compare) => compare.run(desk),
            Self::Award(award) => desk.change("ship award", &award.deed, |change| award.enter(change)),
            Self::Schedule(schedule) => desk.change("ship schedule", &schedule.deed, |change| schedule.enter(change)),
            Self::Pass(pass) => desk.change("ship pass", &pass.deed, |change| pass.enter(change)),
            Self::Load(load) => desk.change("ship load", &load.deed, |change| load.enter(change)),
            Self::Dispatch(dispatch) => desk.change("ship dispatch", &dispatch.deed, |change| dispatch.enter(change)),
            Self::Arrive(arrive) => desk.change("ship arrive", &arrive.deed, |change| arrive.enter(change)),
            Self::Bill(bill) => desk.change("ship bill", &bill.deed, |change| bill.enter(change)),
            Self::Cancel(cancel) => desk.change("ship cancel", &cancel.deed, |change| cancel.enter(change)),
            Self::Void(void) => desk.change("ship void", &void.deed, |change| {
                void.enter(change, "ship", |change, entry| entry.refuse_before_last(change, say!("voided")))
            }),
            Self::Amend(amend) => desk.change("ship amend", &amend.deed, |change| amend.enter(change)),
            Self::List(filter) => shared::list(desk, "ship", &filter),
            Self::Show(show) => show.run_in(desk, "ship"),
            Self::History(history) => history.run_in(desk, "ship"),
            Self::Print(print) => print.run(desk),
            Self::Import(import) => import::run(&import, desk),
        }
    }
}

/// Shipments of the month-end pack: those that were open at some time of the month, as they stand.
///
/// # Errors
/// An error of `SQLite`.
pub fn month_parts(book: &Connection, month: Month) -> Result<Vec<PackFile>> {
    Ok(vec![PackFile::of_register(book, &REGISTER, month, "shipments.csv", &["boxes", "price_fen", "billed_fen"])?])
}

/// Shipments on the first page of the month-end pack.
#[must_use]
pub fn month_figures() -> Vec<MonthFigure> {
    vec![MonthFigure::count(
        say!("shipments sent"),
        "SELECT count(*) FROM ship_list WHERE dispatched_on BETWEEN :first AND :last AND state <> 'void'",
    )]
}

/// What every step begins with: the shipment, the step that leads on, and who takes it.
#[derive(Debug)]
struct Task {
    entry: Entry,
    step: Step,
    actor: Person,
}

impl Task {
    /// Begins the step `verb`, which leaves the shipment `done`.
    ///
    /// # Errors
    /// A refusal where the shipment stands elsewhere, the day is before its last step, or the actor organises no shipments.
    fn begin(change: &Change<'_>, number: &str, verb: &str, done: &str, by: Option<&str>) -> Result<Self> {
        let entry = Entry::find_in(change.sql(), "ship", number)?;
        let step = entry.step(change.sql(), verb, None)?;
        entry.refuse_before_last(change, done)?;
        let actor = organiser(change, by, &step.clause)?;
        Ok(Self { entry, step, actor })
    }

    /// Takes the step, once the shipment's fields are written, and records it.
    ///
    /// # Errors
    /// An error of `SQLite`.
    fn finish(mut self, change: &mut Change<'_>, note: Option<&str>) -> Result<Entry> {
        self.entry.take(change, &self.step)?;
        change.record(&self.entry.thing()?, &self.actor.key, note)?;
        Ok(self.entry)
    }
}

/// Who organises a shipment: somebody of General Management, or a clerk (R6.2).
///
/// # Errors
/// A refusal by `clause` that names the clerks.
fn organiser(change: &Change<'_>, by: Option<&str>, clause: &str) -> Result<Person> {
    identity::general_management(change, by, clause, say!("shipments are organised"))
}
