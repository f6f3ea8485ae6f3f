//! What the file tells: how far the book had come, and how its files were then.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{Read, Seek};
use std::path::Path;
use std::time::UNIX_EPOCH;

use anyhow::Result;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::book::journal::{Hash, Head, hex};

/// The first words of the file.
const TITLE: &str = "branchbook head 1";

/// How far a book has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answered {
    /// The book's own identity; empty where it is of a version that had none.
    pub(crate) uid: String,
    /// The last row of the journal.
    pub(crate) journal: Head,
    /// The last row of the access log.
    pub(crate) reading: Head,
    /// The files of the book, as they were.
    pub(crate) stamp: Stamp,
    /// The last number of every counter.
    pub(crate) given: Vec<Given>,
    /// How a book is being set aside, while a copy is put into its place.
    pub(crate) aside: Option<Aside>,
}

/// How a book is set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Aside {
    /// The time that its name bears then.
    pub(crate) time: String,
    /// Whether there was a book at all.
    pub(crate) was_there: bool,
}

/// The last number that a counter has given out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Given {
    pub(crate) series: String,
    pub(crate) prefix: String,
    pub(crate) last: i64,
}

/// What tells whether another program wrote the book's file, or laid another log beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stamp {
    /// The size of the book's file, and when it was written last, in nanoseconds.
    file: Option<(u64, u128)>,
    /// What a log draws by lot when it is begun anew.
    log: Option<u64>,
}

impl Default for Answered {
    fn default() -> Self {
        let nothing = Head { count: 0, hash: [0; 32] };
        let (uid, given) = (String::new(), Vec::new());
        Self { uid, journal: nothing, reading: nothing, stamp: Stamp::default(), given, aside: None }
    }
}

impl Stamp {
    /// How the files are now.
    pub(super) fn of(book: &Path, log: Option<&File>) -> Self {
        let file = fs::metadata(book).ok().and_then(|found| {
            let written = found.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
            Some((found.len(), written.as_nanos()))
        });
        Self { file, log: log.and_then(lot) }
    }
}

/// What a log drew by lot when it was begun, which stands in its header; none where it holds nothing.
fn lot(mut log: &File) -> Option<u64> {
    let mut header = [0; 32];
    log.rewind().ok()?;
    log.read_exact(&mut header).ok()?;
    header[16..24].try_into().ok().map(u64::from_be_bytes)
}

impl Answered {
    /// How far a book has come.
    pub(super) fn of(book: &Connection) -> Result<Self> {
        let uid = book.prepare_cached("SELECT uid FROM book")?.query_row((), |row| row.get(0))?;
        let given = Self::given(book)?;
        let (journal, reading) = (Head::of(book, "journal")?, Head::of(book, "reading")?);
        Ok(Self { uid, journal, reading, given, ..Self::default() })
    }

    /// The last number of every counter.
    pub(super) fn given(book: &Connection) -> Result<Vec<Given>> {
        Ok(book
            .prepare_cached("SELECT series, prefix, last FROM counter")?
            .query_map((), |row| Ok(Given { series: row.get(0)?, prefix: row.get(1)?, last: row.get(2)? }))?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Whether this is of the same book and later than the other.
    pub(super) fn is_past(&self, other: &Self) -> bool {
        self.uid == other.uid && (self.journal.count > other.journal.count || self.reading.count > other.reading.count)
    }

    /// The text of the file.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{TITLE}\nbook {}\n", self.uid);
        let mut line = |line: std::fmt::Arguments<'_>| {
            let _ = text.write_fmt(line);
            text.push('\n');
        };
        for (name, head) in [("journal", self.journal), ("reading", self.reading)] {
            line(format_args!("{name} {} {}", head.count, hex(&head.hash)));
        }
        if let Some((size, written)) = self.stamp.file {
            line(format_args!("file {size} {written}"));
        }
        if let Some(lot) = self.stamp.log {
            line(format_args!("log {lot}"));
        }
        for Given { series, prefix, last } in &self.given {
            line(format_args!("number {last} {series} {prefix}"));
        }
        if let Some(aside) = &self.aside {
            line(format_args!("aside {} {}", if aside.was_there { "book" } else { "nothing" }, aside.time));
        }
        let end = seal(&text);
        text + &end
    }

    /// Reads the text of the file; none where it is another, or was not written to its end.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let length = text.rfind("end ")?;
        let (told, end) = text.split_at(length);
        if end != seal(told) {
            return None;
        }
        let mut lines = told.lines();
        if lines.next() != Some(TITLE) {
            return None;
        }
        let mut answered = Self::default();
        for line in lines {
            answered.take(line)?;
        }
        Some(answered)
    }

    fn take(&mut self, line: &str) -> Option<()> {
        let (name, value) = line.split_once(' ')?;
        match name {
            "book" => value.clone_into(&mut self.uid),
            "journal" => self.journal = head(value)?,
            "reading" => self.reading = head(value)?,
            "file" => {
                let (size, written) = value.split_once(' ')?;
                self.stamp.file = Some((size.parse().ok()?, written.parse().ok()?));
            }
            "log" => self.stamp.log = Some(value.parse().ok()?),
            "number" => {
                let (last, value) = value.split_once(' ')?;
                let (series, prefix) = value.split_once(' ')?;
                self.given.push(Given {
                    series: series.to_owned(),
                    prefix: prefix.to_owned(),
                    last: last.parse().ok()?,
                });
            }
            "aside" => {
                let (what, time) = value.split_once(' ')?;
                self.aside = Some(Aside { time: time.to_owned(), was_there: what == "book" });
            }
            // What a later program may tell besides.
            _ => {}
        }
        Some(())
    }
}

/// The last line, which follows from the others.
fn seal(told: &str) -> String {
    format!("end {}\n", hex(&Sha256::digest(told)[..8]))
}

fn head(value: &str) -> Option<Head> {
    let (count, hash) = value.split_once(' ')?;
    let mut bytes: Hash = [0; 32];
    if hash.len() != 64 || !hash.is_ascii() {
        return None;
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hash[place * 2..place * 2 + 2], 16).ok()?;
    }
    Some(Head { count: count.parse().ok()?, hash: bytes })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn answered() -> Answered {
        Answered {
            uid: "5f0c".to_owned(),
            journal: Head { count: 57, hash: [0xab; 32] },
            stamp: Stamp { file: Some((8192, 1)), log: Some(7) },
            given: vec![Given { series: "business".to_owned(), prefix: "HAY 05".to_owned(), last: 7 }],
            aside: Some(Aside { time: "2026-10-08T093000".to_owned(), was_there: true }),
            ..Answered::default()
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = answered().text();
        assert!(text.contains("\nnumber 7 business HAY 05\n"), "{text}");
        assert_eq!(Answered::parse(text.as_bytes()), Some(answered()));
    }

    #[test]
    fn no_byte_can_be_changed_or_missing_unseen() {
        let text = answered().text().into_bytes();
        for at in 0..text.len() {
            let mut flipped = text.clone();
            flipped[at] ^= 1;
            assert_eq!(Answered::parse(&flipped), None, "byte {at} was flipped");
            assert_eq!(Answered::parse(&text[..at]), None, "cut off at {at}");
        }
    }
}
