//! Faults: files that are no book, damaged or locked ones, disks that are full or read-only, and processes that are killed.

#[cfg(target_os = "linux")]
pub(crate) mod on_linux;

use std::fs;
use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

use branchbook::book::schema::VERSION;
use branchbook::book::turnstile;

use crate::office::Office;
use crate::verify::{month, newest};

const FORM: &str = "contact add --department business --kind pre-contract --to technology --subject BEARING-7731 --content 确认 --by wang -q";

const NO_BOOK: &str = "is not a book; name the book with --book, or make one with: branchbook init";

/// What is said, with exit code 1, where the book's file holds these bytes; the file must stay as it is.
fn said_of(content: &[u8]) -> String {
    let office = Office::empty();
    let path = office.file("book.db", content);
    let mut said = Vec::new();
    for line in ["contact list", FORM, "verify", "backup copy.db"] {
        let outcome = office.run(line);
        assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{line}");
        said.push(outcome.err.replace(&format!("{path} "), ""));
    }
    assert_eq!(fs::read(&path).unwrap(), content);
    said.dedup();
    assert_eq!(said.len(), 1, "{said:?}");
    said[0].trim_end().to_owned()
}

#[test]
fn a_file_that_is_no_book_is_said_to_be_none() {
    assert_eq!(said_of("编号,事由\nHAY05001,图纸\n".repeat(100).as_bytes()), NO_BOOK);
    let noise: Vec<u8> = (0..8192_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect();
    assert_eq!(said_of(&noise), NO_BOOK);
}

#[test]
fn a_book_whose_making_was_interrupted_is_finished_by_init() {
    let office = Office::empty();
    let path = office.file("book.db", b"");
    let said = format!(
        "{path} holds nothing: the book was not finished; finish it with: branchbook init --name NAME --book {path}\n"
    );
    for line in ["contact list", FORM, "verify", "backup copy.db"] {
        assert_eq!((office.run(line).code, office.run(line).err), (1, said.clone()), "{line}");
    }
    assert_eq!(fs::read(&path).unwrap(), b"");
    office.ok("init --name 新账");
    office.ok("verify");
    // As where the process is killed when the file has its first page.
    let office = Office::empty();
    office.sql().execute_batch("PRAGMA journal_mode = wal").unwrap();
    assert_eq!(office.run("contact list").err, said.replace(&path, &office.path("book.db").display().to_string()));
    office.ok("init --name 新账");
    office.ok("verify");
    assert_eq!(
        office.refused(1, "init --name 新账"),
        format!(
            "{} is there already; name another file with --book, or work on with this one",
            office.path("book.db").display()
        )
    );
}

#[test]
fn a_database_of_another_program_is_no_book() {
    let office = Office::empty();
    office.sql().execute_batch("CREATE TABLE entry (number TEXT); INSERT INTO entry VALUES ('HAY05001')").unwrap();
    for line in ["contact list", FORM, "verify", "backup copy.db"] {
        let outcome = office.run(line);
        assert_eq!((outcome.code, outcome.err), (1, format!("{} {NO_BOOK}\n", office.path("book.db").display())));
    }
}

#[test]
fn a_book_that_is_not_there_is_not_made() {
    let office = Office::empty();
    let path = office.path("book.db").display().to_string();
    for line in ["contact list", FORM, "verify", "backup copy.db"] {
        let outcome = office.run(line);
        assert_eq!(
            (outcome.code, outcome.err),
            (1, format!("there is no book at {path}; make one with: branchbook init --name NAME --book {path}\n"))
        );
    }
    assert!(!office.path("book.db").exists());
}

#[test]
fn a_book_of_a_newer_version_is_left_alone() {
    let office = Office::staffed();
    office.sql().execute_batch("DROP TRIGGER entry_step").unwrap();
    office.sql().pragma_update(None, "user_version", VERSION + 1).unwrap();
    let path = office.path("book.db").display().to_string();
    for line in [FORM, "contact list", "verify"] {
        assert_eq!(
            office.refused(1, line),
            format!(
                "{path} was written by a newer branchbook (version {} of the book, this program knows {VERSION}); \
                 update the program; nothing was changed",
                VERSION + 1
            )
        );
    }
}

#[test]
fn a_book_with_a_changed_schema_is_not_worked_on() {
    for change in [
        "DROP TRIGGER entry_step",
        "CREATE VIEW contact_list AS SELECT number FROM entry",
        "CREATE TRIGGER mine AFTER INSERT ON entry BEGIN DELETE FROM contact; END",
        "DROP INDEX journal_thing",
    ] {
        let office = Office::staffed();
        office.sql().execute_batch(change).unwrap();
        let said = format!(
            "the schema of {} was changed by another program; see what differs with: branchbook verify",
            office.path("book.db").display()
        );
        assert_eq!(office.refused(1, FORM), said);
        assert_eq!(office.refused(1, "contact list"), said);
    }
}

/// A month whose book is one file, without a log.
fn settled_month() -> (Office, Vec<u8>) {
    let office = month();
    drop(office.sql().query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())));
    let bytes = fs::read(office.path("book.db")).unwrap();
    (office, bytes)
}

/// Puts a book of these bytes into the place of the office's.
fn put(office: &Office, bytes: &[u8]) {
    for ending in ["-wal", "-shm"] {
        let _ = fs::remove_file(office.path(&format!("book.db{ending}")));
    }
    fs::write(office.path("book.db"), bytes).unwrap();
}

#[test]
fn a_truncated_book_is_damaged() {
    let (office, bytes) = settled_month();
    let said = format!(
        "{} is damaged; take the last good copy that branchbook backup made, and keep this file for the repair\n",
        office.path("book.db").display()
    );
    for part in [2, 3, 10] {
        put(&office, &bytes[..bytes.len() / part]);
        for line in [FORM, "contact list", "verify"] {
            let outcome = office.run(line);
            assert_eq!(
                (outcome.code, outcome.out.as_str(), outcome.err.as_str()),
                (1, "", said.as_str()),
                "{part} {line}"
            );
        }
    }
}

/// Flips the bits of one byte at each of `places` spread over the book: `verify` finds it, or nothing of the book changed.
fn flip_bytes(places: usize) {
    let (office, bytes) = settled_month();
    let before = office.dump(&[]);
    let mut found = 0;
    for place in 0..places {
        // Every place in another page region: a step that shares no factor with the size of a page.
        let at = (place * (bytes.len() / places) + place * 37) % bytes.len();
        let mut flipped = bytes.clone();
        flipped[at] ^= 0xff;
        put(&office, &flipped);
        match office.run("verify -q").code {
            0 => assert_eq!(office.dump(&[]), before, "byte {at} was flipped and not found"),
            1 | 5 => found += 1,
            other => panic!("verify left with {other} after byte {at} was flipped"),
        }
    }
    assert!(found > places / 8, "only {found} of {places} flipped bytes mattered");
}

#[test]
fn a_flipped_byte_is_found_wherever_it_matters() {
    flip_bytes(80);
}

#[test]
#[ignore = "takes minutes; run by: just faults"]
fn flipped_bytes_are_found_all_over_the_book() {
    flip_bytes(5000);
}

#[test]
fn a_flipped_byte_in_a_text_is_named() {
    let office = Office::staffed();
    office.ok(FORM);
    drop(office.sql().query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())));
    let bytes = fs::read(office.path("book.db")).unwrap();
    let needle = b"BEARING-7731";
    let places: Vec<usize> = (0..bytes.len() - needle.len()).filter(|at| bytes[*at..].starts_with(needle)).collect();
    assert_eq!(places.len(), 2, "once in the form, once in the journal");
    let mut said = Vec::new();
    for at in places {
        let mut flipped = bytes.clone();
        flipped[at] = b'T';
        put(&office, &flipped);
        let outcome = office.run("verify --format csv");
        assert_eq!(outcome.code, 5);
        said.extend(outcome.out.lines().filter(|line| line.contains(",found,")).map(str::to_owned));
    }
    said.sort();
    let row = newest(&office, "HAY05001");
    let things = format!("things,found,HAY05001 is not as row {row} of the journal left it: subject");
    let journal = format!("journal,found,row {row} (HAY05001) does not fit its hash and the row before it");
    assert_eq!(said, [journal, things.clone(), things]);
}

#[test]
fn a_book_that_another_program_holds_is_waited_for_and_then_left() {
    let office = Office::staffed().with_patience(Duration::from_millis(300));
    let other = office.sql();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let start = Instant::now();
    assert_eq!(
        office.refused(6, FORM),
        "another program has held the book for more than 300ms; nothing was changed; try again"
    );
    assert!(start.elapsed() < Duration::from_secs(5));
    office.ok("contact list");
    office.ok("verify");
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(office.ok(FORM), "HAY05001\n");
}

#[test]
fn a_line_that_does_not_move_is_left_as_well() {
    let office = Office::staffed().with_patience(Duration::from_millis(300));
    // Those who are first at once, and do not move.
    let turns = [(); 2].map(|()| turnstile::wait(&office.path("book.db"), Duration::ZERO));
    assert!(turns[0].is_ok());
    assert_eq!(
        office.refused(6, FORM),
        "another program has held the book for more than 300ms; nothing was changed; try again"
    );
    drop(turns);
    assert_eq!(office.ok(FORM), "HAY05001\n");
}

/// Runs a form in a process that is killed after `delay`; gives the number that it printed, if it came so far.
fn killed_after(office: &Office, delay: Duration) -> Option<String> {
    let mut child = office.process(FORM).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(delay);
    child.kill().unwrap();
    let mut printed = String::new();
    child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
    child.wait().unwrap();
    printed.strip_suffix('\n').map(str::to_owned)
}

/// How long a form takes from the start of the process to its end.
fn usual_time(office: &Office) -> Duration {
    let start = Instant::now();
    let times = 5;
    for _ in 0..times {
        assert!(office.process(FORM).output().unwrap().status.success());
    }
    start.elapsed() / times
}

/// Kills processes at `times` moments spread over a form's whole life: what was printed is in the book, and nothing is half done.
fn kill_forms(times: u32) {
    let office = Office::staffed();
    let life = usual_time(&office) * 3 / 2;
    let mut printed = Vec::new();
    for moment in 0..times {
        printed.extend(killed_after(&office, life * moment / times));
    }
    assert!(!printed.is_empty() && printed.len() < times as usize, "{} of {times} came to print", printed.len());
    let ledger = office.ok("contact list --format csv");
    for number in &printed {
        assert!(ledger.lines().any(|line| line.starts_with(&format!("{number},"))), "{number} was printed and is gone");
    }
    office.ok("verify");
    let next = ledger.lines().count();
    assert_eq!(office.ok(FORM), format!("HAY05{next:03}\n"));
}

#[test]
fn a_process_that_is_killed_after_its_answer_has_kept_its_word() {
    let office = Office::staffed();
    for serial in 1..=5 {
        let mut child = office.process(FORM).stdout(Stdio::piped()).spawn().unwrap();
        let mut number = vec![0; 9];
        child.stdout.as_mut().unwrap().read_exact(&mut number).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(String::from_utf8(number).unwrap(), format!("HAY05{serial:03}\n"));
        office.ok(&format!("show HAY05{serial:03}"));
    }
    office.ok("verify");
}

#[test]
fn processes_that_are_killed_leave_nothing_half_done() {
    kill_forms(40);
}

#[test]
#[ignore = "takes minutes; run by: just faults"]
fn many_processes_that_are_killed_leave_nothing_half_done() {
    kill_forms(3000);
}

/// Kills backups at `times` moments: what has a copy's name is a good copy, with its record.
fn kill_backups(times: u32) {
    let office = month();
    let start = Instant::now();
    assert!(office.process("backup first.db").current_dir(office.path(".")).output().unwrap().status.success());
    let life = start.elapsed() * 5 / 4;
    let mut whole = 0;
    for moment in 0..times {
        let copy = office.path(&format!("copy-{moment}.db"));
        let mut child = office.process(&format!("backup {}", copy.display())).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(life * moment / times);
        child.kill().unwrap();
        child.wait().unwrap();
        if copy.exists() {
            let checked = office.ok(&format!("backup --check {} --format csv", copy.display()));
            assert!(checked.contains("record,ok,\"as "), "{checked}");
            whole += 1;
        }
    }
    assert!(whole < times, "no backup was killed before its end");
}

#[test]
fn a_backup_that_is_killed_leaves_no_copy_or_a_good_one() {
    kill_backups(25);
}

#[test]
#[ignore = "takes minutes; run by: just faults"]
fn many_backups_that_are_killed_leave_no_copy_or_good_ones() {
    kill_backups(1000);
}
