//! What waits: for whom, since when, by which clause, and the command that clears it.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::{approvals, left, review};
use crate::desk::{Desk, Run};
use crate::office::{department, identity};
use crate::person::Person;
use crate::register::waiting::{Each, Waiting};
use crate::register::{ALL, forms, waits};
use crate::say;
use crate::sheet::gathered::gathered;
use crate::sheet::query::Query;

/// What waits, and for whom
#[derive(Debug, Args)]
pub(crate) struct Due {
    /// Only what waits for you or your department
    #[arg(long)]
    pub(crate) mine: bool,
    /// Only what waits for this department
    #[arg(long, value_name = "DEPARTMENT", conflicts_with = "mine")]
    pub(crate) department: Option<String>,
    /// Only what waits for this person by name
    #[arg(long, value_name = "PERSON", conflicts_with_all = ["mine", "department"])]
    pub(crate) person: Option<String>,
}

impl Run for Due {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let (surroundings, today, language) = (desk.surroundings.clone(), desk.planned_on()?, desk.list_language());
        let book = desk.book()?.reader();
        let hand = identity::reader(book, &surroundings)?.map(|who| who.person.key);
        let hand = hand.as_deref();
        let department = self.department.as_deref().map(|which| department::find(book, which)).transpose()?;
        let me = if self.mine { Some(identity::recorder(book, &surroundings)?.person) } else { None };
        let person = self.person.as_deref().map(|who| Person::find(book, who)).transpose()?;
        let writes = me.as_ref().map_or(Ok(false), |me| me.holds_any(book, &identity::WRITERS, today))?;
        let wanted = |waiting: &Waiting| {
            department.as_ref().is_none_or(|department| waiting.department == department.key)
                && me.as_ref().is_none_or(|me| waiting.is_for(me, writes))
                && person.as_ref().is_none_or(|person| waiting.person.as_ref() == Some(&person.key))
        };
        let columns = ["due_on", "number", "what", "next", "days_late", "department", "person", "clause"];
        let list = language.during(|| {
            gathered(book, "waiting", &columns, LONGEST_FIRST, |take| {
                each(book, today, &mut |waiting| if wanted(&waiting) { take(waiting.row(today, hand)) } else { Ok(()) })
            })
        })?;
        desk.list(&Query { title: say!("What waits on {today}", today), of: "due", ..list })
    }
}

/// The order of a list of what waits.
pub(crate) const LONGEST_FIRST: &str = "due_on, number, what, rowid";

/// Hands on everything that waits on a day.
pub(crate) fn each(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    for source in ALL.iter().flat_map(|register| register.waits) {
        source(book, today, each)?;
    }
    for form in forms() {
        waits::waiting(form, book, today, each)?;
    }
    left::waiting(book, today, each)?;
    review::waiting(book, today, each)?;
    approvals::waiting(book, today, each)
}

impl Waiting {
    /// Whether it waits for this person or their department, and is theirs to do: a decision is, for those who may give it and those who
    /// write for others.
    pub(crate) fn is_for(&self, person: &Person, writes: bool) -> bool {
        let may = self.deciders.as_ref().is_none_or(|deciders| writes || deciders.contains(&person.key));
        may && (self.department == person.department || self.person.as_ref() == Some(&person.key))
    }

    fn row(self, today: NaiveDate, hand: Option<&str>) -> Vec<Value> {
        let command = self.command(hand);
        vec![
            self.due_on.to_string().into(),
            self.number.into(),
            self.what.into(),
            command.into(),
            (today - self.due_on).num_days().max(0).into(),
            self.department.into(),
            self.person.into(),
            self.clause.into_owned().into(),
        ]
    }
}
