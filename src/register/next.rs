//! What waits in a register that is a form: for its next step, by the day that the step is due.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};

use super::field::Need;
use super::form::{Formed, Step};
use super::option::At;
use super::waiting::Waiting;
use crate::language::words;

/// What waits of the register's entries on a day, for the department that leads them on.
///
/// # Errors
/// An error of `SQLite`.
pub fn waiting<F: Formed>(book: &Connection, today: NaiveDate) -> Result<Vec<Waiting>> {
    let steps = || F::FORM.steps().filter_map(|step| Some((step, step.waits?)));
    let each: Vec<String> = steps()
        .map(|(step, waits)| {
            format!(
                "SELECT l.id, l.number, '{name}' AS verb, {due} AS due_on, {after} AS after FROM {view} AS l WHERE l.state = '{state}' AND l.{day} <= :today",
                name = step.name,
                due = waits.due,
                after = u8::from(waits.after),
                view = F::FORM.register.view,
                state = waits.state,
                day = F::FORM.register.day,
            )
        })
        .collect();
    let sql = format!(
        "SELECT number, verb, due_on FROM ({each}) WHERE NOT after OR due_on < :today ORDER BY id",
        each = each.join(" UNION ALL ")
    );
    let mut statement = book.prepare(&sql)?;
    let mut rows = statement.query(named_params! { ":today": today })?;
    let mut waiting = Vec::new();
    while let Some(row) = rows.next()? {
        let (number, verb): (String, String) = (row.get("number")?, row.get("verb")?);
        let Some((step, waits)) = steps().find(|(step, _)| step.name == verb) else { continue };
        waiting.push(Waiting {
            due_on: row.get("due_on")?,
            what: words(waits.what).to_owned(),
            department: F::FORM.office.to_owned(),
            person: None,
            clause: waits.clause,
            next: format!("branchbook {} {verb} {number} {}", F::FORM.register.name, step.options())
                .trim_end()
                .to_owned(),
            number,
        });
    }
    Ok(waiting)
}

impl Step {
    /// The options that it asks for, as they are typed.
    fn options(&self) -> String {
        let asked = self.fields.iter().filter(|field| field.need != Need::Optional);
        let options = asked.map(|field| format!("--{} {}", field.typed_as(At::Step), field.placeholder(At::Step)));
        options.collect::<Vec<_>>().join(" ")
    }
}
