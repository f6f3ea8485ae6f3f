//! What goes out of a register comes into another book and goes out the same, in every register that is a form.

use std::collections::BTreeSet;

use branchbook::register::forms;

use crate::every_verb;
use crate::office::Office;

/// The registers in an order in which none refers to one behind it.
const ORDER: [&str; 8] = ["info", "project", "reception", "contact", "gift", "fee", "asset", "ship"];

/// States whose entries do not come in from a file: their approval must be given in the book.
const STAYING: [(&str, &str); 3] = [("fee", "approved"), ("fee", "signed"), ("fee", "registered")];

/// A column that lists show from elsewhere: the contract of a shipment's project, which is signed in the book and comes from no file.
const ELSEWHERE: (&str, &str) = ("ship", "contract");

/// A book of the same office, in which nothing is entered yet.
fn fresh() -> Office {
    let founding: Vec<&str> =
        include_str!("../../src/demo.txt").lines().take_while(|line| *line != "@ 2026-10-08T08:40").collect();
    let office = Office::empty().on("2026-10-01");
    let shown = office.transcript(&founding.join("\n"));
    assert!(!shown.contains("[exit "), "{shown}");
    // Prices are no register's, and a gift says whether it is on their list.
    let office = office.on("2026-10-02");
    office.ok("gift catalog add 铸铜摆件 --price 180 --by chen");
    office.on("2026-11-20")
}

/// The columns that a file of the register may have.
fn imported(office: &Office, register: &str) -> BTreeSet<String> {
    let help = office.ok(&format!("{register} import --help"));
    let (_, columns) = help.split_once("shorter name):\n").unwrap();
    let names = columns.lines().filter_map(|line| line.strip_prefix("  ")?.split([' ', '*']).next());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The rows of a csv file, with the columns of these names alone.
fn columns(csv: &str, names: &BTreeSet<String>) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let kept: Vec<usize> = (0..header.len()).filter(|place| names.contains(&header[*place])).collect();
    let row = |row: &csv::StringRecord| kept.iter().map(|place| row[*place].to_owned()).collect();
    std::iter::once(row(&header)).chain(reader.records().map(|record| row(&record.unwrap()))).collect()
}

/// The file without the rows in states whose entries do not come in.
fn rows_that_come_in(register: &str, csv: &str) -> String {
    let mut reader = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let state = header.iter().position(|name| name == "state").unwrap();
    let mut kept = csv::Writer::from_writer(Vec::new());
    kept.write_record(&header).unwrap();
    for row in reader.records().map(Result::unwrap).filter(|row| !STAYING.contains(&(register, &row[state]))) {
        kept.write_record(&row).unwrap();
    }
    String::from_utf8(kept.into_inner().unwrap()).unwrap()
}

#[test]
fn every_register_goes_out_and_comes_in_the_same() {
    let (office, other) = (every_verb::office(), fresh());
    assert_eq!(ORDER.iter().copied().collect::<BTreeSet<_>>(), forms().map(|form| form.register.name).collect());
    for register in ORDER {
        let mut names = imported(&office, register);
        names.retain(|name| (register, name.as_str()) != ELSEWHERE);
        let out = rows_that_come_in(register, &office.ok(&format!("{register} list --format csv")));
        let file = other.file("out.csv", &out);
        let answer = other.run(&format!("{register} import {file}"));
        assert_eq!(answer.code, 0, "{register}: {}{}", answer.out, answer.err);
        let again = other.ok(&format!("{register} list --format csv"));
        let (before, after) = (columns(&out, &names), columns(&again, &names));
        assert!(before.len() > 3 && before.len() == after.len(), "{register}: {again}");
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before, after, "{register}");
        }
        // What is there already comes in no second time, not even from the other book.
        let file = other.file("again.csv", &again);
        for came in [
            other.ok(&format!("{register} import {file}")),
            office.ok(&format!("{register} import {}", office.file("out.csv", &out))),
        ] {
            assert!(came.contains("imported: 0, in the book already: "), "{register}: {came}");
        }
    }
    let staying = office.run("fee list --format csv").out;
    for row in staying.lines().filter(|row| STAYING.iter().any(|(_, state)| row.split(',').nth(1) == Some(*state))) {
        other.ok(&format!("fee void {} --reason 批准在另一本账册", row.split(',').next().unwrap()));
    }
    other.ok("verify");
}
