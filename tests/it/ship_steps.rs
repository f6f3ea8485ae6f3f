//! Shipments as a register: corrections, what waits, lists, pages, history; and random sequences of its verbs (R6).

use insta::assert_snapshot;
use proptest::prelude::*;

use crate::office::Office;
use crate::project;
use crate::ship::{LOADED, PASSED, SCHEDULED, add, after, told};

#[test]
fn a_shipment_is_corrected_and_its_history_keeps_the_old_values() {
    let office = after(LOADED);
    let amend = |options: &str| format!("ship amend SHP26-001 --reason 笔误 {options}");
    assert_snapshot!(office.ok(&amend("--place 包头市青山区 --vehicle 蒙B54321 --completion WG-1110 --wanted-by 2026-11-05")), @r#"SHP26-001 "PRJ26-001 · 包头市青山区": corrected place (包头市昆区 → 包头市青山区), wanted_by_on, completion_notice (WG-1101 → WG-1110), vehicle (蒙B12345 → 蒙B54321)"#);
    assert_snapshot!(office.refused(2, &amend("--place 包头市青山区")), @"nothing to correct in SHP26-001; name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook ship amend --help");
    assert_snapshot!(office.refused(2, &amend("--wanted-by 2026-10-01")), @"a shipment notified on 2026-10-09 cannot be wanted by 2026-10-01; give a day from then on with --wanted-by DATE");
    assert_snapshot!(office.refused(2, &amend("--signed-by 刘工")), @"SHP26-001 has nothing of that yet to correct; enter it with: branchbook ship arrive SHP26-001 --signed-by NAME");
    assert_snapshot!(office.refused(2, &amend("--amount 4.2万")), @"SHP26-001 has nothing of that yet to correct; enter it with: branchbook ship bill SHP26-001 --bill NUMBER --amount YUAN");
    let history = office.ok("ship history SHP26-001 --format csv");
    assert_snapshot!(history.lines().last().unwrap().split_once("ship amend").unwrap().1, @",2026-10-09,clerk,clerk,place: 包头市昆区 → 包头市青山区; wanted_by_on: 2026-11-05; completion_notice: WG-1101 → WG-1110; vehicle: 蒙B12345 → 蒙B54321,笔误,,");
    let office = office.at_the_keyboard("li");
    assert_snapshot!(office.refused(3, &amend("--place 包头")), @"R6.2: 李娜 is no clerk, and only a clerk corrects shipments; ask General Management's clerk");
}

#[test]
fn r6_1_a_correction_does_not_get_round_the_contact_form() {
    let office = after(SCHEDULED);
    office.ok("project add --department baotou --customer 包钢设备部 --title 备件 --by sun");
    let amend = |options: &str| format!("ship amend SHP26-001 --reason 笔误 {options}");
    assert_snapshot!(office.refused(3, &amend("--project PRJ26-002")), @"R6.1: HAY05001 tells of a shipment of PRJ26-001, not of PRJ26-002; name the form of kind shipping that told of it, or issue one with: branchbook contact add --kind shipping --project PRJ26-002 …");
    let form = "contact add --department baotou --to general --subject 发运 --content 备件 --by zhao -q";
    office.ok(&format!("{form} --kind shipping --project PRJ26-002"));
    assert_snapshot!(office.refused(3, &amend("--notice HAB05001")), @"R6.1: HAB05001 tells of a shipment of PRJ26-002, not of PRJ26-001; name the form of kind shipping that told of it, or issue one with: branchbook contact add --kind shipping --project PRJ26-001 …");
    assert_snapshot!(office.ok(&amend("--project PRJ26-002 --notice HAB05001")), @r#"SHP26-001 "PRJ26-002 · 包头市昆区": corrected department (business → baotou), project (PRJ26-001 → PRJ26-002), notice (HAY05001 → HAB05001)"#);
    assert_eq!(office.count("SELECT count(*) FROM ship_list WHERE department = 'baotou' AND notice = 'HAB05001'"), 1);
    office.ok("ship pass SHP26-001 --pass CM-1 --vehicle 车 --driver 高师傅");
    assert_snapshot!(office.refused(3, &amend("--project PRJ26-001 --notice HAY05001")), @"R6.2: SHP26-001 is passed, so what it delivers stays; cancel it with: branchbook ship cancel SHP26-001 --reason TEXT, and enter a new one");
    office.ok("verify");
}

#[test]
fn r6_2_who_bears_the_freight_stays_once_a_carrier_is_awarded() {
    let office = after(4);
    office.ok("ship amend SHP26-001 --freight user --reason 用户自理");
    office.ok("ship amend SHP26-001 --freight company --reason 改回");
    office.ok("ship award SHP26-001 --carrier 恒通");
    assert_snapshot!(office.refused(3, "ship amend SHP26-001 --freight user --reason 用户自理"), @"R6.2: SHP26-001 is awarded, so who bears its freight stays; cancel it with: branchbook ship cancel SHP26-001 --reason TEXT, and enter a new one");
}

#[test]
fn r6_3_a_correction_of_the_boxes_keeps_what_is_loaded() {
    let office = after(PASSED);
    office.ok("ship box SHP26-001 --case 20-21 --weight 1t");
    office.ok("ship load SHP26-001 --case 1-3");
    let amend = |options: &str| format!("ship amend SHP26-001 --reason 重新装箱 {options}");
    assert_snapshot!(office.ok(&amend("--box 1 --case 1-12 --weight 2t --each --size 2x1x1m")), @r#"SHP26-001 "PRJ26-001 · 包头市昆区": corrected run 1 of the boxes (1-14 → 1-12)"#);
    let row = "SELECT count(*) FROM ship_box WHERE cases = '1-12' AND boxes = 12 AND weight_g = 24000000 AND length_mm = 2000";
    assert_eq!(office.count(row), 1);
    assert_snapshot!(office.refused(3, &amend("--box 1 --case 2-12")), @"R6.3: SHP26-001 has case 1 loaded, which must stay packed; see the loading notices with: branchbook ship show SHP26-001");
    assert_snapshot!(office.refused(3, &amend("--box 1 --take-out")), @"R6.3: SHP26-001 has cases 1-3 loaded, which must stay packed; see the loading notices with: branchbook ship show SHP26-001");
    assert_snapshot!(office.refused(3, &amend("--box 1 --case 1-20")), @"R6.2: SHP26-001 has case 20 already, in the run 20-21; give other case numbers, or correct that run with: branchbook ship amend SHP26-001 --box 2 --case CASES --reason TEXT");
    assert_snapshot!(office.refused(4, &amend("--box 3 --take-out")), @"SHP26-001 has no run 3 of boxes; see its runs with: branchbook ship show SHP26-001");
    assert_snapshot!(office.refused(2, &amend("--box 1")), @"nothing to correct in run 1 of SHP26-001; give --case, --weight, --size, --holds or --take-out");
    office.ok("ship load SHP26-001 --boxes 10");
    assert_snapshot!(office.refused(3, &amend("--box 2 --take-out")), @"R6.3: SHP26-001 has 13 boxes loaded, which must stay packed; see the loading notices with: branchbook ship show SHP26-001");
    office.ok("ship load SHP26-001 --boxes 1");
    office.ok("ship dispatch SHP26-001");
    assert_snapshot!(office.refused(3, &amend("--box 1 --weight 1t")), @"R6.2: SHP26-001 is dispatched, and box takes an entry that is notified or completed or awarded or scheduled or passed or loaded; from there: branchbook ship arrive SHP26-001 --signed-by NAME");
    office.ok("verify");
}

#[test]
fn a_run_that_was_taken_out_stays_in_the_history_and_its_cases_are_free() {
    let office = after(2);
    office.ok("ship box SHP26-001 --case 20 --weight 1t");
    assert_snapshot!(office.ok("ship amend SHP26-001 --box 1 --take-out --reason 另车"), @r#"SHP26-001 "PRJ26-001 · 包头市昆区": corrected run 1 of the boxes"#);
    assert_snapshot!(office.ok("ship box SHP26-001 --case 14 --weight 1t"), @r#"SHP26-001 "PRJ26-001 · 包头市昆区": case 14 packed; altogether 2 boxes, 2,000 kg"#);
    let history = office.ok("ship history SHP26-001 --format csv");
    assert!(history.contains("ship_box 1: taken back"), "{history}");
    office.ok("verify");
}

/// What waits of the shipments: day, what, next command, days late, and clause.
fn due(office: &Office) -> String {
    let listed = office.ok("due --department general --format csv");
    listed.lines().filter(|line| line.contains("SHP")).flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn r6_2_what_is_stuck_waits_with_its_clause_and_the_command_that_clears_it() {
    let office = told();
    office.ok(&format!("{} --wanted-by 2026-10-12", add("company")));
    assert_eq!(due(&office), "");
    let office = office.on("2026-10-13");
    let mut seen = due(&office);
    for step in [
        "ship complete SHP26-001 --notice WG-1101",
        "ship quote SHP26-001 --carrier 恒通 --price 3.9万 --days 5 --quality 3",
        "ship quote SHP26-001 --carrier 顺达 --price 4.2万 --days 3 --quality 4",
        "ship award SHP26-001 --carrier 恒通",
    ] {
        office.ok(step);
        seen.push_str(&due(&office));
    }
    assert_snapshot!(seen, @"
    2026-10-12,SHP26-001,wanted by the user,branchbook ship complete SHP26-001 --notice NUMBER,1,general,clerk,R6.1
    2026-10-12,SHP26-001,wanted by the user,branchbook ship quote SHP26-001 --carrier NAME --price YUAN --days DAYS --quality 1-5,1,general,clerk,R6.1
    2026-10-13,SHP26-001,transport to be awarded,branchbook ship quote SHP26-001 --carrier NAME --price YUAN --days DAYS --quality 1-5,0,general,clerk,R6.2
    2026-10-12,SHP26-001,wanted by the user,branchbook ship quote SHP26-001 --carrier NAME --price YUAN --days DAYS --quality 1-5,1,general,clerk,R6.1
    2026-10-13,SHP26-001,transport to be awarded,branchbook ship quote SHP26-001 --carrier NAME --price YUAN --days DAYS --quality 1-5,0,general,clerk,R6.2
    2026-10-12,SHP26-001,wanted by the user,branchbook ship award SHP26-001 --carrier NAME,1,general,clerk,R6.1
    2026-10-13,SHP26-001,transport to be awarded,branchbook ship award SHP26-001 --carrier NAME,0,general,clerk,R6.2
    2026-10-12,SHP26-001,wanted by the user,branchbook ship schedule SHP26-001 --for DATE --agreed-with NAME,1,general,clerk,R6.1
    2026-10-13,SHP26-001,day to be settled,branchbook ship schedule SHP26-001 --for DATE --agreed-with NAME,0,general,clerk,R6.2
    ");
}

#[test]
fn r6_3_what_stands_at_the_gate_or_on_the_way_waits() {
    let office = after(SCHEDULED).on("2026-10-30");
    assert_eq!(due(&office), "", "the day of the departure is not over");
    let office = office.on("2026-10-31");
    let mut seen = due(&office);
    for step in [
        "ship pass SHP26-001 --pass CM-556 --vehicle 蒙B12345 --driver 高师傅",
        "ship load SHP26-001 --boxes 13",
        "ship load SHP26-001 --case 14",
    ] {
        office.ok(step);
        seen.push_str(&due(&office));
    }
    office.ok("ship dispatch SHP26-001");
    let office = office.on("2026-11-03");
    assert_eq!(due(&office), "", "the carrier quoted 3 days");
    let office = office.on("2026-11-04");
    seen.push_str(&due(&office));
    office.ok("ship arrive SHP26-001 --signed-by 刘工");
    seen.push_str(&due(&office));
    assert_snapshot!(seen, @"
    2026-10-30,SHP26-001,gate pass to be made out,branchbook ship pass SHP26-001 --pass NUMBER --vehicle VEHICLE --driver NAME,1,general,clerk,R6.3
    2026-10-31,SHP26-001,to be loaded,branchbook ship load SHP26-001 --boxes COUNT,0,general,clerk,R6.3
    2026-10-31,SHP26-001,to be loaded,branchbook ship load SHP26-001 --boxes COUNT,0,general,clerk,R6.3
    2026-10-31,SHP26-001,to leave,branchbook ship dispatch SHP26-001,0,general,clerk,R6.3
    2026-11-03,SHP26-001,to arrive,branchbook ship arrive SHP26-001 --signed-by NAME,1,general,clerk,R6.2
    2026-11-04,SHP26-001,carrier's bill,branchbook ship bill SHP26-001 --bill NUMBER --amount YUAN,0,general,clerk,R6.2
    ");
    office.ok("ship bill SHP26-001 --bill F-77 --amount 4.2万");
    assert_eq!(due(&office), "");
}

#[test]
fn r6_2_where_no_carrier_quoted_a_figure_says_when_a_shipment_is_overdue() {
    let office = told();
    office.ok(&add("user"));
    for step in [
        "ship complete SHP26-001 --notice WG-1101",
        "ship box SHP26-001 --case 1 --weight 1t",
        "ship schedule SHP26-001 --for 2026-10-09 --agreed-with li",
        "ship pass SHP26-001 --pass CM-556 --vehicle 蒙B12345 --driver 高师傅",
        "ship load SHP26-001 --boxes 1",
        "ship dispatch SHP26-001",
    ] {
        office.ok(step);
    }
    let office = office.on("2026-10-24");
    assert_eq!(due(&office), "");
    assert_eq!(due(&office.on("2026-10-25")).matches("to arrive").count(), 1);
}

/// A command line about SHP26-001 that somebody may try at any time.
fn command() -> impl Strategy<Value = String> {
    let run = (1..8_u32, 0..3_u32).prop_map(|(first, more)| format!("{first}-{}", first + more));
    let boxes = prop_oneof![1..6_u32, 9..15_u32];
    prop_oneof![
        3 => Just("complete SHP26-001 --notice WG-1".to_owned()),
        3 => run.clone().prop_map(|run| format!("box SHP26-001 --case {run} --weight 1t")),
        1 => (1..4_u32, 1..3_u32).prop_map(|(price, who)| format!("quote SHP26-001 --carrier 承运{who} --price {price}万 --days 3 --quality 3")),
        2 => (1..3_u32).prop_map(|who| format!("award SHP26-001 --carrier 承运{who} --reason 近")),
        4 => Just("schedule SHP26-001 --for 2026-10-30 --agreed-with 刘工".to_owned()),
        4 => Just("pass SHP26-001 --pass CM-1 --vehicle 车 --driver 高".to_owned()),
        3 => boxes.prop_map(|boxes| format!("load SHP26-001 --boxes {boxes}")),
        3 => run.clone().prop_map(|run| format!("load SHP26-001 --case {run}")),
        5 => Just("dispatch SHP26-001".to_owned()),
        2 => Just("arrive SHP26-001 --signed-by 刘工".to_owned()),
        1 => Just("bill SHP26-001 --bill F-1 --amount 1万 --reason 议定".to_owned()),
        1 => (1..3_u32, run).prop_map(|(position, run)| format!("amend SHP26-001 --box {position} --case {run} --reason 错")),
        1 => (1..3_u32).prop_map(|position| format!("amend SHP26-001 --box {position} --take-out --reason 错")),
    ]
}

/// What no shipment may be: gone through the gate without Completion Notice, or away with other boxes than were packed.
const WRONG: [&str; 3] = [
    "SELECT count(*) FROM ship_list WHERE (state IN ('passed', 'loaded', 'dispatched', 'arrived') OR gate_pass IS NOT NULL) AND completion_notice IS NULL",
    "SELECT count(*) FROM ship_list WHERE (state IN ('dispatched', 'arrived') OR dispatched_on IS NOT NULL) AND loaded_boxes IS NOT boxes",
    "SELECT count(*) FROM ship_list WHERE loaded_boxes > coalesce(boxes, 0)",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn r6_3_no_order_of_steps_lets_a_shipment_leave_incomplete(
        freight in prop::sample::select(&["company", "user"][..]),
        begun in prop::sample::select(&[0, 2, SCHEDULED, PASSED][..]),
        commands in prop::collection::vec(command(), 10..60),
    ) {
        let office = if begun == 0 { told() } else { after(begun) };
        if begun == 0 {
            office.ok(&add(freight));
        }
        for command in commands {
            let outcome = office.run(&format!("ship {command}"));
            prop_assert!([0, 2, 3, 4].contains(&outcome.code), "{command}: {}", outcome.err);
            for wrong in WRONG {
                prop_assert_eq!(office.count(wrong), 0, "{} after {}", wrong, command);
            }
        }
        let outcome = office.run("verify");
        prop_assert_eq!(outcome.code, 0, "{}", outcome.out);
    }

    #[test]
    fn r6_2_a_case_number_is_in_a_shipment_once(runs in prop::collection::vec((1..40_u32, 0..8_u32), 1..12)) {
        let office = after(1);
        let mut packed = std::collections::BTreeSet::new();
        for (first, more) in runs {
            let cases: Vec<u32> = (first..=first + more).collect();
            let free = cases.iter().all(|case| !packed.contains(case));
            let outcome = office.run(&format!("ship box SHP26-001 --case {first}-{} --weight 1kg --each", first + more));
            prop_assert_eq!(outcome.code, if free { 0 } else { 3 }, "{}", outcome.err);
            if free {
                packed.extend(cases);
            }
            let boxes = i64::try_from(packed.len()).unwrap();
            prop_assert_eq!(office.count("SELECT coalesce(sum(boxes), 0) FROM ship_box"), boxes);
            prop_assert_eq!(office.count("SELECT coalesce(sum(weight_g), 0) FROM ship_box"), boxes * 1000);
        }
    }
}

#[test]
fn r6_2_a_carrier_in_two_spellings_is_one_and_asks_nothing_else_once_the_transport_is_awarded() {
    let office = after(2);
    let quote = |carrier: &str, price: &str| {
        format!("ship quote SHP26-001 --carrier {carrier} --price {price} --days 3 --quality 4")
    };
    office.ok(&quote("顺达物流有限公司", "4万"));
    assert_snapshot!(office.ok(&quote("顺达物流", "4.1万")), @r#"SHP26-001 "PRJ26-001 · 包头市昆区": 顺达物流有限公司 asks 41,000.00, 3 days, quality 4; 1 carrier asked"#);
    assert_snapshot!(office.refused(3, "ship award SHP26-001 --carrier 顺达物流"), @"R6.2: SHP26-001 has quotes of 1 of the 2 carriers that must be asked; enter another's with: branchbook ship quote SHP26-001 --carrier NAME --price YUAN --days DAYS --quality 1-5");
    office.ok(&quote("恒通", "4.2万"));
    office.ok("ship award SHP26-001 --carrier 顺达物流");
    assert_snapshot!(office.refused(3, &quote("恒通", "3万")), @"R6.2: SHP26-001 is awarded to 顺达物流有限公司 already, and what 恒通 asked stays; see what was asked with: branchbook ship compare SHP26-001, or record the breach with --exception REASON");
    office.ok(&quote("路路通", "3万"));
    office.ok(&format!("{} --exception 恒通更正", quote("恒通", "3.9万")));
    office.ok("verify");
}

#[test]
fn r6_2_a_bill_far_above_the_award_is_an_exception_with_its_reason() {
    let office = after(9);
    assert_snapshot!(office.ok("report exceptions --format csv"), @r#"
    number,clause,happened_on,person,reason,refused,approved_by,department,register,entered_on
    SHP26-001,R6.2,2026-10-09,clerk,带大件运输资质,"SHP26-001 goes to 顺达 at 42,000.00, above the cheapest, 恒通 at 39,000.00",,business,ship,
    "#);
    assert_snapshot!(office.refused(3, "ship bill SHP26-001 --bill 9911 --amount 9万"), @"R6.2: the bill of 90,000.00 for SHP26-001 is 48,000.00 above the award of 42,000.00; say why with --reason TEXT");
    let outcome = office.run("ship bill SHP26-001 --bill 9911 --amount 9万 --reason 改走海运");
    assert_snapshot!(outcome.err, @"recorded as an exception: R6.2: the bill of 90,000.00 for SHP26-001 is 48,000.00 above the award of 42,000.00");
    assert_snapshot!(office.ok("report exceptions --format csv"), @r#"
    number,clause,happened_on,person,reason,refused,approved_by,department,register,entered_on
    SHP26-001,R6.2,2026-10-09,clerk,带大件运输资质,"SHP26-001 goes to 顺达 at 42,000.00, above the cheapest, 恒通 at 39,000.00",,business,ship,
    SHP26-001,R6.2,2026-10-09,clerk,改走海运,"the bill of 90,000.00 for SHP26-001 is 48,000.00 above the award of 42,000.00",,business,ship,
    "#);
    office.ok("ship amend SHP26-001 --amount 4.3万 --reason 写错");
}

#[test]
fn r6_3_a_contract_without_instalments_passes_no_gate_unless_excepted() {
    let office = after(6);
    project::review(&office, "PRJ26-001");
    let day = office.now().today();
    office.ok(&format!("project contract PRJ26-001 --contract BG-2026-088 --signed-on {day} --amount 100万"));
    let pass = "ship pass SHP26-001 --pass CM-556 --vehicle 蒙B12345 --driver 高师傅";
    assert_snapshot!(office.refused(3, pass), @"R6.3: SHP26-001 cannot pass the gate while the contract of PRJ26-001 has no instalments; set them with: branchbook project instalments PRJ26-001 --advance SHARE --progress SHARE --delivery SHARE --warranty SHARE, or record the breach with --exception REASON");
    office.ok(&format!("{pass} --exception 分期待定"));
}

#[test]
fn r6_3_shares_of_a_contract_stay_once_there_is_a_shipment() {
    let office = after(SCHEDULED);
    project::review(&office, "PRJ26-001");
    let day = office.now().today();
    office.ok(&format!("project contract PRJ26-001 --contract BG-2026-088 --signed-on {day} --amount 100万"));
    office.ok("project instalments PRJ26-001 --advance 30% --delivery 70%");
    let pass = "ship pass SHP26-001 --pass CM-556 --vehicle 蒙B12345 --driver 高师傅";
    assert!(office.refused(3, pass).starts_with("R6.3: "));
    let anew = "project instalments PRJ26-001 --delivery 100%";
    assert_snapshot!(office.sharing("li").refused(3, anew), @"R6.3: the shares of PRJ26-001 stay: there is a shipment, or money is due; enter the supplement that changes them first, or let a clerk record the reason with --exception REASON");
    assert!(office.sharing("li").refused(3, &format!("{anew} --exception 改")).starts_with("R6.3: "));
    assert_snapshot!(office.refused(3, anew), @"R6.3: the shares of PRJ26-001 stay: there is a shipment, or money is due; enter the supplement that changes them first: branchbook project contract PRJ26-001 --supplement …, or record the breach with --exception REASON");
    office.sharing("li").ok("project instalments PRJ26-001 --advance 30万 --delivery 70% --delivery-due 2027-01-01");
    let excepted = office.copy();
    let decided = format!("{anew} --exception 用户来函改为货到付款 --by");
    assert!(office.refused(3, &format!("{decided} li")).starts_with("R6.3: the advance of PRJ26-001 would fall"));
    excepted.ok(&format!("{decided} chen"));
    assert!(excepted.ok("report exceptions --format csv").contains("PRJ26-001,R6.3,"));
    excepted.ok(pass);
    office.ok(&format!("project contract PRJ26-001 --supplement --contract B1 --signed-on {day} --amount 10万"));
    assert!(office.sharing("li").refused(3, anew).starts_with("R6.3: the advance of PRJ26-001 would fall"));
    office.sharing("li").ok("project instalments PRJ26-001 --advance 30万 --delivery 80万");
}

#[test]
fn r6_3_an_advance_that_went_back_after_the_gate_pass_is_asked_for_again() {
    let office = after(SCHEDULED);
    project::review(&office, "PRJ26-001");
    let day = office.now().today();
    office.ok(&format!("project contract PRJ26-001 --contract BG-2026-088 --signed-on {day} --amount 100万"));
    office.ok("project instalments PRJ26-001 --advance 30% --delivery 70%");
    office.ok("project receive PRJ26-001 --kind advance --amount 30万 --voucher 银-1");
    office.ok("ship pass SHP26-001 --pass CM-556 --vehicle 蒙B12345 --driver 高师傅");
    office.ok("ship load SHP26-001 --boxes 4");
    office.ok("project reverse PRJ26-001 --receipt 1 --reason 退票");
    let load = "ship load SHP26-001 --boxes 10";
    assert_snapshot!(office.refused(3, load), @"R6.3: SHP26-001 cannot pass the gate while the advance payment of PRJ26-001 is short: 300,000.00 of 300,000.00 is missing; enter what came in with: branchbook project receive PRJ26-001 …, or record the breach with --exception REASON");
    let excepted = office.copy();
    excepted.ok(&format!("{load} --exception 用户已电汇"));
    assert!(excepted.ok("report exceptions --format csv").contains("SHP26-001,R6.3,"));
    excepted.ok("ship dispatch SHP26-001");
    assert!(office.refused(3, "ship load SHP26-001 --boxes 11 --exception 多装").contains("more cannot be loaded"));
    office.ok("project receive PRJ26-001 --kind advance --amount 30万 --voucher 银-2");
    office.ok(load);
    office.ok("project reverse PRJ26-001 --receipt 3 --reason 退票");
    assert!(office.refused(3, "ship dispatch SHP26-001").starts_with("R6.3: SHP26-001 cannot pass the gate while "));
    office.ok("ship dispatch SHP26-001 --exception 用户已电汇");
}

#[test]
fn r6_2_a_day_that_is_settled_as_it_was_is_nothing_new() {
    let office = after(6);
    let history = office.ok("history SHP26-001 --format csv");
    let said = office.refused(2, crate::ship::STEPS[5]);
    assert_eq!(said, "SHP26-001 says so already, and nothing was entered; see it with: branchbook show SHP26-001");
    assert_eq!(office.ok("history SHP26-001 --format csv"), history);
    office.ok("ship schedule SHP26-001 --for 2026-10-31 --agreed-with 刘工");
}
