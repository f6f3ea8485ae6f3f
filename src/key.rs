//! Keys: the short names of people and departments that are typed.

use crate::refusal::Refusal;
use crate::say;
use crate::text::quoted;

/// Checks that a key is one: letters of the ASCII alphabet in lower case, digits, `-`, `_` and `.`, beginning with a letter.
pub(crate) fn check(key: &str) -> Result<(), Refusal> {
    let good = key.starts_with(|first: char| first.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c))
        && key.len() <= 40;
    if good {
        return Ok(());
    }
    Err(Refusal::usage(say!("{key} is no key", key = quoted(key)))
        .or(say!("use up to 40 lower-case letters, digits, - _ and ., beginning with a letter")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_short_and_plain() {
        for good in ["li", "wang-2", "zhang.san", "a_b"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in ["", "Li", "2li", "李", "a b", "a;b", "-a"] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
