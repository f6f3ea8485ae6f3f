//! Lists of a register beside that of its entries, as data: a SELECT, and what chooses its rows.

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use rusqlite::types::Value;

use super::pack::PackFile;
use super::project;
use crate::day::{Month, MonthArg};
use crate::desk::Desk;
use crate::office::department;
use crate::person::Person;
use crate::sheet::query::Query;

/// A list of a register beside that of its entries.
#[derive(Debug)]
pub(crate) struct Extract {
    /// The verb.
    pub(crate) name: &'static str,
    /// What help says.
    pub(crate) about: &'static str,
    /// What stands above it, by its day and the person whom the line names.
    pub(crate) title: fn(NaiveDate, Option<&Person>) -> String,
    /// Its SELECT, over the day of `--on` as `:on`, `:today`, and what is chosen; NULL where nothing is.
    pub(crate) select: &'static str,
    /// What chooses its rows.
    pub(crate) choices: &'static [Choose],
}

/// An option that chooses rows of a list, and what help says of it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Choose {
    /// A word of its own: `:given` is 1 where it is given, else 0.
    Switch(&'static str, &'static str),
    /// What a person has: `:person` is their key.
    Person(&'static str),
    /// The same, named without an option.
    Whose(&'static str),
    /// What concerns a department: `:department` is its key.
    Department(&'static str),
    /// What belongs to a project, which is named by its number or its contract's without an option: `:number` is its number.
    Project(&'static str),
    /// What is of a month: `:month`.
    Month(&'static str),
}

/// The parameters of all that may choose.
const CHOOSING: [&str; 5] = [":given", ":person", ":department", ":number", ":month"];

impl Choose {
    const fn parameter(self) -> &'static str {
        match self {
            Self::Switch(..) => ":given",
            Self::Person(_) | Self::Whose(_) => ":person",
            Self::Department(_) => ":department",
            Self::Project(_) => ":number",
            Self::Month(_) => ":month",
        }
    }

    /// What the option is called.
    fn name(self) -> &'static str {
        match self {
            Self::Switch(name, _) => name,
            other => &other.parameter()[1..],
        }
    }

    fn argument(self) -> Arg {
        let argument = Arg::new(self.name());
        match self {
            Self::Switch(name, help) => argument.long(name).action(ArgAction::SetTrue).help(help),
            Self::Person(help) => argument.long("person").value_name("PERSON").help(help),
            Self::Whose(help) => argument.value_name("PERSON").help(help),
            Self::Department(help) => argument.long("department").value_name("DEPARTMENT").help(help),
            Self::Project(help) => argument.value_name("PROJECT").help(help),
            Self::Month(help) => {
                argument.long("month").value_name("MONTH").value_parser(value_parser!(MonthArg)).help(help)
            }
        }
    }
}

impl Extract {
    /// The options behind a door.
    pub(super) fn grammar(&self, door: Command) -> Command {
        door.args(self.choices.iter().map(|choice| choice.argument()))
    }

    /// Prints the rows that the line chooses.
    pub(super) fn run(&self, matches: &ArgMatches, desk: &mut Desk<'_>) -> Result<()> {
        let today = desk.today()?;
        let on = if self.select.contains(":on") { desk.on()? } else { today };
        let book = desk.book()?.reader();
        let (mut person, mut chosen) = (None, vec![(":today", today.to_string().into())]);
        for choice in self.choices {
            let name = choice.name();
            let word = || matches.get_one::<String>(name);
            let value = match choice {
                Choose::Switch(..) => Some(i64::from(matches.get_flag(name)).into()),
                Choose::Month(_) => matches.get_one::<MonthArg>(name).map(|month| month.on(today).to_string().into()),
                Choose::Department(_) => {
                    word().map(|which| department::find(book, which)).transpose()?.map(|found| found.key.into())
                }
                Choose::Project(_) => {
                    word().map(|which| project::named(book, which)).transpose()?.map(|found| found.number.into())
                }
                Choose::Person(_) | Choose::Whose(_) => {
                    person = word().map(|who| Person::find(book, who)).transpose()?;
                    person.as_ref().map(|person| person.key.clone().into())
                }
            };
            chosen.push((choice.parameter(), value.unwrap_or(Value::Null)));
        }
        let query = self.query((self.title)(on, person.as_ref()), on, chosen);
        desk.list(&query)
    }

    /// All its rows of a month, as a file of the month-end pack.
    pub(crate) fn of_month(&self, file: &str, title: String, month: Month) -> PackFile {
        let chosen = vec![(":month", month.to_string().into()), (":given", 0.into())];
        PackFile::new(file, self.query(title, month.last(), chosen), &[])
    }

    /// The list with its parameters: nothing chooses but what is chosen.
    fn query(&self, title: String, on: NaiveDate, chosen: Vec<(&'static str, Value)>) -> Query {
        let query = Query::new(title, self.select).with(":on", on.to_string());
        let query = CHOOSING.iter().fold(query, |query, name| query.with(name, Value::Null));
        chosen.into_iter().fold(query, |query, (name, value)| query.with(name, value))
    }
}
