//! The verb that prints the entries of a register, each on a sheet of its own: those that are named, else those that a filter lets
//! through.

use anyhow::{Context, Result};
use clap::{Args, FromArgMatches};
use rusqlite::Connection;

use super::entry::Entry;
use super::filter::Filter;
use super::form::{Form, Own, Verb};
use crate::desk::Desk;
use crate::language::{self, words};
use crate::office::name;
use crate::page;
use crate::page::browser::Open;
use crate::page::form::{Form as Page, Forms};
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::query::Query;

/// What is printed of an entry.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// What several of them are called together.
    pub(crate) title: &'static str,
    /// Whether something is written in an entry, in SQL over the register's list: what was voided unused has no sheet.
    pub(crate) written: &'static str,
    /// Makes the sheet of an entry.
    pub(crate) of: fn(&Connection, &Entry) -> Result<Page>,
}

/// The verb that prints the sheets of a register's form.
pub(crate) const fn verb(about: &'static str) -> Verb {
    Verb::Own(Own {
        formerly: "",
        name: "print",
        about,
        grammar: |_, command| Printed::augment_args(command),
        run: |form, matches, desk| Printed::from_arg_matches_mut(matches)?.print(form, desk),
    })
}

/// Which pages are printed
#[derive(Debug, Args)]
struct Printed {
    /// The numbers of those that are printed
    #[arg(value_name = "NUMBER", required_unless_present_any = ["month", "from", "to", "department", "person", "state", "text", "last"])]
    numbers: Vec<String>,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    open: Open,
}

impl Printed {
    /// Prints the sheets of the chosen entries; of those that are chosen by a filter, where something is written in them.
    fn print(&self, form: &'static Form, desk: &mut Desk<'_>) -> Result<()> {
        let (register, today) = (form.register, desk.today()?);
        let sheet = form.sheet.as_ref().with_context(|| format!("nothing is printed of {}", register.name))?;
        let book = desk.book()?.reader();
        let numbers = if self.numbers.is_empty() {
            let kept = format!("state <> 'reserved' AND (state <> 'void' OR {})", sheet.written);
            let query = self.filter.apply(book, register, &format!("SELECT * FROM {}", register.view), today)?;
            Query { sql: format!("SELECT number FROM ({}) WHERE {kept}", query.sql), ..query }.texts(book)?
        } else {
            self.numbers.clone()
        };
        let mut pages = Vec::new();
        for number in &numbers {
            let entry = Entry::find_in(book, register.name, number)?;
            name::as_of(book, entry.day)?;
            pages.push(language::of(register.name, || (sheet.of)(book, &entry))?);
        }
        let title = self.numbers.first().map_or_else(|| words(sheet.title), String::as_str).to_owned();
        if print(desk, title, pages, self.open)? {
            return Ok(());
        }
        Err(Refusal::not_found(say!("there is nothing to print"))
            .or(say!("see branchbook {register} list", register = register.name))
            .into())
    }
}

/// Prints forms, each on paper of its own. Gives whether there is one.
pub(crate) fn print(desk: &mut Desk<'_>, title: String, mut forms: Vec<Page>, open: Open) -> Result<bool> {
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
