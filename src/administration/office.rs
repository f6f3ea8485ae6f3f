//! The room of the office itself: what it is called.

use anyhow::Result;
use clap::{Args, Subcommand};

use super::renaming::{Named, Since};
use crate::book::change::Change;
use crate::book::thing::Thing;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::office::{identity, name};
use crate::refusal::Refusal;
use crate::register::history;
use crate::say;
use crate::sheet::query::Query;
use crate::text::Line;

/// What the office does with itself.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Show whose registers these are, since when, and what they were called before
    Show,
    /// Call the office otherwise from a day on; old months, prints and packs keep the old name
    Rename(Rename),
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

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Show => desk.list(&Query::new(
                say!("The office"),
                "SELECT n.name, (SELECT date(max(b.until_on), '+1 day') FROM former_name AS b WHERE b.kind = 'office'
                    AND b.until_on < coalesce(n.until_on, '9999')) AS from_on, n.until_on
                 FROM (SELECT name, NULL AS until_on FROM book UNION ALL SELECT name, until_on FROM former_name WHERE kind = 'office') AS n
                 ORDER BY n.until_on IS NOT NULL, n.until_on DESC",
            )),
            Self::Rename(rename) => desk.change("office rename", &rename.deed, |change| rename.enter(change)),
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
        if before == **name {
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
