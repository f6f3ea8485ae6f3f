//! Numbers that are voided: several at once, in runs, and those that an old ledger skipped (R4.8).

use anyhow::Result;
use clap::Args;
use rusqlite::Connection;

use super::entry::{self, Entry, Opening};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::office::identity;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::say;
use crate::series::number;
use crate::text::{self, Text};

/// Spoilt entries, or numbers that an old ledger lacks
#[derive(Debug, Args)]
pub(crate) struct Void {
    /// The number; several numbers, or a run such as HAY05003..HAY05007
    #[arg(required = true, value_name = "NUMBER")]
    pub(crate) numbers: Vec<String>,
    /// Why
    #[arg(long)]
    pub(crate) reason: Text,
    /// How it is entered
    #[command(flatten)]
    pub(crate) deed: Deed,
}

impl Void {
    /// Voids the numbers in a register, all or none of them, where `check` has nothing against it.
    pub(crate) fn enter(
        &self,
        change: &mut Change<'_>,
        register: &'static str,
        check: impl Fn(&Change<'_>, &Entry, &Person) -> Result<()>,
    ) -> Result<Answer> {
        let actor = identity::office_bearer(change, self.deed.by.as_deref())?;
        let numbers = spelled_out(change.sql(), register, &self.numbers)?;
        for number in &numbers {
            if Entry::look_up(change.sql(), number)?.is_none() {
                void_missing(change, register, number, &actor, &self.reason)?;
                continue;
            }
            let mut entry = Entry::find_in(change.sql(), register, number)?;
            change.hold(&entry.thing()?)?;
            check(change, &entry, &actor)?;
            entry::void(change, &mut entry, &actor, &self.reason)?;
        }
        let numbers_named = match numbers.as_slice() {
            [number] => Entry::find(change.sql(), number)?.titled(change.sql())?,
            _ => named(&numbers),
        };
        let line = say!("{numbers}: void, {reason}", numbers = numbers_named, reason = self.reason);
        Ok(Answer::new(numbers.join("\n"), line))
    }
}

/// How many numbers an answer lists one by one.
const LISTED: usize = 5;

/// The numbers that were typed, with runs such as `HAY05003..HAY05007` spelled out.
///
/// # Errors
/// A refusal where a run is none.
fn spelled_out(book: &Connection, register: &str, typed: &[String]) -> Result<Vec<String>> {
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
fn void_missing(
    change: &mut Change<'_>,
    register: &'static str,
    text: &str,
    actor: &Person,
    reason: &str,
) -> Result<()> {
    let Some((department, number)) = number::skipped(change.sql(), register, text)? else {
        return Err(unknown(text).into());
    };
    identity::require_clerk(change, "R4.8", say!("explains missing numbers"))?;
    let opening = Opening { register, department: &department, day: change.on, person: &actor.key, state: "void" };
    let entry = entry::insert_void(change, &number, &opening, reason)?;
    change.record(&entry.thing()?, &actor.key, Some(reason))
}

/// Refuses a number of which there is no entry, unless its series has passed it.
pub(crate) fn refuse_unknown(book: &Connection, register: &'static str, text: &str) -> Result<()> {
    match number::skipped(book, register, text)? {
        Some(_) => Ok(()),
        None => Err(unknown(text).into()),
    }
}

fn unknown(text: &str) -> Refusal {
    Refusal::not_found(say!("there is no entry {text}, and no series has passed that number", text))
        .or(say!("see branchbook series list"))
}

/// Numbers as an answer names them: a few one by one, many by the first, the last and how many.
fn named(numbers: &[String]) -> String {
    match numbers {
        [first, .., last] if numbers.len() > LISTED => {
            say!("{first} to {last}, {count} numbers", first, last, count = numbers.len())
        }
        _ => numbers.join(crate::language::comma()),
    }
}
