//! The month-end pack: every tally and ledger of a month in one folder, with a manifest that proves them.
//!
//! The same book and month give the same bytes. The folder is written under another name and renamed when it is whole.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::exceptions::exceptions;
use crate::book::journal::{self, Head};
use crate::day::Month;
use crate::desk::{Answer, Desk, Run};
use crate::files;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::register::access;
use crate::register::asset;
use crate::register::contact::ledger;
use crate::register::filter::Filter;
use crate::register::gift;
use crate::register::info::tally;
use crate::register::project;
use crate::register::shared;
use crate::register::ship;
use crate::series::number;
use crate::sheet::query::Query;
use crate::sheet::{Format, Look};

/// The month, written into a folder of its name below --output
#[derive(Debug, Args)]
pub struct MonthEnd {
    /// The month, such as 2026-10
    pub month: Month,
}

/// A file of the pack.
#[derive(Debug)]
pub struct Part {
    name: String,
    query: Query,
    /// SQL columns whose sums the manifest records.
    totals: &'static [&'static str],
}

impl Part {
    /// The file of this name with the rows of a query; `totals` names SQL columns whose sums the manifest records.
    pub fn new(name: impl Into<String>, query: Query, totals: &'static [&'static str]) -> Self {
        Self { name: name.into(), query, totals }
    }
}

impl Run for MonthEnd {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        access::require_office(desk, "R2.5", "writes the month-end pack")?;
        let today = desk.surroundings.clock.today();
        let filter = Filter { month: Some(self.month), ..Filter::default() };
        if today < self.month.first() {
            return Err(Refusal::usage(format!("{} has not begun", self.month)).or("name a month that has").into());
        }
        let entries = shared::readable(desk, "info", &filter, "report month")?;
        let folder = desk.globals.output.clone().unwrap_or_else(|| PathBuf::from("."));
        let snapshot = desk.book()?.reader().unchecked_transaction()?;
        let parts = parts(&snapshot, self.month, entries)?;
        let pack = Pack::new(&folder, self.month)?;
        let (rows, kept) = pack.write(&snapshot, &parts)?;
        drop(snapshot);
        let place = pack.place.display().to_string();
        let answer = Answer::new(&place, format!("{place}: {} files and a manifest, {rows} rows", parts.len()));
        let early = (today <= self.month.last()).then(|| {
            format!("{} has not ended: its verdicts are those of a month in which nothing more comes in", self.month)
        });
        let kept = kept.map(|kept| format!("the pack that was there differed, and is kept as {}", kept.display()));
        desk.tell(&Answer { notes: early.into_iter().chain(kept).collect(), ..answer })
    }
}

/// What a register puts into the pack of a month.
type Source = fn(&Connection, Month) -> Result<Vec<Part>>;

/// What the registers put into the pack between the contact forms and the exceptions, in the order of the manifest.
const SOURCES: &[Source] = &[project::month_parts, gift::month_parts, asset::month_parts, ship::month_parts];

/// What the pack holds, in the order of the manifest. The month is judged as it stands when it has ended.
fn parts(book: &Connection, month: Month, entries: Query) -> Result<Vec<Part>> {
    let after = month.next().first();
    let mut parts = vec![
        Part::new(
            "info-by-department.csv",
            tally::by_department(book, month, after)?,
            &["collected", "counted", "late", "duplicates"],
        ),
        Part::new("info-by-person.csv", tally::by_person(book, month, after)?, &["counted"]),
        Part::new("info-entries.csv", entries, &["amount_fen"]),
    ];
    let mut statement = book.prepare(
        "SELECT s.key, s.department FROM series AS s JOIN department AS d ON d.key = s.department
         WHERE s.register = 'contact' ORDER BY d.position",
    )?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let (series, department): (String, String) = (row.get(0)?, row.get(1)?);
        let prefix = number::template_on(book, &series, month.last())?.prefix(month.last());
        let name = format!("contact-ledger-{}.csv", file_name(&prefix));
        parts.push(Part::new(name, ledger::ledger(book, &department, Some(month), None)?, &["pages"]));
    }
    parts.push(Part::new("contact-outstanding.csv", ledger::outstanding(month.last(), None), &[]));
    for source in SOURCES {
        parts.extend(source(book, month)?);
    }
    parts.push(Part::new("exceptions.csv", exceptions(Some(month)), &[]));
    Ok(parts)
}

/// A number's prefix as part of a file name.
fn file_name(prefix: &str) -> String {
    prefix.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

/// The folder of a pack: where it is written, and where it goes. It holds restricted information, and is its owner's alone.
struct Pack {
    month: Month,
    beside: PathBuf,
    place: PathBuf,
}

impl Pack {
    fn new(folder: &Path, month: Month) -> Result<Self> {
        fs::create_dir_all(folder)
            .map_err(|error| Refusal::failed(format!("cannot make the folder {}: {error}", folder.display())))?;
        Ok(Self { month, beside: folder.join(format!(".{month}.part")), place: folder.join(month.to_string()) })
    }

    /// Writes every part and the manifest, and moves the folder into its place. Gives the count of rows, and where a pack
    /// that was there and differed is kept.
    fn write(&self, book: &Connection, parts: &[Part]) -> Result<(u64, Option<PathBuf>)> {
        let written = self.fill(book, parts).and_then(|rows| Ok((rows, self.settle()?)));
        if written.is_err() {
            let _ = fs::remove_dir_all(&self.beside);
        }
        written
    }

    fn fill(&self, book: &Connection, parts: &[Part]) -> Result<u64> {
        let _ = fs::remove_dir_all(&self.beside);
        files::create_private_folder(&self.beside).with_context(|| format!("cannot make {}", self.beside.display()))?;
        let mut files = Vec::new();
        let mut rows = 0;
        for part in parts {
            let mut bytes =
                Hashed { file: files::create_private(&self.beside.join(&part.name))?, hasher: Sha256::new() };
            let written = part.query.write(book, Format::Csv, &Look::default(), &mut bytes)?;
            bytes.file.sync_all()?;
            rows += written.rows;
            let sha256 = journal::hex(&bytes.hasher.finalize());
            files.push(
                json!({ "name": part.name, "rows": written.rows, "sha256": sha256, "totals": totals(book, part)? }),
            );
        }
        let manifest = manifest(book, self.month, &files)?;
        let mut file = files::create_private(&self.beside.join("manifest.json"))?;
        writeln!(file, "{}", serde_json::to_string_pretty(&manifest)?)?;
        file.sync_all()?;
        Ok(rows)
    }

    fn settle(&self) -> Result<Option<PathBuf>> {
        let old = self.beside.with_extension("old");
        let _ = fs::remove_dir_all(&old);
        let gave_way = self.place.exists();
        if gave_way {
            fs::rename(&self.place, &old)
                .with_context(|| format!("cannot move {} out of the way", self.place.display()))?;
        }
        let moved = fs::rename(&self.beside, &self.place).and_then(|()| files::sync_folder(&self.place));
        if moved.is_err() && gave_way {
            let _ = fs::rename(&old, &self.place);
        }
        moved.with_context(|| format!("cannot move the pack to {}", self.place.display()))?;
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

/// What the pack records of the book: its journal's head, every series' last number, and its files.
fn manifest(book: &Connection, month: Month, files: &[Value]) -> Result<Value> {
    let head = Head::of(book, "journal")?;
    let name: String = book.query_row("SELECT name FROM book", (), |row| row.get(0))?;
    let series: Vec<Value> = book
        .prepare("SELECT series, prefix, last FROM counter ORDER BY series, prefix")?
        .query_map((), |row| {
            let (series, prefix, last): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(json!({ "series": series, "prefix": prefix, "last": last }))
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(json!({
        "book": name,
        "month": month.to_string(),
        "journal": { "count": head.count, "hash": journal::hex(&head.hash) },
        "series": series,
        "files": files,
    }))
}

/// The sums of a part's columns: money as a decimal, other numbers as they are.
fn totals(book: &Connection, part: &Part) -> Result<Map<String, Value>> {
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
