//! Imports in a terminal: the count of rows that is drawn meanwhile, and Ctrl-C.

use std::fmt::Write as _;

use super::{CTRL_C, CTRL_D, Terminal};
use crate::office::{Office, after};

/// For each room that has an import: the columns, a row of which `%` is another one each time, and options.
const IMPORTS: [(&str, &str, &str, &str); 9] = [
    ("staff", "key,name,department,role,from", "p%,王%,business,member,2026-01-01", ""),
    (
        "contact",
        "number,issued_on,addressed_to,subject,content,kind,issued_by",
        "HAY05%,2025-03-01,general,工期%,一台,execution,wang",
        "--department business",
    ),
    (
        "info",
        "department,customer,region,equipment,need,collected_on,collected_by",
        "business,客户%,辽宁,球磨机,两台,2025-03-01,li",
        "",
    ),
    ("project", "customer,title,opened_on,opened_by", "客户%,球磨机,2025-03-01,wang", "--department business"),
    (
        "reception",
        "unit,purpose,kind,arrive_on,planned_on,planned_by",
        "客户%,监造,visit,2025-03-02,2025-03-01,li",
        "--department business",
    ),
    (
        "gift",
        "asked_on,department,asked_by,unit,recipients,items,occasion,place",
        "2025-03-01,business,li,客户%,张工 (工程师),茶叶 x 1 @ 300,拜访,沈阳",
        "",
    ),
    (
        "fee",
        "asked_on,payee,employer,project,amount,kind,asked_by,reason,basis,department",
        "2025-03-01,某人%,某厂,PRJ26-001,100,commission,li,佣金,120万,business",
        "",
    ),
    ("asset", "name,price,bought_on,keeper", "电脑%,100,2025-03-01,zhou", "--department general"),
    (
        "ship",
        "notified_on,contract,place,contact_person,phone,form,freight,cases,organised_by",
        "2025-03-01,BG-%,鞍山,王工,0412,truck,company,1,zhou",
        "--department business",
    ),
];

/// So many rows of one of them.
fn rows(header: &str, row: &str, count: usize) -> String {
    let mut rows = format!("{header}\n");
    for number in 10_001..=10_000 + count {
        writeln!(rows, "{}", row.replace('%', &number.to_string())).unwrap();
    }
    rows
}

/// An office with a project, which fees need, and something to give.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok("project add --department business --customer 包钢 --title 球磨机 --amount 100万 --by wang");
        office.ok("gift catalog add 茶叶 --price 300 --by chen");
        office
    })
}

#[test]
fn every_import_in_a_terminal_draws_a_count_of_its_rows_and_comes_to_its_end() {
    let office = office();
    for (room, header, row, options) in IMPORTS {
        let file = office.file(&format!("{room}.csv"), rows(header, row, 300));
        for end in ["--dry-run", "--no-input", "--quiet"] {
            let left =
                Terminal::sized(&office.process(&format!("{room} import {file} {options} {end}")), 24, 160).leave();
            assert_eq!(left.code(), Some(0), "{room} {end}: {}", left.screen);
            assert_eq!(left.printed.contains("256, "), end != "--quiet", "{room} {end}: {}", left.printed);
            let last = if end == "--quiet" { "0" } else { "300" };
            assert!(left.screen.lines().any(|line| line.ends_with(last)), "{room} {end}: {}", left.screen);
            assert!(!left.screen.contains("256, "), "the count stays on the screen: {}", left.screen);
        }
    }
}

#[test]
fn bad_rows_are_told_under_the_count() {
    let office = Office::staffed();
    let mut roster = rows("key,name,department,role,from", "p%,王%,business,member,2026-01-01", 300);
    roster.push_str("x,某人,nowhere,member,2026-01-01\n");
    let file = office.file("roster.csv", roster);
    let before = office.dump(&[]);
    // So wide that no line breaks, however long the name of the folder is.
    let left = Terminal::sized(&office.process(&format!("staff import {file}")), 24, 400).leave();
    assert_eq!(left.code(), Some(1));
    assert_eq!(
        left.screen.replace(&file, "roster.csv"),
        "roster.csv:302: department: there is no department nowhere; see branchbook department list; \
         --value department:nowhere=DEPARTMENT says which it means\n\
         1 of 301 rows cannot be taken; nothing was imported"
    );
    assert_eq!(office.dump(&[]), before);
}

#[test]
fn ctrl_c_in_an_import_writes_nothing() {
    let office = office();
    let before = office.dump(&[]);
    for (room, header, row, options) in [IMPORTS[0], IMPORTS[7]] {
        let file = office.file("long.csv", rows(header, row, 30_000));
        let mut terminal = Terminal::start(&office.process(&format!("{room} import {file} {options}")));
        let left = terminal.see_pass("256, ").press(CTRL_C).leave();
        assert_eq!((left.signal(), left.screen.contains("imported")), (Some(2), false), "{}", left.screen);
        assert_eq!(office.dump(&[]), before);
    }
    office.ok("verify");
    office.ok("department add service --zh 售后服务部");
}

#[test]
fn rows_can_be_typed_and_ctrl_c_takes_them_back() {
    let office = Office::staffed();
    let before = office.dump(&[]);
    let typed = "key,name,department,role,from\nhe2,何六,business,member,2026-01-01\n";
    let mut terminal = Terminal::start(&office.process("staff import -"));
    let left = terminal.press(typed).see("he2,何六").press(CTRL_C).leave();
    assert_eq!(left.signal(), Some(2));
    assert_eq!(office.dump(&[]), before);
    let mut terminal = Terminal::start(&office.process("staff import -"));
    let left = terminal.press(typed).see("he2,何六").press(CTRL_D).leave();
    assert_eq!((left.code(), left.screen.lines().last()), (Some(0), Some("standard input: terms imported: 1")));
}

/// Where the program outlives its terminal, an import goes on without its count; else it ends with the terminal and takes all back.
#[test]
fn an_import_whose_terminal_goes_away_is_whole_or_nothing() {
    let (room, header, row, options) = IMPORTS[7];
    for (outlive, count) in [("", 0), ("trap '' HUP;", 3_000)] {
        let office = office();
        let file = office.file("long.csv", rows(header, row, 3_000));
        let import = office.process(&format!("{room} import {file} {options}"));
        let mut terminal = Terminal::start(&after(outlive, &import));
        terminal.see_pass("256, ");
        let status = terminal.close();
        assert_eq!(office.count("SELECT count(*) FROM asset"), count, "{outlive}: {status}");
        office.ok("verify");
    }
}
