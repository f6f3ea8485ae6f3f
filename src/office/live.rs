//! The months that the book covers whole, which alone are owed and judged (Q10).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use crate::book::select::Select;
use crate::day::Month;

/// The day from which the book is kept by the rules.
pub(crate) fn day(book: &Connection) -> Result<NaiveDate> {
    book.only("SELECT live_on FROM book", ())
}

/// The first month that began on that day or later: of one that had begun before, the book has a part, from which nothing follows for
/// anybody.
pub(crate) fn first_month(book: &Connection) -> Result<Month> {
    let live = day(book)?;
    let month = Month::of(live);
    Ok(if month.first() < live { month.next() } else { month })
}
