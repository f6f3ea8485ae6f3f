//! Warnings and suspensions as acts: the tally says who missed the indicator (R2.2a), and which department's report is late or missing
//! (R2.4); the branch manager gives them a notice, and lifts it. A notice changes no verdict.

mod department;
mod print;
mod waiting;

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use rusqlite::Connection;
use rusqlite::types::Value;

pub(super) use self::waiting::waiting;
use super::collector::Collector;
use super::grant::branch_manager;
use super::quota::refuse_oneself;
use super::report::reporting as department_named;
use super::tally::Judged;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::day::{Month, MonthArg};
use crate::desk::{Answer, Deed, Desk, Run};
use crate::language;
use crate::office::identity;
use crate::office::{self, figure};
use crate::person::Person;
use crate::refusal::Refusal;
use crate::register::access;
use crate::register::pack::PackFile;
use crate::say;
use crate::sheet::query::Query;
use crate::text::Text;
use crate::whole;

const CLAUSE: &str = "R2.2a";

/// The word for a warning.
const WARNING: &str = "warning";

/// The word for a suspension.
const SUSPENSION: &str = "suspension";

/// What is done with notices.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Warn somebody who missed a month's indicator, or a department whose report of it is late or missing
    Warn(Warn),
    /// Suspend the commission and award of somebody who missed as many months in a row as suspend
    Suspend(Give),
    /// Lift a notice: from that day on it no longer holds
    Lift(Lift),
    /// List the notices
    List(List),
    /// Print a notice, to be handed over and signed
    Print(print::Print),
}

/// Who is given the notice, for which month
#[derive(Debug, Args)]
pub(crate) struct Give {
    /// The person
    pub(crate) person: String,
    /// The month that was missed, such as 2026-10
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: MonthArg,
    #[command(flatten)]
    deed: Deed,
}

/// Who is warned, or which department, for which month
#[derive(Debug, Args)]
pub(crate) struct Warn {
    /// The person
    #[arg(required_unless_present = "department")]
    pub(crate) person: Option<String>,
    /// A department instead, whose monthly report is late or missing (R2.4)
    #[arg(long, value_name = "DEPARTMENT", conflicts_with = "person")]
    pub(crate) department: Option<String>,
    /// The month that was missed, such as 2026-10
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: MonthArg,
    #[command(flatten)]
    deed: Deed,
}

/// The notice that is lifted
#[derive(Debug, Args)]
pub(crate) struct Lift {
    /// The notice, by the id that `info notice list` shows
    #[arg(value_name = "ID", value_parser = whole::place)]
    pub(crate) id: i64,
    /// Why it is lifted
    #[arg(long, value_name = "REASON")]
    pub(crate) reason: Text,
    #[command(flatten)]
    deed: Deed,
}

/// Which notices are listed
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Only those to this person
    #[arg(long, value_name = "PERSON")]
    pub(crate) person: Option<String>,
    /// Only those to this department, for its reports
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: Option<String>,
    /// Only those for this month
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: Option<MonthArg>,
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Warn(warn) => desk.change("info notice warn", &warn.deed, |change| warn.enter(change)),
            Self::Suspend(Give { person, month, deed }) => desk.change("info notice suspend", &deed, |change| {
                give(change, SUSPENSION, (&person, month.on(change.today())), &deed)
            }),
            Self::Lift(lift) => desk.change("info notice lift", &lift.deed, |change| lift.enter(change)),
            Self::List(list) => list.run(desk),
            Self::Print(print) => print.run(desk),
        }
    }
}

impl Warn {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let month = self.month.on(change.today());
        match (&self.department, &self.person) {
            (Some(department), _) => department::warn(change, (department, month), &self.deed),
            (None, person) => give(change, WARNING, (person.as_deref().unwrap_or_default(), month), &self.deed),
        }
    }
}

/// Gives a person a notice that the tally bears out.
fn give(change: &mut Change<'_>, kind: &str, (who, month): (&str, Month), deed: &Deed) -> Result<Answer> {
    let what = if kind == WARNING { say!("warning somebody") } else { say!("suspending commission and award") };
    let actor = branch_manager(change, deed, CLAUSE, what)?;
    let person = warned(change.sql(), who, kind)?;
    refuse_oneself(change, &actor, &person.key, CLAUSE)?;
    refuse_gone(change, &person)?;
    let judged = judged(change.sql(), &Collector::of(change.sql(), &person)?, month, change.on)?;
    refuse_unfounded(&person, month, &judged, kind)?;
    refuse_given(change.sql(), &person, month, kind)?;
    let Judged { indicator, counted, streak: misses, .. } = judged;
    let id: i64 = change.sql().only(
        "INSERT INTO notice (person, kind, month, indicator, counted, misses, issued_on, issued_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id",
        (&person.key, kind, month, indicator, counted, misses, change.on, &actor.key),
    )?;
    change.record(&Thing::office("notice", &[&id.to_string()])?, &actor.key, None)?;
    let (indicator, by) = (indicator.unwrap_or_default(), language::people(&actor.key));
    let line = if kind == WARNING {
        say!(
            "notice {id}: {person} is warned by {by}: {counted} of {indicator} entries in {month}",
            id,
            person,
            by,
            counted,
            indicator,
            month
        )
    } else {
        say!(
            "notice {id}: commission and award of {person} are suspended by {by}: {misses} months missed in a row up to {month}",
            id,
            person,
            by,
            misses,
            month
        )
    };
    Ok(Answer::new(id.to_string(), line).note(say!("print it with: branchbook info notice print {id}", id)))
}

/// The person who gets a notice; where the word is a department's, the way to warn that.
fn warned(book: &Connection, who: &str, kind: &str) -> Result<Person> {
    if kind == WARNING
        && Person::look_up(book, who)?.is_none()
        && let Ok(department) = office::department::find(book, who)
    {
        return Err(Refusal::not_found(say!("{who} is a department", who))
            .or(say!("warn it with --department {key}", key = department.key))
            .into());
    }
    Person::find(book, who)
}

/// Refuses a notice to who is not on the staff.
fn refuse_gone(change: &Change<'_>, person: &Person) -> Result<()> {
    if identity::is_on_the_staff(change.sql(), person, change.on)? {
        return Ok(());
    }
    Err(Refusal::rule(CLAUSE, say!("{person} was not on the staff on {on}", person, on = change.on))
        .or(say!("see branchbook staff list"))
        .into())
}

/// How the month of a person is judged on a day.
fn judged(book: &Connection, collector: &Collector, month: Month, day: NaiveDate) -> Result<Judged> {
    let suspend_misses = figure::value(book, "info.suspend_misses", month.last())?;
    Judged::of(book, collector, month, (day, suspend_misses))
}

/// Refuses a notice that the tally does not bear out.
fn refuse_unfounded(person: &Person, month: Month, judged: &Judged, kind: &str) -> Result<()> {
    let what = match (judged.verdict, kind) {
        (Some("suspended"), _) | (Some("warned"), WARNING) => return Ok(()),
        (Some("warned"), _) => {
            say!(
                "{person} missed {misses} months in a row up to {month}, which suspends nothing yet",
                person,
                misses = judged.streak,
                month
            )
        }
        (Some(verdict), _) => say!(
            "{person} has no notice for {month}, which the tally calls {verdict}",
            person,
            month,
            verdict = language::value(verdict)
        ),
        (None, _) => say!("{person} had no indicator in {month}", person, month),
    };
    let way_out = say!("see branchbook info tally --month {month} --by-person", month = month.to_string());
    Err(Refusal::rule(CLAUSE, what).or(way_out).into())
}

/// Refuses a second notice of a kind for one month, while the first stands.
fn refuse_given(book: &Connection, person: &Person, month: Month, kind: &str) -> Result<()> {
    let known = "SELECT id FROM notice WHERE person = ?1 AND month = ?2 AND kind = ?3 AND lifted_on IS NULL";
    let known: Option<i64> = book.value(known, (&person.key, month, kind))?;
    let Some(id) = known else { return Ok(()) };
    Err(given_already(&person.to_string(), id, month).into())
}

/// That a person or a department has a notice.
fn given_already(person: &str, id: i64, month: Month) -> Refusal {
    let what = say!("{person} has notice {id} for {month} already", person, id, month);
    Refusal::usage(what).or(say!("print it with: branchbook info notice print {id}", id))
}

impl Lift {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = branch_manager(change, &self.deed, CLAUSE, say!("lifting a notice"))?;
        let id = self.id;
        let found = "SELECT coalesce(person, department), issued_on, lifted_on, department IS NOT NULL FROM notice WHERE id = ?1";
        let found: Option<(String, NaiveDate, Option<NaiveDate>, bool)> = change.sql().row(found, [id])?;
        let refusal = match found {
            None => Refusal::not_found(say!("there is no notice {id}", id)),
            Some((_, _, Some(lifted_on), _)) => {
                Refusal::usage(say!("notice {id} was lifted on {lifted_on} already", id, lifted_on))
            }
            Some((_, issued_on, None, _)) if issued_on > change.on => Refusal::usage(say!(
                "notice {id} is of {issued_on}, and is not lifted on {on}",
                id,
                issued_on,
                on = change.on
            )),
            Some((person, _, None, is_department)) => {
                if is_department {
                    department::refuse_judged(change, &actor, &person)?;
                } else {
                    refuse_oneself(change, &actor, &person, CLAUSE)?;
                }
                let lifted = "UPDATE notice SET lifted_on = ?2, lifted_by = ?3, reason = ?4 WHERE id = ?1";
                change.sql().execute(lifted, (id, change.on, &actor.key, &self.reason))?;
                change.record(&Thing::office("notice", &[&id.to_string()])?, &actor.key, Some(&self.reason))?;
                let person = language::people(&person);
                let line = say!("notice {id} to {person} no longer holds from {on} on", id, person, on = change.on);
                return Ok(Answer::new(id.to_string(), line));
            }
        };
        Err(refusal.or(say!("see branchbook info notice list")).into())
    }
}

/// The notices, with who entered them.
const LIST: &str = "SELECT n.id, n.person, n.kind, n.month, n.indicator, n.counted, n.misses, n.issued_on, n.issued_by,
        iif(n.lifted_on IS NULL, 'holds', 'lifted') AS state, n.lifted_on, n.lifted_by, n.reason,
        j.recorder AS entered_by, nullif(j.declared_flag, 0) AS declared_flag, n.department, n.report
    FROM notice AS n LEFT JOIN journal AS j ON j.id = (SELECT min(x.id) FROM journal AS x WHERE x.thing = 'notice ' || n.id)";

impl List {
    fn run(&self, desk: &mut Desk<'_>) -> Result<()> {
        access::require_office(desk, CLAUSE, say!("reads the notices"))?;
        let today = desk.today()?;
        let book = desk.book()?.reader();
        let person = self.person.as_ref().map(|who| Person::find(book, who)).transpose()?;
        let department = self.department.as_ref().map(|which| department_named(book, which)).transpose()?;
        let optional = |text: Option<String>| text.map_or(Value::Null, Value::Text);
        desk.list(
            &Query::new(
                say!("Warnings and suspensions"),
                format!("{LIST} WHERE (:person IS NULL OR n.person = :person) AND (:department IS NULL OR n.department = :department) AND (:month IS NULL OR n.month = :month) ORDER BY n.id"),
            )
            .with(":person", optional(person.map(|person| person.key)))
            .with(":department", optional(department.map(|department| department.key)))
            .with(":month", optional(self.month.map(|month| month.on(today).to_string()))),
        )
    }
}

/// Notices of the month-end pack: those for the month, what was given or lifted in it, and the suspensions that held in it.
pub(super) fn month_part(month: Month) -> PackFile {
    let sql = format!(
        "{LIST} WHERE n.month = :month OR n.issued_on <= :last AND (n.issued_on >= :first OR n.lifted_on BETWEEN :first AND :last
            OR n.kind = '{SUSPENSION}' AND (n.lifted_on IS NULL OR n.lifted_on > :first)) ORDER BY n.id"
    );
    let query = Query::new(say!("Warnings and suspensions in {month}", month), sql)
        .with(":month", month.to_string())
        .with(":first", month.first().to_string())
        .with(":last", month.last().to_string());
    PackFile::new("notices.csv", query, &[])
}
