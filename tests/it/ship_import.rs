//! Old lists of shipments come in, and what goes out comes in the same.

use std::fmt::Write as _;

use insta::assert_snapshot;

use crate::ship::{DISPATCHED, add, after, told};

/// An old list as a clerk's sheet has it: other headings, days written in three ways, amounts with signs and thousands.
const OLD: &str = "\
编号,通知日期,合同号,到货地点,联系人,电话,箱号,重量,尺寸,承运单位,运费,完工单,完工日期,出门证,出门日期,发货日期,签收日期,签收人,运单
SHP24-031,2024-03-05,BG-2024-011,鞍山,王工,041212345678,\"12-20,25\",23.5t,120x80x60cm,顺达,\"¥42,000.00\",WG-9,06.03.2024,00012345678901234567,2024年3月8日,2024年3月8日,11.03.2024,王工,42000
SHP24-032,05.04.2024,BG-2024-011,鞍山,王工,041212345678,1-3;4,\"1,200.5;none\",,恒通,3.9万,,,,,,,,
";

/// The command that takes it in.
fn import(file: &str) -> String {
    let map = [
        ("number", "编号"),
        ("on", "通知日期"),
        ("contract", "合同号"),
        ("place", "到货地点"),
        ("contact", "联系人"),
        ("phone", "电话"),
        ("cases", "箱号"),
        ("weight", "重量"),
        ("size", "尺寸"),
        ("carrier", "承运单位"),
        ("price", "运费"),
        ("completion_notice", "完工单"),
        ("completed_on", "完工日期"),
        ("gate_pass", "出门证"),
        ("passed_on", "出门日期"),
        ("dispatched_on", "发货日期"),
        ("arrived_on", "签收日期"),
        ("signed_by", "签收人"),
        ("ended_on", "签收日期"),
        ("billed", "运单"),
    ];
    let mut line = format!(
        "ship import {file} --department business --set form=truck --set freight=company --set by=zhou --date-format %d.%m.%Y --date-format %Y年%m月%d日"
    );
    for (field, column) in map {
        write!(line, " --map {field}={column}").unwrap();
    }
    line
}

#[test]
fn an_old_list_comes_in_with_its_own_headings_days_and_amounts() {
    let office = told();
    let file = office.file("old.csv", OLD);
    assert_snapshot!(office.ok(&import(&file)).replace(&file, "old.csv"), @"old.csv: shipments imported: 2");
    assert_snapshot!(office.ok(&import(&file)).replace(&file, "old.csv"), @"old.csv: shipments imported: 0, in the book already: 2");
    assert_snapshot!(office.ok("ship list --format csv"), @r#"
    number,state,notified_on,project,place,form,wanted_by_on,boxes,weight_kg,volume_m3,carrier,price,scheduled_on,passed_on,loaded_boxes,dispatched_on,arrived_on,freight,billed,cases,contract,notice,contact_person,phone,route,capacity,completion_notice,completed_on,days,award_reason,awarded_on,agreed_with,gate_pass,vehicle,driver,signed_by,freight_bill,bill_reason,billed_on,outcome,weights_kg,sizes_mm,loading,department,organised_by,ended_on,void_reason,amendments,entered_later_on,import
    SHP24-031,arrived,2024-03-05,,鞍山,truck,,10,23500,5.76,顺达,42000.00,,2024-03-08,,2024-03-08,2024-03-11,company,42000.00,"12-20,25",BG-2024-011,,王工,041212345678,,,WG-9,2024-03-06,,,,,00012345678901234567,,,王工,,,,,23500,1200x800x600,,business,zhou,2024-03-11,,0,,1
    SHP24-032,notified,2024-04-05,,鞍山,truck,,4,1200.5,,恒通,39000.00,,,,,,company,,1-3; 4,BG-2024-011,,王工,041212345678,,,,,,,,,,,,,,,,,1200.5; none,none; none,,business,zhou,,,0,,1
    "#);
    // Old shipments are history: their bills and days are not waited for, and the numbers go on.
    assert_eq!(office.ok("due --format csv").matches("SHP24").count(), 0);
    assert_eq!(office.ok("find 00012345678901234567 --format csv").lines().count(), 2);
    office.ok(&add("user"));
    let verified = office.run("verify --format csv").out;
    assert!(verified.contains("things,ok,") && verified.contains("states,ok,"), "{verified}");
}

#[test]
fn a_shipment_that_came_in_open_goes_on_from_there() {
    let office = told();
    office.ok(&import(&office.file("old.csv", OLD)));
    for step in [
        "ship complete SHP24-032 --notice WG-77",
        "ship quote SHP24-032 --carrier 恒通 --price 3.9万 --days 5 --quality 3",
        "ship quote SHP24-032 --carrier 顺达 --price 4.2万 --days 5 --quality 3",
        "ship award SHP24-032 --carrier 恒通",
        "ship schedule SHP24-032 --for 2026-10-10 --agreed-with 王工",
        "ship pass SHP24-032 --pass CM-1 --vehicle 辽A1 --driver 高师傅",
        "ship load SHP24-032 --case 1-4",
        "ship dispatch SHP24-032",
        "ship print SHP24-032",
    ] {
        office.ok(step);
    }
    assert_snapshot!(office.refused(3, "ship schedule SHP24-031 --for 2026-10-10 --agreed-with li"), @"R6.2: SHP24-031 is arrived, and schedule takes an entry that is completed or awarded or scheduled; nothing leads on from there; where that is a slip, take it back with: branchbook undo SHP24-031 --reason REASON");
}

#[test]
fn what_goes_out_comes_in_the_same_and_goes_out_the_same() {
    let office = after(DISPATCHED);
    office.ok("ship arrive SHP26-001 --signed-by '=刘工,\"包钢\"'");
    office.ok("ship bill SHP26-001 --bill 00012345678901234567 --amount 4.3万 --reason '等候\n一天'");
    office.ok("ship amend SHP26-001 --phone +8613800000000 --reason 号码");
    office.ok(&add("user"));
    office.ok("ship box SHP26-002 --case 12-20,25 --weight 850.25kg --size 1.2x0.8x0.6m");
    office.ok("ship box SHP26-002 --case １-３ --weight 0.001kg");
    office.ok("ship complete SHP26-002 --notice WG-2");
    office.ok("ship schedule SHP26-002 --for 2026-11-20 --agreed-with li");
    office.ok("ship pass SHP26-002 --pass CM/7 --vehicle 车 --driver 高");
    office.ok("ship load SHP26-002 --case 12-20 --how 立放");
    office.ok("ship load SHP26-002 --boxes 1");
    office.ok(&add("company"));
    office.ok("ship cancel SHP26-003 --reason 改期");
    office.ok(&add("company"));
    office.ok("ship void SHP26-004 --reason 重复");
    let first = office.exported("ship list");
    let other = told();
    let file = other.file("export.csv", &first);
    assert_snapshot!(other.ok(&format!("ship import {file}")).replace(&file, "export.csv"), @"export.csv: shipments imported: 4");
    assert_eq!(other.exported("ship list"), first);
    other.ok("verify");
    // In its own book every row is known.
    let file = office.file("export.csv", &first);
    assert_snapshot!(office.ok(&format!("ship import {file}")).replace(&file, "export.csv"), @"export.csv: shipments imported: 0, in the book already: 4");
    // What was loaded is known, so the rest can be loaded and leave.
    other.ok("ship load SHP26-002 --boxes 3");
    other.ok("ship dispatch SHP26-002");
}

#[test]
fn a_bad_row_says_why_and_changes_nothing() {
    let office = told();
    let header = "number,notified_on,project,notice,form,place,freight,cases,weights_kg,sizes_mm,price,billed,completion_notice,completed_on,passed_on,dispatched_on,arrived_on,loading,state";
    for (row, said) in [
        ("PRJ26-009,,truck,x,company,,,,,,,,,,,,", "project: there is no project or contract PRJ26-009"),
        (",,truck,x,company,,,,,,,,,,,,", "project: is empty, and so is contract"),
        ("PRJ26-001,HAY05009,truck,x,company,,,,,,,,,,,,", "notice: there is no entry HAY05009"),
        (
            "PRJ26-001,,mule,x,company,,,,,,,,,,,,",
            "form: \"mule\" is none of: truck, rail, sea, air, collect; --value form:mule=WORD says which it means",
        ),
        ("PRJ26-001,,truck,,company,,,,,,,,,,,,", "place: is empty"),
        ("PRJ26-001,,truck,x,company,1-3;3,,,,,,,,,,,", "cases: names case 3 twice"),
        ("PRJ26-001,,truck,x,company,3-1,,,,,,,,,,,", "cases: `3-1` has a run that goes backwards"),
        ("PRJ26-001,,truck,x,company,1,many,,,,,,,,,,", "weights_kg: `many` is no weight"),
        ("PRJ26-001,,truck,x,company,1,0,,,,,,,,,,", "weights_kg: `0` is no weight"),
        ("PRJ26-001,,truck,x,company,1,1kg;2kg,,,,,,,,,,", "cases: names fewer runs of boxes"),
        ("PRJ26-001,,truck,x,company,1,1kg,1x2,,,,,,,,,", "sizes_mm: `1x2` is no size of a box"),
        ("PRJ26-001,,truck,x,company,,,,0,,,,,,,,", "price: a carrier asks more than nothing"),
        ("PRJ26-001,,truck,x,company,,,,1.234,,,,,,,,", "price: "),
        ("PRJ26-001,,truck,x,company,,,,1,2,,,,,,,", "bill_reason"),
        ("PRJ26-001,,truck,x,company,,,,,,WG-1,,,,,,", "completed_on: a Completion Notice has a number"),
        (
            "PRJ26-001,,truck,x,company,,,,,,,,2026-03-01,,,,",
            "passed_on: nothing passes the gate without a Completion Notice (R6.3)",
        ),
        ("PRJ26-001,,truck,x,company,,,,,,,,,,2026-03-01,,", "arrived_on: what arrived was sent"),
        ("PRJ26-001,,truck,x,company,1-3,,,,,,,,,,4 boxes 2026-03-01,", "loading: names more boxes"),
        ("PRJ26-001,,truck,x,company,1-3,,,,,,,,,,yesterday,", "loading: \"yesterday\" is no loading notice"),
        ("PRJ26-001,,truck,x,company,,,,,,,,,,,,lost", "state: \"lost\" is no state"),
    ] {
        let file = office.file("old.csv", format!("{header}\nSHP26-001,2026-02-01,{row}\n"));
        let refused = office.refused(1, &format!("ship import {file} --department business --set by=zhou"));
        assert!(refused.contains("old.csv:2: ") && refused.contains(said), "{row}\n{refused}");
    }
    let line = "ship import x.csv --department business --set by=zhou";
    let office = office.at_the_keyboard("li");
    let file = office.file("x.csv", format!("{header}\n"));
    assert_snapshot!(office.refused(3, &line.replace("x.csv", &file)), @"R6.2: 李娜 is no clerk, and only a clerk brings in old shipments; ask General Management's clerk");
}

#[test]
fn thousands_of_old_shipments_come_in_at_once() {
    let office = told();
    let mut old = String::from("number,notified_on,contract,place,cases,weights_kg,state\n");
    for serial in 1..=3000 {
        writeln!(
            old,
            "SHP25-{serial:03},2025-05-{:02},BG-{serial},鞍山,\"{}-{}\",1t,arrived",
            serial % 28 + 1,
            serial,
            serial + 4
        )
        .unwrap();
    }
    let file = office.file("old.csv", old);
    office
        .ok(&format!("ship import {file} --department business --set by=zhou --set form=truck --set freight=company"));
    assert_eq!(office.count("SELECT count(*) FROM ship_list WHERE boxes = 5 AND weight_kg = 1000"), 3000);
    office.ok("verify");
}
