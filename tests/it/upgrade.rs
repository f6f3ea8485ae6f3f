//! Books of older versions: opened by this program they are brought up to its schema, with everything that is in them.

use branchbook::book::schema::VERSION;

use crate::office::Office;

/// A book that version 1 of the tables was laid in, as the sqlite3 shell writes it down.
pub(crate) const VERSION_1: &str = include_str!("book_v1.sql");

/// An office whose book an older program wrote.
fn old() -> Office {
    Office::made(|| written(VERSION_1))
}

/// The month of `branchbook demo`, and what it lacks, as the program of commit 1cbdaa9 wrote it with version 2 of the tables.
const VERSION_2: &str = include_str!("book_v2.sql");

/// An office with a book of version 1 as these statements write it.
pub(crate) fn written(statements: &str) -> Office {
    written_by(1, statements)
}

fn written_by(version: i32, statements: &str) -> Office {
    let office = Office::empty();
    let book = office.sql();
    book.execute_batch(statements).unwrap();
    book.execute_batch("PRAGMA application_id = 1650617137; PRAGMA journal_mode = wal").unwrap();
    book.pragma_update(None, "user_version", version).unwrap();
    drop(book);
    office
}

#[test]
fn a_book_of_version_1_is_brought_up_with_everything_in_it() {
    let office = old();
    assert!(office.ok("contact show HAY05001").contains("轴承图纸"));
    let verified = office.ok("verify --format csv");
    assert!(
        verified.contains(&format!("schema,ok,\"version {VERSION},")) && verified.contains("things,ok,"),
        "{verified}"
    );
    assert_eq!(office.count("PRAGMA user_version"), i64::from(VERSION));
    assert_eq!(office.count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

#[test]
fn the_views_and_triggers_of_an_older_version_are_replaced() {
    let office = Office::staffed();
    let laid = "SELECT group_concat(sql) FROM (SELECT sql FROM sqlite_schema ORDER BY name)";
    let text = |office: &Office| -> String { office.sql().query_row(laid, (), |row| row.get(0)).unwrap() };
    let before = text(&office);
    office
        .sql()
        .execute_batch(
            "CREATE VIEW contact_list AS SELECT number FROM entry; DROP TRIGGER journal_fixed;
            CREATE TRIGGER signature_seen BEFORE DELETE ON signature BEGIN SELECT 1; END; PRAGMA user_version = 2",
        )
        .unwrap();
    office.ok("contact list");
    assert_eq!(text(&office), before);
}

#[test]
fn the_registers_that_came_later_have_their_series_and_the_journal_says_how() {
    let office = old();
    assert!(office.ok("series list --format csv").contains("\nproject,project,PRJ{yy}-{seq:3},1949-01-01,"));
    assert_eq!(office.count("SELECT count(*) FROM journal WHERE verb = 'upgrade' AND actor = 'branchbook'"), 7);
    let line = "project add --department business --customer 鞍钢 --title 球磨机 --by wang -q";
    assert_eq!(office.ok(line), "PRJ26-001\n");
    assert_eq!(
        office.ok(
            "contact add --department business --kind pre-contract --to technology --subject a --content b --by wang -q"
        ),
        "HAY05002\n"
    );
}

#[test]
fn what_an_upgrade_filled_in_is_held_against_the_journal() {
    let office = old();
    office.ok("contact list");
    office.sql().execute("UPDATE entry SET entered_on = '2026-10-01' WHERE number = 'HAY05001'", ()).unwrap();
    let found = office.run("verify --format csv");
    assert_eq!(found.code, 5);
    assert!(
        found.out.contains("states,found,HAY05001 does not tell when it was entered as the journal does"),
        "{}",
        found.out
    );
}

#[test]
fn verify_brings_no_older_book_up_and_checks_a_private_copy() {
    let office = old();
    let before = office.dump(&[]);
    for lang in ["en", "zh", "ko"] {
        let verified = office.ok(&format!("verify --format csv --lang {lang}"));
        let version = format!(
            "version,ok,\"1, where this program writes {VERSION}: a private copy was brought up, and the book was left as it is\"\n"
        );
        assert!(verified.contains(&version) && verified.contains("\nthings,ok,"), "{verified}");
    }
    assert_eq!(office.dump(&[]), before);
    assert_eq!(office.count("PRAGMA user_version"), 1);
    office
        .sql()
        .execute_batch("DROP TRIGGER entry_kept; UPDATE entry SET person = 'zhou' WHERE number = 'HAY05001'")
        .unwrap();
    let verified = office.run("verify --format csv");
    assert!(verified.out.contains("things,found,HAY05001 is not as row"), "{}", verified.out);
    assert_eq!(verified.code, 5);
}

#[test]
fn an_upgrade_happens_once() {
    let office = old();
    office.ok("contact list");
    let after = office.dump(&[]);
    office.ok("contact list");
    assert_eq!(office.dump(&[]), after);
}

#[test]
fn an_upgrade_is_said_and_keeps_the_book_as_it_was() {
    let office = old().on("2026-10-09");
    let (book, before) = (office.path("book.db").display().to_string(), office.dump(&[]));
    let said = office.run("contact list").err;
    let (upgraded, head) = said.split_once('\n').unwrap();
    assert_eq!(
        head,
        format!("{book}-head was not there and was made anew: it tells from now on what the book must hold\n")
    );
    let (upgraded, copy) = upgraded.split_once(" as it was it is kept as ").unwrap();
    assert_eq!(upgraded, format!("{book} was of version 1 and was brought up to version {VERSION};"));
    let name =
        copy.strip_prefix(&format!("{}/book-version-1-2", office.path("book.db").parent().unwrap().display())).unwrap();
    assert_eq!(name.strip_suffix(".db").map(str::len), Some("026-10-09T083000".len()), "{name}");
    assert_eq!(office.run("contact list").err, "");
    let kept = Office::empty();
    std::fs::copy(copy, kept.path("book.db")).unwrap();
    assert_eq!(kept.dump(&[]), before);
    office.ok(&format!("verify --book {copy}"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(copy).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

/// Each register's list in a book of 1cbdaa9, how many entries it has, and a correction that it takes.
const REGISTERS: [(&str, usize, &str); 8] = [
    ("contact", 14, "contact amend HAY05001 --subject 图纸确认"),
    ("info", 13, "info amend INF26-0001 --need 扩产"),
    ("project", 1, "project amend PRJ26-001 --title 球磨机2台"),
    ("reception", 1, "reception amend REC26-001 --purpose 监造二台"),
    ("gift", 2, "gift amend GFT26-002 --occasion 拜会"),
    ("fee", 1, ""),
    ("asset", 2, "asset amend AST-0001 --name 笔记本电脑"),
    ("ship", 1, "ship amend SHP26-001 --place 包头市青山区"),
];

#[test]
fn a_book_of_1cbdaa9_is_opened_used_corrected_and_verified() {
    let office = written_by(2, VERSION_2).on("2026-11-02");
    for (register, entries, _) in REGISTERS {
        let listed = office.ok(&format!("{register} list --format csv"));
        assert_eq!(csv::Reader::from_reader(listed.as_bytes()).records().count(), entries, "{register}");
        let number: String = office
            .sql()
            .query_row("SELECT number FROM entry WHERE register = ?1 ORDER BY id LIMIT 1", [register], |row| row.get(0))
            .unwrap();
        assert!(office.ok(&format!("show {number}")).contains(&number));
        assert!(office.ok(&format!("history {number}")).contains(&number));
    }
    office.ok("verify");
    for (_, _, correction) in REGISTERS.iter().filter(|(.., correction)| !correction.is_empty()) {
        office.ok(&format!("{correction} --reason 写错"));
    }
    for (line, number) in [
        (
            "contact add --department business --kind pre-contract --to technology --subject a --content b --by wang",
            "HAY05005",
        ),
        (
            "contact add --department shandong --kind external --to 包钢 --subject a --content b --by gao --number HAS05002 --copy he",
            "HAS05002",
        ),
        ("project add --department business --customer 鞍钢 --title 回转窑 --by wang", "PRJ26-002"),
        ("fee bill FEE26-001 --amount 10万 --by li", "FEE26-001"),
        ("asset recover AST-0002", "AST-0002"),
    ] {
        assert_eq!(office.ok(&format!("{line} -q")).lines().next(), Some(number), "{line}");
    }
    office.ok("verify");
    office.ok("report month 2026-10 --output packs".replace("packs", office.path("packs").to_str().unwrap()).as_str());
    let copy = office.path("copy.db").display().to_string();
    office.ok(&format!("backup {copy}"));
    office.ok(&format!("restore {copy}"));
    office.ok("verify");
}

#[test]
fn verify_checks_a_book_of_1cbdaa9_and_leaves_it_as_it_was() {
    let office = written_by(2, VERSION_2).on("2026-11-02");
    let before = office.dump(&[]);
    office.ok("verify");
    assert_eq!((office.dump(&[]), office.count("PRAGMA user_version")), (before, 2));
}

/// What an old program says to a new book: it looks at two numbers before anything else, the mark of a book and the version, and
/// refuses a version above its own, as this program refuses the next one. The numbers are where it looks.
#[test]
fn a_program_of_1cbdaa9_knows_a_new_book_for_one_of_a_newer_program() {
    let office = Office::staffed();
    assert_eq!(office.count("PRAGMA application_id"), 1_650_617_137);
    assert!(office.count("PRAGMA user_version") > 2);
    let book = office.sql();
    book.execute_batch("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT").unwrap();
    book.pragma_update(None, "user_version", VERSION + 1).unwrap();
    for line in ["contact list", "verify", "department add service --zh 服务部"] {
        let outcome = office.run(line);
        let said = format!(
            "was written by a newer branchbook (version {} of the book, this program knows {VERSION})",
            VERSION + 1
        );
        assert!(outcome.code != 0 && outcome.err.contains(&said), "{line}: {}", outcome.err);
    }
}
