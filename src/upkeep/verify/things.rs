//! Things against the journal: each stands in the book as its journal rows say, and none is in only one of the two.

use anyhow::Result;
use indicatif::HumanCount;
use rusqlite::Connection;

use super::Faults;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::book::trail::{Changed, Trail};
use crate::language;
use crate::register::entry::thing_named;
use crate::say;

/// The records of each thing, one after the other.
const RECORDS: &str = "SELECT thing, id, record FROM journal ORDER BY thing, id";

/// The same of the staff and who stands in for whom.
const RECORDS_OF_STAFF: &str =
    "SELECT thing, id, record FROM journal WHERE thing LIKE 'staff %' OR thing LIKE 'deputy %' ORDER BY thing, id";

/// What the journal called imports when they were deeds, and had no table.
const DEED: &str = "import";

/// The newest row of the journal that an older version can have written.
fn last_deed(book: &Connection) -> Result<i64> {
    let sql = "SELECT coalesce(min(id), 0) FROM journal WHERE verb = 'upgrade' AND thing = 'book 1'";
    book.only(sql, ())
}

/// Whether every thing is as the journal left it. Each is looked up on its own, so that memory does not grow with the book.
pub(super) fn against_journal(book: &Connection, faults: &mut Faults) -> Result<String> {
    as_recorded(book, RECORDS, faults)?;
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

/// Whether everybody on the staff, and who stands in for them, is as the journal left it.
pub(super) fn staff_against_journal(book: &Connection, faults: &mut Faults) -> Result<()> {
    as_recorded(book, RECORDS_OF_STAFF, faults)?;
    Thing::each_name(book, |name| {
        let is_of_staff = name.starts_with("staff ") || name.starts_with("deputy ");
        if is_of_staff && !book.prepare_cached("SELECT 1 FROM journal WHERE thing = ?1")?.exists([name])? {
            faults.note(say!("{name} is in the book, but not in the journal", name));
        }
        Ok(())
    })
}

/// Whether the things of these records are as the last of them left each.
fn as_recorded(book: &Connection, records: &str, faults: &mut Faults) -> Result<()> {
    let mut statement = book.prepare(records)?;
    let mut rows = statement.query(())?;
    let mut trail = Trail::default();
    let deeds = last_deed(book)?;
    while let Some(row) = rows.next()? {
        let (name, id, record) = (row.get_ref(0)?.as_str()?, row.get(1)?, row.get_ref(2)?.as_str()?);
        if name != trail.name {
            fault(&trail, book)?.into_iter().for_each(|fault| faults.note(fault));
            trail = Trail::of(name);
        }
        if !trail.take(id, record) && (name != DEED || id > deeds) {
            faults.note(say!("row {id} of the journal names {name}, and holds no record of such a thing", id, name));
        }
    }
    fault(&trail, book)?.into_iter().for_each(|fault| faults.note(fault));
    Ok(())
}

/// What is told of a thing that is not as the journal left it.
fn fault(trail: &Trail, book: &Connection) -> Result<Option<String>> {
    let name = &trail.name;
    let thing = thing_named(book, name)?;
    Ok(trail.changed(book, thing.as_ref())?.map(|changed| match changed {
        Changed::Missing { row } => say!("{name} is in the journal (row {id}), but not in the book", name, id = row),
        Changed::Unrecorded => say!("{name} is in the book, but not in the journal", name),
        Changed::Otherwise { row, columns } => say!(
            "{name} is not as row {id} of the journal left it: {columns}",
            name,
            id = row,
            columns = columns.join(language::comma())
        ),
    }))
}
