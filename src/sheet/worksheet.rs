//! A sheet of a workbook: a list as cells of its kinds, written row by row in constant memory.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{ColNum, Format, FormatBorder, Formula, IgnoreError, RowNum, Worksheet as Page, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::{
    cell::{Cell, Cells, push_hundredths, utf8},
    column::{Column, ColumnKind},
    shown,
    total::Totals,
};
use crate::refusal::Refusal;
use crate::say;

/// The rows that a sheet holds under its headings.
pub const MOST_ROWS: RowNum = 1_048_575;

/// The rows that are looked at to see how wide a column is.
const SAMPLE: RowNum = 1_000;

/// The widest that a column is made, in characters.
const WIDEST: usize = 60;

/// What a heading needs beside its text for the filter's arrow, in characters.
const ARROW: usize = 3;

/// The first number with more digits than a workbook keeps of a number; from here on it stands as text.
const TOO_LONG: u64 = 1_000_000_000_000_000;

/// A4, as workbooks number the sizes of paper.
const A4: u8 = 9;

/// A sheet that is being filled.
pub struct Worksheet {
    page: Page,
    columns: Vec<SheetColumn>,
    totals: Totals,
    row: RowNum,
}

/// A column, and what its first rows have shown of it.
struct SheetColumn {
    column: Column,
    index: ColNum,
    width: usize,
    /// Whether the look of its cells is settled; a plain column's is by its first value.
    settled: bool,
}

impl Worksheet {
    /// Starts a sheet on an empty page: the headings, which stay in sight and repeat on paper.
    ///
    /// # Errors
    /// A usage refusal where `totals` names a column that is not there; a refusal where the page cannot be written.
    pub fn new(mut page: Page, title: &str, branch: &str, columns: &[Column], totals: &[String]) -> Result<Self> {
        let totals = Totals::new(title, columns, totals)?;
        let heading = Format::new().set_bold().set_background_color("E7E7E7").set_border_bottom(FormatBorder::Thin);
        let mut sheet_columns = Vec::with_capacity(columns.len());
        for (index, column) in columns.iter().enumerate() {
            let index = ColNum::try_from(index)?;
            let text = column.heading();
            let format = number_format(column.kind);
            if let Some(format) = &format {
                page.set_column_format(index, format)?;
            }
            page.write_string_with_format(0, index, &text, &heading)?;
            let (width, settled) = (text.width() + ARROW, column.kind != ColumnKind::Plain);
            sheet_columns.push(SheetColumn { column: column.clone(), index, width, settled });
        }
        let kept = ColNum::from(columns.first().is_some_and(Column::is_entry_number));
        page.set_freeze_panes(1, kept)?;
        page.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        page.set_repeat_rows(0, 0)?;
        page.set_header(format!("&L{}&R{}", on_paper(branch), on_paper(title))).set_footer("&C&P / &N");
        Ok(Self { page, columns: sheet_columns, totals, row: 0 })
    }

    /// Takes one row.
    ///
    /// # Errors
    /// A refusal where the sheet is full, a text is longer than a cell takes, a value cannot stand in its column, or the
    /// page cannot be written.
    pub fn row(&mut self, cells: Cells<'_>) -> Result<()> {
        if self.row == MOST_ROWS - RowNum::from(self.totals.any()) {
            let what = say!("a sheet of a workbook holds {row} rows, and this list has more", row = self.row);
            return Err(Refusal::usage(what).or(say!("take --format csv, or fewer rows")).into());
        }
        self.row += 1;
        guarded(|| self.fill(cells))
    }

    fn fill(&mut self, cells: Cells<'_>) -> Result<()> {
        for (index, (column, cell)) in self.columns.iter_mut().zip(cells).enumerate() {
            let cell = cell?;
            self.totals.take(index, cell);
            if self.row <= SAMPLE {
                column.widen(cell)?;
            }
            column.settle(&mut self.page, cell)?;
            column.write(&mut self.page, self.row, cell)?;
        }
        Ok(())
    }

    /// Ends the sheet with its totals, the filter and the widths, and gives its page.
    ///
    /// # Errors
    /// A refusal where the page cannot be written.
    pub fn end(mut self) -> Result<Page> {
        guarded(|| {
            if let Some(last) = self.columns.len().checked_sub(1) {
                let last = ColNum::try_from(last)?;
                if self.row > 0 && self.totals.any() {
                    self.write_totals()?;
                }
                self.page.autofilter(0, 0, self.row, last)?;
                self.page.ignore_error_range(0, 0, self.row, last, IgnoreError::NumberStoredAsText)?;
            }
            for SheetColumn { index, width, .. } in &self.columns {
                let width = u16::try_from(*width.min(&WIDEST))?;
                self.page.set_column_width(*index, f64::from(width) + 1.0)?;
            }
            Ok(())
        })?;
        Ok(self.page)
    }

    /// The row of totals: formulas that follow the filter, with the sums as they stand.
    fn write_totals(&mut self) -> Result<()> {
        let row = self.row + 1;
        for (column, total) in self.columns.iter_mut().zip(self.totals.row()) {
            let format = number_format(column.column.kind).unwrap_or_default();
            let format = format.set_bold().set_border_top(FormatBorder::Thin);
            column.widen(total)?;
            let sum = match total {
                Cell::Text(name) => {
                    self.page.write_string_with_format(row, column.index, utf8(name)?, &format)?;
                    continue;
                }
                Cell::Integer(sum) => sum.to_string(),
                Cell::Real(sum) => sum.to_string(),
                Cell::Money(fen) => hundredths(fen)?,
                Cell::Empty | Cell::Percent(_) | Cell::YesNo(_) => {
                    self.page.write_blank(row, column.index, &format)?;
                    continue;
                }
            };
            let letters = rust_xlsxwriter::utility::column_number_to_name(column.index);
            let formula = Formula::new(format!("=SUBTOTAL(109,{letters}2:{letters}{row})")).set_result(sum);
            self.page.write_formula_with_format(row, column.index, formula, &format)?;
        }
        Ok(())
    }
}

impl SheetColumn {
    fn widen(&mut self, cell: Cell<'_>) -> Result<(), Refusal> {
        let text = shown::text(cell)?;
        self.width = self.width.max(text.width());
        Ok(())
    }

    /// A plain column whose values are texts is one of texts, also for what is typed into it later.
    fn settle(&mut self, page: &mut Page, cell: Cell<'_>) -> Result<()> {
        if !self.settled && cell != Cell::Empty {
            self.settled = true;
            if matches!(cell, Cell::Text(_)) {
                page.set_column_format(self.index, &Format::new().set_num_format("@"))?;
            }
        }
        Ok(())
    }

    fn write(&self, page: &mut Page, row: RowNum, cell: Cell<'_>) -> Result<()> {
        #[expect(clippy::cast_precision_loss, reason = "numbers with more digits than these hold stand as text")]
        let number = match cell {
            Cell::Empty => return Ok(()),
            Cell::Text(text) => {
                let text = utf8(text)?;
                match self.moment(text) {
                    Some(serial) => serial,
                    None => return self.write_text(page, row, text),
                }
            }
            Cell::Integer(number) if number.unsigned_abs() < TOO_LONG => number as f64,
            Cell::Real(number) if number.is_finite() => number,
            Cell::Money(fen) if fen.unsigned_abs() < TOO_LONG => fen as f64 / 100.0,
            Cell::Percent(hundredths) if hundredths.unsigned_abs() < TOO_LONG => hundredths as f64 / 10_000.0,
            Cell::Integer(number) => return self.write_text(page, row, &number.to_string()),
            Cell::Real(number) => return self.write_text(page, row, &number.to_string()),
            Cell::Money(number) | Cell::Percent(number) => return self.write_text(page, row, &hundredths(number)?),
            Cell::YesNo(yes) => return self.write_text(page, row, if yes { "yes" } else { "no" }),
        };
        page.write_number(row, self.index, number)?;
        Ok(())
    }

    fn write_text(&self, page: &mut Page, row: RowNum, text: &str) -> Result<()> {
        match page.write_string(row, self.index, text) {
            Err(XlsxError::MaxStringLengthExceeded) => {
                let what =
                    say!("row {row}: the {name} is longer than a workbook's cell takes", row, name = self.column.name);
                Err(Refusal::usage(what).or(say!("take --format csv")).into())
            }
            written => Ok(written.map(|_| ())?),
        }
    }

    /// A day, month or instant as the number by which workbooks know it; none where the text is something else.
    fn moment(&self, text: &str) -> Option<f64> {
        match self.column.kind {
            ColumnKind::Day => serial(text),
            ColumnKind::Month => (text.len() == 7).then(|| serial(&format!("{text}-01")))?,
            ColumnKind::Instant => Some(serial(text.get(..10)?)? + share_of_day(text.get(10..)?)?),
            ColumnKind::Plain | ColumnKind::Money | ColumnKind::Percent | ColumnKind::YesNo => None,
        }
    }
}

/// How the values of a column look; none where each looks as it is.
fn number_format(kind: ColumnKind) -> Option<Format> {
    let pattern = match kind {
        ColumnKind::Plain => return None,
        ColumnKind::Day => "yyyy-mm-dd",
        ColumnKind::Instant => say!("yyyy-mm-dd hh:mm:ss"),
        ColumnKind::Month => "yyyy-mm",
        ColumnKind::Money => "#,##0.00",
        ColumnKind::Percent => "0.00%",
        ColumnKind::YesNo => "@",
    };
    Some(Format::new().set_num_format(pattern))
}

/// The days since the end of 1899, for a day such as `2026-11-22`. Workbooks begin with 1900, and take that year for a
/// leap year: days before its March are left to be text.
fn serial(day: &str) -> Option<f64> {
    let bytes = day.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let (year, month, day) = (digits(&bytes[..4])?, digits(&bytes[5..7])?, digits(&bytes[8..])?);
    let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    let days = day.signed_duration_since(NaiveDate::from_ymd_opt(1899, 12, 30)?).num_days();
    i32::try_from(days).ok().filter(|days| *days > 60).map(f64::from)
}

/// The part of a day that has passed at a time such as `T09:30:00+08:00`, as the clock on that wall shows it.
fn share_of_day(time: &str) -> Option<f64> {
    let bytes = time.as_bytes();
    if bytes.len() < 9 || bytes[0] != b'T' || bytes[3] != b':' || bytes[6] != b':' {
        return None;
    }
    let (hours, minutes, seconds) = (digits(&bytes[1..3])?, digits(&bytes[4..6])?, digits(&bytes[7..9])?);
    Some(f64::from(hours * 3_600 + minutes * 60 + seconds) / 86_400.0)
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}

/// Hundredths as a decimal with two places.
fn hundredths(number: i64) -> Result<String> {
    let mut decimal = Vec::new();
    push_hundredths(&mut decimal, number);
    Ok(String::from_utf8(decimal)?)
}

/// A text of the paper's margin, where `&` begins a code, and which has room for some 250 characters in all.
fn on_paper(text: &str) -> String {
    text.chars().take(50).collect::<String>().replace('&', "&&")
}

/// Runs what writes a page. The library keeps pages in temporary files, and panics where one of them cannot be written.
pub(super) fn guarded<T>(write: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|_| {
        let what = say!("the workbook cannot be written: there is no room for its temporary files");
        Err(Refusal::failed(what).or(say!("make room in the folder for temporary files, or take --format csv")).into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_workbooks_count_them() {
        assert_eq!(serial("1900-03-01"), Some(61.0));
        assert_eq!(serial("2026-11-22"), Some(46_348.0));
        for text in ["1900-02-28", "2026-02-30", "2026-1-1", "2026-11-22 ", "***", "２０２６-11-22"] {
            assert_eq!(serial(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_parts_of_a_day() {
        assert_eq!(share_of_day("T06:00:00+08:00"), Some(0.25));
        assert_eq!(share_of_day("T18:00:00.5Z"), Some(0.75));
        assert_eq!(share_of_day(" 06:00:00"), None);
    }
}
