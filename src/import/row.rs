//! One row of an import: its cells by field, read and checked, with what is wrong said by field.

use std::cell::Cell;
use std::str::FromStr;

use chrono::NaiveDate;
use csv::StringRecord;

use super::mapping::Mapping;
use super::source::Row;
use crate::day;
use crate::refusal::Refusal;
use crate::say;
use crate::text;
use crate::text::quoted;

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The field whose cell is wrong; none where the row as a whole is.
    pub(crate) field: Option<&'static str>,
    /// Why the row cannot be taken, and what to do.
    pub(crate) reason: String,
    /// Whom the row names though nobody of that name is on the staff.
    pub(crate) unknown: Option<String>,
}

impl Fault {
    /// A fault of one field.
    pub(crate) fn of(field: &'static str, reason: impl Into<String>) -> Self {
        Self { field: Some(field), reason: reason.into(), unknown: None }
    }

    /// A fault of the row as a whole.
    pub(crate) fn whole(reason: impl Into<String>) -> Self {
        Self { field: None, reason: reason.into(), unknown: None }
    }

    /// The fault of a field that names a department that is not there.
    pub(crate) fn no_department(field: &'static str, name: &str) -> Self {
        let pair = text::word(&format!("{field}:{name}=DEPARTMENT")).into_owned();
        let reason = say!(
            "there is no department {name}; see branchbook department list; --value {pair} says which it means",
            name,
            pair
        );
        Self::of(field, reason)
    }

    /// The fault of a field that names somebody who is not on the staff.
    pub(crate) fn unknown(field: &'static str, reason: impl Into<String>, who: &str) -> Self {
        Self { unknown: Some(who.to_owned()), ..Self::of(field, reason) }
    }
}

/// The cells of one row by field. Spaces around a cell do not count; an empty cell is no value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cells<'a> {
    mapping: &'a Mapping,
    record: &'a StringRecord,
    days: &'a Days,
    /// The line of the file on which the row starts.
    pub(crate) starts: u64,
}

/// How the days of a file are written, and what was left out of them.
#[derive(Debug, Default)]
pub(crate) struct Days {
    /// The formats that the person declared.
    formats: Vec<String>,
    /// How many cells had a time behind their day.
    timed: Cell<u64>,
}

impl Days {
    /// Days in these formats, or as they are written everywhere.
    pub(crate) fn in_formats(formats: &[String]) -> Self {
        Self { formats: formats.to_vec(), timed: Cell::default() }
    }

    /// The same, of which nothing was left out yet.
    pub(super) fn again(&self) -> Self {
        Self::in_formats(&self.formats)
    }

    /// What the person should know of the times that were left out.
    pub(crate) fn note(&self) -> Option<String> {
        match self.timed.get() {
            0 => None,
            count => Some(say!("the time of day was left out of cells that have a day: {count}", count)),
        }
    }
}

impl<'a> Cells<'a> {
    /// The cells of `row`, whose days are written so.
    pub(crate) const fn new(mapping: &'a Mapping, row: &Row<'a>, days: &'a Days) -> Self {
        Self { mapping, record: row.cells, days, starts: row.line }
    }

    /// A text; none where the cell is empty.
    pub(crate) fn text(&self, field: &'static str) -> Result<Option<&'a str>, Fault> {
        let cell = self.mapping.trimmed(self.record, self.mapping.index(field));
        if text::is_blank(cell) {
            return Ok(None);
        }
        text::check(cell).map_err(|refusal| Fault::of(field, refusal.to_string()))?;
        if let Some(spoilt) = spoilt(cell) {
            return Err(Fault::of(field, spoilt));
        }
        Ok(Some(cell))
    }

    /// What stands in the cell, whatever it is; none where it is empty.
    pub(crate) fn said(&self, field: &str) -> Option<&'a str> {
        let cell = self.mapping.trimmed(self.record, self.mapping.index(field));
        (!text::is_blank(cell)).then_some(cell)
    }

    /// Whether a column or a value of the line feeds the field.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.mapping.is_fed(self.mapping.index(field))
    }

    /// Whether the rows may have a field of this name.
    pub(crate) fn names(&self, field: &str) -> bool {
        self.mapping.index(field) != usize::MAX
    }

    /// Whether the field is the same in every row, as `--set` says.
    pub(crate) fn is_constant(&self, field: &str) -> bool {
        self.mapping.is_constant(self.mapping.index(field))
    }

    /// A text that must be there.
    pub(crate) fn required(&self, field: &'static str) -> Result<&'a str, Fault> {
        self.text(field)?.ok_or_else(|| {
            let way_out = if self.has(field) {
                say!("is empty").to_owned()
            } else {
                say!(
                    "no column gives it; name one with --map {field}=COLUMN or a value with --set {field}=VALUE",
                    field
                )
            };
            Fault::of(field, way_out)
        })
    }

    /// A text on one line; none where the cell is empty.
    pub(crate) fn line(&self, field: &'static str) -> Result<Option<&'a str>, Fault> {
        match self.text(field)? {
            Some(text) if text.contains(['\n', '\t']) => Err(Fault::of(field, say!("is more than one line"))),
            text => Ok(text),
        }
    }

    /// A text on one line that must be there.
    pub(crate) fn required_line(&self, field: &'static str) -> Result<&'a str, Fault> {
        self.required(field)?;
        self.line(field)?.ok_or_else(|| Fault::of(field, say!("is empty")))
    }

    /// A day; none where the cell is empty.
    pub(crate) fn day(&self, field: &'static str) -> Result<Option<NaiveDate>, Fault> {
        let Some(cell) = self.text(field)? else { return Ok(None) };
        let (day, timed) =
            day::written(cell, &self.days.formats).map_err(|refusal| Fault::of(field, refusal.to_string()))?;
        self.days.timed.set(self.days.timed.get() + u64::from(timed));
        Ok(Some(day))
    }

    /// A day that must be there.
    pub(crate) fn required_day(&self, field: &'static str) -> Result<NaiveDate, Fault> {
        self.required(field)?;
        self.day(field)?.ok_or_else(|| Fault::of(field, say!("is empty")))
    }

    /// A value of its own kind, such as money; none where the cell is empty.
    pub(crate) fn parse<T: FromStr<Err = Refusal>>(&self, field: &'static str) -> Result<Option<T>, Fault> {
        self.text(field)?
            .map(|cell| cell.parse().map_err(|refusal: Refusal| Fault::of(field, refusal.to_string())))
            .transpose()
    }

    /// A whole number that is not negative; none where the cell is empty.
    pub(crate) fn count(&self, field: &'static str) -> Result<Option<u32>, Fault> {
        let number = |cell: &str| {
            cell.parse().map_err(|_| Fault::of(field, say!("{cell} is no whole number", cell = quoted(cell))))
        };
        self.text(field)?.map(number).transpose()
    }
}

/// What a formula that went wrong leaves in a cell.
const ERRORS: [&str; 10] =
    ["#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"];

/// Why the cell is not what was meant: a spreadsheet put an error in its place, or shortened its digits.
fn spoilt(cell: &str) -> Option<String> {
    match cell.as_bytes() {
        [b'#', ..] if ERRORS.contains(&cell) => {
            Some(say!("{cell} is what a formula left there: mend it in the spreadsheet", cell))
        }
        [b'0'..=b'9' | b'-', ..] if is_shortened(cell) => Some(say!(
            "{cell} is a number whose last digits the spreadsheet did not keep: make the column one of text and type it again",
            cell
        )),
        _ => None,
    }
}

/// Whether a cell is a number as spreadsheets shorten one of many digits: `1.23457E+17`.
fn is_shortened(cell: &str) -> bool {
    let Some((digits, power)) = cell.split_once("E+") else { return false };
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = digits.strip_prefix('-').unwrap_or(digits);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    whole.len() == 1 && all_digits(whole) && all_digits(fraction) && all_digits(power) && power.len() <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_spoilt_is_known() {
        for cell in ["1.23457E+17", "1E+15", "-2.5E+05", "#N/A", "#REF!"] {
            assert!(spoilt(cell).is_some(), "{cell}");
        }
        for cell in ["1E10", "12E+17", "E+17", "1.E+17", "1.2E+", "#1", "# N/A", "1.2E+17x"] {
            assert_eq!(spoilt(cell), None, "{cell}");
        }
    }
}
