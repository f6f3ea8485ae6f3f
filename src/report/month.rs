//! The month-end pack: every tally and ledger of a month in one folder, with a manifest that proves them.
//!
//! The same book and month give the same bytes. The folder is written under another name and renamed when it is whole; what is in its
//! place is never removed.

mod figures;
pub(crate) mod pack;
mod page;
mod place;
mod serious;

use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;

use self::place::{Place, There};
use super::decisions::decisions;
use super::exceptions::exceptions;
use super::late::late;
use super::review;
use super::taken_back::taken_back;
use crate::book::attached::{self, Along, Store};
use crate::book::closed::closed_on;
use crate::book::select::Select;
use crate::day::{Month, MonthArg};
use crate::desk::{Answer, Desk, Run};
use crate::files::target::{Kept, STANDARD};
use crate::language::Language;
use crate::office::name;
use crate::refusal::{Kind, Refusal};
use crate::register::ALL;
use crate::register::access;
use crate::register::contact::ledger;
use crate::register::filter::{Days, Filter};
use crate::register::info::tally;
use crate::register::pack::{Judged, PackFile};
use crate::register::show;
use crate::say;
use crate::series::number;
use crate::sheet::Format;
use crate::sheet::query::Query;

/// The month, written into a folder of its name below --output
#[derive(Debug, Args)]
pub(crate) struct MonthEnd {
    /// The month: 2026-10, last or this
    pub(crate) month: MonthArg,
    /// Only where the month has ended; else it is left with exit code 7
    #[arg(long)]
    pub(crate) ended_only: bool,
    /// Take the files along that belong to the month's entries, in the folder files of the pack
    #[arg(long)]
    pub(crate) files: bool,
}

impl Run for MonthEnd {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        // It names a folder here, and no file.
        let folder = desk.globals.output.take().unwrap_or_else(|| PathBuf::from("."));
        if folder == Path::new(STANDARD) {
            return Err(Refusal::usage(say!("a pack is a folder")).or(say!("name a folder with --output")).into());
        }
        if !folder.is_dir() && (Format::of_ending(&folder).is_some() || is_packed(&folder)) {
            return Err(Refusal::usage(say!(
                "{path} is called as a file, and a pack is a folder",
                path = folder.display()
            ))
            .or(say!("name a folder with --output; the report in it to print or to sign is month-end.html"))
            .into());
        }
        access::require_office(desk, "R2.5", say!("writes the month-end pack"))?;
        access::require_log(desk, say!("a month-end pack"))?;
        let (today, patience) = (desk.today()?, desk.surroundings.patience);
        let month = self.month.on(today);
        let judged = Judged::of(month, today);
        let filter = Filter { days: Days::of(month), ..Filter::default() };
        if today < month.first() {
            return Err(Refusal::usage(say!("{month} has not begun", month)).or(say!("name a month that has")).into());
        }
        if self.ended_only && judged.runs() {
            let what = say!("{month} has not ended, and no pack of it was made", month);
            return Err(Refusal::new(Kind::NotYet, what)
                .or(say!("make it from {day} on", day = month.next().first()))
                .into());
        }
        let language = language_of(desk)?;
        let entries = language.during(|| show::readable(desk, "info", &filter, "report month"))?;
        let kept = Kept::of_book(desk.book_path());
        let store = Store::of(desk.book()?.path());
        let snapshot = desk.book()?.reader().unchecked_transaction()?;
        let place = Place::below(&folder, month, kept, patience)?;
        let along = if self.files { store.of_days(&snapshot, month.first(), month.last())? } else { Along::default() };
        let written = language.during(|| {
            name::as_of(&snapshot, month.last())?;
            let mut parts = parts(&snapshot, judged, entries)?;
            if self.files {
                let title = say!("Files of the entries of {month}", month);
                let list = Query::new(title, attached::LIST).with(":first", month.first().to_string());
                parts.push(PackFile::new("files.csv", list.with(":last", month.last().to_string()), &["bytes"]));
            }
            pack::write(&snapshot, judged, &parts, &along.files, &place)
        })?;
        let submitted = match &written.there {
            There::Another(_) => differs_from_submitted(&snapshot, month)?,
            _ => None,
        };
        drop(snapshot);
        let place = place.path.display().to_string();
        let answer = Answer::new(
            &place,
            say!(
                "{place}: {files} files and a manifest, {rows} rows",
                place,
                files = written.files,
                rows = written.rows
            ),
        );
        let early = judged.runs().then(|| say!("{month} has not ended: it is judged as of {today}", month, today));
        let notes = early
            .into_iter()
            .chain(written.there.note())
            .chain(submitted)
            .chain(attached::missing_note(&along.missing))
            .collect();
        desk.tell_done(&Answer { notes, ..answer })
    }
}

/// The language of the page and the workbook: what `--lang` names, else what the office has told beside its book, so that its pack is the
/// same whoever makes it, a clerk or the clock at night; else that of the command.
fn language_of(desk: &Desk<'_>) -> Result<Language, Refusal> {
    let of_office = || desk.surroundings.settings.office_language();
    Ok(desk.globals.lang.map_or_else(of_office, |named| Ok(Some(named)))?.unwrap_or_else(Language::spoken))
}

/// What is said where the month was submitted, and the pack that is made now differs from the one that was there.
fn differs_from_submitted(book: &Connection, month: Month) -> Result<Option<String>> {
    let sql = "SELECT happened_on, id FROM journal WHERE thing = 'submission ' || ?1 AND verb = 'report submit' ORDER BY id DESC LIMIT 1";
    let submitted: Option<(NaiveDate, i64)> = book.row(sql, [month.to_string()])?;
    Ok(closed_on(book, month)?.and(submitted).map(|(on, row)| {
        say!(
            "{month} was submitted on {on} (journal row {row}), and this pack differs from the one that was there",
            month,
            on,
            row
        )
    }))
}

/// Whether a path is called as many files in one are.
fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|ending| {
        ["zip", "7z", "rar", "gz", "tgz", "tar"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// What the pack holds, in the order of the manifest.
fn parts(book: &Connection, judged: Judged, entries: Query) -> Result<Vec<PackFile>> {
    let Judged { month, on: after } = judged;
    let entries = Query { title: say!("{title} in {month}", title = entries.title, month), ..entries };
    let mut parts = vec![
        PackFile::new(
            "info-by-department.csv",
            tally::by_department(book, month, after)?,
            &["collected", "counted", "late", "duplicates"],
        ),
        PackFile::new("info-by-person.csv", tally::by_person(book, month, after)?, &["counted"]),
        PackFile::new("info-entries.csv", entries, &["amount_fen"]),
    ];
    let mut statement = book.prepare(
        "SELECT s.key, s.department FROM series AS s JOIN department AS d ON d.key = s.department
         WHERE s.register = 'contact' AND (coalesce(d.from_on <= ?2, TRUE) AND coalesce(d.until_on >= ?1, TRUE) OR EXISTS (
            SELECT 1 FROM entry AS e WHERE e.register = 'contact' AND e.department = d.key AND e.day_on BETWEEN ?1 AND ?2))
         ORDER BY d.position",
    )?;
    let mut rows = statement.query((month.first(), month.last()))?;
    while let Some(row) = rows.next()? {
        let (series, department): (String, String) = (row.get(0)?, row.get(1)?);
        let prefix = number::template_on(book, &series, month.last())?.prefix(month.last());
        let name = format!("contact-ledger-{}.csv", file_name(&prefix));
        parts.push(PackFile::new(name, ledger::ledger(book, &department, Some(month), None)?, &["pages"]));
    }
    let outstanding = ledger::outstanding(judged.last(), None);
    let by_age = serious::outstanding_by_age(&outstanding);
    parts.push(PackFile::new("contact-outstanding.csv", outstanding, &[]).on_paper(by_age));
    for register in ALL {
        parts.extend(register.pack_files(book, judged)?);
    }
    parts.push(review::held_in(month));
    let decisions = decisions(book, month)?;
    let together = serious::decisions_together(&decisions);
    parts.push(PackFile::new("decisions.csv", decisions, &[]).on_paper(together));
    parts.push(PackFile::new("exceptions.csv", exceptions(Some(month)), &[]));
    parts.push(PackFile::new("entered-late.csv", late(book, month)?, &[]));
    parts.push(PackFile::new("taken-back.csv", taken_back(Some(month)), &[]));
    Ok(parts)
}

/// A number's prefix as part of a file name.
fn file_name(prefix: &str) -> String {
    prefix.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect()
}
