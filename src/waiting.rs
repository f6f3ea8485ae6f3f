//! Programs that are waited for, such as an editor or a browser that prints: what would end this program waits until they have ended,
//! so that what they were given is taken away.

use std::io;
use std::process::{Child, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::{register, register_conditional_default};

/// What ends this program besides Ctrl-C: somebody else, and a terminal that goes away.
#[cfg(unix)]
pub(crate) const LEAVING: [i32; 2] = [SIGTERM, signal_hook::consts::SIGHUP];
#[cfg(not(unix))]
pub(crate) const LEAVING: [i32; 1] = [SIGTERM];

/// How often a program is looked after.
const PAUSE: Duration = Duration::from_millis(20);

/// The time in which a program is waited for.
pub(crate) struct Waiting {
    over: Arc<AtomicBool>,
    ended: Arc<AtomicBool>,
}

impl Waiting {
    /// Begins it; these signals end it, and none ends this program.
    pub(crate) fn begin(ending: &[i32]) -> Self {
        let (over, ended) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        for signal in LEAVING.iter().chain(&[SIGINT]) {
            let _ = register_conditional_default(*signal, Arc::clone(&over));
        }
        for signal in ending {
            let _ = register(*signal, Arc::clone(&ended));
        }
        Self { over, ended }
    }

    /// Waits until the program ends by itself; none where it is to be ended, by a signal or since it has taken so long.
    pub(crate) fn status(&self, running: &mut Child, patience: Option<Duration>) -> io::Result<Option<ExitStatus>> {
        let begun = Instant::now();
        loop {
            if let Some(status) = running.try_wait()? {
                return Ok(Some(status));
            }
            if self.is_over() || patience.is_some_and(|patience| begun.elapsed() > patience) {
                return Ok(None);
            }
            thread::sleep(PAUSE);
        }
    }

    /// Whether a signal has ended it.
    pub(crate) fn is_over(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

/// Has the command start a program at the head of a group of its own, of which is whatever it starts.
pub(crate) fn in_own_group(command: &mut std::process::Command) -> &mut std::process::Command {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command
}

/// Ends a program that heads a group of its own, with all that is of it, and waits until they are gone.
pub(crate) fn end_group(running: &mut Child) {
    #[cfg(target_os = "linux")]
    if let Ok(head) = i32::try_from(running.id()) {
        use nix::sys::signal::{Signal, killpg};
        let group = nix::unistd::Pid::from_raw(head);
        let _ = killpg(group, Signal::SIGKILL);
        let _ = running.wait();
        // What still runs would write into a folder that is being taken away.
        let mut tries = 0..50;
        while killpg(group, None).is_ok() && tries.next().is_some() {
            thread::sleep(PAUSE);
        }
    }
    let _ = running.kill();
    let _ = running.wait();
}
