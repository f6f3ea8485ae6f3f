//! Receptions: the plan, what is arranged, how it was, the summary (R5.2).

use insta::assert_snapshot;

use crate::office::Office;
use crate::project;

/// The plan of `month.md`.
pub(crate) const ADD: &str = "reception add --department business --unit 包钢设备部 --purpose 监造 --arrive 2026-10-19 --leave 2026-10-21 \
    --visitor '张处长;处长' --visitor '刘工;工程师' --schedule '10-20 车间监造'";

/// What is arranged for it.
pub(crate) const ARRANGE: &str = "reception arrange REC26-001 --host 王建国 --place 二楼会议室 --car 辽A·商务车 --dining 厂餐厅 --gift-standard 200 \
    --lodging 厂招待所 --scenic none --schedule '10-20 9:00 总装车间'";

/// How it was.
pub(crate) const RECEIVE: &str =
    "reception receive REC26-001 --arrived 2026-10-19 --left 2026-10-21 --people 2 --cost 1800";

/// An office with the reception REC26-001, planned by li on 2026-10-14.
pub(crate) fn planned() -> Office {
    Office::made(|| {
        let office = Office::staffed().on("2026-10-14");
        office.ok(&format!("{ADD} --by li"));
        office
    })
}

/// The same, arranged.
pub(crate) fn arranged() -> Office {
    Office::made(|| {
        let office = planned();
        office.ok(&format!("{ARRANGE} --by zhou"));
        office
    })
}

/// The same on 2026-10-22, when the guests have left and were received.
pub(crate) fn received() -> Office {
    Office::made(|| {
        let office = arranged().on("2026-10-22");
        office.ok(RECEIVE);
        office
    })
}

/// The line without one of its options.
fn without(line: &str, option: &str) -> Vec<String> {
    let mut kept = Vec::new();
    let mut skip = false;
    for word in shlex::split(line).unwrap() {
        if skip || word == option {
            skip = word == option;
            continue;
        }
        kept.push(word);
    }
    kept
}

/// Runs the line without each of these options: each is asked for.
fn asks_for_each(office: &Office, line: &str, options: &[&str]) {
    for option in options {
        let kept = without(line, option);
        let before = office.dump(&[]);
        let outcome = office.words(&kept.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(outcome.code, 2, "{option}: {}", outcome.err);
        assert!(outcome.err.contains(option), "{option}: {}", outcome.err);
        assert_eq!(office.dump(&[]), before, "{option}");
    }
}

fn state(office: &Office, number: &str) -> String {
    office.sql().query_row("SELECT state FROM entry WHERE number = ?1", [number], |row| row.get(0)).unwrap()
}

/// What waits of receptions.
fn waiting(office: &Office) -> String {
    let due = office.ok("due --department general --format csv");
    due.lines().filter(|line| line.contains("REC26")).collect::<Vec<_>>().join("\n")
}

#[test]
fn r5_2_5_the_month_goes_as_typed_to_the_archive() {
    let office = Office::staffed().on("2026-10-15");
    assert_eq!(office.ok(&format!("{ADD} -q")), "REC26-001\n");
    office.ok(ARRANGE);
    let office = office.on("2026-10-22");
    assert_snapshot!(office.ok(RECEIVE), @r#"REC26-001 "包钢设备部 · 监造": 2 of 2 planned came, 1,800.00 yuan; the summary is due on 2026-10-24"#);
    office.ok("reception summarize REC26-001 --text …");
    office.ok("reception archive REC26-001");
    assert_eq!(state(&office, "REC26-001"), "archived");
    assert_snapshot!(office.ok("reception show REC26-001"), @"
    REC26-001
    ┌────────────────────────┬───────────────────────────┐
    │ number                 │ REC26-001                 │
    │ state                  │ archived                  │
    │ unit                   │ 包钢设备部                │
    │ kind                   │ visit                     │
    │ arrive on              │ 2026-10-19                │
    │ leave on               │ 2026-10-21                │
    │ planned people         │ 2                         │
    │ people                 │ 2                         │
    │ cost                   │ 1,800.00                  │
    │ late                   │ no                        │
    │ summary due on         │ 2026-10-24                │
    │ summarized on          │ 2026-10-22                │
    │ purpose                │ 监造                      │
    │ visitors               │ 张处长;处长 | 刘工;工程师 │
    │ schedule               │ 10-20 车间监造            │
    │ hosts                  │ 王建国                    │
    │ place                  │ 二楼会议室                │
    │ cars                   │ 辽A·商务车                │
    │ dining                 │ 厂餐厅                    │
    │ gift standard for each │ 200.00                    │
    │ lodging                │ 厂招待所                  │
    │ sightseeing            │ none                      │
    │ our schedule           │ 10-20 9:00 总装车间       │
    │ arranged on            │ 2026-10-15                │
    │ arrived on             │ 2026-10-19                │
    │ left on                │ 2026-10-21                │
    │ summary                │ …                         │
    │ planned on             │ 2026-10-15                │
    │ department             │ business                  │
    │ planned by             │ clerk                     │
    │ ended on               │ 2026-10-22                │
    │ amendments             │ 0                         │
    └────────────────────────┴───────────────────────────┘
    Visitors
    ┌──────────────┬────────┐
    │ visitor name │ post   │
    ├──────────────┼────────┤
    │ 张处长       │ 处长   │
    │ 刘工         │ 工程师 │
    └──────────────┴────────┘
    2 rows
    ");
    assert_snapshot!(office.ok("reception history REC26-001 --format csv"), @r#"
    at,verb,happened_on,actor,recorder,changes,note,declared,entered_later
    2026-10-15T00:00:00Z,reception add,2026-10-15,clerk,clerk,"department: business; planned_on: 2026-10-15; planned_by: clerk; state: planned; unit: 包钢设备部; purpose: 监造; kind: visit; arrive_on: 2026-10-19; leave_on: 2026-10-21; schedule: 10-20 车间监造; late: no; visitor 1: name 张处长, title 处长; visitor 2: name 刘工, title 工程师",,,
    2026-10-15T00:00:00Z,reception arrange,2026-10-15,clerk,clerk,state: planned → arranged; hosts: 王建国; place: 二楼会议室; car: 辽A·商务车; dining: 厂餐厅; gift_standard: 200.00; lodging: 厂招待所; scenic: none; our_schedule: 10-20 9:00 总装车间; arranged_on: 2026-10-15,,,
    2026-10-22T00:00:00Z,reception receive,2026-10-21,clerk,clerk,state: arranged → received; arrived_on: 2026-10-19; left_on: 2026-10-21; people: 2; cost: 1800.00,,,yes
    2026-10-22T00:00:00Z,reception summarize,2026-10-22,clerk,clerk,state: received → summarized; summary: …; summarized_on: 2026-10-22,,,
    2026-10-22T00:00:00Z,reception archive,2026-10-22,clerk,clerk,state: summarized → archived,,,
    "#);
    office.ok("verify");
}

#[test]
fn r5_2_1_the_plan_tells_purpose_schedule_visitors_and_their_positions() {
    let office = Office::staffed();
    let one = "reception add --department business --unit 包钢 --purpose 监造 --arrive 2026-10-19 --visitor '刘工;工程师' --schedule none";
    asks_for_each(&office, one, &["--department", "--unit", "--purpose", "--arrive", "--visitor", "--schedule"]);
    assert_snapshot!(office.refused(2, &one.replace(";工程师", "")), @r#"
    error: invalid value '刘工' for '--visitor <NAME;POSITION>': R5.2(1): `刘工` does not tell a visitor and the position; give both, such as --visitor "刘工;工程师"

    For more information, try '--help'.
    "#);
    for visitor in ["刘工;", ";工程师", "刘工;工程师;高级", "刘工;工|程师"] {
        assert!(office.refused(2, &one.replace("刘工;工程师", visitor)).contains("R5.2(1)"), "{visitor}");
    }
    assert_snapshot!(office.refused(2, &format!("{one} --leave 2026-10-18")), @"guests who arrive on 2026-10-19 cannot leave on 2026-10-18; give a day from then on with --leave DATE");
    assert!(office.refused(2, &format!("{one} --planned-cost -1")).contains("less than nothing"));
    assert!(office.refused(2, &format!("{one} --kind party")).contains("visit, progress, delivery, inspection"));
    assert_snapshot!(office.refused(4, &one.replace("business", "nobody")), @"there is no department nobody; give one of: business (业务部), foreign-trade (外贸部), general (综合管理部), shandong (山东淄博办事处), baotou (内蒙古包头办事处), technology (技术开发科)");
    assert_snapshot!(office.ok(&one.replace(';', "\u{ff1b}")), @"REC26-001: 1 visitor of 包钢 on 2026-10-19, 监造");
    assert_eq!(office.count("SELECT count(*) FROM visitor WHERE name = '刘工' AND title = '工程师'"), 1);
    assert_eq!(office.count("SELECT count(*) FROM reception_list WHERE kind = 'visit' AND planned_people = 1"), 1);
}

#[test]
fn r5_2_1_the_leader_or_somebody_of_the_department_plans() {
    let office = project::led().on("2026-10-14");
    let add = |department: &str, more: &str| ADD.replace("business", department) + more;
    assert_snapshot!(office.refused(3, &add("baotou", " --by li")), @"R5.2(1): planning a reception is for somebody of baotou, which 李娜 was not on 2026-10-14; name who did with --by zhao");
    assert_snapshot!(office.refused(3, &add("baotou", " --by wu --project PRJ26-001")), @"R5.2(1): planning a reception is for PRJ26-001's leader or somebody of baotou, which 吴工 was not on 2026-10-14; name who did with --by li or --by zhao");
    for allowed in [
        add("business", " --by li"),
        add("business", " --by wang"),
        add("baotou", " --by sun"),
        add("baotou", " --by li --project PRJ26-001"),
        // Clerks and contract administrators write down what others planned.
        add("baotou", ""),
    ] {
        office.ok(&allowed);
    }
    assert_eq!(office.count("SELECT count(*) FROM reception WHERE project = 'PRJ26-001'"), 1);
    assert!(office.refused(4, &add("business", " --project PRJ26-009")).contains("PRJ26-009"));
    office.ok("reception cancel REC26-004 --reason 改期");
    office.ok("project void PRJ26-001 --reason 错");
    assert_snapshot!(office.refused(3, &add("business", " --project PRJ26-001")), @"R5.2(1): PRJ26-001 is void, and nothing refers to what has ended; name another with --project");
    let li = office.at_the_keyboard("li");
    assert_snapshot!(li.refused(3, &add("baotou", "")), @"R5.2(1): planning a reception is for somebody of baotou, which 李娜 was not on 2026-10-14; let 赵刚 enter it, or hand the paper to General Management's clerk");
    li.ok(&add("business", ""));
}

#[test]
fn r5_2_1_a_plan_entered_on_the_day_of_arrival_or_after_is_late_and_listed() {
    let add = ADD;
    let late = |office: &Office| office.ok("reception list --format csv").contains(",yes,");
    let office = Office::staffed().on("2026-10-18");
    office.ok(add);
    assert!(!late(&office));
    assert_eq!(office.ok("report exceptions --format csv").lines().count(), 1);
    for day in ["2026-10-19", "2026-10-25"] {
        let office = Office::staffed().on(day);
        let outcome = office.run(&format!("{add} --by li"));
        assert_eq!(outcome.code, 0);
        assert!(outcome.err.contains(&format!("entered on {day}")), "{}", outcome.err);
        assert!(late(&office), "{day}");
    }
    // A plan that bears an earlier day is late by the day on which it was entered.
    let office = Office::staffed().on("2026-10-19");
    let outcome = office.run(&format!("{add} --by li --on 2026-10-12"));
    assert_snapshot!(outcome.err, @"");
    assert_snapshot!(office.ok("report exceptions --format csv"), @"number,clause,happened_on,person,reason,refused,approved_by,department,register,entered_on");
    office.ok("verify");
}

#[test]
fn r5_2_1_a_corrected_arrival_makes_a_plan_late_and_never_in_time() {
    let office = planned().on("2026-10-20");
    let flag = |office: &Office| office.count("SELECT late_flag FROM reception");
    office.ok("reception amend REC26-001 --arrive 2026-10-15 --reason 提前");
    assert_eq!(flag(&office), 0);
    let outcome = office.run("reception amend REC26-001 --arrive 2026-10-14 --reason 笔误");
    assert_snapshot!(outcome.err, @"recorded as an exception: R5.2(1): the plan of REC26-001 was entered on 2026-10-14, and the guests arrive on 2026-10-14: a plan comes before the visit");
    assert_eq!((outcome.code, flag(&office)), (0, 1));
    office.ok("reception amend REC26-001 --arrive 2026-10-18 --reason 又改");
    assert_eq!(flag(&office), 1);
    assert_eq!(office.count("SELECT count(*) FROM exception"), 1);
    office.ok("verify");
}

#[test]
fn r5_2_2_everything_is_arranged_or_none() {
    let office = planned();
    let options = ["--host", "--place", "--car", "--dining", "--gift-standard", "--lodging", "--scenic", "--schedule"];
    asks_for_each(&office, ARRANGE, &options);
    assert!(office.refused(2, &ARRANGE.replace("200", "many")).contains("gift-standard"));
    assert!(office.refused(2, &ARRANGE.replace("200", "-1")).contains("less than nothing"));
    assert_snapshot!(office.ok(ARRANGE), @r#"REC26-001 "包钢设备部 · 监造": arranged for 2026-10-19, received by 王建国"#);
    // It may be arranged anew until the guests were received.
    let none = options.iter().fold(String::new(), |line, option| format!("{line} {option} none"));
    assert_snapshot!(office.ok(&format!("reception arrange REC26-001{none}")), @r#"REC26-001 "包钢设备部 · 监造": arranged anew for 2026-10-19"#);
    assert_snapshot!(office.ok("reception list --format json"), @r#"
    [
    {"number":"REC26-001","state":"arranged","unit":"包钢设备部","kind":"visit","arrive_on":"2026-10-19","leave_on":"2026-10-21","planned_people":2,"people":null,"planned_cost":null,"cost":null,"late":false,"summary_due_on":null,"summarized_on":null,"purpose":"监造","visitors":"张处长;处长 | 刘工;工程师","project":null,"schedule":"10-20 车间监造","hosts":"none","place":"none","car":"none","dining":"none","gift_standard":"0.00","lodging":"none","scenic":"none","our_schedule":"none","arranged_on":"2026-10-14","arrived_on":null,"left_on":null,"summary":null,"outcome":null,"planned_on":"2026-10-14","department":"business","planned_by":"li","ended_on":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    ]
    "#);
    // The word for none is known in every language, is kept once, and stands alone.
    for word in ["无", "没有", "없음", "None"] {
        office.ok(ARRANGE);
        let none = options.iter().fold(String::new(), |line, option| format!("{line} {option} {word}"));
        office.ok(&format!("reception arrange REC26-001{none}"));
        assert_eq!(
            office.count(
                "SELECT count(*) FROM reception WHERE gift_standard_fen = 0
                    AND hosts || place || car || dining || lodging || scenic || our_schedule = 'nonenonenonenonenonenonenone'"
            ),
            1,
            "{word}"
        );
    }
    let card = office.ok("reception show REC26-001 --lang zh");
    assert!(card.lines().any(|line| line.contains("礼品标准") && line.contains('无')), "{card}");
    assert!(!card.contains("none") && !card.contains("0.00"), "{card}");
    assert_snapshot!(office.refused(2, "reception amend REC26-001 --car 无 --car 食堂 --reason 改"), @r#"--car is 无 and "食堂" as well; leave out one of the two"#);
    office.ok("reception amend REC26-001 --car 中巴 --gift-standard 50 --reason 改");
    assert_snapshot!(office.ok("reception amend REC26-001 --car 无 --gift-standard 无 --reason 改"), @r#"REC26-001 "包钢设备部 · 监造": corrected car (中巴 → none), gift_standard (50.00 → none)"#);
    let several = ARRANGE.replace("--host 王建国", "--host wang --host 李厂长").replace("--car", "--car 中巴 --car");
    assert_snapshot!(office.ok(&several), @r#"REC26-001 "包钢设备部 · 监造": arranged anew for 2026-10-19, received by 王建国、李厂长"#);
    assert_eq!(
        office.count("SELECT count(*) FROM reception WHERE hosts = '王建国、李厂长' AND car = '中巴、辽A·商务车'"),
        1
    );
    assert_eq!(state(&office, "REC26-001"), "arranged");
    office.ok("verify");
}

#[test]
fn r5_2_2_general_management_arranges_receives_summarises_and_archives() {
    let office = planned();
    let steps = [ARRANGE, RECEIVE, "reception summarize REC26-001 --text 好", "reception archive REC26-001"];
    assert_snapshot!(office.refused(3, &format!("{ARRANGE} --by li")), @"R5.2(2): receptions are arranged by General Management, of which 李娜 was not on 2026-10-14; name who did with --by clerk or --by zhou");
    let office = office.on("2026-10-22");
    for step in steps {
        let refusal = office.refused(3, &format!("{step} --by wang"));
        assert!(refusal.starts_with("R5.2(") && refusal.contains("by General Management"), "{refusal}");
        office.ok(&format!("{step} --by he"));
    }
}

#[test]
fn r5_2_2_the_day_tells_who_is_here_for_rooms_meals_and_cars() {
    let office = arranged();
    office.ok("reception add --department business --unit 鞍钢 --purpose 看样机 --arrive 2026-10-20 --visitor '王工;工程师' --schedule none");
    office.ok("reception add --department business --unit 本钢 --purpose 验收 --arrive 2026-10-20 --visitor '赵工;工程师' --schedule none");
    office.ok("reception cancel REC26-003 --reason 不来");
    assert_snapshot!(office.ok("reception day --on 2026-10-20"), @"
    Guests on 2026-10-20
    ┌───────────┬────────────┬───────────────────────────┬────────┬──────────┬────────┬────────────┬────────┬────────────┬────────────┬────────────┬──────────┐
    │ number    │ unit       │ visitors                  │ people │ rooms    │ meals  │ cars       │ hosts  │ place      │ arrive on  │ leave on   │ state    │
    ├───────────┼────────────┼───────────────────────────┼────────┼──────────┼────────┼────────────┼────────┼────────────┼────────────┼────────────┼──────────┤
    │ REC26-001 │ 包钢设备部 │ 张处长;处长 | 刘工;工程师 │      2 │ 厂招待所 │ 厂餐厅 │ 辽A·商务车 │ 王建国 │ 二楼会议室 │ 2026-10-19 │ 2026-10-21 │ arranged │
    │ REC26-002 │ 鞍钢       │ 王工;工程师               │      1 │          │        │            │        │            │ 2026-10-20 │            │ planned  │
    ├───────────┼────────────┼───────────────────────────┼────────┼──────────┼────────┼────────────┼────────┼────────────┼────────────┼────────────┼──────────┤
    │ total     │            │                           │      3 │          │        │            │        │            │            │            │          │
    └───────────┴────────────┴───────────────────────────┴────────┴──────────┴────────┴────────────┴────────┴────────────┴────────────┴────────────┴──────────┘
    2 rows
    ");
    let here = |office: &Office, day: &str| -> Vec<String> {
        let listed = office.ok(&format!("reception day --on {day} --format csv"));
        listed.lines().skip(1).map(|line| line[..9].to_owned()).collect()
    };
    assert_eq!(here(&office, "2026-10-18"), [""; 0]);
    assert_eq!(here(&office, "2026-10-19"), ["REC26-001"]);
    // Nobody needs a room for the night after the day on which they leave; who has no such day is here until it is entered.
    assert_snapshot!(office.ok("reception day --on 2026-10-21 --format csv"), @"
    number,unit,visitors,people,rooms,meals,cars,hosts,place,arrive_on,leave_on,state
    REC26-001,包钢设备部,张处长;处长 | 刘工;工程师,2,,厂餐厅,辽A·商务车,王建国,二楼会议室,2026-10-19,2026-10-21,arranged
    REC26-002,鞍钢,王工;工程师,1,,,,,,2026-10-20,,planned
    ");
    assert_eq!(here(&office, "2026-10-22"), ["REC26-002"]);
    // The actual days take the place of the planned ones, and so do the people.
    let office = office.on("2026-10-23");
    office.ok(&RECEIVE.replace("--arrived 2026-10-19", "--arrived 2026-10-20").replace("--people 2", "--people 3"));
    assert_eq!(here(&office, "2026-10-19"), [""; 0]);
    assert_snapshot!(office.ok("reception day --on 2026-10-20 --format jsonl"), @r#"
    {"number":"REC26-001","unit":"包钢设备部","visitors":"张处长;处长 | 刘工;工程师","people":3,"rooms":"厂招待所","meals":"厂餐厅","cars":"辽A·商务车","hosts":"王建国","place":"二楼会议室","arrive_on":"2026-10-20","leave_on":"2026-10-21","state":"received"}
    {"number":"REC26-002","unit":"鞍钢","visitors":"王工;工程师","people":1,"rooms":null,"meals":null,"cars":null,"hosts":null,"place":null,"arrive_on":"2026-10-20","leave_on":null,"state":"planned"}
    "#);
    assert_snapshot!(office.ok("reception day --on 2026-10-20 --format json"), @r#"
    [
    {"number":"REC26-001","unit":"包钢设备部","visitors":"张处长;处长 | 刘工;工程师","people":3,"rooms":"厂招待所","meals":"厂餐厅","cars":"辽A·商务车","hosts":"王建国","place":"二楼会议室","arrive_on":"2026-10-20","leave_on":"2026-10-21","state":"received"},
    {"number":"REC26-002","unit":"鞍钢","visitors":"王工;工程师","people":1,"rooms":null,"meals":null,"cars":null,"hosts":null,"place":null,"arrive_on":"2026-10-20","leave_on":null,"state":"planned"}
    ]
    "#);
}

#[test]
fn r5_2_3_guests_about_progress_or_delivery_are_helped_with_lodging() {
    let office = Office::staffed().on("2026-10-14");
    let none = ARRANGE.replace("厂招待所", "none");
    for (kind, serial) in [("progress", 1), ("delivery", 2), ("visit", 3), ("inspection", 4)] {
        office.ok(&format!("{ADD} --kind {kind}"));
        let line = none.replace("REC26-001", &format!("REC26-{serial:03}"));
        if serial < 3 {
            assert!(office.refused(3, &line).starts_with("R5.2(3): "));
        } else {
            office.ok(&line);
        }
    }
    assert_snapshot!(office.refused(3, &none), @"R5.2(3): the guests of REC26-001 come about progress and are helped with lodging; say where they lodge with --lodging, also where they found it themselves, or record the breach with --exception REASON");
    office.ok(&ARRANGE.replace("厂招待所", "自订宾馆"));
    let outcome = office.run(&format!("{} --exception 客人住亲戚家", none.replace("001", "002")));
    assert_snapshot!(outcome.err, @"recorded as an exception: R5.2(3): the guests of REC26-002 come about delivery and are helped with lodging; say where they lodge with --lodging, also where they found it themselves");
    assert_snapshot!(office.ok("report exceptions --format csv"), @"
    number,clause,happened_on,person,reason,refused,approved_by,department,register,entered_on
    REC26-002,R5.2(3),2026-10-14,clerk,客人住亲戚家,the guests of REC26-002 come about delivery and are helped with lodging,,business,reception,
    ");
    // Who leaves the same day needs none; who leaves on a day that nobody knows may.
    office.ok(&format!("{} --kind progress", ADD.replace("2026-10-21", "2026-10-19")));
    office.ok(&none.replace("001", "005"));
    office.ok(&format!("{} --kind progress", ADD.replace("--leave 2026-10-21", "")));
    assert!(office.refused(3, &none.replace("001", "006")).starts_with("R5.2(3): "));
    assert_snapshot!(office.refused(2, &format!("{ARRANGE} --exception 无")), @"--exception was given, but no rule stands against it; leave --exception out");
    // No correction gets round it.
    for line in [
        "reception amend REC26-001 --lodging none --reason 改",
        "reception amend REC26-003 --kind delivery --reason 改",
        "reception amend REC26-005 --leave 2026-10-20 --reason 改",
    ] {
        assert!(office.refused(3, line).starts_with("R5.2(3): "), "{line}");
    }
    office.ok("verify");
}

#[test]
fn r5_2_4_a_scenic_visit_is_part_of_what_is_arranged() {
    let office = planned();
    office.ok(&ARRANGE.replace("--scenic none", "--scenic '10-21 故宫,半天'"));
    assert!(office.ok("reception show REC26-001").contains("10-21 故宫,半天"));
    assert!(office.ok("reception print REC26-001").contains("<th>Sightseeing</th><td>10-21 故宫,半天</td>"));
    assert!(office.ok("find 故宫 --format csv").contains("REC26-001"));
}

#[test]
fn r5_2_5_after_each_reception_a_summary_is_written_in_three_days_and_archived() {
    let office = planned();
    assert_snapshot!(waiting(&office), @"2026-10-19,REC26-001,reception to be arranged,branchbook reception arrange REC26-001 --host PERSON --place PLACE --car CAR --dining PLACE --gift-standard YUAN --lodging PLACE --scenic TEXT --schedule TEXT,0,general,,R5.2(2)");
    office.ok(ARRANGE);
    // What is arranged waits for nothing until the guests are to have left.
    let office = office.on("2026-10-21");
    assert_eq!(waiting(&office), "");
    let office = office.on("2026-10-22");
    assert_snapshot!(waiting(&office), @r#"2026-10-21,REC26-001,"actual days, people and cost",branchbook reception receive REC26-001 --arrived DATE --left DATE --people COUNT --cost YUAN,1,general,,R5.2(5)"#);
    office.ok(RECEIVE);
    assert_snapshot!(waiting(&office), @"2026-10-24,REC26-001,summary of the reception,branchbook reception summarize REC26-001 --summary SUMMARY,0,general,,R5.2(5)");
    assert_snapshot!(office.refused(3, "reception archive REC26-001"), @"R5.2(5): REC26-001 is received, and archive takes an entry that is summarized; from there: branchbook reception summarize REC26-001 --summary SUMMARY");
    let office = office.on("2026-10-26");
    assert_snapshot!(waiting(&office), @"2026-10-24,REC26-001,summary of the reception,branchbook reception summarize REC26-001 --summary SUMMARY,2,general,,R5.2(5)");
    assert_snapshot!(office.ok("reception summarize REC26-001 --text 客户满意"), @r#"REC26-001 "包钢设备部 · 监造": summarized, late, it was due on 2026-10-24"#);
    assert_snapshot!(waiting(&office), @"2026-10-26,REC26-001,reception to be archived,branchbook reception archive REC26-001,0,general,,R5.2(5)");
    assert_snapshot!(office.ok("reception archive REC26-001"), @r#"REC26-001 "包钢设备部 · 监造": archived on 2026-10-26"#);
    assert_eq!(waiting(&office), "");
    assert!(office.refused(3, "reception summarize REC26-001 --text 又").starts_with("R5.2(5): "));
    office.ok("verify");
}

#[test]
fn r5_2_5_the_branch_manager_sets_the_days_of_the_summary() {
    let office = received();
    assert!(
        office.refused(3, "rule set reception.summary_days 5 --from 2026-10-22 --by wang").contains("branch-manager")
    );
    // The figure of the day on which they left decides.
    office.ok("rule set reception.summary_days 1 --from 2026-10-22 --by chen");
    assert!(office.ok("reception list --format csv").contains(",2026-10-24,"));
    let office = office.on("2026-10-24");
    assert_eq!(
        office.ok("reception summarize REC26-001 --text 好"),
        "REC26-001 \"包钢设备部 · 监造\": summarized, in time\n"
    );
}

#[test]
fn r5_2_2_one_visitor_is_not_two() {
    let office = Office::staffed();
    let line = "reception add --department business --unit 包钢 --purpose 考察 --arrive 2026-10-10 --schedule none --by li --visitor \"张三;工程师\"";
    assert_eq!(
        office.refused(2, &format!("{line} --visitor \"张三；工程师\"")),
        "--visitor names \"张三；工程师\" twice; give each of them once; a quantity says how many"
    );
    office.ok(&format!("{line} --visitor \"张三;处长\""));
}
