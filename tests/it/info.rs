//! User information (R2).

use branchbook::view::with_views;

use crate::office::Office;

/// What li of business learned on 2026-10-12.
pub(crate) const ADD: &str = "info add --department business --customer 鞍钢集团矿业有限公司 --region 辽宁省鞍山市 --equipment 球磨机 \
    --need 扩产两台 --amount 860万 --contact 刘工 --phone +8613800000000 --source 展会 --by li --on 2026-10-12";

/// Another customer of business, so that nothing is a duplicate.
pub(crate) fn other(customer: &str, on: &str) -> String {
    format!(
        "info add --department business --customer {customer} --region 辽宁省 --equipment 破碎机 --need 一台 --by li --on {on}"
    )
}

/// The one value that a SELECT gives, as text.
pub(crate) fn value(office: &Office, sql: &str) -> String {
    let value = office.sql().query_row(&with_views(sql), (), |row| row.get::<_, rusqlite::types::Value>(0)).unwrap();
    match value {
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        other => panic!("{other:?} is neither text nor a number"),
    }
}

/// An office where one entry has gone as far as `state`, in October 2026.
pub(crate) fn office_with(state: &str) -> Office {
    let office = Office::staffed().on("2026-11-15");
    office.ok(ADD);
    for (reached, line) in [
        ("reported", "info report --department business --month 2026-10 --by wang --on 2026-10-29"),
        ("filed", "info file --month 2026-10 --on 2026-10-30"),
        ("assigned", "info assign INF26-0001 --to business --on 2026-10-31"),
        ("tracked", "info track INF26-0001 --person li --by wang --on 2026-11-02"),
    ] {
        if value(&office, "SELECT state FROM entry") == state {
            break;
        }
        office.ok(line);
        assert_eq!(value(&office, "SELECT state FROM entry"), reached);
    }
    office
}

#[test]
fn r2_3_the_month_as_typed() {
    let office = Office::staffed().on("2026-10-12");
    assert_eq!(
        office.ok(
            "info add --department business --customer 鞍钢集团矿业有限公司 --region 辽宁省鞍山市 --equipment 球磨机 \
             --need '2027 年扩产,两台' --amount 860万 --contact 刘工 --phone 13800000000 --by li --on 2026-10-12 -q"
        ),
        "INF26-0001\n"
    );
    let office = office.on("2026-10-29");
    assert_eq!(
        office.ok("info report --department business --month 2026-10 --by wang --on 2026-10-29"),
        "business 2026-10: 1 entry reported on 2026-10-29, on time\n"
    );
    let office = office.on("2026-10-30");
    assert_eq!(office.ok("info file --month 2026-10 --by zhou"), "INF26-0001: filed on 2026-10-30\n");
    assert_eq!(
        office.ok("info route add --region 内蒙古 --to baotou"),
        "route 1: to baotou where the region begins with 内蒙古\n"
    );
    assert_eq!(
        office.ok("info route add --equipment 破碎机 --to business"),
        "route 2: to business where the equipment contains 破碎机\n"
    );
    assert_eq!(
        office.ok("info assign INF26-0001 --to business --by zhou"),
        "INF26-0001 \"球磨机 · 辽宁省鞍山市\": assigned to business on 2026-10-30\n"
    );
    assert_eq!(
        office.ok("info track INF26-0001 --person li --by wang"),
        "INF26-0001 \"球磨机 · 辽宁省鞍山市\": tracked by 李娜 of business from 2026-10-30\n"
    );
    assert_eq!(
        office.ok("info follow INF26-0001 --note 已寄样本 --by li"),
        "INF26-0001 \"球磨机 · 辽宁省鞍山市\": note 1, on 2026-10-30 by 李娜\n"
    );
    assert_eq!(
        office.ok("info close INF26-0001 --won --reason 已立项 --by li"),
        "INF26-0001 \"球磨机 · 辽宁省鞍山市\": won on 2026-10-30, closed by 李娜\n"
    );
}

#[test]
fn r2_2_collecting_is_for_salespeople_trainees_and_the_manager_of_the_department() {
    let office = Office::staffed().on("2026-12-01");
    for (department, person) in [("business", "li"), ("baotou", "sun"), ("business", "wang")] {
        let line = ADD.replace("--department business", &format!("--department {department}"));
        office.ok(&line.replace("--by li", &format!("--by {person}")));
    }
    assert_eq!(
        office.refused(3, &ADD.replace("--by li", "--by zhao")),
        "R2.2: collecting user information is for the salesperson or trainee or department-manager of business, \
         which 赵刚 was not on 2026-10-12; name who did with --by li or --by wang"
    );
    assert_eq!(
        office.refused(3, &ADD.replace("2026-10-12", "2025-12-31 --far")),
        "R2.2: collecting user information is for the salesperson or trainee or department-manager of business, \
         which 李娜 was not on 2025-12-31; nobody held that role on that day"
    );
}

#[test]
fn r2_2_only_the_four_departments_that_report_collect() {
    let office = Office::staffed().on("2026-12-01");
    assert_eq!(
        office.refused(3, &ADD.replace("--department business", "--department technology")),
        "R2.2: technology (技术开发科) does not work with user information; give one of: business, foreign-trade, shandong, baotou"
    );
    assert_eq!(
        office.refused(3, "info report --department 综合管理部 --month 2026-10 --by wang"),
        "R2.2: general (综合管理部) does not work with user information; give one of: business, foreign-trade, shandong, baotou"
    );
}

#[test]
fn r4_7_only_a_clerk_enters_what_another_collected() {
    let office = Office::staffed().on("2026-12-01").at_the_keyboard("sun");
    assert_eq!(
        office.refused(3, ADD),
        "R4.7: 孙立 may not enter what 李娜 did; only a clerk or contract administrator writes for others; \
         let 李娜 enter it, or hand the paper to General Management's clerk"
    );
    let own = "info add --department baotou --customer 包钢 --region 内蒙古 --equipment 球磨机 --need 一台";
    assert_eq!(office.ok(own), "INF26-0001: collected on 2026-12-01 by 孙立 of baotou\n");
}

#[test]
fn r2_3_a_correction_that_makes_a_repeat_marks_it() {
    let office = Office::staffed().on("2026-10-20");
    office.ok(ADD);
    office.ok(&ADD.replace("鞍钢集团矿业有限公司", "鞍钢矿山"));
    let corrected = office.run("info amend INF26-0002 --customer 鞍钢集团矿业 --reason 全称");
    assert_eq!(corrected.code, 0);
    assert_eq!(
        corrected.err,
        "R2.3: likely a duplicate of INF26-0001 (business); if it is none: \
         branchbook info amend INF26-0002 --duplicate-of none --reason REASON\n"
    );
    let marks = "SELECT group_concat(coalesce(duplicate_of, '-')) FROM info";
    assert_eq!(value(&office, marks), "-,INF26-0001");
    // Whoever says that it is none is not told again, nor is the first marked as a repeat of the second.
    office.ok("info amend INF26-0002 --duplicate-of none --reason 另一项目");
    assert_eq!(office.run("info amend INF26-0002 --need 三台 --reason 更正").err, "");
    assert_eq!(office.run("info amend INF26-0001 --customer 鞍钢集团矿业公司 --reason 更正").err, "");
    assert_eq!(value(&office, marks), "-,-");
}

#[test]
fn r2_6_a_total_says_how_many_masked_rows_it_leaves_out() {
    let office = Office::staffed().on("2026-10-20");
    office.ok(ADD);
    office.ok(&other("鞍山矿业", "2026-10-13"));
    office
        .ok(&other("本溪矿业", "2026-10-14").replace("business", "baotou").replace("--by li", "--by sun --amount 5万"));
    office.ok(&other("通化矿业", "2026-10-14"));
    office.ok("info void INF26-0004 --reason 重复");
    for line in ["info list --as sun", "info list --as sun --columns number,amount"] {
        let list = office.ok(line);
        assert!(list.contains("50,000.00") && !list.contains("8,600,000.00"), "{list}");
        assert!(list.ends_with("the total leaves out: void 1, masked 2\n"), "{list}");
    }
    assert!(office.ok("info list").ends_with("the total leaves out: void 1\n"));
}

#[test]
fn r2_3_a_likely_duplicate_is_named_by_number_and_department_alone() {
    let office = Office::staffed().on("2026-10-20");
    office.ok(ADD);
    let again = office.run(
        "info add --department baotou --customer '鞍钢集团矿业' --region 辽宁 --equipment ' 球磨机' --need 备件 --by sun --on 2026-10-20",
    );
    assert_eq!(again.out, "INF26-0002: collected on 2026-10-20 by 孙立 of baotou\n");
    assert_eq!(
        again.err,
        "R2.3: likely a duplicate of INF26-0001 (business); if it is none: \
         branchbook info amend INF26-0002 --duplicate-of none --reason REASON\n"
    );
    assert_eq!(value(&office, "SELECT group_concat(duplicate_of) FROM info"), "INF26-0001");
    assert_eq!(value(&office, "SELECT sum(collected) || ' ' || sum(duplicates) FROM info_count"), "2 1");
}

#[test]
fn r2_3_what_is_no_duplicate() {
    let office = Office::staffed().on("2026-12-31");
    office.ok(&ADD.replace("2026-10-12", "2026-01-02 --far"));
    office.ok("rule set info.duplicate_months 3 --from 2026-04-01 --by chen");
    for (change, line) in [
        ("another customer", ADD.replace("鞍钢集团矿业有限公司", "本钢")),
        ("another equipment", ADD.replace("球磨机", "破碎机").replace("2026-10-12", "2026-02-12 --far")),
        ("longer ago than the figure of the day", ADD.replace("2026-10-12", "2026-04-03 --far")),
    ] {
        let outcome = office.run(&line);
        assert!(outcome.code == 0 && !outcome.err.contains("duplicate"), "{change}: {}", outcome.err);
    }
    office.ok("info void INF26-0004 --reason 重复开单");
    assert_eq!(office.run(&ADD.replace("2026-10-12", "2026-07-03 --far")).err, "", "the other is void");
}

/// An earlier day that comes in later does not take the place of what was in the book before it: one of the two is a repeat.
#[test]
fn r2_3_an_earlier_day_that_comes_in_later_repeats_what_is_in_the_book() {
    let office = Office::staffed().on("2026-10-30");
    office.ok(ADD);
    let warned = office.run(&ADD.replace("2026-10-12", "2026-10-11")).err;
    assert!(warned.starts_with("R2.3: likely a duplicate of INF26-0001 (business); "), "{warned}");
    assert_eq!(value(&office, "SELECT sum(collected) || ' ' || sum(duplicates) FROM info_count"), "2 1");
}

#[test]
fn r2_3_a_duplicate_reaches_back_to_the_day_of_the_figure() {
    let office = Office::staffed().on("2026-12-31");
    office.ok("rule set info.duplicate_months 6 --from 2026-01-01 --by chen");
    office.ok(&ADD.replace("2026-10-12", "2026-02-28 --far"));
    let warned = office.run(&ADD.replace("2026-10-12", "2026-08-31")).err;
    assert!(warned.starts_with("R2.3: likely a duplicate of INF26-0001 (business); "), "{warned}");
    let office = Office::staffed().on("2026-12-31");
    office.ok("rule set info.duplicate_months 6 --from 2026-01-01 --by chen");
    office.ok(&ADD.replace("2026-10-12", "2026-02-27 --far"));
    assert_eq!(office.run(&ADD.replace("2026-10-12", "2026-08-31")).err, "");
}

#[test]
fn a_region_abroad_is_taken_and_noted() {
    let office = Office::staffed().on("2026-12-01");
    let abroad = office.run(&ADD.replace("辽宁省鞍山市", "蒙古国"));
    assert_eq!(
        (abroad.code, abroad.err.as_str()),
        (0, "the region 蒙古国 begins with no province, city or county of China that is known; it is kept as typed\n")
    );
}

#[test]
fn an_estimate_below_nothing_is_refused_and_a_phone_is_kept_as_typed() {
    let office = Office::staffed().on("2026-12-01");
    let negative = office.refused(2, &ADD.replace("--amount 860万", "--amount -5"));
    assert!(
        negative.starts_with(
            "error: invalid value '-5' for '--amount <AMOUNT>': -5.00 is less than nothing; \
             give an amount in yuan from 0 on"
        ),
        "{negative}"
    );
    office.ok(ADD);
    assert_eq!(value(&office, "SELECT phone || ' ' || amount_fen FROM info"), "+8613800000000 860000000");
}

#[test]
fn r2_2_the_manager_of_the_department_reports() {
    let office = Office::staffed().on("2026-10-29");
    assert_eq!(
        office.refused(3, "info report --department business --month 2026-10 --by zhao"),
        "R2.2: reporting user information is for the department-manager of business, \
         which 赵刚 was not on 2026-10-29; name who did with --by wang"
    );
    assert_eq!(
        office.refused(3, "info report --department shandong --month 2026-10 --by zhao"),
        "R2.2: reporting user information is for the department-manager of shandong, \
         which 赵刚 was not on 2026-10-29; nobody held that role on that day"
    );
}

#[test]
fn r2_2_a_month_is_reported_from_its_first_day_on() {
    let office = Office::staffed().on("2026-12-01");
    assert_eq!(
        office.refused(3, "info report --department business --month 2026-11 --by wang --on 2026-10-31"),
        "R2.2: 2026-11 cannot be reported on 2026-10-31, before it begins; give the day it was reported with --on DATE"
    );
    office.ok("info report --department business --month 2026-11 --by wang --on 2026-11-01");
}

#[test]
fn r2_2_a_nil_report_is_a_report() {
    let office = Office::staffed().on("2026-10-30");
    assert_eq!(
        office.ok("info report --department baotou --month 2026-10 --by zhao"),
        "baotou 2026-10: nil report on 2026-10-30, on time\n"
    );
    assert_eq!(
        office.refused(3, "info report --department baotou --month 2026-10 --by zhao"),
        "R2.2: baotou reported 2026-10 on 2026-10-30, and nothing was collected in it since; \
         see branchbook info list --department baotou --month 2026-10"
    );
    assert_eq!(office.ok("info report --department business --month 2026-10 --by wang -q"), "0\n");
    assert_eq!(
        value(&office, "SELECT thing || ' ' || actor FROM journal WHERE verb = 'info report' ORDER BY id LIMIT 1"),
        "report baotou 2026-10 zhao"
    );
}

#[test]
fn r2_2_a_report_after_the_30th_is_late_in_a_month_of_31_days() {
    let office = Office::staffed().on("2026-11-15");
    office.ok(ADD);
    office.ok(&other("本钢", "2026-10-31"));
    assert_eq!(
        office.ok("info report --department business --month 2026-10 --by wang --on 2026-10-31"),
        "business 2026-10: 2 entries reported on 2026-10-31, late: the deadline was 2026-10-30\n"
    );
    assert_eq!(value(&office, "SELECT group_concat(late_flag) FROM info"), "1,0");
    assert_eq!(value(&office, "SELECT late_flag FROM info_report"), "1");
    assert_eq!(value(&office, "SELECT reported || ' ' || late FROM info_count"), "2 1");
}

#[test]
fn r2_2_february_is_reported_by_its_last_day() {
    for (day, timing) in [
        ("2026-02-28", "on time"),
        ("2026-03-01", "late: the deadline was 2026-02-28"),
        ("2028-02-29", "on time"),
        ("2028-03-01", "late: the deadline was 2028-02-29"),
    ] {
        let (office, month) = (Office::staffed().on(day), format!("{}-02", &day[..4]));
        assert_eq!(
            office.ok(&format!("info report --department business --month {month} --by wang")),
            format!("business {month}: nil report on {day}, {timing}\n")
        );
    }
}

#[test]
fn r2_2_a_month_is_judged_by_the_deadline_of_its_end() {
    let office = Office::staffed().on("2026-12-01");
    office.ok("rule set info.deadline_day 25 --from 2026-11-01 --by chen");
    assert_eq!(
        office.ok("info report --department business --month 2026-10 --by wang --on 2026-10-30"),
        "business 2026-10: nil report on 2026-10-30, on time\n"
    );
    assert_eq!(
        office.ok("info report --department business --month 2026-11 --by wang --on 2026-11-26"),
        "business 2026-11: nil report on 2026-11-26, late: the deadline was 2026-11-25\n"
    );
}

#[test]
fn r2_2_a_supplement_takes_what_was_collected_since_and_is_late_only_for_what_was_there() {
    let office = Office::staffed().on("2026-11-15");
    let report = "info report --department business --month 2026-10 --by wang --on";
    office.ok(ADD);
    office.ok(&other("本钢", "2026-10-31"));
    let first = office.run(&format!("{report} 2026-10-29"));
    assert_eq!(first.out, "business 2026-10: 1 entry reported on 2026-10-29, on time\n");
    assert_eq!(first.err, "1 collected after 2026-10-29 left for a supplementary report\n");
    assert_eq!(
        office.ok(&format!("{report} 2026-11-01")),
        "business 2026-10: 1 entry reported on 2026-11-01 as supplement 1, on time\n"
    );
    office.ok(&other("首钢", "2026-10-30"));
    assert_eq!(
        office.refused(2, &format!("{report} 2026-10-31")),
        "business reported 2026-10 on 2026-11-01 and cannot supplement that on 2026-10-31; \
         give the day it was reported with --on DATE"
    );
    assert_eq!(
        office.ok(&format!("{report} 2026-11-05")),
        "business 2026-10: 1 entry reported on 2026-11-05 as supplement 2, late: the deadline was 2026-10-30\n"
    );
    assert_eq!(
        value(&office, "SELECT group_concat(position || ':' || entries || ':' || late_flag) FROM info_report"),
        "1:1:0,2:1:0,3:1:1"
    );
}

#[test]
fn r2_2_other_months_other_departments_and_void_entries_are_not_reported() {
    let office = Office::staffed().on("2026-10-30");
    office.ok(&ADD.replace("2026-10-12", "2026-09-30"));
    office.ok(&ADD.replace("--department business", "--department baotou").replace("--by li", "--by sun"));
    office.ok(&other("本钢", "2026-10-01"));
    office.ok("info void INF26-0003 --reason 写错");
    assert_eq!(office.ok("info report --department business --month 2026-10 --by wang -q"), "0\n");
    assert_eq!(
        value(&office, "SELECT group_concat(state) FROM (SELECT state FROM entry ORDER BY id)"),
        "collected,collected,void"
    );
}

#[test]
fn r2_2_the_journal_has_a_row_for_every_entry_and_one_for_the_report() {
    let office = Office::staffed().on("2026-10-30");
    office.ok(ADD);
    office.ok(&other("本钢", "2026-10-01"));
    office.ok("info report --department business --month 2026-10 --by wang");
    assert_eq!(
        value(
            &office,
            "SELECT group_concat(thing || ' ' || actor) FROM (SELECT * FROM journal WHERE verb = 'info report' ORDER BY id)"
        ),
        "INF26-0002 wang,INF26-0001 wang,report business 2026-10 wang"
    );
}

#[test]
fn r2_2_a_clerk_files_what_was_reported() {
    let office = office_with("reported");
    assert_eq!(
        office.refused(3, "info file INF26-0001 --by li"),
        "R2.2: filing user information is for the clerk, which 李娜 was not on 2026-11-15; name who did with --by clerk or --by zhou"
    );
    assert_eq!(
        office.refused(2, "info file INF26-0001 --on 2026-10-28"),
        "INF26-0001 was reported on 2026-10-29 and cannot be filed on 2026-10-28; \
         give the day it happened with --on DATE"
    );
    assert_eq!(
        office.refused(3, "info file --month 2026-10 --department baotou"),
        "R2.2: nothing of baotou waits to be filed for 2026-10; what was collected is reported first: \
         branchbook info report --department baotou --month 2026-10"
    );
    assert_eq!(office.ok("info file inf26-0001"), "INF26-0001: filed on 2026-11-15\n");
    assert_eq!(
        office.refused(3, "info file --month 2026-10"),
        "R2.2: nothing waits to be filed for 2026-10; what was collected is reported first: \
         branchbook info report --department DEPARTMENT --month 2026-10"
    );
}

#[test]
fn r2_2_filing_takes_all_the_numbers_or_none() {
    let office = office_with("reported");
    office.ok(&other("本钢", "2026-11-01"));
    assert_eq!(
        office.refused(3, "info file INF26-0001 INF26-0002"),
        "R2.2: INF26-0002 is collected, and file takes an entry that is reported; \
         from there: branchbook info report --department business --month 2026-11, or void"
    );
    office.ok("info report --department business --month 2026-11 --by wang");
    assert_eq!(office.ok("info file INF26-0001 INF26-0002"), "INF26-0001, INF26-0002: filed on 2026-11-15\n");
    let unclear = office.refused(2, "info file");
    assert!(unclear.starts_with("error: missing: "), "{unclear}");
}
