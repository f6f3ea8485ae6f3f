//! The log of who read what of the user information (R2.4, R2.6).

use anyhow::Result;
use clap::Args;
use rusqlite::types::Value;

use crate::day::Month;
use crate::desk::{Desk, Run};
use crate::office::person::Person;
use crate::register::access;
use crate::say;
use crate::sheet::query::Query;

/// How many rows are shown where nothing else is asked.
const LAST: u32 = 50;

/// Which readings are shown
#[derive(Debug, Args)]
pub struct Readings {
    /// Only what this person read
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    /// Only readings of this month (in UTC, as the log is kept)
    #[arg(long, value_name = "MONTH")]
    pub month: Option<Month>,
    /// Only the last so many; 0 for all [default: 50, with --month all]
    #[arg(long, value_name = "COUNT")]
    pub last: Option<u32>,
}

impl Run for Readings {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        access::require_office(desk, "R2.6", say!("sees who read user information"))?;
        let book = desk.book()?.reader();
        let person = self.person.as_deref().map(|who| Person::find(book, who)).transpose()?;
        desk.list(&self.query(person))
    }
}

impl Readings {
    fn query(&self, person: Option<Person>) -> Query {
        let last = self.last.unwrap_or(if self.month.is_some() { 0 } else { LAST });
        Query::new(
            say!("Readings of user information"),
            "SELECT id, at, person, command, scope, entries, declared_flag, os_login, host, clock_at, hash FROM (
                SELECT id, at, person, command, scope, entries, declared_flag, os_login, host, clock_at, lower(hex(hash)) AS hash
                FROM reading WHERE (:person IS NULL OR person = :person) AND (:month IS NULL OR substr(at, 1, 7) = :month)
                ORDER BY id DESC LIMIT :last) ORDER BY id",
        )
        .with(":person", person.map_or(Value::Null, |person| Value::Text(person.key)))
        .with(":month", self.month.map_or(Value::Null, |month| Value::Text(month.to_string())))
        .with(":last", if last == 0 { -1 } else { i64::from(last) })
    }
}
