//! A small bar beside the figures of a tally, in characters: how they compare, at a glance. It says nothing that the figures do not.

use super::cell::Cell;
use super::chart::Bars;
use crate::column::Column;

/// What is there, a character a step. It and [`LACKING`] are one column wide in every terminal, also in those that give
/// two to the whole blocks, whose width the character tables leave open; and every font of terminals has them.
const THERE: char = '▐';

/// What is lacking to the indicator.
const LACKING: char = '░';

/// Where the indicator is.
const INDICATOR: char = '|';

/// The steps of the longest bar.
const STEPS: i64 = 12;

/// The figure of a row, and its indicator; none where there is none.
type Figures = [Option<i64>; 2];

/// The bars of a tally while its rows come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextBars {
    /// The columns of the figure and of the indicator.
    columns: [Option<usize>; 2],
    names: &'static [&'static str],
    rows: Vec<Figures>,
}

impl TextBars {
    /// The bars that `bars` names among the columns: its first value is the figure, its second one the indicator.
    pub(crate) fn new(bars: Bars, columns: &[Column]) -> Self {
        let place = |index: usize| {
            let name = bars.values.get(index)?;
            columns.iter().position(|column| column.name == *name)
        };
        Self { columns: [place(0), place(1)], names: bars.values, rows: Vec::new() }
    }

    /// Begins a row.
    pub(crate) fn begin(&mut self) {
        self.rows.push([None; 2]);
    }

    /// Takes a value of the row that was begun last.
    pub(crate) fn take(&mut self, index: usize, cell: Cell<'_>) {
        let (Cell::Integer(figure) | Cell::Money(figure)) = cell else { return };
        let Some(place) = self.columns.iter().position(|column| *column == Some(index)) else { return };
        if let Some(row) = self.rows.last_mut() {
            row[place] = Some(figure);
        }
    }

    /// Whether the bars stand beside this column.
    pub(crate) fn stand_beside(&self, column: &Column) -> bool {
        self.names.contains(&column.name.as_str())
    }

    /// A bar for each row, scaled to the largest figure; none where there is nothing to compare.
    pub(crate) fn drawn(&self) -> Vec<String> {
        let largest = self.rows.iter().flatten().flatten().copied().max().unwrap_or_default();
        if largest <= 0 {
            return Vec::new();
        }
        self.rows.iter().map(|row| draw(*row, largest)).collect()
    }
}

/// The bar of one row. A figure below its indicator never reaches the indicator's mark, and one at or above it always does.
fn draw([figure, indicator]: Figures, largest: i64) -> String {
    let steps = |figure: i64| {
        let figure = i128::from(figure.clamp(0, largest));
        let steps = (figure * i128::from(STEPS)).div_euclid(i128::from(largest));
        usize::try_from(steps).unwrap_or_default().max(usize::from(figure > 0))
    };
    let Some(figure) = figure else { return String::new() };
    let there = steps(figure);
    let bar = |there: usize| THERE.to_string().repeat(there);
    let Some(indicator) = indicator.filter(|indicator| *indicator > 0) else { return bar(there) };
    let mark = steps(indicator);
    if figure < indicator {
        let there = there.min(mark - 1);
        return format!("{}{}{INDICATOR}", bar(there), LACKING.to_string().repeat(mark - there));
    }
    format!("{}{INDICATOR}{}", bar(mark), bar(there.saturating_sub(mark)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

    use super::*;

    #[test]
    fn the_characters_are_one_column_wide_in_chinese_terminals_too() {
        for character in [THERE, LACKING, INDICATOR] {
            assert_eq!((character.width(), character.width_cjk()), (Some(1), Some(1)), "{character}");
        }
        // What they stand in for.
        assert_eq!('█'.width_cjk(), Some(2));
    }

    #[test]
    fn a_bar_shows_the_figure_against_the_indicator() {
        assert_eq!(draw([Some(12), None], 12), "▐▐▐▐▐▐▐▐▐▐▐▐");
        assert_eq!(draw([Some(3), Some(6)], 12), "▐▐▐░░░|");
        assert_eq!(draw([Some(6), Some(6)], 12), "▐▐▐▐▐▐|");
        assert_eq!(draw([Some(9), Some(6)], 12), "▐▐▐▐▐▐|▐▐▐");
        assert_eq!(draw([Some(0), Some(6)], 12), "░░░░░░|");
        assert_eq!(draw([Some(0), None], 12), "");
        assert_eq!(draw([None, Some(6)], 12), "");
        assert_eq!(draw([Some(2), Some(0)], 12), "▐▐");
    }

    #[test]
    fn the_smallest_figure_is_seen_and_the_smallest_lack_too() {
        assert_eq!(draw([Some(1), None], 1_000_000), "▐");
        assert_eq!(draw([Some(999_999), Some(1_000_000)], 1_000_000), "▐▐▐▐▐▐▐▐▐▐▐░|");
        assert_eq!(draw([Some(1), Some(2)], 1_000_000), "░|");
        assert_eq!(draw([Some(-5), Some(2)], 2), "░░░░░░░░░░░░|");
    }

    proptest! {
        #[test]
        fn a_bar_keeps_to_its_width_and_tells_met_from_missed(
            figure in 0..i64::MAX, indicator in 1..i64::MAX, more in 0..i64::MAX,
        ) {
            let bar = draw([Some(figure), Some(indicator)], figure.max(indicator).max(more));
            prop_assert!(bar.width() <= 13, "{}", bar);
            prop_assert_eq!(bar.contains(LACKING), figure < indicator);
            prop_assert_eq!(bar.chars().filter(|character| *character == INDICATOR).count(), 1);
        }
    }
}
