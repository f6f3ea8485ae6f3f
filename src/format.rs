//! The formats in which lists and pages come out, and the endings of files that name them.

use std::path::Path;

use clap::ValueEnum;

use crate::language::comma;
use crate::line::word_of;
use crate::refusal::Refusal;
use crate::say;

/// The forms of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table to read in the terminal.
    Table,
    /// Comma-separated values.
    Csv,
    /// An array of objects.
    Json,
    /// One object a line.
    Jsonl,
    /// A workbook for a spreadsheet.
    Xlsx,
    /// A page to read in a browser and to print.
    Html,
}

/// What the name of a page ends in that a browser prints.
pub(crate) const PDF: &str = "pdf";

/// What the names of files end in, and what is then written into them.
const ENDINGS: [(&str, Format); 8] = [
    ("txt", Format::Table),
    ("csv", Format::Csv),
    ("json", Format::Json),
    ("jsonl", Format::Jsonl),
    ("xlsx", Format::Xlsx),
    ("html", Format::Html),
    ("htm", Format::Html),
    // A browser prints it.
    (PDF, Format::Html),
];

impl Format {
    /// Whether scripts read it, so that it has keys for names and is the same in every language.
    pub(crate) const fn is_for_scripts(self) -> bool {
        matches!(self, Self::Csv | Self::Json | Self::Jsonl)
    }

    /// The format that a file's name ends in; none where it ends in nothing that is known.
    pub(crate) fn of_ending(path: &Path) -> Option<Self> {
        let ending = path.extension()?;
        ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, format)| *format)
    }

    /// The format of a list that is written into a file of this name, where `asked` is what `--format` says.
    pub(crate) fn named(path: &Path, asked: Option<Self>) -> Result<Self, Refusal> {
        match (Self::of_ending(path), asked) {
            (Some(named), Some(asked)) if named != asked => {
                let asked = word_of(&asked);
                Err(would_hold(path, &asked).or(say!("name it so, or leave --format out")))
            }
            (None, None) if path.extension().is_some() => {
                let known = ENDINGS.map(|(ending, _)| ending).join(comma());
                Err(Refusal::usage(say!("{path} ends in the name of no format", path = path.display()))
                    .or(say!("name a file that ends in {known}, or add --format", known)))
            }
            (named, asked) => Ok(named.or(asked).unwrap_or(Self::Table)),
        }
    }
}

/// That a file's name ends in another format than what would be in it.
pub(crate) fn would_hold(path: &Path, format: &str) -> Refusal {
    Refusal::usage(say!("{path} would hold {format}", path = path.display(), format))
}
