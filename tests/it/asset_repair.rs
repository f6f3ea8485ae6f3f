//! Damage to equipment and its repair, and what of it waits (R5.5(4)).

use insta::assert_snapshot;

use crate::asset::{ADD, field, on, used};
use crate::office::Office;

#[test]
fn r5_5_4_damage_is_reported_at_once_and_lateness_is_counted_in_days() {
    let office = used();
    let outcome = office.run("asset damage AST-0001 --by li --happened 2026-10-17 --what 屏幕碎裂");
    assert_eq!(outcome.code, 0);
    assert_snapshot!(outcome.out, @r#"AST-0001 "笔记本电脑": in repair, to be back by 2026-11-03; 李娜 answers for it"#);
    assert_snapshot!(outcome.err, @"reported 3 days late: damage is reported at once (R5.5(4))");
    office.ok(ADD);
    let outcome = office.run("asset damage AST-0002 --what 进水 --happened 2026-10-18 --reported 2026-10-18");
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert_snapshot!(office.ok("asset damages"), @"
    Damage
    ┌──────────┬────────────┬──────────┬─────────────┬─────────────┬─────────────┬───────────┬──────┬────────────┐
    │ number   │ name       │ what     │ reported by │ happened on │ reported on │ days late │ late │ department │
    ├──────────┼────────────┼──────────┼─────────────┼─────────────┼─────────────┼───────────┼──────┼────────────┤
    │ AST-0002 │ 笔记本电脑 │ 进水     │ clerk       │ 2026-10-18  │ 2026-10-18  │         0 │ no   │ general    │
    │ AST-0001 │ 笔记本电脑 │ 屏幕碎裂 │ 李娜        │ 2026-10-17  │ 2026-10-20  │         3 │ yes  │ general    │
    └──────────┴────────────┴──────────┴─────────────┴─────────────┴─────────────┴───────────┴──────┴────────────┘
    2 rows
    ");
    assert_snapshot!(office.ok("asset damages --late --month 2026-10 --format csv"), @"
    number,name,what,reported_by,happened_on,reported_on,days_late,late,outcome,back_on,cost,department
    AST-0001,笔记本电脑,屏幕碎裂,li,2026-10-17,2026-10-20,3,yes,,,,general
    ");
    assert_eq!(office.ok("asset damages --month 2026-11 --format json"), "[]\n");
    assert_snapshot!(office.ok("asset damages --late --format jsonl"), @r#"{"number":"AST-0001","name":"笔记本电脑","what":"屏幕碎裂","reported_by":"li","happened_on":"2026-10-17","reported_on":"2026-10-20","days_late":3,"late":true,"outcome":null,"back_on":null,"cost":null,"department":"general"}"#);
}

#[test]
fn r5_5_4_the_days_of_damage_are_in_order() {
    let office = used();
    let damage = "asset damage AST-0001 --what 碎裂";
    assert_snapshot!(office.refused(2, &format!("{damage} --happened 2026-10-19 --reported 2026-10-18")), @"damage of 2026-10-19 cannot be reported on 2026-10-18, before it; give the days with --happened DATE and --reported DATE");
    assert_snapshot!(office.refused(2, &format!("{damage} --happened 2026-10-21")), @"2026-10-21 has not come yet; give the day it happened with --happened DATE");
    assert_snapshot!(office.refused(2, &format!("{damage} --reported 2026-10-21")), @"2026-10-21 has not come yet; give the day it happened with --reported DATE");
    assert_snapshot!(office.refused(2, &format!("{damage} --happened 2026-10-07")), @"AST-0001 was bought on 2026-10-08 and cannot be damaged on 2026-10-07; give the day it happened with --happened DATE");
    office.ok("staff end sun --until 2026-10-19");
    assert_snapshot!(office.refused(3, &format!("{damage} --by sun")), @"R5.5(4): 孙立 was not on the staff on 2026-10-20; name another person with --by PERSON");
    // Anybody on the staff reports damage.
    office.ok(&format!("{damage} --by wu"));
    assert_snapshot!(office.refused(3, damage), @"R5.5(4): AST-0001 is in-repair, and damage takes an entry that is in-store or in-use; from there: branchbook asset repair AST-0001 --cost COST, or lose, steal");
}

#[test]
fn r5_5_4_a_repair_restores_the_state_and_the_user() {
    let office = used();
    office.ok("asset damage AST-0001 --by li --what 屏幕碎裂");
    let office = office.on("2026-10-27");
    assert_eq!(
        on(&office, "AST-0001", "2026-10-27"),
        (Some("in-repair".to_owned()), Some("zhou".to_owned()), Some("li".to_owned()))
    );
    assert_snapshot!(office.refused(3, "asset transfer AST-0001 --to wang"), @"R5.5(4): AST-0001 is in-repair and stays in the same hands until it is back; first: branchbook asset repair AST-0001 --cost AMOUNT");
    assert_snapshot!(office.refused(2, "asset repair AST-0001 --cost 900 --back 2026-10-19"), @"AST-0001 was damaged on 2026-10-20 and cannot be back on 2026-10-19; give the day it was back with --back DATE");
    assert_snapshot!(office.refused(2, "asset repair AST-0001 --cost 900 --back 2026-10-28"), @"2026-10-28 has not come yet; give the day it happened with --back DATE");
    assert_eq!(office.run("asset repair AST-0001 --no-input").code, 2);
    assert_snapshot!(office.refused(3, "asset repair AST-0001 --cost 900 --by wu"), @r#"R5.5(4): entering its repair is for the keeper or user of AST-0001, which 吴工 was not on 2026-10-27; name who did it with --by zhou"#);
    assert_snapshot!(office.ok("asset repair AST-0001 --cost 900 --back 2026-10-26"), @r#"AST-0001 "笔记本电脑": repaired on 2026-10-26, for 900.00, in-use with 李娜"#);
    assert_eq!(
        on(&office, "AST-0001", "2026-10-27"),
        (Some("in-use".to_owned()), Some("zhou".to_owned()), Some("li".to_owned()))
    );
    assert_snapshot!(office.refused(3, "asset repair AST-0001 --cost 900"), @"R5.5(4): AST-0001 is in-use, and repair takes an entry that is in-repair; from there: branchbook asset damage AST-0001 --what WHAT, or return, lose, steal");
    // From the store it goes back into the store.
    office.ok("asset return AST-0001");
    office.ok("asset damage AST-0001 --what 键盘");
    assert_snapshot!(office.ok("asset repair AST-0001 --cost 0"), @r#"AST-0001 "笔记本电脑": repaired on 2026-10-27, for 0.00, in-store with 周敏"#);
    assert_snapshot!(office.ok("asset show AST-0001"), @"
    AST-0001
    ┌────────────┬────────────┐
    │ number     │ AST-0001   │
    │ state      │ in-store   │
    │ name       │ 笔记本电脑 │
    │ keeper     │ 周敏       │
    │ department │ general    │
    │ price      │ 7,999.00   │
    │ on account │ yes        │
    │ bought on  │ 2026-10-08 │
    │ amendments │ 0          │
    └────────────┴────────────┘
    Custody
    ┌────────┬────────┬──────────┬────────────┬────────────┐
    │ duty   │ person │ used for │ from       │ until      │
    ├────────┼────────┼──────────┼────────────┼────────────┤
    │ keeper │ 周敏   │          │ 2026-10-08 │            │
    │ user   │ 李娜   │ 出差报价 │ 2026-10-10 │ 2026-10-27 │
    └────────┴────────┴──────────┴────────────┴────────────┘
    2 rows
    Damage
    ┌──────────┬─────────────┬─────────────┬─────────────┬───────────┬──────────┬────────────┬────────┐
    │ what     │ reported by │ happened on │ reported on │ days late │ outcome  │ back on    │   cost │
    ├──────────┼─────────────┼─────────────┼─────────────┼───────────┼──────────┼────────────┼────────┤
    │ 屏幕碎裂 │ 李娜        │ 2026-10-20  │ 2026-10-20  │         0 │ repaired │ 2026-10-26 │ 900.00 │
    │ 键盘     │ clerk       │ 2026-10-27  │ 2026-10-27  │         0 │ repaired │ 2026-10-27 │   0.00 │
    └──────────┴─────────────┴─────────────┴─────────────┴───────────┴──────────┴────────────┴────────┘
    2 rows
    ");
}

#[test]
fn r5_5_4_what_is_beyond_repair_goes_into_the_store_to_be_disposed_of() {
    let office = used();
    office.ok("asset damage AST-0001 --what 进水");
    let outcome = office.run("asset repair AST-0001 --beyond-repair");
    assert_eq!(outcome.code, 0);
    assert_snapshot!(outcome.out, @r#"AST-0001 "笔记本电脑": beyond repair on 2026-10-20, kept by 周敏"#);
    assert_snapshot!(outcome.err, @"a manager disposes of it with: branchbook asset dispose AST-0001 --reason REASON --by MANAGER");
    assert_eq!(field(&office, "AST-0001", "user"), serde_json::Value::Null);
    office.ok("asset dispose AST-0001 --reason 报废 --by chen");
}

#[test]
fn r5_5_4_what_is_lost_in_repair_can_be_damaged_again_once_it_is_found() {
    let office = used();
    office.ok("asset damage AST-0001 --what 进水");
    office.ok("asset lose AST-0001 --what 修理店失火");
    office.ok("asset recover AST-0001");
    office.ok("asset damage AST-0001 --what 烧坏");
    assert_eq!(office.ok("asset list --format csv").lines().count(), 2);
    assert_eq!(field(&office, "AST-0001", "damage"), "烧坏");
}

#[test]
fn r5_5_4_repairs_wait_and_so_do_warranties_that_end() {
    let office = used();
    office.ok("asset damage AST-0001 --what 进水");
    office.ok(&format!("{ADD} --warranty-until 2026-12-01"));
    let waits = |office: &Office| -> Vec<String> {
        let listed = office.ok("due --format csv");
        listed.lines().filter(|line| line.contains("AST-")).map(str::to_owned).collect()
    };
    assert_eq!(
        waits(&office),
        [
            "2026-11-03,AST-0001,repair of 笔记本电脑,branchbook asset repair AST-0001 --cost AMOUNT,0,general,zhou,R5.5(4)"
        ]
    );
    let office = office.on("2026-11-01");
    assert_eq!(waits(&office).len(), 2);
    let office = office.on("2026-12-01");
    assert_eq!(
        waits(&office),
        [
            "2026-11-03,AST-0001,repair of 笔记本电脑,branchbook asset repair AST-0001 --cost AMOUNT,28,general,zhou,R5.5(4)",
            "2026-12-01,AST-0002,warranty of 笔记本电脑 ends,branchbook asset damage AST-0002 --what TEXT,0,general,zhou,R5.5(4)",
        ]
    );
    let office = office.on("2026-12-02");
    office.ok("rule set asset.repair_days 60 --from 2026-10-20 --by chen");
    assert!(waits(&office)[0].starts_with("2026-12-19,AST-0001"), "{:?}", waits(&office));
    assert_eq!(waits(&office).len(), 1);
}
