//! Correcting the days of a term that was entered wrongly.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::{Resolved, appoint, dated, terms};
use crate::book::change::Change;
use crate::book::thing::Thing;
use crate::day::DayArg;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::department;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;
use crate::text::Text;

/// The term, and the days that it has in truth
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("days").required(true).multiple(true).args(["from", "until", "open"])))]
pub(crate) struct AmendTerm {
    /// The person
    pub(crate) person: String,
    /// The term's role
    #[arg(long, value_parser = Role::typed())]
    role: Role,
    /// The term's department [default: that of the person's only term in the role]
    #[arg(long, value_name = "DEPARTMENT")]
    department: Option<String>,
    /// The term that begins on this day, where there are several
    #[arg(long, value_name = "DATE")]
    begun: Option<DayArg>,
    /// Its first day
    #[arg(long, value_name = "DATE")]
    from: Option<DayArg>,
    /// Its last day
    #[arg(long, value_name = "DATE", conflicts_with = "open")]
    until: Option<DayArg>,
    /// It goes on: its end was a slip
    #[arg(long)]
    open: bool,
    /// Why
    #[arg(long, value_name = "REASON")]
    reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// A term as it was entered.
struct Entered {
    /// Under which key, where the person was entered twice.
    person: String,
    department: String,
    from: NaiveDate,
    until: Option<NaiveDate>,
}

impl AmendTerm {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let person = Person::find(change.sql(), &self.person)?;
        let entered = self.find(change, &person)?;
        let until = self.until.map(|day| change.day_near(day)).or(entered.until.filter(|_| !self.open));
        let from = self.from.map_or(Ok(entered.from), |day| change.day_past(day, "--from"))?;
        let Entered { person: key, department, from: begun, until: ended } = entered;
        let term = Resolved { department, role: self.role, from, until };
        let decided = appoint::appoints(change, self.deed.by.as_deref(), &person.key, self.role, from.min(begun))?;
        if (from, until) == (begun, ended) {
            let what = say!("the term has these days already");
            return Err(Refusal::usage(what).or(say!("see branchbook staff show {key}", key = person.key)).into());
        }
        let given = dated::standing(change, &person)?;
        terms::amend(change, &key, begun, &term)?;
        appoint::refuse_keeperless(change, change.today())?;
        dated::refuse_bereft(change, &person, &given, &decided.by)?;
        let reaches = if from == begun { until.into_iter().chain(ended).min() } else { Some(from.min(begun)) };
        let of = format!(
            "{}; before: from {begun}{}",
            decided.note(change, &term, reaches.unwrap_or(change.today()))?,
            ended.map(|day| format!(" until {day}")).unwrap_or_default()
        );
        let note = format!("{of}; {}", self.reason);
        change.record(&Thing::office("staff", &[&key])?, &decided.by.key, Some(&note))?;
        let (role, department) = (self.role, language::value(&term.department));
        Ok(Answer::new(
            &person.key,
            match until {
                Some(until) => say!(
                    "{person}: {role} of {department} from {from} until {until}",
                    person,
                    role,
                    department,
                    from,
                    until
                ),
                None => say!("{person}: {role} of {department} from {from}", person, role, department, from),
            },
        ))
    }

    /// The one term that is meant.
    fn find(&self, change: &Change<'_>, person: &Person) -> Result<Entered> {
        let book = change.sql();
        let department = self.department.as_deref().map(|which| department::find(book, which)).transpose()?;
        let mut statement = book.prepare(
            "SELECT department, from_on, until_on, person FROM term WHERE person IN (SELECT key FROM person WHERE ?1 IN (key, same_as)) AND role = ?2 AND (?3 IS NULL OR department = ?3)
                AND (?4 IS NULL OR from_on = ?4) ORDER BY from_on",
        )?;
        let keys = (
            &person.key,
            self.role,
            department.map(|department| department.key),
            self.begun.map(|day| change.day_past(day, "--begun")).transpose()?,
        );
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Entered { department: row.get(0)?, from: row.get(1)?, until: row.get(2)?, person: row.get(3)? })
        };
        let mut found = statement.query_map(keys, read)?.collect::<rusqlite::Result<Vec<_>>>()?;
        let (key, role) = (&person.key, self.role);
        match (found.pop(), found.is_empty()) {
            (Some(term), true) => Ok(term),
            (None, _) => Err(Refusal::not_found(say!("{person} has no such term as {role}", person, role))
                .or(say!("see branchbook staff show {key}", key))
                .into()),
            (Some(_), false) => Err(Refusal::usage(say!("{person} has several terms as {role}", person, role))
                .or(say!("name its department with --department, and its first day with --begun; see branchbook staff show {key}", key))
                .into()),
        }
    }
}
