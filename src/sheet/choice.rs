//! Which columns of a list are shown, and in what order its rows stand.

use std::fmt::Write as _;

use anyhow::Result;
use rusqlite::Connection;

use super::query::Query;
use crate::column::{Column, HIDDEN_STATE};
use crate::language::comma;
use crate::nearest::{did_you_mean, nearest};
use crate::refusal::Refusal;
use crate::say;
use crate::view::with_views;

/// The columns that are wanted, by the names that csv has for them; a name with `-` before it sorts downwards.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The columns to show, in this order; all of them where none is named.
    pub(crate) columns: Vec<String>,
    /// What the rows are sorted by; as the list has them where nothing is named.
    pub(crate) sort: Vec<String>,
}

impl Choice {
    /// The list with these columns, its rows in this order.
    ///
    /// # Errors
    /// A refusal where the list has no such column.
    pub(crate) fn of(&self, query: &Query, book: &Connection) -> Result<Query> {
        if self.columns.is_empty() && self.sort.is_empty() {
            return Ok(query.clone());
        }
        let statement = book.prepare(&with_views(&query.sql))?;
        let all: Vec<(Column, String)> =
            statement.column_names().map(|name| (Column::of_sql(name), name.to_owned())).collect();
        let shown = if self.columns.is_empty() {
            all.iter().map(|(_, name)| quoted(name)).collect::<Vec<_>>()
        } else {
            self.columns.iter().map(|name| Ok(quoted(find(&all, name)?))).collect::<Result<_>>()?
        };
        let is_shown = |name: &str| self.columns.is_empty() || self.columns.iter().any(|column| column == name);
        let totals: Vec<String> = query.totals.iter().filter(|name| is_shown(name)).cloned().collect();
        // Totals leave out what is void, whether or not the list shows the state.
        let state = all.iter().any(|(column, _)| column.name == "state") && !is_shown("state") && !totals.is_empty();
        let state = if state { format!(", state AS {HIDDEN_STATE}") } else { String::new() };
        let mut sql = format!("SELECT {}{state} FROM ({})", shown.join(", "), query.sql);
        for (place, name) in self.sort.iter().enumerate() {
            let (name, down) = name.strip_prefix('-').map_or((name.as_str(), ""), |name| (name, " DESC"));
            let before = if place == 0 { " ORDER BY" } else { "," };
            write!(sql, "{before} {}{down}", quoted(find(&all, name)?))?;
        }
        let bars = query.bars.filter(|bars| bars.values.iter().chain([&bars.label]).all(|name| is_shown(name)));
        let all_stay = self.columns.is_empty();
        let (read_as, in_title) = if all_stay { (query.read_as, query.in_title) } else { Default::default() };
        Ok(Query { sql, totals, bars, read_as, in_title, ..query.clone() })
    }

    /// The same without the columns that the list does not have.
    pub(crate) fn as_far_as_there(&self, query: &Query, book: &Connection) -> Result<Self> {
        let statement = book.prepare(&with_views(&query.sql))?;
        let all: Vec<String> = statement.column_names().map(|name| Column::of_sql(name).name).collect();
        let columns = self.columns.iter().filter(|name| all.contains(name)).cloned().collect();
        Ok(Self { columns, sort: self.sort.clone() })
    }
}

/// The SQL name of a column by its printed name.
fn find<'c>(all: &'c [(Column, String)], name: &str) -> Result<&'c str, Refusal> {
    if let Some((_, sql)) = all.iter().find(|(column, _)| column.name == name || column.heading() == name) {
        return Ok(sql);
    }
    let near = nearest(name, all.iter().map(|(column, _)| (vec![column.name.as_str()], column.name.clone())));
    let names = all.iter().map(|(column, _)| column.name.as_str()).collect::<Vec<_>>().join(comma());
    let way = did_you_mean(&near).unwrap_or_else(|| say!("its columns are {columns}", columns = names));
    Err(Refusal::usage(say!("the list has no column {name}", name)).or(way))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
