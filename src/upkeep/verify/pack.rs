//! A month-end pack against the book: its files are untouched, and the book still holds what it recorded.

use std::path::{Path, PathBuf};

use anyhow::Result;
use rusqlite::Connection;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Faults;
use crate::book::journal::{self, Hash, Head};
use crate::book::select::Select;
use crate::files;
use crate::refusal::Refusal;
use crate::report::month::pack::ACCESS_LOG;
use crate::say;

/// A pack: its folder, and what its `manifest.json` says.
pub(super) struct Pack {
    folder: PathBuf,
    manifest: Manifest,
    /// None in a pack of a version that did not record it.
    read: Option<RecordedHead>,
}

#[derive(Deserialize)]
struct Manifest {
    month: String,
    journal: RecordedHead,
    series: Vec<RecordedCounter>,
    files: Vec<RecordedFile>,
}

/// The newest row of a chained table when the pack or the copy was made.
#[derive(Deserialize)]
pub(super) struct RecordedHead {
    count: i64,
    hash: String,
}

/// A counter when the pack or the copy was made.
#[derive(Deserialize)]
pub(super) struct RecordedCounter {
    pub(super) series: String,
    pub(super) prefix: String,
    pub(super) last: i64,
}

#[derive(Deserialize)]
struct RecordedFile {
    name: String,
    sha256: String,
}

impl Pack {
    /// Reads the manifest in a pack's folder.
    pub(super) fn read(folder: &Path) -> Result<Self, Refusal> {
        let manifest = parse(&folder.join("manifest.json"))?;
        let read = folder.join(ACCESS_LOG);
        let read = if read.exists() { Some(parse(&read)?) } else { None };
        Ok(Self { folder: folder.to_owned(), manifest, read })
    }

    /// Whether the pack's files are as they were written, and the book still holds what the pack recorded.
    pub(super) fn check(&self, book: &Connection, faults: &mut Faults) -> Result<String> {
        for file in &self.manifest.files {
            match files::sha256(&self.folder.join(&file.name)) {
                Ok(hash) if journal::hex(&hash) == file.sha256 => {}
                Ok(_) => faults.note(say!("{name} was changed after the pack was written", name = file.name)),
                Err(error) => faults.note(say!("{name} cannot be read: {error}", name = file.name, error)),
            }
        }
        self.manifest.journal.check(book, "journal", faults)?;
        if let Some(read) = &self.read {
            read.check(book, "reading", faults)?;
        }
        for counter in &self.manifest.series {
            counter.check(book, faults)?;
        }
        let Manifest { month, journal, files, .. } = &self.manifest;
        Ok(say!("{month}: {count} files, journal row {row}", month, count = files.len(), row = journal.count))
    }
}

/// Reads a file of a pack that tells what it recorded.
fn parse<T: DeserializeOwned>(path: &Path) -> Result<T, Refusal> {
    let failed = |error: &dyn std::fmt::Display| {
        Refusal::failed(say!("cannot read {path}: {error}", path = path.display(), error))
            .or(say!("name a folder that branchbook report month wrote, or a copy that branchbook backup made"))
    };
    let text = std::fs::read(path).map_err(|error| failed(&error))?;
    serde_json::from_slice(&text).map_err(|error| failed(&error))
}

impl RecordedHead {
    pub(super) fn of(head: &Head) -> Self {
        Self { count: head.count, hash: journal::hex(&head.hash) }
    }

    /// Whether the book still has the row.
    pub(super) fn check(&self, book: &Connection, table: &str, faults: &mut Faults) -> Result<()> {
        let Self { count, hash } = self;
        if *count == 0 {
            return Ok(());
        }
        let sql = format!("SELECT hash FROM {table} WHERE id = ?1");
        let found: Option<Hash> = book.value(&sql, [count])?;
        let fault = match (found, table) {
            (Some(found), _) if journal::hex(&found) == *hash => return Ok(()),
            (None, "journal") => say!("journal row {count} was recorded, and is not in the book", count),
            (None, _) => say!("row {count} of the access log was recorded, and is not in the book", count),
            (Some(_), "journal") => say!("journal row {count} is not the one that was recorded", count),
            (Some(_), _) => say!("row {count} of the access log is not the one that was recorded", count),
        };
        faults.note(fault);
        Ok(())
    }
}

impl RecordedCounter {
    /// Whether the book's counter is not behind it.
    pub(super) fn check(&self, book: &Connection, faults: &mut Faults) -> Result<()> {
        let last: Option<i64> =
            book.value("SELECT last FROM counter WHERE series = ?1 AND prefix = ?2", [&self.series, &self.prefix])?;
        let last = last.unwrap_or(0);
        if last < self.last {
            faults.note(say!(
                "the counter of {prefix}… stands at {last}, and {recorded} was recorded",
                prefix = self.prefix,
                last,
                recorded = self.last
            ));
        }
        Ok(())
    }
}
