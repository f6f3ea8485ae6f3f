//! Deciding on a gift: endorsing, approving, rejecting (R5.3(1), R5.3(2)).

use anyhow::Result;
use clap::Args;
use rusqlite::Connection;

use super::{find, request, terms};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::identity;
use crate::office::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::approval::{self, Approval};
use crate::register::entry::{Entry, Step};
use crate::say;
use crate::text::Text;

/// The gifts to endorse
#[derive(Debug, Args)]
pub struct Endorse {
    /// The gift's number; several are endorsed all or none
    #[arg(required = true, value_name = "NUMBER")]
    pub numbers: Vec<String>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Endorse {
    /// Endorses them.
    ///
    /// # Errors
    /// A refusal where one of them stands elsewhere, a manager asked for it, or the actor asked for it or does not manage its
    /// department (R5.3(2)).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let mut decided = Vec::with_capacity(self.numbers.len());
        for number in &self.numbers {
            let entry = find(change.sql(), number)?;
            let step = entry.step(change.sql(), "endorse", None)?;
            if request::by_manager(change.sql(), &entry)? {
                return Err(Refusal::rule(
                    "R5.3(1)",
                    say!(
                        "{number} was asked for by {person}, a manager, and needs no endorsement",
                        number = entry.number,
                        person = entry.person
                    ),
                )
                .or(say!(
                    "the branch manager approves it with: branchbook gift approve {number}",
                    number = entry.number
                ))
                .into());
            }
            approval::refuse_own_hand(&entry, "R5.3(2)", "endorse", &actor, &[(&entry.person, say!("asked for"))])?;
            step.require_in(change, &actor, Some(&entry.department), say!("endorsing a gift"))?;
            decided.push(enter(change, entry, &step, "endorse", &actor, None)?);
        }
        Ok(answer(&decided, say!("endorsed"), &actor))
    }
}

/// The gifts to approve
#[derive(Debug, Args)]
pub struct Approve {
    /// The gift's number; several are approved all or none
    #[arg(required = true, value_name = "NUMBER")]
    pub numbers: Vec<String>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Approve {
    /// Approves them.
    ///
    /// # Errors
    /// A refusal where one of them is not endorsed as it stands, or the actor asked for it, endorsed it, or is not the branch
    /// manager (R5.3(1), R5.3(2)).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let mut decided = Vec::with_capacity(self.numbers.len());
        for number in &self.numbers {
            let entry = find(change.sql(), number)?;
            let step = entry.step(change.sql(), "approve", None)?;
            let endorser = endorser(change.sql(), &entry)?;
            let mut hands = vec![(entry.person.as_str(), say!("asked for"))];
            hands.extend(endorser.iter().map(|endorser| (endorser.as_str(), say!("endorsed"))));
            approval::refuse_own_hand(&entry, &step.clause, "approve", &actor, &hands)?;
            approver(change.sql(), &entry, step.clone())?.require(change, &actor, say!("approving a gift"))?;
            decided.push(enter(change, entry, &step, "approve", &actor, None)?);
        }
        Ok(answer(&decided, say!("approved"), &actor))
    }
}

/// The gift to reject
#[derive(Debug, Args)]
pub struct Reject {
    /// The gift's number
    pub number: String,
    /// Why
    #[arg(long)]
    pub reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Reject {
    /// Rejects it, as whoever endorses or approves it may.
    ///
    /// # Errors
    /// A refusal where the actor may not decide on it.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let entry = find(change.sql(), &self.number)?;
        let step = entry.step(change.sql(), "reject", None)?;
        approval::refuse_own_hand(&entry, &step.clause, "reject", &actor, &[(&entry.person, say!("asked for"))])?;
        let (decides, department) = decider(change.sql(), &entry)?;
        let above = approver(change.sql(), &entry, Step { roles: vec!["branch-manager".to_owned()], ..step.clone() })?;
        let may = |day| above.allows(change.sql(), &actor, None, day);
        if identity::out_of_office(change, &actor, may)?.is_some() {
            decides.require_in(change, &actor, department.as_deref(), say!("rejecting a gift"))?;
        }
        change.sql().execute("UPDATE gift SET refusal = ?2 WHERE entry = ?1", (entry.id, &self.reason))?;
        let entry = enter(change, entry, &step, "reject", &actor, Some(&self.reason))?;
        let line =
            say!("{number}: rejected by {key}, {reason}", number = entry.number, key = actor.key, reason = self.reason);
        Ok(Answer::new(entry.number, line))
    }
}

/// The step that a gift waits for, with the roles that take it, and the department in which they must be held: endorsing what
/// somebody of the department asked for, else approving.
///
/// # Errors
/// An error of `SQLite`.
pub fn decider(book: &Connection, entry: &Entry) -> Result<(Step, Option<String>)> {
    if entry.state == "requested" && !request::by_manager(book, entry)? {
        return Ok((entry.step(book, "endorse", None)?, Some(entry.department.clone())));
    }
    let step = entry.step(book, "approve", None)?;
    Ok((approver(book, entry, step)?, None))
}

/// Who approves: the branch manager, or a company leader where the branch manager had a hand in asking (R5.3(1)).
fn approver(book: &Connection, entry: &Entry, step: Step) -> Result<Step> {
    let mut hands = vec![entry.person.clone()];
    hands.extend(Approval::last(book, entry.id, "endorse", None)?.map(|endorsed| endorsed.by));
    for hand in hands {
        let Some(person) = Person::of_key(book, &hand)? else { continue };
        if person.holds(book, Role::BranchManager, None, entry.day)? {
            return Ok(Step { roles: vec![Role::CompanyLeader.key().to_owned()], ..step });
        }
    }
    Ok(step)
}

/// Who endorsed the gift as it stands; none where a manager asked for it.
///
/// # Errors
/// A refusal where it waits for an endorsement (R5.3(2)).
fn endorser(book: &Connection, entry: &Entry) -> Result<Option<String>> {
    if entry.state == "requested" && request::by_manager(book, entry)? {
        return Ok(None);
    }
    let subject = terms::subject(book, entry)?;
    let standing = Approval::standing(book, entry.id, "endorse", &subject)?;
    if let Some(endorsed) = standing.filter(|_| entry.state != "requested") {
        return Ok(Some(endorsed.by));
    }
    Err(Refusal::rule(
        "R5.3(2)",
        say!(
            "{number} was asked for by {person} and is not endorsed as it stands",
            number = entry.number,
            person = entry.person
        ),
    )
    .or(say!(
        "the manager of {department} endorses it with: branchbook gift endorse {number}",
        department = language::value(&entry.department),
        number = entry.number
    ))
    .into())
}

/// Decides on a gift as it stands.
fn enter(
    change: &mut Change<'_>,
    mut entry: Entry,
    step: &Step,
    verb: &'static str,
    actor: &Person,
    reason: Option<&str>,
) -> Result<Entry> {
    entry.refuse_before_last(change, &step.to)?;
    let subject = terms::subject(change.sql(), &entry)?;
    approval::decide(change, &mut entry, step, verb, &subject, actor, reason)?;
    Ok(entry)
}

/// What was decided, number by number.
fn answer(decided: &[Entry], done: &str, actor: &Person) -> Answer {
    let numbers: Vec<&str> = decided.iter().map(|entry| entry.number.as_str()).collect();
    Answer::new(
        numbers.join("\n"),
        say!("{numbers}: {done} by {key}", numbers = numbers.join(", "), done, key = actor.key),
    )
}
