//! Who is named with `--by` in a command that is offered: one rule for what waits, what waits for a decision, and refusals.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use crate::person::{Person, Role};

/// What stands behind a command that one of these people carries out: nothing where the person at the keyboard is one of them, the
/// only one, else a word that holds the place of one.
pub(crate) fn by(who: &[impl AsRef<str>], hand: Option<&str>) -> String {
    if hand.is_some_and(|hand| who.iter().any(|key| key.as_ref() == hand)) {
        return String::new();
    }
    match who {
        [only] => format!(" --by {}", only.as_ref()),
        _ => " --by PERSON".to_owned(),
    }
}

/// The keys of those who decide as the role does on a day, but for who is judged.
pub(crate) fn deciding(
    book: &Connection,
    (role, department): (Role, Option<&str>),
    day: NaiveDate,
    judged: Option<&str>,
) -> Result<Vec<String>> {
    let deciders = Person::deciders(book, role, department, day)?.into_iter().map(|person| person.key);
    Ok(deciders.filter(|key| Some(key.as_str()) != judged).collect())
}
