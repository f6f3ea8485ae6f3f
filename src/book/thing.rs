//! Things that the journal follows, entries and what the office consists of: the tables they live in, and their records.
//!
//! A record holds a thing as it stands after a change, but of the lists that grow, such as what was logged of a project, only the
//! rows that the change wrote: a long list costs no more than a short one. What all records of a thing say one after the other is
//! its [`Standing`].

use std::io::Write as _;

use anyhow::Result;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::journal::hex;
use crate::say;

/// The lists that grow on entries of every register.
const ON_EVERY_ENTRY: [&str; 3] = ["exception", "approval", "attachment"];

/// A thing that the journal follows.
#[derive(Debug, Clone)]
pub struct Thing {
    /// As the journal names it: an entry's number, or kind and key (`staff li`).
    pub(crate) name: String,
    anatomy: Anatomy,
    /// The values of `?1`, `?2` in the conditions.
    keys: Vec<String>,
    /// Whether it was opened just now, so that it has no lists yet.
    opened: bool,
}

/// A row of a list that grows: its table, whose list it is, and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ListRow {
    pub(crate) table: &'static str,
    pub(crate) owner: i64,
    pub(crate) position: i64,
}

/// The tables of a register.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tables {
    /// That of its own fields, which has one row for each entry.
    pub(crate) fields: &'static str,
    /// Those of the lists that a record holds whole.
    pub(crate) lists: &'static [&'static str],
    /// Those of the lists that grow row by row.
    pub(crate) growing: &'static [&'static str],
}

/// The tables that a kind of thing lives in.
#[derive(Debug, Clone, Copy)]
enum Anatomy {
    Entry(Tables),
    Office(&'static Kind),
}

/// A kind of thing of the office.
#[derive(Debug)]
struct Kind {
    /// Its word in the journal.
    name: &'static str,
    /// Each table and the condition that finds the thing's rows in it.
    tables: &'static [(&'static str, &'static str)],
    /// The list of it that grows, and the column that says whose it is.
    list: Option<(&'static str, &'static str)>,
    /// Selects the journal names of all things of this kind that are in the book.
    names: &'static str,
}

/// Every kind of thing of the office.
const KINDS: &[Kind] = &[
    kind("gift-item", &[("gift_item", "id = ?1")], "SELECT 'gift-item ' || id FROM gift_item"),
    Kind {
        list: Some(("stock_line", "stocktake")),
        ..kind("stocktake", &[("stocktake", "id = ?1")], "SELECT 'stocktake ' || id FROM stocktake")
    },
    kind(
        "book",
        &[("book", "id = ?1"), ("former_name", "kind = 'office' AND key = ?1")],
        "SELECT 'book ' || id FROM book",
    ),
    kind(
        "department",
        &[("department", "key = ?1"), ("former_name", "kind = 'department' AND key = ?1")],
        "SELECT 'department ' || key FROM department",
    ),
    kind(
        "staff",
        &[
            ("person", "key = ?1"),
            ("term", "person = ?1"),
            ("exemption", "person = ?1"),
            ("former_name", "kind = 'person' AND key = ?1"),
        ],
        "SELECT 'staff ' || key FROM person",
    ),
    kind("deputy", &[("deputy", "id = ?1")], "SELECT 'deputy ' || id FROM deputy"),
    kind("rule", &[("rule", "key = ?1")], "SELECT DISTINCT 'rule ' || key FROM rule"),
    kind("submission", &[("submission", "month = ?1")], "SELECT DISTINCT 'submission ' || month FROM submission"),
    kind("holiday", &[("holiday", "day_on = ?1")], "SELECT 'holiday ' || day_on FROM holiday"),
    kind(
        "series",
        &[("series", "key = ?1"), ("template", "series = ?1"), ("closing", "series = ?1")],
        "SELECT 'series ' || key FROM series",
    ),
    kind(
        "report",
        &[("info_report", "department = ?1 AND month = ?2")],
        "SELECT DISTINCT 'report ' || department || ' ' || month FROM info_report",
    ),
    kind(
        "quota",
        &[("quota", "holder_kind = ?1 AND holder = ?2")],
        "SELECT DISTINCT 'quota ' || holder_kind || ' ' || holder FROM quota",
    ),
    kind(
        "order-review",
        &[("order_review", "month = ?1")],
        "SELECT DISTINCT 'order-review ' || month FROM order_review",
    ),
    kind(
        "target",
        &[("collection_target", "department = ?1 AND month = ?2")],
        "SELECT 'target ' || department || ' ' || month FROM collection_target",
    ),
    kind("notice", &[("notice", "id = ?1")], "SELECT 'notice ' || id FROM notice"),
    kind("route", &[("route", "id = ?1")], "SELECT 'route ' || id FROM route"),
    kind("once", &[("once", "key = ?1")], "SELECT 'once ' || key FROM once"),
    kind("grant", &[("access_grant", "id = ?1")], "SELECT 'grant ' || id FROM access_grant"),
    kind("clock-ahead", &[("clock_ahead", "id = ?1")], "SELECT 'clock-ahead ' || id FROM clock_ahead"),
    kind("import", &[("import", "id = ?1"), ("import_breach", "import = ?1")], "SELECT 'import ' || id FROM import"),
];

const fn kind(name: &'static str, tables: &'static [(&'static str, &'static str)], names: &'static str) -> Kind {
    Kind { name, tables, list: None, names }
}

impl Kind {
    /// How many keys name a thing of this kind; only the last of them may hold a space.
    fn keys(&self) -> usize {
        if self.tables.iter().any(|(_, condition)| condition.contains("?2")) { 2 } else { 1 }
    }
}

impl Anatomy {
    /// Each table that stands whole in every record, and the condition that finds its rows.
    fn whole(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Office(kind) => kind.tables.to_vec(),
            Self::Entry(tables) => [("entry", "id = ?1"), (tables.fields, "entry = ?1")]
                .into_iter()
                .chain(tables.lists.iter().map(|list| (*list, "entry = ?1")))
                .collect(),
        }
    }

    /// Each list that grows, and the column that says whose it is.
    fn growing(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Office(kind) => kind.list.into_iter().collect(),
            Self::Entry(tables) => tables.growing.iter().chain(&ON_EVERY_ENTRY).map(|list| (*list, "entry")).collect(),
        }
    }
}

impl Thing {
    /// An entry of the register whose tables these are.
    pub(crate) fn entry(tables: Tables, id: i64, number: &str) -> Self {
        Self::of(number.to_owned(), Anatomy::Entry(tables), vec![id.to_string()])
    }

    /// Something of the office: its kind and its key or keys.
    pub(crate) fn office(kind: &str, keys: &[&str]) -> Result<Self> {
        let name = format!("{kind} {}", keys.join(" "));
        let kind = KINDS
            .iter()
            .find(|known| known.name == kind)
            .ok_or_else(|| anyhow::anyhow!(say!("the journal follows no {kind}")))?;
        Ok(Self::of(name, Anatomy::Office(kind), keys.iter().map(ToString::to_string).collect()))
    }

    const fn of(name: String, anatomy: Anatomy, keys: Vec<String>) -> Self {
        Self { name, anatomy, keys, opened: false }
    }

    /// The thing of the office that a journal row names; none where no thing of that name can be there.
    pub(crate) fn office_named(name: &str) -> Option<Self> {
        let (kind, keys) = name.split_once(' ')?;
        let kind = KINDS.iter().find(|known| known.name == kind)?;
        let keys: Vec<String> = keys.splitn(kind.keys(), ' ').map(str::to_owned).collect();
        (keys.len() == kind.keys()).then(|| Self::of(name.to_owned(), Anatomy::Office(kind), keys))
    }

    /// The names of all things in the book, kind by kind.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn each_name(connection: &Connection, mut each: impl FnMut(&str) -> Result<()>) -> Result<()> {
        for names in KINDS.iter().map(|kind| kind.names).chain(["SELECT number FROM entry"]) {
            let mut statement = connection.prepare(names)?;
            let mut rows = statement.query(())?;
            while let Some(row) = rows.next()? {
                each(row.get_ref(0)?.as_str()?)?;
            }
        }
        Ok(())
    }

    /// The same where it was opened just now: of an entry its header and its own fields, for nothing else belongs to it yet.
    pub(crate) fn just_opened(mut self) -> Self {
        self.opened = true;
        self
    }

    /// Whether it was opened just now.
    pub(super) const fn is_opened(&self) -> bool {
        self.opened
    }

    /// The id of the entry that it is; none of something of the office.
    pub(super) fn entry_id(&self) -> Option<i64> {
        match self.anatomy {
            Anatomy::Entry(_) => self.keys.first().and_then(|key| key.parse().ok()),
            Anatomy::Office(_) => None,
        }
    }

    /// Takes out of `written` the rows of this thing's growing lists.
    pub(crate) fn rows_of(&self, written: &mut Vec<ListRow>) -> Vec<ListRow> {
        if written.is_empty() {
            return Vec::new();
        }
        let lists = self.anatomy.growing();
        let owner = self.keys.first().and_then(|key| key.parse().ok());
        written
            .extract_if(.., |row| Some(row.owner) == owner && lists.iter().any(|(table, _)| *table == row.table))
            .collect()
    }

    /// The tables that stand whole in every record of it.
    pub(crate) fn tables(&self) -> Vec<&'static str> {
        self.anatomy.whole().into_iter().map(|(table, _)| table).collect()
    }

    /// The tables of its growing lists.
    #[must_use]
    pub fn growing(&self) -> Vec<&'static str> {
        self.anatomy.growing().into_iter().map(|(table, _)| table).collect()
    }

    /// The thing as it stands, of its growing lists these rows alone: a JSON object of its tables, each an array of rows without
    /// their empty columns.
    pub(crate) fn record(&self, connection: &Connection, rows: &[ListRow]) -> Result<Vec<u8>> {
        let mut record = self.begin(connection)?;
        for (table, owner) in self.anatomy.growing() {
            for row in rows.iter().filter(|row| row.table == table) {
                record.add(connection, table, &format!("{owner} = ?1 AND position = ?2"), (row.owner, row.position))?;
            }
        }
        Ok(record.end())
    }

    /// The thing as it stands with everything in its lists, as [`Thing::record`] writes it.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn whole(&self, connection: &Connection) -> Result<String> {
        let mut record = self.begin(connection)?;
        for (table, owner) in self.anatomy.growing() {
            let condition = format!("{owner} = ?1 ORDER BY position");
            record.add(connection, table, &condition, rusqlite::params_from_iter(&self.keys))?;
        }
        Ok(String::from_utf8(record.end())?)
    }

    fn begin(&self, connection: &Connection) -> Result<Record> {
        let mut record = Record::new();
        let tables = if self.opened { 2 } else { usize::MAX };
        for (table, condition) in self.anatomy.whole().into_iter().take(tables) {
            record.add(connection, table, condition, rusqlite::params_from_iter(&self.keys))?;
        }
        Ok(record)
    }
}

/// A record as it is written.
#[derive(Debug)]
pub(crate) struct Record {
    json: Vec<u8>,
    /// The table whose rows were written last.
    table: &'static str,
}

impl Record {
    /// A record with nothing in it.
    pub(crate) fn new() -> Self {
        let mut json = Vec::with_capacity(1024);
        json.push(b'{');
        Self { json, table: "" }
    }

    /// Adds a row of the table that was written with these values.
    pub(crate) fn row<'v>(
        &mut self,
        table: &'static str,
        values: impl IntoIterator<Item = (&'v str, ValueRef<'v>)>,
    ) -> Result<()> {
        self.enter(table)?;
        write_object(&mut self.json, values.into_iter().map(Ok))
    }

    /// Begins the next row of a table.
    fn enter(&mut self, table: &'static str) -> Result<()> {
        match self.table {
            last if last == table => self.json.push(b','),
            "" => write!(self.json, "\"{table}\":[")?,
            _ => write!(self.json, "],\"{table}\":[")?,
        }
        self.table = table;
        Ok(())
    }

    fn add(
        &mut self,
        connection: &Connection,
        table: &'static str,
        condition: &str,
        keys: impl rusqlite::Params,
    ) -> Result<()> {
        let mut statement = connection.prepare_cached(&format!("SELECT * FROM {table} WHERE {condition}"))?;
        let mut rows = statement.query(keys)?;
        while let Some(row) = rows.next()? {
            self.enter(table)?;
            write_row(&mut self.json, row)?;
        }
        Ok(())
    }

    /// The record whole, in UTF-8.
    pub(crate) fn end(mut self) -> Vec<u8> {
        self.json.extend_from_slice(if self.table.is_empty() { b"}" } else { b"]}" });
        self.json
    }
}

/// Whether a journal record is one of the thing that its row names: it begins with the first table of that kind, or tells that the
/// thing of the office was taken back whole.
pub(crate) fn is_record_of(name: &str, record: &str) -> bool {
    if name.contains(' ') && record.starts_with("{\"undone\":") {
        return true;
    }
    let first = match name.split_once(' ') {
        None => Some("entry"),
        Some((kind, _)) => {
            KINDS.iter().find(|known| known.name == kind).and_then(|kind| kind.tables.first()).map(|table| table.0)
        }
    };
    let begins = |table: &str| record.strip_prefix("{\"").and_then(|rest| rest.strip_prefix(table));
    first.and_then(begins).is_some_and(|rest| rest.starts_with("\":["))
}

/// Appends a row as a JSON object.
fn write_row(json: &mut Vec<u8>, row: &Row<'_>) -> Result<()> {
    let statement = row.as_ref();
    let columns = 0..statement.column_count();
    write_object(json, columns.map(|index| Ok((statement.column_name(index)?, row.get_ref(index)?))))
}

/// Appends a JSON object of columns; NULLs are left out.
fn write_object<'v>(json: &mut Vec<u8>, columns: impl Iterator<Item = Result<(&'v str, ValueRef<'v>)>>) -> Result<()> {
    json.push(b'{');
    let begun = json.len();
    for column in columns {
        let (name, value) = column?;
        if value == ValueRef::Null {
            continue;
        }
        if json.len() > begun {
            json.push(b',');
        }
        json.push(b'"');
        json.extend_from_slice(name.as_bytes());
        json.extend_from_slice(b"\":");
        match value {
            ValueRef::Null => {}
            ValueRef::Integer(number) => serde_json::to_writer(&mut *json, &number)?,
            ValueRef::Real(number) => write!(json, "{number}")?,
            ValueRef::Text(text) => serde_json::to_writer(&mut *json, std::str::from_utf8(text)?)?,
            ValueRef::Blob(bytes) => serde_json::to_writer(&mut *json, &hex(bytes))?,
        }
    }
    json.push(b'}');
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::register;
    use crate::view::laid;

    #[test]
    fn every_table_of_the_offices_data_is_followed_or_checked_in_its_own_way() {
        // The chains are checked by their hashes, counters by the audit, the counts of information by a recount.
        const OTHERWISE: [&str; 4] = ["journal", "reading", "counter", "info_count"];
        let anatomies: Vec<Anatomy> = KINDS
            .iter()
            .map(Anatomy::Office)
            .chain(register::ALL.iter().map(|register| Anatomy::Entry(register.tables())))
            .collect();
        let tables = laid::part_one().split("\nCREATE TABLE ").skip(1);
        for table in tables.map(|statement| statement.split(' ').next().unwrap()) {
            let stands = |tables: Vec<(&str, &str)>| tables.iter().any(|(name, _)| *name == table);
            let followed = anatomies.iter().any(|anatomy| stands(anatomy.whole()) || stands(anatomy.growing()));
            assert_ne!(followed, OTHERWISE.contains(&table), "{table}");
        }
    }

    #[test]
    fn a_record_is_told_from_that_of_another_thing() {
        assert!(is_record_of("HAY05001", r#"{"entry":[{"id":1}],"contact":[]}"#));
        assert!(is_record_of("staff li", r#"{"person":[{"key":"li"}]}"#));
        for (name, record) in [
            ("HAY05001", "{}"),
            ("HAY05001", ""),
            ("HAY05001", r#"{"person":[{"key":"li"}]}"#),
            ("staff li", r#"{"entry":[{"id":1}]}"#),
            ("staff li", r#"{"personal":[{}]}"#),
            ("import", r#"{"file":"a.csv","rows":[]}"#),
            ("thing li", r#"{"person":[{"key":"li"}]}"#),
        ] {
            assert!(!is_record_of(name, record), "{name} {record}");
        }
    }
}
