//! The gate pass and the loading notices as pages to print (R6.3).

use anyhow::Result;
use askama::Template;
use clap::{Args, ValueEnum};
use rusqlite::{Connection, OptionalExtension};

use super::FORM_OF_DELIVERY;
use super::boxes::Packing;
use super::measure::cubic_metres;
use crate::desk::{Desk, Run};
use crate::language::{self, words};
use crate::page::{self, card::Card};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// Which pages are printed
#[derive(Debug, Args)]
pub struct Print {
    /// The shipment's number
    pub number: String,
    /// One of its pages alone [default: every page that it has]
    #[arg(long, value_enum)]
    pub page: Option<Page>,
}

/// A page of a shipment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Page {
    /// For the guard at the gate
    GatePass,
    /// For the manufacturing department
    LoadingNotice,
}

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "ship", &self.number)?;
        let mut pages = Pages::of(book, &entry)?;
        match self.page {
            Some(Page::GatePass) => pages.notices.clear(),
            Some(Page::LoadingNotice) => pages.gate_pass = false,
            None => {}
        }
        if !pages.gate_pass && pages.notices.is_empty() {
            return Err(missing(&entry, self.page).into());
        }
        page::print(desk, &pages)
    }
}

/// The refusal of pages that are not made out yet.
fn missing(entry: &Entry, page: Option<Page>) -> Refusal {
    let number = &entry.number;
    let (what, next) = match page {
        Some(Page::LoadingNotice) => {
            (say!("{number} has no loading notice", number), format!("branchbook ship load {number} --boxes COUNT"))
        }
        _ => (
            say!("{number} has no gate pass", number),
            format!("branchbook ship pass {number} --pass NUMBER --vehicle VEHICLE --driver NAME"),
        ),
    };
    let way_out = match entry.state.as_str() {
        "void" | "cancelled" => say!("it is {state}, and none will be made out", state = language::value(&entry.state)),
        _ => say!("make it out with: {next}", next),
    };
    Refusal::rule("R6.3", what).or(way_out)
}

/// What stands on the pages.
#[derive(Debug, Template)]
#[template(path = "ship.html")]
struct Pages {
    branch: String,
    shipment: Card,
    /// How it is delivered, in words.
    form: &'static str,
    boxes: Vec<Card>,
    altogether: String,
    gate_pass: bool,
    notices: Vec<Card>,
}

impl Pages {
    fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        let shipment = Card::of(
            book,
            "SELECT s.*, coalesce(s.void_reason, s.outcome) AS cancelled, p.customer,
                (SELECT name FROM person WHERE key = s.organised_by) AS recorded_by
             FROM ship_list AS s LEFT JOIN project_list AS p ON p.number = s.project WHERE s.id = ?1",
            entry.id,
        )?;
        let form: Option<String> = book
            .query_row("SELECT form FROM ship WHERE entry = ?1", [entry.id], |row| row.get(0))
            .optional()?
            .flatten();
        let packing = Packing::of(book, entry)?;
        let volume =
            if packing.without_size == 0 { format!("  {}", cubic_metres(packing.volume)) } else { String::new() };
        let boxes = say!("{count} boxes", count = packing.boxes);
        Ok(Self {
            branch: page::branch(book)?,
            form: words(FORM_OF_DELIVERY.help_of(&form.unwrap_or_default())),
            gate_pass: shipment.filled("gate_pass")?.is_some(),
            shipment,
            boxes: Card::all(
                book,
                "SELECT cases, boxes, CASE WHEN weight_g IS NOT NULL THEN printf('%.15g', weight_g / 1000.0) END AS weight, length_mm || '×' || width_mm || '×' || height_mm AS size
                 FROM ship_box WHERE entry = ?1 ORDER BY position",
                entry.id,
            )?,
            altogether: format!("{boxes}  {}{volume}", packing.weight),
            notices: Card::all(
                book,
                "SELECT e.number || '-' || l.position AS number, l.boxes, l.cases, l.requirement, l.loaded_on
                 FROM ship_load AS l JOIN entry AS e ON e.id = l.entry WHERE l.entry = ?1 ORDER BY l.position",
                entry.id,
            )?,
        })
    }
}
