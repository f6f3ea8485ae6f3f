//! The file that is imported: its header and its rows, each of which has the header's number of cells.

use std::collections::HashSet;
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek as _};
use std::path::Path;

use csv::StringRecord;
use encoding_rs::GB18030;

use super::delimiter::Delimiter;
use super::encoding::Encoding;
use super::header;
use super::input::{Held, Input, Recorded};
use super::piece::{Bytes, read_piece, unreadable};
use super::place::Place;
use super::reading::Text;
use super::records::Records;
use super::unit::Units;
use super::workbook::{self, Sheet, Wanted};
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// How much of what comes through a pipe is kept in memory.
const IN_MEMORY: usize = 1 << 24;

/// What the person says about the file; by default it speaks for itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// The encoding; by default the file's mark decides, then strict UTF-8, then GB18030.
    pub(crate) encoding: Option<Encoding>,
    /// What stands between cells; by default what the header has most of.
    pub(crate) delimiter: Option<Delimiter>,
    /// How many lines of titles stand above the header; by default it is found by its names.
    pub(crate) skip_lines: Option<usize>,
    /// The sheet of a workbook; by default the first.
    pub(crate) sheet: Option<Wanted>,
    /// Names of columns by which a header is known, as [`header::heading_key`] folds them.
    pub(crate) headings: HashSet<String>,
}

impl Options {
    /// A workbook says by itself how it is encoded and where its cells end; a text has no sheets.
    fn refuse_others(&self, name: &str, workbook: bool) -> Result<(), Refusal> {
        if workbook && (self.encoding.is_some() || self.delimiter.is_some()) {
            let option = if self.encoding.is_some() { "--encoding" } else { "--delimiter" };
            return Err(Refusal::usage(say!("{name} is a workbook, which needs no {option}", name, option))
                .or(say!("leave {option} out", option)));
        }
        if !workbook && self.sheet.is_some() {
            return Err(
                Refusal::usage(say!("{name} is no workbook, and has no sheets", name)).or(say!("leave --sheet out"))
            );
        }
        Ok(())
    }
}

/// A file of rows under a header.
#[derive(Debug)]
pub(crate) struct Source {
    place: Place,
    headers: Vec<String>,
    input: Input,
    /// The line of the header, where titles above it were passed over without being told to.
    found: Option<u64>,
    count: u64,
    /// How often the header came again.
    repeated: u64,
}

impl Source {
    /// Opens the file at `path`, or standard input where the path is `-`, and reads its header.
    pub(crate) fn open(path: &Path, options: &Options) -> Result<Self, Refusal> {
        let (name, bytes) = open(path, say!("name a CSV file or a workbook, or - for standard input"))?;
        Self::of(&name, bytes, options)
    }

    /// Reads the header of a file that messages call `name`.
    pub(crate) fn of(name: &str, mut bytes: Box<dyn Bytes>, options: &Options) -> Result<Self, Refusal> {
        let mut head = Vec::new();
        read_piece(&mut *bytes, &mut head).and_then(|_| bytes.rewind()).map_err(|error| unreadable(name, &error))?;
        let kind = workbook::Kind::of(&head);
        // A file of bad rows that comes back has no titles, whatever the file had of which it was made.
        let skip_lines = options.skip_lines.filter(|_| !header::begins_rejects(&head));
        options.refuse_others(name, kind.is_some())?;
        let (place, records, blank) = if let Some(kind) = kind {
            let sheet = Sheet::read(name, kind, &mut *bytes, options.sheet.as_ref())?;
            let place = Place { name: name.to_owned(), sheet: Some(sheet.name.clone()) };
            (place, Recorded::Sheet(sheet), false)
        } else {
            refuse_markup(name, &head)?;
            let text = Text::decode(name, bytes, options.encoding)?;
            let blank = text.is_blank();
            let records = Records::new(name, text, skip_lines.unwrap_or(0), options.delimiter)?;
            (Place { name: name.to_owned(), sheet: None }, Recorded::Text(records), blank)
        };
        let mut input = Input::new(records);
        let Some((line, found)) = input.go_to_header(skip_lines, &options.headings)? else {
            return Err(no_header(&place, blank, skip_lines.unwrap_or(0)));
        };
        let headers = header::read(&place, line, &input.row.cells)?;
        if let Some(unit) = input.unit.filter(|_| Units::of(&headers).columns().next().is_none()) {
            let place = place.at(line, None);
            return Err(Refusal::failed(say!(
                "{place}: a title above the header says that amounts are in {unit}",
                place,
                unit
            ))
            .or(say!("say it in the headings of the amounts, such as 金额（{unit}）", unit)));
        }
        Ok(Self { place, headers, input, found: found.then_some(line), count: 0, repeated: 0 })
    }

    /// What messages call the file: its path as typed.
    pub(crate) fn name(&self) -> &str {
        &self.place.name
    }

    /// What messages call the places of the file.
    pub(crate) const fn place(&self) -> &Place {
        &self.place
    }

    /// What the person should know of how the file was read, before its rows are taken.
    pub(crate) fn remarks(&self) -> Vec<String> {
        let name = self.name();
        let mut remarks = Vec::new();
        match &self.input.records {
            Recorded::Text(records) => remarks.extend(self.read_as(records)),
            Recorded::Sheet(sheet) => {
                if !sheet.others.is_empty() {
                    let others = sheet
                        .others
                        .iter()
                        .map(|other| text::visible(other).into_owned())
                        .collect::<Vec<_>>()
                        .join(crate::language::comma());
                    let sheet = text::visible(&sheet.name).into_owned();
                    remarks.push(say!(
                        "{name}: sheet {sheet} is read; --sheet names another: {others}",
                        name,
                        sheet,
                        others
                    ));
                }
                let filled = sheet.rows.filled().filter_map(|column| self.headers.get(column));
                let filled: Vec<_> =
                    filled.filter(|header| !header.is_empty()).map(|header| header::shown(header)).collect();
                if !filled.is_empty() {
                    let columns = filled.join(crate::language::comma());
                    remarks.push(say!(
                        "{name}: what stands in merged cells counts for each of their rows: {columns}",
                        name,
                        columns
                    ));
                }
            }
        }
        if let Some(line) = self.found {
            remarks.push(say!(
                "{name}: the header stands in line {line}; --skip-lines COUNT says otherwise",
                name,
                line
            ));
        }
        remarks
    }

    /// What the file was read as where neither a person nor its mark says so and it is no UTF-8, with a text of it to see whether
    /// that is right, and a warning where it does not look so.
    fn read_as(&self, records: &Records) -> Vec<String> {
        let (name, text) = (self.name(), records.text());
        if text.declared || text.encoding != Encoding(GB18030) {
            return Vec::new();
        }
        let encoding = text.encoding;
        let sample = self.headers.iter().find(|header| !header.is_ascii());
        let mut remarks = vec![match (sample, &text.sample) {
            (Some(sample), _) => say!(
                "{name} is read as {encoding}, so that its header says {sample}; --encoding LABEL says otherwise",
                name,
                encoding,
                sample = text::visible(sample)
            ),
            (None, Some(sample)) => say!(
                "{name} is read as {encoding}, so that a cell says {sample}; --encoding LABEL says otherwise",
                name,
                encoding,
                sample = text::visible(sample)
            ),
            (None, None) => say!("{name} is read as {encoding}; --encoding LABEL says otherwise", name, encoding),
        }];
        if let Some(label) = text.doubt {
            remarks.push(say!(
                "{name} does not look like Chinese: see with --dry-run whether --encoding {label} is right",
                name,
                label
            ));
        }
        remarks
    }

    /// The names of the columns, trimmed; some may be blank.
    pub(crate) fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The SHA-256 of the file's bytes as they are on disk, once its last row was read.
    pub(crate) fn sha256(&self) -> [u8; 32] {
        match &self.input.records {
            Recorded::Text(records) => records.text().sha256(),
            Recorded::Sheet(sheet) => sheet.sha256,
        }
    }

    /// The next row below the header that is not blank: a [`Row`], or a [`Ragged`] one; nothing after the last.
    pub(crate) fn advance(&mut self) -> Result<Option<Result<Row<'_>, Ragged<'_>>>, Refusal> {
        let width = self.headers.len();
        loop {
            if !self.input.advance()? {
                return Ok(None);
            }
            let cells = &self.input.row.cells;
            if cells.iter().all(header::is_blank) {
                continue;
            }
            if cells.len() == width && cells.iter().map(header::trim).eq(self.headers.iter().map(String::as_str)) {
                self.repeated += 1;
                continue;
            }
            break;
        }
        self.count += 1;
        let sheet = matches!(self.input.records, Recorded::Sheet(_));
        let Held { line, cells, torn } = &mut self.input.row;
        if cells.iter().skip(width).all(header::is_blank) {
            cells.truncate(width);
        }
        // A row of a sheet ends where nothing more stands.
        if sheet {
            (cells.len()..width).for_each(|_| cells.push_field(""));
        }
        let (line, cells) = (*line, &*cells);
        let why = match *torn {
            Some(cell) => Some(Why::Torn(cell)),
            None => (cells.len() != width).then_some(Why::Width(width)),
        };
        Ok(Some(why.map_or(Ok(Row { line, cells }), |why| Err(Ragged { line, cells, why }))))
    }

    /// How many rows have come so far, ragged ones included and blank ones not.
    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    /// How often the header stood between the rows again, as on each page of a printed list.
    pub(crate) const fn repeated(&self) -> u64 {
        self.repeated
    }

    /// What to tell the person after the last row: that there was none.
    pub(crate) fn note(&self) -> Option<String> {
        (self.count == 0)
            .then(|| say!("{name} has a header and no rows; there is nothing to import", name = self.name()))
    }
}

/// A row with as many cells as the header.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    /// The line of the file on which the row starts, from 1.
    pub(crate) line: u64,
    /// The cells as they stand in the file.
    pub(crate) cells: &'a StringRecord,
}

/// A row whose cells cannot be told apart; it prints as the reason.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ragged<'a> {
    /// The line of the file on which the row starts, from 1.
    pub(crate) line: u64,
    /// The cells as they stand in the file.
    pub(crate) cells: &'a StringRecord,
    why: Why,
}

/// Why the cells of a row cannot be told apart.
#[derive(Debug, Clone, Copy)]
enum Why {
    /// There are more or fewer than the header has, which is so many.
    Width(usize),
    /// Text stands behind the closing quote of this cell, from 1.
    Torn(usize),
}

impl fmt::Display for Ragged<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = match self.why {
            Why::Width(width) => width,
            Why::Torn(cell) => {
                return f.write_str(&say!(
                    "text stands behind the closing quote of cell {cell}: write a quote within a cell twice",
                    cell
                ));
            }
        };
        let cells = say!("{many} cells", many = self.cells.len());
        f.write_str(&say!("has {cells}, the header has {width}", cells, width))
    }
}

/// Opens the file at `path`, or standard input where the path is `-`, and gives what messages call it. What cannot be read
/// twice is copied first.
pub(crate) fn open(path: &Path, way_out: &str) -> Result<(String, Box<dyn Bytes>), Refusal> {
    let stdin = path == Path::new("-");
    let name = if stdin { say!("standard input").to_owned() } else { path.display().to_string() };
    let bytes = if stdin { copied(&mut io::stdin().lock()) } else { open_file(path) };
    bytes.map(|bytes| (name.clone(), bytes)).map_err(|error| unreadable(&name, &error).or(way_out))
}

fn open_file(path: &Path) -> io::Result<Box<dyn Bytes>> {
    let mut file = File::open(path)?;
    if file.metadata()?.is_file() { Ok(Box::new(file)) } else { copied(&mut file) }
}

/// What a pipe gives: in memory as long as it is small, then in a file that has no name.
fn copied(pipe: &mut dyn Read) -> io::Result<Box<dyn Bytes>> {
    let mut copy = tempfile::spooled_tempfile(IN_MEMORY);
    io::copy(pipe, &mut copy)?;
    copy.rewind()?;
    Ok(Box::new(copy))
}

/// Refuses a page of a browser, which many programs write under the name of a workbook.
fn refuse_markup(name: &str, head: &[u8]) -> Result<(), Refusal> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let begins = |tag: &&str| head.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()));
    if !["<html", "<table", "<!doctype", "<?xml", "<meta", "<head"].iter().any(begins) {
        return Ok(());
    }
    Err(Refusal::failed(say!("{name} is a page of a browser (HTML or XML), whatever its name says", name))
        .or(say!("open it in a spreadsheet and save it as .xlsx")))
}

/// The file is empty, or all of it is skipped.
fn no_header(place: &Place, blank: bool, skip_lines: usize) -> Refusal {
    let name = &place.name;
    if blank {
        return Refusal::failed(say!("{name} is empty", name)).or(say!("its first line must name the columns"));
    }
    if let (Some(sheet), 0) = (&place.sheet, skip_lines) {
        return Refusal::failed(say!("sheet {sheet} of {name} is empty", sheet = text::visible(sheet), name))
            .or(say!("name another with --sheet"));
    }
    Refusal::failed(say!("--skip-lines {skip_lines} leaves nothing of {name}", skip_lines, name))
        .or(say!("skip only the lines that stand above the header"))
}

#[cfg(test)]
mod tests;
