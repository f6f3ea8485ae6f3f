//! Days and months: as typed on the command line, as found in old ledgers, as stored.

use std::fmt;
use std::str::FromStr;

use chrono::format::{Fixed, Item, Numeric, Parsed, StrftimeItems};
use chrono::{Datelike as _, Months, NaiveDate};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Deserializer};

use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// The first year that a day or month may have.
pub const FIRST_YEAR: i32 = 1949;

/// The last year that a day or month may have.
pub const LAST_YEAR: i32 = 2199;

/// A day as typed on the command line, not yet tied to the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayArg {
    /// `today`, `今天`, `오늘`.
    Today,
    /// `yesterday`, `昨天`, `어제`.
    Yesterday,
    /// A day of the calendar, such as `2026-11-22`.
    Day(NaiveDate),
}

impl DayArg {
    /// The day that is meant when today is `today`.
    #[must_use]
    pub fn on(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::Today => today,
            Self::Yesterday => today.pred_opt().unwrap_or(today),
            Self::Day(day) => day,
        }
    }
}

impl FromStr for DayArg {
    type Err = Refusal;

    /// Reads `today`, `yesterday` (also in Chinese and Korean) or a day written year first.
    fn from_str(typed: &str) -> Result<Self, Refusal> {
        match text::half_width(typed).trim().to_lowercase().as_str() {
            "today" | "今天" | "오늘" => Ok(Self::Today),
            "yesterday" | "昨天" | "어제" => Ok(Self::Yesterday),
            day => read_year_first(day).map(Self::Day).map_err(|reason| refused_day(typed, reason)),
        }
    }
}

/// Refuses a day that has not come, given by `option`.
///
/// # Errors
/// A usage refusal.
pub fn refuse_future(day: NaiveDate, today: NaiveDate, option: &str) -> Result<(), Refusal> {
    if day <= today {
        return Ok(());
    }
    Err(Refusal::usage(say!("{day} has not come yet", day))
        .or(say!("give the day it happened with {option} DATE", option)))
}

/// A month of the calendar; it is typed, printed and stored as `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: NaiveDate,
}

impl Month {
    /// The month that `day` is in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
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
    #[must_use]
    pub fn prev(self) -> Self {
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
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        Self::of(day) == self
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

/// Reads a day from an old ledger: by the first of these strftime formats that fits (see [`check_format`]), else
/// written year first as [`DayArg`] reads it.
///
/// A time after the day is dropped when it is midnight, which is how spreadsheets write a day.
///
/// # Errors
///
/// Usage: nothing fits, there is no such day, its year is outside 1949 to 2199, or it has a time of day.
pub fn parse_with(text: &str, formats: &[String]) -> Result<NaiveDate, Refusal> {
    // As most ledgers write it: without a copy of the text.
    if formats.is_empty()
        && let Ok(day) = read_year_first(text)
    {
        return Ok(day);
    }
    let narrow = text::half_width(text);
    let typed = narrow.trim();
    let (day, time) = split_time(typed);
    let by_format = formats.iter().find_map(|format| {
        let format = text::half_width(format);
        read_format(typed, &format).or_else(|| read_format(day, &format).filter(|_| is_midnight(time)))
    });
    match by_format {
        Some(day) => Ok(day),
        None if is_midnight(time) => read_year_first(day).map_err(|reason| refused_day(text, reason)),
        None => Err(refused(text, say!("has a time of day")).or(say!("give the day alone, as 2026-11-22"))),
    }
}

/// Refuses a strftime format by which [`parse_with`] could not read a day.
///
/// # Errors
///
/// Usage: chrono does not know a part of it, or it lacks the year, the month or the day.
pub fn check_format(format: &str) -> Result<(), Refusal> {
    let refused = |reason| refused(format, reason).or(say!("give the format as %Y-%m-%d or %Y/%m/%d"));
    let items: Vec<Item<'_>> = StrftimeItems::new(format).collect();
    if items.contains(&Item::Error) {
        return Err(refused(say!("has a % sign that is no part of a date format")));
    }
    let has = |is_wanted: fn(&Item<'_>) -> bool| items.iter().any(is_wanted);
    if !has(|item| matches!(item, Item::Numeric(Numeric::Year | Numeric::YearMod100, _))) {
        return Err(refused(say!("has no year (%Y or %y)")));
    }
    if !has(|item| {
        matches!(item, Item::Numeric(Numeric::Month, _) | Item::Fixed(Fixed::ShortMonthName | Fixed::LongMonthName))
    }) {
        return Err(refused(say!("has no month (%m)")));
    }
    if !has(|item| matches!(item, Item::Numeric(Numeric::Day, _))) {
        return Err(refused(say!("has no day (%d)")));
    }
    Ok(())
}

/// The day in half-width text that has exactly this strftime format, a year that is allowed and no time but midnight.
fn read_format(typed: &str, format: &str) -> Option<NaiveDate> {
    let mut parsed = Parsed::new();
    chrono::format::parse(&mut parsed, typed, StrftimeItems::new(format)).ok()?;
    let clock = [parsed.hour_div_12(), parsed.hour_mod_12(), parsed.minute(), parsed.second(), parsed.nanosecond()];
    if clock.into_iter().flatten().any(|reading| reading != 0) {
        return None;
    }
    parsed.to_naive_date().ok().filter(|day| is_allowed(day.year()))
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
    let (year, rest, second, end) = match typed.split_once(['-', '/', '.', '年'])? {
        (year, rest) if typed[year.len()..].starts_with('年') => (year, rest, "月", "日"),
        (year, rest) => (year, rest, &typed[year.len()..=year.len()], ""),
    };
    let (month, day) = rest.strip_suffix(end)?.split_once(second)?;
    Some((year, month, day))
}

/// The day of the calendar with these written numbers, or what is wrong with them.
fn calendar_day(year: &str, month: &str, day: &str) -> Result<NaiveDate, &'static str> {
    const NO_SUCH: &str = "is not in the calendar";
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if ![year, month, day].into_iter().all(is_number) {
        return Err(say!("is not written in plain numbers, year first"));
    }
    if year.len() != 4 {
        return Err(say!("does not begin with a year of four digits"));
    }
    if month.len() > 2 || day.len() > 2 {
        return Err(NO_SUCH);
    }
    let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse()) else { return Err(NO_SUCH) };
    if !is_allowed(year) {
        return Err(say!("is outside the years 1949 to 2199"));
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(NO_SUCH)
}

fn is_allowed(year: i32) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&year)
}

/// A day and the time after it, which is empty when there is none.
fn split_time(typed: &str) -> (&str, &str) {
    match typed.rsplit_once(char::is_whitespace) {
        Some((day, time)) if time.contains(':') => (day.trim_end(), time),
        _ => (typed, ""),
    }
}

/// Whether a time is `0:00`, `00:00`, `00:00:00` or not there.
fn is_midnight(time: &str) -> bool {
    time.is_empty() || {
        let parts: Vec<&str> = time.split(':').collect();
        matches!(parts.len(), 2 | 3) && parts.iter().all(|part| matches!(*part, "0" | "00"))
    }
}

fn refused_day(typed: &str, reason: &str) -> Refusal {
    refused(typed, reason).or(say!("type the day as 2026-11-22"))
}

fn refused(typed: &str, reason: &str) -> Refusal {
    Refusal::usage(format!("`{}` {reason}", text::visible(typed)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn month(typed: &str) -> Month {
        typed.parse().unwrap()
    }

    fn formats(formats: &[&str]) -> Vec<String> {
        formats.iter().map(ToString::to_string).collect()
    }

    /// Days of every year that is allowed.
    fn days() -> impl Strategy<Value = NaiveDate> {
        (0..=91_675_u64).prop_map(|count| day(FIRST_YEAR, 1, 1) + chrono::Days::new(count))
    }

    #[test]
    fn today_and_yesterday_are_known_in_three_languages() {
        let today = day(2027, 1, 1);
        for typed in ["today", "TODAY", " Today ", "ｔｏｄａｙ", "今天", "오늘"] {
            assert_eq!(typed.parse(), Ok(DayArg::Today));
        }
        for typed in ["yesterday", "Yesterday", "昨天", "어제"] {
            assert_eq!(typed.parse(), Ok(DayArg::Yesterday));
        }
        assert_eq!(DayArg::Today.on(today), today);
        assert_eq!(DayArg::Yesterday.on(today), day(2026, 12, 31));
        assert_eq!(DayArg::Day(day(2026, 1, 8)).on(today), day(2026, 1, 8));
        assert_eq!(DayArg::Yesterday.on(NaiveDate::MIN), NaiveDate::MIN);
    }

    #[test]
    fn days_written_year_first_are_read() {
        for typed in [
            "2026-01-08",
            "2026-1-8",
            "2026/1/8",
            "2026.1.8",
            "2026.01.08",
            "2026年1月8日",
            " ２０２６－０１－０８　",
            "２０２６年1月8日",
        ] {
            assert_eq!(typed.parse(), Ok(DayArg::Day(day(2026, 1, 8))), "{typed}");
        }
        assert_eq!("1949-01-01".parse(), Ok(DayArg::Day(day(1949, 1, 1))));
        assert_eq!("2199-12-31".parse(), Ok(DayArg::Day(day(2199, 12, 31))));
    }

    #[test]
    fn other_days_are_refused_with_the_way_out() {
        for (typed, reason) in [
            ("26-1-8", "does not begin with a year of four digits"),
            ("26年1月8日", "does not begin with a year of four digits"),
            ("22/11/2026", "does not begin with a year of four digits"),
            ("22.11.2026", "does not begin with a year of four digits"),
            ("02026-11-22", "does not begin with a year of four digits"),
            ("2026-02-29", "is not in the calendar"),
            ("2026-13-01", "is not in the calendar"),
            ("2026-0-1", "is not in the calendar"),
            ("2026-001-01", "is not in the calendar"),
            ("1948-12-31", "is outside the years 1949 to 2199"),
            ("2200-01-01", "is outside the years 1949 to 2199"),
            ("2026-1/8", "is not a day"),
            ("2026年1月8", "is not a day"),
            ("2026年1-8", "is not a day"),
            ("2026-11", "is not a day"),
            ("20261122", "is not a day"),
            ("", "is not a day"),
            ("Tomorrow", "is not a day"),
            ("２６/１/８", "does not begin with a year of four digits"),
            ("2026-11-22-1", "is not written in plain numbers, year first"),
            ("2026-+1-22", "is not written in plain numbers, year first"),
            ("2026--1", "is not written in plain numbers, year first"),
            ("2026-11-22 0:00", "is not written in plain numbers, year first"),
            ("-2026-11-22", "is not written in plain numbers, year first"),
        ] {
            assert_eq!(
                typed.parse::<DayArg>().unwrap_err().to_string(),
                format!("`{typed}` {reason}; type the day as 2026-11-22")
            );
        }
    }

    #[test]
    fn months_are_read_and_printed() {
        for typed in ["2026-01", "2026-1", "2026/1", "2026年1月", "2026年01月", " ２０２６－１ "] {
            assert_eq!(month(typed).to_string(), "2026-01", "{typed}");
        }
        for typed in [
            "26-1",
            "2026.1",
            "2026",
            "2026-13",
            "2026-0",
            "2026年1",
            "1月",
            "2026-1月",
            "11/2026",
            "2200-01",
            "1948-12",
            "2026-1-1",
        ] {
            assert_eq!(typed.parse::<Month>().unwrap_err().way_out.unwrap(), "type the month as 2026-11", "{typed}");
        }
        assert_eq!(format!("{:>9}", month("2026-11")), "  2026-11");
    }

    #[test]
    fn a_month_has_a_first_and_a_last_day() {
        assert_eq!(month("2028-02").first(), day(2028, 2, 1));
        assert_eq!(month("2028-02").last(), day(2028, 2, 29));
        assert_eq!(month("2026-12").last(), day(2026, 12, 31));
        assert!(month("2026-02").contains(day(2026, 2, 28)));
        assert!(!month("2026-02").contains(day(2026, 3, 1)));
        assert!(!month("2026-02").contains(day(2027, 2, 1)));
    }

    #[test]
    fn months_follow_one_another_over_the_year() {
        assert_eq!(month("2026-12").next(), month("2027-01"));
        assert_eq!(month("2026-01").prev(), month("2025-12"));
        assert_eq!(month("2026-11").plus(-23), month("2024-12"));
        assert_eq!(month("2026-11").plus(0), month("2026-11"));
        assert_eq!(Month::of(NaiveDate::MAX).next(), Month::of(NaiveDate::MAX));
        assert_eq!(Month::of(NaiveDate::MAX).last(), NaiveDate::MAX);
        assert_eq!(month("2026-11").plus(i32::MIN), Month::of(NaiveDate::MIN));
    }

    #[test]
    fn a_month_is_text_in_the_book() {
        let book = Connection::open_in_memory().unwrap();
        let kept: (String, String) =
            book.query_row("SELECT typeof(?1), ?1", [month("2026-3")], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        assert_eq!(kept, ("text".to_owned(), "2026-03".to_owned()));
        assert!(book.query_row("SELECT '2026-13'", [], |row| row.get::<_, Month>(0)).is_err());
        assert!(book.query_row("SELECT 202603", [], |row| row.get::<_, Month>(0)).is_err());
    }

    #[test]
    fn a_month_is_deserialized_as_typed() {
        assert_eq!(serde_json::from_str::<Month>(r#""2026年3月""#).unwrap(), month("2026-03"));
        assert!(serde_json::from_str::<Month>(r#""3""#).unwrap_err().to_string().contains("type the month as"));
    }

    #[test]
    fn a_ledger_is_read_by_its_formats_in_order() {
        let american = formats(&["%m/%d/%Y", "%d/%m/%Y", "%y%m%d"]);
        assert_eq!(parse_with("3/4/2026", &american), Ok(day(2026, 3, 4)));
        assert_eq!(parse_with("22/11/2026", &american), Ok(day(2026, 11, 22)));
        assert_eq!(parse_with("261122", &american), Ok(day(2026, 11, 22)));
        assert_eq!(parse_with("2026年11月22日", &american), Ok(day(2026, 11, 22)));
        assert_eq!(parse_with("３／４／２０２６", &american), Ok(day(2026, 3, 4)));
        assert_eq!(parse_with("3／4／2026", &formats(&["%m／%d／%Y"])), Ok(day(2026, 3, 4)));
        let error = parse_with("4 March", &american).unwrap_err();
        assert_eq!(error.to_string(), "`4 March` is not a day; type the day as 2026-11-22");
    }

    #[test]
    fn a_format_that_reads_an_unlikely_year_gives_way_to_the_next() {
        assert_eq!(parse_with("26/1/8", &formats(&["%Y/%m/%d", "%y/%m/%d"])), Ok(day(2026, 1, 8)));
        assert!(parse_with("26/1/8", &formats(&["%Y/%m/%d"])).is_err());
    }

    #[test]
    fn only_midnight_is_dropped() {
        let none = formats(&[]);
        for typed in ["2026/1/8 0:00", "2026-01-08 00:00:00", "2026-01-08  00:00", "2026年1月8日　0：00", "2026/1/8"]
        {
            assert_eq!(parse_with(typed, &none), Ok(day(2026, 1, 8)), "{typed}");
            assert_eq!(parse_with(typed, &formats(&["%d.%m.%Y"])), Ok(day(2026, 1, 8)), "{typed}");
        }
        assert_eq!(parse_with("8.1.2026 0:00", &formats(&["%d.%m.%Y"])), Ok(day(2026, 1, 8)));
        for typed in ["2026/1/8 0:01", "2026/1/8 14:30", "2026/1/8 00:00:01", "2026/1/8 0:", "2026/1/8 0:0:0:0"] {
            assert_eq!(
                parse_with(typed, &none).unwrap_err().to_string(),
                format!("`{typed}` has a time of day; give the day alone, as 2026-11-22")
            );
        }
    }

    #[test]
    fn a_format_may_have_a_time_that_is_midnight() {
        let timed = formats(&["%Y-%m-%dT%H:%M:%S%.f", "%d.%m.%Y %H:%M"]);
        assert_eq!(parse_with("2026-01-08T00:00:00.000", &timed), Ok(day(2026, 1, 8)));
        assert!(parse_with("2026-01-08T00:00:00.001", &timed).is_err());
        assert_eq!(parse_with("8.1.2026 00:00", &timed), Ok(day(2026, 1, 8)));
        assert!(parse_with("8.1.2026 12:00", &timed).unwrap_err().what.contains("time of day"));
    }

    #[test]
    fn formats_are_checked() {
        for format in ["%Y-%m-%d", "%Y/%-m/%-d", "%d.%m.%y", "%F", "%D", "%d %B %Y", "%e %b %Y", "%Y年%m月%d日 %H:%M"]
        {
            assert_eq!(check_format(format), Ok(()), "{format}");
        }
        for (format, reason) in [
            ("%Q", "has a % sign that is no part of a date format"),
            ("%Y-%m-%d%", "has a % sign that is no part of a date format"),
            ("%m-%d", "has no year (%Y or %y)"),
            ("%G-%m-%d", "has no year (%Y or %y)"),
            ("%%Y-%m-%d", "has no year (%Y or %y)"),
            ("%Y-%d", "has no month (%m)"),
            ("%Y-%j", "has no month (%m)"),
            ("%Y-%m %H:%M", "has no day (%d)"),
            ("", "has no year (%Y or %y)"),
        ] {
            assert_eq!(check_format(format).unwrap_err().what, format!("`{format}` {reason}"));
        }
    }

    proptest! {
        #[test]
        fn every_allowed_day_is_read_in_every_form(given in days()) {
            for form in ["%Y-%m-%d", "%Y-%-m-%-d", "%Y/%-m/%-d", "%Y.%m.%d", "%Y年%-m月%-d日"] {
                let typed = given.format(form).to_string();
                prop_assert_eq!(typed.parse(), Ok(DayArg::Day(given)));
                prop_assert_eq!(parse_with(&format!("{typed} 0:00"), &[]), Ok(given));
            }
        }

        #[test]
        fn a_checked_format_reads_what_it_writes(
            given in days(),
            parts in prop::sample::subsequence(vec!["%Y", "%m", "%d", "%b", "%A", "%j", "%H:%M", "%Q"], 0..8).prop_shuffle(),
        ) {
            let format = parts.join(" / ");
            if check_format(&format).is_ok() {
                let typed = given.and_time(chrono::NaiveTime::MIN).format(&format).to_string();
                prop_assert_eq!(parse_with(&typed, &[format]), Ok(given));
            } else {
                prop_assert!(!["%Y", "%d"].iter().all(|part| parts.contains(part))
                    || !(parts.contains(&"%m") || parts.contains(&"%b")) || parts.contains(&"%Q"));
            }
        }

        #[test]
        fn a_month_holds_its_days_and_no_other(given in days()) {
            let month = Month::of(given);
            prop_assert!(month.contains(given) && month.contains(month.first()) && month.contains(month.last()));
            prop_assert!(!month.contains(month.first().pred_opt().unwrap()));
            prop_assert!(!month.contains(month.last().succ_opt().unwrap()));
            prop_assert_eq!(month.to_string().parse(), Ok(month));
            let book = Connection::open_in_memory().unwrap();
            prop_assert_eq!(book.query_row("SELECT ?1", [month], |row| row.get::<_, Month>(0)).unwrap(), month);
        }

        #[test]
        fn months_add_up(given in days(), first in -500..500, then in -500..500) {
            let month = Month::of(given);
            prop_assert_eq!(month.plus(first).plus(then), month.plus(first + then));
            prop_assert_eq!(month.next().prev(), month);
            prop_assert_eq!(month.plus(first) < month.plus(then), first < then);
        }

        #[test]
        fn no_text_makes_it_panic(
            typed in "\\PC{0,12}",
            written in "[0-9年/.-]{0,14}[日月]?",
            format in "[%YmdyHj:. -]{0,8}",
        ) {
            for text in [typed, written] {
                if let Ok(DayArg::Day(day)) = text.parse() {
                    prop_assert!(is_allowed(day.year()));
                }
                if let Ok(day) = parse_with(&text, std::slice::from_ref(&format)) {
                    prop_assert!(is_allowed(day.year()));
                }
                if let Ok(month) = text.parse::<Month>() {
                    prop_assert!(is_allowed(month.first().year()));
                }
            }
        }
    }
}
