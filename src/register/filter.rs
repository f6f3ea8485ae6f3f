//! What a list shows: the options that mean the same in every register.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;

use super::Register;
use crate::book::select::Select;
use crate::day::{self, DayArg, Month, MonthArg};
use crate::language;
use crate::language::words;
use crate::office::department;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::query::Query;
use crate::whole;

/// Which entries a list shows
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Filter {
    /// Entries of which days
    #[command(flatten)]
    pub(crate) days: Days,
    /// Entries of this department
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: Option<String>,
    /// Entries about this person
    #[arg(long, value_name = "PERSON")]
    pub(crate) person: Option<String>,
    /// Entries in this state
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<String>,
    /// Entries in which each of these words is found, whatever its width, case, brackets and hyphens
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// Only the last so many; 0 for all
    #[arg(long, value_name = "COUNT", value_parser = whole::count)]
    pub(crate) last: Option<u32>,
}

/// How many of a list `--last` leaves; none where it leaves all, as 0 does in every list.
pub(crate) fn only_last(last: Option<u32>) -> Option<u32> {
    last.filter(|last| *last > 0)
}

/// Entries of which days are meant
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Days {
    /// Entries of this month, such as 2026-10
    #[arg(long, value_name = "MONTH", conflicts_with_all = ["from", "to"])]
    month: Option<MonthArg>,
    /// Entries from this day on
    #[arg(long, value_name = "DATE")]
    from: Option<DayArg>,
    /// Entries up to this day
    #[arg(long, value_name = "DATE")]
    to: Option<DayArg>,
}

/// A first and a last day, where there are such.
pub(crate) type Period = (Option<NaiveDate>, Option<NaiveDate>);

impl Days {
    /// Those of a month.
    pub(crate) fn of(month: Month) -> Self {
        Self { month: Some(MonthArg::Month(month)), ..Self::default() }
    }

    /// The first and the last day; refused where the last is before the first.
    pub(crate) fn period(&self, today: NaiveDate) -> Result<Period> {
        let (from, to) = self.ends(today);
        if let (Some(from), Some(to)) = (from, to) {
            day::refuse_backwards(from, to, "--to")?;
        }
        Ok((from, to))
    }

    fn ends(&self, today: NaiveDate) -> Period {
        if let Some(month) = self.month.map(|month| month.on(today)) {
            return (Some(month.first()), Some(month.last()));
        }
        DayArg::listed(self.from, self.to, today)
    }
}

impl Filter {
    /// The list of a register's rows (a SELECT with the view's columns) that this filter lets through.
    pub(crate) fn apply(&self, book: &Connection, register: &Register, rows: &str, today: NaiveDate) -> Result<Query> {
        let mut conditions = vec!["1".to_owned()];
        let named_on = self.days.month.map(|month| month.on(today).last());
        let mut query =
            Query { title: words(register.title).to_owned(), of: register.name, named_on, ..Query::default() };
        let mut condition = |sql: String, name: &'static str, value: String| {
            conditions.push(sql);
            query.parameters.push((name, value.into()));
        };
        let (from, to) = self.days.period(today)?;
        if let Some(from) = from {
            condition(format!("{} >= :from", register.day), ":from", from.to_string());
        }
        if let Some(to) = to {
            condition(format!("{} <= :to", register.day), ":to", to.to_string());
        }
        if let Some(department) = &self.department {
            condition("department = :department".to_owned(), ":department", department::find(book, department)?.key);
        }
        if let Some(person) = &self.person {
            condition(format!("{} = :person", register.person), ":person", Person::find(book, person)?.key);
        }
        if let Some(state) = &self.state {
            condition("state = :state".to_owned(), ":state", check_state(book, register, state)?);
        }
        if let Some(text) = &self.text {
            condition(format!("{} IS NOT NULL", fits(register)), ":text", text.clone());
        }
        let conditions = conditions.join(" AND ");
        let order = format!("{}, id", register.day);
        query.sql = match only_last(self.last) {
            None => format!("SELECT * FROM ({rows}) WHERE {conditions} ORDER BY {order}"),
            Some(last) => format!(
                "SELECT * FROM (SELECT * FROM ({rows}) WHERE {conditions} ORDER BY {day} DESC, id DESC LIMIT {last}) ORDER BY {order}",
                day = register.day
            ),
        };
        Ok(query)
    }

    /// The filter in words, for the access log.
    pub(crate) fn words(&self, today: NaiveDate) -> String {
        let (from, to) = self.days.ends(today);
        let parts = [
            from.map(|day| say!("from {day}", day)),
            to.map(|day| say!("to {day}", day)),
            self.department.as_ref().map(|key| say!("department {key}", key)),
            self.person.as_ref().map(|key| say!("person {key}", key)),
            self.state.as_ref().map(|state| say!("state {state}", state = language::value(state))),
            self.text.as_ref().map(|text| say!("text {text}", text)),
            only_last(self.last).map(|last| say!("last {last}", last)),
        ];
        let words: Vec<String> = parts.into_iter().flatten().collect();
        if words.is_empty() { say!("all").to_owned() } else { words.join(language::comma()) }
    }
}

/// How well an entry fits the words of `:text`, over what the register searches; nothing where one is not found.
pub(crate) fn fits(register: &Register) -> String {
    let (columns, names) = register.searched(true);
    format!("sought(:text, {names}, {})", columns.join(", "))
}

fn check_state(book: &Connection, register: &Register, state: &str) -> Result<String> {
    let states: Vec<String> =
        book.column("SELECT state FROM state WHERE register = ?1 ORDER BY position", [register.name])?;
    if let Some(meant) = language::Words::of(states.iter().map(String::as_str)).typed(state) {
        return Ok(meant.to_owned());
    }
    Err(Refusal::usage(say!(
        "{state} is no state of {name}",
        state = language::value_of(register.name, state),
        name = language::value(register.name)
    ))
    .or(say!(
        "give one of: {states}",
        states = language::of(register.name, || language::choices(states.iter().map(String::as_str)))
    ))
    .into())
}
