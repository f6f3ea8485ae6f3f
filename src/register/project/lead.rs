//! Appointing a project's leader (R3.1).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::leader;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::office::identity;
use crate::office::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// Who is to lead a project, from the day of --on
#[derive(Debug, Args)]
pub struct Lead {
    /// The project's number
    pub number: String,
    /// The person appointed
    #[arg(long, value_name = "PERSON")]
    pub person: String,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Lead {
    /// Appoints the leader; the one before leads until the day before.
    ///
    /// # Errors
    /// A refusal where another than the department's manager appoints (of a major project, the branch manager), where the
    /// person is not on the staff that day, or leads already (R3.1).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "project", &self.number)?;
        let step = entry.step(change.sql(), "lead", None)?;
        entry.refuse_before_opening(change)?;
        let appointer = identity::actor(change, self.deed.by.as_deref())?;
        require_appointer(change, &entry, &appointer)?;
        let person = Person::find(change.sql(), &self.person)?;
        leader::require_staff(change, &person, "R3.1", "--person")?;
        refuse_out_of_order(change, &entry, &person)?;
        entry.take(change, &step)?;
        change.sql().execute(
            "INSERT INTO leader VALUES (?1, (SELECT count(*) + 1 FROM leader WHERE entry = ?1), ?2, ?3, ?4, NULL)",
            (entry.id, &person.key, change.on, &appointer.key),
        )?;
        change.record(&entry.thing()?, &appointer.key, None)?;
        let line = say!(
            "{number}: led by {key} from {on}, appointed by {appointed_by}",
            number = entry.number,
            key = person.key,
            on = change.on,
            appointed_by = appointer.key
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// The department's manager appoints, of a major project the branch manager.
fn require_appointer(change: &Change<'_>, entry: &Entry, appointer: &Person) -> Result<()> {
    let major: bool =
        change.sql().query_row("SELECT major_flag FROM project WHERE entry = ?1", [entry.id], |row| row.get(0))?;
    let (role, department, what) = if major {
        (Role::BranchManager, None, say!("appointing the leader of {number}, a major project,", number = entry.number))
    } else {
        let what = say!("appointing the leader of {number}", number = entry.number);
        (Role::DepartmentManager, Some(entry.department.as_str()), what)
    };
    identity::require_role(change, appointer, role, department, "R3.1", &what)
}

/// Terms follow one another: none begins before the last one did, and nobody follows themselves.
fn refuse_out_of_order(change: &Change<'_>, entry: &Entry, person: &Person) -> Result<()> {
    if leader::on(change.sql(), entry, change.on)?.as_ref() == Some(&person.key) {
        return Err(Refusal::usage(say!("{number} is led by {person} already", number = entry.number, person))
            .or(say!("name another person with --person PERSON"))
            .into());
    }
    let last: Option<NaiveDate> =
        change.sql().query_row("SELECT max(from_on) FROM leader WHERE entry = ?1", [entry.id], |row| row.get(0))?;
    match last.filter(|last| change.on < *last) {
        None => Ok(()),
        Some(last) => Err(Refusal::usage(say!(
            "{number} was given its leader on {last}, after {on}",
            number = entry.number,
            last,
            on = change.on
        ))
        .or(say!("give the day of the appointment with --on DATE"))
        .into()),
    }
}
