//! Lines as an editor counts them: ended by LF, by CR LF or, in old files, by CR alone.

use memchr::memchr_iter;

/// How many lines end in `bytes`; a CR LF counts once, so a part must not begin between the two.
pub(crate) fn count(bytes: &[u8]) -> u64 {
    let each = |byte| memchr_iter(byte, bytes).count();
    let (feeds, returns) = (each(b'\n'), each(b'\r'));
    let feeds = if returns == 0 { feeds } else { feeds + returns - pairs(bytes) };
    u64::try_from(feeds).unwrap_or(u64::MAX)
}

/// How many CR LF stand in `bytes`.
fn pairs(bytes: &[u8]) -> usize {
    memchr_iter(b'\r', bytes).filter(|place| bytes.get(place + 1) == Some(&b'\n')).count()
}

/// The lines that end in a text that comes in parts, which may begin anywhere.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lines {
    ended: u64,
    /// Whether the last part ended with a CR.
    returned: bool,
}

impl Lines {
    /// Counts those that end in the next part.
    pub(crate) fn take(&mut self, part: &[u8]) {
        // The LF of a CR LF that was cut in two.
        let counted = u64::from(self.returned && part.first() == Some(&b'\n'));
        self.ended += count(part) - counted;
        self.returned = part.last().map_or(self.returned, |byte| *byte == b'\r');
    }

    /// How many there are.
    pub(crate) const fn count(&self) -> u64 {
        self.ended
    }
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
    fn a_text_in_parts_has_the_lines_of_the_whole() {
        let text = b"a\r\nb\rc\n\r\n\n\r\rd\r\n";
        for cut in 0..=text.len() {
            for again in cut..=text.len() {
                let mut lines = Lines::default();
                for part in [&text[..cut], &text[cut..again], &text[again..]] {
                    lines.take(part);
                }
                assert_eq!(lines.count(), count(text), "{cut} {again}");
            }
        }
    }
}
