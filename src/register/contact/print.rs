//! The form as a page to print: what it says, who issued it, who is to sign and answer, where it is filed (R4).

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension};

use super::parties;
use crate::column;
use crate::heading;
use crate::language::{self, Language};
use crate::page::card::Card;
use crate::page::form::Form;
use crate::page::{self, Signature};
use crate::phrase;
use crate::register::entry::Entry;
use crate::register::printed::{Part, Sheet};
use crate::say;

/// What is printed of a contact form.
pub(super) static SHEET: Sheet = Sheet {
    about: "The form as a page to print",
    title: phrase!("Work contact form"),
    clause: "R4.8",
    written: "subject IS NOT NULL",
    pages: &[Part::only(form)],
    blank: Some(blank),
    ..Sheet::BLANK
};

/// The form, its parties as they are kept, and the place where it is filed.
const FORM: &str = "SELECT l.*, c.addressed_to || '' AS addressees, coalesce(c.copied_to, '') AS copies,
        coalesce(l.contract_file, l.no_contract) AS filed_in,
        (SELECT s.contract FROM contract AS s JOIN entry AS p ON p.id = s.entry
            WHERE p.number = l.project AND s.position = 1 AND s.undone_on IS NULL AND s.signed_on <= l.issued_on) AS project_contract
    FROM contact_list AS l JOIN contact AS c ON c.entry = l.id WHERE l.id = ?1";

const REPLIES: &str =
    "SELECT party, replied_by, replied_on, text FROM reply WHERE undone_on IS NULL AND entry = ?1 ORDER BY position";

/// What it says, above its text.
const HEAD: &[&[&str]] = &[
    &["department", "issued_on"],
    &["project", "contract"],
    &["kind", "reply_by_on"],
    &["addressed_to"],
    &["copied_to"],
    &["subject"],
];

/// Where it is filed.
const FILED: &[&[&str]] = &[&[heading!("filed_in")], &["archived_by", "archived_on"]];

/// The addressees that a form of a pad has room for.
const BLANK_ROWS: usize = 3;

/// A form as it was issued.
fn form(book: &Connection, entry: &Entry) -> Result<Form> {
    let card = Card::of(book, FORM, entry.id)?.with_names(book, &["department", "issued_by", "archived_by"])?;
    let mut card = card.with_project(book)?;
    let (to, copies) = (parties(book, entry, card.get("addressees")?)?, parties(book, entry, card.get("copies")?)?);
    // A comma may stand in the name of a unit outside.
    let between = if Language::spoken() == Language::Zh { language::comma() } else { language::semicolon() };
    for (column, parties) in [("addressed_to", &to), ("copied_to", &copies)] {
        card.set(column, parties.iter().map(|signature| signature.party.as_str()).collect::<Vec<_>>().join(between));
    }
    // The contract of its project is the key under which a form is filed that names none itself.
    if card.filled("contract")?.is_none() {
        let contract = card.get("project_contract")?.to_owned();
        card.set("contract", contract);
    }
    if let Some(pages) = card.filled("pages")? {
        let subject = say!("{subject} (pages: {pages})", subject = card.get("subject")?, pages);
        card.set("subject", subject);
    }
    let form = Form::new(book, say!("Work contact form"), &entry.number)?
        .invalid(card.filled("void_reason")?)
        .grid(&card, HEAD)?
        .content(&column::label("content"), card.get("content")?);
    let form = issued(form, &card)?;
    let form = answered(signed(form, &to, &copies), book, entry)?;
    form.grid(&card, FILED)
}

/// A form of a pad: the number and the department, and boxes to fill in by hand.
fn blank(book: &Connection, entry: &Entry) -> Result<Form> {
    let mut card = Card::blank(&[HEAD, FILED, &[&["issued_by"]]].concat());
    card.set("department", page::name(book, &entry.department)?);
    let nobody = vec![Signature::default(); BLANK_ROWS];
    let form = Form::new(book, say!("Work contact form"), &entry.number)?
        .grid(&card, HEAD)?
        .content(&column::label("content"), "");
    let form = form
        .boxes("box", &[(&column::label("issued_by"), ""), (say!("Reviewed by"), "")])
        .boxes("box", &[(say!("Countersigned by"), "")]);
    answer(signed(form, &nobody, &nobody[..1]), [""; 3]).grid(&card, FILED)
}

/// Adds who issued the form, and the boxes of those who agree to it; a letter has room for the seal and our address.
fn issued(form: Form, card: &Card) -> Result<Form> {
    let form = form
        .boxes("box", &[(&column::label("issued_by"), card.get("issued_by")?), (say!("Reviewed by"), "")])
        .boxes("box", &[(say!("Countersigned by"), "")]);
    let outside = card.get("kind")? == language::value("external");
    Ok(if outside { form.boxes("answer", &[(say!("Seal"), ""), (say!("Our address"), "")]) } else { form })
}

/// Adds a row for each addressee and each copy, to be signed on receipt.
fn signed(form: Form, to: &[Signature], copies: &[Signature]) -> Form {
    let form = form.signing(&[say!("Receipt"), say!("Recipient"), say!("Signature"), say!("Date")]);
    let (to_label, copy_label) = (column::label("addressed_to"), column::label("copied_to"));
    let form = to.iter().fold(form, |form, signature| form.signed(&to_label, signature));
    copies.iter().fold(form, |form, signature| form.signed(&copy_label, signature))
}

/// Adds a box for what is answered, by whom and when.
fn answer(form: Form, reply: [&str; 3]) -> Form {
    let [text, by, on] = reply;
    form.boxes("answer", &[(say!("Reply and opinion"), text)])
        .boxes("box", &[(say!("Signature"), by), (say!("Date"), on)])
}

/// Adds what was answered, or an empty box for it.
fn answered(form: Form, book: &Connection, entry: &Entry) -> Result<Form> {
    let replies = Card::all(book, REPLIES, entry.id)?;
    if replies.is_empty() {
        return Ok(answer(form, [""; 3]));
    }
    replies.into_iter().try_fold(form, |form, reply| {
        let reply = reply.with_names(book, &["party", "replied_by"])?;
        let by = format!("{} {}", reply.get("party")?, reply.get("replied_by")?);
        Ok(answer(form, [reply.get("text")?, by.trim(), reply.get("replied_on")?]))
    })
}

/// The parties of a column, each with its signature where it has signed.
fn parties(book: &Connection, entry: &Entry, column: &str) -> Result<Vec<Signature>> {
    let mut statement = book
        .prepare("SELECT signed_by, signed_on FROM signature WHERE undone_on IS NULL AND entry = ?1 AND party = ?2")?;
    let mut signatures = Vec::new();
    for party in parties::split(column) {
        let row: Option<(String, String)> =
            statement.query_row((entry.id, party), |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (by, on) = row.unwrap_or_default();
        let (by, on) = (page::name(book, &by)?, language::day(&on));
        signatures.push(Signature { party: page::name(book, party)?, by, on });
    }
    Ok(signatures)
}
