//! Who reads anything at all: whoever is on the staff. Who left reads nothing, nor does a login that is nobody's (Q3).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::identity;
use crate::book::times;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::say;
use crate::surroundings::Surroundings;
use crate::view::with_views;

/// Refuses whoever reads nothing of a book: who has no term that runs, and a login that is nobody's. Until the book knows anybody's
/// login there is nothing to tell by.
pub(crate) fn require(book: &Connection, surroundings: &Surroundings) -> Result<()> {
    let Some(recorder) = identity::reader(book, surroundings)? else {
        let known = book.prepare_cached("SELECT 1 FROM person WHERE os_login IS NOT NULL")?.exists(())?;
        return if known { Err(identity::unproven(surroundings).into()) } else { Ok(()) };
    };
    let now = surroundings.clock.in_office_as_found(book);
    let days = [Some(times::reading_day(book, now)?), times::system_day(book, now)?];
    for hand in recorder.hands() {
        for today in days.into_iter().flatten() {
            if !has_term(book, hand, today)? {
                let what = say!("{person} is not on the staff on {today}, and reads nothing", person = hand, today);
                return Err(Refusal::rule("R2.4", what).or(identity::by_a_term(hand)).into());
            }
        }
    }
    Ok(())
}

/// Whether a term of the person runs on that day, whatever they are.
fn has_term(book: &Connection, person: &Person, day: NaiveDate) -> Result<bool> {
    let sql = "SELECT 1 FROM term WHERE person = ?1 AND from_on <= ?2 AND (until_on IS NULL OR until_on >= ?2)";
    Ok(book.prepare_cached(&with_views(sql))?.exists((&person.key, day))?)
}
