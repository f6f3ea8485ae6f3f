//! The carrier's bill against the award (R6.2).

use std::cmp::Ordering;

use anyhow::Result;

use super::{BILL, BILL_REASON, BILLED, FREIGHT, PRICE, USER};
use crate::money::Money;
use crate::office::figure;
use crate::refusal::Refusal;
use crate::register::task::{Row, Task};
use crate::say;

/// Shipments that arrived without the bill, by their index; they have come to their end.
pub(super) const MISSING: &str =
    "l.id IN (SELECT entry FROM ship WHERE arrived_on IS NOT NULL AND awarded_on IS NOT NULL
    AND billed_fen IS NULL AND freight = 'company')";

/// A user who bears the freight pays the bill.
pub(super) fn refuse_users(task: &mut Task<'_, '_>) -> Result<()> {
    if task.row.get(&FREIGHT)?.as_deref() != Some(USER) {
        return Ok(());
    }
    let what = say!("the user bears the freight of {number}, and the bill", number = task.entry.number);
    Err(Refusal::rule("R6.2", what).or(say!("hand the bill to the user")).into())
}

/// A shipment is billed once.
pub(super) fn refuse_second(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(earlier) = task.row.was(&BILL)? else { return Ok(()) };
    let number = &task.entry.number;
    Err(Refusal::rule("R6.2", say!("{number} is billed already, by {earlier}", number, earlier))
        .or(say!("correct it with: branchbook ship amend {number} --bill NUMBER --amount YUAN --reason TEXT", number))
        .into())
}

/// A bill that differs from the award has a reason; that of a correction is the bill's as well where it had none.
pub(super) fn explain(task: &mut Task<'_, '_>) -> Result<()> {
    let difference = Difference::of(&task.row)?;
    if let Some(reason) = &task.reason {
        let said = task.row.get(&BILL_REASON)?.unwrap_or_else(|| reason.clone());
        task.set(BILL_REASON.spec.column, difference.words.is_some().then_some(said));
    }
    let Some(words) = &difference.words else { return Ok(()) };
    let what = say!(
        "the bill of {amount} for {number} is {words} of {price}",
        amount = difference.amount,
        number = task.entry.number,
        words,
        price = difference.price
    );
    let breach = Refusal::rule("R6.2", what);
    match task.row.get(&BILL_REASON)? {
        None => Err(breach.or(say!("say why with --reason TEXT")).into()),
        Some(reason) if difference.is_far_above(task)? => {
            task.note(breach, &reason);
            Ok(())
        }
        Some(_) => Ok(()),
    }
}

pub(super) fn billed(task: &Task<'_, '_>) -> Result<String> {
    let difference = Difference::of(&task.row)?;
    Ok(say!(
        "{number}: billed {amount} by {bill}, {difference}",
        number = task.entry.number,
        amount = difference.amount,
        bill = task.row.get(&BILL)?.unwrap_or_default(),
        difference = match (task.row.get(&PRICE)?, difference.words) {
            (None, _) => say!("with no award in the book").to_owned(),
            (Some(_), None) => say!("as awarded").to_owned(),
            (Some(_), Some(words)) => words,
        }
    ))
}

/// How a bill stands to the award.
struct Difference {
    amount: Money,
    /// What was awarded; the same where nothing was.
    price: Money,
    /// In words, where they differ.
    words: Option<String>,
}

impl Difference {
    /// Whether the bill passes the award by more than figure `ship.bill_excess` of the day says: that is listed among the exceptions.
    fn is_far_above(&self, task: &Task<'_, '_>) -> Result<bool> {
        let percent = i128::from(figure::value(task.sql(), "ship.bill_excess", task.change.on)?);
        Ok(i128::from(self.amount.0) * 10_000 > i128::from(self.price.0) * (10_000 + percent))
    }

    fn of(row: &Row) -> Result<Self> {
        let amount = row.get(&BILLED)?.unwrap_or(Money(0));
        let price = row.get(&PRICE)?.unwrap_or(amount);
        let by = |more: Money, less: Money| more.checked_sub(less).unwrap_or(more);
        let words = match amount.cmp(&price) {
            Ordering::Equal => None,
            Ordering::Greater => Some(say!("{price} above the award", price = by(amount, price))),
            Ordering::Less => Some(say!("{amount} below the award", amount = by(price, amount))),
        };
        Ok(Self { amount, price, words })
    }
}
