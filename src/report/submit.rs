//! Handing a month's data to the company's departments, with who received it: from then on the month is closed (R1).

use anyhow::Result;
use clap::Args;

use crate::book::change::Change;
use crate::book::closed::closed_on;
use crate::book::thing::Thing;
use crate::day::MonthArg;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::language;
use crate::office::far::Far;
use crate::office::{department, identity};
use crate::person::Person;
use crate::refusal::{Kind, Refusal};
use crate::say;
use crate::text::{self, Line};

/// The month that was handed over
#[derive(Debug, Args)]
pub(crate) struct Submit {
    /// The month, such as 2026-10
    #[arg(value_name = "MONTH")]
    month: MonthArg,
    /// The company's department to which it went
    #[arg(long, value_name = "DEPARTMENT")]
    to: String,
    /// Who received it there
    #[arg(long, value_name = "NAME")]
    received_by: Line,
    #[command(flatten)]
    deed: Deed,
}

impl Run for Submit {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        desk.change("report submit", &self.deed, |change| self.enter(change))
    }
}

impl Submit {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = may_submit(change, self.deed.by.as_deref())?;
        let month = self.month.on(change.today());
        let to = department::there(change.sql(), &self.to, change.on).map_err(|error| or_enter(error, &self.to))?;
        Far::refuse_month(change, month, self.deed.far)?;
        if change.on <= month.last() {
            let what = say!("{month} has not ended on {on}, and is not submitted", month, on = change.on);
            return Err(Refusal::rule("R1", what).or(say!("submit it once it has")).into());
        }
        let closed = closed_on(change.sql(), month)?;
        change.sql().execute(
            "INSERT INTO submission SELECT ?1, coalesce(max(position), 0) + 1, ?2, ?3, ?4, ?5 FROM submission WHERE month = ?1",
            (month, change.on, &actor.key, &to.key, &*self.received_by),
        )?;
        change.record(&Thing::office("submission", &[&month.to_string()])?, &actor.key, None)?;
        let (to, name) = (language::value(&to.key), &self.received_by);
        let line = say!("{month}: submitted to {to} on {on}, received by {name}", month, to, on = change.on, name);
        let answer = Answer::new(month.to_string(), line);
        Ok(match closed {
            Some(_) => answer,
            None => answer.note(say!(
                "{month} is closed: what is entered into it from now on needs its reason, and stands on the sheet of branchbook report late",
                month
            )),
        })
    }
}

/// The way out besides of what is refused as no department: the company has others than the branch.
fn or_enter(error: anyhow::Error, name: &str) -> anyhow::Error {
    let refusal = match error.downcast::<Refusal>() {
        Ok(refusal) if refusal.kind == Kind::NotFound => refusal,
        Ok(refusal) => return refusal.into(),
        Err(error) => return error,
    };
    let name = text::word(name);
    let way_out = match &refusal.way_out {
        Some(way_out) => {
            say!("{way_out}, or enter it first: branchbook department add KEY --zh {name}", way_out, name)
        }
        None => say!("enter it first: branchbook department add KEY --zh {name}", name),
    };
    refusal.or(way_out).into()
}

/// Who submits a month.
pub(crate) fn may_submit(change: &Change<'_>, by: Option<&str>) -> Result<Person> {
    identity::general_management(change, by, "R1", say!("a month is submitted"))
}
