//! What to type instead of what the grammar does not know: the command or the option that was meant.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};
use strsim::osa_distance;

use super::{rooms, word};
use crate::desk::Surroundings;
use crate::language;
use crate::line::{Grammar, Leaf};
use crate::nearest::nearest;
use crate::refusal::Refusal;
use crate::register;
use crate::register::form::Step;
use crate::register::option::At;
use crate::say;
use crate::text;
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

/// The refusal of a word of a person's own where it does not hold, as in a script (Q30); none where it is none.
pub(super) fn is_alias(error: &clap::Error, surroundings: &Surroundings) -> Option<Refusal> {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let line = surroundings.settings.own.alias.get(word)?;
    let what = say!("{word} is a word of your own settings, which hold in a terminal only", word);
    Some(Refusal::usage(what).or(say!("write it out: branchbook {line}", line)))
}

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
            let taken = || meant.is_none().then(|| taken_by(names, &typed)).flatten();
            let way = behind_an_option(&leaf, &typed).or_else(|| behind_dashes(&leaf, &typed, line, meant.is_some()));
            let way = way.or_else(|| uncorrected(names, &typed).map(str::to_owned));
            if let Some(way) = way.or_else(taken) {
                error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![way.into()]));
            } else if let Some(meant) = meant {
                error.insert(ContextKind::SuggestedArg, ContextValue::String(meant));
            }
        }
        ErrorKind::MissingRequiredArgument => {
            let ContextValue::Strings(missing) =
                error.get(ContextKind::InvalidArg).cloned().unwrap_or(ContextValue::None)
            else {
                return error;
            };
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![completed(line, &missing).into()]));
        }
        ErrorKind::InvalidSubcommand => {
            let typed = said(ContextKind::InvalidSubcommand).unwrap_or_default();
            // What stands behind it is not of the command that was meant.
            let before: Vec<OsString> = line.iter().take_while(|word| **word != *typed).cloned().collect();
            let leaf = Leaf::of(grammar.build(&before), &before).command;
            let meant = commands(&leaf, &typed, word(line, 1) == typed);
            let meant = if meant.is_empty() { named(&leaf, &error) } else { meant };
            if meant.is_empty() {
                error.remove(ContextKind::SuggestedSubcommand);
            } else {
                error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(meant));
            }
        }
        _ => {}
    }
    error
}

/// The line with what it lacks: what stands without an option first, and of several options the first.
fn completed(line: &[OsString], missing: &[String]) -> String {
    let typed = line.iter().skip(1).map(|word| text::word(&word.to_string_lossy()).into_owned());
    let mut lacking: Vec<String> =
        missing
            .iter()
            .map(|usage| usage.trim_start_matches("<-").split('|').next().unwrap_or_default())
            .map(|usage| {
                if usage.starts_with('-') && !usage.starts_with("--") { format!("-{usage}") } else { usage.to_owned() }
            })
            .map(|usage| usage.replace(['<', '>'], "").trim_end_matches("...").to_owned())
            .collect();
    lacking.sort_by_key(|usage| usage.starts_with('-'));
    std::iter::once("branchbook".to_owned()).chain(typed).chain(lacking).collect::<Vec<_>>().join(" ")
}

/// What the library suggests that is the name of a command, and no abbreviation of one; what was typed may begin several.
fn named(leaf: &Command, error: &clap::Error) -> Vec<String> {
    let suggested = match error.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::Strings(names)) => names.clone(),
        Some(ContextValue::String(name)) => vec![name.clone()],
        _ => Vec::new(),
    };
    suggested.into_iter().filter(|name| leaf.get_subcommands().any(|verb| verb.get_name() == name)).collect()
}

/// What to do about a word that no place of the command takes: those options are named that it must have.
fn behind_an_option(leaf: &Command, typed: &str) -> Option<String> {
    let required: Vec<String> = leaf.get_opts().filter(|option| option.is_required_set()).map(shown).collect();
    let is_word = !typed.starts_with('-') && !required.is_empty();
    is_word.then(|| {
        say!("give it behind the option that it is meant for: {options}", options = language::any_of(&required))
    })
}

/// What to do about a word that begins with a dash and is no option, where the command takes words.
fn behind_dashes(leaf: &Command, typed: &str, line: &[OsString], is_meant: bool) -> Option<String> {
    if is_meant || !typed.starts_with('-') || typed.starts_with("--") || leaf.get_positionals().next().is_none() {
        return None;
    }
    let place = line.iter().position(|word| word.to_str().is_some_and(|word| word.starts_with(typed)))?;
    let others = line.iter().enumerate().skip(1).filter(|(other, word)| *other != place && *word != "--");
    let dashes = OsString::from("--");
    let words = others.map(|(_, word)| word).chain([&dashes, &line[place]]);
    let words = words.map(|word| text::word(&word.to_string_lossy()).into_owned());
    let whole = std::iter::once("branchbook".to_owned()).chain(words).collect::<Vec<_>>().join(" ");
    Some(say!("if it is no option, type: {line}", line = whole))
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

/// Which other verbs of the room change what `amend` does not; nothing where none does, or most of them do.
fn taken_by(names: &[String], typed: &str) -> Option<String> {
    let [room, .., verb] = names else { return None };
    if verb != "amend" {
        return None;
    }
    let mut all = super::command();
    all.build();
    let option = typed.strip_prefix("--")?.split('=').next()?;
    let takes = |command: &&Command| {
        let has = |argument: &Arg| argument.get_long() == Some(option) && !argument.is_hide_set();
        !matches!(command.get_name(), "add" | "amend") && !command.is_hide_set() && command.get_opts().any(has)
    };
    let verbs = all.find_subcommand(room)?.get_subcommands().filter(takes);
    let commands: Vec<String> = verbs.map(|verb| format!("branchbook {room} {}", verb.get_name())).collect();
    let commands = (1..4).contains(&commands.len()).then(|| language::any_of(&commands))?;
    Some(say!("--{option} is taken by {commands}", option, commands))
}

/// The option of a command that may have been meant by one that it has not.
fn options(leaf: &Command, typed: &str) -> Option<String> {
    let typed = typed.strip_prefix("--")?;
    let typed = typed.split('=').next().unwrap_or_default().to_lowercase();
    let names = |option: &Arg| [option.get_long().unwrap_or_default().to_owned(), title(option)];
    // By and as are of every command: a part of a longer word means neither.
    let is_part = |name: &str| {
        name.split(['-', ' ']).any(|part| part == typed) || name.len() > 2 && typed.split('-').any(|part| part == name)
    };
    let known: Vec<(String, [String; 2])> = leaf
        .get_opts()
        .filter(|option| option.get_long().is_some())
        .map(|option| (shown(option), names(option)))
        .collect();
    let alike = known.iter().filter(|(_, names)| names.iter().any(|name| is_part(name)));
    let mut meant: Vec<String> = alike.map(|(option, _)| option.clone()).collect();
    if meant.is_empty() {
        meant.extend(of_its_kind(leaf, &typed));
    }
    if meant.is_empty() {
        // What begins otherwise is another word, and not a slip.
        let alike = |name: &&str| {
            let distance = osa_distance(name, &typed);
            distance < 2 || name.chars().next() == typed.chars().next() && distance * 3 <= typed.chars().count()
        };
        meant = nearest(
            &typed,
            known
                .iter()
                .map(|(option, names)| (names.iter().map(String::as_str).filter(alike).collect(), option.clone())),
        );
    }
    meant.into_iter().next()
}

/// Words for options by what stands for their value in help.
const KINDS: [(&str, &[&str]); 4] = [
    ("PERSON", &["person", "user", "who", "name"]),
    ("DEPARTMENT", &["department", "to", "office"]),
    ("DATE", &["date", "day", "on", "by-date", "due-by", "back-by", "until", "deadline", "by-day"]),
    ("YUAN", &["amount", "price", "cost", "money"]),
];

/// The one option of the command itself that takes what another option of this name takes.
fn of_its_kind(leaf: &Command, typed: &str) -> Option<String> {
    let (kind, _) = KINDS.iter().find(|(_, words)| words.contains(&typed))?;
    let takes = |option: &&Arg| {
        option.get_value_names().is_some_and(|names| names == [*kind])
            && !option.is_hide_set()
            && !matches!(option.get_long(), Some("by" | "as"))
    };
    let mut options = leaf.get_opts().filter(takes);
    options.next().filter(|_| options.next().is_none()).map(shown)
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
