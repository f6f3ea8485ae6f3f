//! Whatever another program changes in a book is refused by the book, or named by `verify`.

use std::fs;

use rusqlite::Connection;

use crate::office::Office;

/// What the month of `demo` lacks, so that every table has a row.
const MORE: &str = "
    info quota exempt sun 2026-10 --reason 实习
    series close HAW05
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

/// The tables that no command fills yet.
const EMPTY: [&str; 3] = ["deputy", "holiday", "import"];

/// A book with a row in every other table.
fn full() -> Office {
    let office = Office::empty().on("2026-11-03");
    office.ok(&format!("demo --book {}", office.path("book.db").display()));
    for line in MORE.trim().lines() {
        office.ok(line);
    }
    office
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
