//! Work contact forms and the departments' ledgers (R4).

mod archive;
mod circulate;
mod entitlement;
mod issue;
pub(crate) mod ledger;
mod parties;
mod print;

use anyhow::Result;
use chrono::{Days, NaiveDate};
use rusqlite::types::Value;

use super::field::{Field, Kind, Need};
use super::form::{Check, Choice, Fill, Form, Rule, Step, Verb, Who, formed, own};
use super::old_field as old;
use super::old_form::Old;
use super::pack::MonthFigure;
use super::{EXCEPTIONS, Part, Register, amend, room};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::fields;
use crate::import::row::{Cells, Fault};
use crate::person::Person;
use crate::phrase;
use crate::say;
use crate::share;

/// The register of contact forms.
pub(crate) static REGISTER: Register = Register {
    name: "contact",
    room: room::of::<Contact>("contact", "Work contact forms and their ledgers (R4)"),
    title: phrase!("Work contact forms"),
    view: "contact_list",
    day: "issued_on",
    person: "issued_by",
    what: "subject",
    party: "addressed_to",
    text: &[
        "number",
        "subject",
        "content",
        "addressed_to",
        "copied_to",
        "project",
        "contract",
        "holder",
        "void_reason",
    ],
    names: &["addressed_to", "copied_to"],
    growing: &["signature", "reply"],
    totals: &["pages"],
    parts: &[
        Part {
            title: phrase!("Signatures"),
            sql: "SELECT party, signed_by, signed_on FROM signature WHERE undone_on IS NULL AND entry = :id ORDER BY signed_on, party",
        },
        Part {
            title: phrase!("Replies"),
            sql: "SELECT party, replied_by, replied_on, text FROM reply WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        EXCEPTIONS,
    ],
    waits: &[ledger::forms],
    month_figures,
    form: Some(&FORM),
    ..Register::BLANK
};

// What is issued (R4.1–R4.6, R6.1).
const DEPARTMENT: Field<String> = Field::department("department", "whose ledger takes the form").fixed();
const KIND: Field<String> = Field::choice(
    "kind",
    "",
    &[
        ("pre-contract", "Technical data, production cycle, schedule, purchase price before the contract (R4.2)"),
        ("execution", "Data, changes, supplements during the contract (R4.3)"),
        ("after-sales", "Unpacking, counting, installation, commissioning (R4.4)"),
        ("user-request", "What the user raises: progress, supporting parts, delivery (R4.5)"),
        ("external", "To a unit outside the company (R4.6)"),
        ("shipping", "What General Management needs to ship (R6.1)"),
    ],
);
const TO: Field<String> = Field::new(
    "addressed_to",
    "a department, or a unit outside the company; may be repeated",
    Kind::Lines(parties::BETWEEN),
)
.option("to")
.value_name("PARTY")
.look_up(parties::addressee)
.need(Need::Given)
.on_amend("all of them anew; only while nobody has signed");
const COPY: Field<String> = Field::new(
    "copied_to",
    "a department, a person, a unit outside the company; may be repeated",
    Kind::Lines(parties::BETWEEN),
)
.option("copy")
.value_name("PARTY")
.look_up(parties::copied)
.on_amend("all of them anew");
const SUBJECT: Field<String> = Field::line("subject", "in one line").need(Need::Given);
const CONTENT: Field<String> = Field::text("content", "what is asked or told").need(Need::Asked);
const PROJECT: Field<String> = Field::project("project", "its leader may issue the form")
    .on_amend("an archived form moves into its contract's file");
const CONTRACT: Field<String> = Field::line("contract", "where no project is in the book")
    .on_amend("an archived form moves into its contract's file");
const REPLY_BY: Field<NaiveDate> =
    Field::day("reply_by_on", "").option("reply-by").otherwise("after contact.reply_days days");
const PAGES: Field<u32> = Field::count("pages", "of the paper", u32::MAX).value_name("PAGES");
const HOLDER: Field<String> =
    Field::line("holder", "who holds the original").value_name("PERSON").otherwise("who issued it");
const NUMBER: Field<String> = Field::line("number", "one that was reserved for a paper pad").loose().fixed();
const ISSUED_ON: Field<NaiveDate> =
    Field::past("day_on", "only where its number stays right").option("issued-on").corrected().label("issued_on");
const ISSUED_BY: Field<String> = Field::line("person", "")
    .option("issued-by")
    .value_name("PERSON")
    .look_up(|book, who| Ok(Person::find(book, who)?.key))
    .corrected()
    .did()
    .label("issued_by");

// Who signs and answers, and what follows (R4.7).
const PARTY: Field<String> = Field::line("party", "the addressee or copy for whom it is signed")
    .option("for")
    .value_name("PARTY")
    .otherwise("the signer's department");
const PAPER: Field<String> = Field::line("paper", "on which a unit outside signed or answered").value_name("NUMBER");
const ANSWERING: Field<String> = Field::line("party", "the addressee that answers")
    .option("for")
    .value_name("PARTY")
    .otherwise("the replier's department");
const ANSWER: Field<String> = Field::text("text", "what is answered").need(Need::Asked);
const RECEIVED: Field<NaiveDate> = Field::day("received_on", "");
const REPLIED: Field<NaiveDate> = Field::day("replied_on", "");

// Where it is filed (R4.7).
const FILED_UNDER: Field<String> = Field::project("project", "whose contract file takes the form")
    .even_ended()
    .otherwise("the project or contract that the form names");
const FILE: Field<String> =
    Field::line("contract_file", "where no project is in the book").option("contract-file").at_step("contract");
const NO_CONTRACT: Field<String> =
    Field::text("no_contract", "why the form belongs to none").option("no-contract").value_name("REASON");
const ARCHIVED_BY: Field<String> = Field::text("archived_by", "");

formed!(Contact);

/// The register as a form.
pub(crate) static FORM: Form = Form {
    number: "The form's number",
    rows: phrase!("contact forms"),
    amended: ("R4.8", Who::Clerk(phrase!("corrects the ledger"))),
    imported: "R4.8",
    office: ("general", false),
    verbs: &[
        Verb::Step(Step {
            name: "add",
            about: "Log a form: it takes the next number of its department's ledger",
            state: "issued",
            fields: fields![
                DEPARTMENT, KIND, TO, COPY, SUBJECT, CONTENT, PROJECT, CONTRACT, REPLY_BY, PAGES, HOLDER, NUMBER,
                ISSUED_ON, ISSUED_BY
            ],
            exception: Some(
                "Record a breach of who may issue the form or whom it must reach, with the reason, instead of being refused",
            ),
            who: Who::Anybody,
            opens: issue::open,
            guards: &[Check::Follows(issue::want_reply)],
            says: issue::issued,
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "sign",
            about: "Sign for receipt, for one addressee or copy (R4.7)",
            to: Some(circulate::after_signing),
            done: phrase!("signed for"),
            early: true,
            several: true,
            fields: fields![PARTY, PAPER],
            into: Some(&circulate::SIGNATURES),
            sign: "signed_on",
            dated: true,
            fills: &[("signed_by", Fill::Actor)],
            who: Who::Hand(circulate::hand),
            guards: &[Check::Follows(circulate::sign)],
            says: circulate::signed,
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "reply",
            about: "Enter an addressee's reply",
            done: phrase!("answered"),
            early: true,
            fields: fields![ANSWERING, ANSWER, PAPER],
            into: Some(&circulate::REPLIES),
            sign: "replied_on",
            dated: true,
            fills: &[("replied_by", Fill::Actor)],
            who: Who::Hand(circulate::hand),
            guards: &[Check::Follows(circulate::reply)],
            says: circulate::replied,
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "archive",
            about: "Take a form into its contract's file (R4.7)",
            state: "archived",
            several: true,
            fields: fields![FILED_UNDER, FILE, NO_CONTRACT],
            choice: Choice::AtMostOne(fields![FILED_UNDER, FILE, NO_CONTRACT]),
            sign: "archived_on",
            dated: true,
            signed: Some(&Field::past("archived_on", "").option("archived-on").corrected().spec),
            fills: &[("archived_by", Fill::Actor)],
            exception: Some("Record a missing signature, with the reason, instead of being refused"),
            who: Who::Roles(phrase!("signing for the archive")),
            guards: &[
                Check::Regulation(archive::refuse_unsigned),
                Check::Regulation(archive::refuse_uncopied),
                Check::Follows(archive::put_away),
                Check::Follows(archive::tell_unanswered),
            ],
            says: archive::archived,
            ..Step::BLANK
        }),
        room::void(
            "Void a spoilt form, a reserved number, or numbers missing in an old ledger: number and reason stay (R4.8)",
        ),
        amend::amend("Correct a form; the old values stay in its history"),
        room::list("List forms"),
        room::show("Show one form"),
        room::history("Show what happened to a form"),
        room::undo(),
        own::<ledger::Ledger>(
            "ledger",
            "A department's ledger in number order, voided and reserved numbers included (R4.8)",
        ),
        own::<ledger::Outstanding>(
            "outstanding",
            "Forms that wait for a signature, a reply or the archive, and who holds the paper (R4.7)",
        ),
        own::<ledger::File>("papers", "Everything in a contract's file").formerly("file"),
        Verb::Sheet(&print::SHEET),
        room::import::<Contact>("Bring in an old ledger from a CSV file or a workbook, with its own numbers"),
    ],
    rules: &[
        Rule { fields: fields![HOLDER], check: Check::Follows(issue::refuse_gone_holder) },
        Rule { fields: fields![FILE, NO_CONTRACT], check: Check::Follows(archive::one_place) },
        Rule { fields: fields![CONTRACT], check: Check::Follows(issue::find_project) },
        Rule { fields: fields![KIND], check: Check::Follows(entitlement::refuse_stranger) },
        Rule {
            fields: fields![KIND, ISSUED_BY, ISSUED_ON, PROJECT, CONTRACT],
            check: Check::Regulation(entitlement::refuse_issuer),
        },
        Rule { fields: fields![TO], check: Check::Follows(circulate::refuse_readdressed) },
        Rule { fields: fields![COPY], check: Check::Follows(circulate::refuse_uncopied) },
        Rule { fields: fields![KIND, TO], check: Check::Follows(parties::refuse_outside) },
        Rule { fields: fields![KIND, TO], check: Check::Follows(parties::refuse_own) },
        Rule { fields: fields![TO, COPY], check: Check::Follows(parties::refuse_twice) },
        Rule { fields: fields![KIND, TO, COPY], check: Check::Regulation(entitlement::must_reach) },
        Rule { fields: fields![ISSUED_ON], check: Check::Follows(issue::refuse_redated) },
        Rule { fields: fields![ISSUED_ON, REPLY_BY], check: Check::Follows(issue::refuse_wanted_early) },
        Rule { fields: fields![PROJECT, CONTRACT], check: Check::Follows(issue::refile) },
    ],
    also: fields![RECEIVED, REPLIED, ARCHIVED_BY],
    old: OLD,
    alike: fields![TO, SUBJECT],
    ..Form::of(&REGISTER, &DEPARTMENT.spec)
};

/// What an old ledger has in another way than a form that is typed: what it writes in several lines stays so.
const OLD: Old = Old {
    fields: &[
        old::Field::new("addressed_to", old::Reading::Found(parties::of_ledger)).required(),
        old::Field::new("copied_to", old::Reading::Found(parties::of_ledger)),
        old::Field::text("subject").required(),
        old::Field::text("contract"),
        old::Field::text("holder"),
        old::Field::text("contract_file"),
        old::Field::made("received_on", received).named("received_on"),
    ],
    state: |cells| {
        let shown = [("archived_on", "archived"), ("received_on", "received")];
        for (column, state) in shown {
            if cells.text(column)?.is_some() {
                return Ok(Some(state));
            }
        }
        Ok(Some("issued"))
    },
    check: refuse_reserved,
    numbered: true,
    remark: |change, _| Ok(long_open(change)?.into_iter().chain(parties::outside_of_import(change)?).collect()),
    ..Old::BLANK
};

/// The day of receipt; a form that is received without one was received on the day that it bears.
fn received(cells: &Cells<'_>) -> Result<Value, Fault> {
    let bears = if cells.text("state")? == Some("received") { cells.day("issued_on")? } else { None };
    Ok(cells.day("received_on")?.or(bears).map_or(Value::Null, |day| Value::Text(day.to_string())))
}

fn refuse_reserved(_: &Cells<'_>, state: &str) -> Result<(), Fault> {
    if state != "reserved" {
        return Ok(());
    }
    Err(Fault::of("subject", say!("a number that is only reserved has no subject yet")))
}

/// Open forms that are older than this are probably done, and the clerk is told how to say so.
const LONG_OPEN: Days = Days::new(90);

fn long_open(change: &Change<'_>) -> Result<Option<String>> {
    let (open, oldest): (i64, Option<NaiveDate>) = change.sql().whole(
        "SELECT count(*), min(day_on) FROM entry WHERE import = ?1 AND state IN ('issued', 'received')",
        [change.import],
    )?;
    Ok(oldest.filter(|day| *day + LONG_OPEN < change.today()).map(|oldest| {
        say!("open, and so outstanding: {open}, the oldest since {oldest}; what is done comes in with --set state=archived", open, oldest)
    }))
}

/// Contact forms on the first page of the month-end pack.
fn month_figures() -> Vec<MonthFigure> {
    vec![
        MonthFigure::count(
            say!("contact forms issued"),
            "SELECT count(*) FROM contact_list WHERE issued_on BETWEEN :first AND :last AND state NOT IN ('reserved', 'void')",
        ),
        MonthFigure::count(
            say!("of these not archived by the month's end"),
            "SELECT count(*) FROM contact_list WHERE issued_on BETWEEN :first AND :last AND state NOT IN ('reserved', 'void')
                AND (archived_on IS NULL OR archived_on > :last)",
        ),
        MonthFigure::share(
            say!("answered by the day that was wanted"),
            concat!(
                "SELECT ",
                share!("sum(replied_on <= reply_by_on AND replied_on IS NOT NULL)", "count(*)"),
                " FROM contact_list WHERE reply_by_on BETWEEN :first AND :last AND state NOT IN ('reserved', 'void')"
            ),
        ),
    ]
}
