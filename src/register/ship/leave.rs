//! Before a shipment leaves: the day that is settled (R6.2), and the exit procedures (R6.3).

use anyhow::Result;
use clap::Args;
use rusqlite::{Connection, OptionalExtension};

use super::Task;
use super::terms::Freight;
use crate::book::change::Change;
use crate::day::DayArg;
use crate::desk::{Answer, Deed};
use crate::money::Money;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::register::entry::{Breaches, Entry};
use crate::register::project::{self, leader};
use crate::say;
use crate::text::{Line, Text};

/// The day on which it is to leave, settled on the day of --on
#[derive(Debug, Args)]
pub struct Schedule {
    /// The shipment's number
    pub number: String,
    /// The day on which it is to leave
    #[arg(long = "for", value_name = "DATE")]
    pub day: DayArg,
    /// With whom: the project's leader, or a person of the user
    #[arg(long, value_name = "NAME")]
    pub agreed_with: Line,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Schedule {
    /// Settles the day, or another day while no gate pass is made out.
    ///
    /// # Errors
    /// A refusal where no carrier is awarded and the company bears the freight, or it was agreed with somebody of the staff
    /// who does not lead the project (R6.2).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let task = Task::begin(change, &self.number, "schedule", "scheduled", self.deed.by.as_deref())?;
        let freight = Freight::of(change.sql(), &task.entry)?;
        if task.entry.state == "completed" && freight == Freight::Company {
            return Err(Refusal::rule(
                "R6.2",
                say!("{number} is awarded to no carrier yet", number = task.entry.number),
            )
            .or(say!("award it with: branchbook ship award {number} --carrier NAME", number = task.entry.number))
            .into());
        }
        let day = self.day.on(change.today());
        if day < change.on {
            return Err(Refusal::usage(say!(
                "{day} is over on {on}, the day on which it is agreed",
                day,
                on = change.on
            ))
            .or(say!("give the day it was agreed with --on DATE"))
            .into());
        }
        let with = agreed_with(change, &task.entry, &self.agreed_with)?;
        change.sql().execute(
            "UPDATE ship SET scheduled_on = ?2, agreed_with = ?3 WHERE entry = ?1",
            (task.entry.id, day, &with),
        )?;
        let entry = task.finish(change, None)?;
        let line = say!(
            "{number}: to leave on {day}, agreed with {agreed_with}",
            number = entry.number,
            day,
            agreed_with = self.agreed_with
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// The leader's key, or the name of a person who is not on the staff and so of the user.
fn agreed_with(change: &Change<'_>, entry: &Entry, who: &str) -> Result<String> {
    let Some(person) = Person::look_up(change.sql(), who)? else { return Ok(who.to_owned()) };
    let Some(project) = project_of(change.sql(), entry)? else {
        return Err(Refusal::rule(
            "R6.2",
            say!("{number} is of no project in the book, so {person} leads none", number = entry.number, person),
        )
        .or(say!("name the user's person"))
        .into());
    };
    if leader::leads(change.sql(), &project, &person, change.on)? {
        return Ok(person.key);
    }
    let way_out = match leader::on(change.sql(), &project, change.on)? {
        Some(leader) => say!("--agreed-with {leader}, or the name of the user's person", leader),
        None => say!("name the department's manager while it has no leader, or the user's person").to_owned(),
    };
    Err(Refusal::rule(
        "R6.2",
        say!(
            "the day is settled with the leader of {number} or the user, and {person} is neither",
            number = project.number,
            person
        ),
    )
    .or(way_out)
    .into())
}

/// The gate pass, made out on the day of --on
#[derive(Debug, Args)]
pub struct Pass {
    /// The shipment's number
    pub number: String,
    /// The gate pass's number on the paper
    #[arg(long, value_name = "NUMBER")]
    pub pass: Line,
    /// The vehicle, by its plate or the wagon's, vessel's or flight's number
    #[arg(long)]
    pub vehicle: Line,
    /// Who drives it
    #[arg(long, value_name = "NAME")]
    pub driver: Line,
    /// Let it pass with the advance payment short, with the reason, instead of being refused
    #[arg(long, value_name = "REASON")]
    pub exception: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Pass {
    /// Makes out the gate pass.
    ///
    /// # Errors
    /// A refusal where there is no Completion Notice, or the advance payment is short and no exception is made (R6.3).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        refuse_incomplete(change.sql(), &Entry::find_in(change.sql(), "ship", &self.number)?)?;
        let task = Task::begin(change, &self.number, "pass", say!("passed through the gate"), self.deed.by.as_deref())?;
        let mut breaches = Breaches::excused_by(self.exception.as_deref());
        breaches.weigh(refuse_short(change.sql(), &task.entry))?;
        change.sql().execute(
            "UPDATE ship SET gate_pass = ?2, vehicle = ?3, driver = ?4, passed_on = ?5 WHERE entry = ?1",
            (task.entry.id, &self.pass, &self.vehicle, &self.driver, change.on),
        )?;
        let notes = breaches.settle(change, &task.entry, &task.actor)?;
        let entry = task.finish(change, self.exception.as_deref())?;
        let line = say!(
            "{number}: gate pass {pass} on {on}, {vehicle} driven by {driver}",
            number = entry.number,
            pass = self.pass,
            on = change.on,
            vehicle = self.vehicle,
            driver = self.driver
        );
        Ok(Answer { notes, ..Answer::new(entry.number, line) })
    }
}

/// Nothing leaves before manufacturing says that it is complete (R6.3).
fn refuse_incomplete(book: &Connection, entry: &Entry) -> Result<()> {
    let notice: Option<Option<String>> = book
        .query_row("SELECT completion_notice FROM ship WHERE entry = ?1", [entry.id], |row| row.get(0))
        .optional()?;
    if entry.state != "notified" || notice.flatten().is_some() {
        return Ok(());
    }
    Err(Refusal::rule(
        "R6.3",
        say!("{number} has no Completion Notice and cannot pass the gate", number = entry.number),
    )
    .or(say!("enter it with: branchbook ship complete {number} --notice NUMBER", number = entry.number))
    .into())
}

/// Nothing leaves while the advance payment of its contract is short (R6.3).
fn refuse_short(book: &Connection, entry: &Entry) -> Result<()> {
    let Some(project) = project_of(book, entry)? else { return Ok(()) };
    let (owed, received): (Money, Money) = book.query_row(
        "SELECT coalesce(sum(amount_fen), 0), coalesce(sum(received_fen), 0) FROM instalment WHERE entry = ?1 AND kind = 'advance'",
        [project.id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if received >= owed {
        return Ok(());
    }
    let short = owed.checked_sub(received).unwrap_or(owed);
    Err(Refusal::rule(
        "R6.3",
        say!("{number} cannot pass the gate while the advance payment of {number2} is short: {short} of {owed} is missing", number = entry.number, number2 = project.number, short = short.grouped(), owed = owed.grouped()),
    )
    .or(say!("enter what came in with: branchbook project receive {number} …", number = project.number))
    .into())
}

/// The project whose contract a shipment delivers; none for imported history of which none is in the book.
///
/// # Errors
/// An error of `SQLite`.
pub(super) fn project_of(book: &Connection, entry: &Entry) -> Result<Option<Entry>> {
    let number: Option<String> =
        book.query_row("SELECT project FROM ship WHERE entry = ?1", [entry.id], |row| row.get(0))?;
    number.map(|number| project::named(book, &number)).transpose()
}
