//! Options that stand before the command they belong to: `branchbook --lang zh contact list`.

use std::ffi::OsString;

use super::{root, word};
use crate::language::help;
use crate::line::given;

/// The line with these options behind all else, so that its first words are a room and a verb wherever they are looked for; none
/// where it begins with a command, has none, or begins with what is no option.
pub(super) fn moved_behind(arguments: &[OsString]) -> Option<Vec<OsString>> {
    if !word(arguments, 1).starts_with('-') {
        return None;
    }
    let options = help::translated(root());
    let mut place = 1;
    while word(arguments, place).starts_with('-') {
        given::given(&options, word(arguments, place))?;
        place += if given::takes_next(&options, word(arguments, place)) { 2 } else { 1 };
    }
    let (leading, rest) = (arguments.get(1..place)?, arguments.get(place..)?);
    rest.first()?;
    let end = rest.iter().position(|word| word == "--").unwrap_or(rest.len());
    Some([&arguments[..1], &rest[..end], leading, &rest[end..]].concat())
}
