//! What comes back, by `undo` or `reopen`, is held to its fields as one that is entered anew, in every register.

use std::collections::BTreeSet;

use branchbook::register::field::Kind;
use branchbook::register::forms;
use insta::assert_snapshot;

use crate::collected::settle;
use crate::every_verb;
use crate::office::Office;
use crate::project;
use crate::ship;

/// A project of li's that is closed, with a fee and a gift that were void before.
fn closed() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.all_ok(&project::REVIEWED);
        office.all_ok(&[
        "gift catalog add 茶叶 --price 300 --by chen",
        "fee add --kind agency --payee 某公司 --employer 某某 --project PRJ26-001 --amount 1万 --reason 代理 --asked-by li",
        "fee approve FEE26-001 --by lin",
        "gift add --department business --asked-by li --unit 甲矿业 --recipient 丙;处长 --occasion 节 --item 茶叶;1 --project PRJ26-001",
        "gift endorse GFT26-001 --by wang",
        "gift approve GFT26-001 --by chen",
        "gift add --department business --asked-by li --unit 甲矿业 --recipient 丁;处长 --occasion 节 --item 茶叶;1 --project PRJ26-001",
        "gift reject GFT26-002 --reason 不必 --by chen",
        "fee void FEE26-001 --reason 误",
        "gift void GFT26-001 --reason 误",
        "project contract PRJ26-001 --contract HT-5 --signed-on 2026-10-08 --amount 120万 --by li",
        "project instalments PRJ26-001 --advance 100%",
        "project receive PRJ26-001 --kind advance --amount 120万 --voucher VV-1",
        "project deliver PRJ26-001",
        "project accept PRJ26-001",
        "project close PRJ26-001",
    ]);
        office
    })
}

#[test]
fn r5_4_1_a_fee_does_not_come_back_on_a_closed_project() {
    let office = closed();
    assert_snapshot!(office.refused(3, "undo FEE26-001 --reason 误"), @"R5.4(1): PRJ26-001 is closed, and takes no new money; take that back first with: branchbook undo PRJ26-001 --reason REASON, or leave FEE26-001 as it is");
    assert_snapshot!(office.refused(3, "undo GFT26-001 --reason 误"), @"R5.3(1): PRJ26-001 is closed, and takes no new money; take that back first with: branchbook undo PRJ26-001 --reason REASON, or leave GFT26-001 as it is");
    assert_snapshot!(office.refused(3, "undo GFT26-002 --reason 误 --by chen"), @"R5.3(1): PRJ26-001 is closed, and takes no new money; take that back first with: branchbook undo PRJ26-001 --reason REASON, or leave GFT26-002 as it is");
    assert_snapshot!(office.refused(3, "gift reopen GFT26-002 --reason 再请"), @"R5.3(1): PRJ26-001 is closed, and takes no new money; take that back first with: branchbook undo PRJ26-001 --reason REASON, or leave GFT26-002 as it is");
    // What the refusal says works: the project is open again.
    office.ok("undo PRJ26-001 --reason 未完");
    office.ok("undo FEE26-001 --reason 误");
    office.ok("undo GFT26-001 --reason 误");
    office.ok("gift reopen GFT26-002 --reason 再请");
    office.ok("verify");
}

#[test]
fn r6_1_a_shipment_does_not_come_back_on_a_void_notice() {
    let office = ship::after(0);
    office.ok("ship cancel SHP26-001 --reason 停");
    office.ok("contact void HAY05001 --reason 停");
    assert_snapshot!(office.refused(3, "undo SHP26-001 --reason 误"), @"R6.2: HAY05001 is void, and nothing refers to what has ended; take that back first with: branchbook undo HAY05001 --reason REASON, or leave SHP26-001 as it is");
    office.ok("undo HAY05001 --reason 误");
    office.ok("undo SHP26-001 --reason 误");
    office.ok("verify");
}

#[test]
fn r5_3_1_a_gift_does_not_come_back_for_a_visit_that_was_cancelled() {
    let office = Office::staffed();
    office.all_ok(&[
        "gift catalog add 茶叶 --price 300 --by chen",
        "reception add --department business --unit 甲 --purpose 考察 --arrive 2026-12-01 --visitor 甲;乙 --schedule none --by li",
        "gift add --department business --asked-by li --unit 甲 --recipient 丙;处长 --occasion 节 --item 茶叶;1 --reception REC26-001",
        "gift void GFT26-001 --reason 误",
        "reception cancel REC26-001 --reason 不来",
    ]);
    assert_snapshot!(office.refused(3, "undo GFT26-001 --reason 误"), @"R5.3(1): REC26-001 is cancelled, and nothing refers to what has ended; take that back first with: branchbook undo REC26-001 --reason REASON, or leave GFT26-001 as it is");
    office.ok("reception reopen REC26-001 --reason 又来");
    office.ok("undo GFT26-001 --reason 误");
}

/// Two shipments of two projects, the first of them completed by the notice WG-1101.
fn two_shipments() -> Office {
    Office::made(|| {
        let office = ship::after(1);
        office.all_ok(&[
        "project add --department business --customer 乙矿业 --title 磨机 --amount 120万 --by wang",
        "project lead PRJ26-002 --person li --by wang",
        "contact add --department business --kind shipping --to general --subject 发运 --content 整机 --project PRJ26-002 --by li",
    ]);
        office.ok(&ship::add("company").replace("PRJ26-001", "PRJ26-002").replace("HAY05001", "HAY05002"));
        office
    })
}

#[test]
fn r6_2_a_completion_notice_that_stands_elsewhere_does_not_come_back() {
    let office = two_shipments();
    office.ok("ship void SHP26-001 --reason 误");
    office.ok("ship complete SHP26-002 --notice WG-1101");
    assert_snapshot!(office.refused(3, "undo SHP26-001 --reason 误"), @"R6.2: Completion Notice WG-1101 is in the book already, in SHP26-002; see it with: branchbook show SHP26-002, and take it back there first with: branchbook undo SHP26-002 --reason REASON, or leave SHP26-001 as it is");
    // A correction that is taken back is held to the same.
    office.ok("undo SHP26-002");
    office.ok("undo SHP26-001 --reason 误");
    office.ok("ship amend SHP26-001 --completion WG-1102 --reason 误");
    office.ok("ship complete SHP26-002 --notice WG-1101");
    assert_snapshot!(office.refused(3, "undo SHP26-001 --reason 误"), @"R6.2: Completion Notice WG-1101 is in the book already, in SHP26-002; see it with: branchbook show SHP26-002, and take it back there first with: branchbook undo SHP26-002 --reason REASON, or leave SHP26-001 as it is");
    office.ok("verify");
}

#[test]
fn r6_2_a_notice_that_an_exception_tells_of_twice_comes_back() {
    let office = two_shipments();
    office.ok("ship complete SHP26-002 --notice WG-1101 --exception 一并完工");
    office.ok("ship void SHP26-001 --reason 误");
    office.ok("undo SHP26-001 --reason 误");
    office.ok("verify");
}

#[test]
fn r3_7_a_voucher_that_stands_elsewhere_does_not_come_back() {
    let office = Office::staffed();
    office.all_ok(&project::REVIEWED);
    office.all_ok(&[
        "project contract PRJ26-001 --contract HT-5 --signed-on 2026-10-08 --amount 120万 --by li",
        "project instalments PRJ26-001 --advance 50% --delivery 50%",
        "project receive PRJ26-001 --kind advance --amount 60万 --voucher VV-1",
        "project amend PRJ26-001 --receipt 1 --voucher VV-2 --reason 误",
        "project add --department business --customer 乙矿业 --title 磨机 --amount 120万 --by wang",
        "project lead PRJ26-002 --person li --by wang",
        "project review PRJ26-002 --item 技术 --reviewer wu --pass",
        "project contract PRJ26-002 --contract HT-6 --signed-on 2026-10-08 --amount 120万 --by li",
        "project instalments PRJ26-002 --advance 50% --delivery 50%",
        "project receive PRJ26-002 --kind advance --amount 60万 --voucher VV-1",
    ]);
    assert_snapshot!(office.refused(3, "undo PRJ26-001 --reason 误"), @"R3.7: voucher VV-1 is in the book already, in PRJ26-002; see it with: branchbook show PRJ26-002, and take it back there first with: branchbook undo PRJ26-002 --reason REASON, or leave PRJ26-001 as it is");
}

#[test]
fn r2_3_information_that_was_entered_anew_meanwhile_is_the_first() {
    let office = Office::staffed();
    let add = "info add --department business --customer 包钢 --region 内蒙古 --equipment 球磨机 --need 两台 --by li";
    office.ok(add);
    office.ok("info void INF26-0001 --reason 误");
    office.ok(add);
    let told = office.run("undo INF26-0001 --reason 误");
    assert_snapshot!(told.out, @r#"INF26-0001 "球磨机 · 内蒙古" is brought back: it is no longer void, but collected"#);
    assert_snapshot!(told.err, @"R2.3: likely a duplicate of INF26-0002 (business); if it is none: branchbook info amend INF26-0001 --duplicate-of none --reason REASON");
    assert_snapshot!(office.ok("info list --columns number,state,duplicate_of --format csv"), @r#"
    number,state,duplicate_of
    INF26-0001,collected,INF26-0002
    INF26-0002,collected,
    "#);
    // Once is enough, and what is known to be none stays none.
    office.ok("info amend INF26-0001 --duplicate-of none --reason 两台机器");
    office.ok("verify");
}

#[test]
fn r4_1_a_form_that_was_entered_anew_meanwhile_is_said() {
    let office = Office::staffed();
    let add =
        "contact add --department business --kind execution --to technology --subject 图纸 --content 乙 --by wang";
    office.ok(add);
    office.ok("contact void HAY05001 --reason 误");
    office.ok(add);
    assert_snapshot!(office.run("undo HAY05001 --reason 误").err, @"HAY05002 of the same day and person says the same; where it was entered twice: branchbook contact void HAY05001 --reason REASON");
}

/// Lays a value into a column of an entry, in the book and in all that the journal says of it.
fn lay(office: &Office, register: &str, number: &str, (column, value): (&str, &str)) {
    let book = office.sql();
    let mut triggers = book
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('journal', ?1)")
        .unwrap();
    let triggers: Vec<(String, String)> = triggers
        .query_map([register], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for (name, _) in &triggers {
        book.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    let sql = format!("UPDATE {register} SET {column} = ?2 WHERE entry = (SELECT id FROM entry WHERE number = ?1)");
    book.execute(&sql, (number, value)).unwrap();
    let sql = format!(
        "UPDATE journal SET record = json_set(record, '$.{register}[0].{column}', ?2)
         WHERE thing = ?1 AND json_type(record, '$.{register}[0]') IS NOT NULL"
    );
    book.execute(&sql, (number, value)).unwrap();
    for (_, sql) in &triggers {
        book.execute_batch(sql).unwrap();
    }
    settle(&book);
}

#[test]
fn nothing_comes_back_on_what_has_ended_by_any_field_of_any_register() {
    let example = every_verb::office();
    let mut tried = BTreeSet::new();
    for form in forms() {
        let register = form.register.name;
        let fields = form.steps().filter(|step| step.into.is_none()).flat_map(|step| step.fields.iter().copied());
        for field in fields.filter(|field| !field.loose && !field.even_ended) {
            let of = match field.kind {
                Kind::Project => "project",
                Kind::Entry(of) => of,
                _ => continue,
            };
            let find = |register: &str, states: &str| -> Option<String> {
                let sql = format!(
                    "SELECT number FROM entry WHERE register = ?1 AND state IN ({states}) AND EXISTS (SELECT 1 FROM {register} AS o WHERE o.entry = id)
                        AND NOT EXISTS (SELECT 1 FROM journal WHERE thing = number AND verb LIKE '% import') ORDER BY id DESC"
                );
                example.sql().query_row(&sql, [register], |row| row.get(0)).ok()
            };
            let ended = find(of, "'lost', 'cancelled', 'void'").unwrap();
            for state in ["void", "lost", "cancelled", "rejected"] {
                let Some(number) = find(register, &format!("'{state}'")).filter(|number| *number != ended) else {
                    continue;
                };
                let office = example.copy();
                lay(&office, register, &number, (field.column, &ended));
                let by = match (register, state) {
                    ("gift", "rejected") => " --by chen",
                    (_, "rejected") => " --by lin",
                    _ => "",
                };
                let said = office.run(&format!("undo {number} --reason 误{by}")).err;
                let expected = format!(
                    "and nothing refers to what has ended; take that back first with: branchbook undo {ended} --reason REASON, or leave {number} as it is"
                );
                assert!(said.contains(&expected), "{register}.{} {state}: {said}", field.column);
                tried.insert((register, field.column, state));
            }
        }
    }
    assert!(tried.len() > 9, "{tried:?}");
}
