//! Taking a whole import back, and bringing its numbers again.

use insta::assert_snapshot;

use crate::every_verb;
use crate::office::Office;
use crate::round_trip::{ELSEWHERE, ORDER, columns, fresh, imported};

#[test]
fn an_import_is_taken_back_as_a_whole_while_nothing_has_moved_on() {
    let office = Office::staffed();
    let file = office.file(
        "old.csv",
        "name,state,price,bought_on,keeper,department\n椅子,in-store,300,2025-01-02,zhou,general\n桌子,in-store,300,2025-01-02,zhou,general\n",
    );
    office.ok(&format!("asset import {file}"));
    office.ok("asset issue AST-0001 --to li --for 出差");
    assert_snapshot!(office.refused(3, "undo --import 1 --reason 旧表"), @"R4.8: 1 entry of the import has moved on: AST-0001; take that back first with: branchbook undo AST-0001");
    office.ok("undo AST-0001");
    assert_snapshot!(office.ok("undo --import 1 --reason 旧表").replace(&file, "old.csv"), @"import 1 of old.csv: 2 entries are void, 旧表");
    assert_snapshot!(office.refused(2, "undo --import 1 --reason 旧表").replace(&file, "old.csv"), @"import 1 of old.csv was taken back on 2026-10-08; nothing is left to do");
    assert_eq!(office.count("SELECT count(*) FROM entry WHERE state = 'void'"), 2);
    assert_eq!(office.run("verify").code, 0);
}

/// A column of each register in which the file of another office would read otherwise.
const TEXTS: [(&str, &str); 8] = [
    ("info", "customer"),
    ("project", "title"),
    ("reception", "purpose"),
    ("contact", "subject"),
    ("gift", "occasion"),
    ("fee", "payee"),
    ("asset", "name"),
    ("ship", "place"),
];

/// The file with another text in each row.
fn wrong(csv: &str, column: &str) -> String {
    let mut reader = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let mut written = csv::Writer::from_writer(Vec::new());
    written.write_record(&header).unwrap();
    for row in reader.records().map(Result::unwrap) {
        let cells = header.iter().zip(row.iter());
        let other = cells.map(|(name, cell)| match cell {
            "" => String::new(),
            cell if name == column => format!("{cell} 错"),
            cell => cell.to_owned(),
        });
        written.write_record(other).unwrap();
    }
    String::from_utf8(written.into_inner().unwrap()).unwrap()
}

/// The wrong file came in and was taken back; the right one has the same numbers, and leaves the same as if it had come at once.
#[test]
fn numbers_of_an_import_that_was_taken_back_are_brought_again_in_every_register() {
    let (office, other, at_once) = (every_verb::office(), fresh(), fresh());
    for register in ORDER {
        let mut names = imported(&office, register);
        names.retain(|name| !ELSEWHERE.contains(&(register, name.as_str())));
        let out = office.ok(&format!("{register} list --format csv"));
        let text = TEXTS.iter().find(|(known, _)| *known == register).unwrap().1;
        let (right, wrong) = (other.file("right.csv", &out), other.file("wrong.csv", wrong(&out, text)));
        for _ in 0..2 {
            other.ok(&format!("{register} import {wrong}"));
            let import = other.count("SELECT max(id) FROM import");
            other.ok(&format!("undo --import {import} --reason 错表"));
        }
        let came = other.ok(&format!("{register} import {right}"));
        let at_once_came = at_once.ok(&format!("{register} import {}", at_once.file("right.csv", &out)));
        let answered = |came: &str| came.split_once("right.csv").unwrap().1.to_owned();
        assert_eq!(answered(&came), answered(&at_once_came), "{register}");
        let list = |office: &Office| columns(&office.ok(&format!("{register} list --format csv")), &names);
        assert_eq!(list(&other), list(&at_once), "{register}");
        // It is known now when it comes again, and what was wrong does not come back.
        let again = other.ok(&format!("{register} import {right}"));
        assert!(again.contains("imported: 0, in the book already: "), "{register}: {again}");
        assert_eq!(other.run(&format!("{register} import {wrong}")).code, 1, "{register}");
    }
    for office in [&other, &at_once] {
        office.ok("verify");
    }
    for list in ["series audit", "info tally --month 2026-10", "project payments --aging", "asset held"] {
        let list = format!("{list} --format csv");
        assert_eq!(other.ok(&list), at_once.ok(&list), "{list}");
    }
}

#[test]
fn r4_8_a_number_that_a_person_voided_is_not_brought_again() {
    let office = Office::staffed();
    let rows = |subject: &str| {
        let header = "number,state,issued_on,department,issued_by,kind,subject,addressed_to";
        let row = |place: i32| {
            format!("HAY0500{place},issued,2025-03-0{place},business,li,execution,{subject}{place},technology\n")
        };
        format!("{header}\n{}", (1..=3).map(row).collect::<String>())
    };
    let import = |rows: String| office.run(&format!("contact import {}", office.file("old.csv", rows)));
    import(rows("甲"));
    office.ok("contact void HAY05002 --reason 作废");
    office.ok("undo --import 1 --reason 错表");
    assert_snapshot!(import(rows("乙")).err.replace(office.path("").to_str().unwrap(), ""), @"
    old.csv:3: number: HAY05002 is in the book with another state, void_reason, subject; see it with: branchbook show HAY05002
    1 of 3 rows cannot be taken; nothing was imported
    ");
    let without: Vec<String> = rows("乙").lines().filter(|row| !row.contains("HAY05002")).map(str::to_owned).collect();
    let corrected = without.join("\n");
    assert_eq!(import(corrected).code, 0);
    office.ok("contact sign HAY05001 --for technology --by wu");
    assert_snapshot!(office.ok("contact list --format csv").lines().map(|line| line.split(',').take(4).collect::<Vec<_>>().join(",")).collect::<Vec<_>>().join("\n"), @"
    number,state,issued_on,subject
    HAY05001,received,2025-03-01,乙1
    HAY05002,void,2025-03-02,甲2
    HAY05003,issued,2025-03-03,乙3
    ");
    let history = office.ok("history HAY05001 --format csv");
    let told: Vec<&str> = history.lines().map(|line| line.split_once(',').unwrap().1).collect();
    assert_snapshot!(told.join("\n"), @r#"
    verb,happened_on,actor,recorder,changes,note,declared,entered_later
    contact import,2026-10-08,li,clerk,department: business; issued_on: 2025-03-01; issued_by: li; state: issued; import: 1; kind: execution; addressed_to: technology; subject: 甲1,,,
    contact void,2026-10-08,clerk,clerk,state: issued → void; void_reason: 错表,错表,,
    contact import,2026-10-08,li,clerk,state: void → issued; import: 1 → 2; subject: 甲1 → 乙1; void_reason: 错表 → nothing,,,
    contact sign,2026-10-08,wu,clerk,"state: issued → received; received_on: 2026-10-08; signature technology: signed_by wu, signed_on 2026-10-08",,,
    "#);
    assert_snapshot!(office.refused(3, "undo --import 2 --reason 错"), @"R4.8: 1 entry of the import has moved on: HAY05001; take that back first with: branchbook undo HAY05001");
    // No statement gives a number to another import while the one that brought it stands, or to none.
    for other in ["NULL", "9"] {
        let robbed = format!("UPDATE entry SET import = {other} WHERE number = 'HAY05003'");
        assert!(office.sql().execute(&robbed, ()).is_err(), "{robbed}");
    }
    office.ok("undo HAY05001");
    office.ok("undo --import 2 --reason 错");
    assert_eq!(office.run("verify").code, 0);
}
