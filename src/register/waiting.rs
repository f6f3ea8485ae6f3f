//! What waits in a register: for somebody to do it, or for a decision. The lists over all registers are in `report`.

use std::borrow::Cow;

use anyhow::Result;
use chrono::NaiveDate;

use crate::money::Money;

/// Where what waits is handed, one after the other: there may be more of it than memory should hold.
pub type Each<'e> = &'e mut dyn FnMut(Waiting) -> Result<()>;

/// Where what waits for a decision is handed, in the same way.
pub type EachUndecided<'e> = &'e mut dyn FnMut(Undecided) -> Result<()>;

/// One thing that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The day by which it is to be done.
    pub due_on: NaiveDate,
    /// What waits, in words.
    pub what: String,
    /// The entry's number; empty where it is about no entry.
    pub number: String,
    /// The department that is waited for.
    pub department: String,
    /// The person who is waited for, where one is known.
    pub person: Option<String>,
    /// The clause that asks for it.
    pub clause: Cow<'static, str>,
    /// The command that clears it.
    pub next: String,
}

/// A thing that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecided {
    /// The entry's number.
    pub number: String,
    /// What is to be decided, in words.
    pub what: String,
    /// The unit that receives it, or whom it is paid to.
    pub party: String,
    /// The amount in fen.
    pub amount: Money,
    /// Who asked.
    pub asked_by: String,
    /// The day since which it waits.
    pub since: NaiveDate,
    /// The people who may decide: they hold the role, and had no part in asking.
    pub deciders: Vec<String>,
    /// The roles that decide, as words.
    pub roles: String,
    /// The department that decides.
    pub department: String,
    /// The clause that asks for the decision.
    pub clause: Cow<'static, str>,
    /// The command that decides.
    pub command: String,
}
