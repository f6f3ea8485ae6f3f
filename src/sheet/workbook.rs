//! A workbook: one sheet or several, the same bytes for the same lists.

use std::io::{Read, Write};

use anyhow::{Context, Result};
use flate2::bufread::DeflateDecoder;
use rawzip::time::UtcDateTime;
use rawzip::{DataDescriptorOutput, ErrorKind, ZipArchive, ZipArchiveWriter};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook as Pages, Worksheet as Page, XlsxError};

use super::{
    cover::Cover,
    piece::{Piece, join},
    style::Style,
    worksheet::{Filled, Worksheet},
};
use crate::column::Column;
use crate::say;

/// The longest name of a sheet, in characters.
const LONGEST_NAME: usize = 31;

/// The day that every workbook says it was made on, so that the same lists give the same bytes.
const MADE_ON: (u16, u8, u8) = (2000, 1, 1);

/// The beginning of that day, in seconds since 1970.
const MADE_AT: i64 = 946_684_800;

/// What a change of the library would bring about.
const UNLIKE: &str = "the workbook's library writes other sheets than it did";

/// A workbook that is being filled.
pub(crate) struct Workbook {
    /// All but the rows of its lists.
    pages: Pages,
    /// The rows of each sheet in turn; none of a cover, which the library writes whole.
    rows: Vec<Option<Bound>>,
    branch: String,
    names: Vec<String>,
}

/// The rows of a sheet that is in the workbook, and the cells that it has with them.
struct Bound {
    headings: Piece,
    rows: Piece,
    range: String,
}

impl Workbook {
    /// An empty workbook. Its properties tell its title and the branch, and nothing of the machine.
    pub(crate) fn new(title: &str, branch: &str) -> Result<Self> {
        let (year, month, day) = MADE_ON;
        let properties = DocProperties::new()
            .set_title(title)
            .set_company(branch)
            .set_author("branchbook")
            .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?);
        let mut pages = Pages::new();
        pages.set_properties(&properties);
        for style in Style::ALL {
            pages.register_format(&style.format());
        }
        Ok(Self { pages, rows: Vec::new(), branch: branch.to_owned(), names: Vec::new() })
    }

    /// Gives a sheet that is still to be started its name: the one that is wanted, as far as workbooks allow it.
    pub(crate) fn name(&mut self, wanted: &str) -> String {
        let name = free_name(wanted, &self.names);
        self.names.push(name.clone());
        name
    }

    /// Starts a sheet of this name, which comes into the workbook by [`Workbook::bind`].
    pub(crate) fn sheet(
        &mut self,
        name: &str,
        title: &str,
        columns: &[Column],
        totals: &[String],
    ) -> Result<Worksheet> {
        let mut page = self.page()?;
        page.set_name(name)?;
        Worksheet::new(page, title, &self.branch, columns, totals)
    }

    /// Puts a sheet that is no list into the workbook.
    pub(crate) fn cover(&mut self, name: &str, cover: &Cover) -> Result<()> {
        let mut page = self.page()?;
        page.set_name(name)?;
        cover.write(&mut page, name, &self.branch)?;
        self.pages.push_worksheet(page);
        self.rows.push(None);
        Ok(())
    }

    /// A page for a sheet. The library assembles other pages in a thread for each, and panics where none can be made.
    fn page(&mut self) -> Result<Page> {
        match self.pages.new_worksheet_with_constant_memory() {
            Err(XlsxError::TempFileError(_, error)) => Err(error).context(say!("a temporary file cannot be made")),
            page => Ok(page?),
        }
    }

    /// Ends a sheet and puts it behind those that the workbook has.
    pub(crate) fn bind(&mut self, sheet: Worksheet) -> Result<()> {
        let Filled { page, headings, rows, range } = sheet.end()?;
        self.pages.push_worksheet(page);
        self.rows.push(Some(Bound { headings: headings.piece()?, rows: rows.piece()?, range }));
        Ok(())
    }

    /// Writes the workbook: what the library makes of its pages, and in each sheet its rows.
    pub(crate) fn save(mut self, out: &mut dyn Write) -> Result<()> {
        let pages = self.pages.save_to_buffer()?;
        let pages = ZipArchive::from_slice(&pages)?;
        let mut archive = ZipArchiveWriter::new(out);
        let mut sheets = self.rows.into_iter();
        let mut parts = pages.entries();
        while let Some(part) = parts.next_entry()? {
            let path = part.file_path().try_normalize()?;
            let entry = archive.new_file(path.as_ref()).compression_method(part.compression_method());
            let (mut entry, _) = entry.last_modified(UtcDateTime::from_unix(MADE_AT)).start().map_err(untouched)?;
            let packed = pages.get_entry(part.wayfinder())?;
            let is_sheet = path.as_ref().starts_with("xl/worksheets/sheet");
            let bound = if is_sheet { sheets.next().context(UNLIKE)? } else { None };
            let (sum, length) = if let Some(bound) = bound {
                let mut page = String::new();
                DeflateDecoder::new(packed.data()).read_to_string(&mut page)?;
                join(bound.pieces(&page)?, &mut entry)?
            } else {
                entry.write_all(packed.data())?;
                (part.crc32(), part.uncompressed_size_hint())
            };
            entry.finish(DataDescriptorOutput::new(sum, length)).map_err(untouched)?;
        }
        Ok(archive.finish().map_err(untouched)?.flush()?)
    }
}

impl Bound {
    /// The sheet, of which `page` is all but the rows.
    fn pieces(self, page: &str) -> Result<[Piece; 4]> {
        let parts = page.split_once("<dimension ref=\"").and_then(|(head, rest)| {
            let (looks, end) = rest.split_once('"')?.1.split_once("<sheetData/>")?;
            Some((head, looks, end))
        });
        let (head, looks, end) = parts.context(UNLIKE)?;
        let head = format!("{head}<dimension ref=\"{}\"{looks}<sheetData>", self.range);
        let end = format!("</sheetData>{end}");
        Ok([Piece::of(&head)?, self.headings, self.rows, Piece::of(&end)?])
    }
}

/// The error of the output that the archive met.
fn untouched(error: rawzip::Error) -> anyhow::Error {
    match error.into_kind() {
        ErrorKind::IO(error) => error.into(),
        other => rawzip::Error::from(other).into(),
    }
}

/// A name for a sheet as workbooks allow it, that none of `taken` is: without `[]:*?/\`, without quotes at its ends, not
/// too long, and not the one word that Excel keeps for itself.
fn free_name(wanted: &str, taken: &[String]) -> String {
    let clean: String =
        wanted.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let clean = clean.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    let clean = if clean.is_empty() || clean.eq_ignore_ascii_case("history") {
        say!("list {clean}", clean)
    } else {
        clean.to_owned()
    };
    let same = |name: &str| taken.iter().any(|taken| taken.to_lowercase() == name.to_lowercase());
    let numbered = (2..).map(|number| cut(&clean, &format!(" ({number})")));
    std::iter::once(cut(&clean, "")).chain(numbered).find(|name| !same(name)).unwrap_or(clean)
}

/// A name that ends with `ending`, cut before it to the length that is allowed.
fn cut(name: &str, ending: &str) -> String {
    let mut kept = String::new();
    let mut room = LONGEST_NAME - ending.len();
    for c in name.chars() {
        // Characters beyond the first plane count twice.
        let Some(rest) = room.checked_sub(c.len_utf16()) else { break };
        room = rest;
        kept.push(c);
    }
    format!("{}{ending}", kept.trim_end_matches(|c: char| c == '\'' || c.is_whitespace()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_sheets_are_allowed_and_different() {
        let mut names: Vec<String> = Vec::new();
        for wanted in [
            "History",
            "'quoted'",
            "a/b:c?",
            "User information of 2026-10 by department",
            "User information of 2026-10 by person",
            "user information OF 2026-10 by z",
            "",
            "沈阳某机械公司销售分公司的工作联系单台账与未回复的联系单清单共三十",
        ] {
            let name = free_name(wanted, &names);
            names.push(name);
        }
        assert_eq!(
            names,
            [
                "list History",
                "quoted",
                "a b c",
                "User information of 2026-10 by",
                "User information of 2026-10 (2)",
                "user information OF 2026-10 (3)",
                "list",
                "沈阳某机械公司销售分公司的工作联系单台账与未回复的联系单清单共",
            ]
        );
    }
}
