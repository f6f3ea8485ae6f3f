//! The team of a major project: its members, and who leads it (R3.9).

use anyhow::Result;
use chrono::{Days, NaiveDate};

use super::{MAJOR, WORK, leader};
use crate::fields;
use crate::office::{identity, removed};
use crate::person::{Person, Role};
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::field::{Field, Spec};
use crate::register::form::{Check, Choice, Step, Verb, Who};
use crate::register::task::{Row, Task};
use crate::say;

const MEMBER: Field<String> = Field::person("member", "who joins, as the project's leader proposes").loose();
const LEADER: Field<String> =
    Field::person("leader", "who leads the team, as the company's general manager appoints").loose();
const LEAVES: Field<String> = Field::line("leaves", "whose last day is the day before")
    .value_name("PERSON")
    .look_up(|book, who| Ok(Person::find(book, who)?.key))
    .loose()
    .label("leaving");
const FROM: Field<NaiveDate> = Field::day("from_on", "").option("from");
const UNTIL: Field<NaiveDate> = Field::day("until_on", "").option("until");

/// Who joins, leads or leaves: one of them.
const CHANGES: &[&Spec] = fields![MEMBER, LEADER, LEAVES];

/// The terms in the team; who leaves keeps the row.
static TEAM: List = List {
    table: "team",
    also: &["person", "role", "from_on", "until_on", "named_by"],
    kept: meet,
    amended: Some(Amended::of("team", fields![FROM, UNTIL])),
    ..List::BLANK
};

/// Who led the team before led it until the day before the one that is corrected, and who led it next from the day behind it.
fn meet(task: &mut Task<'_, '_>) -> Result<()> {
    for (field, other, days) in [(&FROM, "until_on", "-1 day"), (&UNTIL, "from_on", "+1 day")] {
        let (Some(old), Some(new)) = (task.line.was(field)?, task.line.get(field)?) else { continue };
        let meeting = format!(
            "UPDATE team SET {other} = date(?4, '{days}') WHERE undone_on IS NULL AND entry = ?1 AND position <> ?2
            AND role = 'leader' AND {other} = date(?3, '{days}')
            AND (SELECT t.role FROM team AS t WHERE t.undone_on IS NULL AND t.entry = ?1 AND t.position = ?2) = 'leader'"
        );
        task.sql().execute(&meeting, (task.entry.id, task.position, old, new))?;
    }
    Ok(())
}

/// Changes the team.
pub(super) const TEAM_CHANGES: Verb = Verb::Step(Step {
    name: "team",
    about: "Name the members of a major project's team, and its leader (R3.9)",
    done: phrase!("given a team"),
    fields: CHANGES,
    choice: Choice::One(CHANGES),
    into: Some(&TEAM),
    who: Who::Check(changes),
    guards: &[Check::Follows(change)],
    says: |task| {
        task.says(if task.line.is_new(&LEAVES.spec) {
            phrase!("{number}: {person} left the team on {on}")
        } else if task.line.is_new(&LEADER.spec) {
            phrase!("{number}: {person} leads the team from {on}, appointed by {named_by}")
        } else {
            phrase!("{number}: {person} is in the team from {on}")
        })
    },
    ..WORK
});

/// Only a major project has a team; its leader proposes the members, and the general manager appoints who leads it.
fn changes(task: &Task<'_, '_>) -> Result<()> {
    let number = &task.entry.number;
    if task.row.get(&MAJOR)? != Some(true) {
        return Err(Refusal::rule(
            &task.clause,
            say!("{number} is no major project, and only a major one has a team", number),
        )
        .or(say!("make it one with: branchbook project amend {number} --major --reason REASON", number))
        .into());
    }
    if task.line.is_new(&LEADER.spec) {
        let what = say!("appointing the leader of {number}'s team", number);
        return identity::require_role(task.change, &task.actor, Role::GeneralManager, None, &task.clause, &what);
    }
    leader::require(
        task,
        if task.line.is_new(&LEAVES.spec) {
            say!("taking somebody out of the project's team")
        } else {
            say!("proposing a member of the project's team")
        },
    )
}

fn change(task: &mut Task<'_, '_>) -> Result<()> {
    if let Some(who) = task.line.get(&LEAVES)? {
        return leave(task, &who);
    }
    let (role, who) = match task.line.get(&MEMBER)? {
        Some(who) => ("member", who),
        None => ("leader", task.line.get(&LEADER)?.unwrap_or_default()),
    };
    removed::refuse(task.sql(), &Person::find(task.sql(), &who)?, task.change.on)?;
    refuse_twice(task, role, &who)?;
    if role == "leader"
        && let Some(before) = place(task, role, None)?
    {
        let mut row = TEAM.row(task.sql(), &task.entry, before)?;
        row.set("until_on", last_day(task, &row)?.to_string());
        TEAM.correct(task.change, &task.entry, before, &row)?;
    }
    let (on, named_by) = (task.change.on.to_string(), task.actor.key.clone());
    for (column, value) in [("person", who), ("role", role.to_owned()), ("from_on", on), ("named_by", named_by)] {
        task.line.set(column, value);
    }
    Ok(())
}

fn refuse_twice(task: &Task<'_, '_>, role: &str, who: &str) -> Result<()> {
    if place(task, role, Some(who))?.is_none() {
        return Ok(());
    }
    let (number, person) = (&task.entry.number, Person::find(task.sql(), who)?);
    Err(if role == "member" {
        Refusal::usage(say!("{person} is in the team of {number} already", person, number))
            .or(say!("see it with: branchbook project show {number}", number))
    } else {
        Refusal::usage(say!("{person} leads the team of {number} already", person, number))
            .or(say!("name another person with --leader PERSON"))
    }
    .into())
}

fn leave(task: &mut Task<'_, '_>, who: &str) -> Result<()> {
    let Some(position) = place(task, "member", Some(who))? else {
        let (number, person) = (&task.entry.number, Person::find(task.sql(), who)?);
        return Err(Refusal::usage(say!("{person} is no member of the team of {number}", person, number))
            .or(say!("see it with: branchbook project show {number}", number))
            .into());
    };
    task.go_on(&TEAM, position)?;
    let last = last_day(task, &task.line)?;
    task.line.set("until_on", last.to_string());
    Ok(())
}

/// The place of the row that goes on in this role, of this person where one is given.
fn place(task: &Task<'_, '_>, role: &str, person: Option<&str>) -> Result<Option<i64>> {
    TEAM.find(task, "role = ?2 AND until_on IS NULL AND person = coalesce(?3, person)", &[&role, &person])
}

/// The last day of a term that ends on the day of the change: the one before, but of a term that began on it that day.
fn last_day(task: &Task<'_, '_>, term: &Row) -> Result<NaiveDate> {
    let (on, from) = (task.change.on, term.was(&FROM)?.unwrap_or(task.change.on));
    if from <= on {
        return Ok(from.max(on - Days::new(1)));
    }
    Err(Refusal::usage(say!("the team of {number} was changed after {on}", number = task.entry.number, on))
        .or(say!("give the day it happened with --on DATE"))
        .into())
}
