//! Every register takes a large file whole, with and without numbers, and what the book then has is its source, row by row. The slice here is
//! part of the tests; `just import` takes 100,000 rows of each register and tells the time and the memory.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::time::Instant;

use crate::office::Office;

/// A register, the column by which its rows are told apart, and what stands in the columns; `{i}` is the row, `{day}` its day.
pub(crate) type Ledger = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

pub(crate) const LEDGERS: [Ledger; 8] = [
    (
        "contact",
        "subject",
        &[
            ("issued_on", "{day}"),
            ("department", "business"),
            ("issued_by", "wang"),
            ("kind", "execution"),
            ("addressed_to", "包钢第{i}厂"),
            ("subject", "图纸确认, 第{i}号"),
            ("content", "第一行\n\"第{i}行\""),
        ],
    ),
    (
        "info",
        "customer",
        &[
            ("collected_on", "{day}"),
            ("department", "business"),
            ("collected_by", "zhou"),
            ("customer", "客户{i}"),
            ("region", "辽宁鞍山"),
            ("equipment", "轧机{i}"),
            ("need", "备件 {i}"),
            ("phone", "0041{i}"),
        ],
    ),
    (
        "project",
        "title",
        &[
            ("opened_on", "{day}"),
            ("department", "business"),
            ("opened_by", "wang"),
            ("customer", "包钢{i}"),
            ("title", "轧机改造{i}"),
            ("amount", "{i}.50"),
        ],
    ),
    (
        "reception",
        "purpose",
        &[
            ("planned_on", "{day}"),
            ("department", "business"),
            ("planned_by", "wang"),
            ("unit", "鞍钢"),
            ("purpose", "考察第{i}次"),
            ("arrive_on", "{day}"),
            ("kind", "visit"),
        ],
    ),
    (
        "gift",
        "occasion",
        &[
            ("asked_on", "{day}"),
            ("department", "business"),
            ("asked_by", "zhou"),
            ("unit", "包钢"),
            ("occasion", "开工{i}"),
            ("place", "包头"),
            ("recipients", "张工{i} (工程师)"),
            ("items", "茶叶 x 1 @ 300.00"),
        ],
    ),
    (
        "fee",
        "payee",
        &[
            ("asked_on", "{day}"),
            ("department", "business"),
            ("asked_by", "zhou"),
            ("kind", "agency"),
            ("payee", "代理{i}"),
            ("employer", "某公司"),
            ("project", "PRJ19-001"),
            ("amount", "1{i}.00"),
            ("reason", "代理"),
            ("basis", "5000000.00"),
        ],
    ),
    (
        "asset",
        "serial_no",
        &[
            ("bought_on", "{day}"),
            ("department", "business"),
            ("keeper", "wang"),
            ("name", "电脑"),
            ("price", "6000.00"),
            ("serial_no", "000{i}"),
        ],
    ),
    (
        "ship",
        "place",
        &[
            ("notified_on", "{day}"),
            ("department", "business"),
            ("organised_by", "zhou"),
            ("form", "truck"),
            ("place", "鞍山{i}"),
            ("contract", "BG-{i}"),
            ("freight", "company"),
        ],
    ),
];

/// The rows of a register's file.
pub(crate) fn source(columns: &[(&str, &str)], rows: usize) -> Vec<Vec<String>> {
    let cell = |template: &str, row: usize| {
        let day = format!("20{}-{:02}-{:02}", 19 + row * 5 / rows, row % 12 + 1, row % 28 + 1);
        template.replace("{i}", &row.to_string()).replace("{day}", &day)
    };
    (0..rows).map(|row| columns.iter().map(|(_, template)| cell(template, row)).collect()).collect()
}

fn csv(header: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// An office whose book takes files of this register.
pub(crate) fn office(register: &str) -> Office {
    let office = Office::staffed();
    if register == "fee" {
        let project =
            "number,opened_on,department,opened_by,customer,title\nPRJ19-001,2019-01-01,business,wang,包钢,轧机\n";
        office.ok(&format!("project import {}", office.file("project.csv", project)));
    }
    office
}

/// The most memory that the process has taken since the last look, in MiB; nothing where the system does not tell.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    peak.map_or_else(String::new, |peak| format!(", {} MiB at most", peak >> 10))
}

/// What the book has of each row, by the column that tells them apart.
fn exported(office: &Office, register: &str, key: &str) -> HashMap<String, HashMap<String, String>> {
    let list = office.ok(&format!("{register} list --format csv"));
    let rows = csv::Reader::from_reader(list.as_bytes()).into_deserialize::<HashMap<String, String>>();
    rows.map(|row| row.unwrap()).map(|row| (row[key].clone(), row)).collect()
}

/// Takes a file of so many rows into every register and compares.
fn whole(rows: usize) -> String {
    let mut told = String::new();
    for (register, key, columns) in LEDGERS {
        let office = office(register);
        let header: Vec<&str> = columns.iter().map(|(column, _)| *column).collect();
        let source = source(columns, rows);
        // Forms have their numbers on paper, whoever else has none.
        let numbers: Vec<String> = (0..rows).map(|row| format!("HAY05{:03}", row + 1)).collect();
        let with_numbers = |numbers: &[String]| {
            let numbered = source
                .iter()
                .zip(numbers)
                .map(|(row, number)| std::iter::once(number.clone()).chain(row.iter().cloned()).collect::<Vec<_>>());
            let header: Vec<&str> = std::iter::once("number").chain(header.iter().copied()).collect();
            csv(&header, &numbered.collect::<Vec<_>>())
        };
        let plain = if register == "contact" { with_numbers(&numbers) } else { csv(&header, &source) };
        let take = |office: &Office, bytes: &[u8], new: usize| {
            let file = office.file("old.csv", bytes);
            memory();
            let begun = Instant::now();
            let said = office.ok(&format!("{register} import {file}"));
            let again = if new == 0 { format!(", in the book already: {rows}") } else { String::new() };
            assert!(said.ends_with(&format!(" imported: {new}{again}\n")), "{register}: {said}");
            format!("{:.1} s{}", begun.elapsed().as_secs_f32(), memory())
        };
        let compare = |office: &Office| {
            let book = exported(office, register, key);
            let at = header.iter().position(|column| *column == key).unwrap();
            let known = if register == "fee" { rows } else { book.len() };
            assert_eq!(known, rows, "{register}");
            for row in &source {
                let entry = &book[&row[at]];
                for (column, cell) in header.iter().zip(row) {
                    assert_eq!(entry[*column], *cell, "{register} {column} of {}", row[at]);
                }
            }
            source.iter().map(|row| book[&row[at]]["number"].clone()).collect::<Vec<_>>()
        };
        let first = take(&office, &plain, rows);
        let again = take(&office, &plain, 0);
        let numbers = compare(&office);
        writeln!(told, "{register}: {rows} rows in {first}; again in {again}").unwrap();
        let other = self::office(register);
        let numbered = with_numbers(&numbers);
        let first = take(&other, &numbered, rows);
        assert_eq!(compare(&other), numbers, "{register}");
        writeln!(told, "{register}, numbered: {first}").unwrap();
    }
    told
}

#[test]
fn a_file_of_every_register_comes_in_whole() {
    whole(150);
}

#[test]
#[ignore = "minutes: just import"]
fn a_hundred_thousand_rows_of_every_register_come_in_whole() {
    println!("{}", whole(100_000));
}
