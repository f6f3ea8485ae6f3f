//! The journal and its hash chain: one row for every change of a thing, with the whole thing after it.
//!
//! A row's hash is SHA-256 over the row before's hash and every column of the row, each with its length before
//! it, so that no two different rows can give the same bytes.

use std::io::Write as _;

use crate::say;
use anyhow::Result;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// A thing that the journal follows: an entry, or something of the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// As the journal names it: an entry's number, or kind and key (`staff li`).
    pub name: String,
    /// Each table it lives in, and the condition that finds its rows there.
    tables: &'static [(&'static str, &'static str)],
    /// The values of `?1`, `?2` in the conditions.
    keys: Vec<String>,
}

/// The tables that a kind of thing lives in.
#[derive(Debug, PartialEq, Eq)]
struct Anatomy {
    /// The kind's word in the journal; for entries, the register.
    kind: &'static str,
    /// Each table and the condition that finds the thing's rows in it.
    tables: &'static [(&'static str, &'static str)],
    /// Selects the journal names of all things of this kind that are in the book.
    names: &'static str,
}

/// Every kind of thing that the journal follows. A register adds one line.
const ANATOMIES: &[Anatomy] = &[
    Anatomy {
        kind: "contact",
        tables: &[
            ("entry", "id = ?1"),
            ("contact", "entry = ?1"),
            ("signature", "entry = ?1"),
            ("reply", "entry = ?1"),
            ("exception", "entry = ?1"),
        ],
        names: "SELECT number FROM entry WHERE register = 'contact'",
    },
    Anatomy {
        kind: "info",
        tables: &[("entry", "id = ?1"), ("info", "entry = ?1"), ("follow", "entry = ?1"), ("exception", "entry = ?1")],
        names: "SELECT number FROM entry WHERE register = 'info'",
    },
    Anatomy {
        kind: "project",
        tables: &[
            ("entry", "id = ?1"),
            ("project", "entry = ?1"),
            ("leader", "entry = ?1"),
            ("team", "entry = ?1"),
            ("milestone", "entry = ?1"),
            ("project_log", "entry = ?1"),
            ("review", "entry = ?1"),
            ("problem", "entry = ?1"),
            ("contract", "entry = ?1"),
            ("product_line", "entry = ?1"),
            ("instalment", "entry = ?1"),
            ("receipt", "entry = ?1"),
            ("exception", "entry = ?1"),
        ],
        names: "SELECT number FROM entry WHERE register = 'project'",
    },
    Anatomy {
        kind: "gift",
        tables: &[
            ("entry", "id = ?1"),
            ("gift", "entry = ?1"),
            ("gift_recipient", "entry = ?1"),
            ("gift_line", "entry = ?1"),
            ("gift_offer", "entry = ?1"),
            ("approval", "entry = ?1"),
            ("exception", "entry = ?1"),
        ],
        names: "SELECT number FROM entry WHERE register = 'gift'",
    },
    Anatomy {
        kind: "gift-item",
        tables: &[("gift_item", "id = ?1")],
        names: "SELECT 'gift-item ' || id FROM gift_item",
    },
    Anatomy {
        kind: "reception",
        tables: &[
            ("entry", "id = ?1"),
            ("reception", "entry = ?1"),
            ("visitor", "entry = ?1"),
            ("exception", "entry = ?1"),
        ],
        names: "SELECT number FROM entry WHERE register = 'reception'",
    },
    Anatomy {
        kind: "fee",
        tables: &[
            ("entry", "id = ?1"),
            ("fee", "entry = ?1"),
            ("fee_payment", "entry = ?1"),
            ("approval", "entry = ?1"),
            ("exception", "entry = ?1"),
        ],
        names: "SELECT number FROM entry WHERE register = 'fee'",
    },
    Anatomy {
        kind: "ship",
        tables: &[
            ("entry", "id = ?1"),
            ("ship", "entry = ?1"),
            ("ship_box", "entry = ?1"),
            ("ship_quote", "entry = ?1"),
            ("ship_load", "entry = ?1"),
            ("exception", "entry = ?1"),
        ],
        names: "SELECT number FROM entry WHERE register = 'ship'",
    },
    Anatomy {
        kind: "asset",
        tables: &[
            ("entry", "id = ?1"),
            ("asset", "entry = ?1"),
            ("custody", "entry = ?1"),
            ("damage", "entry = ?1"),
            ("loss", "entry = ?1"),
            ("exception", "entry = ?1"),
        ],
        names: "SELECT number FROM entry WHERE register = 'asset'",
    },
    Anatomy {
        kind: "stocktake",
        tables: &[("stocktake", "id = ?1"), ("stock_line", "stocktake = ?1")],
        names: "SELECT 'stocktake ' || id FROM stocktake",
    },
    Anatomy { kind: "book", tables: &[("book", "id = ?1")], names: "SELECT 'book ' || id FROM book" },
    Anatomy {
        kind: "department",
        tables: &[("department", "key = ?1")],
        names: "SELECT 'department ' || key FROM department",
    },
    Anatomy {
        kind: "staff",
        tables: &[("person", "key = ?1"), ("term", "person = ?1"), ("exemption", "person = ?1")],
        names: "SELECT 'staff ' || key FROM person",
    },
    Anatomy { kind: "rule", tables: &[("rule", "key = ?1")], names: "SELECT DISTINCT 'rule ' || key FROM rule" },
    Anatomy {
        kind: "series",
        tables: &[("series", "key = ?1"), ("template", "series = ?1"), ("closing", "series = ?1")],
        names: "SELECT 'series ' || key FROM series",
    },
    Anatomy {
        kind: "report",
        tables: &[("info_report", "department = ?1 AND month = ?2")],
        names: "SELECT DISTINCT 'report ' || department || ' ' || month FROM info_report",
    },
    Anatomy {
        kind: "quota",
        tables: &[("quota", "holder_kind = ?1 AND holder = ?2")],
        names: "SELECT DISTINCT 'quota ' || holder_kind || ' ' || holder FROM quota",
    },
    Anatomy { kind: "route", tables: &[("route", "id = ?1")], names: "SELECT 'route ' || id FROM route" },
    Anatomy { kind: "once", tables: &[("once", "key = ?1")], names: "SELECT 'once ' || key FROM once" },
    Anatomy { kind: "grant", tables: &[("access_grant", "id = ?1")], names: "SELECT 'grant ' || id FROM access_grant" },
];

impl Anatomy {
    /// How many keys name a thing of this kind; only the last of them may hold a space.
    fn keys(&self) -> usize {
        if self.tables.iter().any(|(_, condition)| condition.contains("?2")) { 2 } else { 1 }
    }
}

impl Thing {
    /// An entry of a register.
    ///
    /// # Errors
    /// Fails where the register is not one that the journal follows.
    pub fn entry(register: &str, id: i64, number: &str) -> Result<Self> {
        Ok(Self { name: number.to_owned(), tables: anatomy(register)?.tables, keys: vec![id.to_string()] })
    }

    /// The same entry where it was opened just now: its header and its own fields, for nothing else belongs to it yet.
    #[must_use]
    pub fn just_opened(mut self) -> Self {
        self.tables = self.tables.get(..2).unwrap_or(self.tables);
        self
    }

    /// Something of the office: its kind and its key or keys.
    ///
    /// # Errors
    /// Fails where the kind is not one that the journal follows.
    pub fn office(kind: &str, keys: &[&str]) -> Result<Self> {
        Ok(Self {
            name: format!("{kind} {}", keys.join(" ")),
            tables: anatomy(kind)?.tables,
            keys: keys.iter().map(ToString::to_string).collect(),
        })
    }

    /// The thing that a journal row names, looked up in the book; none where no thing of that name can be there
    /// (an import is a deed, not a thing).
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn named(connection: &Connection, name: &str) -> Result<Option<Self>> {
        if let Some((kind, keys)) = name.split_once(' ') {
            let Ok(wanted) = anatomy(kind).map(Anatomy::keys) else { return Ok(None) };
            let keys: Vec<&str> = keys.splitn(wanted, ' ').collect();
            return if keys.len() == wanted { Self::office(kind, &keys).map(Some) } else { Ok(None) };
        }
        let found = connection
            .prepare_cached("SELECT register, id FROM entry WHERE number = ?1")?
            .query_row([name], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))
            .optional()?;
        found.map(|(register, id)| Self::entry(&register, id, name)).transpose()
    }

    /// The names of all things in the book, kind by kind.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn each_name(connection: &Connection, mut each: impl FnMut(&str) -> Result<()>) -> Result<()> {
        for anatomy in ANATOMIES {
            let mut statement = connection.prepare(anatomy.names)?;
            let mut rows = statement.query(())?;
            while let Some(row) = rows.next()? {
                each(row.get_ref(0)?.as_str()?)?;
            }
        }
        Ok(())
    }

    /// The whole thing as it stands: a JSON object of its tables, each an array of rows without their empty columns.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn record(&self, connection: &Connection) -> Result<String> {
        let mut json = Vec::with_capacity(1024);
        json.push(b'{');
        for (table, condition) in self.tables {
            let mut statement = connection.prepare_cached(&format!("SELECT * FROM {table} WHERE {condition}"))?;
            let mut rows = statement.query(rusqlite::params_from_iter(&self.keys))?;
            let mut first = true;
            while let Some(row) = rows.next()? {
                match (first, json.len()) {
                    (true, 1) => write!(json, "\"{table}\":[")?,
                    (true, _) => write!(json, ",\"{table}\":[")?,
                    (false, _) => json.push(b','),
                }
                write_row(&mut json, row)?;
                first = false;
            }
            if !first {
                json.push(b']');
            }
        }
        json.push(b'}');
        Ok(String::from_utf8(json)?)
    }
}

/// Whether a journal record is that of a thing, and not of a deed such as an import: it begins with the table of a kind.
#[must_use]
pub fn is_of_a_thing(record: &str) -> bool {
    record.strip_prefix("{\"").and_then(|rest| rest.split_once("\":[")).is_some_and(|(table, _)| {
        ANATOMIES.iter().any(|anatomy| anatomy.tables.first().is_some_and(|(first, _)| *first == table))
    })
}

fn anatomy(kind: &str) -> Result<&'static Anatomy> {
    ANATOMIES
        .iter()
        .find(|anatomy| anatomy.kind == kind)
        .ok_or_else(|| anyhow::anyhow!(say!("the journal follows no {kind}")))
}

/// Appends a row as a JSON object; NULLs are left out.
fn write_row(json: &mut Vec<u8>, row: &Row<'_>) -> Result<()> {
    let statement = row.as_ref();
    let mut comma = b'{';
    for index in 0..statement.column_count() {
        let value = row.get_ref(index)?;
        if value == ValueRef::Null {
            continue;
        }
        json.push(comma);
        write!(json, "\"{}\":", statement.column_name(index)?)?;
        match value {
            ValueRef::Null => {}
            ValueRef::Integer(number) => write!(json, "{number}")?,
            ValueRef::Real(number) => write!(json, "{number}")?,
            ValueRef::Text(text) => serde_json::to_writer(&mut *json, std::str::from_utf8(text)?)?,
            ValueRef::Blob(bytes) => serde_json::to_writer(&mut *json, &hex(bytes))?,
        }
        comma = b',';
    }
    json.extend_from_slice(if comma == b'{' { b"{}" } else { b"}" });
    Ok(())
}

/// Bytes as lower-case hexadecimal text.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
        }
        text
    })
}

/// The end of a chained table: how many rows it has and the last one's hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The last row's id, which is the count of rows.
    pub count: i64,
    /// The last row's hash; zeros where there is none.
    pub hash: Hash,
}

impl Head {
    /// Reads the head of `journal` or `reading`.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn of(connection: &Connection, table: &str) -> Result<Self> {
        let head = connection
            .prepare_cached(&format!("SELECT id, hash FROM {table} ORDER BY id DESC LIMIT 1"))?
            .query_row((), |row| Ok(Self { count: row.get(0)?, hash: row.get(1)? }))
            .optional()?;
        Ok(head.unwrap_or(Self { count: 0, hash: [0; 32] }))
    }
}

/// The hash of a row of a chained table that follows `previous`: over every column but the hash itself, in order.
#[must_use]
pub fn chain(previous: &Hash, columns: &[ValueRef<'_>]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    for column in columns {
        let integer;
        let (tag, bytes): (u8, &[u8]) = match column {
            ValueRef::Null => (0, &[]),
            ValueRef::Integer(number) => {
                integer = number.to_be_bytes();
                (1, &integer)
            }
            ValueRef::Real(number) => {
                integer = number.to_be_bytes();
                (2, &integer)
            }
            ValueRef::Text(text) => (3, text),
            ValueRef::Blob(bytes) => (4, bytes),
        };
        hasher.update([tag]);
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    }
    hasher.finalize().into()
}

/// What changed between two records of a thing: each column with its old and new value, in the order of the new record.
///
/// # Errors
/// Fails where a record is no JSON.
pub fn differences(old: Option<&str>, new: &str) -> Result<Vec<(String, Value, Value)>> {
    let flat = |record: &str| -> Result<Map<String, Value>> {
        let tables: Map<String, Value> = serde_json::from_str(record)?;
        Ok(tables.iter().flat_map(|(table, rows)| flatten(table, rows)).collect())
    };
    let old = old.map(flat).transpose()?.unwrap_or_default();
    let new = flat(new)?;
    let mut changes: Vec<_> = new
        .iter()
        .filter(|(column, value)| old.get(*column) != Some(value))
        .map(|(column, value)| (column.clone(), old.get(column).cloned().unwrap_or_default(), value.clone()))
        .collect();
    changes.extend(
        old.iter()
            .filter(|(column, _)| !new.contains_key(*column))
            .map(|(column, value)| (column.clone(), value.clone(), Value::Null)),
    );
    Ok(changes)
}

/// The columns of a table's rows under names of their own: `subject`, or `signature.technology.signed_by` for lists,
/// whose rows are told apart by what they cannot share.
fn flatten(table: &str, rows: &Value) -> Vec<(String, Value)> {
    const SINGLE: [&str; 17] = [
        "entry",
        "contact",
        "info",
        "project",
        "gift",
        "gift_item",
        "reception",
        "fee",
        "asset",
        "ship",
        "stocktake",
        "person",
        "book",
        "department",
        "series",
        "route",
        "once",
    ];
    const LABELS: [&str; 7] = ["party", "role", "department", "prefix", "from_on", "from_month", "month"];
    let mut columns = Vec::new();
    for (index, row) in (1..).zip(rows.as_array().into_iter().flatten()) {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let label = row.get("position").map_or_else(
            || LABELS.iter().filter_map(|label| row.get(label).map(text)).collect::<Vec<_>>().join(" "),
            text,
        );
        let label = if label.is_empty() { index.to_string() } else { label };
        for (column, value) in row.as_object().into_iter().flatten() {
            let name = if SINGLE.contains(&table) { column.clone() } else { format!("{table}.{label}.{column}") };
            columns.push((name, value.clone()));
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_hash_covers_lengths_kinds_and_the_row_before() {
        let text = |text: &'static str| ValueRef::Text(text.as_bytes());
        let zero = [0; 32];
        let base = chain(&zero, &[text("ab"), text("c")]);
        assert_ne!(base, chain(&zero, &[text("a"), text("bc")]));
        assert_ne!(base, chain(&base, &[text("ab"), text("c")]));
        assert_ne!(chain(&zero, &[ValueRef::Null]), chain(&zero, &[text("")]));
        assert_ne!(chain(&zero, &[ValueRef::Integer(1)]), chain(&zero, &[text("1")]));
    }

    #[test]
    fn rows_of_a_list_are_told_apart() {
        let old = r#"{"reply":[{"position":1,"party":"general","text":"a"}],"term":[{"role":"clerk","department":"general"}]}"#;
        let new = r#"{"reply":[{"position":1,"party":"general","text":"a"},{"position":2,"party":"general","text":"b"}],
            "term":[{"role":"clerk","department":"general"},{"role":"clerk","department":"baotou"}]}"#;
        let columns: Vec<String> =
            differences(Some(old), new).unwrap().into_iter().map(|(column, ..)| column).collect();
        assert_eq!(
            columns,
            [
                "reply.2.position",
                "reply.2.party",
                "reply.2.text",
                "term.clerk baotou.role",
                "term.clerk baotou.department"
            ]
        );
    }

    #[test]
    fn every_table_of_the_offices_data_is_followed_or_checked_in_its_own_way() {
        // The chains are checked by their hashes, counters by the audit, the counts of information by a recount.
        const OTHERWISE: [&str; 4] = ["journal", "reading", "counter", "info_count"];
        let tables = crate::book::schema::part_one().split("\nCREATE TABLE ").skip(1);
        for table in tables.map(|statement| statement.split(' ').next().unwrap()) {
            let followed = ANATOMIES.iter().any(|anatomy| anatomy.tables.iter().any(|(name, _)| *name == table));
            assert_ne!(followed, OTHERWISE.contains(&table), "{table}");
        }
    }

    #[test]
    fn a_deed_is_told_from_a_thing() {
        assert!(is_of_a_thing(r#"{"entry":[{"id":1}],"contact":[]}"#));
        assert!(is_of_a_thing(r#"{"person":[{"key":"li"}]}"#));
        for deed in ["{}", r#"{"file":"a.csv","rows":[]}"#, r#"{"signature":[{}]}"#, ""] {
            assert!(!is_of_a_thing(deed), "{deed}");
        }
    }

    #[test]
    fn differences_name_what_changed_with_old_and_new() {
        let old = r#"{"entry":[{"state":"issued"}],"contact":[{"subject":"a","pages":2}]}"#;
        let new = r#"{"entry":[{"state":"issued"}],"contact":[{"subject":"b"}],"signature":[{"party":"general"}]}"#;
        let changes = differences(Some(old), new).unwrap();
        assert_eq!(
            changes,
            [
                ("subject".into(), "a".into(), "b".into()),
                ("signature.general.party".into(), Value::Null, "general".into()),
                ("pages".into(), 2.into(), Value::Null),
            ]
        );
    }
}
