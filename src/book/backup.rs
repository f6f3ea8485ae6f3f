//! `backup`: a copy of the book, made while others work in it, and proven before it gets its name.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf, is_separator};
use std::time::Duration;

use anyhow::{Context, Error, Result};
use clap::{Args, ValueHint};
use indicatif::{HumanBytes, HumanCount};
use rusqlite::backup::{self, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::journal::{self, Head};
use super::{fault, schema};
use crate::clock::Clock;
use crate::desk::{Answer, Desk, Run};
use crate::files;
use crate::files::named::cannot_write;
use crate::files::part::PartFolder;
use crate::files::target::{Kept, Target};
use crate::refusal::Refusal;
use crate::register::access;
use crate::say;

/// The copy under way, in a folder of its own.
const COPY: &str = "copy.db";

/// Where the copy goes
#[derive(Debug, Args)]
pub struct Backup {
    /// A folder, for a copy that is named after the time; or the name of the copy
    #[arg(value_name = "FOLDER|FILE", value_hint = ValueHint::AnyPath)]
    pub target: PathBuf,
}

impl Run for Backup {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        // A copy holds all that is restricted, so it is for those who read it by office. It is no reading that could be
        // logged: it must succeed while another program holds the book.
        access::require_office(desk, "R2.4", say!("copies the book"))?;
        let (clock, patience) = (desk.surroundings.clock, desk.surroundings.patience);
        let book = desk.book()?;
        let target = self.place(clock)?;
        refuse_existing(&target)?;
        Target::new(&target, Kept::of_book(book.path()))?;
        let contents = copy(book.reader(), &target, patience)?;
        let size =
            fs::metadata(&target).with_context(|| say!("cannot read {target}", target = target.display()))?.len();
        let Head { count, hash } = contents.journal;
        let line = say!(
            "{target}: {size}, {rows} journal rows, head {hash}…; read back and found the same as the book",
            target = target.display(),
            size = HumanBytes(size),
            rows = HumanCount(count.unsigned_abs()),
            hash = &journal::hex(&hash)[..8]
        );
        desk.tell_done(&Answer::new(target.display().to_string(), line))
    }
}

impl Backup {
    /// The copy's path: a name with an ending (`copy.db`) is a file; any other is a folder, in which it is named after the
    /// time.
    fn place(&self, clock: Clock) -> Result<PathBuf> {
        let ends_as_file = self.target.extension().is_some() && !self.target.to_string_lossy().ends_with(is_separator);
        if ends_as_file && !self.target.is_dir() {
            return Ok(self.target.clone());
        }
        files::make_folder(&self.target).map_err(|error| {
            Refusal::failed(say!("cannot make the folder {target}: {error}", target = self.target.display(), error))
        })?;
        // No system minds a name without colons.
        Ok(self.target.join(format!("branchbook-{}.db", clock.at().replace(':', ""))))
    }
}

fn refuse_existing(target: &Path) -> Result<(), Refusal> {
    if target.symlink_metadata().is_ok() { Err(is_there(target)) } else { Ok(()) }
}

fn is_there(target: &Path) -> Refusal {
    Refusal::failed(say!("{target} is there already", target = target.display()))
        .or(say!("name another file; a copy is never written over"))
}

/// Copies the book beside `target`, proves the copy and gives it its name. Gives what both hold.
fn copy(book: &Connection, target: &Path, patience: Duration) -> Result<Contents> {
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
    files::rename_new(&path, target).and_then(|()| files::sync_folder(target)).map_err(failed)?;
    Ok(contents)
}

/// Copies every page and brings them to the disk.
fn copy_pages(book: &Connection, path: &Path) -> Result<()> {
    let mut copy = open(path)?;
    let backup = backup::Backup::new(book, &mut copy)?;
    match backup.step(-1)? {
        StepResult::Done => Ok(()),
        other => Err(Error::msg(say!("the copy was not finished: {reason}", reason = format!("{other:?}")))),
    }
}

/// Opens the copy without the settings of a book: closing it leaves one file.
fn open(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    Ok(Connection::open_with_flags(path, flags)?)
}

/// Reads the copy back from its file: sound, of this schema, and with the same contents.
fn prove(path: &Path, contents: &Contents) -> Result<()> {
    let copy = open(path)?;
    let sound: String = copy.query_row("PRAGMA integrity_check(1)", (), |row| row.get(0))?;
    let same = sound == "ok" && schema::found(&copy)? == schema::expected() && Contents::of(&copy)? == *contents;
    copy.close().map_err(|(_, error)| error)?;
    if same {
        return Ok(());
    }
    Err(Refusal::failed(say!("the copy did not hold what the book holds ({sound}) and was thrown away", sound))
        .or(say!("check the book with: branchbook verify"))
        .into())
}

/// What a book holds, as far as it proves a copy: the heads of both chains and the rows of every table.
#[derive(Debug, PartialEq, Eq)]
struct Contents {
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
            journal: Head::of(book, "journal")?,
            reading: Head::of(book, "reading")?,
            rows: tables.into_iter().map(count).collect::<Result<_>>()?,
        })
    }
}
