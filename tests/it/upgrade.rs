//! Books of older versions: opened by this program they are brought up to its schema, with everything that is in them.

use branchbook::book::schema::VERSION;

use crate::office::Office;

/// A book that version 1 of the tables was laid in, as the sqlite3 shell writes it down.
pub const VERSION_1: &str = include_str!("book_v1.sql");

/// An office whose book an older program wrote.
fn old() -> Office {
    written(VERSION_1)
}

/// An office with a book of version 1 as these statements write it.
pub fn written(statements: &str) -> Office {
    let office = Office::empty();
    office.sql().execute_batch(statements).unwrap();
    office
        .sql()
        .execute_batch("PRAGMA application_id = 1650617137; PRAGMA user_version = 1; PRAGMA journal_mode = wal")
        .unwrap();
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
