//! Text becomes records, each with the line on which it starts; a file torn inside quotes is found out.

use std::io::{self, Read};

use csv::StringRecord;
use memchr::memchr;

use super::delimiter::Delimiter;
use super::lines;
use super::piece::unreadable;
use super::reading::Text;
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::delimited::is_formula;

/// Stands behind the data. A record that reaches beyond the line break swallowed it: its quote is never closed,
/// which the csv crate by itself takes for closed at the end of the file.
const SENTINEL: &[u8] = b"\n.\n";

/// How much the csv crate takes over at once, in bytes.
const BUFFER: usize = 1 << 16;

/// A text as it goes to the csv crate, with what may have to be looked at besides: the record that was read last, and what
/// comes next.
#[derive(Debug)]
struct Window {
    text: Text,
    kept: Vec<u8>,
    /// Where `kept` begins in the text.
    begin: usize,
    /// How much of `kept` the csv crate has.
    given: usize,
    /// Where the text may be looked at from; what is before need not be kept.
    needed: usize,
    /// Where the text ends, once that was seen: the sentinel stands behind it.
    end: Option<usize>,
}

impl Window {
    const fn new(text: Text) -> Self {
        Self { text, kept: Vec::new(), begin: 0, given: 0, needed: 0, end: None }
    }

    /// Reads the next piece of the text, and drops what is not needed any more.
    fn read_on(&mut self) -> io::Result<()> {
        let past = (self.needed - self.begin).min(self.given);
        self.kept.drain(..past);
        (self.begin, self.given) = (self.begin + past, self.given - past);
        if self.end.is_none() && !self.text.read_into(&mut self.kept)? {
            self.end = Some(self.begin + self.kept.len());
            self.kept.extend_from_slice(SENTINEL);
        }
        Ok(())
    }

    /// What was read of the text from a place on.
    fn from(&self, place: usize) -> &[u8] {
        let end = self.end.map_or(self.kept.len(), |end| end - self.begin);
        self.kept.get(place - self.begin..end).unwrap_or_default()
    }

    /// Leaves out a line of the text, before anything of it is given to the csv crate.
    fn leave_out_line(&mut self) -> io::Result<()> {
        loop {
            let rest = self.from(self.needed);
            let line = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            let width = match line.map(|end| &rest[end..]) {
                Some([b'\r', b'\n', ..]) => Some(2),
                // Whether a LF follows is not known yet.
                Some([b'\r']) if self.end.is_none() => None,
                Some(_) => Some(1),
                None => None,
            };
            match line.zip(width) {
                Some((end, width)) => {
                    self.start_at(self.needed + end + width);
                    return Ok(());
                }
                None if self.end.is_some() => {
                    self.start_at(self.needed + rest.len());
                    return Ok(());
                }
                None => self.read_on()?,
            }
        }
    }

    /// Lets what is given to the csv crate begin at a place.
    fn start_at(&mut self, place: usize) {
        (self.needed, self.given) = (place, place - self.begin);
    }

    /// Where the line ends that stand from a place on are over.
    fn behind_line_ends(&mut self, place: usize) -> io::Result<usize> {
        let mut place = place;
        loop {
            let rest = self.from(place);
            let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let more = ends == rest.len() && self.end.is_none();
            place += ends;
            if !more {
                return Ok(place);
            }
            self.read_on()?;
        }
    }
}

impl Read for Window {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.kept.len() {
            self.read_on()?;
        }
        let count = (&self.kept[self.given..]).read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

/// The records of a text, one after the other, blank lines left out.
#[derive(Debug)]
pub(crate) struct Records {
    name: String,
    reader: csv::Reader<Window>,
    /// Where the csv crate began in the text.
    origin: usize,
    delimiter: Delimiter,
    /// Whether the file is as spreadsheets have it, in which a formula may stand behind a guard.
    guarded: bool,
    cells: StringRecord,
    /// The line in the file, from 1, of the record in `cells`.
    line: u64,
    /// The cell of that record, from 1, behind whose closing quote more text stands.
    torn: Option<usize>,
}

impl Records {
    /// Records of a text below so many `titles` lines; `name` is what messages call its file. The delimiter is found by the
    /// header where none is given.
    pub(crate) fn new(name: &str, text: Text, titles: usize, delimiter: Option<Delimiter>) -> Result<Self, Refusal> {
        let mut window = Window::new(text);
        let begin = |window: &mut Window| -> io::Result<()> {
            (0..titles).try_for_each(|_| window.leave_out_line())?;
            while window.from(window.needed).len() < BUFFER && window.end.is_none() {
                window.read_on()?;
            }
            Ok(())
        };
        begin(&mut window).map_err(|error| unreadable(name, &error))?;
        let delimiter = delimiter.unwrap_or_else(|| Delimiter::detect(window.from(window.needed)));
        let origin = window.needed;
        let begin = window.from(origin);
        let feed = memchr(b'\n', begin).unwrap_or_default();
        let guarded = window.text.is_marked() && begin.get(..feed).is_some_and(|line| line.ends_with(b"\r"));
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter.0)
            .buffer_capacity(BUFFER)
            .from_reader(window);
        let line = u64::try_from(titles).unwrap_or(u64::MAX).saturating_add(1);
        let name = name.to_owned();
        Ok(Self { name, reader, origin, delimiter, guarded, cells: StringRecord::new(), line, torn: None })
    }

    /// Goes to the next record and tells its line; nothing after the last one.
    pub(crate) fn advance(&mut self) -> Result<Option<u64>, Refusal> {
        let position = self.position();
        let window = self.reader.get_mut();
        let position = window.end.map_or(position, |end| position.min(end));
        // A CR LF leaves its LF to the next record.
        let start = window.behind_line_ends(position).map_err(|error| unreadable(&self.name, &error))?;
        if window.end == Some(start) {
            return Ok(None);
        }
        let passed = window.from(window.needed).get(..start - window.needed).unwrap_or_default();
        let line = self.line + lines::count(passed);
        window.needed = start;
        self.line = line;
        self.reader
            .read_record(&mut self.cells)
            .map_err(|error| Refusal::failed(format!("{}:{line}: {error}", self.name)))?;
        let position = self.position();
        if self.reader.get_ref().end.is_some_and(|end| position > end + 1) {
            return Err(Refusal::failed(say!(
                "{name}:{line}: a quote that opens in this row is never closed",
                name = self.name,
                line
            ))
            .or(say!("close it, or get the whole file again if this one is torn")));
        }
        let raw = self.reader.get_ref().from(start);
        self.torn = torn_quote(raw.get(..position - start).unwrap_or(raw), self.delimiter);
        // Within a cell a line ends as everywhere in the book.
        if memchr(b'\r', self.cells.as_slice().as_bytes()).is_some() {
            self.cells = self.cells.iter().map(|cell| cell.replace("\r\n", "\n").replace('\r', "\n")).collect();
        }
        if self.guarded && memchr(b'\'', self.cells.as_slice().as_bytes()).is_some() {
            self.cells = self.cells.iter().map(unguarded).collect();
        }
        Ok(Some(line))
    }

    /// Hands over the cells of the record that [`advance`](Self::advance) went to, for cells that are done with; and the cell, from 1,
    /// behind whose closing quote more text stands, which the csv crate takes for a part of it.
    pub(crate) const fn exchange(&mut self, cells: &mut StringRecord) -> Option<usize> {
        std::mem::swap(&mut self.cells, cells);
        self.torn
    }

    /// The text that the records come from.
    pub(crate) fn text(&self) -> &Text {
        &self.reader.get_ref().text
    }

    /// How far the csv crate has come, as a place in the text with the sentinel behind it.
    fn position(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX).saturating_add(self.origin)
    }
}

/// A cell without the quote that `--excel` puts before what a spreadsheet would reckon.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// The first cell of a record, from 1, behind whose closing quote more than spaces stands.
fn torn_quote(record: &[u8], delimiter: Delimiter) -> Option<usize> {
    memchr(b'"', record)?;
    let (mut cell, mut place, mut begins) = (1, 0, true);
    while let Some(byte) = record.get(place) {
        place += 1;
        if *byte == b'"' && begins {
            loop {
                place += memchr(b'"', record.get(place..)?)? + 1;
                if record.get(place) != Some(&b'"') {
                    break;
                }
                place += 1;
            }
            let behind =
                record.get(place..)?.iter().find(|byte| !matches!(byte, b' ' | b'\t') || **byte == delimiter.0);
            if behind.is_some_and(|byte| *byte != delimiter.0 && !matches!(byte, b'\r' | b'\n')) {
                return Some(cell);
            }
        }
        begins = *byte == delimiter.0;
        cell += usize::from(begins);
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Cursor;

    use super::*;

    impl Records {
        const fn cells(&self) -> &StringRecord {
            &self.cells
        }
    }

    /// Every record with its line, or the refusal.
    fn read(text: &str) -> Result<Vec<(u64, Vec<String>)>, String> {
        let text = Text::decode("old.csv", Box::new(Cursor::new(text.to_owned())), None).unwrap();
        let mut records = Records::new("old.csv", text, 0, None).unwrap();
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
            &[(1, &["a", "b"]), (2, &["1\n1\n1", "2"]), (5, &["\n", "\n"]), (8, &["5", "6"])],
        );
        reads_as("\"a\rb\"\r\r\"\r\"\rx\r", &[(1, &["a\nb"]), (4, &["\n"]), (6, &["x"])]);
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
    fn titles_of_any_length_are_left_out_and_the_header_is_seen_whole() {
        for length in (BUFFER - 4..BUFFER + 4).chain(2 * BUFFER - 4..2 * BUFFER + 4) {
            for end in ["\n", "\r\n", "\r"] {
                let text = format!("{}{end},,,,,,{end}a;b;c{end}1;2;3{end}", "x".repeat(length));
                let text = Text::decode("old.csv", Box::new(Cursor::new(text)), None).unwrap();
                let mut records = Records::new("old.csv", text, 2, None).unwrap();
                for (line, cells) in [(3, ["a", "b", "c"]), (4, ["1", "2", "3"])] {
                    assert_eq!(records.advance().unwrap(), Some(line), "{length} {end:?}");
                    assert!(records.cells().iter().eq(cells), "{length} {end:?}");
                }
                assert_eq!(records.advance().unwrap(), None);
            }
        }
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
            assert_eq!(Delimiter::detect(text.as_bytes()), Delimiter(delimiter), "{text:?}");
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
