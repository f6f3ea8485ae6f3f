//! Correcting receptions: the old values stay in the journal, and no correction gets round a rule of the steps.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::types::Value;

use super::arrange::{self, GiftStandard};
use super::kind::Kind;
use super::visitor::Visitor;
use super::{plan, receive};
use crate::book::change::Change;
use crate::day::DayArg;
use crate::desk::{Answer, Deed};
use crate::money::{Money, estimate};
use crate::office::identity;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::register::entry::{self, Correction, Entry};
use crate::say;
use crate::text::{Line, Text};

/// The fields of a reception to be corrected; only what is given changes
#[derive(Debug, Args)]
pub struct Amend {
    /// The reception's number
    pub number: String,
    /// Why it is corrected
    #[arg(long)]
    pub reason: Text,
    #[command(flatten)]
    plan: Plan,
    #[command(flatten)]
    arrangement: Arrangement,
    #[command(flatten)]
    outcome: Outcome,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// What was planned
#[derive(Debug, Args)]
struct Plan {
    /// Visiting unit
    #[arg(long)]
    unit: Option<Line>,
    /// What they come for
    #[arg(long)]
    purpose: Option<Text>,
    /// Day on which they are to arrive
    #[arg(long, value_name = "DATE")]
    arrive: Option<DayArg>,
    /// Day on which they are to leave
    #[arg(long, value_name = "DATE")]
    leave: Option<DayArg>,
    /// A visitor and the position; once for each, in the place of all that were entered
    #[arg(long = "visitor", value_name = "NAME;POSITION")]
    visitors: Vec<Visitor>,
    /// Kind of visit
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Project that it is about, or its contract's number
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// What is to be shown and talked about when, or none
    #[arg(long)]
    schedule: Option<Text>,
    /// What it may cost, in yuan
    #[arg(long, value_name = "YUAN", value_parser = estimate, allow_negative_numbers = true)]
    planned_cost: Option<Money>,
}

/// What General Management arranged
#[derive(Debug, Args)]
struct Arrangement {
    /// Who receives the guests; once for each
    #[arg(long = "host", value_name = "PERSON")]
    hosts: Vec<Line>,
    /// Where they meet
    #[arg(long)]
    place: Option<Line>,
    /// A car; once for each
    #[arg(long = "car", value_name = "CAR")]
    cars: Vec<Line>,
    /// Where they eat
    #[arg(long)]
    dining: Option<Line>,
    /// What the gifts for one person may cost, in yuan
    #[arg(long, value_name = "YUAN", allow_negative_numbers = true)]
    gift_standard: Option<GiftStandard>,
    /// Where they lodge
    #[arg(long)]
    lodging: Option<Line>,
    /// Scenic visit
    #[arg(long)]
    scenic: Option<Text>,
    /// Our schedule
    #[arg(long, value_name = "SCHEDULE")]
    our_schedule: Option<Text>,
}

/// How it was
#[derive(Debug, Args)]
struct Outcome {
    /// Day on which they arrived
    #[arg(long, value_name = "DATE")]
    arrived: Option<DayArg>,
    /// Day on which they left
    #[arg(long, value_name = "DATE")]
    left: Option<DayArg>,
    /// How many came
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    people: Option<u32>,
    /// What it cost, in yuan
    #[arg(long, value_name = "YUAN", value_parser = estimate, allow_negative_numbers = true)]
    cost: Option<Money>,
    /// The summary
    #[arg(long)]
    summary: Option<Text>,
}

impl Amend {
    /// Corrects the reception.
    ///
    /// # Errors
    /// A refusal where nothing is given, the reception is void, or a correction would break a rule.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "reception", &self.number)?;
        entry.refuse_void()?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        identity::require_clerk(change, "R5.2(1)", say!("corrects receptions"))?;
        let mut wanted = self.plan.corrections(change, &entry)?;
        wanted.extend(self.arrangement.corrections(change, &entry)?);
        wanted.extend(self.outcome.corrections(change, &entry)?);
        let corrections = entry::differing(change.sql(), &entry, wanted)?;
        let mut corrected: Vec<&str> = corrections.iter().map(|correction| shown(correction.column)).collect();
        let notes = self.note_lateness(change, &entry, &actor, &corrections)?;
        if !self.plan.visitors.is_empty() && Visitor::all(change.sql(), &entry)? != self.plan.visitors {
            Visitor::write(change.sql(), &entry, &self.plan.visitors)?;
            corrected.push("visitors");
        }
        if corrections.is_empty() && !corrected.is_empty() {
            change.sql().execute("UPDATE entry SET amendments = amendments + 1 WHERE id = ?1", [entry.id])?;
            change.record(&entry.thing()?, &actor.key, Some(&self.reason))?;
        } else {
            entry::amend(change, &entry, &corrections, &actor, &self.reason)?;
        }
        if corrections
            .iter()
            .any(|correction| ["kind", "lodging", "arrive_on", "leave_on"].contains(&correction.column))
        {
            require_lodging(change, &entry)?;
        }
        let line = say!("{number}: corrected {corrected}", number = entry.number, corrected = corrected.join(", "));
        Ok(Answer { notes, ..Answer::new(&entry.number, line) })
    }

    /// Lists the plan among the exceptions where the corrected day of arrival is no later than the day on which it was entered
    /// (R5.2(1)); a plan that was late stays so.
    fn note_lateness(
        &self,
        change: &Change<'_>,
        entry: &Entry,
        actor: &Person,
        corrections: &[Correction],
    ) -> Result<Vec<String>> {
        if !corrections.iter().any(|correction| correction.column == "arrive_on") {
            return Ok(Vec::new());
        }
        let Some(arrive) = self.plan.arrive.map(|day| day.on(change.today())) else { return Ok(Vec::new()) };
        let (late, entered): (bool, Option<NaiveDate>) = change.sql().query_row(
            "SELECT late_flag, entered_on FROM reception WHERE entry = ?1",
            [entry.id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let Some(entered) = entered.filter(|entered| !late && *entered >= arrive) else { return Ok(Vec::new()) };
        change.sql().execute("UPDATE reception SET late_flag = 1 WHERE entry = ?1", [entry.id])?;
        Ok(vec![plan::note_late(change, entry, actor, entered, arrive)?])
    }
}

/// A column as the list calls it.
fn shown(column: &str) -> &str {
    column.strip_suffix("_fen").unwrap_or(column)
}

fn set(column: &'static str, value: impl Into<Value>) -> Correction {
    Correction { table: "reception", column, value: value.into() }
}

/// The corrections of those fields that are given as text.
fn given<'a>(fields: impl IntoIterator<Item = (&'static str, Option<&'a str>)>) -> Vec<Correction> {
    fields.into_iter().filter_map(|(column, value)| Some(set(column, value?.to_owned()))).collect()
}

impl Plan {
    fn corrections(&self, change: &Change<'_>, entry: &Entry) -> Result<Vec<Correction>> {
        let mut corrections = given([
            ("unit", self.unit.as_deref()),
            ("purpose", self.purpose.as_deref()),
            ("kind", self.kind.map(Kind::key)),
            ("schedule", self.schedule.as_deref()),
        ]);
        if let Some(which) = &self.project {
            corrections.push(set("project", plan::about(change.sql(), which)?.number));
        }
        corrections.extend(self.planned_cost.map(|cost| set("planned_cost_fen", cost.0)));
        if self.arrive.is_none() && self.leave.is_none() {
            return Ok(corrections);
        }
        let (arrive, leave): (NaiveDate, Option<NaiveDate>) = change.sql().query_row(
            "SELECT arrive_on, leave_on FROM reception WHERE entry = ?1",
            [entry.id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let new_arrive = self.arrive.map_or(arrive, |day| day.on(change.today()));
        let new_leave = self.leave.map(|day| day.on(change.today())).or(leave);
        plan::refuse_backwards(new_arrive, new_leave)?;
        let days = [
            self.arrive.map(|_| set("arrive_on", new_arrive.to_string())),
            new_leave.filter(|_| self.leave.is_some()).map(|day| set("leave_on", day.to_string())),
        ];
        // In the order in which the book's own check lets them pass.
        let later_first = new_arrive > arrive;
        let mut days: Vec<Correction> = days.into_iter().flatten().collect();
        if later_first {
            days.reverse();
        }
        corrections.extend(days);
        Ok(corrections)
    }
}

impl Arrangement {
    fn corrections(&self, change: &Change<'_>, entry: &Entry) -> Result<Vec<Correction>> {
        let hosts = Some(arrange::hosts(change.sql(), &self.hosts)?).filter(|hosts| !hosts.is_empty());
        let cars = Some(arrange::joined(&self.cars)).filter(|cars| !cars.is_empty());
        let mut corrections = given([
            ("hosts", hosts.as_deref()),
            ("place", self.place.as_deref()),
            ("car", cars.as_deref()),
            ("dining", self.dining.as_deref()),
            ("lodging", self.lodging.as_deref()),
            ("scenic", self.scenic.as_deref()),
            ("our_schedule", self.our_schedule.as_deref()),
        ]);
        corrections.extend(self.gift_standard.map(|standard| set("gift_standard_fen", standard.0.0)));
        if !corrections.is_empty() {
            refuse_not_yet(change, entry, "arranged_on", "arrange")?;
        }
        Ok(corrections)
    }
}

impl Outcome {
    fn corrections(&self, change: &Change<'_>, entry: &Entry) -> Result<Vec<Correction>> {
        let mut corrections: Vec<Correction> = Vec::new();
        corrections.extend(self.people.map(|people| set("people", people)));
        corrections.extend(self.cost.map(|cost| set("cost_fen", cost.0)));
        let days = self.arrived.is_some() || self.left.is_some();
        if !corrections.is_empty() || days {
            refuse_not_yet(change, entry, "left_on", "receive")?;
        }
        if days {
            let (arrived, left): (NaiveDate, NaiveDate) = change.sql().query_row(
                "SELECT arrived_on, left_on FROM reception WHERE entry = ?1",
                [entry.id],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let new_arrived = self.arrived.map_or(arrived, |day| day.on(change.today()));
            let new_left = self.left.map_or(left, |day| day.on(change.today()));
            receive::refuse_days(new_arrived, new_left, change.today())?;
            let mut days = vec![set("arrived_on", new_arrived.to_string()), set("left_on", new_left.to_string())];
            if new_arrived > arrived {
                days.reverse();
            }
            corrections.extend(days);
        }
        if let Some(summary) = &self.summary {
            refuse_not_yet(change, entry, "summarized_on", "summarize")?;
            corrections.push(set("summary", summary.to_string()));
        }
        Ok(corrections)
    }
}

/// Refuses to correct what was not entered yet.
fn refuse_not_yet(change: &Change<'_>, entry: &Entry, day: &str, verb: &str) -> Result<()> {
    let sql = format!("SELECT {day} IS NOT NULL FROM reception WHERE entry = ?1");
    if change.sql().query_row(&sql, [entry.id], |row| row.get(0))? {
        return Ok(());
    }
    Err(Refusal::usage(say!("{number} has nothing of that yet to correct", number = entry.number))
        .or(say!("enter it with: branchbook reception {verb} {number} …", verb, number = entry.number))
        .into())
}

/// The corrected reception still gives lodging to those who are helped with it (R5.2(3)).
fn require_lodging(change: &Change<'_>, entry: &Entry) -> Result<()> {
    let lodging: Option<String> =
        change.sql().query_row("SELECT lodging FROM reception WHERE entry = ?1", [entry.id], |row| row.get(0))?;
    lodging.map_or(Ok(()), |lodging| arrange::require_lodging(change.sql(), entry, &lodging))
}
