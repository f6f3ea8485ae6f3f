//! What was entered of a person's terms, taken back: by whoever appoints, and not where a decision rests on it.

use anyhow::Result;
use chrono::NaiveDate;

use super::dated::Standing;
use super::{appoint, dated};
use crate::book::change::Change;
use crate::person::{Person, Role};

/// The terms of a person that are being taken back.
pub(crate) struct Terms {
    /// Who decided that.
    pub(crate) actor: Person,
    person: Person,
    given: Standing,
    /// The first day on which that changes anything.
    first: Option<NaiveDate>,
}

impl Terms {
    /// Finds out who decides on these roles of the person, and refuses others.
    pub(crate) fn begin(
        change: &Change<'_>,
        by: Option<&str>,
        person: &str,
        roles: &[Role],
        first: Option<NaiveDate>,
    ) -> Result<Self> {
        let person = Person::find(change.sql(), person)?;
        let mut actor = None;
        for role in roles {
            actor = Some(appoint::appoints(change, by, &person.key, *role, first.unwrap_or(change.on))?.by);
        }
        let actor = match actor {
            Some(actor) => actor,
            None => appoint::keeps(change, by, &person.key)?,
        };
        let given = dated::standing(change, &person)?;
        Ok(Self { actor, person, given, first })
    }

    /// What the journal notes.
    pub(crate) fn note(&self, change: &Change<'_>, reason: &str) -> Result<String> {
        dated::note(change, self.first.unwrap_or(change.today()), reason.to_owned())
    }

    /// Refuses where nobody would keep the staff list, or a decision would be carried by no office.
    pub(crate) fn end(&self, change: &Change<'_>) -> Result<()> {
        appoint::refuse_keeperless(change, change.today())?;
        dated::refuse_bereft(change, &self.person, &self.given, &self.actor)
    }
}
