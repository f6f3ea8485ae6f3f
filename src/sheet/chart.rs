//! Bars for a tally, as a picture that stands in a page. The only place that knows the chart library.

use crate::say;
use anyhow::{Context, Result};
use charts_rs::{Align, Box as Margin, Color, HorizontalBarChart, LegendCategory, Series};

/// The columns that a tally draws, by their printed names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bars {
    /// Whose bars they are.
    pub label: &'static str,
    /// How long they are: a column of whole numbers for each bar of a label.
    pub values: &'static [&'static str],
}

/// The figures of a tally, to be drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// A label for each group of bars.
    pub labels: Vec<String>,
    /// What is drawn, and its figure for each label; none where there is no figure.
    pub series: Vec<(String, Vec<Option<i64>>)>,
}

/// The width of a chart, in the units of its drawing; the page gives it the width that it has.
const WIDTH: f32 = 720.0;

/// The height of one bar.
const BAR: f32 = 16.0;

/// The room between groups of bars.
const GAP: f32 = 12.0;

/// The room for the legend and the axis.
const FRAME: f32 = 84.0;

/// Greys that stay apart on any printer: the first bar is dark.
const GREYS: [u8; 3] = [70, 190, 130];

/// The labels that a chart has room for.
const MOST_LABELS: usize = 60;

impl Figures {
    /// Whether there is a bar to draw, and room for all.
    #[must_use]
    pub fn can_be_drawn(&self) -> bool {
        let mut figures = self.series.iter().flat_map(|(_, figures)| figures);
        self.labels.len() <= MOST_LABELS && figures.any(|figure| figure.is_some_and(|figure| figure > 0))
    }

    /// The chart as SVG.
    ///
    /// # Errors
    /// Where the library cannot draw.
    pub fn svg(&self) -> Result<String> {
        // The library draws from the bottom to the top.
        #[expect(clippy::cast_precision_loss, reason = "the length of a bar; the figure itself stands in the table")]
        let series = self.series.iter().map(|(name, figures)| {
            let figures = figures.iter().rev().map(|figure| figure.map(|figure| figure as f32)).collect();
            Series { name: name.clone(), data: figures, label_show: true, ..Series::default() }
        });
        let labels = self.labels.iter().rev().cloned().collect();
        let mut chart = HorizontalBarChart::new(series.collect(), labels);
        let groups = f32::from(u16::try_from(self.labels.len())?);
        let bars = f32::from(u16::try_from(self.series.len())?);
        chart.width = WIDTH;
        chart.height = FRAME + groups * (bars * BAR + GAP);
        chart.margin = Margin { left: 10.0, top: 10.0, right: 40.0, bottom: 10.0 };
        chart.legend.align = Align::Left;
        chart.legend.category = LegendCategory::Rect;
        chart.series.colors = GREYS.iter().map(|grey| Color { r: *grey, g: *grey, b: *grey, a: 255 }).collect();
        chart.svg().context(say!("the chart cannot be drawn"))
    }

    /// The chart in words, for those who hear the page.
    #[must_use]
    pub fn words(&self) -> String {
        let of = |place: usize| {
            let named = |(name, figures): &(String, Vec<Option<i64>>)| {
                Some(format!("{name} {}", figures.get(place).copied()??))
            };
            self.series.iter().filter_map(named).collect::<Vec<_>>().join(", ")
        };
        let words = self.labels.iter().enumerate().map(|(place, label)| format!("{label}: {}", of(place)));
        words.collect::<Vec<_>>().join("; ")
    }
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
        let figures = Figures { labels: vec!["<script>".to_owned()], series: vec![("a&b".to_owned(), vec![Some(1)])] };
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
}
