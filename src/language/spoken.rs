//! Values as a language says them.

use std::borrow::Cow;
use std::io::ErrorKind;
use std::{fmt, io, path};

use chrono::{Datelike, NaiveDate};
use indicatif::{HumanBytes, HumanCount};

use super::Language;
use crate::say;

/// What can stand in a sentence.
pub trait Spoken: fmt::Display {
    /// The value as the language of the running command says it; as it is written, where every language reads it the same.
    fn spoken(&self) -> String {
        self.to_string()
    }
}

impl<T: Spoken + ?Sized> Spoken for &T {
    fn spoken(&self) -> String {
        (**self).spoken()
    }
}

macro_rules! as_written {
    ($($kind:ty),+ $(,)?) => {
        $(impl Spoken for $kind {})+
    };
}

as_written!(str, String, Cow<'_, str>, char, u8, u16, i32, u32, i64, u64, usize, f64, HumanCount, HumanBytes);
as_written!(path::Display<'_>, anyhow::Error, dyn fmt::Display + '_);

impl Spoken for io::Error {
    /// What the system says in English, where the language has words for it.
    fn spoken(&self) -> String {
        let said = match self.kind() {
            _ if Language::spoken() == Language::En || self.raw_os_error().is_none() => return self.to_string(),
            ErrorKind::NotFound => say!("no such file or folder"),
            ErrorKind::PermissionDenied => say!("permission denied"),
            ErrorKind::AlreadyExists => say!("it exists already"),
            ErrorKind::NotADirectory => say!("not a folder"),
            ErrorKind::IsADirectory => say!("it is a folder"),
            ErrorKind::DirectoryNotEmpty => say!("the folder is not empty"),
            ErrorKind::ReadOnlyFilesystem => say!("the file system is read-only"),
            ErrorKind::StorageFull => say!("no space is left"),
            ErrorKind::QuotaExceeded => say!("the quota is used up"),
            ErrorKind::FileTooLarge => say!("the file is too large"),
            ErrorKind::ResourceBusy => say!("it is in use"),
            ErrorKind::InvalidFilename => say!("no name for a file"),
            ErrorKind::BrokenPipe => say!("nobody reads it any more"),
            ErrorKind::TimedOut => say!("it took too long"),
            _ => return self.to_string(),
        };
        said.to_owned()
    }
}

/// An error with what led to it, one behind the other; what the system says, as the language has it.
#[must_use]
pub fn chain(error: &anyhow::Error) -> String {
    let said = error.chain().map(|cause| match cause.downcast_ref::<io::Error>() {
        Some(cause) => cause.spoken(),
        None => cause.to_string(),
    });
    said.collect::<Vec<_>>().join(": ")
}

impl Spoken for NaiveDate {
    /// `2026-10-08`, `2026年10月8日`, `2026년 10월 8일`.
    fn spoken(&self) -> String {
        let (year, month, day) = (self.year(), self.month(), self.day());
        match Language::spoken() {
            Language::En => self.to_string(),
            Language::Zh => format!("{year}年{month}月{day}日"),
            Language::Ko => format!("{year}년 {month}월 {day}일"),
        }
    }
}

/// An amount of yuan whose digits are in groups, as the language writes it: `12,500.50`, `¥12,500.50`, `12,500.50위안`.
pub(crate) fn amount(grouped: &str) -> String {
    match Language::spoken() {
        Language::En => grouped.to_owned(),
        Language::Zh => format!("¥{grouped}"),
        Language::Ko => format!("{grouped}위안"),
    }
}

/// A day, a month or an amount as a sentence of any language has it, in that of the running command; none where it is none of them.
pub(super) fn written(said: &str) -> Option<String> {
    let parts = |text: &str| -> Option<Vec<u32>> {
        text.split(['年', '月', '년', '월']).map(|part| part.trim_start().parse().ok()).collect()
    };
    let first = |year, month, day| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    if let Some(day) = said.strip_suffix(['日', '일']) {
        let [year, month, day] = parts(day)?[..] else { return None };
        return first(year, month, day).map(|day| day.spoken());
    }
    if let Some(of_month) = said.strip_suffix(['月', '월']) {
        let [year, number] = parts(of_month)?[..] else { return None };
        return first(year, number, 1).map(month);
    }
    written_amount(said)
}

/// An amount as a sentence of any language has it: `12,500.50`, `¥12,500.50` or `12,500.50위안`.
fn written_amount(said: &str) -> Option<String> {
    let bare = said.strip_prefix('¥').or_else(|| said.strip_suffix("위안")).unwrap_or(said);
    let (whole, fraction) = bare.strip_prefix('-').unwrap_or(bare).split_once('.')?;
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut threes = whole.split(',');
    let first = threes.next().filter(|first| (1..=3).contains(&first.len()) && is_digits(first));
    let fits = first.is_some() && threes.all(|three| three.len() == 3 && is_digits(three));
    (fits && fraction.len() == 2 && is_digits(fraction)).then(|| amount(bare))
}

/// A number with a comma between each three digits before its point: `24,350.5`.
pub(crate) fn grouped(number: &str) -> String {
    let (sign, number) = number.strip_prefix('-').map_or(("", number), |number| ("-", number));
    let (whole, fraction) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut grouped = String::from(sign);
    for (digit, left) in whole.chars().zip((0..whole.len()).rev()) {
        grouped.push(digit);
        if left > 0 && left % 3 == 0 {
            grouped.push(',');
        }
    }
    grouped + fraction
}

/// The month of a day: `2026-10`, `2026年10月`, `2026년 10월`.
pub(crate) fn month(day: NaiveDate) -> String {
    let (year, month) = (day.year(), day.month());
    match Language::spoken() {
        Language::En => format!("{year:04}-{month:02}"),
        Language::Zh => format!("{year}年{month}月"),
        Language::Ko => format!("{year}년 {month}월"),
    }
}

/// A month as the book keeps it, `2026-10`, as the language writes it; none where it is anything else.
pub(crate) fn stored_month(stored: &str) -> Option<String> {
    let is_month = stored.len() == 7 && stored.starts_with(['1', '2']);
    let first = is_month.then(|| format!("{stored}-01").parse::<NaiveDate>().ok())??;
    Some(month(first))
}

/// A stored day, `2026-10-08`, as a printed form says it; anything else as it is.
pub(crate) fn day(stored: &str) -> String {
    stored.parse::<NaiveDate>().map_or_else(|_| stored.to_owned(), |day| day.spoken())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn each(say: impl Fn() -> String) -> [String; 3] {
        let said = [Language::En, Language::Zh, Language::Ko].map(|language| {
            language.speak();
            say()
        });
        Language::En.speak();
        said
    }

    #[test]
    fn days_are_written_as_each_language_writes_them() {
        let day: NaiveDate = "2026-10-08".parse().unwrap();
        assert_eq!(each(|| day.spoken()), ["2026-10-08", "2026年10月8日", "2026년 10월 8일"]);
    }

    #[test]
    fn amounts_are_written_as_each_language_writes_them() {
        assert_eq!(each(|| amount("12,500.50")), ["12,500.50", "¥12,500.50", "12,500.50위안"]);
    }

    #[test]
    fn what_a_sentence_of_one_language_has_is_said_in_the_others() {
        for written_in_one in [
            ["2026-10-08", "2026年10月8日", "2026년 10월 8일"].as_slice(),
            &["2026-10", "2026年10月", "2026년 10월"],
            &["12,500.50", "¥12,500.50", "12,500.50위안"],
            &["-1,000.00", "¥-1,000.00", "-1,000.00위안"],
        ] {
            for said in written_in_one.iter().filter(|said| !said.starts_with("2026-")) {
                assert_eq!(each(|| written(said).unwrap()), written_in_one, "{said}");
            }
        }
        for other in
            ["12,50.50", "1.5", "24,350.5", "3.2.1", "生日", "2026年13月8日", "10月", "办公-003", "¥", "1,000", ""]
        {
            assert_eq!(each(|| written(other).unwrap_or_default()), ["", "", ""], "{other}");
        }
    }
}
