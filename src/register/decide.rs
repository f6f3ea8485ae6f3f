//! Decisions as verbs: endorsing, approving, clearing and rejecting an entry, or a row of one of its lists (R5.3, R5.4).
//!
//! A decision holds for the fields that it was given on, which are the form's [`Subject`]. Where one of them is corrected,
//! `amend` leads the entry back, and it is decided on again. What waits for a decision is what it could be given on.

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};
use rusqlite::Connection;
use rusqlite::types::Value;

use super::approval::{self, Approval, Shown};
use super::child::List;
use super::ended;
use super::entry::{self, Entry};
use super::field::{Kind, Spec};
use super::form::Form;
use super::old_form;
use super::old_ledger::{Checked, Names};
use super::option::At;
use super::task::{Row, Task};
use super::waiting::{EachUndecided, Undecided};
use crate::book::change::Change;
use crate::desk::{Answer, Deed, Desk};
use crate::import::row::{Cells, Fault};
use crate::language::{self, fill, words};
use crate::money::Money;
use crate::office::identity;
use crate::office::person::Person;
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
    /// Says who decides besides, or why there is nothing to decide.
    pub(crate) asks: fn(&mut Asked<'_>) -> Result<()>,
    /// What else must hold on the day of the decision.
    pub(crate) guard: fn(&mut Task<'_, '_>) -> Result<()>,
    /// What it answers, with `{number}`, `{on}`, `{key}`, `{reason}`; of a row also its position and `{amount}`.
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

/// An entry, or a row of its list, that is to be decided on.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    /// The book.
    pub(crate) book: &'a Connection,
    /// The entry.
    pub(crate) entry: &'a Entry,
    /// Its fields.
    pub(crate) row: &'a Row,
    /// The fields of the row.
    pub(crate) line: &'a Row,
    /// The row's position; none where the whole entry is decided on.
    pub(crate) position: Option<i64>,
    /// What is decided on.
    pub(crate) shown: Shown,
    /// Who asked for it.
    pub(crate) by: String,
    /// The day since which it waits.
    pub(crate) since: NaiveDate,
    /// The step that deciding takes, with the roles that may take it.
    pub(crate) step: entry::Step,
    /// The department in which such a role must be held; none where it may be any.
    pub(crate) department: Option<String>,
    /// The roles that may decide as well.
    pub(crate) above: Vec<String>,
    /// Who asked or gains, each with what they did: they neither decide nor enter a decision.
    pub(crate) concerned: Vec<(String, &'static str)>,
    /// Who decided before and may not decide again, each with what they did.
    pub(crate) hands: Vec<(String, &'static str)>,
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

    pub(super) fn run(&'static self, form: &'static Form, matches: &ArgMatches, desk: &mut Desk<'_>) -> Result<()> {
        let deed = Deed::from_arg_matches(matches)?;
        desk.change(format!("{} {}", form.register.name, self.name), &deed, |change| {
            let actor = identity::office_bearer(change, deed.by.as_deref())?;
            let mut said = Vec::new();
            for number in matches.get_many::<String>("number").into_iter().flatten() {
                said.push(self.decide(form, matches, change, number, &actor)?);
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
        actor: &Person,
    ) -> Result<Vec<(&'static str, String)>> {
        let entry = Entry::find_in(change.sql(), form.register.name, number)?;
        let step = entry.step(change.sql(), self.name, None)?;
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
        let asked = Asked::of(form, self, task.sql(), &task.entry, (&task.row, &task.line), position)?;
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
        let mut said = vec![("number", task.entry.number), ("reason", reason.unwrap_or_default())];
        said.push(("amount", shown.amount.map(Money::grouped).unwrap_or_default()));
        if let (Some(of), Some(position)) = (&self.of, position) {
            said.push((of.which.column, position.to_string()));
        }
        Ok(said)
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
        let step = entry.step(change.sql(), self.name, None)?;
        let mut task = Task::begin(change, form, entry.clone(), step.clause, actor.clone(), false)?;
        if let (Some(of), Some(position)) = (&self.of, part) {
            task.line = of.list.row(task.sql(), &task.entry, position)?;
        }
        let asked = Asked::of(form, self, task.sql(), &task.entry, (&task.row, &task.line), part)?;
        asked.require(&task, self).map(drop)
    }

    fn answer(&self, said: &[Vec<(&'static str, String)>], change: &Change<'_>, actor: &Person) -> Answer {
        let numbers: Vec<&str> = said.iter().filter_map(|said| Some(said.first()?.1.as_str())).collect();
        let mut all = vec![
            ("number", numbers.join(", ")),
            ("numbers", numbers.join(", ")),
            ("on", language::day(&change.on.to_string())),
        ];
        all.push(("key", actor.key.clone()));
        all.extend(said.last().into_iter().flatten().cloned());
        Answer::new(numbers.join("\n"), fill(words(self.says), &all))
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
    for decision in form.decisions() {
        decided |= entry::Step::look_up(task.sql(), form.register.name, decision.name, &taken.to, None)?.is_some();
    }
    if decided {
        let led_back = taken.to != entry.state;
        return if led_back { entry.refuse_before_last(task.change, say!("corrected")) } else { Ok(()) };
    }
    let (number, state) = (&entry.number, language::value(&entry.state));
    let stays = form.subject.as_ref().map_or("", |subject| subject.stays);
    let what = say!("{number} is {state}, so what was asked for stays", number, state);
    Err(Refusal::rule(form.amended.0, what).or(words(stays)).into())
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

impl<'a> Asked<'a> {
    /// What is asked of an entry, or of the row of its list at `position`.
    ///
    /// # Errors
    /// A refusal where there is nothing to decide.
    fn of(
        form: &'static Form,
        decision: &'static Decision,
        book: &'a Connection,
        entry: &'a Entry,
        (row, line): (&'a Row, &'a Row),
        position: Option<i64>,
    ) -> Result<Self> {
        let (shown, since) = match (&decision.of, position) {
            (Some(of), Some(position)) => {
                let (amount, words) = (of.subject)(row, line)?;
                let shown = Shown::of(Some(position), Some(amount), words.iter().map(String::as_str));
                (shown, line.day(of.since)?.unwrap_or(entry.day))
            }
            _ => (form.shown(row)?, entry.day),
        };
        let step = entry.step(book, decision.name, None)?;
        let concerned = vec![(entry.person.clone(), say!("asked for"))];
        let (by, department, above, hands) = (entry.person.clone(), None, Vec::new(), Vec::new());
        let mut asked =
            Self { book, entry, row, line, position, shown, by, since, step, department, above, concerned, hands };
        (decision.asks)(&mut asked)?;
        Ok(asked)
    }

    /// The last decision of this verb, where it was given on what is asked now.
    pub(crate) fn standing(&self, verb: &str) -> Result<Option<Approval>> {
        Approval::standing(self.book, self.entry.id, verb, &self.shown)
    }

    /// Who may not decide, each with what they did.
    fn barred(&self) -> impl Iterator<Item = &(String, &'static str)> {
        self.concerned.iter().chain(&self.hands)
    }

    /// Refuses unless the actor may decide: nobody decides on their own request, or enters the decision on it, or decides twice,
    /// nor does who stands in for them. Gives in whose place it is decided.
    fn require(&self, task: &Task<'_, '_>, decision: &Decision) -> Result<Option<String>> {
        let (actor, change) = (&task.actor, &*task.change);
        identity::refuse_lent(change, &self.step.clause)?;
        let above = entry::Step { roles: self.above.clone(), ..self.step.clone() };
        let principal = if above.allows(change.sql(), actor, None, change.on)? {
            above.principal(change.sql(), actor, None, change.on)?
        } else {
            self.step.principal(change.sql(), actor, self.department.as_deref(), change.on)?
        };
        let principal = principal.map(|principal| principal.key);
        if let Some((who, did)) =
            self.barred().find(|(person, _)| *person == actor.key || Some(person) == principal.as_ref())
        {
            let (number, verb) = (&self.entry.number, language::value(decision.name));
            let what = if *who == actor.key {
                say!("{by} {did} {number} and may not {verb} it as well", by = actor, did, number, verb)
            } else {
                say!(
                    "{who} {did} {number}, and {by}, who stands in for them, may not {verb} it",
                    who,
                    did,
                    number,
                    by = actor,
                    verb
                )
            };
            return Err(Refusal::rule(&self.step.clause, what)
                .or(identity::name_with_pen(
                    change,
                    say!("let another person who is entitled decide, named with --by PERSON").to_owned(),
                    &self.step.holders(change.sql(), self.department.as_deref(), change.on)?,
                )?)
                .into());
        }
        identity::refuse_entering(change, &self.step.clause, &self.entry.number, &self.concerned)?;
        let may = |day| above.allows(change.sql(), actor, None, day);
        if identity::out_of_office(change, actor, may)?.is_some() {
            self.step.require_in(change, actor, self.department.as_deref(), words(decision.what))?;
        }
        Ok(principal)
    }

    /// As the list of what waits for a decision has it.
    fn awaiting(self, form: &Form, decision: &Decision, what: String, today: NaiveDate) -> Result<Undecided> {
        let mut deciders = self.step.holders(self.book, self.department.as_deref(), today)?;
        deciders.retain(|key| self.barred().all(|(hand, _)| hand != key));
        let which = self.position.zip(decision.of.as_ref());
        let which = which.map_or_else(String::new, |(position, of)| format!(" --{} {position}", of.which.option));
        Ok(Undecided {
            what,
            party: form.subject.as_ref().map(|subject| plain(self.row.value(subject.party.column))).unwrap_or_default(),
            amount: self.shown.amount.unwrap_or(Money(0)),
            asked_by: self.by,
            since: self.since,
            deciders,
            roles: language::any_of(&self.step.roles),
            department: self.department.unwrap_or_else(|| form.office.0.to_owned()),
            command: format!("branchbook {} {} {}{which}", form.register.name, decision.name, self.entry.number),
            number: self.entry.number.clone(),
            clause: self.step.clause.into(),
        })
    }
}

/// Everything of a register that waits for a decision on a day, each with the people who may give it.
pub(crate) fn awaiting(
    form: &'static Form,
    book: &Connection,
    today: NaiveDate,
    each: EachUndecided<'_>,
) -> Result<()> {
    for decision in form.decisions() {
        let Some(waits) = decision.waits else { continue };
        let mut numbers = book.prepare(UNDECIDED)?;
        let mut numbers = numbers.query((form.register.name, decision.name, today))?;
        while let Some(number) = numbers.next()? {
            let entry = Entry::find(book, number.get_ref(0)?.as_str()?)?;
            let row = Row::of_entry(form, book, &entry)?;
            let lines = match &decision.of {
                None => vec![(None, Row::default())],
                Some(of) => {
                    let rows = of.list.rows(book, &entry)?;
                    rows.into_iter().map(|(position, line)| (Some(position), line)).collect()
                }
            };
            for (position, line) in &lines {
                match Asked::of(form, decision, book, &entry, (&row, line), *position) {
                    Ok(asked) if asked.since <= today => {
                        let what = waits(&asked)?;
                        each(asked.awaiting(form, decision, what, today)?)?;
                    }
                    Err(error) if !error.is::<Refusal>() => return Err(error),
                    Ok(_) | Err(_) => {}
                }
            }
        }
    }
    Ok(())
}

/// The decisions of which a row of an old file tells, as rows of table approval.
pub(super) fn told(
    form: &Form,
    book: &Connection,
    names: &mut Names,
    cells: &Cells<'_>,
    (row, state): (&Row, &str),
) -> Checked<Option<old_form::List>> {
    let mut rows = Vec::new();
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
    }
    let columns = &["verb", "decided_by", "decided_on", "entered_at", "amount_fen", "subject_hash"];
    Ok((!rows.is_empty()).then(|| old_form::List::of("approval", columns, rows).told(1, 3)))
}

/// The numbers of the open entries in a state from which a decision leads on.
const UNDECIDED: &str = "
    SELECT e.number FROM step AS t JOIN entry AS e ON e.register = t.register AND e.state = t.from_state
    WHERE t.register = ?1 AND t.verb = ?2 AND e.ended_on IS NULL AND e.day_on <= ?3 ORDER BY e.id";
