//! Failures of the file, the disk and the system around it: each is told with its cause, and nothing was changed.

use std::fs;

use crate::office::Office;

const FORM: &str =
    "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang -q";

/// What every command says of the book, with exit code 1; the book's path is `BOOK` in it.
fn said(office: &Office) -> String {
    let path = office.path("book.db").display().to_string();
    let mut said = Vec::new();
    for line in [FORM, "contact list", "backup copy.db"] {
        let outcome = office.run(line);
        assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{line}");
        said.push(outcome.err.trim_end().replace(&path, "BOOK"));
    }
    said.dedup();
    assert_eq!(said.len(), 1, "{said:?}");
    said.remove(0)
}

#[test]
fn a_number_of_version_that_another_program_set_is_told_with_its_cure() {
    for version in [-1, 0, 1, 2, 9] {
        let office = Office::staffed();
        let known: i32 = office.sql().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        if version == known {
            continue;
        }
        office.sql().pragma_update(None, "user_version", version).unwrap();
        assert_eq!(
            said(&office),
            format!(
                "BOOK says that it is of version {version}, but holds what version {known} holds: another program changed the \
                 number; set it right with: sqlite3 BOOK \"PRAGMA user_version = {known}\""
            )
        );
        office.sql().execute_batch(&format!("PRAGMA user_version = {known}")).unwrap();
        assert_eq!(office.ok(FORM), "HAY05001\n");
    }
}

#[test]
fn a_number_of_version_that_never_was_is_told() {
    for version in [-1, 0] {
        let office = Office::staffed();
        office.sql().execute_batch("DROP TRIGGER entry_step").unwrap();
        office.sql().pragma_update(None, "user_version", version).unwrap();
        assert_eq!(
            said(&office),
            format!(
                "BOOK says that it is of version {version}, which no branchbook ever wrote; \
                 take the last good copy that branchbook backup made, and keep this file for the repair"
            )
        );
    }
}

#[test]
fn a_book_that_cannot_be_upgraded_is_told_with_the_reason() {
    let office = Office::staffed();
    // The series of another register has the key of one that is to be begun.
    office
        .sql()
        .execute_batch(
            "UPDATE series SET register = 'contact' WHERE key = 'fee'; DROP TRIGGER entry_step; PRAGMA user_version = 1",
        )
        .unwrap();
    assert_eq!(
        said(&office),
        "BOOK cannot be upgraded from version 1: UNIQUE constraint failed: series.key: \
         Error code 1555: constraint failed"
    );
    let kept = fs::read_dir(office.path("."))
        .unwrap()
        .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().starts_with("book-version-"));
    assert_eq!(kept.count(), 0, "the book is as it was itself, and needs no copy");
}

#[test]
fn statistics_that_analyze_left_are_told_with_their_cure() {
    let office = Office::staffed();
    office.ok(FORM);
    office.sql().execute_batch("ANALYZE").unwrap();
    assert_eq!(
        said(&office),
        "another program ran ANALYZE on BOOK, which left sqlite_stat1 in it; \
         take them away with: sqlite3 BOOK \"DROP TABLE sqlite_stat1\""
    );
    office.sql().execute_batch("DROP TABLE sqlite_stat1").unwrap();
    assert_eq!(office.ok(FORM), "HAY05002\n");
    // Whoever changed something besides is not told that dropping them is enough.
    office.sql().execute_batch("ANALYZE; DROP TRIGGER entry_step").unwrap();
    assert_eq!(
        said(&office),
        "the schema of BOOK was changed by another program; see what differs with: branchbook verify"
    );
}

#[test]
fn a_folder_in_the_place_of_the_book_is_no_file() {
    let office = Office::empty();
    fs::create_dir(office.path("book.db")).unwrap();
    assert_eq!(said(&office), "BOOK is no file; name the book with --book");
}

/// What only a system with Unix's rights, limits and mounts can show.
#[cfg(target_os = "linux")]
mod on_linux {
    use std::process::{Command, Output, Stdio};

    use nix::fcntl::{FcntlArg, fcntl};
    use nix::libc;

    use super::*;
    use crate::fault::on_linux::{Bound, shell};

    fn told(output: &Output) -> (Option<i32>, String) {
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    #[test]
    fn a_fifo_in_the_place_of_the_book_is_no_file() {
        let office = Office::empty();
        assert!(Command::new("mkfifo").arg(office.path("book.db")).status().unwrap().success());
        assert_eq!(said(&office), "BOOK is no file; name the book with --book");
    }

    #[test]
    fn a_folder_that_may_not_be_searched_is_not_a_book_that_is_not_there() {
        let bound = Bound::office();
        fs::create_dir(bound.office.path("closed")).unwrap();
        fs::copy(bound.office.path("book.db"), bound.office.path("closed/book.db")).unwrap();
        bound.allow("closed", 0o600);
        let path = bound.office.path("closed/book.db").display().to_string();
        let refusal = format!(
            "{path} cannot be looked at: Permission denied (os error 13); see that you may open its folder and every folder above\n"
        );
        assert_eq!(told(&bound.run(&format!("contact list --book {path}"))), (Some(1), refusal));
        bound.allow("closed", 0o700);
    }

    #[test]
    fn a_process_without_file_handles_is_told_so_and_not_of_a_read_only_book() {
        let office = Office::staffed();
        let path = office.path("book.db").display().to_string();
        let (mut refused, mut done) = (0, 0);
        for handles in 4..12 {
            let output = shell(&office, &[], &format!("ulimit -n {handles}; exec \"$PROGRAM\" contact list"));
            match told(&output) {
                (Some(0), _) => done += 1,
                (Some(1), said) if said.starts_with(&path) && said.contains("Too many open files (os error 24)") => {
                    refused += 1;
                }
                other => panic!("{handles}: {other:?}"),
            }
        }
        assert!(refused > 0 && done > 0, "{refused} {done}");
    }

    /// A script that runs on a disk of its own, of 1 MiB or with few files, where the settled book lies as `book.db`; none
    /// where this system lets no user mount one.
    fn on_a_small_disk(office: &Office, options: &str, script: &str) -> Option<Output> {
        drop(office.sql().query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())));
        fs::create_dir(office.path("disk")).unwrap();
        let output = shell(
            office,
            &["unshare", "--user", "--map-root-user", "--mount", "sh"],
            &format!(
                r#"mount -t tmpfs -o {options} none "$FOLDER/disk" || exit 77
                cp -p "$FOLDER"/book.db "$FOLDER"/book.db-head "$FOLDER/disk" && export BRANCHBOOK_FILE=book.db && cd "$FOLDER/disk" || exit 2
                {script}"#
            ),
        );
        let refused = output.status.code() == Some(77) || output.status.code() == Some(1) && output.stdout.is_empty();
        if refused {
            eprintln!("skipped: no small disk can be mounted: {}", String::from_utf8_lossy(&output.stderr));
        }
        (!refused).then_some(output)
    }

    #[test]
    fn a_disk_that_is_full_when_the_log_is_made_is_full_and_not_read_only() {
        let office = Office::staffed();
        let script = r#"dd if=/dev/zero of=filler bs=4k 2>/dev/null; "$PROGRAM" $FORM; echo "exit $?"
            rm filler; "$PROGRAM" $FORM"#;
        let Some(output) = on_a_small_disk(&office, "size=1m", script) else { return };
        let text = "the disk of book.db is full; nothing was changed; make room and try again\n";
        assert_eq!(told(&output), (Some(0), text.to_owned()));
        assert_eq!(output.stdout, b"exit 1\nHAY05001\n");
    }

    #[test]
    fn a_disk_that_takes_no_more_files_is_told_as_such() {
        let office = Office::staffed();
        let script = r#"i=0; while touch file$i 2>/dev/null; do i=$((i+1)); done; "$PROGRAM" $FORM; echo "exit $?"
            rm file*; "$PROGRAM" $FORM"#;
        let Some(output) = on_a_small_disk(&office, "nr_inodes=20", script) else { return };
        let text = "the disk of . takes no more files; nothing was changed; make room and try again\n";
        assert_eq!(told(&output), (Some(0), text.to_owned()));
        assert_eq!(output.stdout, b"exit 1\nHAY05001\n");
    }

    #[test]
    fn a_pack_that_does_not_fit_on_the_disk_is_told_with_its_file() {
        let office = Office::staffed();
        office.ok(FORM);
        let script = r#""$PROGRAM" contact list >/dev/null
            dd if=/dev/zero of=filler bs=1k count=$(($(df --output=avail -k . | tail -1) - 16)) 2>/dev/null
            "$PROGRAM" report month 2026-10 --as chen; echo "exit $?"; ls"#;
        let Some(output) = on_a_small_disk(&office, "size=1m", script) else { return };
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(": No space left on device (os error 28)"), "{said}");
        assert!(said.starts_with("cannot write ") && !said.starts_with("cannot write :"), "{said}");
        assert_eq!(
            String::from_utf8(output.stdout).unwrap(),
            "exit 1\nbook.db\nbook.db-head\nbook.db-shm\nbook.db-wal\nfiller\n"
        );
    }

    /// Holds locks on the memory that programs share, as a process does that was stopped before it took the log in hand.
    #[test]
    #[ignore = "SQLite gives up after ten seconds; run by: just faults"]
    fn a_process_that_was_stopped_while_it_recovers_the_log_is_told_as_busy() {
        // SQLite's locks to write, and as one who uses the log, from its own description of the log's index.
        const LOCKS: [(libc::off_t, libc::c_int); 2] = [(120, libc::F_WRLCK), (120 + 8, libc::F_RDLCK)];
        let office = Office::staffed();
        let shared = fs::File::options().read(true).write(true).open(office.path("book.db-shm")).unwrap();
        shared.set_len(0).unwrap();
        for (place, kind) in LOCKS {
            let lock = libc::flock {
                l_type: kind.try_into().unwrap(),
                l_whence: libc::SEEK_SET.try_into().unwrap(),
                l_start: place,
                l_len: 1,
                l_pid: 0,
            };
            fcntl(&shared, FcntlArg::F_SETLK(&lock)).unwrap();
        }
        let path = office.path("book.db").display().to_string();
        let refusal = format!(
            "another program brings {path} in order after a crash, and does not come to an end; \
             nothing was changed; let that program go on, or end it, and try again\n"
        );
        assert_eq!(told(&office.process(FORM).stdout(Stdio::null()).output().unwrap()), (Some(6), refusal));
        drop(shared);
        assert_eq!(office.ok(FORM), "HAY05001\n");
    }
}
