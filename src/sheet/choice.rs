//! Which columns of a list are shown, and in what order its rows stand.

use std::fmt::Write as _;

use anyhow::Result;
use clap::ValueEnum;
use rusqlite::Connection;

use super::query::Query;
use super::total::{DUPLICATE, NOTHING};
use crate::column::{Column, HIDDEN_STATE};
use crate::language::{self, Language, comma};
use crate::nearest::{did_you_mean, nearest};
use crate::refusal::Refusal;
use crate::say;
use crate::text;
use crate::view::with_views;

/// The columns that are wanted, by the names that csv has for them or by what heads them in any language; a name with `-` before it
/// sorts downwards.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The columns to show, in this order; all of them where none is named.
    pub(crate) columns: Vec<String>,
    /// What the rows are sorted by; as the list has them where nothing is named.
    pub(crate) sort: Vec<String>,
}

/// In SQL, the state of a row behind all that is shown: totals leave out what is void and what repeats another entry, whether or not the
/// list shows that. Nothing where it shows all of it.
fn hidden_state(all: &[(Column, String)], is_shown: impl Fn(&str) -> bool) -> String {
    let is_hidden = |name: &str| all.iter().any(|(column, _)| column.name == name) && !is_shown(name);
    let nothing = NOTHING.map(|state| format!("'{state}'")).join(", ");
    match (is_hidden("state"), is_hidden("duplicate_of")) {
        (_, true) => {
            format!(", iif(duplicate_of IS NULL OR state IN ({nothing}), state, '{DUPLICATE}') AS {HIDDEN_STATE}")
        }
        (true, false) => format!(", state AS {HIDDEN_STATE}"),
        (false, false) => String::new(),
    }
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
        let wanted: Vec<&(Column, String)> =
            self.columns.iter().map(|name| find(&all, name, query.of)).collect::<Result<_, _>>()?;
        let shown: Vec<&(Column, String)> = if wanted.is_empty() { all.iter().collect() } else { wanted };
        let is_shown = |name: &str| shown.iter().any(|(column, _)| column.name == name);
        let totals: Vec<String> = query.totals.iter().filter(|name| is_shown(name)).cloned().collect();
        let state = if totals.is_empty() { String::new() } else { hidden_state(&all, is_shown) };
        let columns: Vec<String> = shown.iter().map(|(_, sql)| quoted(sql)).collect();
        let mut sql = format!("SELECT {}{state} FROM ({})", columns.join(", "), query.sql);
        for (place, name) in self.sort.iter().enumerate() {
            let (name, down) = name.strip_prefix('-').map_or((name.as_str(), ""), |name| (name, " DESC"));
            let before = if place == 0 { " ORDER BY" } else { "," };
            write!(sql, "{before} {}{down}", quoted(&find(&all, name, query.of)?.1))?;
        }
        let bars = query.bars.filter(|bars| bars.values.iter().chain([&bars.label]).all(|name| is_shown(name)));
        let all_stay = self.columns.is_empty();
        let (read_as, in_title) = if all_stay { (query.read_as, query.in_title) } else { Default::default() };
        Ok(Query { sql, totals, bars, read_as, in_title, ..query.clone() })
    }

    /// The same without the columns that the list does not have.
    pub(crate) fn as_far_as_there(&self, query: &Query, book: &Connection) -> Result<Self> {
        let statement = book.prepare(&with_views(&query.sql))?;
        let all: Vec<(Column, String)> =
            statement.column_names().map(|name| (Column::of_sql(name), name.to_owned())).collect();
        let columns = self.columns.iter().filter(|name| meant(&all, name, query.of).is_some()).cloned().collect();
        Ok(Self { columns, sort: self.sort.clone() })
    }
}

/// The column of a register's list that is meant by a name, with its SQL name.
fn find<'c>(all: &'c [(Column, String)], name: &str, of: &'static str) -> Result<&'c (Column, String), Refusal> {
    if let Some(column) = meant(all, name, of) {
        return Ok(column);
    }
    let near = nearest(name, all.iter().map(|(column, _)| (vec![column.name.as_str()], column.name.clone())));
    let names = all.iter().map(|(column, _)| column.name.as_str()).collect::<Vec<_>>().join(comma());
    let way = did_you_mean(&near).unwrap_or_else(|| say!("its columns are {columns}", columns = names));
    Err(Refusal::usage(say!("the list has no column {name}", name)).or(way))
}

/// The column with this printed name or heading; a heading of the language that is spoken goes before those of others.
fn meant<'c>(all: &'c [(Column, String)], name: &str, of: &'static str) -> Option<&'c (Column, String)> {
    if let Some(column) = all.iter().find(|(column, _)| column.name == name) {
        return Some(column);
    }
    let spoken = Language::spoken();
    let wanted = text::plain(name);
    let is_headed = |column: &Column| language::of(of, || text::plain(&column.heading())) == wanted;
    [spoken].into_iter().chain(Language::value_variants().iter().copied()).find_map(|language| {
        language.during(|| all.iter().find(|(column, _)| text::plain(&column.name) == wanted || is_headed(column)))
    })
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
