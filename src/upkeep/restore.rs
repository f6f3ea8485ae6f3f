//! `restore`: a copy in the place of the book, which is set aside and never deleted.
//!
//! The copy is proven and prepared beside the book: the numbers that were given out since, and may stand on paper, are set aside
//! in it, and its journal says where it comes from. Only then is it put into the place.

mod present;
mod reserved;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use clap::{ArgAction, Args, ValueHint};

use self::present::Present;
use super::verify;
use crate::book::answered::{self, Answered, AnsweredFile, Found};
use crate::book::attached::{self, Store};
use crate::book::change::Change;
use crate::book::copy::record::Record;
use crate::book::copy::{time_in_a_name, uid_of};
use crate::book::journal::{Hash, Head};
use crate::book::select::Select;
use crate::book::swap::{self, Settled};
use crate::book::thing::Thing;
use crate::book::times;
use crate::book::{Book, fault, found_at, sight};
use crate::desk::{Answer, Desk, Run, Surroundings};
use crate::files;
use crate::files::beside::BESIDE;
use crate::files::named::cannot_write;
use crate::files::part::PartFolder;
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::{access, numbering};
use crate::say;
use crate::text;
use crate::zone::Zone;

/// The copy that is prepared, in a folder of its own.
const COPY: &str = "copy.db";

/// Which copy
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The copy, as `branchbook backup` made it; or the book itself, to go on from it as it is
    #[arg(value_name = "COPY", value_hint = ValueHint::FilePath)]
    pub(crate) copy: PathBuf,
    /// Prove the copy and show what would happen, and change nothing
    #[arg(long, action = ArgAction::SetTrue)]
    pub(crate) dry_run: bool,
}

impl Run for Restore {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let surroundings = desk.surroundings.clone();
        let path = found_at(desk.book_path())?;
        let of_the_copy = |error| fault::explain(error, &self.copy, surroundings.patience);
        refuse_folder(&self.copy, &path)?;
        refuse_absent(&self.copy, &path)?;
        let prepared = Prepared::of(&self.copy, &path, surroundings.patience).map_err(of_the_copy)?;
        let answer = prepared.put_in_place(&path, &surroundings, self.dry_run)?;
        if self.dry_run {
            desk.tell(&answer.note(say!("dry run: nothing was written")))
        } else {
            desk.tell_done(&answer)
        }
    }
}

/// A copy that was proven, brought up to this program's version, beside the place where it will stand.
struct Prepared {
    /// As the person called it.
    named: String,
    book: Book,
    path: PathBuf,
    /// What told the copy from other books; none in one of a version that kept nothing of the kind.
    uid: Option<String>,
    /// The hash of the first row of its journal.
    first: Hash,
    journal: Head,
    reading: Head,
    /// Whether it is the book itself.
    is_the_book: bool,
    #[allow(dead_code, reason = "held for what lies in it, and removed when this is dropped")]
    folder: PartFolder,
}

impl Prepared {
    /// Copies and proves a copy.
    ///
    /// # Errors
    /// A refusal where it is not sound, no copy, or of a newer version.
    fn of(copy: &Path, path: &Path, patience: Duration) -> Result<Self> {
        let named = copy.display().to_string();
        let is_the_book = files::identity(copy).is_ok_and(|copy| files::identity(path).is_ok_and(|book| book == copy));
        let found = Book::open_as_found(copy, patience, numbering)?;
        if !is_the_book {
            found.reserve().cloned().map_or(Ok(()), Err)?;
            if Record::read(copy).is_some_and(|record| !record.fits(copy).is_ok_and(|fits| fits)) {
                return Err(unsound(&named, say!("it has not the bytes that were recorded of it")).into());
            }
        }
        let files = [""].iter().chain(&BESIDE).map(|ending| format!("{COPY}{ending}"));
        let failed = |error| cannot_write(path, &error);
        let folder = PartFolder::beside(path, files.collect()).map_err(failed)?;
        let beside = folder.path.join(COPY);
        files::create_private(&beside).map_err(failed)?;
        sight::copy_pages(found.reader(), &beside)?;
        let (uid, first) = (uid_of(found.reader())?, first_hash(found.reader())?);
        let (journal, reading) = (Head::of(found.reader(), "journal")?, Head::of(found.reader(), "reading")?);
        found.require_one_moment()?;
        drop(found);
        let book = Book::open_apart(&beside, patience, numbering)?;
        if let Some(fault) = verify::first_fault(book.reader())? {
            return Err(unsound(&named, &fault).into());
        }
        Ok(Self { named, book, path: beside, uid, first, journal, reading, is_the_book, folder })
    }

    /// Puts the copy into the place of the book, unless this is a trial.
    fn put_in_place(mut self, path: &Path, surroundings: &Surroundings, dry_run: bool) -> Result<Answer> {
        let file = AnsweredFile::open_alone(path, surroundings.patience)?;
        if swap::settle_interrupted(path, &file, surroundings.patience)? == Some(Settled::InPlace) {
            swap::tell(Settled::InPlace, path, &file, &Book::glance(path, surroundings.patience)?)?;
        }
        let present = Present::open(path, &file, surroundings.patience)?;
        self.refuse_another(path, &file, &present)?;
        // Who has a right by the copy alone, now or once it is the book, must have it by its journal, and not by another program.
        if present.book().is_none() || !self.is_the_book {
            self.refuse_forged_staff()?;
        }
        let rights = present.book().unwrap_or_else(|| self.book.reader());
        access::require_office_in(rights, surroundings, "R2.4", say!("restores the book"))?;
        let today = surroundings.clock.in_office_as_found(rights).today();
        identity::require_hand(rights, &identity::recorder(rights, surroundings)?, today)?;
        let runs = reserved::beyond(self.book.reader(), &present, &file)?;
        let zone = Zone::of_book(self.book.reader()).unwrap_or(Zone::SHENYANG);
        let at = surroundings.clock.now(zone).at();
        let time = swap::free_time(path, &time_in_a_name(zone, &at));
        let aside = swap::aside(path, &time);
        let told = match file.found() {
            Found::Told(told) => told.journal.count,
            Found::Missing | Found::Unreadable => 0,
        };
        let (named, journal, reading) = (&self.named, self.journal, self.reading);
        let story = Story { path, named, journal, reading, told, aside: &aside };
        let mut answer = story.told(&present, &runs, zone, self.book.reader())?;
        if let Some(fault) = verify::first_fault_of_things(self.book.reader())? {
            answer.notes.push(say!("{fault}; all that another program changed in it: branchbook verify", fault));
        }
        if dry_run {
            return Ok(answer);
        }
        let kept = if path.exists() { Store::of(path) } else { Store::before(path, &self.path) };
        let missing = kept.fill(self.book.reader(), &Store::of(Path::new(&self.named)))?;
        answer.notes.extend(attached::missing_note(&missing));
        let answered = self.write(&present, &file, surroundings, &runs, &aside)?;
        let (copy, folder) = self.finish(path)?;
        swap::swap(path, &copy, &file, &time, &answered)?;
        drop(folder);
        Ok(answer)
    }

    /// Refuses a copy whose staff is not as its journal left it.
    fn refuse_forged_staff(&self) -> Result<()> {
        match verify::first_fault_of_staff(self.book.reader())? {
            None => Ok(()),
            Some(fault) => Err(unsound(&self.named, &fault).into()),
        }
    }

    /// Refuses a copy of another book, and to go on from a book that was written to meanwhile.
    fn refuse_another(&self, path: &Path, file: &AnsweredFile, present: &Present) -> Result<()> {
        let (book, copy) = (path.display().to_string(), self.named.clone());
        if self.is_the_book {
            return match present {
                Present::Readable(present) if is_whole(&present.connection, path, file)? => {
                    let way_out = name_last(path, path);
                    Err(Refusal::usage(say!("{book} is the book itself, and lacks nothing", book)).or(way_out).into())
                }
                Present::Readable(present) if Head::of(&present.connection, "journal")? != self.journal => {
                    Err(sight::changing(path).into())
                }
                _ => Ok(()),
            };
        }
        let is_another = match (present, file.found()) {
            (Present::Readable(present), _) => present.first != self.first,
            (_, Found::Told(told)) if !told.uid.is_empty() => self.uid.as_ref().is_some_and(|uid| *uid != told.uid),
            _ => false,
        };
        if !is_another {
            return Ok(());
        }
        Err(Refusal::failed(say!("{copy} is a copy of another book than {book}", copy, book))
            .or(say!("name a copy of this book, or another place with --book"))
            .into())
    }

    /// Writes into the copy what was given out since, and where it comes from. Gives how far it has come then.
    fn write(
        &mut self,
        present: &Present,
        file: &AnsweredFile,
        surroundings: &Surroundings,
        runs: &[answered::Run],
        aside: &Path,
    ) -> Result<Answered> {
        let recorder = present::recorder(present, self.book.reader(), surroundings)?;
        let kept = present.book().and_then(|book| uid_of(book).ok().flatten());
        let told = match file.found() {
            Found::Told(told) if !self.is_the_book && !told.uid.is_empty() => Some(told.uid),
            _ => None,
        };
        let journal = self.journal.count;
        let note = match present {
            Present::Missing => format!("from {}, journal row {journal}", self.named),
            _ => format!("from {}, journal row {journal}; what was there is {}", self.named, name_of(aside)),
        };
        let uid = self.uid.is_none().then(|| kept.or(told)).flatten();
        let writing = self.book.begin()?;
        let now = surroundings.clock.in_office(&writing)?;
        times::refuse_drill(&writing, now)?;
        let actor = recorder.person.key.clone();
        let mut change = Change::new(writing, now, "restore", recorder, now.today());
        if let Some(uid) = uid {
            // A copy of a version that kept nothing of the kind is still one of this book.
            change.sql().execute("UPDATE book SET uid = ?1", [uid])?;
        }
        reserved::set_aside(&mut change, runs, &actor)?;
        change.record(&Thing::office("book", &["1"])?, &actor, Some(&note))?;
        change.commit()?;
        answered::of(self.book.reader())
    }

    /// Makes one file of the copy, with the permissions of the book, and brings it to the disk.
    fn finish(self, path: &Path) -> Result<(PathBuf, PartFolder)> {
        let failed = |error| cannot_write(path, &error);
        let Self { book, path: copy, folder, .. } = self;
        let left: i64 = book.reader().only("PRAGMA wal_checkpoint(TRUNCATE)", ())?;
        anyhow::ensure!(left == 0, say!("the copy could not be finished"));
        drop(book);
        if let Ok(present) = fs::metadata(path) {
            fs::set_permissions(&copy, present.permissions()).map_err(failed)?;
        }
        fs::File::open(&copy).and_then(|file| file.sync_all()).map_err(failed)?;
        Ok((copy, folder))
    }
}

/// Refuses the folder of the copies in the place of one of them.
fn refuse_folder(copy: &Path, book: &Path) -> Result<()> {
    if !copy.is_dir() {
        return Ok(());
    }
    let way_out = match last_copy(&[copy.to_owned()], book) {
        Some(copy) => say!("name a copy in it, such as the last: branchbook restore {copy}", copy),
        None => say!("name a copy that branchbook backup made").to_owned(),
    };
    Err(Refusal::usage(say!("{folder} is a folder", folder = copy.display())).or(way_out).into())
}

/// Refuses a copy that is not there, and names the last that is where it was looked for, or where copies are kept.
fn refuse_absent(copy: &Path, book: &Path) -> Result<()> {
    if copy.symlink_metadata().is_ok() {
        return Ok(());
    }
    let way_out = name_last(copy, book);
    Err(Refusal::failed(say!("there is no book at {path}", path = copy.display())).or(way_out).into())
}

/// What to type in the place of a file that is no copy: the last copy in its folder, in `backups` there, or in the book's.
fn name_last(copy: &Path, book: &Path) -> String {
    let here = [files::folder_of(copy), files::folder_of(book)];
    let folders: Vec<PathBuf> = here.iter().flat_map(|folder| [folder.to_path_buf(), folder.join("backups")]).collect();
    match last_copy(&folders, book) {
        Some(last) => say!("name one that is there, such as the last: branchbook restore {copy}", copy = last),
        None => say!("name a copy that branchbook backup made").to_owned(),
    }
}

/// The last of the copies in some folders, as it is typed: of those that have their record before others, by their names, which bear
/// the time. The book itself is no copy.
fn last_copy(folders: &[PathBuf], book: &Path) -> Option<String> {
    let live = files::identity(book).ok();
    let found = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flat_map(Iterator::flatten);
    let is_copy = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending == "db")
            && files::identity(path).ok().is_none_or(|found| Some(found) != live)
    };
    let copies = found.map(|file| file.path()).filter(is_copy);
    let last = copies.max_by_key(|path| (Record::read(path).is_some(), path.file_name().map(OsStr::to_owned)))?;
    Some(text::word(&last.display().to_string()).into_owned())
}

/// Whether a book has all that was answered, as the file beside it tells: there is nothing to go on from.
fn is_whole(book: &rusqlite::Connection, path: &Path, file: &AnsweredFile) -> Result<bool> {
    match file.found() {
        Found::Told(told) => Ok(answered::lag(book, path, &told)?.is_none()),
        Found::Missing => Ok(true),
        Found::Unreadable => Ok(false),
    }
}

/// That a copy is not sound.
fn unsound(copy: &str, fault: &str) -> Refusal {
    Refusal::failed(say!("{copy} is not sound: {fault}", copy, fault)).or(say!(
        "nothing was changed; see all of it with: branchbook backup --check {copy}, and take another copy",
        copy = text::word(copy)
    ))
}

/// The hash of the first row of a book's journal, which tells books of every version apart.
///
/// # Errors
/// An error of `SQLite`.
fn first_hash(book: &rusqlite::Connection) -> Result<Hash> {
    book.only("SELECT hash FROM journal WHERE id = 1", ())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What is told of a book that was restored.
struct Story<'s> {
    path: &'s Path,
    named: &'s str,
    journal: Head,
    reading: Head,
    /// The last row of the journal that was answered, as the file beside the book tells.
    told: i64,
    aside: &'s Path,
}

impl Story<'_> {
    fn told(
        &self,
        present: &Present,
        runs: &[answered::Run],
        zone: Zone,
        copy: &rusqlite::Connection,
    ) -> Result<Answer> {
        let (book, aside) = (self.path.display().to_string(), self.aside.display().to_string());
        let row = self.journal.count;
        let at: String = copy.only("SELECT at FROM journal WHERE id = ?1", [row])?;
        let time = zone.local(&at).map_or(at, |at| at.format("%Y-%m-%d %H:%M").to_string());
        let copy_named = self.named.to_owned();
        let line = match present {
            Present::Missing => say!(
                "{book}: restored from {copy}, whose last change is row {row} of {time}",
                book,
                copy = copy_named,
                row,
                time
            ),
            _ => say!(
                "{book}: restored from {copy}, whose last change is row {row} of {time}; the book that was there is {aside}",
                book,
                copy = copy_named,
                row,
                time,
                aside
            ),
        };
        let mut answer = Answer::new(book, line);
        answer.notes = self.since(present)?;
        answer.notes.extend(self.lost(present)?);
        answer.notes.extend(reserved::told(copy, runs)?);
        Ok(answer)
    }

    /// What was answered and is nowhere any more.
    fn lost(&self, present: &Present) -> Result<Option<String>> {
        let there = present.book().map_or(Ok(0), |book| Head::of(book, "journal").map(|head| head.count))?;
        let lost = self.told - self.journal.count.max(there);
        Ok((lost > 0).then(|| {
            say!("changes that were answered and are in neither of the two: {lost}; ask who entered them", lost)
        }))
    }

    /// What was entered and read since the copy, and where it is.
    fn since(&self, present: &Present) -> Result<Vec<String>> {
        let aside = self.aside.display().to_string();
        let Present::Readable(readable) = present else {
            return Ok(match present {
                Present::Unreadable => vec![say!(
                    "the book that was there cannot be read: the copy said who may restore it, and {head} which numbers were given out",
                    head = answered::path(self.path).display().to_string()
                ), say!("that nobody made its journal anew, only what was kept elsewhere shows: branchbook verify --against PACK").to_owned()],
                _ => Vec::new(),
            });
        };
        let (journal, reading) =
            (Head::of(&readable.connection, "journal")?, Head::of(&readable.connection, "reading")?);
        let (changes, readings) = (journal.count - self.journal.count, reading.count - self.reading.count);
        let mut notes = Vec::new();
        if changes > 0 {
            notes.push(say!(
                "changes that are in the book that was there alone: {changes}; see them with: branchbook journal --last {changes} --book {aside}",
                changes, aside = text::word(&aside)
            ));
        }
        if readings > 0 {
            notes.push(say!("rows of the access log that are in the book that was there alone: {readings}", readings));
        }
        Ok(notes)
    }
}
