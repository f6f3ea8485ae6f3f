//! Finding words in every register.

mod filling;
mod index;
mod lately;
mod pairs;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::{Connection, named_params};

use self::lately::Within;
use super::access::{self, Reader};
use super::entry::Entry;
use super::filter::{self, Days, only_last};
use super::history::OF_PERSON;
use super::{ALL, Register};
use crate::book::select::Select;
use crate::desk::{Desk, Run};
use crate::language;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::query::Query;
use crate::text::plain;
use crate::text::sought::Sought;
use crate::view::with_views;
use crate::whole;

/// Look for words in every register
#[derive(Debug, Args)]
pub(crate) struct Find {
    /// The words, each of which must be found in the entry, such as a customer's name or characters of it in their order; or a person,
    /// whose entries are found
    #[arg(value_name = "WORD", required = true)]
    pub(crate) words: Vec<String>,
    /// Only in this register; repeatable
    #[arg(long, value_name = "REGISTER")]
    pub(crate) register: Vec<String>,
    /// Entries of which days
    #[command(flatten)]
    pub(crate) days: Days,
    /// Only the last so many; 0 for all
    #[arg(long, value_name = "COUNT", value_parser = whole::count)]
    pub(crate) last: Option<u32>,
}

impl Run for Find {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        access::tell_masked(desk)?;
        let (today, reader) = (desk.today()?, Reader::at(desk)?);
        let text = self.text(desk.book()?.reader())?;
        let mut places = index::places(desk.book()?, &Sought::of(&text));
        let (language, book) = (desk.list_language(), desk.book()?.reader());
        let is_called = |person: &Person| [&person.key, &person.name].iter().any(|name| plain(name) == plain(&text));
        let person = Person::look_up(book, &text).ok().flatten().filter(is_called).map(|person| person.key);
        if let (Some(places), Some(person)) = (&mut places, &person) {
            places.extend(self.of_person(book, person)?);
            places.sort_unstable();
            places.dedup();
        }
        let search = Search { asked: &self, book, reader: &reader, text: &text, person: person.as_deref(), today };
        let query = language.during(|| search.query(search.narrowed(places)?.as_deref()))?;
        access::log(desk, "find", &text, &query)?;
        let columns = "number, register, state, day_on, department, what";
        desk.list(&Query {
            sql: format!("SELECT {columns} FROM ({}) ORDER BY rank, day_on, number", query.sql),
            ..query
        })
    }
}

impl Find {
    /// What is looked for: words that together are the number of an entry are one.
    fn text(&self, book: &Connection) -> Result<String> {
        let number = self.words.concat();
        Ok(Entry::look_up(book, &number)?.map_or_else(|| self.words.join(" "), |entry| entry.number))
    }

    /// The registers that are searched.
    fn registers(&self) -> Result<Vec<&'static Register>> {
        let words = language::Words::of(ALL.iter().map(|register| register.name));
        let named = |typed: &String| {
            let known = ALL.iter().copied().find(|register| Some(register.name) == words.typed(typed));
            known.ok_or_else(|| {
                let all: Vec<&str> = ALL.iter().map(|register| register.name).collect();
                Refusal::usage(say!("there is no register {name}", name = typed))
                    .or(say!("give one of: {keys}", keys = language::choices(all)))
            })
        };
        if self.register.is_empty() {
            return Ok(ALL.to_vec());
        }
        let asked: Vec<&str> =
            self.register.iter().map(|typed| named(typed).map(|known| known.name)).collect::<Result<_, _>>()?;
        Ok(ALL.iter().copied().filter(|register| asked.contains(&register.name)).collect())
    }

    /// Where the entries of a person are, as the lists of the registers have them.
    fn of_person(&self, book: &Connection, person: &str) -> Result<Vec<i64>> {
        let mut all = Vec::new();
        for register in self.registers()? {
            let sql = format!("SELECT id FROM {} WHERE {} IN ({OF_PERSON})", register.view, register.person);
            all.extend(book.column::<i64>(&with_views(&sql), named_params! { ":person": person })?);
        }
        Ok(all)
    }
}

/// What is looked for where.
struct Search<'a> {
    asked: &'a Find,
    book: &'a Connection,
    reader: &'a Reader,
    text: &'a str,
    /// Whom the text names.
    person: Option<&'a str>,
    today: NaiveDate,
}

impl Search<'_> {
    /// Among which places the last are that are asked for.
    fn narrowed(&self, places: Option<Vec<i64>>) -> Result<Option<Vec<i64>>> {
        let Some(last) = only_last(self.asked.last) else { return Ok(places) };
        let count = |places: &[i64]| {
            let found = self.query(Some(places))?;
            let sql = format!("SELECT count(*) FROM ({})", found.sql);
            Ok(usize::try_from(Query { sql, ..found }.single(self.book)?)?)
        };
        let within = Within {
            registers: self.asked.registers()?,
            places: places.as_deref(),
            period: self.asked.days.period(self.today)?,
        };
        let last = within.enough(self.book, usize::try_from(last)?, count)?;
        Ok(last.or(places))
    }

    /// The entries in which the text is found, each with how well it fits, and those of the person whom it names: among these places,
    /// where they are known.
    fn query(&self, places: Option<&[i64]>) -> Result<Query> {
        // The places lead: else SQLite may read an index over all entries and look each up among them.
        let among = places.map_or("", |_| "(SELECT value AS sought_in FROM json_each(:places)) CROSS JOIN");
        let mut parts = Vec::new();
        for register in self.asked.registers()? {
            parts.push(format!(
                "SELECT number, '{name}' AS register, state, {day} AS day_on, department, {what} AS what, {restricted} AND readable AS readable,
                    coalesce({fits}, CASE WHEN :person IS NOT NULL AND {person} IN ({OF_PERSON}) THEN 0 END) AS rank, id FROM {among} ({rows}) {met}",
                name = register.name,
                day = register.day,
                what = register.about(),
                restricted = i64::from(!register.restricted.is_empty()),
                fits = filter::fits(register),
                person = register.person,
                rows = access::rows(self.book, register)?,
                met = if places.is_some() { "ON id = sought_in" } else { "" },
            ));
        }
        let (from, to) = self.asked.days.period(self.today)?;
        let mut sql = format!(
            "SELECT * FROM ({}) WHERE rank IS NOT NULL AND day_on >= coalesce(:from, day_on) AND day_on <= coalesce(:to, day_on)",
            parts.join(" UNION ALL ")
        );
        if let Some(last) = only_last(self.asked.last) {
            sql = format!("{sql} ORDER BY day_on DESC, id DESC LIMIT {last}");
        }
        let places = places.map(serde_json::to_string).transpose()?;
        let found = Query::new(say!("Entries that contain {text}", text = self.text), sql)
            .with(":text", self.text.to_owned())
            .with(":places", places)
            .with(":person", self.person.map(str::to_owned))
            .with(":from", from.map(|day| day.to_string()))
            .with(":to", to.map(|day| day.to_string()));
        Ok(self.reader.bind(found))
    }
}
