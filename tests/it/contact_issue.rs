//! Who issues a contact form, to whom it goes, and what is an exception (R4.1 to R4.6).

use insta::assert_snapshot;

use crate::contact::{FORM, LETTER};
use crate::office::Office;

/// Who of the staff may issue a form of this kind from business: the others are refused with this clause.
fn issuers(kind: &str, more: &str) -> (Vec<&'static str>, Vec<String>) {
    let office = Office::staffed();
    let (mut allowed, mut clauses) = (Vec::new(), Vec::new());
    for person in ["wang", "li", "zhou", "wu", "he", "qian", "zhao", "sun", "chen", "lin"] {
        let outcome = office.run(&format!(
            "contact add --department business --kind {kind} {more} --subject a --content b --by {person} --dry-run"
        ));
        match outcome.code {
            0 => allowed.push(person),
            3 => clauses.push(outcome.err.split(':').next().unwrap().to_owned()),
            code => panic!("{kind} by {person} gave {code}: {}", outcome.err),
        }
    }
    clauses.dedup();
    (allowed, clauses)
}

#[test]
fn r4_2_before_the_contract_the_department_manager_issues() {
    assert_eq!(issuers("pre-contract", "--to technology"), (vec!["wang"], vec!["R4.2".to_owned()]));
}

#[test]
fn r4_3_during_the_contract_a_contract_administrator_may_as_well() {
    assert_eq!(issuers("execution", "--to technology"), (vec!["wang", "he"], vec!["R4.3".to_owned()]));
}

#[test]
fn r4_4_after_sales_forms_come_from_anybody_of_the_department() {
    assert_eq!(issuers("after-sales", "--to technology"), (vec!["wang", "li"], vec!["R4.4".to_owned()]));
}

#[test]
fn r4_5_what_the_user_raises_is_issued_by_the_manager() {
    assert_eq!(issuers("user-request", "--to general"), (vec!["wang"], vec!["R4.5".to_owned()]));
}

#[test]
fn r4_6_letters_outside_are_issued_by_the_manager() {
    assert_eq!(issuers("external", "--to X --copy he"), (vec!["wang"], vec!["R4.6".to_owned()]));
}

#[test]
fn r6_1_shipping_forms_are_issued_by_the_manager_or_a_contract_administrator() {
    assert_eq!(issuers("shipping", "--to general"), (vec!["wang", "he"], vec!["R6.1".to_owned()]));
}

#[test]
fn each_kind_is_refused_in_whole_sentences() {
    let office = Office::staffed();
    let refused = |kind: &str| {
        office.refused(
            3,
            &format!("contact add --department business --kind {kind} --to general --subject a --content b"),
        )
    };
    assert_snapshot!(refused("pre-contract"), @"R4.2: a form of kind pre-contract from business is issued by the project's leader or the department's manager, not by clerk; name who issued it with --by wang, or record the breach with --exception REASON");
    assert_snapshot!(refused("execution"), @"R4.3: a form of kind execution from business is issued by the project's leader (here the department's manager) or a contract administrator, not by clerk; name who issued it with --by wang or --by he, or record the breach with --exception REASON");
    assert_snapshot!(refused("after-sales"), @"R4.4: a form of kind after-sales from business is issued by the project's leader (here the department's manager) or somebody of the project's department, not by clerk; name who issued it with --by wang, or record the breach with --exception REASON");
    assert_snapshot!(refused("user-request"), @"R4.5: a form of kind user-request from business is issued by the project's leader (here the department's manager), not by clerk; name who issued it with --by wang, or record the breach with --exception REASON");
    assert_snapshot!(refused("external"), @"R4.6: a form of kind external from business is issued by the project's leader or the department's manager, not by clerk; name who issued it with --by wang, or record the breach with --exception REASON");
    assert_snapshot!(refused("shipping"), @r#"R6.1: a form of kind shipping from business is issued by the project's leader or the department's manager or a contract administrator, not by clerk; name who issued it with --by wang or --by he, or record the breach with --exception REASON"#);
}

#[test]
fn r4_2_where_nobody_is_manager_the_way_out_is_a_term() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(3, "contact add --department shandong --kind pre-contract --to general --subject a --content b"), @"R4.2: a form of kind pre-contract from shandong is issued by the project's leader or the department's manager, not by clerk; nobody was on 2026-10-08; enter the term with: branchbook staff role KEY --department shandong --role department-manager --from DATE, or record the breach with --exception REASON");
    office.ok("staff add ma --name 马丽 --department shandong --role department-manager --from 2026-10-01 --by chen");
    assert_eq!(
        office.ok(
            "contact add --department shandong --kind pre-contract --to general --subject a --content b --by ma -q"
        ),
        "HAS05001\n"
    );
}

#[test]
fn r4_1_a_form_goes_to_departments_inside_the_company() {
    let office = Office::staffed();
    let to = |to: &str| FORM.replace("--to technology", to);
    assert_snapshot!(office.refused(3, &to("--to '生产 部'")), @r#"R4.6: 生产 部 is no department, and a form of kind pre-contract stays inside the company; give a department (branchbook department list), enter one of the company's with: branchbook department add KEY --zh "生产 部", or take --kind external"#);
    assert_snapshot!(office.refused(2, &to("--to technology --to 技术开发科")), @"technology is named twice; name each party once");
    assert_snapshot!(office.refused(2, &to("--to technology --copy general --copy 综合管理部")), @"general is named twice; name each party once");
    assert_snapshot!(office.refused(2, &to("--to technology --copy technology")), @"technology is named twice; name each party once");
    assert_snapshot!(office.refused(2, &to("--to technology --copy 甲、乙")), @"甲、乙 is more than one party; give each party by an option of its own, without ; or 、");
    office.ok("department add manufacturing --zh '生产 部'");
    office.ok(&to("--to '生产 部' --copy 何平 --copy 包钢"));
    assert_eq!(
        office.ok("contact list --format csv").lines().nth(1).unwrap(),
        "HAY05001,issued,2026-10-08,轴承图纸,manufacturing,pre-contract,wang,2026-10-13,,,,,,he; 包钢,,,business,确认,,,,,0,,"
    );
}

#[test]
fn a_name_that_two_people_bear_is_no_copy() {
    let office = Office::staffed();
    office.ok("staff add he2 --name 何平 --department business --role member");
    assert_snapshot!(office.refused(2, &FORM.replace("--by", "--copy 何平 --by")), @"2 people are called 何平; give the key instead: 何平 (he) or 何平 (he2)");
}

#[test]
fn r4_5_what_the_user_raises_goes_to_general_and_its_contract_administrator_signs() {
    let office = Office::staffed();
    let form = "contact add --department business --kind user-request --to technology --subject 交货期 --content 问 --by wang -q";
    assert_snapshot!(office.refused(3, form), @"R4.5: what the user raises goes to General Management's contract administrator; add --to general, or record the breach with --exception REASON");
    office.ok(&format!("{form} --to general"));
    assert_snapshot!(office.refused(3, "contact sign HAY05001 --for general --by zhou"), @"R4.5: what the user raises is signed for by a contract administrator, which 周敏 is not; name who did with --by he");
    assert_snapshot!(office.ok("contact sign HAY05001 --for general --by he"), @r#"HAY05001 "交货期" to technology; general: signed for general by 何平 on 2026-10-08; waits for technology"#);
}

#[test]
fn r4_5_where_nobody_is_contract_administrator_the_way_out_is_a_term() {
    let office = Office::staffed();
    office.ok(
        "contact add --department business --kind user-request --to general --subject 交货期 --content 问 --by wang",
    );
    office.ok("staff end he --until 2026-10-07 --by chen");
    assert_snapshot!(office.refused(3, "contact sign HAY05001 --for general --by zhou"), @"R4.5: what the user raises is signed for by a contract administrator, which 周敏 is not; nobody was on that day; enter the term with: branchbook staff role KEY --department general --role contract-administrator --from DATE");
}

#[test]
fn r4_6_a_letter_outside_is_copied_to_the_contract_administrator() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(3, &LETTER.replace("--copy he", "")), @"R4.6: a form to a unit outside the company is copied to the contract administrator; add --copy he or --copy general, or record the breach with --exception REASON");
    assert_snapshot!(office.refused(3, &LETTER.replace("--copy he", "--copy wu")), @"R4.6: a form to a unit outside the company is copied to the contract administrator; add --copy he or --copy general, or record the breach with --exception REASON");
    assert_eq!(office.ok(&LETTER.replace("--copy he", "--copy general")), "HAB05001\n");
    assert_eq!(office.ok(&LETTER.replace("--copy he", "--copy 何平")), "HAB05002\n");
}

#[test]
fn r4_6_the_copy_is_signed_for_before_the_letter_is_archived() {
    let office = Office::staffed();
    office.ok(LETTER);
    let archive = "contact archive HAB05001 --contract BG-1";
    assert_snapshot!(office.refused(3, archive), @r#"R4.7: HAB05001 is not signed for 包钢(集团)公司 yet; enter the signature with: branchbook contact sign HAB05001 --for "包钢(集团)公司" --by NAME, or record the breach with --exception REASON"#);
    office.ok("contact sign HAB05001 --for 包钢(集团)公司 --by 张处长");
    assert_snapshot!(office.refused(3, archive), @"R4.6: HAB05001 leaves the company, and the contract administrator has not signed for a copy; enter the signature with: branchbook contact sign HAB05001 --for he --by he, or record the breach with --exception REASON");
    assert_snapshot!(office.refused(3, "contact sign HAB05001 --for he --by zhou"), @"R4.7: 周敏 cannot act for 何平; name them with --by he");
    office.ok("contact sign HAB05001 --for he --by he");
    assert_snapshot!(office.ok(archive), @r#"HAB05001 "交货期函复" to 包钢(集团)公司: archived on 2026-10-08 by clerk, in the file of BG-1"#);
}

#[test]
fn r4_6_generals_copy_of_a_letter_is_signed_for_by_the_contract_administrator() {
    let office = Office::staffed();
    office.ok(&LETTER.replace("--copy he", "--copy general"));
    assert_snapshot!(office.refused(3, "contact sign HAB05001 --for general --by zhou"), @"R4.6: General Management's copy of an external form is signed for by a contract administrator, which 周敏 is not; name who did with --by he");
    assert_snapshot!(office.ok("contact sign HAB05001 --for general --by he"), @r#"HAB05001 "交货期函复" to 包钢(集团)公司: signed for general by 何平 on 2026-10-08; waits for 包钢(集团)公司"#);
}

#[test]
fn r4_6_a_letter_that_was_not_copied_is_not_archived_either() {
    let office = Office::staffed();
    office.ok(&format!("{} --exception 急件", LETTER.replace("--copy he", "")));
    office.ok("contact sign HAB05001 --for 包钢(集团)公司 --by 张处长");
    let archive = "contact archive HAB05001 --contract BG-1";
    assert_snapshot!(office.refused(3, archive), @"R4.6: HAB05001 leaves the company, and was not copied to the contract administrator; enter the copy with: branchbook contact amend HAB05001 --reason REASON --copy he or --copy general, or record the breach with --exception REASON");
    office.ok("contact amend HAB05001 --reason 补抄送 --copy he");
    assert_snapshot!(office.refused(3, archive), @"R4.6: HAB05001 leaves the company, and the contract administrator has not signed for a copy; enter the signature with: branchbook contact sign HAB05001 --for he --by he, or record the breach with --exception REASON");
    office.ok("contact sign HAB05001 --for he --by he");
    office.ok(archive);
}

#[test]
fn r4_6_somebody_outside_signs_under_their_own_name() {
    let office = Office::staffed();
    office.ok(LETTER);
    assert_snapshot!(office.refused(2, "contact sign HAB05001 --for 包钢(集团)公司"), @"nobody is named who acts for 包钢(集团)公司; name the person of that unit with --by NAME");
    assert_snapshot!(office.refused(2, "contact sign HAB05001 --for 鞍钢 --by 张处长"), @"HAB05001 did not go to 鞍钢; it went to: 包钢(集团)公司, 何平");
    assert_snapshot!(office.ok("contact sign HAB05001 --for 包钢(集团)公司 --by 张处长"), @r#"HAB05001 "交货期函复" to 包钢(集团)公司: signed for 包钢(集团)公司 by 张处长 on 2026-10-08; received"#);
    let letters = office.at_the_keyboard("li");
    assert_snapshot!(letters.refused(3, "contact reply HAB05001 --for 包钢(集团)公司 --by 张处长 --text 好"), @"R4.7: 李娜 may not enter what 张处长 did; only a clerk or contract administrator writes for others; hand the paper to General Management's clerk");
}

#[test]
fn an_exception_is_recorded_and_shown() {
    let office = Office::staffed();
    let outcome =
        office.run(&format!("{} --exception '经理出差,电话同意'", FORM.replace("wang", "li").replace(" -q", "")));
    assert_snapshot!(format!("{}{}", outcome.out, outcome.err), @"
    HAY05001: issued on 2026-10-08 to technology, reply wanted by 2026-10-13
    recorded as an exception: R4.2: a form of kind pre-contract from business is issued by the project's leader or the department's manager, not by 李娜; name who issued it with --by wang
    ");
    assert_snapshot!(office.ok("contact show HAY05001"), @"
    HAY05001
    ┌──────────────┬──────────────┐
    │ number       │ HAY05001     │
    │ state        │ issued       │
    │ issued on    │ 2026-10-08   │
    │ subject      │ 轴承图纸     │
    │ addressed to │ technology   │
    │ kind         │ pre-contract │
    │ issued by    │ 李娜         │
    │ reply by     │ 2026-10-13   │
    │ department   │ business     │
    │ content      │ 确认         │
    │ amendments   │ 0            │
    └──────────────┴──────────────┘
    Exceptions
    ┌────────┬─────────────┬────────┬───────────────────┬──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┐
    │ clause │ happened on │ person │ reason            │ refused                                                                                                              │
    ├────────┼─────────────┼────────┼───────────────────┼──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┤
    │ R4.2   │ 2026-10-08  │ 李娜   │ 经理出差,电话同意 │ a form of kind pre-contract from business is issued by the project's leader or the department's manager, not by 李娜 │
    └────────┴─────────────┴────────┴───────────────────┴──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘
    1 row
    ");
    assert_eq!(
        office.count(
            "SELECT count(*) FROM exception WHERE clause = 'R4.2' AND person = 'li' AND reason = '经理出差,电话同意'"
        ),
        1
    );
    let journal = office.ok("journal --thing HAY05001 --format jsonl");
    assert!(journal.contains(r#""note":"经理出差,电话同意""#), "the journal has the reason: {journal}");
}

#[test]
fn an_exception_without_a_breach_is_refused() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(2, &format!("{FORM} --exception 无")), @"--exception was given, but no rule stands against it; leave --exception out");
    assert_snapshot!(office.refused(2, &format!("{FORM} --exception ' '")), @"
    error: invalid value ' ' for '--exception <REASON>': text is blank; type the text

    For more information, try '--help'.
    ");
}

#[test]
fn an_exception_excuses_no_department_without_a_ledger() {
    let office = Office::staffed();
    let form = FORM.replace("--department business", "--department technology");
    assert_snapshot!(office.refused(3, &format!("{form} --exception 急")), @"R4.8: technology (技术开发科) keeps no ledger of contact forms; let the department that needs the answer issue the form");
}

#[test]
fn r4_6_a_copy_outside_the_company_is_held_as_an_addressee_outside_is() {
    let office = Office::staffed();
    let form = |copies: &str| format!("{FORM} {copies}");
    assert_snapshot!(office.refused(3, &form("--copy 某设计院")), @"R4.6: a form to a unit outside the company is copied to the contract administrator; add --copy he or --copy general, or record the breach with --exception REASON");
    office.ok(&form("--copy 某设计院 --copy he"));
    office.ok(&form("--copy wu"));
    assert_snapshot!(office.refused(3, "contact amend HAY05002 --copy 某设计院 --reason 补"), @"R4.6: a form to a unit outside the company is copied to the contract administrator; add --copy he or --copy general, or record the breach with --exception REASON");
    office.ok("contact amend HAY05002 --copy 某设计院 --copy he --reason 补");
    office.ok("contact sign HAY05002 --for technology --by wu");
    office.ok("contact sign HAY05002 --for 某设计院 --by 王工");
    assert_snapshot!(office.refused(3, "contact archive HAY05002 --contract BG-1"), @"R4.6: HAY05002 leaves the company, and the contract administrator has not signed for a copy; enter the signature with: branchbook contact sign HAY05002 --for he --by he, or record the breach with --exception REASON");
    office.ok("contact sign HAY05002 --for he --by he");
    office.ok("contact archive HAY05002 --contract BG-1");
}

/// R4.3: a form that names a project's contract is a form of that project, however the number is written.
#[test]
fn r4_3_a_form_of_a_projects_contract_is_issued_by_its_rules() {
    let office = Office::staffed();
    office.all_ok(&[
        "project add --department business --customer 包钢 --title 磨机 --amount 100万 --by wang",
        "project lead PRJ26-001 --person li --by wang",
        "project review PRJ26-001 --item 供货 --reviewer wang --pass",
        "project contract PRJ26-001 --contract BG-2026-118 --signed-on 2026-10-08 --amount 100万 --by li",
    ]);
    let add = "contact add --department business --kind execution --to technology --subject a --content b";
    let of_project = office.refused(3, &format!("{add} --project PRJ26-001 --by wang"));
    assert!(of_project.starts_with("R4.3: "), "{of_project}");
    for contract in ["BG-2026-118", "ＢＧ－２０２６－１１８"] {
        assert_eq!(office.refused(3, &format!("{add} --contract '{contract}' --by wang")), of_project, "{contract}");
    }
    let added = office.run(&format!("{add} --contract BG-2026-118 --by li"));
    assert!(added.err.contains("BG-2026-118 is the contract of PRJ26-001, to which the form belongs"), "{}", added.err);
    assert!(office.ok("show HAY05001 --format csv").contains("PRJ26-001"));
    // What was issued without it is not moved there either.
    office.ok(&format!("{add} --by wang"));
    for option in ["--contract BG-2026-118", "--project PRJ26-001"] {
        let refused = office.refused(3, &format!("contact amend HAY05002 {option} --reason 补"));
        assert!(refused.starts_with("R4.3: "), "{refused}");
    }
}
