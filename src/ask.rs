//! Parsing a command line; in a terminal, asking for what is missing.
//!
//! The grammar itself says what is missing. Each missing argument is asked for, with its choices, and put behind the
//! line, which is then parsed again: a command that was asked together is the same as one that was typed.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
#[cfg(unix)]
use std::sync::{Arc, atomic::AtomicBool};

use anyhow::Result;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};
use inquire::error::InquireResult;
use inquire::validator::Validation;
use inquire::{Select, Text};
#[cfg(unix)]
use signal_hook::{consts::SIGHUP, flag::register_conditional_default};

use crate::book::Book;
use crate::desk::Surroundings;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// Parses the command line; asks a person in a terminal for what is missing, unless `--no-input` is given, and writes to `err` how
/// the line could have been typed.
pub(crate) fn parse(
    command: impl Fn() -> Command,
    arguments: &[OsString],
    surroundings: &Surroundings,
    err: &mut dyn Write,
) -> Result<ArgMatches> {
    let mut arguments = arguments.to_vec();
    loop {
        let error = match command().try_get_matches_from(&arguments) {
            Ok(matches) => return Ok(matches),
            Err(error) => error,
        };
        let may_ask = surroundings.interactive && !arguments.iter().any(|argument| argument == "--no-input");
        if error.kind() != ErrorKind::MissingRequiredArgument || !may_ask {
            return Err(error.into());
        }
        let leaf = leaf(command(), &arguments);
        let Some(missing) = missing_arguments(&error, &leaf) else { return Err(error.into()) };
        end_with_the_terminal();
        let missing = missing.into_iter().map(|argument| (argument, true));
        for (argument, required) in missing.chain(who_did_it(&leaf, &arguments).map(|argument| (argument, false))) {
            let answers = ask(argument, &choices(argument, &arguments, surroundings), required)
                .map_err(|_| Refusal::usage(say!("nothing was entered")))?;
            arguments.extend(answers);
        }
        writeln!(err, "{}", spelled_out(&arguments))?;
    }
}

/// Ends the process when its terminal goes away, also where it was started so that it would go on: nobody answers any more, and
/// what reads the keys would try for ever.
fn end_with_the_terminal() {
    #[cfg(unix)]
    let _ = register_conditional_default(SIGHUP, Arc::new(AtomicBool::new(true)));
}

/// The line that was asked together, as it could have been typed.
fn spelled_out(arguments: &[OsString]) -> String {
    let words: Vec<_> = arguments.iter().skip(1).map(|word| word.to_string_lossy()).collect();
    let words = shlex::try_join(words.iter().map(AsRef::as_ref)).unwrap_or_else(|_| words.join(" "));
    format!("branchbook {words}")
}

/// `--by`, where the command has it and the line does not: what a clerk enters is mostly somebody else's deed.
fn who_did_it<'leaf>(leaf: &'leaf Command, typed: &[OsString]) -> Option<&'leaf Arg> {
    let given = typed.iter().any(|word| word.to_string_lossy().starts_with("--by"));
    leaf.get_arguments().find(|argument| argument.get_long() == Some("by")).filter(|_| !given)
}

/// The command that the line leads to.
fn leaf(mut command: Command, arguments: &[OsString]) -> Command {
    command.build();
    for word in arguments.iter().skip(1).filter_map(|word| word.to_str()) {
        let found = command.get_subcommands().filter(|verb| verb.get_name().starts_with(word));
        let exact = command.get_subcommands().find(|verb| verb.get_name() == word);
        let Some(verb) = exact.or_else(|| found.take(1).next()).cloned() else { continue };
        command = verb;
        command.build();
    }
    command
}

/// The arguments that the error says are missing, the entry's number first; none where one is not known.
fn missing_arguments<'leaf>(error: &clap::Error, leaf: &'leaf Command) -> Option<Vec<&'leaf Arg>> {
    let Some(ContextValue::Strings(usages)) = error.get(ContextKind::InvalidArg) else { return None };
    let find = |usage: &String| leaf.get_arguments().find(|argument| is_meant(argument, usage));
    let mut arguments: Vec<&Arg> = usages.iter().map(find).collect::<Option<_>>()?;
    arguments.sort_by_key(|argument| argument.get_long().is_some());
    Some(arguments)
}

/// Whether the usage text of the error, such as `--subject <SUBJECT>`, is this argument's.
fn is_meant(argument: &Arg, usage: &str) -> bool {
    let word = usage.split([' ', '=']).next().unwrap_or_default().trim_end_matches("...");
    // Of several that may be given, `<--to <PERSON>|--keeper <PERSON>>`, the first is asked for.
    let word = if word.starts_with("<--") { &word[1..] } else { word };
    if let Some(long) = argument.get_long() {
        return word.strip_prefix("--") == Some(long);
    }
    let names = argument.get_value_names().and_then(<[_]>::first);
    let name = names.map_or(argument.get_id().as_str(), clap::builder::Str::as_str);
    word.trim_matches(['<', '>', '[', ']']).eq_ignore_ascii_case(name)
}

/// Asks for one argument, and for more of it where it may be repeated. Gives the words to put behind the line.
fn ask(argument: &Arg, choices: &[Choice], required: bool) -> InquireResult<Vec<OsString>> {
    let question = argument.get_help().map_or_else(|| argument.get_id().to_string(), ToString::to_string);
    let repeated = matches!(argument.get_action(), ArgAction::Append);
    let mut answers = Vec::new();
    loop {
        let answer = if choices.is_empty() || repeated {
            let keys: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
            ask_text(&question, &keys.join(", "), required && answers.is_empty())?
        } else {
            let keys = say!("↑↓ to move, Enter to choose, letters to narrow down");
            Select::new(&question, choices.to_vec()).with_help_message(keys).prompt()?.value
        };
        if answer.is_empty() {
            return Ok(answers);
        }
        answers.push(OsString::from(match argument.get_long() {
            Some(long) => format!("--{long}={answer}"),
            None => answer,
        }));
        if !repeated {
            return Ok(answers);
        }
    }
}

/// Asks for a text, with `hints` of what is usual; an empty answer ends what may be repeated.
fn ask_text(question: &str, hints: &str, required: bool) -> InquireResult<String> {
    let check = move |answer: &str| {
        let checked = if answer.is_empty() && !required { Ok(()) } else { text::check_required(answer, "answer") };
        Ok(checked.map_or_else(|refusal| Validation::Invalid(refusal.to_string().into()), |()| Validation::Valid))
    };
    let help = match (required, hints) {
        (true, hints) => hints.to_owned(),
        (false, "") => say!("another one, or Enter for no more").to_owned(),
        (false, hints) => say!("another one, or Enter for no more; {hints}", hints),
    };
    let prompt = Text::new(question).with_validator(check);
    if help.is_empty() { prompt.prompt() } else { prompt.with_help_message(&help).prompt() }
}

/// One of the answers to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Choice {
    value: String,
    shown: String,
}

impl std::fmt::Display for Choice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown)
    }
}

/// What an argument can be: its possible values, or the departments or people of the book.
fn choices(argument: &Arg, typed: &[OsString], surroundings: &Surroundings) -> Vec<Choice> {
    let possible = argument.get_possible_values();
    if !possible.is_empty() {
        let shown = |value: &clap::builder::PossibleValue| match value.get_help() {
            Some(help) => format!("{}  {help}", value.get_name()),
            None => value.get_name().to_owned(),
        };
        return possible
            .iter()
            .map(|value| Choice { value: value.get_name().to_owned(), shown: shown(value) })
            .collect();
    }
    let sql = match argument.get_value_names().and_then(<[_]>::first).map(clap::builder::Str::as_str) {
        Some("DEPARTMENT" | "PARTY") => "SELECT key, key || '  ' || name_zh FROM department ORDER BY position",
        Some("PERSON") if argument.get_long() == Some("by") => {
            "SELECT '', ?1 UNION ALL SELECT key, key || '  ' || name FROM (SELECT key, name FROM person ORDER BY key)"
        }
        Some("PERSON") => "SELECT key, key || '  ' || name FROM person ORDER BY key",
        _ => return Vec::new(),
    };
    read(sql, typed, surroundings).unwrap_or_default()
}

/// Choices from the book that the line names; a book that cannot be read offers none.
fn read(sql: &str, typed: &[OsString], surroundings: &Surroundings) -> Result<Vec<Choice>> {
    let book = Book::glance(&named_book(typed, surroundings), surroundings.patience)?;
    let mut statement = book.prepare(sql)?;
    let yourself = say!("you yourself");
    let read = |row: &rusqlite::Row<'_>| Ok(Choice { value: row.get(0)?, shown: row.get(1)? });
    let choices = match statement.parameter_count() {
        0 => statement.query_map((), read)?,
        _ => statement.query_map([yourself], read)?,
    };
    Ok(choices.collect::<rusqlite::Result<_>>()?)
}

/// The book that the line names, as `--book FILE` or `--book=FILE`; else the usual one.
fn named_book(typed: &[OsString], surroundings: &Surroundings) -> PathBuf {
    let mut words = typed.iter();
    while let Some(word) = words.next() {
        let joined = word.to_str().and_then(|word| word.strip_prefix("--book="));
        let named = if word == "--book" { words.next().map(PathBuf::from) } else { joined.map(PathBuf::from) };
        if let Some(path) = named {
            return path;
        }
    }
    surroundings.book.clone()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::cli;

    fn missing(line: &str) -> Vec<String> {
        let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let error = cli::command().try_get_matches_from(&arguments).unwrap_err();
        let leaf = leaf(cli::command(), &arguments);
        missing_arguments(&error, &leaf).unwrap().iter().map(|argument| argument.get_id().to_string()).collect()
    }

    #[test]
    fn every_missing_argument_can_be_asked_for() {
        assert_eq!(missing("branchbook contact add --to general"), ["department", "kind", "subject", "content"]);
        assert_eq!(missing("branchbook contact sign"), ["number"]);
        assert_eq!(missing("branchbook con void"), ["numbers", "reason"]);
        assert_eq!(missing("branchbook ship load SHP26-001"), ["boxes"]);
        assert_eq!(missing("branchbook asset transfer"), ["number", "to"]);
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
}
