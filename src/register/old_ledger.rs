//! What the imports of all registers share: whose ledger it is and who may bring it in, names resolved once, and why a row is not taken.

use std::borrow::Cow;
use std::collections::HashMap;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::{Connection, ErrorCode};

use crate::book::change::Change;
use crate::desk::Desk;
use crate::import::row::Fault;
use crate::import::run::{FileImport, Take, Taken};
use crate::office::person::Person;
use crate::office::{department, identity};
use crate::refusal::Refusal;
use crate::say;

/// An old ledger
#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct Import {
    /// Whose ledger it is; the same as --set department=…
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: Option<String>,
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
        begin: impl FnOnce(&Change<'_>) -> Result<T>,
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
    people: HashMap<String, Result<String, String>>,
    /// What was made of the cells of fields.
    found: HashMap<&'static str, HashMap<String, String>>,
}

impl Names {
    /// The key of the department that `name` is in any language.
    pub(crate) fn department(&mut self, book: &Connection, field: &'static str, name: &str) -> Checked<String> {
        if !self.departments.contains_key(name) {
            let key = department::look_up(book, name)?.map(|department| department.key);
            self.departments.insert(name.to_owned(), key);
        }
        let known = self.departments.get(name).cloned().flatten();
        let unknown = || Fault::of(field, say!("there is no department {name}; see branchbook department list", name));
        Ok(known.ok_or_else(unknown)?)
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

    /// The key of the person whose key or unique name `who` is.
    pub(crate) fn person(&mut self, book: &Connection, field: &'static str, who: &str) -> Checked<String> {
        if let Some(known) = self.people.get(who) {
            return Ok(known.clone().map_err(|reason| Fault::of(field, reason))?);
        }
        let found = Person::find(book, who).map(|person| person.key).map_err(|error| Trouble::of(field, error));
        match &found {
            Ok(key) => drop(self.people.insert(who.to_owned(), Ok(key.clone()))),
            Err(Trouble::Row(fault)) => drop(self.people.insert(who.to_owned(), Err(fault.reason.clone()))),
            Err(Trouble::Book(_)) => {}
        }
        found
    }
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
