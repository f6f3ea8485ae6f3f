//! Handing assets out, on and back (R5.5(2), R5.5(3)).

use anyhow::Result;
use chrono::NaiveDate;

use super::custody::{self, Duty};
use crate::fields;
use crate::language::{self, Spoken as _};
use crate::person::Person;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::field::{Field, Need, Spec};
use crate::register::form::{Check, Rule};
use crate::register::task::{Row, Task};
use crate::say;

// Who gets it, as a new term of custody.
const USER: Field<String> = Field::person("person", "").option("to").need(Need::Asked).label("user");
const WORK: Field<String> = Field::text("purpose", "equipment is for work only")
    .option("for")
    .value_name("WORK")
    .need(Need::Asked)
    .label("used_for");

const BACK_BY: Field<NaiveDate> =
    Field::day("back_by_on", "the day until which it is lent").option("back-by").formerly("until");

// To whom it is handed on: another user, another keeper, or both.
const NEXT_USER: Field<String> = Field::person("to", "from now on").loose().label("user");
const NEXT_WORK: Field<String> = Field::text("work", "")
    .option("for")
    .value_name("WORK")
    .with("to")
    .loose()
    .label("used_for")
    .otherwise("what it was issued for");
const NEXT_KEEPER: Field<String> = Field::person("keeper", "from now on").loose().label("keeper");
const NOW_AT: Field<String> = Field::text("place", "where it stands now").fixed();

/// The fields of a user's term.
pub(super) const ISSUED: &[&Spec] = fields![USER, WORK, BACK_BY];

/// The fields of a transfer.
pub(super) const TRANSFERRED: &[&Spec] = fields![NEXT_USER, NEXT_WORK, NEXT_KEEPER];

/// Those of which a transfer gives one.
pub(super) const TO_WHOM: &[&Spec] = fields![NEXT_USER, NEXT_KEEPER];

/// The fields of a return.
pub(super) const RETURNED: &[&Spec] = fields![NOW_AT];

/// The terms of custody.
pub(super) static TERMS: List = List {
    table: "custody",
    kept: meet,
    amended: Some(Amended::of("custody", fields![FROM_ON, UNTIL_ON, USED_FOR, BACK_BY])),
    rules: &[Rule { fields: fields![USED_FOR, BACK_BY], check: Check::Sound(refuse_of_keeper) }],
    ..List::BLANK
};
const FROM_ON: Field<NaiveDate> = Field::past("from_on", "").option("from");
const UNTIL_ON: Field<NaiveDate> = Field::past("until_on", "").option("until");
const USED_FOR: Field<String> = Field::text("purpose", "").option("for");

/// Whoever keeps an asset has it for no work and until no day; whoever uses it has (R5.5(3)).
fn refuse_of_keeper(term: &Row) -> Result<()> {
    if term.text("duty") != Some("keeper") {
        return Ok(());
    }
    Err(Refusal::usage(say!("that term is its keeper's, who has it for no work and until no day"))
        .or(say!("name with --custody the term of somebody who uses it"))
        .into())
}

/// Who had it before had it until the day that is corrected, and who had it next from then on.
fn meet(task: &mut Task<'_, '_>) -> Result<()> {
    for (field, other) in [(&FROM_ON, "until_on"), (&UNTIL_ON, "from_on")] {
        let (Some(old), Some(new)) = (task.line.was(field)?, task.line.get(field)?) else { continue };
        let meeting = format!(
            "UPDATE custody SET {other} = ?4 WHERE undone_on IS NULL AND entry = ?1 AND position <> ?2 AND {other} = ?3
            AND duty = (SELECT c.duty FROM custody AS c WHERE c.undone_on IS NULL AND c.entry = ?1 AND c.position = ?2)"
        );
        task.entry.update(task.change, "custody", &meeting, (task.entry.id, task.position, old, new))?;
    }
    Ok(())
}

/// The terms before end and the new ones begin in one step.
pub(super) fn hand_on(task: &mut Task<'_, '_>) -> Result<()> {
    let mut said = Vec::new();
    if let Some(to) = task.row.get(&NEXT_USER)? {
        let old = user(task, &to)?;
        let purpose = task.row.get(&NEXT_WORK)?.or(old.purpose);
        said.push(follow(task, Duty::User, &old.person, &to, purpose.as_deref())?);
        custody::lend_until(task.change, &task.entry, old.back_by)?;
    }
    if let Some(keeper) = task.row.get(&NEXT_KEEPER)?
        && let Some(old) = custody::current(task.sql(), &task.entry, Duty::Keeper)?
    {
        said.push(follow(task, Duty::Keeper, &old.person, &keeper, None)?);
    }
    task.word("said", said.join(crate::language::comma()));
    Ok(())
}

/// The user's term, of an asset that is in somebody's hands and not in repair.
fn user(task: &Task<'_, '_>, to: &str) -> Result<custody::Term> {
    let number = &task.entry.number;
    if task.entry.state == "in-repair" {
        let what = say!("{number} is in-repair and stays in the same hands until it is back", number);
        let way_out = say!("first: branchbook asset repair {number} --cost AMOUNT", number);
        return Err(Refusal::rule("R5.5(4)", what).or(way_out).into());
    }
    custody::current(task.sql(), &task.entry, Duty::User)?.ok_or_else(|| {
        Refusal::rule("R5.5(3)", say!("{number} is in-store, with no user to take it from", number))
            .or(say!("type: branchbook asset issue {number} --to {to} --for WORK", number, to))
            .into()
    })
}

/// Ends a term and begins the next; gives it in words.
fn follow(task: &Task<'_, '_>, duty: Duty, from: &str, to: &str, purpose: Option<&str>) -> Result<String> {
    if from == to {
        let option = if duty == Duty::User { "--to" } else { "--keeper" };
        let person = Person::find(task.sql(), to)?;
        let what = say!("{person} is the {duty} of {number} already", person, duty, number = task.entry.number);
        return Err(Refusal::usage(what).or(say!("name another person with {option} PERSON", option)).into());
    }
    custody::end(task.change, &task.entry, duty)?;
    custody::begin(task.change, &task.entry, duty, &Person::find(task.sql(), to)?, purpose)?;
    Ok(format!("{} {} → {}", duty.spoken(), language::people(from), language::people(to)))
}

/// What is lent comes back on a day after it was lent (R5.5(3)).
pub(super) fn refuse_back_before(task: &mut Task<'_, '_>) -> Result<()> {
    let on = task.change.on;
    let Some(day) = task.line.get(&BACK_BY)?.filter(|day| *day < on) else { return Ok(()) };
    Err(Refusal::usage(say!("what is issued on {on} is not back by {day}", on, day))
        .or(say!("give a later day with --back-by DATE"))
        .into())
}

/// Nobody uses an asset that is back in the store.
pub(super) fn take_back(task: &mut Task<'_, '_>) -> Result<()> {
    let user = custody::responsible(task.sql(), &task.entry)?;
    task.word("user", language::people(&user));
    custody::end(task.change, &task.entry, Duty::User)
}
