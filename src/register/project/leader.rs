//! Who leads a project on a day, and who may do what the regulation gives the leader to do (R3).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

use crate::book::change::Change;
use crate::language;
use crate::office::identity;
use crate::office::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// The key of the person who leads the project on that day; none before the first was appointed.
///
/// # Errors
/// An error of `SQLite`.
pub fn on(book: &Connection, project: &Entry, day: NaiveDate) -> Result<Option<String>> {
    Ok(book
        .prepare_cached("SELECT person FROM leader WHERE entry = ?1 AND from_on <= ?2 ORDER BY position DESC LIMIT 1")?
        .query_row((project.id, day), |row| row.get(0))
        .optional()?)
}

/// Whether the person leads the project on that day; where nobody was appointed yet, its department's manager does (R3.1).
///
/// # Errors
/// An error of `SQLite`.
pub fn leads(book: &Connection, project: &Entry, person: &Person, day: NaiveDate) -> Result<bool> {
    match on(book, project, day)? {
        Some(leader) => Ok(leader == person.key),
        None => person.holds(book, Role::DepartmentManager, Some(&project.department), day),
    }
}

/// Refuses unless the actor leads the project on the day of the change, or is a clerk or contract administrator who records it.
///
/// # Errors
/// A refusal by `clause` that names the leader.
pub fn require(change: &Change<'_>, project: &Entry, actor: &Person, clause: &str, what: &str) -> Result<()> {
    let book = change.sql();
    if identity::records(change, actor)? {
        return Ok(());
    }
    let Some(day) = identity::out_of_office(change, actor, |day| leads(book, project, actor, day))? else {
        return Ok(());
    };
    let (who, names) = if let Some(leader) = on(book, project, day)? {
        (say!("{number}'s leader", number = project.number), vec![format!("--by {leader}")])
    } else {
        let department = project.department.as_str();
        let managers = Person::holders(book, Role::DepartmentManager, Some(department), day)?;
        let names = managers.iter().map(|manager| format!("--by {}", manager.key)).collect();
        (
            say!(
                "the manager of {department} while {number} has no leader",
                department = language::value(department),
                number = project.number
            ),
            names,
        )
    };
    let way_out = if names.is_empty() {
        say!("appoint a leader with: branchbook project lead {number} --person PERSON", number = project.number)
    } else {
        say!("name who did it with {names}", names = language::any_of(&names))
    };
    Err(Refusal::rule(clause, say!("{what} is for {who}, which {actor} was not on {day}", what, who, actor, day))
        .or(way_out)
        .into())
}

/// As [`require`], and the manager of the project's department may as well.
///
/// # Errors
/// As [`require`].
pub fn require_or_manager(
    change: &Change<'_>,
    project: &Entry,
    actor: &Person,
    clause: &str,
    what: &str,
) -> Result<()> {
    let manages = |day| actor.holds(change.sql(), Role::DepartmentManager, Some(&project.department), day);
    match identity::out_of_office(change, actor, manages)? {
        None => Ok(()),
        Some(_) => require(change, project, actor, clause, what),
    }
}

/// Refuses a person who is not on the staff on the day of the change; `option` is where another is named.
///
/// # Errors
/// A refusal by `clause`.
pub fn require_staff(change: &Change<'_>, person: &Person, clause: &str, option: &str) -> Result<()> {
    let on_the_staff = change
        .sql()
        .prepare_cached(
            "SELECT 1 FROM term WHERE person = ?1 AND from_on <= ?2 AND (until_on IS NULL OR until_on >= ?2)",
        )?
        .exists((&person.key, change.on))?;
    if on_the_staff {
        return Ok(());
    }
    Err(Refusal::rule(clause, say!("{person} held no role in the branch on {on}", person, on = change.on))
        .or(say!("name another person with {option} PERSON", option))
        .into())
}

/// Refuses unless the actor works in the department on the day of the change, is a clerk or contract administrator who records
/// it, or runs the branch.
///
/// # Errors
/// A refusal by R3.1.
pub fn require_of(change: &Change<'_>, actor: &Person, department: &str, what: &str) -> Result<()> {
    let book = change.sql();
    if identity::records(change, actor)? {
        return Ok(());
    }
    let branch = |day| actor.holds(book, Role::BranchManager, None, day);
    let may = |day| Ok(actor.works_in(book, department, day)? || branch(day)?);
    match identity::out_of_office(change, actor, may)? {
        None => Ok(()),
        Some(day) => Err(Refusal::rule(
            "R3.1",
            say!(
                "{what} is for somebody of {department}, which {actor} was not on {day}",
                what,
                department = language::value(department),
                actor,
                day
            ),
        )
        .or(say!("name who did it with --by PERSON"))
        .into()),
    }
}
