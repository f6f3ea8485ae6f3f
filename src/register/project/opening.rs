//! Opening a project, and whether it is major (R3.1).

use anyhow::Result;
use rusqlite::types::Value;

use super::{AMOUNT, FORM, MAJOR, MINOR, SOURCE, source};
use crate::book::change::Change;
use crate::language;
use crate::money::Money;
use crate::office::person::{Person, Role};
use crate::office::{figure, identity};
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::task::Task;
use crate::say;

/// Refuses unless the actor works in the department, is a clerk or contract administrator who records it, or runs the branch.
pub(super) fn opens(task: &Task<'_, '_>) -> Result<()> {
    let (change, actor, department) = (&*task.change, &task.actor, &task.entry.department);
    if identity::records(change, actor)? {
        return Ok(());
    }
    let book = change.sql();
    let may = |day| Ok(actor.works_in(book, department, day)? || actor.holds(book, Role::BranchManager, None, day)?);
    let Some(day) = identity::out_of_office(change, actor, may)? else { return Ok(()) };
    let what = say!(
        "{what} is for somebody of {department}, which {actor} was not on {day}",
        what = say!("opening a project"),
        department = language::value(department),
        actor,
        day
    );
    Err(Refusal::rule(&task.clause, what).or(say!("name who did it with --by PERSON")).into())
}

/// A project is major by word, or at and above figure `project.major_amount` of its day; a correction that turns it says who
/// appoints its leader now (R3.1).
pub(super) fn weigh(task: &mut Task<'_, '_>) -> Result<()> {
    let from = Money(figure::value(task.sql(), "project.major_amount", task.entry.day)?);
    let by_word = task.row.get(&MAJOR)? == Some(true) && !task.row.is_new(&MINOR.spec);
    let major = by_word || task.row.get(&AMOUNT)?.is_some_and(|amount| amount >= from);
    task.set(MAJOR.spec.column, major);
    if !task.opens && task.row.was(&MAJOR)? != Some(major) {
        task.remark(if major {
            say!("it is a major project now: the branch manager appoints its leader (R3.1)")
        } else {
            say!("it is no major project any more: the department's manager appoints its leader (R3.1)")
        });
    }
    Ok(())
}

/// No other project came of the same information (R2.3).
pub(super) fn refuse_second(task: &Task<'_, '_>) -> Result<()> {
    let source = task.row.get(&SOURCE)?.unwrap_or_default();
    source::refuse_second(task.sql(), &source, Some(&task.entry.number))
}

pub(super) fn opened(task: &Task<'_, '_>) -> Result<String> {
    task.says(if task.row.get(&MAJOR)? == Some(true) {
        phrase!("{number}: a major project, whose leader the branch manager appoints, {title} of {customer}")
    } else {
        phrase!("{number}: opened, {title} of {customer}")
    })
}

/// Opens a project of `department` with these fields, where another register leads to one.
///
/// # Errors
/// A refusal where the series gives no number.
pub(crate) fn open(
    change: &mut Change<'_>,
    actor: &Person,
    department: &str,
    fields: Vec<(&'static str, Value)>,
) -> Result<Entry> {
    let entry = Entry {
        id: 0,
        register: "project".to_owned(),
        number: String::new(),
        department: department.to_owned(),
        day: change.on,
        person: actor.key.clone(),
        state: "open".to_owned(),
    };
    let mut task = Task::begin(change, &FORM, entry, "R3.1".to_owned(), actor.clone(), true)?;
    for (column, value) in fields {
        task.set(column, value);
    }
    weigh(&mut task)?;
    task.open()?;
    task.write()?;
    task.change.record(&task.entry.thing()?.just_opened(), &task.actor.key, None)?;
    Ok(task.entry)
}
