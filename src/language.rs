//! English, Chinese and Korean: whatever a person reads comes in the language of the running command.
//!
//! The English text in the code is the key; `locale/zh.po` and `locale/ko.po` hold what it is in the others. [`say!`]
//! says it. What a script reads (csv, json, the names of columns and options) never changes with the language.

mod again;
pub(crate) mod help;
pub(crate) mod letter;
mod meant;
mod particle;
mod parts;
pub mod plural;
mod spacing;
mod spoken;
pub(crate) mod usage;
mod word;

use std::cell::Cell;
use std::fmt;

use clap::ValueEnum;

pub(crate) use self::meant::{Meant, Words, are_beginnings_taken, is_space, take_beginnings};
pub(crate) use self::parts::about;
pub(crate) use self::spacing::one_after_the_other;
pub use self::spoken::Spoken;
pub use self::spoken::chain;
pub(crate) use self::spoken::{amount, day, grouped, month, stored_month};
pub(crate) use self::word::{
    all_of, any_of, choices, colon, column, comma, in_brackets, learn_deeds, learn_names, learn_people, led_to, listed,
    name_as_of, named_as_of, of, people, person, role, role_in, said_of, semicolon, thing, value, value_in, value_of,
};

/// Texts in their order, and what they are in another language; `build.rs` makes it.
struct Catalogue {
    /// Every text with its translation behind it.
    texts: &'static str,
    /// Where in it a text begins, its translation begins, and that ends.
    places: &'static [[usize; 3]],
}

impl Catalogue {
    /// The translation of a text; none where there is none.
    fn find(&self, text: &str) -> Option<&'static str> {
        let key = |[begin, middle, _]: &[usize; 3]| self.texts.get(*begin..*middle).unwrap_or_default();
        let place = self.places.binary_search_by(|place| key(place).cmp(text)).ok()?;
        let [_, middle, end] = self.places.get(place)?;
        self.texts.get(*middle..*end)
    }
}

#[allow(clippy::unreadable_literal, reason = "made by build.rs")]
static CHINESE: Catalogue = include!(concat!(env!("OUT_DIR"), "/zh.rs"));
#[allow(clippy::unreadable_literal, reason = "made by build.rs")]
static KOREAN: Catalogue = include!(concat!(env!("OUT_DIR"), "/ko.rs"));

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, ValueEnum)]
pub enum Language {
    /// English
    #[default]
    En,
    /// Chinese, as it is written in the People's Republic
    Zh,
    /// Korean
    Ko,
}

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language::En) };
}

impl Language {
    /// The language of the running command: what the last [`Language::speak`] on this thread chose.
    #[must_use]
    pub fn spoken() -> Self {
        SPOKEN.get()
    }

    /// Makes it the language of the command that runs on this thread.
    pub(crate) fn speak(self) {
        SPOKEN.set(self);
        name_as_of(None);
        learn_names([]);
        learn_people([]);
    }

    /// Does something in this language: what a script reads is made in English, whoever runs it.
    pub fn during<T>(self, work: impl FnOnce() -> T) -> T {
        let before = SPOKEN.replace(self);
        let done = work();
        SPOKEN.set(before);
        done
    }

    /// The language of the locale that the system tells.
    pub(crate) fn of_system() -> Self {
        sys_locale::get_locale().map_or(Self::En, |locale| Self::of_locale(&locale))
    }

    /// The language of a locale such as `zh_CN.UTF-8` or `ko-KR`; English where the program does not speak it.
    pub(crate) fn of_locale(locale: &str) -> Self {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        <Self as ValueEnum>::from_str(language, true).unwrap_or_default()
    }

    /// What a page of this language says of itself (`lang` in HTML).
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-CN",
            Self::Ko => "ko",
        }
    }

    /// What the text is in this language; none where it is the text itself, or has no translation.
    #[must_use]
    pub fn translation(self, text: &str) -> Option<&'static str> {
        match self {
            Self::En => None,
            Self::Zh => CHINESE.find(text),
            Self::Ko => KOREAN.find(text),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::En => "en",
            Self::Zh => "zh",
            Self::Ko => "ko",
        })
    }
}

/// A text in the language of the running command.
pub(crate) fn words(text: &'static str) -> &'static str {
    Language::spoken().translation(text).unwrap_or(text)
}

/// A text with its `{names}` filled in, English nouns as their counts want them, Korean particles as the words before them do;
/// `{{` and `}}` stand for braces, as in [`format!`].
#[must_use]
pub fn fill(text: &str, arguments: &[(&str, String)]) -> String {
    let known = |name: &str| arguments.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str());
    let of_one = (Language::spoken() == Language::En && plural::counts(text))
        .then(|| plural::of_one(text, |name| known(name) == Some("1")));
    let text = of_one.as_deref().unwrap_or(text);
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(place) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(place);
        filled.push_str(before);
        if let Some(after) = brace.strip_prefix("{{").or_else(|| brace.strip_prefix("}}")) {
            filled.push_str(&brace[..1]);
            rest = after;
            continue;
        }
        let (name, after) = brace[1..].split_once('}').unwrap_or((&brace[1..], ""));
        let value = known(name).or_else(|| particle::behind(&filled, name)).unwrap_or_default();
        rest = after;
        if Language::spoken() == Language::Zh {
            spacing::push(&mut filled, value);
            rest = spacing::behind(&mut filled, value, rest);
        } else {
            filled.push_str(value);
        }
        if let Some((head, taken)) = word::head(&filled, rest) {
            filled.push_str(head);
            rest = &rest[taken..];
        }
    }
    filled.push_str(rest);
    filled
}

/// The names that stand in braces in a text.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .filter(|name| !name.is_empty() && !name.starts_with(':'))
}

/// Says something in the language of the running command.
///
/// `say!("nothing was counted")` is a `&'static str`; `say!("{number}: {count} pages", number, count = form.pages)` is a
/// [`String`]. Every placeholder has a name and every name is given, which the compiler checks for English and a test for the
/// other languages. What is counted is written for several, `{count} rows`, and said of one where it is one. Days, months and
/// amounts are said as the language writes them; hand over a `to_string()` where they are
/// part of a command to type.
#[macro_export]
macro_rules! say {
    ($text:literal $(,)?) => {
        $crate::language::words($text)
    };
    ($text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        match $crate::language::Language::spoken().translation($text) {
            // `concat!` keeps the text from taking variables that are not named behind it.
            None if !$crate::language::plural::counts($text) => {
                format!(
                    concat!($text),
                    $($name = $crate::language::Spoken::spoken(&$crate::say!(@ $name $(= $value)?))),+
                )
            }
            translation => $crate::language::fill(
                translation.unwrap_or($text),
                &[$((stringify!($name), $crate::language::Spoken::spoken(&$crate::say!(@ $name $(= $value)?)))),+],
            ),
        }
    };
    (@ $name:ident) => { $name };
    (@ $name:ident = $value:expr) => { $value };
}

/// Marks a text in a table of texts for the catalogues; whoever prints it says it with [`words`].
#[macro_export]
macro_rules! phrase {
    ($text:literal) => {
        $text
    };
}

/// Marks the name of a column that no list has for the catalogues, as the heading that it is.
#[macro_export]
macro_rules! heading {
    ($column:literal) => {
        $column
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_tells_its_language() {
        for (locale, language) in [
            ("zh_CN.UTF-8", Language::Zh),
            ("zh-Hans-CN", Language::Zh),
            ("ko_KR", Language::Ko),
            ("KO", Language::Ko),
            ("en_US.UTF-8", Language::En),
            ("C", Language::En),
            ("de_DE", Language::En),
            ("", Language::En),
        ] {
            assert_eq!(Language::of_locale(locale), language, "{locale}");
        }
    }

    #[test]
    fn names_are_filled_in_wherever_they_stand() {
        let arguments = [("who", "王".to_owned()), ("number", "HAY05001".to_owned())];
        assert_eq!(fill("{number}:已由{who}签收", &arguments), "HAY05001:已由王签收");
        assert_eq!(fill("HAY{{YY}}{number}", &arguments), "HAY{YY}HAY05001");
        assert_eq!(fill("plain", &arguments), "plain");
        assert_eq!(fill("{number}{:을} {who}{:이} 서명", &arguments), "HAY05001을 王이 서명");
        let office = |name: &str| [("department", name.to_owned())];
        assert_eq!(fill("须由{department}经理决定", &office("业务部")), "须由业务部经理决定");
        assert_eq!(fill("须由{department}经理决定", &office("山东淄博办事处")), "须由山东淄博办事处主任决定");
        assert_eq!(fill("{department} 부서장의", &office("산둥 쯔보 사무소")), "산둥 쯔보 사무소장의");
    }

    #[test]
    fn every_text_of_a_catalogue_is_found() {
        for catalogue in [&CHINESE, &KOREAN] {
            assert!(catalogue.places.len() > 2_000);
            for [begin, middle, end] in catalogue.places {
                assert_eq!(catalogue.find(&catalogue.texts[*begin..*middle]), Some(&catalogue.texts[*middle..*end]));
            }
            assert_eq!(catalogue.find("no such text"), None);
        }
    }
}
