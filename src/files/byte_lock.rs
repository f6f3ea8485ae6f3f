//! Locks on single bytes of a file, by which programs tell each other what they are doing. The system lets go of those of a
//! program that ends. Where it knows no locks of one opened file, all are granted.

use std::fs::File;
use std::io;
use std::time::{Duration, Instant};
use std::{ops, thread};

/// How long somebody who waits for a lock waits before looking again.
const PAUSE: Duration = Duration::from_micros(200);

/// What a lock keeps away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hold {
    /// Those who want the bytes for themselves.
    Shared,
    /// Everybody.
    Sole,
}

/// Takes bytes of a file, instead of what this opening of it held of them before; false where another has them.
pub(crate) fn try_hold(file: &File, hold: Hold, bytes: &ops::Range<u64>) -> io::Result<bool> {
    system::try_hold(file, hold, bytes)
}

/// As [`try_hold`], again and again until `limit` has passed.
pub(crate) fn hold(file: &File, hold: Hold, bytes: &ops::Range<u64>, limit: Duration) -> io::Result<bool> {
    let start = Instant::now();
    while !try_hold(file, hold, bytes)? {
        if start.elapsed() >= limit {
            return Ok(false);
        }
        thread::sleep(PAUSE);
    }
    Ok(true)
}

#[cfg(target_os = "linux")]
pub(crate) use system::wait;

/// Lets go of bytes.
pub(crate) fn release(file: &File, bytes: &ops::Range<u64>) {
    let _ = system::release(file, bytes);
}

#[cfg(target_os = "linux")]
mod system {
    use nix::errno::Errno;
    use nix::fcntl::{FcntlArg, fcntl};
    use nix::libc::{F_RDLCK, F_UNLCK, F_WRLCK, SEEK_SET, c_int, flock};

    use super::{File, Hold, io, ops};

    pub(super) fn try_hold(file: &File, hold: Hold, bytes: &ops::Range<u64>) -> io::Result<bool> {
        match fcntl(file, FcntlArg::F_OFD_SETLK(&lock(kind(hold), bytes)?)) {
            Err(Errno::EAGAIN | Errno::EACCES) => Ok(false),
            other => Ok(other.map(|_| true)?),
        }
    }

    pub(super) fn release(file: &File, bytes: &ops::Range<u64>) -> io::Result<()> {
        Ok(fcntl(file, FcntlArg::F_OFD_SETLK(&lock(F_UNLCK, bytes)?)).map(drop)?)
    }

    /// Waits for bytes of a file and takes them.
    pub(crate) fn wait(file: &File, hold: Hold, bytes: &ops::Range<u64>) -> io::Result<()> {
        let lock = lock(kind(hold), bytes)?;
        loop {
            match fcntl(file, FcntlArg::F_OFD_SETLKW(&lock)) {
                Err(Errno::EINTR) => {}
                other => return Ok(other.map(drop)?),
            }
        }
    }

    const fn kind(hold: Hold) -> c_int {
        match hold {
            Hold::Shared => F_RDLCK,
            Hold::Sole => F_WRLCK,
        }
    }

    /// Bytes of a file as the system's locks name them.
    fn lock(kind: c_int, bytes: &ops::Range<u64>) -> io::Result<flock> {
        let short = |number: c_int| number.try_into().map_err(io::Error::other);
        let place = |byte: u64| byte.try_into().map_err(io::Error::other);
        let (l_start, l_len) = (place(bytes.start)?, place(bytes.end - bytes.start)?);
        Ok(flock { l_type: short(kind)?, l_whence: short(SEEK_SET)?, l_start, l_len, l_pid: 0 })
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use super::{File, Hold, io, ops};

    #[allow(clippy::unnecessary_wraps, reason = "as on systems that have such locks")]
    pub(super) fn try_hold(_: &File, _: Hold, _: &ops::Range<u64>) -> io::Result<bool> {
        Ok(true)
    }

    #[allow(clippy::unnecessary_wraps, reason = "as on systems that have such locks")]
    pub(super) fn release(_: &File, _: &ops::Range<u64>) -> io::Result<()> {
        Ok(())
    }
}
