//! The quotes of a shipment compared by price, days and quality (R6.2).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::quotes::STANDING;
use crate::book::select::Select;
use crate::desk::{Desk, Run};
use crate::money::Percent;
use crate::office::figure;
use crate::register::entry::Entry;
use crate::say;
use crate::sheet::query::Query;

/// The shipment whose quotes are compared
#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// The shipment's number
    pub(crate) number: String,
}

impl Run for Compare {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let day = desk.on()?;
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "ship", &self.number)?;
        let query = comparison(book, &entry, day)?;
        desk.list(&query)
    }
}

/// The quotes of a shipment by their weighted score: each of price and days against the best, quality against 5, weighed by
/// the figures of the day of the award, or of `day` before it (R6.2).
fn comparison(book: &Connection, entry: &Entry, day: NaiveDate) -> Result<Query> {
    let awarded: Option<(Option<String>, Option<NaiveDate>)> =
        book.row("SELECT carrier, awarded_on FROM ship WHERE entry = ?1", [entry.id])?;
    let (carrier, awarded_on) = awarded.unwrap_or_default();
    let day = awarded_on.unwrap_or(day);
    let weight = |key: &str| figure::value(book, key, day);
    let (price, days, quality) =
        (weight("ship.weight_price")?, weight("ship.weight_days")?, weight("ship.weight_quality")?);
    let title = say!(
        "Quotes for {number}, weighed {price} price, {days} days, {quality} quality",
        number = entry.number,
        price = Percent(price),
        days = Percent(days),
        quality = Percent(quality)
    );
    let sql = format!(
        "WITH standing AS ({STANDING}), best AS (SELECT min(price_fen) AS price_fen, min(days) AS days FROM standing),
         scored AS (SELECT s.*, (:price * (b.price_fen * 10000 / s.price_fen) + :days * (b.days * 10000 / s.days) + :quality * s.quality * 2000)
            / max(:price + :days + :quality, 1) AS score_pct FROM standing AS s, best AS b)
         SELECT rank() OVER (ORDER BY score_pct DESC, price_fen) AS rank, carrier, price_fen, days, quality, score_pct,
            carrier IS :carrier AS awarded_flag, quoted_on
         FROM scored ORDER BY rank, carrier"
    );
    Ok(Query::new(title, sql)
        .with(":id", entry.id)
        .with(":price", price)
        .with(":days", days)
        .with(":quality", quality)
        .with(":carrier", carrier.map_or(Value::Null, Value::Text)))
}
