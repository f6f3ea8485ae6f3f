//! Days on the command line: their grammar (Q12), days that are far from today (Q11), and pairs that go backwards.

use insta::assert_snapshot;

use crate::office::Office;

const ADD: &str =
    "contact add --department business --kind pre-contract --to technology --subject 轴承 --content x --by wang";

#[test]
fn r4_8_a_day_is_typed_as_people_say_it() {
    let office = Office::staffed_since("2025-01-01");
    for (typed, meant) in [
        (" -1d", "2026-10-07"),
        ("=-2d", "2026-10-06"),
        (" yesterday", "2026-10-07"),
        (" 前天", "2026-10-06"),
        (" 三天前", "2026-10-05"),
        (" 两天前", "2026-10-06"),
        (" 一周前", "2026-10-01"),
        (" \"last friday\"", "2026-10-02"),
        (" 上周五", "2026-10-02"),
        (" 어제", "2026-10-07"),
        (" 10-07", "2026-10-07"),
        (" 10月7日", "2026-10-07"),
        (" 2026.10.7", "2026-10-07"),
        (" 10-09 --far", "2025-10-09"),
    ] {
        let said = office.ok(&format!("{ADD} --on{typed} --dry-run"));
        assert!(said.contains(&format!("issued on {meant}")), "{typed}: {said}");
    }
    // What is planned is to come.
    assert!(office.ok(&format!("{ADD} --reply-by 10-15 --dry-run")).contains("reply wanted by 2026-10-15"));
    assert!(office.ok(&format!("{ADD} --reply-by 01-15 --dry-run")).contains("reply wanted by 2027-01-15"));
    assert!(office.ok(&format!("{ADD} --reply-by +3d --dry-run")).contains("reply wanted by 2026-10-11"));
    assert_snapshot!(office.ok("staff deputy chen --person wang --from 10-09 --until 10-20 --by chen"), @"王建国 decides in the place of 陈总 from 2026-10-09 until 2026-10-20, as 陈总 decided");
    assert_snapshot!(office.refused(2, &format!("{ADD} --on someday")), @r"
    error: invalid value 'someday' for '--on <DATE>': `someday` is not a day; type the day as 2026-11-22, 11-22, yesterday, -2d or last friday

    For more information, try '--help'.
    ");
    assert_snapshot!(office.refused(2, &format!("{ADD} --on --dry-run")), @r"
    error: a value is required for '--on <DATE>' but none was supplied

    For more information, try '--help'.
    ");
}

#[test]
fn q12_a_day_without_its_year_that_is_of_another_year_is_told() {
    let office = Office::staffed_since("2025-01-01").on("2026-10-27");
    let asset = "asset add --name 椅子 --price 300 --department general --keeper zhou --dry-run";
    let note = |line: &str| {
        let done = office.run(line);
        assert_eq!(done.code, 0, "{line}: {}", done.err);
        done.err.lines().filter(|line| line.contains(" was read as ")).collect::<Vec<_>>().join("\n")
    };
    let told = "10-28 was read as 2025-10-28; 2026-10-28 has not come yet";
    for line in [
        format!("{asset} --bought-on 10-28 --far"),
        format!("{ADD} --dry-run --on 10月28日 --far"),
        "staff rename zhou --name 周敏敏 --from 10-28 --by chen --dry-run --far".to_owned(),
    ] {
        assert_eq!(note(&line), told, "{line}");
    }
    let told = "01-15 was read as 2027-01-15; 2026-01-15 has passed";
    for line in [
        format!("{ADD} --dry-run --reply-by 01-15"),
        "staff deputy chen --person wang --until 01-15 --by chen --dry-run".to_owned(),
        "rule holiday add 01-15 --name 节 --by chen --dry-run".to_owned(),
    ] {
        assert_eq!(note(&line), told, "{line}");
    }
    // Of this year nothing is told, nor where the year was typed.
    for line in [
        format!("{asset} --bought-on 10-27"),
        format!("{asset} --bought-on 2025-10-28"),
        format!("{ADD} --dry-run --reply-by 11-01"),
    ] {
        assert_eq!(note(&line), "", "{line}");
    }
}

#[test]
fn q12_a_day_of_the_week_alone_is_the_last_where_it_has_happened() {
    let office = Office::staffed_since("2025-01-01").on("2026-10-08");
    for (typed, meant) in [
        ("星期五", "2026-10-02"),
        ("周四", "2026-10-08"),
        ("friday", "2026-10-02"),
        ("금요일", "2026-10-02"),
        ("星期日", "2026-10-04"),
    ] {
        let said = office.ok(&format!("{ADD} --on {typed} --dry-run"));
        assert!(said.contains(&format!("issued on {meant}")), "{typed}: {said}");
    }
    assert_eq!(office.run(&format!("{ADD} --on 本周五 --dry-run")).code, 2);
}

#[test]
fn r5_2_2_the_days_of_lists_and_plans_without_a_year_are_the_nearest() {
    let office = Office::staffed().on("2026-10-21");
    office.ok(
        "reception add --department business --unit 包钢 --purpose 考察 --arrive 10-22 --leave 10-23 --visitor \"王工;工程师\" --schedule none --by li",
    );
    for day in ["10-22", "明天", "2026-10-22", "+1d"] {
        assert!(office.ok(&format!("reception day --on {day}")).contains("包钢"), "{day}");
    }
    assert_snapshot!(office.ok("reception day --on 12-01"), @"Guests on 2026-12-01: none");
    let office = Office::staffed().on("2026-11-03");
    office.ok(ADD);
    for days in ["--to 11-05", "--from 10-29 --to 11-05", "--from 11-01", "--month 11月", "--month 11"] {
        assert!(office.ok(&format!("contact list {days}")).contains("HAY05001"), "{days}");
    }
    for days in ["--from \"last monday\" --to \"last sunday\"", "--from 上周一 --to 上周日"] {
        assert!(office.ok(&format!("contact list {days}")).ends_with(": none\n"), "{days}");
    }
}

#[test]
fn r2_2_a_month_is_typed_as_people_say_it() {
    let office = Office::staffed().on("2026-11-05");
    for (typed, meant) in [("last", "2026-10"), ("this", "2026-11"), ("上月", "2026-10"), ("이번 달", "2026-11")] {
        for line in [
            "info tally --month",
            "report orders --month",
            "report late --month",
            "contact ledger --department business --month",
            "report decisions --month",
        ] {
            let list = office.ok(&format!("{line} \"{typed}\""));
            assert!(list.contains(meant), "{line} {typed}: {list}");
        }
    }
    office.ok(&format!("{ADD} --on 2026-10-20"));
    office.ok(ADD);
    assert_eq!(office.ok("contact list --month last --format csv").lines().count(), 2);
    assert_snapshot!(office.ok("info report --department business --month last --by wang"), @"business 2026-10: nil report on 2026-11-05, late: the deadline was 2026-10-30");
    assert_snapshot!(office.refused(2, "info tally --month lately"), @r"
    error: invalid value 'lately' for '--month <MONTH>': `lately` is not a month; type the month as 2026-11, this or last

    For more information, try '--help'.
    ");
}

#[test]
fn r4_8_a_day_that_is_far_is_refused_unless_it_is_meant_and_the_audit_tells_it() {
    let office = Office::staffed_since("2025-01-01");
    assert_snapshot!(office.refused(2, &format!("{ADD} --on 2025-10-07")), @"2025-10-07 is 366 days ago, more than office.far_days, 180; check the year of --on; where the day is meant, add --far");
    assert_snapshot!(office.refused(2, &format!("{ADD} --on 2025-10-07 --dry-run")), @"2025-10-07 is 366 days ago, more than office.far_days, 180; check the year of --on; where the day is meant, add --far");
    // Half a year is not far.
    office.ok(&format!("{ADD} --on 2026-04-11"));
    assert_eq!(office.run(&format!("{ADD} --on 2026-04-10")).code, 2);
    office.ok(&format!("{ADD} --on 2025-10-07 --far"));
    office.ok("rule set office.far_days 30 --from 2026-10-08 --by chen");
    assert_eq!(office.run(&format!("{ADD} --on 2026-08-01")).code, 2);
    assert_eq!(office.run("show HAY05002 --on 2025-10-07").code, 0);
    // What was bought long ago is no slip.
    office.ok("asset add --name 柜 --price 7999 --bought-on 2025-02-01 --keeper zhou --department general");
    assert_snapshot!(office.ok("series audit --format csv"), @r#"
    series,number,finding,unexplained,detail
    business,HAY05001,far day,no,"bears 2026-04-11, and was entered 180 days later, on 2026-10-08"
    business,HAY05002,out of order,no,"entered late: it bears 2025-10-07, the number before bears 2026-04-11"
    business,HAY05002,far day,no,"bears 2025-10-07, and was entered 366 days later, on 2026-10-08"
    "#);
}

#[test]
fn r5_2_1_a_planned_day_that_is_years_away_is_refused_in_every_register() {
    let office = Office::staffed();
    office.ok("project add --department business --customer 甲矿业 --title 磨机 --amount 120万 --by wang");
    office.ok("project lead PRJ26-001 --person li --by wang");
    for (line, option) in [
        (
            "reception add --department business --unit 包钢 --purpose 监造 --visitor 张;处长 --schedule none --by wang --arrive 2126-10-19",
            "--arrive",
        ),
        (
            "reception add --department business --unit 包钢 --purpose 监造 --visitor 张;处长 --schedule none --by wang --arrive 10-19 --leave 2126-10-21",
            "--leave",
        ),
        ("project plan PRJ26-001 --what 谈判 --due 2206-10-20 --by li", "--due"),
        ("project plan PRJ26-001 --what 谈判 --due 2062-10-20 --by li", "--due"),
        ("project log PRJ26-001 --kind request --text 催货 --answer-by 2116-10-20 --by li", "--answer-by"),
        (
            "asset add --name 柜 --price 7999 --bought-on 2026-02-01 --keeper zhou --department general --warranty-until 2126-02-01",
            "--warranty-until",
        ),
    ] {
        let refused = office.refused(2, line);
        assert!(refused.contains(option), "{line}: {refused}");
    }
    assert_snapshot!(office.refused(2, &format!("{ADD} --reply-by 2126-10-15")), @"2126-10-15 is 100 years from 2026-10-08; check the year, and give the day with --reply-by DATE");
}

#[test]
fn r1_no_time_ends_before_it_begins() {
    let office = Office::staffed();
    for line in [
        "contact list --from 2026-10-05 --to 2026-10-01",
        "info list --from 2026-10-05 --to 2026-10-01",
        "project list --late --from 2026-10-05 --to 2026-10-01",
        "staff role li --department business --role clerk --from 2026-10-05 --until 2026-10-01 --by chen",
        "staff add x --name 甲 --department business --role salesperson --from 2026-10-05 --until 2026-10-01",
        "staff deputy chen --person wang --from 2026-10-09 --until 2026-10-08 --by chen",
        "info grant sun --until 2026-10-01 --by chen",
        "rule holiday add 2026-12-05 --until 2026-12-01 --name 甲 --by chen",
        "reception add --department business --unit 包钢 --purpose 监造 --visitor 张;处长 --schedule none --by wang --arrive 2026-10-19 --leave 2026-10-18",
    ] {
        let outcome = office.run(line);
        assert_eq!(outcome.code, 2, "{line}: {outcome:?}");
    }
    assert_snapshot!(office.refused(2, "contact list --from 2026-10-05 --to 2026-10-01"), @"the last day 2026-10-01 is before the first, 2026-10-05; give a day from then on with --to DATE");
    // The end of a list that begins last year is its first such day.
    office.ok(&format!("{ADD} --on 2026-10-02"));
    assert_eq!(office.ok("contact list --from 10-01 --to 12-31 --format csv").lines().count(), 2);
}

#[test]
fn q12_a_day_without_its_year_that_passed_just_now_or_comes_soon_is_no_day_of_another_year() {
    let office = Office::staffed_since("2025-01-01").on("2026-11-20");
    let reception = "reception add --department business --unit 包钢 --purpose 考察 --visitor \"王工;工程师\" --schedule none --by li";
    let asset = "asset add --name 椅子 --price 300 --department general --keeper zhou";
    for (line, option, read) in [
        (format!("{reception} --arrive 11月18日"), "arrive", "11-18 without its year may be 2026-11-18 or 2027-11-18"),
        (format!("{reception} --arrive 09-21"), "arrive", "09-21 without its year may be 2026-09-21 or 2027-09-21"),
        (format!("{ADD} --reply-by 11-19"), "reply-by", "11-19 without its year may be 2026-11-19 or 2027-11-19"),
        (
            "staff deputy chen --person wang --from 12-20 --until 12-10 --by chen".to_owned(),
            "until",
            "12-10 without its year may be 2026-12-10 or 2027-12-10",
        ),
    ] {
        let said = format!("{read}; give the day with its year: --{option} DATE");
        assert_eq!(office.refused(2, &line), said, "{line}");
        assert_eq!(office.run(&format!("{line} --far --dry-run")).code, 0, "{line}");
    }
    // What has happened does not lie ahead.
    for (line, option) in [(format!("{asset} --bought-on 11-21"), "bought-on"), (format!("{ADD} --on 11月21日"), "on")]
    {
        let said = format!(
            "2026-11-21 is still to come; give a day that has come; where 2025-11-21 is meant, with its year: --{option} 2025-11-21"
        );
        assert_eq!(office.refused(2, &line), said, "{line}");
    }
    for (typed, meant) in [
        ("月底", "2026-11-30"),
        ("30号", "2026-11-30"),
        ("下周五", "2026-11-27"),
        ("말일", "2026-11-30"),
        ("'next friday'", "2026-11-27"),
        ("'end of month'", "2026-11-30"),
    ] {
        let said = office.ok(&format!("{ADD} --reply-by {typed} --dry-run"));
        assert!(said.contains(&format!("reply wanted by {meant}")), "{typed}: {said}");
    }
    assert!(
        office.refused(2, &format!("{ADD} --reply-by sometime")).contains("tomorrow, +7d, next friday or end of month")
    );
    for line in [
        format!("{reception} --arrive 11-20"),
        format!("{reception} --arrive 2026-11-18"),
        format!("{reception} --arrive 2027-11-18"),
        format!("{reception} --arrive 03-18"),
        format!("{asset} --bought-on 11-20"),
        format!("{asset} --bought-on 04-18"),
    ] {
        office.ok(&format!("{line} --dry-run"));
    }
    let line = format!("{reception} --arrive 11月18日");
    assert_eq!(
        office.refused(2, &format!("{line} --lang zh")),
        "11-18没有写明年份，可能是2026年11月18日，也可能是2027年11月18日；请写明年份：--arrive DATE"
    );
    assert_eq!(
        office.refused(2, &format!("{line} --lang ko")),
        "11-18에는 연도가 없어 2026년 11월 18일일 수도 있고 2027년 11월 18일일 수도 있습니다. 연도까지 적으십시오: --arrive DATE"
    );
}
