//! Printed pages: a form, a list or a report as one HTML file that needs nothing beside it and prints on A4.
//!
//! A form is made by [`form::Form`] of what a register says of it; another page is a struct with what stands on it and a template
//! that fills in the base page. The base page has the style sheet, the size of the paper, the page numbers and the language; a
//! template adds its own style in `{% block style %}`. A form's head has the branch, the title, and the number as text and as a
//! QR code. Whatever is printed with `{{ }}` is escaped. A part of class `wide` lies on its side.

pub(crate) mod browser;
pub(crate) mod card;
pub(crate) mod form;
pub mod qr;

use anyhow::Result;
use rusqlite::Connection;

use crate::book::select::Select;
use crate::office::{department, name};

/// A box on a form: for whom, who signed, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Signature {
    /// For whom it is signed.
    pub(crate) party: String,
    /// Who signed; empty on a form that is still to be signed.
    pub(crate) by: String,
    /// The day.
    pub(crate) on: String,
}

/// The branch, as it stands at the head of every page: what the book is called.
pub(crate) fn branch(book: &Connection) -> Result<String> {
    name::of_office(book)
}

/// A project as paper names it, where one is: its number and its title.
pub(crate) fn project(book: &Connection, number: &str) -> Result<String> {
    let title = book.first(
        "SELECT p.title FROM project AS p JOIN entry AS e ON e.id = p.entry WHERE e.number = ?1",
        [number],
        |row| row.get::<_, String>(0),
    )?;
    Ok(title.map_or_else(|| number.to_owned(), |title| format!("{number} {title}")))
}

/// The printed name of a department, in the language of the running command, or of a person; anything else as it is.
pub(crate) fn name(book: &Connection, key: &str) -> Result<String> {
    if key.is_empty() {
        return Ok(String::new());
    }
    if let Some(department) = department::look_up(book, key)? {
        return Ok(department.name);
    }
    Ok(name::of_person(book, key)?.unwrap_or_else(|| key.to_owned()))
}
