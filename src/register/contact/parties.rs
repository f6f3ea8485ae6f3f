//! The parties of a contact form: departments, people copied, and units outside the company.
//!
//! A form keeps them in one column, joined by `; `, so that a ledger of a million rows reads as fast as any column.

use std::collections::{BTreeMap, HashSet};

use anyhow::Result;
use rusqlite::Connection;

use super::{COPY, KIND, TO};
use crate::book::change::Change;
use crate::language;
use crate::nearest::did_you_mean;
use crate::office::department;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::register::task::Task;
use crate::say;
use crate::text;

/// What stands between two parties.
pub(super) const BETWEEN: &str = "; ";

/// What may stand between two parties in an old ledger, and so in no party's name.
const SEPARATORS: [char; 4] = [';', '\u{ff1b}', '、', '\n'];

/// What may stand between two parties as well, and in a unit's name.
const PERHAPS: [char; 4] = [',', '\u{ff0c}', '/', '\u{ff0f}'];

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
///
/// # Errors
/// A refusal where it is somebody of the staff: a form goes to departments and units (R4.1), and nobody could sign for a unit of that name.
pub(super) fn addressee(book: &Connection, name: &str) -> Result<String> {
    if let Some(department) = department::look_up(book, name)? {
        return Ok(department.key);
    }
    if let Some(person) = Person::look_up(book, name)? {
        let what = say!("{person} is on the staff, and a form goes to a department or a unit", person);
        let way_out = say!("give them a copy with --copy {key}, or write the unit's name out", key = person.key);
        return Err(Refusal::rule("R4.1", what).or(way_out).into());
    }
    outside(name)
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

/// Parties as an old ledger writes them, with `;`, `、` or a line break between: departments and people by their keys. A comma or a
/// slash stands between two where one of them is known; else it may be part of a unit's name.
pub(super) fn of_ledger(book: &Connection, cell: &str) -> Result<String> {
    let mut keys: Vec<String> = Vec::new();
    let mut add = |name: &str, key: Option<String>| {
        let key = key.unwrap_or_else(|| name.to_owned());
        if !keys.contains(&key) {
            keys.push(key);
        }
    };
    for whole in cell.split(SEPARATORS).map(text::trim).filter(|name| !name.is_empty()) {
        let mut parts = Vec::new();
        for part in whole.split(PERHAPS).map(text::trim).filter(|part| !part.is_empty()) {
            parts.push((part, known(book, part)?));
        }
        if parts.len() > 1 && known(book, whole)?.is_none() && parts.iter().any(|(_, key)| key.is_some()) {
            for (part, key) in parts {
                add(part, key);
            }
        } else {
            add(whole, known(book, whole)?);
        }
    }
    Ok(keys.join(BETWEEN))
}

/// The key of a party in an old ledger. Which of several people of one name it means, nobody knows: the name stays.
fn known(book: &Connection, name: &str) -> Result<Option<String>> {
    match key(book, name).map_err(anyhow::Error::downcast::<Refusal>) {
        Ok(key) => Ok(key),
        Err(Ok(_)) => Ok(None),
        Err(Err(error)) => Err(error),
    }
}

/// How many of the units outside the company, which an import named, are told.
const TOLD: usize = 12;

/// The parties of an import's forms that were taken for units outside the company, each with how often.
pub(super) fn outside_of_import(change: &Change<'_>) -> Result<Option<String>> {
    let mut statement = change.sql().prepare(
        "SELECT c.addressed_to, c.copied_to FROM entry AS e JOIN contact AS c ON c.entry = e.id WHERE e.import = ?1",
    )?;
    let mut rows = statement.query([change.import])?;
    let (mut inside, mut outside) = (HashSet::new(), BTreeMap::new());
    while let Some(row) = rows.next()? {
        for column in 0..2 {
            for party in row.get_ref(column)?.as_str_or_null()?.map(split).into_iter().flatten() {
                if inside.contains(party) {
                    continue;
                }
                if let Some(times) = outside.get_mut(party) {
                    *times += 1;
                } else if department::look_up(change.sql(), party)?.is_some()
                    || Person::of_key(change.sql(), party)?.is_some()
                {
                    inside.insert(party.to_owned());
                } else {
                    outside.insert(party.to_owned(), 1);
                }
            }
        }
    }
    if outside.is_empty() {
        return Ok(None);
    }
    let mut told: Vec<(String, usize)> = outside.into_iter().collect();
    told.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    let more = told.len().saturating_sub(TOLD);
    let names = told
        .iter()
        .take(TOLD)
        .map(|(party, times)| if *times == 1 { party.clone() } else { format!("{party} ({times})") });
    let mut names: Vec<String> = names.collect();
    names.extend((more > 0).then(|| say!("{more} more", more)));
    Ok(Some(say!("taken for units outside the company: {units}", units = names.join(language::semicolon()))))
}

/// Only an external form goes to a unit outside the company; any other to departments, by their keys (R4.6).
pub(super) fn refuse_outside(task: &mut Task<'_, '_>) -> Result<()> {
    let (kind, to) = (task.row.get(&KIND)?.unwrap_or_default(), task.row.get(&TO)?.unwrap_or_default());
    if kind == "external" {
        return tell_near(task, &to);
    }
    let mut keys = Vec::new();
    for name in split(&to) {
        let Some(department) = department::look_up(task.sql(), name)? else {
            return Err(not_inside(name, &kind, &department::near(task.sql(), name)?).into());
        };
        department::refuse_ended(&department, task.change.on)?;
        keys.push(department.key);
    }
    let keys = keys.join(BETWEEN);
    if keys != to {
        task.set(TO.spec.column, keys);
    }
    Ok(())
}

/// Says which department may have been meant by what is taken for a unit outside.
fn tell_near(task: &mut Task<'_, '_>, to: &str) -> Result<()> {
    for name in split(to) {
        if department::look_up(task.sql(), name)?.is_none()
            && let Some(key) = department::near(task.sql(), name)?.first()
        {
            task.remark(say!(
                "{name} is taken for a unit outside the company; the department is {key} ({department})",
                name,
                key,
                department = language::value(key)
            ));
        }
    }
    Ok(())
}

fn not_inside(name: &str, kind: &str, near: &[String]) -> Refusal {
    if name.contains(PERHAPS) {
        let options: Vec<String> = name
            .split(PERHAPS)
            .map(text::trim)
            .filter(|part| !part.is_empty())
            .map(|part| format!("--to {}", text::word(part)))
            .collect();
        return Refusal::usage(say!("{name} is more than one party", name))
            .or(say!("give each by an option of its own: {options}", options = options.join(" ")));
    }
    let what = say!(
        "{name} is no department, and a form of kind {kind} stays inside the company",
        name,
        kind = language::value(kind)
    );
    if let Some(meant) = did_you_mean(near) {
        let give = say!("give a department (branchbook department list), or take --kind external");
        return Refusal::rule("R4.6", what).or(language::one_after_the_other(&meant, give));
    }
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
        Some((_, party)) => Err(Refusal::usage(say!("{party} is named twice", party = language::people(party)))
            .or(say!("name each party once"))
            .into()),
    }
}
