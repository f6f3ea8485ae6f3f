//! The sheet that is signed when an asset is handed over: what it is, who keeps and uses it, signature lines (R5.5(2)).

use anyhow::Result;
use askama::Template;
use clap::Args;
use rusqlite::Connection;

use crate::desk::{Desk, Run};
use crate::language;
use crate::page::{self, card::Card};
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
    asset: Card,
}

impl Page {
    fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        let asset = "SELECT l.*, k.name AS keeper_name, u.name AS user_name FROM asset_list AS l
            JOIN person AS k ON k.key = l.keeper LEFT JOIN person AS u ON u.key = l.user WHERE l.id = ?1";
        let mut page = Self { branch: page::branch(book)?, asset: Card::of(book, asset, entry.id)? };
        page.asset.set("department", page::name(book, &entry.department)?);
        Ok(page)
    }
}
