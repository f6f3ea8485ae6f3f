//! What General Management arranges by the plan (R5.2(2)), lodging (R5.2(3)) and a scenic visit (R5.2(4)).

use std::str::FromStr;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::{Connection, named_params};

use super::Task;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::money::{Money, estimate};
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::register::entry::{Breaches, Entry};
use crate::say;
use crate::text::{Line, Text};

/// What says that nothing is needed.
pub const NONE: &str = "none";

/// What stands between several hosts or cars.
const BETWEEN: &str = "、";

/// What is arranged; each is given, or none
#[derive(Debug, Args)]
pub struct Arrange {
    /// The reception's number
    pub number: String,
    /// Who receives the guests: a person of the staff or anybody of the company; once for each, or none
    #[arg(long = "host", value_name = "PERSON", required = true)]
    pub hosts: Vec<Line>,
    /// Where they meet, or none
    #[arg(long)]
    pub place: Line,
    /// A car; once for each, or none
    #[arg(long = "car", value_name = "CAR", required = true)]
    pub cars: Vec<Line>,
    /// Where they eat, or none
    #[arg(long)]
    pub dining: Line,
    /// What the gifts for one person may cost, in yuan, or none
    #[arg(long, value_name = "YUAN", allow_negative_numbers = true)]
    pub gift_standard: GiftStandard,
    /// Where they lodge, or none
    #[arg(long)]
    pub lodging: Line,
    /// Scenic visit, or none
    #[arg(long)]
    pub scenic: Text,
    /// Our schedule, or none
    #[arg(long)]
    pub schedule: Text,
    /// Record the breach of a rule instead of refusing it, with the reason
    #[arg(long, value_name = "REASON")]
    pub exception: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// What the gifts for one person may cost: an amount, or `none`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GiftStandard(pub Money);

impl FromStr for GiftStandard {
    type Err = Refusal;

    fn from_str(typed: &str) -> Result<Self, Refusal> {
        if typed.trim() == NONE {
            return Ok(Self(Money(0)));
        }
        estimate(typed).map(Self)
    }
}

impl Arrange {
    /// Enters the arrangement; a later one takes the place of an earlier.
    ///
    /// # Errors
    /// A refusal where guests who come about progress or delivery stay overnight without lodging (R5.2(3)).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let task = Task::begin(change, &self.number, "arrange", say!("arranged"), self.deed.by.as_deref())?;
        let again = task.entry.state == "arranged";
        let hosts = hosts(change.sql(), &self.hosts)?;
        let mut breaches = Breaches::excused_by(self.exception.as_deref());
        breaches.weigh(require_lodging(change.sql(), &task.entry, &self.lodging))?;
        change.sql().execute(
            "UPDATE reception SET hosts = :hosts, place = :place, car = :car, dining = :dining, gift_standard_fen = :standard,
                lodging = :lodging, scenic = :scenic, our_schedule = :schedule, arranged_on = :on WHERE entry = :entry",
            named_params! {
                ":hosts": hosts, ":place": self.place, ":car": joined(&self.cars), ":dining": self.dining,
                ":standard": self.gift_standard.0, ":lodging": self.lodging, ":scenic": self.scenic, ":schedule": self.schedule,
                ":on": change.on, ":entry": task.entry.id,
            },
        )?;
        let notes = breaches.settle(change, &task.entry, &task.actor)?;
        let entry = task.finish(change, self.exception.as_deref())?;
        let arrive: NaiveDate =
            change.sql().query_row("SELECT arrive_on FROM reception WHERE entry = ?1", [entry.id], |row| row.get(0))?;
        let how = if again { say!("arranged anew") } else { say!("arranged") };
        let by = if hosts == NONE { String::new() } else { say!(", received by {hosts}", hosts) };
        let line = say!("{number}: {how} for {arrive}{by}", number = entry.number, how, arrive, by);
        Ok(Answer { notes, ..Answer::new(entry.number, line) })
    }
}

/// Hosts as they are kept: those of the staff by their names, whatever was typed.
///
/// # Errors
/// A refusal where several people of the staff bear the name.
pub(super) fn hosts(book: &Connection, typed: &[Line]) -> Result<String> {
    let mut names = Vec::with_capacity(typed.len());
    for host in typed {
        names.push(Person::look_up(book, host)?.map_or_else(|| host.to_string(), |person| person.name));
    }
    Ok(names.join(BETWEEN))
}

/// Several lines in one.
pub(super) fn joined(lines: &[Line]) -> String {
    lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(BETWEEN)
}

/// Refuses to leave guests without lodging who come about progress or delivery and stay overnight (R5.2(3)).
///
/// # Errors
/// A refusal that says what may be given instead.
pub(super) fn require_lodging(book: &Connection, entry: &Entry, lodging: &str) -> Result<()> {
    let (kind, overnight): (String, bool) = book.query_row(
        "SELECT kind, coalesce(leave_on, '9999') > arrive_on FROM reception WHERE entry = ?1",
        [entry.id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if lodging != NONE || !overnight || !matches!(kind.as_str(), "progress" | "delivery") {
        return Ok(());
    }
    Err(Refusal::rule(
        "R5.2(3)",
        say!(
            "the guests of {number} come about {kind} and are helped with lodging",
            number = entry.number,
            kind = language::value(&kind)
        ),
    )
    .or(say!("say where they lodge with --lodging, also where they found it themselves"))
    .into())
}
