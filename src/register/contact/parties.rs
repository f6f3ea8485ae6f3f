//! The parties of a contact form: departments, people copied, and units outside the company.
//!
//! A form keeps them in one column, joined by `; `, so that a ledger of a million rows reads as fast as any column.

use anyhow::Result;
use rusqlite::Connection;

use super::{COPY, KIND, TO};
use crate::language;
use crate::office::department;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::register::task::Task;
use crate::say;
use crate::text;

/// What stands between two parties.
pub(super) const BETWEEN: &str = "; ";

/// What may stand between two parties in an old ledger, and so in no party's name.
const SEPARATORS: [char; 4] = [';', '\u{ff1b}', '、', '\n'];

/// The parties of a column.
pub(super) fn split(column: &str) -> impl Iterator<Item = &str> {
    column.split(BETWEEN).filter(|party| !party.is_empty())
}

/// The key of the department or person of this name; none where it is a unit outside the company.
pub(super) fn key(book: &Connection, name: &str) -> Result<Option<String>> {
    if let Some(department) = department::look_up(book, name)? {
        return Ok(Some(department.key));
    }
    Ok(Person::look_up(book, name)?.map(|person| person.key))
}

/// An addressee as the book keeps it: a department by its key, any other as typed.
pub(super) fn addressee(book: &Connection, name: &str) -> Result<String> {
    department::look_up(book, name)?.map_or_else(|| outside(name), |department| Ok(department.key))
}

/// Who gets a copy as the book keeps them: departments and people by their keys, units outside as typed.
pub(super) fn copied(book: &Connection, name: &str) -> Result<String> {
    key(book, name)?.map_or_else(|| outside(name), Ok)
}

/// A unit outside the company: its name as typed, if it can stand in a list.
fn outside(name: &str) -> Result<String> {
    if !name.contains(SEPARATORS) {
        return Ok(name.to_owned());
    }
    Err(Refusal::usage(say!("{name} is more than one party", name))
        .or(say!("give each party by an option of its own, without ; or 、"))
        .into())
}

/// Parties as an old ledger writes them, with `;`, `、` or a line break between: departments and people by their keys.
pub(super) fn of_ledger(book: &Connection, cell: &str) -> Result<String> {
    let mut keys: Vec<String> = Vec::new();
    for name in cell.split(SEPARATORS).map(text::trim).filter(|name| !name.is_empty()) {
        let key = match key(book, name).map_err(anyhow::Error::downcast::<Refusal>) {
            Ok(key) => key.unwrap_or_else(|| name.to_owned()),
            // Which of several people of one name an old ledger means, nobody knows: the name stays.
            Err(Ok(_)) => name.to_owned(),
            Err(Err(error)) => return Err(error),
        };
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    Ok(keys.join(BETWEEN))
}

/// Only an external form goes to a unit outside the company; any other to departments, by their keys (R4.6).
pub(super) fn refuse_outside(task: &mut Task<'_, '_>) -> Result<()> {
    let (kind, to) = (task.row.get(&KIND)?.unwrap_or_default(), task.row.get(&TO)?.unwrap_or_default());
    if kind == "external" {
        return Ok(());
    }
    let mut keys = Vec::new();
    for name in split(&to) {
        let department = department::look_up(task.sql(), name)?.ok_or_else(|| not_inside(name, &kind))?;
        department::refuse_ended(&department, task.change.on)?;
        keys.push(department.key);
    }
    let keys = keys.join(BETWEEN);
    if keys != to {
        task.set(TO.spec.column, keys);
    }
    Ok(())
}

fn not_inside(name: &str, kind: &str) -> Refusal {
    let what = say!(
        "{name} is no department, and a form of kind {kind} stays inside the company",
        name,
        kind = language::value(kind)
    );
    Refusal::rule("R4.6", what).or(say!("give a department (branchbook department list), enter one of the company's with: branchbook department add KEY --zh {name}, or take --kind external", name = text::word(name)))
}

/// A form goes to other departments: to its own alone it coordinates nothing (R4.1). What the user raises reaches General Management's
/// contract administrator, also from there (R4.5).
pub(super) fn refuse_own(task: &mut Task<'_, '_>) -> Result<()> {
    let (kind, to) = (task.row.get(&KIND)?.unwrap_or_default(), task.row.get(&TO)?.unwrap_or_default());
    let (own, others) = split(&to).partition::<Vec<_>, _>(|party| *party == task.entry.department);
    if own.is_empty() || kind == "user-request" {
        return Ok(());
    }
    let department = language::value(&task.entry.department);
    if !others.is_empty() {
        task.remark(say!("{department} is among its own addressees", department));
        return Ok(());
    }
    let what = say!("a form of {department} to {department} goes to no other department", department);
    Err(Refusal::rule("R4.1", what).or(say!("give the department that is to answer with --to DEPARTMENT")).into())
}

/// No party gets a form twice.
pub(super) fn refuse_twice(task: &mut Task<'_, '_>) -> Result<()> {
    let (to, copy) = (task.row.get(&TO)?.unwrap_or_default(), task.row.get(&COPY)?.unwrap_or_default());
    let parties: Vec<&str> = split(&to).chain(split(&copy)).collect();
    match parties.iter().enumerate().find(|(place, party)| parties[..*place].contains(party)) {
        None => Ok(()),
        Some((_, party)) => Err(Refusal::usage(say!("{party} is named twice", party = language::value(party)))
            .or(say!("name each party once"))
            .into()),
    }
}
