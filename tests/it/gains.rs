//! Nobody decides on what somebody of their name gains by, however the name is dressed up.

use insta::assert_snapshot;

use crate::fee;
use crate::gift::{self, ASK};
use crate::office::Office;

/// Spellings of 陈总, whose key is chen.
const DRESSED: [&str; 12] = [
    "陈总",
    "陈 总",
    "chen",
    "ＣＨＥＮ",
    "陈总（总经理）",
    "王五(陈总)",
    "陈总先生",
    "陈总/夫人",
    "陈总等3人",
    "王五，陈总",
    "王五 陈总",
    "王五(Chen)",
];

#[test]
fn r5_3_1_nobody_approves_what_somebody_of_their_name_receives_in_any_dress() {
    for dressed in DRESSED {
        let office = gift::after(0);
        let recipient = format!("--recipient '{dressed};处长'");
        office.ok(&ASK.replace("--recipient 张处长;处长", &recipient));
        office.ok("gift endorse GFT26-002 --by wang");
        let refused = office.refused(3, "gift approve GFT26-002 --by chen");
        assert!(refused.contains("陈总 has the name of who gains by GFT26-002"), "{dressed}: {refused}");
        office.ok("gift approve GFT26-002 --by lin");
    }
    let office = gift::after(0);
    office.ok(&ASK.replace("张处长;处长", "'张处长(包钢);处长' --recipient 'Chen Wei;处长' --recipient '老陈总;处长'"));
    office.ok("gift endorse GFT26-002 --by wang");
    office.ok("gift approve GFT26-002 --by chen");
}

#[test]
fn r5_4_1_nobody_approves_a_fee_of_somebody_of_their_name_or_whom_that_works_for() {
    for gains in [
        "--payee lin --employer 甲公司",
        "--payee LIN --employer 甲公司",
        "--payee '林董（董事长）' --employer 甲公司",
        "--payee 林董事长 --employer 甲公司",
        "--payee 王五 --employer 林董",
    ] {
        let office = fee::office();
        office.ok(&format!(
            "fee add --kind agency {gains} --project PRJ26-001 --reason 代理 --asked-by li --amount 1000"
        ));
        let refused = office.refused(3, "fee approve FEE26-001 --by lin");
        assert!(refused.contains("林董 has the name of who gains by FEE26-001"), "{gains}: {refused}");
        // What names somebody by their key is not shown here.
        if !gains.to_lowercase().contains("lin") {
            office.ok("fee approve FEE26-001 --by gao");
        }
    }
}

#[test]
fn r5_4_1_the_other_party_of_an_agreement_neither_signs_nor_decided() {
    let office = fee::office();
    office.all_ok(&[&format!("{} --rate 2%", fee::ADD), "fee approve FEE26-001 --by lin"]);
    let sign = |party: &str| format!("fee sign FEE26-001 --agreement DL-07 --party {party} --by chen");
    assert_snapshot!(office.refused(3, &sign("陈总")), @"R5.4(1): 陈总 has the name of who gains by FEE26-001 and may not sign its agreement; have it signed by another branch manager, or by a deputy: branchbook staff deputy chen --person PERSON --until DATE");
    assert_snapshot!(office.refused(3, &sign("林董")), @"R5.4(1): 林董 has the name of who gains by FEE26-001 and may not approve it; give the name of who signed with --party NAME; where that is right, take back with branchbook undo FEE26-001 --reason REASON what was decided, and let another decide");
    office.ok(&sign("某咨询公司"));
    assert_snapshot!(office.refused(3, "fee amend FEE26-001 --party 陈总 --reason 误"), @"R5.4(1): 陈总 has the name of who gains by FEE26-001 and may not sign it; give the name of who signed with --party NAME; where that is right, take back with branchbook undo FEE26-001 --reason REASON what was decided, and let another decide");
    office.ok("fee amend FEE26-001 --party 高董 --reason 误");
    office.all_ok(&["fee register FEE26-001 --by zhou", "fee bill FEE26-001 --amount 1万 --by li"]);
    assert_snapshot!(office.refused(3, "fee clear FEE26-001 --payment 1 --by gao"), @"R5.4(2): 高董 has the name of who gains by FEE26-001 and may not clear it; name who did with --by lin");
    office.ok("fee clear FEE26-001 --payment 1 --by lin");
}

#[test]
fn r5_4_2_who_has_the_name_of_who_gains_does_not_pay() {
    let office = fee::office();
    fee::contract(&office, "2026-10-08", 1_260_000_000);
    office.all_ok(&[
        &format!("{} --rate 2%", fee::ADD),
        "fee approve FEE26-001 --by lin",
        "fee sign FEE26-001 --agreement DL-07 --party 周敏 --by chen",
        "fee register FEE26-001",
        "fee bill FEE26-001 --amount 1万 --by li",
        "fee clear FEE26-001 --payment 1 --by lin",
    ]);
    let pay = "fee pay FEE26-001 --payment 1 --voucher V-1";
    assert_snapshot!(office.refused(3, &format!("{pay} --by zhou")), @"R5.4(2): 周敏 has the name of who gains by FEE26-001 and may not pay it; let another clerk pay it");
    office.ok(pay);
}

#[test]
fn r5_4_1_a_payee_who_works_for_the_customer_stays_marked_whatever_the_customer_is_called_meanwhile() {
    let office = fee::office();
    let customer = |office: &Office| office.count("SELECT customer_flag FROM fee_list");
    let amend = |name: &str| format!("project amend PRJ26-001 --customer {name} --reason 误");
    office.ok(&amend("戊公司"));
    office.ok("fee add --kind agency --payee 王五 --employer 包头钢铁（集团） --project PRJ26-001 --reason 代理 --asked-by li --amount 1000");
    assert_eq!(customer(&office), 1, "who was the customer before");
    office.ok("fee add --kind agency --payee 王五 --employer 甲公司 --project PRJ26-001 --reason 代理 --asked-by li --amount 1000");
    let second = |office: &Office| office.count("SELECT customer_flag FROM fee_list WHERE number = 'FEE26-002'");
    assert_eq!(second(&office), 0);
    office.ok(&amend("甲公司"));
    assert_eq!(second(&office), 1, "who is the customer now");
    office.ok(&amend("戊公司"));
    assert_snapshot!(office.run("fee approve FEE26-002 --by lin").err, @"");
    office.ok(&amend("甲公司"));
    assert_eq!(second(&office), 1);
    office.all_ok(&["undo PRJ26-001", "verify"]);
    office.ok("fee sign FEE26-002 --agreement DL-08 --party 王五 --by chen");
    assert_eq!(second(&office), 1, "whoever was the customer meanwhile");
    office.ok("verify");
}
