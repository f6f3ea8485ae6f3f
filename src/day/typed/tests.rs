#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn typed(words: &str) -> DayArg {
    words.parse().unwrap_or_else(|refusal| panic!("{words}: {refusal}"))
}

/// A Thursday.
const TODAY: (i32, u32, u32) = (2026, 10, 8);

fn on(words: &str) -> String {
    typed(words).on(day(TODAY.0, TODAY.1, TODAY.2)).to_string()
}

#[test]
fn days_are_known_by_their_words_in_three_languages() {
    for (words, meant) in [
        ("today, TODAY, Today, ｔｏｄａｙ, 今天, 今日, 오늘", "2026-10-08"),
        ("yesterday, Yesterday, 昨天, 昨日, 어제, -1d, - 1d, -1天, 1天前, 1일 전, 1 day ago", "2026-10-07"),
        ("the day before yesterday, 前天, 그저께, 그제, -2d, 2日前, 2 days ago", "2026-10-06"),
        ("大前天, -3d", "2026-10-05"),
        ("-1w, －１ｗ, 1周前, 7일전, 1주 전", "2026-10-01"),
        ("tomorrow, 明天, 내일, +1d", "2026-10-09"),
        ("后天, 모레, +2d, 2天后, 两天後, 2일 후, 2일 뒤, in 2 days, 2 days from now", "2026-10-10"),
        ("next friday, 다음 금요일, this friday, 本周五", "2026-10-09"),
        ("下周五, 下星期五, 다음 주 금요일, 다음주 금요일", "2026-10-16"),
        ("下下周五", "2026-10-23"),
        ("next thursday, 一周后, 下周四", "2026-10-15"),
        ("月底, 月末, 本月底, 말일, 이번 달 말, end of month", "2026-10-31"),
        ("下月底, 下个月底, 다음 달 말, end of next month", "2026-11-30"),
        ("上月底, 지난달 말, end of last month", "2026-09-30"),
        ("last friday, Last Fri, 지난 금요일, 上周五, 上星期五, 上礼拜五, 지난주 금요일", "2026-10-02"),
        ("last thursday", "2026-10-01"),
        ("last wednesday, 周三, 本周三, 这周三, 星期三, 이번 주 수요일", "2026-10-07"),
        ("上周日, 上周天, 지난주 일요일, last sunday", "2026-10-04"),
        ("上周三, 지난주 수요일", "2026-09-30"),
        ("上上周五", "2026-09-25"),
        (
            "20261007, 2026.10.7, 2026年10月7号, 2026년 10월 7일, 10-07, 10-7, 10/7, 10.7, 10月7日, 10月7号, 10월 7일, １０月７日",
            "2026-10-07",
        ),
    ] {
        for words in words.split(", ").filter(|words| *words != "- 1d") {
            assert_eq!(on(words), meant, "{words}");
        }
    }
}

#[test]
fn a_day_without_its_year_is_the_nearest_that_fits() {
    let today = day(2026, 10, 8);
    let meant = |words: &str| {
        [typed(words).on(today), typed(words).from(today, today), typed(words).near(today)].map(|on| on.to_string())
    };
    assert_eq!(meant("10-08"), ["2026-10-08"; 3]);
    assert_eq!(meant("10-09"), ["2025-10-09", "2026-10-09", "2026-10-09"]);
    assert_eq!(meant("10-07"), ["2026-10-07", "2027-10-07", "2026-10-07"]);
    assert_eq!(meant("01-01"), ["2026-01-01", "2027-01-01", "2027-01-01"]);
    assert_eq!(meant("2-29"), ["2024-02-29", "2028-02-29", "2028-02-29"]);
    assert_eq!(typed("03-31").from(day(2026, 2, 1), today), day(2026, 3, 31));
    assert_eq!(meant("-3d"), ["2026-10-05"; 3]);
    assert_eq!(meant("30号"), ["2026-09-30", "2026-10-30", "2026-09-30"]);
    assert_eq!(meant("8일"), ["2026-10-08"; 3]);
    assert_eq!(typed("31日").from(day(2026, 11, 2), today), day(2026, 12, 31));
    assert_eq!(meant("周三"), ["2026-10-07", "2026-10-14", "2026-10-07"]);
    assert_eq!(typed("friday").from(day(2026, 10, 20), today), day(2026, 10, 23));
}

#[test]
fn the_days_of_a_list_are_the_nearest_and_its_last_comes_after_its_first() {
    let listed = |today, from: &str, to: &str| {
        let arg = |words: &str| (!words.is_empty()).then(|| typed(words));
        let (first, last) = DayArg::listed(arg(from), arg(to), today);
        [first, last].map(|day| day.map_or_else(String::new, |day| day.to_string())).join(" ").trim().to_owned()
    };
    let november = day(2026, 11, 3);
    for (from, to, days) in [
        ("", "11-05", "2026-11-05"),
        ("11-05", "", "2026-11-05"),
        ("10-29", "11-05", "2026-10-29 2026-11-05"),
        // Most of what is listed has happened: this year's, not the nearer one of the next.
        ("03-01", "", "2026-03-01"),
        ("12-20", "01-05", "2026-12-20 2027-01-05"),
        ("last monday", "last sunday", "2026-10-26 2026-11-01"),
        ("上周一", "上周日", "2026-10-26 2026-11-01"),
        ("last sunday", "last monday", "2026-11-01 2026-11-02"),
    ] {
        assert_eq!(listed(november, from, to), days, "{from} {to}");
    }
    let january = day(2027, 1, 4);
    assert_eq!(listed(january, "12-20", ""), "2026-12-20");
    assert_eq!(listed(january, "", "12-31"), "2026-12-31");
}

#[test]
fn a_month_without_its_year_is_the_nearest_that_fits() {
    let meant = |words: &str, today| {
        let month: MonthArg = words.parse().unwrap();
        [month.on(today), month.near(today)].map(|month| month.to_string())
    };
    for words in ["10月", "10", "１０月", "10월"] {
        assert_eq!(meant(words, day(2026, 10, 31)), ["2026-10"; 2], "{words}");
    }
    assert_eq!(meant("12月", day(2027, 1, 5)), ["2026-12"; 2]);
    assert_eq!(meant("11月", day(2026, 10, 8)), ["2026-11"; 2]);
    assert_eq!(meant("1", day(2026, 12, 8)), ["2026-01", "2027-01"]);
    for words in ["13月", "0", "月", "010", "1月1"] {
        assert!(words.parse::<MonthArg>().is_err(), "{words}");
    }
}

#[test]
fn what_is_no_day_is_refused() {
    for words in [
        "-1",
        "1d",
        "-d",
        "-1x",
        "-10000d",
        "+1430w",
        "last",
        "last year",
        "周",
        "上周八",
        "13-01",
        "02-30",
        "2026100",
        "0-1",
        "10-",
        "10月",
        "32号",
        "号",
        "next",
        "前",
        "10월7",
    ] {
        assert!(words.parse::<DayArg>().is_err(), "{words}: {:?}", words.parse::<DayArg>());
    }
}

#[test]
fn months_are_known_by_their_words() {
    let today = day(2026, 1, 31);
    for (words, meant) in [
        ("this, THIS, 本月, 这个月, 이번 달, 이달", "2026-01"),
        ("last, 上月, 上个月, 지난달, 지난 달", "2025-12"),
        ("上上月", "2025-11"),
        ("2026-02, 2026年2月", "2026-02"),
    ] {
        for words in words.split(", ") {
            assert_eq!(words.parse::<MonthArg>().unwrap().on(today).to_string(), meant, "{words}");
        }
    }
    assert_eq!(
        "lately".parse::<MonthArg>().unwrap_err().to_string(),
        "`lately` is not a month; type the month as 2026-11, this or last"
    );
}

#[test]
fn a_count_of_days_is_joined_to_the_option_before_it() {
    let line = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
    assert_eq!(joined(&line("b contact add --on -1d --quiet")), Some(line("b contact add --on=-1d --quiet")));
    assert_eq!(joined(&line("b info list --from -2w --to -3天")), Some(line("b info list --from=-2w --to=-3天")));
    for other in ["b contact add --on=-1d", "b x -1d", "b x --amount -100", "b x --quiet -q", "b x --on yesterday -2d"]
    {
        assert_eq!(joined(&line(other)), None, "{other}");
    }
}

proptest! {
    #[test]
    fn a_day_without_its_year_lies_within_eight_years(month in 1_u32..=12, of_month in 1_u32..=31, days in 0_u64..20_000) {
        let today = day(1990, 1, 1) + Days::new(days);
        if let Ok(arg) = format!("{month}-{of_month}").parse::<DayArg>() {
            let (before, after, near) = (arg.on(today), arg.from(today, today), arg.near(today));
            prop_assert!(before <= today && today <= after);
            prop_assert!((today - before).num_days() <= 8 * 366 && (after - today).num_days() <= 8 * 366);
            prop_assert!(near == before || near == after);
            for on in [before, after] {
                prop_assert_eq!((on.month(), on.day()), (month, of_month));
            }
        }
    }

    #[test]
    fn nothing_that_is_typed_stops_the_program(words in ".{0,24}") {
        let _ = words.parse::<DayArg>().map(|arg| [arg.on(NaiveDate::MIN), arg.near(NaiveDate::MAX), arg.from(NaiveDate::MAX, NaiveDate::MIN)]);
        let _ = words.parse::<MonthArg>();
        let _ = joined(&[OsString::from("--on"), OsString::from(words)]);
    }
}
