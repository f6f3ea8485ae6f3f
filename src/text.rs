//! Text that a person typed: stored as typed but for the spaces around it, or refused, and the forms in which two spellings are compared.

pub(crate) mod parts;
pub(crate) mod sought;
pub(crate) mod spellings;

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use rusqlite::types::{ToSql, ToSqlOutput};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_security::skeleton;

use crate::language::{self, Spoken, Words};
use crate::refusal::Refusal;
use crate::say;

/// What says that nothing is needed.
pub(crate) const NONE: &str = "none";

/// Whether what was typed says that there is none, in any language.
pub(crate) fn is_none(typed: &str) -> bool {
    Words::of([NONE]).meant(typed).is_some()
}

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
pub(crate) fn check(text: &str) -> Result<(), Refusal> {
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
pub(crate) fn check_required(text: &str, field_name: &str) -> Result<(), Refusal> {
    check(text)?;
    if is_blank(text) {
        return Err(
            Refusal::usage(say!("{field_name} is blank", field_name)).or(say!("type the {field_name}", field_name))
        );
    }
    Ok(())
}

/// Whether there is nothing to see.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// The text for display on one line: a newline as `⏎`, a tab as a space, a character that [`check`] refuses as
/// `\u{202e}`.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
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
pub(crate) fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// What two spellings of one customer have in common: its letters and digits in one width and case, without the
/// company suffixes at the end.
///
/// A fold is its own fold. It is empty when the text has no letter or digit.
pub(crate) fn fold(text: &str) -> String {
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

/// What two spellings of a text have in common by which it is looked for: its letters and digits in one width and case, and the
/// points between digits. Spaces, hyphens, the brackets of input methods and other signs do not count.
///
/// It is the [`fold`] of a name with the company's form, and tells 3.6 from 36.
pub(crate) fn plain(text: &str) -> String {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_decimal = |before: Option<char>, rest: &str| {
        let mut next = rest.chars();
        is_digit(before) && next.next() == Some('.') && is_digit(next.next())
    };
    if text.is_ascii() {
        return letters(text, is_decimal);
    }
    letters(&text.nfkc().collect::<String>(), is_decimal)
}

/// Marks in which a number is quoted.
const QUOTES: [char; 14] = ['“', '”', '„', '‘', '’', '「', '」', '『', '』', '《', '》', '«', '»', '"'];

/// An entry number as typed, made canonical: one width, ASCII letters in upper case, no whitespace and nothing that is not seen.
pub(crate) fn number(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return text.to_ascii_uppercase();
    }
    let seen = text.nfkc().filter(|c| !c.is_whitespace() && !is_invisible(*c) && !QUOTES.contains(c));
    let narrow: String = seen.map(|c| c.to_ascii_uppercase()).collect();
    narrow.nfc().collect()
}

/// A paper's number as it is compared: as [`number`], without the dashes that do not stand between two digits, where they tell
/// the parts apart: `DL-07` and `dl 07` are one number, `1-11` and `11-1` are two. What only says that it is a number (`No.`, `№`, `#`,
/// `第 … 号`), what kind of paper it is (`发票`), or looks like a mark of money before it is left out, as are marks at its ends, and a letter
/// of another script is the Latin one that it looks like.
pub(crate) fn paper(typed: &str) -> String {
    let latin: String = number(typed).chars().map(looks_like).collect();
    let mut bare = latin.as_str();
    loop {
        let shorter = unmarked(bare);
        if shorter == bare {
            return joined(bare);
        }
        bare = shorter;
    }
}

/// What a paper is called, before its number or behind it.
const PAPERS: [&str; 27] = [
    "发票",
    "票据",
    "收据",
    "凭证",
    "协议书",
    "协议",
    "合同",
    "完工通知单",
    "通知单",
    "通知书",
    "通知",
    "放行条",
    "出门证",
    "回执",
    "청구서",
    "영수증",
    "전표",
    "약정서",
    "약정",
    "계약서",
    "계약",
    "통지서",
    "통지",
    "출문증",
    "접수증",
    "세금계산서",
    "编号",
];

/// The same in Latin letters, which are told from a number's own only by what stands behind them.
const LATIN_PAPERS: [&str; 9] =
    ["NO", "NR", "INVOICE", "BILL", "VOUCHER", "AGREEMENT", "CONTRACT", "NOTICE", "RECEIPT"];

/// The number without one thing at its ends that tells nothing.
fn unmarked(number: &str) -> &str {
    const MARKS: [char; 14] = ['#', '¥', '$', '€', '£', ':', '.', ',', ';', '、', '。', '-', '°', 'º'];
    let has_digit = |rest: &&str| rest.contains(|c: char| c.is_ascii_digit());
    let bare = number.trim_start_matches('第').trim_matches(MARKS);
    let bare = bare.strip_suffix(['号', '號']).unwrap_or(bare);
    let named = |word: &&str| bare.strip_prefix(*word).or_else(|| bare.strip_suffix(*word)).filter(has_digit);
    if let Some(rest) = PAPERS.iter().find_map(named) {
        return rest;
    }
    let begins_anew = |rest: &&str| !rest.starts_with(char::is_alphanumeric) && has_digit(rest);
    let counted = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_digit()) || begins_anew(rest);
    LATIN_PAPERS.iter().find_map(|word| bare.strip_prefix(*word).filter(counted)).unwrap_or(bare)
}

/// What a paper's number looks like at a glance: as [`paper`], with `O` and `0` as one, `I`, `l` and `1`, and letters of other scripts
/// as those that they look like. It is only said of papers, for `10` and `IO` may be two.
pub(crate) fn looks(typed: &str) -> String {
    let glance = |letter: char| match letter {
        'I' | 'l' | '|' => '1',
        'O' | 'o' => '0',
        other => other,
    };
    let narrow: String = half_width(typed).chars().map(glance).collect();
    let number = paper(&narrow);
    if number.is_ascii() { number.chars().map(glance).collect() } else { skeleton(&number).map(glance).collect() }
}

/// The Latin capital that a Cyrillic or Greek one looks like; any other character as it is.
fn looks_like(letter: char) -> char {
    const TWINS: [(&str, &str); 2] = [("АВЕЅІЈКМНОРСТУХ", "ABESIJKMHOPCTYX"), ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX")];
    let upper = letter.to_uppercase().next().unwrap_or(letter);
    let twin = TWINS
        .iter()
        .find_map(|(other, latin)| other.chars().position(|c| c == upper).and_then(|at| latin.chars().nth(at)));
    twin.unwrap_or(letter)
}

/// A paper's number without the dashes that tell nothing apart.
fn joined(number: &str) -> String {
    let dashed =
        |c| matches!(c, '-' | '_' | '/' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30FB}' | '\u{00B7}');
    let mut parts = number.split(dashed).filter(|part| !part.is_empty());
    let mut paper = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let between = paper.ends_with(|c: char| c.is_ascii_digit()) && part.starts_with(|c: char| c.is_ascii_digit());
        if between {
            paper.push('-');
        }
        paper.push_str(part);
    }
    paper
}

/// The text with the full-width forms of ASCII (`１`, `．`, `Ａ`, the wide space) as their ASCII twins.
///
/// Unlike NFKC it leaves every other character alone, so that `①` or `½` does not become digits.
pub(crate) fn half_width(text: &str) -> String {
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

/// Whether a character shows as nothing at all though Unicode does not call it whitespace: one that Unicode calls ignorable, which is
/// left out of what a text looks like, or the blank of braille.
fn is_invisible(c: char) -> bool {
    match c {
        '\u{2800}' => true,
        '\0'..='\u{AC}' | '\u{3165}'..='\u{FDFF}' => false,
        c => skeleton(c.encode_utf8(&mut [0; 4])).next().is_none(),
    }
}

fn fold_once(text: &str) -> String {
    // `(주)` is spelled out while it still has its parentheses: a bare `주` may be the end of a name, as in 광주.
    let narrow = text.nfkc().collect::<String>().replace("(주)", "주식회사");
    without_company_suffixes(&letters(&narrow, |_, _| false)).to_owned()
}

/// What tells two texts apart of one in one width, in one case, and what is `kept` besides between two characters.
fn letters(narrow: &str, kept: impl Fn(Option<char>, &str) -> bool) -> String {
    let mut letters = String::with_capacity(narrow.len());
    let mut before = None;
    for (place, c) in narrow.char_indices() {
        if distinguishes(c) {
            letters.extend(c.to_lowercase().filter(|&c| distinguishes(c)));
        } else if kept(before, &narrow[place..]) {
            letters.push(c);
        }
        before = Some(c);
    }
    letters
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

/// The text without the spaces around it, of every kind: line ends, spaces that do not break, and those without width.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(language::is_space)
}

/// The text as one word of a command line that a shell passes on unchanged: quoted where it must be.
pub(crate) fn word(text: &str) -> Cow<'_, str> {
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
pub(crate) struct Text(String);

impl FromStr for Text {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        check_required(text, say!("text")).map(|()| Self(trim(text).to_owned()))
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

impl Spoken for Text {}

impl ToSql for Text {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

/// A [`Text`] that stands on one line, such as a name or a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line(Text);

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

impl Spoken for Line {}

impl ToSql for Line {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

#[cfg(test)]
mod tests;
