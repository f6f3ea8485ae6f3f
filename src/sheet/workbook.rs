//! A workbook: one sheet or several, the same bytes for the same lists.

use std::fs::File;
use std::io::{self, Cursor, Read, Write};

use anyhow::{Context, Result};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook as Pages, Worksheet as Page};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{
    column::Column,
    style::Style,
    worksheet::{Filled, Worksheet},
};
use crate::say;

/// The longest name of a sheet, in characters.
const LONGEST_NAME: usize = 31;

/// The day that every workbook says it was made on, so that the same lists give the same bytes.
const MADE_ON: (u16, u8, u8) = (2000, 1, 1);

/// How hard a workbook is compressed: the least, for a large one is mostly waited for.
const COMPRESSION: i64 = 1;

/// A workbook that is being filled.
pub struct Workbook {
    /// All but the rows of its lists.
    pages: Pages,
    rows: Vec<Bound>,
    branch: String,
    names: Vec<String>,
}

/// The rows of a sheet that is in the workbook, and the cells that it has with them.
struct Bound {
    rows: File,
    range: String,
}

impl Workbook {
    /// An empty workbook. Its properties tell its title and the branch, and nothing of the machine.
    ///
    /// # Errors
    /// None that can happen: the day that it says it was made on is a day.
    pub fn new(title: &str, branch: &str) -> Result<Self> {
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

    /// Starts a sheet, which comes into the workbook by [`Workbook::bind`].
    ///
    /// # Errors
    /// As for [`Worksheet::new`].
    pub fn sheet(&mut self, name: &str, title: &str, columns: &[Column], totals: &[String]) -> Result<Worksheet> {
        let name = free_name(name, &self.names);
        let mut page = Page::new();
        page.set_name(&name)?;
        self.names.push(name);
        Worksheet::new(page, title, &self.branch, columns, totals)
    }

    /// Ends a sheet and puts it behind those that the workbook has.
    ///
    /// # Errors
    /// As for [`Worksheet::end`].
    pub fn bind(&mut self, sheet: Worksheet) -> Result<()> {
        let Filled { page, rows, range } = sheet.end()?;
        self.pages.push_worksheet(page);
        self.rows.push(Bound { rows: rows.read()?, range });
        Ok(())
    }

    /// Writes the workbook: what the library makes of its pages, and in each sheet the rows under its headings.
    ///
    /// # Errors
    /// Those of the output, untouched.
    pub fn save(mut self, out: &mut dyn Write) -> Result<()> {
        let mut out = FirstFailure { out, failure: None };
        let mut parts = ZipArchive::new(Cursor::new(self.pages.save_to_buffer()?))?;
        let mut archive = ZipWriter::new_stream(&mut out);
        for index in 0..parts.len() {
            let name = parts.by_index_raw(index)?.name()?.into_owned();
            match (1..).zip(&mut self.rows).find(|(number, _)| name == format!("xl/worksheets/sheet{number}.xml")) {
                None => archive.raw_copy_file(parts.by_index_raw(index)?)?,
                Some((_, bound)) => {
                    let mut page = String::new();
                    parts.by_index(index)?.read_to_string(&mut page)?;
                    archive.start_file(name, bound.options()?)?;
                    bound.write(&page, &mut archive)?;
                }
            }
        }
        archive.finish()?;
        out.result()
    }
}

impl Bound {
    /// How the sheet is kept in the workbook's archive, which wants to know of more than 4 GiB beforehand.
    fn options(&self) -> Result<SimpleFileOptions> {
        let large = self.rows.metadata()?.len() > u64::from(u32::MAX) / 2;
        // A time of its own would make other bytes of the same lists.
        Ok(SimpleFileOptions::default()
            .compression_level(Some(COMPRESSION))
            .unix_permissions(0o600)
            .last_modified_time(zip::DateTime::default())
            .large_file(large))
    }

    /// Writes the library's page of the sheet with the rows between the headings and the totals.
    fn write(&mut self, page: &str, out: &mut impl Write) -> Result<()> {
        let parts = page.split_once("<dimension ref=\"").and_then(|(head, rest)| {
            let (headings, end) = rest.split_once('"')?.1.split_once("</row>")?;
            Some((head, headings, end))
        });
        let (head, headings, end) = parts.context("the workbook's library writes other sheets than it did")?;
        write!(out, "{head}<dimension ref=\"{}\"{headings}</row>", self.range)?;
        io::copy(&mut self.rows, out)?;
        Ok(out.write_all(end.as_bytes())?)
    }
}

/// An output that keeps its first failure and takes what follows as written: an archive that fails prints so by itself.
struct FirstFailure<'o> {
    out: &'o mut dyn Write,
    failure: Option<io::Error>,
}

impl FirstFailure<'_> {
    fn result(self) -> Result<()> {
        match self.failure {
            Some(failure) => Err(failure.into()),
            None => Ok(self.out.flush()?),
        }
    }
}

impl Write for FirstFailure<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failure.is_none()
            && let Err(failure) = self.out.write_all(bytes)
        {
            self.failure = Some(failure);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
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
