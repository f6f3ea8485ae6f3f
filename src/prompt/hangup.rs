//! A terminal that goes away while somebody is asked.

use std::sync::{Arc, Once, atomic::AtomicBool};

use signal_hook::{consts::SIGHUP, flag::register_conditional_default};

/// Ends the process when its terminal goes away, also where it was started so that it would go on, or where the terminal has no hold
/// over it: nobody answers any more, and what reads the keys would try for ever.
pub(crate) fn end_with_the_terminal() {
    static ASKED: Once = Once::new();
    ASKED.call_once(|| {
        let _ = register_conditional_default(SIGHUP, Arc::new(AtomicBool::new(true)));
        #[cfg(target_os = "linux")]
        let _ = std::thread::Builder::new().spawn(wait_for_its_end);
    });
}

/// A process of another session than its terminal's gets no signal of it.
#[cfg(target_os = "linux")]
fn wait_for_its_end() {
    use std::os::fd::AsFd;

    use nix::errno::Errno;
    use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

    let input = std::io::stdin();
    let mut watched = [PollFd::new(input.as_fd(), PollFlags::empty())];
    loop {
        match poll(&mut watched, PollTimeout::NONE) {
            Err(Errno::EINTR) => {}
            Ok(_) if watched[0].revents().is_some_and(|seen| seen.contains(PollFlags::POLLHUP)) => break,
            _ => return,
        }
    }
    let _ = signal_hook::low_level::emulate_default_handler(SIGHUP);
}
