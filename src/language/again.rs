//! Sentences of the program that the book keeps, such as what was refused: said in the language of whoever reads them, whatever that
//! of the command was which wrote them. A kept sentence is known by the text of the catalogues that it was made of.

use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::word::{headed, value};
use super::{CHINESE, Catalogue, KOREAN, Language, fill, spoken, words};
use crate::{phrase, say};

/// The columns that hold sentences of the program beside what people typed.
pub(super) const COLUMNS: [&str; 3] = ["note", "reason", "refused"];

/// Sentences that the book keeps and nobody says otherwise.
#[allow(dead_code, reason = "they are marked for the catalogues")]
const KEPT: [&str; 7] = [
    phrase!("from {copy}, journal row {row}"),
    phrase!("what was there is {aside}"),
    phrase!("{role} of {department} until {until}"),
    phrase!("{role} of {department} from {from}"),
    phrase!("dated back to {day}: {what}"),
    phrase!("login {login}"),
    phrase!("no login"),
];

/// The parts of what was read of a register.
const SCOPES: [&str; 7] = [
    phrase!("from {day}"),
    phrase!("to {day}"),
    phrase!("department {key}"),
    phrase!("person {key}"),
    phrase!("state {state}"),
    phrase!("text {text}"),
    phrase!("last {last}"),
];
const ALL: &str = phrase!("all");

/// The column of what was read.
pub(super) const SCOPE: &str = "scope";

/// The letters that a text must have besides what is filled in, that a sentence is taken to be made of it.
const LEAST: usize = 6;

/// How many sentences within one another are looked at.
const DEEPEST: u8 = 3;

thread_local! {
    static KNOWN: RefCell<HashMap<(Language, String), Option<String>>> = RefCell::default();
}

/// The sentence in the language of the running command; as it is kept where it is no sentence of the program.
pub(crate) fn again(kept: &str) -> Cow<'_, str> {
    said(kept, DEEPEST).map_or(Cow::Borrowed(kept), Cow::Owned)
}

fn said(kept: &str, deep: u8) -> Option<String> {
    let language = Language::spoken();
    // Nothing that people type in a hurry is a sentence; a name in it is said elsewhere.
    if deep == 0 || kept.chars().count() < LEAST {
        return None;
    }
    let key = (language, kept.to_owned());
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&key).cloned()) {
        return known;
    }
    let found = of_sentences(kept, deep).or_else(|| found(kept, language, deep));
    KNOWN.with_borrow_mut(|known| known.insert(key, found.clone()));
    found
}

/// Sentences one after the other, each of which is one of the program: with a semicolon between them, in Korean with a full stop.
fn of_sentences(kept: &str, deep: u8) -> Option<String> {
    let semicolon = kept.split_once("; ").or_else(|| kept.split_once('；'));
    let stops = kept.match_indices("다. ").map(|(at, stop)| {
        let (first, rest) = kept.split_at(at + stop.len());
        (first.trim_end_matches(". "), rest)
    });
    semicolon.into_iter().chain(stops).find_map(|(first, rest)| {
        // A person's own words may follow.
        let sentence = said(first, deep - 1)?;
        let way_out = said(rest, deep - 1).unwrap_or_else(|| rest.to_owned());
        Some(say!("{sentence}; {way_out}", sentence, way_out))
    })
}

/// A text of the catalogue that a kept sentence was made of.
struct Found<'k> {
    /// How many of its letters are the text's own.
    letters: usize,
    text: &'static str,
    /// The names of its places, and what stands there.
    filled: Vec<(&'static str, &'k str)>,
}

/// A text of the catalogues as it is written in a language.
struct Sentence {
    /// How many of its letters are its own.
    letters: usize,
    text: &'static str,
    written: &'static str,
}

static ENGLISH_SENTENCES: LazyLock<Vec<Sentence>> = LazyLock::new(|| sentences(&CHINESE, |text, _| text));
static CHINESE_SENTENCES: LazyLock<Vec<Sentence>> = LazyLock::new(|| sentences(&CHINESE, |_, chinese| chinese));
static KOREAN_SENTENCES: LazyLock<Vec<Sentence>> = LazyLock::new(|| sentences(&KOREAN, |_, korean| korean));

/// The texts of a catalogue that are sentences and have letters enough, those with the most first.
fn sentences(catalogue: &'static Catalogue, written: fn(&'static str, &'static str) -> &'static str) -> Vec<Sentence> {
    let texts = catalogue.places.iter().filter_map(|[begin, middle, end]| {
        Some((catalogue.texts.get(*begin..*middle)?, catalogue.texts.get(*middle..*end)?))
    });
    let texts = texts.filter(|(text, _)| !text.contains('\u{4}'));
    let all = texts.map(|(text, translation)| {
        let written = written(text, translation);
        Sentence { letters: literal(written), text, written }
    });
    let mut all: Vec<Sentence> = all.filter(|known| known.letters >= LEAST.min(2 + known.written.len() / 8)).collect();
    all.sort_by_key(|known| Reverse(known.letters));
    all
}

/// The sentence by the text that tells most of it in its own letters.
fn found(kept: &str, language: Language, deep: u8) -> Option<String> {
    let mut best: Option<Found<'_>> = None;
    let mut look = |known: &'static [Sentence]| {
        let mut more = known.iter().take_while(|known| best.as_ref().is_none_or(|best| known.letters > best.letters));
        let here = more.find_map(|Sentence { letters, text, written }| {
            Some(Found { letters: *letters, text, filled: matched(written, kept)? })
        });
        best = here.or(best.take());
    };
    if language != Language::En && kept.contains(|c: char| c.is_ascii_lowercase()) {
        look(&ENGLISH_SENTENCES);
    }
    if language != Language::Zh && kept.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        look(&CHINESE_SENTENCES);
    }
    if language != Language::Ko && kept.contains(|c| ('가'..='힣').contains(&c)) {
        look(&KOREAN_SENTENCES);
    }
    let Found { text, filled, .. } = best?;
    let arguments: Vec<(&str, String)> = filled.into_iter().map(|(name, value)| (name, word(value, deep))).collect();
    Some(headed(&fill(language.translation(text).unwrap_or(text), &arguments)))
}

/// What was filled in, in the language: a day, a month, an amount, a word of the book, or a sentence itself.
fn word(kept: &str, deep: u8) -> String {
    if let Some(sentence) = said(kept, deep - 1) {
        return sentence;
    }
    if let Some(said) = spoken::stored_month(kept).or_else(|| spoken::written(kept)) {
        return said;
    }
    match value(kept) {
        Cow::Owned(said) => said,
        Cow::Borrowed(said) => spoken::day(said),
    }
}

/// How many letters a text has of its own.
fn literal(text: &str) -> usize {
    pieces(text).map(|(own, _)| own.chars().filter(|c| c.is_alphanumeric()).count()).sum()
}

/// The pieces of a text: what stands there, and the name of what is filled in behind it. Particles are left out.
fn pieces(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let here = rest?;
        let Some((own, behind)) = here.split_once('{') else {
            rest = None;
            return Some((here, None));
        };
        let (name, behind) = behind.split_once('}')?;
        rest = Some(behind);
        Some((own, Some(name)))
    })
}

/// What was filled into the text to make the sentence; none where it was not made of it.
fn matched<'k, 't>(text: &'t str, kept: &'k str) -> Option<Vec<(&'t str, &'k str)>> {
    let (mut rest, mut filled, mut open) = (kept, Vec::new(), None::<&'t str>);
    for (own, name) in pieces(text) {
        if own.contains('}')
            || own.is_empty() && open.is_some() && name.is_some()
            || name.is_some_and(|name| name.starts_with(':'))
        {
            return None;
        }
        match open {
            None => rest = rest.strip_prefix(own)?,
            Some(before) if name.is_none() => {
                let value = rest.strip_suffix(own).filter(|value| !value.is_empty())?;
                filled.push((before, value));
                rest = "";
            }
            Some(before) => {
                let place = rest.find(own).filter(|place| *place > 0 && !own.is_empty())?;
                filled.push((before, &rest[..place]));
                rest = &rest[place + own.len()..];
            }
        }
        open = name;
    }
    // What is filled in is no sentence with another behind it, unless the text itself is of two.
    let two = |text: &str| text.contains("; ") || text.contains('；');
    let whole = rest.is_empty() && (two(text) || filled.iter().all(|(_, value)| !two(value)));
    whole.then_some(filled)
}

/// What was read of a register, as the log of readings keeps it: parts with a comma between them.
pub(super) fn scope(kept: &str) -> Cow<'_, str> {
    let part = |part: &str| {
        if part == ALL {
            return words(ALL).to_owned();
        }
        let found = SCOPES.iter().find_map(|text| Some((text, matched(text, part)?)));
        found.map_or_else(
            || part.to_owned(),
            |(text, filled)| {
                let filled: Vec<_> = filled.into_iter().map(|(name, value)| (name, word(value, 1))).collect();
                fill(words(text), &filled)
            },
        )
    };
    if Language::spoken() == Language::En {
        return Cow::Borrowed(kept);
    }
    Cow::Owned(kept.split(", ").map(part).collect::<Vec<_>>().join(super::comma()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_filled_in_is_known_again() {
        assert_eq!(
            matched(
                "{ship} goes to {company} at {price}, above the cheapest",
                "SHP26-001 goes to 顺达 at 42,000.00, above the cheapest"
            ),
            Some(vec![("ship", "SHP26-001"), ("company", "顺达"), ("price", "42,000.00")])
        );
        assert_eq!(matched("taken back", "taken back"), Some(Vec::new()));
        assert_eq!(matched("{a} and {b}", " and x"), None);
        assert_eq!(matched("taken back", "taken back again"), None);
    }

    #[test]
    fn a_kept_sentence_is_said_in_the_language_of_the_reader() {
        let kept = "salesperson of business until 2026-11-30";
        assert_eq!(Language::En.during(|| again(kept).into_owned()), kept);
        assert_eq!(Language::Zh.during(|| again(kept).into_owned()), "business业务员，至2026年11月30日");
        let zh = |kept: &str| Language::Zh.during(|| again(kept).into_owned());
        assert_eq!((zh("login wangjg"), zh("no login")), ("登录名wangjg".to_owned(), "取消登录名".to_owned()));
        let head = "department-manager of 山东淄博办事处 until 2026-11-30";
        assert_eq!(zh(head), "山东淄博办事处主任，至2026年11月30日");
        assert_eq!(Language::Zh.during(|| again("客户催货").into_owned()), "客户催货");
    }

    #[test]
    fn kept_sentences_one_after_the_other_are_known_in_every_language() {
        let said = |language: Language, kept: &str| language.during(|| again(kept).into_owned());
        let two = [
            (Language::En, "nothing was entered; see branchbook staff list"),
            (Language::Zh, "未登记任何内容；请查看 branchbook staff list"),
            (Language::Ko, "아무것도 등록되지 않았습니다. branchbook staff list를 보십시오"),
        ];
        for (language, kept) in two {
            for (reader, read) in two.into_iter().filter(|(reader, _)| *reader != Language::En) {
                assert_eq!(said(reader, kept), read, "{language:?} for {reader:?}");
            }
        }
    }
}
