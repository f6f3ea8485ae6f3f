//! Who asks for a gift, endorses it and approves it (R5.3(1), R5.3(2)).

use anyhow::Result;
use rusqlite::Connection;

use super::FORM;
use crate::language;
use crate::office::{identity, removed};
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::approval::Approval;
use crate::register::decide::Asked;
use crate::register::entry::Entry;
use crate::register::task::Task;
use crate::say;

/// Refuses unless who asks works in the department on that day, and enters it themselves or lets a clerk do so (R5.3(2)).
pub(crate) fn asks(task: &Task<'_, '_>) -> Result<()> {
    let (change, actor) = (&*task.change, &task.actor);
    let asker = Person::find(change.sql(), &task.entry.person)?;
    if asker != *actor && !identity::records(change, actor)? {
        let what = say!("{asker} asks for it, and {actor} may not ask in their name", asker, actor);
        let way_out = say!("name who asks with --by {key}", key = asker.key);
        return Err(Refusal::rule("R5.3(2)", what).or(identity::name_with_pen(change, way_out, &[&asker.key])?).into());
    }
    let department = &task.entry.department;
    let works = |day| asker.works_in(change.sql(), department, day);
    if identity::out_of_office(change, &asker, works)?.is_none() {
        return removed::refuse(change.sql(), &asker, change.on);
    }
    let what = say!(
        "{asker} did not work in {department} on {on} and cannot ask for its gifts",
        asker,
        department = language::value(department),
        on = change.on
    );
    let way_out = say!("name who asks with --asked-by PERSON, or their department with --department");
    Err(Refusal::rule("R5.3(2)", what).or(way_out).into())
}

/// Whether who asked managed the entry's department, the branch or the company on the day of the request: nobody endorses it
/// then, and it goes straight to be approved (R5.3(1)).
pub(crate) fn by_manager(book: &Connection, entry: &Entry) -> Result<bool> {
    let Some(asker) = Person::of_key(book, &entry.person)? else { return Ok(false) };
    let above = [Role::BranchManager, Role::CompanyLeader, Role::GeneralManager];
    Ok(asker.holds(book, Role::DepartmentManager, Some(&entry.department), entry.day)?
        || asker.holds_any(book, &above, entry.day)?)
}

/// The manager of the department endorses what somebody of it asked for.
pub(crate) fn endorsing(asked: &mut Asked<'_>) -> Result<()> {
    let (number, person) = (&asked.entry.number, language::people(&asked.entry.person));
    if by_manager(asked.book, asked.entry)? {
        let what = say!("{number} was asked for by {person}, a manager, and needs no endorsement", number, person);
        let approves = FORM.decided_with("approve", (asked.book, asked.entry), None, None)?;
        let way_out = say!("the branch manager approves it with: {approves}", approves);
        return Err(Refusal::rule("R5.3(1)", what).or(way_out).into());
    }
    let manager = Role::DepartmentManager;
    if Person::deciders(asked.book, manager, Some(&asked.entry.department), asked.entry.day)?.is_empty() {
        // Where the department has no manager, the branch manager stands for one, and a leader approves.
        asked.step.roles = vec![Role::BranchManager.key().to_owned()];
        return Ok(());
    }
    asked.department = Some(asked.entry.department.clone());
    Ok(())
}

/// The branch manager approves what is endorsed as it stands; a company leader, where the branch manager had a hand in it.
pub(crate) fn approving(asked: &mut Asked<'_>) -> Result<()> {
    let entry = asked.entry;
    if entry.state != "requested" || !by_manager(asked.book, entry)? {
        match asked.standing("endorse")?.filter(|_| entry.state != "requested") {
            Some(endorsed) => {
                asked.since = endorsed.on;
                asked.hands.push((endorsed.by, say!("endorsed")));
            }
            // What an import tells of endorsements may be lost; that somebody approves it is not.
            None if asked.told => {}
            None => return Err(not_endorsed(asked.book, entry)?.into()),
        }
    }
    leave_to_the_company(asked)
}

/// Whoever endorses or approves it may reject it, and the branch manager in any case.
pub(crate) fn rejecting(asked: &mut Asked<'_>) -> Result<()> {
    asked.step.roles = vec![Role::BranchManager.key().to_owned()];
    leave_to_the_company(asked)?;
    if asked.entry.state == "requested" && !by_manager(asked.book, asked.entry)? {
        asked.above = std::mem::replace(&mut asked.step.roles, vec![Role::DepartmentManager.key().to_owned()]);
        asked.department = Some(asked.entry.department.clone());
    }
    Ok(())
}

/// Where the branch manager asked, endorsed or may gain, a company leader decides (R5.3(1)).
fn leave_to_the_company(asked: &mut Asked<'_>) -> Result<()> {
    let endorsed = Approval::last(asked.book, asked.entry.id, "endorse", None)?;
    let concerned: Vec<String> = asked.concerned.iter().map(|(key, _)| key).chain(&asked.gaining).cloned().collect();
    for hand in concerned.into_iter().chain(endorsed.map(|endorsed| endorsed.by)) {
        let Some(person) = Person::of_key(asked.book, &hand)? else { continue };
        if person.holds(asked.book, Role::BranchManager, None, asked.entry.day)? {
            asked.step.roles = vec![Role::CompanyLeader.key().to_owned()];
        }
    }
    Ok(())
}

fn not_endorsed(book: &Connection, entry: &Entry) -> Result<Refusal> {
    let (number, person, department) =
        (&entry.number, language::people(&entry.person), language::value(&entry.department));
    let endorses = FORM.decided_with("endorse", (book, entry), None, None)?;
    Ok(Refusal::rule(
        "R5.3(2)",
        say!("{number} was asked for by {person} and is not endorsed as it stands", number, person),
    )
    .or(say!("the manager of {department} endorses it with: {endorses}", department, endorses)))
}
