//! Voiding forms and numbers: nothing is deleted (R4.8).

use anyhow::Result;
use clap::Args;

use super::circulate;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::office::identity;
use crate::register::entry::{self, Entry};
use crate::register::spoil;
use crate::text::Text;

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
        let numbers = spoil::spelled_out(change.sql(), "contact", &self.numbers)?;
        for number in &numbers {
            if Entry::look_up(change.sql(), number)?.is_none() {
                spoil::void_missing(change, "contact", number, &actor, &self.reason)?;
                continue;
            }
            let mut entry = Entry::find_in(change.sql(), "contact", number)?;
            circulate::refuse_before_last(change, &entry, "voided")?;
            entry::void(change, &mut entry, &actor, &self.reason)?;
        }
        let line = format!("{}: void, {}", spoil::named(&numbers), self.reason);
        Ok(Answer::new(numbers.join("\n"), line))
    }
}
