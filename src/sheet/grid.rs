//! A grid of thin lines around texts: how wide its columns are, and its lines.

use std::cmp::Reverse;

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table as Lines, TableStyle, Width,
};
use unicode_width::UnicodeWidthStr;

use super::breaking::broken;
use super::heading::unbroken;

/// The width below which text is not broken into lines.
const NARROWEST_TEXT: usize = 12;

/// The width below which a text is not broken into lines for whose sake a list is read: `branchbook contact sign`.
const NARROWEST_SPACIOUS: usize = 23;

/// The widest word, such as a key or an instant, that is kept whole in a narrow text.
const WIDEST_WORD: usize = 20;

/// The width that a column needs beside its text: a space on both sides and a line.
pub(crate) const FRAME: usize = 3;

const THIN: TableStyle = TableStyle::new()
    .top_border(LineStyle::new('┌', '─', '┬', '┐'))
    .header_lines(ContentLineStyle::new('│', '│', '│'))
    .header_separator(LineStyle::new('├', '─', '┼', '┤'))
    .content_lines(ContentLineStyle::new('│', '│', '│'))
    .bottom_border(LineStyle::new('└', '─', '┴', '┘'));

/// A column of the grid, measured in columns of the terminal while its texts come in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Measure {
    heading: usize,
    word: usize,
    values: usize,
    /// The sum of the widths of its values that are not empty, and how many there are.
    sum: usize,
    count: usize,
    /// The longest word of its values that cannot be broken between letters, as Chinese can.
    longest: usize,
    /// Whether its values may be broken into lines.
    pub(crate) wraps: bool,
    /// Whether the list is read for its values, so that others go before they are broken into many lines.
    pub(crate) spacious: bool,
    /// Whether its values stand at the right.
    pub(crate) right: bool,
}

impl Measure {
    /// A column with this heading, whose values wrap or do not.
    pub(crate) fn new(heading: &str, wraps: bool) -> Self {
        let word = heading.split(' ').map(UnicodeWidthStr::width).max().unwrap_or_default();
        Self { heading: heading.width(), word, wraps, ..Self::default() }
    }

    /// A column on paper, whose heading is in bold print.
    pub(crate) fn on_paper(heading: &str, wraps: bool) -> Self {
        Self { word: unbroken(heading), ..Self::new(heading, wraps) }
    }

    /// Makes room for a value.
    pub(crate) fn take(&mut self, text: &str) {
        let width = text.lines().map(UnicodeWidthStr::width).max().unwrap_or_default();
        self.values = self.values.max(width);
        self.sum += width;
        self.count += usize::from(width > 0);
        let words = text.split(|c: char| c.is_whitespace() || !c.is_ascii()).map(str::len);
        self.longest = self.longest.max(words.max().unwrap_or_default());
    }

    /// The width at which nothing is broken.
    fn natural(&self) -> usize {
        self.heading.max(self.values)
    }

    /// The lines that a usual value takes at this width.
    fn lines(&self, width: usize) -> usize {
        let usual = self.sum.checked_div(self.count).unwrap_or(self.values);
        usual.div_ceil(width.max(1))
    }

    /// The width below which the column cannot be read: headings break between words, and only text breaks.
    fn least(&self) -> usize {
        let narrowest = if self.spacious { NARROWEST_SPACIOUS } else { NARROWEST_TEXT };
        let narrowest = narrowest.max(self.longest.min(WIDEST_WORD));
        let values = if self.wraps { self.values.min(narrowest) } else { self.values };
        self.word.max(values)
    }
}

/// The widths of the columns that fit into `limit`, counted from the left; at least the first is kept.
///
/// The columns are narrowed first whose usual values take the fewest lines then, and the widest of these; none below what can be read.
pub(crate) fn fit(measures: &[Measure], limit: Option<u16>) -> Vec<usize> {
    let natural = measures.iter().map(Measure::natural);
    let Some(limit) = limit.map(usize::from) else {
        return natural.collect();
    };
    let least: Vec<usize> = measures.iter().map(Measure::least).collect();
    let kept = (1..=least.len()).rev().find(|&count| total(&least[..count]) <= limit).unwrap_or(1);
    let mut widths: Vec<usize> = natural.zip(&least).map(|(natural, &least)| natural.min(limit).max(least)).collect();
    widths.truncate(kept);
    while total(&widths) > limit {
        let shrinkable = (0..widths.len()).filter(|&index| widths[index] > least[index]);
        let rank = |index: &usize| (Reverse(measures[*index].lines(widths[*index] - 1)), widths[*index]);
        let Some(index) = shrinkable.max_by_key(rank) else { break };
        widths[index] -= 1;
    }
    widths
}

/// How many columns at the left say what a row is about, and so are kept before others that are plain.
const LEADING: usize = 4;

/// The lines that a usual value of a plain column may take where there is no room for all.
const MOST_LINES: usize = 3;

/// What a column is to a reader whose terminal has no room for all; what is worth less goes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Worth {
    /// It says the same in every row, or that there is nothing, and so tells none from another.
    Idle,
    /// Few rows have it.
    Sparse,
    /// Anything else.
    #[default]
    Plain,
    /// It says what a row is about: what stands at the left, and who leads.
    Leads,
    /// An amount, who decides or decided, a day until which something is to be done.
    Weighs,
    /// It says which row it is: a number, a state, the first name.
    Tells,
    /// The list misleads without it: what is owed of an amount, in which currency, what comes of it; and its first amount.
    Essential,
}

/// Which columns a grid has that is no wider than `limit`; the first stays. What would take many lines goes first, then what is worth
/// less, of that what stands at the right.
pub(crate) fn kept(measures: &[Measure], worth: &[Worth], limit: Option<u16>) -> Vec<bool> {
    let mut kept = vec![true; measures.len()];
    let Some(limit) = limit.map(usize::from) else { return kept };
    let worth = |place: usize| worth.get(place).copied().unwrap_or_default();
    let is_long =
        |place: usize| worth(place) <= Worth::Plain && measures[place].lines(measures[place].least()) > MOST_LINES;
    let rank = |place: usize| match worth(place) {
        _ if is_long(place) => Worth::Idle,
        Worth::Plain if place < LEADING => Worth::Leads,
        worth => worth,
    };
    loop {
        let least: Vec<usize> =
            measures.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(measure, _)| measure.least()).collect();
        let next = (1..measures.len()).rev().filter(|&place| kept[place]).min_by_key(|&place| rank(place));
        let Some(goes) = next.filter(|_| total(&least) > limit) else { break };
        kept[goes] = false;
    }
    // What was taken out before something wider may have room again: first what would have gone last.
    let mut out: Vec<usize> = (1..measures.len()).filter(|&place| !kept[place] && !is_long(place)).collect();
    out.sort_by_key(|&place| Reverse(rank(place)));
    for place in out {
        let with = measures.iter().zip(&kept).enumerate().filter(|(at, (_, kept))| *at == place || **kept);
        let least: Vec<usize> = with.map(|(_, (measure, _))| measure.least()).collect();
        kept[place] |= total(&least) <= limit;
    }
    kept
}

/// Whether `limit` has room for the grid with no value in it broken, though headings may be.
pub(crate) fn has_room(measures: &[Measure], limit: Option<u16>) -> bool {
    let unbroken: Vec<usize> = measures.iter().map(|measure| measure.word.max(measure.values)).collect();
    limit.is_none_or(|limit| total(&unbroken) <= usize::from(limit))
}

/// The width of a grid whose columns have these widths.
fn total(widths: &[usize]) -> usize {
    widths.iter().map(|width| width + FRAME).sum::<usize>() + 1
}

/// Hands on the lines of a grid with headings, a part of the rows at a time: drawn, they take many times the room.
pub(crate) fn each_line(
    measures: &[Measure],
    widths: &[usize],
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
    each: &mut dyn FnMut(String) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    const AT_ONCE: usize = 512;
    let mut rows = rows.into_iter().peekable();
    let mut headings = Some(headings);
    loop {
        let (above, part) = (usize::from(headings.is_none()), rows.by_ref().take(AT_ONCE).collect());
        let mut lines = draw(measures, widths, headings.take(), part);
        if rows.peek().is_some() {
            lines.pop();
        }
        lines.into_iter().skip(above).try_for_each(&mut *each)?;
        if rows.peek().is_none() {
            return Ok(());
        }
    }
}

/// The lines of a grid; columns beyond those in `widths` are left out.
pub(crate) fn draw(
    measures: &[Measure],
    widths: &[usize],
    headings: Option<Vec<String>>,
    rows: Vec<Vec<String>>,
) -> Vec<String> {
    let mut lines = Lines::new();
    lines.load_style(THIN).set_content_arrangement(ContentArrangement::Disabled);
    if let Some(headings) = headings {
        lines.set_header(headings.into_iter().take(widths.len()));
    }
    for row in rows {
        let cells = row.into_iter().zip(measures.iter().zip(widths));
        lines.add_row(cells.map(|(text, (measure, &width))| {
            let is_wider = measure.values > width && text.lines().any(|line| line.width() > width);
            if is_wider { broken(&text, width) } else { text }
        }));
    }
    for ((column, measure), width) in lines.column_iter_mut().zip(measures).zip(widths) {
        let framed = u16::try_from(width + FRAME - 1).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(framed)));
        column.set_cell_alignment(if measure.right { CellAlignment::Right } else { CellAlignment::Left });
    }
    lines.lines().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn measure(heading: &str, values: usize, wraps: bool) -> Measure {
        Measure { values, ..Measure::new(heading, wraps) }
    }

    #[test]
    fn what_says_which_row_it_is_stays_beside_the_first_amount() {
        let named = [
            ("number", 9),
            ("state", 6),
            ("opened", 10),
            ("customer", 14),
            ("title", 11),
            ("amount", 13),
            ("paid", 13),
        ];
        let measures = named.map(|(name, width)| measure(name, width, false));
        let mut worth = [Worth::default(); 7];
        (worth[1], worth[3], worth[5], worth[6]) = (Worth::Tells, Worth::Tells, Worth::Essential, Worth::Weighs);
        let at = |limit, worth: &[Worth]| {
            let kept = kept(&measures, worth, Some(limit));
            named.iter().zip(kept).filter(|(_, kept)| *kept).map(|((name, _), _)| *name).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(at(200, &worth), "number state opened customer title amount paid");
        assert_eq!(at(85, &worth), "number state opened customer amount paid");
        assert_eq!(at(72, &worth), "number state customer amount paid", "an amount goes after a day");
        assert_eq!(at(68, &worth), "number state opened customer amount", "what has room comes back");
        assert_eq!(at(40, &worth), "number state amount");
        assert_eq!(at(10, &worth), "number");
        // What says the same in every row goes first, and what leads stays as long as what stands at the left.
        (worth[1], worth[5], worth[4]) = (Worth::Idle, Worth::Idle, Worth::Leads);
        assert_eq!(at(85, &worth), "number state opened customer title paid");
        assert_eq!(at(60, &worth), "number opened customer paid");
    }

    #[test]
    fn what_has_room_again_comes_back_by_its_rank() {
        let named = [("number", 9), ("state", 6), ("note", 7), ("kind", 6), ("title", 30)];
        let measures = named.map(|(name, width)| measure(name, width, false));
        let mut worth = [Worth::default(); 5];
        // Of the state, which is one in every row, the note and the kind went, there is room for one.
        (worth[1], worth[2], worth[4]) = (Worth::Idle, Worth::Idle, Worth::Leads);
        assert_eq!(kept(&measures, &worth, Some(55)), [true, false, false, true, true]);
    }

    #[test]
    fn what_would_take_many_lines_goes_before_what_few_rows_have() {
        let mut meaning = measure("meaning", 70, true);
        (meaning.sum, meaning.count) = (700, 10);
        let measures = [measure("key", 24, false), measure("value", 10, false), measure("from", 10, false), meaning];
        let worth = [Worth::Plain, Worth::Plain, Worth::Sparse, Worth::Plain];
        assert_eq!(kept(&measures, &worth, Some(60)), [true, true, true, false]);
        assert_eq!(kept(&measures, &worth, Some(44)), [true, true, false, false], "it does not come back");
    }

    #[test]
    fn a_long_grid_reads_as_if_it_was_drawn_at_once() {
        let measures = [measure("number", 8, false), measure("note", 4, true)];
        let headings = || vec!["number".to_owned(), "note".to_owned()];
        for count in [0, 1, 511, 512, 513, 1024, 1100] {
            let rows: Vec<Vec<String>> =
                (0..count).map(|row| vec![format!("HAY{row:05}"), "a b c d".to_owned()]).collect();
            let mut lines = Vec::new();
            let mut take = |line| {
                lines.push(line);
                Ok(())
            };
            assert!(each_line(&measures, &[8, 4], headings(), rows.clone(), &mut take).is_ok());
            assert!(lines == draw(&measures, &[8, 4], Some(headings()), rows), "{count}");
        }
    }

    #[test]
    fn without_a_limit_nothing_is_narrowed() {
        assert_eq!(fit(&[measure("note", 500, true), measure("amount due", 3, false)], None), [500, 10]);
    }

    #[test]
    fn texts_are_narrowed_so_that_they_take_few_lines() {
        let columns = [measure("number", 8, false), measure("note", 40, true), measure("place", 20, true)];
        assert_eq!(fit(&columns, Some(50)), [8, 20, 12]);
    }

    #[test]
    fn a_single_long_value_does_not_narrow_the_others() {
        let mut note = Measure::new("note", true);
        note.take(&"a very long note ".repeat(30));
        for _ in 0..99 {
            note.take("a short one");
        }
        let mut customer = Measure::new("customer", true);
        customer.take("北京新能源有限公司");
        assert_eq!(fit(&[note, customer], Some(60)), [35, 18]);
    }

    #[test]
    fn a_column_is_left_out_only_when_all_texts_are_at_their_narrowest() {
        let columns = [measure("number", 8, false), measure("note", 40, true), measure("amount", 9, false)];
        assert_eq!(fit(&columns, Some(39)), [8, 12, 9]);
        assert_eq!(fit(&columns, Some(38)), [8, 23]);
    }

    #[test]
    fn a_heading_breaks_between_words_before_a_column_is_left_out() {
        let columns = [measure("number", 8, false), measure("reply due on", 10, false)];
        assert_eq!(fit(&columns, Some(25)), [8, 10]);
    }

    #[test]
    fn a_word_is_not_broken_unless_it_is_very_long() {
        let least = |text: &str| {
            let mut column = Measure::new("h", true);
            column.take(text);
            column.least()
        };
        assert_eq!(least("from foreign-trade to general"), 13);
        assert_eq!(least("a contract-administrator of general"), WIDEST_WORD);
        assert_eq!(least("第二条生产线的图纸请尽快寄给我们"), NARROWEST_TEXT);
    }

    #[test]
    fn the_first_column_stays_however_narrow_the_terminal() {
        assert_eq!(fit(&[measure("number", 8, false), measure("note", 40, true)], Some(5)), [8]);
    }

    proptest! {
        #[test]
        fn a_grid_of_several_columns_never_exceeds_the_limit(
            values in proptest::collection::vec((0_usize..60, any::<bool>()), 1..9),
            limit in 1_u16..200,
        ) {
            let columns: Vec<Measure> = values.iter().map(|&(values, wraps)| measure("h", values, wraps)).collect();
            let widths = fit(&columns, Some(limit));
            prop_assert!(widths.len() == 1 || total(&widths) <= usize::from(limit));
            for (width, column) in widths.iter().zip(&columns) {
                prop_assert!((column.least()..=column.natural()).contains(width));
            }
        }
    }
}
