//! What the office, its departments and its people are called: each name from a day on, so that old months, prints and packs
//! keep the old one.

use std::collections::HashMap;

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::Args;
use rusqlite::{Connection, OptionalExtension};

use super::department;
use crate::book::change::Change;
use crate::book::merged;
use crate::day::{self, DayArg};
use crate::language;
use crate::refusal::Refusal;
use crate::say;
use crate::text::Text;

/// Whose name it is: a word of table `former_name`, the table where the name of today stands, its columns there, and its key.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Named<'k> {
    /// The office: whose registers these are.
    Office,
    /// The department of this key, with its names in three languages.
    Department(&'k str),
    /// The person of this key.
    Person(&'k str),
}

impl Named<'_> {
    const fn kind(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Department(_) => "department",
            Self::Person(_) => "person",
        }
    }

    const fn key(&self) -> &str {
        match self {
            Self::Office => "1",
            Self::Department(key) | Self::Person(key) => key,
        }
    }

    /// Selects the names of today, by `?1`.
    const fn today(self) -> &'static str {
        match self {
            Self::Office => "SELECT name, NULL, NULL FROM book WHERE id = ?1",
            Self::Department(_) => "SELECT name_zh, name_en, name_ko FROM department WHERE key = ?1",
            Self::Person(_) => "SELECT name, NULL, NULL FROM person WHERE key = ?1",
        }
    }
}

/// From when on something is called otherwise, and why
#[derive(Debug, Args)]
pub(crate) struct Since {
    /// First day of the new name; what bears an earlier day keeps the old one [default: the day of --on]
    #[arg(long, value_name = "DATE", conflicts_with = "always")]
    from: Option<DayArg>,
    /// The old name was a slip, for a --reason: it was called so all along, also in old months, prints and packs
    #[arg(long, requires = "reason")]
    always: bool,
    /// Why
    #[arg(long, value_name = "REASON")]
    reason: Option<Text>,
}

impl Since {
    /// Keeps the names of today as they were until the day before, in the change whose next statement writes the new ones. The
    /// change bears that day.
    ///
    /// # Errors
    /// A refusal where the day has not come, or is before that of the name of today.
    pub(super) fn keep_former(&self, change: &mut Change<'_>, named: Named<'_>) -> Result<NaiveDate> {
        let from = self.from.map_or(change.on, |day| change.day_past(day));
        day::refuse_future(from, change.today(), "--from")?;
        if self.always {
            return Ok(from);
        }
        change.on = change.on.min(from);
        if self.reason.is_none() {
            change.refuse_closed(from)?;
        }
        let (kind, key) = (named.kind(), named.key());
        let begun = change.sql().query_row(
            "SELECT date(max(until_on), '+1 day') FROM former_name WHERE kind = ?1 AND key = ?2",
            (kind, key),
            |row| row.get::<_, Option<NaiveDate>>(0),
        )?;
        match begun {
            Some(begun) if begun > from => {
                let what = say!("it is called as it is now from {begun} on already", begun);
                return Err(Refusal::usage(what).or(say!("give that day or a later one with --from")).into());
            }
            Some(begun) if begun == from => return self.require_reason(from).map(|()| from),
            _ => {}
        }
        let (name, en, ko): (String, Option<String>, Option<String>) =
            change.sql().query_row(named.today(), [key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        change.sql().execute(
            "INSERT INTO former_name VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (kind, key, from - Days::new(1), name, en, ko),
        )?;
        Ok(from)
    }

    /// What takes the place of another name of the same day has its reason.
    fn require_reason(&self, from: NaiveDate) -> Result<()> {
        if self.reason.is_some() {
            return Ok(());
        }
        let what = say!("it was renamed from {from} on already", from);
        Err(Refusal::usage(what).or(say!("say with --reason why that name is put right")).into())
    }

    /// What the journal notes of a new name: since when, and why.
    pub(super) fn note(&self, from: NaiveDate) -> String {
        let since = if self.always { "always called so".to_owned() } else { format!("called so from {from}") };
        self.reason.as_ref().map_or_else(|| since.clone(), |reason| format!("{since}; {reason}"))
    }

    /// The same for the person who did it.
    pub(super) fn said(&self, from: NaiveDate) -> String {
        if self.always {
            say!("in old months, prints and packs as well").to_owned()
        } else {
            say!("from {from} on; what bears an earlier day keeps the old name", from)
        }
    }
}

/// Has what this command prints call the office, its departments and its people as on that day.
pub(crate) fn as_of(book: &Connection, day: NaiveDate) -> Result<()> {
    language::name_as_of(Some(day));
    learn(book)
}

/// Tells the language of the running command what the departments and the people of the book are called.
pub(crate) fn learn(book: &Connection) -> Result<()> {
    merged::learn(book)?;
    language::learn_names(department::names(book)?);
    let sql = format!("SELECT p.key, {} FROM person AS p", on_day("person", "f.name", "p.key", "p.name"));
    let mut statement = book.prepare(&sql)?;
    let people = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let people: Vec<(String, String)> = people.collect::<rusqlite::Result<_>>()?;
    let mut bearers: HashMap<&str, usize> = HashMap::new();
    for (_, name) in people.iter().filter(|(key, _)| merged::who(key) == key.as_str()) {
        *bearers.entry(name).or_default() += 1;
    }
    let shown = people.iter().map(|(key, name)| {
        let alone = bearers.get(name.as_str()) == Some(&1);
        (key.clone(), if alone { name.clone() } else { format!("{name} ({key})") })
    });
    let shown: HashMap<String, String> = shown.collect();
    let of = |key: &String| shown.get(&*merged::who(key)).or_else(|| shown.get(key)).cloned().unwrap_or_default();
    language::learn_people(people.iter().map(|(key, _)| (key.clone(), of(key))));
    Ok(())
}

/// An expression for the names of the people and departments whose keys stand in a column, with `; ` between them; what is no
/// key stays as it is.
pub(crate) fn beside(column: &str) -> String {
    let (person, department) = (on_day("person", "f.name", "p.key", "p.name"), department::shown_name());
    format!(
        "(SELECT group_concat(coalesce({person}, {department}, k.value), '; ') FROM json_each('[' || replace(json_quote({column}), '; ', '\",\"') || ']') AS k
            LEFT JOIN person AS p ON p.key = k.value LEFT JOIN department ON department.key = k.value)"
    )
}

/// An expression for the name of a row of a table on the day that the command prints, or of today: `kind` is the row's in
/// `former_name`, `own` an expression over it as `f`, `key` and `present` the row's.
pub(crate) fn on_day(kind: &str, own: &str, key: &str, present: &str) -> String {
    match language::named_as_of() {
        None => present.to_owned(),
        Some(day) => format!(
            "coalesce((SELECT {own} FROM former_name AS f WHERE f.kind = '{kind}' AND f.key = {key} AND f.until_on >= '{day}'
                ORDER BY f.until_on LIMIT 1), {present})"
        ),
    }
}

/// What the book is called: whose registers these are.
pub(crate) fn of_office(book: &Connection) -> Result<String> {
    let sql = format!("SELECT {} FROM book AS b", on_day("office", "f.name", "'1'", "b.name"));
    Ok(book.query_row(&sql, (), |row| row.get(0))?)
}

/// What the person of this key is called; none where there is nobody of this key.
pub(crate) fn of_person(book: &Connection, key: &str) -> Result<Option<String>> {
    let sql = format!("SELECT {} FROM person AS p WHERE p.key = ?1", on_day("person", "f.name", "p.key", "p.name"));
    Ok(book.prepare_cached(&sql)?.query_row([key], |row| row.get(0)).optional()?)
}
