//! Asking for a gift before it is bought (R5.3(1), R5.3(2)).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;

use super::terms::{self, Recipient, Wanted};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::person::{Person, Role};
use crate::office::{department, identity};
use crate::refusal::Refusal;
use crate::register::entry::{self, Entry, Opening};
use crate::register::project;
use crate::say;
use crate::text::{self, Line, Text};

/// Where gifts are handed over if nothing else is said.
pub const SHENYANG: &str = "Shenyang";

/// The fields of a new gift
#[derive(Debug, Args)]
pub struct Add {
    /// Department that asks for it
    #[arg(long, value_name = "DEPARTMENT")]
    pub department: String,
    /// Who asks for it [default: who did it]
    #[arg(long, value_name = "PERSON")]
    pub asked_by: Option<String>,
    /// The unit that receives it
    #[arg(long)]
    pub unit: Line,
    /// Who receives it: "name;position", with ";official" behind for a public official; repeatable
    #[arg(long = "recipient", value_name = "RECIPIENT", required = true)]
    pub recipients: Vec<Recipient>,
    /// Why a public official receives it
    #[arg(long, value_name = "TEXT")]
    pub official_reason: Option<Text>,
    /// The occasion
    #[arg(long)]
    pub occasion: Text,
    /// What it is: "item;quantity" of the approved list, or a free item as "name;quantity;price"; repeatable
    #[arg(long = "item", value_name = "ITEM", required = true)]
    pub items: Vec<Wanted>,
    /// The project that it is for, or its contract
    #[arg(long, value_name = "PROJECT")]
    pub project: Option<String>,
    /// The reception at which it is given
    #[arg(long, value_name = "NUMBER")]
    pub reception: Option<String>,
    /// Where it is handed over; in Shenyang General Management buys it
    #[arg(long, default_value = SHENYANG)]
    pub place: Line,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Add {
    /// Asks for the gift.
    ///
    /// # Errors
    /// A refusal where who asks is not of the department, an item is not on the list and has no price, or a public official
    /// receives it without a reason (R5.3).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let book = change.sql();
        let department = department::find(book, &self.department)?.key;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let asker = asker(change, &actor, self.asked_by.as_deref(), &department)?;
        let project = self.project.as_deref().map(|which| project::named(book, which)).transpose()?;
        let reception =
            self.reception.as_deref().map(|number| Entry::find_in(book, "reception", number)).transpose()?;
        let opening = Opening {
            register: "gift",
            department: &department,
            day: change.on,
            person: &asker.key,
            state: "requested",
        };
        let entry = entry::open(change, "gift", &opening)?;
        change.sql().execute(
            "INSERT INTO gift (entry, unit, occasion, place, official_reason, project, reception) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            (
                entry.id,
                &self.unit,
                &self.occasion,
                &self.place,
                &self.official_reason,
                project.map(|project| project.number),
                reception.map(|reception| reception.number),
            ),
        )?;
        terms::write_recipients(change.sql(), &entry, &self.recipients)?;
        terms::write_lines(change.sql(), &entry, &self.items, change.on)?;
        terms::refuse_unexplained_official(change.sql(), &entry)?;
        let notes = terms::except_free_items(change, &entry, &actor, &self.occasion)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let who = if by_manager(change.sql(), &entry)? {
            say!("to be approved")
        } else {
            say!("to be endorsed and approved")
        };
        let amount = terms::amount(change.sql(), &entry)?.grouped();
        let line = say!(
            "{number}: {amount} for {unit}, asked for by {key}, {who}",
            number = entry.number,
            amount,
            unit = language::value(&self.unit),
            key = asker.key,
            who
        );
        Ok(Answer { notes, ..Answer::new(entry.number, line) })
    }
}

/// Who asks: the actor, or whom a clerk names; somebody who works in the department on the day of the change (R5.3(2)).
fn asker(change: &Change<'_>, actor: &Person, asked_by: Option<&str>, department: &str) -> Result<Person> {
    let book = change.sql();
    let asker = match asked_by {
        None => actor.clone(),
        Some(who) => Person::find(book, who)?,
    };
    if asker != *actor && !identity::records(change, actor)? {
        return Err(Refusal::rule(
            "R5.3(2)",
            say!("{asker} asks for it, and {actor} may not ask in their name", asker, actor),
        )
        .or(say!("name who asks with --by {key}", key = asker.key))
        .into());
    }
    if identity::out_of_office(change, &asker, |day| asker.works_in(book, department, day))?.is_none() {
        return Ok(asker);
    }
    Err(Refusal::rule(
        "R5.3(2)",
        say!(
            "{asker} did not work in {department} on {on} and cannot ask for its gifts",
            asker,
            department = language::value(department),
            on = change.on
        ),
    )
    .or(say!("name who asks with --asked-by PERSON, or their department with --department"))
    .into())
}

/// Whether who asked managed the entry's department, the branch or the company on the day of the request: nobody endorses it
/// then, and it goes straight to be approved (R5.3(1)).
///
/// # Errors
/// An error of `SQLite`.
pub fn by_manager(book: &Connection, entry: &Entry) -> Result<bool> {
    let Some(asker) = Person::of_key(book, &entry.person)? else { return Ok(false) };
    Ok(asker.holds(book, Role::DepartmentManager, Some(&entry.department), entry.day)?
        || above_departments(book, &asker, entry.day)?)
}

/// Whether the person ran the branch or the company on that day.
///
/// # Errors
/// An error of `SQLite`.
pub fn above_departments(book: &Connection, person: &Person, day: NaiveDate) -> Result<bool> {
    person.holds_any(book, &[Role::BranchManager, Role::CompanyLeader, Role::GeneralManager], day)
}

/// Whether a place is in Shenyang, where General Management arranges gifts centrally (R5.3(1)).
#[must_use]
pub fn is_in_shenyang(place: &str) -> bool {
    let place = text::half_width(place).to_lowercase();
    place.contains("shenyang") || place.contains("沈阳")
}
