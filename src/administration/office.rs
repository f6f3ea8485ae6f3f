//! The room of the office itself: what it is called, its time zone, and the day from which its book is kept by the rules.

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use rusqlite::Connection;

use super::founding::refuse_to_come;
use super::renaming::{Named, Since};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::day::DayArg;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::office::{department, identity, name};
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::history;
use crate::say;
use crate::sheet::query::Query;
use crate::text::{Line, Text};
use crate::zone::Zone;

/// What the office does with itself.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Show whose registers these are, since when, what they were called before, the time zone and the day from which they are kept
    Show,
    /// Call the office otherwise from a day on; old months, prints and packs keep the old name
    Rename(Rename),
    /// Put right what was said when the book was made: the time zone, the day from which it is kept by the rules
    Amend(Amend),
    /// Show what happened to the office, and who did it
    History,
}

/// What the office is called from now on
#[derive(Debug, Args)]
pub(crate) struct Rename {
    /// Whose registers these are, as printed in headings
    #[arg(value_name = "NAME")]
    name: Line,
    #[command(flatten)]
    since: Since,
    #[command(flatten)]
    deed: Deed,
}

/// What is put right of the book's making
#[derive(Debug, Args)]
#[group(id = "amended", required = true, multiple = true, args = ["zone", "live_from"])]
pub(crate) struct Amend {
    /// The office's time zone; the days that entries bear already stay
    #[arg(long, value_name = "ZONE")]
    zone: Option<Zone>,
    /// The day from which the book is kept by the rules; what is entered of days before it is history
    #[arg(long, value_name = "DATE")]
    live_from: Option<DayArg>,
    /// Why
    #[arg(long, value_name = "REASON")]
    reason: Option<Text>,
    #[command(flatten)]
    deed: Deed,
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Show => desk.list(&Query::new(
                say!("The office"),
                "SELECT n.name, (SELECT date(max(b.until_on), '+1 day') FROM former_name AS b WHERE b.kind = 'office'
                    AND b.until_on < coalesce(n.until_on, '9999')) AS from_on, n.until_on, n.zone, n.live_on
                 FROM (SELECT name, NULL AS until_on, zone, live_on FROM book
                    UNION ALL SELECT name, until_on, NULL, NULL FROM former_name WHERE kind = 'office') AS n
                 ORDER BY n.until_on IS NOT NULL, n.until_on DESC",
            )),
            Self::Rename(rename) => desk.change("office rename", &rename.deed, |change| rename.enter(change)),
            Self::Amend(amend) => desk.change("office amend", &amend.deed, |change| amend.enter(change)),
            Self::History => {
                let called = name::of_office(desk.book()?.reader())?;
                history::of_office(desk, "book", "1", &called)
            }
        }
    }
}

impl Rename {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::clerks_deed(change, self.deed.by.as_deref(), "R1", say!("renames the office"))?;
        let (before, name) = (name::of_office(change.sql())?, &self.name);
        if before == **name && !self.since.takes_former(change, Named::Office, [Some(name), None, None])? {
            let what = say!("the office is called {name} already", name);
            return Err(Refusal::usage(what).or(say!("see branchbook office show")).into());
        }
        let from = self.since.keep_former(change, Named::Office)?;
        change.sql().execute("UPDATE book SET name = ?1", [name])?;
        change.record(&Thing::office("book", &["1"])?, &actor.key, Some(&self.since.note(from)))?;
        let since = self.since.said(from);
        Ok(Answer::new(&**name, say!("the office is called {name}: {since}", name, since)))
    }
}

impl Amend {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = may_amend(change, self.deed.by.as_deref(), self.reason.as_deref())?;
        let (zone, live_on) = said_at_first(change.sql())?;
        let today = change.today();
        let now = self.live_from.map_or(live_on, |day| day.on(today));
        refuse_to_come(now, today)?;
        let there = self.zone.map_or_else(|| zone.clone(), |zone| zone.to_string());
        if (&there, now) == (&zone, live_on) {
            let what =
                say!("the office is in time zone {zone}, and its book is kept from {day} on already", zone, day = now);
            return Err(Refusal::usage(what).or(say!("see branchbook office show")).into());
        }
        // What is held to the rules, or no longer, are the days between.
        if now != live_on {
            change.on = change.on.min(now).min(live_on);
        }
        change.sql().execute("UPDATE book SET zone = ?1, live_on = ?2", (&there, now))?;
        change.record(&Thing::office("book", &["1"])?, &actor.key, self.reason.as_deref())?;
        let called = name::of_office(change.sql())?;
        let line =
            say!("{name}: time zone {zone}, kept by the rules from {day} on", name = called, zone = there, day = now);
        Ok(Answer::new(called, line))
    }
}

/// The time zone and the day from which the book is kept by the rules.
fn said_at_first(book: &Connection) -> Result<(String, NaiveDate)> {
    book.whole("SELECT zone, live_on FROM book", ())
}

/// Who puts right what was said at the making: a clerk while nothing is entered in the registers; afterwards the branch manager, with
/// a reason, since it says which entries are history.
///
/// # Errors
/// A refusal of others, and where the reason lacks.
pub(crate) fn may_amend(change: &Change<'_>, by: Option<&str>, reason: Option<&str>) -> Result<Person> {
    let amends = say!("puts right what was said when the book was made");
    if !department::has_entries(change)? {
        return identity::clerks_deed(change, by, "R1", amends);
    }
    identity::require_clerk(change, "R1", amends)?;
    let actor = identity::office_bearer(change, by)?;
    let what = say!("changing the time zone, or the day from which the book is kept by the rules, while entries stand");
    identity::require_role(change, &actor, Role::BranchManager, None, "R1", what)?;
    if reason.is_none() {
        let what = say!("the registers hold entries that were judged by what was said when the book was made");
        return Err(Refusal::usage(what).or(say!("say with --reason why it is put right")).into());
    }
    Ok(actor)
}
