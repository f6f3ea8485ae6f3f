//! Lists of the office as files: what a list wrote comes in again, row by row, as the commands enter it.

use anyhow::Result;

use super::row::{Cells, Fault};
use super::run::FileImport;
use super::take::{Take, Taken};
use crate::book::change::Change;
use crate::desk::Desk;
use crate::language::Words;
use crate::refusal::Refusal;
use crate::say;

/// A list of the office that comes in as it was written.
pub(crate) trait Listed: Sized {
    /// What the rows are, for messages, such as `routes`.
    const WHAT: &'static str;

    /// The columns that are read, as the list prints them.
    const COLUMNS: &'static [&'static str];

    /// Those that every row has.
    const REQUIRED: &'static [&'static str];

    /// Enters a row.
    ///
    /// # Errors
    /// A refusal of the row, or what ends the import.
    fn enter(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Taken>;
}

/// What is wrong with a row, as an error among others.
#[derive(Debug)]
pub(crate) struct Wrong(Fault);

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.reason)
    }
}

impl std::error::Error for Wrong {}

/// Makes what is wrong with a cell an error.
pub(crate) fn read<T>(cell: Result<T, Fault>) -> Result<T> {
    cell.map_err(|fault| Wrong(fault).into())
}

impl FileImport {
    /// Takes a list of the office into the book with `verb`, each row as whoever `--by` names enters it.
    pub(crate) fn list<L: Listed>(
        &self,
        desk: &mut Desk<'_>,
        verb: &'static str,
        list: impl Fn(Option<String>) -> L,
    ) -> Result<()> {
        self.run(desk, verb, &[], |_| Ok(Rows(list(self.deed.by.clone()))))
    }
}

/// The list as an import takes it.
struct Rows<L>(L);

impl<L: Listed> Take for Rows<L> {
    const WHAT: &'static str = L::WHAT;

    fn short() -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }

    fn fields() -> Vec<&'static str> {
        L::COLUMNS.to_vec()
    }

    fn required() -> Vec<&'static str> {
        L::REQUIRED.to_vec()
    }

    fn take(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Result<Taken, Fault>> {
        let (on, late) = (change.on, change.late.clone());
        let entered = self.0.enter(change, cells);
        (change.on, change.late) = (on, late);
        let error = match entered {
            Ok(taken) => return Ok(Ok(taken)),
            Err(error) => error,
        };
        match error.downcast::<Wrong>() {
            Ok(Wrong(fault)) => Ok(Err(fault)),
            Err(error) => error.downcast::<Refusal>().map(|refusal| Err(Fault::whole(refusal.to_string()))),
        }
    }

    fn finish(self, _: &mut Change<'_>) -> Result<Vec<String>> {
        Ok(Vec::new())
    }
}

/// Whether a cell says yes; no where it is empty.
pub(crate) fn yes(cells: &Cells<'_>, field: &'static str) -> Result<bool> {
    let Some(said) = read(cells.line(field))? else { return Ok(false) };
    match Words::of(["yes", "no"]).meant(said) {
        Some(word) => Ok(word == "yes"),
        None => read(Err(Fault::of(field, say!("is neither yes nor no")))),
    }
}

/// The first of these fields that the row gives; the first of all where it gives none.
pub(crate) fn given(cells: &Cells<'_>, fields: &[&'static str]) -> Result<&'static str, Fault> {
    for field in fields {
        if cells.text(field)?.is_some() {
            return Ok(field);
        }
    }
    Ok(fields[0])
}
