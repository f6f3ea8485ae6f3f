//! The gift list as a file: what `gift catalog list` wrote comes in again, each item as it was approved by whoever approved it.

use anyhow::Result;
use chrono::NaiveDate;

use super::catalog::Add;
use crate::book::change::Change;
use crate::book::thing::Thing;
use crate::desk::Deed;
use crate::import::listed::{Listed, read};
use crate::import::row::Cells;
use crate::import::take::Taken;
use crate::money::Money;
use crate::person::Person;
use crate::phrase;

/// A row for each item.
pub(super) struct Items;

impl Listed for Items {
    const WHAT: &'static str = phrase!("items of the gift list");
    const COLUMNS: &'static [&'static str] =
        &["item", "name", "price", "approved_by", "from_on", "until_on", "entered_by", "declared"];
    const REQUIRED: &'static [&'static str] = &["name", "price", "approved_by", "from_on"];

    fn enter(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Taken> {
        let name = read(cells.required_line("name"))?;
        let price: Money = read(cells.required("price")).and_then(|price| Ok(price.parse()?))?;
        let approved_by = Person::find(change.sql(), read(cells.required_line("approved_by"))?)?.key;
        let (from, until): (NaiveDate, _) = (read(cells.required_day("from_on"))?, read(cells.day("until_on"))?);
        let known = "SELECT 1 FROM gift_item WHERE name = ?1 AND price_fen = ?2 AND approved_by = ?3 AND from_on = ?4 AND until_on IS ?5";
        if change.sql().prepare_cached(known)?.exists((name, price, &approved_by, from, until))? {
            return Ok(Taken::Same);
        }
        change.on = from;
        let deed = Deed { by: Some(approved_by.clone()), ..Deed::default() };
        let id = Add { name: name.parse()?, price, deed }.enter(change)?.number;
        if let Some(until) = until {
            change.sql().execute("UPDATE gift_item SET until_on = ?2 WHERE id = ?1", (&id, until))?;
            change.record(&Thing::office("gift-item", &[&id])?, &approved_by, None)?;
        }
        Ok(Taken::New)
    }
}
