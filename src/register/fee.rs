//! Agency and intermediary fees: asked, approved, signed, registered, and paid by clearance (R5.4).

mod agreement;
mod beyond;
mod customer;
mod import;
mod limit;
mod mark;
mod payment;
mod print;

use anyhow::Result;
use rusqlite::Connection;
use rusqlite::types::Value;

use self::customer::Counted;
use super::approval::Approval;
use super::decide::{self, Decision, Subject, Told};
use super::entry::Entry;
use super::field::{Field, Kind, Need};
use super::form::{Check, Choice, Fill, Form, Rule, Step, Verb, Waits, Who, formed};
use super::paper::Paper;
use super::task::{Row, Task};
use super::{EXCEPTIONS, Part, Register, amend, reopen, room};
use crate::book::select::Select;
use crate::fields;
use crate::money::Money;
use crate::office::{identity, removed};
use crate::person::{Person, Role};
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::pack::MonthFigure;
use crate::say;
use crate::text;
use crate::view::with_views;

/// The register of fees.
pub(crate) static REGISTER: Register = Register {
    name: "fee",
    room: room::of::<Fee>("fee", "Agency and intermediary fees, approved before they are paid (R5.4)"),
    template: Some("FEE{yy}-{seq:3}"),
    title: phrase!("Fees"),
    view: "fee_list",
    day: "asked_on",
    person: "asked_by",
    what: "kind || ' · ' || payee",
    text: &["number", "payee", "employer", "project", "reason", "agreement", "party", "unpaid_reason", "void_reason"],
    names: &["payee", "employer"],
    growing: &["fee_payment"],
    totals: &["amount_fen", "paid_fen"],
    parts: &[
        Part {
            title: phrase!("Payments"),
            sql: "SELECT position, amount_fen, asked_on, asked_by, paid_on, voucher, paid_by FROM fee_payment
                WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Decisions"),
            sql: "SELECT verb, part, amount_fen, decided_by, decided_on, reason, entered_by, declared_flag, deputy_for FROM approval WHERE undone_on IS NULL AND entry = :id ORDER BY position",
        },
        Part {
            title: phrase!("Payee of our own staff"),
            sql: "SELECT p.key AS person, p.department FROM fee AS f JOIN person AS p ON folded(p.name) = folded(f.payee)
                    OR folded(f.payee) IN (SELECT folded(n.name) FROM former_name AS n WHERE n.kind = 'person' AND n.key = p.key)
                WHERE f.entry = :id ORDER BY p.key",
        },
        EXCEPTIONS,
    ],
    month_file: "fees.csv",
    month_figures,
    rests: beyond::rests,
    follows: mark::follow,
    form: Some(&FORM),
    ..Register::BLANK
};

// What is asked for (R5.4(1)).
const KIND: Field<String> = Field::choice(
    "kind",
    "",
    &[
        ("selection", "For being chosen"),
        ("agency", "Agency fee"),
        ("thank-you", "For thanks"),
        ("commission", "Sales commission"),
        ("intermediary", "Intermediary fee"),
    ],
);
const PAYEE: Field<String> = Field::line("payee", "").need(Need::Given);
const EMPLOYER: Field<String> = Field::line("employer", "whom the payee works for").need(Need::Given);
const PROJECT: Field<String> =
    Field::project("project", "by its number or its contract's").alias("contract").need(Need::Given).spends().fixed();
const RATE: Field<i64> =
    Field::new("rate_pct", "of the contract, or of the project's estimate, such as 2%", Kind::Read(limit::rate))
        .option("rate");
const AMOUNT: Field<Money> =
    Field::estimate("amount_fen", "in yuan").option("amount").value_name("AMOUNT").need(Need::Given);
const REASON: Field<String> = Field::text("reason", "why it is to be paid")
    .option("purpose")
    .at_step("reason")
    .value_name("REASON")
    .need(Need::Given);
const ASKED_BY: Field<String> =
    Field::person("person", "").option("asked-by").need(Need::Given).fixed().label("asked_by");

// What follows from it.
const BASIS: Field<Money> = Field::estimate("basis_fen", "").need(Need::Given);
const ASKER: Field<String> = Field::person("asked_by", "").need(Need::Given);
const CUSTOMER: Field<bool> = Field::flag("customer_flag").need(Need::Given);
const OTHER_PARTY: Field<bool> = Field::flag("other_party_flag");

// The agreement (R5.4(1), R5.4(2)).
static PAPER: Paper = Paper {
    name: phrase!("agreement"),
    table: "fee",
    column: "agreement",
    day: "signed_on",
    clause: "R5.4(2)",
    twice: "one agreement over several fees",
    ..Paper::BLANK
};
const AGREEMENT: Field<String> =
    Field::paper("agreement", "its own number", &PAPER).value_name("NUMBER").need(Need::Tied);
const PARTY: Field<String> = Field::line("party", "who signed it on the other side").need(Need::Tied);
const SIGNED_BY: Field<String> = Field::person("signed_by", "");
const UNPAID: Field<String> = Field::text("unpaid_reason", "why the remainder will not be paid")
    .option("unpaid-reason")
    .at_step("reason")
    .noted();
const REFUSED: Field<String> =
    Field::text("refused", "why it is refused").option("refusal").reason().loose().label("refusal");

formed!(Fee);

/// The register as a form.
pub(crate) static FORM: Form = Form {
    number: "The fee's number",
    rows: phrase!("fees"),
    amended: ("R5.4(1)", Who::Check(asks)),
    imported: "R5.4(2)",
    office: ("general", false),
    subject: Some(Subject {
        fields: fields![KIND, PAYEE, EMPLOYER, PROJECT, BASIS, RATE, REASON, ASKER],
        amount: |row| Ok(row.get(&AMOUNT)?.unwrap_or(Money(0))),
        party: &PAYEE.spec,
        gains: agreement::gain,
        stays: phrase!(
            "take its steps back with: branchbook undo {number} --reason REASON, or settle it and ask for another"
        ),
    }),
    verbs: &[
        Verb::Step(Step {
            name: "add",
            about: "Ask for a fee, before anything is negotiated (R5.4)",
            state: "requested",
            fields: fields![KIND, PAYEE, EMPLOYER, PROJECT, RATE, AMOUNT, REASON, ASKED_BY],
            choice: Choice::One(fields![RATE, AMOUNT]),
            who: Who::Check(asks),
            says: |task| match task.row.get(&RATE)? {
                None => task.says(phrase!("{number}: {amount} asked for {payee}, for a company leader to approve")),
                Some(_) => task.says(phrase!(
                    "{number}: {amount} asked for {payee}, {rate} of {basis}, for a company leader to approve"
                )),
            },
            ..Step::BLANK
        }),
        amend::amend("Correct a request; one that was approved needs approval again"),
        Verb::Decision(Decision {
            name: "approve",
            about: "Approve requests, all of them or none; a company leader does",
            number: "The number; several numbers, all of them or none",
            several: true,
            what: phrase!("approving a fee"),
            done: phrase!("approved"),
            state: "approved",
            commits: true,
            guard: measured_anew,
            says: phrase!("{numbers}: approved on {on} by {by}"),
            waits: Some(|asked| {
                let said = if is_of_staff(asked.book, asked.row)? {
                    say!("fee to be approved; the payee has the name of somebody on our staff")
                } else {
                    say!("fee to be approved")
                };
                Ok(said.to_owned())
            }),
            told: Some(Told { by: "approved_by", on: "approved_on", amount: &[] }),
            ..Decision::BLANK
        }),
        Verb::Decision(Decision {
            name: "reject",
            about: "Refuse a request; a company leader does",
            number: "The fee's number",
            fields: fields![REFUSED],
            what: phrase!("rejecting a fee"),
            done: phrase!("rejected"),
            state: "rejected",
            says: phrase!("{number}: rejected on {on} by {by}, {reason}"),
            ..Decision::BLANK
        }),
        reopen::reopen("Ask again for a fee that was refused", |_| Ok("requested"), Who::Check(asks)),
        Verb::Step(Step {
            name: "sign",
            about: "Enter the agreement that the branch manager signed, on the day of --on",
            state: "signed",
            commits: true,
            fields: fields![AGREEMENT, PARTY],
            sign: "signed_on",
            dated: true,
            signed: Some(&Field::past("signed_on", "").option("signed-on").corrected().spec),
            fills: &[("signed_by", Fill::Actor)],
            who: Who::Roles(phrase!("signing the agreement over a fee")),
            guards: &[Check::Follows(agreement::refuse_concerned), Check::Follows(measured_anew)],
            on_day: &[Check::Follows(agreement::refuse_signed_before)],
            says: |task| task.says(phrase!("{number}: agreement {agreement} signed on {on} by {by}")),
            waits: &[Waits::of(
                "approved",
                phrase!("agreement to be signed of {amount}, for the branch-manager"),
                "R5.4(1)",
                "(SELECT max(decided_on) FROM approval WHERE undone_on IS NULL AND entry = l.id AND verb = 'approve')",
            )
            .since()
            .by(Role::BranchManager)],
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "register",
            about: "File the signed agreement; only then is it paid",
            state: "registered",
            sign: "registered_on",
            dated: true,
            signed: Some(&Field::past("registered_on", "").option("registered-on").corrected().spec),
            who: Who::Roles(phrase!("filing the agreement over a fee")),
            guards: &[Check::Follows(refuse_unapproved)],
            says: |task| task.says(phrase!("{number}: registered on {on} by {by}")),
            waits: &[Waits::of(
                "signed",
                phrase!("agreement to be registered of {amount}, for the clerk"),
                "R5.4(2)",
                "signed_on",
            )
            .since()],
            ..Step::BLANK
        }),
        payment::BILL,
        payment::CLEAR,
        payment::PAY,
        Verb::Step(Step {
            name: "settle",
            about: "Close a fee that is paid, or whose remainder will not be",
            state: "settled",
            fields: fields![UNPAID],
            sign: "ended_on",
            who: Who::Roles(phrase!("settling a fee")),
            guards: &[Check::Follows(weigh_remainder)],
            says: |task| {
                let (number, on, left) = (&task.entry.number, task.change.on, remainder(task)?);
                Ok(say!("{number}: settled on {on}, {left} not paid", number, on, left))
            },
            waits: &[Waits::of(
                "registered",
                phrase!("fee that is paid to be settled of {amount}, for the clerk"),
                "R5.4(2)",
                "(SELECT max(paid_on) FROM fee_payment WHERE undone_on IS NULL AND entry = l.id)",
            )
            .which("l.ended_on IS NULL AND l.paid_fen = l.amount_fen")
            .since()],
            wants: Some(|book, entry, _| {
                Ok(if book.only(&with_views("SELECT paid_fen < amount_fen FROM fee_list WHERE id = ?1"), [entry.id])? {
                    fields![UNPAID]
                } else {
                    &[]
                })
            }),
            ..Step::BLANK
        }),
        Verb::Sheet(&print::SHEET),
        room::void("Void a spoilt request: number and reason stay"),
        room::list("List fees"),
        room::show("Show one fee with its payments and decisions"),
        room::history("Show what happened to a fee"),
        room::undo(),
        room::import::<Fee>(
            "Bring in an old register from a CSV file or a workbook; fees that run come with their approval, agreement and payments",
        ),
    ],
    rules: &[
        Rule { fields: fields![PROJECT], check: Check::Follows(asked_for) },
        Rule { fields: fields![EMPLOYER, PAYEE], check: Check::Follows(mark::customer) },
        Rule { fields: fields![RATE, AMOUNT], check: Check::Follows(measure) },
        Rule { fields: fields![PARTY], check: Check::Follows(mark_party) },
        Rule { fields: fields![PARTY], check: Check::Follows(agreement::refuse_own_party) },
    ],
    also: fields![BASIS, ASKER, CUSTOMER, OTHER_PARTY, SIGNED_BY],
    old: import::OLD,
    alike: fields![PAYEE, PROJECT, AMOUNT],
    ..Form::of(&REGISTER, &PROJECT.spec)
};

/// Whoever asks enters it, or corrects it; a clerk writes for them.
fn asks(task: &Task<'_, '_>) -> Result<()> {
    removed::refuse(task.sql(), &Person::find(task.sql(), &task.entry.person)?, task.change.on)?;
    if task.entry.person == task.actor.key {
        return Ok(());
    }
    identity::require_pen(task.change, &task.entry.person)
}

/// The project that a fee belongs to.
fn project_of(task: &Task<'_, '_>) -> Result<Entry> {
    Entry::find_in(task.sql(), "project", &task.row.get(&PROJECT)?.unwrap_or_default())
}

/// Who asks, on no day before the project was opened.
fn asked_for(task: &mut Task<'_, '_>) -> Result<()> {
    let asker = task.entry.person.clone();
    task.set(ASKER.spec.column, asker);
    project_of(task)?.refuse_before_opening(task.change)
}

/// Whether the payee has the name of somebody on the staff, or who was on it.
pub(super) fn is_of_staff(book: &Connection, fee: &Row) -> Result<bool> {
    Ok(!decide::namesakes(book, &[fee.get(&PAYEE)?.unwrap_or_default()])?.is_empty())
}

/// The amount as it is asked for, or as the rate gives it; within what all fees of the project may come to (R5.4(3)).
fn measure(task: &mut Task<'_, '_>) -> Result<()> {
    let basis = limit::basis(task.sql(), &project_of(task)?)?;
    if task.row.is_new(&RATE.spec) {
        let amount = limit::share(basis, task.row.get(&RATE)?.unwrap_or_default())?;
        task.set(AMOUNT.spec.column, amount.0);
    } else {
        task.set(RATE.spec.column, Value::Null);
    }
    task.set(BASIS.spec.column, basis.0);
    if task.row.get(&AMOUNT)?.is_none_or(|amount| amount.0 == 0) {
        return Err(Refusal::usage(say!("a fee of nothing is not asked for"))
            .or(say!("give --rate PERCENT or --amount AMOUNT"))
            .into());
    }
    require_within(task)
}

/// What all fees of the project, and of its customer's year, may come to is not passed (R5.4(3)).
fn require_within(task: &Task<'_, '_>) -> Result<()> {
    let amount = task.row.get(&AMOUNT)?.unwrap_or(Money(0));
    limit::require(task, &project_of(task)?, amount)?;
    customer::require(task, amount, Counted::Fees)
}

/// Measures it again when it is approved and signed, for the contract may name another customer and amount than the project did.
fn measured_anew(task: &mut Task<'_, '_>) -> Result<()> {
    mark::tell(task)?;
    require_within(task)
}

/// The approval that holds for the fee as it stands.
fn approval(task: &Task<'_, '_>) -> Result<Approval> {
    let standing = Approval::standing(task.sql(), task.entry.id, "approve", &FORM.shown(&task.row)?)?;
    standing.ok_or_else(|| {
        let number = &task.entry.number;
        Refusal::rule("R5.4(1)", say!("{number} is not what a company leader approved", number))
            .or(say!("ask for it anew with: branchbook fee add …, and have that approved"))
            .into()
    })
}

fn refuse_unapproved(task: &mut Task<'_, '_>) -> Result<()> {
    approval(task).map(drop)
}

/// Marks where another signed than the payee.
fn mark_party(task: &mut Task<'_, '_>) -> Result<()> {
    let folded = |field| Ok::<_, anyhow::Error>(task.row.get::<String>(field)?.map(|name| text::fold(&name)));
    let other = folded(&PARTY)? != folded(&PAYEE)?;
    if other {
        task.remark(say!("the party that signed is not the payee"));
    }
    task.set(OTHER_PARTY.spec.column, other);
    Ok(())
}

/// What is not paid yet.
fn remainder(task: &Task<'_, '_>) -> Result<Money> {
    Ok(Money(task.shown::<i64>("amount_fen - paid_fen")?))
}

/// A remainder that is not paid has its reason (R5.4(2)).
fn weigh_remainder(task: &mut Task<'_, '_>) -> Result<()> {
    let (number, left) = (&task.entry.number, remainder(task)?);
    let refusal = match (task.row.get(&UNPAID)?, left.0 > 0) {
        (None, true) => Refusal::rule("R5.4(2)", say!("{left} of {number} is not paid", left, number))
            .or(say!("pay it, or say why it will not be: branchbook fee settle {number} --reason REASON", number)),
        (Some(_), false) => {
            Refusal::usage(say!("{number} is paid, and nothing remains", number)).or(say!("leave --reason out"))
        }
        _ => return Ok(()),
    };
    Err(refusal.into())
}

/// Fees on the first page of the month-end pack.
fn month_figures() -> Vec<MonthFigure> {
    vec![MonthFigure::amount(
        say!("fees paid"),
        "SELECT coalesce(sum(amount_fen), 0) FROM fee_payment WHERE undone_on IS NULL AND paid_on BETWEEN :first AND :last",
    )]
}
