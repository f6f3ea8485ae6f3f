//! Opening again what came to nothing: information and projects that were lost, visits that were cancelled, requests that were
//! rejected.

use anyhow::Result;
use rusqlite::types::Value;

use super::field::{Field, Need};
use super::form::{Check, Step, Verb, Who};
use super::task::Task;
use crate::fields;
use crate::phrase;

const REASON: Field<String> = Field::text("reason", "why it is taken up again").need(Need::Asked).noted().loose();

/// Leads an entry back from where it came to an end to the state that `to` says.
pub(crate) const fn reopen(about: &'static str, to: fn(&Task<'_, '_>) -> Result<&'static str>, who: Who) -> Verb {
    Verb::Step(Step {
        name: "reopen",
        about,
        to: Some(to),
        done: phrase!("taken up again"),
        fields: fields![REASON],
        who,
        guards: &[Check::Follows(forget)],
        says: |task| task.says(phrase!("{number}: {state} again from {on} on by {by}")),
        ..Step::BLANK
    })
}

/// Why it came to nothing holds no longer; the history keeps it.
#[allow(clippy::unnecessary_wraps, reason = "as every rule")]
fn forget(task: &mut Task<'_, '_>) -> Result<()> {
    for column in ["outcome", "refusal"] {
        if task.row.has(column) {
            task.set(column, Value::Null);
        }
    }
    Ok(())
}
