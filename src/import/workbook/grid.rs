//! The cells of a sheet as they come, and the rows that they make, each with its number.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Seek as _};

use csv::StringRecord;
use tempfile::SpooledTempFile;

use super::cell::Cell;
use super::{no_room, too_large};
use crate::import::place::cell_of_sheet;
use crate::refusal::Refusal;
use crate::say;

/// How much of the rows is kept in memory, in bytes.
const IN_MEMORY: usize = 1 << 24;

/// How much text a sheet may come to, in bytes.
const TEXT: u64 = 1 << 30;

/// The cells of a sheet as they come: row by row, from the top.
#[derive(Debug)]
pub(super) struct Grid {
    name: String,
    sheet: String,
    writer: csv::Writer<SpooledTempFile>,
    lines: Vec<u32>,
    /// The row whose cells come, from 0.
    row: u32,
    cells: BTreeMap<u32, Cell>,
    /// Where a merged area of several rows begins, and its last row.
    areas: HashMap<(u32, u32), u32>,
    /// What the areas have that this row is in, with their last row, by column.
    open: BTreeMap<u32, (u32, String)>,
    text: u64,
    filled: BTreeMap<u32, u32>,
}

impl Grid {
    /// How many columns are read.
    pub(super) const COLUMNS: u32 = 1_000;

    /// An empty sheet of the file that messages call `name`.
    pub(super) fn new(name: &str, sheet: &str) -> Self {
        let writer = csv::WriterBuilder::new().flexible(true).from_writer(tempfile::spooled_tempfile(IN_MEMORY));
        Self {
            name: name.to_owned(),
            sheet: sheet.to_owned(),
            writer,
            lines: Vec::new(),
            row: 0,
            cells: BTreeMap::new(),
            areas: HashMap::new(),
            open: BTreeMap::new(),
            text: 0,
            filled: BTreeMap::new(),
        }
    }

    /// Takes note of a merged area, before the row in which it begins has ended.
    pub(super) fn merge(&mut self, (row, column): (u32, u32), last: u32) {
        if last > row {
            self.areas.insert((row, column), last);
        }
    }

    /// Takes the next cell; row and column count from 0.
    pub(super) fn take(&mut self, (row, column): (u32, u32), cell: Cell) -> Result<(), Refusal> {
        if row != self.row {
            self.end_row()?;
            if row < self.row {
                let cell = cell_of_sheet(&self.sheet, u64::from(row) + 1, Some(column as usize));
                return Err(Refusal::failed(say!(
                    "{name}: the row of {cell} stands behind a later one",
                    name = self.name,
                    cell
                ))
                .or(say!("open it in a spreadsheet and save it again as .xlsx")));
            }
            self.row = row;
        }
        if cell.is_blank() {
            return Ok(());
        }
        if column >= Self::COLUMNS {
            let cell = cell_of_sheet(&self.sheet, u64::from(row) + 1, Some(column as usize));
            return Err(too_large(
                &self.name,
                &say!("a cell stands at {cell}, and {limit} columns are read at most", cell, limit = Self::COLUMNS),
            ));
        }
        let (Cell::Text(text) | Cell::Number(text)) = &cell;
        self.text += text.len() as u64;
        self.cells.insert(column, cell);
        Ok(())
    }

    /// Takes a row that is repeated so many times from this one on. Whether that is too much is looked at before.
    pub(super) fn repeat(&mut self, cells: &[(u32, Cell)], row: u32, times: u32) -> Result<(), Refusal> {
        let once: u64 = cells.iter().map(|(_, Cell::Text(text) | Cell::Number(text))| 1 + text.len() as u64).sum();
        self.refuse_more_than(self.text.saturating_add(once.saturating_mul(times.into())))?;
        for time in 0..times {
            cells.iter().try_for_each(|(column, cell)| self.take((row + time, *column), cell.clone()))?;
        }
        Ok(())
    }

    fn refuse_more_than(&self, text: u64) -> Result<(), Refusal> {
        if text > TEXT {
            return Err(too_large(&self.name, &say!("its text comes to more than {limit} MiB", limit = TEXT >> 20)));
        }
        Ok(())
    }

    /// Ends the row: what stands in a merged area stands in each of its rows that has something of its own.
    fn end_row(&mut self) -> Result<(), Refusal> {
        let row = self.row;
        self.open.retain(|_, (last, _)| *last >= row);
        if self.cells.is_empty() {
            return Ok(());
        }
        for (column, (_, text)) in &self.open {
            if !self.cells.contains_key(column) {
                *self.filled.entry(*column).or_default() += 1;
                self.text += text.len() as u64;
                self.cells.insert(*column, Cell::Text(text.clone()));
            }
        }
        for (column, cell) in &self.cells {
            if let (Some(last), Cell::Text(text)) = (self.areas.remove(&(row, *column)), cell) {
                self.open.insert(*column, (last, text.clone()));
            }
        }
        self.refuse_more_than(self.text)?;
        let width = self.cells.last_key_value().map_or(0, |(column, _)| column + 1);
        let written = (0..width).try_for_each(|column| {
            self.writer.write_field(match self.cells.get(&column) {
                Some(Cell::Text(text) | Cell::Number(text)) => text.as_str(),
                None => "",
            })
        });
        written
            .and_then(|()| self.writer.write_record(None::<&[u8]>))
            .map_err(|error| no_room(&io::Error::other(error)))?;
        self.lines.push(row + 1);
        self.cells.clear();
        Ok(())
    }

    /// The rows, from the first.
    pub(super) fn rows(mut self) -> Result<Rows, Refusal> {
        self.end_row()?;
        let mut file = self.writer.into_inner().map_err(|error| no_room(error.error()))?;
        file.rewind().map_err(|error| no_room(&error))?;
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file);
        Ok(Rows { reader, lines: self.lines.into_iter(), cells: StringRecord::new(), filled: self.filled })
    }
}

/// The rows of a sheet that have something, from the first.
#[derive(Debug)]
pub(crate) struct Rows {
    reader: csv::Reader<SpooledTempFile>,
    lines: std::vec::IntoIter<u32>,
    cells: StringRecord,
    /// How many cells of a column, from 0, were filled from merged areas.
    filled: BTreeMap<u32, u32>,
}

impl Rows {
    /// Goes to the next row and tells its number, from 1; nothing after the last one.
    pub(in crate::import) fn advance(&mut self) -> Result<Option<u64>, Refusal> {
        match self.reader.read_record(&mut self.cells) {
            Ok(true) => Ok(self.lines.next().map(u64::from)),
            Ok(false) => Ok(None),
            Err(error) => Err(no_room(&io::Error::other(error))),
        }
    }

    /// Hands over the cells of that row, up to the last that has something, for cells that are done with. None is torn.
    pub(in crate::import) const fn exchange(&mut self, cells: &mut StringRecord) -> Option<usize> {
        std::mem::swap(&mut self.cells, cells);
        None
    }

    /// The columns, from 0, of which cells were filled from merged areas.
    pub(in crate::import) fn filled(&self) -> impl Iterator<Item = usize> {
        self.filled.keys().map(|column| *column as usize)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    /// The rows with their numbers.
    fn rows(grid: Grid) -> Vec<(u64, Vec<String>)> {
        let (mut rows, mut all) = (grid.rows().unwrap(), Vec::new());
        while let Some(line) = rows.advance().unwrap() {
            all.push((line, rows.cells.iter().map(str::to_owned).collect()));
        }
        all
    }

    #[test]
    fn a_merged_area_fills_the_rows_that_have_something() {
        let mut grid = Grid::new("old.xlsx", "S");
        grid.merge((1, 0), 4);
        grid.merge((1, 2), 3);
        for (row, column, cell) in [
            (1, 0, text("业务科")),
            (1, 1, text("a")),
            (1, 2, Cell::Number("300".to_owned())),
            (2, 1, text("b")),
            (4, 1, text("")),
            (4, 3, text("c")),
            (5, 1, text("d\n\"e\"")),
            (9, 0, text("  ")),
        ] {
            grid.take((row, column), cell).unwrap();
        }
        let cells = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            rows(grid),
            [
                (2, cells(&["业务科", "a", "300"])),
                (3, cells(&["业务科", "b"])),
                (5, cells(&["业务科", "", "", "c"])),
                (6, cells(&["", "d\n\"e\""])),
            ]
        );
    }

    #[test]
    fn a_cell_far_out_is_refused_with_its_place() {
        let mut grid = Grid::new("old.xlsx", "台账 1");
        let far = grid.take((1_048_575, 16_383), text("x")).unwrap_err().to_string();
        assert_eq!(
            far,
            "old.xlsx is not read: a cell stands at '台账 1'!XFD1048576, and 1000 columns are read at most; \
             copy the rows that matter into a new workbook, or save the sheet as \"CSV UTF-8\""
        );
    }
}
