//! Departments: an office that is opened with its own ledger works throughout, and one that ends has nothing that hangs on it.

use insta::assert_snapshot;

use crate::office::Office;

/// An office in which something is entered, with the Xi'an office opened on 2026-10-08.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok(
            "contact add --department business --kind pre-contract --to technology --subject a --content b --by wang",
        );
        office.ok("department add xian --name 西安办事处 --en \"Xi'an Office\" --ko 시안사무소 --ledger HAX05 --reports --by chen");
        office.ok("staff add xa --name 西门 --department xian --role department-manager --by chen");
        office.ok("staff add xb --name 夏 --department xian --role salesperson");
        office
    })
}

#[test]
fn r1_an_office_is_opened_with_its_own_ledger_in_one_command() {
    let office = Office::staffed();
    office
        .ok("contact add --department business --kind pre-contract --to technology --subject a --content b --by wang");
    let line = "department add xian --name 西安办事处 --en \"Xi'an Office\" --ledger HAX05 --reports";
    assert_snapshot!(office.refused(3, line), @"R1: opening an office is for the branch-manager, which clerk was not on 2026-10-08; name who decided: --by chen");
    assert_snapshot!(office.refused(3, &line.replace("HAX05", "HAY05")), @"R1: opening an office is for the branch-manager, which clerk was not on 2026-10-08; name who decided: --by chen");
    assert_snapshot!(office.refused(3, &format!("{} --by chen", line.replace("HAX05", "HAY05"))), @"R4.8: HAY05{seq:3} and the template HAY05{seq:3} of series business would both print HAY05001; choose letters that no other numbers begin with");
    let opened = office.run(&format!("{line} --by chen"));
    assert_snapshot!(opened.out, @"xian 西安办事处: open from 2026-10-08 on, with a ledger of its own that begins with HAX05001");
    assert_snapshot!(opened.err, @"enter who works there with: branchbook staff add KEY --name NAME --department xian --role ROLE");
    assert_snapshot!(office.ok("series list --format csv").lines().find(|line| line.starts_with("xian")).unwrap(), @"xian,contact,HAX05{seq:3},1949-01-01,,,");
    assert_snapshot!(office.ok("department list --format csv").lines().last().unwrap(), @"xian,西安办事处,Xi'an Office,,yes,yes,2026-10-08,,HAX05{seq:3}");
}

#[test]
fn r1_a_new_office_works_throughout() {
    let office = office();
    for (line, answer) in [
        (
            "contact add --department xian --kind pre-contract --to technology --subject a --content b --by xa",
            "HAX05001",
        ),
        ("contact add --department xian --kind pre-contract --to general --subject a --content b --by xa", "HAX05002"),
        ("info quota set --department xian --count 3 --from 2026-10", "xian"),
        ("info quota set --person xb --count 2 --from 2026-10", "xb"),
        ("info route add --region 陕西省 --to xian", "1"),
        (
            "info add --department xian --customer 西安电厂 --region 陕西省 --equipment 磨机 --need 一台 --by xb",
            "INF26-0001",
        ),
        ("project add --department xian --customer 西安电厂 --title 磨机 --by xb", "PRJ26-001"),
        ("asset add --name 电脑 --price 3000 --bought-on 2026-10-08 --keeper xb --department xian", "AST-0001"),
        (
            "contact add --department business --kind pre-contract --to xian --subject a --content b --by wang",
            "HAY05002",
        ),
        ("contact sign HAY05002 --for xian --by xa", "HAY05002"),
        ("series reserve xian --count 2", "HAX05003\nHAX05004"),
    ] {
        assert_eq!(office.ok(&format!("{line} -q")), format!("{answer}\n"), "{line}");
    }
    let old = office.file("old.csv", "number,subject,issued_on,addressed_to\nHAX05005,旧单,2026-09-01,综合管理部\n");
    office.ok(&format!(
        "contact import {old} --department 西安办事处 --set kind=execution --set by=zhou --exception 旧单"
    ));
    let chen = office.clone().at_the_keyboard("chen");
    assert_snapshot!(chen.ok("info tally --month 2026-10 --format csv"), @"
    month,department,indicator,counted,percent,verdict,report,reported_on,collected,duplicates,reported_on_time,late
    2026-10,business,,0,,,open,,0,0,0,0
    2026-10,foreign-trade,,0,,,open,,0,0,0,0
    2026-10,shandong,,0,,,open,,0,0,0,0
    2026-10,baotou,,0,,,open,,0,0,0,0
    2026-10,xian,3,1,33.33,open,open,,1,0,0,0
    ");
    let earlier = chen.ok("info tally --month 2026-09 --format csv");
    assert!(!earlier.contains("xian"), "it was not there in September: {earlier}");
    let later = chen.on("2026-11-05");
    let folder = later.path("packs").display().to_string();
    later.ok(&format!("report month 2026-10 --output {folder}"));
    assert!(std::path::Path::new(&format!("{folder}/2026-10/contact-ledger-HAX05.csv")).exists());
    assert!(later.ok("due --format csv").contains("branchbook info report --department xian --month 2026-10"));
    assert!(!later.ok("due --format csv").contains("--department xian --month 2026-09"));
    assert_eq!(office.run("verify").code, 0);
    assert_eq!(office.run("series audit").code, 0);
}

#[test]
fn r1_a_department_ends_when_nothing_hangs_on_it_any_more() {
    let office = office();
    office.all_ok(&[
        "contact add --department xian --kind pre-contract --to technology --subject a --content b --by xa",
        "contact add --department business --kind pre-contract --to xian --subject a --content b --by wang",
        "info route add --region 陕西省 --to xian",
        "info quota set --department xian --count 3 --from 2026-10",
    ]);
    assert_snapshot!(office.refused(3, "department end xian --reason 撤销"), @"R1: ending a department is for the branch-manager, which clerk was not on 2026-10-08; name who decided: --by chen");
    let refused = office.refused(3, "department end xian --reason 撤销 --by chen");
    assert_snapshot!(refused, @"R1: xian cannot end while 5 things hang on it; settle first what hangs on it: HAX05001 is issued: branchbook contact archive HAX05001, or void; HAY05002 waits for its signature: branchbook contact sign HAY05002 --for xian; 西门 works there: branchbook staff end xa --department xian --until 2026-10-08; 夏 works there: branchbook staff end xb --department xian --until 2026-10-08; a route leads there: branchbook info route end 1");
    office.all_ok(&[
        "contact void HAX05001 --reason 撤销",
        "contact sign HAY05002 --for xian --by xa",
        "info route end 1",
        "staff end xa --department xian --until 2026-10-08 --by chen",
        "staff end xb --department xian --until 2026-10-08",
    ]);
    assert_snapshot!(office.ok("department end xian --reason 撤销 --by chen"), @"xian: ended, 2026-10-08 was its last day");
    assert_snapshot!(office.refused(2, "department end xian --reason 撤销 --by chen"), @"xian ended on 2026-10-08 already; see branchbook department list");
    assert_snapshot!(office.refused(3, "department end general --reason 撤销 --by chen"), @"R1: general keeps the registers, and does not end; call it otherwise with: branchbook department rename general --zh NAME");
    let office = office.on("2026-12-03");
    assert_snapshot!(office.refused(3, "contact add --department business --kind pre-contract --to xian --subject a --content b --by wang"), @"R1: xian ended on 2026-10-08; name another, or take its end back with: branchbook department reopen xian --reason REASON");
    for line in [
        "contact add --department xian --kind pre-contract --to technology --subject a --content b --by zhou",
        "staff role li --department xian --role salesperson",
        "info route add --region 陕西省 --to xian",
        "info quota set --department xian --count 3 --from 2026-12",
        "project add --department xian --customer 西安电厂 --title 磨机 --by zhou",
        "report submit 2026-10 --to xian --received-by 孙工 --by zhou",
    ] {
        let refused = office.refused(3, line);
        assert!(refused.starts_with("R1: xian ended on 2026-10-08; name another"), "{line}: {refused}");
    }
    let chen = office.clone().at_the_keyboard("chen");
    let tally = |month: &str| chen.ok(&format!("info tally --month {month} --format csv"));
    assert!(tally("2026-10").contains("2026-10,xian,3,0,0.00,missed,missing"), "{}", tally("2026-10"));
    assert!(!tally("2026-11").contains("xian"), "{}", tally("2026-11"));
    assert!(!chen.ok("due --format csv").contains("--department xian --month 2026-11"));
    assert_snapshot!(office.ok("department reopen xian --reason 又办 --by chen"), @"xian: goes on");
    assert_snapshot!(office.refused(2, "department reopen xian --reason 又办 --by chen"), @"xian has not ended; see branchbook department list");
    office.ok("staff role li --department xian --role salesperson");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r1_what_was_said_of_a_department_is_put_right() {
    let office = office();
    office.ok("department add workshop --zh 车间");
    assert_snapshot!(office.ok("department amend xian --reports no --from 2026-09-01 --reason 看错 --by chen"), @"xian: does not report user information; open from 2026-09-01 on");
    assert_snapshot!(office.ok("department amend workshop --ledger HAC{yy}{seq:2} --reason 看错 --by chen"), @"workshop: keeps a ledger that begins with HAC2601");
    assert_snapshot!(office.refused(2, "department amend workshop --ledger HAD05 --reason 看错 --by chen"), @"workshop keeps a ledger already; change how it prints its numbers with: branchbook series set workshop TEMPLATE --from DATE");
    assert_snapshot!(office.refused(3, "department amend workshop --reports yes --reason 看错"), @"R1: correcting what is said of an office is for the branch-manager, which clerk was not on 2026-10-08; name who decided: --by chen");
    assert_eq!(
        office.ok("contact add --department workshop --kind pre-contract --to technology --subject a --content b --by zhou --exception 试 -q"),
        "HAC2601\n"
    );
    assert_snapshot!(office.ok("department history xian"), @r"
        History of Xi'an Office
        ┌──────────────────┬──────────────────┬──────────────────────────────────┬───────┬──────────┬──────┐
        │ at               │ verb             │ changes                          │ actor │ recorder │ note │
        ├──────────────────┼──────────────────┼──────────────────────────────────┼───────┼──────────┼──────┤
        │ 2026-10-08 08:00 │ department add   │ key: xian                        │ 陈总  │ clerk    │      │
        │                  │                  │ name_en: Xi'an Office            │       │          │      │
        │                  │                  │ name_zh: 西安办事处              │       │          │      │
        │                  │                  │ name_ko: 시안사무소              │       │          │      │
        │                  │                  │ branch: yes                      │       │          │      │
        │                  │                  │ reports: yes                     │       │          │      │
        │                  │                  │ from_on: 2026-10-08              │       │          │      │
        │ 2026-10-08 08:00 │ department amend │ reports: yes → no                │ 陈总  │ clerk    │ 看错 │
        │                  │                  │ from_on: 2026-10-08 → 2026-09-01 │       │          │      │
        └──────────────────┴──────────────────┴──────────────────────────────────┴───────┴──────────┴──────┘
        2 rows
        ");
}

#[test]
fn q2_the_term_that_was_entered_wrongly_is_corrected() {
    let office = office();
    assert_snapshot!(office.ok("staff amend-term xb --role salesperson --from 2026-09-15 --reason 看错"), @"夏: salesperson of xian from 2026-09-15");
    assert_snapshot!(office.refused(2, "staff amend-term xb --role salesperson --from 2026-09-15 --reason 看错"), @"the term has these days already; see branchbook staff show xb");
    assert_snapshot!(office.refused(4, "staff amend-term xb --role clerk --from 2026-09-15 --reason 看错"), @"夏 has no such term as clerk; see branchbook staff show xb");
    assert_snapshot!(office.refused(2, "staff amend-term xb --role salesperson --until 2026-09-01 --reason 看错"), @"the term ends on 2026-09-01, before it begins on 2026-09-15; give a later last day");
    assert_snapshot!(office.refused(3, "staff amend-term xa --role department-manager --from 2026-09-01 --reason 看错"), @"R1: who is department-manager is decided by the branch manager or a company leader, which clerk is not; name who did with --by lin or --by chen");
    office.ok("staff amend-term xa --role department-manager --from 2026-09-01 --reason 看错 --by lin");
    office.ok("staff end xb --until 2026-10-31");
    assert_snapshot!(office.ok("staff amend-term xb --role salesperson --open --reason 没走"), @"夏: salesperson of xian from 2026-09-15");
    office.ok("staff end xb --until 2026-10-31");
    office.ok("staff role xb --department xian --role salesperson --from 2026-12-01");
    assert_snapshot!(office.refused(2, "staff amend-term xb --role salesperson --from 2026-11-01 --reason 看错"), @"夏 has several terms as salesperson; name its department with --department, and its first day with --begun; see branchbook staff show xb");
    assert_snapshot!(office.refused(2, "staff amend-term xb --role salesperson --begun 2026-12-01 --from 2026-10-20 --reason 看错"), @"夏 is salesperson of xian on 2026-10-20 already; see branchbook staff show xb");
    assert_snapshot!(office.ok("staff amend-term xb --role salesperson --begun 2026-12-01 --from 2026-11-15 --reason 看错"), @"夏: salesperson of xian from 2026-11-15");
    assert_snapshot!(office.ok("staff list --all --department xian --format csv"), @"
    key,name,role,department,from_on,until_on,os_login,entered_also_as
    xa,西门,department-manager,xian,2026-09-01,,,
    xb,夏,salesperson,xian,2026-09-15,2026-10-31,,
    xb,夏,salesperson,xian,2026-11-15,,,
    ");
    assert_snapshot!(office.refused(3, "staff amend-term clerk --role clerk --from 2025-01-01 --reason 看错 --by lin"), @"R1: clerk may not change their own place on the staff list; let another clerk or the branch manager enter it, as somebody else decided");
    let decisions = office.ok("report decisions --format csv");
    assert!(decisions.contains(",staff amend-term,2026-10-08,lin,"), "{decisions}");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r1_a_term_that_was_given_up_before_it_began_gives_its_day_to_another() {
    let office = office();
    office.ok("staff role xb --department business --role member --from 2026-11-01");
    office.ok("staff end xb --role member --until 2026-10-20");
    office.ok("staff role xb --department business --role member --from 2026-12-01");
    office.ok("staff amend-term xb --role member --begun 2026-12-01 --from 2026-11-01 --reason 看错");
    let terms = office.ok("staff list --on 2026-11-05 --role member --format csv");
    assert!(terms.contains("xb,夏,member,business,2026-11-01,,"), "{terms}");
    assert_eq!(office.run("verify").code, 0);
}
