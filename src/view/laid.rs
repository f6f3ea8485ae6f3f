//! What `schema.sql` says: its parts, and the statements in them.

use std::iter;
use std::sync::LazyLock;

use memchr::memmem::{self, Finder};

/// `schema.sql`: the schema of a book, and the views that are read over it.
const SCHEMA: &str = include_str!("../../schema.sql");

/// The line of `schema.sql` that begins what every version drops and rebuilds.
const PART_TWO: &str =
    "-- ======================================================================================== PART TWO";

/// The line of `schema.sql` that begins the views, which are laid into no book.
const PART_THREE: &str =
    "-- ====================================================================================== PART THREE";

/// The part of the schema that only upgrades change.
pub(crate) fn part_one() -> &'static str {
    SCHEMA.split_once(PART_TWO).map_or(SCHEMA, |(part, _)| part)
}

/// The part of the schema that every version drops and rebuilds.
pub(crate) fn part_two() -> &'static str {
    let (_, others) = SCHEMA.split_once(PART_TWO).unwrap_or_default();
    others.split_once(PART_THREE).map_or(others, |(part, _)| part)
}

/// The part of the schema that no book holds: the views.
pub(super) fn part_three() -> &'static str {
    memmem::find(SCHEMA.as_bytes(), PART_THREE.as_bytes()).map_or("", |begin| &SCHEMA[begin..])
}

/// The `CREATE` statements of a book, in their order.
pub(crate) fn laid() -> impl Iterator<Item = &'static str> {
    statements(SCHEMA).take_while(|statement| !statement.starts_with("CREATE TEMP "))
}

/// The tables of part two, which hold rules and no data.
pub(crate) fn rule_tables() -> impl Iterator<Item = &'static str> {
    statements(part_two()).filter_map(|sql| object_name(sql, "TABLE"))
}

/// The `CREATE` statements of a part of the schema, without their `;`: each begins a line, and ends with the first line
/// after it that ends in `;`, a trigger's in `END;`.
// Every command looks through the whole schema: a search by many bytes at a time is ten times as fast as one by lines.
pub(crate) fn statements(part: &str) -> impl Iterator<Item = &str> {
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

/// The tables of the data, each with its statement.
pub(super) fn tables() -> impl Iterator<Item = (&'static str, &'static str)> {
    statements(part_one()).filter_map(|sql| Some((object_name(sql, "TABLE")?, sql)))
}

/// The name in a `CREATE` statement of this kind, `TABLE` or `INDEX`, which may be unique.
pub(crate) fn object_name<'sql>(statement: &'sql str, kind: &str) -> Option<&'sql str> {
    let object = statement.strip_prefix("CREATE ")?;
    object.strip_prefix("UNIQUE ").unwrap_or(object).strip_prefix(kind)?.split_whitespace().next()
}

/// The tables of the registers' own fields, which have one row for each entry.
static OF_ENTRIES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    tables().filter(|(_, sql)| sql.contains("\n    entry INTEGER PRIMARY KEY ")).map(|(table, _)| table).collect()
});

/// Whether a table holds a register's own fields: one row for each entry.
pub(crate) fn is_of_entries(table: &str) -> bool {
    OF_ENTRIES.contains(&table)
}
