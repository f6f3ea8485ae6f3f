//! Days and months as they are typed: in words, counted from today, without their year, or whole (Q12).

mod month;
mod words;

use std::cmp::Ordering;
use std::ffi::{OsStr, OsString};
use std::str::FromStr;

use chrono::{Datelike as _, Days, NaiveDate, TimeDelta, Weekday};

pub(crate) use self::month::{MonthArg, is_month};
use self::words::{AFTER, BEFORE, ENDS, UNITS, WEEKDAYS, WEEKS, WORDS};
use super::{Month, is_allowed, read_year_first, refused};
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// A day as typed on the command line or answered to a question, not yet tied to the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayArg {
    /// So many days after today, before it where negative: `today`, `前天`, `-3d`.
    FromToday(i64),
    /// The last such day of the week before today: `last friday`.
    Passed(Weekday),
    /// The first such day after today: `next friday`.
    Coming(Weekday),
    /// Such a day of this week, or of one so many weeks after it, before it where negative: `本周五`, `上周五`, `下周五`.
    OfWeek(Weekday, i64),
    /// Such a day, whichever week it is in: of what has happened the last that is not after today, else the next: `周五`, `friday`.
    Weekday(Weekday),
    /// Such a day, whichever month it is in: `30号`.
    OfMonth(u32),
    /// The last day of this month, or of one so many months after it: `月底`, `下月底`.
    EndOfMonth(i32),
    /// A day whose year is not said: `10-07`, `10月7日`.
    OfYear(u32, u32),
    /// A day of the calendar: `2026-11-22`.
    Day(NaiveDate),
}

/// The most that is counted from today.
const MOST: i64 = 9999;

/// Within how many days of today, or of the day from which on something is planned, a day on the other side may have been meant.
const SLIP: i64 = 60;

/// How many years apart two 29ths of February may be.
const LEAP: i32 = 8;

impl DayArg {
    /// What is told of a day that was typed without its year and read in another year than today's; nothing of any other.
    pub(crate) fn of_another_year(self, read: NaiveDate, today: NaiveDate) -> Option<String> {
        let Self::OfYear(month, day) = self else { return None };
        let typed = format!("{month:02}-{day:02}");
        let this_year = NaiveDate::from_ymd_opt(today.year(), month, day);
        Some(match (read.year().cmp(&today.year()), this_year) {
            (Ordering::Equal, _) => return None,
            (_, None) => say!("{typed} was read as {day}", typed, day = read),
            (Ordering::Less, Some(other)) => {
                say!("{typed} was read as {day}; {other} has not come yet", typed, day = read, other)
            }
            (Ordering::Greater, Some(other)) => {
                say!("{typed} was read as {day}; {other} has passed", typed, day = read, other)
            }
        })
    }

    /// The other day that may be meant by one that was typed without its year, where that lies close to `bound`, on the side that the day
    /// which was read is not on.
    fn slipped(self, read: NaiveDate, bound: NaiveDate) -> Option<NaiveDate> {
        let Self::OfYear(month, day) = self else { return None };
        let (year, step) = (bound.year(), if read < bound { 1 } else { -1 });
        let others = (0..=1).filter_map(|years| NaiveDate::from_ymd_opt(year + step * years, month, day));
        let beyond = |other: &NaiveDate| if read < bound { *other > bound } else { *other < bound };
        let mut close = others.filter(beyond).filter(|other| (*other - bound).num_days().abs() <= SLIP);
        close.next().filter(|_| read != bound)
    }

    /// Refuses a day of what has happened, given by `option` without its year, that was read as one of an earlier year though it will come
    /// soon.
    pub(crate) fn refuse_to_come(self, read: NaiveDate, today: NaiveDate, option: &str) -> Result<(), Refusal> {
        let Some(other) = self.slipped(read, today) else { return Ok(()) };
        Err(Refusal::usage(say!("{day} is still to come", day = other)).or(say!(
            "give a day that has come; where {day} is meant, with its year: {option} {day}",
            day = read,
            option
        )))
    }

    /// Refuses a day without its year, given by `option`, that was read as one far from `bound` though another is close to it, on its other
    /// side: what is planned late, or a slip of some days.
    pub(crate) fn refuse_slipped(self, read: NaiveDate, bound: NaiveDate, option: &str) -> Result<(), Refusal> {
        let Self::OfYear(month, day) = self else { return Ok(()) };
        let Some(other) = self.slipped(read, bound) else { return Ok(()) };
        let typed = format!("{month:02}-{day:02}");
        Err(Refusal::usage(say!("{typed} without its year may be {other} or {day}", typed, other, day = read))
            .or(say!("give the day with its year: {option} DATE", option)))
    }

    /// The day that is meant when today is `today`, of what has happened: without its year, the nearest that is not after today.
    pub(crate) fn on(self, today: NaiveDate) -> NaiveDate {
        if let Self::Weekday(weekday) = self {
            let back = u64::from(today.weekday().days_since(weekday));
            return today.checked_sub_days(Days::new(back)).unwrap_or(today);
        }
        if let Self::OfMonth(day) = self {
            return of_months((0..=LEAP).map(|back| Month::of(today).plus(-back)), day, |on| on <= today)
                .unwrap_or(today);
        }
        self.of(today, |month, day| {
            of_years((0..=LEAP).map(|back| today.year() - back), (month, day), |on| on <= today)
        })
    }

    /// The same, of what is planned: without its year, its month or its week, the nearest that is not before `first`.
    pub(crate) fn from(self, first: NaiveDate, today: NaiveDate) -> NaiveDate {
        if let Self::Weekday(weekday) = self {
            let on = u64::from(weekday.days_since(first.weekday()));
            return first.checked_add_days(Days::new(on)).unwrap_or(first);
        }
        if let Self::OfMonth(day) = self {
            return of_months((0..=LEAP).map(|on| Month::of(first).plus(on)), day, |on| on >= first).unwrap_or(first);
        }
        self.of(today, |month, day| of_years((0..=LEAP).map(|on| first.year() + on), (month, day), |on| on >= first))
    }

    /// The same, of what may begin sooner or later: without its year, the nearest before or after today.
    pub(crate) fn near(self, today: NaiveDate) -> NaiveDate {
        let (before, after) = (self.on(today), self.from(today, today));
        if today - before <= after - today { before } else { after }
    }

    /// The same, of the first day that a list shows: the nearest, but none of a coming year, since most of what is listed has happened.
    fn first_listed(self, today: NaiveDate) -> NaiveDate {
        let near = self.near(today);
        if near.year() > today.year() { self.on(today) } else { near }
    }

    /// The first and the last day of what is listed: the first as the nearest such day, the last as the one that comes after it.
    pub(crate) fn listed(
        from: Option<Self>,
        to: Option<Self>,
        today: NaiveDate,
    ) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let first = from.map(|from| from.first_listed(today));
        let last = to.map(|to| first.map_or_else(|| to.near(today), |first| to.from(first, today)));
        // Last monday until last sunday is a week, whichever of the two passed last.
        if let (Some(Self::Passed(_)), Some(Self::Passed(_)), Some(begun), Some(ended)) = (from, to, first, last)
            && begun > ended
        {
            return (begun.checked_sub_days(Days::new(7)), last);
        }
        (first, last)
    }

    fn of(self, today: NaiveDate, of_year: impl Fn(u32, u32) -> Option<NaiveDate>) -> NaiveDate {
        let back = |days: u64| today.checked_sub_days(Days::new(days));
        let found = match self {
            Self::Day(day) => Some(day),
            Self::FromToday(days) if days < 0 => back(days.unsigned_abs()),
            Self::FromToday(days) => today.checked_add_days(Days::new(days.unsigned_abs())),
            Self::Passed(weekday) => back(u64::from((today.weekday().days_since(weekday) + 6) % 7 + 1)),
            Self::Coming(weekday) => {
                today.checked_add_days(Days::new(u64::from((weekday.days_since(today.weekday()) + 6) % 7 + 1)))
            }
            Self::OfWeek(weekday, weeks) => {
                let monday = back(today.weekday().num_days_from_monday().into());
                let days = 7 * weeks + i64::from(weekday.num_days_from_monday());
                monday.and_then(|monday| monday.checked_add_signed(TimeDelta::days(days)))
            }
            Self::EndOfMonth(months) => Some(Month::of(today).plus(months).last()),
            // They are tied to a day or a month above.
            Self::Weekday(_) | Self::OfMonth(_) => None,
            Self::OfYear(month, day) => of_year(month, day),
        };
        found.unwrap_or(today)
    }
}

/// The first such day of these years that is wanted.
fn of_years(
    mut years: impl Iterator<Item = i32>,
    (month, day): (u32, u32),
    wanted: impl Fn(NaiveDate) -> bool,
) -> Option<NaiveDate> {
    years.find_map(|year| NaiveDate::from_ymd_opt(year, month, day).filter(|on| wanted(*on)))
}

/// The same of months.
fn of_months(
    mut months: impl Iterator<Item = Month>,
    day: u32,
    wanted: impl Fn(NaiveDate) -> bool,
) -> Option<NaiveDate> {
    months.find_map(|month| month.first().with_day(day).filter(|on| wanted(*on)))
}

impl FromStr for DayArg {
    type Err = Refusal;

    /// Reads a day in words (`yesterday`, `last friday`, `前天`, `上周五`, `어제`), counted from today (`-1d`, `3天前`), without its
    /// year (`10-07`, `10月7日`), or written year first.
    fn from_str(typed: &str) -> Result<Self, Refusal> {
        Self::read(typed, say!("type the day as 2026-11-22, 11-22, yesterday, -2d or last friday"))
    }
}

impl DayArg {
    /// Reads a day of what is planned: what is no day is refused with days to come.
    pub(crate) fn to_come(typed: &str) -> Result<Self, Refusal> {
        Self::read(typed, say!("type the day as 2026-11-22, 11-22, tomorrow, +7d, next friday or end of month"))
    }

    /// Reads a day; what is none is refused with these as examples.
    fn read(typed: &str, such_as: &str) -> Result<Self, Refusal> {
        let typed_words = text::half_width(typed).trim().to_lowercase();
        let words = typed_words.as_str();
        if let Some((_, days)) = WORDS.iter().find(|(word, _)| *word == words) {
            return Ok(Self::FromToday(*days));
        }
        if let Some((_, months)) = ENDS.iter().find(|(word, _)| *word == words) {
            return Ok(Self::EndOfMonth(*months));
        }
        if let Some(day) = counted(words).or_else(|| of_week(words)).or_else(|| of_month(words)) {
            return Ok(day);
        }
        let figures = in_figures(words);
        if let Some((month, day)) = without_year(&figures) {
            return Ok(Self::OfYear(month, day));
        }
        read_year_first(&figures).map(Self::Day).map_err(|reason| match figures.split_once([' ', 't']) {
            Some((day, hour)) if hour.contains(':') && day.parse::<Self>().is_ok() => {
                refused(typed, say!("has an hour")).or(say!("type the day alone: {day}", day))
            }
            _ => refused(typed, reason).or(such_as),
        })
    }
}

/// A count of days from today: `-1d`, `+2w`, `3天前`, `三天后`, `3일 전`.
fn counted(words: &str) -> Option<DayArg> {
    if let Some((count, unit)) = in_characters(words) {
        return counted(&format!("{count}{unit}"));
    }
    let (sign, rest) = match (words.strip_prefix('-'), words.strip_prefix('+')) {
        (Some(rest), _) => (-1, rest),
        (_, Some(rest)) => (1, rest),
        _ => {
            let behind = |ends: &[&str]| ends.iter().find_map(|end| words.strip_suffix(end));
            let before = behind(&BEFORE).map(|rest| (-1, rest));
            before.or_else(|| behind(&AFTER).or_else(|| words.strip_prefix("in ")).map(|rest| (1, rest)))?
        }
    };
    let (count, unit) = rest.split_at(rest.find(|letter: char| !letter.is_ascii_digit())?);
    let (_, days) = UNITS.iter().find(|(word, _)| *word == unit.trim())?;
    let days =
        count.parse::<i64>().ok().filter(|count| *count <= MOST)?.checked_mul(*days).filter(|days| *days <= MOST)?;
    Some(DayArg::FromToday(sign * days))
}

/// A count before its unit that is written in a character, as in 三天前 and 两周后: how many, and what follows.
fn in_characters(words: &str) -> Option<(usize, &str)> {
    const COUNTS: [char; 11] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let mut letters = words.chars();
    let count = match letters.next()? {
        '两' => 2,
        letter => COUNTS.iter().position(|count| *count == letter)?,
    };
    let unit = letters.as_str();
    unit.ends_with(['前', '后', '後']).then_some((count, unit))
}

/// A day of the week: `last friday`, `上周五`, `지난 금요일`.
fn of_week(words: &str) -> Option<DayArg> {
    WEEKS.iter().find_map(|(lead, meant)| {
        let name = words.strip_prefix(lead)?;
        let (weekday, _) = WEEKDAYS.iter().find(|(_, names)| names.contains(&name))?;
        // A figure or a single letter alone is no day.
        (!lead.is_empty() || name.chars().count() > 1).then(|| meant(*weekday))
    })
}

/// A day of which the month is not said: `30号`, `30日`, `30일`.
fn of_month(words: &str) -> Option<DayArg> {
    let figures = words.strip_suffix(['号', '號', '日', '일'])?.trim_end();
    let is_number = matches!(figures.len(), 1 | 2) && figures.bytes().all(|byte| byte.is_ascii_digit());
    figures.parse().ok().filter(|day| is_number && (1..=31).contains(day)).map(DayArg::OfMonth)
}

/// A day with the words of a date as Chinese writes them, without spaces: `10月7号` and `10월 7일` are `10月7日`; `20261007` is `2026-10-07`.
fn in_figures(words: &str) -> String {
    if words.len() == 8 && words.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("{}-{}-{}", &words[..4], &words[4..6], &words[6..]);
    }
    if !words.contains(['月', '월']) {
        return words.to_owned();
    }
    let letters = words.chars().filter(|letter| !letter.is_whitespace());
    letters
        .map(|letter| match letter {
            '년' => '年',
            '월' => '月',
            '号' | '號' | '일' => '日',
            letter => letter,
        })
        .collect()
}

/// Month and day of a day that is written without its year; none where it is in no year of the calendar.
fn without_year(figures: &str) -> Option<(u32, u32)> {
    let (month, day) = match figures.strip_suffix('日').and_then(|figures| figures.split_once('月')) {
        Some(parts) => parts,
        None => figures.split_once(['-', '/', '.'])?,
    };
    let number = |text: &str| {
        let is_number = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().ok()).flatten()
    };
    let (month, day) = (number(month)?, number(day)?);
    NaiveDate::from_ymd_opt(2024, month, day).map(|_| (month, day))
}

/// The line with each value that is a count of days, such as `-1d`, joined to the option before it, as a parser takes what begins with
/// a dash: `--on -1d` is `--on=-1d`. None where nothing is joined.
pub(crate) fn joined(arguments: &[OsString]) -> Option<Vec<OsString>> {
    let is_count = |word: &OsStr| {
        word.to_str()
            .is_some_and(|word| word.starts_with('-') && counted(&text::half_width(word).to_lowercase()).is_some())
    };
    let is_option = |word: &OsString| word.to_str().is_some_and(|word| word.starts_with("--") && !word.contains('='));
    let mut joined: Vec<OsString> = Vec::with_capacity(arguments.len());
    for word in arguments {
        match joined.last_mut().filter(|last| is_option(last) && is_count(word)) {
            Some(option) => {
                option.push("=");
                option.push(word);
            }
            None => joined.push(word.clone()),
        }
    }
    (joined.len() < arguments.len()).then_some(joined)
}

/// The years within which a planned day lies, before and after the day of the change.
const PLANNED: i32 = 10;

/// Refuses a planned day that is years away, given by `option`: its year is a slip.
pub(crate) fn refuse_years_away(day: NaiveDate, on: NaiveDate, option: &str) -> Result<(), Refusal> {
    let years = (day.year() - on.year()).abs();
    if years <= PLANNED && is_allowed(day.year()) {
        return Ok(());
    }
    Err(Refusal::usage(say!("{day} is {years} years from {on}", day, years, on))
        .or(say!("check the year, and give the day with {option} DATE", option)))
}

#[cfg(test)]
mod tests;
