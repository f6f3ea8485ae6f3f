//! What waits in projects under way: milestones that slipped (R3.2), the user's requests (R3.6), problems (R3.5, R3.8).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, Row, named_params};

use super::leader;
use crate::language;
use crate::office::named;
use crate::person::Role;
use crate::register::entry::Entry;
use crate::register::waiting::{Each, Waiting};
use crate::register::way_on;
use crate::say;
use crate::text;

/// Everything that waits: its list, its place there, its words, its day, and the department and person who are waited for.
const WAITING: &str = "
WITH under_way (entry, number, department, leader) AS NOT MATERIALIZED (
    SELECT e.id, e.number, e.department,
        (SELECT l.person FROM leader AS l WHERE l.undone_on IS NULL AND l.entry = e.id AND l.from_on <= :today ORDER BY l.position DESC LIMIT 1)
    FROM entry AS e WHERE e.register = 'project' AND e.ended_on IS NULL)
SELECT 'milestone', number, position, what, due_on, department, leader
    FROM under_way CROSS JOIN milestone USING (entry) WHERE undone_on IS NULL AND done_on IS NULL AND dropped_on IS NULL AND due_on < :today
UNION ALL SELECT 'log', number, position, kind, answer_by_on, department, leader
    FROM under_way CROSS JOIN project_log USING (entry)
    WHERE undone_on IS NULL AND answered_on IS NULL AND answer_by_on IS NOT NULL AND logged_on <= :today
UNION ALL SELECT p.kind, u.number, p.position, p.what, coalesce(p.escalated_on, p.found_on), p.department, p.escalated_to
    FROM under_way AS u CROSS JOIN problem AS p ON p.undone_on IS NULL AND p.entry = u.entry WHERE p.solved_on IS NULL AND p.found_on <= :today";

/// What waits on a day, besides payments.
pub(super) fn waiting(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut statement = book.prepare(WAITING)?;
    for waiting in statement.query_map(named_params! { ":today": today }, read)? {
        each(waiting?)?;
    }
    let mut majors = book.prepare(MAJOR)?;
    let mut majors = majors.query(named_params! { ":today": today })?;
    while let Some(row) = majors.next()? {
        let project = Entry::find(book, row.get_ref(0)?.as_str()?)?;
        let (due_on, person): (NaiveDate, Option<String>) = (row.get(1)?, row.get(2)?);
        for (what, clause, next) in of_major(book, &project, today)? {
            let Entry { number, department, .. } = project.clone();
            each(Waiting {
                due_on,
                what,
                number,
                department,
                person: person.clone(),
                clause: clause.into(),
                next,
                deciders: None,
            })?;
        }
    }
    Ok(())
}

/// The major projects under way that somebody leads, with the day since when, and who does.
const MAJOR: &str = "
SELECT e.number, max(e.day_on, coalesce((SELECT c.signed_on FROM contract AS c WHERE c.undone_on IS NULL AND c.entry = e.id AND c.position = 1), e.day_on)),
    (SELECT l.person FROM leader AS l WHERE l.undone_on IS NULL AND l.entry = e.id AND l.from_on <= :today ORDER BY l.position DESC LIMIT 1) AS leader
FROM entry AS e JOIN project AS p ON p.entry = e.id
WHERE e.register = 'project' AND e.ended_on IS NULL AND p.major_flag AND e.day_on <= :today AND leader IS NOT NULL ORDER BY e.id";

/// What a project lacks that is major: a leader whom the branch manager confirmed (R3.1), and a team (R3.9). Each with its clause and
/// the command.
pub(super) fn of_major(
    book: &Connection,
    project: &Entry,
    today: NaiveDate,
) -> Result<Vec<(String, &'static str, String)>> {
    let (number, mut lacks) = (&project.number, Vec::new());
    let major = "SELECT 1 FROM project WHERE entry = ?1 AND major_flag";
    if !book.prepare_cached(major)?.exists([project.id])? {
        return Ok(lacks);
    }
    if !leader::is_confirmed(book, project, today)? {
        let leader = leader::on(book, project, today)?.unwrap_or_default();
        let what = say!(
            "leader {leader} of a major project to be confirmed, for the branch-manager",
            leader = language::people(&leader)
        );
        let by = named::by(
            &named::deciding(book, (Role::BranchManager, None), way_on::last_day(book)?, Some(&leader))?,
            None,
        );
        lacks.push((what, "R3.1", format!("branchbook project lead {number} --person {leader}{by}")));
    }
    let mut team = book.prepare_cached(
        "SELECT 1 FROM team WHERE undone_on IS NULL AND entry = ?1 AND from_on <= ?2 AND (until_on IS NULL OR until_on >= ?2)",
    )?;
    if !team.exists((project.id, today))? {
        let what = say!("a major project has no team").to_owned();
        lacks.push((what, "R3.9", format!("branchbook project team {number} --member PERSON")));
    }
    Ok(lacks)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Waiting> {
    let (list, number, place, what): (String, String, i64, String) =
        (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
    let (what, clause, next) = match list.as_str() {
        "milestone" => {
            let next = format!("branchbook project done {number} --what {}", text::word(&what));
            (say!("milestone: {what}", what), "R3.2", next)
        }
        "log" => {
            let next = format!("branchbook project log {number} --answers {place} --answer TEXT");
            let what = say!("answer to {kind} {place} of the user", kind = language::value(&what), place);
            (what, "R3.6", next)
        }
        kind => {
            let next = format!("branchbook project solve {number} --problem {place} --how TEXT");
            (say!("problem {place}: {what}", place, what), problem_clause(kind), next)
        }
    };
    let (due_on, department, person) = (row.get(4)?, row.get(5)?, row.get(6)?);
    Ok(Waiting { due_on, what, number, department, person, clause: clause.into(), next, deciders: None })
}

/// The clause of a problem of this kind.
pub(super) fn problem_clause(kind: &str) -> &'static str {
    if kind == "installation" { "R3.8" } else { "R3.5" }
}
