//! Projects and their leaders (R3).

/// An amount in 1/100 of a currency as fen, in SQL, at what one of the currency is worth in 1/10000 yuan.
#[macro_export]
macro_rules! in_yuan {
    ($amount:literal, $rate:literal) => {
        concat!(
            $amount,
            " / 10000 * coalesce(",
            $rate,
            ", 10000) + ",
            $amount,
            " % 10000 * coalesce(",
            $rate,
            ", 10000) / 10000"
        )
    };
}

pub mod instalments;
pub(crate) mod leader;
pub(crate) mod opening;
pub(crate) mod orders;
pub mod payments;
pub(crate) mod target;

mod blockers;
pub(crate) mod contract;
mod contract_file;
mod currency;
mod delivery;
mod import;
mod log;
mod lowered;
mod monitor;
mod print;
mod problem;
mod product_line;
mod production;
mod receipts;
mod reversal;
mod review;
mod schedule;
mod share;
mod team;
mod termination;
mod waiting;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use self::production::PRODUCTION;
use super::entry::Entry;
use super::field::{Field, Need};
use super::form::{Check, Form, Rule, Step, Verb, Who, formed, own, own_verbs};
use super::{EXCEPTIONS, Part, Register, amend, reopen, room};
use crate::book::select::Select;
use crate::fields;
use crate::money::Money;
use crate::nearest;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::pack::{Judged, MonthFigure, PackFile};
use crate::say;
use crate::text;

/// In SQL, the row of the journal that entered a row `x` of a list of an entry first, as `j`.
macro_rules! entered {
    ($list:literal) => {
        concat!(
            "LEFT JOIN journal AS j ON j.id = (SELECT min(k.id) FROM entry AS e JOIN journal AS k ON k.thing = e.number
                JOIN json_each(k.record, '$.",
            $list,
            "') AS r WHERE e.id = x.entry AND r.value ->> 'position' = x.position)"
        )
    };
}

/// The register of projects.
pub(crate) static REGISTER: Register = Register {
    name: "project",
    room: room::of::<Project>("project", "Projects: leaders, contracts, collection (R3)"),
    template: Some("PRJ{yy}-{seq:3}"),
    title: phrase!("Projects"),
    view: "project_list",
    day: "opened_on",
    person: "leader",
    what: "customer || ' · ' || title",
    text: &["number", "customer", "title", "contract", "product", "region", "outcome", "void_reason"],
    names: &["customer"],
    lists: &["leader", "team", "contract", "product_line", "instalment"],
    growing: &["milestone", "project_log", "review", "product_check", "problem", "receipt"],
    totals: &["amount_fen"],
    sums: &["contract_amount_fen", "received_fen", "owed_fen"],
    parts: &[
        Part {
            title: phrase!("Leaders"),
            sql: concat!(
                "SELECT x.person, x.from_on, date(lead(x.from_on) OVER (ORDER BY x.position), '-1 day') AS until_on, x.appointed_by,
                    j.recorder AS entered_by, nullif(j.declared_flag, 0) AS declared_flag
                FROM leader AS x ",
                entered!("leader"),
                " WHERE x.undone_on IS NULL AND x.entry = :id ORDER BY x.position"
            ),
        },
        Part {
            title: phrase!("Team"),
            sql: concat!(
                "SELECT x.person, x.role, x.from_on, x.until_on, x.named_by, j.recorder AS entered_by,
                    nullif(j.declared_flag, 0) AS declared_flag
                FROM team AS x ",
                entered!("team"),
                " WHERE x.undone_on IS NULL AND x.entry = :id ORDER BY x.role, x.position"
            ),
        },
        Part {
            title: phrase!("Schedule"),
            sql: "SELECT position AS place, what, due_on, done_on, dropped_on,
                iif(done_on IS NULL AND dropped_on IS NULL AND due_on < :day, 'late', '') AS verdict
                FROM milestone WHERE undone_on IS NULL AND entry = :id ORDER BY due_on, position",
        },
        Part {
            title: phrase!("Log"),
            sql: "SELECT position AS place, logged_on, kind, person, text, answer_by_on, answered_on, answer, answered_by
                FROM project_log WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Contract review"),
            sql: "SELECT item, reviewer, reviewed_on, passed_flag, opinion FROM review WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Products monitored"),
            sql: "SELECT product, stage, passed_flag, finding, checked_on, checked_by FROM product_check
                WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Problems"),
            sql: "SELECT position AS problem, kind, what, department, found_on, escalated_to, escalated_on, solved_on, solution, contact
                FROM problem WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Contract and supplements"),
            sql: "SELECT contract, signed_on, customer, currency, amount_fen, iif(rate_e4 IS NULL, NULL, printf('%.4f', rate_e4 / 10000.0)) AS rate, deliver_by_on,
                warranty_months FROM contract WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Product lines"),
            sql: "SELECT c.contract, l.product, l.quantity, l.price_fen, l.quantity * l.price_fen AS amount_fen
                FROM product_line AS l JOIN contract AS c ON c.undone_on IS NULL AND c.entry = l.entry AND c.position = l.contract
                WHERE l.entry = :id ORDER BY l.contract, l.position",
        },
        Part {
            title: phrase!("Instalments"),
            sql: "SELECT kind, share_pct, amount_fen, received_fen, amount_fen - received_fen AS owed_fen, due_on,
                iif(due_on IS NULL, due_event, NULL) AS due_with FROM instalment WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Receipts"),
            sql: "SELECT r.position AS receipt, r.received_on, i.kind, r.amount_fen, r.voucher, r.reverses, r.reason FROM receipt AS r
                JOIN instalment AS i ON r.undone_on IS NULL AND i.entry = r.entry AND i.position = r.instalment WHERE r.entry = :id ORDER BY r.position",
        },
        EXCEPTIONS,
    ],
    waits: &[payments::waiting, waiting::majors],
    month_parts,
    month_figures,
    form: Some(&FORM),
    as_of: &[(
        "leader",
        concat!("SELECT ", leader::leader_on!("id", ":on")),
    )],
    ..Register::BLANK
};

// What it is, and of whom (R3.1).
const DEPARTMENT: Field<String> = Field::department("department", "the one that works on it").fixed();
const CUSTOMER: Field<String> = Field::line("customer", "").need(Need::Given);
const TITLE: Field<String> = Field::line("title", "what the project is, in one line").need(Need::Given);
const PRODUCT: Field<String> = Field::line("product", "");
const REGION: Field<String> = Field::text("region", "the province, and the city behind it");
const AMOUNT: Field<Money> = Field::estimate("amount_fen", "estimated, in yuan").option("amount").value_name("AMOUNT");
const MAJOR: Field<bool> = Field::switch("major_flag", "whatever its amount: the branch manager appoints its leader")
    .option("major")
    .on_amend("whatever its amount");
const MINOR: Field<bool> =
    Field::switch("minor", "no major project, unless its amount makes it one").unless("major_flag").corrected().loose();
const SOURCE: Field<String> = Field::entry("source", "the entry of user information that it comes from", "info");

// How it ends.
const DELIVERED: Field<NaiveDate> = Field::past("delivered_on", "").option("delivered-on").corrected();
const ACCEPTED: Field<NaiveDate> = Field::past("accepted_on", "").option("accepted-on").corrected();
const NOTE: Field<String> =
    Field::text("outcome", "with what it was closed").at_step("note").value_name("TEXT").noted();
const OUTCOME: Field<String> = Field::text("outcome", "why it ends so").reason();

/// A step of the work that goes on beside the others, on whatever day it was.
const WORK: Step = Step { done: phrase!("attended to"), early: true, ..Step::BLANK };

formed!(Project);

/// The register as a form.
pub(crate) static FORM: Form = Form {
    number: "The project's number",
    rows: phrase!("projects"),
    amended: ("R3.1", Who::Clerk(phrase!("corrects projects"))),
    imported: "R3.1",
    office: ("business", true),
    verbs: &[
        Verb::Step(Step {
            name: "add",
            about: "Open a project",
            state: "open",
            fields: fields![DEPARTMENT, CUSTOMER, TITLE, PRODUCT, REGION, AMOUNT, MAJOR, MINOR, SOURCE],
            who: Who::Check(opening::opens),
            guards: &[Check::Follows(opening::weigh)],
            says: opening::opened,
            ..Step::BLANK
        }),
        leader::LEAD,
        team::TEAM_CHANGES,
        schedule::PLAN,
        schedule::REACH,
        log::NOTE,
        review::REVIEW,
        contract::SIGN,
        monitor::MONITOR,
        Verb::Extract(&monitor::MONITORED),
        instalments::SET,
        receipts::RECEIVE,
        reversal::REVERSE,
        own::<payments::Payments>(
            "payments",
            "List what is owed, its age, and what was collected of what has fallen due (R3.7)",
        ),
        own_verbs::<target::Verb>("target", "The collection plan: what a department is to collect in a month (R3.7)"),
        problem::FIND,
        problem::ESCALATE,
        problem::SOLVE,
        Verb::Extract(&problem::LISTED),
        production::PRODUCE,
        delivery::DELIVER,
        delivery::ACCEPT,
        own::<blockers::Blockers>("blockers", "Show what keeps a project open, and what clears it"),
        delivery::CLOSE,
        delivery::LOSE,
        termination::TERMINATE,
        reopen::reopen(
            "Take up again a project that was lost or closed",
            |task| Ok(if task.entry.state == "closed" { "accepted" } else { "negotiating" }),
            Who::Check(|task| leader::require_or_manager(task, say!("taking up a project again"))),
        ),
        own::<contract_file::File>(
            "papers",
            "List everything in a project's contract file, and what is missing (R4.7)",
        )
        .formerly("file"),
        Verb::Sheet(&print::SHEET),
        amend::amend("Correct a project; the old values stay in its history"),
        room::void("Void a spoilt project: number and reason stay"),
        own::<schedule::Projects>("list", "List projects"),
        room::show("Show one project; with --on DATE who led it that day"),
        room::history("Show what happened to a project"),
        room::undo(),
        room::import::<Project>("Bring in an old register from a CSV file or a workbook"),
    ],
    corrects: &[&receipts::RECEIPTS],
    rules: &[
        Rule { fields: fields![AMOUNT, MAJOR, MINOR], check: Check::Follows(opening::weigh) },
        Rule { fields: fields![AMOUNT, CUSTOMER, MAJOR, MINOR], check: Check::Follows(opening::note_split) },
        Rule { fields: fields![PRODUCTION], check: Check::Regulation(production::refuse_unsettled) },
        Rule { fields: fields![SOURCE], check: Check::Regulation(opening::refuse_known_source) },
        Rule { fields: fields![SOURCE], check: Check::Follows(opening::refuse_others_source) },
        Rule { fields: fields![DELIVERED, ACCEPTED], check: Check::Follows(delivery::move_due) },
    ],
    old: import::OLD,
    owed: &[
        &waiting::MILESTONES,
        &waiting::ANSWERS,
        &waiting::INSTALLATION,
        &waiting::EXECUTION,
        &monitor::UNSEEN,
        &monitor::NOT_PASSED,
        &production::UNSETTLED,
    ],
    alike: fields![CUSTOMER, TITLE],
    ..Form::of(&REGISTER, &DEPARTMENT.spec)
};

/// Projects of the month-end pack: those that were open at some time of the month, as they stand; what is owed, and the orders.
fn month_parts(book: &Connection, judged: Judged) -> Result<Vec<PackFile>> {
    let month = judged.month;
    let projects = PackFile::of_register(book, &REGISTER, month, "projects.csv")?;
    let files = [orders::month_part(month), projects];
    let plan = [target::month_part(month), monitor::month_part(month)];
    Ok(files.into_iter().chain(payments::month_parts(judged)).chain(plan).collect())
}

/// Projects, orders and their collection on the first page of the month-end pack. Amounts are in yuan, at the rate of the contract.
fn month_figures() -> Vec<MonthFigure> {
    let figures = [
        MonthFigure::count(
            say!("projects opened"),
            "SELECT count(*) FROM entry WHERE register = 'project' AND day_on BETWEEN :first AND :last AND state <> 'void'",
        ),
        MonthFigure::count(
            say!("contracts signed"),
            "SELECT count(*) FROM contract WHERE undone_on IS NULL AND position = 1 AND signed_on BETWEEN :first AND :last",
        ),
        orders::month_figure(),
    ];
    figures.into_iter().chain([target::month_figure()]).chain(payments::month_figures()).collect()
}

/// The project that is named by its number, or by the number on the paper of its contract.
pub(crate) fn named(book: &Connection, which: &str) -> Result<Entry> {
    if let Some(project) = look_up(book, which)? {
        return Ok(project);
    }
    let known = "SELECT number FROM entry WHERE register = 'project' UNION SELECT contract FROM contract WHERE undone_on IS NULL";
    let way_out = nearest::or_see(book, which, known, say!("see branchbook project list"))?;
    let which = text::trim(which);
    Err(Refusal::not_found(say!("there is no project or contract {which}", which)).or(way_out).into())
}

/// As [`named`]; none where there is no such project.
pub(crate) fn look_up(book: &Connection, which: &str) -> Result<Option<Entry>> {
    if Entry::look_up(book, which)?.is_some() {
        return Entry::find_in(book, "project", which).map(Some);
    }
    let number = of_contract(book, text::trim(which), None)?;
    number.map(|number| Entry::find_in(book, "project", &number)).transpose()
}

/// The number of the project whose contract bears this one on its paper, in whatever spelling; of no other than `but`, where one is given.
/// As it is written goes first, which an index tells.
pub(crate) fn of_contract(book: &Connection, contract: &str, but: Option<&str>) -> Result<Option<String>> {
    let number = of_contract_as_written(book, contract, but)?;
    let key = text::paper(contract);
    if number.is_some() || key.is_empty() {
        return Ok(number);
    }
    let spelt = format!("{OF_CONTRACT} paper(c.contract) = ?1 ORDER BY e.id LIMIT 1");
    book.value(&spelt, (key, but))
}

/// The same in this spelling alone.
fn of_contract_as_written(book: &Connection, contract: &str, but: Option<&str>) -> Result<Option<String>> {
    let exact = format!("{OF_CONTRACT} c.contract = ?1 LIMIT 1");
    book.value(&exact, (contract, but))
}

/// The numbers of projects by their contracts, but for that of `?2`.
const OF_CONTRACT: &str = "SELECT e.number FROM contract AS c JOIN entry AS e ON e.id = c.entry
    WHERE c.position = 1 AND c.undone_on IS NULL AND e.number IS NOT ?2 AND";
