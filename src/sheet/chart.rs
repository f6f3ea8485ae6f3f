//! Bars for a tally, as a picture that stands in a page: horizontal ones in greys, for paper.

use anyhow::Result;
use askama::Template;
use indicatif::HumanCount;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::say;

/// The columns that a tally draws, by their printed names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bars {
    /// Whose bars they are.
    pub(crate) label: &'static str,
    /// How long they are: a column of whole numbers for each bar of a label. A terminal has one bar: the first column
    /// against the second.
    pub(crate) values: &'static [&'static str],
}

/// The figures of a tally, to be drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    /// A label for each group of bars.
    pub(crate) labels: Vec<String>,
    /// What is drawn, and its figure for each label; none where there is no figure.
    pub(crate) series: Vec<(String, Vec<Option<i64>>)>,
    /// Whether the figures are amounts in fen. They are drawn in yuan, or in 10,000 yuan where they are large.
    pub(crate) in_fen: bool,
    /// The unit in which amounts are drawn, in fen.
    unit: i64,
    /// The rows in other currencies, which have no bars: they do not compare.
    foreign: usize,
    /// The rows that have no bars because the chart has no room for them.
    smaller: usize,
}

/// The width of a chart, in the units of its drawing; the page gives it the width that it has.
const WIDTH: usize = 720;

/// From one bar to the next of its label.
const BAR: usize = 16;

/// How thick a bar is.
const THICKNESS: usize = 14;

/// The room between groups of bars.
const GAP: usize = 12;

/// Where the first group begins, below the legend.
const TOP: usize = 30;

/// The height of letters, and the width of one that is half as wide as a Chinese one.
const LETTER: (usize, usize) = (12, 7);

/// The room for a figure after the longest bar.
const FIGURE: usize = 90;

/// Greys that stay apart on any printer: the first bar is dark.
const GREYS: [&str; 3] = ["#464646", "#bebebe", "#828282"];

/// The height of the tallest chart, which fits on a sheet with the head of its list.
const TALLEST: usize = 860;

/// The room for a label, in letters.
const LABEL: usize = 40;

/// One yuan, in fen.
const YUAN: i64 = 100;

/// From this amount on, in fen, bars are in 10,000 yuan: then they have two digits.
const LARGE: i64 = 10 * 10_000 * YUAN;

impl Figures {
    /// No figures yet; `in_fen` says whether they will be amounts.
    pub(crate) fn new(in_fen: bool) -> Self {
        Self { in_fen, ..Self::default() }
    }

    /// Whether there is a bar to draw.
    pub(crate) fn can_be_drawn(&self) -> bool {
        let mut figures = self.series.iter().flat_map(|(_, figures)| figures);
        figures.any(|figure| figure.is_some_and(|figure| figure > 0))
    }

    /// Takes the last row out, because its amounts are in another currency.
    pub(crate) fn forget_last(&mut self) {
        self.labels.pop();
        for (_, figures) in &mut self.series {
            figures.pop();
        }
        self.foreign += 1;
    }

    /// Settles what is drawn, once all figures are in: no series of zeros, those rows whose first bar is longest where there is no room for all, and
    /// the unit of amounts.
    pub(crate) fn settle(&mut self) {
        self.series.retain(|(_, figures)| figures.iter().flatten().any(|figure| *figure != 0));
        let room = self.room();
        if self.labels.len() > room {
            self.smaller = self.labels.len() - room;
            let longest =
                |place: &usize| self.series.iter().map(|(_, figures)| figures.get(*place).copied().flatten()).max();
            let mut places: Vec<usize> = (0..self.labels.len()).collect();
            places.sort_by_key(|place| std::cmp::Reverse(longest(place)));
            places.truncate(room);
            places.sort_unstable();
            self.labels = places.iter().filter_map(|place| self.labels.get(*place).cloned()).collect();
            for (_, figures) in &mut self.series {
                *figures = places.iter().filter_map(|place| figures.get(*place).copied()).collect();
            }
        }
        if self.in_fen {
            let amounts = self.series.iter().flat_map(|(_, figures)| figures).flatten();
            let largest = amounts.map(|fen| fen.saturating_abs()).max().unwrap_or_default();
            self.unit = unit(largest);
            for figure in self.series.iter_mut().flat_map(|(_, figures)| figures).flatten() {
                *figure = rounded(*figure, self.unit);
            }
        }
    }

    /// The labels that a chart has room for.
    fn room(&self) -> usize {
        (TALLEST - TOP) / self.group()
    }

    /// The height of the bars of one label.
    fn group(&self) -> usize {
        self.series.len() * BAR + GAP
    }

    /// What is to be said of the chart: the unit of its amounts, and what it does not draw.
    pub(crate) fn note(&self) -> String {
        let mut notes = Vec::new();
        if self.in_fen {
            notes.push(said_unit(self.unit).to_owned());
        }
        if self.foreign > 0 {
            notes.push(say!("other currencies are in the table").to_owned());
        }
        if self.smaller > 0 {
            notes.push(say!("{count} smaller rows are in the table", count = self.smaller));
        }
        notes.join(crate::language::semicolon())
    }

    /// The chart as SVG.
    pub(crate) fn svg(&self) -> Result<String> {
        let texts: Vec<String> = self.labels.iter().map(|label| shortened(label)).collect();
        let letters = texts.iter().map(|label| label.width()).max().unwrap_or_default();
        let axis = letters * LETTER.1 + 16;
        let labels = texts.into_iter().zip(self.tops());
        let middle = self.series.len() * BAR / 2 + LETTER.0 / 3;
        let drawn = Drawing {
            width: WIDTH,
            height: TOP + self.labels.len() * self.group(),
            letter: LETTER.0,
            top: TOP,
            thickness: THICKNESS,
            axis,
            names: self.names(axis),
            labels: labels.map(|(text, top)| Label { text, y: top + middle }).collect(),
            bars: self.bars(WIDTH - FIGURE - axis),
        };
        Ok(drawn.render()?)
    }

    /// Where the bars of each label begin.
    fn tops(&self) -> impl Iterator<Item = usize> {
        (0..).map(|place| TOP + GAP / 2 + place * self.group())
    }

    /// The legend, from the axis to the right.
    fn names(&self, axis: usize) -> Vec<Name> {
        let mut x = axis;
        let mut names = Vec::new();
        for ((name, figures), fill) in self.series.iter().zip(GREYS.into_iter().cycle()) {
            // A sum of what is drawn would mislead where rows are left out.
            let total = (self.smaller == 0 && self.labels.len() > 1).then(|| grouped(figures.iter().flatten().sum()));
            let text = total.map_or_else(|| name.clone(), |total| say!("{name}, together {total}", name, total));
            names.push(Name { x, fill, text });
            x += 36 + names.last().map_or(0, |name| name.text.width()) * LETTER.1;
        }
        names
    }

    /// Every bar that has a figure; the largest figure is as long as there is room.
    fn bars(&self, room: usize) -> Vec<Bar> {
        let largest = self.series.iter().flat_map(|(_, figures)| figures).flatten().max().copied();
        let longest = i128::from(largest.unwrap_or_default().max(1));
        let length =
            |figure: i64| usize::try_from(i128::from(figure.max(0)) * (room as i128) / longest).unwrap_or(room);
        let mut bars = Vec::new();
        for (number, ((_, figures), fill)) in self.series.iter().zip(GREYS.into_iter().cycle()).enumerate() {
            let drawn = figures.iter().zip(self.tops()).filter_map(|(figure, top)| Some(((*figure)?, top)));
            bars.extend(drawn.map(|(figure, top)| Bar {
                y: top + number * BAR,
                length: length(figure),
                fill,
                figure: grouped(figure),
            }));
        }
        bars
    }

    /// The chart in words, for those who hear the page.
    pub(crate) fn words(&self) -> String {
        let of = |place: usize| {
            let named = |(name, figures): &(String, Vec<Option<i64>>)| {
                Some(format!("{name} {}", figures.get(place).copied()??))
            };
            self.series.iter().filter_map(named).collect::<Vec<_>>().join(crate::language::comma())
        };
        let words = self.labels.iter().enumerate().map(|(place, label)| format!("{label}: {}", of(place)));
        words.collect::<Vec<_>>().join(crate::language::semicolon())
    }
}

/// A chart as its template draws it, every place in the units of the drawing.
#[derive(Template)]
#[template(path = "bars.svg")]
struct Drawing {
    width: usize,
    height: usize,
    letter: usize,
    top: usize,
    thickness: usize,
    /// Where bars begin and labels end.
    axis: usize,
    names: Vec<Name>,
    labels: Vec<Label>,
    bars: Vec<Bar>,
}

/// What a grey means.
struct Name {
    x: usize,
    fill: &'static str,
    text: String,
}

/// Whose bars stand beside it.
struct Label {
    text: String,
    y: usize,
}

/// A bar and the figure after it.
struct Bar {
    y: usize,
    length: usize,
    fill: &'static str,
    figure: String,
}

/// The unit in which amounts up to this one are drawn, in fen.
pub(super) const fn unit(largest: i64) -> i64 {
    if largest >= LARGE { 10_000 * YUAN } else { YUAN }
}

/// An amount in a unit, rounded.
pub(super) const fn rounded(fen: i64, unit: i64) -> i64 {
    fen.saturating_add(unit / 2).div_euclid(unit)
}

/// In which unit amounts are.
pub(super) fn said_unit(unit: i64) -> &'static str {
    if unit == YUAN { say!("amounts in yuan") } else { say!("amounts in 10,000 yuan") }
}

/// A figure as it is read: `1,259`.
pub(super) fn grouped(figure: i64) -> String {
    let sign = if figure < 0 { "-" } else { "" };
    format!("{sign}{}", HumanCount(figure.unsigned_abs()))
}

/// A label that fits into its room; the table has it whole.
fn shortened(label: &str) -> String {
    if label.width() <= LABEL {
        return label.to_owned();
    }
    let mut width = 1;
    let kept = label.chars().take_while(|c| {
        width += c.width().unwrap_or_default();
        width <= LABEL
    });
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use insta::assert_snapshot;

    use super::*;

    fn figures() -> Figures {
        Figures {
            labels: ["business", "technology", "包头办事处"].map(str::to_owned).to_vec(),
            series: vec![
                ("counted".to_owned(), vec![Some(12), Some(0), Some(7)]),
                ("indicator".to_owned(), vec![Some(20), None, Some(7)]),
            ],
            ..Figures::default()
        }
    }

    #[test]
    fn a_chart_is_drawn_alike_each_time() {
        let svg = figures().svg().unwrap();
        assert_eq!(svg, figures().svg().unwrap());
        assert_snapshot!(svg);
    }

    #[test]
    fn what_stands_in_a_chart_is_escaped() {
        let figures = Figures {
            labels: vec!["<script>".to_owned()],
            series: vec![("a&b".to_owned(), vec![Some(1)])],
            ..Figures::default()
        };
        let svg = figures.svg().unwrap();
        assert!(!svg.contains("<script>") && !svg.contains("a&b"), "{svg}");
    }

    #[test]
    fn a_chart_can_be_said_in_words() {
        assert_eq!(
            figures().words(),
            "business: counted 12, indicator 20; technology: counted 0; 包头办事处: counted 7, indicator 7"
        );
    }
    fn amounts(amounts: &[i64]) -> Figures {
        Figures {
            labels: (1..=amounts.len()).map(|place| format!("mill {place}")).collect(),
            series: vec![("amount".to_owned(), amounts.iter().copied().map(Some).collect())],
            in_fen: true,
            ..Figures::default()
        }
    }

    #[test]
    fn small_amounts_are_drawn_in_yuan_and_large_ones_in_ten_thousand() {
        let mut small = amounts(&[149, 150, -50, 9_999_999]);
        small.settle();
        assert_eq!(
            (small.words().as_str(), small.note().as_str()),
            ("mill 1: amount 1; mill 2: amount 2; mill 3: amount 0; mill 4: amount 100000", "amounts in yuan")
        );
        let mut large = amounts(&[10_000_000, 1_234_500_000, 0]);
        large.settle();
        assert_eq!(
            (large.words().as_str(), large.note().as_str()),
            ("mill 1: amount 10; mill 2: amount 1235; mill 3: amount 0", "amounts in 10,000 yuan")
        );
    }

    #[test]
    fn a_chart_without_room_for_all_draws_the_longest_and_says_how_many_it_leaves_out() {
        let mut figures = amounts(&(1..=40).map(|place| place * 100).collect::<Vec<_>>());
        let room = figures.room();
        figures.settle();
        assert_eq!(figures.labels.len(), room);
        assert_eq!(figures.labels.last().unwrap(), "mill 40");
        assert_eq!(figures.labels.first().unwrap(), &format!("mill {}", 41 - room));
        assert_eq!(figures.note(), format!("amounts in yuan; {} smaller rows are in the table", 40 - room));
    }

    #[test]
    fn a_series_of_zeros_is_not_drawn() {
        let mut figures = figures();
        figures.series.push(("the year before".to_owned(), vec![Some(0), None, Some(0)]));
        figures.settle();
        assert_eq!(figures.series.len(), 2);
    }

    #[test]
    fn a_row_in_another_currency_has_no_bar() {
        let mut figures = amounts(&[100, 200]);
        figures.forget_last();
        figures.settle();
        assert_eq!(
            (figures.words().as_str(), figures.note().as_str()),
            ("mill 1: amount 1", "amounts in yuan; other currencies are in the table")
        );
    }

    #[test]
    fn a_long_label_is_shortened() {
        assert_eq!(shortened("球磨机"), "球磨机");
        assert_eq!(shortened(&"磨".repeat(21)), format!("{}…", "磨".repeat(19)));
    }
}
