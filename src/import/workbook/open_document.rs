//! A sheet of an `.ods` workbook, read as it is unpacked: what is repeated in it is never laid out.

use std::io::{BufRead, BufReader};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::cell::{Cell, iso, number_in, yes_or_no};
use super::grid::Grid;
use super::{Book, Read, archive};
use crate::refusal::Refusal;
use crate::say;

/// How many rows a spreadsheet has.
const ROWS: u32 = 1 << 20;

/// Reads the wanted sheet.
pub(super) fn read(book: &Book<'_>, packed: &[u8]) -> Result<Read, Refusal> {
    archive::measure(book, packed)?;
    let protected = archive::part(book, packed, "META-INF/manifest.xml", |part| {
        let mut manifest = Vec::new();
        part.read_to_end(&mut manifest).map_err(|error| book.unreadable(error))?;
        Ok(manifest.windows(15).any(|window| window == b"encryption-data"))
    });
    if protected.is_ok_and(|protected| protected) {
        return Err(Refusal::failed(say!("{name} is protected by a password", name = book.name))
            .or(say!("open it in a spreadsheet and save it without one")));
    }
    let sheets = archive::part(book, packed, "content.xml", |part| Content::new(book, BufReader::new(part)).sheets())?;
    let (sheet, others) = book.choose(&sheets)?;
    let mut grid = book.grid(&sheet);
    archive::part(book, packed, "content.xml", |part| {
        Content::new(book, BufReader::new(part)).table(&sheet, &mut grid)
    })?;
    Ok((sheet, others, grid))
}

/// The document's content as it comes.
struct Content<'a, R> {
    book: &'a Book<'a>,
    xml: quick_xml::Reader<R>,
    buffer: Vec<u8>,
}

impl<'a, R: BufRead> Content<'a, R> {
    fn new(book: &'a Book<'a>, content: R) -> Self {
        let mut xml = quick_xml::Reader::from_reader(content);
        xml.config_mut().expand_empty_elements = true;
        Self { book, xml, buffer: Vec::new() }
    }

    fn next(&mut self) -> Result<Event<'_>, Refusal> {
        self.buffer.clear();
        let book = self.book;
        self.xml.read_event_into(&mut self.buffer).map_err(|error| book.unreadable(error))
    }

    /// The names of the sheets, with whether a person sees each.
    fn sheets(mut self) -> Result<Vec<(String, bool)>, Refusal> {
        let (mut sheets, mut hidden, mut style) = (Vec::new(), Vec::new(), String::new());
        loop {
            match self.next()? {
                Event::Start(element) => match element.name().as_ref() {
                    "style:style" => style = attribute(&element, "style:name").unwrap_or_default(),
                    "style:table-properties" if attribute(&element, "table:display").as_deref() == Some("false") => {
                        hidden.push(style.clone());
                    }
                    "table:table" => {
                        let seen = attribute(&element, "table:style-name").is_none_or(|style| !hidden.contains(&style));
                        sheets.push((attribute(&element, "table:name").unwrap_or_default(), seen));
                    }
                    _ => {}
                },
                Event::Eof => return Ok(sheets),
                _ => {}
            }
        }
    }

    /// The cells of the sheet of this name.
    fn table(mut self, wanted: &str, grid: &mut Grid) -> Result<(), Refusal> {
        let (mut here, mut row) = (false, 0_u32);
        loop {
            match self.next()? {
                Event::Start(element) if element.name().as_ref() == "table:table" => {
                    here = attribute(&element, "table:name").as_deref() == Some(wanted);
                }
                Event::Start(element) if here && element.name().as_ref() == "table:table-row" => {
                    let times = count(&element, "table:number-rows-repeated");
                    let cells = self.row(row, grid)?;
                    // The empty rows to the end of the sheet are one that is repeated.
                    let times = if cells.is_empty() { times } else { times.min(ROWS.saturating_sub(row)) };
                    grid.repeat(&cells, row, times)?;
                    row = row.saturating_add(times);
                }
                Event::End(element) if here && element.name().as_ref() == "table:table" => return Ok(()),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// The cells of a row that have something; those that span rows are noted.
    fn row(&mut self, row: u32, grid: &mut Grid) -> Result<Vec<(u32, Cell)>, Refusal> {
        let (mut cells, mut column) = (Vec::new(), 0_u32);
        loop {
            let (covered, times, rows, kind) = match self.next()? {
                Event::Start(element) => match element.name().as_ref() {
                    name @ ("table:table-cell" | "table:covered-table-cell") => (
                        name == "table:covered-table-cell",
                        count(&element, "table:number-columns-repeated"),
                        count(&element, "table:number-rows-spanned"),
                        Value::of(&element),
                    ),
                    _ => continue,
                },
                Event::End(element) if element.name().as_ref() == "table:table-row" => return Ok(cells),
                Event::Eof => return Ok(cells),
                _ => continue,
            };
            let text = self.cell()?;
            if rows > 1 {
                grid.merge((row, column), row.saturating_add(rows - 1));
            }
            if let Some(cell) = kind.cell(text).filter(|cell| !covered && !cell.is_blank()) {
                // One cell beyond the columns that are read is enough to be refused.
                for place in column..column.saturating_add(times.min(Grid::COLUMNS + 1)) {
                    cells.push((place, cell.clone()));
                }
            }
            column = column.saturating_add(times);
        }
    }

    /// The text of a cell, to its end: its paragraphs, without what is noted beside it.
    fn cell(&mut self) -> Result<String, Refusal> {
        let (mut text, mut paragraphs, mut inside, mut beside) = (String::new(), 0, 0_u32, 0_u32);
        loop {
            let book = self.book;
            match self.next()? {
                Event::Start(element) => match element.name().as_ref() {
                    "office:annotation" | "draw:frame" | "draw:custom-shape" => beside += 1,
                    "text:p" if beside == 0 => {
                        inside += 1;
                        paragraphs += 1;
                        if paragraphs > 1 {
                            text.push('\n');
                        }
                    }
                    "text:s" if beside == 0 => {
                        text.extend(std::iter::repeat_n(' ', count(&element, "text:c").min(1_000) as usize));
                    }
                    "text:tab" if beside == 0 => text.push('\t'),
                    "text:line-break" if beside == 0 => text.push('\n'),
                    _ => {}
                },
                Event::End(element) => match element.name().as_ref() {
                    "office:annotation" | "draw:frame" | "draw:custom-shape" => beside = beside.saturating_sub(1),
                    "text:p" if beside == 0 => inside = inside.saturating_sub(1),
                    "table:table-cell" | "table:covered-table-cell" => return Ok(text),
                    _ => {}
                },
                Event::Text(piece) if beside == 0 && inside > 0 => text.push_str(&piece.xml10_content()),
                Event::GeneralRef(entity) if beside == 0 && inside > 0 => {
                    let known = quick_xml::escape::resolve_xml_entity(entity.as_ref());
                    match known {
                        Some(known) => text.push_str(known),
                        None => text.extend(entity.resolve_char_ref().map_err(|error| book.unreadable(error))?),
                    }
                }
                Event::Eof => return Ok(text),
                _ => {}
            }
        }
    }
}

/// What a cell says of its value, besides its text.
enum Value {
    Text,
    Number(f64),
    Percent(f64),
    Said(String),
}

impl Value {
    fn of(cell: &BytesStart<'_>) -> Self {
        let number = || attribute(cell, "office:value").and_then(|value| value.parse::<f64>().ok());
        let said = |name| attribute(cell, name).map_or(Self::Text, |said| Self::Said(iso(&said)));
        // An error has a value besides, which is none.
        if attribute(cell, "calcext:value-type").as_deref() == Some("error") {
            return Self::Text;
        }
        match attribute(cell, "office:value-type").as_deref() {
            Some("float" | "currency") => number().map_or(Self::Text, Self::Number),
            Some("percentage") => number().map_or(Self::Text, Self::Percent),
            Some("date") => said("office:date-value"),
            Some("time") => said("office:time-value"),
            Some("boolean") => {
                Self::Said(yes_or_no(attribute(cell, "office:boolean-value").as_deref() == Some("true")).to_owned())
            }
            _ => Self::Text,
        }
    }

    fn cell(self, text: String) -> Option<Cell> {
        Some(match self {
            // Digits with zeros in front are shown so, and the value has them not.
            Self::Number(_) if text.len() > 1 && text.starts_with('0') && is_digits(&text) => Cell::Number(text),
            Self::Number(number) => Cell::Number(number_in(number, "")),
            Self::Percent(number) => Cell::Number(number_in(number, "0%")),
            Self::Said(said) => Cell::Text(said),
            Self::Text if text.is_empty() => return None,
            Self::Text => Cell::text(&text),
        })
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok()??;
    Some(attribute.normalized_value(XmlVersion::default()).ok()?.into_owned())
}

/// How often something is repeated or over how much it spans: once, where nothing is said.
fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|count| count.parse().ok()).unwrap_or(1)
}
