//! The sheet that is signed when an asset is handed over: what it is, who keeps and uses it, signature lines (R5.5(2)).

use anyhow::Result;
use rusqlite::Connection;

use crate::book::select::Select;
use crate::language;
use crate::page::card::Card;
use crate::page::form::Form;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::printed::{Part, Sheet};
use crate::say;

/// What is signed when an asset is handed over.
pub(super) static SHEET: Sheet = Sheet {
    name: "handover",
    about: "Print the sheet that is signed when it is handed over",
    title: phrase!("Asset hand-over sheet"),
    clause: "R5.5(2)",
    for_today: true,
    pages: &[Part { lacks: gone, ..Part::only(form) }],
    ..Sheet::BLANK
};

/// The sheet of an asset.
fn form(book: &Connection, entry: &Entry) -> Result<Form> {
    let asset = Card::of(book, ASSET, entry.id)?.with_names(book, &["department", "keeper", "user"])?;
    let form = Form::new(book, say!("Asset hand-over sheet"), &entry.number)?.grid(&asset, HANDED)?;
    let form = form.last(say!("Accessories and condition"), "", "box").text(say!(
        "This asset is for work only. Its keeper keeps it and guards it against theft; damage is reported to General Management at once, for repair."
    ));
    Ok(form.signatures(&[
        [say!("Signature of who hands over"), say!("Date")],
        [say!("Signature of who receives"), say!("Date")],
        [say!("Signature of General Management"), say!("Date")],
    ]))
}

/// An asset, by its entry.
pub(super) const ASSET: &str = "SELECT * FROM asset_list WHERE id = ?1";

/// What is handed over.
const HANDED: &[&[&str]] = &[
    &["name"],
    &["model", "serial_no"],
    &["tag", "category"],
    &["bought_on", "price"],
    &["department", "place"],
    &["keeper", "user"],
    &["used_for", "issued_on"],
];

/// What is gone is not handed over.
fn gone(book: &Connection, entry: &Entry) -> Result<Option<Refusal>> {
    let end: bool = book.only("SELECT end_flag FROM state WHERE register = 'asset' AND state = ?1", [&entry.state])?;
    if !end {
        return Ok(None);
    }
    let (number, state) = (&entry.number, language::value_of(&entry.register, &entry.state));
    let what = say!("{number} is {state} and cannot be handed over", number, state);
    let way_out = say!("see what happened with: branchbook history {number}", number);
    Ok(Some(Refusal::rule("R5.5(2)", what).or(way_out)))
}
