//! `restore`: a copy takes the place of the book, which is set aside whole; no number is given out twice, and no run that is
//! killed loses anything.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use crate::office::Office;
use crate::pack_fault::injected;
use crate::upgrade;

const FORM: &str =
    "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang -q";
const PROJECT: &str = "project add --department business --customer 鞍钢 --title 球磨机 --by wang -q";

/// An office with a form, a copy of the book as `copy.db`, and what was entered since: two forms and a project.
fn since_a_copy() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok(FORM);
        office.ok(&format!("backup {}", copy(&office)));
        for (line, number) in [(FORM, "HAY05002\n"), (FORM, "HAY05003\n"), (PROJECT, "PRJ26-001\n")] {
            assert_eq!(office.ok(line), number);
        }
        office
    })
}

fn copy(office: &Office) -> String {
    office.path("copy.db").display().to_string()
}

/// The book that was set aside first.
fn aside(office: &Office) -> PathBuf {
    office.path("book-replaced-2026-10-08T080000.db")
}

/// The line that restores the copy.
fn restore(office: &Office) -> String {
    format!("restore {}", copy(office))
}

fn numbers(office: &Office, book: &str) -> Vec<String> {
    let listed = office.ok(&format!("contact list --format csv --book {book}"));
    listed.lines().skip(1).map(|line| line.split(',').take(2).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_copy_takes_the_place_of_the_book_and_gives_no_number_out_again() {
    let office = since_a_copy();
    let (book, old, copy) = (office.path("book.db").display().to_string(), aside(&office), copy(&office));
    let before = office.dump(&[]);
    let row: i64 = rusqlite::Connection::open(&copy)
        .unwrap()
        .query_row("SELECT max(id) FROM journal", (), |row| row.get(0))
        .unwrap();
    let old = old.display();
    let said = format!(
        "{book}: restored from {copy}, whose last change is row {row} of 2026-10-08 08:00; the book that was there is {old}\n"
    );
    let told = format!(
        "changes that are in the book that was there alone: 3; see them with: branchbook journal --last 3 --book {old}\n\
         HAY05002..HAY05003: given out since, and reserved now; enter each from its paper with: branchbook contact add --number \
         HAY05002 --department business …, or account for it with: branchbook contact void HAY05002 --reason REASON\n\
         PRJ26-001: given out since, and not given out again; enter each paper anew under a new number, and account for the old one \
         with: branchbook project void PRJ26-001 --reason REASON\n"
    );
    let trial = office.run(&format!("{} --dry-run", restore(&office)));
    assert_eq!((trial.code, trial.out, trial.err), (0, said.clone(), format!("{told}dry run: nothing was written\n")));
    assert_eq!(office.dump(&[]), before);
    let done = office.run(&restore(&office));
    assert_eq!((done.code, done.out, done.err), (0, said, told));
    assert_eq!(numbers(&office, &book), ["HAY05001 issued", "HAY05002 reserved", "HAY05003 reserved"]);
    assert_eq!(
        office.count(&format!(
            "SELECT count(*) FROM journal WHERE verb = 'restore' AND thing = 'book 1' AND recorder = 'clerk' AND note = \
             'from {copy}, journal row {row}; what was there is book-replaced-2026-10-08T080000.db'"
        )),
        1
    );
    // The numbers are taken up again as was told.
    assert_eq!(office.ok(&format!("{FORM} --number HAY05002")), "HAY05002\n");
    office.ok("contact void HAY05003 --reason 纸已作废");
    assert_eq!(office.ok(PROJECT), "PRJ26-002\n");
    assert_eq!(office.run("verify").code, 5, "the number of the project is missing");
    office.ok("project void PRJ26-001 --reason 改用PRJ26-002");
    assert_eq!(office.ok(FORM), "HAY05004\n");
    office.ok("verify");
    office.ok("series audit");
    // What was there is whole.
    assert_eq!(
        numbers(&office, &aside(&office).display().to_string()),
        ["HAY05001 issued", "HAY05002 issued", "HAY05003 issued"]
    );
    office.ok(&format!("verify --book {}", aside(&office).display()));
    assert_eq!(
        office.ok(&format!("journal --last 3 --format csv --book {}", aside(&office).display())).lines().count(),
        4
    );
}

#[test]
fn what_is_set_aside_is_never_written_over() {
    let office = since_a_copy();
    for _ in 0..3 {
        office.ok(&restore(&office));
    }
    for name in ["", "-2", "-3"] {
        office.ok(&format!(
            "contact list --book {}",
            office.path(&format!("book-replaced-2026-10-08T080000{name}.db")).display()
        ));
    }
}

#[test]
fn a_book_that_is_gone_is_restored_with_the_numbers_that_were_told_of_it() {
    let office = since_a_copy();
    for ending in ["", "-wal", "-shm"] {
        fs::remove_file(office.path(&format!("book.db{ending}"))).unwrap();
    }
    let done = office.run(&restore(&office));
    assert_eq!(done.code, 0, "{}", done.err);
    let lost = "changes that were answered and are in neither of the two: 3; ask who entered them\n";
    assert!(
        done.err.starts_with(&format!("{lost}HAY05002..HAY05003: given out since, and reserved now; ")),
        "{}",
        done.err
    );
    assert_eq!(office.ok(FORM), "HAY05004\n");
    assert_eq!(office.ok(PROJECT), "PRJ26-002\n");
    assert!(!aside(&office).exists());
}

#[test]
fn a_book_that_cannot_be_read_is_set_aside_as_it_is() {
    let office = since_a_copy();
    let head = office.path("book.db-head").display().to_string();
    for content in [&b"SQLite format 3\0 and nothing more"[..], b"", &[0x55; 8192]] {
        let office = Office::staffed();
        office.ok(FORM);
        office.ok(&format!("backup {}", copy(&office)));
        office.ok(FORM);
        fs::write(office.path("book.db"), content).unwrap();
        let done = office.run(&restore(&office));
        assert_eq!(done.code, 0, "{}", done.err);
        assert!(done.err.contains("HAY05002: given out since, and reserved now; "), "{}", done.err);
        assert_eq!(fs::read(aside(&office)).unwrap(), content);
        assert_eq!(office.ok(FORM), "HAY05003\n");
        office.ok("verify");
    }
    fs::write(office.path("book.db"), [0x55; 8192]).unwrap();
    assert!(office.run(&restore(&office)).err.starts_with(&format!(
        "the book that was there cannot be read: the copy said who may restore it, and {head} which numbers were given out\n"
    )));
}

#[test]
fn r2_4_a_copy_whose_staff_is_not_what_its_journal_says_says_nothing_of_who_restores() {
    let office = since_a_copy();
    let forged = office.path("forged.db").display().to_string();
    office.sql().execute("VACUUM INTO ?1", [&forged]).unwrap();
    let book = rusqlite::Connection::open(&forged).unwrap();
    book.execute_batch("PRAGMA journal_mode = WAL; UPDATE term SET role = 'branch-manager', department = 'general' WHERE person = 'li'").unwrap();
    drop(book);
    fs::write(office.path("book.db"), [0x55; 8192]).unwrap();
    let refused = office.sharing("li").run(&format!("restore {forged}")).err;
    assert!(refused.starts_with(&format!("{forged} is not sound: staff li is not as row ")), "{refused}");
    let done = office.run(&restore(&office));
    assert!(done.code == 0 && done.err.contains("that nobody made its journal anew, only what was kept elsewhere shows: branchbook verify --against PACK\n"), "{}", done.err);
}

#[test]
fn a_file_that_is_no_book_is_not_set_aside() {
    let office = since_a_copy();
    let other = office.file("other.db", "a letter\n".repeat(100));
    assert_eq!(
        office.refused(1, &format!("{} --book {other}", restore(&office))),
        format!("{other} is not a book; name the book with --book, or make one with: branchbook init")
    );
    assert_eq!(office.read("other.db"), "a letter\n".repeat(100));
}

#[test]
fn a_book_whose_log_is_lost_goes_on_from_what_is_there() {
    let office = Office::staffed();
    office.ok(FORM);
    drop(office.sql().query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())));
    office.ok(FORM);
    office.ok(FORM);
    fs::remove_file(office.path("book.db-wal")).unwrap();
    assert_eq!(office.run(FORM).code, 1);
    let book = office.path("book.db").display().to_string();
    let done = office.run(&format!("restore {book} --book {book}"));
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains("HAY05002..HAY05003: given out since, and reserved now; "), "{}", done.err);
    assert_eq!(office.ok(FORM), "HAY05004\n");
    office.ok("verify");
}

#[test]
fn a_file_of_somebody_elses_where_the_copy_is_laid_is_left_alone() {
    let office = since_a_copy();
    let other = office.file("book.db-new", "mine");
    assert_eq!(
        office.refused(1, &restore(&office)),
        format!("{other} is there already; move it away: the copy is laid there before it takes the place of the book")
    );
    assert_eq!(office.read("book.db-new"), "mine");
    fs::remove_file(other).unwrap();
    office.ok(&restore(&office));
}

#[test]
fn r2_4_a_copy_is_restored_by_those_who_read_by_office() {
    let office = since_a_copy().at_the_keyboard("sun");
    assert_eq!(
        office.refused(3, &restore(&office)),
        "R2.4: 孙立 (sun) is no clerk, manager or leader, and only one of these restores the book; ask your department's manager"
    );
    // Also where the copy says otherwise.
    let office = Office::staffed();
    office.ok(&format!("backup {}", copy(&office)));
    let office = office.on("2026-10-09");
    office.ok("staff end chen --until 2026-10-08 --by lin");
    let office = office.at_the_keyboard("chen");
    assert!(office.refused(3, &restore(&office)).contains("only one of these restores the book"));
}

#[test]
fn whoever_is_not_in_the_copy_lets_one_of_its_clerks_restore_it() {
    let office = since_a_copy();
    office.ok("staff add neu --name 新来 --department general --role clerk --by chen");
    let office = office.at_the_keyboard("neu");
    assert_eq!(
        office.refused(3, &restore(&office)),
        "R2.4: 新来 (neu) is not on the staff in the copy, which is older; let one of its clerks restore it: clerk, 周敏 (zhou)"
    );
}

#[test]
fn a_copy_that_is_not_sound_or_not_of_this_book_is_refused() {
    let office = since_a_copy();
    let another = Office::empty().on("2026-02-02");
    another.ok("init --name 另一本账");
    another.ok(&format!("backup {}", another.path("copy.db").display()));
    let book = office.path("book.db").display().to_string();
    assert_eq!(
        office.refused(1, &restore(&another)),
        format!(
            "{} is a copy of another book than {book}; name a copy of this book, or another place with --book",
            copy(&another)
        )
    );
    let path = copy(&office);
    let good = fs::read(&path).unwrap();
    let mut flipped = good.clone();
    let needle = "确认".as_bytes();
    let at = (0..good.len() - needle.len()).find(|at| good[*at..].starts_with(needle)).unwrap();
    flipped[at] ^= 1;
    fs::write(&path, &flipped).unwrap();
    let said = office.refused(1, &restore(&office));
    assert_eq!(
        said,
        format!(
            "{path} is not sound: it has not the bytes that were recorded of it; nothing was changed; see all of it with: branchbook \
             backup --check {path}, and take another copy"
        )
    );
    fs::remove_file(office.path("copy.db.sha256")).unwrap();
    fs::write(&path, &good[..good.len() / 2]).unwrap();
    assert!(office.refused(1, &restore(&office)).contains(&format!("{path} is damaged")));
    let none = office.path("none.db").display().to_string();
    assert_eq!(
        office.refused(1, &format!("restore {none}")),
        format!("there is no book at {none}; name one that is there, such as the last: branchbook restore {path}")
    );
    fs::write(&path, &good).unwrap();
    office.ok(&restore(&office));
}

#[test]
fn a_book_that_lacks_nothing_is_no_copy_of_itself() {
    let office = Office::staffed();
    office.ok(FORM);
    let book = office.path("book.db").display().to_string();
    let none = office.path("none.db").display().to_string();
    let said = format!("there is no book at {none}; name a copy that branchbook backup made");
    assert_eq!(office.refused(1, &format!("restore {none}")), said);
    fs::create_dir(office.path("backups")).unwrap();
    let copy = office.path("backups").join("copy.db").display().to_string();
    office.ok(&format!("backup {copy}"));
    let way_out = format!("name one that is there, such as the last: branchbook restore {copy}");
    assert_eq!(office.refused(1, &format!("restore {none}")), format!("there is no book at {none}; {way_out}"));
    let (hard, soft) = (office.path("hard.db"), office.path("soft.db"));
    fs::hard_link(&book, &hard).unwrap();
    std::os::unix::fs::symlink(&book, &soft).unwrap();
    for path in [&book, &hard.display().to_string(), &soft.display().to_string()] {
        let said = office.refused(2, &format!("restore {path}"));
        assert_eq!(said, format!("{book} is the book itself, and lacks nothing; {way_out}"), "{path}");
    }
}

#[test]
fn a_book_that_others_have_open_is_waited_for_and_then_left() {
    let office = since_a_copy().with_patience(Duration::from_millis(200));
    let book = office.path("book.db").display().to_string();
    let reader =
        branchbook::book::Book::open(&office.path("book.db"), Duration::ZERO, branchbook::register::numbering).unwrap();
    let said = format!("other programs have {book} open; nothing was changed; try again");
    assert_eq!(office.refused(6, &restore(&office)), said);
    drop(reader);
    // A program that knows nothing of the file that tells what was answered.
    let other = office.sql();
    other.execute_batch("BEGIN; SELECT count(*) FROM journal").unwrap();
    let refused = office.run(&restore(&office));
    assert_eq!((refused.code, refused.out.as_str()), (6, ""), "{}", refused.err);
    drop(other);
    office.ok(&restore(&office));
}

#[test]
fn a_copy_of_an_old_version_is_brought_up() {
    let office = upgrade::written(upgrade::VERSION_1);
    drop(office.sql().query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())));
    fs::copy(office.path("book.db"), office.path("copy.db")).unwrap();
    let old = fs::read(office.path("copy.db")).unwrap();
    office.ok(FORM);
    office.ok(FORM);
    let uid =
        |office: &Office| -> String { office.sql().query_row("SELECT uid FROM book", (), |row| row.get(0)).unwrap() };
    let before = uid(&office);
    office.ok(&restore(&office));
    assert_eq!(uid(&office), before, "it is the same book");
    assert_eq!(fs::read(office.path("copy.db")).unwrap(), old);
    office.ok("verify");
    assert_eq!(office.ok(FORM), "HAY05004\n");
}

/// After a restore that was killed: the book is as it was or restored, and nothing is lost.
fn is_settled(office: &Office, before: &str, what: &str) {
    let listed = office.run("contact list --format csv");
    assert_eq!(listed.code, 0, "{what}: {}", listed.err);
    if office.dump(&["reading"]) == before {
        assert!(!aside(office).exists(), "{what}: it is as it was, and set aside as well");
    } else {
        office.ok("project void PRJ26-001 --reason 错");
        assert_eq!(listed.out.matches(",reserved,").count(), 2, "{what}: {}", listed.out);
        office.ok(&format!("verify -q --format csv --output /dev/null --book {}", aside(office).display()));
        assert_eq!(numbers(office, &aside(office).display().to_string()).len(), 3, "{what}");
    }
    office.ok("verify -q --format csv --output /dev/null");
    assert!(!office.path("book.db-new").exists(), "{what}");
    assert_eq!(office.ok(FORM), "HAY05004\n", "{what}");
}

/// An office with the same files.
fn again(kept: &Office) -> Office {
    let office = Office::empty();
    for name in ["book.db", "book.db-wal", "book.db-head", "book.db-turn", "copy.db", "copy.db.sha256"] {
        // The times tell whether another program wrote to the book.
        let mut cp = std::process::Command::new("cp");
        assert!(cp.arg("-p").args([kept.path(name), office.path(name)]).status().unwrap().success());
    }
    office
}

/// Kills `restore` at each of its calls of the kinds in `calls`; gives how many there are.
fn kill_at_calls(calls: &str) -> usize {
    let kept = since_a_copy();
    kept.ok("project void PRJ26-001 --reason 错");
    let before = again(&kept).dump(&["reading"]);
    for when in 1.. {
        let office = again(&kept);
        let Some(output) = injected(&office, &restore(&office), &format!("{calls}:signal=KILL:when={when}")) else {
            return 0;
        };
        let what = format!("killed at call {when} of {calls}");
        if output.status.success() {
            return when - 1;
        }
        is_settled(&office, &before, &what);
    }
    0
}

#[cfg(target_os = "linux")]
#[test]
fn a_restore_that_is_killed_between_the_renames_loses_nothing() {
    let calls = kill_at_calls("renameat2");
    assert!(calls == 5 || calls == 0, "{calls} renames");
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes minutes; run by: just faults"]
fn a_restore_that_is_killed_at_any_call_loses_nothing() {
    for calls in ["renameat2,mkdir,rmdir,unlink,ftruncate", "fsync,fdatasync", "write,pwrite64", "openat", "fcntl"] {
        println!("{} kills at {calls}: nothing lost", kill_at_calls(calls));
    }
}
