//! How a visit was: the days, people and cost against those that were planned.

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::Args;

use super::Task;
use crate::book::change::Change;
use crate::day::{self, DayArg};
use crate::desk::{Answer, Deed};
use crate::money::{Money, estimate};
use crate::office::figure;
use crate::refusal::Refusal;
use crate::say;

/// How it was, once the guests have left
#[derive(Debug, Args)]
pub struct Receive {
    /// The reception's number
    pub number: String,
    /// Day on which they arrived
    #[arg(long, value_name = "DATE")]
    pub arrived: DayArg,
    /// Day on which they left
    #[arg(long, value_name = "DATE")]
    pub left: DayArg,
    /// How many came
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub people: u32,
    /// What it cost, in yuan
    #[arg(long, value_name = "YUAN", value_parser = estimate, allow_negative_numbers = true)]
    pub cost: Money,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Receive {
    /// Enters how it was.
    ///
    /// # Errors
    /// A refusal where it is not arranged, or the guests have not left yet.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let task = Task::begin(change, &self.number, "receive", say!("received"), self.deed.by.as_deref())?;
        let (arrived, left) = (self.arrived.on(change.today()), self.left.on(change.today()));
        refuse_days(arrived, left, change.on)?;
        change.sql().execute(
            "UPDATE reception SET arrived_on = ?2, left_on = ?3, people = ?4, cost_fen = ?5 WHERE entry = ?1",
            (task.entry.id, arrived, left, self.people, self.cost),
        )?;
        let (planned, planned_cost): (Option<u32>, Option<Money>) = change.sql().query_row(
            "SELECT planned_people, planned_cost_fen FROM reception_list WHERE id = ?1",
            [task.entry.id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let entry = task.finish(change, None)?;
        let of_planned = planned.map(|planned| say!(" of {planned} planned", planned)).unwrap_or_default();
        let against =
            planned_cost.map(|planned| say!(" of {planned} planned", planned = planned.grouped())).unwrap_or_default();
        let line = say!(
            "{number}: {people}{of_planned} came, {cost} yuan{against}; the summary is due on {left}",
            number = entry.number,
            people = self.people,
            of_planned,
            cost = self.cost.grouped(),
            against,
            left = summary_due(change, left)?
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// The day by which General Management summarises a visit whose guests left on that day, by figure `reception.summary_days`
/// (R5.2(5)).
///
/// # Errors
/// An error of `SQLite`.
pub(super) fn summary_due(change: &Change<'_>, left: NaiveDate) -> Result<NaiveDate> {
    let days = u64::try_from(figure::value(change.sql(), "reception.summary_days", left)?)?;
    Ok(left.checked_add_days(Days::new(days)).unwrap_or(left))
}

/// Nobody leaves before arriving, and nothing is told of days that have not come.
///
/// # Errors
/// A usage refusal.
pub(super) fn refuse_days(arrived: NaiveDate, left: NaiveDate, on: NaiveDate) -> Result<()> {
    day::refuse_future(arrived, on, "--arrived")?;
    day::refuse_future(left, on, "--left")?;
    if left >= arrived {
        return Ok(());
    }
    Err(Refusal::usage(say!("guests who arrived on {arrived} cannot have left on {left}", arrived, left))
        .or(say!("give the day on which they left with --left DATE"))
        .into())
}
