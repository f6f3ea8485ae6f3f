//! The plan of a visit, which General Management has before the guests arrive (R5.2(1)).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::{Connection, named_params};

use super::kind::Kind;
use super::visitor::Visitor;
use crate::book::change::Change;
use crate::day::DayArg;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::money::{Money, estimate};
use crate::office::department;
use crate::office::identity;
use crate::office::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::entry::{self, Entry, Opening};
use crate::register::project;
use crate::register::project::leader;
use crate::say;
use crate::text::{Line, Text};

/// What is planned
#[derive(Debug, Args)]
pub struct Add {
    /// Department that plans the visit
    #[arg(long)]
    pub department: String,
    /// Visiting unit
    #[arg(long)]
    pub unit: Line,
    /// What they come for
    #[arg(long)]
    pub purpose: Text,
    /// Day on which they arrive
    #[arg(long, value_name = "DATE")]
    pub arrive: DayArg,
    /// Day on which they leave, where it is known
    #[arg(long, value_name = "DATE")]
    pub leave: Option<DayArg>,
    /// A visitor and the position; once for each
    #[arg(long = "visitor", value_name = "NAME;POSITION", required = true)]
    pub visitors: Vec<Visitor>,
    /// Kind of visit
    #[arg(long, value_enum, default_value_t = Kind::Visit)]
    pub kind: Kind,
    /// Project that it is about, or its contract's number
    #[arg(long, value_name = "PROJECT")]
    pub project: Option<String>,
    /// What is to be shown and talked about when, or none
    #[arg(long)]
    pub schedule: Text,
    /// What it may cost, in yuan
    #[arg(long, value_name = "YUAN", value_parser = estimate, allow_negative_numbers = true)]
    pub planned_cost: Option<Money>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Add {
    /// Enters the plan; one that is entered on the day of arrival or after is listed among the exceptions.
    ///
    /// # Errors
    /// A refusal where the actor neither leads the project nor belongs to the department, or the guests leave before they arrive.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let department = department::find(change.sql(), &self.department)?.key;
        let project = self.project.as_ref().map(|which| about(change.sql(), which)).transpose()?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        require_planner(change, &actor, &[&department], project.as_ref(), say!("planning a reception"))?;
        let arrive = self.arrive.on(change.today());
        let leave = self.leave.map(|day| day.on(change.today()));
        refuse_backwards(arrive, leave)?;
        let late = change.today() >= arrive;
        let opening = Opening {
            register: "reception",
            department: &department,
            day: change.on,
            person: &actor.key,
            state: "planned",
        };
        let entry = entry::open(change, "reception", &opening)?;
        change
            .sql()
            .prepare_cached(
                "INSERT INTO reception (entry, unit, purpose, kind, project, arrive_on, leave_on, schedule, planned_cost_fen, entered_on, late_flag)
                 VALUES (:entry, :unit, :purpose, :kind, :project, :arrive, :leave, :schedule, :cost, :entered, :late)",
            )?
            .execute(named_params! {
                ":entry": entry.id, ":unit": self.unit, ":purpose": self.purpose, ":kind": self.kind.key(),
                ":project": project.as_ref().map(|project| &project.number), ":arrive": arrive, ":leave": leave,
                ":schedule": self.schedule, ":cost": self.planned_cost, ":entered": change.today(), ":late": late,
            })?;
        Visitor::write(change.sql(), &entry, &self.visitors)?;
        let mut notes = Vec::new();
        if late {
            notes.push(note_late(change, &entry, &actor, change.today(), arrive)?);
        }
        change.record(&entry.thing()?, &actor.key, None)?;
        let people = match self.visitors.len() {
            1 => say!("1 visitor").to_owned(),
            several => say!("{several} visitors", several),
        };
        let line = say!(
            "{number}: {people} of {unit} on {arrive}, {purpose}",
            number = entry.number,
            people,
            unit = language::value(&self.unit),
            arrive,
            purpose = self.purpose
        );
        Ok(Answer { notes, ..Answer::new(entry.number, line) })
    }
}

/// The project that a reception is about.
///
/// # Errors
/// A refusal where there is none, or it is void.
pub(super) fn about(book: &Connection, which: &str) -> Result<Entry> {
    let project = project::named(book, which)?;
    if project.state != "void" {
        return Ok(project);
    }
    Err(Refusal::rule("R5.2(1)", say!("{number} is void, and no reception is about it", number = project.number))
        .or(say!("name another project with --project, or leave it out"))
        .into())
}

/// Lists a plan among the exceptions that was entered on the day of arrival or after (R5.2(1)). Gives what the person should know.
///
/// # Errors
/// An error of `SQLite`.
pub(super) fn note_late(
    change: &Change<'_>,
    entry: &Entry,
    person: &Person,
    entered: NaiveDate,
    arrive: NaiveDate,
) -> Result<String> {
    let breach = Refusal::rule(
        "R5.2(1)",
        say!(
            "the plan of {number} was entered on {entered}, and the guests arrive on {arrive}: a plan comes before the visit",
            number = entry.number,
            entered,
            arrive
        ),
    );
    entry::note_exception(change, entry, person, &breach, say!("plan entered late"))
}

/// Nobody leaves before arriving.
///
/// # Errors
/// A usage refusal.
pub(super) fn refuse_backwards(arrive: NaiveDate, leave: Option<NaiveDate>) -> Result<()> {
    match leave.filter(|leave| *leave < arrive) {
        None => Ok(()),
        Some(leave) => {
            Err(Refusal::usage(say!("guests who arrive on {arrive} cannot leave on {leave}", arrive, leave))
                .or(say!("give a day from then on with --leave DATE"))
                .into())
        }
    }
}

/// Refuses unless the actor leads the project, works in one of the departments, or is a clerk who records it (R5.2(1)).
///
/// # Errors
/// A refusal that names the leader and the department's managers.
pub(super) fn require_planner(
    change: &Change<'_>,
    actor: &Person,
    departments: &[&str],
    project: Option<&Entry>,
    what: &str,
) -> Result<()> {
    let book = change.sql();
    if identity::records(change, actor)? {
        return Ok(());
    }
    let may = |day| {
        if let Some(project) = project
            && leader::leads(book, project, actor, day)?
        {
            return Ok(true);
        }
        for department in departments {
            if actor.works_in(book, department, day)? {
                return Ok(true);
            }
        }
        Ok(false)
    };
    let Some(day) = identity::out_of_office(change, actor, may)? else { return Ok(()) };
    let led = project.map(|project| say!("{number}'s leader or ", number = project.number)).unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    if let Some(project) = project {
        names.extend(leader::on(book, project, day)?.map(|leader| format!("--by {leader}")));
    }
    for department in departments {
        for manager in Person::holders(book, Role::DepartmentManager, Some(department), day)? {
            let name = format!("--by {}", manager.key);
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let way_out = if names.is_empty() {
        say!("name who did it with --by PERSON").to_owned()
    } else {
        say!("name who did it with {names}", names = language::any_of(&names))
    };
    Err(Refusal::rule(
        "R5.2(1)",
        say!(
            "{what} is for {led}somebody of {departments}, which {actor} was not on {day}",
            what,
            led,
            departments = language::any_of(departments),
            actor,
            day
        ),
    )
    .or(way_out)
    .into())
}
