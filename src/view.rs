//! The views: SELECTs with a name, part three of `schema.sql`. No book holds them, for every command would read them all when it
//! opens the book; a query takes along those that it names.

pub(crate) mod laid;
pub(crate) mod merged;

use std::borrow::Cow;

use memchr::memmem;

use self::laid::{part_three, statements};

/// What every view's name ends in.
const ENDING: &str = "_list";

/// A view.
struct View {
    name: &'static str,
    select: &'static str,
}

/// Every view, in the order of the file.
fn all() -> impl Iterator<Item = View> {
    statements(part_three()).filter_map(|sql| {
        let (name, select) = sql.strip_prefix("CREATE TEMP VIEW ")?.split_once(" AS\n")?;
        Some(View { name, select })
    })
}

/// The names of the views, in the order of the file.
pub fn names() -> impl Iterator<Item = &'static str> {
    all().map(|view| view.name)
}

/// Statements that make every view on a connection, where they last as long as it does.
pub(crate) fn script() -> &'static str {
    part_three()
}

/// A query with the views that it names before it, so that it can be prepared on any connection to a book, and with the tables as
/// they read when people who were entered twice are one.
#[must_use]
pub fn with_views(sql: &str) -> Cow<'_, str> {
    let names_views = memmem::find(sql.as_bytes(), ENDING.as_bytes()).is_some();
    if !names_views && !merged::any() {
        return Cow::Borrowed(sql);
    }
    let mut words = words(sql);
    let selects: Vec<View> =
        if names_views { all().filter(|view| words.contains(&view.name)).collect() } else { Vec::new() };
    if merged::any() {
        words.extend(selects.iter().flat_map(|view| self::words(view.select)));
    }
    // As with a view, the outer query's conditions reach into it.
    let views = selects.iter().map(|View { name, select }| format!("{name} AS NOT MATERIALIZED ({select})"));
    let views: Vec<String> = merged::tables(&words).into_iter().chain(views).collect();
    if views.is_empty() {
        return Cow::Borrowed(sql);
    }
    let views = views.join(", ");
    let sql = if merged::any() { without_hints(sql) } else { Cow::Borrowed(sql) };
    let sql = sql.trim_start();
    Cow::Owned(match (sql.strip_prefix("WITH RECURSIVE "), sql.strip_prefix("WITH ")) {
        (Some(others), _) => format!("WITH RECURSIVE {views}, {others}"),
        (None, Some(others)) => format!("WITH {views}, {others}"),
        (None, None) => format!("WITH {views} {sql}"),
    })
}

/// A statement without the indexes that it names: a table as it reads has none.
fn without_hints(sql: &str) -> Cow<'_, str> {
    const HINT: &str = " INDEXED BY ";
    let Some((before, hinted)) = sql.split_once(HINT) else { return Cow::Borrowed(sql) };
    let index = |rest: &str| rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let mut without = before.to_owned();
    for rest in hinted.split(HINT) {
        without.push_str(&rest[index(rest).unwrap_or(rest.len())..]);
    }
    Cow::Owned(without)
}

/// The words of a statement.
fn words(sql: &str) -> Vec<&str> {
    sql.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use rusqlite::Connection;

    use super::*;
    use crate::book::schema;

    fn ones(sql: &str) -> Vec<i64> {
        let book = Connection::open_in_memory().unwrap();
        schema::lay(&book).unwrap();
        let mut statement = book.prepare(&with_views(sql)).unwrap();
        statement.query_map((), |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
    }

    #[test]
    fn a_query_takes_along_the_views_that_it_names_and_no_others() {
        assert_eq!(with_views("SELECT 1 FROM entry"), "SELECT 1 FROM entry");
        assert_eq!(with_views("SELECT 1 AS price_list"), "SELECT 1 AS price_list");
        let over_two = with_views("SELECT 1 FROM fee_list AS f JOIN staff_list AS s");
        assert_eq!(over_two.matches("_list AS NOT MATERIALIZED (").count(), 2);
        assert!(over_two.ends_with(") SELECT 1 FROM fee_list AS f JOIN staff_list AS s"), "{over_two}");
    }

    #[test]
    fn a_query_keeps_the_tables_that_it_makes_itself() {
        assert_eq!(ones("WITH one (n) AS (VALUES (1)) SELECT n FROM one LEFT JOIN gift_list"), [1]);
        let counted = "WITH RECURSIVE up (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM up WHERE n < 3)";
        assert_eq!(ones(&format!("\n    {counted} SELECT n FROM up LEFT JOIN gift_list")), [1, 2, 3]);
        assert_eq!(ones("SELECT count(*) FROM fee_list UNION ALL SELECT 1 + count(*) FROM fee_list"), [0, 1]);
    }

    #[test]
    fn every_view_is_found_by_its_name() {
        for view in names() {
            assert!(view.ends_with(ENDING), "{view}");
            assert_eq!(ones(&format!("SELECT count(*) FROM {view}")), [0]);
        }
        assert_eq!(names().count(), script().matches("\nCREATE ").count());
    }
}
