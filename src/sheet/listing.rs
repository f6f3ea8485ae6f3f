//! A list as a page shows it: every value a text, without the columns that are empty in every row.

use anyhow::Result;
use rusqlite::Connection;

use super::{
    Form, Look,
    cell::{Cell, Cells},
    chart::Figures,
    grid::{self, Measure},
    in_title::InTitle,
    query::Query,
    said::columns,
    shown,
    total::Totals,
};
use crate::column::{Column, ColumnKind};
use crate::language::{self, Language};
use crate::money::Money;
use crate::say;

/// The letters that a line of upright paper holds.
pub(crate) const UPRIGHT: u16 = 92;

/// The letters that a line of upright paper holds in small print.
const SMALL: u16 = 112;

/// The bytes of a text that may fill a sheet.
const LONG: usize = 3_000;

/// The lines that a sheet of wide paper holds.
const LINES: usize = 36;

/// The letters that a line of wide paper holds.
const WIDE: u16 = 158;

/// What wraps between words: Korean, of which no word is torn where no Chinese stands beside it, which has no spaces.
const BETWEEN_WORDS: &str = "w";

/// The rows of a list that stays on one sheet.
const SHORT: usize = 8;

/// The letters that a line of wide paper holds in small print.
const CROWDED: u16 = 188;

/// A list in texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Listing {
    /// What stands above it.
    pub(crate) title: String,
    /// The columns, from left to right.
    pub(crate) headings: Vec<Heading>,
    /// How many of them stand side by side; the others are folded into a second line under each row.
    pub(crate) abreast: usize,
    /// The shape of paper that it needs, as the pages' style sheet calls it.
    pub(crate) shape: &'static str,
    /// Whether its title stands above it on every sheet of paper.
    pub(crate) titled: bool,
    /// The columns as they are measured, for their layout.
    measures: Vec<Measure>,
    /// The rows that are shown.
    pub(crate) rows: Vec<Vec<String>>,
    /// Which values of each row say that there is nothing: no, or none of a number of things.
    nothing: Vec<Vec<bool>>,
    /// The row of totals.
    pub(crate) total: Option<Vec<String>>,
    /// What is said of the rows that the totals leave out.
    pub(crate) left_out_of_total: String,
    /// The bars of a tally, as SVG.
    pub(crate) chart: Option<String>,
    /// The bars in words.
    pub(crate) chart_words: String,
    /// What is to be said of the bars: their unit, and what is not drawn.
    pub(crate) chart_note: String,
    /// The rows of the list, also those that are not shown.
    pub(crate) count: usize,
    /// Where the whole list is, for a list that is shown in part.
    pub(crate) whole_in: String,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// Its name for people.
    pub(crate) text: String,
    /// How its values stand, as the pages' style sheet calls it: `n` numbers at the right, `k` kept in one line, `w` wrapped between
    /// words, or nothing for texts that wrap.
    pub(crate) class: &'static str,
    /// Its share of the paper's width in hundredths of a percent; none for a folded column.
    pub(crate) share: usize,
    /// The letters that a line holds there.
    letters: usize,
}

impl Heading {
    /// Whether its values stand in one line.
    pub(crate) fn stays_whole(&self) -> bool {
        !matches!(self.class, "" | BETWEEN_WORDS)
    }
}

impl Listing {
    /// The first rows of a query, at most so many, with the count and the totals of all.
    pub(crate) fn of(query: &Query, book: &Connection, most: usize) -> Result<Self> {
        let mut listing = Self::default();
        query.fill(book, |columns| {
            let look = query.look(Look::default());
            Ok(Box::new(Gather { gathering: Gathering::new(&query.title, columns, &look)?, most, into: &mut listing }))
        })?;
        Ok(listing)
    }

    /// The same as a part of a longer paper: on wide paper whatever its columns need, its title repeated on each sheet.
    pub(crate) fn steady(query: &Query, book: &Connection, most: usize) -> Result<Self> {
        let mut list = Self::of(query, book, most)?;
        list.titled = true;
        list.shape = "wide";
        list.share(&grid::fit(&list.measures, Some(WIDE)));
        list.fold();
        Ok(list)
    }

    /// A list of texts, the first column at the left and the others, which are figures, at the right.
    pub(crate) fn of_figures(title: String, headings: &[String], rows: Vec<Vec<String>>) -> Self {
        let wrapped = if Language::spoken() == Language::Ko { BETWEEN_WORDS } else { "" };
        let column = |place: usize, heading: &String| {
            let mut measure = Measure::on_paper(heading, place == 0);
            rows.iter().filter_map(|row| row.get(place)).for_each(|text| measure.take(text));
            (
                Heading { text: heading.clone(), class: if place == 0 { wrapped } else { "n" }, share: 0, letters: 0 },
                measure,
            )
        };
        let columns = headings.iter().enumerate().map(|(place, heading)| column(place, heading));
        let (headings, measures): (Vec<_>, Vec<_>) = columns.unzip();
        let mut listing = Self { title, headings, count: rows.len(), rows, measures, ..Self::default() };
        listing.lay_out();
        listing
    }

    /// The list as it stands in small print on upright paper, whatever its columns need.
    pub(crate) fn upright(mut self) -> Self {
        self.shape = "";
        self.share(&grid::fit(&self.measures, Some(SMALL)));
        self.fold();
        self
    }

    /// The columns that stand side by side.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &Heading> {
        self.headings.iter().take(self.abreast)
    }

    /// The values of a row that stand side by side, each with its heading.
    pub(crate) fn values<'l>(&'l self, row: &'l [String]) -> impl Iterator<Item = (&'l Heading, &'l String)> {
        self.columns().zip(row)
    }

    /// Whether it is not to be torn apart at the end of a sheet.
    pub(crate) fn is_short(&self) -> bool {
        self.rows.len() <= SHORT
    }

    /// Whether a row holds a text that may fill a sheet, so that it is torn rather than put on the next.
    pub(crate) fn is_long(&self, row: &[String]) -> bool {
        self.fills_sheet(row) || row.iter().any(|text| text.len() > LONG)
    }

    /// Whether no sheet holds what stands side by side in a row.
    pub(crate) fn fills_sheet(&self, row: &[String]) -> bool {
        self.values(row).any(|(heading, text)| lines(text, heading.letters) > LINES)
    }

    /// The fields of a row that have something in them, each with its heading.
    pub(crate) fn fields<'l>(&'l self, row: &'l [String]) -> impl Iterator<Item = (&'l Heading, &'l String)> {
        self.headings.iter().zip(row).filter(|(_, text)| !text.is_empty())
    }

    /// The fields of a row that are folded into its second line.
    pub(crate) fn folded<'l>(&'l self, row: &'l [String]) -> Vec<(&'l Heading, &'l String)> {
        let fields = self.headings.iter().zip(row).skip(self.abreast);
        fields.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// Lays the columns out: on upright paper where all have room there, else on wide paper, else in small print. Where
    /// that does not hold them all either, the last ones are folded, and the print stays as it is.
    fn lay_out(&mut self) {
        let papers = [("", UPRIGHT), ("wide", WIDE), ("wide crowded", CROWDED)];
        let laid_out = papers.map(|(shape, letters)| (shape, grid::fit(&self.measures, Some(letters))));
        let whole = laid_out.iter().find(|(_, widths)| widths.len() == self.measures.len());
        let (shape, widths) = whole.unwrap_or(&laid_out[1]);
        self.shape = shape;
        self.share(widths);
    }

    /// Leaves out of the second lines what says that there is nothing.
    pub(crate) fn fold(&mut self) {
        for (row, nothing) in self.rows.iter_mut().zip(&self.nothing) {
            let folded = row.iter_mut().zip(nothing).skip(self.abreast);
            folded.filter(|(_, nothing)| **nothing).for_each(|(text, _)| text.clear());
        }
    }

    /// Gives columns of these widths side by side their shares of the paper.
    fn share(&mut self, widths: &[usize]) {
        self.abreast = widths.len();
        let whole = widths.iter().map(|width| width + grid::FRAME).sum::<usize>().max(1);
        for (heading, width) in self.headings.iter_mut().zip(widths) {
            heading.share = (width + grid::FRAME) * 10_000 / whole;
            heading.letters = *width;
        }
    }

    /// How many rows there are, or how many more than are shown.
    pub(crate) fn said_count(&self) -> String {
        let more = self.hidden();
        match self.count {
            0 => say!("no rows").to_owned(),
            _ if more > 0 && self.whole_in.is_empty() => say!("{more} more", more),
            _ if more > 0 => say!("{more} more: all are in {place}", more, place = self.whole_in),
            count => say!("{count} rows", count),
        }
    }

    /// The same, with what the totals leave out.
    pub(crate) fn said_below(&self) -> String {
        let count = self.said_count();
        if self.left_out_of_total.is_empty() {
            return count;
        }
        format!("{count}{}{}", language::semicolon(), self.left_out_of_total)
    }

    /// How many rows are not shown.
    pub(crate) fn hidden(&self) -> usize {
        self.count - self.rows.len()
    }
}

/// Gathers a query's rows into a listing.
struct Gather<'l> {
    gathering: Gathering,
    most: usize,
    into: &'l mut Listing,
}

impl Form for Gather<'_> {
    fn row(&mut self, cells: Cells<'_>) -> Result<()> {
        self.gathering.take(cells, self.most)
    }

    fn end(self: Box<Self>) -> Result<Vec<String>> {
        *self.into = self.gathering.end()?;
        Ok(Vec::new())
    }
}

/// A listing that is being gathered.
pub(crate) struct Gathering {
    listing: Listing,
    columns: Vec<GatheredColumn>,
    totals: Totals,
    label: Option<usize>,
    figures: Figures,
    /// The column that says in which currency a row's amounts are.
    currency: Option<usize>,
    is_korean: bool,
}

struct GatheredColumn {
    column: Column,
    has_text: bool,
    has_value: bool,
    /// Whether any value has Chinese in it.
    has_chinese: bool,
    measure: Measure,
    /// Whether the list's title says every value.
    in_title: InTitle,
    /// Which of the chart's bars it is.
    bar: Option<usize>,
}

impl Gathering {
    /// Starts a listing.
    pub(crate) fn new(title: &str, columns: &[Column], look: &Look) -> Result<Self> {
        let totals = Totals::new(title, columns, &look.totals)?.without(look.withheld);
        let bars = look.bars.map_or(&[][..], |bars| bars.values);
        let label = look.bars.and_then(|bars| columns.iter().position(|column| column.name == bars.label));
        let is_money = |column: &Column| bars.contains(&column.name.as_str()) && column.kind == ColumnKind::Money;
        let mut figures = Figures::new(columns.iter().any(is_money));
        let currency = columns.iter().position(|column| figures.in_fen && column.name == "currency");
        let columns = columns.iter().map(|column| {
            let is_bar = bars.contains(&column.name.as_str());
            let bar = is_bar.then_some(figures.series.len());
            if is_bar {
                figures.series.push((column.heading(), Vec::new()));
            }
            let measure = Measure::on_paper(&column.heading(), false);
            let in_title = InTitle::of(column, look.in_title.contains(&column.name.as_str()));
            GatheredColumn {
                column: column.clone(),
                has_text: false,
                has_value: false,
                has_chinese: false,
                measure,
                in_title,
                bar,
            }
        });
        let columns = columns.collect();
        Ok(Self {
            listing: Listing { title: title.to_owned(), ..Listing::default() },
            columns,
            totals,
            label,
            figures,
            currency,
            is_korean: Language::spoken() == Language::Ko,
        })
    }

    /// The rows that came in.
    pub(crate) fn count(&self) -> usize {
        self.listing.count
    }

    /// Takes a row, which is shown where it is among the first `most`.
    pub(crate) fn take(&mut self, cells: Cells<'_>, most: usize) -> Result<()> {
        let mut row = Vec::with_capacity(self.columns.len());
        let mut nothing = Vec::with_capacity(self.columns.len());
        let mut foreign = false;
        self.totals.begin(&cells);
        for (index, (column, cell)) in self.columns.iter_mut().zip(cells).enumerate() {
            let cell = cell?;
            self.totals.take(index, cell);
            column.has_text |= matches!(cell, Cell::Text(_) | Cell::Instant(_) | Cell::Word(..) | Cell::Person(_));
            let text = text(cell)?;
            column.has_value |= !text.is_empty();
            column.in_title.take(&self.listing.title, &text);
            column.has_chinese = column.has_chinese || self.is_korean && text.chars().any(is_chinese);
            if self.listing.rows.len() < most {
                text.lines().for_each(|line| column.measure.take(line));
            }
            if self.label == Some(index) {
                self.figures.labels.push(text.clone());
            }
            foreign |= self.currency == Some(index) && text != "CNY";
            if let Some((_, figures)) = column.bar.and_then(|bar| self.figures.series.get_mut(bar)) {
                figures.push(if let Cell::Integer(figure) | Cell::Money(figure) = cell { Some(figure) } else { None });
            }
            row.push(text);
            nothing.push(matches!(cell, Cell::YesNo(false) | Cell::Integer(0)));
        }
        if foreign {
            self.figures.forget_last();
        }
        self.listing.count += 1;
        if self.listing.rows.len() < most {
            self.listing.rows.push(row);
            self.listing.nothing.push(nothing);
        }
        Ok(())
    }

    /// Ends the listing: its totals, its chart, and the columns that have something in any row.
    pub(crate) fn end(mut self) -> Result<Listing> {
        let on_paper = |column: &GatheredColumn| !column.column.is_command();
        let has_something = |column: &GatheredColumn| column.has_value || self.listing.count == 0;
        let mut kept: Vec<bool> = self.columns.iter().map(|column| on_paper(column) && has_something(column)).collect();
        let is_said = |column: &GatheredColumn| self.listing.count > 0 && column.in_title.says_all();
        if self.columns.iter().zip(&kept).any(|(column, kept)| *kept && !is_said(column)) {
            kept.iter_mut().zip(&self.columns).for_each(|(kept, column)| *kept &= !is_said(column));
        }
        self.totals.retain(&kept);
        let Listing { rows, nothing, .. } = &mut self.listing;
        for (row, nothing) in rows.iter_mut().zip(nothing) {
            let (mut of_row, mut of_nothing) = (kept.iter(), kept.iter());
            row.retain(|_| of_row.next() == Some(&true));
            nothing.retain(|_| of_nothing.next() == Some(&true));
        }
        let columns = self.columns.iter().zip(&kept).filter_map(|(column, kept)| kept.then_some(column));
        self.listing.headings = columns.clone().map(|column| column.heading(self.is_korean)).collect();
        let mut measures: Vec<Measure> = columns.map(GatheredColumn::measured).collect();
        if self.listing.count > 0 && self.totals.any() {
            let total: Vec<String> = self.totals.row().map(text).collect::<Result<_>>()?;
            measures.iter_mut().zip(&total).for_each(|(measure, text)| measure.take(text));
            self.listing.total = Some(total);
        }
        if self.listing.count > 0 {
            let said = self.totals.said(self.listing.headings.iter().map(|heading| heading.text.as_str()));
            self.listing.left_out_of_total = said.join(language::semicolon());
        }
        self.listing.measures = measures;
        self.listing.lay_out();
        if self.figures.can_be_drawn() {
            self.figures.settle();
            self.listing.chart = Some(self.figures.svg()?);
            self.listing.chart_words = self.figures.words();
            self.listing.chart_note = self.figures.note();
        }
        Ok(self.listing)
    }
}

impl GatheredColumn {
    fn heading(&self, is_korean: bool) -> Heading {
        let wrapped = if is_korean && !self.has_chinese { BETWEEN_WORDS } else { "" };
        let class = match self.column.kind {
            ColumnKind::Money | ColumnKind::Percent => "n",
            ColumnKind::Plain | ColumnKind::Word | ColumnKind::Person if self.has_value && !self.has_text => "n",
            ColumnKind::Plain | ColumnKind::Word | ColumnKind::Person if !self.column.is_entry_number() => wrapped,
            _ => "k",
        };
        Heading { text: self.column.heading(), class, share: 0, letters: 0 }
    }

    /// The measure, with what all rows together tell: only texts wrap.
    fn measured(&self) -> Measure {
        let mut measure = self.measure.clone();
        measure.wraps = !self.heading(false).stays_whole();
        measure
    }
}

/// The lines that a text takes where a line holds so many letters.
pub(crate) fn lines(text: &str, letters: usize) -> usize {
    text.split('\n').map(|line| columns(line).div_ceil(letters.max(1)).max(1)).sum()
}

fn is_chinese(letter: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&letter)
}

/// A value's text; its lines stay lines. Percentages under each other have the same places.
fn text(cell: Cell<'_>) -> Result<String> {
    match cell {
        Cell::Text(text) => Ok(shown::lines(text)?),
        Cell::Percent(hundredths) => Ok(format!("{}%", Money(hundredths).grouped())),
        cell => Ok(shown::text(cell)?),
    }
}

#[cfg(test)]
mod tests;
