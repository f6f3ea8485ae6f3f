//! Fields of a register, each declared once: what it is called in the book, on the command line and in a file, what it holds,
//! and where it must be given.
//!
//! The options of `add`, of the steps and of `amend`, the columns that an old file may have, and the statements that write
//! them follow from the declaration. `tests/it/invariants.rs` holds every field against the table in `schema.sql`.

use std::marker::PhantomData;

use anyhow::Result;
use chrono::NaiveDate;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, value_parser};
use rusqlite::Connection;
use rusqlite::types::Value;

use super::history_import as old;
use crate::day::DayArg;
use crate::money::{Money, estimate, estimate_or_none};
use crate::refusal::Refusal;
use crate::text::{Line, Text};

/// What stands between several values in one column.
pub const BETWEEN: &str = "、";

/// A field whose value is read as a `T`.
#[derive(Debug)]
pub struct Field<T> {
    /// The field.
    pub spec: Spec,
    value: PhantomData<fn() -> T>,
}

/// A field, whatever its values are.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// Its column in the register's own table; of a list, what the register's view calls it.
    pub column: &'static str,
    /// Its option, the same on every verb, and the short name of its column in a file.
    pub option: &'static str,
    /// Its option at the step that enters it, where a shorter one is clear there.
    pub at_step: Option<&'static str>,
    /// What help and the question for it say.
    pub help: &'static str,
    /// What stands for a value in the help; the option in capitals where it is empty.
    pub value_name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Where it must be given.
    pub need: Need,
    /// Whether what is given is also the journal's note, as a reason is.
    pub noted: bool,
    /// Whether it stays as it was entered: `amend` does not take it.
    pub fixed: bool,
    /// Looks up what was typed: a project by its contract, a person of the staff by key.
    pub look_up: Option<fn(&Connection, &str) -> Result<String>>,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text on one line.
    Line,
    /// Text, also of several lines.
    Text,
    /// Several texts on one line each, in one column.
    Lines,
    /// A day.
    Day,
    /// A day that has come.
    PastDay,
    /// An amount in yuan that is not negative.
    Estimate,
    /// The same, or `none`, which is kept as 0.
    EstimateOrNone,
    /// A whole number from 1 up to this.
    Count(u32),
    /// One of these words, each with its help; the first is the usual one.
    Choice(&'static [(&'static str, &'static str)]),
    /// A project, by its number or its contract's.
    Project,
    /// Yes or no; entered by no option.
    Flag,
    /// Rows of a table of its own.
    Rows(&'static Rows),
}

/// The rows that belong to an entry, such as its visitors.
#[derive(Debug)]
pub struct Rows {
    /// The table.
    pub table: &'static str,
    /// Its columns besides `entry` and `position`.
    pub columns: &'static [&'static str],
    /// Reads one row as it is typed.
    pub parse: fn(&str) -> Result<Vec<Value>, Refusal>,
    /// What stands between two of them in a file.
    pub between: char,
}

/// Where a field must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nowhere.
    Optional,
    /// Where its verb is carried out; old files may lack it.
    Asked,
    /// Also in an old file, where that tells that the step was taken.
    Given,
    /// Also in an old file, together with what tells that the step was taken: all of them or none.
    Tied,
}

/// What was typed for a field.
#[derive(Debug, Clone)]
enum Typed {
    Value(Value),
    Text(String),
    Day(DayArg),
    Row(Vec<Value>),
}

impl<T> Field<T> {
    const fn new(column: &'static str, help: &'static str, kind: Kind) -> Self {
        let spec = Spec {
            column,
            option: column,
            at_step: None,
            help,
            value_name: "",
            kind,
            need: Need::Optional,
            noted: false,
            fixed: false,
            look_up: None,
        };
        Self { spec, value: PhantomData }
    }

    /// The same under this option.
    #[must_use]
    pub const fn option(self, option: &'static str) -> Self {
        Self { spec: Spec { option, ..self.spec }, ..self }
    }

    /// The same under this option at the step that enters it.
    #[must_use]
    pub const fn at_step(self, option: &'static str) -> Self {
        Self { spec: Spec { at_step: Some(option), ..self.spec }, ..self }
    }

    /// The same with this word for a value in the help.
    #[must_use]
    pub const fn value_name(self, value_name: &'static str) -> Self {
        Self { spec: Spec { value_name, ..self.spec }, ..self }
    }

    /// The same, to be given as `need` says.
    #[must_use]
    pub const fn need(self, need: Need) -> Self {
        Self { spec: Spec { need, ..self.spec }, ..self }
    }

    /// The same, which is also the journal's note and stays as it was entered.
    #[must_use]
    pub const fn reason(self) -> Self {
        Self { spec: Spec { noted: true, fixed: true, need: Need::Asked, ..self.spec }, ..self }
    }

    /// The same, where what is typed is looked up in the book.
    #[must_use]
    pub const fn look_up(self, look_up: fn(&Connection, &str) -> Result<String>) -> Self {
        Self { spec: Spec { look_up: Some(look_up), ..self.spec }, ..self }
    }
}

impl Field<String> {
    /// Text on one line.
    #[must_use]
    pub const fn line(column: &'static str, help: &'static str) -> Self {
        Self::new(column, help, Kind::Line)
    }

    /// Text, also of several lines.
    #[must_use]
    pub const fn text(column: &'static str, help: &'static str) -> Self {
        Self::new(column, help, Kind::Text)
    }

    /// Several texts in one column.
    #[must_use]
    pub const fn lines(column: &'static str, help: &'static str) -> Self {
        Self::new(column, help, Kind::Lines)
    }

    /// One of these words.
    #[must_use]
    pub const fn choice(
        column: &'static str,
        help: &'static str,
        words: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self::new(column, help, Kind::Choice(words)).need(Need::Given)
    }

    /// A project, by its number or its contract's.
    #[must_use]
    pub const fn project(column: &'static str, help: &'static str) -> Self {
        Self::new(column, help, Kind::Project).value_name("PROJECT")
    }
}

impl Field<NaiveDate> {
    /// A day.
    #[must_use]
    pub const fn day(column: &'static str, help: &'static str) -> Self {
        Self::new(column, help, Kind::Day).value_name("DATE")
    }

    /// A day that has come.
    #[must_use]
    pub const fn past(column: &'static str, help: &'static str) -> Self {
        Self::new(column, help, Kind::PastDay).value_name("DATE")
    }
}

impl Field<Money> {
    /// An amount in yuan that is not negative.
    #[must_use]
    pub const fn estimate(column: &'static str, help: &'static str) -> Self {
        Self::new(column, help, Kind::Estimate).value_name("YUAN")
    }

    /// The same, or `none`.
    #[must_use]
    pub const fn estimate_or_none(column: &'static str, help: &'static str) -> Self {
        Self::new(column, help, Kind::EstimateOrNone).value_name("YUAN")
    }
}

impl Field<u32> {
    /// A whole number from 1.
    #[must_use]
    pub const fn count(column: &'static str, help: &'static str, most: u32) -> Self {
        Self::new(column, help, Kind::Count(most)).value_name("COUNT")
    }
}

impl Field<bool> {
    /// What the program itself says: yes or no.
    #[must_use]
    pub const fn flag(column: &'static str) -> Self {
        Self::new(column, "", Kind::Flag)
    }
}

impl Field<Vec<Vec<Value>>> {
    /// Rows of a table of its own.
    #[must_use]
    pub const fn rows(column: &'static str, help: &'static str, rows: &'static Rows) -> Self {
        Self::new(column, help, Kind::Rows(rows))
    }
}

/// What was given for a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// The column's new value.
    Value(Value),
    /// The rows that take the place of those that were.
    Rows(Vec<Vec<Value>>),
}

impl Spec {
    /// The name of its column in files and lists.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.column.strip_suffix("_fen").or_else(|| self.column.strip_suffix("_flag")).unwrap_or(self.column)
    }

    /// Its option at the step that enters it, or on `amend`.
    fn typed_as(&self, at_step: bool) -> &'static str {
        self.at_step.filter(|_| at_step).unwrap_or(self.option)
    }

    /// The word that stands for a value in the help.
    #[must_use]
    pub fn placeholder(&self, at_step: bool) -> String {
        match self.value_name {
            "" => self.typed_as(at_step).to_uppercase().replace('-', "_"),
            name => name.to_owned(),
        }
    }

    /// Its option, at the step that enters it or on `amend`.
    pub(super) fn argument(&self, at_step: bool) -> Arg {
        let option = self.typed_as(at_step);
        let argument = Arg::new(self.column)
            .long(option)
            .help(self.help)
            .value_name(self.placeholder(at_step))
            .required(at_step && self.need != Need::Optional)
            .value_parser(self.parser());
        match self.kind {
            Kind::Lines | Kind::Rows(_) => argument.action(ArgAction::Append),
            Kind::Estimate | Kind::EstimateOrNone => argument.allow_negative_numbers(true),
            Kind::Choice(words) if at_step => argument.required(false).default_value(words[0].0),
            _ => argument,
        }
    }

    fn parser(&self) -> ValueParser {
        let whole = |money: Money| Typed::Value(Value::Integer(money.0));
        match self.kind {
            Kind::Line | Kind::Lines | Kind::Project => {
                ValueParser::new(|typed: &str| typed.parse::<Line>().map(|line| Typed::Text(line.to_string())))
            }
            Kind::Text | Kind::Flag => {
                ValueParser::new(|typed: &str| typed.parse::<Text>().map(|text| Typed::Text(text.to_string())))
            }
            Kind::Day | Kind::PastDay => ValueParser::new(|typed: &str| typed.parse::<DayArg>().map(Typed::Day)),
            Kind::Estimate => ValueParser::new(move |typed: &str| estimate(typed).map(whole)),
            Kind::EstimateOrNone => ValueParser::new(move |typed: &str| estimate_or_none(typed).map(whole)),
            Kind::Count(most) => ValueParser::new(
                value_parser!(u32).range(1..=i64::from(most)).map(|count| Typed::Value(Value::Integer(count.into()))),
            ),
            Kind::Choice(words) => {
                let words = words.iter().map(|(word, help)| PossibleValue::new(*word).help(*help));
                ValueParser::new(PossibleValuesParser::new(words).map(Typed::Text))
            }
            Kind::Rows(rows) => ValueParser::new(move |typed: &str| (rows.parse)(typed).map(Typed::Row)),
        }
    }

    /// What was typed for it; none where nothing was.
    pub(super) fn given(
        &self,
        book: &Connection,
        matches: &clap::ArgMatches,
        today: NaiveDate,
    ) -> Result<Option<Given>> {
        let Some(typed) = matches.get_many::<Typed>(self.column) else { return Ok(None) };
        let mut texts = Vec::new();
        let mut rows = Vec::new();
        for typed in typed {
            match typed {
                Typed::Value(value) => return Ok(Some(Given::Value(value.clone()))),
                Typed::Day(day) => return Ok(Some(Given::Value(Value::Text(day.on(today).to_string())))),
                Typed::Text(text) => texts.push(match self.look_up {
                    Some(look_up) => look_up(book, text)?,
                    None => text.clone(),
                }),
                Typed::Row(row) => rows.push(row.clone()),
            }
        }
        Ok(Some(if texts.is_empty() { Given::Rows(rows) } else { Given::Value(Value::Text(texts.join(BETWEEN))) }))
    }

    /// The field as an old file has it; none of a list, which has no column of its own.
    pub(super) fn in_file(&self) -> Option<old::Field> {
        let kind = match self.kind {
            Kind::Line | Kind::Lines => old::Kind::Line,
            Kind::Text => old::Kind::Text,
            Kind::Day | Kind::PastDay => old::Kind::Day,
            Kind::Estimate => old::Kind::Estimate,
            Kind::EstimateOrNone => old::Kind::EstimateOrNone,
            Kind::Count(_) => old::Kind::CountFromOne,
            Kind::Choice(words) => old::Kind::Word(words),
            Kind::Project => old::Kind::Project,
            Kind::Flag => old::Kind::YesNo,
            Kind::Rows(_) => return None,
        };
        Some(old::Field { name: self.name(), column: self.column, kind, required: false })
    }
}

/// The fields of a list, whatever their values are: `fields![UNIT, PURPOSE]`.
#[macro_export]
macro_rules! fields {
    ($($field:ident),* $(,)?) => { &[$(&$field.spec),*] };
}
