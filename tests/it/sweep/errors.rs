//! Errors: a command whose calls of the system fail says so, and what it says of the change is true.

use super::{SWEPT, Scene, Swept, between, held, most, points, text};

/// The calls that can fail with these errors on a disk or a system in need.
const CALLS: [&str; 25] = [
    "access",
    "close",
    "fallocate",
    "fchmod",
    "fdatasync",
    "flock",
    "fsync",
    "ftruncate",
    "getdents64",
    "link",
    "linkat",
    "mkdir",
    "newfstatat",
    "openat",
    "pread64",
    "pwrite64",
    "read",
    "rename",
    "renameat2",
    "rmdir",
    "statx",
    "unlink",
    "unlinkat",
    "write",
    "writev",
];

/// The commands that write into the book before what they are for: a reading is written down and a book brought up, whatever
/// becomes of the list or the copy.
const BEFORE: [&str; 6] = ["info list", "contact list", "report month", "backup", "restore", "upgrade"];

/// How it is said that something was done, or may have been.
const TOLD: [&str; 2] = ["it was done", "it is not known"];

/// What they fail with.
const ERRORS: [&str; 4] = ["EIO", "ENOSPC", "EINTR", "EMFILE"];

/// Lets a command fail at `most` of its calls, by each error; gives how often.
fn fail(swept: &Swept, most: usize) -> usize {
    let scene = Scene::of(swept);
    let Some(mut calls) = scene.calls() else {
        eprintln!("skipped: there is no strace here");
        return 0;
    };
    calls.retain(|call, _| CALLS.contains(&call.as_str()));
    let points = points(&calls, most);
    for (call, when) in &points {
        for error in ERRORS {
            let output = scene.run(call, &format!("error={error}"), *when);
            let place = format!("{}, {error} at call {when} of {call}", swept.name);
            judge(&scene, swept, &output, &place);
        }
    }
    points.len() * ERRORS.len()
}

/// Whether what the command said is true.
fn judge(scene: &Scene, swept: &Swept, output: &std::process::Output, place: &str) {
    let (code, said) = (output.status.code(), text(&output.stderr));
    // What the loader of the system says before the program begins is not the program's.
    assert!(matches!(code, Some(0..=6 | 127)), "{place}: {code:?} {said}");
    assert!(!said.contains("panicked") && !said.contains("itself has failed"), "{place}: {said}");
    let verified = scene.office.run("verify -q");
    assert_eq!(verified.code, 0, "{place}: {}{}", verified.out, verified.err);
    let now = held(&scene.office);
    let (undone, done) = (now == scene.before, now == scene.after);
    assert!(undone || done, "{place}: half of it was done: {said} {}", between(&now, &scene.after));
    if scene.before == scene.after {
        return;
    }
    // A copy is made also where the book cannot be written, and says that the access log does not know of it.
    if code == Some(0) && !said.contains("the access log does not know of this copy") {
        assert!(done, "{place}: answered {} and is not done", text(&output.stdout));
    } else if done && !BEFORE.contains(&swept.name) {
        assert!(TOLD.iter().any(|told| said.contains(told)), "{place}: it is done, and this is said: {said}");
    }
}

#[test]
fn commands_whose_calls_fail_say_what_is_true() {
    for name in ["contact add", "staff add"] {
        fail(SWEPT.iter().find(|swept| swept.name == name).unwrap(), 8);
    }
}

#[test]
#[ignore = "takes minutes; run by: just faults"]
fn commands_say_what_is_true_whichever_call_fails() {
    let mut all = 0;
    let only = std::env::var("SWEEP_ONLY").ok();
    for swept in SWEPT.iter().filter(|swept| only.as_ref().is_none_or(|only| only == swept.name)) {
        let points = fail(swept, most());
        println!("{}: {points} injected errors", swept.name);
        all += points;
    }
    println!("{all} injected errors, 0 bad");
}
