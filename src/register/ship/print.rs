//! The gate pass and the loading notices as pages to print (R6.3).

use anyhow::Result;
use askama::Template;
use clap::{Args, ValueEnum};
use rusqlite::Connection;

use super::boxes::Packing;
use super::measure::cubic_metres;
use super::terms::Form;
use crate::desk::{Desk, Run};
use crate::language;
use crate::page;
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
            Some(Page::LoadingNotice) => pages.gate_pass = None,
            None => {}
        }
        if pages.gate_pass.is_none() && pages.notices.is_empty() {
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
    number: String,
    cancelled: Option<String>,
    project: String,
    contract: String,
    customer: String,
    place: String,
    contact: String,
    phone: String,
    route: String,
    form: String,
    carrier: String,
    vehicle: String,
    driver: String,
    boxes: Vec<PackedRun>,
    altogether: String,
    gate_pass: Option<GatePass>,
    notices: Vec<Notice>,
    recorded_by: String,
}

/// A run of boxes on the gate pass.
#[derive(Debug)]
struct PackedRun {
    cases: String,
    boxes: i64,
    weight: String,
    size: String,
}

/// The gate pass's own fields.
#[derive(Debug)]
struct GatePass {
    pass: String,
    on: String,
    completion: String,
}

/// A loading notice's own fields.
#[derive(Debug)]
struct Notice {
    number: String,
    boxes: i64,
    cases: String,
    requirement: String,
    on: String,
}

impl Pages {
    fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        let mut pages = book.query_row(
            "SELECT b.name, coalesce(s.void_reason, s.outcome) AS cancelled, coalesce(s.project, '') AS project, coalesce(s.contract, '') AS contract,
                coalesce(p.customer, '') AS customer, coalesce(s.place, '') AS place, coalesce(s.contact_person, '') AS contact,
                coalesce(s.phone, '') AS phone, coalesce(s.route, '') AS route, coalesce(s.form, '') AS form, coalesce(s.carrier, '') AS carrier,
                coalesce(s.vehicle, '') AS vehicle, coalesce(s.driver, '') AS driver, s.organised_by, s.gate_pass, s.passed_on, s.completion_notice
             FROM ship_list AS s LEFT JOIN project_list AS p ON p.number = s.project JOIN book AS b WHERE s.number = ?1",
            [&entry.number],
            |row| {
                let gate_pass = match row.get("gate_pass")? {
                    None => None,
                    Some(pass) => {
                        Some(GatePass {
                            pass,
                            on: language::day(&row.get::<_, String>("passed_on")?),
                            completion: row.get("completion_notice")?,
                        })
                    }
                };
                Ok(Self {
                    branch: row.get("name")?,
                    number: entry.number.clone(),
                    cancelled: row.get("cancelled")?,
                    project: row.get("project")?,
                    contract: row.get("contract")?,
                    customer: row.get("customer")?,
                    place: row.get("place")?,
                    contact: row.get("contact")?,
                    phone: row.get("phone")?,
                    route: row.get("route")?,
                    form: row.get("form")?,
                    carrier: row.get("carrier")?,
                    vehicle: row.get("vehicle")?,
                    driver: row.get("driver")?,
                    boxes: Vec::new(),
                    altogether: String::new(),
                    gate_pass,
                    notices: Vec::new(),
                    recorded_by: row.get("organised_by")?,
                })
            },
        )?;
        if let Some(form) = Form::value_variants().iter().find(|form| form.key() == pages.form) {
            form.words().clone_into(&mut pages.form);
        }
        pages.boxes = runs(book, entry)?;
        let packing = Packing::of(book, entry)?;
        let volume =
            if packing.without_size == 0 { format!("  {}", cubic_metres(packing.volume)) } else { String::new() };
        let boxes = say!("{count} boxes", count = packing.boxes);
        pages.altogether = format!("{boxes}  {}{volume}", packing.weight);
        pages.notices = notices(book, entry)?;
        pages.recorded_by = page::name(book, &pages.recorded_by)?;
        Ok(pages)
    }
}

fn runs(book: &Connection, entry: &Entry) -> Result<Vec<PackedRun>> {
    let mut statement = book.prepare(
        "SELECT cases, boxes, CASE WHEN weight_g IS NULL THEN '' ELSE printf('%.15g', weight_g / 1000.0) END, coalesce(length_mm || '×' || width_mm || '×' || height_mm, '')
         FROM ship_box WHERE entry = ?1 ORDER BY position",
    )?;
    let runs = statement.query_map([entry.id], |row| {
        Ok(PackedRun { cases: row.get(0)?, boxes: row.get(1)?, weight: row.get(2)?, size: row.get(3)? })
    })?;
    Ok(runs.collect::<rusqlite::Result<_>>()?)
}

fn notices(book: &Connection, entry: &Entry) -> Result<Vec<Notice>> {
    let mut statement = book.prepare(
        "SELECT position, boxes, coalesce(cases, ''), coalesce(requirement, ''), loaded_on FROM ship_load WHERE entry = ?1 ORDER BY position",
    )?;
    let notices = statement.query_map([entry.id], |row| {
        Ok(Notice {
            number: format!("{}-{}", entry.number, row.get::<_, i64>(0)?),
            boxes: row.get(1)?,
            cases: row.get(2)?,
            requirement: row.get(3)?,
            on: language::day(&row.get::<_, String>(4)?),
        })
    })?;
    Ok(notices.collect::<rusqlite::Result<_>>()?)
}
