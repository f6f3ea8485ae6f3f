//! The grammar in the language of the running command: what its commands and options say of themselves.

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command};

use super::letter::with_letters;
use super::{Language, colon, comma, words};
use crate::say;

/// How help is laid out where the library's own headings would be English.
fn layout() -> String {
    let usage = format!("{}{}{{usage}}", say!("Usage"), colon());
    format!("{{before-help}}{{about-with-newline}}\n{usage}\n\n{{all-args}}{{after-help}}")
}

/// Help as the library lays it out, with the mark of the language behind its headings.
pub(crate) fn headed(help: &str) -> String {
    let heading = |line: &str| line.strip_suffix(':').filter(|_| !line.starts_with(' ')).map(str::to_owned);
    help.lines()
        .map(|line| heading(line).map_or_else(|| line.to_owned(), |text| text + colon().trim_end()) + "\n")
        .collect()
}

/// The command with every text that it and its options show translated.
pub(crate) fn translated(command: Command) -> Command {
    let command = with_letters(command);
    if Language::spoken() == Language::En {
        return each_verb(with_help(command));
    }
    let (about, long_about, after) =
        (said(command.get_about()), said(command.get_long_about()), said(command.get_after_help()));
    let mut command = command
        .help_template(layout())
        .subcommand_help_heading(say!("Commands"))
        .subcommand_value_name(words("COMMAND"))
        .disable_help_subcommand(true)
        .mut_args(in_order());
    command = with_help(command).mut_arg("help", |help| help.help_heading(say!("Options")));
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(about) = long_about {
        command = command.long_about(about);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    each_verb(command)
}

/// The command with its verbs translated.
fn each_verb(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, translated))
}

/// The command with `--help`, which also says where the options on every command are told.
fn with_help(command: Command) -> Command {
    // A room's door was given it before its grammar was built.
    if command.get_arguments().any(|argument| argument.get_id() == "help") {
        return command;
    }
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    command
        .disable_help_flag(true)
        .arg(help.help(say!("Print help; the options on every command: branchbook help options")))
}

/// Translates the arguments; under a heading of their own those without options would stand in the order of their names.
fn in_order() -> impl FnMut(Arg) -> Arg {
    let mut place = 0;
    move |known| {
        place += usize::from(known.is_positional());
        if known.is_positional() { argument(known).display_order(place) } else { argument(known) }
    }
}

fn argument(argument: Arg) -> Arg {
    let positional = argument.is_positional();
    let heading = match argument.get_help_heading() {
        None if positional => say!("Arguments").to_owned(),
        None => say!("Options").to_owned(),
        Some(heading) => Language::spoken().translation(heading).unwrap_or(heading).to_owned(),
    };
    let (help, long_help) = (said(argument.get_help()), said(argument.get_long_help()));
    let help = help.map(str::to_owned).or_else(|| argument.get_help().map(ToString::to_string)).unwrap_or_default();
    let help = noted(&argument, help);
    // The library asserts that an option that takes no value hides none.
    let valued = argument.get_action().takes_values();
    let mut argument = argument.help_heading(heading).hide_possible_values(valued).hide_default_value(valued);
    if let Some(help) = long_help {
        argument = argument.long_help(help);
    }
    argument.help(help)
}

/// The help of an option with what the library would write behind it in English: what it can be, and what it is where it is not
/// given.
fn noted(argument: &Arg, mut help: String) -> String {
    let values = argument.get_possible_values();
    if !values.is_empty() && !argument.is_hide_possible_values_set() && argument.get_action().takes_values() {
        let values: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
        help = say!("{help} [possible: {values}]", help, values = values.join(comma()));
    }
    let usual: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !usual.is_empty() && !argument.is_hide_default_value_set() && argument.get_action().takes_values() {
        help = say!("{help} [usual: {value}]", help, value = usual.join(comma()));
    }
    help.trim_start().to_owned()
}

/// The translation of a help text; none where it has no text or no translation.
fn said(text: Option<&StyledStr>) -> Option<&'static str> {
    Language::spoken().translation(&text?.to_string())
}
