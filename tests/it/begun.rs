//! A line that is only begun is refused by nothing that its whole is not refused by, so that no question leads into a dead end.

use std::ffi::OsString;

use branchbook::cli;
use branchbook::cli::script::{self, Line};
use branchbook::desk::Surroundings;
use branchbook::register;
use clap::{Arg, Command};

use crate::every_verb::REST;
use crate::month_as_typed::MONTH;
use crate::office::Office;

/// The exit code and what is said of the line with these words, as far as it goes.
fn begun(words: &[String], surroundings: &Surroundings) -> (u8, String) {
    let words = std::iter::once("branchbook").chain(words.iter().map(String::as_str));
    let words: Vec<OsString> = words.chain(["--dry-run", "--no-input", "--far"]).map(OsString::from).collect();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = cli::run(&words, &Surroundings { begun: true, ..surroundings.clone() }, &mut out, &mut err);
    (code, String::from_utf8(err).unwrap())
}

/// The line with what its verb can do without before what it asks for: so a person types it whom the rest is asked.
fn as_asked(words: &[String], grammar: &Command) -> (Vec<String>, usize) {
    let leaf = words.iter().take(2).try_fold(grammar, |command, word| command.find_subcommand(word));
    let Some(leaf) = leaf else { return (words.to_vec(), words.len()) };
    let of_group = |option: &Arg| {
        leaf.get_groups().any(|group| group.is_required_set() && group.get_args().any(|id| id == option.get_id()))
    };
    let is_asked = |option: &Arg| option.is_required_set() || of_group(option) || option.get_id() == "by";
    let mut parts: Vec<Vec<String>> = vec![Vec::new()];
    for word in words {
        if word.starts_with("--") {
            parts.push(Vec::new());
        }
        parts.last_mut().unwrap().push(word.clone());
    }
    let is_later = |part: &Vec<String>| {
        let long = part[0].trim_start_matches("--").split('=').next().unwrap();
        leaf.get_opts().any(|option| option.get_long() == Some(long) && is_asked(option))
    };
    parts[1..].sort_by_key(is_later);
    let first = parts.iter().skip(1).take_while(|part| !is_later(part)).count() + 1;
    (parts.concat(), parts[..first].concat().len())
}

#[test]
fn what_the_book_takes_is_not_refused_while_it_is_begun() {
    let (month, rest) = (Office::empty(), Office::empty().on("2026-11-02"));
    rest.ok(&format!("demo --book {}", rest.path("book.db").display()));
    let month_lines = MONTH.split("report month").next().unwrap();
    let mut grammar = cli::command();
    grammar.build();
    let (mut faults, mut tried) = (Vec::new(), 0);
    for (office, script) in [(&month, month_lines), (&rest, REST)] {
        let mut surroundings = office.surroundings();
        for line in script::lines(script).unwrap() {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let mut said = Vec::new();
            if let Line::Command(words) = &line {
                let (words, first) = as_asked(words, &grammar);
                let ends =
                    (first..=words.len()).filter(|end| words.get(*end).is_none_or(|word| word.starts_with("--")));
                said.extend(ends.map(|end| (words[..end].join(" "), begun(&words[..end], &surroundings))));
            }
            let code = script::run(&line, &mut surroundings, &mut out, &mut err).unwrap();
            for (line, (begun, said)) in said {
                // What names an option that is still to come may be answered by it; other verbs know no beginnings.
                let verb = line.split(' ').take(2).collect::<Vec<_>>().join(" ");
                let own = said.split("branchbook ").filter(|part| said.starts_with(part) || part.starts_with(&verb));
                let own = own.collect::<String>();
                if code == 0 && matches!(begun, 3 | 4) && !own.contains("--") && is_of_form(&line) {
                    faults.push(format!("{line}\n    {}", said.trim_end()));
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 400, "{tried}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Whether a line is of a step or a decision of a form.
fn is_of_form(line: &str) -> bool {
    let mut words = line.split(' ');
    let (room, verb) = (words.next().unwrap(), words.next().unwrap());
    register::forms().any(|form| {
        form.register.name == room
            && (form.steps().any(|step| step.name == verb) || form.decisions().any(|decision| decision.name == verb))
    })
}
