//! A contract that ends before it is done, by the customer or by us: at what it is settled, and what is owed then (R3.4, R3.7).

use anyhow::Result;
use rusqlite::named_params;

use super::contract::{self, Terms};
use super::{OUTCOME, leader};
use crate::book::select::Select;
use crate::fields;
use crate::money::Money;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::field::{Field, Need};
use crate::register::form::{Check, Step, Verb, Who};
use crate::register::task::Task;
use crate::say;

const BY: Field<String> = Field::choice(
    "ended_by",
    "who ended the contract",
    &[("customer", "The customer did"), ("company", "Our company did")],
)
.option("ended-by")
.need(Need::Asked);
const PAPER: Field<String> = Field::paper("agreement", "the number of the paper by which it ends", &contract::PAPER)
    .value_name("NUMBER")
    .need(Need::Asked)
    .loose();
const SETTLED: Field<Money> = Field::estimate("settled", "what the contract comes to in the end, in its currency")
    .loose()
    .otherwise("what was received");

/// Ends a contract, with what it is settled at.
pub(super) const TERMINATE: Verb = Verb::Step(Step {
    name: "terminate",
    about: "End a contract that the customer or our company gives up, with what it is settled at (R3.4)",
    state: "terminated",
    fields: fields![BY, PAPER, SETTLED, OUTCOME],
    sign: "ended_by",
    who: Who::Check(|task| leader::require_or_manager(task, say!("ending a project"))),
    guards: &[Check::Follows(refuse_early)],
    then: settle,
    says: |task| task.says(phrase!("{number}: {state} on {on} by {by}, settled at {currency} {settled}; {owed}")),
    ..Step::BLANK
});

/// A contract does not end before it was signed.
fn refuse_early(task: &mut Task<'_, '_>) -> Result<()> {
    let terms = Terms::of(task.sql(), &task.entry)?;
    if task.change.on >= terms.signed_on {
        return Ok(());
    }
    let (contract, signed_on, on) = (&terms.contract, terms.signed_on, task.change.on);
    let what = say!("{contract} was signed on {signed_on}, after {on}", contract, signed_on, on);
    Err(Refusal::usage(what).or(say!("give the day it happened with --on DATE")).into())
}

/// Writes what the end adds to the contract or takes away, as a supplement does, and takes out of the instalments what is not owed any
/// more, the last first. What came in beyond the settlement is owed back.
fn settle(task: &mut Task<'_, '_>) -> Result<()> {
    let terms = Terms::of(task.sql(), &task.entry)?;
    let settled = task.row.get(&SETTLED)?.unwrap_or(terms.received);
    let rate: Option<i64> = task.sql().only(
        "SELECT rate_e4 FROM contract WHERE undone_on IS NULL AND entry = ?1 AND position = 1",
        [task.entry.id],
    )?;
    let end = named_params! {
        "contract": task.row.get(&PAPER)?, "signed_on": task.change.on, "customer": terms.customer, "currency": terms.currency,
        "amount_fen": Money(settled.0 - terms.total.0), "rate_e4": rate,
    };
    task.entry.append(task.change, "contract", end)?;
    let mut beyond = terms.planned.0 - settled.0.max(terms.received.0);
    let open = task.sql().rows::<(i64, i64)>(
        "SELECT position, amount_fen - received_fen FROM instalment WHERE entry = ?1 ORDER BY position DESC",
        [task.entry.id],
    )?;
    for (position, owed) in open {
        let less = owed.min(beyond).max(0);
        let sql = "UPDATE instalment SET amount_fen = amount_fen - ?3 WHERE entry = ?1 AND position = ?2";
        task.sql().prepare_cached(sql)?.execute((task.entry.id, position, less))?;
        beyond -= less;
    }
    let owed = Money(settled.0 - terms.received.0);
    let back = Money(-owed.0).grouped();
    task.word(
        "owed",
        if owed < Money(0) { say!("{back} owed back", back) } else { say!("{owed} owed", owed = owed.grouped()) },
    );
    task.word("settled", settled.grouped());
    Ok(())
}
