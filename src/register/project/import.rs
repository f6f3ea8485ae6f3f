//! Old registers of projects, with their leaders.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::desk::Desk;
use crate::import::row::{Cells, Fault};
use crate::phrase;
use crate::register::history_import::{self, Field, Kind, List, OldRegister};
use crate::register::old_ledger::{Checked, Import, Names};

/// Takes a register into the book.
///
/// # Errors
/// As [`Import::run`].
pub fn run(import: &Import, desk: &mut Desk<'_>) -> Result<()> {
    history_import::run::<Old>(import, desk, "project import", "R3.1")
}

/// Projects as an old file of them is read.
struct Old;

impl OldRegister for Old {
    const REGISTER: &'static str = "project";
    const WHAT: &'static str = phrase!("projects");
    const DAY: &'static str = "opened_on";
    const PERSON: &'static str = "opened_by";
    const FIELDS: &'static [Field] = &[
        Field::new("customer", Kind::Line).required(),
        Field::new("title", Kind::Line).required(),
        Field::new("product", Kind::Line),
        Field::new("region", Kind::Text),
        Field::new("amount_fen", Kind::Estimate).named("amount"),
        Field::new("major_flag", Kind::YesNo).named("major"),
        Field::new("source", Kind::Entry("info")),
        Field::new("delivered_on", Kind::Day),
        Field::new("accepted_on", Kind::Day),
        Field::new("outcome", Kind::Text),
    ];
    const LISTS: &'static [&'static str] = &["leader"];
    const SHORT: &'static [(&'static str, &'static str)] = &[("by", "opened_by"), ("on", "opened_on")];

    fn shown_state(_: &Cells<'_>) -> Result<&'static str, Fault> {
        Ok("open")
    }

    /// The leader that the row names leads from the first day; who appointed them, an old register does not tell: whoever
    /// opened the project stands for it.
    fn children(book: &Connection, names: &mut Names, cells: &Cells<'_>, day: NaiveDate) -> Checked<Vec<List>> {
        let mut rows = Vec::new();
        if let Some(leader) = cells.text("leader")? {
            let leader = names.person(book, "leader", leader)?;
            let opened_by = names.person(book, "opened_by", cells.required("opened_by")?)?;
            rows.push(vec![Value::Text(leader), Value::Text(day.to_string()), Value::Text(opened_by)]);
        }
        Ok(vec![List { table: "leader", columns: &["person", "from_on", "appointed_by"], rows }])
    }
}
