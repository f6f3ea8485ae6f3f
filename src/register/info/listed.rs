//! Routes and indicators as files: what `info route list` and `info quota list` wrote comes in again.

use anyhow::Result;
use chrono::NaiveDate;

use super::{quota, route};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::day::{Month, MonthArg};
use crate::desk::Deed;
use crate::import::listed::{Listed, read};
use crate::import::row::{Cells, Fault};
use crate::import::take::Taken;
use crate::office::department;
use crate::person::Person;
use crate::phrase;
use crate::say;

/// A row for each route.
pub(super) struct Routes {
    pub(super) by: Option<String>,
}

impl Listed for Routes {
    const WHAT: &'static str = phrase!("routes");
    const COLUMNS: &'static [&'static str] = &["route", "region", "equipment", "department", "ended_on"];
    const REQUIRED: &'static [&'static str] = &["department"];

    fn enter(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Taken> {
        let (region, equipment) = (read(cells.line("region"))?, read(cells.line("equipment"))?);
        let to = read(cells.required_line("department"))?;
        let ended: Option<NaiveDate> = read(cells.day("ended_on"))?;
        if region.or(equipment).is_none() {
            return read(Err(Fault::whole(say!("a route names a region or an equipment type"))));
        }
        let known = "SELECT 1 FROM route WHERE region IS ?1 AND equipment IS ?2 AND department = ?3 AND ended_on IS ?4";
        let department = department::find(change.sql(), to)?.key;
        if change.sql().prepare_cached(known)?.exists((region, equipment, &department, ended))? {
            return Ok(Taken::Same);
        }
        let text = |text: Option<&str>| text.map(str::parse).transpose();
        let deed = Deed { by: self.by.clone(), ..Deed::default() };
        let id = route::Add { region: text(region)?, equipment: text(equipment)?, to: department, deed }
            .enter(change)?
            .number;
        if let Some(ended) = ended {
            change.sql().execute("UPDATE route SET ended_on = ?2 WHERE id = ?1", (&id, ended))?;
            let actor = change.recorder.person.key.clone();
            change.record(&Thing::office("route", &[&id])?, &actor, None)?;
        }
        Ok(Taken::New)
    }
}

/// A row for each indicator and each exemption.
pub(super) struct Quotas {
    pub(super) by: Option<String>,
}

impl Listed for Quotas {
    const WHAT: &'static str = phrase!("indicators");
    const COLUMNS: &'static [&'static str] = &["kind", "holder", "from_month", "indicator", "reason"];
    const REQUIRED: &'static [&'static str] = &["kind", "holder", "from_month"];

    fn enter(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Taken> {
        let (kind, holder) = (read(cells.required_line("kind"))?, read(cells.required_line("holder"))?);
        let from: Month = read(cells.required("from_month")).and_then(|month| Ok(month.parse()?))?;
        let deed = Deed { by: self.by.clone(), ..Deed::default() };
        if kind == "exemption" {
            let person = Person::find(change.sql(), holder)?.key;
            let reason = read(cells.required("reason"))?;
            let known =
                "SELECT 1 FROM exemption WHERE person = ?1 AND month = ?2 AND reason = ?3 AND lifted_on IS NULL";
            if change.sql().prepare_cached(known)?.exists((&person, from, reason))? {
                return Ok(Taken::Same);
            }
            quota::Exempt { person, month: MonthArg::Month(from), reason: reason.parse()?, lift: false, deed }
                .enter(change)?;
            return Ok(Taken::New);
        }
        let count = read(cells.count("indicator"))?.unwrap_or_default();
        let (department, person) = match kind {
            "department" => (Some(department::find(change.sql(), holder)?.key), None),
            "person" => (None, Some(Person::find(change.sql(), holder)?.key)),
            _ => return read(Err(Fault::of("kind", say!("is none of: department, person, exemption")))),
        };
        let known: Option<u32> = change.sql().value(
            "SELECT entries FROM quota WHERE holder = ?1 AND holder_kind = ?2 AND from_month = ?3",
            (department.as_ref().or(person.as_ref()), kind, from),
        )?;
        if known == Some(count) {
            return Ok(Taken::Same);
        }
        quota::Set { department, person, count, from: MonthArg::Month(from), deed }.enter(change)?;
        Ok(Taken::New)
    }
}
