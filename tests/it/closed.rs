//! Months that were submitted, what is entered into them afterwards, and what reaches back.

use insta::assert_snapshot;

use crate::office::Office;

const SUBMIT: &str = "report submit 2026-10 --to technology --received-by 计划科孙工";

/// An office of which October is submitted, on the 5th of November.
fn submitted() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok("project add --department business --customer 包钢 --title 球磨机 --amount 100万 --by wang");
        office.ok("fee add --kind agency --payee 甲公司 --employer 甲公司 --project PRJ26-001 --amount 1万 --reason 代理 --asked-by li");
        let office = office.on("2026-11-05");
        office.ok(SUBMIT);
        office
    })
}

#[test]
fn r1_a_month_is_submitted_once_it_has_ended_with_who_received_it() {
    let office = Office::staffed().on("2026-10-31");
    assert_snapshot!(office.refused(3, SUBMIT), @"R1: 2026-10 has not ended on 2026-10-31, and is not submitted; submit it once it has");
    let office = office.on("2026-11-05");
    assert_snapshot!(office.refused(3, &format!("{SUBMIT} --by li")), @"R1: a month is submitted by General Management, of which 李娜 was not on 2026-11-05; name who did with --by clerk or --by zhou");
    let outcome = office.run(SUBMIT);
    assert_snapshot!(format!("{}{}", outcome.out, outcome.err), @r#"
    2026-10: submitted to technology on 2026-11-05, received by 计划科孙工
    2026-10 is closed: what is entered into it from now on needs its reason, and stands on the sheet of branchbook report late
    "#);
    assert_snapshot!(office.ok("report submit 2026-10 --to technology --received-by 财务科"), @"2026-10: submitted to technology on 2026-11-05, received by 财务科");
    assert_eq!(office.count("SELECT count(*) FROM submission WHERE month = '2026-10'"), 2);
    office.ok("verify");
}

#[test]
fn r1_what_is_dated_into_a_submitted_month_needs_its_reason_in_every_register() {
    let office = submitted();
    let lines = [
        "contact add --department business --kind pre-contract --to technology --subject 甲 --content 乙 --by wang --on 2026-10-20",
        "project log PRJ26-001 --kind call --text 询价 --by wang --on 2026-10-20",
        "fee approve FEE26-001 --by lin --on 2026-10-20",
        "project add --department business --customer 鞍钢 --title 破碎机 --by wang --on 2026-10-20",
        "asset add --name 相机 --department general --price 2500 --bought-on 2026-10-20 --keeper zhou",
        "reception add --department business --unit 包钢 --purpose 考察 --arrive 2026-11-20 --visitor \"王工;工程师\" --schedule none --by li --on 2026-10-20",
        "gift add --department business --asked-by li --unit 甲 --recipient \"王工;工程师\" --item \"摆件;1;100\" --occasion 拜访 --on 2026-10-20",
        "staff role wu --department technology --role clerk --from 2026-10-20 --on 2026-10-20 --by chen",
    ];
    for line in lines {
        let said = office.refused(3, line);
        assert!(said.starts_with("R1: 2026-10 was submitted on 2026-11-05, and is closed; "), "{line}: {said}");
        office.ok(&format!("{line} --late 补录"));
    }
    // A reason that the verb asks for is one.
    office.ok("contact void HAY05001 --reason 重复 --on 2026-10-31");
    let late = office.ok("report late --month 2026-11 --format csv");
    assert_eq!(late.lines().count() - 1, lines.len() + 1, "{late}");
    assert_snapshot!(late, @r#"
    number,step,happened_on,entered_at,closed,actor,recorder,reason,department,register,now_on,import,entries
    HAY05001,contact add,2026-10-20,2026-11-05T00:00:00Z,yes,wang,clerk,补录,business,contact,,,
    PRJ26-001,project log,2026-10-20,2026-11-05T00:00:00Z,yes,wang,clerk,补录,business,project,,,
    FEE26-001,fee approve,2026-10-20,2026-11-05T00:00:00Z,yes,lin,clerk,补录,business,fee,,,
    PRJ26-002,project add,2026-10-20,2026-11-05T00:00:00Z,yes,wang,clerk,补录,business,project,,,
    AST-0001,asset add,2026-10-20,2026-11-05T00:00:00Z,yes,clerk,clerk,补录,general,asset,,,
    REC26-001,reception add,2026-10-20,2026-11-05T00:00:00Z,yes,li,clerk,补录,business,reception,,,
    GFT26-001,gift add,2026-10-20,2026-11-05T00:00:00Z,yes,clerk,clerk,补录,business,gift,,,
    staff wu,staff role,2026-10-20,2026-11-05T00:00:00Z,yes,chen,clerk,dated back to 2026-10-20: clerk of technology from 2026-10-20; 补录,,,,,
    HAY05001,contact void,2026-10-31,2026-11-05T00:00:00Z,yes,clerk,clerk,重复,business,contact,,,
    "#);
    assert_snapshot!(office.ok("report late --month 2026-10"), @"Entered in 2026-10 for an earlier month: none");
    office.ok("verify");
}

#[test]
fn r1_what_was_entered_on_the_day_of_the_closing_before_it_is_not_entered_into_a_closed_month() {
    let office = Office::staffed().on("2026-11-05");
    let form = "contact add --department business --kind pre-contract --to technology --subject 甲 --content 乙 --by wang --on 2026-10-20";
    office.ok(form);
    office.ok(SUBMIT);
    office.ok(&format!("{form} --late 补录"));
    assert_snapshot!(office.ok("report late --month 2026-11 --format csv"), @r#"
    number,step,happened_on,entered_at,closed,actor,recorder,reason,department,register,now_on,import,entries
    HAY05001,contact add,2026-10-20,2026-11-05T00:00:00Z,no,wang,clerk,,business,contact,,,
    HAY05002,contact add,2026-10-20,2026-11-05T00:00:00Z,yes,wang,clerk,补录,business,contact,,,
    "#);
}

#[test]
fn r1_a_breach_that_is_dated_back_is_listed_in_the_month_in_which_it_was_entered() {
    let office = Office::staffed().on("2026-11-05");
    office.ok("contact add --department business --kind pre-contract --to technology --subject 甲 --content 乙 --by li --exception 急 --on 2026-10-20");
    let listed = |month: &str| office.ok(&format!("report exceptions --month {month} --format csv"));
    assert_snapshot!(listed("2026-11"), @r#"
    number,clause,happened_on,person,reason,refused,approved_by,department,register,entered_on
    HAY05001,R4.2,2026-10-20,li,急,"a form of kind pre-contract from business is issued by the project's leader or the department's manager, not by 李娜",,business,contact,2026-11-05
    "#);
    assert_eq!(listed("2026-10"), listed("2026-11"));
    assert_eq!(listed("2026-12").lines().count(), 1);
    office.ok("verify");
}

#[test]
fn r2_2a_what_reaches_back_is_decided_by_a_manager_who_is_not_judged_by_it() {
    let office = Office::staffed().on("2026-11-05");
    office.ok("staff role zhou --department business --role salesperson --from 2026-01-01");
    let office = office.at_the_keyboard("zhou");
    assert_snapshot!(office.refused(3, "info quota exempt zhou 2026-11 --reason 出差"), @"R2.2a: 周敏 does not decide what 周敏 is judged by; let another clerk enter it, with who decided as --by PERSON");
    let office = office.at_the_keyboard("");
    assert_snapshot!(office.refused(3, "info quota exempt sun 2026-10 --reason 实习"), @"R2.2a: an exemption from a past month is decided by a manager or a leader, which clerk was not on 2026-11-05; name who decided with --by PERSON");
    office.ok("project add --department business --customer 甲厂 --title 订货 --by wang");
    office.ok("info quota set --person wang --count 3 --from 2026-09 --by chen");
    assert_snapshot!(office.refused(3, "info quota set --person wang --count 0 --from 2026-09 --by wang"), @"R2.2: 王建国 does not decide what 王建国 is judged by; let another clerk enter it, with who decided as --by PERSON");
    office.ok("info quota exempt sun 2026-10 --reason 实习 --by zhao");
    office.ok("info quota set --person sun --count 1 --from 2026-08 --by chen");
    assert_snapshot!(office.refused(3, "info quota set --person sun --count 0 --from 2026-09"), @"R2.2: an indicator of past months is decided by the branch manager or a leader, which clerk was not on 2026-11-05; name who decided with --by PERSON");
    office.ok("info quota set --person sun --count 0 --from 2026-09 --by chen");
    office.ok("info quota set --person sun --count 2 --from 2026-12");
    assert_snapshot!(office.ok("report late --month 2026-11 --format csv"), @r#"
    number,step,happened_on,entered_at,closed,actor,recorder,reason,department,register,now_on,import,entries
    quota person wang,info quota set,2026-09-01,2026-11-05T00:00:00Z,no,chen,clerk,,,,,,
    staff sun,info quota exempt,2026-10-01,2026-11-05T00:00:00Z,no,zhao,clerk,实习,,,,,
    quota person sun,info quota set,2026-08-01,2026-11-05T00:00:00Z,no,chen,clerk,,,,,,
    quota person sun,info quota set,2026-09-01,2026-11-05T00:00:00Z,no,chen,clerk,,,,,,
    "#);
    office.ok("verify");
}

#[test]
fn r2_2_a_figure_is_replaced_and_reaches_back_with_its_reason_and_the_history_keeps_both() {
    let office = Office::staffed();
    office.ok("rule set contact.reply_days 4 --by chen");
    assert_snapshot!(office.refused(2, "rule set contact.reply_days 9 --by chen"), @"contact.reply_days was set from 2026-10-08 on already; say why with --reason REASON; branchbook rule history contact.reply_days keeps both");
    office.ok("rule set contact.reply_days 6 --from 2026-09-01 --by chen");
    office.ok("rule set contact.reply_days 9 --by chen --reason 国庆");
    assert_snapshot!(office.ok("rule history contact.reply_days --format csv"), @r"
    from_on,value,set_by,entered_at,reason,entered_by
    2026-09-01,6,chen,2026-10-08T00:00:00Z,,clerk
    2026-10-08,4,chen,2026-10-08T00:00:00Z,,clerk
    2026-10-08,9,chen,2026-10-08T00:00:00Z,国庆,clerk
    ");
    office.ok("verify");
}

#[test]
fn r2_2_a_report_that_the_manager_dates_back_is_late_and_one_that_a_clerk_writes_down_is_not() {
    let office = Office::staffed_since("2026-10-01").on("2026-11-05").at_the_keyboard("wang");
    assert_snapshot!(office.ok("info report --department business --month 2026-10 --on 2026-10-29"), @"business 2026-10: nil report on 2026-10-29, entered on 2026-11-05, late: the deadline was 2026-10-30");
    let office = office.at_the_keyboard("");
    assert_snapshot!(office.ok("info report --department baotou --month 2026-10 --on 2026-10-29 --by zhao"), @"baotou 2026-10: nil report on 2026-10-29, on time");
    assert_snapshot!(office.ok("report late --month 2026-11 --format csv"), @r#"
    number,step,happened_on,entered_at,closed,actor,recorder,reason,department,register,now_on,import,entries
    report business 2026-10,info report,2026-10-29,2026-11-05T00:00:00Z,no,wang,wang,,,,,,
    report baotou 2026-10,info report,2026-10-29,2026-11-05T00:00:00Z,no,zhao,clerk,,,,,,
    "#);
}

#[test]
fn r2_2a_nobody_makes_a_missed_indicator_good_by_dating_back() {
    let add = "info add --department business --customer 甲厂 --region 辽宁省 --equipment 球磨机 --need 一台";
    let office = Office::staffed().on("2026-11-05").at_the_keyboard("li");
    assert_snapshot!(office.refused(3, &format!("{add} --on 2026-10-29")), @"R2.2a: what 李娜 enters on 2026-11-05 does not count in 2026-10, though it bears 2026-10-29; leave --on out, so that it counts in 2026-11, or let a clerk enter the paper of that day");
    office.ok(&format!("{add} --on 2026-11-01"));
    let office = office.at_the_keyboard("");
    office.ok(&format!("{add} --on 2026-10-29 --by li"));
    assert_eq!(office.count("SELECT sum(collected) FROM info_count WHERE month = '2026-10'"), 1);
}

#[test]
fn r4_7_a_reply_that_is_dated_back_by_who_answers_is_late() {
    let office = Office::staffed();
    office.ok("contact add --department business --kind pre-contract --to technology --subject 甲 --content 乙 --by wang --reply-by 2026-10-12");
    office.ok("contact sign HAY05001 --by wu");
    let office = office.on("2026-10-20").at_the_keyboard("wu");
    assert_snapshot!(office.ok("contact reply HAY05001 --text 可行 --on 2026-10-10"), @r#"HAY05001 "甲" to technology: technology replied on 2026-10-10, late: it was wanted by 2026-10-12"#);
    assert_eq!(office.count("SELECT replied_on = '2026-10-20' FROM contact"), 1);
    let office = office.at_the_keyboard("");
    assert_snapshot!(office.ok("contact reply HAY05001 --text 可行 --on 2026-10-10 --by wu"), @r#"HAY05001 "甲" to technology: technology replied on 2026-10-10"#);
}

/// A sheet of information of li's, of so many days of a month, from customers that begin so.
fn sheet(office: &Office, customer: &str, days: std::ops::RangeInclusive<u32>) -> String {
    let row = |day: u32| format!("2026-10-{day:02},business,li,{customer}{day}厂,辽宁省鞍山市,球磨机,两台\n");
    let rows = days.fold(String::new(), |rows, day| rows + &row(day));
    let heads = "collected_on,department,collected_by,customer,region,equipment,need\n";
    office.file(&format!("{customer}.csv"), format!("{heads}{rows}"))
}

#[test]
fn q9_what_an_import_brings_for_an_earlier_month_is_listed_as_what_is_typed() {
    let office = Office::founded_on("2026-09-01").on("2026-11-05");
    // History of before the go-live day warns nobody.
    let old = "collected_on,department,collected_by,customer,region,equipment,need\n2026-08-20,business,li,旧客户,辽宁省鞍山市,球磨机,两台\n";
    office.ok(&format!("info import {}", office.file("old.csv", old)));
    office.ok(&format!("info import {}", sheet(&office, "甲", 20..=21)));
    assert_snapshot!(office.ok("report late --month 2026-11 --format csv"), @r#"
    number,step,happened_on,entered_at,closed,actor,recorder,reason,department,register,now_on,import,entries
    INF26-0002,info import,2026-10-20,2026-11-05T00:00:00Z,no,li,clerk,,business,info,,2,
    INF26-0003,info import,2026-10-21,2026-11-05T00:00:00Z,no,li,clerk,,business,info,,2,
    "#);
    // Much is one line for each month and department, which counts its entries.
    office.ok(&format!("info import {}", sheet(&office, "乙", 1..=19)));
    assert_eq!(office.ok("report late --month 2026-11 --format csv").lines().count(), 22);
    office.ok(&format!("info import {}", sheet(&office, "丙", 1..=30)));
    let late =
        office.ok("report late --month 2026-11 --columns number,step,happened_on,actor,import,entries --format csv");
    assert_eq!(late.lines().count(), 23);
    assert_snapshot!(late.lines().last().unwrap(), @"import 4,info import,2026-10-01,clerk,4,30");
    office.ok("verify");
}
