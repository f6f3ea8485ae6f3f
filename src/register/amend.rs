//! Correcting an entry: its own fields and the rows of its lists, held to the rules over whatever is corrected.

pub(crate) mod draft;

use anyhow::Result;
use chrono::NaiveDate;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Args, FromArgMatches, value_parser};
use rusqlite::Connection;

use super::check::Checks;
use super::child::correction::{self, Correction};
use super::child::held;
use super::decide::{self, Decision};
use super::entry::Entry;
use super::field::{Field, Kind, Spec};
use super::form::{Form, Own, Step, Verb};
use super::lateness::Lateness;
use super::option::{At, exception};
use super::paper;
use super::steps::permit;
use super::task::{Row, Task};
use super::turned;
use super::undo::taken::standing;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::column::heading;
use crate::desk::{Answer, Deed};
use crate::language::{self, Language};
use crate::money::Money;
use crate::office::identity;
use crate::refusal::Refusal;
use crate::say;
use crate::text::Text;

/// The verb that corrects entries.
pub(crate) const fn amend(about: &'static str) -> Verb {
    Verb::Own(Own {
        formerly: "",
        name: "amend",
        about,
        grammar: |form, command| {
            let number = Arg::new("number").value_name("NUMBER").help(form.number).required(true);
            let reason = Arg::new("why").long("reason").value_name("REASON").help("Why it is corrected");
            let command = command.arg(number).arg(reason.required(true).value_parser(value_parser!(Text)));
            let command = command.args(draft::options());
            let exception = paper::excuses_correction(form).map(exception);
            let fields = corrected(form).filter_map(|(_, field)| field.argument(At::Amend));
            let days = form.own_steps().filter_map(|step| step.signed?.argument(At::Amend));
            let refusals = form.refusals().filter_map(|(_, field)| field.argument(At::Amend));
            let choices = form.own_steps().filter(|step| step.name == "add").filter_map(|step| step.choice.group());
            Deed::augment_args(
                correction::options(form, command.args(fields).args(days).args(refusals).groups(choices))
                    .args(exception),
            )
        },
        run: |form, matches, desk| {
            let deed = Deed::from_arg_matches_mut(matches)?;
            if matches.get_flag(draft::EDIT) {
                return draft::amend(form, matches, &deed, desk);
            }
            desk.change(format!("{} amend", form.register.name), &deed, |change| {
                enter(form, matches, deed.by.as_deref(), change)
            })
        },
    })
}

/// What help says of `--exception` where a correction may break what opening an entry may break.
fn excusable(form: &Form) -> Option<&'static str> {
    form.steps().next().and_then(|step| step.exception)
}

impl Form {
    /// Each verb that enters facts, and the options of `amend` that correct them; of a list, the one that names the row first.
    pub fn corrections(&self) -> impl Iterator<Item = (&'static str, Vec<String>)> {
        let typed = |field: &Spec| format!("--{}", field.typed_as(At::Amend));
        self.steps().map(move |step| {
            let options = if let Some(list) = step.into {
                correction::of_list(self, list)
            } else {
                let fields = step.fields.iter().copied().filter(|field| field.is_amended());
                fields.chain(step.signed).map(typed).collect()
            };
            (step.name, options)
        })
    }

    /// Each decision, and the options of `amend` that correct what it says.
    pub fn decided_corrections(&self) -> impl Iterator<Item = (&'static str, Vec<String>)> {
        self.decisions().map(|decision| {
            let said = self.refusals().filter(|(refusal, _)| refusal.name == decision.name);
            (decision.name, said.map(|(_, field)| format!("--{}", field.typed_as(At::Amend))).collect())
        })
    }

    /// The decisions that give a reason, and its field.
    fn refusals(&self) -> impl Iterator<Item = (&Decision, &'static Spec)> {
        self.decisions().filter_map(|decision| Some((decision, *decision.fields.iter().find(|field| field.noted)?)))
    }

    /// The options that correct rows which no step adds one by one.
    #[must_use]
    pub fn corrections_besides(&self) -> Vec<(&'static str, Vec<String>)> {
        self.corrects.iter().map(|list| (list.table, correction::of_list(self, list))).collect()
    }
}

/// Whose entry it is, where another field tells that.
const DEPARTMENT: Field<String> = Field::department("department", "");

impl Step {
    /// Whether the entry has taken it: its sign stands there, or the entry has come to its end by it.
    fn is_taken(&self, entry: &Entry, row: &Row) -> bool {
        match self.sign {
            _ if self.name == "add" => true,
            "ended_on" => entry.state == self.state,
            sign => row.has(sign),
        }
    }
}

/// The fields that can be corrected, each with the step that enters it.
fn corrected(form: &Form) -> impl Iterator<Item = (&Step, &'static Spec)> {
    form.fields().filter(|(_, field)| field.is_amended())
}

/// The entry of this number, which can be corrected.
fn found(book: &Connection, form: &Form, number: &str) -> Result<Entry> {
    let entry = Entry::find_in(book, form.register.name, number)?;
    entry.refuse_reserved(say!("amended"))?;
    entry.refuse_void()?;
    Ok(entry)
}

/// Corrects with what was typed; the journal keeps the old values and the reason.
fn enter(form: &'static Form, matches: &ArgMatches, by: Option<&str>, change: &mut Change<'_>) -> Result<Answer> {
    let number = matches.get_one::<String>("number").map_or("", String::as_str);
    let entry = found(change.sql(), form, number)?;
    change.hold(&entry.thing()?)?;
    draft::refuse_moved(change.sql(), &entry, matches)?;
    let actor = identity::actor(change, by)?;
    let taken = match form.subject {
        Some(_) => Some(entry.step(change.sql(), "amend", None)?),
        None => None,
    };
    let clause = taken.as_ref().map_or(form.amended.0, |taken| &taken.clause).to_owned();
    let mut task = Task::begin(change, form, entry, clause, actor, false)?;
    permit(form.amended.1, &task)?;
    let (before, late) = (decide::subject(form, &task)?, Lateness::of(task.change, &task.entry)?);
    task.reason = matches.get_one::<Text>("why").map(ToString::to_string);
    refuse_without_row(form, matches, &task.entry.number)?;
    correction::refuse_besides(form, matches, &task.entry)?;
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
    let mut ended = None;
    for step in form.own_steps() {
        let Some(day) = step.signed.filter(|day| typed(day)) else { continue };
        if !step.is_taken(&task.entry, &task.row) {
            return Err(refuse_not_yet(form, step, &task.entry).into());
        }
        task.read(&[day], matches, At::Amend)?;
        refuse_out_of_order(form, &task, step)?;
        if step.state == task.entry.state {
            ended = task.row.day(step.sign)?;
        }
    }
    let mut refused = Vec::new();
    for (decision, field) in form.refusals().filter(|(_, field)| typed(field)) {
        if task.entry.state != decision.state {
            return Err(refuse_undecided(form, decision, &task.entry).into());
        }
        task.read(&[field], matches, At::Amend)?;
        refused.push((decision, field));
    }
    held::own(&task, corrected(form).map(|(_, field)| field))?;
    task.belong(form.whose)?;
    let exception =
        paper::excuses_correction(form).and_then(|_| matches.get_one::<Text>("exception")).map(|text| &**text);
    let mut checks = Checks::of(excusable(form).is_some(), exception);
    for step in form.own_steps().filter(|step| step.signed.is_some_and(typed)) {
        hold_day(&mut checks, &mut task, step)?;
    }
    checks.entry(&mut task, form.rules)?;
    let papers: Vec<&Spec> = corrected(form).map(|(_, field)| field).filter(|field| task.row.differs(field)).collect();
    checks.papers(&mut task, &papers, At::Amend)?;
    let after = decide::subject(form, &task)?;
    // An exception is read by more people than the entry: it tells of the days alone.
    let mut days = names(form, &task, |field| matches!(field.kind, Kind::Day | Kind::PastDay))?;
    let mut names = names(form, &task, |_| true)?;
    names.extend(refused.iter().map(|(_, field)| in_words(field.label.unwrap_or(form.called(field)))));
    let row = Correction::read(form, matches, &mut task)?;
    if let Some(row) = &row {
        if row.is_excusable() {
            checks.excusable();
        }
        checks.line(&mut task, row.list.rules)?;
        let papers: Vec<&Spec> = row.fields().iter().copied().filter(|field| task.line.differs(field)).collect();
        checks.papers(&mut task, &papers, At::Amend)?;
        names.push(row.named(&task)?);
        days.push(row.named(&task)?);
    }
    refuse_nothing(&names, &task.entry)?;
    let again = taken.filter(|_| after != before);
    if let Some(taken) = &again {
        decide::refuse_late(form, &task, taken)?;
        task.to.clone_from(&taken.to);
    }
    task.write()?;
    // What came to its end by a step has done so on the day of that.
    let end = "UPDATE entry SET ended_on = ?2 WHERE id = ?1 AND ended_on IS NOT NULL";
    if let Some(day) = ended {
        task.sql().execute(end, (task.entry.id, day))?;
    }
    for (decision, field) in refused {
        let reason = "UPDATE approval SET reason = ?3 WHERE undone_on IS NULL AND entry = ?1 AND position = (
            SELECT max(a.position) FROM approval AS a WHERE a.undone_on IS NULL AND a.entry = ?1 AND a.verb = ?2)";
        let said = task.row.text(field.column).map(str::to_owned);
        task.entry.update(task.change, "approval", reason, (task.entry.id, decision.name, said))?;
    }
    if let Some(row) = &row {
        row.write(&mut task)?;
    }
    if let Some(taken) = &again {
        task.entry.clone().take(task.change, taken)?;
    }
    late.note_made_good(&mut task, &days.join(language::comma()))?;
    task.change.happened = earliest(form, &task, row.as_ref())?;
    let amounts = [before, after].map(|shown| shown.and_then(|shown| shown.amount));
    record(task, checks, &names, amounts)
}

/// Refuses what corrects a row where none is named.
fn refuse_without_row(form: &'static Form, matches: &ArgMatches, number: &str) -> Result<(), Refusal> {
    let Some((option, rows)) = correction::without_row(form, matches) else { return Ok(()) };
    let rows: Vec<String> = rows.iter().map(|row| format!("--{row} POSITION")).collect();
    Err(Refusal::usage(say!("--{option} corrects a row, and none is named", option)).or(say!(
        "name the row with {rows}; its place stands behind its name in: branchbook history {number}",
        rows = language::any_of(&rows),
        number
    )))
}

/// The earliest day that a correction enters of what happened, where that is before the day of the correction.
fn earliest(form: &Form, task: &Task<'_, '_>, row: Option<&Correction>) -> Result<Option<NaiveDate>> {
    let own = corrected_or_following(form).map(|field| (field, &task.row));
    let of_row = row.into_iter().flat_map(Correction::fields).map(|field| (*field, &task.line));
    let new = own.chain(of_row).filter(|(field, row)| matches!(field.kind, Kind::PastDay) && row.differs(field));
    let days = new.map(|(field, row)| row.day(field.column)).collect::<Result<Vec<_>>>()?;
    Ok(days.into_iter().flatten().min().filter(|day| *day < task.change.on))
}

/// Holds a step's corrected day to what the step asks of its day, as if it were taken then.
fn hold_day(checks: &mut Checks<'_>, task: &mut Task<'_, '_>, step: &Step) -> Result<()> {
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
fn refuse_out_of_order(form: &Form, task: &Task<'_, '_>, step: &Step) -> Result<()> {
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

/// What of the entry's own fields is corrected, as an answer calls it, with what it was and is.
fn names(form: &Form, task: &Task<'_, '_>, which: fn(&Spec) -> bool) -> Result<Vec<String>> {
    let fields = corrected_or_following(form).filter(|field| !field.loose && which(field) && task.row.differs(field));
    let named = |field: &'static Spec| {
        let turned = turned::all(&task.row, [field].iter(), task.register)?;
        Ok(format!("{}{turned}", in_words(form.called(field))))
    };
    fields.map(named).collect()
}

/// The fields that corrections change: those of the steps, and before them whose entry it is where another field tells that.
fn corrected_or_following(form: &Form) -> impl Iterator<Item = &'static Spec> {
    let department = (!form.whose.is_header()).then_some(&DEPARTMENT.spec);
    let days = form.own_steps().filter_map(|step| step.signed);
    department.into_iter().chain(form.fields().map(|(_, field)| field)).chain(days)
}

/// Writes the correction into the journal. Gives the answer.
fn record(mut task: Task<'_, '_>, checks: Checks<'_>, names: &[String], amounts: [Option<Money>; 2]) -> Result<Answer> {
    let notes = task.settle(checks.breaches())?;
    let Task { change, entry, actor, reason, to, .. } = task;
    change.sql().execute("UPDATE entry SET amendments = amendments + 1 WHERE id = ?1", [entry.id])?;
    change.record(&entry.thing()?, &actor.key, reason.as_deref())?;
    let mut corrected = names.join(language::comma());
    if let [Some(before), Some(after)] = amounts
        && before != after
    {
        let turned = format!("{} → {}", before.grouped(), after.grouped());
        if !corrected.contains(&turned) {
            corrected += &language::in_brackets(&turned);
        }
    }
    let number = entry.titled(change.sql())?;
    let line = if entry.state == to {
        say!("{number}: corrected {corrected}", number, corrected)
    } else {
        say!("{number}: corrected {corrected}; it is decided on again", number, corrected)
    };
    Ok(Answer { notes, ..Answer::new(entry.number, line) })
}

/// A field as an answer calls it: by its heading, in English by its name, as it is typed.
fn in_words(name: &str) -> String {
    if Language::spoken() == Language::En { name.to_owned() } else { heading(name) }
}

fn refuse_nothing(names: &[String], entry: &Entry) -> Result<()> {
    if !names.is_empty() {
        return Ok(());
    }
    Err(Refusal::usage(say!("nothing to correct in {number}", number = entry.number))
        .or(say!(
            "name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook {register} amend --help",
            register = entry.register
        ))
        .into())
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
