//! Days as old files have them: in the formats that a person declares, with a time behind, and as spreadsheets count them.

use std::borrow::Cow;

use chrono::format::{Fixed, Item, Numeric, Parsed, StrftimeItems};
use chrono::{Datelike as _, Days, NaiveDate};

use super::{calendar_day, is_allowed, read_year_first, refused, refused_day};
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// The day that spreadsheets count from.
const DAY_NOUGHT: Option<NaiveDate> = NaiveDate::from_ymd_opt(1899, 12, 30);

/// Reads a day from an old file, and tells whether a time stood behind it: by the first of these strftime formats that fits (see
/// [`check_format`]), else written year first, also as `20261122`, or as the number by which spreadsheets keep it.
pub(crate) fn written(text: &str, formats: &[String]) -> Result<(NaiveDate, bool), Refusal> {
    // As most files write it: without a copy of the text.
    if formats.is_empty()
        && let Ok(day) = read_year_first(text)
    {
        return Ok((day, false));
    }
    let narrow = text::half_width(text);
    let typed = narrow.trim();
    let (day, time) = split_time(typed);
    let by_format = formats.iter().find_map(|format| {
        let format = text::half_width(format);
        read_format(typed, &format).or_else(|| Some((read_format(day, &format)?.0, is_later(time))))
    });
    if let Some(read) = by_format {
        return Ok(read);
    }
    let plain = without_spaces(day);
    match read_year_first(&plain) {
        Ok(day) => Ok((day, is_later(time))),
        Err(reason) => in_digits(&plain)
            .map(|day| (day, is_later(time)))
            .ok_or_else(|| other_order(text, &plain).unwrap_or_else(|| refused_day(text, reason))),
    }
}

/// Refuses a strftime format by which [`written`] could not read a day.
pub(crate) fn check_format(format: &str) -> Result<(), Refusal> {
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

/// The day in half-width text that has exactly this strftime format and a year that is allowed, and whether it has a time.
fn read_format(typed: &str, format: &str) -> Option<(NaiveDate, bool)> {
    let mut parsed = Parsed::new();
    chrono::format::parse(&mut parsed, typed, StrftimeItems::new(format)).ok()?;
    let clock = [parsed.hour_div_12(), parsed.hour_mod_12(), parsed.minute(), parsed.second(), parsed.nanosecond()];
    let timed = clock.into_iter().flatten().any(|reading| reading != 0);
    parsed.to_naive_date().ok().filter(|day| is_allowed(day.year())).map(|day| (day, timed))
}

/// `2026年11月22日`, between whose parts spaces may stand.
fn without_spaces(day: &str) -> Cow<'_, str> {
    if day.contains('年') && day.contains(char::is_whitespace) {
        return Cow::Owned(day.chars().filter(|c| !c.is_whitespace()).collect());
    }
    Cow::Borrowed(day)
}

/// `20261122`, or the number by which a spreadsheet keeps a day.
fn in_digits(typed: &str) -> Option<NaiveDate> {
    if !typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match typed.len() {
        8 => calendar_day(&typed[..4], &typed[4..6], &typed[6..]).ok(),
        5 | 6 => DAY_NOUGHT?.checked_add_days(Days::new(typed.parse().ok()?)).filter(|day| is_allowed(day.year())),
        _ => None,
    }
}

/// What to say of a day that is written with its year behind: the format that reads it.
fn other_order(text: &str, day: &str) -> Option<Refusal> {
    let sign = day.chars().find(|c| !c.is_ascii_digit()).filter(|sign| matches!(sign, '/' | '-' | '.'))?;
    let parts: Vec<&str> = day.split(sign).collect();
    let [first, second, last] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 2);
    let (first, second) = (number(first)?, number(second)?);
    let year = match last.len() {
        4 => "%Y",
        2 => "%y",
        _ => return None,
    };
    last.parse::<u32>().ok()?;
    let day_first = first > 12 && second <= 12;
    let order = if day_first { ["%d", "%m", year] } else { ["%m", "%d", year] }.join(&sign.to_string());
    let refusal = refused(text, say!("does not begin with a year of four digits"));
    Some(if first <= 12 && second <= 12 {
        let other = ["%d", "%m", year].join(&sign.to_string());
        refusal.or(say!("say how days are written: --date-format {order} or --date-format {other}", order, other))
    } else {
        refusal.or(say!("say how days are written: --date-format {order}", order))
    })
}

/// A day and the time after it, which is empty when there is none.
fn split_time(typed: &str) -> (&str, &str) {
    let is_time = |time: &str| {
        let clock = |c: char| c.is_ascii_digit() || " :.+-ZzAPMapm上下午时分秒点".contains(c);
        time.contains([':', '时', '点'])
            && time.starts_with(|c: char| c.is_ascii_digit() || "上下".contains(c))
            && time.chars().all(clock)
    };
    let behind = |(at, sign): (usize, char)| Some((typed[..at].trim_end(), typed[at + sign.len_utf8()..].trim_start()));
    let mut signs = typed.char_indices().filter(|(_, c)| c.is_whitespace() || *c == 'T');
    signs.by_ref().filter_map(behind).find(|(day, time)| !day.is_empty() && is_time(time)).unwrap_or((typed, ""))
}

/// Whether a time is another than midnight, which is how spreadsheets write a day.
fn is_later(time: &str) -> bool {
    time.chars().any(|c| matches!(c, '1'..='9'))
}
