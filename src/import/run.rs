//! Taking a file into the book: every row, or none and a list of the bad ones.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, ValueHint};
use indicatif::{ProgressBar, ProgressStyle};

use super::header;
use super::mapping::{Mapping, Said};
use super::names::Names;
use super::place::Place;
use super::rejects::{self, Rejects};
use super::rules::{Manner, Settled};
use super::source::{Options, Source};
use super::take::Take;
use super::taking::{AllTaken, take_good_rows, take_whole};
use crate::book::change::Change;
use crate::book::journal;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::column;
use crate::desk::{Answer, Deed, Desk};
use crate::files::target::{Kept, STANDARD};
use crate::language::{self, words};
use crate::office::identity;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// The file, and how it is read
#[derive(Debug, Args)]
pub(crate) struct FileImport {
    /// The CSV file or workbook (.xlsx, .xls, .ods); - for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    rules: Box<Manner>,
    /// Write the rows that cannot be taken to this file, with the reason; under --dry-run too
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) rejects: Option<PathBuf>,
    /// Take the good rows now, and write the others to --rejects, to be mended and imported later
    #[arg(long, requires = "rejects")]
    pub(crate) good_rows: bool,
    #[command(flatten)]
    pub(crate) deed: Deed,
}

/// So many columns that feed nothing are named.
const UNUSED_NAMED: usize = 20;

impl FileImport {
    /// Takes the file into the book with `verb`. `begin` makes the register's taker inside the change; `set` adds
    /// constants that the register's own options gave.
    pub(crate) fn run<T: Take>(
        &self,
        desk: &mut Desk<'_>,
        verb: impl Into<Cow<'static, str>>,
        set: &[(&str, &str)],
        begin: impl Fn(&mut Change<'_>) -> Result<T>,
    ) -> Result<()> {
        let kept = Kept::of_book(desk.book_path()).and_imported(&self.file);
        let rules = self.rules.settle(set)?;
        let saved = self.rules.target(kept.clone())?;
        let names = Names::new(T::fields(), &T::short(), &T::labels());
        let mut source = Source::open(&self.file, &options(&rules, &names))?;
        for remark in source.remarks() {
            writeln!(desk.err, "{remark}")?;
        }
        let spoken = T::words(desk.book()?.reader())?;
        let mapping = mapping::<T>(source.headers(), names, spoken, &rules)?;
        T::refuse_unused(&mapping.unused())?;
        for said in unused(&mapping).into_iter().chain(not_in_yuan(&mapping)) {
            writeln!(desk.err, "{said}")?;
        }
        let (place, headers) = (source.place().clone(), source.headers().to_vec());
        let anew = || -> Result<Rejects> {
            let rejects = Rejects::new(&place, &headers);
            let Some(path) = &self.rejects else { return Ok(rejects) };
            Ok(rejects.write_to(rejects::target(path, kept.clone())?))
        };
        // A place that cannot be written to is refused before anything is read.
        drop(anew()?);
        let progress = progress(desk);
        let mut report = String::new();
        desk.book()?.take_back_in_memory()?;
        let outcome = desk.change(verb, &self.deed, |change| {
            let import = change.sql().only("SELECT coalesce(max(id), 0) + 1 FROM import", ())?;
            change.import = Some(import);
            let taken = if self.good_rows {
                take_good_rows(change, (&mut source, &mapping, &rules), (&begin, &anew), &progress)?
            } else {
                take_whole(change, (&mut source, &mapping, &rules), (&begin, &anew), &progress)?
            };
            progress.finish_and_clear();
            self.settle(change, import, taken, &source, &mut report)
        });
        progress.finish_and_clear();
        write!(desk.err, "{report}")?;
        outcome?;
        if let Some(target) = saved.filter(|_| !self.deed.dry_run) {
            target.write(|file| Ok(file.write_all(rules.written().as_bytes())?))?;
        }
        Ok(())
    }
}

impl FileImport {
    /// Answers once every row was taken, or refuses for the bad ones; `report` is told which those are.
    fn settle<T: Take>(
        &self,
        change: &mut Change<'_>,
        import: i64,
        taken: AllTaken<T>,
        source: &Source,
        report: &mut String,
    ) -> Result<Answer> {
        let AllTaken { taker, days, counts, mut rejects } = taken;
        if rejects.count() > 0 {
            *report = format!("{rejects}\n");
            if let Some(path) = rejects.finish()?.filter(|path| path != Path::new(STANDARD)) {
                writeln!(report, "{}", say!("the bad rows are in {path}", path = path.display()))?;
            }
            if !self.good_rows {
                let rejects = std::mem::replace(&mut rejects, Rejects::new(&Place::default(), &[]));
                let refusal = rejects.into_refusal(counts.rows);
                return refusal.map_or_else(|| Ok(Answer::default()), |refusal| Err(refusal.into()));
            }
        }
        if counts.new > 0 {
            counts.keep(change, import, source)?;
        }
        let mut notes = self.rest(&rejects, counts.rows);
        notes.extend(taker.finish(change)?);
        notes.extend(counts.note.clone());
        notes.extend(counts.passed_over(source.repeated()));
        notes.extend(days.note());
        notes.extend(T::void().and_then(|void| counts.said_again(&void, self.deed.dry_run)));
        if counts.same > 0 {
            notes.push(say!("passed over, for the book has them, by line: {lines}", lines = counts.known.to_string()));
        }
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        if counts.new > 0 {
            change.record(&Thing::office("import", &[&import.to_string()])?, &actor.key, None)?;
        }
        let (source, what, new) = (source.name(), words(T::WHAT), counts.new);
        let line = match counts.same {
            0 => say!("{source}: {what} imported: {new}", source, what, new),
            same => say!("{source}: {what} imported: {new}, in the book already: {same}", source, what, new, same),
        };
        Ok(Answer { notes, ..Answer::new(counts.new.to_string(), line) })
    }

    /// What is said of the rows that were left: those that are bad, or that the file of an earlier import tells of none.
    fn rest(&self, rejects: &Rejects, rows: u64) -> Vec<String> {
        let Some(path) = self.rejects.as_deref().filter(|path| *path != Path::new(STANDARD)) else { return Vec::new() };
        let path = path.display();
        let said = match rejects.count() {
            0 if self.rejects.as_deref().is_some_and(Path::exists) => {
                say!("{path} is of an earlier import: no row of this one is bad", path)
            }
            0 => return Vec::new(),
            count => say!(
                "left out, for they cannot be taken: {count} of {rows} rows; mend them in {path} and import that file",
                count,
                rows,
                path
            ),
        };
        vec![said]
    }
}

/// Which amounts are not taken in yuan, where there are such.
fn not_in_yuan(mapping: &Mapping) -> Option<String> {
    let columns = mapping.not_in_yuan().join(language::comma());
    (!columns.is_empty()).then(|| say!("amounts are taken in the unit of their heading: {columns}", columns))
}

/// What is said of the columns that feed nothing: of many, the first alone are named.
fn unused(mapping: &Mapping) -> Vec<String> {
    let columns = mapping.unused();
    let named = columns.iter().take(UNUSED_NAMED).map(|column| {
        let column = text::visible(column);
        match header::heading_key(&column).as_str() {
            "数量" | "quantity" | "qty" | "수량" => {
                say!("column not used: {column} (--each {column} makes so many entries of a row)", column)
            }
            _ => say!("column not used: {column}", column),
        }
    });
    let more = columns.len().checked_sub(UNUSED_NAMED).filter(|more| *more > 0);
    named.chain(more.map(|count| say!("columns not used besides: {count}", count))).collect()
}

/// How the file is read: the names of its columns are known by the register's fields, and by what the person says.
fn options(rules: &Settled, names: &Names) -> Options {
    let typed = [&rules.said, &rules.kept].into_iter().flat_map(|said| &said.map);
    let typed = typed.map(|(_, column)| header::heading_key(column));
    Options {
        encoding: rules.encoding,
        delimiter: rules.delimiter,
        skip_lines: rules.skip_lines,
        sheet: rules.sheet.clone(),
        headings: names.all().map(str::to_owned).chain(typed).collect(),
    }
}

/// Refuses a word of a field that nothing gives: it would stand for nothing.
fn refuse_unfed(mapping: &Mapping, headers: &[String], said: &Said) -> Result<()> {
    for (field, ..) in &said.value {
        if !mapping.is_fed(mapping.field(field)?) {
            let columns: Vec<_> = headers.iter().map(|header| text::visible(header)).collect();
            return Err(Refusal::usage(say!("no column gives {field}, so --value {field}: stands for nothing", field))
                .or(say!(
                    "name its column with --map {field}=COLUMN; the columns are: {columns}",
                    field,
                    columns = columns.join(", ")
                ))
                .into());
        }
    }
    Ok(())
}

/// What feeds the fields, those among it that every row must have.
fn mapping<T: Take>(
    headers: &[String],
    names: Names,
    words: Vec<(&'static str, Vec<String>)>,
    rules: &Settled,
) -> Result<Mapping> {
    let mut mapping = Mapping::new(headers, names, words, (&rules.said, &rules.kept))?;
    refuse_unfed(&mapping, headers, &rules.said)?;
    let mut unfed = mapping.require(&T::required());
    let together = T::required_together();
    let is_column = |field: &&str| mapping.is_fed(mapping.index(field)) && !mapping.is_constant(mapping.index(field));
    if together.iter().any(is_column) {
        unfed.extend(together.into_iter().filter(|field| !mapping.is_fed(mapping.index(field))));
    }
    if unfed.is_empty() {
        return Ok(mapping);
    }
    let columns: Vec<_> = headers.iter().map(|header| text::visible(header)).collect();
    let map: Vec<String> = unfed.iter().map(|field| format!("--map {field}=COLUMN")).collect();
    // Whose ledger it is mostly stands in no row of it.
    let whole = unfed.iter().find(|field| **field == "department").unwrap_or(&unfed[0]);
    Err(Refusal::usage(say!("nothing gives {unfed}", unfed = column::all_typed(&unfed)))
        .or(say!(
            "name columns with {map}, or a value for every row with {set}; the columns are: {columns}",
            map = map.join(" "),
            set = format!("--set {whole}=VALUE"),
            columns = columns.join(language::comma())
        ))
        .into())
}

/// How many rows a file had, and what became of them.
pub(super) struct Counts {
    /// Those that say something of their own: no sums, and not only a number.
    pub(super) rows: u64,
    pub(super) new: i64,
    pub(super) same: i64,
    /// Where those stand that the book had already.
    pub(super) known: Places,
    /// The lines that were entered though an earlier one says the same, each with that.
    pub(super) again: Vec<(u64, u64)>,
    /// Where sums of rows stand, and rows that nothing but a number was written into.
    pub(super) totals: Places,
    pub(super) empty: Places,
    pub(super) note: Option<String>,
}

/// Lines of a file, in runs; of many runs the first alone are named.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) count: u64,
    runs: Vec<(u64, u64)>,
    more: bool,
}

impl Places {
    const NAMED: usize = 12;

    pub(super) fn of(lines: impl IntoIterator<Item = u64>) -> Self {
        let mut places = Self::default();
        lines.into_iter().for_each(|line| places.add(line));
        places
    }

    pub(super) fn add(&mut self, line: u64) {
        self.count += 1;
        let named = self.runs.len();
        match self.runs.last_mut() {
            Some((_, last)) if !self.more && *last + 1 == line => *last = line,
            _ if named < Self::NAMED => self.runs.push((line, line)),
            _ => self.more = true,
        }
    }
}

impl fmt::Display for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let run =
            |(first, last): &(u64, u64)| if first == last { first.to_string() } else { format!("{first}–{last}") };
        let comma = language::comma();
        let runs: Vec<String> = self.runs.iter().map(run).collect();
        write!(f, "{}{}", runs.join(comma), if self.more { format!("{comma}…") } else { String::new() })
    }
}

impl Counts {
    /// What the person should know of the rows that are none.
    fn passed_over(&self, repeated: u64) -> Vec<String> {
        let mut notes = Vec::new();
        if self.totals.count > 0 {
            notes.push(say!("passed over, for they are sums, by line: {lines}", lines = self.totals.to_string()));
        }
        if self.empty.count > 0 {
            notes.push(say!(
                "passed over, for nothing but a number stands there ({count}), by line: {lines}",
                count = self.empty.count,
                lines = self.empty.to_string()
            ));
        }
        if repeated > 0 {
            notes.push(say!("passed over, for the header stands there again: {count} lines", count = repeated));
        }
        notes
    }

    /// Which lines say what an earlier one says, and what voids the entry of one that was written twice.
    fn said_again(&self, void: &str, dry_run: bool) -> Option<String> {
        let named = self.again.iter().take(Places::NAMED);
        let mut named: Vec<String> = named.map(|(line, first)| say!("{line} (as {first})", line, first)).collect();
        if self.again.len() > named.len() {
            named.push("…".to_owned());
        }
        let lines = named.join(language::comma());
        Some(match (self.again.is_empty(), dry_run) {
            (true, _) => return None,
            (_, true) => say!("say what an earlier line says, by line: {lines}", lines),
            (_, false) => say!(
                "entered though an earlier line says the same, by line: {lines}; where one was written twice: {void}",
                lines,
                void
            ),
        })
    }

    /// Writes down what the import was.
    fn keep(&self, change: &Change<'_>, import: i64, source: &Source) -> Result<()> {
        let register = change.verb().split(' ').next().unwrap_or_default();
        change.sql().execute(
            "INSERT INTO import (id, register, file, sha256, rows, added, known) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            (
                import,
                register,
                source.name(),
                journal::hex(&source.sha256()),
                i64::try_from(self.rows)?,
                self.new,
                self.same,
            ),
        )?;
        Ok(())
    }
}

/// A count of the rows on standard error, for a person who waits. The importing thread itself draws it, for no other may write there.
fn progress(desk: &Desk<'_>) -> ProgressBar {
    if !desk.surroundings.interactive || desk.globals.quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos}, {elapsed}") {
        bar.set_style(style);
    }
    bar
}
