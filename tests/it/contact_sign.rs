//! How a contact form is signed for, answered and archived (R4.7).

use insta::assert_snapshot;

use crate::contact::{FORM, LETTER, received};
use crate::office::Office;

#[test]
fn r4_7_every_addressee_signs_once_and_the_last_one_receives_the_form() {
    let office = Office::staffed();
    office.ok(&FORM.replace("--to technology", "--to technology --to general --copy li"));
    assert_snapshot!(office.ok("contact sign HAY05001 --by wu"), @r#"HAY05001 "轴承图纸" to technology; general: signed for technology by 吴工 on 2026-10-08; waits for general"#);
    assert_snapshot!(office.refused(3, "contact sign HAY05001 --by wu"), @"R4.7: HAY05001 is signed for technology already; see who signed with: branchbook show HAY05001");
    assert_snapshot!(office.refused(3, "contact sign HAY05001 --for general --by wang"), @"R4.7: 王建国 was not of general on 2026-10-08, so they cannot act for it; name somebody of general with --by PERSON");
    assert_snapshot!(office.refused(2, "contact sign HAY05001 --for baotou --by zhao"), @"HAY05001 did not go to baotou; it went to: general, 李娜, technology");
    assert_snapshot!(office.refused(2, "contact sign HAY05001 --by zhao"), @"HAY05001 did not go to 赵刚 or their department; name the party with --for; it went to: general, 李娜, technology");
    assert_snapshot!(office.refused(2, "contact sign HAY05001 --for general --by zhou --on 2026-10-07"), @"HAY05001 bears the day 2026-10-08, and nothing happens to it on 2026-10-07; give the day it happened with --on DATE");
    assert_snapshot!(office.ok("contact sign HAY05001 --by zhou"), @r#"HAY05001 "轴承图纸" to technology; general: signed for general by 周敏 on 2026-10-08; received"#);
    assert_snapshot!(office.ok("contact sign HAY05001 --for li --by li"), @r#"HAY05001 "轴承图纸" to technology; general: signed for 李娜 by 李娜 on 2026-10-08; received"#);
}

#[test]
fn r4_7_a_form_that_is_archived_without_the_reply_that_was_wanted_says_so() {
    let office = Office::staffed();
    office.ok(FORM);
    office.ok("contact sign HAY05001 --by wu");
    let archived = office.run("contact archive HAY05001 --contract BG-1");
    assert_snapshot!(archived.err.trim_end(), @"HAY05001 has no reply, which was wanted by 2026-10-13, and waits for none any more; where there is one: branchbook contact undo HAY05001 --reason REASON, then branchbook contact reply HAY05001");
    office.ok("contact undo HAY05001 --reason 已回复");
    office.ok("contact reply HAY05001 --by wu --text 可行");
    assert_eq!(office.run("contact archive HAY05001 --contract BG-1").err, "");
}

#[test]
fn r4_7_a_copy_may_be_signed_for_after_the_form_is_archived() {
    let office = Office::staffed();
    office.ok(&FORM.replace("--by", "--copy li --copy general --by"));
    office.ok("contact sign HAY05001 --by wu");
    office.ok("contact archive HAY05001 --contract BG-1");
    assert_snapshot!(office.ok("contact sign HAY05001 --for li --by li"), @r#"HAY05001 "轴承图纸" to technology: signed for 李娜 by 李娜 on 2026-10-08; archived"#);
    assert_snapshot!(office.ok("contact sign HAY05001"), @r#"HAY05001 "轴承图纸" to technology: signed for general by clerk on 2026-10-08; archived"#);
}

#[test]
fn r4_7_a_copy_of_an_old_form_is_signed_for_though_its_signatures_were_never_entered() {
    let office = Office::staffed();
    let old = office.file(
        "old.csv",
        "number,state,issued_on,subject,addressed_to,copied_to\nHAY05001,received,2019-03-05,a,technology,li\n",
    );
    office.ok(&format!("contact import {old} --department business --set kind=execution --set by=wang"));
    assert_snapshot!(office.ok("contact sign HAY05001 --for li --by li"), @r#"HAY05001 "a" to technology: signed for 李娜 by 李娜 on 2026-10-08; received"#);
    office.ok("contact archive HAY05001 --contract BG-1");
}

#[test]
fn r4_7_who_stands_for_two_parties_signs_for_the_one_that_is_missing() {
    let office = Office::staffed();
    office.ok(
        "contact add --department business --kind execution --to general --copy he --subject a --content b --by wang",
    );
    assert_snapshot!(office.ok("contact sign HAY05001 --by he"), @r#"HAY05001 "a" to general: signed for general by 何平 on 2026-10-08; received"#);
    assert_snapshot!(office.ok("contact sign HAY05001 --by he"), @r#"HAY05001 "a" to general: signed for 何平 by 何平 on 2026-10-08; received"#);
}

#[test]
fn r4_7_a_form_is_archived_when_it_is_received() {
    let office = Office::staffed();
    office.ok(&FORM.replace("--to technology", "--to technology --to general"));
    office.ok("contact sign HAY05001 --by wu");
    assert_snapshot!(office.refused(3, "contact archive HAY05001 --no-contract 询价"), @"R4.7: HAY05001 is not signed for general yet; enter the signature with: branchbook contact sign HAY05001 --for general --by he, or record the breach with --exception REASON");
    office.ok("contact sign HAY05001 --by zhou");
    assert_snapshot!(office.refused(3, "contact archive HAY05001"), @"R4.7: HAY05001 names no contract, and every form goes into a contract's file; give --project PROJECT or --contract CONTRACT, or say why there is none with --no-contract REASON");
    assert_snapshot!(office.refused(3, "contact archive HAY05001 --no-contract 询价 --by wang"), @"R4.7: signing for the archive is for the clerk or contract-administrator, which 王建国 was not on 2026-10-08; name who did with --by clerk or --by zhou or --by he");
    assert_snapshot!(office.refused(2, "contact archive HAY05001 --no-contract 询价 --on 2026-10-01"), @"HAY05001 bears the day 2026-10-08, and nothing happens to it on 2026-10-01; give the day it happened with --on DATE");
    assert_snapshot!(office.ok("contact archive HAY05001 --no-contract 询价 --by he"), @r#"HAY05001 "轴承图纸" to technology; general: archived on 2026-10-08 by 何平, belongs to no contract"#);
    assert_snapshot!(office.refused(3, "contact archive HAY05001 --no-contract 询价 --by he"), @"R4.7: HAY05001 is archived, and archive takes an entry that is issued or received; nothing leads on from there; where that is a slip, take it back with: branchbook undo HAY05001 --reason REASON");
    assert_snapshot!(office.refused(3, "contact void HAY05001 --reason 错"), @"R4.8: HAY05001 is archived, and void takes an entry that is reserved or issued or received; nothing leads on from there; where that is a slip, take it back with: branchbook undo HAY05001 --reason REASON");
    assert_snapshot!(office.refused(3, "contact reply HAY05001 --text 晚了 --by wu"), @"R4.7: HAY05001 is archived, and reply takes an entry that is received; nothing leads on from there; where that is a slip, take it back with: branchbook undo HAY05001 --reason REASON");
}

#[test]
fn r4_7_a_form_that_names_its_contract_goes_into_that_file() {
    let office = Office::staffed();
    office.ok(&FORM.replace("--by", "--contract BG-2026-118 --by"));
    office.ok("contact sign HAY05001 --by wu");
    assert_snapshot!(office.ok("contact archive HAY05001"), @r#"HAY05001 "轴承图纸" to technology: archived on 2026-10-08 by clerk, in the file of BG-2026-118"#);
    office.ok(FORM);
    office.ok("contact sign HAY05002 --by wu");
    office.ok("contact archive HAY05002 --contract BG-2026-118");
    assert_snapshot!(office.ok("contact papers BG-2026-118"), @"
    Contact forms of BG-2026-118
    ┌──────────┬──────────┬────────────┬──────────────┬──────────┬──────────────┬─────────────┬───────────────┬───────────┐
    │ number   │ state    │ issued on  │ kind         │ subject  │ addressed to │ archived on │ contract file │ issued by │
    ├──────────┼──────────┼────────────┼──────────────┼──────────┼──────────────┼─────────────┼───────────────┼───────────┤
    │ HAY05001 │ archived │ 2026-10-08 │ pre-contract │ 轴承图纸 │ technology   │ 2026-10-08  │ BG-2026-118   │ 王建国    │
    │ HAY05002 │ archived │ 2026-10-08 │ pre-contract │ 轴承图纸 │ technology   │ 2026-10-08  │ BG-2026-118   │ 王建国    │
    └──────────┴──────────┴────────────┴──────────────┴──────────┴──────────────┴─────────────┴───────────────┴───────────┘
    2 rows
    ");
}

#[test]
fn r4_7_a_missing_signature_may_be_excused_and_come_later() {
    let office = Office::staffed();
    office.ok(FORM);
    let outcome = office.run("contact archive HAY05001 --contract BG-1 --exception '原件遗失'");
    assert_snapshot!(format!("{}{}", outcome.out, outcome.err), @r#"
    HAY05001 "轴承图纸" to technology: archived on 2026-10-08 by clerk, in the file of BG-1
    recorded as an exception: R4.7: HAY05001 is not signed for technology yet; enter the signature with: branchbook contact sign HAY05001 --for technology --by wu
    "#);
    let office = office.on("2026-10-20");
    assert_snapshot!(office.ok("contact sign HAY05001 --by wu"), @r#"HAY05001 "轴承图纸" to technology: signed for technology by 吴工 on 2026-10-20; archived"#);
    assert_eq!(office.count("SELECT received_on = '2026-10-20' FROM contact"), 1);
}

#[test]
fn r4_7_replies_come_from_addressees_and_late_ones_are_told() {
    let office = received();
    assert_snapshot!(office.refused(2, "contact reply HAY05001 --for general --by zhou --text 好"), @"HAY05001 did not go to general; it went to: technology");
    assert_snapshot!(office.ok("contact reply HAY05001 --by wu --text 可行"), @r#"HAY05001 "轴承图纸" to technology: technology replied on 2026-10-08"#);
    let office = office.on("2026-10-13");
    assert_snapshot!(office.ok("contact reply HAY05001 --by wu --text 补充"), @r#"HAY05001 "轴承图纸" to technology: technology replied on 2026-10-13"#);
    let office = office.on("2026-11-01");
    assert_snapshot!(office.ok("contact reply HAY05001 --by wu --text 再补充 --on 2026-10-14"), @r#"HAY05001 "轴承图纸" to technology: technology replied on 2026-10-14, late: it was wanted by 2026-10-13"#);
    assert_eq!(office.count("SELECT replied_on = '2026-10-08' FROM contact"), 1, "the first reply counts");
    assert_snapshot!(office.ok("contact show HAY05001"), @"
    HAY05001
    ┌──────────────┬──────────────┐
    │ number       │ HAY05001     │
    │ state        │ received     │
    │ issued on    │ 2026-10-08   │
    │ subject      │ 轴承图纸     │
    │ addressed to │ technology   │
    │ kind         │ pre-contract │
    │ issued by    │ 王建国       │
    │ reply by     │ 2026-10-13   │
    │ received on  │ 2026-10-08   │
    │ replied on   │ 2026-10-08   │
    │ department   │ business     │
    │ content      │ 确认         │
    │ amendments   │ 0            │
    └──────────────┴──────────────┘
    Signatures
    ┌────────────┬───────────┬────────────┐
    │ party      │ signed by │ signed on  │
    ├────────────┼───────────┼────────────┤
    │ technology │ 吴工      │ 2026-10-08 │
    └────────────┴───────────┴────────────┘
    1 row
    Replies
    ┌────────────┬────────────┬────────────┬────────┐
    │ party      │ replied by │ replied on │ text   │
    ├────────────┼────────────┼────────────┼────────┤
    │ technology │ 吴工       │ 2026-10-08 │ 可行   │
    │ technology │ 吴工       │ 2026-10-13 │ 补充   │
    │ technology │ 吴工       │ 2026-10-14 │ 再补充 │
    └────────────┴────────────┴────────────┴────────┘
    3 rows
    ");
}

#[test]
fn r4_7_a_reply_waits_for_receipt() {
    let office = Office::staffed();
    office.ok(FORM);
    assert_snapshot!(office.refused(3, "contact reply HAY05001 --by wu --text 好"), @"R4.7: HAY05001 is issued, and reply takes an entry that is received; from there: branchbook contact sign HAY05001, or archive, void");
}

#[test]
fn r4_7_what_waits_is_listed_with_who_holds_the_paper() {
    let office = Office::staffed();
    office.ok(&FORM.replace("--to technology", "--to technology --to general"));
    office.ok(&FORM.replace("--by", "--holder 档案柜 --by"));
    office.ok(FORM);
    office.ok(LETTER);
    office.ok("contact sign HAY05001 --by wu");
    for form in ["HAY05002", "HAY05003"] {
        office.ok(&format!("contact sign {form} --by wu"));
    }
    office.ok("contact reply HAY05003 --by wu --text 可行");
    let office = office.on("2026-10-15");
    assert_snapshot!(office.ok("contact outstanding"), @"
    Outstanding contact forms on 2026-10-15
    ┌──────────┬───────────┬────────────────┬────────┬────────────┬───────────┬────────────┬────────────┬────────────┬───────────┬────────┐
    │ number   │ waits for │ party          │ holder │ due on     │ days late │ since on   │ subject    │ department │ issued by │ clause │
    ├──────────┼───────────┼────────────────┼────────┼────────────┼───────────┼────────────┼────────────┼────────────┼───────────┼────────┤
    │ HAY05001 │ signature │ general        │ 王建国 │ 2026-10-08 │         7 │ 2026-10-08 │ 轴承图纸   │ business   │ 王建国    │ R4.7   │
    │ HAY05002 │ reply     │ technology     │ 档案柜 │ 2026-10-13 │         2 │ 2026-10-08 │ 轴承图纸   │ business   │ 王建国    │ R4.7   │
    │ HAB05001 │ signature │ 何平           │ 赵刚   │ 2026-10-08 │         7 │ 2026-10-08 │ 交货期函复 │ baotou     │ 赵刚      │ R4.6   │
    │ HAB05001 │ signature │ 包钢(集团)公司 │ 赵刚   │ 2026-10-08 │         7 │ 2026-10-08 │ 交货期函复 │ baotou     │ 赵刚      │ R4.7   │
    └──────────┴───────────┴────────────────┴────────┴────────────┴───────────┴────────────┴────────────┴────────────┴───────────┴────────┘
    4 rows
    ");
    let office = office.on("2026-10-16");
    assert_snapshot!(office.ok("contact outstanding --department business --format csv"), @"
    number,waits_for,party,holder,due_on,days_late,since_on,subject,department,issued_by,clause
    HAY05001,signature,general,wang,2026-10-08,8,2026-10-08,轴承图纸,business,wang,R4.7
    HAY05002,reply,technology,档案柜,2026-10-13,3,2026-10-08,轴承图纸,business,wang,R4.7
    HAY05002,archive,general,档案柜,2026-10-15,1,2026-10-08,轴承图纸,business,wang,R4.7
    HAY05003,archive,general,wang,2026-10-15,1,2026-10-08,轴承图纸,business,wang,R4.7
    ");
    office.ok("rule set contact.archive_days 30 --by chen --from 2026-10-01");
    assert!(!office.ok("contact outstanding --format csv").contains("archive"), "the figure of that day decides");
}

#[test]
fn r4_7_a_reply_is_wanted_after_the_figure_of_the_day() {
    let office = Office::staffed();
    assert_snapshot!(office.ok(&FORM.replace(" -q", "")), @"HAY05001: issued on 2026-10-08 to technology, reply wanted by 2026-10-13");
    office.ok("rule set contact.reply_days 9 --by chen --from 2026-10-10");
    assert_snapshot!(office.ok(&FORM.replace(" -q", "")), @"HAY05002: issued on 2026-10-08 to technology, reply wanted by 2026-10-13");
    let office = office.on("2026-10-10");
    assert_snapshot!(office.ok(&FORM.replace(" -q", "")), @"HAY05003: issued on 2026-10-10 to technology, reply wanted by 2026-10-19");
    assert_snapshot!(office.refused(2, &FORM.replace("--by", "--reply-by 2026-10-09 --by")), @"a reply by 2026-10-09 is wanted before the form is issued on 2026-10-10; give a later day with --reply-by");
}

#[test]
fn r4_7_what_was_signed_for_is_not_taken_back_by_an_amendment() {
    let office = Office::staffed();
    office.ok(&FORM.replace("--by", "--copy li --copy general --by"));
    let office = office.on("2026-10-10");
    office.ok("contact sign HAY05001 --for li --by li");
    assert_snapshot!(office.refused(3, "contact amend HAY05001 --reason 错 --to general"), @"R4.7: HAY05001 has been signed for, so its addressees stay; void it and issue a new one");
    assert_snapshot!(office.refused(3, "contact amend HAY05001 --reason 错 --copy he"), @"R4.7: 李娜 has signed for the copy of HAY05001, which stays; add --copy li");
    let office = office.on("2026-10-11");
    assert_snapshot!(office.refused(2, "contact amend HAY05001 --reason 错 --issued-on 2026-10-11"), @"HAY05001 was signed for, answered or archived on 2026-10-10; give a day up to 2026-10-10 with --issued-on");
    assert_snapshot!(office.ok("contact amend HAY05001 --reason 错 --copy he --copy li"), @r#"HAY05001 "轴承图纸" to technology: corrected copied_to (李娜; general → 何平; 李娜)"#);
}

#[test]
fn r4_7_a_form_in_the_wrong_file_is_moved_by_a_correction() {
    let office = Office::staffed();
    office.ok("contact add --department business --kind pre-contract --to general --subject a --content b --by wang");
    office.ok("contact sign HAY05001 --by zhou");
    office.ok("contact archive HAY05001 --contract BG-1 --by he");
    office.ok("contact amend HAY05001 --contract BG-2 --reason 合同号错");
    let file = |contract: &str| office.ok(&format!("contact papers {contract} --format csv")).lines().count() - 1;
    assert_eq!((file("BG-1"), file("BG-2")), (0, 1));
}

#[test]
fn r4_7_what_happens_to_a_form_happens_in_its_order() {
    let office = Office::staffed();
    office.ok(FORM);
    office.ok("series reserve business --count 1");
    let office = office.on("2026-10-12");
    office.ok("contact sign HAY05001 --by wu --on 2026-10-10");
    assert_snapshot!(office.refused(2, "contact reply HAY05001 --by wu --text 可行 --on 2026-10-09"), @"HAY05001 was received on 2026-10-10 and cannot be answered on 2026-10-09; give the day it happened with --on DATE");
    assert_snapshot!(office.refused(2, "contact archive HAY05001 --no-contract 询价 --on 2026-10-09"), @"HAY05001 was signed for on 2026-10-10 and cannot be archived on 2026-10-09; give the day it happened with --on DATE");
    office.ok("contact reply HAY05001 --by wu --text 可行 --on 2026-10-11");
    assert_snapshot!(office.refused(2, "contact void HAY05001 --reason 错 --on 2026-10-10"), @"HAY05001 was answered on 2026-10-11 and cannot be voided on 2026-10-10; give the day it happened with --on DATE");
    assert_snapshot!(office.refused(2, "contact void HAY05002 --reason 错 --on 2026-10-01"), @"HAY05002 bears the day 2026-10-08, and nothing happens to it on 2026-10-01; give the day it happened with --on DATE");
    office.ok("contact archive HAY05001 --no-contract 询价 --on 2026-10-11");
}

#[test]
fn r4_7_a_form_whose_day_is_corrected_goes_on_from_that_day() {
    let office = Office::staffed().on("2026-10-12");
    office.ok(&format!("{FORM} --on 2026-10-08"));
    office.ok("contact amend HAY05001 --reason 日期写错 --issued-on 2026-10-05");
    office.ok("contact sign HAY05001 --by wu --on 2026-10-06");
    assert_snapshot!(office.refused(2, "contact archive HAY05001 --contract BG-1 --on 2026-10-05"), @"HAY05001 was signed for on 2026-10-06 and cannot be archived on 2026-10-05; give the day it happened with --on DATE");
    office.ok("contact archive HAY05001 --contract BG-1 --on 2026-10-06");
}

#[test]
fn r4_7_whoever_has_not_signed_is_named_at_once() {
    let office = Office::staffed();
    office.ok(&FORM.replace("--to technology", "--to technology --to general"));
    assert_snapshot!(office.refused(3, "contact archive HAY05001 --contract BG-1"), @"R4.7: HAY05001 is not signed for technology; general yet; enter the signature with: branchbook contact sign HAY05001 --for technology --by wu, or record the breach with --exception REASON");
    office.ok("contact archive HAY05001 --contract BG-1 --exception 原件遗失");
    assert_eq!(office.count("SELECT count(*) FROM exception"), 1);
}

#[test]
fn r4_7_nobody_takes_in_or_answers_the_form_that_they_issued() {
    let office = Office::staffed();
    office.ok("staff add xu --name 徐宁 --department business --role salesperson --from 2026-01-01");
    office.ok("contact add --department business --kind pre-contract --to business --to technology --subject 甲 --content 乙 --by wang");
    assert_snapshot!(office.refused(3, "contact sign HAY05001 --by wang"), @"R4.7: 王建国 issued HAY05001 and does not act for business on it; name somebody else of business with --by PERSON");
    office.ok("contact sign HAY05001 --by xu");
    office.ok("contact sign HAY05001 --by wu");
    assert_snapshot!(office.refused(3, "contact reply HAY05001 --by wang --text 可行"), @"R4.7: 王建国 issued HAY05001 and does not act for business on it; name somebody else of business with --by PERSON");
    office.ok("contact reply HAY05001 --by xu --text 可行");
    // A unit outside, on a clerk's own form.
    office.ok("contact add --department general --kind external --to 某运输公司 --copy he --subject 甲 --content 乙 --exception 综合管理部自办");
    let sign = "contact sign HAG05001 --for 某运输公司 --by 刘经理";
    assert_snapshot!(office.refused(3, sign), @"R4.7: clerk issued HAG05001 and does not act for 某运输公司 on it; name the paper on which 某运输公司 did with --paper NUMBER, or let another clerk enter it");
    office.ok(&format!("{sign} --paper 回执-7"));
    assert_eq!(office.count("SELECT count(*) FROM signature WHERE paper = '回执-7'"), 1);
    office.ok("verify");
}

#[test]
fn r4_7_several_forms_are_signed_for_and_archived_at_once_or_none_is() {
    let office = Office::staffed();
    for subject in ["甲", "乙", "丙"] {
        office.ok(&format!(
            "contact add --department business --kind pre-contract --to technology --subject {subject} --content x --by wang"
        ));
    }
    office.ok("contact sign HAY05003 --by wu");
    office.refused(3, "contact sign HAY05001 HAY05003 --by wu");
    assert_eq!(office.count("SELECT count(*) FROM signature"), 1);
    assert_snapshot!(office.ok("contact sign HAY05001 HAY05002 --by wu"), @r#"
    HAY05001 "甲" to technology: signed for technology by 吴工 on 2026-10-08; received
    HAY05002 "乙" to technology: signed for technology by 吴工 on 2026-10-08; received
    "#);
    assert_snapshot!(office.ok("contact archive HAY05001 HAY05002 HAY05003 --no-contract 未签 --by he -q"), @r"
    HAY05001
    HAY05002
    HAY05003
    ");
    assert_eq!(office.count("SELECT count(*) FROM entry WHERE state = 'archived'"), 3);
    office.ok("undo HAY05002 --reason 错");
    office.ok("verify");
}

/// Nobody of the staff acts for a unit outside, the issuer least of all, but where its paper is named; a clerk may enter no other.
#[test]
fn r4_7_nobody_of_the_staff_signs_for_a_unit_outside_without_its_paper() {
    let office = Office::staffed();
    let add = "contact add --department business --kind external --to 鞍钢设备处 --copy general --subject 交货期 --content 确认 --by wang";
    office.ok(add);
    let refused = |line: &str, name: &str| {
        assert_eq!(
            office.refused(3, line),
            format!(
                "R4.7: {name} is on the staff and does not act for 鞍钢设备处, a unit outside the company; name who did there with --by NAME, or the paper on which they did with --paper NUMBER"
            )
        );
    };
    for (who, name) in [("wang", "王建国"), ("王建国", "王建国"), ("li", "李娜")] {
        refused(&format!("contact sign HAY05001 --for 鞍钢设备处 --by {who}"), name);
    }
    office.ok("contact sign HAY05001 --for 鞍钢设备处 --by 丁工");
    assert_snapshot!(
        office.refused(3, "contact amend HAY05001 --signature 1 --signed-by wang --reason 错"),
        @"R4.7: 王建国 is on the staff and does not act for 鞍钢设备处, a unit outside the company; name who did there with --signed-by NAME"
    );
    refused("contact reply HAY05001 --for 鞍钢设备处 --text 好 --by wang", "王建国");
    assert_eq!(
        office
            .clone()
            .at_the_keyboard("li")
            .refused(3, "contact reply HAY05001 --for 鞍钢设备处 --text 好 --by li --paper 回执-3"),
        "R4.7: what 鞍钢设备处 did is entered by a clerk or contract administrator; hand the paper to General Management's clerk"
    );
    office.ok("contact reply HAY05001 --for 鞍钢设备处 --text 好 --by wang --paper 回执-3");
}

/// A unit that is called as somebody of the staff could be signed for by nobody.
#[test]
fn r4_1_a_form_goes_to_no_single_person_of_the_staff() {
    let office = Office::staffed();
    for who in ["王建国", "wang"] {
        let line =
            format!("contact add --department business --kind external --to {who} --subject a --content b --by li");
        assert_eq!(
            office.refused(3, &line),
            "R4.1: 王建国 is on the staff, and a form goes to a department or a unit; give them a copy with --copy wang, or write the unit's name out"
        );
    }
}

/// Where the only contract administrator issued the form, the way out is another one, and not herself.
#[test]
fn r4_6_who_issued_a_form_is_not_named_to_sign_for_its_copy() {
    let office = Office::staffed();
    office.ok("project add --department business --customer 宝钢 --title 磨机 --amount 100万 --by wang");
    office.ok("project lead PRJ26-001 --person he --by wang");
    office.ok("contact add --department general --kind external --to 外部厂 --copy general --subject a --content b --project PRJ26-001 --by he");
    office.ok("contact sign HAG05001 --for 外部厂 --by 丙工");
    let another = "nobody else was one on that day; enter another's term with: branchbook staff role KEY --department general --role contract-administrator --from DATE";
    assert_eq!(
        office.refused(3, "contact sign HAG05001 --for general --by he"),
        format!("R4.7: 何平 issued HAG05001 and does not act for general on it; {another}")
    );
    assert_eq!(
        office.refused(3, "contact sign HAG05001 --for general"),
        format!(
            "R4.6: General Management's copy of an external form is signed for by a contract administrator, which clerk is not; {another}"
        )
    );
    let archive = office.refused(3, "contact archive HAG05001");
    assert!(!archive.contains("--by he"), "{archive}");
    office
        .ok("staff add min --name 闵洁 --department general --role contract-administrator --from 2026-01-01 --by chen");
    assert!(office.refused(3, "contact sign HAG05001 --for general").ends_with("name who did with --by min"));
    office.ok("contact sign HAG05001 --for general --by min");
    office.ok("contact archive HAG05001");
}
