//! The form as a page: heading, number, dates, parties, content, signature boxes.

use anyhow::Result;
use askama::Template;
use clap::Args;
use rusqlite::Connection;

use super::parties;
use crate::desk::{Desk, Run};
use crate::language;
use crate::page::card::Card;
use crate::page::{self, Signature};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// The form to print
#[derive(Debug, Args)]
pub(crate) struct Print {
    /// The form's number
    pub(crate) number: String,
}

/// What stands on the page. Names are printed, not keys.
#[derive(Debug, Template)]
#[template(path = "contact.html")]
struct Page {
    branch: String,
    number: String,
    card: Card,
    kind: &'static str,
    addressees: Vec<Signature>,
    copies: Vec<Signature>,
    replies: Vec<Card>,
}

/// The form with the columns whose words are keys as they are, and the place where it is filed.
const FORM: &str = "SELECT l.*, l.kind AS about, l.addressed_to AS addressees, coalesce(l.copied_to, '') AS copies,
        coalesce(l.contract_file, l.no_contract) AS place
    FROM contact_list AS l WHERE l.id = ?1";

const REPLIES: &str =
    "SELECT party AS answers, replied_by, replied_on, text FROM reply WHERE entry = ?1 ORDER BY position";

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "contact", &self.number)?;
        entry.refuse_reserved(say!("printed"))?;
        let (card, number) = (Card::of(book, FORM, entry.id)?, entry.number.clone());
        if card.filled("subject")?.is_none() {
            return Err(Refusal::rule("R4.8", say!("{number} was voided before anything was written on it", number))
                .or(say!("see why with: branchbook show {number}", number))
                .into());
        }
        let replies = Card::all(book, REPLIES, entry.id)?.into_iter();
        let page = Page {
            branch: page::branch(book)?,
            kind: printed(card.get("about")?),
            addressees: boxes(book, &entry, card.get("addressees")?)?,
            copies: boxes(book, &entry, card.get("copies")?)?,
            replies: replies.map(|card| card.with_names(book, &["answers", "replied_by"])).collect::<Result<_>>()?,
            card: card.with_names(book, &["department", "issued_by", "archived_by"])?,
            number,
        };
        page::print(desk, &page)
    }
}

/// A kind as it is printed on a form.
fn printed(kind: &str) -> &'static str {
    match kind {
        "pre-contract" => say!("Before the contract"),
        "execution" => say!("Execution of the contract"),
        "after-sales" => say!("After-sales service"),
        "user-request" => say!("Request of the user"),
        "external" => say!("External letter"),
        _ => say!("Shipping"),
    }
}

/// A box for each party of a column, with the signature where it has signed.
fn boxes(book: &Connection, entry: &Entry, column: &str) -> Result<Vec<Signature>> {
    let mut statement = book.prepare("SELECT signed_by, signed_on FROM signature WHERE entry = ?1 AND party = ?2")?;
    let mut boxes: Vec<Signature> = parties::split(column).map(Signature::of).collect();
    for signature in &mut boxes {
        let mut rows = statement.query((entry.id, &signature.party))?;
        if let Some(row) = rows.next()? {
            (signature.by, signature.on) = (row.get(0)?, language::day(&row.get::<_, String>(1)?));
        }
        signature.spell(book)?;
    }
    Ok(boxes)
}
