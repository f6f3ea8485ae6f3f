//! Lines as an editor counts them: ended by LF, by CR LF or, in old files, by CR alone.

/// How many lines end in `bytes`; a CR LF counts once, so a part must not begin between the two.
#[must_use]
pub fn count(bytes: &[u8]) -> u64 {
    let feeds = bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
    let returns = bytes.iter().map(|byte| u64::from(*byte == b'\r')).sum::<u64>();
    if returns == 0 { feeds } else { feeds + returns - pairs(bytes) }
}

/// How many CR LF stand in `bytes`.
fn pairs(bytes: &[u8]) -> u64 {
    bytes.iter().zip(bytes.iter().skip(1)).map(|pair| u64::from(pair == (&b'\r', &b'\n'))).sum()
}

/// What follows the first `lines` lines of `text`; nothing where it has no more lines than that.
#[must_use]
pub fn skip(text: &str, lines: usize) -> Option<&str> {
    let mut rest = text;
    for _ in 0..lines {
        let end = rest.find(['\r', '\n'])?;
        let width = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[end + width..];
    }
    (!rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts_once() {
        for (text, lines) in [("", 0), ("a", 0), ("a\nb", 1), ("a\r\nb\r\n", 2), ("a\rb\r", 2), ("\r\r\n\n\n\r", 5)] {
            assert_eq!(count(text.as_bytes()), lines, "{text:?}");
        }
    }

    #[test]
    fn skipping_stops_where_the_text_ends() {
        assert_eq!(skip("a\r\nb\rc\nd", 3), Some("d"));
        assert_eq!(skip("a\n\nb", 2), Some("b"));
        assert_eq!(skip("a", 0), Some("a"));
        assert_eq!(skip("a\n", 1), None);
        assert_eq!(skip("a", 1), None);
        assert_eq!(skip("", 0), None);
    }
}
