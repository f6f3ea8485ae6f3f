//! Before a shipment leaves: its completion, the day that is settled (R6.2), and the exit procedures (R6.3).

use anyhow::Result;
use rusqlite::Connection;

use super::notice::project_of;
use super::{AGREED_WITH, FREIGHT, SCHEDULED, USER};
use crate::book::select::Select;
use crate::money::Money;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::register::borne::Burden;
use crate::register::entry::Entry;
use crate::register::project::{instalments, leader};
use crate::register::task::Task;
use crate::say;

/// Production is complete, and the project's progress payment falls due (R3.7).
pub(super) fn progress(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(project) = project_of(task.sql(), &task.row)? else { return Ok(()) };
    instalments::event(task.change, project.id, "completion", task.change.on)?;
    task.change.record(&project.thing()?, &task.actor.key, None)
}

/// No day is settled before a carrier is awarded, unless the user sends one (R6.2).
pub(super) fn refuse_unawarded(task: &Task<'_, '_>) -> Result<()> {
    if task.entry.state != "completed" || task.row.get(&FREIGHT)?.as_deref() == Some(USER) {
        return Ok(());
    }
    let number = &task.entry.number;
    Err(Refusal::rule("R6.2", say!("{number} is awarded to no carrier yet", number))
        .or(say!("award it with: branchbook ship award {number} --carrier NAME", number))
        .into())
}

/// The day that is settled has not passed (R6.2).
pub(super) fn refuse_over(task: &mut Task<'_, '_>) -> Result<()> {
    let (day, on) = (task.row.get(&SCHEDULED)?, task.change.on);
    if let Some(day) = day.filter(|day| *day < on) {
        return Err(Refusal::usage(say!("{day} is over on {on}, the day on which it is agreed", day, on))
            .or(say!("agree on a day to come with --for DATE, or give the day it was agreed with --on DATE"))
            .into());
    }
    Ok(())
}

/// The day is agreed with the leader, who is kept by key, or with a person of the user, by name (R6.2).
pub(super) fn agree(task: &mut Task<'_, '_>) -> Result<()> {
    let who = task.row.get(&AGREED_WITH)?.unwrap_or_default();
    let Some(person) = Person::look_up(task.sql(), &who)? else { return Ok(()) };
    refuse_outsider(task, &person)?;
    task.set(AGREED_WITH.spec.column, person.key);
    Ok(())
}

/// Nobody of the staff settles the day but who leads the project.
fn refuse_outsider(task: &Task<'_, '_>, person: &Person) -> Result<()> {
    let (book, on) = (task.sql(), task.change.on);
    let Some(project) = project_of(book, &task.row)? else {
        let number = &task.entry.number;
        let what = say!("{number} is of no project in the book, so {person} leads none", number, person);
        return Err(Refusal::rule("R6.2", what).or(say!("name the user's person")).into());
    };
    if leader::leads(book, &project, person, on)? {
        return Ok(());
    }
    let way_out = match leader::on(book, &project, on)? {
        Some(leader) => say!("--agreed-with {leader}, or the name of the user's person", leader),
        None => say!("name the department's manager while it has no leader, or the user's person").to_owned(),
    };
    let what = say!(
        "the day is settled with the leader of {number} or the user, and {person} is neither",
        number = project.number,
        person
    );
    Err(Refusal::rule("R6.2", what).or(way_out).into())
}

pub(super) fn scheduled(task: &Task<'_, '_>) -> Result<String> {
    let who = task.row.get(&AGREED_WITH)?.unwrap_or_default();
    Ok(say!(
        "{number}: to leave on {day}, agreed with {agreed_with}",
        number = task.entry.number,
        day = task.row.get(&SCHEDULED)?.unwrap_or(task.change.on),
        agreed_with = Person::of_key(task.sql(), &who)?.map_or(who, |person| person.name)
    ))
}

/// Nothing leaves before manufacturing says that it is complete (R6.3).
pub(super) fn refuse_incomplete(book: &Connection, entry: &Entry) -> Result<()> {
    let notice: Option<Option<String>> =
        book.value("SELECT completion_notice FROM ship WHERE entry = ?1", [entry.id])?;
    if entry.state != "notified" || notice.flatten().is_some() {
        return Ok(());
    }
    let number = &entry.number;
    Err(Refusal::rule("R6.3", say!("{number} has no Completion Notice and cannot pass the gate", number))
        .or(say!("enter it with: branchbook ship complete {number} --notice NUMBER", number))
        .into())
}

/// Nothing leaves of a contract of which nobody has said how it is paid (R6.3).
fn refuse_unplanned(task: &Task<'_, '_>, project: &Entry) -> Result<()> {
    let unplanned: bool = task.sql().only(
        "SELECT EXISTS (SELECT 1 FROM contract WHERE entry = ?1 AND undone_on IS NULL)
            AND NOT EXISTS (SELECT 1 FROM instalment WHERE entry = ?1 AND amount_fen > 0)",
        [project.id],
    )?;
    if !unplanned {
        return Ok(());
    }
    let (number, project) = (&task.entry.number, &project.number);
    let what =
        say!("{number} cannot pass the gate while the contract of {project} has no instalments", number, project);
    let way_out = say!(
        "set them with: branchbook project instalments {number} --advance SHARE --progress SHARE --delivery SHARE --warranty SHARE",
        number = project
    );
    Err(Refusal::rule("R6.3", what).or(way_out).into())
}

/// Nothing leaves while the advance payment of its contract is short (R6.3).
pub(super) fn refuse_short(task: &Task<'_, '_>) -> Result<()> {
    let Some(project) = project_of(task.sql(), &task.row)? else { return Ok(()) };
    refuse_unplanned(task, &project)?;
    refuse_short_of(task, &project)
}

/// What came in may have been reversed since the gate pass, and is asked for again; not where the pass was given in spite of that.
pub(super) fn refuse_short_again(task: &Task<'_, '_>) -> Result<()> {
    let excepted = "SELECT 1 FROM exception WHERE entry = ?1 AND clause = 'R6.3'";
    match project_of(task.sql(), &task.row)? {
        Some(project) if !task.sql().prepare_cached(excepted)?.exists([task.entry.id])? => {
            refuse_short_of(task, &project)
        }
        _ => Ok(()),
    }
}

/// What came in of the advance of a contract whose goods have left by it, against what it asks for: where that is taken back or reversed
/// they have left without it (R6.3). None where nothing has left, or in spite of that.
pub(super) fn rests(book: &Connection, entry: &Entry) -> Result<Option<Burden>> {
    if entry.register != "project" {
        return Ok(None);
    }
    let left = "SELECT e.number FROM ship AS s JOIN entry AS e ON e.id = s.entry
        WHERE s.project = ?1 AND e.state IN ('loaded', 'dispatched', 'arrived')
            AND NOT EXISTS (SELECT 1 FROM exception AS x WHERE x.entry = e.id AND x.clause = 'R6.3') ORDER BY e.id LIMIT 1";
    let left: Option<String> = book.value(left, [&entry.number])?;
    let Some(shipment) = left else { return Ok(None) };
    let (owed, received) = advance(book, entry)?;
    let short = Money((owed.0 - received.0).max(0));
    let what = say!(
        "{shipment} left by the advance payment of {number}, of which {short} of {owed} is missing now",
        shipment,
        number = entry.number,
        short = short.grouped(),
        owed = owed.grouped()
    );
    Ok(Some(Burden { founded: true, beyond: short, bears: received, breach: Refusal::rule("R6.3", what) }))
}

/// The advance of a project's contract, and what came in of it.
fn advance(book: &Connection, project: &Entry) -> Result<(Money, Money)> {
    let advance = "SELECT coalesce(sum(amount_fen), 0), coalesce(sum(received_fen), 0) FROM instalment
        WHERE entry = ?1 AND kind = 'advance'";
    book.whole(advance, [project.id])
}

fn refuse_short_of(task: &Task<'_, '_>, project: &Entry) -> Result<()> {
    let (owed, received) = advance(task.sql(), project)?;
    if received >= owed {
        return Ok(());
    }
    let what = say!(
        "{number} cannot pass the gate while the advance payment of {project} is short: {short} of {owed} is missing",
        number = task.entry.number,
        project = project.number,
        short = owed.checked_sub(received).unwrap_or(owed).grouped(),
        owed = owed.grouped()
    );
    let way_out = say!("enter what came in with: branchbook project receive {number} …", number = project.number);
    Err(Refusal::rule("R6.3", what).or(way_out).into())
}
