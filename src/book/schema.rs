//! The schema of a book: laying it, upgrading it, and holding what is found against what is expected.

use std::collections::BTreeMap;
use std::iter;
use std::path::Path;

use anyhow::Result;
use memchr::memmem::{self, Finder};
use rusqlite::Connection;
use rusqlite::types::Value;

use super::change::{Change, Recorder};
use super::fault;
use super::thing::Thing;
use super::{AsItWas, Book, Writing, backup};
use crate::clock::Clock;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::say;
use crate::text;
use crate::zone::Zone;

/// `schema.sql`: the schema of a book, and the views that are read over it.
const SCHEMA: &str = include_str!("../../schema.sql");

/// What marks a file as a book: `bbk1` in ASCII.
pub const APPLICATION_ID: i32 = 0x6262_6b31;

/// The version of the schema that this program writes.
pub const VERSION: i32 = version(UPGRADES);

/// The version that these upgrades lead to, one after the other.
const fn version(upgrades: &[Upgrade]) -> i32 {
    match upgrades {
        [] => 1,
        [_, others @ ..] => 1 + version(others),
    }
}

/// What leads from one version to the next besides the schema, which [`relay`] makes as `schema.sql` has it. Where that alone
/// changes, in whatever part, the next version is a [`Upgrade::BLANK`].
struct Upgrade {
    /// What new columns of rows that were there hold.
    filled: &'static [Filled],
    /// Statements that bring the data along.
    sql: &'static str,
    /// Selects the things of the office that they make or change, by kind and key: each gets its journal row.
    things: &'static str,
}

/// A column that an upgrade added and filled.
#[derive(Clone, Copy)]
pub(super) struct Filled {
    pub(super) table: &'static str,
    pub(super) column: &'static str,
    /// The value, in SQL over the columns of the row as it was.
    pub(super) value: &'static str,
}

impl Upgrade {
    /// An upgrade of the schema alone.
    const BLANK: Self = Self { filled: &[], sql: "", things: "SELECT NULL, NULL WHERE FALSE" };
}

/// What leads from version 1 to 2, from 2 to 3 and so on.
const UPGRADES: &[Upgrade] = &[
    Upgrade {
        filled: &[],
        sql: "INSERT INTO series VALUES ('project', 'project', NULL), ('reception', 'reception', NULL), ('gift', 'gift', NULL),
            ('fee', 'fee', NULL), ('asset', 'asset', NULL), ('ship', 'ship', NULL);
        INSERT INTO template VALUES ('project', '1949-01-01', 'PRJ{yy}-{seq:3}'), ('reception', '1949-01-01', 'REC{yy}-{seq:3}'),
            ('gift', '1949-01-01', 'GFT{yy}-{seq:3}'), ('fee', '1949-01-01', 'FEE{yy}-{seq:3}'),
            ('asset', '1949-01-01', 'AST-{seq:4}'), ('ship', '1949-01-01', 'SHP{yy}-{seq:3}');",
        things: "VALUES ('series', 'project'), ('series', 'reception'), ('series', 'gift'), ('series', 'fee'), ('series', 'asset'),
            ('series', 'ship')",
    },
    // The views left the book.
    Upgrade::BLANK,
    Upgrade {
        filled: &[
            FILLED[0],
            FILLED[1],
            Filled { table: "book", column: "uid", value: "lower(hex(randomblob(16)))" },
            Filled { table: "book", column: "zone", value: "'Asia/Shanghai'" },
            Filled { table: "book", column: "live_on", value: "date(made_at, '+8 hours')" },
            Filled { table: "signature", column: "position", value: "row_number() OVER (PARTITION BY entry ORDER BY party)" },
        ],
        // Imports were deeds of the journal, and had no table.
        sql: "INSERT INTO import SELECT row_number() OVER (ORDER BY id), replace(verb, ' import', ''), json_extract(record, '$.file'),
                json_extract(record, '$.sha256'), json_extract(record, '$.rows'), json_extract(record, '$.new'),
                json_extract(record, '$.same'), NULL FROM journal WHERE thing = 'import';",
        things: "SELECT 'book', '1' UNION ALL SELECT 'import', CAST(id AS TEXT) FROM import",
    },
];

/// What version 4 filled in of entries, by their `number` and the journal: when each was entered, in the time of Shenyang, and
/// by which import. `verify` knows it from here, for a large book's upgrade writes no journal row for every entry.
pub(super) const FILLED: [Filled; 2] = [
    Filled {
        table: "entry",
        column: "entered_on",
        value: "(SELECT date(j.at, '+8 hours') FROM journal AS j WHERE j.thing = number ORDER BY j.id LIMIT 1)",
    },
    Filled {
        table: "entry",
        column: "import",
        value: "(SELECT iif(j.verb LIKE '% import', (SELECT count(*) FROM journal AS d WHERE d.thing = 'import' AND d.id <= (SELECT min(n.id)
            FROM journal AS n WHERE n.thing = 'import' AND n.id > j.id)), NULL) FROM journal AS j WHERE j.thing = number ORDER BY j.id LIMIT 1)",
    },
];

/// Columns that an upgrade dropped, by table: records of the time before have them. The day of entry of a reception stands with
/// its entry since version 4.
pub(super) const DROPPED: [(&str, &str); 1] = [("reception", "entered_on")];

/// The line of `schema.sql` that begins what every version drops and rebuilds.
const PART_TWO: &str =
    "-- ======================================================================================== PART TWO";

/// The line of `schema.sql` that begins the views, which are laid into no book.
const PART_THREE: &str =
    "-- ====================================================================================== PART THREE";

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
///
/// # Errors
/// A refusal where it is no book, or of a newer version.
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
///
/// # Errors
/// A refusal where it is none, or was not finished.
pub(super) fn refuse_other(book: &Book) -> Result<()> {
    if is_a_books(book.reader())? {
        return Ok(());
    }
    let unfinished = holds_nothing(book.reader())?;
    Err(if unfinished { fault::unfinished(book.path()) } else { fault::not_a_book(book.path()) }.into())
}

/// Whether a file is that of a book, of whatever version.
///
/// # Errors
/// An error of `SQLite`.
pub(super) fn is_a_books(connection: &Connection) -> Result<bool> {
    Ok(pragma(connection, "application_id")? == APPLICATION_ID)
}

/// Whether a file is that of a database in which nothing was ever laid.
///
/// # Errors
/// An error of `SQLite`.
pub(super) fn holds_nothing(connection: &Connection) -> Result<bool> {
    Ok(!connection.prepare("SELECT 1 FROM sqlite_schema")?.exists(())?)
}

fn pragma(connection: &Connection, name: &str) -> Result<i32> {
    Ok(connection.pragma_query_value(None, name, |row| row.get(0))?)
}

/// The version of an older book; none where it is of this program's version.
///
/// # Errors
/// A refusal where it is of a newer version, or its number of version cannot be believed.
pub fn older(book: &Book) -> Result<Option<i32>> {
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
///
/// # Errors
/// A refusal where another program changed it.
pub fn refuse_changed(book: &Book) -> Result<()> {
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

/// Takes the book to [`VERSION`] in one transaction: the tables as `schema.sql` has them, then each upgrade's data.
fn upgrade(book: &mut Book, as_it_was: AsItWas) -> Result<()> {
    let path = book.path().to_owned();
    // A table that is laid anew must not drag the rows that refer to it along; they are checked before the commit.
    book.reader().execute_batch("PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON;")?;
    let upgraded = upgrade_unreferenced(book, &path, as_it_was);
    book.reader().execute_batch("PRAGMA foreign_keys = ON; PRAGMA legacy_alter_table = OFF;")?;
    book.notes.extend(upgraded?);
    Ok(())
}

/// Gives what is said of it, where it happened.
fn upgrade_unreferenced(book: &mut Book, path: &Path, as_it_was: AsItWas) -> Result<Option<String>> {
    let patience = book.patience;
    let transaction = book.begin()?;
    // Read inside: another process, even a newer one, may have upgraded while this one waited.
    let version: i32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > VERSION {
        return Err(newer(path, version).into());
    }
    if version == VERSION {
        return Ok(None);
    }
    let at = Clock::System.now(Zone::SHENYANG).at();
    // Nobody writes meanwhile.
    let copy = match as_it_was {
        AsItWas::Kept => Some(backup::keep_as_it_was(path, version, &at, patience)?),
        AsItWas::NotKept => None,
    };
    let change = match relaid(transaction, version, path) {
        Ok(change) => change,
        Err(error) => {
            // The book is as it was itself.
            copy.as_deref().map(backup::discard);
            return Err(error);
        }
    };
    change.commit()?;
    Ok(copy.map(|copy| {
        say!(
            "{path} was of version {version} and was brought up to version {known}; as it was it is kept as {copy}",
            path = path.display(),
            version,
            known = VERSION,
            copy = copy.display()
        )
    }))
}

/// Lays the present schema around the data, and makes of the data what each upgrade makes of it.
fn relaid<'t>(transaction: Writing<'t>, version: i32, path: &Path) -> Result<Change<'t>> {
    let steps = UPGRADES.get(usize::try_from(version - 1)?..).unwrap_or_default();
    let filled: Vec<&Filled> = steps.iter().flat_map(|step| step.filled).collect();
    relay(&transaction, &filled)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    let mut change = upgrading(transaction);
    for step in steps {
        change.sql().execute_batch(step.sql)?;
        let things: Vec<(String, String)> = change
            .sql()
            .prepare(step.things)?
            .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (kind, key) in things {
            change.record(&Thing::office(&kind, &[&key])?, UPGRADER, None)?;
        }
    }
    anyhow::ensure!(
        !change.sql().prepare("PRAGMA foreign_key_check")?.exists(())?,
        say!("{path} holds rows that refer to nothing, and was not upgraded", path = path.display())
    );
    Ok(change)
}

/// Who upgrades a book, as the journal names it.
const UPGRADER: &str = "branchbook";

/// The change that an upgrade is: made by the program itself, under whatever login opened the book first.
fn upgrading(transaction: Writing<'_>) -> Change<'_> {
    let person = Person {
        key: UPGRADER.to_owned(),
        name: UPGRADER.to_owned(),
        department: "general".to_owned(),
        os_login: None,
    };
    let login = whoami::username().unwrap_or_default();
    let host = whoami::hostname().unwrap_or_default();
    let recorder = Recorder { person, declared: false, login, host };
    let now = Clock::System.now(Zone::SHENYANG);
    Change::new(transaction, now, "upgrade", recorder, now.today())
}

/// Lays the schema around the data: tables that are new are made, those that read otherwise are made anew and take the
/// columns that both have, and part two is rebuilt.
fn relay(connection: &Connection, filled: &[&Filled]) -> Result<()> {
    drop_part_two(connection)?;
    let found: BTreeMap<String, String> = objects(connection)?;
    let wanted =
        |kind: &'static str| statements(part_one()).filter_map(move |sql| Some((object_name(sql, kind)?, sql)));
    for (table, sql) in wanted("TABLE") {
        match found.get(&format!("table {table}")) {
            None => connection.execute_batch(sql)?,
            Some(found) if found == sql => {}
            Some(_) => {
                relay_table(connection, table, sql, filled)?;
                // What later tables are filled with is looked up in this one.
                let on = format!(" ON {table} (");
                for (_, index) in wanted("INDEX").filter(|(_, index)| index.contains(&on)) {
                    connection.execute_batch(index)?;
                }
            }
        }
    }
    let indexes = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")?
        .query_map((), |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<String>>>()?;
    for (index, sql) in wanted("INDEX") {
        if !indexes.iter().any(|found| found == index) {
            connection.execute_batch(sql)?;
        }
    }
    Ok(connection.execute_batch(part_two())?)
}

/// Makes a table anew, with the rows that it has in the columns that stay, and what is `filled` in those that are new.
fn relay_table(connection: &Connection, table: &str, sql: &str, filled: &[&Filled]) -> Result<()> {
    connection.execute_batch(&format!("ALTER TABLE {table} RENAME TO old_{table}; {sql};"))?;
    let columns = |table: &str| -> Result<Vec<String>> {
        let statement = connection.prepare(&format!("SELECT * FROM {table}"))?;
        Ok(statement.column_names().map(str::to_owned).collect())
    };
    let (old, mut new) = (columns(&format!("old_{table}"))?, columns(table)?);
    new.retain(|column| old.contains(column));
    let mut values = new.clone();
    for column in filled.iter().filter(|column| column.table == table) {
        new.push(column.column.to_owned());
        values.push(column.value.to_owned());
    }
    Ok(connection.execute_batch(&format!(
        "INSERT INTO {table} ({}) SELECT {} FROM old_{table}; DROP TABLE old_{table};",
        new.join(", "),
        values.join(", ")
    ))?)
}

/// Drops the triggers, rule tables and, in old books, views that some version laid.
fn drop_part_two(connection: &Connection) -> Result<()> {
    let mut drops: Vec<String> = connection
        .prepare("SELECT 'DROP ' || type || ' ' || quote(name) FROM sqlite_schema WHERE type IN ('view', 'trigger')")?
        .query_map((), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    drops.extend(rule_tables().map(|name| format!("DROP TABLE IF EXISTS {name}")));
    Ok(connection.execute_batch(&drops.join(";\n"))?)
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
///
/// # Errors
/// An error of `SQLite`.
pub fn found(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")?;
    let mut found = statement.query_map((), |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    found.sort_unstable();
    Ok(found)
}

/// The `CREATE` statements of a book, sorted; `SQLite` keeps their text as it is written there.
#[must_use]
pub fn expected() -> Vec<&'static str> {
    let mut expected: Vec<&str> = laid().collect();
    expected.sort_unstable();
    expected
}

/// How the schema of the file and the rows of its rule tables differ from what this program lays, in words.
///
/// # Errors
/// An error of `SQLite`.
pub fn differences(connection: &Connection) -> Result<Vec<String>> {
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

/// The part of the schema that only upgrades change.
pub(super) fn part_one() -> &'static str {
    SCHEMA.split_once(PART_TWO).map_or(SCHEMA, |(part, _)| part)
}

/// The part of the schema that every version drops and rebuilds.
fn part_two() -> &'static str {
    let (_, others) = SCHEMA.split_once(PART_TWO).unwrap_or_default();
    others.split_once(PART_THREE).map_or(others, |(part, _)| part)
}

/// The part of the schema that no book holds: the views.
pub(super) fn part_three() -> &'static str {
    memmem::find(SCHEMA.as_bytes(), PART_THREE.as_bytes()).map_or("", |begin| &SCHEMA[begin..])
}

/// The `CREATE` statements of a book, in their order.
fn laid() -> impl Iterator<Item = &'static str> {
    statements(SCHEMA).take_while(|statement| !statement.starts_with("CREATE TEMP "))
}

/// The tables of part two, which hold rules and no data.
fn rule_tables() -> impl Iterator<Item = &'static str> {
    statements(part_two()).filter_map(|sql| object_name(sql, "TABLE"))
}

/// The `CREATE` statements of a part of the schema, without their `;`: each begins a line, and ends with the first line
/// after it that ends in `;`, a trigger's in `END;`.
// Every command looks through the whole schema: a search by many bytes at a time is ten times as fast as one by lines.
pub(super) fn statements(part: &str) -> impl Iterator<Item = &str> {
    let [create, end, end_of_trigger] = ["\nCREATE ", ";\n", "END;\n"].map(Finder::new);
    let mut rest = part;
    iter::from_fn(move || {
        let begin = create.find(rest.as_bytes())? + "\n".len();
        let statement = rest.get(begin..)?;
        let ending = if statement.starts_with("CREATE TRIGGER") { &end_of_trigger } else { &end };
        let end = ending.find(statement.as_bytes())? + ending.needle().len() - ";\n".len();
        let (statement, after) = statement.split_at_checked(end)?;
        rest = after;
        Some(statement)
    })
}

/// The name in a `CREATE` statement of this kind, `TABLE` or `INDEX`, which may be unique.
fn object_name<'sql>(statement: &'sql str, kind: &str) -> Option<&'sql str> {
    let object = statement.strip_prefix("CREATE ")?;
    object.strip_prefix("UNIQUE ").unwrap_or(object).strip_prefix(kind)?.split_whitespace().next()
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
        relay(&connection, &[]).unwrap();
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
        let mut book = Book::create(&path, std::time::Duration::ZERO).unwrap();
        lay(book.reader()).unwrap();
        book.reader().pragma_update(None, "user_version", VERSION + 1).unwrap();
        let refusal =
            format!("({} of the book, this program knows {VERSION})", format_args!("version {}", VERSION + 1));
        assert!(upgrade(&mut book, AsItWas::NotKept).unwrap_err().to_string().contains(&refusal));
        let version: i32 = book.reader().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, VERSION + 1);
    }
}
