//! Days and months: as typed on the command line, as found in old ledgers, as stored.

mod typed;
mod written;

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike as _, Months, NaiveDate};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Deserializer};

pub(crate) use self::typed::{DayArg, MonthArg, is_month, joined, refuse_years_away};
use crate::language::{self, Spoken, words};
use crate::phrase;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

pub(crate) use self::written::{check_format, written};

/// The first year that a day or month may have.
pub(crate) const FIRST_YEAR: i32 = 1949;

/// The last year that a day or month may have.
pub(crate) const LAST_YEAR: i32 = 2199;

/// Refuses a day that has not come, given by `option`.
pub(crate) fn refuse_future(day: NaiveDate, today: NaiveDate, option: &str) -> Result<(), Refusal> {
    if day <= today {
        return Ok(());
    }
    Err(Refusal::usage(say!("{day} has not come yet", day))
        .or(say!("give the day it happened with {option} DATE", option)))
}

/// Refuses a time that ends before it begins; `option` gives its end.
pub(crate) fn refuse_backwards(first: NaiveDate, last: NaiveDate, option: &str) -> Result<(), Refusal> {
    if first <= last {
        return Ok(());
    }
    Err(Refusal::usage(say!("the last day {last} is before the first, {first}", last, first))
        .or(say!("give a day from then on with {option} DATE", option)))
}

/// The day as the book keeps it, such as `2026-11-29`: what its `Display` writes, at a tenth of the price, which an import of a million
/// rows pays ten times a row.
pub(crate) fn text_of(day: NaiveDate) -> String {
    let Ok(year @ 0..=9999) = u32::try_from(day.year()) else { return day.to_string() };
    let mut text = String::with_capacity("2026-11-29".len());
    for (part, places) in [(year, &[1000, 100, 10, 1][..]), (day.month(), &[10, 1]), (day.day(), &[10, 1])] {
        if !text.is_empty() {
            text.push('-');
        }
        text.extend(places.iter().filter_map(|place| char::from_digit(part / place % 10, 10)));
    }
    text
}

/// A month of the calendar; it is typed, printed and stored as `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: NaiveDate,
}

impl Month {
    /// The month that `day` is in.
    pub(crate) fn of(day: NaiveDate) -> Self {
        Self { first: day.with_day(1).unwrap_or(day) }
    }

    /// The first day of the month.
    #[must_use]
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day of the month.
    #[must_use]
    pub fn last(self) -> NaiveDate {
        let next = self.first.checked_add_months(Months::new(1));
        next.and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    /// The month after this one.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// The month before this one.
    pub(crate) fn prev(self) -> Self {
        self.plus(-1)
    }

    /// The month so many months later, or earlier when negative; it stops at the ends of chrono's calendar.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        let distance = Months::new(months.unsigned_abs());
        if months < 0 {
            Self::of(self.first.checked_sub_months(distance).unwrap_or(NaiveDate::MIN))
        } else {
            Self::of(self.first.checked_add_months(distance).unwrap_or(NaiveDate::MAX))
        }
    }

    /// Whether the day is in this month.
    pub(crate) fn contains(self, day: NaiveDate) -> bool {
        Self::of(day) == self
    }
}

impl Spoken for Month {
    fn spoken(&self) -> String {
        language::month(self.first)
    }
}

impl FromStr for Month {
    type Err = Refusal;

    /// Reads `2026-11`, `2026-1`, `2026/11` or `2026年11月`.
    ///
    /// `2026.1` is refused: it is what a spreadsheet makes of both January and October.
    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let narrow = text::half_width(typed);
        read_month(narrow.trim())
            .map(Self::of)
            .map_err(|reason| refused(typed, reason).or(say!("type the month as 2026-11")))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}", self.first.year(), self.first.month()))
    }
}

impl ToSql for Month {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.to_string().into())
    }
}

impl FromSql for Month {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(|refusal: Refusal| FromSqlError::other(refusal))
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The day in half-width text that is written `2026-1-8`, `2026/1/8`, `2026.1.8` or `2026年1月8日`, or what is wrong
/// with it.
fn read_year_first(typed: &str) -> Result<NaiveDate, &'static str> {
    let (year, month, day) = split_day(typed).ok_or(say!("is not a day"))?;
    calendar_day(year, month, day)
}

/// The first day of the month in half-width text, or what is wrong with it.
fn read_month(typed: &str) -> Result<NaiveDate, &'static str> {
    let (year, month) = typed
        .strip_suffix('月')
        .map_or_else(|| typed.split_once(['-', '/']), |typed| typed.split_once('年'))
        .ok_or(say!("is not a month"))?;
    calendar_day(year, month, "1")
}

/// Year, month and day as written, between equal separators.
fn split_day(typed: &str) -> Option<(&str, &str, &str)> {
    let (year, rest) = typed.split_once(['-', '/', '.', '年'])?;
    let first = typed[year.len()..].chars().next()?;
    let (second, rest) = if first == '年' { ('月', rest.strip_suffix('日')?) } else { (first, rest) };
    let (month, day) = rest.split_once(second)?;
    Some((year, month, day))
}

/// The day of the calendar with these written numbers, or what is wrong with them.
fn calendar_day(year: &str, month: &str, day: &str) -> Result<NaiveDate, &'static str> {
    const NO_SUCH: &str = phrase!("is not in the calendar");
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if ![year, month, day].into_iter().all(is_number) {
        return Err(say!("is not written in plain numbers, year first"));
    }
    if year.len() != 4 {
        return Err(say!("does not begin with a year of four digits"));
    }
    if month.len() > 2 || day.len() > 2 {
        return Err(words(NO_SUCH));
    }
    let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse()) else { return Err(words(NO_SUCH)) };
    if !is_allowed(year) {
        return Err(say!("is outside the years 1949 to 2199"));
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(words(NO_SUCH))
}

fn is_allowed(year: i32) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&year)
}

fn refused_day(typed: &str, reason: &str) -> Refusal {
    refused(typed, reason).or(say!("type the day as 2026-11-22"))
}

fn refused(typed: &str, reason: &str) -> Refusal {
    Refusal::usage(format!("`{}` {reason}", text::visible(typed)))
}

#[cfg(test)]
mod tests;
