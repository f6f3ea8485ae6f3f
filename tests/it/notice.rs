//! Warnings and suspensions as acts (R2.2a).

use insta::assert_snapshot;

use crate::collected::{Collected, LI, collect};
use crate::office::Office;

/// On 2026-11-02: li missed three months in a row, sun one, and zhang none.
fn missed() -> Office {
    Office::made(|| {
        let office = Office::empty().on("2026-07-01");
        office.ok("init --name 沈阳某机械公司销售分公司");
        for person in [
            "wang --name 王建国 --department business --role department-manager",
            "li --name 李娜 --department business --role salesperson --from 2026-01-01",
            "sun --name 孙立 --department baotou --role trainee --from 2026-09-10",
            "zhang --name 张伟 --department business --role salesperson --from 2026-01-01",
            "chen --name 陈总 --department general --role branch-manager",
            "lin --name 林董 --department general --role company-leader",
        ] {
            office.ok(&format!("staff add {person}"));
        }
        for person in ["li", "sun", "zhang"] {
            office.ok(&format!("info quota set --person {person} --count 2 --from 2026-08"));
        }
        for month in ["08", "09", "10"] {
            for _ in 0..2 {
                collect(&office.sql(), Collected { person: "zhang", day: &format!("2026-{month}-05"), ..LI });
            }
        }
        collect(&office.sql(), Collected { day: "2026-10-05", ..LI });
        office.on("2026-11-02")
    })
}

/// What waits of notices.
fn due(office: &Office) -> String {
    let due = office.ok("due --department general --format csv");
    due.lines().filter(|line| line.ends_with("R2.2a")).collect::<Vec<_>>().join("\n")
}

#[test]
fn r2_2a_who_missed_the_indicator_waits_for_a_notice_until_it_is_given() {
    let office = missed();
    assert_snapshot!(due(&office), @"
    2026-09-10,,李娜 to be warned for 2026-08,branchbook info notice warn li --month 2026-08 --by chen,53,general,,R2.2a
    2026-10-10,,李娜 to be warned for 2026-09,branchbook info notice warn li --month 2026-09 --by chen,23,general,,R2.2a
    2026-11-10,,commission and award of 李娜 to be suspended for 2026-10,branchbook info notice suspend li --month 2026-10 --by chen,0,general,,R2.2a
    2026-11-10,,孙立 to be warned for 2026-10,branchbook info notice warn sun --month 2026-10 --by chen,0,general,,R2.2a
    ");
    assert_snapshot!(office.ok("info notice warn sun --month 2026-10 --by chen"), @"notice 1: 孙立 is warned by 陈总: 0 of 2 entries in 2026-10");
    assert_snapshot!(office.ok("info notice suspend li --month 2026-10 --by chen"), @"notice 2: commission and award of 李娜 are suspended by 陈总: 3 months missed in a row up to 2026-10");
    assert_snapshot!(office.ok("info notice warn li --month 2026-09 --by chen"), @"notice 3: 李娜 is warned by 陈总: 0 of 2 entries in 2026-09");
    assert_snapshot!(due(&office), @"2026-09-10,,李娜 to be warned for 2026-08,branchbook info notice warn li --month 2026-08 --by chen,53,general,,R2.2a");
    assert_snapshot!(office.ok("info notice list --format csv"), @r"
        id,person,kind,month,indicator,counted,misses,issued_on,issued_by,state,lifted_on,lifted_by,reason,entered_by,declared,department,report
        1,sun,warning,2026-10,2,0,1,2026-11-02,chen,holds,,,,clerk,,,
        2,li,suspension,2026-10,2,1,3,2026-11-02,chen,holds,,,,clerk,,,
        3,li,warning,2026-09,2,0,2,2026-11-02,chen,holds,,,,clerk,,,
        ");
    assert_snapshot!(office.ok("info notice list --month 2026-09 --person li --format csv"), @r"
        id,person,kind,month,indicator,counted,misses,issued_on,issued_by,state,lifted_on,lifted_by,reason,entered_by,declared,department,report
        3,li,warning,2026-09,2,0,2,2026-11-02,chen,holds,,,,clerk,,,
        ");
}

#[test]
fn r2_2a_the_pack_has_the_notices_for_its_month_whenever_they_were_given() {
    let office = missed();
    office.ok("info notice warn sun --month 2026-10 --by chen");
    let folder = office.path("packs");
    office.ok(&format!("report month 2026-10 --output {}", folder.display()));
    let notices = std::fs::read_to_string(folder.join("2026-10/notices.csv")).unwrap();
    assert!(notices.contains(",sun,warning,2026-10,"), "{notices}");
}

#[test]
fn r2_2a_a_notice_stands_on_the_tally() {
    let office = missed();
    assert_snapshot!(office.refused(3, "info notice warn zhang --month 2026-10 --by chen"), @"R2.2a: 张伟 has no notice for 2026-10, which the tally calls met; see branchbook info tally --month 2026-10 --by-person");
    assert_snapshot!(office.refused(3, "info notice suspend li --month 2026-09 --by chen"), @"R2.2a: 李娜 missed 2 months in a row up to 2026-09, which suspends nothing yet; see branchbook info tally --month 2026-09 --by-person");
    assert_snapshot!(office.refused(3, "info notice warn li --month 2026-11 --by chen"), @"R2.2a: 李娜 has no notice for 2026-11, which the tally calls open; see branchbook info tally --month 2026-11 --by-person");
    assert_snapshot!(office.refused(3, "info notice warn li --month 2026-07 --by chen"), @"R2.2a: 李娜 had no indicator in 2026-07; see branchbook info tally --month 2026-07 --by-person");
    office.ok("info notice warn li --month 2026-08 --by chen");
    assert_snapshot!(office.refused(2, "info notice warn li --month 2026-08 --by chen"), @"李娜 has notice 1 for 2026-08 already; print it with: branchbook info notice print 1");
}

#[test]
fn r2_2a_the_branch_manager_gives_and_lifts_notices() {
    let office = missed();
    assert_snapshot!(office.refused(3, "info notice warn li --month 2026-10 --by wang"), @"R2.2a: warning somebody is for the branch-manager, which 王建国 was not on 2026-11-02; name who decided: --by chen");
    office.ok("info notice suspend li --month 2026-10 --by chen");
    assert_snapshot!(office.refused(3, "info notice lift 1 --reason 已补报 --by lin"), @"R2.2a: lifting a notice is for the branch-manager, which 林董 was not on 2026-11-02; name who decided: --by chen");
    assert_snapshot!(office.refused(3, "info notice lift 1 --reason 已补报 --by li"), @"R2.2a: lifting a notice is for the branch-manager, which 李娜 was not on 2026-11-02; name who decided: --by chen");
    assert_snapshot!(office.refused(2, "info notice lift 1 --reason 已补报 --by chen --on 2026-11-01"), @"notice 1 is of 2026-11-02, and is not lifted on 2026-11-01; see branchbook info notice list");
    assert_snapshot!(office.refused(4, "info notice lift 2 --reason 已补报 --by chen"), @"there is no notice 2; see branchbook info notice list");
    assert_snapshot!(office.ok("info notice lift 1 --reason 已补报 --by chen"), @"notice 1 to 李娜 no longer holds from 2026-11-02 on");
    assert_snapshot!(office.refused(2, "info notice lift 1 --reason 已补报 --by chen"), @"notice 1 was lifted on 2026-11-02 already; see branchbook info notice list");
    assert_snapshot!(office.ok("info notice list --person li --format csv"), @r"
        id,person,kind,month,indicator,counted,misses,issued_on,issued_by,state,lifted_on,lifted_by,reason,entered_by,declared,department,report
        1,li,suspension,2026-10,2,1,3,2026-11-02,chen,lifted,2026-11-02,chen,已补报,clerk,,,
        ");
}

#[test]
fn r2_2a_a_notice_changes_no_verdict_and_is_lifted_where_the_verdict_changed() {
    let office = missed();
    let tally = "info tally --month 2026-10 --by-person --format csv";
    let before = office.ok(tally);
    office.ok("info notice suspend li --month 2026-10 --by chen");
    office.ok("info notice warn sun --month 2026-10 --by chen");
    assert_eq!(office.ok(tally), before);
    office.ok("info quota exempt sun 2026-10 --reason 培训 --by chen");
    assert_snapshot!(due(&office), @"
    2026-09-10,,李娜 to be warned for 2026-08,branchbook info notice warn li --month 2026-08 --by chen,53,general,,R2.2a
    2026-10-10,,李娜 to be warned for 2026-09,branchbook info notice warn li --month 2026-09 --by chen,23,general,,R2.2a
    2026-11-02,,notice 2 to 孙立 to be lifted: the tally of 2026-10 no longer bears it out,branchbook info notice lift 2 --reason REASON --by chen,0,general,,R2.2a
    ");
    office.ok("info notice lift 2 --reason 培训 --by chen");
    assert_snapshot!(due(&office), @"
    2026-09-10,,李娜 to be warned for 2026-08,branchbook info notice warn li --month 2026-08 --by chen,53,general,,R2.2a
    2026-10-10,,李娜 to be warned for 2026-09,branchbook info notice warn li --month 2026-09 --by chen,23,general,,R2.2a
    ");
}

#[test]
fn r2_2a_a_suspension_holds_for_the_months_after_it_until_it_is_lifted() {
    let office = missed();
    office.ok("info notice suspend li --month 2026-10 --by chen");
    office.ok("info notice warn sun --month 2026-10 --by chen");
    for month in ["2026-08", "2026-09"] {
        office.ok(&format!("info notice warn li --month {month} --by chen"));
    }
    let office = office.on("2026-12-03");
    assert_eq!(due(&office).lines().filter(|line| line.contains("of li")).count(), 0);
    office.ok("info notice lift 1 --reason 检讨 --by chen --on 2026-11-25");
    assert_snapshot!(due(&office), @"
    2026-12-10,,commission and award of 李娜 to be suspended for 2026-11,branchbook info notice suspend li --month 2026-11 --by chen,0,general,,R2.2a
    2026-12-10,,孙立 to be warned for 2026-11,branchbook info notice warn sun --month 2026-11 --by chen,0,general,,R2.2a
    2026-12-10,,张伟 to be warned for 2026-11,branchbook info notice warn zhang --month 2026-11 --by chen,0,general,,R2.2a
    ");
}

#[test]
fn r2_2a_nobody_has_a_notice_who_left() {
    let office = missed();
    office.ok("staff end sun --on 2026-11-01 --by wang");
    assert_eq!(due(&office).lines().filter(|line| line.contains("sun")).count(), 0);
    assert_snapshot!(office.refused(3, "info notice warn sun --month 2026-10 --by chen"), @"R2.2a: 孙立 was not on the staff on 2026-11-02; see branchbook staff list");
}

#[test]
fn r2_2a_a_notice_is_printed_and_stands_in_the_months_pack() {
    let office = missed();
    office.ok("info notice suspend li --month 2026-10 --by chen");
    office.ok("info notice warn sun --month 2026-10 --by chen");
    let page = office.ok("info notice print 1");
    for said in
        ["Notice of suspension", "李娜", "until the branch manager lifts this notice", "Signature of who receives"]
    {
        assert!(page.contains(said), "{said}");
    }
    assert!(office.ok("info notice print 2").contains("Whoever misses it in 3 months in a row"));
    assert_snapshot!(office.refused(4, "info notice print 3"), @"there is no notice 3; see branchbook info notice list");
    let office = office.on("2026-12-01");
    office.ok(&format!("report month 2026-11 --output {}", office.path("packs").display()));
    assert_snapshot!(office.read("packs/2026-11/notices.csv"), @r"
        id,person,kind,month,indicator,counted,misses,issued_on,issued_by,state,lifted_on,lifted_by,reason,entered_by,declared,department,report
        1,li,suspension,2026-10,2,1,3,2026-11-02,chen,holds,,,,clerk,,,
        2,sun,warning,2026-10,2,0,1,2026-11-02,chen,holds,,,,clerk,,,
        ");
}

#[test]
fn r2_2a_notices_are_read_by_those_who_read_the_tallies() {
    let office = missed();
    office.ok("info notice suspend li --month 2026-10 --by chen");
    let li = office.sharing("li");
    assert_snapshot!(li.refused(3, "info notice list"), @"R2.2a: 李娜 is no clerk, manager or leader, and only one of these reads the notices; ask your department's manager");
    assert_snapshot!(li.refused(3, "info notice print 1"), @"R2.2a: 李娜 is no clerk, manager or leader, and only one of these prints a notice; ask your department's manager");
}

/// What waits of notices to departments.
fn due_of_departments(office: &Office) -> String {
    let due = office.ok("due --department general --format csv");
    due.lines().filter(|line| line.ends_with("R2.4")).collect::<Vec<_>>().join("\n")
}

#[test]
fn r2_4_a_department_that_reports_late_or_not_at_all_is_warned() {
    let office = Office::staffed_since("2026-10-01").on("2026-11-03");
    office.ok("info report --department business --month 2026-10 --by wang --on 2026-11-03");
    // What is missing waits as the report that it is.
    assert_snapshot!(due_of_departments(&office), @r#"2026-11-10,,"business to be warned for its report of 2026-10, which is late",branchbook info notice warn --department business --month 2026-10 --by chen,0,general,,R2.4"#);
    let office = office.on("2026-11-20");
    assert_snapshot!(due_of_departments(&office), @r#"2026-11-10,,"business to be warned for its report of 2026-10, which is late",branchbook info notice warn --department business --month 2026-10 --by chen,10,general,,R2.4"#);
    assert_snapshot!(office.refused(3, "info notice warn --department business --month 2026-11 --by chen"), @"R2.4: the report of business for 2026-11 was neither late nor missing on 2026-11-20; see branchbook info tally --month 2026-11");
    assert_snapshot!(office.refused(3, "info notice warn --department business --month 2026-10 --by wang"), @"R2.4: warning a department is for the branch-manager, which 王建国 was not on 2026-11-20; name who decided: --by chen");
    assert_snapshot!(office.refused(2, "info notice warn li --department business --month 2026-10 --by chen"), @r"
        error: the argument '[PERSON]' cannot be used with '--department <DEPARTMENT>'

        For more information, try '--help'.
        ");
    assert_snapshot!(office.ok("info notice warn --department business --month 2026-10 --by chen"), @"notice 1: business is warned by 陈总: its report for 2026-10 is late");
    assert_snapshot!(office.ok("info notice warn --department foreign-trade --month 2026-10 --by chen"), @"notice 2: foreign-trade is warned by 陈总: its report for 2026-10 is missing");
    assert_snapshot!(office.refused(2, "info notice warn --department business --month 2026-10 --by chen"), @"business has notice 1 for 2026-10 already; print it with: branchbook info notice print 1");
    assert_snapshot!(due_of_departments(&office), @"");
    assert_snapshot!(office.ok("info notice list --department business --format csv"), @r"
        id,person,kind,month,indicator,counted,misses,issued_on,issued_by,state,lifted_on,lifted_by,reason,entered_by,declared,department,report
        1,,warning,2026-10,,,,2026-11-20,chen,holds,,,,clerk,,business,late
        ");
    let page = office.ok("info notice print 1");
    for said in ["Notice of warning", "was late or missing", "Punishment", "Signature of the department manager"] {
        assert!(page.contains(said), "{said}");
    }
    assert_snapshot!(office.ok("info notice lift 1 --reason 停电 --by chen"), @"notice 1 to business no longer holds from 2026-11-20 on");
    assert_snapshot!(due_of_departments(&office), @"");
    office.ok("verify");
}

#[test]
fn r2_4_a_notice_is_lifted_once_the_report_is_none_that_is_late() {
    let office = Office::staffed_since("2026-10-01").on("2026-11-20");
    office.ok("info notice warn --department business --month 2026-10 --by chen");
    // A clerk enters a sheet that came in time.
    office.ok("info report --department business --month 2026-10 --by wang --on 2026-10-30 --late 补录");
    assert_snapshot!(due_of_departments(&office).lines().filter(|line| line.contains("lifted")).collect::<String>(), @"2026-11-20,,notice 1 to business to be lifted: the tally of 2026-10 no longer bears it out,branchbook info notice lift 1 --reason REASON --by chen,0,general,,R2.4");
}

#[test]
fn r2_2a_a_department_in_the_place_of_a_person_is_warned_with_its_option() {
    let office = missed();
    let line = "info notice warn 业务部 --month 2026-10 --by chen";
    assert_eq!(office.refused(4, line), "业务部 is a department; warn it with --department business");
    assert_eq!(office.refused(4, &format!("{line} --lang zh")), "业务部是部门；请用--department business予以警告");
    assert_eq!(
        office.refused(4, &format!("{line} --lang ko")),
        "业务部는 부서입니다. --department business 옵션으로 경고하십시오"
    );
}
