//! Facts that a step wrote, corrected: each keeps its old value in the history, and what follows from it follows.

use std::fmt::Write as _;

use branchbook::register::forms;
use insta::assert_snapshot;

use crate::office::Office;

#[test]
fn r4_7_a_signature_and_a_reply_are_corrected_and_the_form_follows() {
    let office = Office::staffed();
    for line in [
        "contact add --department business --kind pre-contract --to technology --to general --subject 轴承 --content x --by wang --on 2026-10-05",
        "contact sign HAY05001 --for technology --by wu --on 2026-10-06",
        "contact sign HAY05001 --for general --by zhou --on 2026-10-06",
        "contact reply HAY05001 --for technology --by wu --text 可行 --on 2026-10-07",
    ] {
        office.ok(line);
    }
    assert_snapshot!(office.ok("contact amend HAY05001 --signature 2 --signed-on 2026-10-08 --signed-by he --reason 看错"), @r#"HAY05001 "轴承" to technology; general: corrected signature 2"#);
    assert_snapshot!(office.ok("contact amend HAY05001 --reply 1 --replied-on 2026-10-08 --text 可行,图号 --reason 看错"), @r#"HAY05001 "轴承" to technology; general: corrected reply 1"#);
    assert_eq!(
        office
            .count("SELECT count(*) FROM contact_list WHERE received_on = '2026-10-08' AND replied_on = '2026-10-08'"),
        1
    );
    assert_snapshot!(office.refused(2, "contact amend HAY05001 --signed-on 2026-10-08 --reason 看错"), @r#"--signed-on corrects a row, and none is named; name the row with --signature POSITION"#);
    assert_snapshot!(office.refused(4, "contact amend HAY05001 --signature 9 --signed-on 2026-10-08 --reason 看错"), @r#"HAY05001 has no row 9 of that; see its rows with: branchbook history HAY05001"#);
    assert_snapshot!(office.refused(2, "contact amend HAY05001 --signature 1 --signed-on 2026-10-09 --reason 看错"), @r#"2026-10-09 has not come yet; give the day it happened with --signed-on DATE"#);
    office.ok("undo HAY05001");
    office.ok("undo HAY05001");
    assert_eq!(
        office
            .count("SELECT count(*) FROM contact_list WHERE received_on = '2026-10-06' AND replied_on = '2026-10-07'"),
        1
    );
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r3_7_what_was_written_of_a_contract_its_receipts_and_its_delivery_is_corrected() {
    let office = Office::staffed().on("2026-11-05");
    for line in [
        "project add --department business --customer 甲矿业 --title 磨机 --amount 120万 --by wang --on 2026-10-01",
        "project lead PRJ26-001 --person li --by wang --on 2026-10-01",
        "project review PRJ26-001 --item 技术 --reviewer wu --pass --on 2026-10-02",
        "project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-08 --amount 378万 --warranty-months 12 --by li",
        "project instalments PRJ26-001 --advance 30% --delivery 60% --warranty 10% --by li",
        "project deliver PRJ26-001 --by li --on 2026-10-20",
    ] {
        office.ok(line);
    }
    assert_snapshot!(office.ok("project amend PRJ26-001 --paper 1 --amount 37.8万 --contract BG-11 --reason 多写"), @r#"PRJ26-001 "甲矿业 · 磨机": corrected contract 1"#);
    office.ok("project instalments PRJ26-001 --advance 30% --delivery 60% --warranty 10% --by li");
    office.ok("project receive PRJ26-001 --kind advance --amount 11.34万 --voucher 银-1 --by li");
    assert_snapshot!(office.ok("project amend PRJ26-001 --receipt 1 --voucher 银-11 --received-on 2026-11-04 --reason 看错"), @r#"PRJ26-001 "甲矿业 · 磨机": corrected receipt 1"#);
    assert_snapshot!(office.ok("project amend PRJ26-001 --delivered-on 2026-10-21 --reason 看错"), @r#"PRJ26-001 "甲矿业 · 磨机": corrected delivered_on"#);
    assert_eq!(office.count("SELECT count(*) FROM instalment WHERE kind = 'delivery' AND due_on = '2026-10-21'"), 1);
    assert_snapshot!(office.refused(3, "project amend PRJ26-001 --paper 1 --amount 1万 --reason 少写"), @r#"R3.7: PRJ26-001 would come to 10,000.00, of which 113,400.00 is paid; reverse first what was received"#);
    assert_snapshot!(office.refused(2, "project amend PRJ26-001 --delivered-on 2026-09-21 --reason 看错"), @r#"PRJ26-001 was opened on 2026-10-01, and delivered cannot be on 2026-09-21, before that; give a day between the steps before and after it"#);
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r5_5_2_custody_meets_where_its_day_is_corrected() {
    let office = Office::staffed().on("2026-10-01");
    office.ok("asset add --name 相机 --price 2500 --bought-on 2026-10-01 --keeper zhou --department general");
    let office = office.on("2026-10-08");
    office.ok("asset transfer AST-0001 --keeper wu --on 2026-10-05");
    assert_snapshot!(office.ok("asset amend AST-0001 --custody 2 --from 2026-10-03 --reason 看错"), @r#"AST-0001 "相机": corrected custody 2"#);
    assert_eq!(office.count("SELECT count(*) FROM custody WHERE position = 1 AND until_on = '2026-10-03'"), 1);
    assert_snapshot!(office.ok("asset amend AST-0001 --custody 1 --until 2026-10-04 --reason 看错"), @r#"AST-0001 "相机": corrected custody 1"#);
    assert_eq!(office.count("SELECT count(*) FROM custody WHERE position = 2 AND from_on = '2026-10-04'"), 1);
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r3_9_the_terms_of_a_team_meet_where_a_day_is_corrected() {
    let office = Office::staffed().on("2026-10-01");
    office.ok("staff add gao --name 高总 --department general --role general-manager --by lin");
    office.ok("project add --department business --customer 甲矿业 --title 磨机 --major --by wang");
    office.ok("project lead PRJ26-001 --person li --by chen");
    office.ok("project team PRJ26-001 --leader wang --by gao");
    let office = office.on("2026-10-08");
    office.ok("project team PRJ26-001 --leader qian --by gao --on 2026-10-05");
    office.ok("project amend PRJ26-001 --team 2 --from 2026-10-03 --reason 看错");
    let led = "SELECT count(*) FROM team WHERE position = 1 AND until_on = '2026-10-02'";
    assert_eq!(office.count(led), 1);
    office.ok("project amend PRJ26-001 --team 1 --until 2026-10-03 --reason 看错");
    assert_eq!(office.count("SELECT count(*) FROM team WHERE position = 2 AND from_on = '2026-10-04'"), 1);
    office.ok("undo PRJ26-001");
    assert_eq!(office.count(led), 1);
    assert_eq!(office.run("verify").code, 0);
}

/// What stands above the tables.
const PAGE: &str = "\
# How a slip is put right

Written by a test from the registers' forms: what is entered with which verb, and how that is put right.

- **`branchbook undo NUMBER`** takes the last step of an entry back, one after the other. The same person does on the same day; later, or for somebody else, a clerk or
  whoever may take such a step gives a `--reason`. A decision is revoked by whoever may give it (`--by`). What stands on a step, such as a fee on a contract, is
  taken back first and is named. The opening of an entry is taken back by `void`, and a void by `undo`.
- **`branchbook undo --import N --reason REASON`** takes a whole import back while none of its entries has moved on.
- **`amend NUMBER --OPTION VALUE --reason REASON`** corrects a fact that stays otherwise, also of earlier steps. A row of a list is named by its place in
  `branchbook history NUMBER`, such as `--signature 2`.
- **`project reverse`** reverses money that came in, whole or in part; **`project terminate`** ends a contract that is given up; **`reopen`** takes up again what came to
  nothing.
- Nothing is deleted: `history` tells every step, what took it back and what it was before, and the month-end pack lists in `taken-back.csv` what was taken back.
";

/// The page as it should be.
fn page() -> String {
    let mut page = PAGE.to_owned();
    for form in forms() {
        let name = form.register.name;
        write!(page, "\n## {name}\n\n| Entered with | Taken back with | Corrected with `{name} amend NUMBER` and |\n|---|---|---|\n").unwrap();
        let steps = form.corrections().map(|(verb, options)| (format!("`{verb}`"), options));
        let rows = form.corrections_besides().into_iter().map(|(list, options)| (format!("each {list}"), options));
        let decided = form.decided_corrections().map(|(verb, options)| (format!("`{verb}`"), options));
        for (verb, options) in steps.chain(rows).chain(decided) {
            let back = if verb == "`add`" { "`undo`, which voids it" } else { "`undo`" };
            let options: Vec<String> = options.iter().map(|option| format!("`{option}`")).collect();
            writeln!(page, "| {verb} | {back} | {} |", options.join(", ")).unwrap();
        }
    }
    page + OFFICE
}

/// What the office consists of, which no form enters.
const OFFICE: &str = "
## The office

| Entered with | Taken back with | Corrected with |
|---|---|---|
| `office rename`, `department rename`, `staff rename` | the same with the old name | the same with `--from` of that day and `--reason`; a slip in the first name with `--always` |
| `department add` | `department end` | `department amend`: `--reports`, `--ledger`, `--from` |
| `department end` | `department reopen` | |
| `staff add`, `staff role`, `staff import` | `staff end` | `staff amend-term`: `--from`, `--until`, `--open`; `staff login` |
| `staff end`, `staff move` | `staff amend-term --open` | `staff amend-term`: `--until` |
| `staff merge` | `staff unmerge` | |
| `staff deputy` | `staff deputy --end` | |
| `rule set` | `rule set` of the same day, with `--reason` | the same |
| `series set` | `series set` of the same day | the same |
| `info quota set` | `info quota set` of the same month | the same |
| `info quota exempt` | `info quota exempt --lift` | |
| `info route add` | `info route end` | |
| `gift catalog add` | `gift catalog end` | |
| `asset count`, `asset count --close` | `asset stocktake undo` | `asset stocktake undo` with the lines that were counted wrongly |
| `info notice warn`, `info notice suspend` | `info notice lift` | |

What happened to one of them, and who did it, tell `office history`, `department history DEPARTMENT`, `staff history PERSON` and `branchbook journal --thing THING`.
";

#[test]
fn the_page_lists_how_every_fact_is_put_right() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/corrections.md");
    let page = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap_or_default(),
        page,
        "write it with: UPDATE_DOCS=1 cargo test corrections"
    );
}
