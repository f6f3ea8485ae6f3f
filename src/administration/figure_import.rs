//! The list of figures as a file: what `rule list` wrote comes in again, each as it was set by whoever set it.

use anyhow::Result;

use super::figure::Set;
use crate::book::change::Change;
use crate::day::DayArg;
use crate::desk::Deed;
use crate::import::listed::{Listed, read};
use crate::import::row::Cells;
use crate::import::take::Taken;
use crate::person::Person;
use crate::phrase;

/// A row for each figure; those that were never set have no day.
pub(super) struct Figures;

impl Listed for Figures {
    const WHAT: &'static str = phrase!("figures");
    const COLUMNS: &'static [&'static str] =
        &["key", "value", "unit", "from_on", "set_by", "clause", "standard", "meaning"];
    const REQUIRED: &'static [&'static str] = &["key", "value"];

    fn enter(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Taken> {
        let Some(from) = read(cells.day("from_on"))? else { return Ok(Taken::Same) };
        let key = read(cells.required_line("key"))?.to_owned();
        let value = read(cells.required_line("value"))?.to_owned();
        let set_by = read(cells.required_line("set_by"))?;
        let known: Option<(String, String)> = super::figure::set_on(change.sql(), &key, from)?;
        let setter = Person::find(change.sql(), set_by)?.key;
        if known == Some((value.clone(), setter.clone())) {
            return Ok(Taken::Same);
        }
        let deed = Deed { by: Some(setter), ..Deed::default() };
        Set { key, value, from: Some(DayArg::Day(from)), reason: None, deed }.enter(change)?;
        Ok(Taken::New)
    }
}
