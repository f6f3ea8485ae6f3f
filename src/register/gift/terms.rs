//! Recipients and items of a gift: as typed, as kept, and as what is decided on.

use std::str::FromStr;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::catalog::Item;
use crate::book::change::Change;
use crate::money::{Money, estimate};
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::register::approval::Subject;
use crate::register::entry::{Breaches, Entry};
use crate::say;
use crate::text::Line;

/// The greatest quantity of one item.
const MOST: u32 = 10_000;

/// A person who receives a gift: `name;position`, with `;official` for a public official.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Name.
    pub name: Line,
    /// The position that they hold.
    pub post: Line,
    /// Whether they are a public official.
    pub official: bool,
}

impl FromStr for Recipient {
    type Err = Refusal;

    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let parts: Vec<&str> = typed.split([';', ';']).collect();
        match parts[..] {
            [name, post] => Ok(Self { name: name.parse()?, post: post.parse()?, official: false }),
            [name, post, official] if official.trim().eq_ignore_ascii_case("official") => {
                Ok(Self { name: name.parse()?, post: post.parse()?, official: true })
            }
            _ => Err(Refusal::usage(say!("{typed} is no recipient", typed)).or(say!(
                "give name and position, such as \"张处长;处长\", with \";official\" behind for a public official"
            ))),
        }
    }
}

/// An item of a gift: `item;quantity` of the approved list, or free as `name;quantity;price`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The item's name.
    pub name: Line,
    /// How many.
    pub quantity: u32,
    /// The price of one in fen, of a free item.
    pub price: Option<Money>,
}

impl FromStr for Wanted {
    type Err = Refusal;

    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let wrong = || {
            Refusal::usage(say!("{typed} is no item of a gift", typed))
                .or(say!("give an item of the list with its quantity, such as \"铸铜摆件;2\", or a free one with its price: \"茶叶;1;300\""))
        };
        let count =
            |quantity: &str| quantity.trim().parse().ok().filter(|count| (1..=MOST).contains(count)).ok_or_else(wrong);
        let parts: Vec<&str> = typed.split([';', ';']).collect();
        match parts[..] {
            [name, quantity] => Ok(Self { name: name.parse()?, quantity: count(quantity)?, price: None }),
            [name, quantity, price] => {
                let price = estimate(price).ok().filter(|price| *price > Money(0)).ok_or_else(wrong)?;
                Ok(Self { name: name.parse()?, quantity: count(quantity)?, price: Some(price) })
            }
            _ => Err(wrong()),
        }
    }
}

/// Writes the recipients, in the place of those that were there.
///
/// # Errors
/// An error of `SQLite`.
pub fn write_recipients(book: &Connection, entry: &Entry, recipients: &[Recipient]) -> Result<()> {
    book.execute("DELETE FROM gift_recipient WHERE entry = ?1", [entry.id])?;
    for (position, recipient) in (1_i64..).zip(recipients) {
        book.prepare_cached("INSERT INTO gift_recipient VALUES (?1, ?2, ?3, ?4, ?5)")?.execute((
            entry.id,
            position,
            &recipient.name,
            &recipient.post,
            recipient.official,
        ))?;
    }
    Ok(())
}

/// Writes the items, in the place of those that were there, at the prices of the list on `day`.
///
/// # Errors
/// A refusal where an item without a price is not on the list (R5.3(3)).
pub fn write_lines(book: &Connection, entry: &Entry, wanted: &[Wanted], day: NaiveDate) -> Result<()> {
    book.execute("DELETE FROM gift_line WHERE entry = ?1", [entry.id])?;
    for (position, wanted) in (1_i64..).zip(wanted) {
        let (item, name, price) = match wanted.price {
            Some(price) => (None, wanted.name.to_string(), price),
            None => Item::find(book, &wanted.name, day).map(|item| (Some(item.id), item.name, item.price))?,
        };
        book.prepare_cached("INSERT INTO gift_line VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute((
            entry.id,
            position,
            item,
            name,
            wanted.quantity,
            price,
        ))?;
    }
    Ok(())
}

/// Lists the free items among the exceptions, each once (R5.3(3)); gives what the person should know.
///
/// # Errors
/// An error of `SQLite`.
pub fn except_free_items(change: &Change<'_>, entry: &Entry, actor: &Person, occasion: &str) -> Result<Vec<String>> {
    let free: Vec<(String, i64, Money)> = change
        .sql()
        .prepare("SELECT name, quantity, price_fen FROM gift_line WHERE entry = ?1 AND item IS NULL ORDER BY position")?
        .query_map([entry.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut breaches = Breaches::excused_by(Some(occasion));
    let mut any = false;
    for (name, quantity, price) in free {
        let what = say!(
            "{number} has {quantity} of {name} at {price}, which is not on the approved gift list",
            number = entry.number,
            quantity,
            name,
            price = price.grouped()
        );
        let known: bool = change.sql().query_row(
            "SELECT EXISTS (SELECT 1 FROM exception WHERE entry = ?1 AND refused = ?2)",
            (entry.id, &what),
            |row| row.get(0),
        )?;
        if !known {
            breaches.refuse(Refusal::rule("R5.3(3)", what))?;
            any = true;
        }
    }
    if any { breaches.settle(change, entry, actor) } else { Ok(Vec::new()) }
}

/// A public official receives a gift only for a reason that is written down.
///
/// # Errors
/// A refusal by R5.3(1) naming the official.
pub fn refuse_unexplained_official(book: &Connection, entry: &Entry) -> Result<()> {
    let unexplained: Option<String> = rusqlite::OptionalExtension::optional(book.query_row(
        "SELECT r.name FROM gift_recipient AS r JOIN gift AS g ON g.entry = r.entry
         WHERE r.entry = ?1 AND r.official_flag AND g.official_reason IS NULL ORDER BY r.position LIMIT 1",
        [entry.id],
        |row| row.get(0),
    ))?;
    match unexplained {
        None => Ok(()),
        Some(name) => Err(Refusal::rule(
            "R5.3(1)",
            say!("{name} is a public official, who receives no gift without a reason", name),
        )
        .or(say!("say why with --official-reason TEXT"))
        .into()),
    }
}

/// The amount that is asked for, in fen.
///
/// # Errors
/// An error of `SQLite`, or where the sum is too large to be kept.
pub fn amount(book: &Connection, entry: &Entry) -> Result<Money> {
    Ok(book
        .prepare_cached("SELECT coalesce(sum(quantity * price_fen), 0) FROM gift_line WHERE entry = ?1")?
        .query_row([entry.id], |row| row.get(0))?)
}

/// How many fields of table gift are decided on: unit, occasion, place, reason for an official, project, reception.
const OWN: usize = 6;

/// What is decided on: every word and figure of the request (R5.3(1)).
///
/// # Errors
/// An error of `SQLite`.
pub fn subject(book: &Connection, entry: &Entry) -> Result<Subject> {
    let mut fields = vec![entry.department.clone(), entry.person.clone()];
    let own: [String; OWN] = book.query_row(
        "SELECT unit, occasion, place, coalesce(official_reason, ''), coalesce(project, ''), coalesce(reception, '') FROM gift WHERE entry = ?1",
        [entry.id],
        |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?]),
    )?;
    fields.extend(own);
    for sql in [
        "SELECT 'recipient', name, post, CAST(official_flag AS TEXT) FROM gift_recipient WHERE entry = ?1 ORDER BY position",
        "SELECT 'item', name, CAST(quantity AS TEXT), CAST(price_fen AS TEXT) FROM gift_line WHERE entry = ?1 ORDER BY position",
    ] {
        let mut statement = book.prepare_cached(sql)?;
        let rows = statement
            .query_map([entry.id], |row| Ok([row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?;
        for row in rows {
            fields.extend(row?);
        }
    }
    Ok(Subject::of(None, Some(amount(book, entry)?), fields.iter().map(String::as_str)))
}
