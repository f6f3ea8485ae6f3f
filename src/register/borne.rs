//! What an entry bears of other registers, such as the fees that a contract bears and the goods that left by its advance: where it is
//! changed, or a step of it taken back, so that it bears less than what was done already, the change is taken, and what is beyond is an
//! exception of that day.

use anyhow::Result;
use rusqlite::Connection;

use super::ALL;
use super::check::note_exception;
use super::entry::Entry;
use crate::book::change::Change;
use crate::money::Money;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::say;

/// What rests on an entry and cannot be taken back by changing it.
#[derive(Debug)]
pub(crate) struct Burden {
    /// Whether there is what could bear it, such as a contract.
    pub(crate) founded: bool,
    /// What is beyond what the entry bears, in fen; nothing where it bears all.
    pub(crate) beyond: Money,
    /// What the entry bears; as long as that does not fall, nothing is taken away from under what rests on it.
    pub(crate) bears: Money,
    /// What is to be said of it.
    pub(crate) breach: Refusal,
}

/// What rested on an entry before it was changed.
#[derive(Debug, Default)]
pub(super) struct Borne(Vec<Option<Burden>>);

impl Borne {
    /// What of every register rests on the entry.
    pub(super) fn by(book: &Connection, entry: &Entry) -> Result<Self> {
        let found = ALL.iter().map(|register| (register.rests)(book, entry));
        Ok(Self(found.collect::<Result<_>>()?))
    }

    /// Lists what the entry bears no longer, before its journal row; what was beyond before is listed already. Gives what the person
    /// should know.
    pub(super) fn note(
        &self,
        change: &Change<'_>,
        entry: &Entry,
        person: &Person,
        reason: Option<&str>,
    ) -> Result<Vec<String>> {
        let mut notes = Vec::new();
        for (before, now) in self.0.iter().zip(Self::by(change.sql(), entry)?.0) {
            let Some((before, now)) = before.as_ref().zip(now) else { continue };
            let founded_now = now.founded && !before.founded;
            let taken_away = now.beyond > before.beyond && now.bears < before.bears;
            if now.beyond > Money(0) && (taken_away || founded_now) {
                let reason = reason.unwrap_or(say!("noted by the book"));
                notes.push(note_exception(change, entry, person, &now.breach, reason)?);
            }
        }
        Ok(notes)
    }
}

/// Writes what of other registers follows from an entry that is changed, before its journal row.
pub(super) fn follow(change: &mut Change<'_>, entry: &Entry, person: &Person) -> Result<()> {
    ALL.iter().try_for_each(|register| (register.follows)(change, entry, person))
}
