//! Text that a person typed: stored as typed but for the spaces around it, or refused, and the forms in which two spellings are compared.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use rusqlite::types::{ToSql, ToSqlOutput};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::language;
use crate::refusal::Refusal;
use crate::say;

/// What says that nothing is needed.
pub const NONE: &str = "none";

/// Forms of company that a name may end with, as they stand after [`fold`] took the spaces and punctuation out;
/// a longer one comes before its own ending.
const COMPANY_SUFFIXES: [&str; 15] = [
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "集团公司",
    "总公司",
    "公司",
    "集团",
    "주식회사",
    "companylimited",
    "limited",
    "coltd",
    "ltd",
    "inc",
    "corp",
    "gmbh",
];

/// Refuses text with characters that nobody means to type: control characters, direction marks and the like.
///
/// # Errors
///
/// Usage: names the first such character by code point and by its position, counted in characters from 1.
pub fn check(text: &str) -> Result<(), Refusal> {
    if text.bytes().fold(true, |harmless, byte| harmless & is_harmless(byte)) {
        return Ok(());
    }
    let found = text.chars().zip(1..).find_map(|(c, position)| Some((c, position, refused(c)?)));
    match found {
        None => Ok(()),
        Some((c, position, kind)) => Err(Refusal::usage(say!(
            "character {position} of `{text}` is {code}, {kind}, which cannot be stored",
            position,
            text = visible(text),
            code = format!("U+{:04X}", u32::from(c)),
            kind = language::value(kind)
        ))
        .or(say!("delete it, or type the text by hand instead of pasting it"))),
    }
}

/// Whether no character that [`check`] refuses has this byte in UTF-8: most text has no other, and needs no closer look.
const fn is_harmless(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\t' | 0x20..=0x7E | 0x80..=0xC1 | 0xC3..=0xD7 | 0xD9..=0xE1 | 0xE3..=0xEE)
}

/// Does what [`check`] does, and refuses text in which there is nothing to see.
///
/// # Errors
///
/// Usage: as [`check`], or that the field called `field_name` is blank.
pub fn check_required(text: &str, field_name: &str) -> Result<(), Refusal> {
    check(text)?;
    if text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
        return Err(
            Refusal::usage(say!("{field_name} is blank", field_name)).or(say!("type the {field_name}", field_name))
        );
    }
    Ok(())
}

/// The text for display on one line: a newline as `⏎`, a tab as a space, a character that [`check`] refuses as
/// `\u{202e}`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| matches!(c, '\n' | '\t') || refused(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push('⏎'),
            '\t' => shown.push(' '),
            c if refused(c).is_some() => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// The text between double quotes, its hidden characters spelt out.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// What two spellings of one customer have in common: its letters and digits in one width and case, without the
/// company suffixes at the end.
///
/// A fold is its own fold. It is empty when the text has no letter or digit.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = fold_once(text);
    // Taking a character out can bring a letter and an accent together, which then compose.
    loop {
        let again = fold_once(&folded);
        if again == folded {
            return folded;
        }
        folded = again;
    }
}

/// An entry number as typed, made canonical: one width, ASCII letters in upper case, no whitespace.
#[must_use]
pub fn number(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return text.to_ascii_uppercase();
    }
    let narrow: String = text.nfkc().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    narrow.nfc().collect()
}

/// The text with the full-width forms of ASCII (`１`, `．`, `Ａ`, the wide space) as their ASCII twins.
///
/// Unlike NFKC it leaves every other character alone, so that `①` or `½` does not become digits.
#[must_use]
pub fn half_width(text: &str) -> String {
    text.chars().map(half_width_char).collect()
}

fn half_width_char(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

/// Why a character cannot be stored, as a noun; none when it can.
fn refused(c: char) -> Option<&'static str> {
    match c {
        '\n' | '\t' => None,
        c if c.is_control() => Some(say!("a control character")),
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Some(say!("an invisible mark of writing direction"))
        }
        '\u{2028}' | '\u{2029}' => Some(say!("a line or paragraph separator")),
        '\u{FEFF}' => Some(say!("a byte order mark")),
        '\u{FFF9}'..='\u{FFFB}' => Some(say!("an annotation mark")),
        '\u{E0000}'..='\u{E007F}' => Some(say!("an invisible tag")),
        c if is_noncharacter(c) => Some(say!("not a character")),
        _ => None,
    }
}

/// Whether Unicode set the code point aside for ever: U+FDD0–U+FDEF and the last two of every plane.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Whether a character shows as nothing at all though Unicode does not call it whitespace.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}'
            | '\u{034F}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{17B4}'
            | '\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200D}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FFA0}'
            | '\u{E0100}'..='\u{E01EF}'
    )
}

fn fold_once(text: &str) -> String {
    // `(주)` is spelled out while it still has its parentheses: a bare `주` may be the end of a name, as in 광주.
    let narrow = text.nfkc().collect::<String>().replace("(주)", "주식회사");
    let letters: String = narrow.chars().flat_map(char::to_lowercase).filter(|&c| distinguishes(c)).collect();
    without_company_suffixes(&letters).to_owned()
}

/// Whether a character tells two names apart: letters, digits and the accents on them.
fn distinguishes(c: char) -> bool {
    (c.is_alphanumeric() || is_combining_mark(c)) && !is_invisible(c)
}

fn without_company_suffixes(name: &str) -> &str {
    let mut name = name;
    while let Some(shorter) = COMPANY_SUFFIXES.iter().find_map(|suffix| shorten(name, suffix)) {
        name = shorter;
    }
    name
}

/// The name without this suffix, if it has it and something is left.
fn shorten<'name>(name: &'name str, suffix: &str) -> Option<&'name str> {
    name.strip_suffix(suffix).filter(|rest| !rest.is_empty())
}

/// The text without the spaces around it: ASCII's, the line ends among them, and the ideographic space.
#[must_use]
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Whether [`trim`] takes the character away.
#[must_use]
pub fn is_space(character: char) -> bool {
    character.is_ascii_whitespace() || character == '\u{3000}'
}

/// The text as one word of a command line that a shell passes on unchanged: quoted where it must be.
#[must_use]
pub fn word(text: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "-_./:,+@%=".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    // Double quotes serve every shell; single ones only those that would look into double quotes.
    if text.contains(['"', '$', '`', '\\', '!', '\n']) {
        return shlex::try_quote(text).unwrap_or_else(|_| visible(text));
    }
    Cow::Owned(format!("\"{text}\""))
}

/// A text that a person typed: not blank, and free of control and bidirectional characters. It is kept as typed but
/// for the spaces around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Text {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        check_required(text, "text").map(|()| Self(trim(text).to_owned()))
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToSql for Text {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

/// A [`Text`] that stands on one line, such as a name or a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line(Text);

impl FromStr for Line {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let text: Text = text.parse()?;
        if text.contains(['\n', '\t']) {
            return Err(Refusal::usage(say!("`{text}` is more than one line", text = visible(&text)))
                .or(say!("type it on one line, without tabs")));
        }
        Ok(Self(text))
    }
}

impl Deref for Line {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl ToSql for Line {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    /// Every character that must be refused, written down once more as plain numbers.
    fn must_be_refused(code: u32) -> bool {
        let ranges = [
            (0x00, 0x08),
            (0x0B, 0x1F),
            (0x7F, 0x9F),
            (0x61C, 0x61C),
            (0x200E, 0x200F),
            (0x2028, 0x202E),
            (0x2066, 0x2069),
            (0xFDD0, 0xFDEF),
            (0xFEFF, 0xFEFF),
            (0xFFF9, 0xFFFB),
            (0xE0000, 0xE007F),
        ];
        ranges.iter().any(|(first, last)| (*first..=*last).contains(&code)) || code % 0x1_0000 >= 0xFFFE
    }

    /// Text made of what is awkward: accents, spaces, suffixes, marks, wide forms.
    fn awkward() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<char>().prop_map(String::from),
            prop::sample::select(vec![
                "公司",
                "集团",
                "有限",
                "责任",
                "股份",
                "总",
                "(주)",
                "㈜",
                "주식회사",
                "Co.",
                ", Ltd",
                "limited",
                "Company",
                "INC",
                "corp",
                "GmbH",
                "e",
                "I",
                "İ",
                "Σ",
                "\u{301}",
                "\u{307}",
                "\u{323}",
                " ",
                "-",
                "（",
                "\u{3000}",
                "\u{200B}",
                "Ａ",
                "①",
                "ﬁ",
                "´",
                "包",
                "한",
                "1",
            ])
            .prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn exactly_the_listed_characters_are_refused() {
        for c in '\0'..=char::MAX {
            assert_eq!(refused(c).is_some(), must_be_refused(u32::from(c)), "{:04X}", u32::from(c));
        }
    }

    #[test]
    fn ordinary_text_passes() {
        for text in ["", "包头钢铁", "두산 (주)", "line\nline\tcell", "e\u{301} 👨\u{200D}👩", "①½ €"] {
            assert_eq!(check(text), Ok(()));
        }
    }

    #[test]
    fn the_message_names_character_and_position() {
        let refusal = check("包头\u{202E}钢铁\u{0}").unwrap_err();
        assert_eq!(
            refusal.to_string(),
            "character 3 of `包头\\u{202e}钢铁\\u{0}` is U+202E, an invisible mark of writing direction, which cannot be \
             stored; delete it, or type the text by hand instead of pasting it"
        );
        assert_eq!(refusal.kind, crate::refusal::Kind::Usage);
        assert!(check("\u{1F}").unwrap_err().what.contains("character 1 of"));
        assert!(check("a\u{E0041}").unwrap_err().what.contains("U+E0041"));
    }

    #[test]
    fn what_cannot_be_seen_is_blank() {
        for blank in ["", " ", "\t\n", "\u{3000}\u{A0}", "\u{200B}\u{200D}", "\u{2060}", "\u{3164}", "\u{2800} \u{AD}"]
        {
            let refusal = check_required(blank, "customer").unwrap_err();
            assert_eq!(refusal.to_string(), "customer is blank; type the customer");
        }
        assert_eq!(check_required(" 包 ", "customer"), Ok(()));
        assert!(check_required("包\u{7}", "customer").unwrap_err().what.contains("U+0007"));
    }

    #[test]
    fn a_text_is_kept_as_typed_but_for_the_spaces_around_it() {
        for (typed, kept) in [("a", "a"), (" a b\t\n", "a b"), ("\u{3000}全角\u{3000}", "全角"), ("\u{a0}a", "\u{a0}a")]
        {
            assert_eq!(typed.parse::<Text>().unwrap().as_str(), kept);
        }
        assert_eq!("  ".parse::<Text>().unwrap_err().to_string(), "text is blank; type the text");
    }

    #[test]
    fn a_line_has_no_breaks() {
        assert_eq!(&*" 王 建国\n".parse::<Line>().unwrap(), "王 建国");
        for typed in ["a\nb", "a\tb"] {
            let refused = typed.parse::<Line>().unwrap_err().to_string();
            assert_eq!(
                refused,
                format!("`{}` is more than one line; type it on one line, without tabs", visible(typed))
            );
        }
    }

    #[test]
    fn a_word_comes_back_from_the_shell_as_it_was() {
        for (text, typed) in [
            ("li", "li"),
            ("包钢", "包钢"),
            ("2026-10-08", "2026-10-08"),
            ("", "\"\""),
            ("包钢(集团) 公司", "\"包钢(集团) 公司\""),
            ("a;b", "\"a;b\""),
            ("O'Neil", "\"O'Neil\""),
            ("$HOME", "'$HOME'"),
            ("say \"hi\"", "'say \"hi\"'"),
        ] {
            assert_eq!(word(text), typed);
            assert_eq!(shlex::split(&word(text)), Some(vec![text.to_owned()]));
        }
    }

    #[test]
    fn visible_stays_on_one_line() {
        assert_eq!(visible("a\nb\tc\u{202E}\r\u{85}"), r"a⏎b c\u{202e}\u{d}\u{85}");
        assert!(matches!(visible("包头 e\u{301}"), Cow::Borrowed("包头 e\u{301}")));
    }

    #[test]
    fn spellings_of_one_customer_fold_alike() {
        for (spellings, folded) in [
            (
                &["包头钢铁(集团)有限责任公司", "包头钢铁集团 有限公司", "包头钢铁（集团）总公司", "包头钢铁"][..],
                "包头钢铁",
            ),
            (&["鞍钢集团矿业有限公司", "鞍钢集团矿业"], "鞍钢集团矿业"),
            (&["宝山钢铁股份有限公司", "宝山钢铁 集团公司"], "宝山钢铁"),
            (&["포스코(주)", "포스코 ㈜", "포스코 주식회사", "포스코（주）"], "포스코"),
            (
                &[
                    "Metso Co., Ltd.",
                    "METSO Company Limited",
                    "Ｍｅｔｓｏ Limited",
                    "metso, Inc.",
                    "Metso Corp",
                    "Metso GmbH",
                ],
                "metso",
            ),
            (&["光州 · 제철", "光州제철"], "光州제철"),
            (&["Cafe\u{301}", "CAFÉ", "Caf-\u{E9}"], "café"),
        ] {
            for spelling in spellings {
                assert_eq!(fold(spelling), folded, "{spelling}");
            }
        }
    }

    #[test]
    fn a_suffix_stays_when_nothing_else_is_left() {
        assert_eq!(fold("公司"), "公司");
        assert_eq!(fold("集团 公司"), "集团");
        assert_eq!(fold("Inc."), "inc");
        assert_eq!(fold("광주"), "광주");
        assert_eq!(fold("…—()"), "");
    }

    #[test]
    fn the_fold_of_every_character_is_its_own_fold() {
        for c in '\0'..=char::MAX {
            let folded = fold(c.encode_utf8(&mut [0; 4]));
            assert_eq!(fold_once(&folded), folded);
        }
    }

    #[test]
    fn a_number_is_forgiven_case_width_and_spaces() {
        assert_eq!(number("hay05 012"), "HAY05012");
        assert_eq!(number("　ｈａｙ０５\t０１２\n"), "HAY05012");
        assert_eq!(number("inf26-0001"), "INF26-0001");
    }

    #[test]
    fn half_width_changes_the_twins_of_ascii_alone() {
        assert_eq!(half_width("　１２，５００．５０－＋Ａ～"), " 12,500.50-+A~");
        assert_eq!(half_width("①½￥元年"), "①½￥元年");
    }

    proptest! {
        #[test]
        fn what_is_made_visible_passes_on_one_line(text in awkward()) {
            let shown = visible(&text);
            prop_assert_eq!(check(&shown), Ok(()));
            prop_assert!(!shown.contains(['\n', '\t']));
            prop_assert_eq!(visible(&shown), shown.as_ref());
        }

        #[test]
        fn fold_is_idempotent(text in awkward()) {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }

        #[test]
        fn fold_forgets_case_spaces_and_a_suffix(
            name in "[a-z包头钢铁]{1,6}z",
            suffix in prop::sample::select(&COMPANY_SUFFIXES[..]),
        ) {
            let spelling = format!(" {}-{suffix} ", name.to_uppercase());
            prop_assert_eq!(fold(&spelling), fold(&name));
        }

        #[test]
        fn number_is_idempotent_and_free_of_spaces(text in awkward()) {
            let canonical = number(&text);
            prop_assert_eq!(number(&canonical), canonical.as_str());
            prop_assert!(!canonical.contains(char::is_whitespace));
            prop_assert!(!canonical.contains(|c: char| c.is_ascii_lowercase()));
        }
    }
}
