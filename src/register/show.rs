//! Looking at a register: its list, and one entry with the lists that belong to it.

use anyhow::Result;
use clap::Args;

use super::access::{self, Reader};
use super::as_of;
use super::entry::Entry;
use super::filter::Filter;
use super::form::InRoom;
use super::{ATTACHMENTS, Part, Register, named};
use crate::desk::{Desk, Run};
use crate::language::{Language, words};
use crate::say;
use crate::sheet::query::Query;

impl InRoom for Filter {
    fn run_in(&self, desk: &mut Desk<'_>, register: &str) -> Result<()> {
        let query = readable(desk, register, self, &format!("{register} list"))?;
        desk.list(&query)
    }
}

/// The list of a register's entries as the reader at the desk may see it; a restricted reading is written down first
/// as `command`'s.
pub(crate) fn readable(desk: &mut Desk<'_>, register: &str, filter: &Filter, command: &str) -> Result<Query> {
    desk.refuse_on()?;
    let register = named(register)?;
    let reader = Reader::at(desk)?;
    let today = desk.today()?;
    let book = desk.book()?.reader();
    let rows = reader.bind(filter.apply(book, register, &access::rows(book, register)?, today)?);
    let columns = access::printed_columns(book, register.view)?.join(", ");
    if !register.restricted.is_empty() {
        access::tell_masked(desk)?;
        // What is kept reads the same in whatever language the command ran.
        let scope = Language::En.during(|| filter.words(today));
        access::log(desk, command, &scope, &rows)?;
    }
    let (totals, withheld) = (register.added_up(), access::withheld(desk.book()?.reader(), register, &rows)?);
    Ok(Query { sql: format!("SELECT {columns} FROM ({})", rows.sql), totals, withheld, ..rows })
}

/// Show one entry
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Its number, such as HAY05001
    pub(crate) number: String,
}

impl Run for Show {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let entry = Entry::find_to_read(desk.book()?.reader(), &self.number)?;
        show(desk, &entry)
    }
}

impl InRoom for Show {
    fn run_in(&self, desk: &mut Desk<'_>, register: &str) -> Result<()> {
        let entry = Entry::find_in(desk.book()?.reader(), register, &self.number)?;
        show(desk, &entry)
    }
}

fn show(desk: &mut Desk<'_>, entry: &Entry) -> Result<()> {
    let register = named(&entry.register)?;
    let query = if desk.book()?.is_looked_at() {
        masked(desk, register, entry)?
    } else {
        authorised(desk, register, entry, "show")?
    };
    let then = desk.globals.on.is_some().then(|| desk.on()).transpose()?;
    if let Some(day) = then {
        as_of::lay_over(desk.book()?.reader(), entry, day)?;
    }
    let columns: Vec<String> = access::printed_columns(desk.book()?.reader(), register.view)?
        .into_iter()
        .map(|column| match register.as_of.iter().find(|(name, _)| *name == column && then.is_some()) {
            Some((_, expression)) => format!("({expression}) AS {column}"),
            None => column,
        })
        .collect();
    let title = then.map_or_else(|| entry.number.clone(), |day| say!("{number} on {day}", number = entry.number, day));
    let card = Query { title, sql: format!("SELECT {} FROM ({})", columns.join(", "), query.sql), ..query };
    let card = card.with(":on", then.map_or(rusqlite::types::Value::Null, |day| day.to_string().into()));
    let day = desk.on()?.to_string();
    let part = |part: &Part| {
        Query::new(words(part.title), part.sql).of(register.name).with(":id", entry.id).with(":day", day.clone())
    };
    // Notes on what is restricted are as restricted as that.
    let is_masked = desk.book()?.is_looked_at() && !register.restricted.is_empty();
    let parts: Vec<Query> = register.parts.iter().chain(&[ATTACHMENTS]).filter(|_| !is_masked).map(part).collect();
    desk.card(&card, &parts)
}

/// The one row of an entry, with what is restricted masked.
fn masked(desk: &mut Desk<'_>, register: &Register, entry: &Entry) -> Result<Query> {
    if !register.restricted.is_empty() {
        access::tell_masked(desk)?;
    }
    row(desk, register, entry)
}

/// The one row of an entry as the reader at the desk may see it.
fn row(desk: &mut Desk<'_>, register: &Register, entry: &Entry) -> Result<Query> {
    let reader = Reader::at(desk)?;
    let rows = access::rows(desk.book()?.reader(), register)?;
    let query = Query::new(register.title, format!("SELECT * FROM ({rows}) WHERE number = :number")).of(register.name);
    Ok(reader.bind(query.with(":number", entry.number.clone())))
}

/// The one row of an entry, for a reader who may read it; the reading is written down.
pub(super) fn authorised(desk: &mut Desk<'_>, register: &Register, entry: &Entry, verb: &str) -> Result<Query> {
    let query = row(desk, register, entry)?;
    if register.restricted.is_empty() {
        return Ok(query);
    }
    access::require_log(desk, &entry.number)?;
    let book = desk.book()?.reader();
    if !(Query { sql: format!("SELECT * FROM ({}) WHERE readable", query.sql), ..query.clone() }).any(book)? {
        return Err((register.rights.refused)(&entry.number).into());
    }
    access::log(desk, &format!("{} {verb}", register.name), &entry.number, &query)?;
    Ok(query)
}
