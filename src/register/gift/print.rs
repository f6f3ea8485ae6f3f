//! The approval sheet of a gift as a page to print (R5.3(1)).

use anyhow::Result;
use askama::Template;
use clap::Args;

use crate::desk::{Desk, Run};
use crate::page::{self, card::Card};
use crate::register::approval::Printed;
use crate::register::entry::Entry;
use crate::say;

/// The gift whose approval sheet is printed
#[derive(Debug, Args)]
pub struct Print {
    /// The gift's number
    pub number: String,
}

/// What stands on the sheet.
#[derive(Debug, Template)]
#[template(path = "gift.html")]
struct Sheet {
    branch: String,
    number: String,
    gift: Card,
    recipients: Vec<Card>,
    lines: Vec<Card>,
    decisions: Vec<Printed>,
}

const GIFT: &str = "SELECT *, coalesce(void_reason, refusal) AS stopped, coalesce(amount_fen, 0) AS total_fen FROM gift_list WHERE id = ?1";
const RECIPIENTS: &str = "SELECT name, post, official_flag FROM gift_recipient WHERE entry = ?1 ORDER BY position";
const LINES: &str = "SELECT name, item, quantity, price_fen, quantity * price_fen AS amount_fen FROM gift_line WHERE entry = ?1 ORDER BY position";

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "gift", &self.number)?;
        let sheet = Sheet {
            branch: page::branch(book)?,
            gift: Card::of(book, GIFT, entry.id)?.with_names(book, &["department", "asked_by"])?,
            recipients: Card::all(book, RECIPIENTS, entry.id)?,
            lines: Card::all(book, LINES, entry.id)?,
            decisions: Printed::all(book, &entry, decided)?,
            number: entry.number,
        };
        page::print(desk, &sheet)
    }
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
