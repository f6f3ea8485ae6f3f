//! Things against the journal: each stands in the book as its journal rows say, and none is in only one of the two.

use anyhow::Result;
use indicatif::HumanCount;
use rusqlite::Connection;

use super::Faults;
use crate::book::schema::{DROPPED, FILLED};
use crate::book::standing::Standing;
use crate::book::thing::{self, Thing};
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
    Ok(book.query_row(sql, (), |row| row.get(0))?)
}

/// The journal rows of one thing.
#[derive(Default)]
struct Trail {
    name: String,
    /// The newest row.
    id: i64,
    records: Vec<String>,
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
            trail.fault(book)?.into_iter().for_each(|fault| faults.note(fault));
            trail = Trail { name: name.to_owned(), ..Trail::default() };
        }
        if thing::is_record_of(name, record) {
            trail.id = id;
            trail.records.push(record.to_owned());
        } else if name != DEED || id > deeds {
            faults.note(say!("row {id} of the journal names {name}, and holds no record of such a thing", id, name));
        }
    }
    trail.fault(book)?.into_iter().for_each(|fault| faults.note(fault));
    Ok(())
}

impl Trail {
    /// How the thing differs from what its rows say. Values are not told: they may be restricted.
    fn fault(&self, book: &Connection) -> Result<Option<String>> {
        let Some((newest, earlier)) = self.records.split_last() else { return Ok(None) };
        let Some(thing) = thing_named(book, &self.name)? else { return Ok(Some(self.missing())) };
        let now = thing.whole(book)?;
        let growing = thing.growing();
        let has_rows = |record: &String| growing.iter().any(|table| record.contains(&format!("\"{table}\":[")));
        let same = now == *newest || !newest.contains("\"entered_on\":") && without_filled(&now) == *newest;
        if same && !earlier.iter().any(has_rows) {
            return Ok(None);
        }
        let (mut told, mut found) = (Standing::default(), Standing::default());
        for record in &self.records {
            told.follow(record, &growing)?;
        }
        if now == "{}" {
            return Ok((told != found).then(|| self.missing()));
        }
        found.follow(&now, &growing)?;
        // A record of before the upgrade has none of them; one of after it lacks only what is empty.
        if FILLED.iter().all(|filled| told.value(filled.table, filled.column).is_none()) {
            for filled in FILLED {
                found.forget(filled.table, filled.column);
            }
        }
        for (table, column) in DROPPED {
            told.forget(table, column);
        }
        let columns: Vec<String> = told.differences(&found).into_iter().map(|(column, ..)| column).collect();
        Ok((!columns.is_empty()).then(|| {
            say!(
                "{name} is not as row {id} of the journal left it: {columns}",
                name = self.name,
                id = self.id,
                columns = columns.join(language::comma())
            )
        }))
    }

    fn missing(&self) -> String {
        say!("{name} is in the journal (row {id}), but not in the book", name = self.name, id = self.id)
    }
}

/// A record without the columns that an upgrade filled in, as it was before; that these are right is checked over all entries
/// in one statement.
fn without_filled(record: &str) -> String {
    let mut bare = record.to_owned();
    for filled in FILLED {
        let key = format!(",\"{}\":", filled.column);
        if let Some(begin) = bare.find(&key) {
            let value = begin + key.len();
            let end = bare[value..].find([',', '}']).map_or(bare.len(), |length| value + length);
            bare.replace_range(begin..end, "");
        }
    }
    bare
}
