//! A sheet of a workbook: a list as cells of its kinds, written row by row in constant memory.

use anyhow::Result;
use chrono::{NaiveDate, NaiveDateTime, Timelike};
use rust_xlsxwriter::utility::{cell_range, column_number_to_name};
use rust_xlsxwriter::{ColNum, IgnoreError, RowNum, Worksheet as Page};
use unicode_width::UnicodeWidthStr;

use super::{
    cell::{Cell, Cells, push_hundredths, push_whole, utf8},
    column::{Column, ColumnKind},
    rows::Rows,
    shown,
    style::Style,
    total::Totals,
};
use crate::language;
use crate::refusal::Refusal;
use crate::say;
use crate::zone::Zone;

/// The rows that a sheet holds under its headings.
pub(crate) const MOST_ROWS: RowNum = 1_048_575;

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
pub(crate) struct Worksheet {
    /// All but the rows.
    page: Page,
    rows: Rows,
    columns: Vec<SheetColumn>,
    totals: Totals,
    row: RowNum,
}

/// A sheet whose list is complete.
pub(crate) struct Filled {
    /// All but the rows.
    pub(crate) page: Page,
    /// The rows, from the headings to the totals.
    pub(crate) rows: Rows,
    /// The cells that the sheet has, such as `A1:W100001`.
    pub(crate) range: String,
}

/// A column, and what its first rows have shown of it.
struct SheetColumn {
    column: Column,
    index: ColNum,
    width: usize,
    /// How its cells look; none where each looks as it is.
    style: Option<Style>,
    /// Whether its first value is a text; none before that.
    of_texts: Option<bool>,
}

impl Worksheet {
    /// Starts a sheet on an empty page: the headings, which stay in sight and repeat on paper.
    pub(crate) fn new(
        mut page: Page,
        title: &str,
        branch: &str,
        columns: &[Column],
        totals: &[String],
    ) -> Result<Self> {
        let totals = Totals::new(title, columns, totals)?;
        let mut rows = Rows::new(ColNum::try_from(columns.len())?)?;
        rows.start(0);
        let mut sheet_columns = Vec::with_capacity(columns.len());
        for (index, column) in columns.iter().enumerate() {
            let index = ColNum::try_from(index)?;
            let text = column.heading();
            if !rows.text(index, Style::Heading, &text) {
                return Err(too_long(0, column));
            }
            let (width, style) = (text.width() + ARROW, Style::of(column.kind));
            sheet_columns.push(SheetColumn { column: column.clone(), index, width, style, of_texts: None });
        }
        rows.end()?;
        let kept = ColNum::from(columns.first().is_some_and(Column::is_entry_number));
        page.set_freeze_panes(1, kept)?;
        page.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        page.set_repeat_rows(0, 0)?;
        page.set_header(format!("&L{}&R{}", on_paper(branch), on_paper(title))).set_footer("&C&P / &N");
        Ok(Self { page, rows, columns: sheet_columns, totals, row: 0 })
    }

    /// Takes one row.
    pub(crate) fn row(&mut self, cells: Cells<'_>) -> Result<()> {
        if self.row == MOST_ROWS - RowNum::from(self.totals.any()) {
            let what = say!("a sheet of a workbook holds {row} rows, and this list has more", row = self.row);
            return Err(Refusal::usage(what).or(say!("take --format csv, or fewer rows")).into());
        }
        self.row += 1;
        self.rows.start(self.row);
        for (index, (column, cell)) in self.columns.iter_mut().zip(cells).enumerate() {
            let cell = cell?;
            self.totals.take(index, cell);
            if self.row <= SAMPLE {
                column.widen(cell)?;
            }
            column.settle(cell);
            column.write(&mut self.rows, self.row, cell)?;
        }
        self.rows.end()
    }

    /// Ends the sheet with its totals, the filter, and the looks and widths of its columns.
    pub(crate) fn end(mut self) -> Result<Filled> {
        let totals = self.row > 0 && self.totals.any();
        if totals {
            self.write_totals()?;
        }
        let last = ColNum::try_from(self.columns.len().saturating_sub(1))?;
        self.page.autofilter(0, 0, self.row, last)?;
        self.page.ignore_error_range(0, 0, self.row, last, IgnoreError::NumberStoredAsText)?;
        for column in &self.columns {
            if let Some(style) = column.lasting_style() {
                self.page.set_column_format(column.index, &style.format())?;
            }
            let width = u16::try_from(column.width.min(WIDEST))?;
            self.page.set_column_width(column.index, f64::from(width) + 1.0)?;
        }
        let range = cell_range(0, 0, self.row + RowNum::from(totals), last);
        Ok(Filled { page: self.page, rows: self.rows, range })
    }

    /// The row of totals: formulas that follow the filter, with the sums as they stand.
    fn write_totals(&mut self) -> Result<()> {
        let row = self.row + 1;
        self.rows.start(row);
        for (column, total) in self.columns.iter_mut().zip(self.totals.row()) {
            let (index, style) = (column.index, Style::of_total(column.column.kind));
            column.widen(total)?;
            let sum = match total {
                Cell::Text(_) | Cell::Instant(_) | Cell::Word(_) | Cell::Person(_) => {
                    if !self.rows.text(index, style, &shown::text(total)?) {
                        return Err(too_long(row, &column.column));
                    }
                    continue;
                }
                Cell::Integer(sum) => sum.to_string(),
                Cell::Real(sum) => sum.to_string(),
                Cell::Money(fen) => hundredths(fen)?,
                Cell::Empty | Cell::Percent(_) | Cell::YesNo(_) => {
                    self.rows.blank(index, style);
                    continue;
                }
            };
            let letters = column_number_to_name(index);
            self.rows.formula(index, style, &format!("SUBTOTAL(109,{letters}2:{letters}{row})"), &sum);
        }
        self.rows.end()
    }
}

impl SheetColumn {
    fn widen(&mut self, cell: Cell<'_>) -> Result<(), Refusal> {
        let text = shown::text(cell)?;
        self.width = self.width.max(text.width());
        Ok(())
    }

    /// Notes whether the first value of the column is a text.
    fn settle(&mut self, cell: Cell<'_>) {
        if self.of_texts.is_none() && cell != Cell::Empty {
            self.of_texts = Some(matches!(cell, Cell::Text(_) | Cell::Instant(_) | Cell::Word(_) | Cell::Person(_)));
        }
    }

    /// How the column looks beyond its values: one of texts is so also for what is typed into it later.
    fn lasting_style(&self) -> Option<Style> {
        self.style.or_else(|| self.of_texts.unwrap_or(false).then_some(Style::Text))
    }

    fn write(&self, rows: &mut Rows, row: RowNum, cell: Cell<'_>) -> Result<()> {
        let (index, style) = (self.index, self.style);
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => {
                let text = utf8(text)?;
                match self.day(text) {
                    Some(days) => rows.number(index, style, |line| push_whole(line, days)),
                    None => return self.write_text(rows, row, text),
                }
            }
            Cell::Instant(at) => {
                let at = utf8(at)?;
                match Zone::shown().local(at).and_then(moment) {
                    Some(days) => rows.number(index, style, |line| line.extend(days.to_string().into_bytes())),
                    None => return self.write_text(rows, row, at),
                }
            }
            Cell::Word(word) => return self.write_text(rows, row, &language::value(utf8(word)?)),
            Cell::Person(keys) => return self.write_text(rows, row, &language::people(utf8(keys)?)),
            Cell::Integer(number) if number.unsigned_abs() < TOO_LONG => {
                rows.number(index, style, |line| push_whole(line, number));
            }
            Cell::Real(number) if number.is_finite() => {
                rows.number(index, style, |line| line.extend(number.to_string().into_bytes()));
            }
            Cell::Money(fen) if fen.unsigned_abs() < TOO_LONG => {
                rows.number(index, style, |line| push_hundredths(line, fen));
            }
            Cell::Percent(number) if number.unsigned_abs() < TOO_LONG => rows.number(index, style, |line| {
                // A percentage is kept as the share that it is.
                push_hundredths(line, number);
                line.extend(b"E-2");
            }),
            Cell::Integer(number) => return self.write_text(rows, row, &number.to_string()),
            Cell::Real(number) => return self.write_text(rows, row, &number.to_string()),
            Cell::Money(number) | Cell::Percent(number) => return self.write_text(rows, row, &hundredths(number)?),
            Cell::YesNo(yes) => return self.write_text(rows, row, shown::yes_or_no(yes)),
        }
        Ok(())
    }

    fn write_text(&self, rows: &mut Rows, row: RowNum, text: &str) -> Result<()> {
        if rows.text(self.index, self.style.unwrap_or(Style::Text), text) {
            return Ok(());
        }
        Err(too_long(row, &self.column))
    }

    /// A day or month as the days by which workbooks know it; none where the text is something else.
    fn day(&self, text: &str) -> Option<i64> {
        match self.column.kind {
            ColumnKind::Day => serial(text),
            ColumnKind::Month if text.len() == 7 => serial(&format!("{text}-01")),
            _ => None,
        }
    }
}

/// The refusal of a text that is longer than a cell takes.
fn too_long(row: RowNum, column: &Column) -> anyhow::Error {
    let what = say!("row {row}: the {name} is longer than a workbook's cell takes", row, name = column.name);
    Refusal::usage(what).or(say!("take --format csv")).into()
}

/// The days since the end of 1899, for a day such as `2026-11-22`. Workbooks begin with 1900, and take that year for a
/// leap year: days before its March are left to be text.
fn serial(day: &str) -> Option<i64> {
    let bytes = day.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let (year, month, day) = (digits(&bytes[..4])?, digits(&bytes[5..7])?, digits(&bytes[8..])?);
    days_to(NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?)
}

fn days_to(day: NaiveDate) -> Option<i64> {
    let days = day.signed_duration_since(NaiveDate::from_ymd_opt(1899, 12, 30)?).num_days();
    (days > 60).then_some(days)
}

/// A time as workbooks know it: the days, and the share of one that has passed.
fn moment(time: NaiveDateTime) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "days are few")]
    let days = days_to(time.date())? as f64;
    Some(days + f64::from(time.num_seconds_from_midnight()) / 86_400.0)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_workbooks_count_them() {
        assert_eq!(serial("1900-03-01"), Some(61));
        assert_eq!(serial("2026-11-22"), Some(46_348));
        for text in ["1900-02-28", "2026-02-30", "2026-1-1", "2026-11-22 ", "***", "２０２６-11-22"] {
            assert_eq!(serial(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_parts_of_a_day() {
        let at = |time: &str| moment(time.parse().ok()?);
        assert_eq!(at("2026-11-22T06:00:00"), Some(46_348.25));
        assert_eq!(at("1900-01-01T06:00:00"), None);
    }
}
