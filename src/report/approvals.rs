//! What waits for a decision, from every register in one list (R5.3, R5.4).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::desk::{Desk, Run};
use crate::language;
use crate::office::identity;
use crate::register::waiting::{Awaiting, Waiting};
use crate::register::{decide, forms};
use crate::say;
use crate::sheet::query::Query;

/// Which decisions are listed
#[derive(Debug, Args)]
pub struct Approvals {
    /// Only those that you may decide
    #[arg(long)]
    pub mine: bool,
}

/// Everything that waits for a decision on a day, the longest first.
///
/// # Errors
/// An error of `SQLite`.
pub fn awaiting(book: &Connection, today: NaiveDate) -> Result<Vec<Awaiting>> {
    let mut awaiting = Vec::new();
    for form in forms() {
        awaiting.extend(decide::awaiting(form, book, today)?);
    }
    awaiting.sort_by(|a, b| (a.since, &a.number, &a.command).cmp(&(b.since, &b.number, &b.command)));
    Ok(awaiting)
}

/// The same among what is due.
///
/// # Errors
/// An error of `SQLite`.
pub fn waiting(book: &Connection, today: NaiveDate) -> Result<Vec<Waiting>> {
    Ok(awaiting(book, today)?.into_iter().map(Awaiting::due).collect())
}

impl Run for Approvals {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let (surroundings, today, language) = (desk.surroundings.clone(), desk.on(), desk.list_language());
        let book = desk.book()?.reader();
        let mut awaiting = language.during(|| awaiting(book, today))?;
        if self.mine {
            let me = identity::recorder(book, &surroundings)?.person;
            awaiting.retain(|awaiting| awaiting.deciders.contains(&me.key));
        }
        let rows: Vec<Vec<Value>> = language.during(|| awaiting.iter().map(Awaiting::row).collect());
        let columns =
            ["number", "what", "party", "amount_fen", "asked_by", "since_on", "may_decide", "command", "clause"];
        desk.list(&Query::computed(say!("What waits for a decision on {today}", today), &columns, &rows))
    }
}

impl Awaiting {
    fn row(&self) -> Vec<Value> {
        let may_decide = if self.deciders.is_empty() {
            say!("no {roles}", roles = language::value(&self.roles))
        } else {
            self.deciders.join(", ")
        };
        vec![
            json!(self.number),
            json!(self.what),
            json!(self.party),
            json!(self.amount.0),
            json!(self.asked_by),
            json!(self.since.to_string()),
            json!(may_decide),
            json!(self.command),
            json!(self.clause),
        ]
    }

    fn due(self) -> Waiting {
        let mut deciders = self.deciders.into_iter();
        let (first, second) = (deciders.next(), deciders.next());
        Waiting {
            due_on: self.since,
            what: say!("{what}, for {party}", what = self.what, party = language::value(&self.party)),
            number: self.number,
            department: self.department,
            person: first.filter(|_| second.is_none()),
            clause: self.clause,
            next: self.command,
        }
    }
}
