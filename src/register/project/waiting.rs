//! What waits in projects under way: milestones that slipped (R3.2), the user's requests (R3.6), problems (R3.5, R3.8).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};

use super::leader::{self, leader_on};
use crate::book::select::Select;
use crate::language;
use crate::office::named;
use crate::person::Role;
use crate::phrase;
use crate::register::entry::Entry;
use crate::register::form::Owed;
use crate::register::waiting::{Each, Waiting};
use crate::register::way_on;
use crate::say;

/// What rows of a list of the projects under way tell, as `p`, of those that wait.
macro_rules! under_way {
    ($list:literal, $told:expr, $which:literal) => {
        concat!(
            "SELECT e.number, e.department, ",
            $told,
            " FROM entry AS e CROSS JOIN ",
            $list,
            " AS p ON p.undone_on IS NULL AND p.entry = e.id WHERE e.register = 'project' AND e.ended_on IS NULL AND ",
            $which
        )
    };
}

/// Milestones that slipped.
pub(super) static MILESTONES: Owed = Owed {
    clause: "R3.2",
    sql: under_way!(
        "milestone",
        concat!("p.due_on, p.what, ", leader_on!("e.id", ":today"), " AS person"),
        "p.done_on IS NULL AND p.dropped_on IS NULL AND p.due_on < :today"
    ),
    what: phrase!("milestone: {what}"),
    next: "branchbook project done {number} --what {what}",
};

/// Requests of the user that are not answered.
pub(super) static ANSWERS: Owed = Owed {
    clause: "R3.6",
    sql: under_way!(
        "project_log",
        concat!("p.answer_by_on AS due_on, p.kind, p.position AS place, ", leader_on!("e.id", ":today"), " AS person"),
        "p.answered_on IS NULL AND p.answer_by_on IS NOT NULL AND p.logged_on <= :today"
    ),
    what: phrase!("answer to {kind} {place} of the user"),
    next: "branchbook project log {number} --answers {place} --answer TEXT",
};

/// Problems of execution that are not solved.
pub(super) static EXECUTION: Owed = Owed {
    clause: "R3.5",
    sql: under_way!(
        "problem",
        "coalesce(p.escalated_on, p.found_on) AS due_on, p.what, p.position AS place, p.escalated_to AS person",
        "p.kind <> 'installation' AND p.solved_on IS NULL AND p.found_on <= :today"
    ),
    what: phrase!("problem {place}: {what}"),
    next: "branchbook project solve {number} --problem {place} --how TEXT",
};

/// The same of installation.
pub(super) static INSTALLATION: Owed = Owed {
    clause: "R3.8",
    sql: under_way!(
        "problem",
        "coalesce(p.escalated_on, p.found_on) AS due_on, p.what, p.position AS place, p.escalated_to AS person",
        "p.kind = 'installation' AND p.solved_on IS NULL AND p.found_on <= :today"
    ),
    ..EXECUTION
};

/// What major projects lack on a day.
pub(super) fn majors(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let majors: Vec<(String, NaiveDate, Option<String>)> = book.rows(MAJOR, named_params! { ":today": today })?;
    for (number, due_on, person) in majors {
        let project = Entry::find(book, &number)?;
        for (what, clause, next) in of_major(book, &project, today)? {
            let Entry { number, department, .. } = project.clone();
            let (person, clause) = (person.clone(), clause.into());
            each(Waiting { due_on, what, number, department, person, clause, next, deciders: None })?;
        }
    }
    Ok(())
}

/// The major projects under way that somebody leads, with the day since when, and who does.
const MAJOR: &str = concat!(
    "
SELECT e.number, max(e.day_on, coalesce((SELECT c.signed_on FROM contract AS c WHERE c.undone_on IS NULL AND c.entry = e.id AND c.position = 1), e.day_on)), ",
    leader_on!("e.id", ":today"),
    " AS leader
FROM entry AS e JOIN project AS p ON p.entry = e.id
WHERE e.register = 'project' AND e.ended_on IS NULL AND p.major_flag AND e.day_on <= :today AND leader IS NOT NULL ORDER BY e.id"
);

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

/// The clause of a problem of this kind.
pub(super) fn problem_clause(kind: &str) -> &'static str {
    if kind == "installation" { "R3.8" } else { "R3.5" }
}
