//! The packing list, the gate pass and the loading notices as pages to print (R6.2, R6.3).

use std::collections::BTreeSet;

use anyhow::Result;
use rusqlite::Connection;

use super::boxes::Packing;
use super::cases::{Cases, in_runs};
use super::measure::cubic_metres;
use crate::book::select::Select;
use crate::column;
use crate::heading;
use crate::language;
use crate::page;
use crate::page::card::Card;
use crate::page::form::Form;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::printed::{Of, Part, Sheet};
use crate::say;
use crate::view::with_views;

/// What is printed of a shipment.
pub(super) static SHEET: Sheet = Sheet {
    about: "The packing list, the gate pass and the loading notices as pages to print",
    title: phrase!("Papers of the shipment"),
    clause: "R6.3",
    pages: &[
        Part {
            name: "gate-pass",
            about: "For the guard at the gate",
            lacks: |book, entry| {
                let what = say!("{number} has no gate pass", number = entry.number);
                lacking(book, entry, "gate_pass", what, "pass --pass NUMBER --vehicle VEHICLE --driver NAME")
            },
            of: Of::One(gate_pass),
        },
        Part {
            name: "packing-list",
            about: "For the user, with what is in the boxes",
            lacks: |book, entry| {
                let what = say!("{number} has no boxes, and no packing list", number = entry.number);
                lacking(book, entry, "boxes", what, "box --case CASES --weight WEIGHT --holds TEXT")
            },
            of: Of::One(packing_list),
        },
        Part {
            name: "loading-notice",
            about: "For the manufacturing department",
            lacks: |book, entry| {
                let what = say!("{number} has no loading notice", number = entry.number);
                lacking(book, entry, "loaded_boxes", what, "load --boxes COUNT")
            },
            of: Of::Each(loading_notices),
        },
    ],
    ..Sheet::BLANK
};

/// Why a shipment lacks a page: the column of the list that tells whether it is there is empty. The verb and its options make it out.
fn lacking(book: &Connection, entry: &Entry, column: &str, what: String, verb: &str) -> Result<Option<Refusal>> {
    let sql = format!("SELECT {column} IS NOT NULL FROM ship_list WHERE id = ?1");
    if book.only(&with_views(&sql), [entry.id])? {
        return Ok(None);
    }
    let way_out = match entry.state.as_str() {
        "void" | "cancelled" => {
            say!("it is {state}, and none will be made out", state = language::value_of(&entry.register, &entry.state))
        }
        _ => {
            let (verb, options) = verb.split_once(' ').unwrap_or((verb, ""));
            say!("make it out with: {next}", next = format!("branchbook ship {verb} {} {options}", entry.number))
        }
    };
    Ok(Some(Refusal::rule("R6.3", what).or(way_out)))
}

const SHIPMENT: &str = "SELECT s.*, s.number AS shipment, coalesce(s.void_reason, s.outcome) AS cancelled, p.customer,
        s.organised_by AS recorded_by
    FROM ship_list AS s LEFT JOIN project_list AS p ON p.number = s.project WHERE s.id = ?1";

const BOXES: &str = "SELECT cases, boxes, weight_g / 1000.0 AS weight_kg,
        length_mm || '×' || width_mm || '×' || height_mm AS size_mm, holds
    FROM ship_box WHERE undone_on IS NULL AND entry = ?1 ORDER BY position";

/// All boxes together.
const PACKED: &str = "SELECT sum(boxes) AS boxes, sum(weight_g) / 1000.0 AS weight_kg
    FROM ship_box WHERE undone_on IS NULL AND entry = ?1";

const NOTICES: &str = "SELECT e.number || '-' || l.position AS number, l.boxes, l.cases, l.requirement, l.loaded_on
    FROM ship_load AS l JOIN entry AS e ON l.undone_on IS NULL AND e.id = l.entry WHERE l.entry = ?1 ORDER BY l.position";

/// What the contract and its supplements deliver.
const PRODUCTS: &str = "SELECT l.product, sum(l.quantity) AS quantity
    FROM ship AS s JOIN entry AS e ON e.number = s.project JOIN product_line AS l ON l.entry = e.id
        JOIN contract AS c ON c.entry = l.entry AND c.position = l.contract AND c.undone_on IS NULL
    WHERE s.entry = ?1 GROUP BY l.product HAVING sum(l.quantity) <> 0 ORDER BY min(l.contract), min(l.position)";

/// What is shipped, for papers that do not list it box by box: what the contract delivers, how much of it this time being left open.
fn goods(book: &Connection, entry: &Entry) -> Result<Vec<Card>> {
    for run in Card::all(book, BOXES, entry.id)? {
        if run.filled("holds")?.is_some() {
            return Ok(Vec::new());
        }
    }
    let mut goods = Card::all(book, PRODUCTS, entry.id)?;
    for product in &mut goods {
        product.set("quantity", "");
    }
    Ok(goods)
}

/// The columns of the goods.
const GOODS: &[&str] = &["product", "quantity"];

/// A run of boxes as the papers list it.
const RUN: &[&str] = &["cases", "holds", "boxes", "weight_kg", "size_mm"];

/// The shipment as its pages show it.
fn shipment(book: &Connection, entry: &Entry) -> Result<Card> {
    let mut shipment = Card::of(book, SHIPMENT, entry.id)?.with_project(book)?;
    let contact = format!("{} {}", shipment.get("contact_person")?, shipment.get("phone")?);
    shipment.set("contact_person", contact.trim());
    Ok(shipment)
}

/// For the guard at the gate.
fn gate_pass(book: &Connection, entry: &Entry) -> Result<Form> {
    const PASS: &[&[&str]] = &[
        &[heading!("shipment"), "passed_on"],
        &["project", "contract"],
        &["completion_notice", "customer"],
        &["form", "place"],
        &["contact_person", "carrier"],
        &["route"],
        &["vehicle", "driver"],
    ];
    let shipment = &shipment(book, entry)?;
    let handled = &page::name(book, shipment.get("recorded_by")?)?;
    let form = Form::new(book, say!("Gate pass"), shipment.get("gate_pass")?)?
        .invalid(shipment.filled("cancelled")?)
        .grid(shipment, PASS)?;
    Ok(packed(form, book, entry)?
        .boxes("box", &[(say!("Valid until"), ""), (say!("Seal"), "")])
        .boxes("box", &[(say!("Handled by"), handled), (say!("Approved by"), "")])
        .boxes("box", &[(say!("Signature of the driver"), ""), (say!("Passed by the gate guard"), "")]))
}

/// Adds the goods where no box says what it holds, the runs of boxes, and under them what is packed altogether.
fn packed(form: Form, book: &Connection, entry: &Entry) -> Result<Form> {
    let goods = goods(book, entry)?;
    let form = if goods.is_empty() { form } else { form.table(&goods, GOODS)? };
    let (packing, all) = (Packing::of(book, entry)?, Card::of(book, PACKED, entry.id)?);
    let volume = if packing.without_size == 0 { cubic_metres(packing.volume) } else { String::new() };
    let form = form.table(&Card::all(book, BOXES, entry.id)?, RUN)?;
    Ok(form.total(&[say!("Total"), "", all.get("boxes")?, all.get("weight_kg")?, &volume]))
}

/// For the user: what is in which box.
fn packing_list(book: &Connection, entry: &Entry) -> Result<Form> {
    const HEAD: &[&[&str]] = &[&["customer"], &["project", "contract"], &["form", "place"], &["contact_person"]];
    let shipment = &shipment(book, entry)?;
    let form = Form::new(book, say!("Packing list"), &entry.number)?
        .invalid(shipment.filled("cancelled")?)
        .grid(shipment, HEAD)?;
    Ok(packed(form, book, entry)?
        .boxes("box", &[(say!("Packed by"), ""), (say!("Inspected by"), "")])
        .boxes("box", &[(say!("Received by the user"), ""), (say!("Date"), "")]))
}

/// The runs of boxes that a notice tells to load: those with one of its case numbers, or all where it counts as many; none where it
/// counts fewer, for which they are nobody said.
fn to_load(book: &Connection, entry: &Entry, notice: &Card, all: bool) -> Result<Vec<Card>> {
    let mut runs = Card::all(book, BOXES, entry.id)?;
    let Some(wanted) = notice.filled("cases")?.map(str::parse::<Cases>).transpose()? else {
        return Ok(if all { runs } else { Vec::new() });
    };
    let mut kept = Vec::new();
    for mut run in runs.drain(..) {
        let packed: Cases = run.get("cases")?.parse()?;
        let loaded: BTreeSet<u32> = packed.numbers().intersection(wanted.numbers()).copied().collect();
        if loaded.is_empty() {
            continue;
        }
        if loaded.len() < packed.numbers().len() {
            run.set("cases", say!("{some} of {run}", some = in_runs(&loaded), run = packed));
            run.set("boxes", loaded.len().to_string());
            // What is known is the weight of the whole run.
            run.set("weight_kg", "—");
        }
        kept.push(run);
    }
    Ok(kept)
}

/// For the manufacturing department, each of its notices.
fn loading_notices(book: &Connection, entry: &Entry) -> Result<Vec<Form>> {
    let shipment = shipment(book, entry)?;
    let notices = Card::all(book, NOTICES, entry.id)?;
    notices.iter().map(|notice| loading_notice(book, entry, &shipment, notice)).collect()
}

fn loading_notice(book: &Connection, entry: &Entry, shipment: &Card, notice: &Card) -> Result<Form> {
    const SHIPPED: &[&[&str]] = &[&["customer", "place"], &["vehicle", "driver"]];
    let mut notice = notice.clone();
    for column in ["project", "contract"] {
        notice.set(column, shipment.get(column)?);
    }
    // Where all boxes are loaded, no case numbers are to be told; where some are, manufacturing writes them in.
    let packed = Packing::of(book, entry)?.boxes.to_string();
    let all = notice.filled("cases")?.is_none() && notice.get("boxes")? == packed;
    if !all {
        notice.set("boxes", say!("{boxes} of {packed}", boxes = notice.get("boxes")?, packed));
    }
    let counted: &[&str] = if all { &["boxes"] } else { &["boxes", "cases"] };
    let handled = &page::name(book, shipment.get("recorded_by")?)?;
    Ok(Form::new(book, say!("Loading notice"), notice.get("number")?)?
        .invalid(shipment.filled("cancelled")?)
        .grid(&notice, &[&["project", "contract"], &["loaded_on"]])?
        .grid(shipment, SHIPPED)?
        .grid(&notice, &[counted])?
        .table(&to_load(book, entry, &notice, all)?, RUN)?
        .last(column::label("requirement"), notice.get("requirement")?, "tall")
        .boxes("box", &[(say!("Handled by"), handled), (say!("Received by manufacturing"), "")])
        .boxes("box", &[(say!("In charge of loading"), ""), (say!("Loaded on"), "")]))
}
