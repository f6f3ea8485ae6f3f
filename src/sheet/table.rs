//! The table writer: a sheet as people read it in a terminal, without the columns that are empty in every row.

use std::{collections::VecDeque, io::Write, iter, mem};

use super::{
    Form, Look,
    bar::TextBars,
    card,
    cell::{Cell, Cells},
    grid::{self, Measure, Worth},
    in_title::InTitle,
    shown,
    total::Totals,
    verdict,
};
use crate::column::{Column, ColumnKind};
use crate::refusal::Refusal;
use crate::say;

/// So many rows tell that a column is the same in every one.
const FEW: usize = 3;

/// One row in so many must have a value of a column, for it to be more than an exception.
const SPARSE: usize = 4;

/// The currency of amounts of which nothing else is said.
const YUAN: &str = "CNY";

/// A sheet as a table: the title, the grid, the count of rows. It is held in memory until its end, for a column
/// is as wide as its widest value.
pub(crate) struct Table<'o> {
    title: &'o str,
    look: &'o Look,
    columns: Vec<TableColumn<'o>>,
    totals: Totals,
    /// The bars beside the figures, which only a terminal has.
    bars: Option<TextBars>,
    rows: Vec<Vec<String>>,
    /// What is said of the rows that the totals leave out.
    left_out_of_total: Vec<String>,
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
    in_title: InTitle,
    /// The value of the first row, and whether another row says something else.
    first: Option<String>,
    differs: bool,
    /// Whether a row says more than that there is nothing of it.
    has_more: bool,
    /// The rows so far, and those that have a value.
    count: usize,
    filled: usize,
}

impl<'o> Table<'o> {
    /// Starts a table that will be written to `out` at its end.
    pub(crate) fn new(
        title: &'o str,
        columns: &'o [Column],
        look: &'o Look,
        out: &'o mut dyn Write,
    ) -> anyhow::Result<Self> {
        let totals = Totals::new(title, columns, &look.totals)?.without(look.withheld);
        let bars = look.bars.filter(|_| look.width.is_some()).map(|bars| TextBars::new(bars, columns));
        let columns = columns.iter().map(TableColumn::new).collect();
        Ok(Self { title, look, columns, totals, bars, rows: Vec::new(), left_out_of_total: Vec::new(), out })
    }

    /// Writes the grid and returns the names of the columns that did not fit into it.
    fn write_grid(&mut self) -> anyhow::Result<Vec<String>> {
        self.drop_idle_columns();
        // The sum of one row is the row.
        let totals = self.totals.any() && self.rows.len() > 1;
        if self.rows.len() > 1 {
            let headings: Vec<String> = self.columns.iter().map(|column| column.column.heading()).collect();
            self.left_out_of_total = self.totals.said(headings.iter().map(String::as_str));
        }
        if totals {
            self.add_totals()?;
        }
        let mut measures: Vec<Measure> = self.columns.iter().map(TableColumn::measured).collect();
        if self.look.whole && grid::fit(&measures, self.look.width).len() < measures.len() {
            return self.write_rows_apart().map(|()| Vec::new());
        }
        let commands = self.take_commands_out();
        if commands.is_some() {
            measures = self.columns.iter().map(TableColumn::measured).collect();
        }
        let left_out = self.drop_what_does_not_fit(&mut measures);
        let mut headings = self.headings();
        self.add_bars(&mut measures, &mut headings);
        let widths = grid::fit(&measures, self.look.width);
        if let Some(commands) = commands {
            self.write_rows_with(commands, (&measures, &widths), headings)?;
            return Ok(left_out);
        }
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
        Ok(left_out)
    }

    /// Takes the commands to type out of the grid where it has no room for them in one line each: broken, they are not what is typed.
    fn take_commands_out(&mut self) -> Option<Vec<String>> {
        let measures: Vec<Measure> = self.columns.iter().map(TableColumn::measured).collect();
        let place = self.columns.iter().position(|column| column.column.is_command())?;
        if self.columns.len() == 1 || grid::has_room(&measures, self.look.width) {
            return None;
        }
        let commands = self.rows.iter_mut().map(|row| mem::take(&mut row[place])).collect();
        let kept: Vec<bool> = (0..self.columns.len()).map(|column| column != place).collect();
        self.keep(&kept);
        Some(commands)
    }

    /// Writes the grid with the command of each row on a line of its own under it.
    fn write_rows_with(
        &mut self,
        commands: Vec<String>,
        (measures, widths): (&[Measure], &[usize]),
        headings: Vec<String>,
    ) -> anyhow::Result<()> {
        let (mut headings, mut end) = (Some(headings), None);
        for (row, command) in mem::take(&mut self.rows).into_iter().zip(commands) {
            let above = usize::from(headings.is_none());
            let mut lines = grid::draw(measures, widths, headings.take(), vec![row]);
            end = lines.pop();
            for line in lines.iter().skip(above) {
                shown::write_line(line, self.look, self.out)?;
            }
            if !command.is_empty() {
                shown::write_line(&format!("  {command}"), self.look, self.out)?;
            }
        }
        if let Some(line) = end {
            shown::write_line(&line, self.look, self.out)?;
        }
        Ok(())
    }

    /// Writes the rows one after the other, each as a card.
    fn write_rows_apart(&mut self) -> anyhow::Result<()> {
        let headings = self.headings();
        for row in mem::take(&mut self.rows) {
            let fields = headings.iter().cloned().zip(row).filter(|(_, value)| !value.is_empty());
            for line in card::lines(fields.map(|(name, value)| vec![name, value]).collect(), self.look.width) {
                shown::write_line(&line, self.look, self.out)?;
            }
        }
        Ok(())
    }

    /// Takes the columns out for which the terminal is too narrow, amounts and who decides last. Gives their names.
    fn drop_what_does_not_fit(&mut self, measures: &mut Vec<Measure>) -> Vec<String> {
        // The first name says which row it is where its number does not say it.
        let says = |column: &&TableColumn<'_>| column.column.tells_rows_apart() && !column.column.is_entry_number();
        let first =
            self.columns.iter().filter(|column| column.column.name != "state").find(says).map(|column| column.column);
        let mut worth: Vec<Worth> = self.columns.iter().map(|column| column.worth(first)).collect();
        let amounts = self.columns.iter().zip(&mut worth).filter(|(column, _)| column.column.is_amount_or_decider());
        if let Some((_, first)) = amounts.into_iter().find(|(_, worth)| **worth == Worth::Weighs) {
            *first = Worth::Essential;
        }
        let kept = grid::kept(measures, &worth, self.look.width);
        let dropped = self.columns.iter().zip(&kept).filter(|(_, kept)| !**kept);
        let names = dropped.map(|(column, _)| column.column.name.clone()).collect();
        self.keep(&kept);
        let mut kept = kept.iter();
        measures.retain(|_| kept.next() == Some(&true));
        names
    }

    /// Takes the columns out for which `kept` says no.
    fn keep(&mut self, kept: &[bool]) {
        for row in &mut self.rows {
            let mut kept = kept.iter();
            row.retain(|_| kept.next() == Some(&true));
        }
        self.totals.retain(kept);
        let mut kept = kept.iter();
        self.columns.retain(|_| kept.next() == Some(&true));
    }

    /// Takes the columns out that have nothing in any row and, where a terminal's width counts, a month that the title
    /// says: they are not missed, so nothing is said of them.
    fn drop_idle_columns(&mut self) {
        let narrow = self.look.width.is_some();
        let is_idle = |column: &TableColumn<'_>| !column.has_value || narrow && column.in_title.says_all();
        let kept: Vec<bool> = self.columns.iter().map(|column| !is_idle(column)).collect();
        if !kept.contains(&true) {
            return;
        }
        self.keep(&kept);
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
        self.totals.begin(&cells);
        for (index, (column, cell)) in self.columns.iter_mut().zip(cells).enumerate() {
            let cell = cell?;
            self.totals.take(index, cell);
            if let Some(bars) = &mut self.bars {
                bars.take(index, cell);
            }
            let text = column.take(cell)?;
            column.in_title.take(self.title, &text);
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
        let count = self.rows.len();
        if count == 0 {
            shown::write_title(&say!("{title}: none", title = self.title), self.look, self.out)?;
            self.out.flush()?;
            return Ok(Vec::new());
        }
        let count = say!("{count} rows", count);
        shown::write_title(self.title, self.look, self.out)?;
        let left_out = self.write_grid()?;
        writeln!(self.out, "{count}")?;
        for said in self.left_out_of_total {
            writeln!(self.out, "{said}")?;
        }
        self.out.flush()?;
        Ok(left_out)
    }
}

impl<'o> TableColumn<'o> {
    fn new(column: &'o Column) -> Self {
        let measure = Measure::new(&column.heading(), false);
        let in_title = InTitle::of(column, false);
        let (has_text, has_number, has_value, has_more) = (false, false, false, false);
        let (first, differs, count, filled) = (None, false, 0, 0);
        Self { column, measure, has_text, has_number, has_value, in_title, first, differs, has_more, count, filled }
    }

    /// Takes in one value and returns its text.
    fn take(&mut self, cell: Cell<'_>) -> Result<String, Refusal> {
        let is_text = matches!(cell, Cell::Text(_) | Cell::Instant(_) | Cell::Word(..) | Cell::Person(_));
        self.has_text |= is_text;
        self.has_number |= !is_text && cell != Cell::Empty;
        let text = match cell {
            // Each change has a line of its own.
            Cell::Text(lines) if self.column.is_spacious() => shown::lines(lines)?,
            _ => shown::text(cell)?,
        };
        self.has_value |= !text.is_empty();
        self.has_more |= !matches!(cell, Cell::Empty | Cell::Money(0) | Cell::Integer(0)) && !text.is_empty();
        self.filled += usize::from(!text.is_empty());
        self.measure.take(&text);
        match &self.first {
            None => self.first = Some(text.clone()),
            Some(first) => self.differs |= *first != text,
        }
        self.count += 1;
        Ok(text)
    }

    /// What it is to a reader whose terminal has no room for all; `named` is the first that names something.
    fn worth(&self, named: Option<&Column>) -> Worth {
        let (column, is_foreign) = (self.column, self.first.as_deref().is_some_and(|first| first != YUAN));
        // Amounts are in yuan where nothing says otherwise. A hash tells rows apart for programs alone.
        let is_constant = if column.is_currency() {
            !self.differs && !is_foreign
        } else {
            self.count >= FEW && !self.differs || column.name == "hash"
        };
        match column {
            _ if is_constant => Worth::Idle,
            _ if column.is_essential() => Worth::Essential,
            _ if !self.has_more => Worth::Idle,
            _ if column.is_entry_number() || column.name == "state" || Some(column) == named => Worth::Tells,
            _ if column.weighs() => Worth::Weighs,
            _ if column.leads() || column.is_spacious() => Worth::Leads,
            _ if self.filled * SPARSE < self.count => Worth::Sparse,
            _ => Worth::Plain,
        }
    }

    /// The measure, with what all rows together tell: a plain column that held numbers alone is one of numbers.
    fn measured(&self) -> Measure {
        let mut measure = self.measure.clone();
        measure.right = match self.column.kind {
            ColumnKind::Money | ColumnKind::Percent => true,
            ColumnKind::Plain | ColumnKind::Word | ColumnKind::Person => self.has_number && !self.has_text,
            ColumnKind::Day | ColumnKind::Instant | ColumnKind::Month | ColumnKind::YesNo => false,
        };
        let is_text = matches!(self.column.kind, ColumnKind::Plain | ColumnKind::Word | ColumnKind::Person);
        measure.spacious = self.column.is_spacious();
        measure.wraps = is_text && !measure.right && !self.column.is_entry_number();
        measure
    }
}

#[cfg(test)]
mod tests;
