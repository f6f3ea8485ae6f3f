//! What goes out of a register comes into another book and goes out the same, in every register that is a form.

use std::collections::BTreeSet;

use branchbook::register::forms;

use crate::every_verb;
use crate::office::Office;

/// The registers in an order in which none refers to one behind it.
pub(crate) const ORDER: [&str; 8] = ["info", "project", "reception", "contact", "gift", "fee", "asset", "ship"];

/// Columns that lists show from elsewhere: the contract of a shipment's project, and what was agreed in a contract of which nothing is left.
pub(crate) const ELSEWHERE: [(&str, &str); 6] = [
    ("ship", "contract"),
    ("project", "contract"),
    ("project", "signed_on"),
    ("project", "currency"),
    ("project", "contract_amount"),
    ("project", "received"),
];

/// A book of the same office, in which nothing is entered yet; it went live after all that comes in.
pub(crate) fn fresh() -> Office {
    Office::made(|| {
        let founding: Vec<&str> =
            include_str!("../../src/cli/demo.txt").lines().take_while(|line| *line != "@ 2026-10-08T08:40").collect();
        let office = Office::empty().on("2026-11-21");
        let shown = office.transcript(&founding.join("\n").replace("@ 2026-10-01", "@ 2026-11-21"));
        assert!(!shown.contains("[exit "), "{shown}");
        // Prices are no register's, and a gift says whether it is on their list.
        let office = office.on("2026-11-22");
        office.ok("gift catalog add 铸铜摆件 --price 180 --by chen");
        office
    })
}

/// The columns that a file of the register may have.
pub(crate) fn imported(office: &Office, register: &str) -> BTreeSet<String> {
    let help = office.ok(&format!("{register} import --help"));
    let (_, columns) = help.split_once("shorter name):\n").unwrap();
    let names = columns.lines().filter_map(|line| line.strip_prefix("  ")?.split([' ', '*']).next());
    names.filter(|name| !name.is_empty() && !["import", "entered_later_on"].contains(name)).map(str::to_owned).collect()
}

/// The rows of a csv file, with the columns of these names alone.
pub(crate) fn columns(csv: &str, names: &BTreeSet<String>) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let kept: Vec<usize> = (0..header.len()).filter(|place| names.contains(&header[*place])).collect();
    let row = |row: &csv::StringRecord| kept.iter().map(|place| row[*place].to_owned()).collect();
    std::iter::once(row(&header)).chain(reader.records().map(|record| row(&record.unwrap()))).collect()
}

#[test]
fn every_register_goes_out_and_comes_in_the_same() {
    let (office, other) = (every_verb::office(), fresh());
    assert_eq!(ORDER.iter().copied().collect::<BTreeSet<_>>(), forms().map(|form| form.register.name).collect());
    for register in ORDER {
        let mut names = imported(&office, register);
        names.retain(|name| !ELSEWHERE.contains(&(register, name.as_str())));
        let out = office.ok(&format!("{register} list --format csv"));
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
        let once_more = office.ok(&format!("{register} import {}", office.file("out.csv", &out)));
        for came in [once_more, other.ok(&format!("{register} import {file}"))] {
            assert!(came.contains("imported: 0, in the book already: "), "{register}: {came}");
        }
    }
    other.ok("verify");
}

/// The file without the number of each row, and without rows that are nothing but a number.
fn without_numbers(csv: &str) -> String {
    let mut reader = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|known| known == name).unwrap();
    let (number, state) = (place("number"), place("state"));
    let others = |row: &csv::StringRecord| {
        row.iter()
            .enumerate()
            .filter(|(place, _)| *place != number)
            .map(|(_, cell)| cell.to_owned())
            .collect::<Vec<_>>()
    };
    let mut kept = csv::Writer::from_writer(Vec::new());
    kept.write_record(others(&header)).unwrap();
    for row in reader.records().map(Result::unwrap).filter(|row| !["void", "reserved"].contains(&&row[state])) {
        kept.write_record(others(&row)).unwrap();
    }
    String::from_utf8(kept.into_inner().unwrap()).unwrap()
}

/// Corrects one entry of the register in one of its texts.
fn correct_one(office: &Office, register: &str) {
    const TEXTS: [&str; 9] = ["content", "purpose", "title", "name", "model", "need", "occasion", "place", "customer"];
    let numbers: Vec<String> = {
        let book = office.sql();
        let mut statement = book.prepare("SELECT number FROM entry WHERE register = ?1 ORDER BY id").unwrap();
        statement.query_map([register], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    for number in numbers {
        for text in TEXTS {
            if office.run(&format!("{register} amend {number} --{text} 另写 --reason 更正")).code == 0 {
                return;
            }
        }
    }
    panic!("nothing of {register} could be corrected");
}

/// What an import brought is known when the file comes again, whatever became of an entry since.
#[test]
fn what_was_corrected_since_is_no_second_entry_when_its_file_comes_again() {
    let (office, numbered, unnumbered) = (every_verb::office(), fresh(), fresh());
    for register in ORDER {
        let whole = office.ok(&format!("{register} list --format csv"));
        let files = [(&numbered, whole.clone()), (&unnumbered, without_numbers(&whole))];
        for (other, out) in files {
            let file = other.file("out.csv", &out);
            let first = other.run(&format!("{register} import {file}"));
            if first.code != 0 && first.err.contains("number") {
                // Its rows need their numbers, and the registers behind it refer to them.
                other.ok(&format!("{register} import {}", other.file("numbered.csv", &whole)));
                continue;
            }
            assert_eq!(first.code, 0, "{register}: {}", first.err);
            correct_one(other, register);
            let before = other.count("SELECT count(*) FROM entry");
            let again = other.ok(&format!("{register} import {file}"));
            assert!(again.contains("imported: 0, in the book already: "), "{register}: {again}");
            assert_eq!(other.count("SELECT count(*) FROM entry"), before, "{register}");
        }
    }
    numbered.ok("verify");
}

/// Two rows that differ in a list alone are two entries, in one file and in two; the lines that were passed over are named.
#[test]
fn rows_that_differ_in_a_list_alone_are_an_entry_each() {
    let office = Office::staffed();
    office.ok("gift catalog add 铸铜摆件 --price 180 --by chen");
    let header = "department,asked_on,asked_by,unit,place,occasion,items,recipients";
    let row =
        |recipient: &str| format!("business,2025-03-08,li,包钢,包头,拜访,铸铜摆件 x 1 @ 180.00,{recipient} (处长)");
    let import = |rows: &[&str]| {
        let rows: Vec<String> = rows.iter().map(|recipient| row(recipient)).collect();
        office.run(&format!("gift import {}", office.file("gifts.csv", format!("{header}\n{}\n", rows.join("\n")))))
    };
    let first = import(&["张", "王"]);
    assert!(first.out.ends_with("gifts.csv: gifts imported: 2\n"), "{}{}", first.out, first.err);
    let second = import(&["张", "赵", "王", "王"]);
    assert!(second.out.ends_with("gifts.csv: gifts imported: 2, in the book already: 2\n"), "{}", second.out);
    assert!(second.err.contains("passed over, for the book has them, by line: 2, 4\n"), "{}", second.err);
    assert_eq!(office.count("SELECT count(*) FROM gift"), 4);
}
