//! Contact forms that wait: for a signature, a reply, or their place in the archive.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};

use super::ledger;
use crate::language;
use crate::office::department;
use crate::register::waiting::{Each, Waiting};
use crate::say;
use crate::text;

/// Contact forms without a signature, a reply, or a place in the archive (R4.7).
pub(super) fn forms(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut statement = book.prepare(&format!(
        "SELECT number, waits_for, party, due_on, department, holder FROM ({})
         WHERE since_on <= :today AND (waits_for <> 'archive' OR due_on < :today)",
        ledger::WAITING
    ))?;
    let mut rows = statement.query(named_params! { ":today": today })?;
    while let Some(row) = rows.next()? {
        let (number, waits_for, party): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let next = match waits_for.as_str() {
            "signature" => format!("branchbook contact sign {number} --for {} --by PERSON", text::word(&party)),
            "reply" => format!("branchbook contact reply {number} --by PERSON --text TEXT"),
            _ => format!("branchbook contact archive {number} --contract CONTRACT"),
        };
        // A department is waited for itself; a party outside, by the department that issued the form.
        let department = match department::look_up(book, &party)? {
            Some(department) => department.key,
            None => row.get(4)?,
        };
        let what =
            say!("{waits_for} of {party}", waits_for = language::value(&waits_for), party = language::value(&party));
        each(Waiting {
            due_on: row.get(3)?,
            what,
            number,
            department,
            person: row.get(5)?,
            clause: "R4.7".into(),
            next,
        })?;
    }
    Ok(())
}
