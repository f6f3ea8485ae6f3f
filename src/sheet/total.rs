//! The last row of a list: the sums of the columns that its query names.

use std::collections::BTreeMap;

use super::cell::{Cell, Cells};
use crate::column::{Column, ColumnKind};
use crate::language;
use crate::refusal::Refusal;
use crate::say;

/// The states of what came to nothing, in whichever register: their rows stand in a list, and no total has them.
pub(crate) const NOTHING: [&str; 5] = ["void", "rejected", "cancelled", "lost", "disposed"];

/// What the row of an entry that repeats another one is to totals, in the place of its state: they have that other one (R2.3).
pub(crate) const DUPLICATE: &str = "duplicate";

/// The sums of a list's columns, one for each column that is added up and still can be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Totals {
    sums: Vec<Option<Cell<'static>>>,
    /// The columns that have no sum because a value in them is masked.
    masked: Vec<bool>,
    /// How many rows of each state are left out, and the register whose words the states are.
    left_out: BTreeMap<&'static str, (u64, String)>,
    /// How many rows more are left out, since whoever reads may not see what they come to.
    withheld: u64,
    /// Whether the row that comes in is left out.
    passes: bool,
    /// The currency of the rows so far, where the list tells it: amounts of several are no sum.
    currency: Option<String>,
}

impl Totals {
    /// Starts the sums of the columns that `names` names by their printed names; `title` is the list's.
    pub(crate) fn new(title: &str, columns: &[Column], names: &[String]) -> Result<Self, Refusal> {
        if let Some(name) = names.iter().find(|name| columns.iter().all(|column| column.name != **name)) {
            return Err(Refusal::usage(say!("there is no column {name} to add up in {title}", name, title)));
        }
        let zero = |column: &Column| {
            let zero = if column.kind == ColumnKind::Money { Cell::Money(0) } else { Cell::Integer(0) };
            names.contains(&column.name).then_some(zero)
        };
        let sums = columns.iter().map(zero).collect();
        let masked = vec![false; columns.len()];
        Ok(Self { sums, masked, left_out: BTreeMap::new(), withheld: 0, passes: false, currency: None })
    }

    /// The same, saying that so many rows have amounts that whoever reads may not see.
    pub(crate) fn without(self, withheld: u64) -> Self {
        Self { withheld, ..self }
    }

    /// Begins a row, which is left out where its state says that it came to nothing.
    pub(crate) fn begin(&mut self, cells: &Cells<'_>) {
        if self.sums.is_empty() || !self.any() {
            return;
        }
        let state = cells.state();
        let mut left_out = NOTHING.iter().chain([&DUPLICATE]);
        let nothing = state.and_then(|(state, of)| Some((left_out.find(|left_out| **left_out == state)?, of)));
        self.passes = nothing.is_some();
        if let Some(currency) = cells.currency() {
            match &self.currency {
                Some(known) if known != currency => self.forget_amounts(),
                Some(_) => {}
                None => self.currency = Some(currency.to_owned()),
            }
        }
        if let Some((state, of)) = nothing {
            self.left_out.entry(state).or_insert_with(|| (0, of.to_owned())).0 += 1;
        }
    }

    fn forget_amounts(&mut self) {
        for sum in &mut self.sums {
            *sum = sum.filter(|sum| !matches!(sum, Cell::Money(_)));
        }
    }

    /// Adds a value of the column at `index`. A value of another kind, such as a mask, ends that column's sum: a total
    /// without it would mislead.
    pub(crate) fn take(&mut self, index: usize, cell: Cell<'_>) {
        if self.passes {
            return;
        }
        if let Some(total) = self.sums.get_mut(index) {
            self.masked[index] |= total.is_some() && matches!(cell, Cell::Text(_));
            *total = total.and_then(|total| sum(total, cell));
        }
    }

    /// Whether any column has a sum.
    pub(crate) fn any(&self) -> bool {
        self.sums.iter().any(Option::is_some)
    }

    /// The states of the rows that are left out, as the list has them.
    pub(crate) fn states(&self) -> impl Iterator<Item = String> {
        let states = self.left_out.iter().filter(|(state, _)| **state != DUPLICATE);
        states.map(|(state, (_, of))| language::value_in(of, state).into_owned())
    }

    /// Whether rows that repeat others are left out.
    pub(crate) fn leaves_duplicates(&self) -> bool {
        self.left_out.contains_key(DUPLICATE)
    }

    /// What is said where a column has no total since values in it are masked; `headings` are those of the columns.
    fn said_masked<'h>(&self, headings: impl Iterator<Item = &'h str>) -> Option<String> {
        let masked: Vec<&str> =
            headings.zip(&self.masked).filter(|(_, masked)| **masked).map(|(name, _)| name).collect();
        let columns = masked.join(language::comma());
        (!masked.is_empty()).then(|| say!("no total of {columns}: it is masked in some of the rows", columns))
    }

    /// What is said of what the totals leave out; nothing where they have all.
    pub(crate) fn said<'h>(&self, headings: impl Iterator<Item = &'h str>) -> Vec<String> {
        [self.said_left_out(), self.said_masked(headings)].into_iter().flatten().collect()
    }

    /// What is said of the rows that are left out; nothing where none is, or nothing is added up.
    fn said_left_out(&self) -> Option<String> {
        if self.left_out.is_empty() && self.withheld == 0 || !self.any() {
            return None;
        }
        let said = |(state, (count, of)): (&&'static str, &(u64, String))| match *state {
            DUPLICATE => say!("duplicate {count}", count),
            state => format!("{} {count}", language::value_in(of, state)),
        };
        let mut rows: Vec<String> = self.left_out.iter().map(said).collect();
        if self.withheld > 0 {
            rows.push(say!("masked {count}", count = self.withheld));
        }
        Some(say!("the total leaves out: {rows}", rows = rows.join(language::comma())))
    }

    /// The row: the sums, and the word `total` in the first column that has none.
    pub(crate) fn row(&self) -> impl Iterator<Item = Cell<'static>> {
        let mut name = Some(Cell::Word(b"total", ""));
        self.sums.iter().map(move |total| total.or_else(|| name.take()).unwrap_or(Cell::Empty))
    }

    /// Takes the columns out for which `kept` says no.
    pub(crate) fn retain(&mut self, kept: &[bool]) {
        let mut at = kept.iter();
        self.sums.retain(|_| at.next() == Some(&true));
        let mut at = kept.iter();
        self.masked.retain(|_| at.next() == Some(&true));
    }
}

/// A total with one more value; none if the value is not of its kind.
fn sum(total: Cell<'static>, cell: Cell<'_>) -> Option<Cell<'static>> {
    match (total, cell) {
        (total, Cell::Empty | Cell::NoMoney) => Some(total),
        (Cell::Integer(total), Cell::Integer(number)) => total.checked_add(number).map(Cell::Integer),
        (Cell::Money(total), Cell::Money(fen)) => total.checked_add(fen).map(Cell::Money),
        (Cell::Real(total), Cell::Real(number)) => Some(Cell::Real(total + number)),
        (Cell::Integer(whole), Cell::Real(real)) | (Cell::Real(real), Cell::Integer(whole)) =>
        {
            #[expect(clippy::cast_precision_loss, reason = "the sum is inexact from the first number with decimals on")]
            Some(Cell::Real(whole as f64 + real))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_of_mixed_numbers_are_summed_and_those_that_overflow_are_not_shown() {
        assert_eq!(sum(Cell::Integer(2), Cell::Real(0.5)), Some(Cell::Real(2.5)));
        assert_eq!(sum(Cell::Real(0.5), Cell::Integer(2)), Some(Cell::Real(2.5)));
        assert_eq!(sum(Cell::Integer(i64::MAX), Cell::Integer(1)), None);
        assert_eq!(sum(Cell::Money(1), Cell::Percent(1)), None);
    }

    #[test]
    fn the_total_of_a_column_that_is_not_there_is_refused() {
        let refused = Totals::new("Gifts", &[Column::of_sql("number")], &["amount".to_owned()]);
        let refused = refused.map_err(|refusal| refusal.to_string());
        assert_eq!(refused, Err("there is no column amount to add up in Gifts".to_owned()));
    }
}
