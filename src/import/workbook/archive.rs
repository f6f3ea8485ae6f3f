//! The parts of a zipped workbook: how large they are, measured before anything reads them.

use std::io::{self, Read};

use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive};

use super::{Book, too_large};
use crate::refusal::Refusal;
use crate::say;

/// How much the parts of a workbook may come to together, unpacked, in bytes.
const LIMIT: u64 = 1 << 30;

/// How much a workbook may come to whatever it is packed in: below, it is not asked how well it is packed.
const HARMLESS: u64 = 64 << 20;

/// How many times its packed size a larger one may come to. The densest sheets that people have come to forty.
const DENSEST: u64 = 150;

/// Whether a zip file is an open document: its first part says what it is, unpacked.
pub(super) fn is_open_document(packed: &[u8]) -> bool {
    const SAYS: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument";
    packed.get(30..).is_some_and(|rest| rest.starts_with(SAYS)) || has_part(packed, "content.xml")
}

/// Whether an archive has this part.
pub(super) fn has_part(packed: &[u8], wanted: &str) -> bool {
    let Ok(archive) = ZipArchive::from_slice(packed) else { return false };
    let mut parts = archive.entries();
    while let Ok(Some(part)) = parts.next_entry() {
        if part.file_path().as_bytes() == wanted.as_bytes() {
            return true;
        }
    }
    false
}

/// Unpacks every part, to see that none is larger than it should be, whatever it says of itself.
pub(super) fn measure(book: &Book<'_>, packed: &[u8]) -> Result<(), Refusal> {
    let limit = LIMIT.min(HARMLESS.max((packed.len() as u64).saturating_mul(DENSEST)));
    let unreadable = |error: rawzip::Error| book.unreadable(error);
    let archive = ZipArchive::from_slice(packed).map_err(unreadable)?;
    let mut parts = archive.entries();
    let mut total = 0;
    while let Some(part) = parts.next_entry().map_err(unreadable)? {
        let entry = archive.get_entry(part.wayfinder()).map_err(unreadable)?;
        let left = limit - total + 1;
        total += match part.compression_method() {
            CompressionMethod::DEFLATE => io::copy(&mut DeflateDecoder::new(entry.data()).take(left), &mut io::sink())
                .map_err(|error| book.unreadable(error))?,
            _ => entry.data().len() as u64,
        };
        if total > limit {
            return Err(too_large(
                book.name,
                &say!("unpacked it is larger than {limit} MiB, the most for its size", limit = limit >> 20),
            ));
        }
    }
    Ok(())
}

/// One part of an archive that was measured, unpacked as it is read.
pub(super) fn part<T>(
    book: &Book<'_>,
    packed: &[u8],
    wanted: &str,
    read: impl FnOnce(&mut dyn Read) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let unreadable = |error: rawzip::Error| book.unreadable(error);
    let archive = ZipArchive::from_slice(packed).map_err(unreadable)?;
    let mut parts = archive.entries();
    while let Some(part) = parts.next_entry().map_err(unreadable)? {
        if part.file_path().as_bytes() == wanted.as_bytes() {
            let entry = archive.get_entry(part.wayfinder()).map_err(unreadable)?;
            return match part.compression_method() {
                CompressionMethod::DEFLATE => read(&mut DeflateDecoder::new(entry.data())),
                CompressionMethod::STORE => read(&mut entry.data()),
                _ => Err(book.cannot_be_read(say!("it is packed in a way that is not known"))),
            };
        }
    }
    Err(book.cannot_be_read(&say!("its part {part} is missing", part = wanted.to_owned())))
}
