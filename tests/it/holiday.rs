//! Public holidays: the list, who decides on it, and what its days move on (Q14).

use insta::assert_snapshot;

use crate::office::Office;

/// National Day of 2026 as it was announced: a week of rest, for which two Saturdays and Sundays are worked.
const NATIONAL_DAY: &str = "\
rule holiday add 2026-10-01 --until 2026-10-07 --name 国庆节 --by chen
rule holiday add 2026-09-20 --name 国庆节 --worked --by chen
rule holiday add 2026-10-10 --name 国庆节 --worked --by chen";

fn office_with_holidays() -> Office {
    Office::made(|| {
        let office = Office::staffed().on("2026-09-25");
        for line in NATIONAL_DAY.lines() {
            office.ok(line);
        }
        office
    })
}

fn due_of_a_form(office: &Office, on: &str) -> String {
    let line = "contact add --department business --kind pre-contract --to technology --subject 轴承 --content x --by wang --quiet";
    let number = office.ok(&format!("{line} --on {on}"));
    let card = office.ok(&format!("contact show {} --format json", number.trim()));
    let card: serde_json::Value = serde_json::from_str(&card).unwrap();
    card[0]["reply_by_on"].as_str().unwrap().to_owned()
}

#[test]
fn r4_7_a_reply_is_wanted_by_a_day_that_is_worked() {
    let office = office_with_holidays().on("2026-10-12");
    // 09-27 is five days before 10-02, 10-05 before Saturday the 10th, which is worked; 10-06 before Sunday the 11th.
    for (issued, wanted) in [
        ("2026-09-24", "2026-09-29"),
        ("2026-09-27", "2026-10-08"),
        ("2026-10-05", "2026-10-10"),
        ("2026-10-06", "2026-10-12"),
    ] {
        assert_eq!(due_of_a_form(&office, issued), wanted, "{issued}");
    }
    // The day that a form names is the day that it names.
    let named = "contact add --department business --kind pre-contract --to technology --subject 轴承 --content x --by wang --reply-by 2026-10-18";
    assert_snapshot!(office.ok(named), @"HAY05005: issued on 2026-10-12 to technology, reply wanted by 2026-10-18");
    // What is taken off moves nothing, and what had passed by then stays as it was.
    office.ok("rule holiday remove 2026-10-10 --reason 改期 --by chen");
    assert_eq!(due_of_a_form(&office, "2026-10-05"), "2026-10-10");
    let early = office_with_holidays();
    early.ok("rule holiday remove 2026-10-10 --reason 改期 --by chen");
    assert_eq!(due_of_a_form(&early.on("2026-10-12"), "2026-10-05"), "2026-10-12");
    // A year of which no holiday is known goes by calendar days.
    let office = office.on("2027-01-05");
    assert_eq!(due_of_a_form(&office, "2027-01-04"), "2027-01-09");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r4_7_without_a_list_of_holidays_days_are_those_of_the_calendar() {
    let office = Office::staffed().on("2026-10-12");
    assert_eq!(due_of_a_form(&office, "2026-09-27"), "2026-10-02");
    assert_eq!(due_of_a_form(&office, "2026-10-06"), "2026-10-11");
}

#[test]
fn r2_2_a_report_is_on_time_until_the_first_day_of_work_after_its_deadline() {
    let report = "info report --department business --month 2026-05 --by wang";
    let plain = Office::staffed_since("2026-04-01").on("2026-06-01");
    assert_snapshot!(plain.ok(report), @"business 2026-05: nil report on 2026-06-01, late: the deadline was 2026-05-30");
    let office = Office::staffed_since("2026-04-01").on("2026-04-02");
    office.ok("rule holiday add 2026-05-01 --until 2026-05-05 --name 劳动节 --by chen");
    assert_snapshot!(office.clone().on("2026-06-01").ok(report), @"business 2026-05: nil report on 2026-06-01, on time");
    assert_snapshot!(office.on("2026-06-02").ok("info report --department baotou --month 2026-05 --by zhao"), @"baotou 2026-05: nil report on 2026-06-02, late: the deadline was 2026-06-01");
}

#[test]
fn r5_2_5_r3_6_and_r5_5_4_pass_over_holidays() {
    let office = office_with_holidays().on("2026-09-29");
    office.all_ok(&[
        "project add --department business --customer 甲矿业 --title 磨机 --by wang",
        "project lead PRJ26-001 --person li --by wang",
        "asset add --name 相机 --price 7999 --bought-on 2026-09-01 --keeper zhou --department general --on 2026-09-20",
        "reception add --department business --unit 包钢 --purpose 监造 --arrive 2026-09-29 --leave 2026-09-29 --visitor 张;处长 --schedule none --on 2026-09-27 --by wang",
        "reception arrange REC26-001 --host 王建国 --place 会议室 --car none --dining none --gift-standard none --lodging none --scenic none --schedule none --by zhou",
    ]);
    assert_snapshot!(office.ok("project log PRJ26-001 --kind request --text 催货 --by li"), @r#"PRJ26-001 "甲矿业 · 磨机": request 1 in its log, on 2026-09-29 by 李娜, to be answered by 2026-10-08"#);
    assert_snapshot!(office.ok("asset damage AST-0001 --by zhou --what 碎 --on 2026-09-22"), @r#"AST-0001 "相机": in repair, to be back by 2026-10-08; 周敏 answers for it"#);
    assert_snapshot!(office.ok("reception receive REC26-001 --arrived 2026-09-29 --left 2026-09-29 --people 1 --cost 10"), @r#"REC26-001 "包钢 · 监造": 1 of 1 planned came, 10.00 yuan; the summary is due on 2026-10-08"#);
    let due = office.clone().on("2026-10-30").ok("due --format csv");
    assert!(due.lines().any(|line| line.contains("repair of 相机") && line.contains("2026-10-08")), "{due}");
}

#[test]
fn r4_7_a_form_waits_for_the_archive_after_a_day_of_work() {
    let office = office_with_holidays().on("2026-09-29");
    office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 轴承 --content x --by wang",
    );
    office.ok("contact sign HAY05001 --for technology --by wu");
    // Seven days after 09-29 is 10-06, a holiday.
    let waits = |day: &str| office.clone().on(day).ok("contact outstanding --format csv").contains(",archive,");
    assert_eq!(["2026-10-08", "2026-10-09"].map(waits), [false, true]);
}

#[test]
fn r1_the_branch_manager_decides_on_holidays_and_no_day_is_lost() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(3, "rule holiday add 2026-12-25 --name 圣诞"), @"R1: entering public holidays is for the branch-manager, which clerk was not on 2026-10-08; name who decided: --by chen");
    assert_snapshot!(office.ok("rule holiday add 2026-12-25 --name 圣诞 --by chen"), @"2026-12-25: a holiday (圣诞), set by 陈总");
    assert_snapshot!(office.ok("rule holiday add 2027-01-01 --until 2027-01-03 --name 元旦 --by chen"), @"2027-01-01 to 2027-01-03: a holiday (元旦), set by 陈总");
    assert_snapshot!(office.refused(2, "rule holiday add 2026-12-25 --name 圣诞 --by chen"), @"2026-12-25 is a holiday (圣诞) already; see branchbook rule holiday list");
    assert_snapshot!(office.refused(2, "rule holiday add 2026-12-25 --name 圣诞 --worked --by chen"), @"2026-12-25 is a holiday (圣诞) already; take that off first with: branchbook rule holiday remove 2026-12-25 --reason REASON");
    assert_snapshot!(office.refused(2, "rule holiday add 2027-02-05 --until 2027-02-01 --name 春节 --by chen"), @"the last day 2027-02-01 is before the first, 2027-02-05; give a day from then on with --until DATE");
    assert_snapshot!(office.refused(2, "rule holiday add 2027-02-05 --until 2028-02-11 --name 春节 --by chen"), @"2027-02-05 to 2028-02-11 is 372 days, and no holiday is that long; give the last day with --until DATE");
    assert_snapshot!(office.refused(4, "rule holiday remove 2026-12-26 --reason 无 --by chen"), @"2026-12-26 is not on the list of holidays; see branchbook rule holiday list");
    assert_snapshot!(office.ok("rule holiday remove 2026-12-25 --reason 不放假 --by chen"), @"2026-12-25: off the list of holidays, set by 陈总");
    assert_snapshot!(office.ok("rule holiday list"), @"
    Public holidays
    ┌────────────┬──────┬────────┬────────────┬────────────┬──────────────────┐
    │ day on     │ name │ worked │ decided by │ entered by │ entered at       │
    ├────────────┼──────┼────────┼────────────┼────────────┼──────────────────┤
    │ 2027-01-01 │ 元旦 │ no     │ 陈总       │ clerk      │ 2026-10-08 08:00 │
    │ 2027-01-02 │ 元旦 │ no     │ 陈总       │ clerk      │ 2026-10-08 08:00 │
    │ 2027-01-03 │ 元旦 │ no     │ 陈总       │ clerk      │ 2026-10-08 08:00 │
    └────────────┴──────┴────────┴────────────┴────────────┴──────────────────┘
    3 rows
    ");
    assert_snapshot!(office.ok("rule holiday list --year 2026 --removed --format csv"), @r"
    day_on,name,worked,decided_by,entered_by,entered_at,removed_on
    2026-12-25,圣诞,no,chen,clerk,2026-10-08T00:00:00Z,2026-10-08
    ");
    let trail = office.ok("journal --thing \"holiday 2026-12-25\" --format csv");
    assert!(trail.contains("rule holiday add") && trail.contains("不放假"), "{trail}");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r1_a_published_list_comes_in_from_a_file_in_its_usual_forms() {
    let office = Office::staffed();
    let import = |file: &str| {
        let outcome = office.run(&format!("rule holiday import {file} --by chen"));
        format!("{}{}", outcome.out, outcome.err)
            .replace(office.path("").to_str().unwrap(), "office/")
            .replace("office//", "office/")
    };
    let days = office.file(
        "days.csv",
        "日期,名称,类型\n2027-01-01,元旦,休\n2027/1/2,元旦,放假\n2027年1月4日,元旦,班\n2027-02-05,春节,\n",
    );
    assert_snapshot!(import(&days), @"
    office/days.csv: public holidays imported: 4
    3 days of rest
    worked instead: 2027-01-04
    ");
    let runs = office.file("runs.csv", "name,date,until,isOffDay\n劳动节,2027-05-01,2027-05-05,true\n劳动节,2027-05-08,,false\n元旦,2027-01-01,,true\n");
    assert_snapshot!(import(&runs), @"
    office/runs.csv: public holidays imported: 2, in the book already: 1
    5 days of rest
    worked instead: 2027-05-08
    passed over, for the book has them, by line: 4
    ");
    assert_snapshot!(office.ok("rule holiday list --format csv").lines().map(|line| line.split(',').take(3).collect::<Vec<_>>().join(",")).collect::<Vec<_>>().join("\n"), @r"
    day_on,name,worked
    2027-01-01,元旦,no
    2027-01-02,元旦,no
    2027-01-04,元旦,yes
    2027-02-05,春节,no
    2027-05-01,劳动节,no
    2027-05-02,劳动节,no
    2027-05-03,劳动节,no
    2027-05-04,劳动节,no
    2027-05-05,劳动节,no
    2027-05-08,劳动节,yes
    ");
    let wrong = office.file(
        "wrong.csv",
        "day,name,kind\n2027-10-01,国庆节,maybe\n2027-01-04,元旦,休\n,中秋节,休\n2027-10-02,国庆节,休\n",
    );
    assert_snapshot!(import(&wrong), @r"
    office/wrong.csv:2: kind: says neither that it is a holiday nor that it is worked; give 休 or 班, holiday or work
    office/wrong.csv:3: 2027-01-04 is worked instead (元旦) already; take that off first with: branchbook rule holiday remove 2027-01-04 --reason REASON
    office/wrong.csv:4: day: is empty
    3 of 4 rows cannot be taken; nothing was imported
    ");
    assert_snapshot!(office.refused(3, &format!("rule holiday import {days}")), @"R1: entering public holidays is for the branch-manager, which clerk was not on 2026-10-08; name who decided: --by chen");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r1_no_column_of_a_published_list_is_passed_over_that_may_tell_which_days_are_worked() {
    let office = Office::staffed();
    let import = |header: &str| {
        let file =
            office.file("节.csv", format!("{header}\n2026-10-01,2026-10-07,国庆节,,1\n2026-10-10,,国庆节,是,2\n"));
        let outcome = office.run(&format!("rule holiday import {file} --by chen --dry-run"));
        format!("{}{}", outcome.out, outcome.err).replace(office.path("").to_str().unwrap(), "")
    };
    for header in [
        "日期,截止,名称,上班,序号",
        "日期,截止日期,名称,调休,序号",
        "day,until,name,worked,no",
        "날짜,종료일,이름,근무,비고",
    ] {
        let said = import(header);
        assert!(said.contains("7 days of rest\nworked instead: 2026-10-10\n"), "{header}: {said}");
    }
    assert_snapshot!(import("日期,截止,名称,出勤,序号"), @r#"nothing says what the column "出勤" tells of the holidays; say it with --map until=COLUMN (the last day) or --map worked=COLUMN (worked instead), or take the column out"#);
    // What is said of a column is taken, whatever it is called.
    let file = office.file("节.csv", "日期,最后,名称\n2026-10-01,2026-10-07,国庆节\n");
    assert!(
        office.run(&format!("rule holiday import {file} --map until=最后 --by chen")).err.contains("7 days of rest")
    );
}

#[test]
fn r2_2_a_holiday_after_the_fact_moves_no_deadline_that_has_passed() {
    let office = Office::staffed_since("2026-09-15").on("2026-11-05");
    let report = "info report --department business --month 2026-10 --by wang --dry-run";
    let late = |office: &Office| assert!(office.ok(report).contains("late: the deadline was 2026-10-30"));
    late(&office);
    let add = "rule holiday add 2026-10-30 --until 2026-11-05 --name 厂庆 --by chen";
    let open = office.copy();
    assert!(open.run(add).err.ends_with("days that have passed move no time limit: what was judged by them stays\n"));
    late(&open);
    // Nor does a year's list that comes late make Saturdays and Sundays of before days of rest.
    open.ok("rule holiday add 2026-12-25 --name 厂休 --by chen");
    late(&open);
    office.ok("report submit 2026-10 --to technology --received-by 孙工");
    assert_snapshot!(office.refused(3, add), @"R1: 2026-10 was submitted on 2026-11-05, and is closed; give the day on which it is entered, or say why it comes late with --late REASON");
    let file = office.file("days.csv", "day,name\n2026-10-30,厂庆\n");
    assert!(office.refused(1, &format!("rule holiday import {file} --by chen")).contains("2026-10 was submitted on "));
    office.ok(&format!("{add} --late 公司补发通知"));
    late(&office);
    assert_snapshot!(office.refused(3, "rule holiday remove 2026-10-30 --reason 甲 --by chen"), @"R1: 2026-10 was submitted on 2026-11-05, and is closed; give the day on which it is entered, or say why it comes late with --late REASON");
    office.ok("verify");
}

#[test]
fn r2_2_a_holiday_that_has_passed_is_not_taken_away_from_who_counted_on_it() {
    let office = Office::staffed_since("2026-09-15").on("2026-10-12");
    office.ok("rule holiday add 2026-10-30 --name 厂庆 --by chen");
    let office = office.on("2026-11-05");
    let report = "info report --department business --month 2026-10 --by wang --on 2026-11-02 --dry-run";
    assert!(office.ok(report).contains("on time"));
    office.ok("rule holiday remove 2026-10-30 --reason 甲 --by chen --on 2026-10-20");
    assert!(office.ok(report).contains("on time"));
    assert_snapshot!(office.refused(3, "rule holiday add 2026-10-30 --name 厂庆 --worked --by chen"), @"R1: 2026-10-30 was on the list as something else when it passed; leave it off the list: what has passed stays judged as it was");
    office.ok("rule holiday add 2026-10-30 --name 厂庆 --by chen");
    assert!(office.ok(report).contains("on time"));
    office.ok("verify");
}
