//! Upgrades: an older book is relaid around its data, as `schema.sql` has it, and each version's data is brought along.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use rusqlite::Connection;

use super::{VERSION, newer, objects};
use crate::book::before;
use crate::book::change::{Change, Recorder};
use crate::book::thing::Thing;
use crate::book::{AsItWas, Book, Writing, copy};
use crate::clock::Clock;
use crate::person::Person;
use crate::say;
use crate::template::{FIRST_DAY, Numbering};
use crate::view::laid::{object_name, part_one, part_two, rule_tables, statements};
use crate::zone::Zone;

/// The version that these upgrades lead to, one after the other.
pub(super) const fn version(upgrades: &[Upgrade]) -> i32 {
    match upgrades {
        [] => 1,
        [_, others @ ..] => 1 + version(others),
    }
}

/// What leads from one version to the next besides the schema, which [`relay`] makes as `schema.sql` has it. Where that alone
/// changes, in whatever part, the next version is a [`Upgrade::BLANK`].
pub(super) struct Upgrade {
    /// What new columns of rows that were there hold.
    filled: &'static [Filled],
    /// Statements that bring the data along.
    sql: &'static str,
    /// Selects the things of the office that they make or change, by kind and key: each gets its journal row.
    things: &'static str,
}

/// A column that an upgrade added and filled.
#[derive(Clone, Copy)]
pub(crate) struct Filled {
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
    /// The value, in SQL over the columns of the row as it was.
    pub(crate) value: &'static str,
}

impl Upgrade {
    /// An upgrade of the schema alone.
    const BLANK: Self = Self { filled: &[], sql: "", things: "SELECT NULL, NULL WHERE FALSE" };
}

/// What leads from version 1 to 2, from 2 to 3 and so on.
pub(super) const UPGRADES: &[Upgrade] = &[
    // Six registers more.
    Upgrade::BLANK,
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
        sql: "INSERT INTO import (id, register, file, sha256, rows, added, known, undone_on) SELECT row_number() OVER (ORDER BY id), replace(verb, ' import', ''), json_extract(record, '$.file'),
                json_extract(record, '$.sha256'), json_extract(record, '$.rows'), json_extract(record, '$.new'),
                json_extract(record, '$.same'), NULL FROM journal WHERE thing = 'import';",
        things: "SELECT 'book', '1' UNION ALL SELECT 'import', CAST(id AS TEXT) FROM import",
    },
    // Holidays have who decided on them.
    Upgrade::BLANK,
    // Notices to who missed the indicator, and reviews of the order statistics.
    Upgrade::BLANK,
    // What the office consists of is called otherwise from a day on, begins and ends.
    Upgrade::BLANK,
    // What an import brought and its taking-back voided may be brought again, and a form on a reserved number be taken back.
    Upgrade::BLANK,
    // Boxes have what is in them.
    Upgrade::BLANK,
    // What of user information was passed on, looks at products, gifts and equipment, the collection plan, and the day until which
    // equipment is lent, and the day on which production began.
    Upgrade::BLANK,
    // Figure office.far_days.
    Upgrade::BLANK,
    // Holidays have the day from which they are known.
    Upgrade::BLANK,
    // Imports keep what their rows breach.
    Upgrade { things: "SELECT 'import', CAST(id AS TEXT) FROM import", ..Upgrade::BLANK },
    // Entries have files.
    Upgrade::BLANK,
    // What was counted and the closing of a stocktake are taken back; departments have notices; imports
    // fill reserved numbers and bring fees that run.
    Upgrade::BLANK,
    // A stocktake names what is in repair.
    Upgrade::BLANK,
];

/// What version 4 filled in of entries, by their `number` and the journal: when each was entered, in the time of Shenyang, and
/// by which import. `verify` knows it from here, for a large book's upgrade writes no journal row for every entry.
pub(crate) const FILLED: [Filled; 2] = [
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
pub(crate) const DROPPED: [(&str, &str); 1] = [("reception", "entered_on")];

/// Takes the book to [`VERSION`] in one transaction: the tables as `schema.sql` has them, then each upgrade's data.
pub(super) fn upgrade(book: &mut Book, as_it_was: AsItWas) -> Result<()> {
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
    let (patience, numbering) = (book.patience, book.numbering);
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
    let kept = match as_it_was {
        AsItWas::Kept => Some(copy::keep_as_it_was(path, version, &at, patience)?),
        AsItWas::NotKept => None,
    };
    let change = match relaid(transaction, version, path, numbering) {
        Ok(change) => change,
        Err(error) => {
            // The book is as it was itself.
            kept.as_deref().map(copy::discard);
            return Err(error);
        }
    };
    change.commit()?;
    Ok(kept.map(|copy| {
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
fn relaid<'t>(transaction: Writing<'t>, version: i32, path: &Path, numbering: Numbering) -> Result<Change<'t>> {
    let steps = UPGRADES.get(usize::try_from(version - 1)?..).unwrap_or_default();
    let filled: Vec<&Filled> = steps.iter().flat_map(|step| step.filled).collect();
    relay(&transaction, &filled)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    let mut change = upgrading(transaction);
    begin_series(&mut change, numbering)?;
    for step in steps {
        change.sql().execute_batch(step.sql)?;
        let things: Vec<(String, String)> = change
            .sql()
            .prepare(step.things)?
            .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (kind, key) in things {
            let thing = Thing::office(&kind, &[&key])?;
            let made = !step.sql.is_empty();
            before::refuse_changed_but(change.sql(), &thing, made, &|column| added(&filled, column))?;
            change.record(&thing, UPGRADER, None)?;
        }
    }
    anyhow::ensure!(
        !change.sql().prepare("PRAGMA foreign_key_check")?.exists(())?,
        say!("{path} holds rows that refer to nothing, and was not upgraded", path = path.display())
    );
    Ok(change)
}

/// Whether a column, as a record names it, is one that an upgrade added and filled.
fn added(filled: &[&Filled], column: &str) -> bool {
    filled.iter().any(|filled| column == filled.column || column.ends_with(&format!(".{}", filled.column)))
}

/// Begins the series of the registers that came later than the book.
fn begin_series(change: &mut Change<'_>, numbering: Numbering) -> Result<()> {
    for (name, template) in numbering() {
        let new = "INSERT INTO series SELECT ?1, ?1, NULL WHERE NOT EXISTS (SELECT 1 FROM series WHERE register = ?1)";
        if change.sql().execute(new, [name])? == 1 {
            // One that the book had and has no more was taken out by hand.
            before::refuse_missing(change.sql(), &Thing::office("series", &[name])?)?;
            change.sql().execute("INSERT INTO template VALUES (?1, ?2, ?3)", (name, FIRST_DAY, template))?;
            change.record(&Thing::office("series", &[name])?, UPGRADER, None)?;
        }
    }
    Ok(())
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
    let recorder = Recorder { person, declared: false, lent: None, login, host };
    let now = Clock::System.now(Zone::SHENYANG);
    Change::new(transaction, now, "upgrade", recorder, now.today())
}

/// Lays the schema around the data: tables that are new are made, those that read otherwise are made anew and take the
/// columns that both have, and part two is rebuilt.
pub(super) fn relay(connection: &Connection, filled: &[&Filled]) -> Result<()> {
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
pub(super) fn drop_part_two(connection: &Connection) -> Result<()> {
    let mut drops: Vec<String> = connection
        .prepare("SELECT 'DROP ' || type || ' ' || quote(name) FROM sqlite_schema WHERE type IN ('view', 'trigger')")?
        .query_map((), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    drops.extend(rule_tables().map(|name| format!("DROP TABLE IF EXISTS {name}")));
    Ok(connection.execute_batch(&drops.join(";\n"))?)
}
