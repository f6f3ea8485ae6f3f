//! What of the equipment waits: repairs, warranties that end, things in the hands of people who left, an open stocktake.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, Row, named_params};

use crate::figure_on_day;
use crate::language;
use crate::register::waiting::{Each, Waiting};
use crate::say;
use crate::working_day;

/// What of the equipment may wait, by the clause that asks for it: a SELECT of the day, the entry's number, what it is called, the
/// department, the person and the state, what it says, and the command that clears it.
struct Waits {
    clause: &'static str,
    sql: &'static str,
    says: fn(&Row<'_>) -> rusqlite::Result<String>,
    next: fn(&str, &Row<'_>) -> rusqlite::Result<String>,
}

const WAITS: [Waits; 6] = [
    // What was to be back by a day that is over.
    Waits {
        clause: "R5.5(3)",
        sql: "SELECT c.back_by_on, e.number, a.name, e.department, c.person
            FROM custody AS c JOIN entry AS e ON c.undone_on IS NULL AND e.id = c.entry JOIN asset AS a ON a.entry = e.id
            WHERE c.duty = 'user' AND c.until_on IS NULL AND c.back_by_on < :today AND e.state = 'in-use'",
        says: |row| {
            let (name, person): (String, String) = (row.get(2)?, row.get(4)?);
            Ok(say!("{name} to be back from {person}", name, person = language::people(&person)))
        },
        next: |number, _| Ok(format!("branchbook asset return {number}")),
    },
    // What was found not to be guarded, when it was looked at last.
    Waits {
        clause: "R5.5(2)",
        sql: "SELECT g.checked_on, e.number, a.name, e.department, e.person, g.finding
            FROM guard_check AS g JOIN entry AS e ON g.undone_on IS NULL AND e.id = g.entry JOIN asset AS a ON a.entry = e.id
            WHERE e.ended_on IS NULL AND g.checked_on <= :today AND NOT g.secure_flag AND g.position = (SELECT max(x.position)
                FROM guard_check AS x WHERE x.undone_on IS NULL AND x.entry = g.entry AND x.checked_on <= :today)",
        says: |row| {
            let (name, finding): (String, String) = (row.get(2)?, row.get(5)?);
            Ok(say!("{name} is not guarded against theft: {finding}", name, finding))
        },
        next: |number, _| Ok(format!("branchbook asset inspect {number} --secure")),
    },
    // In repair, by figure `asset.repair_days` of the day that the damage was reported.
    Waits {
        clause: "R5.5(4)",
        sql: concat!(
            "SELECT ",
            working_day!(concat!("date(d.reported_on, '+' || ", figure_on_day!("asset.repair_days", "d.reported_on"), " || ' days')")),
            ", e.number, a.name, 'general', e.person
             FROM damage AS d JOIN entry AS e ON d.undone_on IS NULL AND e.id = d.entry JOIN asset AS a ON a.entry = e.id
             WHERE d.outcome IS NULL AND d.reported_on <= :today"
        ),
        says: |row| Ok(say!("repair of {name}", name = row.get::<_, String>(2)?)),
        next: |number, _| Ok(format!("branchbook asset repair {number} --cost AMOUNT")),
    },
    // Warranties that end within figure `asset.warranty_notice_days`, of what the branch still has.
    Waits {
        clause: "R5.5(4)",
        sql: concat!(
            "SELECT a.warranty_until_on, e.number, a.name, e.department, e.person
             FROM asset AS a JOIN entry AS e ON e.id = a.entry
             WHERE e.ended_on IS NULL AND a.warranty_until_on BETWEEN :today AND date(:today, '+' || ",
            figure_on_day!("asset.warranty_notice_days", ":today"),
            " || ' days')"
        ),
        says: |row| Ok(say!("warranty of {name} ends", name = row.get::<_, String>(2)?)),
        next: |number, _| Ok(format!("branchbook asset damage {number} --what TEXT")),
    },
    // What is with a keeper or user who has left the staff.
    Waits {
        clause: "R5.5(2)",
        sql: "SELECT (SELECT max(t.until_on) FROM term AS t WHERE t.person = c.person AND t.until_on < :today), e.number,
                a.name, e.department, c.person, c.duty, e.state
            FROM custody AS c JOIN entry AS e ON c.undone_on IS NULL AND e.id = c.entry JOIN asset AS a ON a.entry = e.id
            WHERE c.until_on IS NULL AND c.from_on <= :today AND NOT EXISTS (SELECT 1 FROM term AS t
                    WHERE t.person = c.person AND (t.until_on IS NULL OR t.until_on >= :today))
                AND EXISTS (SELECT 1 FROM term AS t WHERE t.person = c.person)",
        says: |row| {
            let (name, person, duty): (String, String, String) = (row.get(2)?, row.get(4)?, row.get(5)?);
            Ok(say!("{name} is still with its {duty} {person}, who left", name, duty = language::value_of("duty", &duty), person = language::people(&person)))
        },
        next: |number, row| {
            let (duty, state): (String, String) = (row.get(5)?, row.get(6)?);
            Ok(handed_on_by(number, &duty, &state))
        },
    },
    // The stocktake that is not closed.
    Waits {
        clause: "R5.5(1)",
        sql: "SELECT s.counted_on, '', s.id, coalesce(s.department, 'general'), s.counted_by
            FROM stocktake AS s WHERE s.undone_on IS NULL AND s.closed_on IS NULL AND s.counted_on <= :today",
        says: |row| Ok(say!("stocktake {id} to be closed", id = row.get::<_, i64>(2)?)),
        next: |_, _| Ok("branchbook asset count --close --by PERSON".to_owned()),
    },
];

/// What of the equipment waits on a day.
pub(crate) fn assets(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    for waits in &WAITS {
        let mut statement = book.prepare(waits.sql)?;
        let mut rows = statement.query(named_params! { ":today": today })?;
        while let Some(row) = rows.next()? {
            let number: String = row.get(1)?;
            each(Waiting {
                deciders: None,
                due_on: row.get(0)?,
                what: (waits.says)(row)?,
                next: (waits.next)(&number, row)?,
                number,
                department: row.get(3)?,
                person: row.get(4)?,
                clause: waits.clause.into(),
            })?;
        }
    }
    Ok(())
}

/// The command by which what somebody keeps or uses comes to somebody else.
pub(crate) fn handed_on_by(number: &str, duty: &str, state: &str) -> String {
    match (duty, state) {
        ("keeper", _) => format!("branchbook asset transfer {number} --keeper PERSON"),
        (_, "in-repair") => format!("branchbook asset repair {number} --cost AMOUNT"),
        _ => format!("branchbook asset return {number}"),
    }
}
