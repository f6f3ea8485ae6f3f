//! What is looked at once more: gifts that were bought (R5.3(3)), how equipment is guarded and until when it is lent (R5.5(2), R5.5(3)),
//! and whether delivery was settled before production (R6.1).

use insta::assert_snapshot;

use crate::asset::used;
use crate::gift;
use crate::office::Office;
use crate::project::{led, review};

/// What waits by a clause.
fn due(office: &Office, clause: &str) -> String {
    let due = office.ok("due --format csv");
    due.lines().filter(|line| line.ends_with(clause)).collect::<Vec<_>>().join("\n")
}

#[test]
fn r5_3_3_what_was_bought_is_looked_at_for_its_quality_and_whether_it_is_genuine() {
    let office = gift::after(4);
    assert_snapshot!(due(&office, "R5.3(3)"), @r#"2026-10-08,GFT26-001,"gift to be looked at, for its quality and whether it is genuine",branchbook gift inspect GFT26-001 --quality QUALITY --genuine,0,business,,R5.3(3)"#);
    assert_snapshot!(office.refused(3, "gift inspect GFT26-001 --quality 4 --genuine --by zhou"), @"R5.3(3): 周敏 bought GFT26-001 and does not look at it as well; let another look at it; a clerk names them with --by PERSON");
    assert_eq!(office.run("gift inspect GFT26-001 --quality 2 --counterfeit --by he").code, 2);
    assert_snapshot!(office.ok("gift inspect GFT26-001 --quality 2 --counterfeit --finding 无防伪标 --by he"), @r#"GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": counterfeit, quality 2, looked at on 2026-10-08 by 何平; it is not handed over"#);
    assert_snapshot!(due(&office, "R5.3(3)"), @"2026-10-08,GFT26-001,counterfeit gift to be replaced,branchbook gift inspect GFT26-001 --quality QUALITY --genuine,0,business,,R5.3(3)");
    assert_snapshot!(office.refused(3, "gift give GFT26-001"), @"R5.3(3): GFT26-001 was found to be counterfeit on 2026-10-08: 无防伪标; have it replaced, and look at what came with: branchbook gift inspect GFT26-001 --quality QUALITY --genuine");
    assert_snapshot!(office.ok("gift inspect GFT26-001 --quality 4 --genuine --by he"), @r#"GFT26-001 "包钢设备部 · 铸铜摆件 x 2 @ 180.00": genuine, quality 4, looked at on 2026-10-08 by 何平"#);
    assert_eq!(due(&office, "R5.3(3)"), "");
    assert_snapshot!(office.ok("gift inspected --format csv"), @"
    number,unit,checked_on,checked_by,quality,genuine,finding,bill,bought_by,department
    GFT26-001,包钢设备部,2026-10-08,he,2,no,无防伪标,0218843,zhou,business
    GFT26-001,包钢设备部,2026-10-08,he,4,yes,,0218843,zhou,business
    ");
    assert_eq!(office.ok("gift inspected --counterfeit --format csv").lines().count(), 2);
    office.ok("gift amend GFT26-001 --check 1 --finding 包装无防伪标 --reason 写明");
    office.ok("gift give GFT26-001");
    assert!(office.ok("gift show GFT26-001").contains("包装无防伪标"));
    let office = office.on("2026-11-20");
    assert_snapshot!(office.refused(2, "gift inspect GFT26-001 --quality 4 --genuine --by he --on 2026-10-01"), @"GFT26-001 bears the day 2026-10-08, and nothing happens to it on 2026-10-01; give the day it happened with --on DATE");
    office.ok("gift inspect GFT26-001 --quality 3 --genuine --by he");
    office.ok("undo GFT26-001 --reason 重复");
    let office = office.on("2026-11-02");
    office.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    assert_eq!(office.read("packs/2026-10/gifts-inspected.csv").lines().count(), 3);
    office.ok("verify");
}

#[test]
fn r5_5_2_how_equipment_is_guarded_against_theft_is_looked_at() {
    let office = used();
    assert_snapshot!(office.refused(3, "asset inspect AST-0001 --secure --by zhou"), @"R5.5(2): 周敏 guards AST-0001 and does not look at that as well; let another look at it; a clerk names them with --by PERSON");
    assert_eq!(office.run("asset inspect AST-0001 --insecure").code, 2);
    assert_snapshot!(office.ok("asset inspect AST-0001 --insecure --finding 办公室门锁已坏 --by he"), @r#"AST-0001 "笔记本电脑": not guarded against theft, looked at on 2026-10-20 by 何平: 办公室门锁已坏"#);
    assert_snapshot!(due(&office, "R5.5(2)"), @"2026-10-20,AST-0001,笔记本电脑 is not guarded against theft: 办公室门锁已坏,branchbook asset inspect AST-0001 --secure,0,general,zhou,R5.5(2)");
    assert_snapshot!(office.ok("asset inspected --insecure --format csv"), @"
    number,name,checked_on,checked_by,secure,finding,keeper,place,department
    AST-0001,笔记本电脑,2026-10-20,he,no,办公室门锁已坏,zhou,,general
    ");
    let office = office.on("2026-10-22");
    assert_snapshot!(office.ok("asset inspect AST-0001 --secure --by he"), @r#"AST-0001 "笔记本电脑": guarded against theft, looked at on 2026-10-22 by 何平"#);
    assert_eq!(due(&office, "R5.5(2)"), "");
    office.ok("asset amend AST-0001 --check 1 --finding 库房门锁已坏 --reason 写错");
    office.ok("undo AST-0001 --reason 未写错");
    office.ok("undo AST-0001 --reason 未看");
    assert!(due(&office, "R5.5(2)").contains("办公室门锁已坏"));
    let office = office.on("2026-11-02");
    office.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    assert_snapshot!(office.read("packs/2026-10/assets-inspected.csv"), @"
    number,name,checked_on,checked_by,secure,finding,keeper,place,department
    AST-0001,笔记本电脑,2026-10-20,he,no,办公室门锁已坏,zhou,,general
    ");
    // A list that is of no day takes none; one that is of a day is called by it.
    for list in ["asset inspected", "asset damages", "gift inspected", "info grants"] {
        let refused = office.refused(2, &format!("{list} --on 2026-10-10"));
        assert!(
            refused.starts_with("--on says on which day something happened, and means nothing here; "),
            "{refused}"
        );
    }
    for (list, title) in [
        ("asset held", "Who has what on 2026-10-10"),
        ("project problems", "Problems on 2026-10-10"),
        ("project monitored", "Products monitored up to 2026-10-10"),
    ] {
        assert!(office.ok(&format!("{list} --on 2026-10-10")).starts_with(title), "{list}");
    }
    office.ok("verify");
}

#[test]
fn r5_5_3_equipment_is_lent_until_a_day_and_waits_to_come_back() {
    let office = used();
    office.ok("asset return AST-0001 --by li");
    assert_snapshot!(office.refused(2, "asset issue AST-0001 --to li --for 出差 --until 2026-10-19"), @"what is issued on 2026-10-20 is not back by 2026-10-19; give a later day with --back-by DATE");
    assert_snapshot!(office.ok("asset issue AST-0001 --to li --for 出差 --until 2026-10-25"), @r#"AST-0001 "笔记本电脑": issued to 李娜 on 2026-10-20 for 出差, to be back by 2026-10-25"#);
    let held = office.ok("asset held li --format csv");
    assert!(held.lines().next().unwrap().ends_with(",back_by_on") && held.contains("2026-10-25"), "{held}");
    let office = office.on("2026-10-25");
    assert_eq!(due(&office, "R5.5(3)"), "");
    office.ok("asset transfer AST-0001 --to wang");
    let office = office.on("2026-10-26");
    assert_snapshot!(due(&office, "R5.5(3)"), @"2026-10-25,AST-0001,笔记本电脑 to be back from 王建国,branchbook asset return AST-0001,1,general,wang,R5.5(3)");
    office.ok("asset amend AST-0001 --custody 4 --back-by 2026-11-10 --reason 续借");
    assert_eq!(due(&office, "R5.5(3)"), "");
    let office = office.on("2026-11-11");
    assert_eq!(due(&office, "R5.5(3)").lines().count(), 1);
    office.ok("asset return AST-0001");
    assert_eq!(due(&office, "R5.5(3)"), "");
    office.ok("verify");
}

/// PRJ26-001, contracted on 2026-10-22.
fn contracted() -> Office {
    Office::made(|| {
        let office = led().on("2026-10-22");
        review(&office, "PRJ26-001");
        office.ok("project contract PRJ26-001 --contract BG-2026-118 --signed-on 2026-10-22 --amount 1258万");
        office
    })
}

const FORM: &str = "contact add --department business --kind shipping --to general --subject 发运通知 --content 汽运 --project PRJ26-001 --by li";

#[test]
fn r6_1_delivery_is_settled_before_production_begins() {
    let office = contracted().on("2026-10-30");
    assert_snapshot!(office.refused(3, "project produce PRJ26-001 --by wang"), @"R6.1: saying that production began is for PRJ26-001's leader, which 王建国 was not on 2026-10-30; name who did with --by li");
    assert_snapshot!(office.refused(3, "project produce PRJ26-001 --by li"), @"R6.1: no contact form had told by 2026-10-30 how PRJ26-001 is to be delivered; settle it with the user and issue one with: branchbook contact add --kind shipping --project PRJ26-001 …, or record the breach with --exception REASON");
    office.ok(FORM);
    assert_snapshot!(office.refused(3, "project produce PRJ26-001 --by li --on 2026-10-29"), @"R6.1: no contact form had told by 2026-10-29 how PRJ26-001 is to be delivered; settle it with the user and issue one with: branchbook contact add --kind shipping --project PRJ26-001 …, or record the breach with --exception REASON");
    assert_snapshot!(office.ok("project produce PRJ26-001 --by li"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": production began on 2026-10-30"#);
    assert_snapshot!(office.refused(2, "project produce PRJ26-001 --by li"), @"production of PRJ26-001 began on 2026-10-30 already; for another day: branchbook project amend PRJ26-001 --production-on DATE --reason REASON");
    assert_snapshot!(office.refused(3, "project amend PRJ26-001 --production-on 2026-10-28 --reason 写错"), @"R6.1: no contact form had told by 2026-10-28 how PRJ26-001 is to be delivered; settle it with the user and issue one with: branchbook contact add --kind shipping --project PRJ26-001 …");
    assert!(office.ok("project show PRJ26-001 --format json").contains(r#""production_on":"2026-10-30""#));
    office.ok("undo PRJ26-001 --reason 未开工");
    office.ok("verify");
}

#[test]
fn r6_1_a_form_that_the_leader_dates_back_settles_nothing_before_it_was_entered() {
    let office = contracted().on("2026-10-30");
    let li = office.clone().at_the_keyboard("li");
    let form = FORM.trim_end_matches(" --by li");
    li.ok(&format!("{form} --on 2026-10-23"));
    assert_snapshot!(li.refused(3, "project produce PRJ26-001 --on 2026-10-26"), @"R6.1: no contact form had told by 2026-10-26 how PRJ26-001 is to be delivered: HAY05001 bears 2026-10-23 and counts from 2026-10-30, when 李娜 entered it; settle it with the user and issue one with: branchbook contact add --kind shipping --project PRJ26-001 …, or record the breach with --exception REASON");
    assert_snapshot!(office.refused(3, "project produce PRJ26-001 --on 2026-10-26 --by li"), @"R6.1: no contact form had told by 2026-10-26 how PRJ26-001 is to be delivered: HAY05001 bears 2026-10-23 and counts from 2026-10-30, when 李娜 entered it; settle it with the user and issue one with: branchbook contact add --kind shipping --project PRJ26-001 …, or record the breach with --exception REASON");
    // Nor does a correction of its day, nor the manager's hand.
    office.ok("contact amend HAY05001 --issued-on 2026-10-24 --reason 误");
    assert!(
        li.refused(3, "project produce PRJ26-001 --on 2026-10-26")
            .contains("HAY05001 bears 2026-10-24 and counts from 2026-10-30")
    );
    office.clone().at_the_keyboard("wang").ok(&format!("{form} --on 2026-10-23"));
    li.refused(3, "project produce PRJ26-001 --on 2026-10-26");
    li.ok("project produce PRJ26-001 --dry-run");
    // A clerk who writes the paper down is believed, and it is marked as entered later.
    office.ok(&format!("{FORM} --on 2026-10-24"));
    li.ok("project produce PRJ26-001 --on 2026-10-26");
    assert_snapshot!(office.ok("contact list --columns number,issued_on,entered_later_on --format csv"), @r#"
    number,issued_on,entered_later_on
    HAY05002,2026-10-23,2026-10-30
    HAY05001,2026-10-24,2026-10-30
    HAY05003,2026-10-24,2026-10-30
    "#);
    office.ok("verify");
}

#[test]
fn r6_1_production_before_delivery_was_settled_is_an_exception_that_waits() {
    let office = contracted().on("2026-10-30");
    assert_snapshot!(office.ok("project produce PRJ26-001 --by li --exception 用户催货"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": production began on 2026-10-30"#);
    assert_snapshot!(due(&office, "R6.1"), @r#"2026-10-30,PRJ26-001,"delivery to be settled with the user and told by a contact form, before production",branchbook contact add --department business --kind shipping --to general --project PRJ26-001 --subject TEXT --content TEXT,0,business,li,R6.1"#);
    assert!(office.ok("report exceptions --month 2026-10 --format csv").contains("R6.1"));
    office.ok(FORM);
    assert_eq!(due(&office, "R6.1"), "");
}

#[test]
fn r6_1_delivery_waits_to_be_settled_a_month_after_the_contract() {
    let office = contracted().on("2026-11-20");
    assert_eq!(due(&office, "R6.1"), "");
    let office = office.on("2026-11-23");
    assert_snapshot!(due(&office, "R6.1"), @r#"2026-11-21,PRJ26-001,"delivery to be settled with the user and told by a contact form, before production",branchbook contact add --department business --kind shipping --to general --project PRJ26-001 --subject TEXT --content TEXT,2,business,li,R6.1"#);
    office.ok(FORM);
    assert_eq!(due(&office, "R6.1"), "");
}
