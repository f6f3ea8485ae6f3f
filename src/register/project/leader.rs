//! Who leads a project on a day, who appoints them (R3.1), and what the regulation gives the leader to do.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::{MAJOR, WORK};
use crate::book::select::Select;
use crate::fields;
use crate::language;
use crate::office::{identity, removed};
use crate::person::{Person, Role};
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::entry::Entry;
use crate::register::field::{Field, Need};
use crate::register::form::{Check, Fill, Step, Verb, Who};
use crate::register::task::Task;
use crate::say;
use crate::view::with_views;

const PERSON: Field<String> = Field::person("person", "").need(Need::Asked).label("leader");

/// The terms of a project's leaders; each ends on the day before the next.
static LEADERS: List = List { table: "leader", amended: Some(Amended::of("lead", fields![FROM_ON])), ..List::BLANK };
const FROM_ON: Field<NaiveDate> = Field::past("from_on", "").option("from");

/// Appoints the leader.
pub(super) const LEAD: Verb = Verb::Step(Step {
    name: "lead",
    about: "Appoint the leader from a day on; the department manager does, for a major project the branch manager (R3.1)",
    done: phrase!("given its leader"),
    fields: fields![PERSON],
    into: Some(&LEADERS),
    sign: "from_on",
    dated: true,
    fills: &[("appointed_by", Fill::Actor)],
    who: Who::Check(appoints),
    guards: &[Check::Follows(refuse_out_of_order)],
    says: |task| task.says(phrase!("{number}: led by {person} from {on}, appointed by {appointed_by}")),
    ..WORK
});

/// The department's manager appoints, of a major project the branch manager.
fn appoints(task: &Task<'_, '_>) -> Result<()> {
    let number = &task.entry.number;
    let (role, department, what) = if task.row.get(&MAJOR)? == Some(true) {
        (Role::BranchManager, None, say!("appointing the leader of {number}, a major project,", number))
    } else {
        let department = Some(task.entry.department.as_str());
        (Role::DepartmentManager, department, say!("appointing the leader of {number}", number))
    };
    identity::require_role(task.change, &task.actor, role, department, &task.clause, &what)
}

/// Terms follow one another: none begins before the last one did, and nobody follows themselves.
fn refuse_out_of_order(task: &mut Task<'_, '_>) -> Result<()> {
    let (book, entry, day) = (task.sql(), &task.entry, task.change.on);
    let person = Person::find(book, &task.line.get(&PERSON)?.unwrap_or_default())?;
    removed::refuse(book, &person, day)?;
    let confirms = task.row.get(&MAJOR)? == Some(true) && !is_confirmed(book, entry, day)?;
    if !confirms && on(book, entry, day)?.as_ref() == Some(&person.key) {
        return Err(Refusal::usage(say!("{number} is led by {person} already", number = entry.number, person))
            .or(say!("name another with --person PERSON"))
            .into());
    }
    let last: Option<NaiveDate> =
        book.only("SELECT max(from_on) FROM leader WHERE undone_on IS NULL AND entry = ?1", [entry.id])?;
    let Some(last) = last.filter(|last| day < *last) else { return Ok(()) };
    let what = say!("{number} was given its leader on {last}, after {on}", number = entry.number, last, on = day);
    Err(Refusal::usage(what).or(say!("give the day of the appointment with --on DATE")).into())
}

/// The key of the person who leads the project on that day; none before the first was appointed.
pub(crate) fn on(book: &Connection, project: &Entry, day: NaiveDate) -> Result<Option<String>> {
    book.value(
        &with_views(
            "SELECT person FROM leader
                  WHERE undone_on IS NULL AND entry = ?1 AND from_on <= ?2
                  ORDER BY position DESC LIMIT 1",
        ),
        (project.id, day),
    )
}

/// Whether a branch manager appointed who leads the project on that day, as a major one asks (R3.1); where nobody leads it, there is
/// nobody to be confirmed.
pub(super) fn is_confirmed(book: &Connection, project: &Entry, day: NaiveDate) -> Result<bool> {
    let appointed: Option<(String, NaiveDate)> = book.row(
        &with_views(
            "SELECT appointed_by, from_on FROM leader WHERE undone_on IS NULL AND entry = ?1 AND from_on <= ?2
             ORDER BY position DESC LIMIT 1",
        ),
        (project.id, day),
    )?;
    let Some((by, from)) = appointed else { return Ok(true) };
    let by = Person::of_key(book, &by)?;
    by.map_or(Ok(false), |by| by.holds(book, Role::BranchManager, None, from))
}

/// Whether the person leads the project on that day; where nobody was appointed yet, its department's manager does (R3.1).
pub(crate) fn leads(book: &Connection, project: &Entry, person: &Person, day: NaiveDate) -> Result<bool> {
    match on(book, project, day)? {
        Some(leader) => Ok(leader == person.key),
        None => person.holds(book, Role::DepartmentManager, Some(&project.department), day),
    }
}

/// Refuses unless the actor leads the project on the day of the change, or is a clerk or contract administrator who records it.
pub(super) fn require(task: &Task<'_, '_>, what: &str) -> Result<()> {
    require_by(task, &task.clause, what)
}

/// The same, by another clause than the step's.
pub(super) fn require_by(task: &Task<'_, '_>, clause: &str, what: &str) -> Result<()> {
    let (change, book, actor) = (&*task.change, task.sql(), &task.actor);
    let (number, department) = (&task.entry.number, task.entry.department.as_str());
    if identity::records(change, actor)? {
        return Ok(());
    }
    let Some(day) = identity::out_of_office(change, actor, |day| leads(book, &task.entry, actor, day))? else {
        return Ok(());
    };
    let (who, keys) = if let Some(leader) = on(book, &task.entry, day)? {
        (say!("{number}'s leader", number), identity::of_the_staff(book, [&leader], day)?)
    } else {
        let managers = Person::holders(book, Role::DepartmentManager, Some(department), day)?;
        let keys = managers.into_iter().map(|manager| manager.key).collect();
        let department = language::value(department);
        (say!("the manager of {department} while {number} has no leader", department, number), keys)
    };
    let way_out = if keys.is_empty() {
        say!("appoint a leader with: branchbook project lead {number} --person PERSON", number)
    } else {
        identity::name_who(change, &keys)?
    };
    let what = say!("{what} is for {who}, which {actor} was not on {day}", what, who, actor, day);
    Err(Refusal::rule(clause, what).or(way_out).into())
}

/// As [`require`], and the manager of the project's department may as well.
pub(super) fn require_or_manager(task: &Task<'_, '_>, what: &str) -> Result<()> {
    let (actor, department) = (&task.actor, Some(task.entry.department.as_str()));
    let manages = |day| actor.holds(task.sql(), Role::DepartmentManager, department, day);
    match identity::out_of_office(task.change, actor, manages)? {
        None => Ok(()),
        Some(_) => require(task, what),
    }
}
