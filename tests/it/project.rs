//! Projects: opening one, who leads it, and the contact forms that belong to it (R3).

use insta::assert_snapshot;

use crate::office::Office;

const ADD: &str = "project add --department business --customer 包头钢铁(集团)有限责任公司 --title '球磨机 2 台' -q";

/// What makes a project of a mine ready for its contract: `wang` opens PRJ26-001, `li` leads it, and `wu` has reviewed it.
pub(crate) const REVIEWED: [&str; 3] = [
    "project add --department business --customer 甲矿业 --title 磨机 --amount 120万 --by wang",
    "project lead PRJ26-001 --person li --by wang",
    "project review PRJ26-001 --item 技术 --reviewer wu --pass",
];

/// An office with a major project, PRJ26-001, that li leads from 2026-10-09.
pub(crate) fn led() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok(&format!("{ADD} --amount 1260万"));
        let office = office.on("2026-10-09");
        office.ok("project lead PRJ26-001 --person li --by chen");
        office
    })
}

/// Lets the contract review of a project pass, on the office's day.
pub(crate) fn review(office: &Office, number: &str) {
    office.ok(&format!("project review {number} --item 技术要求 --reviewer wu --pass"));
}

#[test]
fn r3_1_a_major_projects_leader_is_appointed_by_the_branch_manager() {
    let office = Office::staffed();
    assert_eq!(office.ok(&format!("{ADD} --amount 1260万")), "PRJ26-001\n");
    assert_snapshot!(office.refused(3, "project lead PRJ26-001 --person li --by wang"), @"R3.1: appointing the leader of PRJ26-001, a major project, is for the branch-manager, which 王建国 was not on 2026-10-08; name who decided: --by chen");
    assert_snapshot!(office.ok("project lead PRJ26-001 --person li --by chen"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": led by 李娜 from 2026-10-08, appointed by 陈总"#);
}

#[test]
fn r3_1_another_projects_leader_is_appointed_by_its_departments_manager() {
    let office = Office::staffed();
    office.ok(&format!("{ADD} --amount 4,999,999.99"));
    assert_snapshot!(office.refused(3, "project lead PRJ26-001 --person li --by zhao"), @"R3.1: appointing the leader of PRJ26-001 is for the department-manager of business, which 赵刚 was not on 2026-10-08; name who decided: --by wang");
    office.ok("project lead PRJ26-001 --person li --by wang");
    // The figure's own amount is major, and so is what is said to be.
    office.ok(&format!("{ADD} --amount 500万"));
    office.ok(&format!("{ADD} --major"));
    for number in ["PRJ26-002", "PRJ26-003"] {
        assert!(office.refused(3, &format!("project lead {number} --person li --by wang")).starts_with("R3.1: "));
    }
}

#[test]
fn r3_1_a_hand_over_keeps_the_old_term() {
    let office = led().on("2026-10-20");
    office.ok("project add --department baotou --customer 包钢设备部 --title 备件");
    office.ok("project lead PRJ26-002 --person sun --by zhao");
    office.ok("project lead PRJ26-001 --person wang --by chen");
    for (day, leader) in
        [("2026-10-08", None), ("2026-10-09", Some("li")), ("2026-10-19", Some("li")), ("2026-10-20", Some("wang"))]
    {
        let shown = office.ok(&format!("project show PRJ26-001 --on {day} --format json"));
        let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(shown[0]["leader"].as_str(), leader, "{day}");
    }
    assert_snapshot!(office.ok("project show PRJ26-001"), @"
    PRJ26-001
    ┌────────────┬────────────────────────────┐
    │ number     │ PRJ26-001                  │
    │ state      │ open                       │
    │ opened on  │ 2026-10-08                 │
    │ customer   │ 包头钢铁(集团)有限责任公司 │
    │ title      │ 球磨机 2 台                │
    │ leader     │ 王建国                     │
    │ department │ business                   │
    │ amount     │ 12,600,000.00              │
    │ major      │ yes                        │
    │ opened by  │ clerk                      │
    │ amendments │ 0                          │
    └────────────┴────────────────────────────┘
    Leaders
    ┌────────┬────────────┬────────────┬──────────────┬────────────┐
    │ person │ from       │ until      │ appointed by │ entered by │
    ├────────┼────────────┼────────────┼──────────────┼────────────┤
    │ 李娜   │ 2026-10-09 │ 2026-10-19 │ 陈总         │ clerk      │
    │ 王建国 │ 2026-10-20 │            │ 陈总         │ clerk      │
    └────────┴────────────┴────────────┴──────────────┴────────────┘
    2 rows
    ");
}

#[test]
fn r3_1_nobody_is_appointed_before_the_project_or_the_last_appointment_or_twice() {
    let office = led().on("2026-10-20");
    office.ok("project lead PRJ26-001 --person wang --by chen");
    assert_snapshot!(office.refused(2, "project lead PRJ26-001 --person li --by chen --on 2026-10-10"), @"PRJ26-001 is led by 李娜 already; name another with --person PERSON");
    assert_snapshot!(office.refused(2, "project lead PRJ26-001 --person li --by chen --on 2026-10-01"), @"PRJ26-001 bears the day 2026-10-08, and nothing happens to it on 2026-10-01; give the day it happened with --on DATE");
    assert_snapshot!(office.refused(2, "project lead PRJ26-001 --person wang --by chen"), @"PRJ26-001 is led by 王建国 already; name another with --person PERSON");
}

#[test]
fn r3_1_a_leader_was_on_the_staff_that_day() {
    let office = Office::staffed();
    office.ok(ADD);
    office.ok("staff end li --until 2026-09-30");
    assert_snapshot!(office.refused(3, "project lead PRJ26-001 --person li --by wang"), @r#"R3.1: 李娜 was not on the staff on 2026-10-08; name another person with --person PERSON"#);
}

#[test]
fn r3_1_a_project_is_opened_by_somebody_of_its_department_or_a_clerk() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(3, &format!("{ADD} --by zhao")), @"R3.1: opening a project is for somebody of business, which 赵刚 was not on 2026-10-08; name who did it with --by PERSON");
    office.ok(&format!("{ADD} --by li"));
    office.ok(ADD);
}

#[test]
fn a_project_is_listed_in_every_format() {
    let office = led();
    office.ok("project add --department baotou --customer 包钢设备部 --title 备件 --product 衬板 --region 内蒙古包头市 --by sun");
    assert_snapshot!(office.ok("project list"), @r"
        Projects
        ┌───────────┬───────┬────────────┬────────────────────────────┬─────────────┬────────┬────────────┬───────────────┬───────┬─────────┬──────────────┬───────────┬────────────┐
        │ number    │ state │ opened on  │ customer                   │ title       │ leader │ department │        amount │ major │ product │ region       │ opened by │ amendments │
        ├───────────┼───────┼────────────┼────────────────────────────┼─────────────┼────────┼────────────┼───────────────┼───────┼─────────┼──────────────┼───────────┼────────────┤
        │ PRJ26-001 │ open  │ 2026-10-08 │ 包头钢铁(集团)有限责任公司 │ 球磨机 2 台 │ 李娜   │ business   │ 12,600,000.00 │ yes   │         │              │ clerk     │          0 │
        │ PRJ26-002 │ open  │ 2026-10-09 │ 包钢设备部                 │ 备件        │        │ baotou     │               │ no    │ 衬板    │ 内蒙古包头市 │ 孙立      │          0 │
        ├───────────┼───────┼────────────┼────────────────────────────┼─────────────┼────────┼────────────┼───────────────┼───────┼─────────┼──────────────┼───────────┼────────────┤
        │ total     │       │            │                            │             │        │            │ 12,600,000.00 │       │         │              │           │            │
        └───────────┴───────┴────────────┴────────────────────────────┴─────────────┴────────┴────────────┴───────────────┴───────┴─────────┴──────────────┴───────────┴────────────┘
        2 rows
        ");
    assert_snapshot!(office.ok("project list --person li --format csv"), @"
    number,state,opened_on,customer,title,leader,department,amount,contract,signed_on,contract_amount,currency,received,owed,unplanned,major,product,region,source,delivered_on,accepted_on,ended_on,outcome,opened_by,void_reason,amendments,ended_by,entered_later_on,production_on,import
    PRJ26-001,open,2026-10-08,包头钢铁(集团)有限责任公司,球磨机 2 台,li,business,12600000.00,,,,,,,,yes,,,,,,,,clerk,,0,,,,
    ");
    assert_snapshot!(office.ok("project list --department baotou --format json"), @r#"
    [
    {"number":"PRJ26-002","state":"open","opened_on":"2026-10-09","customer":"包钢设备部","title":"备件","leader":null,"department":"baotou","amount":null,"contract":null,"signed_on":null,"contract_amount":null,"currency":null,"received":null,"owed":null,"unplanned":null,"major":false,"product":"衬板","region":"内蒙古包头市","source":null,"delivered_on":null,"accepted_on":null,"ended_on":null,"outcome":null,"opened_by":"sun","void_reason":null,"amendments":0,"ended_by":null,"entered_later_on":null,"production_on":null,"import":null}
    ]
    "#);
    assert_snapshot!(office.ok("project list --text 备件 --format jsonl"), @r#"{"number":"PRJ26-002","state":"open","opened_on":"2026-10-09","customer":"包钢设备部","title":"备件","leader":null,"department":"baotou","amount":null,"contract":null,"signed_on":null,"contract_amount":null,"currency":null,"received":null,"owed":null,"unplanned":null,"major":false,"product":"衬板","region":"内蒙古包头市","source":null,"delivered_on":null,"accepted_on":null,"ended_on":null,"outcome":null,"opened_by":"sun","void_reason":null,"amendments":0,"ended_by":null,"entered_later_on":null,"production_on":null,"import":null}"#);
}

#[test]
fn a_spoilt_project_is_void_and_stays() {
    let office = led();
    assert_snapshot!(office.ok("project void PRJ26-001 --reason 重复立项"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": void, 重复立项"#);
    assert_snapshot!(office.refused(3, "project lead PRJ26-001 --person wang --by chen"), @"R3.1: PRJ26-001 is void, and lead takes an entry that is open or negotiating or contracted or delivered or accepted; nothing leads on from there; where that is a slip, take it back with: branchbook undo PRJ26-001 --reason REASON");
    assert_eq!(office.ok(&format!("{ADD} --by li")), "PRJ26-002\n");
}

#[test]
fn r4_2_the_leader_issues_the_projects_forms() {
    let office = led();
    let form = "contact add --department business --kind KIND --to general --project PRJ26-001 --subject 发运通知 --content 发运 -q";
    for kind in ["pre-contract", "execution", "after-sales", "user-request", "shipping"] {
        office.ok(&format!("{} --by li", form.replace("KIND", kind)));
    }
    // Once there is a leader, the manager no longer stands for one.
    for kind in ["execution", "user-request"] {
        let refused = office.refused(3, &format!("{} --by wang", form.replace("KIND", kind)));
        assert!(refused.contains("not by 王建国") && refused.contains("--by li"), "{refused}");
    }
    // Before li was appointed, the manager stood for the leader.
    office.ok(&format!("{} --by wang --on 2026-10-08", form.replace("KIND", "execution")));
    assert_snapshot!(office.refused(3, &format!("{} --by li --on 2026-10-08", form.replace("KIND", "execution"))), @"R4.3: a form of kind execution from business is issued by the project's leader (here the department's manager) or a contract administrator, not by 李娜; name who issued it with --by wang or --by he, or record the breach with --exception REASON");
}

#[test]
fn r4_7_a_form_is_filed_into_its_projects_contract_file() {
    let office = led();
    office.ok("contact add --department business --kind execution --to technology --project prj26-001 --subject 图纸 --content 确认 --by li");
    office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 旧图 --content 确认 --by wang",
    );
    for number in ["HAY05001", "HAY05002"] {
        office.ok(&format!("contact sign {number} --by wu"));
    }
    assert_snapshot!(office.ok("contact archive HAY05001 --by he"), @r#"HAY05001 "图纸" to technology: archived on 2026-10-09 by 何平, in the file of PRJ26-001"#);
    assert_snapshot!(office.ok("contact archive HAY05002 --project PRJ26-001 --by he"), @r#"HAY05002 "旧图" to technology: archived on 2026-10-09 by 何平, in the file of PRJ26-001"#);
    assert_snapshot!(office.ok("contact papers PRJ26-001 --format csv"), @"
    number,state,issued_on,kind,subject,addressed_to,archived_on,contract_file,issued_by,holder
    HAY05001,archived,2026-10-09,execution,图纸,technology,2026-10-09,PRJ26-001,li,
    HAY05002,archived,2026-10-09,pre-contract,旧图,technology,2026-10-09,PRJ26-001,wang,
    ");
    assert_snapshot!(office.refused(4, "contact amend HAY05002 --project PRJ26-009 --reason 错"), @"there is no project or contract PRJ26-009; did you mean PRJ26-001? see branchbook project list");
}

#[test]
fn an_old_register_of_projects_comes_in_and_out_the_same() {
    let office = Office::staffed();
    let old = office.file(
        "old.csv",
        "编号,客户,项目,负责人,金额,立项日期,状态\nPRJ24-007,包钢,球磨机 2 台,li,\"¥1,260,000.00\",2024/3/5,open\n,鞍钢,备件,,,2024年6月1日,\n",
    );
    let import = format!(
        "project import {old} --department business --map number=编号 --map customer=客户 --map title=项目 --map leader=负责人 --map amount=金额 --map on=立项日期 --map state=状态 --set by=wang"
    );
    assert_snapshot!(office.ok(&import).replace(&old, "old.csv"), @"old.csv: projects imported: 2");
    assert_snapshot!(office.ok(&import).replace(&old, "old.csv"), @"old.csv: projects imported: 0, in the book already: 2");
    let first = office.ok("project list --format csv");
    assert_snapshot!(first, @"
    number,state,opened_on,customer,title,leader,department,amount,contract,signed_on,contract_amount,currency,received,owed,unplanned,major,product,region,source,delivered_on,accepted_on,ended_on,outcome,opened_by,void_reason,amendments,ended_by,entered_later_on,production_on,import
    PRJ24-007,open,2024-03-05,包钢,球磨机 2 台,li,business,1260000.00,,,,,,,,no,,,,,,,,wang,,0,,,,1
    PRJ24-008,open,2024-06-01,鞍钢,备件,,business,,,,,,,,,no,,,,,,,,wang,,0,,,,1
    ");
    assert_eq!(
        office.ok("project add --department business --customer 鞍钢 --title 大修 --on 2024-12-01 --far -q"),
        "PRJ24-009\n"
    );
    let other = Office::staffed();
    let file = other.file("export.csv", &first);
    other.ok(&format!("project import {file}"));
    assert_eq!(other.ok("project list --format csv"), first);
    // The numbers before PRJ24-007 are missing, which verify says; everything else is as the journal left it.
    let verified = other.run("verify --format csv").out;
    assert!(verified.contains("things,ok,") && verified.contains("states,ok,"), "{verified}");
}

#[test]
fn a_bad_row_of_an_old_register_says_why_and_changes_nothing() {
    let office = Office::staffed();
    let header = "number,customer,title,opened_on,opened_by,department,state,amount,source,void_reason,ended_on";
    for (row, said) in [
        (
            "PRJ24-007,包钢,磨机,2024-03-05,wang,business,running,,,,",
            "state: \"running\" is no state; give one of: open, negotiating, contracted, delivered, accepted, closed, lost, terminated, void; --value state:running=STATE says which it means",
        ),
        (
            "HAY05007,包钢,磨机,2024-03-05,wang,business,,,,,",
            "number: HAY05007 is no number of the series project; see branchbook series list",
        ),
        ("PRJ24-007,,磨机,2024-03-05,wang,business,,,,,", "customer: is empty"),
        ("PRJ24-007,包钢,磨机,2024-03-05,wang,business,,1.234,,,", "amount: "),
        ("PRJ24-007,包钢,磨机,2024-03-05,wang,business,,,INF24-0001,,", "source: there is no entry INF24-0001"),
        (
            "PRJ24-007,包钢,磨机,2024-03-05,wang,business,void,,,,",
            "void_reason: it is void and has no reason; --set void_reason=REASON gives one for all rows that are void",
        ),
        (
            "PRJ24-007,包钢,磨机,2024-03-05,wang,business,,,,,2024-05-01",
            "ended_on: an entry that is open has not ended",
        ),
        (
            "PRJ24-007,***,磨机,2024-03-05,wang,business,,,,,",
            "customer: is masked; export the list as somebody who may read it",
        ),
    ] {
        let file = office.file("old.csv", format!("{header}\n{row}\n"));
        let refused = office.refused(1, &format!("project import {file}"));
        assert!(refused.contains(&format!("old.csv:2: {said}")), "{row}\n{refused}");
    }
}
