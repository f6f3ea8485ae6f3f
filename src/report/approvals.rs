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
use crate::register::waiting::{Each, EachUndecided, Undecided};
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
        let hand = identity::reader(book, &surroundings)?.map(|who| who.person.key);
        let hand = hand.as_deref();
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
                    if wanted { take(awaiting.row(hand)) } else { Ok(()) }
                })
            })
        })?;
        desk.list(&Query { title: say!("What waits for a decision on {today}", today), ..list })
    }
}

impl Undecided {
    fn row(self, hand: Option<&str>) -> Vec<Value> {
        let command = self.command(hand);
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
            command.into(),
            self.clause.into_owned().into(),
        ]
    }
}
