//! Where a list, an entry or a page goes, and in which format.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use askama::Template;
use rusqlite::Connection;

use super::{Desk, Globals, Surroundings};
use crate::column::heading;
use crate::files::target::{Kept, STANDARD, Target};
use crate::format::{Format, PDF, would_hold};
use crate::language::Language;
use crate::office::name;
use crate::page::browser::Open;
use crate::page::{self, browser};
use crate::pager::{Paged, Screen};
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::choice::Choice;
use crate::sheet::html;
use crate::sheet::query::Query;
use crate::sheet::{Look, Written};

impl Desk<'_> {
    /// Prints a page to `--output`, else to standard output where that is no terminal; with `--open` it is shown in the browser, from a
    /// file that is the person's alone where `--output` names none.
    pub(crate) fn page(&mut self, page: &impl Template, Open { open }: Open) -> Result<()> {
        if open && self.surroundings.keyed.is_some() {
            return Err(Refusal::rule("R2.4", say!("no program is started over SSH"))
                .or(say!("leave --open out: the page goes to standard output"))
                .into());
        }
        if !open && self.surroundings.width.is_some() && self.globals.output.is_none() {
            return Err(Refusal::usage(say!("a page is nothing to read in a terminal"))
                .or(say!("show it in the browser with --open, write it with --output FILE.pdf or FILE.html, or see its text with --output -"))
                .into());
        }
        let named = self.globals.output.clone().filter(|path| *path != Path::new(STANDARD));
        if open && named.is_none() {
            let file = tempfile::Builder::new().prefix("branchbook-").suffix(".html").tempfile();
            let (_, path) = file.context(say!("a temporary file cannot be made"))?.keep()?;
            self.globals.output = Some(path);
        }
        self.put(&page.render()?, &["html", "htm", PDF])?;
        if named.is_some() {
            self.remark_written()?;
        }
        let Some(path) = self.globals.output.clone().filter(|_| open) else { return Ok(()) };
        browser::show(&path, self.surroundings.browser.as_deref())?;
        if named.is_none() {
            let note = say!("the page is in {path}, until somebody takes it away", path = path.display());
            writeln!(self.err, "{note}")?;
        }
        Ok(())
    }

    /// Prints a text as it is, to the screen or to `--output`, whose name ends in nothing or in one of `endings`.
    pub(crate) fn write(&mut self, text: &str, endings: &[&str]) -> Result<()> {
        self.put(text, endings)?;
        self.remark_written()
    }

    fn put(&mut self, text: &str, endings: &[&str]) -> Result<()> {
        self.refuse_on()?;
        self.refuse_other_endings(endings)?;
        match self.target()? {
            None => Ok(self.out.write_all(text.as_bytes())?),
            Some(target) if self.prints() => {
                let pdf = self.printed(text)?;
                target.write(|file| Ok(file.write_all(&pdf)?))
            }
            Some(target) => target.write(|file| Ok(file.write_all(text.as_bytes())?)),
        }
    }

    /// Whether what is written is a page that a browser prints into a PDF.
    fn prints(&self) -> bool {
        let ending = self.globals.output.as_deref().and_then(Path::extension);
        ending.is_some_and(|ending| ending.eq_ignore_ascii_case(PDF))
    }

    /// The browser that prints.
    fn browser(&self) -> Result<PathBuf, Refusal> {
        let Surroundings { browser, login, .. } = &self.surroundings;
        browser::chosen(browser.as_deref(), login)
    }

    /// A page as a PDF.
    fn printed(&mut self, page: &str) -> Result<Vec<u8>> {
        let browser = self.browser()?;
        self.remark(|| say!("the browser prints the page; Ctrl-C ends it").to_owned())?;
        browser::pdf(page, &browser)
    }

    /// Tells a person in a terminal what goes on there; a script is not told.
    fn remark(&mut self, what: impl FnOnce() -> String) -> Result<()> {
        if self.surroundings.interactive && !self.globals.quiet && !self.globals.no_input {
            writeln!(self.err, "{}", what())?;
        }
        Ok(())
    }

    /// Tells a person in a terminal which file was written.
    fn remark_written(&mut self) -> Result<()> {
        let named = self.globals.output.as_deref().filter(|path| *path != Path::new(STANDARD));
        let Some(file) = named.map(|path| path.display().to_string()) else { return Ok(()) };
        self.remark(|| say!("{file} is written", file))
    }

    /// Prints a list in the format asked for, to the screen or to `--output`.
    pub(crate) fn list(&mut self, query: &Query) -> Result<()> {
        if let Some(day) = query.named_on {
            name::as_of(self.book()?.reader(), day)?;
        }
        let (named, usual) = (self.choice(), self.usual_columns());
        self.print(|book, format, look, out| {
            let choice = usual.map_or(Ok(named), |usual| usual.as_far_as_there(query, book))?;
            choice.of(query, book)?.write(book, format, look, out)
        })
    }

    /// Prints one entry in the format asked for and, where that is for people to read, the lists that belong to it and are
    /// not empty under it.
    pub(crate) fn card(&mut self, query: &Query, parts: &[Query]) -> Result<()> {
        self.print(|book, format, look, out| {
            if format == Format::Html {
                return html::write_card(query, parts, book, look, out);
            }
            let mut written = query.write_card(book, format, look, out)?;
            let whole = Look { whole: true, ..look.clone() };
            for part in parts.iter().filter(|_| format == Format::Table) {
                if part.any(book)? {
                    written.left_out.extend(part.write(book, format, &whole, out)?.left_out);
                }
            }
            Ok(written)
        })
    }

    /// The columns and the order that the line names.
    fn choice(&self) -> Choice {
        Choice { columns: self.globals.columns.clone(), sort: self.globals.sort.clone() }
    }

    /// The columns that the settings have for lists of this room, where a person reads them in a terminal and names none.
    fn usual_columns(&self) -> Option<Choice> {
        if !self.is_read_there() || !self.globals.columns.is_empty() || self.format() != Format::Table {
            return None;
        }
        let columns = self.surroundings.settings.columns(&self.room)?;
        let columns = columns.split(',').map(|name| name.trim().to_owned()).collect();
        Some(Choice { columns, sort: self.globals.sort.clone() })
    }

    /// Whether what is printed is read in a terminal.
    fn is_read_there(&self) -> bool {
        self.surroundings.width.is_some() && self.globals.output.is_none()
    }

    fn print(
        &mut self,
        write: impl FnOnce(&Connection, Format, &Look, &mut dyn Write) -> Result<Written>,
    ) -> Result<()> {
        self.refuse_on()?;
        let format = self.format();
        let Surroundings { width, color, .. } = self.surroundings;
        let target = self.target()?;
        if format == Format::Xlsx && target.is_none() && width.is_some() {
            return Err(Refusal::usage(say!("a workbook cannot be shown on a terminal"))
                .or(say!("add --output FILE.xlsx"))
                .into());
        }
        self.book()?;
        let Some(book) = &self.book else { return Ok(()) };
        let branch = match format {
            Format::Xlsx | Format::Html => page::branch(book.reader())?,
            _ => String::new(),
        };
        let look = Look {
            width,
            color,
            excel: self.globals.excel,
            bom: self.globals.bom,
            labels: self.globals.labels,
            names: self.globals.names,
            branch,
            ..Look::default()
        };
        let written = match target {
            None => match self.pager() {
                None => write(book.reader(), format, &look, &mut *self.out)?,
                Some((command, screen)) => {
                    let mut paged = Paged::new(command, screen, &mut *self.out);
                    let written = write(book.reader(), format, &look, &mut paged)?;
                    paged.end()?;
                    written
                }
            },
            Some(target) => {
                let look = Look { width: None, color: false, ..look };
                if self.prints() {
                    let mut page = Vec::new();
                    let written = write(book.reader(), format, &look, &mut page)?;
                    let pdf = self.printed(&String::from_utf8(page)?)?;
                    target.write(|file| Ok(file.write_all(&pdf)?))?;
                    written
                } else {
                    target.write(|file| write(book.reader(), format, &look, file))?
                }
            }
        };
        self.out.flush()?;
        self.remark_written()?;
        if !written.left_out.is_empty() {
            let columns = some_of(&written.left_out.iter().map(|name| heading(name)).collect::<Vec<_>>());
            let note = say!("left out for want of width: {columns}; widen the window, or take --format csv", columns);
            writeln!(self.err, "{note}")?;
        }
        // Readings are written down: whoever only reads lets the log grow as well.
        if let Some(book) = &self.book {
            book.tidy();
        }
        Ok(())
    }

    /// The file that `--output` names; none where it goes to standard output, which is also called `-`.
    ///
    /// # Errors
    /// A refusal where it is no place for a file, or where a file is that must be kept.
    fn target(&self) -> Result<Option<Target>, Refusal> {
        let named = self.globals.output.as_deref().filter(|path| *path != Path::new(STANDARD));
        named.map(|path| Target::new(path, Kept::of_book(self.book_path()))).transpose()
    }

    /// Refuses an `--output` that no list can go to. Before anything is read, for what is read is written down.
    pub(super) fn check_output(&self) -> Result<(), Refusal> {
        let Some(path) = &self.globals.output else { return Ok(()) };
        self.target()?;
        if self.prints() {
            self.browser()?;
        }
        Format::named(path, self.globals.format).map(drop)
    }

    /// Refuses an `--output` whose name ends in the format of something else than what is written.
    fn refuse_other_endings(&self, endings: &[&str]) -> Result<(), Refusal> {
        let Some(path) = &self.globals.output else { return Ok(()) };
        let Some(ending) = path.extension() else { return Ok(()) };
        let asked_for = self.globals.format.is_some() && Format::of_ending(path).is_none();
        if asked_for || endings.iter().any(|known| ending.eq_ignore_ascii_case(known)) {
            return Ok(());
        }
        Err(would_hold(path, endings.first().unwrap_or(&""))
            .or(say!("name a file that ends in {endings}", endings = endings.join(crate::language::comma()))))
    }

    /// The language of what stands in a list: English where a script reads it, else that of the command.
    pub(crate) fn list_language(&self) -> Language {
        if self.format().is_for_scripts() { Language::En } else { Language::spoken() }
    }

    /// The pager that a list goes through, and the screen that it must not fit on for that.
    fn pager(&self) -> Option<(Vec<String>, Screen)> {
        let Surroundings { width, height, pager, .. } = &self.surroundings;
        let Globals { quiet, no_input, no_pager, .. } = self.globals;
        let command = pager.clone().filter(|_| !quiet && !no_input && !no_pager)?;
        Some((command, Screen { height: (*height)?, width: (*width)? }))
    }

    /// The format asked for: what the name of `--output` ends in, else `--format`, else a table.
    pub(crate) fn format(&self) -> Format {
        let named = self.globals.output.as_deref().and_then(Format::of_ending);
        // What the settings cannot mean was refused before.
        let usual = || self.surroundings.settings.format().ok().flatten().filter(|_| self.is_read_there());
        named.or(self.globals.format).or_else(usual).unwrap_or(Format::Table)
    }
}

/// The first of these names and how many more there are: a line that does not outgrow the list above it.
fn some_of(names: &[String]) -> String {
    const SHOWN: usize = 5;
    match names.len() {
        0..=SHOWN => names.join(crate::language::comma()),
        count => {
            say!("{names} and {more} more", names = names[..SHOWN].join(crate::language::comma()), more = count - SHOWN)
        }
    }
}
