//! What a look into the book costs when its history grows.

use std::iter;
use std::process::Command;

use anyhow::Result;

use crate::office::Office;
use crate::process::{in_turns, median, time};
use crate::table::Table;
use crate::{Plan, ledger};

/// Histories beyond this are written straight into the tables.
const IMPORTED: u32 = 1_000_000;

/// The greatest cost in a long history, in that of the shortest.
const LIMIT: f64 = 1.1;

/// What is looked at, as typed, besides a form in the middle of the smallest book.
const LOOKS: [&[&str]; 4] = [
    &["contact", "ledger", "--department", "business", "--last", "40"],
    &["contact", "ledger", "--department", "business", "--month", "2026-10"],
    &["info", "tally", "--month", "2026-10"],
    &["contact", "outstanding"],
];

/// Lines behind which Tab is pressed: there are entries on which the verb may be used, and there are none.
const COMPLETED: [&[&str]; 2] = [&["contact", "sign", ""], &["info", "file", ""]];

/// A look at a book.
#[derive(Clone, Copy)]
enum Look<'a> {
    /// This command.
    Command(&'a [&'a str]),
    /// Tab behind this line.
    Tab(&'a [&'a str]),
}

impl Look<'_> {
    fn name(self) -> String {
        match self {
            Self::Command(line) => line.join(" "),
            Self::Tab(line) => format!("Tab behind {}", line.join(" ").trim_end()),
        }
    }

    fn program(self, office: &Office) -> Command {
        match self {
            Self::Command(line) => office.program(line),
            Self::Tab(line) => office.completion(line),
        }
    }
}

/// Measures every look in books of growing size, in turns.
pub(crate) fn run(plan: &Plan, table: &mut Table) -> Result<()> {
    let mut sizes = vec![plan.first, plan.size.min(IMPORTED), plan.size];
    sizes.dedup();
    let books = sizes.iter().map(|size| book(*size)).collect::<Result<Vec<_>>>()?;
    let number = format!("HAY05{:03}", plan.first / 4);
    let show: &[&str] = &["contact", "show", &number];
    let commands = iter::once(show).chain(LOOKS).map(Look::Command);
    for look in commands.chain(COMPLETED.into_iter().map(Look::Tab)) {
        let name = look.name();
        let mut lookups: Vec<_> = books.iter().map(|office| move || time(&mut look.program(office))).collect();
        let mut lookups: Vec<_> =
            lookups.iter_mut().map(|look_up| look_up as &mut dyn FnMut() -> Result<f64>).collect();
        let seconds = in_turns(plan.runs, &mut lookups)?;
        for (size, larger) in sizes.iter().zip(&seconds).skip(1) {
            let what = format!("{name}: {size} entries against {}", plan.first);
            table.compare(what, median(larger), median(&seconds[0]), Some(LIMIT));
        }
    }
    Ok(())
}

/// A book with so many entries, half contact forms and half user information.
fn book(entries: u32) -> Result<Office> {
    let office = Office::found()?;
    if entries <= IMPORTED {
        ledger::import(&office, entries / 2)?;
    } else {
        ledger::fill_in_one(&office, |book| ledger::fill(book, entries / 2))?;
    }
    ledger::fill_in_one(&office, |book| ledger::fill_information(book, entries / 2))?;
    office.settle()?;
    Ok(office)
}
