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
fn a_copy_in_a_folder_is_named_after_the_time_and_is_one_file() {
    let office = month();
    let folder = office.path("backups").display().to_string();
    let copy = office.ok(&format!("backup {folder}/ -q"));
    assert_eq!(copy, format!("{folder}/branchbook-2026-10-08T000000Z.db\n"));
    assert_eq!(names(&office, "backups"), ["branchbook-2026-10-08T000000Z.db"]);
    let before = office.dump(&[]);
    office.ok(&format!("verify --book {}", copy.trim_end()));
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
            "{copy}: {}.00 KiB, {rows} journal rows, head {}…; read back and found the same as the book\n",
            size / 1024,
            &head[..8]
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
        "R2.4: 孙立 (sun) is no clerk, manager or leader, and only one of these copies the book; ask your department's manager"
    );
    assert!(!office.path("other").exists());
}
