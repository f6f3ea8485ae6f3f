//! Decisions of which old files tell: who gave them held the role, asked for nothing, and is not who brings them (Q1). What is still
//! open, and so is spent on what was decided before the book, is part of the exception that the import is (Q9).

use anyhow::Result;
use chrono::NaiveDate;
use clap::ValueEnum;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::form::{Fill, Form};
use super::live::Edge;
use super::old_field::Field;
use super::old_ledger::Checked;
use super::old_rows::{Details, Header};
use crate::book::change::Change;
use crate::import::row::Fault;
use crate::language;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;
use crate::view::merged::who;

/// A decision of which a row tells.
struct Told<'a> {
    /// The column of who decided.
    column: &'static str,
    edge: &'a Edge,
    by: String,
    on: NaiveDate,
    /// Whether it is one on the entry, and not on a row of it.
    whole: bool,
}

/// What stands against the decisions of which a new row tells. Of an entry that is over it is noted; one that is open is refused with it,
/// and noted with what it rests on.
pub(super) fn judge(
    form: &Form,
    edges: &[Edge],
    change: &Change<'_>,
    header: &Header,
    (fields, details): (&[Field], &Details),
) -> Checked<Vec<Refusal>> {
    let told = told(form, edges, header, (fields, details))?;
    let mut noted = Vec::new();
    for decision in &told {
        let found = match twice(decision, &told) {
            Some(refused) => Some((refused, true)),
            None => against(change, header, decision)?,
        };
        let Some((refused, is_sure)) = found else { continue };
        if header.ended.is_none() && is_sure {
            let refused = refused.or(say!("leave the decision out, and have it given in the book"));
            return Err(Fault::of(decision.column, refused.to_string()).into());
        }
        noted.push(refused);
    }
    // The last of those on the entry itself.
    let last = told.iter().max_by_key(|decision| decision.whole);
    if let Some(last) = last.filter(|_| header.ended.is_none() && form.decisions().next().is_some()) {
        noted.push(rests_on(last));
    }
    Ok(noted)
}

/// The decisions of which the row tells.
fn told<'a>(
    form: &Form,
    edges: &'a [Edge],
    header: &Header,
    (fields, details): (&[Field], &Details),
) -> Checked<Vec<Told<'a>>> {
    let edge = |verb: &str| edges.iter().find(|edge| edge.verb == verb && edge.step.decides());
    let mut all = Vec::new();
    let value = |column: &str| {
        let place = fields.iter().position(|field| field.column == column)?;
        text(details.values.get(place)?)
    };
    for step in form.own_steps() {
        let actor = step.fills.iter().find(|(_, fill)| matches!(fill, Fill::Actor));
        let Some(((column, _), edge)) = actor.zip(edge(step.name)) else { continue };
        if let Some((by, said)) = value(column).zip(value(step.sign)) {
            // What tells of the step need not be its day.
            let on = if step.sign.ends_with("_on") { day(&said)? } else { header.ended.unwrap_or(header.day) };
            all.push(Told { column, edge, by, on, whole: true });
        }
    }
    for list in &details.lists {
        for (row, column) in list.rows.iter().zip(&list.deciders) {
            let [verb, by, on] = ["verb", "decided_by", "decided_on"].map(|known| list.text(row, known));
            let (Some(verb), Some(by), Some(on)) = (verb, by, on) else { continue };
            let Some(edge) = edge(verb) else { continue };
            let decision = form.decisions().find(|decision| decision.name == verb);
            let whole = decision.is_some_and(|decision| decision.of.is_none());
            all.push(Told { column, edge, by: by.to_owned(), on: day(on)?, whole });
        }
    }
    Ok(all)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn day(text: &str) -> Result<NaiveDate> {
    Ok(text.parse()?)
}

/// Why a decision is none, and whether that is sure; nothing where nothing stands against it.
fn against(change: &Change<'_>, header: &Header, told: &Told<'_>) -> Result<Option<(Refusal, bool)>> {
    let book = change.sql();
    let (by, asker) = (who(&told.by).into_owned(), who(&header.person).into_owned());
    let refuse = |what: String| Refusal::rule(&told.edge.step.clause, what);
    let (name, verb) = (language::people(&by), language::value(&told.edge.verb));
    if by == asker {
        let what = say!("{name} asked for it and may not {verb} it as well", name, verb);
        return Ok(Some((refuse(what), true)));
    }
    if change.recorder.hands().any(|hand| hand.key == by || hand.key == asker) {
        let what = say!("who brings it in asked for it or decided on it, and tells of no decision on it");
        return Ok(Some((refuse(what.to_owned()), true)));
    }
    let Some(person) = Person::of_key(book, &by)? else { return Ok(None) };
    let known = holds_any(book, &person, Role::value_variants().iter().copied(), told.on)?;
    if holds_any(book, &person, may(told.edge), told.on)? {
        return Ok(None);
    }
    let roles = language::any_of(&told.edge.step.roles);
    let what = if known {
        say!("{name} was no {roles} on {on} and may not {verb} it", name, roles, on = told.on, verb)
    } else {
        say!(
            "the file has {name} {verb} it, and the book does not know what they were on {on}",
            name,
            on = told.on,
            verb
        )
    };
    Ok(Some((refuse(what), known)))
}

/// That one person gave two decisions which two are to give.
fn twice(decision: &Told<'_>, all: &[Told<'_>]) -> Option<Refusal> {
    let is_other = |other: &&Told<'_>| {
        let both = other.whole && decision.whole && other.edge.step.roles != decision.edge.step.roles;
        both && who(&other.by) == who(&decision.by)
    };
    let other = all.iter().find(is_other)?;
    let name = language::people(&decision.by);
    let [first, second] = [decision, other].map(|told| language::value(&told.edge.verb));
    let what = say!("the file has {name} {first} it and {second} it, which two people do", name, first, second);
    Some(Refusal::rule(&decision.edge.step.clause, what))
}

/// The roles that may give a decision: those of its step, and those above them.
fn may(edge: &Edge) -> impl Iterator<Item = Role> {
    let own: Vec<Role> = edge.step.roles.iter().filter_map(|role| Role::of_key(role)).collect();
    let above = own.contains(&Role::DepartmentManager).then_some(Role::BranchManager);
    own.into_iter().chain(above).chain([Role::CompanyLeader, Role::GeneralManager])
}

fn holds_any(book: &Connection, person: &Person, roles: impl Iterator<Item = Role>, day: NaiveDate) -> Result<bool> {
    for role in roles {
        if person.decides_as(book, role, None, day)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// That an entry which is open rests on what was decided before the book.
fn rests_on(told: &Told<'_>) -> Refusal {
    let (name, verb) = (language::people(&told.by), language::value(&told.edge.verb));
    let what = say!("what is spent rests on what the file tells: {verb}, {name}, {on}", verb, name, on = told.on);
    Refusal::rule(&told.edge.step.clause, what)
}
