//! Numbers that were typed with a space in them: `show hay05 001` is `show hay05001`, wherever a command takes a number.

use std::ffi::{OsStr, OsString};

use clap::{Arg, Command};

use crate::ask::given::takes_next;
use crate::ask::missing;
use crate::text;

/// What the first argument of a command is called that takes the number of an entry.
const NUMBERS: [&str; 2] = ["NUMBER", "PROJECT"];

/// The line with the parts of a number in one word. None where nothing is joined.
pub(super) fn joined(grammar: impl Fn() -> Command, line: &[OsString]) -> Option<Vec<OsString>> {
    // The grammar is built only for a line that may have one.
    if !line.windows(2).any(|pair| is_begun(&pair[0]) && is_serial(&pair[1])) {
        return None;
    }
    let (leaf, names) = missing::leaf(grammar(), line);
    let places: Vec<&Arg> = leaf.get_positionals().collect();
    let first = places.first().filter(|place| is_number(place))?;
    let given: Vec<usize> = by_place(&leaf, line).skip(names.len()).collect();
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

/// Where in the line the words are that are no options, nor their values, after the program's name.
pub(super) fn by_place<'l>(leaf: &'l Command, line: &'l [OsString]) -> impl Iterator<Item = usize> + 'l {
    let (mut is_value, mut are_all) = (false, false);
    line.iter().enumerate().skip(1).filter_map(move |(place, word)| {
        let word = word.to_str().unwrap_or_default();
        if std::mem::take(&mut is_value) {
            return None;
        }
        if are_all || !word.starts_with('-') || word == "-" {
            return Some(place);
        }
        are_all = word == "--";
        is_value = takes_next(leaf, word);
        None
    })
}
