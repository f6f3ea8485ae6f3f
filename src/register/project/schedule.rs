//! The schedule that a project's leader draws up and works by (R3.2).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::{REGISTER, WORK, leader};
use crate::desk::{Desk, Run};
use crate::fields;
use crate::language;
use crate::office::identity;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::access;
use crate::register::child::{Amended, List};
use crate::register::field::{Field, Need};
use crate::register::filter::Filter;
use crate::register::form::InRoom;
use crate::register::form::{Check, Step, Verb, Who};
use crate::register::task::Task;
use crate::say;
use crate::sheet::query::Query;

const WHAT: Field<String> = Field::line("what", "what is to be reached").need(Need::Asked);
const DUE: Field<NaiveDate> =
    Field::day("due_on", "the day by which it is to be reached").option("due").need(Need::Asked).unless("drop");
const DROP: Field<bool> = Field::switch("drop", "the milestone is given up").with("reason").loose().label("dropped");
const REASON: Field<String> =
    Field::text("reason", "why the day is another, or the milestone is given up").noted().loose();
const WHICH: Field<String> = Field::line("which", "its words, or its place in the schedule")
    .option("what")
    .need(Need::Asked)
    .loose()
    .label("what");
const DONE_ON: Field<NaiveDate> = Field::past("done_on", "").option("done-on");
const DROPPED: Field<NaiveDate> = Field::day("dropped_on", "");

/// The milestones.
static SCHEDULE: List = List {
    table: "milestone",
    also: &["dropped_on"],
    amended: Some(Amended::of("milestone", fields![WHAT, DONE_ON])),
    ..List::BLANK
};

/// Plans a milestone, sets it another day, or gives it up.
pub(super) const PLAN: Verb = Verb::Step(Step {
    name: "plan",
    about: "Plan a milestone, or set it another day (R3.2)",
    fields: fields![WHAT, DUE, DROP, REASON],
    into: Some(&SCHEDULE),
    who: Who::Check(|task| leader::require(task, say!("planning a project"))),
    guards: &[Check::Follows(plan)],
    says: |task| {
        let before = task.line.was(&DUE)?.map(|day| language::day(&day.to_string()));
        let sentence = match (task.line.is_new(&DUE.spec), &before) {
            (false, _) => phrase!("{number}: {what} is given up"),
            (true, None) => phrase!("{number}: {what} is due on {due_on}"),
            (true, Some(_)) => phrase!("{number}: {what} is due on {due_on}, no longer on {before}"),
        };
        task.says_with(sentence, &[("before", before.unwrap_or_default())])
    },
    ..WORK
});

/// Notes that a milestone was reached.
pub(super) const REACH: Verb = Verb::Step(Step {
    name: "done",
    about: "Enter that a milestone was reached (R3.2)",
    fields: fields![WHICH],
    into: Some(&SCHEDULE),
    sign: "done_on",
    dated: true,
    who: Who::Check(|task| leader::require(task, say!("reaching a milestone"))),
    guards: &[Check::Follows(reach)],
    says: |task| {
        let counted = identity::counted_day(task.change, &task.actor)?;
        let days = task.line.was(&DUE)?.map_or(0, |due| (counted - due).num_days());
        let sentence = match days {
            1.. => phrase!("{number}: {what} reached on {on}, {days} days late"),
            _ => phrase!("{number}: {what} reached on {on}"),
        };
        task.says_with(sentence, &[("days", days.to_string())])
    },
    ..WORK
});

/// A milestone in the same words gets another day, for a reason, or is given up; else it is a new one.
fn plan(task: &mut Task<'_, '_>) -> Result<()> {
    let what = task.line.get(&WHAT)?.unwrap_or_default();
    let due = task.line.get(&DUE)?;
    let (known, number) = (SCHEDULE.find(task, "what = ?2", &[&what])?, task.entry.number.clone());
    match (known, due) {
        (None, None) => Err(unknown(&number, &what).into()),
        (None, Some(due)) if due < task.entry.day => {
            Err(Refusal::usage(say!("{due} is before {number} was opened on {day}", due, number, day = task.entry.day))
                .or(say!("give a later day with --due DATE"))
                .into())
        }
        (None, Some(_)) => Ok(()),
        (Some(position), due) => {
            go_on(task, position)?;
            if due.is_none() {
                task.line.set(DROPPED.spec.column, task.change.on.to_string());
            } else if !task.line.is_new(&REASON.spec) {
                let due = task.line.was(&DUE)?.unwrap_or(task.change.on);
                let refusal =
                    Refusal::rule("R3.2", say!("{what} of {number} is due on {due} already", what, number, due));
                return Err(refusal.or(say!("say why the day is another with --reason REASON")).into());
            }
            Ok(())
        }
    }
}

fn reach(task: &mut Task<'_, '_>) -> Result<()> {
    let which = task.line.get(&WHICH)?.unwrap_or_default();
    match SCHEDULE.find(task, "(what = ?2 OR position = ?2)", &[&which])? {
        Some(position) => go_on(task, position),
        None => Err(unknown(&task.entry.number, &which).into()),
    }
}

/// Goes on with a milestone that is neither reached nor given up.
fn go_on(task: &mut Task<'_, '_>, position: i64) -> Result<()> {
    task.go_on(&SCHEDULE, position)?;
    let (done, dropped) = (task.line.was(&DONE_ON)?, task.line.was(&DROPPED)?);
    let (what, number) = (task.line.was(&WHAT)?.unwrap_or_default(), &task.entry.number);
    let what = match (done, dropped) {
        (None, None) => return Ok(()),
        (Some(day), _) => say!("{what} of {number} was reached on {day}", what, number, day),
        (None, Some(day)) => say!("{what} of {number} was given up on {day}", what, number, day),
    };
    Err(Refusal::rule("R3.2", what).or(say!("plan another milestone in other words")).into())
}

fn unknown(number: &str, what: &str) -> Refusal {
    Refusal::not_found(say!("{number} has no milestone {what}", number, what))
        .or(say!("see it with: branchbook project show {number}", number))
}

/// Which projects are listed
#[derive(Debug, Args)]
pub(super) struct Projects {
    /// The options that mean the same in every register.
    #[command(flatten)]
    filter: Filter,
    /// Only projects with a milestone that was open past its day on the day of --on, and the first of these
    #[arg(long)]
    late: bool,
}

/// Of every project under way, the first milestone that is open past its day.
const SLIPPED: &str = "SELECT m.entry, m.what AS milestone, min(m.due_on) AS due_on,
        CAST(julianday(:day) - julianday(min(m.due_on)) AS INTEGER) AS days_late
    FROM entry AS e CROSS JOIN milestone AS m ON m.undone_on IS NULL AND m.entry = e.id
    WHERE e.register = 'project' AND e.ended_on IS NULL AND m.done_on IS NULL AND m.dropped_on IS NULL AND m.due_on < :day
    GROUP BY m.entry";

impl Run for Projects {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        if !self.late {
            return self.filter.run_in(desk, REGISTER.name);
        }
        let (day, today) = (desk.planned_on()?, desk.today()?);
        let book = desk.book()?.reader();
        let rows = format!(
            "SELECT v.*, s.milestone, s.due_on, s.days_late FROM ({SLIPPED}) AS s CROSS JOIN project_list AS v ON v.id = s.entry"
        );
        let rows = self.filter.apply(book, &REGISTER, &rows, today)?.with(":day", day.to_string());
        let mut columns = access::printed_columns(book, REGISTER.view)?;
        columns.splice(2..2, ["milestone", "due_on", "days_late"].map(str::to_owned));
        let sql = format!("SELECT {} FROM ({})", columns.join(", "), rows.sql);
        desk.list(&Query { title: say!("Projects late on {day}", day), sql, ..rows })
    }
}
