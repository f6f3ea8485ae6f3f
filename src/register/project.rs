//! Projects and their leaders (R3).

pub mod contract;
pub mod currency;
pub mod import;
pub mod instalments;
pub mod lead;
pub mod leader;
pub mod open;
pub mod orders;
pub mod payments;
pub mod product_line;
pub mod receive;
pub mod share;
pub mod source;

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
    text: &["number", "customer", "title", "contract", "product", "region", "outcome", "void_reason"],
    restricted: &[],
    parts: &[
        Part {
            title: "Leaders",
            sql: "SELECT person, from_on, date(lead(from_on) OVER (ORDER BY position), '-1 day') AS until_on, appointed_by
                FROM leader WHERE entry = :id ORDER BY position",
        },
        Part {
            title: "Contract and supplements",
            sql: "SELECT contract, signed_on, customer, currency, amount_fen, iif(rate_e4 IS NULL, NULL, printf('%.4f', rate_e4 / 10000.0)) AS rate, deliver_by_on,
                warranty_months FROM contract WHERE entry = :id ORDER BY position",
        },
        Part {
            title: "Product lines",
            sql: "SELECT c.contract, l.product, l.quantity, l.price_fen, l.quantity * l.price_fen AS amount_fen
                FROM product_line AS l JOIN contract AS c ON c.entry = l.entry AND c.position = l.contract
                WHERE l.entry = :id ORDER BY l.contract, l.position",
        },
        Part {
            title: "Instalments",
            sql: "SELECT kind, share_pct, amount_fen, received_fen, amount_fen - received_fen AS owed_fen, due_on,
                iif(due_on IS NULL, due_event, NULL) AS due_with FROM instalment WHERE entry = :id ORDER BY position",
        },
        Part {
            title: "Receipts",
            sql: "SELECT r.received_on, i.kind, r.amount_fen, r.voucher FROM receipt AS r
                JOIN instalment AS i ON i.entry = r.entry AND i.position = r.instalment WHERE r.entry = :id ORDER BY r.position",
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
    /// Enter the contract that was signed, or a supplement to it (R3.3, R3.4)
    Contract(contract::Sign),
    /// Set how the contract is paid; set it anew after a supplement (R3.7)
    Instalments(instalments::Instalments),
    /// Enter a payment that came in (R3.7)
    Receive(receive::Receive),
    /// List what is owed, its age, and what was collected of what has fallen due (R3.7)
    Payments(payments::Payments),
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
            Self::Contract(sign) => desk.change("project contract", &sign.deed, |change| sign.enter(change)),
            Self::Instalments(instalments) => {
                desk.change("project instalments", &instalments.deed, |change| instalments.enter(change))
            }
            Self::Receive(receive) => desk.change("project receive", &receive.deed, |change| receive.enter(change)),
            Self::Payments(payments) => payments.run(desk),
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

/// Projects of the month-end pack: those that were open at some time of the month, as they stand; what is owed, and the orders.
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
    Ok(vec![
        orders::month_part(month),
        month::Part::new("projects.csv", projects, &["amount_fen"]),
        payments::month_part(month),
    ])
}

/// The project that is named by its number, or by the number on the paper of its contract.
///
/// # Errors
/// A refusal where there is no such project.
pub fn named(book: &Connection, which: &str) -> Result<Entry> {
    if let Some(entry) = Entry::look_up(book, which)? {
        return if entry.register == "project" { Ok(entry) } else { Entry::find_in(book, "project", which) };
    }
    let number: Option<String> = book
        .prepare_cached(
            "SELECT e.number FROM contract AS c JOIN entry AS e ON e.id = c.entry WHERE c.contract = ?1 AND c.position = 1",
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
