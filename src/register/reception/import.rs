//! Old lists of receptions, with their visitors.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::arrange::GiftStandard;
use super::visitor::{BETWEEN, Visitor};
use crate::desk::Desk;
use crate::import::row::{Cells, Fault};
use crate::language;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::history_import::{self, Field, Kind, List, OldRegister};
use crate::register::old_ledger::{Checked, Import, Names};
use crate::say;

/// Takes a list into the book.
///
/// # Errors
/// As [`Import::run`].
pub fn run(import: &Import, desk: &mut Desk<'_>) -> Result<()> {
    history_import::run::<Old>(import, desk, "reception import", "R5.2(5)")
}

/// The fields without which nothing is arranged (R5.2(2) to R5.2(4)).
const ARRANGEMENT: [&str; 8] =
    ["hosts", "place", "car", "dining", "gift_standard", "lodging", "scenic", "our_schedule"];

/// Receptions as an old file of them is read.
struct Old;

impl OldRegister for Old {
    const REGISTER: &'static str = "reception";
    const WHAT: &'static str = phrase!("receptions");
    const DAY: &'static str = "planned_on";
    const PERSON: &'static str = "planned_by";
    const FIELDS: &'static [Field] = &[
        Field::new("unit", Kind::Line).required(),
        Field::new("purpose", Kind::Text).required(),
        Field::new("kind", Kind::Choice(&["visit", "progress", "delivery", "inspection"])).required(),
        Field::new("project", Kind::Project),
        Field::new("arrive_on", Kind::Day).required(),
        Field::new("leave_on", Kind::Day),
        Field::new("schedule", Kind::Text),
        Field::new("planned_cost_fen", Kind::Estimate).named("planned_cost"),
        Field::new("late_flag", Kind::YesNo).named("late"),
        Field::new("hosts", Kind::Line),
        Field::new("place", Kind::Line),
        Field::new("car", Kind::Line),
        Field::new("dining", Kind::Line),
        Field::made("gift_standard_fen", gift_standard).named("gift_standard"),
        Field::new("lodging", Kind::Line),
        Field::new("scenic", Kind::Text),
        Field::new("our_schedule", Kind::Text),
        Field::new("arranged_on", Kind::Day),
        Field::new("arrived_on", Kind::Day),
        Field::new("left_on", Kind::Day),
        Field::new("people", Kind::Count),
        Field::new("cost_fen", Kind::Estimate).named("cost"),
        Field::new("summary", Kind::Text),
        Field::new("summarized_on", Kind::Day),
        Field::new("outcome", Kind::Text),
    ];
    const LISTS: &'static [&'static str] = &["visitors"];
    const SHORT: &'static [(&'static str, &'static str)] = &[
        ("on", "planned_on"),
        ("by", "planned_by"),
        ("arrive", "arrive_on"),
        ("leave", "leave_on"),
        ("arrived", "arrived_on"),
        ("left", "left_on"),
        ("visitor", "visitors"),
    ];

    /// As far as what the row says leads; what is summarised has been archived.
    fn shown_state(cells: &Cells<'_>) -> Result<&'static str, Fault> {
        const TOLD: [(&str, &str); 5] = [
            ("outcome", "cancelled"),
            ("ended_on", "archived"),
            ("summary", "summarized"),
            ("left_on", "received"),
            ("arranged_on", "arranged"),
        ];
        for (field, state) in TOLD {
            if cells.text(field)?.is_some() {
                return Ok(state);
            }
        }
        Ok("planned")
    }

    /// What the book itself would refuse, said by field.
    fn check(cells: &Cells<'_>, state: &str) -> Result<(), Fault> {
        let has = |field| Ok::<bool, Fault>(cells.text(field)?.is_some());
        let pairs = [
            ("arrived_on", "left_on"),
            ("left_on", "arrived_on"),
            ("summary", "summarized_on"),
            ("summarized_on", "summary"),
        ];
        for (given, with) in pairs {
            if has(given)? && !has(with)? {
                return Err(Fault::of(with, say!("is empty, and {given} is not: give both, or leave both out", given)));
            }
        }
        for (first, last) in [("arrive_on", "leave_on"), ("arrived_on", "left_on")] {
            let (first, last_on) = (cells.day(first)?, cells.day(last)?);
            if let (Some(first), Some(last_on)) = (first, last_on)
                && last_on < first
            {
                return Err(Fault::of(
                    last,
                    say!("guests who came on {first} did not leave on {last_on}", first, last_on),
                ));
            }
        }
        if has("summary")? && !has("left_on")? {
            return Err(Fault::of("summary", say!("tells of a visit: give arrived_on and left_on as well")));
        }
        if cells.count("people")? == Some(0) {
            return Err(Fault::of("people", say!("is at least 1: leave it out where it is not known")));
        }
        if has("arranged_on")? {
            for field in ARRANGEMENT {
                if !has(field)? {
                    let reason =
                        say!("is empty, and arranged_on is not: give each or none (R5.2(2)), or leave arranged_on out");
                    return Err(Fault::of(field, reason));
                }
            }
        }
        if matches!(state, "received" | "summarized") && !has("left_on")? {
            return Err(Fault::of(
                "left_on",
                say!(
                    "is empty, and a reception that is {state} still waits for its end: give the day",
                    state = language::value(state)
                ),
            ));
        }
        if state == "summarized" && !has("summary")? {
            return Err(Fault::of("summary", say!("is empty, and the state is summarized")));
        }
        Ok(())
    }

    fn children(_: &Connection, _: &mut Names, cells: &Cells<'_>, _: NaiveDate) -> Checked<Vec<List>> {
        let fault = |refusal: Refusal| Fault::of("visitors", refusal.to_string());
        let mut rows = Vec::new();
        for visitor in cells.text("visitors")?.unwrap_or_default().split(BETWEEN) {
            if !visitor.trim().is_empty() {
                let visitor: Visitor = visitor.parse().map_err(fault)?;
                rows.push(vec![Value::Text(visitor.name), Value::Text(visitor.title)]);
            }
        }
        Ok(vec![List { table: "visitor", columns: &["name", "title"], rows }])
    }
}

/// What the gifts for one person might cost: an amount, or none.
fn gift_standard(cells: &Cells<'_>) -> Result<Value, Fault> {
    Ok(cells.parse::<GiftStandard>("gift_standard")?.map_or(Value::Null, |standard| Value::Integer(standard.0.0)))
}
