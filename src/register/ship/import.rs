//! Old lists of shipments, with their boxes and loading notices.

use std::collections::BTreeSet;
use std::str::FromStr;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::cases::Cases;
use super::measure::{Size, Weight};
use super::{ARRIVED, BILL_REASON, BILLED, COMPLETED, COMPLETION, DISPATCHED, PASSED, PRICE, PROJECT};
use crate::fields;
use crate::import::row::{Cells, Fault};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::register::field::Field;
use crate::register::form::{Check, Rule};
use crate::register::old_field;
use crate::register::old_form::{List, Old};
use crate::register::old_ledger::{Checked, Names};
use crate::say;
use crate::text::{self, quoted};

/// The contract of a shipment whose project is not in the book.
const CONTRACT: Field<String> = Field::line("contract", "");

/// What an old file of shipments has besides the fields of the form.
pub(super) const OLD: Old = Old {
    fields: &[old_field::Field::made("contract", contract).named("contract")],
    lists: &["cases", "weights_kg", "sizes_mm", "loading"],
    short: &[("case", "cases"), ("weight", "weights_kg"), ("size", "sizes_mm")],
    rules: RULES,
    children: lists,
    ..Old::BLANK
};

/// What stands between the runs and the loading notices of a row.
const BETWEEN: &str = ";";

/// What the steps of a shipment see to, and an old row must keep as well.
const RULES: &[Rule] = &[
    Rule {
        fields: fields![CONTRACT, PROJECT],
        check: Check::Sound(|row| {
            let neither = row.get(&PROJECT)?.is_none() && row.get(&CONTRACT)?.is_none();
            refuse(neither, say!("is empty, and so is contract: one of them tells what was delivered"))
        }),
    },
    Rule {
        fields: fields![COMPLETION, COMPLETED],
        check: Check::Sound(|row| {
            let half = row.get(&COMPLETION)?.is_some() != row.get(&COMPLETED)?.is_some();
            refuse(half, say!("a Completion Notice has a number, completion_notice, and its day"))
        }),
    },
    Rule {
        fields: fields![COMPLETION, PASSED],
        check: Check::Sound(|row| {
            let incomplete = row.get(&PASSED)?.is_some() && row.get(&COMPLETION)?.is_none();
            refuse(
                incomplete,
                say!(
                    "nothing passes the gate without a Completion Notice (R6.3): give completion_notice, or leave the day out"
                ),
            )
        }),
    },
    Rule {
        fields: fields![DISPATCHED, ARRIVED],
        check: Check::Sound(|row| {
            let unsent = row.get(&ARRIVED)?.is_some() && row.get(&DISPATCHED)?.is_none();
            refuse(unsent, say!("what arrived was sent: give dispatched_on as well"))
        }),
    },
    Rule {
        fields: fields![PRICE],
        check: Check::Sound(|row| {
            let free = row.get(&PRICE)? == Some(Money(0));
            refuse(free, say!("a carrier asks more than nothing: leave it out where it is not known"))
        }),
    },
    Rule {
        fields: fields![PRICE, BILLED, BILL_REASON],
        check: Check::Sound(|row| {
            let (price, billed) = (row.get(&PRICE)?, row.get(&BILLED)?);
            let differs = price.is_some() && billed.is_some() && price != billed;
            let unexplained = differs && row.get(&BILL_REASON)?.is_none();
            refuse(unexplained, say!("says why the bill differs from the price (R6.2)"))
        }),
    },
];

/// Refuses with a reason that is told of the last field's cell.
fn refuse(wrong: bool, reason: &'static str) -> Result<()> {
    if wrong { Err(Refusal::usage(reason).into()) } else { Ok(()) }
}

fn lists(_: &Connection, _: &mut Names, cells: &Cells<'_>, _: NaiveDate) -> Checked<Vec<List>> {
    let (boxes, loading) = (boxes(cells)?, loading(cells)?);
    if sum(&loading, 0) > sum(&boxes, 1) {
        return Err(Fault::of("loading", say!("names more boxes than there are in cases")).into());
    }
    let columns = &["cases", "boxes", "weight_g", "length_mm", "width_mm", "height_mm"];
    Ok(vec![List::of("ship_box", columns, boxes), List::of("ship_load", &["boxes", "cases", "loaded_on"], loading)])
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
    let known = |part: &'a str| Some(part.trim()).filter(|part| !part.is_empty() && !text::is_none(part));
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
    let mut taken = BTreeSet::new();
    let mut rows = Vec::with_capacity(runs.len());
    for (index, run) in runs.into_iter().enumerate() {
        let run: Cases = run.unwrap_or_default().parse().map_err(fault("cases"))?;
        if let Some(twice) = run.numbers().iter().find(|case| !taken.insert(**case)) {
            return Err(Fault::of("cases", say!("names case {twice} twice", twice)));
        }
        let weight = part(&weights, index).map(|weight| measured::<Weight>(weight, "kg").map_err(fault("weights_kg")));
        let size = part(&sizes, index).map(|size| measured::<Size>(size, "mm").map_err(fault("sizes_mm")));
        let (weight, size) = (weight.transpose()?, size.transpose()?);
        let mut row = vec![Value::Text(run.to_string()), run.count().into(), weight.map(|weight| weight.0).into()];
        row.extend(size.map_or([const { Value::Null }; 3], |size| size.0.map(Value::Integer)));
        rows.push(row);
    }
    Ok(rows)
}

/// What stands for a run in a cell.
fn part<'a>(parts: &[Option<&'a str>], index: usize) -> Option<&'a str> {
    parts.get(index).copied().flatten()
}

/// A measure as the column holds it, without its unit, or with one; refused as it stands in the file.
fn measured<M: FromStr<Err = Refusal>>(part: &str, unit: &str) -> Result<M, Refusal> {
    let bare = part.ends_with(|last: char| last.is_ascii_digit());
    let whole = if bare { format!("{part}{unit}") } else { part.to_owned() };
    whole.parse::<M>().map_err(|refusal| Refusal { what: refusal.what.replace(&whole, part), ..refusal })
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
