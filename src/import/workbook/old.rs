//! A sheet of an `.xls` workbook. What reads it lays every sheet out whole, so how far its cells reach is looked at first.

use std::io::{Cursor, Read as _};

use calamine::{Data, DataRef, Reader as _, Xls};

use super::cell::Cell;
use super::{Book, Read, too_large, with_cells};
use crate::refusal::Refusal;
use crate::say;

/// How many cells the sheets of an old workbook may have together, the empty ones among them.
const CELLS: u64 = 8_000_000;

/// The kinds of records that begin with the row and the column of a cell.
const OF_CELLS: [u16; 10] = [0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E];

/// The record that begins a sheet, and the one that says how far it reaches.
const BEGIN: u16 = 0x0809;
const REACH: u16 = 0x0200;

/// Reads the wanted sheet.
pub(super) fn read(book: &Book<'_>, packed: &[u8]) -> Result<Read, Refusal> {
    measure(book, packed)?;
    let unreadable = |error: calamine::XlsError| book.unreadable(error);
    let mut workbook: Xls<_> = Xls::new(Cursor::new(packed)).map_err(unreadable)?;
    let (sheet, others) = book.choose(&with_cells(workbook.sheets_metadata()))?;
    let mut grid = book.grid(&sheet);
    for area in workbook.merge_cells_by_sheet_name(&sheet).map_err(unreadable)? {
        grid.merge(area.start, area.end.0);
    }
    let cells = workbook.worksheet_range(&sheet).map_err(unreadable)?;
    let (first_row, first_column) = cells.start().unwrap_or_default();
    for (row, column, value) in cells.used_cells() {
        let place = |first: u32, place: usize| first.saturating_add(u32::try_from(place).unwrap_or(u32::MAX));
        if let Some(cell) = Cell::of(&borrowed(value), "") {
            grid.take((place(first_row, row), place(first_column, column)), cell)?;
        }
    }
    Ok((sheet, others, grid))
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(is) => DataRef::Bool(*is),
        Data::DateTime(at) => DataRef::DateTime(*at),
        Data::DateTimeIso(at) => DataRef::DateTimeIso(at.clone()),
        Data::DurationIso(at) => DataRef::DurationIso(at.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// Sees that the workbook is one, and that its sheets do not reach too far.
fn measure(book: &Book<'_>, packed: &[u8]) -> Result<(), Refusal> {
    let mut file = cfb::CompoundFile::open(Cursor::new(packed)).map_err(|error| book.unreadable(error))?;
    if file.exists("/EncryptedPackage") {
        return Err(Refusal::failed(say!("{name} is protected by a password", name = book.name))
            .or(say!("open it in a spreadsheet and save it without one")));
    }
    let stream = ["/Workbook", "/Book"].into_iter().find(|stream| file.exists(stream));
    let Some(stream) = stream else {
        return Err(Refusal::failed(say!("{name} is a file of Office, but no workbook", name = book.name))
            .or(say!("open it and save its table as .xlsx")));
    };
    let mut records = Vec::new();
    let stream = file.open_stream(stream);
    stream.and_then(|mut stream| stream.read_to_end(&mut records)).map_err(|error| book.unreadable(error))?;
    let cells = reach(&records);
    if cells > CELLS {
        let why = say!(
            "its sheets reach over {cells} cells, and an .xls may have {limit} at most",
            cells = cells.to_string(),
            limit = CELLS.to_string()
        );
        return Err(too_large(book.name, &why));
    }
    Ok(())
}

/// How many cells the sheets of a workbook reach over, by its records.
fn reach(mut records: &[u8]) -> u64 {
    let (mut all, mut sheet) = (0_u64, (0_u64, 0_u64));
    let cells = |(rows, columns): (u64, u64)| rows.saturating_mul(columns);
    while let Some(([kind_low, kind_high, length_low, length_high], rest)) = records.split_first_chunk() {
        let kind = u16::from_le_bytes([*kind_low, *kind_high]);
        let length = usize::from(u16::from_le_bytes([*length_low, *length_high]));
        let data = rest.get(..length).unwrap_or(rest);
        let short = |at: usize| match data.get(at..at + 2) {
            Some([low, high]) => u64::from(u16::from_le_bytes([*low, *high])),
            _ => 0,
        };
        match kind {
            BEGIN => all = all.saturating_add(cells(std::mem::take(&mut sheet))),
            REACH => {
                let rows = if length >= 14 { short(4) + (short(6) << 16) } else { short(2) };
                let columns = if length >= 14 { short(10) } else { short(6) };
                sheet = (sheet.0.max(rows), sheet.1.max(columns));
            }
            kind if OF_CELLS.contains(&kind) => {
                // The last column of a run of cells stands at its end.
                let last = if matches!(kind, 0x00BD | 0x00BE) { short(length.saturating_sub(2)) } else { short(2) };
                sheet = (sheet.0.max(short(0) + 1), sheet.1.max(last.max(short(2)) + 1));
            }
            _ => {}
        }
        records = rest.get(length..).unwrap_or_default();
    }
    all.saturating_add(cells(sheet))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u16]) -> Vec<u8> {
        let length = u16::try_from(data.len() * 2).unwrap_or(0);
        [kind, length].iter().chain(data).flat_map(|short| short.to_le_bytes()).collect()
    }

    #[test]
    fn how_far_sheets_reach_is_added_up() {
        let small = [record(BEGIN, &[]), record(REACH, &[0, 0, 3, 0, 0, 2, 0]), record(0x0203, &[9, 1, 0])].concat();
        assert_eq!(reach(&small), 20);
        let two = [small.clone(), record(BEGIN, &[]), record(0x00BD, &[4, 0, 0, 5])].concat();
        assert_eq!(reach(&two), 20 + 30);
        let far = [record(BEGIN, &[]), record(0x0203, &[u16::MAX, u16::MAX, 0])].concat();
        assert_eq!(reach(&far), 1 << 32);
        let said = [record(BEGIN, &[]), record(REACH, &[0, 0, 0, u16::MAX, 0, u16::MAX, 0])].concat();
        assert!(reach(&said) > CELLS);
        assert_eq!(reach(&small[..small.len() - 1]), 20);
    }
}
