//! The contract review by the ISO 9000 procedure, before a contract is signed (R3.3).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::{Connection, named_params};

use super::leader;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::office::identity;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::{self, Line, Text};

/// What was reviewed, by whom, and with what result; of the reviews of one item the last counts
#[derive(Debug, Args)]
#[group(id = "result", required = true, multiple = false, args = ["pass", "fail"])]
pub struct Review {
    /// The project's number
    pub number: String,
    /// The requirement that was reviewed
    #[arg(long)]
    pub item: Line,
    /// Who reviewed it
    #[arg(long, value_name = "PERSON")]
    pub reviewer: String,
    /// It can be met
    #[arg(long)]
    pub pass: bool,
    /// It cannot be met as it stands
    #[arg(long, requires = "opinion")]
    pub fail: bool,
    /// The reviewer's opinion
    #[arg(long, value_name = "TEXT")]
    pub opinion: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Review {
    /// Enters the review.
    ///
    /// # Errors
    /// A refusal where another than the leader organised it, the leader reviewed it themselves, or the reviewer is not on the
    /// staff (R3.3).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "project", &self.number)?;
        let step = entry.step(change.sql(), "review", None)?;
        entry.refuse_before_opening(change)?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        leader::require(change, &entry, &actor, &step.clause, say!("organising the contract review"))?;
        let reviewer = Person::find(change.sql(), &self.reviewer)?;
        leader::require_staff(change, &reviewer, &step.clause, "--reviewer")?;
        if leader::leads(change.sql(), &entry, &reviewer, change.on)? {
            let what =
                say!("{reviewer} leads {number} and does not review it as well", reviewer, number = entry.number);
            return Err(Refusal::rule(step.clause, what).or(say!("name another with --reviewer PERSON")).into());
        }
        entry.take(change, &step)?;
        let review = named_params! {
            "item": self.item, "reviewer": reviewer.key, "reviewed_on": change.on, "passed_flag": self.pass, "opinion": self.opinion,
        };
        entry.append(change, "review", review)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let result = if self.pass { say!("passed") } else { say!("failed") };
        let open = unpassed(change.sql(), &entry, change.on)?;
        let rest = if open.is_empty() {
            say!("; the review has passed").to_owned()
        } else {
            say!("; open: {open}", open = open.join(", "))
        };
        let line = say!(
            "{number}: {item} {result}, reviewed on {on} by {key}{rest}",
            number = entry.number,
            item = self.item,
            result,
            on = change.on,
            key = reviewer.key,
            rest
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// The items whose last review up to a day failed, in the order in which they were first reviewed; of two reviews on one day the
/// one entered later is the last.
///
/// # Errors
/// An error of `SQLite`.
pub fn unpassed(book: &Connection, project: &Entry, day: NaiveDate) -> Result<Vec<String>> {
    let mut statement = book.prepare_cached(
        "SELECT item FROM (
            SELECT item, passed_flag, min(position) OVER (PARTITION BY item) AS first,
                row_number() OVER (PARTITION BY item ORDER BY reviewed_on DESC, position DESC) AS place
            FROM review WHERE entry = ?1 AND reviewed_on <= ?2)
         WHERE place = 1 AND NOT passed_flag ORDER BY first",
    )?;
    Ok(statement.query_map((project.id, day), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Refuses a contract of that day unless its review had passed: at least one item was reviewed, and the last review of each
/// passed (R3.3).
///
/// # Errors
/// A refusal naming the items that stand against it.
pub fn refuse_unpassed(book: &Connection, project: &Entry, day: NaiveDate) -> Result<()> {
    let number = &project.number;
    let open = unpassed(book, project, day)?;
    if let Some(item) = open.first() {
        let what = say!(
            "the contract review of {number} had not passed on {day}: {open}",
            number,
            day,
            open = open.join(", ")
        );
        let way_out = say!(
            "enter the next review with: branchbook project review {number} --item {item} --reviewer PERSON --pass",
            number,
            item = text::word(item)
        );
        return Err(Refusal::rule("R3.3", what).or(way_out).into());
    }
    if book.prepare_cached("SELECT 1 FROM review WHERE entry = ?1 AND reviewed_on <= ?2")?.exists((project.id, day))? {
        return Ok(());
    }
    Err(Refusal::rule("R3.3", say!("the contract of {number} was not reviewed up to {day}", number, day))
        .or(say!(
            "enter the review with: branchbook project review {number} --item ITEM --reviewer PERSON --pass",
            number
        ))
        .into())
}
