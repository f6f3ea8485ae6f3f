//! A sheet of an `.xlsx` workbook.

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};

use super::cell::Cell;
use super::{Book, Read, archive, with_cells};
use crate::refusal::Refusal;
use crate::say;

/// Reads the wanted sheet.
pub(super) fn read(book: &Book<'_>, packed: &[u8]) -> Result<Read, Refusal> {
    archive::measure(book, packed)?;
    if !archive::has_part(packed, "xl/workbook.xml") {
        return Err(Refusal::failed(say!("{name} is a zip file, but no workbook that is read", name = book.name))
            .or(say!("open it and save its table as .xlsx")));
    }
    let unreadable = |error: calamine::XlsxError| book.unreadable(error);
    let mut workbook = Xlsx::new(Cursor::new(packed)).map_err(unreadable)?;
    let (sheet, others) = book.choose(&with_cells(workbook.sheets_metadata()))?;
    let mut grid = book.grid(&sheet);
    for area in workbook.merge_cells_by_sheet_name(&sheet).map_err(unreadable)? {
        grid.merge(area.start, area.end.0);
    }
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(unreadable)?;
    let format = |style: &calamine::Style| style.number_format.as_ref().map(|format| format.format_code.clone());
    let formats: Vec<String> = cells.styles().iter().map(|style| format(style).unwrap_or_default()).collect();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(unreadable)? {
        let format = formats.get(style).map(String::as_str).unwrap_or_default();
        if let Some(text) = Cell::of(cell.get_value(), format) {
            grid.take(cell.get_position(), text)?;
        }
    }
    Ok((sheet, others, grid))
}
