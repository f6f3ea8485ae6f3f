//! Old registers of user information: what was exported, or kept on paper, with or without numbers of its own.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::collect::likely_duplicate;
use super::{FOLD, region};
use crate::import::row::{Cells, Fault};
use crate::language;
use crate::register::old_field::{Field, Reading, yes_or_no};
use crate::register::old_form::Old;
use crate::register::old_ledger::Checked;
use crate::say;
use crate::text;

/// What an old file of user information has in another way than an entry that is typed.
pub(super) const OLD: Old = Old {
    fields: &[
        Field::new("duplicate_of", Reading::Number),
        Field::made(FOLD, |cells| Ok(Value::Text(text::fold(cells.required("customer")?)))),
    ],
    state: |cells| {
        let shown =
            [("tracker", "tracked"), ("assigned_to", "assigned"), ("filed_on", "filed"), ("reported_on", "reported")];
        for (field, state) in shown {
            if cells.text(field)?.is_some() {
                return Ok(Some(state));
            }
        }
        Ok(Some("collected"))
    },
    check,
    deeds: &[("reported_on", "report")],
    // Customer, region, equipment, need, contact, phone, amount and source.
    telling: 8,
    by_day: true,
    consider: mark_repeat,
    remark: |change, repeats| {
        let remark = (repeats > 0).then(|| {
            say!(
                "{counted} look like repeats of entries in the book: see duplicate_of in branchbook info list",
                counted = repeats
            )
        });
        Ok(remark.into_iter().chain(region::remark(change, "info")?).collect())
    },
    ..Old::BLANK
};

fn check(cells: &Cells<'_>, state: &str) -> Result<(), Fault> {
    if matches!(state, "assigned" | "tracked") && cells.text("assigned_to")?.is_none() {
        return Err(Fault::of(
            "assigned_to",
            say!("an entry that is {state} names the department that has it", state = language::value(state)),
        ));
    }
    if state == "tracked" && cells.text("tracker")?.is_none() {
        return Err(Fault::of("tracker", say!("an entry that is tracked names the person who tracks it")));
    }
    if yes_or_no(cells, "late")? && cells.text("reported_on")?.is_none() {
        return Err(Fault::of("late", say!("an entry that was not reported was not reported late")));
    }
    Ok(())
}

/// A row without a number is new to the register: whether it repeats an entry is looked for as when it is typed.
fn mark_repeat(book: &Connection, day: NaiveDate, fields: &[Field], values: &mut [Value]) -> Checked<bool> {
    let at = |column| fields.iter().position(|field| field.column == column).unwrap_or_default();
    let (Value::Text(fold), Value::Text(equipment)) = (&values[at(FOLD)], &values[at("equipment")]) else {
        return Ok(false);
    };
    let repeats = at("duplicate_of");
    if values[repeats] != Value::Null {
        return Ok(false);
    }
    let Some(earlier) = likely_duplicate(book, (fold, equipment), day, None)? else { return Ok(false) };
    values[repeats] = Value::Text(earlier.number);
    Ok(true)
}
