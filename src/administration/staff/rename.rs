//! Calling a person otherwise.

use anyhow::Result;
use clap::Args;

use super::appoint;
use crate::administration::renaming::{Named, Since};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::say;
use crate::text::Line;

/// The person, and what they are called from now on
#[derive(Debug, Args)]
pub(crate) struct Rename {
    /// The person
    pub(crate) person: String,
    /// Name as printed
    #[arg(long)]
    name: Line,
    #[command(flatten)]
    since: Since,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Rename {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let found = Person::find(change.sql(), &self.person)?;
        let actor = if self.since.always {
            appoint::misnamed(change, self.deed.by.as_deref(), &found)?
        } else {
            appoint::renames(change, self.deed.by.as_deref(), &found.key)?
        };
        let Person { key, name, .. } = found;
        let person = language::people(&key);
        if name == *self.name && !self.since.takes_former(change, Named::Person(&key), [Some(&name), None, None])? {
            let what = say!("{key} is called {name} already", key = person, name);
            return Err(Refusal::usage(what).or(say!("see branchbook staff show {key}", key)).into());
        }
        let from = self.since.keep_former(change, Named::Person(&key))?;
        change.sql().execute("UPDATE person SET name = ?2 WHERE key = ?1", (&key, &self.name))?;
        change.record(&Thing::office("staff", &[&key])?, &actor.key, Some(&self.since.note(from)))?;
        let since = self.since.said(from);
        let answer = Answer::new(&key, say!("{key} is called {name}: {since}", key = person, name = self.name, since));
        let notes = namesakes(change, &key)?.into_iter().collect();
        Ok(Answer { notes, ..answer })
    }
}

/// What is said where others are called as the person of this key: the name alone tells nobody any more. Whoever enters it in a terminal
/// is asked.
pub(super) fn namesakes(change: &Change<'_>, key: &str) -> Result<Option<String>> {
    let others: Vec<(String, String)> =
        change.sql().rows(
        "SELECT o.key, o.name FROM person AS p JOIN person AS o ON o.key <> p.key AND o.same_as IS NULL AND plain(o.name) = plain(p.name)
         WHERE p.key = ?1 ORDER BY o.key",
        [key],
    )?;
    let Some((other, _)) = others.first() else { return Ok(None) };
    change.repeats.set(true);
    let people: Vec<String> = others.iter().map(|(key, name)| format!("{name} ({key})")).collect();
    Ok(Some(say!(
        "{people} is called the same: type the keys from now on, for the name alone is refused; where they are one person: branchbook staff merge {key} --into {other} --reason REASON",
        people = people.join(language::comma()),
        key,
        other
    )))
}
