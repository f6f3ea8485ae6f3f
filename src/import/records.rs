//! Text becomes records, each with the line on which it starts; a file torn inside quotes is found out.

use std::io::{self, Read as _};
use std::str::FromStr;

use csv::StringRecord;

use super::lines;
use crate::refusal::Refusal;
use crate::say;
use crate::text::quoted;

/// Stands behind the data. A record that reaches beyond the line break swallowed it: its quote is never closed,
/// which the csv crate by itself takes for closed at the end of the file.
const SENTINEL: &[u8] = b"\n.\n";

/// How much the csv crate takes over at once, in bytes.
const BUFFER: usize = 1 << 16;

/// What stands between two cells: one ASCII character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiter(u8);

impl Delimiter {
    /// The delimiters that are recognised by themselves; the first one wins a tie.
    const KNOWN: [Self; 3] = [Self(b','), Self(b'\t'), Self(b';')];

    /// The delimiter that the header, the first record of `text`, has most of outside quotes.
    #[must_use]
    pub fn detect(text: &str) -> Self {
        let mut counts = [0_u32; Self::KNOWN.len()];
        let mut quoted = false;
        let mut at_cell = true;
        for byte in text.trim_start_matches(['\r', '\n']).bytes() {
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

/// The records of a text, one after the other, blank lines left out.
pub struct Records<'a> {
    name: &'a str,
    text: &'a str,
    reader: csv::Reader<io::Chain<&'a [u8], &'static [u8]>>,
    cells: StringRecord,
    /// Where the record in `cells` starts, as an offset in `text`.
    start: usize,
    /// The line of `start` in the file, from 1.
    line: u64,
}

impl<'a> Records<'a> {
    /// Records of `text`, which begins on the line `first_line` of the file `name`.
    #[must_use]
    pub fn new(name: &'a str, text: &'a str, first_line: u64, delimiter: Delimiter) -> Self {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter.0)
            .buffer_capacity(BUFFER)
            .from_reader(text.as_bytes().chain(SENTINEL));
        Self { name, text, reader, cells: StringRecord::new(), start: 0, line: first_line }
    }

    /// Goes to the next record and tells its line; nothing after the last one.
    ///
    /// # Errors
    ///
    /// Refuses a record whose quote is never closed, naming the line where it starts.
    pub fn advance(&mut self) -> Result<Option<u64>, Refusal> {
        let start = self.next_start();
        if start == self.text.len() {
            return Ok(None);
        }
        let line = self.line + self.lines_to(start);
        (self.start, self.line) = (start, line);
        self.reader
            .read_record(&mut self.cells)
            .map_err(|error| Refusal::failed(format!("{}:{line}: {error}", self.name)))?;
        if self.position() > self.text.len() + 1 {
            return Err(Refusal::failed(say!(
                "{name}:{line}: a quote that opens in this row is never closed",
                name = self.name,
                line
            ))
            .or(say!("close it, or get the whole file again if this one is torn")));
        }
        Ok(Some(line))
    }

    /// The cells of the record that [`advance`](Self::advance) went to.
    #[must_use]
    pub const fn cells(&self) -> &StringRecord {
        &self.cells
    }

    /// The text behind this record and the line on which it begins.
    #[must_use]
    pub fn rest(&self) -> (&'a str, u64) {
        let next = self.next_start();
        (&self.text[next..], self.line + self.lines_to(next))
    }

    /// Drops the cells behind the first `width`.
    pub fn truncate(&mut self, width: usize) {
        self.cells.truncate(width);
    }

    /// Where the next record starts: behind line ends, of which a CR LF leaves its LF to the next record.
    fn next_start(&self) -> usize {
        let position = self.position().min(self.text.len());
        let ends = self.text.as_bytes()[position..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        position + ends
    }

    /// How many lines end between the start of this record and `offset`.
    fn lines_to(&self, offset: usize) -> u64 {
        lines::count(&self.text.as_bytes()[self.start..offset])
    }

    /// How far the csv crate has come, as an offset in the text with the sentinel behind it.
    fn position(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// Every record with its line, or the refusal.
    fn read(text: &str) -> Result<Vec<(u64, Vec<String>)>, String> {
        let mut records = Records::new("old.csv", text, 1, Delimiter::detect(text));
        let mut all = Vec::new();
        while let Some(line) = records.advance().map_err(|refusal| refusal.to_string())? {
            all.push((line, records.cells().iter().map(str::to_owned).collect()));
        }
        Ok(all)
    }

    #[track_caller]
    fn reads_as(text: &str, expected: &[(u64, &[&str])]) {
        let expected = expected.iter().map(|(line, cells)| (*line, cells.iter().map(|c| (*c).to_owned()).collect()));
        assert_eq!(read(text), Ok(expected.collect()), "{text:?}");
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        for text in ["a,b\n1,2\n\n3,4\n", "a,b\r\n1,2\r\n\r\n3,4\r\n", "a,b\r1,2\r\r3,4\r", "a,b\r\n1,2\r\n\n3,4"] {
            reads_as(text, &[(1, &["a", "b"]), (2, &["1", "2"]), (4, &["3", "4"])]);
        }
        reads_as("\r\n\r\na\r\n", &[(3, &["a"])]);
        reads_as("a\n\r1", &[(1, &["a"]), (3, &["1"])]);
    }

    #[test]
    fn quoted_line_breaks_belong_to_the_cell() {
        reads_as(
            "a,b\n\"1\n1\r\n1\",2\n\"\r\",\"\n\"\n5,6",
            &[(1, &["a", "b"]), (2, &["1\n1\r\n1", "2"]), (5, &["\r", "\n"]), (8, &["5", "6"])],
        );
        reads_as("\"a\rb\"\r\r\"\r\"\rx\r", &[(1, &["a\rb"]), (4, &["\r"]), (6, &["x"])]);
    }

    #[test]
    fn the_end_of_the_file_ends_the_last_record() {
        reads_as("a,b\n1", &[(1, &["a", "b"]), (2, &["1"])]);
        reads_as("a,b\n1,", &[(1, &["a", "b"]), (2, &["1", ""])]);
        reads_as("a,b\n1,\"2\"", &[(1, &["a", "b"]), (2, &["1", "2"])]);
        reads_as("a,b\n.\n.", &[(1, &["a", "b"]), (2, &["."]), (3, &["."])]);
        reads_as("a\n\"\n.\n\"", &[(1, &["a"]), (2, &["\n.\n"])]);
        reads_as("a\r\"\"\"\"\r", &[(1, &["a"]), (2, &["\""])]);
        reads_as("", &[]);
        reads_as("\n\r\n", &[]);
    }

    #[test]
    fn a_quote_inside_a_bare_cell_is_a_character() {
        reads_as("a,b\n15\" screen,x\"", &[(1, &["a", "b"]), (2, &["15\" screen", "x\""])]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_refused() {
        let message = |line| {
            Err(format!(
                "old.csv:{line}: a quote that opens in this row is never closed; \
                 close it, or get the whole file again if this one is torn"
            ))
        };
        assert_eq!(read("a,b\n1,2\n3,\"4\n5,6\n"), message(3));
        assert_eq!(read("a,b\r1,\""), message(2));
        assert_eq!(read("a,b\n\"x\ny\",2\n1,\"2\"\""), message(4));
        assert_eq!(read("\"a,b\n1,2\n"), message(1));
    }

    #[test]
    fn a_record_larger_than_the_buffers_keeps_its_line() {
        let long = "x\n".repeat(BUFFER);
        let text = format!("a\n\"{long}\"\nb\n");
        let last = 2 + u64::try_from(BUFFER).unwrap() + 1;
        reads_as(&text, &[(1, &["a"]), (2, &[&long]), (last, &["b"])]);
    }

    #[test]
    fn the_most_frequent_delimiter_of_the_header_wins() {
        for (text, delimiter) in [
            ("a,b;c;d", b';'),
            ("a\tb,c\td", b'\t'),
            ("a,b;c", b','),
            ("a;b\tc", b'\t'),
            ("alone", b','),
            ("", b','),
            ("a;b\n,,,,,,", b';'),
            ("a;b\r,,,,,,", b';'),
            ("\r\n\na;b\n", b';'),
            ("\"a,b,c\";d", b';'),
            ("\"a\n,,,\";d", b';'),
            ("\"a\"\",,,\";d;\"\"\"\"", b';'),
            ("15\";a\",b;c", b';'),
        ] {
            assert_eq!(Delimiter::detect(text), Delimiter(delimiter), "{text:?}");
        }
    }

    #[test]
    fn delimiters_are_named_or_typed() {
        for (typed, byte) in [(",", b','), ("comma", b','), ("tab", b'\t'), ("\\t", b'\t'), ("\t", b'\t'), ("|", b'|')]
        {
            assert_eq!(typed.parse::<Delimiter>(), Ok(Delimiter(byte)));
        }
        for typed in ["", "\"", "ab", "\n", "，", "x"] {
            assert_eq!(
                typed.parse::<Delimiter>().unwrap_err().to_string(),
                format!(
                    "{typed:?} cannot stand between cells; type comma, tab, semicolon or one punctuation mark such as '|'"
                )
            );
        }
    }
}
