//! Short names of the frequent verbs, the same in every room that has them: in a terminal alone, as scripts write words out (Q30).

use std::ffi::OsString;

use super::{rooms, word};

/// Each short name, and the verb for which it stands.
pub(crate) const NAMES: [(&str, &str); 5] =
    [("a", "add"), ("h", "history"), ("ls", "list"), ("s", "show"), ("u", "undo")];

/// The line with the verb whole; none where its second word is no short name, or its room has no such verb.
pub(super) fn spelled_out(line: &[OsString]) -> Option<Vec<OsString>> {
    let (_, verb) = NAMES.iter().find(|(short, _)| *short == word(line, 2))?;
    let named = word(line, 1);
    let mut begun = rooms().filter(|room| !named.is_empty() && room.name.starts_with(named));
    let exact =
        rooms().find(|room| room.name == named || super::beginnings(room).into_iter().any(|known| known == named));
    let room = exact.or_else(|| begun.next().filter(|_| begun.next().is_none()))?;
    (room.grammar)(room.door()).find_subcommand(verb)?;
    let mut whole = line.to_vec();
    whole[2] = verb.into();
    Some(whole)
}
