//! User information: from the salesperson who learned of a need to the one who tracks it (R2).

pub mod collect;
pub mod collector;
pub mod correct;
pub mod grant;
pub mod handle;
pub mod import;
pub mod open_project;
pub mod pursue;
pub mod quota;
pub mod readings;
pub mod region;
pub mod report;
pub mod route;
pub mod tally;
mod waiting;

use anyhow::{Context, Result};
use clap::Subcommand;
use rusqlite::Connection;

use super::entry::Step;
use super::filter::Filter;
use super::pack::MonthFigure;
use super::{Part, Register, old_ledger, shared, spoil};
use crate::desk::{Desk, Run};
use crate::language;
use crate::phrase;
use crate::room::Room;
use crate::say;

/// The register of user information.
pub static REGISTER: Register = Register {
    name: "info",
    room: Room::with_verbs::<Verb>("info", "User information, reported monthly (R2)"),
    template: Some("INF{yy}-{seq:4}"),
    title: phrase!("User information"),
    view: "info_list",
    day: "collected_on",
    person: "collected_by",
    what: "customer || ' · ' || equipment",
    text: &[
        "number",
        "customer",
        "equipment",
        "region",
        "need",
        "contact_person",
        "phone",
        "source",
        "outcome",
        "void_reason",
    ],
    restricted: &["customer", "need", "contact_person", "phone", "amount_fen", "source", "outcome", "void_reason"],
    lists: &[],
    growing: &["follow"],
    parts: &[
        Part {
            title: phrase!("Notes"),
            sql: "SELECT noted_on, person, note FROM follow WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Project"),
            sql: "SELECT o.number, o.state, o.day_on AS opened_on, p.title FROM entry AS e JOIN project AS p ON p.source = e.number
                JOIN entry AS o ON o.id = p.entry WHERE e.id = :id AND o.state <> 'void'",
        },
    ],
    waits: &[waiting::reports, waiting::information],
    month_parts: |_, _| Ok(Vec::new()),
    month_figures,
    form: None,
    as_of: &[],
};

/// What is done with user information.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Enter what a salesperson learned of a customer's need (R2.2)
    Add(collect::Add),
    /// Report a department's month to General Management, also where nothing was collected (R2.2)
    Report(report::Report),
    /// File what was reported (R2.2)
    File(handle::File),
    /// Pass an entry to the department that is to track it (R2.3)
    Assign(handle::Assign),
    /// Put a named salesperson on an entry (R2.3)
    Track(pursue::Track),
    /// Note what came of tracking
    Follow(pursue::Follow),
    /// Open a project from an entry (R2.3, R3.1)
    OpenProject(open_project::OpenProject),
    /// Close an entry as won or lost
    Close(pursue::Close),
    /// Which department an entry of a region or an equipment type goes to (R2.3)
    #[command(subcommand)]
    Route(route::Verb),
    /// Void a spoilt entry: number and reason stay
    Void(spoil::Void),
    /// Correct an entry; the old values stay in its history
    Amend(correct::Amend),
    /// List entries; what you may not read is masked (R2.6)
    List(Filter),
    /// Show one entry
    Show(shared::Show),
    /// Show what happened to an entry
    History(shared::History),
    /// Bring in an old register from CSV
    Import(old_ledger::Import),
    /// Indicators: how many entries a month a department or a person is to collect (R2.2)
    #[command(subcommand, arg_required_else_help = true)]
    Quota(quota::Verb),
    /// A month's entries against the indicators (R2.2, R2.2a)
    Tally(tally::Tally),
    /// Let somebody read user information until a day, as the branch manager approved (R2.6)
    Grant(grant::Grant),
    /// End a person's grants, or one of them
    Revoke(grant::Revoke),
    /// List who was granted what until when
    Grants(grant::Grants),
    /// Show who read what (R2.4)
    Access(readings::Readings),
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Add(add) => desk.change("info add", &add.deed, |change| add.enter(change)),
            Self::Report(report) => desk.change("info report", &report.deed, |change| report.enter(change)),
            Self::File(file) => desk.change("info file", &file.deed, |change| file.enter(change)),
            Self::Assign(assign) => desk.change("info assign", &assign.deed, |change| assign.enter(change)),
            Self::Track(track) => desk.change("info track", &track.deed, |change| track.enter(change)),
            Self::Follow(follow) => desk.change("info follow", &follow.deed, |change| follow.enter(change)),
            Self::OpenProject(open) => desk.change("info open-project", &open.deed, |change| open.enter(change)),
            Self::Close(close) => desk.change("info close", &close.deed, |change| close.enter(change)),
            Self::Route(verb) => verb.run(desk),
            Self::Void(void) => desk.change("info void", &void.deed, |change| correct::void(&void, change)),
            Self::Amend(amend) => desk.change("info amend", &amend.deed, |change| amend.enter(change)),
            Self::List(filter) => shared::list(desk, "info", &filter),
            Self::Show(show) => show.run_in(desk, "info"),
            Self::History(history) => history.run_in(desk, "info"),
            Self::Import(import) => import::run(&import, desk),
            Self::Quota(verb) => verb.run(desk),
            Self::Tally(tally) => tally.run(desk),
            Self::Grant(grant) => desk.change("info grant", &grant.deed, |change| grant.enter(change)),
            Self::Revoke(revoke) => desk.change("info revoke", &revoke.deed, |change| revoke.enter(change)),
            Self::Grants(grants) => grants.run(desk),
            Self::Access(readings) => readings.run(desk),
        }
    }
}

/// The step that `verb` takes from a state of this register.
fn step(book: &Connection, verb: &str, from: &str) -> Result<Step> {
    Step::look_up(book, "info", verb, from, None)?.with_context(|| {
        say!("user information that is {state} has no step {verb}", state = language::value(from), verb)
    })
}

/// User information on the first page of the month-end pack: what counts against the indicator (R2.2).
fn month_figures() -> Vec<MonthFigure> {
    vec![MonthFigure::count(
        say!("user information"),
        "SELECT coalesce(sum(collected - duplicates), 0) FROM info_count WHERE month = :month",
    )]
}
