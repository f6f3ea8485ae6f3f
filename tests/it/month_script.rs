//! The script for cron and the systemd timer: what it leaves behind, and with which exit code (Q5).

use std::process::{Command, Output};

use crate::office::Office;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/month-end");

/// Runs the script as a service on this day.
fn month_end(office: &Office, day: &str, arguments: &[&str]) -> Output {
    let office = office.clone().on(day);
    let mut command = Command::new("bash");
    command
        .arg(format!("{FOLDER}/month-end.sh"))
        .args(arguments)
        .env("BRANCHBOOK", env!("CARGO_BIN_EXE_branchbook"))
        .env("BRANCHBOOK_FILE", office.surroundings().book)
        .env("BRANCHBOOK_NOW", office.now().at())
        .env("BRANCHBOOK_AS", "cron")
        .env("BRANCHBOOK_CONFIG", "")
        .env("LC_ALL", "C");
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

#[test]
fn q5_a_service_packs_copies_and_checks_the_month_that_has_ended() {
    if Command::new("bash").arg("--version").output().is_err() {
        eprintln!("skipped: there is no bash");
        return;
    }
    let office = Office::staffed();
    office.ok("staff add cron --name 月末任务 --department general --role service --from 2026-10-01 --by chen");
    office.ok("contact add -d business -k execution -t technology -s 图纸 -c 一 -b wang");
    let early = month_end(&office, "2026-10-31", &["this"]);
    assert_eq!(early.status.code(), Some(7), "{}", said(&early));
    assert!(said(&early).contains("2026-10 has not ended, and no pack of it was made; make it from 2026-11-01 on"));
    assert!(!office.path("packs/2026-10").exists());

    let done = month_end(&office, "2026-11-01", &[]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    assert!(office.read("packs/2026-10/manifest.json").contains("contact"));
    let copies = std::fs::read_dir(office.path("copies")).unwrap().map(|file| file.unwrap().path());
    assert_eq!(copies.filter(|copy| copy.extension().is_some_and(|ending| ending == "db")).count(), 1);
    assert!(said(&done).contains("packs/2026-10") && said(&done).contains("copies/"), "{}", said(&done));
    let again = month_end(&office, "2026-11-02", &["2026-10"]);
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));

    office.sql().execute("UPDATE contact SET subject = '别的'", ()).unwrap();
    let found = month_end(&office, "2026-11-03", &["2026-10"]);
    assert_eq!(found.status.code(), Some(5), "{}", said(&found));
}

#[test]
fn what_fails_gives_the_script_its_exit_code() {
    if Command::new("bash").arg("--version").output().is_err() {
        eprintln!("skipped: there is no bash");
        return;
    }
    let office = Office::staffed();
    let nobody = month_end(&office, "2026-11-01", &[]);
    assert!(!matches!(nobody.status.code(), Some(0 | 7)), "{}", said(&nobody));
    assert!(said(&nobody).contains("month-end: branchbook report left with"), "{}", said(&nobody));
    let gone = Office::empty();
    assert_eq!(month_end(&gone, "2026-11-01", &[]).status.code(), Some(1));
}

#[test]
fn the_timer_starts_what_the_service_runs() {
    let read = |name: &str| std::fs::read_to_string(format!("{FOLDER}/{name}")).unwrap();
    let (service, timer) = (read("branchbook-month-end.service"), read("branchbook-month-end.timer"));
    assert!(service.contains("month-end.sh last") && service.contains("SuccessExitStatus=7"));
    assert!(timer.contains("OnCalendar=*-*-01") && timer.contains("Persistent=true"));
}

#[test]
fn a_month_is_last_or_this_wherever_one_is_taken() {
    let office = Office::staffed().on("2026-11-05");
    office.all_ok(&[
        "contact list --month last",
        "project target list --month this",
        "report collection --month last",
        "report exceptions --month last",
        "report info --month last",
        "report orders --month last",
        "report late --month last",
        "info tally --month last",
    ]);
    office.ok("project target set --department business --month this --amount 100 --by chen");
    assert!(office.ok("project target list --month this --format csv").contains("2026-11,business"));
}
