//! Old registers of user information: what was exported, or kept on paper, with or without numbers of its own.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::collect::likely_duplicate;
use crate::desk::Desk;
use crate::import::row::{Cells, Fault};
use crate::language;
use crate::phrase;
use crate::register::history_import::{self, Field, Kind, OldRegister, yes_or_no};
use crate::register::old_ledger::{Checked, Import};
use crate::say;
use crate::text;

/// Takes a register into the book.
///
/// # Errors
/// As [`Import::run`].
pub fn run(import: &Import, desk: &mut Desk<'_>) -> Result<()> {
    history_import::run::<Old>(import, desk, "info import", "R2.3")
}

/// Where [`Old::FIELDS`] has what is compared with earlier entries.
const FOLD: usize = 1;
const EQUIPMENT: usize = 3;
const DUPLICATE_OF: usize = 9;

/// User information as an old file of it is read.
struct Old;

impl OldRegister for Old {
    const REGISTER: &'static str = "info";
    const WHAT: &'static str = phrase!("entries of user information");
    const DAY: &'static str = "collected_on";
    const PERSON: &'static str = "collected_by";
    const FIELDS: &'static [Field] = &[
        Field::new("customer", Kind::Text).required(),
        Field::made("customer_fold", fold),
        Field::new("region", Kind::Text).required(),
        Field::new("equipment", Kind::Text).required(),
        Field::new("need", Kind::Text).required(),
        Field::new("contact_person", Kind::Text),
        Field::new("phone", Kind::Text),
        Field::new("amount_fen", Kind::Estimate).named("amount"),
        Field::new("source", Kind::Text),
        Field::new("duplicate_of", Kind::Number),
        Field::new("reported_on", Kind::Day),
        Field::new("late_flag", Kind::YesNo).named("late"),
        Field::new("filed_on", Kind::Day),
        Field::new("place", Kind::Text),
        Field::new("assigned_to", Kind::Department),
        Field::new("assigned_on", Kind::Day),
        Field::new("tracker", Kind::Person),
        Field::new("tracked_on", Kind::Day),
        Field::new("outcome", Kind::Text),
    ];
    const SHORT: &'static [(&'static str, &'static str)] =
        &[("by", "collected_by"), ("on", "collected_on"), ("contact", "contact_person")];
    const TELLING: usize = DUPLICATE_OF;

    fn shown_state(cells: &Cells<'_>) -> Result<&'static str, Fault> {
        for (field, state) in
            [("tracker", "tracked"), ("assigned_to", "assigned"), ("filed_on", "filed"), ("reported_on", "reported")]
        {
            if cells.text(field)?.is_some() {
                return Ok(state);
            }
        }
        Ok("collected")
    }

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
    fn consider(book: &Connection, day: NaiveDate, values: &mut [Value]) -> Checked<bool> {
        let (Value::Text(fold), Value::Text(equipment)) = (&values[FOLD], &values[EQUIPMENT]) else { return Ok(false) };
        if values[DUPLICATE_OF] != Value::Null {
            return Ok(false);
        }
        let Some(earlier) = likely_duplicate(book, fold, equipment, day)? else { return Ok(false) };
        values[DUPLICATE_OF] = Value::Text(earlier.number);
        Ok(true)
    }

    fn note(counted: u32) -> Option<String> {
        Some(say!(
            "{counted} look like repeats of entries in the book: see duplicate_of in branchbook info list",
            counted
        ))
    }
}

fn fold(cells: &Cells<'_>) -> Result<Value, Fault> {
    Ok(Value::Text(text::fold(cells.required("customer")?)))
}
