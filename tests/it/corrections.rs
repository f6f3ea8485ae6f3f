//! Facts that a step wrote, corrected: each keeps its old value in the history, and what follows from it follows.

use std::fmt::Write as _;

use branchbook::register::forms;
use insta::assert_snapshot;

use crate::office::Office;
use crate::project::REVIEWED;

#[test]
fn r4_7_a_signature_and_a_reply_are_corrected_and_the_form_follows() {
    let office = Office::staffed();
    office.all_ok(&[
        "contact add --department business --kind pre-contract --to technology --to general --subject 轴承 --content x --by wang --on 2026-10-05",
        "contact sign HAY05001 --for technology --by wu --on 2026-10-06",
        "contact sign HAY05001 --for general --by zhou --on 2026-10-06",
        "contact reply HAY05001 --for technology --by wu --text 可行 --on 2026-10-07",
    ]);
    assert_snapshot!(office.ok("contact amend HAY05001 --signature 2 --signed-on 2026-10-08 --signed-by he --reason 看错"), @r#"HAY05001 "轴承" to technology; general: corrected signature 2 (周敏 → 何平; 2026-10-06 → 2026-10-08)"#);
    assert_snapshot!(office.ok("contact amend HAY05001 --reply 1 --replied-on 2026-10-08 --text 可行,图号 --reason 看错"), @r#"HAY05001 "轴承" to technology; general: corrected reply 1 (2026-10-07 → 2026-10-08; 可行 → 可行,图号)"#);
    assert_eq!(
        office
            .count("SELECT count(*) FROM contact_list WHERE received_on = '2026-10-08' AND replied_on = '2026-10-08'"),
        1
    );
    assert_snapshot!(office.refused(2, "contact amend HAY05001 --signed-on 2026-10-08 --reason 看错"), @r#"--signed-on corrects a row, and none is named; name the row with --signature POSITION; its place stands behind its name in: branchbook history HAY05001"#);
    assert_snapshot!(office.refused(4, "contact amend HAY05001 --signature 9 --signed-on 2026-10-08 --reason 看错"), @"HAY05001 has no signature 9; see its rows with: branchbook history HAY05001");
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
    office.all_ok(&[
        "project add --department business --customer 甲矿业 --title 磨机 --amount 120万 --by wang --on 2026-10-01",
        "project lead PRJ26-001 --person li --by wang --on 2026-10-01",
        "project review PRJ26-001 --item 技术 --reviewer wu --pass --on 2026-10-02",
        "project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-08 --amount 378万 --warranty-months 12 --by li",
        "project instalments PRJ26-001 --advance 30% --delivery 60% --warranty 10% --by li",
        "project deliver PRJ26-001 --by li --on 2026-10-20",
    ]);
    assert_snapshot!(office.ok("project amend PRJ26-001 --paper 1 --amount 37.8万 --contract BG-11 --reason 多写"), @r#"PRJ26-001 "甲矿业 · 磨机": corrected contract 1 (BG-1 → BG-11; 3,780,000.00 → 378,000.00)"#);
    office.ok("project instalments PRJ26-001 --advance 30% --delivery 60% --warranty 10% --by li");
    office.ok("project receive PRJ26-001 --kind advance --amount 11.34万 --voucher 银-1 --by li");
    assert_snapshot!(office.ok("project amend PRJ26-001 --receipt 1 --voucher 银-11 --received-on 2026-11-04 --reason 看错"), @r#"PRJ26-001 "甲矿业 · 磨机": corrected receipt 1 (银-1 → 银-11; 2026-11-05 → 2026-11-04)"#);
    assert_snapshot!(office.ok("project amend PRJ26-001 --delivered-on 2026-10-21 --reason 看错"), @r#"PRJ26-001 "甲矿业 · 磨机": corrected delivered_on (2026-10-20 → 2026-10-21)"#);
    assert_eq!(office.count("SELECT count(*) FROM instalment WHERE kind = 'delivery' AND due_on = '2026-10-21'"), 1);
    assert_snapshot!(office.refused(3, "project amend PRJ26-001 --paper 1 --amount 1万 --reason 少写"), @r#"R3.7: PRJ26-001 would come to 10,000.00, of which 113,400.00 is paid; reverse first what was received"#);
    assert_snapshot!(office.refused(2, "project amend PRJ26-001 --delivered-on 2026-09-21 --reason 看错"), @r#"PRJ26-001 was opened on 2026-10-01, and delivered cannot be on 2026-09-21, before that; give a day between the steps before and after it"#);
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r3_4_a_contract_in_the_wrong_currency_is_put_right_with_its_rate() {
    let office = Office::staffed();
    office.all_ok(&REVIEWED);
    office.ok("project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-08 --amount 37.8万 --currency USD --rate 7.1 --by li");
    assert_snapshot!(office.refused(2, "project amend PRJ26-001 --paper 1 --currency CNY --rate 7 --reason 错"), @"CNY has no rate; leave --rate out, or name the --currency");
    assert_snapshot!(office.ok("project amend PRJ26-001 --paper 1 --currency CNY --reason 错"), @r#"PRJ26-001 "甲矿业 · 磨机": corrected contract 1 (USD → CNY)"#);
    assert_eq!(office.count("SELECT count(*) FROM contract WHERE currency = 'CNY' AND rate_e4 IS NULL"), 1);
    assert_snapshot!(office.refused(2, "project amend PRJ26-001 --paper 1 --currency EUR --reason 错"), @"what one EUR was worth that day is missing; give it in yuan with --rate, such as --rate 7.1234");
    office.ok("project contract PRJ26-001 --supplement --contract BG-1b --signed-on 2026-10-08 --amount 1万 --by li");
    assert_snapshot!(office.refused(3, "project amend PRJ26-001 --paper 1 --currency EUR --rate 8 --reason 错"), @"R3.4: BG-1b of PRJ26-001 is not in EUR; take the papers back with: branchbook undo PRJ26-001, and enter them in the same currency");
    assert_snapshot!(office.refused(3, "project amend PRJ26-001 --paper 2 --currency EUR --rate 8 --reason 错"), @"R3.4: BG-1 of PRJ26-001 is not in EUR; take the papers back with: branchbook undo PRJ26-001, and enter them in the same currency");
    office.ok("undo PRJ26-001");
    office.ok("project amend PRJ26-001 --paper 1 --currency EUR --rate 8 --reason 错");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn what_is_given_besides_a_row_is_refused_and_never_left_out_or_taken_for_another() {
    let office = Office::staffed();
    office.all_ok(&REVIEWED);
    office.all_ok(&[
        "project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-08 --amount 120万 --by li",
        "project instalments PRJ26-001 --advance 100% --by li",
        "project receive PRJ26-001 --amount 36万 --voucher 银-1",
    ]);
    let amend = "project amend PRJ26-001 --reason 错";
    assert_snapshot!(office.refused(2, &format!("{amend} --receipt 1 --amount 3.6万 --voucher 银-2")), @"--amount is no fact of receipt 1; reverse it with: branchbook project reverse PRJ26-001 --receipt 1 --reason REASON, or take it back with: branchbook undo PRJ26-001");
    assert_snapshot!(office.refused(2, &format!("{amend} --receipt 1 --voucher 银-2 --text 来函")), @"--text is no fact of receipt 1; correct that in a line of its own, without --receipt");
    assert_snapshot!(office.refused(2, &format!("{amend} --receipt 1 --voucher 银-2 --title 磨")), @"--title is no fact of receipt 1; correct that in a line of its own, without --receipt");
    assert_snapshot!(office.refused(2, &format!("{amend} --receipt 1 --voucher 银-2 --review 1")), @"--voucher is no fact of review 1; correct that in a line of its own, without --review");
    assert_snapshot!(office.refused(4, &format!("{amend} --review 7 --item 商务")), @"PRJ26-001 has no review 7; see its rows with: branchbook history PRJ26-001");
    assert_snapshot!(office.refused(2, &format!("{amend} --department baotou")), @"
    error: unexpected argument '--department' found

      tip: that is not corrected: take it back with branchbook undo NUMBER, and enter it again

    Usage: branchbook project amend [OPTIONS] --reason <REASON> <NUMBER>

    For more information, try '--help'.
    ");
    assert_eq!(office.count("SELECT amount_fen FROM project"), 120_000_000);
}

#[test]
fn r5_5_2_custody_meets_where_its_day_is_corrected() {
    let office = Office::staffed().on("2026-10-01");
    office.ok("asset add --name 相机 --price 2500 --bought-on 2026-10-01 --keeper zhou --department general");
    let office = office.on("2026-10-08");
    office.ok("asset transfer AST-0001 --keeper wu --on 2026-10-05");
    assert_snapshot!(office.ok("asset amend AST-0001 --custody 2 --from 2026-10-03 --reason 看错"), @r#"AST-0001 "相机": corrected custody 2 (2026-10-05 → 2026-10-03)"#);
    assert_eq!(office.count("SELECT count(*) FROM custody WHERE position = 1 AND until_on = '2026-10-03'"), 1);
    assert_snapshot!(office.ok("asset amend AST-0001 --custody 1 --until 2026-10-04 --reason 看错"), @r#"AST-0001 "相机": corrected custody 1 (2026-10-03 → 2026-10-04)"#);
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
- **`branchbook undo KIND KEY`** takes back what was entered last of something of the office, such as `undo staff li` or `undo rule contact.reply_days`: by whoever may enter
  such a thing (`--by`), and not where a decision or an entry rests on it. It is then as if it had never been entered; the journal keeps both.
- **`branchbook undo --import N --reason REASON`** takes a whole import back while nothing that it brought has moved on.
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

/// What no form enters.
const OFFICE: &str = "
## Every register

| Entered with | Taken back with | Corrected with |
|---|---|---|
| `attach` | `undo NUMBER` | |
| `restore` | `restore` of the book that it set aside | |
| `contact import`, `info import`, `project import`, `reception import`, `gift import`, `fee import`, `asset import`, `ship import` | `undo --import N` | `amend`, entry by entry |
| `contact void`, `info void`, `project void`, `reception void`, `gift void`, `fee void`, `asset void`, `ship void` | `undo NUMBER` | |
| `contact amend`, `info amend`, `project amend`, `reception amend`, `gift amend`, `fee amend`, `asset amend`, `ship amend` | `undo NUMBER` | `amend` once more |
| `contact undo`, `info undo`, `project undo`, `reception undo`, `gift undo`, `fee undo`, `asset undo`, `ship undo`, `undo` | the step again | |

## User information, month by month

| Entered with | Taken back with | Corrected with |
|---|---|---|
| `info report` | `undo NUMBER` of each entry in it, then `undo report DEPARTMENT MONTH` | |
| `info file`, `info open-project` | `undo NUMBER` | |
| `info quota set`, `info quota import` | `undo quota PERSON` or `undo quota DEPARTMENT` | `info quota set` of the same month |
| `info quota exempt` | `info quota exempt --lift` | |
| `info route add`, `info route import` | `info route end` | |
| `info route end` | `info route add` | |
| `info grant` | `info revoke` | `info revoke` and `info grant` |
| `info revoke` | `info grant` | |
| `info notice warn`, `info notice suspend` | `info notice lift`, after which its print says so | |
| `info notice lift` | `info notice warn`, `info notice suspend` | |

## Other lists of the registers

| Entered with | Taken back with | Corrected with |
|---|---|---|
| `gift catalog add`, `gift catalog import` | `gift catalog end` | `gift catalog end` and `gift catalog add` on the same day |
| `gift catalog end` | `gift catalog add` | |
| `asset count` | `asset stocktake undo` | `asset stocktake undo` with the lines that were counted wrongly |
| `asset stocktake undo` | `asset count` | |
| `project target set` | `undo target DEPARTMENT MONTH`, while the month goes on | `project target set` of the same month |
| `report submit` | `undo submission MONTH`, after which the month is open | |
| `report review` | `undo order-review MONTH` | `report review` again, of which the last counts |

## The office

| Entered with | Taken back with | Corrected with |
|---|---|---|
| `office rename` | `undo office` | the same with `--from` of that day and `--reason`; a slip in the first name with `--always` |
| `office amend` | `undo office` | puts right what `init` said: `--zone`, `--live-from`; once something is entered, with `--reason` and by the branch manager |
| `department add`, `department amend`, `department end`, `department reopen`, `department rename` | `undo department DEPARTMENT`, while nothing names what would be gone | `department amend`: `--reports`, `--ledger`, `--from`; `department rename` with `--from` or `--always` |
| `department import` | the same, or whole by `undo --import N` | |
| `staff add`, `staff role`, `staff move`, `staff end`, `staff amend-term`, `staff rename` | `undo staff PERSON`, while no decision rests on it | `staff amend-term`: `--from`, `--until`, `--open`; `staff rename` with `--from` or `--always` |
| `staff import` | the same, or whole by `undo --import N` | |
| `staff login` | `staff login --login none` | `staff login` |
| `staff merge` | `staff unmerge` | |
| `staff unmerge` | `staff merge` | |
| `staff deputy` | `staff deputy --end` | |
| `rule set`, `rule import` | `undo rule FIGURE` | `rule set` of the same day, with `--reason` |
| `rule holiday add`, `rule holiday import`, `rule holiday remove` | `undo holiday DATE`, while it has not passed | `rule holiday remove`, `rule holiday add` |
| `series set`, `series import`, `series close` | `undo series SERIES`, while no number rests on it | `series set` |
| `series reserve` | `undo NUMBER`, which voids it, or `contact void` of several | |

What happened to one of them, and who did it, tell `office history`, `department history DEPARTMENT`, `staff history PERSON` and `branchbook journal --thing THING`.
";

/// Every command that enters something, by its words.
fn entering(command: &clap::Command, words: &[String], found: &mut Vec<String>) {
    for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set() && verb.get_name() != "help") {
        let words: Vec<String> = words.iter().cloned().chain([verb.get_name().to_owned()]).collect();
        if verb.get_arguments().any(|argument| argument.get_long() == Some("dry-run")) {
            found.push(words.join(" "));
        }
        entering(verb, &words, found);
    }
}

#[test]
fn the_page_tells_of_every_command_that_enters_something_and_of_no_other() {
    let mut root = branchbook::cli::command();
    root.build();
    let mut known = Vec::new();
    entering(&root, &[], &mut known);
    let of_form = |command: &String| {
        let form = forms().find(|form| command.split(' ').next() == Some(form.register.name));
        let verb = command.split(' ').nth(1).unwrap_or_default();
        command.split(' ').count() == 2
            && form.is_some_and(|form| {
                form.steps().any(|step| step.name == verb) || form.decisions().any(|step| step.name == verb)
            })
    };
    let missing: Vec<&String> =
        known.iter().filter(|command| !of_form(command) && !OFFICE.contains(&format!("`{command}`"))).collect();
    let told = OFFICE.lines().filter(|line| line.starts_with("| `")).flat_map(|line| {
        let entered = line.split('|').nth(1).unwrap_or_default();
        entered.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
    });
    let unknown: Vec<String> = told.filter(|command| !known.contains(command)).collect();
    assert_eq!((missing, unknown), (Vec::new(), Vec::<String>::new()));
}

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
