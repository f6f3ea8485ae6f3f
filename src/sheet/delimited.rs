//! The csv writer: for scripts, for the next program, and for spreadsheets.

use std::io::{self, Write};

use super::{
    Form, Look,
    cell::{Cell, Cells, push_hundredths, push_whole, utf8},
    column::Column,
};

/// Bytes that are gathered before they are written.
const BUFFER: usize = 1 << 17;

/// The mark at the start of a file by which Excel knows UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The bytes for which a field must stand in quotes.
static SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    special[b',' as usize] = true;
    special[b'"' as usize] = true;
    special[b'\n' as usize] = true;
    special[b'\r' as usize] = true;
    special
};

/// A sheet as csv: RFC 4180, a header row of printed names, ISO dates, plain decimals, NULL as nothing.
///
/// It forms the lines itself, for the csv crate's writer takes a tenth longer over a large export; in the tests
/// that crate reads back what was written here.
pub struct Delimited<'o> {
    out: &'o mut dyn Write,
    buffer: Vec<u8>,
    line_end: &'static str,
    guard: bool,
}

impl<'o> Delimited<'o> {
    /// Starts a sheet on `out`: the UTF-8 mark where `look` asks for it, then the header row.
    ///
    /// # Errors
    /// That of `out`.
    pub fn new(columns: &[Column], look: &Look, out: &'o mut dyn Write) -> io::Result<Self> {
        if look.bom || look.excel {
            out.write_all(BYTE_ORDER_MARK.as_bytes())?;
        }
        let line_end = if look.excel { "\r\n" } else { "\n" };
        let mut sheet = Self { out, buffer: Vec::with_capacity(BUFFER * 2), line_end, guard: look.excel };
        for column in columns {
            let heading = if look.labels { column.heading() } else { column.name.clone() };
            push_field(&mut sheet.buffer, heading.as_bytes());
            sheet.buffer.push(b',');
        }
        sheet.end_line(0)?;
        Ok(sheet)
    }

    /// Appends text, which is UTF-8 as it was stored.
    fn text(&mut self, text: &[u8]) -> anyhow::Result<()> {
        if self.guard && is_formula(utf8(text)?) {
            push_field(&mut self.buffer, &[b"'", text].concat());
        } else {
            push_field(&mut self.buffer, text);
        }
        Ok(())
    }

    /// Ends the line that started at `start`, whose last field has a comma too many.
    fn end_line(&mut self, start: usize) -> io::Result<()> {
        self.buffer.pop();
        if self.buffer.len() == start {
            // One column and nothing in it: readers skip a blank line.
            self.buffer.extend_from_slice(b"\"\"");
        }
        self.buffer.extend_from_slice(self.line_end.as_bytes());
        if self.buffer.len() >= BUFFER {
            self.out.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }
}

impl Form for Delimited<'_> {
    fn row(&mut self, cells: Cells<'_>) -> anyhow::Result<()> {
        let start = self.buffer.len();
        for cell in cells {
            match cell? {
                Cell::Empty => {}
                Cell::Text(text) | Cell::Word(text) => self.text(text)?,
                Cell::Integer(number) => push_whole(&mut self.buffer, number),
                Cell::Real(number) => write!(self.buffer, "{number}")?,
                Cell::Money(hundredths) | Cell::Percent(hundredths) => push_hundredths(&mut self.buffer, hundredths),
                Cell::YesNo(yes) => self.buffer.extend_from_slice(if yes { b"yes" } else { b"no" }),
            }
            self.buffer.push(b',');
        }
        Ok(self.end_line(start)?)
    }

    fn end(self: Box<Self>) -> anyhow::Result<Vec<String>> {
        self.out.write_all(&self.buffer)?;
        self.out.flush()?;
        Ok(Vec::new())
    }
}

/// Appends a field, quoted if it holds a comma, a quote or a line end.
fn push_field(buffer: &mut Vec<u8>, field: &[u8]) {
    if !needs_quotes(field) {
        buffer.extend_from_slice(field);
        return;
    }
    buffer.push(b'"');
    for part in field.split_inclusive(|byte| *byte == b'"') {
        buffer.extend_from_slice(part);
        if part.ends_with(b"\"") {
            buffer.push(b'"');
        }
    }
    buffer.push(b'"');
}

/// Whether a field must stand in quotes; deciding for eight bytes at a time is faster than for each.
fn needs_quotes(field: &[u8]) -> bool {
    let special = |found, &byte: &u8| found | SPECIAL[usize::from(byte)];
    let (blocks, rest) = field.as_chunks::<8>();
    blocks.iter().any(|block| block.iter().fold(false, special)) || rest.iter().fold(false, special)
}

/// Whether a spreadsheet would run this text as a formula: its first character but for spaces and quotes
/// is one that starts a formula, in either width.
fn is_formula(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\u{a0}', '\u{3000}', '"', '\'']);
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::{array::uniform3, collection::vec, prelude::*};
    use rusqlite::{Connection, params_from_iter};

    use super::super::{Format, tests::printed, write};
    use super::*;

    fn excel() -> Look {
        Look { excel: true, ..Look::default() }
    }

    #[test]
    fn fields_are_quoted_only_where_they_must_be() {
        let sql = r#"SELECT 'plain' AS a, 'a,b' AS b, 'say "hi"' AS c, 'two' || char(10) || 'lines' AS d, '' AS e"#;
        let expected = "a,b,c,d,e\nplain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\n";
        assert_eq!(printed(sql, Format::Csv, &Look::default()), expected);
    }

    #[test]
    fn an_empty_field_alone_on_its_line_is_quoted() {
        assert_eq!(
            printed("SELECT NULL AS note UNION ALL SELECT ''", Format::Csv, &Look::default()),
            "note\n\"\"\n\"\"\n"
        );
    }

    #[test]
    fn a_list_larger_than_the_buffer_is_whole() {
        let sql = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT 50000) SELECT n FROM n";
        let numbers = (1..=50_000).map(|number| format!("{number}\n"));
        assert_eq!(printed(sql, Format::Csv, &Look::default()), format!("n\n{}", numbers.collect::<String>()));
    }

    #[test]
    fn excel_gets_the_mark_and_its_line_ends() {
        assert_eq!(printed("SELECT '北京' AS city", Format::Csv, &excel()), "\u{feff}city\r\n北京\r\n");
    }

    #[test]
    fn the_mark_can_be_had_alone() {
        let look = Look { bom: true, ..Look::default() };
        assert_eq!(printed("SELECT 1 AS n", Format::Csv, &look), "\u{feff}n\n1\n");
    }

    #[test]
    fn the_guard_sees_every_start_of_a_formula() {
        for formula in [
            "=1+1",
            "+86 138",
            "-x",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "  =1",
            "\"=1",
            "'=1",
            "\u{3000}＝1",
        ] {
            assert!(is_formula(formula), "{formula:?}");
        }
        for text in ["", " ", "a=b", "1-2", "北京", "2026-11-22", "'quoted'", "a\t=1"] {
            assert!(!is_formula(text), "{text:?}");
        }
    }

    #[test]
    fn only_text_is_neutralised_and_only_for_excel() {
        let sql = "SELECT '=cmd' AS note, -5 AS n, -0.5 AS ratio, -1250 AS amount_fen, -100 AS share_pct";
        let header = "note,n,ratio,amount,share";
        assert_eq!(printed(sql, Format::Csv, &excel()), format!("\u{feff}{header}\r\n'=cmd,-5,-0.5,-12.50,-1.00\r\n"));
        assert_eq!(printed(sql, Format::Csv, &Look::default()), format!("{header}\n=cmd,-5,-0.5,-12.50,-1.00\n"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            rows in vec(uniform3(prop_oneof![any::<String>(), "[ab,;'\"\\n\\r\\t =北]{0,20}"]), 0..8),
        ) {
            let connection = Connection::open_in_memory().unwrap();
            connection.execute_batch("CREATE TABLE texts (a TEXT, b TEXT, c TEXT)").unwrap();
            for row in &rows {
                connection.execute("INSERT INTO texts VALUES (?, ?, ?)", params_from_iter(row)).unwrap();
            }
            let mut statement = connection.prepare("SELECT a, b, c FROM texts ORDER BY rowid").unwrap();
            let mut out = Vec::new();
            write("", &mut statement.query([]).unwrap(), Format::Csv, &Look::default(), &mut out).unwrap();
            let read: Vec<[String; 3]> = csv::Reader::from_reader(out.as_slice()).deserialize().map(Result::unwrap).collect();
            prop_assert_eq!(read, rows);
        }
    }
}
