//! Whether a setting can be what it is to be: an answer to a question that some command asks, the beginning of a line.

use std::ffi::OsString;

use anyhow::Result;
use clap::error::ErrorKind;
use clap::{Arg, Command};

use crate::cli;
use crate::desk::Desk;
use crate::language::usage;
use crate::office::department;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::say;
use crate::settings::{Settings, alias};
use crate::text;

/// Refuses an answer to a question that no command asks, or that no command takes; of people and departments one that the book does
/// not know.
pub(super) fn refuse_no_answer(desk: &mut Desk<'_>, option: &str, value: &str) -> Result<()> {
    let mut root = cli::command();
    root.build();
    let (mut refused, mut taken_as) = (None, Vec::new());
    for (command, argument) in taking(&root, option) {
        match refused_by(command, &argument, value) {
            None => taken_as.push(argument),
            Some(error) => refused = refused.or(Some(error)),
        }
    }
    if taken_as.is_empty() {
        let what = match refused {
            None => say!("no command asks for --{option}", option),
            Some(refused) => refused,
        };
        return Err(Refusal::usage(what)
            .or(say!("give the name and an answer of an option, without its dashes"))
            .into());
    }
    if !desk.book_path().exists() {
        return Ok(());
    }
    let is_always =
        |name: &str| taken_as.iter().all(|argument| argument.get_value_names().is_some_and(|names| names == [name]));
    let book = desk.closed_book()?.reader();
    if is_always("DEPARTMENT") {
        department::find(book, value)?;
    } else if is_always("PERSON") {
        Person::find(book, value)?;
    }
    Ok(())
}

/// The commands that have an option of this name that takes a value, each with it.
fn taking<'c>(command: &'c Command, option: &str) -> Vec<(&'c Command, Arg)> {
    let own = command.get_opts().find(|known| known.get_long() == Some(option) && known.get_action().takes_values());
    let own = own.filter(|_| !command.has_subcommands()).map(|argument| (command, argument.clone()));
    own.into_iter().chain(command.get_subcommands().flat_map(|verb| taking(verb, option))).collect()
}

/// Why the option of a command does not take the value; none where it does.
fn refused_by(command: &Command, argument: &Arg, value: &str) -> Option<String> {
    let option = argument.get_long()?;
    let line = [OsString::from(command.get_name()), format!("--{option}={value}").into()];
    let error = command.clone().try_get_matches_from(line).err()?;
    matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation).then(|| usage::told(&error))
}

/// Refuses a line that begins with no command and no word of the person's own, or leads back to the word.
pub(super) fn refuse_no_line(settings: &Settings, word: &str, line: &str) -> Result<()> {
    let mut with = settings.clone();
    with.own.alias.insert(word.to_owned(), line.to_owned());
    let typed = ["branchbook", word].map(OsString::from);
    let whole = alias::spelled_out(&typed, &with, cli::is_command)?.unwrap_or_default();
    let first = whole.get(1).and_then(|first| first.to_str()).unwrap_or_default();
    if first.starts_with('-') || cli::is_begun(first) {
        return Ok(());
    }
    let what = say!("{first} is no command", first = text::quoted(first));
    Err(Refusal::usage(what).or(say!("begin the line with a command, such as: contact add --kind execution")).into())
}
