//! The rows of a file as they are taken, one after the other: in the order of the file, or in that of their days.

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use csv::StringRecord;
use indicatif::ProgressBar;

use super::mapping::Mapping;
use super::rejects::Rejects;
use super::row::{Cells, Days, Fault};
use super::rules::Settled;
use super::run::{Counts, Places};
use super::source::{Row, Source};
use super::take::{Others, Take, Taken};
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
    /// The first line of each row that has no number of its own, by what it says; none where equal rows are no two entries.
    first: Option<HashMap<i64, u64>>,
    /// The lines that were entered though an earlier one says the same, each with that.
    again: Vec<(u64, u64)>,
    /// Those that cannot be taken, where they do not come in the order of the file.
    bad: Vec<Bad>,
    /// Whether they come in the order of the file.
    in_order: bool,
}

/// A row that cannot be taken.
struct Bad {
    line: u64,
    column: Option<String>,
    fault: Fault,
    cells: StringRecord,
}

/// The rows of a file once they were taken.
pub(super) struct AllTaken<T> {
    pub(super) taker: T,
    pub(super) days: Days,
    pub(super) counts: Counts,
    pub(super) rejects: Rejects,
}

/// Begins to take rows, and to reject them.
type Beginning<'b, T> = (&'b dyn Fn(&mut Change<'_>) -> Result<T>, &'b dyn Fn() -> Result<Rejects>);

/// Takes the rows into the book, and the bad ones into the rejects, with those that only the whole file shows to be bad.
pub(super) fn take_whole<T: Take>(
    change: &mut Change<'_>,
    (source, mapping, rules): (&mut Source, &Mapping, &Settled),
    (begin, anew): Beginning<'_, T>,
    progress: &ProgressBar,
) -> Result<AllTaken<T>> {
    let (mut taker, mut rejects, days) = (begin(change)?, anew()?, Days::in_formats(&rules.date_format));
    let counts = take_rows(change, (source, mapping, &days), &mut taker, (&mut rejects, None), progress)?;
    for (line, fault) in taker.astray(Others::AreLeft) {
        rejects.add_unwritten(line, column(mapping, &fault), &fault);
    }
    Ok(AllTaken { taker, days, counts, rejects })
}

/// The same, and takes the good rows without those that the whole file shows to be bad: these may have led others astray, so that all is
/// taken back and the rest taken anew.
pub(super) fn take_good_rows<T: Take>(
    change: &mut Change<'_>,
    (source, mapping, rules): (&mut Source, &Mapping, &Settled),
    (begin, anew): Beginning<'_, T>,
    progress: &ProgressBar,
) -> Result<AllTaken<T>> {
    change.mark()?;
    let (mut taker, mut rejects, days) = (begin(change)?, anew()?, Days::in_formats(&rules.date_format));
    let mut read = Vec::new();
    let counts = take_rows(change, (source, mapping, &days), &mut taker, (&mut rejects, Some(&mut read)), progress)?;
    let (mut all, mut astray) = (AllTaken { taker, days, counts, rejects }, BTreeMap::new());
    loop {
        let before = astray.len();
        astray.extend(all.taker.astray(Others::AreTaken));
        if astray.len() == before {
            return Ok(all);
        }
        change.back_to_mark()?;
        let (mut taker, mut rejects, days) = (begin(change)?, anew()?, Days::in_formats(&rules.date_format));
        let mut taking = Taking::of(change, (mapping, &days), &mut taker, &mut rejects);
        for Read { line, cells, ragged } in &read {
            match ragged.as_ref().or_else(|| astray.get(line)) {
                Some(fault) => taking.bad.push(Bad::of(mapping, *line, fault.clone(), cells)),
                None => taking.take(&Row { line: *line, cells })?,
            }
        }
        let Taking { new, same, known, again, .. } = taking.reject_kept()?;
        let counts = Counts { new, same, known: Places::of(known), again, ..all.counts };
        all = AllTaken { taker, days, counts, rejects };
    }
}

/// A row as it was read, with what is wrong with its cells.
struct Read {
    line: u64,
    cells: StringRecord,
    ragged: Option<Fault>,
}

/// Takes the rows as they are read. Where a row may be taken once more, it is `read` as well, in the order in which rows are taken.
fn take_rows<T: Take>(
    change: &mut Change<'_>,
    (source, mapping, days): (&mut Source, &Mapping, &Days),
    taker: &mut T,
    (rejects, mut read): (&mut Rejects, Option<&mut Vec<Read>>),
    progress: &ProgressBar,
) -> Result<Counts> {
    let (mut totals, mut empty) = (Places::default(), Places::default());
    let mut taking = Taking::of(change, (mapping, days), taker, rejects);
    taking.in_order = !T::BY_DAY;
    let (mut kept, looked_at): (Vec<(String, u64, StringRecord)>, Days) = (Vec::new(), days.again());
    let mut keep = |line: u64, cells: &StringRecord, ragged: Option<Fault>| {
        if let Some(read) = &mut read {
            read.push(Read { line, cells: cells.clone(), ragged });
        }
    };
    while let Some(row) = source.advance()? {
        match row {
            Err(ragged) => {
                let fault = Fault::whole(ragged.to_string());
                keep(ragged.line, ragged.cells, Some(fault.clone()));
                taking.reject(ragged.line, fault, ragged.cells)?;
            }
            Ok(Row { line, cells }) if mapping.is_total(cells) => totals.add(line),
            Ok(Row { line, cells }) if mapping.is_empty(cells) => empty.add(line),
            Ok(row) if T::BY_DAY => {
                let order = T::order(&Cells::new(mapping, &row, &looked_at));
                kept.push((order, row.line, row.cells.clone()));
            }
            Ok(row) => {
                keep(row.line, row.cells, None);
                taking.take(&row)?;
            }
        }
        if source.count().is_multiple_of(DRAWN_EVERY) {
            progress.set_position(source.count());
        }
    }
    kept.sort_by(|(order, line, _), (other, after, _)| (order, line).cmp(&(other, after)));
    for (_, line, cells) in &kept {
        keep(*line, cells, None);
        taking.take(&Row { line: *line, cells })?;
    }
    let Taking { new, same, known, again, .. } = taking.reject_kept()?;
    let rows = source.count() - totals.count - empty.count;
    Ok(Counts { rows, new, same, known: Places::of(known), again, totals, empty, note: source.note() })
}

/// The column of the file in which a fault is.
fn column<'m>(mapping: &'m Mapping, fault: &Fault) -> Option<&'m str> {
    fault.field.map(|field| mapping.column_of(mapping.index(field)))
}

impl Bad {
    fn of(mapping: &Mapping, line: u64, fault: Fault, cells: &StringRecord) -> Self {
        Self { line, column: column(mapping, &fault).map(str::to_owned), fault, cells: cells.clone() }
    }
}

impl<'t, 'c, T: Take> Taking<'t, 'c, T> {
    /// Begins to take rows, which come in no order of the file.
    fn of(
        change: &'t mut Change<'c>,
        (mapping, days): (&'t Mapping, &'t Days),
        taker: &'t mut T,
        rejects: &'t mut Rejects,
    ) -> Self {
        let (known, bad, again) = (Vec::new(), Vec::new(), Vec::new());
        let first = T::void().map(|_| HashMap::new());
        Self { change, mapping, taker, rejects, days, new: 0, same: 0, known, first, again, bad, in_order: false }
    }

    /// Takes a row as often as its quantity says.
    fn take(&mut self, row: &Row<'_>) -> Result<()> {
        let (said, before) = (self.mapping.fingerprint(row.cells), self.new);
        self.change.fingerprint = Some(said);
        let times = match self.mapping.times(row.cells) {
            Ok(times) => times,
            Err(fault) => return self.refuse(row, fault),
        };
        let in_yuan = self.mapping.units.in_yuan(row.cells);
        let cells = Cells::new(self.mapping, &Row { line: row.line, cells: &in_yuan }, self.days);
        for _ in 0..times {
            match self.taker.take(self.change, &cells)? {
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
        // Of two rows with one number the second is no new entry.
        if let Some(first) = self.first.as_mut().filter(|_| cells.said("number").is_none()) {
            let first = *first.entry(said).or_insert(row.line);
            if first != row.line && self.new > before {
                self.again.push((row.line, first));
            }
        }
        Ok(())
    }

    /// Rejects a row for what is wrong with it.
    fn refuse(&mut self, row: &Row<'_>, fault: Fault) -> Result<()> {
        self.reject(row.line, fault, row.cells)
    }

    fn reject(&mut self, line: u64, fault: Fault, cells: &StringRecord) -> Result<()> {
        if self.in_order {
            return self.rejects.add(line, column(self.mapping, &fault), &fault, cells);
        }
        self.bad.push(Bad::of(self.mapping, line, fault, cells));
        Ok(())
    }

    /// Rejects in the order of the file what was kept for that, and brings what the book had into that order.
    fn reject_kept(mut self) -> Result<Self> {
        self.bad.sort_by_key(|bad| bad.line);
        for Bad { line, column, fault, cells } in std::mem::take(&mut self.bad) {
            self.rejects.add(line, column.as_deref(), &fault, &cells)?;
        }
        self.known.sort_unstable();
        self.again.sort_unstable();
        Ok(self)
    }
}
