//! Calling a department otherwise.

use anyhow::Result;
use clap::Args;

use super::open::is_taken;
use crate::administration::renaming::{Named, Since};
use crate::book::change::Change;
use crate::book::thing::Thing;
use crate::desk::{Answer, Deed};
use crate::office::department::{Department, find};
use crate::office::identity;
use crate::refusal::Refusal;
use crate::say;
use crate::text::Line;

/// The department, and what it is called from now on; a name that is not given stays
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("called").required(true).multiple(true).args(["zh", "en", "ko"])))]
pub(crate) struct Rename {
    /// The department
    #[arg(value_name = "DEPARTMENT")]
    department: String,
    /// Chinese name
    #[arg(long, visible_alias = "name")]
    zh: Option<Line>,
    /// English name
    #[arg(long)]
    en: Option<Line>,
    /// Korean name
    #[arg(long)]
    ko: Option<Line>,
    #[command(flatten)]
    since: Since,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Rename {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let Department { key, name_zh, .. } = find(change.sql(), &self.department)?;
        let actor = identity::clerks_deed(change, self.deed.by.as_deref(), "R1", say!("renames departments"))?;
        for name in [&self.zh, &self.en, &self.ko].into_iter().flatten() {
            if is_taken(change.sql(), name, Some(&key)) {
                let what = say!("another department is called {name}", name);
                return Err(Refusal::usage(what).or(say!("see branchbook department list")).into());
            }
        }
        let from = self.since.keep_former(change, Named::Department(&key))?;
        let renamed = change.sql().execute(
            "UPDATE department SET name_zh = coalesce(?2, name_zh), name_en = coalesce(?3, name_en), name_ko = coalesce(?4, name_ko)
             WHERE key = ?1 AND (?2 <> name_zh OR ?3 <> name_en OR ?4 IS NOT NULL AND ?4 IS NOT name_ko)",
            (&key, &self.zh, &self.en, &self.ko),
        )?;
        let names = [&self.zh, &self.en, &self.ko].map(Option::as_deref);
        if renamed == 0 && !self.since.takes_former(change, Named::Department(&key), names)? {
            let what = say!("{key} is called so already", key);
            return Err(Refusal::usage(what).or(say!("see branchbook department list")).into());
        }
        change.record(&Thing::office("department", &[&key])?, &actor.key, Some(&self.since.note(from)))?;
        let name = self.zh.as_deref().unwrap_or(&name_zh);
        let since = self.since.said(from);
        Ok(Answer::new(&key, say!("{key} is called {name}: {since}", key, name, since)))
    }
}
