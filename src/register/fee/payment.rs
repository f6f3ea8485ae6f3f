//! Payments of a fee: asked for, cleared by a company leader, paid with a voucher (R5.4(2)).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::{Connection, OptionalExtension, named_params};

use super::request::Request;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::money::{Money, estimate};
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::approval::{self, Approval, Subject};
use crate::register::entry::Entry;
use crate::say;
use crate::text::Line;

const CLAUSE: &str = "R5.4(2)";

/// A payment that is asked for
#[derive(Debug, Args)]
pub struct Bill {
    /// The number of the fee
    pub number: String,
    /// Amount in yuan
    #[arg(long, value_parser = estimate, allow_negative_numbers = true)]
    pub amount: Money,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// A payment that is cleared
#[derive(Debug, Args)]
pub struct Clear {
    /// The number of the fee
    pub number: String,
    /// Which payment
    #[arg(long, value_name = "POSITION")]
    pub payment: i64,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// A payment that was made
#[derive(Debug, Args)]
pub struct Pay {
    /// The number of the fee
    pub number: String,
    /// Which payment
    #[arg(long, value_name = "POSITION")]
    pub payment: i64,
    /// Voucher
    #[arg(long)]
    pub voucher: Line,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// A payment as it was asked for.
struct Payment {
    amount: Money,
    asked_by: String,
    paid_on: Option<NaiveDate>,
}

impl Payment {
    /// The payment of an entry, while it is not paid.
    fn unpaid(book: &Connection, entry: &Entry, position: i64) -> Result<Self> {
        let found = book
            .prepare_cached("SELECT amount_fen, asked_by, paid_on FROM fee_payment WHERE entry = ?1 AND position = ?2")?
            .query_row((entry.id, position), |row| {
                Ok(Self { amount: row.get(0)?, asked_by: row.get(1)?, paid_on: row.get(2)? })
            })
            .optional()?;
        let Some(payment) = found else {
            return Err(Refusal::not_found(say!(
                "{number} has no payment {position}",
                number = entry.number,
                position
            ))
            .or(say!("see branchbook fee show {number}", number = entry.number))
            .into());
        };
        match payment.paid_on {
            None => Ok(payment),
            Some(day) => Err(Refusal::rule(
                CLAUSE,
                say!("payment {position} of {number} was paid on {day}", position, number = entry.number, day),
            )
            .or(say!("ask for another with: branchbook fee bill {number} --amount AMOUNT", number = entry.number))
            .into()),
        }
    }

    /// What the company leader clears: exactly this amount, for this payee.
    fn subject(&self, position: i64, request: &Request) -> Subject {
        Subject::of(Some(position), Some(self.amount), [request.payee.as_str(), self.asked_by.as_str()])
    }
}

impl Bill {
    /// Asks for the payment.
    ///
    /// # Errors
    /// A refusal where the agreement is not registered or would be passed.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let (mut entry, request) = find(change, &self.number)?;
        let step = entry.step(change.sql(), "bill", None)?;
        entry.refuse_before_last(change, say!("billed"))?;
        request.require_approval(change.sql(), &entry)?;
        if self.amount.0 == 0 {
            return Err(Refusal::usage(say!("nothing is not asked for")).or(say!("give --amount AMOUNT")).into());
        }
        self.refuse_above(change.sql(), &entry, request.amount)?;
        let payment = named_params! { "amount_fen": self.amount, "asked_on": change.on, "asked_by": actor.key };
        let position = entry.append(change, "fee_payment", payment)?;
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let line = say!(
            "{number}: payment {position} of {amount} asked for, for a company leader to clear",
            number = entry.number,
            position,
            amount = self.amount.grouped()
        );
        Ok(Answer::new(entry.number, line))
    }

    /// Refuses more than the agreement, with all other payments that were asked for.
    fn refuse_above(&self, book: &Connection, entry: &Entry, most: Money) -> Result<()> {
        let asked: i64 = book.query_row(
            "SELECT coalesce(sum(amount_fen), 0) FROM fee_payment WHERE entry = ?1",
            [entry.id],
            |row| row.get(0),
        )?;
        let left = Money(most.0 - asked);
        if self.amount <= left {
            return Ok(());
        }
        let what = say!(
            "{amount} is more than is left of {number}: {left} of the {most} agreed",
            amount = self.amount.grouped(),
            number = entry.number,
            left = left.grouped(),
            most = most.grouped()
        );
        let way_out = if left.0 > 0 {
            say!("ask for no more than --amount {left}", left)
        } else {
            say!("see what was asked for: branchbook fee show {number}", number = entry.number)
        };
        Err(Refusal::rule(CLAUSE, what).or(way_out).into())
    }
}

impl Clear {
    /// Clears the payment.
    ///
    /// # Errors
    /// A refusal where the actor is no company leader or asked for it.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let (mut entry, request) = find(change, &self.number)?;
        let step = entry.step(change.sql(), "clear", None)?;
        step.require(change, &actor, say!("clearing a payment"))?;
        let payment = Payment::unpaid(change.sql(), &entry, self.payment)?;
        let hands = [
            (request.asked_by.as_str(), say!("asked for")),
            (payment.asked_by.as_str(), say!("asked for a payment of")),
        ];
        approval::refuse_own_hand(&entry, CLAUSE, "clear", &actor, &hands)?;
        entry.refuse_before_last(change, say!("cleared"))?;
        request.require_approval(change.sql(), &entry)?;
        let subject = payment.subject(self.payment, &request);
        if Approval::standing(change.sql(), entry.id, "clear", &subject)?.is_some() {
            return Err(Refusal::rule(
                CLAUSE,
                say!("payment {payment} of {number} is cleared already", payment = self.payment, number = entry.number),
            )
            .or(say!(
                "pay it with: branchbook fee pay {number} --payment {payment} --voucher VOUCHER",
                number = entry.number,
                payment = self.payment
            ))
            .into());
        }
        approval::decide(change, &mut entry, &step, "clear", &subject, &actor, None)?;
        let (number, amount) = (&entry.number, payment.amount.grouped());
        let line = say!(
            "{number}: payment {payment} of {amount} cleared by {key}",
            number,
            payment = self.payment,
            amount,
            key = actor.key
        );
        Ok(Answer::new(entry.number, line))
    }
}

impl Pay {
    /// Enters the payment.
    ///
    /// # Errors
    /// A refusal where it was not cleared by then, on exactly this amount, or was paid already.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let (mut entry, request) = find(change, &self.number)?;
        let step = entry.step(change.sql(), "pay", None)?;
        step.require(change, &actor, say!("paying a fee"))?;
        let payment = Payment::unpaid(change.sql(), &entry, self.payment)?;
        request.require_approval(change.sql(), &entry)?;
        let subject = payment.subject(self.payment, &request);
        let cleared = Approval::standing(change.sql(), entry.id, "clear", &subject)?;
        if cleared.is_none_or(|cleared| change.on < cleared.on) {
            let what = say!(
                "payment {payment} of {number}, {amount}, was not cleared by a company leader on {on}",
                payment = self.payment,
                number = entry.number,
                amount = payment.amount.grouped(),
                on = change.on
            );
            let clear = say!(
                "have it cleared first: branchbook fee clear {number} --payment {payment} --by LEADER",
                number = entry.number,
                payment = self.payment
            );
            return Err(Refusal::rule(CLAUSE, what).or(clear).into());
        }
        entry.refuse_before_last(change, say!("paid"))?;
        let paid = "UPDATE fee_payment SET paid_on = ?3, voucher = ?4, paid_by = ?5 WHERE entry = ?1 AND position = ?2";
        entry.update(change, "fee_payment", paid, (entry.id, self.payment, change.on, &self.voucher, &actor.key))?;
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let (number, amount) = (&entry.number, payment.amount.grouped());
        let line = say!(
            "{number}: payment {payment} of {amount} paid on {on}, voucher {voucher}",
            number,
            payment = self.payment,
            amount,
            on = change.on,
            voucher = self.voucher
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// The fee of this number with what was asked for; a void number that an old ledger lacks has none.
fn find(change: &Change<'_>, number: &str) -> Result<(Entry, Request)> {
    let entry = Entry::find_in(change.sql(), "fee", number)?;
    entry.refuse_void()?;
    let request = Request::of(change.sql(), &entry)?;
    Ok((entry, request))
}
