//! Gifts: asked for, endorsed, approved, bought, given; and everything that is refused on the way (R5.3).

use insta::assert_snapshot;

use crate::office::Office;

/// What li asks for: two of the list, 360.00.
pub(crate) const ASK: &str = "gift add --department business --asked-by li --unit 包钢设备部 --recipient 张处长;处长 --item 铸铜摆件;2 --occasion 监造";

/// What follows it, up to the gift that was handed over.
const STEPS: [&str; 5] = [
    "gift endorse GFT26-001 --by wang",
    "gift approve GFT26-001 --by chen",
    "gift quote GFT26-001 --supplier 工艺品店 --price 352 --quality 4",
    "gift buy GFT26-001 --bill 0218843 --amount 352 --by zhou",
    "gift give GFT26-001",
];

/// An office with a gift list, in which so many of the steps after the request were taken.
pub(crate) fn after(steps: usize) -> Office {
    let office = Office::staffed();
    office.ok("gift catalog add 铸铜摆件 --price 180 --by chen");
    office.ok(ASK);
    for step in STEPS.iter().take(steps) {
        office.ok(step);
    }
    office
}

/// GFT26-002, wang's own request.
fn managers_own(office: &Office) {
    office.ok(&ASK.replace("--asked-by li", "--asked-by wang"));
}

#[test]
fn the_gifts_of_the_month_work_as_typed() {
    let office = Office::staffed();
    let transcript = office.transcript(
        r#"
@ 2026-10-15
gift catalog add "铸铜摆件" --price 180 --by chen
gift add --department business --asked-by li --unit 包钢设备部 --recipient "张处长;处长" --item "铸铜摆件;2" --occasion 监造
gift endorse GFT26-001 --by wang
@ 2026-10-16
gift approve GFT26-001 --by chen --on 2026-10-16
@ 2026-10-17
gift buy GFT26-001 --bill 0218843 --amount 352 --on 2026-10-17 --by zhou
gift give GFT26-001
verify --format csv
"#,
    );
    assert_snapshot!(transcript.split("$ verify").next().unwrap(), @r#"
        $ gift catalog add '铸铜摆件' --price 180 --by chen
        item 1: 铸铜摆件 at 180.00, approved by 陈总
        $ gift add --department business --asked-by li --unit '包钢设备部' --recipient '张处长;处长' --item '铸铜摆件;2' --occasion '监造'
        GFT26-001: 360.00 for 包钢设备部, asked for by 李娜, to be endorsed and approved
        $ gift endorse GFT26-001 --by wang
        GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": endorsed by 王建国
        $ gift approve GFT26-001 --by chen --on 2026-10-16
        GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": approved by 陈总
        $ gift buy GFT26-001 --bill 0218843 --amount 352 --on 2026-10-17 --by zhou
        GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": bought by 周敏 for 352.00, bill 0218843
        $ gift give GFT26-001
        GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": handed over to 包钢设备部 on 2026-10-17
        "#);
    assert!(!transcript.contains("[exit"), "{transcript}");
}

#[test]
fn r5_3_1_a_gift_is_approved_before_it_is_bought() {
    let buy = "gift buy GFT26-001 --bill 0218843 --amount 352 --by zhou";
    assert_snapshot!(after(0).refused(3, buy), @"R5.3(1): gift GFT26-001 is not approved yet; the manager of business endorses it with: branchbook gift endorse GFT26-001 --by wang, and the branch manager approves it with: branchbook gift approve GFT26-001 --by chen");
    assert_snapshot!(after(1).refused(3, buy), @"R5.3(1): gift GFT26-001 is not approved yet; the branch manager approves it with: branchbook gift approve GFT26-001 --by chen");
    let office = after(2);
    assert_snapshot!(office.ok(buy), @r#"GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": bought by 周敏 for 352.00, bill 0218843"#);
    assert_snapshot!(office.refused(3, buy), @"R5.3(1): GFT26-001 is bought, and buy takes an entry that is requested or endorsed or approved or rejected; from there: branchbook gift give GFT26-001");
    assert_snapshot!(office.ok("gift give GFT26-001 --by li"), @r#"GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": handed over to 包钢设备部 on 2026-10-08"#);
    assert_snapshot!(office.refused(3, "gift give GFT26-001"), @"R5.3(1): GFT26-001 is given, and give takes an entry that is bought; nothing leads on from there; where that is a slip, take it back with: branchbook undo GFT26-001 --reason REASON");
}

#[test]
fn r5_3_1_a_managers_own_request_goes_straight_to_the_branch_manager() {
    let office = after(0);
    managers_own(&office);
    assert_snapshot!(office.refused(3, "gift endorse GFT26-002 --by wang"), @"R5.3(1): GFT26-002 was asked for by 王建国, a manager, and needs no endorsement; the branch manager approves it with: branchbook gift approve GFT26-002 --by chen");
    assert_snapshot!(office.refused(3, "gift approve GFT26-002 --by wang"), @"R5.3(1): 王建国 asked for GFT26-002 and may not approve it as well; name who did with --by chen");
    assert_snapshot!(office.ok("gift approve GFT26-002 --by chen"), @r#"GFT26-002 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": approved by 陈总"#);
}

#[test]
fn r5_3_1_what_the_branch_manager_asks_for_a_company_leader_approves() {
    let office = after(0);
    office.ok(&ASK.replace("--department business --asked-by li", "--department general --asked-by chen"));
    assert_snapshot!(office.refused(3, "gift approve GFT26-002 --by chen"), @"R5.3(1): 陈总 asked for GFT26-002 and may not approve it as well; name who did with --by lin");
    assert_snapshot!(office.refused(3, "gift approve GFT26-002 --by wang"), @"R5.3(1): approving a gift is for the company-leader, which 王建国 was not on 2026-10-08; name who did with --by lin");
    office.ok("gift approve GFT26-002 --by lin");
}

#[test]
fn r5_3_1_several_are_approved_all_or_none() {
    let office = after(1);
    managers_own(&office);
    office.ok(ASK);
    assert_snapshot!(office.refused(3, "gift approve GFT26-001 GFT26-002 GFT26-003 --by chen"), @"R5.3(2): GFT26-003 was asked for by 李娜 and is not endorsed as it stands; the manager of business endorses it with: branchbook gift endorse GFT26-003 --by wang");
    assert_snapshot!(office.ok("gift approve GFT26-001 GFT26-002 --by chen"), @r#"GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00", GFT26-002 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": approved by 陈总"#);
    assert_eq!(office.count("SELECT count(*) FROM gift_list WHERE state = 'approved'"), 2);
}

#[test]
fn r5_3_1_an_approval_that_is_entered_after_the_purchase_is_none() {
    let office = after(1).on("2026-10-20");
    office.ok("gift approve GFT26-001 --by chen --on 2026-10-10");
    let buy = "gift buy GFT26-001 --bill 0218843 --amount 352";
    assert_snapshot!(office.refused(3, &format!("{buy} --on 2026-10-09")), @"R5.3(1): gift GFT26-001 was approved on 2026-10-10, after it was bought on 2026-10-09; the day is that of the bill, and what was bought before its approval whoever asked for it bears: branchbook gift buy GFT26-001 … --own-expense li");
    assert_snapshot!(office.refused(3, &format!("{buy} --on 2026-10-15")), @"R5.3(1): the approval of gift GFT26-001 was entered at 2026-10-20 08:00, after it was bought on 2026-10-15; the day is that of the bill, and what was bought before its approval whoever asked for it bears: branchbook gift buy GFT26-001 … --own-expense li");
    office.ok(buy);
}

#[test]
fn r5_3_1_what_was_changed_after_approval_is_approved_again() {
    for change in [
        "--item 铸铜摆件;3",
        "--unit 鞍钢设备部",
        "--recipient 刘工;工程师",
        "--place 包头市",
        "--occasion 验收",
        "--recipient 张处长;处长;official --official-reason 监造验收",
    ] {
        let office = after(2);
        office.ok(&format!("gift amend GFT26-001 --reason 改动 {change}"));
        let refused = office.refused(3, "gift buy GFT26-001 --bill 0218843 --amount 352");
        assert!(refused.starts_with("R5.3(1): gift GFT26-001 was changed after it was approved"), "{refused}");
        office.refused(3, "gift approve GFT26-001 --by chen");
        office.ok("gift endorse GFT26-001 --by wang");
        office.ok("gift approve GFT26-001 --by chen");
        office.ok("gift buy GFT26-001 --bill 0218843 --amount 352");
        office.ok("verify");
    }
}

#[test]
fn r5_3_1_general_management_buys_what_is_handed_over_in_shenyang() {
    let office = after(2);
    assert_snapshot!(office.refused(3, "gift buy GFT26-001 --bill 1 --amount 352 --by li"), @"R5.3(1): GFT26-001 is handed over in Shenyang, so General Management buys it, of which 李娜 was not on 2026-10-08; name who bought it with --by PERSON");
    assert_snapshot!(office.refused(3, "gift buy GFT26-001 --bill 1 --amount 352 --by li --lang zh"), @"R5.3(1)：GFT26-001在沈阳赠送，须由综合管理部采购，李娜在2026年10月8日不属于该部门；请用 --by PERSON 指明采购人");
    office.ok("gift amend GFT26-001 --place 沈阳市铁西区 --reason 地点");
    office.ok("gift endorse GFT26-001 --by wang");
    office.ok("gift approve GFT26-001 --by chen");
    office.refused(3, "gift buy GFT26-001 --bill 1 --amount 352 --by li");
    office.ok(&format!("{ASK} --place 包头市"));
    office.ok("gift endorse GFT26-002 --by wang");
    office.ok("gift approve GFT26-002 --by chen");
    assert_snapshot!(office.refused(3, "gift buy GFT26-002 --bill 1 --amount 352 --by zhao"), @"R5.3(3): buying a gift is for somebody of business or general, which 赵刚 was not on 2026-10-08; name who did it with --by PERSON");
    office.ok("gift buy GFT26-002 --bill 1 --amount 352 --by li");
}

#[test]
fn r5_3_1_a_public_official_receives_nothing_without_a_reason() {
    let office = after(0);
    let ask = ASK.replace("张处长;处长", "'王局长;局长;official'");
    assert_snapshot!(office.refused(3, &ask), @"R5.3(1): 王局长 is a public official, who receives no gift without a reason; say why with --official-reason TEXT");
    office.ok(&format!("{ask} --official-reason 开工典礼"));
    assert_eq!(office.count("SELECT count(*) FROM gift_list WHERE official_flag = 1 AND number = 'GFT26-002'"), 1);
    assert!(office.ok("approvals --format csv").contains("gift for a public official to be endorsed"));
    assert!(office.ok("find 王局长 --format csv").trim_end().ends_with("· public official"));
    office.ok("gift endorse GFT26-002 --by wang");
    office.ok("gift approve GFT26-002 --by chen");
    assert!(office.ok("due --format csv").contains("gift for a public official of 包钢设备部 to be bought"));
    assert_snapshot!(office.refused(3, "gift amend GFT26-001 --recipient '王局长;局长;official' --reason 改"), @"R5.3(1): 王局长 is a public official, who receives no gift without a reason; say why with --official-reason TEXT");
}

#[test]
fn r5_3_2_what_nobody_approved_is_borne_by_a_person_and_listed() {
    let office = after(0);
    let buy = "gift buy GFT26-001 --bill 0218843 --amount 352";
    assert_snapshot!(office.refused(2, &format!("{buy} --reason 来不及")), @"
    error: missing: --own-expense <PERSON>
      type: branchbook gift buy GFT26-001 --bill 0218843 --amount 352 --reason 来不及 --own-expense PERSON
    ");
    assert_snapshot!(office.ok(&format!("{buy} --own-expense li --reason 来不及")), @r#"GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": bought for 352.00, bill 0218843; 李娜 bears the whole cost"#);
    assert_snapshot!(office.ok("report exceptions --format csv"), @"
    number,clause,happened_on,person,reason,refused,approved_by,department,register,entered_on
    GFT26-001,R5.3(1),2026-10-08,clerk,来不及,gift GFT26-001 is not approved yet,,business,gift,
    ");
    assert_eq!(office.count("SELECT count(*) FROM gift_list WHERE state = 'own-expense' AND borne_by = 'li'"), 1);
    assert_snapshot!(office.refused(3, "gift give GFT26-001"), @"R5.3(1): GFT26-001 is own-expense, and give takes an entry that is bought; nothing leads on from there; where that is a slip, take it back with: branchbook undo GFT26-001 --reason REASON");
    let office = after(2);
    assert_snapshot!(office.refused(2, &format!("{buy} --own-expense li")), @"no rule stands against buying GFT26-001 for the branch; leave --own-expense out");
    office.ok("gift buy GFT26-001 --bill 0218843 --amount 361 --own-expense li");
    office.ok("verify");
}

#[test]
fn r5_3_2_a_salesperson_is_endorsed_by_the_department_manager_first() {
    let office = after(0);
    assert_snapshot!(office.refused(3, "gift approve GFT26-001 --by chen"), @"R5.3(2): GFT26-001 was asked for by 李娜 and is not endorsed as it stands; the manager of business endorses it with: branchbook gift endorse GFT26-001 --by wang");
    assert_snapshot!(office.ok("gift endorse GFT26-001 --by wang"), @r#"GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": endorsed by 王建国"#);
    assert_snapshot!(office.ok("gift approve GFT26-001 --by chen"), @r#"GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": approved by 陈总"#);
}

#[test]
fn r5_3_2_only_somebody_of_the_department_asks() {
    let office = after(0);
    assert_snapshot!(office.refused(3, &ASK.replace("--asked-by li", "--asked-by sun")), @"R5.3(2): 孙立 did not work in business on 2026-10-08 and cannot ask for its gifts; name who asks with --asked-by PERSON, or their department with --department");
    let office = office.at_the_keyboard("li");
    assert_snapshot!(office.refused(3, &ASK.replace("--asked-by li", "--asked-by wang")), @"R5.3(2): 王建国 asks for it, and 李娜 may not ask in their name; let 王建国 enter it, or hand the paper to General Management's clerk");
    office.ok(&ASK.replace("--asked-by li ", ""));
}

#[test]
fn r5_3_3_two_offers_are_compared_above_the_figure() {
    let office = after(0);
    office.ok("gift amend GFT26-001 --item 铸铜摆件;6 --reason 六件");
    office.ok("gift endorse GFT26-001 --by wang");
    office.ok("gift approve GFT26-001 --by chen");
    let buy = "gift buy GFT26-001 --bill 0218843 --amount";
    assert_snapshot!(office.refused(3, &format!("{buy} 1000.01")), @"R5.3(3): GFT26-001 costs 1,000.01, above 1,000.00, and has offers of 0 of the 2 suppliers that must be compared; enter another's with: branchbook gift quote GFT26-001 --supplier NAME --price YUAN --quality 1-5");
    let quote = "gift quote GFT26-001 --quality 4 --price 1050 --supplier";
    assert_snapshot!(office.ok(&format!("{quote} 工艺品店")), @r#"GFT26-001 "包钢设备部 · 铸铜摆件 x 6 @ 180.00": 工艺品店 asks 1,050.00, quality 4; 1 supplier asked"#);
    office.ok(&format!("{quote} 工艺品店"));
    assert_snapshot!(office.refused(3, &format!("{buy} 1050")), @"R5.3(3): GFT26-001 costs 1,050.00, above 1,000.00, and has offers of 1 of the 2 suppliers that must be compared; enter another's with: branchbook gift quote GFT26-001 --supplier NAME --price YUAN --quality 1-5");
    office.ok(&format!("{quote} 铜艺坊"));
    office.ok(&format!("{buy} 1050"));
    assert_snapshot!(office.refused(3, &format!("{quote} 三店")), @"R5.3(3): GFT26-001 is bought, and quote takes an entry that is requested or endorsed or approved; from there: branchbook gift give GFT26-001");
}

#[test]
fn r5_3_3_a_correction_of_the_bill_does_not_get_round_the_offers() {
    let office = after(0);
    office.ok("gift amend GFT26-001 --item 铸铜摆件;6 --reason 六件");
    office.ok("gift endorse GFT26-001 --by wang");
    office.ok("gift approve GFT26-001 --by chen");
    office.ok("gift buy GFT26-001 --bill 0218843 --amount 1000");
    assert_snapshot!(office.refused(3, "gift amend GFT26-001 --amount 1050 --reason 错"), @"R5.3(3): GFT26-001 costs 1,050.00, above 1,000.00, and has offers of 0 of the 2 suppliers that must be compared; offers are compared before a gift is bought: correct it to the amount of the bill");
    office.ok("gift amend GFT26-001 --amount 900 --reason 错");
}

#[test]
fn r5_3_3_the_figures_are_set_by_a_company_leader() {
    let office = after(2);
    assert_snapshot!(office.refused(3, "rule set gift.quote_from 100 --by chen"), @"R5.3(3): setting gift.quote_from is for the company-leader, which 陈总 was not on 2026-10-08; name who decided: --by lin");
    office.ok("rule set gift.quote_from 100 --by lin");
    office.refused(3, "gift buy GFT26-001 --bill 0218843 --amount 352");
}

#[test]
fn r5_3_3_items_are_of_the_approved_list_or_an_exception() {
    let office = after(0);
    assert_snapshot!(office.refused(3, &ASK.replace("铸铜摆件;2", "茶叶;2")), @r#"R5.3(3): 茶叶 is not on the approved gift list of 2026-10-08; put it there with: branchbook gift catalog add 茶叶 --price YUAN --by PERSON, or ask for it as a free item with its price: --item "茶叶;QUANTITY;PRICE""#);
    assert_snapshot!(office.run(&ASK.replace("铸铜摆件;2", "茶叶;2;300")).err, @"recorded as an exception: R5.3(3): GFT26-002 has 2 of 茶叶 at 300.00, which is not on the approved gift list");
    assert_eq!(office.count("SELECT count(*) FROM exception WHERE clause = 'R5.3(3)' AND reason = '监造'"), 1);
    assert_snapshot!(office.refused(2, &ASK.replace("铸铜摆件;2", "茶叶;2;0")), @r#"
    error: invalid value '茶叶;2;0' for '--item <ITEM>': "茶叶;2;0" is no item of a gift; give an item of the list with its quantity, such as "铸铜摆件;2", or a free one with its price: "茶叶;1;300"

    For more information, try '--help'.
    "#);
    assert_snapshot!(office.refused(2, &ASK.replace("铸铜摆件;2", "铸铜摆件")), @r#"
    error: invalid value '铸铜摆件' for '--item <ITEM>': "铸铜摆件" is no item of a gift; give an item of the list with its quantity, such as "铸铜摆件;2", or a free one with its price: "茶叶;1;300"

    For more information, try '--help'.
    "#);
}

#[test]
fn r5_3_3_the_list_is_approved_and_its_items_end() {
    let office = after(0);
    assert_snapshot!(office.refused(3, "gift catalog add 茶叶 --price 300 --by wang"), @"R5.3(3): approving an item of the gift list is for the branch-manager or a company-leader, which 王建国 was not on 2026-10-08; name who did with --by chen or --by lin");
    assert_snapshot!(office.refused(2, "gift catalog add '铸铜 摆件' --price 200 --by lin"), @"铸铜摆件 is item 1 of the gift list already, at 180.00; for another price, end it first with: branchbook gift catalog end 1");
    assert_snapshot!(office.refused(2, "gift catalog add 茶叶 --price 0 --by lin"), @"a gift costs more than nothing; give the price with --price YUAN");
    assert_snapshot!(office.ok("gift catalog add 茶叶 --price 300 --by lin"), @"item 2: 茶叶 at 300.00, approved by 林董");
    assert_snapshot!(office.ok("gift catalog end 茶叶 --by chen"), @"item 2: 茶叶 is off the list from 2026-10-08 on");
    assert_snapshot!(office.refused(4, "gift catalog end 茶叶 --by chen"), @"no item 茶叶 stands on the gift list; see branchbook gift catalog list");
    assert_snapshot!(office.refused(3, &ASK.replace("铸铜摆件", "茶叶")), @r#"R5.3(3): 茶叶 is not on the approved gift list of 2026-10-08; put it there with: branchbook gift catalog add 茶叶 --price YUAN --by PERSON, or ask for it as a free item with its price: --item "茶叶;QUANTITY;PRICE""#);
    assert_snapshot!(office.ok("gift catalog list --format csv"), @"
    item,name,price,approved_by,from_on,until_on,entered_by,declared
    1,铸铜摆件,180.00,chen,2026-10-08,,clerk,
    2,茶叶,300.00,lin,2026-10-08,2026-10-07,clerk,
    ");
    office.ok("verify");
}

/// What a clerk may try and the book refuses: how many steps were taken, the command line, the clause.
const REFUSALS: [(usize, &str, &str); 14] = [
    (0, "gift buy GFT26-001 --bill 1 --amount 352", "R5.3(1)"),
    (1, "gift buy GFT26-001 --bill 1 --amount 352", "R5.3(1)"),
    (0, "gift endorse GFT26-001 --by li", "R5.3(2)"),
    (0, "gift endorse GFT26-001 --by qian", "R5.3(2)"),
    (0, "gift endorse GFT26-001 --by chen", "R5.3(2)"),
    (0, "gift approve GFT26-001 --by chen", "R5.3(2)"),
    (1, "gift approve GFT26-001 --by li", "R5.3(1)"),
    (1, "gift approve GFT26-001 --by wang", "R5.3(1)"),
    (1, "gift approve GFT26-001 --by qian", "R5.3(1)"),
    (1, "gift approve GFT26-001 --by lin", "R5.3(1)"),
    (2, "gift buy GFT26-001 --bill 1 --amount 360.01", "R5.3(1)"),
    (2, "gift buy GFT26-001 --bill 1 --amount 352 --by li", "R5.3(1)"),
    (0, "gift reject GFT26-001 --reason 否 --by li", "R5.3(1)"),
    (4, "gift amend GFT26-001 --amount 361 --reason 错", "R5.3(1)"),
];

#[test]
fn r5_3_1_every_way_round_the_approval_is_refused_with_its_clause_and_a_way_out() {
    for (steps, line, clause) in REFUSALS {
        let refused = after(steps).refused(3, line);
        assert!(refused.starts_with(&format!("{clause}: ")) && refused.contains("; "), "{line}\n{refused}");
    }
}

#[test]
fn r5_3_1_a_role_that_lapsed_approves_nothing() {
    let office = after(1);
    office.ok("staff end chen --until 2026-10-31 --by lin");
    let office = office.on("2026-11-02");
    assert_snapshot!(office.refused(3, "gift approve GFT26-001 --by chen"), @"R5.3(1): approving a gift is for the branch-manager, which 陈总 was not on 2026-11-02; nobody held that role on that day");
    office.ok("gift approve GFT26-001 --by chen --on 2026-10-30");
    let office = after(1);
    office.ok("staff role chen --department general --role member --from 2026-01-01");
    office.ok("staff end chen --role branch-manager --until 2026-10-31 --by lin");
    let office = office.on("2026-11-02").at_the_keyboard("chen");
    assert_snapshot!(office.refused(3, "gift approve GFT26-001 --on 2026-10-30"), @"R5.3(1): approving a gift is for the branch-manager, which 陈总 was not on 2026-11-02; hand the paper to General Management's clerk");
}

#[test]
fn r5_3_2_who_endorsed_does_not_approve_as_well() {
    let office = after(0);
    office.ok("staff role chen --department business --role department-manager --from 2026-01-01 --by lin");
    office.ok("gift endorse GFT26-001 --by chen");
    assert_snapshot!(office.refused(3, "gift approve GFT26-001 --by chen"), @"R5.3(1): 陈总 endorsed GFT26-001 and may not approve it as well; name who did with --by lin");
    office.ok("gift approve GFT26-001 --by lin");
}

#[test]
fn r5_3_1_a_rejected_gift_is_not_bought() {
    let office = after(0);
    assert_snapshot!(office.ok("gift reject GFT26-001 --reason 不必要 --by wang"), @r#"GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": rejected by 王建国, 不必要"#);
    assert_snapshot!(office.refused(3, "gift buy GFT26-001 --bill 1 --amount 352"), @"R5.3(1): gift GFT26-001 was rejected; ask for another one with: branchbook gift add …");
    assert_snapshot!(office.refused(3, "gift approve GFT26-001 --by chen"), @"R5.3(1): GFT26-001 is rejected, and approve takes an entry that is requested or endorsed; from there: branchbook gift reopen GFT26-001 --reason REASON");
    let office = after(1);
    assert_snapshot!(office.refused(3, "gift reject GFT26-001 --reason 否 --by wang"), @"R5.3(1): rejecting a gift is for the branch-manager, which 王建国 was not on 2026-10-08; name who did with --by chen");
    office.ok("gift reject GFT26-001 --reason 否 --by chen");
}

#[test]
fn r5_3_1_the_book_refuses_what_is_written_by_hand() {
    for (steps, statement, why) in [
        (0, "UPDATE entry SET state = 'given' WHERE register = 'gift'", "approved before it is bought"),
        (0, "UPDATE entry SET state = 'approved' WHERE register = 'gift'", "approved before it is bought"),
        (1, "UPDATE entry SET state = 'approved' WHERE register = 'gift'", "approved before it is bought"),
        (2, "UPDATE entry SET state = 'bought' WHERE register = 'gift'", "approved before it is bought"),
        (2, "UPDATE entry SET state = 'own-expense' WHERE register = 'gift'", "borne by a person"),
        (
            1,
            "UPDATE gift SET bill = '1', bought_fen = 100, bought_on = '2026-10-08', bought_by = 'zhou'",
            "once it is approved",
        ),
        (
            2,
            "UPDATE gift SET bill = '1', bought_fen = 36001, bought_on = '2026-10-08', bought_by = 'zhou'",
            "within what was approved",
        ),
        (
            2,
            "UPDATE gift SET bill = '1', bought_fen = 36000, bought_on = '2026-10-07', bought_by = 'zhou'",
            "once it is approved",
        ),
        (2, "UPDATE gift SET bill = '1'", "CHECK"),
        (4, "UPDATE gift SET bought_fen = 36001", "within what was approved"),
        (4, "UPDATE gift_line SET price_fen = 1", "approved again"),
        (2, "UPDATE approval SET amount_fen = 99999999", "never changed"),
        (2, "DELETE FROM approval", "nothing is deleted"),
        (0, "UPDATE gift_item SET price_fen = 1", "only ended"),
    ] {
        let office = after(steps);
        let before = office.dump(&[]);
        let error = office.sql().execute(statement, ()).unwrap_err().to_string();
        assert!(error.contains(why), "{statement}: {error}");
        assert_eq!(office.dump(&[]), before, "{statement}");
    }
}

#[test]
fn r5_3_2_nobody_burdens_another_with_what_that_one_did_not_ask_for() {
    let office = after(0);
    let buy = "gift buy GFT26-001 --bill 0218843 --amount 352";
    assert_snapshot!(office.refused(3, &format!("{buy} --own-expense wang --by sun")), @"R5.3(3): buying a gift is for somebody of business or general, which 孙立 was not on 2026-10-08; name who did it with --by PERSON");
    assert_snapshot!(office.refused(3, &format!("{buy} --own-expense wang")), @"R5.3(2): GFT26-001 was asked for by 李娜, and 王建国 bears nothing of it; enter it as a gift of their own: branchbook gift add --asked-by wang …, and buy that with --own-expense wang --instead-of GFT26-001");
    assert_snapshot!(office.refused(3, &format!("{buy} --own-expense li --by wang")), @"R5.3(2): 李娜 says what 李娜 bears, and 王建国 is another; name them with --by li, or let a clerk enter it");
    managers_own(&office);
    assert_snapshot!(office.ok("gift buy GFT26-002 --bill 0218843 --amount 352 --own-expense wang --instead-of GFT26-001 --by wang"), @r#"GFT26-002 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": bought for 352.00, bill 0218843; 王建国 bears the whole cost"#);
    assert_eq!(office.count("SELECT count(*) FROM gift_list WHERE number = 'GFT26-001' AND state = 'requested'"), 1);
    assert_eq!(office.count("SELECT count(*) FROM gift_list WHERE number = 'GFT26-002' AND request = 'GFT26-001'"), 1);
    office.ok("verify");
}

#[test]
fn r5_3_2_where_a_department_has_no_manager_the_branch_manager_endorses() {
    let office = Office::staffed();
    office.ok("gift catalog add 铸铜摆件 --price 180 --by chen");
    office.ok("gift add --department general --asked-by zhou --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造");
    assert!(office.ok("approvals --format csv").contains(",chen,"), "it waits for somebody");
    office.ok("gift endorse GFT26-001 --by chen");
    assert!(office.refused(3, "gift approve GFT26-001 --by chen").starts_with("R5.3(1): "), "not the same hand twice");
    office.ok("gift approve GFT26-001 --by lin");
    office.ok("verify");
}

#[test]
fn r5_3_1_whoever_decides_and_buys_is_told_of_the_limits() {
    let office = Office::staffed();
    for line in [
        "gift catalog add 茶叶 --price 900 --by chen",
        "reception add --department business --unit 包钢 --purpose 看 --arrive 2026-10-12 --visitor 张;处 --schedule none --by li",
        "reception arrange REC26-001 --host zhou --place none --car none --dining none --gift-standard 100 --lodging none --scenic none --schedule none",
        "gift add --department business --asked-by li --unit 包钢 --recipient 张;处 --item 茶叶;2 --occasion 节日",
        "gift endorse GFT26-001 --by wang",
        "gift approve GFT26-001 --by chen",
        "gift quote GFT26-001 --supplier 甲 --price 1800 --quality 5",
        "gift quote GFT26-001 --supplier 乙 --price 1900 --quality 5",
        "gift buy GFT26-001 --bill B-1 --amount 1800 --by zhou",
        "gift add --department business --asked-by li --unit 包 钢 --recipient 张;处 --item 茶叶;1 --occasion 节日 --reception REC26-001",
    ] {
        office.ok(&line.replace("包 钢", "'包 钢'"));
    }
    let told = "with this 包 钢 has 2,700.00 in 2026, above 2,000.00 (R5.3(1))\n\
                with this 张 has 2,700.00 in 2026, above 2,000.00 (R5.3(1))\n\
                each of its guests gets 900.00, above the gift standard of REC26-001, 100.00 (R5.2(2))\n";
    let negative = office.refused(2, "gift buy GFT26-002 --bill B-2 --amount=-5");
    assert!(negative.contains("-5.00 is less than nothing; give an amount in yuan from 0 on"), "{negative}");
    for line in [
        "gift endorse GFT26-002 --by wang",
        "gift approve GFT26-002 --by chen",
        "gift buy GFT26-002 --bill B-2 --amount 900 --by zhou",
    ] {
        assert_eq!(office.run(line).err, told, "{line}");
    }
}
