//! What stands between two cells of a text.

use std::fmt;
use std::str::FromStr;

use crate::refusal::Refusal;
use crate::say;
use crate::text::quoted;

/// What stands between two cells: one ASCII character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Delimiter(pub(super) u8);

impl Delimiter {
    /// The delimiters that are recognised by themselves; the first one wins a tie.
    const KNOWN: [Self; 3] = [Self(b','), Self(b'\t'), Self(b';')];

    /// The delimiter that the header, the first record of a text that begins so, has most of outside quotes.
    pub(crate) fn detect(text: &[u8]) -> Self {
        let mut counts = [0_u32; Self::KNOWN.len()];
        let mut quoted = false;
        let mut at_cell = true;
        for byte in text.iter().copied().skip_while(|byte| matches!(byte, b'\r' | b'\n')) {
            if byte == b'"' && (quoted || at_cell) {
                quoted = !quoted;
                // A doubled quote closes and opens again, so another one may follow at once.
                at_cell = true;
            } else if !quoted {
                if matches!(byte, b'\r' | b'\n') {
                    break;
                }
                let known = Self::KNOWN.iter().position(|known| known.0 == byte);
                at_cell = known.is_some();
                if let Some(known) = known {
                    counts[known] += 1;
                }
            }
        }
        let most = counts.iter().max().copied().unwrap_or_default();
        let winner = counts.iter().position(|count| *count == most).unwrap_or_default();
        Self::KNOWN[winner]
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == b'\t' { f.write_str("tab") } else { write!(f, "{}", char::from(self.0)) }
    }
}

impl FromStr for Delimiter {
    type Err = Refusal;

    fn from_str(typed: &str) -> Result<Self, Refusal> {
        match (typed, typed.as_bytes()) {
            ("comma", _) => Ok(Self(b',')),
            ("tab" | "\\t", _) => Ok(Self(b'\t')),
            ("semicolon", _) => Ok(Self(b';')),
            (_, [byte]) if *byte == b'\t' || (byte.is_ascii_punctuation() && *byte != b'"') => Ok(Self(*byte)),
            _ => Err(Refusal::usage(say!("{typed} cannot stand between cells", typed = quoted(typed)))
                .or(say!("type comma, tab, semicolon or one punctuation mark such as '|'"))),
        }
    }
}
