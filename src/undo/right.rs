//! Who takes back what was entered of the office: whoever may enter it, with the same checks.

use anyhow::Result;
use serde_json::Value;

use super::office::first_days;
use crate::administration::staff::undo::Terms;
use crate::administration::{department, figure, holiday, office, series};
use crate::book::change::Change;
use crate::book::standing::Standing;
use crate::book::thing::Thing;
use crate::office::identity;
use crate::person::{Person, Role};
use crate::register::info::{quota, report};
use crate::register::project::target;
use crate::register::undo::taken::Taken;
use crate::report::{review, submit};
use crate::say;

/// Whose right it is.
pub(super) enum May {
    /// Of whoever appoints to the roles.
    Terms,
    /// Of a clerk, for what departments and the office are called.
    Names,
    /// Of whoever puts right what was said when the book was made.
    Founding,
    /// Of whoever opens and ends departments.
    Department,
    /// Of whoever decides on the figure.
    Figure,
    /// Of whoever decides on holidays.
    Holidays,
    /// Of a clerk, for number series.
    Series,
    /// Of the department's manager, for its monthly report of user information.
    Report,
    /// Of General Management.
    Submission,
    /// Of a company leader.
    OrderReview,
    /// Of the branch manager, while the month goes on.
    Target,
    /// Of a clerk, and over past months of a manager or leader.
    Quota,
}

/// Something that is being taken back.
pub(super) struct Undoing {
    /// Who decided that.
    pub(super) actor: Person,
    terms: Option<Terms>,
}

impl May {
    /// Finds out who decides, and refuses others.
    pub(super) fn begin(
        &self,
        change: &mut Change<'_>,
        by: Option<&str>,
        (thing, key, step): (&Thing, &str, &Taken),
        (before, after): (&Standing, &Standing),
    ) -> Result<Undoing> {
        let mut terms = None;
        let changed = |table: &str, column: &str| -> Vec<String> {
            let (old, new) = (before.rows(table), after.rows(table));
            let rows = old.iter().filter(|row| !new.contains(row)).chain(new.iter().filter(|row| !old.contains(row)));
            rows.filter_map(|row| row.get(column).and_then(Value::as_str)).map(str::to_owned).collect()
        };
        let actor = match self {
            Self::Terms => {
                let roles: Vec<Role> = changed("term", "role").iter().filter_map(|role| Role::of_key(role)).collect();
                let (old, new) = (before.rows("term"), after.rows("term"));
                let first = first_days(old, new).into_iter().chain(first_days(new, old)).min();
                let begun = Terms::begin(change, by, key, &roles, first)?;
                let actor = begun.actor.clone();
                terms = Some(begun);
                actor
            }
            Self::Names => identity::clerks_deed(change, by, "R1", say!("takes names back"))?,
            Self::Founding => office::may_amend(change, by, Some(say!("taken back")))?,
            Self::Department => {
                let of_branch = after.rows("department").iter().any(|row| row.get("branch_flag") != Some(&0.into()));
                department::may_enter(change, by, of_branch)?
            }
            Self::Figure => figure::may_set(change, by, key)?,
            Self::Holidays => holiday::may_enter(change, by, key.parse()?)?,
            Self::Series => {
                let days = first_days(after.rows("template"), before.rows("template"));
                let earlier = before.rows("template").iter().filter_map(|row| {
                    Some((row.get("from_on")?.as_str()?.parse().ok()?, row.get("template")?.as_str()?.to_owned()))
                });
                series::may_take_back(change, by, key, days.into_iter().min(), &earlier.collect::<Vec<_>>())?
            }
            Self::Report => report::may_take_back(change, by, &thing.name, step.id)?,
            Self::Submission => submit::may_submit(change, by)?,
            Self::OrderReview => review::may_review(change, by)?,
            Self::Target => target::may_set(change, by, key.parse()?)?,
            Self::Quota => {
                let from = changed("quota", "from_month").into_iter().min();
                quota::may_set(change, by, key, from.map(|month| month.parse()).transpose()?)?
            }
        };
        Ok(Undoing { actor, terms })
    }
}

impl Undoing {
    /// What the journal notes: the reason, and of terms how far that reaches back.
    pub(super) fn note(&self, change: &Change<'_>, reason: Option<&str>) -> Result<Option<String>> {
        match &self.terms {
            Some(terms) => terms.note(change, reason.unwrap_or(say!("taken back"))).map(Some),
            None => Ok(reason.map(str::to_owned)),
        }
    }

    /// Refuses what must not be so once it is taken back.
    pub(super) fn end(&self, change: &Change<'_>) -> Result<()> {
        self.terms.as_ref().map_or(Ok(()), |terms| terms.end(change))
    }
}
