//! Losses and thefts, with who answered for the asset, and what is found again (R5.5(2)).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::custody::{self, Duty};
use rusqlite::named_params;

use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::{Line, Text};

/// How an asset was lost
#[derive(Debug, Args)]
pub struct Lose {
    /// The asset's number
    pub number: String,
    /// How it was lost
    #[arg(long)]
    pub what: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// How an asset was stolen
#[derive(Debug, Args)]
pub struct Steal {
    /// The asset's number
    pub number: String,
    /// The number under which the police took the report
    #[arg(long, value_name = "NUMBER")]
    pub police_report: Line,
    /// How it was stolen
    #[arg(long)]
    pub what: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Lose {
    /// Enters the loss on the day of --on.
    ///
    /// # Errors
    /// As [`end`].
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        end(change, &self.number, "lose", &self.deed, &self.what, None)
    }
}

impl Steal {
    /// Enters the theft on the day of --on.
    ///
    /// # Errors
    /// As [`end`].
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        end(change, &self.number, "steal", &self.deed, &self.what, Some(&self.police_report))
    }
}

/// Takes an asset that is gone off everybody's hands, and names who answered for it.
///
/// # Errors
/// A refusal where it is gone already, or the actor is neither its keeper or user nor a clerk (R5.5(2)).
fn end(
    change: &mut Change<'_>,
    number: &str,
    verb: &str,
    deed: &Deed,
    what: &str,
    police_report: Option<&str>,
) -> Result<Answer> {
    let mut entry = Entry::find_in(change.sql(), "asset", number)?;
    let step = entry.step(change.sql(), verb, None)?;
    entry.refuse_before_last(change, &language::value(&step.to))?;
    let actor = identity::actor(change, deed.by.as_deref())?;
    custody::require_hand(change, &entry, &actor, &step.clause, say!("reporting it"))?;
    let responsible = custody::responsible(change.sql(), &entry)?;
    let loss = named_params! {
        "kind": step.to, "responsible": responsible, "happened_on": change.on, "what": what, "police_report": police_report,
    };
    entry.append(change, "loss", loss)?;
    let unrepaired =
        "UPDATE damage SET outcome = 'lost', back_on = max(?2, happened_on) WHERE entry = ?1 AND outcome IS NULL";
    entry.update(change, "damage", unrepaired, (entry.id, change.on))?;
    custody::end_all(change, &entry)?;
    entry.take(change, &step)?;
    change.record(&entry.thing()?, &actor.key, None)?;
    let police = police_report.map_or_else(String::new, |report| say!(", police report {report}", report));
    let line = say!(
        "{number}: {state} on {on}{police}; {responsible} answered for it",
        number = entry.number,
        state = language::value(&entry.state),
        on = change.on,
        police,
        responsible
    );
    Ok(Answer::new(entry.number, line))
}

/// An asset that was found again
#[derive(Debug, Args)]
pub struct Recover {
    /// The asset's number
    pub number: String,
    /// Who keeps it from now on [default: the last keeper]
    #[arg(long, value_name = "PERSON")]
    pub keeper: Option<String>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Recover {
    /// Takes the asset back into the store, with its keeper.
    ///
    /// # Errors
    /// A refusal where it is neither lost nor stolen, the keeper is not on the staff that day, or the actor is neither that
    /// keeper nor a clerk (R5.5(2)).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "asset", &self.number)?;
        let step = entry.step(change.sql(), "recover", None)?;
        entry.refuse_before_last(change, say!("recovered"))?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let who = self.keeper.as_deref().unwrap_or(&entry.person);
        let keeper = identity::on_the_staff(change, who, &step.clause, "--keeper")?;
        if actor != keeper && !identity::records(change, &actor)? {
            return Err(Refusal::rule(
                step.clause,
                say!("what was found again is entered by its keeper or a clerk, and {actor} is neither", actor),
            )
            .or(say!("name who did it with --by {key}", key = keeper.key))
            .into());
        }
        let happened: NaiveDate = change.sql().query_row(
            "SELECT happened_on FROM loss WHERE entry = ?1 AND recovered_on IS NULL",
            [entry.id],
            |row| row.get(0),
        )?;
        if change.on < happened {
            return Err(Refusal::usage(say!(
                "{number} was {state} on {happened}, after {on}",
                number = entry.number,
                state = language::value(&entry.state),
                happened,
                on = change.on
            ))
            .or(say!("give the day it was found with --on DATE"))
            .into());
        }
        let recovered = "UPDATE loss SET recovered_on = ?2 WHERE entry = ?1 AND recovered_on IS NULL";
        entry.update(change, "loss", recovered, (entry.id, change.on))?;
        custody::begin(change, &entry, Duty::Keeper, &keeper, None)?;
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let line = say!(
            "{number}: found again on {on}, kept by {key}",
            number = entry.number,
            on = change.on,
            key = keeper.key
        );
        Ok(Answer::new(entry.number, line))
    }
}
