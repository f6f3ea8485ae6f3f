//! Which entries of a register are printed: those that are named, else those that a filter lets through.

use anyhow::Result;
use clap::Args;
use rusqlite::Connection;

use super::entry::Entry;
use super::filter::Filter;
use super::named;
use crate::desk::Desk;
use crate::office::name;
use crate::page;
use crate::page::browser::Open;
use crate::page::form::{Form, Forms};
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::query::Query;

/// Which pages are printed
#[derive(Debug, Args)]
pub(crate) struct Printed {
    /// The numbers of those that are printed
    #[arg(value_name = "NUMBER", required_unless_present_any = ["month", "from", "to", "department", "person", "state", "text", "last"])]
    pub(crate) numbers: Vec<String>,
    #[command(flatten)]
    pub(crate) filter: Filter,
    #[command(flatten)]
    pub(crate) open: Open,
}

impl Printed {
    /// Prints the pages that `form` makes of the chosen entries; of entries that are chosen by a filter those in which something is
    /// written, as `written` says in SQL over the register's list.
    pub(crate) fn print(
        &self,
        desk: &mut Desk<'_>,
        register: &'static str,
        (title, written): (&str, &str),
        form: impl Fn(&Connection, &Entry) -> Result<Form>,
    ) -> Result<()> {
        let today = desk.today()?;
        let book = desk.book()?.reader();
        let numbers = if self.numbers.is_empty() {
            let (view, kept) =
                (named(register)?.view, format!("state <> 'reserved' AND (state <> 'void' OR {written})"));
            let query = self.filter.apply(book, named(register)?, &format!("SELECT * FROM {view}"), today)?;
            Query { sql: format!("SELECT number FROM ({}) WHERE {kept}", query.sql), ..query }.texts(book)?
        } else {
            self.numbers.clone()
        };
        let mut forms = Vec::new();
        for number in &numbers {
            let entry = Entry::find_in(book, register, number)?;
            name::as_of(book, entry.day)?;
            forms.push(form(book, &entry)?);
        }
        let title = self.numbers.first().map_or(title, String::as_str).to_owned();
        if print(desk, title, forms, self.open)? {
            return Ok(());
        }
        Err(Refusal::not_found(say!("there is nothing to print"))
            .or(say!("see branchbook {register} list", register))
            .into())
    }
}

/// Prints forms, each on paper of its own. Gives whether there is one.
pub(crate) fn print(desk: &mut Desk<'_>, title: String, mut forms: Vec<Form>, open: Open) -> Result<bool> {
    match forms.pop() {
        None => return Ok(false),
        Some(only) if forms.is_empty() => desk.page(&only.alone(), open)?,
        Some(last) => {
            forms.push(last);
            let pages = Forms::of(page::branch(desk.book()?.reader())?, title, forms);
            desk.page(&pages, open)?;
        }
    }
    Ok(true)
}
