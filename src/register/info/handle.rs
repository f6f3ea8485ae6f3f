//! What General Management's clerk does with reported information: files it and passes it on (R2.2, R2.3).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::{report, route};
use crate::book::change::Change;
use crate::day::Month;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::{department, identity};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::Text;

/// What is filed: the reported entries of a month, or these numbers
#[derive(Debug, Args)]
pub struct File {
    /// The entries' numbers
    #[arg(value_name = "NUMBER", required_unless_present = "month", conflicts_with_all = ["month", "department"])]
    pub numbers: Vec<String>,
    /// All that was reported of this month
    #[arg(long, value_name = "MONTH")]
    pub month: Option<Month>,
    /// Only of this department
    #[arg(long, value_name = "DEPARTMENT", requires = "month")]
    pub department: Option<String>,
    /// Where they stand in General Management's files
    #[arg(long, value_name = "PLACE")]
    pub place: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl File {
    /// Files the entries, all or none of them.
    ///
    /// # Errors
    /// A refusal where one is not reported, none is, or the actor is no clerk (R2.2).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let clerk = identity::actor(change, self.deed.by.as_deref())?;
        super::step(change.sql(), "file", "reported")?.require(change, &clerk, say!("filing user information"))?;
        let numbers = match self.month {
            Some(month) => self.reported(change, month)?,
            None => self.numbers.clone(),
        };
        for number in &numbers {
            let mut entry = Entry::find_in(change.sql(), "info", number)?;
            let step = entry.step(change.sql(), "file", None)?;
            refuse_before(change, &entry, say!("filed"))?;
            entry.take(change, &step)?;
            change.sql().prepare_cached("UPDATE info SET filed_on = ?2, place = ?3 WHERE entry = ?1")?.execute((
                entry.id,
                change.on,
                &self.place,
            ))?;
            change.record(&entry.thing()?, &clerk.key, None)?;
        }
        let entries = if numbers.len() == 1 {
            say!("1 entry").to_owned()
        } else {
            say!("{count} entries", count = numbers.len())
        };
        Ok(Answer::new(numbers.len().to_string(), say!("{entries} filed on {on}", entries, on = change.on)))
    }

    /// The numbers of the month that are reported and not filed yet.
    fn reported(&self, change: &Change<'_>, month: Month) -> Result<Vec<String>> {
        let department =
            self.department.as_ref().map(|which| department::find(change.sql(), which)).transpose()?.map(|d| d.key);
        let numbers: Vec<String> = change
            .sql()
            .prepare(
                "SELECT number FROM entry WHERE register = 'info' AND state = 'reported' AND ended_on IS NULL
                    AND day_on BETWEEN ?1 AND ?2 AND (?3 IS NULL OR department = ?3) ORDER BY day_on, id",
            )?
            .query_map((month.first(), month.last(), &department), |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if !numbers.is_empty() {
            return Ok(numbers);
        }
        let (whose, option) =
            department.map_or_else(|| (String::new(), "DEPARTMENT".to_owned()), |key| (say!(" of {key}", key), key));
        Err(Refusal::rule("R2.2", say!("nothing{whose} waits to be filed for {month}", whose, month))
            .or(say!(
                "what was collected is reported first: branchbook info report --department {option} --month {month}",
                option,
                month = month.to_string()
            ))
            .into())
    }
}

/// The department that is to track an entry
#[derive(Debug, Args)]
pub struct Assign {
    /// The entry's number
    pub number: String,
    /// Department that tracks it [default: what the routes suggest]
    #[arg(long, value_name = "DEPARTMENT")]
    pub to: Option<String>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Assign {
    /// Passes the entry on.
    ///
    /// # Errors
    /// A refusal where it is not filed, no department is named and no route fits, or the actor is no clerk (R2.3).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "info", &self.number)?;
        let step = entry.step(change.sql(), "assign", None)?;
        refuse_before(change, &entry, say!("assigned"))?;
        let clerk = identity::actor(change, self.deed.by.as_deref())?;
        step.require(change, &clerk, say!("assigning user information"))?;
        let suggestion = route::fitting(change.sql(), &entry, change.on)?.into_iter().next();
        let department = self.department(change, &entry, suggestion.as_ref())?;
        entry.take(change, &step)?;
        change.sql().execute(
            "UPDATE info SET assigned_to = ?2, assigned_on = ?3 WHERE entry = ?1",
            (entry.id, &department, change.on),
        )?;
        change.record(&entry.thing()?, &clerk.key, None)?;
        let line = say!(
            "{number}: assigned to {department} on {on}",
            number = entry.number,
            department = language::value(&department),
            on = change.on
        );
        Ok(match suggestion {
            Some(route) if self.to.is_none() => {
                Answer::new(entry.number, say!("{line} by route {id}: {why}", line, id = route.id, why = route.why()))
            }
            Some(route) if route.department != department => Answer::new(entry.number, line).note(say!(
                "route {id} suggests {department}: {why}",
                id = route.id,
                department = language::value(&route.department),
                why = route.why()
            )),
            _ => Answer::new(entry.number, line),
        })
    }

    /// The department named, or the one that a route suggests; another than it has.
    fn department(&self, change: &Change<'_>, entry: &Entry, suggestion: Option<&route::Route>) -> Result<String> {
        let department = match (&self.to, suggestion) {
            (Some(to), _) => report::reporting(change.sql(), to)?.key,
            (None, Some(route)) => route.department.clone(),
            (None, None) => {
                return Err(Refusal::rule("R2.3", say!("no route suggests a department for {number}", number = entry.number))
                    .or(say!("name it with --to DEPARTMENT, or make a route: branchbook info route add --region REGION --to DEPARTMENT"))
                    .into());
            }
        };
        let now: Option<String> =
            change.sql().query_row("SELECT assigned_to FROM info WHERE entry = ?1", [entry.id], |row| row.get(0))?;
        if entry.state == "assigned" && now.as_ref() == Some(&department) {
            return Err(Refusal::usage(say!(
                "{number} is assigned to {department} already",
                number = entry.number,
                department = language::value(&department)
            ))
            .or(say!("name another department with --to DEPARTMENT"))
            .into());
        }
        Ok(department)
    }
}

/// Nothing happens to an entry before the last thing that happened to it.
///
/// # Errors
/// A usage refusal naming that thing and its day.
pub fn refuse_before(change: &Change<'_>, entry: &Entry, what: &str) -> Result<()> {
    let days: [Option<NaiveDate>; 4] = change
        .sql()
        .prepare_cached("SELECT reported_on, filed_on, assigned_on, tracked_on FROM info WHERE entry = ?1")?
        .query_row([entry.id], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?;
    let later = ["reported", "filed", "assigned", "tracked"].into_iter().zip(days);
    let (deed, day) = later
        .filter_map(|(deed, day)| Some((deed, day?)))
        .fold(("collected", entry.day), |last, next| if next.1 >= last.1 { next } else { last });
    if change.on >= day {
        return Ok(());
    }
    Err(Refusal::usage(say!(
        "{number} was {deed} on {day} and cannot be {what} on {on}",
        number = entry.number,
        deed = language::value(deed),
        day,
        what,
        on = change.on
    ))
    .or(say!("give the day it happened with --on DATE"))
    .into())
}
