//! The card of an asset: what it is, whose, where it went, what was repaired and looked at, and what became of it (R5.5).

use anyhow::Result;
use rusqlite::Connection;

use super::handover::ASSET;
use crate::heading;
use crate::page::card::Card;
use crate::page::form::Form;
use crate::phrase;
use crate::register::entry::Entry;
use crate::register::printed::{Part, Sheet};
use crate::say;

/// What is printed of an asset.
pub(super) static SHEET: Sheet = Sheet {
    about: "Its card as a page to print: what it is, where it went, repairs, checks, disposal",
    title: phrase!("Equipment card"),
    clause: "R5.5",
    written: "name IS NOT NULL",
    pages: &[Part::only(card)],
    ..Sheet::BLANK
};

/// The card of an asset.
fn card(book: &Connection, entry: &Entry) -> Result<Form> {
    let asset = Card::of(book, ASSET, entry.id)?.with_names(book, &["department", "keeper", "user"])?;
    let mut form = Form::new(book, say!("Equipment card"), &entry.number)?
        .invalid(asset.filled("void_reason")?)
        .grid(&asset, CARD)?;
    for (title, sql, columns) in [
        (say!("Custody"), CUSTODY, MOVE),
        (say!("Damage and repairs"), DAMAGE, REPAIR),
        (say!("Looks at how it is guarded"), CHECKS, CHECK),
        (say!("Losses"), LOSSES, LOSS),
    ] {
        form = form.titled(title).table(&Card::all_or_blank(book, sql, entry.id, BLANK)?, columns)?;
    }
    Ok(form.grid(&asset, &[&["disposal"], &["approved_by", "ended_on"]])?.signatures(&[
        [say!("Signature of the keeper"), say!("Date")],
        [say!("Signature of the department manager"), say!("Date")],
        [say!("Signature of General Management"), say!("Date")],
    ]))
}

/// Rows that are left to be filled in by hand where nothing is in the book.
const BLANK: usize = 1;

/// What it is.
const CARD: &[&[&str]] = &[
    &["name"],
    &["model", "serial_no"],
    &["tag", "category"],
    &["bought_on", "price"],
    &["supplier", "warranty_until_on"],
    &["department", "place"],
    &["keeper", "user"],
    &["state"],
];

const CUSTODY: &str = "SELECT from_on, until_on, duty, person, purpose AS used_for FROM custody WHERE undone_on IS NULL AND entry = ?1 ORDER BY position";

/// Who kept and used it.
const MOVE: &[&str] = &["from_on", "until_on", "duty", "person", "used_for"];

const DAMAGE: &str = "SELECT happened_on, what, reported_by, outcome, back_on, cost_fen FROM damage WHERE undone_on IS NULL AND entry = ?1 ORDER BY position";

/// What was broken and repaired.
const REPAIR: &[&str] = &["happened_on", "what", "reported_by", "outcome", "back_on", "cost"];

const CHECKS: &str = "SELECT checked_on, checked_by, secure_flag, finding FROM guard_check WHERE undone_on IS NULL AND entry = ?1 ORDER BY position";

/// How it was found to be guarded.
const CHECK: &[&str] = &["checked_on", "checked_by", heading!("secure"), "finding"];

const LOSSES: &str = "SELECT happened_on, kind, responsible, police_report, recovered_on FROM loss WHERE undone_on IS NULL AND entry = ?1 ORDER BY position";

/// How it was lost and found.
const LOSS: &[&str] = &["happened_on", "kind", "responsible", "police_report", "recovered_on"];
