//! Who acts: the person at the keyboard, the person in whose name a thing is entered, and what the journal keeps of both.

use insta::assert_snapshot;

use crate::office::Office;

const FORM: &str = "contact add --department business --kind pre-contract --to technology --subject a --content b -q";

const FORM_BY_WANG: &str =
    "contact add --department business --kind pre-contract --to technology --subject a --content b -q --by wang";

/// The last row of the journal: who acted, who recorded it, whether that was declared, login and host.
fn last_row(office: &Office) -> String {
    office
        .sql()
        .query_row(
            "SELECT actor || ' ' || recorder || ' ' || declared_flag || ' ' || os_login || ' ' || host FROM journal ORDER BY id DESC LIMIT 1",
            (),
            |row| row.get(0),
        )
        .unwrap()
}

#[test]
fn a_login_that_is_nobodys_is_refused() {
    let office = Office::staffed().logged_in("visitor");
    assert_snapshot!(office.refused(3, FORM), @"the login visitor is nobody on the staff of this book; the clerk enters you with: branchbook staff add KEY --name NAME --department DEPARTMENT --role ROLE --login visitor");
    assert_snapshot!(office.refused(3, "staff add x --name X --department general --role clerk"), @"the login visitor is nobody on the staff of this book; the clerk enters you with: branchbook staff add KEY --name NAME --department DEPARTMENT --role ROLE --login visitor");
    for line in ["contact list", "fee list", "show HAY05001", "find 甲", "journal", "staff list", "due"] {
        let refused = office.refused(3, line);
        assert!(refused.starts_with("the login visitor is nobody on the staff of this book; "), "{line}: {refused}");
    }
    office.ok("verify");
}

#[test]
fn q3_until_the_book_knows_a_login_there_is_nothing_to_tell_by() {
    let office = Office::staffed();
    office.sql().execute_batch("UPDATE person SET os_login = NULL").unwrap();
    assert!(office.logged_in("visitor").ok("contact list").starts_with("Work contact forms: none"));
}

#[test]
fn a_login_of_the_staff_acts_for_itself() {
    let office = Office::staffed();
    office.ok("staff login wang --login wangjg --by wang");
    let office = office.logged_in("wangjg");
    assert_eq!(office.ok(FORM), "HAY05001\n");
    assert_eq!(last_row(&office), "wang wang 0 wangjg desk");
}

#[test]
fn as_names_a_person_without_a_login_and_is_marked() {
    let office = Office::staffed();
    assert_eq!(office.ok(&format!("{FORM} --as wang")), "HAY05001\n");
    assert_eq!(last_row(&office), "wang wang 1 clerk desk");
    let office = office.logged_in("shared").at_the_keyboard("王建国");
    assert_eq!(office.ok(FORM), "HAY05002\n");
    assert_eq!(last_row(&office), "wang wang 1 shared desk");
    assert_snapshot!(office.refused(4, &format!("{FORM} --as nobody")), @"nobody on the staff is called nobody; see branchbook staff list, or enter the person with: branchbook staff add KEY --name nobody --department DEPARTMENT --role ROLE");
}

#[test]
fn as_is_not_taken_for_a_person_who_has_a_login() {
    let office = Office::staffed();
    office.ok("staff login wang --login wangjg --by wang");
    let refusal = office.refused(3, &format!("{FORM} --as wang"));
    assert_snapshot!(refusal, @"R2.4: 王建国 works under the login wangjg, so --as is not taken for them; let them log in as wangjg; a clerk enters what they did with --by wang");
    office.ok(&format!("{FORM} --by wang"));
    assert_eq!(office.refused(3, "contact show HAY05001 --as wang"), refusal, "nor to read");
    office.ok("department add a --zh 甲 --as clerk");
    assert_eq!(last_row(&office), "clerk clerk 0 clerk desk", "one's own name is no declaration");
}

#[test]
fn only_a_clerk_or_contract_administrator_writes_for_others() {
    let office = Office::staffed();
    for (keyboard, code) in
        [("zhou", 0), ("he", 0), ("li", 3), ("chen", 3), ("lin", 3), ("wang", 0), ("zhao", 3), ("sun", 3), ("wu", 3)]
    {
        let outcome = office.run(&format!("{FORM} --by wang --as {keyboard} --dry-run"));
        assert_eq!(outcome.code, code, "{keyboard}: {}", outcome.err);
    }
    assert_snapshot!(office.refused(3, &format!("{FORM} --by wang --as li")), @"R4.7: 李娜 may not enter what 王建国 did; only a clerk or contract administrator writes for others; let 王建国 enter it, or hand the paper to General Management's clerk");
    office.ok(&format!("{FORM} --by wang --as he"));
    assert_eq!(last_row(&office), "wang he 1 clerk desk");
    office.ok(&format!("{FORM} --by 王建国"));
    assert_eq!(last_row(&office), "wang clerk 0 clerk desk");
}

#[test]
fn a_role_that_has_lapsed_is_none() {
    let office = Office::staffed();
    office.ok("staff role wang --department business --role member --from 2026-01-01");
    office.ok("staff end wang --role department-manager --until 2026-10-07 --by chen");
    assert_snapshot!(office.refused(3, &format!("{FORM} --by wang")), @"R4.2: a form of kind pre-contract from business is issued by the project's leader or the department's manager, not by 王建国; nobody was on 2026-10-08; enter the term with: branchbook staff role KEY --department business --role department-manager --from DATE, or record the breach with --exception REASON");
    assert_eq!(office.ok(&format!("{FORM} --by wang --on 2026-10-07")), "HAY05001\n", "the day it happened decides");
}

#[test]
fn a_clerk_whose_term_is_over_does_not_write_for_others() {
    let office = Office::staffed();
    office.ok("staff role zhou --department general --role member --from 2026-01-01");
    office.ok("staff end zhou --role clerk --until 2026-10-07 --by chen");
    assert_snapshot!(office.refused(3, &format!("{FORM} --by wang --as zhou --on 2026-10-07")), @"R4.7: 周敏 may not enter what 王建国 did; only a clerk or contract administrator writes for others; let 王建国 enter it, or hand the paper to General Management's clerk");
    assert_snapshot!(office.refused(3, "department add a --zh 甲 --as zhou"), @"R1: 周敏 is no clerk, and only a clerk enters departments; ask General Management's clerk");
}

#[test]
fn a_role_to_come_is_none_yet() {
    let office = Office::staffed();
    office.ok("staff role li --department business --role department-manager --from 2026-11-01 --by chen");
    assert_eq!(office.run(&format!("{FORM} --by li")).code, 3);
    assert_eq!(office.on("2026-11-01").ok(&format!("{FORM} --by li")), "HAY05001\n");
}

#[test]
fn by_names_a_key_or_a_name_that_is_unique() {
    let office = Office::staffed();
    office.ok("staff add wang2 --name 王建国 --department general --role member");
    assert_snapshot!(office.refused(2, &format!("{FORM} --by 王建国")), @"2 people are called 王建国; give the key instead: 王建国 (wang) or 王建国 (wang2)");
    assert_snapshot!(office.refused(4, &format!("{FORM} --by 'wang x'")), @"nobody on the staff is called wang x; did you mean 王建国 (wang) or 王建国 (wang2)? see branchbook staff list");
    assert_eq!(office.ok(&format!("{FORM} --by ' wang '")), "HAY05001\n");
}

#[test]
fn the_office_keeps_who_decided_and_who_entered_it() {
    let office = Office::staffed();
    office.ok("rule set contact.reply_days 6 --by chen");
    assert_eq!(last_row(&office), "chen clerk 0 clerk desk");
    office.ok("staff add x --name X --department general --role member --by zhou");
    assert_eq!(last_row(&office), "zhou clerk 0 clerk desk");
    office.ok("department add a --zh 甲 --by zhou");
    assert_eq!(last_row(&office), "zhou clerk 0 clerk desk");
    let roster = office.file("roster.csv", "key,name,department,role\ny,Y,general,member\n");
    office.ok(&format!("staff import {roster} --by zhou"));
    assert_eq!(last_row(&office), "zhou clerk 0 clerk desk");
}

#[test]
fn the_system_clock_is_kept_beside_a_fixed_one() {
    let office = Office::staffed();
    office.ok("department add a --zh 甲");
    let (at, clock_at): (String, String) = office
        .sql()
        .query_row("SELECT at, clock_at FROM journal ORDER BY id DESC LIMIT 1", (), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(at, "2026-10-08T00:00:00Z");
    assert_ne!(at, clock_at);
}

#[test]
fn nobody_gets_back_into_a_lapsed_office_by_an_earlier_day() {
    let office = Office::staffed();
    office.ok(FORM_BY_WANG);
    office.ok("staff end wang --role department-manager --until 2026-10-08 --by chen");
    office.ok("staff role wang --department foreign-trade --role salesperson --from 2026-10-09");
    for (person, department) in [("zhou", "general"), ("chen", "general"), ("wu", "business")] {
        office.ok(&format!("staff role {person} --department {department} --role member --from 2026-01-01"));
    }
    office.ok("staff end zhou --role clerk --until 2026-10-08 --by chen");
    office.ok("staff end chen --role branch-manager --until 2026-10-08 --by lin");
    let office = office.on("2026-10-12");
    office.ok(&format!("{FORM_BY_WANG} --on 2026-10-08"));
    let clerk = office.at_the_keyboard("zhou");
    assert_snapshot!(clerk.refused(3, "contact void HAY05001 --reason 错 --on 2026-10-08"), @"R4.8: voiding an entry is for the clerk, which 周敏 was not on 2026-10-12; let clerk enter it, or hand the paper to General Management's clerk");
    let manager = clerk.at_the_keyboard("wang");
    assert_snapshot!(manager.refused(3, &format!("{FORM} --on 2026-10-08")), @"R4.2: a form of kind pre-contract from business is issued by the project's leader or the department's manager, not by 王建国; nobody was on 2026-10-12; enter the term with: branchbook staff role KEY --department business --role department-manager --from DATE");
    let branch_manager = manager.at_the_keyboard("chen");
    assert_snapshot!(branch_manager.refused(3, "info grant wang --until 2027-12-31 --on 2026-10-08"), @"R2.6: letting somebody read user information is for the branch-manager, which 陈总 was not on 2026-10-12; nobody was on that day; enter the term with: branchbook staff role KEY --department general --role branch-manager --from DATE");
    let signer = branch_manager.at_the_keyboard("");
    signer.ok("staff move wu --department baotou --role member --from 2026-10-09");
    let signer = signer.at_the_keyboard("wu");
    assert_snapshot!(signer.refused(3, "contact sign HAY05001 --for technology --on 2026-10-08"), @"R4.7: 吴工 was not of technology on 2026-10-12, so they cannot act for it; hand the paper to General Management's clerk");
    let clerk = signer.at_the_keyboard("");
    clerk.ok("contact sign HAY05001 --for technology --on 2026-10-08 --by wu");
}
