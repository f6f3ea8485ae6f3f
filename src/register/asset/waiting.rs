//! What of the equipment waits: repairs, warranties that end, things in the hands of people who left, an open stocktake.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, Row, named_params};

use crate::figure_on_day;
use crate::register::waiting::{Each, Waiting};

/// Assets that are in repair, by figure `asset.repair_days` of the day that the damage was reported (R5.5(4)).
const REPAIRS: &str = concat!(
    "SELECT date(d.reported_on, '+' || ",
    figure_on_day!("asset.repair_days", "d.reported_on"),
    " || ' days'), e.number, 'repair of ' || a.name, 'general', e.person, 'branchbook asset repair ' || e.number || ' --cost AMOUNT'
     FROM damage AS d JOIN entry AS e ON d.undone_on IS NULL AND e.id = d.entry JOIN asset AS a ON a.entry = e.id
     WHERE d.outcome IS NULL AND d.reported_on <= :today"
);

/// Warranties that end within figure `asset.warranty_notice_days`, of assets that the branch still has.
const WARRANTIES: &str = concat!(
    "SELECT a.warranty_until_on, e.number, 'warranty of ' || a.name || ' ends', e.department, e.person,
        'branchbook asset damage ' || e.number || ' --what TEXT'
     FROM asset AS a JOIN entry AS e ON e.id = a.entry
     WHERE e.ended_on IS NULL AND a.warranty_until_on BETWEEN :today AND date(:today, '+' || ",
    figure_on_day!("asset.warranty_notice_days", ":today"),
    " || ' days')"
);

/// Assets whose keeper or user has left the staff (R5.5(2)).
const LEFT: &str = "
    SELECT (SELECT max(t.until_on) FROM term AS t WHERE t.person = c.person AND t.until_on < :today), e.number,
        a.name || ' is still with its ' || c.duty || ' ' || c.person || ', who left', e.department, c.person,
        CASE WHEN c.duty = 'keeper' THEN 'branchbook asset transfer ' || e.number || ' --keeper PERSON'
            WHEN e.state = 'in-repair' THEN 'branchbook asset repair ' || e.number || ' --cost AMOUNT'
            ELSE 'branchbook asset return ' || e.number END
    FROM custody AS c JOIN entry AS e ON c.undone_on IS NULL AND e.id = c.entry JOIN asset AS a ON a.entry = e.id
    WHERE c.until_on IS NULL AND c.from_on <= :today AND NOT EXISTS (SELECT 1 FROM term AS t
            WHERE t.person = c.person AND (t.until_on IS NULL OR t.until_on >= :today))
        AND EXISTS (SELECT 1 FROM term AS t WHERE t.person = c.person)";

/// The stocktake that is not closed.
const STOCKTAKE: &str = "
    SELECT s.counted_on, '', 'stocktake ' || s.id || ' to be closed', coalesce(s.department, 'general'), s.counted_by,
        'branchbook asset count --close --by PERSON'
    FROM stocktake AS s WHERE s.closed_on IS NULL AND s.counted_on <= :today";

/// What of the equipment waits on a day.
pub(crate) fn assets(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let read = |row: &Row<'_>, clause: &'static str| -> rusqlite::Result<Waiting> {
        Ok(Waiting {
            due_on: row.get(0)?,
            number: row.get(1)?,
            what: row.get(2)?,
            department: row.get(3)?,
            person: row.get(4)?,
            clause: clause.into(),
            next: row.get(5)?,
        })
    };
    for (sql, clause) in [(REPAIRS, "R5.5(4)"), (WARRANTIES, "R5.5(4)"), (LEFT, "R5.5(2)"), (STOCKTAKE, "R5.5(1)")] {
        let mut statement = book.prepare(sql)?;
        let rows = statement.query_map(named_params! { ":today": today }, |row| read(row, clause))?;
        for row in rows {
            each(row?)?;
        }
    }
    Ok(())
}
