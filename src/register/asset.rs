//! Equipment: who keeps and uses it, what happened to it, and whether it is there (R5.5).

mod account;
mod custody;
mod damage;
mod dispose;
mod hand;
mod handover;
mod import;
mod inspect;
mod loss;
mod print;
mod stocktake;
pub(crate) mod waiting;

use anyhow::Result;
use chrono::NaiveDate;

use super::field::{Field, Need};
use super::form::{Check, Choice, Fill, Form, Rule, Step, Verb, Who, formed, own};
use super::task::Row;
use super::{EXCEPTIONS, Part, Register, amend, room};
use crate::day;
use crate::fields;
use crate::money::Money;
use crate::phrase;
use crate::say;

/// A column of the term of custody in which somebody had a duty on the day `:on`.
macro_rules! on_day {
    ($column:literal, $duty:literal) => {
        concat!(
            "SELECT c.",
            $column,
            " FROM custody AS c WHERE c.undone_on IS NULL AND c.entry = id AND c.duty = '",
            $duty,
            "' AND c.from_on <= :on AND (c.until_on IS NULL OR c.until_on > :on)"
        )
    };
}

/// The register of equipment.
pub(crate) static REGISTER: Register = Register {
    name: "asset",
    room: room::of::<Asset>("asset", "Equipment: keepers, users, damage, stocktakes (R5.5)"),
    template: Some("AST-{seq:4}"),
    title: phrase!("Assets"),
    view: "asset_list",
    day: "bought_on",
    person: "keeper",
    what: "name || coalesce(' · ' || model, '')",
    text: &[
        "number",
        "name",
        "keeper",
        "user",
        "tag",
        "serial_no",
        "model",
        "category",
        "supplier",
        "place",
        "used_for",
        "damage",
        "disposal",
        "void_reason",
    ],
    names: &["supplier"],
    growing: &["custody", "damage", "guard_check", "loss"],
    totals: &["price_fen"],
    parts: &[
        Part {
            title: phrase!("Custody"),
            sql: "SELECT duty, person, purpose AS used_for, from_on, until_on, back_by_on FROM custody WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Damage"),
            sql: "SELECT what, reported_by, happened_on, reported_on,
                CAST(julianday(reported_on) - julianday(happened_on) AS INTEGER) AS days_late, outcome, back_on, cost_fen
                FROM damage WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Looks at how it is guarded"),
            sql: "SELECT checked_on, checked_by, secure_flag, finding FROM guard_check WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Losses"),
            sql: "SELECT kind, responsible, happened_on, what, police_report, recovered_on FROM loss WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        EXCEPTIONS,
    ],
    month_file: "assets.csv",
    month_parts: |_, judged| Ok(vec![inspect::month_part(judged.month)]),
    month_figures: Vec::new,
    form: Some(&FORM),
    as_of: &[
        (
            "state",
            "SELECT j.record ->> '$.entry[0].state' FROM journal AS j
             WHERE j.thing = number AND j.happened_on <= :on AND j.verb <> 'asset amend'
                AND j.verb NOT LIKE '% undo' AND j.id NOT IN (SELECT u.record ->> '$.undone' FROM journal AS u
                    WHERE u.thing = number AND u.verb LIKE '% undo' AND u.record ->> '$.undone' IS NOT NULL)
             ORDER BY j.verb = 'asset import', j.happened_on DESC, j.id DESC LIMIT 1",
        ),
        ("keeper", on_day!("person", "keeper")),
        ("user", on_day!("person", "user")),
        ("used_for", on_day!("purpose", "user")),
        ("issued_on", on_day!("from_on", "user")),
    ],
    ..Register::BLANK
};

// What it is, whose, and who keeps it (R5.5(1), R5.5(2)).
const NAME: Field<String> = Field::line("name", "").need(Need::Given);
const DEPARTMENT: Field<String> = Field::department("department", "whose asset it is");
const PRICE: Field<Money> =
    Field::estimate("price_fen", "in yuan").option("price").value_name("PRICE").need(Need::Given);
const BOUGHT: Field<NaiveDate> = Field::past("day_on", "").option("bought-on").need(Need::Given).label("bought_on");
const KEEPER: Field<String> = Field::person("person", "guards it against theft, from the day of --on on")
    .option("keeper")
    .need(Need::Given)
    .clause("R5.5(2)")
    .fixed()
    .label("keeper");
const MODEL: Field<String> = Field::line("model", "");
const SERIAL: Field<String> = Field::line("serial_no", "the maker's, kept as it is typed").option("serial");
const TAG: Field<String> = Field::line("tag", "the inventory tag that is stuck on it");
const CATEGORY: Field<String> = Field::line("category", "such as computer or camera");
const SUPPLIER: Field<String> = Field::line("supplier", "");
const PLACE: Field<String> = Field::text("place", "where it stands");
const WARRANTY: Field<NaiveDate> = Field::day("warranty_until_on", "").option("warranty-until");
const DISPOSAL: Field<String> = Field::text("disposal", "why, and what becomes of it").reason();
const APPROVED_BY: Field<String> = Field::person("approved_by", "");

formed!(Asset);

/// The register as a form.
pub(crate) static FORM: Form = Form {
    number: "The asset's number",
    rows: phrase!("assets"),
    amended: ("R5.5(1)", Who::Clerk(phrase!("corrects the account"))),
    imported: "R5.5(1)",
    office: ("general", true),
    verbs: &[
        Verb::Step(Step {
            name: "add",
            done: phrase!("taken on"),
            about: "Enter equipment, with the person who keeps it (R5.5(1), R5.5(2))",
            state: "in-store",
            fields: fields![
                NAME, DEPARTMENT, PRICE, BOUGHT, KEEPER, MODEL, SERIAL, TAG, CATEGORY, SUPPLIER, PLACE, WARRANTY
            ],
            who: Who::Check(account::enters),
            then: account::keep,
            says: account::entered,
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "issue",
            about: "Hand it to a person for work (R5.5(3))",
            state: "in-use",
            done: phrase!("issued"),
            fields: hand::ISSUED,
            into: Some(&hand::TERMS),
            sign: "from_on",
            dated: true,
            who: Who::Check(|task| custody::require_hand(task, say!("issuing it"))),
            fills: &[("duty", Fill::Word("user"))],
            guards: &[Check::Follows(hand::refuse_back_before)],
            says: |task| {
                task.says(if task.line.has("back_by_on") {
                    phrase!("{number}: issued to {person} on {on} for {purpose}, to be back by {back_by_on}")
                } else {
                    phrase!("{number}: issued to {person} on {on} for {purpose}")
                })
            },
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "transfer",
            about: "Hand it on from one user to the next, or to another keeper, in one step (R5.5(2))",
            done: phrase!("transferred"),
            fields: hand::TRANSFERRED,
            choice: Choice::Any(hand::TO_WHOM),
            who: Who::Check(|task| custody::require_hand(task, say!("transferring it"))),
            then: hand::hand_on,
            says: |task| task.says(phrase!("{number}: {said} on {on}")),
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "return",
            about: "Take it back into the store",
            state: "in-store",
            done: phrase!("returned"),
            fields: hand::RETURNED,
            who: Who::Check(|task| custody::require_hand(task, say!("returning it"))),
            then: hand::take_back,
            says: |task| task.says(phrase!("{number}: back from {user} on {on}, kept by {keeper}")),
            ..Step::BLANK
        }),
        inspect::INSPECT,
        Verb::Extract(&inspect::INSPECTED),
        Verb::Step(Step {
            name: "damage",
            about: "Report damage, at once (R5.5(4)); it goes into repair and stays in the same hands",
            state: "in-repair",
            done: phrase!("damaged"),
            fields: damage::REPORT,
            into: Some(&damage::LIST),
            fills: &[("reported_by", Fill::Actor), ("from_state", Fill::State)],
            who: Who::Check(damage::reports),
            guards: &[Check::Follows(damage::report)],
            says: damage::reported,
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "repair",
            about: "Enter a repair; the asset is where it was before the damage (R5.5(4))",
            done: phrase!("repaired"),
            fields: damage::REPAIR,
            choice: Choice::Any(damage::OUTCOME),
            into: Some(&damage::LIST),
            to: Some(damage::back_to),
            who: Who::Check(|task| custody::require_hand(task, say!("entering its repair"))),
            guards: &[Check::Follows(damage::repair)],
            then: damage::give_up,
            says: damage::repaired,
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "lose",
            about: "Enter a loss; who answered for the asset is named (R5.5(2))",
            state: "lost",
            fields: loss::LOST,
            into: Some(&loss::LIST),
            sign: "happened_on",
            dated: true,
            who: Who::Check(|task| custody::require_hand(task, say!("reporting it"))),
            fills: &[("kind", Fill::Word("lost"))],
            guards: &[Check::Follows(loss::name)],
            then: loss::end,
            says: |task| task.says(phrase!("{number}: {state} on {on}; {responsible} answered for it")),
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "steal",
            about: "Enter a theft, with the police's number (R5.5(2))",
            state: "stolen",
            fields: loss::STOLEN,
            into: Some(&loss::LIST),
            sign: "happened_on",
            dated: true,
            who: Who::Check(|task| custody::require_hand(task, say!("reporting it"))),
            fills: &[("kind", Fill::Word("stolen"))],
            guards: &[Check::Follows(loss::name)],
            then: loss::end,
            says: |task| {
                task.says(phrase!(
                    "{number}: {state} on {on}, police report {police_report}; {responsible} answered for it"
                ))
            },
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "recover",
            about: "Take a lost or stolen asset that was found again back into the store",
            state: "in-store",
            done: phrase!("recovered"),
            fields: loss::FOUND,
            into: Some(&loss::LIST),
            sign: "recovered_on",
            dated: true,
            who: Who::Anybody,
            guards: &[Check::Follows(loss::find)],
            then: loss::keep,
            says: |task| task.says(phrase!("{number}: found again on {on}, kept by {keeper}")),
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "dispose",
            about: "Dispose of it; a manager decides",
            state: "disposed",
            done: phrase!("disposed of"),
            fields: fields![DISPOSAL],
            sign: "disposal",
            who: Who::Check(dispose::decides),
            fills: &[("approved_by", Fill::Actor)],
            then: |task| custody::end_all(task.change, &task.entry),
            says: |task| task.says(phrase!("{number}: disposed of on {on}, decided by {approved_by}")),
            ..Step::BLANK
        }),
        own::<stocktake::Count>(
            "count",
            "Count what is there: a stocktake by typed numbers, a file or a scanner; --close signs it",
        ),
        own::<stocktake::Show>(
            "stocktake",
            "List stocktakes, or what one of them found to differ; print its result; take back what was counted",
        ),
        Verb::Sheet(&handover::SHEET),
        Verb::Sheet(&print::SHEET),
        amend::amend("Correct what was entered; who keeps and uses it is handed on with transfer"),
        room::void("Void a spoilt entry: number and reason stay"),
        Verb::Extract(&custody::HELD),
        Verb::Extract(&damage::DAMAGES),
        room::list("List assets"),
        room::show("Show one asset; with --on DATE who answered for it that day"),
        room::history("Show what happened to an asset"),
        room::undo(),
        room::import::<Asset>("Bring in an old list of assets; each may be in the hands of a user already"),
    ],
    rules: &[
        Rule { fields: fields![BOUGHT], check: Check::Regulation(account::refuse_bought_late) },
        Rule { fields: fields![BOUGHT, WARRANTY], check: Check::Sound(refuse_over_before) },
        Rule { fields: fields![PRICE], check: Check::Follows(account::weigh) },
        Rule { fields: fields![TAG], check: Check::Regulation(account::refuse_taken_tag) },
        Rule { fields: fields![SERIAL], check: Check::Follows(account::remark_twin) },
    ],
    also: fields![APPROVED_BY],
    old: import::OLD,
    owed: &[
        &waiting::BACK,
        &waiting::UNGUARDED,
        &waiting::REPAIRS,
        &waiting::WARRANTIES,
        &waiting::LEFT,
        &waiting::STOCKTAKE,
    ],
    voided: dispose::void,
    alike: fields![NAME, MODEL, SERIAL, TAG, PRICE],
    ..Form::of(&REGISTER, &DEPARTMENT.spec)
};

/// No warranty is over before the day of buying.
fn refuse_over_before(row: &Row) -> Result<()> {
    match row.get(&BOUGHT)?.zip(row.get(&WARRANTY)?) {
        Some((bought, until)) => Ok(day::refuse_backwards(bought, until, "--warranty-until")?),
        None => Ok(()),
    }
}
