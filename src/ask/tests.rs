#![allow(clippy::unwrap_used)]
use super::*;
use crate::cli;
use crate::language::Language;

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

/// Every value of every option as a question offers it.
#[test]
fn values_are_offered_in_the_language_beside_what_is_typed_for_them() {
    fn each(command: &Command, room: &str, faults: &mut Vec<String>) {
        let place = Place {
            room,
            verb: "",
            book: None,
            today: chrono::NaiveDate::default(),
            entry: None,
            begun: "",
            line: &[],
            hand: None,
        };
        for argument in command.get_arguments().filter(|argument| !argument.get_possible_values().is_empty()) {
            for offer in place.offers(argument).list {
                if offer.name.is_ascii() && !offer.name.is_empty() {
                    faults.push(format!("{} --{}: {}", command.get_name(), argument.get_id(), offer.name));
                }
            }
        }
        command
            .get_subcommands()
            .for_each(|verb| each(verb, if room.is_empty() { verb.get_name() } else { room }, faults));
    }
    for language in [Language::Zh, Language::Ko] {
        language.speak();
        let (mut root, mut faults) = (crate::cli::command(), Vec::new());
        root.build();
        each(&root, "", &mut faults);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
