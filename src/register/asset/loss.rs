//! Losses and thefts, with who answered for the asset, and what is found again (R5.5(2)).

use anyhow::Result;
use chrono::NaiveDate;

use super::account;
use super::custody::{self, Duty};
use crate::fields;
use crate::language;
use crate::office::identity;
use crate::person::Person;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::field::{Field, Need, Spec};
use crate::register::form::{Check, Rule};
use crate::register::paper::Paper;
use crate::register::task::Task;
use crate::say;

const HOW_LOST: Field<String> = Field::text("what", "how it was lost").need(Need::Asked);
const HOW_STOLEN: Field<String> = Field::text("what", "how it was stolen").need(Need::Asked);
static PAPER: Paper = Paper {
    name: phrase!("police report"),
    table: "loss",
    column: "police_report",
    day: "happened_on",
    alike: "happened_on",
    clause: "R5.5(2)",
    ..Paper::BLANK
};
const POLICE_REPORT: Field<String> = Field::paper("police_report", "the number under which the police took it", &PAPER)
    .option("police-report")
    .value_name("NUMBER")
    .need(Need::Asked);
const HAPPENED: Field<NaiveDate> = Field::day("happened_on", "");
const NEXT_KEEPER: Field<String> = Field::person("keeper", "from now on").loose().otherwise("the last keeper");

/// The fields of a loss.
pub(super) const LOST: &[&Spec] = fields![HOW_LOST];

/// The fields of a theft.
pub(super) const STOLEN: &[&Spec] = fields![POLICE_REPORT, HOW_STOLEN];

/// The fields of what is found again.
pub(super) const FOUND: &[&Spec] = fields![NEXT_KEEPER];

/// The losses and thefts.
pub(super) static LIST: List = List {
    table: "loss",
    also: &["responsible"],
    rules: &[Rule { fields: fields![LOST_ON], check: Check::Follows(refuse_before_custody) }],
    amended: Some(Amended::of("loss", fields![HOW_LOST, POLICE_REPORT, LOST_ON])),
    ..List::BLANK
};
const LOST_ON: Field<NaiveDate> = Field::past("happened_on", "").option("happened");

/// Nobody answers for what was gone before they had it (R5.5(2)).
fn refuse_before_custody(task: &mut Task<'_, '_>) -> Result<()> {
    let (Some(responsible), Some(day)) = (task.line.was_text("responsible"), task.line.get(&LOST_ON)?) else {
        return Ok(());
    };
    let had = "SELECT 1 FROM custody WHERE undone_on IS NULL AND entry = ?1 AND person = ?2 AND from_on <= ?3";
    if task.sql().prepare_cached(had)?.exists((task.entry.id, responsible, day))? {
        return Ok(());
    }
    let (number, person) = (&task.entry.number, language::people(responsible));
    let what = say!("{person} did not have {number} on {day}, and answers for it", person, number, day);
    Err(Refusal::rule("R5.5(2)", what).or(say!("give a day on which they had it with --happened DATE")).into())
}

/// Who answered for the asset is named.
pub(super) fn name(task: &mut Task<'_, '_>) -> Result<()> {
    let responsible = custody::responsible(task.sql(), &task.entry)?;
    task.line.set("responsible", responsible);
    Ok(())
}

/// What is gone is in nobody's hands any more, and comes back from no repair.
pub(super) fn end(task: &mut Task<'_, '_>) -> Result<()> {
    let unrepaired = "UPDATE damage SET outcome = 'lost', back_on = max(?2, happened_on) WHERE undone_on IS NULL AND entry = ?1 AND outcome IS NULL";
    task.entry.update(task.change, "damage", unrepaired, (task.entry.id, task.change.on))?;
    custody::end_all(task.change, &task.entry)
}

/// What was found again is kept by the keeper that is named, else by the last one; the keeper or a clerk enters it, and not
/// before it was gone.
pub(super) fn find(task: &mut Task<'_, '_>) -> Result<()> {
    if let Some(position) = LIST.find(task, "recovered_on IS NULL", &[])? {
        task.go_on(&LIST, position)?;
    }
    let keeper = next_keeper(task)?;
    let what =
        say!("what was found again is entered by its keeper or a clerk, and {actor} is neither", actor = task.actor);
    account::require_keeper(task, &keeper, &task.clause, what)?;
    let on = task.change.on;
    let Some(happened) = task.line.get(&HAPPENED)?.filter(|happened| on < *happened) else { return Ok(()) };
    let what = say!(
        "{number} was {state} on {happened}, after {on}",
        number = task.entry.number,
        state = language::value_of(&task.entry.register, &task.entry.state),
        happened,
        on
    );
    Err(Refusal::usage(what).or(say!("give the day it was found with --on DATE")).into())
}

fn next_keeper(task: &Task<'_, '_>) -> Result<Person> {
    let who = task.line.get(&NEXT_KEEPER)?.unwrap_or_else(|| task.entry.person.clone());
    identity::given_to(task.change, &who, &task.clause, "--keeper")
}

/// The keeper's term begins.
pub(super) fn keep(task: &mut Task<'_, '_>) -> Result<()> {
    let keeper = next_keeper(task)?;
    custody::begin(task.change, &task.entry, Duty::Keeper, &keeper, None)
}
