//! The html writer: a list, or an entry with its lists, as a page that prints on A4.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Result;
use askama::Template;
use rusqlite::Connection;

use super::{
    Form, Look, Written,
    cell::Cells,
    listing::{Gathering, Listing},
    query::Query,
};
use crate::column::Column;
use crate::refusal::Refusal;
use crate::say;

/// The rows that a page holds: more than anybody prints, and as many as a browser lays out in a few seconds.
pub(crate) const MOST_ROWS: usize = 20_000;

/// A list as a page. It is held in memory until its end.
pub(crate) struct Html<'o> {
    gathering: Gathering,
    branch: &'o str,
    out: &'o mut dyn Write,
}

/// A page of lists.
#[derive(Template)]
#[template(path = "lists.html")]
struct Page<'l> {
    branch: &'l str,
    title: &'l str,
    /// The entry that stands above the lists, a field a line.
    entry: Option<&'l Listing>,
    lists: &'l [Listing],
}

impl Page<'_> {
    /// What stands above each sheet but the first, as a style sheet quotes it.
    fn running_head(&self) -> String {
        quoted(&format!("{} · {}", self.title, self.branch))
    }
}

impl<'o> Html<'o> {
    /// Starts a page that will be written to `out` at its end.
    pub(crate) fn new(title: &str, columns: &[Column], look: &'o Look, out: &'o mut dyn Write) -> Result<Self> {
        Ok(Self { gathering: Gathering::new(title, columns, look)?, branch: &look.branch, out })
    }
}

impl Form for Html<'_> {
    fn row(&mut self, cells: Cells<'_>) -> Result<()> {
        if self.gathering.count() == MOST_ROWS {
            let what = say!("a page holds {most} rows, and this list has more", most = MOST_ROWS);
            return Err(Refusal::usage(what).or(say!("take --format csv or xlsx, or fewer rows")).into());
        }
        self.gathering.take(cells, MOST_ROWS)
    }

    fn end(self: Box<Self>) -> Result<Vec<String>> {
        let mut list = self.gathering.end()?;
        list.fold();
        let page = Page { branch: self.branch, title: &list.title, entry: None, lists: std::slice::from_ref(&list) };
        self.out.write_all(page.render()?.as_bytes())?;
        self.out.flush()?;
        Ok(Vec::new())
    }
}

/// Writes an entry as a page: its fields a line each, and under them the lists that belong to it and are not empty.
pub(crate) fn write_card(
    entry: &Query,
    parts: &[Query],
    book: &Connection,
    look: &Look,
    out: &mut dyn Write,
) -> Result<Written> {
    let entry = Listing::of(entry, book, MOST_ROWS)?;
    let mut lists = Vec::new();
    for part in parts {
        lists.extend(Some(Listing::of(part, book, MOST_ROWS)?).filter(|list| list.count > 0));
    }
    let page = Page { branch: &look.branch, title: &entry.title, entry: Some(&entry), lists: &lists };
    out.write_all(page.render()?.as_bytes())?;
    out.flush()?;
    Ok(Written { rows: u64::try_from(entry.count)?, left_out: Vec::new() })
}

/// A text as a style sheet quotes it, such as what stands above each sheet of paper.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' | '<' | '>' | '&' => {
                let _ = write!(quoted, "\\{:x} ", u32::from(letter));
            }
            _ if letter.is_control() => quoted.push(' '),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
