//! Correcting and voiding user information: nothing is deleted.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::{COLLECTED_BY, COLLECTED_ON, DUPLICATE_OF, LATE, REPORTED, report};
use crate::book::select::Select;
use crate::day::Month;
use crate::language;
use crate::office::removed;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::task::Task;
use crate::say;
use crate::text;

/// The number of the entry that another repeats, as it is typed; nothing for `none`.
pub(super) fn repeated(typed: &str) -> Value {
    if text::is_none(typed) { Value::Null } else { Value::Text(text::number(typed)) }
}

/// What an entry repeats may not be itself, a repeat of itself, or void (R2.3).
pub(super) fn refuse_duplicate(task: &Task<'_, '_>) -> Result<()> {
    let Some(other) = task.row.get(&DUPLICATE_OF)?.filter(|_| !task.opens) else { return Ok(()) };
    let (entry, other) = (&task.entry, Entry::find_in(task.sql(), "info", &other)?);
    let circle: bool = task.sql().only(
        "WITH RECURSIVE repeated (number) AS (
            SELECT ?1 UNION
            SELECT i.duplicate_of FROM repeated AS r JOIN entry AS e ON e.number = r.number JOIN info AS i ON i.entry = e.id
            WHERE i.duplicate_of IS NOT NULL)
         SELECT EXISTS (SELECT 1 FROM repeated WHERE number = ?2)",
        [&other.number, &entry.number],
    )?;
    let why = match (circle, other.state.as_str()) {
        (true, _) if other.number == entry.number => say!("an entry does not repeat itself").to_owned(),
        (true, _) => say!("{number} repeats {original}", number = other.number, original = entry.number),
        (false, "void") => say!("{number} is void", number = other.number),
        (false, _) => return Ok(()),
    };
    let what = say!(
        "{number} cannot be a duplicate of {original}: {why}",
        number = entry.number,
        original = other.number,
        why
    );
    Err(Refusal::rule("R2.3", what).or(say!("name another entry, or --duplicate-of none")).into())
}

/// A new day of collecting leaves the number right, and may make the report late (R2.2).
pub(super) fn redate(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(day) = task.row.get(&COLLECTED_ON)? else { return Ok(()) };
    task.entry.check_new_day(task.sql(), day)?;
    refuse_made_good(task, day)?;
    let Some(reported_on) = task.row.get(&REPORTED)? else { return Ok(()) };
    let month = Month::of(task.entry.day);
    if month.contains(day) && day <= reported_on {
        let late = report::is_late(task.sql(), day, reported_on)?;
        task.set(LATE.spec.column, late);
        return Ok(());
    }
    let what = say!(
        "{number} was reported for {month} on {reported_on}, so it was not collected on {day}",
        number = task.entry.number,
        month,
        reported_on,
        day
    );
    Err(Refusal::rule("R2.2", what).or(say!("void it and enter a new one on the right day")).into())
}

/// What somebody entered themselves counts in the month in which they entered it, whoever corrects its day (R2.2a).
fn refuse_made_good(task: &Task<'_, '_>, day: NaiveDate) -> Result<()> {
    let person = task.row.get(&COLLECTED_BY)?.unwrap_or_default();
    let corrected = Entry { day, person, ..task.entry.clone() };
    let Some(counted) = corrected.counted_since(task.sql())?.filter(|since| Month::of(day) < Month::of(*since)) else {
        return Ok(());
    };
    let (number, month) = (&task.entry.number, Month::of(counted));
    let what =
        say!("{number} was entered on {counted} by who collected it, and counts in {month}", number, counted, month);
    let way_out = say!("leave its day, or void it and let a clerk enter the paper of {day}", day);
    Err(Refusal::rule("R2.2a", what).or(way_out).into())
}

/// Who collected on a day was a salesperson, trainee or manager of the department then (R2.2).
pub(super) fn refuse_collector(task: &Task<'_, '_>) -> Result<()> {
    let (book, department) = (task.sql(), &task.entry.department);
    let person = Person::find(book, &task.row.get(&COLLECTED_BY)?.unwrap_or_default())?;
    let day = task.row.get(&COLLECTED_ON)?.unwrap_or(task.entry.day);
    removed::refuse(book, &person, day)?;
    let step = super::step(book, "add", "")?;
    if step.allows(book, &person, Some(department), day)? {
        return Ok(());
    }
    let holders = step.holders(book, Some(department), day)?;
    let names: Vec<String> = holders.iter().map(|key| format!("--collected-by {key}")).collect();
    let way_out = if names.is_empty() {
        say!("nobody held that role on that day").to_owned()
    } else {
        say!("name who did with {names}", names = language::any_of(&names))
    };
    let what = say!(
        "{person} was no {roles} of {department} on {day}",
        person,
        roles = language::any_of(&step.roles),
        department = language::value(department),
        day
    );
    Err(Refusal::rule(step.clause, what).or(way_out).into())
}

/// What to tell the clerk where other entries of the customer are marked as repeating a voided one: none of them counts.
pub(super) fn repeats_of(book: &Connection, number: &str) -> Result<Option<String>> {
    let repeats: Vec<String> = book.column(
        "SELECT e.number FROM info AS i JOIN entry AS e ON e.id = i.entry
         WHERE i.customer_fold = (SELECT o.customer_fold FROM entry AS v JOIN info AS o ON o.entry = v.id WHERE v.number = ?1)
            AND i.duplicate_of = ?1 AND e.state <> 'void' ORDER BY e.id",
        [number],
    )?;
    Ok((!repeats.is_empty()).then(|| {
        let all = repeats.join(language::comma());
        say!("{all}: still a duplicate of {number}; correct it with: branchbook info amend NUMBER --duplicate-of none --reason REASON", all, number)
    }))
}
