//! Taking back what was entered last of something of the office, such as a role that was given to the wrong person: its rows are again
//! what the journal says that they were before, and the journal keeps both.

use std::borrow::Cow;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use serde_json::Value;

use super::kinds::{KINDS, Kind, Way};
use super::right::{May, Undoing};
use super::rows;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::standing::Standing;
use crate::book::thing::Thing;
use crate::day::MonthArg;
use crate::desk::{Answer, Desk};
use crate::language;
use crate::nearest;
use crate::office::{department, name};
use crate::person::Person;
use crate::refusal::{self, Refusal};
use crate::register::entry::thing_named;
use crate::register::history;
use crate::register::undo::taken::Taken;
use crate::register::undo::{refuse_before, require_reason, to_be_named, with_changes};
use crate::say;
use crate::series;

/// What of the office is meant by these words: its kind and its key, as one word or as several. None where they are the number of an
/// entry.
pub(super) struct Meant {
    kind: &'static Kind,
    words: Vec<String>,
}

impl Meant {
    /// Reads the words.
    pub(super) fn of(words: &[String]) -> Option<Self> {
        let (first, others) = words.split_first()?;
        let mut words = first.split_whitespace().map(str::to_owned).chain(others.iter().cloned());
        let first = words.next()?.to_lowercase();
        // The office itself is the book's.
        let (name, key) = if first == "office" { ("book", Some("1".to_owned())) } else { (first.as_str(), None) };
        let kind = KINDS.iter().find(|kind| kind.name == name)?;
        Some(Self { kind, words: key.into_iter().chain(words).collect() })
    }

    /// What the journal calls the command.
    pub(super) const fn verb(&self) -> &'static str {
        self.kind.verb
    }

    /// The thing, and what people call it.
    fn thing(&self, change: &Change<'_>) -> Result<(Thing, String)> {
        let book = change.sql();
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let office = |keys: &[&str]| Thing::office(self.kind.name, keys);
        let month = |typed: &str| -> Result<String> { Ok(typed.parse::<MonthArg>()?.on(change.today()).to_string()) };
        match (self.kind.name, words.as_slice()) {
            ("staff", [who]) => {
                let person = Person::find(book, who)?;
                Ok((office(&[&person.key])?, person.to_string()))
            }
            ("department", [which]) => {
                let key = department::find(book, which)?.key;
                Ok((office(&[&key])?, language::value(&key).into_owned()))
            }
            ("quota", [.., holder]) => {
                let person = department::look_up(book, holder)?.is_none();
                let key = if person { Person::find(book, holder)?.key } else { department::find(book, holder)?.key };
                Ok((
                    office(&[if person { "person" } else { "department" }, &key])?,
                    language::people(&key).into_owned(),
                ))
            }
            ("target" | "report", [which, of]) => {
                let (key, of) = (department::find(book, which)?.key, month(of)?);
                Ok((office(&[&key, &of])?, format!("{} {of}", language::value(&key))))
            }
            ("submission" | "order-review", [of]) => {
                let of = month(of)?;
                Ok((office(&[&of])?, of))
            }
            ("holiday", [day]) => {
                let day = change.day_near(day.parse()?).to_string();
                Ok((office(&[&day])?, day))
            }
            ("series", [which]) => {
                let key = series::named(book, which)?;
                Ok((office(&[&key])?, key))
            }
            ("book", _) => Ok((office(&["1"])?, name::of_office(book)?)),
            (_, [key]) if !matches!(self.kind.name, "staff" | "department" | "target" | "report") => {
                Ok((office(&[key])?, (*key).to_owned()))
            }
            (name, _) => Err(Refusal::usage(say!("what of the office is taken back is named by its kind and its key"))
                .or(say!("type: branchbook undo {name} {keys}", name, keys = self.kind.keys))
                .into()),
        }
    }
}

/// What is said where there is no such entry: where something of the office is called so, how that is taken back.
pub(super) fn or_of_the_office(desk: &mut Desk<'_>, words: &[String], error: anyhow::Error) -> anyhow::Error {
    let Some(refusal) = error.downcast_ref::<Refusal>().filter(|refusal| refusal.kind == refusal::Kind::NotFound)
    else {
        return error;
    };
    let Ok(Some(thing)) = desk.book().and_then(|book| called(book.reader(), &words.join(" "))) else { return error };
    let way_out = say!("what was entered last of it is taken back with: branchbook undo {thing}", thing);
    Refusal { way_out: Some(way_out), ..refusal.clone() }.into()
}

/// What stands behind `undo` for what is called so, where that is something of the office.
fn called(book: &Connection, word: &str) -> Result<Option<String>> {
    let known = "SELECT 'staff ' || key FROM person WHERE plain(key) = plain(?1) OR name = ?1
        UNION ALL SELECT 'department ' || key FROM department WHERE plain(key) = plain(?1) OR name_zh = ?1
        UNION ALL SELECT 'rule ' || key FROM figure WHERE key = ?1 LIMIT 1";
    book.value(known, [word.trim()])
}

/// Takes back what was entered last of something of the office.
///
/// # Errors
/// A refusal where nothing was entered that could be taken back, a command of its own does it, a reason lacks, the actor may not
/// enter such a thing, or something else rests on it.
pub(super) fn take_back(
    change: &mut Change<'_>,
    meant: &Meant,
    by: Option<&str>,
    reason: Option<&str>,
) -> Result<Answer> {
    let (thing, called) = meant.thing(change)?;
    let step = last(change.sql(), meant.kind, &thing, &called)?;
    take_back_step(change, meant.kind, (&thing, &called, &step), by, reason)
}

/// Takes back what an import brought of this thing; refused where that was touched since.
pub(super) fn take_back_import(change: &mut Change<'_>, thing: &str, by: Option<&str>, reason: &str) -> Result<()> {
    let known = Meant::of(&[thing.to_owned()]).zip(thing_named(change.sql(), thing)?);
    let Some((meant, thing)) = known else {
        return Err(Refusal::usage(say!("{thing} is not taken back by undo", thing))
            .or(say!("correct what it brought one by one"))
            .into());
    };
    let called = language::thing(&thing.name).into_owned();
    let step = last(change.sql(), meant.kind, &thing, &called)?;
    if !step.command.ends_with(" import") {
        let what = say!("{called} has moved on: {command} of {day}", called, command = deed_of(&step), day = step.on);
        let way_out = say!("take that back first with: branchbook undo {number}", number = thing.name);
        return Err(Refusal::rule("R4.8", what).or(way_out).into());
    }
    take_back_step(change, meant.kind, (&thing, &called, &step), by, Some(reason)).map(|_| ())
}

/// Takes back a step of something of the office.
fn take_back_step(
    change: &mut Change<'_>,
    kind: &Kind,
    (thing, called, step): (&Thing, &str, &Taken),
    by: Option<&str>,
    reason: Option<&str>,
) -> Result<Answer> {
    let key = thing.name.rsplit(' ').next().unwrap_or_default().to_owned();
    let may = match kind.commands.iter().find(|(command, _)| *command == step.command) {
        Some((_, Way::Undo(may))) => may,
        Some((_, Way::Instead(way))) => {
            let way = way.replace("{key}", &key);
            let what = say!("{command} of {called} is not taken back by undo", command = deed_of(step), called);
            return Err(Refusal::usage(what).or(say!("put it right with: branchbook {way}", way)).into());
        }
        None => return Err(from_the_beginning(kind, thing, called).into()),
    };
    refuse_before(change, called, step)?;
    let (before, after) = step.around(change.sql(), thing)?;
    let undoing = may.begin(change, by, (thing, &key, step), (&before, &after));
    let reasoned = require_reason(change, called, step, reason, (typed(kind, thing), by));
    if let Some(by) = to_be_named(&reasoned, &undoing) {
        require_reason(change, called, step, reason, (typed(kind, thing), Some(&by)))?;
    }
    let (undoing, _) = (undoing?, reasoned?);
    if rows::is_gone(&before) && matches!(may, May::Terms | May::Department) {
        refuse_named(change.sql(), thing, &key, called)?;
    }
    let note = undoing.note(change, reason)?;
    take_ledger_along(change, thing, (&key, step), &undoing, note.as_deref())?;
    lead_back(change, thing, (&before, &after))?;
    undoing.end(change)?;
    change.record_undo_as(kind.verb, thing, &undoing.actor.key, note.as_deref(), step.id)?;
    let (command, day) = (deed_of(step), step.on);
    let line = if kind.name == "submission" {
        say!("{called}: {command} of {day} is taken back, and the month is open again", called, command, day)
    } else {
        say!("{called}: {command} of {day} is taken back", called, command, day)
    };
    let changes = history::changed_last(change.sql(), None, thing)?;
    Ok(Answer::new(key, with_changes(line, &changes)))
}

/// The command of a step as a person reads it.
fn deed_of(step: &Taken) -> Cow<'_, str> {
    language::value_in("verb", &step.command)
}

/// The line that takes something of the office back.
fn typed(kind: &Kind, thing: &Thing) -> String {
    format!("branchbook undo {}", if kind.name == "book" { "office" } else { &thing.name })
}

/// What was entered last of it.
fn last(book: &Connection, kind: &Kind, thing: &Thing, called: &str) -> Result<Taken> {
    if let Some(step) = Taken::latest(book, &thing.name)? {
        return Ok(step);
    }
    let known: Vec<String> =
        book.column("SELECT DISTINCT thing FROM journal WHERE thing LIKE ?1 || ' %'", [kind.name])?;
    if known.contains(&thing.name) {
        let what = say!("everything that was entered of {kind} {called} is taken back", kind = kind.name, called);
        let see = say!("see branchbook journal --thing \"{thing}\"", thing = thing.name);
        return Err(Refusal::usage(what).or(see).into());
    }
    let near = nearest::nearest(
        &thing.name,
        known.iter().map(|known| (vec![known.as_str()], language::thing(known).into_owned())),
    );
    let see = say!("see what was entered with: branchbook journal");
    let way_out =
        nearest::did_you_mean(&near).map_or_else(|| see.to_owned(), |meant| language::one_after_the_other(&meant, see));
    let what = say!("nothing stands of {kind} {called} that was entered", kind = kind.name, called);
    Err(Refusal::not_found(what).or(way_out).into())
}

/// The refusal to take back what the book was made with.
fn from_the_beginning(kind: &Kind, thing: &Thing, called: &str) -> Refusal {
    let see = match kind.name {
        "staff" | "department" | "rule" => {
            let key = thing.name.rsplit(' ').next().unwrap_or_default();
            say!("see branchbook {kind} history {key}", kind = kind.name, key)
        }
        _ => say!("see branchbook journal --thing \"{thing}\"", thing = thing.name),
    };
    Refusal::usage(say!("{called} stands as it was when the book was made", called)).or(see)
}

/// Refuses where something in the book names a person or department that would not be there any more.
fn refuse_named(book: &Connection, thing: &Thing, key: &str, called: &str) -> Result<()> {
    let sql = "SELECT thing FROM journal WHERE thing NOT IN (?1, 'series ' || ?2) AND (actor = ?2 OR recorder = ?2 OR thing LIKE '% ' || ?2
            OR instr(record, '\"' || ?2 || '\"') OR instr(record, '\"' || ?2 || '; ') OR instr(record, '; ' || ?2 || '\"')
            OR instr(record, '; ' || ?2 || '; ')) ORDER BY id DESC LIMIT 1";
    let Some(other) = book.value::<String>(sql, (&thing.name, key))? else {
        return Ok(());
    };
    let what = say!("{other} names {called}, which stays therefore", other = language::thing(&other), called);
    let way_out = if thing.name.starts_with("staff ") {
        say!("end the terms with: branchbook staff end {key}", key)
    } else {
        say!("end it with: branchbook department end {key} --reason REASON", key)
    };
    Err(Refusal::rule("R4.8", what).or(way_out).into())
}

/// The ledger that was opened with a department is taken back with it.
fn take_ledger_along(
    change: &mut Change<'_>,
    thing: &Thing,
    (key, step): (&str, &Taken),
    undoing: &Undoing,
    note: Option<&str>,
) -> Result<()> {
    if thing.name != format!("department {key}") {
        return Ok(());
    }
    let ledger = Thing::office("series", &[key])?;
    let Some(opened) = Taken::latest(change.sql(), &ledger.name)? else { return Ok(()) };
    if (&opened.command, &opened.at) != (&step.command, &step.at) {
        return Ok(());
    }
    let (before, after) = opened.around(change.sql(), &ledger)?;
    lead_back(change, &ledger, (&before, &after))?;
    change.record_undo_as("department undo", &ledger, &undoing.actor.key, note, opened.id)
}

/// Has the rows of a thing as they were; refused where what was entered since does not let them be.
fn lead_back(change: &Change<'_>, thing: &Thing, standings: (&Standing, &Standing)) -> Result<()> {
    rows::lead_back(change.sql(), &thing.tables(), standings).map_err(|error| match error.downcast_ref() {
        Some(rusqlite::Error::SqliteFailure(failure, _))
            if failure.code == rusqlite::ErrorCode::ConstraintViolation =>
        {
            let what = say!("{thing} cannot be as it was beside what was entered since", thing = thing.name);
            let see = say!("see what was entered with: branchbook journal");
            Refusal::rule("R4.8", what).or(see).into()
        }
        _ => error,
    })
}

/// The days on which rows begin that differ.
pub(super) fn first_days(rows: &[Value], others: &[Value]) -> Vec<NaiveDate> {
    let day = |row: &Value| row.get("from_on").and_then(Value::as_str).and_then(|day| day.parse().ok());
    rows.iter().filter(|row| !others.contains(row)).filter_map(day).collect()
}
