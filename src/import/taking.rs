//! The rows of a file as they are taken, one after the other: in the order of the file, or in that of their days.

use anyhow::Result;
use csv::StringRecord;
use indicatif::ProgressBar;

use super::mapping::Mapping;
use super::rejects::Rejects;
use super::row::{Cells, Days, Fault};
use super::run::{Counts, Places, Take, Taken};
use super::source::{Row, Source};
use crate::book::change::Change;

/// After so many rows the count is looked at; it is drawn twenty times a second at most.
const DRAWN_EVERY: u64 = 256;

struct Taking<'t, 'c, T> {
    change: &'t mut Change<'c>,
    mapping: &'t Mapping,
    taker: &'t mut T,
    rejects: &'t mut Rejects,
    days: &'t Days,
    new: i64,
    same: i64,
    /// The lines of those that the book had already.
    known: Vec<u64>,
    /// Those that cannot be taken, where they do not come in the order of the file.
    bad: Vec<Bad>,
}

/// A row that cannot be taken.
struct Bad {
    line: u64,
    column: Option<String>,
    fault: Fault,
    cells: StringRecord,
}

/// Takes the rows into the book, and the bad ones into the rejects.
pub(super) fn take_rows<T: Take>(
    change: &mut Change<'_>,
    (source, mapping, days): (&mut Source, &Mapping, &Days),
    taker: &mut T,
    rejects: &mut Rejects,
    progress: &ProgressBar,
) -> Result<Counts> {
    let (mut totals, mut empty) = (Places::default(), Places::default());
    let mut taking =
        Taking { change, mapping, taker, rejects, days, new: 0, same: 0, known: Vec::new(), bad: Vec::new() };
    let (mut kept, looked_at): (Vec<(String, u64, StringRecord)>, Days) = (Vec::new(), days.again());
    while let Some(row) = source.advance()? {
        match row {
            Err(ragged) => taking.reject(ragged.line, None, Fault::whole(ragged.to_string()), ragged.cells)?,
            Ok(Row { line, cells }) if mapping.is_total(cells) => totals.add(line),
            Ok(Row { line, cells }) if mapping.is_empty(cells) => empty.add(line),
            Ok(row) if T::BY_DAY => {
                let order = T::order(&Cells::new(mapping, &row, &looked_at));
                kept.push((order, row.line, row.cells.clone()));
            }
            Ok(row) => taking.take(&row)?,
        }
        if source.count().is_multiple_of(DRAWN_EVERY) {
            progress.set_position(source.count());
        }
    }
    kept.sort_by(|(order, line, _), (other, after, _)| (order, line).cmp(&(other, after)));
    for (_, line, cells) in &kept {
        taking.take(&Row { line: *line, cells })?;
    }
    taking.reject_kept()?;
    let Taking { new, same, mut known, .. } = taking;
    known.sort_unstable();
    Ok(Counts { rows: source.count(), new, same, known: Places::of(known), totals, empty, note: source.note() })
}

impl<T: Take> Taking<'_, '_, T> {
    /// Takes a row as often as its quantity says.
    fn take(&mut self, row: &Row<'_>) -> Result<()> {
        self.change.fingerprint = Some(self.mapping.fingerprint(row.cells));
        let times = match self.mapping.times(row.cells) {
            Ok(times) => times,
            Err(fault) => return self.refuse(row, fault),
        };
        for _ in 0..times {
            match self.taker.take(self.change, &Cells::new(self.mapping, row, self.days))? {
                Ok(Taken::New) => self.new += 1,
                Ok(Taken::Same) => {
                    self.same += 1;
                    if self.known.last() != Some(&row.line) {
                        self.known.push(row.line);
                    }
                }
                Err(fault) => return self.refuse(row, fault),
            }
        }
        Ok(())
    }

    /// Rejects a row for what is wrong with it.
    fn refuse(&mut self, row: &Row<'_>, fault: Fault) -> Result<()> {
        let column = fault.field.map(|field| self.mapping.column_of(self.mapping.index(field)));
        self.reject(row.line, column, fault, row.cells)
    }

    fn reject(&mut self, line: u64, column: Option<&str>, fault: Fault, cells: &StringRecord) -> Result<()> {
        if T::BY_DAY {
            let column = column.map(str::to_owned);
            self.bad.push(Bad { line, column, fault, cells: cells.clone() });
            return Ok(());
        }
        self.rejects.add(line, column, &fault, cells)
    }

    /// Rejects in the order of the file what was kept for that.
    fn reject_kept(&mut self) -> Result<()> {
        self.bad.sort_by_key(|bad| bad.line);
        for Bad { line, column, fault, cells } in std::mem::take(&mut self.bad) {
            self.rejects.add(line, column.as_deref(), &fault, &cells)?;
        }
        Ok(())
    }
}
