//! The approval sheet of a gift as a page to print (R5.3(1)).

use anyhow::Result;
use clap::Args;
use rusqlite::Connection;

use crate::desk::{Desk, Run};
use crate::page;
use crate::page::card::Card;
use crate::page::form::{Form, Labelled};
use crate::phrase;
use crate::register::approval::Printed;
use crate::register::entry::Entry;
use crate::say;

/// The gift whose approval sheet is printed
#[derive(Debug, Args)]
pub(crate) struct Print {
    /// The gift's number
    pub(crate) number: String,
}

const GIFT: &str = "SELECT *, coalesce(void_reason, refusal) AS stopped, coalesce(amount_fen, 0) AS total_fen FROM gift_list WHERE id = ?1";
const RECIPIENTS: &str = "SELECT name, post, official_flag FROM gift_recipient WHERE entry = ?1 ORDER BY position";
const LINES: &str = "SELECT name, item, quantity, price_fen, quantity * price_fen AS amount_fen FROM gift_line WHERE entry = ?1 ORDER BY position";

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "gift", &self.number)?;
        let gift = Card::of(book, GIFT, entry.id)?.with_names(book, &["department", "asked_by"])?;
        let gift = gift.with_by_on("bought_for", "bought", "bought_on")?;
        let mut form = Form::new(book, say!("Gift approval sheet"), &entry.number)?
            .invalid(gift.filled("stopped")?)
            .grid(&gift, REQUEST)?;
        if let Some(reason) = gift.filled("official_reason")? {
            form = form.last(phrase!("Reason for a public official"), reason, "");
        }
        let form = form
            .table(&Card::all(book, RECIPIENTS, entry.id)?, RECIPIENT)?
            .table(&lines(book, &entry)?, LINE)?
            .last(phrase!("Total"), gift.get("total")?, "figure")
            .decisions(Printed::all(book, &entry, decided)?)
            .grid(&gift, &[&[(phrase!("Bill number"), "bill"), (phrase!("Bought for, on"), "bought_for")]])?
            .signatures(&[
                [phrase!("Signature of who asked"), phrase!("Signature of the department manager")],
                [phrase!("Signature of the branch manager"), phrase!("Signature of the clerk in charge")],
            ]);
        page::print(desk, &form.alone())
    }
}

/// What is asked for.
const REQUEST: &[&[Labelled]] = &[
    &[(phrase!("Asking department"), "department"), (phrase!("Asked on"), "asked_on")],
    &[(phrase!("Asked by"), "asked_by"), (phrase!("Project"), "project")],
    &[(phrase!("Receiving unit"), "unit"), (phrase!("Place of handing over"), "place")],
    &[(phrase!("Occasion"), "occasion")],
];

/// Who receives it.
const RECIPIENT: &[Labelled] =
    &[(phrase!("Recipient"), "name"), (phrase!("Position"), "post"), (phrase!("Public official"), "official")];

/// What is given.
const LINE: &[Labelled] = &[
    (phrase!("Gift"), "name"),
    (phrase!("Quantity"), "quantity"),
    (phrase!("Price each (yuan)"), "price"),
    (phrase!("Amount (yuan)"), "amount"),
];

/// The gifts, of which those that are not on the list say so.
fn lines(book: &Connection, entry: &Entry) -> Result<Vec<Card>> {
    let mut lines = Card::all(book, LINES, entry.id)?;
    for line in &mut lines {
        if line.filled("item")?.is_none() {
            let name = say!("{name} (not on the list)", name = line.get("name")?);
            line.set("name", name);
        }
    }
    Ok(lines)
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
