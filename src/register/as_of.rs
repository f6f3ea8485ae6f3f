//! An entry as it stood on a day (`show --on`): what the journal tells to have happened by then, laid over the book's tables (Q12).
//!
//! The rows of the entry go into temporary tables of the same names, which a query finds first. So whatever a list, a card or a part of
//! it asks for, it is told of that day, in every register.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::types::Value as Kept;
use rusqlite::{Connection, params_from_iter};
use serde_json::{Map, Value};

use super::entry::Entry;
use super::named;
use crate::refusal::Refusal;
use crate::say;

/// A row of a table: its columns.
type Row = Map<String, Value>;

/// The rows of an entry, by their tables and what tells the rows of a table apart.
type Rows = BTreeMap<(String, String), Row>;

/// The columns that a correction leaves to the steps.
const OF_STEPS: [&str; 3] = ["state", "ended_on", "amendments"];

/// Lays the entry as it stood on that day over the book's tables, for this connection.
///
/// # Errors
/// A refusal where it was not there yet.
pub(super) fn lay_over(book: &Connection, entry: &Entry, day: NaiveDate) -> Result<()> {
    let (then, tables) = standing(book, entry, day)?;
    let is_there = then.keys().any(|(table, _)| table == "entry");
    // What a register tells of every day itself, it tells of the days before as well: nobody answered for the asset.
    let told = named(&entry.register)?.as_of.iter().any(|(column, _)| *column == "state");
    if !is_there && told {
        return Ok(());
    }
    if !is_there {
        return Err(Refusal::usage(say!(
            "{number} was not there yet on {day}: it bears {bears}",
            number = entry.number,
            day,
            bears = entry.day
        ))
        .or(say!("give a day from then on with {option} DATE", option = "--on"))
        .into());
    }
    for table in tables.iter().filter(|table| *table != "entry") {
        fill(book, table, table, &then)?;
    }
    fill(book, "entry_then", "entry", &then)?;
    book.execute_batch(&format!(
        "CREATE TEMP VIEW entry AS SELECT * FROM main.entry WHERE id <> {id} AND day_on <= '{day}' UNION ALL SELECT * FROM temp.entry_then",
        id = entry.id
    ))?;
    Ok(())
}

/// Makes the temporary table `name` like the book's `table`, with the rows of that.
fn fill(book: &Connection, name: &str, table: &str, then: &Rows) -> Result<()> {
    book.execute_batch(&format!("CREATE TEMP TABLE {name} AS SELECT * FROM main.{table} WHERE FALSE"))?;
    let columns: Vec<String> =
        book.prepare(&format!("SELECT * FROM temp.{name}"))?.column_names().map(str::to_owned).collect();
    let mut insert = book.prepare(&format!("INSERT INTO temp.{name} VALUES (?{})", ", ?".repeat(columns.len() - 1)))?;
    for row in then.iter().filter(|((of, _), _)| of == table).map(|(_, row)| row) {
        insert.execute(params_from_iter(columns.iter().map(|column| kept(row.get(column)))))?;
    }
    Ok(())
}

/// A value of a record as the book keeps it.
fn kept(value: Option<&Value>) -> Kept {
    match value {
        None | Some(Value::Null) => Kept::Null,
        Some(Value::String(text)) => Kept::Text(text.clone()),
        Some(Value::Number(number)) => number.as_i64().map_or(Kept::Null, Kept::Integer),
        Some(other) => Kept::Text(other.to_string()),
    }
}

/// The rows of the entry as they stood on that day, and the tables that it ever had rows in.
fn standing(book: &Connection, entry: &Entry, day: NaiveDate) -> Result<(Rows, BTreeSet<String>)> {
    let growing = entry.thing()?.growing();
    let mut statement = book.prepare("SELECT verb, happened_on, record FROM journal WHERE thing = ?1 ORDER BY id")?;
    let mut journal = statement.query([&entry.number])?;
    let (mut all, mut then, mut tables) = (Rows::new(), Rows::new(), BTreeSet::new());
    while let Some(row) = journal.next()? {
        let (verb, happened, record): (String, NaiveDate, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let record = rows_of(&record)?;
        tables.extend(record.keys().map(|(table, _)| table.clone()));
        let gone: Vec<_> =
            all.keys().filter(|key| !growing.contains(&key.0.as_str()) && !record.contains_key(key)).cloned().collect();
        // What an import brought is told of the day that it bears.
        let happened = if verb.ends_with(" import") { entry.day } else { happened };
        let kind = Told::of(&verb, happened <= day);
        for key in gone {
            all.remove(&key);
            if kind != Told::Later {
                then.remove(&key);
            }
        }
        for (key, new) in record {
            kind.take(&mut then, &key, all.get(&key), &new);
            all.insert(key, new);
        }
    }
    Ok((then, tables))
}

/// What a row of the journal tells of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// It had happened by then.
    Happened,
    /// It corrects what may have happened by then.
    Corrected,
    /// It takes back what may have happened by then.
    TakenBack,
    /// It happened later.
    Later,
}

impl Told {
    fn of(verb: &str, happened: bool) -> Self {
        match verb.rsplit(' ').next() {
            Some("amend") => Self::Corrected,
            Some("undo") => Self::TakenBack,
            _ if happened => Self::Happened,
            _ => Self::Later,
        }
    }

    /// Takes what a record changed in a row, which was `old` before it, into the rows of the day.
    fn take(self, then: &mut Rows, key: &(String, String), old: Option<&Row>, new: &Row) {
        if self == Self::Later {
            return;
        }
        // What is taken back of a contract has its place below nothing.
        if self == Self::TakenBack
            && let Some(place) = key.1.strip_suffix("-").filter(|_| old.is_none())
        {
            then.remove(&(key.0.clone(), place.to_owned()));
            return;
        }
        let row = match (self, then.get_mut(key)) {
            (_, Some(row)) => row,
            (Self::Happened, None) => then.entry(key.clone()).or_insert_with(|| old.cloned().unwrap_or_default()),
            (_, None) => return,
        };
        for (column, value) in new {
            let left_out = self == Self::Corrected && OF_STEPS.contains(&column.as_str());
            if !left_out && old.and_then(|old| old.get(column)) != Some(value) {
                row.insert(column.clone(), value.clone());
            }
        }
    }
}

/// The rows of a record.
fn rows_of(record: &str) -> Result<Rows> {
    let record: Map<String, Value> = serde_json::from_str(record)?;
    let mut rows = Rows::new();
    for (table, found) in record {
        let Value::Array(found) = found else { continue };
        for (index, row) in (1_i64..).zip(found) {
            let Value::Object(row) = row else { continue };
            rows.insert((table.clone(), told_apart(&row, index)), row);
        }
    }
    Ok(rows)
}

/// What tells a row from the others of its table: its place, of product lines with that of the contract; below nothing what was taken
/// back, with a dash behind it.
fn told_apart(row: &Row, index: i64) -> String {
    let place = |column| row.get(column).and_then(Value::as_i64);
    let position = place("position").unwrap_or(index);
    let contract = place("contract").map_or_else(String::new, |contract| format!("{} ", contract.abs()));
    let back = place("position").is_some_and(|position| position < 0)
        || place("contract").is_some_and(|contract| contract < 0);
    format!("{contract}{}{}", position.abs(), if back { "-" } else { "" })
}
