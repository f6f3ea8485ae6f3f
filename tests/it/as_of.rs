//! An entry as it stood on a day (`show --on`), and lists to which `--on` means nothing (Q12).

use std::collections::BTreeMap;

use branchbook::clock::Clock;
use branchbook::script::{self, Line};
use branchbook::zone::Zone;
use insta::assert_snapshot;

use crate::office::Office;
use crate::project::REVIEWED;

/// Every entry as `show` tells it.
fn shown(office: &Office, more: &str) -> BTreeMap<String, String> {
    let book = office.sql();
    let mut numbers = book.prepare("SELECT number FROM entry WHERE state <> 'reserved'").unwrap();
    let numbers = numbers.query_map((), |row| row.get::<_, String>(0)).unwrap();
    numbers
        .map(|number| {
            let number = number.unwrap();
            let shown = office.run(&format!("show {number} --format json{more}"));
            (number, if shown.code == 0 { shown.out } else { shown.err })
        })
        .collect()
}

#[test]
fn every_entry_is_shown_on_a_day_as_it_was_shown_that_day() {
    let office = Office::empty();
    let mut surroundings = office.surroundings();
    let mut days: Vec<(String, BTreeMap<String, String>)> = Vec::new();
    let mut today = String::new();
    for line in script::lines(include_str!("../../src/cli/demo.txt")).unwrap() {
        if let Line::At(at) = &line {
            let day = Clock::fixed(at).unwrap().now(Zone::SHENYANG).today().to_string();
            if !today.is_empty() && day != today {
                days.push((today.clone(), shown(&office.with_surroundings(surroundings.clone()), "")));
            }
            today = day;
        }
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = script::run(&line, &mut surroundings, &mut out, &mut err).unwrap();
        assert_eq!(code, 0, "{line:?} {}", String::from_utf8_lossy(&err));
    }
    let office = office.with_surroundings(surroundings);
    // What was entered later than it happened was not shown yet on its day.
    let later: Vec<String> = {
        let book = office.sql();
        let mut later =
            book.prepare("SELECT DISTINCT thing FROM journal WHERE date(at, '+8 hours') <> happened_on").unwrap();
        later.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let mut compared = 0;
    for (day, then) in &days {
        let now = shown(&office, &format!(" --on {day}"));
        for (number, card) in then.iter().filter(|(number, _)| !later.contains(number)) {
            assert_eq!(&now[number], card, "{number} on {day}");
            compared += 1;
        }
        // Who answers for an asset is told of every day, also of those before.
        let told = |number: &String| then.contains_key(number) || later.contains(number) || number.starts_with("AST");
        for number in now.keys().filter(|number| !told(number)) {
            let told = &now[number];
            assert!(
                told.contains("was not there yet on") || told.contains("\"reserved\""),
                "{number} on {day}: {told}"
            );
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn r3_1_a_project_on_a_day_knows_nothing_of_what_came_later() {
    let office = Office::staffed().on("2026-10-08");
    office.all_ok(&REVIEWED);
    let office = office.on("2026-10-22");
    office.all_ok(&[
        "project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-20 --amount 100万 --by li",
        "project instalments PRJ26-001 --advance 30% --delivery 70% --by li",
        "project amend PRJ26-001 --title 球磨机 --reason 抄错",
    ]);
    let office = office.on("2026-10-28");
    office.ok("project receive PRJ26-001 --kind advance --amount 30万 --voucher 银-1 --by li");
    let on = |day: &str| {
        let card = office.ok(&format!("project show PRJ26-001 --on {day} --format json"));
        let card: serde_json::Value = serde_json::from_str(&card).unwrap();
        ["state", "title", "contract", "received"].map(|column| card[0][column].to_string()).join(" ")
    };
    assert_snapshot!(["2026-10-15", "2026-10-20", "2026-10-22", "2026-10-27", "2026-10-28"].map(on).join("\n"), @r#"
    "negotiating" "球磨机" null null
    "contracted" "球磨机" "BG-1" "0.00"
    "contracted" "球磨机" "BG-1" "0.00"
    "contracted" "球磨机" "BG-1" "0.00"
    "contracted" "球磨机" "BG-1" "300000.00"
    "#);
    let parts = |day: &str| office.ok(&format!("project show PRJ26-001 --on {day}"));
    assert!(
        !parts("2026-10-15").contains("BG-1") && !parts("2026-10-15").contains("Instalments"),
        "{}",
        parts("2026-10-15")
    );
    assert!(!parts("2026-10-27").contains("Receipts") && parts("2026-10-28").contains("Receipts"));
    // What was taken back never was.
    office.ok("undo PRJ26-001");
    assert!(on("2026-10-28").ends_with("\"0.00\""), "{}", on("2026-10-28"));
    assert_snapshot!(office.refused(2, "project show PRJ26-001 --on 2026-10-07"), @"PRJ26-001 was not there yet on 2026-10-07: it bears 2026-10-08; give a day from then on with --on DATE");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn on_is_refused_where_it_means_nothing() {
    let office = Office::staffed();
    office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 轴承 --content x --by wang",
    );
    assert_snapshot!(office.refused(2, "contact list --on 2026-10-07"), @"--on says on which day something happened, and means nothing here; leave it out; where a list takes them, --month, --from and --to choose by the day");
    for line in [
        "info list",
        "project list",
        "reception list",
        "gift list",
        "fee list",
        "asset list",
        "ship list",
        "history HAY05001",
        "journal",
        "series list",
        "series audit",
        "department list",
        "contact ledger --department business",
        "find 轴承",
        "contact print HAY05001",
        "info tally --month 2026-10",
        "report late --month 2026-10",
        "rule history contact.reply_days",
        "rule holiday list",
    ] {
        assert_eq!(office.run(&format!("{line} --on 2026-10-07")).code, 2, "{line}");
        assert_eq!(office.run(line).code, 0, "{line}");
    }
    for line in [
        "show HAY05001 --on 2026-10-08",
        "contact outstanding --on 2026-10-09",
        "project payments --on 2026-10-09",
        "reception day --on 2026-10-09",
        "due --on 2026-10-09",
        "approvals --on 2026-10-09",
        "rule list --on 2026-10-07",
        "staff list --on 2026-10-07",
        "project list --late --on 2026-10-07",
    ] {
        assert_eq!(office.run(line).code, 0, "{line}");
    }
}

#[test]
fn r4_1_a_form_of_a_department_to_itself_is_refused() {
    let office = Office::staffed();
    let add = "contact add --department business --kind pre-contract --subject 轴承 --content x --by wang";
    assert_snapshot!(office.refused(3, &format!("{add} --to business")), @"R4.1: a form of business to business goes to no other department; give the department that is to answer with --to DEPARTMENT");
    let outcome = office.run(&format!("{add} --to business --to technology"));
    assert_eq!(outcome.code, 0);
    assert_snapshot!(outcome.err, @"business is among its own addressees");
    assert_snapshot!(office.refused(3, "contact amend HAY05001 --to business --reason 改"), @"R4.1: a form of business to business goes to no other department; give the department that is to answer with --to DEPARTMENT");
}

#[test]
fn r2_2_the_history_of_a_figure_says_who_entered_each_value() {
    let office = Office::staffed();
    office.ok("rule set contact.reply_days 6 --by chen");
    office.sharing("chen").ok("rule set contact.reply_days 7 --from 2026-11-01");
    assert_snapshot!(office.ok("rule history contact.reply_days --format csv"), @r"
    from_on,value,set_by,entered_at,reason,entered_by
    2026-10-08,6,chen,2026-10-08T00:00:00Z,,clerk
    2026-11-01,7,chen,2026-10-08T00:00:00Z,,chen
    ");
}
