//! The index of `find`: which pairs of characters stand in which entries, in a file beside the book (Q32).
//!
//! `find` itself brings it up to the head of the journal; whoever enters something pays nothing for it. It is as private as the book,
//! and only says where to look: what is found is read from the book, as whoever looks may see it. It can be thrown away at any time:
//! where it is damaged, of another book or of a later state it is made anew, and where it cannot be used it is passed over.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Params, Row, Transaction, TransactionBehavior};

use super::super::ALL;
use super::filling::Filling;
use super::pairs;
use crate::book::Book;
use crate::book::select::Select;
use crate::files::{self, beside};
use crate::text::sought::{self, Sought};

/// What the file holds: of each pair of characters the entries that have it, in parts, and of each customer and unit its entries.
const SCHEMA: &str = "
CREATE TABLE state (stamp TEXT NOT NULL, head INTEGER NOT NULL, hash BLOB NOT NULL);
CREATE TABLE name (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE named (name INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (name, entry)) WITHOUT ROWID;
CREATE INDEX named_entry ON named (entry);
CREATE TABLE pair (pair INTEGER NOT NULL, part INTEGER NOT NULL, entries BLOB NOT NULL, PRIMARY KEY (pair, part)) WITHOUT ROWID";

/// The layout of the file; another makes it anew.
const LAYOUT: u32 = 1;

/// So many places or fewer are looked at one by one; a further word need not narrow them.
const FEW: usize = 2_000;

/// With more places than this the whole book is read faster.
const MANY: usize = 100_000;

/// Entries whose texts show something of another entry, which is `?1`: what is signed shows in the shipments of a project.
const SHOWN_IN: &str = "SELECT entry FROM ship WHERE project IN (SELECT value FROM json_each(?1))";

/// The entries in which the words may stand: all in which they do, and perhaps others. None where the book must be read for them.
pub(super) fn places(book: &Book, sought: &Sought) -> Option<Vec<i64>> {
    if book.is_looked_at() || sought.words().is_empty() {
        return None;
    }
    let path = beside::index(book.path());
    let look = || Index::open(book, &path)?.look_up(sought);
    let found = look().or_else(|error| {
        let code = error.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error_code);
        if matches!(code, Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::ReadOnly)) {
            bail!(error);
        }
        fs::remove_file(&path)?;
        look()
    });
    found.ok().flatten()
}

struct Index {
    connection: Connection,
}

impl Index {
    /// Opens the file beside a book, makes it where it is not there, and brings it up.
    fn open(book: &Book, path: &Path) -> Result<Self> {
        files::open_as_private(path, book.path())?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_NOFOLLOW
            | OpenFlags::SQLITE_OPEN_EXRESCODE;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        connection.execute_batch("PRAGMA cell_size_check = ON; PRAGMA synchronous = NORMAL")?;
        let index = Self { connection };
        // One moment of the book, whoever writes to it meanwhile.
        let moment = book.reader().unchecked_transaction()?;
        let wanted = State::of(&moment)?;
        if !index.is_laid()? || index.state()?.as_ref() != Some(&wanted) {
            index.bring_up(&moment, &wanted)?;
        }
        Ok(index)
    }

    /// Whether the file holds these tables and nothing else that could act.
    fn is_laid(&self) -> Result<bool> {
        let sql = "SELECT group_concat(sql, ';' || char(10)) FROM (SELECT sql FROM sqlite_schema
            WHERE sql IS NOT NULL ORDER BY rowid)";
        let laid: Option<String> = self.connection.only(sql, ())?;
        Ok(laid.as_deref() == Some(SCHEMA.trim_start()))
    }

    fn state(&self) -> Result<Option<State>> {
        self.connection.first("SELECT stamp, head, hash FROM state", (), State::of_row)
    }

    /// Brings the file up to the state of the book: from what the journal tells since, or from nothing.
    fn bring_up(&self, book: &Connection, wanted: &State) -> Result<()> {
        // Whoever is about to do the same has the file: it is passed over then.
        let writing = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let is_new = writing.only("SELECT count(*) = 0 FROM sqlite_schema", ())?;
        anyhow::ensure!(is_new || self.is_laid()?, "the file is not of this layout");
        let told = if is_new { None } else { self.state()? };
        let followed = match told {
            Some(told) if told.stamp == wanted.stamp && told.is_of(book)? => Some(told.head),
            _ => None,
        };
        if let Some(head) = followed {
            Filling::of(&writing, true).fill(book, Some(&changed(book, head)?))?;
        } else {
            if !is_new {
                writing.execute_batch("DROP TABLE pair; DROP TABLE named; DROP TABLE name; DROP TABLE state")?;
            }
            writing.execute_batch(SCHEMA)?;
            Filling::of(&writing, false).fill(book, None)?;
        }
        writing.execute("DELETE FROM state", ())?;
        writing.execute("INSERT INTO state VALUES (?1, ?2, ?3)", (&wanted.stamp, wanted.head, &wanted.hash))?;
        Ok(writing.commit()?)
    }

    fn look_up(&self, sought: &Sought) -> Result<Option<Vec<i64>>> {
        let mut found: Option<Vec<i64>> = None;
        for word in sought.words() {
            let places = self.places_of(word)?;
            let both = match found.take() {
                None => places,
                Some(found) => in_both(found, &places),
            };
            let is_narrow = both.len() <= FEW;
            found = Some(both);
            if is_narrow {
                break;
            }
        }
        Ok(found.filter(|places| places.len() <= MANY))
    }

    /// The entries that may hold a word, of which no more are named than are looked at.
    fn places_of(&self, word: &str) -> Result<Vec<i64>> {
        let mut places = self.with_pairs(word)?;
        if sought::is_short_for_a_name(word) {
            let mut names = self.connection.prepare("SELECT id, name FROM name")?;
            let mut rows = names.query(())?;
            while let Some(row) = rows.next()? {
                if sought::gaps(word, row.get_ref(1)?.as_str()?).is_some() {
                    let of_name = "SELECT entry FROM named WHERE name = ?1";
                    places.extend(ids(&self.connection, of_name, [row.get::<_, i64>(0)?])?);
                }
            }
            places.sort_unstable();
            places.dedup();
        }
        Ok(places)
    }
}

impl Index {
    /// The entries that have all pairs of a word, in order. What few have is looked for first, and no further where they are few.
    fn with_pairs(&self, word: &str) -> Result<Vec<i64>> {
        let needed = pairs::needed(word);
        if needed.is_empty() {
            let beginnings = pairs::beginnings(word);
            return self.listed(*beginnings.start(), *beginnings.end());
        }
        let mut length =
            self.connection.prepare_cached("SELECT coalesce(sum(length(entries)), 0) FROM pair WHERE pair = ?1")?;
        let lengths = needed.into_iter().map(|pair| Ok((length.query_row([pair], |row| row.get(0))?, pair)));
        let mut lengths: Vec<(i64, i64)> = lengths.collect::<rusqlite::Result<_>>()?;
        lengths.sort_unstable();
        let mut places: Option<Vec<i64>> = None;
        for (_, pair) in lengths {
            let listed = self.listed(pair, pair)?;
            let narrowed = match places.take() {
                None => listed,
                Some(places) => in_both(places, &listed),
            };
            let is_narrow = narrowed.len() <= FEW;
            places = Some(narrowed);
            if is_narrow {
                break;
            }
        }
        Ok(places.unwrap_or_default())
    }

    /// The entries that have one of a run of pairs, in order.
    fn listed(&self, first: i64, last: i64) -> Result<Vec<i64>> {
        let mut statement = self.connection.prepare_cached("SELECT entries FROM pair WHERE pair BETWEEN ?1 AND ?2")?;
        let (mut rows, mut places) = (statement.query([first, last])?, Vec::new());
        while let Some(row) = rows.next()? {
            places.extend(pairs::read(row.get_ref(0)?.as_blob()?));
        }
        places.sort_unstable();
        places.dedup();
        Ok(places)
    }
}

/// How far the index has come, and of which book.
#[derive(Debug, PartialEq, Eq)]
struct State {
    /// What it was made of: the layout, the book, the columns that are searched, and who was entered twice.
    stamp: String,
    /// The last row of the journal, and its hash.
    head: i64,
    hash: Vec<u8>,
}

impl State {
    /// That of a book.
    fn of(book: &Connection) -> Result<Self> {
        let columns: Vec<String> = ALL.iter().map(|register| register.searched(false).0.join(" ")).collect();
        let (uid, merged): (String, String) = book.whole(
            "SELECT uid, (SELECT coalesce(group_concat(key || '=' || same_as ORDER BY key), '') FROM person WHERE same_as IS NOT NULL) FROM book",
            (),
        )?;
        let stamp = format!("{LAYOUT}\n{uid}\n{}\n{merged}", columns.join("\n"));
        let (head, hash) = book.whole("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1", ())?;
        Ok(Self { stamp, head, hash })
    }

    fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { stamp: row.get(0)?, head: row.get(1)?, hash: row.get(2)? })
    }

    /// Whether the book's journal has this row: it has gone on from here, and was not put back to an earlier state.
    fn is_of(&self, book: &Connection) -> Result<bool> {
        let hash: Option<Vec<u8>> = book.value("SELECT hash FROM journal WHERE id = ?1", [self.head])?;
        Ok(hash.as_ref() == Some(&self.hash))
    }
}

/// What stands in both of two lists in order.
fn in_both(mut places: Vec<i64>, others: &[i64]) -> Vec<i64> {
    places.retain(|place| others.binary_search(place).is_ok());
    places
}

/// The ids in the first column.
fn ids(connection: &Connection, sql: &str, values: impl Params) -> Result<Vec<i64>> {
    connection.column(sql, values)
}

/// The entries that changed behind a row of the journal, and those that show something of them.
fn changed(book: &Connection, head: i64) -> Result<Vec<i64>> {
    let found = book.each(
        "SELECT DISTINCT e.id, e.number FROM journal AS j JOIN entry AS e ON e.number = j.thing WHERE j.id > ?1",
        [head],
        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)),
    )?;
    let (mut entries, numbers): (Vec<i64>, Vec<String>) = found.into_iter().unzip();
    entries.extend(ids(book, SHOWN_IN, [serde_json::to_string(&numbers)?])?);
    entries.sort_unstable();
    entries.dedup();
    Ok(entries)
}
