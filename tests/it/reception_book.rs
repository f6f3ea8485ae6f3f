//! Receptions: corrections, cancelled and void ones, lists, the printed plan, and old lists that come in.

use insta::assert_snapshot;

use crate::forms;
use crate::office::Office;
use crate::reception::{ADD, ARRANGE, RECEIVE, arranged, planned, received};

#[test]
fn guests_are_received_once_they_have_left() {
    let office = planned();
    assert_snapshot!(office.refused(3, RECEIVE), @"R5.2(5): REC26-001 is planned, and receive takes an entry that is arranged; from there: branchbook reception arrange REC26-001 --host PERSON --place PLACE --car CAR --dining PLACE --gift-standard YUAN --lodging PLACE --scenic TEXT --schedule TEXT, or cancel, void");
    office.ok(ARRANGE);
    let office = office.on("2026-10-20");
    assert_snapshot!(office.refused(2, RECEIVE), @"2026-10-21 has not come yet; give the day it happened with --left DATE");
    let office = office.on("2026-10-22");
    assert_snapshot!(office.refused(2, &RECEIVE.replace("--left 2026-10-21", "--left 2026-10-18")), @"guests who arrived on 2026-10-19 cannot have left on 2026-10-18; give the day on which they left with --left DATE");
    assert!(office.refused(2, &RECEIVE.replace("--people 2", "--people 0")).contains("--people"));
    assert!(office.refused(2, &RECEIVE.replace("1800", "1.234")).contains("1.234"));
    assert!(office.refused(2, &format!("{RECEIVE} --on 2026-10-13")).contains("bears the day 2026-10-14"));
    for option in ["--arrived", "--left", "--people", "--cost"] {
        assert!(office.refused(2, &RECEIVE.replace(option, "--text")).contains("--text"), "{option}");
    }
    office.ok("reception amend REC26-001 --planned-cost 2000 --reason 补");
    assert_snapshot!(office.ok(&RECEIVE.replace("--people 2", "--people 3")), @r#"REC26-001 "包钢设备部 · 监造": 3 of 2 planned came, 1,800.00 yuan of 2,000.00 planned; the summary is due on 2026-10-24"#);
    assert_snapshot!(office.refused(2, "reception summarize REC26-001 --text 早 --on 2026-10-20"), @"REC26-001 was received on 2026-10-21 and cannot be summarized on 2026-10-20; give the day it happened with --on DATE");
    assert!(office.refused(3, ARRANGE).starts_with("R5.2(2): REC26-001 is received"));
    assert_snapshot!(office.refused(4, "reception archive REC26-009"), @r#"there is no entry REC26-009; did you mean REC26-001 "包钢设备部 · 监造" of 2026-10-14? look for it with: branchbook find TEXT"#);
}

#[test]
fn a_visit_that_does_not_come_is_cancelled_by_those_who_plan_or_by_general_management() {
    let office = planned();
    assert_snapshot!(office.refused(3, "reception cancel REC26-001 --reason 改期 --by wu"), @r#"R5.2(1): cancelling a reception is for somebody of business or general, which 吴工 was not on 2026-10-14; name who did with --by wang"#);
    assert_snapshot!(office.ok("reception cancel REC26-001 --reason 改期 --by wang"), @r#"REC26-001 "包钢设备部 · 监造": cancelled, 改期"#);
    assert_snapshot!(office.refused(3, ARRANGE), @r#"R5.2(2): REC26-001 is cancelled, and arrange takes an entry that is planned or arranged; from there: branchbook reception reopen REC26-001 --reason REASON"#);
    assert!(office.refused(2, "reception cancel REC26-001").contains("--reason"));
    assert_eq!(office.ok("due --department general --format csv").matches("REC26").count(), 0);
    let office = arranged();
    office.ok("reception cancel REC26-001 --reason 改期 --by he");
    let office = received();
    assert_snapshot!(office.refused(3, "reception cancel REC26-001 --reason 晚"), @"R5.2(1): REC26-001 is received, and cancel takes an entry that is planned or arranged; from there: branchbook reception summarize REC26-001 --summary SUMMARY");
    office.ok("verify");
}

#[test]
fn a_spoilt_plan_is_void_and_its_number_stays() {
    let office = planned();
    let li = planned().at_the_keyboard("li");
    assert!(li.refused(3, "reception void REC26-001 --reason 重复").contains("clerk"));
    assert_snapshot!(office.ok("reception void REC26-001 --reason 重复"), @r#"REC26-001 "包钢设备部 · 监造": void, 重复"#);
    assert!(office.refused(3, ARRANGE).contains("REC26-001 is void"));
    assert!(office.refused(3, "reception amend REC26-001 --unit 鞍钢 --reason 改").contains("is void"));
    assert_eq!(office.ok(&format!("{ADD} -q")), "REC26-002\n");
    let office = received();
    assert_snapshot!(office.refused(3, "reception void REC26-001 --reason 错"), @"R5.2(1): REC26-001 is received, and void takes an entry that is planned or arranged; from there: branchbook reception summarize REC26-001 --summary SUMMARY");
    office.ok("verify");
}

#[test]
fn every_verb_takes_a_reception_from_its_own_states_and_no_other() {
    const STATES: [(&str, &[&str]); 7] = [
        ("planned", &["arrange", "cancel", "void"]),
        ("arranged", &["arrange", "receive", "cancel", "void"]),
        ("received", &["summarize"]),
        ("summarized", &["archive"]),
        ("archived", &[]),
        ("cancelled", &[]),
        ("void", &[]),
    ];
    let verbs = [
        ("arrange", ARRANGE),
        ("receive", RECEIVE),
        ("summarize", "reception summarize REC26-001 --text 好"),
        ("archive", "reception archive REC26-001"),
        ("cancel", "reception cancel REC26-001 --reason 改期"),
        ("void", "reception void REC26-001 --reason 错"),
    ];
    let line = |verb: &str| verbs.iter().find(|(name, _)| *name == verb).unwrap().1;
    for (state, allowed) in STATES {
        let way: &[&str] = match state {
            "planned" => &[],
            "arranged" => &["arrange"],
            "received" => &["arrange", "receive"],
            "summarized" => &["arrange", "receive", "summarize"],
            "archived" => &["arrange", "receive", "summarize", "archive"],
            "cancelled" => &["cancel"],
            _ => &["void"],
        };
        for (verb, _) in verbs {
            let office = planned().on("2026-10-22");
            for step in way {
                office.ok(line(step));
            }
            if allowed.contains(&verb) {
                office.ok(line(verb));
                office.ok("verify");
            } else {
                let refusal = office.refused(3, line(verb));
                assert!(refusal.contains(&format!("REC26-001 is {state}")), "{state} {verb}: {refusal}");
            }
        }
    }
}

#[test]
fn a_correction_keeps_the_old_values() {
    let office = planned();
    assert_snapshot!(office.refused(2, "reception amend REC26-001 --reason 改"), @"nothing to correct in REC26-001; name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook reception amend --help");
    assert!(office.refused(2, "reception amend REC26-001 --unit 鞍钢").contains("--reason"));
    assert_snapshot!(office.refused(2, "reception amend REC26-001 --unit 包钢设备部 --reason 改"), @"nothing to correct in REC26-001; name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook reception amend --help");
    assert_snapshot!(office.refused(2, "reception amend REC26-001 --place 三楼 --reason 改"), @"REC26-001 has nothing of that yet to correct; enter it with: branchbook reception arrange REC26-001 --host PERSON --place PLACE --car CAR --dining PLACE --gift-standard YUAN --lodging PLACE --scenic TEXT --schedule TEXT");
    assert_snapshot!(office.refused(2, "reception amend REC26-001 --cost 3 --reason 改"), @"REC26-001 has nothing of that yet to correct; enter it with: branchbook reception receive REC26-001 --arrived DATE --left DATE --people COUNT --cost YUAN");
    assert_snapshot!(office.refused(2, "reception amend REC26-001 --summary 好 --reason 改"), @"REC26-001 has nothing of that yet to correct; enter it with: branchbook reception summarize REC26-001 --summary SUMMARY");
    assert_snapshot!(office.refused(2, "reception amend REC26-001 --arrive 2026-10-22 --reason 改"), @"guests who arrive on 2026-10-22 cannot leave on 2026-10-21; give a day from then on with --leave DATE");
    office.ok("project add --department business --customer 包钢 --title 备件");
    let plan = "--unit 包钢 --purpose 验收 --kind inspection --schedule none --planned-cost 3000 --project PRJ26-001";
    assert_snapshot!(office.ok(&format!("reception amend REC26-001 {plan} --arrive 2026-10-25 --leave 2026-10-27 --reason 改期")), @r#"REC26-001 "包钢 · 验收": corrected unit (包钢设备部 → 包钢), purpose (监造 → 验收), arrive_on (2026-10-19 → 2026-10-25), leave_on (2026-10-21 → 2026-10-27), kind (visit → inspection), project, schedule (10-20 车间监造 → none), planned_cost"#);
    office.ok("reception amend REC26-001 --arrive 2026-10-16 --leave 2026-10-17 --reason 提前");
    assert_snapshot!(office.ok("reception amend REC26-001 --visitor '王工;工程师' --reason 换人"), @r#"REC26-001 "包钢 · 验收": corrected visitors"#);
    assert!(
        office
            .refused(2, "reception amend REC26-001 --visitor '王工;工程师' --reason 换人")
            .contains("nothing to correct")
    );
    office.ok(ARRANGE);
    let arranged = "--host li --place 三楼 --car 中巴 --dining 食堂 --gift-standard none --lodging 宾馆 --scenic 故宫 --our-schedule 参观";
    office.ok(&format!("reception amend REC26-001 {arranged} --reason 改"));
    let office = office.on("2026-10-22");
    office.ok(&RECEIVE.replace("2026-10-19", "2026-10-16").replace("2026-10-21", "2026-10-17"));
    office.ok("reception summarize REC26-001 --text 好");
    let actual = "--arrived 2026-10-18 --left 2026-10-19 --people 4 --cost 99.50 --summary 很好";
    assert_snapshot!(office.ok(&format!("reception amend REC26-001 {actual} --reason 改")), @r#"REC26-001 "包钢 · 验收": corrected arrived_on (2026-10-16 → 2026-10-18), left_on (2026-10-17 → 2026-10-19), people (2 → 4), cost (1,800.00 → 99.50), summary (好 → 很好)"#);
    assert!(office.refused(2, "reception amend REC26-001 --left 2026-10-23 --reason 改").contains("has not come yet"));
    office.ok("reception amend REC26-001 --arrived 2026-10-16 --left 2026-10-17 --reason 改回");
    assert_snapshot!(office.ok("reception history REC26-001 --format csv"), @r#"
    at,verb,happened_on,actor,recorder,changes,note,declared,entered_later
    2026-10-14T00:00:00Z,reception add,2026-10-14,li,clerk,"department: business; planned_on: 2026-10-14; planned_by: li; state: planned; unit: 包钢设备部; purpose: 监造; kind: visit; arrive_on: 2026-10-19; leave_on: 2026-10-21; schedule: 10-20 车间监造; late: no; visitor 1: name 张处长, title 处长; visitor 2: name 刘工, title 工程师",,,
    2026-10-14T00:00:00Z,reception amend,2026-10-14,clerk,clerk,unit: 包钢设备部 → 包钢; purpose: 监造 → 验收; kind: visit → inspection; project: PRJ26-001; arrive_on: 2026-10-19 → 2026-10-25; leave_on: 2026-10-21 → 2026-10-27; schedule: 10-20 车间监造 → none; planned_cost: 3000.00,改期,,
    2026-10-14T00:00:00Z,reception amend,2026-10-14,clerk,clerk,arrive_on: 2026-10-25 → 2026-10-16; leave_on: 2026-10-27 → 2026-10-17,提前,,
    2026-10-14T00:00:00Z,reception amend,2026-10-14,clerk,clerk,visitor 1 name: 张处长 → 王工; visitor 1 title: 处长 → 工程师; visitor 2 name: 刘工 → nothing; visitor 2 title: 工程师 → nothing,换人,,
    2026-10-14T00:00:00Z,reception arrange,2026-10-14,clerk,clerk,state: planned → arranged; hosts: 王建国; place: 二楼会议室; car: 辽A·商务车; dining: 厂餐厅; gift_standard: 200.00; lodging: 厂招待所; scenic: none; our_schedule: 10-20 9:00 总装车间; arranged_on: 2026-10-14,,,
    2026-10-14T00:00:00Z,reception amend,2026-10-14,clerk,clerk,hosts: 王建国 → 李娜; place: 二楼会议室 → 三楼; car: 辽A·商务车 → 中巴; dining: 厂餐厅 → 食堂; gift_standard: 200.00 → 0.00; lodging: 厂招待所 → 宾馆; scenic: none → 故宫; our_schedule: 10-20 9:00 总装车间 → 参观,改,,
    2026-10-22T00:00:00Z,reception receive,2026-10-17,clerk,clerk,state: arranged → received; arrived_on: 2026-10-16; left_on: 2026-10-17; people: 2; cost: 1800.00,,,yes
    2026-10-22T00:00:00Z,reception summarize,2026-10-22,clerk,clerk,state: received → summarized; summary: 好; summarized_on: 2026-10-22,,,
    2026-10-22T00:00:00Z,reception amend,2026-10-18,clerk,clerk,"arrived_on: 2026-10-16 → 2026-10-18; left_on: 2026-10-17 → 2026-10-19; people: 2 → 4; cost: 1800.00 → 99.50; summary: 好 → 很好; exception 1: happened_on 2026-10-22, clause R5.2(5), refused the summary of REC26-001 was due on 2026-10-20 and came on 2026-10-22: it was late by the day that was corrected, arrived_on (2026-10-16 → 2026-10-18), left_on (2026-10-17 → 2026-10-19), reason 改, person clerk",改,,yes
    2026-10-22T00:00:00Z,reception amend,2026-10-16,clerk,clerk,arrived_on: 2026-10-18 → 2026-10-16; left_on: 2026-10-19 → 2026-10-17,改回,,yes
    "#);
    assert_snapshot!(office.at_the_keyboard("li").refused(3, "reception amend REC26-001 --unit 鞍钢 --reason 改"), @"R5.2(1): 李娜 is no clerk, and only a clerk corrects receptions; ask General Management's clerk");
}

#[test]
fn receptions_are_listed_in_every_format_planned_against_actual() {
    let office = received();
    office.ok("reception add --department business --unit 鞍钢 --purpose =验收 --kind progress --arrive 2026-10-22 --visitor '王工;工程师' --schedule none --planned-cost 1.2万 --by li");
    office.ok("reception add --department baotou --unit 本钢 --purpose 看 --arrive 2026-11-02 --visitor '赵工;工程师' --schedule none --by sun");
    assert_snapshot!(office.ok("reception list"), @r"
        Receptions
        ┌───────────┬──────────┬────────────┬──────────┬────────────┬────────────┬────────────────┬────────┬──────────────┬──────────┬──────┬────────────────┬─────────┬───────────────────────────┬────────────────┬────────┬────────────┬────────────┬────────┬────────────────────────┬──────────┬─────────────┬─────────────────────┬─────────────┬────────────┬────────────┬────────────┬────────────┬────────────┬────────────┐
        │ number    │ state    │ unit       │ kind     │ arrive on  │ leave on   │ planned people │ people │ planned cost │     cost │ late │ summary due on │ purpose │ visitors                  │ schedule       │ hosts  │ place      │ cars       │ dining │ gift standard for each │ lodging  │ sightseeing │ our schedule        │ arranged on │ arrived on │ left on    │ planned on │ department │ planned by │ amendments │
        ├───────────┼──────────┼────────────┼──────────┼────────────┼────────────┼────────────────┼────────┼──────────────┼──────────┼──────┼────────────────┼─────────┼───────────────────────────┼────────────────┼────────┼────────────┼────────────┼────────┼────────────────────────┼──────────┼─────────────┼─────────────────────┼─────────────┼────────────┼────────────┼────────────┼────────────┼────────────┼────────────┤
        │ REC26-001 │ received │ 包钢设备部 │ visit    │ 2026-10-19 │ 2026-10-21 │              2 │      2 │              │ 1,800.00 │ no   │ 2026-10-24     │ 监造    │ 张处长;处长 | 刘工;工程师 │ 10-20 车间监造 │ 王建国 │ 二楼会议室 │ 辽A·商务车 │ 厂餐厅 │                 200.00 │ 厂招待所 │ none        │ 10-20 9:00 总装车间 │ 2026-10-14  │ 2026-10-19 │ 2026-10-21 │ 2026-10-14 │ business   │ 李娜       │          0 │
        │ REC26-002 │ planned  │ 鞍钢       │ progress │ 2026-10-22 │            │              1 │        │    12,000.00 │          │ yes  │                │ =验收   │ 王工;工程师               │ none           │        │            │            │        │                        │          │             │                     │             │            │            │ 2026-10-22 │ business   │ 李娜       │          0 │
        │ REC26-003 │ planned  │ 本钢       │ visit    │ 2026-11-02 │            │              1 │        │              │          │ no   │                │ 看      │ 赵工;工程师               │ none           │        │            │            │        │                        │          │             │                     │             │            │            │ 2026-10-22 │ baotou     │ 孙立       │          0 │
        ├───────────┼──────────┼────────────┼──────────┼────────────┼────────────┼────────────────┼────────┼──────────────┼──────────┼──────┼────────────────┼─────────┼───────────────────────────┼────────────────┼────────┼────────────┼────────────┼────────┼────────────────────────┼──────────┼─────────────┼─────────────────────┼─────────────┼────────────┼────────────┼────────────┼────────────┼────────────┼────────────┤
        │ total     │          │            │          │            │            │              4 │      2 │    12,000.00 │ 1,800.00 │      │                │         │                           │                │        │            │            │        │                        │          │             │                     │             │            │            │            │            │            │            │
        └───────────┴──────────┴────────────┴──────────┴────────────┴────────────┴────────────────┴────────┴──────────────┴──────────┴──────┴────────────────┴─────────┴───────────────────────────┴────────────────┴────────┴────────────┴────────────┴────────┴────────────────────────┴──────────┴─────────────┴─────────────────────┴─────────────┴────────────┴────────────┴────────────┴────────────┴────────────┴────────────┘
        3 rows
        ");
    assert_snapshot!(office.ok("reception list --format csv"), @"
    number,state,unit,kind,arrive_on,leave_on,planned_people,people,planned_cost,cost,late,summary_due_on,summarized_on,purpose,visitors,project,schedule,hosts,place,car,dining,gift_standard,lodging,scenic,our_schedule,arranged_on,arrived_on,left_on,summary,outcome,planned_on,department,planned_by,ended_on,void_reason,amendments,entered_later_on,import
    REC26-001,received,包钢设备部,visit,2026-10-19,2026-10-21,2,2,,1800.00,no,2026-10-24,,监造,张处长;处长 | 刘工;工程师,,10-20 车间监造,王建国,二楼会议室,辽A·商务车,厂餐厅,200.00,厂招待所,none,10-20 9:00 总装车间,2026-10-14,2026-10-19,2026-10-21,,,2026-10-14,business,li,,,0,,
    REC26-002,planned,鞍钢,progress,2026-10-22,,1,,12000.00,,yes,,,=验收,王工;工程师,,none,,,,,,,,,,,,,,2026-10-22,business,li,,,0,,
    REC26-003,planned,本钢,visit,2026-11-02,,1,,,,no,,,看,赵工;工程师,,none,,,,,,,,,,,,,,2026-10-22,baotou,sun,,,0,,
    ");
    assert_snapshot!(office.ok("reception list --format json"), @r#"
    [
    {"number":"REC26-001","state":"received","unit":"包钢设备部","kind":"visit","arrive_on":"2026-10-19","leave_on":"2026-10-21","planned_people":2,"people":2,"planned_cost":null,"cost":"1800.00","late":false,"summary_due_on":"2026-10-24","summarized_on":null,"purpose":"监造","visitors":"张处长;处长 | 刘工;工程师","project":null,"schedule":"10-20 车间监造","hosts":"王建国","place":"二楼会议室","car":"辽A·商务车","dining":"厂餐厅","gift_standard":"200.00","lodging":"厂招待所","scenic":"none","our_schedule":"10-20 9:00 总装车间","arranged_on":"2026-10-14","arrived_on":"2026-10-19","left_on":"2026-10-21","summary":null,"outcome":null,"planned_on":"2026-10-14","department":"business","planned_by":"li","ended_on":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null},
    {"number":"REC26-002","state":"planned","unit":"鞍钢","kind":"progress","arrive_on":"2026-10-22","leave_on":null,"planned_people":1,"people":null,"planned_cost":"12000.00","cost":null,"late":true,"summary_due_on":null,"summarized_on":null,"purpose":"=验收","visitors":"王工;工程师","project":null,"schedule":"none","hosts":null,"place":null,"car":null,"dining":null,"gift_standard":null,"lodging":null,"scenic":null,"our_schedule":null,"arranged_on":null,"arrived_on":null,"left_on":null,"summary":null,"outcome":null,"planned_on":"2026-10-22","department":"business","planned_by":"li","ended_on":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null},
    {"number":"REC26-003","state":"planned","unit":"本钢","kind":"visit","arrive_on":"2026-11-02","leave_on":null,"planned_people":1,"people":null,"planned_cost":null,"cost":null,"late":false,"summary_due_on":null,"summarized_on":null,"purpose":"看","visitors":"赵工;工程师","project":null,"schedule":"none","hosts":null,"place":null,"car":null,"dining":null,"gift_standard":null,"lodging":null,"scenic":null,"our_schedule":null,"arranged_on":null,"arrived_on":null,"left_on":null,"summary":null,"outcome":null,"planned_on":"2026-10-22","department":"baotou","planned_by":"sun","ended_on":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    ]
    "#);
    assert_snapshot!(office.ok("reception list --format jsonl"), @r#"
    {"number":"REC26-001","state":"received","unit":"包钢设备部","kind":"visit","arrive_on":"2026-10-19","leave_on":"2026-10-21","planned_people":2,"people":2,"planned_cost":null,"cost":"1800.00","late":false,"summary_due_on":"2026-10-24","summarized_on":null,"purpose":"监造","visitors":"张处长;处长 | 刘工;工程师","project":null,"schedule":"10-20 车间监造","hosts":"王建国","place":"二楼会议室","car":"辽A·商务车","dining":"厂餐厅","gift_standard":"200.00","lodging":"厂招待所","scenic":"none","our_schedule":"10-20 9:00 总装车间","arranged_on":"2026-10-14","arrived_on":"2026-10-19","left_on":"2026-10-21","summary":null,"outcome":null,"planned_on":"2026-10-14","department":"business","planned_by":"li","ended_on":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    {"number":"REC26-002","state":"planned","unit":"鞍钢","kind":"progress","arrive_on":"2026-10-22","leave_on":null,"planned_people":1,"people":null,"planned_cost":"12000.00","cost":null,"late":true,"summary_due_on":null,"summarized_on":null,"purpose":"=验收","visitors":"王工;工程师","project":null,"schedule":"none","hosts":null,"place":null,"car":null,"dining":null,"gift_standard":null,"lodging":null,"scenic":null,"our_schedule":null,"arranged_on":null,"arrived_on":null,"left_on":null,"summary":null,"outcome":null,"planned_on":"2026-10-22","department":"business","planned_by":"li","ended_on":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    {"number":"REC26-003","state":"planned","unit":"本钢","kind":"visit","arrive_on":"2026-11-02","leave_on":null,"planned_people":1,"people":null,"planned_cost":null,"cost":null,"late":false,"summary_due_on":null,"summarized_on":null,"purpose":"看","visitors":"赵工;工程师","project":null,"schedule":"none","hosts":null,"place":null,"car":null,"dining":null,"gift_standard":null,"lodging":null,"scenic":null,"our_schedule":null,"arranged_on":null,"arrived_on":null,"left_on":null,"summary":null,"outcome":null,"planned_on":"2026-10-22","department":"baotou","planned_by":"sun","ended_on":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    "#);
    let numbers = |filter: &str| -> Vec<String> {
        let listed = office.ok(&format!("reception list {filter} --format csv"));
        listed.lines().skip(1).map(|line| line[..9].to_owned()).collect()
    };
    assert_eq!(numbers("--department baotou"), ["REC26-003"]);
    assert_eq!(numbers("--person li"), ["REC26-001", "REC26-002"]);
    assert_eq!(numbers("--state planned"), ["REC26-002", "REC26-003"]);
    assert_eq!(numbers("--text 张处长"), ["REC26-001"]);
    assert_eq!(numbers("--month 2026-11"), [""; 0]);
    assert_eq!(numbers("--from 2026-10-22 --to 2026-10-22"), ["REC26-002", "REC26-003"]);
}

#[test]
fn the_plan_is_printed_as_a_page() {
    let office = planned();
    let before = office.ok("reception print REC26-001");
    assert!(!before.contains("Hosts") && before.contains("<th>Schedule</th>"));
    office.ok(ARRANGE);
    let page = office.ok("reception print REC26-001");
    assert_snapshot!(forms::without_code(page.split_once("</style>").unwrap().1), @r#"
    </head>
    <body>

    <section class="filled" style="page: form1">
    <div class="head">
    <div class="branch">沈阳某机械公司销售分公司</div>
    <h1>Reception plan</h1>
    <div class="number"><small>Number</small> REC26-001</div>
    <svg/>
    </div>


    <table>
    <colgroup><col class="label"><col><col class="label"><col></colgroup>
    <tbody>
    <tr><th>Department</th><td>Business Department</td><th>Planned by</th><td>李娜 / 2026-10-14</td></tr>
    <tr><th>Unit</th><td colspan="3">包钢设备部</td></tr>
    <tr><th>Purpose</th><td colspan="3">监造</td></tr>
    <tr><th>Kind</th><td>visit</td><th>Project</th><td></td></tr>
    <tr><th>Arrive on</th><td>2026-10-19</td><th>Leave on</th><td>2026-10-21</td></tr>
    <tr><th>Planned people</th><td>2</td><th>Planned cost (yuan)</th><td></td></tr>
    <tr><th>Schedule</th><td colspan="3">10-20 车间监造</td></tr>
    </tbody>
    </table>
    <table>
    <thead><tr><th>Visitor</th><th>Post</th></tr></thead>
    <tbody>
    <tr><td>张处长</td><td>处长</td></tr>
    <tr><td>刘工</td><td>工程师</td></tr>
    </tbody>
    </table>
    <table>
    <colgroup><col class="label"><col><col class="label"><col></colgroup>
    <tbody>
    <tr><th>Hosts</th><td>王建国</td><th>Arranged on</th><td>2026-10-14</td></tr>
    <tr><th>Place</th><td>二楼会议室</td><th>Cars</th><td>辽A·商务车</td></tr>
    <tr><th>Dining</th><td>厂餐厅</td><th>Gift standard for each (yuan)</th><td>200.00</td></tr>
    <tr><th>Lodging</th><td>厂招待所</td><th>Sightseeing</th><td>none</td></tr>
    </tbody>
    </table>
    <table class="content">
    <colgroup><col class="label"><col><col class="label"><col></colgroup>
    <tbody>
    <tr><th>Our schedule</th><td colspan="3">10-20 9:00 总装车间</td></tr>
    </tbody>
    </table>
    <table class="signatures">
    <colgroup><col class="label"><col><col class="label"><col></colgroup>
    <tbody>
    <tr class="box"><th>Signature of the planning department</th><td></td><th>Signature of General Management</th><td></td></tr>
    <tr class="box"><th>Approved by</th><td></td><th>Date</th><td></td></tr>
    </tbody>
    </table>
    </section>

    </body>
    </html>
    "#);
    office.ok("reception print REC26-001 --output page.html"
        .replace("page.html", office.path("page.html").to_str().unwrap())
        .as_str());
    assert_eq!(office.read("page.html"), page);
    // What the guests are called is text, and no markup.
    office.ok("reception amend REC26-001 --unit '<b>包钢</b>' --kind delivery --planned-cost 2000 --reason 改");
    let page = office.ok("reception print REC26-001");
    assert!(
        page.contains("&#60;b&#62;包钢") && page.contains("<td>delivery</td>") && page.contains("2,000.00"),
        "{page}"
    );
    office.ok("reception cancel REC26-001 --reason 改期");
    assert!(office.ok("reception print REC26-001").contains("Cancelled: 改期"));
    office.ok(&format!("{ADD} -q"));
    office.ok("reception void REC26-002 --reason 重复");
    assert!(office.ok("reception print REC26-002").contains("Not valid: 重复"));
}

#[test]
fn receptions_are_in_the_month_end_pack() {
    let office = received();
    let folder = office.path("packs");
    office.ok(&format!("report month 2026-10 --output {}", folder.display()));
    let csv = std::fs::read_to_string(folder.join("2026-10/receptions.csv")).unwrap();
    assert!(csv.contains("REC26-001,received,包钢设备部"), "{csv}");
    let manifest = std::fs::read_to_string(folder.join("2026-10/manifest.json")).unwrap();
    assert!(manifest.contains("receptions.csv") && manifest.contains("\"cost\": \"1800.00\""), "{manifest}");
    office.ok(&format!("verify --against {}", folder.join("2026-10").display()));
}

#[test]
fn a_hand_written_change_that_breaks_a_rule_is_refused() {
    let office = received();
    let book = office.sql();
    for sql in [
        "UPDATE reception SET place = NULL",
        "UPDATE reception SET summary = 'x'",
        "UPDATE reception SET left_on = NULL",
        "UPDATE reception SET left_on = '2026-10-18'",
        "UPDATE reception SET leave_on = '2026-10-18'",
        "UPDATE reception SET people = 0",
        "UPDATE reception SET cost_fen = -1",
        "UPDATE reception SET kind = 'party'",
    ] {
        assert!(book.execute(sql, ()).is_err(), "{sql}");
    }
}

/// An old list as a clerk's sheet has it.
const OLD: &str = "\
编号,日期,来访单位,事由,到,离,人数,费用,来宾,总结,总结日期
REC24-031,2024-03-05,鞍钢,监造,06.03.2024,2024年3月8日,3,\"1,200.50\",王工;工程师|赵总;总经理,满意,09.03.2024
REC24-032,05.04.2024,本钢,验收,06.04.2024,,,,,,
";

fn import(file: &str) -> String {
    format!(
        "reception import {file} --department business --set by=li --set kind=visit --date-format %d.%m.%Y --date-format %Y年%m月%d日 \
         --map number=编号 --map on=日期 --map unit=来访单位 --map purpose=事由 --map arrive=到 --map arrived=到 --map leave=离 --map left=离 \
         --map people=人数 --map cost=费用 --map visitors=来宾 --map summary=总结 --map summarized_on=总结日期"
    )
}

#[test]
fn an_old_list_comes_in_and_goes_on() {
    let office = Office::staffed();
    let file = office.file("old.csv", OLD);
    let refused = office.refused(1, &import(&file)).replace(&file, "old.csv");
    assert_snapshot!(refused, @"
    old.csv:3: 离: is empty, and arrived_on is not: give both, or leave both out
    1 of 2 rows cannot be taken; nothing was imported
    ");
    let file = office.file("old.csv", OLD.replace("06.04.2024,,", "06.04.2024,07.04.2024,"));
    assert_snapshot!(office.ok(&import(&file)).replace(&file, "old.csv"), @"old.csv: receptions imported: 2");
    assert_snapshot!(office.ok(&import(&file)).replace(&file, "old.csv"), @"old.csv: receptions imported: 0, in the book already: 2");
    assert_snapshot!(office.ok("reception list --format csv"), @"
    number,state,unit,kind,arrive_on,leave_on,planned_people,people,planned_cost,cost,late,summary_due_on,summarized_on,purpose,visitors,project,schedule,hosts,place,car,dining,gift_standard,lodging,scenic,our_schedule,arranged_on,arrived_on,left_on,summary,outcome,planned_on,department,planned_by,ended_on,void_reason,amendments,entered_later_on,import
    REC24-031,summarized,鞍钢,visit,2024-03-06,2024-03-08,2,3,,1200.50,no,2024-03-11,2024-03-09,监造,王工;工程师 | 赵总;总经理,,,,,,,,,,,,2024-03-06,2024-03-08,满意,,2024-03-05,business,li,,,0,,1
    REC24-032,received,本钢,visit,2024-04-06,2024-04-07,,,,,no,2024-04-10,,验收,,,,,,,,,,,,,2024-04-06,2024-04-07,,,2024-04-05,business,li,,,0,,1
    ");
    office.ok("reception summarize REC24-032 --text 补写");
    office.ok("reception archive REC24-031");
    office.ok("reception archive REC24-032");
    assert_eq!(office.ok("due --format csv").matches("REC24").count(), 0);
    // A number that the old list lacks is explained, and has no plan to print.
    office.ok("reception void REC24-030 --reason 漏号");
    assert_snapshot!(office.refused(3, "reception print REC24-030"), @"R5.2(1): REC24-030 was voided before anything was written on it; see why with: branchbook show REC24-030");
    let verified = office.run("verify --format csv").out;
    assert!(verified.contains("things,ok,") && verified.contains("states,ok,"), "{verified}");
}

#[test]
fn what_goes_out_comes_in_the_same_and_goes_out_the_same() {
    let office = received();
    office.ok("reception summarize REC26-001 --text '=好,\"很\"\n满意'");
    office.ok("reception archive REC26-001");
    for line in [ADD.to_owned(), format!("{ADD} --kind progress --planned-cost 2000"), ADD.to_owned(), ADD.to_owned()] {
        office.ok(&line);
    }
    office.ok(&ARRANGE.replace("REC26-001", "REC26-003").replace("--gift-standard 200", "--gift-standard none"));
    office.ok("reception cancel REC26-004 --reason 改期");
    office.ok("reception void REC26-005 --reason 重复");
    office.ok("reception void REC26-002 --reason 重复");
    let first = office.exported("reception list");
    let other = Office::founded_on("2026-10-23");
    let file = other.file("export.csv", &first);
    assert_snapshot!(other.ok(&format!("reception import {file}")).replace(&file, "export.csv"), @"export.csv: receptions imported: 5");
    assert_eq!(other.exported("reception list"), first);
    assert_snapshot!(other.ok(&format!("reception import {file}")).replace(&file, "export.csv"), @"export.csv: receptions imported: 0, in the book already: 5");
    other.ok("verify");
    let file = office.file("export.csv", &first);
    assert_snapshot!(office.ok(&format!("reception import {file}")).replace(&file, "export.csv"), @"export.csv: receptions imported: 0, in the book already: 5");
    // What came in goes on.
    other.ok(&RECEIVE.replace("REC26-001", "REC26-003"));
    other.ok("reception summarize REC26-003 --text 好");
}

#[test]
fn a_bad_row_says_why_and_changes_nothing() {
    let office = Office::staffed();
    let header = "number,planned_on,unit,purpose,kind,arrive_on,leave_on,arrived_on,left_on,people,cost,summary,summarized_on,visitors,gift_standard,arranged_on,project,state";
    for (row, said) in [
        (",监造,visit,2026-02-02,,,,,,,,,,,,", "unit: is empty"),
        ("包钢,,visit,2026-02-02,,,,,,,,,,,,", "purpose: is empty"),
        (
            "包钢,监造,party,2026-02-02,,,,,,,,,,,,",
            "kind: \"party\" is none of: visit, progress, delivery, inspection; --value kind:party=WORD says which it means",
        ),
        ("包钢,监造,visit,,,,,,,,,,,,,", "arrive_on: is empty"),
        (
            "包钢,监造,visit,2026-02-02,2026-02-01,,,,,,,,,,,",
            "leave_on: guests who arrive on 2026-02-02 cannot leave on 2026-02-01",
        ),
        ("包钢,监造,visit,2026-02-02,,2026-02-02,,,,,,,,,,", "left_on: is empty, and arrived_on is not"),
        (
            "包钢,监造,visit,2026-02-02,,2026-02-02,2026-02-01,,,,,,,,,",
            "left_on: guests who arrived on 2026-02-02 cannot have left",
        ),
        ("包钢,监造,visit,2026-02-02,,,,0,,,,,,,,", "people: is at least 1"),
        ("包钢,监造,visit,2026-02-02,,,,,-1,,,,,,,", "cost: "),
        ("包钢,监造,visit,2026-02-02,,,,,,好,2026-02-03,,,,,", "summary: tells of a visit"),
        ("包钢,监造,visit,2026-02-02,,,,,,好,,,,,,", "summarized_on: is empty"),
        ("包钢,监造,visit,2026-02-02,,,,,,,,刘工,,,,", "visitors: R5.2(1): `刘工` does not tell"),
        ("包钢,监造,visit,2026-02-02,,,,,,,,,many,,,", "gift_standard: "),
        ("包钢,监造,visit,2026-02-02,,,,,,,,,,2026-02-01,,", "hosts: is empty, and arranged_on is not"),
        ("包钢,监造,visit,2026-02-02,,,,,,,,,,,PRJ26-009,", "project: there is no project or contract PRJ26-009"),
        ("包钢,监造,visit,2026-02-02,,,,,,,,,,,,received", "left_on: is empty"),
        ("包钢,监造,visit,2026-02-02,,2026-02-02,2026-02-02,,,,,,,,,summarized", "summary: is empty"),
        ("包钢,监造,visit,2026-02-02,,,,,,,,,,,,lost", "state: \"lost\" is no state"),
    ] {
        let file = office.file("old.csv", format!("{header}\nREC26-001,2026-02-01,{row}\n"));
        let refused = office.refused(1, &format!("reception import {file} --department business --set by=li"));
        assert!(refused.contains("old.csv:2: ") && refused.contains(said), "{row}\n{refused}");
    }
    let file = office.file("x.csv", format!("{header}\n"));
    let line = format!("reception import {file} --department business --set by=li");
    assert_snapshot!(office.at_the_keyboard("li").refused(3, &line), @"R5.2(5): 李娜 is no clerk, and only a clerk brings in old receptions; ask General Management's clerk");
}
