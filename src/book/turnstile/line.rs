//! The line before the turnstile: who came first goes first, whoever was killed meanwhile is passed.
//!
//! On Linux everybody draws a ticket and keeps the byte of its number locked in the line's file until it leaves. To wait is to
//! wait for a ticket shortly before one's own, so that whoever leaves wakes one other and no crowd. The system lets go of the
//! locks of a process that ends. Elsewhere one lock on the whole file makes a line without an order.

use std::fs::File;
use std::io;

#[cfg(not(target_os = "linux"))]
pub use in_no_order::{Place, join};
#[cfg(all(test, target_os = "linux"))]
pub use in_order::last;
#[cfg(target_os = "linux")]
pub use in_order::{Place, join};

/// How long the file becomes at most: the last ticket.
pub const LENGTH: u64 = size_of::<i64>() as u64;

#[cfg(target_os = "linux")]
mod in_order {
    use std::os::unix::fs::FileExt;

    use nix::errno::Errno;
    use nix::fcntl::{FcntlArg, fcntl};
    use nix::libc::{F_RDLCK, F_UNLCK, F_WRLCK, SEEK_SET, c_int, flock, off_t};

    use super::{File, io};

    /// The byte that is locked while a ticket is drawn.
    const DOOR: off_t = 0;

    /// The ticket before the first, which nobody has.
    const NOBODY: off_t = 1;

    /// How many are first at once: one who asks for the book, and one who is awake by then. To wake a process takes as long as
    /// to write a form, on a busy machine longer.
    const FIRST: off_t = 2;

    /// Tickets begin anew before this one.
    const END: off_t = off_t::MAX / 2;

    /// A place in the line.
    #[derive(Clone, Copy)]
    pub struct Place {
        ticket: off_t,
    }

    /// Draws the next ticket; none where somebody else is drawing one just now.
    ///
    /// # Errors
    /// Those of the file, and where the system keeps no such locks.
    pub fn join(file: &File) -> io::Result<Option<Place>> {
        if !try_lock(file, F_WRLCK, DOOR, 1)? {
            return Ok(None);
        }
        let ticket = last(file)? + 1;
        // Nobody can hold it already but where the file was written by another program.
        let drawn = try_lock(file, F_WRLCK, ticket, 1)?;
        file.write_all_at(&ticket.to_le_bytes(), 0)?;
        try_lock(file, F_UNLCK, DOOR, 1)?;
        if drawn { Ok(Some(Place { ticket })) } else { Err(Errno::EBUSY.into()) }
    }

    /// The last ticket that was drawn.
    ///
    /// # Errors
    /// Those of the file.
    pub fn last(file: &File) -> io::Result<off_t> {
        let mut number = [0; size_of::<off_t>()];
        file.read_at(&mut number, 0)?;
        Ok(off_t::from_le_bytes(number).rem_euclid(END).max(NOBODY))
    }

    impl Place {
        /// Whether all have left but those who are first together with this one.
        ///
        /// # Errors
        /// Those of the file.
        pub fn is_first(self, file: &File) -> io::Result<bool> {
            try_lock(file, F_RDLCK, NOBODY, self.before())
        }

        /// Waits until all have left but those who are first together with this one: for the last of them, and then for the
        /// others, where that one left the line before its turn.
        ///
        /// # Errors
        /// Those of the file.
        pub fn wait(self, file: &File) -> io::Result<()> {
            lock(file, F_RDLCK, self.before(), 1)?;
            lock(file, F_RDLCK, NOBODY, self.before())
        }

        /// The last ticket of those to be waited for, which is also their count.
        fn before(self) -> off_t {
            (self.ticket - FIRST).max(NOBODY)
        }
    }

    /// Locks bytes of the file, or lets go of them; false where another has them.
    fn try_lock(file: &File, kind: c_int, from: off_t, count: off_t) -> io::Result<bool> {
        match fcntl(file, FcntlArg::F_OFD_SETLK(&bytes(kind, from, count)?)) {
            Err(Errno::EAGAIN | Errno::EACCES) => Ok(false),
            other => Ok(other.map(|_| true)?),
        }
    }

    /// Waits for bytes of the file and locks them.
    fn lock(file: &File, kind: c_int, from: off_t, count: off_t) -> io::Result<()> {
        let bytes = bytes(kind, from, count)?;
        loop {
            match fcntl(file, FcntlArg::F_OFD_SETLKW(&bytes)) {
                Err(Errno::EINTR) => {}
                other => return Ok(other.map(drop)?),
            }
        }
    }

    /// Bytes of the file as the system's locks name them.
    fn bytes(kind: c_int, from: off_t, count: off_t) -> io::Result<flock> {
        let short = |number: c_int| number.try_into().map_err(io::Error::other);
        Ok(flock { l_type: short(kind)?, l_whence: short(SEEK_SET)?, l_start: from, l_len: count, l_pid: 0 })
    }
}

#[cfg(not(target_os = "linux"))]
mod in_no_order {
    use std::fs::TryLockError;

    use super::{File, io};

    /// A place in the line.
    #[derive(Clone, Copy)]
    pub struct Place;

    /// Stands in line.
    ///
    /// # Errors
    /// None.
    #[allow(clippy::unnecessary_wraps, reason = "as in the line that has an order")]
    pub fn join(_: &File) -> io::Result<Option<Place>> {
        Ok(Some(Place))
    }

    impl Place {
        /// Whether nobody has the lock; it is taken then.
        ///
        /// # Errors
        /// Those of the file.
        pub fn is_first(self, file: &File) -> io::Result<bool> {
            match file.try_lock() {
                Ok(()) => Ok(true),
                Err(TryLockError::WouldBlock) => Ok(false),
                Err(TryLockError::Error(error)) => Err(error),
            }
        }

        /// Waits for the lock.
        ///
        /// # Errors
        /// Those of the file.
        pub fn wait(self, file: &File) -> io::Result<()> {
            file.lock()
        }
    }
}
