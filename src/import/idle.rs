//! Rows of a file that are none, and rows that are several: sums of others, numbers written ahead, quantities.

use csv::StringRecord;

use super::header;
use super::mapping::{Feed, Mapping};
use super::row::Fault;
use crate::say;
use crate::text::{half_width, quoted};

/// How many entries one row may be.
const MOST: u32 = 1_000;

/// What a row that is a sum of others calls itself, as [`header::heading_key`] folds it.
const TOTALS: [&str; 16] = [
    "合计",
    "总计",
    "小计",
    "累计",
    "共计",
    "本页合计",
    "本月合计",
    "總計",
    "小計",
    "合計",
    "총계",
    "합계",
    "소계",
    "total",
    "grandtotal",
    "subtotal",
];

/// Whether a cell says that its row is a sum of others, and nothing else.
fn says_total(cell: &str) -> bool {
    /// The letters that they begin with, and the longest in bytes with what may stand around it: most cells need no closer look.
    const FIRST: [char; 16] =
        ['合', '总', '小', '累', '共', '本', '總', '총', '합', '소', 't', 'T', 'g', 'G', 's', 'S'];
    const LONGEST: usize = 40;
    let trimmed = header::trim(cell);
    trimmed.len() <= LONGEST
        && trimmed.starts_with(FIRST)
        && TOTALS.contains(&header::heading_key(trimmed).trim_end_matches(':'))
}

/// Whether a cell is a zero as spreadsheets write it.
fn is_zero(cell: &str) -> bool {
    let digits = cell.trim().trim_start_matches(['¥', '￥']);
    matches!(digits.trim(), "-" | "0" | "0.0" | "0.00" | "0%" | "0.00%")
}

impl Mapping {
    /// How many entries the row is: one, or the quantity in the column that the person named.
    pub(crate) fn times(&self, cells: &StringRecord) -> Result<u32, Fault> {
        let cell = self.each.and_then(|column| cells.get(column)).map_or("", header::trim);
        if cell.is_empty() {
            return Ok(1);
        }
        let times = half_width(cell).parse().ok().filter(|times| (1..=MOST).contains(times));
        let Some(times) = times else {
            let most = MOST.to_string();
            return Err(Fault::whole(say!(
                "{cell} is no quantity: it is a whole number from 1 to {most}",
                cell = quoted(cell),
                most
            )));
        };
        if times > 1 && !self.trimmed(cells, self.index("number")).is_empty() {
            return Err(Fault::of(
                "number",
                say!("one number cannot be {times} entries: leave the number out, or write a row for each", times),
            ));
        }
        Ok(times)
    }

    /// Whether the row is a sum of others: a cell says so and nothing else, and one that every row must have is empty or says it; one of
    /// those that feed fields, where no single one must be there.
    pub(crate) fn is_total(&self, cells: &StringRecord) -> bool {
        let column = |feed: &Feed| if let Feed::Column(column) = feed { cells.get(*column) } else { None };
        let is_lacking = |cell: &str| header::is_blank(cell) || says_total(cell);
        let required = self.required.iter().filter_map(|field| self.feeds.get(*field));
        let mut required = required.filter_map(column).peekable();
        // Where none must be there, one that feeds a field is lacking in a sum.
        let lacks = match required.peek() {
            Some(_) => required.any(is_lacking),
            None => self.feeds.iter().filter_map(column).any(is_lacking),
        };
        lacks && cells.iter().any(says_total)
    }

    /// Whether nothing was written into the row but its number, as where a sheet is numbered ahead: of the columns that feed fields, all
    /// others are empty, or zero as a formula leaves them.
    pub(crate) fn is_empty(&self, cells: &StringRecord) -> bool {
        let said = |cell: &str| !header::is_blank(cell) && !is_zero(cell);
        if self.is_constant(self.index("state")) {
            return false;
        }
        let mut others = self.names.fields.iter().zip(&self.feeds).filter(|(field, _)| **field != "number");
        let mut columns =
            others.by_ref().filter_map(|(_, feed)| if let Feed::Column(column) = feed { Some(*column) } else { None });
        let mut any = false;
        let empty = columns.by_ref().all(|column| {
            any = true;
            !cells.get(column).is_some_and(said)
        });
        any && empty
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::mapping::tests::mapping;
    use super::*;

    #[test]
    fn sums_and_rows_that_were_numbered_ahead_are_told_from_rows() {
        let mut mapping = mapping(&["number", "customer", "unit_price", "page"], &[], &["note=x"]).unwrap();
        assert_eq!(mapping.require(&["customer", "number"]), Vec::<&str>::new());
        let row = |cells: [&str; 4]| StringRecord::from(cells.to_vec());
        for cells in [["合 计", "", "12", ""], ["", "合计：", "12", ""], ["1", "", "3", "Total"], ["소계", "", "", ""]]
        {
            assert!(mapping.is_total(&row(cells)), "{cells:?}");
        }
        for cells in [["1", "合计公司", "12", ""], ["1", "a", "12", "合计"], ["", "", "12", ""]] {
            assert!(!mapping.is_total(&row(cells)), "{cells:?}");
        }
        for (cells, empty) in [
            (["1", "", "", ""], true),
            (["1", " ", "0.00", "x"], true),
            (["", "", "", "x"], true),
            (["", "a", "", ""], false),
            (["", "", "3", ""], false),
        ] {
            assert_eq!(mapping.is_empty(&row(cells)), empty, "{cells:?}");
        }
    }
}
