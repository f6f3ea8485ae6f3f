//! `BOOK-head`, which tells beside the book what was answered last: a book that lacks any of it is read, and not written to.

use std::fs;

use crate::office::Office;

const FORM: &str =
    "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang -q";

/// An office whose book holds two forms, and whose log the three of today.
fn answered() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok(FORM);
        office.ok(FORM);
        settle(&office);
        for number in ["HAY05003", "HAY05004", "HAY05005"] {
            assert_eq!(office.ok(FORM), format!("{number}\n"));
        }
        office
    })
}

/// Moves the log into the book, as the program does once it has grown.
fn settle(office: &Office) {
    office.sql().query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())).unwrap();
}

/// The bytes of the file beside the book whose name ends so.
fn bytes(office: &Office, ending: &str) -> Vec<u8> {
    fs::read(office.path(&format!("book.db{ending}"))).unwrap()
}

fn put(office: &Office, ending: &str, bytes: &[u8]) {
    fs::write(office.path(&format!("book.db{ending}")), bytes).unwrap();
}

fn remove(office: &Office, ending: &str) {
    fs::remove_file(office.path(&format!("book.db{ending}"))).unwrap();
}

/// What is said to whoever writes to a book that lacks these.
fn lacks(office: &Office, missing: &str) -> String {
    let book = office.path("book.db").display().to_string();
    format!(
        "{book} lacks what was answered already, so nothing can be written to it: {missing}; put back the log {book}-wal that \
         belongs to it; where it is lost, go on from the newest good copy with: branchbook restore COPY --book {book}, or from the \
         book as it is: branchbook restore {book} --book {book}"
    )
}

/// The book is read with a warning, and nothing is written to it.
fn is_behind(office: &Office, missing: &str) {
    let said = lacks(office, missing);
    let listed = office.run("contact list --format csv");
    assert_eq!((listed.code, listed.err), (0, format!("{said}\n")));
    let added = office.run(FORM);
    assert_eq!((added.code, added.out.as_str()), (1, ""));
    assert_eq!(added.err, format!("{said}\n"));
}

#[test]
fn a_book_without_its_log_is_not_written_to() {
    let office = answered();
    let log = bytes(&office, "-wal");
    remove(&office, "-wal");
    let rows = office.sql().query_row("SELECT max(id) FROM journal", (), |row| row.get::<_, i64>(0)).unwrap();
    is_behind(&office, &format!("rows {} to {} of the journal, the numbers HAY05003..HAY05005", rows + 1, rows + 3));
    put(&office, "-wal", &log);
    assert_eq!(office.ok(FORM), "HAY05006\n");
    office.ok("verify");
}

#[test]
fn a_log_of_an_older_copy_is_noticed() {
    let office = answered();
    let older = bytes(&office, "-wal");
    assert_eq!(office.ok(FORM), "HAY05006\n");
    put(&office, "-wal", &older);
    let rows = office.count("SELECT max(id) FROM journal");
    is_behind(&office, &format!("row {} of the journal, the numbers HAY05006", rows + 1));
}

/// Flips a bit at `places` places of the log: no form is entered into the book that is left.
fn flip_bits(places: usize) {
    let office = answered();
    let log = bytes(&office, "-wal");
    for place in 0..places {
        let at = place * log.len() / places;
        let mut flipped = log.clone();
        flipped[at] ^= 0x10;
        put(&office, "-wal", &flipped);
        let added = office.run(FORM);
        assert_eq!((added.code, added.out.as_str()), (1, ""), "byte {at} was flipped: {}", added.err);
        assert!(added.err.contains("so nothing can be written to it: "), "byte {at}: {}", added.err);
    }
    put(&office, "-wal", &log);
    assert_eq!(office.ok(FORM), "HAY05006\n");
}

#[test]
fn flipped_bits_in_the_log_are_noticed() {
    flip_bits(40);
}

#[test]
#[ignore = "takes minutes; run by: just faults"]
fn bits_that_are_flipped_all_over_the_log_are_noticed() {
    flip_bits(3000);
}

/// An old copy in the place of the book beside the newer log: a mixture, or the book as it was, is not written to unless it is
/// sound and holds all that was answered.
#[test]
fn an_old_copy_with_the_newer_log_beside_it_is_not_written_to() {
    let office = Office::staffed();
    let mut refused = 0;
    for round in 0..12 {
        let copy = office.path(&format!("copy-{round}.db"));
        office.ok(&format!("backup {}", copy.display()));
        for _ in 0..round * 3 {
            office.ok(FORM);
        }
        let (book, log, head) = (bytes(&office, ""), bytes(&office, "-wal"), bytes(&office, "-head"));
        // Over the file that is there, as `cp` does.
        fs::write(office.path("book.db"), fs::read(&copy).unwrap()).unwrap();
        let added = office.run(FORM);
        if added.code == 0 {
            let sound: String = office.sql().query_row("PRAGMA integrity_check", (), |row| row.get(0)).unwrap();
            assert_eq!(sound, "ok", "round {round}");
        } else {
            refused += 1;
        }
        for (ending, bytes) in [("", book), ("-wal", log), ("-head", head)] {
            put(&office, ending, &bytes);
        }
        office.ok("verify");
    }
    assert!(refused > 2, "{refused}");
}

#[test]
fn an_old_copy_alone_is_not_written_to() {
    let office = Office::staffed();
    office.ok(FORM);
    let copy = office.path("copy.db");
    office.ok(&format!("backup {}", copy.display()));
    office.ok(FORM);
    settle(&office);
    fs::copy(&copy, office.path("book.db")).unwrap();
    let rows = office.count("SELECT max(id) FROM journal");
    is_behind(&office, &format!("row {} of the journal, the numbers HAY05002", rows + 1));
}

#[test]
fn readings_that_were_written_down_are_missed_as_well() {
    let office = Office::staffed();
    office.ok("info add --department business --customer 鞍钢 --region 辽宁 --equipment 球磨机 --need 扩产 --by li");
    settle(&office);
    office.ok("info list");
    remove(&office, "-wal");
    is_behind(&office, "row 1 of the access log");
}

#[test]
fn a_head_that_is_missing_is_made_anew_and_said_once() {
    let office = answered();
    let head = office.path("book.db-head").display().to_string();
    for (content, said) in [
        (None, format!("{head} was not there and was made anew: it tells from now on what the book must hold\n")),
        (
            Some("branchbook head 1\nbook"),
            format!("{head} could not be read and was made anew: it tells from now on what the book must hold\n"),
        ),
    ] {
        let told = bytes(&office, "-head");
        remove(&office, "-head");
        if let Some(content) = content {
            put(&office, "-head", content.as_bytes());
        }
        let listed = office.run("contact list");
        assert_eq!((listed.code, listed.err), (0, said));
        assert_eq!(office.run("contact list").err, "");
        assert_eq!(bytes(&office, "-head"), told);
    }
    assert_eq!(office.ok(FORM), "HAY05006\n");
}

#[test]
fn a_head_of_another_book_is_told_as_such() {
    let (office, other) = (answered(), Office::empty().on("2026-02-02"));
    other.ok("init --name 另一本账");
    put(&office, "-head", &bytes(&other, "-head"));
    let book = office.path("book.db").display().to_string();
    let said = format!(
        "{book}-head beside {book} is that of another book, so nothing can be written to it; put the right book back, or, where \
         {book} is the right one, go on from it with: branchbook restore {book} --book {book}"
    );
    assert_eq!(office.run("contact list").err, format!("{said}\n"));
    assert_eq!(office.run(FORM).code, 1);
}

#[test]
fn an_older_head_is_that_of_a_book_whose_process_was_killed() {
    let office = answered();
    let older = bytes(&office, "-head");
    office.ok(FORM);
    put(&office, "-head", &older);
    assert_eq!(office.run(&FORM.replace("图纸", "样本")).err, "");
    office.ok("verify");
}

#[test]
fn a_book_that_another_program_wrote_to_is_proven_before_it_is_written_to() {
    let office = answered();
    settle(&office);
    // A page of an index that does not fit its table.
    office
        .sql()
        .execute_batch("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'journal_thing') WHERE name = 'entry_day'")
        .unwrap();
    settle(&office);
    let added = office.run(FORM);
    assert_eq!((added.code, added.out.as_str()), (1, ""), "{}", added.err);
    let book = office.path("book.db").display().to_string();
    assert!(
        added.err.starts_with(&format!("another program wrote to {book}, or laid another log beside it, and it is not sound now: "))
            && added.err.ends_with(&format!(
                "; keep the file for the repair, and go on from the newest good copy with: branchbook restore COPY --book {book}\n"
            )),
        "{}",
        added.err
    );
}

#[test]
fn the_head_belongs_to_the_book() {
    let office = answered();
    let head = office.path("book.db-head").display().to_string();
    let said = office.refused(2, &format!("contact list --output {head}"));
    assert_eq!(said, format!("{head} is the book, or belongs to it; name another file"));
}

#[test]
fn whoever_had_the_book_open_writes_into_no_book_that_was_moved_away() {
    let office = answered();
    let path = office.path("book.db");
    let mut book =
        branchbook::book::Book::open(&path, std::time::Duration::ZERO, branchbook::register::numbering).unwrap();
    fs::rename(&path, office.path("moved.db")).unwrap();
    fs::copy(office.path("moved.db"), &path).unwrap();
    let said = book.begin().map(drop).unwrap_err().to_string();
    assert_eq!(
        said,
        format!(
            "{} was moved or replaced while it was open; nothing was changed; see which book stands there now, and try again",
            path.display()
        )
    );
}

#[test]
fn a_book_that_keeps_no_log_begins_one_when_it_is_opened() {
    let office = answered().with_patience(std::time::Duration::from_millis(50));
    let no_log = || -> String { office.sql().query_row("PRAGMA journal_mode = delete", (), |row| row.get(0)).unwrap() };
    assert_eq!(no_log(), "delete");
    let book = office.path("book.db").display().to_string();
    let what = format!("{book} keeps no log, and without one a change could be lost, so nothing can be written to it");
    let verified = office.run("verify --format csv");
    assert!(verified.out.contains(&format!("answered,found,\"{what}\"\n")), "{}", verified.out);
    let other = office.sql();
    other.execute_batch("BEGIN; SELECT count(*) FROM journal").unwrap();
    let said = format!("{what}; let every other program close it, keep it on a local disk, and try again\n");
    let listed = office.run("contact list");
    assert_eq!((listed.code, listed.err), (0, said.clone()));
    let added = office.run(FORM);
    assert_eq!((added.code, added.err), (1, said));
    drop(other);
    assert_eq!(office.ok(FORM), "HAY05006\n");
    let mode: String = office.sql().query_row("PRAGMA journal_mode", (), |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    office.ok("verify");
}

/// Kills `init` at each of its calls of these kinds; gives how many there are. What is left is a book, or is made one by `init`.
#[cfg(target_os = "linux")]
fn kill_init_at(calls: &str) -> usize {
    for when in 1.. {
        let office = Office::empty();
        let inject = format!("{calls}:signal=KILL:when={when}");
        let Some(output) = crate::pack_fault::injected(&office, "init --name 新账", &inject) else { return 0 };
        let what = format!("killed at call {when} of {calls}");
        if output.status.success() {
            return when - 1;
        }
        // By the login of the process that was killed.
        let process = |line: &str| office.process(line).env_remove("BRANCHBOOK_AS").output().unwrap();
        if !process("contact list").status.success() {
            let made = process("init --name 新账");
            assert!(made.status.success(), "{what}: {}", String::from_utf8_lossy(&made.stderr));
        }
        for line in ["contact list", "verify"] {
            let done = process(line);
            assert!(done.status.success(), "{what}: {line}: {}", String::from_utf8_lossy(&done.stderr));
        }
    }
    0
}

#[cfg(target_os = "linux")]
#[test]
fn an_init_that_is_killed_is_finished_by_the_next() {
    let calls = kill_init_at("pwrite64");
    assert!(calls > 5 || calls == 0, "{calls}");
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes minutes; run by: just faults"]
fn an_init_that_is_killed_at_any_call_is_finished_by_the_next() {
    for calls in ["openat", "write,ftruncate,unlink", "fsync,fdatasync", "fcntl,flock", "mmap", "close"] {
        println!("{} kills at {calls}: each is finished", kill_init_at(calls));
    }
}
