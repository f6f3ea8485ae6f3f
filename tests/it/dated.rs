//! Terms and deputies that are dated back are marked wherever they count, and none is ended before what was decided in it (Q3, Q9).

use insta::assert_snapshot;

use crate::office::Office;

/// An office with a gift that waits for its endorsement since 2026-10-08.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok("gift catalog add 铸铜摆件 --price 180 --by chen");
        office.ok("staff add tao --name 陶然 --department business --role salesperson --from 2026-10-08");
        office.ok(
        "gift add --department business --asked-by li --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造",
    );
        office
    })
}

#[test]
fn q9_a_term_that_is_dated_back_is_marked_and_so_is_what_was_decided_in_it() {
    let office = office().on("2026-11-05");
    office.ok("staff role tao --department business --role department-manager --from 2026-10-09 --by chen");
    assert_snapshot!(office.ok("staff show tao --format csv"), @r"
        key,name,role,department,from_on,until_on,os_login,entered_also_as,entered_later_at
        tao,陶然,salesperson,business,2026-10-08,,,,
        tao,陶然,department-manager,business,2026-10-09,,,,2026-11-05T00:00:00Z
        ");
    assert_snapshot!(office.ok("report late --month 2026-11 --format csv"), @r#"
    number,step,happened_on,entered_at,closed,actor,recorder,reason,department,register,now_on,import,entries
    staff tao,staff role,2026-10-09,2026-11-05T00:00:00Z,no,chen,clerk,dated back to 2026-10-09: department-manager of business from 2026-10-09,,,,,
    "#);
    assert_snapshot!(office.ok("report decisions --month 2026-11 --format csv"), @r"
        thing,verb,decided_on,decided_by,entered_by,declared,deputy_for,note,entered_at
        staff tao,staff role,2026-11-05,chen,clerk,,,dated back to 2026-10-09: department-manager of business from 2026-10-09,2026-11-05T00:00:00Z
        ");
    office.ok("gift endorse GFT26-001 --on 2026-10-10 --by tao");
    office.ok("gift approve GFT26-001 --on 2026-10-12 --by chen");
    let sheet = office.ok("gift print GFT26-001");
    assert!(sheet.contains("陶然 (in office by what was entered later, on 2026-11-05)"), "{sheet}");
    assert!(sheet.contains("陈总") && !sheet.contains("陈总 (in office"), "{sheet}");
}

#[test]
fn q4_a_deputy_who_is_dated_back_is_marked_and_so_is_what_was_decided_in_the_place() {
    let office = office().on("2026-11-05");
    office.ok("staff deputy wang --person tao --from 2026-10-09 --until 2026-11-20 --by wang");
    assert_snapshot!(office.ok("staff deputies --format csv"), @r"
        person,deputy,from_on,until_on,ended_on,decided_by,entered_by,declared,entered_later_at
        wang,tao,2026-10-09,2026-11-20,,wang,clerk,,2026-11-05T00:00:00Z
        ");
    assert!(office.ok("report late --month 2026-11 --format csv").contains("deputy 1,staff deputy,2026-10-09,"));
    office.ok("gift endorse GFT26-001 --on 2026-10-10 --by tao");
    let sheet = office.ok("gift print GFT26-001");
    assert!(sheet.contains("陶然, for 王建国 (in office by what was entered later, on 2026-11-05)"), "{sheet}");
}

#[test]
fn q3_no_term_and_no_deputy_ends_before_what_was_decided_in_it() {
    let office = office();
    office.ok("staff deputy wang --person tao --until 2026-10-20 --by wang");
    office.clone().on("2026-10-10").ok("gift endorse GFT26-001 --by tao");
    office.clone().on("2026-10-12").ok("gift approve GFT26-001 --by chen");
    let late = office.on("2026-10-15");
    assert_snapshot!(late.refused(3, "staff end chen --until 2026-10-11 --by lin"), @"R1: 陈总 would not have been in office on the day of what they decided or did: GFT26-001 (gift approve, 2026-10-12); let the term hold on those days as well, or take back first what was decided or done");
    assert_snapshot!(late.refused(3, "staff amend-term chen --role branch-manager --from 2026-10-13 --reason 甲 --by lin"), @"R1: 陈总 would not have been in office on the day of what they decided or did: GFT26-001 (gift approve, 2026-10-12), gift-item 1 (gift catalog add, 2026-10-08); let the term hold on those days as well, or take back first what was decided or done");
    assert_snapshot!(late.refused(3, "staff move chen --department business --role member --from 2026-10-12 --by lin"), @"R1: 陈总 would not have been in office on the day of what they decided or did: GFT26-001 (gift approve, 2026-10-12); let the term hold on those days as well, or take back first what was decided or done");
    assert_snapshot!(late.refused(3, "staff end wang --until 2026-10-09 --by chen"), @"R1: 王建国 would not have been in office on the day of what they decided or did: GFT26-001 (gift endorse, 2026-10-10); let the term hold on those days as well, or take back first what was decided or done");
    assert_snapshot!(late.refused(3, "staff deputy wang --end --on 2026-10-09 --by wang"), @"R1: in the place of 王建国 was decided after 2026-10-09: GFT26-001 (2026-10-10); end it with --on 2026-10-10 or later, or take back first what was decided");
    late.ok("staff deputy wang --end --on 2026-10-10 --by wang");
    late.ok("staff end chen --until 2026-10-12 --by lin --dry-run");
    late.ok("gift undo GFT26-001 --reason 错 --by chen");
    late.ok("staff end chen --until 2026-10-11 --by lin");
}

#[test]
fn q13_a_term_is_not_dated_back_into_a_month_that_was_submitted_without_a_reason() {
    let office = office().on("2026-11-05");
    office.ok("report submit 2026-10 --to technology --received-by 厂办 --by zhou");
    let role = "staff role tao --department business --role department-manager --from 2026-10-09 --by chen";
    assert_snapshot!(office.refused(3, role), @"R1: 2026-10 was submitted on 2026-11-05, and is closed; give the day on which it is entered, or say why it comes late with --late REASON");
    office.ok(&format!("{role} --late 任命书迟到"));
}
