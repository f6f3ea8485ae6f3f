//! Correcting a request while no agreement is signed; one that was approved needs approval again (R5.4(1)).

use anyhow::Result;
use clap::Args;
use rusqlite::types::Value;

use super::add::{Kind, amount_of};
use super::limit;
use super::request::Request;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::money::{Money, estimate};
use crate::office::identity;
use crate::register::entry::{self, Correction, Entry};
use crate::say;
use crate::text::{Line, Text};

/// The fields of a request to be corrected; only what is given changes
#[derive(Debug, Args)]
pub struct Amend {
    /// The number
    pub number: String,
    /// Why it is corrected
    #[arg(long)]
    pub reason: Text,
    /// What it is for
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
    /// Who is to have it
    #[arg(long)]
    pub payee: Option<Line>,
    /// Whom the payee works for
    #[arg(long)]
    pub employer: Option<Line>,
    /// Rate in percent of the contract, or of the project's estimate, such as 2%
    #[arg(long, value_parser = limit::rate, conflicts_with = "amount")]
    pub rate: Option<i64>,
    /// Amount in yuan
    #[arg(long, value_parser = estimate, allow_negative_numbers = true)]
    pub amount: Option<Money>,
    /// Why it is to be paid
    #[arg(long, value_name = "REASON")]
    pub purpose: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Amend {
    /// Corrects the request.
    ///
    /// # Errors
    /// A refusal where an agreement is signed, the limit is passed, or nobody may correct it.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "fee", &self.number)?;
        let step = entry.step(change.sql(), "amend", None)?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let old = Request::of(change.sql(), &entry)?;
        if actor.key != old.asked_by {
            identity::require_pen(change, &old.asked_by)?;
        }
        entry.refuse_before_last(change, say!("corrected"))?;
        let project = old.project(change.sql())?;
        let mut new = old.clone();
        if let Some(kind) = self.kind {
            kind.key().clone_into(&mut new.kind);
        }
        let texts = [
            (self.payee.as_deref(), &mut new.payee),
            (self.employer.as_deref(), &mut new.employer),
            (self.purpose.as_deref(), &mut new.reason),
        ];
        for (given, field) in texts {
            if let Some(given) = given {
                given.clone_into(field);
            }
        }
        if self.rate.is_some() || self.amount.is_some() {
            new.basis = limit::basis(change.sql(), &project)?;
            new.rate = self.rate;
            new.amount = amount_of(new.basis, self.rate, self.amount)?;
        }
        limit::require(change.sql(), &project, Some(&entry), new.amount, change.on)?;
        let customer = new.is_of_customer(change.sql(), &project)?;
        let corrections = entry::differing(change.sql(), &entry, corrections(&new, customer))?;
        if new.subject() != old.subject() {
            entry.take(change, &step)?;
        }
        entry::amend(change, &entry, &corrections, &actor, &self.reason)?;
        let line = say!(
            "{number}: corrected, {amount}, {state}",
            number = entry.number,
            amount = new.amount.grouped(),
            state = language::value(&entry.state)
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// The request as columns.
fn corrections(new: &Request, customer: bool) -> Vec<Correction> {
    let fee = |column, value| Correction { table: "fee", column, value };
    vec![
        fee("kind", Value::Text(new.kind.clone())),
        fee("payee", Value::Text(new.payee.clone())),
        fee("employer", Value::Text(new.employer.clone())),
        fee("basis_fen", Value::Integer(new.basis.0)),
        fee("rate_pct", new.rate.map_or(Value::Null, Value::Integer)),
        fee("amount_fen", Value::Integer(new.amount.0)),
        fee("reason", Value::Text(new.reason.clone())),
        fee("customer_flag", Value::Integer(customer.into())),
    ]
}
