//! Who plans a visit, and who says that it does not come (R5.2(1)).

use anyhow::Result;

use super::PROJECT;
use crate::language;
use crate::office::{identity, removed};
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::project;
use crate::register::project::leader;
use crate::register::task::Task;
use crate::say;

/// Refuses to plan unless the actor leads the project, works in the department, or is a clerk who records it.
pub(crate) fn plans(task: &Task<'_, '_>) -> Result<()> {
    removed::refuse(task.sql(), &task.actor, task.change.on)?;
    require(task, &[&task.entry.department], say!("planning a reception"))
}

/// Refuses to cancel unless the actor might plan it, or is of General Management.
pub(crate) fn cancels(task: &Task<'_, '_>) -> Result<()> {
    require(task, &[&task.entry.department, "general"], say!("cancelling a reception"))
}

fn require(task: &Task<'_, '_>, departments: &[&str], what: &str) -> Result<()> {
    let (change, actor, book) = (&*task.change, &task.actor, task.sql());
    if identity::records(change, actor)? {
        return Ok(());
    }
    let project = task.row.get(&PROJECT)?.map(|number| project::named(book, &number)).transpose()?;
    let may = |day| {
        if let Some(project) = &project
            && leader::leads(book, project, actor, day)?
        {
            return Ok(true);
        }
        for department in departments {
            if actor.works_in(book, department, day)? {
                return Ok(true);
            }
        }
        Ok(false)
    };
    let Some(day) = identity::out_of_office(change, actor, may)? else { return Ok(()) };
    let mut keys: Vec<String> = Vec::new();
    if let Some(project) = &project {
        keys = identity::of_the_staff(book, leader::on(book, project, day)?.as_ref(), day)?;
    }
    for department in departments {
        for manager in Person::holders(book, Role::DepartmentManager, Some(department), day)? {
            if !keys.contains(&manager.key) {
                keys.push(manager.key);
            }
        }
    }
    let mut who: Vec<String> =
        project.map(|project| say!("{number}'s leader", number = project.number)).into_iter().collect();
    who.push(say!("somebody of {departments}", departments = language::any_of(departments)));
    let way_out = if keys.is_empty() && identity::has_pen(change)? {
        identity::name_somebody(change)?
    } else {
        identity::name_who(change, &keys)?
    };
    let what =
        say!("{what} is for {who}, which {actor} was not on {day}", what, who = language::any_of(&who), actor, day);
    Err(Refusal::rule("R5.2(1)", what).or(way_out).into())
}
