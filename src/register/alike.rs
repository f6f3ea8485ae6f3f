//! Entries that say what another of the same day and person says, and rows that say what the one before says: probably one paper that
//! was entered twice. One rule over the forms; nothing is refused, for two forms may well be alike.

use anyhow::Result;
use rusqlite::types::Value;

use super::child::List;
use super::entry::Entry;
use super::field::{Kind, Spec};
use super::form::{Form, Step};
use super::task::{Row, Task};
use crate::say;
use crate::text;

/// How many of the last entries of a day are looked at: what is entered twice is entered soon after.
const LOOKED_AT: i64 = 50;

/// Says of a new entry which one it is like; nothing of what a file brings, which compares its rows itself.
pub(super) fn tell(form: &Form, task: &mut Task<'_, '_>) -> Result<()> {
    if remark(form, task)? {
        task.change.repeats.set(true);
    }
    Ok(())
}

/// Says of an entry, as of one that comes back, which one it is like. Gives whether there is one.
pub(super) fn remark(form: &Form, task: &mut Task<'_, '_>) -> Result<bool> {
    if form.alike.is_empty() || task.change.import.is_some() {
        return Ok(false);
    }
    let Some(first) = first(form, task)? else { return Ok(false) };
    let (number, register) = (&task.entry.number, form.register.name);
    let remark = if task.change.dry_run {
        say!("{first} of the same day and person says the same", first = first.number)
    } else {
        say!(
            "{first} of the same day and person says the same; where it was entered twice: branchbook {register} void {number} --reason REASON",
            first = first.number,
            register,
            number
        )
    };
    task.remark(remark);
    Ok(true)
}

/// Says of a row that was added to a list whether the one before it says the same, in words: of rows without any nothing.
pub(super) fn tell_row(task: &mut Task<'_, '_>, step: &Step, list: &List) -> Result<()> {
    let in_words = |field: &&&Spec| matches!(field.kind, Kind::Line | Kind::Text);
    let says_something = step.fields.iter().filter(in_words).any(|field| *task.line.value(field.column) != Value::Null);
    if !says_something || task.change.import.is_some() {
        return Ok(());
    }
    let Some(position) = list.last_before(task.sql(), &task.entry, task.position)? else { return Ok(()) };
    let before = list.row(task.sql(), &task.entry, position)?;
    if !task.line.columns().all(|column| before.value(column) == task.line.value(column)) {
        return Ok(());
    }
    let number = &task.entry.number;
    let remark = if task.change.dry_run {
        say!("row {position} says the same", position)
    } else {
        say!("row {position} says the same; where it was entered twice: branchbook undo {number}", position, number)
    };
    task.remark(remark);
    task.change.repeats.set(true);
    Ok(())
}

/// Whether a verb of a form may say what is there already.
pub(crate) fn may_repeat(form: &Form, verb: &str) -> bool {
    let adds_a_row = |step: &Step| step.name == verb && step.into.is_some() && step.at.is_none();
    verb == "add" && !form.alike.is_empty() || form.steps().any(adds_a_row)
}

/// The first entry that the new one is like. The database compares one text first, so that a day of many entries costs little.
fn first(form: &Form, task: &Task<'_, '_>) -> Result<Option<Entry>> {
    let (book, entry) = (task.sql(), &task.entry);
    let Some(text) = form.alike.iter().find(|field| matches!(field.kind, Kind::Line)) else { return Ok(None) };
    let mut numbers = book.prepare_cached(&format!(
        "SELECT number FROM (SELECT number, person, state, id FROM entry WHERE register = ?1 AND day_on = ?2 ORDER BY id DESC LIMIT ?3)
         JOIN {table} AS own ON own.entry = id
         WHERE person = ?4 AND id <> ?5 AND state NOT IN ('void', 'reserved', 'rejected', 'cancelled') AND plain(own.{column}) = plain(?6)
         ORDER BY id",
        table = form.register.name,
        column = text.column
    ))?;
    let said = task.row.value(text.column);
    let mut rows = numbers.query((form.register.name, entry.day, LOOKED_AT, &entry.person, entry.id, said))?;
    while let Some(row) = rows.next()? {
        let other = Entry::find(book, row.get_ref(0)?.as_str()?)?;
        let said = Row::of_entry(form, book, &other)?;
        if other.department == entry.department && form.alike.iter().all(|field| says_the_same(field, &said, &task.row))
        {
            return Ok(Some(other));
        }
    }
    Ok(None)
}

/// Whether two entries say the same in a field, however it was spelled.
fn says_the_same(field: &Spec, one: &Row, other: &Row) -> bool {
    if matches!(field.kind, Kind::Rows(_)) {
        return one.list(field) == other.list(field);
    }
    match (one.value(field.column), other.value(field.column)) {
        (Value::Text(one), Value::Text(other)) => text::plain(one) == text::plain(other),
        (one, other) => one == other,
    }
}
