//! What the office, a department and a person are called: a new name holds from a day on, and old months, prints and packs keep
//! the old one.

use std::fs;

use insta::assert_snapshot;

use crate::office::Office;

/// An office with a form and an entry of October, on 2026-11-05.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.all_ok(&[
        "contact add --department business --kind pre-contract --to general --subject 轴承 --content x --by wang --on 2026-10-06",
        "contact sign HAY05001 --for general --by zhou --on 2026-10-07",
        "info add --department business --customer 包钢 --region 辽宁省 --equipment 磨机 --need 一台 --by li",
        "info quota set --person li --count 3 --from 2026-10",
    ]);
        office.on("2026-11-05")
    })
}

/// The files of a month's pack, made in a folder of this name.
fn pack(office: &Office, name: &str, lang: &str) -> Vec<(String, Vec<u8>)> {
    let folder = office.path(name);
    office.ok(&format!("report month 2026-10 --output {} --as chen --lang {lang}", folder.display()));
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder.join("2026-10"))
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap()))
        .filter(|(name, _)| name != "manifest.json" && name != "access-log.json" && name != "month-end.xlsx")
        .collect();
    files.sort();
    files
}

#[test]
fn r1_a_pack_and_a_print_of_an_old_month_keep_the_names_of_then() {
    let office = office().sharing("zhou");
    let before = ["en", "zh"].map(|lang| pack(&office, &format!("before-{lang}"), lang));
    let print = office.ok("contact print HAY05001 --lang zh");
    assert_snapshot!(office.ok("office rename 沈阳新机械公司销售分公司 --from 2026-11-01"), @"the office is called 沈阳新机械公司销售分公司: from 2026-11-01 on; what bears an earlier day keeps the old name");
    assert_snapshot!(office.ok("department rename business --zh 营销部 --en 'Marketing Department' --ko 마케팅부 --from 2026-11-01"), @"business is called 营销部: from 2026-11-01 on; what bears an earlier day keeps the old name");
    assert_snapshot!(office.ok("staff rename li --name 李娜娜"), @"李娜 is called 李娜娜: from 2026-11-05 on; what bears an earlier day keeps the old name");
    office.ok("staff rename zhou --name 周小敏 --as chen");
    office.ok("department add xian --name 西安办事处 --ledger HAX05 --reports --by chen");
    for (lang, before) in ["en", "zh"].iter().zip(before) {
        let after = pack(&office, &format!("after-{lang}"), lang);
        let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&after), names(&before));
        for ((name, after), (_, before)) in after.iter().zip(&before) {
            // The first page counts the rows of the journal of the month, which a renaming of today is not among.
            assert!(after == before, "{lang} {name}\n{}", String::from_utf8_lossy(after));
        }
    }
    assert_eq!(office.ok("contact print HAY05001 --lang zh"), print);
    assert!(print.contains("业务部") && print.contains("周敏") && print.contains("沈阳某机械公司销售分公司"));
    office
        .ok("contact add --department business --kind pre-contract --to general --subject 轴承 --content x --by wang");
    let print = office.ok("contact print HAY05002 --lang zh");
    assert!(print.contains("营销部") && print.contains("沈阳新机械公司销售分公司"), "{print}");
    let tally = office.ok("info tally --month 2026-10 --by-person --as chen --format csv");
    assert!(tally.contains(",li,李娜,"), "{tally}");
    let tally = office.ok("info tally --month 2026-11 --by-person --as chen --format csv");
    assert!(tally.contains(",li,李娜娜,"), "{tally}");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r1_an_old_name_is_still_understood_and_a_new_one_belongs_to_one() {
    let office = office();
    office.ok("department rename general --zh 综合办公室 --from 2026-11-01");
    office.ok("department add archive --zh 综合管理部");
    assert!(office.ok("contact ledger --department 综合办公室 --format csv").starts_with("number,"));
    assert_eq!(office.run("contact ledger --department 综合管理部").code, 0, "the name of another is that one's");
    assert_snapshot!(office.refused(2, "department rename archive --zh 综合办公室"), @"another department is called 综合办公室; see branchbook department list");
    assert_snapshot!(office.refused(2, "department rename archive --zh 综合管理部"), @"archive is called so already; see branchbook department list");
    assert_snapshot!(office.refused(2, "office rename 沈阳某机械公司销售分公司"), @"the office is called 沈阳某机械公司销售分公司 already; see branchbook office show");
    assert_snapshot!(office.refused(2, "staff rename li --name 李娜"), @"李娜 is called 李娜 already; see branchbook staff show li");
    assert_snapshot!(office.refused(2, "department rename general --zh 综合部 --from 2026-10-01"), @"it is called as it is now from 2026-11-01 on already; give that day or a later one with --from");
    assert_snapshot!(office.refused(2, "department rename general --zh 综合部 --from 2026-11-01"), @"it was renamed from 2026-11-01 on already; say with --reason why that name is put right");
    assert_snapshot!(office.refused(2, "department rename general --zh 综合部 --from 2026-11-06"), @"2026-11-06 has not come yet; give the day it happened with --from DATE");
    assert_snapshot!(office.ok("department rename general --zh 综合部 --from 2026-11-01 --reason 错字"), @"general is called 综合部: from 2026-11-01 on; what bears an earlier day keeps the old name");
    assert_snapshot!(office.ok("department list --format csv"), @"
    key,name_zh,name_en,name_ko,branch,reports,from_on,until_on,ledger
    business,业务部,Business Department,업무부,yes,yes,,,HAY05{seq:3}
    foreign-trade,外贸部,Foreign Trade Department,대외무역부,yes,yes,,,HAW05{seq:3}
    general,综合部,General Management Department,종합관리부,yes,no,,,HAG05{seq:3}
    shandong,山东淄博办事处,Shandong Zibo Office,산둥 쯔보 사무소,yes,yes,,,HAS05{seq:3}
    baotou,内蒙古包头办事处,Inner Mongolia Baotou Office,네이멍구 바오터우 사무소,yes,yes,,,HAB05{seq:3}
    technology,技术开发科,Technology Development Section,기술개발과,yes,no,,,
    archive,综合管理部,综合管理部,,no,no,,,
    ");
}

#[test]
fn r1_a_misspelt_name_is_put_right_in_old_months_as_well() {
    let office = office();
    assert_snapshot!(office.refused(2, "staff rename wang --name 王健国 --always"), @"
    error: missing: --reason <REASON>
      type: branchbook staff rename wang --name 王健国 --always --reason REASON
    ");
    assert_snapshot!(office.ok("staff rename wang --name 王健国 --always --reason 错字 --by chen"), @"王建国 is called 王健国: in old months, prints and packs as well");
    assert!(office.ok("contact print HAY05001").contains("王健国"));
    assert_snapshot!(office.ok("staff history wang"), @r"
        History of 王健国
        ┌──────────────────┬──────────────┬──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┬───────┬──────────┬──────────────────────────────────────────────────────────────────────┐
        │ at               │ verb         │ changes                                                                                                                      │ actor │ recorder │ note                                                                 │
        ├──────────────────┼──────────────┼──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┼───────┼──────────┼──────────────────────────────────────────────────────────────────────┤
        │ 2026-01-01 08:00 │ staff add    │ key: wang                                                                                                                    │ clerk │          │ founding appointment: department-manager of business from 2026-01-01 │
        │                  │              │ name: 王建国                                                                                                                 │       │          │                                                                      │
        │                  │              │ department: business                                                                                                         │       │          │                                                                      │
        │                  │              │ term department-manager business 2026-01-01: person 王健国, role department-manager, department business, from_on 2026-01-01 │       │          │                                                                      │
        │ 2026-11-05 08:00 │ staff rename │ name: 王建国 → 王健国                                                                                                        │ 陈总  │ clerk    │ always called so; 错字                                               │
        └──────────────────┴──────────────┴──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┴───────┴──────────┴──────────────────────────────────────────────────────────────────────┘
        2 rows
        ");
    assert_snapshot!(office.ok("journal --thing 'staff wang' --format csv").lines().last().unwrap().split(',').skip(2).take(6).collect::<Vec<_>>().join(","), @"staff rename,staff wang,chen,clerk,2026-11-05,always called so; 错字");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r1_what_the_office_was_called_is_told() {
    let office = office();
    office.ok("office rename 二公司 --from 2026-10-15");
    office.ok("office rename 三公司 --from 2026-11-01");
    for format in ["csv", "json", "table"] {
        let told = office.ok(&format!("office show --format {format}"));
        assert_eq!(told.matches("公司").count(), 4, "{told}");
    }
    assert_snapshot!(office.ok("office show --format csv"), @"
    name,from_on,until_on,zone,live_on
    三公司,2026-11-01,,Asia/Shanghai,2026-01-01
    二公司,2026-10-15,2026-10-31,,
    沈阳某机械公司销售分公司,,2026-10-14,,
    ");
    let told = office.ok("office history --format csv");
    assert!(told.contains(",office rename,2026-11-01,clerk,clerk,\"name: 二公司 → 三公司; "), "{told}");
    assert!(office.ok("office history").starts_with("History of 三公司\n"));
    assert_snapshot!(office.at_the_keyboard("li").refused(3, "office rename 四公司"), @"R1: 李娜 is no clerk, and only a clerk renames the office; ask General Management's clerk");
}

#[test]
fn r1_a_new_name_in_a_month_that_was_submitted_has_its_reason() {
    let office = office();
    office.ok("report submit 2026-10 --to technology --received-by 孙工 --by zhou");
    assert_snapshot!(office.refused(3, "staff rename li --name 李娜娜 --from 2026-10-20"), @"R1: 2026-10 was submitted on 2026-11-05, and is closed; give the day on which it is entered, or say why it comes late with --late REASON");
    office.ok("staff rename li --name 李娜娜 --from 2026-10-20 --late 证件刚到");
}

#[test]
fn r1_what_was_said_when_the_book_was_made_is_put_right() {
    let office = Office::staffed();
    assert_snapshot!(office.ok("office amend --live-from 2026-10-01"), @"沈阳某机械公司销售分公司: time zone Asia/Shanghai, kept by the rules from 2026-10-01 on");
    assert_snapshot!(office.refused(2, "office amend --live-from 2026-10-01"), @"the office is in time zone Asia/Shanghai, and its book is kept from 2026-10-01 on already; see branchbook office show");
    assert_snapshot!(office.refused(2, "office amend --live-from 2026-10-09"), @"2026-10-09 has not come yet, and a book is kept from today on or from a day before; give a day up to today with --live-from, or leave it out");
    assert_snapshot!(office.refused(3, "office amend --zone Asia/Tokyo --as li"), @"R1: 李娜 is no clerk, and only a clerk puts right what was said when the book was made; ask General Management's clerk");
    office
        .ok("contact add --department business --kind pre-contract --to general --subject 轴承 --content x --by wang");
    // Once something is entered, it says which entries are history.
    assert_snapshot!(office.refused(3, "office amend --live-from 2026-10-08"), @"R1: changing the time zone, or the day from which the book is kept by the rules, while entries stand is for the branch-manager, which clerk was not on 2026-10-08; name who decided: --by chen");
    assert_snapshot!(office.refused(2, "office amend --live-from 2026-10-08 --by chen"), @"the registers hold entries that were judged by what was said when the book was made; say with --reason why it is put right");
    assert_snapshot!(office.ok("office amend --live-from 2026-10-08 --zone Asia/Manila --reason 错 --by chen"), @"沈阳某机械公司销售分公司: time zone Asia/Manila, kept by the rules from 2026-10-08 on");
    assert_snapshot!(office.ok("office show --format csv"), @"
    name,from_on,until_on,zone,live_on
    沈阳某机械公司销售分公司,,,Asia/Manila,2026-10-08
    ");
    assert_snapshot!(office.ok("report decisions --format csv").lines().filter(|line| line.contains("office")).collect::<String>(), @"book 1,office amend,2026-01-01,clerk,clerk,,,,2026-10-08T00:00:00Zbook 1,office amend,2026-10-01,chen,clerk,,,错,2026-10-08T00:00:00Z");
    assert_snapshot!(office.refused(3, "undo office"), @"R1: changing the time zone, or the day from which the book is kept by the rules, while entries stand is for the branch-manager, which clerk was not on 2026-10-08; name who decided: --by chen");
    assert_snapshot!(office.ok("undo office --by chen"), @"沈阳某机械公司销售分公司: office amend of 2026-10-01 is taken back; zone: Asia/Manila → Asia/Shanghai; live_on: 2026-10-08 → 2026-10-01");
    assert_snapshot!(office.ok("undo office --by chen"), @"沈阳某机械公司销售分公司: office amend of 2026-01-01 is taken back; live_on: 2026-10-01 → 2026-01-01");
    assert_snapshot!(office.ok("office history --format csv"), @"
    at,verb,happened_on,actor,recorder,changes,note,declared,entered_later
    2026-01-01T00:00:00Z,init,2026-01-01,clerk,clerk,name: 沈阳某机械公司销售分公司; made_at: 2026-01-01T00:00:00Z; uid: fa7e73d89237345ce0fb65a986e60f77; zone: Asia/Shanghai; live_on: 2026-01-01,,,
    2026-10-08T00:00:00Z,office amend,2026-01-01,clerk,clerk,taken back since; live_on: 2026-01-01 → 2026-10-01,,,yes
    2026-10-08T00:00:00Z,office amend,2026-10-01,chen,clerk,taken back since; zone: Asia/Shanghai → Asia/Manila; live_on: 2026-10-01 → 2026-10-08,错,,yes
    2026-10-08T00:00:00Z,office undo,2026-10-08,chen,clerk,takes back office amend 2026-10-01; zone: Asia/Manila → Asia/Shanghai; live_on: 2026-10-08 → 2026-10-01,,,
    2026-10-08T00:00:00Z,office undo,2026-10-08,chen,clerk,takes back office amend 2026-01-01; live_on: 2026-10-01 → 2026-01-01,,,
    ");
    assert_eq!(office.run("verify").code, 0);
}
