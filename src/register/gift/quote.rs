//! What suppliers ask for a gift: quality and price are compared before it is bought (R5.3(3)).

use anyhow::Result;
use clap::Args;
use rusqlite::{Connection, named_params};

use super::find;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::money::{Money, estimate};
use crate::office::figure;
use crate::office::identity;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::{self, Line};

/// What a supplier asks
#[derive(Debug, Args)]
pub struct Quote {
    /// The gift's number
    pub number: String,
    /// The supplier
    #[arg(long, value_name = "NAME")]
    pub supplier: Line,
    /// Price of the whole gift in yuan
    #[arg(long, value_name = "YUAN", value_parser = estimate, allow_negative_numbers = true)]
    pub price: Money,
    /// Quality from 1 to 5, the best
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=5))]
    pub quality: u32,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Quote {
    /// Enters the offer; it takes the place of an earlier one of the same supplier.
    ///
    /// # Errors
    /// A refusal where the gift is bought or rejected, the price is nothing, or the actor works neither in the gift's department
    /// nor in General Management.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = find(change.sql(), &self.number)?;
        let step = entry.step(change.sql(), "quote", None)?;
        entry.refuse_before_last(change, say!("quoted for"))?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        require_office(change, &entry, &actor, &step.clause, say!("entering offers"))?;
        if self.price == Money(0) {
            return Err(Refusal::usage(say!("a supplier asks more than nothing"))
                .or(say!("give the price with --price YUAN"))
                .into());
        }
        let supplier = known(change.sql(), &entry, &self.supplier)?;
        let offer = named_params! { "supplier": supplier, "price_fen": self.price, "quality": self.quality, "offered_on": change.on };
        entry.append(change, "gift_offer", offer)?;
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let offers = suppliers(change.sql(), &entry)?;
        let line = say!(
            "{number}: {supplier} asks {price}, quality {quality}; {count} {suppliers} asked",
            number = entry.number,
            supplier,
            price = self.price.grouped(),
            quality = self.quality,
            count = offers,
            suppliers = if offers == 1 { say!("supplier") } else { say!("suppliers") }
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// Refuses unless the actor works in the gift's department or in General Management on the day of the change, or writes down
/// what others did.
///
/// # Errors
/// A refusal by `clause`.
pub fn require_office(change: &Change<'_>, entry: &Entry, actor: &Person, clause: &str, what: &str) -> Result<()> {
    if identity::records(change, actor)? {
        return Ok(());
    }
    let book = change.sql();
    let may = |day| Ok(actor.works_in(book, &entry.department, day)? || actor.works_in(book, "general", day)?);
    let Some(day) = identity::out_of_office(change, actor, may)? else { return Ok(()) };
    Err(Refusal::rule(
        clause,
        say!(
            "{what} is for somebody of {department} or general, which {actor} was not on {day}",
            what,
            department = language::value(&entry.department),
            actor,
            day
        ),
    )
    .or(say!("name who did it with --by PERSON"))
    .into())
}

/// The supplier's name as an earlier offer wrote it, so that two spellings are not two offers.
fn known(book: &Connection, entry: &Entry, supplier: &str) -> Result<String> {
    let folded = text::fold(supplier);
    let earlier = book
        .prepare_cached("SELECT supplier FROM gift_offer WHERE entry = ?1 ORDER BY position")?
        .query_map([entry.id], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(earlier.into_iter().find(|earlier| text::fold(earlier) == folded).unwrap_or_else(|| supplier.to_owned()))
}

/// How many suppliers were asked.
fn suppliers(book: &Connection, entry: &Entry) -> Result<i64> {
    Ok(book
        .query_row("SELECT count(DISTINCT supplier) FROM gift_offer WHERE entry = ?1", [entry.id], |row| row.get(0))?)
}

/// What stands against buying at this amount: fewer offers than figure `gift.quotes` above figure `gift.quote_from` (R5.3(3)).
///
/// # Errors
/// An error of `SQLite`.
pub fn too_few(change: &Change<'_>, entry: &Entry, amount: Money) -> Result<Option<Refusal>> {
    let book = change.sql();
    let least = figure::value(book, "gift.quotes", change.on)?;
    let from = Money(figure::value(book, "gift.quote_from", change.on)?);
    let offers = suppliers(book, entry)?;
    if amount <= from || offers >= least {
        return Ok(None);
    }
    let what = say!(
        "{number} costs {amount}, above {from}, and has offers of {offers} of the {least} suppliers that must be compared",
        number = entry.number,
        amount = amount.grouped(),
        from = from.grouped(),
        offers,
        least
    );
    Ok(Some(Refusal::rule("R5.3(3)", what).or(say!(
        "enter another's with: branchbook gift quote {number} --supplier NAME --price YUAN --quality 1-5",
        number = entry.number
    ))))
}
