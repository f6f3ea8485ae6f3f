//! The parts of a name as somebody typed it: with an office behind it, in brackets, several in one.

use super::{fold, is_combining_mark, is_invisible};

/// A name in its parts, each as [`fold`] has it.
#[derive(Debug)]
pub(crate) struct Parts {
    /// All of it, and what brackets, slashes, commas and other signs part.
    signs: Vec<String>,
    /// What spaces part besides.
    words: Vec<String>,
}

impl Parts {
    /// The parts of a text; none of one without a letter or digit.
    pub(crate) fn of(text: &str) -> Self {
        let seen: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        let letter = |c: char| c.is_alphanumeric() || is_combining_mark(c);
        let parted = seen.split(|c: char| !letter(c) && !c.is_whitespace());
        let signs = std::iter::once(seen.as_str()).chain(parted).map(fold).filter(|part| !part.is_empty()).collect();
        let words = seen.split(|c: char| !letter(c)).map(fold).filter(|part| !part.is_empty()).collect();
        Self { signs, words }
    }

    /// Whether one of the parts that signs part is this, as [`fold`] has it.
    pub(crate) fn has(&self, folded: &str) -> bool {
        self.signs.iter().any(|part| part == folded)
    }

    /// Whether this name may be meant: a part is it, or begins with it and goes on with an office, as 陈总经理 does with 陈总. A name in
    /// Latin letters is only meant by a whole part, for most of them begin others.
    pub(crate) fn may_mean(&self, folded: &str) -> bool {
        let begins = !folded.is_ascii() && folded.chars().nth(1).is_some();
        let mut parts = self.signs.iter().chain(&self.words);
        parts.any(|part| part == folded || begins && part.starts_with(folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_meant_in_brackets_beside_another_and_with_an_office() {
        for typed in [
            "陈总",
            "陈 总",
            "陈总（总经理）",
            "王五(陈总)",
            "王五/陈总",
            "陈总先生",
            "陈总/夫人",
            "陈总等3人",
            "经理、陈总",
            "王五 陈总",
            "陈\u{2060}总",
        ] {
            assert!(Parts::of(typed).may_mean("陈总"), "{typed}");
        }
        for typed in ["包钢", "陈", "老陈总", "总陈", "", "()"] {
            assert!(!Parts::of(typed).may_mean("陈总"), "{typed}");
        }
        assert!(Parts::of("Tom Smith (CEO)").may_mean("tomsmith"));
        assert!(!Parts::of("Lindner").may_mean("lin"));
    }

    #[test]
    fn a_key_is_a_whole_part_between_signs() {
        assert!(Parts::of("ＣＨＥＮ").has("chen") && Parts::of("陈(chen)").has("chen"));
        assert!(!Parts::of("Chen Wei").has("chen"), "whose family name it is");
    }
}
