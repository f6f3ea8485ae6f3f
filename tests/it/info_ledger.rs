//! Old registers of user information, brought in and out.

use crate::info::{ADD, office_with, other, value};
use crate::office::Office;

/// A book in which something of everything happened.
fn lived_in() -> Office {
    Office::made(|| {
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
    })
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
            "void_reason: it is void and has no reason; --set void_reason=REASON gives one for all rows that are void",
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
