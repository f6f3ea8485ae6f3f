//! `backup`: a copy that is proven, private, whole, and never written over.

use std::fs;

use crate::office::Office;
use crate::verify::month;

const FORM: &str = "contact add --department business --kind pre-contract --to technology --subject 轴承图纸 --content 确认 --by wang -q";

/// The names in a folder.
fn names(office: &Office, folder: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(office.path(folder))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_copy_in_a_folder_is_named_after_the_offices_time_and_is_one_file() {
    let office = month();
    let folder = office.path("backups").display().to_string();
    let copy = office.ok(&format!("backup {folder}/ -q"));
    assert_eq!(copy, format!("{folder}/branchbook-2026-10-12T080000.db\n"));
    let both = ["branchbook-2026-10-12T080000.db", "branchbook-2026-10-12T080000.db.sha256"];
    assert_eq!(names(&office, "backups"), both);
    let before = office.dump(&[]);
    office.ok(&format!("verify --book {}", copy.trim_end()));
    assert_eq!(names(&office, "backups"), both, "a check leaves nothing beside the copy");
    fs::rename(office.path("book.db"), office.path("lost.db")).unwrap();
    let _ = fs::remove_file(office.path("book.db-wal"));
    fs::copy(copy.trim_end(), office.path("book.db")).unwrap();
    assert_eq!(office.dump(&[]), before);
    assert_eq!(office.ok(FORM), "HAY05003\n", "the copy is a book to work on");
}

#[test]
fn the_answer_names_file_size_journal_and_head() {
    let office = month();
    let copy = office.path("copy.db").display().to_string();
    let said = office.ok(&format!("backup {copy}"));
    let (rows, head): (i64, String) = office
        .sql()
        .query_row("SELECT id, lower(hex(hash)) FROM journal ORDER BY id DESC LIMIT 1", (), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    let size = fs::metadata(&copy).unwrap().len();
    assert_eq!(
        said,
        format!(
            "{copy}: {}.00 KiB, {rows} journal rows, head {head}; read back and found the same as the book\n",
            size / 1024
        )
    );
}

#[cfg(unix)]
#[test]
fn a_copy_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let office = month();
    let copy = office.path("copy.db");
    office.ok(&format!("backup {}", copy.display()));
    assert_eq!(fs::metadata(copy).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_copy_is_never_written_over() {
    let office = month();
    let copy = office.file("copy.db", "what was there");
    assert_eq!(
        office.refused(1, &format!("backup {copy}")),
        format!("{copy} is there already; name another file; a copy is never written over")
    );
    assert_eq!(fs::read_to_string(&copy).unwrap(), "what was there");
    let book = office.path("book.db").display().to_string();
    assert_eq!(
        office.refused(1, &format!("backup {book}")),
        format!("{book} is there already; name another file; a copy is never written over")
    );
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let office = month();
    let copy = office.path("none/copy.db").display().to_string();
    let said = office.refused(1, &format!("backup {copy}"));
    assert!(said.starts_with(&format!("cannot write {copy}: ")), "{said}");
    assert!(said.ends_with("; name a folder that is there and that you may write to"), "{said}");
}

#[test]
fn a_copy_is_made_while_another_program_writes() {
    let office = month();
    let writer = office.sql();
    writer.execute_batch("BEGIN IMMEDIATE; UPDATE counter SET last = 7 WHERE prefix = 'HAY05'").unwrap();
    let copy = office.path("copy.db").display().to_string();
    office.ok(&format!("backup {copy}"));
    writer.execute_batch("ROLLBACK").unwrap();
    office.ok(&format!("verify --book {copy}"));
}

#[test]
fn a_damaged_book_gives_no_copy() {
    let office = month();
    office
        .sql()
        .execute_batch("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 5 WHERE name = 'entry_day'")
        .unwrap();
    let copy = office.path("copies").display().to_string();
    let outcome = office.run(&format!("backup {copy}/"));
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
    assert!(outcome.err.ends_with("and was thrown away; check the book with: branchbook verify\n"), "{}", outcome.err);
    assert_eq!(names(&office, "copies"), Vec::<String>::new());
}

#[test]
fn r2_4_a_copy_is_for_those_who_read_by_office() {
    let office = Office::staffed().at_the_keyboard("sun");
    assert_eq!(
        office.refused(3, &format!("backup {}", office.path("other").display())),
        "R2.4: 孙立 is no clerk, manager or leader, and only one of these copies the book; ask your department's manager"
    );
    assert!(!office.path("other").exists());
}

/// What stands in the access log of backups: who, what and how many entries.
fn logged(book: &rusqlite::Connection) -> Vec<(String, String, i64)> {
    book.prepare("SELECT person, scope, entries FROM reading WHERE command = 'backup' ORDER BY id")
        .unwrap()
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

#[test]
fn r2_4_a_copy_is_a_reading_of_everything() {
    let office = month();
    let copy = office.path("copy.db").display().to_string();
    office.ok(&format!("backup {copy}"));
    let expected = [("clerk".to_owned(), copy.clone(), 2)];
    assert_eq!(logged(&office.sql()), expected);
    assert_eq!(logged(&rusqlite::Connection::open(&copy).unwrap()), expected, "the copy knows of itself");
}

#[test]
fn r2_4_a_copy_that_the_access_log_cannot_know_of_is_made_and_said() {
    let office = month().with_patience(std::time::Duration::from_millis(50));
    let writer = office.sql();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    let outcome = office.run(&format!("backup {}", office.path("copy.db").display()));
    assert_eq!(
        (outcome.code, outcome.err.as_str()),
        (0, "the access log does not know of this copy: another program has held the book for more than 50ms\n")
    );
    assert_eq!(logged(&office.sql()), []);
}

#[test]
fn a_record_beside_the_copy_names_book_time_heads_and_bytes() {
    let office = month();
    office.ok(&format!("backup {}", office.path("copy.db").display()));
    let record = office.read("copy.db.sha256");
    let uid: String = office.sql().query_row("SELECT uid FROM book", (), |row| row.get(0)).unwrap();
    let head = |table: &str| -> String {
        let sql = format!("SELECT id || ' ' || lower(hex(hash)) FROM {table} ORDER BY id DESC LIMIT 1");
        office.sql().query_row(&sql, (), |row| row.get(0)).unwrap()
    };
    let lines: Vec<&str> = record.lines().collect();
    assert_eq!(lines[..2], [format!("# book {uid}"), "# made 2026-10-12T00:00:00Z".to_owned()]);
    assert_eq!(lines[2..4], [format!("# journal {}", head("journal")), format!("# access-log {}", head("reading"))]);
    assert!(lines[4].ends_with("  copy.db") && lines.len() == 5, "{record}");
    assert_eq!(
        office.refused(1, &format!("backup {}", office.path("copy.db").display())),
        format!(
            "{} is there already; name another file; a copy is never written over",
            office.path("copy.db").display()
        )
    );
}

#[test]
fn what_a_killed_backup_has_left_of_a_record_is_in_nobodys_way() {
    let office = month();
    let copy = office.path("copy.db").display().to_string();
    office.ok(&format!("backup {copy}"));
    fs::remove_file(&copy).unwrap();
    office.ok(&format!("backup {copy}"));
    let checked = office.ok(&format!("backup --check {copy} --format csv"));
    assert!(checked.contains("record,ok,"), "{checked}");
    let other = office.path("other.db").display().to_string();
    office.file("other.db.sha256", "what was there");
    assert_eq!(
        office.refused(1, &format!("backup {other}")),
        format!("{other}.sha256 is there already; name another file; a copy is never written over")
    );
}

/// Copies of these days in the folder `backups`, the last of them with `--keep`; gives what was said.
fn copies(mut office: Office, days: &[&str], keep: &str) -> (Office, String) {
    let folder = office.path("backups").display().to_string();
    let (last, before) = days.split_last().unwrap();
    for day in before {
        office = office.on(day);
        office.ok(&format!("backup {folder}/"));
    }
    office = office.on(last);
    let outcome = office.run(&format!("backup {folder}/ --keep {keep}"));
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let said = outcome.err.replace(&folder, "backups");
    (office, said)
}

/// The days of the copies in the folder.
fn days(office: &Office) -> Vec<String> {
    let copies = names(office, "backups");
    let copies = copies.iter().filter_map(|name| name.strip_prefix("branchbook-")?.strip_suffix("T080000.db"));
    copies.map(str::to_owned).collect()
}

#[test]
fn older_copies_go_and_the_newest_of_each_period_stay() {
    let taken = ["2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02", "2026-11-03"];
    let (office, said) = copies(Office::staffed(), &taken, "daily=2,monthly=2");
    assert_eq!(days(&office), ["2026-10-31", "2026-11-02", "2026-11-03"]);
    assert_eq!(
        said,
        "copies removed: branchbook-2026-11-01T080000.db, branchbook-2026-10-30T080000.db\n\
         copies of this book that are kept in backups: 3\n"
    );
    assert_eq!(names(&office, "backups").len(), 6, "a record goes with its copy");
    let (office, _) = copies(office, &["2026-11-04"], "1");
    assert_eq!(days(&office), ["2026-11-04"]);
}

#[test]
fn what_is_not_a_copy_of_this_book_as_it_was_made_stays() {
    let (office, other) = (Office::staffed(), Office::empty().on("2025-01-01"));
    other.ok("init --name other");
    let (office, _) = copies(office, &["2026-10-08", "2026-10-09", "2026-10-10", "2026-10-11", "2026-10-12"], "9");
    let folder = office.path("backups");
    other.ok(&format!("backup {}/", folder.display()));
    // A record that claims the copy of another book; a file that is nobody's copy; bytes that changed; a log beside a copy.
    let theirs = folder.join("branchbook-2025-01-01T080000.db.sha256");
    let uid =
        |office: &Office| -> String { office.sql().query_row("SELECT uid FROM book", (), |row| row.get(0)).unwrap() };
    let record = fs::read_to_string(&theirs).unwrap().replace(&uid(&other), &uid(&office));
    fs::write(&theirs, record).unwrap();
    fs::write(folder.join("scan.pdf"), "scan").unwrap();
    let copy = |day: &str| folder.join(format!("branchbook-2026-10-{day}T080000.db"));
    let mut bytes = fs::read(copy("08")).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(copy("08"), bytes).unwrap();
    fs::write(copy("09").with_extension("db-wal"), "log").unwrap();
    fs::remove_file(copy("10").with_extension("db.sha256")).unwrap();
    let (office, said) = copies(office, &["2026-10-13"], "1");
    let left = |name: &str| format!("left as it is, for it is not as it was recorded: branchbook-{name}T080000.db\n");
    assert_eq!(
        said,
        [
            left("2026-10-09"),
            left("2026-10-08"),
            left("2025-01-01"),
            "copies removed: branchbook-2026-10-12T080000.db, branchbook-2026-10-11T080000.db\n".to_owned(),
            "copies of this book that are kept in backups: 1\n".to_owned(),
        ]
        .concat()
    );
    assert_eq!(days(&office), ["2025-01-01", "2026-10-08", "2026-10-09", "2026-10-10", "2026-10-13"]);
    assert_eq!(fs::read_to_string(folder.join("scan.pdf")).unwrap(), "scan");
}

#[test]
fn keep_is_for_a_folder_and_in_words_that_are_known() {
    let office = Office::staffed();
    let copy = office.path("copy.db").display().to_string();
    assert_eq!(
        office.refused(2, &format!("backup {copy} --keep 3")),
        format!(
            "{copy} is no folder, and --keep is for one; name the folder in which the copies are, or leave --keep out"
        )
    );
    let said = office.refused(2, &format!("backup {}/ --keep weekly", office.path("backups").display()));
    assert!(said.contains("type it as 10 or daily=7,weekly=5,monthly=24"), "{said}");
}

#[test]
fn a_copy_is_proven_where_it_lies() {
    let office = month();
    let folder = office.path("backups");
    let copy = office.ok(&format!("backup {}/ -q", folder.display())).trim_end().to_owned();
    let there = names(&office, "backups");
    // Of another machine: there is no book.
    let elsewhere = Office::empty();
    let checked = elsewhere.ok(&format!("backup --check {copy} --format csv"));
    let uid: String = office.sql().query_row("SELECT uid FROM book", (), |row| row.get(0)).unwrap();
    let (row, head): (i64, String) = office
        .sql()
        .query_row("SELECT id, lower(hex(hash)) FROM journal ORDER BY id DESC LIMIT 1", (), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    let told = format!("copy,ok,\"book {uid}, last change 2026-10-12 08:00, journal row {row}, head {head}, ");
    assert!(checked.contains(&told), "{checked}");
    assert!(checked.contains(&format!("record,ok,\"as {copy}.sha256 says, SHA-256 ")), "{checked}");
    assert_eq!(names(&office, "backups"), there);

    fs::remove_file(format!("{copy}.sha256")).unwrap();
    let checked = elsewhere.ok(&format!("backup --check {copy} --format csv"));
    assert!(checked.contains("is not there: its bytes are compared with nothing"), "{checked}");
}

#[test]
fn a_copy_that_was_changed_is_found() {
    let office = month();
    let copy = office.path("copy.db");
    office.ok(&format!("backup {}", copy.display()));
    let line = format!("backup --check {} --format csv", copy.display());
    let mut bytes = fs::read(&copy).unwrap();
    let place = memmem(&bytes, "轴承图纸".as_bytes());
    bytes[place..place + 3].copy_from_slice("座".as_bytes());
    fs::write(&copy, bytes).unwrap();
    let outcome = office.run(&line);
    assert_eq!(outcome.code, 5);
    assert!(outcome.out.contains("record,found,its bytes are not those that "), "{}", outcome.out);
    assert!(outcome.out.contains("things,found,"), "{}", outcome.out);
    office.file("copy.db.sha256", "nothing\n");
    let outcome = office.run(&line);
    assert!(outcome.out.contains(".sha256 is not what branchbook backup writes"), "{}", outcome.out);
}

/// Where these bytes begin.
fn memmem(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).position(|window| window == wanted).unwrap()
}
