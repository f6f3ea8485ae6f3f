//! What waits for a decision (`approvals`), and what recipients had (`report recipients`) (R5.3).

use insta::assert_snapshot;

use crate::gift::{ASK, after};
use crate::office::Office;

/// What `branchbook` 0.1 hashed for these decisions: a form that hashed otherwise would leave every approval of an older book void.
const HASHES: [(&str, &str); 3] = [
    ("FEE26-001 approve", "D31B70187923C15320658B2326ABEFEC041BFE8A271B610C4DEB489C2FE085DD"),
    ("FEE26-001 clear", "F6C0955E6B997587F1D932C92C97A9C8E27B21BF1C89F0514DD5E0478C63F2B8"),
    ("GFT26-001 endorse", "4A45FE321F34B15B0F6594CD23E4B7E176066852287B83C4C8D7AAF20AC68E88"),
];

#[test]
fn what_was_approved_in_an_older_book_stays_approved() {
    let office = Office::staffed();
    office.all_ok(&[
        "project add --department business --customer '包头钢铁(集团)有限责任公司' --title 球磨机 --amount 1260万",
        "fee add --kind agency --payee 某咨询公司 --employer 某咨询公司 --project PRJ26-001 --reason 代理 --asked-by li --rate 2%",
        "fee approve FEE26-001 --by lin",
        "fee sign FEE26-001 --agreement DL-07 --party 某咨询公司 --by chen",
        "fee register FEE26-001 --by zhou",
        "fee bill FEE26-001 --amount 10万 --by zhou",
        "fee clear FEE26-001 --payment 1 --by lin",
        "gift catalog add 铸铜摆件 --price 180 --by chen",
        "gift add --department business --asked-by li --unit 包钢设备部 --recipient 张处长;处长 --recipient '王局长;局长;official' \
            --official-reason 典礼 --item 铸铜摆件;1 --item '茶叶;2;300.5' --occasion 验收 --project PRJ26-001 --place 包头",
        "gift endorse GFT26-001 --by wang",
    ]);
    for (decision, hash) in HASHES {
        let sql = format!(
            "SELECT count(*) FROM approval JOIN entry ON id = entry WHERE number || ' ' || verb = '{decision}' AND hex(subject_hash) = '{hash}'"
        );
        assert_eq!(office.count(&sql), 1, "{decision}");
    }
}

#[test]
fn r5_3_1_what_waits_for_a_decision_is_in_one_list_with_the_command_that_decides() {
    let office = after(1);
    office.ok(ASK);
    office.ok(&ASK.replace("--asked-by li", "--asked-by wang"));
    office.ok("gift add --department general --asked-by chen --unit 鞍钢 --recipient '王局长;局长;official' --official-reason 开工 --item 铸铜摆件;1 --occasion 开工");
    assert_snapshot!(office.ok("approvals --format csv"), @"
    number,what,party,amount,asked_by,since_on,may_decide,command,clause
    GFT26-001,gift to be approved,包钢设备部,360.00,li,2026-10-08,chen,branchbook gift approve GFT26-001,R5.3(1)
    GFT26-002,gift to be endorsed,包钢设备部,360.00,li,2026-10-08,wang,branchbook gift endorse GFT26-002,R5.3(2)
    GFT26-003,gift to be approved,包钢设备部,360.00,wang,2026-10-08,chen,branchbook gift approve GFT26-003,R5.3(1)
    GFT26-004,gift for a public official to be approved,鞍钢,180.00,chen,2026-10-08,lin,branchbook gift approve GFT26-004,R5.3(1)
    ");
    assert_snapshot!(office.ok("approvals --format jsonl").lines().next().unwrap(), @r#"{"number":"GFT26-001","what":"gift to be approved","party":"包钢设备部","amount":"360.00","asked_by":"li","since_on":"2026-10-08","may_decide":"chen","command":"branchbook gift approve GFT26-001","clause":"R5.3(1)"}"#);
    let json: serde_json::Value = serde_json::from_str(&office.ok("approvals --format json")).unwrap();
    assert_eq!((json.as_array().unwrap().len(), json[0]["amount"].as_str()), (4, Some("360.00")));
    assert_snapshot!(office.ok("approvals --mine --as wang"), @r"
        What waits for a decision on 2026-10-08
        ┌───────────┬─────────────────────┬────────────┬────────┬──────────┬────────────┬────────────┬───────────────────────────────────┬─────────┐
        │ number    │ what                │ party      │ amount │ asked by │ since on   │ may decide │ command                           │ clause  │
        ├───────────┼─────────────────────┼────────────┼────────┼──────────┼────────────┼────────────┼───────────────────────────────────┼─────────┤
        │ GFT26-002 │ gift to be endorsed │ 包钢设备部 │ 360.00 │ 李娜     │ 2026-10-08 │ 王建国     │ branchbook gift endorse GFT26-002 │ R5.3(2) │
        └───────────┴─────────────────────┴────────────┴────────┴──────────┴────────────┴────────────┴───────────────────────────────────┴─────────┘
        1 row
        ");
    assert_snapshot!(office.ok("approvals --mine --as lin --format csv"), @"
    number,what,party,amount,asked_by,since_on,may_decide,command,clause
    GFT26-004,gift for a public official to be approved,鞍钢,180.00,chen,2026-10-08,lin,branchbook gift approve GFT26-004,R5.3(1)
    ");
    assert_eq!(office.ok("approvals --mine --as li --format csv").lines().count(), 1);
    assert_eq!(office.ok("approvals --person 林董 --format csv"), office.ok("approvals --mine --as lin --format csv"));
    for (person, commands) in [
        ("wang", "gift endorse GFT26-002"),
        ("chen", "gift approve GFT26-001 GFT26-003"),
        ("lin", "gift approve GFT26-004"),
    ] {
        office.ok(&format!("{commands} --by {person}"));
    }
    assert_snapshot!(office.ok("approvals --format csv"), @"
    number,what,party,amount,asked_by,since_on,may_decide,command,clause
    GFT26-002,gift to be approved,包钢设备部,360.00,li,2026-10-08,chen,branchbook gift approve GFT26-002,R5.3(1)
    ");
}

#[test]
fn r5_3_1_decisions_are_due() {
    let office = after(0);
    office.ok(&ASK.replace("--asked-by li", "--asked-by wang"));
    let gifts = |office: &crate::office::Office| {
        let listed = office.ok("due --format csv");
        listed.lines().filter(|line| line.contains("GFT")).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(gifts(&office), @r#"
    2026-10-08,GFT26-001,"gift to be endorsed, for 包钢设备部",branchbook gift endorse GFT26-001 --by wang,0,business,wang,R5.3(2)
    2026-10-08,GFT26-002,"gift to be approved, for 包钢设备部",branchbook gift approve GFT26-002 --by chen,0,general,chen,R5.3(1)
    "#);
    office.ok("gift endorse GFT26-001 --by wang");
    office.ok("gift approve GFT26-001 GFT26-002 --by chen");
    office.ok("gift buy GFT26-001 --bill 1 --amount 352");
    assert_snapshot!(gifts(&office), @r#"
    2026-10-08,GFT26-001,gift for 包钢设备部 to be handed over,branchbook gift give GFT26-001,0,business,li,R5.3(1)
    2026-10-08,GFT26-001,"gift to be looked at, for its quality and whether it is genuine",branchbook gift inspect GFT26-001 --quality QUALITY --genuine,0,business,,R5.3(3)
    2026-10-08,GFT26-002,gift for 包钢设备部 to be bought,branchbook gift buy GFT26-002 --bill NUMBER --amount YUAN,0,general,wang,R5.3(1)
    "#);
}

#[test]
fn nobody_may_decide_where_nobody_holds_the_role() {
    let office = after(1);
    office.ok("staff end chen --until 2026-10-31 --by lin");
    let office = office.on("2026-11-02");
    assert_snapshot!(office.ok("approvals --format csv"), @"
    number,what,party,amount,asked_by,since_on,may_decide,command,clause
    GFT26-001,gift to be approved,包钢设备部,360.00,li,2026-10-08,no branch-manager,branchbook gift approve GFT26-001,R5.3(1)
    ");
}

#[test]
fn r5_3_1_what_recipients_had_in_a_year_is_added_up_against_the_limit() {
    let office = after(4);
    office.ok("gift add --department business --asked-by wang --unit '包钢 设备部' --recipient '张处长;处长' --recipient '王局长;局长;official' --official-reason 验收 --item '铸铜摆件;10' --occasion 验收");
    office.ok("gift approve GFT26-002 --by chen");
    for supplier in ["甲店", "乙店"] {
        office.ok(&format!("gift quote GFT26-002 --supplier {supplier} --price 1800 --quality 3"));
    }
    office.ok("gift buy GFT26-002 --bill 2 --amount 1700.01");
    let office = office.on("2027-01-08");
    office.ok(&ASK.replace("--asked-by li", "--asked-by wang"));
    office.ok("gift buy GFT27-001 --bill 3 --amount 100 --own-expense wang");
    assert_snapshot!(office.ok("report recipients --format csv"), @"
    year,unit,person,amount,limit,verdict,official,times,gifts,receptions,fees
    2026,包钢设备部,,2052.01,2000.00,above,yes,2,2052.01,0.00,0.00
    2026,包钢设备部,张处长,1202.01,2000.00,within,no,2,1202.01,0.00,0.00
    2026,包钢 设备部,王局长,850.00,2000.00,within,yes,1,850.00,0.00,0.00
    2027,包钢设备部,,100.00,2000.00,within,no,1,100.00,0.00,0.00
    2027,包钢设备部,张处长,100.00,2000.00,within,no,1,100.00,0.00,0.00
    ");
    assert_snapshot!(office.ok("report recipients --year 2027"), @"
    Recipients in 2027
    ┌──────┬────────────┬────────┬────────┬──────────┬───────┬────────┬──────────┬─────────┬────────────┬──────┐
    │ year │ unit       │ person │ amount │ official │ times │  gifts │    limit │ verdict │ receptions │ fees │
    ├──────┼────────────┼────────┼────────┼──────────┼───────┼────────┼──────────┼─────────┼────────────┼──────┤
    │ 2027 │ 包钢设备部 │        │ 100.00 │ no       │     1 │ 100.00 │ 2,000.00 │ within  │       0.00 │ 0.00 │
    │ 2027 │ 包钢设备部 │ 张处长 │ 100.00 │ no       │     1 │ 100.00 │ 2,000.00 │ within  │       0.00 │ 0.00 │
    └──────┴────────────┴────────┴────────┴──────────┴───────┴────────┴──────────┴─────────┴────────────┴──────┘
    2 rows
    ");
    office.ok("rule set gift.recipient_limit 99.99 --from 2027-01-01 --by lin");
    assert_snapshot!(office.ok("report recipients --year 2027 --format jsonl"), @r#"
    {"year":2027,"unit":"包钢设备部","person":null,"amount":"100.00","limit":"99.99","verdict":"above","official":false,"times":1,"gifts":"100.00","receptions":"0.00","fees":"0.00"}
    {"year":2027,"unit":"包钢设备部","person":"张处长","amount":"100.00","limit":"99.99","verdict":"above","official":false,"times":1,"gifts":"100.00","receptions":"0.00","fees":"0.00"}
    "#);
    // A fee is none of the gifts that the limit is of.
    office.all_ok(&[
        "project add --department business --customer 包钢 --title 球磨机 --amount 1260万 --by wang",
        "fee add --kind agency --payee 甲公司 --employer 甲公司 --project PRJ27-001 --amount 10万 --reason 代理 --asked-by li",
        "fee approve FEE27-001 --by lin",
        "fee sign FEE27-001 --agreement DL-07 --party 甲公司 --by chen",
        "fee register FEE27-001 --by zhou",
        "fee bill FEE27-001 --amount 10万 --by li",
        "fee clear FEE27-001 --payment 1 --by lin",
        "fee pay FEE27-001 --payment 1 --voucher 银-1 --exception 合同后补",
    ]);
    let listed = office.ok("report recipients --year 2027 --format csv");
    assert!(listed.contains("2027,甲公司,,100000.00,,,no,1,0.00,0.00,100000.00"), "{listed}");
    let json: serde_json::Value = serde_json::from_str(&office.ok("report recipients --format json")).unwrap();
    assert_eq!(json[0]["verdict"], "above");
}
