//! The lists of the office go out and come in again: what a list wrote makes the same list in another book.

use insta::assert_snapshot;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::office::Office;

/// Each list of the office, and what brings it in, in the order in which one stands on the other.
const LISTS: [(&str, &str); 7] = [
    ("department list", "department import"),
    ("staff list --all", "staff import"),
    ("series list", "series import"),
    ("rule list", "rule import"),
    ("info route list", "info route import"),
    ("info quota list", "info quota import"),
    ("gift catalog list", "gift catalog import"),
];

/// An office in which nothing is entered, with something in every list.
fn full() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.all_ok(&[
        "department add xian --name 西安办事处 --en \"Xi'an Office\" --ko 시안사무소 --ledger HAX{yy}{seq:2} --reports",
        "department add workshop --name '车间, \"一\"'",
        "department end workshop --reason 撤销",
        "staff add ma --name 马丽 --department xian --role salesperson --login mali --until 2026-12-31",
        "staff role li --department xian --role trainee --from 2026-11-01",
        "staff end sun --until 2026-09-30",
        "series set shandong HAS{yy}{seq:3} --from 2026-11-01",
        "rule set contact.reply_days 7 --by chen",
        "rule set gift.recipient_limit 500 --by lin",
        "rule set fee.rate_percent 4.5 --by lin",
        "info route add --region 陕西省 --to xian",
        "info route add --equipment 磨机 --to business",
        "info route end 2",
        "info quota set --department xian --count 3 --from 2026-10",
        "info quota set --person ma --count 2 --from 2026-11",
        "info quota exempt ma 2026-12 --reason 产假",
        "gift catalog add 茶叶 --price 300 --by chen",
        "gift catalog add 铸铜摆件 --price 360.50 --by lin",
        "gift catalog end 1 --by chen",
    ]);
        office
    })
}

/// A book of the same clerk, founded on the same day, in which nobody else is.
fn empty() -> Office {
    Office::made(|| {
        let office = Office::empty().on("2026-01-01");
        office.ok("init --name 沈阳某机械公司销售分公司");
        office.on("2026-10-08")
    })
}

/// What a list writes.
fn written(office: &Office, list: &str) -> String {
    office.ok(&format!("{list} --format csv"))
}

#[test]
fn every_list_of_the_office_comes_in_as_it_went_out() {
    let (from, into) = (full(), empty());
    for again in [false, true] {
        for (list, import) in LISTS {
            let file = into.file("list.csv", written(&from, list));
            let answer = into.ok(&format!("{import} {file}"));
            assert_eq!(answer.contains(" imported: 0"), again, "a second time nothing is new: {answer}");
        }
    }
    for (list, _) in LISTS {
        assert_eq!(written(&into, list), written(&from, list), "{list}");
        assert!(written(&from, list).lines().count() > 2, "{list}");
    }
    assert_eq!(into.run("verify").code, 0);
}

#[test]
fn any_roster_comes_in_as_it_went_out() {
    let roles = prop::sample::select(vec![
        "salesperson",
        "trainee",
        "clerk",
        "member",
        "service",
        "department-manager",
        "company-leader",
    ]);
    let departments = prop::sample::select(vec!["business", "general", "shandong", "technology"]);
    let names = prop::sample::select(vec!["王建国", "李 娜", "O'Brien, \"Pat\"", "김철수", "=张"]);
    let term = (0..6_usize, names, roles, departments, 1..28_u32, prop::option::of(1..28_u32));
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() });
    let tried = runner.run(&prop::collection::vec(term, 1..10), |terms| {
        let (from, into) = (empty(), empty());
        for (person, name, role, department, first, last) in terms {
            let until = last.map_or_else(String::new, |day| format!("--until 2026-12-{day:02}"));
            let term =
                format!("--role {role} --department {department} --from 2026-{:02}-{first:02} {until}", person + 1);
            let known = from.run(&format!("staff show p{person}")).code == 0;
            let line = if known {
                format!("staff role p{person} {term}")
            } else {
                format!("staff add p{person} --name {} {term}", shlex::try_quote(name).unwrap())
            };
            from.run(&line);
        }
        let list = "staff list --all --format csv";
        let written = from.ok(list);
        let file = into.file("roster.csv", &written);
        into.ok(&format!("staff import {file}"));
        prop_assert_eq!(into.ok(list), written);
        Ok(())
    });
    tried.unwrap();
}

#[test]
fn a_roster_with_chinese_headings_and_words_comes_in() {
    let office = empty();
    let roster = office.file(
        "花名册.csv",
        "工号,姓名,部门,职务,入职日期,离职日期,登录名\nma,马丽,山东淄博办事处,业务员,2025-03-01,,mali\nhu,胡军,综合管理部,文员,2026年1月5日,,\n",
    );
    assert_snapshot!(office.ok(&format!("staff import {roster}")).replace(&roster, "花名册.csv"), @"花名册.csv: terms imported: 2");
    assert_snapshot!(office.ok("staff list --all --format csv"), @"
    key,name,role,department,from_on,until_on,os_login,entered_also_as
    clerk,clerk,clerk,general,2026-01-01,,clerk,
    hu,胡军,clerk,general,2026-01-05,,,
    ma,马丽,salesperson,shandong,2025-03-01,,mali,
    ");
    let labels = office.ok("staff list --all --format csv --labels --lang zh");
    let again = office.file("again.csv", &labels);
    assert!(office.ok(&format!("staff import {again}")).contains("imported: 0"), "{labels}");
}

#[test]
fn a_row_that_is_otherwise_in_the_book_or_makes_no_sense_is_refused() {
    let office = full();
    let refused = |import: &str, rows: &str| {
        let file = office.file("bad.csv", rows);
        office.refused(1, &format!("{import} {file}")).replace(&file, "bad.csv")
    };
    assert_snapshot!(refused("department import", "key,name_zh,branch\nbusiness,营销部,yes\nx,西安办事处,maybe\ny,西安办事处,no\n"), @"
    bad.csv:2: business is otherwise in the book; see branchbook department list; change it there with department rename and department amend
    bad.csv:3: branch: is neither yes nor no
    bad.csv:4: another department is called 西安办事处; see branchbook department list
    3 of 3 rows cannot be taken; nothing was imported
    ");
    assert_snapshot!(refused("series import", "series,template,from_on\nbusiness,HAY{seq,2026-01-01\nnone,HAZ{seq:3},2026-01-01\n"), @"
    bad.csv:2: the template `HAY{seq` has a { without its }; type it as HAY05{seq:3} or HAB{yy}{seq:3}
    bad.csv:3: there is no series none; see branchbook series list
    2 of 2 rows cannot be taken; nothing was imported
    ");
    assert_snapshot!(refused("rule import", "key,value,from_on,set_by\ncontact.reply_days,x,2026-01-01,chen\ncontact.reply_days,9,2026-02-01,li\nnone,1,2026-01-01,chen\n"), @r#"
    bad.csv:2: "x" is no number of days; give a whole number
    bad.csv:3: R4.7: setting contact.reply_days is for the branch-manager, which 李娜 was not on 2026-10-08; name who decided: --by chen
    bad.csv:4: there is no figure none; see branchbook rule list
    3 of 3 rows cannot be taken; nothing was imported
    "#);
    assert_snapshot!(refused("info route import", "region,equipment,department\n,,business\n辽宁省,,technology\n"), @"
    bad.csv:2: a route names a region or an equipment type
    bad.csv:3: R2.2: technology (技术开发科) does not work with user information; give one of: business, foreign-trade, shandong, baotou, xian
    2 of 2 rows cannot be taken; nothing was imported
    ");
    assert_snapshot!(refused("info quota import", "kind,holder,from_month,indicator\nteam,li,2026-11,3\nperson,li,2026-13,3\nperson,nobody,2026-11,3\n"), @"
    bad.csv:2: kind: is none of: department, person, exemption
    bad.csv:3: `2026-13` is not in the calendar; type the month as 2026-11
    bad.csv:4: nobody on the staff is called nobody; see branchbook staff list, or enter the person with: branchbook staff add KEY --name nobody --department DEPARTMENT --role ROLE
    3 of 3 rows cannot be taken; nothing was imported
    ");
    assert_snapshot!(refused("gift catalog import", "name,price,approved_by,from_on\n茶杯,0,chen,2026-10-01\n茶杯,10,li,2026-10-01\n"), @"
    bad.csv:2: a gift costs more than nothing; give the price with --price YUAN
    bad.csv:3: R5.3(3): approving an item of the gift list is for the branch-manager or a company-leader, which 李娜 was not on 2026-10-01; name who did with --by chen or --by lin
    2 of 2 rows cannot be taken; nothing was imported
    ");
}

#[test]
fn the_lists_of_the_office_are_brought_in_by_those_who_enter_them() {
    let office = full().at_the_keyboard("li");
    for (import, rows) in [
        ("department import", "key,name_zh\nx,车间二\n"),
        ("series import", "series,template,from_on\nshandong,HAQ{seq:3},2026-12-01\n"),
        ("rule import", "key,value,from_on,set_by\ncontact.reply_days,9,2026-12-01,chen\n"),
        ("info route import", "region,department\n辽宁省,business\n"),
        ("info quota import", "kind,holder,from_month,indicator\nperson,ma,2026-12,3\n"),
        ("gift catalog import", "name,price,approved_by,from_on\n茶杯,10,chen,2026-10-01\n"),
        ("staff import", "key,name,department,role\nx,某,general,clerk\n"),
    ] {
        let file = office.file("rows.csv", rows);
        let outcome = office.run(&format!("{import} {file}"));
        assert_ne!(outcome.code, 0, "{import}: {}", outcome.out);
    }
}

#[test]
fn yes_and_no_are_known_in_the_words_of_the_languages() {
    for (said, reports) in [("√", "yes"), ("有", "yes"), ("TRUE", "yes"), ("×", "no"), ("아니오", "no"), ("", "no")]
    {
        let office = Office::staffed();
        let list = office.ok("department list --format csv");
        let (head, _) = list.split_once('\n').unwrap();
        let row: Vec<String> = head
            .split(',')
            .map(|name| match name {
                "key" => "xian",
                "zh" | "name_zh" => "西安办事处",
                "reports" => said,
                _ => "",
            })
            .map(str::to_owned)
            .collect();
        let file = office.file("departments.csv", format!("{head}\n{}\n", row.join(",")));
        office.ok(&format!("department import {file} --by chen"));
        let wanted = i64::from(reports == "yes");
        assert_eq!(office.count("SELECT reports_flag FROM department WHERE key = 'xian'"), wanted, "{said}");
    }
}

#[test]
fn r2_3_regions_of_old_projects_that_are_no_division_are_named() {
    let office = Office::founded_on("2026-10-08");
    let file = office.file("projects.csv", "opened_on,department,customer,title,region,opened_by\n2026-09-01,business,甲,磨机,辽宁省鞍山市,wang\n2026-09-02,business,乙,磨机,火星,wang\n");
    let said = office.run(&format!("project import {file}"));
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.err.contains(
            "regions that begin with no province, city or county of China that is known, kept as they are: 火星 (1)"
        ),
        "{}",
        said.err
    );
}

#[test]
fn a_word_stands_for_another_in_a_field_whatever_the_field_is_called() {
    let office = empty();
    let roster = office.file("花名册.csv", "账号,姓名,部门,职务\nma,马丽,淄博办事处,业务员\n");
    for field in ["department", "部门", "科室"] {
        office.ok(&format!("staff import {roster} --value {field}:淄博办事处=shandong --dry-run"));
    }
    assert_snapshot!(
        office.refused(2, &format!("staff import {roster} --value until:长期=2030-01-01")),
        @r#"no column gives until, so --value until: stands for nothing; name its column with --map until=COLUMN; the columns are: 账号, 姓名, 部门, 职务"#
    );
}

/// One rule over all imports: what calls itself a sum is no row, though the file has no column that must be filled.
#[test]
fn r1_a_sum_in_a_roster_is_passed_over_and_an_unknown_department_leads_on() {
    let office = Office::staffed();
    let roster = |rows: &str| office.file("roster.csv", format!("姓名,工号,部门,职务\n{rows}"));
    let file = roster("韩冰,han,业务部,salesperson\n合计,1人,,\n");
    let imported = office.ok(&format!("staff import {file} --by chen"));
    assert!(imported.ends_with("roster.csv: terms imported: 1\n"), "{imported}");
    let file = roster("马工,ma,包头处,member\n");
    let refused = office.refused(1, &format!("staff import {file} --by chen"));
    let said = "there is no department 包头处; see branchbook department list; --value department:包头处=DEPARTMENT says which it means";
    assert!(refused.contains(said), "{refused}");
    office.ok(&format!("staff import {file} --by chen --value department:包头处=baotou"));
}
