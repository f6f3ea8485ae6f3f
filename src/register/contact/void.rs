//! Voiding forms and numbers: nothing is deleted (R4.8).

use anyhow::Result;
use clap::Args;

use super::circulate;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::office::identity;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::register::entry::{self, Entry, Opening};
use crate::series::number;
use crate::text::{self, Text};

/// How many numbers an answer lists one by one.
const LISTED: usize = 5;

/// A spoilt form, a reserved number, or numbers that an old ledger lacks
#[derive(Debug, Args)]
pub struct Void {
    /// The number; several numbers, or a run such as HAY05003..HAY05007
    #[arg(required = true, value_name = "NUMBER")]
    pub numbers: Vec<String>,
    /// Why
    #[arg(long)]
    pub reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Void {
    /// Voids the forms, all or none of them.
    ///
    /// # Errors
    /// A refusal where one of them cannot be voided.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let mut voided = Vec::new();
        for number in self.spelled_out(change)? {
            match Entry::look_up(change.sql(), &number)? {
                Some(_) => {
                    let mut entry = Entry::find_in(change.sql(), "contact", &number)?;
                    circulate::refuse_before_last(change, &entry, "voided")?;
                    entry::void(change, &mut entry, &actor, &self.reason)?;
                }
                None => void_missing(change, &number, &actor, &self.reason)?,
            }
            voided.push(number);
        }
        let names = match voided.as_slice() {
            [first, .., last] if voided.len() > LISTED => format!("{first} to {last}, {} numbers", voided.len()),
            _ => voided.join(", "),
        };
        let line = format!("{names}: void, {}", self.reason);
        Ok(Answer::new(voided.join("\n"), line))
    }

    /// Every number, with runs spelled out.
    fn spelled_out(&self, change: &Change<'_>) -> Result<Vec<String>> {
        let mut numbers = Vec::new();
        for typed in &self.numbers {
            match typed.split_once("..") {
                None => numbers.push(text::number(typed)),
                Some((first, last)) => {
                    numbers.extend(number::run(change.sql(), "contact", &text::number(first), &text::number(last))?);
                }
            }
        }
        Ok(numbers)
    }
}

/// Enters a number that its series skipped, as void: so a gap of an old ledger is explained.
fn void_missing(change: &mut Change<'_>, text: &str, actor: &Person, reason: &str) -> Result<()> {
    let Some((department, number)) = number::skipped(change.sql(), "contact", text)? else {
        return Err(Refusal::not_found(format!("there is no form {text}, and no ledger has passed that number"))
            .or("see branchbook series list")
            .into());
    };
    let opening =
        Opening { register: "contact", department: &department, day: change.on, person: &actor.key, state: "void" };
    identity::require_clerk(change, "R4.8", "explains missing numbers")?;
    let entry = entry::insert_void(change, &number, &opening, reason)?;
    change.record(&entry.thing()?, &actor.key, Some(reason))
}
