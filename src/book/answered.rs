//! What was answered last, kept beside the book and outside of its log: the file `BOOK-head`.
//!
//! A log that is lost, damaged or another copy's leaves a book behind that looks sound. So after every commit this file says
//! how far the book had come, without a synchronisation of its own: it may be older than the book, never younger. It is read
//! before the book is opened, and locked as long as the book is open, so that `restore` knows when nobody works.

mod lag;
mod told;

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rusqlite::Connection;

pub(crate) use self::lag::{Run, beyond};
use self::told::Stamp;
pub(crate) use self::told::{Answered, Aside, Given};
use crate::files;
use crate::files::beside::with_ending;
use crate::files::byte_lock::{self, Hold};
use crate::refusal::{Kind, Refusal};
use crate::say;

/// The byte that is locked by all who have the book open, and by whoever puts another into its place.
const OPEN: Range<u64> = 0..1;

/// The byte that is locked while the file is written.
const MOVING: Range<u64> = 1..2;

/// The byte that is locked while the log is moved into the book.
const TIDYING: Range<u64> = 2..3;

/// How long a change that is made waits for others who write the file.
const SHORTLY: Duration = Duration::from_millis(100);

/// The longest file that is read: no book has so many counters.
const LONGEST: usize = 1 << 20;

/// The file, open as long as the book is.
#[derive(Debug)]
pub(crate) struct AnsweredFile {
    book: PathBuf,
    file: Option<File>,
    /// The book's log, where it was there.
    log: RefCell<Option<File>>,
    found: RefCell<Found>,
    /// Whether the files of the book were held against the stamp.
    stamped: Cell<bool>,
}

/// What stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "a command has one of them")]
pub(crate) enum Found {
    /// There is none.
    Missing,
    /// It holds something else.
    Unreadable,
    /// How far the book had come.
    Told(Answered),
}

impl AnsweredFile {
    /// Opens the file of a book, where it is there, and waits while another program puts another book into its place.
    pub(crate) fn open(book: &Path, limit: Duration) -> Result<Self> {
        Self::open_held(book, Hold::Shared, limit)
    }

    /// As [`AnsweredFile::open`], and makes it for somebody who has the book alone.
    pub(crate) fn open_alone(book: &Path, limit: Duration) -> Result<Self> {
        let path = path(book);
        files::open_own(&path, Some(book)).with_context(|| say!("cannot write {path}", path = path.display()))?;
        Self::open_held(book, Hold::Sole, limit)
    }

    fn open_held(book: &Path, hold: Hold, limit: Duration) -> Result<Self> {
        let log = File::open(with_ending(book, "-wal")).ok();
        let mut opened = Self {
            book: book.to_owned(),
            file: None,
            log: RefCell::new(log),
            found: Found::Missing.into(),
            stamped: false.into(),
        };
        let path = path(book);
        // Who may not write it reads it.
        opened.file = match files::open_own(&path, None).or_else(|_| files::read_own(&path)) {
            Ok(file) => {
                let _ = files::permit_as(&file, book);
                Some(file)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(opened),
            Err(_) => {
                opened.found = Found::Unreadable.into();
                return Ok(opened);
            }
        };
        if let Some(file) = &opened.file {
            if matches!(byte_lock::hold(file, hold, &OPEN, limit), Ok(false)) {
                return Err(opened.busy(hold).into());
            }
            let mut found = read(file);
            if found == Found::Unreadable {
                // Somebody may write it just now.
                let _ = byte_lock::hold(file, Hold::Shared, &MOVING, SHORTLY);
                found = read(file);
                byte_lock::release(file, &MOVING);
            }
            opened.found = found.into();
        }
        Ok(opened)
    }

    fn busy(&self, hold: Hold) -> Refusal {
        let book = self.book.display();
        let what = match hold {
            Hold::Shared => say!("another program is putting a copy into the place of {book}", book),
            Hold::Sole => say!("other programs have {book} open", book),
        };
        Refusal::new(Kind::Busy, what).or(say!("nothing was changed; try again"))
    }

    /// The book that it lies beside.
    pub(super) fn book(&self) -> &Path {
        &self.book
    }

    /// What the file told when the book was opened, or was made to tell since.
    pub(crate) fn found(&self) -> Found {
        self.found.borrow().clone()
    }

    /// How the book is being set aside, where that is under way.
    pub(crate) fn aside(&self) -> Option<Aside> {
        match &*self.found.borrow() {
            Found::Told(told) => told.aside.clone(),
            Found::Missing | Found::Unreadable => None,
        }
    }

    /// Waits until nobody else has the book open, and keeps everybody from it; reads anew what the file tells.
    pub(crate) fn keep_alone(&self, limit: Duration) -> Result<(), Refusal> {
        let Some(file) = &self.file else { return Ok(()) };
        // Others may wait for the same, and this one stands in their way as they do in its.
        byte_lock::release(file, &OPEN);
        match byte_lock::hold(file, Hold::Sole, &OPEN, limit) {
            Ok(true) => {}
            Ok(false) => return Err(self.busy(Hold::Sole)),
            Err(_) => {
                return Err(Refusal::failed(say!("restoring {book} was interrupted", book = self.book.display()))
                    .or(say!("let somebody who may write to it open it first")));
            }
        }
        self.found.replace(read(file));
        Ok(())
    }

    /// Lets others open the book again.
    pub(crate) fn share(&self) {
        if let Some(file) = &self.file {
            let _ = byte_lock::try_hold(file, Hold::Shared, &OPEN);
        }
    }

    /// The bytes of the file; none where there is none.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        bytes(self.file.as_ref()?).ok().filter(|bytes| !bytes.is_empty())
    }

    /// Writes the file whatever it told before, and brings it to the disk, for somebody who has the book alone.
    pub(crate) fn put(&self, answered: &Answered) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        // The log may be another's than before.
        self.log.replace(None);
        let answered = match answered.aside {
            Some(_) => answered.clone(),
            None => Answered { stamp: self.stamp(), ..answered.clone() },
        };
        if answered == (Answered { stamp: answered.stamp, ..Answered::default() }) {
            file.set_len(0)?;
            self.found.replace(Found::Missing);
        } else {
            write(file, &answered)?;
            self.found.replace(Found::Told(answered));
        }
        file.sync_all()
    }

    /// Whether nobody had written to the log yet when the book was opened.
    pub(crate) fn log_is_new(&self) -> bool {
        self.log.borrow().as_ref().is_none_or(|log| log.metadata().map_or(true, |log| log.len() == 0))
    }

    /// Makes the file of a book that has none, or whose file tells nothing; true where it was made.
    pub(crate) fn make(&mut self, answered: Answered) -> bool {
        if self.file.is_none() {
            self.file = files::open_own(&path(&self.book), Some(&self.book)).ok();
            if let Some(file) = &self.file {
                let _ = byte_lock::try_hold(file, Hold::Shared, &OPEN);
            }
        }
        self.move_on(answered);
        matches!(*self.found.borrow(), Found::Told(_))
    }

    /// Writes that the book has come so far, where the file does not tell of a later state. What goes wrong is left: the file
    /// is older than the book then, which costs nobody anything.
    pub(crate) fn move_on(&self, answered: Answered) {
        let _ = self.moved(|told, stamp| match told {
            Found::Told(told) if told.is_past(&answered) => Answered { stamp, ..told },
            _ => Answered { stamp, ..answered },
        });
    }

    /// Writes that the files of the book are as they are now: after the log was moved into it, or what is in them was proven.
    fn stamp_anew(&self) {
        let _ = self.moved(|told, stamp| match told {
            Found::Told(told) => Answered { stamp, ..told },
            Found::Missing | Found::Unreadable => Answered { stamp, ..Answered::default() },
        });
    }

    /// Writes what `next` makes of what is told, unless that is nothing.
    fn moved(&self, next: impl FnOnce(Found, Stamp) -> Answered) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        if !byte_lock::hold(file, Hold::Sole, &MOVING, SHORTLY)? {
            return Ok(());
        }
        let next = next(read(file), self.stamp());
        let written = if next == Answered::default() { Ok(()) } else { write(file, &next) };
        byte_lock::release(file, &MOVING);
        written?;
        self.found.replace(Found::Told(next));
        self.stamped.set(true);
        Ok(())
    }

    /// How the files of the book are now.
    fn stamp(&self) -> Stamp {
        let mut log = self.log.borrow_mut();
        if log.is_none() {
            *log = File::open(with_ending(&self.book, "-wal")).ok();
        }
        Stamp::of(&self.book, log.as_ref())
    }

    /// Whether the files of the book are those that were there when the file was written last, as somebody sees who holds the
    /// book for writing. Others may be about to say how they are now.
    pub(crate) fn fits(&self) -> bool {
        let is_fit = || match &*self.found.borrow() {
            Found::Told(told) => told.stamp == Stamp::default() || told.stamp == self.stamp(),
            Found::Missing | Found::Unreadable => true,
        };
        if self.stamped.get() || is_fit() {
            return true;
        }
        let Some(file) = &self.file else { return true };
        let start = Instant::now();
        loop {
            let _ = byte_lock::hold(file, Hold::Shared, &TIDYING, SHORTLY);
            self.found.replace(read(file));
            byte_lock::release(file, &TIDYING);
            if is_fit() {
                return true;
            }
            if start.elapsed() > SHORTLY {
                return false;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Says that what is in the files was proven.
    pub(crate) fn proven(&self) {
        self.stamp_anew();
    }

    /// Moves the log into the book by `tidy`, unless others do so now.
    pub(crate) fn tidying(&self, tidy: impl FnOnce()) {
        let Some(file) = &self.file else { return tidy() };
        if !byte_lock::try_hold(file, Hold::Sole, &TIDYING).unwrap_or(true) {
            return;
        }
        tidy();
        self.stamp_anew();
        byte_lock::release(file, &TIDYING);
    }
}

/// The file beside a book.
pub(crate) fn path(book: &Path) -> PathBuf {
    with_ending(book, "-head")
}

/// Reads the file.
fn read(file: &File) -> Found {
    match bytes(file) {
        Ok(bytes) if bytes.is_empty() => Found::Missing,
        Ok(bytes) => Answered::parse(&bytes).map_or(Found::Unreadable, Found::Told),
        Err(_) => Found::Unreadable,
    }
}

/// What stands in the file, from its beginning.
fn bytes(mut file: &File) -> io::Result<Vec<u8>> {
    let (mut bytes, mut length) = (vec![0; 1 << 13], 0);
    file.rewind()?;
    loop {
        length += file.read(&mut bytes[length..])?;
        if length < bytes.len() || length > LONGEST {
            bytes.truncate(length);
            return Ok(bytes);
        }
        bytes.resize(length * 2, 0);
    }
}

/// Writes the file in one go, over what is there.
fn write(mut file: &File, answered: &Answered) -> io::Result<()> {
    let text = answered.text();
    file.rewind()?;
    file.write_all(text.as_bytes())?;
    if file.metadata()?.len() > text.len() as u64 { file.set_len(text.len() as u64) } else { Ok(()) }
}

/// How far a book has come.
pub(crate) fn of(book: &Connection) -> Result<Answered> {
    Answered::of(book)
}

/// The last number of every counter of a book, of whatever version.
pub(crate) fn given(book: &Connection) -> Result<Vec<Given>> {
    Answered::given(book)
}

/// What a book lacks of what the file beside it tells, as a refusal to write to it; none where it lacks nothing.
pub(crate) fn lag(book: &Connection, path: &Path, told: &Answered) -> Result<Option<Refusal>> {
    if lag::is_there(book, told)? { Ok(None) } else { lag::refusal(book, path, told).map(Some) }
}
