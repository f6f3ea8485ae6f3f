//! Problems of a contract's execution, and of installation and commissioning (R3.5, R3.8).

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, named_params};

use super::{leader, named};
use crate::book::change::Change;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::office::person::{Person, Role};
use crate::office::{department, identity};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::waiting::{Each, Waiting};
use crate::say;
use crate::sheet::query::Query;
use crate::text::Text;

/// Whom a hard problem is escalated to.
const LEADERS: [Role; 4] = [Role::DepartmentManager, Role::BranchManager, Role::CompanyLeader, Role::GeneralManager];

/// When a problem came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// While the contract was carried out (R3.5)
    Execution,
    /// At installation or commissioning (R3.8)
    Installation,
}

impl Kind {
    /// As it is typed and stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Execution => "execution",
            Self::Installation => "installation",
        }
    }
}

/// A problem that was found
#[derive(Debug, Args)]
pub struct Problem {
    /// The project's number
    pub number: String,
    /// What the problem is
    #[arg(long)]
    pub what: Text,
    /// When it came up
    #[arg(long, value_enum, default_value = "execution")]
    pub kind: Kind,
    /// Department that it concerns
    #[arg(long, value_name = "DEPARTMENT")]
    pub department: String,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Problem {
    /// Enters the problem.
    ///
    /// # Errors
    /// A refusal where there is no contract in force, or another than the leader enters it (R3.5).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "project", &self.number)?;
        let step = entry.step(change.sql(), "problem", None)?;
        entry.refuse_before_opening(change)?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        leader::require(change, &entry, &actor, &step.clause, say!("entering a problem"))?;
        let department = department::find(change.sql(), &self.department)?;
        let problem = named_params! {
            "kind": self.kind.key(), "what": self.what, "department": department.key, "found_on": change.on,
        };
        let position = entry.append(change, "problem", problem)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let line = say!(
            "{number}: problem {position}, found on {on}, with {key}",
            number = entry.number,
            position,
            on = change.on,
            key = department.key
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// To whom a problem is escalated
#[derive(Debug, Args)]
pub struct Escalate {
    /// The project's number
    pub number: String,
    /// The problem's place in the project's list
    #[arg(long, value_name = "PLACE")]
    pub problem: i64,
    /// The manager or leader it is escalated to
    #[arg(long, value_name = "PERSON")]
    pub to: String,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Escalate {
    /// Escalates the problem.
    ///
    /// # Errors
    /// A refusal where it is solved, or the person is no manager or leader that day (R3.8).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let (entry, actor) = begin(change, &self.number, "escalate", say!("escalating a problem"), &self.deed)?;
        let open = Open::at(change, &entry, self.problem)?;
        open.refuse_before(change, &entry)?;
        let person = Person::find(change.sql(), &self.to)?;
        if !person.holds_any(change.sql(), &LEADERS, change.on)? {
            let what = say!(
                "{person} was no manager or leader on {on}, and a problem is escalated to one",
                person,
                on = change.on
            );
            return Err(Refusal::rule("R3.8", what)
                .or(say!("name one with --to PERSON; see branchbook staff list"))
                .into());
        }
        let escalated = "UPDATE problem SET escalated_to = ?3, escalated_on = ?4 WHERE entry = ?1 AND position = ?2";
        entry.update(change, "problem", escalated, (entry.id, self.problem, &person.key, change.on))?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let days = (change.on - open.found_on).num_days();
        let line = say!(
            "{number}: problem {problem} escalated to {key} on {on}, open for {days} days",
            number = entry.number,
            problem = self.problem,
            key = person.key,
            on = change.on,
            days
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// How a problem was solved
#[derive(Debug, Args)]
pub struct Solve {
    /// The project's number
    pub number: String,
    /// The problem's place in the project's list
    #[arg(long, value_name = "PLACE")]
    pub problem: i64,
    /// How it was solved
    #[arg(long, value_name = "TEXT")]
    pub how: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Solve {
    /// Enters the solution.
    ///
    /// # Errors
    /// A refusal where there is no such open problem, or another than the leader enters it (R3.5, R3.8).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let (entry, actor) = begin(change, &self.number, "solve", say!("solving a problem"), &self.deed)?;
        let open = Open::at(change, &entry, self.problem)?;
        open.refuse_before(change, &entry)?;
        let solved = "UPDATE problem SET solved_on = ?3, solution = ?4 WHERE entry = ?1 AND position = ?2";
        entry.update(change, "problem", solved, (entry.id, self.problem, change.on, &self.how))?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let days = (change.on - open.found_on).num_days();
        let line = say!(
            "{number}: problem {problem} solved on {on} after {days} days",
            number = entry.number,
            problem = self.problem,
            on = change.on,
            days
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// The project and who acts, where a verb on a problem may be taken.
fn begin(change: &Change<'_>, number: &str, verb: &str, what: &str, deed: &Deed) -> Result<(Entry, Person)> {
    let entry = Entry::find_in(change.sql(), "project", number)?;
    let step = entry.step(change.sql(), verb, None)?;
    entry.refuse_before_opening(change)?;
    let actor = identity::actor(change, deed.by.as_deref())?;
    leader::require(change, &entry, &actor, &step.clause, what)?;
    Ok((entry, actor))
}

/// A problem that is not solved.
struct Open {
    found_on: NaiveDate,
    last_on: NaiveDate,
}

impl Open {
    fn at(change: &Change<'_>, entry: &Entry, place: i64) -> Result<Self> {
        let found: Option<(NaiveDate, NaiveDate, Option<NaiveDate>)> = change
            .sql()
            .prepare_cached(
                "SELECT found_on, coalesce(escalated_on, found_on), solved_on FROM problem WHERE entry = ?1 AND position = ?2",
            )?
            .query_row((entry.id, place), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let see = say!("see them with: branchbook project problems {number}", number = entry.number);
        match found {
            None => Err(Refusal::not_found(say!("{number} has no problem {place}", number = entry.number, place))
                .or(see)
                .into()),
            Some((_, _, Some(day))) => Err(Refusal::rule(
                "R3.8",
                say!("problem {place} of {number} was solved on {day}", place, number = entry.number, day),
            )
            .or(see)
            .into()),
            Some((found_on, last_on, None)) => Ok(Self { found_on, last_on }),
        }
    }

    fn refuse_before(&self, change: &Change<'_>, entry: &Entry) -> Result<()> {
        if change.on >= self.last_on {
            return Ok(());
        }
        let what = say!(
            "the problem of {number} was found or escalated on {last_on}, after {on}",
            number = entry.number,
            last_on = self.last_on,
            on = change.on
        );
        Err(Refusal::usage(what).or(say!("give the day it happened with --on DATE")).into())
    }
}

/// Which problems are listed
#[derive(Debug, Args)]
pub struct Problems {
    /// Only those of this project or contract
    #[arg(value_name = "PROJECT")]
    pub number: Option<String>,
    /// Solved ones too
    #[arg(long)]
    pub all: bool,
    /// Only those that concern this department
    #[arg(long, value_name = "DEPARTMENT")]
    pub department: Option<String>,
}

impl Run for Problems {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let day = desk.on();
        let book = desk.book()?.reader();
        let project = self.number.map(|which| named(book, &which)).transpose()?.map(|entry| entry.number);
        let department =
            self.department.map(|which| department::find(book, &which)).transpose()?.map(|found| found.key);
        let optional = |text: Option<String>| text.map_or(Value::Null, Value::Text);
        desk.list(
            &Query::new(
                say!("Problems on {day}", day),
                "SELECT e.number, p.position AS problem, p.what, p.department, p.found_on,
                    CAST(julianday(coalesce(p.solved_on, :day)) - julianday(p.found_on) AS INTEGER) AS days_open, p.escalated_to, p.escalated_on,
                    p.solved_on, p.solution, p.kind, iif(p.kind = 'installation', 'R3.8', 'R3.5') AS clause
                 FROM problem AS p JOIN entry AS e ON e.id = p.entry
                 WHERE p.found_on <= :day AND (:all OR p.solved_on IS NULL OR p.solved_on > :day)
                    AND (:project IS NULL OR e.number = :project) AND (:department IS NULL OR p.department = :department)
                 ORDER BY p.found_on, e.id, p.position",
            )
            .with(":day", day.to_string())
            .with(":all", i64::from(self.all))
            .with(":project", optional(project))
            .with(":department", optional(department)),
        )
    }
}

/// Problems that are not solved (R3.5, R3.8).
///
/// # Errors
/// An error of `SQLite`.
pub fn waiting(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut statement = book.prepare(
        "SELECT e.number, p.position, p.what, coalesce(p.escalated_on, p.found_on), p.department, p.escalated_to, p.kind
         FROM entry AS e JOIN problem AS p ON p.entry = e.id
         WHERE e.register = 'project' AND e.ended_on IS NULL AND p.solved_on IS NULL AND p.found_on <= ?1",
    )?;
    let rows = statement.query_map([today], |row| {
        let (number, place, what): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let kind: String = row.get(6)?;
        Ok(Waiting {
            due_on: row.get(3)?,
            what: say!("problem {place}: {what}", place, what),
            next: format!("branchbook project solve {number} --problem {place} --how TEXT"),
            number,
            department: row.get(4)?,
            person: row.get(5)?,
            clause: if kind == Kind::Installation.key() { "R3.8" } else { "R3.5" }.into(),
        })
    })?;
    for waiting in rows {
        each(waiting?)?;
    }
    Ok(())
}
