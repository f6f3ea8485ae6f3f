//! Days that are far from today: the year may be a slip, so that they are entered where somebody says that they are meant (Q11).

use std::io::Write;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::{figure, live};
use crate::book::change::Change;
use crate::day::{DayArg, Month};
use crate::prompt;
use crate::refusal::Refusal;
use crate::say;

/// A day that lies before another by more than figure `office.far_days` of that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Far {
    day: NaiveDate,
    /// How many days it lies before.
    pub(crate) days: i64,
    most: i64,
}

impl Far {
    /// The day of an entry, where that is far from the day of entry.
    pub(crate) fn of(book: &Connection, day: NaiveDate, entered: NaiveDate) -> Result<Option<Self>> {
        let days = (entered - day).num_days();
        if days <= 0 {
            return Ok(None);
        }
        let most = figure::value(book, "office.far_days", entered)?;
        Ok((days > most).then_some(Self { day, days, most }))
    }

    /// The day of `--on`, where that is far from today; refused where it was typed without its year and will come soon.
    pub(crate) fn of_on(book: &Connection, typed: Option<DayArg>, today: NaiveDate) -> Result<Option<Self>> {
        let Some(typed) = typed else { return Ok(None) };
        let on = typed.on(today);
        typed.refuse_to_come(on, today, "--on")?;
        Self::of(book, on, today)
    }

    /// Refuses a month that ended so long ago and before the book was live, unless that is meant: of one that the book is kept for it may
    /// still be owed.
    pub(crate) fn refuse_month(change: &Change<'_>, month: Month, is_meant: bool) -> Result<()> {
        let is_owed = month >= live::first_month(change.sql())?;
        match Self::of(change.sql(), month.last(), change.today())? {
            Some(Self { days, most, .. }) if !is_meant && !is_owed => {
                let what = say!("{month} ended {days} days ago, more than office.far_days, {most}", month, days, most);
                Err(Refusal::usage(what).or(say!("check the year of the month; where it is meant, add --far")).into())
            }
            _ => Ok(()),
        }
    }

    fn said(self) -> String {
        let Self { day, days, most } = self;
        say!("{day} is {days} days ago, more than office.far_days, {most}", day, days, most)
    }

    /// Asks a person in a terminal whether the day is meant; refuses where it is not.
    pub(crate) fn ask(self, err: &mut dyn Write) -> Result<()> {
        writeln!(err, "{}", self.said())?;
        if prompt::is_meant(err)? {
            return Ok(());
        }
        Err(Refusal::usage(say!("nothing was entered")).into())
    }

    /// The refusal where nobody is there to be asked.
    pub(crate) fn refusal(self) -> Refusal {
        Refusal::usage(self.said()).or(say!("check the year of --on; where the day is meant, add --far"))
    }
}
