//! A file's text, a piece at a time, so that memory does not grow with the file.
//!
//! A file is read twice: from beginning to end to prove its encoding ([`proof`](super::proof)), then for its text.

use std::fmt;
use std::io::{self, ErrorKind};

use encoding_rs::{Decoder, DecoderResult, UTF_8};
use sha2::{Digest as _, Sha256};

use super::encoding::Encoding;
use super::piece::{Bytes, MARK, PIECE, read_piece, room, unreadable};
use super::proof::Proof;
use crate::refusal::Refusal;
use crate::say;

/// A file's text, decoded as it is read.
pub(crate) struct Text {
    bytes: Box<dyn Bytes>,
    pub(super) encoding: Encoding,
    /// Whether somebody said so.
    pub(super) declared: bool,
    decoder: Decoder,
    /// Over the bytes that were read, as they are in the file.
    hasher: Sha256,
    piece: Vec<u8>,
    decoded: String,
    /// Whether the byte order mark stands at its beginning; nothing is known before that was read.
    marked: Option<bool>,
    blank: bool,
    /// The first cell that is not ASCII.
    pub(super) sample: Option<String>,
    /// In which encoding the file may be instead, where it does not look right.
    pub(super) doubt: Option<&'static str>,
}

impl Text {
    /// The text of `bytes`: as `declared`, else as the byte order mark says, else strictly as UTF-8, else as GB18030.
    pub(crate) fn decode(name: &str, mut bytes: Box<dyn Bytes>, declared: Option<Encoding>) -> Result<Self, Refusal> {
        let proof = Proof::of(name, &mut *bytes, declared)?;
        proof.refuse_nul(name)?;
        bytes.rewind().map_err(|error| unreadable(name, &error))?;
        let Proof { encoding, blank, sample, doubt, .. } = proof;
        Ok(Self {
            bytes,
            encoding,
            declared: declared.is_some(),
            decoder: encoding.0.new_decoder_without_bom_handling(),
            hasher: Sha256::new(),
            piece: Vec::with_capacity(PIECE),
            decoded: room(encoding),
            marked: None,
            blank,
            sample,
            doubt,
        })
    }

    /// Appends the next piece of the text, without the byte order mark; tells whether there was one.
    pub(crate) fn read_into(&mut self, text: &mut Vec<u8>) -> io::Result<bool> {
        let before = text.len();
        while text.len() == before {
            if !read_piece(&mut *self.bytes, &mut self.piece)? {
                return Ok(false);
            }
            self.hasher.update(&self.piece);
            if self.encoding.0 == UTF_8 {
                text.extend_from_slice(&self.piece);
            } else {
                self.decode_piece(text)?;
            }
            if self.marked.is_none() {
                let marked = text[before..].starts_with(MARK.as_bytes());
                text.drain(before..before + if marked { MARK.len() } else { 0 });
                self.marked = Some(marked);
            }
        }
        Ok(true)
    }

    fn decode_piece(&mut self, text: &mut Vec<u8>) -> io::Result<()> {
        let mut done = 0;
        loop {
            self.decoded.clear();
            let rest = &self.piece[done..];
            let (result, read) = self.decoder.decode_to_string_without_replacement(rest, &mut self.decoded, false);
            text.extend_from_slice(self.decoded.as_bytes());
            done += read;
            match result {
                DecoderResult::InputEmpty => return Ok(()),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    return Err(io::Error::new(ErrorKind::InvalidData, say!("it was changed while it was read")));
                }
            }
        }
    }

    /// The whole text.
    pub(crate) fn whole(mut self, name: &str) -> Result<String, Refusal> {
        let mut text = Vec::new();
        while self.read_into(&mut text).map_err(|error| unreadable(name, &error))? {}
        String::from_utf8(text).map_err(|error| unreadable(name, &io::Error::new(ErrorKind::InvalidData, error)))
    }

    /// Whether the byte order mark stood at its beginning, once that was read.
    pub(super) fn is_marked(&self) -> bool {
        self.marked == Some(true)
    }

    /// Whether nothing but spaces stands in the text.
    pub(crate) const fn is_blank(&self) -> bool {
        self.blank
    }

    /// The SHA-256 of the file's bytes, as far as they were read: of the whole file once the text has ended.
    pub(crate) fn sha256(&self) -> [u8; 32] {
        self.hasher.clone().finalize().into()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Text").field("encoding", &self.encoding).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Cursor;

    use encoding_rs::GB18030;

    use super::*;

    /// A text whose characters lie across the places where pieces begin, whatever stands before it.
    fn long(before: usize) -> String {
        format!("{}{}", "x".repeat(before), "𠀀联é,\r\n".repeat(PIECE / 4))
    }

    fn decode(bytes: Vec<u8>, label: &str) -> Result<Text, Refusal> {
        Text::decode("old.csv", Box::new(Cursor::new(bytes)), Some(label.parse()?))
    }

    #[test]
    fn a_long_text_is_whole_in_every_encoding() {
        for text in (0..6).map(long) {
            let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
            for (label, bytes) in [
                ("utf-8", text.clone().into_bytes()),
                ("gb18030", GB18030.encode(&text).0.into_owned()),
                ("utf-16le", utf16(u16::to_le_bytes)),
                ("utf-16be", utf16(u16::to_be_bytes)),
            ] {
                let whole = decode(bytes, label).unwrap().whole("old.csv").unwrap();
                assert!(whole == text, "{label}: {} of {} bytes", whole.len(), text.len());
            }
        }
    }

    #[test]
    fn what_is_wrong_in_a_long_text_is_found_in_its_place() {
        for before in 0..6 {
            let (mut bytes, lines) = (long(before).into_bytes(), PIECE / 4);
            let (offset, line) = (bytes.len(), lines + 1);
            bytes.extend_from_slice(b"\xE8\x81");
            let place = format!("old.csv:{line}: the byte at offset {offset} (0xE8) is not UTF-8");
            let refused = decode(bytes.clone(), "utf-8").unwrap_err().to_string();
            assert!(refused.starts_with(&place), "{refused}");
            bytes.truncate(offset);
            bytes.push(0);
            let refused = decode(bytes, "utf-8").unwrap_err().to_string();
            assert!(refused.starts_with(&format!("old.csv:{line}: a NUL byte")), "{refused}");
        }
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_found_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.csv");
        std::fs::write(&path, GB18030.encode("编号\n联通\n").0).unwrap();
        let file = std::fs::File::open(&path).unwrap();
        let text = Text::decode("old.csv", Box::new(file), None).unwrap();
        std::fs::write(&path, b"\xFF\xFF\xFF").unwrap();
        let refused = text.whole("old.csv").unwrap_err().to_string();
        assert_eq!(refused, "cannot read old.csv: it was changed while it was read");
    }
}
