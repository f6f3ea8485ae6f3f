//! Projects and their leaders (R3).

pub mod import;
pub mod lead;
pub mod leader;
pub mod open;

use anyhow::Result;
use clap::Subcommand;
use rusqlite::{Connection, OptionalExtension};

use super::entry::Entry;
use super::filter::Filter;
use super::{EXCEPTIONS, Part, Register, access, old_ledger, shared, spoil};
use crate::day::Month;
use crate::desk::{Desk, Run};
use crate::refusal::Refusal;
use crate::report::month;
use crate::sheet::query::Query;
use crate::text;

/// The register of projects.
pub const REGISTER: Register = Register {
    name: "project",
    title: "Projects",
    view: "project_list",
    day: "opened_on",
    person: "leader",
    what: "customer || ' · ' || title",
    text: &["number", "customer", "title", "product", "region", "outcome", "void_reason"],
    restricted: &[],
    parts: &[
        Part {
            title: "Leaders",
            sql: "SELECT person, from_on, date(lead(from_on) OVER (ORDER BY position), '-1 day') AS until_on, appointed_by
                FROM leader WHERE entry = :id ORDER BY position",
        },
        EXCEPTIONS,
    ],
    as_of: &[(
        "leader",
        "SELECT l.person FROM leader AS l WHERE l.entry = id AND l.from_on <= :on ORDER BY l.position DESC LIMIT 1",
    )],
};

/// What is done with projects.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Open a project
    Add(open::Add),
    /// Appoint the leader from a day on; the department manager does, for a major project the branch manager (R3.1)
    Lead(lead::Lead),
    /// Void a spoilt project: number and reason stay
    Void(spoil::Void),
    /// List projects
    List(Filter),
    /// Show one project; with --on DATE who led it that day
    Show(shared::Show),
    /// Show what happened to a project
    History(shared::History),
    /// Bring in an old register from CSV
    Import(old_ledger::Import),
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Add(add) => desk.change("project add", &add.deed, |change| add.enter(change)),
            Self::Lead(lead) => desk.change("project lead", &lead.deed, |change| lead.enter(change)),
            Self::Void(void) => desk.change("project void", &void.deed, |change| {
                void.enter(change, "project", |change, entry| entry.refuse_before_last(change, "voided"))
            }),
            Self::List(filter) => shared::list(desk, "project", &filter),
            Self::Show(show) => show.run_in(desk, "project"),
            Self::History(history) => history.run_in(desk, "project"),
            Self::Import(import) => import::run(&import, desk),
        }
    }
}

/// Projects of the month-end pack: those that were open at some time of the month, as they stand.
///
/// # Errors
/// An error of `SQLite`.
pub fn month_parts(book: &Connection, month: Month) -> Result<Vec<month::Part>> {
    let columns = access::printed_columns(book, "project_list")?.join(", ");
    let projects = Query::new(
        format!("Projects in {month}"),
        format!(
            "SELECT {columns} FROM project_list WHERE opened_on <= :last AND (ended_on IS NULL OR ended_on >= :first) ORDER BY opened_on, id"
        ),
    );
    let projects = projects.with(":first", month.first().to_string()).with(":last", month.last().to_string());
    Ok(vec![month::Part::new("projects.csv", projects, &["amount_fen"])])
}

/// The project that is named by its number, or by the number on the paper of its contract.
///
/// # Errors
/// A refusal where there is no such project, or several have a contract of that number.
pub fn named(book: &Connection, which: &str) -> Result<Entry> {
    if let Some(entry) = Entry::look_up(book, which)? {
        return if entry.register == "project" { Ok(entry) } else { Entry::find_in(book, "project", which) };
    }
    let number: Option<String> = book
        .prepare_cached(
            "SELECT e.number FROM contract AS c JOIN entry AS e ON e.id = c.entry WHERE c.contract = ?1 ORDER BY e.id LIMIT 1",
        )?
        .query_row([text::trim(which)], |row| row.get(0))
        .optional()?;
    match number {
        Some(number) => Entry::find_in(book, "project", &number),
        None => Err(Refusal::not_found(format!("there is no project or contract {}", text::trim(which)))
            .or("see branchbook project list")
            .into()),
    }
}
