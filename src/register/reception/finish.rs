//! How a reception ends: General Management's summary and archive (R5.2(5)), or that the guests do not come.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::{Task, plan, receive};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::office::identity;
use crate::register::entry::Entry;
use crate::register::project;
use crate::say;
use crate::text::Text;

/// The summary
#[derive(Debug, Args)]
pub struct Summarize {
    /// The reception's number
    pub number: String,
    /// The summary
    #[arg(long)]
    pub text: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Summarize {
    /// Enters the summary, and says where it is late.
    ///
    /// # Errors
    /// A refusal where the guests were not received yet.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let task = Task::begin(change, &self.number, "summarize", say!("summarized"), self.deed.by.as_deref())?;
        change.sql().execute(
            "UPDATE reception SET summary = ?2, summarized_on = ?3 WHERE entry = ?1",
            (task.entry.id, &self.text, change.on),
        )?;
        let entry = task.finish(change, None)?;
        let left: Option<NaiveDate> =
            change.sql().query_row("SELECT left_on FROM reception WHERE entry = ?1", [entry.id], |row| row.get(0))?;
        let due = left.map(|left| receive::summary_due(change, left)).transpose()?;
        let how = match due.filter(|due| *due < change.on) {
            None => say!("in time").to_owned(),
            Some(due) => say!("late, it was due on {due}", due),
        };
        let line = say!("{number}: summarized, {how}", number = entry.number, how);
        Ok(Answer::new(entry.number, line))
    }
}

/// The reception that is filed away
#[derive(Debug, Args)]
pub struct Archive {
    /// The reception's number
    pub number: String,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Archive {
    /// Files the reception away.
    ///
    /// # Errors
    /// A refusal where it is not summarised.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let task = Task::begin(change, &self.number, "archive", say!("archived"), self.deed.by.as_deref())?;
        let entry = task.finish(change, None)?;
        let line = say!("{number}: archived on {on}", number = entry.number, on = change.on);
        Ok(Answer::new(entry.number, line))
    }
}

/// The visit that does not come
#[derive(Debug, Args)]
pub struct Cancel {
    /// The reception's number
    pub number: String,
    /// Why
    #[arg(long)]
    pub reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Cancel {
    /// Cancels the visit: who might plan it may, and General Management.
    ///
    /// # Errors
    /// A refusal where the guests were here, or the actor is neither.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "reception", &self.number)?;
        let step = entry.step(change.sql(), "cancel", None)?;
        entry.refuse_before_last(change, say!("cancelled"))?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let project = project_of(change, &entry)?;
        let departments = [entry.department.as_str(), "general"];
        plan::require_planner(change, &actor, &departments, project.as_ref(), say!("cancelling a reception"))?;
        change.sql().execute("UPDATE reception SET outcome = ?2 WHERE entry = ?1", (entry.id, &self.reason))?;
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, Some(&self.reason))?;
        let line = say!("{number}: cancelled, {reason}", number = entry.number, reason = self.reason);
        Ok(Answer::new(entry.number, line))
    }
}

/// The project that a reception is about.
fn project_of(change: &Change<'_>, entry: &Entry) -> Result<Option<Entry>> {
    let number: Option<String> =
        change.sql().query_row("SELECT project FROM reception WHERE entry = ?1", [entry.id], |row| row.get(0))?;
    number.map(|number| project::named(change.sql(), &number)).transpose()
}
