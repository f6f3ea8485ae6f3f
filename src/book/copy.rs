//! A copy of a book: made while others work in it, and proven before it gets its name.

pub(crate) mod record;

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use rusqlite::{Connection, OpenFlags};

use self::record::Record;
use super::journal::{self, Head};
use super::sight::copy_pages;
use super::{Book, fault, schema};
use crate::files;
use crate::files::named::cannot_write;
use crate::files::part::PartFolder;
use crate::refusal::Refusal;
use crate::say;
use crate::zone::Zone;

/// The copy under way, in a folder of its own.
const COPY: &str = "copy.db";

/// Whether a book is a copy that was made by `backup`: its record is beside it.
pub(crate) fn is_copy(book: &Path) -> bool {
    Record::read(book).is_some()
}

/// The office's time at an instant as the name of a file has it: no system minds a name without colons.
pub(crate) fn time_in_a_name(zone: Zone, at: &str) -> String {
    zone.local(at).map_or_else(|| at.replace(':', ""), |time| time.format("%Y-%m-%dT%H%M%S").to_string())
}

/// Keeps a book as it was before it is brought up, beside it, by a connection of its own. Gives what the copy is called.
pub(crate) fn keep_as_it_was(path: &Path, version: i32, at: &str, patience: Duration) -> Result<PathBuf> {
    let book = Book::glance(path, patience)?;
    let zone = Zone::of_book(&book).unwrap_or(Zone::SHENYANG);
    let time = time_in_a_name(zone, at);
    let target = named_beside(path, &format!("version-{version}-{time}"));
    refuse_existing(&target)?;
    let uid = uid_of(&book)?.unwrap_or_default();
    copy(&book, &target, patience, |sha256| Record { book: uid, made_at: at.to_owned(), sha256 })?;
    Ok(target)
}

/// Takes a copy away that was made just now for what came to nothing.
pub(crate) fn discard(copy: &Path) {
    for path in [copy.to_owned(), Record::of(copy)] {
        let _ = fs::remove_file(path);
    }
}

/// What tells a book from others; none in a book of a version that kept nothing of the kind.
pub(crate) fn uid_of(book: &Connection) -> Result<Option<String>> {
    let is_kept = book.prepare("SELECT 1 FROM pragma_table_info('book') WHERE name = 'uid'")?.exists(())?;
    Ok(if is_kept { Some(book.query_row("SELECT uid FROM book", (), |row| row.get(0))?) } else { None })
}

/// Refuses a place for a copy where something is.
pub(crate) fn refuse_existing(target: &Path) -> Result<(), Refusal> {
    if target.symlink_metadata().is_ok() { Err(is_there(target)) } else { Ok(()) }
}

fn is_there(target: &Path) -> Refusal {
    Refusal::failed(say!("{target} is there already", target = target.display()))
        .or(say!("name another file; a copy is never written over"))
}

/// Copies the book beside `target`, proves the copy, writes what `record` makes of its SHA-256, and gives the copy its name. Gives
/// what both hold, and the copy's bytes.
pub(crate) fn copy(
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
    let record = record(journal::hex(&files::sha256(&path).map_err(failed)?));
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
pub(crate) struct Contents {
    schema: Vec<String>,
    /// How far its journal goes.
    pub(crate) journal: Head,
    reading: Head,
    /// Each table, and how many rows it has.
    pub(crate) rows: Vec<(String, i64)>,
}

impl Contents {
    /// What a book holds.
    pub(crate) fn of(book: &Connection) -> Result<Self> {
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

/// A file beside a book, named after it: `branchbook-WHAT.db`.
pub(crate) fn named_beside(book: &Path, what: &str) -> PathBuf {
    let mut name = OsString::from(book.file_stem().unwrap_or_default());
    name.push(format!("-{what}"));
    if let Some(ending) = book.extension() {
        name.push(".");
        name.push(ending);
    }
    book.with_file_name(name)
}
