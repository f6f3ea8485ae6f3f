//! What is owed, among contracts most of which are paid and closed.

use anyhow::{Result, ensure};
use branchbook::register::project::payments::{COLUMNS, PAYMENTS};
use chrono::Local;
use rusqlite::Connection;

use crate::Plan;
use crate::ledger::fill_in_one;
use crate::office::Office;
use crate::process::{answer, in_turns, median, time};
use crate::table::Table;

/// Payments of a contract that is paid in full.
const RECEIPTS: u32 = 10;

/// One contract in so many is open.
const OPEN: u32 = 20;

/// The greatest cost of closed contracts, in that of a tenth of them.
const LIMIT: f64 = 1.1;

const LIST: [&str; 4] = ["project", "payments", "--format", "csv"];

/// Measures the list beside the shell's, and how it grows when contracts are closed and others are not opened.
pub(crate) fn run(plan: &Plan, table: &mut Table) -> Result<()> {
    let contracts = plan.size.min(1_000_000) / RECEIPTS;
    let office = book(contracts, contracts / OPEN)?;
    let (on, owed) = (Local::now().date_naive(), format!("SELECT {COLUMNS} FROM owed WHERE owed_fen <> 0"));
    let select = format!("{PAYMENTS} {owed} ORDER BY due_on IS NULL, due_on, number, position")
        .replace(":on", &format!("'{on}'"))
        .replace(":number", "NULL");
    let ask = ["-csv", "-header", &select];
    let (here, there) = (office.ours(&LIST)?.lines().count(), answer(&mut office.shell(&ask))?.lines().count());
    ensure!(here == there && here > 1, "the two lists differ in length: {here} and {there}");
    let mut ours = || time(&mut office.program(&LIST));
    let mut shell = || time(&mut office.shell(&ask));
    let seconds = in_turns(plan.runs, &mut [&mut ours, &mut shell])?;
    let what = format!("payments of {contracts} contracts with {} receipts", contracts * RECEIPTS);
    table.compare(what, median(&seconds[0]), median(&seconds[1]), Some(1.5));

    let open = contracts / 10 / OPEN;
    let (few, many) = (book(contracts / 10, open)?, book(contracts, open)?);
    let (mut few, mut many) = (|| time(&mut few.program(&LIST)), || time(&mut many.program(&LIST)));
    let seconds = in_turns(plan.runs, &mut [&mut few, &mut many])?;
    let what = format!("payments of {open} open contracts: {contracts} in all against {}", contracts / 10);
    table.compare(what, median(&seconds[1]), median(&seconds[0]), Some(LIMIT));
    Ok(())
}

/// A book with so many contracts of the years from 2015 on, the last of them open: half paid, and past a day that was agreed.
fn book(contracts: u32, open: u32) -> Result<Office> {
    let office = Office::found()?;
    fill_in_one(&office, |book| fill(book, contracts, open))?;
    Ok(office)
}

fn fill(book: &Connection, contracts: u32, open: u32) -> Result<()> {
    book.execute("INSERT INTO counter (series, prefix, last) VALUES ('project', 'PRJ15-', ?1)", [contracts])?;
    book.execute(
        "INSERT INTO entry (register, number, counter, serial, department, day_on, person, state, entered_by, entered_on, ended_on)
         WITH RECURSIVE count (serial) AS (SELECT 1 UNION ALL SELECT serial + 1 FROM count WHERE serial < ?1)
         SELECT 'project', printf('PRJ15-%03d', serial), ?3, serial, 'business', date('2015-01-01', (serial % 3000) || ' days'), 'wang',
            iif(serial <= ?1 - ?2, 'closed', 'contracted'), 'zhou', date('2015-01-01', (serial % 3000) || ' days'), iif(serial <= ?1 - ?2, '2024-12-31', NULL)
         FROM count",
        (contracts, open, book.last_insert_rowid()),
    )?;
    Ok(book.execute_batch(
        "INSERT INTO project (entry, customer, title, major_flag)
            SELECT id, '包头钢铁' || (serial % 500), '球磨机 2 台', 0 FROM entry WHERE register = 'project';
         INSERT INTO leader (entry, position, person, from_on, appointed_by) SELECT entry, 1, 'wang', '2015-01-01', 'wang' FROM project;
         INSERT INTO contract (entry, position, contract, signed_on, customer, currency, amount_fen)
            SELECT e.id, 1, 'BG-' || e.serial, e.day_on, p.customer, 'CNY', 2400000 FROM project AS p JOIN entry AS e ON e.id = p.entry;
         INSERT INTO instalment (entry, position, kind, amount_fen, due_on)
            SELECT c.entry, k.key + 1, k.value, 600000, iif(k.key = 3, NULL, date(c.signed_on, (k.key * 3) || ' months'))
            FROM contract AS c, json_each('[\"advance\",\"progress\",\"delivery\",\"warranty\"]') AS k;
         INSERT INTO receipt (entry, position, instalment, amount_fen, received_on, voucher)
            SELECT c.entry, r.key + 1, r.value, iif(r.value < 3, 200000, 300000), date(c.signed_on, r.key || ' months'), '银-' || r.key
            FROM contract AS c JOIN entry AS e ON e.id = c.entry, json_each('[1,1,1,2,2,2,3,3,4,4]') AS r
            WHERE e.state = 'closed' OR r.value < 3;",
    )?)
}
