//! What waits in a register: for somebody to do it, or for a decision. The lists over all registers are in `report`.

use std::borrow::Cow;

use anyhow::Result;
use chrono::NaiveDate;

use crate::language;
use crate::money::Money;
use crate::office::named;
use crate::say;

/// Where what waits is handed, one after the other: there may be more of it than memory should hold.
pub(crate) type Each<'e> = &'e mut dyn FnMut(Waiting) -> Result<()>;

/// Where what waits for a decision is handed, in the same way.
pub(crate) type EachUndecided<'e> = &'e mut dyn FnMut(Undecided) -> Result<()>;

/// One thing that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Waiting {
    /// The day by which it is to be done.
    pub(crate) due_on: NaiveDate,
    /// What waits, in words.
    pub(crate) what: String,
    /// The entry's number; empty where it is about no entry.
    pub(crate) number: String,
    /// The department that is waited for.
    pub(crate) department: String,
    /// The person who is waited for, where one is known.
    pub(crate) person: Option<String>,
    /// The clause that asks for it.
    pub(crate) clause: Cow<'static, str>,
    /// The command that clears it, without who carries it out.
    pub(crate) next: String,
    /// The people one of whom carries it out, named with `--by` by whoever else types it; none where it is for whoever does.
    pub(crate) deciders: Option<Vec<String>>,
}

impl Waiting {
    /// The command that clears it, as the person at the keyboard types it.
    pub(crate) fn command(&self, hand: Option<&str>) -> String {
        let by = self.deciders.as_ref().map_or_else(String::new, |deciders| named::by(deciders, hand));
        format!("{}{by}", self.next)
    }
}

/// A thing that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Undecided {
    /// The entry's number.
    pub(crate) number: String,
    /// What is to be decided, in words.
    pub(crate) what: String,
    /// The unit that receives it, or whom it is paid to.
    pub(crate) party: String,
    /// The amount in fen.
    pub(crate) amount: Money,
    /// Who asked.
    pub(crate) asked_by: String,
    /// The day since which it waits.
    pub(crate) since: NaiveDate,
    /// The people who may decide: they hold the role, and had no part in asking.
    pub(crate) deciders: Vec<String>,
    /// The roles that decide, as words.
    pub(crate) roles: String,
    /// The department that decides.
    pub(crate) department: String,
    /// The clause that asks for the decision.
    pub(crate) clause: Cow<'static, str>,
    /// The command that decides, without who does.
    pub(crate) command: String,
}

impl Undecided {
    /// The command that decides, as the person at the keyboard types it.
    pub(crate) fn command(&self, hand: Option<&str>) -> String {
        format!("{}{}", self.command, named::by(&self.deciders, hand))
    }

    /// It waits for a person where only one may decide.
    pub(crate) fn due(self) -> Waiting {
        let person = match self.deciders.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        };
        Waiting {
            due_on: self.since,
            what: say!("{what}, for {party}", what = self.what, party = language::value(&self.party)),
            number: self.number,
            department: self.department,
            person,
            clause: self.clause,
            next: self.command,
            deciders: Some(self.deciders),
        }
    }
}
