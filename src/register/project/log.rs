//! What passes between the user and a project's leader: letters, calls, visits, negotiations, requests (R3.4, R3.6).

use anyhow::Result;
use chrono::NaiveDate;

use super::{WORK, leader};
use crate::fields;
use crate::language;
use crate::office::{holiday, identity};
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::field::{Field, Need};
use crate::register::form::{Check, Step, Verb, Who};
use crate::register::task::Task;
use crate::say;

/// What may pass, each with its help.
pub(super) const KINDS: [(&str, &str); 6] = [
    ("letter", "A letter"),
    ("call", "A telephone call"),
    ("visit", "A visit"),
    (NEGOTIATION, "A technical or commercial negotiation (R3.4)"),
    ("request", "Something that the user asks for, and waits for"),
    ("document", "A document that was handed over or received (R3.2)"),
];

const KIND: Field<String> = Field::choice("kind", "", &KINDS).unless("answers");
const TEXT: Field<String> = Field::text("text", "what it was about").need(Need::Asked).unless("answers");
const ANSWER_BY: Field<NaiveDate> = Field::day("answer_by_on", "the day until which the user waits")
    .option("answer-by")
    .unless("answers")
    .otherwise("of a request, after project.answer_days days");
const ANSWER: Field<String> = Field::text("answer", "").value_name("TEXT");
const ANSWERS: Field<u32> =
    Field::count("answers", "what is answered now, by its place in the project's log", u32::MAX)
        .value_name("PLACE")
        .with("answer")
        .loose();
const ABOUT: Field<String> = Field::text("text", "what it was about");
const TOLD: Field<String> = Field::text("answer", "");
const LOGGED_ON: Field<NaiveDate> = Field::past("logged_on", "").option("logged-on");
const ANSWERED: Field<NaiveDate> = Field::day("answered_on", "");

/// The word for talks, which open a project's negotiation.
const NEGOTIATION: &str = "negotiation";

/// What passed, and what was answered.
static LOG: List = List {
    table: "project_log",
    amended: Some(Amended::of("log", fields![ABOUT, LOGGED_ON, TOLD])),
    also: &["logged_on", "person", "answered_on", "answered_by"],
    missing: (phrase!("{number} has nothing at place {position} of its log"), SEE),
    ..List::BLANK
};

const SEE: &str = phrase!("see its log with: branchbook project show {number}");

/// Notes what passed, or what was answered to it.
pub(super) const NOTE: Verb = Verb::Step(Step {
    name: "log",
    about: "Note a letter, call, visit, negotiation, request or document, and what was answered (R3.2, R3.4, R3.6)",
    state: "negotiating",
    to: Some(|task| Ok(if begins(task)? { "negotiating" } else { "" })),
    fields: fields![KIND, TEXT, ANSWER_BY, ANSWER, ANSWERS],
    into: Some(&LOG),
    at: Some(&ANSWERS.spec),
    who: Who::Check(|task| {
        leader::require_by(task, if begins(task)? { "R3.4" } else { "R3.6" }, say!("dealing with the user"))
    }),
    guards: &[Check::Follows(note)],
    says: noted,
    ..WORK
});

/// Whether it is the first negotiation, which opens the talks.
fn begins(task: &Task<'_, '_>) -> Result<bool> {
    Ok(task.entry.state == "open" && task.line.get(&KIND)?.as_deref() == Some(NEGOTIATION))
}

/// What is new bears the day and the person who dealt with the user, and so does an answer.
fn note(task: &mut Task<'_, '_>) -> Result<()> {
    let (on, actor) = (task.change.on.to_string(), task.actor.key.clone());
    if task.line.is_new(&ANSWERS.spec) {
        refuse_answered(task)?;
    } else {
        let by = answer_by(task)?;
        task.line.set(ANSWER_BY.spec.column, by.map(|day| day.to_string()));
        task.line.set("logged_on", on.clone());
        task.line.set("person", actor.clone());
    }
    if task.line.is_new(&ANSWER.spec) {
        task.line.set("answered_on", on);
        task.line.set("answered_by", actor);
    }
    Ok(())
}

/// The day by which an answer is wanted; nobody waits for one where none is named and nothing was asked for.
fn answer_by(task: &Task<'_, '_>) -> Result<Option<NaiveDate>> {
    let on = task.change.on;
    match task.line.get(&ANSWER_BY)? {
        None if task.line.get(&KIND)?.as_deref() == Some("request") => {
            Ok(Some(holiday::limit(task.sql(), "project.answer_days", on)?))
        }
        Some(day) if day < on => Err(Refusal::usage(say!("an answer by {day} is wanted before {on}", day, on))
            .or(say!("give a later day with --answer-by"))
            .into()),
        day => Ok(day),
    }
}

/// What was answered already is not answered again, and nothing is answered before it was asked.
fn refuse_answered(task: &Task<'_, '_>) -> Result<()> {
    let (number, place, on) = (&task.entry.number, task.position, task.change.on);
    let kind = language::value(&task.line.get(&KIND)?.unwrap_or_default()).into_owned();
    if let Some(day) = task.line.was(&ANSWERED)? {
        let what = say!("{kind} {place} of {number} was answered on {day}", kind, place, number, day);
        return Err(Refusal::rule("R3.6", what)
            .or(say!("see its log with: branchbook project show {number}", number))
            .into());
    }
    let Some(logged_on) = task.line.was(&LOGGED_ON)?.filter(|day| on < *day) else { return Ok(()) };
    let what = say!(
        "{kind} {place} of {number} is of {logged_on} and cannot be answered on {on}",
        kind,
        place,
        number,
        logged_on,
        on
    );
    Err(Refusal::usage(what).or(say!("give the day it happened with --on DATE")).into())
}

fn noted(task: &Task<'_, '_>) -> Result<String> {
    let (by, answered) = (task.line.get(&ANSWER_BY)?, task.line.get(&ANSWERED)?);
    let counted = identity::counted_day(task.change, &task.actor)?;
    task.says(if task.line.is_new(&ANSWERS.spec) {
        if by.is_some_and(|by| by < counted) {
            phrase!(
                "{number}: {kind} {position} answered on {on} by {answered_by}, late: it was wanted by {answer_by_on}"
            )
        } else {
            phrase!("{number}: {kind} {position} answered on {on} by {answered_by}")
        }
    } else {
        match (begins(task)?, by.is_some() && answered.is_none()) {
            (false, false) => phrase!("{number}: {kind} {position} in its log, on {on} by {person}"),
            (true, false) => phrase!("{number}: {kind} {position} in its log, on {on} by {person}; negotiating"),
            (false, true) => phrase!(
                "{number}: {kind} {position} in its log, on {on} by {person}, to be answered by {answer_by_on}"
            ),
            (true, true) => phrase!(
                "{number}: {kind} {position} in its log, on {on} by {person}, to be answered by {answer_by_on}; negotiating"
            ),
        }
    })
}
