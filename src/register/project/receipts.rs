//! Payments that come in for a contract (R3.7).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::named_params;

use super::contract::Terms;
use super::{WORK, leader, named};
use crate::book::select::Select;
use crate::fields;
use crate::language;
use crate::money::Money;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::field::{Field, Need};
use crate::register::form::{Check, Rule, Step, Verb, Who};
use crate::register::paper::Paper;
use crate::register::task::Task;
use crate::say;

const KIND: Field<String> = Field::choice(
    "kind",
    "what it pays",
    &[
        ("advance", "Due on signing"),
        ("progress", "Due on the completion notice"),
        ("delivery", "Due on delivery"),
        ("warranty", "Due when the warranty ends"),
    ],
)
.need(Need::Optional)
.loose()
.otherwise("what is due longest, then what falls due next");
const AMOUNT: Field<Money> = Field::agreed("amount", "in the contract's currency").need(Need::Asked).loose();
static PAPER: Paper = Paper {
    name: phrase!("voucher"),
    table: "receipt",
    column: "voucher",
    day: "received_on",
    clause: "R3.7",
    twice: "one transfer for several contracts, or entered in parts",
    ..Paper::BLANK
};
/// Receipts, whose amount stays: it is reversed, or taken back. A row that reverses another has its voucher.
pub(super) static RECEIPTS: List = List {
    table: "receipt",
    rules: &[Rule { fields: fields![RECEIVED_ON], check: Check::Follows(refuse_before_signing) }],
    amended: Some(Amended {
        value_name: "RECEIPT",
        help: "The receipt that is corrected: its voucher, or its place in project show",
        amount: phrase!(
            "reverse it with: branchbook project reverse {number} --receipt {position} --reason REASON, or take it back with: branchbook undo {number}"
        ),
        ..Amended::of("receipt", fields![PAID_BY, RECEIVED_ON])
    }),
    called: Some(("voucher", "reverses IS NULL")),
    missing: (
        phrase!("{number} has no receipt {position}"),
        phrase!("see its receipts with: branchbook project show {number}"),
    ),
    ..List::BLANK
};
const PAID_BY: Field<String> = Field::paper("voucher", "", &PAPER);
const RECEIVED_ON: Field<NaiveDate> = Field::past("received_on", "").option("received-on");

const VOUCHER: Field<String> = Field::paper("voucher", "", &PAPER).need(Need::Asked).loose();

/// Enters a payment, spread over the instalments that it pays.
pub(super) const RECEIVE: Verb = Verb::Step(Step {
    name: "receive",
    about: "Enter a payment that came in (R3.7)",
    done: phrase!("paid for"),
    fields: fields![KIND, AMOUNT, VOUCHER],
    find: |book, _, which| named(book, which),
    who: Who::Check(|task| leader::require(task, say!("collecting a payment"))),
    guards: &[Check::Follows(refuse_untimely)],
    then: spread,
    says: |task| {
        task.says(phrase!(
            "{number}: {currency} {paid} received on {on} for the {kinds} by voucher {voucher}; {left} still owed"
        ))
    },
    ..WORK
});

fn amount(task: &Task<'_, '_>) -> Result<Money> {
    Ok(task.row.get(&AMOUNT)?.unwrap_or(Money(0)))
}

/// Money came in after the signing, also where its day is corrected.
fn refuse_before_signing(task: &mut Task<'_, '_>) -> Result<()> {
    let terms = Terms::of(task.sql(), &task.entry)?;
    match task.line.get(&RECEIVED_ON)?.and_then(|on| before_signing(&terms, on)) {
        Some(refusal) => {
            Err(refusal.or(say!("give the day on which the money came in with --received-on DATE")).into())
        }
        None => Ok(()),
    }
}

/// The refusal of money that came in before its contract was signed; none where it did not.
fn before_signing(terms: &Terms, on: NaiveDate) -> Option<Refusal> {
    let (contract, signed_on) = (&terms.contract, terms.signed_on);
    let what = || say!("{contract} was signed on {signed_on}, after {on}", contract, signed_on, on);
    (on < signed_on).then(|| Refusal::usage(what()))
}

/// Money comes in after the signing, and once the instalments add up.
fn refuse_untimely(task: &mut Task<'_, '_>) -> Result<()> {
    let (number, on, amount) = (&task.entry.number, task.change.on, amount(task)?);
    let terms = Terms::of(task.sql(), &task.entry)?;
    let refusal = if amount <= Money(0) {
        Refusal::usage(say!("{amount} is no payment", amount)).or(say!("give the --amount that came in"))
    } else if let Some(early) = before_signing(&terms, on) {
        early.or(say!("give the day on which the money came in with --on DATE"))
    } else if terms.planned != terms.total {
        let (planned, total) = (terms.planned.grouped(), terms.total.grouped());
        let what = say!(
            "the instalments of {number} add up to {planned}, and its contract with all supplements to {total}",
            number,
            planned,
            total
        );
        Refusal::rule("R3.7", what).or(say!("set them with: branchbook project instalments {number} --advance SHARE --progress SHARE --delivery SHARE --warranty SHARE", number))
    } else {
        return Ok(());
    };
    Err(refusal.into())
}

/// Writes a receipt for each open instalment that the payment reaches, what is due longest first.
fn spread(task: &mut Task<'_, '_>) -> Result<()> {
    let (kind, amount, voucher) = (task.row.get(&KIND)?, amount(task)?, task.row.get(&VOUCHER)?);
    let terms = Terms::of(task.sql(), &task.entry)?;
    let open = task
        .sql()
        .rows::<(i64, String, Money)>("SELECT position, kind, amount_fen - received_fen FROM instalment
             WHERE entry = ?1 AND received_fen < amount_fen AND (?2 IS NULL OR kind = ?2) ORDER BY due_on IS NULL, due_on, position", (task.entry.id, &kind))?;
    let owed = Money(open.iter().map(|(.., owed)| owed.0).sum());
    if amount > owed {
        return Err(refuse_more_than_owed(task, &terms, kind.as_deref(), owed)?.into());
    }
    let (mut left, mut kinds) = (amount, Vec::new());
    for (position, kind, owed) in open {
        let part = left.min(owed);
        if part == Money(0) {
            break;
        }
        let receipt = named_params! {
            "instalment": position, "amount_fen": part, "received_on": task.change.on, "voucher": voucher,
        };
        task.entry.append(task.change, "receipt", receipt)?;
        kinds.push((language::value_of("kind", &kind).into_owned(), part));
        left = Money(left.0 - part.0);
    }
    task.word("paid", amount.grouped());
    // Of a payment over several instalments each says its part.
    let several = kinds.len() > 1;
    let part = |(kind, part): (String, Money)| if several { format!("{kind} {}", part.grouped()) } else { kind };
    task.word("kinds", language::all_of(kinds.into_iter().map(part).collect::<Vec<_>>()));
    task.word("voucher", voucher.unwrap_or_default());
    task.word("left", Money(terms.total.0 - terms.received.0 - amount.0).grouped());
    Ok(())
}

/// Nobody pays more than they owe.
fn refuse_more_than_owed(task: &Task<'_, '_>, terms: &Terms, kind: Option<&str>, owed: Money) -> Result<Refusal> {
    let (number, currency, amount) = (&task.entry.number, &terms.currency, amount(task)?);
    let still = Money(terms.total.0 - terms.received.0);
    let most = still.to_string();
    let way_out = match kind {
        Some(_) if still >= amount => say!("leave --kind out to spread it over what is owed longest").to_owned(),
        Some(_) if still > owed && still > Money(0) => {
            say!("leave --kind out, enter what is owed, up to --amount {most}, and ask what the rest is for", most)
        }
        _ if still > Money(0) => {
            say!("enter what is owed, up to --amount {most}, and ask what the rest is for", most)
        }
        _ => say!("nothing more is owed; ask what it is for").to_owned(),
    };
    let (owed, amount) = (owed.grouped(), amount.grouped());
    let what = if let Some(kind) = kind.map(language::value) {
        say!(
            "{number} owes {currency} {owed} for the {kind}, and {amount} is more than that",
            number,
            currency,
            owed,
            kind,
            amount
        )
    } else {
        say!("{number} owes {currency} {owed}, and {amount} is more than that", number, currency, owed, amount)
    };
    Ok(Refusal::rule("R3.7", what).or(way_out))
}
