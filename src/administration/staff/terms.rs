//! Terms: how they begin, end, overlap and come back (Q3).

use anyhow::Result;
use chrono::{Days, NaiveDate};
use rusqlite::Connection;

use super::Resolved;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::language;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;

/// A term that goes on, or is to begin.
pub(super) struct Running {
    /// Under which key it was entered, where the person was entered twice.
    person: String,
    pub(super) role: String,
    pub(super) department: String,
    from: NaiveDate,
}

/// Enters a term that overlaps no other of the same role in the same department.
pub(super) fn enter(change: &Change<'_>, person: &str, term: &Resolved) -> Result<()> {
    refuse_overlap(change.sql(), person, term, None)?;
    // A term to come that was given up before it began leaves its row, which begins anew.
    change.sql().execute(
        "INSERT INTO term VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET until_on = excluded.until_on",
        (person, term.role, &term.department, term.from, term.until),
    )?;
    Ok(())
}

/// Gives the term that began on this day the days that it has in truth.
pub(super) fn amend(change: &Change<'_>, person: &str, begun: NaiveDate, term: &Resolved) -> Result<()> {
    refuse_overlap(change.sql(), person, term, Some(begun))?;
    let mut given_up = change.sql().prepare(
        "UPDATE term SET until_on = ?5 WHERE person = ?1 AND role = ?2 AND department = ?3 AND from_on = ?4 AND until_on < from_on",
    )?;
    // A term to come that was given up before it began has left its row, which the term takes; its own is given up then.
    if term.from != begun && given_up.execute((person, term.role, &term.department, term.from, term.until))? > 0 {
        let (role, department) = (term.role.key().to_owned(), term.department.clone());
        let own = Running { person: person.to_owned(), role, department, from: begun };
        return end(change, person, &[own], begun - Days::new(1)).map(drop);
    }
    change.sql().execute(
        "UPDATE term SET from_on = ?5, until_on = ?6 WHERE person = ?1 AND role = ?2 AND department = ?3 AND from_on = ?4",
        (person, term.role, &term.department, begun, term.from, term.until),
    )?;
    Ok(())
}

/// Refuses a term that ends before it begins, or overlaps another than the one that began on the day `but`.
fn refuse_overlap(book: &Connection, person: &str, term: &Resolved, but: Option<NaiveDate>) -> Result<()> {
    if let Some(until) = term.until.filter(|until| *until < term.from) {
        let what = say!("the term ends on {until}, before it begins on {from}", until, from = term.from);
        return Err(Refusal::usage(what).or(say!("give a later last day")).into());
    }
    refuse_service_beside(book, person, term, but)?;
    let overlapping = "SELECT from_on, until_on FROM term WHERE person IN (SELECT key FROM person WHERE ?1 IN (key, same_as)) AND role = ?2 AND department = ?3 AND from_on IS NOT ?6
            AND (until_on IS NULL OR until_on >= max(from_on, ?4)) AND (?5 IS NULL OR from_on <= ?5) ORDER BY from_on LIMIT 1";
    let found: Option<(NaiveDate, Option<NaiveDate>)> =
        book.row(overlapping, (person, term.role, &term.department, term.from, term.until, but))?;
    let Some((from, until)) = found else { return Ok(()) };
    let (role, department) = (term.role, language::value(&term.department));
    let see = say!("see branchbook staff show {person}", person);
    let person = language::people(person);
    Err(if from <= term.from {
        let on = term.from;
        Refusal::usage(say!(
            "{person} is {role} of {department} on {from} already",
            person,
            role,
            department,
            from = on
        ))
        .or(see)
    } else {
        let eve = from - Days::new(1);
        let what = match until {
            Some(until) => say!(
                "{person} is {role} of {department} from {from} until {until}",
                person,
                role,
                department,
                from,
                until
            ),
            None => say!("{person} is {role} of {department} from {from} on", person, role, department, from),
        };
        Refusal::usage(what).or(say!("end the new term before with --until {eve}, or {see}", eve, see))
    }
    .into())
}

/// A program that runs by itself is nobody besides, and nobody is one besides (Q5).
fn refuse_service_beside(book: &Connection, person: &str, term: &Resolved, but: Option<NaiveDate>) -> Result<()> {
    let beside = "SELECT role, department FROM term WHERE person IN (SELECT key FROM person WHERE ?1 IN (key, same_as)) AND (role = 'service') <> (?2 = 'service')
            AND NOT (role = ?2 AND department = ?3 AND from_on IS ?6) AND (until_on IS NULL OR until_on >= max(from_on, ?4))
            AND (?5 IS NULL OR from_on <= ?5) ORDER BY from_on LIMIT 1";
    let found: Option<(String, String)> =
        book.row(beside, (person, term.role, &term.department, term.from, term.until, but))?;
    let Some((role, department)) = found else { return Ok(()) };
    let (role, department) = (language::value(&role), language::value(&department));
    let person = language::people(person);
    let what = say!(
        "{person} is {role} of {department} in that time, and a service is a program and nobody besides",
        person,
        role,
        department
    );
    let way_out = say!(
        "enter the program as one of its own: branchbook staff add KEY --name NAME --department DEPARTMENT --role service --login LOGIN"
    );
    Err(Refusal::rule("R2.4", what).or(way_out).into())
}

/// The terms of a person that go on after a day or begin after it, of this role and department where they are given.
pub(super) fn beyond(
    book: &Connection,
    person: &str,
    role: Option<Role>,
    department: Option<&str>,
    day: NaiveDate,
) -> Result<Vec<Running>> {
    book.each(
        "SELECT role, department, from_on, person FROM term WHERE person IN (SELECT key FROM person WHERE ?1 IN (key, same_as)) AND (until_on IS NULL OR until_on > ?2 AND until_on >= from_on)
            AND (?3 IS NULL OR role = ?3) AND (?4 IS NULL OR department = ?4) ORDER BY from_on, role, department",
        (person, day, role, department),
        |row| {
            Ok(Running { role: row.get(0)?, department: row.get(1)?, from: row.get(2)?, person: row.get(3)? })
        },
    )
}

/// The roles of these terms.
pub(super) fn roles(terms: &[Running]) -> Vec<Role> {
    terms.iter().filter_map(|term| Role::of_key(&term.role)).collect()
}

/// Ends these terms on a day; of one that was to begin later, the last day is the one before the first. Gives the other keys under
/// which such terms were entered.
pub(super) fn end(change: &Change<'_>, person: &str, terms: &[Running], until: NaiveDate) -> Result<Vec<String>> {
    let mut others = Vec::new();
    for Running { person: entered, role, department, from } in terms {
        let last = if *from > until { *from - Days::new(1) } else { until };
        change.sql().execute(
            "UPDATE term SET until_on = ?5 WHERE person = ?1 AND role = ?2 AND department = ?3 AND from_on = ?4",
            (entered, role, department, from, last),
        )?;
        if entered != person && !others.contains(entered) {
            others.push(entered.clone());
        }
    }
    Ok(others)
}

/// What the journal notes of terms that end: the same in every language.
pub(super) fn note(terms: &[Running], until: NaiveDate) -> String {
    let ended: Vec<String> =
        terms.iter().map(|term| format!("{} of {} until {until}", term.role, term.department)).collect();
    ended.join("; ")
}

/// Whether the person holds exactly this term on its first day.
pub(super) fn stands(book: &Connection, person: &Person, term: &Resolved) -> Result<bool> {
    Ok(book
        .prepare_cached(
            "SELECT 1 FROM term WHERE person IN (SELECT key FROM person WHERE ?1 IN (key, same_as)) AND role = ?2 AND department = ?3 AND from_on <= ?4
                AND (until_on IS NULL OR until_on >= ?4)",
        )?
        .exists((&person.key, term.role, &term.department, term.from))?)
}
