//! What instalments that are set anew may not lower: the advance payment, before which nothing passes the gate (R6.3), and what is
//! overdue (R3.7). They fall by what supplements took away; by more the manager decides.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Row;

use super::instalments::Instalment;
use super::leader;
use crate::book::select::Select;
use crate::money::Money;
use crate::office::identity;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::task::Task;
use crate::say;

/// What falls further than the supplements took away.
struct Lowered {
    clause: &'static str,
    what: String,
}

/// An instalment as it stands: the kind, the amount, what was received, the day it is due.
pub(super) type Standing = (String, Money, Money, Option<NaiveDate>);

/// The instalments as they stand; where they were taken back, those that stood until another day than that on which they were set.
pub(super) fn standing(task: &Task<'_, '_>) -> Result<Vec<Standing>> {
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let standing: Vec<Standing> = task.sql().each(
        "SELECT kind, amount_fen, received_fen, due_on FROM instalment WHERE entry = ?1",
        [task.entry.id],
        read,
    )?;
    if !standing.is_empty() {
        return Ok(standing);
    }
    let taken_back: Option<(String, String, String)> = task.sql().row(
        "SELECT s.at, u.at, s.record -> '$.instalment' FROM journal AS s JOIN journal AS u ON u.thing = s.thing AND u.verb LIKE '% undo'
            AND u.record ->> '$.undone' = s.id
         WHERE s.thing = ?1 AND s.verb = 'project instalments' ORDER BY s.id DESC LIMIT 1",
        [&task.entry.number],
    )?;
    let Some((set, undone, rows)) = taken_back else { return Ok(Vec::new()) };
    if task.change.day_of(&set) == task.change.day_of(&undone) {
        return Ok(Vec::new());
    }
    let rows_of = "SELECT r.value ->> 'kind', r.value ->> 'amount_fen', coalesce(r.value ->> 'received_fen', 0), r.value ->> 'due_on'
        FROM json_each(?1) AS r";
    task.sql().each(rows_of, [rows], read)
}

/// The first of the advance and what is overdue that falls by more than the contract came to less since the instalments were set.
fn lowered(task: &Task<'_, '_>, total: Money, anew: &[Instalment]) -> Result<Option<Lowered>> {
    let standing = standing(task)?;
    let planned: i64 = standing.iter().map(|(_, amount, ..)| amount.0).sum();
    let taken = Money((planned - total.0).max(0));
    let (today, number) = (task.change.today(), &task.entry.number);
    let is_over = |due: Option<NaiveDate>| due.is_some_and(|due| due < today);
    let advances = |kind: &str| kind == "advance";
    let advance = Money(standing.iter().filter(|(kind, ..)| advances(kind)).map(|(_, amount, ..)| amount.0).sum());
    let then = Money(anew.iter().filter(|anew| advances(anew.kind)).map(|anew| anew.amount.0).sum());
    if advance.0 - then.0 > taken.0 {
        let what = say!(
            "the advance of {number} would fall from {before} to {after}, and supplements took away {taken}",
            number,
            before = advance.grouped(),
            after = then.grouped(),
            taken = taken.grouped()
        );
        return Ok(Some(Lowered { clause: "R6.3", what }));
    }
    let received = |kind: &str| standing.iter().find(|(known, ..)| known == kind).map_or(0, |(_, _, got, _)| got.0);
    let over = standing.iter().filter(|(.., due)| is_over(*due)).map(|(_, amount, got, _)| amount.0 - got.0).sum();
    let left = anew.iter().filter(|anew| is_over(anew.due)).map(|anew| anew.amount.0 - received(anew.kind)).sum();
    if over - left > taken.0 {
        let what = say!(
            "what is overdue of {number} would fall from {before} to {after}, and supplements took away {taken}",
            number,
            before = Money(over).grouped(),
            after = Money(left).grouped(),
            taken = taken.grouped()
        );
        return Ok(Some(Lowered { clause: "R3.7", what }));
    }
    Ok(None)
}

/// Whether the actor may decide that it falls further: the branch manager, or the department's manager where they do not lead the
/// project themselves.
pub(super) fn decides(task: &Task<'_, '_>) -> Result<bool> {
    let (change, actor) = (&*task.change, &task.actor);
    let manages = |day| {
        let department = Some(task.entry.department.as_str());
        Ok(actor.decides_as(task.sql(), Role::BranchManager, None, day)?
            || actor.decides_as(task.sql(), Role::DepartmentManager, department, day)?
                && !leader::leads(task.sql(), &task.entry, actor, day)?)
    };
    Ok(identity::out_of_office(change, actor, manages)?.is_none())
}

/// Nobody but the manager decides that the advance, or what is overdue, falls further than supplements took away.
pub(super) fn refuse_alone(task: &Task<'_, '_>, total: Money, anew: &[Instalment]) -> Result<()> {
    let Some(Lowered { clause, what }) = lowered(task, total, anew)? else { return Ok(()) };
    if decides(task)? {
        return identity::refuse_lent(task.change, clause);
    }
    let (book, on) = (task.sql(), task.change.on);
    let mut keys = Vec::new();
    for manager in Person::deciders(book, Role::DepartmentManager, Some(&task.entry.department), on)? {
        if !leader::leads(book, &task.entry, &manager, on)? {
            keys.push(manager.key);
        }
    }
    keys.extend(Person::deciders(book, Role::BranchManager, None, on)?.into_iter().map(|person| person.key));
    let who = identity::name_who(task.change, &keys)?;
    let way_out = say!("keep it, or have the manager decide, with --exception REASON: {who}", who);
    Err(Refusal::rule(clause, what).or(way_out).into())
}

/// The same as a breach, which the manager has recorded as an exception.
pub(super) fn refuse(task: &Task<'_, '_>, total: Money, anew: &[Instalment]) -> Result<()> {
    match lowered(task, total, anew)? {
        None => Ok(()),
        Some(Lowered { clause, what }) => Err(Refusal::rule(clause, what).or(say!("keep it")).into()),
    }
}
