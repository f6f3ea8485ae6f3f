//! Who gains by what is asked for, as far as names tell: nobody decides on what they may gain by (Q1).

use anyhow::Result;
use rusqlite::Connection;

use crate::language;
use crate::say;
use crate::text;
use crate::text::parts::Parts;

/// The keys of those on the staff, or who were on it, who may be meant by one of these names: it is their key, or has the name that they
/// have or had. A namesake outside costs the signature of another, and one who is missed costs the rule.
pub(crate) fn namesakes(book: &Connection, names: &[String]) -> Result<Vec<String>> {
    let wanted: Vec<Parts> = names.iter().map(|name| Parts::of(name)).collect();
    let mut staff = book.prepare_cached(
        "SELECT key, name FROM person UNION SELECT key, name FROM former_name WHERE kind = 'person' ORDER BY key",
    )?;
    let mut staff = staff.query(())?;
    let mut keys = Vec::new();
    while let Some(row) = staff.next()? {
        let (key, name): (String, String) = (row.get(0)?, row.get(1)?);
        let (folded, name) = (text::fold(&key), text::fold(&name));
        if wanted.iter().any(|parts| parts.has(&folded) || parts.may_mean(&name)) {
            keys.push(key);
        }
    }
    keys.dedup();
    Ok(keys)
}

/// That somebody with the name of who gains by an entry may not do this with it.
pub(crate) fn may_not(person: &str, number: &str, verb: &str) -> String {
    say!(
        "{person} has the name of who gains by {number} and may not {verb} it",
        person = language::people(person),
        number,
        verb = language::value(verb)
    )
}
