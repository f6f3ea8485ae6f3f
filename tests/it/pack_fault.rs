//! The month-end pack under kills, failing disks and several processes at once: a pack that was whole is never lost.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use crate::month_end::{october, read};
use crate::office::Office;

/// The line that writes the pack of October into the folder `packs`.
fn line(office: &Office, more: &str) -> String {
    format!("report month 2026-10 --output {} {more}", office.path("packs").display())
}

/// The folders below `packs`, each of which must be a whole pack or, where its name is hidden, none that stays.
fn packs(office: &Office) -> Vec<String> {
    let entries = fs::read_dir(office.path("packs")).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    for name in names.iter().filter(|name| !name.starts_with('.')) {
        office.ok(&format!("verify -q --against {}", office.path("packs").join(name).display()));
    }
    names
}

/// Whether one of the folders holds this pack, byte for byte.
fn holds(office: &Office, pack: &BTreeMap<String, String>) -> bool {
    packs(office).iter().any(|name| !name.starts_with('.') && read(&office.path("packs").join(name)) == *pack)
}

/// An October whose pack was written, and which has changed since; with that pack.
fn changed() -> (Office, BTreeMap<String, String>) {
    let office = october();
    office.ok(&line(&office, ""));
    let first = read(&office.path("packs/2026-10"));
    office.ok("contact void HAY05001 --reason 错");
    (office, first)
}

/// After a run that was killed or failed: nothing is lost, and the next run finds its way and clears what is left.
fn recovers(office: &Office, first: &BTreeMap<String, String>, what: &str) {
    assert!(holds(office, first), "{what}: the first pack is lost: {:?}", packs(office));
    office.ok(&line(office, ""));
    assert!(holds(office, first), "{what}: the next run lost the first pack: {:?}", packs(office));
    let names = packs(office);
    assert!(names.contains(&"2026-10".to_owned()), "{what}: {names:?}");
    assert!(!names.iter().any(|name| name.starts_with('.')), "{what}: {names:?}");
}

/// Makes the state before the second pack anew.
fn again(office: &Office, kept: &Path) {
    let _ = fs::remove_dir_all(office.path("packs"));
    fs::create_dir_all(office.path("packs/2026-10")).unwrap();
    for entry in fs::read_dir(kept).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), office.path("packs/2026-10").join(entry.file_name())).unwrap();
    }
}

/// Runs a line under `strace`, which does something at a call of the system; none where there is no `strace`.
pub(crate) fn injected(office: &Office, line: &str, inject: &str) -> Option<Output> {
    let usual = office.process(line);
    let mut traced = Command::new("strace");
    traced.args(["-f", "-qq", "-o", "/dev/null", "-e"]).arg(format!("inject={inject}"));
    traced.arg(usual.get_program()).args(usual.get_args());
    let output = traced.envs(usual.get_envs().map(|(name, value)| (name, value.unwrap()))).output().ok();
    if output.is_none() {
        eprintln!("skipped: there is no strace here");
    }
    output
}

/// Kills `report month` at each of its calls of the kinds in `calls`; gives how many there are.
fn kill_at_calls(calls: &str) -> usize {
    let (office, first) = changed();
    fs::rename(office.path("packs"), office.path("first")).unwrap();
    for when in 1.. {
        again(&office, &office.path("first/2026-10"));
        let Some(output) = injected(&office, &line(&office, ""), &format!("{calls}:signal=KILL:when={when}")) else {
            return 0;
        };
        if output.status.success() {
            return when - 1;
        }
        assert!(output.stdout.is_empty(), "killed at call {when} of {calls} after its answer");
        recovers(&office, &first, &format!("killed at call {when} of {calls}"));
    }
    0
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_is_killed_between_the_renames_loses_no_pack() {
    let calls = kill_at_calls("renameat2");
    assert!(calls == 2 || calls == 0, "{calls} renames");
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes minutes; run by: just faults"]
fn a_run_that_is_killed_at_any_call_loses_no_pack() {
    for calls in ["renameat2,mkdir,rmdir,unlink,flock", "fsync,fdatasync", "openat", "write,pwrite64"] {
        println!("{} kills at {calls}: no pack lost", kill_at_calls(calls));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn renames_that_fail_lose_no_pack() {
    let (office, first) = changed();
    let row = office.count("SELECT max(id) FROM journal") - 1;
    fs::rename(office.path("packs"), office.path("first")).unwrap();
    let place = office.path("packs/2026-10").display().to_string();
    let failed = "Input/output error (os error 5)";
    for (when, said, left) in [
        ("1", format!("cannot rename {place}: {failed}\n"), "2026-10".to_owned()),
        ("2", format!("cannot write {place}: {failed}\n"), "2026-10".to_owned()),
        (
            "2+",
            format!("cannot write {place}: {failed}; what was there is kept as {place}-journal-{row}\n"),
            format!("2026-10-journal-{row}"),
        ),
    ] {
        again(&office, &office.path("first/2026-10"));
        let Some(output) = injected(&office, &line(&office, ""), &format!("renameat2:error=EIO:when={when}")) else {
            return;
        };
        assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(1), said));
        assert_eq!(packs(&office), [left]);
        recovers(&office, &first, &format!("rename {when} failed"));
    }
    // A disk that knows no rename which replaces nothing.
    again(&office, &office.path("first/2026-10"));
    let Some(output) = injected(&office, &line(&office, ""), "renameat2:error=EINVAL") else { return };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(packs(&office), ["2026-10".to_owned(), format!("2026-10-journal-{row}")]);
}

#[cfg(target_os = "linux")]
#[test]
fn files_that_fail_on_the_disk_are_named_and_leave_nothing() {
    let (office, first) = changed();
    let broken = ["EPIPE", "Broken pipe (os error 32)"];
    for (call, [error, said]) in [("fsync", ["EIO", "Input/output error (os error 5)"]), ("write", broken)] {
        for when in [3, 9] {
            let inject = format!("{call}:error={error}:when={when}");
            let Some(output) = injected(&office, &line(&office, ""), &inject) else { return };
            let told = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(1), "{inject}: {told}");
            let file = format!("cannot write {}/", office.path("packs/2026-10").display());
            assert!(told.starts_with(&file) && told.ends_with(&format!(": {said}\n")), "{inject}: {told}");
            assert_eq!(packs(&office), ["2026-10"], "{inject}");
        }
    }
    assert!(holds(&office, &first));
}

/// Kills `report month` at `times` moments spread over its life.
fn kill_at_moments(times: u32) {
    let (office, first) = changed();
    fs::rename(office.path("packs"), office.path("first")).unwrap();
    again(&office, &office.path("first/2026-10"));
    let start = Instant::now();
    assert!(office.process(&line(&office, "")).output().unwrap().status.success());
    let life = start.elapsed() * 9 / 8;
    for moment in 0..times {
        again(&office, &office.path("first/2026-10"));
        let mut child = office.process(&line(&office, "")).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(life * moment / times);
        child.kill().unwrap();
        child.wait().unwrap();
        recovers(&office, &first, &format!("killed at moment {moment} of {times}"));
    }
}

#[test]
fn a_run_that_is_killed_loses_no_pack() {
    kill_at_moments(8);
}

#[test]
#[ignore = "takes minutes; run by: just faults"]
fn many_runs_that_are_killed_lose_no_pack() {
    kill_at_moments(400);
}

/// Lets two processes write the pack of October at once, `rounds` times: every pack is whole, one is in the place, and who came
/// second says what became of the other's.
fn two_at_once(rounds: usize) {
    let office = october();
    let row = office.count("SELECT max(id) FROM journal");
    for round in 0..rounds {
        // In every third round they write the same, in every second a pack is there already.
        let languages = if round % 3 == 0 { ["en", "en"] } else { ["en", "zh"] };
        let there = round % 2 == 1;
        let _ = fs::remove_dir_all(office.path("packs"));
        if there {
            office.ok(&line(&office, "--lang ko"));
        }
        let children = languages.map(|language| {
            let mut process = office.process(&line(&office, &format!("--lang {language}")));
            process.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        });
        let said = children.map(|child| {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "round {round}: {}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stderr).unwrap()
        });
        let mut expected = vec!["2026-10".to_owned()];
        let gave_way = usize::from(there) + usize::from(languages[0] != languages[1]);
        expected.extend(["", "-2"].iter().take(gave_way).map(|more| format!("2026-10-journal-{row}{more}")));
        assert_eq!(packs(&office), expected, "round {round}: {said:?}");
        let silent = said.iter().filter(|said| said.is_empty()).count();
        assert_eq!(silent, usize::from(!there), "round {round}: {said:?}");
    }
}

#[test]
fn of_two_packs_at_once_one_is_in_the_place_and_the_other_is_said() {
    two_at_once(6);
}

#[test]
#[ignore = "takes minutes; run by: just faults"]
fn of_many_packs_at_once_each_is_whole() {
    two_at_once(300);
}
