//! A command line held against the grammar: the command that it leads to, and what its words give.

pub(crate) mod given;

use std::cell::OnceCell;
use std::ffi::OsString;

use clap::{Command, ValueEnum};

use self::given::takes_next;

/// The command that a line leads to, and the words that name it.
#[derive(Debug)]
pub(crate) struct Leaf {
    pub(crate) command: Command,
    pub(crate) names: Vec<String>,
}

impl Leaf {
    /// The command of the grammar to which the words of a line lead.
    pub(crate) fn of(mut command: Command, line: &[OsString]) -> Self {
        command.build();
        let mut names = Vec::new();
        for word in line.iter().skip(1).filter_map(|word| word.to_str()) {
            let found = command.get_subcommands().filter(|verb| verb.get_name().starts_with(word));
            let exact = command.get_subcommands().find(|verb| verb.get_name() == word);
            let Some(verb) = exact.or_else(|| found.take(1).next()).cloned() else { continue };
            names.push(verb.get_name().to_owned());
            command = verb;
            command.build();
        }
        Self { command, names }
    }

    /// Where in the line the words are that are no options, nor their values, behind those that name the command.
    pub(crate) fn by_place<'l>(&'l self, line: &'l [OsString]) -> impl Iterator<Item = usize> + 'l {
        let (mut is_value, mut are_all) = (false, false);
        let words = line.iter().enumerate().skip(1).filter_map(move |(place, word)| {
            let word = word.to_str().unwrap_or_default();
            if std::mem::take(&mut is_value) {
                return None;
            }
            if are_all || !word.starts_with('-') || word == "-" {
                return Some(place);
            }
            are_all = word == "--";
            is_value = takes_next(&self.command, word);
            None
        });
        words.skip(self.names.len())
    }
}

/// The grammar of the lines that one line is rewritten to, and its leaf, which is looked for once and only where something asks for
/// it: building the grammar costs as much as parsing by it.
pub(crate) struct Grammar<'g> {
    build: &'g dyn Fn(&[OsString]) -> Command,
    leaf: OnceCell<Leaf>,
}

impl<'g> Grammar<'g> {
    /// What is built so.
    pub(crate) const fn of(build: &'g dyn Fn(&[OsString]) -> Command) -> Self {
        Self { build, leaf: OnceCell::new() }
    }

    /// The grammar of a line, built anew.
    pub(crate) fn build(&self, line: &[OsString]) -> Command {
        (self.build)(line)
    }

    /// The command to which the line leads: how it is rewritten changes nothing of that.
    pub(crate) fn leaf(&self, line: &[OsString]) -> &Leaf {
        self.leaf.get_or_init(|| Leaf::of(self.build(line), line))
    }
}

/// What the line says for an option, as `--book FILE` or `--book=FILE`.
pub(crate) fn said(line: &[OsString], option: &str) -> Option<OsString> {
    let mut words = line.iter();
    while let Some(word) = words.next() {
        if word == option {
            return words.next().cloned();
        }
        if let Some(joined) = word.to_str().and_then(|word| word.strip_prefix(option)?.strip_prefix('=')) {
            return Some(joined.into());
        }
    }
    None
}

/// The line with another value in the place of what it says for an option, as `--on DAY` or `--on=DAY`.
pub(crate) fn replaced(line: &[OsString], option: &str, value: &str) -> Vec<OsString> {
    let mut is_value = false;
    let words = line.iter().map(|word| {
        let is_joined =
            word.to_str().is_some_and(|word| word.strip_prefix(option).is_some_and(|rest| rest.starts_with('=')));
        match (std::mem::replace(&mut is_value, word == option), is_joined) {
            (true, _) => value.into(),
            (false, true) => format!("{option}={value}").into(),
            (false, false) => word.clone(),
        }
    });
    words.collect()
}

/// The word of a value that is one of several.
pub(crate) fn word_of(value: &impl ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
