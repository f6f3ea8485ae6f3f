//! Equipment: the account, keepers and users, losses, disposal (R5.5).

use insta::assert_snapshot;

use crate::office::Office;

/// A laptop on the account, kept by zhou from 2026-10-08.
pub(crate) const ADD: &str =
    "asset add --name 笔记本电脑 --department general --price 7999 --bought-on 2026-10-08 --keeper zhou -q";

/// An office with the laptop AST-0001 in the store.
pub(crate) fn stored() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        assert_eq!(office.ok(ADD), "AST-0001\n");
        office
    })
}

/// The same on 2026-10-20, in the hands of li since 2026-10-10.
pub(crate) fn used() -> Office {
    Office::made(|| {
        let office = stored().on("2026-10-10");
        office.ok("asset issue AST-0001 --to li --for 出差报价");
        office.on("2026-10-20")
    })
}

/// The asset as `show --on` gives it on a day: state, keeper and user.
pub(crate) fn on(office: &Office, number: &str, day: &str) -> (Option<String>, Option<String>, Option<String>) {
    let shown = office.ok(&format!("asset show {number} --on {day} --format json"));
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let text = |column: &str| shown[0][column].as_str().map(str::to_owned);
    (text("state"), text("keeper"), text("user"))
}

/// What the asset's card says of one column.
pub(crate) fn field(office: &Office, number: &str, column: &str) -> serde_json::Value {
    let shown = office.ok(&format!("asset show {number} --format json"));
    serde_json::from_str::<serde_json::Value>(&shown).unwrap()[0][column].clone()
}

#[test]
fn r5_5_1_what_costs_over_the_threshold_is_on_the_account() {
    let office = Office::staffed();
    let add = "asset add --name 相机 --department general --bought-on 2026-10-08 --keeper zhou --price";
    assert_snapshot!(office.ok(&format!("{add} 2000.00")), @"AST-0001: 相机, kept by 周敏, not on the account, which begins over 2,000.00");
    assert_snapshot!(office.ok(&format!("{add} 2000.01")), @"AST-0002: 相机, kept by 周敏, on the account");
    assert_eq!(field(&office, "AST-0001", "on_account"), false);
    assert_eq!(field(&office, "AST-0002", "on_account"), true);
}

#[test]
fn r5_5_1_the_threshold_is_that_of_the_day_it_was_bought() {
    let office = Office::staffed();
    office.ok("rule set asset.threshold 5000 --from 2026-10-08 --by chen");
    let add = "asset add --name 相机 --department general --keeper zhou --price 3000 -q --bought-on";
    office.ok(&format!("{add} 2026-10-07"));
    office.ok(&format!("{add} 2026-10-08"));
    assert_eq!(field(&office, "AST-0001", "on_account"), true);
    assert_eq!(field(&office, "AST-0002", "on_account"), false);
}

#[test]
fn r5_5_1_a_price_is_an_amount_and_what_was_bought_was_bought() {
    let office = Office::staffed();
    let add = "asset add --name 相机 --department general --keeper zhou";
    assert_snapshot!(office.refused(2, &format!("{add} --price 100 --bought-on 2026-10-09")), @"2026-10-09 has not come yet; give the day it happened with --bought-on DATE");
    let refused = office.refused(2, &format!("{add} --price -1 --bought-on 2026-10-08"));
    assert!(refused.contains("-1.00 is less than nothing"), "{refused}");
    let refused = office.refused(2, &format!("{add} --price 100.001 --bought-on 2026-10-08"));
    assert!(refused.contains("100.001"), "{refused}");
    assert_snapshot!(office.refused(4, "asset add --name 相机 --department marketing --keeper zhou --price 1 --bought-on 2026-10-08"), @"there is no department marketing; give one of: business (业务部), foreign-trade (外贸部), general (综合管理部), shandong (山东淄博办事处), baotou (内蒙古包头办事处), technology (技术开发科)");
}

#[test]
fn r5_5_1_two_assets_do_not_bear_one_tag() {
    let office = stored();
    office.ok(&format!("{ADD} --tag SB/7"));
    assert_snapshot!(office.refused(3, &format!("{ADD} --tag SB/7")), @"R5.5(1): AST-0002 bears the tag SB/7 already; give another tag with --tag, or leave it out");
    assert_snapshot!(office.refused(3, "asset amend AST-0001 --tag SB/7 --reason 贴错"), @"R5.5(1): AST-0002 bears the tag SB/7 already; give another tag with --tag, or leave it out");
    office.ok("asset void AST-0002 --reason 重复登记");
    assert_eq!(office.ok(&format!("{ADD} --tag SB/7")), "AST-0003\n");
}

#[test]
fn r5_5_1_the_same_serial_number_is_pointed_out() {
    let office = stored();
    office.ok(&format!("{ADD} --serial PF3X"));
    let outcome = office.run(&format!("{ADD} --serial PF3X"));
    assert_eq!(
        (outcome.code, outcome.err.as_str()),
        (
            0,
            "AST-0002 has the same serial number\nAST-0002 of the same day and person says the same; where it was entered twice: branchbook asset void AST-0003 --reason REASON\n"
        )
    );
}

#[test]
fn r5_5_1_a_manager_disposes_of_it() {
    let office = stored();
    let dispose = "asset dispose AST-0001 --reason 报废";
    assert_snapshot!(office.refused(3, dispose), @"R5.5(1): disposing of AST-0001 is for the manager of general or the branch manager, which clerk was not on 2026-10-08; name who did with --by chen");
    assert!(office.refused(3, &format!("{dispose} --by wang")).contains("王建国 was not on 2026-10-08"));
    assert_snapshot!(office.ok(&format!("{dispose} --by chen")), @r#"AST-0001 "笔记本电脑": disposed of on 2026-10-08, decided by 陈总"#);
    assert_eq!(on(&office, "AST-0001", "2026-10-08"), (Some("disposed".to_owned()), None, None));
    assert_eq!(field(&office, "AST-0001", "approved_by"), "chen");
    assert_snapshot!(office.refused(3, &format!("{dispose} --by chen")), @"R5.5(1): AST-0001 is disposed, and dispose takes an entry that is in-store; nothing leads on from there; where that is a slip, take it back with: branchbook undo AST-0001 --reason REASON");
    // Of another department's, its own manager decides.
    office.ok(&ADD.replace("general", "business"));
    office.ok("asset dispose AST-0002 --reason 报废 --by wang");
}

#[test]
fn r5_5_1_a_number_is_counted_however_its_parts_are_told_apart() {
    let office = stored();
    let counted = office.run("asset count 'ast 0001'");
    assert_snapshot!(counted.out, @"stocktake 1: 1 found, 0 missing, 0 unknown, 0 twice so far");
}

#[test]
fn r5_5_1_who_hands_it_on_does_not_decide_on_the_same_day() {
    let office = stored();
    office.ok(&ADD.replace("general", "business").replace("--keeper zhou", "--keeper wang"));
    assert_snapshot!(office.refused(3, "asset dispose AST-0002 --reason 报废 --by wang"), @"R5.5(1): 王建国 keeps AST-0002 and does not decide what becomes of it; let the branch manager decide");
    office.ok("asset transfer AST-0002 --keeper li --by wang");
    assert_snapshot!(office.refused(3, "asset dispose AST-0002 --reason 报废 --by wang"), @"R5.5(1): 王建国 keeps AST-0002 and does not decide what becomes of it; let the branch manager decide");
    office.on("2026-10-09").ok("asset dispose AST-0002 --reason 报废 --by wang");
}

#[test]
fn r5_5_1_what_is_in_use_is_returned_before_it_is_disposed_of() {
    let office = used();
    assert_snapshot!(office.refused(3, "asset dispose AST-0001 --reason 报废 --by chen"), @"R5.5(1): AST-0001 is in-use, and dispose takes an entry that is in-store; from there: branchbook asset return AST-0001, or damage, lose, steal");
}

#[test]
fn r5_5_1_corrections_keep_the_reason_and_get_round_no_rule() {
    let office = used();
    assert_snapshot!(office.ok("asset amend AST-0001 --price 1999 --serial 0007 --place 三楼 --department business --reason 票据核对"), @r#"AST-0001 "笔记本电脑": corrected department (general → business), price (7,999.00 → 1,999.00), serial_no, place"#);
    assert_eq!(field(&office, "AST-0001", "on_account"), false);
    assert_snapshot!(office.refused(2, "asset amend AST-0001 --price 1999 --reason 再核对"), @"nothing to correct in AST-0001; name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook asset amend --help");
    assert_snapshot!(office.refused(2, "asset amend AST-0001 --bought-on 2026-10-09 --reason 错"), @"AST-0001 was kept or damaged on 2026-10-08 already and cannot be bought on 2026-10-09; give a day up to 2026-10-08 with --bought-on");
    office.ok("asset amend AST-0001 --bought-on 2026-10-01 --warranty-until 2027-10-01 --reason 发票");
    assert_eq!(field(&office, "AST-0001", "amendments"), 2);
    let office = office.at_the_keyboard("li");
    assert_snapshot!(office.refused(3, "asset amend AST-0001 --price 1 --reason 错"), @"R5.5(1): 李娜 is no clerk, and only a clerk corrects the account; ask General Management's clerk");
}

#[test]
fn r5_5_1_a_spoilt_entry_is_void_and_nobody_answers_for_it() {
    let office = stored();
    assert_snapshot!(office.ok("asset void AST-0001 --reason 重复登记"), @r#"AST-0001 "笔记本电脑": void, 重复登记"#);
    assert_eq!(on(&office, "AST-0001", "2026-10-08"), (Some("void".to_owned()), None, None));
    assert_eq!(
        office.refused(3, "asset amend AST-0001 --price 1 --reason 错"),
        "R4.8: AST-0001 is void and stays as it is; where that is a slip, take it back with: branchbook undo AST-0001 --reason REASON"
    );
    let office = used();
    assert_snapshot!(office.refused(3, "asset void AST-0001 --reason 错"), @"R5.5(1): AST-0001 is in-use, and void takes an entry that is in-store; from there: branchbook asset return AST-0001, or damage, lose, steal");
}

#[test]
fn r5_5_3_it_is_issued_for_work() {
    let office = stored();
    let outcome = office.run("asset issue AST-0001 --to li --no-input");
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("--for <WORK>"), "{}", outcome.err);
    assert_eq!(office.run("asset issue AST-0001 --to li --for ' '").code, 2);
    assert_snapshot!(office.ok("asset issue AST-0001 --to li --for 出差报价"), @r#"AST-0001 "笔记本电脑": issued to 李娜 on 2026-10-08 for 出差报价"#);
    assert_eq!(field(&office, "AST-0001", "used_for"), "出差报价");
    assert_snapshot!(office.refused(3, "asset issue AST-0001 --to wang --for 投标"), @"R5.5(3): AST-0001 is in-use, and issue takes an entry that is in-store; from there: branchbook asset return AST-0001, or damage, lose, steal");
    assert_snapshot!(office.ok("asset return AST-0001 --by li"), @r#"AST-0001 "笔记本电脑": back from 李娜 on 2026-10-08, kept by 周敏"#);
    assert_snapshot!(office.refused(3, "asset return AST-0001"), @"R5.5(3): AST-0001 is in-store, and return takes an entry that is in-use; from there: branchbook asset issue AST-0001 --to PERSON --for WORK, or damage, lose, steal, dispose, void");
}

#[test]
fn r5_5_3_it_is_issued_to_people_on_the_staff_in_the_order_of_days() {
    let office = stored().on("2026-10-20");
    office.ok("staff end sun --until 2026-10-15");
    assert_snapshot!(office.refused(3, "asset issue AST-0001 --to sun --for 投标"), @"R5.5(3): 孙立 was not on the staff on 2026-10-20; name another person with --to PERSON");
    assert_snapshot!(office.refused(2, "asset issue AST-0001 --to li --for 投标 --on 2026-10-07"), @"AST-0001 bears the day 2026-10-08, and nothing happens to it on 2026-10-07; give the day it happened with --on DATE");
    office.ok("asset issue AST-0001 --to sun --for 投标 --on 2026-10-15");
    assert_snapshot!(office.refused(2, "asset return AST-0001 --on 2026-10-14"), @"AST-0001 was issued on 2026-10-15 and cannot be returned on 2026-10-14; give the day it happened with --on DATE");
}

#[test]
fn assets_are_listed_in_every_format_with_serials_and_tags_as_typed() {
    let office = used();
    office.ok("asset add --name 相机 --model D5 --department business --price 1999.50 --bought-on 2026-10-01 --keeper wang \
        --serial 00012345678901234567 --tag SB/7 --category 相机 --supplier 苏宁 --place 展厅 --warranty-until 2027-10-01");
    assert_snapshot!(office.ok("asset list"), @r"
        Assets
        ┌──────────┬──────────┬────────────┬────────┬──────┬──────┬──────────────────────┬───────┬────────────┬──────────┬────────────┬────────────┬──────────┬────────────┬───────┬──────────┬──────────┬────────────────┬────────────┬──────────────────┐
        │ number   │ state    │ name       │ keeper │ user │ tag  │ serial number        │ place │ department │    price │ on account │ bought on  │ used for │ issued on  │ model │ category │ supplier │ warranty until │ amendments │ entered later on │
        ├──────────┼──────────┼────────────┼────────┼──────┼──────┼──────────────────────┼───────┼────────────┼──────────┼────────────┼────────────┼──────────┼────────────┼───────┼──────────┼──────────┼────────────────┼────────────┼──────────────────┤
        │ AST-0002 │ in-store │ 相机       │ 王建国 │      │ SB/7 │ 00012345678901234567 │ 展厅  │ business   │ 1,999.50 │ no         │ 2026-10-01 │          │            │ D5    │ 相机     │ 苏宁     │ 2027-10-01     │          0 │ 2026-10-20       │
        │ AST-0001 │ in-use   │ 笔记本电脑 │ 周敏   │ 李娜 │      │                      │       │ general    │ 7,999.00 │ yes        │ 2026-10-08 │ 出差报价 │ 2026-10-10 │       │          │          │                │          0 │                  │
        ├──────────┼──────────┼────────────┼────────┼──────┼──────┼──────────────────────┼───────┼────────────┼──────────┼────────────┼────────────┼──────────┼────────────┼───────┼──────────┼──────────┼────────────────┼────────────┼──────────────────┤
        │ total    │          │            │        │      │      │                      │       │            │ 9,998.50 │            │            │          │            │       │          │          │                │            │                  │
        └──────────┴──────────┴────────────┴────────┴──────┴──────┴──────────────────────┴───────┴────────────┴──────────┴────────────┴────────────┴──────────┴────────────┴───────┴──────────┴──────────┴────────────────┴────────────┴──────────────────┘
        2 rows
        ");
    assert_snapshot!(office.ok("asset list --format csv"), @"
    number,state,name,keeper,user,tag,serial_no,place,department,price,on_account,bought_on,used_for,issued_on,model,category,supplier,warranty_until_on,damage,damaged_on,police_report,disposal,approved_by,ended_on,void_reason,amendments,approval_entered_by,approval_declared,entered_later_on,import
    AST-0002,in-store,相机,wang,,SB/7,00012345678901234567,展厅,business,1999.50,no,2026-10-01,,,D5,相机,苏宁,2027-10-01,,,,,,,,0,,,2026-10-20,
    AST-0001,in-use,笔记本电脑,zhou,li,,,,general,7999.00,yes,2026-10-08,出差报价,2026-10-10,,,,,,,,,,,,0,,,,
    ");
    assert_snapshot!(office.ok("asset list --person wang --format json"), @r#"
    [
    {"number":"AST-0002","state":"in-store","name":"相机","keeper":"wang","user":null,"tag":"SB/7","serial_no":"00012345678901234567","place":"展厅","department":"business","price":"1999.50","on_account":false,"bought_on":"2026-10-01","used_for":null,"issued_on":null,"model":"D5","category":"相机","supplier":"苏宁","warranty_until_on":"2027-10-01","damage":null,"damaged_on":null,"police_report":null,"disposal":null,"approved_by":null,"ended_on":null,"void_reason":null,"amendments":0,"approval_entered_by":null,"approval_declared":null,"entered_later_on":"2026-10-20","import":null}
    ]
    "#);
    assert_snapshot!(office.ok("asset list --text 000123 --format jsonl"), @r#"{"number":"AST-0002","state":"in-store","name":"相机","keeper":"wang","user":null,"tag":"SB/7","serial_no":"00012345678901234567","place":"展厅","department":"business","price":"1999.50","on_account":false,"bought_on":"2026-10-01","used_for":null,"issued_on":null,"model":"D5","category":"相机","supplier":"苏宁","warranty_until_on":"2027-10-01","damage":null,"damaged_on":null,"police_report":null,"disposal":null,"approved_by":null,"ended_on":null,"void_reason":null,"amendments":0,"approval_entered_by":null,"approval_declared":null,"entered_later_on":"2026-10-20","import":null}"#);
    assert_eq!(office.ok("asset list --state in-use --text LI --format csv").lines().count(), 2);
    assert!(office.ok("find SB/7").contains("相机 · D5"));
    let outcome = office.run(&format!("asset list --output {}", office.path("assets.csv").display()));
    assert_eq!(outcome.code, 0);
    assert_eq!(office.read("assets.csv"), office.ok("asset list --format csv"));
    assert!(office.ok("asset list --format csv --excel").contains("00012345678901234567"));
}

#[test]
fn history_tells_every_step() {
    let office = used();
    office.ok("asset transfer AST-0001 --to wang");
    assert_snapshot!(office.ok("asset history AST-0001 --format csv"), @r#"
    at,verb,happened_on,actor,recorder,changes,note,declared,entered_later
    2026-10-08T00:00:00Z,asset add,2026-10-08,clerk,clerk,"department: general; bought_on: 2026-10-08; keeper: zhou; state: in-store; name: 笔记本电脑; price: 7999.00; custody 1: duty keeper, person zhou, from_on 2026-10-08",,,
    2026-10-10T00:00:00Z,asset issue,2026-10-10,clerk,clerk,"state: in-store → in-use; custody 2: duty user, person li, purpose 出差报价, from_on 2026-10-10",,,
    2026-10-20T00:00:00Z,asset transfer,2026-10-20,clerk,clerk,"custody 2: until_on 2026-10-20; custody 3: duty user, person wang, purpose 出差报价, from_on 2026-10-20",,,
    "#);
}

#[test]
fn the_months_assets_are_in_the_pack() {
    let office = used();
    office.ok(ADD);
    office.ok("asset dispose AST-0002 --reason 报废 --by chen");
    let office = office.on("2026-11-02");
    office.ok(&ADD.replace("2026-10-08", "2026-11-01"));
    let numbers = |month: &str| -> Vec<String> {
        office.ok(&format!("report month {month} --output {}", office.path("packs").display()));
        let file = office.read(&format!("packs/{month}/assets.csv"));
        file.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers("2026-09"), Vec::<String>::new());
    assert_eq!(numbers("2026-10"), ["AST-0001", "AST-0002"]);
    assert_eq!(numbers("2026-11"), ["AST-0001", "AST-0003"]);
    assert!(office.read("packs/2026-10/manifest.json").contains("\"price\": \"15998.00\""));
}

#[test]
fn the_book_itself_refuses_two_users_at_once_and_a_term_that_ends_before_it_begins() {
    let office = used();
    let refused = |sql: &str| office.sql().execute(sql, ()).unwrap_err().to_string();
    assert!(
        refused("INSERT INTO custody VALUES (1, 9, 'user', 'wang', 'a', '2026-10-20', NULL, NULL, NULL)")
            .contains("UNIQUE")
    );
    assert!(refused("UPDATE custody SET until_on = '2026-10-01' WHERE duty = 'user'").contains("CHECK"));
}

#[test]
fn a_month_of_an_asset_as_typed() {
    let office = Office::staffed();
    office.file("count.txt", "AST-0001\r\n");
    let script = "\
@ 2026-10-10
asset add --name \"笔记本电脑 ThinkPad T14\" --serial PF3X --price 7999 --bought-on 2026-10-10 --keeper zhou --department general -q
asset issue AST-0001 --to li --for \"出差报价\"
@ 2026-10-20
asset damage AST-0001 --by li --happened 2026-10-20 --what \"屏幕碎裂\"
@ 2026-10-27
asset repair AST-0001 --cost 900 --back 2026-10-27
asset count --from-file COUNT
asset count --close --by chen";
    let script = script.replace("COUNT", office.path("count.txt").to_str().unwrap());
    let typed = office.transcript(&script);
    assert!(!typed.contains("[exit"), "{typed}");
    assert_snapshot!(typed, @r#"
        $ asset add --name '笔记本电脑 ThinkPad T14' --serial PF3X --price 7999 --bought-on 2026-10-10 --keeper zhou --department general -q
        AST-0001
        $ asset issue AST-0001 --to li --for '出差报价'
        AST-0001 "笔记本电脑 ThinkPad T14": issued to 李娜 on 2026-10-10 for 出差报价
        $ asset damage AST-0001 --by li --happened 2026-10-20 --what '屏幕碎裂'
        AST-0001 "笔记本电脑 ThinkPad T14": in repair, to be back by 2026-11-03; 李娜 answers for it
        $ asset repair AST-0001 --cost 900 --back 2026-10-27
        AST-0001 "笔记本电脑 ThinkPad T14": repaired on 2026-10-27, for 900.00, in-use with 李娜
        $ asset count --from-file office/count.txt
        stocktake 1: 1 found, 0 missing, 0 unknown, 0 twice so far
        $ asset count --close --by chen
        stocktake 1: 1 found, 0 missing, 0 unknown, 0 twice; closed on 2026-10-27, signed by 陈总
        "#);
    office.ok("verify");
}

#[test]
fn r5_5_1_who_keeps_it_does_not_void_it_and_what_was_on_the_account_is_an_exception() {
    let office = stored();
    office.ok("staff login zhou --login zhou --by chen");
    let zhou = office.seen_by("zhou");
    assert_snapshot!(zhou.refused(3, "asset void AST-0001 --reason 录错"), @"R5.5(1): 周敏 keeps AST-0001 and does not decide what becomes of it; let the branch manager decide");
    assert_snapshot!(zhou.refused(3, "asset void AST-0001 --reason 录错 --by chen"), @"R5.5(1): 周敏 keeps AST-0001 and enters no decision on it; let whoever decides enter it from their own login, or another clerk from the signed paper");
    assert_snapshot!(office.refused(3, "undo AST-0001 --by zhou"), @"R5.5(1): 周敏 keeps AST-0001 and does not decide what becomes of it; let the branch manager decide");
    office.ok("asset void AST-0001 --reason 录错 --dry-run");
    let later = office.on("2026-10-09");
    assert_snapshot!(later.run("undo AST-0001 --reason 录错 --dry-run").err, @"
    undo once more brings AST-0001 back
    recorded as an exception: R5.5(1): AST-0001, on the account since 2026-10-08, is voided and counted no more
    dry run: nothing was written
    ");
    assert_snapshot!(later.run("asset void AST-0001 --reason 录错").err, @"recorded as an exception: R5.5(1): AST-0001, on the account since 2026-10-08, is voided and counted no more");
    assert_snapshot!(later.ok("report exceptions --columns number,clause,reason,refused --format csv"), @r#"
    number,clause,reason,refused
    AST-0001,R5.5(1),录错,"AST-0001, on the account since 2026-10-08, is voided and counted no more"
    "#);
    later.ok("verify");
    // What is not on the account is voided as any entry is.
    later.ok("asset add --name 打孔机 --department general --price 100 --bought-on 2026-10-08 --keeper zhou");
    let voided = later.on("2026-10-10").run("asset void AST-0002 --reason 录错");
    assert_eq!((voided.code, voided.err.as_str()), (0, ""));
}

#[test]
fn no_warranty_is_over_before_the_day_of_buying() {
    let office = Office::staffed();
    let add = "asset add --department general --name 相机 --price 3000 --keeper zhou --bought-on 2026-10-01";
    assert_eq!(
        office.refused(2, &format!("{add} --warranty-until 2026-09-30")),
        "the last day 2026-09-30 is before the first, 2026-10-01; give a day from then on with --warranty-until DATE"
    );
    office.ok(&format!("{add} --warranty-until 2027-09-30"));
    office.refused(2, "asset amend AST-0001 --warranty-until 2026-01-01 --reason 错");
}
