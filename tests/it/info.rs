//! User information (R2).

use branchbook::book::view::with_views;

use crate::office::Office;

/// What li of business learned on 2026-10-12.
const ADD: &str = "info add --department business --customer 鞍钢集团矿业有限公司 --region 辽宁省鞍山市 --equipment 球磨机 \
    --need 扩产两台 --amount 860万 --contact 刘工 --phone +8613800000000 --source 展会 --by li --on 2026-10-12";

/// Another customer of business, so that nothing is a duplicate.
fn other(customer: &str, on: &str) -> String {
    format!(
        "info add --department business --customer {customer} --region 辽宁省 --equipment 破碎机 --need 一台 --by li --on {on}"
    )
}

/// The one value that a SELECT gives, as text.
fn value(office: &Office, sql: &str) -> String {
    let value = office.sql().query_row(&with_views(sql), (), |row| row.get::<_, rusqlite::types::Value>(0)).unwrap();
    match value {
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        other => panic!("{other:?} is neither text nor a number"),
    }
}

/// An office where one entry has gone as far as `state`, in October 2026.
fn office_with(state: &str) -> Office {
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
        ("collected before the other", ADD.replace("2026-10-12", "2026-01-01 --far")),
    ] {
        let outcome = office.run(&line);
        assert!(outcome.code == 0 && !outcome.err.contains("duplicate"), "{change}: {}", outcome.err);
    }
    office.ok("info void INF26-0004 --reason 重复开单");
    assert_eq!(office.run(&ADD.replace("2026-10-12", "2026-07-03 --far")).err, "", "the other is void");
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
    assert!(unclear.starts_with("error: the following required arguments were not provided:"), "{unclear}");
}

#[test]
fn r2_3_an_entry_goes_where_the_clerk_says_and_a_route_may_disagree() {
    let office = office_with("filed");
    office.ok("info route add --region 辽宁 --to foreign-trade");
    let assigned = office.run("info assign INF26-0001 --to business");
    assert_eq!(assigned.out, "INF26-0001 \"球磨机 · 辽宁省鞍山市\": assigned to business on 2026-11-15\n");
    assert_eq!(assigned.err, "route 1 suggests foreign-trade: the region begins with 辽宁\n");
    assert_eq!(
        office.refused(2, "info assign INF26-0001 --to business"),
        "INF26-0001 is assigned to business already; name another department with --to DEPARTMENT"
    );
    assert_eq!(
        office.ok("info assign INF26-0001"),
        "INF26-0001 \"球磨机 · 辽宁省鞍山市\": assigned to foreign-trade on 2026-11-15 by route 1: the region begins with 辽宁\n"
    );
}

#[test]
fn r2_3_who_assigns_what_where() {
    let office = office_with("filed");
    assert_eq!(
        office.refused(3, "info assign INF26-0001"),
        "R2.3: no route suggests a department for INF26-0001; name it with --to DEPARTMENT, or make a route: \
         branchbook info route add --region REGION --to DEPARTMENT"
    );
    assert_eq!(
        office.refused(3, "info assign INF26-0001 --to business --by wang"),
        "R2.3: assigning user information is for the clerk, which 王建国 was not on 2026-11-15; \
         name who did with --by clerk or --by zhou"
    );
    assert_eq!(
        office.refused(3, "info assign INF26-0001 --to general"),
        "R2.2: general (综合管理部) does not work with user information; give one of: business, foreign-trade, shandong, baotou"
    );
    assert_eq!(
        office.refused(2, "info assign INF26-0001 --to business --on 2026-10-29"),
        "INF26-0001 was filed on 2026-10-30 and cannot be assigned on 2026-10-29; give the day it happened with --on DATE"
    );
    office.ok(&other("本钢", "2026-11-01"));
    assert_eq!(
        office.refused(3, "info assign INF26-0002 --to business"),
        "R2.3: INF26-0002 is collected, and assign takes an entry that is filed or assigned; \
         from there: branchbook info report --department business --month 2026-11, or void"
    );
}

#[test]
fn r2_3_the_most_specific_route_decides() {
    let office = office_with("filed");
    for line in [
        "--equipment 球磨机 --to baotou",
        "--region 辽宁 --to foreign-trade",
        "--region 辽宁鞍山 --to business",
        "--region 辽宁省 --equipment 磨机 --to shandong",
        "--region 吉林 --to baotou",
    ] {
        office.ok(&format!("info route add {line}"));
    }
    assert_eq!(
        office.ok("info route explain INF26-0001 --format csv"),
        "route,department,decides,why\n\
         4,shandong,yes,the region begins with 辽宁省 and the equipment contains 磨机\n\
         3,business,no,the region begins with 辽宁鞍山\n\
         2,foreign-trade,no,the region begins with 辽宁\n\
         1,baotou,no,the equipment contains 球磨机\n"
    );
    office.ok("info route end 4");
    office.ok("info route end 3");
    assert_eq!(
        office.ok("info assign INF26-0001"),
        "INF26-0001 \"球磨机 · 辽宁省鞍山市\": assigned to foreign-trade on 2026-11-15 by route 2: the region begins with 辽宁\n"
    );
}

#[test]
fn r2_3_a_route_is_made_once_and_ended_once() {
    let office = office_with("filed");
    assert_eq!(office.ok("info route add --region 内蒙古自治区 --equipment 'ＭＱ 3645' --to baotou -q"), "1\n");
    assert_eq!(
        office.refused(2, "info route add --region 内蒙古 --equipment mq3645 --to business"),
        "route 1 leads such entries to baotou already; end it first with: branchbook info route end 1"
    );
    assert_eq!(office.ok("info route end 1"), "route 1: leads nowhere from 2026-11-15 on\n");
    assert_eq!(office.refused(2, "info route end 1"), "route 1 ended on 2026-11-15; see branchbook info route list");
    assert_eq!(office.refused(4, "info route end 7"), "there is no route 7; see branchbook info route list");
    office.ok("info route add --region 内蒙古 --equipment mq3645 --to business");
    assert_eq!(
        office.ok("info route list --format csv"),
        "route,region,equipment,department,ended_on\n\
         1,内蒙古自治区,ＭＱ 3645,baotou,2026-11-15\n\
         2,内蒙古,mq3645,business,\n"
    );
    let office = office.at_the_keyboard("sun");
    assert_eq!(
        office.refused(3, "info route add --region 山东 --to shandong"),
        "R2.3: 孙立 is no clerk, and only a clerk makes routes; ask General Management's clerk"
    );
    assert_eq!(
        office.refused(3, "info route end 2"),
        "R2.3: 孙立 is no clerk, and only a clerk ends routes; ask General Management's clerk"
    );
}

#[test]
fn r2_3_an_entry_that_no_route_fits_is_told_so() {
    let office = office_with("filed");
    let explained = office.run("info route explain INF26-0001 --format csv");
    assert_eq!(explained.out, "route,department,decides,why\n");
    assert_eq!(
        explained.err,
        "no route fits INF26-0001; make one with: branchbook info route add --region REGION --to DEPARTMENT\n"
    );
}

#[test]
fn r2_3_the_assigned_departments_manager_names_a_seller_of_it() {
    let office = office_with("assigned");
    assert_eq!(
        office.refused(3, "info track INF26-0001 --person li --by zhao"),
        "R2.3: putting a salesperson on user information is for the department-manager of business, \
         which 赵刚 was not on 2026-11-15; name who did with --by wang"
    );
    assert_eq!(
        office.refused(3, "info track INF26-0001 --person sun --by wang"),
        "R2.3: 孙立 was no salesperson or trainee or department-manager of business on 2026-11-15; \
         name one of it with --person li or --person wang"
    );
    assert_eq!(
        office.refused(2, "info track INF26-0001 --person li --by wang --on 2026-10-30"),
        "INF26-0001 was assigned on 2026-10-31 and cannot be tracked on 2026-10-30; \
         give the day it happened with --on DATE"
    );
    office.ok("info track INF26-0001 --person li --by wang");
    assert_eq!(
        office.refused(2, "info track INF26-0001 --person li --by wang"),
        "INF26-0001 is tracked by 李娜 already; name another with --person PERSON"
    );
    assert_eq!(
        office.ok("info track INF26-0001 --person wang --by wang"),
        "INF26-0001 \"球磨机 · 辽宁省鞍山市\": tracked by 王建国 of business from 2026-11-15\n"
    );
}

#[test]
fn r2_3_the_tracker_or_the_manager_notes_and_closes() {
    let office = office_with("tracked");
    assert_eq!(
        office.refused(3, "info follow INF26-0001 --note 已寄样本 --by sun"),
        "R2.3: a note on user information is for the tracker or the department-manager of business, \
         which 孙立 was not on 2026-11-15; name who did with --by li or --by wang"
    );
    assert_eq!(
        office.refused(3, "info close INF26-0001 --lost --reason 无预算 --by zhao"),
        "R2.3: closing user information is for the tracker or the department-manager of business, \
         which 赵刚 was not on 2026-11-15; name who did with --by li or --by wang"
    );
    office.ok("info follow INF26-0001 --note 已寄样本 --by li");
    assert_eq!(
        office.ok("info follow INF26-0001 --note 已回访 --by wang"),
        "INF26-0001 \"球磨机 · 辽宁省鞍山市\": note 2, on 2026-11-15 by 王建国\n"
    );
    assert_eq!(
        office.ok("info close INF26-0001 --lost --reason 无预算 --by wang"),
        "INF26-0001 \"球磨机 · 辽宁省鞍山市\": lost on 2026-11-15, closed by 王建国\n"
    );
    assert_eq!(
        value(&office, "SELECT state || ' ' || ended_on || ' ' || outcome FROM info_list"),
        "lost 2026-11-15 无预算"
    );
    assert_eq!(
        office.refused(3, "info follow INF26-0001 --note 再问 --by li"),
        "R2.3: INF26-0001 is lost, and follow takes an entry that is tracked; \
         from there: branchbook info reopen INF26-0001"
    );
}

#[test]
fn r2_3_closing_needs_an_outcome_and_a_tracked_entry() {
    let office = office_with("assigned");
    assert_eq!(
        office.refused(3, "info close INF26-0001 --won --reason 已立项 --by li"),
        "R2.3: INF26-0001 is assigned, and close takes an entry that is tracked; \
         from there: branchbook info track INF26-0001, or void"
    );
    for line in ["--reason 已立项", "--won --lost --reason 已立项"] {
        let unclear = office.refused(2, &format!("info close INF26-0001 {line} --by li"));
        assert!(unclear.starts_with("error: the "), "{unclear}");
    }
}

#[test]
fn r2_2_a_voided_entry_keeps_its_number_and_its_repeats_are_named() {
    let office = Office::staffed().on("2026-10-20");
    office.ok(ADD);
    office.ok(&ADD.replace("2026-10-12", "2026-10-13"));
    assert_eq!(
        office.refused(3, "info void INF26-0001 --reason 写错 --by li"),
        "R2.2: voiding an entry is for the clerk, which 李娜 was not on 2026-10-20; name who did with --by clerk or --by zhou"
    );
    assert_eq!(
        office.refused(2, "info void INF26-0001 --reason 写错 --on 2026-10-11"),
        "INF26-0001 bears the day 2026-10-12, and nothing happens to it on 2026-10-11; \
         give the day it happened with --on DATE"
    );
    let voided = office.run("info void INF26-0001 --reason 写错");
    assert_eq!(voided.out, "INF26-0001 \"球磨机 · 辽宁省鞍山市\": void, 写错\n");
    assert_eq!(
        voided.err,
        "INF26-0002: still a duplicate of INF26-0001; correct it with: \
         branchbook info amend NUMBER --duplicate-of none --reason REASON\n"
    );
    assert_eq!(
        office.refused(3, "info amend INF26-0001 --need 三台 --reason 补"),
        "R4.8: INF26-0001 is void and stays as it is; where that is a slip, take it back with: branchbook undo INF26-0001 --reason REASON"
    );
    assert_eq!(office.ok(&format!("{} -q", other("本钢", "2026-10-14"))), "INF26-0003\n");
}

#[test]
fn r2_3_a_clerk_corrects_every_field() {
    let office = Office::staffed().on("2026-10-20");
    office.ok(ADD);
    assert_eq!(
        office.ok(
            "info amend INF26-0001 --customer 本溪钢铁集团 --region 辽宁省本溪市 --equipment 破碎机 --need 一台 --contact 张工 \
             --phone 024-1 --amount 1.5 --source 电话 --collected-on 2026-10-11 --collected-by wang --reason 抄错"
        ),
        "INF26-0001 \"破碎机 · 辽宁省本溪市\": corrected customer, region (辽宁省鞍山市 → 辽宁省本溪市), equipment (球磨机 → 破碎机), need, contact_person, phone, amount, source, collected_on (2026-10-12 → 2026-10-11), collected_by (李娜 → 王建国)\n"
    );
    assert_eq!(
        office.ok("info list --format csv"),
        "number,state,collected_on,customer,equipment,region,department,collected_by,need,amount,contact_person,phone,source,\
         assigned_to,tracker,reported_on,late,filed_on,place,assigned_on,tracked_on,duplicate_of,outcome,ended_on,void_reason,amendments,entered_later_on,import\n\
         INF26-0001,collected,2026-10-11,本溪钢铁集团,破碎机,辽宁省本溪市,business,wang,一台,1.50,张工,024-1,电话,,,,no,,,,,,,,,1,2026-10-20,\n"
    );
    assert_eq!(value(&office, "SELECT customer_fold FROM info"), "本溪钢铁");
    assert_eq!(value(&office, "SELECT group_concat(person || ' ' || collected) FROM info_count"), "li 0,wang 1");
}

#[test]
fn r2_3_what_cannot_be_corrected() {
    let office = Office::staffed().on("2026-10-20");
    office.ok(ADD);
    assert_eq!(
        office.refused(2, "info amend INF26-0001 --reason 无"),
        "nothing to correct in INF26-0001; name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook info amend --help"
    );
    assert_eq!(
        office.refused(3, "info amend INF26-0001 --collected-by sun --reason 抄错"),
        "R2.2: 孙立 was no salesperson or trainee or department-manager of business on 2026-10-12; \
         name who did with --collected-by li or --collected-by wang"
    );
    assert_eq!(
        office.refused(3, "info amend INF26-0001 --collected-on 2025-12-31 --reason 抄错"),
        "R4.8: on 2025-12-31 the series info prints INF{yy}-{seq:4}, so INF26-0001 cannot bear that day; \
         void it and enter a new one on the right day"
    );
    let office = office.at_the_keyboard("li");
    assert_eq!(
        office.refused(3, "info amend INF26-0001 --need 三台 --reason 补"),
        "R2.3: 李娜 is no clerk, and only a clerk corrects user information; ask General Management's clerk"
    );
}

#[test]
fn r2_3_a_duplicate_is_named_or_denied_by_hand() {
    let office = Office::staffed().on("2026-10-20");
    office.ok(ADD);
    office.ok(&ADD.replace("2026-10-12", "2026-10-13"));
    office.ok(&other("本钢", "2026-10-14"));
    let amend = |number: &str, repeated: &str| format!("info amend {number} --duplicate-of {repeated} --reason 核对");
    assert_eq!(
        office.refused(3, &amend("INF26-0001", "INF26-0001")),
        "R2.3: INF26-0001 cannot be a duplicate of INF26-0001: an entry does not repeat itself; \
         name another entry, or --duplicate-of none"
    );
    assert_eq!(
        office.refused(3, &amend("INF26-0001", "INF26-0002")),
        "R2.3: INF26-0001 cannot be a duplicate of INF26-0002: INF26-0002 repeats INF26-0001; \
         name another entry, or --duplicate-of none"
    );
    assert_eq!(
        office.ok(&amend("INF26-0002", "none")),
        "INF26-0002 \"球磨机 · 辽宁省鞍山市\": corrected duplicate_of (INF26-0001 → nothing)\n"
    );
    assert_eq!(value(&office, "SELECT count(duplicate_of) FROM info"), "0");
    office.ok(&amend("INF26-0001", "inf26-0002"));
    office.ok("info void INF26-0003 --reason 写错");
    assert_eq!(
        office.refused(3, &amend("INF26-0002", "INF26-0003")),
        "R2.3: INF26-0002 cannot be a duplicate of INF26-0003: INF26-0003 is void; \
         name another entry, or --duplicate-of none"
    );
}

#[test]
fn r2_2_a_corrected_day_stays_in_the_month_that_was_reported_and_is_judged_anew() {
    let office = Office::staffed().on("2026-11-15");
    office.ok(&ADD.replace("2026-10-12", "2026-10-31"));
    office.ok("info report --department business --month 2026-10 --by wang --on 2026-11-03");
    let amend = "info amend INF26-0001 --reason 抄错 --collected-on";
    for day in ["2026-11-04", "2026-11-01"] {
        assert_eq!(
            office.refused(3, &format!("{amend} {day}")),
            format!(
                "R2.2: INF26-0001 was reported for 2026-10 on 2026-11-03, so it was not collected on {day}; \
                 void it and enter a new one on the right day"
            )
        );
    }
    assert_eq!(
        office.ok(&format!("{amend} 2026-10-30")),
        "INF26-0001 \"球磨机 · 辽宁省鞍山市\": corrected collected_on (2026-10-31 → 2026-10-30)\n"
    );
    assert_eq!(value(&office, "SELECT late_flag || ' ' || late FROM info JOIN info_count"), "1 1");
    office.ok(&format!("{amend} 2026-10-31"));
    assert_eq!(value(&office, "SELECT late_flag || ' ' || late FROM info JOIN info_count"), "0 0");
}

#[test]
fn r2_6_others_see_the_row_but_not_the_customer() {
    let office = office_with("tracked").at_the_keyboard("sun");
    assert_eq!(
        office.ok("info list --format csv").lines().nth(1),
        Some(
            "INF26-0001,tracked,2026-10-12,***,球磨机,辽宁省鞍山市,business,li,***,,***,***,***,business,li,\
             2026-10-29,no,2026-10-30,,2026-10-31,2026-11-02,,,,,0,2026-11-15,"
        )
    );
    assert_eq!(office.ok("info list --text 鞍钢 --format csv").lines().count(), 1);
    assert_eq!(
        office.refused(3, "info show INF26-0001"),
        "R2.6: you may not read INF26-0001: user information is restricted; \
         ask the branch manager for a grant: branchbook info grant PERSON --until DATE"
    );
    assert_eq!(
        office.refused(3, "info history INF26-0001"),
        "R2.6: you may not read INF26-0001: user information is restricted; \
         ask the branch manager for a grant: branchbook info grant PERSON --until DATE"
    );
    assert_eq!(value(&office, "SELECT count(*) FROM reading"), "0");
}

#[test]
fn r2_6_every_reading_is_written_down() {
    let office = office_with("collected");
    office.ok(&ADD.replace("--department business", "--department baotou").replace("--by li", "--by sun"));
    let office = office.at_the_keyboard("sun");
    let list = office.ok("info list --month 2026-10 --format csv");
    let customers: Vec<&str> = list.lines().skip(1).filter_map(|row| row.split(',').nth(3)).collect();
    assert_eq!(customers, ["***", "鞍钢集团矿业有限公司"]);
    office.ok("info show INF26-0002");
    let office = office.at_the_keyboard("zhou");
    office.ok("info history INF26-0001");
    assert_eq!(
        value(
            &office,
            "SELECT group_concat(person || ': ' || command || ' ' || scope || ' ' || entries, '; ') FROM (SELECT * FROM reading ORDER BY id)"
        ),
        "sun: info list from 2026-10-01, to 2026-10-31 1; sun: info show INF26-0002 1; zhou: info history INF26-0001 1"
    );
}

#[test]
fn r2_4_answers_show_nothing_restricted() {
    let office = Office::staffed().on("2026-11-15");
    let mut said = String::new();
    for line in [
        ADD,
        ADD,
        "info report --department business --month 2026-10 --by wang --on 2026-10-29",
        "info file --month 2026-10",
        "info route add --region 辽宁 --to business",
        "info assign INF26-0001",
        "info track INF26-0001 --person li --by wang",
        "info follow INF26-0001 --note 已寄样本 --by li",
        "info amend INF26-0002 --need 三台 --reason 补",
        "info close INF26-0001 --won --reason 已立项 --by li",
        "info route explain INF26-0001",
        "journal --last 0",
    ] {
        let outcome = office.run(line);
        assert_eq!(outcome.code, 0, "{line}\n{}", outcome.err);
        said.push_str(&outcome.out);
        said.push_str(&outcome.err);
    }
    for secret in ["鞍钢", "扩产", "刘工", "13800000000", "8600000", "展会", "样本", "立项", "三台"] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}

/// A book in which something of everything happened.
fn lived_in() -> Office {
    let office = office_with("tracked");
    office.ok("info follow INF26-0001 --note 已寄样本 --by li");
    office.ok("info close INF26-0001 --won --reason '已立项, \"急\"' --by li");
    office.ok(&ADD.replace("2026-10-12", "2026-10-13"));
    office.ok("info amend INF26-0002 --need '一台\n备件两套' --amount 0.05 --reason 补");
    office.ok(&other("=cmd", "2026-10-20"));
    office.ok("info void INF26-0003 --reason 写错");
    office.ok(&other("本钢", "2026-10-09"));
    office.ok("info report --department business --month 2026-10 --by wang --on 2026-11-05");
    office.ok(&other("首钢", "2026-11-06"));
    office
}

#[test]
fn what_is_exported_comes_in_again_the_same() {
    let office = lived_in();
    let exported = office.exported("info list");
    let copy = Office::founded_on("2026-11-21");
    let file = copy.file("info.csv", &exported);
    let imported = copy.run(&format!("info import {file}"));
    assert_eq!(
        (imported.out, imported.err),
        (
            format!("{file}: entries of user information imported: 5\n"),
            "the series info goes on with INF26-0006\n".to_owned()
        )
    );
    assert_eq!(copy.exported("info list"), exported);
    assert_eq!(
        value(
            &copy,
            "SELECT group_concat(month || ' ' || person || ' ' || collected || duplicates || reported || late) FROM info_count"
        ),
        value(
            &office,
            "SELECT group_concat(month || ' ' || person || ' ' || collected || duplicates || reported || late) FROM info_count"
        ),
    );
    assert_eq!(copy.ok(&format!("{} -q", other("太钢", "2026-11-20"))), "INF26-0006\n");
}

#[test]
fn rows_that_the_book_has_are_counted_and_others_of_their_number_are_refused() {
    let office = lived_in();
    let exported = office.exported("info list");
    let file = office.file("info.csv", &exported);
    assert_eq!(
        office.ok(&format!("info import {file}")),
        format!("{file}: entries of user information imported: 0, in the book already: 5\n")
    );
    let changed = exported.replacen(",860", ",861", 1).replacen("2026-10-09", "2026-10-10", 1);
    let file = office.file("changed.csv", changed);
    assert_eq!(
        office.refused(1, &format!("info import {file}")),
        format!(
            "{file}:2: number: INF26-0004 is in the book with another collected_on; \
             correct it there with: branchbook info amend INF26-0004 --reason REASON …\n\
             {file}:3: number: INF26-0001 is in the book with another amount; \
             correct it there with: branchbook info amend INF26-0001 --reason REASON …\n\
             2 of 5 rows cannot be taken; nothing was imported"
        )
    );
}

#[test]
fn rows_without_a_number_take_the_next_ones_once() {
    let office = Office::staffed().on("2026-11-15");
    let file = office.file(
        "old.csv",
        "编号,日期,用户,地区,设备,需求,电话\n\
         INF26-0007,2026/3/1,鞍钢,辽宁,球磨机,两台,+8613800000000\n\
         ,2026/3/2,本钢,辽宁,球磨机,一台,\n\
         ,2025/3/2,首钢,北京,破碎机,一台,\n",
    );
    let import = format!(
        "info import {file} --department 业务部 --map number=编号 --map on=日期 --map customer=用户 --map region=地区 \
         --map equipment=设备 --map need=需求 --map phone=电话 --set by=李娜"
    );
    assert_eq!(office.ok(&import), format!("{file}: entries of user information imported: 3\n"));
    assert_eq!(
        office.ok("info list --format csv").lines().skip(1).map(|row| &row[..21]).collect::<Vec<_>>(),
        ["INF25-0001,collected,", "INF26-0007,collected,", "INF26-0008,collected,"]
    );
    assert_eq!(
        office.ok(&import),
        format!("{file}: entries of user information imported: 0, in the book already: 3\n")
    );
    assert_eq!(office.ok(&format!("{} -q", other("太钢", "2026-11-15"))), "INF26-0009\n");
}

#[test]
fn a_number_that_stands_twice_in_a_file_is_refused() {
    let office = Office::staffed().on("2026-11-15");
    let file = office.file(
        "twice.csv",
        "number,collected_on,customer,equipment,region,department,collected_by,need\n\
         INF26-0001,2026-03-01,鞍钢,球磨机,辽宁,business,li,两台\n\
         INF26-0001,2026-03-01,本钢,球磨机,辽宁,business,li,两台\n",
    );
    assert_eq!(
        office.refused(1, &format!("info import {file}")),
        format!(
            "{file}:3: number: INF26-0001 stands further up in this file with another customer\n\
             1 of 2 rows cannot be taken; nothing was imported"
        )
    );
}

#[test]
fn bad_rows_are_named_by_line_and_column() {
    const HEADER: &str = "number,state,collected_on,customer,equipment,region,department,collected_by,need,amount,assigned_to,\
        tracker,reported_on,late,ended_on,void_reason";
    let office = Office::staffed().on("2026-11-15");
    for (row, problem) in [
        (
            "HAY05001,,2026-10-01,a,b,c,business,li,d,,,,,,,",
            "number: HAY05001 is no number of the series info; see branchbook series list",
        ),
        (
            ",gone,2026-10-01,a,b,c,business,li,d,,,,,,,",
            "state: \"gone\" is no state; give one of: collected, reported, filed, assigned, tracked, won, lost, void; --value state:gone=STATE says which it means",
        ),
        (",,,a,b,c,business,li,d,,,,,,,", "collected_on: is empty"),
        (",,2026-10-01,,b,c,business,li,d,,,,,,,", "customer: is empty"),
        (
            ",,2026-10-01,***,b,c,business,li,***,,,,,,,",
            "customer: is masked; export the list as somebody who may read it",
        ),
        (
            ",,2026-10-01,a,b,c,nowhere,li,d,,,,,,,",
            "department: there is no department nowhere; see branchbook department list; --value department:nowhere=DEPARTMENT says which it means",
        ),
        (
            ",,2026-10-01,a,b,c,business,ghost,d,,,,,,,",
            "collected_by: nobody on the staff is called ghost; see branchbook staff list, or enter the person with: branchbook staff add KEY --name ghost --department DEPARTMENT --role ROLE",
        ),
        (
            ",,2026-10-01,a,b,c,business,li,d,-1,,,,,,",
            "amount: -1.00 is less than nothing; give an amount in yuan from 0 on",
        ),
        (
            ",assigned,2026-10-01,a,b,c,business,li,d,,,,,,,",
            "assigned_to: an entry that is assigned names the department that has it",
        ),
        (
            ",tracked,2026-10-01,a,b,c,business,li,d,,business,,,,,",
            "tracker: an entry that is tracked names the person who tracks it",
        ),
        (",,2026-10-01,a,b,c,business,li,d,,,,,maybe,,", "late: \"maybe\" is neither yes nor no"),
        (",,2026-10-01,a,b,c,business,li,d,,,,,yes,,", "late: an entry that was not reported was not reported late"),
        (",,2026-10-01,a,b,c,business,li,d,,,,,,2026-10-02,", "ended_on: an entry that is collected has not ended"),
        (
            ",void,2026-10-01,a,b,c,business,li,d,,,,,,,",
            "void_reason: a void entry has a reason, and only a void entry has one",
        ),
    ] {
        let file = office.file("bad.csv", format!("{HEADER}\n{row}\n"));
        assert_eq!(
            office.refused(1, &format!("info import {file}")),
            format!("{file}:2: {problem}\n1 of 1 row cannot be taken; nothing was imported")
        );
    }
}

#[test]
fn history_is_not_held_to_who_collected_it_nor_to_the_order_of_days() {
    let office = Office::staffed().on("2026-11-15");
    let file = office.file(
        "old.csv",
        "number,collected_on,customer,equipment,region,department,collected_by,need,assigned_to,tracker,filed_on,reported_on,duplicate_of\n\
         INF19-0003,2019-05-01,鞍钢,球磨机,辽宁,业务部,吴工,两台,内蒙古包头办事处,赵刚,2019-04-01,2019-06-01,INF19-0001\n",
    );
    let imported = office.run(&format!("info import {file}"));
    assert_eq!(imported.out, format!("{file}: entries of user information imported: 1\n"));
    assert_eq!(
        imported.err,
        "the series info goes on with INF19-0004; missing numbers before it: 2, see branchbook series audit info\n\
             INF19-0003: its duplicate_of INF19-0001 is not in the book\n"
    );
    assert_eq!(
        value(&office, "SELECT state || ' ' || assigned_to || ' ' || tracker FROM info_list"),
        "tracked baotou zhao"
    );
    let office = office.at_the_keyboard("li");
    assert_eq!(
        office.refused(3, &format!("info import {file}")),
        "R2.3: 李娜 is no clerk, and only a clerk brings in old entries of user information; \
         ask General Management's clerk"
    );
}

#[test]
fn r2_2_filing_says_where_the_entry_stands() {
    let office = office_with("reported");
    office.ok("info file INF26-0001 --place 三号柜2026-10");
    assert!(office.ok("info list --format csv").contains(",三号柜2026-10,"));
}

#[test]
fn a_day_that_has_not_come_is_refused() {
    let office = Office::staffed();
    assert_eq!(
        office.refused(2, "rule set contact.reply_days 3 --by chen --on 2027-10-08"),
        "2027-10-08 has not come yet; give the day it happened with --on DATE"
    );
}

#[test]
fn an_entry_was_not_collected_on_a_day_to_come() {
    let office = Office::staffed();
    crate::collected::collect(&office.sql(), crate::collected::Collected { day: "2026-10-06", ..crate::collected::LI });
    insta::assert_snapshot!(office.refused(2, "info amend INF26-0001 --reason 错 --collected-on 2026-10-09"), @"2026-10-09 has not come yet; give the day it happened with --collected-on DATE");
    insta::assert_snapshot!(office.refused(2, "info amend INF26-0001 --reason 错 --collected-by li"), @"nothing to correct in INF26-0001; name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook info amend --help");
    let row = "department,collected_by,collected_on,customer,region,equipment,need\nbusiness,li,2062-10-06,鞍钢,辽宁,磨,扩产\n";
    let said = office.refused(1, &format!("info import {}", office.file("old.csv", row)));
    assert!(said.contains("old.csv:2: collected_on: 2062-10-06 has not come yet"), "{said}");
}

#[test]
fn an_estimate_is_small_enough_for_the_sum_of_a_month() {
    use branchbook::money::estimate;
    assert!(estimate("1000亿").is_ok());
    assert_eq!(
        estimate("1000.01亿").unwrap_err().to_string(),
        "100,001,000,000.00 is more than any estimate can be; give the amount in yuan, up to 100,000,000,000.00"
    );
}

#[test]
fn r4_8_a_gap_of_an_old_register_is_explained_and_comes_in_again() {
    let office = Office::staffed().on("2026-11-20");
    let file = office.file(
        "old.csv",
        "number,collected_on,customer,equipment,region,department,collected_by,need\n\
         INF26-0004,2026-05-01,鞍钢,球磨机,辽宁,business,li,两台\n",
    );
    office.ok(&format!("info import {file}"));
    assert_eq!(office.run("series audit info").code, 5);
    assert_eq!(
        office.ok("info void INF26-0001..INF26-0003 --reason 旧登记簿缺号"),
        "INF26-0001, INF26-0002, INF26-0003: void, 旧登记簿缺号\n"
    );
    office.ok("series audit info");
    office.ok("verify");
    let exported = office.exported("info list");
    assert_eq!(exported.lines().count(), 5);
    let copy = Office::founded_on("2026-11-21");
    let file = copy.file("info.csv", &exported);
    copy.ok(&format!("info import {file}"));
    assert_eq!(copy.exported("info list"), exported);
    assert_eq!(copy.ok(&format!("info import {file} -q")), "0\n");
}
