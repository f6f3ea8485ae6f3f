//! The line before the turnstile: who came first goes first, whoever was killed meanwhile is passed.
//!
//! On Linux everybody draws a ticket and keeps the byte of its number locked in the line's file until it leaves. To wait is to
//! wait for a ticket shortly before one's own, so that whoever leaves wakes one other and no crowd. The system lets go of the
//! locks of a process that ends. Elsewhere one lock on the whole file makes a line without an order.

use std::fs::File;
use std::io;

#[cfg(not(target_os = "linux"))]
pub(crate) use in_no_order::{Place, join};
#[cfg(all(test, target_os = "linux"))]
pub(crate) use in_order::last;
#[cfg(target_os = "linux")]
pub(crate) use in_order::{Place, join};

/// How long the file becomes at most: the last ticket.
pub(crate) const LENGTH: u64 = size_of::<u64>() as u64;

#[cfg(target_os = "linux")]
mod in_order {
    use std::os::unix::fs::FileExt;

    use super::{File, io};
    use crate::files::byte_lock::{Hold, release, try_hold, wait};

    /// The byte that is locked while a ticket is drawn.
    const DOOR: u64 = 0;

    /// The ticket before the first, which nobody has.
    const NOBODY: u64 = 1;

    /// How many are first at once: one who asks for the book, and one who is awake by then. To wake a process takes as long as
    /// to write a form, on a busy machine longer.
    const FIRST: u64 = 2;

    /// Tickets begin anew before this one.
    const END: u64 = u64::MAX / 4;

    /// A place in the line.
    #[derive(Clone, Copy)]
    pub(crate) struct Place {
        ticket: u64,
    }

    /// Draws the next ticket; none where somebody else is drawing one just now.
    pub(crate) fn join(file: &File) -> io::Result<Option<Place>> {
        let door = DOOR..DOOR + 1;
        if !try_hold(file, Hold::Sole, &door)? {
            return Ok(None);
        }
        let ticket = last(file)? + 1;
        // Nobody can hold it already but where the file was written by another program.
        let drawn = try_hold(file, Hold::Sole, &(ticket..ticket + 1))?;
        file.write_all_at(&ticket.to_le_bytes(), 0)?;
        release(file, &door);
        if drawn { Ok(Some(Place { ticket })) } else { Err(io::ErrorKind::ResourceBusy.into()) }
    }

    /// The last ticket that was drawn.
    pub(crate) fn last(file: &File) -> io::Result<u64> {
        let mut number = [0; size_of::<u64>()];
        file.read_at(&mut number, 0)?;
        Ok((u64::from_le_bytes(number) % END).max(NOBODY))
    }

    impl Place {
        /// Whether all have left but those who are first together with this one.
        pub(crate) fn is_first(self, file: &File) -> io::Result<bool> {
            try_hold(file, Hold::Shared, &(NOBODY..NOBODY + self.before()))
        }

        /// Waits until all have left but those who are first together with this one: for the last of them, and then for the
        /// others, where that one left the line before its turn.
        pub(crate) fn wait(self, file: &File) -> io::Result<()> {
            wait(file, Hold::Shared, &(self.before()..self.before() + 1))?;
            wait(file, Hold::Shared, &(NOBODY..NOBODY + self.before()))
        }

        /// The last ticket of those to be waited for, which is also their count.
        fn before(self) -> u64 {
            (self.ticket - FIRST).max(NOBODY)
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod in_no_order {
    use std::fs::TryLockError;

    use super::{File, io};

    /// A place in the line.
    #[derive(Clone, Copy)]
    pub(crate) struct Place;

    /// Stands in line.
    #[allow(clippy::unnecessary_wraps, reason = "as in the line that has an order")]
    pub(crate) fn join(_: &File) -> io::Result<Option<Place>> {
        Ok(Some(Place))
    }

    impl Place {
        /// Whether nobody has the lock; it is taken then.
        pub(crate) fn is_first(self, file: &File) -> io::Result<bool> {
            match file.try_lock() {
                Ok(()) => Ok(true),
                Err(TryLockError::WouldBlock) => Ok(false),
                Err(TryLockError::Error(error)) => Err(error),
            }
        }

        /// Waits for the lock.
        pub(crate) fn wait(self, file: &File) -> io::Result<()> {
            file.lock()
        }
    }
}
