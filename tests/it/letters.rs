//! Letters of options: one letter is one option, on whatever command.

use std::collections::BTreeMap;

use branchbook::cli;
use clap::Command;

use crate::office::Office;

/// Every letter of a command and those below it, with what it stands for and where.
fn letters(
    command: &Command,
    path: &str,
    found: &mut BTreeMap<char, Vec<(String, String)>>,
    without: &mut Vec<(String, String)>,
) {
    for argument in command.get_arguments() {
        let long = argument.get_long().unwrap_or_default().to_owned();
        match argument.get_short() {
            Some(letter) => found.entry(letter).or_default().push((long, path.to_owned())),
            None => without.push((long, path.to_owned())),
        }
    }
    for verb in command.get_subcommands() {
        letters(verb, &format!("{path} {}", verb.get_name()), found, without);
    }
}

#[test]
fn one_letter_is_one_option_everywhere_and_every_such_option_has_it() {
    let mut command = cli::command();
    command.build();
    let (mut found, mut without) = (BTreeMap::new(), Vec::new());
    letters(&command, "branchbook", &mut found, &mut without);
    let mut meant = BTreeMap::new();
    for (letter, options) in &found {
        let (long, _) = &options[0];
        let other = options.iter().find(|(other, _)| other != long);
        assert_eq!(other, None, "-{letter} is --{long} as well");
        meant.insert(long.clone(), *letter);
    }
    for (long, path) in without {
        assert!(!meant.contains_key(&long), "{path} --{long} has no letter");
    }
    for (long, letter) in
        [("department", 'd'), ("kind", 'k'), ("to", 't'), ("subject", 's'), ("content", 'c'), ("project", 'p')]
    {
        assert_eq!(meant.get(long), Some(&letter));
    }
    let office = Office::staffed();
    let options = office.ok("help options");
    for (long, letter) in meant.iter().filter(|(long, _)| !["help", "version", "quiet"].contains(&long.as_str())) {
        assert!(options.contains(&format!("-{letter} --{long}")), "{long}: {options}");
    }
}

#[test]
fn letters_enter_what_their_options_enter() {
    let office = Office::staffed();
    let (long, short) = (office.copy(), office.copy());
    long.ok("contact add --department business --kind execution --to technology --to general --subject 图纸 --content -40℃ --by wang --format json");
    short.ok("contact add -d business -k execution -t technology -t general -s图纸 -c -40℃ -b wang -f json");
    let row = |office: &Office| office.ok("contact list -m 2026-10 -f csv");
    assert_eq!(row(&long), row(&short));
    assert!(short.ok("co list -f csv").contains("HAY05001"));
}
