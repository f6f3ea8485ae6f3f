//! The month-end pack of a month in which very many forms are open.

use anyhow::Result;
use rusqlite::Connection;

use crate::Plan;
use crate::ledger::{CONTENT, SUBJECT, fill_in_one};
use crate::office::{Office, argument};
use crate::process::{share, time_and_memory};
use crate::table::Table;

/// The most memory that the pack may take, in KiB.
const MEMORY: u32 = 64 * 1024;

/// Measures the memory that the pack takes.
pub(crate) fn run(plan: &Plan, table: &mut Table) -> Result<()> {
    let count = plan.size.min(1_000_000) / 10;
    let office = Office::found()?;
    fill_in_one(&office, |book| fill(book, count))?;
    let packs = argument(&office.file("packs"));
    let (seconds, most) = time_and_memory(&mut office.program(&["report", "month", "2026-10", "--output", &packs]))?;
    let most = most.unwrap_or_default();
    let what = format!("month end over {count} open forms, its memory in 64 MiB");
    table.bound(what, format!("{} MiB", most / 1024), share(most, MEMORY)?);
    table.remark(format!("  it took {seconds:.2} s"));
    Ok(())
}

/// Writes so many forms of October 2026 straight into the book's tables, all of them open.
fn fill(book: &Connection, count: u32) -> Result<()> {
    book.execute("INSERT INTO counter (series, prefix, last) VALUES ('business', 'HAY05', ?1)", [count])?;
    book.execute(
        "INSERT INTO entry (register, number, counter, serial, department, day_on, person, state, entered_by, entered_on)
         WITH RECURSIVE count (serial) AS (SELECT 1 UNION ALL SELECT serial + 1 FROM count WHERE serial < ?1)
         SELECT 'contact', printf('HAY05%03d', serial), ?2, serial, 'business', date('2026-10-01', (serial % 31) || ' days'), 'wang',
            iif(serial % 2, 'issued', 'received'), 'zhou', date('2026-10-01', (serial % 31) || ' days') FROM count",
        (count, book.last_insert_rowid()),
    )?;
    book.execute(
        "INSERT INTO contact (entry, kind, subject, content, addressed_to, reply_by_on, received_on)
         SELECT id, 'pre-contract', ?1, ?2, 'technology; general', date(day_on, '5 days'), iif(state = 'received', day_on, NULL) FROM entry",
        (SUBJECT, CONTENT),
    )?;
    Ok(())
}
