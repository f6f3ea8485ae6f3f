//! Gifts as a register: corrections, lists, pages, import; and random sequences of its verbs (R5.3).

use insta::assert_snapshot;
use proptest::prelude::*;

use crate::gift::{ASK, after};
use crate::invariants;
use crate::office::Office;

/// Two gifts: one given, and one with a free item for a public official.
fn two() -> Office {
    Office::made(|| {
        let office = after(5);
        office.ok("gift add --department business --asked-by wang --unit 鞍钢 --recipient '王局长;局长;official' --official-reason 开工典礼 --item '茶叶;2;300.5' --item 铸铜摆件;1 --occasion 开工 --place 鞍山市");
        office
    })
}

#[test]
fn gifts_are_listed_in_every_format() {
    let office = two();
    assert_snapshot!(office.ok("gift list --format csv"), @r#"
    number,state,asked_on,unit,recipients,official,amount,items,department,asked_by,approved_by,approved_on,approved,bought,bought_on,bill,bought_by,borne_by,given_on,occasion,place,official_reason,project,reception,endorsed_by,endorsed_on,free,offers,refusal,ended_on,void_reason,amendments,approval_entered_by,approval_declared,approved_for,endorsement_entered_by,endorsement_declared,endorsed_for,request,entered_later_on,import
    GFT26-001,given,2026-10-08,包钢设备部,张处长 (处长),no,360.00,铸铜摆件 x 2 @ 180.00,business,li,chen,2026-10-08,360.00,352.00,2026-10-08,0218843,zhou,,2026-10-08,监造,Shenyang,,,,wang,2026-10-08,no,1,,2026-10-08,,0,clerk,,,clerk,,,,,
    GFT26-002,requested,2026-10-08,鞍钢,"王局长 (局长, official)",yes,781.00,茶叶 x 2 @ 300.50; 铸铜摆件 x 1 @ 180.00,business,wang,,,,,,,,,,开工,鞍山市,开工典礼,,,,,yes,0,,,,0,,,,,,,,,
    "#);
    assert_snapshot!(office.ok("gift list --format jsonl --state requested"), @r#"{"number":"GFT26-002","state":"requested","asked_on":"2026-10-08","unit":"鞍钢","recipients":"王局长 (局长, official)","official":true,"amount":"781.00","items":"茶叶 x 2 @ 300.50; 铸铜摆件 x 1 @ 180.00","department":"business","asked_by":"wang","approved_by":null,"approved_on":null,"approved":null,"bought":null,"bought_on":null,"bill":null,"bought_by":null,"borne_by":null,"given_on":null,"occasion":"开工","place":"鞍山市","official_reason":"开工典礼","project":null,"reception":null,"endorsed_by":null,"endorsed_on":null,"free":true,"offers":0,"refusal":null,"ended_on":null,"void_reason":null,"amendments":0,"approval_entered_by":null,"approval_declared":null,"approved_for":null,"endorsement_entered_by":null,"endorsement_declared":null,"endorsed_for":null,"request":null,"entered_later_on":null,"import":null}"#);
    let json: serde_json::Value = serde_json::from_str(&office.ok("gift list --format json")).unwrap();
    assert_eq!((json[1]["official"].as_bool(), json[1]["amount"].as_str()), (Some(true), Some("781.00")));
    assert_snapshot!(office.with_width(150).ok("gift list"), @r"
    Gifts
    ┌───────────┬───────────┬────────────┬────────────┬────────────────┬──────────┬──────────┬─────────────────┬──────────┬──────────┬────────┬──────────┐
    │ number    │ state     │ asked on   │ unit       │ recipients     │ official │   amount │ items           │ approved │ approved │ bought │ endorsed │
    │           │           │            │            │                │          │          │                 │ by       │          │        │ by       │
    ├───────────┼───────────┼────────────┼────────────┼────────────────┼──────────┼──────────┼─────────────────┼──────────┼──────────┼────────┼──────────┤
    │ GFT26-001 │ given     │ 2026-10-08 │ 包钢设备部 │ 张处长 (处长)  │ no       │   360.00 │ 铸铜摆件 x 2 @  │ 陈总     │   360.00 │ 352.00 │ 王建国   │
    │           │           │            │            │                │          │          │ 180.00          │          │          │        │          │
    │ GFT26-002 │ requested │ 2026-10-08 │ 鞍钢       │ 王局长 (局长,  │ yes      │   781.00 │ 茶叶 x 2 @      │          │          │        │          │
    │           │           │            │            │ official)      │          │          │ 300.50; 铸铜摆  │          │          │        │          │
    │           │           │            │            │                │          │          │ 件 x 1 @ 180.00 │          │          │        │          │
    ├───────────┼───────────┼────────────┼────────────┼────────────────┼──────────┼──────────┼─────────────────┼──────────┼──────────┼────────┼──────────┤
    │ total     │           │            │            │                │          │ 1,141.00 │                 │          │          │ 352.00 │          │
    └───────────┴───────────┴────────────┴────────────┴────────────────┴──────────┴──────────┴─────────────────┴──────────┴──────────┴────────┴──────────┘
    2 rows
    ");
}

#[test]
fn the_values_of_the_lists_are_of_the_kinds_that_their_columns_tell() {
    let office = two();
    office
        .ok("contact add --department business --kind pre-contract --to technology --subject a --content b --by wang");
    invariants::every_value_fits_its_column(&office);
}

#[test]
fn a_gift_is_corrected_and_its_history_keeps_the_old_values() {
    let office = after(4);
    let amend = |options: &str| format!("gift amend GFT26-001 --reason 笔误 {options}");
    assert_snapshot!(office.ok(&amend("--bill 0218844 --amount 360")), @r#"GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": corrected bill (0218843 → 0218844), bought (352.00 → 360.00)"#);
    assert_snapshot!(office.refused(2, &amend("--bill 0218844")), @"nothing to correct in GFT26-001; name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook gift amend --help");
    assert_snapshot!(office.refused(3, &amend("--unit 鞍钢")), @"R5.3(1): GFT26-001 is bought, so what was asked for stays; correct its bill with --bill or --amount, or enter another gift");
    let history = office.ok("gift history GFT26-001 --format csv");
    assert_snapshot!(history.lines().last().unwrap(), @"2026-10-08T00:00:00Z,gift amend,2026-10-08,clerk,clerk,bill: 0218843 → 0218844; bought: 352.00 → 360.00,笔误,,");
    let office = after(0);
    assert_snapshot!(office.refused(2, &amend("--bill 1")), @"GFT26-001 has nothing of that yet to correct; enter it with: branchbook gift buy GFT26-001 --bill NUMBER --amount YUAN");
    assert_snapshot!(office.refused(2, &amend("--item 铸铜摆件;2")), @"nothing to correct in GFT26-001; name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook gift amend --help");
    assert_snapshot!(office.refused(2, "gift amend GFT26-001 --reason 笔误"), @"nothing to correct in GFT26-001; name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook gift amend --help");
    assert_snapshot!(office.ok(&amend("--unit 鞍钢 --occasion 验收")), @r#"GFT26-001 "鞍钢 · 铸铜摆件 x 2 @ 180.00": corrected unit (包钢设备部 → 鞍钢), occasion (监造 → 验收)"#);
    assert_snapshot!(office.ok("gift void GFT26-001 --reason 重复"), @r#"GFT26-001 "鞍钢 · 铸铜摆件 x 2 @ 180.00": void, 重复"#);
    office.refused(3, &amend("--unit 本钢"));
    office.ok("verify");
}

#[test]
fn r5_3_1_the_approval_sheet_is_printed() {
    let office = two();
    let page = office.ok("gift print GFT26-001");
    for text in [
        "Gift approval sheet",
        "GFT26-001",
        "Business Department",
        "李娜",
        "包钢设备部",
        "监造",
        "张处长",
        "铸铜摆件",
        "360.00",
        "agreed by the department",
        "王建国",
        "approved by the branch",
        "陈总",
        "0218843",
        "352.00",
    ] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    let page = office.ok("gift print GFT26-002");
    for text in ["Official reason", "开工典礼", "<td>yes</td>", "茶叶 (not on the list)", "300.50", "781.00"] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    let file = office.path("sheet.html");
    office.ok(&format!("gift print GFT26-002 --output {}", file.display()));
    assert_eq!(office.read("sheet.html"), page);
    office.ok("gift void GFT26-002 --reason 重复");
    assert!(office.ok("gift print GFT26-002").contains("Not valid: 重复"));
}

#[test]
fn the_month_end_pack_holds_the_months_gifts() {
    let office = two().on("2026-11-02");
    office.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    assert_eq!(office.read("packs/2026-10/gifts.csv"), office.ok("gift list --format csv"));
    let manifest: serde_json::Value = serde_json::from_str(&office.read("packs/2026-10/manifest.json")).unwrap();
    let file = manifest["files"].as_array().unwrap().iter().find(|file| file["name"] == "gifts.csv").unwrap();
    assert_eq!((file["rows"].as_i64(), file["totals"]["bought"].as_str()), (Some(2), Some("352.00")));
}

#[test]
fn a_list_comes_back_as_it_was_exported() {
    let exported = two().exported("gift list");
    let office = Office::founded_on("2026-10-09");
    office.ok("gift catalog add 铸铜摆件 --price 180 --by chen");
    let file = office.file("gifts.csv", &exported);
    let import = format!("gift import {file}");
    assert_snapshot!(office.ok(&import).replace(&file, "gifts.csv"), @"gifts.csv: gifts imported: 2");
    let columns = |list: &str| {
        list.lines().map(|line| line.split(',').take(14).collect::<Vec<_>>().join(",")).collect::<Vec<_>>()
    };
    assert_eq!(columns(&office.exported("gift list")), columns(&exported));
    office.ok(&import);
    assert_eq!(office.count("SELECT count(*) FROM gift"), 2);
    office.ok("verify");
}

#[test]
fn r5_3_1_an_old_gift_goes_on_from_where_it_stood() {
    let approved = after(2);
    let endorsed = after(1);
    for (old, next) in
        [(&approved, "gift buy GFT26-001 --bill 1 --amount 352"), (&endorsed, "gift approve GFT26-001 --by chen")]
    {
        let office = Office::founded_on("2026-10-09");
        let file = office.file("gifts.csv", old.exported("gift list"));
        office.ok(&format!("gift import {file}"));
        office.ok(next);
        office.ok("verify");
    }
}

#[test]
fn r5_3_1_an_old_gift_names_who_approved_it_or_who_bore_it() {
    let office = Office::founded_on("2026-10-09");
    let row = "asked_on,department,asked_by,unit,recipients,items,occasion,place,bill,bought,bought_on,bought_by,approved_by,approved_on\n";
    let gift = "2026-03-01,business,li,包钢,张工 (工程师),茶叶 x 1 @ 300,拜访,沈阳,1,300,2026-03-02,zhou";
    let file = office.file("old.csv", format!("{row}{gift},,\n{gift},chen,2026-03-05\n{gift},chen,2026-03-01\n"));
    let outcome = office.run(&format!("gift import {file}"));
    assert_snapshot!(format!("{}{}", outcome.out, outcome.err).replace(&file, "old.csv"), @"
    old.csv:2: approved_on: a gift is approved before it is bought (R5.3(1)): give approved_by and approved_on, or who bears the cost as borne_by
    old.csv:3: approved_on: is after the day it was bought (R5.3(1))
    2 of 3 rows cannot be taken; nothing was imported
    ");
}

/// A command line about gifts that somebody may try on some day.
fn command() -> impl Strategy<Value = String> {
    let number = prop::sample::select(&["GFT26-001", "GFT26-001", "GFT26-002"][..]);
    let person = prop::sample::select(&["li", "wang", "chen", "lin", "zhou", "qian", "chen", "wang"][..]);
    let day = prop_oneof![4 => Just(String::new()), 1 => (8..20_u32).prop_map(|day| format!(" --on 2026-10-{day:02}"))];
    let verb = prop_oneof![
        3 => Just("endorse NUMBER".to_owned()),
        4 => Just("approve NUMBER".to_owned()),
        1 => Just("approve GFT26-001 GFT26-002".to_owned()),
        1 => Just("reject NUMBER --reason 否".to_owned()),
        2 => (1..4_u32).prop_map(|who| format!("quote NUMBER --supplier 店{who} --price 1000 --quality 3")),
        5 => prop::sample::select(&[352, 360, 361, 1001, 1800][..]).prop_map(|amount| format!("buy NUMBER --bill 1 --amount {amount}")),
        1 => Just("buy NUMBER --bill 1 --amount 352 --own-expense li".to_owned()),
        2 => Just("give NUMBER".to_owned()),
        2 => (1..11_u32).prop_map(|count| format!("amend NUMBER --item 铸铜摆件;{count} --reason 改")),
        1 => prop::sample::select(&[352, 400, 1700][..]).prop_map(|amount| format!("amend NUMBER --amount {amount} --reason 改")),
        1 => Just("amend NUMBER --place 包头 --reason 改".to_owned()),
    ];
    let keyboard = prop_oneof![3 => Just(true), 1 => Just(false)];
    (verb, number, person, day, keyboard).prop_map(|(verb, number, person, day, by)| {
        let who = if by { "--by" } else { "--as" };
        format!("gift {} {who} {person}{day}", verb.replace("NUMBER", number))
    })
}

/// What no gift may be.
const WRONG: [&str; 6] = [
    // Paid by the branch without an approval by the branch manager of that day, given and entered before, of at least that amount.
    "SELECT count(*) FROM gift AS g JOIN entry AS e ON e.id = g.entry WHERE e.state IN ('bought', 'given') AND NOT EXISTS (
        SELECT 1 FROM approval AS a JOIN term AS t ON t.person = a.decided_by WHERE a.entry = e.id AND a.verb = 'approve'
            AND t.role = 'branch-manager' AND t.from_on <= a.decided_on AND a.decided_by <> e.person AND a.decided_on <= g.bought_on
            AND date(a.entered_at) <= max(g.bought_on, '2026-10-08') AND a.amount_fen >= g.bought_fen
            AND a.amount_fen = (SELECT sum(quantity * price_fen) FROM gift_line WHERE entry = e.id))",
    // A salesperson's without an endorsement by the department's manager before it.
    "SELECT count(*) FROM gift AS g JOIN entry AS e ON e.id = g.entry WHERE e.state IN ('approved', 'bought', 'given') AND e.person = 'li' AND NOT EXISTS (
        SELECT 1 FROM approval AS n JOIN approval AS a ON a.entry = n.entry AND a.position > n.position AND a.verb = 'approve' AND a.subject_hash = n.subject_hash
        WHERE n.entry = e.id AND n.verb = 'endorse' AND n.decided_by = 'wang' AND a.decided_by <> n.decided_by)",
    "SELECT count(*) FROM approval AS a JOIN entry AS e ON e.id = a.entry WHERE a.decided_by = e.person",
    "SELECT count(*) FROM gift_list WHERE state IN ('bought', 'given') AND bought_fen > 100000 AND offers < 2",
    "SELECT count(*) FROM gift_list AS g WHERE state = 'own-expense' AND NOT EXISTS (SELECT 1 FROM exception AS x WHERE x.entry = g.id AND x.clause LIKE 'R5.3%')",
    "SELECT count(*) FROM gift_list WHERE bought_on IS NOT NULL AND state NOT IN ('bought', 'given', 'own-expense')",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn r5_3_1_no_order_of_steps_leads_to_a_purchase_without_approval(
        steps in 0..4_usize,
        commands in prop::collection::vec((command(), 0..2_u32), 20),
    ) {
        let mut office = after(steps);
        office.ok(&ASK.replace("--asked-by li", "--asked-by wang"));
        let mut day = 8;
        for (command, later) in commands {
            day += later;
            office = office.on(&format!("2026-10-{day:02}"));
            let outcome = office.run(&command);
            prop_assert!([0, 2, 3, 4].contains(&outcome.code), "{command}: {}", outcome.err);
            for wrong in WRONG {
                prop_assert_eq!(office.count(wrong), 0, "{} after {}", wrong, command);
            }
        }
        let outcome = office.run("verify");
        prop_assert_eq!(outcome.code, 0, "{}", outcome.out);
    }
}

#[test]
fn r5_3_1_a_gift_in_shenyang_is_bought_by_general_management_however_the_place_is_spelled() {
    for place in ["'沈 阳'", "'Shen Yang'", "Shényáng", "瀋陽", "沈陽", "선양", "심양", "沈阳市", "沈河区"]
    {
        let office = after(0);
        office.all_ok(&[
            &format!("{ASK} --place {place}"),
            "gift endorse GFT26-002 --by wang",
            "gift approve GFT26-002 --by chen",
        ]);
        let refused = office.refused(3, "gift buy GFT26-002 --bill 1 --amount 352 --by li");
        assert!(refused.contains("so General Management buys it"), "{place}: {refused}");
    }
}
