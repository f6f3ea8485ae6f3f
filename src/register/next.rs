//! What waits in a register that is a form: for its next step, by the day that the step is due.

use std::iter::once;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};

use super::field::Need;
use super::form::{Choice, Form, Formed, Step, Waits};
use super::option::At;
use super::waiting::Waiting;
use crate::book::view::with_views;
use crate::language::words;

/// What waits of the register's entries on a day, for the department that leads them on.
///
/// # Errors
/// An error of `SQLite`.
pub fn waiting<F: Formed>(book: &Connection, today: NaiveDate) -> Result<Vec<Waiting>> {
    let mut waiting = Vec::new();
    for step in F::FORM.steps() {
        for waits in step.waits {
            waits.read(book, today, F::FORM, step, &mut waiting)?;
        }
    }
    Ok(waiting)
}

impl Waits {
    /// Adds the entries that wait for the step, each with what it waits for besides.
    fn read(
        &self,
        book: &Connection,
        today: NaiveDate,
        form: &Form,
        step: &Step,
        waiting: &mut Vec<Waiting>,
    ) -> Result<()> {
        let all: Vec<&Self> = once(self).chain(form.besides).collect();
        let dues: Vec<&str> = all.iter().map(|waits| waits.due).collect();
        let sql = format!(
            "SELECT {dues}, l.number, l.{person} FROM {view} AS l WHERE l.state = '{state}' AND {which} AND l.{day} <= :today ORDER BY l.id",
            dues = dues.join(", "),
            person = form.register.person,
            view = form.register.view,
            state = self.state,
            which = self.which,
            day = form.register.day,
        );
        let mut statement = book.prepare(&with_views(&sql))?;
        let mut rows = statement.query(named_params! { ":today": today })?;
        while let Some(row) = rows.next()? {
            let number: String = row.get(all.len())?;
            let next = format!("branchbook {} {} {number} {}", form.register.name, step.name, step.options());
            for (index, waits) in all.iter().enumerate() {
                let due: Option<NaiveDate> = row.get(index)?;
                let Some(due_on) = due.filter(|due| !waits.after || *due < today) else { continue };
                waiting.push(Waiting {
                    due_on,
                    what: words(waits.what).to_owned(),
                    number: number.clone(),
                    department: form.office.0.to_owned(),
                    person: if form.office.1 { row.get(all.len() + 1)? } else { None },
                    clause: waits.clause,
                    next: next.trim_end().to_owned(),
                });
            }
        }
        Ok(())
    }
}

impl Step {
    /// The options that it asks for, as they are typed.
    fn options(&self) -> String {
        let asked = self.fields.iter().filter(|field| field.need != Need::Optional);
        let chosen = match self.choice {
            Choice::None => None,
            Choice::One(fields) | Choice::Any(fields) => fields.first(),
        };
        let options = chosen.into_iter().chain(asked);
        let typed = options.map(|field| format!("--{} {}", field.typed_as(At::Step), field.placeholder(At::Step)));
        typed.collect::<Vec<_>>().join(" ")
    }
}
