//! What a word of the command line gives: which option, and its value where that stands in the same word.

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
