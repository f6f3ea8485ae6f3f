//! Finding a text in every register.

use anyhow::Result;
use clap::Args;

use super::access::{self, Reader};
use super::{ALL, filter};
use crate::desk::{Desk, Run};
use crate::say;
use crate::sheet::query::Query;

/// Look for a text in every register
#[derive(Debug, Args)]
pub(crate) struct Find {
    /// The text, such as a customer's name or part of it
    pub(crate) text: String,
}

impl Run for Find {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        access::tell_masked(desk)?;
        let reader = Reader::at(desk)?;
        let book = desk.book()?.reader();
        let mut parts = Vec::new();
        for register in ALL.iter().copied() {
            let rows = access::rows(book, register)?;
            parts.push(format!(
                "SELECT number, '{name}' AS register, state, {day} AS day_on, department, {what} AS what, {restricted} AND readable AS readable
                 FROM ({rows}) WHERE {condition}",
                name = register.name,
                day = register.day,
                what = register.what,
                restricted = i64::from(!register.restricted.is_empty()),
                condition = filter::contains(register.text),
            ));
        }
        let sql = parts.join(" UNION ALL ");
        let query = reader
            .bind(Query::new(say!("Entries that contain {text}", text = self.text), sql))
            .with(":text", self.text.to_ascii_lowercase());
        access::log(desk, "find", &self.text, &query)?;
        let columns = "number, register, state, day_on, department, what";
        desk.list(&Query { sql: format!("SELECT {columns} FROM ({}) ORDER BY day_on, number", query.sql), ..query })
    }
}
