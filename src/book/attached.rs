//! The folder beside a book in which the files of its entries lie, each named by what is in it, so that a file that belongs to
//! several entries is kept once.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};
use sha2::{Digest as _, Sha256};

use super::journal::hex;
use crate::files::named::cannot_write;
use crate::files::part::Part;
use crate::files::{self, beside};
use crate::language;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// A file as the book tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// What it is called.
    pub(crate) file: String,
    /// How long it is.
    pub(crate) bytes: i64,
    /// SHA-256 of what is in it, in hexadecimal digits.
    pub(crate) sha256: String,
}

/// The folder of a book's files.
#[derive(Debug)]
pub(crate) struct Store {
    folder: PathBuf,
    /// Whose permissions its files have: the book's.
    model: PathBuf,
}

/// What of a book's files is missing, altered or not told of.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// How many are as the book tells.
    pub(crate) right: u64,
    /// What is said of each that is not.
    pub(crate) wrong: Vec<String>,
    /// The names of those that the book tells nothing of.
    pub(crate) unknown: Vec<String>,
}

impl Store {
    pub(crate) fn of(book: &Path) -> Self {
        Self { folder: beside::attached(book), model: book.to_owned() }
    }

    /// That of a book which is not there yet, as private as this file.
    pub(crate) fn before(book: &Path, model: &Path) -> Self {
        Self { folder: beside::attached(book), model: model.to_owned() }
    }

    /// Whether there is one.
    pub(crate) fn is_there(&self) -> bool {
        self.folder.is_dir()
    }

    /// Where a file is, or will be: under the digits of its SHA-256, with the ending of its name, by which systems know what opens it.
    ///
    /// # Errors
    /// An error where the book was altered, so that the digits are none.
    pub(crate) fn path(&self, kept: &Kept) -> Result<PathBuf> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        anyhow::ensure!(
            kept.sha256.len() == 64 && kept.sha256.bytes().all(is_digit),
            say!("{sha256} is no SHA-256", sha256 = text::visible(&kept.sha256))
        );
        let ending = Path::new(&kept.file).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let is_plain =
            !ending.is_empty() && ending.len() <= 8 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let ending = if is_plain { format!(".{}", ending.to_ascii_lowercase()) } else { String::new() };
        Ok(self.folder.join(format!("{}{ending}", kept.sha256)))
    }

    /// Copies a file into the folder and brings it to the disk.
    ///
    /// # Errors
    /// A refusal where it is no file, cannot be read, or changes meanwhile.
    pub(crate) fn keep(&self, file: &Path) -> Result<Kept> {
        refuse_no_file(file)?;
        let failed = |error: io::Error| cannot_write(&self.folder, &error);
        files::make_private_folder(&self.folder, &self.model).map_err(failed)?;
        let part = Part::beside(&self.folder.join("part")).map_err(failed)?;
        let kept = read(file, &mut part.file().map_err(failed)?)?;
        let place = self.path(&kept)?;
        if is_it(&place, &kept).unwrap_or_default() {
            return Ok(kept);
        }
        files::permit_as(&part.file().map_err(failed)?, &self.model).map_err(failed)?;
        part.place(&place).map_err(failed)?;
        Ok(kept)
    }

    /// Looks at each file of the book, and at those in the folder that the book tells nothing of.
    pub(crate) fn look(&self, book: &Connection) -> Result<Found> {
        let (mut found, mut known) = (Found::default(), BTreeSet::new());
        for (number, kept) in told(book)? {
            let path = self.path(&kept)?;
            if !known.insert(path.clone()) {
                continue;
            }
            let (place, file) = (path.display().to_string(), text::visible(&kept.file).into_owned());
            match is_it(&path, &kept) {
                Ok(true) => found.right += 1,
                Ok(false) => {
                    found.wrong.push(say!("{place}, which is {file} of {number}, was altered", place, file, number));
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    found.wrong.push(say!("{place}, which is {file} of {number}, is not there", place, file, number));
                }
                Err(error) => found.wrong.push(say!("{path} cannot be read: {error}", path = place, error)),
            }
        }
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if !known.contains(&entry.path()) {
                found.unknown.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        found.unknown.sort();
        Ok(found)
    }

    /// Copies into this folder what it lacks of a book's files, from another; gives what is missing in both.
    pub(crate) fn fill(&self, book: &Connection, from: &Self) -> Result<Vec<String>> {
        let mut missing = Vec::new();
        for (number, kept) in told(book)? {
            let (place, other) = (self.path(&kept)?, from.path(&kept)?);
            if is_it(&place, &kept).unwrap_or_default() {
                continue;
            }
            if is_it(&other, &kept).unwrap_or_default() {
                self.keep(&other)?;
            } else {
                missing.push(say!("{file} of {number}", file = text::visible(&kept.file).into_owned(), number));
            }
        }
        Ok(missing)
    }
}

/// The files of the entries that bear a day of a time, as a list.
pub(crate) const LIST: &str =
    "SELECT e.number, a.position, a.file, a.bytes, a.sha256, a.note, a.attached_by, a.attached_on
    FROM attachment AS a JOIN entry AS e ON e.id = a.entry
    WHERE a.undone_on IS NULL AND e.day_on BETWEEN :first AND :last ORDER BY e.number, a.position";

/// Files that are taken along.
#[derive(Debug, Default)]
pub(crate) struct Along {
    /// Each with a name of its own, and where it lies.
    pub(crate) files: Vec<(String, PathBuf)>,
    /// What is said of those that are not as the book tells.
    pub(crate) missing: Vec<String>,
}

impl Store {
    /// The files of [`LIST`].
    pub(crate) fn of_days(&self, book: &Connection, first: NaiveDate, last: NaiveDate) -> Result<Along> {
        let mut along = Along::default();
        let mut statement = book.prepare(LIST)?;
        let mut rows = statement.query(named_params! { ":first": first, ":last": last })?;
        while let Some(row) = rows.next()? {
            let (number, position): (String, i64) = (row.get(0)?, row.get(1)?);
            let kept = Kept { file: row.get(2)?, bytes: row.get(3)?, sha256: row.get(4)? };
            let place = self.path(&kept)?;
            if is_it(&place, &kept).unwrap_or_default() {
                along.files.push((format!("{number}-{position}-{}", plain(&kept.file)), place));
            } else {
                along.missing.push(say!("{file} of {number}", file = text::visible(&kept.file).into_owned(), number));
            }
        }
        Ok(along)
    }
}

/// The name of a file as every system takes it behind others: letters, digits and its ending.
fn plain(name: &str) -> String {
    const LONGEST: usize = 120;
    let plain: String =
        name.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '.') { c } else { '_' }).collect();
    let beginning = plain.char_indices().map(|(place, _)| place).find(|place| plain.len() - place <= LONGEST);
    plain[beginning.unwrap_or_default()..].to_owned()
}

/// Whether a book tells of files; one of an older version does not.
pub(crate) fn any(book: &Connection) -> bool {
    told(book).is_ok_and(|told| !told.is_empty())
}

/// The files of all entries, each with the number of its entry: also those that were taken back, behind the others, for the history
/// goes on to tell of them.
fn told(book: &Connection) -> Result<Vec<(String, Kept)>> {
    let mut statement = book.prepare(
        "SELECT e.number, a.file, a.bytes, a.sha256 FROM attachment AS a JOIN entry AS e ON e.id = a.entry
         ORDER BY a.undone_on IS NULL DESC, a.entry, a.position",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok((row.get(0)?, Kept { file: row.get(1)?, bytes: row.get(2)?, sha256: row.get(3)? }))
    };
    Ok(statement.query_map((), read)?.collect::<rusqlite::Result<_>>()?)
}

/// What would be kept of a file.
///
/// # Errors
/// As [`Store::keep`].
pub(crate) fn looked_at(file: &Path) -> Result<Kept> {
    refuse_no_file(file)?;
    read(file, &mut io::sink())
}

fn refuse_no_file(file: &Path) -> Result<(), Refusal> {
    let path = file.display().to_string();
    match fs::metadata(file) {
        Ok(found) if found.is_file() => Ok(()),
        Ok(_) => Err(Refusal::usage(say!("{path} is no file", path)).or(say!("name the files in it one by one"))),
        Err(error) => Err(cannot_read(&path, &error)),
    }
}

fn cannot_read(path: &str, error: &io::Error) -> Refusal {
    Refusal::failed(say!("{path} cannot be read: {error}", path, error))
        .or(say!("name a file that is there and that you may read"))
}

/// Reads a file to its end, and hands what is in it on. Refused where it is another afterwards than before.
fn read(file: &Path, into: &mut dyn Write) -> Result<Kept> {
    let path = file.display().to_string();
    let unreadable = |error: io::Error| cannot_read(&path, &error);
    let mut source = File::open(file).map_err(unreadable)?;
    let before = source.metadata().map_err(unreadable)?;
    let (mut hasher, mut bytes, mut block) = (Sha256::new(), 0_u64, vec![0; 1 << 16]);
    loop {
        let length = source.read(&mut block).map_err(unreadable)?;
        if length == 0 {
            break;
        }
        hasher.update(&block[..length]);
        into.write_all(&block[..length]).map_err(|error| cannot_write(file, &error))?;
        bytes += length as u64;
    }
    let after = fs::metadata(file).map_err(unreadable)?;
    if bytes != before.len() || after.len() != bytes || after.modified().ok() != before.modified().ok() {
        return Err(Refusal::failed(say!("{path} was changed while it was read", path))
            .or(say!("try again once nobody writes to it"))
            .into());
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    text::check_required(&name, say!("name of the file"))?;
    Ok(Kept { file: name, bytes: i64::try_from(bytes)?, sha256: hex(&hasher.finalize()) })
}

/// Whether what is in a file is what the book tells.
fn is_it(path: &Path, kept: &Kept) -> io::Result<bool> {
    Ok(hex(&files::sha256(path)?) == kept.sha256)
}

/// What is said of a book whose files are not all there once it was restored.
pub(crate) fn missing_note(missing: &[String]) -> Option<String> {
    (!missing.is_empty()).then(|| say!("files that are not with it: {files}", files = missing.join(language::comma())))
}
