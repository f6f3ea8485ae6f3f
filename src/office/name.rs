//! What the office, its departments and its people are called: each name from a day on, so that old months, prints and packs
//! keep the old one.

use std::collections::HashMap;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::department;
use crate::book::select::Select;
use crate::language;
use crate::view::merged;

/// Has what this command prints call the office, its departments and its people as on that day.
pub(crate) fn as_of(book: &Connection, day: NaiveDate) -> Result<()> {
    language::name_as_of(Some(day));
    learn(book)
}

/// Tells the language of the running command what the departments and the people of the book are called.
pub(crate) fn learn(book: &Connection) -> Result<()> {
    merged::learn(book)?;
    language::learn_names(department::names(book)?);
    let sql = format!("SELECT p.key, {} FROM person AS p", on_day("person", "f.name", "p.key", "p.name"));
    let people: Vec<(String, String)> = book.rows(&sql, ())?;
    let mut bearers: HashMap<&str, usize> = HashMap::new();
    for (_, name) in people.iter().filter(|(key, _)| merged::who(key) == key.as_str()) {
        *bearers.entry(name).or_default() += 1;
    }
    let shown = people.iter().map(|(key, name)| {
        let alone = bearers.get(name.as_str()) == Some(&1);
        (key.clone(), if alone { name.clone() } else { format!("{name} ({key})") })
    });
    let shown: HashMap<String, String> = shown.collect();
    let of = |key: &String| shown.get(&*merged::who(key)).or_else(|| shown.get(key)).cloned().unwrap_or_default();
    language::learn_people(people.iter().map(|(key, _)| (key.clone(), of(key))));
    Ok(())
}

/// An expression for the names of the people and departments whose keys stand in a column, with `; ` between them; what is no
/// key stays as it is.
pub(crate) fn beside(column: &str) -> String {
    let (person, department) = (on_day("person", "f.name", "p.key", "p.name"), department::shown_name());
    format!(
        "(SELECT group_concat(coalesce({person}, {department}, k.value), '; ') FROM json_each('[' || replace(json_quote({column}), '; ', '\",\"') || ']') AS k
            LEFT JOIN person AS p ON p.key = k.value LEFT JOIN department ON department.key = k.value)"
    )
}

/// An expression for the name of a row of a table on the day that the command prints, or of today: `kind` is the row's in
/// `former_name`, `own` an expression over it as `f`, `key` and `present` the row's.
pub(crate) fn on_day(kind: &str, own: &str, key: &str, present: &str) -> String {
    match language::named_as_of() {
        None => present.to_owned(),
        Some(day) => format!(
            "coalesce((SELECT {own} FROM former_name AS f WHERE f.kind = '{kind}' AND f.key = {key} AND f.until_on >= '{day}'
                ORDER BY f.until_on LIMIT 1), {present})"
        ),
    }
}

/// What the book is called: whose registers these are.
pub(crate) fn of_office(book: &Connection) -> Result<String> {
    let sql = format!("SELECT {} FROM book AS b", on_day("office", "f.name", "'1'", "b.name"));
    book.only(&sql, ())
}

/// What the person of this key is called; none where there is nobody of this key.
pub(crate) fn of_person(book: &Connection, key: &str) -> Result<Option<String>> {
    let sql = format!("SELECT {} FROM person AS p WHERE p.key = ?1", on_day("person", "f.name", "p.key", "p.name"));
    book.value(&sql, [key])
}
