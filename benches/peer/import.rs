//! An old ledger brought in: with validation, numbers and journal here, loaded as it is by the shell.

use std::fs;

use anyhow::Result;

use crate::Plan;
use crate::ledger::{self, HEADER, RECORD};
use crate::office::{Office, argument};
use crate::process::{in_turns, median, share, time, time_and_memory};
use crate::table::Table;

/// The most memory that an import may take, in KiB.
const MEMORY: u32 = 64 * 1024;

/// Assets of one day that are brought in without numbers, and twice as many.
const ASSETS: u32 = 20_000;

/// What a row of the longer list may cost, in what one of the shorter costs.
const LIMIT: f64 = 1.2;

/// Loads the same rows into the same tables, with a journal row for each.
fn script(csv: &str) -> String {
    format!(
        ".mode csv
         CREATE TEMP TABLE staging ({HEADER});
         .import --skip 1 {csv} staging
         BEGIN IMMEDIATE;
         INSERT INTO counter (series, prefix, last) SELECT 'business', 'HAY05', count(*) FROM staging;
         INSERT INTO entry (register, number, counter, serial, department, day_on, person, state, entered_by, entered_on, ended_on)
             SELECT 'contact', number, (SELECT id FROM counter WHERE prefix = 'HAY05'), CAST(substr(number, 6) AS INTEGER), 'business',
                 issued_on, issued_by, state, 'zhou', date('now'), nullif(archived_on, '') FROM staging;
         INSERT INTO contact (entry, kind, subject, content, addressed_to, reply_by_on, pages, received_on, archived_on, archived_by, contract_file)
             SELECT e.id, s.kind, s.subject, s.content, s.addressed_to, s.reply_by_on, s.pages, nullif(s.received_on, ''),
                 nullif(s.archived_on, ''), nullif(s.archived_by, ''), nullif(s.contract_file, '')
             FROM staging AS s JOIN entry AS e ON e.number = s.number;
         INSERT INTO journal SELECT NULL, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), NULL, 'contact import', e.number, e.day_on, e.person, 'zhou',
                 0, 'clerk', 'desk', NULL, {RECORD}, randomblob(32)
             FROM entry AS e JOIN contact AS c ON c.entry = e.id ORDER BY e.id;
         COMMIT;"
    )
}

/// Measures both on a new book each time.
pub(crate) fn run(plan: &Plan, table: &mut Table) -> Result<()> {
    let count = plan.size.min(1_000_000);
    let empty = Office::found()?;
    let csv = empty.file("ledger.csv");
    ledger::write(&csv, count)?;
    let script_file = empty.file("load.sql");
    fs::write(&script_file, script(&argument(&csv)).replace("\n         ", "\n"))?;
    let (csv, read) = (argument(&csv), format!(".read {}", argument(&script_file)));
    let mut most = 0;
    let mut ours = || {
        let office = empty.copied()?;
        let (seconds, peak) =
            time_and_memory(&mut office.program(&["contact", "import", &csv, "--department", "business"]))?;
        most = most.max(peak.unwrap_or_default());
        Ok(seconds)
    };
    let mut shell = || Ok(time_and_memory(&mut empty.copied()?.shell(&[&read]))?.0);
    let seconds = in_turns(plan.rounds, &mut [&mut ours, &mut shell])?;
    table.compare(format!("import of {count} forms"), median(&seconds[0]), median(&seconds[1]), Some(1.3));
    let what = format!("the import's memory in 64 MiB, the file is {} MiB", fs::metadata(&csv)?.len() >> 20);
    table.bound(what, format!("{} MiB", most / 1024), share(most, MEMORY)?);
    Ok(())
}

/// Measures what a row costs that has no number, in a list of many assets of one day and in one twice as long.
pub(crate) fn unnumbered(plan: &Plan, table: &mut Table) -> Result<()> {
    let count = ASSETS.min(plan.size / 20);
    let empty = Office::found()?;
    let lists = [count, 2 * count].map(|count| list(&empty, count));
    let [fewer, more] = lists;
    let (fewer, more) = (fewer?, more?);
    let import = |csv: &str| {
        let office = empty.copied()?;
        time(&mut office.program(&["asset", "import", csv, "--department", "general"]))
    };
    let seconds = in_turns(plan.rounds, &mut [&mut || import(&fewer), &mut || import(&more)])?;
    let what = format!("a row of {} assets of one day without numbers, against {count}", 2 * count);
    table.compare(what, median(&seconds[1]) / 2.0, median(&seconds[0]), Some(LIMIT));
    Ok(())
}

/// Writes a list of so many assets as CSV; gives its path.
fn list(office: &Office, count: u32) -> Result<String> {
    let path = office.file(&format!("{count}.csv"));
    let rows: String = (0..count).fold(String::from("name,price,bought_on,keeper,serial_no\n"), |mut rows, serial| {
        rows.push_str("笔记本电脑,7999.00,2025-03-08,zhou,");
        rows.push_str(&serial.to_string());
        rows.push('\n');
        rows
    });
    fs::write(&path, rows)?;
    Ok(argument(&path))
}
