//! Letters for the options that are typed most: one letter is one option, on whatever command.

use clap::{Arg, Command};

/// The options with a letter, and that.
pub(crate) const LETTERS: [(&str, char); 13] = [
    ("department", 'd'),
    ("kind", 'k'),
    ("to", 't'),
    ("subject", 's'),
    ("content", 'c'),
    ("project", 'p'),
    ("name", 'n'),
    ("amount", 'a'),
    ("reason", 'r'),
    ("month", 'm'),
    ("by", 'b'),
    ("format", 'f'),
    ("output", 'o'),
];

/// The command with the letters of its own options.
pub(crate) fn with_letters(command: Command) -> Command {
    command.mut_args(|argument: Arg| {
        let letter = LETTERS.iter().find(|(long, _)| argument.get_long() == Some(*long)).map(|(_, letter)| *letter);
        match letter {
            Some(letter) if argument.get_short().is_none() => argument.short(letter),
            _ => argument,
        }
    })
}
