//! One row of an import: its cells by field, read and checked, with what is wrong said by field.

use std::str::FromStr;

use chrono::NaiveDate;
use csv::StringRecord;

use super::mapping::Mapping;
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
}

impl Fault {
    /// A fault of one field.
    pub(crate) fn of(field: &'static str, reason: impl Into<String>) -> Self {
        Self { field: Some(field), reason: reason.into() }
    }

    /// A fault of the row as a whole.
    pub(crate) fn whole(reason: impl Into<String>) -> Self {
        Self { field: None, reason: reason.into() }
    }
}

/// The cells of one row by field. Spaces around a cell do not count; an empty cell is no value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cells<'a> {
    mapping: &'a Mapping,
    record: &'a StringRecord,
    date_formats: &'a [String],
}

impl<'a> Cells<'a> {
    /// The cells of `record`, where days may stand in one of the `date_formats`.
    pub(crate) const fn new(mapping: &'a Mapping, record: &'a StringRecord, date_formats: &'a [String]) -> Self {
        Self { mapping, record, date_formats }
    }

    /// A text; none where the cell is empty.
    pub(crate) fn text(&self, field: &'static str) -> Result<Option<&'a str>, Fault> {
        let cell = self.mapping.trimmed(self.record, self.mapping.index(field));
        if text::is_blank(cell) {
            return Ok(None);
        }
        text::check(cell).map_err(|refusal| Fault::of(field, refusal.to_string()))?;
        Ok(Some(cell))
    }

    /// Whether the field is the same in every row, as `--set` says.
    pub(crate) fn is_constant(&self, field: &str) -> bool {
        self.mapping.is_constant(self.mapping.index(field))
    }

    /// A text that must be there.
    pub(crate) fn required(&self, field: &'static str) -> Result<&'a str, Fault> {
        self.text(field)?.ok_or_else(|| {
            let way_out = if self.mapping.is_fed(self.mapping.index(field)) {
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
        day::parse_with(cell, self.date_formats).map(Some).map_err(|refusal| Fault::of(field, refusal.to_string()))
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
