//! Opening a project: whether it is major (R3.1), and the entry of user information that it came of, of which no other did (R2.3).

use anyhow::Result;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::{AMOUNT, CUSTOMER, FORM, MAJOR, MINOR, SOURCE, contract};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::language;
use crate::money::Money;
use crate::office::{figure, identity};
use crate::person::{Person, Role};
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::entry::{Entry, Step};
use crate::register::info::open_project;
use crate::register::task::Task;
use crate::say;
use crate::text;

/// Refuses unless the actor works in the department, is a clerk or contract administrator who records it, or runs the branch.
pub(super) fn opens(task: &Task<'_, '_>) -> Result<()> {
    let (change, actor, department) = (&*task.change, &task.actor, &task.entry.department);
    if identity::records(change, actor)? {
        return Ok(());
    }
    let book = change.sql();
    let may = |day| Ok(actor.works_in(book, department, day)? || actor.holds(book, Role::BranchManager, None, day)?);
    let Some(day) = identity::out_of_office(change, actor, may)? else { return Ok(()) };
    let what = say!(
        "opening a project is for somebody of {department}, which {actor} was not on {day}",
        department = language::value(department),
        actor,
        day
    );
    Err(Refusal::rule(&task.clause, what).or(identity::name_somebody(change)?).into())
}

/// A project is major by word, or at and above figure `project.major_amount` of its day; a correction that turns it says who
/// appoints its leader now (R3.1).
pub(super) fn weigh(task: &mut Task<'_, '_>) -> Result<()> {
    let from = Money(figure::value(task.sql(), "project.major_amount", task.entry.day)?);
    let by_word = task.row.get(&MAJOR)? == Some(true) && !task.row.is_new(&MINOR.spec);
    let signed = contract::in_yuan(task.sql(), &task.entry)?;
    let major = by_word || task.row.get(&AMOUNT)?.max(signed).is_some_and(|amount| amount >= from);
    task.set(MAJOR.spec.column, major);
    if !major && task.row.is_new(&MINOR.spec) {
        let what = say!("making {number} a minor project", number = task.entry.number);
        identity::require_role(task.change, &task.actor, Role::BranchManager, None, "R3.1", &what)?;
    }
    if !task.opens && task.row.was(&MAJOR)? != Some(major) {
        task.remark(if major {
            say!("it is a major project now: the branch manager appoints its leader (R3.1)")
        } else {
            say!("it is no major project any more: the department's manager appoints its leader (R3.1)")
        });
    }
    Ok(())
}

/// Says where the customer's projects in hand come to a major one together though none of them is major (R3.1); not of old ones that
/// come in.
pub(super) fn note_split(task: &mut Task<'_, '_>) -> Result<()> {
    let (amount, customer) = (task.row.get(&AMOUNT)?, text::fold(&task.row.get(&CUSTOMER)?.unwrap_or_default()));
    let own = amount.max(contract::in_yuan(task.sql(), &task.entry)?);
    let Some(own) = own.filter(|_| task.row.get(&MAJOR).is_ok_and(|major| major != Some(true))) else { return Ok(()) };
    if task.change.import.is_some() {
        return Ok(());
    }
    let rows: Vec<(String, String, Money)> = task.sql().rows(
        concat!(
            "SELECT e.number, p.customer, max(coalesce(p.amount_fen, 0), coalesce((SELECT sum(",
            in_yuan!("c.amount_fen", "c.rate_e4"),
            ") FROM contract AS c WHERE c.entry = e.id AND c.undone_on IS NULL), 0))
         FROM entry AS e JOIN project AS p ON p.entry = e.id
         WHERE e.register = 'project' AND e.ended_on IS NULL AND NOT p.major_flag AND e.id <> ?1 ORDER BY e.id"
        ),
        [task.entry.id],
    )?;
    let mut others = Vec::new();
    let mut sum = own;
    for (number, other, amount) in rows {
        if amount > Money(0) && text::fold(&other) == customer {
            sum = Money(sum.0.saturating_add(amount.0));
            others.push(number);
        }
    }
    let from = Money(figure::value(task.sql(), "project.major_amount", task.entry.day)?);
    if others.is_empty() || sum < from {
        return Ok(());
    }
    let (others, sum) = (language::listed(others), sum.grouped());
    task.change.note(say!(
        "with {others} of the same customer it comes to {sum}, as much as a major project; where they are one, say so with --major (R3.1)",
        others,
        sum
    ));
    Ok(())
}

/// No other project came of the same information (R2.3).
pub(super) fn refuse_known_source(task: &Task<'_, '_>) -> Result<()> {
    let source = task.row.get(&SOURCE)?.unwrap_or_default();
    refuse_second(task.sql(), &source, Some(&task.entry.number))
}

/// Whoever says what information a project came of, or that it did not come of what it is tied to, is the manager of the department
/// that tracks it, as where `info open-project` opens it (R2.3, R2.4). What a project was won of stays.
pub(super) fn refuse_others_source(task: &mut Task<'_, '_>) -> Result<()> {
    if !task.row.differs(&SOURCE.spec) {
        return Ok(());
    }
    for source in [task.row.was(&SOURCE)?, task.row.get(&SOURCE)?].into_iter().flatten() {
        let entry = Entry::find_in(task.sql(), "info", &source)?;
        if task.row.was(&SOURCE)?.as_ref() == Some(&source) && entry.state == "won" {
            let what = say!("{source} was closed as won by {number}", source, number = task.entry.number);
            let way_out = say!("take that back first with: branchbook undo {source} --reason REASON", source);
            return Err(Refusal::rule("R2.3", what).or(way_out).into());
        }
        open_project::require_manager(task.change, &entry, &task.actor)?;
    }
    Ok(())
}

pub(super) fn opened(task: &Task<'_, '_>) -> Result<String> {
    task.says(if task.row.get(&MAJOR)? == Some(true) {
        phrase!("{number}: a major project, whose leader the branch manager appoints, {title} of {customer}")
    } else {
        phrase!("{number}: opened, {title} of {customer}")
    })
}

/// Opens a project with these fields, where another register leads to one.
pub(crate) fn open(
    change: &mut Change<'_>,
    actor: &Person,
    fields: impl IntoIterator<Item = (&'static str, Value)>,
) -> Result<Entry> {
    let first = Step::look_up(change.sql(), "project", "add", "", None)?.unwrap_or_default();
    let mut task = Task::opening(change, &FORM, &first, actor.clone())?;
    for (column, value) in fields {
        task.set(column, value);
    }
    weigh(&mut task)?;
    note_split(&mut task)?;
    task.belong(FORM.whose)?;
    task.open()?;
    task.write()?;
    task.change.record(&task.entry.thing()?.just_opened(), &task.actor.key, None)?;
    Ok(task.entry)
}

/// Refuses a project beside another that came of the same information, save one that is void; `but` is the project itself.
pub(crate) fn refuse_second(book: &Connection, source: &str, but: Option<&str>) -> Result<()> {
    let other: Option<String> = book.value(
        "SELECT e.number FROM project AS p JOIN entry AS e ON e.id = p.entry
             WHERE p.source = ?1 AND e.state <> 'void' AND e.number IS NOT ?2 ORDER BY e.id LIMIT 1",
        (source, but),
    )?;
    match other {
        None => Ok(()),
        Some(other) => Err(Refusal::rule("R2.3", say!("{source} is project {other} already", source, other))
            .or(say!("go on with it: branchbook project show {other}", other))
            .into()),
    }
}

/// Links a project to the information that it came of; gives whether that is new.
pub(crate) fn link(change: &Change<'_>, project: &Entry, source: &str) -> Result<bool> {
    refuse_second(change.sql(), source, Some(&project.number))?;
    let known: Option<String> = change.sql().only("SELECT source FROM project WHERE entry = ?1", [project.id])?;
    match known {
        Some(known) if known == source => Ok(false),
        Some(known) => Err(Refusal::rule(
            "R2.3",
            say!("{number} came of {known}, not of {source}", number = project.number, known, source),
        )
        .or(say!("name the project that came of it, or close {known} with it", known))
        .into()),
        None => {
            change.sql().execute("UPDATE project SET source = ?2 WHERE entry = ?1", (project.id, source))?;
            Ok(true)
        }
    }
}
