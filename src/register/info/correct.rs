//! Correcting and voiding user information: nothing is deleted.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::handle::refuse_before;
use super::{region, report};
use crate::book::change::Change;
use crate::day::{self, DayArg, Month};
use crate::desk::{Answer, Deed};
use crate::language;
use crate::money::{Money, estimate};
use crate::office::identity;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::register::entry::{self, Correction, Entry};
use crate::register::spoil::Void;
use crate::say;
use crate::text::{self, Text};

/// The fields of an entry to be corrected; only what is given changes
#[derive(Debug, Args)]
pub struct Amend {
    /// The entry's number
    pub number: String,
    /// Why it is corrected
    #[arg(long)]
    pub reason: Text,
    /// Customer
    #[arg(long)]
    pub customer: Option<Text>,
    /// Region: the province, and the city behind it
    #[arg(long)]
    pub region: Option<Text>,
    /// Equipment type
    #[arg(long)]
    pub equipment: Option<Text>,
    /// What the customer needs
    #[arg(long)]
    pub need: Option<Text>,
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
    /// Entry that it repeats, or none
    #[arg(long, value_name = "NUMBER|none")]
    pub duplicate_of: Option<String>,
    /// Day it was collected; only where its number stays right
    #[arg(long, value_name = "DATE")]
    pub collected_on: Option<DayArg>,
    /// Who collected it
    #[arg(long, value_name = "PERSON")]
    pub collected_by: Option<String>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Amend {
    /// Corrects the entry.
    ///
    /// # Errors
    /// A refusal where nothing is given, the entry is void, or a correction would break a rule.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "info", &self.number)?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        identity::require_clerk(change, "R2.3", say!("corrects user information"))?;
        let mut corrections = self.fields();
        corrections.extend(self.duplicate(change.sql(), &entry)?);
        corrections.extend(self.collected(change, &entry)?);
        let corrections = entry::differing(change.sql(), &entry, corrections)?;
        entry::amend(change, &entry, &corrections, &actor, &self.reason)?;
        let words: Vec<&str> = corrections.iter().filter_map(|correction| word(correction.column)).collect();
        let note = self.region.as_ref().and_then(|region| region::note(region));
        let line = say!("{number}: corrected {words}", number = entry.number, words = words.join(", "));
        Ok(Answer { notes: note.into_iter().collect(), ..Answer::new(entry.number, line) })
    }

    /// The fields that stand for themselves.
    fn fields(&self) -> Vec<Correction> {
        let text = |text: &Option<Text>| text.as_ref().map(|text| Value::Text(text.to_string()));
        let fold = self.customer.as_ref().map(|customer| Value::Text(text::fold(customer)));
        [
            ("customer", text(&self.customer)),
            ("customer_fold", fold),
            ("region", text(&self.region)),
            ("equipment", text(&self.equipment)),
            ("need", text(&self.need)),
            ("contact_person", text(&self.contact)),
            ("phone", text(&self.phone)),
            ("amount_fen", self.amount.map(|amount| Value::Integer(amount.0))),
            ("source", text(&self.source)),
        ]
        .into_iter()
        .filter_map(|(column, value)| Some(Correction { table: "info", column, value: value? }))
        .collect()
    }

    /// What the entry repeats, which may not be itself, a repeat of itself, or void.
    fn duplicate(&self, book: &Connection, entry: &Entry) -> Result<Option<Correction>> {
        let value = match self.duplicate_of.as_deref() {
            None => return Ok(None),
            Some("none") => Value::Null,
            Some(number) => {
                let other = Entry::find_in(book, "info", number)?;
                refuse_duplicate(book, entry, &other)?;
                Value::Text(other.number)
            }
        };
        Ok(Some(Correction { table: "info", column: "duplicate_of", value }))
    }

    /// Who collected it and when, and whether that makes its report late.
    fn collected(&self, change: &Change<'_>, entry: &Entry) -> Result<Vec<Correction>> {
        let mut corrections = Vec::new();
        let day = self.collected_on.map(|day| day.on(change.today()));
        if let Some(day) = day {
            day::refuse_future(day, change.today(), "--collected-on")?;
            entry.check_new_day(change.sql(), "info", day)?;
            if let Some(late) = late_from(change.sql(), entry, day)? {
                corrections.push(Correction { table: "info", column: "late_flag", value: Value::Integer(late.into()) });
            }
            corrections.push(Correction { table: "entry", column: "day_on", value: Value::Text(day.to_string()) });
        }
        if let Some(who) = &self.collected_by {
            let person = Person::find(change.sql(), who)?;
            refuse_collector(change.sql(), entry, &person, day.unwrap_or(entry.day))?;
            corrections.push(Correction { table: "entry", column: "person", value: Value::Text(person.key) });
        }
        Ok(corrections)
    }
}

/// What a column is called in an answer; none for what only follows from another.
fn word(column: &'static str) -> Option<&'static str> {
    match column {
        "customer_fold" | "late_flag" => None,
        "amount_fen" => Some("amount"),
        "day_on" => Some("collected_on"),
        "person" => Some("collected_by"),
        other => Some(other),
    }
}

/// Whether a new day of collecting makes the entry's report late; none where it was not reported.
fn late_from(book: &Connection, entry: &Entry, day: NaiveDate) -> Result<Option<bool>> {
    let reported_on: Option<NaiveDate> =
        book.query_row("SELECT reported_on FROM info WHERE entry = ?1", [entry.id], |row| row.get(0))?;
    let Some(reported_on) = reported_on else { return Ok(None) };
    let month = Month::of(entry.day);
    if month.contains(day) && day <= reported_on {
        return Ok(Some(report::is_late(book, day, reported_on)?));
    }
    let what = say!(
        "{number} was reported for {month} on {reported_on}, so it was not collected on {day}",
        number = entry.number,
        month,
        reported_on,
        day
    );
    Err(Refusal::rule("R2.2", what).or(say!("void it and enter a new one on the right day")).into())
}

/// Who collected on a day was a salesperson, trainee or manager of the department then (R2.2).
fn refuse_collector(book: &Connection, entry: &Entry, person: &Person, day: NaiveDate) -> Result<()> {
    let step = super::step(book, "add", "")?;
    if step.allows(book, person, Some(&entry.department), day)? {
        return Ok(());
    }
    let names: Vec<String> =
        step.holders(book, Some(&entry.department), day)?.iter().map(|key| format!("--collected-by {key}")).collect();
    let way_out = if names.is_empty() {
        say!("nobody held that role on that day").to_owned()
    } else {
        say!("name who did with {names}", names = language::any_of(&names))
    };
    let what = say!(
        "{person} was no {roles} of {department} on {day}",
        person,
        roles = language::any_of(&step.roles),
        department = language::value(&entry.department),
        day
    );
    Err(Refusal::rule(step.clause, what).or(way_out).into())
}

fn refuse_duplicate(book: &Connection, entry: &Entry, other: &Entry) -> Result<()> {
    let circle: bool = book.query_row(
        "WITH RECURSIVE repeated (number) AS (
            SELECT ?1 UNION
            SELECT i.duplicate_of FROM repeated AS r JOIN entry AS e ON e.number = r.number JOIN info AS i ON i.entry = e.id
            WHERE i.duplicate_of IS NOT NULL)
         SELECT EXISTS (SELECT 1 FROM repeated WHERE number = ?2)",
        [&other.number, &entry.number],
        |row| row.get(0),
    )?;
    let why = match (circle, other.state.as_str()) {
        (true, _) if other.number == entry.number => say!("an entry does not repeat itself").to_owned(),
        (true, _) => say!("{number} repeats {original}", number = other.number, original = entry.number),
        (false, "void") => say!("{number} is void", number = other.number),
        (false, _) => return Ok(()),
    };
    Err(Refusal::rule(
        "R2.3",
        say!(
            "{number} cannot be a duplicate of {original}: {why}",
            number = entry.number,
            original = other.number,
            why
        ),
    )
    .or(say!("name another entry, or --duplicate-of none"))
    .into())
}

/// Voids entries, and says which others are marked as repeating one of them.
///
/// # Errors
/// As [`Void::enter`].
pub fn void(void: &Void, change: &mut Change<'_>) -> Result<Answer> {
    let mut answer = void.enter(change, "info", |change, entry| refuse_before(change, entry, say!("voided")))?;
    for number in answer.number.lines() {
        answer.notes.extend(repeats_of(change.sql(), number)?);
    }
    Ok(answer)
}

/// What to tell the clerk where other entries of the customer are marked as repeating a voided one: none of them counts.
fn repeats_of(book: &Connection, number: &str) -> Result<Option<String>> {
    let repeats: Vec<String> = book
        .prepare_cached(
            "SELECT e.number FROM info AS i JOIN entry AS e ON e.id = i.entry
             WHERE i.customer_fold = (SELECT o.customer_fold FROM entry AS v JOIN info AS o ON o.entry = v.id WHERE v.number = ?1)
                AND i.duplicate_of = ?1 AND e.state <> 'void' ORDER BY e.id",
        )?
        .query_map([number], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok((!repeats.is_empty()).then(|| {
        let all = repeats.join(", ");
        say!("{all}: still a duplicate of {number}; correct it with: branchbook info amend NUMBER --duplicate-of none --reason REASON", all, number)
    }))
}
