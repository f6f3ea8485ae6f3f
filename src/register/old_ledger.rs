//! What the imports of all registers share: whose ledger it is and who may bring it in, names resolved once, and why a row is not taken.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::{Connection, ErrorCode};

use crate::book::change::Change;
use crate::desk::Desk;
use crate::import::row::Fault;
use crate::import::run::FileImport;
use crate::import::take::{Take, Taken};
use crate::office::{department, identity};
use crate::person::Person;
use crate::refusal::Refusal;
use crate::say;
use crate::text::{self, Text};

/// An old ledger
#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct Import {
    /// Whose ledger it is; the same as --set department=…
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: Option<String>,
    /// Record what rows of the days since the book went live breach as one exception, with the reason, instead of refusing them
    #[arg(long, value_name = "REASON")]
    pub(crate) exception: Option<Text>,
    /// Take this number though it is far above those before it; may be repeated
    #[arg(long, value_name = "NUMBER")]
    pub(crate) leap: Vec<String>,
    #[command(flatten)]
    file: FileImport,
}

impl Import {
    /// Takes the ledger into the book with `verb`; only a clerk may, by `clause`, which says `what` only a clerk does.
    pub(crate) fn run<T: Take>(
        &self,
        desk: &mut Desk<'_>,
        verb: impl Into<Cow<'static, str>>,
        clause: &str,
        what: &str,
        begin: impl Fn(&Change<'_>) -> Result<T>,
    ) -> Result<()> {
        let set: Vec<(&str, &str)> =
            self.department.iter().map(|department| ("department", department.as_str())).collect();
        self.file.run(desk, verb, &set, |change| {
            identity::require_clerk(change, clause, what)?;
            begin(change)
        })
    }
}

/// Why a row was not taken.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The row is wrong; the import goes on, to find the other bad rows.
    Row(Fault),
    /// The book failed; the import ends.
    Book(anyhow::Error),
}

/// What reading or taking a row gives.
pub(crate) type Checked<T> = Result<T, Trouble>;

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Row(fault)
    }
}

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Self {
        Self::Book(error)
    }
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Book(error.into())
    }
}

impl Trouble {
    /// What was refused as a fault of `field`; any other error is the book's.
    pub(crate) fn of(field: &'static str, error: anyhow::Error) -> Self {
        match error.downcast::<Refusal>() {
            Ok(refusal) => Self::Row(Fault::of(field, refusal.to_string())),
            Err(error) => Self::Book(error),
        }
    }

    /// The verdict on a row as an import takes it.
    pub(crate) fn verdict(taken: Checked<Taken>) -> Result<Result<Taken, Fault>> {
        match taken {
            Ok(taken) => Ok(Ok(taken)),
            Err(Self::Row(fault)) => Ok(Err(fault)),
            Err(Self::Book(error)) => Err(error),
        }
    }
}

/// The departments and people that a ledger names: the same few over and over, so each is looked up once.
#[derive(Debug, Default)]
pub(crate) struct Names {
    departments: HashMap<String, Option<String>>,
    people: HashMap<String, Result<String, Fault>>,
    /// The keys of the people by what spellings of their keys and names have in common.
    folded: Option<HashMap<String, Vec<String>>>,
    /// What was made of the cells of fields.
    found: HashMap<&'static str, HashMap<String, String>>,
    /// The numbers of papers, by what their spellings have in common.
    papers: Option<HashMap<String, Vec<String>>>,
}

impl Names {
    /// The key of the department that `name` is in any language.
    pub(crate) fn department(&mut self, book: &Connection, field: &'static str, name: &str) -> Checked<String> {
        if !self.departments.contains_key(name) {
            let key = match department::look_up(book, name)? {
                Some(department) => Some(department.key),
                None => department_alike(book, name)?,
            };
            self.departments.insert(name.to_owned(), key);
        }
        let known = self.departments.get(name).cloned().flatten();
        Ok(known.ok_or_else(|| Fault::no_department(field, name))?)
    }

    /// What `find` makes of a cell of `field`.
    pub(crate) fn found(
        &mut self,
        book: &Connection,
        field: &'static str,
        cell: &str,
        find: fn(&Connection, &str) -> Result<String>,
    ) -> Checked<String> {
        let known = self.found.entry(field).or_default();
        if let Some(known) = known.get(cell) {
            return Ok(known.clone());
        }
        let found = find(book, cell).map_err(|error| Trouble::of(field, error))?;
        known.insert(cell.to_owned(), found.clone());
        Ok(found)
    }

    /// The other spellings of a paper's number: in the book, where `select` gives them, and in the rows before, of which it is one from now
    /// on.
    pub(crate) fn spellings(&mut self, book: &Connection, select: &str, number: &str) -> Result<Vec<String>> {
        if self.papers.is_none() {
            let mut papers: HashMap<String, Vec<String>> = HashMap::new();
            let mut all = book.prepare(select)?;
            for known in all.query_map((), |row| row.get::<_, String>(0))? {
                let known = known?;
                papers.entry(text::paper(&known)).or_default().push(known);
            }
            self.papers = Some(papers);
        }
        let key = text::paper(number);
        let Some(alike) = self.papers.as_mut().filter(|_| !key.is_empty()).map(|papers| papers.entry(key).or_default())
        else {
            return Ok(Vec::new());
        };
        let others = alike.iter().filter(|known| *known != number).cloned().collect();
        if !alike.iter().any(|known| known == number) {
            alike.push(number.to_owned());
        }
        Ok(others)
    }

    /// The key of the person whose key or unique name `who` is.
    pub(crate) fn person(&mut self, book: &Connection, field: &'static str, who: &str) -> Checked<String> {
        if !self.people.contains_key(who) {
            let found = self.find(book, field, who)?;
            self.people.insert(who.to_owned(), found);
        }
        match self.people.get(who) {
            Some(Ok(key)) => Ok(key.clone()),
            Some(Err(fault)) => Err(Fault { field: Some(field), ..fault.clone() }.into()),
            None => Err(anyhow::anyhow!("nobody was looked for").into()),
        }
    }

    /// The key of a person, or why there is none.
    fn find(&mut self, book: &Connection, field: &'static str, who: &str) -> Checked<Result<String, Fault>> {
        let refused = |error: anyhow::Error| match error.downcast::<Refusal>() {
            Ok(refusal) => Ok(refusal.to_string()),
            Err(error) => Err(Trouble::Book(error)),
        };
        match Person::look_up(book, who) {
            Ok(Some(person)) => return Ok(Ok(person.key)),
            Ok(None) => {}
            Err(error) => return Ok(Err(Fault::of(field, refused(error)?))),
        }
        match self.alike(book, who)?.as_slice() {
            [key] => Ok(Ok(key.clone())),
            [] => match Person::find(book, who) {
                Ok(person) => Ok(Ok(person.key)),
                Err(error) => Ok(Err(Fault::unknown(field, refused(error)?, who))),
            },
            keys => {
                let mut said = Vec::new();
                for key in keys {
                    let name = crate::office::name::of_person(book, key)?.unwrap_or_default();
                    said.push(format!("{name}{}", crate::language::in_brackets(key)));
                }
                let keys = said.join(crate::language::comma());
                let reason = say!("{who} may be any of {keys}: give the key", who, keys);
                Ok(Err(Fault::of(field, reason)))
            }
        }
    }
}

impl Names {
    /// The keys of the people whose key or name reads like this, whatever its width, case and spaces.
    fn alike(&mut self, book: &Connection, who: &str) -> Result<Vec<String>> {
        if self.folded.is_none() {
            let mut folded: HashMap<String, Vec<String>> = HashMap::new();
            let mut statement = book.prepare("SELECT key, name FROM person ORDER BY key")?;
            let mut rows = statement.query(())?;
            while let Some(row) = rows.next()? {
                let (key, name): (String, String) = (row.get(0)?, row.get(1)?);
                for fold in BTreeSet::from([text::plain(&key), text::plain(&name)]) {
                    folded.entry(fold).or_default().push(key.clone());
                }
            }
            self.folded = Some(folded);
        }
        Ok(self.folded.as_ref().and_then(|folded| folded.get(&text::plain(who))).cloned().unwrap_or_default())
    }
}

/// The key of the one department that has a name which reads like this.
fn department_alike(book: &Connection, name: &str) -> Result<Option<String>> {
    let wanted = text::plain(name);
    let mut statement = book.prepare("SELECT key, name_zh, name_en, name_ko FROM department")?;
    let mut rows = statement.query(())?;
    let mut alike = Vec::new();
    while let Some(row) = rows.next()? {
        let names = (0..4).map(|column| row.get(column)).collect::<rusqlite::Result<Vec<Option<String>>>>()?;
        if names.iter().flatten().any(|name| text::plain(name) == wanted) {
            alike.extend(names.into_iter().next().flatten());
        }
    }
    Ok(alike.pop().filter(|_| alike.is_empty()))
}

/// Refuses a row of a day that has not come: the year is mistyped, and the number would be of that year's series.
pub(crate) fn refuse_future(change: &Change<'_>, field: &'static str, day: NaiveDate) -> Result<(), Fault> {
    if day <= change.today() {
        return Ok(());
    }
    Err(Fault::of(field, say!("{day} has not come yet", day)))
}

/// Whether an entry was not written because its number or its serial is in the book already.
pub(crate) fn is_taken(error: &anyhow::Error) -> bool {
    let sqlite = error.downcast_ref::<rusqlite::Error>();
    sqlite.and_then(rusqlite::Error::sqlite_error_code) == Some(ErrorCode::ConstraintViolation)
        && sqlite.is_some_and(|error| error.to_string().contains("UNIQUE"))
}
