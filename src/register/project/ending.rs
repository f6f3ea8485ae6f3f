//! The end of a project: closed when everything is done, or lost (R3.4, R3.5).

use anyhow::Result;
use clap::Args;

use super::{blockers, leader};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::Text;

/// The project that is done
#[derive(Debug, Args)]
pub struct Close {
    /// The project's number
    pub number: String,
    /// With what it was closed
    #[arg(long, value_name = "TEXT")]
    pub note: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Close {
    /// Closes the project.
    ///
    /// # Errors
    /// A refusal while anything of it is open, as [`blockers::of`] lists it.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "project", &self.number)?;
        let open = blockers::of(change.sql(), &entry)?;
        if let Some(first) = open.first() {
            let more = match open.len() - 1 {
                0 => String::new(),
                more => say!(", and {more} more", more),
            };
            let what = say!("{number} cannot be closed: {what}{more}", number = entry.number, what = first.what, more);
            let way_out = say!(
                "clear it with: {next}; see all with: branchbook project blockers {number}",
                next = first.next,
                number = entry.number
            );
            return Err(Refusal::rule(first.clause, what).or(way_out).into());
        }
        end(change, entry, "close", self.note.as_ref(), &self.deed)
    }
}

/// The project that came to nothing
#[derive(Debug, Args)]
pub struct Lose {
    /// The project's number
    pub number: String,
    /// Why
    #[arg(long)]
    pub reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Lose {
    /// Ends the project as lost.
    ///
    /// # Errors
    /// A refusal where its contract is signed, or another than the leader or the department's manager says so.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "project", &self.number)?;
        end(change, entry, "lose", Some(&self.reason), &self.deed)
    }
}

fn end(change: &mut Change<'_>, mut entry: Entry, verb: &str, why: Option<&Text>, deed: &Deed) -> Result<Answer> {
    let step = entry.step(change.sql(), verb, None)?;
    entry.refuse_before_last(change, &step.to)?;
    let actor = identity::actor(change, deed.by.as_deref())?;
    leader::require_or_manager(change, &entry, &actor, &step.clause, say!("ending a project"))?;
    entry.take(change, &step)?;
    change.sql().execute("UPDATE project SET outcome = ?2 WHERE entry = ?1", (entry.id, why))?;
    change.record(&entry.thing()?, &actor.key, why.map(Text::as_str))?;
    let line = say!(
        "{number}: {state} on {on} by {key}",
        number = entry.number,
        state = language::value(&entry.state),
        on = change.on,
        key = actor.key
    );
    Ok(Answer::new(entry.number, line))
}
