//! Reports over the registers.

use crate::office::Office;

#[test]
fn exceptions_are_listed_by_month_with_clause_and_reason() {
    let office = Office::staffed();
    office.ok("contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang --on 2026-09-30");
    office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang",
    );
    office.ok("contact archive HAY05001 --no-contract 试制 --exception 收件人出差 --by he --on 2026-09-30");
    office.ok("contact archive HAY05002 --no-contract 试制 --exception 原件遗失 --by he");
    let header = "number,clause,happened_on,person,reason,refused,approved_by,department,register,entered_on\n";
    let first = "HAY05001,R4.7,2026-09-30,he,收件人出差,HAY05001 is not signed for technology yet,,business,contact,2026-10-08\n";
    let second = "HAY05002,R4.7,2026-10-08,he,原件遗失,HAY05002 is not signed for technology yet,,business,contact,\n";
    assert_eq!(office.ok("report exceptions --format csv"), format!("{header}{first}{second}"));
    assert_eq!(office.ok("report exceptions --month 2026-09 --format csv"), format!("{header}{first}"));
    assert_eq!(office.ok("report exceptions --month 2026-10 --format csv"), format!("{header}{first}{second}"));
    assert_eq!(office.ok("report exceptions --month 2026-11"), "Exceptions in 2026-11: none\n");
}

#[test]
fn r2_2_the_report_of_user_information_is_its_tally() {
    let office = Office::staffed();
    office.ok("info quota set --person li --count 5 --from 2026-07");
    for options in ["--month 2026-09", "--month 2026-09 --by-person"] {
        assert_eq!(office.ok(&format!("report info {options}")), office.ok(&format!("info tally {options}")));
    }
    assert_eq!(
        office.at_the_keyboard("wu").refused(3, "report info --month 2026-09"),
        "R2.2: 吴工 is no clerk, manager or leader, and only one of these reads the tallies of user information; ask your department's manager"
    );
}

#[test]
fn no_report_is_missed_of_a_month_that_was_over_when_the_book_was_made() {
    let office = Office::empty().on("2026-10-01T07:00:00+08:00");
    office.ok("init --name 分公司");
    let due = office.on("2026-11-02").ok("due --format csv");
    assert!(due.contains("user information of 2026-10 to be reported"), "{due}");
    assert!(!due.contains("2026-09"), "in UTC it was September still: {due}");
}

#[test]
fn a_demo_is_made_whoever_is_named_at_the_keyboard() {
    let office = Office::empty().at_the_keyboard("li");
    office.ok(&format!("demo --book {}", office.path("demo.db").display()));
}

#[test]
fn what_is_typed_next_can_be_pasted_whatever_a_party_is_called() {
    let office = Office::staffed();
    office.ok("contact add --department business --kind external --to \"O'Neil & Co\" --copy he --subject a --content b --by wang");
    let due = office.ok("due --format jsonl");
    assert!(due.contains(r#"contact sign HAY05001 --for \"O'Neil & Co\" --by NAME"#), "{due}");
}

#[test]
fn the_journal_of_an_entry_is_found_however_its_number_is_typed() {
    let office = Office::staffed();
    office.ok("series reserve business --count 1");
    let journal = office.ok("journal --thing HAY05001 --format csv");
    assert_eq!(journal.lines().count(), 2);
    assert_eq!(office.ok("journal --thing 'hay05 001' --format csv"), journal);
    assert_eq!(office.ok("journal --thing 'staff li' --format csv").lines().count(), 2);
}

#[test]
fn a_unit_to_which_a_month_goes_and_that_is_not_there_is_entered() {
    let office = Office::staffed();
    let refused = office.refused(4, "report submit 2026-09 --to 财务部 --received-by 孙工");
    let way_out = ", or enter it first: branchbook department add KEY --zh 财务部";
    assert!(refused.starts_with("there is no department 财务部; ") && refused.ends_with(way_out), "{refused}");
}
