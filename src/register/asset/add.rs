//! Entering equipment, with its keeper (R5.5(1), R5.5(2)).

use anyhow::Result;
use clap::Args;
use rusqlite::{Connection, OptionalExtension, named_params};

use super::custody::{self, Duty};
use crate::book::change::Change;
use crate::day::DayArg;
use crate::desk::{Answer, Deed};
use crate::money::{Money, estimate};
use crate::office::{department, figure, identity};
use crate::refusal::Refusal;
use crate::register::entry::{self, Entry, Opening};
use crate::say;
use crate::text::{Line, Text};

/// The fields of a new asset
#[derive(Debug, Args)]
pub struct Add {
    /// What it is
    #[arg(long)]
    pub name: Line,
    /// Department whose asset it is
    #[arg(long, value_name = "DEPARTMENT")]
    pub department: String,
    /// Price in yuan
    #[arg(long, value_parser = estimate, allow_negative_numbers = true)]
    pub price: Money,
    /// Day it was bought
    #[arg(long, value_name = "DATE")]
    pub bought_on: DayArg,
    /// Who keeps it from the day of --on on, and guards it against theft
    #[arg(long, value_name = "PERSON")]
    pub keeper: String,
    /// Model
    #[arg(long)]
    pub model: Option<Line>,
    /// The maker's serial number, kept as it is typed
    #[arg(long, value_name = "SERIAL")]
    pub serial: Option<Line>,
    /// Inventory tag stuck on it
    #[arg(long)]
    pub tag: Option<Line>,
    /// Category, such as computer or camera
    #[arg(long)]
    pub category: Option<Line>,
    /// Supplier
    #[arg(long)]
    pub supplier: Option<Line>,
    /// Where it stands
    #[arg(long)]
    pub place: Option<Text>,
    /// Last day of the warranty
    #[arg(long, value_name = "DATE")]
    pub warranty_until: Option<DayArg>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Add {
    /// Enters the asset; it is in the store, with its keeper.
    ///
    /// # Errors
    /// A refusal where the keeper is not on the staff that day, another asset bears the tag, it was bought later, or the actor
    /// is neither the keeper nor a clerk.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let (book, today) = (change.sql(), change.today());
        let department = department::find(book, &self.department)?.key;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let keeper = identity::on_the_staff(change, &self.keeper, "R5.5(2)", "--keeper")?;
        if actor != keeper && !identity::records(change, &actor)? {
            return Err(Refusal::rule(
                "R5.5(2)",
                say!("an asset is entered by its keeper or a clerk, and {actor} is neither", actor),
            )
            .or(say!("name who did it with --by {key}", key = keeper.key))
            .into());
        }
        let bought = self.bought_on.on(today);
        if bought > change.on {
            return Err(Refusal::usage(say!(
                "bought on {bought}, it could not be entered on {on}",
                bought,
                on = change.on
            ))
            .or(say!("give the day it was bought with --bought-on DATE"))
            .into());
        }
        refuse_taken_tag(book, self.tag.as_deref(), None)?;
        let opening =
            Opening { register: "asset", department: &department, day: bought, person: &keeper.key, state: "in-store" };
        let twin = same_serial(book, self.serial.as_deref())?;
        let entry = entry::open(change, "asset", &opening)?;
        self.write(change, &entry)?;
        custody::begin(change, &entry, Duty::Keeper, &keeper, None)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let threshold = Money(figure::value(change.sql(), "asset.threshold", bought)?);
        let account = if self.price > threshold {
            say!("on the account").to_owned()
        } else {
            say!("not on the account, which begins over {threshold}", threshold = threshold.grouped())
        };
        let line = say!(
            "{number}: {name}, kept by {key}, {account}",
            number = entry.number,
            name = self.name,
            key = keeper.key,
            account
        );
        let answer = Answer::new(&entry.number, line);
        Ok(match twin {
            None => answer,
            Some(twin) => answer.note(say!("{twin} has the same serial number", twin)),
        })
    }

    fn write(&self, change: &Change<'_>, entry: &Entry) -> Result<()> {
        change
            .sql()
            .prepare_cached(
                "INSERT INTO asset (entry, name, model, serial_no, tag, category, price_fen, supplier, place, warranty_until_on)
                 VALUES (:entry, :name, :model, :serial, :tag, :category, :price, :supplier, :place, :warranty)",
            )?
            .execute(named_params! {
                ":entry": entry.id, ":name": self.name, ":model": self.model, ":serial": self.serial, ":tag": self.tag,
                ":category": self.category, ":price": self.price, ":supplier": self.supplier, ":place": self.place,
                ":warranty": self.warranty_until.map(|day| day.on(change.today())),
            })?;
        Ok(())
    }
}

/// Two assets with one tag could not be told apart when they are counted; void ones do not matter.
///
/// # Errors
/// A refusal by R5.5(1) naming the asset that bears the tag.
pub fn refuse_taken_tag(book: &Connection, tag: Option<&str>, but: Option<&Entry>) -> Result<()> {
    let taken: Option<String> = book
        .prepare_cached(
            "SELECT e.number FROM asset AS a JOIN entry AS e ON e.id = a.entry
             WHERE a.tag = ?1 AND e.state <> 'void' AND e.id IS NOT ?2 ORDER BY e.id LIMIT 1",
        )?
        .query_row((tag, but.map(|entry| entry.id)), |row| row.get(0))
        .optional()?;
    match (tag, taken) {
        (Some(tag), Some(number)) => {
            Err(Refusal::rule("R5.5(1)", say!("{number} bears the tag {tag} already", number, tag))
                .or(say!("give another tag with --tag, or leave it out"))
                .into())
        }
        _ => Ok(()),
    }
}

/// The first asset, not void, with this serial number.
fn same_serial(book: &Connection, serial: Option<&str>) -> Result<Option<String>> {
    Ok(book
        .prepare_cached(
            "SELECT e.number FROM asset AS a JOIN entry AS e ON e.id = a.entry
             WHERE a.serial_no = ?1 AND e.state <> 'void' ORDER BY e.id LIMIT 1",
        )?
        .query_row([serial], |row| row.get(0))
        .optional()?)
}
