//! The approval sheet of a gift as a page to print (R5.3(1)).

use anyhow::Result;
use askama::Template;
use clap::Args;
use rusqlite::Connection;

use super::request::SHENYANG;
use super::{find, terms};
use crate::book::view::with_views;
use crate::desk::{Desk, Run};
use crate::language::{self, Spoken};
use crate::money::Money;
use crate::page;
use crate::register::decision::Decision;
use crate::register::entry::Entry;
use crate::say;

/// The gift whose approval sheet is printed
#[derive(Debug, Args)]
pub struct Print {
    /// The gift's number
    pub number: String,
}

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let entry = find(book, &self.number)?;
        let sheet = Sheet::of(book, &entry)?;
        page::print(desk, &sheet)
    }
}

/// What stands on the sheet.
#[derive(Debug, Template)]
#[template(path = "gift.html")]
struct Sheet {
    branch: String,
    number: String,
    stopped: Option<String>,
    department: String,
    asked_by: String,
    asked_on: String,
    unit: String,
    occasion: String,
    place: String,
    project: String,
    official_reason: String,
    recipients: Vec<(String, String, bool)>,
    lines: Vec<Line>,
    total: String,
    decisions: Vec<Decision>,
    bill: String,
    bought: String,
}

/// An item of the gift.
#[derive(Debug)]
struct Line {
    name: String,
    listed: bool,
    quantity: i64,
    price: String,
    amount: String,
}

impl Sheet {
    fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        let mut sheet = book.query_row(
            &with_views("SELECT b.name, coalesce(g.void_reason, g.refusal) AS stopped, coalesce(g.unit, '') AS unit, coalesce(g.occasion, '') AS occasion,
                coalesce(g.place, '') AS place, coalesce(g.project, '') AS project, coalesce(g.official_reason, '') AS official_reason,
                coalesce(g.bill, '') AS bill, g.bought_fen, g.bought_on
             FROM gift_list AS g JOIN book AS b WHERE g.number = ?1"),
            [&entry.number],
            |row| {
                let bought: Option<Money> = row.get("bought_fen")?;
                let on: Option<String> = row.get("bought_on")?;
                Ok(Self {
                    branch: row.get("name")?,
                    number: entry.number.clone(),
                    stopped: row.get("stopped")?,
                    department: String::new(),
                    asked_by: String::new(),
                    asked_on: entry.day.spoken(),
                    unit: row.get("unit")?,
                    occasion: row.get("occasion")?,
                    place: row.get("place")?,
                    project: row.get("project")?,
                    official_reason: row.get("official_reason")?,
                    recipients: Vec::new(),
                    lines: Vec::new(),
                    total: String::new(),
                    decisions: Vec::new(),
                    bill: row.get("bill")?,
                    bought: bought.zip(on).map_or_else(String::new, |(fen, on)| format!("{} / {}", fen.grouped(), language::day(&on))),
                })
            },
        )?;
        if sheet.place == SHENYANG {
            say!("Shenyang").clone_into(&mut sheet.place);
        }
        sheet.department = page::name(book, &entry.department)?;
        sheet.asked_by = page::name(book, &entry.person)?;
        sheet.recipients = book
            .prepare("SELECT name, post, official_flag FROM gift_recipient WHERE entry = ?1 ORDER BY position")?
            .query_map([entry.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        sheet.lines = lines(book, entry)?;
        sheet.total = terms::amount(book, entry)?.grouped();
        sheet.decisions = Decision::all(book, entry, decided)?;
        Ok(sheet)
    }
}

fn lines(book: &Connection, entry: &Entry) -> Result<Vec<Line>> {
    let mut statement = book.prepare(
        "SELECT name, item IS NOT NULL, quantity, price_fen, quantity * price_fen FROM gift_line WHERE entry = ?1 ORDER BY position",
    )?;
    let lines = statement.query_map([entry.id], |row| {
        Ok(Line {
            name: row.get(0)?,
            listed: row.get(1)?,
            quantity: row.get(2)?,
            price: row.get::<_, Money>(3)?.grouped(),
            amount: row.get::<_, Money>(4)?.grouped(),
        })
    })?;
    Ok(lines.collect::<rusqlite::Result<_>>()?)
}

/// What was decided.
fn decided(verb: &str, _: Option<i64>) -> String {
    match verb {
        "endorse" => say!("agreed by the department"),
        "approve" => say!("approved by the branch"),
        _ => say!("refused"),
    }
    .to_owned()
}
