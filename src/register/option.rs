//! A field as an option of a command line, and what was typed for it.

use anyhow::Result;
use chrono::NaiveDate;
use clap::builder::{ArgExt, PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use rusqlite::types::Value;

use super::entry::Entry;
use super::field::{Field, Kind, Need, Rows, Spec};
use crate::book::change::Change;
use crate::day::{self, DayArg};
use crate::elsewhere::Named;
use crate::language::{Meant, words};
use crate::money::{Money, agreed, estimate, estimate_or_none};
use crate::office::{department, identity};
use crate::refusal::Refusal;
use crate::register::project;
use crate::say;
use crate::text::{self, Line, Text};
use crate::whole;

/// Which verb asks for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The one that enters it.
    Step,
    /// `amend`.
    Amend,
}

/// The option that records the breach of a rule instead of refusing it.
pub(super) fn exception(help: &'static str) -> Arg {
    Arg::new("exception").long("exception").value_name("REASON").help(help).value_parser(value_parser!(Text))
}

/// What was typed for a field.
#[derive(Debug, Clone)]
enum Typed {
    Value(Value),
    Text(String),
    Day(DayArg),
    Row(Vec<Value>),
}

/// What was given for a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Given {
    /// The column's new value.
    Value(Value),
    /// The rows that take the place of those that were.
    Rows(Vec<Vec<Value>>),
}

impl<T> Field<T> {
    /// The same, whose option was called so at the step that enters it.
    pub(crate) const fn formerly(self, formerly: &'static str) -> Self {
        Self { spec: Spec { formerly: Some(formerly), ..self.spec }, ..self }
    }

    /// The same, of which the word for none says in any language that there is none.
    pub(crate) const fn or_none(self) -> Self {
        Self { spec: Spec { or_none: true, ..self.spec }, ..self }
    }
}

/// Marks an option of which the word for none is the whole answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OrNone;

impl ArgExt for OrNone {}

impl Spec {
    /// Its option on that verb.
    #[must_use]
    pub fn typed_as(&self, at: At) -> &'static str {
        self.at_step.filter(|_| at == At::Step).unwrap_or(self.option)
    }

    /// The word that stands for a value in the help.
    pub(crate) fn placeholder(&self, at: At) -> String {
        match self.value_name {
            "" => self.typed_as(at).to_uppercase().replace('-', "_"),
            name => name.to_owned(),
        }
    }

    /// Its option on that verb; none of what no option enters.
    pub(super) fn argument(&self, at: At) -> Option<Arg> {
        self.is_taken(at).then(|| self.typed(at))
    }

    /// Whether that verb takes it.
    #[must_use]
    pub const fn is_taken(&self, at: At) -> bool {
        !(matches!(self.kind, Kind::Flag) || self.corrected && matches!(at, At::Step))
    }

    /// What its option on that verb may be called besides, which help does not show: at the step also as on `amend`.
    pub fn also(&self, at: At) -> impl Iterator<Item = &'static str> + use<> {
        let own =
            [self.at_step.map(|_| self.option), self.formerly].into_iter().flatten().filter(move |_| at == At::Step);
        self.alias.into_iter().chain(own)
    }

    fn typed(&self, at: At) -> Arg {
        let argument = Arg::new(self.column).long(self.typed_as(at)).help(self.help(at));
        let argument = argument.aliases(self.also(at));
        let argument = self.with.iter().fold(argument, Arg::requires);
        let argument = self.unless.iter().fold(argument, Arg::conflicts_with);
        if matches!(self.kind, Kind::Switch) {
            return argument.action(ArgAction::SetTrue);
        }
        let argument = argument.value_name(self.placeholder(at)).value_parser(self.parser());
        let argument = match self.kind {
            _ if self.secret => argument.add(Named::Secret),
            Kind::Text => argument.add(Named::Text),
            Kind::Line | Kind::Paper(_) | Kind::Lines(_) => argument.add(Named::Line),
            _ => argument,
        };
        let argument = if self.or_none { argument.add(OrNone) } else { argument };
        let argument = match self.unless.filter(|_| self.is_asked(at)) {
            None => argument.required(self.is_asked(at)),
            Some(other) => argument.required_unless_present(other),
        };
        let argument = match self.preset.filter(|_| at == At::Step) {
            None => argument,
            Some(preset) => argument.required(false).default_value(preset),
        };
        match self.kind {
            Kind::Lines(_) | Kind::Rows(_) => argument.action(ArgAction::Append),
            Kind::Estimate | Kind::EstimateOrNone => argument.allow_negative_numbers(true),
            Kind::Agreed => argument.allow_hyphen_values(true),
            Kind::Usual(words) if at == At::Step => argument.required(false).default_value(words[0].0),
            _ => argument,
        }
    }

    /// What help says of it, which is the question for it as well.
    #[must_use]
    pub fn help(&self, at: At) -> String {
        match at {
            At::Amend => {
                let described = self.described(self.on_amend.unwrap_or(self.hint));
                if self.may_be_taken_off() { say!("{described}; none takes it off", described) } else { described }
            }
            At::Step if self.otherwise.is_empty() => self.described(self.hint),
            At::Step => {
                let (described, otherwise) = (self.described(self.hint), words(self.otherwise));
                say!("{described} [default: {otherwise}]", described, otherwise)
            }
        }
    }

    /// Whether `amend` takes `none` for it: it names an entry, and may name none.
    fn may_be_taken_off(&self) -> bool {
        matches!(self.kind, Kind::Project | Kind::Entry(_)) && self.need == Need::Optional && self.is_amended()
    }

    fn is_asked(&self, at: At) -> bool {
        at == At::Step && self.need != Need::Optional
    }

    /// The position that was typed for it, of a field that tells which row of a list is meant.
    pub(super) fn position(&self, matches: &ArgMatches) -> Option<i64> {
        match matches.get_one::<Typed>(self.column) {
            Some(Typed::Value(Value::Integer(position))) => Some(*position),
            _ => None,
        }
    }

    /// The text that was typed for it, as it was typed.
    pub(super) fn text<'m>(&self, matches: &'m ArgMatches) -> Option<&'m str> {
        match matches.get_one::<Typed>(self.column) {
            Some(Typed::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn parser(&self) -> ValueParser {
        let whole = |money: Money| Typed::Value(Value::Integer(money.0));
        match self.kind {
            Kind::Line
            | Kind::Paper(_)
            | Kind::Lines(_)
            | Kind::Project
            | Kind::Entry(_)
            | Kind::Department
            | Kind::Person => {
                ValueParser::new(|typed: &str| typed.parse::<Line>().map(|line| Typed::Text(line.to_string())))
            }
            Kind::Text | Kind::Flag | Kind::Switch => {
                ValueParser::new(|typed: &str| typed.parse::<Text>().map(|text| Typed::Text(text.to_string())))
            }
            Kind::Day => ValueParser::new(|typed: &str| DayArg::to_come(typed).map(Typed::Day)),
            Kind::PastDay => ValueParser::new(|typed: &str| typed.parse::<DayArg>().map(Typed::Day)),
            Kind::Estimate => ValueParser::new(move |typed: &str| estimate(typed).map(whole)),
            Kind::EstimateOrNone => ValueParser::new(move |typed: &str| estimate_or_none(typed).map(whole)),
            Kind::Agreed => ValueParser::new(move |typed: &str| agreed(typed).map(whole)),
            Kind::Count(most) => {
                let units = if self.value_name == "DAYS" { whole::DAYS } else { &[] };
                ValueParser::new(move |typed: &str| {
                    whole::within(typed, (1, most.into()), units).map(|count| Typed::Value(Value::Integer(count)))
                })
            }
            Kind::Choice(words) | Kind::Usual(words) => {
                let words = words.iter().map(|(word, help)| PossibleValue::new(*word).help(*help));
                ValueParser::new(Meant(PossibleValuesParser::new(words)).map(Typed::Text))
            }
            Kind::Read(read) => ValueParser::new(move |typed: &str| read(typed).map(Typed::Value)),
            Kind::Rows(rows) => ValueParser::new(move |typed: &str| (rows.parse)(typed).map(Typed::Row)),
        }
    }

    /// What was typed for it on that verb; none where nothing was. A person who may not be named is refused by `clause`.
    pub(super) fn given(
        &self,
        change: &Change<'_>,
        matches: &ArgMatches,
        at: At,
        clause: &str,
    ) -> Result<Option<Given>> {
        if !self.is_taken(at) {
            return Ok(None);
        }
        if matches!(self.kind, Kind::Switch) {
            return Ok(matches.get_flag(self.column).then_some(Given::Value(Value::Integer(1))));
        }
        let Some(typed) = matches.get_many::<Typed>(self.column) else { return Ok(None) };
        self.refuse_equal(matches, at)?;
        if at == At::Amend && self.may_be_taken_off() && self.text(matches).is_some_and(text::is_none) {
            return Ok(Some(Given::Value(Value::Null)));
        }
        if self.is_given_none(matches, at)? {
            return Ok(Some(Given::Value(Value::Text(text::NONE.to_owned()))));
        }
        let mut texts = Vec::new();
        let mut rows = Vec::new();
        for typed in typed {
            match typed {
                Typed::Value(value) => return Ok(Some(Given::Value(value.clone()))),
                Typed::Day(day) => {
                    let day = self.day(self.meant(*day, change, at)?, change, at)?;
                    return Ok(Some(Given::Value(Value::Text(day.to_string()))));
                }
                Typed::Text(text) => texts.push(self.found(text, change, at, clause)?),
                Typed::Row(row) => rows.push(row.clone()),
            }
        }
        let between = if let Kind::Lines(between) = self.kind { between } else { "" };
        Ok(Some(if texts.is_empty() { Given::Rows(rows) } else { Given::Value(Value::Text(texts.join(between))) }))
    }

    /// Whether the word for none was typed, of a field that takes it. Beside anything else it is refused: either there is something, or none.
    fn is_given_none(&self, matches: &ArgMatches, at: At) -> Result<bool, Refusal> {
        let typed = matches.get_many::<Typed>(self.column).into_iter().flatten();
        let texts = typed.filter_map(|typed| if let Typed::Text(text) = typed { Some(text) } else { None });
        let (none, some): (Vec<&String>, Vec<&String>) =
            texts.filter(|_| self.or_none).partition(|text| text::is_none(text));
        if let (Some(none), Some(value)) = (none.first(), some.first()) {
            let (option, value) = (format!("--{}", self.typed_as(at)), text::quoted(value));
            let what = say!("{option} is {none} and {value} as well", option, none, value);
            return Err(Refusal::usage(what).or(say!("leave out one of the two")));
        }
        Ok(!none.is_empty())
    }

    /// Refuses what is given twice, of which the second says nothing: one visitor is not two.
    fn refuse_equal(&self, matches: &ArgMatches, at: At) -> Result<(), Refusal> {
        if matches!(self.kind, Kind::Rows(rows) if rows.may_repeat) {
            return Ok(());
        }
        let typed: Vec<String> = matches
            .get_raw(self.column)
            .into_iter()
            .flatten()
            .map(|value| text::plain(&value.to_string_lossy()))
            .collect();
        let twice =
            (1..typed.len()).find(|place| !typed[*place].is_empty() && typed[..*place].contains(&typed[*place]));
        let value = twice.and_then(|place| matches.get_raw(self.column)?.nth(place));
        let Some(value) = value else { return Ok(()) };
        let option = format!("--{}", self.typed_as(at));
        let what = say!("{option} names {value} twice", option, value = text::quoted(&value.to_string_lossy()));
        Err(Refusal::usage(what).or(say!("give each of them once; a quantity says how many")))
    }

    /// The day that is meant: of what has happened one that has come, of what is planned one that is to come.
    fn meant(&self, day: DayArg, change: &Change<'_>, at: At) -> Result<NaiveDate, Refusal> {
        let option = format!("--{}", self.typed_as(at));
        match (self.kind, at) {
            (Kind::PastDay, _) => change.day_past(day, &option),
            (_, At::Step) => change.day_to_come(day, change.on, &option),
            (_, At::Amend) => Ok(change.day_near(day)),
        }
    }

    /// The day, which must have come where the field says so, and else lies within years.
    fn day(&self, day: NaiveDate, change: &Change<'_>, at: At) -> Result<NaiveDate> {
        if matches!(self.kind, Kind::Day) {
            day::refuse_years_away(day, change.on, &format!("--{}", self.typed_as(at)))?;
        }
        if matches!(self.kind, Kind::PastDay) {
            let until = if at == At::Amend { change.today() } else { change.on };
            day::refuse_future(day, until, &format!("--{}", self.typed_as(at)))?;
            if at == At::Step {
                change.refuse_closed(day)?;
            }
        }
        Ok(day)
    }

    /// The text as it is kept: the number or key of what it names.
    fn found(&self, text: &str, change: &Change<'_>, at: At, clause: &str) -> Result<String> {
        let book = change.sql();
        match (self.look_up, self.kind) {
            (Some(look_up), Kind::Department) => Ok(department::there(book, &look_up(book, text)?, change.on)?.key),
            (Some(look_up), _) => look_up(book, text),
            (None, Kind::Project) => self.referred(project::named(book, text)?, clause, at),
            (None, Kind::Entry(register)) => self.referred(Entry::find_in(book, register, text)?, clause, at),
            (None, Kind::Department) => Ok(department::there(book, text, change.on)?.key),
            (None, Kind::Person) => {
                let clause = self.clause.unwrap_or(clause);
                let named = if self.did { identity::on_the_staff } else { identity::given_to };
                Ok(named(change, text, clause, &format!("--{}", self.typed_as(at)))?.key)
            }
            (None, _) => Ok(text.to_owned()),
        }
    }

    /// The number of the entry that is referred to, which has not ended.
    fn referred(&self, entry: Entry, clause: &str, at: At) -> Result<String> {
        self.refuse_ended(&entry, clause, at)?;
        Ok(entry.number)
    }
}

impl Field<Vec<Vec<Value>>> {
    /// Rows of a table of its own.
    pub(crate) const fn rows(column: &'static str, hint: &'static str, rows: &'static Rows) -> Self {
        Self::new(column, hint, Kind::Rows(rows))
    }
}
