//! Shipments in lists, on pages and in the month-end pack.

use insta::assert_snapshot;

use crate::invariants;
use crate::office::Office;
use crate::ship::{DISPATCHED, PASSED, add, after, told};

/// A shipment with two runs of boxes, dispatched, and one that was voided.
fn two() -> Office {
    Office::made(|| {
        let office = after(1);
        office.ok("ship box SHP26-001 --case 12-20,25 --weight 23.5t --size 120x80x60cm");
        office.ok("ship box SHP26-001 --case 30 --weight 850.25kg");
        office.ok(&add("user"));
        office.ok("ship void SHP26-002 --reason 重复");
        office
    })
}

#[test]
fn a_shipment_is_listed_in_every_format_with_its_case_runs_unchanged() {
    let office = two();
    assert_snapshot!(office.ok("ship list --format csv"), @r#"
    number,state,notified_on,project,place,form,wanted_by_on,boxes,weight_kg,volume_m3,carrier,price,scheduled_on,passed_on,loaded_boxes,dispatched_on,arrived_on,freight,billed,cases,contract,notice,contact_person,phone,route,capacity,completion_notice,completed_on,days,award_reason,awarded_on,agreed_with,gate_pass,vehicle,driver,signed_by,freight_bill,bill_reason,billed_on,outcome,weights_kg,sizes_mm,loading,department,organised_by,ended_on,void_reason,amendments,entered_later_on,import
    SHP26-001,completed,2026-10-09,PRJ26-001,包头市昆区,truck,,11,24350.25,5.76,,,,,,,,company,,"12-20,25; 30",,HAY05001,刘工,13800000000,京藏高速,none,WG-1101,2026-10-09,,,,,,,,,,,,,23500; 850.25,1200x800x600; none,,business,clerk,,,0,,
    SHP26-002,void,2026-10-09,PRJ26-001,包头市昆区,truck,,,,,,,,,,,,user,,,,HAY05001,刘工,13800000000,京藏高速,none,,,,,,,,,,,,,,,,,,business,clerk,2026-10-09,重复,0,,
    "#);
    assert_snapshot!(office.ok("ship list --format jsonl --state completed"), @r#"{"number":"SHP26-001","state":"completed","notified_on":"2026-10-09","project":"PRJ26-001","place":"包头市昆区","form":"truck","wanted_by_on":null,"boxes":11,"weight_kg":24350.25,"volume_m3":5.76,"carrier":null,"price":null,"scheduled_on":null,"passed_on":null,"loaded_boxes":null,"dispatched_on":null,"arrived_on":null,"freight":"company","billed":null,"cases":"12-20,25; 30","contract":null,"notice":"HAY05001","contact_person":"刘工","phone":"13800000000","route":"京藏高速","capacity":"none","completion_notice":"WG-1101","completed_on":"2026-10-09","days":null,"award_reason":null,"awarded_on":null,"agreed_with":null,"gate_pass":null,"vehicle":null,"driver":null,"signed_by":null,"freight_bill":null,"bill_reason":null,"billed_on":null,"outcome":null,"weights_kg":"23500; 850.25","sizes_mm":"1200x800x600; none","loading":null,"department":"business","organised_by":"clerk","ended_on":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}"#);
    let json: serde_json::Value = serde_json::from_str(&office.ok("ship list --format json")).unwrap();
    assert_eq!((json[0]["cases"].as_str(), json[0]["boxes"].as_i64()), (Some("12-20,25; 30"), Some(11)));
    assert_eq!((json[0]["weight_kg"].as_f64(), json[0]["volume_m3"].as_f64()), (Some(24_350.25), Some(5.76)));
    let table = office.with_width(150).ok("ship list");
    assert_snapshot!(table, @"
    Shipments
    ┌───────────┬───────────┬────────────┬───────────┬────────────┬──────────┬───────┬───────────┬─────────┬─────────┬──────────────┬──────────┬─────────┐
    │ number    │ state     │ notified   │ project   │ place      │ form of  │ boxes │ weight kg │  volume │ freight │ cases        │ notice   │ contact │
    │           │           │ on         │           │            │ delivery │       │           │      m3 │         │              │          │ person  │
    ├───────────┼───────────┼────────────┼───────────┼────────────┼──────────┼───────┼───────────┼─────────┼─────────┼──────────────┼──────────┼─────────┤
    │ SHP26-001 │ completed │ 2026-10-09 │ PRJ26-001 │ 包头市昆区 │ truck    │    11 │ 24,350.25 │    5.76 │ company │ 12-20,25; 30 │ HAY05001 │ 刘工    │
    │ SHP26-002 │ void      │ 2026-10-09 │ PRJ26-001 │ 包头市昆区 │ truck    │       │           │         │ user    │              │ HAY05001 │ 刘工    │
    ├───────────┼───────────┼────────────┼───────────┼────────────┼──────────┼───────┼───────────┼─────────┼─────────┼──────────────┼──────────┼─────────┤
    │ total     │           │            │           │            │          │    11 │ 24,350.25 │    5.76 │         │              │          │         │
    └───────────┴───────────┴────────────┴───────────┴────────────┴──────────┴───────┴───────────┴─────────┴─────────┴──────────────┴──────────┴─────────┘
    2 rows
    the total leaves out: void 1
    ");
}

#[test]
fn the_values_of_the_list_are_of_the_kinds_that_its_columns_tell() {
    for office in [two(), after(DISPATCHED)] {
        invariants::every_value_fits_its_column(&office);
    }
}

#[test]
fn a_shipment_is_found_by_its_vehicle_case_and_place() {
    let office = after(DISPATCHED);
    for text in ["蒙b123", "昆区", "cm-556", "WG-1101", "顺达", "1-14"] {
        assert!(office.ok(&format!("find {text} --format csv")).contains("SHP26-001,ship,dispatched"), "{text}");
    }
    assert_eq!(office.ok("ship list --person clerk --format csv").lines().count(), 2);
}

#[test]
fn a_shipment_is_shown_with_its_boxes_quotes_and_loading_notices() {
    let office = after(DISPATCHED);
    let shown = office.ok("show SHP26-001");
    let lists = shown.split_once("Boxes\n").unwrap().1;
    assert_snapshot!(lists, @r"
    ┌─────┬───────┬───────┬───────────┐
    │ run │ cases │ boxes │ weight kg │
    ├─────┼───────┼───────┼───────────┤
    │   1 │ 1-14  │    14 │    23,500 │
    └─────┴───────┴───────┴───────────┘
    1 row
    Quotes
    ┌─────────┬───────────┬─────────────┬─────────┬────────────┐
    │ carrier │     price │ quoted days │ quality │ quoted on  │
    ├─────────┼───────────┼─────────────┼─────────┼────────────┤
    │ 顺达    │ 42,000.00 │           3 │       4 │ 2026-10-09 │
    │ 恒通    │ 39,000.00 │           5 │       3 │ 2026-10-09 │
    └─────────┴───────────┴─────────────┴─────────┴────────────┘
    2 rows
    Loading notices
    ┌──────────┬───────┬────────────┐
    │ position │ boxes │ loaded on  │
    ├──────────┼───────┼────────────┤
    │        1 │    14 │ 2026-10-09 │
    └──────────┴───────┴────────────┘
    1 row
    Exceptions
    ┌────────┬─────────────┬────────┬────────────────┬────────────────────────────────────────────────────────────────────────────┐
    │ clause │ happened on │ person │ reason         │ refused                                                                    │
    ├────────┼─────────────┼────────┼────────────────┼────────────────────────────────────────────────────────────────────────────┤
    │ R6.2   │ 2026-10-09  │ clerk  │ 带大件运输资质 │ SHP26-001 goes to 顺达 at 42,000.00, above the cheapest, 恒通 at 39,000.00 │
    └────────┴─────────────┴────────┴────────────────┴────────────────────────────────────────────────────────────────────────────┘
    1 row
    ");
}

#[test]
fn the_month_end_pack_holds_the_months_shipments() {
    let office = two().on("2026-11-02");
    office.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    let shipments = office.read("packs/2026-10/shipments.csv");
    assert_eq!(shipments, office.ok("ship list --format csv"));
    let manifest: serde_json::Value = serde_json::from_str(&office.read("packs/2026-10/manifest.json")).unwrap();
    let file = manifest["files"].as_array().unwrap().iter().find(|file| file["name"] == "shipments.csv").unwrap();
    assert_eq!((file["rows"].as_i64(), file["totals"]["boxes"].as_i64()), (Some(2), Some(11)));
    // One that ended is not in the packs of later months.
    let office = office.on("2026-12-02");
    office.ok(&format!("report month 2026-11 --output {}", office.path("packs").display()));
    assert_eq!(office.read("packs/2026-11/shipments.csv").lines().count(), 2);
}

#[test]
fn r6_3_the_gate_pass_and_the_loading_notices_are_printed() {
    let office = after(PASSED);
    assert_snapshot!(office.refused(3, "ship print SHP26-001 --page loading-notice"), @"R6.3: SHP26-001 has no loading notice; make it out with: branchbook ship load SHP26-001 --boxes COUNT");
    office.ok("ship load SHP26-001 --case 1-4 --how '立放 <盖篷布>'");
    office.ok("ship load SHP26-001 --boxes 10");
    let page = office.ok("ship print SHP26-001");
    for text in [
        "Gate pass",
        "CM-556",
        "蒙B12345",
        "高师傅",
        "WG-1101",
        "包头市昆区",
        "<td>1-14</td>",
        "<tr class=\"total\"><th>Total</th><td></td><td class=\"figure\">14</td><td class=\"figure\">23,500</td><td></td></tr>",
        "Loading notice",
        "1-4",
        "立放 &#60;盖篷布&#62;",
        "SHP26-001-2",
    ] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    assert_eq!(
        (page.matches("<h1>").count(), page.matches("<section ").count(), page.matches("</section>").count()),
        (4, 4, 4)
    );
    let notice = office.ok("ship print SHP26-001 --page loading-notice");
    assert!(notice.contains("<td>1-4 of 1-14</td>"), "{notice}");
    // What only counts the boxes claims none of them.
    assert!(notice.contains("<td>10 of 14</td>") && !notice.contains("<td>1-14</td>"), "{notice}");
    assert_eq!(office.ok("ship print SHP26-001 --page gate-pass").matches("<h1>").count(), 1);
    assert_eq!(office.ok("ship print SHP26-001 --page loading-notice").matches("<h1>").count(), 2);
    let file = office.path("pass.html");
    office.ok(&format!("ship print SHP26-001 --output {}", file.display()));
    assert_eq!(office.read("pass.html"), page);
    office.ok("ship cancel SHP26-001 --reason 用户推迟");
    assert!(office.ok("ship print SHP26-001").contains("Cancelled: 用户推迟"));
}

#[test]
fn q17_a_notice_tells_of_one_shipment_to_a_place_for_a_day() {
    let office = told();
    let add = add("user");
    office.ok(&format!("{add} --wanted-by 2026-11-20"));
    assert_snapshot!(office.refused(3, &format!("{add} --wanted-by 2026-11-20")), @"R6.1: HAY05001 is the notice of SHP26-001 already, to the same place for the same day; see it with: branchbook show SHP26-001; what goes another day or elsewhere is given by --wanted-by or --place");
    office.ok(&format!("{add} --wanted-by 2026-11-21"));
    office.ok(&add);
    let done = office.run(&add);
    assert_eq!((done.code, done.err.as_str()), (0, "HAY05001 is the notice of SHP26-003 as well, to the same place\n"));
}
