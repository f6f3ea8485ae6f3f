//! The log of who read what of the user information (R2.4, R2.6).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::types::Value;

use crate::day::MonthArg;
use crate::desk::{Desk, Run};
use crate::person::Person;
use crate::register::access;
use crate::register::filter::only_last;
use crate::register::history::OF_PERSON;
use crate::say;
use crate::sheet::query::Query;
use crate::whole;
use crate::zone::Zone;

/// How many rows are shown where nothing else is asked.
const LAST: u32 = 50;

/// Which readings are shown
#[derive(Debug, Args)]
pub(crate) struct Readings {
    /// Only what this person read
    #[arg(long, value_name = "PERSON")]
    pub(crate) person: Option<String>,
    /// Only readings of this month
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: Option<MonthArg>,
    /// Only the last so many; 0 for all [default: 50, with --month all]
    #[arg(long, value_name = "COUNT", value_parser = whole::count)]
    pub(crate) last: Option<u32>,
}

impl Run for Readings {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        access::require_office(desk, "R2.6", say!("sees who read user information"))?;
        let today = desk.today()?;
        let book = desk.book()?.reader();
        let zone = Zone::of_book(book)?;
        let person = self.person.as_deref().map(|who| Person::find(book, who)).transpose()?;
        desk.list(&self.query(person, zone, today))
    }
}

impl Readings {
    fn query(&self, person: Option<Person>, zone: Zone, today: NaiveDate) -> Query {
        let last = only_last(Some(self.last.unwrap_or(if self.month.is_some() { 0 } else { LAST })));
        let [from, until] = match self.month {
            None => [Value::Null, Value::Null],
            Some(month) => zone.of_month(month.on(today)).map(Value::Text),
        };
        Query::new(
            say!("Readings of user information"),
            format!("SELECT id, at, person, command, scope, entries, declared_flag, os_login, host, clock_at, hash FROM (
                SELECT id, at, person, command, scope, entries, declared_flag, os_login, host, clock_at, lower(hex(hash)) AS hash
                FROM reading WHERE (:person IS NULL OR person IN ({OF_PERSON})) AND (:from IS NULL OR (at >= :from AND at < :until))
                ORDER BY id DESC LIMIT :last) ORDER BY id"),
        )
        .with(":person", person.map_or(Value::Null, |person| Value::Text(person.key)))
        .with(":from", from)
        .with(":until", until)
        .with(":last", last.map_or(-1, i64::from))
    }
}
