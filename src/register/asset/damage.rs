//! Damage, reported at once, and its repair (R5.5(4)).

use anyhow::Result;
use chrono::NaiveDate;

use super::custody::{self, Duty};
use crate::language;
use crate::money::Money;
use crate::office::{holiday, identity};
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::extract::{Choose, Extract};
use crate::register::field::{Field, Need, Spec};
use crate::register::task::Task;
use crate::say;
use crate::{fields, heading};

const WHAT: Field<String> = Field::text("what", "what is damaged, and how it came about").need(Need::Asked);
const HAPPENED: Field<NaiveDate> = Field::past("happened_on", "").option("happened").otherwise("the day of --on");
const REPORTED: Field<NaiveDate> = Field::past("reported_on", "to General Management")
    .option("reported")
    .otherwise("the day of --on")
    .judges("reported_by")
    .clause("R5.5(4)");
const BEFORE: Field<String> = Field::line(heading!("from_state"), "");
const COST: Field<Money> = Field::estimate("cost_fen", "in yuan").option("cost").value_name("COST");
const BACK: Field<NaiveDate> = Field::past("back_on", "").option("back").otherwise("the day of --on");
const BEYOND_REPAIR: Field<bool> = Field::switch("beyond", "it goes into the store, to be disposed of")
    .option("beyond-repair")
    .loose()
    .label("beyond_repair");

/// The fields of damage.
pub(super) const REPORT: &[&Spec] = fields![WHAT, HAPPENED, REPORTED];

/// The fields of a repair.
pub(super) const REPAIR: &[&Spec] = fields![COST, BACK, BEYOND_REPAIR];

/// Those of which a repair gives one.
pub(super) const OUTCOME: &[&Spec] = fields![COST, BEYOND_REPAIR];

/// The damage that was reported, and its repair.
pub(super) static LIST: List = List {
    table: "damage",
    also: &["reported_by", "from_state", "outcome"],
    amended: Some(Amended::of("damage", fields![WHAT, HAPPENED, REPORTED, BACK, COST])),
    ..List::BLANK
};

/// Anybody on the staff reports damage.
pub(super) fn reports(task: &Task<'_, '_>) -> Result<()> {
    let person = identity::on_the_staff(task.change, &task.actor.key, "R5.5(4)", "--by")?;
    let staff = |day| identity::is_on_the_staff(task.sql(), &person, day);
    match identity::out_of_office(task.change, &person, staff)? {
        None => Ok(()),
        Some(day) => Err(Refusal::rule("R5.5(4)", say!("{person} was not on the staff on {day}", person, day))
            .or(identity::name_with_pen(
                task.change,
                say!(
                    "let {person} report it, or name who did with --by PERSON",
                    person = language::people(&task.entry.person)
                ),
                &[&task.entry.person],
            )?)
            .into()),
    }
}

/// Damage is reported the day it happens or later, and an asset is not damaged before it is bought.
pub(super) fn report(task: &mut Task<'_, '_>) -> Result<()> {
    let (on, bought) = (task.change.on, task.entry.day);
    let happened = task.line.get(&HAPPENED)?.unwrap_or(on);
    let reported = reported_day(task)?;
    if reported < happened {
        let what = say!("damage of {happened} cannot be reported on {reported}, before it", happened, reported);
        return Err(Refusal::usage(what).or(say!("give the days with --happened DATE and --reported DATE")).into());
    }
    if happened < bought {
        let number = &task.entry.number;
        let what =
            say!("{number} was bought on {day} and cannot be damaged on {happened}", number, day = bought, happened);
        return Err(Refusal::usage(what).or(say!("give the day it happened with --happened DATE")).into());
    }
    if reported > happened {
        let late = in_days((reported - happened).num_days());
        task.remark(say!("reported {late} late: damage is reported at once (R5.5(4))", late));
    }
    task.line.set(HAPPENED.spec.column, happened.to_string());
    task.line.set(REPORTED.spec.column, reported.to_string());
    Ok(())
}

/// The day on which it was reported to General Management: no day before that of entry, but where a clerk enters it who does not
/// answer for the asset themselves (Q9).
fn reported_day(task: &Task<'_, '_>) -> Result<NaiveDate> {
    let (given, today, actor) = (task.line.get(&REPORTED)?, task.change.today(), &task.actor);
    let holder = custody::responsible(task.sql(), &task.entry)?;
    let concerned = task.change.recorder.hands().any(|hand| hand.key == holder);
    if !concerned && identity::has_pen(task.change)? {
        return Ok(given.unwrap_or(task.change.on));
    }
    let Some(day) = given.filter(|day| *day < today) else { return Ok(today) };
    let what = say!("what {actor} enters on {today} was not reported on {day}", actor, today, day);
    Err(Refusal::rule("R5.5(4)", what)
        .or(say!("leave --reported out, or let a clerk enter the report of that day"))
        .into())
}

/// A count of days in words.
fn in_days(days: i64) -> String {
    say!("{days} days", days)
}

pub(super) fn reported(task: &Task<'_, '_>) -> Result<String> {
    let reported = task.line.get(&REPORTED)?.unwrap_or(task.change.on);
    Ok(say!(
        "{number}: in repair, to be back by {by}; {holder} answers for it",
        number = task.entry.number,
        by = holiday::limit(task.sql(), "asset.repair_days", reported)?,
        holder = language::people(&custody::responsible(task.sql(), &task.entry)?)
    ))
}

/// The damage that is not repaired yet gets its outcome: an asset is back after it was damaged, repaired or beyond repair.
pub(super) fn repair(task: &mut Task<'_, '_>) -> Result<()> {
    if let Some(position) = LIST.find(task, "outcome IS NULL", &[])? {
        task.go_on(&LIST, position)?;
    }
    let back = task.line.get(&BACK)?.unwrap_or(task.change.on);
    if let Some(happened) = task.line.get(&HAPPENED)?.filter(|happened| back < *happened) {
        let number = &task.entry.number;
        let what = say!("{number} was damaged on {happened} and cannot be back on {back}", number, happened, back);
        return Err(Refusal::usage(what).or(say!("give the day it was back with --back DATE")).into());
    }
    let outcome = if is_beyond(task)? { "beyond-repair" } else { "repaired" };
    task.line.set(BACK.spec.column, back.to_string());
    task.line.set("outcome", outcome.to_owned());
    Ok(())
}

fn is_beyond(task: &Task<'_, '_>) -> Result<bool> {
    Ok(task.line.get(&BEYOND_REPAIR)? == Some(true))
}

/// A repaired asset is where it was before the damage; one beyond repair goes into the store.
pub(super) fn back_to(task: &Task<'_, '_>) -> Result<&'static str> {
    let used = task.line.get(&BEFORE)?.as_deref() == Some("in-use");
    Ok(if used && !is_beyond(task)? { "in-use" } else { "in-store" })
}

/// What is beyond repair is nobody's to use.
pub(super) fn give_up(task: &mut Task<'_, '_>) -> Result<()> {
    if !is_beyond(task)? {
        return Ok(());
    }
    task.remark(say!(
        "a manager disposes of it with: branchbook asset dispose {number} --reason REASON --by MANAGER",
        number = task.entry.number
    ));
    custody::end(task.change, &task.entry, Duty::User)
}

pub(super) fn repaired(task: &Task<'_, '_>) -> Result<String> {
    let holder = custody::responsible(task.sql(), &task.entry)?;
    let words = [
        ("back", language::day(&task.line.get(&BACK)?.unwrap_or(task.change.on).to_string())),
        ("holder", language::people(&holder).into_owned()),
    ];
    task.says_with(
        match (is_beyond(task)?, task.line.get(&COST)?) {
            (true, None) => phrase!("{number}: beyond repair on {back}, kept by {holder}"),
            (true, Some(_)) => phrase!("{number}: beyond repair on {back}, for {cost}, kept by {holder}"),
            (false, _) => phrase!("{number}: repaired on {back}, for {cost}, {state} with {holder}"),
        },
        &words,
    )
}

/// Damage, with the days by which it was reported late.
pub(super) static DAMAGES: Extract = Extract {
    name: "damages",
    about: "List damage, with the days by which it was reported late (R5.5(4))",
    title: |_, _| say!("Damage").to_owned(),
    select: "SELECT e.number, a.name, d.what, d.reported_by, d.happened_on, d.reported_on,
            CAST(julianday(d.reported_on) - julianday(d.happened_on) AS INTEGER) AS days_late, d.reported_on > d.happened_on AS late_flag,
            d.outcome, d.back_on, d.cost_fen, e.department
         FROM damage AS d JOIN entry AS e ON d.undone_on IS NULL AND e.id = d.entry JOIN asset AS a ON a.entry = e.id
         WHERE (:month IS NULL OR substr(d.reported_on, 1, 7) = :month) AND (NOT :given OR d.reported_on > d.happened_on)
         ORDER BY d.reported_on, e.id, d.position",
    choices: &[
        Choose::Month("Damage that was reported in this month"),
        Choose::Switch("late", "Only what was reported late"),
    ],
};
