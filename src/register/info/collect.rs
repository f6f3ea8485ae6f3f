//! Collecting user information: who may, and what it may repeat (R2.2, R2.3).

use anyhow::{Context, Result};
use chrono::{Months, NaiveDate};
use rusqlite::Connection;

use super::{CUSTOMER, DUPLICATE_OF, EQUIPMENT, FOLD, REGION, region};
use crate::book::select::Select;
use crate::day::Month;
use crate::language;
use crate::office::{figure, identity, removed};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::task::Task;
use crate::say;
use crate::text;
use crate::text::sought::{gaps, is_short_for_a_name};

/// A salesperson, trainee or manager of the department collects (R2.2).
pub(super) fn collects(task: &Task<'_, '_>) -> Result<()> {
    let step = super::step(task.sql(), "add", "")?;
    let department = Some(task.entry.department.as_str());
    step.require_in(task.change, &task.actor, department, say!("collecting user information"))?;
    removed::refuse(task.sql(), &task.actor, task.change.on)?;
    refuse_made_good(task)
}

/// What somebody enters themselves counts in the month in which they enter it: nobody makes a missed indicator good by dating
/// back (R2.2a).
fn refuse_made_good(task: &Task<'_, '_>) -> Result<()> {
    let counted = identity::counted_day(task.change, &task.actor)?;
    let (day, month) = (task.entry.day, Month::of(task.entry.day));
    if month >= Month::of(counted) {
        return Ok(());
    }
    let actor = &task.actor;
    let what = say!(
        "what {actor} enters on {counted} does not count in {month}, though it bears {day}",
        actor,
        counted,
        month,
        day
    );
    let way_out = say!(
        "leave --on out, so that it counts in {this_month}, or let a clerk enter the paper of that day",
        this_month = Month::of(counted)
    );
    Err(Refusal::rule("R2.2a", what).or(way_out).into())
}

/// Spellings of one customer are found by what they have in common.
pub(super) fn fold(task: &mut Task<'_, '_>) -> Result<()> {
    let fold = text::fold(&task.row.get(&CUSTOMER)?.unwrap_or_default());
    task.set(FOLD, fold);
    Ok(())
}

/// An entry that probably repeats another is marked, when it is new or corrected into that. Nothing more of the other may be shown to whoever types it (R2.4). A dry
/// run, which costs nothing, says so only to whoever may enter it at their own login, and that is a reading (Q8).
pub(super) fn mark_repeat(task: &mut Task<'_, '_>) -> Result<()> {
    // An import looks for repeats by itself.
    if task.change.import.is_some() || !task.opens && !is_another(task)? {
        return Ok(());
    }
    let customer = text::fold(&task.row.get(&CUSTOMER)?.unwrap_or_default());
    let equipment = task.row.get(&EQUIPMENT)?.unwrap_or_default();
    let (day, entry) =
        if task.opens { (task.change.on, None) } else { (task.entry.day, Some((&task.entry, Among::Before))) };
    let repeated = likely_duplicate(task.sql(), (&customer, &equipment), day, entry)?;
    let akin = match &repeated {
        None if task.opens => {
            akin(task.sql(), &customer, &equipment, &task.row.get(&REGION)?.unwrap_or_default(), day)?
        }
        _ => None,
    };
    let Some(earlier) = repeated.as_ref().or(akin.as_ref()) else { return Ok(()) };
    if task.change.dry_run {
        if task.change.recorder.lent.is_some() {
            return Ok(());
        }
        let verb = if task.opens { "add" } else { "amend" };
        task.change.seen.borrow_mut().push((format!("info {verb} --dry-run"), earlier.number.clone()));
    }
    match (repeated, akin) {
        (Some(earlier), _) => mark(task, earlier),
        (None, Some(earlier)) => task.remark(say!(
            "R2.3: the customer may be that of {earlier} ({department}), of the same equipment and place; if so: branchbook info amend {number} --duplicate-of {earlier} --reason REASON",
            earlier = earlier.number,
            department = language::value(&earlier.department),
            number = task.entry.number
        )),
        (None, None) => {}
    }
    Ok(())
}

/// An entry that was void and comes back is marked as a repeat of what was entered meanwhile, for that stands already (R2.3).
pub(super) fn mark_returned(task: &mut Task<'_, '_>) -> Result<()> {
    if task.row.was(&DUPLICATE_OF)?.is_some() {
        return Ok(());
    }
    let customer = text::fold(&task.row.get(&CUSTOMER)?.unwrap_or_default());
    let equipment = task.row.get(&EQUIPMENT)?.unwrap_or_default();
    let entry = Some((&task.entry, Among::All));
    if let Some(earlier) = likely_duplicate(task.sql(), (&customer, &equipment), task.entry.day, entry)? {
        mark(task, earlier);
        task.write()?;
    }
    Ok(())
}

/// Marks the entry as a repeat, and says so.
fn mark(task: &mut Task<'_, '_>, earlier: Earlier) {
    task.remark(say!(
        "R2.3: likely a duplicate of {earlier} ({department}); if it is none: branchbook info amend {number} --duplicate-of none --reason REASON",
        earlier = earlier.number,
        department = language::value(&earlier.department),
        number = task.entry.number
    ));
    task.set(DUPLICATE_OF.spec.column, earlier.number);
}

/// Whether a correction makes something else of customer or equipment, and nobody says or said what the entry repeats.
fn is_another(task: &Task<'_, '_>) -> Result<bool> {
    let spelt = |customer: Option<String>, equipment: Option<String>| {
        [customer, equipment].map(|text| text::fold(&text.unwrap_or_default()))
    };
    let (was, now) = (
        spelt(task.row.was(&CUSTOMER)?, task.row.was(&EQUIPMENT)?),
        spelt(task.row.get(&CUSTOMER)?, task.row.get(&EQUIPMENT)?),
    );
    Ok(was != now && !task.row.is_new(&DUPLICATE_OF.spec) && task.row.was(&DUPLICATE_OF)?.is_none())
}

pub(super) fn remark_region(task: &mut Task<'_, '_>) -> Result<()> {
    if let Some(note) = region::note(&task.row.get(&REGION)?.unwrap_or_default()) {
        task.remark(note);
    }
    Ok(())
}

pub(super) fn collected(task: &Task<'_, '_>) -> String {
    say!(
        "{number}: collected on {day} by {by} of {department}",
        number = task.entry.number,
        day = task.entry.day,
        by = language::people(&task.actor.key),
        department = language::value(&task.entry.department)
    )
}

/// Among which entries one is looked for that an entry of the book repeats.
#[derive(Debug, Clone, Copy)]
pub(super) enum Among {
    /// Among those that were entered before it.
    Before,
    /// Among all: of one that was void, what was entered meanwhile stood first.
    All,
}

/// An entry that a new one probably repeats.
pub(super) struct Earlier {
    pub(super) number: String,
    /// Whose entry it is.
    department: String,
}

/// The first entry within figure `info.duplicate_months` of `day` of the same equipment and region whose customer's name is a short form of
/// this one, or has it as one: 包钢 and 包头钢铁集团.
fn akin(book: &Connection, customer: &str, equipment: &str, region: &str, day: NaiveDate) -> Result<Option<Earlier>> {
    let (from, to) = around(book, day)?;
    let equipment = text::fold(equipment);
    let is_short = |short: &str, name: &str| is_short_for_a_name(short) && gaps(short, name).is_some();
    let rows: Vec<(String, String, String, String)> = book.rows(
        "SELECT e.number, e.department, i.equipment, i.customer_fold FROM info AS i JOIN entry AS e ON e.id = i.entry
         WHERE i.region = ?1 AND e.day_on BETWEEN ?2 AND ?3 AND e.state <> 'void' ORDER BY e.day_on, e.id",
        (region, from, to),
    )?;
    let found = rows.into_iter().find(|(_, _, other, name)| {
        (is_short(customer, name) || is_short(name, customer)) && text::fold(other) == equipment
    });
    Ok(found.map(|(number, department, ..)| Earlier { number, department }))
}

/// The first and the last day within figure `info.duplicate_months` of a day.
fn around(book: &Connection, day: NaiveDate) -> Result<(NaiveDate, NaiveDate)> {
    let months = figure::value(book, "info.duplicate_months", day)?;
    let months = Months::new(u32::try_from(months)?);
    let days = day.checked_sub_months(months).zip(day.checked_add_months(months));
    days.context(say!("the calendar ends"))
}

/// The entry of the first day within figure `info.duplicate_months` of `day` with the same customer and the same equipment, however they
/// were spelled. One of a later day counts as well: what is in the book already is not repeated by an earlier day that comes in after it.
/// Of an entry in the book, one that was entered before it, or any, and does not repeat it.
pub(super) fn likely_duplicate(
    book: &Connection,
    (customer_fold, equipment): (&str, &str),
    day: NaiveDate,
    entry: Option<(&Entry, Among)>,
) -> Result<Option<Earlier>> {
    let equipment = text::fold(equipment);
    if customer_fold.is_empty() || equipment.is_empty() {
        return Ok(None);
    }
    let (from, to) = around(book, day)?;
    let mut statement = book.prepare_cached(
        "SELECT e.number, e.department, i.equipment FROM info AS i JOIN entry AS e ON e.id = i.entry
         WHERE i.customer_fold = ?1 AND e.day_on BETWEEN ?2 AND ?3 AND e.state <> 'void'
            AND (?4 IS NULL OR (e.id < ?4 OR ?6 AND e.id > ?4) AND i.duplicate_of IS NOT ?5) ORDER BY e.day_on, e.id",
    )?;
    let all = entry.is_some_and(|(_, among)| matches!(among, Among::All));
    let (id, number) = entry.map(|(entry, _)| (entry.id, &entry.number)).unzip();
    let mut rows = statement.query((customer_fold, from, to, id, number, all))?;
    while let Some(row) = rows.next()? {
        if text::fold(row.get_ref(2)?.as_str()?) == equipment {
            return Ok(Some(Earlier { number: row.get(0)?, department: row.get(1)? }));
        }
    }
    Ok(None)
}
