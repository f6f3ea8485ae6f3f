//! Approvals as the book keeps them: who decided, when, and on what (R5.3, R5.4).
//!
//! An approval holds for what was shown to the person who gave it. The hash of that is kept with it, so that an entry that was
//! changed afterwards waits for another approval.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};
use sha2::{Digest, Sha256};

use super::entry::Entry;
use crate::book::change::{Change, Recorder};
use crate::book::journal::Hash;
use crate::book::select::Select;
use crate::language;
use crate::money::Money;
use crate::office::counted;
use crate::office::dated;
use crate::page;
use crate::page::form::Decided;
use crate::person::Person;
use crate::say;
use crate::view::with_views;

/// What was shown to the person who decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The part of the entry, such as a payment's position; none for the whole entry.
    pub(crate) part: Option<i64>,
    /// The amount in fen.
    pub(crate) amount: Option<Money>,
    /// SHA-256 over the fields.
    pub(crate) hash: Hash,
}

impl Shown {
    /// What these fields make up, each with its length before it, so that no two are hashed alike.
    pub(crate) fn of<'a>(part: Option<i64>, amount: Option<Money>, fields: impl IntoIterator<Item = &'a str>) -> Self {
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
pub(crate) struct Approval {
    /// Who decided.
    pub(crate) by: String,
    /// The day of the decision.
    pub(crate) on: NaiveDate,
    /// The instant at which it was entered.
    pub(crate) at: String,
    /// Who entered it; none of what was decided before the book kept that.
    entered_by: Option<String>,
    /// The amount decided on, in fen.
    pub(crate) amount: Option<Money>,
    /// SHA-256 of what was decided on.
    pub(crate) hash: Hash,
}

impl Approval {
    /// The last decision of this verb on an entry, or on this part of it; none where none was given.
    pub(crate) fn last(book: &Connection, entry: i64, verb: &str, part: Option<i64>) -> Result<Option<Self>> {
        book.first(
            &with_views(
                "SELECT decided_by, decided_on, entered_at, amount_fen, subject_hash, entered_by FROM approval
                 WHERE undone_on IS NULL AND entry = ?1 AND verb = ?2 AND part IS ?3 ORDER BY position DESC LIMIT 1",
            ),
            (entry, verb, part),
            |row| {
                Ok(Self {
                    by: row.get(0)?,
                    on: row.get(1)?,
                    at: row.get(2)?,
                    amount: row.get(3)?,
                    hash: row.get(4)?,
                    entered_by: row.get(5)?,
                })
            },
        )
    }

    /// The day from which it counts: that of entry where whoever decided entered it, else that of the paper (Q9).
    pub(crate) fn counted_since(&self, change: &Change<'_>) -> Result<NaiveDate> {
        match (&self.entered_by, change.day_of(&self.at)) {
            (Some(hand), Some(entered)) => counted::since(change.sql(), (hand, &self.by), (self.on, entered)),
            _ => Ok(self.on),
        }
    }

    /// The last decision of this verb that still holds: given on exactly this.
    pub(crate) fn standing(book: &Connection, entry: i64, verb: &str, shown: &Shown) -> Result<Option<Self>> {
        Ok(Self::last(book, entry, verb, shown.part)?.filter(|approval| approval.hash == shown.hash))
    }
}

/// Writes a decision, with who entered it, and in whose place it was given. Whether the person may give it is the verb's to check.
pub(crate) fn enter(
    change: &Change<'_>,
    entry: &Entry,
    verb: &str,
    shown: &Shown,
    (by, deputy_for): (&Person, Option<&str>),
    reason: Option<&str>,
) -> Result<()> {
    let Recorder { person, declared, .. } = &change.recorder;
    entry.append(
        change,
        "approval",
        named_params! {
            "verb": verb, "part": shown.part, "decided_by": by.key, "decided_on": change.on, "entered_at": change.at(),
            "amount_fen": shown.amount, "subject_hash": shown.hash, "reason": reason,
            "entered_by": person.key, "declared_flag": declared.then_some(1), "deputy_for": deputy_for,
        },
    )?;
    Ok(())
}

impl Decided {
    /// The decisions on an entry in their order; `words` says what a verb decided on the entry or on a part of it.
    pub(crate) fn all(book: &Connection, entry: &Entry, words: fn(&str, Option<i64>) -> String) -> Result<Vec<Self>> {
        let mut statement = book.prepare(&with_views(
            "SELECT verb, part, decided_by, decided_on, amount_fen, entered_by, declared_flag, deputy_for FROM approval
             WHERE undone_on IS NULL AND entry = ?1 ORDER BY position",
        ))?;
        let mut rows = statement.query([entry.id])?;
        let mut decisions = Vec::new();
        while let Some(row) = rows.next()? {
            let (verb, by, on): (String, String, String) = (row.get(0)?, row.get(2)?, row.get(3)?);
            let principal: Option<String> = row.get(7)?;
            let day = on.parse()?;
            let later = match &principal {
                Some(principal) => dated::deputy_entered_after(book, (principal, &by), day)?,
                None => dated::entered_after(book, &by, day)?,
            };
            let by = page::name(book, &by)?;
            let by = match principal {
                Some(principal) => say!("{by}, for {principal}", by, principal = page::name(book, &principal)?),
                None => by,
            };
            decisions.push(Self {
                what: words(&verb, row.get(1)?),
                by: match later {
                    Some(day) => say!(
                        "{by} (in office by what was entered later, on {day})",
                        by,
                        day = language::day(&day.to_string())
                    ),
                    None => by,
                },
                entered_by: entered_by(book, row.get(5)?, row.get::<_, Option<i64>>(6)?.is_some())?,
                verb,
                on: language::day(&on),
                amount: row.get::<_, Option<Money>>(4)?.map(Money::grouped).unwrap_or_default(),
            });
        }
        Ok(decisions)
    }

    /// The last of these decisions that this verb gave.
    pub(crate) fn last_of<'d>(decisions: &'d [Self], verb: &str) -> Option<&'d Self> {
        decisions.iter().rfind(|decision| decision.verb == verb)
    }
}

/// Who entered a decision, as a sheet says it.
pub(crate) fn entered_by(book: &Connection, key: Option<String>, declared: bool) -> Result<String> {
    let Some(key) = key else { return Ok(String::new()) };
    let name = page::name(book, &key)?;
    Ok(if declared { say!("{name} (declared)", name) } else { name })
}
