//! Opening a project from user information (R2.3, R3.1).

use anyhow::Result;
use clap::Args;
use rusqlite::types::Value;

use super::tracking::Tracking;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::money::Money;
use crate::office::identity;
use crate::person::{Person, Role};
use crate::register::entry::Entry;
use crate::register::project::opening;
use crate::say;
use crate::text::Line;

/// What the project is called
#[derive(Debug, Args)]
pub(crate) struct OpenProject {
    /// The entry's number
    pub(crate) number: String,
    /// What the project is, in one line
    #[arg(long)]
    pub(crate) title: Line,
    /// It is a major project whatever its amount: the branch manager appoints its leader
    #[arg(long)]
    pub(crate) major: bool,
    #[command(flatten)]
    deed: Deed,
}

/// Refuses unless the entry is tracked and the actor manages the department that has it: a project that names it makes the customer
/// known, and takes the entry. Gives the department.
pub(crate) fn require_manager(change: &Change<'_>, entry: &Entry, actor: &Person) -> Result<String> {
    entry.step(change.sql(), "open-project", None)?;
    let department = Tracking::of(change.sql(), entry)?.department;
    let what = say!("opening a project, which makes the customer known,");
    identity::require_role(change, actor, Role::DepartmentManager, Some(&department), "R2.4", what)?;
    Ok(department)
}

impl Run for OpenProject {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        desk.change("info open-project", &self.deed, |change| self.enter(change))
    }
}

impl OpenProject {
    /// Opens the project in the department that tracks the entry, with its customer, region, equipment and amount.
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "info", &self.number)?;
        change.hold(&entry.thing()?)?;
        let step = entry.step(change.sql(), "open-project", None)?;
        entry.refuse_before_last(change, say!("made a project"))?;
        let actor = identity::office_bearer(change, self.deed.by.as_deref())?;
        let department = require_manager(change, &entry, &actor)?;
        opening::refuse_second(change.sql(), &entry.number, None)?;
        let (customer, region, equipment, amount): (String, String, String, Option<Money>) = change
            .sql()
            .whole("SELECT customer, region, equipment, amount_fen FROM info WHERE entry = ?1", [entry.id])?;
        entry.take(change, &step)?;
        let fields = [
            ("department", Value::Text(department)),
            ("customer", Value::Text(customer)),
            ("title", Value::Text(self.title.to_string())),
            ("product", Value::Text(equipment)),
            ("region", Value::Text(region)),
            ("amount_fen", amount.map(|amount| amount.0).into()),
            ("major_flag", self.major.into()),
            ("source", Value::Text(entry.number.clone())),
        ];
        let project = opening::open(change, &actor, fields)?;
        change.record(&entry.thing()?, &actor.key, Some(&project.number))?;
        let line = say!(
            "{number}: opened from {source}, {title}",
            number = project.number,
            source = entry.number,
            title = self.title
        );
        Ok(Answer::new(project.number, line))
    }
}
