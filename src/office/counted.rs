//! The day from which something in the book counts, by who entered it (Q9).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::identity::WRITERS;
use crate::person::Person;

/// The day from which something counts that was entered on the day `entered` by the person of the key `hand`, for the person `of`:
/// as
/// [`counted_day`](super::identity::counted_day), of what is in the book already.
pub(crate) fn since(
    book: &Connection,
    (hand, of): (&str, &str),
    (bears, entered): (NaiveDate, NaiveDate),
) -> Result<NaiveDate> {
    let wrote_down = hand != of
        && match Person::of_key(book, hand)? {
            Some(hand) => hand.holds_any(book, &WRITERS, entered)?,
            None => false,
        };
    Ok(if wrote_down { bears } else { entered.max(bears) })
}
