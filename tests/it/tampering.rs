//! Whatever another program changes in a book is refused by the book, or named by `verify`.

use std::fs;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

use crate::large::chained;
use crate::office::Office;

/// What the month of `demo` lacks, so that every table has a row.
const MORE: &str = "
    info quota exempt sun 2026-10 --reason 实习 --by chen
    rule holiday add 2026-10-01 --name 国庆节 --by chen
    staff rename sun --name 孙小立
    series close HAW05
    report submit 2026-09 --to technology --received-by 孙工
    report review 2026-10 --outcome noted --by lin
    info notice suspend zhang --month 2026-10 --by chen
    info pass-on INF26-0001 --person li --to 设计院 --what 需求 --for 设计 --by chen
    info breach INF26-0001 --person zhang --to 某公司 --what 电话 --by chen
    project monitor PRJ26-001 --product '球磨机 MQ3645' --stage production --pass --by li
    project target set --department business --month 2026-11 --amount 500万 --by chen
    asset inspect AST-0001 --secure --by he
    gift inspect GFT26-001 --quality 4 --genuine --by he
    project team PRJ26-001 --member wu --by li
    project problem PRJ26-001 --what 漏油 --department technology --by li
    gift quote GFT26-002 --supplier 礼品店 --price 360 --quality 4
    asset lose AST-0002 --what 遗失 --by zhou
    asset count AST-0001
    asset count --close
    ship pass SHP26-001 --pass 26-1 --vehicle 辽A --driver 王
    ship load SHP26-001 --boxes 14
    contact add --department business --kind user-request --to general --subject a --content b --by wang --once 1
    info list --as chen";

/// A declaration by a clerk whose clock is a day behind.
const LAST: &str = "contact add --department business --kind user-request --to general --subject a --content b --by wang --clock-ahead 钟快";

/// The tables that no command fills yet.
const EMPTY: [&str; 1] = ["deputy"];

/// A book with a row in every other table.
pub(crate) fn full() -> Office {
    Office::made(|| {
        let office = Office::empty().on("2026-11-03");
        office.ok(&format!("demo --book {}", office.path("book.db").display()));
        for line in MORE.trim().lines() {
            office.ok(line);
        }
        let scan = office.file("scan.pdf", "a scan");
        office.ok(&format!("attach PRJ26-001 {scan} --by li"));
        let old = office.file(
        "old.csv",
        "number,subject,issued_on,addressed_to\nHAS05002,旧单,2026-09-01,general\nHAS05003,新单,2026-10-05,general\n",
    );
        office.ok(&format!(
            "contact import {old} --department shandong --set kind=execution --set by=zhou --exception 代签"
        ));
        let office = office.on("2026-11-02");
        office.ok(LAST);
        office
    })
}

fn texts(book: &Connection, sql: &str) -> Vec<String> {
    let mut statement = book.prepare(sql).unwrap();
    statement.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

fn tables(book: &Connection) -> Vec<String> {
    texts(book, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid")
}

/// The condition that finds the first row of a table.
fn first(book: &Connection, table: &str) -> String {
    let key =
        texts(book, &format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk")).join(", ");
    assert_ne!(key, "", "{table}");
    format!("({key}) = (SELECT {key} FROM {table} LIMIT 1)")
}

/// The columns of a table whose value another program could change in its first row, each with something of its kind.
fn changed(book: &Connection, table: &str) -> Vec<String> {
    let mut changed = Vec::new();
    let columns = format!("SELECT name || ' ' || type FROM pragma_table_info('{table}') WHERE pk = 0");
    for column in texts(book, &columns) {
        let (column, kind) = column.split_once(' ').unwrap();
        let other = if kind == "TEXT" {
            format!("coalesce({column}, '') || '1'")
        } else {
            format!("coalesce({column}, 0) + 1")
        };
        let change = format!("UPDATE {table} SET {column} = {other} WHERE {}", first(book, table));
        if book.execute(&change, ()).is_ok() {
            changed.push(column.to_owned());
        }
    }
    changed
}

/// What `verify` finds.
fn found(office: &Office) -> String {
    let checks = office.run("verify --format csv").out;
    checks.lines().filter(|line| line.contains(",found,")).collect::<Vec<_>>().join("\n")
}

/// A book that is changed and put back.
struct Book {
    office: Office,
    bytes: Vec<u8>,
}

impl Book {
    fn full() -> Self {
        let office = full();
        office.sql().query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())).unwrap();
        let bytes = fs::read(office.path("book.db")).unwrap();
        Self { office, bytes }
    }

    /// Lets the sqlite3 shell do something to the book, and gives what it did and what `verify` finds then.
    fn after<T>(&self, change: impl FnOnce(&Connection) -> T) -> (T, String) {
        let shell = self.office.sql();
        shell.pragma_update(None, "foreign_keys", false).unwrap();
        let done = change(&shell);
        drop(shell);
        let found = found(&self.office);
        fs::write(self.office.path("book.db"), &self.bytes).unwrap();
        (done, found)
    }
}

#[test]
fn a_row_that_is_deleted_is_kept_by_the_book_or_missed_by_verify() {
    let book = Book::full();
    let (tables, clean) = book.after(tables);
    assert_eq!(clean, "");
    for table in tables {
        let delete =
            |shell: &Connection| shell.execute(&format!("DELETE FROM {table} WHERE {}", first(shell, &table)), ());
        let (deleted, found) = book.after(delete);
        assert_eq!(deleted == Ok(0), EMPTY.contains(&table.as_str()), "{table}");
        assert!(matches!(deleted, Ok(0) | Err(_)) || !found.is_empty(), "{table}");
    }
}

#[test]
fn a_value_that_is_changed_is_kept_by_the_book_or_named_by_verify() {
    // What no thing of the journal holds is recounted, or compared with the schema, and named as a row.
    const ROWS: [&str; 5] = ["counter", "figure", "info_count", "state", "step"];
    let book = Book::full();
    for table in book.after(tables).0.into_iter().filter(|table| !EMPTY.contains(&table.as_str())) {
        let (changed, found) = book.after(|shell| changed(shell, &table));
        assert!(changed.is_empty() || !found.is_empty(), "{table}");
        for column in changed.iter().filter(|_| !ROWS.contains(&table.as_str())) {
            assert!(found.contains(column), "{table}.{column}: {found}");
        }
    }
}

/// Appends a row to the journal whose hash fits the row before it.
fn append(book: &Connection, verb: &str, thing: &str, record: &str) {
    let (id, previous): (i64, Vec<u8>) = book
        .query_row("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1", (), |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let at = "2026-11-03T00:00:00Z";
    let text = |text: &'static str| ValueRef::Text(text.as_bytes());
    let columns = [
        ValueRef::Integer(id + 1),
        text(at),
        ValueRef::Null,
        ValueRef::Text(verb.as_bytes()),
        ValueRef::Text(thing.as_bytes()),
        text("2026-11-03"),
        text("li"),
        text("clerk"),
        ValueRef::Integer(0),
        text("clerk"),
        text("desk"),
        ValueRef::Null,
        ValueRef::Text(record.as_bytes()),
    ];
    let hash = chained(&previous, &columns);
    book.execute(
        "INSERT INTO journal VALUES (?1, ?2, NULL, ?3, ?4, '2026-11-03', 'li', 'clerk', 0, 'clerk', 'desk', NULL, ?5, ?6)",
        params![id + 1, at, verb, thing, record, hash],
    )
    .unwrap();
}

#[test]
fn a_journal_row_that_is_appended_for_a_thing_and_is_none_of_it_is_named() {
    let book = Book::full();
    for (verb, thing, record) in [
        ("contact sign", "HAY05001", "{}"),
        ("contact sign", "HAY05001", r#"{"note":"seen"}"#),
        ("contact sign", "HAY05001", r#"{"person":[{"key":"li"}]}"#),
        ("staff add", "staff nobody", "{}"),
        ("contact import", "import", r#"{"file":"a.csv","rows":1}"#),
        ("contact sign", "shelf 1", r#"{"entry":[{"id":1}]}"#),
    ] {
        let ((), found) = book.after(|shell| append(shell, verb, thing, record));
        assert!(
            found.starts_with("things,found,\"row ")
                && found.contains(&format!(" of the journal names {thing}, and holds no record of such a thing")),
            "{thing} {record}: {found}"
        );
    }
    for (thing, record) in
        [("staff nobody", r#"{"person":[{"key":"nobody"}]}"#), ("HAY05999", r#"{"entry":[{"id":1}],"contact":[]}"#)]
    {
        let ((), found) = book.after(|shell| append(shell, "init", thing, record));
        assert!(found.contains(&format!("{thing} is in the journal (row ")), "{thing}: {found}");
    }
}

#[test]
fn a_counter_that_was_given_to_another_series_is_named() {
    let book = Book::full();
    let (counters, _) = book.after(|shell| texts(shell, "SELECT prefix FROM counter"));
    for prefix in counters {
        for series in ["business", "baotou", "info", "gift"] {
            let give = |shell: &Connection| {
                drop_triggers(shell);
                shell.execute(
                    "UPDATE OR IGNORE counter SET series = ?2 WHERE prefix = ?1 AND series <> ?2",
                    [prefix.as_str(), series],
                )
            };
            let (given, found) = book.after(give);
            assert!(given == Ok(0) || found.contains("numbers,found,"), "{prefix} {series}: {found}");
        }
    }
}

#[test]
fn a_decision_that_hangs_on_an_entry_of_another_register_is_named() {
    let book = Book::full();
    let ((), found) = book.after(|shell| {
        drop_triggers(shell);
        let hang = "INSERT INTO approval SELECT (SELECT id FROM entry WHERE number = 'HAY05001'), 1, verb, part, decided_by, decided_on, entered_at,
            amount_fen, subject_hash, reason, undone_on, entered_by, declared_flag, deputy_for FROM approval LIMIT 1";
        assert_eq!(shell.execute(hang, ()), Ok(1));
    });
    assert!(found.contains("things,found,\"HAY05001 is not as row "), "{found}");
    let (moved, found) = book.after(|shell| {
        drop_triggers(shell);
        let moved = "UPDATE approval SET entry = (SELECT id FROM entry WHERE number = 'HAY05001')
            WHERE (entry, position) = (SELECT entry, position FROM approval LIMIT 1)";
        shell.execute(moved, ())
    });
    assert_eq!(moved, Ok(1));
    assert!(found.contains("HAY05001 is not as row "), "{found}");
}

fn drop_triggers(shell: &Connection) {
    for trigger in texts(shell, "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
        shell.execute(&format!("DROP TRIGGER {trigger}"), ()).unwrap();
    }
}

#[test]
fn every_table_is_listed_with_what_covers_it() {
    let page = fs::read_to_string("docs/security.md").unwrap();
    let (_, list) = page.split_once("## What covers each table").unwrap();
    for table in Book::full().after(tables).0 {
        assert!(list.contains(&format!("`{table}`")), "{table}");
    }
}
