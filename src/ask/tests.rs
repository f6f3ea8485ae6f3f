#![allow(clippy::unwrap_used)]
use super::*;
use crate::cli;

fn lacking(line: &str) -> Vec<String> {
    let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
    let error = cli::command().try_get_matches_from(&arguments).unwrap_err();
    let leaf = Leaf::of(cli::command(), &arguments).command;
    let named = |missing: Missing| {
        missing.arguments.iter().map(|argument| argument.get_id().as_str()).collect::<Vec<_>>().join("|")
    };
    missing::missing(&error, &leaf).unwrap().into_iter().map(named).collect()
}

#[test]
fn every_missing_argument_can_be_asked_for() {
    assert_eq!(lacking("branchbook contact add --to general"), ["department", "kind", "subject", "content"]);
    assert_eq!(lacking("branchbook contact sign"), ["number"]);
    assert_eq!(lacking("branchbook con void"), ["numbers", "reason"]);
    assert_eq!(lacking("branchbook ship load SHP26-001"), ["boxes|cases"]);
    assert_eq!(lacking("branchbook asset transfer"), ["number", "to|keeper"]);
}

#[test]
fn the_book_is_named_in_either_way() {
    let surroundings = Surroundings { book: "usual.db".into(), ..Surroundings::of_process().unwrap() };
    for (line, book) in
        [("contact add --book a.db", "a.db"), ("--book=b.db contact add", "b.db"), ("contact add", "usual.db")]
    {
        let typed: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        assert_eq!(named_book(&typed, &surroundings), PathBuf::from(book), "{line}");
    }
}
