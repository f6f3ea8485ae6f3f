//! Correcting shipments: the old values stay in the journal, and no correction gets round a rule of the steps.

use anyhow::Result;
use clap::Args;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::arrive;
use super::leave::project_of;
use super::notify::refuse_wanted_before;
use super::repack::Repack;
use super::terms::{self, Form, Freight};
use crate::book::change::Change;
use crate::day::DayArg;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::money::{Money, estimate};
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::entry::{self, Correction, Entry};
use crate::register::project;
use crate::say;
use crate::text::{Line, Text};

/// The fields of a shipment to be corrected; only what is given changes
#[derive(Debug, Args)]
pub struct Amend {
    /// The shipment's number
    pub number: String,
    /// Why it is corrected
    #[arg(long)]
    pub reason: Text,
    #[command(flatten)]
    terms: Terms,
    #[command(flatten)]
    papers: Papers,
    #[command(flatten)]
    run: Repack,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// What was settled with the user
#[derive(Debug, Args)]
struct Terms {
    /// Project whose contract is delivered; until the gate pass is made out
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// Contact form of kind shipping that told of it
    #[arg(long, value_name = "NUMBER")]
    notice: Option<String>,
    /// How it is delivered
    #[arg(long, value_enum)]
    form: Option<Form>,
    /// Place of arrival
    #[arg(long)]
    place: Option<Line>,
    /// Who takes it in there
    #[arg(long, value_name = "NAME")]
    contact: Option<Line>,
    /// How to reach them
    #[arg(long)]
    phone: Option<Line>,
    /// Route
    #[arg(long)]
    route: Option<Line>,
    /// What the route can carry, or none
    #[arg(long, value_name = "CAPACITY")]
    capacity: Option<Text>,
    /// Who bears the freight; until a carrier is awarded or the day is settled
    #[arg(long, value_enum)]
    freight: Option<Freight>,
    /// Day by which the user wants it
    #[arg(long, value_name = "DATE")]
    wanted_by: Option<DayArg>,
}

/// What stands on the papers of its steps
#[derive(Debug, Args)]
struct Papers {
    /// The Completion Notice's number
    #[arg(long, value_name = "NUMBER")]
    completion: Option<Line>,
    /// The gate pass's number
    #[arg(long, value_name = "NUMBER")]
    pass: Option<Line>,
    /// The vehicle
    #[arg(long)]
    vehicle: Option<Line>,
    /// Who drives it
    #[arg(long, value_name = "NAME")]
    driver: Option<Line>,
    /// Who signed for its arrival
    #[arg(long, value_name = "NAME")]
    signed_by: Option<Line>,
    /// The carrier's bill's number
    #[arg(long, value_name = "NUMBER")]
    bill: Option<Line>,
    /// What the bill comes to, in yuan; --reason says why it differs from the award
    #[arg(long, value_name = "YUAN", value_parser = estimate, allow_negative_numbers = true)]
    amount: Option<Money>,
}

impl Amend {
    /// Corrects the shipment.
    ///
    /// # Errors
    /// A refusal where nothing is given, the shipment is void, or a correction would break a rule.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "ship", &self.number)?;
        entry.refuse_void()?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        identity::require_clerk(change, "R6.2", say!("corrects shipments"))?;
        let mut wanted = self.terms.corrections(change, &entry)?;
        wanted.extend(self.papers.corrections(change.sql(), &entry, &self.reason)?);
        let corrections = entry::differing(change.sql(), &entry, wanted)?;
        let mut corrected: Vec<String> =
            corrections.iter().map(|correction| shown(correction.column).to_owned()).collect();
        if let Some(position) = self.run.position {
            self.run.correct(change.sql(), &entry, position)?;
            corrected.push(say!("run {position} of the boxes", position));
        }
        if corrections.is_empty() && self.run.position.is_some() {
            change.sql().execute("UPDATE entry SET amendments = amendments + 1 WHERE id = ?1", [entry.id])?;
            change.record(&entry.thing()?, &actor.key, Some(&self.reason))?;
        } else {
            entry::amend(change, &entry, &corrections, &actor, &self.reason)?;
        }
        Ok(Answer::new(
            &entry.number,
            say!("{number}: corrected {corrected}", number = entry.number, corrected = corrected.join(", ")),
        ))
    }
}

/// A column as the list calls it.
fn shown(column: &str) -> &str {
    column.strip_suffix("_fen").unwrap_or(column)
}

fn set(column: &'static str, value: impl Into<Value>) -> Correction {
    Correction { table: "ship", column, value: value.into() }
}

/// The corrections of those fields that are given as text.
fn given<'a>(fields: impl IntoIterator<Item = (&'static str, Option<&'a str>)>) -> Vec<Correction> {
    fields.into_iter().filter_map(|(column, value)| Some(set(column, value?.to_owned()))).collect()
}

impl Terms {
    fn corrections(&self, change: &Change<'_>, entry: &Entry) -> Result<Vec<Correction>> {
        let mut corrections = given([
            ("form", self.form.map(Form::key)),
            ("place", self.place.as_deref()),
            ("contact_person", self.contact.as_deref()),
            ("phone", self.phone.as_deref()),
            ("route", self.route.as_deref()),
            ("capacity", self.capacity.as_deref()),
        ]);
        if let Some(freight) = self.freight {
            refuse_after(change.sql(), entry, &["notified", "completed"], say!("who bears its freight"))?;
            corrections.push(set("freight", freight.key().to_owned()));
        }
        if let Some(day) = self.wanted_by {
            let day = day.on(change.today());
            refuse_wanted_before(Some(day), entry.day)?;
            corrections.push(set("wanted_by_on", day.to_string()));
        }
        corrections.extend(self.project_and_notice(change.sql(), entry)?);
        Ok(corrections)
    }

    /// The project and the contact form, which belong together (R6.1).
    fn project_and_notice(&self, book: &Connection, entry: &Entry) -> Result<Vec<Correction>> {
        let old = project_of(book, entry)?;
        let new = self.project.as_ref().map(|which| project::named(book, which)).transpose()?;
        let mut corrections = Vec::new();
        if let Some(new) = new.as_ref().filter(|new| old.as_ref() != Some(new)) {
            refuse_after(book, entry, &["notified", "completed", "awarded", "scheduled"], say!("what it delivers"))?;
            terms::refuse_dead(new)?;
            corrections.push(Correction { table: "entry", ..set("department", new.department.clone()) });
            corrections.push(set("project", new.number.clone()));
        }
        let notice: Option<String> = match &self.notice {
            None if corrections.is_empty() => None,
            None => book.query_row("SELECT notice FROM ship WHERE entry = ?1", [entry.id], |row| row.get(0))?,
            given => given.clone(),
        };
        if let (Some(notice), Some(project)) = (notice, new.or(old)) {
            corrections.push(set("notice", terms::notice(book, &notice, &project, entry.day)?.number));
        }
        Ok(corrections)
    }
}

/// Refuses a correction once the shipment is further than the states named.
fn refuse_after(book: &Connection, entry: &Entry, states: &[&str], what: &str) -> Result<()> {
    if states.contains(&entry.state.as_str()) {
        return Ok(());
    }
    let cancel = entry.step(book, "cancel", None).is_ok();
    let way_out = if cancel {
        say!(
            "cancel it with: branchbook ship cancel {number} --reason TEXT, and enter a new one",
            number = entry.number
        )
    } else {
        say!("it stays as it was shipped").to_owned()
    };
    Err(Refusal::rule(
        "R6.2",
        say!(
            "{number} is {state}, so {what} stays",
            number = entry.number,
            state = language::value(&entry.state),
            what
        ),
    )
    .or(way_out)
    .into())
}

impl Papers {
    fn corrections(&self, book: &Connection, entry: &Entry, reason: &str) -> Result<Vec<Correction>> {
        let groups = [
            ("completed_on", "complete", vec![("completion_notice", self.completion.as_deref())]),
            (
                "passed_on",
                "pass",
                vec![
                    ("gate_pass", self.pass.as_deref()),
                    ("vehicle", self.vehicle.as_deref()),
                    ("driver", self.driver.as_deref()),
                ],
            ),
            ("arrived_on", "arrive", vec![("signed_by", self.signed_by.as_deref())]),
            ("billed_on", "bill", vec![("freight_bill", self.bill.as_deref())]),
        ];
        let mut corrections = Vec::new();
        for (day, verb, fields) in groups {
            let fields = given(fields);
            if !fields.is_empty() || (verb == "bill" && self.amount.is_some()) {
                refuse_not_yet(book, entry, day, verb)?;
            }
            corrections.extend(fields);
        }
        if let Some(amount) = self.amount {
            let price: Option<Money> =
                book.query_row("SELECT price_fen FROM ship WHERE entry = ?1", [entry.id], |row| row.get(0))?;
            let price = price.unwrap_or(amount);
            arrive::difference(&entry.number, amount, price, Some(reason))?;
            // In the order in which the book's own check lets them pass.
            corrections.extend(if amount == price {
                [set("billed_fen", amount.0), set("bill_reason", Value::Null)]
            } else {
                [set("bill_reason", reason.to_owned()), set("billed_fen", amount.0)]
            });
        }
        Ok(corrections)
    }
}

/// Refuses to correct the paper of a step that was not taken yet.
fn refuse_not_yet(book: &Connection, entry: &Entry, day: &str, verb: &str) -> Result<()> {
    let sql = format!("SELECT {day} IS NOT NULL FROM ship WHERE entry = ?1");
    if book.query_row(&sql, [entry.id], |row| row.get(0))? {
        return Ok(());
    }
    Err(Refusal::usage(say!("{number} has nothing of that yet to correct", number = entry.number))
        .or(say!("enter it with: branchbook ship {verb} {number} …", verb, number = entry.number))
        .into())
}
