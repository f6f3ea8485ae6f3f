//! Old lists of assets: foreign columns and dates, serial numbers that stay text, and exports that come back (R5.5).

use std::fmt::Write as _;

use insta::assert_snapshot;

use crate::office::Office;

/// Imports a file of rows with these options; gives what was said.
fn import(office: &Office, rows: &str, options: &str) -> crate::office::Outcome {
    let path = office.file("old.csv", rows);
    office.run(&format!("asset import {path} {options}"))
}

#[test]
fn a_foreign_list_comes_in_by_its_own_columns() {
    let office = Office::staffed();
    let rows = "资产名称,型号,出厂编号,标签号,原值,购置日期,保管人,使用人\n\
        笔记本电脑,T14,00012345678901234567,BB/7,\"¥7,999.00\",2025/3/8,周敏,李娜\n\
        数码相机,D5,007,BB/8,1.2万元,08.03.2025,he,\n\
        投影仪,,,,\"2,000\",2025年3月8日,he,\n";
    let outcome = import(
        &office,
        rows,
        "--department general --map name=资产名称 --map model=型号 --map serial=出厂编号 --map tag=标签号 --map price=原值 \
         --map bought_on=购置日期 --map keeper=保管人 --map user=使用人 --date-format %Y/%m/%d --date-format %d.%m.%Y",
    );
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_snapshot!(outcome.out.replace(office.path("").to_str().unwrap(), ""), @"old.csv: assets imported: 3");
    assert_snapshot!(office.ok("asset list --format csv"), @"
    number,state,name,keeper,user,tag,serial_no,place,department,price,on_account,bought_on,used_for,issued_on,model,category,supplier,warranty_until_on,damage,damaged_on,police_report,disposal,approved_by,ended_on,void_reason,amendments,approval_entered_by,approval_declared,entered_later_on,import
    AST-0001,in-use,笔记本电脑,zhou,li,BB/7,00012345678901234567,,general,7999.00,yes,2025-03-08,,2025-03-08,T14,,,,,,,,,,,0,,,,1
    AST-0002,in-store,数码相机,he,,BB/8,007,,general,12000.00,yes,2025-03-08,,,D5,,,,,,,,,,,0,,,,1
    AST-0003,in-store,投影仪,he,,,,,general,2000.00,no,2025-03-08,,,,,,,,,,,,,,0,,,,1
    ");
    // What came in goes on like what was entered here.
    office.ok("asset return AST-0001");
    office.ok("asset damage AST-0002 --what 碎裂");
    office.ok("asset count 00012345678901234567 BB/8 AST-0003");
    office.ok("verify");
}

#[test]
fn what_came_in_is_handed_on_no_earlier_than_the_list_tells() {
    let office = Office::staffed();
    let rows = "name,price,bought_on,keeper,user,issued_on\n相机,3000,2025-03-08,zhou,li,2026-10-05\n";
    assert_eq!(import(&office, rows, "--department general").code, 0);
    for verb in ["return AST-0001", "transfer AST-0001 --to wang", "lose AST-0001 --what 遗失"] {
        assert_eq!(
            office.refused(2, &format!("asset {verb} --on 2026-10-04")),
            "AST-0001 has had 李娜 as its user since 2026-10-05, after 2026-10-04; give the day it happened with --on DATE"
        );
    }
    office.ok("asset return AST-0001 --on 2026-10-05");
    // Whose it was on a day is known from the list, though the book began later.
    let on = |day| crate::asset::on(&office, "AST-0001", day);
    assert_eq!(on("2026-10-04"), (None, Some("zhou".to_owned()), None));
    assert_eq!(on("2025-03-07").1, None);
}

#[test]
fn rows_that_cannot_be_taken_say_why() {
    let office = Office::staffed();
    let rows = "name,price,bought_on,keeper,user,state,damage,police_report,disposal,damaged_on\n\
        甲,1.005,2025-03-08,zhou,,,,,,\n\
        乙,1,2025-02-30,zhou,,,,,,\n\
        丙,1,2025-03-08,,,,,,,\n\
        丁,1,2025-03-08,nobody,,,,,,\n\
        戊,1,2025-03-08,zhou,,in-use,,,,\n\
        己,1,2025-03-08,zhou,li,in-store,,,,\n\
        庚,1,2025-03-08,zhou,,stolen,,,,\n\
        辛,1,2025-03-08,zhou,,,碎裂,,,\n\
        壬,1,2025-03-08,zhou,,,碎裂,,,2025-03-07\n\
        癸,1,2025-03-08,zhou,,broken,,,,\n\
        子,1,2025-03-08,zhou,,,,,报废,\n\
        丑,1,2027-03-08,zhou,,,,,,\n";
    let outcome = import(&office, rows, "--department general");
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
    assert_snapshot!(outcome.err.replace(office.path("").to_str().unwrap(), ""), @r#"
    old.csv:2: price: `1.005` has parts of a fen, more than two decimals of a yuan; type the amount in yuan, such as 12500, 12,500.50 or 1.2万
    old.csv:3: bought_on: `2025-02-30` is not in the calendar; type the day as 2026-11-22
    old.csv:4: keeper: is empty
    old.csv:5: keeper: nobody on the staff is called nobody; see branchbook staff list, or enter the person with: branchbook staff add KEY --name nobody --department DEPARTMENT --role ROLE
    old.csv:6: user: an asset that is in-use has one
    old.csv:7: user: an asset that is in-store has none
    old.csv:8: police_report: an asset that is stolen has one
    old.csv:9: damaged_on: an asset that is in-repair has one
    old.csv:10: damaged_on: 2025-03-07 is before 2025-03-08, the day it was bought
    old.csv:11: state: "broken" is no state; give one of: in-store, in-use, in-repair, lost, stolen, disposed, void; --value state:broken=STATE says which it means
    old.csv:12: approved_by: an asset that is disposed has one
    old.csv:13: bought_on: 2027-03-08 has not come yet
    12 of 12 rows cannot be taken; nothing was imported
    "#);
    assert_eq!(office.count("SELECT count(*) FROM asset"), 0);
}

#[test]
fn the_same_list_again_changes_nothing_and_another_is_refused() {
    let office = Office::staffed();
    let rows = "number,name,price,bought_on,keeper,tag\nAST-0007,相机,3000,2025-03-08,zhou,BB/7\n";
    assert_eq!(import(&office, rows, "--department general").code, 0);
    let before = office.count("SELECT count(*) FROM journal WHERE thing = 'AST-0007'");
    assert_eq!(import(&office, rows, "--department general").code, 0);
    assert_eq!(office.count("SELECT count(*) FROM journal WHERE thing = 'AST-0007'"), before);
    let outcome = import(&office, &rows.replace("3000", "4000"), "--department general");
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("AST-0007 is in the book with another price"), "{}", outcome.err);
    // The series goes on behind the greatest number.
    let add = "asset add --name 相机 --department general --price 1 --bought-on 2026-10-08 --keeper zhou -q";
    assert_eq!(office.ok(add), "AST-0008\n");
    let office = office.at_the_keyboard("li");
    assert_eq!(import(&office, rows, "--department general").code, 3);
}

#[test]
fn equal_rows_without_numbers_are_an_asset_each_and_known_again_as_often() {
    let office = Office::staffed();
    let rows = |count: usize| format!("name,price,bought_on,keeper\n{}", "椅子,300,2025-03-08,zhou\n".repeat(count));
    let imported = |count: usize| {
        let outcome = import(&office, &rows(count), "--department general");
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        outcome.out.trim_end().split_once("assets imported: ").unwrap().1.to_owned()
    };
    assert_eq!(imported(3), "3");
    assert_eq!(imported(3), "0, in the book already: 3");
    assert_eq!(imported(5), "2, in the book already: 3");
    // What was voided is not there any more, whatever it was.
    office.ok("asset void AST-0002 --reason 重复");
    assert_eq!(imported(5), "1, in the book already: 4");
    assert_eq!(office.count("SELECT count(*) FROM asset"), 6);
    office.ok("verify");
}

#[test]
fn an_export_comes_back_as_the_same_bytes() {
    let office = Office::staffed();
    let add = "asset add --name 相机 --department business --price 2500 --bought-on 2026-10-08 --keeper zhou -q";
    office.ok(&format!("{add} --serial 00012345678901234567 --tag BB/7 --model D5 --category 相机 --supplier 苏宁 --place '三楼, 左' --warranty-until 2027-10-08"));
    for _ in 0..7 {
        office.ok(add);
    }
    let office = office.on("2026-10-20");
    office.ok("asset issue AST-0002 --to li --for 投标");
    office.ok("asset issue AST-0003 --to li --for 投标");
    office.ok("asset damage AST-0003 --what '碎裂, 进水' --happened 2026-10-19");
    office.ok("asset damage AST-0004 --what 碎裂");
    office.ok("asset lose AST-0005 --what 遗失");
    office.ok("asset steal AST-0006 --police-report 沈公-118 --what 被盗");
    office.ok("asset dispose AST-0007 --reason 报废 --by wang");
    office.ok("asset void AST-0008 --reason 重复");
    office.ok("asset amend AST-0002 --price 1999 --reason 票据");
    let exported = office.exported("asset list");

    let other = Office::founded_on("2026-10-21");
    let outcome = import(&other, &exported, "");
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(
        outcome.err,
        "column not used: approval_entered_by\ncolumn not used: approval_declared\nthe series asset goes on with AST-0009\n"
    );
    assert_eq!(other.exported("asset list"), exported);
    assert_eq!(import(&other, &exported, "").code, 0);
    assert_eq!(other.exported("asset list"), exported);
    other.ok("verify");

    // Each goes on from where it was.
    assert_snapshot!(other.ok("asset repair AST-0003 --cost 1"), @r#"AST-0003 "相机": repaired on 2026-10-21, for 1.00, in-use with 李娜"#);
    assert_snapshot!(other.ok("asset repair AST-0004 --cost 1"), @r#"AST-0004 "相机": repaired on 2026-10-21, for 1.00, in-store with 周敏"#);
    other.ok("asset transfer AST-0002 --to wang");
    other.ok("asset recover AST-0005");
    other.ok("asset recover AST-0006");
    other.ok("verify");
}

#[test]
fn thousands_of_rows_come_in_at_once() {
    let office = Office::staffed();
    let mut rows = "name,price,bought_on,keeper,serial_no\n".to_owned();
    for serial in 0..3000 {
        writeln!(rows, "相机,\"¥3,000.50\",2025-03-08,zhou,{serial:020}").unwrap();
    }
    assert_eq!(import(&office, &rows, "--department general").code, 0);
    assert_eq!(
        office
            .count("SELECT count(DISTINCT serial_no) FROM asset_list WHERE on_account_flag AND length(serial_no) = 20"),
        3000
    );
    assert_eq!(office.count("SELECT count(*) FROM custody WHERE person = 'zhou' AND from_on = '2025-03-08'"), 3000);
}
