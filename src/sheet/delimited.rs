//! The csv writer: for scripts, for the next program, and for spreadsheets.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Statement};

use super::{
    Form, Look, Written,
    cell::{Cell, Cells, push_hundredths, push_whole, utf8},
};
use crate::column::Column;

/// Bytes that are gathered before they are written.
const BUFFER: usize = 1 << 17;

/// Bytes that a usual line has room in.
const LINE: usize = 512;

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

/// How lines of csv are formed: RFC 4180, ISO dates, plain decimals, NULL as nothing.
///
/// They are formed here, for the csv crate's writer takes a tenth longer over a large export; in the tests
/// that crate reads back what was written here.
#[derive(Debug, Clone, Copy)]
struct Lines {
    end: &'static str,
    guard: bool,
}

impl Lines {
    const fn of(look: &Look) -> Self {
        Self { end: if look.excel { "\r\n" } else { "\n" }, guard: look.excel }
    }

    /// The UTF-8 mark where `look` asks for it, then the header row of printed names.
    fn header(self, columns: &[Column], look: &Look) -> Vec<u8> {
        let mut header = Vec::with_capacity(BUFFER * 2);
        if look.bom || look.excel {
            header.extend_from_slice(BYTE_ORDER_MARK.as_bytes());
        }
        let start = header.len();
        for column in columns {
            let heading = if look.labels { column.heading() } else { column.name.clone() };
            push_field(&mut header, heading.as_bytes());
            header.push(b',');
        }
        self.end(&mut header, start);
        header
    }

    /// Appends a row.
    // Inlined, what each value becomes is decided where it is read.
    #[inline]
    fn push<'a>(self, line: &mut Vec<u8>, cells: impl Iterator<Item = anyhow::Result<Cell<'a>>>) -> anyhow::Result<()> {
        let start = line.len();
        for cell in cells {
            match cell? {
                Cell::Empty => {}
                Cell::Text(text) | Cell::Instant(text) | Cell::Word(text, _) | Cell::Person(text) => {
                    self.push_text(line, text)?;
                }
                Cell::Integer(number) => push_whole(line, number),
                Cell::Real(number) => write!(line, "{number}")?,
                Cell::NoMoney => push_hundredths(line, 0),
                Cell::Money(hundredths) | Cell::Percent(hundredths) => push_hundredths(line, hundredths),
                Cell::YesNo(yes) => line.extend_from_slice(if yes { b"yes" } else { b"no" }),
            }
            line.push(b',');
        }
        self.end(line, start);
        Ok(())
    }

    /// Appends text, which is UTF-8 as it was stored.
    fn push_text(self, line: &mut Vec<u8>, text: &[u8]) -> anyhow::Result<()> {
        if self.guard && is_formula(utf8(text)?) {
            push_field(line, &[b"'", text].concat());
        } else if self.guard && is_reckoned(text) {
            // Spreadsheets take what begins with a tab for text, and do not show it.
            push_field(line, &[b"\t", text].concat());
        } else {
            push_field(line, text);
        }
        Ok(())
    }

    /// Ends the line that started at `start`, whose last field has a comma too many.
    fn end(self, line: &mut Vec<u8>, start: usize) {
        line.pop();
        if line.len() == start {
            // One column and nothing in it: readers skip a blank line.
            line.extend_from_slice(b"\"\"");
        }
        line.extend_from_slice(self.end.as_bytes());
    }
}

/// What was formed and is not written yet.
struct Gathered<'o> {
    out: &'o mut dyn Write,
    bytes: Vec<u8>,
}

impl Gathered<'_> {
    /// Writes once there is much.
    fn pass_on(&mut self) -> io::Result<()> {
        if self.bytes.len() >= BUFFER {
            self.out.write_all(&self.bytes)?;
            self.bytes.clear();
        }
        Ok(())
    }

    /// Writes the rest.
    fn end(self) -> io::Result<()> {
        self.out.write_all(&self.bytes)?;
        self.out.flush()
    }
}

/// A sheet as csv.
pub(crate) struct Delimited<'o> {
    lines: Lines,
    gathered: Gathered<'o>,
}

impl<'o> Delimited<'o> {
    /// Starts a sheet on `out`.
    pub(crate) fn new(columns: &[Column], look: &Look, out: &'o mut dyn Write) -> Self {
        let lines = Lines::of(look);
        Self { lines, gathered: Gathered { out, bytes: lines.header(columns, look) } }
    }
}

impl Form for Delimited<'_> {
    fn row(&mut self, cells: Cells<'_>) -> anyhow::Result<()> {
        self.lines.push(&mut self.gathered.bytes, cells)?;
        Ok(self.gathered.pass_on()?)
    }

    fn end(self: Box<Self>) -> anyhow::Result<Vec<String>> {
        self.gathered.end()?;
        Ok(Vec::new())
    }
}

/// The function of SQL that forms a line of csv.
const FUNCTION: &str = "csv_line";

/// Writes the rows of a SELECT with these columns as csv; `bind` gives its parameters their values.
///
/// A function of SQL forms the line of each row, so that the values go to it where they are: to take each out of the
/// statement takes as long as half of the rest of a large export.
pub(crate) fn write(
    book: &Connection,
    select: &str,
    columns: Vec<Column>,
    look: &Look,
    bind: impl FnOnce(&mut Statement<'_>) -> rusqlite::Result<()>,
    out: &mut dyn Write,
) -> anyhow::Result<Written> {
    let (lines, count) = (Lines::of(look), i32::try_from(columns.len())?);
    let mut gathered = Gathered { out, bytes: lines.header(&columns, look) };
    let names = (0..count).map(|index| format!("c{index}")).collect::<Vec<_>>().join(", ");
    // Right above an ordered list a function would make SQLite lay every row aside first.
    let select = format!(
        "WITH list ({names}) AS NOT MATERIALIZED ({select})
         SELECT line FROM (SELECT {FUNCTION}({names}) AS line FROM list)"
    );
    let fault = Arc::new(Mutex::new(None));
    let found = Arc::clone(&fault);
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    book.create_scalar_function(FUNCTION, count, flags, move |values| {
        let cells = columns.iter().enumerate().map(|(index, column)| Cell::read(column, values.get_raw(index)));
        let mut line = Vec::with_capacity(LINE);
        lines.push(&mut line, cells).map_err(|error| {
            let stopped = rusqlite::Error::UserFunctionError(error.to_string().into());
            found.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            stopped
        })?;
        Ok(line)
    })?;
    let written = gather(book, &select, bind, &mut gathered);
    book.remove_function(FUNCTION, count)?;
    // SQLite tells of it in a text only.
    if let Some(fault) = fault.lock().unwrap_or_else(PoisonError::into_inner).take() {
        return Err(fault);
    }
    let rows = written?;
    gathered.end()?;
    Ok(Written { rows, left_out: Vec::new() })
}

/// Gathers the lines that a SELECT gives; tells how many.
fn gather(
    book: &Connection,
    select: &str,
    bind: impl FnOnce(&mut Statement<'_>) -> rusqlite::Result<()>,
    gathered: &mut Gathered<'_>,
) -> anyhow::Result<u64> {
    let mut statement = book.prepare(select)?;
    bind(&mut statement)?;
    let (mut lines, mut count) = (statement.raw_query(), 0);
    while let Some(line) = lines.next()? {
        gathered.bytes.extend_from_slice(line.get_ref(0)?.as_blob()?);
        gathered.pass_on()?;
        count += 1;
    }
    Ok(count)
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
pub(crate) fn is_formula(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\u{a0}', '\u{3000}', '"', '\'']);
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// Whether a spreadsheet would take a text for a number or a day and write it anew: `00123`, a number of twelve digits and more, `1E5`, `1-3`.
fn is_reckoned(text: &[u8]) -> bool {
    let are_digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    if are_digits(text) {
        return (text[0] == b'0' && text.len() > 1) || text.len() >= 12;
    }
    let mut parts = text.split(|byte| matches!(byte, b'E' | b'e' | b'-' | b'/'));
    let (Some(first), Some(second), third, None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let day_or_power = first.len() <= 2 || text.contains(&b'E') || text.contains(&b'e');
    day_or_power && are_digits(first) && are_digits(second) && third.is_none_or(are_digits)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::{array::uniform3, collection::vec, prelude::*};
    use rusqlite::{Connection, params_from_iter};

    use super::super::query::Query;
    use super::super::{Format, tests::printed};
    use super::*;
    use crate::refusal::Refusal;

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
    fn digits_that_a_spreadsheet_would_write_anew_stay_text() {
        for text in ["00123", "00012345678901234567", "123456789012", "1E5", "12e3", "1-3", "3/4", "1-2-3"] {
            assert!(is_reckoned(text.as_bytes()), "{text}");
        }
        for text in
            ["", "0", "123", "12345678901", "2026-11-22", "2026-11", "1-3; 4", "HAY05001", "1.5", "a-1", "-", "E5"]
        {
            assert!(!is_reckoned(text.as_bytes()), "{text}");
        }
        let sql = "SELECT '00123' AS bill, 123 AS n";
        assert_eq!(printed(sql, Format::Csv, &excel()), "\u{feff}bill,n\r\n\t00123,123\r\n");
        assert_eq!(printed(sql, Format::Csv, &Look::default()), "bill,n\n00123,123\n");
    }

    #[test]
    fn only_text_is_neutralised_and_only_for_excel() {
        let sql = "SELECT '=cmd' AS note, -5 AS n, -0.5 AS ratio, -1250 AS amount_fen, -100 AS share_pct";
        let header = "note,n,ratio,amount,share";
        assert_eq!(printed(sql, Format::Csv, &excel()), format!("\u{feff}{header}\r\n'=cmd,-5,-0.5,-12.50,-1.00\r\n"));
        assert_eq!(printed(sql, Format::Csv, &Look::default()), format!("{header}\n=cmd,-5,-0.5,-12.50,-1.00\n"));
    }

    /// A list as it is written for a command.
    fn listed(query: &Query) -> anyhow::Result<String> {
        let book = Connection::open_in_memory()?;
        let mut out = Vec::new();
        query.write(&book, Format::Csv, &Look::default(), &mut out)?;
        Ok(String::from_utf8(out)?)
    }

    #[test]
    fn rows_come_in_the_order_of_the_list_however_it_is_made() {
        let numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 4) SELECT";
        for (select, rows) in [
            (format!("{numbers} i AS a FROM n ORDER BY -i"), "a\n4\n3\n2\n1\n"),
            (format!("{numbers} i AS a, i AS a FROM n ORDER BY i % 2, i"), "a,a\n2,2\n4,4\n1,1\n3,3\n"),
            (format!("SELECT * FROM ({numbers} i FROM n ORDER BY -i LIMIT 2)"), "i\n4\n3\n"),
            (
                format!("SELECT 9 AS a UNION ALL SELECT * FROM ({numbers} -i FROM n) ORDER BY 1"),
                "a\n-4\n-3\n-2\n-1\n9\n",
            ),
            (format!("{numbers} max(i), count(*) FROM n"), "max(i),count(*)\n4,4\n"),
            ("SELECT value FROM json_each('[3,1,2]') WHERE value < :most ORDER BY value".to_owned(), "value\n1\n2\n"),
        ] {
            assert_eq!(listed(&Query::new("", &select).with(":most", 3)).unwrap(), rows, "{select}");
        }
    }

    #[test]
    fn a_list_that_cannot_be_written_says_why() {
        let refused = listed(&Query::new("", "SELECT 1 AS a, 2 AS late_flag")).unwrap_err();
        assert!(refused.is::<Refusal>(), "{refused}");
        assert!(refused.to_string().starts_with("the column late holds 2 where 0 or 1 belongs"), "{refused}");
        let (reader, mut writer) = std::io::pipe().unwrap();
        drop(reader);
        let book = Connection::open_in_memory().unwrap();
        let broken = Query::new("", "SELECT 1 AS a").write(&book, Format::Csv, &Look::default(), &mut writer);
        let kind = broken.unwrap_err().downcast_ref::<io::Error>().map(io::Error::kind);
        assert_eq!(kind, Some(io::ErrorKind::BrokenPipe));
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
            let mut out = Vec::new();
            let list = Query::new("", "SELECT a, b, c FROM texts ORDER BY rowid");
            list.write(&connection, Format::Csv, &Look::default(), &mut out).unwrap();
            let read: Vec<[String; 3]> = csv::Reader::from_reader(out.as_slice()).deserialize().map(Result::unwrap).collect();
            prop_assert_eq!(read, rows);
        }
    }
}
