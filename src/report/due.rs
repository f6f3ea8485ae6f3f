//! What waits: for whom, since when, by which clause, and the command that clears it.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::approvals;
use crate::desk::{Desk, Run};
use crate::office::{department, identity};
use crate::register::waiting::Waiting;
use crate::register::{ALL, forms, next};
use crate::say;
use crate::sheet::query::Query;

/// What waits, and for whom
#[derive(Debug, Args)]
pub struct Due {
    /// Only what waits for you or your department
    #[arg(long)]
    pub mine: bool,
    /// Only what waits for this department
    #[arg(long, value_name = "DEPARTMENT", conflicts_with = "mine")]
    pub department: Option<String>,
}

impl Run for Due {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let (surroundings, today, language) = (desk.surroundings.clone(), desk.on(), desk.list_language());
        let book = desk.book()?.reader();
        let mut waiting = language.during(|| waiting(book, today))?;
        if let Some(which) = &self.department {
            let key = department::find(book, which)?.key;
            waiting.retain(|waiting| waiting.department == key);
        }
        if self.mine {
            let me = identity::recorder(book, &surroundings)?.person;
            waiting.retain(|waiting| waiting.department == me.department || waiting.person.as_ref() == Some(&me.key));
        }
        let rows: Vec<Vec<Value>> = waiting.iter().map(|waiting| waiting.row(today)).collect();
        let columns = ["due_on", "number", "what", "next", "days_late", "department", "person", "clause"];
        desk.list(&Query::computed(say!("What waits on {today}", today), &columns, &rows))
    }
}

/// Everything that waits on a day, the longest first.
///
/// # Errors
/// An error of `SQLite`.
pub fn waiting(book: &Connection, today: NaiveDate) -> Result<Vec<Waiting>> {
    let mut waiting = Vec::new();
    for source in ALL.iter().flat_map(|register| register.waits) {
        waiting.extend(source(book, today)?);
    }
    for form in forms() {
        waiting.extend(next::waiting(form, book, today)?);
    }
    waiting.extend(approvals::waiting(book, today)?);
    waiting.sort_by(|a, b| (a.due_on, &a.number, &a.what).cmp(&(b.due_on, &b.number, &b.what)));
    Ok(waiting)
}

impl Waiting {
    fn row(&self, today: NaiveDate) -> Vec<Value> {
        vec![
            json!(self.due_on.to_string()),
            json!(self.number),
            json!(self.what),
            json!(self.next),
            json!((today - self.due_on).num_days().max(0)),
            json!(self.department),
            json!(self.person),
            json!(self.clause),
        ]
    }
}
