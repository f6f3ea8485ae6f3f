//! Large books: the statements that touch very many rows, and so more pages than `SQLite` keeps in memory for taking a
//! statement back. Everything else that touches many rows does so in a statement for each.

use std::fmt::Write as _;

use branchbook::book::schema::VERSION;
use indicatif::HumanCount;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Transaction, params};
use sha2::{Digest as _, Sha256};

use crate::office::Office;
use crate::upgrade;

/// A journal of version 1 that goes on where the book's ends.
struct Journal<'t> {
    book: &'t Transaction<'t>,
    id: i64,
    hash: Vec<u8>,
}

impl<'t> Journal<'t> {
    fn of(book: &'t Transaction<'t>) -> Self {
        let head = "SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1";
        let (id, hash) = book.query_row(head, (), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        Self { book, id, hash }
    }

    /// Writes what an entry's row of `docs/security.md` says: the hash of the row before, then every column with its length.
    fn record(&mut self, verb: &str, thing: &str, record: &str) {
        const AT: &str = "2026-10-08T00:00:00Z";
        const CLOCK_AT: &str = "2026-11-26T00:00:00Z";
        self.id += 1;
        let text = |text: &'static str| ValueRef::Text(text.as_bytes());
        let columns = [
            ValueRef::Integer(self.id),
            text(AT),
            text(CLOCK_AT),
            ValueRef::Text(verb.as_bytes()),
            ValueRef::Text(thing.as_bytes()),
            text("2026-10-08"),
            text("wang"),
            text("zhou"),
            ValueRef::Integer(0),
            text("clerk"),
            text("vm"),
            ValueRef::Null,
            ValueRef::Text(record.as_bytes()),
        ];
        self.hash = chained(&self.hash, &columns);
        let mut insert = self
            .book
            .prepare_cached("INSERT INTO journal VALUES (?1, ?2, ?3, ?4, ?5, '2026-10-08', 'wang', 'zhou', 0, 'clerk', 'vm', NULL, ?6, ?7)")
            .unwrap();
        insert.execute(params![self.id, AT, CLOCK_AT, verb, thing, record, self.hash]).unwrap();
    }
}

/// The hash of a journal row behind the row with the hash `previous`, worked out from how the journal is described.
pub(crate) fn chained(previous: &[u8], columns: &[ValueRef<'_>]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    for column in columns {
        let (tag, bytes) = match column {
            ValueRef::Integer(number) => (1, number.to_be_bytes().to_vec()),
            ValueRef::Text(text) => (3, text.to_vec()),
            _ => (0, Vec::new()),
        };
        hasher.update([tag]);
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    }
    hasher.finalize().to_vec()
}

/// An office whose book version 1 wrote, with so many entries more: half of them forms, half user information. Every
/// table reads otherwise than now, so that the upgrade lays each anew.
fn old(entries: i64) -> Office {
    let tables = upgrade::VERSION_1.replace(" (\n    ", " ( -- as it was\n    ");
    let office = upgrade::written(&tables);
    let mut book = office.sql();
    book.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -65536").unwrap();
    let transaction = book.transaction().unwrap();
    let mut journal = Journal::of(&transaction);
    for serial in 2..2 + entries / 2 {
        form(&mut journal, 2 * serial - 1, serial);
        information(&mut journal, 2 * serial, serial);
    }
    transaction.execute("UPDATE counter SET last = ?1", [1 + entries / 2]).unwrap();
    transaction.commit().unwrap();
    office
}

fn form(journal: &mut Journal<'_>, id: i64, serial: i64) {
    let number = format!("HAY05{serial:03}");
    entry(journal.book, id, "contact", &number, serial, "issued");
    journal
        .book
        .prepare_cached("INSERT INTO contact (entry, kind, subject, content, addressed_to, reply_by_on) VALUES (?1, 'pre-contract', '轴承图纸', '确认', 'technology', '2026-10-13')")
        .unwrap()
        .execute([id])
        .unwrap();
    let record = format!(
        r#"{{"entry":[{{"id":{id},"register":"contact","number":"{number}","counter":1,"serial":{serial},"department":"business","day_on":"2026-10-08","person":"wang","state":"issued","entered_by":"zhou","amendments":0}}],"contact":[{{"entry":{id},"kind":"pre-contract","subject":"轴承图纸","content":"确认","addressed_to":"technology","reply_by_on":"2026-10-13"}}]}}"#
    );
    journal.record("contact add", &number, &record);
}

fn information(journal: &mut Journal<'_>, id: i64, serial: i64) {
    let number = format!("INF26-{serial:04}");
    entry(journal.book, id, "info", &number, serial, "collected");
    journal
        .book
        .prepare_cached("INSERT INTO info (entry, customer, customer_fold, region, equipment, need) VALUES (?1, '鞍钢集团', '鞍钢集团', '辽宁省鞍山市', '球磨机', '两台')")
        .unwrap()
        .execute([id])
        .unwrap();
    let record = format!(
        r#"{{"entry":[{{"id":{id},"register":"info","number":"{number}","counter":2,"serial":{serial},"department":"business","day_on":"2026-10-08","person":"wang","state":"collected","entered_by":"zhou","amendments":0}}],"info":[{{"entry":{id},"customer":"鞍钢集团","customer_fold":"鞍钢集团","region":"辽宁省鞍山市","equipment":"球磨机","need":"两台","late_flag":0}}]}}"#
    );
    journal.record("info add", &number, &record);
}

fn entry(book: &Connection, id: i64, register: &str, number: &str, serial: i64, state: &str) {
    book.prepare_cached(
        "INSERT INTO entry (id, register, number, counter, serial, department, day_on, person, state, entered_by)
         VALUES (?1, ?2, ?3, iif(?2 = 'contact', 1, 2), ?4, 'business', '2026-10-08', 'wang', ?5, 'zhou')",
    )
    .unwrap()
    .execute((id, register, number, serial, state))
    .unwrap();
}

/// Upgrades a book with so many entries more than the two of the fixture, and proves it.
fn upgraded(entries: i64) {
    let office = old(entries);
    let added =
        "contact add --department business --kind pre-contract --to technology --subject a --content b --by wang -q";
    assert_eq!(office.ok(added), format!("HAY05{:03}\n", entries / 2 + 2));
    assert_eq!(office.count("PRAGMA user_version"), i64::from(VERSION));
    assert_eq!(office.count("SELECT count(*) FROM contact"), entries / 2 + 2);
    assert_eq!(office.count("SELECT count(*) FROM info"), entries / 2 + 1);
    let verified = office.run("verify --format csv");
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
}

/// Counts one of so many assets and closes the stocktake: all others are missing, in one statement, which takes pages that
/// were in use before.
fn counted(assets: u32) {
    let office = Office::staffed();
    let assets_by_sql = format!(
        "PRAGMA synchronous = OFF; BEGIN;
         INSERT INTO counter VALUES (1, 'asset', 'AST-', {assets});
         INSERT INTO entry (register, number, counter, serial, department, day_on, person, state, entered_by, entered_on)
         WITH RECURSIVE count (serial) AS (SELECT 1 UNION ALL SELECT serial + 1 FROM count WHERE serial < {assets})
         SELECT 'asset', printf('AST-%04d', serial), 1, serial, 'general', '2026-10-08', 'zhou', 'in-store', 'zhou', '2026-10-08' FROM count;
         INSERT INTO asset (entry, name, price_fen) SELECT id, '相机', 250000 FROM entry;
         INSERT INTO custody (entry, position, duty, person, from_on) SELECT id, 1, 'keeper', 'zhou', '2026-10-08' FROM entry;
         CREATE TABLE freed AS SELECT number, number || number || number AS again FROM entry; DROP TABLE freed;
         COMMIT;"
    );
    office.sql().execute_batch(&assets_by_sql).unwrap();
    office.ok("asset count AST-0001");
    let closed = office.ok("asset count --close --by chen");
    let missing = HumanCount(u64::from(assets) - 1);
    let expected =
        format!("stocktake 1: 1 found, {missing} missing, 0 unknown, 0 twice; closed on 2026-10-08, signed by 陈总\n");
    assert_eq!(closed, expected);
    assert_eq!(office.count("SELECT count(*) FROM stock_line WHERE finding = 'missing'"), i64::from(assets) - 1);
}

#[test]
fn a_book_of_40_000_entries_is_upgraded() {
    upgraded(40_000);
}

#[test]
#[ignore = "takes a minute: just large"]
fn a_book_of_300_000_entries_is_upgraded() {
    upgraded(300_000);
}

#[test]
fn a_stocktake_of_50_000_lines_is_closed() {
    counted(50_000);
}

/// Writes so many open forms of October straight into the tables of a new book.
#[cfg(target_os = "linux")]
fn open_forms(count: u32) -> Office {
    let office = Office::staffed();
    let forms = format!(
        "PRAGMA synchronous = OFF; BEGIN;
         INSERT INTO counter VALUES (1, 'business', 'HAY05', {count});
         INSERT INTO entry (register, number, counter, serial, department, day_on, person, state, entered_by, entered_on)
         WITH RECURSIVE count (serial) AS (SELECT 1 UNION ALL SELECT serial + 1 FROM count WHERE serial < {count})
         SELECT 'contact', printf('HAY05%03d', serial), 1, serial, 'business', date('2026-10-01', (serial % 31) || ' days'), 'wang',
            iif(serial % 2, 'issued', 'received'), 'zhou', '2026-10-31' FROM count;
         INSERT INTO contact (entry, kind, subject, content, addressed_to, reply_by_on, received_on)
         SELECT id, 'pre-contract', '球磨机技术方案确认', '请确认图纸与交货期，并于五日内书面答复。', 'technology; general', date(day_on, '5 days'),
            iif(state = 'received', day_on, NULL) FROM entry;
         COMMIT;"
    );
    office.sql().execute_batch(&forms).unwrap();
    office.on("2026-11-03")
}

/// Runs a line as a process of its own; gives the most memory that it had, in KiB.
#[cfg(target_os = "linux")]
fn memory(office: &Office, line: &str) -> u64 {
    use std::process::Stdio;

    let mut child = office.process(line).stdout(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let told = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = told.lines().find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB")?.trim().parse().ok());
        most = most.max(peak.unwrap_or(0));
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    assert!(child.wait().unwrap().success(), "{line}");
    most
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes a minute; run by: just large"]
fn what_waits_over_40_000_open_forms_takes_no_memory() {
    const LIMIT: u64 = 48 * 1024;
    let office = open_forms(40_000);
    let packs = office.path("packs").display().to_string();
    for line in ["due --format csv".to_owned(), format!("report month 2026-10 --output {packs}")] {
        let most = memory(&office, &line);
        assert!(most > 0 && most < LIMIT, "{line}: {most} KiB");
    }
}

/// A ledger through a pipe, which cannot be read twice, and longer than what is kept of it in memory.
#[cfg(unix)]
#[test]
fn a_long_ledger_comes_through_a_pipe() {
    use std::io::Write as _;
    use std::process::Stdio;

    let office = Office::staffed();
    for (file, number) in [("-", 1), ("/dev/stdin", 2)] {
        let mut import = office
            .process(&format!("contact import {file} --department business --set kind=execution --set to=technology"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut pipe = import.stdin.take().unwrap();
        pipe.write_all(b"number,issued_on,issued_by,subject\n\n").unwrap();
        for _ in 0..17 {
            pipe.write_all(&b"\n".repeat(1 << 20)).unwrap();
        }
        writeln!(pipe, "HAY0500{number},2026-10-08,wang,轴承图纸").unwrap();
        drop(pipe);
        let output = import.wait_with_output().unwrap();
        let name = if file == "-" { "standard input" } else { file };
        assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{name}: contact forms imported: 1\n"));
    }
}

#[test]
fn an_import_that_is_taken_back_leaves_no_long_log() {
    let office = Office::staffed();
    let mut rows = String::from("number,subject,issued_on,addressed_to,content\n");
    for number in 1..=9_000 {
        writeln!(rows, "HAY05{number:03},图纸确认第{number}号,2025-03-01,technology,{}", "轴承座改型 ".repeat(20))
            .unwrap();
    }
    rows.push_str("HAY059001,末行,没有日子,technology,函\n");
    let file = office.file("old.csv", rows);
    let import = format!("contact import {file} --department business --set kind=execution --set by=wang");
    let outcome = office.run(&import);
    assert!(outcome.err.contains("1 of 9001 rows cannot be taken"), "{}", outcome.err);
    let log = std::fs::metadata(office.path("book.db-wal")).map_or(0, |log| log.len());
    assert!(log <= 1 << 20, "{log} bytes are left of the log");
}
