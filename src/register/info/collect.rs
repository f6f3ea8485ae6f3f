//! Collecting user information: who may, the number it takes, and what it may repeat (R2.2, R2.3).

use anyhow::{Context, Result};
use chrono::{Months, NaiveDate};
use clap::Args;
use rusqlite::{Connection, named_params};

use super::{region, report};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::money::{Money, estimate};
use crate::office::{figure, identity};
use crate::register::entry::{self, Opening};
use crate::say;
use crate::text::{self, Text};

/// What was learned of a customer's need
#[derive(Debug, Args)]
pub struct Add {
    /// Department that collected it
    #[arg(long, value_name = "DEPARTMENT")]
    pub department: String,
    /// Customer
    #[arg(long)]
    pub customer: Text,
    /// Region: the province, and the city behind it
    #[arg(long)]
    pub region: Text,
    /// Equipment type
    #[arg(long)]
    pub equipment: Text,
    /// What the customer needs
    #[arg(long)]
    pub need: Text,
    /// Person to speak to
    #[arg(long, value_name = "NAME")]
    pub contact: Option<Text>,
    /// Their telephone number
    #[arg(long)]
    pub phone: Option<Text>,
    /// Estimated amount in yuan
    #[arg(long, value_parser = estimate, allow_negative_numbers = true)]
    pub amount: Option<Money>,
    /// Where it was learned
    #[arg(long)]
    pub source: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Add {
    /// Enters the information.
    ///
    /// # Errors
    /// A refusal where the department reports none, or the collector was no salesperson, trainee or manager of it (R2.2).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let department = report::reporting(change.sql(), &self.department)?;
        let collector = identity::actor(change, self.deed.by.as_deref())?;
        let step = super::step(change.sql(), "add", "")?;
        step.require_in(change, &collector, Some(&department.key), say!("collecting user information"))?;
        let customer_fold = text::fold(&self.customer);
        let repeats = likely_duplicate(change.sql(), &customer_fold, &self.equipment, change.on)?;
        let opening = Opening {
            register: "info",
            department: &department.key,
            day: change.on,
            person: &collector.key,
            state: &step.to,
        };
        let entry = entry::open(change, "info", &opening)?;
        change
            .sql()
            .prepare_cached(
                "INSERT INTO info (entry, customer, customer_fold, region, equipment, need, contact_person, phone, amount_fen, source, duplicate_of)
                 VALUES (:entry, :customer, :fold, :region, :equipment, :need, :contact, :phone, :amount, :source, :repeats)",
            )?
            .execute(named_params! {
                ":entry": entry.id, ":customer": self.customer, ":fold": customer_fold, ":region": self.region, ":equipment": self.equipment,
                ":need": self.need, ":contact": self.contact, ":phone": self.phone, ":amount": self.amount, ":source": self.source,
                ":repeats": repeats.as_ref().map(|earlier| &earlier.number),
            })?;
        change.record(&entry.thing()?.just_opened(), &collector.key, None)?;
        let line = say!(
            "{number}: collected on {day} by {key} of {department}",
            number = entry.number,
            day = entry.day,
            key = collector.key,
            department = language::value(&department.key)
        );
        let notes = repeats.map(|earlier| earlier.warning(&entry.number)).into_iter().chain(region::note(&self.region));
        Ok(Answer { notes: notes.collect(), ..Answer::new(entry.number, line) })
    }
}

/// An entry that a new one probably repeats. Nothing more of it may be shown to whoever types the new one (R2.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Its number.
    pub number: String,
    /// Whose entry it is.
    pub department: String,
}

impl Earlier {
    /// What to tell the clerk, and how to say that it is not so.
    fn warning(&self, number: &str) -> String {
        say!(
            "R2.3: likely a duplicate of {earlier} ({department}); if it is none: branchbook info amend {number} --duplicate-of none --reason REASON",
            earlier = self.number,
            department = language::value(&self.department),
            number
        )
    }
}

/// The first entry within figure `info.duplicate_months` up to `day` with the same customer and the same equipment,
/// however they were spelled.
///
/// # Errors
/// An error of `SQLite`.
pub fn likely_duplicate(
    book: &Connection,
    customer_fold: &str,
    equipment: &str,
    day: NaiveDate,
) -> Result<Option<Earlier>> {
    let equipment = text::fold(equipment);
    if customer_fold.is_empty() || equipment.is_empty() {
        return Ok(None);
    }
    let months = figure::value(book, "info.duplicate_months", day)?;
    let from = day.checked_sub_months(Months::new(u32::try_from(months)?)).context(say!("the calendar ends"))?;
    let mut statement = book.prepare_cached(
        "SELECT e.number, e.department, i.equipment FROM info AS i JOIN entry AS e ON e.id = i.entry
         WHERE i.customer_fold = ?1 AND e.day_on BETWEEN ?2 AND ?3 AND e.state <> 'void' ORDER BY e.day_on, e.id",
    )?;
    let mut rows = statement.query((customer_fold, from, day))?;
    while let Some(row) = rows.next()? {
        if text::fold(row.get_ref(2)?.as_str()?) == equipment {
            return Ok(Some(Earlier { number: row.get(0)?, department: row.get(1)? }));
        }
    }
    Ok(None)
}
