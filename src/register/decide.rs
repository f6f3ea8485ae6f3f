//! Decisions as verbs: endorsing, approving, clearing and rejecting an entry, or a row of one of its lists (R5.3, R5.4).
//!
//! A decision holds for the fields that it was given on, which are the form's [`Subject`]. Where one of them is corrected,
//! `amend` leads the entry back, and it is decided on again. What waits for a decision is what it could be given on.

mod asked;
mod gains;

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};
use rusqlite::Connection;
use rusqlite::types::Value;

pub(crate) use self::asked::{Asked, awaiting};
pub(crate) use self::gains::{may_not, namesakes};
use super::approval::{self, Shown};
use super::child::List;
use super::ended;
use super::entry::{self, Entry};
use super::field::{Kind, Spec};
use super::form::Form;
use super::old_form;
use super::old_ledger::{Checked, Names};
use super::option::At;
use super::task::{Row, Task};
use super::way_on;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::desk::{Answer, Deed, Desk};
use crate::import::row::{Cells, Fault};
use crate::language::{self, fill, words};
use crate::money::Money;
use crate::office::{identity, named};
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;

/// What is decided on in a register: every word and figure that the person who decides is shown.
#[derive(Debug)]
pub struct Subject {
    /// Its fields, in an order that never changes: an approval keeps their hash.
    pub fields: &'static [&'static Spec],
    /// The amount.
    pub(crate) amount: fn(&Row) -> Result<Money>,
    /// Who gets it, as the list of approvals says.
    pub(crate) party: &'static Spec,
    /// The names of who gains by it.
    pub(crate) gains: fn(&Row) -> Result<Vec<String>>,
    /// What to do instead where a correction comes too late.
    pub(crate) stays: &'static str,
}

/// A verb that decides.
#[derive(Debug)]
pub struct Decision {
    /// The verb.
    pub name: &'static str,
    /// What help says.
    pub(crate) about: &'static str,
    /// What help says of the number.
    pub(crate) number: &'static str,
    /// Whether several entries are decided on at once, all of them or none.
    pub(crate) several: bool,
    /// The list whose rows are decided on; none where the whole entry is.
    pub of: Option<Of>,
    /// Its fields, such as the reason.
    pub fields: &'static [&'static Spec],
    /// What is decided: `approving a fee`.
    pub what: &'static str,
    /// What cannot be done to the entry on an earlier day: `approved`.
    pub done: &'static str,
    /// The state to which it leads; empty where the entry stays in its state.
    pub state: &'static str,
    /// Whether it commits money, so that it is not given on what refers to something that came to nothing.
    pub commits: bool,
    /// The roles that decide in some cases, besides those of its steps.
    pub(crate) besides: &'static [Role],
    /// Says who decides besides, or why there is nothing to decide.
    pub(crate) asks: fn(&mut Asked<'_>) -> Result<()>,
    /// What else must hold on the day of the decision.
    pub(crate) guard: fn(&mut Task<'_, '_>) -> Result<()>,
    /// What it answers, with `{number}`, `{on}`, `{by}`, `{reason}`; of a row also its position and `{amount}`.
    pub says: &'static str,
    /// What is to be decided, in words; none where nobody waits for it.
    pub(crate) waits: Option<fn(&Asked<'_>) -> Result<String>>,
    /// The fields of an old file that tell of it; none where it does not come along.
    pub(crate) told: Option<Told>,
}

/// What is decided on, of an entry and a row of its list: the amount, and the words.
pub(crate) type Words = (Money, Vec<String>);

/// The list whose rows are decided on.
#[derive(Debug)]
pub struct Of {
    /// The list.
    pub(crate) list: &'static List,
    /// The option that tells which row.
    pub which: &'static Spec,
    /// What is decided on, of the entry and of its row.
    pub(crate) subject: fn(&Row, &Row) -> Result<Words>,
    /// The row's column of the day since which it waits.
    pub(crate) since: &'static str,
}

/// Where an old file tells of a decision.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    /// The field of who decided.
    pub(crate) by: &'static str,
    /// The field of the day.
    pub(crate) on: &'static str,
    /// The field of the amount, and those that stand for it where it is empty; else it is what was asked for.
    pub(crate) amount: &'static [&'static str],
}

impl Decision {
    /// A decision of which nothing is said yet.
    pub(crate) const BLANK: Self = Self {
        name: "",
        about: "",
        number: "",
        several: false,
        of: None,
        fields: &[],
        what: "",
        done: "",
        state: "",
        commits: false,
        besides: &[],
        asks: |_| Ok(()),
        guard: |_| Ok(()),
        says: "",
        waits: None,
        told: None,
    };

    pub(super) fn grammar(&self, command: Command) -> Command {
        let number = Arg::new("number").value_name("NUMBER").help(self.number).required(true);
        let number = if self.several { number.num_args(1..) } else { number };
        let which = self.of.as_ref().map(|of| of.which);
        let fields = which.into_iter().chain(self.fields.iter().copied()).filter_map(|field| field.argument(At::Step));
        Deed::augment_args(command.arg(number).args(fields))
    }

    pub(super) fn run(&'static self, form: &'static Form, matches: &mut ArgMatches, desk: &mut Desk<'_>) -> Result<()> {
        let deed = Deed::from_arg_matches_mut(matches)?;
        desk.change(format!("{} {}", form.register.name, self.name), &deed, |change| {
            // Of a line that is only begun it is not known yet who decides.
            let is_known = !change.begun || deed.by.is_some();
            let actor = if is_known {
                identity::office_bearer(change, deed.by.as_deref())?
            } else {
                change.recorder.person.clone()
            };
            let mut said = Vec::new();
            for number in matches.get_many::<String>("number").into_iter().flatten() {
                said.push(self.decide(form, matches, change, number, (&actor, is_known))?);
            }
            Ok(self.answer(&said, change, &actor))
        })
    }

    /// Decides on one entry. Gives the words of the answer.
    fn decide(
        &'static self,
        form: &'static Form,
        matches: &ArgMatches,
        change: &mut Change<'_>,
        number: &str,
        (actor, is_known): (&Person, bool),
    ) -> Result<Vec<(&'static str, String)>> {
        let entry = Entry::find_in(change.sql(), form.register.name, number)?;
        change.hold(&entry.thing()?)?;
        let step = self.step(form, change.sql(), &entry)?;
        let mut task = Task::begin(change, form, entry, step.clause.clone(), actor.clone(), false)?;
        let position = self.of.as_ref().and_then(|of| of.which.position(matches));
        if let (Some(of), Some(position)) = (&self.of, position) {
            task.line = of.list.row(task.sql(), &task.entry, position)?;
            task.position = position;
        }
        task.read(self.fields, matches, At::Step)?;
        if self.commits {
            ended::refuse_for_ended(form, &task)?;
        }
        if task.change.begun && self.of.is_some() && position.is_none() {
            return Ok(Vec::new());
        }
        let asked = Asked::of(form, self, task.sql(), &task.entry, (&task.row, &task.line), position)?;
        if task.change.begun && !is_known {
            (self.guard)(&mut task)?;
            return Ok(Vec::new());
        }
        let deputy_for = asked.require(&task, self)?;
        task.entry.refuse_before_last(task.change, words(self.done))?;
        let (shown, step) = (asked.shown, asked.step);
        (self.guard)(&mut task)?;
        task.write()?;
        let reason = task.noted(self.fields);
        let by = (&task.actor, deputy_for.as_deref());
        approval::enter(task.change, &task.entry, self.name, &shown, by, reason.as_deref())?;
        task.entry.take(task.change, &step)?;
        task.change.record(&task.entry.thing()?, &task.actor.key, reason.as_deref())?;
        let titled = task.entry.titled(task.sql())?;
        let mut said = vec![("number", titled), ("entry", task.entry.number), ("reason", reason.unwrap_or_default())];
        said.push(("amount", shown.amount.map(Money::grouped).unwrap_or_default()));
        if let (Some(of), Some(position)) = (&self.of, position) {
            said.push((of.which.column, position.to_string()));
        }
        Ok(said)
    }

    /// The step that it takes. An open entry that an import brought as decided, which nobody decided on in the book, may still be decided
    /// on, and stays in its state.
    fn step(&self, form: &Form, book: &Connection, entry: &Entry) -> Result<entry::Step> {
        if entry::Step::look_up(book, &entry.register, self.name, &entry.state, None)?.is_none()
            && self.is_told_alone(form, book, entry)?
            && let Some(step) = self.told_step(book, entry)?
        {
            return Ok(step);
        }
        entry.step(book, self.name, None)
    }

    /// Whether the import of an open entry alone tells of the decision, which is the last of those that an old file tells of.
    fn is_told_alone(&self, form: &Form, book: &Connection, entry: &Entry) -> Result<bool> {
        let last = form.decisions().rfind(|decision| decision.told.is_some() && decision.of.is_none());
        if last.is_none_or(|last| last.name != self.name) {
            return Ok(false);
        }
        Ok(book.prepare_cached(asked::TOLD_ALONE)?.exists((entry.id, self.name))?)
    }

    /// The step by which it would have been decided on, which leads nowhere.
    fn told_step(&self, book: &Connection, entry: &Entry) -> Result<Option<entry::Step>> {
        let from: Option<String> = book.value(
            "SELECT from_state FROM step WHERE register = ?1 AND verb = ?2 ORDER BY from_state LIMIT 1",
            (&entry.register, self.name),
        )?;
        let Some(from) = from else { return Ok(None) };
        let step = entry::Step::look_up(book, &entry.register, self.name, &from, None)?;
        Ok(step.map(|step| entry::Step { to: entry.state.clone(), ..step }))
    }

    /// Refuses who may not revoke the decision, on an entry as it is without it: whoever may give it may.
    pub(super) fn refuse_others(
        &'static self,
        form: &'static Form,
        change: &mut Change<'_>,
        entry: &Entry,
        actor: &Person,
        part: Option<i64>,
    ) -> Result<()> {
        let step = self.step(form, change.sql(), entry)?;
        let mut task = Task::begin(change, form, entry.clone(), step.clause, actor.clone(), false)?;
        if let (Some(of), Some(position)) = (&self.of, part) {
            task.line = of.list.row(task.sql(), &task.entry, position)?;
        }
        let asked = Asked::of(form, self, task.sql(), &task.entry, (&task.row, &task.line), part)?;
        asked.require(&task, self).map(drop)
    }

    /// The keys of those who may decide on an entry, or on the row of its list at `position`, as it is to be on a day: all who hold the
    /// office where something else comes before.
    pub(crate) fn deciders(
        &'static self,
        form: &'static Form,
        book: &Connection,
        entry: &Entry,
        position: Option<i64>,
        day: NaiveDate,
    ) -> Result<Vec<String>> {
        let row = Row::of_entry(form, book, entry)?;
        let line = match (&self.of, position) {
            (Some(of), Some(position)) => of.list.row(book, entry, position)?,
            _ => Row::default(),
        };
        match Asked::of(form, self, book, entry, (&row, &line), position) {
            Ok(asked) => asked.deciders(day),
            Err(error) if error.is::<Refusal>() => {
                let step = self.told_step(book, entry)?;
                step.map_or_else(|| Ok(Vec::new()), |step| step.holders(book, None, day))
            }
            Err(error) => Err(error),
        }
    }

    /// The command without who decides.
    fn typed(&self, form: &Form, entry: &Entry, position: Option<i64>) -> String {
        let which = position.zip(self.of.as_ref());
        let which = which.map_or_else(String::new, |(position, of)| format!(" --{} {position}", of.which.option));
        format!("branchbook {} {} {}{which}", form.register.name, self.name, entry.number)
    }

    fn answer(&self, said: &[Vec<(&'static str, String)>], change: &Change<'_>, actor: &Person) -> Answer {
        let each = |wanted: &str| -> Vec<&str> {
            let words = said.iter().flatten().filter(|(name, _)| *name == wanted);
            words.map(|(_, word)| word.as_str()).collect()
        };
        let titled = each("number").join(language::comma());
        let mut all =
            vec![("number", titled.clone()), ("numbers", titled), ("by", language::people(&actor.key).into_owned())];
        all.push(("on", language::day(&change.on.to_string())));
        all.extend(said.last().into_iter().flatten().cloned());
        Answer::new(each("entry").join("\n"), fill(words(self.says), &all))
    }
}

impl Form {
    /// The command of a verb by which an entry, or the row of its list at `position`, is decided on, as the person at the keyboard types
    /// it.
    pub(crate) fn decided_with(
        &'static self,
        verb: &str,
        (book, entry): (&Connection, &Entry),
        position: Option<i64>,
        hand: Option<&str>,
    ) -> Result<String> {
        let Some(decision) = self.decisions().find(|decision| decision.name == verb) else { return Ok(String::new()) };
        let deciders = decision.deciders(self, book, entry, position, way_on::last_day(book)?)?;
        Ok(decision.typed(self, entry, position) + &named::by(&deciders, hand))
    }
}

impl Subject {
    /// What is decided on, of an entry with these fields.
    pub(super) fn shown(&self, row: &Row) -> Result<Shown> {
        let mut fields = Vec::new();
        for field in self.fields {
            match field.kind {
                Kind::Rows(rows) => {
                    for line in row.list(field) {
                        fields.push(field.option.to_owned());
                        fields.extend(line.iter().take(rows.told).map(plain));
                    }
                }
                Kind::Estimate | Kind::EstimateOrNone => fields.push(yuan(row.value(field.column))),
                _ => fields.push(plain(row.value(field.column))),
            }
        }
        Ok(Shown::of(None, Some((self.amount)(row)?), fields.iter().map(String::as_str)))
    }
}

/// What is decided on of the entry as the task leaves it; none in a register where nobody decides.
pub(super) fn subject(form: &Form, task: &Task<'_, '_>) -> Result<Option<Shown>> {
    form.subject.as_ref().map(|subject| subject.shown(&task.row)).transpose()
}

/// Refuses a correction of what is decided on where the entry has come too far to be led back and decided on again.
pub(super) fn refuse_late(form: &Form, task: &Task<'_, '_>, taken: &entry::Step) -> Result<()> {
    let (entry, mut decided) = (&task.entry, false);
    for decision in form.decisions().filter(|decision| decision.of.is_none()) {
        decided |= entry::Step::look_up(task.sql(), form.register.name, decision.name, &taken.to, None)?.is_some();
    }
    if decided {
        let led_back = taken.to != entry.state;
        return if led_back { entry.refuse_before_last(task.change, say!("corrected")) } else { Ok(()) };
    }
    let (number, state) = (&entry.number, language::value_of(&entry.register, &entry.state));
    let what = say!("{number} is {state}, so what was asked for stays", number, state);
    if let Some(command) = entry.taken_up_by(task.sql())? {
        let way_out = say!("take it up again first with: {command}", command);
        return Err(Refusal::rule(form.amended.0, what).or(way_out).into());
    }
    let stays = form.subject.as_ref().map_or("", |subject| subject.stays);
    Err(Refusal::rule(form.amended.0, what).or(fill(words(stays), &[("number", number.clone())])).into())
}

/// A value as its hash has it; nothing where none is entered.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Null | Value::Blob(_) => String::new(),
    }
}

/// An amount as its hash has it.
fn yuan(value: &Value) -> String {
    match value {
        Value::Integer(fen) => Money(*fen).to_string(),
        value => plain(value),
    }
}

/// The decisions of which a row of an old file tells, as rows of table approval.
pub(super) fn told(
    form: &Form,
    book: &Connection,
    names: &mut Names,
    cells: &Cells<'_>,
    (row, state): (&Row, &str),
) -> Checked<Option<old_form::List>> {
    let (mut rows, mut deciders) = (Vec::new(), Vec::new());
    for (decision, told) in form.decisions().filter_map(|decision| Some((decision, decision.told?))) {
        let (by, on) = (cells.text(told.by)?, cells.day(told.on)?);
        if by.is_some() != on.is_some() {
            return Err(Fault::of(told.by, say!("a decision has its person and its day, {day}", day = told.on)).into());
        }
        let (Some(by), Some(on)) = (by, on) else {
            if decision.state == state {
                let state = language::value(state);
                return Err(Fault::of(told.on, say!("is empty, and the state is {state}", state)).into());
            }
            continue;
        };
        let shown = form.shown(row)?;
        let mut amount = shown.amount;
        for field in told.amount.iter().rev() {
            amount = cells.parse::<Money>(field)?.or(amount);
        }
        rows.push(vec![
            Value::Text(decision.name.to_owned()),
            Value::Text(names.person(book, told.by, by)?),
            Value::Text(on.to_string()),
            Value::Text(format!("{on}T00:00:00Z")),
            amount.map_or(Value::Null, |amount| Value::Integer(amount.0)),
            Value::Blob(shown.hash.to_vec()),
        ]);
        deciders.push(told.by);
    }
    let columns = &["verb", "decided_by", "decided_on", "entered_at", "amount_fen", "subject_hash"];
    Ok((!rows.is_empty()).then(|| old_form::List::of("approval", columns, rows).told(1, 3).decided(deciders)))
}
