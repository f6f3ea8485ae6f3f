//! The parties of a contact form: departments, people copied, and units outside the company.
//!
//! A form keeps them in one column, joined by `; `, so that a ledger of a million rows reads as fast as any column.

use anyhow::Result;
use rusqlite::Connection;

use super::Kind;
use crate::language;
use crate::office::department;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::say;
use crate::text::{self, Line};

/// What stands between two parties.
pub const BETWEEN: &str = "; ";

/// What may stand between two parties in an old ledger, and so in no party's name.
pub const SEPARATORS: [char; 4] = [';', '\u{ff1b}', '、', '\n'];

/// The parties of a column.
pub fn split(column: &str) -> impl Iterator<Item = &str> {
    column.split(BETWEEN).filter(|party| !party.is_empty())
}

/// The addressees of a form as the book keeps them: departments by their keys; a unit outside the company as typed.
///
/// # Errors
/// A refusal where a form that stays inside the company names a unit that is no department (R4.6).
pub fn addressees<'a>(book: &Connection, kind: Kind, to: impl Iterator<Item = &'a str>) -> Result<String> {
    let mut parties = Vec::new();
    for name in to {
        let party = match department::look_up(book, name)? {
            Some(department) => department.key,
            None if kind == Kind::External => outside(name)?,
            None => return Err(not_inside(name, kind).into()),
        };
        push(&mut parties, party)?;
    }
    Ok(parties.join(BETWEEN))
}

/// The copies of a form: departments and people by their keys, units outside as typed.
///
/// # Errors
/// A refusal where a name cannot be kept, or is an addressee's.
pub fn copies(book: &Connection, copy: &[Line], addressed_to: &str) -> Result<Option<String>> {
    let mut parties: Vec<String> = split(addressed_to).map(str::to_owned).collect();
    let addressees = parties.len();
    for name in copy {
        let party = match key(book, name)? {
            Some(key) => key,
            None => outside(name)?,
        };
        push(&mut parties, party)?;
    }
    Ok(Some(parties[addressees..].join(BETWEEN)).filter(|parties| !parties.is_empty()))
}

/// The key of the department or person of this name; none where it is a unit outside the company.
///
/// # Errors
/// A refusal where several people bear the name.
pub fn key(book: &Connection, name: &str) -> Result<Option<String>> {
    if let Some(department) = department::look_up(book, name)? {
        return Ok(Some(department.key));
    }
    Ok(Person::look_up(book, name)?.map(|person| person.key))
}

fn not_inside(name: &str, kind: Kind) -> Refusal {
    Refusal::rule("R4.6", say!("{name} is no department, and a form of kind {kind} stays inside the company", name, kind)).or(say!("give a department (branchbook department list), enter one of the company's with: branchbook department add KEY --zh {name}, or take --kind external", name = text::word(name)))
}

/// A unit outside the company: its name as typed, if it can stand in a list.
fn outside(name: &str) -> Result<String> {
    if name.contains(SEPARATORS) {
        return Err(Refusal::usage(say!("{name} is more than one party", name))
            .or(say!("give each party by an option of its own, without ; or 、"))
            .into());
    }
    Ok(name.to_owned())
}

fn push(parties: &mut Vec<String>, party: String) -> Result<()> {
    if parties.contains(&party) {
        return Err(Refusal::usage(say!("{party} is named twice", party = language::value(&party)))
            .or(say!("name each party once"))
            .into());
    }
    parties.push(party);
    Ok(())
}
