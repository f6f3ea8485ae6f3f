//! Rows of a list that belongs to an entry: a verb adds one, `amend` corrects one or takes it out.

pub(super) mod correction;
pub(super) mod held;

use anyhow::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, ToSql, params_from_iter};

use super::entry::Entry;
use super::field::Spec;
use super::form::Rule;
use super::task::{Row, Task};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::column::Column;
use crate::language::{self, fill, words};
use crate::phrase;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// A list that belongs to an entry: a table with the key (entry, position).
#[derive(Debug)]
pub struct List {
    /// The table.
    pub table: &'static str,
    /// What the fields of a row must keep.
    pub(crate) rules: &'static [Rule],
    /// The columns besides those of the fields, which rules fill.
    pub also: &'static [&'static str],
    /// That there is no such row, and what to type instead, by `{number}`, `{position}` and what the list is called, `{table}`.
    pub(crate) missing: (&'static str, &'static str),
    /// What the list must keep once a row is added, corrected or taken out.
    pub(crate) kept: fn(&mut Task<'_, '_>) -> Result<()>,
    /// How a row is corrected; none where it stays as it was entered.
    pub(crate) amended: Option<Amended>,
    /// By what a row is settled: the column that bears the day, the verb that does it, and what is typed behind the entry's number, with
    /// the row's `{position}`; none of lists whose rows tell of what was. What an open row refers to does not end before.
    pub(crate) settled: Option<(&'static str, &'static str, &'static str)>,
    /// What a row may be named by besides its place, such as the number of its paper: the column, and which rows can be meant in SQL.
    pub(crate) called: Option<(&'static str, &'static str)>,
}

/// How `amend` corrects a row of a list.
#[derive(Debug)]
pub(crate) struct Amended {
    /// The option that tells which row.
    pub(crate) option: &'static str,
    /// The fields that are corrected; those of the step where there are none.
    pub(crate) fields: &'static [&'static Spec],
    /// What stands for its value in the help.
    pub(crate) value_name: &'static str,
    /// What help says of it.
    pub(crate) help: &'static str,
    /// What help says of `--take-out`; empty where a row is taken back by `undo` alone.
    pub(crate) take_out: &'static str,
    /// What the answer calls the row, by its `{position}`; as the history does where it is empty.
    pub(crate) row: &'static str,
    /// That nothing is given to correct in it, and what to give, by `{number}` and `{position}`.
    pub(crate) nothing: (&'static str, &'static str),
    /// What help says of `--exception` where the rules over a row may be broken by a correction; empty where they may not.
    pub(crate) exception: &'static str,
    /// What to do about an amount that is not corrected, by `{number}` and `{position}`; empty where it is, or there is none.
    pub(crate) amount: &'static str,
}

impl Amended {
    /// Corrects these fields of a row, which this option tells.
    pub(crate) const fn of(option: &'static str, fields: &'static [&'static Spec]) -> Self {
        Self {
            option,
            fields,
            value_name: "POSITION",
            help: "The row that is corrected: its place, which branchbook history NUMBER counts",
            take_out: "",
            row: "",
            nothing: (
                phrase!("nothing to correct in row {position} of {number}"),
                phrase!("name a field and its new value"),
            ),
            exception: "",
            amount: "",
        }
    }
}

/// What a column of a row says.
pub(crate) type Said = (Column, String);

impl List {
    /// A list of which nothing is said yet.
    pub(crate) const BLANK: Self = Self {
        table: "",
        rules: &[],
        also: &[],
        missing: (
            phrase!("{number} has no {table} {position}"),
            phrase!("see its rows with: branchbook history {number}"),
        ),
        kept: |_| Ok(()),
        amended: None,
        settled: None,
        called: None,
    };

    /// The place of the row that is meant: by its place, or by what it is called where no other is called so.
    ///
    /// # Errors
    /// A refusal where there is none, or there are several.
    pub(crate) fn position(&self, book: &Connection, entry: &Entry, typed: &str) -> Result<i64> {
        let narrow = text::half_width(typed);
        let mut meant: Vec<i64> = narrow.trim().parse().into_iter().collect();
        if let Some((column, condition)) = self.called {
            let sql = format!(
                "SELECT position, {column} FROM {} WHERE undone_on IS NULL AND entry = ?1 AND {condition} ORDER BY position",
                self.table
            );
            let mut statement = book.prepare_cached(&sql)?;
            let mut rows = statement.query([entry.id])?;
            meant.retain(|position| *position > 0);
            let mut places: Vec<i64> = Vec::new();
            while let Some(row) = rows.next()? {
                let (position, called): (i64, String) = (row.get(0)?, row.get(1)?);
                if meant.contains(&position) || text::paper(&called) == text::paper(typed) {
                    places.push(position);
                }
            }
            if !places.is_empty() {
                meant = places;
            }
        }
        let table = language::value(self.table);
        match meant.as_slice() {
            [position] => Ok(*position),
            [] => Err(self.absent(entry, text::quoted(typed)).into()),
            several => {
                let places: Vec<String> = several.iter().map(ToString::to_string).collect();
                let what = say!(
                    "{typed} of {number} is {table} {places}",
                    typed = text::quoted(typed),
                    number = entry.number,
                    table,
                    places = language::all_of(places)
                );
                let way_out = say!(
                    "name one by what no other is called, or by its place in: branchbook history {number}",
                    number = entry.number
                );
                Err(Refusal::usage(what).or(way_out).into())
            }
        }
    }

    /// The row at this position.
    pub(super) fn row(&self, book: &Connection, entry: &Entry, position: i64) -> Result<Row> {
        let row = Row::of_list(book, self.table, entry, position).optional()?;
        row.ok_or_else(|| {
            let refusal = self.absent(entry, position.to_string());
            match self.others(book, entry, position) {
                Ok(others) if !others.is_empty() => refusal
                    .or(say!("it was taken back; what stands is {others}", others = language::listed(others)))
                    .into(),
                _ => refusal.into(),
            }
        })
    }

    /// The refusal where there is no such row.
    fn absent(&self, entry: &Entry, position: String) -> Refusal {
        let table = language::value(self.table).into_owned();
        let known = [("number", entry.number.clone()), ("position", position), ("table", table)];
        let (what, way_out) = self.missing;
        Refusal::not_found(fill(words(what), &known)).or(fill(words(way_out), &known))
    }

    /// The positions that stand, where this one was taken back.
    fn others(&self, book: &Connection, entry: &Entry, position: i64) -> Result<Vec<i64>> {
        let sql = format!(
            "SELECT position FROM {0} WHERE undone_on IS NULL AND entry = ?1
                AND EXISTS (SELECT 1 FROM {0} WHERE undone_on IS NOT NULL AND entry = ?1 AND position = ?2) ORDER BY position",
            self.table
        );
        book.column(&sql, (entry.id, position))
    }

    /// All its rows, each with its position.
    pub(super) fn rows(&self, book: &Connection, entry: &Entry) -> Result<Vec<(i64, Row)>> {
        let sql =
            format!("SELECT position FROM {} WHERE undone_on IS NULL AND entry = ?1 ORDER BY position", self.table);
        let positions = book.column(&sql, [entry.id])?;
        positions.into_iter().map(|position| Ok((position, self.row(book, entry, position)?))).collect()
    }

    /// The rows that stand, each by its position with what its columns say.
    pub(crate) fn told(&self, book: &Connection, entry: &Entry) -> Result<Vec<(i64, Vec<Said>)>> {
        let sql = format!("SELECT * FROM {} WHERE undone_on IS NULL AND entry = ?1 ORDER BY position", self.table);
        let restricted = super::named(&entry.register)?.restricted;
        let mut statement = book.prepare_cached(&sql)?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([entry.id])?;
        let mut told = Vec::new();
        while let Some(row) = rows.next()? {
            let mut words = Vec::new();
            for (index, name) in names.iter().enumerate() {
                let is_its_own =
                    !["entry", "position"].contains(&name.as_str()) && !restricted.contains(&name.as_str());
                let column = Column::of_sql(name);
                let said = column.spoken(row.get_ref(index)?)?;
                if is_its_own && !said.is_empty() {
                    words.push((column, said));
                }
            }
            told.push((row.get("position")?, words));
        }
        Ok(told)
    }

    /// The position of the last row before another that stands; none where there is none.
    pub(super) fn last_before(&self, book: &Connection, entry: &Entry, position: i64) -> Result<Option<i64>> {
        let sql = format!(
            "SELECT max(position) FROM {} WHERE undone_on IS NULL AND entry = ?1 AND position < ?2",
            self.table
        );
        book.only(&sql, (entry.id, position))
    }

    /// Adds a row behind the others. Gives its position.
    pub(super) fn add(&self, change: &Change<'_>, entry: &Entry, row: &Row) -> Result<i64> {
        let values = row.values().map(|value| value as &dyn ToSql);
        entry.append(change, self.table, &row.columns().zip(values).collect::<Vec<_>>())
    }

    /// Has the entry's next journal record hold a row, where records hold the rows of this list one by one.
    fn wrote(&self, change: &Change<'_>, entry: &Entry, position: i64) -> Result<()> {
        if entry.thing()?.growing().contains(&self.table) {
            change.wrote(self.table, entry.id, position);
        }
        Ok(())
    }

    /// The position of the first row of which this holds, in SQL with these values from `?2` on; none where there is none.
    pub(super) fn find(&self, task: &Task<'_, '_>, condition: &str, values: &[&dyn ToSql]) -> Result<Option<i64>> {
        let sql = format!(
            "SELECT position FROM {} WHERE undone_on IS NULL AND entry = ?1 AND {condition} ORDER BY position LIMIT 1",
            self.table
        );
        let values = std::iter::once(&task.entry.id as &dyn ToSql).chain(values.iter().copied());
        task.sql().value(&sql, params_from_iter(values))
    }

    /// Writes what is new of a row.
    pub(super) fn correct(&self, change: &Change<'_>, entry: &Entry, position: i64, row: &Row) -> Result<()> {
        let set: Vec<String> = row.columns().zip(3..).map(|(column, mark)| format!("{column} = ?{mark}")).collect();
        if set.is_empty() {
            return Ok(());
        }
        let sql = format!("UPDATE {} SET {} WHERE entry = ?1 AND position = ?2", self.table, set.join(", "));
        let keys = [Value::Integer(entry.id), Value::Integer(position)];
        change.sql().prepare_cached(&sql)?.execute(params_from_iter(keys.iter().chain(row.values())))?;
        self.wrote(change, entry, position)
    }

    /// Marks a row as taken back.
    fn take_out(&self, change: &Change<'_>, entry: &Entry, position: i64) -> Result<()> {
        let sql = format!("UPDATE {} SET undone_on = ?3 WHERE entry = ?1 AND position = ?2", self.table);
        change.sql().prepare_cached(&sql)?.execute((entry.id, position, change.today()))?;
        self.wrote(change, entry, position)
    }
}
