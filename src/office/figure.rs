//! Figures of the regulation: deadline days, limits, counts. Each has a default and the history of what was set.

use crate::book::select::Select;
use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

/// The value of a figure on a day: what was set for that day last, else its default. In the figure's unit.
pub(crate) fn value(book: &Connection, key: &str, day: NaiveDate) -> Result<i64> {
    book.only(
        "SELECT coalesce((SELECT r.value FROM rule AS r WHERE r.key = f.key AND r.from_on <= ?2 ORDER BY r.from_on DESC LIMIT 1), f.standard)
         FROM figure AS f WHERE f.key = ?1",
        (key, day),
    )
}

/// In SQL, a figure as it holds on a day: `figure_on_day!("ship.quotes", ":today")`.
#[macro_export]
macro_rules! figure_on_day {
    ($key:literal, $day:literal) => {
        concat!(
            "(SELECT coalesce((SELECT r.value FROM rule AS r WHERE r.key = f.key AND r.from_on <= ",
            $day,
            " ORDER BY r.from_on DESC LIMIT 1), f.standard) FROM figure AS f WHERE f.key = '",
            $key,
            "')"
        )
    };
}
