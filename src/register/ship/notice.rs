//! The contact form that told of a shipment, the project it is of, and until when both can be corrected (R6.1, R6.2).

use anyhow::Result;
use rusqlite::Connection;

use super::{NOTICE, PLACE, PROJECT, WANTED_BY};
use crate::book::select::Select;
use crate::language;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::project;
use crate::register::task::{Row, Task};
use crate::say;
use crate::text;

/// The project whose contract a shipment delivers; none for imported history of which none is in the book.
pub(super) fn project_of(book: &Connection, row: &Row) -> Result<Option<Entry>> {
    row.get(&PROJECT)?.map(|number| project::named(book, &number)).transpose()
}

/// What is delivered stays once the gate pass is made out.
pub(super) fn refuse_late_project(task: &Task<'_, '_>) -> Result<()> {
    refuse_after(task, &["notified", "completed", "awarded", "scheduled"], say!("what it delivers"))
}

/// Who bears the freight stays once a carrier is awarded or the day is settled.
pub(super) fn refuse_late_freight(task: &Task<'_, '_>) -> Result<()> {
    refuse_after(task, &["notified", "completed"], say!("who bears its freight"))
}

fn refuse_after(task: &Task<'_, '_>, states: &[&str], what: &str) -> Result<()> {
    let Entry { number, state, .. } = &task.entry;
    if states.contains(&state.as_str()) {
        return Ok(());
    }
    let way_out = if task.entry.step(task.sql(), "cancel", None).is_ok() {
        say!("cancel it with: branchbook ship cancel {number} --reason TEXT, and enter a new one", number)
    } else {
        say!("it stays as it was shipped").to_owned()
    };
    let what = say!("{number} is {state}, so {what} stays", number, state = language::value(state), what);
    Err(Refusal::rule("R6.2", what).or(way_out).into())
}

/// Nothing is wanted before the day it is told of.
pub(super) fn refuse_wanted_before(task: &Task<'_, '_>) -> Result<()> {
    let day = task.entry.day;
    match task.row.get(&WANTED_BY)?.filter(|wanted_by| *wanted_by < day) {
        None => Ok(()),
        Some(wanted_by) => {
            Err(Refusal::usage(say!("a shipment notified on {day} cannot be wanted by {wanted_by}", day, wanted_by))
                .or(say!("give a day from then on with --wanted-by DATE"))
                .into())
        }
    }
}

/// A shipment is notified by a contact form of kind shipping, of no later day, and of the same project where the
/// form names one (R6.1).
pub(super) fn refuse_untold(task: &Task<'_, '_>) -> Result<()> {
    let book = task.sql();
    let (Some(notice), Some(project)) = (task.row.get(&NOTICE)?, project_of(book, &task.row)?) else { return Ok(()) };
    let form = Entry::find_in(book, "contact", &notice)?;
    let Some(what) = untold(task, &form, &project)? else { return Ok(()) };
    Err(Refusal::rule("R6.1", what)
        .or(say!("name the form of kind shipping that told of it, or issue one with: branchbook contact add --kind shipping --project {number} …", number = project.number))
        .into())
}

/// A notice is a paper that counts once (Q17): to one place for one day it notifies one shipment. Where no day is wanted, the second is told.
pub(super) fn refuse_twice(task: &mut Task<'_, '_>) -> Result<()> {
    let (Some(notice), Some(place)) = (task.row.get(&NOTICE)?, task.row.get(&PLACE)?) else { return Ok(()) };
    let wanted_by = task.row.get(&WANTED_BY)?;
    let other: Option<String> = task.sql().value(
        "SELECT e.number FROM ship AS s JOIN entry AS e ON e.id = s.entry
         WHERE s.notice = ?1 AND s.place = ?2 AND s.wanted_by_on IS ?3 AND e.id <> ?4 AND e.day_on = ?5 AND e.state NOT IN ('void', 'cancelled')
         ORDER BY e.id LIMIT 1",
        (&notice, &place, &wanted_by, task.entry.id, task.entry.day),
    )?;
    let Some(other) = other else { return Ok(()) };
    if wanted_by.is_none() {
        task.remark(say!("{notice} is the notice of {other} as well, to the same place", notice, other));
        return Ok(());
    }
    let what = say!("{notice} is the notice of {other} already, to the same place for the same day", notice, other);
    Err(Refusal::rule("R6.1", what)
        .or(say!("see it with: branchbook show {other}; what goes another day or elsewhere is given by --wanted-by or --place", other))
        .into())
}

/// Why a contact form tells of no shipment of the project; none where it does.
fn untold(task: &Task<'_, '_>, form: &Entry, project: &Entry) -> Result<Option<String>> {
    let number = &form.number;
    let fields: Option<(String, Option<String>, Option<String>)> =
        task.sql().row("SELECT kind, project, contract FROM contact WHERE entry = ?1", [form.id])?;
    let Some((kind, of_project, contract)) = fields else {
        return Ok(Some(say!(
            "{number} is {state} and tells of nothing yet",
            number,
            state = language::value(&form.state)
        )));
    };
    if kind != "shipping" {
        return Ok(Some(say!(
            "{number} is a form of kind {kind}, and a shipment is notified by one of kind shipping",
            number,
            kind = language::value(&kind)
        )));
    }
    let other = match of_project.filter(|other| *other != project.number) {
        None => contract.map(|contract| other_owner(task.sql(), &contract, project)).transpose()?.flatten(),
        other => other,
    };
    if let Some(other) = other {
        let project = &project.number;
        return Ok(Some(say!("{number} tells of a shipment of {other}, not of {project}", number, other, project)));
    }
    let (issued, day) = (form.day, task.entry.day);
    Ok((issued > day).then(|| say!("{number} was issued on {issued}, after {day}", number, issued, day)))
}

/// The project whose contract bears this number, where that is another than `project`; none where no contract of the book
/// bears it.
fn other_owner(book: &Connection, contract: &str, project: &Entry) -> Result<Option<String>> {
    let mut owners: Vec<String> =
        book.column(
            "SELECT e.number FROM contract AS c JOIN entry AS e ON c.undone_on IS NULL AND e.id = c.entry WHERE paper(c.contract) = ?1",
            [text::paper(contract)],
        )?;
    Ok(if owners.contains(&project.number) { None } else { owners.pop() })
}
