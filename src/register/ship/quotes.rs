//! What carriers ask, and who is awarded the transport (R6.2).

use anyhow::Result;
use rusqlite::Connection;

use super::{AWARD_REASON, CARRIER, DAYS, FREIGHT, PRICE, USER};
use crate::book::select::Select;
use crate::fields;
use crate::figure_on_day;
use crate::money::Money;
use crate::office::figure;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::entry::Entry;
use crate::register::field::{Field, Need, Spec};
use crate::register::form::{Check, Rule};
use crate::register::spelt::name_as_before;
use crate::register::task::{Row, Task};
use crate::say;
use crate::text;

/// How many carriers have quoted for a shipment, in SQL.
macro_rules! carriers {
    () => {
        "(SELECT count(DISTINCT q.carrier) FROM ship_quote AS q WHERE q.undone_on IS NULL AND q.entry = l.id)"
    };
}

const ASKING: Field<String> = Field::line("carrier", "").value_name("NAME").need(Need::Asked);
const ASKED: Field<Money> = Field::estimate("price_fen", "in yuan").option("price").need(Need::Asked);
const ON_THE_WAY: Field<u32> = Field::count("days", "on the way", 365).value_name("DAYS").need(Need::Asked);
const QUALITY: Field<u32> = Field::count("quality", "from 1 to 5, the best", 5).value_name("1-5").need(Need::Asked);

/// The fields of a quote.
pub(super) const FIELDS: &[&Spec] = fields![ASKING, ASKED, ON_THE_WAY, QUALITY];

/// The quotes; a carrier's takes the place of its earlier one.
pub(super) static LIST: List = List {
    table: "ship_quote",
    amended: Some(Amended::of("quote", fields![ASKING, ASKED, ON_THE_WAY, QUALITY])),
    rules: &[
        Rule { fields: fields![ASKED], check: Check::Sound(refuse_nothing) },
        Rule { fields: fields![ASKING], check: Check::Follows(|task| name_as_before(task, &LIST, &ASKING)) },
        Rule { fields: FIELDS, check: Check::Regulation(refuse_changed) },
    ],
    ..List::BLANK
};

/// The quotes that count: of each carrier the last.
pub(super) const STANDING: &str = "SELECT q.carrier, q.price_fen, q.days, q.quality, q.quoted_on FROM ship_quote AS q
    WHERE q.undone_on IS NULL AND q.entry = :id AND q.position = (SELECT max(l.position) FROM ship_quote AS l WHERE l.undone_on IS NULL AND l.entry = q.entry AND l.carrier = q.carrier)";

/// Shipments of which the company bears the freight and too few carriers were asked, and those of which enough were.
pub(super) const FEW: &str =
    concat!("freight = 'company' AND ", carriers!(), " < ", figure_on_day!("ship.quotes", ":today"));
pub(super) const ENOUGH: &str =
    concat!("freight = 'company' AND ", carriers!(), " >= ", figure_on_day!("ship.quotes", ":today"));

fn refuse_nothing(row: &Row) -> Result<()> {
    if row.get(&ASKED)? != Some(Money(0)) {
        return Ok(());
    }
    Err(Refusal::usage(say!("a carrier asks more than nothing")).or(say!("give the price with --price YUAN")).into())
}

/// What a carrier asked stays once the transport is awarded: quotes are compared before (R6.2).
fn refuse_changed(task: &Task<'_, '_>) -> Result<()> {
    let carrier = task.line.get(&ASKING)?.unwrap_or_default();
    let asked = LIST.find(task, "carrier = ?2", &[&carrier])?;
    let number = &task.entry.number;
    let (Some(_), Some(awarded)) = (asked, task.row.get(&CARRIER)?) else { return Ok(()) };
    let what =
        say!("{number} is awarded to {awarded} already, and what {carrier} asked stays", number, awarded, carrier);
    Err(Refusal::rule("R6.2", what)
        .or(say!("see what was asked with: branchbook ship compare {number}", number))
        .into())
}

pub(super) fn asked(task: &Task<'_, '_>) -> Result<String> {
    let count = Offer::all(task.sql(), &task.entry)?.len();
    task.says_with(
        phrase!("{number}: {carrier} asks {price}, {days} days, quality {quality}; {count} carriers asked"),
        &[("count", count.to_string())],
    )
}

/// A carrier's quote that counts.
struct Offer {
    carrier: String,
    price: Money,
    days: i64,
}

impl Offer {
    /// Every quote that counts.
    fn all(book: &Connection, entry: &Entry) -> Result<Vec<Self>> {
        let offers = book.each(&format!("{STANDING} ORDER BY q.position"), &[(":id", &entry.id)], |row| {
            Ok(Self { carrier: row.get(0)?, price: row.get(1)?, days: row.get(2)? })
        })?;
        Ok(offers)
    }

    /// The carrier's among them.
    fn of<'a>(offers: &'a [Self], entry: &Entry, carrier: &str) -> Result<&'a Self> {
        let folded = text::fold(carrier);
        let is_it = |offer: &&Self| offer.carrier == carrier || text::fold(&offer.carrier) == folded;
        offers.iter().find(is_it).ok_or_else(|| {
            let number = &entry.number;
            let names: Vec<&str> = offers.iter().map(|offer| offer.carrier.as_str()).collect();
            let asked = match names.as_slice() {
                [] => say!("nobody has").to_owned(),
                names => say!("those who have: {names}", names = names.join(crate::language::comma())),
            };
            Refusal::rule("R6.2", say!("{carrier} has quoted nothing for {number}; {asked}", carrier, number, asked))
                .or(say!("enter what it asks with: branchbook ship quote {number} --carrier {carrier} --price YUAN --days DAYS --quality 1-5", number, carrier = text::word(carrier)))
                .into()
        })
    }

    /// The refusal of an award above the cheapest.
    fn above(&self, cheapest: &Self, entry: &Entry) -> Refusal {
        let what = say!(
            "{number} goes to {carrier} at {price}, above the cheapest, {cheapest} at {least}",
            number = entry.number,
            carrier = self.carrier,
            price = self.price,
            cheapest = cheapest.carrier,
            least = cheapest.price
        );
        Refusal::rule("R6.2", what)
    }
}

/// Enough carriers were asked, the one that is awarded is among them, and one above the cheapest has a reason: that is
/// listed among the exceptions.
pub(super) fn award(task: &mut Task<'_, '_>) -> Result<()> {
    let offers = Offer::all(task.sql(), &task.entry)?;
    let offer = Offer::of(&offers, &task.entry, &task.row.get(&CARRIER)?.unwrap_or_default())?;
    let cheapest = offers.iter().min_by_key(|offer| offer.price).filter(|cheapest| cheapest.price < offer.price);
    // An earlier award's reason is none of this one's.
    let reason = task.row.get(&AWARD_REASON)?.filter(|_| task.row.is_new(&AWARD_REASON.spec));
    match (cheapest.map(|cheapest| offer.above(cheapest, &task.entry)), &reason) {
        (Some(breach), None) => return Err(breach.or(say!("say why with --reason TEXT")).into()),
        (Some(breach), Some(reason)) => task.note(breach, reason),
        (None, _) => {}
    }
    task.set(AWARD_REASON.spec.column, reason);
    task.set(CARRIER.spec.column, offer.carrier.clone());
    task.set(PRICE.spec.column, offer.price.0);
    task.set(DAYS.spec.column, offer.days);
    Ok(())
}

/// What an award answers: one that takes the place of another says whose that was.
pub(super) fn awarded(task: &Task<'_, '_>) -> Result<String> {
    match (task.row.was(&CARRIER)?, task.row.was(&PRICE)?) {
        (Some(former), Some(asked)) => task.says_with(
            phrase!("{number}: awarded anew to {carrier} at {price}, {days} days; before, it was awarded to {former} at {asked}"),
            &[("former", former), ("asked", asked.grouped())],
        ),
        _ => task.says(phrase!("{number}: awarded to {carrier} at {price}, {days} days")),
    }
}

/// As many carriers as figure `ship.quotes` says are asked before an award, unless the user bears the freight (R6.2).
pub(super) fn refuse_few(task: &mut Task<'_, '_>) -> Result<()> {
    let count = Offer::all(task.sql(), &task.entry)?.len();
    let least = usize::try_from(figure::value(task.sql(), "ship.quotes", task.change.on)?)?;
    if count >= least || task.row.get(&FREIGHT)?.as_deref() == Some(USER) {
        return Ok(());
    }
    let number = &task.entry.number;
    let what = say!("{number} has quotes of {count} of the {least} carriers that must be asked", number, count, least);
    Err(Refusal::rule("R6.2", what)
        .or(say!(
            "enter another's with: branchbook ship quote {number} --carrier NAME --price YUAN --days DAYS --quality 1-5",
            number
        ))
        .into())
}
