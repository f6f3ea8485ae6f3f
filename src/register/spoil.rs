//! Numbers that are voided: several at once, in runs, and those that an old ledger skipped (R4.8).

use anyhow::Result;
use rusqlite::Connection;

use super::entry::{self, Opening};
use crate::book::change::Change;
use crate::office::identity;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::series::number;
use crate::text;

/// How many numbers an answer lists one by one.
const LISTED: usize = 5;

/// The numbers that were typed, with runs such as `HAY05003..HAY05007` spelled out.
///
/// # Errors
/// A refusal where a run is none.
pub fn spelled_out(book: &Connection, register: &str, typed: &[String]) -> Result<Vec<String>> {
    let mut numbers = Vec::new();
    for typed in typed {
        match typed.split_once("..") {
            None => numbers.push(text::number(typed)),
            Some((first, last)) => {
                numbers.extend(number::run(book, register, &text::number(first), &text::number(last))?);
            }
        }
    }
    Ok(numbers)
}

/// Enters a number that its series skipped, as void: so a gap of an old ledger is explained.
///
/// # Errors
/// A refusal where no series has passed that number, or the person at the keyboard is no clerk.
pub fn void_missing(
    change: &mut Change<'_>,
    register: &'static str,
    text: &str,
    actor: &Person,
    reason: &str,
) -> Result<()> {
    let Some((department, number)) = number::skipped(change.sql(), register, text)? else {
        return Err(Refusal::not_found(format!("there is no entry {text}, and no series has passed that number"))
            .or("see branchbook series list")
            .into());
    };
    identity::require_clerk(change, "R4.8", "explains missing numbers")?;
    let opening = Opening { register, department: &department, day: change.on, person: &actor.key, state: "void" };
    let entry = entry::insert_void(change, &number, &opening, reason)?;
    change.record(&entry.thing()?, &actor.key, Some(reason))
}

/// Numbers as an answer names them: a few one by one, many by the first, the last and how many.
#[must_use]
pub fn named(numbers: &[String]) -> String {
    match numbers {
        [first, .., last] if numbers.len() > LISTED => format!("{first} to {last}, {} numbers", numbers.len()),
        _ => numbers.join(", "),
    }
}
