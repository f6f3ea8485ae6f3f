//! The agreement: signed by the manager in charge, filed, and closed (R5.4(1), R5.4(2)).

use anyhow::Result;
use clap::Args;

use super::limit;
use super::request::Request;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::money::Money;
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::{self, Line, Text};

/// An agreement that was signed
#[derive(Debug, Args)]
pub struct Sign {
    /// The number of the fee
    pub number: String,
    /// The agreement's own number
    #[arg(long, value_name = "NUMBER")]
    pub agreement: Line,
    /// Who signed it on the other side
    #[arg(long)]
    pub party: Line,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Sign {
    /// Enters the agreement.
    ///
    /// # Errors
    /// A refusal where it is dated before the approval, the fee was changed since, or the actor is not the branch manager.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let mut entry = Entry::find_in(change.sql(), "fee", &self.number)?;
        let step = entry.step(change.sql(), "sign", None)?;
        step.require(change, &actor, say!("signing the agreement over a fee"))?;
        let request = Request::of(change.sql(), &entry)?;
        let approval = request.require_approval(change.sql(), &entry)?;
        if change.on < approval.on {
            return Err(Refusal::rule(
                "R5.4(1)",
                say!(
                    "the agreement over {number} is of {on}, before the approval of {approved_on}",
                    number = entry.number,
                    on = change.on,
                    approved_on = approval.on
                ),
            )
            .or(say!("have an agreement signed on {on} or after and give its day with --on DATE", on = approval.on))
            .into());
        }
        entry.refuse_before_last(change, say!("signed"))?;
        limit::require(change.sql(), &request.project(change.sql())?, Some(&entry), request.amount, change.on)?;
        request.mark(change.sql(), &entry)?;
        let other = text::fold(&self.party) != text::fold(&request.payee);
        change.sql().execute(
            "UPDATE fee SET agreement = ?2, party = ?3, other_party_flag = ?4, signed_on = ?5, signed_by = ?6 WHERE entry = ?1",
            (entry.id, &self.agreement, &self.party, other, change.on, &actor.key),
        )?;
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let line = say!(
            "{number}: agreement {agreement} signed on {on} by {key}",
            number = entry.number,
            agreement = self.agreement,
            on = change.on,
            key = actor.key
        );
        let answer = Answer::new(entry.number, line);
        Ok(if other { answer.note(say!("the party that signed is not the payee")) } else { answer })
    }
}

/// An agreement that is filed
#[derive(Debug, Args)]
pub struct Register {
    /// The number of the fee
    pub number: String,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Register {
    /// Files the agreement.
    ///
    /// # Errors
    /// A refusal where none is signed, or the actor is no clerk.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let mut entry = Entry::find_in(change.sql(), "fee", &self.number)?;
        let step = entry.step(change.sql(), "register", None)?;
        step.require(change, &actor, say!("filing the agreement over a fee"))?;
        entry.refuse_before_last(change, say!("registered"))?;
        Request::of(change.sql(), &entry)?.require_approval(change.sql(), &entry)?;
        change.sql().execute("UPDATE fee SET registered_on = ?2 WHERE entry = ?1", (entry.id, change.on))?;
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let line =
            say!("{number}: registered on {on} by {key}", number = entry.number, on = change.on, key = actor.key);
        Ok(Answer::new(entry.number, line))
    }
}

/// A fee that is closed
#[derive(Debug, Args)]
pub struct Settle {
    /// The number of the fee
    pub number: String,
    /// Why the remainder will not be paid
    #[arg(long)]
    pub reason: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Settle {
    /// Closes the fee.
    ///
    /// # Errors
    /// A refusal where a remainder is unpaid and no reason is given.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let mut entry = Entry::find_in(change.sql(), "fee", &self.number)?;
        let step = entry.step(change.sql(), "settle", None)?;
        step.require(change, &actor, say!("settling a fee"))?;
        entry.refuse_before_last(change, say!("settled"))?;
        let left: Money = change.sql().query_row(
            "SELECT f.amount_fen - (SELECT coalesce(sum(p.amount_fen), 0) FROM fee_payment AS p WHERE p.entry = f.entry AND p.paid_on IS NOT NULL)
             FROM fee AS f WHERE f.entry = ?1",
            [entry.id],
            |row| row.get(0),
        )?;
        match (&self.reason, left.0 > 0) {
            (None, true) => {
                return Err(Refusal::rule(
                    "R5.4(2)",
                    say!("{left} of {number} is not paid", left = left.grouped(), number = entry.number),
                )
                .or(say!(
                    "pay it, or say why it will not be: branchbook fee settle {number} --reason REASON",
                    number = entry.number
                ))
                .into());
            }
            (Some(_), false) => {
                return Err(Refusal::usage(say!("{number} is paid, and nothing remains", number = entry.number))
                    .or(say!("leave --reason out"))
                    .into());
            }
            _ => {}
        }
        change
            .sql()
            .execute("UPDATE fee SET unpaid_reason = ?2 WHERE entry = ?1", (entry.id, self.reason.as_deref()))?;
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, self.reason.as_deref())?;
        let line = say!(
            "{number}: settled on {on}, {left} not paid",
            number = entry.number,
            on = change.on,
            left = left.grouped()
        );
        Ok(Answer::new(entry.number, line))
    }
}
