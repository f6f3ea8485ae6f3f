//! Bytes become text: the encoding is declared, marked or proven, never guessed by statistics.

use std::fmt;
use std::str::FromStr;

use encoding_rs::{DecoderResult, GB18030, UTF_8};

use super::lines;
use crate::language;
use crate::language::Spoken;
use crate::refusal::Refusal;
use crate::say;
use crate::text::quoted;

/// The encoding of a file, by any label of the WHATWG Encoding Standard (`gbk`, `big5`, `utf-16le` …).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// The standard's name of the encoding, such as `UTF-8` or `gb18030`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Spoken for Encoding {}

impl FromStr for Encoding {
    type Err = Refusal;

    fn from_str(label: &str) -> Result<Self, Refusal> {
        encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()).map(Self).ok_or_else(|| {
            Refusal::usage(say!("no encoding is called {label}", label = quoted(label))).or(say!(
                "type utf-8, gb18030, gbk, big5, utf-16le, utf-16be or another label of the Encoding Standard"
            ))
        })
    }
}

/// A file's text, with the bytes that it came from.
#[derive(Debug)]
pub struct Text {
    content: String,
    /// The file's bytes where they are not the text's own, so that a UTF-8 file is held once.
    original: Option<Vec<u8>>,
    encoding: Encoding,
}

impl Text {
    /// Decodes `bytes`: as `declared`, else as the byte order mark says, else strictly as UTF-8, else as GB18030.
    ///
    /// # Errors
    ///
    /// Refuses workbooks, files that are not text, and bytes that are wrong in the encoding; the message
    /// begins with `name`. Offsets count bytes from 0 at the beginning of the file.
    pub fn decode(name: &str, bytes: Vec<u8>, declared: Option<Encoding>) -> Result<Self, Refusal> {
        refuse_workbook(name, &bytes)?;
        let mark = encoding_rs::Encoding::for_bom(&bytes).map(|(encoding, _)| Encoding(encoding));
        let text = match (declared, mark) {
            (Some(declared), Some(mark)) if declared != mark => return Err(contradiction(name, declared, mark)),
            (Some(declared), _) => Self::strict(bytes, declared).map_err(|wrong| {
                wrong.refusal(
                    name,
                    &say!("is not {declared}", declared),
                    say!("name the right one with --encoding, or leave it out"),
                )
            })?,
            (None, Some(mark)) => Self::strict(bytes, mark).map_err(|wrong| {
                let what = say!("is not {mark}, though the file is marked as {mark}", mark);
                wrong.refusal(name, &what, say!("the file is damaged: save it again as \"CSV UTF-8\""))
            })?,
            (None, None) => Self::unmarked(name, bytes)?,
        };
        text.refuse_nul(name)?;
        Ok(text)
    }

    /// The text, without its byte order mark.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.content.strip_prefix('\u{feff}').unwrap_or(&self.content)
    }

    /// The file's bytes, the byte order mark included.
    #[must_use]
    pub fn original(&self) -> &[u8] {
        self.original.as_deref().unwrap_or(self.content.as_bytes())
    }

    /// The encoding that the bytes were read in.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Decodes a file that says nothing of its encoding.
    fn unmarked(name: &str, bytes: Vec<u8>) -> Result<Self, Refusal> {
        refuse_unmarked_utf16(name, &bytes)?;
        let bytes = match Self::strict(bytes, Encoding(UTF_8)) {
            Ok(text) => return Ok(text),
            // GB18030 reads much of damaged UTF-8 as wrong characters without complaint, while a GBK file
            // hardly ever begins with whole three-byte characters of UTF-8: in doubt the person decides.
            Err(wrong) if wrong.before().iter().any(|byte| *byte >= 0xE0) => {
                let way_out =
                    say!("save the file again as \"CSV UTF-8\", or name its encoding, such as --encoding gb18030");
                return Err(wrong.refusal(name, say!("is not UTF-8, though all before it is"), way_out));
            }
            Err(wrong) => wrong.bytes,
        };
        Self::strict(bytes, Encoding(GB18030)).map_err(|wrong| {
            let way_out = say!("name the file's encoding, such as --encoding big5");
            wrong.refusal(name, say!("is neither UTF-8 nor GB18030"), way_out)
        })
    }

    /// Decodes `bytes`, which may begin with the encoding's own mark, up to the first wrong byte.
    fn strict(bytes: Vec<u8>, encoding: Encoding) -> Result<Self, Wrong> {
        if encoding.0 == UTF_8 {
            return match String::from_utf8(bytes) {
                Ok(content) => Ok(Self { content, original: None, encoding }),
                Err(error) => {
                    let offset = error.utf8_error().valid_up_to();
                    let bytes = error.into_bytes();
                    Err(Wrong { line: 1 + lines::count(&bytes[..offset]), offset, bytes })
                }
            };
        }
        match transcode(&bytes, encoding.0) {
            Ok(content) => Ok(Self { content, original: Some(bytes), encoding }),
            Err((line, offset)) => Err(Wrong { bytes, line, offset }),
        }
    }

    /// Refuses text with NUL characters in it.
    fn refuse_nul(&self, name: &str) -> Result<(), Refusal> {
        let Some(at) = self.content.find('\0') else { return Ok(()) };
        let line = 1 + lines::count(&self.content.as_bytes()[..at]);
        Err(Refusal::failed(say!("{name}:{line}: a NUL byte stands here, so this is not a text file", name, line))
            .or(say!("save the table as CSV first")))
    }
}

/// Where decoding stopped.
struct Wrong {
    bytes: Vec<u8>,
    /// The line of the first wrong byte, from 1.
    line: u64,
    /// Where the first wrong byte stands, from 0.
    offset: usize,
}

impl Wrong {
    /// The bytes before the first wrong one.
    fn before(&self) -> &[u8] {
        &self.bytes[..self.offset]
    }

    /// `old.csv:3: the byte at offset 27 (0xFF) is not Big5; …`
    fn refusal(&self, name: &str, is_not: &str, way_out: &str) -> Refusal {
        let Self { bytes, line, offset } = self;
        let byte = bytes.get(*offset).copied().unwrap_or_default();
        Refusal::failed(say!(
            "{name}:{line}: the byte at offset {offset} ({byte}) {is_not}",
            name,
            line,
            offset,
            byte = format!("0x{byte:02X}"),
            is_not
        ))
        .or(way_out)
    }
}

/// Decodes to UTF-8; the error is the line and the offset of the first wrong byte.
fn transcode(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Result<String, (u64, usize)> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // Three bytes for two is what Chinese text needs, whether it comes from GB18030 or from UTF-16.
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    let mut done = 0;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[done..], &mut text, true);
        done += read;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => text.reserve(bytes.len() - done + 64),
            DecoderResult::Malformed(length, after) => {
                let line = 1 + lines::count(text.as_bytes());
                return Err((line, done - usize::from(length) - usize::from(after)));
            }
        }
    }
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

/// Refuses UTF-16 without its mark, which shows in NUL bytes that stand on one side of the pairs.
fn refuse_unmarked_utf16(name: &str, bytes: &[u8]) -> Result<(), Refusal> {
    let nuls = |side: usize| bytes.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let many = (even + odd).saturating_mul(32) >= bytes.len().max(1);
    let label = match (even, odd) {
        _ if !many => return Ok(()),
        (even, odd) if odd / 3 >= even => "utf-16le",
        (even, odd) if even / 3 >= odd => "utf-16be",
        _ => return Ok(()),
    };
    Err(Refusal::failed(say!("{name} looks like UTF-16 without a byte order mark: it has many NUL bytes", name))
        .or(say!("if that is what it is, add --encoding {label}", label)))
}

/// The file's own mark says one thing and `--encoding` another.
fn contradiction(name: &str, declared: Encoding, mark: Encoding) -> Refusal {
    Refusal::failed(say!("{name} is marked as {mark}, not as {declared}", name, mark, declared))
        .or(say!("leave --encoding out"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

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
        Text::decode("old.csv", bytes.into(), None)
    }

    fn decode_as(label: &str, bytes: impl Into<Vec<u8>>) -> Result<Text, Refusal> {
        Text::decode("old.csv", bytes.into(), Some(label.parse().unwrap()))
    }

    fn refused(bytes: impl Into<Vec<u8>>) -> String {
        decode(bytes).unwrap_err().to_string()
    }

    #[track_caller]
    fn reads_as(text: &Text, encoding: &str, original: &[u8]) {
        assert_eq!(text.as_str(), LEDGER);
        assert_eq!(text.encoding().name(), encoding);
        assert_eq!(text.original(), original);
    }

    #[test]
    fn marks_decide_first() {
        let marked = format!("\u{feff}{LEDGER}");
        reads_as(&decode(marked.as_bytes()).unwrap(), "UTF-8", marked.as_bytes());
        let little = utf16(&marked, u16::to_le_bytes);
        reads_as(&decode(little.clone()).unwrap(), "UTF-16LE", &little);
        let big = utf16(&marked, u16::to_be_bytes);
        reads_as(&decode(big.clone()).unwrap(), "UTF-16BE", &big);
    }

    #[test]
    fn unmarked_text_is_utf8_or_else_gb18030() {
        reads_as(&decode(LEDGER).unwrap(), "UTF-8", LEDGER.as_bytes());
        reads_as(&decode(gbk(LEDGER)).unwrap(), "gb18030", &gbk(LEDGER));
        assert_eq!(decode(gbk("联通\n")).unwrap().as_str(), "联通\n");
        assert_eq!(decode(gbk("a,𠀀,ö,€\n")).unwrap().as_str(), "a,𠀀,ö,€\n");
    }

    #[test]
    fn utf8_is_held_once() {
        assert!(decode(LEDGER).unwrap().original.is_none());
        assert!(decode(format!("\u{feff}{LEDGER}")).unwrap().original.is_none());
    }

    #[test]
    fn a_declared_encoding_is_taken() {
        let (big5, _, _) = encoding_rs::BIG5.encode("編號,日期\n");
        assert_eq!(decode_as("big5", big5.into_owned()).unwrap().as_str(), "編號,日期\n");
        let little = utf16(LEDGER, u16::to_le_bytes);
        reads_as(&decode_as("utf-16le", little.clone()).unwrap(), "UTF-16LE", &little);
        let marked = utf16(&format!("\u{feff}{LEDGER}"), u16::to_le_bytes);
        reads_as(&decode_as("UTF-16", marked.clone()).unwrap(), "UTF-16LE", &marked);
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

    #[test]
    fn labels_are_those_of_the_standard() {
        assert_eq!("GBK".parse::<Encoding>().unwrap().to_string(), "GBK");
        assert_eq!(
            "klingon".parse::<Encoding>().unwrap_err().to_string(),
            "no encoding is called \"klingon\"; \
             type utf-8, gb18030, gbk, big5, utf-16le, utf-16be or another label of the Encoding Standard"
        );
        assert!("hz-gb-2312".parse::<Encoding>().is_err(), "the standard reads it as nothing but an error");
    }
}
