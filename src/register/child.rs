//! Rows of a list that belongs to an entry: a verb adds one, `amend` corrects one or takes it out.

use anyhow::Result;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, ToSql, params_from_iter};

use super::entry::Entry;
use super::field::Field;
use super::form::{Form, Rule, Step};
use super::option::At;
use super::task::{Row, Task};
use crate::book::change::Change;
use crate::language::{fill, words};
use crate::refusal::Refusal;
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
    /// That there is no such row, and what to type instead, by `{number}` and `{position}`.
    pub(crate) missing: (&'static str, &'static str),
    /// What the list must keep once a row is added, corrected or taken out.
    pub(crate) kept: fn(&Task<'_, '_>) -> Result<()>,
    /// How a row is corrected; none where it stays as it was entered.
    pub(crate) amended: Option<Amended>,
}

/// How `amend` corrects a row of a list.
#[derive(Debug)]
pub(crate) struct Amended {
    /// The option that tells which row.
    pub(crate) option: &'static str,
    /// What stands for its value in the help.
    pub(crate) value_name: &'static str,
    /// What help says of it.
    pub(crate) help: &'static str,
    /// What help says of `--take-out`.
    pub(crate) take_out: &'static str,
    /// What the answer calls the row, by its `{position}`.
    pub(crate) row: &'static str,
    /// That nothing is given to correct in it, and what to give, by `{number}` and `{position}`.
    pub(crate) nothing: (&'static str, &'static str),
}

impl List {
    /// A list of which nothing is said yet.
    pub(crate) const BLANK: Self =
        Self { table: "", rules: &[], also: &[], missing: ("", ""), kept: |_| Ok(()), amended: None };

    /// The row at this position.
    pub(super) fn row(&self, book: &Connection, entry: &Entry, position: i64) -> Result<Row> {
        Row::of_list(book, self.table, entry, position).optional()?.ok_or_else(|| {
            let (what, way_out) = self.missing;
            Refusal::not_found(placed(what, entry, position)).or(placed(way_out, entry, position)).into()
        })
    }

    /// All its rows, each with its position.
    pub(super) fn rows(&self, book: &Connection, entry: &Entry) -> Result<Vec<(i64, Row)>> {
        let sql =
            format!("SELECT position FROM {} WHERE undone_on IS NULL AND entry = ?1 ORDER BY position", self.table);
        let positions = book
            .prepare_cached(&sql)?
            .query_map([entry.id], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        positions.into_iter().map(|position| Ok((position, self.row(book, entry, position)?))).collect()
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
        let mut statement = task.sql().prepare_cached(&sql)?;
        Ok(statement.query_row(params_from_iter(values), |row| row.get(0)).optional()?)
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

/// Writes a name as an earlier row of the list has it, so that two spellings of one carrier or supplier are not two.
pub(crate) fn name_as_before(task: &mut Task<'_, '_>, list: &List, field: &Field<String>) -> Result<()> {
    let folded = text::fold(&task.line.get(field)?.unwrap_or_default());
    let column = field.spec.column;
    let sql = format!("SELECT {column} FROM {} WHERE undone_on IS NULL AND entry = ?1 ORDER BY position", list.table);
    let earlier = task
        .sql()
        .prepare_cached(&sql)?
        .query_map([task.entry.id], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<String>>>()?;
    if let Some(known) = earlier.into_iter().find(|earlier| text::fold(earlier) == folded) {
        task.line.set(column, known);
    }
    Ok(())
}

/// The lists of a form whose rows `amend` corrects, each with the step that adds a row.
fn amended(form: &Form) -> impl Iterator<Item = (&Step, &'static List, &'static Amended)> {
    form.steps().filter_map(|step| {
        let list = step.into?;
        Some((step, list, list.amended.as_ref()?))
    })
}

/// The options with which `amend` corrects the rows of the form's lists.
pub(super) fn options(form: &Form, mut command: Command) -> Command {
    for (step, _, row) in amended(form) {
        let fields = step.fields.iter().filter_map(|field| Some(field.argument(At::Amend)?.requires(row.option)));
        let which = Arg::new(row.option).long(row.option).value_name(row.value_name).help(row.help);
        let out = Arg::new("take_out").long("take-out").help(row.take_out).action(ArgAction::SetTrue);
        command = command
            .arg(which.value_parser(value_parser!(i64)))
            .args(fields)
            .arg(out.requires(row.option).conflicts_with_all(step.fields.iter().map(|field| field.column)));
    }
    command
}

/// A row that is being corrected.
pub(super) struct Correction {
    /// The list.
    pub(super) list: &'static List,
    row: &'static Amended,
    out: bool,
}

impl Correction {
    /// The row that was named on the command line, as it stands and as it is to be; none where none was.
    pub(super) fn read(form: &'static Form, matches: &ArgMatches, task: &mut Task<'_, '_>) -> Result<Option<Self>> {
        for (step, list, row) in amended(form) {
            let Some(position) = matches.get_one::<i64>(row.option) else { continue };
            task.entry.step(task.sql(), step.name, None)?;
            task.position = *position;
            task.line = list.row(task.sql(), &task.entry, *position)?;
            let out = matches.get_flag("take_out");
            if !out {
                task.read_line(step.fields, matches, At::Amend)?;
                if !step.fields.iter().any(|field| task.line.differs(field)) {
                    let nothing = Refusal::usage(placed(row.nothing.0, &task.entry, *position)).or(placed(
                        row.nothing.1,
                        &task.entry,
                        *position,
                    ));
                    return Err(nothing.into());
                }
            }
            return Ok(Some(Self { list, row, out }));
        }
        Ok(None)
    }

    /// Writes the row, or takes it out.
    pub(super) fn write(&self, task: &Task<'_, '_>) -> Result<()> {
        let entry = &task.entry;
        if self.out {
            self.list.take_out(task.change, entry, task.position)?;
        } else {
            self.list.correct(task.change, entry, task.position, &task.line)?;
        }
        (self.list.kept)(task)
    }

    /// What the answer calls the row.
    pub(super) fn named(&self, task: &Task<'_, '_>) -> String {
        placed(self.row.row, &task.entry, task.position)
    }
}

/// A sentence about a row of an entry's list.
fn placed(sentence: &'static str, entry: &Entry, position: i64) -> String {
    fill(words(sentence), &[("number", entry.number.clone()), ("position", position.to_string())])
}
