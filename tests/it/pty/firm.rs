//! What is not taken back by whoever enters it is shown and asked about before: a void number, an import, a decision.

use super::{ESC, Terminal};
use crate::office::Office;

fn asked(office: &Office, line: &str, shown: &str, key: &str) -> (Option<i32>, String) {
    let mut terminal = Terminal::sized(&office.process(line), 40, 200);
    let left = terminal.asks(shown).asks("Enter to enter it, Esc to leave it").press(key).leave();
    (left.code(), left.screen)
}

#[test]
fn a_void_number_a_decision_and_an_import_are_shown_before() {
    let office = Office::staffed();
    office.ok("contact add --department business --kind pre-contract --to technology --subject 轴承图纸 --content 请确认 --by wang");
    let void = "contact void HAY05001 --reason 错";
    let shown = r#"HAY05001 "轴承图纸" to technology: void, 错"#;
    let (code, screen) = asked(&office, void, shown, ESC);
    assert_eq!(code, Some(2), "{screen}");
    assert!(screen.ends_with("nothing was entered"), "{screen}");
    assert_eq!(office.count("SELECT count(*) FROM entry WHERE state = 'void'"), 0);
    assert_eq!(asked(&office, void, shown, "\r").0, Some(0));
    assert_eq!(office.count("SELECT count(*) FROM entry WHERE state = 'void'"), 1);
    office.ok("gift catalog add 摆件 --price 180 --by chen");
    office.ok("gift add --department business --asked-by wang --unit 甲矿业 --recipient '王工;工程师' --item '摆件;1' --occasion 拜访");
    let (code, screen) = asked(&office, "gift approve GFT26-001 --by chen", "approved by", "\r");
    assert_eq!(code, Some(0), "{screen}");
    let file = office
        .file("old.csv", "name,state,price,bought_on,keeper,department\n椅子,in-store,300,2025-01-02,zhou,general\n");
    office.ok(&format!("asset import {file}"));
    let (code, screen) = asked(&office, "undo --import 1 --reason 旧表", "1 entry is void", "\r");
    assert_eq!(code, Some(0), "{screen}");
}

#[test]
fn q19_what_was_decided_is_what_was_shown() {
    let office = Office::staffed();
    office.ok("gift catalog add 摆件 --price 180 --by chen");
    office.ok("gift add --department business --asked-by wang --unit 甲矿业 --recipient '王工;工程师' --item '摆件;1' --occasion 拜访");
    let mut terminal = Terminal::sized(&office.process("gift approve GFT26-001 --by chen"), 40, 200);
    terminal.asks("甲矿业").asks("Enter to enter it, Esc to leave it");
    office.ok("gift amend GFT26-001 --item '摆件;90' --unit 乙家 --reason 更正");
    terminal.press("\r");
    // It is shown as it is now, and asked about again.
    terminal.asks("GFT26-001 went on while it was shown: gift amend, by clerk; nothing was entered");
    terminal.asks("乙家 · 摆件 x 90 @ 180.00");
    assert_eq!(office.count("SELECT count(*) FROM approval"), 0);
    let left = terminal.press("\r").leave();
    assert_eq!(left.code(), Some(0), "{}", left.screen);
    let decided = "SELECT count(*) FROM approval JOIN gift USING (entry) WHERE unit = '乙家' AND amount_fen = 1620000";
    assert_eq!(office.count(decided), 1);
}

#[test]
fn what_went_on_with_another_entry_asks_nobody_again() {
    let office = Office::staffed();
    let form = "contact add --department business --kind pre-contract --to technology --subject 轴承图纸 --content 请确认 --by wang";
    for _ in 0..2 {
        office.ok(form);
    }
    let mut terminal = Terminal::sized(&office.process("contact void HAY05001 --reason 错"), 40, 200);
    terminal.asks("Enter to enter it, Esc to leave it");
    office.ok("contact void HAY05002 --reason 错");
    assert_eq!(terminal.press("\r").leave().code(), Some(0));
}

#[test]
fn what_would_be_refused_by_now_is_refused() {
    let office = Office::staffed();
    office.ok("contact add --department business --kind pre-contract --to technology --subject 轴承图纸 --content 请确认 --by wang");
    let mut terminal = Terminal::sized(&office.process("contact void HAY05001 --reason 错"), 40, 200);
    terminal.asks("Enter to enter it, Esc to leave it");
    office.ok("contact void HAY05001 --reason 重复");
    let left = terminal.press("\r").leave();
    assert_eq!(left.code(), Some(3), "{}", left.screen);
    assert!(left.screen.contains("HAY05001 is void"), "{}", left.screen);
    // A line that was asked together is bound to the entry as well, which nobody was shown otherwise.
    office.ok("contact add --department business --kind pre-contract --to technology --subject 轴承图纸 --content 请确认 --by wang");
    let mut terminal = Terminal::sized(&office.process("contact amend HAY05002 --subject 图纸"), 40, 200);
    terminal.asks("Why").press("错字\r").asks("Who did it").press("\r").asks("Enter to enter it, Shift-Tab");
    office.ok("contact amend HAY05002 --subject 轴承 --reason 更正");
    terminal.press("\r").asks("HAY05002 went on while it was shown: contact amend, by clerk; nothing was entered");
    let left = terminal.asks("Enter to enter it, Esc to leave it").press(ESC).leave();
    assert_eq!(left.code(), Some(2), "{}", left.screen);
}

#[test]
fn who_says_yes_is_not_asked_nor_is_who_only_tries() {
    let office = Office::staffed();
    let form = "contact add --department business --kind pre-contract --to technology --subject 轴承图纸 --content 请确认 --by wang";
    office.ok(form);
    for line in [
        "contact void HAY05001 --reason 错 --dry-run",
        "contact void HAY05001 --reason 错 --no-input",
        "undo HAY05001 --no-input",
        "contact void HAY05001 --reason 错 --yes",
        // What is refused is refused as ever.
        "contact void HAY05001 --reason 错",
    ] {
        let left = Terminal::sized(&office.process(line), 40, 200).leave();
        assert!(!left.screen.contains("Enter to enter it"), "{line}: {}", left.screen);
    }
}

#[test]
fn only_a_yes_enters_what_is_asked_about() {
    let office = Office::staffed();
    let form = "contact add --department business --kind pre-contract --to technology --subject 轴承图纸 --content 请确认 --by wang";
    for (typed, code) in
        [("n", 2), ("no", 2), ("不", 2), ("否", 2), ("아니오", 2), ("", 0), ("y", 0), ("是", 0), ("예", 0)]
    {
        let number = office.ok(&format!("{form} --quiet")).trim().to_owned();
        let line = format!("contact void {number} --reason 错");
        let mut terminal = Terminal::sized(&office.process(&line), 40, 200);
        terminal.asks("not entered yet; this is what it would say:").asks("Enter to enter it, Esc to leave it");
        let left = terminal.press(&format!("{typed}\r")).leave();
        assert_eq!(left.code(), Some(code), "{typed}: {}", left.screen);
        let void = format!("SELECT count(*) FROM entry WHERE number = '{number}' AND state = 'void'");
        assert_eq!(office.count(&void), i64::from(code == 0), "{typed}");
    }
    // Whatever else is typed is asked again: of a form, of a day that is far, and of what is void.
    for (line, question) in [
        ("contact void HAY05001 --reason 错", "Enter to enter it, Esc to leave it"),
        (
            "asset add --name 椅子 --keeper zhou --department general --bought-on 2026-03-08 --by zhou",
            "Enter to enter it, Shift-Tab",
        ),
        (
            "contact add --department business --kind pre-contract --to technology --subject a --content b --by wang --on 2026-01-02",
            "Enter to enter it all the same",
        ),
    ] {
        let before = office.dump(&[]);
        let mut terminal = Terminal::sized(&office.process(line), 40, 200);
        if line.starts_with("asset") {
            terminal.asks("Price").press("300\r");
        }
        terminal
            .asks(question)
            .press("maybe\r")
            .asks("\"maybe\" is neither yes nor no: Enter alone enters it, n or Esc leaves it");
        let left = terminal.press("n\r").leave();
        assert_eq!(
            (left.code(), left.screen.lines().last()),
            (Some(2), Some("nothing was entered")),
            "{}",
            left.screen
        );
        assert_eq!(office.dump(&[]), before, "{line}");
    }
}

#[test]
fn an_equal_form_is_asked_about_and_left_with_nothing_entered() {
    let office = Office::staffed();
    let form = "contact add --department business --kind pre-contract --to technology --subject 轴承图纸 --content 请确认 --by wang";
    let left = Terminal::sized(&office.process(form), 40, 200).leave();
    assert_eq!(left.code(), Some(0), "nobody is asked about the first: {}", left.screen);
    let (code, screen) = asked(&office, form, "HAY05001 of the same day and person says the same", ESC);
    assert_eq!((code, screen.ends_with("nothing was entered")), (Some(2), true), "{screen}");
    assert_eq!(office.count("SELECT count(*) FROM entry"), 1);
    assert_eq!(asked(&office, form, "HAY05001 of the same day and person says the same", "\r").0, Some(0));
    assert_eq!(office.count("SELECT count(*) FROM entry"), 2);
    let left = Terminal::sized(&office.process(&format!("{form} --yes")), 40, 200).leave();
    assert_eq!(left.code(), Some(0), "who says yes is not asked: {}", left.screen);
}
