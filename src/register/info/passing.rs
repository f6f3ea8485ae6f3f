//! Passing information on: with the branch manager's approval, or as a breach, after which whoever did it is removed from the sales
//! team (R2.4).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::book::select::Select;
use crate::day::{Month, MonthArg};
use crate::desk::{Desk, Run};
use crate::fields;
use crate::language;
use crate::office::identity;
use crate::person::Person;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::access;
use crate::register::child::{Amended, List};
use crate::register::field::{Field, Need};
use crate::register::form::{Check, Fill, Step, Verb, Who};
use crate::register::pack::PackFile;
use crate::register::task::Task;
use crate::register::waiting::{Each, Waiting};
use crate::say;
use crate::sheet::query::Query;
use crate::text;
use crate::view::with_views;

const BY: Field<String> = Field::person("person", "who passes it on").need(Need::Asked);
const TO: Field<String> = Field::line("told_to", "to whom it goes").option("to").need(Need::Asked);
const WHAT: Field<String> = Field::text("what", "what of it is passed on").need(Need::Asked);
const PURPOSE: Field<String> = Field::text("purpose", "").option("for").value_name("TEXT").need(Need::Asked);
const HAPPENED_ON: Field<NaiveDate> = Field::past("happened_on", "").option("happened-on");
const FOUND_ON: Field<NaiveDate> = Field::past("found_on", "").option("found-on");

/// What was passed on with approval.
static PASSED: List = List {
    table: "passing",
    amended: Some(Amended::of("passing", fields![TO, WHAT, PURPOSE, HAPPENED_ON])),
    ..List::BLANK
};

/// What was passed on without.
static BREACHES: List =
    List { table: "breach", amended: Some(Amended::of("breach", fields![TO, WHAT, FOUND_ON])), ..List::BLANK };

/// Approves that somebody passes an entry on.
pub(super) const PASS_ON: Verb = Verb::Step(Step {
    name: "pass-on",
    about: "Let somebody pass an entry on to others, as the branch manager approved (R2.4)",
    done: phrase!("passed on"),
    fields: fields![BY, TO, WHAT, PURPOSE],
    into: Some(&PASSED),
    sign: "happened_on",
    dated: true,
    fills: &[("approved_by", Fill::Actor)],
    who: Who::Roles(phrase!("letting somebody pass user information on")),
    guards: &[Check::Follows(refuse_own)],
    says: |task| {
        task.says(phrase!("{number}: {person} may pass it on to {told_to} on {on}, as {approved_by} approved"))
    },
    ..Step::BLANK
});

/// Enters that somebody passed an entry on without approval.
pub(super) const BREACH: Verb = Verb::Step(Step {
    name: "breach",
    about: "Enter that somebody passed an entry on without approval; they are removed from the sales team (R2.4)",
    done: phrase!("passed on"),
    fields: fields![BY, TO, WHAT],
    into: Some(&BREACHES),
    sign: "found_on",
    dated: true,
    fills: &[("found_by", Fill::Actor)],
    who: Who::Roles(phrase!("establishing that user information was passed on")),
    guards: &[Check::Follows(refuse_own), Check::Follows(refuse_approved)],
    says: |task| {
        task.says(phrase!(
            "{number}: passed on by {person} to {told_to} without approval, found by {found_by} on {on}; {person} is to be removed from the sales team"
        ))
    },
    ..Step::BLANK
});

/// Nobody decides on what they pass on, or enters it.
fn refuse_own(task: &mut Task<'_, '_>) -> Result<()> {
    let person = Person::find(task.sql(), &task.line.get(&BY)?.unwrap_or_default())?;
    let mut hands = task.change.recorder.hands().chain([&task.actor]);
    if hands.all(|hand| *hand != person) {
        return Ok(());
    }
    let what = say!("{person} does not decide on what {person} passes on", person);
    Err(Refusal::rule(&task.clause, what).or(say!("let the branch manager decide, and another clerk enter it")).into())
}

/// What was approved is no breach.
fn refuse_approved(task: &mut Task<'_, '_>) -> Result<()> {
    let (number, on) = (&task.entry.number, task.change.on);
    let (person, to) = (task.line.get(&BY)?.unwrap_or_default(), task.line.get(&TO)?.unwrap_or_default());
    let approved: Vec<(String, NaiveDate)> = task.sql().rows(
        &with_views(
        "SELECT told_to, happened_on FROM passing WHERE undone_on IS NULL AND entry = ?1 AND person = ?2 AND happened_on <= ?3 ORDER BY position",
    ),
        (task.entry.id, &person, on),
    )?;
    let Some((_, day)) = approved.into_iter().find(|(told_to, _)| text::fold(told_to) == text::fold(&to)) else {
        return Ok(());
    };
    let what = say!(
        "{person} may pass {number} on to {to}, as was approved on {day}",
        person = language::people(&person),
        number,
        to,
        day
    );
    Err(Refusal::rule(&task.clause, what).or(say!("see branchbook info show {number}", number)).into())
}

/// Which of it is listed
#[derive(Debug, Args)]
pub(crate) struct Passed {
    /// Only what this person passed on
    #[arg(long, value_name = "PERSON")]
    person: Option<String>,
    /// Only what was passed on, or found, in this month
    #[arg(long, value_name = "MONTH")]
    month: Option<MonthArg>,
}

/// What was passed on, without what of it and to whom; of a breach, the last day of whoever did it on the staff.
const LIST: &str = "
WITH passed (id, number, kind, happened_on, person, decided_by) AS (
    SELECT e.id, e.number, 'approved', p.happened_on, p.person, p.approved_by
    FROM passing AS p JOIN entry AS e ON e.id = p.entry WHERE p.undone_on IS NULL
    UNION ALL SELECT e.id, e.number, 'breach', b.found_on, b.person, b.found_by
    FROM breach AS b JOIN entry AS e ON e.id = b.entry WHERE b.undone_on IS NULL)
SELECT number, kind, happened_on, person, decided_by,
    iif(kind = 'breach', (SELECT nullif(max(coalesce(t.until_on, '9999')), '9999') FROM term AS t WHERE t.person = p.person), NULL) AS removed_on
FROM passed AS p";

impl Run for Passed {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        access::require_office(desk, "R2.4", say!("reads what was passed on"))?;
        let today = desk.today()?;
        let book = desk.book()?.reader();
        let person = self.person.map(|who| Person::find(book, &who)).transpose()?;
        let optional = |text: Option<String>| text.map_or(Value::Null, Value::Text);
        desk.list(
            &Query::new(
                say!("User information that was passed on"),
                format!("{LIST} WHERE (:person IS NULL OR person = :person) AND (:month IS NULL OR substr(happened_on, 1, 7) = :month) ORDER BY happened_on, id"),
            )
            .with(":person", optional(person.map(|person| person.key)))
            .with(":month", optional(self.month.map(|month| month.on(today).to_string()))),
        )
    }
}

/// What was passed on or found in the month, for the month-end pack.
pub(super) fn month_part(month: Month) -> PackFile {
    let sql = format!("{LIST} WHERE substr(happened_on, 1, 7) = :month ORDER BY happened_on, id");
    let query = Query::new(say!("User information that was passed on in {month}", month), sql);
    PackFile::new("info-passed-on.csv", query.with(":month", month.to_string()), &[])
}

/// Who passed information on without approval, and is on the staff still.
pub(super) fn waiting(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut breaches = book.prepare_cached(
        "SELECT e.number, b.person, b.found_on FROM breach AS b JOIN entry AS e ON e.id = b.entry
         WHERE b.undone_on IS NULL AND b.found_on <= ?1 ORDER BY b.found_on, e.id",
    )?;
    let mut rows = breaches.query([today])?;
    while let Some(row) = rows.next()? {
        let (number, key): (String, String) = (row.get(0)?, row.get(1)?);
        let Some(person) = Person::of_key(book, &key)? else { continue };
        if !identity::is_on_the_staff(book, &person, today)? {
            continue;
        }
        each(Waiting {
            deciders: None,
            due_on: row.get(2)?,
            what: say!("{key}, who passed it on without approval, to be removed from the sales team", key = person),
            number,
            next: format!("branchbook staff end {key} --by PERSON"),
            department: "general".to_owned(),
            person: None,
            clause: "R2.4".into(),
        })?;
    }
    Ok(())
}
