//! Projects whose work is drawn by lot, a thousand lines of one log, and how a project becomes major.

use insta::assert_snapshot;
use proptest::prelude::*;

use crate::office::Office;
use crate::project::led;
use crate::project_work::{blockers, contracted};

#[test]
fn a_thousand_lines_in_one_log_cost_a_thousand_rows_of_the_journal() {
    let office = led();
    let size = || office.count("SELECT sum(length(record)) FROM journal WHERE thing = 'PRJ26-001'");
    let log = |count: usize| {
        for _ in 0..count {
            office.ok("project log PRJ26-001 --kind call --text 询问进度 --by li");
        }
    };
    log(20);
    let (before, rows) = (size(), 20);
    log(rows);
    // Later rows are no longer than earlier ones: 1,000 of them take less than 1 MB.
    assert!(size() - before <= 20 * 900 && size() - before <= before, "{before} and then {}", size() - before);
    office.ok("project log PRJ26-001 --answers 3 --answer 已答 --by li");
    assert!(office.ok("project history PRJ26-001 --format csv").contains("project_log 3"));
    office.ok("verify");
    office.sql().execute_batch("DELETE FROM project_log WHERE position = 7").unwrap();
    assert!(office.run("verify").out.contains("PRJ26-001 is not as row"), "a row that is gone is found");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// However often the leader changes, every day from the first appointment on has one.
    #[test]
    fn r3_1_a_leader_exists_on_every_day_once_one_was_appointed(changes in proptest::collection::vec((0..3_usize, 0..12_u64), 1..8)) {
        const PEOPLE: [&str; 3] = ["li", "wang", "sun"];
        let office = Office::staffed();
        office.ok("project add --department business --customer 包钢 --title 球磨机");
        let first = chrono::NaiveDate::from_ymd_opt(2026, 9, 20).unwrap();
        office.ok(&format!("project add --department business --customer 鞍钢 --title 备件 --on {first}"));
        let mut begun: Option<chrono::NaiveDate> = None;
        for (person, days) in changes {
            let day = first + chrono::Days::new(days);
            let line = format!("project lead PRJ26-002 --person {} --by wang --on {day}", PEOPLE[person]);
            if office.run(&line).code == 0 {
                begun = Some(begun.map_or(day, |begun| begun.min(day)));
            }
        }
        let begun = begun.unwrap();
        for day in begun.iter_days().take_while(|day| *day <= first + chrono::Days::new(14)) {
            let sql = format!("SELECT count(*) FROM (SELECT person FROM leader WHERE from_on <= '{day}' ORDER BY position DESC LIMIT 1)");
            prop_assert_eq!(office.count(&sql), 1, "{}", day);
        }
    }

    /// Whatever has happened to a project, it closes exactly when nothing keeps it open.
    #[test]
    fn blockers_are_empty_exactly_when_the_project_closes(steps in proptest::collection::vec(0..12_usize, 0..14)) {
        const STEPS: [&str; 12] = [
            "project review PRJ26-001 --item 技术要求 --reviewer wu --pass",
            "project contract PRJ26-001 --contract B-1 --signed-on 2026-10-09 --amount 100万 --warranty-months 12",
            "project instalments PRJ26-001 --advance 30% --delivery 60% --warranty 10%",
            "project receive PRJ26-001 --amount 50万 --voucher 银-1",
            "project receive PRJ26-001 --amount 50万 --voucher 银-2",
            "project problem PRJ26-001 --what 气孔 --department technology",
            "project solve PRJ26-001 --problem 1 --how 补焊",
            "project deliver PRJ26-001",
            "project accept PRJ26-001",
            "contact add --department business --kind execution --to technology --project PRJ26-001 --subject a --content b --by li",
            "contact sign HAY05001 --by wu",
            "contact archive HAY05001 --by he",
        ];
        let office = led();
        // A straight way through, disturbed by the random steps.
        let usual = [0, 1, 2, 3, 4, 7, 8];
        for (index, step) in usual.iter().copied().enumerate().flat_map(|(index, usual)| {
            steps.iter().copied().skip(index * 2).take(2).chain([usual]).collect::<Vec<_>>()
        }).enumerate() {
            let _ = index;
            let _ = office.run(STEPS[step]);
        }
        let open = blockers(&office);
        let closed = office.run("project close PRJ26-001").code == 0;
        prop_assert_eq!(closed, open.is_empty(), "{:?}", open);
        prop_assert_eq!(office.run("verify -q").code, 0);
    }
}

#[test]
fn r3_3_a_review_is_entered_by_its_reviewer_and_overturned_by_nobody_but_the_reviewer_or_the_manager() {
    let office = led();
    let review = "project review PRJ26-001 --item 技术要求 --reviewer";
    assert_snapshot!(office.refused(3, &format!("{review} wu --pass --by li")), @"R3.3: a review of PRJ26-001 is entered by its reviewer, 吴工, and 李娜 is another; name who reviewed it with --by wu, or leave --by out where a clerk enters it");
    office.ok(&format!("{review} wu --fail --opinion 轴承座不符 --by wu"));
    assert_snapshot!(office.refused(3, &format!("{review} he --pass --by he")), @"R3.3: 技术要求 of PRJ26-001 failed by 吴工, and 何平 does not overturn that; let 吴工 review it again, or the manager: --reviewer wu");
    assert_snapshot!(office.refused(3, &format!("{review} he --pass")), @"R3.3: 技术要求 of PRJ26-001 failed by 吴工, and 何平 does not overturn that; let 吴工 review it again, or the manager: --reviewer wu");
    office.ok(&format!("{review} wang --pass --by wang"));
    office.ok(&format!("{review} wu --fail --opinion 仍不符 --by wu"));
    office.ok(&format!("{review} wu --pass --by wu"));
    office.ok(&format!("{review} he --pass --by he"));
}

#[test]
fn r3_1_a_project_becomes_major_by_its_contract_and_the_branch_manager_confirms_its_leader() {
    let office = Office::staffed();
    office.ok("project add --department business --customer 包钢 --title 球磨机 --amount 499万 --by wang");
    office.ok("project lead PRJ26-001 --person li --by wang");
    office.ok("project review PRJ26-001 --item 技术要求 --reviewer wu --pass");
    assert_eq!(blockers(&office), ["R3.4 the contract is not signed"]);
    let outcome =
        office.run("project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-08 --amount 3000万 --by li");
    assert_snapshot!(outcome.err, @"
    the contract comes to 30,000,000.00, the estimate was 4,990,000.00: have what changed reviewed, where the review did not see it (R3.3)
    it is a major project now: the branch manager confirms its leader, or appoints another (R3.1)
    ");
    assert_snapshot!(blockers(&office).join("\n"), @r#"
    R3.5 the product is not delivered
    R3.7 instalments of 0.00 are set, and the contract is 30,000,000.00
    R3.1 leader 李娜 of a major project to be confirmed, for the branch-manager
    R3.9 a major project has no team
    "#);
    let due = office.ok("due --format csv");
    assert_snapshot!(due.lines().filter(|line| line.contains("major")).collect::<Vec<_>>().join("\n"), @r#"
    2026-10-08,PRJ26-001,a major project has no team,branchbook project team PRJ26-001 --member PERSON,0,business,li,R3.9
    2026-10-08,PRJ26-001,"leader 李娜 of a major project to be confirmed, for the branch-manager",branchbook project lead PRJ26-001 --person li --by chen,0,business,li,R3.1
    "#);
    assert_snapshot!(office.refused(3, "project lead PRJ26-001 --person li --by wang"), @"R3.1: appointing the leader of PRJ26-001, a major project, is for the branch-manager, which 王建国 was not on 2026-10-08; name who decided: --by chen");
    assert_snapshot!(office.ok("project lead PRJ26-001 --person li --by chen"), @r#"PRJ26-001 "包钢 · 球磨机": led by 李娜 from 2026-10-08, appointed by 陈总"#);
    assert_snapshot!(office.refused(2, "project lead PRJ26-001 --person li --by chen"), @"PRJ26-001 is led by 李娜 already; name another with --person PERSON");
    office.ok("project team PRJ26-001 --member wu --by li");
    assert!(!office.ok("due --format csv").contains("major"));
    // In another currency, by its rate; and by a supplement.
    office.ok("project add --department business --customer Emir --title mill --amount 100万 --by wang");
    office.ok("project review PRJ26-002 --item 技术要求 --reviewer wu --pass");
    office.ok("project contract PRJ26-002 --contract E-1 --signed-on 2026-10-08 --amount 50万 --currency usd --rate 7 --by wang");
    assert_eq!(office.count("SELECT major_flag FROM project_list WHERE number = 'PRJ26-002'"), 0);
    office.ok("project contract PRJ26-002 --contract E-2 --supplement --signed-on 2026-10-08 --amount 30万 --rate 7 --by wang");
    assert_eq!(office.count("SELECT major_flag FROM project_list WHERE number = 'PRJ26-002'"), 1);
    office.ok("verify");
}

#[test]
fn r3_5_a_problem_names_the_form_that_went_out_about_it() {
    let office = contracted();
    office.ok("contact add --department business --kind execution --to technology --project PRJ26-001 --subject 图纸 --content 确认 --by li");
    office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 询价 --content 确认 --by wang",
    );
    let problem = "project problem PRJ26-001 --what 铸件气孔 --department technology --contact";
    assert_snapshot!(office.refused(3, &format!("{problem} HAY05002")), @"R3.5: HAY05002 is no form of PRJ26-001; name a form of the project, or issue one with: branchbook contact add --kind execution --project PRJ26-001 …");
    office.ok(&format!("{problem} HAY05001"));
    assert!(office.ok("project show PRJ26-001").contains("HAY05001"));
    office.ok("verify");
}

#[test]
fn r3_2_documents_that_are_exchanged_with_the_user_stand_in_the_log() {
    let office = led();
    assert_snapshot!(office.ok("project log PRJ26-001 --kind document --text 总装图交用户 --by li"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": document 1 in its log, on 2026-10-09 by 李娜"#);
    office.ok("verify");
}
