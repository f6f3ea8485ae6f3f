//! The book: one `SQLite` file. Only this module opens it, begins a transaction and commits.
//!
//! A write is one `BEGIN IMMEDIATE` transaction in WAL mode with full synchronisation: what was answered is on
//! the disk. The log is kept when the book is closed and checkpointed once it has grown, after the answer.

pub(crate) mod answered;
pub(crate) mod attached;
mod before;
pub mod change;
pub(crate) mod closed;
mod connection;
pub(crate) mod copy;
pub(crate) mod fault;
pub(crate) mod journal;
pub(crate) mod once;
pub(crate) mod preview;
pub mod reading;
pub mod schema;
pub(crate) mod select;
pub(crate) mod sight;
pub mod standing;
pub(crate) mod swap;
pub mod thing;
pub(crate) mod times;
pub(crate) mod trail;
pub mod turnstile;
mod writing;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, mem};

use anyhow::{Context, Result};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use self::answered::{AnsweredFile, Found};
use self::connection::connect;
use self::sight::Sight;
pub(crate) use self::writing::Writing;

use crate::files::beside::{self, with_ending};
use crate::files::{self, target};
use crate::refusal::Refusal;
use crate::say;
use crate::template::Numbering;

/// The log is moved into the book once it holds more pages than this, for every command reads it through.
const LOG_LIMIT: i64 = 64;

/// A log whose file has more bytes than this is cut off, whatever it holds: an import that was taken back leaves what it had written.
const LOG_BYTES: u64 = 1 << 20;

/// Whether a book is kept as it was when it is brought up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AsItWas {
    Kept,
    NotKept,
}

/// An open book.
#[derive(Debug)]
pub struct Book {
    path: PathBuf,
    connection: Connection,
    patience: Duration,
    /// The series that the registers number by, which are begun where it is brought up and lacks them.
    numbering: Numbering,
    /// What was answered last, kept beside the book.
    answered: AnsweredFile,
    /// The file that the path led to when it was opened.
    file: Option<files::Identity>,
    /// Why nothing is written to it, though it can be read.
    reserve: Option<Refusal>,
    /// What whoever opened it should know.
    notes: Vec<String>,
    /// The files that were not there before it was made, or in which nothing was.
    made: Vec<PathBuf>,
    /// Where the book is only looked at.
    sight: Option<Sight>,
    /// Whether all changes are part of one transaction.
    together: bool,
}

impl Book {
    /// Makes the file of a new book, readable by its owner alone, and opens it; the schema is laid by
    /// [`schema::lay`] in the first write. Its commands wait for `patience` while others hold it.
    pub(crate) fn create(path: &Path, patience: Duration, numbering: Numbering) -> Result<Self> {
        refuse_occupied(path, patience)?;
        files::make_folder(files::folder_of(path))
            .with_context(|| say!("cannot make the folder {folder}", folder = files::folder_of(path).display()))?;
        let answered = AnsweredFile::open_alone(path, patience)?;
        // Somebody may have made it while this one waited.
        refuse_occupied(path, patience)?;
        let head = Some(answered::path(path)).filter(|_| answered.found() == Found::Missing);
        let new =
            [path.to_owned()].into_iter().chain(beside::all(path)).filter(|file| file.symlink_metadata().is_err());
        let made: Vec<PathBuf> = new.chain(head).collect();
        let created = Self::create_alone(path, (patience, numbering), answered, made.clone());
        if created.is_err() {
            remove(&made);
        }
        created
    }

    fn create_alone(
        path: &Path,
        (patience, numbering): (Duration, Numbering),
        answered: AnsweredFile,
        made: Vec<PathBuf>,
    ) -> Result<Self> {
        if !path.exists() {
            files::create_private(path).with_context(|| say!("cannot make {path}", path = path.display()))?;
        }
        let connection = connect(path, patience)?;
        let file = files::identity(path).ok();
        let book = Self { made, ..Self::held(path.to_owned(), (connection, file), (patience, numbering), answered) };
        book.keep_log()?;
        Ok(book)
    }

    /// A book that is held open to be written, of which nothing is told yet.
    fn held(
        path: PathBuf,
        (connection, file): (Connection, Option<files::Identity>),
        (patience, numbering): (Duration, Numbering),
        answered: AnsweredFile,
    ) -> Self {
        let (notes, made) = (Vec::new(), Vec::new());
        Self {
            path,
            connection,
            patience,
            numbering,
            answered,
            file,
            reserve: None,
            notes,
            made,
            sight: None,
            together: false,
        }
    }

    /// Closes a book whose making failed, and takes away the files that were made for it.
    pub(crate) fn discard(self) {
        drop(self.connection);
        remove(&self.made);
    }

    /// Opens a book that is there, upgrades it if it is older than the program, and checks that its schema is
    /// the one that this program wrote. Its commands wait for `patience` while others hold it; where it is brought up, the series
    /// of `numbering` are begun that it lacks.
    ///
    /// # Errors
    /// A refusal where the file is missing, no book, of a newer version, or of a changed schema.
    pub fn open(path: &Path, patience: Duration, numbering: Numbering) -> Result<Self> {
        let book = Self::open_current(path, (patience, numbering), AsItWas::Kept)?;
        schema::refuse_changed(&book)?;
        Ok(book)
    }

    /// Opens a private copy as [`Book::open`] does: when it is brought up nothing is kept, for what it was copied from is.
    ///
    /// # Errors
    /// As [`Book::open`].
    pub(crate) fn open_apart(path: &Path, patience: Duration, numbering: Numbering) -> Result<Self> {
        let book = Self::open_current(path, (patience, numbering), AsItWas::NotKept)?;
        schema::refuse_changed(&book)?;
        Ok(book)
    }

    /// Opens a book or a copy to check it, whatever its schema looks like: it is not brought up to the present version, and
    /// nothing is left beside it.
    pub(crate) fn open_as_found(path: &Path, patience: Duration, numbering: Numbering) -> Result<Self> {
        // Where a file of the log is missing, SQLite would make it.
        let is_apart = |path: &Path| ["-wal", "-shm"].iter().any(|ending| !with_ending(path, ending).exists());
        let book = Self::open_compared(path, (patience, numbering), is_apart)?;
        schema::older(&book)?;
        // Names of tables and columns must be text at least: no check can do without them.
        schema::found(book.reader())?;
        Ok(book)
    }

    /// A connection to a book as it is, of whatever version, for what can do without it.
    pub(crate) fn glance(path: &Path, patience: Duration) -> Result<Connection> {
        fault::refuse_missing(path)?;
        connect(path, patience)
    }

    fn open_current(path: &Path, how: (Duration, Numbering), as_it_was: AsItWas) -> Result<Self> {
        let mut book = Self::open_compared(path, how, |_| false)?;
        schema::bring_up(&mut book, as_it_was)?;
        if !book.is_looked_at() {
            book.reserve = book.keep_log().err();
            book.tell_how_far();
        }
        Ok(book)
    }

    /// Opens a book of whatever version, and looks whether it holds what was answered. It is only looked at where it cannot be
    /// written, or is `apart`.
    fn open_compared(path: &Path, how: (Duration, Numbering), apart: fn(&Path) -> bool) -> Result<Self> {
        let (patience, _) = how;
        let path = found_at(path)?;
        let answered = AnsweredFile::open(&path, patience)?;
        let settled = swap::settle_interrupted(&path, &answered, patience)?;
        fault::refuse_missing(&path)?;
        let file = files::identity(&path).ok();
        let (connection, sight) = if sight::is_read_only(&path) || apart(&path) {
            let (connection, sight) = Sight::open(&path, patience)?;
            (connection, Some(sight))
        } else {
            (connect(&path, patience)?, None)
        };
        let mut book = Self { sight, ..Self::held(path, (connection, file), how, answered) };
        schema::refuse_other(&book)?;
        if let Some(settled) = settled {
            let note = swap::tell(settled, &book.path, &book.answered, &book.connection)?;
            book.notes.push(note);
            book.answered.share();
        }
        book.compare();
        Ok(book)
    }

    /// The book of an older version as this program would bring it up: a private copy. None where it is of this version.
    pub(crate) fn brought_up_apart(&self) -> Result<Option<Self>> {
        if schema::older(self)?.is_none() {
            return Ok(None);
        }
        let (copy, folder) = sight::private_copy(&self.connection)?;
        self.require_one_moment()?;
        let copied = Self::open_current(&copy, (self.patience, self.numbering), AsItWas::NotKept)?;
        let (path, reserve, notes) = (self.path.clone(), self.reserve.clone(), self.notes.clone());
        let sight = Some(Sight::of_copy(&path, folder));
        Ok(Some(Self { path, reserve, notes, sight, ..copied }))
    }

    /// Whether the book is only looked at: nothing can be written into it, not even who read what.
    pub(crate) const fn is_looked_at(&self) -> bool {
        self.sight.is_some() || self.reserve.is_some()
    }

    /// Sees whether what was read of a book that is only looked at was one moment of it.
    pub(crate) fn require_one_moment(&self) -> Result<(), Refusal> {
        self.sight.as_ref().map_or(Ok(()), Sight::require_one_moment)
    }

    /// Ends the look at a book that is only looked at.
    pub(crate) fn end_look(&mut self) -> Result<(), Refusal> {
        let ended = self.require_one_moment();
        self.sight = None;
        ended
    }

    /// Looks whether the book holds what was answered. Where it cannot be read for that, what reads it says why.
    fn compare(&mut self) {
        if let Found::Told(told) = self.answered.found() {
            self.reserve = answered::lag(&self.connection, &self.path, &told).unwrap_or_default();
        }
    }

    /// Makes the file that tells what was answered, where it is not there or tells nothing.
    fn tell_how_far(&mut self) {
        let found = self.answered.found();
        if matches!(found, Found::Told(_)) {
            return;
        }
        let Ok(answered) = answered::of(&self.connection) else { return };
        if self.answered.make(answered) {
            let head = answered::path(&self.path).display().to_string();
            self.notes.push(match found {
                Found::Missing => {
                    say!("{head} was not there and was made anew: it tells from now on what the book must hold", head)
                }
                _ => say!(
                    "{head} could not be read and was made anew: it tells from now on what the book must hold",
                    head
                ),
            });
        }
    }

    /// Has the book keep a log, as it must to lose nothing: whatever made it, or another program, may have left it without.
    fn keep_log(&self) -> Result<(), Refusal> {
        let mode =
            |sql| self.connection.query_row(sql, (), |row| row.get::<_, String>(0)).is_ok_and(|mode| mode == "wal");
        if mode("PRAGMA journal_mode") || mode("PRAGMA journal_mode = wal") {
            return Ok(());
        }
        Err(self.without_log().or(say!("let every other program close it, keep it on a local disk, and try again")))
    }

    /// Whether a file beside the book tells what was answered last, or should.
    pub(crate) fn is_told_of(&self) -> bool {
        self.answered.found() != Found::Missing || self.reserve.is_some()
    }

    /// That the book keeps no log.
    pub(crate) fn without_log(&self) -> Refusal {
        Refusal::failed(say!(
            "{book} keeps no log, and without one a change could be lost, so nothing can be written to it",
            book = self.path.display()
        ))
    }

    /// Whether the book keeps a log; one that is only looked at says so in its header.
    pub(crate) fn has_log_mode(&self) -> Result<bool> {
        if self.sight.is_none() {
            let mode: String = self.connection.query_row("PRAGMA journal_mode", (), |row| row.get(0))?;
            return Ok(mode == "wal");
        }
        let mut header = [0; 20];
        File::open(&self.path)?.read_exact(&mut header)?;
        Ok(header.ends_with(&[2, 2]))
    }

    /// What whoever opened the book should know, once.
    pub(crate) fn take_notes(&mut self) -> Vec<String> {
        mem::take(&mut self.notes)
    }

    /// Why nothing is written to it, though it can be read; none where it is written to.
    pub(crate) const fn reserve(&self) -> Option<&Refusal> {
        self.reserve.as_ref()
    }

    /// Where the book is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The connection, to read with.
    pub(crate) const fn reader(&self) -> &Connection {
        &self.connection
    }

    /// Begins the one transaction of a command; only one process is inside at a time.
    ///
    /// # Errors
    /// A refusal where other processes held the book for longer than the patience, it cannot be written, or it lacks what was
    /// answered.
    pub fn begin(&mut self) -> Result<Writing<'_>> {
        if self.together {
            return self.begin_part();
        }
        self.reserve.clone().map_or(Ok(()), Err)?;
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
        if files::identity(&self.path).ok() != self.file {
            return Err(fault::moved(&self.path).into());
        }
        if !self.answered.fits() {
            writing::prove(&begun, &self.path)?;
            self.answered.proven();
        }
        if self.answered.log_is_new() {
            // What is committed is in the log: its name must be on the disk before. Whoever finds a log with something in it
            // need not care, for the one who wrote that did.
            files::sync_folder(&self.path)
                .with_context(|| say!("cannot bring {path} to the disk", path = self.path.display()))?;
        }
        Ok(Writing::new(begun, &self.answered))
    }

    /// Keeps in memory what a statement may have to take back, for a change of very many small statements: the first of them
    /// that touches more than a few pages would otherwise send those of every later one through a file. A statement that
    /// touches very many pages is better off without.
    pub(crate) fn take_back_in_memory(&self) -> Result<()> {
        Ok(self.connection.pragma_update(None, "temp_store", "memory")?)
    }

    /// Moves a log that has grown into the book. Called after the answer was printed: a failure here loses nothing.
    ///
    /// The log is cut off, and not only begun anew: a process that opens the book alone reads the whole file through, and
    /// would find the old frames in it as good as before.
    pub(crate) fn tidy(&self) {
        if self.sight.is_some() || self.together {
            return;
        }
        let pages =
            self.connection.query_row("PRAGMA wal_checkpoint(NOOP)", (), |row| row.get::<_, i64>(1)).unwrap_or(0);
        let is_long = || fs::metadata(with_ending(&self.path, "-wal")).is_ok_and(|log| log.len() > LOG_BYTES);
        if pages > LOG_LIMIT || is_long() {
            self.answered.tidying(|| {
                let _ = self.connection.busy_timeout(Duration::ZERO);
                let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()));
                let _ = self.connection.busy_timeout(self.patience);
            });
        }
    }
}

/// Refuses to make a book where one is, or what is left of one; not where the making of one was interrupted.
fn refuse_occupied(path: &Path, patience: Duration) -> Result<(), Refusal> {
    if path.symlink_metadata().is_ok() {
        let is_unfinished = || schema::holds_nothing(&Book::glance(path, patience)?);
        return if is_unfinished().unwrap_or(false) {
            Ok(())
        } else {
            Err(Refusal::failed(say!("{path} is there already", path = path.display()))
                .or(say!("name another file with --book, or work on with this one")))
        };
    }
    let is_left = |file: &PathBuf| {
        let ours = [with_ending(path, "-turn"), with_ending(path, "-head")].contains(file);
        fs::symlink_metadata(file).is_ok_and(|found| !ours || found.len() > 8)
    };
    match beside::all(path).filter(|file| *file != beside::index(path)).find(is_left) {
        None => Ok(()),
        Some(log) => Err(Refusal::failed(say!("{log} is there, and its book is not", log = log.display()))
            .or(say!("put the book back beside it, or move it away"))),
    }
}

/// Where the book is that a path names, or will be: where a link leads, and its log lies beside it there.
pub(crate) fn found_at(path: &Path) -> Result<PathBuf> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    Ok(if is_link { target::real(path)? } else { path.to_owned() })
}

fn remove(made: &[PathBuf]) {
    for file in made {
        let _ = fs::remove_file(file);
    }
}
