//! The plan of a reception as a page to print, with what is arranged by it (R5.2).

use anyhow::Result;
use askama::Template;
use clap::Args;
use rusqlite::Connection;

use crate::book::view::with_views;
use crate::desk::{Desk, Run};
use crate::language::{self, Spoken};
use crate::money::Money;
use crate::page;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::NONE;

/// The reception whose plan is printed
#[derive(Debug, Args)]
pub struct Print {
    /// The reception's number
    pub number: String,
}

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "reception", &self.number)?;
        let page = Page::of(book, &entry)?.ok_or_else(|| {
            Refusal::rule("R5.2(1)", say!("{number} is void and has no plan", number = entry.number))
                .or(say!("see why with: branchbook show {number}", number = entry.number))
        })?;
        page::print(desk, &page)
    }
}

/// What stands on the page. Names are printed, not keys.
#[derive(Debug, Template)]
#[template(path = "reception.html")]
struct Page {
    branch: String,
    number: String,
    cancelled: Option<String>,
    department: String,
    planned_by: String,
    planned_on: String,
    unit: String,
    purpose: String,
    kind: String,
    project: String,
    arrive: String,
    leave: String,
    cost: String,
    schedule: String,
    visitors: Vec<(String, String)>,
    arrangement: Option<Arrangement>,
}

/// What is arranged.
#[derive(Debug)]
struct Arrangement {
    on: String,
    hosts: String,
    place: String,
    car: String,
    dining: String,
    gift_standard: String,
    lodging: String,
    scenic: String,
    schedule: String,
}

/// A text of the book as it is printed; `none` in words.
fn printed(text: Option<String>) -> String {
    match text.as_deref() {
        Some(NONE) => say!("none").to_owned(),
        _ => text.unwrap_or_default(),
    }
}

impl Page {
    /// The page of a reception; none of a number that was voided unused.
    fn of(book: &Connection, entry: &Entry) -> Result<Option<Self>> {
        let mut statement = book.prepare(&with_views(
            "SELECT b.name AS branch, coalesce(l.void_reason, l.outcome) AS cancelled, l.* FROM reception_list AS l JOIN book AS b
             WHERE l.number = ?1 AND l.unit IS NOT NULL",
        ))?;
        let mut rows = statement.query([&entry.number])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let text = |column| row.get::<_, Option<String>>(column).map(printed);
        let money = |column| row.get::<_, Option<Money>>(column);
        let arrangement = match row.get::<_, Option<String>>("arranged_on")? {
            None => None,
            Some(on) => Some(Arrangement {
                on: language::day(&on),
                hosts: text("hosts")?,
                place: text("place")?,
                car: text("car")?,
                dining: text("dining")?,
                gift_standard: match money("gift_standard_fen")? {
                    Some(standard) if standard > Money(0) => say!("{amount} yuan each", amount = standard.grouped()),
                    _ => say!("none").to_owned(),
                },
                lodging: text("lodging")?,
                scenic: text("scenic")?,
                schedule: text("our_schedule")?,
            }),
        };
        let kind = match text("kind")?.as_str() {
            "progress" => say!("About the progress of production"),
            "delivery" => say!("About the delivery"),
            "inspection" => say!("Inspection"),
            _ => say!("Visit"),
        };
        Ok(Some(Self {
            branch: row.get("branch")?,
            number: entry.number.clone(),
            cancelled: row.get("cancelled")?,
            department: page::name(book, &entry.department)?,
            planned_by: page::name(book, &entry.person)?,
            planned_on: entry.day.spoken(),
            unit: row.get("unit")?,
            purpose: row.get("purpose")?,
            kind: kind.to_owned(),
            project: text("project")?,
            arrive: language::day(&text("arrive_on")?),
            leave: language::day(&text("leave_on")?),
            cost: money("planned_cost_fen")?.map(Money::grouped).unwrap_or_default(),
            schedule: text("schedule")?,
            visitors: visitors(book, entry)?,
            arrangement,
        }))
    }
}

fn visitors(book: &Connection, entry: &Entry) -> Result<Vec<(String, String)>> {
    let mut statement = book.prepare_cached("SELECT name, title FROM visitor WHERE entry = ?1 ORDER BY position")?;
    let visitors = statement.query_map([entry.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(visitors.collect::<rusqlite::Result<_>>()?)
}
