//! Who may read restricted columns (R2.4, R2.6), what the others see, and the log of every reading.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::{ALL, Register};
use crate::book::change::Lent;
use crate::book::select::Select;
use crate::book::{fault, reading, times};
use crate::desk::{Desk, Surroundings};
use crate::language;
use crate::office::identity;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::query::Query;
use crate::sheet::total::NOTHING;
use crate::view::with_views;

/// What stands in the place of a restricted text.
pub(crate) const MASK: &str = "***";

/// Who reads: what they may read by office, by their own work, or by grant. Under `--as` two read, the owner of the login and
/// whom it names, and see what both may (Q1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reader {
    /// Whose right it is; nobody's where the login is nobody's, and where nothing can be written down.
    rights: [Right; 2],
    today: NaiveDate,
}

/// What one person may read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Right {
    person: Option<String>,
    by_office: bool,
}

/// Who reads the restricted columns of a register besides those who read them by office, and what the others are told.
#[derive(Debug)]
pub(crate) struct Rights {
    /// The condition, over a row `v` of the view, that a reader may read it: by their own work or by a grant that holds on `:today`.
    /// `{reader}` stands for the reader's key.
    pub(crate) mine: &'static str,
    /// The refusal to show the entry of this number.
    pub(crate) refused: fn(&str) -> Refusal,
}

impl Rights {
    /// Nobody's.
    pub(crate) const NONE: Self =
        Self { mine: "0", refused: |number| Refusal::rule("R2.4", say!("you may not read {number}", number)) };

    /// The condition that both of those who read may read a row.
    fn readable(&self) -> String {
        let may = |office: &str, reader: &str| format!("({office} OR {})", self.mine.replace("{reader}", reader));
        format!("({} AND {})", may(":by_office", ":reader"), may(":owner_by_office", ":owner"))
    }
}

/// The registers with columns that only those entitled may read.
pub(crate) fn restricted() -> impl Iterator<Item = &'static Register> {
    ALL.iter().copied().filter(|register| !register.restricted.is_empty())
}

/// The roles that read all user information by office: managers and leaders (R2.6), the clerks who keep the files, and the
/// services that copy the book.
pub(crate) const OFFICES: [Role; 6] = [
    Role::Clerk,
    Role::DepartmentManager,
    Role::BranchManager,
    Role::CompanyLeader,
    Role::GeneralManager,
    Role::Service,
];

/// Whether the person reads by office on a day, and on the system's where that is another.
fn by_office(book: &Connection, person: &Person, (today, system): (NaiveDate, Option<NaiveDate>)) -> Result<bool> {
    Ok(person.holds_any(book, &OFFICES, today)?
        && system.map_or(Ok(true), |system| person.holds_any(book, &OFFICES, system))?)
}

impl Right {
    /// What the person may read today; who has no term reads nothing (Q3).
    fn of(book: &Connection, person: &Person, (today, system): (NaiveDate, Option<NaiveDate>)) -> Result<Self> {
        let by_office = by_office(book, person, (today, system))?;
        if by_office || identity::is_on_the_staff(book, person, today)? {
            return Ok(Self { person: Some(person.key.clone()), by_office });
        }
        Ok(Self::default())
    }

    fn key(&self) -> Value {
        self.person.clone().map_or(Value::Null, Value::Text)
    }
}

impl Reader {
    /// The reader at the desk; a login that is nobody's reads as nobody, and so does everybody where no reading can be written
    /// down.
    pub(crate) fn at(desk: &mut Desk<'_>) -> Result<Self> {
        let (surroundings, now) = (desk.surroundings.clone(), desk.now()?);
        let book = desk.book()?;
        let is_looked_at = book.is_looked_at();
        let book = book.reader();
        let today = times::reading_day(book, now)?;
        let nobody = Self { rights: Default::default(), today };
        let Some(recorder) = identity::reader(book, &surroundings)?.filter(|_| !is_looked_at) else {
            return Ok(nobody);
        };
        let system = times::system_day(book, now)?;
        let person = Right::of(book, &recorder.person, (today, system))?;
        let owner = match &recorder.lent {
            None | Some(Lent::Unknown) => person.clone(),
            Some(Lent::By(owner)) => Right::of(book, owner, (today, system))?,
        };
        Ok(Self { rights: [person, owner], today })
    }

    /// Adds the reader to a query whose SELECT uses [`rows`].
    pub(crate) fn bind(&self, query: Query) -> Query {
        let [person, owner] = &self.rights;
        query
            .with(":by_office", i64::from(person.by_office))
            .with(":reader", person.key())
            .with(":owner_by_office", i64::from(owner.by_office))
            .with(":owner", owner.key())
            .with(":today", self.today.to_string())
    }

    /// How many rows of a bound query this reader sees unmasked; the SELECT must carry a `readable` column.
    ///
    /// # Errors
    /// An error of `SQLite`.
    fn readable(book: &Connection, query: &Query) -> Result<i64> {
        let count = Query { sql: format!("SELECT count(*) FROM ({}) WHERE readable", query.sql), ..query.clone() };
        count.single(book)
    }
}

/// Refuses unless the person at the desk reads user information by office today.
pub(crate) fn require_office(desk: &mut Desk<'_>, clause: &str, what: &str) -> Result<()> {
    let surroundings = desk.surroundings.clone();
    require_office_in(desk.book()?.reader(), &surroundings, clause, what)
}

/// As [`require_office`], by the staff of this book.
pub(crate) fn require_office_in(
    book: &Connection,
    surroundings: &Surroundings,
    clause: &str,
    what: &str,
) -> Result<()> {
    let recorder = identity::recorder(book, surroundings)?;
    let now = surroundings.clock.in_office_as_found(book);
    let days = (times::reading_day(book, now)?, times::system_day(book, now)?);
    for acting in recorder.hands() {
        if !by_office(book, acting, days)? {
            let what = say!("{acting} is no clerk, manager or leader, and only one of these {what}", acting, what);
            return Err(Refusal::rule(clause, what).or(say!("ask your department's manager")).into());
        }
    }
    Ok(())
}

/// Says that restricted columns are masked for everybody, where the book cannot be written.
pub(crate) fn tell_masked(desk: &mut Desk<'_>) -> Result<()> {
    if desk.book()?.is_looked_at() {
        let note =
            say!("the book cannot be written, and so no reading either: what is restricted is masked for everybody");
        writeln!(desk.err, "{note}")?;
    }
    Ok(())
}

/// Refuses what shows restricted information whole, where no reading can be written down.
pub(crate) fn require_log(desk: &mut Desk<'_>, what: &str) -> Result<()> {
    let book = desk.book()?;
    if !book.is_looked_at() {
        return Ok(());
    }
    let path = book.path().display().to_string();
    Err(Refusal::rule(
        "R2.4",
        say!("{path} cannot be written, so that no reading of {what} can be written down", path, what),
    )
    .or(say!("ask its owner for the right to write"))
    .into())
}

/// A register's rows as the reader may see them: a SELECT of the view's columns, restricted ones masked, and `readable`.
pub(crate) fn rows(book: &Connection, register: &Register) -> Result<String> {
    let view = register.view;
    if register.restricted.is_empty() {
        return Ok(format!("SELECT v.*, 1 AS readable FROM {view} AS v"));
    }
    let columns: Vec<String> = columns(book, view)?
        .into_iter()
        .map(|column| match register.restricted.contains(&column.as_str()) {
            false => format!("r.{column}"),
            true if column.ends_with("_fen") => format!("CASE WHEN r.readable THEN r.{column} END AS {column}"),
            true => format!("CASE WHEN r.readable OR r.{column} IS NULL THEN r.{column} ELSE '{MASK}' END AS {column}"),
        })
        .collect();
    Ok(format!(
        "SELECT {}, r.readable FROM (SELECT v.*, {} AS readable FROM {view} AS v) AS r",
        columns.join(", "),
        register.rights.readable()
    ))
}

/// How many rows of a bound query over [`rows`] have amounts that the reader may not see, and that a total would have.
pub(crate) fn withheld(book: &Connection, register: &Register, query: &Query) -> Result<u64> {
    if !register.added_up().iter().any(|name| register.restricted.contains(&format!("{name}_fen").as_str())) {
        return Ok(0);
    }
    let nothing = NOTHING.map(|state| format!("'{state}'")).join(", ");
    let repeats = if columns(book, register.view)?.iter().any(|column| column == "duplicate_of") {
        " AND duplicate_of IS NULL"
    } else {
        ""
    };
    let sql = format!(
        "SELECT count(*) FROM ({}) WHERE readable IS NOT TRUE AND coalesce(state, '') NOT IN ({nothing}){repeats}",
        query.sql
    );
    Ok(u64::try_from(Query { sql, ..query.clone() }.single(book)?)?)
}

/// The columns of a view, in order.
pub(crate) fn columns(book: &Connection, view: &str) -> Result<Vec<String>> {
    let statement = book.prepare_cached(&with_views(&format!("SELECT * FROM {view}")))?;
    Ok(statement.column_names().map(str::to_owned).collect())
}

/// The columns of a view that are printed: all but those that order its rows.
pub(crate) fn printed_columns(book: &Connection, view: &str) -> Result<Vec<String>> {
    let mut columns = columns(book, view)?;
    columns.retain(|column| !matches!(column.as_str(), "id" | "counter" | "serial"));
    Ok(columns)
}

/// Writes down that restricted information is about to be read, where the query would show any.
pub(crate) fn log(desk: &mut Desk<'_>, command: &str, scope: &str, query: &Query) -> Result<()> {
    let entries = Reader::readable(desk.book()?.reader(), query)?;
    if entries == 0 {
        return Ok(());
    }
    let surroundings = desk.surroundings.clone();
    let book = desk.book()?;
    let transaction = book.begin()?;
    let now = surroundings.clock.in_office(&transaction)?;
    let recorder = identity::recorder(&transaction, &surroundings)?;
    let note = reading::append(&transaction, now, &recorder, command, scope, entries)?;
    transaction.commit()?;
    if let Some(note) = note {
        writeln!(desk.err, "{note}")?;
    }
    Ok(())
}

/// Writes down that the whole book is copied to `place`. A copy must be possible while another program holds the book, its disk is
/// full, or it can only be read: gives then, as a note, why the access log does not know of it.
pub(crate) fn log_copy(desk: &mut Desk<'_>, place: &str) -> Result<Option<String>> {
    let surroundings = desk.surroundings.clone();
    let book = desk.book()?;
    let recorder = identity::recorder(book.reader(), &surroundings)?;
    let counts: Vec<String> =
        restricted().map(|register| format!("(SELECT count(*) FROM {})", register.name)).collect();
    let entries = book.reader().only(&format!("SELECT {}", counts.join(" + ")), ())?;
    let path = book.path().to_owned();
    let mut write = || -> Result<Option<String>> {
        let transaction = book.begin()?;
        let now = surroundings.clock.in_office(&transaction)?;
        let note = reading::append(&transaction, now, &recorder, "backup", place, entries)?;
        transaction.commit()?;
        Ok(note)
    };
    Ok(write().unwrap_or_else(|error| {
        let error = fault::explain(error, &path, surroundings.patience);
        let reason =
            error.downcast_ref::<Refusal>().map_or_else(|| language::chain(&error), |refusal| refusal.what.clone());
        Some(say!("the access log does not know of this copy: {reason}", reason))
    }))
}
