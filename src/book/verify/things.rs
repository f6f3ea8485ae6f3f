//! Things against the journal: each stands in the book as its newest journal row says, and none is in only one of the two.

use anyhow::Result;
use indicatif::HumanCount;
use rusqlite::Connection;

use super::Faults;
use crate::book::journal::{self, Thing};
use crate::say;

/// The newest journal row of each thing, in the order of the things' names.
const NEWEST: &str = "SELECT j.id, j.thing, j.record FROM (SELECT max(id) AS id FROM journal GROUP BY thing) AS newest
    CROSS JOIN journal AS j ON j.id = newest.id";

/// Whether every thing is as the journal left it. Each is looked up on its own, so that memory does not grow with the book.
pub(super) fn against_journal(book: &Connection, faults: &mut Faults) -> Result<String> {
    let mut newest = book.prepare(NEWEST)?;
    let mut rows = newest.query(())?;
    while let Some(row) = rows.next()? {
        let (name, record) = (row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?);
        if let Some(fault) = fault(book, row.get(0)?, name, record)? {
            faults.note(fault);
        }
    }
    let mut things = 0;
    Thing::each_name(book, |name| {
        things += 1;
        if !book.prepare_cached("SELECT 1 FROM journal WHERE thing = ?1")?.exists([name])? {
            faults.note(say!("{name} is in the book, but not in the journal", name));
        }
        Ok(())
    })?;
    Ok(say!("{things} things are as the journal left them", things = HumanCount(things)))
}

/// How a thing differs from journal row `id`, its newest. Values are not told: they may be restricted.
fn fault(book: &Connection, id: i64, name: &str, record: &str) -> Result<Option<String>> {
    let now = match Thing::named(book, name)? {
        Some(thing) => thing.record(book)?,
        None => "{}".to_owned(),
    };
    if now == record || !journal::is_of_a_thing(record) {
        return Ok(None);
    }
    if now == "{}" {
        return Ok(Some(say!("{name} is in the journal (row {id}), but not in the book", name, id)));
    }
    let columns: Vec<String> =
        journal::differences(Some(record), &now).unwrap_or_default().into_iter().map(|(column, ..)| column).collect();
    Ok(Some(say!(
        "{name} is not as row {id} of the journal left it: {columns}",
        name,
        id,
        columns = columns.join(", ")
    )))
}
