//! What somebody at the keyboard meets who has README and `--help` alone: small things, each said or done as one expects it.

use insta::assert_snapshot;

use crate::office::Office;
use crate::project::{led, review};
use crate::project_work::{blockers, contracted};

#[test]
fn r3_7_instalments_that_keep_their_share_keep_the_day_agreed_for_them() {
    let office = contracted();
    let set = "project instalments PRJ26-001";
    office.ok(&format!("{set} --advance 30% --progress 30% --delivery 30% --warranty 10% --progress-due 2026-12-01 --delivery-due 2027-03-01"));
    assert_snapshot!(office.ok(&format!("{set} --advance 20% --progress 30% --delivery 40% --warranty 10%")), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": CNY 12,580,000.00 in advance 2,516,000.00 due on 2026-10-22, progress 3,774,000.00 due on 2026-12-01, delivery 5,032,000.00 due on delivery, warranty 1,258,000.00 due when the warranty ends"#);
    assert_snapshot!(office.ok(&format!("{set} --advance 30% --progress 30% --delivery 30% --warranty 10% --progress-due 2026-12-15")), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": CNY 12,580,000.00 in advance 3,774,000.00 due on 2026-10-22, progress 3,774,000.00 due on 2026-12-15, delivery 3,774,000.00 due on delivery, warranty 1,258,000.00 due when the warranty ends"#);
}

#[test]
fn r3_3_blockers_name_the_review_that_lacks() {
    let office = led();
    assert_snapshot!(blockers(&office).join("\n"), @"
    R3.3 the contract is not reviewed
    R3.4 the contract is not signed
    R3.9 a major project has no team
    ");
    office.ok("project review PRJ26-001 --item 交货期 --reviewer he --fail --opinion 太短");
    assert_snapshot!(blockers(&office).join("\n"), @"
    R3.3 the contract review has not passed: 交货期
    R3.4 the contract is not signed
    R3.9 a major project has no team
    ");
    review(&office, "PRJ26-001");
    office.ok("project review PRJ26-001 --item 交货期 --reviewer he --pass");
    assert!(blockers(&office).iter().all(|open| !open.starts_with("R3.3")), "{:?}", blockers(&office));
}

#[test]
fn r6_1_what_is_delivered_before_it_was_produced_or_had_left_is_said() {
    let office = contracted();
    let told = office.run("project deliver PRJ26-001 --on 2026-10-22");
    assert_snapshot!(told.err, @"R6.1: when production of PRJ26-001 began is not entered; to enter it: branchbook undo PRJ26-001, then branchbook project produce PRJ26-001 --on DATE, and deliver it again");
    assert_snapshot!(office.refused(3, "project produce PRJ26-001 --on 2026-10-22"), @"R6.1: PRJ26-001 is delivered, and when its production began is entered before it is delivered; take that back with: branchbook undo PRJ26-001 --reason REASON; then branchbook project produce PRJ26-001 --on DATE, and deliver it again");
    // What it says to type works.
    office.ok("undo PRJ26-001 --reason 先投产");
    office.ok("contact add --department business --kind shipping --to general --project PRJ26-001 --subject 发货 --content 两车 --by li");
    office.ok("project produce PRJ26-001 --on 2026-10-22");
    assert_eq!(office.run("project deliver PRJ26-001 --on 2026-10-22").err, "");
}

#[test]
fn r5_3_1_a_rejected_gift_is_taken_up_again_and_not_bought_or_billed() {
    let office = crate::gift::after(0);
    office.ok("gift reject GFT26-001 --reason 不必要 --by wang");
    assert_snapshot!(office.refused(3, "gift approve GFT26-001 --by chen"), @"R5.3(1): GFT26-001 is rejected, and approve takes an entry that is requested or endorsed; from there: branchbook gift reopen GFT26-001 --reason REASON");
    assert_snapshot!(office.refused(3, "gift amend GFT26-001 --unit 鞍钢 --reason 改"), @"R5.3(1): GFT26-001 is rejected, so what was asked for stays; take it up again first with: branchbook gift reopen GFT26-001 --reason REASON");
    office.ok("gift reopen GFT26-001 --reason 再议 --by wang");
    office.ok("gift amend GFT26-001 --unit 鞍钢 --reason 改");
}

#[test]
fn r5_3_1_a_units_short_name_is_added_up_with_the_name_that_it_shortens() {
    let office = Office::staffed();
    office.ok("gift catalog add 茶 --price 100 --by chen");
    for (number, unit) in [(1, "鞍钢"), (2, "鞍山钢铁集团有限公司"), (3, "鞍钢（集团）")] {
        office.ok(&format!("gift add --department business --asked-by wang --unit {unit} --recipient '张{number};处长' --item 茶;{number} --occasion 节日"));
        office.ok(&format!("gift approve GFT26-00{number} --by chen"));
        office.ok(&format!("gift buy GFT26-00{number} --bill B{number} --amount {number}00 --by zhou"));
    }
    assert_snapshot!(office.ok("report recipients --format csv --columns unit,person,amount"), @"
    unit,person,amount
    鞍山钢铁集团有限公司,,600.00
    鞍钢（集团）,张3,300.00
    鞍山钢铁集团有限公司,张2,200.00
    鞍钢,张1,100.00
    ");
}

#[test]
fn one_thing_has_one_word_and_the_old_one_is_understood() {
    let mut program = branchbook::cli::command();
    program.build();
    let forms = branchbook::register::forms();
    let mut looked_at = 0;
    for (register, step) in forms.flat_map(|form| form.steps().map(move |step| (form.register.name, step))) {
        let verb = program.find_subcommand(register).and_then(|room| room.find_subcommand(step.name)).unwrap();
        for field in step.fields.iter().filter(|field| field.is_taken(branchbook::register::option::At::Step)) {
            let amended = field.typed_as(branchbook::register::option::At::Amend);
            let argument = verb.get_arguments().find(|argument| argument.get_id() == field.column).unwrap();
            let names = argument.get_long().into_iter().chain(argument.get_all_aliases().unwrap_or_default());
            assert!(names.into_iter().any(|name| name == amended), "{register} {} has no --{amended}", step.name);
            looked_at += 1;
        }
    }
    assert!(looked_at > 100, "{looked_at}");
    let office = Office::staffed();
    office.ok("asset add --name 相机 --department general --price 5000 --bought-on 2026-10-08 --keeper zhou");
    assert!(office.ok("asset issue --help").contains("--back-by <DATE>"));
    assert!(office.ok("asset issue AST-0001 --to li --for 出差 --until 2026-10-19").contains("2026-10-19"));
}

#[test]
fn what_is_missing_is_said_in_two_lines_that_lead_on() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(2, "info follow"), @"
    error: missing: --note <TEXT>, <NUMBER>
      type: branchbook info follow NUMBER --note TEXT
    ");
    assert_snapshot!(office.refused(2, "contact add -d business --kind execution --to technology --subject '图 纸'"), @r#"
    error: missing: --content <CONTENT>
      type: branchbook contact add -d business --kind execution --to technology --subject "图 纸" --content CONTENT
    "#);
    assert_snapshot!(office.refused(2, "asset transfer AST-0001"), @"
    error: missing: <--to <PERSON>|--keeper <PERSON>>
      type: branchbook asset transfer AST-0001 --to PERSON
    ");
    assert_snapshot!(office.refused(2, "contact sign --lang zh"), @"
    错误：缺少：<NUMBER>...
      请输入：branchbook contact sign --lang zh NUMBER
    ");
}

#[test]
fn a_row_is_named_by_the_place_that_the_history_counts() {
    let office = contracted();
    office.ok("project plan PRJ26-001 --what 交图 --due 2026-11-10 --by li");
    assert_snapshot!(office.refused(2, "project amend PRJ26-001 --done-on 2026-10-22 --reason 改"), @"--done-on corrects a row, and none is named; name the row with --milestone POSITION; its place stands behind its name in: branchbook history PRJ26-001");
    assert!(office.ok("history PRJ26-001").contains("milestone 1: "));
    assert!(office.ok("project amend --help").contains("its place, which branchbook history NUMBER counts"));
}

#[test]
fn somebodys_entries_are_found_by_their_key_or_name() {
    let office = Office::staffed();
    office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang",
    );
    office.ok("project add --department business --customer 甲厂 --title 订货 --by wang");
    office.ok("project add --department baotou --customer 乙厂 --title 备件 --by zhao");
    office.ok("project lead PRJ26-001 --person wang --by wang");
    for who in ["wang", "王建国"] {
        let found = office.ok(&format!("find {who} --format csv --columns number,register"));
        assert_eq!(found, "number,register\nHAY05001,contact\nPRJ26-001,project\n", "{who}");
    }
    assert_eq!(office.ok("find wu --format csv").lines().count(), 1);
}

#[test]
fn digits_alone_show_the_only_entry_whose_number_ends_with_them() {
    let office = Office::staffed();
    for department in ["business", "business", "general"] {
        office.ok(&format!("contact add --department {department} --kind execution --to technology --subject 图纸 --content 确认 --by he"));
    }
    assert!(office.ok("show 05002").starts_with("HAY05002\n"));
    assert!(office.ok("history 5002").contains("HAY05002"));
    assert_snapshot!(office.refused(4, "show 05001"), @r#"there is no entry 05001; did you mean HAG05001 "图纸" to technology of 2026-10-08 or HAY05001 "图纸" to technology of 2026-10-08? look for it with: branchbook find TEXT"#);
    // What is done to an entry names it whole.
    assert_eq!(office.run("contact sign 05002 --for technology --by wu").code, 4);
}
