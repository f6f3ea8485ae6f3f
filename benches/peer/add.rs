//! One form logged: a cold process and a durable commit.

use anyhow::Result;

use crate::office::Office;
use crate::process::{in_turns, mean, median, time};
use crate::table::Table;
use crate::{Plan, ledger};

/// The command line.
pub(crate) const ADD: [&str; 18] = [
    "contact",
    "add",
    "--department",
    "business",
    "--kind",
    "pre-contract",
    "--to",
    "technology",
    "--to",
    "general",
    "--subject",
    ledger::SUBJECT,
    "--content",
    ledger::CONTENT,
    "--by",
    "wang",
    "--on",
    "2026-10-08",
];

/// What the shell does for the same: the same rows in the same tables in one transaction, and the number in answer.
pub(crate) fn sql() -> String {
    format!(
        "BEGIN IMMEDIATE;
         INSERT INTO counter (series, prefix, last) VALUES ('business', 'HAY05', 1)
             ON CONFLICT (series, prefix) DO UPDATE SET last = last + 1;
         INSERT INTO entry (register, number, counter, serial, department, day_on, person, state, entered_by, entered_on)
             SELECT 'contact', printf('HAY05%03d', last), id, last, 'business', '2026-10-08', 'wang', 'issued', 'zhou', '2026-10-08'
             FROM counter WHERE series = 'business' AND prefix = 'HAY05';
         INSERT INTO contact (entry, kind, subject, content, addressed_to, reply_by_on)
             VALUES (last_insert_rowid(), 'pre-contract', '{subject}', '{content}', 'technology; general', '2026-10-13');
         INSERT INTO journal SELECT NULL, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), NULL, 'contact add', e.number, e.day_on, e.person,
             'zhou', 0, 'clerk', 'desk', NULL, {record}, randomblob(32)
             FROM entry AS e JOIN contact AS c ON c.entry = e.id WHERE e.id = last_insert_rowid();
         COMMIT;
         SELECT thing FROM journal ORDER BY id DESC LIMIT 1;",
        subject = ledger::SUBJECT,
        content = ledger::CONTENT,
        record = ledger::RECORD,
    )
}

/// Measures on two copies of one book: the shell checkpoints the log whenever it closes, which ours leaves for every
/// seventh form or so; the means have those in them.
pub(crate) fn run(plan: &Plan, table: &mut Table) -> Result<()> {
    let office = Office::found()?;
    ledger::import(&office, plan.first)?;
    let (other, sql) = (office.copied()?, sql());
    let mut ours = || time(&mut office.program(&ADD));
    let mut shell = || time(&mut other.shell(&[&sql]));
    let seconds = in_turns(plan.runs, &mut [&mut ours, &mut shell])?;
    table.compare("contact add, one form, against the shell", median(&seconds[0]), median(&seconds[1]), Some(0.8));
    table.compare("the same, mean", mean(&seconds[0]), mean(&seconds[1]), None);
    let kept = format!(".dbconfig no_ckpt_on_close on\n{sql}");
    let script = other.file("kept.sql");
    std::fs::write(&script, kept)?;
    let read = format!(".read {}", crate::office::argument(&script));
    let mut ours = || time(&mut office.program(&ADD));
    let mut shell = || time(&mut other.shell(&[&read]));
    let seconds = in_turns(plan.runs, &mut [&mut ours, &mut shell])?;
    table.compare("the same, against a shell that never checkpoints", median(&seconds[0]), median(&seconds[1]), None);
    Ok(())
}
