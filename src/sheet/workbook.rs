//! A workbook: one sheet or several, the same bytes for the same lists.

use std::io::{self, BufWriter, Seek, Write};

use anyhow::{Context, Result};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook as Pages};

use super::{
    column::Column,
    worksheet::{Worksheet, guarded},
};
use crate::say;

/// The longest name of a sheet, in characters.
const LONGEST_NAME: usize = 31;

/// The day that every workbook says it was made on, so that the same lists give the same bytes.
const MADE_ON: (u16, u8, u8) = (2000, 1, 1);

/// How hard a workbook is compressed: the least, for a large one is mostly waited for.
const COMPRESSION: u8 = 1;

/// A workbook that is being filled.
pub struct Workbook {
    pages: Pages,
    branch: String,
    names: Vec<String>,
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
        pages.set_properties(&properties).set_zip_compression_level(COMPRESSION);
        Ok(Self { pages, branch: branch.to_owned(), names: Vec::new() })
    }

    /// Starts a sheet, which comes into the workbook by [`Workbook::bind`].
    ///
    /// # Errors
    /// As for [`Worksheet::new`].
    pub fn sheet(&mut self, name: &str, title: &str, columns: &[Column], totals: &[String]) -> Result<Worksheet> {
        let name = free_name(name, &self.names);
        let mut page = self.pages.new_worksheet_with_constant_memory()?;
        page.set_name(&name)?;
        self.names.push(name);
        Worksheet::new(page, title, &self.branch, columns, totals)
    }

    /// Ends a sheet and puts it behind those that the workbook has.
    ///
    /// # Errors
    /// As for [`Worksheet::end`].
    pub fn bind(&mut self, sheet: Worksheet) -> Result<()> {
        self.pages.push_worksheet(sheet.end()?);
        Ok(())
    }

    /// Writes the workbook.
    ///
    /// # Errors
    /// Those of the output, untouched; a refusal where temporary files cannot be written.
    pub fn save(mut self, out: &mut dyn Write) -> Result<()> {
        // The library wants an output that can go to another thread. A whole file at once also leaves nothing half
        // written in a pipe.
        let mut file = tempfile::tempfile().context(say!("a temporary file cannot be made"))?;
        guarded(|| {
            let mut buffered = BufWriter::new(&file);
            self.pages.save_to_writer(&mut buffered)?;
            Ok(buffered.flush()?)
        })?;
        file.rewind()?;
        io::copy(&mut file, out)?;
        Ok(out.flush()?)
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
