//! The public holidays as a published list has them.

use anyhow::Result;
use chrono::NaiveDate;

use super::{Known, all, refuse_long};
use crate::book::change::Change;
use crate::import::listed::given;
use crate::import::row::{Cells, Fault};
use crate::import::run::{Take, Taken};
use crate::phrase;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// A published list: a row for each day, or for each run of days.
pub(super) struct Published {
    pub(super) decided_by: String,
}

/// The columns that published lists have, in several languages.
const DAY: [&str; 5] = ["day", "day_on", "date", "日期", "날짜"];
const NAME: [&str; 6] = ["name", "holiday", "名称", "节日", "节假日", "이름"];
const WORKED: [&str; 6] = ["worked", "kind", "type", "类型", "状态", "구분"];
/// As some lists have it: whether the day is one of rest.
const OFF: [&str; 3] = ["isoffday", "是否休息", "是否放假"];
const UNTIL: [&str; 4] = ["until", "至", "结束日期", "종료일"];

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

    fn take(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Result<Taken, Fault>> {
        let (first, last, day) = match read(cells) {
            Ok(row) => row,
            Err(fault) => return Ok(Err(fault)),
        };
        let mut new = false;
        for on in all(first, last) {
            match day.enter(change, on, &self.decided_by) {
                Ok(entered) => new |= entered,
                Err(error) => return error.downcast::<Refusal>().map(|refusal| Err(Fault::whole(refusal.to_string()))),
            }
        }
        Ok(Ok(if new { Taken::New } else { Taken::Same }))
    }

    fn finish(self, _: &mut Change<'_>) -> Result<Vec<String>> {
        Ok(Vec::new())
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
