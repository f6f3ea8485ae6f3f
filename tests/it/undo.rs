//! Taking steps back: the last step of an entry, by whom, what stands on it, and that nothing is left of it.

use insta::assert_snapshot;

use crate::office::Office;

pub(crate) const FORM: &str = "contact add --department business --kind pre-contract --to technology --to general --subject 轴承图纸 --content 请确认 --by wang";

fn issued() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok(FORM);
        office
    })
}

#[test]
fn r4_8_a_slip_of_the_day_is_taken_back_by_whoever_made_it() {
    let office = issued();
    office.ok("contact sign HAY05001 --for technology --by wu");
    office.ok("contact sign HAY05001 --for general --by zhou");
    assert_snapshot!(office.ok("undo hay05001"), @r#"HAY05001 "轴承图纸" to technology; general: sign of 2026-10-08 is taken back, and it is issued"#);
    assert_snapshot!(office.ok("contact undo HAY05001"), @r#"HAY05001 "轴承图纸" to technology; general: sign of 2026-10-08 is taken back, and it is issued"#);
    office.ok("contact sign HAY05001 --for technology --by wu");
    assert_snapshot!(office.ok("history HAY05001 --format csv").lines().map(|line| line.split_once(',').unwrap().1).collect::<Vec<_>>().join("\n"), @r#"
    verb,happened_on,actor,recorder,changes,note,declared,entered_later
    contact add,2026-10-08,wang,clerk,department: business; issued_on: 2026-10-08; issued_by: wang; state: issued; kind: pre-contract; subject: 轴承图纸; content: 请确认; addressed_to: technology; general; reply_by_on: 2026-10-13,,,
    contact sign,2026-10-08,wu,clerk,"taken back since; signature technology: signed_by wu, signed_on 2026-10-08",,,
    contact sign,2026-10-08,zhou,clerk,"taken back since; state: issued → received; received_on: 2026-10-08; signature general: signed_by zhou, signed_on 2026-10-08",,,
    contact undo,2026-10-08,clerk,clerk,takes back contact sign 2026-10-08; state: received → issued; signature general: taken back; received_on: 2026-10-08 → nothing,,,
    contact undo,2026-10-08,clerk,clerk,takes back contact sign 2026-10-08; signature technology: taken back,,,
    contact sign,2026-10-08,wu,clerk,"signature technology: signed_by wu, signed_on 2026-10-08",,,
    "#);
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r4_8_what_another_entered_or_on_an_earlier_day_is_taken_back_for_a_reason() {
    let office = issued();
    office.ok("contact sign HAY05001 --for technology --by wu");
    let office = office.on("2026-10-09");
    assert_snapshot!(office.refused(2, "undo HAY05001"), @"sign of HAY05001 was entered by clerk on 2026-10-08; say why it is taken back: branchbook undo HAY05001 --reason REASON");
    assert_snapshot!(office.refused(2, "undo HAY05001 --by wu --on 2026-10-08"), @"sign of HAY05001 was entered by clerk on 2026-10-08; say why it is taken back: branchbook undo HAY05001 --by wu --on 2026-10-08 --reason REASON");
    assert_snapshot!(office.ok("undo HAY05001 --reason 签错"), @r#"HAY05001 "轴承图纸" to technology; general: sign of 2026-10-08 is taken back, and it is issued"#);
    let office = office.at_the_keyboard("li");
    assert_snapshot!(office.refused(3, "undo HAY05001 --reason 不要"), @"R4.8: add of HAY05001 was entered by clerk on 2026-10-08, and 李娜 may not take it back; ask General Management's clerk");
}

#[test]
fn r4_8_an_entry_on_which_nothing_stands_is_void_and_a_void_one_comes_back() {
    let office = issued();
    assert_snapshot!(office.ok("undo HAY05001"), @r#"HAY05001 "轴承图纸" to technology; general: void, taken back"#);
    assert_snapshot!(office.ok("undo HAY05001"), @r#"HAY05001 "轴承图纸" to technology; general is brought back: it is no longer void, but issued"#);
    office.ok("contact void HAY05001 --reason 错");
    assert_snapshot!(office.ok("undo HAY05001"), @r#"HAY05001 "轴承图纸" to technology; general is brought back: it is no longer void, but issued"#);
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r4_8_a_reserved_number_is_reserved_again_once_its_form_is_taken_back() {
    let office = Office::staffed();
    office.ok("series reserve business --count 2");
    let form = FORM.replace("contact add", "contact add --number HAY05002");
    office.ok(&form);
    office.ok("contact sign HAY05002 --for technology --by wu");
    office.ok("undo HAY05002");
    assert_snapshot!(office.ok("undo HAY05002"), @r#"HAY05002 "轴承图纸" to technology; general: add of 2026-10-08 is taken back, and it is reserved; issued_by: 王建国 → clerk"#);
    assert_snapshot!(office.ok("series audit --format csv"), @"
    series,number,finding,unexplained,detail
    business,HAY05001,reserved,no,set aside on 2026-10-08 and not used yet
    business,HAY05002,reserved,no,set aside on 2026-10-08 and not used yet
    ");
    // The pad's page is entered again under its number.
    office.ok(&form.replace("轴承图纸", "齿轮图纸"));
    office.ok("contact sign HAY05002 --for technology --by wu");
    assert_eq!(
        office.count(
            "SELECT count(*) FROM contact_list WHERE number = 'HAY05002' AND state = 'issued' AND subject = '齿轮图纸'"
        ),
        1
    );
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r2_2_an_entry_that_is_taken_out_of_a_report_is_counted_in_it_no_more() {
    let office = Office::staffed();
    for customer in ["甲矿业", "乙矿业"] {
        office.ok(&format!("info add --department business --customer {customer} --region 辽宁省 --equipment 球磨机 --need 一台 --by li"));
    }
    office.ok("info report --department business --month 2026-10 --by wang");
    office.ok("undo INF26-0002 --reason 未核实");
    assert_eq!(office.count("SELECT entries FROM info_report"), 1);
    office.ok("info report --department business --month 2026-10 --by wang");
    assert_eq!(office.count("SELECT sum(entries) FROM info_report"), 2);
    office.ok("undo INF26-0002 --reason 未核实");
    assert_eq!(office.count("SELECT entries FROM info_report WHERE position = 2"), 0);
    office.ok("undo INF26-0001 --reason 未核实");
    assert_eq!(office.count("SELECT sum(entries) FROM info_report"), 0);
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r5_3_1_a_decision_is_revoked_by_whoever_may_give_it() {
    let office = Office::staffed();
    office.ok("gift catalog add 摆件 --price 180 --by chen");
    office.ok("gift add --department business --asked-by li --unit 甲矿业 --recipient '王工;工程师' --item '摆件;1' --occasion 拜访");
    office.ok("gift endorse GFT26-001 --by wang");
    office.ok("gift approve GFT26-001 --by chen");
    assert_snapshot!(office.refused(3, "undo GFT26-001"), @"R5.3(1): approving a gift is for the branch-manager, which clerk was not on 2026-10-08; name who did with --by chen");
    assert_snapshot!(office.ok("undo GFT26-001 --by chen"), @r#"GFT26-001 "甲矿业 · 摆件 x 1 @ 180.00": approve of 2026-10-08 is taken back, and it is endorsed"#);
    assert_snapshot!(office.ok("approvals --format csv"), @"
    number,what,party,amount,asked_by,since_on,may_decide,command,clause
    GFT26-001,gift to be approved,甲矿业,180.00,li,2026-10-08,chen,branchbook gift approve GFT26-001 --by chen,R5.3(1)
    ");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r3_4_a_contract_on_which_a_fee_stands_is_taken_back_after_it() {
    let office = Office::staffed();
    office.ok("project add --department business --customer 甲矿业 --title 磨机 --amount 120万 --by wang");
    office.ok("project lead PRJ26-001 --person li --by wang");
    office.ok("project review PRJ26-001 --item 技术 --reviewer wu --pass");
    office.ok("project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-08 --amount 120万 --by li");
    office
        .ok("fee add --kind agency --payee 甲 --employer 甲 --project PRJ26-001 --rate 2% --reason 代理 --asked-by li");
    assert_snapshot!(office.refused(3, "undo PRJ26-001"), @"R4.8: FEE26-001 stands on contract of PRJ26-001; take that back first with: branchbook undo FEE26-001");
    office.ok("undo FEE26-001");
    assert_snapshot!(office.ok("undo PRJ26-001"), @r#"PRJ26-001 "甲矿业 · 磨机": contract of 2026-10-08 is taken back, and it is negotiating"#);
    office.ok("project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-08 --amount 130万 --by li");
    assert_eq!(office.count("SELECT contract_amount_fen FROM project_list"), 130_000_000);
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r2_5_the_month_lists_what_was_taken_back_of_an_earlier_one() {
    let office = issued();
    office.ok("contact sign HAY05001 --for technology --by wu");
    let office = office.on("2026-11-03");
    office.ok("undo HAY05001 --reason 签错");
    office.ok("undo HAY05001 --reason 重复");
    office.ok(FORM);
    office.ok("undo HAY05002");
    assert_snapshot!(office.ok("report taken-back --month 2026-11 --format csv"), @"
    number,step,happened_on,taken_back_on,earlier_month,actor,recorder,reason,department,register,line
    HAY05001,contact sign,2026-10-08,2026-11-03,yes,clerk,clerk,签错,business,contact,
    HAY05001,contact add,2026-10-08,2026-11-03,yes,clerk,clerk,重复,business,contact,
    ");
    let pack = office.path("pack");
    office.ok(&format!("report month 2026-11 --output {}", pack.display()));
    assert_eq!(office.read("pack/2026-11/taken-back.csv"), office.ok("report taken-back --month 2026-11 --format csv"));
    assert_eq!(office.ok("report taken-back --month 2026-10 --format csv").lines().count(), 1);
}

#[test]
fn r5_4_1_an_amended_fee_goes_back_to_what_was_approved() {
    let office = Office::staffed();
    office.ok("project add --department business --customer 包钢 --title 球磨机 --amount 1亿");
    office.ok("fee add --kind agency --payee 某公司 --employer 某公司 --project PRJ26-001 --amount 5000 --reason 代理 --asked-by li");
    office.ok("fee approve FEE26-001 --by lin");
    office.ok("fee amend FEE26-001 --amount 4000 --reason 抄错");
    assert!(office.ok("fee list --format csv").contains("requested"));
    office.ok("undo FEE26-001");
    let list = office.ok("fee list --format csv");
    assert!(list.contains("approved") && list.contains("5000.00"), "{list}");
    office.ok("fee sign FEE26-001 --agreement DL-07 --party 某公司 --by chen");
    office.ok("verify");
}
