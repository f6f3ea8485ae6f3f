//! The browser that prints, while it runs: what would end the program ends it with all that it started, and nothing stays behind.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::office::Office;

/// How long anything may take. No test waits for it.
const AT_MOST: Duration = Duration::from_mins(2);

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < AT_MOST, "{what}");
        sleep(Duration::from_millis(20));
    }
}

/// Whether the process is there, and no mere entry of one that nobody has asked after.
fn runs(id: i32) -> bool {
    let state = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    kill(Pid::from_raw(id), None) != Err(Errno::ESRCH) && !state.contains(") Z ")
}

/// A browser that is a script, starts another program and hangs.
fn hanging(office: &Office, seen: &Path) -> String {
    let script = format!(
        "#!/bin/sh\nsleep 300 &\nfor word in \"$@\"; do last=$word; done\n\
         stat -c %a \"$(dirname \"$last\")\" > {0}.mode\necho $$ $! > {0}.new && mv {0}.new {0}\nwait\n",
        seen.display()
    );
    let file = office.file("browser", script);
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    file
}

#[test]
fn whatever_ends_the_program_while_it_prints_ends_the_browser_and_takes_its_folder_away() {
    let office = Office::staffed();
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
        let (seen, temporary) = (office.path(signal.as_str()), office.path(&format!("{signal}.tmp")));
        fs::create_dir(&temporary).unwrap();
        let mut line = office.process(&format!("staff list --output {}", office.path("list.pdf").display()));
        line.env("BRANCHBOOK_BROWSER", hanging(&office, &seen)).env("TMPDIR", &temporary);
        let running = line.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        wait_until("the browser was not started", || seen.exists());
        assert_eq!(fs::read_to_string(format!("{}.mode", seen.display())).unwrap(), "700\n");
        let browser = fs::read_to_string(&seen).unwrap();
        let browser: Vec<i32> = browser.split_whitespace().map(|id| id.parse().unwrap()).collect();
        assert!(browser.iter().all(|id| runs(*id)), "{browser:?}");
        kill(Pid::from_raw(running.id().try_into().unwrap()), signal).unwrap();
        let ended = running.wait_with_output().unwrap();
        assert_eq!(
            (ended.status.code(), String::from_utf8(ended.stderr).unwrap().as_str()),
            (Some(1), "the printing was ended; nothing was written\n"),
            "{signal}"
        );
        wait_until("the browser still runs", || !browser.iter().any(|id| runs(*id)));
        assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0, "{signal}");
        assert!(!office.path("list.pdf").exists(), "{signal}");
    }
}
