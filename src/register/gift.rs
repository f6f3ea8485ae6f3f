//! Gifts: the approved list, and each gift from the request to its handing over (R5.3).

mod borne_before;
mod buy;
mod catalog;
mod catalog_import;
mod contents;
pub(crate) mod decisions;
mod inspect;
mod limits;
mod print;
mod shenyang;

use rusqlite::types::Value;

use super::decide::{Decision, Subject, Told};
use super::field::{Field, Need};
use super::form::{Check, Form, Rule, Step, Verb, Waits, Who, formed, own_verbs};
use super::old_form::Old;
use super::paper::Paper;
use super::{EXCEPTIONS, Part, Register, amend, reopen, room};
use crate::fields;
use crate::money::Money;
use crate::person::Role;
use crate::phrase;
use crate::register::pack::MonthFigure;
use crate::say;

/// The register of gifts.
pub(crate) static REGISTER: Register = Register {
    name: "gift",
    room: room::of::<Gift>("gift", "Gifts: asked for, endorsed, approved, bought, given (R5.3)"),
    template: Some("GFT{yy}-{seq:3}"),
    title: phrase!("Gifts"),
    view: "gift_list",
    day: "asked_on",
    person: "asked_by",
    what: "unit || ' · ' || coalesce(items, '') || CASE WHEN official_flag THEN ' · public official' ELSE '' END",
    text: &[
        "number",
        "unit",
        "recipients",
        "items",
        "occasion",
        "place",
        "official_reason",
        "project",
        "bill",
        "refusal",
        "void_reason",
    ],
    names: &["unit"],
    lists: &["gift_recipient", "gift_line"],
    growing: &["gift_offer", "gift_check"],
    totals: &["amount_fen", "bought_fen"],
    parts: &[
        Part {
            title: phrase!("Recipients"),
            sql: "SELECT name, post, official_flag FROM gift_recipient WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Items"),
            sql: "SELECT name, quantity, price_fen, quantity * price_fen AS amount_fen, item IS NOT NULL AS listed_flag
                FROM gift_line WHERE entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Decisions"),
            sql: "SELECT verb, decided_by, decided_on, amount_fen, entered_at, reason, entered_by, declared_flag, deputy_for FROM approval WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Offers"),
            sql: "SELECT supplier, price_fen, quality, offered_on FROM gift_offer WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Looks at what was bought"),
            sql: "SELECT checked_on, checked_by, quality, genuine_flag, finding FROM gift_check WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        EXCEPTIONS,
    ],
    month_file: "gifts.csv",
    month_parts: |_, judged| Ok(vec![inspect::month_part(judged.month)]),
    month_figures,
    form: Some(&FORM),
    ..Register::BLANK
};

// What is asked for (R5.3(1)).
const DEPARTMENT: Field<String> = Field::department("department", "the one that asks for it").fixed();
const ASKED_BY: Field<String> =
    Field::person("person", "").option("asked-by").fixed().label("asked_by").otherwise("who did it");
const UNIT: Field<String> = Field::line("unit", "the one that receives it").need(Need::Given);
const RECIPIENTS: Field<Vec<Vec<Value>>> = Field::rows(
    "recipients",
    "\"name;position\", with \";official\" behind for a public official; may be repeated",
    &contents::RECIPIENT,
)
.option("recipient")
.need(Need::Given)
.on_amend("in the place of those that were named; as on gift add");
const OFFICIAL_REASON: Field<String> =
    Field::text("official_reason", "why a public official receives it").option("official-reason").value_name("TEXT");
const OCCASION: Field<String> = Field::text("occasion", "").need(Need::Given);
const ITEMS: Field<Vec<Vec<Value>>> = Field::rows(
    "items",
    "\"item;quantity\" of the approved list, or a free item as \"name;quantity;price\"; may be repeated",
    &contents::ITEM,
)
.option("item")
.need(Need::Given)
.on_amend("in the place of what was asked for; as on gift add");
const PROJECT: Field<String> = Field::project("project", "by its number or its contract's").spends();
const RECEPTION: Field<String> =
    Field::entry("reception", "at which it is given", "reception").value_name("NUMBER").spends();
const PLACE: Field<String> = Field::line("place", "where it is handed over; in Shenyang General Management buys it")
    .preset("Shenyang")
    .need(Need::Given);
const REFUSAL: Field<String> = Field::text("refusal", "why it is refused").reason();

// How it was bought and handed over.
static PAPER: Paper = Paper {
    name: phrase!("bill"),
    table: "gift",
    column: "bill",
    day: "bought_on",
    clause: "R5.3(3)",
    twice: "one bill over several gifts",
    ..Paper::BLANK
};
const BILL: Field<String> =
    Field::paper("bill", "its number; the buyer keeps it", &PAPER).value_name("NUMBER").need(Need::Tied);
const BOUGHT: Field<Money> = Field::estimate("bought_fen", "what the bill comes to, in yuan")
    .option("amount")
    .need(Need::Tied)
    .on_amend("what the bill comes to, in yuan; within what was approved");
const BOUGHT_BY: Field<String> = Field::person("bought_by", "");
const BORNE_BY: Field<String> =
    Field::person("borne_by", "who bears the whole cost of what was bought without approval")
        .option("own-expense")
        .fixed()
        .did();
const REQUEST: Field<String> = Field::entry("request", "somebody else's, in whose place it was bought", "gift")
    .option("instead-of")
    .with("borne_by")
    .even_ended()
    .fixed();
const WITHOUT: Field<String> = Field::text("without", "why it was bought without approval")
    .option("reason")
    .with("borne_by")
    .loose()
    .label("reason");

formed!(Gift);

/// The register as a form.
pub(crate) static FORM: Form = Form {
    number: "The gift's number",
    rows: phrase!("gifts"),
    amended: ("R5.3(1)", Who::Clerk(phrase!("corrects gifts"))),
    imported: "R5.3(1)",
    office: ("general", true),
    subject: Some(Subject {
        fields: fields![
            DEPARTMENT,
            ASKED_BY,
            UNIT,
            OCCASION,
            PLACE,
            OFFICIAL_REASON,
            PROJECT,
            RECEPTION,
            RECIPIENTS,
            ITEMS
        ],
        amount: |row| Ok(contents::amount(row.list(&ITEMS.spec))),
        party: &UNIT.spec,
        gains: |row| Ok(contents::names(row.list(&RECIPIENTS.spec))),
        stays: phrase!("correct its bill with --bill or --amount, or enter another gift"),
    }),
    verbs: &[
        own_verbs::<catalog::Verb>("catalog", "The approved gift list (R5.3(3))"),
        Verb::Step(Step {
            name: "add",
            about: "Ask for a gift, before it is bought (R5.3(1))",
            state: "requested",
            fields: fields![
                DEPARTMENT,
                ASKED_BY,
                UNIT,
                RECIPIENTS,
                OFFICIAL_REASON,
                OCCASION,
                ITEMS,
                PROJECT,
                RECEPTION,
                PLACE
            ],
            who: Who::Check(decisions::asks),
            says: |task| {
                let by_manager = decisions::by_manager(task.sql(), &task.entry)?;
                task.says(if by_manager {
                    phrase!("{number}: {amount} for {unit}, asked for by {asked_by}, to be approved")
                } else {
                    phrase!("{number}: {amount} for {unit}, asked for by {asked_by}, to be endorsed and approved")
                })
            },
            ..Step::BLANK
        }),
        Verb::Decision(Decision {
            name: "endorse",
            about: "Endorse what somebody of the department asked for; its manager does (R5.3(2))",
            number: "The gift's number; several are endorsed all or none",
            several: true,
            what: phrase!("endorsing a gift"),
            done: phrase!("endorsed"),
            state: "endorsed",
            commits: true,
            guard: limits::tell,
            besides: &[Role::BranchManager],
            asks: decisions::endorsing,
            says: phrase!("{number}: endorsed by {by}"),
            waits: Some(|asked| {
                Ok(match contents::official(asked.row.list(&RECIPIENTS.spec)) {
                    None => say!("gift to be endorsed"),
                    Some(_) => say!("gift for a public official to be endorsed"),
                }
                .to_owned())
            }),
            told: Some(Told { by: "endorsed_by", on: "endorsed_on", amount: &[] }),
            ..Decision::BLANK
        }),
        Verb::Decision(Decision {
            name: "approve",
            about: "Approve gifts, all or none of them; the branch manager does (R5.3(1))",
            number: "The gift's number; several are approved all or none",
            several: true,
            what: phrase!("approving a gift"),
            done: phrase!("approved"),
            state: "approved",
            commits: true,
            guard: limits::tell,
            besides: &[Role::CompanyLeader],
            asks: decisions::approving,
            says: phrase!("{number}: approved by {by}"),
            waits: Some(|asked| {
                Ok(match contents::official(asked.row.list(&RECIPIENTS.spec)) {
                    None => say!("gift to be approved"),
                    Some(_) => say!("gift for a public official to be approved"),
                }
                .to_owned())
            }),
            told: Some(Told { by: "approved_by", on: "approved_on", amount: &["approved", "bought"] }),
            ..Decision::BLANK
        }),
        Verb::Decision(Decision {
            name: "reject",
            about: "Reject a gift that was asked for",
            number: "The gift's number",
            fields: fields![REFUSAL],
            what: phrase!("rejecting a gift"),
            done: phrase!("rejected"),
            state: "rejected",
            besides: &[Role::DepartmentManager, Role::BranchManager, Role::CompanyLeader],
            asks: decisions::rejecting,
            says: phrase!("{number}: rejected by {by}, {reason}"),
            ..Decision::BLANK
        }),
        reopen::reopen(
            "Ask again for a gift that was rejected",
            |_| Ok("requested"),
            Who::Office(phrase!("asking for a gift again")),
        ),
        buy::QUOTE,
        buy::BUY,
        inspect::INSPECT,
        Verb::Extract(&inspect::INSPECTED),
        Verb::Step(Step {
            name: "give",
            about: "Hand the gift over",
            state: "given",
            sign: "given_on",
            dated: true,
            signed: Some(&Field::past("given_on", "").option("given-on").corrected().spec),
            who: Who::Office(phrase!("handing a gift over")),
            guards: &[Check::Follows(inspect::refuse_counterfeit)],
            says: |task| task.says(phrase!("{number}: handed over to {unit} on {on}")),
            waits: &[
                Waits::of("bought", phrase!("gift for {unit} to be handed over"), "R5.3(1)", "bought_on")
                    .which("l.ended_on IS NULL AND NOT l.official_flag")
                    .at("department"),
                Waits::of(
                    "bought",
                    phrase!("gift for a public official of {unit} to be handed over"),
                    "R5.3(1)",
                    "bought_on",
                )
                .which("l.ended_on IS NULL AND l.official_flag")
                .at("department"),
            ],
            ..Step::BLANK
        }),
        room::void("Void a spoilt gift: number and reason stay"),
        amend::amend("Correct a gift; what was decided on is decided on again"),
        room::list("List gifts"),
        room::show("Show one gift"),
        room::history("Show what happened to a gift"),
        room::undo(),
        Verb::Sheet(&print::SHEET),
        room::import::<Gift>("Bring in an old list of gifts from a CSV file or a workbook"),
    ],
    rules: &[
        Rule { fields: fields![RECIPIENTS, OFFICIAL_REASON], check: Check::Sound(contents::refuse_unexplained) },
        Rule { fields: fields![ITEMS], check: Check::Follows(contents::note_free_items) },
        Rule { fields: fields![BOUGHT], check: Check::Sound(buy::refuse_nothing) },
        Rule { fields: fields![BOUGHT], check: Check::Follows(buy::refuse_beyond_approval) },
        Rule { fields: fields![BILL], check: Check::Follows(borne_before::hold) },
    ],
    also: fields![REFUSAL, BOUGHT_BY],
    old: Old {
        lists: &["official", "amount", "free", "offers", "approved"],
        state: contents::old_state,
        check: contents::check_old,
        ..Old::BLANK
    },
    owed: &[&inspect::UNSEEN, &inspect::COUNTERFEITS],
    alike: fields![UNIT, RECIPIENTS, ITEMS],
    ..Form::of(&REGISTER, &DEPARTMENT.spec)
};

/// Gifts on the first page of the month-end pack.
fn month_figures() -> Vec<MonthFigure> {
    vec![MonthFigure::amount(
        say!("gifts bought"),
        "SELECT coalesce(sum(bought_fen), 0) FROM gift_list WHERE bought_on BETWEEN :first AND :last AND state <> 'void'",
    )]
}
