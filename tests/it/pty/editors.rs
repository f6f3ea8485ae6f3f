//! Texts that a person writes in an editor, which here is a script.

use std::process::Command;

use super::{CTRL_D, Terminal};
use crate::office::Office;

const ADD: &str = "contact add --department business --kind execution --to technology --subject 图纸 --by wang";

/// A line in a terminal whose editor runs this script over the file `$1`.
pub(super) fn editing(office: &Office, line: &str, script: &str) -> Command {
    let path = office.file("editor.sh", format!("#!/bin/sh\n{script}\n"));
    let mut command = office.process(line);
    command.env("VISUAL", format!("sh {path}")).env("TMPDIR", office.path(""));
    command
}

/// No file that somebody wrote in is left.
pub(super) fn assert_nothing_left(office: &Office) {
    let left: Vec<_> = std::fs::read_dir(office.path("")).unwrap().map(|file| file.unwrap().file_name()).collect();
    let is_left = |name: &str| name.starts_with(".tmp") || name.starts_with("branchbook-");
    assert!(!left.iter().any(|name| is_left(&name.to_string_lossy())), "{left:?}");
}

fn content(office: &Office) -> String {
    let newest = "SELECT content FROM contact ORDER BY entry DESC LIMIT 1";
    office.sql().query_row(newest, (), |row| row.get(0)).unwrap()
}

#[test]
fn a_text_without_a_value_is_written_in_the_editor() {
    let office = Office::staffed();
    let seen = office.path("seen");
    let script = format!(
        "stat -c %a \"$1\" > {seen}; cat \"$1\" >> {seen}; printf '\\n# 3 号炉\\n第二行\\n' >> \"$1\"",
        seen = seen.display()
    );
    let left = Terminal::start(&editing(&office, &format!("{ADD} --content"), &script)).leave();
    assert_eq!(left.code(), Some(0), "{}", left.screen);
    assert_eq!(content(&office), "# 3 号炉\n第二行", "only the head is no part of it");
    insta::assert_snapshot!(office.read("seen"), @r"
        600
        # Content: what is asked or told
        # Save and leave the editor to enter it; an empty text enters nothing.
        ");
    assert_nothing_left(&office);
}

#[test]
fn an_empty_text_and_an_editor_that_fails_enter_nothing() {
    let office = Office::staffed();
    for (script, told) in
        [("true", "nothing was entered"), ("echo x >> \"$1\"; exit 3", "the editor sh gave up; nothing was entered")]
    {
        let left = Terminal::start(&editing(&office, &format!("{ADD} --content"), script)).leave();
        assert_eq!((left.code(), left.screen.as_str()), (Some(2), told));
        assert_nothing_left(&office);
    }
    assert_eq!(office.count("SELECT count(*) FROM contact"), 0);
    let mut none = editing(&office, &format!("{ADD} --content"), "");
    let left = Terminal::start(none.env("VISUAL", "/no/such/editor")).leave();
    assert_eq!(left.code(), Some(1));
    assert!(left.screen.contains("the editor /no/such/editor cannot be run"), "{}", left.screen);
}

#[test]
fn a_terminal_that_goes_away_leaves_no_file() {
    let office = Office::staffed();
    let script = format!("touch {}; sleep 60", office.path("began").display());
    let terminal = Terminal::start(&editing(&office, &format!("{ADD} --content"), &script));
    while !office.path("began").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    terminal.close();
    assert_nothing_left(&office);
    assert_eq!(office.count("SELECT count(*) FROM contact"), 0);
}

#[test]
fn a_text_is_typed_to_its_end_in_a_terminal() {
    let office = Office::staffed();
    let mut terminal = Terminal::start(&office.process(&format!("{ADD} --content -")));
    terminal.see("Ctrl-D on a line of its own ends it").press("一行\r二行\r").press(CTRL_D);
    let left = terminal.leave();
    assert_eq!(left.code(), Some(0), "{}", left.screen);
    assert_eq!(content(&office), "一行\n二行");
}

/// What the questions lead to can be typed again and says the same.
#[test]
fn a_text_that_begins_with_an_at_sign_is_spelled_out_as_one() {
    let office = Office::staffed();
    let mut terminal = Terminal::sized(&office.process(&ADD.replace("--by wang", "")), 40, 140);
    terminal.asks("Content: what is asked or told").press("@home\r");
    terminal.asks("Who did it").press("wang\r");
    terminal.see("--content @@home --by wang").asks("Enter to enter it").press("\r");
    assert_eq!(terminal.leave().code(), Some(0));
    assert_eq!(content(&office), "@home");
}
