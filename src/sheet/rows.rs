//! The rows of a workbook's sheet, headings and totals among them, written past the workbook's library: it keeps every cell as a tree and text of its
//! own, which takes several times as long as the list itself.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write};

use anyhow::{Context, Result};
use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{ColNum, RowNum};

use super::cell::push_whole;
use super::piece::{Packer, Piece};
use super::style::Style;
use crate::refusal::Refusal;
use crate::say;

/// The longest text of a cell, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;

/// How high a line of text is, in points, in the fonts of Chinese and Korean as well, and how high a row can be.
pub(super) const LINE: u16 = 16;
const HIGHEST: usize = 405;

/// How much of the rows is compressed at once, in bytes.
const AT_ONCE: usize = 1 << 16;

/// The rows of a sheet, as XML that is compressed into a temporary file.
pub(crate) struct Rows {
    packer: BufWriter<Packer<File>>,
    /// The beginning of a cell of each column, as far as the number of its row.
    cells: Vec<Vec<u8>>,
    /// The row that is being filled, and its number as it is printed, with the mark that ends it.
    line: Vec<u8>,
    number: Vec<u8>,
}

impl Rows {
    /// No rows yet, of so many columns.
    pub(crate) fn new(columns: ColNum) -> Result<Self> {
        let file = tempfile::tempfile().context(say!("a temporary file cannot be made"))?;
        let cells = (0..columns).map(|index| format!("<c r=\"{}", column_number_to_name(index)).into_bytes());
        let packer = BufWriter::with_capacity(AT_ONCE, Packer::new(file));
        Ok(Self { packer, cells: cells.collect(), line: Vec::new(), number: Vec::new() })
    }

    /// Starts a row: the headings stand in the first, whose index is 0.
    pub(crate) fn start(&mut self, row: RowNum) {
        self.number.clear();
        push_whole(&mut self.number, i64::from(row) + 1);
        self.number.push(b'"');
        self.line.clear();
    }

    /// Puts a number into the row, whose digits `push` appends.
    pub(crate) fn number(&mut self, column: ColNum, style: Option<Style>, push: impl FnOnce(&mut Vec<u8>)) {
        self.cell(column, style);
        self.line.extend(b"><v>");
        push(&mut self.line);
        self.line.extend(b"</v></c>");
    }

    /// Puts a text into the row; one that is longer than a cell takes is cut, with a mark that says so.
    pub(crate) fn text(&mut self, column: ColNum, style: Style, text: &str) {
        if text.len() > LONGEST_TEXT && text.encode_utf16().count() > LONGEST_TEXT {
            let mark = say!("… (cut: the csv file has all)");
            return self.text(
                column,
                style,
                &format!("{}{mark}", beginning(text, LONGEST_TEXT - mark.encode_utf16().count())),
            );
        }
        self.cell(column, Some(style));
        // A reader drops the spaces around a text that does not ask for them.
        let kept = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
        self.line.extend(b" t=\"inlineStr\"><is><t");
        self.line.extend(if kept { b" xml:space=\"preserve\">".as_slice() } else { b">" });
        push_escaped(&mut self.line, text);
        self.line.extend(b"</t></is></c>");
    }

    /// Puts a formula into the row, which begins with no sign, and what it comes to.
    pub(crate) fn formula(&mut self, column: ColNum, style: Style, formula: &str, result: &str) {
        self.cell(column, Some(style));
        self.line.extend(b"><f>");
        push_escaped(&mut self.line, formula);
        self.line.extend(b"</f><v>");
        self.line.extend(result.as_bytes());
        self.line.extend(b"</v></c>");
    }

    /// Puts a look into the row, and no value.
    pub(crate) fn blank(&mut self, column: ColNum, style: Style) {
        self.cell(column, Some(style));
        self.line.extend(b"/>");
    }

    /// The beginning of a cell, before what it is.
    fn cell(&mut self, column: ColNum, style: Option<Style>) {
        self.line.extend(&self.cells[usize::from(column)]);
        self.line.extend(&self.number);
        if let Some(style) = style {
            self.line.extend(style.attribute());
        }
    }

    /// Ends the row, which is as high as so many lines of text.
    pub(crate) fn end(&mut self, lines: usize) -> Result<()> {
        self.line.extend(b"</row>");
        let height = match lines {
            0 | 1 => String::new(),
            _ => format!(" ht=\"{}\" customHeight=\"1\"", (lines * usize::from(LINE)).min(HIGHEST)),
        };
        let parts = [b"<row r=\"".as_slice(), &self.number, height.as_bytes(), b">", &self.line];
        parts.iter().try_for_each(|part| self.packer.write_all(part)).map_err(|error| no_room(&error))
    }

    /// The rows as a piece of their sheet.
    pub(crate) fn piece(self) -> Result<Piece> {
        let packer = self.packer.into_inner().map_err(|error| no_room(error.error()))?;
        let read = |mut file: File| {
            file.rewind()?;
            Ok(Box::new(file) as Box<dyn Read>)
        };
        packer.end(read).map_err(|error| no_room(&error))
    }
}

/// The beginning of a text, at most so many UTF-16 units long.
fn beginning(text: &str, longest: usize) -> &str {
    let mut room = longest;
    let fits = |(_, c): &(usize, char)| match room.checked_sub(c.len_utf16()) {
        Some(rest) => {
            room = rest;
            true
        }
        None => false,
    };
    let end = text.char_indices().take_while(fits).last().map_or(0, |(at, c)| at + c.len_utf8());
    &text[..end]
}

/// The refusal of rows that cannot be kept.
fn no_room(error: &io::Error) -> anyhow::Error {
    let what = say!("the workbook cannot be written: its temporary file: {error}", error);
    Refusal::failed(what).or(say!("make room in the folder for temporary files, or take --format csv")).into()
}

/// The bytes with which something begins that XML has otherwise.
const SPECIAL: [bool; 256] = {
    let (mut special, mut byte) = ([false; 256], 0);
    while byte < special.len() {
        special[byte] = byte < 0x20 || matches!(byte, 0x26 | 0x3c | 0x3e | 0x5f | 0xef);
        byte += 1;
    }
    special
};

/// Appends a text as XML has it. What XML cannot hold stands as its code, such as `_x000B_`, and what looks like such a
/// code is told apart by a code before it; so workbooks have it.
fn push_escaped(line: &mut Vec<u8>, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| SPECIAL[usize::from(byte)]) {
        let (before, from) = rest.split_at(at);
        line.extend_from_slice(before.as_bytes());
        let Some(c) = from.chars().next() else { return };
        match c {
            '&' => line.extend(b"&amp;"),
            '<' => line.extend(b"&lt;"),
            '>' => line.extend(b"&gt;"),
            '_' if is_code(from.as_bytes()) => line.extend(b"_x005F_"),
            '\t' | '\n' => line.push(c as u8),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => line.extend(format!("_x{:04X}_", u32::from(c)).as_bytes()),
            _ => line.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        rest = &from[c.len_utf8()..];
    }
    line.extend_from_slice(rest.as_bytes());
}

/// Whether a text begins with what workbooks read as the code of a character.
fn is_code(text: &[u8]) -> bool {
    matches!(text, [b'_', b'x', code @ .., ] if code.len() >= 5 && code[4] == b'_' && code[..4].iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::piece::join;
    use super::*;

    #[test]
    fn a_row_is_written_as_workbooks_have_it() {
        let mut rows = Rows::new(28).unwrap();
        rows.start(1);
        rows.text(0, Style::Text, "a < b & c > d");
        rows.number(1, Some(Style::Money), |line| line.extend(b"-1.50"));
        rows.number(27, None, |line| line.extend(b"7"));
        rows.end(1).unwrap();
        rows.start(2);
        rows.text(0, Style::Text, " indented");
        rows.formula(1, Style::MoneyTotal, "SUBTOTAL(109,B2:B2)", "-1.5");
        rows.blank(27, Style::Total);
        rows.end(2).unwrap();
        let mut packed = Vec::new();
        join([rows.piece().unwrap()], &mut packed).unwrap();
        let mut written = String::new();
        flate2::bufread::DeflateDecoder::new(packed.as_slice()).read_to_string(&mut written).unwrap();
        assert_eq!(
            written,
            "<row r=\"2\"><c r=\"A2\" s=\"1\" t=\"inlineStr\"><is><t>a &lt; b &amp; c &gt; d</t></is></c>\
             <c r=\"B2\" s=\"5\"><v>-1.50</v></c><c r=\"AB2\"><v>7</v></c></row>\
             <row r=\"3\" ht=\"32\" customHeight=\"1\"><c r=\"A3\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> indented</t></is></c>\
             <c r=\"B3\" s=\"13\"><f>SUBTOTAL(109,B2:B2)</f><v>-1.5</v></c><c r=\"AB3\" s=\"8\"/></row>"
        );
    }

    #[test]
    fn what_xml_cannot_hold_stands_as_its_code() {
        for (text, escaped) in [
            ("a\u{b}b", "a_x000B_b"),
            ("\u{ffff}", "_xFFFF_"),
            ("，全角", "，全角"),
            ("line\nand\ttab", "line\nand\ttab"),
            ("_x000B_", "_x005F_x000B_"),
            ("_xray_", "_xray_"),
            ("_x00", "_x00"),
        ] {
            let mut line = Vec::new();
            push_escaped(&mut line, text);
            assert_eq!(String::from_utf8(line).unwrap(), escaped);
        }
    }

    #[test]
    fn a_text_longer_than_a_cell_takes_is_cut_with_a_mark() {
        let line = |text: &str| {
            let mut rows = Rows::new(1).unwrap();
            rows.start(1);
            rows.text(0, Style::Text, text);
            let line = String::from_utf8(rows.line).unwrap();
            line.split_once("<t>").unwrap().1.split_once("</t>").unwrap().0.to_owned()
        };
        let whole = "字".repeat(LONGEST_TEXT);
        assert_eq!(line(&whole), whole);
        for long in ["字".repeat(LONGEST_TEXT + 1), "𠀀".repeat(LONGEST_TEXT / 2 + 1)] {
            let cut = line(&long);
            assert!(cut.ends_with("… (cut: the csv file has all)"));
            let units = cut.encode_utf16().count();
            assert!((LONGEST_TEXT - 1..=LONGEST_TEXT).contains(&units), "{units}");
        }
    }
}
