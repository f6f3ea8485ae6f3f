//! The approval sheet of a gift as a page to print (R5.3(1)).

use anyhow::Result;
use rusqlite::Connection;

use crate::book::select::Select;
use crate::column;
use crate::heading;
use crate::page::card::Card;
use crate::page::form::{Decided, Form};
use crate::phrase;
use crate::register::entry::Entry;
use crate::register::printed::{Part, Sheet};
use crate::say;

/// What is printed of a gift.
pub(super) static SHEET: Sheet = Sheet {
    about: "The approval sheet as a page to print",
    title: phrase!("Gift approval sheet"),
    clause: "R5.3(1)",
    written: "occasion IS NOT NULL",
    pages: &[Part::only(form)],
    ..Sheet::BLANK
};

const GIFT: &str = "SELECT *, coalesce(void_reason, refusal) AS stopped, coalesce(amount_fen, 0) AS total_fen FROM gift_list WHERE id = ?1";
const RECIPIENTS: &str =
    "SELECT name AS recipient, post, official_flag FROM gift_recipient WHERE entry = ?1 ORDER BY position";
const LINES: &str = "SELECT name AS gift, item, quantity, price_fen AS unit_price_fen, quantity * price_fen AS amount_fen FROM gift_line WHERE entry = ?1 ORDER BY position";

/// The approval sheet of a gift.
fn form(book: &Connection, entry: &Entry) -> Result<Form> {
    let gift = Card::of(book, GIFT, entry.id)?.with_names(book, &["department", "asked_by", "bought_by"])?;
    let gift = gift.with_project(book)?;
    let mut form = Form::new(book, say!("Gift approval sheet"), &entry.number)?
        .invalid(gift.filled("stopped")?)
        .grid(&gift, REQUEST)?;
    if let Some(reason) = gift.filled("official_reason")? {
        form = form.last(column::label("official_reason"), reason, "");
    }
    let form = form.table(&Card::all(book, RECIPIENTS, entry.id)?, RECIPIENT)?.table(&lines(book, entry)?, LINE)?.last(
        say!("Total"),
        gift.get("total")?,
        "figure",
    );
    let offers = Card::all(book, OFFERS, entry.id)?;
    let form = if offers.is_empty() { form } else { form.table(&offers, OFFER)? };
    let decisions = Decided::all(book, entry, decided)?;
    let [endorsed, approved] = opinions(book, entry, &decisions)?;
    Ok(form
        .opinions(gift.get("department")?, &[("department-manager", endorsed), ("branch-manager", approved)])
        .decisions(decisions.clone())
        .grid(&gift, &[&["bill", "bought"], &["bought_by", "bought_on"]])?
        .signatures(&[[say!("Signature of who asked"), say!("Signature of the clerk in charge")]]))
}

/// The offers of suppliers, the cheapest first.
const OFFERS: &str = "SELECT supplier, price_fen, quality, offered_on FROM gift_offer WHERE undone_on IS NULL AND entry = ?1 ORDER BY price_fen, position";

/// What is compared.
const OFFER: &[&str] = &["supplier", "price", "quality", "offered_on"];

/// What is asked for.
const REQUEST: &[&[&str]] =
    &[&["department", "asked_on"], &["asked_by", "project"], &["unit", "place"], &["occasion", "reception"]];

/// Who receives it.
const RECIPIENT: &[&str] = &[heading!("recipient"), "post", "official"];

/// What is given.
const LINE: &[&str] = &[heading!("gift"), "quantity", heading!("unit_price"), "amount"];

/// The gifts, of which those that are not on the list say so.
fn lines(book: &Connection, entry: &Entry) -> Result<Vec<Card>> {
    let mut lines = Card::all(book, LINES, entry.id)?;
    for line in &mut lines {
        if line.filled("item")?.is_none() {
            let name = say!("{name} (not on the list)", name = line.get("gift")?);
            line.set("gift", name);
        }
    }
    Ok(lines)
}

/// The last opinions of the department's manager and of the branch manager: who rejected it signs in the place of the own office.
fn opinions<'d>(book: &Connection, entry: &Entry, decisions: &'d [Decided]) -> Result<[Option<&'d Decided>; 2]> {
    let [endorsed, approved] = ["endorse", "approve"].map(|verb| Decided::last_of(decisions, verb));
    let Some(rejected) = decisions.last().filter(|decision| decision.verb == "reject") else {
        return Ok([endorsed, approved]);
    };
    let by_branch: bool = book.only(REJECTED_BY_BRANCH, [entry.id])?;
    Ok(if by_branch { [endorsed, Some(rejected)] } else { [Some(rejected), approved] })
}

/// Whether who rejected it last was branch manager on that day.
const REJECTED_BY_BRANCH: &str = "SELECT EXISTS (SELECT 1 FROM (SELECT decided_by, decided_on FROM approval
        WHERE undone_on IS NULL AND entry = ?1 AND verb = 'reject' ORDER BY position DESC LIMIT 1) AS a
    JOIN term AS s ON s.person = a.decided_by AND s.role = 'branch-manager'
        AND s.from_on <= a.decided_on AND (s.until_on IS NULL OR s.until_on >= a.decided_on))";

/// What was decided.
fn decided(verb: &str, _: Option<i64>) -> String {
    match verb {
        "endorse" => say!("agreed by the department"),
        "approve" => say!("approved by the branch"),
        _ => say!("refused"),
    }
    .to_owned()
}
