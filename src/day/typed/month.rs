//! Months as they are typed: this one, the last, without their year, or whole.

use std::str::FromStr;

use chrono::NaiveDate;

use super::DayArg;
use crate::day::Month;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// A month as typed on the command line, not yet tied to the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MonthArg {
    /// This month, or so many months before it: `this`, `上月`.
    Before(i32),
    /// A month whose year is not said: `10月`.
    OfYear(u32),
    /// A month of the calendar: `2026-11`.
    Month(Month),
}

/// Words for months, by how many months before this one they are.
const MONTHS: [(&str, i32); 13] = [
    ("this", 0),
    ("本月", 0),
    ("这个月", 0),
    ("이번 달", 0),
    ("이번달", 0),
    ("이달", 0),
    ("last", 1),
    ("上月", 1),
    ("上个月", 1),
    ("지난달", 1),
    ("지난 달", 1),
    ("上上月", 2),
    ("上上个月", 2),
];

impl MonthArg {
    /// The month that is meant when today is `today`: without its year, the nearest, but none of a coming year.
    pub(crate) fn on(self, today: NaiveDate) -> Month {
        self.of(today, DayArg::first_listed)
    }

    /// The same, of what is planned: without its year, the nearest.
    pub(crate) fn near(self, today: NaiveDate) -> Month {
        self.of(today, DayArg::near)
    }

    fn of(self, today: NaiveDate, of_year: impl Fn(DayArg, NaiveDate) -> NaiveDate) -> Month {
        match self {
            Self::Before(months) => Month::of(today).plus(-months),
            Self::OfYear(month) => Month::of(of_year(DayArg::OfYear(month, 1), Month::of(today).first())),
            Self::Month(month) => month,
        }
    }
}

/// Whether a word is read as a month: what a [`MonthArg`] is made of, without a word on what is wrong with another.
pub(crate) fn is_month(typed: &str) -> bool {
    let words = text::half_width(typed).trim().to_lowercase();
    MONTHS.iter().any(|(word, _)| *word == words) || crate::day::read_month(&words).is_ok()
}

impl FromStr for MonthArg {
    type Err = Refusal;

    /// Reads `last`, `this` (also in Chinese and Korean), a month without its year (`10`, `10月`, `10월`) or one as [`Month`] reads it.
    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let words = text::half_width(typed).trim().to_lowercase();
        if let Some(month) = month_of_year(&words) {
            return Ok(Self::OfYear(month));
        }
        match MONTHS.iter().find(|(word, _)| *word == words) {
            Some((_, months)) => Ok(Self::Before(*months)),
            None => typed
                .parse()
                .map(Self::Month)
                .map_err(|refusal: Refusal| refusal.or(say!("type the month as 2026-11, this or last"))),
        }
    }
}

/// The number of a month that is written without its year.
fn month_of_year(words: &str) -> Option<u32> {
    let figures = words.strip_suffix(['月', '월']).unwrap_or(words);
    let is_number = matches!(figures.len(), 1 | 2) && figures.bytes().all(|byte| byte.is_ascii_digit());
    figures.parse().ok().filter(|month| is_number && (1..=12).contains(month))
}
