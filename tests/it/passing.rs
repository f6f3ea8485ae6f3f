//! Passing user information on, with approval and without (R2.4).

use insta::assert_snapshot;

use crate::collected::{LI, collect};
use crate::office::Office;

const APPROVED: &str = "info pass-on INF26-0001 --person li --to 沈阳设计院 --what 技术要求 --for 方案设计 --by chen";
const BREACH: &str = "info breach INF26-0001 --person sun --to 某商贸公司 --what 电话，经用户告知 --by chen";

/// INF26-0001 of li, on 2026-10-20.
fn collected() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        collect(&office.sql(), LI);
        office.on("2026-10-20")
    })
}

fn due(office: &Office) -> String {
    let due = office.ok("due --format csv");
    due.lines().filter(|line| line.ends_with("R2.4")).collect::<Vec<_>>().join("\n")
}

#[test]
fn r2_4_the_branch_manager_lets_somebody_pass_information_on() {
    let office = collected();
    assert_snapshot!(office.refused(3, &APPROVED.replace("--by chen", "--by wang")), @"R2.4: letting somebody pass user information on is for the branch-manager, which 王建国 was not on 2026-10-20; name who did with --by chen");
    assert_snapshot!(office.refused(3, &APPROVED.replace("--person li", "--person chen")), @"R2.4: 陈总 does not decide on what 陈总 passes on; let the branch manager decide, and another clerk enter it");
    assert_snapshot!(office.sharing("li").refused(3, &APPROVED.replace(" --by chen", "")), @"R2.4: letting somebody pass user information on is for the branch-manager, which 李娜 was not on 2026-10-20; let 陈总 enter it, or hand the paper to General Management's clerk");
    assert_snapshot!(office.ok(APPROVED), @r#"INF26-0001 "球磨机 · 辽宁省鞍山市": 李娜 may pass it on to 沈阳设计院 on 2026-10-20, as 陈总 approved"#);
    assert_snapshot!(office.refused(3, "info breach INF26-0001 --person li --to 沈阳设计院 --what 技术要求 --by chen"), @"R2.4: 李娜 may pass INF26-0001 on to 沈阳设计院, as was approved on 2026-10-20; see branchbook info show INF26-0001");
    assert_snapshot!(office.ok("info passed-on --format csv"), @"
    number,kind,happened_on,person,decided_by,removed_on
    INF26-0001,approved,2026-10-20,li,chen,
    ");
    assert_eq!(due(&office), "");
}

#[test]
fn r2_4_whoever_passes_information_on_without_approval_is_removed_from_the_sales_team() {
    let office = collected();
    assert_snapshot!(office.ok(BREACH), @r#"INF26-0001 "球磨机 · 辽宁省鞍山市": passed on by 孙立 to 某商贸公司 without approval, found by 陈总 on 2026-10-20; 孙立 is to be removed from the sales team"#);
    assert_snapshot!(due(&office), @r#"2026-10-20,INF26-0001,"孙立, who passed it on without approval, to be removed from the sales team",branchbook staff end sun --by PERSON,0,general,,R2.4"#);
    assert_snapshot!(office.ok("info passed-on --month 2026-10 --format csv"), @"
    number,kind,happened_on,person,decided_by,removed_on
    INF26-0001,breach,2026-10-20,sun,chen,
    ");
    office.ok("staff end sun --by chen");
    let office = office.on("2026-10-21");
    assert_eq!(due(&office), "");
    assert_snapshot!(office.ok("info passed-on --person sun --format csv"), @"
    number,kind,happened_on,person,decided_by,removed_on
    INF26-0001,breach,2026-10-20,sun,chen,2026-10-20
    ");
    assert_eq!(office.ok("info passed-on --month 2026-09 --format csv").lines().count(), 1);
    let office = office.on("2026-11-02");
    office.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    assert_snapshot!(office.read("packs/2026-10/info-passed-on.csv"), @"
    number,kind,happened_on,person,decided_by,removed_on
    INF26-0001,breach,2026-10-20,sun,chen,2026-10-20
    ");
}

#[test]
fn r2_4_what_was_passed_on_is_corrected_and_taken_back() {
    let office = collected();
    office.ok(APPROVED);
    office.ok("info amend INF26-0001 --passing 1 --to 鞍山设计院 --reason 名称写错");
    assert!(office.ok("info show INF26-0001").contains("鞍山设计院"));
    office.ok(BREACH);
    office.ok("info amend INF26-0001 --breach 1 --what 传真 --reason 写错");
    office.ok("undo INF26-0001");
    assert_snapshot!(office.ok("undo INF26-0001 --reason 查无实据 --by chen"), @r#"INF26-0001 "球磨机 · 辽宁省鞍山市": breach of 2026-10-20 is taken back, and it is collected"#);
    assert_eq!(due(&office), "");
    assert_snapshot!(office.ok("info passed-on --format csv"), @"
    number,kind,happened_on,person,decided_by,removed_on
    INF26-0001,approved,2026-10-20,li,chen,
    ");
    office.ok("verify");
}

#[test]
fn r2_4_to_whom_and_what_is_read_by_those_who_read_the_entry() {
    let office = collected();
    office.ok(APPROVED);
    office.ok(BREACH);
    let sun = office.sharing("sun");
    for line in ["info history INF26-0001", "find 商贸", "journal --format csv"] {
        let told = sun.run(line);
        assert!(!told.out.contains("商贸公司") && !told.out.contains("设计院"), "{line}: {}", told.out);
    }
    assert_snapshot!(sun.refused(3, "info passed-on"), @"R2.4: 孙立 is no clerk, manager or leader, and only one of these reads what was passed on; ask your department's manager");
}

#[test]
fn r2_4_an_entry_that_has_ended_keeps_its_end_when_it_is_passed_on() {
    let office = collected().on("2026-10-31");
    office.ok("info report --department business --month 2026-10 --by wang");
    office.ok("info file INF26-0001");
    office.ok("info assign INF26-0001 --to business");
    office.ok("info track INF26-0001 --person li --by wang");
    office.ok("info close INF26-0001 --lost --reason 停建 --by li");
    let office = office.on("2026-11-05");
    office.ok(APPROVED);
    assert!(office.ok("info show INF26-0001 --format json").contains(r#""ended_on":"2026-10-31""#));
}

#[test]
fn r2_4_who_passed_information_on_is_given_nothing_new() {
    let office = collected();
    office.all_ok(&[
        "info report --department business --month 2026-10 --by wang",
        "info file --month 2026-10",
        "info assign INF26-0001 --to business",
        "staff add zhang --name 张伟 --department business --role salesperson --from 2026-01-01 --by wang",
        "project add --department business --customer 甲厂 --title 泵 --amount 1260万 --by wang",
        "project lead PRJ26-001 --person li --by chen",
        "info add --department business --customer 丁厂 --region 辽宁省 --equipment 泵 --need 一台 --by li",
        &BREACH.replace("sun", "zhang"),
    ]);
    assert_snapshot!(office.refused(3, "info track INF26-0001 --person zhang --by wang"), @"R2.4: 张伟 passed INF26-0001 on without approval, as was found on 2026-10-20, and is removed from the sales team; name another; where it was no breach, the branch manager takes it back: branchbook undo INF26-0001 --reason REASON");
    let given = [
        "info track INF26-0001 --person zhang --by wang",
        "info add --department business --customer 乙厂 --region 辽宁省 --equipment 泵 --need 一台 --by zhang",
        "info amend INF26-0002 --collected-by zhang --reason 误",
        "project lead PRJ26-001 --person zhang --by chen",
        "project team PRJ26-001 --member zhang --by li",
    ];
    for given in given {
        assert!(office.refused(3, given).contains("is removed from the sales team"), "{given}");
    }
    office.ok("staff end zhang --until 2026-10-20 --by wang");
    let later = office.on("2026-12-01");
    later.ok("staff role zhang --department business --role salesperson --from 2026-12-01 --by wang");
    later.ok("project lead PRJ26-001 --person zhang --by chen --dry-run");
    let office = collected();
    office.ok("project add --department business --customer 甲厂 --title 泵 --amount 1260万 --by wang");
    office.all_ok(&[BREACH, "undo INF26-0001 --reason 误 --by chen", "project lead PRJ26-001 --person sun --by chen"]);
}

/// Who is to be removed from the sales team is given nothing new, in any register; what they did is still told.
#[test]
fn r2_4_who_passed_information_on_is_given_nothing_new_anywhere() {
    let office = Office::staffed();
    office.all_ok(&[
        "info add --department business --customer 包钢 --region 辽宁省 --equipment 磨机 --need 一台 --by wang",
        "asset add --name 相机 --price 3000 --bought-on 2026-10-08 --keeper wang --department business",
        "project add --department business --customer 包钢 --title 磨机 --amount 100万 --by wang",
        "contact add --department business --kind pre-contract --to technology --subject a --content b --by wang",
        "info breach INF26-0001 --person li --to 商贸公司 --what 传真 --by chen",
    ]);
    for line in [
        "asset add --name 电脑 --price 3000 --bought-on 2026-10-08 --keeper li --department business",
        "asset transfer AST-0001 --keeper li",
        "asset issue AST-0001 --to li --for 出差",
        "project lead PRJ26-001 --person li --by wang",
        "info grant li --until 2026-12-31 --by chen",
        "info pass-on INF26-0001 --person li --to 设计院 --what 参数 --for 选型 --by chen",
        "gift add --department business --unit 包钢 --recipient 张处长;处长 --item 摆件;1;180 --occasion 节日 --asked-by li",
        "fee add --kind agency --payee 某 --employer 某公司 --project PRJ26-001 --amount 1万 --reason 选型 --asked-by li",
        "reception add --department business --unit 包钢 --purpose 监造 --arrive 2026-10-20 --visitor 丙;丁 --schedule 无 --by li",
        "contact amend HAY05001 --holder li --reason 换",
        "staff deputy wang --person li --until 2026-10-20 --by chen",
    ] {
        let refused = office.refused(3, line);
        assert!(refused.starts_with("R2.4: 李娜 passed INF26-0001 on without approval"), "{line}: {refused}");
    }
    office.ok("undo INF26-0001 --reason 查无此事 --by chen");
    office.ok("asset transfer AST-0001 --keeper li");
}
