//! What a register puts into the month-end pack, and the figures that it has on its first page; the pack itself is in
//! `report::month`.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::{Register, access};
use crate::column::Column;
use crate::day::Month;
use crate::language::words;
use crate::say;
use crate::sheet::query::Query;

/// The month of a pack, and the day on which it is judged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judged {
    /// The month.
    pub(crate) month: Month,
    /// The first day after it, or the day on which the pack is made where that comes sooner.
    pub(crate) on: NaiveDate,
}

impl Judged {
    /// A month as it stands today, or as it stood when it had ended.
    pub(crate) fn of(month: Month, today: NaiveDate) -> Self {
        Self { month, on: month.next().first().min(today) }
    }

    /// Whether the month had not ended.
    pub(crate) fn runs(self) -> bool {
        self.on <= self.month.last()
    }

    /// The last day that is judged.
    pub(crate) fn last(self) -> NaiveDate {
        self.month.last().min(self.on)
    }
}

/// A file of the pack.
#[derive(Debug)]
pub(crate) struct PackFile {
    /// Its name in the pack.
    pub(crate) name: String,
    /// Its rows.
    pub(crate) query: Query,
    /// SQL columns whose sums the manifest records.
    pub(crate) totals: &'static [&'static str],
    /// The list that stands for it on paper, where that is a shorter one.
    pub(crate) on_paper: Option<Query>,
}

/// What a figure of a month is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measured {
    /// A number of things.
    Count,
    /// An amount in fen.
    Amount,
    /// A share, in hundredths of a percent; none where there is nothing to share.
    Share,
}

/// A figure of a month in the report, which holds it against the month before and the same month a year before, and tells it of
/// the year up to then.
#[derive(Debug, Clone)]
pub(crate) struct MonthFigure {
    /// What it counts.
    pub(crate) name: String,
    /// A SELECT of the one figure over `:first` and `:last`, the days of the month or of the year so far.
    pub(crate) sql: &'static str,
    /// What it is.
    pub(crate) measured: Measured,
    /// Whether the report draws it over twelve months.
    pub(crate) drawn: bool,
}

impl Register {
    /// Its files of the month-end pack.
    pub(crate) fn pack_files(&self, book: &Connection, judged: Judged) -> Result<Vec<PackFile>> {
        let entries = Some(self.month_file).filter(|name| !name.is_empty());
        let entries = entries.map(|name| PackFile::of_register(book, self, judged.month, name)).transpose()?;
        Ok(entries.into_iter().chain((self.month_parts)(book, judged)?).collect())
    }
}

impl MonthFigure {
    /// A figure that is a number of things.
    pub(crate) fn count(name: impl Into<String>, sql: &'static str) -> Self {
        Self { name: name.into(), sql, measured: Measured::Count, drawn: false }
    }

    /// A figure that is an amount in fen.
    pub(crate) fn amount(name: impl Into<String>, sql: &'static str) -> Self {
        Self { name: name.into(), sql, measured: Measured::Amount, drawn: false }
    }

    /// A figure that is a share.
    pub(crate) fn share(name: impl Into<String>, sql: &'static str) -> Self {
        Self { name: name.into(), sql, measured: Measured::Share, drawn: false }
    }

    /// The same, drawn over twelve months.
    pub(crate) fn drawn(self) -> Self {
        Self { drawn: true, ..self }
    }
}

impl PackFile {
    /// The file of this name with the rows of a query; `totals` names SQL columns whose sums the manifest records.
    pub(crate) fn new(name: impl Into<String>, query: Query, totals: &'static [&'static str]) -> Self {
        Self { name: name.into(), query, totals, on_paper: None }
    }

    /// The same, with another list in its place on paper.
    pub(crate) fn on_paper(self, query: Query) -> Self {
        Self { on_paper: Some(query), ..self }
    }

    /// The printed names of the columns that are added up where people read the list: its own, and those that the manifest records.
    pub(crate) fn added_up(&self) -> Vec<String> {
        let recorded = self.totals.iter().map(|column| Column::of_sql(column).name);
        let more: Vec<String> = recorded.filter(|name| !self.query.totals.contains(name)).collect();
        self.query.totals.iter().cloned().chain(more).collect()
    }

    /// The file of this name with a register's entries that were under way at some time of the month, as they stand.
    pub(crate) fn of_register(
        book: &Connection,
        register: &Register,
        month: Month,
        name: &'static str,
    ) -> Result<Self> {
        let Register { name: of, title, view, day, totals, .. } = register;
        let columns = access::printed_columns(book, view)?.join(", ");
        let sql = format!(
            "SELECT {columns} FROM {view} WHERE {day} <= :last AND (ended_on IS NULL OR ended_on >= :first) ORDER BY {day}, id"
        );
        let query = Query::new(say!("{title} in {month}", title = words(title), month), sql)
            .of(of)
            .with(":first", month.first().to_string())
            .with(":last", month.last().to_string());
        let query = Query { totals: register.added_up(), ..query };
        Ok(Self::new(name, query, totals))
    }
}
