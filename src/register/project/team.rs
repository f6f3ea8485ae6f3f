//! The team of a major project: its members, and who leads it (R3.9).

use anyhow::Result;
use clap::Args;
use rusqlite::OptionalExtension;

use super::leader;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::office::identity;
use crate::office::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// Who joins or leaves the team of a major project, or leads it, from the day of --on
#[derive(Debug, Args)]
#[group(id = "change", required = true, multiple = false, args = ["member", "leader", "leaves"])]
pub struct Team {
    /// The project's number
    pub number: String,
    /// Who joins, as the project's leader proposes
    #[arg(long, value_name = "PERSON")]
    pub member: Option<String>,
    /// Who leads the team, as the company's general manager appoints
    #[arg(long, value_name = "PERSON")]
    pub leader: Option<String>,
    /// Who leaves; the day before is their last
    #[arg(long, value_name = "PERSON")]
    pub leaves: Option<String>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Team {
    /// Changes the team.
    ///
    /// # Errors
    /// A refusal where the project is not major, another than the leader proposes or the general manager appoints, or the person
    /// is in the team already, or not in it (R3.9).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "project", &self.number)?;
        entry.step(change.sql(), "team", None)?;
        entry.refuse_before_opening(change)?;
        refuse_minor(change, &entry)?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let line = match (&self.member, &self.leader, &self.leaves) {
            (Some(who), ..) => join(change, &entry, &actor, who)?,
            (None, Some(who), _) => appoint(change, &entry, &actor, who)?,
            (None, None, who) => leave(change, &entry, &actor, who.as_deref().unwrap_or_default())?,
        };
        change.record(&entry.thing()?, &actor.key, None)?;
        Ok(Answer::new(entry.number.clone(), format!("{}: {line}", entry.number)))
    }
}

fn refuse_minor(change: &Change<'_>, entry: &Entry) -> Result<()> {
    let major: bool =
        change.sql().query_row("SELECT major_flag FROM project WHERE entry = ?1", [entry.id], |row| row.get(0))?;
    if major {
        return Ok(());
    }
    Err(Refusal::rule(
        "R3.9",
        say!("{number} is no major project, and only a major one has a team", number = entry.number),
    )
    .or(say!("make it one with: branchbook project amend {number} --major --reason REASON", number = entry.number))
    .into())
}

fn join(change: &Change<'_>, entry: &Entry, actor: &Person, who: &str) -> Result<String> {
    leader::require(change, entry, actor, "R3.9", say!("proposing a member of the project's team"))?;
    let person = Person::find(change.sql(), who)?;
    leader::require_staff(change, &person, "R3.9", "--member")?;
    if place(change, entry, "member", Some(&person))?.is_some() {
        return Err(Refusal::usage(say!("{person} is in the team of {number} already", person, number = entry.number))
            .or(say!("see it with: branchbook project show {number}", number = entry.number))
            .into());
    }
    begin(change, entry, "member", &person, actor)?;
    Ok(say!("{key} is in the team from {on}", key = person.key, on = change.on))
}

fn appoint(change: &Change<'_>, entry: &Entry, actor: &Person, who: &str) -> Result<String> {
    identity::require_role(
        change,
        actor,
        Role::GeneralManager,
        None,
        "R3.9",
        &say!("appointing the leader of {number}'s team", number = entry.number),
    )?;
    let person = Person::find(change.sql(), who)?;
    leader::require_staff(change, &person, "R3.9", "--leader")?;
    if place(change, entry, "leader", Some(&person))?.is_some() {
        return Err(Refusal::usage(say!("{person} leads the team of {number} already", person, number = entry.number))
            .or(say!("name another person with --leader PERSON"))
            .into());
    }
    if let Some(before) = place(change, entry, "leader", None)? {
        end(change, entry, before)?;
    }
    begin(change, entry, "leader", &person, actor)?;
    Ok(say!(
        "{key} leads the team from {on}, appointed by {appointed_by}",
        key = person.key,
        on = change.on,
        appointed_by = actor.key
    ))
}

fn leave(change: &Change<'_>, entry: &Entry, actor: &Person, who: &str) -> Result<String> {
    leader::require(change, entry, actor, "R3.9", say!("taking somebody out of the project's team"))?;
    let person = Person::find(change.sql(), who)?;
    let Some(position) = place(change, entry, "member", Some(&person))? else {
        return Err(Refusal::usage(say!(
            "{person} is no member of the team of {number}",
            person,
            number = entry.number
        ))
        .or(say!("see it with: branchbook project show {number}", number = entry.number))
        .into());
    };
    end(change, entry, position)?;
    Ok(say!("{key} left the team on {on}", key = person.key, on = change.on))
}

/// The place of the row that goes on in this role, of this person where one is given.
fn place(change: &Change<'_>, entry: &Entry, role: &str, person: Option<&Person>) -> Result<Option<i64>> {
    let person = person.map(|person| &person.key);
    Ok(change
        .sql()
        .prepare_cached(
            "SELECT position FROM team WHERE entry = ?1 AND role = ?2 AND until_on IS NULL AND (?3 IS NULL OR person = ?3)",
        )?
        .query_row((entry.id, role, person), |row| row.get(0))
        .optional()?)
}

fn begin(change: &Change<'_>, entry: &Entry, role: &str, person: &Person, named_by: &Person) -> Result<()> {
    change.sql().execute(
        "INSERT INTO team VALUES (?1, (SELECT count(*) + 1 FROM team WHERE entry = ?1), ?2, ?3, ?4, NULL, ?5, NULL)",
        (entry.id, &person.key, role, change.on, &named_by.key),
    )?;
    Ok(())
}

/// Ends a term on the day before; one that began on the same day ends on it.
fn end(change: &Change<'_>, entry: &Entry, position: i64) -> Result<()> {
    let ended = change.sql().execute(
        "UPDATE team SET until_on = max(from_on, date(?3, '-1 day')) WHERE entry = ?1 AND position = ?2 AND from_on <= ?3",
        (entry.id, position, change.on),
    )?;
    if ended == 1 {
        return Ok(());
    }
    Err(Refusal::usage(say!("the team of {number} was changed after {on}", number = entry.number, on = change.on))
        .or(say!("give the day it happened with --on DATE"))
        .into())
}
