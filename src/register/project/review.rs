//! The contract review by the ISO 9000 procedure, before a contract is signed (R3.3).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::{WORK, leader};
use crate::book::select::Select;
use crate::fields;
use crate::language;
use crate::office::identity;
use crate::person::{Person, Role};
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::entry::Entry;
use crate::register::field::{Field, Need};
use crate::register::form::{Check, Choice, Rule, Step, Verb, Who};
use crate::register::task::Task;
use crate::say;
use crate::text;
use crate::view::merged::who;
use crate::view::with_views;

const ITEM: Field<String> = Field::line("item", "the requirement that was reviewed").need(Need::Asked);
const REVIEWER: Field<String> = Field::person("reviewer", "").need(Need::Asked).did();
const PASSED: Field<bool> = Field::switch("passed_flag", "it can be met").option("pass");
const FAILED: Field<bool> =
    Field::switch("fail", "it cannot be met as it stands").with("opinion").loose().label("not_passed");
const OPINION: Field<String> = Field::text("opinion", "the reviewer's").value_name("TEXT");

/// The reviews; of those of one item the last counts.
static REVIEWS: List = List {
    table: "review",
    rules: &[Rule { fields: fields![ITEM, REVIEWER, REVIEWED_ON], check: Check::Follows(again_reviewed) }],
    kept: again_passed,
    amended: Some(Amended::of("review", fields![ITEM, REVIEWER, OPINION, REVIEWED_ON])),
    ..List::BLANK
};
const REVIEWED_ON: Field<NaiveDate> = Field::past("reviewed_on", "").option("reviewed-on");

/// Enters a review.
pub(super) const REVIEW: Verb = Verb::Step(Step {
    name: "review",
    about: "Enter a contract review by ISO 9000 (R3.3)",
    done: phrase!("reviewed"),
    state: "negotiating",
    fields: fields![ITEM, REVIEWER, PASSED, FAILED, OPINION],
    choice: Choice::YesOrNo(fields![PASSED, FAILED]),
    into: Some(&REVIEWS),
    sign: "reviewed_on",
    dated: true,
    who: Who::Check(reviews),
    guards: &[Check::Follows(refuse_leader), Check::Follows(refuse_overturned)],
    stays: refuse_unsaid,
    says: |task| {
        let on = task.change.on;
        let open = unpassed(task.sql(), &task.entry, (on, &[on]))?;
        let sentence = match (open.is_empty(), task.line.get(&PASSED)? == Some(true)) {
            (true, _) => phrase!("{number}: {item} passed, reviewed on {on} by {reviewer}; the review has passed"),
            (false, true) => phrase!("{number}: {item} passed, reviewed on {on} by {reviewer}; open: {open}"),
            (false, false) => phrase!("{number}: {item} failed, reviewed on {on} by {reviewer}; open: {open}"),
        };
        task.says_with(sentence, &[("open", open.join(crate::language::comma()))])
    },
    ..WORK
});

/// A review is entered by its reviewer, or by a clerk or contract administrator who writes it down; whoever leads the project organises
/// it, and enters none (R3.3).
fn reviews(task: &Task<'_, '_>) -> Result<()> {
    let reviewer = task.line.get(&REVIEWER)?.unwrap_or_default();
    let reviewer = who(&reviewer).into_owned();
    if task.actor.key == reviewer || identity::records(task.change, &task.actor)? {
        return Ok(());
    }
    let (actor, number) = (&task.actor, &task.entry.number);
    let what = say!(
        "a review of {number} is entered by its reviewer, {reviewer}, and {actor} is another",
        number,
        reviewer = language::people(&reviewer),
        actor
    );
    let way_out =
        say!("name who reviewed it with --by {reviewer}, or leave --by out where a clerk enters it", reviewer);
    Err(Refusal::rule(&task.clause, what).or(identity::name_with_pen(task.change, way_out, &[&reviewer])?).into())
}

/// What a reviewer found cannot be met passes by the same reviewer, or by the manager of the department or the branch (R3.3).
fn refuse_overturned(task: &mut Task<'_, '_>) -> Result<()> {
    if task.line.get(&PASSED)? != Some(true) {
        return Ok(());
    }
    let (book, entry, on) = (task.sql(), &task.entry, day_of(task)?);
    let (item, reviewer) = (task.line.get(&ITEM)?.unwrap_or_default(), task.line.get(&REVIEWER)?.unwrap_or_default());
    let last: Option<(String, bool)> = book.row(
        &with_views(
            "SELECT reviewer, passed_flag FROM review
              WHERE undone_on IS NULL AND entry = ?1 AND item = ?2 AND reviewed_on <= ?3 AND (?4 = 0 OR position < ?4)
              ORDER BY reviewed_on DESC, position DESC LIMIT 1",
        ),
        (entry.id, &item, on, task.position),
    )?;
    let Some((failed_by, false)) = last else { return Ok(()) };
    let person = Person::find(book, &reviewer)?;
    if failed_by == reviewer || may_overturn(task, &person, on)? {
        return Ok(());
    }
    let what = say!(
        "{item} of {number} failed by {failed_by}, and {reviewer} does not overturn that",
        item,
        number = entry.number,
        failed_by = language::people(&failed_by),
        reviewer = person
    );
    let again = language::people(&failed_by);
    let way_out = say!("let {again} review it again, or the manager: --reviewer {failed_by}", again, failed_by);
    Err(Refusal::rule("R3.3", what).or(way_out).into())
}

/// Whoever leads the project has others review its contract.
fn refuse_leader(task: &mut Task<'_, '_>) -> Result<()> {
    let reviewer = Person::find(task.sql(), &task.line.get(&REVIEWER)?.unwrap_or_default())?;
    if leader::leads(task.sql(), &task.entry, &reviewer, day_of(task)?)? {
        let number = &task.entry.number;
        let what = say!("{reviewer} leads {number} and does not review it as well", reviewer, number);
        return Err(Refusal::rule("R3.3", what).or(say!("name another with --reviewer PERSON")).into());
    }
    Ok(())
}

/// The day of the review: that of the step, or that which a correction leaves it.
fn day_of(task: &Task<'_, '_>) -> Result<NaiveDate> {
    Ok(task.line.get(&REVIEWED_ON)?.unwrap_or(task.change.on))
}

/// Who reviewed what, and when, is held to what entering it asks for, also once it is corrected; that something failed, and by whom,
/// stays (R3.3).
fn again_reviewed(task: &mut Task<'_, '_>) -> Result<()> {
    // A review that is entered is held to it by its step.
    let Some(item) = task.line.was(&ITEM)? else { return Ok(()) };
    refuse_leader(task)?;
    let turned = task.line.differs(&ITEM.spec) || task.line.differs(&REVIEWER.spec);
    if task.line.get(&PASSED)? == Some(true) || !turned {
        return refuse_overturned(task);
    }
    let number = &task.entry.number;
    let reviewer = language::people(&task.line.was(&REVIEWER)?.unwrap_or_default()).into_owned();
    let what = say!("{item} of {number} failed by {reviewer}, and that stays", item, number, reviewer);
    let way_out =
        say!("take the review back with: branchbook undo {number} --reason REASON, and enter it anew", number);
    Err(Refusal::rule("R3.3", what).or(way_out).into())
}

/// That something failed is taken back by its reviewer, or by the manager who may overturn it, and by nobody else (R3.3).
fn refuse_unsaid(task: &Task<'_, '_>) -> Result<()> {
    let (book, entry) = (task.sql(), &task.entry);
    let last: Option<(String, String, bool)> = book.row(
        &with_views(
        "SELECT item, reviewer, passed_flag FROM review WHERE undone_on IS NULL AND entry = ?1 ORDER BY position DESC LIMIT 1",
    ),
        [entry.id],
    )?;
    let Some((item, failed_by, false)) = last else { return Ok(()) };
    if task.actor.key == failed_by || may_overturn(task, &task.actor, task.change.today())? {
        return Ok(());
    }
    let (number, actor, reviewer) = (&entry.number, &task.actor, language::people(&failed_by));
    let what = say!(
        "{item} of {number} failed by {reviewer}, and {actor} does not take that back",
        item,
        number,
        reviewer,
        actor
    );
    let way_out = say!(
        "let {reviewer} say so, or the manager: branchbook undo {number} --by {failed_by} --reason REASON",
        reviewer,
        number,
        failed_by
    );
    Err(Refusal::rule("R3.3", what).or(identity::name_with_pen(task.change, way_out, &[&failed_by])?).into())
}

/// Whether the person may overturn what another found: the manager of the department or the branch.
fn may_overturn(task: &Task<'_, '_>, person: &Person, on: NaiveDate) -> Result<bool> {
    let (book, department) = (task.sql(), Some(task.entry.department.as_str()));
    Ok(person.holds(book, Role::DepartmentManager, department, on)?
        || person.holds(book, Role::BranchManager, None, on)?)
}

/// A contract that is signed keeps the review on which it was, unless it was signed without one as an exception (R3.3).
fn again_passed(task: &mut Task<'_, '_>) -> Result<()> {
    let (book, project) = (task.sql(), &task.entry);
    let excused = "SELECT 1 FROM exception WHERE entry = ?1 AND clause = 'R3.3'";
    let signed: Option<NaiveDate> = book.value(
        "SELECT signed_on FROM contract WHERE undone_on IS NULL AND entry = ?1 AND position = 1",
        [project.id],
    )?;
    match signed {
        Some(signed) if task.line.was(&ITEM)?.is_some() && !book.prepare_cached(excused)?.exists([project.id])? => {
            refuse_unpassed(book, project, (signed, &[signed]))
        }
        _ => Ok(()),
    }
}

/// The reviews of a project up to day `?2`, and of each whether it is idle: passed by somebody of `?3`.
const UP_TO: &str = "SELECT item, reviewer, position, reviewed_on, passed_flag,
        passed_flag AND reviewer IN (SELECT value FROM json_each(?3)) AS idle
    FROM review WHERE undone_on IS NULL AND entry = ?1 AND reviewed_on <= ?2";

/// Who reviewed the contract and leads the project on one of these days: what they passed counts for nothing, whenever they were
/// appointed (R3.3).
fn leading(book: &Connection, project: &Entry, days: &[NaiveDate]) -> Result<Vec<String>> {
    let reviewers: Vec<String> = book.column(
        &with_views(
            "SELECT DISTINCT reviewer FROM review WHERE undone_on IS NULL AND entry = ?1 AND passed_flag ORDER BY position",
        ),
        [project.id],
    )?;
    let mut leading = Vec::new();
    for reviewer in reviewers {
        let reviewer = Person::find(book, &reviewer)?;
        for day in days {
            if leader::leads(book, project, &reviewer, *day)? {
                leading.push(reviewer.key.clone());
                break;
            }
        }
    }
    Ok(leading)
}

/// The items whose last review up to a day failed, or that nobody but its leader of these days passed, in the order in which they were
/// first reviewed; of two reviews on one day the one entered later is the last.
pub(super) fn unpassed(
    book: &Connection,
    project: &Entry,
    (day, leads): (NaiveDate, &[NaiveDate]),
) -> Result<Vec<String>> {
    let leading = serde_json::to_string(&leading(book, project, leads)?)?;
    let sql = format!(
        "SELECT item FROM (
            SELECT item, passed_flag, idle, min(position) OVER (PARTITION BY item) AS first,
                row_number() OVER (PARTITION BY item ORDER BY idle, reviewed_on DESC, position DESC) AS place
            FROM ({UP_TO}))
         WHERE place = 1 AND (idle OR NOT passed_flag) ORDER BY first"
    );
    book.column(&with_views(&sql), (project.id, day, leading))
}

/// What a contract's review lacks on a day: the items that failed last or that nobody but its leader passed, none of them where nothing
/// was reviewed; nothing where it has passed. With the command that leads on.
pub(super) fn lacking(
    book: &Connection,
    project: &Entry,
    (day, leads): (NaiveDate, &[NaiveDate]),
) -> Result<Option<(Vec<String>, String)>> {
    let open = unpassed(book, project, (day, leads))?;
    let reviewed = "SELECT 1 FROM review WHERE undone_on IS NULL AND entry = ?1 AND reviewed_on <= ?2";
    if open.is_empty() && book.prepare_cached(reviewed)?.exists((project.id, day))? {
        return Ok(None);
    }
    let item = open.first().map_or("ITEM".into(), |item| text::word(item));
    let next = format!("branchbook project review {} --item {item} --reviewer PERSON --pass", project.number);
    Ok(Some((open, next)))
}

/// Refuses a contract of that day unless its review had passed: at least one item was reviewed, and the last review of each
/// passed, by somebody else than who leads the project on these days (R3.3).
pub(super) fn refuse_unpassed(
    book: &Connection,
    project: &Entry,
    (day, leads): (NaiveDate, &[NaiveDate]),
) -> Result<()> {
    let Some((open, next)) = lacking(book, project, (day, leads))? else { return Ok(()) };
    let (number, items) = (&project.number, open.join(crate::language::comma()));
    let idle = leading(book, project, leads)?;
    let own = format!("SELECT 1 FROM ({UP_TO}) WHERE idle AND item = ?4");
    let mut own = book.prepare_cached(&with_views(&own))?;
    let led = serde_json::to_string(&idle)?;
    let own = open.first().map_or(Ok(false), |item| own.exists((project.id, day, &led, item)))?;
    let (what, way_out) = if open.is_empty() {
        (
            say!("the contract of {number} was not reviewed up to {day}", number, day),
            say!("enter the review with: {next}", next),
        )
    } else if own {
        (
            say!(
                "{leader} leads {number}, and what they passed of its contract counts for nothing: {items}",
                leader = language::people(&idle.join("; ")),
                number,
                items
            ),
            say!("let another review it: {next}", next),
        )
    } else {
        (
            say!("the contract review of {number} had not passed on {day}: {open}", number, day, open = items),
            say!("enter the next review with: {next}", next),
        )
    };
    Err(Refusal::rule("R3.3", what).or(way_out).into())
}
