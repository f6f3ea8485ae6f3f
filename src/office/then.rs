//! The staff list as the journal had it at a moment: people with their terms and logins, and who stood in for whom.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::{Map, Value};

use super::identity::{GENERAL, WRITERS};
use crate::person::Role;
use crate::text as words;

/// The staff list, as far as the journal was followed.
#[derive(Debug, Default)]
pub(crate) struct Then {
    people: BTreeMap<String, Somebody>,
    deputies: BTreeMap<String, Deputy>,
}

/// A person of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Somebody {
    login: Option<String>,
    /// What the person is and was called, folded.
    names: BTreeSet<String>,
    /// Who it is, where the person was entered twice.
    same_as: Option<String>,
    terms: Vec<Term>,
}

/// A role in a department, from a day until a day, as ISO texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) role: String,
    department: String,
    pub(crate) from: String,
    until: Option<String>,
}

#[derive(Debug)]
struct Deputy {
    person: String,
    stands_in: String,
    from: String,
    until: String,
    ended: Option<String>,
}

/// What somebody must have been to decide: one of these roles, as manager in this department where one is given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Office<'o> {
    pub(crate) roles: &'o [String],
    pub(crate) department: Option<&'o str>,
}

impl Term {
    fn runs(&self, day: &str) -> bool {
        *self.from <= *day && self.until.as_deref().is_none_or(|until| *until >= *day)
    }

    /// Whether it is one of a role. The general manager is one of the company's leaders.
    fn is_of(&self, role: &str) -> bool {
        self.role == role || self.role == Role::GeneralManager.key() && role == Role::CompanyLeader.key()
    }

    fn allows(&self, office: Office<'_>) -> bool {
        let manages = Role::DepartmentManager.key();
        office.roles.iter().any(|role| {
            let there = office.department.filter(|_| role == manages).is_none_or(|there| there == self.department);
            self.is_of(role) && there
        })
    }
}

impl Deputy {
    fn runs(&self, day: &str) -> bool {
        *self.from <= *day && *self.until >= *day && self.ended.as_deref().is_none_or(|ended| *ended > *day)
    }
}

impl Then {
    /// Takes in what the journal says of a thing next; of anything but the staff nothing.
    pub(crate) fn follow(&mut self, thing: &str, record: &str) -> Result<()> {
        let Some((kind, key)) = thing.split_once(' ') else { return Ok(()) };
        match kind {
            "staff" => match Somebody::read(record)? {
                Some(mut person) => {
                    let had = self.people.remove(key).unwrap_or_default();
                    person.names.extend(had.names);
                    self.people.insert(key.to_owned(), person);
                }
                None => drop(self.people.remove(key)),
            },
            "deputy" => match Deputy::read(record)? {
                Some(deputy) => drop(self.deputies.insert(key.to_owned(), deputy)),
                None => drop(self.deputies.remove(key)),
            },
            _ => {}
        }
        Ok(())
    }

    /// The terms that a record gives a person, and that the list does not have yet.
    pub(crate) fn given(&self, key: &str, record: &str) -> Result<Vec<Term>> {
        let Some(person) = Somebody::read(record)? else { return Ok(Vec::new()) };
        let had = self.people.get(key).map_or(&[][..], |person| &person.terms);
        Ok(person.terms.into_iter().filter(|term| !had.iter().any(|had| had.role == term.role)).collect())
    }

    /// Whether the person held such an office on a day, or stood in for somebody who did.
    pub(crate) fn allows(&self, key: &str, office: Office<'_>, day: &str) -> bool {
        let who = self.who(key);
        let mut stood_in =
            self.deputies.values().filter(|deputy| deputy.runs(day) && self.who(&deputy.stands_in) == who);
        self.holds(who, office, day) || stood_in.any(|deputy| self.holds(self.who(&deputy.person), office, day))
    }

    /// The keys of those who held such an office on a day.
    pub(crate) fn holders(&self, office: Office<'_>, day: &str) -> impl Iterator<Item = &str> {
        let holds = move |person: &Somebody| person.terms.iter().any(|term| term.runs(day) && term.allows(office));
        self.people.iter().filter(move |(_, person)| holds(person)).map(|(key, _)| self.who(key))
    }

    /// Whether a person is or was called by one of these names, which are folded.
    pub(crate) fn is_called(&self, who: &str, names: &BTreeSet<String>) -> bool {
        self.people.iter().any(|(key, person)| self.who(key) == who && !person.names.is_disjoint(names))
    }

    /// Whether the person wrote on a day for somebody else: was General Management's clerk or contract administrator, or the clerk of
    /// a department in which the other worked on the day of what is written down.
    pub(crate) fn writes_for(&self, key: &str, day: &str, other: &str, on: &str) -> bool {
        let is_of = |department: &str| {
            self.terms(self.who(other))
                .any(|term| term.department == department && term.runs(on) && term.role != Role::Service.key())
        };
        self.terms(self.who(key)).filter(|term| term.runs(day)).any(|term| {
            let writes = WRITERS.iter().any(|role| term.role == role.key());
            writes && (term.department == GENERAL || term.role == Role::Clerk.key() && is_of(&term.department))
        })
    }

    /// Whose login it was; none where it was nobody's.
    pub(crate) fn owner(&self, login: &str) -> Option<&str> {
        let owner = self.people.iter().find(|(_, person)| person.login.as_deref() == Some(login));
        owner.map(|(key, _)| self.who(key))
    }

    /// The key of who this is, where somebody was entered twice.
    pub(crate) fn who<'k>(&'k self, key: &'k str) -> &'k str {
        self.people.get(key).and_then(|person| person.same_as.as_deref()).unwrap_or(key)
    }

    /// The terms of a person, under whatever keys they were entered.
    fn terms(&self, who: &str) -> impl Iterator<Item = &Term> {
        self.people.iter().filter(move |(key, _)| self.who(key) == who).flat_map(|(_, person)| &person.terms)
    }

    fn holds(&self, who: &str, office: Office<'_>, day: &str) -> bool {
        self.terms(who).any(|term| term.runs(day) && term.allows(office))
    }
}

impl Somebody {
    /// The person of a record; none where it says that there is nobody.
    fn read(record: &str) -> Result<Option<Self>> {
        let record: Map<String, Value> = serde_json::from_str(record)?;
        let Some(person) = record.get("person").and_then(|rows| rows.get(0)) else { return Ok(None) };
        let terms = record.get("term").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let terms = terms.iter().filter_map(|row| {
            Some(Term {
                role: text(row, "role")?,
                department: text(row, "department")?,
                from: text(row, "from_on")?,
                until: text(row, "until_on"),
            })
        });
        let names = text(person, "name").map(|name| words::fold(&name));
        Ok(Some(Self {
            login: text(person, "os_login"),
            names: names.into_iter().collect(),
            same_as: text(person, "same_as"),
            terms: terms.collect(),
        }))
    }
}

impl Deputy {
    fn read(record: &str) -> Result<Option<Self>> {
        let record: Map<String, Value> = serde_json::from_str(record)?;
        let read = |row: &Value| {
            Some(Self {
                person: text(row, "person")?,
                stands_in: text(row, "deputy")?,
                from: text(row, "from_on")?,
                until: text(row, "until_on")?,
                ended: text(row, "ended_on"),
            })
        };
        Ok(record.get("deputy").and_then(|rows| rows.get(0)).and_then(read))
    }
}

fn text(row: &Value, column: &str) -> Option<String> {
    row.get(column)?.as_str().map(str::to_owned)
}
