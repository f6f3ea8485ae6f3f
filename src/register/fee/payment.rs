//! Payments of a fee: asked for, cleared by a company leader, paid with a voucher (R5.4(2)).

use anyhow::Result;
use chrono::NaiveDate;

use super::customer::{self, Counted};
use super::{AMOUNT, FORM, PAYEE, agreement, limit, mark, project_of, refuse_unapproved};
use crate::book::select::Select;
use crate::fields;
use crate::language;
use crate::money::Money;
use crate::office::identity;
use crate::person::Role;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::approval::{Approval, Shown};
use crate::register::child::{Amended, List};
use crate::register::decide::{Asked, Decision, Of, Words};
use crate::register::entry::Entry;
use crate::register::field::{Field, Need};
use crate::register::form::{Check, Fill, Rule, Step, Verb, Waits, Who};
use crate::register::paper::Paper;
use crate::register::project::{contract, leader};
use crate::register::task::{Row, Task};
use crate::register::undo::taken::standing;
use crate::say;

const CLAUSE: &str = "R5.4(2)";

const PAYMENT: Field<u32> = Field::count("payment", "its position among those of the fee", u32::MAX)
    .value_name("POSITION")
    .need(Need::Asked)
    .loose();
const ASKED: Field<Money> =
    Field::estimate("amount_fen", "in yuan").option("amount").value_name("AMOUNT").need(Need::Asked);
const ASKED_BY: Field<String> = Field::person("asked_by", "");
static PAPER: Paper = Paper {
    name: phrase!("voucher"),
    table: "fee_payment",
    column: "voucher",
    day: "paid_on",
    clause: CLAUSE,
    twice: "one transfer that pays several fees",
    ..Paper::BLANK
};
const VOUCHER: Field<String> = Field::paper("voucher", "", &PAPER).need(Need::Asked);
const PAID: Field<NaiveDate> = Field::past("paid_on", "").option("paid-on");
const PAID_ON: Field<NaiveDate> = Field::past("paid_on", "");

static PAYMENTS: List = List {
    table: "fee_payment",
    amended: Some(Amended {
        amount: phrase!("take the payment back with: branchbook undo {number} --reason REASON, and enter it again"),
        ..Amended::of("payment", fields![VOUCHER, PAID])
    }),
    rules: &[Rule { fields: fields![ASKED], check: Check::Follows(refuse_above) }],
    missing: (phrase!("{number} has no payment {position}"), phrase!("see branchbook fee show {number}")),
    ..List::BLANK
};

/// Asks for a payment.
pub(crate) const BILL: Verb = Verb::Step(Step {
    name: "bill",
    about: "Ask for a payment",
    done: phrase!("billed"),
    commits: true,
    fields: fields![ASKED],
    into: Some(&PAYMENTS),
    sign: "asked_on",
    dated: true,
    // Whoever names nobody asks themselves, and neither clears it nor enters that it was cleared.
    fills: &[("asked_by", Fill::Actor)],
    who: Who::Check(bills),
    guards: &[Check::Follows(refuse_unapproved)],
    says: |task| {
        task.says(phrase!("{number}: payment {position} of {amount} asked for, for a company leader to clear"))
    },
    ..Step::BLANK
});

/// Approves a payment.
pub(crate) const CLEAR: Verb = Verb::Decision(Decision {
    name: "clear",
    about: "Approve a payment; a company leader does",
    number: "The fee's number",
    of: Some(Of { list: &PAYMENTS, which: &PAYMENT.spec, subject: what_is_cleared, since: "asked_on" }),
    what: phrase!("clearing a payment"),
    done: phrase!("cleared"),
    commits: true,
    asks: asks_to_clear,
    guard: |task| {
        refuse_unapproved(task)?;
        require_within(task)
    },
    says: phrase!("{number}: payment {payment} of {amount} cleared by {by}"),
    waits: Some(|asked| Ok(say!("payment {payment} to be cleared", payment = asked.position.unwrap_or_default()))),
    ..Decision::BLANK
});

/// Pays what was cleared.
pub(crate) const PAY: Verb = Verb::Step(Step {
    name: "pay",
    about: "Enter a payment that was cleared, with its voucher",
    done: phrase!("paid"),
    commits: true,
    fields: fields![PAYMENT, VOUCHER],
    into: Some(&PAYMENTS),
    at: Some(&PAYMENT.spec),
    sign: "paid_on",
    dated: true,
    fills: &[("paid_by", Fill::Actor)],
    exception: Some("Pay though the project has no contract, or by a voucher that is in the book already, with the reason"),
    who: Who::Roles(phrase!("paying a fee")),
    guards: &[Check::Follows(refuse_uncleared), Check::Regulation(refuse_without_contract)],
    says: |task| task.says(phrase!("{number}: payment {payment} of {amount} paid on {on}, voucher {voucher}")),
    waits: &[Waits::of(
        "registered",
        phrase!("payment {position} to be made of {amount}, for the clerk"),
        CLAUSE,
        "(SELECT max(decided_on) FROM approval WHERE undone_on IS NULL AND entry = l.id AND verb = 'clear' AND part = p.position AND amount_fen = p.amount_fen)",
    )
    .which("l.ended_on IS NULL AND p.paid_on IS NULL")
    .since()],
    ..Step::BLANK
});

/// Who asked for the fee, the project's leader or a clerk asks for a payment.
fn bills(task: &Task<'_, '_>) -> Result<()> {
    let (change, actor) = (&*task.change, &task.actor);
    if task.entry.person == actor.key || identity::records(change, actor)? {
        return Ok(());
    }
    let (book, project) = (task.sql(), project_of(task)?);
    let may = |day| Ok(actor.holds(book, Role::Clerk, None, day)? || leader::leads(book, &project, actor, day)?);
    let Some(day) = identity::out_of_office(change, actor, may)? else { return Ok(()) };
    let (asker, number) = (&task.entry.person, &task.entry.number);
    let keys: Vec<String> = std::iter::once(asker.clone())
        .chain(leader::on(book, &project, day)?.filter(|leader| leader != asker))
        .collect();
    let keys = identity::of_the_staff(book, &keys, day)?;
    let what = say!(
        "a payment of {number} is asked for by {asker}, who asked for it, by the leader of {project} or a clerk, and {actor} was none of them on {day}",
        number,
        asker = language::people(asker),
        project = project.number,
        actor,
        day
    );
    Err(Refusal::rule(CLAUSE, what).or(identity::name_who(change, &keys)?).into())
}

/// A payment stays within what the fees of the project, and of its customer's year, may come to now; the marks of the fee are made
/// anew (R5.4(3)).
fn require_within(task: &mut Task<'_, '_>) -> Result<()> {
    mark::customer(task)?;
    let amount = task.line.get(&ASKED)?.unwrap_or(Money(0));
    limit::require_payable(task, &project_of(task)?, amount)?;
    customer::require(task, amount, Counted::Payments)
}

/// What the company leader clears: exactly this amount, for this payee.
fn what_is_cleared(fee: &Row, payment: &Row) -> Result<Words> {
    let words = [fee.get(&PAYEE)?, payment.get(&ASKED_BY)?];
    Ok((payment.get(&ASKED)?.unwrap_or(Money(0)), words.into_iter().flatten().collect()))
}

/// A payment is cleared once, by somebody who asked for neither it nor the fee.
fn asks_to_clear(asked: &mut Asked<'_>) -> Result<()> {
    let (number, payment) = (&asked.entry.number, asked.position.unwrap_or_default());
    refuse_paid(asked.entry, payment, asked.line)?;
    if asked.standing("clear")?.is_some() {
        return Err(Refusal::rule(CLAUSE, say!("payment {payment} of {number} is cleared already", payment, number))
            .or(say!("pay it with: branchbook fee pay {number} --payment {payment} --voucher VOUCHER", number, payment))
            .into());
    }
    asked.by = asked.line.get(&ASKED_BY)?.unwrap_or_default();
    asked.concerned.push((asked.by.clone(), say!("asked for a payment of")));
    asked.unnamed = Some((asked.by.clone(), bill_anew(asked)?));
    Ok(())
}

/// What a clerk does who entered the payment and did not say who asked for it.
fn bill_anew(asked: &Asked<'_>) -> Result<String> {
    let (entry, amount) = (asked.entry, asked.line.get(&ASKED)?.unwrap_or(Money(0)));
    let number = &entry.number;
    let last: Option<String> = asked.book.value(
        concat!("SELECT verb FROM journal WHERE thing = ?1 AND ", standing!(), " ORDER BY id DESC LIMIT 1"),
        [number],
    )?;
    let later = "SELECT 1 FROM fee_payment WHERE undone_on IS NULL AND entry = ?1 AND position > ?2";
    let is_last = last.as_deref() == Some("fee bill")
        && !asked.book.prepare_cached(later)?.exists((entry.id, asked.position.unwrap_or_default()))?;
    let amount = amount.to_string();
    let anew = say!("ask in their name: branchbook fee bill {number} --amount {amount} --by PERSON", number, amount);
    Ok(if is_last {
        say!("take it back with: branchbook undo {number} --reason REASON; and {anew}", number, anew)
    } else {
        say!(
            "take back what came after it, and then it, each with: branchbook undo {number} --reason REASON; and {anew}",
            number,
            anew
        )
    })
}

fn refuse_paid(entry: &Entry, position: i64, payment: &Row) -> Result<()> {
    let Some(day) = payment.was(&PAID_ON)? else { return Ok(()) };
    Err(Refusal::rule(
        CLAUSE,
        say!("payment {position} of {number} was paid on {day}", position, number = entry.number, day),
    )
    .or(say!("ask for another with: branchbook fee bill {number} --amount AMOUNT", number = entry.number))
    .into())
}

/// Nothing above the agreement is asked for, with all other payments.
fn refuse_above(task: &mut Task<'_, '_>) -> Result<()> {
    let amount = task.line.get(&ASKED)?.unwrap_or(Money(0));
    if amount.0 == 0 {
        return Err(Refusal::usage(say!("nothing is not asked for")).or(say!("give --amount AMOUNT")).into());
    }
    let (number, most) = (&task.entry.number, task.row.get(&AMOUNT)?.unwrap_or(Money(0)));
    let asked: i64 = task.sql().only(
        "SELECT coalesce(sum(amount_fen), 0) FROM fee_payment WHERE undone_on IS NULL AND entry = ?1",
        [task.entry.id],
    )?;
    let left = Money(most.0 - asked);
    if amount <= left {
        return require_within(task);
    }
    let what =
        say!("{amount} is more than is left of {number}: {left} of the {most} agreed", amount, number, left, most);
    let way_out = if left.0 > 0 {
        say!("ask for no more than --amount {left}", left = left.to_string())
    } else {
        say!("see what was asked for: branchbook fee show {number}", number)
    };
    Err(Refusal::rule(CLAUSE, what).or(way_out).into())
}

/// A payment is made once, of exactly the amount that was cleared by then.
fn refuse_uncleared(task: &mut Task<'_, '_>) -> Result<()> {
    refuse_paid(&task.entry, task.position, &task.line)?;
    agreement::refuse_paying(task)?;
    refuse_unapproved(task)?;
    let (number, payment, on) = (&task.entry.number, task.position, task.change.on);
    let (amount, words) = what_is_cleared(&task.row, &task.line)?;
    let shown = Shown::of(Some(payment), Some(amount), words.iter().map(String::as_str));
    let cleared = Approval::standing(task.sql(), task.entry.id, "clear", &shown)?;
    let since = cleared.map(|cleared| cleared.counted_since(task.change)).transpose()?;
    if since.is_some_and(|since| on >= since) {
        return require_within(task);
    }
    if let Some(since) = since {
        let what = say!("payment {payment} of {number} was cleared on {since}, after {on}", payment, number, since, on);
        return Err(Refusal::rule(CLAUSE, what)
            .or(say!("a payment follows its clearance: pay it on that day or later"))
            .into());
    }
    let what = say!(
        "payment {payment} of {number}, {amount}, was not cleared by a company leader on {on}",
        payment,
        number,
        amount,
        on
    );
    let hand = Some(task.change.recorder.person.key.as_str());
    let clear = FORM.decided_with("clear", (task.sql(), &task.entry), Some(payment), hand)?;
    Err(Refusal::rule(CLAUSE, what).or(say!("have it cleared first: {clear}", clear)).into())
}

/// What fees may come to is a share of a contract, so that none is paid before there is one (R5.4(3)).
fn refuse_without_contract(task: &Task<'_, '_>) -> Result<()> {
    let project = project_of(task)?;
    if limit::bears(task.sql(), &project)?.is_some() {
        return Ok(());
    }
    let number = &project.number;
    let what = say!("{number} has no contract, and what its fees may come to is a share of that", number);
    let way_out = say!("enter it with: {enter}", enter = contract::entering(number));
    Err(Refusal::rule("R5.4(3)", what).or(way_out).into())
}
