//! Rows of a list that belongs to an entry: a verb adds one, `amend` corrects one or takes it out.

use anyhow::Result;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, ToSql, params_from_iter};

use super::entry::Entry;
use super::field::{Field, Spec};
use super::form::{Form, Rule, Step};
use super::option::At;
use super::task::{Row, Task};
use crate::book::change::Change;
use crate::language::{self, fill, words};
use crate::phrase;
use crate::refusal::Refusal;
use crate::say;
use crate::text::{self, Line};

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
            help: "The row that is corrected, by its place in the history",
            take_out: "",
            row: "",
            nothing: (
                phrase!("nothing to correct in row {position} of {number}"),
                phrase!("name a field and its new value"),
            ),
            amount: "",
        }
    }
}

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
        let mut statement = book.prepare_cached(&sql)?;
        Ok(statement.query_map((entry.id, position), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
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

/// The lists of a form whose rows `amend` corrects, each with the step that adds a row and the fields.
fn amended(form: &Form) -> impl Iterator<Item = Corrected<'_>> {
    let of_steps = form.steps().filter_map(|step| Some((Some(step), step.into?)));
    let all = of_steps.chain(form.corrects.iter().map(|list| (None, *list)));
    let mut known: Vec<&str> = Vec::new();
    all.filter_map(move |(step, list)| {
        let row = list.amended.as_ref()?;
        if known.contains(&row.option) {
            return None;
        }
        known.push(row.option);
        let fields = if row.fields.is_empty() { step.map_or(&[][..], |step| step.fields) } else { row.fields };
        Some(Corrected { step, list, row, fields })
    })
}

/// A list whose rows `amend` corrects.
struct Corrected<'f> {
    /// The step that adds a row; none where that is no step of the list's own.
    step: Option<&'f Step>,
    list: &'static List,
    row: &'static Amended,
    fields: &'f [&'static Spec],
}

/// The options with which `amend` corrects the rows of the form's lists. A field of a row that is called as one of the entry's own
/// shares its option.
pub(super) fn options(form: &Form, mut command: Command) -> Command {
    for Corrected { row, fields, .. } in amended(form) {
        let which = Arg::new(row.option).long(row.option).value_name(row.value_name).help(row.help);
        command = command.arg(which.value_parser(value_parser!(Line)));
        for field in fields {
            let same =
                |known: &Arg| known.get_id() == field.column || known.get_long() == Some(field.typed_as(At::Amend));
            if !command.get_arguments().any(same)
                && let Some(argument) = field.argument(At::Amend)
            {
                command = command.arg(argument);
            }
        }
        if !row.take_out.is_empty() {
            let out = Arg::new("take_out").long("take-out").help(row.take_out).action(ArgAction::SetTrue);
            command = command.arg(out.requires(row.option).conflicts_with_all(fields.iter().map(|field| field.column)));
        }
    }
    command
}

/// The options that correct a row of a list, the one that names it first; none where its rows are taken back alone.
pub(super) fn of_list(form: &Form, list: &List) -> Vec<String> {
    let Some(found) = amended(form).find(|corrected| corrected.list.table == list.table) else { return Vec::new() };
    let fields = found.fields.iter().map(|field| field.typed_as(At::Amend));
    std::iter::once(found.row.option).chain(fields).map(|option| format!("--{option}")).collect()
}

/// The fields of the row that is named on the command line; none where no row is.
pub(super) fn of_row(form: &Form, matches: &ArgMatches) -> Vec<&'static str> {
    let named = amended(form).find(|corrected| matches.contains_id(corrected.row.option));
    named.map_or_else(Vec::new, |corrected| corrected.fields.iter().map(|field| field.column).collect())
}

/// The fields of rows that are given, and the options of which one tells the row; none where a row is told.
pub(super) fn without_row(form: &Form, matches: &ArgMatches) -> Option<(&'static str, Vec<&'static str>)> {
    if !of_row(form, matches).is_empty() {
        return None;
    }
    let given = |field: &&'static Spec| matches.value_source(field.column) == Some(ValueSource::CommandLine);
    let field = amended(form).flat_map(|corrected| corrected.fields.to_vec()).find(given)?;
    let own = form.fields().any(|(_, own)| own.column == field.column && own.is_amended());
    let rows = amended(form).filter(|corrected| corrected.fields.iter().any(|other| other.column == field.column));
    (!own).then(|| (field.typed_as(At::Amend), rows.map(|corrected| corrected.row.option).collect()))
}

/// Refuses whatever is given besides a row and its facts: of the entry itself, or of rows of other lists.
pub(super) fn refuse_besides(form: &Form, matches: &ArgMatches, entry: &Entry) -> Result<()> {
    let Some(named) = amended(form).find(|corrected| matches.contains_id(corrected.row.option)) else { return Ok(()) };
    let of_row = of_row(form, matches);
    let own = form.fields().filter(|(_, field)| field.is_amended()).map(|(_, field)| field);
    let days = form.own_steps().filter_map(|step| step.signed);
    let others = amended(form).flat_map(|corrected| corrected.fields.to_vec());
    let given = |field: &&Spec| {
        !of_row.contains(&field.column)
            && matches!(matches.try_contains_id(field.column), Ok(true))
            && matches.value_source(field.column) == Some(ValueSource::CommandLine)
    };
    let rows = amended(form).map(|corrected| corrected.row.option).filter(|option| *option != named.row.option);
    let option = own.chain(days).chain(others).find(given).map(|field| field.typed_as(At::Amend));
    let another = rows.into_iter().find(|option| matches.contains_id(option));
    let Some(option) = option.or(another) else { return Ok(()) };
    let which = matches.get_one::<Line>(named.row.option).map(ToString::to_string).unwrap_or_default();
    let row = format!("{} {which}", language::value(named.list.table));
    let what = say!("--{option} is no fact of {row}", option, row);
    let way_out = if option == "amount" && !named.row.amount.is_empty() {
        fill(
            words(named.row.amount),
            &[("number", entry.number.clone()), ("position", text::word(&which).into_owned())],
        )
    } else {
        say!("correct that in a line of its own, without --{row}", row = named.row.option)
    };
    Err(Refusal::usage(what).or(way_out).into())
}

/// A row that is being corrected.
pub(super) struct Correction {
    /// The list.
    pub(super) list: &'static List,
    row: &'static Amended,
    fields: Vec<&'static Spec>,
    out: bool,
}

impl Correction {
    /// The row that was named on the command line, as it stands and as it is to be; none where none was.
    pub(super) fn read(form: &'static Form, matches: &ArgMatches, task: &mut Task<'_, '_>) -> Result<Option<Self>> {
        for Corrected { step, list, row, fields } in amended(form) {
            let Some(typed) = matches.get_one::<Line>(row.option) else { continue };
            if let Some(step) = step.filter(|_| row.fields.is_empty()) {
                task.entry.step(task.sql(), step.name, None)?;
            }
            let position = list.position(task.sql(), &task.entry, typed)?;
            task.position = position;
            task.line = list.row(task.sql(), &task.entry, position)?;
            let out = !row.take_out.is_empty() && matches.get_flag("take_out");
            if !out {
                task.read_line(fields, matches, At::Amend)?;
                if !fields.iter().any(|field| task.line.differs(field)) {
                    let nothing = Refusal::usage(placed(row.nothing.0, &task.entry, position)).or(placed(
                        row.nothing.1,
                        &task.entry,
                        position,
                    ));
                    return Err(nothing.into());
                }
            }
            refuse_judged(task, fields)?;
            return Ok(Some(Self { list, row, fields: fields.to_vec(), out }));
        }
        Ok(None)
    }

    /// The fields that may be corrected.
    pub(super) fn fields(&self) -> &[&'static Spec] {
        &self.fields
    }

    /// Writes the row, or takes it out. What the book itself does not take is refused in its words.
    pub(super) fn write(&self, task: &mut Task<'_, '_>) -> Result<()> {
        let entry = &task.entry;
        let written = if self.out {
            self.list.take_out(task.change, entry, task.position)
        } else {
            self.list.correct(task.change, entry, task.position, &task.line)
        };
        written.map_err(|error| refused_by_the_book(&task.clause, entry, error))?;
        (self.list.kept)(task)
    }

    /// What the answer calls the row.
    pub(super) fn named(&self, task: &Task<'_, '_>) -> Result<String> {
        let turned = super::turned::all(&task.line, self.fields.iter().filter(|_| !self.out), task.register)?;
        if self.row.row.is_empty() {
            return Ok(format!("{} {}{turned}", language::value(self.list.table), task.position));
        }
        Ok(placed(self.row.row, &task.entry, task.position) + &turned)
    }
}

/// Nobody corrects the day by which they are judged themselves (Q9).
fn refuse_judged(task: &Task<'_, '_>, fields: &[&'static Spec]) -> Result<()> {
    for field in fields.iter().filter(|field| task.line.differs(field)) {
        let Some(judged) = field.judges.and_then(|column| task.line.was_text(column)) else { continue };
        if let Some(hand) = task.change.recorder.hands().find(|hand| hand.key == judged) {
            let what = say!("{hand} is judged by {day}, and does not correct it", hand, day = field.label());
            return Err(Refusal::rule(&task.clause, what).or(say!("let another clerk correct it")).into());
        }
    }
    Ok(())
}

/// What a trigger or check of the book says against a correction, as a refusal by this clause.
fn refused_by_the_book(clause: &str, entry: &Entry, error: anyhow::Error) -> anyhow::Error {
    match error.downcast_ref::<rusqlite::Error>() {
        Some(rusqlite::Error::SqliteFailure(failure, Some(said)))
            if failure.code == rusqlite::ErrorCode::ConstraintViolation =>
        {
            // What a trigger says is meant for a person; what a table's own checks say is not.
            let said = if said.contains("constraint failed") {
                say!("what is corrected does not go with the rest of its row").to_owned()
            } else {
                said.clone()
            };
            let see = say!("see what stands with: branchbook history {number}", number = entry.number);
            Refusal::rule(clause, said).or(see).into()
        }
        _ => error,
    }
}

/// A sentence about a row of an entry's list.
fn placed(sentence: &'static str, entry: &Entry, position: i64) -> String {
    fill(words(sentence), &[("number", entry.number.clone()), ("position", position.to_string())])
}
