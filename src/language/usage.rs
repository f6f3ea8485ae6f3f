//! What the grammar refuses, in the languages that the library behind it does not speak.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Language, word, words};
use crate::say;

/// The refusal in the language of the running command, in one of its own words; none where the library's English serves, or where the
/// error is help that was asked for.
pub(crate) fn message(error: &clap::Error) -> Option<String> {
    if error.kind() == ErrorKind::MissingRequiredArgument {
        return Some(lacking(error));
    }
    if Language::spoken() == Language::En {
        return None;
    }
    let named = |kind| all(error, kind).join(super::comma());
    let argument = named(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::UnknownArgument if !argument.starts_with('-') => {
            say!("{argument} has no place in this line", argument)
        }
        ErrorKind::UnknownArgument => say!("{argument} is no option here", argument),
        ErrorKind::InvalidSubcommand => {
            say!("{word} is no command here", word = named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => {
            say!("a command is missing: {commands}", commands = named(ContextKind::ValidSubcommand))
        }
        ErrorKind::ArgumentConflict if argument == named(ContextKind::PriorArg) => {
            say!("{argument} is given more than once", argument)
        }
        ErrorKind::ArgumentConflict => {
            say!("{argument} does not go together with {other}", argument, other = named(ContextKind::PriorArg))
        }
        ErrorKind::InvalidValue | ErrorKind::NoEquals => invalid_value(&argument, &named(ContextKind::InvalidValue)),
        ErrorKind::ValueValidation if named(ContextKind::InvalidValue).is_empty() => {
            say!("{argument} must not be empty", argument)
        }
        ErrorKind::ValueValidation => {
            let Some(reason) = error.source().map(ToString::to_string).filter(|reason| !reason.is_ascii()) else {
                return Some(whole(error, &invalid_value(&argument, &named(ContextKind::InvalidValue))));
            };
            say!("{argument} cannot be {value}: {reason}", argument, value = named(ContextKind::InvalidValue), reason)
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            say!("{argument} has too many or too few values", argument)
        }
        ErrorKind::InvalidUtf8 => words("the line holds text that is not in UTF-8").to_owned(),
        _ => return None,
    };
    Some(whole(error, &what))
}

/// What the grammar refuses, in a few words: without how the whole command is typed, which whoever reads it did not type.
pub(crate) fn told(error: &clap::Error) -> String {
    let whole = message(error).unwrap_or_else(|| error.to_string());
    let lines: Vec<&str> = whole.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
    let told = lines.join("; ");
    let beginning = say!("error: {what}", what = String::new());
    told.strip_prefix(beginning.trim_end()).map_or(told.as_str(), str::trim_start).to_owned()
}

/// What the line lacks, and the line with it.
fn lacking(error: &clap::Error) -> String {
    let missing = all(error, ContextKind::InvalidArg).join(super::comma());
    let mut lines = vec![say!("error: {what}", what = say!("missing: {argument}", argument = missing))];
    lines.extend(suggested(error).map(|line| format!("  {}", say!("type: {line}", line))));
    lines.push(String::new());
    lines.join("\n")
}

/// The message that says this, with what can be typed instead.
fn whole(error: &clap::Error, what: &str) -> String {
    let mut lines = vec![say!("error: {what}", what)];
    lines.extend(
        [choices(error), suggestion(error), sentence(error)].into_iter().flatten().map(|line| format!("  {line}")),
    );
    if let Some(usage) = usage(error) {
        lines.extend([String::new(), say!("Usage: {usage}", usage)]);
    }
    lines.extend([String::new(), say!("More is said by --help.").to_owned(), String::new()]);
    lines.join("\n")
}

fn invalid_value(argument: &str, value: &str) -> String {
    if value.is_empty() {
        return say!("{argument} wants a value", argument);
    }
    say!("{argument} cannot be {value}", argument, value)
}

/// What the argument can be.
fn choices(error: &clap::Error) -> Option<String> {
    let values = all(error, ContextKind::ValidValue);
    // `--kind <KIND>` takes what lists call a kind.
    let argument = all(error, ContextKind::InvalidArg).join("");
    let column = argument.split(' ').next().unwrap_or_default().trim_start_matches('-').replace('-', "_");
    let words = || word::choices_in(&column, values.iter().map(String::as_str));
    (!values.is_empty()).then(|| say!("possible: {values}", values = words()))
}

/// What was probably meant.
fn suggestion(error: &clap::Error) -> Option<String> {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let meant = kinds.iter().flat_map(|kind| all(error, *kind)).collect::<Vec<_>>();
    (!meant.is_empty()).then(|| say!("meant was perhaps: {meant}", meant = meant.join(super::comma())))
}

/// What to do instead, in a sentence.
fn sentence(error: &clap::Error) -> Option<String> {
    if error.kind() != ErrorKind::UnknownArgument {
        return None;
    }
    suggested(error)
}

fn suggested(error: &clap::Error) -> Option<String> {
    let ContextValue::StyledStrs(sentences) = error.get(ContextKind::Suggested)? else { return None };
    sentences.first().map(ToString::to_string)
}

/// The usage line without the library's heading.
fn usage(error: &clap::Error) -> Option<String> {
    let ContextValue::StyledStr(usage) = error.get(ContextKind::Usage)? else { return None };
    let usage = usage.to_string();
    Some(usage.split_once(": ").map_or(usage.as_str(), |(_, usage)| usage).trim_end().to_owned())
}

/// The texts that the error holds of this kind.
fn all(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}
