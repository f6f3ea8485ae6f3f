//! A month in the office, every register of it, as it is typed: each line works, but the one that a rule refuses.

use branchbook::script::{self, Line};

use crate::office::Office;

/// The lines, with the days on which they are typed.
pub(crate) const MONTH: &str = include_str!("month_as_typed.txt");

/// The one line that is refused: of a major project, a department manager does not appoint the leader (R3.1).
const REFUSED: &str = "project lead PRJ26-001 --person li --by wang";

/// Runs the month; gives the office, and what each line said.
fn month() -> (Office, Vec<(String, u8, String)>) {
    let office = Office::empty();
    let place = |name: &str| office.path(name).display().to_string();
    std::fs::write(office.path("count.txt"), "AST-0001\nAST-0099\n").unwrap();
    let text = MONTH
        .replace("COUNT", &place("count.txt"))
        .replace("packs/", &place("packs/"))
        .replace("backups/", &place("backups/"));
    let mut surroundings = office.surroundings();
    let mut said = Vec::new();
    for line in script::lines(&text).unwrap() {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = script::run(&line, &mut surroundings, &mut out, &mut err).unwrap();
        if let Line::Command(words) = line {
            out.extend(err);
            said.push((words.join(" "), code, String::from_utf8(out).unwrap()));
        }
    }
    (office, said)
}

#[test]
fn every_line_of_the_month_works_but_the_one_that_is_refused() {
    let (office, said) = month();
    let failed: Vec<_> = said.iter().filter(|(_, code, _)| *code != 0).collect();
    assert_eq!(failed.len(), 1, "{failed:#?}");
    assert_eq!((failed[0].0.as_str(), failed[0].1), (REFUSED, 3));
    assert!(failed[0].2.starts_with("R3.1: "), "{}", failed[0].2);
    for (number, state) in [
        ("HAY05001", "archived"),
        ("HAY05002", "void"),
        ("INF26-0001", "won"),
        ("PRJ26-001", "contracted"),
        ("PRJ26-002", "open"),
        ("REC26-001", "archived"),
        ("GFT26-001", "bought"),
        ("FEE26-001", "registered"),
        ("AST-0001", "in-use"),
        ("SHP26-001", "arrived"),
    ] {
        let found: String =
            office.sql().query_row("SELECT state FROM entry WHERE number = ?1", [number], |row| row.get(0)).unwrap();
        assert_eq!(found, state, "{number}");
    }
    office.on("2026-10-31T10:00").ok("verify");
}

#[test]
fn every_entry_of_the_month_is_shown_in_every_form() {
    let (office, _) = month();
    let office = office.on("2026-10-31T10:00");
    for number in
        ["HAY05001", "INF26-0001", "PRJ26-001", "REC26-001", "GFT26-001", "FEE26-001", "AST-0001", "SHP26-001"]
    {
        for format in ["table", "csv", "json", "jsonl", "html"] {
            let shown = office.ok(&format!("show {number} --format {format}"));
            assert!(shown.contains(number), "{number} as {format}: {shown}");
        }
        assert!(office.ok(&format!("history {number}")).contains(" add"), "{number}");
    }
    for register in ["contact", "info", "project", "reception", "gift", "fee", "asset", "ship"] {
        for format in ["table", "csv", "json", "jsonl", "html"] {
            assert!(!office.ok(&format!("{register} list --format {format}")).is_empty(), "{register} {format}");
        }
        let workbook = office.path(&format!("{register}.xlsx"));
        office.ok(&format!("{register} list --output {}", workbook.display()));
        assert!(std::fs::metadata(workbook).unwrap().len() > 1000, "{register}");
    }
}
