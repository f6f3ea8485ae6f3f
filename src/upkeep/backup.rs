//! `backup`: a copy of the book, made while others work in it, and proven before it gets its name.

mod check;
mod keep;

use std::path::{Path, PathBuf, is_separator};

use anyhow::Result;
use clap::{Args, ValueHint};
use indicatif::{HumanBytes, HumanCount};

use self::keep::{Keep, Shelf};
use crate::book::attached::{self, Store};
use crate::book::copy::record::Record;
use crate::book::copy::{copy, refuse_existing, time_in_a_name, uid_of};
use crate::book::journal::{self, Head};
use crate::desk::{Answer, Desk, Run};
use crate::files;
use crate::files::target::{Kept, STANDARD, Target};
use crate::refusal::Refusal;
use crate::register::access;
use crate::say;
use crate::zone::Zone;

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
