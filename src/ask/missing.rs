//! What a command line lacks: the arguments that the grammar misses, in the order in which they are asked for.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue};
use clap::{Arg, Command};

use super::question::is_number;
use crate::line::said;

/// Something that is missing: an argument, or one of several.
#[derive(Debug, Clone)]
pub(super) struct Missing {
    pub(super) arguments: Vec<Arg>,
    /// Whether it must be given.
    pub(super) required: bool,
}

/// The numbers of the entries on which a line is to work that lacks something else; none where it names none.
pub(super) fn numbers(command: Command, leaf: &Command, arguments: &[OsString]) -> Vec<String> {
    typed(command, arguments, leaf.get_positionals().find(|argument| is_number(argument)))
}

/// The departments that such a line names by an option.
pub(super) fn departments(command: Command, leaf: &Command, arguments: &[OsString]) -> Vec<String> {
    typed(command, arguments, leaf.get_opts().find(|option| option.get_long() == Some("department")))
}

/// What was typed for an argument, in a line that may lack something else.
fn typed(command: Command, arguments: &[OsString], argument: Option<&Arg>) -> Vec<String> {
    let Some(named) = argument else { return Vec::new() };
    let Ok(matches) = command.ignore_errors(true).try_get_matches_from(arguments) else { return Vec::new() };
    let mut verb = &matches;
    while let Some((_, deeper)) = verb.subcommand() {
        verb = deeper;
    }
    let typed = verb.try_get_raw(named.get_id().as_str()).ok().flatten();
    typed.into_iter().flatten().map(|word| word.to_string_lossy().into_owned()).collect()
}

/// What the error says is missing, the entry's number first; nothing where something of it is not known.
pub(super) fn missing(error: &clap::Error, leaf: &Command) -> Option<Vec<Missing>> {
    let Some(ContextValue::Strings(usages)) = error.get(ContextKind::InvalidArg) else { return None };
    let mut missing: Vec<Missing> = usages.iter().map(|usage| meant(leaf, usage)).collect::<Option<_>>()?;
    missing.sort_by_key(|missing| !missing.arguments.iter().all(Arg::is_positional));
    Some(missing)
}

/// Takes an option, by its whole name, off the line; gives what was typed for it.
pub(super) fn taken_off(line: &mut Vec<OsString>, long: &str) -> Vec<String> {
    let (option, joined) = (format!("--{long}"), format!("--{long}="));
    let (mut values, mut is_value) = (Vec::new(), false);
    line.retain(|word| {
        let word = word.to_string_lossy();
        if std::mem::take(&mut is_value) {
            values.push(word.into_owned());
            return false;
        }
        is_value = word == option;
        values.extend(word.strip_prefix(&joined).map(str::to_owned));
        !is_value && !word.starts_with(&joined)
    });
    values
}

/// `--by`, where the command has it and the line does not: what a clerk enters is mostly somebody else's deed.
pub(super) fn who_did_it(leaf: &Command, typed: &[OsString]) -> Option<Missing> {
    let by = leaf.get_arguments().find(|argument| argument.get_long() == Some("by"));
    let by = by.filter(|_| said(typed, "--by").is_none())?;
    Some(Missing { arguments: vec![by.clone()], required: false })
}

/// The options that a verb can do without and that whoever enters it mostly knows: the first day of a term, which else is today; what a
/// project may bring, by which it is a major one or not (R3.1).
const WANTED: [(&str, &str, &str); 2] = [("staff", "add", "from"), ("project", "add", "amount")];

/// Those of the verb that the line does not give.
pub(super) fn wanted_besides(leaf: &Command, (room, verb): (&str, &str), typed: &[OsString]) -> Vec<Missing> {
    let wanted = WANTED.iter().filter(|(of, by, _)| (*of, *by) == (room, verb));
    let options = wanted.filter_map(|(.., long)| {
        let option = leaf.get_arguments().find(|argument| argument.get_long() == Some(long));
        option.filter(|_| said(typed, &format!("--{long}")).is_none())
    });
    options.map(|option| Missing { arguments: vec![option.clone()], required: false }).collect()
}

/// What the usage text of the error, such as `--subject <SUBJECT>` or `<--to <PERSON>|--keeper <PERSON>>`, speaks of.
fn meant(leaf: &Command, usage: &str) -> Option<Missing> {
    let find = |usage: &str| leaf.get_arguments().find(|argument| is_meant(argument, usage)).cloned();
    let either = || usage.strip_prefix('<')?.strip_suffix('>')?.split('|').map(find).collect();
    let arguments = find(usage).map(|argument| vec![argument]).or_else(either)?;
    Some(Missing { arguments, required: true })
}

fn is_meant(argument: &Arg, usage: &str) -> bool {
    let word = usage.split([' ', '=']).next().unwrap_or_default().trim_end_matches("...");
    if let Some(long) = argument.get_long() {
        return word.strip_prefix("--") == Some(long);
    }
    let names = argument.get_value_names().and_then(<[_]>::first);
    let name = names.map_or(argument.get_id().as_str(), clap::builder::Str::as_str);
    word.trim_matches(['<', '>', '[', ']']).eq_ignore_ascii_case(name)
}
