//! One change of the book: who makes it, on which day, and the journal rows that go with it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::before::Before;
use super::journal::{self, Head};
use super::thing::{ListRow, Record, Thing};
use super::{Writing, closed};
use crate::clock::Now;
use crate::day::{self, DayArg, Month};
use crate::person::Person;
use crate::refusal::Refusal;
use crate::say;

/// Who sits at the keyboard, and what the system says of it.
#[derive(Debug, Clone)]
pub struct Recorder {
    /// The person who acts.
    pub person: Person,
    /// Whether the person was named by `--as` instead of known by the login.
    pub declared: bool,
    /// Whose login it is, where that does not prove who the person is: nothing is decided from it (Q1).
    pub lent: Option<Lent>,
    /// The login that runs the program.
    pub login: String,
    /// The machine it runs on.
    pub host: String,
}

/// Whose login runs the program in another's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lent {
    /// This person's own.
    By(Person),
    /// A name that a user namespace gave to nobody knows whom.
    Unknown,
}

impl Recorder {
    /// Everybody who has a hand in what is entered: the person who acts, and the owner of the login.
    pub(crate) fn hands(&self) -> impl Iterator<Item = &Person> {
        let owner = match &self.lent {
            Some(Lent::By(owner)) => Some(owner),
            Some(Lent::Unknown) | None => None,
        };
        std::iter::once(&self.person).chain(owner)
    }
}

/// One write transaction under way.
///
/// Operations take a `Change` and plain structs; they write rows and call [`Change::record`] for every thing that
/// they touched.
#[derive(Debug)]
pub struct Change<'a> {
    transaction: Writing<'a>,
    now: Now,
    at: String,
    verb: Cow<'static, str>,
    /// Who sits at the keyboard.
    pub(crate) recorder: Recorder,
    /// The day the thing happened.
    pub(crate) on: NaiveDate,
    head: Option<Head>,
    before: RefCell<Before>,
    /// The first entry that it opened: entries from this one on were not there before.
    first_opened: Cell<Option<i64>>,
    /// Rows of growing lists that were written and stand in no record yet.
    written: RefCell<Vec<ListRow>>,
    notes: RefCell<Vec<String>>,
    /// Whether nothing of it is kept.
    pub(crate) dry_run: bool,
    /// Whether it is only begun: what is known of it so far is checked, and what it lacks is no fault.
    pub(crate) begun: bool,
    /// Whether days that are far from today are meant.
    pub(crate) far_is_meant: bool,
    /// Restricted information that a dry run told of: the command, and the entry's number.
    pub(crate) seen: RefCell<Vec<(String, String)>>,
    /// Whether it enters what another entry says already.
    pub(crate) repeats: Cell<bool>,
    /// The day on which a step happened, where that says so of itself, such as the day of a signature.
    pub(crate) happened: Option<NaiveDate>,
    /// Why it comes late, where its day is in a month that was submitted.
    pub(crate) late: Option<String>,
    /// The import that the change is.
    pub(crate) import: Option<i64>,
    /// What that import read of the row that it takes in now: the first 64 bits of a SHA-256.
    pub(crate) fingerprint: Option<i64>,
}

impl<'a> Change<'a> {
    /// A change by `recorder` at the time `now`, which was read inside the transaction: so rows stand in the order of their times,
    /// whoever waited for whom. `verb` is the command as the journal names it, `on` the day it happened.
    pub fn new(
        transaction: Writing<'a>,
        now: Now,
        verb: impl Into<Cow<'static, str>>,
        recorder: Recorder,
        on: NaiveDate,
    ) -> Self {
        Self {
            transaction,
            now,
            at: now.at(),
            verb: verb.into(),
            recorder,
            on,
            head: None,
            before: RefCell::default(),
            first_opened: Cell::default(),
            written: RefCell::default(),
            notes: RefCell::default(),
            dry_run: false,
            begun: false,
            far_is_meant: false,
            seen: RefCell::default(),
            repeats: Cell::default(),
            happened: None,
            late: None,
            import: None,
            fingerprint: None,
        }
    }

    /// Begins a part of the change that may be taken back by itself.
    pub(crate) fn mark(&self) -> Result<()> {
        Ok(self.transaction.execute_batch("SAVEPOINT part")?)
    }

    /// Takes back what was done since the mark, which stays.
    pub(crate) fn back_to_mark(&mut self) -> Result<()> {
        self.head = None;
        self.written.get_mut().clear();
        self.notes.get_mut().clear();
        self.seen.get_mut().clear();
        Ok(self.transaction.execute_batch("ROLLBACK TO part")?)
    }

    /// The connection inside the transaction.
    #[must_use]
    pub fn sql(&self) -> &Connection {
        &self.transaction
    }

    /// What the clock showed when the transaction had begun.
    pub(crate) const fn now(&self) -> Now {
        self.now
    }

    /// The day at the keyboard, which is not always the day the thing happened.
    pub(crate) fn today(&self) -> NaiveDate {
        self.now.today()
    }

    /// The day of what has happened, as it was typed with `option`: see [`DayArg::on`]. A year that was not typed and is not today's is
    /// told, and refused where the same day of another year is close.
    pub(crate) fn day_past(&self, typed: DayArg, option: &str) -> Result<NaiveDate, Refusal> {
        let today = self.today();
        let read = typed.on(today);
        if !self.far_is_meant {
            typed.refuse_to_come(read, today, option)?;
        }
        Ok(self.tell_year(typed, read))
    }

    /// The same of what is to come, from `first` on: see [`DayArg::from`].
    pub(crate) fn day_to_come(&self, typed: DayArg, first: NaiveDate, option: &str) -> Result<NaiveDate, Refusal> {
        let read = typed.from(first, self.today());
        if !self.far_is_meant {
            typed.refuse_slipped(read, first, option)?;
        }
        Ok(self.tell_year(typed, read))
    }

    /// Tells of the day of `--on` which year it was read in.
    pub(crate) fn tell_on(&self, typed: DayArg) {
        self.tell_year(typed, self.on);
    }

    /// The same of what may begin sooner or later: see [`DayArg::near`].
    pub(crate) fn day_near(&self, typed: DayArg) -> NaiveDate {
        self.tell_year(typed, typed.near(self.today()))
    }

    fn tell_year(&self, typed: DayArg, read: NaiveDate) -> NaiveDate {
        if let Some(note) = typed.of_another_year(read, self.today())
            && !self.notes.borrow().contains(&note)
        {
            self.note(note);
        }
        read
    }

    /// The day in the office when something was entered at this instant; none where the text is no instant.
    pub(crate) fn day_of(&self, at: &str) -> Option<NaiveDate> {
        self.now.day_of(at)
    }

    /// Whether `BRANCHBOOK_NOW` fixes the clock.
    pub(crate) fn is_drill(&self) -> bool {
        self.now.clock_at().is_some()
    }

    /// The instant at the keyboard.
    pub(crate) fn at(&self) -> String {
        self.at.clone()
    }

    /// The command as the journal names it.
    pub(crate) fn verb(&self) -> &str {
        &self.verb
    }

    /// Adds to what the person should know besides the answer.
    pub(crate) fn note(&self, note: String) {
        self.notes.borrow_mut().push(note);
    }

    /// Takes out what was noted.
    pub(crate) fn noted(&mut self) -> Vec<String> {
        std::mem::take(self.notes.get_mut())
    }

    /// Writes a thing as it stands now into the journal; `actor` did it in the world, `note` is the reason given.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn record(&mut self, thing: &Thing, actor: &str, note: Option<&str>) -> Result<()> {
        let record = self.as_it_stands(thing)?;
        self.write_journal(&thing.name, actor, note, &record)
    }

    /// The record of a thing, which was as the journal left it before the change.
    fn as_it_stands(&mut self, thing: &Thing) -> Result<Vec<u8>> {
        let is_new = self.first_opened.get().zip(thing.entry_id()).is_some_and(|(first, id)| id >= first);
        if !is_new && !self.is_first(thing)? {
            self.before.get_mut().hold(self.transaction.path(), thing)?;
        }
        thing.record(&self.transaction, &thing.rows_of(self.written.get_mut()))
    }

    /// Whether it was opened just now, and no row of the journal is of anything that was called so.
    fn is_first(&self, thing: &Thing) -> Result<bool> {
        let known = "SELECT 1 FROM journal WHERE thing = ?1";
        Ok(thing.is_opened() && !self.transaction.prepare_cached(known)?.exists([&thing.name])?)
    }

    /// Refuses to lead on what another program changed, before anything is written of the thing, so that nothing else is said of it first.
    /// Whatever is recorded is held as well.
    ///
    /// # Errors
    /// A refusal that names the thing and what was changed of it.
    pub(crate) fn hold(&self, thing: &Thing) -> Result<()> {
        self.before.borrow_mut().hold_untouched(&self.transaction, thing)
    }

    /// Refuses where another program changed a figure that was set, or set one: everything is judged by them.
    pub(crate) fn hold_figures(&self) -> Result<()> {
        let set = "SELECT key FROM rule UNION SELECT substr(thing, 6) FROM journal WHERE thing >= 'rule ' AND thing < 'rule!'";
        let mut set = self.transaction.prepare_cached(set)?;
        let mut keys = set.query(())?;
        while let Some(key) = keys.next()? {
            self.hold(&Thing::office("rule", &[key.get_ref(0)?.as_str()?])?)?;
        }
        Ok(())
    }

    /// Takes note that the entry with this id was opened, which nothing was known of before.
    pub(crate) fn opened(&self, id: i64) {
        let first = self.first_opened.get().unwrap_or(id);
        self.first_opened.set(Some(first.min(id)));
    }

    /// Writes a thing that was opened just now into the journal, as the record of what was written tells it.
    pub(crate) fn record_opened(&mut self, thing: &Thing, actor: &str, record: Record) -> Result<()> {
        self.write_journal(&thing.name, actor, None, &record.end())
    }

    /// As [`Change::record`], under another command than the one that is carried out.
    pub(crate) fn record_as(&mut self, verb: String, thing: &Thing, actor: &str, note: Option<&str>) -> Result<()> {
        let own = std::mem::replace(&mut self.verb, verb.into());
        let recorded = self.record(thing, actor, note);
        self.verb = own;
        recorded
    }

    /// Writes a thing as it stands after a step of it was taken back, which stands in this row of the journal.
    pub(crate) fn record_undo(&mut self, thing: &Thing, actor: &str, note: Option<&str>, undone: i64) -> Result<()> {
        let mut record = self.as_it_stands(thing)?;
        record.truncate(record.len() - 1);
        let comma = if record.len() > 1 { "," } else { "" };
        record.extend_from_slice(format!("{comma}\"undone\":{undone}}}").as_bytes());
        self.write_journal(&thing.name, actor, note, &record)
    }

    /// As [`Change::record_undo`], under another command than the one that is carried out.
    pub(crate) fn record_undo_as(
        &mut self,
        verb: &'static str,
        thing: &Thing,
        actor: &str,
        note: Option<&str>,
        undone: i64,
    ) -> Result<()> {
        let own = std::mem::replace(&mut self.verb, verb.into());
        let recorded = self.record_undo(thing, actor, note, undone);
        self.verb = own;
        recorded
    }

    /// Refuses a day of an earlier month that was submitted, where no reason is given; what an import brings is history.
    pub(crate) fn refuse_closed(&self, day: NaiveDate) -> Result<()> {
        if self.late.is_some() || self.import.is_some() || Month::of(day) >= Month::of(self.today()) {
            return Ok(());
        }
        closed::refuse_closed(&self.transaction, day)
    }

    /// Has the next record of the thing with this id hold a row of its list `table` that is written now.
    pub(crate) fn wrote(&self, table: &'static str, owner: i64, position: i64) {
        let row = ListRow { table, owner, position };
        let mut written = self.written.borrow_mut();
        if written.last() != Some(&row) {
            written.push(row);
        }
    }

    fn write_journal(&mut self, thing: &str, actor: &str, note: Option<&str>, record: &[u8]) -> Result<()> {
        // What is noted of the staff are the terms, and no reason.
        let reasoned = note.is_some() && !self.verb.starts_with("staff ");
        if !reasoned {
            self.refuse_closed(self.on)?;
        }
        let told = [note, self.late.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("; ");
        let note = Some(told.as_str()).filter(|told| !told.is_empty());
        let head = match self.head {
            Some(head) => head,
            None => Head::of(&self.transaction, "journal")?,
        };
        let id = head.count + 1;
        let (clock_at, on) = (self.now.clock_at(), day::text_of(self.happened.unwrap_or(self.on)));
        let columns = [
            ValueRef::Integer(id),
            ValueRef::Text(self.at.as_bytes()),
            optional(clock_at.as_deref()),
            ValueRef::Text(self.verb.as_bytes()),
            ValueRef::Text(thing.as_bytes()),
            ValueRef::Text(on.as_bytes()),
            ValueRef::Text(actor.as_bytes()),
            ValueRef::Text(self.recorder.person.key.as_bytes()),
            ValueRef::Integer(self.recorder.declared.into()),
            ValueRef::Text(self.recorder.login.as_bytes()),
            ValueRef::Text(self.recorder.host.as_bytes()),
            optional(note),
            ValueRef::Text(record),
        ];
        let hash = append(&self.transaction, "journal", &head.hash, &columns)?;
        self.head = Some(Head { count: id, hash });
        Ok(())
    }

    /// Makes the change durable.
    ///
    /// # Errors
    /// An error of `SQLite`, or where a row was written that no record holds; nothing is changed then.
    pub fn commit(self) -> Result<()> {
        if let Some(ListRow { table, position, .. }) = self.written.borrow().first() {
            anyhow::bail!(say!(
                "row {position} of {table} was written, and stands in no record of the journal",
                position,
                table
            ));
        }
        self.transaction.commit()
    }
}

/// NULL or text.
pub(super) fn optional(text: Option<&str>) -> ValueRef<'_> {
    text.map_or(ValueRef::Null, |text| ValueRef::Text(text.as_bytes()))
}

/// Appends a row to a chained table and gives its hash.
pub(super) fn append(
    connection: &Connection,
    table: &str,
    previous: &journal::Hash,
    columns: &[ValueRef<'_>],
) -> Result<journal::Hash> {
    let hash = journal::chain(previous, columns);
    let sql = format!("INSERT INTO {table} VALUES (?{})", ", ?".repeat(columns.len()));
    let mut statement = connection.prepare_cached(&sql)?;
    for (index, column) in columns.iter().enumerate() {
        statement.raw_bind_parameter(index + 1, rusqlite::types::ToSqlOutput::Borrowed(*column))?;
    }
    statement.raw_bind_parameter(columns.len() + 1, hash)?;
    statement.raw_execute()?;
    Ok(hash)
}
