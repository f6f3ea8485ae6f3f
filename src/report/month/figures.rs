//! The month in figures: this month, the month before, and the same month a year before (R2.5).

use anyhow::Result;
use rusqlite::Connection;

use crate::day::Month;
use crate::money::Money;
use crate::register::ALL;
use crate::register::pack::MonthFigure;
use crate::say;
use crate::sheet::listing::Listing;
use crate::sheet::query::Query;

/// The figures of the month beside those of the month before and of the same month a year before.
pub(super) fn figures(book: &Connection, month: Month) -> Result<Listing> {
    let months = [month, month.prev(), month.plus(-12)];
    let mut rows = Vec::new();
    for figure in ALL.iter().flat_map(|register| (register.month_figures)()) {
        let mut row = vec![figure.name.clone()];
        for month in months {
            row.push(text(&figure, book, month)?);
        }
        rows.push(row);
    }
    let headings: Vec<String> =
        [say!("figure").to_owned()].into_iter().chain(months.map(|month| month.to_string())).collect();
    Ok(Listing::of_figures(say!("The month in figures").to_owned(), &headings, rows))
}

/// A figure of a month, as the page prints it.
fn text(figure: &MonthFigure, book: &Connection, month: Month) -> Result<String> {
    let query = Query::new("", figure.sql)
        .with(":month", month.to_string())
        .with(":first", month.first().to_string())
        .with(":last", month.last().to_string());
    let count = query.single(book)?;
    Ok(if figure.money { Money(count).grouped() } else { count.to_string() })
}
