//! The work on a project: schedule, log, contract review, problems, delivery and the end (R3.2–R3.6, R3.8, R3.9).

use insta::assert_snapshot;

use crate::office::Office;
use crate::project::{led, review};

/// PRJ26-001 of li, contracted on 2026-10-22 and paid by its instalments.
pub(crate) fn contracted() -> Office {
    Office::made(|| {
        let office = led().on("2026-10-22");
        review(&office, "PRJ26-001");
        office.ok("project contract PRJ26-001 --contract BG-2026-118 --signed-on 2026-10-22 --amount 1258万 --line '球磨机;2;629万' --warranty-months 12");
        office.ok("project instalments PRJ26-001 --advance 30% --progress 30% --delivery 30% --warranty 10%");
        office
    })
}

/// What keeps PRJ26-001 open: clause and what, a line each.
pub(crate) fn blockers(office: &Office) -> Vec<String> {
    let rows: Vec<serde_json::Value> =
        serde_json::from_str(&office.ok("project blockers PRJ26-001 --format json")).unwrap();
    rows.iter().map(|row| format!("{} {}", row["clause"].as_str().unwrap(), row["what"].as_str().unwrap())).collect()
}

/// What of PRJ26-001 waits on the office's day.
fn waiting(office: &Office) -> String {
    office.ok("due --format csv").lines().filter(|line| line.contains("PRJ26-001")).collect::<Vec<_>>().join("\n")
}

#[test]
fn r3_2_the_leader_plans_and_reaches_milestones() {
    let office = led();
    let plan = "project plan PRJ26-001 --what 技术谈判 --due 2026-10-20";
    assert_snapshot!(office.refused(3, &format!("{plan} --by wang")), @"R3.2: planning a project is for PRJ26-001's leader, which 王建国 was not on 2026-10-09; name who did with --by li");
    assert_snapshot!(office.ok(&format!("{plan} --by li")), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": 技术谈判 is due on 2026-10-20"#);
    assert_snapshot!(office.refused(3, "project plan PRJ26-001 --what 技术谈判 --due 2026-10-25"), @"R3.2: 技术谈判 of PRJ26-001 is due on 2026-10-20 already; say why the day is another with --reason REASON");
    assert_snapshot!(office.ok("project plan PRJ26-001 --what 技术谈判 --due 2026-10-25 --reason 用户改期"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": 技术谈判 is due on 2026-10-25, no longer on 2026-10-20"#);
    assert_snapshot!(office.ok("project plan PRJ26-001 --what 图纸 --due 2026-11-05"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": 图纸 is due on 2026-11-05"#);
    assert_snapshot!(office.refused(4, "project done PRJ26-001 --what 交货"), @"PRJ26-001 has no milestone 交货; see it with: branchbook project show PRJ26-001");
    let office = office.on("2026-10-28");
    assert_snapshot!(office.ok("project done PRJ26-001 --what 技术谈判"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": 技术谈判 reached on 2026-10-28, 3 days late"#);
    assert_snapshot!(office.refused(3, "project done PRJ26-001 --what 1"), @"R3.2: 技术谈判 of PRJ26-001 was reached on 2026-10-28; plan another milestone in other words");
    assert_snapshot!(office.ok("project done PRJ26-001 --what 2 --on 2026-10-28"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": 图纸 reached on 2026-10-28"#);
    assert_snapshot!(office.refused(2, "project plan PRJ26-001 --what 验收 --due 2026-10-01"), @"2026-10-01 is before PRJ26-001 was opened on 2026-10-08; give a later day with --due DATE");
    office.ok("verify");
}

#[test]
fn r3_2_what_slipped_is_listed_and_waits() {
    let office = led();
    office.ok("project plan PRJ26-001 --what 技术谈判 --due 2026-10-20");
    office.ok("project plan PRJ26-001 --what 图纸 --due 2026-10-20");
    office.ok("project plan PRJ26-001 --what 图纸 --drop --reason 用户自备");
    office.ok("project add --department baotou --customer 包钢设备部 --title 备件 --by sun");
    assert_eq!(office.ok("project list --late --on 2026-10-20 --format csv").lines().count(), 1);
    assert_snapshot!(office.ok("project list --late --on 2026-10-21 --format jsonl").split("\"customer\"").next().unwrap(), @r#"{"number":"PRJ26-001","state":"open","milestone":"技术谈判","due_on":"2026-10-20","days_late":1,"opened_on":"2026-10-08","#);
    let office = office.on("2026-10-21");
    assert_snapshot!(waiting(&office), @r#"
    2026-10-08,PRJ26-001,a major project has no team,branchbook project team PRJ26-001 --member PERSON,13,business,li,R3.9
    2026-10-20,PRJ26-001,milestone: 技术谈判,branchbook project done PRJ26-001 --what 技术谈判,1,business,li,R3.2
    "#);
    office.ok("project done PRJ26-001 --what 技术谈判");
    assert_eq!(office.ok("project list --late --format csv").lines().count(), 1);
}

#[test]
fn r3_3_no_contract_is_signed_before_its_review_has_passed() {
    let office = led().on("2026-10-22");
    let contract = "project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-22 --amount 1258万";
    assert_snapshot!(office.refused(3, contract), @"R3.3: the contract of PRJ26-001 was not reviewed up to 2026-10-22; enter the review with: branchbook project review PRJ26-001 --item ITEM --reviewer PERSON --pass, or record the breach with --exception REASON");
    assert_snapshot!(office.refused(3, "project review PRJ26-001 --item 技术要求 --reviewer li --pass"), @"R3.3: 李娜 leads PRJ26-001 and does not review it as well; name another with --reviewer PERSON");
    assert_snapshot!(office.refused(2, "project review PRJ26-001 --item 技术要求 --reviewer wu"), @"
    error: missing: <--pass|--fail>
      type: branchbook project review PRJ26-001 --item 技术要求 --reviewer wu --pass
    ");
    assert_snapshot!(office.ok("project review PRJ26-001 --item 技术要求 --reviewer wu --fail --opinion 轴承座尺寸不符"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": 技术要求 failed, reviewed on 2026-10-22 by 吴工; open: 技术要求"#);
    assert_snapshot!(office.ok("project review PRJ26-001 --item 交货期 --reviewer wu --pass --by wu"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": 交货期 passed, reviewed on 2026-10-22 by 吴工; open: 技术要求"#);
    assert_snapshot!(office.refused(3, contract), @"R3.3: the contract review of PRJ26-001 had not passed on 2026-10-22: 技术要求; enter the next review with: branchbook project review PRJ26-001 --item 技术要求 --reviewer PERSON --pass, or record the breach with --exception REASON");
    assert_snapshot!(office.ok("project review PRJ26-001 --item 技术要求 --reviewer wu --pass --opinion 已改图"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": 技术要求 passed, reviewed on 2026-10-22 by 吴工; the review has passed"#);
    office.ok(contract);
    office.ok("verify");
}

#[test]
fn r3_3_a_contract_that_is_excepted_from_review_is_a_recorded_breach() {
    let office = led().on("2026-10-22");
    let contract = "project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-22 --amount 1258万";
    let outcome = office.run(&format!("{contract} --exception 总经理批准先签"));
    assert_eq!(
        (outcome.code, outcome.err.starts_with("recorded as an exception: R3.3: ")),
        (0, true),
        "{}",
        outcome.err
    );
    assert!(office.ok("report exceptions --format csv").contains("PRJ26-001,R3.3,2026-10-22,clerk,总经理批准先签"));
}

#[test]
fn r3_4_the_first_negotiation_opens_the_talks() {
    let office = led();
    assert_snapshot!(office.ok("project log PRJ26-001 --kind call --text 询价"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": call 1 in its log, on 2026-10-09 by clerk"#);
    assert_snapshot!(office.ok("project log PRJ26-001 --kind negotiation --text 技术交流 --by li"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": negotiation 2 in its log, on 2026-10-09 by 李娜; negotiating"#);
    assert_snapshot!(office.ok("project log PRJ26-001 --kind negotiation --text 商务谈判"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": negotiation 3 in its log, on 2026-10-09 by clerk"#);
    assert_snapshot!(office.ok("project lose PRJ26-001 --reason 价格 --by wang"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": lost on 2026-10-09 by 王建国"#);
    assert_snapshot!(office.refused(3, "project log PRJ26-001 --kind call --text 再议"), @"R3.6: PRJ26-001 is lost, and log takes an entry that is open or negotiating or contracted or delivered or accepted; from there: branchbook project reopen PRJ26-001 --reason REASON");
}

#[test]
fn r3_5_a_problem_is_with_a_department_until_it_is_solved() {
    let office = led();
    let problem = "project problem PRJ26-001 --what 铸件气孔 --department technology";
    assert_snapshot!(office.refused(3, problem), @"R3.5: PRJ26-001 is open, and problem takes an entry that is contracted or delivered or accepted; from there: branchbook project contract PRJ26-001 --contract CONTRACT --signed-on DATE --amount AMOUNT, or log, review, lose, void");
    let office = contracted().on("2026-10-25");
    assert_snapshot!(office.ok(problem), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": problem 1, found on 2026-10-25, with technology"#);
    let office = office.on("2026-10-29");
    assert_snapshot!(office.ok("project problems"), @"
    Problems on 2026-10-29
    ┌───────────┬─────────┬──────────┬────────────┬────────────┬───────────┬───────────┬────────┐
    │ number    │ problem │ what     │ department │ found on   │ days open │ kind      │ clause │
    ├───────────┼─────────┼──────────┼────────────┼────────────┼───────────┼───────────┼────────┤
    │ PRJ26-001 │       1 │ 铸件气孔 │ technology │ 2026-10-25 │         4 │ execution │ R3.5   │
    └───────────┴─────────┴──────────┴────────────┴────────────┴───────────┴───────────┴────────┘
    1 row
    ");
    assert_snapshot!(office.ok("project problems PRJ26-001 --format csv"), @"
    number,problem,what,department,found_on,days_open,escalated_to,escalated_on,solved_on,solution,kind,clause
    PRJ26-001,1,铸件气孔,technology,2026-10-25,4,,,,,execution,R3.5
    ");
    assert_snapshot!(office.ok("project problems --department technology --format json"), @r#"
    [
    {"number":"PRJ26-001","problem":1,"what":"铸件气孔","department":"technology","found_on":"2026-10-25","days_open":4,"escalated_to":null,"escalated_on":null,"solved_on":null,"solution":null,"kind":"execution","clause":"R3.5"}
    ]
    "#);
    assert_snapshot!(office.ok("project problems --format jsonl --all"), @r#"{"number":"PRJ26-001","problem":1,"what":"铸件气孔","department":"technology","found_on":"2026-10-25","days_open":4,"escalated_to":null,"escalated_on":null,"solved_on":null,"solution":null,"kind":"execution","clause":"R3.5"}"#);
    assert!(waiting(&office).contains("problem 1: 铸件气孔"));
    assert_snapshot!(office.refused(3, "project solve PRJ26-001 --problem 1 --how 补焊 --by wang"), @"R3.5: solving a problem is for PRJ26-001's leader, which 王建国 was not on 2026-10-29; name who did with --by li");
    assert_snapshot!(office.ok("project solve PRJ26-001 --problem 1 --how 补焊 --by li"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": problem 1 solved on 2026-10-29 after 4 days"#);
    assert_snapshot!(office.refused(3, "project solve PRJ26-001 --problem 1 --how 补焊"), @"R3.5: problem 1 of PRJ26-001 was solved on 2026-10-29; see them with: branchbook project problems PRJ26-001");
    assert_snapshot!(office.refused(4, "project solve PRJ26-001 --problem 2 --how 补焊"), @"PRJ26-001 has no problem 2; see them with: branchbook project problems PRJ26-001");
    assert_eq!(office.ok("project problems --format csv").lines().count(), 1);
    office.ok("verify");
}

#[test]
fn r3_6_a_request_waits_until_it_is_answered() {
    let office = led();
    assert_snapshot!(office.ok("project log PRJ26-001 --kind request --text 要求提前交货"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": request 1 in its log, on 2026-10-09 by clerk, to be answered by 2026-10-14"#);
    office.ok("project log PRJ26-001 --kind letter --text 来函 --answer 已复函");
    assert_snapshot!(waiting(&office), @r#"
    2026-10-08,PRJ26-001,a major project has no team,branchbook project team PRJ26-001 --member PERSON,1,business,li,R3.9
    2026-10-14,PRJ26-001,answer to request 1 of the user,branchbook project log PRJ26-001 --answers 1 --answer TEXT,0,business,li,R3.6
    "#);
    assert_snapshot!(office.refused(2, "project log PRJ26-001 --answers 1 --answer 可以 --on 2026-10-08"), @"request 1 of PRJ26-001 is of 2026-10-09 and cannot be answered on 2026-10-08; give the day it happened with --on DATE");
    assert_snapshot!(office.refused(3, "project log PRJ26-001 --answers 2 --answer 可以"), @"R3.6: letter 2 of PRJ26-001 was answered on 2026-10-09; see its log with: branchbook project show PRJ26-001");
    assert_snapshot!(office.refused(4, "project log PRJ26-001 --answers 3 --answer 可以"), @"PRJ26-001 has nothing at place 3 of its log; see its log with: branchbook project show PRJ26-001");
    let office = office.on("2026-10-20");
    assert_snapshot!(office.ok("project log PRJ26-001 --answers 1 --answer 可以 --by li"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": request 1 answered on 2026-10-20 by 李娜, late: it was wanted by 2026-10-14"#);
    assert!(!waiting(&office).contains("R3.6"));
    office.ok("verify");
}

#[test]
fn r3_8_a_hard_problem_is_escalated_to_a_manager_or_leader() {
    let office = contracted().on("2026-10-25");
    office.ok("project problem PRJ26-001 --kind installation --what 基础不符 --department business");
    let office = office.on("2026-10-27");
    assert_snapshot!(office.refused(3, "project escalate PRJ26-001 --problem 1 --to wu"), @"R3.8: 吴工 was no manager or leader on 2026-10-27, and a problem is escalated to one; name one with --to PERSON; see branchbook staff list");
    assert_snapshot!(office.ok("project escalate PRJ26-001 --problem 1 --to chen"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": problem 1 escalated to 陈总 on 2026-10-27, open for 2 days"#);
    assert_snapshot!(office.refused(2, "project solve PRJ26-001 --problem 1 --how 改基础 --on 2026-10-26"), @"the problem of PRJ26-001 was found or escalated on 2026-10-27, after 2026-10-26; give the day it happened with --on DATE");
    assert_snapshot!(waiting(&office), @r#"
    2026-10-22,PRJ26-001,a major project has no team,branchbook project team PRJ26-001 --member PERSON,5,business,li,R3.9
    2026-10-22,PRJ26-001,"advance of CNY 3,774,000.00 to be collected",branchbook project receive PRJ26-001 --kind advance --amount 3774000.00 --voucher VOUCHER,5,business,li,R3.7
    2026-10-27,PRJ26-001,problem 1: 基础不符,branchbook project solve PRJ26-001 --problem 1 --how TEXT,0,business,chen,R3.8
    "#);
}

#[test]
fn r3_9_a_major_project_has_a_team_and_the_general_manager_appoints_its_leader() {
    let office = led();
    office.ok("staff add gao --name 高总 --department general --role general-manager --from 2026-01-01 --by lin");
    assert_snapshot!(office.refused(3, "project team PRJ26-001 --member wu --by wang"), @"R3.9: proposing a member of the project's team is for PRJ26-001's leader, which 王建国 was not on 2026-10-09; name who did with --by li");
    assert_snapshot!(office.ok("project team PRJ26-001 --member wu --by li"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": 吴工 is in the team from 2026-10-09"#);
    assert_snapshot!(office.refused(2, "project team PRJ26-001 --member wu"), @"吴工 is in the team of PRJ26-001 already; see it with: branchbook project show PRJ26-001");
    assert_snapshot!(office.refused(3, "project team PRJ26-001 --leader wang --by chen"), @"R3.9: appointing the leader of PRJ26-001's team is for the general-manager, which 陈总 was not on 2026-10-09; name who decided: --by gao");
    assert_snapshot!(office.ok("project team PRJ26-001 --leader wang --by gao"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": 王建国 leads the team from 2026-10-09, appointed by 高总"#);
    let office = office.on("2026-10-20");
    assert_snapshot!(office.ok("project team PRJ26-001 --leader zhao --by gao"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": 赵刚 leads the team from 2026-10-20, appointed by 高总"#);
    assert_snapshot!(office.ok("project team PRJ26-001 --leaves wu"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": 吴工 left the team on 2026-10-20"#);
    assert_snapshot!(office.refused(2, "project team PRJ26-001 --leaves wu"), @"吴工 is no member of the team of PRJ26-001; see it with: branchbook project show PRJ26-001");
    let shown = office.ok("project show PRJ26-001");
    assert_snapshot!(shown.split("Team\n").nth(1).unwrap(), @"
    ┌────────┬────────┬────────────┬────────────┬──────────┬────────────┐
    │ person │ role   │ from       │ until      │ named by │ entered by │
    ├────────┼────────┼────────────┼────────────┼──────────┼────────────┤
    │ 王建国 │ leader │ 2026-10-09 │ 2026-10-19 │ 高总     │ clerk      │
    │ 赵刚   │ leader │ 2026-10-20 │            │ 高总     │ clerk      │
    │ 吴工   │ member │ 2026-10-09 │ 2026-10-19 │ 李娜     │ clerk      │
    └────────┴────────┴────────────┴────────────┴──────────┴────────────┘
    3 rows
    ");
    office.ok("project add --department baotou --customer 包钢设备部 --title 备件 --by sun");
    assert_snapshot!(office.refused(3, "project team PRJ26-002 --member wu"), @"R3.9: PRJ26-002 is no major project, and only a major one has a team; make it one with: branchbook project amend PRJ26-002 --major --reason REASON");
    office.ok("verify");
}

#[test]
fn a_project_closes_when_nothing_keeps_it_open() {
    let office = contracted();
    office.ok("contact add --department business --kind execution --to technology --project PRJ26-001 --subject 图纸 --content 确认 --by li");
    office.ok("project problem PRJ26-001 --what 铸件气孔 --department technology");
    assert_snapshot!(office.ok("project blockers PRJ26-001"), @"
    What keeps PRJ26-001 open
    ┌───────────────────────────────────────┬────────────┬────────┬────────────────────────────────────────────────────────────────────────────────────────────┐
    │ what                                  │ since on   │ clause │ next                                                                                       │
    ├───────────────────────────────────────┼────────────┼────────┼────────────────────────────────────────────────────────────────────────────────────────────┤
    │ the product is not delivered          │            │ R3.5   │ branchbook project deliver PRJ26-001 --on DATE                                             │
    │ advance payment: 3,774,000.00 owed    │ 2026-10-22 │ R3.7   │ branchbook project receive PRJ26-001 --kind advance --amount 3774000.00 --voucher VOUCHER  │
    │ progress payment: 3,774,000.00 owed   │            │ R3.7   │ branchbook project receive PRJ26-001 --kind progress --amount 3774000.00 --voucher VOUCHER │
    │ delivery payment: 3,774,000.00 owed   │            │ R3.7   │ branchbook project receive PRJ26-001 --kind delivery --amount 3774000.00 --voucher VOUCHER │
    │ warranty payment: 1,258,000.00 owed   │            │ R3.7   │ branchbook project receive PRJ26-001 --kind warranty --amount 1258000.00 --voucher VOUCHER │
    │ problem 1: 铸件气孔                   │ 2026-10-22 │ R3.5   │ branchbook project solve PRJ26-001 --problem 1 --how TEXT                                  │
    │ a major project has no team           │            │ R3.9   │ branchbook project team PRJ26-001 --member PERSON                                          │
    │ form HAY05001 is issued, not archived │ 2026-10-22 │ R4.7   │ branchbook contact sign HAY05001 --for technology --by wu                                  │
    └───────────────────────────────────────┴────────────┴────────┴────────────────────────────────────────────────────────────────────────────────────────────┘
    8 rows
    ");
    assert_snapshot!(office.refused(3, "project close PRJ26-001"), @"R3.5: PRJ26-001 cannot be closed: the product is not delivered, and 7 more; clear it with: branchbook project deliver PRJ26-001 --on DATE; see all with: branchbook project blockers PRJ26-001");
    assert_snapshot!(office.refused(3, "project accept PRJ26-001"), @"R3.8: PRJ26-001 is contracted, and accept takes an entry that is delivered; from there: branchbook project deliver PRJ26-001, or terminate");
    assert_snapshot!(office.refused(2, "project deliver PRJ26-001 --on 2026-10-21"), @"PRJ26-001 was put under contract on 2026-10-22 and cannot be delivered on 2026-10-21; give the day it happened with --on DATE");
    let office = office.on("2027-03-31");
    assert_snapshot!(office.ok("project deliver PRJ26-001"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": delivered on 2027-03-31"#);
    assert_snapshot!(office.refused(2, "project accept PRJ26-001 --on 2027-03-30"), @"PRJ26-001 was delivered on 2027-03-31 and cannot be accepted on 2027-03-30; give the day it happened with --on DATE");
    assert_snapshot!(office.ok("project accept PRJ26-001 --by li"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": accepted on 2027-03-31"#);
    assert_eq!(office.count("SELECT due_on = '2028-03-31' FROM instalment WHERE kind = 'warranty'"), 1);
    office.ok("project solve PRJ26-001 --problem 1 --how 补焊");
    office.ok("contact sign HAY05001 --by wu");
    assert_snapshot!(blockers(&office).join("\n"), @r#"
    R3.7 advance payment: 3,774,000.00 owed
    R3.7 progress payment: 3,774,000.00 owed
    R3.7 delivery payment: 3,774,000.00 owed
    R3.7 warranty payment: 1,258,000.00 owed
    R3.9 a major project has no team
    R4.7 form HAY05001 is received, not archived
    "#);
    office.ok("contact archive HAY05001 --by he");
    office.ok("project receive PRJ26-001 --amount 1258万 --voucher 银-1");
    assert_eq!(blockers(&office), ["R3.9 a major project has no team"]);
    office.ok("project team PRJ26-001 --member wu --by li");
    assert_eq!(blockers(&office), Vec::<String>::new());
    assert_snapshot!(office.ok("project close PRJ26-001 --note 全部结清"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": closed on 2027-03-31 by clerk"#);
    assert_snapshot!(office.refused(3, "project close PRJ26-001"), @"R3.5: PRJ26-001 is closed already; see why with: branchbook history PRJ26-001");
    assert_snapshot!(office.refused(3, "project lose PRJ26-001 --reason 错"), @"R3.4: PRJ26-001 is closed, and lose takes an entry that is open or negotiating; from there: branchbook project reopen PRJ26-001 --reason REASON, or reverse");
    office.ok("verify");
}

#[test]
fn the_file_of_a_project_holds_everything_and_says_what_is_missing() {
    let office = led();
    office.ok("project log PRJ26-001 --kind visit --text 来厂考察");
    office.ok("project plan PRJ26-001 --what 技术谈判 --due 2026-10-20");
    office.ok("contact add --department business --kind pre-contract --to technology --project PRJ26-001 --subject 图纸 --content 确认 --by li");
    assert_snapshot!(office.ok("project papers PRJ26-001"), @"
    The file of PRJ26-001
    ┌───────────┬──────────┬────────────┬────────────────────────────────────────────┬────────┬─────────┐
    │ kind      │ number   │ day on     │ what                                       │ person │ state   │
    ├───────────┼──────────┼────────────┼────────────────────────────────────────────┼────────┼─────────┤
    │ contact   │ HAY05001 │ 2026-10-09 │ 图纸                                       │ 李娜   │ issued  │
    │ log       │ visit 1  │ 2026-10-09 │ 来厂考察                                   │ clerk  │         │
    │ milestone │ 1        │ 2026-10-20 │ 技术谈判                                   │        │ open    │
    │ missing   │          │            │ the originals of open contact forms (R4.7) │        │ missing │
    └───────────┴──────────┴────────────┴────────────────────────────────────────────┴────────┴─────────┘
    4 rows
    ");
    let office = contracted();
    office.ok("project receive PRJ26-001 --kind advance --amount 377.4万 --voucher 银-1028");
    assert_snapshot!(office.ok("project papers BG-2026-118 --format csv"), @"
    kind,number,day_on,what,person,state,amount
    contract,BG-2026-118,2026-10-22,包头钢铁(集团)有限责任公司,,,12580000.00
    receipt,银-1028,2026-10-22,advance payment,,received,3774000.00
    review,1,2026-10-22,技术要求,wu,passed,
    ");
    // A contract's number is one however it is spelt, also where a form is filed by it.
    office.ok("contact add --department business --kind pre-contract --to technology --contract 'bg－2026－118' --subject 图纸 --content 确认 --by wang");
    for which in ["ＢＧ－2026－118", "bg 2026-118", "PRJ26-001"] {
        let papers = office.ok(&format!("project papers '{which}' --format csv"));
        assert!(papers.contains("contact,HAY05001,2026-10-22,图纸,wang,issued,"), "{which}: {papers}");
    }
    let filed = office.ok("contact file 'ＢＧ－2026－118' --format csv");
    assert!(filed.contains("HAY05001"), "{filed}");
    office.ok("reception add --department business --unit 包钢 --purpose 考察 --arrive 2026-10-30 --visitor 赵处长;处长 --schedule 见附 --project 'ＢＧ－2026－118' --by li");
    assert!(office.ok("project papers PRJ26-001 --format json").contains("\"kind\":\"receipt\""));
    assert!(office.ok("project papers PRJ26-001 --format jsonl").contains("\"kind\":\"review\""));
}

#[test]
fn a_corrected_project_keeps_its_old_values() {
    let office = led();
    assert_snapshot!(office.refused(2, "project amend PRJ26-001 --reason 错"), @"nothing to correct in PRJ26-001; name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook project amend --help");
    assert_snapshot!(office.refused(3, "project amend PRJ26-001 --amount 100万 --minor --reason 用户减量"), @"R3.1: making PRJ26-001 a minor project is for the branch-manager, which clerk was not on 2026-10-09; name who decided: --by chen");
    assert_snapshot!(office.ok("project amend PRJ26-001 --title '球磨机 3 台' --amount 100万 --minor --reason 用户减量 --by chen"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 3 台": corrected title (球磨机 2 台 → 球磨机 3 台), amount (12,600,000.00 → 1,000,000.00), major (yes → no)"#);
    assert_snapshot!(office.ok("project amend PRJ26-001 --amount 600万 --reason 又增加"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 3 台": corrected amount (1,000,000.00 → 6,000,000.00), major (no → yes)"#);
    assert_eq!(office.count("SELECT major_flag FROM project"), 1);
    assert_snapshot!(office.ok("history PRJ26-001 --format csv").lines().last().unwrap().split(',').skip(5).collect::<Vec<_>>().join(","), @"amount: 1000000.00 → 6000000.00; major: no → yes,又增加,,");
    let office = office.at_the_keyboard("li");
    assert!(office.refused(3, "project amend PRJ26-001 --title a --reason b").starts_with("R3.1: "));
}

#[test]
fn the_book_refuses_a_project_that_is_closed_by_hand() {
    let office = contracted();
    office.ok("project deliver PRJ26-001");
    office.ok("project accept PRJ26-001");
    for sql in [
        "UPDATE entry SET state = 'closed' WHERE number = 'PRJ26-001'",
        "UPDATE entry SET state = 'lost' WHERE number = 'PRJ26-001'",
    ] {
        let before = office.dump(&[]);
        let _ = office.sql().execute(sql, ());
        assert_eq!(office.dump(&[]), before, "{sql}");
    }
}

#[test]
fn r3_3_what_the_leader_passed_before_the_appointment_counts_for_nothing() {
    let office = Office::staffed();
    office.all_ok(&[
        "project add --department business --customer 甲矿业 --title 磨机 --amount 120万 --by wang",
        "project lead PRJ26-001 --person wang --by wang",
        "project review PRJ26-001 --item 技术 --reviewer li --pass",
        "project review PRJ26-001 --item 价格 --reviewer wu --pass",
        "project lead PRJ26-001 --person li --by wang",
    ]);
    let contract = "project contract PRJ26-001 --contract HT-1 --signed-on 2026-10-08 --amount 120万 --by li";
    assert_snapshot!(office.refused(3, contract), @"R3.3: 李娜 leads PRJ26-001, and what they passed of its contract counts for nothing: 技术; let another review it: branchbook project review PRJ26-001 --item 技术 --reviewer PERSON --pass, or record the breach with --exception REASON");
    assert!(office.ok("project blockers PRJ26-001 --format csv").contains("技术"));
    office.ok(&format!("{contract} --exception 急 --dry-run"));
    // Whoever led it on the day of the signing is as little another, whatever day the contract bears.
    let earlier = office.clone().on("2026-10-12");
    earlier.ok("project review PRJ26-001 --item 技术 --reviewer wu --pass");
    earlier.ok("project contract PRJ26-001 --contract HT-1 --signed-on 2026-10-12 --amount 120万 --by li");
    earlier.ok("verify");
}

#[test]
fn r3_3_a_contract_that_is_dated_back_is_not_reviewed_by_who_leads_it_now() {
    let office = Office::staffed();
    office.all_ok(&[
        "project add --department business --customer 甲矿业 --title 磨机 --amount 120万 --by wang",
        "project lead PRJ26-001 --person wang --by wang",
        "project review PRJ26-001 --item 技术 --reviewer li --pass",
    ]);
    let office = office.on("2026-10-12");
    office.ok("project lead PRJ26-001 --person li --by wang");
    assert_snapshot!(office.refused(3, "project contract PRJ26-001 --contract HT-1 --signed-on 2026-10-09 --amount 120万"), @"R3.3: 李娜 leads PRJ26-001, and what they passed of its contract counts for nothing: 技术; let another review it: branchbook project review PRJ26-001 --item 技术 --reviewer PERSON --pass, or record the breach with --exception REASON");
}

#[test]
fn nothing_is_to_be_delivered_before_the_contract_is_signed() {
    let office = Office::staffed();
    office.all_ok(&[
        "project add --department business --customer 包钢 --title 磨机 --amount 100万 --by wang",
        "project lead PRJ26-001 --person li --by wang",
        "project review PRJ26-001 --item 供货 --reviewer wang --pass",
    ]);
    let contract = "project contract PRJ26-001 --contract HT-5 --signed-on 2026-10-08 --amount 100万 --by li";
    assert_eq!(
        office.refused(2, &format!("{contract} --deliver-by 2026-10-01")),
        "the last day 2026-10-01 is before the first, 2026-10-08; give a day from then on with --deliver-by DATE"
    );
    office.ok(&format!("{contract} --deliver-by 2027-03-01"));
}
