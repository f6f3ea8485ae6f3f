//! Old registers of every kind: a register declares its fields, and its rows are read, numbered, written, or compared with
//! what the book has, in one way.
//!
//! A register implements [`OldRegister`] for a type of its own and calls [`run`]. Its header fields (`number`, `state`, the
//! day, `department`, the person, `ended_on`, `void_reason`, `amendments`) need no declaration; [`OldRegister::FIELDS`] says
//! what the columns of its own table are fed from, and [`OldRegister::children`] gives the rows of its lists, such as visitors.
//!
//! What happened before the book is history: it is not held to who might do it, nor to the order of days.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::access::MASK;
use super::entry::{self, Entry, Imported, Opening};
use super::known::Known;
use super::old_ledger::{self, Checked, Import, Names, Trouble};
use super::project;
use crate::book::change::Change;
use crate::desk::Desk;
use crate::import::row::{Cells, Fault};
use crate::import::run::{Take, Taken};
use crate::language;
use crate::language::words;
use crate::money::{Money, estimate, estimate_or_none};
use crate::refusal::Refusal;
use crate::register;
use crate::say;
use crate::series::number::{Claims, Number};
use crate::sheet::column::Column;
use crate::text;
use crate::text::quoted;

/// A register as an old file of it is read.
pub trait OldRegister: 'static {
    /// The register: its name, its series' key and its own table's name.
    const REGISTER: &'static str;
    /// What the rows are, for messages, such as `entries of user information`.
    const WHAT: &'static str;
    /// The field of the day that an entry bears, as the register's list calls it.
    const DAY: &'static str;
    /// The field of the person that an entry is about, as the register's list calls it.
    const PERSON: &'static str;
    /// What feeds each column of the register's own table.
    const FIELDS: &'static [Field] = &[];
    /// The fields that [`OldRegister::children`] reads.
    const LISTS: &'static [&'static str] = &[];
    /// Shorter names of fields that may be typed: (short, field).
    const SHORT: &'static [(&'static str, &'static str)] = &[];
    /// How many of [`OldRegister::FIELDS`], counted from the first, tell one entry from another where no number does.
    const TELLING: usize = usize::MAX;
    /// Whether every row bears a number of the old ledger, and one that was only reserved or spoilt bears nothing else.
    const NUMBERED: bool = false;

    /// As [`OldRegister::FIELDS`], where they follow from something else.
    #[must_use]
    fn fields() -> Vec<Field> {
        Self::FIELDS.to_vec()
    }

    /// As [`OldRegister::LISTS`], where they follow from something else.
    #[must_use]
    fn lists() -> Vec<&'static str> {
        Self::LISTS.to_vec()
    }

    /// As [`OldRegister::SHORT`], where they follow from something else.
    #[must_use]
    fn short() -> Vec<(&'static str, &'static str)> {
        Self::SHORT.to_vec()
    }

    /// The state of a row that gives none, as what it says besides shows.
    ///
    /// # Errors
    /// A fault of the row.
    fn shown_state(cells: &Cells<'_>) -> Result<&'static str, Fault>;

    /// What a row in this state must or may not say besides.
    ///
    /// # Errors
    /// A fault of the row.
    fn check(cells: &Cells<'_>, state: &str) -> Result<(), Fault> {
        let _ = (cells, state);
        Ok(())
    }

    /// The rows of the lists that belong to an entry of this day.
    ///
    /// # Errors
    /// A fault of the row.
    fn children(book: &Connection, names: &mut Names, cells: &Cells<'_>, day: NaiveDate) -> Checked<Vec<List>> {
        let _ = (book, names, cells, day);
        Ok(Vec::new())
    }

    /// Looks at a row whole, and adds what follows from it to its details.
    ///
    /// # Errors
    /// A fault of the row.
    fn whole(
        book: &Connection,
        names: &mut Names,
        cells: &Cells<'_>,
        header: &Header,
        details: (&[Field], &mut Details),
    ) -> Checked<()> {
        let _ = (book, names, cells, header, details);
        Ok(())
    }

    /// Looks at a new row without a number before it is written; `values` are those of the own table. Gives whether it is to be
    /// counted for [`OldRegister::remark`].
    ///
    /// # Errors
    /// A fault of the row.
    fn consider(book: &Connection, day: NaiveDate, fields: &[Field], values: &mut [Value]) -> Checked<bool> {
        let _ = (book, day, fields, values);
        Ok(false)
    }

    /// The day on which an entry in this state came to its end, where the row tells it in its own way.
    ///
    /// # Errors
    /// A fault of the row.
    fn ended(cells: &Cells<'_>, state: &str) -> Result<Option<NaiveDate>, Fault> {
        let _ = (cells, state);
        Ok(None)
    }

    /// What the person should know of the entries that came in.
    ///
    /// # Errors
    /// An error of `SQLite`.
    fn remark(change: &Change<'_>, counted: u32) -> Result<Option<String>> {
        let _ = (change, counted);
        Ok(None)
    }
}

/// What feeds a column of a register's own table.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The field in the file, as the register's list calls it; empty where the column follows from others.
    pub name: &'static str,
    /// The column.
    pub column: &'static str,
    /// How the cell is read.
    pub kind: Kind,
    /// Whether every row that is not void must have it.
    pub required: bool,
}

/// How a cell is read.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text, also of several lines.
    Text,
    /// Text on one line.
    Line,
    /// A day in one of the file's formats.
    Day,
    /// An amount of money in yuan, kept in fen.
    Money,
    /// An amount that is not negative and small enough for the sum of all.
    Estimate,
    /// The same, or `none`, which is kept as 0.
    EstimateOrNone,
    /// A whole number.
    Count,
    /// A whole number from 1.
    CountFromOne,
    /// One of these words, which stand with their help.
    Word(&'static [(&'static str, &'static str)]),
    /// Yes or no as a list prints it; no where nothing stands.
    YesNo,
    /// Yes or no as a list prints it, or nothing.
    YesNoOrNot,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A department by any of its names.
    Department,
    /// A person by key or unique name.
    Person,
    /// The number of an entry that is in the book, or will be.
    Number,
    /// The number of an entry of this register that is in the book.
    Entry(&'static str),
    /// A project of the book, by its number or its contract's.
    Project,
    /// What this reads.
    Read(fn(&str) -> Result<Value, Refusal>),
    /// What this makes of it by the book.
    Found(fn(&Connection, &str) -> Result<String>),
    /// A value that is made of other cells.
    Made(fn(&Cells<'_>) -> Result<Value, Fault>),
}

impl Field {
    /// A column fed by the field of its name.
    #[must_use]
    pub const fn new(column: &'static str, kind: Kind) -> Self {
        Self { name: column, column, kind, required: false }
    }

    /// The same under another name in the file.
    #[must_use]
    pub const fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// The same where every row must have it.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// A column that follows from other cells and has no field of its own.
    #[must_use]
    pub const fn made(column: &'static str, make: fn(&Cells<'_>) -> Result<Value, Fault>) -> Self {
        Self { name: "", column, kind: Kind::Made(make), required: false }
    }

    /// Reads the cell.
    fn value(&self, book: &Connection, names: &mut Names, cells: &Cells<'_>) -> Checked<Value> {
        let Self { name, kind, required, .. } = *self;
        if let Kind::Made(make) = kind {
            return Ok(make(cells)?);
        }
        if matches!(kind, Kind::YesNo) {
            return Ok(Value::Integer(yes_or_no(cells, name)?.into()));
        }
        let cell = if required { Some(cells.required(name)?) } else { cells.text(name)? };
        let Some(cell) = cell else { return Ok(Value::Null) };
        if cell == MASK {
            return Err(Fault::of(name, say!("is masked; export the list as somebody who may read it")).into());
        }
        Ok(match kind {
            Kind::Text | Kind::YesNo | Kind::Made(_) => Value::Text(cell.to_owned()),
            Kind::YesNoOrNot => Value::Integer(yes_or_no(cells, name)?.into()),
            Kind::Line => cells.line(name)?.map_or(Value::Null, |line| Value::Text(line.to_owned())),
            Kind::Day => cells.day(name)?.map_or(Value::Null, |day| Value::Text(day.to_string())),
            Kind::Money => cells.parse::<Money>(name)?.map_or(Value::Null, |money| Value::Integer(money.0)),
            Kind::Estimate => Value::Integer(estimate(cell).map_err(|refusal| Fault::of(name, refusal.to_string()))?.0),
            Kind::EstimateOrNone => {
                let amount = estimate_or_none(cell).map_err(|refusal| Fault::of(name, refusal.to_string()))?;
                Value::Integer(amount.0)
            }
            Kind::CountFromOne if cells.count(name)? == Some(0) => {
                return Err(Fault::of(name, say!("is at least 1: leave it out where it is not known")).into());
            }
            Kind::Count | Kind::CountFromOne => {
                cells.count(name)?.map_or(Value::Null, |count| Value::Integer(count.into()))
            }
            Kind::Choice(words) => Value::Text(one_of(name, cell, words)?),
            Kind::Word(words) if words.iter().any(|(word, _)| *word == cell) => Value::Text(cell.to_owned()),
            Kind::Word(words) => {
                let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                Value::Text(one_of(name, cell, &words)?)
            }
            Kind::Read(read) => read(cell).map_err(|refusal| Fault::of(name, refusal.to_string()))?,
            Kind::Found(find) => Value::Text(names.found(book, name, cell, find)?),
            Kind::Department => Value::Text(names.department(book, name, cell)?),
            Kind::Person => Value::Text(names.person(book, name, cell)?),
            Kind::Number => Value::Text(text::number(cell)),
            Kind::Entry(register) => match Entry::find_in(book, register, cell) {
                Ok(entry) => Value::Text(entry.number),
                Err(error) => return Err(Trouble::of(name, error)),
            },
            Kind::Project => match project::named(book, cell) {
                Ok(project) => Value::Text(project.number),
                Err(error) => return Err(Trouble::of(name, error)),
            },
        })
    }
}

/// The word, where it is one of these.
fn one_of(field: &'static str, word: &str, words: &[&str]) -> Result<String, Fault> {
    if words.contains(&word) {
        return Ok(word.to_owned());
    }
    Err(Fault::of(field, say!("{cell} is none of: {choices}", cell = quoted(word), choices = words.join(", "))))
}

/// Yes or no as a list prints it, also in Chinese; no where nothing stands.
///
/// # Errors
/// A fault where something else stands.
pub fn yes_or_no(cells: &Cells<'_>, field: &'static str) -> Result<bool, Fault> {
    match cells.text(field)?.map(str::to_lowercase).as_deref() {
        None | Some("no" | "0" | "否") => Ok(false),
        Some("yes" | "1" | "是") => Ok(true),
        Some(other) => Err(Fault::of(field, say!("{other} is neither yes nor no", other = quoted(other)))),
    }
}

/// The rows of a table that belong to an entry, numbered from 1 in its column `position`.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// The table.
    pub table: &'static str,
    /// The columns that each row has besides `entry` and `position`.
    pub columns: &'static [&'static str],
    /// The rows.
    pub rows: Vec<Vec<Value>>,
}

/// Takes an old register into the book, by the clerk; `clause` says why only a clerk does.
///
/// # Errors
/// As [`Import::run`].
pub fn run<R: OldRegister>(
    import: &Import,
    desk: &mut Desk<'_>,
    verb: impl Into<Cow<'static, str>>,
    clause: &str,
) -> Result<()> {
    import.run(desk, verb, clause, &say!("brings in old {what}", what = words(R::WHAT)), Taker::<R>::begin)
}

/// The columns of table entry that a row fills besides its number, in the order of [`Header::values`].
const ENTRY: [&str; 7] = ["state", "day_on", "department", "person", "ended_on", "void_reason", "amendments"];

/// What is remembered from row to row.
struct Taker<R> {
    fields: Vec<Field>,
    insert: String,
    /// Selects what the book has of an entry, the header before the own fields.
    select: String,
    names: Names,
    /// The series of each department, and what is claimed of each series.
    series: HashMap<String, String>,
    claims: BTreeMap<String, Claims>,
    /// The states that the register has, with whether each is an end.
    states: Vec<(String, bool)>,
    /// What the book had before this file.
    known: Known,
    counted: u32,
    /// Numbers of other entries that rows name, each with the row's own and the field's: they may come later in the file.
    named: Vec<(String, &'static str, String)>,
    register: PhantomData<R>,
}

impl<R: OldRegister> Take for Taker<R> {
    const WHAT: &'static str = R::WHAT;

    fn short() -> Vec<(&'static str, &'static str)> {
        R::short()
    }

    fn fields() -> Vec<&'static str> {
        let header = ["number", "state", R::DAY, "department", R::PERSON];
        let own = R::fields().into_iter().map(|field| field.name).filter(|name| !name.is_empty());
        header.into_iter().chain(own).chain(R::lists()).chain(["ended_on", "void_reason", "amendments"]).collect()
    }

    fn required() -> Vec<&'static str> {
        let own = R::fields().into_iter().filter(|field| field.required && !R::NUMBERED).map(|field| field.name);
        let number = R::NUMBERED.then_some("number");
        number.into_iter().chain([R::DAY, "department", R::PERSON]).chain(own).collect()
    }

    fn take(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Result<Taken, Fault>> {
        Trouble::verdict(self.take_row(change, cells))
    }

    fn finish(self, change: &mut Change<'_>) -> Result<Vec<String>> {
        let mut notes = Vec::new();
        for claims in self.claims.into_values() {
            notes.extend(claims.finish(change.sql())?);
        }
        notes.extend(R::remark(change, self.counted)?);
        for (number, field, other) in self.named {
            if Entry::look_up(change.sql(), &other)?.is_none() {
                notes.push(say!("{number}: its {field} {other} is not in the book", number, field, other));
            }
        }
        Ok(notes)
    }
}

/// A row's part in table entry.
#[derive(Debug)]
pub struct Header {
    number: Option<String>,
    pub(super) state: String,
    day: NaiveDate,
    pub(super) department: String,
    pub(super) person: String,
    ended: Option<NaiveDate>,
    /// Whether the row says by itself when the entry ended.
    ended_given: bool,
    void_reason: Option<String>,
    amendments: u32,
}

/// A row's part in the register's own tables.
#[derive(Debug, Default)]
pub struct Details {
    pub(super) values: Vec<Value>,
    pub(super) lists: Vec<List>,
}

impl<R: OldRegister> Taker<R> {
    fn begin(change: &Change<'_>) -> Result<Self> {
        let book = change.sql();
        let fields = R::fields();
        let columns: Vec<&str> = fields.iter().map(|field| field.column).collect();
        let marks = vec!["?"; columns.len() + 1].join(", ");
        let states = book
            .prepare("SELECT state, end_flag FROM state WHERE register = ?1 ORDER BY position")?
            .query_map([R::REGISTER], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self {
            select: format!(
                "SELECT e.{}, o.{} FROM entry AS e LEFT JOIN {} AS o ON o.entry = e.id WHERE e.id = ?1",
                ENTRY.join(", e."),
                columns.join(", o."),
                R::REGISTER
            ),
            insert: format!("INSERT INTO {} (entry, {}) VALUES ({marks})", R::REGISTER, columns.join(", ")),
            fields,
            names: Names::default(),
            series: HashMap::new(),
            claims: BTreeMap::new(),
            states,
            known: Known::before(book, R::REGISTER, columns.get(..R::TELLING).unwrap_or(&columns))?,
            counted: 0,
            named: Vec::new(),
            register: PhantomData,
        })
    }

    fn take_row(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Checked<Taken> {
        let header = self.header(change.sql(), cells)?;
        old_ledger::refuse_future(change, R::DAY, header.day)?;
        if matches!(header.state.as_str(), "void" | "reserved") && is_empty(&self.fields, cells)? {
            let number = self.claim(change.sql(), &header.department, header.number.as_deref().unwrap_or_default())?;
            return self.enter(change, &number, &header, None);
        }
        R::check(cells, &header.state)?;
        let mut details = self.details(change.sql(), cells, header.day)?;
        R::whole(change.sql(), &mut self.names, cells, &header, (&self.fields, &mut details))?;
        let number = match &header.number {
            Some(number) => self.claim(change.sql(), &header.department, number)?,
            None if self.is_known(change.sql(), &header, &details)? => return Ok(Taken::Same),
            None => {
                self.counted += u32::from(R::consider(change.sql(), header.day, &self.fields, &mut details.values)?);
                let claims = self.claims(change.sql(), &header.department)?;
                claims.next(change.sql(), header.day).map_err(|error| Trouble::of(R::DAY, error))?
            }
        };
        self.enter(change, &number, &header, Some(&details))
    }

    /// What is claimed of the series that numbers a department's entries.
    fn claims(&mut self, book: &Connection, department: &str) -> Checked<&mut Claims> {
        if !self.series.contains_key(department) {
            let series = entry::series(book, register::named(R::REGISTER)?, department);
            let series = series.map_err(|error| Trouble::of("department", error))?;
            if !self.claims.contains_key(&series) {
                self.claims.insert(series.clone(), Claims::begin(book, &series)?);
            }
            self.series.insert(department.to_owned(), series);
        }
        let claims = self.series.get(department).and_then(|series| self.claims.get_mut(series));
        claims.ok_or_else(|| anyhow::anyhow!("nothing is claimed of the series of {department}").into())
    }

    fn claim(&mut self, book: &Connection, department: &str, number: &str) -> Checked<Number> {
        if let Some(claimed) = self.claims(book, department)?.claim(book, number)? {
            return Ok(claimed);
        }
        let series = self.series.get(department).map_or(R::REGISTER, String::as_str);
        let series = language::value(series);
        Err(Fault::of(
            "number",
            say!("{number} is no number of the series {series}; see branchbook series list", number, series),
        )
        .into())
    }

    fn header(&mut self, book: &Connection, cells: &Cells<'_>) -> Checked<Header> {
        let (state, end) = self.state(cells)?;
        let day = cells.required_day(R::DAY)?;
        let given = cells.day("ended_on")?;
        let ended = match (end, given) {
            (true, given) => Some(given.or(R::ended(cells, &state)?).unwrap_or(day)),
            (false, None) => None,
            (false, Some(_)) => {
                return Err(Fault::of(
                    "ended_on",
                    say!("an entry that is {state} has not ended", state = language::value(&state)),
                )
                .into());
            }
        };
        Ok(Header {
            number: if R::NUMBERED { Some(cells.required("number")?) } else { cells.text("number")? }.map(text::number),
            state,
            day,
            department: self.names.department(book, "department", cells.required("department")?)?,
            person: self.names.person(book, R::PERSON, cells.required(R::PERSON)?)?,
            ended,
            ended_given: given.is_some(),
            void_reason: cells.text("void_reason")?.map(str::to_owned),
            amendments: cells.count("amendments")?.unwrap_or(0),
        })
    }

    /// The state that the row gives, or that what it says besides shows; and whether it is an end.
    fn state(&self, cells: &Cells<'_>) -> Result<(String, bool), Fault> {
        let voided = cells.text("void_reason")?.is_some();
        let state = match cells.text("state")? {
            Some(given) => given,
            None if voided => "void",
            None => R::shown_state(cells)?,
        };
        let Some(known) = self.states.iter().find(|(known, _)| known == state) else {
            let states: Vec<&str> = self.states.iter().map(|(state, _)| state.as_str()).collect();
            return Err(Fault::of(
                "state",
                say!(
                    "{state} is no state; give one of: {choices}",
                    state = language::value(&quoted(state)),
                    choices = states.join(", ")
                ),
            ));
        };
        if (state == "void") != voided {
            return Err(Fault::of("void_reason", say!("a void entry has a reason, and only a void entry has one")));
        }
        Ok(known.clone())
    }

    fn details(&mut self, book: &Connection, cells: &Cells<'_>, day: NaiveDate) -> Checked<Details> {
        let mut values = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            values.push(field.value(book, &mut self.names, cells)?);
        }
        Ok(Details { values, lists: R::children(book, &mut self.names, cells, day)? })
    }

    /// Writes the row, or compares it with the entry that has its number. A number that was voided unused has no details.
    fn enter(
        &mut self,
        change: &mut Change<'_>,
        number: &Number,
        header: &Header,
        details: Option<&Details>,
    ) -> Checked<Taken> {
        let opening = Opening {
            register: R::REGISTER,
            department: &header.department,
            day: header.day,
            person: &header.person,
            state: &header.state,
        };
        let imported = Imported {
            void_reason: header.void_reason.as_deref(),
            amendments: header.amendments,
            ended: header.ended.map(|day| day.to_string()),
        };
        let entry = match entry::insert_imported(change, number, &opening, &imported) {
            Ok(entry) => entry,
            Err(error) if old_ledger::is_taken(&error) => return self.compare(change.sql(), number, header, details),
            Err(error) => return Err(error.into()),
        };
        let mut thing = entry.thing()?.just_opened();
        if let Some(details) = details {
            self.note_numbers(&number.text, &details.values);
            let values = std::iter::once(&Value::Integer(entry.id)).chain(&details.values).cloned().collect::<Vec<_>>();
            change.sql().prepare_cached(&self.insert)?.execute(params_from_iter(values))?;
            for list in details.lists.iter().filter(|list| !list.rows.is_empty()) {
                list.write(change, &entry)?;
                thing = entry.thing()?;
            }
        }
        change.record(&thing, &header.person, None)?;
        Ok(Taken::New)
    }

    /// Whether the book had what a row without a number tells, whatever became of it since.
    fn is_known(&mut self, book: &Connection, header: &Header, details: &Details) -> Result<bool> {
        let telling = details.values.get(..R::TELLING).unwrap_or(&details.values);
        self.known.take(book, header.day, &header.department, &header.person, telling)
    }

    /// Remembers the entries that the row names and that may come later.
    fn note_numbers(&mut self, number: &str, values: &[Value]) {
        for (field, value) in self.fields.iter().zip(values) {
            if let (Kind::Number, Value::Text(other)) = (field.kind, value) {
                self.named.push((number.to_owned(), field.name, other.clone()));
            }
        }
    }

    /// A number that is in the book: the same row is skipped, another is refused.
    fn compare(
        &self,
        book: &Connection,
        number: &Number,
        header: &Header,
        details: Option<&Details>,
    ) -> Checked<Taken> {
        let refused = |reason: String| Err(Fault::of("number", reason).into());
        let number = &number.text;
        let Some(entry) = Entry::look_up(book, number)? else {
            return refused(say!("{number} cannot be taken: its serial is in the book under another number", number));
        };
        if entry.register != R::REGISTER {
            return refused(say!(
                "{number} is an entry of {register}",
                number,
                register = language::value(&entry.register)
            ));
        }
        let other = self.differences(book, &entry, header, details)?.join(", ");
        if other.is_empty() {
            return Ok(Taken::Same);
        }
        if entry.id > self.known.last() {
            return refused(say!("{number} stands further up in this file with another {other}", number, other));
        }
        let way_out = if entry.state == "void" {
            say!("see it with: branchbook show {number}", number)
        } else {
            let register = R::REGISTER;
            say!("correct it there with: branchbook {register} amend {number} --reason REASON …", register, number)
        };
        refused(say!("{number} is in the book with another {other}; {way_out}", number, other, way_out))
    }
}

impl List {
    fn write(&self, change: &Change<'_>, entry: &Entry) -> Result<()> {
        let grows = entry.thing()?.growing().contains(&self.table);
        let marks = vec!["?"; self.columns.len() + 2].join(", ");
        let sql = format!("INSERT INTO {} (entry, position, {}) VALUES ({marks})", self.table, self.columns.join(", "));
        let mut statement = change.sql().prepare_cached(&sql)?;
        for (row, position) in self.rows.iter().zip(1_i64..) {
            let keys = [Value::Integer(entry.id), Value::Integer(position)];
            statement.execute(params_from_iter(keys.iter().chain(row)))?;
            if grows {
                change.wrote(self.table, entry.id, position);
            }
        }
        Ok(())
    }

    /// Whether the book has exactly these rows for the entry.
    fn is_in(&self, book: &Connection, entry: &Entry) -> Result<bool> {
        let sql = format!("SELECT {} FROM {} WHERE entry = ?1 ORDER BY position", self.columns.join(", "), self.table);
        let width = self.columns.len();
        let rows: Vec<Vec<Value>> = book
            .prepare_cached(&sql)?
            .query_map([entry.id], |row| (0..width).map(|index| row.get(index)).collect())?
            .collect::<rusqlite::Result<_>>()?;
        Ok(rows == self.rows)
    }
}

impl Header {
    /// What stands in the columns [`ENTRY`].
    fn values(&self) -> [Value; ENTRY.len()] {
        let optional = |text: Option<String>| text.map_or(Value::Null, Value::Text);
        [
            Value::Text(self.state.clone()),
            Value::Text(self.day.to_string()),
            Value::Text(self.department.clone()),
            Value::Text(self.person.clone()),
            optional(self.ended.map(|day| day.to_string())),
            optional(self.void_reason.clone()),
            Value::Integer(self.amendments.into()),
        ]
    }
}

/// Whether a row has by itself none of the fields that every entry has: a number that is only reserved, or was voided unused.
fn is_empty(fields: &[Field], cells: &Cells<'_>) -> Result<bool, Fault> {
    for field in fields.iter().filter(|field| field.required) {
        if !cells.is_constant(field.name) && cells.text(field.name)?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

impl<R: OldRegister> Taker<R> {
    /// The fields in which a row differs from the entry of the book that has its number.
    fn differences(
        &self,
        book: &Connection,
        entry: &Entry,
        header: &Header,
        details: Option<&Details>,
    ) -> Result<Vec<String>> {
        let nothing = Details { values: vec![Value::Null; self.fields.len()], lists: Vec::new() };
        let (details, header_values) = (details.unwrap_or(&nothing), header.values());
        let row: Vec<&Value> = header_values.iter().chain(&details.values).collect();
        let in_book: Vec<Value> = book
            .prepare_cached(&self.select)?
            .query_row([entry.id], |found| (0..row.len()).map(|index| found.get(index)).collect())?;
        let mut other = Vec::new();
        for (place, _) in row.iter().zip(&in_book).enumerate().filter(|(_, (row, in_book))| **row != *in_book) {
            let name = match ENTRY.get(place) {
                Some(column) => printed::<R>(column),
                None => self.fields[place - ENTRY.len()].name.to_owned(),
            };
            if !name.is_empty() && (name != "ended_on" || header.ended_given) {
                other.push(name);
            }
        }
        for list in &details.lists {
            if !list.is_in(book, entry)? {
                other.push(list.table.to_owned());
            }
        }
        Ok(other)
    }
}

/// The field of a header's column in the file.
fn printed<R: OldRegister>(column: &str) -> String {
    match column {
        "day_on" => R::DAY.to_owned(),
        "person" => R::PERSON.to_owned(),
        column => Column::of_sql(column).name,
    }
}
