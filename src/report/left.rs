//! What people who left still lead, track, keep and owe: it waits until somebody else has it (Q3).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};

use super::due;
use crate::book::select::Select;
use crate::language;
use crate::register::asset::waiting::handed_on;
use crate::register::waiting::{Each, Waiting};
use crate::say;
use crate::view::with_views;

/// Who has no term after `:day`, with the last day of the last that they had.
const GONE: &str = "SELECT t.person, max(t.until_on) AS last_on FROM term AS t GROUP BY t.person
    HAVING max(coalesce(t.until_on, '9999')) <= :day";

/// What a person who is gone leads and tracks: number, kind, department, person, last day and clause, and what hands it on.
const HELD: &str = "
    SELECT e.number, 'leads', e.department, g.person, g.last_on, 'R3.1', 'branchbook project lead ' || e.number || ' --person PERSON'
    FROM gone AS g JOIN leader AS l ON l.person = g.person JOIN entry AS e ON e.id = l.entry
    WHERE e.ended_on IS NULL AND l.undone_on IS NULL AND l.position = (
        SELECT max(x.position) FROM leader AS x WHERE x.entry = l.entry AND x.undone_on IS NULL)
    UNION ALL
    SELECT e.number, 'team', e.department, g.person, g.last_on, 'R3.9', iif(t.role = 'leader',
        'branchbook project team ' || e.number || ' --leader PERSON', 'branchbook project team ' || e.number || ' --leaves ' || g.person)
    FROM gone AS g JOIN team AS t ON t.person = g.person JOIN entry AS e ON e.id = t.entry
    WHERE e.ended_on IS NULL AND t.undone_on IS NULL AND t.until_on IS NULL
    UNION ALL
    SELECT e.number, 'tracks', coalesce(i.assigned_to, e.department), g.person, g.last_on, 'R2.3',
        'branchbook info track ' || e.number || ' --person PERSON'
    FROM gone AS g JOIN info AS i ON i.tracker = g.person JOIN entry AS e ON e.id = i.entry WHERE e.ended_on IS NULL";

fn held(book: &Connection, day: NaiveDate, each: &mut dyn FnMut(&str, &str, Waiting) -> Result<()>) -> Result<()> {
    let sql = format!("WITH gone AS ({GONE}) {HELD} ORDER BY 5, 1");
    let mut statement = book.prepare(&with_views(&sql))?;
    let mut rows = statement.query(named_params! { ":day": day })?;
    while let Some(row) = rows.next()? {
        let (number, kind, key): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let person = language::people(&key);
        let what = match kind.as_str() {
            "leads" => say!("led by {person}, who left", person),
            "team" => say!("{person}, who left, is in the team", person),
            _ => say!("tracked by {person}, who left", person),
        };
        let clause: String = row.get(5)?;
        let waiting = Waiting {
            deciders: None,
            due_on: row.get(4)?,
            what,
            number,
            department: row.get(2)?,
            person: None,
            clause: clause.into(),
            next: row.get(6)?,
        };
        each(&key, &kind, waiting)?;
    }
    Ok(())
}

/// What waits for somebody else since who had it left.
pub(crate) fn waiting(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let Some(eve) = today.pred_opt() else { return Ok(()) };
    held(book, eve, &mut |_, _, waiting| each(waiting))
}

/// What a person who has no term after a day still leads, tracks, keeps and owes, each with what clears it.
pub(crate) fn held_by(book: &Connection, person: &str, last: NaiveDate) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    let day = last.succ_opt().unwrap_or(last);
    let called = &language::people(person).into_owned();
    held(book, last, &mut |who, kind, waiting| {
        if who == person {
            let (next, Waiting { number, .. }) = (waiting.command(None), waiting);
            let what = match kind {
                "leads" => say!("led by {person}", person = called),
                "team" => say!("{person} is in the team", person = called),
                _ => say!("tracked by {person}", person = called),
            };
            lines.push(format!("{number} {what}{}{next}", language::colon()));
        }
        Ok(())
    })?;
    let kept = concat!(
        "SELECT e.number, c.duty, ",
        handed_on!(),
        " FROM custody AS c JOIN entry AS e ON e.id = c.entry WHERE c.undone_on IS NULL AND c.person = ?1 AND c.until_on IS NULL ORDER BY 1"
    );
    let kept: Vec<(String, String, String)> = book.rows(&with_views(kept), [person])?;
    for (number, duty, next) in kept {
        let what = if duty == "keeper" {
            say!("kept by {person}", person = called)
        } else {
            say!("used by {person}", person = called)
        };
        lines.push(format!("{number} {what}{}{next}", language::colon()));
    }
    due::each(book, day, &mut |waiting| {
        if waiting.person.as_deref() == Some(person) && !waiting.next.starts_with("branchbook asset ") {
            let (next, Waiting { number, what, .. }) = (waiting.command(None), waiting);
            lines.push(format!("{number} {what}{}{next}", language::colon()).trim_start().to_owned());
        }
        Ok(())
    })?;
    Ok(lines)
}
