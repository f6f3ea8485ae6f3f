//! The roster as a file: a row for each term.

use anyhow::Result;
use chrono::NaiveDate;

use super::{Resolved, appoint, enter_person, terms};
use crate::book::change::Change;
use crate::book::thing::Thing;
use crate::import::row::{Cells, Fault};
use crate::import::run::{Take, Taken};
use crate::office::department;
use crate::office::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;

/// The roster: a row a term. A person who is there gets the further term.
pub(super) struct Roster {
    /// Who decided, where that is not whoever enters it.
    pub(super) by: Option<String>,
}

impl Take for Roster {
    const WHAT: &'static str = "terms";

    fn short() -> Vec<(&'static str, &'static str)> {
        vec![("login", "os_user")]
    }

    fn fields() -> Vec<&'static str> {
        vec!["key", "name", "department", "role", "from", "until", "os_user"]
    }

    fn required() -> Vec<&'static str> {
        vec!["key", "name", "department", "role"]
    }

    fn take(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Result<Taken, Fault>> {
        let row = match RosterRow::read(cells) {
            Ok(row) => row,
            Err(fault) => return Ok(Err(fault)),
        };
        match row.enter(change, self.by.as_deref()) {
            Ok(taken) => Ok(Ok(taken)),
            Err(error) => error.downcast::<Refusal>().map(|refusal| Err(Fault::whole(refusal.to_string()))),
        }
    }

    fn finish(self, _: &mut Change<'_>) -> Result<Vec<String>> {
        Ok(Vec::new())
    }
}

struct RosterRow<'a> {
    key: &'a str,
    name: &'a str,
    department: &'a str,
    role: Role,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    login: Option<&'a str>,
}

impl<'a> RosterRow<'a> {
    fn read(cells: &Cells<'a>) -> Result<Self, Fault> {
        let role = <Role as clap::ValueEnum>::from_str(cells.required("role")?, true)
            .map_err(|_| Fault::of("role", say!("is no role; see branchbook staff add --help for the roles")))?;
        Ok(Self {
            key: cells.required("key")?,
            name: cells.required_line("name")?,
            department: cells.required("department")?,
            role,
            from: cells.day("from")?,
            until: cells.day("until")?,
            login: cells.line("os_user")?,
        })
    }

    fn enter(&self, change: &mut Change<'_>, by: Option<&str>) -> Result<Taken> {
        let department = department::find(change.sql(), self.department)?.key;
        let term = Resolved { department, role: self.role, from: self.from.unwrap_or(change.on), until: self.until };
        let known = Person::look_up(change.sql(), self.key)?;
        if let Some(known) = &known
            && known.name == self.name
            && terms::stands(change.sql(), known, &term)?
        {
            return Ok(Taken::Same);
        }
        let decided = appoint::appoints(change, by, self.key, term.role, term.from)?;
        match known {
            None => enter_person(change, self.key, self.name, &term.department, self.login)?,
            Some(known) if known.key != self.key || known.name != self.name => {
                return Err(Refusal::usage(say!(
                    "{key} is {known} in the book, not {name}",
                    key = self.key,
                    known,
                    name = self.name
                ))
                .into());
            }
            Some(_) => {}
        }
        terms::enter(change, self.key, &term)?;
        change.record(&Thing::office("staff", &[self.key])?, &decided.by.key, Some(&decided.note(&term)))?;
        Ok(Taken::New)
    }
}
