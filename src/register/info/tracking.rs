//! Tracking an entry: who is on it, what they note, and what came of it (R2.3).

use anyhow::{Context, Result};
use chrono::NaiveDate;
use rusqlite::Connection;

use super::{ASSIGNED, NOTE, OUTCOME, PROJECT, TRACKER};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::fields;
use crate::language;
use crate::office::{identity, removed};
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::entry::Entry;
use crate::register::field::Field;
use crate::register::project::{self, opening};
use crate::register::task::Task;
use crate::say;
use crate::view::with_views;

/// What the tracker noted.
pub(super) static NOTES: List =
    List { table: "follow", amended: Some(Amended::of("follow", fields![NOTE, NOTED_ON])), ..List::BLANK };
const NOTED_ON: Field<NaiveDate> = Field::past("noted_on", "").option("noted-on");

/// The manager of the department that has the entry puts a salesperson on it.
pub(super) fn puts(task: &Task<'_, '_>) -> Result<()> {
    let step = task.entry.step(task.sql(), "track", None)?;
    let department = Tracking::of(task.sql(), &task.entry)?.department;
    let what = say!("putting a salesperson on user information");
    step.require_in(task.change, &task.actor, Some(&department), what)
}

/// Who tracks could collect: a salesperson, trainee or manager of the department.
pub(super) fn refuse_no_seller(task: &Task<'_, '_>) -> Result<()> {
    let (book, on) = (task.sql(), task.change.on);
    let department = task.row.get(&ASSIGNED)?.unwrap_or_default();
    let person = Person::find(book, &task.row.get(&TRACKER)?.unwrap_or_default())?;
    removed::refuse(book, &person, on)?;
    let sellers = super::step(book, "add", "")?;
    if sellers.allows(book, &person, Some(&department), on)? {
        return Ok(());
    }
    let holders = sellers.holders(book, Some(&department), on)?;
    let names: Vec<String> = holders.iter().map(|key| format!("--person {key}")).collect();
    let roles = language::any_of(&sellers.roles);
    let what = say!(
        "{person} was no {roles} of {department} on {on}",
        person,
        roles = language::value(&roles),
        department = language::value(&department),
        on
    );
    Err(Refusal::rule("R2.3", what).or(say!("name one of it with {names}", names = language::any_of(&names))).into())
}

pub(super) fn refuse_same(task: &Task<'_, '_>) -> Result<()> {
    let person = task.row.get(&TRACKER)?;
    let Some(person) = person.filter(|person| task.row.was(&TRACKER).is_ok_and(|was| was.as_ref() == Some(person)))
    else {
        return Ok(());
    };
    let person = Person::find(task.sql(), &person)?;
    Err(Refusal::usage(say!("{number} is tracked by {person} already", number = task.entry.number, person))
        .or(say!("name another with --person PERSON"))
        .into())
}

/// The tracker, or the manager of the department, does what is done with an entry; `what` says what that is.
pub(super) fn tracks(task: &Task<'_, '_>, what: &str) -> Result<()> {
    Tracking::of(task.sql(), &task.entry)?.require(task.change, &task.clause, &task.actor, what)
}

/// A project that came of the entry is linked to it.
pub(super) fn link(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(number) = task.row.get(&PROJECT)? else { return Ok(()) };
    let (project, reason) = (project::named(task.sql(), &number)?, task.row.get(&OUTCOME)?);
    if opening::link(task.change, &project, &task.entry.number)? {
        task.change.record(&project.thing()?, &task.actor.key, reason.as_deref())?;
    }
    Ok(())
}

/// Who tracks an entry: a department, and a person of it once one was named.
pub(super) struct Tracking {
    pub(super) department: String,
    tracker: Option<String>,
}

impl Tracking {
    pub(super) fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        let (department, tracker): (Option<String>, Option<String>) =
            book.whole(&with_views("SELECT assigned_to, tracker FROM info WHERE entry = ?1"), [entry.id])?;
        let department =
            department.with_context(|| say!("{number} is assigned to no department", number = entry.number))?;
        Ok(Self { department, tracker })
    }

    /// Refuses unless the actor is the tracker or the department's manager.
    pub(super) fn require(&self, change: &Change<'_>, clause: &str, actor: &Person, what: &str) -> Result<()> {
        let (manager, department) = (Role::DepartmentManager, Some(self.department.as_str()));
        let may =
            |day| Ok(self.tracker.as_ref() == Some(&actor.key) || actor.holds(change.sql(), manager, department, day)?);
        let Some(day) = identity::out_of_office(change, actor, may)? else { return Ok(()) };
        let managers = Person::holders(change.sql(), manager, department, day)?;
        let mut keys = identity::of_the_staff(change.sql(), self.tracker.as_ref(), day)?;
        keys.extend(managers.into_iter().map(|manager| manager.key));
        let who = say!(
            "the tracker or the department-manager of {department}",
            department = language::value(&self.department)
        );
        let what = say!("{what} is for {who}, which {actor} was not on {day}", what, who, actor, day);
        Err(Refusal::rule(clause, what).or(identity::name_who(change, &keys)?).into())
    }
}
