//! Projects and their leaders (R3).

pub mod amend;
pub mod blockers;
pub mod contract;
pub mod currency;
pub mod ending;
pub mod file;
pub mod fulfil;
pub mod import;
pub mod instalments;
pub mod lead;
pub mod leader;
pub mod list;
pub mod log;
pub mod open;
pub mod orders;
pub mod payments;
pub mod problem;
pub mod product_line;
pub mod receive;
pub mod review;
pub mod schedule;
pub mod share;
pub mod source;
pub mod team;

use anyhow::Result;
use clap::Subcommand;
use rusqlite::{Connection, OptionalExtension};

use super::entry::Entry;
use super::{EXCEPTIONS, Part, Register, old_ledger, shared, spoil};
use crate::day::Month;
use crate::desk::{Desk, Run};
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::pack::{MonthFigure, PackFile};
use crate::room::Room;
use crate::say;
use crate::text;

/// The register of projects.
pub static REGISTER: Register = Register {
    name: "project",
    room: Room::with_verbs::<Verb>("project", "Projects: leaders, contracts, collection (R3)"),
    template: Some("PRJ{yy}-{seq:3}"),
    title: phrase!("Projects"),
    view: "project_list",
    day: "opened_on",
    person: "leader",
    what: "customer || ' · ' || title",
    text: &["number", "customer", "title", "contract", "product", "region", "outcome", "void_reason"],
    restricted: &[],
    lists: &["leader", "team", "contract", "product_line", "instalment"],
    growing: &["milestone", "project_log", "review", "problem", "receipt"],
    parts: &[
        Part {
            title: phrase!("Leaders"),
            sql: "SELECT person, from_on, date(lead(from_on) OVER (ORDER BY position), '-1 day') AS until_on, appointed_by
                FROM leader WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Team"),
            sql: "SELECT person, role, from_on, until_on, named_by FROM team WHERE entry = :id ORDER BY role, position",
        },
        Part {
            title: phrase!("Schedule"),
            sql: "SELECT position AS place, what, due_on, done_on, dropped_on,
                iif(done_on IS NULL AND dropped_on IS NULL AND due_on < :day, 'late', '') AS verdict
                FROM milestone WHERE entry = :id ORDER BY due_on, position",
        },
        Part {
            title: phrase!("Log"),
            sql: "SELECT position AS place, logged_on, kind, person, text, answer_by_on, answered_on, answer, answered_by
                FROM project_log WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Contract review"),
            sql: "SELECT item, reviewer, reviewed_on, passed_flag, opinion FROM review WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Problems"),
            sql: "SELECT position AS problem, kind, what, department, found_on, escalated_to, escalated_on, solved_on, solution
                FROM problem WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Contract and supplements"),
            sql: "SELECT contract, signed_on, customer, currency, amount_fen, iif(rate_e4 IS NULL, NULL, printf('%.4f', rate_e4 / 10000.0)) AS rate, deliver_by_on,
                warranty_months FROM contract WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Product lines"),
            sql: "SELECT c.contract, l.product, l.quantity, l.price_fen, l.quantity * l.price_fen AS amount_fen
                FROM product_line AS l JOIN contract AS c ON c.entry = l.entry AND c.position = l.contract
                WHERE l.entry = :id ORDER BY l.contract, l.position",
        },
        Part {
            title: phrase!("Instalments"),
            sql: "SELECT kind, share_pct, amount_fen, received_fen, amount_fen - received_fen AS owed_fen, due_on,
                iif(due_on IS NULL, due_event, NULL) AS due_with FROM instalment WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Receipts"),
            sql: "SELECT r.received_on, i.kind, r.amount_fen, r.voucher FROM receipt AS r
                JOIN instalment AS i ON i.entry = r.entry AND i.position = r.instalment WHERE r.entry = :id ORDER BY r.position",
        },
        EXCEPTIONS,
    ],
    waits: &[payments::waiting, schedule::waiting, log::waiting, problem::waiting],
    month_parts,
    month_figures,
    form: None,
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
    /// Name the members of a major project's team, and its leader (R3.9)
    Team(team::Team),
    /// Plan a milestone, or set it another day (R3.2)
    Plan(schedule::Plan),
    /// Enter that a milestone was reached (R3.2)
    Done(schedule::Done),
    /// Note a letter, call, visit, negotiation or request, and what was answered (R3.4, R3.6)
    Log(log::Log),
    /// Enter a contract review by ISO 9000 (R3.3)
    Review(review::Review),
    /// Enter the contract that was signed, or a supplement to it (R3.3, R3.4)
    Contract(contract::Sign),
    /// Set how the contract is paid; set it anew after a supplement (R3.7)
    Instalments(instalments::Instalments),
    /// Enter a payment that came in (R3.7)
    Receive(receive::Receive),
    /// List what is owed, its age, and what was collected of what has fallen due (R3.7)
    Payments(payments::Payments),
    /// Enter a problem of execution or installation (R3.5, R3.8)
    Problem(problem::Problem),
    /// Escalate a hard problem to a manager or leader (R3.8)
    Escalate(problem::Escalate),
    /// Enter how a problem was solved (R3.5, R3.8)
    Solve(problem::Solve),
    /// List problems, with the days they have been open
    Problems(problem::Problems),
    /// Enter that the product is delivered
    Deliver(fulfil::Fulfil),
    /// Enter that the user has accepted the product
    Accept(fulfil::Fulfil),
    /// Show what keeps a project open, and what clears it
    Blockers(blockers::Blockers),
    /// Close a project whose payments, problems and forms are done
    Close(ending::Close),
    /// End a project that came to nothing
    Lose(ending::Lose),
    /// List everything in a project's contract file, and what is missing (R4.7)
    File(file::File),
    /// Correct a project; the old values stay in its history
    Amend(amend::Amend),
    /// Void a spoilt project: number and reason stay
    Void(spoil::Void),
    /// List projects
    List(list::List),
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
            Self::Team(team) => desk.change("project team", &team.deed, |change| team.enter(change)),
            Self::Plan(plan) => desk.change("project plan", &plan.deed, |change| plan.enter(change)),
            Self::Done(done) => desk.change("project done", &done.deed, |change| done.enter(change)),
            Self::Log(log) => desk.change("project log", &log.deed, |change| log.enter(change)),
            Self::Review(review) => desk.change("project review", &review.deed, |change| review.enter(change)),
            Self::Contract(sign) => desk.change("project contract", &sign.deed, |change| sign.enter(change)),
            Self::Instalments(instalments) => {
                desk.change("project instalments", &instalments.deed, |change| instalments.enter(change))
            }
            Self::Receive(receive) => desk.change("project receive", &receive.deed, |change| receive.enter(change)),
            Self::Payments(payments) => payments.run(desk),
            Self::Problem(problem) => desk.change("project problem", &problem.deed, |change| problem.enter(change)),
            Self::Escalate(escalate) => {
                desk.change("project escalate", &escalate.deed, |change| escalate.enter(change))
            }
            Self::Solve(solve) => desk.change("project solve", &solve.deed, |change| solve.enter(change)),
            Self::Problems(problems) => problems.run(desk),
            Self::Deliver(fulfil) => desk.change("project deliver", &fulfil.deed, |change| fulfil.deliver(change)),
            Self::Accept(fulfil) => desk.change("project accept", &fulfil.deed, |change| fulfil.accept(change)),
            Self::Blockers(blockers) => blockers.run(desk),
            Self::Close(close) => desk.change("project close", &close.deed, |change| close.enter(change)),
            Self::Lose(lose) => desk.change("project lose", &lose.deed, |change| lose.enter(change)),
            Self::File(file) => file.run(desk),
            Self::Amend(amend) => desk.change("project amend", &amend.deed, |change| amend.enter(change)),
            Self::Void(void) => desk.change("project void", &void.deed, |change| {
                void.enter(change, "project", |change, entry| entry.refuse_before_last(change, say!("voided")))
            }),
            Self::List(list) => list.run(desk),
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
fn month_parts(book: &Connection, month: Month) -> Result<Vec<PackFile>> {
    Ok(vec![
        orders::month_part(month),
        PackFile::of_register(book, &REGISTER, month, "projects.csv", &["amount_fen"])?,
        payments::month_part(month),
        payments::month_part_by_customer(month),
    ])
}

/// Projects, orders and their collection on the first page of the month-end pack. Amounts are in yuan, at the rate of the contract.
fn month_figures() -> Vec<MonthFigure> {
    vec![
        MonthFigure::count(
            say!("projects opened"),
            "SELECT count(*) FROM entry WHERE register = 'project' AND day_on BETWEEN :first AND :last AND state <> 'void'",
        ),
        MonthFigure::count(
            say!("contracts signed"),
            "SELECT count(*) FROM contract WHERE position = 1 AND signed_on BETWEEN :first AND :last",
        ),
        orders::month_figure(),
        payments::month_plan(),
        payments::month_collection(),
    ]
}

/// The project that is named by its number, or by the number on the paper of its contract.
///
/// # Errors
/// A refusal where there is no such project.
pub fn named(book: &Connection, which: &str) -> Result<Entry> {
    look_up(book, which)?.ok_or_else(|| {
        Refusal::not_found(say!("there is no project or contract {which}", which = text::trim(which)))
            .or(say!("see branchbook project list"))
            .into()
    })
}

/// As [`named`]; none where there is no such project.
///
/// # Errors
/// A refusal where the number is another register's.
pub fn look_up(book: &Connection, which: &str) -> Result<Option<Entry>> {
    if Entry::look_up(book, which)?.is_some() {
        return Entry::find_in(book, "project", which).map(Some);
    }
    let number: Option<String> = book
        .prepare_cached(
            "SELECT e.number FROM contract AS c JOIN entry AS e ON e.id = c.entry WHERE c.contract = ?1 AND c.position = 1",
        )?
        .query_row([text::trim(which)], |row| row.get(0))
        .optional()?;
    number.map(|number| Entry::find_in(book, "project", &number)).transpose()
}
