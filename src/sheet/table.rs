//! The table writer: a sheet as people read it in a terminal, without the columns that are empty in every row.

use std::{collections::VecDeque, io::Write, iter, mem};

use super::{
    Form, Look,
    bar::TextBars,
    cell::{Cell, Cells},
    column::{Column, ColumnKind},
    grid::{self, Measure},
    shown,
    total::Totals,
    verdict,
};
use crate::refusal::Refusal;
use crate::say;

/// A sheet as a table: the title, the grid, the count of rows. It is held in memory until its end, for a column
/// is as wide as its widest value.
pub struct Table<'o> {
    title: &'o str,
    look: &'o Look,
    columns: Vec<TableColumn<'o>>,
    totals: Totals,
    /// The bars beside the figures, which only a terminal has.
    bars: Option<TextBars>,
    rows: Vec<Vec<String>>,
    out: &'o mut dyn Write,
}

/// A column and what the rows so far have shown of it.
#[allow(clippy::struct_excessive_bools, reason = "each is a thing seen")]
struct TableColumn<'o> {
    column: &'o Column,
    measure: Measure,
    has_text: bool,
    has_number: bool,
    has_value: bool,
    /// Whether the list's title says every value.
    is_in_title: bool,
}

impl<'o> Table<'o> {
    /// Starts a table that will be written to `out` at its end.
    ///
    /// # Errors
    /// When `look` asks for the total of a column that is not there.
    pub fn new(title: &'o str, columns: &'o [Column], look: &'o Look, out: &'o mut dyn Write) -> anyhow::Result<Self> {
        let totals = Totals::new(title, columns, &look.totals)?;
        let bars = look.bars.filter(|_| look.width.is_some()).map(|bars| TextBars::new(bars, columns));
        let columns = columns.iter().map(TableColumn::new).collect();
        Ok(Self { title, look, columns, totals, bars, rows: Vec::new(), out })
    }

    /// Writes the grid and returns the names of the columns that did not fit into it.
    fn write_grid(&mut self) -> anyhow::Result<Vec<String>> {
        self.drop_idle_columns();
        let totals = self.totals.any();
        if totals {
            self.add_totals()?;
        }
        let mut measures: Vec<Measure> = self.columns.iter().map(TableColumn::measured).collect();
        let mut headings = self.headings();
        self.add_bars(&mut measures, &mut headings);
        let widths = grid::fit(&measures, self.look.width);
        let (rows, mut rule, mut last) = (mem::take(&mut self.rows), String::new(), VecDeque::new());
        // The totals and the line under them are drawn last, and the rule above them is the one that is under the headings.
        let held = if totals { 2 } else { 0 };
        grid::each_line(&measures, &widths, headings, rows, &mut |line| {
            if rule.is_empty() && line.starts_with('├') {
                rule.clone_from(&line);
            }
            last.push_back(line);
            let written = if last.len() > held { last.pop_front() } else { None };
            written.map_or(Ok(()), |line| Ok(shown::write_line(&line, self.look, self.out)?))
        })?;
        for line in Some(rule).filter(|_| totals).iter().chain(&last) {
            shown::write_line(line, self.look, self.out)?;
        }
        Ok(self.columns.iter().skip(widths.len()).map(|column| column.column.name.clone()).collect())
    }

    /// Takes the columns out that have nothing in any row and, where a terminal's width counts, a month that the title
    /// says: they are not missed, so nothing is said of them.
    fn drop_idle_columns(&mut self) {
        let narrow = self.look.width.is_some();
        let is_idle = |column: &TableColumn<'_>| !column.has_value || narrow && column.is_in_title;
        let kept: Vec<bool> = self.columns.iter().map(|column| !is_idle(column)).collect();
        if !kept.contains(&true) {
            return;
        }
        for row in &mut self.rows {
            let mut kept = kept.iter();
            row.retain(|_| kept.next() == Some(&true));
        }
        self.totals.retain(&kept);
        let mut kept = kept.iter();
        self.columns.retain(|_| kept.next() == Some(&true));
    }

    /// Adds the row of totals.
    fn add_totals(&mut self) -> Result<(), Refusal> {
        let total = |(column, cell): (&mut TableColumn<'_>, Cell<'static>)| {
            let text = shown::text(cell)?;
            column.measure.take(&text);
            Ok(text)
        };
        let row = self.columns.iter_mut().zip(self.totals.row()).map(total).collect::<Result<_, _>>()?;
        self.rows.push(row);
        Ok(())
    }

    fn headings(&self) -> Vec<String> {
        let headings = self.columns.iter().map(|column| column.column.heading());
        if self.look.color {
            headings.map(|heading| shown::marked_bold(&heading)).collect()
        } else {
            headings.collect()
        }
    }

    /// Adds the column of bars, where the grid has room for it as it is.
    fn add_bars(&mut self, measures: &mut Vec<Measure>, headings: &mut Vec<String>) {
        let Some(bars) = &self.bars else { return };
        let Some(place) = self.columns.iter().rposition(|column| bars.stand_beside(column.column)) else { return };
        let drawn = bars.drawn();
        let mut measure = Measure::new("", false);
        for bar in &drawn {
            measure.take(bar);
        }
        let mut wider = measures.clone();
        wider.insert(place + 1, measure);
        if drawn.is_empty() || !grid::has_room(&wider, self.look.width) {
            return;
        }
        *measures = wider;
        headings.insert(place + 1, String::new());
        let drawn = drawn.into_iter().chain(iter::repeat_with(String::new));
        self.rows.iter_mut().zip(drawn).for_each(|(row, bar)| row.insert(place + 1, bar));
    }
}

impl Form for Table<'_> {
    fn row(&mut self, cells: Cells<'_>) -> anyhow::Result<()> {
        let mut row = Vec::with_capacity(self.columns.len());
        if let Some(bars) = &mut self.bars {
            bars.begin();
        }
        for (index, (column, cell)) in self.columns.iter_mut().zip(cells).enumerate() {
            let cell = cell?;
            self.totals.take(index, cell);
            if let Some(bars) = &mut self.bars {
                bars.take(index, cell);
            }
            let text = column.take(cell)?;
            column.is_in_title &= self.title.contains(&text);
            let verdict = if self.look.color { verdict::of(column.column, cell) } else { None };
            row.push(match verdict {
                Some(verdict) => shown::marked_verdict(&text, verdict),
                None => text,
            });
        }
        self.rows.push(row);
        Ok(())
    }

    fn end(mut self: Box<Self>) -> anyhow::Result<Vec<String>> {
        let count = match self.rows.len() {
            0 => say!("no rows").to_owned(),
            1 => say!("1 row").to_owned(),
            count => say!("{count} rows", count),
        };
        shown::write_title(self.title, self.look, self.out)?;
        let left_out = if self.rows.is_empty() { Vec::new() } else { self.write_grid()? };
        writeln!(self.out, "{count}")?;
        self.out.flush()?;
        Ok(left_out)
    }
}

impl<'o> TableColumn<'o> {
    fn new(column: &'o Column) -> Self {
        let measure = Measure::new(&column.heading(), false);
        let is_in_title = column.kind == ColumnKind::Month;
        Self { column, measure, has_text: false, has_number: false, has_value: false, is_in_title }
    }

    /// Takes in one value and returns its text.
    fn take(&mut self, cell: Cell<'_>) -> Result<String, Refusal> {
        self.has_text |= matches!(cell, Cell::Text(_) | Cell::Word(_));
        self.has_number |= !matches!(cell, Cell::Text(_) | Cell::Word(_) | Cell::Empty);
        let text = shown::text(cell)?;
        self.has_value |= !text.is_empty();
        self.measure.take(&text);
        Ok(text)
    }

    /// The measure, with what all rows together tell: a plain column that held numbers alone is one of numbers.
    fn measured(&self) -> Measure {
        let mut measure = self.measure.clone();
        measure.right = match self.column.kind {
            ColumnKind::Money | ColumnKind::Percent => true,
            ColumnKind::Plain | ColumnKind::Word => self.has_number && !self.has_text,
            ColumnKind::Day | ColumnKind::Instant | ColumnKind::Month | ColumnKind::YesNo => false,
        };
        let is_text = matches!(self.column.kind, ColumnKind::Plain | ColumnKind::Word);
        measure.wraps = is_text && !measure.right && !self.column.is_entry_number();
        measure
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use insta::assert_snapshot;
    use unicode_width::UnicodeWidthStr;

    use super::super::{
        Format, Written,
        chart::Bars,
        query::Query,
        tests::{printed, sheet},
    };
    use super::*;

    const CONTACTS: &str = "
        WITH contacts(number, sent_on, customer, amount_fen, verdict, note) AS (VALUES
            ('HAY05001', '2026-11-02', '北京新能源有限公司', 1250050, 'met', 'asks for the drawings of the second line'),
            ('HAY05002', '2026-11-20', 'Acme', -99900, 'late', NULL),
            ('HAY05003', '2026-11-21', '서울 주식회사', 123456789, 'not met', '第二条生产线的图纸请尽快寄给我们的工程师'))
        SELECT * FROM contacts";

    fn narrow(width: u16) -> Look {
        Look { width: Some(width), ..Look::default() }
    }

    fn totals(names: &[&str]) -> Look {
        Look { totals: names.iter().map(ToString::to_string).collect(), ..Look::default() }
    }

    #[test]
    fn a_column_that_is_empty_in_every_row_is_not_drawn_and_not_missed() {
        let sql =
            "SELECT 'a' AS number, NULL AS note, '' AS place, 0 AS entries UNION ALL SELECT 'b', NULL, NULL, NULL";
        let (table, written) = sheet(sql, Format::Table, &Look::default());
        assert_snapshot!(table, @"
        Contacts
        ┌────────┬─────────┐
        │ number │ entries │
        ├────────┼─────────┤
        │ a      │       0 │
        │ b      │         │
        └────────┴─────────┘
        2 rows
        ");
        assert!(written.left_out.is_empty());
        let all_empty = printed("SELECT NULL AS note", Format::Table, &Look::default());
        assert!(all_empty.contains("│ note │"), "{all_empty}");
        assert!(printed(sql, Format::Table, &totals(&["entries"])).contains("│ total  │       0 │"));
    }

    #[test]
    fn wide_characters_align() {
        let table = printed(CONTACTS, Format::Table, &Look::default());
        assert_snapshot!(table, @"
        Contacts
        ┌──────────┬────────────┬────────────────────┬──────────────┬─────────┬──────────────────────────────────────────┐
        │ number   │ sent on    │ customer           │       amount │ verdict │ note                                     │
        ├──────────┼────────────┼────────────────────┼──────────────┼─────────┼──────────────────────────────────────────┤
        │ HAY05001 │ 2026-11-02 │ 北京新能源有限公司 │    12,500.50 │ met     │ asks for the drawings of the second line │
        │ HAY05002 │ 2026-11-20 │ Acme               │      -999.00 │ late    │                                          │
        │ HAY05003 │ 2026-11-21 │ 서울 주식회사      │ 1,234,567.89 │ not met │ 第二条生产线的图纸请尽快寄给我们的工程师 │
        └──────────┴────────────┴────────────────────┴──────────────┴─────────┴──────────────────────────────────────────┘
        3 rows
        ");
        let widths: Vec<usize> =
            table.lines().filter(|line| line.starts_with(['┌', '│', '├', '└'])).map(UnicodeWidthStr::width).collect();
        assert!(widths.len() == 7 && widths.iter().all(|width| *width == widths[0]), "{widths:?}");
    }

    #[test]
    fn a_terminal_that_is_a_little_narrow_breaks_texts() {
        let (table, written) = sheet(CONTACTS, Format::Table, &narrow(85));
        assert_snapshot!(table, @"
        Contacts
        ┌──────────┬────────────┬──────────────┬──────────────┬─────────┬───────────────────┐
        │ number   │ sent on    │ customer     │       amount │ verdict │ note              │
        ├──────────┼────────────┼──────────────┼──────────────┼─────────┼───────────────────┤
        │ HAY05001 │ 2026-11-02 │ 北京新能源有 │    12,500.50 │ met     │ asks for the      │
        │          │            │ 限公司       │              │         │ drawings of the   │
        │          │            │              │              │         │ second line       │
        │ HAY05002 │ 2026-11-20 │ Acme         │      -999.00 │ late    │                   │
        │ HAY05003 │ 2026-11-21 │ 서울         │ 1,234,567.89 │ not met │ 第二条生产线的图  │
        │          │            │ 주식회사     │              │         │ 纸请尽快寄给我们  │
        │          │            │              │              │         │ 的工程师          │
        └──────────┴────────────┴──────────────┴──────────────┴─────────┴───────────────────┘
        3 rows
        ");
        assert_eq!(written, Written { rows: 3, left_out: vec![] });
    }

    #[test]
    fn forty_columns_leave_out_what_stands_at_the_right() {
        let (table, written) = sheet(CONTACTS, Format::Table, &narrow(40));
        assert_snapshot!(table, @"
        Contacts
        ┌──────────┬────────────┬──────────────┐
        │ number   │ sent on    │ customer     │
        ├──────────┼────────────┼──────────────┤
        │ HAY05001 │ 2026-11-02 │ 北京新能源有 │
        │          │            │ 限公司       │
        │ HAY05002 │ 2026-11-20 │ Acme         │
        │ HAY05003 │ 2026-11-21 │ 서울         │
        │          │            │ 주식회사     │
        └──────────┴────────────┴──────────────┘
        3 rows
        ");
        assert_eq!(written.left_out, ["amount", "verdict", "note"]);
        assert!(table.lines().all(|line| line.width() <= 40));
    }

    #[test]
    fn twenty_columns_keep_the_entry_number() {
        let (table, written) = sheet(CONTACTS, Format::Table, &narrow(20));
        assert_snapshot!(table, @"
        Contacts
        ┌──────────┐
        │ number   │
        ├──────────┤
        │ HAY05001 │
        │ HAY05002 │
        │ HAY05003 │
        └──────────┘
        3 rows
        ");
        assert_eq!(written.left_out, ["sent_on", "customer", "amount", "verdict", "note"]);
    }

    #[test]
    fn colour_is_for_headings_and_verdicts() {
        let look = Look { color: true, ..Look::default() };
        let sql = "SELECT 'late' AS verdict, 'too late' AS note UNION ALL SELECT 'met', 'met the user'";
        assert_snapshot!(printed(sql, Format::Table, &look).replace('\u{1b}', "^"), @"
        ^[1mContacts^[0m
        ┌─────────┬──────────────┐
        │ ^[1mverdict^[0m │ ^[1mnote^[0m         │
        ├─────────┼──────────────┤
        │ ^[31mlate^[0m    │ too late     │
        │ ^[32mmet^[0m     │ met the user │
        └─────────┴──────────────┘
        2 rows
        ");
    }

    #[test]
    fn a_broken_text_is_no_verdict() {
        let look = Look { color: true, width: Some(16), ..Look::default() };
        let table = printed("SELECT 'the reply is late' AS note", Format::Table, &look);
        assert!(table.contains("│ late"), "{table}");
        assert!(!table.contains("\u{1b}[31m"), "{table}");
    }

    const TALLY: &str = "
        SELECT 'business' AS department, 6 AS indicator, 12 AS counted, 'met' AS verdict
        UNION ALL SELECT '包头办事处', 6, 3, 'missed' UNION ALL SELECT 'service', NULL, 1, NULL";

    fn with_bars(width: Option<u16>) -> Look {
        let bars = Bars { label: "department", values: &["counted", "indicator"] };
        Look { width, bars: Some(bars), ..totals(&["counted"]) }
    }

    #[test]
    fn a_terminal_has_bars_beside_the_figures_of_a_tally() {
        let table = printed(TALLY, Format::Table, &with_bars(Some(80)));
        assert_snapshot!(table, @"
        Contacts
        ┌────────────┬───────────┬─────────┬───────────────┬─────────┐
        │ department │ indicator │ counted │               │ verdict │
        ├────────────┼───────────┼─────────┼───────────────┼─────────┤
        │ business   │         6 │      12 │ ▐▐▐▐▐▐|▐▐▐▐▐▐ │ met     │
        │ 包头办事处 │         6 │       3 │ ▐▐▐░░░|       │ missed  │
        │ service    │           │       1 │ ▐             │         │
        ├────────────┼───────────┼─────────┼───────────────┼─────────┤
        │ total      │           │      16 │               │         │
        └────────────┴───────────┴─────────┴───────────────┴─────────┘
        3 rows
        ");
        let widths: Vec<usize> =
            table.lines().filter(|line| line.starts_with(['┌', '│', '├', '└'])).map(UnicodeWidthStr::width).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
    }

    #[test]
    fn bars_are_the_first_to_go_where_the_terminal_is_narrow() {
        let natural = printed(TALLY, Format::Table, &with_bars(Some(80))).lines().nth(1).map(UnicodeWidthStr::width);
        let natural = u16::try_from(natural.unwrap()).unwrap();
        assert!(printed(TALLY, Format::Table, &with_bars(Some(natural))).contains('▐'));
        let plain = printed(TALLY, Format::Table, &totals(&["counted"]));
        assert_eq!(printed(TALLY, Format::Table, &with_bars(Some(natural - 1))), plain);
    }

    #[test]
    fn a_month_that_the_title_says_is_not_said_again_in_a_terminal() {
        let list = |rows: &str, width| {
            let connection = rusqlite::Connection::open_in_memory().unwrap();
            let sql = format!("SELECT column1 AS month, column2 AS department FROM (VALUES {rows})");
            let query = Query::new("Information of 2026-10", sql);
            let mut out = Vec::new();
            query.write(&connection, Format::Table, &Look { width, ..Look::default() }, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let same = "('2026-10', 'business'), ('2026-10', 'baotou')";
        assert_snapshot!(list(same, Some(80)), @"
        Information of 2026-10
        ┌────────────┐
        │ department │
        ├────────────┤
        │ business   │
        │ baotou     │
        └────────────┘
        2 rows
        ");
        assert!(list(same, None).contains("│ 2026-10 │"));
        let several = "('2026-10', 'business'), ('2026-09', 'baotou')";
        assert!(list(several, Some(80)).contains("│ 2026-09 │ baotou"));
    }

    #[test]
    fn pipes_and_files_have_no_bars_and_neither_has_a_list_of_nothing() {
        let plain = printed(TALLY, Format::Table, &totals(&["counted"]));
        assert_eq!(printed(TALLY, Format::Table, &with_bars(None)), plain);
        let nothing = "SELECT 'a' AS department, 0 AS indicator, 0 AS counted";
        let plain = printed(nothing, Format::Table, &totals(&["counted"]));
        assert_eq!(printed(nothing, Format::Table, &with_bars(Some(80))), plain);
    }

    #[test]
    fn totals_stand_under_a_line() {
        let sql = "SELECT 'info' AS department, 2 AS entries, 150050 AS amount_fen, 5000 AS share_pct
            UNION ALL SELECT 'sales', 10, 100, 6250 UNION ALL SELECT 'service', NULL, NULL, NULL";
        let (table, written) = sheet(sql, Format::Table, &totals(&["entries", "amount"]));
        assert_snapshot!(table, @"
        Contacts
        ┌────────────┬─────────┬──────────┬───────┐
        │ department │ entries │   amount │ share │
        ├────────────┼─────────┼──────────┼───────┤
        │ info       │       2 │ 1,500.50 │   50% │
        │ sales      │      10 │     1.00 │ 62.5% │
        │ service    │         │          │       │
        ├────────────┼─────────┼──────────┼───────┤
        │ total      │      12 │ 1,501.50 │       │
        └────────────┴─────────┴──────────┴───────┘
        3 rows
        ");
        assert_eq!(written.rows, 3);
    }

    #[test]
    fn a_masked_value_leaves_its_column_without_a_total() {
        let sql = "SELECT 'a' AS number, 3 AS entries, '***' AS amount_fen UNION ALL SELECT 'b', 4, 500";
        assert_snapshot!(printed(sql, Format::Table, &totals(&["entries", "amount"])), @"
        Contacts
        ┌────────┬─────────┬────────┐
        │ number │ entries │ amount │
        ├────────┼─────────┼────────┤
        │ a      │       3 │    *** │
        │ b      │       4 │   5.00 │
        ├────────┼─────────┼────────┤
        │ total  │       7 │        │
        └────────┴─────────┴────────┘
        2 rows
        ");
    }

    #[test]
    fn text_that_would_break_the_terminal_is_spelt_out() {
        let sql = "SELECT 'two' || char(10) || 'lines' || char(27) || '[31m' || char(0x202e) AS note";
        assert_snapshot!(printed(sql, Format::Table, &Look::default()), @r"
        Contacts
        ┌─────────────────────────────┐
        │ note                        │
        ├─────────────────────────────┤
        │ two⏎lines\u{1b}[31m\u{202e} │
        └─────────────────────────────┘
        1 row
        ");
    }
}
