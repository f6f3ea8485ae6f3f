//! The checks of a task: the guards of a step, and the rules over whatever fields are new.

use anyhow::Result;
use rusqlite::named_params;

use super::entry::Entry;
use super::field::Spec;
use super::form::{Check, Rule};
use super::option::At;
use super::paper;
use super::task::{Row, Task};
use crate::book::change::Change;
use crate::person::Person;
use crate::refusal::{Kind, Refusal};
use crate::say;

/// Whose fields are looked at: the entry's, or those of the row of a list.
type Of = for<'r, 'c, 't> fn(&'r Task<'c, 't>) -> &'r Row;

/// The checks of a task, with the breaches that are excused.
pub(super) struct Checks<'e> {
    excusable: bool,
    /// Whether the task is only begun: a rule is looked at once all of its fields are given.
    begun: bool,
    breaches: Breaches<'e>,
}

impl<'e> Checks<'e> {
    /// Begins with the reason that `--exception` gave, if it was given; `excusable` is whether the verb takes that option.
    pub(super) const fn of(excusable: bool, reason: Option<&'e str>) -> Self {
        Self { excusable, begun: false, breaches: Breaches::excused_by(reason) }
    }

    /// Those of a task that is only begun.
    pub(super) const fn begun(excusable: bool) -> Self {
        Self { excusable, begun: true, breaches: Breaches::excused_by(None) }
    }

    /// The same, of which breaches may be excused from here on.
    pub(super) const fn excusable(&mut self) {
        self.excusable = true;
    }

    /// Checks every rule over what is new of the entry's own fields.
    pub(super) fn entry(&mut self, task: &mut Task<'_, '_>, rules: &[Rule]) -> Result<()> {
        self.rules(task, rules, |task| &task.row)
    }

    /// Checks every rule over what is new of the row of a list.
    pub(super) fn line(&mut self, task: &mut Task<'_, '_>, rules: &[Rule]) -> Result<()> {
        self.rules(task, rules, |task| &task.line)
    }

    /// Checks that no paper among these fields is in the book already, which is excused where it may stand twice by nature; says where
    /// one looks like another.
    pub(super) fn papers(&mut self, task: &mut Task<'_, '_>, fields: &[&'static Spec], at: At) -> Result<()> {
        for (field, paper) in fields.iter().filter_map(|field| Some((field, field.paper()?))) {
            match paper::refuse_known(task, field, at) {
                Ok(note) => note.into_iter().for_each(|note| task.remark(note)),
                Err(known) if paper.twice.is_empty() => return Err(known),
                Err(known) => self.breaches.weigh(Err(known))?,
            }
        }
        Ok(())
    }

    fn rules(&mut self, task: &mut Task<'_, '_>, rules: &[Rule], of: Of) -> Result<()> {
        for rule in rules {
            let mut fields = rule.fields.iter();
            let is_new = |field: &&'static Spec| of(task).is_new(field);
            let is_told = if self.begun { fields.all(is_new) } else { fields.any(is_new) };
            if is_told && !rule.fields.is_empty() {
                self.check(task, rule.check, of)?;
            }
        }
        Ok(())
    }

    /// Checks what a step asks for besides.
    pub(super) fn guards(&mut self, task: &mut Task<'_, '_>, guards: &[Check]) -> Result<()> {
        guards.iter().try_for_each(|guard| self.check(task, *guard, |task| &task.row))
    }

    /// Notes what `check` refuses as [`Check::Regulation`] does.
    pub(super) fn excuse(&mut self, check: Result<()>) -> Result<()> {
        self.breaches.weigh(check)
    }

    fn check(&mut self, task: &mut Task<'_, '_>, check: Check, of: Of) -> Result<()> {
        match check {
            Check::Sound(check) => check(of(task)),
            Check::Regulation(_) if self.excusable && self.begun => Ok(()),
            Check::Regulation(check) if self.excusable => self.breaches.weigh(check(task)),
            Check::Regulation(check) => check(task),
            Check::Follows(follow) => follow(task),
        }
    }

    /// The breaches, to be written to the entry.
    pub(super) fn breaches(self) -> Breaches<'e> {
        self.breaches
    }
}

/// Breaches that `--exception REASON` records instead of refusing.
#[derive(Debug)]
pub(super) struct Breaches<'a> {
    reason: Option<&'a str>,
    refused: Vec<Refusal>,
}

impl<'a> Breaches<'a> {
    /// Begins with the reason that `--exception` gave, if it was given.
    pub(super) const fn excused_by(reason: Option<&'a str>) -> Self {
        Self { reason, refused: Vec::new() }
    }

    /// Refuses, or notes the breach where a reason was given.
    ///
    /// # Errors
    /// The refusal, with `--exception` as a further way out.
    fn refuse(&mut self, refusal: Refusal) -> Result<()> {
        if self.reason.is_some() {
            self.refused.push(refusal);
            return Ok(());
        }
        let way_out = match &refusal.way_out {
            Some(way_out) => say!("{way_out}, or record the breach with --exception REASON", way_out),
            None => say!("{way_out}or record the breach with --exception REASON", way_out = ""),
        };
        Err(refusal.or(way_out).into())
    }

    /// The noted breaches.
    pub(super) fn into_refused(self) -> Vec<Refusal> {
        self.refused
    }

    /// Refuses as [`Breaches::refuse`] where `check` failed with a rule's refusal; other errors pass.
    ///
    /// # Errors
    /// The refusal or the error.
    fn weigh(&mut self, check: Result<()>) -> Result<()> {
        match check.map_err(anyhow::Error::downcast::<Refusal>) {
            Ok(()) => Ok(()),
            Err(Ok(refusal)) if refusal.kind == Kind::Rule => self.refuse(refusal),
            Err(Ok(refusal)) => Err(refusal.into()),
            Err(Err(error)) => Err(error),
        }
    }

    /// Writes the noted breaches to the entry, before its journal row. Gives what the person should know.
    pub(super) fn settle(self, change: &Change<'_>, entry: &Entry, person: &Person) -> Result<Vec<String>> {
        let Some(reason) = self.reason else { return Ok(Vec::new()) };
        if self.refused.is_empty() {
            return Err(Refusal::usage(say!("--exception was given, but no rule stands against it"))
                .or(say!("leave --exception out"))
                .into());
        }
        self.refused.iter().map(|refusal| note_exception(change, entry, person, refusal, reason)).collect()
    }
}

/// Writes a breach to the entry that is listed though nobody asked for an exception, before the entry's journal row. Gives
/// what the person should know.
pub(super) fn note_exception(
    change: &Change<'_>,
    entry: &Entry,
    person: &Person,
    breach: &Refusal,
    reason: &str,
) -> Result<String> {
    let clause = breach.clause.as_deref().unwrap_or_default();
    entry.append(
        change,
        "exception",
        named_params! { "happened_on": change.on, "clause": clause, "refused": breach.what, "reason": reason, "person": person.key,
            "entered_on": Some(change.today()).filter(|today| *today != change.on) },
    )?;
    Ok(say!("recorded as an exception: {breach}", breach))
}
