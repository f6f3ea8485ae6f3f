//! What was meant by a name or number that is not there: the nearest ones that are.

use anyhow::Result;
use rusqlite::Connection;
use strsim::osa_distance;

use crate::language;
use crate::say;
use crate::text;

/// How many are named.
const NAMED: usize = 3;

/// Those of the candidates that may have been meant, what begins so first, then the nearest: up to a third of what was typed is another letter. Each
/// candidate is the words by which it may be called, and how it is named.
pub(crate) fn nearest<'c>(typed: &str, candidates: impl IntoIterator<Item = (Vec<&'c str>, String)>) -> Vec<String> {
    let typed = text::plain(typed);
    let most = typed.chars().count().div_ceil(3).min(3);
    let mut near: Vec<(usize, String)> = Vec::new();
    for (words, named) in candidates {
        let is_begun = |word: &&str| typed.chars().nth(1).is_some() && text::plain(word).starts_with(&typed);
        if words.iter().any(is_begun) {
            near.push((0, named));
            continue;
        }
        let distance = words.iter().map(|word| osa_distance(&typed, &text::plain(word))).min();
        if let Some(distance) = distance.filter(|distance| *distance <= most)
            && distance < typed.chars().count()
        {
            near.push((distance, named));
        }
    }
    // Of those that are as near, the first comes first.
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().take(NAMED).map(|(_, named)| named).collect()
}

/// The question whether one of these was meant; none where none is near.
pub(crate) fn did_you_mean(near: &[String]) -> Option<String> {
    (!near.is_empty()).then(|| say!("did you mean {near}?", near = language::any_of(near)))
}

/// The way out where something is not there: whether one of those was meant that this query gives, one a row, and where to `see` all.
///
/// # Errors
/// An error of `SQLite`.
pub(crate) fn or_see(book: &Connection, typed: &str, candidates: &str, see: &str) -> Result<String> {
    let mut statement = book.prepare(candidates)?;
    let known: Vec<String> = statement.query_map((), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let near = nearest(typed, known.iter().map(|word| (vec![word.as_str()], word.clone())));
    Ok(did_you_mean(&near).map_or_else(|| see.to_owned(), |meant| language::one_after_the_other(&meant, see)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(typed: &str, among: &[&'static str]) -> Vec<String> {
        nearest(typed, among.iter().map(|word| (vec![*word], (*word).to_owned())))
    }

    #[test]
    fn the_nearest_come_first_and_strangers_do_not_come() {
        assert_eq!(near("HAY0512", &["HAY05021", "HAY05012", "SHP26-001"]), ["HAY05012", "HAY05021"]);
        assert_eq!(near("zhuo", &["zhou", "zhao", "li"]), ["zhou", "zhao"]);
        assert_eq!(near("李那", &["李娜", "王建国"]), ["李娜"]);
        assert_eq!(near("x", &["li", "wu"]), Vec::<String>::new());
        assert_eq!(near("wa", &["wu", "wang"]), ["wang", "wu"]);
    }
}
