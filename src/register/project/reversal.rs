//! Receipts that are reversed, whole or in part: a cheque that bounced, a payment for another project, money that is paid back (R3.7).

use anyhow::Result;
use rusqlite::named_params;

use super::contract::Terms;
use super::receipts::RECEIPTS;
use super::{WORK, leader, named};
use crate::book::select::Select;
use crate::fields;
use crate::language;
use crate::money::Money;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::field::{Field, Need};
use crate::register::form::{Check, Step, Verb, Waits, Who};
use crate::register::task::Task;
use crate::say;

const RECEIPT: Field<String> =
    Field::line("receipt", "the one that is reversed: its voucher, or its place in project show")
        .value_name("RECEIPT")
        .need(Need::Asked)
        .loose();
const AMOUNT: Field<Money> =
    Field::agreed("amount", "in the contract's currency").loose().otherwise("what is left of the receipt");
const REASON: Field<String> = Field::text("reason", "why it is reversed").reason().loose();

/// Reverses a receipt by a row against it on its own day.
pub(super) const REVERSE: Verb = Verb::Step(Step {
    name: "reverse",
    about: "Reverse a payment that came in, whole or in part: a cheque that bounced, a payment for another project, a refund (R3.7)",
    to: Some(|task| Ok(if task.entry.state == "closed" { "accepted" } else { "" })),
    fields: fields![RECEIPT, AMOUNT, REASON],
    find: |book, _, which| named(book, which),
    who: Who::Check(|task| leader::require(task, say!("reversing a payment"))),
    guards: &[Check::Follows(refuse_more)],
    needs: fields![RECEIPT],
    then: reverse,
    says: |task| {
        task.says(phrase!(
            "{number}: {currency} {reversed} of the {kind} by voucher {voucher} reversed on {on}; {left} owed"
        ))
    },
    waits: &[
        Waits::of("terminated", phrase!("money to be paid back, {owed}"), "R3.7", "l.ended_on").which("l.owed_fen < 0")
    ],
    ..WORK
});

/// A receipt, and what of it stands.
struct Receipt {
    position: i64,
    instalment: i64,
    kind: String,
    voucher: String,
    /// What is not reversed yet.
    left: Money,
}

impl Receipt {
    fn of(task: &Task<'_, '_>) -> Result<Self> {
        let typed = task.row.get(&RECEIPT)?.unwrap_or_default();
        let position = RECEIPTS.position(task.sql(), &task.entry, &typed)?;
        let found = task.sql().first(
            "SELECT r.position, r.instalment, i.kind, r.voucher, r.received_on, r.amount_fen + (SELECT coalesce(sum(x.amount_fen), 0)
                FROM receipt AS x WHERE x.undone_on IS NULL AND x.entry = r.entry AND x.reverses = r.position)
             FROM receipt AS r JOIN instalment AS i ON r.undone_on IS NULL AND i.entry = r.entry AND i.position = r.instalment
             WHERE r.entry = ?1 AND r.position = ?2 AND r.reverses IS NULL AND r.received_on <= ?3",
            (task.entry.id, position, task.change.on),
            |row| {
                Ok(Self {
                    position: row.get(0)?,
                    instalment: row.get(1)?,
                    kind: row.get(2)?,
                    voucher: row.get(3)?,
                    left: row.get(5)?,
                })
            },
        )?;
        found.ok_or_else(|| {
            let (number, on) = (&task.entry.number, task.change.on);
            Refusal::not_found(say!("{number} had no receipt {position} on {on}", number, position, on))
                .or(say!("see its receipts with: branchbook project show {number}", number))
                .into()
        })
    }
}

/// What is to be reversed: the amount that was given, or what is left of the receipt.
fn amount(task: &Task<'_, '_>, receipt: &Receipt) -> Result<Money> {
    Ok(task.row.get(&AMOUNT)?.unwrap_or(receipt.left))
}

/// No more is reversed than came in.
fn refuse_more(task: &mut Task<'_, '_>) -> Result<()> {
    let receipt = Receipt::of(task)?;
    let (number, amount, left, position) =
        (&task.entry.number, amount(task, &receipt)?, receipt.left, receipt.position);
    let refusal = if left == Money(0) {
        Refusal::rule("R3.7", say!("receipt {position} of {number} is reversed already", position, number))
            .or(say!("see its receipts with: branchbook project show {number}", number))
    } else if amount <= Money(0) {
        Refusal::usage(say!("{amount} is nothing to reverse", amount))
            .or(say!("give the --amount that went back, or leave it out for all of the receipt"))
    } else if amount > left {
        let what = say!(
            "receipt {position} of {number} stands at {left}, and {amount} is more",
            position,
            number,
            left = left.grouped(),
            amount = amount.grouped()
        );
        Refusal::rule("R3.7", what).or(say!("give at most --amount {left}", left = left.to_string()))
    } else {
        return Ok(());
    };
    Err(refusal.into())
}

/// Writes the row against the receipt; what was settled with the end of a contract is not owed again.
fn reverse(task: &mut Task<'_, '_>) -> Result<()> {
    let receipt = Receipt::of(task)?;
    let amount = amount(task, &receipt)?;
    let against = named_params! {
        "instalment": receipt.instalment, "amount_fen": Money(-amount.0), "received_on": task.change.on, "voucher": receipt.voucher,
        "reverses": receipt.position, "reason": task.row.get(&REASON)?,
    };
    task.entry.append(task.change, "receipt", against)?;
    let terms = Terms::of(task.sql(), &task.entry)?;
    if task.entry.state == "terminated" {
        let beyond = Money((terms.planned.0 - terms.total.0.max(0)).clamp(0, amount.0));
        let settled = "UPDATE instalment SET amount_fen = amount_fen - ?3 WHERE entry = ?1 AND position = ?2";
        task.sql().execute(settled, (task.entry.id, receipt.instalment, beyond))?;
    }
    task.word("reversed", amount.grouped());
    task.word("kind", language::value_of("kind", &receipt.kind));
    task.word("voucher", receipt.voucher);
    task.word("left", Money(terms.total.0 - terms.received.0).grouped());
    Ok(())
}
