//! Words that are looked for in the texts of an entry, and how well they fit.

use anyhow::Result;
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;

use super::{fold, paper, plain};

/// The words of what somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sought {
    /// As [`plain`] has them.
    words: Vec<String>,
    /// Those of signs alone, of which nothing is plain: they are looked for as they are.
    signs: Vec<String>,
}

impl Sought {
    /// The words of a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut sought = Self::default();
        for word in text.split_whitespace() {
            match plain(word) {
                none if none.is_empty() => sought.signs.push(word.to_owned()),
                word => sought.words.push(word),
            }
        }
        sought
    }

    /// The words that have a letter or digit, as [`plain`] has them.
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    /// How well an entry fits whose texts begin with its number, and end with names: none where a word is in none of them. The lower
    /// the better: a word that is the number, one that stands in a text, then one whose characters stand in a name in their order.
    fn rank(&self, texts: &[(&str, bool)]) -> Option<i64> {
        let plain_texts: Vec<String> = texts.iter().map(|(text, _)| plain(text)).collect();
        let named = || texts.iter().filter(|(_, is_name)| *is_name).flat_map(|(text, _)| names(text));
        let of_word = |word: &String| {
            if plain_texts.first() == Some(word) {
                return Some(-1);
            }
            if plain_texts.iter().any(|text| text.contains(word.as_str())) {
                return Some(0);
            }
            let gaps = is_short_for_a_name(word).then(|| named().filter_map(|name| gaps(word, &name)).min());
            gaps.flatten().map(|gaps| 1 + gaps)
        };
        let has = |sign: &String| texts.iter().any(|(text, _)| text.contains(sign.as_str()));
        if self.words.is_empty() && self.signs.is_empty() || !self.signs.iter().all(has) {
            return None;
        }
        self.words.iter().map(of_word).sum()
    }
}

/// The names in a text, which stand there one after the other with a semicolon between, as [`plain`] has them.
pub(crate) fn names(text: &str) -> impl Iterator<Item = String> {
    text.split([';', '；']).map(plain).filter(|name| !name.is_empty())
}

/// Whether a word may be the short form of a name, as 包钢 is of 包头钢铁集团: of two or more characters that are no letters of an alphabet.
pub(crate) fn is_short_for_a_name(word: &str) -> bool {
    word.chars().nth(1).is_some() && word.chars().all(|c| !c.is_ascii() && !c.is_lowercase())
}

/// How many other characters stand between those of a word in a name that holds them in their order, at least; none where it does
/// not.
pub(crate) fn gaps(word: &str, name: &str) -> Option<i64> {
    let name: Vec<char> = name.chars().collect();
    let mut letters = word.chars();
    let first = letters.next()?;
    let starts = name.iter().enumerate().filter(|(_, c)| **c == first).map(|(place, _)| place);
    let span = |start: usize| {
        let mut end = start;
        for letter in word.chars().skip(1) {
            end += 1 + name.get(end + 1..)?.iter().position(|c| *c == letter)?;
        }
        Some(end + 1 - start - word.chars().count())
    };
    starts.filter_map(span).min().and_then(|gaps| i64::try_from(gaps).ok())
}

/// Teaches a connection `sought(text, names, …)`, how well an entry's texts fit what is looked for, of which the last so many are
/// names, and nothing where they do not; `folded(name)`, by which the spellings of one customer are one; `paper(number)`, by which those
/// of a paper's number are; and `plain(text)`.
pub(crate) fn teach(book: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    book.create_scalar_function("sought", -1, flags, |context| sought(context))?;
    book.create_scalar_function("plain", 1, flags, |context| match context.get_raw(0) {
        ValueRef::Text(text) => Ok(Some(plain(&String::from_utf8_lossy(text)))),
        _ => Ok(None),
    })?;
    book.create_scalar_function("paper", 1, flags, |context| match context.get_raw(0) {
        ValueRef::Text(number) => Ok(Some(paper(&String::from_utf8_lossy(number)))),
        _ => Ok(None),
    })?;
    book.create_scalar_function("folded", 1, flags, |context| {
        let ValueRef::Text(name) = context.get_raw(0) else { return Ok(None) };
        let name = String::from_utf8_lossy(name);
        let folded = fold(&name);
        Ok(Some(if folded.is_empty() { name.into_owned() } else { folded }))
    })?;
    Ok(())
}

fn sought(context: &Context<'_>) -> rusqlite::Result<Option<i64>> {
    let parse = |value: ValueRef<'_>| value.as_str().map(Sought::of);
    let sought = context.get_or_create_aux(0, parse)?;
    let others = context.len().saturating_sub(usize::try_from(context.get::<i64>(1)?).unwrap_or_default());
    let texts = (2..context.len()).filter_map(|place| match context.get_raw(place) {
        ValueRef::Text(text) => Some((std::str::from_utf8(text).ok()?, place >= others)),
        _ => None,
    });
    Ok(sought.rank(&texts.collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(text: &str, texts: &[&str], name: &str) -> Option<i64> {
        let texts = texts.iter().map(|text| (*text, false)).chain([(name, true)]);
        Sought::of(text).rank(&texts.collect::<Vec<_>>())
    }

    #[test]
    fn every_word_must_be_found_in_any_order() {
        let texts = ["HAY05001", "轴承图纸 φ3.6"];
        assert_eq!(rank("轴承", &texts, "包头钢铁（集团）"), Some(0));
        assert_eq!(rank("Φ3.6 轴承", &texts, "包头钢铁（集团）"), Some(0));
        assert_eq!(rank("轴承 电机", &texts, "包头钢铁（集团）"), None);
        assert_eq!(rank("  — ", &texts, ""), None);
        assert_eq!(rank("（ 包头", &texts, "包头钢铁（集团）"), Some(0));
        assert_eq!(rank(" ", &texts, ""), None);
    }

    #[test]
    fn a_number_comes_first_and_a_short_name_last_the_closer_before() {
        let texts = ["HAY05001", "图纸"];
        assert_eq!(rank("hay05-001", &texts, "包钢"), Some(-1));
        assert_eq!(rank("包钢", &texts, "包钢"), Some(0));
        assert_eq!(rank("包钢", &texts, "包头钢铁集团"), Some(2));
        assert_eq!(rank("包钢", &texts, "包头市昆都仑区钢管厂"), Some(7));
        assert_eq!(rank("钢包", &texts, "包头钢铁集团"), None);
        assert_eq!(rank("图集", &texts, "包头钢铁集团"), None, "of two texts");
        assert_eq!(rank("包矿", &texts, "包头钢铁; 鞍钢矿业"), None, "of two names");
    }

    #[test]
    fn letters_of_an_alphabet_are_no_short_name() {
        assert_eq!(rank("mto", &["HAY05001"], "Metso"), None);
        assert_eq!(gaps("包钢", "包包头钢"), Some(1), "the closest of several");
    }
}
