//! The rows that cannot be taken: the first ones for the screen, all of them for a file to mend.

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::Result;
use csv::StringRecord;

use super::header;
use super::place::Place;
use super::row::Fault;
use crate::files::target::{self, Target, Writing};
use crate::format::would_hold;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// How many bad rows are kept for the screen.
const KEPT: usize = 20;

/// How many people who are not on the staff are named.
const STRANGERS: usize = 50;

/// What its name may end in.
const ENDINGS: [&str; 2] = ["csv", "txt"];

/// The place of a file of bad rows, which is csv whatever its name.
pub(crate) fn target(path: &Path, kept: target::Kept) -> Result<Target, Refusal> {
    let target = Target::new(path, kept)?;
    if path.extension().is_some_and(|ending| !ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))) {
        return Err(would_hold(path, ENDINGS[0])
            .or(say!("name a file that ends in {endings}", endings = ENDINGS.join(crate::language::comma()))));
    }
    Ok(target)
}

/// Bad rows as they come. It prints as whom they name that nobody knows, the first of them, each with how many others are bad in the
/// same way, and the number of those that are left.
#[derive(Debug)]
pub(crate) struct Rejects {
    place: Place,
    headers: Vec<String>,
    kept: Vec<Kept>,
    count: u64,
    /// Names of people who are not on the staff, with how many rows bear them, in the order of the file.
    unknown: Vec<(String, u64)>,
    file: Option<RejectsFile>,
}

/// A bad row for the screen.
#[derive(Debug)]
struct Kept {
    place: String,
    /// The column, and what is wrong.
    what: String,
    /// How many rows are bad so, this one included.
    rows: u64,
}

impl Rejects {
    /// No bad rows yet of the file whose places are called so.
    pub(crate) fn new(place: &Place, headers: &[String]) -> Self {
        let (kept, unknown) = (Vec::new(), Vec::new());
        Self { place: place.clone(), headers: headers.to_vec(), kept, count: 0, unknown, file: None }
    }

    /// Writes the bad rows to this file as well, once [`finish`](Self::finish) is called.
    pub(crate) fn write_to(self, target: Target) -> Self {
        Self { file: Some(RejectsFile { target: Some(target), writing: None }), ..self }
    }

    /// Adds a bad row; once only, with the first thing that is wrong with it.
    pub(crate) fn add(&mut self, line: u64, column: Option<&str>, fault: &Fault, cells: &StringRecord) -> Result<()> {
        self.add_unwritten(line, column, fault);
        let front = [&line.to_string(), column.unwrap_or_default(), &fault.reason];
        match &mut self.file {
            Some(file) => file.add(&self.headers, front, cells),
            None => Ok(()),
        }
    }

    /// As [`add`](Self::add), of a row that is bad beside the others of the file alone.
    pub(crate) fn add_unwritten(&mut self, line: u64, column: Option<&str>, fault: &Fault) {
        self.count += 1;
        if let Some(who) = &fault.unknown {
            match self.unknown.iter_mut().find(|(known, _)| known == who) {
                Some((_, rows)) => *rows += 1,
                None => self.unknown.push((who.clone(), 1)),
            }
        }
        let label = column.map(|column| format!("{}: ", header::shown(column))).unwrap_or_default();
        let what = format!("{label}{}", fault.reason);
        if let Some(kept) = self.kept.iter_mut().find(|kept| kept.what == what) {
            kept.rows += 1;
        } else if self.kept.len() < KEPT {
            let index = column.and_then(|column| self.headers.iter().position(|header| header == column));
            self.kept.push(Kept { place: self.place.at(line, index), what, rows: 1 });
        }
    }

    /// How many bad rows there are.
    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    /// Puts the rejects file in its place and tells where; nothing where there is no bad row or no file was asked for.
    pub(crate) fn finish(&mut self) -> Result<Option<PathBuf>, Refusal> {
        self.file.as_mut().map_or(Ok(None), RejectsFile::finish)
    }

    /// What the import says in the end: nothing where every row is good.
    pub(crate) fn into_refusal(self, total_rows: u64) -> Option<Refusal> {
        let what =
            say!("{count} of {total_rows} rows cannot be taken; nothing was imported", count = self.count, total_rows);
        (self.count > 0).then(|| Refusal::failed(what))
    }

    /// Whom the rows name that is not on the staff, where that is more than one person or one row.
    fn strangers(&self) -> Option<String> {
        let rows: u64 = self.unknown.iter().map(|(_, rows)| rows).sum();
        if rows < 2 {
            return None;
        }
        let named = self.unknown.iter().take(STRANGERS).map(|(who, rows)| say!("{who} ({rows})", who, rows));
        let more = self.unknown.len().saturating_sub(STRANGERS);
        let named: Vec<String> = named.chain((more > 0).then(|| say!("{more} more", more))).collect();
        Some(say!(
            "not on the staff, with how many rows name them: {count} people: {people}; enter each with: branchbook staff add KEY --name {name} --department DEPARTMENT --role ROLE",
            count = self.unknown.len(),
            people = named.join(crate::language::comma()),
            name = text::word(self.unknown.first().map_or("", |(who, _)| who.as_str()))
        ))
    }
}

impl fmt::Display for Rejects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<String> = self.strangers().into_iter().collect();
        for Kept { place, what, rows } in &self.kept {
            lines.push(match rows - 1 {
                0 => format!("{place}: {what}"),
                others => say!("{place} and {others} rows more: {what}", place, others, what),
            });
        }
        let told: u64 = self.kept.iter().map(|kept| kept.rows).sum();
        match self.count.saturating_sub(told) {
            0 => {}
            more => lines.push(say!("… and {more} more bad rows", more)),
        }
        f.write_str(&lines.join("\n"))
    }
}

/// The file of bad rows, which is gone again if it is not finished.
#[derive(Debug)]
struct RejectsFile {
    target: Option<Target>,
    /// Begun with the first bad row.
    writing: Option<Writing>,
}

impl RejectsFile {
    fn add(&mut self, headers: &[String], front: [&str; 3], cells: &StringRecord) -> Result<()> {
        let leading = header::leading_columns(headers);
        if let Some(target) = self.target.take() {
            let header = || header::LEADING.into_iter().chain(headers[leading..].iter().map(String::as_str));
            let mut file = target.begin().map_err(elsewhere)?;
            // The mark by which Excel knows UTF-8.
            file.fill(|file| Ok(file.write_all("\u{feff}".as_bytes())?)).and_then(|()| record(&mut file, header()))?;
            self.writing = Some(file);
        }
        self.writing.as_mut().map_or(Ok(()), |file| record(file, front.into_iter().chain(cells.iter().skip(leading))))
    }

    fn finish(&mut self) -> Result<Option<PathBuf>, Refusal> {
        self.writing.take().map(|file| file.finish().map_err(elsewhere)).transpose()
    }
}

fn record<'c>(file: &mut Writing, cells: impl Iterator<Item = &'c str>) -> Result<()> {
    let written = file.fill(|file| {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(file);
        writer.write_record(cells)?;
        Ok(writer.flush()?)
    });
    written.map_err(|error| match error.downcast::<Refusal>() {
        Ok(refusal) => elsewhere(refusal).into(),
        Err(error) => error,
    })
}

fn elsewhere(refusal: Refusal) -> Refusal {
    refusal.or(say!("name another file with --rejects"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use super::*;
    use crate::files::target::Kept;
    use crate::import::mapping::{Mapping, Said};
    use crate::import::names::Names;
    use crate::import::source::{Options, Source};
    use crate::refusal::Kind;

    fn rejects() -> Rejects {
        Rejects::new(&place("old-ledger.csv"), &["编号".to_owned(), "日期".to_owned()])
    }

    fn place(name: &str) -> Place {
        Place { name: name.to_owned(), sheet: None }
    }

    fn target(path: &Path) -> Target {
        Target::new(path, Kept::of_book(Path::new("/no/book.db"))).unwrap()
    }

    fn cells() -> StringRecord {
        StringRecord::from(vec!["1", "13/45"])
    }

    fn add_day(rejects: &mut Rejects, line: u64) {
        rejects
            .add(line, Some("日期"), &Fault::whole(format!("\"13/{line}\" is no day; type it as 2026-11-22")), &cells())
            .unwrap();
    }

    #[test]
    fn the_first_rows_are_printed_and_the_others_counted() {
        let mut rejects = rejects();
        add_day(&mut rejects, 14);
        rejects.add(15, None, &Fault::whole("has 1 cell, the header has 2"), &StringRecord::from(vec!["1"])).unwrap();
        rejects.add(16, Some("日期\n(day)"), &Fault::whole("is empty"), &cells()).unwrap();
        assert_eq!(
            rejects.to_string(),
            "old-ledger.csv:14: 日期: \"13/14\" is no day; type it as 2026-11-22\n\
             old-ledger.csv:15: has 1 cell, the header has 2\n\
             old-ledger.csv:16: 日期 (day): is empty"
        );
        let last_line = |rejects: &Rejects| rejects.to_string().lines().last().unwrap().to_owned();
        (17..34).for_each(|line| add_day(&mut rejects, line));
        assert_eq!(last_line(&rejects), "old-ledger.csv:33: 日期: \"13/33\" is no day; type it as 2026-11-22");
        add_day(&mut rejects, 34);
        assert_eq!(last_line(&rejects), "… and 1 more bad row");
        (35..71).for_each(|line| add_day(&mut rejects, line));
        assert_eq!(last_line(&rejects), "… and 37 more bad rows");
        assert_eq!((rejects.count(), rejects.to_string().lines().count()), (57, 21));
    }

    #[test]
    fn bad_rows_refuse_the_import() {
        assert_eq!(rejects().into_refusal(340), None);
        let mut rejects = rejects();
        (0..12).for_each(|line| add_day(&mut rejects, line));
        let refusal = rejects.into_refusal(340).unwrap();
        assert_eq!(refusal.to_string(), "12 of 340 rows cannot be taken; nothing was imported");
        assert_eq!(refusal.kind, Kind::Failed);
    }

    #[test]
    fn all_bad_rows_go_to_the_file_at_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bad.csv");
        fs::write(&path, "of yesterday").unwrap();
        let mut rejects = rejects().write_to(target(&path));
        add_day(&mut rejects, 14);
        rejects
            .add(15, None, &Fault::whole("has 1 cell, the header has 2"), &StringRecord::from(vec!["2\n2"]))
            .unwrap();
        (16..60).for_each(|line| add_day(&mut rejects, line));
        assert_eq!(fs::read_to_string(&path).unwrap(), "of yesterday");
        assert_eq!(rejects.finish().unwrap(), Some(path.clone()));
        let written = fs::read_to_string(&path).unwrap();
        let first = "\u{feff}line,column,reason,编号,日期\n\
                     14,日期,\"\"\"13/14\"\" is no day; type it as 2026-11-22\",1,13/45\n\
                     15,,\"has 1 cell, the header has 2\",\"2\n2\"\n";
        assert!(written.starts_with(first), "{written}");
        assert_eq!(written.lines().count(), 48);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn without_bad_rows_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let mut rejects = rejects().write_to(target(&folder.path().join("bad.csv")));
        assert_eq!(rejects.finish().unwrap(), None);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn an_unfinished_file_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let mut rejects = rejects().write_to(target(&folder.path().join("bad.csv")));
        add_day(&mut rejects, 14);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        drop(rejects);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_mended_file_is_imported_and_rejected_like_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bad.csv");
        let headers = ["number".to_owned(), "reason".to_owned()];
        let mut rejects = Rejects::new(&place("old.csv"), &headers).write_to(target(&path));
        rejects.add(7, Some("number"), &Fault::whole("is taken"), &StringRecord::from(vec!["1", "spoilt"])).unwrap();
        rejects.finish().unwrap();

        let mut source = Source::open(&path, &Options::default()).unwrap();
        let names = Names::new(vec!["number", "reason", "line"], &[], &[]);
        let mapping = Mapping::new(source.headers(), names, Vec::new(), (&Said::default(), &Said::default())).unwrap();
        let again = folder.path().join("again.csv");
        let mut rejects = Rejects::new(source.place(), source.headers()).write_to(target(&again));
        let row = source.advance().unwrap().unwrap().unwrap();
        assert_eq!([0, 1, 2].map(|field| mapping.raw(row.cells, field)), ["1", "spoilt", ""]);
        rejects.add(row.line, Some("number"), &Fault::whole("is still taken"), row.cells).unwrap();
        rejects.finish().unwrap();
        let written = fs::read_to_string(&again).unwrap();
        assert_eq!(written, "\u{feff}line,column,reason,number,reason\n2,number,is still taken,1,spoilt\n");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_cannot_be_written_is_named() {
        let mut rejects = rejects().write_to(target(Path::new("/dev/full")));
        let refused = rejects.add(1, None, &Fault::whole("is bad"), &cells()).unwrap_err().to_string();
        assert_eq!(
            refused,
            "cannot write /dev/full: No space left on device (os error 28); name another file with --rejects"
        );
    }
}
