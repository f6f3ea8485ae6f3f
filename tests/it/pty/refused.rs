//! What a line that asks is refused for: before any question where no answer mends it, else at the question that does.

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

/// A refusal names an option that nobody was asked for: that one is asked, and no other; and the same line twice is refused for good.
#[test]
fn an_option_that_a_refusal_names_is_asked_alone_and_the_same_line_is_refused_for_good() {
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

    let mut terminal = start(&office, &line.replace("--department business", "--department baotou --asked-by li"));
    terminal.asks("Occasion").press("监造\r").asks("Who did it").press("\r").asks("answer once more").press("\r");
    terminal.asks_times("answer once more", 1);
    let left = terminal.press("\r").press("\r").leave();
    assert_eq!(left.code(), Some(3), "{}", left.screen);
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
