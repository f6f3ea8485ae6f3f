//! The form as a page to print: what it says, who issued it, who is to sign and answer, where it is filed (R4).

use anyhow::Result;
use clap::Args;
use rusqlite::{Connection, OptionalExtension};

use super::parties;
use crate::desk::{Desk, Run};
use crate::heading;
use crate::language;
use crate::office::name;
use crate::page::card::Card;
use crate::page::form::Form;
use crate::page::{self, Signature};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::sheet::column;

/// The form to print
#[derive(Debug, Args)]
pub(crate) struct Print {
    /// The form's number
    pub(crate) number: String,
}

/// The form, its parties as they are kept, and the place where it is filed.
const FORM: &str = "SELECT l.*, c.addressed_to || '' AS addressees, coalesce(c.copied_to, '') AS copies,
        coalesce(l.contract_file, l.no_contract) AS filed_in
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

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "contact", &self.number)?;
        name::as_of(book, entry.day)?;
        entry.refuse_reserved(say!("printed"))?;
        let number = &entry.number;
        let card = Card::all(book, FORM, entry.id)?.pop().ok_or_else(|| {
            Refusal::rule("R4.8", say!("{number} was voided before anything was written on it", number))
                .or(say!("see why with: branchbook show {number}", number))
        })?;
        let mut card = card.with_names(book, &["department", "issued_by", "archived_by"])?;
        let (to, copies) =
            (parties(book, &entry, card.get("addressees")?)?, parties(book, &entry, card.get("copies")?)?);
        for (column, parties) in [("addressed_to", &to), ("copied_to", &copies)] {
            card.set(column, language::listed(parties.iter().map(|signature| &signature.party)));
        }
        if let Some(pages) = card.filled("pages")? {
            let subject = say!("{subject} (pages: {pages})", subject = card.get("subject")?, pages);
            card.set("subject", subject);
        }
        let form = Form::new(book, say!("Work contact form"), number)?
            .invalid(card.filled("void_reason")?)
            .grid(&card, HEAD)?
            .content(&column::label("content"), card.get("content")?);
        let form = issued(form, &card)?;
        let form = answered(signed(form, &to, &copies), book, &entry)?;
        let form = form.grid(&card, &[&[heading!("filed_in")], &["archived_by", "archived_on"]])?;
        desk.page(&form.alone())
    }
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

/// Adds what was answered, or an empty box for it.
fn answered(form: Form, book: &Connection, entry: &Entry) -> Result<Form> {
    let answer = |form: Form, reply: [&str; 3]| {
        let [text, by, on] = reply;
        form.boxes("answer", &[(say!("Reply and opinion"), text)])
            .boxes("box", &[(say!("Signature"), by), (say!("Date"), on)])
    };
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
