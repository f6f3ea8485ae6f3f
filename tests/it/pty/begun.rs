//! What cannot come of a line is told as soon as that is known, and what is offered is what can.

use super::asking::{LAST, start};
use super::{BACK, ESC};
use crate::every_verb;
use crate::office::Office;

#[test]
fn what_a_rule_forbids_is_refused_at_the_number_and_rows_are_offered_that_are_in_the_right_state() {
    let office = every_verb::office();
    // Nobody asks for the bill of a gift that nobody approved.
    let left = start(&office, "gift buy GFT26-002").leave();
    assert!(left.code() == Some(3) && left.screen.contains("R5.3(1)"), "{}", left.screen);
    assert!(!left.screen.contains("Bill"), "{}", left.screen);
    office.ok("fee bill FEE26-001 --amount 2万 --by li");
    office.ok("fee clear FEE26-001 --payment 2 --by lin");
    let mut terminal = start(&office, "fee pay FEE26-001");
    let screen = terminal.asks("  2  amount 20,000.00").screen();
    assert!(!screen.contains("  1  amount"), "{screen}");
    terminal.press("9\r").asks("FEE26-001 has no payment 9").press("1\r").asks("was not cleared by a company leader");
    let left = terminal.press("2\r").asks("Voucher").press(BACK).asks("[2]").press(ESC).leave();
    assert_eq!(left.code(), Some(2), "{}", left.screen);
    // What goes back stands on a line of its own.
    assert!(!left.screen.contains("> Payment"), "{}", left.screen);
    let left = start(&office, "ship add --notice HAY99").leave();
    assert!(left.code() == Some(4) && left.screen.contains("there is no entry HAY99"), "{}", left.screen);
}

#[test]
fn an_entry_is_found_by_a_word_however_old_it_is_and_what_waits_for_the_hand_comes_first() {
    let office = Office::staffed();
    let form =
        "contact add --department business --kind pre-contract --to technology --content 确认 --by wang --subject";
    office.ok(&format!("{form} 轴承图纸"));
    for _ in 0..110 {
        office.ok(&format!("{form} 衬板"));
    }
    office.ok(&format!("{form} 轴承座").replace("--to technology", "--to general"));
    let mut terminal = start(&office, "con sign");
    let screen = terminal.asks("The form's number").screen();
    assert!(screen.contains("  1  HAY05112  issued \"轴承座\""), "{screen}");
    terminal.press("轴承\r").asks("may be one of: HAY05112, HAY05001").press("轴承图纸\r");
    let left = terminal.asks("Who did it").press("wu\r").asks(LAST.0).press(LAST.1).leave();
    assert!(
        left.code() == Some(0) && left.screen.contains("branchbook contact sign HAY05001 --by wu"),
        "{}",
        left.screen
    );
}

#[test]
fn several_answers_stay_when_somebody_goes_back_over_them() {
    let office = Office::staffed();
    let mut terminal = start(&office, "contact add --kind pre-contract --department business --content b --by wang");
    terminal.asks("Addressed to").press("technology\r").asks("another one").press("general\r");
    terminal.asks_times("another one", 2).press(BACK).asks("[general]").press(BACK).asks("[technology]").press(BACK);
    terminal.asks_times("Addressed to", 2).press("\r").asks_times("[general]", 2).press("\r");
    terminal.asks_times("another one", 3).press("\r").asks("Subject").press("a\r");
    let left = terminal.asks("--to technology --to general --subject a").press(ESC).leave();
    assert_eq!(left.code(), Some(2), "{}", left.screen);
}

#[test]
fn what_is_typed_by_the_letters_of_options_is_not_asked_for() {
    let office = Office::staffed();
    let mut terminal = start(&office, "con add -k pre-contract -d 业 -b 王 -s=a -c b");
    // Nobody writes to their own department, so it is not offered.
    let screen = terminal.asks("Addressed to").screen();
    assert!(!screen.contains("  business "), "{screen}");
    let whole = "branchbook contact add --kind pre-contract --department business --by wang --subject=a --content b";
    let left = terminal.press("tech\r").asks("another one").press("\r").asks(whole).press(ESC).leave();
    assert!(left.code() == Some(2) && !left.screen.contains("Who did it"), "{}", left.screen);
}

#[test]
fn a_verb_for_which_no_entry_is_says_which_it_takes() {
    let office = Office::staffed();
    let said = "of the gifts none fits: buy takes those that are approved, endorsed, rejected, requested; see what there is with: branchbook gift list";
    let left = start(&office, "gift buy").asks(said).press(ESC).leave();
    assert_eq!(left.code(), Some(2), "{}", left.screen);
}

#[test]
fn r5_2_2_whoever_answers_that_there_is_none_is_asked_for_no_other() {
    let office = Office::staffed();
    office.ok("reception add --department business --unit 包钢 --purpose 监造 --arrive 2026-10-19 --visitor 张处长;处长 --schedule 无 --by li");
    let arrange = "reception arrange REC26-001 --host 无 --place 无 --dining 无 --gift-standard 无 --lodging 无 --scenic 无 --schedule 无";
    let mut terminal = start(&office, arrange);
    let left =
        terminal.asks("once for each").press("没有\r").asks("Who did it").press("\r").asks(LAST.0).press("\r").leave();
    assert!(left.code() == Some(0) && !left.screen.contains("another one"), "{}", left.screen);
    assert_eq!(office.count("SELECT count(*) FROM reception WHERE car = 'none' AND schedule = 'none'"), 1);
}
