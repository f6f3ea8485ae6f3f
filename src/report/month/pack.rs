//! The folder of the month-end pack: its files, the workbook and the page of all lists, and the manifest that proves them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{PackFile, page};
use crate::book::journal::{self, Head};
use crate::day::Month;
use crate::files;
use crate::language::Language;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::query::Query;
use crate::sheet::workbook::Workbook;
use crate::sheet::xlsx::Leaf;
use crate::sheet::{Format, Look};

/// The workbook of all lists, a sheet each.
const WORKBOOK: &str = "month-end.xlsx";

/// The page that a manager reads first, and the lists behind it.
const PAGE: &str = "month-end.html";

/// What was written.
pub(super) struct Written {
    /// The files, the manifest not counted.
    pub(super) files: usize,
    /// The rows of the lists.
    pub(super) rows: u64,
    /// Where a pack that was there and differed is kept.
    pub(super) kept: Option<PathBuf>,
}

/// The folder of a pack: where it is written, and where it goes. It holds restricted information, and is its owner's alone.
pub(super) struct Pack {
    month: Month,
    beside: PathBuf,
    pub(super) place: PathBuf,
}

impl Pack {
    /// A pack of `month` below `folder`.
    ///
    /// # Errors
    /// A refusal where the folder cannot be made.
    pub(super) fn new(folder: &Path, month: Month) -> Result<Self> {
        fs::create_dir_all(folder).map_err(|error| {
            Refusal::failed(say!("cannot make the folder {folder}: {error}", folder = folder.display(), error))
        })?;
        Ok(Self { month, beside: folder.join(format!(".{month}.part")), place: folder.join(month.to_string()) })
    }

    /// Writes every part, the workbook, the page and the manifest, and moves the folder into its place.
    ///
    /// # Errors
    /// Those of the files and of `SQLite`; nothing is left behind then.
    pub(super) fn write(&self, book: &Connection, parts: &[PackFile]) -> Result<Written> {
        let written = self.fill(book, parts).and_then(|written| Ok(Written { kept: self.settle()?, ..written }));
        if written.is_err() {
            let _ = fs::remove_dir_all(&self.beside);
        }
        written
    }

    fn fill(&self, book: &Connection, parts: &[PackFile]) -> Result<Written> {
        let _ = fs::remove_dir_all(&self.beside);
        files::create_private_folder(&self.beside)
            .with_context(|| say!("cannot make {beside}", beside = self.beside.display()))?;
        let branch = crate::page::branch(book)?;
        let mut files = Vec::new();
        let mut rows = 0;
        for part in parts {
            let (sha256, written) =
                self.file(&part.name, |file| Ok(part.query.write(book, Format::Csv, &Look::default(), file)?.rows))?;
            rows += written;
            files.push(json!({ "name": part.name, "rows": written, "sha256": sha256, "totals": totals(book, part)? }));
        }
        let (sha256, written) = self.file(WORKBOOK, |file| workbook(book, &branch, self.month, parts, file))?;
        files.push(json!({ "name": WORKBOOK, "rows": written, "sha256": sha256, "totals": {} }));
        let (sha256, written) = self.file(PAGE, |file| page::write(book, &branch, self.month, parts, file))?;
        files.push(json!({ "name": PAGE, "rows": written, "sha256": sha256, "totals": {} }));
        let manifest = manifest(book, &branch, self.month, &files)?;
        let mut file = files::create_private(&self.beside.join("manifest.json"))?;
        writeln!(file, "{}", serde_json::to_string_pretty(&manifest)?)?;
        file.sync_all()?;
        Ok(Written { files: files.len(), rows, kept: None })
    }

    /// Writes a file of the pack; gives its SHA-256 and what `write` counted.
    fn file(&self, name: &str, write: impl FnOnce(&mut dyn Write) -> Result<u64>) -> Result<(String, u64)> {
        let mut bytes = Hashed { file: files::create_private(&self.beside.join(name))?, hasher: Sha256::new() };
        let rows = write(&mut bytes)?;
        bytes.file.sync_all()?;
        Ok((journal::hex(&bytes.hasher.finalize()), rows))
    }

    fn settle(&self) -> Result<Option<PathBuf>> {
        let old = self.beside.with_extension("old");
        let _ = fs::remove_dir_all(&old);
        let gave_way = self.place.exists();
        if gave_way {
            fs::rename(&self.place, &old)
                .with_context(|| say!("cannot move {place} out of the way", place = self.place.display()))?;
        }
        let moved = fs::rename(&self.beside, &self.place).and_then(|()| files::sync_folder(&self.place));
        if moved.is_err() && gave_way {
            let _ = fs::rename(&old, &self.place);
        }
        moved.with_context(|| say!("cannot move the pack to {place}", place = self.place.display()))?;
        let kept = self.keep(&old);
        let _ = fs::remove_dir_all(&old);
        Ok(kept)
    }

    /// Keeps an older pack that recorded something else, named after the journal row that it was made at: what was
    /// handed out stays provable.
    fn keep(&self, old: &Path) -> Option<PathBuf> {
        let manifest = |folder: &Path| fs::read(folder.join("manifest.json")).ok();
        let recorded = manifest(old).filter(|recorded| manifest(&self.place).as_ref() != Some(recorded))?;
        let count = serde_json::from_slice::<Value>(&recorded).ok()?["journal"]["count"].as_i64()?;
        let kept = self.place.with_file_name(format!("{}-journal-{count}", self.month));
        let _ = fs::remove_dir_all(&kept);
        fs::rename(old, &kept).ok().map(|()| kept)
    }
}

/// The pack's lists as a workbook, a sheet each, named after their files; in Chinese and Korean after their titles. Gives the count of rows.
fn workbook(book: &Connection, branch: &str, month: Month, parts: &[PackFile], out: &mut dyn Write) -> Result<u64> {
    let mut workbook = Workbook::new(&say!("Month end {month}", month), branch)?;
    let mut rows = 0;
    for PackFile { name, query, .. } in parts {
        let name = match Language::spoken() {
            Language::En => name.trim_end_matches(".csv").replace('-', " "),
            Language::Zh | Language::Ko => query.title.clone(),
        };
        let written = query.fill(book, |columns| {
            let sheet = workbook.sheet(&name, &query.title, columns, &query.totals)?;
            Ok(Box::new(Leaf::new(&mut workbook, sheet)))
        })?;
        rows += written.rows;
    }
    workbook.save(out)?;
    Ok(rows)
}

/// What the pack records of the book: its journal's head, every series' last number, and its files.
fn manifest(book: &Connection, branch: &str, month: Month, files: &[Value]) -> Result<Value> {
    let head = Head::of(book, "journal")?;
    let series: Vec<Value> = book
        .prepare("SELECT series, prefix, last FROM counter ORDER BY series, prefix")?
        .query_map((), |row| {
            let (series, prefix, last): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(json!({ "series": series, "prefix": prefix, "last": last }))
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(json!({
        "book": branch,
        "month": month.to_string(),
        "journal": { "count": head.count, "hash": journal::hex(&head.hash) },
        "series": series,
        "files": files,
    }))
}

/// The sums of a part's columns: money as a decimal, other numbers as they are.
fn totals(book: &Connection, part: &PackFile) -> Result<Map<String, Value>> {
    let mut totals = Map::new();
    for column in part.totals {
        let sql = format!("SELECT coalesce(sum({column}), 0) FROM ({})", part.query.sql);
        let sum = Query { sql, ..part.query.clone() }.single(book)?;
        match column.strip_suffix("_fen") {
            Some(name) => totals.insert(name.to_owned(), json!(Money(sum).to_string())),
            None => totals.insert((*column).to_owned(), json!(sum)),
        };
    }
    Ok(totals)
}

/// A file whose bytes are hashed as they are written.
struct Hashed {
    file: fs::File,
    hasher: Sha256,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
