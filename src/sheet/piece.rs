//! Compressed text in pieces: a workbook's rows are compressed as they come, long before it is known what stands above
//! them.

use std::io::{self, Cursor, Read, Write};

use flate2::{Compression, Crc, write::DeflateEncoder};

/// What ends compressed text: a last block with nothing in it (RFC 1951, 3.2.6).
const END: [u8; 2] = [0b011, 0];

/// A piece of a text, compressed for itself.
pub(crate) struct Piece {
    /// The compressed bytes, and perhaps more.
    packed: Box<dyn Read>,
    /// How many of them are the piece.
    size: u64,
    sum: Crc,
    /// The length of the text, in bytes.
    length: u64,
}

/// Compresses a piece into `W`.
pub(crate) struct Packer<W: Write> {
    encoder: DeflateEncoder<W>,
    sum: Crc,
    length: u64,
}

impl<W: Write> Packer<W> {
    /// A packer that has nothing yet. It compresses the least, for a large workbook is mostly waited for.
    pub(crate) fn new(out: W) -> Self {
        Self { encoder: DeflateEncoder::new(out, Compression::fast()), sum: Crc::new(), length: 0 }
    }

    /// Ends the piece, on a whole byte; `read` reads what was written from its beginning.
    pub(crate) fn end(mut self, read: impl FnOnce(W) -> io::Result<Box<dyn Read>>) -> io::Result<Piece> {
        self.encoder.flush()?;
        let size = self.encoder.total_out();
        Ok(Piece { packed: read(self.encoder.finish()?)?, size, sum: self.sum, length: self.length })
    }
}

impl<W: Write> Write for Packer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.encoder.write(bytes)?;
        self.sum.update(&bytes[..count]);
        self.length += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.encoder.flush()
    }
}

impl Piece {
    /// A text that is at hand.
    pub(crate) fn of(text: &str) -> io::Result<Self> {
        let mut packer = Packer::new(Vec::new());
        packer.write_all(text.as_bytes())?;
        packer.end(|packed| Ok(Box::new(Cursor::new(packed))))
    }
}

/// Writes pieces as one compressed text; gives the text's checksum (CRC-32) and its length in bytes.
pub(crate) fn join(pieces: impl IntoIterator<Item = Piece>, out: &mut impl Write) -> io::Result<(u32, u64)> {
    let (mut sum, mut length) = (Crc::new(), 0);
    for piece in pieces {
        io::copy(&mut piece.packed.take(piece.size), out)?;
        sum.combine(&piece.sum);
        length += piece.length;
    }
    out.write_all(&END)?;
    Ok((sum.sum(), length))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn pieces_become_the_text_that_they_are_of() {
        let texts = ["headings", "", &"第一行 ".repeat(100_000), "totals"];
        let mut out = Vec::new();
        let (sum, length) = join(texts.map(|text| Piece::of(text).unwrap()), &mut out).unwrap();
        let mut text = String::new();
        let mut decoder = flate2::bufread::DeflateDecoder::new(out.as_slice());
        decoder.read_to_string(&mut text).unwrap();
        assert_eq!(decoder.total_in(), out.len() as u64, "nothing follows its end");
        assert_eq!(text, texts.concat());
        assert_eq!(length, text.len() as u64);
        let mut whole = Crc::new();
        whole.update(text.as_bytes());
        assert_eq!(sum, whole.sum());
    }
}
