//! What the surroundings may do to a process: no thread can be made, outputs that are closed or full; and what becomes of a
//! mistake in the program itself.

use std::process::{Command, Output, Stdio};

use branchbook::book::Book;
use branchbook::mistake;

use crate::office::Office;
#[cfg(unix)]
use crate::office::after;

/// More than any stack can have: no thread can be made with it.
const NO_THREAD: (&str, &str) = ("RUST_MIN_STACK", "70368744177664");

/// The exit code, and what was said on both outputs.
fn said(output: &Output) -> (Option<i32>, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout) + &text(&output.stderr))
}

#[test]
fn workbooks_are_written_where_no_thread_can_be_made() {
    let office = Office::staffed();
    let threads = std::thread::Builder::new().stack_size(NO_THREAD.1.parse().unwrap()).spawn(|| ());
    assert!(threads.is_err(), "a thread with such a stack can be made");
    office.ok(&format!("staff list --output {}", office.path("with.xlsx").display()));
    let line = format!("staff list --output {}", office.path("without.xlsx").display());
    assert_eq!(said(&office.process(&line).env(NO_THREAD.0, NO_THREAD.1).output().unwrap()), (Some(0), String::new()));
    assert!(std::fs::read(office.path("with.xlsx")).unwrap() == std::fs::read(office.path("without.xlsx")).unwrap());
    let line = format!("report month 2026-09 --output {}", office.path("packs").display());
    let (code, said) = said(&office.process(&line).env(NO_THREAD.0, NO_THREAD.1).output().unwrap());
    assert_eq!(code, Some(0), "{said}");
}

/// The last ticket that a writer drew.
#[cfg(target_os = "linux")]
fn drawn(office: &Office) -> u64 {
    std::fs::read(office.path("book.db-turn")).unwrap().try_into().map_or(0, u64::from_le_bytes)
}

#[cfg(target_os = "linux")]
#[test]
fn writers_wait_for_their_turn_where_no_thread_can_be_made() {
    let office = Office::staffed();
    let mut other = office.sql();
    let held = other.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    let before = drawn(&office);
    let form =
        "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang";
    let writers: Vec<_> = (0..5)
        .map(|_| {
            let mut writer = office.process(form);
            writer.env(NO_THREAD.0, NO_THREAD.1).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    while drawn(&office) < before + 5 {
        std::thread::yield_now();
    }
    held.commit().unwrap();
    for writer in writers {
        let (code, said) = said(&writer.wait_with_output().unwrap());
        assert_eq!(code, Some(0), "{said}");
    }
    assert_eq!(office.count("SELECT count(*) FROM contact"), 5);
}

#[cfg(target_os = "linux")]
#[test]
fn outputs_that_are_closed_or_full_end_no_command_half_way() {
    let office = Office::staffed();
    let roster = office.file("roster.csv", "key,name,department,role,from\nx1,某人,business,member,2026-01-01\n");
    let workbook = office.path("list.xlsx");
    let lines = [
        "department list".to_owned(),
        "department list --format csv".to_owned(),
        format!("department list --output {}", workbook.display()),
        "department add service --zh 售后 --dry-run".to_owned(),
        format!("staff import {roster} --dry-run"),
        "contact add".to_owned(),
        "show HAY05999".to_owned(),
        "no-such-room".to_owned(),
        "--help".to_owned(),
        "verify".to_owned(),
    ];
    let outputs = ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full", ">/dev/full 2>/dev/full"];
    for (place, closed) in outputs.into_iter().enumerate() {
        for line in &lines {
            let before = office.dump(&["access", "secret"]);
            let mut command = after(&format!("exec {closed};"), &office.process(line));
            let (code, said) = said(&command.output().unwrap());
            assert!(matches!(code, Some(0..=4)), "{line} {closed}: {code:?} {said}");
            assert!(!said.contains("itself has failed") && !said.contains("panicked"), "{line} {closed}: {said}");
            assert_eq!(office.dump(&["access", "secret"]), before, "{line} {closed}");
        }
        let key = format!("d{place}");
        let add = office.process(&format!("department add {key} --zh 部{place}"));
        let (code, said) = said(&after(&format!("exec {closed};"), &add).output().unwrap());
        assert!(matches!(code, Some(0 | 1)), "{closed}: {code:?} {said}");
        assert_eq!(office.count(&format!("SELECT count(*) FROM department WHERE key = '{key}'")), 1, "{closed}");
    }
}

/// Runs in a process of its own, started by the test below: what says a mistake belongs to the whole process.
fn go_wrong(book: &str) -> ! {
    let gone_wrong = mistake::caught(|| {
        let mut book =
            Book::open(book.as_ref(), branchbook::surroundings::BUSY_TIMEOUT, branchbook::register::numbering).unwrap();
        let change = book.begin().unwrap();
        change.execute("UPDATE department SET name_zh = name_zh || '?'", ()).unwrap();
        assert!(change.is_autocommit(), "this cannot be");
        change.commit().unwrap();
    });
    std::process::exit(if gone_wrong.is_none() { 77 } else { 0 });
}

#[test]
fn a_mistake_in_the_program_is_told_in_a_sentence_and_changes_nothing() {
    if let Ok(book) = std::env::var("BRANCHBOOK_GO_WRONG") {
        go_wrong(&book);
    }
    let office = Office::staffed();
    let before = office.dump(&[]);
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args([
        "--exact",
        "process::a_mistake_in_the_program_is_told_in_a_sentence_and_changes_nothing",
        "--nocapture",
    ]);
    child
        .env("BRANCHBOOK_GO_WRONG", office.path("book.db"))
        .env_remove("RUST_BACKTRACE")
        .env_remove("RUST_LIB_BACKTRACE");
    let output = child.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let line = said.lines().next().unwrap_or_default();
    assert_eq!((output.status.code(), said.lines().count()), (Some(77), 1), "{said}");
    assert!(line.starts_with("branchbook itself has failed, at tests/it/process.rs:"), "{said}");
    let end = ": this cannot be; look whether it was done before you enter it again: branchbook journal --last 5";
    assert!(line.ends_with(end), "{said}");
    assert_eq!(office.dump(&[]), before);
}
