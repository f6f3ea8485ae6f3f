#![allow(clippy::unwrap_used)]

use std::io::Cursor;

use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::*;

fn open(bytes: impl Into<Vec<u8>>, options: &Options) -> Result<Source, String> {
    Source::of("old.csv", Box::new(Cursor::new(bytes.into())), options).map_err(|refusal| refusal.to_string())
}

fn skipping(skip_lines: usize) -> Options {
    Options { skip_lines: Some(skip_lines), ..Options::default() }
}

#[test]
fn text_behind_a_closing_quote_and_line_ends_within_a_cell() {
    assert_eq!(
        listed(
            "a,b\n1,\"Hey, I missed \" it\"\n2,\"x \"\"y\"\"\" \n\"3\",\"one\r\ntwo\rthree\"\n",
            &Options::default()
        ),
        "2! text stands behind the closing quote of cell 2: write a quote within a cell twice\n\
         3: 2|x \"y\" \n4: \"3\"|one\ntwo\nthree"
            .replace("\"3\"", "3")
    );
}

/// Every row as `line: cell|cell`, a ragged one as `line! reason`, a refusal as its message.
fn listed(bytes: impl Into<Vec<u8>>, options: &Options) -> String {
    let mut rows = match open(bytes, options) {
        Ok(source) => source,
        Err(message) => return message,
    };
    let mut listed = Vec::new();
    loop {
        match rows.advance() {
            Ok(None) => return listed.join("\n"),
            Ok(Some(Ok(row))) => {
                listed.push(format!("{}: {}", row.line, row.cells.iter().collect::<Vec<_>>().join("|")));
            }
            Ok(Some(Err(ragged))) => listed.push(format!("{}! {ragged}", ragged.line)),
            Err(refusal) => return refusal.to_string(),
        }
    }
}

/// What a file is called here, its text, the title lines to skip, and what is listed.
const TORTURE: &[(&str, &str, usize, &str)] = &[
    ("LF", "a,b\n1,2\n", 0, "2: 1|2"),
    ("CR LF", "a,b\r\n1,2\r\n3,4", 0, "2: 1|2\n3: 3|4"),
    ("CR alone", "a,b\r1,2\r3,4\r", 0, "2: 1|2\n3: 3|4"),
    ("mixed", "a,b\r1,2\n3,4\r\n5,6", 0, "2: 1|2\n3: 3|4\n4: 5|6"),
    ("mark", "\u{feff}a,b\n1,2", 0, "2: 1|2"),
    ("mark before titles", "\u{feff}T\r\nU\r\na,b\r\n1,2", 2, "4: 1|2"),
    ("titles with a quote", "the \"book\n\"of\ra,b\r\n1,2", 2, "4: 1|2"),
    ("titles, CR alone", "T,,,\r\ra,b\r1,2", 2, "4: 1|2"),
    ("titles, then a blank line", "T\n\na;b\n1;2", 1, "4: 1|2"),
    ("header over two lines", "\"a\nA\",b\n1,2", 0, "3: 1|2"),
    ("quoted line breaks", "a,b\n\"1\n1\",\"\r\n\"\n3,4\n\"5\r5\",6\n7,8", 0, "2: 1\n1|\n\n5: 3|4\n6: 5\n5|6\n8: 7|8"),
    ("blank rows", "a,b\n\n,\n \t,\u{3000}\n\"\",\"\"\n,,,,\n1,2\n\n", 0, "7: 1|2"),
    (
        "short and long",
        "a,b,c\n1\n1,2\n1,2,3,4\n1,2,3",
        0,
        "2! has 1 cell, the header has 3\n3! has 2 cells, the header has 3\n4! has 4 cells, the header has 3\n5: 1|2|3",
    ),
    ("blank cells too many", "a,b\n1,2,,\" \",\n1,2,,x", 0, "2: 1|2\n3! has 4 cells, the header has 2"),
    ("ends in the middle of a row", "a,b,c\n1,2,3\n4,5", 0, "2: 1|2|3\n3! has 2 cells, the header has 3"),
    ("tabs", "a\tb\n1,5\t2", 0, "2: 1,5|2"),
    ("semicolons", "\"a,1\";b;c\n1,5;2;3", 0, "2: 1,5|2|3"),
    ("one column", "a\n1\n\"2\n2\"\n3", 0, "2: 1\n3: 2\n2\n5: 3"),
    ("spaces are kept", "a,b\n 1 ,\u{3000}2", 0, "2:  1 |\u{3000}2"),
    ("blank names", "a,,\n1,2,3", 0, "2: 1|2|3"),
    ("header only", "a,b\n", 0, ""),
    ("header only, no line end", "a,b", 0, ""),
    (
        "torn",
        "a,b\n1,2\n\"3,4\n5,6\n",
        0,
        "old.csv:3: a quote that opens in this row is never closed; close it, or get the whole file again if this one is torn",
    ),
    (
        "torn header",
        "T\na,\"b\n1,2\n",
        1,
        "old.csv:2: a quote that opens in this row is never closed; close it, or get the whole file again if this one is torn",
    ),
    ("empty", "", 0, "old.csv is empty; its first line must name the columns"),
    ("a mark alone", "\u{feff}", 0, "old.csv is empty; its first line must name the columns"),
    ("blank lines alone", "\r\n\r\n", 0, "old.csv is empty; its first line must name the columns"),
    (
        "all skipped",
        "a,b\n1,2\n",
        2,
        "--skip-lines 2 leaves nothing of old.csv; skip only the lines that stand above the header",
    ),
    (
        "more than all skipped",
        "a,b",
        9,
        "--skip-lines 9 leaves nothing of old.csv; skip only the lines that stand above the header",
    ),
    (
        "no names",
        "T\n,,\n1,2,3",
        1,
        "old.csv:2: the header names no column; if it stands further down, say how many lines are above it with --skip-lines",
    ),
    ("twins", "T\n\nDay,No,ＤＡＹ \n1,2,3", 1, "4: 1|2|3"),
];

#[test]
fn torture() {
    for (name, text, skip_lines, expected) in TORTURE {
        assert_eq!(listed(*text, &skipping(*skip_lines)), *expected, "{name}");
    }
}

#[test]
fn torture_in_other_encodings() {
    for (name, text, skip_lines, expected) in TORTURE.iter().filter(|(_, text, ..)| !text.starts_with('\u{feff}')) {
        let (gbk, ..) = GB18030.encode(text);
        let options = Options { encoding: Some("gbk".parse().unwrap()), ..skipping(*skip_lines) };
        assert_eq!(listed(gbk, &options), *expected, "{name} in GBK");
        let utf16 = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
        assert_eq!(listed(utf16, &skipping(*skip_lines)), *expected, "{name} in UTF-16BE");
    }
}

#[test]
fn a_short_gbk_file_is_read() {
    let (gbk, ..) = GB18030.encode("编号,日期\n联通,2026-11-22\n");
    let source = open(gbk.clone(), &Options::default()).unwrap();
    assert_eq!(source.headers(), ["编号", "日期"]);
    let Recorded::Text(records) = &source.input.records else { panic!("a text") };
    assert_eq!(records.text().encoding.name(), "gb18030");
    assert_eq!(listed(gbk, &Options::default()), "2: 联通|2026-11-22");
}

#[test]
fn the_delimiter_can_be_declared() {
    let options = Options { delimiter: Some("|".parse().unwrap()), ..Options::default() };
    assert_eq!(listed("a|b,c,d\n1|2,3", &options), "2: 1|2,3");
}

#[test]
fn a_file_without_rows_says_so() {
    let mut rows = open("a,b\n,\n", &Options::default()).unwrap();
    assert!(rows.advance().unwrap().is_none());
    assert_eq!(rows.note().unwrap(), "old.csv has a header and no rows; there is nothing to import");
    let mut rows = open("a,b\n1\n", &Options::default()).unwrap();
    assert!(rows.advance().unwrap().is_some());
    assert_eq!((rows.count(), rows.note()), (1, None));
}

#[test]
fn the_hash_is_of_the_bytes_in_the_file() {
    let utf16 = "\u{feff}a\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    for bytes in ["\u{feff}a\n".into(), utf16, GB18030.encode("编号\n").0.into_owned()] {
        let expected: [u8; 32] = Sha256::digest(&bytes).into();
        let mut source = open(bytes, &Options::default()).unwrap();
        while source.advance().unwrap().is_some() {}
        assert_eq!(source.sha256(), expected);
    }
}

#[test]
fn files_are_opened_by_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.csv");
    std::fs::write(&path, "a\n1\n").unwrap();
    let source = Source::open(&path, &Options::default()).unwrap();
    assert_eq!((source.name(), source.headers()), (path.to_str().unwrap(), &["a".to_owned()][..]));
    let missing = Source::open(&folder.path().join("none.csv"), &Options::default()).unwrap_err().to_string();
    assert!(missing.starts_with("cannot read ") && missing.contains("none.csv: "), "{missing}");
    assert!(missing.ends_with("; name a CSV file or a workbook, or - for standard input"), "{missing}");
}

#[derive(Debug, Clone, Copy)]
enum Written {
    Utf8,
    Utf8Marked,
    Utf16Le,
    Utf16Be,
    Gb18030,
}

impl Written {
    fn encode(self, text: &str) -> Vec<u8> {
        let utf16 = || text.encode_utf16();
        match self {
            Self::Utf8 => text.into(),
            Self::Utf8Marked => format!("\u{feff}{text}").into(),
            Self::Utf16Le => std::iter::once(0xFEFF).chain(utf16()).flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => std::iter::once(0xFEFF).chain(utf16()).flat_map(u16::to_be_bytes).collect(),
            Self::Gb18030 => GB18030.encode(text).0.into(),
        }
    }
}

fn cell() -> impl Strategy<Value = String> {
    let characters = prop::sample::select("\"\",,;\t\n\r ab19-联通\u{3000}é𠀀€".chars().collect::<Vec<_>>());
    prop::collection::vec(characters, 0..6).prop_map(String::from_iter)
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (2..6_usize).prop_flat_map(|width| prop::collection::vec(prop::collection::vec(cell(), width), 0..8))
}

/// The table as the csv crate writes it below a title line and a header, and the line of every row.
fn written(table: &[Vec<String>], delimiter: u8, terminator: csv::Terminator) -> (String, Vec<u64>) {
    let width = table.first().map_or(2, Vec::len);
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).terminator(terminator).from_writer(Vec::new());
    writer.write_record((0..width).map(|column| format!("联{column}"))).unwrap();
    let mut starts = Vec::new();
    for row in table {
        writer.flush().unwrap();
        starts.push(editor_lines(writer.get_ref()) + 2);
        writer.write_record(row).unwrap();
    }
    let end = if let csv::Terminator::Any(byte) = terminator { char::from(byte).to_string() } else { "\r\n".into() };
    (format!("title{end}{}", String::from_utf8(writer.into_inner().unwrap()).unwrap()), starts)
}

/// The law by which lines are counted, written another way than the program does.
fn editor_lines(bytes: &[u8]) -> u64 {
    let text = String::from_utf8(bytes.to_vec()).unwrap().replace("\r\n", "\n").replace('\r', "\n");
    text.matches('\n').count().try_into().unwrap()
}

proptest! {
    #[test]
    fn any_table_comes_back_with_its_lines(
        table in table(),
        delimiter in prop::sample::select(b",\t;".to_vec()),
        terminator in prop::sample::select(
            vec![csv::Terminator::CRLF, csv::Terminator::Any(b'\n'), csv::Terminator::Any(b'\r')],
        ),
        encoding in prop::sample::select(
            vec![Written::Utf8, Written::Utf8Marked, Written::Utf16Le, Written::Utf16Be, Written::Gb18030],
        ),
    ) {
        let (text, lines) = written(&table, delimiter, terminator);
        // What is GB18030 may by chance be UTF-8 as well, so this one is declared.
        let encoding_option = matches!(encoding, Written::Gb18030).then(|| "gb18030".parse().unwrap());
        let options = Options { encoding: encoding_option, ..skipping(1) };
        let mut rows = open(encoding.encode(&text), &options).unwrap();
        let expected = lines.iter().zip(&table).filter(|(_, row)| !row.iter().all(|cell| header::is_blank(cell)));
        for (line, row) in expected {
            let read = rows.advance().unwrap().unwrap().unwrap();
            prop_assert_eq!(read.line, *line);
            let row: Vec<_> = row.iter().map(|cell| cell.replace("\r\n", "\n").replace('\r', "\n")).collect();
            prop_assert!(read.cells.iter().eq(&row), "{:?} was written, {:?} came back", row, read.cells);
        }
        prop_assert!(rows.advance().unwrap().is_none());
    }
}
