//! Files that belong to an entry: what is kept of them in the book, and opening them. The files themselves are beside the book
//! (`book/attached.rs`).

use std::path::PathBuf;

use anyhow::Result;
use clap::{ArgAction, Args, ValueHint};
use rusqlite::{Connection, named_params};

use super::entry::Entry;
use super::steps::permit;
use super::task::Task;
use super::{named, show};
use crate::book::attached::{self, Kept, Store};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::language;
use crate::office::identity;
use crate::page::browser;
use crate::refusal::Refusal;
use crate::say;
use crate::surroundings::refused_path;
use crate::text::{self, Line};

/// Which files, and of which entry
#[derive(Debug, Args)]
pub(crate) struct Attach {
    /// The entry's number
    #[arg(value_name = "NUMBER")]
    pub(crate) number: String,
    /// The files; each is copied, and may be moved or changed afterwards
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// What they are
    #[arg(long)]
    pub(crate) note: Option<Line>,
    /// How it is entered
    #[command(flatten)]
    pub(crate) deed: Deed,
}

/// Which file is opened
#[derive(Debug, Args)]
pub(crate) struct Open {
    /// The entry's number
    #[arg(value_name = "NUMBER")]
    pub(crate) number: String,
    /// What the file is called, or its place in the list [default: the last one]
    #[arg(value_name = "NAME")]
    pub(crate) file: Option<String>,
    /// Start no program, but print where the file is
    #[arg(long = "path", action = ArgAction::SetTrue)]
    pub(crate) only_where: bool,
}

impl Run for Attach {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let register = self.entry(desk.book()?.reader())?.register;
        let store = Store::of(desk.book()?.path());
        desk.change(format!("{register} attach"), &self.deed, |change| self.enter(change, &store))
    }
}

impl Attach {
    /// The entry. Where a file was typed in its place and its number in that of a file, the refusal says so.
    fn entry(&self, book: &Connection) -> Result<Entry> {
        let error = match Entry::find(book, &self.number) {
            Ok(entry) => return Ok(entry),
            Err(error) => error,
        };
        for file in &self.files {
            if let Some(entry) =
                file.to_str().map(|typed| Entry::look_up(book, &text::number(typed))).transpose()?.flatten()
            {
                let (number, file) = (entry.number, text::word(&self.number).into_owned());
                let what = say!("{file} is no number of an entry", file);
                let way_out = say!("the number comes first: branchbook attach {number} {file}", number, file);
                return Err(Refusal::usage(what).or(way_out).into());
            }
        }
        Err(error)
    }

    fn enter(&self, change: &mut Change<'_>, store: &Store) -> Result<Answer> {
        let entry = Entry::find(change.sql(), &self.number)?;
        change.hold(&entry.thing()?)?;
        entry.refuse_reserved(say!("given files"))?;
        entry.refuse_void()?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        if let Some(form) = named(&entry.register)?.form {
            let clause = form.amended.0.to_owned();
            permit(form.amended.1, &Task::begin(change, form, entry.clone(), clause, actor.clone(), false)?)?;
        }
        // What the book tells of is on the disk before: a copy without a row harms nobody, and `verify` tells of it.
        let keep = |file: &PathBuf| if self.deed.dry_run { attached::looked_at(file) } else { store.keep(file) };
        let kept: Vec<Kept> = self.files.iter().map(keep).collect::<Result<_>>()?;
        let known = Attached::all(change.sql(), entry.id)?;
        for (place, file) in kept.iter().enumerate() {
            if known.iter().any(|known| known.kept == *file) || kept[..place].contains(file) {
                let (file, number) = (text::word(&file.file).into_owned(), &entry.number);
                return Err(Refusal::usage(say!(
                    "{file} belongs to {number} already, and nothing in it has changed",
                    file,
                    number
                ))
                .or(say!("see branchbook show {number}", number))
                .into());
            }
            entry.append(
                change,
                "attachment",
                named_params! {
                    "file": file.file, "bytes": file.bytes, "sha256": file.sha256, "note": self.note.as_deref(),
                    "attached_by": actor.key, "attached_on": change.on,
                },
            )?;
        }
        change.record(&entry.thing()?, &actor.key, self.note.as_deref())?;
        let line = say!(
            "{number}: {files} kept with it",
            number = entry.titled(change.sql())?,
            files = language::all_of(kept.iter().map(|file| file.file.clone()))
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// A file that belongs to an entry, as the book tells of it.
#[derive(Debug)]
pub(crate) struct Attached {
    position: i64,
    kept: Kept,
}

impl Attached {
    /// Those of an entry that were not taken back.
    fn all(book: &Connection, entry: i64) -> Result<Vec<Self>> {
        let sql = "SELECT position, file, bytes, sha256 FROM attachment WHERE undone_on IS NULL AND entry = ?1 ORDER BY position";
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Self {
                position: row.get(0)?,
                kept: Kept { file: row.get(1)?, bytes: row.get(2)?, sha256: row.get(3)? },
            })
        };
        book.each(sql, [entry], read)
    }
}

impl Run for Open {
    fn run(mut self, desk: &mut Desk<'_>) -> Result<()> {
        if desk.surroundings.keyed.is_some() {
            return Err(refused_path().into());
        }
        let entry = self.entry(desk.book()?.reader())?;
        // Whoever may not read the entry reads none of its files.
        show::authorised(desk, named(&entry.register)?, &entry, "open")?;
        let book = desk.book()?;
        let attached = self.chosen(&entry, Attached::all(book.reader(), entry.id)?)?;
        let path = Store::of(book.path()).path(&attached.kept)?;
        if !path.is_file() {
            let (path, number) = (path.display().to_string(), &entry.number);
            return Err(Refusal::not_found(say!("{path}, which belongs to {number}, is not there", path, number))
                .or(say!("bring it back from a copy that branchbook backup --files made"))
                .into());
        }
        if !self.only_where && desk.surroundings.interactive {
            browser::open(&path)?;
        }
        let path = path.display().to_string();
        desk.tell(&Answer::new(path.clone(), path))
    }
}

impl Open {
    /// The entry; where the number was typed in two parts, its rest stands where the file would.
    fn entry(&mut self, book: &Connection) -> Result<Entry> {
        let parts = self.file.as_ref().map(|file| format!("{}{file}", self.number));
        if Entry::look_up(book, &self.number)?.is_none()
            && let Some(parts) = parts
            && let Some(entry) = Entry::look_up(book, &parts)?
        {
            self.file = None;
            return Ok(entry);
        }
        Entry::find(book, &self.number)
    }

    fn chosen(&self, entry: &Entry, all: Vec<Attached>) -> Result<Attached> {
        let number = &entry.number;
        let names: Vec<String> = all.iter().map(|attached| attached.kept.file.clone()).collect();
        let is_meant = |attached: &Attached| match &self.file {
            None => true,
            Some(file) => attached.kept.file == *file || attached.position.to_string() == *file,
        };
        let is_alike = |attached: &Attached| {
            self.file.as_ref().is_some_and(|file| text::plain(&attached.kept.file) == text::plain(file))
        };
        let place = all.iter().rposition(is_meant).or_else(|| all.iter().rposition(is_alike));
        if let Some(attached) = place.and_then(|place| all.into_iter().nth(place)) {
            return Ok(attached);
        }
        let refusal = match &self.file {
            Some(file) if !names.is_empty() => {
                Refusal::not_found(say!("no file of {number} is called {file}", number, file))
                    .or(say!("give one of: {keys}", keys = names.join(language::comma())))
            }
            _ => Refusal::not_found(say!("no file belongs to {number}", number))
                .or(say!("keep one with it: branchbook attach {number} FILE", number)),
        };
        Err(refusal.into())
    }
}
