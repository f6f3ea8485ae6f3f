//! Entries: the states they are in, the numbers they took, and the counts kept of them.

use anyhow::Result;
use rusqlite::Connection;

use super::{Faults, count};
use crate::administration::series::audit;
use crate::book::schema::FILLED;
use crate::language;
use crate::register::ALL;
use crate::say;

/// Entries in a state that no steps lead to.
const UNREACHABLE: &str = "
    WITH RECURSIVE reached (register, state) AS (
        SELECT register, to_state FROM step WHERE from_state = ''
        UNION SELECT s.register, s.to_state FROM reached AS r JOIN step AS s ON s.register = r.register AND s.from_state = r.state)
    SELECT number, state FROM entry WHERE (register, state) NOT IN (SELECT register, state FROM reached)";

/// Counters that stand behind the numbers that were given out.
const BEHIND: &str = "
    SELECT prefix, last, greatest FROM (
        SELECT c.prefix, c.last, (SELECT max(e.serial) FROM entry AS e WHERE e.counter = c.id) AS greatest FROM counter AS c)
    WHERE greatest > last";

/// Counters of a series of another register than their numbers.
const STRANGE: &str = "
    SELECT c.prefix, c.series, (SELECT e.number FROM entry AS e WHERE e.counter = c.id AND e.register <> s.register LIMIT 1) AS number
    FROM counter AS c JOIN series AS s ON s.key = c.series WHERE number IS NOT NULL";

/// Months and people whose kept counts differ from a recount. A count that came down to nothing is kept as zeros.
const MISCOUNTED: &str = "
    WITH recounted AS (
        SELECT substr(e.day_on, 1, 7) AS month, e.person, e.department, count(*), sum(i.duplicate_of IS NOT NULL),
            sum(i.reported_on IS NOT NULL), sum(i.late_flag)
        FROM info AS i JOIN entry AS e ON e.id = i.entry WHERE e.state <> 'void' GROUP BY 1, 2, 3),
    kept AS (SELECT * FROM info_count WHERE (collected, duplicates, reported, late) <> (0, 0, 0, 0))
    SELECT month, person, department FROM (SELECT * FROM recounted EXCEPT SELECT * FROM kept)
    UNION SELECT month, person, department FROM (SELECT * FROM kept EXCEPT SELECT * FROM recounted)";

/// Entries that were in the book before an upgrade filled columns in, where these do not hold what it filled in.
fn filled_otherwise() -> String {
    let differs = FILLED.map(|filled| format!("{} IS NOT {}", filled.column, filled.value)).join(" OR ");
    format!(
        "SELECT number FROM entry WHERE ({differs}) AND (SELECT min(id) FROM journal WHERE thing = number)
            < (SELECT min(id) FROM journal WHERE verb = 'upgrade' AND thing = 'book 1')
            AND (SELECT count(*) FROM journal WHERE thing = number AND verb LIKE '% import') < 2"
    )
}

/// Whether steps lead to the state of every entry, and its fields are those of its register.
pub(super) fn states(book: &Connection, faults: &mut Faults) -> Result<String> {
    let mut statement = book.prepare(UNREACHABLE)?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let (number, state) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
        faults.note(say!("{number} is {state}, and no step leads there", number, state = language::value(state)));
    }
    // Fields of one register that hang on an entry of another: no list shows them, and no journal record holds them.
    for table in ALL.iter().map(|register| register.name) {
        let sql = format!(
            "SELECT e.number FROM {table} AS x JOIN entry AS e ON e.id = x.entry WHERE e.register <> '{table}'"
        );
        let mut statement = book.prepare(&sql)?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            let number = row.get_ref(0)?.as_str()?;
            faults.note(say!("{number} is of another register and has a row in table {table}", number, table));
        }
    }
    // An entry that is neither void nor only reserved says what it is about.
    for table in ALL.iter().map(|register| register.name) {
        let sql = format!(
            "SELECT number FROM entry AS e WHERE e.register = '{table}' AND e.state NOT IN ('void', 'reserved')
                AND NOT EXISTS (SELECT 1 FROM {table} AS x WHERE x.entry = e.id)"
        );
        let mut statement = book.prepare(&sql)?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            let number = row.get_ref(0)?.as_str()?;
            faults.note(say!("{number} has no row in table {table}", number, table));
        }
    }
    let mut statement = book.prepare(&filled_otherwise())?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let number = row.get_ref(0)?.as_str()?;
        faults.note(say!("{number} does not tell when it was entered as the journal does", number));
    }
    Ok(say!("{count} entries", count = count(book, "entry")?))
}

/// Whether the numbers of every series are complete, and every counter is past the last of them (R4.8).
pub(super) fn numbers(book: &Connection, faults: &mut Faults) -> Result<String> {
    let mut statement = book.prepare(BEHIND)?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let (prefix, last, greatest): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        faults.note(say!(
            "the counter of {prefix}… stands at {last}, and {greatest} was given out",
            prefix,
            last,
            greatest
        ));
    }
    let mut statement = book.prepare(STRANGE)?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let (prefix, series, number): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        faults.note(say!(
            "the counter of {prefix}… is of series {series}, and {number} of another register",
            prefix,
            series,
            number
        ));
    }
    audit::each(book, None, &mut |finding| {
        if finding.unexplained {
            faults.note(format!("{}: {}, {}", finding.number, finding.finding, finding.detail));
        }
        Ok(())
    })?;
    Ok(say!("{count} counters", count = count(book, "counter")?))
}

/// Whether the counts of user information that are kept for each month agree with the entries.
pub(super) fn counts(book: &Connection, faults: &mut Faults) -> Result<String> {
    let mut statement = book.prepare(MISCOUNTED)?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let (month, person, department): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        faults.note(say!(
            "what is kept for {person} of {department} in {month} differs from the entries",
            person = language::people(&person),
            department = language::value(&department),
            month
        ));
    }
    Ok(say!("{count} counts agree with the entries", count = count(book, "info_count")?))
}
