//! Workbooks come in as clerks have them: with titles, merged cells, sums and numbers written ahead; and none is opened that would burst.

use std::io::Write as _;

use insta::assert_snapshot;
use rawzip::{CompressionMethod, ZipArchiveWriter};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use branchbook::view::with_views;

use crate::import_large::{self, LEDGERS, source};
use crate::office::Office;

/// What a cell of a sheet is made as.
#[derive(Clone, Copy)]
pub(crate) enum Cell<'a> {
    Text(&'a str),
    Number(f64),
    /// A day of the calendar, with or without a time.
    Day(&'a str),
}

use Cell::{Day, Number, Text};

/// A ledger with the cells that a spreadsheet makes of it.
const LEDGER: [[Cell<'_>; 5]; 3] = [
    [Text("编号"), Text("事由"), Text("日期"), Text("收件单位"), Text("页数")],
    [Text("HAY05001"), Text("图纸确认"), Day("2019-03-05"), Text("技术开发科"), Number(2.0)],
    [Text("HAY05002"), Text("交货期\n与包装"), Day("2019-03-06"), Text("包钢"), Text("")],
];

/// The options by which it comes in.
const OPTIONS: &str = "--department business --map number=编号 --map subject=事由 --map issued_on=日期 --map to=收件单位 --map pages=页数 --set kind=execution --set by=wang";

pub(crate) fn csv<'a>(rows: &[impl AsRef<[Cell<'a>]>]) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        let cells = row.as_ref().iter().map(|cell| match cell {
            Text(text) | Day(text) => (*text).to_owned(),
            Number(number) => number.to_string(),
        });
        writer.write_record(cells).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// Puts the rows onto a page, from the row of this index.
pub(crate) fn fill<'a>(page: &mut Worksheet, from: u32, rows: &[impl AsRef<[Cell<'a>]>]) {
    let day = Format::new().set_num_format("yyyy/m/d");
    let instant = Format::new().set_num_format("yyyy/m/d hh:mm");
    for (row, cells) in (from..).zip(rows) {
        for (column, cell) in (0..).zip(cells.as_ref()) {
            match cell {
                Text("") => {}
                Text(text) => drop(page.write_string(row, column, *text).unwrap()),
                Number(number) => drop(page.write_number(row, column, *number).unwrap()),
                Day(at) => {
                    let format = if at.contains(':') { &instant } else { &day };
                    let at = ExcelDateTime::parse_from_str(at).unwrap();
                    page.write_datetime_with_format(row, column, &at, format).unwrap();
                }
            }
        }
    }
}

/// A workbook with one sheet of these rows.
pub(crate) fn xlsx<'a>(rows: &[impl AsRef<[Cell<'a>]>]) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet(), 0, rows);
    book.save_to_buffer().unwrap()
}

/// A zip file of these parts.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (name, content) in parts {
        let packed = !matches!(*name, "mimetype");
        let method = if packed { CompressionMethod::DEFLATE } else { CompressionMethod::STORE };
        let (mut entry, config) = archive.new_file(name).compression_method(method).start().unwrap();
        let descriptor = if packed {
            let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
            let mut writer = config.wrap(encoder);
            writer.write_all(content).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            descriptor
        } else {
            let mut writer = config.wrap(&mut entry);
            writer.write_all(content).unwrap();
            writer.finish().unwrap().1
        };
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap()
}

/// An open document with these tables.
fn open_document(tables: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content><office:automatic-styles><style:style style:name=\"gone\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

pub(crate) fn ods<'a>(rows: &[impl AsRef<[Cell<'a>]>]) -> Vec<u8> {
    let mut table = String::from("<table:table table:name=\"Sheet1\">");
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    for row in rows {
        table += "<table:table-row>";
        for cell in row.as_ref() {
            let cell = match cell {
                Text("") => "<table:table-cell/>".to_owned(),
                Text(text) => format!(
                    "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                    escaped(text).replace('\n', "</text:p><text:p>")
                ),
                Number(number) => format!(
                    "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>"
                ),
                Day(day) => format!(
                    "<table:table-cell office:value-type=\"date\" office:date-value=\"{}\"><text:p>x</text:p></table:table-cell>",
                    day.replace(' ', "T")
                ),
            };
            table += &cell;
        }
        table += "<table:table-cell table:number-columns-repeated=\"16379\"/></table:table-row>";
    }
    table += "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>";
    open_document(&table)
}

fn utf16(text: &str) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// Imports a file with the ledger's options and more; gives what was said, without the file's path.
fn told(office: &Office, name: &str, bytes: impl AsRef<[u8]>, more: &str) -> String {
    let file = office.file(name, bytes);
    let outcome = office.run(&format!("contact import {file} {OPTIONS} {more}"));
    format!("{}{}", outcome.err, outcome.out).replace(&file, name)
}

/// What the book has of each entry.
fn taken(office: &Office) -> String {
    let sql = "SELECT group_concat(concat_ws('|', number, issued_on, subject, addressed_to, pages), char(10)) FROM contact_list";
    office.sql().query_row(&with_views(sql), (), |row| row.get(0)).unwrap()
}

/// The rows in every kind of file.
fn files<'a>(rows: &[impl AsRef<[Cell<'a>]>]) -> [(&'static str, Vec<u8>); 6] {
    let text = csv(rows);
    [
        ("a.csv", text.clone().into_bytes()),
        ("b.csv", encoding_rs::GB18030.encode(&text).0.into_owned()),
        ("c.csv", utf16(&text)),
        ("d.csv", format!("\u{feff}{}", text.replace("\r\n", "\n").replace('\n', "\r\n")).into_bytes()),
        ("e.xlsx", xlsx(rows)),
        ("f.ods", ods(rows)),
    ]
}

/// Takes each kind of file into a book of its own, and whatever it comes in again as, the book has it. Gives the list of the register.
fn same_book(
    register: &str,
    rows: usize,
    files: &[(&str, Vec<u8>)],
    office: impl Fn() -> Office,
    options: &str,
) -> String {
    let books: Vec<String> = files
        .iter()
        .map(|(name, bytes)| {
            let office = office();
            let told = |name: &str, bytes: &[u8]| {
                office.ok(&format!("{register} import {} {options}", office.file(name, bytes)))
            };
            let said = told(name, bytes);
            assert!(said.ends_with(&format!(" imported: {rows}\n")), "{register} {name} {said}");
            for (again, bytes) in files {
                let said = told(again, bytes);
                let known = format!(" imported: 0, in the book already: {rows}\n");
                assert!(said.ends_with(&known), "{register} {name} {again} {said}");
            }
            office.ok(&format!("{register} list --format csv"))
        })
        .collect();
    assert!(books.iter().all(|book| *book == books[0]), "{books:#?}");
    books[0].clone()
}

#[test]
fn the_same_ledger_makes_the_same_book_from_every_kind_of_file() {
    let book = same_book("contact", 2, &files(&LEDGER), Office::staffed, OPTIONS);
    assert!(book.contains("HAY05002,") && book.contains("\"交货期\n与包装\""), "{book}");
}

/// A row as a spreadsheet has it, by the names of the columns.
fn cells<'a>(columns: &[&str], row: &'a [String]) -> Vec<Cell<'a>> {
    let cell = |(column, cell): (&&str, &'a String)| match cell.parse() {
        _ if column.ends_with("_on") => Day(cell),
        Ok(number) if ["amount", "price", "basis"].contains(column) => Number(number),
        _ => Text(cell),
    };
    columns.iter().zip(row).map(cell).collect()
}

#[test]
fn the_same_file_of_every_register_makes_the_same_book_whatever_kind_it_is() {
    for (register, _, columns) in LEDGERS {
        // Every second row is as the one before it: without a number each is an entry of its own.
        let mut source: Vec<Vec<String>> = source(columns, 4).into_iter().flat_map(|row| [row.clone(), row]).collect();
        let mut columns: Vec<&str> = columns.iter().map(|(column, _)| *column).collect();
        if register == "contact" {
            columns.push("number");
            (1..).zip(&mut source).for_each(|(row, cells): (u32, _)| cells.push(format!("HAY05{row:03}")));
        }
        let header = columns.iter().map(|column| Text(column)).collect();
        let rows: Vec<Vec<Cell<'_>>> =
            std::iter::once(header).chain(source.iter().map(|row| cells(&columns, row))).collect();
        let book = same_book(register, 8, &files(&rows), || import_large::office(register), "");
        assert!(book.lines().count() > 8, "{book}");
    }
}

#[test]
fn an_old_workbook_of_office_comes_in() {
    let office = Office::staffed();
    assert_snapshot!(told(&office, "old.xls", include_bytes!("old_ledger.xls"), ""), @"
    old.xls: the header stands in line 2; --skip-lines COUNT says otherwise
    the series business goes on with HAY05003
    open, and so outstanding: 2, the oldest since 2019-03-05; what is done comes in with --set state=archived
    taken for units outside the company: 包钢
    passed over, for they are sums, by line: 5
    old.xls: contact forms imported: 2
    ");
    assert_snapshot!(taken(&office), @r"
    HAY05001|2019-03-05|图纸确认|technology|2
    HAY05002|2019-03-06|交货期|包钢
    ");
}

/// A ledger as a clerk's sheet has it: titles, a department over two rows, a time, digits that are numbers, a sum, rows numbered ahead.
fn clerks() -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name("2019 台账").unwrap();
    let plain = Format::new();
    page.merge_range(0, 0, 0, 5, "联系单台账", &plain).unwrap();
    page.write_string(1, 0, "单位：业务科").unwrap();
    fill(
        page,
        2,
        &[
            [Text("编 号"), Text("事由"), Text("日期"), Text("收件\n单位"), Text("页数"), Text("备注")],
            [Text("HAY05001"), Text("图纸确认"), Day("2019-03-05 14:30"), Text(""), Number(2.0), Text("")],
            [Text("HAY05002"), Text("交货期"), Number(43530.0), Text(""), Number(1.0), Text("x")],
            [Text("HAY05003"), Text(""), Text(""), Text(""), Number(0.0), Text("")],
            [Text("合 计"), Text(""), Text(""), Text(""), Number(3.0), Text("")],
        ],
    );
    page.merge_range(3, 3, 4, 3, "技术开发科", &plain).unwrap();
    fill(book.add_worksheet().set_name("说明").unwrap(), 0, &[[Text("x")]]);
    book.save_to_buffer().unwrap()
}

#[test]
fn titles_merged_cells_sums_and_numbers_written_ahead_are_seen_through() {
    let office = Office::staffed();
    let options = OPTIONS.replace("number=编号", "'number=编 号'").replace("to=收件单位", "'to=收件 单位'");
    let file = office.file("old.xlsx", clerks());
    let outcome = office.run(&format!("contact import {file} {options} --dry-run"));
    assert_snapshot!(format!("{}{}", outcome.err, outcome.out).replace(&file, "old.xlsx"), @r"
    old.xlsx: sheet 2019 台账 is read; --sheet names another: 说明
    old.xlsx: what stands in merged cells counts for each of their rows: 收件 单位
    old.xlsx: the header stands in line 3; --skip-lines COUNT says otherwise
    column not used: 备注
    the series business goes on with HAY05003
    open, and so outstanding: 2, the oldest since 2019-03-05; what is done comes in with --set state=archived
    passed over, for they are sums, by line: 7
    passed over, for nothing but a number stands there (1), by line: 6
    the time of day was left out of cells that have a day: 1
    dry run: nothing was written
    old.xlsx: contact forms imported: 2
    ");
    let outcome = office.run(&format!("contact import {file} {options}"));
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_snapshot!(taken(&office), @r"
    HAY05001|2019-03-05|图纸确认|technology|2
    HAY05002|2019-03-06|交货期|technology|1
    ");
}

#[test]
fn a_bad_cell_is_named_as_the_spreadsheet_names_it_and_the_rejects_come_in_mended() {
    let office = Office::staffed();
    let mut rows = LEDGER.map(|row| row.to_vec());
    rows[2][2] = Text("#N/A");
    rows[1][4] = Number(1_234_567_890_123_456_789.0);
    let bad = office.path("bad.csv");
    let said = told(&office, "old.xlsx", xlsx(&rows), &format!("--rejects {}", bad.display()));
    assert_snapshot!(said.replace(&bad.display().to_string(), "bad.csv"), @r"
    old.xlsx: Sheet1!E2: 页数: 1.23456789012346E+18 is a number whose last digits the spreadsheet did not keep: make the column one of text and type it again
    old.xlsx: Sheet1!C3: 日期: #N/A is what a formula left there: mend it in the spreadsheet
    the bad rows are in bad.csv
    2 of 2 rows cannot be taken; nothing was imported
    ");
    let mended = office.read("bad.csv").replace("#N/A", "2019-03-06").replace("1.23456789012346E+18", "2");
    assert_snapshot!(told(&office, "mended.csv", mended, ""), @"
    the series business goes on with HAY05003
    open, and so outstanding: 2, the oldest since 2019-03-05; what is done comes in with --set state=archived
    taken for units outside the company: 包钢
    mended.csv: contact forms imported: 2
    ");
}

#[test]
fn a_sheet_is_chosen_by_name_or_place() {
    let office = Office::staffed();
    let mut book = Workbook::new();
    fill(book.add_worksheet().set_name("说明").unwrap(), 0, &[[Text("x")]]);
    fill(book.add_worksheet().set_name("台账").unwrap(), 0, &LEDGER);
    let bytes = book.save_to_buffer().unwrap();
    assert_snapshot!(told(&office, "old.xlsx", &bytes, "--sheet 台账 --dry-run"), @"
    the series business goes on with HAY05003
    open, and so outstanding: 2, the oldest since 2019-03-05; what is done comes in with --set state=archived
    taken for units outside the company: 包钢
    dry run: nothing was written
    old.xlsx: contact forms imported: 2
    ");
    assert_snapshot!(told(&office, "old.xlsx", &bytes, "--sheet 2 --dry-run"), @"
    the series business goes on with HAY05003
    open, and so outstanding: 2, the oldest since 2019-03-05; what is done comes in with --set state=archived
    taken for units outside the company: 包钢
    dry run: nothing was written
    old.xlsx: contact forms imported: 2
    ");
    assert_snapshot!(told(&office, "old.xlsx", &bytes, "--sheet 3"), @r#"old.xlsx has no sheet "3"; its sheets are "说明", "台账"; name one with --sheet"#);
    assert_snapshot!(told(&office, "old.xlsx", &bytes, "--sheet 2 --encoding gbk"), @"old.xlsx is a workbook, which needs no --encoding; leave --encoding out");
    assert_snapshot!(told(&office, "old.csv", csv(&LEDGER), "--sheet 1"), @"old.csv is no workbook, and has no sheets; leave --sheet out");
    let hidden = open_document(
        "<table:table table:name=\"a\" table:style-name=\"gone\"/><table:table table:name=\"b\"><table:table-row/></table:table>",
    );
    assert_snapshot!(told(&office, "old.ods", hidden, ""), @"sheet b of old.ods is empty; name another with --sheet");
}

#[test]
fn small_files_that_would_become_large_are_not_opened() {
    let office = Office::staffed();
    let mut book = Workbook::new();
    book.add_worksheet().write_string(1_048_575, 16_383, "x").unwrap();
    assert_snapshot!(told(&office, "far.xlsx", book.save_to_buffer().unwrap(), ""), @r#"far.xlsx is not read: a cell stands at Sheet1!XFD1048576, and 1000 columns are read at most; copy the rows that matter into a new workbook, or save the sheet as "CSV UTF-8""#);
    let zeros = vec![b' '; 100 << 20];
    let bomb = zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(bomb.len() < 1_000_000);
    assert_snapshot!(told(&office, "bomb.xlsx", bomb, ""), @r#"bomb.xlsx is not read: unpacked it is larger than 64 MiB, the most for its size; copy the rows that matter into a new workbook, or save the sheet as "CSV UTF-8""#);
    let cell = "<table:table-cell table:number-columns-repeated=\"900\" office:value-type=\"string\"><text:p>0123456789</text:p></table:table-cell>";
    let wide = format!(
        "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"1000000\">{cell}</table:table-row></table:table>"
    );
    assert_snapshot!(told(&office, "wide.ods", open_document(&wide), ""), @r#"wide.ods is not read: its text comes to more than 1024 MiB; copy the rows that matter into a new workbook, or save the sheet as "CSV UTF-8""#);
    let far = wide.replace("900", "20000").replace("1000000", "1");
    assert_snapshot!(told(&office, "far.ods", open_document(&far), ""), @r#"far.ods is not read: a cell stands at a!ALM1, and 1000 columns are read at most; copy the rows that matter into a new workbook, or save the sheet as "CSV UTF-8""#);
}

#[test]
fn what_is_no_workbook_is_named() {
    let office = Office::staffed();
    assert_snapshot!(told(&office, "old.xls", "\u{feff} <HTML><table><tr><td>编号</td></tr></table>", ""), @"old.xls is a page of a browser (HTML or XML), whatever its name says; open it in a spreadsheet and save it as .xlsx");
    assert_snapshot!(told(&office, "torn.xlsx", &xlsx(&LEDGER)[..2000], ""), @"cannot read torn.xlsx: Missing end of central directory; open it in a spreadsheet and save it again as .xlsx");
    assert_snapshot!(told(&office, "torn.xlsx", &xlsx(&LEDGER)[..2000], "--lang zh"), @"无法读取 torn.xlsx：文件已损坏或不完整；请用电子表格软件打开，重新另存为 .xlsx");
    assert_snapshot!(told(&office, "old.docx", zip(&[("word/document.xml", b"<w/>")]), ""), @"old.docx is a zip file, but no workbook that is read; open it and save its table as .xlsx");
    let compound = |stream: &str| {
        let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
        file.create_stream(stream).unwrap().write_all(b"x").unwrap();
        file.into_inner().into_inner()
    };
    assert_snapshot!(told(&office, "secret.xlsx", compound("/EncryptedPackage"), ""), @"secret.xlsx is protected by a password; open it in a spreadsheet and save it without one");
    assert_snapshot!(told(&office, "old.doc", compound("/WordDocument"), ""), @"old.doc is a file of Office, but no workbook; open it and save its table as .xlsx");
    assert_snapshot!(told(&office, "odd.xls", compound("/Workbook"), ""), @"cannot read odd.xls: End of stream 'record type and length'; open it in a spreadsheet and save it again as .xlsx");
}
