//! What a register puts into the month-end pack, and the figures that it has on its first page; the pack itself is in
//! `report::month`.

use anyhow::Result;
use rusqlite::Connection;

use super::{Register, access};
use crate::day::Month;
use crate::language::words;
use crate::say;
use crate::sheet::query::Query;

/// A file of the pack.
#[derive(Debug)]
pub(crate) struct PackFile {
    /// Its name in the pack.
    pub(crate) name: String,
    /// Its rows.
    pub(crate) query: Query,
    /// SQL columns whose sums the manifest records.
    pub(crate) totals: &'static [&'static str],
}

/// A figure of a month on the first page, which holds it against the month before and the same month a year before.
#[derive(Debug, Clone)]
pub(crate) struct MonthFigure {
    /// What it counts.
    pub(crate) name: String,
    /// A SELECT of the one figure, over `:first` and `:last`, the days of the month, or `:month`.
    pub(crate) sql: &'static str,
    /// Whether the figure is an amount in fen.
    pub(crate) money: bool,
}

impl MonthFigure {
    /// A figure that is a number of things.
    pub(crate) fn count(name: impl Into<String>, sql: &'static str) -> Self {
        Self { name: name.into(), sql, money: false }
    }

    /// A figure that is an amount in fen.
    pub(crate) fn amount(name: impl Into<String>, sql: &'static str) -> Self {
        Self { name: name.into(), sql, money: true }
    }
}

impl PackFile {
    /// The file of this name with the rows of a query; `totals` names SQL columns whose sums the manifest records.
    pub(crate) fn new(name: impl Into<String>, query: Query, totals: &'static [&'static str]) -> Self {
        Self { name: name.into(), query, totals }
    }

    /// The file of this name with a register's entries that were under way at some time of the month, as they stand.
    pub(crate) fn of_register(
        book: &Connection,
        register: &Register,
        month: Month,
        name: &'static str,
        totals: &'static [&'static str],
    ) -> Result<Self> {
        let Register { title, view, day, .. } = register;
        let columns = access::printed_columns(book, view)?.join(", ");
        let sql = format!(
            "SELECT {columns} FROM {view} WHERE {day} <= :last AND (ended_on IS NULL OR ended_on >= :first) ORDER BY {day}, id"
        );
        let query = Query::new(say!("{title} in {month}", title = words(title), month), sql)
            .with(":first", month.first().to_string())
            .with(":last", month.last().to_string());
        Ok(Self::new(name, query, totals))
    }
}
