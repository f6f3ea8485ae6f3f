//! Damage, reported at once, and its repair (R5.5(4)).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::custody::{self, Duty};
use rusqlite::named_params;

use crate::book::change::Change;
use crate::day::{self, DayArg, Month};
use crate::desk::{Answer, Deed, Desk, Run};
use crate::language;
use crate::money::{Money, estimate};
use crate::office::{figure, identity};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::sheet::query::Query;
use crate::text::Text;

/// What was damaged, and when
#[derive(Debug, Args)]
pub struct Damage {
    /// The asset's number
    pub number: String,
    /// What is damaged, and how it came about
    #[arg(long)]
    pub what: Text,
    /// Day it happened [default: the day of --on]
    #[arg(long, value_name = "DATE")]
    pub happened: Option<DayArg>,
    /// Day it was reported to General Management [default: the day of --on]
    #[arg(long, value_name = "DATE")]
    pub reported: Option<DayArg>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Damage {
    /// Enters the damage; the asset is in repair and stays in the same hands.
    ///
    /// # Errors
    /// A refusal where the asset is neither in the store nor in use, the days are not in order, or the actor is nobody on the
    /// staff (R5.5(4)).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "asset", &self.number)?;
        let step = entry.step(change.sql(), "damage", None)?;
        entry.refuse_before_last(change, say!("damaged"))?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        require_staff(change, &entry, &actor.key)?;
        let (happened, reported) = self.days(change, &entry)?;
        let damage = named_params! {
            "what": self.what, "reported_by": actor.key, "happened_on": happened, "reported_on": reported, "from_state": entry.state,
        };
        entry.append(change, "damage", damage)?;
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let holder = custody::responsible(change.sql(), &entry)?;
        let by =
            reported + chrono::Days::new(figure::value(change.sql(), "asset.repair_days", reported)?.unsigned_abs());
        let line = say!(
            "{number}: in repair, to be back by {by}; {holder} answers for it",
            number = entry.number,
            by,
            holder = language::value(&holder)
        );
        let answer = Answer::new(entry.number, line);
        Ok(match (reported - happened).num_days() {
            0 => answer,
            late => {
                answer.note(say!("reported {late} late: damage is reported at once (R5.5(4))", late = in_days(late)))
            }
        })
    }

    /// The day it happened and the day it was reported.
    fn days(&self, change: &Change<'_>, entry: &Entry) -> Result<(NaiveDate, NaiveDate)> {
        let today = change.today();
        let happened = self.happened.map_or(change.on, |day| day.on(today));
        let reported = self.reported.map_or(change.on, |day| day.on(today));
        day::refuse_future(happened, today, "--happened")?;
        day::refuse_future(reported, today, "--reported")?;
        if reported < happened {
            return Err(Refusal::usage(say!(
                "damage of {happened} cannot be reported on {reported}, before it",
                happened,
                reported
            ))
            .or(say!("give the days with --happened DATE and --reported DATE"))
            .into());
        }
        if happened < entry.day {
            return Err(Refusal::usage(say!(
                "{number} was bought on {day} and cannot be damaged on {happened}",
                number = entry.number,
                day = entry.day,
                happened
            ))
            .or(say!("give the day it happened with --happened DATE"))
            .into());
        }
        Ok((happened, reported))
    }
}

/// A count of days in words.
fn in_days(days: i64) -> String {
    if days == 1 { say!("1 day").to_owned() } else { say!("{days} days", days) }
}

/// Anybody on the staff reports damage.
fn require_staff(change: &Change<'_>, entry: &Entry, actor: &str) -> Result<()> {
    let person = identity::on_the_staff(change, actor, "R5.5(4)", "--by")?;
    let staff = |day| identity::is_on_the_staff(change.sql(), &person, day);
    match identity::out_of_office(change, &person, staff)? {
        None => Ok(()),
        Some(day) => Err(Refusal::rule("R5.5(4)", say!("{person} was not on the staff on {day}", person, day))
            .or(say!("let {person} report it, or name who did with --by PERSON", person = entry.person))
            .into()),
    }
}

/// What a repair cost, and when the asset was back
#[derive(Debug, Args)]
pub struct Repair {
    /// The asset's number
    pub number: String,
    /// Cost in yuan
    #[arg(long, value_parser = estimate, allow_negative_numbers = true, required_unless_present = "beyond_repair")]
    pub cost: Option<Money>,
    /// Day it was back [default: the day of --on]
    #[arg(long, value_name = "DATE")]
    pub back: Option<DayArg>,
    /// It cannot be repaired: it goes into the store, to be disposed of
    #[arg(long)]
    pub beyond_repair: bool,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Repair {
    /// Enters the repair: the asset is in the state and the hands that it was in before the damage.
    ///
    /// # Errors
    /// A refusal where the asset is not in repair, was back before it was damaged, or the actor is neither its keeper or user
    /// nor a clerk (R5.5(4)).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "asset", &self.number)?;
        entry.step(change.sql(), "repair", None)?;
        entry.refuse_before_last(change, say!("repaired"))?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        custody::require_hand(change, &entry, &actor, "R5.5(4)", say!("entering its repair"))?;
        let (happened, before): (NaiveDate, String) = change.sql().query_row(
            "SELECT happened_on, from_state FROM damage WHERE entry = ?1 AND outcome IS NULL",
            [entry.id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let back = self.back.map_or(change.on, |day| day.on(change.today()));
        day::refuse_future(back, change.today(), "--back")?;
        if back < happened {
            return Err(Refusal::usage(say!(
                "{number} was damaged on {happened} and cannot be back on {back}",
                number = entry.number,
                happened,
                back
            ))
            .or(say!("give the day it was back with --back DATE"))
            .into());
        }
        let to = if self.beyond_repair { "in-store" } else { before.as_str() };
        let outcome = if self.beyond_repair { "beyond-repair" } else { "repaired" };
        let step = entry.step(change.sql(), "repair", Some(to))?;
        let repaired =
            "UPDATE damage SET outcome = ?2, back_on = ?3, cost_fen = ?4 WHERE entry = ?1 AND outcome IS NULL";
        entry.update(change, "damage", repaired, (entry.id, outcome, back, self.cost))?;
        if self.beyond_repair {
            custody::end(change, &entry, Duty::User)?;
        }
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        Ok(self.answer(&entry, back, &custody::responsible(change.sql(), &entry)?))
    }

    fn answer(&self, entry: &Entry, back: NaiveDate, holder: &str) -> Answer {
        let number = &entry.number;
        let cost = self.cost.map_or_else(String::new, |cost| say!(", for {cost}", cost = cost.grouped()));
        if self.beyond_repair {
            let line = say!(
                "{number}: beyond repair on {back}{cost}, kept by {holder}",
                number,
                back,
                cost,
                holder = language::value(holder)
            );
            return Answer::new(number, line).note(say!(
                "a manager disposes of it with: branchbook asset dispose {number} --reason REASON --by MANAGER",
                number
            ));
        }
        Answer::new(
            number,
            say!(
                "{number}: repaired on {back}{cost}, {state} with {holder}",
                number,
                back,
                cost,
                state = language::value(&entry.state),
                holder = language::value(holder)
            ),
        )
    }
}

/// Which damage a list shows
#[derive(Debug, Args)]
pub struct Damages {
    /// Damage that was reported in this month
    #[arg(long, value_name = "MONTH")]
    pub month: Option<Month>,
    /// Only what was reported late
    #[arg(long)]
    pub late: bool,
}

impl Run for Damages {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let optional = |day: Option<NaiveDate>| day.map_or(rusqlite::types::Value::Null, |day| day.to_string().into());
        let query = Query::new(
            say!("Damage"),
            "SELECT e.number, a.name, d.what, d.reported_by, d.happened_on, d.reported_on,
                CAST(julianday(d.reported_on) - julianday(d.happened_on) AS INTEGER) AS days_late, d.reported_on > d.happened_on AS late_flag,
                d.outcome, d.back_on, d.cost_fen, e.department
             FROM damage AS d JOIN entry AS e ON e.id = d.entry JOIN asset AS a ON a.entry = e.id
             WHERE (:first IS NULL OR d.reported_on BETWEEN :first AND :last) AND (NOT :late OR d.reported_on > d.happened_on)
             ORDER BY d.reported_on, e.id, d.position",
        );
        let query = query
            .with(":first", optional(self.month.map(Month::first)))
            .with(":last", optional(self.month.map(Month::last)))
            .with(":late", i64::from(self.late));
        desk.list(&query)
    }
}
