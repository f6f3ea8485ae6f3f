//! Where user information goes, who tracks it, and who corrects and reads it (R2.3, R2.6).

use crate::info::{ADD, office_with, other, value};
use crate::office::Office;

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
         from there: branchbook info reopen INF26-0001 --reason REASON"
    );
}

#[test]
fn r2_3_closing_needs_an_outcome_and_a_tracked_entry() {
    let office = office_with("assigned");
    assert_eq!(
        office.refused(3, "info close INF26-0001 --won --reason 已立项 --by li"),
        "R2.3: INF26-0001 is assigned, and close takes an entry that is tracked; \
         from there: branchbook info track INF26-0001 --person PERSON, or void"
    );
    for line in ["--reason 已立项", "--won --lost --reason 已立项"] {
        let unclear = office.refused(2, &format!("info close INF26-0001 {line} --by li"));
        assert!(unclear.starts_with("error: "), "{unclear}");
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
    // No total has what it repeats twice, whether or not the list shows that it does (R2.3).
    for line in ["info list", "info list --columns number,amount", "info list --columns number,state,amount"] {
        let list = office.ok(line);
        let total = list.lines().find(|line| line.contains("total")).unwrap_or_default();
        assert!(total.contains("8,600,000.00") && list.ends_with("the total leaves out: duplicate 1\n"), "{list}");
    }
    let zh = office.ok("info list --lang zh");
    assert!(zh.ends_with("合计未计入：重复1条\n"), "{zh}");
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
        office.ok(&amend("INF26-0002", "没有")),
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
