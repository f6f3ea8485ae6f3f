//! Printed pages: handed out, and with names in the place of keys.

use anyhow::Result;
use rusqlite::Connection;

use crate::desk::Desk;
use crate::files;
use crate::office::department;
use crate::office::person::Person;

/// Hands a page out: to the screen, or into the file of `--output`.
///
/// # Errors
/// An error of the output.
pub fn hand_out(desk: &mut Desk<'_>, page: &str) -> Result<()> {
    match desk.globals.output.clone() {
        None => Ok(desk.out.write_all(page.as_bytes())?),
        Some(path) => files::write(&path, |file| Ok(file.write_all(page.as_bytes())?)),
    }
}

/// The printed name of a department or a person; anything else as it is.
///
/// # Errors
/// An error of `SQLite`.
pub fn name(book: &Connection, key: &str) -> Result<String> {
    if key.is_empty() {
        return Ok(String::new());
    }
    if let Some(department) = department::look_up(book, key)? {
        return Ok(department.name_zh);
    }
    Ok(Person::find(book, key).map_or_else(|_| key.to_owned(), |person| person.name))
}
