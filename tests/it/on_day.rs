//! The day of a step is corrected within what the step itself asks of its day, in every register.

use std::collections::BTreeMap;

use branchbook::register::forms;
use insta::assert_snapshot;

use crate::every_verb;
use crate::gift;
use crate::office::Office;
use crate::project::REVIEWED;
use crate::ship;

#[test]
fn r5_3_1_a_gift_was_not_bought_before_its_approval_was_entered() {
    let office = gift::after(1).on("2026-10-20");
    office.ok("gift approve GFT26-001 --by chen --on 2026-10-09");
    office.refused(3, "gift buy GFT26-001 --bill 0218843 --amount 352 --on 2026-10-12");
    office.ok("gift buy GFT26-001 --bill 0218843 --amount 352");
    assert_snapshot!(office.refused(3, "gift amend GFT26-001 --bought-on 2026-10-12 --reason 误"), @"R5.3(1): the approval of gift GFT26-001 was entered at 2026-10-20 08:00, after it was bought on 2026-10-12; where it was bought then, whoever asked for it bears it: take the purchase back with: branchbook undo GFT26-001 --reason REASON, and enter it with --own-expense li");
    // What the refusal says works.
    office.ok("undo GFT26-001 --reason 误");
    office.ok("gift buy GFT26-001 --bill 0218843 --amount 352 --on 2026-10-12 --own-expense li --reason 来不及");
    office.ok("verify");
}

#[test]
fn r5_4_1_an_agreement_is_not_corrected_to_before_its_approval_counts() {
    let office = Office::staffed();
    office.all_ok(&REVIEWED);
    office.ok("fee add --kind agency --payee 某公司 --employer 某某 --project PRJ26-001 --amount 1万 --reason 代理 --asked-by li");
    let office = office.on("2026-10-20");
    office.sharing("lin").ok("fee approve FEE26-001 --on 2026-10-09");
    office.refused(3, "fee sign FEE26-001 --agreement DL-1 --party 某公司 --by chen --on 2026-10-12");
    office.ok("fee sign FEE26-001 --agreement DL-1 --party 某公司 --by chen");
    assert_snapshot!(office.refused(3, "fee amend FEE26-001 --signed-on 2026-10-12 --reason 误"), @"R5.4(1): the agreement over FEE26-001 is of 2026-10-12, before the approval of 2026-10-20; give the day on which it was signed, 2026-10-20 or after");
}

#[test]
fn r6_2_an_award_is_not_corrected_to_before_the_quotes() {
    let office = ship::after(2).on("2026-10-20");
    office.all_ok(&ship::STEPS[2..5]);
    assert_snapshot!(office.refused(2, "ship amend SHP26-001 --awarded-on 2026-10-15 --reason 误"), @"SHP26-001 was quoted for on 2026-10-20, and awarded cannot be on 2026-10-15, before that; give a day between the steps before and after it");
}

#[test]
fn r3_5_nothing_was_delivered_before_its_contract_was_signed() {
    let office = Office::staffed();
    office.all_ok(&REVIEWED);
    let office = office.on("2026-10-20");
    office.ok("project contract PRJ26-001 --contract HT-1 --signed-on 2026-10-15 --amount 120万 --by li");
    office.ok("project deliver PRJ26-001");
    assert_snapshot!(office.refused(2, "project amend PRJ26-001 --delivered-on 2026-10-14 --reason 误"), @"PRJ26-001 was put under contract on 2026-10-15 and cannot be delivered on 2026-10-14; give a day between the steps before and after it");
    office.ok("project amend PRJ26-001 --delivered-on 2026-10-15 --reason 误");
}

/// Steps whose day is corrected, each with the line that takes it.
const STEPS: [(&str, &str, &str); 17] = [
    ("contact", "archive", "contact archive NUMBER"),
    ("fee", "register", "fee register NUMBER"),
    ("fee", "sign", "fee sign NUMBER --agreement DL-99 --party 甲 --by chen"),
    ("gift", "buy", "gift buy NUMBER --bill 甲-99 --amount 1"),
    ("gift", "give", "gift give NUMBER"),
    ("info", "assign", "info assign NUMBER --to business"),
    ("info", "track", "info track NUMBER --person li --by wang"),
    ("project", "accept", "project accept NUMBER"),
    ("project", "deliver", "project deliver NUMBER"),
    ("project", "produce", "project produce NUMBER"),
    (
        "reception",
        "arrange",
        "reception arrange NUMBER --host none --place none --car none --dining none --gift-standard none --lodging none --scenic none --schedule none",
    ),
    ("reception", "summarize", "reception summarize NUMBER --summary 甲"),
    ("ship", "arrive", "ship arrive NUMBER --signed-by 甲"),
    ("ship", "award", "ship award NUMBER --carrier 顺达 --reason 甲"),
    ("ship", "complete", "ship complete NUMBER --notice WG-99"),
    ("ship", "dispatch", "ship dispatch NUMBER"),
    ("ship", "pass", "ship pass NUMBER --pass CM-99 --vehicle 甲 --driver 乙"),
];

/// What a step refuses by its day, a correction of that day refuses as well.
#[test]
fn no_correction_of_a_day_passes_by_what_its_step_asks_of_it() {
    let office = every_verb::office();
    let mut tried: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for form in forms() {
        for step in form.steps().filter(|step| step.signed.is_some() && step.name != "bill") {
            let register = form.register.name;
            let line = STEPS.iter().find(|(of, verb, _)| (*of, *verb) == (register, step.name));
            let (.., line) = line.unwrap_or_else(|| panic!("{register} {} is not tried", step.name));
            let last = "SELECT e.number FROM entry AS e WHERE e.register = ?1 AND e.import IS NULL AND e.state <> 'void'
                AND (SELECT j.verb FROM journal AS j WHERE j.thing = e.number ORDER BY j.id DESC LIMIT 1) = ?1 || ' ' || ?2";
            let book = office.sql();
            let mut numbers = book.prepare(last).unwrap();
            let numbers: Vec<String> =
                numbers.query_map((register, step.name), |row| row.get(0)).unwrap().map(Result::unwrap).collect();
            let option = step.signed.unwrap().typed_as(branchbook::register::option::At::Amend);
            for number in numbers.iter().take(2) {
                let without = office.copy();
                if without.run(&format!("undo {number} --reason 甲")).code != 0 {
                    continue;
                }
                let take = line.replace("NUMBER", number);
                if without.run(&format!("{take} --dry-run")).code != 0 {
                    continue;
                }
                for day in
                    ["2026-06-01", "2026-09-28", "2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02"]
                {
                    if without.run(&format!("{take} --on {day} --dry-run")).code == 0 {
                        continue;
                    }
                    let corrected = format!("{register} amend {number} --{option} {day} --reason 甲 --dry-run");
                    assert_ne!(office.run(&corrected).code, 0, "{corrected} passes by {take} --on {day}");
                    *tried.entry((register, step.name)).or_default() += 1;
                }
            }
        }
    }
    assert!(tried.len() > 8, "{tried:?}");
}
