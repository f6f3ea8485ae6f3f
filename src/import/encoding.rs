//! The name of an encoding, as it is declared.

use std::fmt;
use std::str::FromStr;

use crate::language::Spoken;
use crate::refusal::Refusal;
use crate::say;
use crate::text::quoted;

/// What Windows and its users call encodings besides, and a label of the standard for each.
const PAGES: [(&str, &str); 6] = [
    ("cp936", "gbk"),
    ("cp949", "euc-kr"),
    ("uhc", "euc-kr"),
    ("cp950", "big5"),
    ("cp932", "shift_jis"),
    ("latin-1", "latin1"),
];

/// The encoding of a file, by any label of the WHATWG Encoding Standard (`gbk`, `big5`, `utf-16le` …).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Encoding(pub(super) &'static encoding_rs::Encoding);

impl Encoding {
    /// The standard's name of the encoding, such as `UTF-8` or `gb18030`.
    pub(crate) fn name(self) -> &'static str {
        self.0.name()
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Spoken for Encoding {}

impl FromStr for Encoding {
    type Err = Refusal;

    fn from_str(label: &str) -> Result<Self, Refusal> {
        let page = PAGES.iter().find(|(page, _)| page.eq_ignore_ascii_case(label.trim()));
        let standard = page.map_or(label, |(_, standard)| standard);
        encoding_rs::Encoding::for_label_no_replacement(standard.as_bytes()).map(Self).ok_or_else(|| {
            Refusal::usage(say!("no encoding is called {label}", label = quoted(label))).or(say!(
                "type utf-8, gb18030, gbk, big5, utf-16le, utf-16be or another label of the Encoding Standard"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn labels_are_those_of_the_standard() {
        assert_eq!("GBK".parse::<Encoding>().unwrap().to_string(), "GBK");
        assert_eq!("CP949".parse::<Encoding>().unwrap().to_string(), "EUC-KR");
        assert!(PAGES.iter().all(|(page, _)| page.parse::<Encoding>().is_ok()));
        assert_eq!(
            "klingon".parse::<Encoding>().unwrap_err().to_string(),
            "no encoding is called \"klingon\"; \
             type utf-8, gb18030, gbk, big5, utf-16le, utf-16be or another label of the Encoding Standard"
        );
        assert!("hz-gb-2312".parse::<Encoding>().is_err(), "the standard reads it as nothing but an error");
    }
}
