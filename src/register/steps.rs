//! Carrying out what a form declares: opening an entry, leading it on, correcting it.

use anyhow::Result;
use clap::ArgMatches;
use rusqlite::types::Value;

use super::entry::{self, Breaches, Entry, Opening};
use super::form::{Check, Form, Step, Who};
use super::task::Task;
use crate::book::change::Change;
use crate::desk::Answer;
use crate::language::words;
use crate::office::{department, identity};
use crate::refusal::Refusal;
use crate::say;
use crate::text::Text;

/// Opens an entry with the fields that were typed.
pub(super) fn add(
    form: &'static Form,
    step: &Step,
    matches: &ArgMatches,
    by: Option<&str>,
    change: &mut Change<'_>,
) -> Result<Answer> {
    let typed = matches.get_one::<String>("department").map_or("", String::as_str);
    let department = department::find(change.sql(), typed)?.key;
    let actor = identity::actor(change, by)?;
    let first = entry::Step::look_up(change.sql(), form.register.name, step.name, "", None)?.unwrap_or_default();
    let opening = Opening {
        register: form.register.name,
        department: &department,
        day: change.on,
        person: &actor.key,
        state: &first.to,
    };
    let entry = entry::open(change, form.register.name, &opening)?;
    let task = Task::begin(change, form.register, entry, first.clause, actor, true)?;
    carry_out(form, task, step, None, matches)
}

/// Leads an entry on, with the fields that were typed.
pub(super) fn lead_on(
    form: &'static Form,
    step: &Step,
    matches: &ArgMatches,
    by: Option<&str>,
    change: &mut Change<'_>,
) -> Result<Answer> {
    let number = matches.get_one::<String>("number").map_or("", String::as_str);
    let entry = Entry::find_in(change.sql(), form.register.name, number)?;
    let taken = entry.step(change.sql(), step.name, None)?;
    entry.refuse_before_last(change, words(step.done))?;
    let actor = match step.who {
        Who::GeneralManagement(done) => identity::general_management(change, by, &taken.clause, words(done))?,
        Who::Roles(_) | Who::Check(_) => identity::actor(change, by)?,
    };
    let task = Task::begin(change, form.register, entry, taken.clause.clone(), actor, false)?;
    carry_out(form, task, step, Some(&taken), matches)
}

fn carry_out(
    form: &Form,
    mut task: Task<'_, '_>,
    step: &Step,
    taken: Option<&entry::Step>,
    matches: &ArgMatches,
) -> Result<Answer> {
    let exception = if step.excusable { matches.get_one::<Text>("exception").map(|text| &**text) } else { None };
    task.read(step.fields, matches)?;
    match (step.who, taken) {
        (Who::Check(check), _) => check(&task)?,
        (Who::Roles(what), Some(taken)) => taken.require(task.change, &task.actor, words(what))?,
        _ => {}
    }
    if step.dated {
        let on = task.change.on.to_string();
        task.set(step.sign, on);
    }
    let breaches = check(form, &mut task, exception)?;
    task.write()?;
    let notes = task.settle(breaches)?;
    let reason = step.fields.iter().find(|field| field.noted).map(|field| task.row.value(field.column).clone());
    let note = match &reason {
        Some(Value::Text(reason)) => Some(reason.as_str()),
        _ => exception,
    };
    if let Some(taken) = taken {
        task.entry.clone().take(task.change, taken)?;
    }
    task.change.record(&task.entry.thing()?, &task.actor.key, note)?;
    let line = (step.says)(&task)?;
    Ok(Answer { notes, ..Answer::new(task.entry.number, line) })
}

/// Corrects an entry's fields with those that were typed; the journal keeps the old values and the reason.
pub(super) fn amend(
    form: &'static Form,
    matches: &ArgMatches,
    by: Option<&str>,
    change: &mut Change<'_>,
) -> Result<Answer> {
    let number = matches.get_one::<String>("number").map_or("", String::as_str);
    let reason = matches.get_one::<Text>("reason").map(ToString::to_string).unwrap_or_default();
    let entry = Entry::find_in(change.sql(), form.register.name, number)?;
    entry.refuse_void()?;
    let actor = identity::actor(change, by)?;
    identity::require_clerk(change, form.amended.0, words(form.amended.1))?;
    let mut task = Task::begin(change, form.register, entry, form.amended.0.to_owned(), actor, false)?;
    let mut corrected = Vec::new();
    for step in form.steps() {
        for field in step.fields.iter().filter(|field| !field.fixed && matches.contains_id(field.column)) {
            if step.name != "add" && !task.row.has(step.sign) {
                return Err(refuse_not_yet(form, step, &task.entry).into());
            }
            task.read(&[field], matches)?;
            if task.row.is_new(field) {
                corrected.push(field.name());
            }
        }
    }
    if corrected.is_empty() {
        return Err(Refusal::usage(say!("nothing to correct in {number}", number = task.entry.number))
            .or(say!("name a field and its new value"))
            .into());
    }
    let breaches = check(form, &mut task, None)?;
    task.write()?;
    let notes = task.settle(breaches)?;
    let Task { change, entry, actor, .. } = task;
    change.sql().execute("UPDATE entry SET amendments = amendments + 1 WHERE id = ?1", [entry.id])?;
    change.record(&entry.thing()?, &actor.key, Some(&reason))?;
    let line = say!("{number}: corrected {corrected}", number = entry.number, corrected = corrected.join(", "));
    Ok(Answer { notes, ..Answer::new(entry.number, line) })
}

/// Checks every rule over what is new. Gives the breaches that `excused` records.
fn check<'e>(form: &Form, task: &mut Task<'_, '_>, excused: Option<&'e str>) -> Result<Breaches<'e>> {
    let mut breaches = Breaches::excused_by(excused);
    for rule in form.rules {
        if !rule.fields.iter().any(|field| task.row.is_new(field)) {
            continue;
        }
        match rule.check {
            Check::Sound(check) => check(&task.row)?,
            Check::Regulation(check) => breaches.weigh(check(task))?,
            Check::Follows(follow) => follow(task)?,
        }
    }
    Ok(breaches)
}

/// The refusal to correct what was not entered yet.
fn refuse_not_yet(form: &Form, step: &Step, entry: &Entry) -> Refusal {
    Refusal::usage(say!("{number} has nothing of that yet to correct", number = entry.number)).or(say!(
        "enter it with: branchbook {register} {verb} {number} …",
        register = form.register.name,
        verb = step.name,
        number = entry.number
    ))
}
