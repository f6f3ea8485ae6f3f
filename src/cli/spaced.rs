//! Numbers that were typed with a space in them: `show hay05 001` is `show hay05001`, wherever a command takes a number.

use std::ffi::{OsStr, OsString};

use clap::Arg;

use crate::line::Grammar;
use crate::text;

/// What the first argument of a command is called that takes the number of an entry.
const NUMBERS: [&str; 2] = ["NUMBER", "PROJECT"];

/// The line with the parts of a number in one word. None where nothing is joined.
pub(super) fn joined(grammar: &Grammar<'_>, line: &[OsString]) -> Option<Vec<OsString>> {
    if !line.windows(2).any(|pair| is_begun(&pair[0]) && is_serial(&pair[1])) {
        return None;
    }
    let leaf = grammar.leaf(line);
    let places: Vec<&Arg> = leaf.command.get_positionals().collect();
    let first = places.first().filter(|place| is_number(place))?;
    let given: Vec<usize> = leaf.by_place(line).collect();
    // Where a word is left for every place, none of them is the rest of another.
    let takes_several = first.get_num_args().is_some_and(|count| count.max_values() > 1);
    let mut spare = if takes_several { usize::MAX } else { given.len().saturating_sub(places.len()) };
    let mut joined: Vec<OsString> = Vec::with_capacity(line.len());
    let mut last = None;
    for (place, word) in line.iter().enumerate() {
        let follows = last.is_some_and(|last: usize| last + 1 == place) && given.contains(&place);
        match joined.last_mut() {
            Some(number) if follows && spare > 0 && is_begun(number) && is_serial(word) => {
                number.push(word);
                spare -= 1;
                last = Some(place).filter(|_| !takes_several);
            }
            _ => {
                joined.push(word.clone());
                let may_begin = takes_several || given.first() == Some(&place);
                last = Some(place).filter(|_| may_begin && given.contains(&place));
            }
        }
    }
    (joined.len() < line.len()).then_some(joined)
}

fn is_number(place: &Arg) -> bool {
    let names = place.get_value_names().and_then(<[_]>::first).map(clap::builder::Str::as_str);
    let name = names.map_or_else(|| place.get_id().as_str().to_uppercase(), str::to_owned);
    NUMBERS.contains(&name.as_str())
}

/// Whether a word may be the beginning of a number: it has a letter in it.
fn is_begun(word: &OsStr) -> bool {
    let text = word.to_str().unwrap_or_default();
    !text.starts_with('-') && text.chars().any(char::is_alphabetic)
}

/// Whether a word is all digits, as the rest of a number is.
fn is_serial(word: &OsStr) -> bool {
    let text = text::half_width(word.to_str().unwrap_or_default());
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
