//! The public holidays as a published list has them.

use anyhow::Result;
use chrono::NaiveDate;

use super::{Known, all, refuse_long};
use crate::book::change::Change;
use crate::import::header;
use crate::import::listed::given;
use crate::import::row::{Cells, Fault};
use crate::import::take::{Take, Taken};
use crate::language::{self, Spoken};
use crate::phrase;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// A published list: a row for each day, or for each run of days.
pub(super) struct Published {
    decided_by: String,
    /// The days of rest that were new, and the days that are worked instead.
    rest: usize,
    worked: Vec<NaiveDate>,
}

impl Published {
    /// Nothing of a list that this person decides on.
    pub(super) const fn decided_by(decided_by: String) -> Self {
        Self { decided_by, rest: 0, worked: Vec::new() }
    }
}

/// The columns that published lists have, in several languages.
const DAY: [&str; 11] =
    ["day", "day_on", "date", "from", "日期", "开始", "开始日期", "起始日期", "放假日期", "날짜", "시작일"];
const NAME: [&str; 7] = ["name", "holiday", "名称", "节日", "节假日", "节日名称", "이름"];
const WORKED: [&str; 13] =
    ["worked", "kind", "type", "类型", "类别", "状态", "上班", "是否上班", "补班", "调休", "调休上班", "구분", "근무"];
/// As some lists have it: whether the day is one of rest.
const OFF: [&str; 5] = ["isoffday", "是否休息", "是否放假", "休息", "放假"];
const UNTIL: [&str; 13] = [
    "until",
    "to",
    "last_day",
    "至",
    "截至",
    "截止",
    "截止日",
    "截止日期",
    "结束",
    "结束日期",
    "终止日期",
    "종료",
    "종료일",
];
/// Columns that say nothing of which days are holidays, as [`header::heading_key`] folds them.
const IDLE: [&str; 14] =
    ["year", "年", "年份", "序号", "no", "weekday", "星期", "days", "天数", "放假天数", "note", "备注", "说明", "비고"];

/// Words for days of rest, and for days that are worked.
const REST: [&str; 13] =
    ["休", "放假", "休息", "假", "节假日", "法定节假日", "holiday", "off", "rest", "휴일", "공휴일", "no", "false"];
const WORK: [&str; 12] =
    ["班", "上班", "调休", "补班", "调休上班", "work", "workday", "working", "worked", "근무", "yes", "true"];

impl Take for Published {
    const WHAT: &'static str = phrase!("public holidays");

    fn short() -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }

    fn fields() -> Vec<&'static str> {
        [&DAY[..], &UNTIL, &NAME, &WORKED, &OFF].concat()
    }

    fn required() -> Vec<&'static str> {
        Vec::new()
    }

    /// A column that may say that a day is worked, or until when a holiday lasts, is not passed over: the days would be others.
    fn refuse_unused(columns: &[&str]) -> Result<(), Refusal> {
        let unknown = columns.iter().find(|column| !IDLE.contains(&header::heading_key(column).as_str()));
        let Some(column) = unknown.map(|column| text::visible(&header::shown(column)).into_owned()) else {
            return Ok(());
        };
        let what = say!("nothing says what the column {column} tells of the holidays", column = text::quoted(&column));
        Err(Refusal::usage(what).or(say!(
            "say it with --map until=COLUMN (the last day) or --map worked=COLUMN (worked instead), or take the column out"
        )))
    }

    fn take(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Result<Taken, Fault>> {
        let (first, last, day) = match read(cells) {
            Ok(row) => row,
            Err(fault) => return Ok(Err(fault)),
        };
        let mut new = false;
        for on in all(first, last) {
            match day.enter(change, on, &self.decided_by) {
                Ok(true) => {
                    new = true;
                    if day.worked { self.worked.push(on) } else { self.rest += 1 }
                }
                Ok(false) => {}
                Err(error) => return error.downcast::<Refusal>().map(|refusal| Err(Fault::whole(refusal.to_string()))),
            }
        }
        Ok(Ok(if new { Taken::New } else { Taken::Same }))
    }

    fn finish(self, _: &mut Change<'_>) -> Result<Vec<String>> {
        let mut notes = Vec::new();
        if self.rest > 0 {
            notes.push(say!("{count} days of rest", count = self.rest));
        }
        if !self.worked.is_empty() {
            let days: Vec<String> = self.worked.iter().map(Spoken::spoken).collect();
            notes.push(say!("worked instead: {days}", days = days.join(language::comma())));
        }
        Ok(notes)
    }
}

/// What a row says: the first and the last day, and what they are.
fn read(cells: &Cells<'_>) -> Result<(NaiveDate, NaiveDate, Known), Fault> {
    let first = cells.required_day(given(cells, &DAY)?)?;
    let until = given(cells, &UNTIL)?;
    let last = cells.day(until)?.unwrap_or(first);
    refuse_long(first, last).map_err(|refusal| Fault::of(until, refusal.to_string()))?;
    let name = cells.required_line(given(cells, &NAME)?)?.to_owned();
    let (kind, off) = (given(cells, &WORKED)?, given(cells, &OFF)?);
    let worked = is_worked(cells, kind)?.or(is_worked(cells, off)?.map(|off| !off)).unwrap_or(false);
    Ok((first, last, Known { name, worked }))
}

/// Whether a cell says that the day is worked, or yes; none where it is empty.
fn is_worked(cells: &Cells<'_>, field: &'static str) -> Result<Option<bool>, Fault> {
    let Some(cell) = cells.line(field)? else { return Ok(None) };
    let word = text::half_width(cell).to_lowercase();
    let is = |words: &[&str]| words.contains(&word.as_str());
    match (is(&WORK) || word == "1" || word == "是", is(&REST) || word == "0" || word == "否") {
        (true, _) => Ok(Some(true)),
        (_, true) => Ok(Some(false)),
        _ => Err(Fault::of(
            field,
            say!("says neither that it is a holiday nor that it is worked; give 休 or 班, holiday or work"),
        )),
    }
}
