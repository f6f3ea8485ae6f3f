//! An open file that is named in whatever goes wrong with it.

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::refusal::Refusal;
use crate::say;

/// A file that is being written. What goes wrong with it is kept as a refusal that names it, whatever becomes of the error on
/// its way through a writer of csv or of archives; and it is never taken for a reader of the standard output who has left.
#[derive(Debug)]
pub(crate) struct NamedFile {
    named: PathBuf,
    file: BufWriter<File>,
    failed: Option<Refusal>,
}

impl NamedFile {
    /// An open file, as the person calls it.
    pub(crate) fn new(file: File, named: &Path) -> Self {
        Self { named: named.to_owned(), file: BufWriter::new(file), failed: None }
    }

    /// Writes to the file.
    pub(crate) fn fill<T>(&mut self, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
        let written = write(self);
        self.failed.take().map_or(Ok(()), Err)?;
        written
    }

    /// Hands all that was written to the system.
    pub(crate) fn end(&mut self) -> Result<(), Refusal> {
        let flushed = self.flush();
        self.failed.take().map_or(Ok(()), Err)?;
        flushed.map_err(|error| cannot_write(&self.named, &error))
    }

    /// Brings the file to the disk.
    pub(crate) fn sync(&mut self) -> Result<(), Refusal> {
        self.end()?;
        self.file.get_ref().sync_all().map_err(|error| cannot_write(&self.named, &error))
    }

    fn heard<T>(&mut self, outcome: io::Result<T>) -> io::Result<T> {
        outcome.map_err(|error| match error.kind() {
            ErrorKind::Interrupted => error,
            _ => io::Error::other(self.failed.get_or_insert_with(|| cannot_write(&self.named, &error)).clone()),
        })
    }
}

impl Write for NamedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes);
        self.heard(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.heard(flushed)
    }
}

/// That a file cannot be written, why, and what to name instead where its folder is at fault.
pub(crate) fn cannot_write(path: &Path, error: &io::Error) -> Refusal {
    let refusal = Refusal::failed(say!("cannot write {path}: {error}", path = path.display(), error));
    match error.kind() {
        ErrorKind::NotFound
        | ErrorKind::NotADirectory
        | ErrorKind::PermissionDenied
        | ErrorKind::ReadOnlyFilesystem => refusal.or(say!("name a folder that is there and that you may write to")),
        _ => refusal,
    }
}
