//! The records of a file as they come, whatever it is, and where among them the header stands.

use std::collections::{HashSet, VecDeque};

use csv::StringRecord;

use super::header;
use super::records::Records;
use super::unit;
use super::workbook::Sheet;
use crate::refusal::Refusal;

/// Among how many of the first records the header is looked for.
const TITLES: usize = 20;

/// The records of a file as they come, of a text or of a sheet.
#[derive(Debug)]
pub(super) enum Recorded {
    Text(Records),
    Sheet(Sheet),
}

/// A record with its line.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) line: u64,
    pub(super) cells: StringRecord,
    /// The cell, from 1, behind whose closing quote more text stands.
    pub(super) torn: Option<usize>,
}

/// Records, of which the first few may be looked at before they come.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) records: Recorded,
    held: VecDeque<Held>,
    /// The record that came last.
    pub(super) row: Held,
    /// The unit that a title above the header names for amounts.
    pub(super) unit: Option<&'static str>,
}

impl Input {
    /// The records of a file, from the first.
    pub(super) fn new(records: Recorded) -> Self {
        Self { records, held: VecDeque::new(), row: Held::default(), unit: None }
    }

    /// Goes to the next record; tells whether there is one.
    pub(super) fn advance(&mut self) -> Result<bool, Refusal> {
        if let Some(held) = self.held.pop_front() {
            self.row = held;
            return Ok(true);
        }
        self.read()
    }

    /// Reads the next record of the file.
    fn read(&mut self) -> Result<bool, Refusal> {
        let row = &mut self.row;
        let (line, torn) = match &mut self.records {
            Recorded::Text(records) => (records.advance()?, records.exchange(&mut row.cells)),
            Recorded::Sheet(sheet) => (sheet.rows.advance()?, sheet.rows.exchange(&mut row.cells)),
        };
        row.torn = torn;
        row.line = line.unwrap_or(row.line);
        Ok(line.is_some())
    }

    /// Goes to the header and tells its line, and whether titles stood above it: the first record behind the lines that the person
    /// leaves out, or the first of the first few that names two known columns, or the very first.
    pub(super) fn go_to_header(
        &mut self,
        skip_lines: Option<usize>,
        headings: &HashSet<String>,
    ) -> Result<Option<(u64, bool)>, Refusal> {
        let known =
            |cells: &StringRecord| cells.iter().filter(|cell| headings.contains(&header::heading_key(cell))).count();
        let above = match (&self.records, skip_lines) {
            (Recorded::Sheet(_), Some(lines)) => u64::try_from(lines).unwrap_or(u64::MAX),
            _ => 0,
        };
        let mut seen: Vec<Held> = Vec::new();
        let mut header = None;
        while seen.len() < TITLES && self.read()? {
            if self.row.line <= above {
                continue;
            }
            let known = known(&self.row.cells);
            let better = header.is_none_or(|(_, before)| known >= before);
            seen.push(std::mem::take(&mut self.row));
            match header {
                _ if skip_lines.is_some() => break,
                None if known < 2 => {}
                // A header of two lines: the lower one names more.
                Some(_) => {
                    header = header.map(|found| if known >= 2 && better { (seen.len() - 1, known) } else { found });
                    break;
                }
                None => header = Some((seen.len() - 1, known)),
            }
        }
        let found = header.map_or(0, |(index, _)| index);
        self.unit = seen.iter().take(found).find_map(|title| unit::of_title(&title.cells));
        self.held.extend(seen.into_iter().skip(found));
        Ok(self.advance()?.then_some((self.row.line, found > 0)))
    }
}
