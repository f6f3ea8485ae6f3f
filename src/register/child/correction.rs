//! Rows of lists as `amend` corrects them: the options that tell a row and its facts, and the row that is corrected or taken out.

use anyhow::Result;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::{Amended, List, held};
use crate::language::{self, fill, words};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::field::Spec;
use crate::register::form::{Form, Step};
use crate::register::option::At;
use crate::register::task::Task;
use crate::register::turned;
use crate::say;
use crate::text::{self, Line};

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
pub(crate) fn options(form: &Form, mut command: Command) -> Command {
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

/// What help says of `--exception` where `amend` takes it for the rows of a list; none where it takes it for none.
pub(crate) fn excuses_correction(form: &Form) -> Option<&'static str> {
    amended(form).map(|corrected| corrected.row.exception).find(|exception| !exception.is_empty())
}

/// The options that correct a row of a list, the one that names it first; none where its rows are taken back alone.
pub(crate) fn of_list(form: &Form, list: &List) -> Vec<String> {
    let Some(found) = amended(form).find(|corrected| corrected.list.table == list.table) else { return Vec::new() };
    let fields = found.fields.iter().map(|field| field.typed_as(At::Amend));
    std::iter::once(found.row.option).chain(fields).map(|option| format!("--{option}")).collect()
}

/// The fields of the row that is named on the command line; none where no row is.
pub(crate) fn of_row(form: &Form, matches: &ArgMatches) -> Vec<&'static str> {
    let named = amended(form).find(|corrected| matches.contains_id(corrected.row.option));
    named.map_or_else(Vec::new, |corrected| corrected.fields.iter().map(|field| field.column).collect())
}

/// The fields of rows that are given, and the options of which one tells the row; none where a row is told.
pub(crate) fn without_row(form: &Form, matches: &ArgMatches) -> Option<(&'static str, Vec<&'static str>)> {
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
pub(crate) fn refuse_besides(form: &Form, matches: &ArgMatches, entry: &Entry) -> Result<()> {
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
pub(crate) struct Correction {
    /// The list.
    pub(crate) list: &'static List,
    row: &'static Amended,
    fields: Vec<&'static Spec>,
    out: bool,
}

impl Correction {
    /// The row that was named on the command line, as it stands and as it is to be; none where none was.
    pub(crate) fn read(form: &'static Form, matches: &ArgMatches, task: &mut Task<'_, '_>) -> Result<Option<Self>> {
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
            if !out {
                held::row(task, list.table, fields)?;
            }
            return Ok(Some(Self { list, row, fields: fields.to_vec(), out }));
        }
        Ok(None)
    }

    /// The fields that may be corrected.
    pub(crate) fn fields(&self) -> &[&'static Spec] {
        &self.fields
    }

    /// Whether what breaks the rules over it may be excused.
    pub(crate) const fn is_excusable(&self) -> bool {
        !self.row.exception.is_empty()
    }

    /// Writes the row, or takes it out. What the book itself does not take is refused in its words.
    pub(crate) fn write(&self, task: &mut Task<'_, '_>) -> Result<()> {
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
    pub(crate) fn named(&self, task: &Task<'_, '_>) -> Result<String> {
        let turned = turned::all(&task.line, self.fields.iter().filter(|_| !self.out), task.register)?;
        if self.row.row.is_empty() {
            return Ok(format!("{} {}{turned}", language::value(self.list.table), task.position));
        }
        Ok(placed(self.row.row, &task.entry, task.position) + &turned)
    }
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
