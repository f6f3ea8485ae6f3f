//! What is recorded beside a copy, in a file that `sha256sum -c` reads: of which book it is, when it was made, how far it goes,
//! and its SHA-256. To restore, the copy alone is enough.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::book::journal::{self, Head};
use crate::files;
use crate::files::part::Part;

/// What the name of a record ends in, behind the copy's.
const ENDING: &str = ".sha256";

/// The record of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// What tells the book from others.
    pub(crate) book: String,
    /// When the copy was made: an instant of UTC.
    pub(crate) made_at: String,
    /// The hash of its bytes, in hexadecimal digits.
    pub(crate) sha256: String,
}

impl Record {
    /// Where the record of a copy is.
    pub(crate) fn of(copy: &Path) -> PathBuf {
        let mut path = copy.as_os_str().to_owned();
        path.push(ENDING);
        path.into()
    }

    /// Reads the record of a copy; none where there is none that could be read as one.
    pub(crate) fn read(copy: &Path) -> Option<Self> {
        let text = fs::read_to_string(Self::of(copy)).ok()?;
        let told =
            |what: &str| text.lines().find_map(|line| line.strip_prefix("# ")?.strip_prefix(what)?.strip_prefix(' '));
        let (sha256, _) = text.lines().find(|line| !line.starts_with('#'))?.split_once("  ")?;
        let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then_some(())?;
        Some(Self {
            book: told("book")?.to_owned(),
            made_at: told("made")?.to_owned(),
            sha256: sha256.to_ascii_lowercase(),
        })
    }

    /// Writes the record beside a copy with these heads.
    pub(crate) fn write(&self, copy: &Path, heads: [(&str, Head); 2]) -> io::Result<()> {
        let Self { book, made_at, sha256 } = self;
        let place = Self::of(copy);
        let part = Part::beside(&place)?;
        let mut file = part.file()?;
        let name = copy.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
        writeln!(file, "# book {book}\n# made {made_at}")?;
        for (chain, Head { count, hash }) in heads {
            writeln!(file, "# {chain} {count} {}", journal::hex(&hash))?;
        }
        writeln!(file, "{sha256}  {name}")?;
        part.place(&place)
    }

    /// Whether the copy has the bytes that are recorded.
    pub(crate) fn fits(&self, copy: &Path) -> io::Result<bool> {
        Ok(journal::hex(&files::sha256(copy)?) == self.sha256)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("a copy.db");
        fs::write(&copy, "abc").unwrap();
        assert_eq!(Record::read(&copy), None);
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned();
        let record =
            Record { book: "0a".to_owned(), made_at: "2026-10-08T00:00:00Z".to_owned(), sha256: sha256.clone() };
        let head = Head { count: 3, hash: [1; 32] };
        record.write(&copy, [("journal", head), ("access-log", head)]).unwrap();
        let written = fs::read_to_string(folder.path().join("a copy.db.sha256")).unwrap();
        let hash = "01".repeat(32);
        assert_eq!(
            written,
            format!(
                "# book 0a\n# made 2026-10-08T00:00:00Z\n# journal 3 {hash}\n# access-log 3 {hash}\n{sha256}  a copy.db\n"
            )
        );
        assert_eq!(Record::read(&copy), Some(record.clone()));
        assert!(record.fits(&copy).unwrap());
        fs::write(&copy, "abd").unwrap();
        assert!(!record.fits(&copy).unwrap());
        fs::write(Record::of(&copy), "# book 0a\n").unwrap();
        assert_eq!(Record::read(&copy), None);
    }
}
