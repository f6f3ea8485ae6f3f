//! What is corrected of the entry itself: its fields, the days of its steps, and the reasons of what was decided.

use anyhow::Result;
use chrono::NaiveDate;
use clap::ArgMatches;
use clap::parser::ValueSource;

use super::{corrected, in_words, order};
use crate::language;
use crate::refusal::Refusal;
use crate::register::check::Checks;
use crate::register::child::{correction, held};
use crate::register::decide::Decision;
use crate::register::entry::Entry;
use crate::register::field::Spec;
use crate::register::form::{Form, Step};
use crate::register::option::At;
use crate::register::task::{Row, Task};
use crate::say;

impl Step {
    /// Whether the entry has taken it: its sign stands there, or the entry has come to its end by it.
    pub(super) fn is_taken(&self, entry: &Entry, row: &Row) -> bool {
        match self.sign {
            _ if self.name == "add" => true,
            "ended_on" => entry.state == self.state,
            sign => row.has(sign),
        }
    }
}

/// What of the entry itself was typed.
pub(super) struct OwnFields {
    /// The steps whose days are corrected.
    days: Vec<&'static Step>,
    /// The day of the step by which the entry came to its end.
    ended: Option<NaiveDate>,
    /// The decisions whose reason is corrected, each with its field.
    reasons: Vec<(&'static Decision, &'static Spec)>,
}

impl OwnFields {
    /// Reads what was typed into the task's row.
    ///
    /// # Errors
    ///
    /// Where something is corrected that was not entered yet, or a day leaves its place among the others.
    pub(super) fn read(form: &'static Form, matches: &ArgMatches, task: &mut Task<'_, '_>) -> Result<Self> {
        let of_row = correction::of_row(form, matches);
        let typed = |field: &Spec| {
            !of_row.contains(&field.column) && matches.value_source(field.column) == Some(ValueSource::CommandLine)
        };
        for (step, field) in corrected(form).filter(|(_, field)| typed(field)) {
            if !step.is_taken(&task.entry, &task.row) {
                return Err(refuse_not_yet(form, step, &task.entry).into());
            }
            task.read(&[field], matches, At::Amend)?;
        }
        let mut own = Self { days: Vec::new(), ended: None, reasons: Vec::new() };
        for step in form.own_steps() {
            let Some(day) = step.signed.filter(|day| typed(day)) else { continue };
            if !step.is_taken(&task.entry, &task.row) {
                return Err(refuse_not_yet(form, step, &task.entry).into());
            }
            task.read(&[day], matches, At::Amend)?;
            order::refuse(form, task, step)?;
            if step.state == task.entry.state {
                own.ended = task.row.day(step.sign)?;
            }
            own.days.push(step);
        }
        for (decision, field) in form.refusals().filter(|(_, field)| typed(field)) {
            if task.entry.state != decision.state {
                return Err(refuse_undecided(form, decision, &task.entry).into());
            }
            task.read(&[field], matches, At::Amend)?;
            own.reasons.push((decision, field));
        }
        Ok(own)
    }

    /// Holds what is corrected to what its steps, the form's rules and papers ask.
    pub(super) fn hold(&self, form: &'static Form, task: &mut Task<'_, '_>, checks: &mut Checks<'_>) -> Result<()> {
        held::own(task, corrected(form).map(|(_, field)| field))?;
        task.belong(form.whose)?;
        for step in &self.days {
            order::hold(checks, task, step)?;
        }
        checks.entry(task, form.rules)?;
        let papers: Vec<&Spec> =
            corrected(form).map(|(_, field)| field).filter(|field| task.row.differs(field)).collect();
        checks.papers(task, &papers, At::Amend)
    }

    /// The corrected reasons, as an answer calls them.
    pub(super) fn reasons(&self, form: &Form) -> impl Iterator<Item = String> {
        self.reasons.iter().map(|(_, field)| in_words(field.label.unwrap_or(form.called(field))))
    }

    /// Writes the entry, and the reasons where the decisions stand.
    pub(super) fn write(&self, task: &mut Task<'_, '_>) -> Result<()> {
        task.write()?;
        // What came to its end by a step has done so on the day of that.
        let end = "UPDATE entry SET ended_on = ?2 WHERE id = ?1 AND ended_on IS NOT NULL";
        if let Some(day) = self.ended {
            task.sql().execute(end, (task.entry.id, day))?;
        }
        for (decision, field) in &self.reasons {
            let reason = "UPDATE approval SET reason = ?3 WHERE undone_on IS NULL AND entry = ?1 AND position = (
                SELECT max(a.position) FROM approval AS a WHERE a.undone_on IS NULL AND a.entry = ?1 AND a.verb = ?2)";
            let said = task.row.text(field.column).map(str::to_owned);
            task.entry.update(task.change, "approval", reason, (task.entry.id, decision.name, said))?;
        }
        Ok(())
    }
}

/// The refusal to correct the reason of a decision that was not given.
fn refuse_undecided(form: &Form, decision: &Decision, entry: &Entry) -> Refusal {
    let (number, done) = (&entry.number, language::words(decision.done));
    Refusal::usage(say!("{number} was not {done}, and nothing was said of that", number, done)).or(say!(
        "see what was decided with: branchbook {register} show {number}",
        register = form.register.name,
        number
    ))
}

/// The refusal to correct what was not entered yet.
fn refuse_not_yet(form: &Form, step: &Step, entry: &Entry) -> Refusal {
    Refusal::usage(say!("{number} has nothing of that yet to correct", number = entry.number)).or(say!(
        "enter it with: branchbook {register} {verb} {number}{options}",
        register = form.register.name,
        verb = step.name,
        number = entry.number,
        options = step.options(None)
    ))
}
