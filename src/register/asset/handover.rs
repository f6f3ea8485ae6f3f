//! The sheet that is signed when an asset is handed over: what it is, who keeps and uses it, signature lines (R5.5(2)).

use anyhow::Result;
use clap::Args;
use rusqlite::Connection;

use crate::book::select::Select;
use crate::desk::{Desk, Run};
use crate::language;
use crate::page::browser::Open;
use crate::page::card::Card;
use crate::page::form::Form;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// The asset that is handed over
#[derive(Debug, Args)]
pub(crate) struct Handover {
    /// The asset's number
    pub(crate) number: String,
    #[command(flatten)]
    pub(crate) open: Open,
}

impl Run for Handover {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "asset", &self.number)?;
        refuse_gone(book, &entry)?;
        let asset = Card::of(book, ASSET, entry.id)?.with_names(book, &["department", "keeper", "user"])?;
        let form = Form::new(book, say!("Asset hand-over sheet"), &entry.number)?.grid(&asset, SHEET)?;
        let form = form.last(say!("Accessories and condition"), "", "box").text(say!(
            "This asset is for work only. Its keeper keeps it and guards it against theft; damage is reported to General Management at once, for repair."
        ));
        let form = form.signatures(&[
            [say!("Signature of who hands over"), say!("Date")],
            [say!("Signature of who receives"), say!("Date")],
            [say!("Signature of General Management"), say!("Date")],
        ]);
        desk.page(&form.alone(), self.open)
    }
}

/// An asset, by its entry.
pub(super) const ASSET: &str = "SELECT * FROM asset_list WHERE id = ?1";

/// What is handed over.
const SHEET: &[&[&str]] = &[
    &["name"],
    &["model", "serial_no"],
    &["tag", "category"],
    &["bought_on", "price"],
    &["department", "place"],
    &["keeper", "user"],
    &["used_for", "issued_on"],
];

/// What is gone is not handed over.
fn refuse_gone(book: &Connection, entry: &Entry) -> Result<()> {
    let end: bool = book.only("SELECT end_flag FROM state WHERE register = 'asset' AND state = ?1", [&entry.state])?;
    if !end {
        return Ok(());
    }
    Err(Refusal::rule(
        "R5.5(2)",
        say!(
            "{number} is {state} and cannot be handed over",
            number = entry.number,
            state = language::value_of(&entry.register, &entry.state)
        ),
    )
    .or(say!("see what happened with: branchbook history {number}", number = entry.number))
    .into())
}
