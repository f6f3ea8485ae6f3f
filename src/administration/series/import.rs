//! The list of series as a file: the templates that `series list` wrote come in again. Counters follow from the entries.

use anyhow::Result;

use super::Set;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::day::DayArg;
use crate::desk::Deed;
use crate::import::listed::{Listed, read};
use crate::import::row::Cells;
use crate::import::take::Taken;
use crate::phrase;

/// A row for each template, or for each counter of it.
pub(super) struct Templates {
    pub(super) by: Option<String>,
}

impl Listed for Templates {
    const WHAT: &'static str = phrase!("number series");
    const COLUMNS: &'static [&'static str] =
        &["series", "register", "template", "from_on", "prefix", "last", "closed_on"];
    const REQUIRED: &'static [&'static str] = &["series", "template", "from_on"];

    fn enter(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Taken> {
        let series = read(cells.required_line("series"))?.to_owned();
        let from = read(cells.required_day("from_on"))?;
        let template = read(cells.required_line("template"))?;
        let known: Option<String> =
            change.sql().value("SELECT template FROM template WHERE series = ?1 AND from_on = ?2", (&series, from))?;
        if known.as_deref() == Some(template) {
            return Ok(Taken::Same);
        }
        let deed = Deed { by: self.by.clone(), ..Deed::default() };
        Set { series, template: template.parse()?, from: Some(DayArg::Day(from)), deed }.enter(change)?;
        Ok(Taken::New)
    }
}
