//! What a word of the command line gives: which option, and its value where that stands in the same word.

use std::ffi::OsString;

use clap::{Arg, Command};

/// The option of the command that a word gives, and what stands behind it in the same word. A beginning that no other option shares
/// stands for its name; of letters in one word, the first that takes a value is meant, or else the last.
pub(crate) fn given<'g, 'w>(leaf: &'g Command, word: &'w str) -> Option<(&'g Arg, Option<&'w str>)> {
    if let Some(long) = word.strip_prefix("--") {
        let (name, joined) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
        let names = |argument: &Arg| {
            let aliases = argument.get_all_aliases().into_iter().flatten();
            argument.get_long().into_iter().chain(aliases).any(|known| known == name)
        };
        let begins =
            |argument: &&Arg| !name.is_empty() && argument.get_long().is_some_and(|known| known.starts_with(name));
        let exact = leaf.get_arguments().find(|argument| names(argument));
        let mut beginning = leaf.get_arguments().filter(begins);
        let found = exact.or_else(|| beginning.next().filter(|_| beginning.next().is_none()))?;
        return Some((found, joined));
    }
    let mut letters = word.strip_prefix('-')?.chars();
    loop {
        let letter = letters.next()?;
        let found = leaf.get_arguments().find(|argument| argument.get_short() == Some(letter))?;
        let joined = Some(letters.as_str()).filter(|joined| !joined.is_empty());
        if joined.is_none() || found.get_action().takes_values() {
            return Some((found, joined.map(|joined| joined.strip_prefix('=').unwrap_or(joined))));
        }
    }
}

/// Whether the word gives an option whose value is the next word.
pub(crate) fn takes_next(leaf: &Command, word: &str) -> bool {
    given(leaf, word).is_some_and(|(argument, joined)| joined.is_none() && argument.get_action().takes_values())
}

/// The line with every option by its whole name, `-b wang` as `--by wang` and `-bwang` as `--by=wang`: whoever reads it on looks for one
/// name alone. Several flags in one word stay as they are.
pub(crate) fn named_whole(leaf: &Command, line: &[OsString]) -> Vec<OsString> {
    let (mut is_value, mut are_all) = (false, false);
    let mut whole = |word: &OsString| {
        let typed = word.to_str().filter(|_| !std::mem::take(&mut is_value) && !are_all)?;
        are_all = typed == "--";
        let (argument, joined) = given(leaf, typed)?;
        is_value = joined.is_none() && argument.get_action().takes_values();
        let is_first = typed.starts_with("--") || argument.get_short() == typed.chars().nth(1);
        let name = argument.get_long().filter(|_| is_first)?;
        Some(OsString::from(joined.map_or_else(|| format!("--{name}"), |value| format!("--{name}={value}"))))
    };
    line.iter().map(|word| whole(word).unwrap_or_else(|| word.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_named_whole_and_what_stands_behind_them_stays() {
        let leaf = Command::new("add")
            .arg(Arg::new("by").long("by").short('b'))
            .arg(Arg::new("subject").long("subject").short('s').allow_hyphen_values(true))
            .arg(Arg::new("quiet").long("quiet").short('q').action(clap::ArgAction::SetTrue))
            .arg(Arg::new("dry").long("dry-run").short('n').action(clap::ArgAction::SetTrue));
        let whole = |line: &str| {
            let line: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            named_whole(&leaf, &line).join(" ".as_ref()).to_string_lossy().into_owned()
        };
        for (typed, said) in [
            ("add -b wang -s x", "add --by wang --subject x"),
            ("add -bwang -s=x -q", "add --by=wang --subject=x --quiet"),
            ("add -nq --sub -b --dry", "add -nq --subject -b --dry-run"),
            ("add -s -- -b x -- -b", "add --subject -- --by x -- -b"),
        ] {
            assert_eq!(whole(typed), said);
        }
    }
}
