//! The schema of a book: laying it, upgrading it, and holding what is found against what is expected.

mod upgrade;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use rusqlite::Connection;
use rusqlite::types::Value;

pub(crate) use self::upgrade::{DROPPED, FILLED};
use self::upgrade::{UPGRADES, upgrade};
use super::fault;
use super::{AsItWas, Book};
use crate::refusal::Refusal;
use crate::say;
use crate::text;
use crate::view::laid::{laid, object_name, part_one, part_two, rule_tables};

/// What marks a file as a book: `bbk1` in ASCII.
pub(crate) const APPLICATION_ID: i32 = 0x6262_6b31;

/// The version of the schema that this program writes.
pub const VERSION: i32 = upgrade::version(UPGRADES);

/// Lays the whole schema into an empty file, inside the caller's transaction.
///
/// # Errors
/// An error of `SQLite`.
pub fn lay(connection: &Connection) -> Result<()> {
    connection.execute_batch(part_one())?;
    connection.execute_batch(part_two())?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}

/// Checks that the file is a book, and not of a newer version; upgrades an older one, which a book that is only looked at does
/// in a private copy.
pub(super) fn bring_up(book: &mut Book, as_it_was: AsItWas) -> Result<()> {
    let Some(version) = older(book)? else { return Ok(()) };
    if book.is_looked_at() {
        if let Some(copy) = book.brought_up_apart()? {
            *book = copy;
        }
        return Ok(());
    }
    let path = book.path().display().to_string();
    upgrade(book, as_it_was).map_err(|error| match error.downcast_ref::<Refusal>() {
        Some(_) => error,
        None => error.context(say!("{path} cannot be upgraded from version {version}", path, version)),
    })
}

/// Checks that the file is a book, of whatever version.
pub(super) fn refuse_other(book: &Book) -> Result<()> {
    if is_a_books(book.reader())? {
        return Ok(());
    }
    let unfinished = holds_nothing(book.reader())?;
    Err(if unfinished { fault::unfinished(book.path()) } else { fault::not_a_book(book.path()) }.into())
}

/// Whether a file is that of a book, of whatever version.
pub(crate) fn is_a_books(connection: &Connection) -> Result<bool> {
    Ok(pragma(connection, "application_id")? == APPLICATION_ID)
}

/// Whether a file is that of a database in which nothing was ever laid.
pub(super) fn holds_nothing(connection: &Connection) -> Result<bool> {
    Ok(!connection.prepare("SELECT 1 FROM sqlite_schema")?.exists(())?)
}

fn pragma(connection: &Connection, name: &str) -> Result<i32> {
    Ok(connection.pragma_query_value(None, name, |row| row.get(0))?)
}

/// The version of an older book; none where it is of this program's version.
pub(crate) fn older(book: &Book) -> Result<Option<i32>> {
    match pragma(book.reader(), "user_version")? {
        VERSION => Ok(None),
        _ => believed(book),
    }
}

/// As [`older`], where the number of version is not this program's.
fn believed(book: &Book) -> Result<Option<i32>> {
    // In this order: another program may upgrade the book just now.
    let current = found(book.reader())? == expected();
    match pragma(book.reader(), "user_version")? {
        VERSION => Ok(None),
        version if current => Err(renumbered(book.path(), version).into()),
        version if version > VERSION => Err(newer(book.path(), version).into()),
        version if version < 1 => Err(unnumbered(book.path(), version).into()),
        version => Ok(Some(version)),
    }
}

/// The tables are this program's, and the number of version is another.
fn renumbered(path: &Path, version: i32) -> Refusal {
    let book = path.display().to_string();
    Refusal::failed(say!(
        "{path} says that it is of version {version}, but holds what version {known} holds: another program changed the number",
        path = book,
        version,
        known = VERSION
    ))
    .or(say!(
        "set it right with: sqlite3 {path} \"PRAGMA user_version = {known}\"",
        path = text::word(&book),
        known = VERSION
    ))
}

/// No book has ever had this number of version.
fn unnumbered(path: &Path, version: i32) -> Refusal {
    Refusal::failed(say!(
        "{path} says that it is of version {version}, which no branchbook ever wrote",
        path = path.display(),
        version
    ))
    .or(say!("take the last good copy that branchbook backup made, and keep this file for the repair"))
}

fn newer(path: &Path, version: i32) -> Refusal {
    let versions = say!("version {version} of the book, this program knows {known}", version, known = VERSION);
    Refusal::failed(say!("{path} was written by a newer branchbook ({versions})", path = path.display(), versions))
        .or(say!("update the program; nothing was changed"))
}

/// Checks that the schema is the expected one.
pub(crate) fn refuse_changed(book: &Book) -> Result<()> {
    if is_laid_in_order(book.reader())? || found(book.reader())? == expected() {
        return Ok(());
    }
    Err(statistics(book)?
        .unwrap_or_else(|| {
            Refusal::failed(say!("the schema of {path} was changed by another program", path = book.path().display()))
                .or(say!("see what differs with: branchbook verify"))
        })
        .into())
}

/// What is said where nothing differs but the tables that ANALYZE makes, and how they are taken away.
fn statistics(book: &Book) -> Result<Option<Refusal>> {
    let (statistics, others): (Vec<String>, Vec<String>) =
        found(book.reader())?.into_iter().partition(|sql| sql.starts_with("CREATE TABLE sqlite_stat"));
    if statistics.is_empty() || others != expected() {
        return Ok(None);
    }
    let path = book.path().display().to_string();
    let table = |sql: &String| object_name(sql, "TABLE").map(|name| name.split('(').next().unwrap_or(name).to_owned());
    let tables: Vec<String> = statistics.iter().filter_map(table).collect();
    let drops: Vec<String> = tables.iter().map(|table| format!("DROP TABLE {table}")).collect();
    let refusal = Refusal::failed(say!(
        "another program ran ANALYZE on {path}, which left {tables} in it",
        path,
        tables = tables.join(", ")
    ));
    Ok(Some(refusal.or(say!(
        "take them away with: sqlite3 {path} \"{drops}\"",
        path = text::word(&path),
        drops = drops.join("; ")
    ))))
}

/// Whether the file holds the statements of `schema.sql` one by one in their order, as in a book that was never upgraded.
fn is_laid_in_order(connection: &Connection) -> Result<bool> {
    let mut statement = connection.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")?;
    let (mut rows, mut expected) = (statement.query(())?, laid());
    while let Some(row) = rows.next()? {
        if expected.next().map(str::as_bytes) != row.get_ref(0)?.as_bytes().ok() {
            return Ok(false);
        }
    }
    Ok(expected.next().is_none())
}

/// The `CREATE` statements that the file holds, sorted.
pub(crate) fn found(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")?;
    let mut found = statement.query_map((), |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    found.sort_unstable();
    Ok(found)
}

/// The `CREATE` statements of a book, sorted; `SQLite` keeps their text as it is written there.
pub(crate) fn expected() -> Vec<&'static str> {
    let mut expected: Vec<&str> = laid().collect();
    expected.sort_unstable();
    expected
}

/// How the schema of the file and the rows of its rule tables differ from what this program lays, in words.
pub(crate) fn differences(connection: &Connection) -> Result<Vec<String>> {
    let model = Connection::open_in_memory()?;
    lay(&model)?;
    let (found, expected) = (objects(connection)?, objects(&model)?);
    let mut differences = Vec::new();
    for (name, sql) in &expected {
        match found.get(name) {
            None => differences.push(say!("{name} is missing", name)),
            Some(found) if found != sql => differences.push(say!("{name} was changed", name)),
            Some(_) => {}
        }
    }
    differences
        .extend(found.keys().filter(|name| !expected.contains_key(*name)).map(|name| say!("{name} was added", name)));
    for table in rule_tables() {
        if found.contains_key(&format!("table {table}")) && rows(connection, table)? != rows(&model, table)? {
            differences.push(say!("the rows of table {table} were changed", table));
        }
    }
    Ok(differences)
}

/// Each object of the schema, such as `table contact`, with its statement.
fn objects(connection: &Connection) -> Result<BTreeMap<String, String>> {
    let mut statement =
        connection.prepare("SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL")?;
    Ok(statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// Every row of a small table, in the order of its key.
fn rows(connection: &Connection, table: &str) -> Result<Vec<Vec<Value>>> {
    let mut statement = connection.prepare(&format!("SELECT * FROM {table}"))?;
    let columns = statement.column_count();
    let rows = statement.query_map((), |row| (0..columns).map(|index| row.get(index)).collect())?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn laid() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        lay(&connection).unwrap();
        connection
    }

    #[test]
    fn what_is_laid_is_what_is_expected() {
        assert_eq!(found(&laid()).unwrap(), expected());
    }

    #[test]
    fn part_two_can_be_rebuilt_around_the_data() {
        let connection = laid();
        connection.execute_batch("DROP TRIGGER entry_kept; CREATE VIEW other AS SELECT 1").unwrap();
        upgrade::relay(&connection, &[]).unwrap();
        assert_eq!(found(&connection).unwrap(), expected());
    }

    #[test]
    fn differences_say_what_is_missing_added_or_changed() {
        let connection = laid();
        assert_eq!(differences(&connection).unwrap(), Vec::<String>::new());
        connection
            .execute_batch(
                "DROP TRIGGER entry_kept; DROP TRIGGER journal_fixed; CREATE VIEW contact_list AS SELECT 1 AS number;
                CREATE TRIGGER journal_fixed BEFORE UPDATE ON journal BEGIN SELECT 1; END;
                CREATE TABLE note (text TEXT); DELETE FROM step WHERE verb = 'void'; UPDATE figure SET standard = 9;",
            )
            .unwrap();
        assert_eq!(
            differences(&connection).unwrap(),
            [
                "trigger entry_kept is missing",
                "trigger journal_fixed was changed",
                "table note was added",
                "view contact_list was added",
                "the rows of table figure were changed",
                "the rows of table step were changed",
            ]
        );
    }

    #[test]
    fn a_book_that_a_newer_program_upgraded_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        let mut book = Book::create(&path, std::time::Duration::ZERO, Vec::new).unwrap();
        lay(book.reader()).unwrap();
        book.reader().pragma_update(None, "user_version", VERSION + 1).unwrap();
        let refusal =
            format!("({} of the book, this program knows {VERSION})", format_args!("version {}", VERSION + 1));
        assert!(upgrade(&mut book, AsItWas::NotKept).unwrap_err().to_string().contains(&refusal));
        let version: i32 = book.reader().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, VERSION + 1);
    }
}
