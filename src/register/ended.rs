//! What has ended: nothing refers to it, nothing that refers to it goes on to cost money, and nothing that others hang on ends
//! before those are settled. One rule over the fields of every register that refer to an entry.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::entry::{self, Entry};
use super::field::{Kind, Spec};
use super::form::Form;
use super::option::At;
use super::task::Task;
use super::way_on::WayOut;
use super::{forms, way_on};
use crate::book::select::Select;
use crate::language;
use crate::refusal::Refusal;
use crate::say;

/// States of what came to nothing: whatever refers to it is settled before, and nothing refers to it afterwards.
const ENDED: [&str; 5] = ["void", "lost", "cancelled", "rejected", "terminated"];

/// States of what is done: it takes no new money, and may still be referred to, as forms after the sale do.
const DONE: [&str; 2] = ["closed", "archived"];

impl Entry {
    /// Whether it came to nothing.
    pub(crate) fn has_ended(&self) -> bool {
        ENDED.contains(&self.state.as_str())
    }

    /// Refuses where the entry would come to that state while others that refer to it are not settled.
    pub(super) fn refuse_unsettled(&self, book: &Connection, taken: &entry::Step) -> Result<()> {
        let hanging = hanging(book, self, &taken.to)?;
        let Some(first) = hanging.first() else { return self.refuse_rested_on(book, taken) };
        let (number, state) = (&self.number, language::value_of(&self.register, &taken.to));
        let other = &first.number;
        let what = match hanging.len() - 1 {
            0 => say!("{number} cannot be {state} while {other} hangs on it", number, state, other),
            more => {
                say!("{number} cannot be {state} while {other} and {more} more hang on it", number, state, other, more)
            }
        };
        let listed: Vec<String> = hanging.iter().take(LISTED).map(|open| open.way.clone()).collect();
        let way_out = say!("settle first what hangs on it: {listed}", listed = listed.join(language::semicolon()));
        Err(Refusal::rule(&taken.clause, what).or(way_out).into())
    }

    /// Refuses where the entry would be void, as if it had never been, while what came of it stands: a form that told of a shipment
    /// which arrived.
    fn refuse_rested_on(&self, book: &Connection, taken: &entry::Step) -> Result<()> {
        if taken.to != "void" {
            return Ok(());
        }
        for (form, table, field) in references(&self.register) {
            let sql = format!(
                "SELECT e.number, e.state FROM entry AS e JOIN {table} AS o ON o.entry = e.id
                 WHERE e.register = ?1 AND e.ended_on IS NOT NULL AND o.{} = ?2 ORDER BY e.day_on, e.id",
                field.column
            );
            let mut rows = book.prepare_cached(&sql)?;
            let mut rows = rows.query([form.register.name, &self.number])?;
            while let Some(row) = rows.next()? {
                let (other, state): (String, String) = (row.get(0)?, row.get(1)?);
                if ENDED.contains(&state.as_str()) {
                    continue;
                }
                let (number, void) = (&self.number, language::value_of(&self.register, &taken.to));
                let what = say!("{number} cannot be {state} while {other} is based on it", number, state = void, other);
                let way_out = say!(
                    "take that back first with: branchbook undo {other} --reason REASON, or see it with: branchbook history {other}",
                    other
                );
                return Err(Refusal::rule(&taken.clause, what).or(way_out).into());
            }
        }
        Ok(())
    }
}

/// How many of what is to be settled a refusal lists.
const LISTED: usize = 5;

/// An open entry that refers to another.
pub(crate) struct Hanging {
    /// Its number.
    pub(crate) number: String,
    /// Its register.
    pub(crate) register: &'static str,
    /// Its state.
    pub(crate) state: String,
    /// The day that it bears.
    pub(crate) day: NaiveDate,
    /// The clause by which it is led on.
    pub(crate) clause: String,
    /// The command that leads on from there.
    pub(crate) next: String,
    /// Where it stands, with that command and the other verbs that do.
    pub(super) way: String,
}

/// A field of some register that refers to an entry: the form, the table in which it stands, and the field.
pub(super) type Reference = (&'static Form, &'static str, &'static Spec);

impl Spec {
    /// Whether it refers to an entry of this register that has not ended.
    fn refers_to(&self, register: &str) -> bool {
        !self.loose
            && !self.even_ended
            && match self.kind {
                Kind::Project => register == "project",
                Kind::Entry(named) => register == named,
                _ => false,
            }
    }
}

/// Every field of an entry that refers to one of this register, as long as that has not ended.
pub(super) fn references(register: &str) -> impl Iterator<Item = Reference> {
    forms().flat_map(move |form| {
        let own = form.fields().map(|(_, field)| (form.register.name, field));
        own.filter(move |(_, field)| field.refers_to(register)).map(move |(table, field)| (form, table, field))
    })
}

/// The rows of lists that refer to the entry and are not settled; those that are tell of what was.
fn open_rows(book: &Connection, entry: &Entry) -> Result<Vec<Hanging>> {
    let mut hanging = Vec::new();
    for form in forms() {
        for step in form.steps() {
            let Some((list, (settled, verb, typed))) = step.into.and_then(|list| Some((list, list.settled?))) else {
                continue;
            };
            for field in step.fields.iter().filter(|field| field.refers_to(&entry.register)) {
                let sql = format!(
                    "SELECT e.number, l.position, (SELECT s.clause FROM step AS s WHERE s.register = e.register AND s.verb = '{verb}')
                     FROM entry AS e JOIN {} AS l ON l.entry = e.id
                     WHERE e.ended_on IS NULL AND l.undone_on IS NULL AND l.{settled} IS NULL AND l.{} = ?1 ORDER BY e.id, l.position",
                    list.table, field.column
                );
                let mut rows = book.prepare_cached(&sql)?;
                let mut rows = rows.query([&entry.number])?;
                while let Some(row) = rows.next()? {
                    let (number, position, clause): (String, i64, Option<String>) =
                        (row.get(0)?, row.get(1)?, row.get(2)?);
                    let Entry { number, state, day, .. } = Entry::find(book, &number)?;
                    let typed = typed.replace("{position}", &position.to_string());
                    let (register, clause) = (form.register.name, clause.unwrap_or_default());
                    let next = format!("branchbook {register} {verb} {number} {typed}");
                    hanging.push(Hanging { number, register, state, day, clause, way: next.clone(), next });
                }
            }
        }
    }
    Ok(hanging)
}

/// The open entries that hang on one that comes to `state`, in the order of the registers; of what is archived, those that cost
/// money.
pub(crate) fn hanging(book: &Connection, entry: &Entry, state: &str) -> Result<Vec<Hanging>> {
    let all = ENDED.contains(&state) || state == "closed";
    if !all && !DONE.contains(&state) {
        return Ok(Vec::new());
    }
    let mut hanging = if all { open_rows(book, entry)? } else { Vec::new() };
    for (form, table, field) in references(&entry.register).filter(|(.., field)| all || field.spends) {
        let sql = format!(
            "SELECT e.number FROM entry AS e JOIN {table} AS o ON o.entry = e.id
             WHERE e.register = ?1 AND e.ended_on IS NULL AND o.{} = ?2 ORDER BY e.day_on, e.id",
            field.column
        );
        let numbers: Vec<String> = book.column(&sql, [form.register.name, &entry.number])?;
        for number in numbers {
            let open = Entry::find(book, &number)?;
            if hanging.iter().all(|known| known.number != open.number) {
                let WayOut { clause, next, said } = way_on::to_an_end(book, &open)?;
                let Entry { number, state, day, .. } = open;
                hanging.push(Hanging { number, register: form.register.name, state, day, clause, next, way: said });
            }
        }
    }
    Ok(hanging)
}

/// The open entries of a department, the information that it tracks and the forms that wait for its signature, each with what
/// leads it on.
pub(crate) fn open_of_department(book: &Connection, department: &str) -> Result<Vec<String>> {
    let rows: Vec<(String, bool)> = book.rows(
        "SELECT e.number, e.department = ?1 OR i.assigned_to IS ?1 FROM entry AS e LEFT JOIN info AS i ON i.entry = e.id LEFT JOIN contact AS c ON c.entry = e.id
         WHERE e.ended_on IS NULL AND (e.department = ?1 OR i.assigned_to = ?1 OR '; ' || c.addressed_to || '; ' LIKE '%; ' || ?1 || '; %'
            AND NOT EXISTS (SELECT 1 FROM signature AS s WHERE s.entry = e.id AND s.party = ?1 AND s.undone_on IS NULL))
         ORDER BY e.register, e.day_on, e.id",
        [department],
    )?;
    let said = |(number, own): (String, bool)| {
        if own {
            return Ok(way_on::to_an_end(book, &Entry::find(book, &number)?)?.said);
        }
        Ok(say!(
            "{number} waits for its signature: branchbook contact sign {number} --for {department}",
            number,
            department
        ))
    };
    rows.into_iter().map(said).collect()
}

impl Spec {
    /// Refuses to name an entry that came to nothing, and for what costs money one that is closed or archived; `clause` is that of
    /// what names it.
    pub(super) fn refuse_ended(&self, entry: &Entry, clause: &str, at: At) -> Result<()> {
        let Some(what) = self.ended(entry) else { return Ok(()) };
        let way_out = say!("name another with --{option}", option = self.typed_as(at));
        Err(Refusal::rule(clause, what).or(way_out).into())
    }

    /// Why the field names this entry no more: it came to nothing or, where that costs money, is closed or archived; none where it may.
    pub(crate) fn ended(&self, entry: &Entry) -> Option<String> {
        let (number, state) = (&entry.number, language::value_of(&entry.register, &entry.state));
        if entry.has_ended() && !self.even_ended {
            Some(say!("{number} is {state}, and nothing refers to what has ended", number, state))
        } else if self.spends && DONE.contains(&entry.state.as_str()) {
            Some(say!("{number} is {state}, and takes no new money", number, state))
        } else {
            None
        }
    }
}

/// Refuses what would commit money or goods for an entry that came to nothing, by whatever field the entry at hand refers to it.
pub(crate) fn refuse_for_ended(form: &Form, task: &Task<'_, '_>) -> Result<()> {
    let fields = form.fields().map(|(_, field)| field);
    for field in fields.filter(|field| matches!(field.kind, Kind::Project | Kind::Entry(_)) && !field.even_ended) {
        let Some(other) = task.row.text(field.column).map(|number| Entry::find(task.sql(), number)).transpose()? else {
            continue;
        };
        if !other.has_ended() {
            continue;
        }
        let way = way_on::to_nothing(task.sql(), &task.entry, &ENDED)?.said;
        let what = say!(
            "{number} refers to {other}, which is {state}: nothing more is spent on it",
            number = task.entry.number,
            other = other.number,
            state = language::value_of(&other.register, &other.state)
        );
        return Err(Refusal::rule(&task.clause, what).or(say!("settle it: {way}", way)).into());
    }
    Ok(())
}
