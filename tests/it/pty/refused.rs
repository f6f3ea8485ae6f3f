//! What a line that asks is refused for: before any question where no answer mends it, else at the question that does.

use super::ESC;
use super::asking::{LAST, start};
use crate::office::Office;

/// What no answer can mend is said before anything is asked: a number that is not there, and one that the verb does not lead on.
#[test]
fn a_number_that_cannot_be_led_on_is_refused_before_any_question() {
    let office = Office::staffed();
    office.ok("info add --department business --customer 鞍钢 --region 辽宁 --equipment 球磨机 --need 两台 --by li");
    for (line, code, said) in [
        ("contact void HAY05007", 4, "there is no entry HAY05007, and no series has passed that number"),
        ("contact sign HAY05007", 4, "there is no entry HAY05007"),
        ("info open-project INF26-0001", 3, "INF26-0001 is collected, and open-project takes an entry that is tracked"),
    ] {
        let left = start(&office, line).leave();
        assert_eq!((left.code(), left.screen.contains(said)), (Some(code), true), "{line}: {}", left.screen);
        assert!(!left.printed.contains('>'), "{line}: {}", left.printed);
    }
}

/// A refusal names an option that nobody was asked for: that one is asked, and no other; where that mends nothing, all are asked again.
#[test]
fn an_option_that_a_refusal_names_is_asked_alone_and_where_that_mends_nothing_all_are() {
    let office = Office::staffed();
    office.ok("gift catalog add 铸铜摆件 --price 180 --by chen");
    let line = "gift add --department business --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1";
    let mut terminal = start(&office, line);
    terminal.asks("Occasion").press("监造\r").asks("Who did it").press("\r").asks("Asked by").press("li\r");
    let left = terminal.asks(LAST.0).press(LAST.1).leave();
    assert_eq!(
        (left.code(), office.count("SELECT count(*) FROM entry WHERE person = 'li'")),
        (Some(0), 1),
        "{}",
        left.screen
    );

    // The same line once more is refused once more, and all is asked again, with the answers as they were.
    let mut terminal = start(&office, &line.replace("--department business", "--department baotou --asked-by li"));
    terminal.asks("Occasion").press("监造\r").asks("Who did it").press("\r").asks("[li] >").press("\r");
    let left = terminal.asks_times("answer once more", 2).asks("[监造] >").press(ESC).leave();
    assert!(left.code() == Some(2) && left.screen.contains("[监造]"), "{}", left.screen);
    assert!(left.screen.trim_end().ends_with("nothing was entered"), "{}", left.screen);
}

/// A day of another year is entered where somebody says that it is meant, and else nothing is.
#[test]
fn q12_a_day_without_its_year_that_passed_just_now_is_asked_about() {
    let office = Office::staffed();
    let line = "reception add --department business --unit 包钢 --purpose 考察 --visitor 王工;工程师 --schedule none --by li --arrive 10-06";
    let line = line.replace("王工;工程师", "\"王工;工程师\"");
    let said = "10-06 without its year may be 2026-10-06 or 2027-10-06; give the day with its year: --arrive DATE";
    let left = start(&office, &line).asks(said).asks("Enter to enter it all the same").press(ESC).leave();
    assert_eq!((left.code(), office.count("SELECT count(*) FROM entry")), (Some(2), 0), "{}", left.screen);
    let left = start(&office, &line).asks(said).asks("Enter to enter it all the same").press("\r").leave();
    assert_eq!(
        (left.code(), office.count("SELECT count(*) FROM reception WHERE arrive_on = '2027-10-06'")),
        (Some(0), 1),
        "{}",
        left.screen
    );
}

/// What the register would refuse at the end is no answer (R2.2).
#[test]
fn r2_2_user_information_is_asked_of_departments_that_report_it() {
    let office = Office::staffed();
    let mut terminal = start(&office, "info add --customer 鞍钢 --region 辽宁省鞍山市 --equipment 球磨机 --need 两台");
    terminal
        .asks("Department: ")
        .press("general\r")
        .asks("R2.2: general (综合管理部) does not work with")
        .press("technology\r");
    let left = terminal.asks("R2.2: technology (技术开发科) does not").press(ESC).leave();
    let offered = |name: &str| left.screen.lines().any(|line| line.trim_start().starts_with(name));
    assert!(offered("1  business") && !left.screen.contains("[general]"), "{}", left.screen);
    assert!(!left.screen.contains("  general  "), "{}", left.screen);
}

#[test]
fn a_key_that_is_none_is_refused_at_its_question() {
    let office = Office::staffed();
    let mut terminal = start(&office, "staff add --name 韩冰 --department business --role salesperson");
    terminal
        .press("韩冰\r")
        .asks("\"韩冰\" is no key")
        .press("han\r")
        .asks("First day")
        .press("\r")
        .asks("Who did it")
        .press("chen\r");
    let left = terminal.asks(LAST.0).press(LAST.1).leave();
    assert_eq!(
        (left.code(), office.count("SELECT count(*) FROM person WHERE key = 'han'")),
        (Some(0), 1),
        "{}",
        left.screen
    );
}

/// What stands on the line already is looked at before anything is asked.
#[test]
fn a_department_that_is_not_there_is_refused_before_any_question() {
    let office = Office::staffed();
    let left = start(&office, "contact add --department 包投").leave();
    assert_eq!((left.code(), left.screen.contains("there is no department 包投")), (Some(4), true), "{}", left.screen);
}

/// Several in one answer, as people write them; and no answer where one of two is to be given.
#[test]
fn several_are_named_in_one_answer_and_none_is_no_answer() {
    let office = Office::staffed();
    let mut terminal =
        start(&office, "contact add --department business --kind execution --subject 图纸 --content 请确认 --by wang");
    terminal.asks("Addressed to").press("技术开发科、综合管理部\r").asks("another one").press("\r");
    let left = terminal.asks(LAST.0).press(LAST.1).leave();
    assert_eq!(
        (left.code(), office.count("SELECT count(*) FROM contact WHERE addressed_to = 'technology; general'")),
        (Some(0), 1),
        "{}",
        left.screen
    );
    let mut terminal = start(&office, "info quota set --count 2 --from 2026-11");
    let left = terminal.asks("One of these").press("\r").asks("something must be answered").press(ESC).leave();
    assert!(!left.screen.contains("may be one of"), "{}", left.screen);
}

/// A refusal about what stood on the line asks that anew, with what it was, and nothing else (R2.2).
#[test]
fn what_was_typed_is_asked_anew_where_a_refusal_is_about_it() {
    let office = Office::staffed();
    let mut terminal = start(&office, "info quota set --department business --from 2026-11 --by li");
    terminal.asks("Entries a month").press("2\r").asks("name who did with --by").asks("[li] >").press("zhou\r");
    let whole = "branchbook info quota set --department business --from 2026-11 --count 2 --by zhou";
    let left = terminal.asks(whole).asks(LAST.0).press(LAST.1).leave();
    assert_eq!((left.code(), left.printed.matches("Entries a month").count()), (Some(0), 1), "{}", left.screen);
}

/// What is refused of an amount is said at the amount, though the way out is another command with options of its own (R5.3).
#[test]
fn r5_3_an_amount_above_what_was_approved_is_refused_at_its_question() {
    let office = Office::staffed();
    office.all_ok(&[
        "gift catalog add 铸铜摆件 --price 180 --by chen",
        "gift add --department business --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造 --asked-by li",
        "gift endorse GFT26-001 --by wang",
        "gift approve GFT26-001 --by chen",
    ]);
    let mut terminal = start(&office, "gift buy GFT26-001 --bill 99");
    let said = "R5.3(1): gift GFT26-001 was approved at 180.00, and 500.00 is more";
    terminal.asks("Bought").press("500\r").asks(said).press("176\r").asks("Who did it").press("\r");
    let left = terminal.asks(LAST.0).press(LAST.1).leave();
    assert!(left.code() == Some(0) && !left.printed.contains("Reason"), "{}", left.screen);
}

/// Of two options one is to be given: a value that only one of them takes is that one's.
#[test]
fn a_value_that_one_of_two_options_takes_is_its_value() {
    let office = Office::staffed();
    office.ok("project add --customer 包钢 --department business --title 球磨机 --amount 1260万 --by wang");
    let line = "fee add --kind agency --payee 甲 --employer 乙 --project PRJ26-001 --reason 投标 --asked-by li --by li";
    for (typed, given) in [("2%", "--rate 2%"), ("252000", "--amount 252000"), ("25.2万", "--amount 25.2万")] {
        let mut terminal = start(&office, line);
        let left = terminal.asks("One of these").press(&format!("{typed}\r")).asks(given).press(ESC).leave();
        assert_eq!(left.code(), Some(2), "{}", left.screen);
    }
}
