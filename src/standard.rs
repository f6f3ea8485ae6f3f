//! The standard output, and a pager that stands for it. Its reader may leave before the end (`branchbook contact list | head`):
//! that is success, and an error of any other file is none.

use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind, Write};

/// The standard output.
pub(crate) struct Standard<'o>(&'o mut dyn Write);

impl<'o> Standard<'o> {
    /// What is written here goes to standard output.
    pub(crate) fn new(out: &'o mut dyn Write) -> Self {
        Self(out)
    }
}

impl Write for Standard<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(marked)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(marked)
    }
}

/// An error of the standard output, marked where it means that the reader has left.
pub(crate) fn marked(error: io::Error) -> io::Error {
    if error.kind() == ErrorKind::BrokenPipe { io::Error::new(error.kind(), ReaderLeft) } else { error }
}

/// Whether the reader of the standard output has left.
pub(crate) fn reader_left(error: &anyhow::Error) -> bool {
    let is_marked = |error: &io::Error| error.get_ref().is_some_and(<dyn Error + Send + Sync>::is::<ReaderLeft>);
    error.chain().any(|cause| {
        cause.downcast_ref().is_some_and(is_marked)
            || cause.downcast_ref::<csv::Error>().is_some_and(|error| match error.kind() {
                csv::ErrorKind::Io(error) => is_marked(error),
                _ => false,
            })
    })
}

#[derive(Debug)]
struct ReaderLeft;

impl fmt::Display for ReaderLeft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        io::Error::from(ErrorKind::BrokenPipe).fmt(f)
    }
}

impl Error for ReaderLeft {}
