//! Indicators: how many entries a month a department or a person is to collect, and who is let off a month (R2.2, R2.2a).

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use rusqlite::types::Value;

use super::listed::Quotas;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::day::{Month, MonthArg};
use crate::desk::{Answer, Deed, Desk, Run};
use crate::import::run::FileImport;
use crate::language;
use crate::office::{department, identity, live};
use crate::person::{DECIDING, Person, Role};
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::query::Query;
use crate::text::Text;
use crate::whole;

/// What is done with indicators.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Set an indicator from a month on; months before it keep the old one
    Set(Set),
    /// Let a person off a month's indicator: it is no miss, and breaks no row of misses
    Exempt(Exempt),
    /// List the indicators and exemptions
    List(List),
    /// Bring in what branchbook info quota list wrote as CSV
    Import(FileImport),
}

/// An indicator and whose it is
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("holder").required(true).args(["department", "person"])))]
pub(crate) struct Set {
    /// The department that is to collect
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: Option<String>,
    /// The person who is to collect
    #[arg(long, value_name = "PERSON")]
    pub(crate) person: Option<String>,
    /// Entries a month; 0 ends the indicator
    #[arg(long, value_name = "COUNT", value_parser = whole::count)]
    pub(crate) count: u32,
    /// First month it holds, such as 2026-10
    #[arg(long, value_name = "MONTH")]
    pub(crate) from: MonthArg,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// A person's month that does not count
#[derive(Debug, Args)]
pub(crate) struct Exempt {
    /// The person
    pub(crate) person: String,
    /// The month, such as 2026-10
    pub(crate) month: MonthArg,
    /// Why the month does not count, or why it counts again
    #[arg(long, value_name = "REASON")]
    pub(crate) reason: Text,
    /// Lift the exemption
    #[arg(long)]
    pub(crate) lift: bool,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// Which indicators are listed
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Only what holds in this month [default: all that was ever set]
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: Option<MonthArg>,
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Set(set) => desk.change("info quota set", &set.deed, |change| set.enter(change)),
            Self::Exempt(exempt) => desk.change("info quota exempt", &exempt.deed, |change| exempt.enter(change)),
            Self::List(list) => {
                let today = desk.today()?;
                desk.list(&list.query(today))
            }
            Self::Import(import) => import.list(desk, "info quota import", |by| Quotas { by }),
        }
    }
}

/// Who sets an indicator; one that holds for months that are over since `from`, the branch manager or a leader, unless nothing is
/// entered in the book yet.
pub(crate) fn may_set(change: &Change<'_>, by: Option<&str>, holder: &str, from: Option<Month>) -> Result<Person> {
    let actor = identity::clerks_deed(change, by, "R2.2", say!("sets indicators"))?;
    refuse_oneself(change, &actor, holder, "R2.2")?;
    if from.is_some_and(|from| from < Month::of(change.today())) && department::has_entries(change)? {
        let (roles, what) =
            (&DECIDING[1..], say!("an indicator of past months is decided by the branch manager or a leader"));
        decides_backwards(change, &actor, holder, "R2.2", (roles, what))?;
    }
    Ok(actor)
}

/// The month from which an indicator holds: no earlier one than the first that the book covers whole (Q10). Whoever founds the book may
/// say that months hold of which it has the history alone, until something is entered.
fn since_live(change: &Change<'_>, from: Month) -> Result<Month> {
    let first = live::first_month(change.sql())?;
    let live = live::day(change.sql())?;
    if from >= first || from < Month::of(live) && !department::has_entries(change)? {
        return Ok(from);
    }
    change.note(say!("the book is live from {live} on, and nobody is judged by it for months that began before", live));
    Ok(first)
}

impl Set {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let last = Month::of(change.today()).prev();
        let from = since_live(change, self.from.near(change.today()))?;
        let (kind, key) = match (&self.department, &self.person) {
            (Some(which), _) => ("department", department::there(change.sql(), which, from.first())?.key),
            (None, who) => ("person", Person::find(change.sql(), who.as_deref().unwrap_or_default())?.key),
        };
        let actor = may_set(change, self.deed.by.as_deref(), &key, Some(from))?;
        if from <= last {
            change.on = change.on.min(from.first());
        }
        let was: Option<i64> = change.sql().value(
            "SELECT entries FROM quota WHERE holder = ?1 AND holder_kind = ?2 AND from_month = ?3",
            (&key, kind, from),
        )?;
        let stands = was == Some(i64::from(self.count));
        change.sql().execute(
            "INSERT INTO quota VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET entries = excluded.entries",
            (&key, kind, from, self.count),
        )?;
        change.record(&Thing::office("quota", &[kind, &key])?, &actor.key, None)?;
        let holder = language::people(&key);
        let line = match self.count {
            0 => say!("{holder}: no indicator from {from} on", holder, from),
            count => say!("{holder}: {count} entries a month from {from} on", holder, count, from),
        };
        let now = i64::from(self.count).to_string();
        let mut answer = Answer::new(&key, line).instead_of(was.map(|was| was.to_string()), &now);
        if stands {
            answer = answer.note(say!("it was so already"));
        }
        if from > last {
            return Ok(answer);
        }
        Ok(answer.note(say!(
            "{holder} is judged anew for the months from {from} to {this_month}",
            holder,
            from,
            this_month = last
        )))
    }
}

impl Exempt {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let by = self.deed.by.as_deref();
        let actor = identity::clerks_deed(change, by, "R2.2a", say!("enters exemptions"))?;
        let (person, month) = (Person::find(change.sql(), &self.person)?, self.month.near(change.today()));
        refuse_oneself(change, &actor, &person.key, "R2.2a")?;
        if month < Month::of(change.today()) {
            let what = say!("an exemption from a past month is decided by a manager or a leader");
            decides_backwards(change, &actor, &person.key, "R2.2a", (&DECIDING, what))?;
            change.on = change.on.min(month.first());
        }
        let book = change.sql();
        let known = "SELECT reason FROM exemption WHERE person = ?1 AND month = ?2 AND lifted_on IS NULL";
        let known: Option<String> = book.value(known, (&person.key, month))?;
        let counts = match (known, self.lift) {
            (Some(reason), false) => {
                let what = say!("{person} is exempt in {month} already: {reason}", person, month, reason);
                let way_out = say!("see branchbook info quota list --month {month}", month = month.to_string());
                return Err(Refusal::usage(what).or(way_out).into());
            }
            (None, true) => {
                return Err(Refusal::usage(say!("{person} is not exempt in {month}", person, month))
                    .or(say!("leave --lift out to exempt the person"))
                    .into());
            }
            (None, false) => {
                book.execute(
                    "INSERT INTO exemption VALUES (?1, ?2, ?3, NULL)
                     ON CONFLICT DO UPDATE SET reason = excluded.reason, lifted_on = NULL",
                    (&person.key, month, &self.reason),
                )?;
                say!("does not count")
            }
            (Some(_), true) => {
                let lifted = "UPDATE exemption SET lifted_on = ?3 WHERE person = ?1 AND month = ?2";
                book.execute(lifted, (&person.key, month, change.on))?;
                say!("counts again")
            }
        };
        change.record(&Thing::office("staff", &[&person.key])?, &actor.key, Some(&self.reason))?;
        let line = say!("{person}: the indicator of {month} {counts}", person, month, counts);
        Ok(Answer::new(&person.key, line))
    }
}

/// Nobody lets themselves off, as who decides or as who enters it.
pub(super) fn refuse_oneself(change: &Change<'_>, actor: &Person, person: &str, clause: &str) -> Result<()> {
    let mut hands = change.recorder.hands().map(|hand| &hand.key).chain([&actor.key]);
    if hands.all(|hand| hand != person) {
        return Ok(());
    }
    let what = say!("{person} does not decide what {person} is judged by", person = language::people(person));
    Err(Refusal::rule(clause, what).or(say!("let another clerk enter it, with who decided as --by PERSON")).into())
}

/// What reaches back into months that are over is decided by one of these, who is not judged by it; it bears the first of those days, so
/// that it is listed among what was entered for an earlier month.
fn decides_backwards(
    change: &Change<'_>,
    actor: &Person,
    holder: &str,
    clause: &str,
    (roles, what): (&[Role], &str),
) -> Result<()> {
    refuse_oneself(change, actor, holder, clause)?;
    if actor.holds_any(change.sql(), roles, change.on)? {
        return Ok(());
    }
    let what = say!("{what}, which {actor} was not on {on}", what, actor, on = change.on);
    Err(Refusal::rule(clause, what).or(identity::name_who_decided(change, roles, change.on, holder)?).into())
}

impl List {
    fn query(&self, today: NaiveDate) -> Query {
        let month = self.month.map(|month| month.on(today));
        let title = month.map_or_else(|| say!("Indicators").to_owned(), |month| say!("Indicators in {month}", month));
        Query::new(
            title,
            "SELECT q.holder_kind AS kind, q.holder, q.from_month, q.entries AS indicator, NULL AS reason FROM quota AS q
             WHERE :month IS NULL OR q.from_month = (SELECT max(x.from_month) FROM quota AS x
                WHERE x.holder = q.holder AND x.holder_kind = q.holder_kind AND x.from_month <= :month)
             UNION ALL SELECT 'exemption', person, month, NULL, reason FROM exemption WHERE lifted_on IS NULL AND (:month IS NULL OR month = :month)
             ORDER BY kind, holder, from_month",
        )
        .of("quota")
        .with(":month", month.map_or(Value::Null, |month| Value::Text(month.to_string())))
    }
}
