//! Taking a step back and entering it anew gets round no rule that a correction is held to.

use insta::assert_snapshot;

use crate::gift;
use crate::office::Office;
use crate::ship::{self, PASSED, STEPS};

/// The exceptions, as clause and what was refused.
fn exceptions(office: &Office) -> String {
    office.ok("report exceptions --columns clause,refused --format csv")
}

/// A shipment of a contract whose advance came in, with its gate pass.
fn passed() -> Office {
    Office::made(|| {
        let office = ship::told();
        ship::sign_contract(&office, "PRJ26-001", "BG-1");
        office.ok("project receive PRJ26-001 --kind advance --amount 30万 --voucher 银-1");
        office.ok(&ship::add("company"));
        office.all_ok(&STEPS[..PASSED]);
        office
    })
}

/// The same, loaded.
fn loaded() -> Office {
    Office::made(|| {
        let office = passed();
        office.ok("ship load SHP26-001 --boxes 13");
        office
    })
}

#[test]
fn r6_3_the_advance_that_is_taken_back_from_under_goods_that_left_is_an_exception() {
    let office = loaded();
    assert_snapshot!(office.ok("undo PRJ26-001 --reason 票据错误"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": receive of 2026-10-09 is taken back, and it is contracted; instalment 1 received: 300,000.00 → 0.00"#);
    assert_snapshot!(exceptions(&office), @r#"
    clause,refused
    R6.3,"SHP26-001 left by the advance payment of PRJ26-001, of which 300,000.00 of 300,000.00 is missing now"
    R6.2,"SHP26-001 goes to 顺达 at 42,000.00, above the cheapest, 恒通 at 39,000.00"
    "#);
    office.ok("verify");
}

#[test]
fn r6_3_the_advance_that_is_reversed_from_under_goods_that_left_is_an_exception() {
    let office = loaded();
    office.ok("project reverse PRJ26-001 --receipt 1 --reason 退票");
    assert_snapshot!(exceptions(&office), @r#"
    clause,refused
    R6.3,"SHP26-001 left by the advance payment of PRJ26-001, of which 300,000.00 of 300,000.00 is missing now"
    R6.2,"SHP26-001 goes to 顺达 at 42,000.00, above the cheapest, 恒通 at 39,000.00"
    "#);
    office.ok("verify");
}

#[test]
fn r6_3_money_that_goes_back_before_anything_is_loaded_is_asked_for_by_the_loading() {
    let office = passed();
    office.ok("project reverse PRJ26-001 --receipt 1 --reason 退票");
    assert_snapshot!(office.refused(3, "ship load SHP26-001 --boxes 13"), @"R6.3: SHP26-001 cannot pass the gate while the advance payment of PRJ26-001 is short: 300,000.00 of 300,000.00 is missing; enter what came in with: branchbook project receive PRJ26-001 …, or record the breach with --exception REASON");
}

#[test]
fn r6_3_instalments_are_not_taken_back_while_there_is_a_shipment() {
    let office = passed();
    office.ok("undo PRJ26-001 --reason 票据错误");
    assert_snapshot!(office.refused(3, "undo PRJ26-001 --reason 重订"), @"R6.3: the shares of PRJ26-001 stay: there is a shipment, or money is due; where they are wrong, let a clerk set them anew with: branchbook project instalments PRJ26-001 --advance SHARE --progress SHARE --delivery SHARE --warranty SHARE --exception REASON");
    office.ok("ship cancel SHP26-001 --reason 不发");
    office.ok("undo PRJ26-001 --reason 重订 --dry-run");
}

#[test]
fn r3_3_that_an_item_failed_is_taken_back_by_its_reviewer_or_the_manager() {
    let office = Office::staffed();
    office.all_ok(&[
        "project add --department business --customer 甲矿业 --title 磨机 --amount 120万 --by wang",
        "project lead PRJ26-001 --person li --by wang",
        "project review PRJ26-001 --item 技术 --reviewer wu --fail --opinion 不足",
    ]);
    assert_snapshot!(office.refused(3, "undo PRJ26-001"), @"R3.3: 技术 of PRJ26-001 failed by 吴工, and clerk does not take that back; let 吴工 say so, or the manager: branchbook undo PRJ26-001 --by wu --reason REASON");
    office.ok("undo PRJ26-001 --by wang --reason 误 --dry-run");
    office.ok("undo PRJ26-001 --by wu --reason 误");
    office.ok("project review PRJ26-001 --item 技术 --reviewer zhou --pass");
    office.ok("undo PRJ26-001");
}

#[test]
fn r5_3_1_a_bill_that_somebody_bore_is_not_handed_on_to_the_branch() {
    let office = gift::after(0);
    office.all_ok(&[
        "gift buy GFT26-001 --bill 0218843 --amount 352 --own-expense li --reason 来不及",
        "undo GFT26-001",
        "gift endorse GFT26-001 --by wang",
        "gift approve GFT26-001 --by chen",
    ]);
    let refused = office.refused(3, "gift buy GFT26-001 --bill 0218843 --amount 352");
    assert_snapshot!(refused, @"R5.3(1): GFT26-001 was entered as bought on 2026-10-08, bill 0218843, at the expense of 李娜, and that was taken back; who bore it goes on bearing it: branchbook gift buy GFT26-001 … --own-expense li");
    office.ok("gift buy GFT26-001 --bill 0218843 --amount 352 --own-expense li --dry-run");
    assert_snapshot!(office.ok("gift buy GFT26-001 --bill 0218844 --amount 352"), @r#"GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": bought by clerk for 352.00, bill 0218844"#);
    assert_snapshot!(office.refused(3, "gift amend GFT26-001 --bill 0218843 --reason 误"), @"R5.3(1): GFT26-001 was entered as bought on 2026-10-08, bill 0218843, at the expense of 李娜, and that was taken back; take the purchase back with: branchbook undo GFT26-001 --reason REASON, and enter it with --own-expense");
    assert_snapshot!(exceptions(&office), @r#"
    clause,refused
    R5.3(1),"GFT26-001 was entered as bought on 2026-10-08, bill 0218843, at the expense of 李娜, and that was taken back"
    R5.3(1),gift GFT26-001 is not approved yet
    "#);
    office.ok("verify");
}

#[test]
fn r5_3_1_a_bill_that_somebody_bore_for_another_gift_is_listed() {
    let office = gift::after(2);
    office.all_ok(&[
        gift::ASK,
        "gift buy GFT26-002 --bill 0218843 --amount 352 --own-expense li --reason 来不及",
        "undo GFT26-002",
    ]);
    office.ok("gift buy GFT26-001 --bill 0218843 --amount 352");
    assert_snapshot!(exceptions(&office), @r#"
    clause,refused
    R5.3(1),"bill 0218843 was entered in GFT26-002 as at the expense of 李娜, and that was taken back"
    R5.3(1),gift GFT26-002 is not approved yet
    "#);
}
