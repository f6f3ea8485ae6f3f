//! Places on the staff list that are dated back: they are noted as such, and none is ended before what was decided in it (Q3, Q9).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::named_params;

use super::appoint;
use crate::book::change::Change;
use crate::day::Month;
use crate::language;
use crate::office::dated::marked;
use crate::office::identity;
use crate::person::{DECIDING, Person, Role};
use crate::refusal::Refusal;
use crate::register::info::tally;
use crate::report::decisions;
use crate::say;
use crate::view::with_views;

/// How many decisions a refusal names.
const NAMED: usize = 5;

/// What the journal notes of a place on the staff list that begins or ends on `day`: with the mark, where that is over and the office
/// is not just being founded.
///
/// # Errors
/// A refusal where the day's month was submitted and no reason is given (Q13).
pub(super) fn note(change: &Change<'_>, day: NaiveDate, note: String) -> Result<String> {
    if day >= change.today() || appoint::is_being_founded(change)? {
        return Ok(note);
    }
    change.refuse_closed(day)?;
    Ok(marked(day, &note))
}

/// A decision that somebody gave in their own office, or what else they did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::administration::staff) struct Given {
    thing: String,
    verb: String,
    on: NaiveDate,
}

/// What a person's place on the staff list carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::administration::staff) struct Standing {
    given: Vec<Given>,
    /// The months that are over and that they missed (R2.2a).
    missed: Vec<Month>,
}

/// What a person's place on the staff list carries as it is now.
pub(super) fn standing(change: &Change<'_>, person: &Person) -> Result<Standing> {
    let missed = tally::missed(change.sql(), person, change.today())?;
    Ok(Standing { given: given(change, person)?, missed })
}

/// The decisions that a person gave, which the office that they held on the day carries.
fn given(change: &Change<'_>, person: &Person) -> Result<Vec<Given>> {
    let book = change.sql();
    let verbs: Vec<String> = decisions::verbs(book)?.iter().map(|verb| format!("'{verb}'")).collect();
    let sql = format!(
        "SELECT j.thing, j.verb, j.happened_on, e.department FROM journal AS j LEFT JOIN entry AS e ON e.number = j.thing
         WHERE j.verb IN ({verbs}) AND (j.actor = :person AND NOT EXISTS (SELECT 1 FROM approval AS a WHERE a.undone_on IS NULL
                    AND a.entry = e.id AND a.entered_at = j.at AND a.deputy_for IS NOT NULL)
                OR EXISTS (SELECT 1 FROM approval AS a WHERE a.undone_on IS NULL AND a.entry = e.id AND a.entered_at = j.at AND a.deputy_for = :person))
            AND e.state IS NOT 'void' AND NOT EXISTS (SELECT 1 FROM journal AS u WHERE u.thing = j.thing AND u.verb LIKE '% undo'
                AND u.record ->> '$.undone' = j.id)
         ORDER BY j.happened_on DESC, j.id DESC",
        verbs = verbs.join(", ")
    );
    let mut statement = book.prepare(&with_views(&sql))?;
    let mut rows = statement.query(named_params! { ":person": person.key })?;
    let mut given = Vec::new();
    while let Some(row) = rows.next()? {
        let (on, department): (NaiveDate, Option<String>) = (row.get(2)?, row.get(3)?);
        let of = department.as_deref();
        let carried = person.holds(book, Role::DepartmentManager, of, on)?
            || person.holds(book, Role::BranchManager, None, on)?
            || person.holds(book, Role::CompanyLeader, None, on)?;
        if carried {
            given.push(Given { thing: row.get(0)?, verb: row.get(1)?, on });
        }
    }
    given.extend(acts(change, person, &verbs.join(", "))?);
    Ok(given)
}

/// What else a person did on entries, which their place on the staff list on the day carries: that they were there, and held a role that
/// the step asks for.
fn acts(change: &Change<'_>, person: &Person, decisions: &str) -> Result<Vec<Given>> {
    let book = change.sql();
    let sql = format!(
        "SELECT min(a.thing), a.verb, a.day, coalesce((SELECT group_concat(t.role, ' ') FROM step AS t WHERE t.register || ' ' || t.verb = a.verb), '')
         FROM (SELECT j.thing, j.verb, j.happened_on AS day FROM journal AS j JOIN entry AS e ON e.number = j.thing
                WHERE j.actor = :person AND j.verb NOT LIKE '% import' AND j.verb NOT LIKE '% amend' AND j.verb NOT LIKE '% undo' AND j.verb NOT IN ({decisions}) AND e.state IS NOT 'void'
                    AND NOT EXISTS (SELECT 1 FROM journal AS u WHERE u.thing = j.thing AND u.verb LIKE '% undo' AND u.record ->> '$.undone' = j.id)
            UNION SELECT e.number, e.register || ' add', e.day_on FROM entry AS e
                WHERE e.person = :person AND e.import IS NULL AND e.register NOT IN ('asset', 'ship') AND e.state NOT IN ('void', 'reserved')) AS a
         GROUP BY a.verb, a.day ORDER BY a.day DESC, a.verb"
    );
    let mut statement = book.prepare(&with_views(&sql))?;
    let mut rows = statement.query(named_params! { ":person": person.key })?;
    let mut done = Vec::new();
    while let Some(row) = rows.next()? {
        let (on, roles): (NaiveDate, String) = (row.get(2)?, row.get(3)?);
        let roles: Vec<Role> = roles.split_whitespace().filter_map(Role::of_key).collect();
        let carried = if roles.is_empty() {
            identity::is_on_the_staff(book, person, on)?
        } else {
            person.holds_any(book, &roles, on)?
        };
        if carried {
            done.push(Given { thing: row.get(0)?, verb: row.get(1)?, on });
        }
    }
    Ok(done)
}

/// Refuses where decisions and deeds that stood would no longer be carried by an office, and where months that were missed would not have
/// been, unless somebody decided on that who may exempt from a past month.
pub(super) fn refuse_bereft(change: &Change<'_>, person: &Person, before: &Standing, actor: &Person) -> Result<()> {
    let after = standing(change, person)?;
    refuse_unmissed(change, person, (before, &after), actor)?;
    let lost: Vec<&Given> = before.given.iter().filter(|given| !after.given.contains(given)).collect();
    if lost.is_empty() {
        return Ok(());
    }
    let told =
        |given: &&Given| format!("{} ({}, {})", language::thing(&given.thing), language::value(&given.verb), given.on);
    let mut named: Vec<String> = lost.iter().take(NAMED).map(told).collect();
    if lost.len() > NAMED {
        named.push("…".to_owned());
    }
    let what = say!(
        "{person} would not have been in office on the day of what they decided or did: {named}",
        person,
        named = named.join(language::comma())
    );
    let way_out = say!("let the term hold on those days as well, or take back first what was decided or done");
    Err(Refusal::rule("R1", what).or(way_out).into())
}

fn refuse_unmissed(
    change: &Change<'_>,
    person: &Person,
    (before, after): (&Standing, &Standing),
    actor: &Person,
) -> Result<()> {
    let gone: Vec<String> =
        before.missed.iter().filter(|month| !after.missed.contains(month)).map(Month::to_string).collect();
    if gone.is_empty() || actor != person && actor.holds_any(change.sql(), &DECIDING, change.today())? {
        return Ok(());
    }
    let what = say!(
        "{person} missed {months} and would not have by this, which a manager or a leader decides",
        person,
        months = gone.join(language::comma())
    );
    let way_out = identity::name_who_decided(change, &DECIDING, change.today(), &person.key)?;
    Err(Refusal::rule("R2.2a", what).or(way_out).into())
}
