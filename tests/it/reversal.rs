//! Money that goes back, contracts that are given up, and what came to nothing and is taken up again.

use insta::assert_snapshot;

use crate::office::Office;
use crate::project::REVIEWED;

/// A contract of 1.2 million yuan, of which the advance and the progress payment came in.
fn paid() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.all_ok(&REVIEWED);
        office.all_ok(&[
        "project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-08 --amount 120万 --by li",
        "project instalments PRJ26-001 --advance 30% --progress 40% --delivery 20% --warranty 10%  --warranty-due 2027-12-01 --by li",
        "project receive PRJ26-001 --kind advance --amount 36万 --voucher 银-1",
        "project receive PRJ26-001 --kind progress --amount 48万 --voucher 银-2",
    ]);
        office.on("2026-11-05")
    })
}

#[test]
fn r3_7_the_way_out_of_every_refusal_of_a_receipt_works() {
    let office = paid();
    let receive = "project receive PRJ26-001 --voucher 银-3";
    assert_snapshot!(office.refused(3, &format!("{receive} --kind advance --amount 50万")), @"R3.7: PRJ26-001 owes CNY 0.00 for the advance, and 500,000.00 is more than that; leave --kind out, enter what is owed, up to --amount 360000.00, and ask what the rest is for");
    office.ok(&format!("{receive} --amount 360000.00 --dry-run"));
    assert_snapshot!(office.refused(3, &format!("{receive} --kind advance --amount 10万")), @"R3.7: PRJ26-001 owes CNY 0.00 for the advance, and 100,000.00 is more than that; leave --kind out to spread it over what is owed longest");
    office.ok(&format!("{receive} --amount 10万 --dry-run"));
    assert_snapshot!(office.refused(3, &format!("{receive} --amount 50万")), @"R3.7: PRJ26-001 owes CNY 360,000.00, and 500,000.00 is more than that; enter what is owed, up to --amount 360000.00, and ask what the rest is for");
    office.ok(&format!("{receive} --amount 360000.00 --dry-run"));
    assert_snapshot!(office.refused(2, &format!("{receive} --amount 0")), @"0.00 is no payment; give the --amount that came in");
    office.ok(&format!("{receive} --amount 1 --dry-run"));
    assert_snapshot!(office.refused(2, &format!("{receive} --amount 1 --on 2026-10-07 --far")), @"PRJ26-001 bears the day 2026-10-08, and nothing happens to it on 2026-10-07; give the day it happened with --on DATE");
    office.ok(&format!("{receive} --amount 1 --on 2026-11-05 --dry-run"));
    office.ok(&format!("{receive} --amount 36万"));
    assert_snapshot!(office.refused(3, &format!("{} --amount 1", receive.replace("银-3", "银-4"))), @"R3.7: PRJ26-001 owes CNY 0.00, and 1.00 is more than that; nothing more is owed; ask what it is for");
    office.ok("project contract PRJ26-001 --supplement --contract BG-1-1 --signed-on 2026-11-05 --amount 1万 --by li");
    assert_snapshot!(office.refused(3, &format!("{} --amount 1", receive.replace("银-3", "银-4"))), @"R3.7: the instalments of PRJ26-001 add up to 1,200,000.00, and its contract with all supplements to 1,210,000.00; set them with: branchbook project instalments PRJ26-001 --advance SHARE --progress SHARE --delivery SHARE --warranty SHARE");
    let instalments =
        "project instalments PRJ26-001 --advance 30% --progress 40% --delivery 20% --warranty 10% --by li";
    // The warranty keeps its share, and so the day that was agreed for it.
    office.ok(instalments);
    office.ok(&format!("{} --amount 1 --dry-run", receive.replace("银-3", "银-4")));
}

#[test]
fn r3_7_a_receipt_is_reversed_whole_or_in_part_on_its_own_day() {
    let office = paid();
    assert_snapshot!(office.ok("project reverse PRJ26-001 --receipt 2 --amount 35万 --reason 退票"), @r#"PRJ26-001 "甲矿业 · 磨机": CNY 350,000.00 of the progress by voucher 银-2 reversed on 2026-11-05; 710,000.00 owed"#);
    assert_snapshot!(office.ok("project payments PRJ26-001 --format csv"), @r#"
    number,contract,customer,kind,due_on,days_overdue,currency,amount,received,owed,leader,department
    PRJ26-001,BG-1,甲矿业,warranty,2027-12-01,0,CNY,120000.00,0.00,120000.00,li,business
    PRJ26-001,BG-1,甲矿业,progress,,,CNY,480000.00,130000.00,350000.00,li,business
    PRJ26-001,BG-1,甲矿业,delivery,,,CNY,240000.00,0.00,240000.00,li,business
    "#);
    assert_snapshot!(office.ok("project payments PRJ26-001 --on 2026-10-31 --format csv"), @r#"
    number,contract,customer,kind,due_on,days_overdue,currency,amount,received,owed,leader,department
    PRJ26-001,BG-1,甲矿业,warranty,2027-12-01,0,CNY,120000.00,0.00,120000.00,li,business
    PRJ26-001,BG-1,甲矿业,delivery,,,CNY,240000.00,0.00,240000.00,li,business
    "#);
    assert_snapshot!(office.refused(3, "project reverse PRJ26-001 --receipt 2 --amount 14万 --reason 退票"), @r#"R3.7: receipt 2 of PRJ26-001 stands at 130,000.00, and 140,000.00 is more; give at most --amount 130000.00"#);
    assert_snapshot!(office.ok("project reverse PRJ26-001 --receipt 2 --reason 退票"), @r#"PRJ26-001 "甲矿业 · 磨机": CNY 130,000.00 of the progress by voucher 银-2 reversed on 2026-11-05; 840,000.00 owed"#);
    assert_snapshot!(office.refused(3, "project reverse PRJ26-001 --receipt 2 --reason 退票"), @r#"R3.7: receipt 2 of PRJ26-001 is reversed already; see its receipts with: branchbook project show PRJ26-001"#);
    assert_snapshot!(office.refused(4, "project reverse PRJ26-001 --receipt 3 --reason 退票"), @r#"PRJ26-001 had no receipt 3 on 2026-11-05; see its receipts with: branchbook project show PRJ26-001"#);
    assert_snapshot!(office.refused(2, "project reverse PRJ26-001 --receipt 1 --reason 退票 --on 2026-10-07"), @r#"PRJ26-001 bears the day 2026-10-08, and nothing happens to it on 2026-10-07; give the day it happened with --on DATE"#);
    assert_eq!(office.count("SELECT received_fen FROM project_list"), 36_000_000);
    assert_snapshot!(office.ok("undo PRJ26-001"), @r#"PRJ26-001 "甲矿业 · 磨机": reverse of 2026-11-05 is taken back, and it is contracted; instalment 2 received: 0.00 → 130,000.00"#);
    assert_eq!(office.count("SELECT received_fen FROM project_list"), 49_000_000);
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r3_7_a_receipt_is_named_by_its_voucher_where_no_other_has_it() {
    let office = paid();
    office.ok("project receive PRJ26-001 --amount 20万 --voucher 银-3");
    assert_snapshot!(office.ok("project reverse PRJ26-001 --receipt '银 -2' --amount 1万 --reason 退票"), @r#"PRJ26-001 "甲矿业 · 磨机": CNY 10,000.00 of the progress by voucher 银-2 reversed on 2026-11-05; 170,000.00 owed"#);
    // What reverses a receipt has its voucher, and is not meant by it.
    assert_snapshot!(office.ok("project reverse PRJ26-001 --receipt 银-2 --amount 2万 --reason 退票"), @r#"PRJ26-001 "甲矿业 · 磨机": CNY 20,000.00 of the progress by voucher 银-2 reversed on 2026-11-05; 190,000.00 owed"#);
    assert_snapshot!(office.refused(4, "project reverse PRJ26-001 --receipt 银-9 --reason 退票"), @r#"PRJ26-001 has no receipt "银-9"; see its receipts with: branchbook project show PRJ26-001"#);
    assert_snapshot!(office.refused(2, "project reverse PRJ26-001 --receipt 银-3 --reason 退票"), @r#""银-3" of PRJ26-001 is receipt 3 and 4; name one by what no other is called, or by its place in: branchbook history PRJ26-001"#);
    office.ok("project receive PRJ26-001 --kind delivery --amount 1万 --voucher 2");
    assert_snapshot!(office.refused(2, "project reverse PRJ26-001 --receipt 2 --reason 退票"), @r#""2" of PRJ26-001 is receipt 2 and 7; name one by what no other is called, or by its place in: branchbook history PRJ26-001"#);
    assert_snapshot!(office.ok("project amend PRJ26-001 --receipt 银-1 --voucher 银-11 --reason 看错"), @r#"PRJ26-001 "甲矿业 · 磨机": corrected receipt 1 (银-1 → 银-11)"#);
    assert_snapshot!(office.ok("project amend PRJ26-001 --paper BG-1 --contract BG-11 --reason 看错"), @r#"PRJ26-001 "甲矿业 · 磨机": corrected contract 1 (BG-1 → BG-11)"#);
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r3_7_what_came_in_again_pays_the_instalment_that_is_open_again() {
    let office = paid();
    office.ok("project reverse PRJ26-001 --receipt 2 --amount 35万 --reason 退票");
    office.ok("project receive PRJ26-001 --kind progress --amount 35万 --voucher 银-3");
    assert_eq!(office.count("SELECT received_fen FROM project_list"), 84_000_000);
    assert_eq!(
        office.count("SELECT sum(amount_fen) FROM receipt WHERE received_on BETWEEN '2026-11-01' AND '2026-11-30'"),
        0
    );
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r3_4_a_contract_is_given_up_and_settled() {
    let office = paid();
    let end = "project terminate PRJ26-001 --ended-by customer --agreement ZZ-1 --reason 停建 --by li";
    assert_snapshot!(office.ok(&format!("{end} --settled 90万")), @r#"PRJ26-001 "甲矿业 · 磨机": terminated on 2026-11-05 by 李娜, settled at CNY 900,000.00; 60,000.00 owed"#);
    assert_snapshot!(office.ok("project payments PRJ26-001 --format csv"), @r#"
    number,contract,customer,kind,due_on,days_overdue,currency,amount,received,owed,leader,department
    PRJ26-001,BG-1,甲矿业,delivery,,,CNY,60000.00,0.00,60000.00,li,business
    "#);
    office.ok("undo PRJ26-001 --by li");
    assert_snapshot!(office.ok(&format!("{end} --settled 50万")), @r#"PRJ26-001 "甲矿业 · 磨机": terminated on 2026-11-05 by 李娜, settled at CNY 500,000.00; 340,000.00 owed back"#);
    assert_snapshot!(office.ok("due --department business --format csv").lines().filter(|line| line.contains("PRJ")).collect::<String>(), @r#"2026-11-05,PRJ26-001,"money to be paid back, -340,000.00",branchbook project reverse PRJ26-001 --receipt RECEIPT --reason REASON,0,business,li,R3.7"#);
    assert_snapshot!(office.ok("project reverse PRJ26-001 --receipt 2 --amount 34万 --reason 退款"), @r#"PRJ26-001 "甲矿业 · 磨机": CNY 340,000.00 of the progress by voucher 银-2 reversed on 2026-11-05; 0.00 owed"#);
    assert!(!office.ok("due --format csv").contains("PRJ26"));
    assert_eq!(office.count("SELECT owed_fen FROM project_list"), 0);
    assert_snapshot!(office.refused(3, "project receive PRJ26-001 --amount 1 --voucher 9"), @r#"R3.7: PRJ26-001 is terminated, and receive takes an entry that is contracted or delivered or accepted; nothing leads on from there; where that is a slip, take it back with: branchbook undo PRJ26-001 --reason REASON"#);
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn what_came_to_nothing_is_taken_up_again() {
    let office = Office::staffed();
    for line in [
        "project add --department business --customer 甲矿业 --title 磨机 --amount 120万 --by wang",
        "project lose PRJ26-001 --reason 价高 --by wang",
        "info add --department business --customer 乙矿业 --region 辽宁省 --equipment 球磨机 --need 一台 --by li",
        "info report --department business --month 2026-10 --by wang",
        "info file --month 2026-10",
        "info assign INF26-0001 --to business",
        "info track INF26-0001 --person li --by wang",
        "info close INF26-0001 --lost --reason 停建 --by li",
        "reception add --department business --unit 包钢 --purpose 监造 --arrive 2026-10-18 --visitor '张;处长' --schedule 车间 --by li",
        "reception cancel REC26-001 --reason 不来 --by li",
        "gift catalog add 摆件 --price 180 --by chen",
        "gift add --department business --asked-by li --unit 甲矿业 --recipient '王工;工程师' --item '摆件;1' --occasion 拜访",
        "gift reject GFT26-001 --by chen --reason 太贵",
        "fee add --kind agency --payee 丙 --employer 丙 --project PRJ26-001 --amount 100 --reason 代理 --asked-by li",
    ] {
        office.run(line);
    }
    assert_snapshot!(office.ok("project reopen PRJ26-001 --reason 又谈 --by wang"), @r#"PRJ26-001 "甲矿业 · 磨机": negotiating again from 2026-10-08 on by 王建国"#);
    office.ok(
        "fee add --kind agency --payee 丙 --employer 丙 --project PRJ26-001 --amount 100 --reason 代理 --asked-by li",
    );
    office.ok("fee reject FEE26-001 --by lin --reason 不付");
    assert_snapshot!(office.ok("fee reopen FEE26-001 --reason 再议"), @r#"FEE26-001 "agency · 丙": requested again from 2026-10-08 on by clerk"#);
    assert_snapshot!(office.ok("info reopen INF26-0001 --reason 又问 --by li"), @r#"INF26-0001 "球磨机 · 辽宁省": tracked again from 2026-10-08 on by 李娜"#);
    assert_snapshot!(office.ok("reception reopen REC26-001 --reason 又来 --by li"), @r#"REC26-001 "包钢 · 监造": planned again from 2026-10-08 on by 李娜"#);
    assert_snapshot!(office.ok("gift reopen GFT26-001 --reason 再议 --by li"), @r#"GFT26-001 "甲矿业 · 摆件 x 1 @ 180.00": requested again from 2026-10-08 on by 李娜"#);
    assert_eq!(office.count("SELECT count(*) FROM entry WHERE ended_on IS NOT NULL"), 0);
    office.ok("fee approve FEE26-001 --by lin");
    assert_eq!(office.run("verify").code, 0);
}
