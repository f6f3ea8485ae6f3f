//! Who passed user information on without approval: they are removed from the sales team, and nothing new is given to them (R2.4).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use crate::book::select::Select;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::say;
use crate::view::with_views;

/// Refuses what would be given to somebody, or taken from them, who passed information on without approval and has not left since. Who
/// left and was appointed anew is as anybody is.
pub(crate) fn refuse(book: &Connection, person: &Person, on: NaiveDate) -> Result<()> {
    let breach = "SELECT e.number, b.found_on FROM breach AS b JOIN entry AS e ON e.id = b.entry
         WHERE b.undone_on IS NULL AND b.person = ?1 AND b.found_on <= ?2
            AND NOT EXISTS (SELECT 1 FROM term AS t WHERE t.person = ?1 AND t.from_on > b.found_on AND t.from_on <= ?2
                AND NOT EXISTS (SELECT 1 FROM term AS s WHERE s.person = ?1 AND s.from_on < t.from_on
                    AND coalesce(s.until_on, '9999') >= date(t.from_on, '-1 day')))
         ORDER BY b.found_on, e.id LIMIT 1";
    let found: Option<(String, NaiveDate)> = book.row(&with_views(breach), (&person.key, on))?;
    let Some((number, day)) = found else { return Ok(()) };
    let what = say!(
        "{person} passed {number} on without approval, as was found on {day}, and is removed from the sales team",
        person,
        number,
        day
    );
    let way_out = say!(
        "name another; where it was no breach, the branch manager takes it back: branchbook undo {number} --reason REASON",
        number
    );
    Err(Refusal::rule("R2.4", what).or(way_out).into())
}
