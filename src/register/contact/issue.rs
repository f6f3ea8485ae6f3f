//! Issuing a contact form: the number it takes, its days, and the file of its contract (R4.7, R4.8).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::types::Value;

use super::{CONTRACT, FILE, HOLDER, ISSUED_ON, NO_CONTRACT, NUMBER, PROJECT, REPLY_BY, TO};
use crate::book::select::Select;
use crate::language;
use crate::office::{holiday, identity};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::task::Task;
use crate::say;
use crate::text;

/// Takes the next number, or the reserved one that the paper bears.
pub(super) fn open(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(number) = task.row.get(&NUMBER)? else { return task.open() };
    let refuse = |what| Err(Refusal::rule("R4.8", what).or(say!("leave --number out to take the next one")).into());
    let Some(mut entry) = Entry::look_up(task.sql(), &number)? else {
        let number = text::number(&number);
        return refuse(say!("{number} was not reserved, and numbers are not chosen by hand", number));
    };
    let Entry { department, day, person, .. } = &task.entry;
    if entry.register != "contact" || entry.department != *department || entry.state != "reserved" {
        return refuse(say!(
            "{number} is {state} in {its_department}'s ledger, not reserved for {department}",
            number = entry.number,
            state = language::value_of(&entry.register, &entry.state),
            its_department = language::value(&entry.department),
            department = language::value(department)
        ));
    }
    entry.check_new_day(task.sql(), *day)?;
    let step = entry.step(task.sql(), "add", None)?;
    entry.take(task.change, &step)?;
    let filled_in = "UPDATE entry SET day_on = ?2, person = ?3 WHERE id = ?1";
    task.sql().execute(filled_in, (entry.id, day, person))?;
    task.entry = Entry { day: *day, person: person.clone(), ..entry };
    Ok(())
}

/// A form that names no day asks for a reply after as many days as figure `contact.reply_days` says.
pub(super) fn want_reply(task: &mut Task<'_, '_>) -> Result<()> {
    if task.row.get(&REPLY_BY)?.is_none() {
        let on = task.change.on;
        let by = holiday::limit(task.sql(), "contact.reply_days", on)?;
        task.set(REPLY_BY.spec.column, by.to_string());
    }
    Ok(())
}

pub(super) fn issued(task: &Task<'_, '_>) -> Result<String> {
    Ok(say!(
        "{number}: issued on {day} to {addressed_to}, reply wanted by {reply_by}",
        number = task.entry.number,
        day = task.entry.day,
        addressed_to = language::value(&task.row.get(&TO)?.unwrap_or_default()),
        reply_by = task.row.get(&REPLY_BY)?.unwrap_or(task.entry.day)
    ))
}

/// Who left holds no form: it is in the hands of somebody who is there (R4.7).
pub(super) fn refuse_gone_holder(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(holder) = task.row.get(&HOLDER)? else { return Ok(()) };
    identity::refuse_gone(task.sql(), &holder, task.change.on, ("R4.7", "--holder"))
}

/// No reply is wanted before the form is issued.
pub(super) fn refuse_wanted_early(task: &mut Task<'_, '_>) -> Result<()> {
    let issued = task.row.get(&ISSUED_ON)?.unwrap_or(task.entry.day);
    let Some(wanted) = task.row.get(&REPLY_BY)?.filter(|wanted| *wanted < issued) else { return Ok(()) };
    Err(Refusal::usage(say!("a reply by {wanted} is wanted before the form is issued on {issued}", wanted, issued))
        .or(say!("give a later day with --reply-by"))
        .into())
}

/// A form bears no day on which its number would be another, or after which something happened to it.
pub(super) fn refuse_redated(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(day) = task.row.get(&ISSUED_ON)?.filter(|_| task.row.differs(&ISSUED_ON.spec)) else { return Ok(()) };
    task.entry.check_new_day(task.sql(), day)?;
    let first: Option<NaiveDate> = task.sql().only(
        "SELECT min(day) FROM (SELECT signed_on AS day FROM signature WHERE undone_on IS NULL AND entry = ?1
            UNION ALL SELECT replied_on FROM reply WHERE undone_on IS NULL AND entry = ?1 UNION ALL SELECT archived_on FROM contact WHERE entry = ?1)",
        [task.entry.id],
    )?;
    let Some(first) = first.filter(|first| *first < day) else { return Ok(()) };
    let what = say!("{number} was signed for, answered or archived on {first}", number = task.entry.number, first);
    Err(Refusal::usage(what).or(say!("give a day up to {first} with --issued-on", first)).into())
}

/// An archived form whose project or contract is corrected moves into that one's file (R4.7).
pub(super) fn refile(task: &mut Task<'_, '_>) -> Result<()> {
    if task.entry.state != "archived" {
        return Ok(());
    }
    let given = [&PROJECT, &CONTRACT].into_iter().filter(|field| task.row.is_new(&field.spec));
    let files = given.map(|field| task.row.get(field)).collect::<Result<Vec<_>>>()?;
    if let Some(file) = files.into_iter().flatten().next() {
        task.set(FILE.spec.column, file);
        task.set(NO_CONTRACT.spec.column, Value::Null);
    }
    Ok(())
}
