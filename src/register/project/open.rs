//! Opening a project (R3.1).

use anyhow::Result;
use clap::Args;
use rusqlite::{Connection, named_params};

use super::{leader, source};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::money::{Money, estimate};
use crate::office::{department, figure, identity};
use crate::register::entry::{self, Entry, Opening};
use crate::say;
use crate::text::{Line, Text};

/// The fields of a new project
#[derive(Debug, Args)]
pub struct Add {
    /// Department that works on it
    #[arg(long, value_name = "DEPARTMENT")]
    pub department: String,
    /// Customer
    #[arg(long)]
    pub customer: Line,
    /// What the project is, in one line
    #[arg(long)]
    pub title: Line,
    /// Product that it is about
    #[arg(long)]
    pub product: Option<Line>,
    /// Region: the province, and the city behind it
    #[arg(long)]
    pub region: Option<Text>,
    /// Estimated amount in yuan
    #[arg(long, value_parser = estimate, allow_negative_numbers = true)]
    pub amount: Option<Money>,
    /// It is a major project whatever its amount: the branch manager appoints its leader
    #[arg(long)]
    pub major: bool,
    /// Entry of user information that it comes from
    #[arg(long, value_name = "NUMBER")]
    pub source: Option<String>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Add {
    /// Opens the project.
    ///
    /// # Errors
    /// A refusal where the person is neither of the department nor a clerk, or the source is no user information or that of
    /// another project.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let department = department::find(change.sql(), &self.department)?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        leader::require_of(change, &actor, &department.key, say!("opening a project"))?;
        let source = match &self.source {
            None => None,
            Some(number) => Some(Entry::find_in(change.sql(), "info", number)?.number),
        };
        source.as_ref().map_or(Ok(()), |source| source::refuse_second(change.sql(), source, None))?;
        let project = Project { customer: &self.customer, title: &self.title, amount: self.amount, major: self.major };
        let (product, region) = (self.product.as_deref(), self.region.as_deref());
        let entry = project.open(change, &department.key, &actor.key, product, region, source.as_deref())?;
        change.record(&entry.thing()?.just_opened(), &actor.key, None)?;
        let major = is_major(change.sql(), self.major, self.amount, change.on)?;
        let appoints =
            if major { say!("a major project, whose leader the branch manager appoints") } else { say!("opened") };
        let line = say!(
            "{number}: {appoints}, {title} of {customer}",
            number = entry.number,
            appoints,
            title = self.title,
            customer = self.customer
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// What a new project is opened with, wherever it comes from.
#[derive(Debug, Clone, Copy)]
pub struct Project<'a> {
    /// Customer.
    pub customer: &'a str,
    /// What the project is.
    pub title: &'a str,
    /// Estimated amount in fen.
    pub amount: Option<Money>,
    /// Whether it is major by word.
    pub major: bool,
}

impl Project<'_> {
    /// Takes the next number and writes the fields; the journal row is the caller's.
    ///
    /// # Errors
    /// A refusal where the series gives no number.
    pub fn open(
        &self,
        change: &Change<'_>,
        department: &str,
        person: &str,
        product: Option<&str>,
        region: Option<&str>,
        source: Option<&str>,
    ) -> Result<Entry> {
        let opening = Opening { register: "project", department, day: change.on, person, state: "open" };
        let entry = entry::open(change, "project", &opening)?;
        let major = is_major(change.sql(), self.major, self.amount, change.on)?;
        change
            .sql()
            .prepare_cached(
                "INSERT INTO project (entry, customer, title, product, region, amount_fen, major_flag, source)
                 VALUES (:entry, :customer, :title, :product, :region, :amount, :major, :source)",
            )?
            .execute(named_params! {
                ":entry": entry.id, ":customer": self.customer, ":title": self.title, ":product": product, ":region": region,
                ":amount": self.amount, ":major": major, ":source": source,
            })?;
        Ok(entry)
    }
}

/// Whether a project is major: by word, or at and above figure `project.major_amount` of the day (R3.1).
///
/// # Errors
/// An error of `SQLite`.
pub fn is_major(book: &Connection, by_word: bool, amount: Option<Money>, day: chrono::NaiveDate) -> Result<bool> {
    let from = Money(figure::value(book, "project.major_amount", day)?);
    Ok(by_word || amount.is_some_and(|amount| amount >= from))
}
