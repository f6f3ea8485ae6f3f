//! Steps by the rows of table `step`: where they lead, and who may take them.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use crate::book::change::Change;
use crate::book::select::Select;
use crate::language;
use crate::office::identity;
use crate::person::{Person, Role};
use crate::refusal::Refusal;

/// A step that may be taken now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Step {
    /// The state it leads to.
    pub to: String,
    /// The roles that may take it; empty where the register's own rule decides.
    pub(crate) roles: Vec<String>,
    /// The clause it comes from.
    pub(crate) clause: String,
}

impl Step {
    /// The step that `verb` takes from a state (`''` before the first), to the state `to` where it leads to several;
    /// none where there is no such step.
    pub(crate) fn look_up(
        book: &Connection,
        register: &str,
        verb: &str,
        from: &str,
        to: Option<&str>,
    ) -> Result<Option<Self>> {
        book.first(
            "SELECT to_state, role, clause FROM step
                 WHERE register = ?1 AND verb = ?2 AND from_state = ?3 AND (?4 IS NULL OR to_state = ?4)",
            (register, verb, from, to),
            |row| {
                let roles: String = row.get(1)?;
                Ok(Self {
                    to: row.get(0)?,
                    roles: roles.split_whitespace().map(str::to_owned).collect(),
                    clause: row.get(2)?,
                })
            },
        )
    }

    /// Refuses unless the actor holds one of the step's roles on the day of the change, as [`identity::out_of_office`] says.
    pub(crate) fn require(&self, change: &Change<'_>, actor: &Person, what: &str) -> Result<()> {
        self.require_in(change, actor, None, what)
    }

    /// As [`Step::require`], for a role in `department` where one is given.
    pub(crate) fn require_in(
        &self,
        change: &Change<'_>,
        actor: &Person,
        department: Option<&str>,
        what: &str,
    ) -> Result<()> {
        self.require_but(change, actor, department, what, |_| false)
    }

    /// As [`Step::require_in`], with a refusal that names nobody who is barred for another reason.
    pub(crate) fn require_but(
        &self,
        change: &Change<'_>,
        actor: &Person,
        department: Option<&str>,
        what: &str,
        barred: impl Fn(&str) -> bool,
    ) -> Result<()> {
        if self.decides() {
            identity::refuse_lent(change, &self.clause)?;
        }
        let allows = |day| Ok(self.roles.is_empty() || self.allows(change.sql(), actor, department, day)?);
        let Some(day) = identity::out_of_office(change, actor, allows)? else { return Ok(()) };
        let mut holders = self.holders(change.sql(), department, day)?;
        holders.retain(|key| !barred(key));
        let way_out = identity::name_who(change, &holders)?;
        let what = identity::for_the(what, &language::any_of(&self.roles), department, actor, day);
        Err(Refusal::rule(&self.clause, what).or(way_out).into())
    }

    /// Whether it is a decision: only managers and leaders take it.
    pub(crate) fn decides(&self) -> bool {
        !self.roles.is_empty() && self.roles.iter().all(|role| Role::of_key(role).is_some_and(Role::decides))
    }

    /// Whether the person holds one of the step's roles on that day, in `department` where one is given.
    pub(crate) fn allows(
        &self,
        book: &Connection,
        person: &Person,
        department: Option<&str>,
        day: NaiveDate,
    ) -> Result<bool> {
        for role in &self.roles {
            let allowed = person.holds_key(book, role, department, day)?
                || self.decides() && person.principal(book, role, department, day)?.is_some();
            if allowed {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// In whose place the person takes a step for which they hold no role themselves; none where in nobody's.
    pub(crate) fn principal(
        &self,
        book: &Connection,
        person: &Person,
        department: Option<&str>,
        day: NaiveDate,
    ) -> Result<Option<Person>> {
        let mut principal = None;
        for role in &self.roles {
            if person.holds_key(book, role, department, day)? {
                return Ok(None);
            }
            if principal.is_none() {
                principal = person.principal(book, role, department, day)?;
            }
        }
        Ok(principal)
    }

    /// The keys of the people who hold one of the step's roles on that day, role by role: whom a refusal names.
    pub(crate) fn holders(&self, book: &Connection, department: Option<&str>, day: NaiveDate) -> Result<Vec<String>> {
        let mut keys: Vec<String> = Vec::new();
        for role in self.roles.iter().filter_map(|role| Role::of_key(role)) {
            let people = if self.decides() { Person::deciders } else { Person::holders };
            for person in people(book, role, department, day)? {
                if !keys.contains(&person.key) {
                    keys.push(person.key);
                }
            }
        }
        Ok(keys)
    }
}
