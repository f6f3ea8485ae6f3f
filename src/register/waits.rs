//! What waits in a register that is a form: for its next step, by the day that the step is due.

use std::iter::once;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, named_params};

use super::entry::Entry;
use super::field::{Need, Spec};
use super::form::{Choice, Form, Step};
use super::option::At;
use super::sentence::{filled, in_words};
use super::waiting::{Each, Waiting};
use crate::language::placeholders;
use crate::office::named;
use crate::person::Role;
use crate::text;
use crate::view::with_views;

/// Entries that wait.
#[derive(Debug, Clone, Copy)]
pub struct Waits {
    /// The state in which they wait.
    pub state: &'static str,
    /// Which of those in that state wait, in SQL over the view's columns as `l`, and those of the list's row as `p`.
    pub(crate) which: &'static str,
    /// What waits, in words; the columns of the view and of the list's row may stand in it.
    pub what: &'static str,
    /// The clause that asks for it.
    pub(crate) clause: &'static str,
    /// The day by which it is to be done, in SQL over the view's columns and `:today`; none where it does not wait by itself.
    pub(crate) due: &'static str,
    /// Whether it waits only once that day is over.
    pub(crate) after: bool,
    /// Whether it waits since that day, so that nothing waits before.
    pub(crate) since: bool,
    /// The view's column of the department for which it waits; the form's office where there is none.
    pub(crate) at: Option<&'static str>,
    /// The role that decides it, where it is not for whoever enters it: a manager, of the department for which it waits.
    pub(crate) by: Option<Role>,
}

impl Waits {
    /// Entries in this state that have not ended, with what waits, the clause that asks for it, and the day by which it is to be
    /// done, in SQL over the view's columns.
    pub(crate) const fn of(state: &'static str, what: &'static str, clause: &'static str, due: &'static str) -> Self {
        let (which, by) = ("l.ended_on IS NULL", None);
        Self { state, which, what, clause, due, after: false, since: false, at: None, by }
    }

    /// The same of those for which this holds, in SQL over the view's columns.
    pub(crate) const fn which(self, which: &'static str) -> Self {
        Self { which, ..self }
    }

    /// The same, once the day is over.
    pub(crate) const fn after(self) -> Self {
        Self { after: true, ..self }
    }

    /// The same, since that day.
    pub(crate) const fn since(self) -> Self {
        Self { since: true, ..self }
    }

    /// The same, for the department in this column of the view.
    pub(crate) const fn at(self, column: &'static str) -> Self {
        Self { at: Some(column), ..self }
    }

    /// The same, decided by this role.
    pub(crate) const fn by(self, role: Role) -> Self {
        Self { by: Some(role), ..self }
    }
}

/// What waits besides entries for their steps: the rows of a SELECT over `:today` of `due_on`, `number`, `department` and `person`,
/// and of what its texts name.
#[derive(Debug)]
pub struct Owed {
    /// The clause that asks for it.
    pub(crate) clause: &'static str,
    /// The SELECT.
    pub sql: &'static str,
    /// What waits, in words; the row's columns may stand in it.
    pub what: &'static str,
    /// The command that clears it, in which the row's columns stand as they are typed; `next` is a command itself.
    pub next: &'static str,
}

impl Owed {
    fn read(&self, book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
        let mut statement = book.prepare_cached(self.sql)?;
        let mut rows = statement.query(named_params! { ":today": today })?;
        while let Some(row) = rows.next()? {
            each(Waiting {
                due_on: row.get("due_on")?,
                what: filled(self.what, &in_words(row)?)?,
                number: row.get("number")?,
                department: row.get("department")?,
                person: row.get("person")?,
                clause: self.clause.into(),
                next: self.typed(row)?,
                deciders: None,
            })?;
        }
        Ok(())
    }

    /// The command that clears what this row tells.
    fn typed(&self, row: &Row<'_>) -> Result<String> {
        let mut next = self.next.to_owned();
        for name in placeholders(self.next) {
            let value = match row.get_ref(name)? {
                ValueRef::Integer(place) => place.to_string(),
                value if name == "next" => value.as_str()?.to_owned(),
                value => text::word(value.as_str()?).into_owned(),
            };
            next = next.replace(&format!("{{{name}}}"), &value);
        }
        Ok(next)
    }
}

/// What waits in a register on a day: its entries for whoever leads them on, and what is owed besides.
pub(crate) fn waiting(form: &Form, book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    for owed in form.owed {
        owed.read(book, today, each)?;
    }
    for step in form.steps() {
        for waits in step.waits {
            waits.read(book, today, form, step, each)?;
        }
    }
    Ok(())
}

impl Waits {
    /// Hands on the entries, or the rows of their list, that wait for the step, each with what it waits for besides.
    fn read(&self, book: &Connection, today: NaiveDate, form: &Form, step: &Step, each: Each<'_>) -> Result<()> {
        let all: Vec<&Self> = once(self).chain(form.besides).collect();
        let dues: Vec<&str> = all.iter().map(|waits| waits.due).collect();
        let (position, list, join) = match (step.into, step.at) {
            (Some(list), Some(_)) => {
                ("p.position", ", p.*", format!(" JOIN {} AS p ON p.undone_on IS NULL AND p.entry = l.id", list.table))
            }
            _ => ("NULL", "", String::new()),
        };
        let sql = format!(
            "SELECT l.number, l.{person}, l.{at}, {position}, {dues}{list}{view_columns} FROM {view} AS l{join}
             WHERE l.state = '{state}' AND {which} AND l.{day} <= :today ORDER BY l.id",
            person = form.register.person,
            at = self.at.unwrap_or("department"),
            dues = dues.join(", "),
            view_columns = if self.what.contains('{') { ", l.*" } else { "" },
            view = form.register.view,
            state = self.state,
            which = self.which,
            day = form.register.day,
        );
        let mut statement = book.prepare(&with_views(&sql))?;
        let mut rows = statement.query(named_params! { ":today": today })?;
        while let Some(row) = rows.next()? {
            for (index, waits) in all.iter().enumerate() {
                let due: Option<NaiveDate> = row.get(BEFORE_DUES + index)?;
                let is_due = |due: &NaiveDate| (!waits.after || *due < today) && (!waits.since || *due <= today);
                if let Some(due_on) = due.filter(is_due) {
                    each(waits.of_row(form, step, (book, today), due_on, row)?)?;
                }
            }
        }
        Ok(())
    }

    fn of_row(
        &self,
        form: &Form,
        step: &Step,
        (book, today): (&Connection, NaiveDate),
        due_on: NaiveDate,
        row: &Row<'_>,
    ) -> Result<Waiting> {
        let number: String = row.get(0)?;
        let mut options = step.options(row.get(3)?);
        if let Some(wants) = step.wants {
            options += &as_options(wants(book, &Entry::find(book, &number)?, today)?);
        }
        let department: String = if self.at.is_some() { row.get(2)? } else { form.office.0.to_owned() };
        let of = |role| (role, Some(department.as_str()).filter(|_| role == Role::DepartmentManager));
        let deciders = self.by.map(|role| named::deciding(book, of(role), today, None)).transpose()?;
        let words = if self.what.contains('{') { in_words(row)? } else { Vec::new() };
        Ok(Waiting {
            due_on,
            what: filled(self.what, &words)?,
            person: if form.office.1 { row.get(1)? } else { None },
            clause: self.clause.into(),
            next: format!("branchbook {} {} {number}{options}", form.register.name, step.name),
            number,
            department,
            deciders,
        })
    }
}

/// How many columns stand before the days.
const BEFORE_DUES: usize = 4;

/// These fields as they are typed, with words that hold the places of their values.
pub(super) fn as_options(fields: &[&Spec]) -> String {
    let words = |field: &&Spec| [" --", field.typed_as(At::Step), " ", &field.placeholder(At::Step)].map(str::to_owned);
    fields.iter().flat_map(words).collect()
}

impl Step {
    /// The options that it asks for, as they are typed; `position` of the row of its list.
    pub(super) fn options(&self, position: Option<i64>) -> String {
        let chosen = match self.choice {
            Choice::None => None,
            Choice::One(fields) | Choice::YesOrNo(fields) | Choice::AtMostOne(fields) | Choice::Any(fields) => {
                fields.first()
            }
        };
        let chosen_of = |field: &Spec| self.choice.fields().iter().any(|other| other.column == field.column);
        let asked = self.fields.iter().filter(|field| field.need != Need::Optional && !chosen_of(field));
        let value = |field: &Spec| match position.filter(|_| self.at.is_some_and(|at| at.column == field.column)) {
            Some(position) => position.to_string(),
            None => field.placeholder(At::Step),
        };
        let typed = chosen.into_iter().chain(asked).filter(|field| field.argument(At::Step).is_some());
        typed.flat_map(|field| [" --", field.typed_as(At::Step), " ", &value(field)].map(str::to_owned)).collect()
    }
}
