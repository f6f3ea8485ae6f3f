//! A file's bytes, a piece at a time.

use std::io::{self, Read, Seek};

use super::encoding::Encoding;
use crate::refusal::Refusal;
use crate::say;

/// How many bytes are read at once.
pub(super) const PIECE: usize = 1 << 16;

/// The byte order mark, as it is decoded.
pub(super) const MARK: &str = "\u{feff}";

/// Where a text comes from: a file, or bytes in memory.
pub(crate) trait Bytes: Read + Seek {}

impl<B: Read + Seek> Bytes for B {}

/// The refusal of a file that cannot be read to its end.
pub(super) fn unreadable(name: &str, error: &io::Error) -> Refusal {
    Refusal::failed(say!("cannot read {name}: {error}", name, error))
}

/// Room for what a piece may be in UTF-8.
pub(super) fn room(encoding: Encoding) -> String {
    let decoder = encoding.0.new_decoder_without_bom_handling();
    String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(PIECE).unwrap_or(PIECE * 4))
}

/// Replaces `piece` by the next bytes; tells whether there are any.
pub(super) fn read_piece(bytes: &mut dyn Bytes, piece: &mut Vec<u8>) -> io::Result<bool> {
    piece.clear();
    Ok(bytes.take(PIECE as u64).read_to_end(piece)? > 0)
}
