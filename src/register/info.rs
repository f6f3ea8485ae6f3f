//! User information: from the salesperson who learned of a need to the one who tracks it (R2).

mod assign;
mod collect;
mod collector;
mod correct;
mod filing;
mod grant;
mod import;
mod listed;
mod notice;
pub(crate) mod open_project;
mod owing;
mod passing;
pub(crate) mod quota;
mod readings;
pub(crate) mod region;
pub mod report;
mod route;
pub mod tally;
mod tracking;
pub(crate) mod waiting;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use rusqlite::Connection;

use super::entry;
use super::field::{Field, Kind, Need};
use super::form::{Check, Choice, Fill, Form, Rule, Step, Verb, Waits, Who, formed, own, own_verbs};
use super::pack::MonthFigure;
use super::{Part, Register, amend, reopen, room};
use crate::book::select::Select;
use crate::fields;
use crate::language;
use crate::money::Money;
use crate::person::{Person, Role};
use crate::phrase;
use crate::say;

/// The register of user information.
pub(crate) static REGISTER: Register = Register {
    name: "info",
    room: room::of::<Info>("info", "User information, reported monthly (R2)"),
    template: Some("INF{yy}-{seq:4}"),
    title: phrase!("User information"),
    view: "info_list",
    day: "collected_on",
    person: "collected_by",
    what: "customer || ' · ' || equipment",
    said: "equipment || ' · ' || region",
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
    names: &["customer"],
    rights: grant::RIGHTS,
    restricted: &["customer", "need", "contact_person", "phone", "amount_fen", "source", "outcome", "void_reason"],
    growing: &["follow", "passing", "breach"],
    totals: &["amount_fen"],
    parts: &[
        Part {
            title: phrase!("Notes"),
            sql: "SELECT noted_on, person, note FROM follow WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Passed on with approval"),
            sql: "SELECT happened_on, person, told_to, what, purpose, approved_by FROM passing WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Passed on without approval"),
            sql: "SELECT found_on, person, told_to, what, found_by FROM breach WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Project"),
            sql: "SELECT o.number, o.state, o.day_on AS opened_on, p.title FROM entry AS e JOIN project AS p ON p.source = e.number
                JOIN entry AS o ON o.id = p.entry WHERE e.id = :id AND o.state <> 'void'",
        },
    ],
    waits: &[waiting::reports, notice::waiting, passing::waiting],
    month_parts: |_, judged| Ok(vec![notice::month_part(judged.month), passing::month_part(judged.month)]),
    month_figures,
    form: Some(&FORM),
    ..Register::BLANK
};

// What was learned (R2.2).
const DEPARTMENT: Field<String> = Field::department("department", "the one that collected it")
    .look_up(|book, which| Ok(report::reporting(book, which)?.key))
    .fixed();
const CUSTOMER: Field<String> = Field::text("customer", "").need(Need::Given);
const REGION: Field<String> = Field::text("region", "the province, and the city behind it").need(Need::Given);
const EQUIPMENT: Field<String> = Field::text("equipment", "its type").need(Need::Given);
const NEED: Field<String> = Field::text("need", "what the customer needs").need(Need::Given);
const CONTACT: Field<String> = Field::text("contact_person", "").option("contact").value_name("NAME");
const PHONE: Field<String> = Field::text("phone", "- reads it from standard input, @FILE from a file").secret();
const AMOUNT: Field<Money> = Field::estimate("amount_fen", "estimated, in yuan").option("amount").value_name("AMOUNT");
const SOURCE: Field<String> = Field::text("source", "where it was learned");
const DUPLICATE_OF: Field<String> =
    Field::new("duplicate_of", "the entry that it repeats, or none", Kind::Read(|typed| Ok(correct::repeated(typed))))
        .option("duplicate-of")
        .value_name("NUMBER|none")
        .corrected();
const COLLECTED_ON: Field<NaiveDate> =
    Field::past("day_on", "only where its number stays right").option("collected-on").corrected().label("collected_on");
const COLLECTED_BY: Field<String> = Field::person("person", "")
    .option("collected-by")
    .look_up(|book, who| Ok(Person::find(book, who)?.key))
    .corrected()
    .did()
    .label("collected_by");

// What follows from it, and General Management's files (R2.2).
const FOLD: &str = "customer_fold";
const REPORTED: Field<NaiveDate> = Field::day("reported_on", "");
const LATE: Field<bool> = Field::flag("late_flag").need(Need::Given);
const FILED: Field<NaiveDate> = Field::day("filed_on", "");
const PLACE: Field<String> = Field::text("place", "");

// Who tracks it, and what came of that (R2.3).
const ASSIGNED: Field<String> = Field::department("assigned_to", "the department that tracks it")
    .option("to")
    .need(Need::Optional)
    .look_up(|book, which| Ok(report::reporting(book, which)?.key))
    .fixed()
    .otherwise("what the routes suggest");
const TRACKER: Field<String> = Field::person("tracker", "the salesperson who tracks it")
    .option("person")
    .need(Need::Asked)
    .look_up(|book, who| Ok(Person::find(book, who)?.key))
    .fixed();
const NOTE: Field<String> = Field::text("note", "").value_name("TEXT").need(Need::Asked);
const WON: Field<bool> = Field::switch("won", "it became business").loose();
const LOST: Field<bool> = Field::switch("lost", "it came to nothing").loose();
const PROJECT: Field<String> =
    Field::project("project", "the one that came of it").unless("lost").loose().otherwise("the one opened from it");
const OUTCOME: Field<String> = Field::text("outcome", "why it ends so").reason();

formed!(Info);

/// The register as a form.
pub(crate) static FORM: Form = Form {
    number: "The entry's number",
    rows: phrase!("entries of user information"),
    amended: ("R2.3", Who::Clerk(phrase!("corrects user information"))),
    owed: &[&waiting::REPORTED],
    left_by: correct::repeats_of,
    undone: report::leave,
    imported: "R2.3",
    office: ("general", false),
    verbs: &[
        Verb::Step(Step {
            name: "add",
            about: "Enter what a salesperson learned of a customer's need (R2.2)",
            state: "collected",
            fields: fields![
                DEPARTMENT,
                CUSTOMER,
                REGION,
                EQUIPMENT,
                NEED,
                CONTACT,
                PHONE,
                AMOUNT,
                SOURCE,
                DUPLICATE_OF,
                COLLECTED_ON,
                COLLECTED_BY
            ],
            who: Who::Check(collect::collects),
            says: |task| Ok(collect::collected(task)),
            ..Step::BLANK
        }),
        own::<report::Report>(
            "report",
            "Report a department's month to General Management, also where nothing was collected (R2.2)",
        ),
        own::<filing::File>("file", "File what was reported (R2.2)"),
        Verb::Step(Step {
            name: "assign",
            about: "Pass an entry to the department that is to track it (R2.3)",
            state: "assigned",
            fields: fields![ASSIGNED],
            sign: "assigned_on",
            dated: true,
            signed: Some(&Field::past("assigned_on", "").option("assigned-on").corrected().spec),
            who: Who::Roles(phrase!("assigning user information")),
            guards: &[Check::Follows(assign::suggest)],
            says: assign::assigned,
            waits: &[Waits::of("filed", phrase!("to be assigned to a department"), "R2.3", "filed_on")],
            wants: Some(|book, entry, day| {
                Ok(if route::fitting(book, entry, day)?.is_empty() { fields![ASSIGNED] } else { &[] })
            }),
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "track",
            about: "Put a named salesperson on an entry (R2.3)",
            state: "tracked",
            fields: fields![TRACKER],
            sign: "tracked_on",
            dated: true,
            signed: Some(&Field::past("tracked_on", "").option("tracked-on").corrected().spec),
            who: Who::Check(tracking::puts),
            guards: &[Check::Regulation(tracking::refuse_same)],
            needs: fields![TRACKER],
            on_day: &[Check::Regulation(tracking::refuse_no_seller)],
            says: |task| task.says(phrase!("{number}: tracked by {tracker} of {assigned_to} from {on}")),
            waits: &[Waits::of("assigned", phrase!("to be given to a salesperson"), "R2.3", "assigned_on")
                .at("assigned_to")
                .by(Role::DepartmentManager)],
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "follow",
            about: "Note what came of tracking",
            done: phrase!("followed"),
            fields: fields![NOTE],
            into: Some(&tracking::NOTES),
            sign: "noted_on",
            dated: true,
            fills: &[("person", Fill::Actor)],
            who: Who::Check(|task| tracking::tracks(task, say!("a note on user information"))),
            says: |task| task.says(phrase!("{number}: note {position}, on {on} by {by}")),
            ..Step::BLANK
        }),
        passing::PASS_ON,
        passing::BREACH,
        own::<passing::Passed>("passed-on", "List what was passed on, with approval and without (R2.4)"),
        own::<open_project::OpenProject>("open-project", "Open a project from an entry (R2.3, R3.1)"),
        Verb::Step(Step {
            name: "close",
            about: "Close an entry as won or lost",
            done: phrase!("closed"),
            to: Some(|task| Ok(if task.row.get(&WON)?.is_some() { "won" } else { "lost" })),
            fields: fields![WON, LOST, PROJECT, OUTCOME],
            choice: Choice::One(fields![WON, LOST]),
            sign: "outcome",
            who: Who::Check(|task| tracking::tracks(task, say!("closing user information"))),
            then: tracking::link,
            says: |task| task.says(phrase!("{number}: {state} on {on}, closed by {by}")),
            ..Step::BLANK
        }),
        reopen::reopen(
            "Track again what was closed as lost",
            |_| Ok("tracked"),
            Who::Check(|task| tracking::tracks(task, say!("taking up user information again"))),
        ),
        own_verbs::<route::Verb>("route", "Which department an entry of a region or an equipment type goes to (R2.3)"),
        room::void("Void a spoilt entry: number and reason stay"),
        amend::amend("Correct an entry; the old values stay in its history"),
        room::list("List entries; what you may not read is masked (R2.6)"),
        room::show("Show one entry"),
        room::history("Show what happened to an entry"),
        room::undo(),
        room::import::<Info>("Bring in an old register from a CSV file or a workbook"),
        own_verbs::<quota::Verb>(
            "quota",
            "Indicators: how many entries a month a department or a person is to collect (R2.2)",
        ),
        own::<tally::Tally>("tally", "A month's entries against the indicators (R2.2, R2.2a)"),
        own_verbs::<notice::Verb>(
            "notice",
            "Warnings and suspensions: who missed the indicator (R2.2a), departments whose report is late (R2.4)",
        ),
        own::<grant::Grant>(
            "grant",
            "Let somebody read user information until a day, as the branch manager approved (R2.6)",
        ),
        own::<grant::Revoke>("revoke", "End a person's grants, or one of them"),
        Verb::Extract(&grant::GRANTS),
        own::<readings::Readings>("access", "Show who read what (R2.4)"),
    ],
    rules: &[
        Rule { fields: fields![CUSTOMER], check: Check::Follows(collect::fold) },
        Rule { fields: fields![CUSTOMER, EQUIPMENT], check: Check::Follows(collect::mark_repeat) },
        Rule { fields: fields![REGION], check: Check::Follows(collect::remark_region) },
        Rule { fields: fields![DUPLICATE_OF], check: Check::Regulation(correct::refuse_duplicate) },
        Rule { fields: fields![COLLECTED_ON], check: Check::Follows(correct::redate) },
        Rule { fields: fields![COLLECTED_ON, COLLECTED_BY], check: Check::Regulation(correct::refuse_collector) },
    ],
    also: fields![REPORTED, LATE, FILED, PLACE],
    old: import::OLD,
    returned: collect::mark_returned,
    ..Form::of(&REGISTER, &DEPARTMENT.spec)
};

/// The step that `verb` takes from a state of this register.
fn step(book: &Connection, verb: &str, from: &str) -> Result<entry::Step> {
    entry::Step::look_up(book, "info", verb, from, None)?.with_context(|| {
        say!("user information that is {state} has no step {verb}", state = language::value(from), verb)
    })
}

/// The numbers of the open entries in a state, of a department or of all, that were collected from one day to another.
fn numbers(
    book: &Connection,
    state: &str,
    department: Option<&str>,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<String>> {
    book.column(
        "SELECT number FROM entry WHERE register = 'info' AND state = ?1 AND ended_on IS NULL
            AND (?2 IS NULL OR department = ?2) AND day_on BETWEEN ?3 AND ?4 ORDER BY day_on, id",
        (state, department, first, last),
    )
}

/// User information on the first page of the month-end pack: what counts against the indicator (R2.2).
fn month_figures() -> Vec<MonthFigure> {
    vec![MonthFigure::count(
        say!("user information"),
        "SELECT coalesce(sum(collected - duplicates), 0) FROM info_count WHERE month BETWEEN substr(:first, 1, 7) AND substr(:last, 1, 7)",
    ).drawn()]
}
