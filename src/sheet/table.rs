//! The table writer: a sheet as people read it in a terminal, without the columns that are empty in every row.

use std::{io::Write, mem};

use super::{
    Form, Look,
    cell::{Cell, Cells},
    column::{Column, ColumnKind},
    grid::{self, Measure},
    shown,
    total::Totals,
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
    rows: Vec<Vec<String>>,
    out: &'o mut dyn Write,
}

/// A column and what the rows so far have shown of it.
struct TableColumn<'o> {
    column: &'o Column,
    measure: Measure,
    has_text: bool,
    has_number: bool,
    has_value: bool,
}

impl<'o> Table<'o> {
    /// Starts a table that will be written to `out` at its end.
    ///
    /// # Errors
    /// When `look` asks for the total of a column that is not there.
    pub fn new(title: &'o str, columns: &'o [Column], look: &'o Look, out: &'o mut dyn Write) -> anyhow::Result<Self> {
        let totals = Totals::new(title, columns, &look.totals)?;
        let columns = columns.iter().map(TableColumn::new).collect();
        Ok(Self { title, look, columns, totals, rows: Vec::new(), out })
    }

    /// Writes the grid and returns the names of the columns that did not fit into it.
    fn write_grid(&mut self) -> anyhow::Result<Vec<String>> {
        self.drop_empty_columns();
        let totals = self.totals.any();
        if totals {
            self.add_totals()?;
        }
        let measures: Vec<Measure> = self.columns.iter().map(TableColumn::measured).collect();
        let widths = grid::fit(&measures, self.look.width);
        let mut lines = grid::draw(&measures, &widths, Some(self.headings()), self.marked_rows());
        if totals && let Some(rule) = lines.iter().find(|line| line.starts_with('├')).cloned() {
            lines.insert(lines.len() - 2, rule);
        }
        for line in &lines {
            shown::write_line(line, self.look, self.out)?;
        }
        Ok(self.columns.iter().skip(widths.len()).map(|column| column.column.name.clone()).collect())
    }

    /// Takes the columns out that have nothing in any row: they are not missed, so nothing is said of them.
    fn drop_empty_columns(&mut self) {
        let kept: Vec<bool> = self.columns.iter().map(|column| column.has_value).collect();
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

    /// The rows, handed over, with their verdicts marked where there is colour.
    fn marked_rows(&mut self) -> Vec<Vec<String>> {
        let mut rows = mem::take(&mut self.rows);
        if self.look.color {
            for text in rows.iter_mut().flatten() {
                *text = shown::marked_verdict(mem::take(text));
            }
        }
        rows
    }
}

impl Form for Table<'_> {
    fn row(&mut self, cells: Cells<'_>) -> anyhow::Result<()> {
        let mut row = Vec::with_capacity(self.columns.len());
        for (index, (column, cell)) in self.columns.iter_mut().zip(cells).enumerate() {
            let cell = cell?;
            self.totals.take(index, cell);
            row.push(column.take(cell)?);
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
        Self { column, measure, has_text: false, has_number: false, has_value: false }
    }

    /// Takes in one value and returns its text.
    fn take(&mut self, cell: Cell<'_>) -> Result<String, Refusal> {
        self.has_text |= matches!(cell, Cell::Text(_));
        self.has_number |= !matches!(cell, Cell::Text(_) | Cell::Empty);
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
            ColumnKind::Plain => self.has_number && !self.has_text,
            ColumnKind::Day | ColumnKind::Instant | ColumnKind::Month | ColumnKind::YesNo => false,
        };
        measure.wraps = self.column.kind == ColumnKind::Plain && !measure.right && !self.column.is_entry_number();
        measure
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use unicode_width::UnicodeWidthStr;

    use super::super::{
        Format, Written,
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
        ┌──────────┬────────────┬─────────────────┬──────────────┬─────────┬────────────────┐
        │ number   │ sent on    │ customer        │       amount │ verdict │ note           │
        ├──────────┼────────────┼─────────────────┼──────────────┼─────────┼────────────────┤
        │ HAY05001 │ 2026-11-02 │ 北京新能源有限  │    12,500.50 │ met     │ asks for the   │
        │          │            │ 公司            │              │         │ drawings of    │
        │          │            │                 │              │         │ the second     │
        │          │            │                 │              │         │ line           │
        │ HAY05002 │ 2026-11-20 │ Acme            │      -999.00 │ late    │                │
        │ HAY05003 │ 2026-11-21 │ 서울 주식회사   │ 1,234,567.89 │ not met │ 第二条生产线的 │
        │          │            │                 │              │         │ 图纸请尽快寄给 │
        │          │            │                 │              │         │ 我们的工程师   │
        └──────────┴────────────┴─────────────────┴──────────────┴─────────┴────────────────┘
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
