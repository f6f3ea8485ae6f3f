//! The schedule that a project's leader draws up and works by (R3.2).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::{Connection, named_params};

use super::leader;
use crate::book::change::Change;
use crate::day::DayArg;
use crate::desk::{Answer, Deed};
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::waiting::{Each, Waiting};
use crate::say;
use crate::text::{self, Line, Text};

/// A milestone, and the day by which it is to be reached; the same words again set another day
#[derive(Debug, Args)]
pub struct Plan {
    /// The project's number
    pub number: String,
    /// What is to be reached
    #[arg(long)]
    pub what: Line,
    /// The day by which it is to be reached
    #[arg(long, value_name = "DATE", required_unless_present = "drop", conflicts_with = "drop")]
    pub due: Option<DayArg>,
    /// Give the milestone up
    #[arg(long, requires = "reason")]
    pub drop: bool,
    /// Why the day is another, or the milestone is given up
    #[arg(long)]
    pub reason: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Plan {
    /// Enters the milestone, or its new day.
    ///
    /// # Errors
    /// A refusal where another than the leader plans, or the milestone is reached or given up (R3.2).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "project", &self.number)?;
        let step = entry.step(change.sql(), "plan", None)?;
        entry.refuse_before_opening(change)?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        leader::require(change, &entry, &actor, &step.clause, say!("planning a project"))?;
        let due = self.due.map(|due| due.on(change.today()));
        let known = Milestone::of(change.sql(), &entry)?.into_iter().find(|known| known.what == *self.what);
        let line = match (known, due) {
            (None, Some(due)) => self.add(change, &entry, due)?,
            (None, None) => return Err(unknown(&entry, &self.what).into()),
            (Some(known), _) => self.change(change, &entry, &known, due)?,
        };
        change.record(&entry.thing()?, &actor.key, self.reason.as_deref())?;
        Ok(Answer::new(entry.number.clone(), format!("{}: {line}", entry.number)))
    }

    fn add(&self, change: &Change<'_>, entry: &Entry, due: NaiveDate) -> Result<String> {
        if due < entry.day {
            return Err(Refusal::usage(say!(
                "{due} is before {number} was opened on {day}",
                due,
                number = entry.number,
                day = entry.day
            ))
            .or(say!("give a later day with --due DATE"))
            .into());
        }
        entry.append(change, "milestone", named_params! { "what": self.what, "due_on": due })?;
        Ok(say!("{what} is due on {due}", what = self.what, due))
    }

    fn change(&self, change: &Change<'_>, entry: &Entry, known: &Milestone, due: Option<NaiveDate>) -> Result<String> {
        known.refuse_ended(entry)?;
        let Some(due) = due else {
            let dropped = "UPDATE milestone SET dropped_on = ?3 WHERE entry = ?1 AND position = ?2";
            entry.update(change, "milestone", dropped, (entry.id, known.position, change.on))?;
            return Ok(say!("{what} is given up", what = self.what));
        };
        if self.reason.is_none() {
            return Err(Refusal::rule(
                "R3.2",
                say!(
                    "{what} of {number} is due on {due} already",
                    what = self.what,
                    number = entry.number,
                    due = known.due
                ),
            )
            .or(say!("say why the day is another with --reason REASON"))
            .into());
        }
        let moved = "UPDATE milestone SET due_on = ?3 WHERE entry = ?1 AND position = ?2";
        entry.update(change, "milestone", moved, (entry.id, known.position, due))?;
        Ok(say!("{what} is due on {due}, no longer on {before}", what = self.what, due, before = known.due))
    }
}

/// A milestone that was reached
#[derive(Debug, Args)]
pub struct Done {
    /// The project's number
    pub number: String,
    /// Which: its words, or its place in the schedule
    #[arg(long)]
    pub what: Line,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Done {
    /// Enters that the milestone was reached.
    ///
    /// # Errors
    /// A refusal where there is no such milestone, it is reached or given up, or another than the leader says so (R3.2).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "project", &self.number)?;
        let step = entry.step(change.sql(), "done", None)?;
        entry.refuse_before_opening(change)?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        leader::require(change, &entry, &actor, &step.clause, say!("reaching a milestone"))?;
        let milestones = Milestone::of(change.sql(), &entry)?;
        let named = |known: &&Milestone| known.what == *self.what || known.position.to_string() == *self.what;
        let milestone = milestones.iter().find(named).ok_or_else(|| unknown(&entry, &self.what))?;
        milestone.refuse_ended(&entry)?;
        let done = "UPDATE milestone SET done_on = ?3 WHERE entry = ?1 AND position = ?2";
        entry.update(change, "milestone", done, (entry.id, milestone.position, change.on))?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let late = match (change.on - milestone.due).num_days() {
            days @ 1.. => say!(", {days} days late", days),
            _ => String::new(),
        };
        let line = say!(
            "{number}: {what} reached on {on}{late}",
            number = entry.number,
            what = milestone.what,
            on = change.on,
            late
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// A milestone of a project.
struct Milestone {
    position: i64,
    what: String,
    due: NaiveDate,
    ended: Option<(&'static str, NaiveDate)>,
}

impl Milestone {
    /// Every milestone, in the order of the schedule.
    fn of(book: &Connection, entry: &Entry) -> Result<Vec<Self>> {
        let mut statement = book.prepare_cached(
            "SELECT position, what, due_on, done_on, dropped_on FROM milestone WHERE entry = ?1 ORDER BY position",
        )?;
        let milestones = statement.query_map([entry.id], |row| {
            let (done, dropped): (Option<NaiveDate>, Option<NaiveDate>) = (row.get(3)?, row.get(4)?);
            Ok(Self {
                position: row.get(0)?,
                what: row.get(1)?,
                due: row.get(2)?,
                ended: done.map(|day| ("reached", day)).or(dropped.map(|day| (say!("given up"), day))),
            })
        })?;
        Ok(milestones.collect::<rusqlite::Result<_>>()?)
    }

    fn refuse_ended(&self, entry: &Entry) -> Result<()> {
        match self.ended {
            None => Ok(()),
            Some((how, day)) => Err(Refusal::rule(
                "R3.2",
                say!("{what} of {number} was {how} on {day}", what = self.what, number = entry.number, how, day),
            )
            .or(say!("plan another milestone in other words"))
            .into()),
        }
    }
}

fn unknown(entry: &Entry, what: &str) -> Refusal {
    Refusal::not_found(say!("{number} has no milestone {what}", number = entry.number, what))
        .or(say!("see them with: branchbook project show {number}", number = entry.number))
}

/// Milestones that slipped, of open projects (R3.2).
///
/// # Errors
/// An error of `SQLite`.
pub fn waiting(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut statement = book.prepare(
        "SELECT e.number, m.what, m.due_on, e.department,
            (SELECT l.person FROM leader AS l WHERE l.entry = e.id AND l.from_on <= ?1 ORDER BY l.position DESC LIMIT 1)
         FROM entry AS e JOIN milestone AS m ON m.entry = e.id
         WHERE e.register = 'project' AND e.ended_on IS NULL AND m.done_on IS NULL AND m.dropped_on IS NULL AND m.due_on < ?1",
    )?;
    let rows = statement.query_map([today], |row| {
        let (number, what): (String, String) = (row.get(0)?, row.get(1)?);
        Ok(Waiting {
            due_on: row.get(2)?,
            next: format!("branchbook project done {number} --what {}", text::word(&what)),
            what: say!("milestone: {what}", what),
            number,
            department: row.get(3)?,
            person: row.get(4)?,
            clause: "R3.2".into(),
        })
    })?;
    for waiting in rows {
        each(waiting?)?;
    }
    Ok(())
}
