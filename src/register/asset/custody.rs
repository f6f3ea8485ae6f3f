//! Who answers for an asset, in terms: its keeper always, and its user while it is with one (R5.5(2), R5.5(3)).

use std::fmt;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};

use crate::book::change::Change;
use crate::book::select::Select;
use crate::language;
use crate::language::Spoken;
use crate::office::identity;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::extract::{Choose, Extract};
use crate::register::task::Task;
use crate::say;
use crate::view::with_views;

/// As what a person answers for an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Duty {
    /// Keeps it and guards it against theft (R5.5(2)).
    Keeper,
    /// Uses it for work (R5.5(3)).
    User,
}

impl fmt::Display for Duty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Keeper => "keeper",
            Self::User => "user",
        })
    }
}

impl Spoken for Duty {
    fn spoken(&self) -> String {
        language::value_of("duty", &self.to_string()).into_owned()
    }
}

/// A term that goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// The person's key.
    pub(crate) person: String,
    /// For which work a user has it.
    pub(crate) purpose: Option<String>,
    /// The first day.
    pub(crate) from: NaiveDate,
    /// The day until which a user may have it.
    pub(crate) back_by: Option<NaiveDate>,
}

/// The term of this duty that goes on; none where nobody has the duty.
pub(crate) fn current(book: &Connection, entry: &Entry, duty: Duty) -> Result<Option<Term>> {
    book.first(
        &with_views(
            "SELECT person, purpose, from_on, back_by_on FROM custody
                  WHERE undone_on IS NULL AND entry = ?1 AND duty = ?2 AND until_on IS NULL",
        ),
        (entry.id, duty.to_string()),
        |row| Ok(Term { person: row.get(0)?, purpose: row.get(1)?, from: row.get(2)?, back_by: row.get(3)? }),
    )
}

/// The key of the person who answers for the asset now: the user, else the keeper.
pub(crate) fn responsible(book: &Connection, entry: &Entry) -> Result<String> {
    book.only(
        &with_views(
            "SELECT person FROM custody
                  WHERE undone_on IS NULL AND entry = ?1 AND until_on IS NULL
                  ORDER BY duty = 'user' DESC LIMIT 1",
        ),
        [entry.id],
    )
}

/// Begins a term on the day of the change; `purpose` is the work that a user has it for.
pub(crate) fn begin(
    change: &Change<'_>,
    entry: &Entry,
    duty: Duty,
    person: &Person,
    purpose: Option<&str>,
) -> Result<()> {
    let term =
        named_params! { "duty": duty.to_string(), "person": person.key, "purpose": purpose, "from_on": change.on };
    entry.append(change, "custody", term)?;
    if duty == Duty::Keeper {
        change.sql().prepare_cached("UPDATE entry SET person = ?2 WHERE id = ?1")?.execute((entry.id, &person.key))?;
    }
    Ok(())
}

/// The user who has it now may have it until this day, as the one before, where that has not passed.
pub(crate) fn lend_until(change: &Change<'_>, entry: &Entry, day: Option<NaiveDate>) -> Result<()> {
    let Some(day) = day.filter(|day| *day >= change.on) else { return Ok(()) };
    let lent = "UPDATE custody SET back_by_on = ?2 WHERE undone_on IS NULL AND entry = ?1 AND duty = 'user' AND until_on IS NULL";
    entry.update(change, "custody", lent, (entry.id, day))
}

/// Ends the term of this duty on the day of the change, which is no longer the person's.
pub(crate) fn end(change: &Change<'_>, entry: &Entry, duty: Duty) -> Result<()> {
    let Some(term) = current(change.sql(), entry, duty)? else { return Ok(()) };
    if change.on < term.from {
        return Err(Refusal::usage(say!(
            "{number} has had {person} as its {duty} since {from}, after {on}",
            number = entry.number,
            person = language::people(&term.person),
            duty,
            from = term.from,
            on = change.on
        ))
        .or(say!("give the day it happened with --on DATE"))
        .into());
    }
    let ended =
        "UPDATE custody SET until_on = ?3 WHERE undone_on IS NULL AND entry = ?1 AND duty = ?2 AND until_on IS NULL";
    entry.update(change, "custody", ended, (entry.id, duty.to_string(), change.on))
}

/// Ends every term: nobody answers for the asset from the day of the change on.
pub(crate) fn end_all(change: &Change<'_>, entry: &Entry) -> Result<()> {
    end(change, entry, Duty::User)?;
    end(change, entry, Duty::Keeper)
}

/// Refuses unless the actor is the asset's keeper or user, who must be on the staff on that day, or a clerk who records it.
pub(super) fn require_hand(task: &Task<'_, '_>, what: &str) -> Result<()> {
    let (change, entry, actor) = (&*task.change, &task.entry, &task.actor);
    if identity::records(change, actor)? {
        return Ok(());
    }
    let book = change.sql();
    let hands = book
        .prepare_cached(&with_views(
            "SELECT 1 FROM custody WHERE undone_on IS NULL AND entry = ?1 AND person = ?2 AND until_on IS NULL",
        ))?
        .exists((entry.id, &actor.key))?;
    let may = |day| Ok(hands && identity::is_on_the_staff(book, actor, day)?);
    let Some(day) = identity::out_of_office(change, actor, may)? else { return Ok(()) };
    let what = say!(
        "{what} is for the keeper or user of {number}, which {actor} was not on {day}",
        what,
        number = entry.number,
        actor,
        day
    );
    let way_out = say!("name who did it with --by {keeper}", keeper = entry.person);
    Err(Refusal::rule(&task.clause, what).or(identity::name_with_pen(change, way_out, &[&entry.person])?).into())
}

/// What people keep and use on a day.
pub(super) static HELD: Extract = Extract {
    name: "held",
    about: "List what a person keeps and uses",
    title: |on, person| match person {
        Some(person) => say!("What {person} has on {on}", person, on),
        None => say!("Who has what on {on}", on),
    },
    select: "SELECT c.person, e.number, a.name, c.duty, c.from_on, c.purpose AS used_for, a.tag, a.serial_no, a.place, e.department, a.price_fen, c.back_by_on
         FROM custody AS c JOIN entry AS e ON c.undone_on IS NULL AND e.id = c.entry JOIN asset AS a ON a.entry = e.id
         WHERE c.from_on <= :on AND (c.until_on IS NULL OR c.until_on > :on) AND (:person IS NULL OR c.person = :person)
         ORDER BY c.person, e.id, c.duty",
    choices: &[Choose::Whose("The person; everybody where nobody is named")],
};
