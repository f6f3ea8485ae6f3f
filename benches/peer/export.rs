//! A whole ledger as CSV, and as a workbook.

use anyhow::{Result, ensure};
use branchbook::view::with_views;

use crate::Plan;
use crate::ledger;
use crate::office::Office;
use crate::process::{in_turns, into_file, median, share, time, time_and_memory};
use crate::table::Table;

/// The most memory that an export may take, in KiB.
const MEMORY: u32 = 32 * 1024;

/// The most memory that a workbook may take, in KiB.
const WORKBOOK_MEMORY: u32 = 128 * 1024;

/// The forms of the workbook that is always measured; `--all` takes as many as the CSV has as well.
const WORKBOOK: u32 = 100_000;

/// The ledger's columns in the ledger's order.
const SELECT: &str = "SELECT number, state, issued_on, subject, addressed_to, kind, issued_by, reply_by_on, received_on, replied_on,
        archived_on, contract, copied_to, holder, pages, department, content, archived_by, contract_file, no_contract, void_reason, amendments
    FROM (SELECT c.id AS ledger FROM counter AS c JOIN series AS s ON s.key = c.series
        WHERE s.register = 'contact' AND s.department = 'business') CROSS JOIN contact_list ON counter = ledger ORDER BY ledger, serial";

/// Measures both into a file.
pub(crate) fn run(plan: &Plan, table: &mut Table) -> Result<()> {
    let count = plan.size.min(1_000_000);
    let office = Office::found()?;
    ledger::fill_in_one(&office, |book| ledger::fill(book, count))?;
    let (here, there) = (office.file("ours.csv"), office.file("shell.csv"));
    let mut most = 0;
    let mut ours = || {
        let mut command = office.program(&["contact", "ledger", "--department", "business", "--format", "csv"]);
        let (seconds, peak) = time_and_memory(command.stdout(into_file(&here)?))?;
        most = most.max(peak.unwrap_or_default());
        Ok(seconds)
    };
    let mut shell = || time(office.shell(&["-csv", "-header", &with_views(SELECT)]).stdout(into_file(&there)?));
    let seconds = in_turns(plan.rounds, &mut [&mut ours, &mut shell])?;
    ensure!(lines(&here)? == lines(&there)?, "the two exports differ in length");
    table.compare(format!("export of {count} forms as csv"), median(&seconds[0]), median(&seconds[1]), Some(0.4));
    table.bound("the export's memory in 32 MiB", format!("{} MiB", most / 1024), share(most, MEMORY)?);
    workbook(plan, plan.size.min(WORKBOOK), table)?;
    if plan.size > count { workbook(plan, count, table) } else { Ok(()) }
}

/// Measures a ledger of so many forms as a workbook against its CSV.
fn workbook(plan: &Plan, count: u32, table: &mut Table) -> Result<()> {
    let office = Office::found()?;
    ledger::fill_in_one(&office, |book| ledger::fill(book, count))?;
    let ledger = |format: &str| office.program(&["contact", "ledger", "--department", "business", "--format", format]);
    let here = office.file("ours");
    let mut most = 0;
    let mut xlsx = || {
        let (seconds, peak) = time_and_memory(ledger("xlsx").stdout(into_file(&here)?))?;
        most = most.max(peak.unwrap_or_default());
        Ok(seconds)
    };
    let mut csv = || time(ledger("csv").stdout(into_file(&here)?));
    let seconds = in_turns(plan.rounds, &mut [&mut xlsx, &mut csv])?;
    table.compare(format!("{count} forms as xlsx against csv"), median(&seconds[0]), median(&seconds[1]), Some(4.0));
    table.bound("the workbook's memory in 128 MiB", format!("{} MiB", most / 1024), share(most, WORKBOOK_MEMORY)?);
    Ok(())
}

fn lines(path: &std::path::Path) -> Result<usize> {
    let text = std::fs::read(path)?;
    Ok(text.split(|byte| *byte == b'\n').count() - 1)
}
