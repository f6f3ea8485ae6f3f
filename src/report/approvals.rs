//! What waits for a decision, from every register in one list (R5.3, R5.4).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::desk::{Desk, Run};
use crate::language;
use crate::office::identity;
use crate::person::Person;
use crate::register::waiting::{Each, EachUndecided, Undecided, Waiting};
use crate::register::{decide, forms};
use crate::say;
use crate::sheet::gathered::gathered;
use crate::sheet::query::Query;

/// Which decisions are listed
#[derive(Debug, Args)]
pub(crate) struct Approvals {
    /// Only those that you may decide
    #[arg(long)]
    pub(crate) mine: bool,
    /// Only those that this person may decide
    #[arg(long, value_name = "PERSON", conflicts_with = "mine")]
    pub(crate) person: Option<String>,
}

/// Everything that waits for a decision on a day.
///
/// # Errors
/// An error of `SQLite`.
fn awaiting(book: &Connection, today: NaiveDate, each: EachUndecided<'_>) -> Result<()> {
    for form in forms() {
        decide::awaiting(form, book, today, each)?;
    }
    Ok(())
}

/// The same among what is due.
pub(crate) fn waiting(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    awaiting(book, today, &mut |awaiting| each(awaiting.due()))
}

impl Run for Approvals {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let (surroundings, today, language) = (desk.surroundings.clone(), desk.planned_on()?, desk.list_language());
        let book = desk.book()?.reader();
        let decider = match &self.person {
            Some(who) => Some(Person::find(book, who)?.key),
            None if self.mine => Some(identity::recorder(book, &surroundings)?.person.key),
            None => None,
        };
        let columns =
            ["number", "what", "party", "amount_fen", "asked_by", "since_on", "may_decide", "command", "clause"];
        let list = language.during(|| {
            gathered(book, "awaiting", &columns, "since_on, number, command, rowid", |take| {
                awaiting(book, today, &mut |awaiting| {
                    let wanted = decider.as_ref().is_none_or(|who| awaiting.deciders.contains(who));
                    if wanted { take(awaiting.row()) } else { Ok(()) }
                })
            })
        })?;
        desk.list(&Query { title: say!("What waits for a decision on {today}", today), ..list })
    }
}

impl Undecided {
    fn row(self) -> Vec<Value> {
        let may_decide = if self.deciders.is_empty() {
            say!("no {roles}", roles = language::value(&self.roles))
        } else {
            self.deciders.join(language::comma())
        };
        vec![
            self.number.into(),
            self.what.into(),
            self.party.into(),
            self.amount.0.into(),
            self.asked_by.into(),
            self.since.to_string().into(),
            may_decide.into(),
            self.command.into(),
            self.clause.into_owned().into(),
        ]
    }

    /// The command names who decides where only one may: it is mostly a clerk who types it, and from anybody else it is refused.
    fn due(self) -> Waiting {
        let mut deciders = self.deciders.into_iter();
        let (first, second) = (deciders.next(), deciders.next());
        let person = first.filter(|_| second.is_none());
        let by = person.as_ref().map_or_else(String::new, |key| format!(" --by {key}"));
        Waiting {
            due_on: self.since,
            what: say!("{what}, for {party}", what = self.what, party = language::value(&self.party)),
            number: self.number,
            department: self.department,
            person,
            clause: self.clause,
            next: self.command + &by,
        }
    }
}
