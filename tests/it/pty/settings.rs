//! Settings in a terminal: words for lines, what answers questions, columns, language; and how few keys a form takes.

use super::Terminal;
use crate::office::Office;

/// An office with a form in it, and settings of a person's own.
fn office(settings: &str) -> Office {
    let office = Office::staffed();
    office
        .ok("contact add --department business --kind execution --to technology --subject 图纸 --content a --by wang");
    std::fs::write(office.path("config.toml"), settings).unwrap();
    office
}

fn start(office: &Office, line: &str) -> Terminal {
    let mut command = office.process(line);
    command.env("BRANCHBOOK_CONFIG", office.path("config.toml")).env("BRANCHBOOK_PAGER", "cat");
    Terminal::sized(&command, 40, 200)
}

const SETTINGS: &str =
    "[default]\ndepartment = \"business\"\nby = \"wang\"\n[alias]\nf = \"contact add --kind execution\"\n";

#[test]
fn a_form_takes_thirteen_keys_or_fewer() {
    let office = office(SETTINGS);
    // What is typed behind the program's name, without the letters of subject and content.
    let typed = " f\r";
    let mut keys = typed.chars().count();
    let mut press = |terminal: &mut Terminal, question: &str, text: &str, key: &str| {
        keys += key.chars().count();
        terminal.asks(question).press(text).press(key);
    };
    let mut terminal = start(&office, "f");
    press(&mut terminal, "Addressed to", "", "\r");
    press(&mut terminal, "another one, or Enter for no more", "", "\r");
    press(&mut terminal, "Subject", "衬板发货", "\r");
    press(&mut terminal, "Content", "十月底前发货", "\r");
    press(&mut terminal, "Enter to enter it", "", "\r");
    let left = terminal.leave();
    assert_eq!(left.status.code(), Some(0), "{}", left.screen);
    assert!(left.screen.contains("HAY05002"), "{}", left.screen);
    assert!(left.screen.contains(
        "branchbook contact add --kind execution --department business --to technology --subject 衬板发货 --content 十月底前发货 --by wang"
    ), "{}", left.screen);
    assert!(keys <= 13, "{keys} keys");
}

#[test]
fn what_answers_for_a_person_is_asked_when_they_go_back() {
    let office = office(SETTINGS);
    let mut terminal = start(&office, "contact add --kind execution --to technology --subject a --content b");
    terminal.asks("Enter to enter it").press(super::BACK).asks("Who did it").press("he\r");
    let left = terminal.asks("Enter to enter it").press("\r").leave();
    assert_eq!(left.status.code(), Some(0), "{}", left.screen);
    assert!(left.screen.contains("--by he"), "{}", left.screen);
}

#[test]
fn beside_the_book_a_default_only_stands_ready() {
    let office = office("");
    std::fs::write(office.path("book.toml"), "[default]\nsubject = \"月度例行\"\n").unwrap();
    let mut terminal =
        start(&office, "contact add --kind execution --department business --to technology --content b --by wang");
    let left = terminal.asks("月度例行").press("\r").asks("Enter to enter it").press("\r").leave();
    assert!(left.screen.contains("--subject 月度例行"), "{}", left.screen);
}

#[test]
fn lists_have_the_language_and_columns_of_the_settings() {
    let office = office("language = \"zh\"\n[columns]\ncontact = \"number,subject,nothing\"\n");
    let left = start(&office, "contact list").leave();
    assert!(
        left.screen.contains("编号") && left.screen.contains("图纸") && !left.screen.contains("业务部"),
        "{}",
        left.screen
    );
    let left = start(&office, "contact list --columns number,department --lang en").leave();
    assert!(left.screen.contains("business") && !left.screen.contains("图纸"), "{}", left.screen);
}

#[test]
fn a_word_of_ones_own_is_never_another_command() {
    let office = office("[alias]\ndue = \"contact void HAY05001 --reason x\"\n");
    let left = start(&office, "due").leave();
    assert!(left.printed.contains("What waits on"), "{}", left.screen);
    assert!(office.ok("contact show HAY05001").contains("issued"));
}
