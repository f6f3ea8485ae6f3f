//! What a correction turns into what: the old value of a field and the new one, as an answer says them.

use anyhow::Result;
use rusqlite::types::Value;

use super::Register;
use super::field::{Kind, Spec};
use super::task::Row;
use crate::column::Column;
use crate::language;
use crate::say;
use crate::text;

/// The columns that are kept in a small unit, which nobody reads.
const SMALL_UNITS: [&str; 2] = ["weight_g", "rate_e4"];

/// The letters of a value that are said.
const LONGEST: usize = 40;

/// What the fields were and are to be, behind what they are called: ` (300,000.00 → 3,000,000.00)`; nothing of what is restricted, was
/// empty, or is no single value.
pub(super) fn all<'f>(
    row: &Row,
    fields: impl Iterator<Item = &'f &'static Spec>,
    register: &Register,
) -> Result<String> {
    let turned = fields.filter(|field| row.differs(field)).map(|field| turned(row, field, register));
    let turned: Vec<String> = turned.filter_map(Result::transpose).collect::<Result<_>>()?;
    Ok(if turned.is_empty() { String::new() } else { language::in_brackets(&turned.join(language::semicolon())) })
}

fn turned(row: &Row, field: &Spec, register: &Register) -> Result<Option<String>> {
    let (column, old, new) = (Column::of_sql(field.column), row.old(field.column), row.value(field.column));
    let is_single = !matches!(field.kind, Kind::Rows(_)) && *old != Value::Null;
    if !is_single || register.restricted.contains(&field.column) || SMALL_UNITS.contains(&field.column) {
        return Ok(None);
    }
    let said = |value: &Value| -> Result<String> {
        let spoken = language::of(register.name, || column.spoken(value.into()))?;
        let spoken = text::visible(&spoken);
        let mut letters = spoken.chars();
        let short: String = letters.by_ref().take(LONGEST).collect();
        Ok(match letters.next() {
            Some(_) => format!("{short}…"),
            None if short.is_empty() => say!("nothing").to_owned(),
            None => short,
        })
    };
    Ok(Some(format!("{} → {}", said(old)?, said(new)?)))
}
