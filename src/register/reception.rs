//! Receptions: the plan, what is arranged for the guests, how it was, and the summary (R5.2).

pub mod amend;
pub mod arrange;
pub mod finish;
pub mod import;
pub mod kind;
pub mod plan;
pub mod print;
pub mod receive;
pub mod today;
pub mod visitor;
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

/// The register of receptions.
pub const REGISTER: Register = Register {
    name: "reception",
    title: phrase!("Receptions"),
    view: "reception_list",
    day: "planned_on",
    person: "planned_by",
    what: "unit || ' · ' || purpose",
    text: &[
        "number",
        "unit",
        "purpose",
        "visitors",
        "project",
        "schedule",
        "hosts",
        "place",
        "car",
        "dining",
        "lodging",
        "scenic",
        "our_schedule",
        "summary",
        "outcome",
        "void_reason",
    ],
    restricted: &[],
    parts: &[
        Part { title: phrase!("Visitors"), sql: "SELECT name, title FROM visitor WHERE entry = :id ORDER BY position" },
        EXCEPTIONS,
    ],
    as_of: &[],
};

/// What is done with receptions.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Enter the plan of a visit: purpose, schedule, visitors and their positions (R5.2(1))
    Add(plan::Add),
    /// Arrange it: staff, place, cars, dining, gifts, lodging, scenic visit, schedule; each or none (R5.2(2))
    Arrange(Box<arrange::Arrange>),
    /// Enter how it was once the guests have left: days, people, cost
    Receive(receive::Receive),
    /// Enter General Management's summary (R5.2(5))
    Summarize(finish::Summarize),
    /// File it away once it is summarised (R5.2(5))
    Archive(finish::Archive),
    /// Cancel a visit that does not come
    Cancel(finish::Cancel),
    /// Void a spoilt plan: number and reason stay
    Void(spoil::Void),
    /// Correct a reception; the old values stay in its history
    Amend(Box<amend::Amend>),
    /// Who is here on a day, for rooms, meals and cars
    Day(today::Day),
    /// List receptions, planned against actual people and cost
    List(Filter),
    /// Show one reception
    Show(shared::Show),
    /// Show what happened to a reception
    History(shared::History),
    /// The plan as a page to print
    Print(print::Print),
    /// Bring in an old list of receptions from CSV
    Import(old_ledger::Import),
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Add(add) => desk.change("reception add", &add.deed, |change| add.enter(change)),
            Self::Arrange(arrange) => desk.change("reception arrange", &arrange.deed, |change| arrange.enter(change)),
            Self::Receive(receive) => desk.change("reception receive", &receive.deed, |change| receive.enter(change)),
            Self::Summarize(summarize) => {
                desk.change("reception summarize", &summarize.deed, |change| summarize.enter(change))
            }
            Self::Archive(archive) => desk.change("reception archive", &archive.deed, |change| archive.enter(change)),
            Self::Cancel(cancel) => desk.change("reception cancel", &cancel.deed, |change| cancel.enter(change)),
            Self::Void(void) => desk.change("reception void", &void.deed, |change| {
                void.enter(change, "reception", |change, entry| entry.refuse_before_last(change, say!("voided")))
            }),
            Self::Amend(amend) => desk.change("reception amend", &amend.deed, |change| amend.enter(change)),
            Self::Day(day) => day.run(desk),
            Self::List(filter) => shared::list(desk, "reception", &filter),
            Self::Show(show) => show.run_in(desk, "reception"),
            Self::History(history) => history.run_in(desk, "reception"),
            Self::Print(print) => print.run(desk),
            Self::Import(import) => import::run(&import, desk),
        }
    }
}

/// Receptions of the month-end pack: those that were open at some time of the month, as they stand.
///
/// # Errors
/// An error of `SQLite`.
pub fn month_parts(book: &Connection, month: Month) -> Result<Vec<PackFile>> {
    Ok(vec![PackFile::of_register(
        book,
        &REGISTER,
        month,
        "receptions.csv",
        &["planned_people", "people", "planned_cost_fen", "cost_fen"],
    )?])
}

/// Receptions on the first page of the month-end pack.
#[must_use]
pub fn month_figures() -> Vec<MonthFigure> {
    vec![
        MonthFigure::count(
            say!("receptions"),
            "SELECT count(*) FROM reception_list WHERE arrived_on BETWEEN :first AND :last AND state <> 'void'",
        ),
        MonthFigure::amount(
            say!("cost of receptions"),
            "SELECT coalesce(sum(cost_fen), 0) FROM reception_list WHERE arrived_on BETWEEN :first AND :last AND state <> 'void'",
        ),
    ]
}

/// What every step of General Management begins with: the reception, the step that leads on, and who takes it.
#[derive(Debug)]
struct Task {
    entry: Entry,
    step: Step,
    actor: Person,
}

impl Task {
    /// Begins the step `verb`, which leaves the reception `done`.
    ///
    /// # Errors
    /// A refusal where the reception stands elsewhere, the day is before its last step, or the actor is not of General Management.
    fn begin(change: &Change<'_>, number: &str, verb: &str, done: &str, by: Option<&str>) -> Result<Self> {
        let entry = Entry::find_in(change.sql(), "reception", number)?;
        let step = entry.step(change.sql(), verb, None)?;
        entry.refuse_before_last(change, done)?;
        let actor = identity::general_management(change, by, &step.clause, &say!("receptions are {done}", done))?;
        Ok(Self { entry, step, actor })
    }

    /// Takes the step, once the reception's fields are written, and records it.
    ///
    /// # Errors
    /// An error of `SQLite`.
    fn finish(mut self, change: &mut Change<'_>, note: Option<&str>) -> Result<Entry> {
        self.entry.take(change, &self.step)?;
        change.record(&self.entry.thing()?, &self.actor.key, note)?;
        Ok(self.entry)
    }
}
