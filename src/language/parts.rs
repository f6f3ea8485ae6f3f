//! What lists keep in one text of several parts, as it is read in Chinese and Korean: the items of a gift, who receives it, who
//! visits, and what an entry is about. What is said here, `register/notation.rs` reads.

use super::spoken::{amount, grouped};
use super::word::{in_brackets, semicolon, value};
use super::words;
use crate::{phrase, say};

/// What stands between the parts of what an entry is about.
const ABOUT: &str = " · ";

/// What stands behind the gift that a public official receives.
const OFFICIAL: &str = phrase!("public official");

/// A text of several parts in this column; none where it is no such text.
pub(super) fn said(column: &str, stored: &str) -> Option<String> {
    match column {
        "items" => joined(stored, "; ", item),
        "recipients" => joined(stored, "; ", recipient),
        "visitors" => joined(stored, " | ", visitor),
        "what" => Some(about(stored)),
        _ => None,
    }
}

/// What an entry is about, `agency · 某公司`: the words of the book in it in the language of the command.
pub(crate) fn about(stored: &str) -> String {
    if !stored.contains(ABOUT) || super::Language::spoken() == super::Language::En {
        return stored.to_owned();
    }
    let word = |part| if part == OFFICIAL { words(OFFICIAL).to_owned() } else { value(part).into_owned() };
    let part = |part| joined(part, "; ", item).unwrap_or_else(|| word(part));
    stored.split(ABOUT).map(part).collect::<Vec<_>>().join(ABOUT)
}

/// Every part said; none where one of them is written otherwise.
fn joined(stored: &str, between: &str, part: fn(&str) -> Option<String>) -> Option<String> {
    let parts: Option<Vec<String>> = stored.split(between).map(part).collect();
    Some(parts?.join(semicolon()))
}

/// `铸铜摆件 x 2 @ 180.00`
fn item(stored: &str) -> Option<String> {
    let (rest, price) = stored.rsplit_once(" @ ")?;
    let (name, quantity) = rest.rsplit_once(" x ")?;
    let (quantity, price) = (quantity.parse::<u32>().ok()?, price_said(price)?);
    Some(say!("{name} x {quantity} (each {price})", name, quantity, price))
}

/// A price as it is kept, `180.00`, as the language says it; none where it is anything else.
fn price_said(kept: &str) -> Option<String> {
    let (yuan, fen) = kept.split_once('.')?;
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(yuan) && is_number(fen) && fen.len() == 2).then(|| amount(&grouped(kept)))
}

/// `张处长 (处长, official)`
fn recipient(stored: &str) -> Option<String> {
    let (name, post) = stored.strip_suffix(')')?.split_once(" (")?;
    let post = match post.strip_suffix(", official") {
        Some(post) => say!("{post}, a public official", post),
        None => post.to_owned(),
    };
    Some(format!("{name}{}", in_brackets(&post)))
}

/// `张处长;处长`
fn visitor(stored: &str) -> Option<String> {
    let (name, post) = stored.split_once(';')?;
    Some(format!("{name}{}", in_brackets(post)))
}
