//! A sheet of a workbook: a list as cells of its kinds, written row by row in constant memory.

use anyhow::Result;
use chrono::{NaiveDate, NaiveDateTime, Timelike};
use memchr::memchr;
use rust_xlsxwriter::utility::{cell_range, column_number_to_name};
use rust_xlsxwriter::{ColNum, ConditionalFormatFormula, IgnoreError, RowNum, Worksheet as Page};
use unicode_width::UnicodeWidthStr;

use super::{
    cell::{Cell, Cells, push_hundredths, push_whole, utf8},
    heading::unbroken,
    rows::{LINE, Rows},
    said::{Said, columns},
    shown,
    style::Style,
    total::Totals,
};
use crate::column::{Column, ColumnKind};
use crate::refusal::Refusal;
use crate::say;
use crate::text::visible;
use crate::zone::Zone;

/// The rows that a sheet holds under its headings.
pub(crate) const MOST_ROWS: RowNum = 1_048_575;

/// The rows that are looked at to see how wide a column is.
const SAMPLE: RowNum = 1_000;

/// The widest that a column of texts is made, in characters: longer ones are broken into lines.
const WIDEST: usize = 30;

/// The characters that a line of wide paper holds at a size that can be read; a wider sheet goes on beside it.
const PAPER: usize = 165;

/// The rows of a sheet whose cells without a value have lines around them.
const LINED: RowNum = 20_000;

/// The columns among which one says which row it is, to be repeated where a sheet goes on beside the paper.
const NAMING: usize = 3;

/// What a heading needs beside its text for the filter's arrow, in characters.
const ARROW: usize = 3;

/// The first number with more digits than a workbook keeps of a number; from here on it stands as text.
const TOO_LONG: u64 = 1_000_000_000_000_000;

/// A4, as workbooks number the sizes of paper.
pub(super) const A4: u8 = 9;

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
    /// The headings, which are known when all rows are.
    pub(crate) headings: Rows,
    /// The rows, from the first to the totals.
    pub(crate) rows: Rows,
    /// The cells that the sheet has, such as `A1:W100001`.
    pub(crate) range: String,
}

/// A column, and what its first rows have shown of it.
struct SheetColumn {
    column: Column,
    index: ColNum,
    width: usize,
    heading: String,
    /// How its cells look; none where each looks as what it is.
    style: Option<Style>,
    /// Whether its first value is a text; none before that.
    of_texts: Option<bool>,
    said: Said,
    /// The day that stands in the row before.
    last: Dated,
}

/// A day or month, and the days by which workbooks know it; none where the text is something else.
#[derive(Debug, Default)]
struct Dated {
    text: String,
    days: Option<i64>,
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
        let rows = Rows::new(ColNum::try_from(columns.len())?)?;
        let mut sheet_columns = Vec::with_capacity(columns.len());
        for (index, column) in columns.iter().enumerate() {
            let (index, heading) = (ColNum::try_from(index)?, column.heading());
            // A heading breaks into two lines, between words.
            let width = unbroken(&heading).max(heading.width().div_ceil(2) + ARROW);
            let style = Style::of(column.kind);
            let said = Said::new(column);
            sheet_columns.push(SheetColumn {
                column: column.clone(),
                index,
                width,
                heading,
                style,
                of_texts: None,
                said,
                last: Dated::default(),
            });
        }
        let kept = ColNum::from(columns.first().is_some_and(Column::is_entry_number));
        page.set_freeze_panes(1, kept)?;
        page.set_default_row_height(f64::from(LINE));
        page.set_paper_size(A4).set_landscape();
        page.set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
        page.set_repeat_rows(0, 0)?;
        if let Some(named) = columns.iter().take(NAMING).position(Column::tells_rows_apart) {
            page.set_repeat_columns(0, ColNum::try_from(named)?)?;
        }
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
        let mut lines = 1;
        self.totals.begin(&cells);
        for (index, (column, cell)) in self.columns.iter_mut().zip(cells).enumerate() {
            let cell = cell?;
            self.totals.take(index, cell);
            column.settle(cell);
            let said = column.said.of(cell)?;
            let text = match (&said, cell) {
                (Some(said), _) => Some(&**said),
                (None, Cell::Text(text)) => Some(utf8(text)?),
                _ => None,
            };
            if self.row <= SAMPLE {
                column.widen(cell, said.as_deref())?;
            }
            lines = lines.max(text.map_or(1, |text| column.lines(text)));
            column.write(&mut self.rows, cell, text)?;
        }
        self.rows.end(lines)
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
        let wide: usize = self.shown().map(SheetColumn::laid_out).sum();
        self.page.set_print_fit_to_pages(u16::try_from(wide.div_ceil(PAPER).max(1))?, 0);
        if (1..=LINED).contains(&self.row) {
            let blank = ConditionalFormatFormula::new().set_rule("=ISBLANK(A2)").set_format(Style::blank());
            self.page.add_conditional_format(1, 0, self.row, last, &blank)?;
        }
        let mut headings = Rows::new(ColNum::try_from(self.columns.len())?)?;
        headings.start(0);
        for column in &self.columns {
            headings.text(column.index, column.heading_style(), &column.heading);
            if let Some(style) = column.lasting_style() {
                self.page.set_column_format(column.index, &style.format())?;
            }
            let width = u16::try_from(column.laid_out())?;
            self.page.set_column_width(column.index, f64::from(width))?;
            if column.is_empty() && self.row > 0 {
                self.page.set_column_hidden(column.index)?;
            }
        }
        headings.end(2)?;
        let range = cell_range(0, 0, self.row + RowNum::from(totals), last);
        Ok(Filled { page: self.page, headings, rows: self.rows, range })
    }

    /// The columns that hold something; every one of a list without rows.
    fn shown(&self) -> impl Iterator<Item = &SheetColumn> {
        self.columns.iter().filter(|column| self.row == 0 || !column.is_empty())
    }

    /// The row of totals: formulas that follow the filter, with the sums as they stand.
    fn write_totals(&mut self) -> Result<()> {
        let row = self.row + 1;
        self.rows.start(row);
        let left_out: Vec<String> = self.totals.states().collect();
        let named =
            |name: &str| self.columns.iter().find(|column| column.column.name == name).map(|column| column.index);
        let (state, repeats) = (named("state"), named("duplicate_of").filter(|_| self.totals.leaves_duplicates()));
        for (column, total) in self.columns.iter_mut().zip(self.totals.row()) {
            let (index, style) = (column.index, Style::of_total(column.column.kind));
            column.widen(total, None)?;
            let sum = match total {
                Cell::Text(_) | Cell::Instant(_) | Cell::Word(..) | Cell::Person(_) => {
                    let style = if style == Style::Total { Style::TextTotal } else { style };
                    self.rows.text(index, style, &shown::text(total)?);
                    continue;
                }
                Cell::Integer(sum) => sum.to_string(),
                Cell::Real(sum) => sum.to_string(),
                Cell::Money(fen) => hundredths(fen)?,
                Cell::Empty | Cell::NoMoney | Cell::Percent(_) | Cell::YesNo(_) => {
                    self.rows.blank(index, style);
                    continue;
                }
            };
            self.rows.formula(index, style, &formula((index, row), &left_out, state, repeats), &sum);
        }
        self.rows.end(1)
    }
}

/// The formula of a total that follows the filter and leaves out the rows in these states, and those that repeat others.
fn formula(
    (index, row): (ColNum, RowNum),
    left_out: &[String],
    state: Option<ColNum>,
    repeats: Option<ColNum>,
) -> String {
    let letters = column_number_to_name(index);
    let states: Vec<String> = left_out.iter().map(|state| format!("\"{state}\"")).collect();
    let of_states = state.filter(|_| !left_out.is_empty()).map(column_number_to_name);
    let of_states = of_states.map(|state| format!("*ISNA(MATCH({state}2:{state}{row},{{{}}},0))", states.join(",")));
    let repeats = repeats.map(column_number_to_name).map(|repeats| format!("*({repeats}2:{repeats}{row}=\"\")"));
    let left_out: String = of_states.into_iter().chain(repeats).collect();
    if left_out.is_empty() {
        return format!("SUBTOTAL(109,{letters}2:{letters}{row})");
    }
    let each = format!("SUBTOTAL(109,OFFSET({letters}2,ROW({letters}2:{letters}{row})-2,0))");
    format!("SUMPRODUCT({each}{left_out})")
}

impl SheetColumn {
    /// Makes the column as wide as a value, which is `said` where it is a word.
    fn widen(&mut self, cell: Cell<'_>, said: Option<&str>) -> Result<(), Refusal> {
        let width = match said {
            Some(said) => visible(said).width(),
            None => shown::text(cell)?.width(),
        };
        self.width = self.width.max(width);
        Ok(())
    }

    /// Notes whether the first value of the column is a text.
    fn settle(&mut self, cell: Cell<'_>) {
        if self.of_texts.is_none() && cell != Cell::Empty {
            self.of_texts = Some(matches!(cell, Cell::Text(_) | Cell::Instant(_) | Cell::Word(..) | Cell::Person(_)));
        }
    }

    /// Whether no row has anything in it.
    fn is_empty(&self) -> bool {
        self.of_texts.is_none()
    }

    /// Its width on the sheet.
    fn laid_out(&self) -> usize {
        2 + if self.style.is_none() { self.width.min(WIDEST) } else { self.width }
    }

    /// The lines that a text takes there.
    fn lines(&self, text: &str) -> usize {
        if self.style.is_some() || text.len() <= WIDEST && memchr(b'\n', text.as_bytes()).is_none() {
            return 1;
        }
        // Words that do not fit at the end of a line leave some of it empty.
        let lines = |width: usize| (width + width / 12).div_ceil(WIDEST).max(1);
        text.split('\n').map(|line| lines(columns(line))).sum()
    }

    /// How its heading looks: at the right over numbers.
    fn heading_style(&self) -> Style {
        match self.style {
            Some(Style::Money | Style::Percent) => Style::HeadingRight,
            None if self.of_texts == Some(false) => Style::HeadingRight,
            _ => Style::Heading,
        }
    }

    /// How the column looks beyond its values: one of texts is so also for what is typed into it later.
    fn lasting_style(&self) -> Option<Style> {
        self.style.or_else(|| self.of_texts.unwrap_or(false).then_some(Style::Text))
    }

    /// Writes a value; one that is a text, a word or people as `text`.
    fn write(&mut self, rows: &mut Rows, cell: Cell<'_>, text: Option<&str>) -> Result<()> {
        let (index, style) = (self.index, self.style.or(Some(Style::Plain)));
        let text = text.unwrap_or_default();
        match cell {
            Cell::Empty => {}
            Cell::Text(_) => match self.day(text) {
                Some(days) => rows.number(index, style, |line| push_whole(line, days)),
                None => self.write_text(rows, text),
            },
            Cell::Instant(at) => {
                let at = utf8(at)?;
                match Zone::shown().local(at).and_then(moment) {
                    Some(days) => rows.number(index, style, |line| line.extend(days.to_string().into_bytes())),
                    None => self.write_text(rows, at),
                }
            }
            Cell::Word(..) | Cell::Person(_) => self.write_text(rows, text),
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
            Cell::Integer(number) => self.write_text(rows, &number.to_string()),
            Cell::Real(number) => self.write_text(rows, &number.to_string()),
            Cell::Money(number) | Cell::Percent(number) => self.write_text(rows, &hundredths(number)?),
            Cell::NoMoney => self.write_text(rows, &shown::text(cell)?),
            Cell::YesNo(yes) => self.write_text(rows, shown::yes_or_no(yes)),
        }
        Ok(())
    }

    fn write_text(&self, rows: &mut Rows, text: &str) {
        rows.text(self.index, self.style.unwrap_or(Style::Text), text);
    }

    /// A day or month as the days by which workbooks know it; none where the text is something else.
    fn day(&mut self, text: &str) -> Option<i64> {
        let read = match self.column.kind {
            ColumnKind::Day => serial,
            ColumnKind::Month => |month: &str| if month.len() == 7 { serial(&format!("{month}-01")) } else { None },
            _ => return None,
        };
        // Many rows have the day of the row before.
        if self.last.text != text {
            self.last.text.clear();
            self.last.text.push_str(text);
            self.last.days = read(text);
        }
        self.last.days
    }
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
pub(super) fn on_paper(text: &str) -> String {
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
