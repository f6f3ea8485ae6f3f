//! Which day counts for whatever is late: that of entry where somebody enters their own deed, that of the paper where a clerk
//! writes down somebody else's, which is marked as entered later (Q9).

use std::collections::BTreeSet;

use insta::assert_snapshot;

use crate::office::Office;
use crate::project::REVIEWED;

/// A deed that may be late: the words by which its answer says so, who does it, what leads up to it, and the deed on a day on which it
/// is on time.
struct Deed {
    says: &'static str,
    person: &'static str,
    before: &'static [&'static str],
    done: &'static str,
}

const PROJECT: [&str; 2] = [
    "project add --department business --customer 甲矿业 --title 磨机 --by wang",
    "project lead PRJ26-001 --person li --by wang",
];
const VISIT: &str = "reception add --department business --unit 包钢 --purpose 监造 --visitor 张;处长 --schedule none";

/// Every sentence of the program that says of a deed that it is late, with the deed.
const DEEDS: [Deed; 7] = [
    Deed {
        says: "late: it was wanted by 2026-10-13",
        person: "wu",
        before: &[
            "contact add --department business --kind pre-contract --to technology --subject 轴承 --content x --by wang",
            "contact sign HAY05001 --for technology --by wu",
        ],
        done: "contact reply HAY05001 --for technology --text 可行 --on 2026-10-12",
    },
    Deed {
        says: "late: the deadline was 2026-10-30",
        person: "wang",
        before: &[],
        done: "info report --department business --month 2026-10 --on 2026-10-29",
    },
    Deed {
        says: "days late",
        person: "li",
        before: &[PROJECT[0], PROJECT[1], "project plan PRJ26-001 --what 谈判 --due 2026-10-20 --by li"],
        done: "project done PRJ26-001 --what 谈判 --on 2026-10-19",
    },
    Deed {
        says: "late: it was wanted by 2026-10-13",
        person: "li",
        before: &[PROJECT[0], PROJECT[1], "project log PRJ26-001 --kind request --text 催货 --by li"],
        done: "project log PRJ26-001 --answers 1 --answer 已发 --on 2026-10-12",
    },
    Deed {
        says: "a plan comes before the visit",
        person: "wang",
        before: &[],
        done: "reception add --department business --unit 包钢 --purpose 监造 --visitor 张;处长 --schedule none --arrive 2026-10-19 --on 2026-10-17",
    },
    Deed {
        says: "summarized, late, it was due on 2026-10-11",
        person: "he",
        before: &[
            "VISIT --arrive 2026-10-08 --by wang --on 2026-10-07",
            "reception arrange REC26-001 --host 王建国 --place 会议室 --car none --dining none --gift-standard none --lodging none --scenic none --schedule none --by zhou",
            "reception receive REC26-001 --arrived 2026-10-08 --left 2026-10-08 --people 1 --cost 10 --by zhou",
        ],
        done: "reception summarize REC26-001 --text 好 --on 2026-10-10",
    },
    Deed {
        says: "days late: damage is reported at once",
        person: "li",
        before: &[
            "asset add --name 相机 --price 7999 --bought-on 2026-10-01 --keeper zhou --department general",
            "asset issue AST-0001 --to li --for 拍照",
        ],
        done: "asset damage AST-0001 --what 碎 --on 2026-10-20",
    },
];

fn told(office: &Office, line: &str) -> String {
    let outcome = office.run(line);
    assert_eq!(outcome.code, 0, "{line}\n{}", outcome.err);
    format!("{}{}", outcome.out, outcome.err)
}

#[test]
fn r2_2_whoever_is_judged_makes_nothing_good_by_dating_back_and_a_clerks_paper_counts_by_its_day() {
    for Deed { says, person, before, done: deed } in DEEDS {
        let office = Office::staffed();
        for line in before {
            office.ok(&line.replace("VISIT", VISIT));
        }
        let office = office.on("2026-11-05");
        let own = told(&office.copy().sharing(person), deed);
        assert!(own.contains(says), "{deed} by {person}: {own}");
        let written = told(&office, &format!("{deed} --by {person}"));
        assert!(!written.contains("late") && !written.contains("before the visit"), "{deed} by the clerk: {written}");
        let number = deed.split(' ').find(|word| word.contains("001")).unwrap_or("REC26-001");
        if !deed.starts_with("info") {
            let history = office.ok(&format!("history {number} --format csv"));
            let last = history.trim_end().lines().last().unwrap();
            assert!(last.ends_with(",yes"), "{deed}: {history}");
        }
        assert_eq!(office.run("verify").code, 0);
    }
}

#[test]
fn r2_2_every_sentence_that_says_late_is_tried() {
    let catalogue = include_str!("../../locale/zh.po").replace("\"\n\"", "");
    let sentences: BTreeSet<&str> = catalogue
        .lines()
        .filter_map(|line| line.strip_prefix("msgid \"")?.strip_suffix('"'))
        .filter(|text| {
            text.contains(", late")
                || text.contains("late: ")
                || text.contains("days late")
                || text.contains("{late} late")
        })
        .collect();
    assert_snapshot!(sentences.into_iter().collect::<Vec<_>>().join("\n"), @r"
    bears {day}, and was entered {days} days later, on {entered}
    days late
    entered late: it bears {day}, the number before bears {before}
    entered on {counted}, late: the deadline was {deadline}
    late: the deadline was {deadline}
    reported {late} late: damage is reported at once (R5.5(4))
    waits for you: {mine}, of which late: {late}; for others: {others}
    waits: {mine}, of which late: {late}
    {number}: summarized, late, it was due on {summary_due_on}
    {number}: {kind} {position} answered on {on} by {answered_by}, late: it was wanted by {answer_by_on}
    {number}: {party} replied on {on}, late: it was wanted by {reply_by_on}
    {number}: {what} reached on {on}, {days} days late
    ");
}

#[test]
fn r5_5_4_damage_that_its_reporter_dates_back_is_reported_on_the_day_of_entry() {
    let office = Office::staffed();
    office.ok("asset add --name 相机 --price 7999 --bought-on 2026-10-01 --keeper zhou --department general");
    office.ok("asset issue AST-0001 --to li --for 拍照");
    let office = office.on("2026-10-27");
    let damage = "asset damage AST-0001 --what 碎 --happened 2026-10-20";
    assert_snapshot!(office.sharing("li").refused(3, &format!("{damage} --reported 2026-10-20")), @"R5.5(4): what 李娜 enters on 2026-10-27 was not reported on 2026-10-20; leave --reported out, or let a clerk enter the report of that day");
    // Nor by a clerk who answers for it themselves.
    let own = office.copy();
    own.ok("asset return AST-0001 --by li");
    assert_snapshot!(own.sharing("zhou").refused(3, &format!("{damage} --reported 2026-10-20")), @"R5.5(4): what 周敏 enters on 2026-10-27 was not reported on 2026-10-20; leave --reported out, or let a clerk enter the report of that day");
    assert_snapshot!(told(&office.sharing("li"), damage), @r#"
        AST-0001 "相机": in repair, to be back by 2026-11-10; 李娜 answers for it
        reported 7 days late: damage is reported at once (R5.5(4))
        "#);
    assert_snapshot!(office.sharing("li").ok("asset damages --format csv"), @r"
    number,name,what,reported_by,happened_on,reported_on,days_late,late,outcome,back_on,cost,department
    AST-0001,相机,碎,li,2026-10-20,2026-10-27,7,yes,,,,general
    ");
}

#[test]
fn r4_7_nobody_corrects_the_day_by_which_they_are_judged() {
    let office = Office::staffed();
    office
        .ok("contact add --department business --kind pre-contract --to general --subject 轴承 --content x --by wang");
    office.ok("contact sign HAY05001 --for general --by zhou");
    let office = office.on("2026-10-20");
    let late = told(&office.sharing("zhou"), "contact reply HAY05001 --for general --text 可行 --on 2026-10-09");
    assert!(late.contains("late"), "{late}");
    let amend = "contact amend HAY05001 --reply 1 --replied-on 2026-10-09 --reason 看错";
    assert_snapshot!(office.sharing("zhou").refused(3, amend), @"R4.7: 周敏 is judged by Replied on, and does not correct it; let another clerk correct it");
    assert_snapshot!(office.ok(amend), @r#"HAY05001 "轴承" to general: corrected reply 1 (2026-10-20 → 2026-10-09)"#);
}

#[test]
fn r5_4_1_an_agreement_is_not_dated_back_by_whoever_signs_it_nor_an_approval_by_whoever_gives_it() {
    let office = Office::staffed();
    office.all_ok(&REVIEWED);
    office.ok("fee add --kind agency --payee 乙咨询 --employer 乙咨询 --project PRJ26-001 --rate 1% --reason 代理 --asked-by li");
    let office = office.on("2026-10-12");
    office.ok("project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-10 --amount 100万 --by li");
    let sign = "fee sign FEE26-001 --agreement DL-1 --party 乙咨询";
    // The leader approves on the 12th and says the 9th: that counts from the 12th.
    let dated_back = office.copy();
    dated_back.sharing("lin").ok("fee approve FEE26-001 --on 2026-10-09");
    assert_snapshot!(dated_back.refused(3, &format!("{sign} --by chen --on 2026-10-10")), @"R5.4(1): the agreement over FEE26-001 is of 2026-10-10, before the approval of 2026-10-12; have an agreement signed on 2026-10-12 or after and give its day with --on DATE");
    office.ok("fee approve FEE26-001 --by lin --on 2026-10-09");
    assert_snapshot!(office.sharing("chen").refused(3, &format!("{sign} --on 2026-10-10")), @"R5.4(1): what 陈总 enters on 2026-10-12 was not signed on 2026-10-10, before the contract of 2026-10-10; leave --on out, or let a clerk enter the agreement of that day");
    let own = office.copy();
    own.sharing("chen").ok(sign);
    let marked = |office: &Office| office.count("SELECT late_agreement_flag FROM fee_list");
    assert_eq!(marked(&own), 1);
    office.ok(&format!("{sign} --by chen --on 2026-10-10"));
    assert_eq!(marked(&office), 0);
    office.ok("fee register FEE26-001 --by zhou");
    office.ok("fee bill FEE26-001 --amount 100 --by li");
    let office = office.on("2026-10-14");
    office.sharing("lin").ok("fee clear FEE26-001 --payment 1 --on 2026-10-13");
    assert_snapshot!(office.refused(3, "fee pay FEE26-001 --payment 1 --voucher 银-1 --on 2026-10-13"), @"R5.4(2): payment 1 of FEE26-001 was cleared on 2026-10-14, after 2026-10-13; a payment follows its clearance: pay it on that day or later");
    office.ok("fee pay FEE26-001 --payment 1 --voucher 银-1");
}

#[test]
fn r1_what_was_entered_later_is_marked_on_lists_cards_and_paper() {
    let office = Office::staffed().on("2026-10-12");
    let add =
        "contact add --department business --kind pre-contract --to technology --subject 轴承 --content x --by wang";
    office.ok(&format!("{add} --on 2026-10-08"));
    office.ok(add);
    assert_snapshot!(office.ok("contact list --format csv").lines().map(|line| format!("{} {}", &line[..8], line.rsplit(',').next().unwrap())).collect::<Vec<_>>().join("\n"), @"
    number,s import
    HAY05001 
    HAY05002
    ");
    assert!(office.ok("show HAY05001").contains("entered later on"), "{}", office.ok("show HAY05001"));
    assert!(!office.ok("show HAY05002").contains("entered later on"));
    let page = |number: &str| office.ok(&format!("contact print {number} --output -"));
    assert!(page("HAY05001").contains("Entered later, on 2026-10-12"), "{}", page("HAY05001"));
    assert!(!page("HAY05002").contains("Entered later"));
}

#[test]
fn r1_the_sheet_of_late_entries_knows_days_of_signatures_and_the_offices_zone() {
    let office = Office::staffed().on("2026-09-20");
    office.all_ok(&REVIEWED);
    office.ok("asset add --name 相机 --price 7999 --bought-on 2026-09-01 --keeper zhou --department general");
    let office = office.on("2026-10-05");
    office.all_ok(&[
        "project contract PRJ26-001 --contract BG-1 --signed-on 2026-09-28 --amount 100万 --by li",
        "project amend PRJ26-001 --paper 1 --signed-on 2026-09-27 --reason 看错",
        "asset damage AST-0001 --what 碎 --happened 2026-09-30 --by li",
        "asset repair AST-0001 --cost 10 --back 2026-10-04",
    ]);
    let late = |office: &Office| {
        let list = office.ok("report late --month 2026-10 --format csv");
        list.lines().map(|line| line.split(',').take(5).collect::<Vec<_>>().join(",")).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(late(&office), @r"
    number,step,happened_on,entered_at,closed
    PRJ26-001,project contract,2026-09-28,2026-10-05T00:00:00Z,no
    PRJ26-001,project amend,2026-09-20,2026-10-05T00:00:00Z,no
    AST-0001,asset damage,2026-09-30,2026-10-05T00:00:00Z,no
    ");
    // In an office in Honolulu a month that was submitted on its 6th was open on the evening of the 5th, and closed the morning after.
    let far = Office::empty().on("2026-09-20T20:00:00Z");
    far.ok("init --name 檀香山 --zone Pacific/Honolulu");
    far.ok("staff add wang --name 王 --department business --role department-manager");
    far.ok("staff add chen --name 陈 --department general --role branch-manager");
    let add = "contact add --department business --kind pre-contract --to technology --subject a --content b --by wang --on 2026-09-25";
    let far = far.on("2026-10-06T09:00:00Z");
    far.ok(add);
    let far = far.on("2026-10-06T12:00:00Z");
    far.ok("report submit 2026-09 --to technology --received-by 孙工");
    far.ok(&format!("{add} --late 迟到"));
    assert_snapshot!(late(&far), @r"
    number,step,happened_on,entered_at,closed
    HAY05001,contact add,2026-09-25,2026-10-06T09:00:00Z,no
    HAY05002,contact add,2026-09-25,2026-10-06T12:00:00Z,yes
    ");
}
