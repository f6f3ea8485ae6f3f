//! Public holidays, and days of rest that are worked instead: what moves the end of a time limit on (Q14).

use anyhow::Result;
use chrono::{Days, NaiveDate};
use rusqlite::Connection;

use super::figure;

/// In SQL, whether this is a day of rest: a holiday of the book or, in a year of which the book knows holidays, a Saturday or Sunday
/// that is not worked instead; each as the book knew it on that day, so that no list that comes later moves what has passed (R1).
#[macro_export]
macro_rules! rest_day {
    ($day:literal) => {
        concat!(
            "coalesce((SELECT NOT h.work_flag FROM holiday AS h WHERE h.day_on = ",
            $day,
            "
                        AND coalesce(h.known_on, '') <= ",
            $day,
            " AND coalesce(h.removed_on > ",
            $day,
            ", 1)),
                    strftime('%w', ",
            $day,
            ") IN ('0', '6') AND EXISTS (SELECT 1 FROM holiday AS h
                        WHERE coalesce(h.known_on, '') <= ",
            $day,
            " AND coalesce(h.removed_on > ",
            $day,
            ", 1) AND h.day_on BETWEEN substr(",
            $day,
            ", 1, 4) || '-01-01' AND substr(",
            $day,
            ", 1, 4) || '-12-31'))"
        )
    };
}

/// In SQL, the day on which a time limit ends that would end on this one: the first that is no day of rest.
#[macro_export]
macro_rules! working_day {
    ($day:expr) => {
        concat!(
            "(WITH RECURSIVE limits (day) AS (SELECT ",
            $day,
            " UNION ALL SELECT date(day, '+1 day') FROM limits
                WHERE ",
            $crate::rest_day!("day"),
            ")
             SELECT max(day) FROM limits)"
        )
    };
}

/// The day on which a time limit ends that would end on this one: see [`working_day!`], of which one day after the other costs half
/// as much to prepare, and every form that wants a reply asks for it.
pub(crate) fn working_day(book: &Connection, mut day: NaiveDate) -> Result<NaiveDate> {
    let mut rests = book.prepare_cached(concat!("SELECT ", rest_day!("?1")))?;
    while rests.query_row([day], |row| row.get(0))? {
        day = day + Days::new(1);
    }
    Ok(day)
}

/// The last day of a time limit of as many days as this figure says on the day on which it begins.
pub(crate) fn limit(book: &Connection, key: &str, from: NaiveDate) -> Result<NaiveDate> {
    working_day(book, from + Days::new(figure::value(book, key, from)?.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use crate::view;

    /// The view of receptions is laid in a text that no macro reaches.
    #[test]
    fn a_summary_is_due_by_the_same_rule_as_everything_else() {
        let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(");
        let rule = on_one_line(working_day!("|"));
        let views = on_one_line(view::script());
        for part in rule.split('|') {
            assert!(views.contains(part.trim()), "{part}");
        }
    }
}
