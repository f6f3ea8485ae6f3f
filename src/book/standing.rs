//! How a thing stands after the journal records so far, and what each of them changed.

use anyhow::Result;
use serde_json::{Map, Value};

use crate::view::laid;

/// How a thing stands by its records: its tables, each with its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing(Map<String, Value>);

/// A column that a record changed: its name, its old value and its new one.
pub(crate) type Changed = (String, Value, Value);

impl Standing {
    /// Takes in the next record, and gives what it changed. A list that is `growing` takes the rows of the record in; any other
    /// table is as the record says.
    ///
    /// # Errors
    /// Fails where the record is no JSON object.
    pub fn follow(&mut self, record: &str, growing: &[&str]) -> Result<Vec<Changed>> {
        let mut record: Map<String, Value> = serde_json::from_str(record)?;
        // Which row of the journal it took back, and no table.
        record.shift_remove("undone");
        let (mut old, mut new) = (Map::new(), Map::new());
        let gone: Vec<String> = self.0.keys().filter(|table| !record.contains_key(*table)).cloned().collect();
        for table in gone.iter().filter(|table| !growing.contains(&table.as_str())) {
            old.extend(flatten(table, &self.0.remove(table).unwrap_or_default()));
        }
        for (table, rows) in &mut record {
            if table == "signature" {
                place(rows);
            }
            new.extend(flatten(table, rows));
            match self.0.get_mut(table) {
                Some(standing) if growing.contains(&table.as_str()) => {
                    old.extend(flatten(table, &merge(standing, rows.take())));
                }
                standing => {
                    old.extend(standing.iter().flat_map(|rows| flatten(table, rows)));
                    self.0.insert(table.clone(), rows.take());
                }
            }
        }
        Ok(changes(&old, &new))
    }

    /// The rows of a table.
    pub(crate) fn rows(&self, table: &str) -> &[Value] {
        self.0.get(table).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The value of a column of a table that holds one row; none where it is empty.
    pub(crate) fn value(&self, table: &str, column: &str) -> Option<&Value> {
        self.0.get(table)?.get(0)?.get(column)
    }

    /// Leaves a column of a table that holds one row out.
    pub(crate) fn forget(&mut self, table: &str, column: &str) {
        if let Some(Value::Object(row)) = self.0.get_mut(table).and_then(|rows| rows.get_mut(0)) {
            row.shift_remove(column);
        }
    }

    /// What is other in `new` than here.
    #[must_use]
    pub fn differences(&self, new: &Self) -> Vec<Changed> {
        let flat = |standing: &Self| standing.0.iter().flat_map(|(table, rows)| flatten(table, rows)).collect();
        changes(&flat(self), &flat(new))
    }
}

/// The columns whose values differ, in the order of the new ones, and then those that are new no more.
fn changes(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<Changed> {
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
    changes
}

/// Gives signatures of records that were written before they had one their place in the list.
fn place(rows: &mut Value) {
    for (position, row) in (1_i64..).zip(rows.as_array_mut().into_iter().flatten()) {
        if let Value::Object(row) = row {
            row.entry("position").or_insert_with(|| position.into());
        }
    }
}

/// Takes the rows of a record into a list, in the order of their places. Gives the rows that stood there before.
fn merge(standing: &mut Value, rows: Value) -> Value {
    let (Value::Array(standing), Value::Array(rows)) = (standing, rows) else { return Value::Null };
    let place = |row: &Value| row.get("position").and_then(Value::as_i64);
    let mut before = Vec::new();
    for row in rows {
        match standing.binary_search_by_key(&place(&row), place) {
            Ok(found) => before.push(std::mem::replace(&mut standing[found], row)),
            Err(after) => standing.insert(after, row),
        }
    }
    Value::Array(before)
}

/// The columns of a table's rows under names of their own: `subject`, or `signature.technology.signed_by` for lists,
/// whose rows are told apart by what they cannot share.
fn flatten(table: &str, rows: &Value) -> Vec<(String, Value)> {
    const SINGLE: [&str; 13] = [
        "entry",
        "gift_item",
        "stocktake",
        "person",
        "book",
        "department",
        "series",
        "route",
        "once",
        "import",
        "deputy",
        "holiday",
        "access_grant",
    ];
    const LABELS: [&str; 7] = ["party", "role", "department", "prefix", "from_on", "from_month", "month"];
    let is_single = SINGLE.contains(&table) || laid::is_of_entries(table);
    let (mut columns, mut labels) = (Vec::new(), Vec::new());
    for (index, row) in (1..).zip(rows.as_array().into_iter().flatten()) {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let place = row.get("position").filter(|_| table != "signature");
        let label = place.map_or_else(
            || LABELS.iter().filter_map(|label| row.get(label).map(text)).collect::<Vec<_>>().join(" "),
            text,
        );
        let mut label = if label.is_empty() { index.to_string() } else { label };
        // Whose signature was taken back may have signed again.
        if table == "signature" {
            let before = labels.iter().filter(|known| **known == label).count();
            labels.push(label.clone());
            if before > 0 {
                label = format!("{label} {}", before + 1);
            }
        }
        for (column, value) in row.as_object().into_iter().flatten() {
            let name = if is_single { column.clone() } else { format!("{table}.{label}.{column}") };
            columns.push((name, value.clone()));
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// What the second record changed, where `reply` and `signature` grow.
    fn changed(old: &str, new: &str) -> Vec<Changed> {
        let mut standing = Standing::default();
        standing.follow(old, &["reply", "signature"]).unwrap();
        standing.follow(new, &["reply", "signature"]).unwrap()
    }

    #[test]
    fn rows_of_a_list_are_told_apart() {
        let old = r#"{"reply":[{"position":1,"party":"general","text":"a"}],"term":[{"role":"clerk","department":"general"}]}"#;
        let new = r#"{"reply":[{"position":1,"party":"general","text":"a"},{"position":2,"party":"general","text":"b"}],
            "term":[{"role":"clerk","department":"general"},{"role":"clerk","department":"baotou"}]}"#;
        let columns: Vec<String> = changed(old, new).into_iter().map(|(column, ..)| column).collect();
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
    fn differences_name_what_changed_with_old_and_new() {
        let old = r#"{"entry":[{"state":"issued"}],"contact":[{"subject":"a","pages":2}]}"#;
        let new =
            r#"{"entry":[{"state":"issued"}],"contact":[{"subject":"b"}],"reply":[{"position":1,"party":"general"}]}"#;
        assert_eq!(
            changed(old, new),
            [
                ("subject".into(), "a".into(), "b".into()),
                ("reply.1.position".into(), Value::Null, 1.into()),
                ("reply.1.party".into(), Value::Null, "general".into()),
                ("pages".into(), 2.into(), Value::Null),
            ]
        );
    }

    #[test]
    fn a_growing_list_takes_rows_in_and_a_whole_one_is_as_the_record_says() {
        let mut standing = Standing::default();
        let first = r#"{"entry":[{"id":1}],"reply":[{"position":1,"text":"a"},{"position":2,"text":"b"}],"visitor":[{"position":1}]}"#;
        standing.follow(first, &["reply"]).unwrap();
        let changes =
            standing.follow(r#"{"entry":[{"id":1}],"reply":[{"position":2,"text":"c"}]}"#, &["reply"]).unwrap();
        assert_eq!(
            changes,
            [("reply.2.text".into(), "b".into(), "c".into()), ("visitor.1.position".into(), 1.into(), Value::Null)]
        );
        let mut whole = Standing::default();
        whole
            .follow(r#"{"entry":[{"id":1}],"reply":[{"position":1,"text":"a"},{"position":2,"text":"c"}]}"#, &[])
            .unwrap();
        assert_eq!(standing.differences(&whole), []);
    }

    #[test]
    fn signatures_of_old_records_have_their_place() {
        let mut standing = Standing::default();
        let old = r#"{"signature":[{"party":"general","signed_by":"zhou"},{"party":"technology","signed_by":"wu"}]}"#;
        standing.follow(old, &["signature"]).unwrap();
        let mut now = Standing::default();
        let new = r#"{"signature":[{"position":1,"party":"general","signed_by":"zhou"},{"position":2,"party":"technology","signed_by":"wu"}]}"#;
        now.follow(new, &[]).unwrap();
        assert_eq!(standing.differences(&now), []);
    }
}
