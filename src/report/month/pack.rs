//! The folder of the month-end pack: its files, the workbook and the page of all lists, and the manifest that proves them.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::place::{Place, There};
use super::{PackFile, figures, page, serious};
use crate::book::journal::{self, Head};
use crate::book::select::Select;
use crate::book::times::{Chain, Marks};
use crate::day::Month;
use crate::files;
use crate::files::named::{NamedFile, cannot_write};
use crate::files::part::PartFolder;
use crate::language::Language;
use crate::money::Money;
use crate::register::pack::Judged;
use crate::say;
use crate::sheet::cover::Cover;
use crate::sheet::query::Query;
use crate::sheet::workbook::Workbook;
use crate::sheet::xlsx::Leaf;
use crate::sheet::{Format, Look};

/// The file of a pack that tells how far the access log went when it was written, which no pack of the same book and month has in
/// common: so it stands in no manifest.
pub(crate) const ACCESS_LOG: &str = "access-log.json";

/// The workbook of all lists, a sheet each.
const WORKBOOK: &str = "month-end.xlsx";

/// The page that a manager reads first, and the lists behind it.
const PAGE: &str = "month-end.html";

/// The folder of a pack in which the files of its entries lie.
const ATTACHED: &str = "files";

/// What is proven by it, and by which hash.
pub(super) const MANIFEST: &str = "manifest.json";

/// What was written.
pub(super) struct Written {
    /// The files, the manifest not counted.
    pub(super) files: usize,
    /// The rows of the lists.
    pub(super) rows: u64,
    /// What was in the place.
    pub(super) there: There,
}

/// A file of the pack as the manifest records it.
pub(super) struct Recorded {
    pub(super) name: String,
    pub(super) sha256: String,
}

/// Writes the pack of a month, every part, the workbook, the page and the manifest, and moves it into its place.
pub(super) fn write(
    book: &Connection,
    judged: Judged,
    parts: &[PackFile],
    attached: &[(String, PathBuf)],
    place: &Place,
) -> Result<Written> {
    let month = judged.month;
    let attached: Vec<(String, &PathBuf)> =
        attached.iter().map(|(name, file)| (format!("{ATTACHED}/{name}"), file)).collect();
    let names = parts.iter().map(|part| part.name.as_str()).chain([WORKBOOK, PAGE, MANIFEST, ACCESS_LOG]);
    let names = names.chain(attached.iter().map(|(name, _)| name.as_str()));
    let folder = PartFolder::beside(&place.path, names.map(str::to_owned).collect())
        .map_err(|error| place.cannot_write(&error))?;
    let mut pack = Pack { folder: &folder.path, place: &place.path, recorded: Vec::new(), listed: Vec::new(), rows: 0 };
    let branch = crate::page::branch(book)?;
    for part in parts {
        let csv = |file: &mut dyn Write| Ok(part.query.write(book, Format::Csv, &Look::default(), file)?.rows);
        pack.rows += pack.add(&part.name, &totals(book, part)?, csv)?;
    }
    pack.add(WORKBOOK, &Map::new(), |file| workbook(book, &branch, judged, parts, file))?;
    pack.add(PAGE, &Map::new(), |file| page::write(book, &branch, judged, parts, file))?;
    if !attached.is_empty() {
        let within = folder.path.join(ATTACHED);
        files::create_private_folder(&within).map_err(|error| place.cannot_write(&error))?;
    }
    for (name, path) in &attached {
        pack.add(name, &Map::new(), |out| {
            io::copy(&mut File::open(path)?, out)?;
            Ok(0)
        })?;
    }
    let manifest = serde_json::to_string_pretty(&manifest(book, &branch, month, &pack.listed)?)? + "\n";
    pack.file(MANIFEST, |file| Ok(file.write_all(manifest.as_bytes())?))?;
    let read = serde_json::to_string_pretty(&access_log(book, month)?)? + "\n";
    pack.file(ACCESS_LOG, |file| Ok(file.write_all(read.as_bytes())?))?;
    folder.sync().map_err(|error| place.cannot_write(&error))?;
    let there = place.settle(&folder.path, manifest.as_bytes(), &pack.recorded)?;
    Ok(Written { files: pack.recorded.len(), rows: pack.rows, there })
}

/// A pack under way. It holds restricted information, and is its owner's alone.
struct Pack<'p> {
    folder: &'p Path,
    place: &'p Path,
    recorded: Vec<Recorded>,
    /// The same files as the manifest lists them.
    listed: Vec<Value>,
    rows: u64,
}

impl Pack<'_> {
    /// Writes a file that the manifest records; gives its rows.
    fn add(
        &mut self,
        name: &str,
        totals: &Map<String, Value>,
        write: impl FnOnce(&mut dyn Write) -> Result<u64>,
    ) -> Result<u64> {
        let (sha256, rows) = self.file(name, write)?;
        self.listed.push(json!({ "name": name, "rows": rows, "sha256": sha256, "totals": totals }));
        self.recorded.push(Recorded { name: name.to_owned(), sha256 });
        Ok(rows)
    }

    /// Writes a file; gives its SHA-256 and what `write` gave.
    fn file<T>(&self, name: &str, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<(String, T)> {
        let named = self.place.join(name);
        let file = files::create_private(&self.folder.join(name)).map_err(|error| cannot_write(&named, &error))?;
        let mut file = NamedFile::new(file, &named);
        let mut hasher = Sha256::new();
        let written = file.fill(|file| write(&mut Hashed { file, hasher: &mut hasher }))?;
        file.sync()?;
        Ok((journal::hex(&hasher.finalize()), written))
    }
}

/// The pack's lists as a workbook, a sheet for each that has rows behind one that sums the month up, named after their files; in Chinese
/// and Korean after their titles. Gives the count of rows.
fn workbook(book: &Connection, branch: &str, judged: Judged, parts: &[PackFile], out: &mut dyn Write) -> Result<u64> {
    let (month, title) = (judged.month, page::title(judged));
    let mut workbook = Workbook::new(&title, branch)?;
    let cover = workbook.name(say!("Monthly report"));
    let mut sheets = Vec::with_capacity(parts.len());
    for PackFile { name, query, .. } in parts {
        let wanted = match Language::spoken() {
            Language::En => name.trim_end_matches(".csv").replace('-', " "),
            Language::Zh | Language::Ko => query.title.clone(),
        };
        let sheet = if query.has_rows(book)? { Some(workbook.name(&wanted)) } else { None };
        sheets.push((sheet, query.title.clone()));
    }
    let told = figures::told(book, month)?;
    workbook.cover(
        &cover,
        &Cover {
            title,
            lines: page::summary(book, judged, &serious::overdue(book, judged)?)?,
            headings: figures::headings().to_vec(),
            figures: figures::cells(&told),
            trends: figures::trends(book, month)?,
            sheets: sheets.clone(),
        },
    )?;
    let mut rows = 0;
    for (part, (name, title)) in parts.iter().zip(&sheets) {
        let Some(name) = name else { continue };
        let written = part.query.fill(book, |columns| {
            let sheet = workbook.sheet(name, title, columns, &part.added_up())?;
            Ok(Box::new(Leaf::new(&mut workbook, sheet)))
        })?;
        rows += written.rows;
    }
    workbook.save(out)?;
    Ok(rows)
}

/// What the pack records of the book: its journal's head, every series' last number, and its files.
fn manifest(book: &Connection, branch: &str, month: Month, files: &[Value]) -> Result<Value> {
    let series: Vec<Value> =
        book.each("SELECT series, prefix, last FROM counter ORDER BY series, prefix", (), |row| {
            let (series, prefix, last): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(json!({ "series": series, "prefix": prefix, "last": last }))
        })?;
    Ok(json!({
        "book": branch,
        "month": month.to_string(),
        "journal": head(book, "journal")?,
        "series": series,
        "files": files,
    }))
}

/// How far the access log goes, and how it was written in the month.
fn access_log(book: &Connection, month: Month) -> Result<Value> {
    let Head { count, hash } = Head::of(book, "reading")?;
    let marks = Marks::of_month(book, Chain::Readings, month)?;
    Ok(json!({
        "count": count,
        "hash": journal::hex(&hash),
        "month": { "rows": marks.rows, "earlier": marks.earlier, "drilled": marks.drilled, "declared": marks.declared },
    }))
}

/// The newest row of a chained table.
fn head(book: &Connection, table: &str) -> Result<Value> {
    let Head { count, hash } = Head::of(book, table)?;
    Ok(json!({ "count": count, "hash": journal::hex(&hash) }))
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
struct Hashed<'f> {
    file: &'f mut dyn Write,
    hasher: &'f mut Sha256,
}

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
