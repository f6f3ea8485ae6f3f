//! Receptions: the plan, what is arranged for the guests, how it was, and the summary (R5.2).

mod plan;
mod planner;
mod print;
pub(crate) mod today;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::field::{Field, Need, Rows};
use super::form::{Check, Form, Rule, Step, Verb, Waits, Who, formed, own};
use super::notation::{Named, people_apart};
use super::task::{Row, Task};
use super::{EXCEPTIONS, Part, Register, amend, reopen, room};
use crate::fields;
use crate::language;
use crate::money::Money;
use crate::office::identity;
use crate::person::Person;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::pack::MonthFigure;
use crate::say;
use crate::text::{NONE, visible};

/// The register of receptions.
pub(crate) static REGISTER: Register = Register {
    name: "reception",
    room: room::of::<Reception>("reception", "Receptions, from the plan to the archived summary (R5.2)"),
    template: Some("REC{yy}-{seq:3}"),
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
    names: &["unit"],
    lists: &["visitor"],
    totals: &["planned_people", "people", "planned_cost_fen", "cost_fen"],
    parts: &[
        Part { title: phrase!("Visitors"), sql: "SELECT name, title FROM visitor WHERE entry = :id ORDER BY position" },
        EXCEPTIONS,
    ],
    month_file: "receptions.csv",
    month_figures,
    form: Some(&FORM),
    ..Register::BLANK
};

// The plan (R5.2(1)).
const DEPARTMENT: Field<String> = Field::department("department", "the one that plans the visit").fixed();
const UNIT: Field<String> = Field::line("unit", "the one that visits us").need(Need::Given);
const PURPOSE: Field<String> = Field::text("purpose", "what they come for").need(Need::Given);
const ARRIVE: Field<NaiveDate> = Field::day("arrive_on", "").option("arrive").need(Need::Given);
const LEAVE: Field<NaiveDate> = Field::day("leave_on", "where it is known").option("leave");
const VISITORS: Field<Vec<Vec<Value>>> =
    Field::rows("visitors", "\"name;position\"; once for each, on amend in the place of all", &VISITOR)
        .option("visitor")
        .value_name("NAME;POSITION")
        .need(Need::Asked);
const KIND: Field<String> = Field::usual(
    "kind",
    "",
    &[
        ("visit", "Any visit"),
        ("progress", "About the progress of production; they are helped with lodging (R5.2(3))"),
        ("delivery", "About a delivery; they are helped with lodging (R5.2(3))"),
        ("inspection", "To inspect"),
    ],
);
const PROJECT: Field<String> = Field::project("project", "by its number or its contract's");
const SCHEDULE: Field<String> =
    Field::text("schedule", "what is to be shown and talked about when, or none").or_none().need(Need::Asked);
const PLANNED_COST: Field<Money> = Field::estimate("planned_cost_fen", "in yuan").option("planned-cost");
const LATE: Field<bool> = Field::flag("late_flag").need(Need::Given);

// What General Management arranges, each given or none (R5.2(2) to R5.2(4)).
const HOSTS: Field<String> =
    Field::lines("hosts", "a person of the staff or anybody of the company; once for each, or none")
        .option("host")
        .value_name("PERSON")
        .look_up(host)
        .or_none()
        .need(Need::Given);
const PLACE: Field<String> = Field::line("place", "where they meet, or none").or_none().need(Need::Given);
const CAR: Field<String> = Field::lines("car", "once for each, or none").or_none().need(Need::Given);
const DINING: Field<String> =
    Field::line("dining", "where they eat, or none").or_none().value_name("PLACE").need(Need::Given);
const GIFT_STANDARD: Field<Money> =
    Field::estimate_or_none("gift_standard_fen", "what the gifts for one person may cost, in yuan, or none")
        .option("gift-standard")
        .need(Need::Given);
const LODGING: Field<String> =
    Field::line("lodging", "where they lodge, or none").or_none().value_name("PLACE").need(Need::Given);
const SCENIC: Field<String> =
    Field::text("scenic", "what they are shown, or none").or_none().value_name("TEXT").need(Need::Given);
const OUR_SCHEDULE: Field<String> = Field::text("our_schedule", "when we do what, or none")
    .or_none()
    .option("our-schedule")
    .at_step("schedule")
    .value_name("TEXT")
    .need(Need::Given);

// How it was.
const ARRIVED: Field<NaiveDate> = Field::past("arrived_on", "").option("arrived").need(Need::Tied);
const LEFT: Field<NaiveDate> = Field::past("left_on", "").option("left").need(Need::Tied);
const PEOPLE: Field<u32> = Field::count("people", "how many came", 10_000).need(Need::Asked);
const COST: Field<Money> = Field::estimate("cost_fen", "in yuan").option("cost").need(Need::Asked);
const SUMMARY: Field<String> = Field::text("summary", "").formerly("text").need(Need::Tied);
const OUTCOME: Field<String> = Field::text("outcome", "why it ends so").reason();

static VISITOR: Rows = Rows {
    table: "visitor",
    columns: &["name", "title"],
    parse: visitor,
    between: '|',
    apart: people_apart,
    ..Rows::BLANK
};

formed!(Reception);

/// The register as a form.
pub(crate) static FORM: Form = Form {
    number: "The reception's number",
    rows: phrase!("receptions"),
    amended: ("R5.2(1)", Who::Clerk(phrase!("corrects receptions"))),
    imported: "R5.2(5)",
    office: ("general", false),
    verbs: &[
        Verb::Step(Step {
            name: "add",
            about: "Enter the plan of a visit: purpose, schedule, visitors and their positions (R5.2(1))",
            state: "planned",
            fields: fields![DEPARTMENT, UNIT, PURPOSE, ARRIVE, LEAVE, VISITORS, KIND, PROJECT, SCHEDULE, PLANNED_COST],
            who: Who::Check(planner::plans),
            says: planned,
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "arrange",
            about: "Arrange it: staff, place, cars, dining, gifts, lodging, scenic visit, schedule; each or none (R5.2(2))",
            state: "arranged",
            commits: true,
            fields: fields![HOSTS, PLACE, CAR, DINING, GIFT_STANDARD, LODGING, SCENIC, OUR_SCHEDULE],
            sign: "arranged_on",
            dated: true,
            signed: Some(&Field::past("arranged_on", "").option("arranged-on").corrected().spec),
            exception: Some("Record the breach of a rule instead of refusing it, with the reason"),
            who: Who::GeneralManagement(phrase!("receptions are arranged")),
            says: arranged,
            waits: &[Waits::of("planned", phrase!("reception to be arranged"), "R5.2(2)", "arrive_on")],
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "receive",
            about: "Enter how it was once the guests have left: days, people, cost",
            state: "received",
            done: phrase!("received"),
            fields: fields![ARRIVED, LEFT, PEOPLE, COST],
            sign: "left_on",
            who: Who::GeneralManagement(phrase!("receptions are received")),
            says: received,
            waits: &[Waits::of(
                "arranged",
                phrase!("actual days, people and cost"),
                "R5.2(5)",
                "coalesce(leave_on, arrive_on)",
            )
            .after()],
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "summarize",
            about: "Enter General Management's summary (R5.2(5))",
            state: "summarized",
            fields: fields![SUMMARY],
            sign: "summarized_on",
            dated: true,
            signed: Some(&Field::past("summarized_on", "").option("summarized-on").corrected().spec),
            who: Who::GeneralManagement(phrase!("receptions are summarized")),
            says: summarized,
            waits: &[Waits::of("received", phrase!("summary of the reception"), "R5.2(5)", "summary_due_on")],
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "archive",
            about: "File it away once it is summarised (R5.2(5))",
            state: "archived",
            sign: "ended_on",
            who: Who::GeneralManagement(phrase!("receptions are archived")),
            says: |task| task.says(phrase!("{number}: archived on {on}")),
            waits: &[Waits::of("summarized", phrase!("reception to be archived"), "R5.2(5)", "summarized_on")],
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "cancel",
            about: "Cancel a visit that does not come",
            state: "cancelled",
            fields: fields![OUTCOME],
            sign: "outcome",
            who: Who::Check(planner::cancels),
            says: |task| task.says(phrase!("{number}: cancelled, {outcome}")),
            ..Step::BLANK
        }),
        reopen::reopen("Take up again a visit that was cancelled", |_| Ok("planned"), Who::Check(planner::cancels)),
        room::void("Void a spoilt plan: number and reason stay"),
        amend::amend("Correct a reception; the old values stay in its history"),
        own::<today::Day>("day", "Who is here on a day, for rooms, meals and cars"),
        room::list("List receptions, planned against actual people and cost"),
        room::show("Show one reception"),
        room::history("Show what happened to a reception"),
        room::undo(),
        Verb::Sheet(&print::SHEET),
        room::import::<Reception>("Bring in an old list of receptions from a CSV file or a workbook"),
    ],
    rules: &[
        Rule { fields: fields![ARRIVE, LEAVE], check: Check::Sound(refuse_backwards) },
        Rule { fields: fields![ARRIVED, LEFT], check: Check::Sound(refuse_left_before) },
        Rule { fields: fields![LEFT, SUMMARY], check: Check::Sound(refuse_untold) },
        Rule { fields: fields![LEFT], check: Check::Follows(refuse_left_after) },
        Rule { fields: fields![KIND, ARRIVE, LEAVE, LODGING], check: Check::Regulation(require_lodging) },
        Rule { fields: fields![ARRIVE], check: Check::Follows(note_lateness) },
        Rule { fields: fields![HOSTS], check: Check::Follows(plan::refuse_gone_host) },
        Rule { fields: fields![COST], check: Check::Follows(plan::note_above) },
        Rule { fields: fields![PLANNED_COST, GIFT_STANDARD], check: Check::Follows(plan::note_raised) },
    ],
    also: &[&LATE.spec],
    alike: fields![UNIT, PURPOSE],
    ..Form::of(&REGISTER, &DEPARTMENT.spec)
};

/// A visitor and the position, as `name;position` or `name (position)`.
fn visitor(typed: &str) -> Result<Vec<Value>, Refusal> {
    let wrong = || {
        let what = say!("`{typed}` does not tell a visitor and the position", typed = visible(typed.trim()));
        Refusal::rule("R5.2(1)", what).or(say!("give both, such as --visitor \"刘工;工程师\""))
    };
    match Named::read(typed) {
        Ok(Some(Named { name, post, official: false })) if !typed.contains(VISITOR.between) => {
            Ok(vec![Value::Text(name), Value::Text(post)])
        }
        _ => Err(wrong()),
    }
}

/// A host as it is kept: somebody of the staff by name, whatever was typed.
fn host(book: &Connection, typed: &str) -> Result<String> {
    Ok(Person::look_up(book, typed)?.map_or_else(|| typed.to_owned(), |person| person.name))
}

/// Nobody leaves before arriving.
fn refuse_backwards(row: &Row) -> Result<()> {
    match (row.get(&ARRIVE)?, row.get(&LEAVE)?) {
        (Some(arrive), Some(leave)) if leave < arrive => {
            Err(Refusal::usage(say!("guests who arrive on {arrive} cannot leave on {leave}", arrive, leave))
                .or(say!("give a day from then on with --leave DATE"))
                .into())
        }
        _ => Ok(()),
    }
}

/// Nobody left before arriving.
fn refuse_left_before(row: &Row) -> Result<()> {
    match (row.get(&ARRIVED)?, row.get(&LEFT)?) {
        (Some(arrived), Some(left)) if left < arrived => {
            Err(Refusal::usage(say!("guests who arrived on {arrived} cannot have left on {left}", arrived, left))
                .or(say!("give the day on which they left with --left DATE"))
                .into())
        }
        _ => Ok(()),
    }
}

/// A summary is written once the guests have left, also where that day is corrected (R5.2(5)).
fn refuse_left_after(task: &mut Task<'_, '_>) -> Result<()> {
    let (Some(left), Some(summarized)) = (task.row.get(&LEFT)?, task.row.day("summarized_on")?) else { return Ok(()) };
    if left <= summarized {
        return Ok(());
    }
    let number = &task.entry.number;
    let what = say!(
        "{number} was summarized on {summarized}, and its guests cannot have left on {left}, after that",
        number,
        summarized,
        left
    );
    let way_out = say!(
        "give the day on which they left with --left DATE, {summarized} or before; where that day is wrong, correct it with --summarized-on DATE",
        summarized
    );
    Err(Refusal::usage(what).or(way_out).into())
}

/// A summary tells of a visit that was.
fn refuse_untold(row: &Row) -> Result<()> {
    if row.get(&SUMMARY)?.is_none() || row.get(&LEFT)?.is_some() {
        return Ok(());
    }
    Err(Refusal::usage(say!("tells of a visit: give arrived_on and left_on as well")).into())
}

/// Guests who come about progress or delivery and stay overnight are helped with lodging (R5.2(3)).
fn require_lodging(task: &Task<'_, '_>) -> Result<()> {
    let (kind, leave) = (task.row.get(&KIND)?.unwrap_or_default(), task.row.get(&LEAVE)?);
    let overnight = leave.is_none() || leave > task.row.get(&ARRIVE)?;
    let lodged = task.row.get(&LODGING)?.is_none_or(|lodging| lodging != NONE);
    if lodged || !overnight || !matches!(kind.as_str(), "progress" | "delivery") {
        return Ok(());
    }
    let what = say!(
        "the guests of {number} come about {kind} and are helped with lodging",
        number = task.entry.number,
        kind = language::value(&kind)
    );
    let way_out = say!("say where they lodge with --lodging, also where they found it themselves");
    Err(Refusal::rule("R5.2(3)", what).or(way_out).into())
}

/// A plan comes before the visit; one that was entered on the day of arrival or after is listed, and stays late (R5.2(1)).
fn note_lateness(task: &mut Task<'_, '_>) -> Result<()> {
    if task.opens {
        task.set(LATE.spec.column, false);
    }
    // Of a paper that a clerk brings in with others, its own day counts.
    let entered = match task.change.import {
        Some(_) => Some(task.entry.day),
        None => task.entry.counted_since(task.sql())?,
    };
    let (Some(entered), Some(arrive)) = (entered, task.row.get(&ARRIVE)?) else {
        return Ok(());
    };
    if entered < arrive || task.row.get(&LATE)? == Some(true) {
        return Ok(());
    }
    task.set(LATE.spec.column, true);
    let what = say!(
        "the plan of {number} was entered on {entered}, and the guests arrive on {arrive}: a plan comes before the visit",
        number = task.entry.number,
        entered,
        arrive
    );
    task.note(Refusal::rule("R5.2(1)", what), say!("plan entered late"));
    Ok(())
}

fn planned(task: &Task<'_, '_>) -> Result<String> {
    task.says(phrase!("{number}: {planned_people} visitors of {unit} on {arrive_on}, {purpose}"))
}

fn arranged(task: &Task<'_, '_>) -> Result<String> {
    let hosts = task.row.get(&HOSTS)?.is_some_and(|hosts| hosts != NONE);
    task.says(match (task.entry.state == "arranged", hosts) {
        (false, true) => phrase!("{number}: arranged for {arrive_on}, received by {hosts}"),
        (false, false) => phrase!("{number}: arranged for {arrive_on}"),
        (true, true) => phrase!("{number}: arranged anew for {arrive_on}, received by {hosts}"),
        (true, false) => phrase!("{number}: arranged anew for {arrive_on}"),
    })
}

fn received(task: &Task<'_, '_>) -> Result<String> {
    let people = task.row.get(&PEOPLE)?.unwrap_or_default();
    let people = match task.shown::<Option<u32>>("planned_people")? {
        None => people.to_string(),
        Some(planned) => say!("{people} of {planned} planned", people, planned),
    };
    let cost = task.row.get(&COST)?.unwrap_or(Money(0));
    let cost = match task.row.get(&PLANNED_COST)? {
        None => say!("{cost} yuan", cost),
        Some(planned) => say!("{cost} yuan of {planned} planned", cost, planned),
    };
    Ok(say!(
        "{number}: {people} came, {cost}; the summary is due on {left}",
        number = task.entry.number,
        people,
        cost,
        left = task.shown::<NaiveDate>("summary_due_on")?
    ))
}

fn summarized(task: &Task<'_, '_>) -> Result<String> {
    let due: Option<NaiveDate> = task.shown("summary_due_on")?;
    let counted = identity::counted_day(task.change, &task.actor)?;
    task.says(match due.filter(|due| *due < counted) {
        None => phrase!("{number}: summarized, in time"),
        Some(_) => phrase!("{number}: summarized, late, it was due on {summary_due_on}"),
    })
}

/// Receptions on the first page of the month-end pack.
fn month_figures() -> Vec<MonthFigure> {
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
