//! Carrying out the steps that a form declares: opening an entry, leading it on, adding a row to one of its lists.

use anyhow::Result;
use chrono::NaiveDate;
use clap::ArgMatches;

use super::alike;
use super::back::{self, Before};
use super::check::Checks;
use super::ended;
use super::entry;
use super::field::{Kind, Spec};
use super::form::{Choice, Fill, Form, Step, Who};
use super::option::At;
use super::task::Task;
use crate::book::change::Change;
use crate::desk::Answer;
use crate::language::words;
use crate::office::identity;
use crate::person::Person;
use crate::refusal::{Kind as Refused, Refusal};
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
    let first = entry::Step::look_up(change.sql(), form.register.name, step.name, "", None)?.unwrap_or_default();
    let actor = acting(step, &first, (Some(matches), by), change)?;
    let task = Task::opening(change, form, &first, actor)?;
    carry_out(form, task, step, &first, (matches, by))
}

/// Leads the entries on that were named, with the fields that were typed.
pub(super) fn lead_on(
    form: &'static Form,
    step: &Step,
    matches: &ArgMatches,
    by: Option<&str>,
    change: &mut Change<'_>,
) -> Result<Answer> {
    let numbers: Vec<&String> = matches.get_many("number").into_iter().flatten().collect();
    let answers = numbers.iter().map(|number| {
        lead_one_on(form, step, (matches, number), by, change).map_err(|error| match error.downcast::<Refusal>() {
            Ok(refusal) => refusal.of_several(numbers.len()).into(),
            Err(error) => error,
        })
    });
    Ok(Answer::together(answers.collect::<Result<_>>()?))
}

fn lead_one_on(
    form: &'static Form,
    step: &Step,
    (matches, number): (&ArgMatches, &str),
    by: Option<&str>,
    change: &mut Change<'_>,
) -> Result<Answer> {
    let entry = (step.find)(change.sql(), form.register.name, number)?;
    change.hold(&entry.thing()?)?;
    entry.refuse_reserved(&step.done())?;
    (step.first)(change.sql(), &entry)?;
    let taken = entry.step(change.sql(), step.name, None)?;
    if step.early {
        entry.refuse_before_opening(change)?;
    } else if step.guards.is_empty() && step.on_day.is_empty() {
        entry.refuse_before_last(change, &step.done())?;
    }
    let actor = acting(step, &taken, (Some(matches), by), change)?;
    let task = Task::begin(change, form, entry, taken.clause.clone(), actor, false)?;
    carry_out(form, task, step, &taken, (matches, by))
}

/// Who takes a step: the person named or at the keyboard, as far as what the step leads on does not decide it.
pub(super) fn acting(
    step: &Step,
    taken: &entry::Step,
    (matches, by): (Option<&ArgMatches>, Option<&str>),
    change: &Change<'_>,
) -> Result<Person> {
    if change.begun && by.is_none() {
        return Ok(change.recorder.person.clone());
    }
    match step.who {
        Who::GeneralManagement(done) => identity::general_management(change, by, &taken.clause, words(done)),
        Who::Roles(what) => {
            let actor = identity::office_bearer(change, by)?;
            taken.require(change, &actor, words(what))?;
            Ok(actor)
        }
        Who::Hand(hand) if let Some(matches) = matches => hand(change, matches, by),
        _ => identity::office_bearer(change, by),
    }
}

/// Refuses who may not, as far as what the task is about decides it.
pub(super) fn permit(who: Who, task: &Task<'_, '_>) -> Result<()> {
    let (change, clause) = (&*task.change, &task.clause);
    match who {
        Who::Check(check) => check(task)?,
        Who::Office(what) => {
            identity::require_office(change, &task.entry.department, &task.actor, clause, words(what))?;
        }
        Who::Clerk(what) => {
            identity::require_clerk(change, clause, words(what))?;
            identity::require_office(change, &task.entry.department, &task.actor, clause, say!("correcting it"))?;
        }
        Who::Roles(_) | Who::GeneralManagement(_) | Who::Hand(_) => return Ok(()),
        Who::Anybody => {}
    }
    identity::require_presence(change, &task.actor, clause)
}

fn carry_out(
    form: &'static Form,
    mut task: Task<'_, '_>,
    step: &Step,
    taken: &entry::Step,
    (matches, by): (&ArgMatches, Option<&str>),
) -> Result<Answer> {
    let exception = step.excuses().and_then(|_| matches.get_one::<Text>("exception")).map(|text| &**text);
    read(&mut task, form, step, matches)?;
    if task.change.begun {
        return begun(form, task, step, (matches, by));
    }
    permit(step.who, &task)?;
    if task.opens {
        (step.opens)(&mut task)?;
    }
    if step.commits {
        ended::refuse_for_ended(form, &task)?;
    }
    let mut checks = Checks::of(step.exception.is_some(), exception);
    checks.guards(&mut task, step.on_day)?;
    checks.guards(&mut task, step.guards)?;
    // A guard says more of a day that is too early, or that it is not.
    if !(task.opens || step.guards.is_empty() && step.on_day.is_empty() || step.early) {
        task.entry.refuse_before_last(task.change, &step.done())?;
    }
    if let Some(list) = step.into {
        checks.line(&mut task, list.rules)?;
    }
    checks.entry(&mut task, form.rules)?;
    checks.papers(&mut task, step.fields, At::Step)?;
    refuse_nothing_new(&task, step)?;
    let ended = !task.opens && back::is_end(task.sql(), &task.entry, &task.entry.state)?;
    let before = ended.then(|| Before::of(form, task.sql(), &task.entry)).transpose()?;
    write(&mut task, step, taken)?;
    if task.opens {
        alike::tell(form, &mut task)?;
    }
    if let Some(before) = before {
        let state = task.to.clone();
        before.hold(form, &mut task, (&state, false))?;
    }
    let notes = task.settle(checks.breaches())?;
    let reason = task.noted(step.fields);
    let note = reason.as_deref().or(exception);
    task.change.happened = own_day(&task, step)?;
    task.change.record(&task.entry.thing()?, &task.actor.key, note)?;
    let mut line = (step.says)(&task)?;
    if !task.opens {
        line = task.entry.hit(task.sql(), line)?;
    }
    Ok(Answer { notes, ..Answer::new(task.entry.number, line) })
}

/// Checks what is known of a step so far: what it is taken on, what the fields are whose like are all given, and who takes it where that
/// is said. What `--exception` would excuse is left to the end.
fn begun(
    form: &'static Form,
    mut task: Task<'_, '_>,
    step: &Step,
    (matches, by): (&ArgMatches, Option<&str>),
) -> Result<Answer> {
    // Whose entry it is decides much.
    if task.opens && task.entry.department.is_empty() {
        return Ok(Answer::new(String::new(), String::new()));
    }
    if by.is_some() {
        permit(step.who, &task)?;
    }
    if step.commits {
        ended::refuse_for_ended(form, &task)?;
    }
    let mut checks = Checks::begun(step.exception.is_some());
    let is_at = step.at.is_none_or(|at| step.into.is_none() || at.position(matches).is_some());
    let is_known = |field: &&Spec| matches.contains_id(field.column);
    if !task.opens && is_at && step.needs.iter().all(is_known) {
        let guarded = checks.guards(&mut task, step.on_day).and_then(|()| checks.guards(&mut task, step.guards));
        // What is not there may be what nobody named yet.
        let is_absent = |error: &anyhow::Error| {
            error.downcast_ref::<Refusal>().is_some_and(|refusal| refusal.kind == Refused::NotFound)
        };
        guarded.or_else(|error| if is_absent(&error) { Ok(()) } else { Err(error) })?;
    }
    if let Some(list) = step.into {
        checks.line(&mut task, list.rules)?;
    }
    checks.entry(&mut task, form.rules)?;
    Ok(Answer::new(task.entry.number, String::new()))
}

/// Refuses a step that leads the entry nowhere and enters what stands there already: nothing happened.
fn refuse_nothing_new(task: &Task<'_, '_>, step: &Step) -> Result<(), Refusal> {
    let stays =
        !task.opens && step.into.is_none() && !step.dated && step.to.is_none() && step.state == task.entry.state;
    if !stays || step.fields.is_empty() || step.fields.iter().any(|field| task.row.differs(field)) {
        return Ok(());
    }
    let number = &task.entry.number;
    Err(Refusal::usage(say!("{number} says so already, and nothing was entered", number))
        .or(say!("see it with: branchbook show {number}", number)))
}

/// The day that a step says of itself: that by which it is known to be taken, else the first of those that were given; none where
/// none was, and of what opens an entry, which bears its day.
fn own_day(task: &Task<'_, '_>, step: &Step) -> Result<Option<NaiveDate>> {
    if task.opens {
        return Ok(None);
    }
    let row = if step.into.is_some() { &task.line } else { &task.row };
    let given = |field: &&&Spec| matches!(field.kind, Kind::PastDay) && row.is_new(field);
    let days = step.fields.iter().filter(given).map(|field| Ok((field.column, row.day(field.column)?)));
    let days = days.collect::<Result<Vec<_>>>()?;
    let sign = days.iter().find(|(column, _)| *column == step.sign).map(|(_, day)| *day);
    Ok(sign.unwrap_or_else(|| days.iter().filter_map(|(_, day)| *day).min()))
}

/// Takes what was typed, into the entry's own fields or into a new row of the step's list, and the day of the step.
fn read(task: &mut Task<'_, '_>, form: &Form, step: &Step, matches: &ArgMatches) -> Result<()> {
    if let (Some(list), Some(position)) = (step.into, step.at.and_then(|at| at.position(matches))) {
        task.go_on(list, position)?;
    }
    match step.into {
        Some(_) => task.read_line(step.fields, matches, At::Step)?,
        None => task.read(step.fields, matches, At::Step)?,
    }
    task.belong(form.whose)?;
    let day = step.dated.then(|| (step.sign, task.change.on.to_string()));
    let row = if step.into.is_some() { &mut task.line } else { &mut task.row };
    for (column, fill) in step.fills {
        row.set(
            column,
            match fill {
                Fill::Actor => task.actor.key.clone(),
                Fill::State => task.entry.state.clone(),
                Fill::Word(word) => (*word).to_owned(),
            },
        );
    }
    if let Choice::YesOrNo([yes, ..]) = step.choice {
        let said = row.is_new(yes);
        row.set(yes.column, said);
    }
    if let Some((column, day)) = day {
        row.set(column, day);
    }
    Ok(())
}

/// Writes what is new, and leads the entry on.
fn write(task: &mut Task<'_, '_>, step: &Step, taken: &entry::Step) -> Result<()> {
    task.write()?;
    if let Some(list) = step.into {
        if task.position > 0 {
            list.correct(task.change, &task.entry, task.position, &task.line)?;
        } else {
            task.position = list.add(task.change, &task.entry, &task.line)?;
            alike::tell_row(task, step, list)?;
        }
        (list.kept)(task)?;
    }
    if !task.opens {
        let to = step.to.map(|to| to(task)).transpose()?;
        let to = to.map(|to| if to.is_empty() { task.entry.state.as_str() } else { to });
        let several = to.map(|to| task.entry.step(task.sql(), step.name, Some(to))).transpose()?;
        let taken = several.as_ref().unwrap_or(taken);
        task.entry.clone().take(task.change, taken)?;
        task.to.clone_from(&taken.to);
    }
    (step.then)(task)
}
