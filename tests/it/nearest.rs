//! A number, person or department that is not there gets the nearest ones, at whatever command and option it is typed.

use std::fmt::Write as _;

use clap::Arg;

use crate::every_verb;

/// A typing error for what an argument asks for, where it names something of the book.
fn mistyped(argument: &Arg, register: &str) -> Option<&'static str> {
    let name = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
    Some(match (name.as_str(), argument.get_id().as_str()) {
        ("PERSON", _) => "wangg",
        ("PROJECT", _) => "PRJ26-01",
        ("FIGURE", _) => "contact.reply_day",
        ("DEPARTMENT" | "SERIES", _) => "bussiness",
        ("NUMBER", "number") => match register {
            "contact" => "HAY0501",
            "info" => "INF26-001",
            "project" => "PRJ26-01",
            "reception" => "REC26-01",
            "gift" => "GFT26-01",
            "fee" => "FEE26-01",
            "asset" => "AST-001",
            _ => "SHP26-01",
        },
        _ => return None,
    })
}

#[test]
fn what_is_not_there_gets_the_nearest_ones_at_every_command() {
    let office = every_verb::office();
    let mut program = branchbook::cli::command();
    program.build();
    let (mut verbs, mut seen, mut faults) = (Vec::new(), 0, Vec::new());
    every_verb::leaves(&program, "", &mut verbs);
    for (words, verb) in &verbs {
        let register = words.split(' ').next().unwrap();
        for wrong in verb.get_arguments().filter(|argument| !argument.is_global_set()) {
            let Some(typed) = mistyped(wrong, register) else { continue };
            let mut line = words.clone();
            for positional in verb.get_positionals() {
                let value = if positional.get_id() == wrong.get_id() {
                    typed.to_owned()
                } else {
                    positional_value(&office, positional, register)
                };
                write!(line, " {}", shlex::try_quote(&value).unwrap()).unwrap();
            }
            if let Some(long) = wrong.get_long() {
                write!(line, " --{long} {typed}").unwrap();
            }
            let (line, outcome) = every_verb::completed(&office, format!("{line} --dry-run"), verb);
            assert_ne!(outcome.code, 1, "{line}\n{}", outcome.err);
            if outcome.code == 4 && outcome.err.contains(typed) {
                seen += 1;
                if !outcome.err.contains("did you mean") {
                    faults.push(format!("{line}\n    {}", outcome.err));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} of {seen}:\n{}", faults.len(), faults.join("\n"));
    assert!(seen > 100, "{seen} lines");
}

/// What is typed for another positional argument: an entry of the register that is open, else a sample.
fn positional_value(office: &crate::office::Office, positional: &Arg, register: &str) -> String {
    if positional.get_id() != "number" {
        return every_verb::sample(positional);
    }
    let book = office.sql();
    let open = "SELECT number FROM entry WHERE register = ?1 AND ended_on IS NULL ORDER BY id LIMIT 1";
    book.query_row(open, [register], |row| row.get(0)).unwrap_or_else(|_| "1".to_owned())
}
