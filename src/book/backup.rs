//! `backup`: a copy of the book, made while others work in it, and proven before it gets its name.

mod check;
mod keep;
pub(crate) mod record;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf, is_separator};
use std::time::Duration;

use anyhow::Result;
use clap::{Args, ValueHint};
use indicatif::{HumanBytes, HumanCount};
use rusqlite::{Connection, OpenFlags};

use self::keep::{Keep, Shelf};
use self::record::Record;
use super::attached::{self, Store};
use super::journal::{self, Head};
use super::sight::copy_pages;
use super::verify::pack::sha256;
use super::{Book, fault, restore, schema};
use crate::desk::{Answer, Desk, Run};
use crate::files;
use crate::files::named::cannot_write;
use crate::files::part::PartFolder;
use crate::files::target::{Kept, STANDARD, Target};
use crate::refusal::Refusal;
use crate::register::access;
use crate::say;
use crate::zone::Zone;

/// The copy under way, in a folder of its own.
const COPY: &str = "copy.db";

/// Where the copy goes, or which copy is checked
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// A folder, for a copy that is named after the office's time; or the name of the copy
    #[arg(value_name = "FOLDER|FILE", value_hint = ValueHint::AnyPath, required_unless_present = "check")]
    pub(crate) target: Option<PathBuf>,
    /// In a folder, remove older copies of this book but the newest so many (10), or those of so many days, weeks and months
    /// (daily=7,weekly=5,monthly=24)
    #[arg(long, value_name = "COPIES", conflicts_with = "check")]
    pub(crate) keep: Option<Keep>,
    /// Copy the files that belong to entries as well, into the folder COPY-files
    #[arg(long, conflicts_with = "check")]
    pub(crate) files: bool,
    /// Make no copy, but prove this one, which is neither changed nor brought up to a newer version
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "target")]
    pub(crate) check: Option<PathBuf>,
}

impl Run for Backup {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        if let Some(copy) = &self.check {
            return check::run(desk, copy);
        }
        let Some(wanted) = &self.target else { return Ok(()) };
        if wanted == Path::new(STANDARD) {
            return Err(Refusal::usage(say!("a copy is proven where it lies, and goes to no standard output"))
                .or(say!("name a folder or a file"))
                .into());
        }
        // A copy holds all that is restricted, so it is for those who read it by office.
        access::require_office(desk, "R2.4", say!("copies the book"))?;
        let (at, patience) = (desk.now()?.at(), desk.surroundings.patience);
        let zone = Zone::of_book(desk.book()?.reader()).unwrap_or(Zone::SHENYANG);
        let target = self.place(wanted, zone, &at)?;
        refuse_existing(&target)?;
        // What a backup that was killed has left of its record may go.
        if Record::read(&target).is_none() {
            refuse_existing(&Record::of(&target))?;
        }
        Target::new(&target, Kept::of_book(desk.book()?.path()))?;
        let unlogged = access::log_copy(desk, &target.display().to_string())?;
        let book = desk.book()?.reader();
        let uid = uid_of(book)?.unwrap_or_default();
        let (contents, size) =
            copy(book, &target, patience, |sha256| Record { book: uid.clone(), made_at: at, sha256 })?;
        if self.files {
            let book = desk.book()?;
            let missing = Store::of(&target).fill(book.reader(), &Store::of(book.path()))?;
            if let Some(note) = attached::missing_note(&missing) {
                writeln!(desk.err, "{note}")?;
            }
        }
        let notes = match self.keep {
            None => Vec::new(),
            Some(keep) => {
                let folder = files::folder_of(&target);
                Shelf { folder, uid: &uid, zone, new: &target, patience }.thin_out(keep)?
            }
        };
        let Head { count, hash } = contents.journal;
        let line = say!(
            "{target}: {size}, {rows} journal rows, head {hash}; read back and found the same as the book",
            target = target.display(),
            size = HumanBytes(size),
            rows = HumanCount(count.unsigned_abs()),
            hash = journal::hex(&hash)
        );
        let answer = Answer::new(target.display().to_string(), line);
        desk.tell_done(&Answer { notes: unlogged.into_iter().chain(notes).collect(), ..answer })
    }
}

impl Backup {
    /// The copy's path: a name with an ending (`copy.db`) is a file; any other is a folder, in which it is named after the
    /// office's time.
    fn place(&self, wanted: &Path, zone: Zone, at: &str) -> Result<PathBuf> {
        let ends_as_file = wanted.extension().is_some() && !wanted.to_string_lossy().ends_with(is_separator);
        if ends_as_file && !wanted.is_dir() {
            return match self.keep {
                None => Ok(wanted.to_owned()),
                Some(_) => {
                    Err(Refusal::usage(say!("{path} is no folder, and --keep is for one", path = wanted.display()))
                        .or(say!("name the folder in which the copies are, or leave --keep out"))
                        .into())
                }
            };
        }
        files::make_folder(wanted).map_err(|error| {
            Refusal::failed(say!("cannot make the folder {target}: {error}", target = wanted.display(), error))
        })?;
        Ok(wanted.join(format!("branchbook-{}.db", time_in_a_name(zone, at))))
    }
}

/// Whether a book is a copy that was made by `backup`: its record is beside it.
pub(super) fn is_copy(book: &Path) -> bool {
    Record::read(book).is_some()
}

/// The office's time at an instant as the name of a file has it: no system minds a name without colons.
pub(super) fn time_in_a_name(zone: Zone, at: &str) -> String {
    zone.local(at).map_or_else(|| at.replace(':', ""), |time| time.format("%Y-%m-%dT%H%M%S").to_string())
}

/// Keeps a book as it was before it is brought up, beside it, by a connection of its own. Gives what the copy is called.
pub(super) fn keep_as_it_was(path: &Path, version: i32, at: &str, patience: Duration) -> Result<PathBuf> {
    let book = Book::glance(path, patience)?;
    let zone = Zone::of_book(&book).unwrap_or(Zone::SHENYANG);
    let time = time_in_a_name(zone, at);
    let target = restore::named_beside(path, &format!("version-{version}-{time}"));
    refuse_existing(&target)?;
    let uid = uid_of(&book)?.unwrap_or_default();
    copy(&book, &target, patience, |sha256| Record { book: uid, made_at: at.to_owned(), sha256 })?;
    Ok(target)
}

/// Takes a copy away that was made just now for what came to nothing.
pub(super) fn discard(copy: &Path) {
    for path in [copy.to_owned(), Record::of(copy)] {
        let _ = fs::remove_file(path);
    }
}

/// What tells a book from others; none in a book of a version that kept nothing of the kind.
pub(crate) fn uid_of(book: &Connection) -> Result<Option<String>> {
    let is_kept = book.prepare("SELECT 1 FROM pragma_table_info('book') WHERE name = 'uid'")?.exists(())?;
    Ok(if is_kept { Some(book.query_row("SELECT uid FROM book", (), |row| row.get(0))?) } else { None })
}

fn refuse_existing(target: &Path) -> Result<(), Refusal> {
    if target.symlink_metadata().is_ok() { Err(is_there(target)) } else { Ok(()) }
}

fn is_there(target: &Path) -> Refusal {
    Refusal::failed(say!("{target} is there already", target = target.display()))
        .or(say!("name another file; a copy is never written over"))
}

/// Copies the book beside `target`, proves the copy, writes what `record` makes of its SHA-256, and gives the copy its name. Gives
/// what both hold, and the copy's bytes.
pub(super) fn copy(
    book: &Connection,
    target: &Path,
    patience: Duration,
    record: impl FnOnce(String) -> Record,
) -> Result<(Contents, u64)> {
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::AlreadyExists => is_there(target),
        ErrorKind::StorageFull => fault::disk_is_full(target),
        _ => cannot_write(target, &error),
    };
    let names = ["", "-journal", "-wal", "-shm"].map(|ending| format!("{COPY}{ending}"));
    let beside = PartFolder::beside(target, names.to_vec()).map_err(failed)?;
    let path = beside.path.join(COPY);
    files::create_private(&path).map_err(failed)?;
    // The copy is of this moment, whatever others write meanwhile.
    let snapshot = book.unchecked_transaction()?;
    let contents = Contents::of(&snapshot)?;
    let of_the_copy = |error| fault::explain(error, target, patience);
    copy_pages(&snapshot, &path)
        .map_err(|error| if fault::lies_in_reading(&error) { error } else { of_the_copy(error) })?;
    drop(snapshot);
    prove(&path, &contents).map_err(of_the_copy)?;
    let size = fs::metadata(&path).map_err(failed)?.len();
    let record = record(journal::hex(&sha256(&path).map_err(failed)?));
    // Nobody else gives a copy this name, and a record of another to it.
    let _alone = files::lock_folder(files::folder_of(target), patience)?;
    refuse_existing(target)?;
    // A copy without a record would never go; a record without a copy is a line of text.
    record
        .write(target, [("journal", contents.journal), ("access-log", contents.reading)])
        .map_err(|error| cannot_write(&Record::of(target), &error))?;
    files::rename_new(&path, target).and_then(|()| files::sync_folder(target)).map_err(failed)?;
    Ok((contents, size))
}

/// Opens the copy without the settings of a book: closing it leaves one file.
fn open(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    Ok(Connection::open_with_flags(path, flags)?)
}

/// Reads the copy back from its file: sound, and with the same contents.
fn prove(path: &Path, contents: &Contents) -> Result<()> {
    let copy = open(path)?;
    let sound: String = copy.query_row("PRAGMA integrity_check(1)", (), |row| row.get(0))?;
    let same = sound == "ok" && Contents::of(&copy)? == *contents;
    copy.close().map_err(|(_, error)| error)?;
    if same {
        return Ok(());
    }
    Err(Refusal::failed(say!("the copy did not hold what the book holds ({sound}) and was thrown away", sound))
        .or(say!("check the book with: branchbook verify"))
        .into())
}

/// What a book holds, as far as it proves a copy: its schema, the heads of both chains and the rows of every table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contents {
    schema: Vec<String>,
    journal: Head,
    reading: Head,
    rows: Vec<(String, i64)>,
}

impl Contents {
    fn of(book: &Connection) -> Result<Self> {
        let mut tables = book.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
        let tables = tables.query_map((), |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
        let count = |table: String| -> Result<(String, i64)> {
            let rows = book.query_row(&format!("SELECT count(*) FROM \"{table}\""), (), |row| row.get(0))?;
            Ok((table, rows))
        };
        Ok(Self {
            schema: schema::found(book)?,
            journal: Head::of(book, "journal")?,
            reading: Head::of(book, "reading")?,
            rows: tables.into_iter().map(count).collect::<Result<_>>()?,
        })
    }
}
