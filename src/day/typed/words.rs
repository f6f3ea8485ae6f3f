//! The words of days: those that are days, and those that stand before and behind others.

use chrono::Weekday;

use super::DayArg;

/// Words for days, by how many days after today they are.
pub(super) const WORDS: [(&str, i64); 22] = [
    ("today", 0),
    ("今天", 0),
    ("今日", 0),
    ("오늘", 0),
    ("yesterday", -1),
    ("昨天", -1),
    ("昨日", -1),
    ("어제", -1),
    ("the day before yesterday", -2),
    ("前天", -2),
    ("그저께", -2),
    ("그제", -2),
    ("大前天", -3),
    ("그끄저께", -3),
    ("tomorrow", 1),
    ("明天", 1),
    ("明日", 1),
    ("내일", 1),
    ("the day after tomorrow", 2),
    ("后天", 2),
    ("後天", 2),
    ("모레", 2),
];

/// The days of the week, in the three languages.
pub(super) const WEEKDAYS: [(Weekday, [&str; 6]); 7] = [
    (Weekday::Mon, ["monday", "mon", "一", "1", "월요일", "월"]),
    (Weekday::Tue, ["tuesday", "tue", "二", "2", "화요일", "화"]),
    (Weekday::Wed, ["wednesday", "wed", "三", "3", "수요일", "수"]),
    (Weekday::Thu, ["thursday", "thu", "四", "4", "목요일", "목"]),
    (Weekday::Fri, ["friday", "fri", "五", "5", "금요일", "금"]),
    (Weekday::Sat, ["saturday", "sat", "六", "6", "토요일", "토"]),
    (Weekday::Sun, ["sunday", "sun", "日", "天", "일요일", "일"]),
];

/// Words for the last day of a month, by how many months after this one it is.
pub(super) const ENDS: [(&str, i32); 25] = [
    ("end of month", 0),
    ("the end of the month", 0),
    ("end of the month", 0),
    ("end of next month", 1),
    ("end of last month", -1),
    ("月底", 0),
    ("月末", 0),
    ("本月底", 0),
    ("本月末", 0),
    ("这个月底", 0),
    ("下月底", 1),
    ("下月末", 1),
    ("下个月底", 1),
    ("上月底", -1),
    ("上月末", -1),
    ("上个月底", -1),
    ("말일", 0),
    ("월말", 0),
    ("이달 말", 0),
    ("이번 달 말", 0),
    ("이번 달 말일", 0),
    ("다음 달 말", 1),
    ("다음 달 말일", 1),
    ("지난달 말", -1),
    ("지난달 말일", -1),
];

/// Which day is meant by a day of the week.
pub(super) type Meant = fn(Weekday) -> DayArg;

/// What stands before a day of the week, and which such day it means.
pub(super) const WEEKS: [(&str, Meant); 27] = [
    ("last ", DayArg::Passed),
    ("next ", DayArg::Coming),
    ("this ", |day| DayArg::OfWeek(day, 0)),
    ("지난주 ", |day| DayArg::OfWeek(day, -1)),
    ("지난주", |day| DayArg::OfWeek(day, -1)),
    ("지난 ", DayArg::Passed),
    ("지난", DayArg::Passed),
    ("上上周", |day| DayArg::OfWeek(day, -2)),
    ("上周", |day| DayArg::OfWeek(day, -1)),
    ("上星期", |day| DayArg::OfWeek(day, -1)),
    ("上礼拜", |day| DayArg::OfWeek(day, -1)),
    ("下下周", |day| DayArg::OfWeek(day, 2)),
    ("下周", |day| DayArg::OfWeek(day, 1)),
    ("下星期", |day| DayArg::OfWeek(day, 1)),
    ("下礼拜", |day| DayArg::OfWeek(day, 1)),
    ("这周", |day| DayArg::OfWeek(day, 0)),
    ("本周", |day| DayArg::OfWeek(day, 0)),
    ("周", DayArg::Weekday),
    ("星期", DayArg::Weekday),
    ("礼拜", DayArg::Weekday),
    ("이번 주 ", |day| DayArg::OfWeek(day, 0)),
    ("이번주 ", |day| DayArg::OfWeek(day, 0)),
    ("다음 주 ", |day| DayArg::OfWeek(day, 1)),
    ("다음주 ", |day| DayArg::OfWeek(day, 1)),
    ("다음주", |day| DayArg::OfWeek(day, 1)),
    ("다음 ", DayArg::Coming),
    ("", DayArg::Weekday),
];

/// Units of a count of days, and how many days each is.
pub(super) const UNITS: [(&str, i64); 9] =
    [("d", 1), ("w", 7), ("天", 1), ("日", 1), ("周", 7), ("일", 1), ("주", 7), ("days", 1), ("day", 1)];

/// What stands behind a count of days before today, and behind one after it.
pub(super) const BEFORE: [&str; 3] = ["前", "전", " ago"];
pub(super) const AFTER: [&str; 5] = ["后", "後", " 후", " 뒤", " from now"];
