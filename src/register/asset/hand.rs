//! Handing assets out, on and back (R5.5(2), R5.5(3)).

use anyhow::Result;
use clap::Args;

use super::custody::{self, Duty, Term};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language::Spoken;
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::Text;

/// Who gets an asset, and for which work
#[derive(Debug, Args)]
pub struct Issue {
    /// The asset's number
    pub number: String,
    /// Who uses it
    #[arg(long, value_name = "PERSON")]
    pub to: String,
    /// For which work: equipment is for work only
    #[arg(long = "for", value_name = "WORK")]
    pub purpose: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Issue {
    /// Hands the asset out of the store to a user.
    ///
    /// # Errors
    /// A refusal where it is not in the store, the user is not on the staff that day, or the actor is neither its keeper nor a
    /// clerk (R5.5(3)).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "asset", &self.number)?;
        let step = entry.step(change.sql(), "issue", None)?;
        entry.refuse_before_last(change, say!("issued"))?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        custody::require_hand(change, &entry, &actor, &step.clause, say!("issuing it"))?;
        let user = identity::on_the_staff(change, &self.to, &step.clause, "--to")?;
        entry.take(change, &step)?;
        custody::begin(change, &entry, Duty::User, &user, Some(&self.purpose))?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let line = say!(
            "{number}: issued to {key} on {on} for {purpose}",
            number = entry.number,
            key = user.key,
            on = change.on,
            purpose = self.purpose
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// To whom an asset is handed on: another user, another keeper, or both
#[derive(Debug, Args)]
pub struct Transfer {
    /// The asset's number
    pub number: String,
    /// Who uses it from now on
    #[arg(long, value_name = "PERSON", required_unless_present = "keeper")]
    pub to: Option<String>,
    /// For which work [default: the work it was issued for]
    #[arg(long = "for", value_name = "WORK", requires = "to")]
    pub purpose: Option<Text>,
    /// Who keeps it from now on
    #[arg(long, value_name = "PERSON")]
    pub keeper: Option<String>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Transfer {
    /// Hands the asset on: the terms before end and the new ones begin in one step.
    ///
    /// # Errors
    /// A refusal where a new user is named and it is with none, the person has it already or is not on the staff that day, or
    /// the actor is neither its keeper or user nor a clerk (R5.5(2)).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "asset", &self.number)?;
        let step = entry.step(change.sql(), "transfer", None)?;
        entry.refuse_before_last(change, say!("transferred"))?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        custody::require_hand(change, &entry, &actor, &step.clause, say!("transferring it"))?;
        let mut said = Vec::new();
        if let Some(to) = &self.to {
            let old = self.user(change, &entry)?;
            let purpose = self.purpose.as_deref().or(old.purpose.as_deref());
            said.push(hand_on(change, &entry, Duty::User, &old, to, purpose)?);
        }
        if let Some(keeper) = &self.keeper
            && let Some(old) = custody::current(change.sql(), &entry, Duty::Keeper)?
        {
            said.push(hand_on(change, &entry, Duty::Keeper, &old, keeper, None)?);
        }
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let line = say!("{number}: {said} on {on}", number = entry.number, said = said.join(", "), on = change.on);
        Ok(Answer::new(entry.number, line))
    }

    /// The user's term, of an asset that is in somebody's hands.
    fn user(&self, change: &Change<'_>, entry: &Entry) -> Result<Term> {
        let user = custody::current(change.sql(), entry, Duty::User)?;
        if entry.state == "in-repair" {
            return Err(Refusal::rule(
                "R5.5(4)",
                say!("{number} is in-repair and stays in the same hands until it is back", number = entry.number),
            )
            .or(say!("first: branchbook asset repair {number} --cost AMOUNT", number = entry.number))
            .into());
        }
        user.ok_or_else(|| {
            Refusal::rule("R5.5(3)", say!("{number} is in-store, with no user to take it from", number = entry.number))
                .or(say!(
                    "type: branchbook asset issue {number} --to {to} --for WORK",
                    number = entry.number,
                    to = self.to.as_deref().unwrap_or("PERSON")
                ))
                .into()
        })
    }
}

/// Ends a term and begins the next; gives it in words.
fn hand_on(
    change: &Change<'_>,
    entry: &Entry,
    duty: Duty,
    old: &Term,
    to: &str,
    purpose: Option<&str>,
) -> Result<String> {
    let option = if duty == Duty::User { "--to" } else { "--keeper" };
    let person = identity::on_the_staff(change, to, "R5.5(2)", option)?;
    if person.key == old.person {
        return Err(Refusal::usage(say!(
            "{person} is the {duty} of {number} already",
            person,
            duty,
            number = entry.number
        ))
        .or(say!("name another person with {option} PERSON", option))
        .into());
    }
    custody::end(change, entry, duty)?;
    custody::begin(change, entry, duty, &person, purpose)?;
    Ok(format!("{} {} → {}", duty.spoken(), old.person, person.key))
}

/// An asset that comes back
#[derive(Debug, Args)]
pub struct Return {
    /// The asset's number
    pub number: String,
    /// Where it stands now
    #[arg(long)]
    pub place: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Return {
    /// Takes the asset back into the store.
    ///
    /// # Errors
    /// A refusal where it is not in use, or the actor is neither its keeper or user nor a clerk (R5.5(3)).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "asset", &self.number)?;
        let step = entry.step(change.sql(), "return", None)?;
        entry.refuse_before_last(change, say!("returned"))?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        custody::require_hand(change, &entry, &actor, &step.clause, say!("returning it"))?;
        let user = custody::responsible(change.sql(), &entry)?;
        custody::end(change, &entry, Duty::User)?;
        entry.take(change, &step)?;
        if let Some(place) = &self.place {
            change.sql().execute("UPDATE asset SET place = ?2 WHERE entry = ?1", (entry.id, place))?;
        }
        change.record(&entry.thing()?, &actor.key, None)?;
        let line = say!(
            "{number}: back from {user} on {on}, kept by {person}",
            number = entry.number,
            user,
            on = change.on,
            person = entry.person
        );
        Ok(Answer::new(entry.number, line))
    }
}
