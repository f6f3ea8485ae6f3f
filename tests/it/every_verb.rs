//! Every verb on an entry in every state: it is carried out, or refused by a clause and with a way out that can be typed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use clap::{Arg, Command};

use crate::office::{Office, Outcome};

/// What leads entries of the book of examples into the states in which it has none.
pub(crate) const REST: &str = include_str!("every_verb.txt");

/// The book of examples, with an entry in every state of every register.
pub(crate) fn office() -> Office {
    Office::made(|| {
        let office = Office::empty().on("2026-11-02");
        let book = office.path("book.db");
        office.ok(&format!("demo --book {}", book.display()));
        let shown = office.transcript(REST);
        assert!(!shown.contains("[exit "), "{shown}");
        office.on("2026-11-20")
    })
}

/// A number of each register in each state, by both.
fn numbers(office: &Office) -> BTreeMap<(String, String), String> {
    let book = office.sql();
    let mut entries = book.prepare("SELECT register, state, number FROM entry ORDER BY id").unwrap();
    let entries = entries.query_map((), |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?))).unwrap();
    entries.collect::<Result<_, _>>().unwrap()
}

/// What is typed for an argument.
pub(crate) fn sample(argument: &Arg) -> String {
    if let Some(word) = argument.get_possible_values().first() {
        return word.get_name().to_owned();
    }
    let name = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
    let value = match name.as_str() {
        "DATE" => "2026-11-20",
        "MONTH" => "2026-11",
        "PERSON" => "li",
        "DEPARTMENT" => "business",
        "YUAN" | "AMOUNT" => "100",
        "1-5" | "COUNT" | "DAYS" | "POSITION" | "RECEIPT" | "PLACE" | "QUALITY" => "1",
        "PROJECT" => "PRJ26-001",
        "WEIGHT" => "100kg",
        "CASES" => "20",
        _ => "甲",
    };
    value.to_owned()
}

/// Adds an option to a line, with a value where it takes one.
fn add(line: &mut String, argument: &Arg) {
    write!(line, " --{}", argument.get_long().unwrap()).unwrap();
    if argument.get_action().takes_values() {
        write!(line, " {}", shlex::try_quote(&sample(argument)).unwrap()).unwrap();
    }
}

/// Whether the verb can be tried without changing anything.
pub(crate) fn has_dry_run(verb: &Command) -> bool {
    verb.get_arguments().any(|argument| argument.get_id() == "dry_run")
}

/// Every command that writes and can be tried without changing anything, by its words.
pub(crate) fn leaves<'p>(command: &'p Command, words: &str, found: &mut Vec<(String, &'p Command)>) {
    for sub in command.get_subcommands() {
        let words = if words.is_empty() { sub.get_name().to_owned() } else { format!("{words} {}", sub.get_name()) };
        if sub.has_subcommands() {
            leaves(sub, &words, found);
        } else if has_dry_run(sub) && words != "restore" && !words.ends_with(" import") {
            found.push((words, sub));
        }
    }
}

/// What the shortest line gives that the grammar of a verb takes for an entry, and that line.
pub(crate) fn tried(office: &Office, words: &str, verb: &Command, number: &str) -> (String, Outcome) {
    let mut line = format!("{words} {number}");
    for argument in verb.get_arguments().filter(|argument| argument.is_required_set() && !argument.is_positional()) {
        add(&mut line, argument);
    }
    for group in verb.get_groups().filter(|group| group.is_required_set()) {
        let first = group.get_args().next().unwrap();
        add(&mut line, verb.get_arguments().find(|argument| argument.get_id() == first).unwrap());
    }
    if has_dry_run(verb) {
        line.push_str(" --dry-run");
    }
    completed(office, line, verb)
}

/// What a line gives, with whatever the grammar asks for besides, and that line.
pub(crate) fn completed(office: &Office, mut line: String, verb: &Command) -> (String, Outcome) {
    let mut outcome = office.run(&line);
    // What is required only because something else is not given is told by the grammar itself.
    while let Some((_, missing)) = outcome.err.split_once("error: missing: ") {
        let option =
            missing.trim_start().trim_start_matches(['<', '-']).split([' ', '\n', '|', '>', ',']).next().unwrap();
        let Some(option) = verb.get_arguments().find(|argument| argument.get_long() == Some(option)) else { break };
        add(&mut line, option);
        outcome = office.run(&line);
    }
    (line, outcome)
}

/// The command lines that a refusal names, as far as their words go.
fn ways_out(refusal: &str) -> Vec<Vec<String>> {
    let mut ways = Vec::new();
    for way in refusal.split("branchbook ").skip(1) {
        let end = way.find([',', ';', '\n']).unwrap_or(way.len());
        let words = shlex::split(&way[..end]).unwrap_or_else(|| panic!("{refusal}"));
        let stops = ["or", "and", "first", "instead", "then"];
        ways.push(words.into_iter().take_while(|word| !stops.contains(&word.as_str())).collect());
    }
    ways
}

/// What is wrong with a command line that a refusal names, where its room, its verb or one of its options is not there.
fn unknown(program: &Command, words: &[String]) -> Option<String> {
    let mut command = program;
    for word in words {
        if let Some(option) = word.strip_prefix("--") {
            let known = command
                .get_arguments()
                .chain(program.get_arguments())
                .any(|argument| argument.get_long() == Some(option));
            if !known {
                return Some(format!("there is no --{option}"));
            }
        } else if command.has_subcommands() {
            let Some(sub) = command.find_subcommand(word) else { return Some(format!("there is no {word}")) };
            command = sub;
        }
    }
    command.has_subcommands().then(|| "no verb is named".to_owned())
}

/// Whether a word of a command line stands for what the person knows: `PERSON`, `…`.
fn is_placeholder(word: &str) -> bool {
    word == "…" || (word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c == '-'))
}

/// What the command line does instead of leading on.
fn does_not_lead_on(office: &Office, program: &Command, way: &[String], said: &str) -> Option<String> {
    let verb = way.iter().try_fold(program, |command, word| {
        if command.has_subcommands() { command.find_subcommand(word) } else { Some(command) }
    })?;
    let mut words: Vec<&str> = way.iter().map(String::as_str).collect();
    if has_dry_run(verb) {
        words.push("--dry-run");
    }
    let outcome = office.words(&words);
    let required = outcome.err.contains("error: missing: ");
    let mistyped = outcome.err.starts_with("error:") && !required;
    let bad = mistyped || outcome.code == 1 || outcome.err.trim_end() == said;
    bad.then(|| format!("{} gives {}", way.join(" "), outcome.err))
}

/// The person whom a refusal names to be given with `--by` to the same line.
fn named(refusal: &str) -> Option<&str> {
    let told = refusal.split("branchbook ").next()?;
    let key = told.split("--by ").nth(1)?.split([' ', ',', ';']).next()?;
    (!is_placeholder(key)).then_some(key)
}

#[test]
fn every_verb_on_every_state_leads_on_or_is_refused_with_a_way_out() {
    let office = office();
    let numbers = numbers(&office);
    let mut program = branchbook::cli::command();
    program.build();
    let states: BTreeSet<(String, String)> = {
        let book = office.sql();
        let mut states = book.prepare("SELECT register, state FROM state").unwrap();
        let states = states.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        states.collect::<Result<_, _>>().unwrap()
    };
    let missing: Vec<_> = states.iter().filter(|state| !numbers.contains_key(state)).collect();
    assert!(missing.is_empty(), "no entry is {missing:?}");
    let (mut seen, mut faults) = (0, Vec::new());
    for ((register, state), number) in &numbers {
        let room = program.find_subcommand(register).unwrap();
        for verb in room.get_subcommands() {
            if !verb.get_positionals().any(|argument| argument.get_id() == "number") {
                continue;
            }
            seen += 1;
            let (line, outcome) = tried(&office, &format!("{register} {}", verb.get_name()), verb, number);
            let said = outcome.err.trim_end();
            let mut fault = |what: &str| faults.push(format!("{state}: {line}\n    {what}: {said}"));
            let clause = said.starts_with('R') && said.as_bytes()[1].is_ascii_digit();
            match outcome.code {
                0 => continue,
                2 | 4 => {}
                3 if clause => {}
                code => fault(&format!("exit {code}")),
            }
            if !said.contains("; ") {
                fault("no way out");
            }
            for way in ways_out(said) {
                if let Some(what) = unknown(&program, &way) {
                    fault(&what);
                    continue;
                }
                if way.iter().any(|word| is_placeholder(word)) {
                    continue;
                }
                if let Some(what) = does_not_lead_on(&office, &program, &way, said) {
                    fault(&what);
                }
            }
            if let Some(key) = named(said) {
                let again = office.run(&format!("{line} --by {key}"));
                if again.err.starts_with("error:") || again.err.contains("--by out") || again.err.trim_end() == said {
                    fault(&format!("--by {key} gives {}", again.err));
                }
            }
        }
    }
    assert!(seen > 300, "{seen} lines");
    assert!(faults.is_empty(), "{} of {seen}:\n{}", faults.len(), faults.join("\n"));
}
