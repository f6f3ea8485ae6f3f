//! The book: one `SQLite` file. Only this module opens it, begins a transaction and commits.
//!
//! A write is one `BEGIN IMMEDIATE` transaction in WAL mode with full synchronisation: what was answered is on
//! the disk. The log is kept when the book is closed and checkpointed once it has grown, after the answer.

pub mod backup;
pub mod change;
pub mod fault;
pub mod journal;
pub mod once;
pub mod reading;
pub mod schema;
mod sight;
pub mod standing;
pub mod thing;
pub mod turnstile;
pub mod verify;
pub mod view;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use self::sight::Sight;
use crate::files;
use crate::refusal::Refusal;
use crate::say;

/// How long a command waits for other processes before it gives up with exit code 6, unless told otherwise.
pub const BUSY_TIMEOUT: Duration = Duration::from_secs(15);

/// The log is moved into the book once it holds more pages than this, for every command reads it through.
const LOG_LIMIT: i64 = 64;

/// What the names of the files end in that belong to a book and lie beside it: those of `SQLite`, and ours.
pub(crate) const BESIDE: [&str; 4] = ["-journal", "-wal", "-shm", "-turn"];

/// The oldest `SQLite` that a book may be written with: before it, a commit to the log could be lost.
const OLDEST_SQLITE: i32 = 3_051_003;

/// An open book.
#[derive(Debug)]
pub struct Book {
    path: PathBuf,
    connection: Connection,
    patience: Duration,
    /// Whether nobody had written to the log yet when this book was opened: then its name may not be on the disk.
    log_is_new: bool,
    /// The files that were not there before it was made.
    made: Vec<PathBuf>,
    /// Where the book is only looked at.
    sight: Option<Sight>,
}

impl Book {
    /// Makes the file of a new book, readable by its owner alone, and opens it; the schema is laid by
    /// [`schema::lay`] in the first write. Its commands wait for `patience` while others hold it.
    ///
    /// # Errors
    /// A refusal where the file exists already or its folder cannot be written.
    pub fn create(path: &Path, patience: Duration) -> Result<Self> {
        if path.exists() {
            return Err(Refusal::failed(say!("{path} is there already", path = path.display()))
                .or(say!("name another file with --book, or work on with this one"))
                .into());
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            files::make_folder(folder)
                .with_context(|| say!("cannot make the folder {folder}", folder = folder.display()))?;
        }
        let (there, new): (Vec<_>, Vec<_>) = beside(path).partition(|file| file.symlink_metadata().is_ok());
        if let Some(log) = there.iter().find(|file| !file.as_os_str().as_encoded_bytes().ends_with(b"-turn")) {
            return Err(Refusal::failed(say!("{log} is there, and its book is not", log = log.display()))
                .or(say!("put the book back beside it, or move it away"))
                .into());
        }
        files::create_private(path).with_context(|| say!("cannot make {path}", path = path.display()))?;
        let made = [path.to_owned()].into_iter().chain(new).collect();
        let connected = connect(path, patience).and_then(|connection| {
            connection.pragma_update(None, "journal_mode", "wal")?;
            Ok(connection)
        });
        match connected {
            Ok(connection) => {
                Ok(Self { path: path.to_owned(), connection, patience, log_is_new: true, made, sight: None })
            }
            Err(error) => {
                remove(&made);
                Err(error)
            }
        }
    }

    /// Closes a book whose making failed, and takes away the files that were made for it.
    pub fn discard(self) {
        drop(self.connection);
        remove(&self.made);
    }

    /// Opens a book that is there, upgrades it if it is older than the program, and checks that its schema is
    /// the one that this program wrote. Its commands wait for `patience` while others hold it.
    ///
    /// # Errors
    /// A refusal where the file is missing, no book, of a newer version, or of a changed schema.
    pub fn open(path: &Path, patience: Duration) -> Result<Self> {
        let book = Self::open_current(path, patience)?;
        schema::refuse_changed(&book)?;
        Ok(book)
    }

    /// Opens a book or a copy to check it, whatever its schema looks like: it is not brought up to the present version, and
    /// nothing is left beside it.
    ///
    /// # Errors
    /// A refusal where the file is missing, no book, or of a newer version; an error where its schema is no text.
    pub fn open_as_found(path: &Path, patience: Duration) -> Result<Self> {
        let path = found_at(path)?;
        let is_apart = with_ending(&path, "-wal").symlink_metadata().is_err();
        let book = if is_apart || sight::is_read_only(&path) {
            Self::look_at(path, patience)?
        } else {
            Self::take_up(path, patience)?
        };
        schema::older(&book)?;
        // Names of tables and columns must be text at least: no check can do without them.
        schema::found(book.reader())?;
        Ok(book)
    }

    fn open_current(path: &Path, patience: Duration) -> Result<Self> {
        let path = found_at(path)?;
        let mut book =
            if sight::is_read_only(&path) { Self::look_at(path, patience)? } else { Self::take_up(path, patience)? };
        schema::bring_up(&mut book)?;
        Ok(book)
    }

    fn take_up(path: PathBuf, patience: Duration) -> Result<Self> {
        let log_is_new = fs::metadata(with_ending(&path, "-wal")).map_or(true, |log| log.len() == 0);
        let connection = connect(&path, patience)?;
        Ok(Self { path, connection, patience, log_is_new, made: Vec::new(), sight: None })
    }

    fn look_at(path: PathBuf, patience: Duration) -> Result<Self> {
        let (connection, sight) = Sight::open(&path, patience)?;
        Ok(Self { path, connection, patience, log_is_new: false, made: Vec::new(), sight: Some(sight) })
    }

    /// The book of an older version as this program would bring it up: a private copy. None where it is of this version.
    ///
    /// # Errors
    /// A refusal where it cannot be copied or brought up.
    pub fn brought_up_apart(&self) -> Result<Option<Self>> {
        if schema::older(self)?.is_none() {
            return Ok(None);
        }
        let (copy, folder) = sight::private_copy(&self.connection)?;
        self.require_one_moment()?;
        let copied = Self::open_current(&copy, self.patience)?;
        Ok(Some(Self { path: self.path.clone(), sight: Some(Sight::of_copy(&self.path, folder)), ..copied }))
    }

    /// Whether the book is only looked at: nothing can be written into it, not even who read what.
    #[must_use]
    pub const fn is_looked_at(&self) -> bool {
        self.sight.is_some()
    }

    /// Sees whether what was read of a book that is only looked at was one moment of it.
    ///
    /// # Errors
    /// A refusal of kind busy where another program wrote to it meanwhile.
    pub fn require_one_moment(&self) -> Result<(), Refusal> {
        self.sight.as_ref().map_or(Ok(()), Sight::require_one_moment)
    }

    /// Ends the look at a book that is only looked at.
    ///
    /// # Errors
    /// As [`Book::require_one_moment`].
    pub fn end_look(&mut self) -> Result<(), Refusal> {
        let ended = self.require_one_moment();
        self.sight = None;
        ended
    }

    /// Where the book is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The connection, to read with.
    #[must_use]
    pub const fn reader(&self) -> &Connection {
        &self.connection
    }

    /// Begins the one transaction of a command; only one process is inside at a time.
    ///
    /// # Errors
    /// A refusal where other processes held the book for longer than the patience, or it cannot be written.
    pub fn begin(&mut self) -> Result<Transaction<'_>> {
        if self.sight.is_some() {
            return Err(fault::read_only(&self.path).into());
        }
        let start = Instant::now();
        let turn = turnstile::wait(&self.path, self.patience)?;
        // At the head of the line the turnstile polls, more often than `SQLite`'s own waiting would.
        self.connection.busy_timeout(Duration::ZERO)?;
        let begun = turnstile::poll(start, self.patience, || {
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)
        });
        self.connection.busy_timeout(self.patience)?;
        drop(turn);
        let begun = begun?;
        if self.log_is_new {
            // What is committed is in the log: its name must be on the disk before. Whoever finds a log with something in it
            // need not care, for the one who wrote that did.
            files::sync_folder(&self.path)
                .with_context(|| say!("cannot bring {path} to the disk", path = self.path.display()))?;
        }
        Ok(begun)
    }

    /// Keeps in memory what a statement may have to take back, for a change of very many small statements: the first of them
    /// that touches more than a few pages would otherwise send those of every later one through a file. A statement that
    /// touches very many pages is better off without.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn take_back_in_memory(&self) -> Result<()> {
        Ok(self.connection.pragma_update(None, "temp_store", "memory")?)
    }

    /// Moves a log that has grown into the book. Called after the answer was printed: a failure here loses nothing.
    ///
    /// The log is cut off, and not only begun anew: a process that opens the book alone reads the whole file through, and
    /// would find the old frames in it as good as before.
    pub fn tidy(&self) {
        if self.sight.is_some() {
            return;
        }
        let pages =
            self.connection.query_row("PRAGMA wal_checkpoint(NOOP)", (), |row| row.get::<_, i64>(1)).unwrap_or(0);
        if pages > LOG_LIMIT {
            let _ = self.connection.busy_timeout(Duration::ZERO);
            let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()));
            let _ = self.connection.busy_timeout(self.patience);
        }
    }
}

/// Opens a connection to read and write with.
fn connect(path: &Path, patience: Duration) -> Result<Connection> {
    anyhow::ensure!(
        rusqlite::version_number() >= OLDEST_SQLITE,
        say!(
            "SQLite {version} can lose committed writes; build branchbook with its bundled SQLite",
            version = rusqlite::version()
        )
    );
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let connection = guarded(Connection::open_with_flags(path, flags)?)?;
    connection.busy_timeout(patience)?;
    Ok(connection)
}

/// A connection as `SQLite`'s advice for untrusted files says.
fn guarded(connection: Connection) -> Result<Connection> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.execute_batch(
        "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Where the book is that a path names.
fn found_at(path: &Path) -> Result<PathBuf> {
    fault::refuse_missing(path)?;
    // Where a link leads lies the book, and its log beside it.
    let is_link = fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    Ok(if is_link { fs::canonicalize(path)? } else { path.to_owned() })
}

/// The files that may lie beside a book and belong to it.
pub(crate) fn beside(book: &Path) -> impl Iterator<Item = PathBuf> {
    BESIDE.into_iter().map(|ending| with_ending(book, ending))
}

/// The file beside a book whose name ends so.
fn with_ending(book: &Path, ending: &str) -> PathBuf {
    let mut path = book.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

fn remove(made: &[PathBuf]) {
    for file in made {
        let _ = fs::remove_file(file);
    }
}
