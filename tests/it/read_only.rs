//! Books that can only be read, by a user whom file rights bind: everything that reads works, nothing is left beside them, and
//! what is restricted stays masked, since no reading can be written down.
#![cfg(target_os = "linux")]

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::Output;

use crate::fault::on_linux::Bound;
use crate::upgrade;
use crate::verify::month;

const MASKED: &str =
    "the book cannot be written, and so no reading either: what is restricted is masked for everybody\n";

/// Everything that reads and the lines that it must say.
const READING: [&str; 12] = [
    "contact list",
    "contact ledger --department business",
    "contact outstanding",
    "contact show HAY05001",
    "contact history HAY05001",
    "contact print HAY05001",
    "journal",
    "due",
    "series audit",
    "report exceptions",
    "staff list",
    "verify",
];

/// The names in the folder of the book.
fn names(bound: &Bound) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(bound.office.path("."))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Name, size, time and bytes of every file in the folder of the book.
fn state(bound: &Bound) -> Vec<(String, u64, i64, Vec<u8>)> {
    let file = |name: String| {
        let path = bound.office.path(&name);
        let found = fs::metadata(&path).unwrap();
        (name, found.len(), found.mtime_nsec(), fs::read(path).unwrap())
    };
    names(bound).into_iter().filter(|name| name.starts_with("book")).map(file).collect()
}

fn said(output: Output) -> (Option<i32>, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// A month whose book can only be read: the file (`log`: with what is in its log), or the folder as well.
fn bound(log: bool, folder: bool) -> Bound {
    let bound = Bound::of(month());
    if !log {
        bound.office.sql().query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())).unwrap();
        for ending in ["-wal", "-shm", "-turn"] {
            let _ = fs::remove_file(bound.office.path(&format!("book.db{ending}")));
        }
    }
    let mut rules = 0;
    while log && fs::metadata(bound.office.path("book.db-wal")).unwrap().len() == 0 {
        rules += 1;
        let set = format!("department add d{rules} --zh 部{rules}");
        assert!(bound.run(&set).status.success());
    }
    for name in names(&bound).iter().filter(|name| name.starts_with("book")) {
        bound.allow(name, 0o400);
    }
    if folder {
        bound.allow(".", 0o500);
    }
    bound
}

#[test]
fn everything_that_reads_works_and_leaves_nothing_beside_the_book() {
    for (log, folder) in [(false, false), (false, true), (true, false), (true, true)] {
        let bound = bound(log, folder);
        let before = state(&bound);
        for line in READING {
            let (code, out, err) = said(bound.run(line));
            assert_eq!((code, err.as_str()), (Some(0), ""), "{line}: {out}");
            assert_ne!(out, "", "{line}");
        }
        assert!(said(bound.run("contact list")).1.contains("轴承图纸"));
        assert_eq!(state(&bound), before, "log {log}, folder {folder}");
        bound.allow(".", 0o700);
    }
}

#[test]
fn r2_4_what_is_restricted_is_masked_for_everybody() {
    let bound = bound(false, true);
    let (code, out, err) = said(bound.run("info list --format csv"));
    assert_eq!((code, err.as_str()), (Some(0), MASKED));
    assert!(out.contains("INF26-0001") && out.contains("***") && !out.contains("鞍钢"), "{out}");
    for line in ["info show INF26-0001", "show INF26-0001"] {
        let (code, out, err) = said(bound.run(line));
        assert_eq!((code, err.as_str()), (Some(0), MASKED));
        assert!(out.contains("***") && !out.contains("鞍钢"), "{out}");
    }
    let (code, out, err) = said(bound.run("find 鞍钢"));
    assert_eq!((code, err.as_str()), (Some(0), MASKED));
    assert!(!out.contains("INF26"), "{out}");
    let path = bound.office.path("book.db").display().to_string();
    for (line, what) in
        [("history INF26-0001", "INF26-0001"), ("report month 2026-10 --output /tmp", "a month-end pack")]
    {
        let (code, _, err) = said(bound.run(line));
        let refusal = format!(
            "R2.4: {path} cannot be written, so that no reading of {what} can be written down; ask its owner for the right to write\n"
        );
        assert_eq!((code, err), (Some(3), refusal));
    }
    bound.allow(".", 0o700);
}

#[test]
fn a_change_is_refused_in_a_clear_sentence() {
    let bound = bound(true, true);
    let before = state(&bound);
    let path = bound.office.path("book.db").display().to_string();
    for line in ["contact void HAY05001 --reason a", "staff deputy zhou", "department add qc --zh 质检部"] {
        let (code, out, err) = said(bound.run(line));
        if code == Some(2) {
            continue;
        }
        let refusal = format!(
            "{path} cannot be written: the file or its folder is read-only; nothing was changed; ask its owner for the right to write\n"
        );
        assert_eq!((code, out.as_str(), err), (Some(1), "", refusal), "{line}");
    }
    assert_eq!(state(&bound), before);
    bound.allow(".", 0o700);
}

#[test]
fn a_log_is_read_through_a_private_copy_which_needs_a_place() {
    let bound = bound(true, true);
    let said = |folder: &str| said(bound.run_with("contact list", &[("TMPDIR", folder)]));
    let none = bound.office.path("none").display().to_string();
    let refusal = format!(
        "no private copy can be made in {none}: No such file or directory (os error 2); set TMPDIR to a folder that you may write to and that has room\n"
    );
    assert_eq!(said(&none), (Some(1), String::new(), refusal));
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::chown(folder.path(), Some(65534), Some(65534)).unwrap_or_default();
    assert_eq!(said(&folder.path().display().to_string()).0, Some(0));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "the private copy is removed");
    bound.allow(".", 0o700);
}

#[test]
fn a_check_leaves_nothing_beside_a_book_whose_log_lies_alone() {
    let office = month();
    let mut rules = 0;
    while fs::metadata(office.path("book.db-wal")).unwrap().len() == 0 {
        rules += 1;
        office.ok(&format!("rule set contact.reply_days {} --from 2026-10-0{rules} --by chen", 6 + rules));
    }
    fs::create_dir(office.path("moved")).unwrap();
    for name in ["book.db", "book.db-wal"] {
        fs::copy(office.path(name), office.path("moved").join(name)).unwrap();
    }
    let moved = office.path("moved/book.db");
    let line = format!("verify --format csv --book {}", moved.display());
    let journal = |out: String| out.lines().find(|line| line.starts_with("journal,")).unwrap().to_owned();
    assert_eq!(journal(office.ok(&line)), journal(office.ok("verify --format csv")), "what is in the log counts");
    assert_eq!(fs::read_dir(office.path("moved")).unwrap().count(), 2);
}

#[test]
fn a_check_leaves_a_change_that_was_cut_off_to_whoever_works_with_the_book() {
    let office = month();
    let writer = office.sql();
    writer
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = delete; PRAGMA cache_size = 2")
        .unwrap();
    writer
        .execute_batch("BEGIN; CREATE TABLE half AS SELECT randomblob(500000) AS a; UPDATE book SET name = 'half'")
        .unwrap();
    fs::create_dir(office.path("moved")).unwrap();
    for name in ["book.db", "book.db-journal"] {
        fs::copy(office.path(name), office.path("moved").join(name)).unwrap();
    }
    writer.execute_batch("ROLLBACK; PRAGMA journal_mode = wal").unwrap();
    let files = || ["book.db", "book.db-journal"].map(|name| fs::read(office.path("moved").join(name)).unwrap());
    let before = files();
    office.ok(&format!("verify --book {}", office.path("moved/book.db").display()));
    assert!(files() == before);
    assert_eq!(fs::read_dir(office.path("moved")).unwrap().count(), 2);
}

#[test]
fn a_copy_is_checked_and_copied_where_it_can_only_be_read() {
    let bound = Bound::of(month());
    let copy = bound.office.path("book.copy.db");
    assert_eq!(said(bound.run(&format!("backup {}", copy.display()))).2, "");
    for name in ["book.copy.db", "book.copy.db.sha256"] {
        bound.allow(name, 0o400);
    }
    bound.allow(".", 0o500);
    let before = state(&bound);
    let (code, out, err) = said(bound.run(&format!("backup --check {}", copy.display())));
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    let (code, out, err) = said(bound.run(&format!("verify --book {}", copy.display())));
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert_eq!(state(&bound), before);
    // What can be read can be copied.
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::chown(folder.path(), Some(65534), Some(65534)).unwrap_or_default();
    let (code, _, err) = said(bound.run(&format!("backup {}/ --book {}", folder.path().display(), copy.display())));
    assert_eq!(
        (code, err),
        (
            Some(0),
            format!(
                "the access log does not know of this copy: {} cannot be written: the file or its folder is read-only\n",
                copy.display()
            )
        )
    );
    bound.allow(".", 0o700);
}

#[test]
fn a_book_of_an_older_version_is_read_through_a_private_copy() {
    let office = upgrade::written(upgrade::VERSION_1);
    let bound = Bound::bind(office);
    bound.office.sql().query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())).unwrap();
    for ending in ["-wal", "-shm", "-turn"] {
        let _ = fs::remove_file(bound.office.path(&format!("book.db{ending}")));
    }
    bound.allow("book.db", 0o400);
    let before = state(&bound);
    let (code, out, err) = said(bound.run("contact show HAY05001 --as wang"));
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.contains("轴承图纸"), "{out}");
    let (code, out, err) = said(bound.run("verify --format csv"));
    assert_eq!(err, "");
    assert!(code == Some(0) && out.contains("version,ok,\"1, where"), "{out}");
    assert_eq!(state(&bound), before);
}
