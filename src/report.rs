//! Reports: tallies over the registers, on the screen or in a file.

pub(crate) mod approvals;
pub(crate) mod decisions;
pub(crate) mod due;
mod exceptions;
mod late;
pub(crate) mod left;
pub(crate) mod month;
pub(crate) mod review;
pub(crate) mod submit;
mod taken_back;

use anyhow::Result;
use clap::Subcommand;

use crate::desk::{Desk, Run};
use crate::register::info::tally;
use crate::register::project::{orders, target};
use crate::register::recipients;

/// What is reported.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// A month's user information against the indicators (R2.2, R2.2a)
    Info(tally::Tally),
    /// What the products' orders of a month were (R2.5)
    Orders(orders::Orders),
    /// Enter the leaders' review of a month's order statistics (R2.5)
    Review(review::Review),
    /// List the leaders' reviews of the order statistics (R2.5)
    Reviews(review::Reviews),
    /// What each department collected in a month, against the collection plan (R3.7)
    Collection(target::Collection),
    /// Breaches that were recorded instead of refused
    Exceptions(exceptions::Exceptions),
    /// Steps that were taken back, and entries that were voided after their month
    TakenBack(taken_back::TakenBack),
    /// What was entered in a month for an earlier one, of every register
    Late(late::Late),
    /// Hand a month's data to a department of the company, which closes the month (R1)
    Submit(submit::Submit),
    /// What was decided, by whom and in whose place, and who entered it
    Decisions(decisions::Decisions),
    /// What one unit or person had in a year, and its gifts against their limit (R5.3)
    Recipients(recipients::Recipients),
    /// The month-end pack: every tally and ledger of a month in a folder, with a manifest
    Month(month::MonthEnd),
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Info(tally) => tally.run(desk),
            Self::Orders(orders) => orders.run(desk),
            Self::Review(review) => review.run(desk),
            Self::Reviews(reviews) => reviews.run(desk),
            Self::Collection(collection) => collection.run(desk),
            Self::Exceptions(exceptions) => exceptions.run(desk),
            Self::TakenBack(taken_back) => taken_back.run(desk),
            Self::Late(late) => late.run(desk),
            Self::Submit(submit) => submit.run(desk),
            Self::Decisions(decisions) => decisions.run(desk),
            Self::Recipients(recipients) => recipients.run(desk),
            Self::Month(month) => month.run(desk),
        }
    }
}
