//! Tracking an entry: who is on it, what they note, and what came of it (R2.3).

use anyhow::{Context, Result};
use clap::Args;
use rusqlite::{Connection, named_params};

use super::handle::refuse_before;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::identity;
use crate::office::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::entry::{Entry, Step};
use crate::register::project::{self, opening};
use crate::say;
use crate::text::Text;

/// Who is to track an entry
#[derive(Debug, Args)]
pub struct Track {
    /// The entry's number
    pub number: String,
    /// The salesperson who tracks it
    #[arg(long, value_name = "PERSON")]
    pub person: String,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Track {
    /// Puts the person on the entry, or in the place of the one who was.
    ///
    /// # Errors
    /// A refusal where another than the department's manager names the person, or the person does not sell there (R2.3).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "info", &self.number)?;
        let step = entry.step(change.sql(), "track", None)?;
        refuse_before(change, &entry, say!("tracked"))?;
        let pursuit = Pursuit::of(change.sql(), &entry)?;
        let manager = identity::actor(change, self.deed.by.as_deref())?;
        step.require_in(
            change,
            &manager,
            Some(&pursuit.department),
            say!("putting a salesperson on user information"),
        )?;
        let person = Person::find(change.sql(), &self.person)?;
        require_seller(change, &person, &pursuit.department)?;
        if pursuit.tracker.as_ref() == Some(&person.key) {
            return Err(Refusal::usage(say!("{number} is tracked by {person} already", number = entry.number, person))
                .or(say!("name another with --person PERSON"))
                .into());
        }
        entry.take(change, &step)?;
        change.sql().execute(
            "UPDATE info SET tracker = ?2, tracked_on = ?3 WHERE entry = ?1",
            (entry.id, &person.key, change.on),
        )?;
        change.record(&entry.thing()?, &manager.key, None)?;
        let line = say!(
            "{number}: tracked by {key} of {department} from {on}",
            number = entry.number,
            key = person.key,
            department = language::value(&pursuit.department),
            on = change.on
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// What was done, heard or sent
#[derive(Debug, Args)]
pub struct Follow {
    /// The entry's number
    pub number: String,
    /// The note
    #[arg(long, value_name = "TEXT")]
    pub note: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Follow {
    /// Enters the note.
    ///
    /// # Errors
    /// A refusal where the entry is not tracked, or the actor is neither its tracker nor the department's manager (R2.3).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "info", &self.number)?;
        let step = entry.step(change.sql(), "follow", None)?;
        refuse_before(change, &entry, say!("followed"))?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        Pursuit::of(change.sql(), &entry)?.require(change, &step, &actor, say!("a note on user information"))?;
        let note = named_params! { "noted_on": change.on, "person": actor.key, "note": self.note };
        let position = entry.append(change, "follow", note)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let line = say!(
            "{number}: note {position}, on {on} by {key}",
            number = entry.number,
            position,
            on = change.on,
            key = actor.key
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// What came of an entry
#[derive(Debug, Args)]
pub struct Close {
    /// The entry's number
    pub number: String,
    /// It became business
    #[arg(long, required_unless_present = "lost", conflicts_with = "lost")]
    pub won: bool,
    /// It came to nothing
    #[arg(long)]
    pub lost: bool,
    /// The project that came of it [default: the one opened from it]
    #[arg(long, value_name = "PROJECT", conflicts_with = "lost")]
    pub project: Option<String>,
    /// Why
    #[arg(long)]
    pub reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Close {
    /// Closes the entry.
    ///
    /// # Errors
    /// A refusal where the entry is not tracked, the actor is neither its tracker nor the department's manager, or the project
    /// came of another entry (R2.3).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "info", &self.number)?;
        let step = entry.step(change.sql(), "close", Some(if self.won { "won" } else { "lost" }))?;
        refuse_before(change, &entry, say!("closed"))?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        Pursuit::of(change.sql(), &entry)?.require(change, &step, &actor, say!("closing user information"))?;
        if let Some(which) = &self.project {
            let project = project::named(change.sql(), which)?;
            if opening::link(change, &project, &entry.number)? {
                change.record(&project.thing()?, &actor.key, Some(&self.reason))?;
            }
        }
        entry.take(change, &step)?;
        change.sql().execute("UPDATE info SET outcome = ?2 WHERE entry = ?1", (entry.id, &self.reason))?;
        change.record(&entry.thing()?, &actor.key, Some(&self.reason))?;
        let line = say!(
            "{number}: {state} on {on}, closed by {key}",
            number = entry.number,
            state = language::value(&entry.state),
            on = change.on,
            key = actor.key
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// Who pursues an entry: a department, and a person of it once one was named.
pub(super) struct Pursuit {
    pub(super) department: String,
    tracker: Option<String>,
}

impl Pursuit {
    pub(super) fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        let (department, tracker): (Option<String>, Option<String>) = book
            .prepare_cached("SELECT assigned_to, tracker FROM info WHERE entry = ?1")?
            .query_row([entry.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let department =
            department.with_context(|| say!("{number} is assigned to no department", number = entry.number))?;
        Ok(Self { department, tracker })
    }

    /// The tracker or the department's manager, who takes the step.
    pub(super) fn require(&self, change: &Change<'_>, step: &Step, actor: &Person, what: &str) -> Result<()> {
        let (manager, department) = (Role::DepartmentManager, Some(self.department.as_str()));
        let may =
            |day| Ok(self.tracker.as_ref() == Some(&actor.key) || actor.holds(change.sql(), manager, department, day)?);
        let Some(day) = identity::out_of_office(change, actor, may)? else { return Ok(()) };
        let managers = Person::holders(change.sql(), manager, department, day)?;
        let pursuers = self.tracker.iter().chain(managers.iter().map(|manager| &manager.key));
        let names: Vec<String> = pursuers.map(|key| format!("--by {key}")).collect();
        let who = say!(
            "the tracker or the department-manager of {department}",
            department = language::value(&self.department)
        );
        Err(Refusal::rule(
            &step.clause,
            say!("{what} is for {who}, which {actor} was not on {day}", what, who, actor, day),
        )
        .or(say!("name who did with {names}", names = language::any_of(&names)))
        .into())
    }
}

/// Who tracks could collect: a salesperson, trainee or manager of the department.
fn require_seller(change: &Change<'_>, person: &Person, department: &str) -> Result<()> {
    let sellers = super::step(change.sql(), "add", "")?;
    if sellers.allows(change.sql(), person, Some(department), change.on)? {
        return Ok(());
    }
    let names: Vec<String> = sellers
        .holders(change.sql(), Some(department), change.on)?
        .iter()
        .map(|key| format!("--person {key}"))
        .collect();
    let roles = language::any_of(&sellers.roles);
    Err(Refusal::rule(
        "R2.3",
        say!(
            "{person} was no {roles} of {department} on {on}",
            person,
            roles = language::value(&roles),
            department = language::value(department),
            on = change.on
        ),
    )
    .or(say!("name one of it with {names}", names = language::any_of(&names)))
    .into())
}
