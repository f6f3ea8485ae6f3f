//! How a shipment ends: its arrival, the carrier's bill (R6.2), or that it is cancelled.

use anyhow::Result;
use clap::Args;

use super::Task;
use super::terms::Freight;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::money::{Money, estimate};
use crate::refusal::Refusal;
use crate::say;
use crate::text::{Line, Text};

/// Its arrival, on the day of --on
#[derive(Debug, Args)]
pub struct Arrive {
    /// The shipment's number
    pub number: String,
    /// Who signed for it
    #[arg(long, value_name = "NAME")]
    pub signed_by: Line,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Arrive {
    /// Enters the arrival.
    ///
    /// # Errors
    /// A refusal where the shipment is not on its way.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let task = Task::begin(change, &self.number, "arrive", say!("taken in"), self.deed.by.as_deref())?;
        change.sql().execute(
            "UPDATE ship SET arrived_on = ?2, signed_by = ?3 WHERE entry = ?1",
            (task.entry.id, change.on, &self.signed_by),
        )?;
        let entry = task.finish(change, None)?;
        let line = say!(
            "{number}: arrived on {on}, signed for by {signed_by}",
            number = entry.number,
            on = change.on,
            signed_by = self.signed_by
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// The carrier's bill
#[derive(Debug, Args)]
pub struct Bill {
    /// The shipment's number
    pub number: String,
    /// The bill's number on the paper
    #[arg(long, value_name = "NUMBER")]
    pub bill: Line,
    /// What it comes to, in yuan
    #[arg(long, value_name = "YUAN", value_parser = estimate, allow_negative_numbers = true)]
    pub amount: Money,
    /// Why it differs from the award
    #[arg(long)]
    pub reason: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Bill {
    /// Enters the bill against the award.
    ///
    /// # Errors
    /// A refusal where the user bears the freight, there is a bill already, or it differs from the award and no reason is
    /// given (R6.2).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let task = Task::begin(change, &self.number, "bill", "billed", self.deed.by.as_deref())?;
        let number = task.entry.number.clone();
        if Freight::of(change.sql(), &task.entry)? == Freight::User {
            return Err(Refusal::rule("R6.2", say!("the user bears the freight of {number}, and the bill", number))
                .or(say!("hand the bill to the user"))
                .into());
        }
        let (price, earlier): (Option<Money>, Option<String>) = change.sql().query_row(
            "SELECT price_fen, freight_bill FROM ship WHERE entry = ?1",
            [task.entry.id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if let Some(earlier) = earlier {
            return Err(Refusal::rule("R6.2", say!("{number} is billed already, by {earlier}", number, earlier))
                .or(say!(
                    "correct it with: branchbook ship amend {number} --bill NUMBER --amount YUAN --reason TEXT",
                    number
                ))
                .into());
        }
        let difference = match price {
            None => say!("with no award in the book").to_owned(),
            Some(price) => difference(&number, self.amount, price, self.reason.as_deref())?,
        };
        change.sql().execute(
            "UPDATE ship SET freight_bill = ?2, billed_fen = ?3, bill_reason = ?4, billed_on = ?5 WHERE entry = ?1",
            (task.entry.id, &self.bill, self.amount, self.reason.as_deref(), change.on),
        )?;
        let entry = task.finish(change, self.reason.as_deref())?;
        let line = say!(
            "{number}: billed {amount} by {bill}, {difference}",
            number,
            amount = self.amount.grouped(),
            bill = self.bill,
            difference
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// How a bill stands to the award, in words.
///
/// # Errors
/// A refusal where it differs and no reason is given (R6.2).
pub(super) fn difference(number: &str, amount: Money, price: Money, reason: Option<&str>) -> Result<String> {
    let by = |more: Money, less: Money| more.checked_sub(less).unwrap_or(more).grouped();
    let words = match amount.cmp(&price) {
        std::cmp::Ordering::Equal => return Ok(say!("as awarded").to_owned()),
        std::cmp::Ordering::Greater => say!("{price} above the award", price = by(amount, price)),
        std::cmp::Ordering::Less => say!("{amount} below the award", amount = by(price, amount)),
    };
    if reason.is_some() {
        return Ok(words);
    }
    Err(Refusal::rule(
        "R6.2",
        say!(
            "the bill of {amount} for {number} is {words} of {price}",
            amount = amount.grouped(),
            number,
            words,
            price = price.grouped()
        ),
    )
    .or(say!("say why with --reason TEXT"))
    .into())
}

/// The shipment that is not to be
#[derive(Debug, Args)]
pub struct Cancel {
    /// The shipment's number
    pub number: String,
    /// Why
    #[arg(long)]
    pub reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Cancel {
    /// Cancels the shipment.
    ///
    /// # Errors
    /// A refusal where it has left already.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let task = Task::begin(change, &self.number, "cancel", "cancelled", self.deed.by.as_deref())?;
        change.sql().execute("UPDATE ship SET outcome = ?2 WHERE entry = ?1", (task.entry.id, &self.reason))?;
        let entry = task.finish(change, Some(&self.reason))?;
        let line = say!("{number}: cancelled, {reason}", number = entry.number, reason = self.reason);
        Ok(Answer::new(entry.number, line))
    }
}
