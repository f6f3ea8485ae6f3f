//! Workbooks: one sheet of an `.xlsx`, `.xls` or `.ods` becomes rows of text, as a csv file is.
//!
//! A workbook is held in memory, packed as it is; how large it becomes is measured before anything reads it ([`archive`], [`old`]). Its rows go
//! through a temporary file ([`grid`]), so that memory does not grow with them.

mod archive;
mod cell;
mod grid;
mod modern;
mod old;
mod open_document;

use std::fmt;
use std::io::{self, Read as _};
use std::str::FromStr;

use calamine::{SheetType, SheetVisible};
use sha2::{Digest as _, Sha256};

use self::grid::Grid;
pub(super) use self::grid::Rows;
use super::header::name_key;
use super::piece::{Bytes, unreadable};
use crate::language::Language;
use crate::refusal::Refusal;
use crate::say;
use crate::text::{self, quoted};

/// The largest file that is taken for a workbook, packed as it is, in bytes.
const LARGEST: u64 = 256 << 20;

/// A sheet of a workbook: by its name, or by its place from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted(String);

impl FromStr for Wanted {
    type Err = Refusal;

    fn from_str(typed: &str) -> Result<Self, Refusal> {
        text::check_required(typed, say!("sheet"))?;
        Ok(Self(typed.to_owned()))
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Wanted {
    /// The index of the sheet among these names.
    fn among(&self, names: &[String]) -> Option<usize> {
        let key = name_key(&self.0);
        let by_name = names.iter().position(|name| *name == self.0);
        by_name.or_else(|| names.iter().position(|name| name_key(name) == key)).or_else(|| {
            let place = text::half_width(self.0.trim_start_matches('#')).parse::<usize>().ok()?;
            (1..=names.len()).contains(&place).then(|| place - 1)
        })
    }
}

/// What a file is by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A zip file: a modern workbook, or an open document.
    Zip,
    /// A compound file: an old workbook, or one with a password.
    Compound,
}

impl Kind {
    /// The kind of a file that begins so; none of a text.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            Some(Self::Zip)
        } else if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            Some(Self::Compound)
        } else {
            None
        }
    }
}

/// One sheet of a workbook, with its rows as text.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// The sheet's name.
    pub(super) name: String,
    /// The other sheets that a person sees, where nobody said which one is meant.
    pub(super) others: Vec<String>,
    pub(super) rows: Rows,
    pub(super) sha256: [u8; 32],
}

impl Sheet {
    /// Reads a sheet of a workbook that messages call `name`: the wanted one, else the first that is not hidden.
    pub(super) fn read(
        name: &str,
        kind: Kind,
        bytes: &mut dyn Bytes,
        wanted: Option<&Wanted>,
    ) -> Result<Self, Refusal> {
        let mut packed = Vec::new();
        bytes
            .rewind()
            .and_then(|()| bytes.take(LARGEST + 1).read_to_end(&mut packed))
            .map_err(|error| unreadable(name, &error))?;
        if packed.len() as u64 > LARGEST {
            return Err(too_large(name, &say!("it is larger than {limit} MiB", limit = LARGEST >> 20)));
        }
        let book = Book { name, wanted };
        let (sheet, others, grid) = match kind {
            Kind::Compound => old::read(&book, &packed)?,
            Kind::Zip if archive::is_open_document(&packed) => open_document::read(&book, &packed)?,
            Kind::Zip => modern::read(&book, &packed)?,
        };
        Ok(Self { rows: grid.rows()?, name: sheet, others, sha256: Sha256::digest(&packed).into() })
    }
}

/// What is read, and of it what is wanted.
struct Book<'a> {
    name: &'a str,
    wanted: Option<&'a Wanted>,
}

/// The name of the sheet that was read, those of the others, and its cells.
type Read = (String, Vec<String>, Grid);

/// The sheets that have cells, each with whether a person sees it.
fn with_cells(sheets: &[calamine::Sheet]) -> Vec<(String, bool)> {
    let sheets = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect()
}

impl Book<'_> {
    /// Chooses a sheet; each comes with whether a person sees it.
    fn choose(&self, sheets: &[(String, bool)]) -> Result<(String, Vec<String>), Refusal> {
        let all: Vec<String> = sheets.iter().map(|(name, _)| name.clone()).collect();
        let seen = sheets.iter().filter(|(_, seen)| *seen).map(|(name, _)| name.clone());
        let chosen = match self.wanted {
            Some(wanted) => wanted.among(&all).ok_or_else(|| {
                let sheets = all.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(crate::language::comma());
                Refusal::usage(say!("{name} has no sheet {wanted}", name = self.name, wanted = quoted(&wanted.0)))
                    .or(say!("its sheets are {sheets}; name one with --sheet", sheets))
            })?,
            None => sheets.iter().position(|(_, seen)| *seen).or(all.first().map(|_| 0)).ok_or_else(|| {
                Refusal::failed(say!("{name} has no sheet with cells", name = self.name))
                    .or(say!("open it in a spreadsheet and look whether it is the right file"))
            })?,
        };
        let name = all.get(chosen).cloned().unwrap_or_default();
        let seen = seen.filter(|_| self.wanted.is_none());
        Ok((name.clone(), seen.filter(|other| *other != name).collect()))
    }

    /// An empty sheet of this name.
    fn grid(&self, sheet: &str) -> Grid {
        Grid::new(self.name, sheet)
    }

    /// The workbook is damaged, or of a kind that is not read.
    fn unreadable(&self, error: impl fmt::Display) -> Refusal {
        if Language::spoken() == Language::En {
            return self.cannot_be_read(&error.to_string());
        }
        self.cannot_be_read(say!("the file is damaged, or a part of it is missing"))
    }

    /// The refusal of a workbook that cannot be read, and why.
    fn cannot_be_read(&self, why: &str) -> Refusal {
        Refusal::failed(say!("cannot read {name}: {error}", name = self.name, error = why))
            .or(say!("open it in a spreadsheet and save it again as .xlsx"))
    }
}

/// The refusal of a workbook that would take too much room.
fn too_large(name: &str, why: &str) -> Refusal {
    Refusal::failed(say!("{name} is not read: {why}", name, why))
        .or(say!("copy the rows that matter into a new workbook, or save the sheet as \"CSV UTF-8\""))
}

/// The refusal where the temporary file for the rows cannot be written or read.
fn no_room(error: &io::Error) -> Refusal {
    Refusal::failed(say!("a temporary file cannot be made: {error}", error))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_sheet_is_named_or_counted() {
        let names = ["台账".to_owned(), "2026".to_owned(), "Sheet 3".to_owned(), "1".to_owned()];
        for (typed, index) in [
            ("台账", Some(0)),
            ("2026", Some(1)),
            ("ｓｈｅｅｔ 3", Some(2)),
            ("1", Some(3)),
            ("2", Some(1)),
            ("#3", Some(2)),
            ("5", None),
            ("0", None),
            ("Sheet3", None),
        ] {
            assert_eq!(typed.parse::<Wanted>().unwrap().among(&names), index, "{typed}");
        }
    }

    #[test]
    fn the_first_sheet_that_is_seen_is_read() {
        let book = Book { name: "old.xlsx", wanted: None };
        let sheets = [("hidden".to_owned(), false), ("a".to_owned(), true), ("b".to_owned(), true)];
        assert_eq!(book.choose(&sheets).unwrap(), ("a".to_owned(), vec!["b".to_owned()]));
        assert_eq!(book.choose(&sheets[..1]).unwrap(), ("hidden".to_owned(), vec![]));
        let wanted = "4".parse().unwrap();
        assert_eq!(
            Book { name: "old.xlsx", wanted: Some(&wanted) }.choose(&sheets).unwrap_err().to_string(),
            "old.xlsx has no sheet \"4\"; its sheets are \"hidden\", \"a\", \"b\"; name one with --sheet"
        );
    }
}
