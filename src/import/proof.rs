//! Which encoding a file is in: declared, marked or proven from beginning to end, never guessed by statistics.

use std::io::{self, SeekFrom};

use encoding_rs::{Decoder, DecoderResult, GB18030, UTF_8};
use memchr::memchr;

use super::encoding::Encoding;
use super::lines::Lines;
use super::piece::{Bytes, MARK, read_piece, room, unreadable};
use super::{doubt, header};
use crate::language;
use crate::refusal::Refusal;
use crate::say;

/// So much of a cell is shown.
const SAMPLE: usize = 40;

/// A file that is read from beginning to end in one encoding, to see whether that is its encoding.
pub(super) struct Proof {
    pub(super) encoding: Encoding,
    decoder: Decoder,
    decoded: String,
    /// How many bytes were taken, and how many lines end in them.
    taken: u64,
    lines: Lines,
    /// The line of the first NUL.
    nul: Option<u64>,
    /// Whether a character was seen that takes three bytes or more in UTF-8.
    long: bool,
    /// Whether nothing but spaces was seen.
    pub(super) blank: bool,
    /// The first cell that is not ASCII.
    pub(super) sample: Option<String>,
    /// In which encoding the file may be instead, where it does not look right.
    pub(super) doubt: Option<&'static str>,
    wrong: Option<Wrong>,
}

/// Where decoding stopped.
#[derive(Clone, Copy)]
struct Wrong {
    /// The line of the first wrong byte, from 1.
    line: u64,
    /// Where the first wrong byte stands, from 0.
    offset: u64,
}

impl Proof {
    fn new(encoding: Encoding) -> Self {
        Self {
            encoding,
            decoder: encoding.0.new_decoder_without_bom_handling(),
            decoded: room(encoding),
            taken: 0,
            lines: Lines::default(),
            nul: None,
            long: false,
            blank: true,
            sample: None,
            doubt: None,
            wrong: None,
        }
    }

    /// The encoding of a file, proven.
    pub(super) fn of(name: &str, bytes: &mut dyn Bytes, declared: Option<Encoding>) -> Result<Self, Refusal> {
        let mut head = Vec::new();
        read_piece(bytes, &mut head).and_then(|_| bytes.rewind()).map_err(|error| unreadable(name, &error))?;
        refuse_workbook(name, &head)?;
        let mark = encoding_rs::Encoding::for_bom(&head).map(|(encoding, _)| Encoding(encoding));
        match (declared, mark) {
            (Some(declared), Some(mark)) if declared != mark => Err(contradiction(name, declared, mark)),
            (Some(declared), _) => Self::strict(name, bytes, declared)?.or_refuse(
                name,
                bytes,
                &say!("is not {declared}", declared),
                say!("name the right one with --encoding, or leave it out"),
            ),
            (None, Some(mark)) => Self::strict(name, bytes, mark)?.or_refuse(
                name,
                bytes,
                &say!("is not {mark}, though the file is marked as {mark}", mark),
                say!("the file is damaged: save it again as \"CSV UTF-8\""),
            ),
            (None, None) => Self::unmarked(name, bytes, &head),
        }
    }

    /// Proves a file that says nothing of its encoding.
    fn unmarked(name: &str, bytes: &mut dyn Bytes, head: &[u8]) -> Result<Self, Refusal> {
        let mut nuls = Nuls::default();
        let utf8 = Self::read(bytes, Encoding(UTF_8), |piece| nuls.take(piece));
        let utf8 = utf8.map_err(|error| unreadable(name, &error))?;
        nuls.refuse_utf16(name)?;
        if utf8.wrong.is_none() {
            return Ok(utf8);
        }
        // GB18030 reads much of damaged UTF-8 as wrong characters without complaint, while a GBK file
        // hardly ever begins with whole three-byte characters of UTF-8: in doubt the person decides.
        if utf8.long {
            let way_out =
                say!("save the file again as \"CSV UTF-8\", or name its encoding, such as --encoding gb18030");
            return utf8.or_refuse(name, bytes, say!("is not UTF-8, though all before it is"), way_out);
        }
        let proof = Self::strict(name, bytes, Encoding(GB18030))?.or_refuse(
            name,
            bytes,
            say!("is neither UTF-8 nor GB18030"),
            say!("name the file's encoding, such as --encoding big5"),
        )?;
        Ok(Self { doubt: doubt::of(head), ..proof })
    }

    fn strict(name: &str, bytes: &mut dyn Bytes, encoding: Encoding) -> Result<Self, Refusal> {
        Self::read(bytes, encoding, |_| ()).map_err(|error| unreadable(name, &error))
    }

    /// Reads a file, up to the first wrong byte; `see` sees every piece of it.
    fn read(bytes: &mut dyn Bytes, encoding: Encoding, mut see: impl FnMut(&[u8])) -> io::Result<Self> {
        bytes.rewind()?;
        let (mut proof, mut piece) = (Self::new(encoding), Vec::new());
        while read_piece(bytes, &mut piece)? {
            see(&piece);
            proof.take(&piece, false);
        }
        proof.take(&[], true);
        Ok(proof)
    }

    fn take(&mut self, mut piece: &[u8], last: bool) {
        while self.wrong.is_none() {
            let (result, read) = self.decoder.decode_to_string_without_replacement(piece, &mut self.decoded, last);
            self.taken += read as u64;
            piece = &piece[read..];
            self.look();
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, after) => {
                    let offset = self.taken - u64::from(length) - u64::from(after);
                    self.wrong = Some(Wrong { line: 1 + self.lines.count(), offset });
                }
            }
        }
    }

    /// Looks at what was decoded.
    fn look(&mut self) {
        let text = self.decoded.as_bytes();
        if let (None, Some(at)) = (self.nul, memchr(0, text)) {
            let mut before = self.lines;
            before.take(&text[..at]);
            self.nul = Some(1 + before.count());
        }
        self.lines.take(text);
        self.long = self.long || text.iter().any(|byte| *byte >= 0xE0);
        self.sample = self.sample.take().or_else(|| sample(&self.decoded));
        self.blank = self.blank && header::is_blank(self.decoded.trim_start_matches(MARK));
        self.decoded.clear();
    }

    /// The proof, or `old.csv:3: the byte at offset 27 (0xFF) is not Big5; …`
    fn or_refuse(self, name: &str, bytes: &mut dyn Bytes, is_not: &str, way_out: &str) -> Result<Self, Refusal> {
        let Some(Wrong { line, offset }) = self.wrong else { return Ok(self) };
        let mut byte = [0];
        let read = bytes.seek(SeekFrom::Start(offset)).and_then(|_| bytes.read_exact(&mut byte));
        read.map_err(|error| unreadable(name, &error))?;
        Err(Refusal::failed(say!(
            "{name}:{line}: the byte at offset {offset} ({byte}) {is_not}",
            name,
            line,
            offset,
            byte = format!("0x{:02X}", byte[0]),
            is_not
        ))
        .or(way_out))
    }

    /// Refuses text with NUL characters in it.
    pub(super) fn refuse_nul(&self, name: &str) -> Result<(), Refusal> {
        let Some(line) = self.nul else { return Ok(()) };
        Err(Refusal::failed(say!("{name}:{line}: a NUL byte stands here, so this is not a text file", name, line))
            .or(say!("save the table as CSV first")))
    }
}

/// The first cell of a text, or a part of one, that is not ASCII.
fn sample(text: &str) -> Option<String> {
    let is_edge = |c: char| matches!(c, ',' | ';' | '\t' | '\n' | '\r' | '"');
    let (before, rest) = text.split_at(text.find(|c: char| !c.is_ascii())?);
    let begin = before.rfind(is_edge).map_or(0, |edge| edge + 1);
    let end = rest.find(is_edge).unwrap_or(rest.len());
    Some(text[begin..before.len() + end].trim().chars().take(SAMPLE).collect())
}

/// Refuses Excel's own files, old and new.
fn refuse_workbook(name: &str, bytes: &[u8]) -> Result<(), Refusal> {
    let kind = if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        say!("a workbook (.xlsx) or another zip file")
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        say!("an old workbook (.xls) or another Office file")
    } else {
        return Ok(());
    };
    Err(Refusal::failed(say!("{name} is {kind}, not CSV", name, kind = language::value(kind)))
        .or(say!("open it in Excel and save it as \"CSV UTF-8\" first")))
}

/// The NUL bytes of a file, which show UTF-16 without its mark: they stand on one side of the pairs.
#[derive(Default)]
struct Nuls {
    /// How many stand at even and at odd offsets.
    even: u64,
    odd: u64,
    length: u64,
}

impl Nuls {
    fn take(&mut self, piece: &[u8]) {
        if memchr(0, piece).is_some() {
            let side = |skip: usize| piece.iter().skip(skip).step_by(2).filter(|byte| **byte == 0).count() as u64;
            let (first, second) = (side(0), side(1));
            let (even, odd) = if self.length.is_multiple_of(2) { (first, second) } else { (second, first) };
            self.even += even;
            self.odd += odd;
        }
        self.length += piece.len() as u64;
    }

    /// Refuses UTF-16 without its mark.
    fn refuse_utf16(&self, name: &str) -> Result<(), Refusal> {
        let Self { even, odd, length } = *self;
        let many = (even + odd).saturating_mul(32) >= length.max(1);
        let label = match (even, odd) {
            _ if !many => return Ok(()),
            (even, odd) if odd / 3 >= even => "utf-16le",
            (even, odd) if even / 3 >= odd => "utf-16be",
            _ => return Ok(()),
        };
        Err(Refusal::failed(say!("{name} looks like UTF-16 without a byte order mark: it has many NUL bytes", name))
            .or(say!("if that is what it is, add --encoding {label}", label)))
    }
}

/// The file's own mark says one thing and `--encoding` another.
fn contradiction(name: &str, declared: Encoding, mark: Encoding) -> Refusal {
    Refusal::failed(say!("{name} is marked as {mark}, not as {declared}", name, mark, declared))
        .or(say!("leave --encoding out"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Cursor;

    use super::super::reading::Text;
    use super::*;

    const LEDGER: &str = "编号,日期\n联通,2026-11-22\n";

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    fn gbk(text: &str) -> Vec<u8> {
        let (bytes, _, unmappable) = GB18030.encode(text);
        assert!(!unmappable);
        bytes.into_owned()
    }

    fn decode(bytes: impl Into<Vec<u8>>) -> Result<Text, Refusal> {
        Text::decode("old.csv", Box::new(Cursor::new(bytes.into())), None)
    }

    fn decode_as(label: &str, bytes: impl Into<Vec<u8>>) -> Result<Text, Refusal> {
        Text::decode("old.csv", Box::new(Cursor::new(bytes.into())), Some(label.parse().unwrap()))
    }

    fn refused(bytes: impl Into<Vec<u8>>) -> String {
        decode(bytes).unwrap_err().to_string()
    }

    #[track_caller]
    fn reads_as(text: Text, encoding: &str) {
        assert_eq!(text.encoding.name(), encoding);
        assert_eq!(whole(text), LEDGER);
    }

    fn whole(text: Text) -> String {
        text.whole("old.csv").unwrap()
    }

    #[test]
    fn marks_decide_first() {
        let marked = format!("\u{feff}{LEDGER}");
        reads_as(decode(marked.as_bytes()).unwrap(), "UTF-8");
        let little = utf16(&marked, u16::to_le_bytes);
        reads_as(decode(little.clone()).unwrap(), "UTF-16LE");
        let big = utf16(&marked, u16::to_be_bytes);
        reads_as(decode(big.clone()).unwrap(), "UTF-16BE");
    }

    #[test]
    fn unmarked_text_is_utf8_or_else_gb18030() {
        reads_as(decode(LEDGER).unwrap(), "UTF-8");
        reads_as(decode(gbk(LEDGER)).unwrap(), "gb18030");
        assert_eq!(whole(decode(gbk("联通\n")).unwrap()), "联通\n");
        assert_eq!(whole(decode(gbk("a,𠀀,ö,€\n")).unwrap()), "a,𠀀,ö,€\n");
    }

    #[test]
    fn a_declared_encoding_is_taken() {
        let (big5, _, _) = encoding_rs::BIG5.encode("編號,日期\n");
        assert_eq!(whole(decode_as("big5", big5.into_owned()).unwrap()), "編號,日期\n");
        let little = utf16(LEDGER, u16::to_le_bytes);
        reads_as(decode_as("utf-16le", little.clone()).unwrap(), "UTF-16LE");
        let marked = utf16(&format!("\u{feff}{LEDGER}"), u16::to_le_bytes);
        reads_as(decode_as("UTF-16", marked.clone()).unwrap(), "UTF-16LE");
    }

    #[test]
    fn bytes_that_are_nothing_are_refused_with_their_place() {
        assert_eq!(
            refused(b"a,b\r\n1,2\r\n3,\xFF\r\n".as_slice()),
            "old.csv:3: the byte at offset 12 (0xFF) is neither UTF-8 nor GB18030; \
             name the file's encoding, such as --encoding big5"
        );
    }

    #[test]
    fn half_a_character_at_the_end_is_refused() {
        let mut bytes = gbk("编号\n联通");
        bytes.pop();
        assert_eq!(
            refused(bytes),
            "old.csv:2: the byte at offset 7 (0xCD) is neither UTF-8 nor GB18030; \
             name the file's encoding, such as --encoding big5"
        );
    }

    #[test]
    fn half_a_character_within_the_text_is_refused() {
        let place = |bytes: &[u8]| refused(bytes).split(" is neither").next().unwrap().to_owned();
        assert_eq!(place(b"a\n\xC1\xAA\xCD\nb"), "old.csv:2: the byte at offset 4 (0xCD)");
        assert_eq!(place(b"a\r\xC1\xAA\x81\x30\x81,b"), "old.csv:2: the byte at offset 4 (0x81)");
    }

    #[test]
    fn damaged_utf8_is_not_taken_for_gb18030() {
        let torn = &"编号\n你好你".as_bytes()[..15];
        assert_eq!(
            refused(torn),
            "old.csv:2: the byte at offset 13 (0xE4) is not UTF-8, though all before it is; \
             save the file again as \"CSV UTF-8\", or name its encoding, such as --encoding gb18030"
        );
        assert!(decode_as("gb18030", torn).is_ok(), "it reads as GB18030, in wrong characters");
    }

    #[test]
    fn wrong_bytes_under_a_mark_or_a_declaration_are_refused() {
        let mut odd = utf16("\u{feff}a\nb", u16::to_le_bytes);
        odd.push(b'x');
        assert_eq!(
            refused(odd),
            "old.csv:2: the byte at offset 8 (0x78) is not UTF-16LE, though the file is marked as UTF-16LE; \
             the file is damaged: save it again as \"CSV UTF-8\""
        );
        assert_eq!(
            decode_as("utf-8", gbk(LEDGER)).unwrap_err().to_string(),
            "old.csv:1: the byte at offset 0 (0xB1) is not UTF-8; name the right one with --encoding, or leave it out"
        );
    }

    #[test]
    fn a_mark_that_contradicts_the_declaration_is_refused() {
        assert_eq!(
            decode_as("gbk", "\u{feff}a").unwrap_err().to_string(),
            "old.csv is marked as UTF-8, not as GBK; leave --encoding out"
        );
        assert_eq!(
            decode_as("utf-16", utf16("\u{feff}a", u16::to_be_bytes)).unwrap_err().to_string(),
            "old.csv is marked as UTF-16BE, not as UTF-16LE; leave --encoding out"
        );
    }

    #[test]
    fn utf16_without_a_mark_is_named() {
        assert_eq!(
            refused(utf16(LEDGER, u16::to_le_bytes)),
            "old.csv looks like UTF-16 without a byte order mark: it has many NUL bytes; \
             if that is what it is, add --encoding utf-16le"
        );
        assert_eq!(
            refused(utf16("a,一\n", u16::to_be_bytes)),
            "old.csv looks like UTF-16 without a byte order mark: it has many NUL bytes; \
             if that is what it is, add --encoding utf-16be"
        );
    }

    #[test]
    fn other_nul_bytes_are_not_text() {
        let message = |line| {
            format!("old.csv:{line}: a NUL byte stands here, so this is not a text file; save the table as CSV first")
        };
        assert_eq!(refused(format!("a,b\n1,\0{}", "x".repeat(64))), message(2));
        assert_eq!(refused(b"\0\0\0\0\0\0".as_slice()), message(1));
        assert_eq!(refused(utf16("\u{feff}a\n\n\0", u16::to_le_bytes)), message(3));
    }

    #[test]
    fn workbooks_are_refused() {
        assert_eq!(
            refused(b"PK\x03\x04rest".as_slice()),
            "old.csv is a workbook (.xlsx) or another zip file, not CSV; \
             open it in Excel and save it as \"CSV UTF-8\" first"
        );
        assert_eq!(
            refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0".as_slice()),
            "old.csv is an old workbook (.xls) or another Office file, not CSV; \
             open it in Excel and save it as \"CSV UTF-8\" first"
        );
    }
}
