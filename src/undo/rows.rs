//! Rows of the office led back to what they were: told apart by the keys of their tables.

use anyhow::Result;
use rusqlite::{Connection, params_from_iter};
use serde_json::Value;

use crate::book::select::Select;
use crate::book::standing::Standing;
use crate::register::undo::revert::sql;

/// Whether nothing of a thing stood.
pub(super) fn is_gone(standing: &Standing) -> bool {
    *standing == Standing::default()
}

/// Has the rows of these tables as they were.
pub(super) fn lead_back(book: &Connection, tables: &[&str], (before, after): (&Standing, &Standing)) -> Result<()> {
    for table in tables.iter().rev() {
        take_out(book, table, (before.rows(table), after.rows(table)))?;
    }
    for table in tables {
        put_back(book, table, (before.rows(table), after.rows(table)))?;
    }
    Ok(())
}

/// The columns that tell a row of a table from the others.
fn keys(book: &Connection, table: &str) -> Result<Vec<String>> {
    book.column("SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk", [table])
}

/// Whether two rows have the same key.
fn is_same(keys: &[String], row: &Value, other: &Value) -> bool {
    keys.iter().all(|key| row.get(key) == other.get(key))
}

/// Takes out of a table the rows that came in.
fn take_out(book: &Connection, table: &str, (before, after): (&[Value], &[Value])) -> Result<()> {
    let keys = keys(book, table)?;
    let condition: Vec<String> = keys.iter().zip(1..).map(|(key, mark)| format!("{key} = ?{mark}")).collect();
    let delete = format!("DELETE FROM {table} WHERE {}", condition.join(" AND "));
    for row in after.iter().filter(|row| !before.iter().any(|other| is_same(&keys, row, other))) {
        book.execute(&delete, params_from_iter(keys.iter().map(|key| sql(row.get(key)))))?;
    }
    Ok(())
}

/// Puts the rows of a table back that went out of it, or changed.
fn put_back(book: &Connection, table: &str, (before, after): (&[Value], &[Value])) -> Result<()> {
    let keys = keys(book, table)?;
    for row in before.iter().filter(|row| !after.contains(row)) {
        let Some(columns) = row.as_object() else { continue };
        match after.iter().find(|other| is_same(&keys, row, other)).and_then(Value::as_object) {
            None => {
                let marks = vec!["?"; columns.len()].join(", ");
                let names: Vec<&str> = columns.keys().map(String::as_str).collect();
                let insert = format!("INSERT INTO {table} ({}) VALUES ({marks})", names.join(", "));
                book.execute(&insert, params_from_iter(columns.values().map(|value| sql(Some(value)))))?;
            }
            Some(now) => {
                let all = columns.keys().chain(now.keys().filter(|column| !columns.contains_key(*column)));
                let changed: Vec<&String> = all.filter(|column| columns.get(*column) != now.get(*column)).collect();
                let set: Vec<String> =
                    changed.iter().zip(1..).map(|(column, mark)| format!("{column} = ?{mark}")).collect();
                let condition: Vec<String> =
                    keys.iter().zip(changed.len() + 1..).map(|(key, mark)| format!("{key} = ?{mark}")).collect();
                let update = format!("UPDATE {table} SET {} WHERE {}", set.join(", "), condition.join(" AND "));
                let values = changed.iter().map(|column| sql(columns.get(*column)));
                let which = keys.iter().map(|key| sql(row.get(key)));
                book.execute(&update, params_from_iter(values.chain(which)))?;
            }
        }
    }
    Ok(())
}
