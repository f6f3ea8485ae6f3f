//! The account of equipment: who enters it, its tag, and the day it was bought (R5.5(1), R5.5(2)).

use anyhow::Result;
use chrono::NaiveDate;

use super::custody::{self, Duty};
use super::{BOUGHT, KEEPER, PRICE, SERIAL, TAG};
use crate::book::select::Select;
use crate::day;
use crate::money::Money;
use crate::office::{figure, identity};
use crate::person::Person;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::task::Task;
use crate::say;

/// The keeper of a new asset.
fn keeper(task: &Task<'_, '_>) -> Result<Person> {
    Person::find(task.sql(), &task.row.get(&KEEPER)?.unwrap_or_default())
}

/// Only its keeper, or a clerk who records it, enters an asset.
pub(super) fn enters(task: &Task<'_, '_>) -> Result<()> {
    let what = say!("an asset is entered by its keeper or a clerk, and {actor} is neither", actor = task.actor);
    require_keeper(task, &keeper(task)?, "R5.5(2)", what)
}

/// Refuses with `what` unless the actor is the keeper that is named, or a clerk who records it.
pub(super) fn require_keeper(task: &Task<'_, '_>, keeper: &Person, clause: &str, what: String) -> Result<()> {
    if task.actor == *keeper || identity::records(task.change, &task.actor)? {
        return Ok(());
    }
    let way_out = say!("name who did it with --by {key}", key = keeper.key);
    Err(Refusal::rule(clause, what).or(identity::name_with_pen(task.change, way_out, &[&keeper.key])?).into())
}

/// A new asset is with its keeper from the day of the change on.
pub(super) fn keep(task: &mut Task<'_, '_>) -> Result<()> {
    custody::begin(task.change, &task.entry, Duty::Keeper, &keeper(task)?, None)
}

/// A correction that takes an asset off the account, or puts it there, is told; one that takes it off is listed, since nobody counts
/// it any more (R5.5(1)).
pub(super) fn weigh(task: &mut Task<'_, '_>) -> Result<()> {
    let threshold = Money(figure::value(task.sql(), "asset.threshold", task.entry.day)?);
    let (Some(before), Some(price)) = (task.row.was(&PRICE)?, task.row.get(&PRICE)?) else { return Ok(()) };
    let reason = match &task.reason {
        Some(reason) if (before > threshold) != (price > threshold) => reason.clone(),
        _ => return Ok(()),
    };
    let (number, threshold) = (task.entry.number.clone(), threshold.grouped());
    if price > before {
        task.remark(say!("it is on the account now, which begins over {threshold}", threshold));
        return Ok(());
    }
    let what = say!(
        "{number} comes off the account, which begins over {threshold}, by a correction of its price from {before} to {price}",
        number,
        threshold,
        before = before.grouped(),
        price = price.grouped()
    );
    task.note(Refusal::rule("R5.5(1)", what), &reason);
    Ok(())
}

pub(super) fn entered(task: &Task<'_, '_>) -> Result<String> {
    let threshold = Money(figure::value(task.sql(), "asset.threshold", task.entry.day)?);
    let account = if task.row.get(&PRICE)? > Some(threshold) {
        say!("on the account").to_owned()
    } else {
        say!("not on the account, which begins over {threshold}", threshold)
    };
    task.says_with(phrase!("{number}: {name}, kept by {keeper}, {account}"), &[("account", account)])
}

/// Two assets with one tag could not be told apart when they are counted; void ones do not matter.
pub(super) fn refuse_taken_tag(task: &Task<'_, '_>) -> Result<()> {
    let Some(tag) = task.row.get(&TAG)? else { return Ok(()) };
    let Some(number) = other(task, "tag", &tag)? else { return Ok(()) };
    Err(Refusal::rule("R5.5(1)", say!("{number} bears the tag {tag} already", number, tag))
        .or(say!("give another tag with --tag, or leave it out"))
        .into())
}

/// Two assets may bear one serial number, of two makers; it is told.
pub(super) fn remark_twin(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(serial) = task.row.get(&SERIAL)? else { return Ok(()) };
    if let Some(twin) = other(task, "serial_no", &serial)? {
        task.remark(say!("{twin} has the same serial number", twin));
    }
    Ok(())
}

/// The first other asset, not void, in whose column this stands.
fn other(task: &Task<'_, '_>, column: &str, value: &str) -> Result<Option<String>> {
    let sql = format!(
        "SELECT e.number FROM asset AS a JOIN entry AS e ON e.id = a.entry
         WHERE a.{column} = ?1 AND e.state <> 'void' AND e.id <> ?2 ORDER BY e.id LIMIT 1"
    );
    task.sql().value(&sql, (value, task.entry.id))
}

/// An asset was bought before it was entered, before anybody kept it or damaged it, and its number fits that day.
pub(super) fn refuse_bought_late(task: &Task<'_, '_>) -> Result<()> {
    let (Some(bought), on) = (task.row.get(&BOUGHT)?, task.change.on) else { return Ok(()) };
    if task.opens {
        return if bought > on {
            Err(Refusal::usage(say!("bought on {bought}, it could not be entered on {on}", bought, on))
                .or(say!("give the day it was bought with --bought-on DATE"))
                .into())
        } else {
            Ok(())
        };
    }
    day::refuse_future(bought, task.change.today(), "--bought-on")?;
    task.entry.check_new_day(task.sql(), bought)?;
    let first: Option<NaiveDate> = task.sql().only(
        "SELECT min(day) FROM (SELECT from_on AS day FROM custody WHERE undone_on IS NULL AND entry = ?1 UNION ALL SELECT happened_on FROM damage WHERE undone_on IS NULL AND entry = ?1)",
        [task.entry.id],
    )?;
    let Some(first) = first.filter(|first| *first < bought) else { return Ok(()) };
    let number = &task.entry.number;
    let what = say!(
        "{number} was kept or damaged on {first} already and cannot be bought on {day}",
        number,
        first,
        day = bought
    );
    Err(Refusal::usage(what).or(say!("give a day up to {first} with --bought-on", first)).into())
}
