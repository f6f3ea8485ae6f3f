//! The numbers that were given out since a copy was made: they may stand on paper, so the copy never gives them out again.

use std::collections::BTreeMap;

use anyhow::Result;
use rusqlite::Connection;

use super::present::Present;
use crate::book::answered::{self, AnsweredFile, Found, Given, Run};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::register::entry::{self, Opening};
use crate::say;
use crate::series::number::Number;

/// The numbers that the book that was there, or the file beside it, has given out beyond the copy.
pub(super) fn beyond(copy: &Connection, present: &Present, file: &AnsweredFile) -> Result<Vec<Run>> {
    let mut given: BTreeMap<(String, String), i64> = BTreeMap::new();
    let mut take = |Given { series, prefix, last }: Given| {
        let known = given.entry((series, prefix)).or_default();
        *known = last.max(*known);
    };
    if let Found::Told(told) = file.found() {
        told.given.into_iter().for_each(&mut take);
    }
    if let Some(book) = present.book() {
        answered::given(book)?.into_iter().for_each(&mut take);
    }
    let given: Vec<Given> = given.into_iter().map(|((series, prefix), last)| Given { series, prefix, last }).collect();
    answered::beyond(copy, &given)
}

/// Sets the numbers aside: of a department's ledger as reserved numbers, of the others as numbers that are missing.
pub(super) fn set_aside(change: &mut Change<'_>, runs: &[Run], person: &str) -> Result<()> {
    for run in runs {
        let Some((register, department)) = series(change.sql(), &run.series)? else { continue };
        change.sql().execute(
            "INSERT INTO counter (series, prefix, last) VALUES (?1, ?2, ?3)
             ON CONFLICT (series, prefix) DO UPDATE SET last = excluded.last",
            (&run.series, &run.prefix, run.last),
        )?;
        let (Some(department), "contact") = (department, register.as_str()) else { continue };
        let counter: i64 = change
            .sql()
            .only("SELECT id FROM counter WHERE series = ?1 AND prefix = ?2", [&run.series, &run.prefix])?;
        for serial in run.first..=run.last {
            let number = Number { text: run.number(serial), counter, serial };
            let opening =
                Opening { register: "contact", department: &department, day: change.on, person, state: "reserved" };
            let entry = entry::insert(change, &number, &opening)?;
            change.record(&entry.thing()?, person, None)?;
        }
    }
    Ok(())
}

/// What the person is told of the numbers, with the commands that take them up again.
pub(super) fn told(copy: &Connection, runs: &[Run]) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    for run in runs {
        let (numbers, first) = (run.named(), run.number(run.first));
        notes.push(match series(copy, &run.series)? {
            None => say!("{numbers}: given out since by a series that the copy does not know; keep their paper", numbers),
            Some((register, Some(department))) if register == "contact" => say!(
                "{numbers}: given out since, and reserved now; enter each from its paper with: branchbook contact add --number {first} \
                 --department {department} …, or account for it with: branchbook contact void {first} --reason REASON",
                numbers, first, department
            ),
            Some((register, _)) => say!(
                "{numbers}: given out since, and not given out again; enter each paper anew under a new number, and account for the old \
                 one with: branchbook {register} void {first} --reason REASON",
                numbers, first, register
            ),
        });
    }
    Ok(notes)
}

/// The register of a series, and whose ledger it is.
fn series(book: &Connection, key: &str) -> Result<Option<(String, Option<String>)>> {
    book.row("SELECT register, department FROM series WHERE key = ?1", [key])
}
