//! Shipments: notice, boxes, transport, gate pass, loading and arrival (R6).

mod bill;
mod boxes;
mod cases;
mod compare;
mod gate;
mod import;
mod load;
mod measure;
mod notice;
mod papers;
mod print;
mod quotes;

use anyhow::Result;
use chrono::NaiveDate;

use super::field::{Field, Need};
use super::form::{Check, Choice, Form, Rule, Step, Verb, Waits, Who, formed, own};
use super::task::Task;
use super::{EXCEPTIONS, Part, Register, amend, room};
use crate::book::select::Select;
use crate::fields;
use crate::money::Money;
use crate::phrase;
use crate::register::pack::MonthFigure;
use crate::say;

/// The register of shipments.
pub(crate) static REGISTER: Register = Register {
    name: "ship",
    room: room::of::<Ship>("ship", "Shipments, from the notice to the carrier's bill (R6)"),
    template: Some("SHP{yy}-{seq:3}"),
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
    names: &["carrier"],
    lists: &["ship_box"],
    growing: &["ship_quote", "ship_load"],
    totals: &["boxes", "price_fen", "billed_fen"],
    sums: &["weight_kg", "volume_m3"],
    parts: &[
        Part {
            title: phrase!("Boxes"),
            sql: "SELECT position AS run, cases, boxes, weight_g / 1000.0 AS weight_kg, length_mm || 'x' || width_mm || 'x' || height_mm AS size_mm,
                    round(boxes * length_mm * width_mm * height_mm / 1e9, 3) AS volume_m3, holds
                FROM ship_box WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Quotes"),
            sql: "SELECT carrier, price_fen, days, quality, quoted_on FROM ship_quote WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Loading notices"),
            sql: "SELECT position, boxes, cases, requirement, loaded_on FROM ship_load WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        EXCEPTIONS,
    ],
    month_file: "shipments.csv",
    month_figures,
    rests: gate::rests,
    form: Some(&FORM),
    ..Register::BLANK
};

// What was settled with the user (R6.1).
const PROJECT: Field<String> =
    Field::project("project", "whose contract is delivered, by its number or its contract's")
        .need(Need::Asked)
        .on_amend("whose contract is delivered; until the gate pass is made out");
const NOTICE: Field<String> =
    Field::entry("notice", "the contact form of kind shipping that told of it", "contact").need(Need::Asked);
const FORM_OF_DELIVERY: Field<String> = Field::choice(
    "form",
    "",
    &[
        ("truck", "By road"),
        ("rail", "By rail"),
        ("sea", "By ship"),
        ("air", "By air"),
        ("collect", "The user collects it"),
    ],
);
const PLACE: Field<String> = Field::line("place", "where it arrives").need(Need::Given);
const CONTACT: Field<String> =
    Field::line("contact_person", "who takes it in there").option("contact").value_name("NAME").need(Need::Asked);
const PHONE: Field<String> =
    Field::line("phone", "- reads it from standard input, @FILE from a file").secret().need(Need::Asked);
const ROUTE: Field<String> = Field::line("route", "").need(Need::Asked);
const CAPACITY: Field<String> =
    Field::text("capacity", "what the route can carry, or none").or_none().need(Need::Asked);
const FREIGHT: Field<String> = Field::choice(
    "freight",
    "who bears it",
    &[("company", "The company, which compares quotes"), (USER, "The user; General Management assists (R6.2)")],
)
.on_amend("who bears it; until a carrier is awarded or the day is settled");
const WANTED_BY: Field<NaiveDate> = Field::day("wanted_by_on", "").option("wanted-by");

// The papers of its steps (R6.2, R6.3).
const COMPLETION: Field<String> = Field::paper("completion_notice", "the number on the paper", &papers::COMPLETION)
    .option("completion")
    .at_step("notice")
    .value_name("NUMBER")
    .need(Need::Asked);
const COMPLETED: Field<NaiveDate> = Field::past("completed_on", "").option("completed-on").corrected();
const CARRIER: Field<String> = Field::line("carrier", "it has quoted").value_name("NAME").need(Need::Asked).fixed();
const PRICE: Field<Money> = Field::estimate("price_fen", "");
const DAYS: Field<u32> = Field::count("days", "", u32::MAX);
const AWARD_REASON: Field<String> = Field::text("award_reason", "must be given where the carrier is not the cheapest")
    .option("award-reason")
    .reason()
    .need(Need::Optional);
const SCHEDULED: Field<NaiveDate> = Field::day("scheduled_on", "the day on which it is to leave")
    .option("scheduled-on")
    .at_step("for")
    .need(Need::Asked);
const AGREED_WITH: Field<String> = Field::line("agreed_with", "the project's leader, or a person of the user")
    .option("agreed-with")
    .value_name("NAME")
    .need(Need::Asked);
const GATE_PASS: Field<String> = Field::paper("gate_pass", "the number on the paper", &papers::GATE_PASS)
    .option("pass")
    .value_name("NUMBER")
    .need(Need::Asked);
const VEHICLE: Field<String> =
    Field::line("vehicle", "its plate, or the wagon's, vessel's or flight's number").need(Need::Asked);
const DRIVER: Field<String> = Field::line("driver", "").value_name("NAME").need(Need::Asked);
const PASSED: Field<NaiveDate> = Field::past("passed_on", "").option("passed-on").corrected();
const DISPATCHED: Field<NaiveDate> = Field::past("dispatched_on", "").option("dispatched-on").corrected();
const ARRIVED: Field<NaiveDate> = Field::past("arrived_on", "").option("arrived-on").corrected();
const SIGNED_BY: Field<String> =
    Field::line("signed_by", "who signed for its arrival").option("signed-by").value_name("NAME").need(Need::Asked);
const BILL: Field<String> = Field::paper("freight_bill", "the number on the paper", &papers::BILL)
    .option("bill")
    .value_name("NUMBER")
    .need(Need::Asked);
const BILLED: Field<Money> = Field::estimate("billed_fen", "what the bill comes to, in yuan")
    .option("amount")
    .need(Need::Asked)
    .on_amend("what the bill comes to, in yuan");
const BILL_REASON: Field<String> =
    Field::text("bill_reason", "why it differs from the award").option("bill-reason").reason().need(Need::Optional);
const OUTCOME: Field<String> = Field::text("outcome", "why it ends so").reason();

/// The word for a user who bears the freight, and sends a carrier.
const USER: &str = "user";

/// Who organises a shipment: somebody of General Management, or a clerk (R6.2).
const ORGANISED: Who = Who::GeneralManagement(phrase!("shipments are organised"));

formed!(Ship);

/// The register as a form.
pub(crate) static FORM: Form = Form {
    number: "The shipment's number",
    rows: phrase!("shipments"),
    amended: ("R6.2", Who::Clerk(phrase!("corrects shipments"))),
    imported: "R6.2",
    office: ("general", true),
    besides: &[Waits::of(
        "",
        phrase!("wanted by the user"),
        "R6.1",
        "CASE WHEN dispatched_on IS NULL THEN wanted_by_on END",
    )
    .after()],
    verbs: &[
        Verb::Step(Step {
            name: "add",
            about: "Enter a shipment that a contact form of kind shipping notified (R6.1)",
            state: "notified",
            fields: fields![
                PROJECT,
                NOTICE,
                FORM_OF_DELIVERY,
                PLACE,
                CONTACT,
                PHONE,
                ROUTE,
                CAPACITY,
                FREIGHT,
                WANTED_BY
            ],
            who: ORGANISED,
            says: notified,
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "complete",
            about: "Enter the manufacturing department's Completion Notice (R6.2)",
            state: "completed",
            commits: true,
            fields: fields![COMPLETION],
            sign: "completed_on",
            dated: true,
            signed: Some(&COMPLETED.spec),
            who: ORGANISED,
            then: gate::progress,
            says: |task| task.says(phrase!("{number}: completed on {on} by notice {completion_notice}")),
            waits: &[Waits::of("notified", "", "R6.2", "NULL")],
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "box",
            about: "Enter packed boxes: a run of case numbers with weight and size",
            done: phrase!("packed further"),
            commits: true,
            fields: boxes::FIELDS,
            into: Some(&boxes::LIST),
            who: ORGANISED,
            then: boxes::remark_gate_pass,
            says: boxes::packed_further,
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "quote",
            about: "Enter what a carrier asks",
            exception: Some(
                "Enter another quote of a carrier after the award, with the reason, instead of being refused",
            ),
            done: phrase!("quoted for"),
            commits: true,
            fields: quotes::FIELDS,
            into: Some(&quotes::LIST),
            sign: "quoted_on",
            dated: true,
            who: ORGANISED,
            says: quotes::asked,
            waits: &[
                Waits::of("completed", phrase!("transport to be awarded"), "R6.2", "completed_on").which(quotes::FEW)
            ],
            ..Step::BLANK
        }),
        own::<compare::Compare>("compare", "Compare the quotes by price, days and quality (R6.2)"),
        Verb::Step(Step {
            name: "award",
            about: "Award the transport to a carrier; not to the cheapest only with a reason (R6.2)",
            state: "awarded",
            commits: true,
            fields: fields![CARRIER, AWARD_REASON],
            sign: "awarded_on",
            dated: true,
            signed: Some(&Field::past("awarded_on", "").option("awarded-on").corrected().spec),
            who: ORGANISED,
            guards: &[Check::Follows(quotes::award)],
            needs: fields![CARRIER],
            on_day: &[Check::Follows(quotes::refuse_few)],
            says: quotes::awarded,
            waits: &[Waits::of("completed", phrase!("transport to be awarded"), "R6.2", "completed_on")
                .which(quotes::ENOUGH)],
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "schedule",
            about: "Settle the day with the project's leader or the user (R6.2)",
            state: "scheduled",
            commits: true,
            fields: fields![SCHEDULED, AGREED_WITH],
            sign: "scheduled_on",
            who: ORGANISED,
            guards: &[Check::Regulation(gate::refuse_unawarded), Check::Follows(gate::refuse_over)],
            says: gate::scheduled,
            waits: &[
                Waits::of("completed", phrase!("day to be settled"), "R6.2", "completed_on").which("freight = 'user'"),
                Waits::of("awarded", phrase!("day to be settled"), "R6.2", "awarded_on"),
            ],
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "pass",
            about: "Make out the gate pass; not before the Completion Notice or the advance payment (R6.3)",
            state: "passed",
            commits: true,
            done: phrase!("passed through the gate"),
            fields: fields![GATE_PASS, VEHICLE, DRIVER],
            sign: "passed_on",
            dated: true,
            signed: Some(&PASSED.spec),
            exception: Some("Let it pass with the advance payment short, with the reason, instead of being refused"),
            who: ORGANISED,
            first: gate::refuse_incomplete,
            guards: &[Check::Regulation(gate::refuse_short)],
            says: |task| task.says(phrase!("{number}: gate pass {gate_pass} on {on}, {vehicle} driven by {driver}")),
            waits: &[Waits::of("scheduled", phrase!("gate pass to be made out"), "R6.3", "scheduled_on").after()],
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "load",
            about: "Notify manufacturing to load boxes (R6.3)",
            state: "loaded",
            commits: true,
            fields: load::FIELDS,
            choice: Choice::One(load::WHICH),
            into: Some(&load::LIST),
            sign: "loaded_on",
            dated: true,
            exception: Some("Load it with the advance payment short again, with the reason, instead of being refused"),
            who: ORGANISED,
            guards: &[Check::Regulation(gate::refuse_short_again)],
            says: load::loaded,
            waits: &[
                Waits::of("passed", phrase!("to be loaded"), "R6.3", "passed_on"),
                Waits::of("loaded", phrase!("to be loaded"), "R6.3", "passed_on").which("loaded_boxes < boxes"),
            ],
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "dispatch",
            about: "Let it leave, once every packed box is loaded",
            state: "dispatched",
            commits: true,
            sign: "dispatched_on",
            dated: true,
            signed: Some(&DISPATCHED.spec),
            who: ORGANISED,
            exception: Some(
                "Let it leave with the advance payment short again, with the reason, instead of being refused",
            ),
            guards: &[Check::Follows(load::refuse_missing), Check::Regulation(gate::refuse_short_again)],
            says: load::left,
            waits: &[Waits::of("loaded", phrase!("to leave"), "R6.3", "passed_on").which("loaded_boxes >= boxes")],
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "arrive",
            about: "Enter its arrival, and who signed for it",
            state: "arrived",
            done: phrase!("taken in"),
            fields: fields![SIGNED_BY],
            sign: "arrived_on",
            dated: true,
            signed: Some(&ARRIVED.spec),
            who: ORGANISED,
            says: |task| task.says(phrase!("{number}: arrived on {on}, signed for by {signed_by}")),
            waits: &[Waits::of("dispatched", phrase!("to arrive"), "R6.2", load::ARRIVAL).after()],
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "bill",
            about: "Enter the carrier's bill; a reason where it differs from the award",
            done: phrase!("billed"),
            fields: fields![BILL, BILLED, BILL_REASON],
            sign: "billed_on",
            dated: true,
            signed: Some(&Field::past("billed_on", "").option("billed-on").corrected().spec),
            who: ORGANISED,
            guards: &[Check::Follows(bill::refuse_users), Check::Follows(bill::refuse_second)],
            says: bill::billed,
            waits: &[Waits::of("arrived", phrase!("carrier's bill"), "R6.2", "arrived_on").which(bill::MISSING)],
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "cancel",
            about: "Cancel a shipment that has not left",
            state: "cancelled",
            fields: fields![OUTCOME],
            sign: "outcome",
            who: ORGANISED,
            says: |task| task.says(phrase!("{number}: cancelled, {outcome}")),
            ..Step::BLANK
        }),
        room::void("Void a spoilt shipment: number and reason stay"),
        amend::amend("Correct a shipment; the old values stay in its history"),
        room::list("List shipments"),
        room::show("Show one shipment"),
        room::history("Show what happened to a shipment"),
        room::undo(),
        Verb::Sheet(&print::SHEET),
        room::import::<Ship>("Bring in an old list of shipments from a CSV file or a workbook"),
    ],
    rules: &[
        Rule { fields: fields![AGREED_WITH], check: Check::Follows(gate::agree) },
        Rule { fields: fields![PROJECT], check: Check::Regulation(notice::refuse_late_project) },
        Rule { fields: fields![PROJECT, NOTICE], check: Check::Regulation(notice::refuse_untold) },
        Rule { fields: fields![NOTICE, PLACE, WANTED_BY], check: Check::Follows(notice::refuse_twice) },
        Rule { fields: fields![FREIGHT], check: Check::Regulation(notice::refuse_late_freight) },
        Rule { fields: fields![WANTED_BY], check: Check::Regulation(notice::refuse_wanted_before) },
        Rule { fields: fields![BILLED, BILL_REASON], check: Check::Follows(bill::explain) },
    ],
    also: fields![PRICE, DAYS],
    old: import::OLD,
    ..Form::of(&REGISTER, &PROJECT.spec)
};

/// What a new shipment answers; the second and later ones of a project are counted.
fn notified(task: &Task<'_, '_>) -> Result<String> {
    let of_project: i64 = task.sql().only(
        "SELECT count(*) FROM ship AS s JOIN entry AS e ON e.id = s.entry
         WHERE s.project = ?1 AND e.state NOT IN ('void', 'cancelled')",
        [task.row.get(&PROJECT)?],
    )?;
    match of_project {
        1 => task.says(phrase!("{number}: {project} to {place} by {form}, notified by {notice}")),
        count => task.says_with(
            phrase!("{number}: {project} to {place} by {form}, notified by {notice}, shipment {count} of that project"),
            &[("count", count.to_string())],
        ),
    }
}

/// Shipments on the first page of the month-end pack.
fn month_figures() -> Vec<MonthFigure> {
    vec![MonthFigure::count(
        say!("shipments sent"),
        "SELECT count(*) FROM ship_list WHERE dispatched_on BETWEEN :first AND :last AND state <> 'void'",
    )]
}
