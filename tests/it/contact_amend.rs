//! Corrections of contact forms, and the numbers that they bear (R4.8).

use insta::assert_snapshot;

use crate::contact::{FORM, LETTER, received};
use crate::office::Office;

#[test]
fn r4_8_each_ledger_counts_on_its_own() {
    let office = Office::staffed();
    assert_eq!(office.ok(FORM), "HAY05001\n");
    assert_eq!(office.ok(FORM), "HAY05002\n");
    let baotou = FORM.replace("business", "baotou").replace("wang", "zhao");
    assert_eq!(office.ok(&baotou), "HAB05001\n");
}

#[test]
fn r4_8_numbers_continue_past_999() {
    let office = Office::staffed();
    office.ok(FORM);
    office.sql().execute_batch("UPDATE counter SET last = 998 WHERE prefix = 'HAY05'").unwrap();
    assert_eq!(office.ok(FORM), "HAY05999\n");
    assert_eq!(office.ok(FORM), "HAY051000\n");
}

#[test]
fn r4_8_a_department_without_a_ledger_is_told_so() {
    let office = Office::staffed();
    assert_eq!(
        office
            .refused(3, "contact add --department technology --kind pre-contract --to general --subject a --content b"),
        "R4.8: technology (技术开发科) keeps no ledger of contact forms; let the department that needs the answer issue the form"
    );
}

#[test]
fn r4_8_a_void_form_keeps_its_number_and_reason() {
    let office = Office::staffed();
    office.ok(FORM);
    assert_snapshot!(office.refused(3, "contact void HAY05001 --reason 错 --by wang"), @"R4.8: voiding an entry is for the clerk, which 王建国 was not on 2026-10-08; name who did with --by clerk or --by zhou");
    assert_snapshot!(office.ok("contact void HAY05001 --reason 重复开单"), @r#"HAY05001 "轴承图纸" to technology: void, 重复开单"#);
    assert_snapshot!(office.refused(3, "contact void HAY05001 --reason 再来"), @"R4.8: HAY05001 is void, and void takes an entry that is reserved or issued or received; nothing leads on from there; where that is a slip, take it back with: branchbook undo HAY05001 --reason REASON");
    assert_snapshot!(office.refused(3, "contact sign HAY05001 --by wu"), @"R4.7: HAY05001 is void, and sign takes an entry that is issued or received or archived; nothing leads on from there; where that is a slip, take it back with: branchbook undo HAY05001 --reason REASON");
    assert_snapshot!(office.refused(3, "contact amend HAY05001 --reason 错 --subject b"), @"R4.8: HAY05001 is void and stays as it is; where that is a slip, take it back with: branchbook undo HAY05001 --reason REASON");
    assert_eq!(office.ok(FORM), "HAY05002\n", "the number is not given out again");
    assert_snapshot!(office.ok("contact ledger --department business"), @"
    Contact forms of business
    ┌──────────┬────────┬────────────┬──────────┬──────────────┬──────────────┬───────────┬────────────┬────────────┬─────────┬─────────────┬────────────┐
    │ number   │ state  │ issued on  │ subject  │ addressed to │ kind         │ issued by │ reply by   │ department │ content │ void reason │ amendments │
    ├──────────┼────────┼────────────┼──────────┼──────────────┼──────────────┼───────────┼────────────┼────────────┼─────────┼─────────────┼────────────┤
    │ HAY05001 │ void   │ 2026-10-08 │ 轴承图纸 │ technology   │ pre-contract │ 王建国    │ 2026-10-13 │ business   │ 确认    │ 重复开单    │          0 │
    │ HAY05002 │ issued │ 2026-10-08 │ 轴承图纸 │ technology   │ pre-contract │ 王建国    │ 2026-10-13 │ business   │ 确认    │             │          0 │
    └──────────┴────────┴────────────┴──────────┴──────────────┴──────────────┴───────────┴────────────┴────────────┴─────────┴─────────────┴────────────┘
    2 rows
    ");
}

#[test]
fn r4_8_a_reserved_number_is_filled_or_spoilt() {
    let office = Office::staffed();
    assert_eq!(office.ok("series reserve baotou --count 3 -q"), "HAB05001\nHAB05002\nHAB05003\n");
    let office = office.on("2026-10-12");
    let form = FORM.replace("business", "baotou").replace("wang", "zhao");
    assert_eq!(office.ok(&form), "HAB05004\n");
    assert_eq!(office.ok(&format!("{form} --number 'hab05 002'")), "HAB05002\n");
    assert_snapshot!(office.ok("contact void HAB05001 --reason 撕坏"), @"HAB05001: void, 撕坏");
    for verb in
        ["sign HAB05003", "reply HAB05003 --text a", "archive HAB05003", "print HAB05003", "amend HAB05003 --reason a"]
    {
        let refusal = office.refused(3, &format!("contact {verb}"));
        assert!(refusal.starts_with("R4.8: HAB05003 is only reserved and cannot be "), "{refusal}");
        assert!(refusal.ends_with("; fill it in with: branchbook contact add --number HAB05003 …"), "{refusal}");
    }
    assert_snapshot!(office.ok("contact ledger --department baotou --format csv"), @"
    number,state,issued_on,subject,addressed_to,kind,issued_by,reply_by_on,received_on,replied_on,archived_on,project,contract,copied_to,holder,pages,department,content,archived_by,contract_file,no_contract,void_reason,amendments,entered_later_on,import
    HAB05001,void,2026-10-08,,,,clerk,,,,,,,,,,baotou,,,,,撕坏,0,,
    HAB05002,issued,2026-10-12,轴承图纸,technology,pre-contract,zhao,2026-10-17,,,,,,,,,baotou,确认,,,,,0,,
    HAB05003,reserved,2026-10-08,,,,clerk,,,,,,,,,,baotou,,,,,,0,,
    HAB05004,issued,2026-10-12,轴承图纸,technology,pre-contract,zhao,2026-10-17,,,,,,,,,baotou,确认,,,,,0,,
    ");
    assert_snapshot!(office.ok("contact history HAB05002 --format csv"), @r"
    at,verb,happened_on,actor,recorder,changes,note,declared,entered_later
    2026-10-08T00:00:00Z,series reserve,2026-10-08,clerk,clerk,department: baotou; issued_on: 2026-10-08; issued_by: clerk; state: reserved,,,
    2026-10-12T00:00:00Z,contact add,2026-10-12,zhao,clerk,issued_on: 2026-10-08 → 2026-10-12; issued_by: clerk → zhao; state: reserved → issued; kind: pre-contract; subject: 轴承图纸; content: 确认; addressed_to: technology; reply_by_on: 2026-10-17,,,
    ");
}

#[test]
fn r4_8_a_number_is_not_chosen_by_hand() {
    let office = Office::staffed();
    office.ok(FORM);
    office.ok("series reserve baotou --count 1");
    assert_snapshot!(office.refused(3, &format!("{FORM} --number HAY05002")), @"R4.8: HAY05002 was not reserved, and numbers are not chosen by hand; leave --number out to take the next one");
    assert_snapshot!(office.refused(3, &format!("{FORM} --number HAY05001")), @"R4.8: HAY05001 is issued in business's ledger, not reserved for business; leave --number out to take the next one");
    assert_snapshot!(office.refused(3, &format!("{FORM} --number HAB05001")), @"R4.8: HAB05001 is reserved in baotou's ledger, not reserved for business; leave --number out to take the next one");
}

#[test]
fn r4_8_a_number_that_was_spoilt_empty_has_no_page() {
    let office = Office::staffed();
    office.ok("series reserve business --count 1");
    office.ok("contact void HAY05001 --reason 撕坏");
    assert_snapshot!(office.refused(3, "contact print HAY05001"), @"R4.8: HAY05001 was voided before anything was written on it; see why with: branchbook show HAY05001");
    assert_snapshot!(office.refused(3, "contact sign HAY05001"), @"R4.7: HAY05001 is void, and sign takes an entry that is issued or received or archived; nothing leads on from there; where that is a slip, take it back with: branchbook undo HAY05001 --reason REASON");
    assert_snapshot!(office.ok("contact show HAY05001"), @"
    HAY05001
    ┌─────────────┬────────────┐
    │ number      │ HAY05001   │
    │ state       │ void       │
    │ issued on   │ 2026-10-08 │
    │ issued by   │ clerk      │
    │ department  │ business   │
    │ void reason │ 撕坏       │
    │ amendments  │ 0          │
    └─────────────┴────────────┘
    ");
}

#[test]
fn an_amended_form_keeps_its_old_values_in_its_history() {
    let office = Office::staffed();
    office.ok(FORM);
    let office = office.on("2026-10-09");
    assert_snapshot!(office.ok("contact amend HAY05001 --reason 写错 --subject 轴承座图纸 --pages 2 --content 确认"), @r#"HAY05001 "轴承座图纸" to technology: corrected subject (轴承图纸 → 轴承座图纸), pages"#);
    assert_snapshot!(office.ok("history HAY05001"), @r"
        History of HAY05001
        ┌──────────────────┬───────────────┬────────────────────────────────┬────────┬──────────┬──────┐
        │ at               │ verb          │ changes                        │ actor  │ recorder │ note │
        ├──────────────────┼───────────────┼────────────────────────────────┼────────┼──────────┼──────┤
        │ 2026-10-08 08:00 │ contact add   │ department: business           │ 王建国 │ clerk    │      │
        │                  │               │ issued_on: 2026-10-08          │        │          │      │
        │                  │               │ issued_by: 王建国              │        │          │      │
        │                  │               │ state: issued                  │        │          │      │
        │                  │               │ kind: pre-contract             │        │          │      │
        │                  │               │ subject: 轴承图纸              │        │          │      │
        │                  │               │ content: 确认                  │        │          │      │
        │                  │               │ addressed_to: technology       │        │          │      │
        │                  │               │ reply_by_on: 2026-10-13        │        │          │      │
        │ 2026-10-09 08:00 │ contact amend │ subject: 轴承图纸 → 轴承座图纸 │ clerk  │          │ 写错 │
        │                  │               │ pages: 2                       │        │          │      │
        └──────────────────┴───────────────┴────────────────────────────────┴────────┴──────────┴──────┘
        2 rows
        ");
    assert_snapshot!(office.ok("contact list --format jsonl"), @r#"{"number":"HAY05001","state":"issued","issued_on":"2026-10-08","subject":"轴承座图纸","addressed_to":"technology","kind":"pre-contract","issued_by":"wang","reply_by_on":"2026-10-13","received_on":null,"replied_on":null,"archived_on":null,"project":null,"contract":null,"copied_to":null,"holder":null,"pages":2,"department":"business","content":"确认","archived_by":null,"contract_file":null,"no_contract":null,"void_reason":null,"amendments":1,"entered_later_on":null,"import":null}"#);
}

#[test]
fn an_amendment_is_held_to_the_rules_of_issuing() {
    let office = Office::staffed();
    office.ok(FORM);
    let amend = |fields: &str| format!("contact amend HAY05001 --reason 写错 {fields}");
    assert_snapshot!(office.refused(2, &amend("")), @"nothing to correct in HAY05001; name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook contact amend --help");
    assert_snapshot!(office.refused(2, &amend("--subject 轴承图纸")), @"nothing to correct in HAY05001; name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook contact amend --help");
    assert_snapshot!(office.refused(2, &amend("--subject ' '")), @"
    error: invalid value ' ' for '--subject <SUBJECT>': text is blank; type the text

    For more information, try '--help'.
    ");
    assert_snapshot!(office.refused(3, &amend("--kind user-request")), @"R4.5: what the user raises goes to General Management's contract administrator; add --to general, or record the breach with --exception REASON");
    assert_snapshot!(office.refused(3, &amend("--kind external")), @"R4.6: a form to a unit outside the company is copied to the contract administrator; add --copy he or --copy general, or record the breach with --exception REASON");
    assert_snapshot!(office.refused(3, &amend("--issued-by li")), @"R4.2: a form of kind pre-contract from business is issued by the project's leader or the department's manager, not by 李娜; name who issued it with --issued-by wang, or record the breach with --exception REASON");
    assert_snapshot!(office.refused(3, &amend("--to 包钢")), @"R4.6: 包钢 is no department, and a form of kind pre-contract stays inside the company; give a department (branchbook department list), enter one of the company's with: branchbook department add KEY --zh 包钢, or take --kind external");
    assert_snapshot!(office.refused(2, &amend("--reply-by 2026-10-01")), @"a reply by 2026-10-01 is wanted before the form is issued on 2026-10-08; give a later day with --reply-by");
    let office = office.on("2026-10-14");
    assert_snapshot!(office.refused(2, &amend("--issued-on 2026-10-14")), @"a reply by 2026-10-13 is wanted before the form is issued on 2026-10-14; give a later day with --reply-by");
    assert_snapshot!(office.ok(&amend("--issued-by li --exception 代签")), @r#"HAY05001 "轴承图纸" to technology: corrected issued_by (王建国 → 李娜)"#);
    assert_snapshot!(office.ok(&amend("--issued-on 2026-10-01 --reply-by 2026-10-02 --to general --copy 包钢 --copy he")), @r#"HAY05001 "轴承图纸" to general: corrected addressed_to (technology → general), copied_to, reply_by_on (2026-10-13 → 2026-10-02), issued_on (2026-10-08 → 2026-10-01)"#);
}

#[test]
fn an_external_form_does_not_become_an_internal_one_with_a_party_outside() {
    let office = Office::staffed();
    office.ok(LETTER);
    assert_snapshot!(office.refused(3, "contact amend HAB05001 --reason 错 --kind execution"), @r#"R4.6: 包钢(集团)公司 is no department, and a form of kind execution stays inside the company; give a department (branchbook department list), enter one of the company's with: branchbook department add KEY --zh "包钢(集团)公司", or take --kind external"#);
    assert_snapshot!(office.ok("contact amend HAB05001 --reason 错 --kind execution --to technology"), @r#"HAB05001 "交货期函复" to technology: corrected kind (external → execution), addressed_to (包钢(集团)公司 → technology)"#);
}

#[test]
fn only_a_clerk_corrects_the_ledger() {
    let office = received().at_the_keyboard("wang");
    assert_snapshot!(office.refused(3, "contact amend HAY05001 --reason 错 --subject b"), @"R4.8: 王建国 is no clerk, and only a clerk corrects the ledger; ask General Management's clerk");
    assert_snapshot!(office.refused(3, "contact void HAY05001 --reason 错"), @"R4.8: voiding an entry is for the clerk, which 王建国 was not on 2026-10-08; let clerk or 周敏 enter it, or hand the paper to General Management's clerk");
}

#[test]
fn a_form_may_be_amended_after_it_is_archived() {
    let office = received();
    office.ok("contact archive HAY05001 --contract BG-1");
    office.ok("contact amend HAY05001 --reason 错 --contract BG-1 --holder 档案柜");
    assert_eq!(office.count("SELECT amendments FROM entry"), 1);
}
