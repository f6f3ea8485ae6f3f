//! User information that stands in a book already: what a test of reading and counting begins with.

use branchbook::book::thing::Thing;
use branchbook::register::entry::thing_named;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

use crate::large::chained;

/// What a test says of an entry; the rest is the same for all.
#[derive(Clone, Copy)]
pub(crate) struct Collected<'a> {
    pub(crate) person: &'a str,
    pub(crate) department: &'a str,
    pub(crate) day: &'a str,
    pub(crate) region: &'a str,
    pub(crate) customer: &'a str,
}

/// An entry of li's, for a test that is about something else.
pub(crate) const LI: Collected<'_> = Collected {
    person: "li",
    department: "business",
    day: "2026-10-12",
    region: "辽宁省鞍山市",
    customer: "鞍钢集团矿业有限公司",
};

/// Puts an entry into the book and gives its number.
pub(crate) fn collect(book: &Connection, entry: Collected<'_>) -> String {
    book.execute("INSERT OR IGNORE INTO counter (series, prefix, last) VALUES ('info', 'INF26-', 0)", ()).unwrap();
    let (counter, serial): (i64, i64) = book
        .query_row("UPDATE counter SET last = last + 1 WHERE prefix = 'INF26-' RETURNING id, last", (), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    let number = format!("INF26-{serial:04}");
    book.execute(
        "INSERT INTO entry (register, number, counter, serial, department, day_on, person, state, entered_by, entered_on)
         VALUES ('info', ?1, ?2, ?3, ?4, ?5, ?6, 'collected', 'clerk', ?5)",
        (&number, counter, serial, entry.department, entry.day, entry.person),
    )
    .unwrap();
    book.execute(
        "INSERT INTO info (entry, customer, customer_fold, region, equipment, need, contact_person, phone, amount_fen, source)
         VALUES (?1, ?2, ?2, ?3, '球磨机', '两台', '刘工', '13800000000', 86000000, '展会')",
        (book.last_insert_rowid(), entry.customer, entry.region),
    )
    .unwrap();
    record(book, "info add", &number);
    number
}

/// Writes a thing as it stands into the journal, as the program does: nobody else changed it then.
pub(crate) fn record(book: &Connection, verb: &str, thing: &str) {
    let record = thing_named(book, thing).unwrap().unwrap().whole(book).unwrap();
    let sql = "SELECT id, hash, at, clock_at FROM journal ORDER BY id DESC LIMIT 1";
    let last = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let (id, previous, at, clock_at): (i64, Vec<u8>, String, String) = book.query_row(sql, (), last).unwrap();
    let day = &at[..10];
    let text = |text: &'static str| ValueRef::Text(text.as_bytes());
    let of = ValueRef::Text;
    let columns = [
        ValueRef::Integer(id + 1),
        of(at.as_bytes()),
        of(clock_at.as_bytes()),
        of(verb.as_bytes()),
        of(thing.as_bytes()),
        of(day.as_bytes()),
        text("clerk"),
        text("clerk"),
        ValueRef::Integer(0),
        text("clerk"),
        text("desk"),
        ValueRef::Null,
        of(record.as_bytes()),
    ];
    let hash = chained(&previous, &columns);
    book.execute(
        "INSERT INTO journal VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'clerk', 'clerk', 0, 'clerk', 'desk', NULL, ?7, ?8)",
        params![id + 1, at, clock_at, verb, thing, day, record, hash],
    )
    .unwrap();
}

/// Has the journal say of everything what stands in the book: a test that lays the book itself changed nothing behind its back.
pub(crate) fn settle(book: &Connection) {
    let mut triggers =
        book.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'journal'").unwrap();
    let triggers: Vec<(String, String)> =
        triggers.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap();
    book.execute_batch("BEGIN").unwrap();
    for (name, _) in &triggers {
        book.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    let mut names = Vec::new();
    Thing::each_name(book, |name| {
        names.push(name.to_owned());
        Ok(())
    })
    .unwrap();
    for name in names {
        let whole = thing_named(book, &name).unwrap().unwrap().whole(book).unwrap();
        let newest = "UPDATE journal SET record = ?2 WHERE id = (SELECT max(id) FROM journal WHERE thing = ?1)";
        if book.execute(newest, (&name, &whole)).unwrap() == 0 {
            record(book, "staff add", &name);
        }
        // Its department it had from the beginning, so that taking a step back does not lead to another.
        let earlier = "UPDATE journal SET record = json_set(record, '$.entry[0].department', json_extract(?2, '$.entry[0].department'))
            WHERE thing = ?1 AND json_extract(record, '$.entry[0].department') <> json_extract(?2, '$.entry[0].department')";
        book.execute(earlier, (&name, &whole)).unwrap();
    }
    for (_, sql) in &triggers {
        book.execute_batch(sql).unwrap();
    }
    book.execute_batch("COMMIT").unwrap();
}

/// Marks an entry as a repeat of another.
pub(crate) fn mark_duplicate(book: &Connection, number: &str, of: &str) {
    set_info(book, number, &format!("duplicate_of = '{of}'"));
}

/// Marks an entry as reported.
pub(crate) fn mark_reported(book: &Connection, number: &str, on: &str, late: bool) {
    set_info(book, number, &format!("reported_on = '{on}', late_flag = {late}"));
    set_entry(book, number, "state = 'reported'");
}

/// Voids an entry.
pub(crate) fn mark_void(book: &Connection, number: &str) {
    set_entry(book, number, "state = 'void', void_reason = '误录'");
}

/// Corrects columns of an entry's header.
pub(crate) fn set_entry(book: &Connection, number: &str, columns: &str) {
    let changed = book.execute(&format!("UPDATE entry SET {columns} WHERE number = ?1"), [number]).unwrap();
    assert_eq!(changed, 1, "{number}");
}

fn set_info(book: &Connection, number: &str, columns: &str) {
    let sql = format!("UPDATE info SET {columns} WHERE entry = (SELECT id FROM entry WHERE number = ?1)");
    assert_eq!(book.execute(&sql, [number]).unwrap(), 1, "{number}");
}

/// Enters a department's monthly report.
pub(crate) fn report(book: &Connection, department: &str, month: &str, on: &str, entries: i64, late: bool) {
    book.execute(
        "INSERT INTO info_report VALUES (?1, ?2, (SELECT count(*) + 1 FROM info_report WHERE department = ?1 AND month = ?2), ?3, 'wang', ?4, ?5)",
        (department, month, on, entries, late),
    )
    .unwrap();
}
