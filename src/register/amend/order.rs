//! The day of a step, corrected: it stays among the days of what came before and after.

use anyhow::Result;
use chrono::NaiveDate;

use crate::book::select::Select;
use crate::language;
use crate::refusal::Refusal;
use crate::register::check::Checks;
use crate::register::form::{Form, Step};
use crate::register::task::Task;
use crate::register::undo::taken::standing;
use crate::say;

/// Holds a step's corrected day to what the step asks of its day, as if it were taken then.
pub(super) fn hold(checks: &mut Checks<'_>, task: &mut Task<'_, '_>, step: &Step) -> Result<()> {
    let Some(day) = task.row.day(step.sign)? else { return Ok(()) };
    let on = std::mem::replace(&mut task.change.on, day);
    checks.guards(task, step.on_day)?;
    task.change.on = on;
    Ok(())
}

/// What was entered before the step and bears a later day than that is to bear: a row of a list, a decision, a verb of the register's own.
fn entered_before(
    form: &Form,
    task: &Task<'_, '_>,
    step: &Step,
    day: NaiveDate,
) -> Result<Option<(NaiveDate, String)>> {
    let (number, register) = (&task.entry.number, form.register.name);
    if step.early {
        return Ok(None);
    }
    let sql = concat!(
        "SELECT verb, max(happened_on) FROM journal WHERE thing = ?1 AND ",
        standing!(),
        " AND id < (SELECT max(o.id) FROM journal AS o WHERE o.thing = ?1 AND o.verb = ?2) AND happened_on > ?3 GROUP BY verb ORDER BY max(id)"
    );
    let entered: Vec<(String, NaiveDate)> = task.sql().rows(sql, (number, format!("{register} {}", step.name), day))?;
    for (verb, on) in entered {
        let Some((of, name)) = verb.split_once(' ').filter(|(of, _)| *of == register) else { continue };
        let on = match form.steps().find(|other| other.name == name) {
            None if ["amend", "import", "attach"].contains(&name) => None,
            None => Some(on),
            // What was corrected since, or taken back, counts no more; a step on the entry itself is held to its own day.
            Some(other) => match other.into.filter(|_| other.dated && !other.early) {
                Some(list) => {
                    let newest = format!(
                        "SELECT max({}) FROM {} WHERE undone_on IS NULL AND entry = ?1",
                        other.sign, list.table
                    );
                    let stands: Option<NaiveDate> = task.sql().only(&newest, [task.entry.id])?;
                    stands.map(|stands| stands.min(on)).filter(|on| *on > day)
                }
                None => None,
            },
        };
        if let Some(on) = on {
            let deed = task.entry.deed(task.sql(), &verb)?.unwrap_or_else(|| format!("{of} {name}"));
            return Ok(Some((on, deed)));
        }
    }
    Ok(None)
}

/// The day of a step stays between those of the steps before and after it.
pub(super) fn refuse(form: &Form, task: &Task<'_, '_>, step: &Step) -> Result<()> {
    let (number, Some(day)) = (&task.entry.number, task.row.day(step.sign)?) else { return Ok(()) };
    let place = |wanted: &Step| form.own_steps().position(|step| step.name == wanted.name);
    let mut between = vec![(task.entry.day, say!("opened").to_owned(), true)];
    for other in form.own_steps().filter(|other| other.dated && other.sign != step.sign) {
        if let Some(on) = task.row.day(other.sign)? {
            between.push((on, other.done().into_owned(), place(other) < place(step)));
        }
    }
    // What is bought, signed or paid was approved before.
    let approved: Option<NaiveDate> = task.sql().only(
        "SELECT max(decided_on) FROM approval WHERE undone_on IS NULL AND entry = ?1 AND verb = 'approve' AND part IS NULL",
        [task.entry.id],
    )?;
    between.extend(approved.map(|on| (on, language::value("approved").into_owned(), true)));
    between.extend(entered_before(form, task, step, day)?.map(|(on, deed)| (on, deed, true)));
    for (on, deed, before) in between {
        if if before { day < on } else { on < day } {
            let what = say!("{number} was {deed} on {on}", number, deed, on);
            let what = if before {
                say!("{what}, and {done} cannot be on {day}, before that", what, done = step.done(), day)
            } else {
                say!("{what}, and {done} cannot be on {day}, after that", what, done = step.done(), day)
            };
            return Err(Refusal::usage(what).or(say!("give a day between the steps before and after it")).into());
        }
    }
    Ok(())
}
