//! What feeds a column of a register's own table from an old file, and how its cell is read.

use anyhow::Result;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::access::MASK;
use super::entry::Entry;
use super::field::{Kind, Need, Spec};
use super::old_ledger::{Checked, Names, Trouble};
use super::project;
use crate::day;
use crate::import::row::{Cells, Fault};
use crate::money::{Money, estimate, estimate_or_none};
use crate::refusal::Refusal;
use crate::say;
use crate::text::{self, quoted};

/// What feeds a column of a register's own table.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The field in the file, as the register's list calls it; empty where the column follows from others.
    pub(crate) name: &'static str,
    /// The column.
    pub column: &'static str,
    /// How the cell is read.
    pub(crate) reading: Reading,
    /// Whether every row that is not void must have it.
    pub(crate) required: bool,
}

/// How a cell is read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reading {
    /// As what is typed for a field of this kind.
    Typed(Kind),
    /// Yes or no as a list prints it; where nothing stands, no if this says so.
    YesNo(bool),
    /// The number of an entry that is in the book, or will be.
    Number,
    /// What this makes of it by the book.
    Found(fn(&Connection, &str) -> Result<String>),
    /// A value that is made of other cells.
    Made(fn(&Cells<'_>) -> Result<Value, Fault>),
}

impl Field {
    /// A column fed by the field of its name.
    pub(crate) const fn new(column: &'static str, reading: Reading) -> Self {
        Self { name: column, column, reading, required: false }
    }

    /// Text, also of several lines, fed by the field of its name.
    pub(crate) const fn text(column: &'static str) -> Self {
        Self::new(column, Reading::Typed(Kind::Text))
    }

    /// The same where every row must have it.
    pub(crate) const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// A column that follows from other cells and has no field of its own.
    pub(crate) const fn made(column: &'static str, make: fn(&Cells<'_>) -> Result<Value, Fault>) -> Self {
        Self { name: "", column, reading: Reading::Made(make), required: false }
    }

    /// The same with a field of this name.
    pub(crate) const fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// Reads the cell.
    pub(super) fn value(&self, book: &Connection, names: &mut Names, cells: &Cells<'_>) -> Checked<Value> {
        let Self { name, reading, required, .. } = *self;
        if let Reading::Made(make) = reading {
            return Ok(make(cells)?);
        }
        let cell = if required { Some(cells.required(name)?) } else { cells.text(name)? };
        let Some(cell) = cell else {
            return Ok(if matches!(reading, Reading::YesNo(true)) { false.into() } else { Value::Null });
        };
        if cell == MASK {
            return Err(Fault::of(name, say!("is masked; export the list as somebody who may read it")).into());
        }
        Ok(match reading {
            Reading::Typed(kind) => typed(name, kind, cell, (book, names, cells))?,
            Reading::YesNo(_) => yes_or_no(cells, name)?.into(),
            Reading::Number => Value::Text(text::number(cell)),
            Reading::Found(find) => Value::Text(names.found(book, name, cell, find)?),
            Reading::Made(_) => Value::Null,
        })
    }
}

/// A cell of a field of this kind, as the book keeps it.
fn typed(
    name: &'static str,
    kind: Kind,
    cell: &str,
    (book, names, cells): (&Connection, &mut Names, &Cells<'_>),
) -> Checked<Value> {
    let amount = |amount: Result<Money, Refusal>| {
        amount.map(|amount| Value::Integer(amount.0)).map_err(|refusal| Fault::of(name, refusal.to_string()))
    };
    let number =
        |entry: Result<Entry>| entry.map(|entry| Value::Text(entry.number)).map_err(|error| Trouble::of(name, error));
    Ok(match kind {
        Kind::Text | Kind::Flag | Kind::Switch | Kind::Rows(_) => Value::Text(cell.to_owned()),
        Kind::Line | Kind::Lines(_) | Kind::Paper(_) => {
            cells.line(name)?.map_or(Value::Null, |line| Value::Text(line.to_owned()))
        }
        Kind::Day | Kind::PastDay => cells.day(name)?.map_or(Value::Null, |day| Value::Text(day::text_of(day))),
        Kind::Estimate => amount(estimate(cell))?,
        Kind::EstimateOrNone => amount(estimate_or_none(cell))?,
        Kind::Agreed => cells.parse::<Money>(name)?.map_or(Value::Null, |money| Value::Integer(money.0)),
        Kind::Count(_) if cells.count(name)? == Some(0) => {
            return Err(Fault::of(name, say!("is at least 1: leave it out where it is not known")).into());
        }
        Kind::Count(_) => cells.count(name)?.map_or(Value::Null, |count| Value::Integer(count.into())),
        Kind::Choice(words) | Kind::Usual(words) => {
            if !words.iter().any(|(word, _)| *word == cell) {
                let choices: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                let pair = text::word(&format!("{name}:{cell}=WORD")).into_owned();
                let (cell, choices) = (quoted(cell), choices.join(crate::language::comma()));
                let reason =
                    say!("{cell} is none of: {choices}; --value {pair} says which it means", cell, choices, pair);
                return Err(Fault::of(name, reason).into());
            }
            Value::Text(cell.to_owned())
        }
        Kind::Read(read) => read(cell).map_err(|refusal| Fault::of(name, refusal.to_string()))?,
        Kind::Department => Value::Text(names.department(book, name, cell)?),
        Kind::Person => Value::Text(names.person(book, name, cell)?),
        Kind::Entry(register) => number(Entry::find_in(book, register, cell))?,
        Kind::Project => number(project::named(book, cell))?,
    })
}

/// Yes or no, which the file may have in any language; no where nothing stands.
pub(crate) fn yes_or_no(cells: &Cells<'_>, field: &'static str) -> Result<bool, Fault> {
    match cells.text(field)? {
        None | Some("no") => Ok(false),
        Some("yes") => Ok(true),
        Some(other) => Err(Fault::of(field, say!("{other} is neither yes nor no", other = quoted(other)))),
    }
}

impl Spec {
    /// The field as an old file has it; none of a list, of the header, and of what is not kept as it is typed.
    pub(super) fn in_file(&self) -> Option<Field> {
        if self.loose || self.is_header() || matches!(self.kind, Kind::Rows(_)) {
            return None;
        }
        let flag = matches!(self.kind, Kind::Flag | Kind::Switch);
        let optional = matches!(self.kind, Kind::Flag) && self.need == Need::Optional;
        let reading = if flag { Reading::YesNo(!optional) } else { Reading::Typed(self.kind) };
        let required = self.need == Need::Given && !matches!(self.kind, Kind::Flag);
        Some(Field { name: self.name(), column: self.column, reading, required })
    }
}
