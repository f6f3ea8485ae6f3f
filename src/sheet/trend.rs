//! Columns for a figure over months, as a picture that stands in a page: the last one dark, for paper.

use anyhow::Result;
use askama::Template;

use super::chart::{grouped, rounded, said_unit, unit};
use crate::say;

/// A figure over months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trend {
    name: String,
    /// The months in their order, each with its figure as it is drawn.
    months: Vec<(String, i64)>,
    /// The unit in which amounts are drawn, in fen; none of a number of things.
    unit: Option<i64>,
    total: i64,
}

/// The width of the drawing, in its own units; the page gives it the width that it has.
const WIDTH: usize = 720;

/// The height of the longest column.
const TALLEST: usize = 44;

/// Where the columns stand: below them the months, above them their figures and the name.
const GROUND: usize = 64;

/// How much of its place a column takes, in percent.
const THICK: usize = 46;

impl Trend {
    /// The figure of this name over these months; `in_fen` says whether it is an amount.
    pub(crate) fn new(name: String, months: Vec<(String, i64)>, in_fen: bool) -> Self {
        let largest = months.iter().map(|(_, figure)| figure.saturating_abs()).max().unwrap_or_default();
        let unit = in_fen.then(|| unit(largest));
        let drawn = |figure: i64| unit.map_or(figure, |unit| rounded(figure, unit));
        let total = drawn(months.iter().map(|(_, figure)| *figure).sum());
        let months = months.into_iter().map(|(month, figure)| (month, drawn(figure))).collect();
        Self { name, months, unit, total }
    }

    /// Whether there is anything to draw.
    pub(crate) fn is_drawn(&self) -> bool {
        self.months.iter().any(|(_, figure)| *figure != 0)
    }

    /// What stands above it: the figure, its unit, and what the months come to.
    pub(crate) fn title(&self) -> String {
        let unit = self.unit.map(|unit| crate::language::in_brackets(said_unit(unit))).unwrap_or_default();
        format!("{}{unit}", self.name)
    }

    /// What the months come to together.
    pub(crate) fn total(&self) -> String {
        say!("twelve months together: {total}", total = grouped(self.total))
    }

    /// The months with their figures as they are drawn.
    pub(crate) fn months(&self) -> &[(String, i64)] {
        &self.months
    }

    /// Whether the month at this place is not before the first that has a figure, when there was no book.
    pub(crate) fn begun(&self, place: usize) -> bool {
        self.months.iter().take(place + 1).any(|(_, figure)| *figure != 0)
    }

    /// The picture as SVG.
    pub(crate) fn svg(&self) -> Result<String> {
        let place = WIDTH / self.months.len().max(1);
        let thickness = place * THICK / 100;
        let longest = self.months.iter().map(|(_, figure)| *figure).max().unwrap_or_default().max(1);
        let height = |figure: i64| {
            usize::try_from(i128::from(figure.max(0)) * TALLEST as i128 / i128::from(longest)).unwrap_or(TALLEST)
        };
        let last = self.months.len().saturating_sub(1);
        let columns = self.months.iter().enumerate().map(|(index, (month, figure))| Column {
            x: index * place + (place - thickness) / 2,
            middle: index * place + place / 2,
            top: GROUND - height(*figure),
            height: height(*figure),
            fill: if index == last { "#222" } else { "#aaa" },
            month,
            figure: if self.begun(index) { grouped(*figure) } else { String::new() },
        });
        let drawn = Drawing { width: WIDTH, ground: GROUND, thickness, columns: columns.collect() };
        Ok(drawn.render()?)
    }

    /// The picture in words, for those who hear the page.
    pub(crate) fn words(&self) -> String {
        let words = self.months.iter().map(|(month, figure)| format!("{month} {figure}"));
        words.collect::<Vec<_>>().join(crate::language::comma())
    }
}

/// The columns as their template draws them, every place in the units of the drawing.
#[derive(Template)]
#[template(path = "trend.svg")]
struct Drawing<'t> {
    width: usize,
    ground: usize,
    thickness: usize,
    columns: Vec<Column<'t>>,
}

/// A column, its month and its figure.
struct Column<'t> {
    x: usize,
    middle: usize,
    top: usize,
    height: usize,
    fill: &'static str,
    month: &'t str,
    figure: String,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn trend(figures: &[i64], in_fen: bool) -> Trend {
        let months = figures.iter().enumerate().map(|(index, figure)| (format!("26-{:02}", index + 1), *figure));
        Trend::new("orders".to_owned(), months.collect(), in_fen)
    }

    #[test]
    fn the_last_month_is_dark_and_months_before_the_book_have_no_figure() {
        let svg = trend(&[0, 5, 0, 10], false).svg().unwrap();
        assert_eq!(svg.matches("fill=\"#222\"").count(), 1);
        let figures: Vec<&str> =
            svg.split("class=\"f\">").skip(1).map(|part| part.split('<').next().unwrap()).collect();
        assert_eq!(figures, ["5", "0", "10"]);
    }

    #[test]
    fn large_amounts_are_told_in_ten_thousand_yuan_and_added_up_before_they_are_rounded() {
        let trend = trend(&[10_400_000, 10_400_000, 10_400_000], true);
        assert_eq!(trend.title(), "orders (amounts in 10,000 yuan)");
        assert_eq!(trend.total(), "twelve months together: 31");
        assert_eq!(trend.words(), "26-01 10, 26-02 10, 26-03 10");
    }

    #[test]
    fn zeros_are_not_drawn() {
        assert!(!trend(&[0, 0], false).is_drawn());
        assert!(trend(&[0, 1], false).is_drawn());
    }
}
