//! The checks of a task: the guards of a step, and the rules over whatever fields are new.

use anyhow::Result;

use super::entry::Breaches;
use super::form::{Check, Rule};
use super::task::{Row, Task};

/// Whose fields are looked at: the entry's, or those of the row of a list.
type Of = for<'r, 'c, 't> fn(&'r Task<'c, 't>) -> &'r Row;

/// The checks of a task, with the breaches that are excused.
pub(super) struct Checks<'e> {
    excusable: bool,
    breaches: Breaches<'e>,
}

impl<'e> Checks<'e> {
    /// Begins with the reason that `--exception` gave, if it was given; `excusable` is whether the verb takes that option.
    pub(super) const fn of(excusable: bool, reason: Option<&'e str>) -> Self {
        Self { excusable, breaches: Breaches::excused_by(reason) }
    }

    /// Checks every rule over what is new of the entry's own fields.
    pub(super) fn entry(&mut self, task: &mut Task<'_, '_>, rules: &[Rule]) -> Result<()> {
        self.rules(task, rules, |task| &task.row)
    }

    /// Checks every rule over what is new of the row of a list.
    pub(super) fn line(&mut self, task: &mut Task<'_, '_>, rules: &[Rule]) -> Result<()> {
        self.rules(task, rules, |task| &task.line)
    }

    fn rules(&mut self, task: &mut Task<'_, '_>, rules: &[Rule], of: Of) -> Result<()> {
        for rule in rules {
            if rule.fields.iter().any(|field| of(task).is_new(field)) {
                self.check(task, rule.check, of)?;
            }
        }
        Ok(())
    }

    /// Checks what a step asks for besides.
    pub(super) fn guards(&mut self, task: &mut Task<'_, '_>, guards: &[Check]) -> Result<()> {
        guards.iter().try_for_each(|guard| self.check(task, *guard, |task| &task.row))
    }

    fn check(&mut self, task: &mut Task<'_, '_>, check: Check, of: Of) -> Result<()> {
        match check {
            Check::Sound(check) => check(of(task)),
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
