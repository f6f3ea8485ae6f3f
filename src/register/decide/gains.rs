//! Who gains by what is asked for, as far as names tell: nobody decides on what they may gain by (Q1).

use std::collections::BTreeSet;

use anyhow::Result;
use rusqlite::Connection;

use crate::text;

/// The keys of those on the staff, or who were on it, who are or were called by one of these names.
pub(crate) fn namesakes(book: &Connection, names: &[String]) -> Result<Vec<String>> {
    let wanted: BTreeSet<String> = names.iter().map(|name| text::fold(name)).filter(|name| !name.is_empty()).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let mut staff = book.prepare_cached(
        "SELECT key, name FROM person UNION SELECT key, name FROM former_name WHERE kind = 'person' ORDER BY key",
    )?;
    let mut staff = staff.query(())?;
    let mut keys = Vec::new();
    while let Some(row) = staff.next()? {
        let (key, name): (String, String) = (row.get(0)?, row.get(1)?);
        if wanted.contains(&text::fold(&name)) {
            keys.push(key);
        }
    }
    keys.dedup();
    Ok(keys)
}
