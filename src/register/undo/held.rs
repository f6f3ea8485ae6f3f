//! What a register says of a step that is taken back: as a correction is held to the rules of its fields, so is this, else taking back
//! and entering anew would be a way round them.

use anyhow::Result;

use super::taken::Taken;
use crate::book::change::Change;
use crate::person::Person;
use crate::register::entry::Entry;
use crate::register::named;
use crate::register::task::Task;

/// Refuses where the step of the form is not to be taken back as the entry stands, by this actor.
pub(super) fn refuse(change: &mut Change<'_>, entry: &Entry, taken: &Taken, actor: &Person) -> Result<()> {
    let Some(form) = named(&entry.register)?.form else { return Ok(()) };
    let Some(step) = form.steps().find(|step| step.name == taken.verb()) else { return Ok(()) };
    if entry.state == "void" {
        return Ok(());
    }
    let task = Task::begin(change, form, entry.clone(), form.amended.0.to_owned(), actor.clone(), false)?;
    (step.stays)(&task)
}
