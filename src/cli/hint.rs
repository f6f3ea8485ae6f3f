//! What to type instead of what the grammar does not know: the command or the option that was meant.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use super::{rooms, word};
use crate::line::{Grammar, Leaf};
use crate::nearest::nearest;
use crate::register;
use crate::register::form::Step;
use crate::register::option::At;
use crate::say;
use crate::undo;

/// What people type for a command that is called otherwise.
const OTHERWISE: [(&str, &[&str]); 9] = [
    ("bounce", &["reverse"]),
    ("change", &["amend"]),
    ("correct", &["amend"]),
    ("delete", &["void", "undo", "unset"]),
    ("edit", &["amend"]),
    ("new", &["add"]),
    ("refund", &["reverse"]),
    ("remove", &["void", "undo", "unset"]),
    ("update", &["amend"]),
];

/// The error with what was meant: of the options those whose names or titles are like what was typed, of the commands also those of
/// other rooms. What the library suggests besides, such as an option that is like it by two letters, is left out.
pub(super) fn hinted(mut error: clap::Error, grammar: &Grammar<'_>, line: &[OsString]) -> clap::Error {
    let said = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    };
    match error.kind() {
        ErrorKind::UnknownArgument => {
            let typed = said(ContextKind::InvalidArg).unwrap_or_default();
            error.remove(ContextKind::Suggested);
            error.remove(ContextKind::SuggestedArg);
            let Leaf { command, names } = grammar.leaf(line);
            let mut leaf = command.clone();
            // The library's own line has the option in it that it took for the one that was meant.
            error.insert(ContextKind::Usage, ContextValue::StyledStr(leaf.render_usage()));
            let meant = options(&leaf, &typed);
            if let Some(way) = uncorrected(names, &typed) {
                error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![way.into()]));
            } else if let Some(meant) = meant {
                error.insert(ContextKind::SuggestedArg, ContextValue::String(meant));
            }
        }
        ErrorKind::InvalidSubcommand => {
            let typed = said(ContextKind::InvalidSubcommand).unwrap_or_default();
            // What stands behind it is not of the command that was meant.
            let before: Vec<OsString> = line.iter().take_while(|word| **word != *typed).cloned().collect();
            let leaf = Leaf::of(grammar.build(&before), &before).command;
            let meant = commands(&leaf, &typed, word(line, 1) == typed);
            if !meant.is_empty() {
                error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(meant));
            }
        }
        _ => {}
    }
    error
}

/// What to do about a fact that another verb of the register enters, and `amend` does not correct.
fn uncorrected(names: &[String], typed: &str) -> Option<&'static str> {
    let [room, verb] = names else { return None };
    let typed = typed.strip_prefix("--").filter(|_| verb == "amend")?;
    let form = register::forms().find(|form| form.register.name == *room)?;
    let enters = |step: &Step| step.fields.iter().any(|field| field.typed_as(At::Step) == typed);
    form.steps()
        .any(enters)
        .then(|| say!("that is not corrected: take it back with branchbook undo NUMBER, and enter it again"))
}

/// The options of a command that may have been meant by one that it has not; by a word without one, those that it must have.
fn options(leaf: &Command, typed: &str) -> Option<String> {
    let Some(typed) = typed.strip_prefix("--") else {
        let required = leaf.get_opts().filter(|option| option.is_required_set()).map(shown);
        let required: Vec<String> = required.collect();
        return (!typed.starts_with('-') && !required.is_empty()).then(|| required.join(" "));
    };
    let typed = typed.split('=').next().unwrap_or_default().to_lowercase();
    let names = |option: &Arg| [option.get_long().unwrap_or_default().to_owned(), title(option)];
    let is_part =
        |name: &str| name.split(['-', ' ']).any(|part| part == typed) || typed.split('-').any(|part| part == name);
    let known: Vec<(String, [String; 2])> = leaf
        .get_opts()
        .filter(|option| option.get_long().is_some())
        .map(|option| (shown(option), names(option)))
        .collect();
    let alike = known.iter().filter(|(_, names)| names.iter().any(|name| is_part(name)));
    let mut meant: Vec<String> = alike.map(|(option, _)| option.clone()).collect();
    if meant.is_empty() {
        meant = nearest(
            &typed,
            known.iter().map(|(option, names)| (names.iter().map(String::as_str).collect(), option.clone())),
        );
    }
    meant.into_iter().next()
}

/// An option as it is typed.
fn shown(option: &Arg) -> String {
    let name = format!("--{}", option.get_long().unwrap_or_default());
    match option.get_value_names().and_then(<[_]>::first) {
        Some(value) if option.get_action().takes_values() => format!("{name} <{value}>"),
        _ => name,
    }
}

/// What the help of an option calls it, before what it says of it.
fn title(option: &Arg) -> String {
    let help = option.get_help().map(ToString::to_string).unwrap_or_default();
    help.split([':', '：']).next().unwrap_or_default().to_lowercase()
}

/// The commands that may have been meant.
fn commands(parent: &Command, typed: &str, is_first: bool) -> Vec<String> {
    let otherwise = OTHERWISE.iter().find(|(word, _)| *word == typed).map_or(&[][..], |(_, meant)| meant);
    let meant = parent.get_subcommands().map(Command::get_name).filter(|name| otherwise.contains(name));
    let mut meant: Vec<String> = meant.map(str::to_owned).collect();
    if typed == "undo" {
        meant.extend(undo::of_room(parent.get_name()).map(|kind| format!("undo {kind}")));
    }
    if is_first {
        for room in rooms() {
            let grammar = (room.grammar)(room.door());
            let verb = grammar.get_subcommands().find(|verb| verb.get_name() == typed);
            meant.extend(verb.map(|verb| format!("{} {}", room.name, verb.get_name())));
        }
    }
    meant
}
