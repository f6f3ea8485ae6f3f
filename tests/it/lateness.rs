//! What was late when it was entered stays on record, whatever day is corrected afterwards, in every register.

use std::collections::BTreeSet;

use branchbook::register::lateness::DEADLINES;
use insta::assert_snapshot;

use crate::office::Office;
use crate::project::REVIEWED;

/// A deadline: its register and clause, what leads up to it on 2026-10-08, what is done late, and the correction that makes it good.
type Kept = (&'static str, &'static str, &'static [&'static str], &'static [&'static str], &'static str);

const VISIT: &str = "reception add --department business --unit 甲 --purpose 考察 --arrive 2026-10-10 --visitor 丙;丁 --schedule none --by li";
const ARRANGED: &str = "reception arrange REC26-001 --host none --place none --car none --dining none --gift-standard none --lodging none --schedule none --scenic none";
const FORM: &str = "contact add --department business --kind execution --to technology --subject 图纸 --content 乙 --reply-by 2026-10-20 --by wang";
const ASSET: &str = "asset add --name 相机 --price 3000 --bought-on 2026-10-08 --keeper li --department business";
const INFO: &str =
    "info add --department business --customer 包钢 --region 内蒙古 --equipment 球磨机 --need 两台 --by li";
const CONTRACT: &str = "project contract PRJ26-001 --contract HT-1 --signed-on 2026-10-12 --amount 120万 --by li";
const FEE: &str =
    "fee add --kind agency --payee 某公司 --employer 某某 --project PRJ26-001 --amount 1万 --reason 代理 --asked-by li";

const KEPT: [Kept; 12] = [
    (
        "contact",
        "R4.7",
        &[FORM, "contact sign HAY05001 --for technology --by wu"],
        &["contact reply HAY05001 --text 可 --by wu"],
        "contact amend HAY05001 --reply-by 2026-10-30 --reason 误",
    ),
    ("contact", "R4.7", &[FORM], &[], "contact amend HAY05001 --reply-by 2026-10-30 --reason 误"),
    (
        "contact",
        "R4.7",
        &[FORM, "contact sign HAY05001 --for technology --by wu"],
        &["contact reply HAY05001 --text 可 --by wu"],
        "contact amend HAY05001 --reply 1 --replied-on 2026-10-19 --reason 误",
    ),
    (
        "info",
        "R2.2",
        &[INFO],
        &["info report --department business --month 2026-10 --by wang"],
        "info amend INF26-0001 --collected-on 2026-10-31 --need 三台 --reason 误",
    ),
    (
        "project",
        "R3.2",
        &[REVIEWED[0], REVIEWED[1], "project plan PRJ26-001 --what 谈判 --due 2026-10-20 --by li"],
        &["project done PRJ26-001 --what 谈判"],
        "project amend PRJ26-001 --milestone 1 --done-on 2026-10-19 --reason 误",
    ),
    (
        "project",
        "R3.7",
        &[REVIEWED[0], REVIEWED[1], REVIEWED[2]],
        &[
            CONTRACT,
            "project instalments PRJ26-001 --advance 50% --delivery 50%",
            "project deliver PRJ26-001 --on 2026-10-14",
        ],
        "project amend PRJ26-001 --delivered-on 2026-10-27 --reason 误",
    ),
    (
        "project",
        "R5.4(1)",
        &[REVIEWED[0], REVIEWED[1], REVIEWED[2], FEE, "fee approve FEE26-001 --by lin"],
        &[CONTRACT, "fee sign FEE26-001 --agreement DL-1 --party 某公司 --by chen"],
        "project amend PRJ26-001 --paper 1 --signed-on 2026-10-27 --reason 误",
    ),
    (
        "fee",
        "R5.4(1)",
        &[REVIEWED[0], REVIEWED[1], REVIEWED[2], FEE, "fee approve FEE26-001 --by lin"],
        &[CONTRACT, "fee sign FEE26-001 --agreement DL-1 --party 某公司 --by chen"],
        "fee amend FEE26-001 --signed-on 2026-10-10 --reason 误",
    ),
    (
        "reception",
        "R5.2(5)",
        &[VISIT, ARRANGED],
        &[
            "reception receive REC26-001 --arrived 2026-10-10 --left 2026-10-10 --people 1 --cost 100",
            "reception summarize REC26-001 --summary 好",
        ],
        "reception amend REC26-001 --left 2026-10-26 --reason 误",
    ),
    (
        "reception",
        "R5.2(5)",
        &[VISIT, ARRANGED],
        &["reception receive REC26-001 --arrived 2026-10-10 --left 2026-10-10 --people 1 --cost 100"],
        "reception amend REC26-001 --left 2026-10-26 --reason 误",
    ),
    (
        "asset",
        "R5.5(3)",
        &[ASSET, "asset issue AST-0001 --to li --for 拍照 --back-by 2026-10-20"],
        &[],
        "asset amend AST-0001 --custody 2 --back-by 2026-11-10 --reason 误",
    ),
    (
        "asset",
        "R5.5(4)",
        &[ASSET],
        &["asset damage AST-0001 --what 碎 --happened 2026-10-21 --by li"],
        "asset amend AST-0001 --damage 1 --happened 2026-10-27 --reason 误",
    ),
];

/// What is listed of a clause in the month of the office's day, as what was refused.
fn listed(office: &Office, clause: &str) -> String {
    let list = office.ok("report exceptions --month this --columns clause,refused --format csv");
    list.lines().filter(|line| line.starts_with(&format!("{clause},"))).collect::<Vec<_>>().join("\n")
}

#[test]
fn r5_2_5_what_was_late_stays_on_record_whatever_day_is_corrected() {
    let mut tried = BTreeSet::new();
    let mut said = Vec::new();
    for (register, clause, before, done, correction) in KEPT {
        let office = Office::staffed();
        office.all_ok(before);
        // A report is late once its month has ended.
        let office = office.on(if register == "info" { "2026-11-02" } else { "2026-10-27" });
        office.all_ok(done);
        let known = listed(&office, clause);
        office.ok(correction);
        let now = listed(&office, clause);
        assert_ne!(known, now, "{correction}");
        said.push(now.lines().find(|line| !known.contains(line)).unwrap().to_owned());
        tried.insert((register, clause));
        office.ok("verify");
    }
    assert_snapshot!(said.join("\n"), @r#"
    R4.7,"the reply of HAY05001 was due on 2026-10-20 and came on 2026-10-27: it was late by the day that was corrected, reply_by_on (2026-10-20 → 2026-10-30)"
    R4.7,"the reply of HAY05001 was due on 2026-10-20: it was late by the day that was corrected, reply_by_on (2026-10-20 → 2026-10-30)"
    R4.7,"the reply of HAY05001 was due on 2026-10-20 and came on 2026-10-27: it was late by the day that was corrected, reply 1 (2026-10-27 → 2026-10-19)"
    R2.2,"the report of INF26-0001 came on 2026-11-02: it was late by the day that was corrected, collected_on (2026-10-08 → 2026-10-31)"
    R3.2,"the milestone of PRJ26-001 was due on 2026-10-20 and came on 2026-10-27: it was late by the day that was corrected, milestone 1 (2026-10-27 → 2026-10-19)"
    R3.7,"the payment of PRJ26-001 was due on 2026-10-14: it was late by the day that was corrected, delivered_on (2026-10-14 → 2026-10-27)"
    R5.4(1),"the agreement of a fee of PRJ26-001 was due on 2026-10-12 and came on 2026-10-27: it was late by the day that was corrected, contract 1 (2026-10-12 → 2026-10-27)"
    R5.4(1),"the agreement of FEE26-001 was due on 2026-10-12 and came on 2026-10-27: it was late by the day that was corrected, signed_on (2026-10-27 → 2026-10-10)"
    R5.2(5),"the summary of REC26-001 was due on 2026-10-13 and came on 2026-10-27: it was late by the day that was corrected, left_on (2026-10-10 → 2026-10-26)"
    R5.2(5),"the summary of REC26-001 was due on 2026-10-13: it was late by the day that was corrected, left_on (2026-10-10 → 2026-10-26)"
    R5.5(3),"the return of AST-0001 was due on 2026-10-20: it was late by the day that was corrected, custody 2 (2026-10-20 → 2026-11-10)"
    R5.5(4),"the report of damage of AST-0001 was due on 2026-10-21 and came on 2026-10-27: it was late by the day that was corrected, damage 1 (2026-10-21 → 2026-10-27)"
    "#);
    let all: BTreeSet<_> = DEADLINES.iter().map(|deadline| (deadline.register, deadline.clause)).collect();
    assert_eq!(tried, all);
}

#[test]
fn r5_2_5_a_correction_that_makes_nothing_good_is_no_exception() {
    let (.., before, done, _) = KEPT[8];
    let office = Office::staffed();
    office.all_ok(before);
    let office = office.on("2026-10-27");
    office.all_ok(done);
    office.ok("reception amend REC26-001 --left 2026-10-11 --reason 误");
    office.ok("reception amend REC26-001 --cost 120 --reason 误");
    assert_eq!(listed(&office, "R5.2(5)"), "");
}

#[test]
fn r5_2_5_nobody_leaves_after_the_summary() {
    let (.., before, done, _) = KEPT[8];
    let office = Office::staffed();
    office.all_ok(before);
    let office = office.on("2026-10-27");
    office.all_ok(done);
    office.ok("reception amend REC26-001 --summarized-on 2026-10-12 --reason 误");
    assert_snapshot!(office.refused(2, "reception amend REC26-001 --left 2026-10-13 --reason 误"), @"REC26-001 was summarized on 2026-10-12, and its guests cannot have left on 2026-10-13, after that; give the day on which they left with --left DATE, 2026-10-12 or before; where that day is wrong, correct it with --summarized-on DATE");
}
