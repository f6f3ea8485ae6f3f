//! Handing a gift over, which closes it.

use anyhow::Result;
use clap::Args;

use super::{find, quote};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::identity;
use crate::say;

/// The gift that is handed over
#[derive(Debug, Args)]
pub struct Give {
    /// The gift's number
    pub number: String,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Give {
    /// Hands it over.
    ///
    /// # Errors
    /// A refusal where it is not bought, or the actor works neither in its department nor in General Management.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = find(change.sql(), &self.number)?;
        let step = entry.step(change.sql(), "give", None)?;
        entry.refuse_before_last(change, say!("given"))?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        quote::require_office(change, &entry, &actor, &step.clause, say!("handing a gift over"))?;
        change.sql().execute("UPDATE gift SET given_on = ?2 WHERE entry = ?1", (entry.id, change.on))?;
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let unit: String =
            change.sql().query_row("SELECT unit FROM gift WHERE entry = ?1", [entry.id], |row| row.get(0))?;
        Ok(Answer::new(
            &entry.number,
            say!(
                "{number}: handed over to {unit} on {on}",
                number = entry.number,
                unit = language::value(&unit),
                on = change.on
            ),
        ))
    }
}
