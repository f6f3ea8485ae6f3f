//! Correcting assets: the old values stay in the journal.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::types::Value;

use super::add;
use crate::book::change::Change;
use crate::day::{self, DayArg};
use crate::desk::{Answer, Deed};
use crate::money::{Money, estimate};
use crate::office::{department, identity};
use crate::refusal::Refusal;
use crate::register::entry::{self, Correction, Entry};
use crate::say;
use crate::text::{Line, Text};

/// The fields of an asset to be corrected; only what is given changes
#[derive(Debug, Args)]
pub struct Amend {
    /// The asset's number
    pub number: String,
    /// Why it is corrected
    #[arg(long)]
    pub reason: Text,
    /// What it is
    #[arg(long)]
    pub name: Option<Line>,
    /// Department whose asset it is
    #[arg(long, value_name = "DEPARTMENT")]
    pub department: Option<String>,
    /// Price in yuan
    #[arg(long, value_parser = estimate, allow_negative_numbers = true)]
    pub price: Option<Money>,
    /// Day it was bought
    #[arg(long, value_name = "DATE")]
    pub bought_on: Option<DayArg>,
    /// Model
    #[arg(long)]
    pub model: Option<Line>,
    /// The maker's serial number
    #[arg(long, value_name = "SERIAL")]
    pub serial: Option<Line>,
    /// Inventory tag stuck on it
    #[arg(long)]
    pub tag: Option<Line>,
    /// Category
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

impl Amend {
    /// Corrects the asset.
    ///
    /// # Errors
    /// A refusal where nothing is given, the asset is void, or a correction would break a rule.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "asset", &self.number)?;
        entry.refuse_void()?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        identity::require_clerk(change, "R5.5(1)", say!("corrects the account"))?;
        add::refuse_taken_tag(change.sql(), self.tag.as_deref(), Some(&entry))?;
        let corrections = entry::differing(change.sql(), &entry, self.corrections(change, &entry)?)?;
        entry::amend(change, &entry, &corrections, &actor, &self.reason)?;
        let columns: Vec<&str> = corrections.iter().map(|correction| typed(correction.column)).collect();
        let line = say!("{number}: corrected {columns}", number = entry.number, columns = columns.join(", "));
        Ok(Answer::new(&entry.number, line))
    }

    fn corrections(&self, change: &Change<'_>, entry: &Entry) -> Result<Vec<Correction>> {
        let lines = [
            ("name", &self.name),
            ("model", &self.model),
            ("serial_no", &self.serial),
            ("tag", &self.tag),
            ("category", &self.category),
            ("supplier", &self.supplier),
        ];
        let asset = |column, value| Correction { table: "asset", column, value };
        let mut corrections: Vec<Correction> = lines
            .into_iter()
            .filter_map(|(column, line)| Some(asset(column, Value::Text(line.as_ref()?.to_string()))))
            .collect();
        corrections.extend(self.place.as_ref().map(|place| asset("place", Value::Text(place.to_string()))));
        corrections.extend(self.price.map(|price| asset("price_fen", Value::Integer(price.0))));
        if let Some(day) = self.warranty_until {
            corrections.push(asset("warranty_until_on", Value::Text(day.on(change.today()).to_string())));
        }
        let header = |column, value| Correction { table: "entry", column, value };
        if let Some(which) = &self.department {
            corrections.push(header("department", Value::Text(department::find(change.sql(), which)?.key)));
        }
        if let Some(day) = self.bought_on {
            let day = day.on(change.today());
            check_bought(change, entry, day)?;
            corrections.push(header("day_on", Value::Text(day.to_string())));
        }
        Ok(corrections)
    }
}

/// An asset was bought before anybody kept it or damaged it, and its number fits that day.
fn check_bought(change: &Change<'_>, entry: &Entry, day: NaiveDate) -> Result<()> {
    day::refuse_future(day, change.today(), "--bought-on")?;
    entry.check_new_day(change.sql(), "asset", day)?;
    let first: Option<NaiveDate> = change.sql().query_row(
        "SELECT min(day) FROM (SELECT from_on AS day FROM custody WHERE entry = ?1 UNION ALL SELECT happened_on FROM damage WHERE entry = ?1)",
        [entry.id],
        |row| row.get(0),
    )?;
    match first.filter(|first| *first < day) {
        None => Ok(()),
        Some(first) => Err(Refusal::usage(say!(
            "{number} was kept or damaged on {first} already and cannot be bought on {day}",
            number = entry.number,
            first,
            day
        ))
        .or(say!("give a day up to {first} with --bought-on", first))
        .into()),
    }
}

/// A column as the list calls it.
fn typed(column: &str) -> &str {
    match column {
        "day_on" => "bought_on",
        "price_fen" => "price",
        column => column,
    }
}
