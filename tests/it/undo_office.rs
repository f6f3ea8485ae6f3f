//! Taking back what was entered of the office: roles, departments, figures, series, months that were submitted.

use insta::assert_snapshot;

use crate::office::Office;

/// An office in which something was entered already, so that it is no longer being founded.
fn at_work() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 轴承 --content x --by wang",
    );
        office
    })
}

/// What is shown of the office.
fn looks(office: &Office) -> String {
    let lists = [
        "staff list --all",
        "staff list",
        "department list",
        "rule list",
        "rule holiday list --removed",
        "series list",
        "info quota list",
        "project target list",
        "report reviews",
        "due",
        "series audit",
        "office show",
    ];
    let shown: String = lists.iter().map(|list| office.ok(&format!("{list} --format csv"))).collect();
    format!("{shown}{}", office.count("SELECT count(*) FROM submission"))
}

#[test]
fn r1_a_role_that_was_given_to_the_wrong_person_was_never_theirs() {
    let office = at_work();
    let before = looks(&office);
    office.ok("staff role li --department business --role department-manager --by chen");
    assert_snapshot!(office.refused(3, "undo staff li"), @"R1: who is department-manager is decided by the branch manager or a company leader, which clerk is not; name who did with --by lin or --by chen");
    assert_snapshot!(office.ok("undo staff 李娜 --by chen"), @"李娜: staff role of 2026-10-08 is taken back");
    assert_eq!(looks(&office), before);
    assert_snapshot!(office.ok("staff history li --format csv").lines().skip(2).map(|line| line.split_once(',').unwrap().1).collect::<Vec<_>>().join("\n"), @r#"
    staff role,2026-10-08,chen,clerk,"taken back since; term department-manager business 2026-10-08: person li, role department-manager, department business, from_on 2026-10-08",department-manager of business from 2026-10-08,,
    staff undo,2026-10-08,chen,clerk,takes back staff role 2026-10-08; term department-manager business 2026-10-08 person: li → nothing; term department-manager business 2026-10-08 role: department-manager → nothing; term department-manager business 2026-10-08 department: business → nothing; term department-manager business 2026-10-08 from_on: 2026-10-08 → nothing,taken back,,
    "#);
    let office = office.on("2026-10-20");
    office.ok("staff role li --department business --role department-manager --from 2026-10-08 --by chen");
    let office = office.on("2026-10-22");
    assert_snapshot!(office.refused(2, "undo staff li --by chen"), @"role of 李娜 was entered by clerk on 2026-10-20; say why it is taken back: branchbook undo staff li --by chen --reason REASON");
    assert_snapshot!(office.ok("undo staff li --by chen --reason 给错人"), @"李娜: staff role of 2026-10-20 is taken back");
    assert_snapshot!(office.ok("journal --thing 'staff li' --last 1 --format csv").lines().last().unwrap().split(',').nth(7).unwrap(), @"dated back to 2026-10-08: 给错人");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r1_a_term_in_which_something_was_decided_stays_until_that_is_taken_back() {
    let office = at_work();
    office.ok("gift catalog add 摆件 --price 180 --by chen");
    office.ok("staff add xu --name 徐明 --department business --role department-manager --from 2026-10-01 --by chen");
    office.ok("gift add --department business --asked-by li --unit 甲矿业 --recipient '王工;工程师' --item '摆件;1' --occasion 拜访");
    office.ok("gift endorse GFT26-001 --by xu");
    assert_snapshot!(office.refused(3, "undo staff xu --by chen"), @"R4.8: GFT26-001 names 徐明, which stays therefore; end the terms with: branchbook staff end xu");
    office.ok("staff role xu --department foreign-trade --role salesperson");
    office.ok("undo staff xu");
    office.ok("staff role zhao --department business --role department-manager --by chen");
    office.ok("undo GFT26-001 --by xu");
    office.ok("gift endorse GFT26-001 --by zhao");
    assert_snapshot!(office.refused(3, "undo staff zhao --by chen"), @"R1: 赵刚 would not have been in office on the day of what they decided or did: GFT26-001 (gift endorse, 2026-10-08); let the term hold on those days as well, or take back first what was decided or done");
    office.ok("undo GFT26-001 --by zhao");
    office.ok("undo staff zhao --by chen");
    assert_snapshot!(office.refused(3, "undo staff xu --by chen"), @"R4.8: GFT26-001 names 徐明, which stays therefore; end the terms with: branchbook staff end xu");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r1_who_was_entered_wrongly_goes_and_the_key_is_free_again() {
    let office = at_work();
    let before = looks(&office);
    office.ok("staff add xu --name 徐民 --department business --role salesperson");
    assert_snapshot!(office.ok("undo staff xu"), @"徐民: staff add of 2026-10-08 is taken back");
    assert_eq!(looks(&office), before);
    office.ok("staff add xu --name 徐明 --department foreign-trade --role salesperson");
    assert_snapshot!(office.ok("staff list --department foreign-trade --format csv"), @"
    key,name,role,department,from_on,until_on,os_login,entered_also_as
    qian,钱明,department-manager,foreign-trade,2026-01-01,,,
    xu,徐明,salesperson,foreign-trade,2026-10-08,,,
    ");
    assert_snapshot!(office.refused(2, "undo department business"), @"business stands as it was when the book was made; see branchbook department history business");
    assert_snapshot!(office.refused(4, "undo staff xi"), @"nobody on the staff is called xi; did you mean 李娜 or 徐明? see branchbook staff list");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r1_a_department_that_was_entered_wrongly_goes_with_its_ledger() {
    let office = at_work();
    let before = looks(&office);
    office.ok("department add xain --zh 西安办事处 --ledger HAX05 --reports --by chen");
    assert_snapshot!(office.ok("undo department xain --by chen"), @"xain: department add of 2026-10-08 is taken back");
    assert_eq!(looks(&office), before);
    office.ok("department add xian --zh 西安办事处 --ledger HAX05 --reports --by chen");
    office.ok("series reserve xian --count 1");
    assert_snapshot!(office.refused(3, "undo department xian --by chen"), @"R4.8: HAX05001 names xian, which stays therefore; end it with: branchbook department end xian --reason REASON");
    assert_eq!(office.run("verify").code, 0);
}

/// A line, what takes it back, and who decides.
const SLIPS: [(&str, &str); 18] = [
    ("rule set contact.reply_days 50 --by chen", "rule contact.reply_days --by chen"),
    ("rule set asset.threshold 3000 --by chen", "rule asset.threshold --by chen"),
    ("rule holiday add 2026-11-12 --name 误 --by chen", "holiday 11-12 --by chen"),
    ("info quota set --person li --count 5 --from 2026-11", "quota li"),
    ("info quota set --department business --count 9 --from 2026-11", "quota department business"),
    (
        "project target set --department business --month 2026-11 --amount 100万 --by chen",
        "target business 2026-11 --by chen",
    ),
    ("report submit 2026-10 --to technology --received-by 王会计", "submission 2026-10"),
    ("report review 2026-10 --outcome noted --by lin", "order-review last --by lin"),
    ("series close HAY05", "series HAY05"),
    ("series set business 'HAZ05{seq:3}' --from 2026-12-01", "series business"),
    ("staff end li", "staff li"),
    ("staff move li --department foreign-trade --role salesperson", "staff li"),
    ("staff amend-term sun --role trainee --from 2026-02-01 --reason 错", "staff sun"),
    ("staff rename li --name 李那 --reason 错", "staff li"),
    ("department rename business --zh 业物部 --reason 错", "department business"),
    ("department end quality --reason 错 --by chen", "department quality --by chen"),
    ("office rename 沈阳某公司 --reason 错", "office"),
    ("office amend --zone Asia/Manila --live-from 2026-09-01 --reason 错 --by chen", "office --by chen"),
];

#[test]
fn what_was_entered_of_the_office_is_taken_back_and_nothing_is_left_of_it() {
    let office = at_work();
    office.ok("department add quality --zh 质量部");
    let office = office.on("2026-11-03");
    let before = looks(&office);
    for (line, undo) in SLIPS {
        office.ok(line);
        assert_ne!(looks(&office), before, "{line}");
        office.ok(&format!("undo {undo}"));
        assert_eq!(looks(&office), before, "{line}");
        // The same again, and taken back once more.
        office.ok(line);
        office.ok(&format!("undo {undo} --reason 又错"));
        assert_eq!(looks(&office), before, "{line}");
    }
    let taken_back = office.ok("report taken-back --month 2026-11 --format csv");
    assert_eq!(taken_back.lines().count(), 1 + 2 * SLIPS.len(), "{taken_back}");
    assert_snapshot!(taken_back.lines().nth(5).unwrap(), @"holiday 2026-11-12,rule holiday add,2026-11-03,2026-11-03,no,chen,clerk,,,rule,");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r2_2_a_report_that_came_too_early_is_taken_back_once_nothing_is_reported_in_it() {
    let office = at_work();
    office.ok("info report --department foreign-trade --month 2026-10 --by qian");
    office
        .ok("info add --department business --customer 甲矿业 --region 辽宁省 --equipment 球磨机 --need 一台 --by li");
    office.ok("info report --department business --month 2026-10 --by wang");
    assert_snapshot!(office.refused(3, "undo report foreign-trade 2026-10"), @"R2.2: reporting user information is for the department-manager of foreign-trade, which clerk was not on 2026-10-08; name who did with --by qian");
    // A report in the same moment as another's takes nothing of that back.
    office.ok("info report --department baotou --month 2026-10 --by zhao");
    office.ok("undo report baotou 2026-10 --by zhao");
    assert_snapshot!(office.ok("undo report foreign-trade 2026-10 --by qian"), @"foreign-trade 2026-10: info report of 2026-10-08 is taken back");
    assert_snapshot!(office.refused(3, "undo report business 2026-10 --by wang"), @"R2.2: in it are reported: INF26-0001; take that back first with: branchbook undo INF26-0001");
    office.ok("undo INF26-0001");
    office.ok("undo report business 2026-10 --by wang");
    assert_eq!(office.count("SELECT count(*) FROM info_report"), 0);
    office.ok("info report --department business --month 2026-10 --by wang");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn what_has_a_command_of_its_own_is_led_to_it() {
    let office = at_work();
    for (line, undo) in [
        ("info route add --region 山东省 --to foreign-trade", "route 1"),
        ("gift catalog add 摆件 --price 180 --by chen", "gift-item 1"),
        ("staff deputy chen --person wang --until 2026-10-20 --by chen", "deputy 1"),
        ("info grant qian --until 2026-12-31 --by chen", "grant 1"),
        ("info quota exempt li --month 2026-10 --reason 病", "staff li"),
        ("staff login li --login lina", "staff li"),
    ] {
        office.ok(line);
        let outcome = office.run(&format!("undo {undo}"));
        assert_eq!(outcome.code, 2, "{line}\n{}{}", outcome.out, outcome.err);
    }
    assert_snapshot!(office.refused(2, "undo route 1"), @"info route add of 1 is not taken back by undo; put it right with: branchbook info route end 1");
    assert_snapshot!(office.refused(4, "undo route 7"), @"nothing stands of route 7 that was entered; did you mean route 1? see what was entered with: branchbook journal");
    assert_snapshot!(office.refused(2, "undo staff"), @"what of the office is taken back is named by its kind and its key; type: branchbook undo staff PERSON");
    assert_snapshot!(office.refused(4, "undo li"), @"there is no entry LI; what was entered last of it is taken back with: branchbook undo staff li");
    assert_snapshot!(office.refused(4, "undo contact.reply_days"), @"there is no entry CONTACT.REPLY_DAYS; what was entered last of it is taken back with: branchbook undo rule contact.reply_days");
}

/// What was said, with a file called by its name alone.
fn without_folder(office: &Office, said: &str) -> String {
    said.replace(&format!("{}/", office.path("").display().to_string().trim_end_matches('/')), "")
}

#[test]
fn an_import_of_the_wrong_roster_is_taken_back_whole() {
    let office = at_work();
    let before = looks(&office);
    std::fs::write(office.path("roster.csv"), "key,name,department,role,from\nzz1,张一,business,salesperson,2026-10-01\nzz2,张二,business,member,2026-10-01\n").unwrap();
    office.ok(&format!("staff import {}", office.path("roster.csv").display()));
    assert_snapshot!(without_folder(&office, &office.refused(4, "undo --import 7 --reason 错")), @"there is no import 7; the last imports are 1 (roster.csv)");
    assert_snapshot!(without_folder(&office, &office.ok("undo --import 1 --reason 错表")), @"import 1 of roster.csv: what it brought is taken back, 2 in all: 错表");
    assert_eq!(looks(&office), before);
    assert_snapshot!(office.refused(4, "undo --import 7 --reason 错"), @"there is no import 7; no import stands that could be taken back");
    office.ok(&format!("staff import {}", office.path("roster.csv").display()));
    office.ok("staff rename zz1 --name 张一一 --reason 错");
    assert_snapshot!(office.refused(3, "undo --import 2 --reason 错表"), @"R4.8: staff 张一一 has moved on: staff rename of 2026-10-08; take that back first with: branchbook undo staff zz1");
    office.ok("undo staff zz1");
    office.ok("undo --import 2 --reason 错表");
    assert_eq!(looks(&office), before);
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn what_is_refused_for_its_reason_and_for_who_it_is_names_a_line_that_works() {
    let office = at_work();
    office.ok("info report --department business --month 2026-10 --by wang");
    let office = office.on("2026-10-30");
    let said = office.refused(2, "undo report business 2026-10");
    let line = said.split("branchbook ").nth(1).unwrap();
    assert_eq!(line, "undo report business 2026-10 --by wang --reason REASON", "{said}");
    office.ok(&line.replace("REASON", "漏报"));
}
