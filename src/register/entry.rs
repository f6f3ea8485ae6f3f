//! Entries: opening one with its number, leading it from step to step, correcting and voiding it.

mod opening;

use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, Params, ToSql};

pub(crate) use self::opening::{Imported, insert, insert_imported, insert_void, series};
pub use self::opening::{Opening, open};
pub(crate) use super::entry_step::Step;
use super::form;
use super::undo::taken::standing;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::format::Format;
use crate::language;
use crate::nearest::{did_you_mean, nearest};
use crate::office::counted;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::say;
use crate::series::number::{self};
use crate::text;
use crate::view::with_views;

/// What every entry of every register has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What other tables refer to.
    pub id: i64,
    /// The register.
    pub(crate) register: String,
    /// The number on the paper.
    pub number: String,
    /// Whose entry it is.
    pub(crate) department: String,
    /// The day it bears.
    pub(crate) day: NaiveDate,
    /// Whom it is about: issued or collected by.
    pub(crate) person: String,
    /// Where it stands.
    pub(crate) state: String,
}

impl Entry {
    /// The entry of this number, typed in whatever case and spacing; none where there is none.
    pub(crate) fn look_up(book: &Connection, number: &str) -> Result<Option<Self>> {
        book.first(
            &with_views("SELECT id, register, number, department, day_on, person, state FROM entry WHERE number = ?1"),
            [text::number(number)],
            |row| {
                Ok(Self {
                    id: row.get(0)?,
                    register: row.get(1)?,
                    number: row.get(2)?,
                    department: row.get(3)?,
                    day: row.get(4)?,
                    person: row.get(5)?,
                    state: row.get(6)?,
                })
            },
        )
    }

    /// The entry of this number.
    ///
    /// # Errors
    /// A refusal of kind not found where there is none.
    pub fn find(book: &Connection, number: &str) -> Result<Self> {
        match Self::look_up(book, number)? {
            Some(entry) => Ok(entry),
            None => Err(missing(book, &text::number(number))?.into()),
        }
    }

    /// The entry of this number, or the only one whose number ends with these digits: to be looked at, since what is done to an entry
    /// names it whole.
    pub(crate) fn find_to_read(book: &Connection, number: &str) -> Result<Self> {
        let digits = text::number(number);
        if digits.len() >= SHORTEST_END && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            if let Some(entry) = Self::look_up(book, &digits)? {
                return Ok(entry);
            }
            if let [only] = ending(book, &digits)?.as_slice() {
                return Self::find(book, only);
            }
        }
        Self::find(book, number)
    }

    /// The entry of this number in this register.
    pub(crate) fn find_in(book: &Connection, register: &str, number: &str) -> Result<Self> {
        let entry = Self::find(book, number)?;
        if entry.register == register {
            return Ok(entry);
        }
        Err(Refusal::usage(say!(
            "{number} is an entry of {its_register}, not of {register}",
            number = entry.number,
            its_register = language::value(&entry.register),
            register = language::value(register)
        ))
        .or(say!("type: branchbook {register} …", register = entry.register))
        .into())
    }

    /// What the entry is about, in quotation marks and in words that everybody may read, and to whom it goes; nothing of a number
    /// that was only reserved.
    pub(crate) fn title(&self, book: &Connection) -> Result<String> {
        let register = super::named(&self.register)?;
        let what = if register.said.is_empty() { register.about() } else { register.said.into() };
        let party = if register.party.is_empty() { "NULL" } else { register.party };
        let sql = format!("SELECT {what}, {party} FROM {} WHERE id = ?1", register.view);
        let (title, party): (Option<String>, Option<String>) = book.whole(&with_views(&sql), [self.id])?;
        let Some(title) = title.map(|title| language::of(register.name, || language::about(&title))) else {
            return Ok(String::new());
        };
        Ok(match party {
            None => say!("\"{title}\"", title),
            Some(party) => say!("\"{title}\" to {party}", title, party = language::people(&party)),
        })
    }

    /// Its number, and what it is about.
    pub(crate) fn titled(&self, book: &Connection) -> Result<String> {
        Ok(format!("{} {}", self.number, self.title(book)?).trim_end().to_owned())
    }

    /// An answer that begins with the entry's number, and what it is about behind that: who types a wrong number sees it.
    pub(crate) fn hit(&self, book: &Connection, line: String) -> Result<String> {
        match line.strip_prefix(&self.number) {
            Some(rest) => Ok(format!("{}{rest}", self.titled(book)?)),
            None => Ok(line),
        }
    }

    /// Refuses a reserved number, which has no fields yet.
    pub(crate) fn refuse_reserved(&self, what: &str) -> Result<()> {
        if self.state != "reserved" {
            return Ok(());
        }
        Err(Refusal::rule("R4.8", say!("{number} is only reserved and cannot be {what}", number = self.number, what))
            .or(say!(
                "fill it in with: branchbook {register} add --number {number} …",
                register = self.register,
                number = self.number
            ))
            .into())
    }

    /// Refuses a void entry, which stays as it is.
    pub(crate) fn refuse_void(&self) -> Result<()> {
        if self.state != "void" {
            return Ok(());
        }
        Err(Refusal::rule("R4.8", say!("{number} is void and stays as it is", number = self.number))
            .or(say!(
                "where that is a slip, take it back with: branchbook undo {number} --reason REASON",
                number = self.number
            ))
            .into())
    }

    /// Nothing happens to an entry before the day that it bears.
    pub(crate) fn refuse_before_opening(&self, change: &Change<'_>) -> Result<()> {
        match self.before_opening(change.on) {
            Some(refusal) => Err(refusal.or(say!("give the day it happened with --on DATE")).into()),
            None => Ok(()),
        }
    }

    /// The refusal of a day before that which the entry bears; none where it is no earlier.
    pub(super) fn before_opening(&self, on: NaiveDate) -> Option<Refusal> {
        let (number, day) = (&self.number, self.day);
        let what = || say!("{number} bears the day {day}, and nothing happens to it on {on}", number, day, on);
        (on < day).then(|| Refusal::usage(what()))
    }

    /// Refuses a step on a day before the last step of the entry, as the journal knows it; corrections, imports and the reserving
    /// of numbers, which tell of other days, do not count.
    pub(crate) fn refuse_before_last(&self, change: &Change<'_>, what: &str) -> Result<()> {
        self.refuse_before_opening(change)?;
        // Where an entry bears the day on which it was entered, that day is the header's, also once it is corrected.
        let form = super::named(&self.register)?.form;
        let bears = |form: &form::Form| form.fields().any(|(_, field)| field.column == "day_on" && !field.corrected);
        let last: Option<(String, NaiveDate)> = change.sql().row(
            concat!("SELECT verb, happened_on FROM journal WHERE thing = ?1 AND verb NOT LIKE '% amend' AND verb NOT LIKE '% import'
                AND verb NOT LIKE '% attach' AND verb NOT LIKE 'series %' AND (?2 OR verb NOT LIKE '% add') AND ", standing!(), " ORDER BY happened_on DESC, id DESC LIMIT 1"),
            (&self.number, form.is_some_and(bears)),
        )?;
        let Some((verb, day)) = last.filter(|(_, day)| change.on < *day) else { return Ok(()) };
        let (number, on) = (&self.number, change.on);
        let what = match self.deed(change.sql(), &verb)? {
            Some(deed) => {
                say!("{number} was {deed} on {day} and cannot be {what} on {on}", number, deed, day, what, on)
            }
            None => say!("{number} has {verb} on {day} and cannot be {what} on {on}", number, verb, day, what, on),
        };
        Err(Refusal::usage(what).or(say!("give the day it happened with --on DATE")).into())
    }

    /// What a verb did to the entry: `signed`; none where it is neither declared nor leads to another state.
    pub(super) fn deed(&self, book: &Connection, verb: &str) -> Result<Option<String>> {
        let name = verb.split_once(' ').map_or(verb, |(_, name)| name);
        if let Some(deed) = super::deed(&self.register, name) {
            return Ok(Some(deed.into_owned()));
        }
        let state: Option<String> = book.value(
            "SELECT to_state FROM step WHERE register = ?1 AND verb = ?2 AND to_state <> from_state",
            (&self.register, name),
        )?;
        Ok(state.map(|state| language::value_of(&self.register, &state).into_owned()))
    }

    /// Refuses a new day under which the entry's number would be another.
    pub(crate) fn check_new_day(&self, book: &Connection, day: NaiveDate) -> Result<()> {
        let Some(series) = number::series_of(book, &self.register, &self.department)? else { return Ok(()) };
        let template = number::template_on(book, &series, day)?;
        if template.serial_of(&template.prefix(day), &self.number).is_some() {
            return Ok(());
        }
        Err(Refusal::rule(
            "R4.8",
            say!(
                "on {day} the series {series} prints {template}, so {number} cannot bear that day",
                day,
                series,
                template,
                number = self.number
            ),
        )
        .or(say!("void it and enter a new one on the right day"))
        .into())
    }

    /// Appends a row to a list of the entry: each column with its value. Where records hold the rows of this list one by one, the
    /// entry's next one holds it. Gives the row's position.
    pub(crate) fn append(
        &self,
        change: &Change<'_>,
        list: &'static str,
        columns: &[(&str, &dyn ToSql)],
    ) -> Result<i64> {
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let sql = format!(
            "INSERT INTO {list} (position, entry, {}) SELECT max(coalesce(max(position), 0), 0) + 1, {} FROM {list} WHERE entry = ?1 RETURNING position",
            names.join(", "),
            vec!["?"; columns.len() + 1].join(", ")
        );
        let values: Vec<&dyn ToSql> =
            std::iter::once(&self.id as &dyn ToSql).chain(columns.iter().map(|(_, value)| *value)).collect();
        let position = change.sql().only(&sql, values.as_slice())?;
        if self.thing()?.growing().contains(&list) {
            change.wrote(list, self.id, position);
        }
        Ok(position)
    }

    /// Carries an `UPDATE` of rows of a list that grows out, and has the entry's next journal record hold them.
    pub(crate) fn update(
        &self,
        change: &Change<'_>,
        list: &'static str,
        update: &str,
        values: impl Params,
    ) -> Result<()> {
        let mut statement = change.sql().prepare_cached(&format!("{update} RETURNING position"))?;
        for position in statement.query_map(values, |row| row.get(0))? {
            change.wrote(list, self.id, position?);
        }
        Ok(())
    }

    /// The entry as the journal follows it.
    ///
    /// # Errors
    /// Fails where the journal does not follow the register.
    pub fn thing(&self) -> Result<Thing> {
        Ok(Thing::entry(super::named(&self.register)?.tables(), self.id, &self.number))
    }

    /// The day from which it counts that it was entered: that of entry where the person whom it is about entered it, that which it
    /// bears where a clerk wrote it down (Q9); none of what an import brought.
    pub(crate) fn counted_since(&self, book: &Connection) -> Result<Option<NaiveDate>> {
        let found: Option<(bool, NaiveDate, String)> =
            book.row("SELECT import IS NOT NULL, entered_on, entered_by FROM entry WHERE id = ?1", [self.id])?;
        let Some((false, entered, hand)) = found else { return Ok(None) };
        counted::since(book, (&hand, &self.person), (self.day, entered)).map(Some)
    }

    /// What an import read of it: the first 64 bits of the SHA-256 of its row; none where it was entered by hand.
    pub(crate) fn fingerprint(&self, book: &Connection) -> Result<Option<i64>> {
        book.only("SELECT fingerprint FROM entry WHERE id = ?1", [self.id])
    }

    /// The step that `verb` takes from here, to the state `to` where the verb leads to several.
    pub(crate) fn step(&self, book: &Connection, verb: &str, to: Option<&str>) -> Result<Step> {
        let step = Step::look_up(book, &self.register, verb, &self.state, to)?;
        step.map_or_else(|| Err(self.no_step(book, verb)?.into()), Ok)
    }

    /// Takes a step: moves the entry to the step's state, and notes the day where it comes to an end by that.
    pub(crate) fn take(&mut self, change: &Change<'_>, step: &Step) -> Result<()> {
        if step.to != self.state {
            self.refuse_unsettled(change.sql(), step)?;
        }
        change
            .sql()
            .prepare_cached(
                "UPDATE entry SET state = ?2,
                    ended_on = CASE WHEN (SELECT end_flag FROM state WHERE register = ?4 AND state = ?2)
                        THEN iif(state = ?2, coalesce(ended_on, ?3), ?3) END WHERE id = ?1",
            )?
            .execute((self.id, &step.to, change.on, &self.register))?;
        self.state.clone_from(&step.to);
        Ok(())
    }
}

/// The thing that a journal row names: something of the office, or an entry, looked up in the book; none where no thing of that name
/// can be there.
///
/// # Errors
/// An error of `SQLite`.
pub fn thing_named(book: &Connection, name: &str) -> Result<Option<Thing>> {
    if name.contains(' ') {
        return Ok(Thing::office_named(name));
    }
    let found: Option<(String, i64)> = book.row("SELECT register, id FROM entry WHERE number = ?1", [name])?;
    found.map(|(register, id)| Ok(Thing::entry(super::named(&register)?.tables(), id, name))).transpose()
}

/// How many of the newest numbers that begin alike a number that is not there is compared with.
const COMPARED: i64 = 2_000;

/// That no entry has this number, and which are near.
fn missing(book: &Connection, number: &str) -> Result<Refusal> {
    if Format::of_ending(Path::new(number)).is_some() {
        return Ok(Refusal::not_found(say!("there is no entry {number}", number))
            .or(say!("a file to be written is named with: --output FILE")));
    }
    let begin: String = number.chars().take(2).collect();
    let known: Vec<String> = book.column(
        "SELECT number FROM entry WHERE number >= ?1 AND number < ?1 || char(1114111) ORDER BY number DESC LIMIT ?2",
        (&begin, COMPARED),
    )?;
    let mut near = nearest(number, known.iter().map(|known| (vec![known.as_str()], known.clone())));
    if near.is_empty() && number.len() > 1 && number.bytes().all(|byte| byte.is_ascii_digit()) {
        near = ending(book, number)?;
    }
    let mut told = Vec::new();
    for near in near {
        if let Some(entry) = Entry::look_up(book, &near)? {
            told.push(say!("{entry} of {day}", entry = entry.titled(book)?, day = entry.day));
        }
    }
    let look = say!("look for it with: branchbook find TEXT");
    let way_out =
        did_you_mean(&told).map_or_else(|| look.to_owned(), |meant| language::one_after_the_other(&meant, look));
    Ok(Refusal::not_found(say!("there is no entry {number}", number)).or(way_out))
}

/// The fewest digits that are taken for the end of a number.
const SHORTEST_END: usize = 2;

/// The last entries whose numbers end with these digits.
fn ending(book: &Connection, digits: &str) -> Result<Vec<String>> {
    book.column("SELECT number FROM entry WHERE number LIKE '%' || ?1 ORDER BY id DESC LIMIT 3", [digits])
}

/// Voids an entry: the number, the reason and the person stay.
pub(crate) fn void(change: &mut Change<'_>, entry: &mut Entry, actor: &Person, reason: &str) -> Result<()> {
    let step = entry.step(change.sql(), "void", None)?;
    step.require(change, actor, say!("voiding an entry"))?;
    entry.refuse_unsettled(change.sql(), &step)?;
    change.sql().execute(
        "UPDATE entry SET state = ?2, void_reason = ?3, ended_on = ?4 WHERE id = ?1",
        (entry.id, &step.to, reason, change.on),
    )?;
    entry.state = step.to;
    change.record(&entry.thing()?, &actor.key, Some(reason))
}
