//! The two hash chains: the journal and the access log, in one pass each, holding no more than the row before.

use anyhow::Result;
use indicatif::HumanCount;
use rusqlite::{Connection, Row};

use super::{Faults, count};
use crate::book::journal::{self, Hash, Head};
use crate::book::times::Chain;
use crate::say;
use crate::zone;

/// Whether every journal row is there and as it was written.
pub(super) fn journal(book: &Connection, faults: &mut Faults) -> Result<String> {
    walk(book, "journal", "thing", faults)
}

/// Whether every row of the access log is there and as it was written.
pub(super) fn readings(book: &Connection, faults: &mut Faults) -> Result<String> {
    walk(book, "reading", "command", faults)
}

/// How many rows were made under a clock that `BRANCHBOOK_NOW` fixed: no fault, but not to be hidden.
pub(super) fn clock(book: &Connection, _: &mut Faults) -> Result<String> {
    let rows = count(book, "journal WHERE clock_at IS NOT NULL")?;
    let readings = count(book, "reading WHERE clock_at IS NOT NULL")?;
    Ok(say!("{rows} journal rows and {readings} readings were made under BRANCHBOOK_NOW", rows, readings))
}

/// Whether each row was made at or after the time of the row before it, as far as no clerk declared that the rows before were
/// made under a clock that ran ahead.
pub(super) fn times(book: &Connection, faults: &mut Faults) -> Result<String> {
    let mut declared = 0_u64;
    for chain in [Chain::Journal, Chain::Readings] {
        let mut statement = book.prepare(&chain.earlier("TRUE"))?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            let (id, at, before): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (at, before) = (zone::shown(&at), zone::shown(&before));
            let of_journal: Option<i64> = row.get(4)?;
            match (row.get(3)?, chain, of_journal) {
                (true, ..) => declared += 1,
                (false, Chain::Readings, Some(row)) => faults.note(say!(
                    "row {id} of the access log is of {at}, and row {row} of the journal of {before}; nobody declared why",
                    id,
                    at,
                    row,
                    before
                )),
                (false, Chain::Journal, _) => faults.note(say!(
                    "row {id} of the journal is of {at}, and the row before it of {before}; nobody declared why",
                    id,
                    at,
                    before
                )),
                (false, Chain::Readings, None) => faults.note(say!(
                    "row {id} of the access log is of {at}, and the row before it of {before}; nobody declared why",
                    id,
                    at,
                    before
                )),
            }
        }
    }
    if declared == 0 {
        return Ok(say!("no row is earlier than the row before it").to_owned());
    }
    let declared = HumanCount(declared);
    Ok(say!("{declared} rows are earlier than the row before, each declared by a clerk", declared))
}

/// Follows a chain from its first row; a fault names a row with what stands in its column `label`.
fn walk(book: &Connection, table: &str, label: &str, faults: &mut Faults) -> Result<String> {
    let mut statement = book.prepare(&format!("SELECT * FROM {table} ORDER BY id"))?;
    let (label, hash) = (statement.column_index(label)?, statement.column_index("hash")?);
    let mut rows = statement.query(())?;
    let mut head = Head { count: 0, hash: [0; 32] };
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let stored = row.get_ref(hash)?.as_blob().ok().and_then(|hash| Hash::try_from(hash).ok()).unwrap_or_default();
        if let Some(fault) = fault(&head, id, row, hash, &stored)? {
            faults.note(say!("row {id} ({label}) {fault}", id, label = row.get_ref(label)?.as_str()?, fault));
        }
        head = Head { count: id, hash: stored };
        count += 1;
    }
    Ok(say!("{count} rows, head {hash}", count = HumanCount(count), hash = journal::hex(&head.hash)))
}

/// What is wrong with the row that stands behind `head`. After a gap the hash before is not known, so only the gap is told.
fn fault(head: &Head, id: i64, row: &Row<'_>, hash: usize, stored: &Hash) -> Result<Option<String>> {
    if id != head.count + 1 {
        return Ok(Some(say!("stands where row {count} belongs", count = head.count + 1)));
    }
    let columns = (0..hash).map(|index| row.get_ref(index)).collect::<rusqlite::Result<Vec<_>>>()?;
    let fits = journal::chain(&head.hash, &columns) == *stored;
    Ok((!fits).then(|| say!("does not fit its hash and the row before it").to_owned()))
}
