//! What comes back, by `undo` or by a step such as `reopen`: it is held to the kinds of its fields as one that is entered anew. What
//! it refers to has not ended meanwhile, its papers stand nowhere else, and what says the same by now is told and marked.

use anyhow::Result;
use rusqlite::Connection;

use super::alike;
use super::child::List;
use super::entry::Entry;
use super::field::{Kind, Spec};
use super::form::Form;
use super::paper;
use super::task::{Row, Task};
use crate::book::select::Select;
use crate::refusal::Refusal;
use crate::say;

/// What an entry names before it comes back, and where it stood.
#[derive(Debug)]
pub(super) struct Before {
    named: Vec<Named>,
    state: String,
    ended: bool,
}

/// A field that names an entry or a paper, of an entry or of a row of one of its lists, and what stands in it.
#[derive(Debug)]
struct Named {
    list: Option<&'static List>,
    field: &'static Spec,
    position: i64,
    value: String,
}

impl Named {
    /// Whether another is the same field of the same row, with the same in it.
    fn is(&self, other: &Self) -> bool {
        let table = |named: &Self| named.list.map(|list| list.table);
        (table(self), self.field.column, self.position, &self.value)
            == (table(other), other.field.column, other.position, &other.value)
    }
}

impl Before {
    /// How the entry stands.
    pub(super) fn of(form: &'static Form, book: &Connection, entry: &Entry) -> Result<Self> {
        let ended = is_end(book, entry, &entry.state)?;
        Ok(Self { named: named(form, book, entry)?, state: entry.state.clone(), ended })
    }

    /// Holds the entry of the task to its fields where it comes back, which it does in this state; its papers as well where a step was
    /// taken back, for those that a step enters are held by the step.
    ///
    /// # Errors
    /// A refusal where what it refers to has ended, or a paper of it stands elsewhere.
    pub(super) fn hold(
        &self,
        form: &'static Form,
        task: &mut Task<'_, '_>,
        (state, undone): (&str, bool),
    ) -> Result<()> {
        let whole = self.ended && !is_end(task.sql(), &task.entry, state)?;
        let was_void = self.state == "void" && state != "void";
        for named in named(form, task.sql(), &task.entry)? {
            let anew = !self.named.iter().any(|before| before.is(&named));
            if named.field.paper().is_some() {
                if undone && (was_void || anew) {
                    named.hold_paper(task)?;
                }
            } else if whole && named.list.is_none() || anew {
                named.hold_reference(task)?;
            }
        }
        if was_void && state != "reserved" {
            (form.returned)(task)?;
            alike::remark(form, task)?;
        }
        Ok(())
    }
}

impl Named {
    /// Refuses where the entry that is named has ended, or takes no new money.
    fn hold_reference(&self, task: &Task<'_, '_>) -> Result<()> {
        let other = Entry::find(task.sql(), &self.value)?;
        let Some(what) = self.field.ended(&other) else { return Ok(()) };
        let way_out = say!(
            "take that back first with: branchbook undo {other} --reason REASON, or leave {number} as it is",
            other = other.number,
            number = task.entry.number
        );
        Err(Refusal::rule(&task.clause, what).or(way_out).into())
    }

    /// Refuses where the paper stands elsewhere by now.
    fn hold_paper(&self, task: &mut Task<'_, '_>) -> Result<()> {
        if let Some(list) = self.list {
            task.line = Row::of_list(task.sql(), list.table, &task.entry, self.position)?;
            task.position = self.position;
        }
        if let Some(note) = paper::refuse_back(task, self.field, &self.value)? {
            task.remark(note);
        }
        Ok(())
    }
}

/// Every field of the entry and of the rows of its lists that names an entry or a paper, as it stands.
fn named(form: &'static Form, book: &Connection, entry: &Entry) -> Result<Vec<Named>> {
    let refers = |field: &Spec| !field.loose && matches!(field.kind, Kind::Project | Kind::Entry(_) | Kind::Paper(_));
    let mut named = Vec::new();
    let row = Row::of_entry(form, book, entry)?;
    for field in form.fields().map(|(_, field)| field).filter(|field| refers(field)) {
        if let Some(value) = row.text(field.column) {
            named.push(Named { list: None, field, position: 0, value: value.to_owned() });
        }
    }
    for (list, field) in listed(form).filter(|(_, field)| refers(field)) {
        let sql = format!(
            "SELECT position, {column} FROM {table} WHERE undone_on IS NULL AND entry = ?1 AND {column} IS NOT NULL",
            column = field.column,
            table = list.table
        );
        let rows: Vec<(i64, String)> = book.rows(&sql, [entry.id])?;
        named.extend(rows.into_iter().map(|(position, value)| Named { list: Some(list), field, position, value }));
    }
    Ok(named)
}

/// Every field of the rows of its lists: those that a step adds, and those that are corrected alone.
fn listed(form: &'static Form) -> impl Iterator<Item = (&'static List, &'static Spec)> {
    let added = form.steps().filter_map(|step| Some((step.into?, step.fields)));
    let lists = form.steps().filter_map(|step| step.into).chain(form.corrects.iter().copied());
    let corrected = lists.filter_map(|list| Some((list, list.amended.as_ref()?.fields)));
    added.chain(corrected).flat_map(|(list, fields)| fields.iter().map(move |field| (list, *field)))
}

/// Whether a state of the entry's register is an end.
pub(super) fn is_end(book: &Connection, entry: &Entry, state: &str) -> Result<bool> {
    let ends = "SELECT end_flag FROM state WHERE register = ?1 AND state = ?2";
    Ok(book.value(ends, (&entry.register, state))?.unwrap_or(false))
}
