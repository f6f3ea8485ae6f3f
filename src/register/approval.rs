//! Approvals: what needs one before it happens, who gave it, and on what (R5.3, R5.4).
//!
//! An approval holds for what was shown to the person who gave it. The hash of that subject is kept with it, so that an
//! entry that was changed afterwards waits for another approval.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, named_params};
use sha2::{Digest, Sha256};

use super::entry::{Entry, Step};
use crate::book::change::Change;
use crate::book::journal::Hash;
use crate::language;
use crate::money::Money;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::say;

/// What is decided on: the words and figures that the person who decides is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The part of the entry, such as a payment's position; none for the whole entry.
    pub part: Option<i64>,
    /// The amount in fen.
    pub amount: Option<Money>,
    /// SHA-256 over the fields.
    pub hash: Hash,
}

impl Subject {
    /// The subject that these fields make up, each with its length before it, so that no two subjects hash alike.
    pub fn of<'a>(part: Option<i64>, amount: Option<Money>, fields: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hasher = Sha256::new();
        let mut take = |field: &str| {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field.as_bytes());
        };
        take(&amount.map(|amount| amount.to_string()).unwrap_or_default());
        fields.into_iter().for_each(take);
        Self { part, amount, hash: hasher.finalize().into() }
    }
}

/// A decision that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Who decided.
    pub by: String,
    /// The day of the decision.
    pub on: NaiveDate,
    /// The instant at which it was entered.
    pub at: String,
    /// The amount decided on, in fen.
    pub amount: Option<Money>,
    /// SHA-256 of what was decided on.
    pub hash: Hash,
}

impl Approval {
    /// The last decision of this verb on an entry, or on this part of it; none where none was given.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn last(book: &Connection, entry: i64, verb: &str, part: Option<i64>) -> Result<Option<Self>> {
        Ok(book
            .prepare_cached(
                "SELECT decided_by, decided_on, entered_at, amount_fen, subject_hash FROM approval
                 WHERE entry = ?1 AND verb = ?2 AND part IS ?3 ORDER BY position DESC LIMIT 1",
            )?
            .query_row((entry, verb, part), |row| {
                Ok(Self { by: row.get(0)?, on: row.get(1)?, at: row.get(2)?, amount: row.get(3)?, hash: row.get(4)? })
            })
            .optional()?)
    }

    /// The last decision of this verb that still holds: given on exactly this subject.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn standing(book: &Connection, entry: i64, verb: &str, subject: &Subject) -> Result<Option<Self>> {
        Ok(Self::last(book, entry, verb, subject.part)?.filter(|approval| approval.hash == subject.hash))
    }
}

/// Decides on an entry: writes the decision, takes its step, and records the entry. Whether the person may take the step is
/// the register's to check.
///
/// # Errors
/// An error of `SQLite`.
pub fn decide(
    change: &mut Change<'_>,
    entry: &mut Entry,
    step: &Step,
    verb: &str,
    subject: &Subject,
    by: &Person,
    reason: Option<&str>,
) -> Result<()> {
    entry.append(
        change,
        "approval",
        named_params! {
            "verb": verb, "part": subject.part, "decided_by": by.key, "decided_on": change.on, "entered_at": change.at(),
            "amount_fen": subject.amount, "subject_hash": subject.hash, "reason": reason,
        },
    )?;
    entry.take(change, step)?;
    change.record(&entry.thing()?, &by.key, reason)
}

/// Refuses a decision by somebody who had a part in asking for it: nobody approves their own request, or decides twice.
///
/// # Errors
/// A refusal by `clause`, naming what the person did before.
pub fn refuse_own_hand(entry: &Entry, clause: &str, verb: &str, by: &Person, hands: &[(&str, &str)]) -> Result<()> {
    match hands.iter().find(|(person, _)| *person == by.key) {
        None => Ok(()),
        Some((_, did)) => Err(Refusal::rule(
            clause,
            say!(
                "{by} {did} {number} and may not {verb} it as well",
                by,
                did,
                number = entry.number,
                verb = language::value(verb)
            ),
        )
        .or(say!("let another person who is entitled decide, named with --by PERSON"))
        .into()),
    }
}
