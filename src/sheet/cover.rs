//! The first sheet of a workbook of many: what they come to, drawn, and links to them.

use anyhow::Result;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartSolidFill, ChartType, ColNum, Format, FormatAlign, FormatBorder, RowNum,
    Url, Worksheet as Page,
};

use super::breaking::broken;
use super::rows::LINE;
use super::trend::Trend;
use super::worksheet::on_paper;
use crate::language;
use crate::say;

/// What stands on the sheet.
#[derive(Debug)]
pub(crate) struct Cover {
    /// Above all else.
    pub(crate) title: String,
    /// What to know first.
    pub(crate) lines: Vec<String>,
    /// Above the columns of the figures.
    pub(crate) headings: Vec<String>,
    /// The figures, each by its name.
    pub(crate) figures: Vec<(String, Vec<Figure>)>,
    /// What is drawn.
    pub(crate) trends: Vec<Trend>,
    /// The lists of the month: the sheet of each, none where it has no rows, and what it holds.
    pub(crate) sheets: Vec<(Option<String>, String)>,
}

/// A figure as a workbook keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Figure {
    /// A number of things.
    Count(i64),
    /// An amount in fen.
    Amount(i64),
    /// A share, in hundredths of a percent.
    Share(i64),
    /// A change, in tenths of a percent.
    Change(i64),
    /// Anything else.
    Text(String),
}

/// How wide the columns are: the names, and each of the figures, in characters.
const WIDTHS: (f64, f64) = (30.0, 15.0);

/// The letters that a line holds of a name, and of a heading in bold print.
const LETTERS: (usize, usize) = (28, 12);

/// The size of a chart, in pixels: three stand side by side.
const CHART: (u32, u32) = (285, 190);

/// The rows that a chart covers.
const CHART_ROWS: RowNum = 10;

/// Where the charts begin: a column, and pixels from its left.
const CHART_PLACES: [(ColNum, u32); 3] = [(0, 0), (1, 80), (4, 45)];

/// The sheet while it is filled, row by row.
struct Filling<'p> {
    page: &'p mut Page,
    name: &'p str,
    row: RowNum,
}

impl Cover {
    /// Writes it on an empty page of this name.
    pub(super) fn write(&self, page: &mut Page, name: &str, branch: &str) -> Result<()> {
        page.set_paper_size(super::worksheet::A4).set_portrait().set_print_fit_to_pages(1, 0);
        page.set_header(format!("&L{}&R{}", on_paper(branch), on_paper(&self.title))).set_footer("&C&P / &N");
        page.set_screen_gridlines(false);
        page.set_column_width(0, WIDTHS.0)?;
        for column in 1..self.headings.len().max(2) {
            page.set_column_width(ColNum::try_from(column)?, WIDTHS.1)?;
        }
        let mut filling = Filling { page, name, row: 0 };
        filling.line(branch, &Format::new())?;
        filling.page.set_row_height(filling.row, 30)?;
        filling.line(&self.title, &Format::new().set_bold().set_font_size(18))?;
        for line in &self.lines {
            filling.line(line, &Format::new())?;
        }
        filling.row += 1;
        filling.figures(self)?;
        filling.charts(&self.trends)?;
        filling.contents(&self.sheets)
    }
}

/// The look of a cell of a table.
fn lined() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_border_color("A6A6A6")
}

fn heading() -> Format {
    lined().set_bold().set_background_color("E7E7E7").set_text_wrap()
}

impl Filling<'_> {
    fn line(&mut self, text: &str, format: &Format) -> Result<()> {
        self.page.write_string_with_format(self.row, 0, text, format)?;
        self.row += 1;
        Ok(())
    }

    /// Makes the row as high as the text of it that takes the most lines, of so many letters.
    fn make_room<T: AsRef<str>>(&mut self, texts: impl IntoIterator<Item = T>, letters: usize) -> Result<()> {
        let lines =
            texts.into_iter().map(|text| broken(text.as_ref(), letters).lines().count()).max().unwrap_or_default();
        if let Ok(lines @ 2..) = u16::try_from(lines) {
            self.page.set_row_height(self.row, lines * LINE)?;
        }
        Ok(())
    }

    fn figures(&mut self, cover: &Cover) -> Result<()> {
        self.make_room(&cover.headings, LETTERS.1)?;
        for (column, text) in (0..).zip(&cover.headings) {
            let look = if column == 0 { heading() } else { heading().set_align(FormatAlign::Right) };
            self.page.write_string_with_format(self.row, column, text, &look)?;
        }
        self.row += 1;
        for (name, figures) in &cover.figures {
            self.make_room([name], LETTERS.0)?;
            self.page.write_string_with_format(self.row, 0, name, &lined().set_text_wrap())?;
            for (column, figure) in (1..).zip(figures) {
                figure.write(self.page, self.row, column)?;
            }
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    /// The charts side by side, and under them the months that they draw.
    fn charts(&mut self, trends: &[Trend]) -> Result<()> {
        if trends.is_empty() {
            return Ok(());
        }
        let first = self.row + CHART_ROWS + 2;
        let months = trends.iter().map(|trend| trend.months().len()).max().unwrap_or_default();
        let last = first + RowNum::try_from(months)? - 1;
        for ((column, (at, offset)), trend) in (1..).zip(CHART_PLACES).zip(trends) {
            let chart = chart(trend, self.name, column, first, last);
            self.page.insert_chart_with_offset(self.row, at, &chart, offset, 0)?;
        }
        self.row = first - 1;
        self.make_room(trends.iter().map(Trend::title), LETTERS.1)?;
        self.page.write_string_with_format(self.row, 0, say!("month"), &heading())?;
        for (column, trend) in (1..).zip(trends) {
            let look = heading().set_align(FormatAlign::Right);
            self.page.write_string_with_format(self.row, column, trend.title(), &look)?;
        }
        self.row += 1;
        for place in 0..months {
            for (column, trend) in (1..).zip(trends) {
                let Some((month, figure)) = trend.months().get(place) else { continue };
                if column == 1 {
                    self.page.write_string_with_format(self.row, 0, month, &lined())?;
                }
                if trend.begun(place) {
                    Figure::Count(*figure).write(self.page, self.row, column)?;
                } else {
                    self.page.write_blank(self.row, column, &lined())?;
                }
            }
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    fn contents(&mut self, sheets: &[(Option<String>, String)]) -> Result<()> {
        self.line(say!("Sheets"), &Format::new().set_bold())?;
        for (name, title) in sheets {
            let Some(name) = name else {
                self.line(&format!("{title}{}{}", language::colon(), say!("nothing")), &Format::new())?;
                continue;
            };
            let link = Url::new(format!("internal:'{}'!A1", name.replace('\'', "''"))).set_text(title);
            self.page.write_url(self.row, 0, link)?;
            self.row += 1;
        }
        Ok(())
    }
}

/// The chart of a figure whose months stand in these rows, in the column of this place.
fn chart(trend: &Trend, sheet: &str, column: ColNum, first: RowNum, last: RowNum) -> Chart {
    let mut chart = Chart::new(ChartType::Column);
    chart
        .add_series()
        .set_name((sheet, first - 1, column))
        .set_categories((sheet, first, 0, last, 0))
        .set_values((sheet, first, column, last, column))
        .set_gap(60)
        .set_format(ChartSolidFill::new().set_color("595959"))
        .set_data_label(ChartDataLabel::new().show_value().set_font(ChartFont::new().set_size(7)));
    chart.title().set_name(trend.title().as_str()).set_font(ChartFont::new().set_size(9));
    chart.legend().set_hidden();
    chart.x_axis().set_font(ChartFont::new().set_size(7).set_rotation(-90));
    chart.y_axis().set_hidden(true).set_major_gridlines(false);
    let (width, height) = CHART;
    chart.set_width(width).set_height(height);
    chart
}

impl Figure {
    fn write(&self, page: &mut Page, row: RowNum, column: ColNum) -> Result<()> {
        #[expect(clippy::cast_precision_loss, reason = "a workbook keeps 15 digits of a number")]
        let part = |value: i64, of: f64| value as f64 / of;
        let (number, look) = match self {
            Self::Text(text) => {
                page.write_string_with_format(row, column, text, &lined().set_align(FormatAlign::Right))?;
                return Ok(());
            }
            Self::Count(count) => (part(*count, 1.0), "#,##0"),
            Self::Amount(fen) => (part(*fen, 100.0), "#,##0.00"),
            Self::Share(share) => (part(*share, 10_000.0), "0.0%"),
            Self::Change(change) => (part(*change, 1_000.0), "+0.0%;-0.0%;0.0%"),
        };
        page.write_number_with_format(row, column, number, &lined().set_num_format(look))?;
        Ok(())
    }
}
