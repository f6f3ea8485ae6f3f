//! A word that help and ways out have in the place of a value is none, whichever option it is left at.

use branchbook::cli;
use clap::Command;
use insta::assert_snapshot;

use crate::office::Office;

#[test]
fn a_word_that_holds_the_place_of_a_value_is_refused() {
    let office = Office::staffed();
    office.ok("contact add --department business --kind external --to 某设计院 --copy he --subject 图纸 --content a --by wang");
    assert_snapshot!(office.refused(2, "contact sign HAY05001 --for 某设计院 --by PERSON"), @"--by PERSON: PERSON only holds the place of a value; type what is meant there: Who did it: a person's key or name [default: who is at the keyboard]");
    assert_snapshot!(office.refused(2, "contact void HAY05001 --reason=REASON"), @"--reason REASON: REASON only holds the place of a value; type what is meant there: Why");
    assert_snapshot!(office.refused(2, "contact archive NUMBER --by he"), @"NUMBER only holds the place of a value; type what is meant there: The form's number");
    // What is only looked for is looked for, and a value may be in capitals.
    assert_eq!(office.run("find TEXT").code, 0);
    office.ok("contact void HAY05001 --reason CANCELLED");
}

/// The lines of every verb that changes the book, each with one option left as help has it.
fn left(command: &Command, line: &str, found: &mut Vec<String>) {
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        left(verb, format!("{line} {}", verb.get_name()).trim_start(), found);
    }
    if !command.get_arguments().any(|argument| argument.get_long() == Some("dry-run")) {
        return;
    }
    for option in
        command.get_opts().filter(|option| option.get_long().is_some_and(|long| long == "by" || long == "reason"))
    {
        let word = option.get_value_names().and_then(<[_]>::first).map_or(String::new(), ToString::to_string);
        let needed: Vec<&str> = command
            .get_arguments()
            .filter(|argument| argument.is_required_set() && argument.get_id() != option.get_id())
            .map(|argument| argument.get_id().as_str())
            .collect();
        if needed.iter().all(|id| *id == "number") {
            let number = if needed.is_empty() { "" } else { " X26-001" };
            found.push(format!("{line}{number} --{} {word}", option.get_long().unwrap_or_default()));
        }
    }
}

#[test]
fn no_verb_takes_one_for_who_did_it_or_why() {
    let office = Office::staffed();
    let mut grammar = cli::command();
    grammar.build();
    let mut lines = Vec::new();
    left(&grammar, "", &mut lines);
    assert!(lines.len() > 20, "{lines:?}");
    for line in lines {
        let run = office.run(&line);
        assert_eq!(run.code, 2, "{line}: {}", run.err);
        // A choice that is not made is told first.
        assert!(
            run.err.contains("only holds the place of a value") || run.err.starts_with("error: "),
            "{line}: {}",
            run.err
        );
    }
}
