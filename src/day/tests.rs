#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use rusqlite::Connection;

use super::*;
use crate::language::Language;

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
        ("", "is not a day"),
        ("Someday", "is not a day"),
        ("２６/１/８", "does not begin with a year of four digits"),
        ("2026-11-22-1", "is not written in plain numbers, year first"),
        ("2026-+1-22", "is not written in plain numbers, year first"),
        ("2026--1", "is not written in plain numbers, year first"),
        ("-2026-11-22", "is not written in plain numbers, year first"),
    ] {
        assert_eq!(
            typed.parse::<DayArg>().unwrap_err().to_string(),
            format!("`{typed}` {reason}; type the day as 2026-11-22, 11-22, yesterday, -2d or last friday")
        );
    }
    let with_hour = "2026-11-22 0:00".parse::<DayArg>().unwrap_err().to_string();
    assert_eq!(with_hour, "`2026-11-22 0:00` has an hour; type the day alone: 2026-11-22");
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

/// The day alone.
fn parse_with(text: &str, formats: &[String]) -> Result<NaiveDate, Refusal> {
    written(text, formats).map(|(day, _)| day)
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
fn a_time_is_left_out_and_told() {
    for (typed, timed) in [
        ("2026/1/8 0:00", false),
        ("2026-01-08 00:00:00", false),
        ("2026年1月8日　0：00", false),
        ("2026/1/8 14:30", true),
        ("2026-01-08T14:30:00.250Z", true),
        ("2026.1.8 2:30 PM", true),
        ("2026 年 1 月 8 日 下午2:30", true),
        ("2026/1/8 00:00:01", true),
        ("20260108 14:30", true),
        ("2026 年 1 月 8 日", false),
        ("20260108", false),
        ("46030", false),
    ] {
        assert_eq!(written(typed, &[]), Ok((day(2026, 1, 8), timed)), "{typed}");
        assert_eq!(written(typed, &formats(&["%d.%m.%Y"])), Ok((day(2026, 1, 8), timed)), "{typed}");
    }
    let timed = formats(&["%d.%m.%Y", "%m/%d/%Y %H:%M"]);
    assert_eq!(written("8.1.2026 14:30", &timed), Ok((day(2026, 1, 8), true)));
    assert_eq!(written("1/8/2026 14:30", &timed), Ok((day(2026, 1, 8), true)));
    for typed in ["2026/1/8 morning", "2026/1/8 x:30", "20261308", "99999999", "4603", "999999"] {
        assert!(written(typed, &[]).is_err(), "{typed}");
    }
}

#[test]
fn a_day_with_its_year_behind_is_answered_with_the_format() {
    for (typed, way_out) in [
        ("1/23/23", "--date-format %m/%d/%y"),
        ("23.1.2023", "--date-format %d.%m.%Y"),
        ("3-4-2026", "--date-format %m-%d-%Y or --date-format %d-%m-%Y"),
        ("1/23/23 14:30", "--date-format %m/%d/%y"),
    ] {
        assert_eq!(
            written(typed, &[]).unwrap_err().to_string(),
            format!("`{typed}` does not begin with a year of four digits; say how days are written: {way_out}")
        );
    }
    assert_eq!(written("1/23/23", &formats(&["%m/%d/%y"])), Ok((day(2023, 1, 23), false)));
}

#[test]
fn formats_are_checked() {
    for format in ["%Y-%m-%d", "%Y/%-m/%-d", "%d.%m.%y", "%F", "%D", "%d %B %Y", "%e %b %Y", "%Y年%m月%d日 %H:%M"] {
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

#[test]
fn a_month_is_written_as_each_language_writes_it() {
    let said = |language: Language| language.during(|| month("2026-10").spoken());
    assert_eq!([Language::En, Language::Zh, Language::Ko].map(said), ["2026-10", "2026年10月", "2026년 10월"]);
}
