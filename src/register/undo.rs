//! Taking the last step of an entry back: one mechanism over all registers.
//!
//! What the step wrote is read off the journal and led back (`revert.rs`): rows that it added to a list are marked, columns are as
//! they were. The journal says of each row which one it took back (`"undone"` in its record), so that steps stand or do not
//! (`taken.rs`). The step that opened an entry is taken back by voiding it.

mod held;
pub(crate) mod revert;
pub(crate) mod stands;
pub(crate) mod taken;

use anyhow::Result;
use clap::Args;

pub use self::revert::MARKED;
pub(super) use self::revert::{empty, standing_rows};
use self::taken::Taken;
use super::back::Before;
use super::borne::Borne;
use super::entry::{self, Entry};
use super::form::Form;
use super::form::InRoom;
use super::history;
use super::named;
use super::task::Task;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::desk::{Answer, Deed, Desk};
use crate::language;
use crate::office::identity;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;
use crate::text::{self, Text};
use crate::view::merged::who;

/// The entry whose last step is taken back
#[derive(Debug, Args)]
pub(crate) struct UndoOne {
    /// The number of the entry whose last step is taken back
    pub(crate) number: String,
    /// Why; needed for what another person entered, or on an earlier day
    #[arg(long)]
    pub(crate) reason: Option<Text>,
    /// How it is entered
    #[command(flatten)]
    pub(crate) deed: Deed,
}

impl InRoom for UndoOne {
    fn run_in(&self, desk: &mut Desk<'_>, register: &str) -> Result<()> {
        desk.change(format!("{register} undo"), &self.deed, |change| {
            let entry = Entry::find_in(change.sql(), register, &self.number)?;
            change.hold(&entry.thing()?)?;
            let actor = identity::actor(change, self.deed.by.as_deref())?;
            take_back(change, entry, &actor, self.reason.as_deref())
        })
    }
}

/// Takes the last step of an entry back that stands.
fn take_back(change: &mut Change<'_>, mut entry: Entry, actor: &Person, reason: Option<&str>) -> Result<Answer> {
    let (step, opened) = last(change, &entry)?;
    stands::refuse(change.sql(), &entry, &step, opened)?;
    refuse_before(change, &entry.number, &step)?;
    let titled = entry.titled(change.sql())?;
    if opened && entry.state != "void" {
        require(change, &entry, (&step, None), actor, reason)?;
        let reason = reason.unwrap_or_else(|| say!("taken back"));
        void(change, &mut entry, actor, reason)?;
        let line = say!("{numbers}: void, {reason}", numbers = titled, reason);
        let again = say!("undo once more brings {number} back", number = entry.number);
        return Ok(Answer::new(entry.number, line).note(again));
    }
    held::refuse(change, &entry, &step, actor)?;
    let part = part_decided(change, &entry, &step)?;
    let (was, borne) = (entry.state.clone(), Borne::by(change.sql(), &entry)?);
    let before = named(&entry.register)?.form.map(|form| Before::of(form, change.sql(), &entry)).transpose()?;
    take_along(change, &step, actor, reason)?;
    revert::revert(change, &entry, &step)?;
    let entry = Entry::find(change.sql(), &entry.number)?;
    require(change, &entry, (&step, Some((&was, part))), actor, reason)?;
    let mut notes = returned(change, &entry, before.as_ref(), actor)?;
    notes.extend(borne.note(change, &entry, actor, reason)?);
    change.record_undo(&entry.thing()?, &actor.key, reason, step.id)?;
    if let Some(form) = named(&entry.register)?.form {
        (form.undone)(change, step.id, actor, reason)?;
    }
    let state = language::value_of(&entry.register, &entry.state);
    let line = if was == "void" {
        say!("{number} is brought back: it is no longer void, but {state}", number = titled, state)
    } else {
        let (verb, day) = (step.said(), step.on);
        say!("{number}: {verb} of {day} is taken back, and it is {state}", number = titled, verb, day, state)
    };
    let changes = history::changed_last(change.sql(), Some(named(&entry.register)?), &entry.thing()?)?;
    Ok(Answer { notes, ..Answer::new(entry.number, with_changes(line, &changes)) })
}

/// Holds an entry to its fields where it comes back. Gives what the person should know.
fn returned(change: &mut Change<'_>, entry: &Entry, before: Option<&Before>, actor: &Person) -> Result<Vec<String>> {
    let Some((form, before)) = named(&entry.register)?.form.zip(before) else { return Ok(Vec::new()) };
    let mut task = Task::begin(change, form, entry.clone(), form.amended.0.to_owned(), actor.clone(), false)?;
    before.hold(form, &mut task, (&entry.state, true))?;
    Ok(task.notes)
}

/// What is said of a step that was taken back, with the values that hold again.
pub(crate) fn with_changes(line: String, changes: &str) -> String {
    if changes.is_empty() { line } else { format!("{line}{}{changes}", language::semicolon()) }
}

/// The step that is taken back, and whether it opened the entry.
fn last(change: &Change<'_>, entry: &Entry) -> Result<(Taken, bool)> {
    Taken::last(change.sql(), &entry.register, &entry.number)?.ok_or_else(|| {
        Refusal::rule("R4.8", say!("{number} has no step that could be taken back", number = entry.number))
            .or(say!("see branchbook history {number}", number = entry.number))
            .into()
    })
}

/// Nothing is taken back on a day before it happened.
pub(crate) fn refuse_before(change: &Change<'_>, number: &str, step: &Taken) -> Result<()> {
    if change.on >= step.on || change.on == change.today() {
        return Ok(());
    }
    let (verb, day, on) = (step.said(), step.on, change.on);
    Err(Refusal::usage(say!("{verb} of {number} is of {day}, and is not taken back on {on}", verb, number, day, on))
        .or(say!("leave --on out"))
        .into())
}

/// Voids an entry that nothing but its opening stands on.
pub(crate) fn void(change: &mut Change<'_>, entry: &mut Entry, actor: &Person, reason: &str) -> Result<()> {
    let form = named(&entry.register)?.form;
    if let Some(form) = form {
        (form.voided)(change, entry, actor, reason)?;
    }
    change.sql().execute(
        "UPDATE entry SET state = 'void', void_reason = ?2, ended_on = ?3 WHERE id = ?1",
        (entry.id, reason, change.on),
    )?;
    "void".clone_into(&mut entry.state);
    change.record_as(format!("{} void", entry.register), &entry.thing()?, &actor.key, Some(reason))
}

/// Takes back what the same deed did to entries of other registers: a project's instalment that fell due by a shipment's completion,
/// or a project that was opened from user information.
fn take_along(change: &mut Change<'_>, step: &Taken, actor: &Person, reason: Option<&str>) -> Result<()> {
    for (number, along) in step.along(change.sql())? {
        let mut entry = Entry::find(change.sql(), &number)?;
        let Some((last, opened)) = Taken::last(change.sql(), &entry.register, &number)? else { continue };
        if opened && last.id == along.id {
            stands::refuse(change.sql(), &entry, &last, true)?;
            let reason = reason.unwrap_or_else(|| say!("taken back"));
            void(change, &mut entry, actor, reason)?;
        } else if Taken::first(change.sql(), &number)?.is_some_and(|first| first.id == along.id) {
            let what = say!(
                "{number} came of that, and has moved on: {verb} of {day}",
                number,
                verb = last.said(),
                day = last.on
            );
            return Err(Refusal::rule("R4.8", what)
                .or(say!("take that back first with: branchbook undo {number}", number))
                .into());
        } else {
            revert::revert(change, &entry, &along)?;
            change.record_undo(&entry.thing()?, &actor.key, reason, along.id)?;
        }
    }
    Ok(())
}

/// Which part of an entry was decided on; none where the whole was, or the step was no decision.
fn part_decided(change: &Change<'_>, entry: &Entry, step: &Taken) -> Result<Option<i64>> {
    let sql =
        "SELECT part FROM approval WHERE undone_on IS NULL AND entry = ?1 AND verb = ?2 ORDER BY position DESC LIMIT 1";
    let part = change.sql().value(sql, (entry.id, step.verb()))?;
    Ok(part.flatten())
}

/// Refuses who may not take the step back: it is their own of the same day, or they give a reason and are a clerk or may take such a
/// step. A decision is revoked by whoever may give it. The entry is as it is without the step; `taken` is the state in which the
/// step left it, and the part that it decided on.
fn require(
    change: &mut Change<'_>,
    entry: &Entry,
    (step, taken): (&Taken, Option<(&str, Option<i64>)>),
    actor: &Person,
    reason: Option<&str>,
) -> Result<()> {
    let by = (actor.key != change.recorder.person.key).then_some(actor.key.as_str());
    let command = || format!("branchbook undo {}", entry.number);
    let own = require_reason(change, &entry.number, step, reason, (command(), by));
    let may = refuse_others(change, entry, (step, taken), actor, own.as_ref().is_ok_and(|own| *own));
    if let Some(by) = to_be_named(&own, &may) {
        require_reason(change, &entry.number, step, reason, (command(), Some(&by)))?;
    }
    may.and(own).map(drop)
}

/// Who is to be named with `--by` where a step cannot be taken back without a reason, nor by whoever it is: both are said at once.
pub(crate) fn to_be_named<T>(reasoned: &Result<bool>, may: &Result<T>) -> Option<String> {
    let refused = may.as_ref().err().filter(|_| reasoned.is_err())?;
    let (_, named) = refused.downcast_ref::<Refusal>()?.way_out.as_deref()?.split_once("--by ")?;
    let named: String =
        named.chars().take_while(|letter| !matches!(letter, ' ' | ';' | ',' | '；' | '，' | '。')).collect();
    (!named.starts_with(|letter: char| letter.is_ascii_uppercase())).then_some(named)
}

/// Refuses whoever may not take the step back; `own` says that it is theirs of the same day.
fn refuse_others(
    change: &mut Change<'_>,
    entry: &Entry,
    (step, taken): (&Taken, Option<(&str, Option<i64>)>),
    actor: &Person,
    own: bool,
) -> Result<()> {
    let form = named(&entry.register)?.form;
    let decision = form.and_then(|form| form.decisions().find(|decision| decision.name == step.verb()));
    if let (Some(form), Some(decision), Some((_, part))) = (form, decision, taken) {
        return decision.refuse_others(form, change, entry, actor, part);
    }
    if own || identity::is_clerk(change)? || may_take(change, form, entry, (step, taken), actor)? {
        return Ok(());
    }
    let what = say!(
        "{verb} of {number} was entered by {recorder} on {day}, and {actor} may not take it back",
        verb = step.said(),
        number = entry.number,
        recorder = language::people(&step.recorder),
        day = step.on,
        actor
    );
    Err(Refusal::rule("R4.8", what).or(say!("ask General Management's clerk")).into())
}

/// Whether the actor holds a role by which the step is taken.
fn may_take(
    change: &Change<'_>,
    form: Option<&'static Form>,
    entry: &Entry,
    (step, taken): (&Taken, Option<(&str, Option<i64>)>),
    actor: &Person,
) -> Result<bool> {
    let (Some(_), Some((to, _))) = (form, taken) else { return Ok(false) };
    let way = entry::Step::look_up(change.sql(), &entry.register, step.verb(), &entry.state, Some(to))?;
    for role in way.iter().flat_map(|way| &way.roles) {
        let department = (*role == Role::DepartmentManager.key()).then_some(entry.department.as_str());
        if actor.holds_key(change.sql(), role, department, change.today())? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Refuses to take a step back without a reason, unless it is one's own of the same day. Gives whether it is; `command` takes it back,
/// with who is named as doing so.
pub(crate) fn require_reason(
    change: &Change<'_>,
    number: &str,
    step: &Taken,
    reason: Option<&str>,
    (command, by): (String, Option<&str>),
) -> Result<bool> {
    let own = who(&step.recorder) == change.recorder.person.key && change.day_of(&step.at) == Some(change.today());
    if own || reason.is_some() {
        return Ok(own);
    }
    let what = say!(
        "{verb} of {number} was entered by {recorder} on {day}",
        verb = step.said(),
        number,
        recorder = language::people(&step.recorder),
        day = step.on
    );
    let by = by.map(|by| format!(" --by {}", text::word(by))).unwrap_or_default();
    let on = if change.on == change.today() { String::new() } else { format!(" --on {}", change.on) };
    let command = format!("{command}{by}{on}");
    Err(Refusal::usage(what).or(say!("say why it is taken back: {command} --reason REASON", command)).into())
}
