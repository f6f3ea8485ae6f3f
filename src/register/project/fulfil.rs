//! Delivery and acceptance: what makes instalments due (R3.5, R3.7, R3.8).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::{instalments, leader};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// The project whose product was delivered, or accepted, on the day of --on
#[derive(Debug, Args)]
pub struct Fulfil {
    /// The project's number
    pub number: String,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Fulfil {
    /// Enters that the product is with the user.
    ///
    /// # Errors
    /// A refusal where the contract is not signed, or another than the leader says so.
    pub fn deliver(&self, change: &mut Change<'_>) -> Result<Answer> {
        self.enter(change, "deliver", "delivered", "delivery")
    }

    /// Enters that the user has accepted the product; the warranty begins.
    ///
    /// # Errors
    /// A refusal where it is not delivered, or another than the leader says so.
    pub fn accept(&self, change: &mut Change<'_>) -> Result<Answer> {
        self.enter(change, "accept", "accepted", "acceptance")
    }

    fn enter(&self, change: &mut Change<'_>, verb: &str, done: &str, event: &str) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "project", &self.number)?;
        let step = entry.step(change.sql(), verb, None)?;
        refuse_before(change, &entry, done)?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        leader::require(change, &entry, &actor, &step.clause, &say!("saying that a product was {done}", done))?;
        entry.take(change, &step)?;
        change.sql().execute(&format!("UPDATE project SET {done}_on = ?2 WHERE entry = ?1"), (entry.id, change.on))?;
        instalments::event(change, entry.id, event, change.on)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let line =
            say!("{number}: {done} on {on}", number = entry.number, done = language::value(done), on = change.on);
        Ok(Answer::new(entry.number, line))
    }
}

/// Nothing is delivered before the contract was signed, or accepted before it was delivered.
fn refuse_before(change: &Change<'_>, entry: &Entry, done: &str) -> Result<()> {
    entry.refuse_before_opening(change)?;
    let (signed, delivered): (Option<NaiveDate>, Option<NaiveDate>) = change.sql().query_row(
        "SELECT (SELECT signed_on FROM contract WHERE entry = ?1 AND position = 1), delivered_on FROM project WHERE entry = ?1",
        [entry.id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let (deed, day) =
        if done == "accepted" { (say!("delivered"), delivered) } else { (say!("put under contract"), signed) };
    match day.filter(|day| change.on < *day) {
        None => Ok(()),
        Some(day) => {
            let what = say!(
                "{number} was {deed} on {day} and cannot be {done} on {on}",
                number = entry.number,
                deed,
                day,
                done = language::value(done),
                on = change.on
            );
            Err(Refusal::usage(what).or(say!("give the day it happened with --on DATE")).into())
        }
    }
}
