//! The end of a department, on which nothing may hang any more, and its taking up again.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;

use super::decided;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::department::{Department, find};
use crate::office::identity::GENERAL;
use crate::refusal::Refusal;
use crate::register::ended;
use crate::say;
use crate::text::Text;
use crate::view::with_views;

/// Which department ends, on the day of --on
#[derive(Debug, Args)]
pub(crate) struct End {
    /// The department; the day of --on is its last
    #[arg(value_name = "DEPARTMENT")]
    department: String,
    /// Why
    #[arg(long, value_name = "REASON")]
    reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// Which department goes on
#[derive(Debug, Args)]
pub(crate) struct Reopen {
    /// The department
    #[arg(value_name = "DEPARTMENT")]
    department: String,
    /// Why
    #[arg(long, value_name = "REASON")]
    reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl End {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let Department { key, until, .. } = find(change.sql(), &self.department)?;
        let name = language::value(&key);
        let actor = decided(change, self.deed.by.as_deref(), say!("ending a department"))?;
        if let Some(until) = until {
            let what = say!("{name} ended on {until} already", name, until);
            return Err(Refusal::usage(what).or(say!("see branchbook department list")).into());
        }
        if key == GENERAL {
            let what = say!("{name} keeps the registers, and does not end", name);
            return Err(Refusal::rule("R1", what)
                .or(say!("call it otherwise with: branchbook department rename {key} --zh NAME", key))
                .into());
        }
        refuse_hanging(change.sql(), &key, change.on)?;
        change.sql().execute("UPDATE department SET until_on = ?2 WHERE key = ?1", (&key, change.on))?;
        change.record(&Thing::office("department", &[&key])?, &actor.key, Some(&self.reason))?;
        Ok(Answer::new(&key, say!("{name}: ended, {on} was its last day", name, on = change.on)))
    }
}

impl Reopen {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let Department { key, until, .. } = find(change.sql(), &self.department)?;
        let name = language::value(&key);
        let actor = decided(change, self.deed.by.as_deref(), say!("taking up a department again"))?;
        if until.is_none() {
            let what = say!("{name} has not ended", name);
            return Err(Refusal::usage(what).or(say!("see branchbook department list")).into());
        }
        change.sql().execute("UPDATE department SET until_on = NULL WHERE key = ?1", [&key])?;
        change.record(&Thing::office("department", &[&key])?, &actor.key, Some(&self.reason))?;
        Ok(Answer::new(&key, say!("{name}: goes on", name)))
    }
}

/// How much of what hangs on a department a refusal lists.
const LISTED: usize = 8;

/// Refuses the end of a department while entries, people or routes hang on it, each with what settles it.
fn refuse_hanging(book: &Connection, key: &str, last: NaiveDate) -> Result<()> {
    let mut hanging = ended::open_of_department(book, key)?;
    hanging.extend(people(book, key, last)?);
    let routes: Vec<i64> = book.column(
        "SELECT id FROM route WHERE department = ?1 AND (ended_on IS NULL OR ended_on > ?2) ORDER BY id",
        (key, last),
    )?;
    hanging.extend(routes.iter().map(|id| say!("a route leads there: branchbook info route end {id}", id)));
    let count = hanging.len();
    if count == 0 {
        return Ok(());
    }
    let name = language::value(key);
    let what = say!("{name} cannot end while {count} things hang on it", name, count);
    hanging.truncate(LISTED);
    let listed = hanging.join(language::semicolon());
    let listed = match count - hanging.len() {
        0 => listed,
        more => say!("{listed}; and {more} more", listed, more),
    };
    Err(Refusal::rule("R1", what).or(say!("settle first what hangs on it: {listed}", listed)).into())
}

/// Who works there after its last day.
fn people(book: &Connection, key: &str, last: NaiveDate) -> Result<Vec<String>> {
    let people = book.column(
        &with_views(
        "SELECT DISTINCT person FROM term WHERE department = ?1 AND (until_on IS NULL OR until_on > ?2 AND until_on >= from_on) ORDER BY person"
    ),
        (key, last),
    )?;
    let way = |person: String| {
        let (who, until) = (language::people(&person), last.to_string());
        say!(
            "{who} works there: branchbook staff end {person} --department {key} --until {until}",
            who,
            person,
            key,
            until
        )
    };
    Ok(people.into_iter().map(way).collect())
}
