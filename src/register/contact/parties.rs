//! The parties of a contact form: departments, people copied, and units outside the company.
//!
//! A form keeps them in one column, joined by `; `, so that a ledger of a million rows reads as fast as any column.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::Kind;
use crate::office::department;
use crate::office::person::{Person, Role};
use crate::refusal::Refusal;
use crate::text::Text;

/// What stands between two parties.
pub const BETWEEN: &str = "; ";

/// The parties of a column.
pub fn split(column: &str) -> impl Iterator<Item = &str> {
    column.split(BETWEEN).filter(|party| !party.is_empty())
}

/// The addressees of a form as the book keeps them: departments by their keys; a unit outside the company as typed.
///
/// # Errors
/// A refusal where a form that stays inside the company names a unit that is no department (R4.6).
pub fn addressees(book: &Connection, kind: Kind, to: &[Text]) -> Result<String> {
    let mut parties = Vec::with_capacity(to.len());
    for name in to {
        let party = match department::look_up(book, name)? {
            Some(department) => department.key,
            None if kind == Kind::External => outside(name)?,
            None => {
                return Err(Refusal::rule("R4.6", format!("{name} is no department, and a form of kind {kind} stays inside the company"))
                    .or(format!(
                        "give a department (branchbook department list), enter one of the company's with: branchbook department add KEY --zh {name}, or take --kind external"
                    ))
                    .into());
            }
        };
        push(&mut parties, party)?;
    }
    Ok(parties.join(BETWEEN))
}

/// The copies of a form: departments and people by their keys, units outside as typed.
///
/// # Errors
/// A refusal where a name cannot be kept.
pub fn copies(book: &Connection, copy: &[Text]) -> Result<Option<String>> {
    let mut parties = Vec::with_capacity(copy.len());
    for name in copy {
        let party = match (department::look_up(book, name)?, Person::find(book, name)) {
            (Some(department), _) => department.key,
            (None, Ok(person)) => person.key,
            (None, Err(_)) => outside(name)?,
        };
        push(&mut parties, party)?;
    }
    Ok(Some(parties.join(BETWEEN)).filter(|parties| !parties.is_empty()))
}

/// Whether a copied party keeps the contract administrator's record (R4.6): such a person, or General Management.
///
/// # Errors
/// An error of `SQLite`.
pub fn reaches_contract_administrator(book: &Connection, party: &str, day: NaiveDate) -> Result<bool> {
    if party == "general" {
        return Ok(true);
    }
    Person::find(book, party).map_or(Ok(false), |person| person.holds(book, Role::ContractAdministrator, None, day))
}

/// A unit outside the company: its name as typed, if it can stand in a list.
fn outside(name: &Text) -> Result<String> {
    if name.contains(';') || name.contains('\n') {
        return Err(Refusal::usage(format!("{:?} cannot be one party", name.as_str()))
            .or("give each party by an option of its own, without ; or line breaks")
            .into());
    }
    Ok(name.trim().to_owned())
}

fn push(parties: &mut Vec<String>, party: String) -> Result<()> {
    if parties.contains(&party) {
        return Err(Refusal::usage(format!("{party} is named twice")).or("name each party once").into());
    }
    parties.push(party);
    Ok(())
}
