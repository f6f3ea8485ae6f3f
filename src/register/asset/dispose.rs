//! Disposing of assets: a manager decides (R5.5(1)).

use anyhow::Result;
use clap::Args;

use super::custody;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::identity;
use crate::office::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::Text;

/// Why an asset is disposed of; --by names the manager who decided
#[derive(Debug, Args)]
pub struct Dispose {
    /// The asset's number
    pub number: String,
    /// Why, and what becomes of it
    #[arg(long)]
    pub reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Dispose {
    /// Takes the asset off the account.
    ///
    /// # Errors
    /// A refusal where it is not in the store, or neither its department's manager nor the branch manager decided (R5.5(1)).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "asset", &self.number)?;
        let step = entry.step(change.sql(), "dispose", None)?;
        entry.refuse_before_last(change, say!("disposed of"))?;
        let manager = identity::actor(change, self.deed.by.as_deref())?;
        require_manager(change, &entry, &manager)?;
        change.sql().execute(
            "UPDATE asset SET disposal = ?2, approved_by = ?3 WHERE entry = ?1",
            (entry.id, &self.reason, &manager.key),
        )?;
        custody::end_all(change, &entry)?;
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &manager.key, Some(&self.reason))?;
        let line = say!(
            "{number}: disposed of on {on}, decided by {key}",
            number = entry.number,
            on = change.on,
            key = manager.key
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// The manager of the asset's department decides, or the branch manager.
fn require_manager(change: &Change<'_>, entry: &Entry, manager: &Person) -> Result<()> {
    let (book, department) = (change.sql(), entry.department.as_str());
    let may = |day| {
        Ok(manager.holds(book, Role::DepartmentManager, Some(department), day)?
            || manager.holds(book, Role::BranchManager, None, day)?)
    };
    let Some(day) = identity::out_of_office(change, manager, may)? else { return Ok(()) };
    let mut holders = Person::holders(book, Role::DepartmentManager, Some(department), day)?;
    holders.extend(Person::holders(book, Role::BranchManager, None, day)?);
    let names: Vec<String> = holders.iter().map(|holder| format!("--by {}", holder.key)).collect();
    let way_out = if names.is_empty() {
        say!("nobody held that role on that day").to_owned()
    } else {
        say!("name who decided: {names}", names = language::any_of(&names))
    };
    Err(Refusal::rule(
        "R5.5(1)",
        say!("disposing of {number} is for the manager of {department} or the branch manager, which {manager} was not on {day}", number = entry.number, department = language::value(department), manager, day),
    )
    .or(way_out)
    .into())
}
