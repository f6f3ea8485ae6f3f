//! The gate pass and the loading notices as pages to print (R6.3).

use anyhow::Result;
use clap::{Args, ValueEnum};
use rusqlite::Connection;

use super::boxes::Packing;
use super::measure::cubic_metres;
use crate::desk::{Desk, Run};
use crate::heading;
use crate::language;
use crate::office::name;
use crate::page;
use crate::page::card::Card;
use crate::page::form::{Form, Forms};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::sheet::column;

/// Which pages are printed
#[derive(Debug, Args)]
pub(crate) struct Print {
    /// The shipment's number
    pub(crate) number: String,
    /// One of its pages alone [default: every page that it has]
    #[arg(long, value_enum)]
    pub(crate) page: Option<Page>,
}

/// A page of a shipment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Page {
    /// For the guard at the gate
    GatePass,
    /// For the manufacturing department
    LoadingNotice,
}

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "ship", &self.number)?;
        name::as_of(book, entry.day)?;
        let shipment = shipment(book, &entry)?;
        let mut forms = Vec::new();
        if self.page != Some(Page::LoadingNotice) && shipment.filled("gate_pass")?.is_some() {
            forms.push(gate_pass(book, &entry, &shipment)?);
        }
        if self.page != Some(Page::GatePass) {
            for notice in Card::all(book, NOTICES, entry.id)? {
                forms.push(loading_notice(book, &shipment, &notice)?);
            }
        }
        if forms.is_empty() {
            return Err(missing(&entry, self.page).into());
        }
        let title = [&entry.number, say!("Gate pass"), say!("Loading notice")].join(" ");
        let pages = Forms::of(page::branch(book)?, title, forms);
        desk.page(&pages)
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

const SHIPMENT: &str = "SELECT s.*, s.number AS shipment, coalesce(s.void_reason, s.outcome) AS cancelled, p.customer,
        s.organised_by AS recorded_by
    FROM ship_list AS s LEFT JOIN project_list AS p ON p.number = s.project WHERE s.id = ?1";

const BOXES: &str =
    "SELECT cases, boxes, CASE WHEN weight_g IS NOT NULL THEN printf('%.15g', weight_g / 1000.0) END AS weight_kg,
        length_mm || '×' || width_mm || '×' || height_mm AS size_mm
    FROM ship_box WHERE undone_on IS NULL AND entry = ?1 ORDER BY position";

const NOTICES: &str = "SELECT e.number || '-' || l.position AS number, l.boxes, l.cases, l.requirement, l.loaded_on
    FROM ship_load AS l JOIN entry AS e ON l.undone_on IS NULL AND e.id = l.entry WHERE l.entry = ?1 ORDER BY l.position";

/// The shipment as its pages show it.
fn shipment(book: &Connection, entry: &Entry) -> Result<Card> {
    let mut shipment = Card::of(book, SHIPMENT, entry.id)?;
    let contact = format!("{} {}", shipment.get("contact_person")?, shipment.get("phone")?);
    shipment.set("contact_person", contact.trim());
    Ok(shipment)
}

/// For the guard at the gate.
fn gate_pass(book: &Connection, entry: &Entry, shipment: &Card) -> Result<Form> {
    const PASS: &[&[&str]] = &[
        &[heading!("shipment"), "passed_on"],
        &["project", "contract"],
        &["completion_notice", "customer"],
        &["form", "place"],
        &["contact_person", "carrier"],
        &["route"],
        &["vehicle", "driver"],
    ];
    const RUN: &[&str] = &["cases", "boxes", "weight_kg", "size_mm"];
    let packing = Packing::of(book, entry)?;
    let volume = if packing.without_size == 0 { format!("  {}", cubic_metres(packing.volume)) } else { String::new() };
    let boxes = say!("{count} boxes", count = packing.boxes);
    let handled = &page::name(book, shipment.get("recorded_by")?)?;
    Ok(Form::new(book, say!("Gate pass"), shipment.get("gate_pass")?)?
        .invalid(shipment.filled("cancelled")?)
        .grid(shipment, PASS)?
        .table(&Card::all(book, BOXES, entry.id)?, RUN)?
        .last(say!("Total"), format!("{boxes}  {}{volume}", packing.weight), "")
        .boxes("box", &[(say!("Handled by"), handled), (say!("Approved by"), "")])
        .boxes("box", &[(say!("Signature of the driver"), ""), (say!("Passed by the gate guard"), "")]))
}

/// For the manufacturing department.
fn loading_notice(book: &Connection, shipment: &Card, notice: &Card) -> Result<Form> {
    const SHIPPED: &[&[&str]] = &[&["customer", "place"], &["vehicle", "driver"]];
    let mut notice = notice.clone();
    for column in ["project", "contract"] {
        notice.set(column, shipment.get(column)?);
    }
    let handled = &page::name(book, shipment.get("recorded_by")?)?;
    Ok(Form::new(book, say!("Loading notice"), notice.get("number")?)?
        .invalid(shipment.filled("cancelled")?)
        .grid(&notice, &[&["project", "contract"], &["loaded_on"]])?
        .grid(shipment, SHIPPED)?
        .grid(&notice, &[&["boxes", "cases"]])?
        .last(column::label("requirement"), notice.get("requirement")?, "tall")
        .boxes("box", &[(say!("Handled by"), handled), (say!("Received by manufacturing"), "")])
        .boxes("box", &[(say!("In charge of loading"), ""), (say!("Loaded on"), "")]))
}
