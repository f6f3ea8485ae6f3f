//! The transport's price: what carriers ask, compared with their days and quality, and who is awarded (R6.2).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;

use super::Task;
use super::terms::Freight;
use crate::book::change::Change;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::money::{Money, estimate};
use crate::office::figure;
use crate::refusal::Refusal;
use crate::register::entry::{self, Entry};
use crate::say;
use crate::sheet::query::Query;
use crate::text::{self, Line, Text};

/// The quotes that count: of each carrier the last.
const STANDING: &str = "SELECT q.carrier, q.price_fen, q.days, q.quality, q.quoted_on FROM ship_quote AS q
    WHERE q.entry = :id AND q.position = (SELECT max(l.position) FROM ship_quote AS l WHERE l.entry = q.entry AND l.carrier = q.carrier)";

/// What a carrier asks
#[derive(Debug, Args)]
pub struct Quote {
    /// The shipment's number
    pub number: String,
    /// The carrier
    #[arg(long, value_name = "NAME")]
    pub carrier: Line,
    /// Price in yuan
    #[arg(long, value_name = "YUAN", value_parser = estimate, allow_negative_numbers = true)]
    pub price: Money,
    /// Days on the way
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=365))]
    pub days: u32,
    /// Quality from 1 to 5, the best
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=5))]
    pub quality: u32,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Quote {
    /// Enters the quote; it takes the place of an earlier one of the same carrier.
    ///
    /// # Errors
    /// A refusal where the price is nothing, or the shipment is on its way.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let task = Task::begin(change, &self.number, "quote", say!("quoted for"), self.deed.by.as_deref())?;
        if self.price == Money(0) {
            return Err(Refusal::usage(say!("a carrier asks more than nothing"))
                .or(say!("give the price with --price YUAN"))
                .into());
        }
        change.sql().execute(
            "INSERT INTO ship_quote VALUES (?1, (SELECT count(*) + 1 FROM ship_quote WHERE entry = ?1), ?2, ?3, ?4, ?5, ?6)",
            (task.entry.id, &self.carrier, self.price, self.days, self.quality, change.on),
        )?;
        let entry = task.finish(change, None)?;
        let carriers = Offer::all(change.sql(), &entry)?.len();
        let line = say!(
            "{number}: {carrier} asks {price}, {days} days, quality {quality}; {count} {carriers} asked",
            number = entry.number,
            carrier = self.carrier,
            price = self.price.grouped(),
            days = self.days,
            quality = self.quality,
            count = carriers,
            carriers = if carriers == 1 { say!("carrier") } else { say!("carriers") }
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// The carrier that is to be awarded
#[derive(Debug, Args)]
pub struct Award {
    /// The shipment's number
    pub number: String,
    /// The carrier; it has quoted
    #[arg(long, value_name = "NAME")]
    pub carrier: Line,
    /// Why this carrier; must be given where it is not the cheapest
    #[arg(long)]
    pub reason: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Award {
    /// Awards the transport at the carrier's price; an award above the cheapest is listed among the exceptions.
    ///
    /// # Errors
    /// A refusal where too few carriers were asked, this one was not, or it is not the cheapest and no reason is given (R6.2).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let task = Task::begin(change, &self.number, "award", "awarded", self.deed.by.as_deref())?;
        let offers = Offer::all(change.sql(), &task.entry)?;
        refuse_few(change, &task.entry, &offers)?;
        let offer = Offer::of(&offers, &task.entry, &self.carrier)?;
        let cheapest = offers.iter().min_by_key(|offer| offer.price).filter(|cheapest| cheapest.price < offer.price);
        let breach = cheapest.map(|cheapest| above(&task.entry, offer, cheapest));
        let mut notes = Vec::new();
        match (breach, self.reason.as_deref()) {
            (Some(breach), None) => return Err(breach.or(say!("say why with --reason TEXT")).into()),
            (Some(breach), Some(reason)) => {
                notes.push(entry::note_exception(change, &task.entry, &task.actor, &breach, reason)?);
            }
            (None, _) => {}
        }
        change.sql().execute(
            "UPDATE ship SET carrier = ?2, price_fen = ?3, days = ?4, award_reason = ?5, awarded_on = ?6 WHERE entry = ?1",
            (task.entry.id, &offer.carrier, offer.price, offer.days, self.reason.as_deref(), change.on),
        )?;
        let entry = task.finish(change, self.reason.as_deref())?;
        let line = say!(
            "{number}: awarded to {carrier} at {price}, {days} days",
            number = entry.number,
            carrier = offer.carrier,
            price = offer.price.grouped(),
            days = offer.days
        );
        Ok(Answer { notes, ..Answer::new(entry.number, line) })
    }
}

/// A carrier's quote that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Offer {
    carrier: String,
    price: Money,
    days: i64,
}

impl Offer {
    /// Every quote that counts.
    fn all(book: &Connection, entry: &Entry) -> Result<Vec<Self>> {
        let mut statement = book.prepare_cached(&format!("{STANDING} ORDER BY q.position"))?;
        let offers = statement.query_map(&[(":id", &entry.id)], |row| {
            Ok(Self { carrier: row.get(0)?, price: row.get(1)?, days: row.get(2)? })
        })?;
        Ok(offers.collect::<rusqlite::Result<_>>()?)
    }

    /// The carrier's among them.
    fn of<'a>(offers: &'a [Self], entry: &Entry, carrier: &str) -> Result<&'a Self> {
        let folded = text::fold(carrier);
        let is_it = |offer: &&Self| offer.carrier == carrier || text::fold(&offer.carrier) == folded;
        offers.iter().find(is_it).ok_or_else(|| {
            let names: Vec<&str> = offers.iter().map(|offer| offer.carrier.as_str()).collect();
            let asked = if names.is_empty() { say!("nobody has").to_owned() } else { say!("those who have: {names}", names = names.join(", ")) };
            Refusal::rule("R6.2", say!("{carrier} has quoted nothing for {number}; {asked}", carrier, number = entry.number, asked))
                .or(say!("enter what it asks with: branchbook ship quote {number} --carrier {carrier} --price YUAN --days DAYS --quality 1-5", number = entry.number, carrier = text::word(carrier)))
                .into()
        })
    }
}

/// Refuses while fewer carriers were asked than figure `ship.quotes` says, unless the user bears the freight (R6.2).
fn refuse_few(change: &Change<'_>, entry: &Entry, offers: &[Offer]) -> Result<()> {
    let least = usize::try_from(figure::value(change.sql(), "ship.quotes", change.on)?)?;
    if offers.len() >= least || Freight::of(change.sql(), entry)? == Freight::User {
        return Ok(());
    }
    Err(Refusal::rule(
        "R6.2",
        say!(
            "{number} has quotes of {count} of the {least} carriers that must be asked",
            number = entry.number,
            count = offers.len(),
            least
        ),
    )
    .or(say!(
        "enter another's with: branchbook ship quote {number} --carrier NAME --price YUAN --days DAYS --quality 1-5",
        number = entry.number
    ))
    .into())
}

/// The refusal of an award above the cheapest.
fn above(entry: &Entry, offer: &Offer, cheapest: &Offer) -> Refusal {
    Refusal::rule(
        "R6.2",
        say!(
            "{number} goes to {carrier} at {price}, above the cheapest, {cheapest} at {least}",
            number = entry.number,
            carrier = offer.carrier,
            price = offer.price.grouped(),
            cheapest = cheapest.carrier,
            least = cheapest.price.grouped()
        ),
    )
}

/// The shipment whose quotes are compared
#[derive(Debug, Args)]
pub struct Compare {
    /// The shipment's number
    pub number: String,
}

impl Run for Compare {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let day = desk.on();
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "ship", &self.number)?;
        let query = comparison(book, &entry, day)?;
        desk.list(&query)
    }
}

/// The quotes of a shipment by their weighted score: each of price and days against the best, quality against 5, weighed by
/// the figures of the day of the award, or of `day` before it (R6.2).
fn comparison(book: &Connection, entry: &Entry, day: NaiveDate) -> Result<Query> {
    let awarded: Option<(Option<String>, Option<NaiveDate>)> = rusqlite::OptionalExtension::optional(book.query_row(
        "SELECT carrier, awarded_on FROM ship WHERE entry = ?1",
        [entry.id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    ))?;
    let (carrier, awarded_on) = awarded.unwrap_or_default();
    let day = awarded_on.unwrap_or(day);
    let weight = |key: &str| figure::value(book, key, day);
    let (price, days, quality) =
        (weight("ship.weight_price")?, weight("ship.weight_days")?, weight("ship.weight_quality")?);
    let title = say!(
        "Quotes for {number}, weighed {price} price, {days} days, {quality} quality",
        number = entry.number,
        price = percent(price),
        days = percent(days),
        quality = percent(quality)
    );
    let sql = format!(
        "WITH standing AS ({STANDING}), best AS (SELECT min(price_fen) AS price_fen, min(days) AS days FROM standing),
         scored AS (SELECT s.*, (:price * (b.price_fen * 10000 / s.price_fen) + :days * (b.days * 10000 / s.days) + :quality * s.quality * 2000)
            / max(:price + :days + :quality, 1) AS score_pct FROM standing AS s, best AS b)
         SELECT rank() OVER (ORDER BY score_pct DESC, price_fen) AS rank, carrier, price_fen, days, quality, score_pct,
            carrier IS :carrier AS awarded_flag, quoted_on
         FROM scored ORDER BY rank, carrier"
    );
    let carrier = carrier.map_or(rusqlite::types::Value::Null, Into::into);
    Ok(Query::new(title, sql)
        .with(":id", entry.id)
        .with(":price", price)
        .with(":days", days)
        .with(":quality", quality)
        .with(":carrier", carrier))
}

/// Hundredths of a percent in words: 6050 is `60.5 %`.
fn percent(hundredths: i64) -> String {
    let written = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    format!("{} %", written.trim_end_matches('0').trim_end_matches('.'))
}
