//! Correcting an entry: its own fields and the rows of its lists, held to the rules over whatever is corrected.

pub(crate) mod draft;
mod order;
mod own_fields;

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Arg, ArgMatches, Args, FromArgMatches, value_parser};
use rusqlite::Connection;

use self::own_fields::OwnFields;
use super::check::Checks;
use super::child::correction::{self, Correction};
use super::decide::{self, Decision};
use super::entry::{self, Entry};
use super::field::{Field, Kind, Spec};
use super::form::{Form, Own, Step, Verb};
use super::lateness::Lateness;
use super::option::{At, exception};
use super::paper;
use super::steps::permit;
use super::task::Task;
use super::turned;
use crate::book::change::Change;
use crate::column::heading;
use crate::desk::{Answer, Deed};
use crate::language::{self, Language};
use crate::money::Money;
use crate::office::identity;
use crate::refusal::Refusal;
use crate::say;
use crate::text::Text;

/// The verb that corrects entries.
pub(crate) const fn amend(about: &'static str) -> Verb {
    Verb::Own(Own {
        formerly: "",
        name: "amend",
        about,
        grammar: |form, command| {
            let number = Arg::new("number").value_name("NUMBER").help(form.number).required(true);
            let reason = Arg::new("why").long("reason").value_name("REASON").help("Why it is corrected");
            let command = command.arg(number).arg(reason.required(true).value_parser(value_parser!(Text)));
            let command = command.args(draft::options());
            let exception = paper::excuses_correction(form).map(exception);
            let fields = corrected(form).filter_map(|(_, field)| field.argument(At::Amend));
            let days = form.own_steps().filter_map(|step| step.signed?.argument(At::Amend));
            let refusals = form.refusals().filter_map(|(_, field)| field.argument(At::Amend));
            let choices = form.own_steps().filter(|step| step.name == "add").filter_map(|step| step.choice.group());
            Deed::augment_args(
                correction::options(form, command.args(fields).args(days).args(refusals).groups(choices))
                    .args(exception),
            )
        },
        run: |form, matches, desk| {
            let deed = Deed::from_arg_matches_mut(matches)?;
            if matches.get_flag(draft::EDIT) {
                return draft::amend(form, matches, &deed, desk);
            }
            desk.change(format!("{} amend", form.register.name), &deed, |change| {
                enter(form, matches, deed.by.as_deref(), change)
            })
        },
    })
}

/// What help says of `--exception` where a correction may break what opening an entry may break.
fn excusable(form: &Form) -> Option<&'static str> {
    form.steps().next().and_then(|step| step.exception)
}

impl Form {
    /// Each verb that enters facts, and the options of `amend` that correct them; of a list, the one that names the row first.
    pub fn corrections(&self) -> impl Iterator<Item = (&'static str, Vec<String>)> {
        let typed = |field: &Spec| format!("--{}", field.typed_as(At::Amend));
        self.steps().map(move |step| {
            let options = if let Some(list) = step.into {
                correction::of_list(self, list)
            } else {
                let fields = step.fields.iter().copied().filter(|field| field.is_amended());
                fields.chain(step.signed).map(typed).collect()
            };
            (step.name, options)
        })
    }

    /// Each decision, and the options of `amend` that correct what it says.
    pub fn decided_corrections(&self) -> impl Iterator<Item = (&'static str, Vec<String>)> {
        self.decisions().map(|decision| {
            let said = self.refusals().filter(|(refusal, _)| refusal.name == decision.name);
            (decision.name, said.map(|(_, field)| format!("--{}", field.typed_as(At::Amend))).collect())
        })
    }

    /// The decisions that give a reason, and its field.
    fn refusals(&self) -> impl Iterator<Item = (&Decision, &'static Spec)> {
        self.decisions().filter_map(|decision| Some((decision, *decision.fields.iter().find(|field| field.noted)?)))
    }

    /// The options that correct rows which no step adds one by one.
    #[must_use]
    pub fn corrections_besides(&self) -> Vec<(&'static str, Vec<String>)> {
        self.corrects.iter().map(|list| (list.table, correction::of_list(self, list))).collect()
    }
}

/// Whose entry it is, where another field tells that.
const DEPARTMENT: Field<String> = Field::department("department", "");

/// The fields that can be corrected, each with the step that enters it.
fn corrected(form: &Form) -> impl Iterator<Item = (&Step, &'static Spec)> {
    form.fields().filter(|(_, field)| field.is_amended())
}

/// The entry of this number, which can be corrected.
fn found(book: &Connection, form: &Form, number: &str) -> Result<Entry> {
    let entry = Entry::find_in(book, form.register.name, number)?;
    entry.refuse_reserved(say!("amended"))?;
    entry.refuse_void()?;
    Ok(entry)
}

/// Corrects with what was typed; the journal keeps the old values and the reason.
fn enter(form: &'static Form, matches: &ArgMatches, by: Option<&str>, change: &mut Change<'_>) -> Result<Answer> {
    let (mut task, taken) = begin(form, matches, by, change)?;
    let (before, late) = (decide::subject(form, &task)?, Lateness::of(task.change, &task.entry)?);
    refuse_without_row(form, matches, &task.entry.number)?;
    correction::refuse_besides(form, matches, &task.entry)?;
    let own = OwnFields::read(form, matches, &mut task)?;
    let exception =
        paper::excuses_correction(form).and_then(|_| matches.get_one::<Text>("exception")).map(|text| &**text);
    let mut checks = Checks::of(excusable(form).is_some(), exception);
    own.hold(form, &mut task, &mut checks)?;
    let after = decide::subject(form, &task)?;
    // An exception is read by more people than the entry: it tells of the days alone.
    let mut days = names(form, &task, |field| matches!(field.kind, Kind::Day | Kind::PastDay))?;
    let mut names = names(form, &task, |_| true)?;
    names.extend(own.reasons(form));
    let row = Correction::read(form, matches, &mut task)?;
    if let Some(row) = &row {
        hold_row(row, &mut task, &mut checks)?;
        names.push(row.named(&task)?);
        days.push(row.named(&task)?);
    }
    refuse_nothing(&names, &task.entry)?;
    let again = taken.filter(|_| after != before);
    if let Some(taken) = &again {
        decide::refuse_late(form, &task, taken)?;
        task.to.clone_from(&taken.to);
    }
    own.write(&mut task)?;
    if let Some(row) = &row {
        row.write(&mut task)?;
    }
    if let Some(taken) = &again {
        task.entry.clone().take(task.change, taken)?;
    }
    late.note_made_good(&mut task, &days.join(language::comma()))?;
    task.change.happened = earliest(form, &task, row.as_ref())?;
    let amounts = [before, after].map(|shown| shown.and_then(|shown| shown.amount));
    record(task, checks, &names, amounts)
}

/// Finds the entry and whether the person may correct it; with the step that has it decided on again, where it is decided on.
fn begin<'change, 'book>(
    form: &'static Form,
    matches: &ArgMatches,
    by: Option<&str>,
    change: &'change mut Change<'book>,
) -> Result<(Task<'change, 'book>, Option<entry::Step>)> {
    let number = matches.get_one::<String>("number").map_or("", String::as_str);
    let entry = found(change.sql(), form, number)?;
    change.hold(&entry.thing()?)?;
    draft::refuse_moved(change.sql(), &entry, matches)?;
    let actor = identity::actor(change, by)?;
    let taken = match form.subject {
        Some(_) => Some(entry.step(change.sql(), "amend", None)?),
        None => None,
    };
    let clause = taken.as_ref().map_or(form.amended.0, |taken| &taken.clause).to_owned();
    let mut task = Task::begin(change, form, entry, clause, actor, false)?;
    permit(form.amended.1, &task)?;
    task.reason = matches.get_one::<Text>("why").map(ToString::to_string);
    Ok((task, taken))
}

/// Holds a corrected row of a list to the rules of the list and to what papers say.
fn hold_row(row: &Correction, task: &mut Task<'_, '_>, checks: &mut Checks<'_>) -> Result<()> {
    if row.is_excusable() {
        checks.excusable();
    }
    checks.line(task, row.list.rules)?;
    let papers: Vec<&Spec> = row.fields().iter().copied().filter(|field| task.line.differs(field)).collect();
    checks.papers(task, &papers, At::Amend)
}

/// Refuses what corrects a row where none is named.
fn refuse_without_row(form: &'static Form, matches: &ArgMatches, number: &str) -> Result<(), Refusal> {
    let Some((option, rows)) = correction::without_row(form, matches) else { return Ok(()) };
    let rows: Vec<String> = rows.iter().map(|row| format!("--{row} POSITION")).collect();
    Err(Refusal::usage(say!("--{option} corrects a row, and none is named", option)).or(say!(
        "name the row with {rows}; its place stands behind its name in: branchbook history {number}",
        rows = language::any_of(&rows),
        number
    )))
}

/// The earliest day that a correction enters of what happened, where that is before the day of the correction.
fn earliest(form: &Form, task: &Task<'_, '_>, row: Option<&Correction>) -> Result<Option<NaiveDate>> {
    let own = corrected_or_following(form).map(|field| (field, &task.row));
    let of_row = row.into_iter().flat_map(Correction::fields).map(|field| (*field, &task.line));
    let new = own.chain(of_row).filter(|(field, row)| matches!(field.kind, Kind::PastDay) && row.differs(field));
    let days = new.map(|(field, row)| row.day(field.column)).collect::<Result<Vec<_>>>()?;
    Ok(days.into_iter().flatten().min().filter(|day| *day < task.change.on))
}

/// What of the entry's own fields is corrected, as an answer calls it, with what it was and is.
fn names(form: &Form, task: &Task<'_, '_>, which: fn(&Spec) -> bool) -> Result<Vec<String>> {
    let fields = corrected_or_following(form).filter(|field| !field.loose && which(field) && task.row.differs(field));
    let named = |field: &'static Spec| {
        let turned = turned::all(&task.row, [field].iter(), task.register)?;
        Ok(format!("{}{turned}", in_words(form.called(field))))
    };
    fields.map(named).collect()
}

/// The fields that corrections change: those of the steps, and before them whose entry it is where another field tells that.
fn corrected_or_following(form: &Form) -> impl Iterator<Item = &'static Spec> {
    let department = (!form.whose.is_header()).then_some(&DEPARTMENT.spec);
    let days = form.own_steps().filter_map(|step| step.signed);
    department.into_iter().chain(form.fields().map(|(_, field)| field)).chain(days)
}

/// Writes the correction into the journal. Gives the answer.
fn record(mut task: Task<'_, '_>, checks: Checks<'_>, names: &[String], amounts: [Option<Money>; 2]) -> Result<Answer> {
    let notes = task.settle(checks.breaches())?;
    let Task { change, entry, actor, reason, to, .. } = task;
    change.sql().execute("UPDATE entry SET amendments = amendments + 1 WHERE id = ?1", [entry.id])?;
    change.record(&entry.thing()?, &actor.key, reason.as_deref())?;
    let mut corrected = names.join(language::comma());
    if let [Some(before), Some(after)] = amounts
        && before != after
    {
        let turned = format!("{} → {}", before.grouped(), after.grouped());
        if !corrected.contains(&turned) {
            corrected += &language::in_brackets(&turned);
        }
    }
    let number = entry.titled(change.sql())?;
    let line = if entry.state == to {
        say!("{number}: corrected {corrected}", number, corrected)
    } else {
        say!("{number}: corrected {corrected}; it is decided on again", number, corrected)
    };
    Ok(Answer { notes, ..Answer::new(entry.number, line) })
}

/// A field as an answer calls it: by its heading, in English by its name, as it is typed.
fn in_words(name: &str) -> String {
    if Language::spoken() == Language::En { name.to_owned() } else { heading(name) }
}

fn refuse_nothing(names: &[String], entry: &Entry) -> Result<()> {
    if !names.is_empty() {
        return Ok(());
    }
    Err(Refusal::usage(say!("nothing to correct in {number}", number = entry.number))
        .or(say!(
            "name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook {register} amend --help",
            register = entry.register
        ))
        .into())
}
