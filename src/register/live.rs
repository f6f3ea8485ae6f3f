//! Rows of a file that bear a day on or after the one on which the book went live: what `add` asks of an entry holds for them, and
//! what they breach is one exception of the import. What was decided since is decided in the book, whatever day the row bears.

use std::collections::BTreeSet;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::check::Checks;
use super::ended;
use super::entry;
use super::field::Kind;
use super::form::{Form, Step};
use super::old_decision;
use super::old_field::Field;
use super::old_form;
use super::old_ledger::{Checked, Trouble};
use super::old_rows::{Details, Header, is_there};
use super::option::At;
use super::steps;
use super::task::Task;
use crate::book::change::Change;
use crate::book::closed;
use crate::book::select::Select;
use crate::day::Month;
use crate::import::row::{Cells, Fault};
use crate::language;
use crate::office::live;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::say;

/// What the rows of an import are held to.
pub(super) struct Live {
    form: &'static Form,
    /// The day on which the book went live.
    from: NaiveDate,
    /// Why what the rows breach is excused; none where it is refused.
    reason: Option<String>,
    /// The steps of the register from state to state.
    edges: Vec<Edge>,
    /// The columns that tell of a decision or of what follows one, each with its verb and clause.
    decided: Vec<(&'static str, String, String)>,
    /// The columns that tell of a step which commits the branch, each with its verb and clause.
    committed: Vec<(&'static str, String, String)>,
    /// The states to which no decision needs to lead.
    undecided: BTreeSet<String>,
    /// Whether a row was held to them.
    judged: bool,
    /// The entries that breach a rule, with what it says.
    breaches: Vec<(i64, Refusal)>,
}

/// A step of the register from state to state.
pub(super) struct Edge {
    pub(super) verb: String,
    from: String,
    pub(super) step: entry::Step,
}

impl Live {
    /// What holds for the rows of a file that comes into this register; `reason` is that of `--exception`.
    pub(super) fn begin(form: &'static Form, book: &Connection, reason: Option<&str>) -> Result<Self> {
        let from = live::day(book)?;
        let edges = edges(book, form.register.name)?;
        let steps = form.own_steps().filter(|step| !step.sign.is_empty()).map(|step| (step.sign, step.name));
        let decisions = form.decisions().filter_map(|decision| Some((decision.told?.on, decision.name)));
        let deeds = decisions.chain(steps).chain(form.old.deeds.iter().copied());
        let undecided = undecided(&edges);
        let follows = |edge: &Edge| form.decisions().next().is_some() && !undecided.contains(&edge.from);
        let told = |(column, verb): (&'static str, &str), of: &dyn Fn(&Edge) -> bool| {
            let edge = edges.iter().find(|edge| edge.verb == verb && of(edge))?;
            Some((column, edge.verb.clone(), edge.step.clause.clone()))
        };
        let decided = deeds.filter_map(|deed| told(deed, &|edge| edge.step.decides() || follows(edge))).collect();
        let committing = form.own_steps().filter(|step| step.commits && !step.sign.is_empty());
        let committed = committing.filter_map(|step| told((step.sign, step.name), &|edge| !follows(edge))).collect();
        let (reason, breaches) = (reason.map(str::to_owned), Vec::new());
        Ok(Self { form, from, reason, edges, decided, committed, undecided, judged: false, breaches })
    }

    /// Whether the rules of `add` hold for a row that bears this day.
    pub(super) fn holds(&self, day: NaiveDate) -> bool {
        day >= self.from
    }

    /// Refuses a decision of a day on which the book was live already.
    pub(super) fn refuse_decided(&self, cells: &Cells<'_>, header: &Header) -> Result<(), Fault> {
        for (column, verb, clause) in &self.decided {
            let on = match cells.text(column)? {
                None => continue,
                Some(_) if column.ends_with("_on") => cells.day(column)?,
                Some(_) => Some(header.ended.unwrap_or(header.day)),
            };
            let Some(on) = on.filter(|on| self.holds(*on)) else { continue };
            let what = say!("tells of {on}, and from {from} on that is decided in the book", on, from = self.from);
            return Err(Fault::of(column, self.left_out(clause, what, verb, on)));
        }
        if self.holds(header.day) && !self.undecided.contains(&header.state) {
            let state = language::value(&header.state);
            let what = say!(
                "an entry that is {state} was decided on, and from {from} on that is done in the book",
                state,
                from = self.from
            );
            let (verb, clause) = self.decided.first().map_or(("", ""), |(_, verb, clause)| (verb, clause));
            return Err(Fault::of("state", self.left_out(clause, what, verb, header.day)));
        }
        Ok(())
    }

    /// What a new row tells that is taken, and noted: what is open rests on decisions that the book does not have, and what committed
    /// the branch since the book is live was not weighed in it.
    pub(super) fn noted(
        &self,
        change: &Change<'_>,
        cells: &Cells<'_>,
        header: &Header,
        told: (&[Field], &Details),
    ) -> Checked<Vec<Refusal>> {
        let mut noted = old_decision::judge(self.form, &self.edges, change, header, told)?;
        for (column, verb, clause) in &self.committed {
            let Some(on) = cells.day(column)?.filter(|on| self.holds(*on)) else { continue };
            let verb = language::value(verb);
            let what = say!(
                "the file tells of {verb} on {on}, and the book was live from {from} on",
                verb,
                on,
                from = self.from
            );
            noted.push(Refusal::rule(clause, what));
        }
        Ok(noted)
    }

    fn left_out(&self, clause: &str, what: String, verb: &str, on: NaiveDate) -> String {
        let register = self.form.register.name;
        // Information is reported by department and month.
        let which = if self.form.steps().any(|step| step.name == verb)
            || self.form.decisions().any(|decision| decision.name == verb)
        {
            "NUMBER".to_owned()
        } else {
            format!("--department DEPARTMENT --month {}", Month::of(on))
        };
        let way_out = say!(
            "leave it out, and enter it with: branchbook {register} {verb} {which} --by PERSON --on {on}",
            register,
            verb,
            which,
            on = on.to_string()
        );
        Refusal::rule(clause, what).or(way_out).to_string()
    }

    /// Holds a row to what `add` asks for on its day, in the name of the person that it is about. Gives what it breaches.
    pub(super) fn judge(
        &mut self,
        change: &mut Change<'_>,
        number: &str,
        header: &Header,
        (fields, details): (&[Field], &mut Details),
        cells: &Cells<'_>,
    ) -> Checked<Vec<Refusal>> {
        if change.late.is_none() && Month::of(header.day) < Month::of(change.today()) {
            closed::refuse_closed(change.sql(), header.day)
                .map_err(|error| Trouble::of(self.form.register.day, error))?;
        }
        self.judged = true;
        let today = std::mem::replace(&mut change.on, header.day);
        let judged = self.judged(change, number, header, (fields, details));
        change.on = today;
        let (breaches, noted) = judged.map_err(|error| match error.downcast::<Refusal>() {
            Ok(refusal) => Trouble::Row(Fault::whole(refusal.to_string())),
            Err(error) => Trouble::Book(error),
        })?;
        if let (None, Some(breach)) = (&self.reason, breaches.first()) {
            let what = Refusal { way_out: None, ..breach.clone() }.to_string();
            let record = say!("record what the rows breach as one exception with --exception REASON");
            let given = self.given_by_file(breach, cells);
            let way_out = given
                .map_or_else(|| record.to_owned(), |given| say!("{given}; or {otherwise}", given, otherwise = record));
            return Err(Fault::whole(say!("{sentence}; {way_out}", sentence = what, way_out)).into());
        }
        Ok(breaches.into_iter().chain(noted).collect())
    }

    /// How a file gives what the command line gives by the options that the way out of a breach names: those of fields that nothing
    /// feeds. None where there are no such, and where the way out is another command.
    fn given_by_file(&self, breach: &Refusal, cells: &Cells<'_>) -> Option<String> {
        let way_out = breach.way_out.as_deref().filter(|way_out| !way_out.contains("branchbook "))?;
        let short = old_form::short(self.form);
        let mut words = way_out.split_whitespace().peekable();
        let (mut sets, mut field) = (Vec::new(), None);
        while let Some(word) = words.next() {
            let (Some(long), Some(value)) = (word.strip_prefix("--"), words.peek()) else { continue };
            let name = short.iter().find(|(option, _)| *option == long).map_or(long, |(_, name)| name);
            if cells.names(name) && !cells.has(name) {
                sets.push(format!("--set {long}={}", value.trim_end_matches([',', ';', '，', '；'])));
                field.get_or_insert(long);
            }
        }
        let (set, field) = (language::any_of(&sets), field?);
        Some(say!("give it to every row with {set}, or name its column with --map {field}=COLUMN", set, field))
    }

    fn judged(
        &self,
        change: &mut Change<'_>,
        number: &str,
        header: &Header,
        (fields, details): (&[Field], &mut Details),
    ) -> Result<(Vec<Refusal>, Vec<Refusal>)> {
        let Some(step) = self.form.steps().next() else { return Ok(Default::default()) };
        let first =
            entry::Step::look_up(change.sql(), self.form.register.name, step.name, "", None)?.unwrap_or_default();
        let mut checks = Checks::of(true, Some(""));
        // Who an entry is about did it, save where that is somebody else whom the clerk names.
        let named = step.fields.iter().any(|field| field.column == "person" && !field.corrected);
        let by = if named { change.recorder.person.clone() } else { Person::find(change.sql(), &header.person)? };
        checks.excuse(steps::acting(step, &first, (None, Some(&by.key)), change).map(drop))?;
        let mut task = Task::opening(change, self.form, &first, by)?;
        number.clone_into(&mut task.entry.number);
        task.entry.department.clone_from(&header.department);
        task.entry.day = header.day;
        task.entry.person.clone_from(&header.person);
        enter(&mut task, step, header, (fields, details));
        checks.excuse(steps::permit(step.who, &task))?;
        if step.commits {
            ended::refuse_for_ended(self.form, &task)?;
        }
        checks.guards(&mut task, step.guards)?;
        checks.entry(&mut task, self.form.rules)?;
        checks.papers(&mut task, step.fields, At::Step)?;
        for (field, value) in fields.iter().zip(&mut details.values) {
            value.clone_from(task.row.value(field.column));
        }
        Ok((checks.breaches().into_refused(), task.noted_breaches()))
    }

    /// Remembers what an entry breaches.
    pub(super) fn remember(&mut self, entry: i64, breaches: Vec<Refusal>) {
        self.breaches.extend(breaches.into_iter().map(|breach| (entry, breach)));
    }

    /// Writes the exception that the import is. Gives what the person should know.
    pub(super) fn finish(self, change: &Change<'_>) -> Result<Option<String>> {
        if self.breaches.is_empty() {
            let needless = self.reason.filter(|_| self.judged);
            return Ok(needless.map(|_| say!("no row breaches a rule, and --exception was not needed").to_owned()));
        }
        let reason = self.reason.as_deref().unwrap_or(say!("noted by the import"));
        change.sql().execute("UPDATE import SET exception = ?2 WHERE id = ?1", (change.import, reason))?;
        let mut insert = change.sql().prepare("INSERT INTO import_breach VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for ((entry, breach), position) in self.breaches.iter().zip(1_i64..) {
            let clause = breach.clause.as_deref().unwrap_or_default();
            insert.execute((change.import, position, entry, clause, &breach.what))?;
        }
        let entries: BTreeSet<i64> = self.breaches.iter().map(|(entry, _)| *entry).collect();
        Ok(Some(say!(
            "recorded as one exception, see branchbook report exceptions; entries that breach a rule: {count}",
            count = entries.len()
        )))
    }
}

/// Refuses what is told of a day on which the book was live already, for that is no history; but for an entry that the book has, with
/// which the row is compared.
pub(crate) fn refuse_live(
    (book, cells): (&Connection, &Cells<'_>),
    field: &'static str,
    day: NaiveDate,
    (clause, way_out): (&'static str, &str),
) -> Checked<()> {
    let live = live::day(book)?;
    let number = cells.text("number")?;
    if day < live || number.map_or(Ok(false), |number| is_there(book, number))? {
        return Ok(());
    }
    let what = say!("tells of {on}, and since {from} that is entered in the book", on = day, from = live);
    Err(Fault::of(field, Refusal::rule(clause, what).or(way_out).to_string()).into())
}

/// Enters what the row says into the fields of `add`, and what else it says besides.
fn enter(task: &mut Task<'_, '_>, step: &Step, header: &Header, (fields, details): (&[Field], &Details)) {
    let empty = |value: &Value| matches!(value, Value::Null);
    for field in step.fields.iter().filter(|field| !field.loose && !field.corrected) {
        match (field.column, field.kind) {
            ("department", _) => task.row.enter(field, Value::Text(header.department.clone())),
            ("person", _) => task.row.enter(field, Value::Text(header.person.clone())),
            (_, Kind::Rows(list)) => {
                let rows = details.lists.iter().find(|known| known.table == list.table);
                let rows = rows.map(|known| known.rows.clone()).unwrap_or_default();
                task.row.enter_list(field, list, rows);
            }
            (column, _) => {
                let place = fields.iter().position(|known| known.column == column);
                let value = place.and_then(|place| details.values.get(place));
                if let Some(value) = value.filter(|value| !empty(value)) {
                    task.row.enter(field, value.clone());
                }
            }
        }
    }
    task.row.has_been(fields.iter().map(|field| field.column).zip(&details.values));
}

/// The steps of a register.
fn edges(book: &Connection, register: &str) -> Result<Vec<Edge>> {
    book.each("SELECT verb, from_state, to_state, role, clause FROM step WHERE register = ?1", [register], |row| {
        let roles: String = row.get(3)?;
        let roles = roles.split_whitespace().map(str::to_owned).collect();
        Ok(Edge {
            verb: row.get(0)?,
            from: row.get(1)?,
            step: entry::Step { to: row.get(2)?, roles, clause: row.get(4)? },
        })
    })
}

/// The states that steps lead to of which none is a decision.
fn undecided(edges: &[Edge]) -> BTreeSet<String> {
    let mut reached = BTreeSet::from([String::new()]);
    loop {
        let known = reached.len();
        for edge in edges.iter().filter(|edge| !edge.step.decides()) {
            if reached.contains(&edge.from) {
                reached.insert(edge.step.to.clone());
            }
        }
        if reached.len() == known {
            return reached;
        }
    }
}
