//! Leading an entry's rows back to what they were before a step: what the step added is marked as taken back, what it changed is
//! as it was.

use anyhow::Result;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde_json::{Map, Value};

use super::taken::Taken;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::standing::Standing;
use crate::register::entry::Entry;
use crate::register::named;

/// The lists whose rows are marked when they are taken back; their other rows stand.
pub const MARKED: [&str; 28] = [
    "approval",
    "attachment",
    "signature",
    "reply",
    "follow",
    "passing",
    "breach",
    "leader",
    "team",
    "milestone",
    "project_log",
    "review",
    "problem",
    "product_check",
    "contract",
    "receipt",
    "gift_offer",
    "gift_check",
    "fee_payment",
    "custody",
    "damage",
    "guard_check",
    "loss",
    "stocktake",
    "stock_line",
    "ship_box",
    "ship_quote",
    "ship_load",
];

/// How an entry came into the book, which no step changes; records of older versions lack some of it.
const KEPT: [&str; 4] = ["entered_by", "entered_on", "import", "fingerprint"];

/// The condition that leaves taken-back rows of a list out, with `AND` behind it; nothing of a list without a mark.
pub(crate) fn standing_rows(table: &str) -> &'static str {
    if MARKED.contains(&table) { "undone_on IS NULL AND " } else { "" }
}

/// Leads the entry's rows back to what they were before the step, in its header, its register's table and its lists. The caller
/// writes the journal.
pub(super) fn revert(change: &Change<'_>, entry: &Entry, step: &Taken) -> Result<()> {
    let thing = entry.thing()?;
    let (before, after) = step.around(change.sql(), &thing)?;
    let register = named(&entry.register)?;
    // Receipts and decisions refer to what may be laid anew behind them.
    refer_later(change.sql())?;
    let mut lists: Vec<(&'static str, Vec<Difference>)> = Vec::new();
    for table in register.growing.iter().chain(&["approval", "attachment"]).chain(register.lists).copied() {
        lists.push((table, differences(before.rows(table), after.rows(table))));
    }
    // Where a row takes another's place, the later one gives way first.
    for (table, rows) in &lists {
        for row in rows.iter().filter(|row| row.old.is_none()) {
            row.take_out(change, table, entry)?;
        }
    }
    for (table, rows) in &lists {
        for row in rows.iter().filter(|row| row.old.is_some()) {
            row.put_back(change, table, entry)?;
        }
    }
    // The state comes last: what it rests on, such as the amount that was approved, is as it was by then.
    for row in differences(before.rows(register.name), after.rows(register.name)) {
        if row.old.is_some() {
            row.restore(change.sql(), register.name, "entry", entry.id, "")?;
        } else {
            change.sql().execute(&format!("DELETE FROM {} WHERE entry = ?1", register.name), [entry.id])?;
        }
    }
    for row in differences(before.rows("entry"), after.rows("entry")) {
        row.restore(change.sql(), "entry", "id", entry.id, "")?;
    }
    Ok(())
}

/// Takes everything out of an entry but its header: what an import brings in its place comes behind it.
pub(crate) fn empty(change: &Change<'_>, entry: &Entry) -> Result<()> {
    let (thing, register) = (entry.thing()?, named(&entry.register)?);
    let mut standing = Standing::default();
    standing.follow(&thing.whole(change.sql())?, &thing.growing())?;
    // What was marked before refers to the row that comes in its place.
    refer_later(change.sql())?;
    for table in register.growing.iter().chain(&["approval"]).chain(register.lists).copied() {
        for row in differences(&[], standing.rows(table)) {
            if row.new.as_ref().is_some_and(|row| !row.contains_key("undone_on")) {
                row.take_out(change, table, entry)?;
            }
        }
    }
    let delete = format!("DELETE FROM {} WHERE entry = ?1", register.name);
    change.sql().prepare_cached(&delete)?.execute([entry.id])?;
    Ok(())
}

/// Lets rows refer to what is missing until the transaction ends. Every time it is said, all statements are made anew, so that it is
/// said once.
fn refer_later(book: &Connection) -> Result<()> {
    let is_said: bool = book.only("PRAGMA defer_foreign_keys", ())?;
    if !is_said {
        book.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    }
    Ok(())
}

/// A row that a step added, changed or took out.
struct Difference {
    position: i64,
    old: Option<Map<String, Value>>,
    new: Option<Map<String, Value>>,
}

/// The rows that differ, told apart by their position; of a table with one row, that one.
fn differences(before: &[Value], after: &[Value]) -> Vec<Difference> {
    // A product line is told by its contract's place as well; elsewhere a contract is a text.
    let key = |row: &Value| ["contract", "position"].map(|column| row.get(column).and_then(Value::as_i64));
    let find = |rows: &[Value], wanted: &Value| {
        rows.iter().find(|row| key(row) == key(wanted)).and_then(Value::as_object).cloned()
    };
    let position = |row: &Value| row.get("position").and_then(Value::as_i64).unwrap_or_default();
    let mut found = Vec::new();
    for row in after {
        let old = find(before, row);
        if old.as_ref() != row.as_object() {
            found.push(Difference { position: position(row), old, new: row.as_object().cloned() });
        }
    }
    let gone = before.iter().filter(|row| find(after, row).is_none());
    found.extend(gone.map(|row| Difference { position: position(row), old: row.as_object().cloned(), new: None }));
    found
}

impl Difference {
    /// Takes out what the step added: marked where the list has a mark, else the journal alone keeps it.
    fn take_out(&self, change: &Change<'_>, table: &'static str, entry: &Entry) -> Result<()> {
        let book = change.sql();
        if !MARKED.contains(&table) {
            return self.delete(book, table, entry);
        }
        let mark = format!("UPDATE {table} SET undone_on = ?3 WHERE entry = ?1 AND position = ?2");
        book.prepare_cached(&mark)?.execute((entry.id, self.position, change.today()))?;
        if table == "contract" {
            // A contract's place tells it from its supplements.
            let aside =
                "UPDATE contract SET position = (SELECT min(0, min(position)) - 1 FROM contract WHERE entry = ?1)
                WHERE entry = ?1 AND position = ?2";
            book.execute(aside, (entry.id, self.position))?;
        }
        self.wrote(change, table, entry)
    }

    /// Puts back what the step changed or took out.
    fn put_back(&self, change: &Change<'_>, table: &'static str, entry: &Entry) -> Result<()> {
        // An instalment's day may have come since by a deed of another entry, and stays.
        if self.new.is_some() && (MARKED.contains(&table) || table == "instalment") {
            self.restore(change.sql(), table, "entry", entry.id, &format!(" AND position = {}", self.position))?;
        } else {
            self.delete(change.sql(), table, entry)?;
            self.insert(change.sql(), table)?;
        }
        self.wrote(change, table, entry)
    }

    fn wrote(&self, change: &Change<'_>, table: &'static str, entry: &Entry) -> Result<()> {
        if entry.thing()?.growing().contains(&table) {
            change.wrote(table, entry.id, self.position);
        }
        Ok(())
    }

    /// Gives the columns that the step changed their old values.
    fn restore(&self, book: &Connection, table: &str, key: &str, id: i64, which: &str) -> Result<()> {
        let (Some(old), Some(new)) = (&self.old, &self.new) else { return Ok(()) };
        let columns: Vec<&String> = new.keys().chain(old.keys().filter(|column| !new.contains_key(*column))).collect();
        let changed = |column: &&String| !KEPT.contains(&column.as_str()) && old.get(*column) != new.get(*column);
        let columns: Vec<&String> = columns.into_iter().filter(changed).collect();
        if columns.is_empty() {
            return Ok(());
        }
        let set: Vec<String> = columns.iter().zip(2..).map(|(column, mark)| format!("{column} = ?{mark}")).collect();
        let values = columns.iter().map(|column| sql(old.get(*column)));
        let sql = format!("UPDATE {table} SET {} WHERE {key} = ?1{which}", set.join(", "));
        book.execute(&sql, params_from_iter(std::iter::once(Sql::Integer(id)).chain(values)))?;
        Ok(())
    }

    fn delete(&self, book: &Connection, table: &str, entry: &Entry) -> Result<()> {
        let row = self.new.as_ref().or(self.old.as_ref());
        let contract =
            row.filter(|_| table == "product_line").and_then(|row| row.get("contract")).map(|at| sql(Some(at)));
        let which = if contract.is_some() { " AND contract = ?3" } else { "" };
        let keys = [Sql::Integer(entry.id), Sql::Integer(self.position)].into_iter().chain(contract);
        let sql = format!("DELETE FROM {table} WHERE entry = ?1 AND position = ?2{which}");
        book.prepare_cached(&sql)?.execute(params_from_iter(keys))?;
        Ok(())
    }

    fn insert(&self, book: &Connection, table: &str) -> Result<()> {
        let Some(old) = &self.old else { return Ok(()) };
        let columns: Vec<&str> = old.keys().map(String::as_str).collect();
        let marks = vec!["?"; columns.len()].join(", ");
        let sql_text = format!("INSERT INTO {table} ({}) VALUES ({marks})", columns.join(", "));
        book.execute(&sql_text, params_from_iter(old.values().map(|value| sql(Some(value)))))?;
        Ok(())
    }
}

/// A value of a record as the book has it; what a record leaves out is empty.
pub(crate) fn sql(value: Option<&Value>) -> Sql {
    match value {
        Some(Value::Number(number)) => number.as_i64().map_or(Sql::Null, Sql::Integer),
        Some(Value::String(text)) => Sql::Text(text.clone()),
        _ => Sql::Null,
    }
}
