//! Old lists of shipments, with their boxes and loading notices.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::boxes::sides;
use super::cases::Cases;
use super::measure::{Size, Weight};
use crate::desk::Desk;
use crate::import::row::{Cells, Fault};
use crate::money::Money;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::history_import::{self, Field, Kind, List, OldRegister};
use crate::register::old_ledger::{Checked, Import, Names};
use crate::say;
use crate::text::quoted;

/// Takes a list into the book.
///
/// # Errors
/// As [`Import::run`].
pub fn run(import: &Import, desk: &mut Desk<'_>) -> Result<()> {
    history_import::run::<Old>(import, desk, "ship import", "R6.2")
}

/// What stands between the runs and the loading notices of a row.
const BETWEEN: &str = ";";

/// What stands for a weight or size that is not known.
const UNKNOWN: &str = "none";

/// Shipments as an old file of them is read.
struct Old;

impl OldRegister for Old {
    const REGISTER: &'static str = "ship";
    const WHAT: &'static str = phrase!("shipments");
    const DAY: &'static str = "notified_on";
    const PERSON: &'static str = "organised_by";
    const FIELDS: &'static [Field] = &[
        Field::new("project", Kind::Project),
        Field::made("contract", contract).named("contract"),
        Field::new("notice", Kind::Entry("contact")),
        Field::new("form", Kind::Choice(&["truck", "rail", "sea", "air", "collect"])).required(),
        Field::new("place", Kind::Line).required(),
        Field::new("contact_person", Kind::Line),
        Field::new("phone", Kind::Line),
        Field::new("route", Kind::Line),
        Field::new("capacity", Kind::Text),
        Field::new("freight", Kind::Choice(&["company", "user"])).required(),
        Field::new("wanted_by_on", Kind::Day),
        Field::new("completion_notice", Kind::Line),
        Field::new("completed_on", Kind::Day),
        Field::new("carrier", Kind::Line),
        Field::new("price_fen", Kind::Estimate).named("price"),
        Field::new("days", Kind::Count),
        Field::new("award_reason", Kind::Text),
        Field::new("awarded_on", Kind::Day),
        Field::new("scheduled_on", Kind::Day),
        Field::new("agreed_with", Kind::Line),
        Field::new("gate_pass", Kind::Line),
        Field::new("vehicle", Kind::Line),
        Field::new("driver", Kind::Line),
        Field::new("passed_on", Kind::Day),
        Field::new("dispatched_on", Kind::Day),
        Field::new("arrived_on", Kind::Day),
        Field::new("signed_by", Kind::Line),
        Field::new("freight_bill", Kind::Line),
        Field::new("billed_fen", Kind::Estimate).named("billed"),
        Field::new("bill_reason", Kind::Text),
        Field::new("billed_on", Kind::Day),
        Field::new("outcome", Kind::Text),
    ];
    const LISTS: &'static [&'static str] = &["cases", "weights_kg", "sizes_mm", "loading"];
    const SHORT: &'static [(&'static str, &'static str)] = &[
        ("on", "notified_on"),
        ("by", "organised_by"),
        ("contact", "contact_person"),
        ("case", "cases"),
        ("weight", "weights_kg"),
        ("size", "sizes_mm"),
    ];

    /// As far as the days of the row lead.
    fn shown_state(cells: &Cells<'_>) -> Result<&'static str, Fault> {
        const DAYS: [(&str, &str); 7] = [
            ("outcome", "cancelled"),
            ("arrived_on", "arrived"),
            ("dispatched_on", "dispatched"),
            ("passed_on", "passed"),
            ("scheduled_on", "scheduled"),
            ("awarded_on", "awarded"),
            ("completed_on", "completed"),
        ];
        for (field, state) in DAYS {
            if cells.text(field)?.is_some() {
                return Ok(state);
            }
        }
        Ok("notified")
    }

    /// What the book itself would refuse, said by field.
    fn check(cells: &Cells<'_>, _: &str) -> Result<(), Fault> {
        let has = |field| Ok::<bool, Fault>(cells.text(field)?.is_some());
        if !has("project")? && !has("contract")? {
            return Err(Fault::of(
                "project",
                say!("is empty, and so is contract: one of them tells what was delivered"),
            ));
        }
        if has("completion_notice")? != has("completed_on")? {
            return Err(Fault::of(
                "completed_on",
                say!("a Completion Notice has a number, completion_notice, and its day"),
            ));
        }
        if has("passed_on")? && !has("completion_notice")? {
            let reason = say!(
                "nothing passes the gate without a Completion Notice (R6.3): give completion_notice, or leave the day out"
            );
            return Err(Fault::of("passed_on", reason));
        }
        if has("arrived_on")? && !has("dispatched_on")? {
            return Err(Fault::of("arrived_on", say!("what arrived was sent: give dispatched_on as well")));
        }
        let (price, billed) = (cells.parse::<Money>("price")?, cells.parse::<Money>("billed")?);
        if price == Some(Money(0)) {
            return Err(Fault::of(
                "price",
                say!("a carrier asks more than nothing: leave it out where it is not known"),
            ));
        }
        if cells.count("days")? == Some(0) {
            return Err(Fault::of("days", say!("is at least 1: leave it out where it is not known")));
        }
        if price.is_some() && billed.is_some() && price != billed && !has("bill_reason")? {
            return Err(Fault::of("bill_reason", say!("says why the bill differs from the price (R6.2)")));
        }
        Ok(())
    }

    fn children(_: &Connection, _: &mut Names, cells: &Cells<'_>, _: NaiveDate) -> Checked<Vec<List>> {
        let (boxes, loading) = (boxes(cells)?, loading(cells)?);
        if sum(&loading, 0) > sum(&boxes, 1) {
            return Err(Fault::of("loading", say!("names more boxes than there are in cases")).into());
        }
        Ok(vec![
            List {
                table: "ship_box",
                columns: &["cases", "boxes", "weight_g", "length_mm", "width_mm", "height_mm"],
                rows: boxes,
            },
            List { table: "ship_load", columns: &["boxes", "cases", "loaded_on"], rows: loading },
        ])
    }
}

/// The sum of the whole numbers in a column of rows.
fn sum(rows: &[Vec<Value>], column: usize) -> i64 {
    let number = |row: &Vec<Value>| match row.get(column) {
        Some(Value::Integer(number)) => *number,
        _ => 0,
    };
    rows.iter().map(number).sum()
}

/// The contract's number, where the row names no project.
fn contract(cells: &Cells<'_>) -> Result<Value, Fault> {
    let number = if cells.text("project")?.is_some() { None } else { cells.line("contract")? };
    Ok(number.map_or(Value::Null, |number| Value::Text(number.to_owned())))
}

/// The parts of a cell that names several, with nothing where a part is not known.
fn parts<'a>(cells: &Cells<'a>, field: &'static str) -> Result<Vec<Option<&'a str>>, Fault> {
    let known = |part: &'a str| Some(part.trim()).filter(|part| !part.is_empty() && *part != UNKNOWN);
    Ok(cells.text(field)?.map_or_else(Vec::new, |cell| cell.split(BETWEEN).map(known).collect()))
}

/// The runs of boxes; of a case number that stands twice the row says so.
fn boxes(cells: &Cells<'_>) -> Result<Vec<Vec<Value>>, Fault> {
    let fault = |field| move |refusal: Refusal| Fault::of(field, refusal.to_string());
    let (weights, sizes) = (parts(cells, "weights_kg")?, parts(cells, "sizes_mm")?);
    let runs = parts(cells, "cases")?;
    if weights.len().max(sizes.len()) > runs.len() {
        return Err(Fault::of("cases", say!("names fewer runs of boxes than there are weights or sizes")));
    }
    let mut taken = std::collections::BTreeSet::new();
    let mut rows = Vec::with_capacity(runs.len());
    for (index, run) in runs.into_iter().enumerate() {
        let run: Cases = run.unwrap_or_default().parse().map_err(fault("cases"))?;
        if let Some(twice) = run.numbers().iter().find(|case| !taken.insert(**case)) {
            return Err(Fault::of("cases", say!("names case {twice} twice", twice)));
        }
        let part = |parts: &[Option<&str>], unit: &str| {
            let part = parts.get(index).copied().flatten()?;
            Some(if part.ends_with(|last: char| last.is_ascii_digit()) {
                format!("{part}{unit}")
            } else {
                part.to_owned()
            })
        };
        let weight =
            part(&weights, "kg").map(|weight| weight.parse::<Weight>().map_err(fault("weights_kg"))).transpose()?;
        let size = part(&sizes, "mm").map(|size| size.parse::<Size>().map_err(fault("sizes_mm"))).transpose()?;
        let mut row = vec![Value::Text(run.to_string()), run.count().into(), weight.map(|weight| weight.0).into()];
        row.extend(sides(size).map(Value::from));
        rows.push(row);
    }
    Ok(rows)
}

/// The loading notices: `12-20,25 2026-10-09; 3 boxes 2026-10-10`.
fn loading(cells: &Cells<'_>) -> Result<Vec<Vec<Value>>, Fault> {
    let wrong = |part: &str| {
        let reason = say!(
            "{part} is no loading notice; write such as 12-20,25 2026-10-09, or 3 boxes 2026-10-09",
            part = quoted(part)
        );
        Fault::of("loading", reason)
    };
    let mut rows = Vec::new();
    for part in parts(cells, "loading")?.into_iter().flatten() {
        let (what, day) = part.rsplit_once(' ').ok_or_else(|| wrong(part))?;
        let day: NaiveDate = day.parse().map_err(|_| wrong(part))?;
        let (boxes, cases) = if let Some(boxes) = what.trim().strip_suffix(" boxes") {
            (boxes.parse().ok().filter(|boxes| *boxes > 0).ok_or_else(|| wrong(part))?, Value::Null)
        } else {
            let cases: Cases = what.parse().map_err(|_| wrong(part))?;
            (cases.count(), Value::Text(cases.to_string()))
        };
        rows.push(vec![boxes.into(), cases, Value::Text(day.to_string())]);
    }
    Ok(rows)
}
