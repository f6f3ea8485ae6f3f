//! The sheet that is signed when an asset is handed over: what it is, who keeps and uses it, signature lines (R5.5(2)).

use anyhow::Result;
use askama::Template;
use clap::Args;
use rusqlite::Connection;

use crate::book::view::with_views;
use crate::desk::{Desk, Run};
use crate::language;
use crate::money::Money;
use crate::page;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// The asset that is handed over
#[derive(Debug, Args)]
pub struct Handover {
    /// The asset's number
    pub number: String,
}

impl Run for Handover {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "asset", &self.number)?;
        refuse_gone(book, &entry)?;
        let page = Page::of(book, &entry)?;
        page::print(desk, &page)
    }
}

/// What is gone is not handed over.
fn refuse_gone(book: &Connection, entry: &Entry) -> Result<()> {
    let end: bool =
        book.query_row("SELECT end_flag FROM state WHERE register = 'asset' AND state = ?1", [&entry.state], |row| {
            row.get(0)
        })?;
    if !end {
        return Ok(());
    }
    Err(Refusal::rule(
        "R5.5(2)",
        say!(
            "{number} is {state} and cannot be handed over",
            number = entry.number,
            state = language::value(&entry.state)
        ),
    )
    .or(say!("see what happened with: branchbook history {number}", number = entry.number))
    .into())
}

/// What stands on the page. Names are printed, not keys.
#[derive(Debug, Template)]
#[template(path = "handover.html")]
struct Page {
    branch: String,
    number: String,
    name: String,
    model: String,
    serial_no: String,
    tag: String,
    category: String,
    bought_on: String,
    price: String,
    department: String,
    place: String,
    keeper: String,
    user: String,
    used_for: String,
    issued_on: String,
}

impl Page {
    fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        let mut page = book.query_row(
            &with_views(
                "SELECT b.name AS branch, l.*, k.name AS keeper_name, u.name AS user_name
             FROM asset_list AS l JOIN book AS b
                JOIN person AS k ON k.key = l.keeper LEFT JOIN person AS u ON u.key = l.user WHERE l.id = ?1",
            ),
            [entry.id],
            |row| {
                let text = |column| row.get::<_, Option<String>>(column).map(Option::unwrap_or_default);
                Ok(Self {
                    branch: text("branch")?,
                    number: entry.number.clone(),
                    name: row.get("name")?,
                    model: text("model")?,
                    serial_no: text("serial_no")?,
                    tag: text("tag")?,
                    category: text("category")?,
                    bought_on: language::day(&text("bought_on")?),
                    price: row.get::<_, Money>("price_fen")?.grouped(),
                    department: entry.department.clone(),
                    place: text("place")?,
                    keeper: text("keeper_name")?,
                    user: text("user_name")?,
                    used_for: text("used_for")?,
                    issued_on: language::day(&text("issued_on")?),
                })
            },
        )?;
        page.department = page::name(book, &page.department)?;
        Ok(page)
    }
}
