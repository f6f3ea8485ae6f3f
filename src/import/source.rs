//! The file that is imported: its header and its rows, each of which has the header's number of cells.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek as _};
use std::path::Path;

use csv::StringRecord;
use encoding_rs::GB18030;

use super::encoding::Encoding;
use super::header;
use super::reading::{Bytes, Text, unreadable};
use super::records::{Delimiter, Records};
use crate::refusal::Refusal;
use crate::say;

/// How much of what comes through a pipe is kept in memory.
const IN_MEMORY: usize = 1 << 24;

/// What the person says about the file; by default it speaks for itself.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Options {
    /// The encoding; by default the file's mark decides, then strict UTF-8, then GB18030.
    pub(crate) encoding: Option<Encoding>,
    /// What stands between cells; by default what the header has most of.
    pub(crate) delimiter: Option<Delimiter>,
    /// How many lines of titles stand above the header.
    pub(crate) skip_lines: usize,
}

/// A file of rows under a header.
#[derive(Debug)]
pub(crate) struct Source {
    name: String,
    headers: Vec<String>,
    records: Records,
    count: u64,
}

impl Source {
    /// Opens the file at `path`, or standard input where the path is `-`, and reads its header.
    pub(crate) fn open(path: &Path, options: &Options) -> Result<Self, Refusal> {
        let (name, bytes) = open(path, say!("name a CSV file, or - for standard input"))?;
        Self::of(&name, bytes, options)
    }

    /// Reads the header of a file that messages call `name`.
    pub(crate) fn of(name: &str, bytes: Box<dyn Bytes>, options: &Options) -> Result<Self, Refusal> {
        let text = Text::decode(name, bytes, options.encoding)?;
        let mut records = Records::new(name, text, options.skip_lines, options.delimiter)?;
        let Some(line) = records.advance()? else {
            return Err(no_header(name, records.text().is_blank(), options.skip_lines));
        };
        let headers = header::read(name, line, records.cells())?;
        Ok(Self { name: name.to_owned(), headers, records, count: 0 })
    }

    /// What messages call the file: its path as typed.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What the file was read as where neither a person nor its mark says so and it is no UTF-8, with a text of its header to see whether
    /// that is right.
    pub(crate) fn read_as(&self) -> Option<(Encoding, Option<&str>)> {
        let text = self.records.text();
        let sample = self.headers.iter().map(String::as_str).find(|header| !header.is_ascii());
        (!text.declared && text.encoding == Encoding(GB18030)).then_some((text.encoding, sample))
    }

    /// The names of the columns, trimmed; some may be blank.
    pub(crate) fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The SHA-256 of the file's bytes as they are on disk, once its last row was read.
    pub(crate) fn sha256(&self) -> [u8; 32] {
        self.records.text().sha256()
    }

    /// The next row below the header that is not blank: a [`Row`], or a [`Ragged`] one; nothing after the last.
    pub(crate) fn advance(&mut self) -> Result<Option<Result<Row<'_>, Ragged<'_>>>, Refusal> {
        let line = loop {
            match self.records.advance()? {
                None => return Ok(None),
                Some(line) if self.records.cells().iter().any(|cell| !header::is_blank(cell)) => break line,
                Some(_) => {}
            }
        };
        self.count += 1;
        let width = self.headers.len();
        if self.records.cells().iter().skip(width).all(header::is_blank) {
            self.records.truncate(width);
        }
        let cells = self.records.cells();
        let why = match self.records.torn() {
            Some(cell) => Some(Why::Torn(cell)),
            None => (cells.len() != width).then_some(Why::Width(width)),
        };
        Ok(Some(why.map_or(Ok(Row { line, cells }), |why| Err(Ragged { line, cells, why }))))
    }

    /// How many rows have come so far, ragged ones included and blank ones not.
    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    /// What to tell the person after the last row: that there was none.
    pub(crate) fn note(&self) -> Option<String> {
        (self.count == 0).then(|| say!("{name} has a header and no rows; there is nothing to import", name = self.name))
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
        let cells = match self.cells.len() {
            1 => say!("1 cell").to_owned(),
            many => say!("{many} cells", many),
        };
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

/// The file is empty, or all of it is skipped.
fn no_header(name: &str, blank: bool, skip_lines: usize) -> Refusal {
    if blank {
        return Refusal::failed(say!("{name} is empty", name)).or(say!("its first line must name the columns"));
    }
    Refusal::failed(say!("--skip-lines {skip_lines} leaves nothing of {name}", skip_lines, name))
        .or(say!("skip only the lines that stand above the header"))
}

#[cfg(test)]
mod tests;
