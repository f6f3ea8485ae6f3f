//! How the book is read: a SELECT with its values, and the rows that it gives.

use anyhow::Result;
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Params, Row};

/// What a statement gives, whose text is prepared once for each connection. Rows of several columns are tuples.
///
/// # Errors
/// Each fails by an error of `SQLite`, also where a column holds what the type does not take.
pub(crate) trait Select {
    /// Every row, as `read` makes something of it.
    fn each<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>>;

    /// The first row, as `read` makes something of it; none where there is no row.
    fn first<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>>;

    /// The one row that there always is, such as of a sum, as `read` makes something of it.
    fn sure<T>(&self, sql: &str, values: impl Params, read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>) -> Result<T>;

    /// Every row of one column.
    fn column<T: FromSql>(&self, sql: &str, values: impl Params) -> Result<Vec<T>> {
        self.each(sql, values, |row| row.get(0))
    }

    /// Every row.
    fn rows<T: OfRow>(&self, sql: &str, values: impl Params) -> Result<Vec<T>> {
        self.each(sql, values, |row| T::try_from(row))
    }

    /// The value of the first row; none where there is no row.
    fn value<T: FromSql>(&self, sql: &str, values: impl Params) -> Result<Option<T>> {
        self.first(sql, values, |row| row.get(0))
    }

    /// The first row; none where there is none.
    fn row<T: OfRow>(&self, sql: &str, values: impl Params) -> Result<Option<T>> {
        self.first(sql, values, |row| T::try_from(row))
    }

    /// The value of the one row that there always is.
    fn only<T: FromSql>(&self, sql: &str, values: impl Params) -> Result<T> {
        self.sure(sql, values, |row| row.get(0))
    }

    /// The one row that there always is.
    fn whole<T: OfRow>(&self, sql: &str, values: impl Params) -> Result<T> {
        self.sure(sql, values, |row| T::try_from(row))
    }
}

/// What a row of several columns is read as: a tuple.
pub(crate) trait OfRow: for<'row> TryFrom<&'row Row<'row>, Error = rusqlite::Error> {}

impl<T> OfRow for T where T: for<'row> TryFrom<&'row Row<'row>, Error = rusqlite::Error> {}

impl Select for Connection {
    fn each<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        Ok(self.prepare_cached(sql)?.query_map(values, read)?.collect::<rusqlite::Result<_>>()?)
    }

    fn first<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.prepare_cached(sql)?.query_row(values, read).optional()?)
    }

    fn sure<T>(&self, sql: &str, values: impl Params, read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>) -> Result<T> {
        Ok(self.prepare_cached(sql)?.query_row(values, read)?)
    }
}
