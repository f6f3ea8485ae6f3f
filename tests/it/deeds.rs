//! A decision by somebody who had no office for it by the staff list that the journal had then is named, whatever the book's staff list
//! said at that moment or says now.

use insta::assert_snapshot;

use crate::collected;
use crate::every_verb;
use crate::office::Office;

/// An office in which a gift waits to be approved, with logins of their own for a salesperson and an engineer.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        for line in [
            "staff login li --login li",
            "staff login wu --login wu",
            "gift catalog add 铸铜摆件 --price 180 --by chen",
            "gift add --department business --asked-by wang --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造",
        ] {
            office.ok(line);
        }
        office
    })
}

/// What `verify` says of decisions.
fn deeds(office: &Office) -> String {
    let checks = office.run("verify --format csv").out;
    let others: Vec<&str> =
        checks.lines().filter(|line| line.contains(",found,") && !line.starts_with("deeds,")).collect();
    assert!(others.is_empty(), "{others:?}");
    checks.lines().filter(|line| line.starts_with("deeds,")).collect::<Vec<_>>().join("\n")
}

/// Lets a login do something while the staff list is as the shell made it, and puts the staff list back.
fn borrowed(office: &Office, login: &str, (made, back): (&str, &str), line: &str) {
    let shell = office.sql();
    shell.execute_batch(made).unwrap();
    office.seen_by(login).ok(line);
    shell.execute_batch(back).unwrap();
}

const APPROVE: &str = "gift approve GFT26-001";

#[test]
fn r1_an_office_that_was_borrowed_for_a_decision_is_named() {
    let office = office();
    borrowed(
        &office,
        "li",
        (
            "INSERT INTO term VALUES ('li', 'branch-manager', 'general', '2026-01-01', NULL)",
            "DELETE FROM term WHERE person = 'li' AND role = 'branch-manager'",
        ),
        APPROVE,
    );
    assert_snapshot!(deeds(&office), @r#"deeds,found,"row 35 of the journal, gift approve of GFT26-001: 李娜 was no branch-manager on 2026-10-08 by the staff list that the journal had then""#);
}

#[test]
fn r1_a_deputy_who_was_borrowed_for_a_decision_is_named() {
    let office = office();
    borrowed(
        &office,
        "li",
        (
            "INSERT INTO deputy (id, person, deputy, from_on, until_on, decided_by) VALUES (1, 'chen', 'li', '2026-10-01', '2026-10-31', 'chen')",
            "DELETE FROM deputy",
        ),
        APPROVE,
    );
    assert_snapshot!(deeds(&office), @r#"deeds,found,"row 35 of the journal, gift approve of GFT26-001: 李娜 was no branch-manager on 2026-10-08 by the staff list that the journal had then""#);
}

/// A leader, and who stands in for one, approves only what the branch manager asked for, endorsed or may gain by (R5.3(1)).
#[test]
fn r5_3_1_a_leaders_deputy_who_took_the_branch_managers_decision_is_named() {
    let office = office();
    office.ok("staff deputy lin --person li --from 2026-10-08 --until 2026-10-20 --by lin");
    borrowed(
        &office,
        "li",
        (
            "UPDATE step SET role = 'company-leader' WHERE register = 'gift' AND verb = 'approve'",
            "UPDATE step SET role = 'branch-manager' WHERE register = 'gift' AND verb = 'approve'",
        ),
        APPROVE,
    );
    assert_snapshot!(deeds(&office), @r#"deeds,found,"row 36 of the journal, gift approve of GFT26-001: 李娜 was no branch-manager on 2026-10-08 by the staff list that the journal had then""#);
}

/// The journal as its own account of a decision that the program would have refused (Q1).
#[test]
fn q1_who_decides_on_what_they_asked_for_is_named() {
    let office = Office::staffed();
    for line in [
        "gift catalog add 铸铜摆件 --price 180 --by chen",
        "gift add --department general --asked-by clerk --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造",
    ] {
        office.ok(line);
    }
    collected::record(&office.sql(), "gift approve", "GFT26-001");
    assert_snapshot!(deeds(&office), @r#"
    deeds,found,"row 33 of the journal, gift approve of GFT26-001: clerk was no branch-manager on 2026-10-08 by the staff list that the journal had then"
    deeds,found,"row 33 of the journal, gift approve of GFT26-001: clerk had asked for it, and gives or enters no decision on it"
    "#);
}

#[test]
fn r4_7_a_clerk_who_was_borrowed_to_enter_a_decision_is_named() {
    let office = office();
    borrowed(
        &office,
        "wu",
        (
            "INSERT INTO term VALUES ('wu', 'clerk', 'general', '2026-01-01', NULL)",
            "DELETE FROM term WHERE person = 'wu' AND role = 'clerk'",
        ),
        "gift approve GFT26-001 --by chen",
    );
    assert_snapshot!(deeds(&office), @r#"deeds,found,"row 35 of the journal, gift approve of GFT26-001: 吴工 wrote for 陈总, and was no clerk or contract administrator on 2026-10-08 by the staff list that the journal had then""#);
}

#[test]
fn r2_4_a_login_that_was_borrowed_for_a_decision_is_named() {
    let office = office();
    borrowed(
        &office,
        "wu",
        (
            "UPDATE person SET os_login = NULL WHERE key = 'wu'; UPDATE person SET os_login = 'wu' WHERE key = 'chen'",
            "UPDATE person SET os_login = NULL WHERE key = 'chen'; UPDATE person SET os_login = 'wu' WHERE key = 'wu'",
        ),
        APPROVE,
    );
    assert_snapshot!(deeds(&office), @r#"deeds,found,"row 35 of the journal, gift approve of GFT26-001: the login wu, from which 陈总 entered it, was that of 吴工 by the staff list that the journal had then""#);
}

#[test]
fn r1_a_leader_who_was_borrowed_to_appoint_a_manager_is_named() {
    let office = office();
    borrowed(
        &office,
        "clerk",
        (
            "INSERT INTO term VALUES ('wu', 'company-leader', 'general', '2026-01-01', NULL)",
            "DELETE FROM term WHERE person = 'wu' AND role = 'company-leader'",
        ),
        "staff role li --department general --role branch-manager --by wu",
    );
    assert_snapshot!(deeds(&office), @r#"deeds,found,"row 35 of the journal, staff role: 吴工 made 李娜 branch-manager, and was no company-leader by the staff list that the journal had then""#);
}

#[test]
fn every_decision_of_an_honest_book_was_given_by_who_held_the_office() {
    let office = every_verb::office();
    let said = deeds(&office);
    assert!(said.starts_with("deeds,ok,"), "{said}");
    // Terms that end, deputies and people who were entered twice change nothing of what was decided before.
    let office = self::office();
    for line in [
        "staff deputy chen --person wang --from 2026-10-08 --until 2026-10-20 --by chen",
        "gift add --department business --asked-by li --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造",
        "gift endorse GFT26-002 --by wang",
        "gift approve GFT26-001 --by chen",
        "staff deputy chen --end --by chen --on 2026-10-08",
        "staff add ann --name 安 --department general --role branch-manager --from 2026-10-08 --by lin",
        "staff add an2 --name 安安 --department general --role member --by chen",
        "staff merge an2 --into ann --reason 同一人 --by lin",
        "gift approve GFT26-002 --by an2",
        "staff end chen --by lin",
    ] {
        office.ok(line);
    }
    assert_snapshot!(deeds(&office), @"deeds,ok,4 decisions were given by who held the office then");
}
