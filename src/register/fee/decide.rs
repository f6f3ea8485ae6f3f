//! What a company leader decides on a request (R5.4(1)).

use anyhow::Result;
use clap::Args;

use super::limit;
use super::request::Request;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::office::identity;
use crate::register::approval;
use crate::register::entry::Entry;
use crate::say;
use crate::text::Text;

/// Requests that a company leader approves
#[derive(Debug, Args)]
pub struct Approve {
    /// The number; several numbers, all of them or none
    #[arg(required = true, value_name = "NUMBER")]
    pub numbers: Vec<String>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Approve {
    /// Approves the requests.
    ///
    /// # Errors
    /// A refusal where one of them is not requested, is the leader's own, or passes the limit.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let mut numbers = Vec::new();
        for number in &self.numbers {
            let mut entry = Entry::find_in(change.sql(), "fee", number)?;
            let step = entry.step(change.sql(), "approve", None)?;
            step.require(change, &actor, say!("approving a fee"))?;
            let request = Request::of(change.sql(), &entry)?;
            approval::refuse_own_hand(&entry, "R5.4(1)", "approve", &actor, &[(&request.asked_by, say!("asked for"))])?;
            entry.refuse_before_last(change, say!("approved"))?;
            limit::require(change.sql(), &request.project(change.sql())?, Some(&entry), request.amount, change.on)?;
            request.mark(change.sql(), &entry)?;
            approval::decide(change, &mut entry, &step, "approve", &request.subject(), &actor, None)?;
            numbers.push(entry.number);
        }
        let line =
            say!("{numbers}: approved on {on} by {key}", numbers = numbers.join(", "), on = change.on, key = actor.key);
        Ok(Answer::new(numbers.join("\n"), line))
    }
}

/// A request that a company leader refuses
#[derive(Debug, Args)]
pub struct Reject {
    /// The number
    pub number: String,
    /// Why
    #[arg(long)]
    pub reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Reject {
    /// Refuses the request; one that was approved, while no agreement is signed.
    ///
    /// # Errors
    /// A refusal where the actor is no company leader or the agreement is signed.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let mut entry = Entry::find_in(change.sql(), "fee", &self.number)?;
        let step = entry.step(change.sql(), "reject", None)?;
        step.require(change, &actor, say!("rejecting a fee"))?;
        entry.refuse_before_last(change, say!("rejected"))?;
        let subject = Request::of(change.sql(), &entry)?.subject();
        approval::decide(change, &mut entry, &step, "reject", &subject, &actor, Some(&self.reason))?;
        let line = say!(
            "{number}: rejected on {on} by {key}, {reason}",
            number = entry.number,
            on = change.on,
            key = actor.key,
            reason = self.reason
        );
        Ok(Answer::new(entry.number, line))
    }
}
