//! Who decides in somebody's place for a time, such as while a manager travels (Q4).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use crate::view::with_views;

/// The deputies of a day, in SQL over `:day`: who stands in, and for whom.
pub(crate) const ON_DAY: &str = "SELECT deputy, person FROM deputy
    WHERE from_on <= :day AND until_on >= :day AND (ended_on IS NULL OR ended_on > :day)";

/// The keys of those in whose place the person decides on that day.
pub(crate) fn principals(book: &Connection, deputy: &str, day: NaiveDate) -> Result<Vec<String>> {
    let sql = format!("SELECT person FROM ({ON_DAY}) WHERE deputy = :deputy ORDER BY person");
    let mut statement = book.prepare_cached(&with_views(&sql))?;
    let keys = rusqlite::named_params! { ":day": day, ":deputy": deputy };
    Ok(statement.query_map(keys, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}
