//! The form as a page: heading, number, dates, parties, content, signature boxes.

use anyhow::Result;
use askama::Template;
use clap::Args;
use rusqlite::Connection;

use super::{Kind, parties};
use crate::desk::{Desk, Run};
use crate::language::{self, Spoken};
use crate::page::{self, Signature};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// The form to print
#[derive(Debug, Args)]
pub struct Print {
    /// The form's number
    pub number: String,
}

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "contact", &self.number)?;
        entry.refuse_reserved(say!("printed"))?;
        refuse_formless(book, &entry)?;
        let page = Page::of(book, &entry)?;
        page::print(desk, &page)
    }
}

/// A number that was voided before anything was written on it has no page.
fn refuse_formless(book: &Connection, entry: &Entry) -> Result<()> {
    if book.query_row("SELECT EXISTS (SELECT 1 FROM contact WHERE entry = ?1)", [entry.id], |row| row.get(0))? {
        return Ok(());
    }
    Err(Refusal::rule("R4.8", say!("{number} was voided before anything was written on it", number = entry.number))
        .or(say!("see why with: branchbook show {number}", number = entry.number))
        .into())
}

/// What stands on the page. Names are printed, not keys.
#[derive(Debug, Template)]
#[template(path = "contact.html")]
struct Page {
    branch: String,
    number: String,
    void_reason: Option<String>,
    department: String,
    issued_on: String,
    issued_by: String,
    kind: String,
    contract: Option<String>,
    reply_by: String,
    pages: Option<u32>,
    subject: String,
    content: String,
    addressees: Vec<Signature>,
    copies: Vec<Signature>,
    replies: Vec<Signature>,
    archived: Signature,
}

impl Page {
    fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        let mut page = book.query_row(
            "SELECT b.name, e.void_reason, c.kind, c.contract, c.reply_by_on, c.pages, c.subject, coalesce(c.content, ''), c.addressed_to,
                coalesce(c.copied_to, ''), c.archived_on, c.archived_by, coalesce(c.contract_file, c.no_contract)
             FROM entry AS e JOIN contact AS c ON c.entry = e.id JOIN book AS b WHERE e.id = ?1",
            [entry.id],
            |row| {
                let boxes = |column: String| parties::split(&column).map(Signature::of).collect();
                let archived: Option<String> = row.get(10)?;
                Ok(Self {
                    branch: row.get(0)?,
                    number: entry.number.clone(),
                    void_reason: row.get(1)?,
                    department: entry.department.clone(),
                    issued_on: entry.day.spoken(),
                    issued_by: entry.person.clone(),
                    kind: row.get(2)?,
                    contract: row.get(3)?,
                    reply_by: row.get::<_, Option<String>>(4)?.as_deref().map_or_else(String::new, language::day),
                    pages: row.get(5)?,
                    subject: row.get(6)?,
                    content: row.get(7)?,
                    addressees: boxes(row.get(8)?),
                    copies: boxes(row.get(9)?),
                    replies: Vec::new(),
                    archived: match archived {
                        None => Signature::default(),
                        Some(on) => Signature {
                            party: row.get::<_, Option<String>>(12)?.unwrap_or_default(),
                            by: row.get::<_, Option<String>>(11)?.unwrap_or_default(),
                            on: language::day(&on),
                            text: String::new(),
                        },
                    },
                })
            },
        )?;
        page.kind.parse::<Kind>()?.words().clone_into(&mut page.kind);
        page.fill_signatures(book, entry)?;
        page.replies = replies(book, entry)?;
        page.spell_names(book)?;
        Ok(page)
    }

    fn fill_signatures(&mut self, book: &Connection, entry: &Entry) -> Result<()> {
        let mut statement = book.prepare("SELECT party, signed_by, signed_on FROM signature WHERE entry = ?1")?;
        let mut rows = statement.query([entry.id])?;
        while let Some(row) = rows.next()? {
            let party: String = row.get(0)?;
            for signed in self.addressees.iter_mut().chain(&mut self.copies).filter(|signed| signed.party == party) {
                (signed.by, signed.on) = (row.get(1)?, language::day(&row.get::<_, String>(2)?));
            }
        }
        Ok(())
    }

    /// Puts names in the place of keys.
    fn spell_names(&mut self, book: &Connection) -> Result<()> {
        for line in self.addressees.iter_mut().chain(&mut self.copies).chain(&mut self.replies) {
            line.spell(book)?;
        }
        self.archived.by = page::name(book, &self.archived.by)?;
        self.department = page::name(book, &self.department)?;
        self.issued_by = page::name(book, &self.issued_by)?;
        Ok(())
    }
}

fn replies(book: &Connection, entry: &Entry) -> Result<Vec<Signature>> {
    let mut statement =
        book.prepare("SELECT party, replied_by, replied_on, text FROM reply WHERE entry = ?1 ORDER BY position")?;
    let replies = statement.query_map([entry.id], |row| {
        Ok(Signature {
            party: row.get(0)?,
            by: row.get(1)?,
            on: language::day(&row.get::<_, String>(2)?),
            text: row.get(3)?,
        })
    })?;
    Ok(replies.collect::<rusqlite::Result<_>>()?)
}
