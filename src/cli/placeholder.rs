//! A word that help and ways out have in the place of a value, such as `PERSON`: whoever pastes a line and leaves it there has not said
//! who.

use std::ffi::OsString;

use clap::{Arg, ArgMatches, Command};

use crate::line::Grammar;
use crate::refusal::Refusal;
use crate::say;

/// Refuses a line that changes the book and has such a word as a value.
pub(super) fn refuse(grammar: &Grammar<'_>, line: &[OsString], matches: &ArgMatches) -> Result<(), Refusal> {
    // The grammar is looked at only where a word may be one.
    if !line.iter().any(|word| word.to_str().is_some_and(may_be)) {
        return Ok(());
    }
    let leaf = &grammar.leaf(line).command;
    if !leaf.get_arguments().any(|argument| argument.get_long() == Some("dry-run")) {
        return Ok(());
    }
    let mut matches = matches;
    while let Some((_, deeper)) = matches.subcommand() {
        matches = deeper;
    }
    leaf.get_arguments().try_for_each(|argument| match left(argument, matches) {
        Some(word) => Err(refused(leaf, argument, &word)),
        None => Ok(()),
    })
}

/// Whether a word, or the value in it, is in capitals as such words are.
fn may_be(word: &str) -> bool {
    let value = word.split_once('=').map_or(word, |(_, value)| value);
    value.len() > 1 && value.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-' || byte == b'_')
}

/// The word that was left in the place of the argument's value.
fn left(argument: &Arg, matches: &ArgMatches) -> Option<String> {
    let given = matches.try_get_raw(argument.get_id().as_str()).ok().flatten()?;
    let long = argument.get_long().map(str::to_uppercase);
    let names = argument.get_value_names().unwrap_or_default().iter().map(ToString::to_string);
    let words: Vec<String> = names.chain(long).filter(|name| may_be(name)).collect();
    given
        .filter_map(|value| value.to_str())
        .map(str::trim)
        .find(|value| words.iter().any(|word| word == value))
        .map(str::to_owned)
}

fn refused(leaf: &Command, argument: &Arg, word: &str) -> Refusal {
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let what = match argument.get_long() {
        Some(long) => say!("--{option} {word}: {word} only holds the place of a value", option = long, word),
        None => say!("{word} only holds the place of a value", word),
    };
    let way_out = match help.lines().next().unwrap_or_default() {
        "" => say!("see what stands there in: {command} --help", command = leaf.get_bin_name().unwrap_or("branchbook")),
        help => say!("type what is meant there: {help}", help),
    };
    Refusal::usage(what).or(way_out)
}
